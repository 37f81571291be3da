"""The people of the example briefs and the scenes of their day, drawn.

    python examples/draw/people.py [names]

writes examples/photos/<name>.jpg. Everyone is invented; no picture is made after a photo.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from figures import (
    CHUNYAN, GRANNY, GUIFEN, MEIHUA, P, PHOTOS, XIAOZHOU, XIULAN, Person, Point, Points,
    blob, clip, curve, fade, fill, form, glow, hair_back, hand_grip, hand_palm, hand_rest, head, limb, oval, page, poly, put, rect, save,
    soft, stroke, wash,
)

# ---------------------------------------------------------------- bodies (units of the head: eyes at y 0, chin at 150)
SHIRT = curve([
    (-58, 196), (-104, 226), (-168, 248), (-222, 276), (-252, 330), (-266, 420), (-276, 560), (-270, 760), (270, 760), (276, 560),
    (266, 420), (252, 330), (222, 276), (168, 248), (104, 226), (58, 196), (0, 240),
])


def neck(p: Person, lean: float = 0, flare: float = 96) -> str:
    """Neck and the hollow of the throat; lean moves the top sideways, flare is where it meets the shoulders."""
    shape = curve([(-60 + lean, 70), (-60 + lean, 130), (-62, 190), (-flare, 226), (-60, 268), (0, 300), (60, 268), (flare, 226), (62, 190), (60 + lean, 130), (60 + lean, 70)])
    inner = soft(blob([(-90, 60), (-64 + lean, 128), (-20 + lean, 186), (40 + lean, 196), (100, 186), (110, 60)], p.tone("shade"), 0.95), 6)
    inner += soft(blob([(24, 150), (40, 200), (60, 240), (120, 240), (110, 120)], p.tone("shade"), 0.7), 6)
    inner += soft(stroke([(-36, 200), (-20, 228), (-8, 246)], 6, p.tone("shade"), 0.6) + stroke([(40, 204), (26, 228), (12, 246)], 6, p.tone("shade"), 0.8), 1.5)
    return fill(shape, p.tone()) + clip(shape, inner)


def cloth(d: str, name: str, *, by: float = 26, extra: str = "", dx: float = 1.0, dy: float = 0.35) -> str:
    """A piece of clothing in one of the palette's colours."""
    return form(d, P[name], P.get(f"{name}_dark", P.get(f"{name}_shade", P["teal"])), P.get(f"{name}_light", ""), by=by, dx=dx, dy=dy, extra=extra)


def folds(lines: Sequence[tuple[Points, float]], colour: str, opacity: float = 0.7, blur: float = 2.0) -> str:
    """Soft creases of cloth."""
    return soft("".join(stroke(points, width, colour, opacity) for points, width in lines), blur)


def cast(d: str, dx: float = 10, dy: float = 14, opacity: float = 0.3, blur: float = 9, colour: str = "#2A1D18") -> str:
    """The shadow a shape throws on what is behind it."""
    return soft(f'<path d="{d}" fill="{colour}" fill-opacity="{opacity:g}" transform="translate({dx:g} {dy:g})"/>', blur)


SIDE_FOLDS = [
    *(([(188 * k, 388), (196 * k, 470), (188 * k, 580), (200 * k, 780)], 20) for k in (-1, 1)),
    *(([(190 * k, 384), (158 * k, 366), (118 * k, 368)], 9) for k in (-1, 1)),
    *(([(190 * k, 404), (160 * k, 418), (134 * k, 446)], 9) for k in (-1, 1)),
    *(([(250 * k, 520), (232 * k, 540), (208 * k, 546)], 10) for k in (-1, 1)),
]


def collar(name: str, open_to: float = 300) -> str:
    """A shirt collar's two wings."""
    left = curve([(-62, 178), (-92, 210), (-84, 262), (-40, 300), (-8, open_to), (-40, 250)], pull=0.6)
    right = curve([(62, 178), (92, 210), (84, 262), (40, 300), (8, open_to), (40, 250)], pull=0.6)
    return cast(left, 4, 8, 0.3, 5) + cast(right, 4, 8, 0.3, 5) + cloth(left, name, by=10) + cloth(right, name, by=10)


def forearm(p: Person, side: int, wrist: Point, sleeve: str, *, roll: float = 0.45, width: float = 92, elbow: Point = (278, 720)) -> str:
    """A lower arm from the elbow beyond the picture's edge to the wrist, its sleeve rolled up to `roll` of the way."""
    ex, ey = elbow[0] * side, elbow[1]
    wx, wy = wrist
    mid = ((ex + wx) / 2 + 14 * side, (ey + wy) / 2 + 8)
    bare = limb([(ex, ey), mid, wrist], [width, width * 0.82, width * 0.62])
    out = cast(bare, 8, 16, 0.32, 10) + form(bare, p.tone(), p.tone("shade"), p.tone("light"), by=15, dx=0.6, dy=1)
    cx, cy = ex + (wx - ex) * roll + 10 * side, ey + (wy - ey) * roll + 6
    up = limb([(ex * 1.02, ey + 60), (ex, ey), (cx, cy)], [width * 1.25, width * 1.2, width * 1.05])
    out += cast(up, 4, 8, 0.3, 6) + cloth(up, sleeve, by=18, dx=0.6, dy=1)
    nx, ny = -(wy - ey), wx - ex
    size = (nx * nx + ny * ny) ** 0.5
    nx, ny = nx / size * width * 0.55, ny / size * width * 0.55
    cuff = limb([(cx - nx, cy - ny), (cx + (wx - ex) * 0.02, cy + (wy - ey) * 0.02), (cx + nx, cy + ny)], [26, 30, 26])
    return out + cast(cuff, 3, 6, 0.3, 4) + cloth(cuff, sleeve, by=8, dx=0.4, dy=1)


def ground(w: int, h: int, top: str, bottom: str, body: str = "", light: str = "#FFF6E0") -> str:
    """A calm wall, light from the upper left."""
    return wash(w, h, top, bottom) + body + glow(w * 0.2, h * 0.16, w * 0.75, light, 0.75)


def window(x: float, y: float, w: float, h: float, *, frame: str = "#FFF9EE", sky: str = "#E9F1EA", opacity: float = 1) -> str:
    """A quiet window, a little out of focus."""
    d, paint = fade([(0, "#F7F3E2", 1), (0.55, sky, 1), (1, "#D5E3D6", 1)], (x, y), (x, y + h))
    body = f"<defs>{d}</defs>" + rect(x - 16, y - 16, w + 32, h + 32, "#D9BF9A", 0.45, 4) + rect(x - 16, y - 20, w + 32, h + 32, frame, 1, 4) + rect(x, y, w, h, paint)
    hills = blob([(x - 40, y + h * 0.75), (x + w * 0.25, y + h * 0.52), (x + w * 0.5, y + h * 0.68), (x + w * 0.8, y + h * 0.5), (x + w + 60, y + h * 0.7), (x + w + 60, y + h + 60), (x - 40, y + h + 60)], "#B9CFBB", 0.8)
    hills += blob([(x - 40, y + h * 0.85), (x + w * 0.4, y + h * 0.72), (x + w * 0.7, y + h * 0.84), (x + w + 60, y + h * 0.78), (x + w + 60, y + h + 60), (x - 40, y + h + 60)], "#9DBBA3", 0.8)
    body += clip(f"M{x} {y}h{w}v{h}h{-w}Z", hills)
    body += rect(x + w / 2 - 7, y, 14, h, frame) + rect(x, y + h * 0.34, w, 10, frame)
    return f'<g opacity="{opacity:g}">{soft(body, 3)}</g>'


def plant(x: float, y: float, size: float = 1, pot: str = "brick") -> str:
    """A leafy pot plant standing at (x, y)."""
    leaves = ""
    for turn, length, name in ((-62, 150, "leaf_dark"), (58, 160, "leaf_dark"), (-34, 210, "leaf"), (30, 220, "leaf"), (-8, 250, "leaf_light"), (-84, 110, "leaf"), (82, 116, "leaf_light"), (12, 170, "leaf_dark")):
        shape = curve([(0, 0), (-22, -length * 0.35), (-26, -length * 0.7), (0, -length), (26, -length * 0.7), (22, -length * 0.35)])
        one = fill(shape, P[name]) + clip(shape, rect(0, -length, 40, length, P["leaf_deep"], 0.22)) + stroke([(0, -6), (1, -length / 2), (0, -length * 0.92)], 3, "#FFF9EE", 0.3)
        leaves += put(one, 0, -100, 1, turn)
    d = curve([(-62, -112), (62, -112), (50, -8), (40, 0), (-40, 0), (-50, -8)], pull=0.3)
    return put(leaves + cloth(d, pot, by=16) + rect(-68, -126, 136, 26, P[f"{pot}"], 1, 8) + rect(-68, -104, 136, 5, P[f"{pot}_dark"], 0.6), x, y, size)


def portrait(w: int, h: int, back: str, figure: str, x: float, y: float, size: float) -> str:
    """A figure in head units in front of a ground, the lower third slightly calmed."""
    d, paint = fade([(0, "#3A2A20", 0), (1, "#3A2A20", 0.07)], (0, h * 0.66), (0, h))
    return page(w, h, back + put(figure, x, y, size) + f"<defs>{d}</defs>" + rect(0, h * 0.6, w, h * 0.4, paint))


# ---------------------------------------------------------------- the portraits
def folded_cloth(name: str = "yellow") -> str:
    """A folded cleaning cloth, about 230 x 90, its middle at (0, 0)."""
    out = ""
    for i, (y, k) in enumerate(((34, 1.04), (8, 1.0), (-18, 0.97))):
        d = curve([(-112 * k, y - 14), (-60, y - 20), (60, y - 19), (112 * k, y - 14), (120 * k, y), (112 * k, y + 14), (40, y + 17), (-60, y + 16), (-112 * k, y + 13), (-119 * k, y)], pull=0.8)
        out += cast(d, 2, 7, 0.22, 4) + form(d, P[name], P[f"{name}_dark"], P[f"{name}_light"], by=9, dx=0.3, dy=1)
        out += stroke([(-104 * k, y + 3), (0, y + 5), (104 * k, y + 2)], 2.4, P[f"{name}_dark"], 0.6)
    return out


def apron(bib: str = "teal_dark") -> str:
    """A bib apron with straps over the shoulders."""
    deep = P["teal_deep"]
    d = curve([(-118, 372), (0, 384), (118, 372), (132, 430), (168, 500), (214, 560), (226, 780), (-226, 780), (-214, 560), (-168, 500), (-132, 430)], pull=0.6)
    out = ""
    for k in (-1, 1):
        strap = limb([(86 * k, 214), (112 * k, 290), (112 * k, 384)], [26, 27, 28])
        out += cast(strap, 4, 4, 0.25, 4) + form(strap, P[bib], deep, P["teal"], by=8)
    extra = rect(-130, 372, 260, 18, P["teal"], 0.5) + folds([([(-80, 420), (-60, 520), (-84, 640)], 12), ([(70, 440), (60, 540), (84, 660)], 14)], deep, 0.6)
    return out + cast(d, 6, 6, 0.28, 8) + form(d, P[bib], deep, P["teal"], by=22, dx=1, dy=0.3, extra=extra)


RISE = -24  # the body sits this much higher than its own measures, so that necks are not too long


def body(*parts: str) -> str:
    """Parts of a body, moved up under the chin."""
    return put("".join(parts), 0, RISE)


def bust_xiulan(yaw: float = 0.2) -> str:
    """Xiulan to the waist, a folded cloth in her hands."""
    p = XIULAN
    out = hair_back(p, yaw)
    out += body(cloth(SHIRT, "teal", extra=folds(SIDE_FOLDS, P["teal_dark"], 0.8)), neck(p, 6), collar("teal_light"), apron())
    out += put(head(p, yaw=yaw, gaze=(-1.5, 0), smile=0.75), 0, 0, 1, 2)
    arms = forearm(p, 1, (118, 560), "teal") + put(hand_rest(p, thumb=False), 108, 566, 0.86, 176)
    arms += put(folded_cloth(), 0, 520, 0.98, -4)
    arms += forearm(p, -1, (-132, 548), "teal") + put(hand_rest(p, curl=0.5), -128, 544, 0.86, -16)
    return out + arms


def bust_guifen(yaw: float = -0.2) -> str:
    """Guifen to the waist in a light tunic, one hand laid on the other."""
    p = GUIFEN
    fold = folds([*SIDE_FOLDS, ([(-20, 420), (10, 520), (-6, 640)], 10)], P["rose_dark"], 0.7)
    placket = limb([(30, 262), (66, 330), (76, 460), (78, 780)], [5, 5, 5, 5])
    buttons = "".join(cast(limb([(x - 1, y), (x + 1, y)], [15, 15]), 1, 3, 0.3, 2) + oval(x, y, 8, 8, P["white_bright"]) + oval(x + 1, y + 2, 5, 4, P["white_shade"]) for x, y in ((52, 318), (64, 392), (68, 466)))
    stand = curve([(-66, 166), (-80, 196), (-66, 240), (-20, 284), (14, 300), (40, 270), (70, 236), (80, 196), (66, 166), (62, 200), (34, 244), (8, 270), (-24, 246), (-62, 204)], pull=0.8)
    out = hair_back(p, yaw)
    out += body(
        cloth(SHIRT, "rose", extra=fold + fill(placket, P["rose_dark"], 0.8)), neck(p, -6, 60), cast(stand, 3, 8, 0.22, 5), cloth(stand, "white", by=9), buttons,
    )
    out += put(head(p, yaw=yaw, gaze=(1.5, 0), smile=1.0), 0, 0, 1, -3)
    arms = forearm(p, 1, (104, 566), "rose", roll=0.5) + put(hand_rest(p, thumb=False), 98, 570, 0.84, 172)
    arms += forearm(p, -1, (-108, 556), "rose", roll=0.5) + put(cast(limb([(0, 0), (150, 0)], [70, 60]), 4, 16, 0.3, 9) + hand_rest(p, curl=0.35), -102, 552, 0.84, 2)
    return out + arms


def bust_chunyan(yaw: float = 0.24) -> str:
    """Chunyan to the waist, a plum cardigan over the uniform, arms loosely folded."""
    p = CHUNYAN
    out = put(curve_tail(p), 0, 0) + hair_back(p, yaw)
    shirt = cloth(SHIRT, "teal", extra=folds([([(-30, 420), (-10, 520), (-30, 640)], 12)], P["teal_dark"], 0.8))
    left = curve([(-70, 204), (-110, 222), (-172, 246), (-226, 276), (-256, 330), (-272, 420), (-284, 560), (-280, 790), (-92, 790), (-78, 560), (-84, 430), (-104, 330), (-96, 260)], pull=0.9)
    right = curve([(70, 204), (110, 222), (172, 246), (226, 276), (256, 330), (272, 420), (284, 560), (280, 790), (92, 790), (78, 560), (84, 430), (104, 330), (96, 260)], pull=0.9)
    edge = [limb([(84 * k, 216), (100 * k, 270), (110 * k, 330), (90 * k, 430), (84 * k, 560), (96 * k, 790)], [24, 27, 28, 28, 28, 28]) for k in (-1, 1)]
    ribs = "".join(cast(d, 4 if i == 0 else -3, 5, 0.25, 5) + form(d, P["plum_light"], P["plum"], "", by=8) for i, d in enumerate(edge))
    knit = folds(SIDE_FOLDS[:4], P["plum_dark"], 0.8)
    out += body(shirt, neck(p, 8), collar("teal_light"), cast(left, 8, 6, 0.3, 8), cast(right, -6, 6, 0.3, 8), cloth(left, "plum", extra=knit), cloth(right, "plum", extra=knit), ribs)
    out += put(head(p, yaw=yaw, gaze=(-2, 0), smile=0.55), 0, 0, 1, 3)
    under = limb([(-300, 700), (-270, 610), (-90, 596), (120, 590)], [110, 112, 96, 76])
    arms = cast(under, 6, 10, 0.32, 9) + cloth(under, "plum", by=18, dx=0.4, dy=1)
    arms += put(hand_rest(p, thumb=False), 112, 588, 0.8, 4)
    over = limb([(306, 720), (286, 628), (110, 578), (-62, 562)], [112, 114, 98, 72])
    arms += cast(over, 2, 14, 0.36, 10) + cloth(over, "plum", by=18, dx=0.4, dy=1, extra=folds([([(230, 560), (196, 600), (190, 650)], 12), ([(150, 560), (128, 590), (126, 622)], 9), ([(20, 548), (8, 566), (8, 590)], 8)], P["plum_dark"], 0.9))
    cuff = limb([(-66, 524), (-72, 560), (-66, 598)], [30, 34, 30])
    hand = put(cast(limb([(0, 0), (140, 6)], [66, 56]), 4, 14, 0.35, 8) + hand_rest(p, curl=0.6), 0, 0, 1, 0)
    arms += put(hand, -92, 562, 0.84, 2, flip=True) + cast(cuff, -3, 5, 0.25, 4) + form(cuff, P["plum_light"], P["plum"], "", by=8)
    return out + arms


def curve_tail(p: Person) -> str:
    """A low ponytail laid over the right shoulder; seen beside the neck."""
    d = curve([(70, 70), (120, 96), (146, 160), (142, 236), (150, 300), (128, 372), (110, 330), (96, 250), (84, 170), (60, 120)])
    lines = [[(96, 96), (126, 180), (124, 270), (130, 350)], [(84, 110), (106, 190), (108, 280), (122, 340)]]
    return fill(d, p.lock()) + "".join(stroke(line, 7, p.lock("light"), 0.8) for line in lines) + stroke([(110, 110), (134, 200), (136, 300)], 4, P["grey_light"], 0.6)


GLOVE = Person("glove")


def bust_meihua(yaw: float = 0.16) -> str:
    """Meihua to the waist in work clothes with gloves, a brush in her hand."""
    p = MEIHUA
    out = hair_back(p, yaw)
    seams = stroke([(-118, 236), (-140, 300), (-136, 372)], 4, P["steel_deep"], 0.5) + stroke([(118, 236), (140, 300), (136, 372)], 4, P["steel_deep"], 0.5)
    jacket = cloth(SHIRT, "steel", extra=folds(SIDE_FOLDS, P["steel_dark"], 0.9) + seams)
    tee = curve([(-60, 196), (-40, 252), (0, 276), (40, 252), (60, 196), (70, 240), (30, 330), (0, 360), (-30, 330), (-70, 240)])
    zip_line = rect(-4, 352, 8, 440, P["steel_deep"], 0.8) + rect(-2, 352, 4, 440, P["steel_grey_light"], 0.8)
    pockets = ""
    for x in (-176, 72):
        d = curve([(x, 398), (x + 104, 398), (x + 100, 500), (x + 52, 514), (x + 4, 500)], pull=0.25)
        flap = curve([(x - 4, 394), (x + 108, 394), (x + 106, 424), (x + 52, 438), (x - 2, 424)], pull=0.25)
        pockets += cast(d, 3, 6, 0.22, 4) + form(d, P["steel"], P["steel_dark"], P["steel_light"], by=8) + cast(flap, 2, 4, 0.3, 3) + form(flap, P["steel"], P["steel_dark"], P["steel_light"], by=6)
    belt = curve([(-262, 600), (0, 618), (262, 600), (266, 650), (0, 668), (-266, 650)], pull=0.6)
    gear = cast(belt, 0, 8, 0.35, 6) + form(belt, P["wood_dark"], P["wood_deep"], P["wood"], by=9) + rect(-34, 606, 68, 70, P["steel_grey_dark"], 1, 8) + rect(-22, 618, 44, 46, P["wood_dark"], 1, 5)
    out += body(jacket, neck(p, 5), cast(tee, 0, 6, 0.2, 4) + form(tee, P["white"], P["white_dark"], "", by=10), zip_line, pockets, gear)
    out += body(work_collar())
    out += put(head(p, yaw=yaw, gaze=(-1, 0), smile=0.8), 0, 0, 1, 2)
    # her right hand holds a long soft brush, the left rests on the belt
    arms = forearm(p, 1, (150, 600), "steel", roll=0.62, elbow=(292, 760)) + put(glove_cuff(), 156, 602, 0.9, 196) + put(hand_rest(GLOVE, curl=0.5, thumb=False), 150, 598, 0.86, 190)
    arms += forearm(p, -1, (-190, 560), "steel", roll=0.66, elbow=(312, 790))
    arms += put(long_brush() + put(glove_cuff(), -52, 72, 0.95, -50) + put(hand_grip(GLOVE), 0, 0, 1, 0, flip=True), -158, 486, 0.92, 10)
    return out + arms


def work_collar() -> str:
    """The open collar of a work jacket."""
    out = ""
    for k in (-1, 1):
        d = curve([(64 * k, 176), (98 * k, 208), (110 * k, 262), (62 * k, 318), (6 * k, 372), (30 * k, 300), (54 * k, 240)], pull=0.6)
        out += cast(d, 3, 8, 0.3, 5) + form(d, P["steel_light"], P["steel"], "#A5B9C5", by=10)
    return out


def glove_cuff() -> str:
    """The cuff of a rubber glove, its middle at (0, 0), the hand to the right."""
    d = curve([(-46, -40), (-38, -44), (20, -32), (30, 0), (20, 34), (-38, 46), (-46, 42), (-42, 0)], pull=0.7)
    roll = limb([(-42, -42), (-46, 0), (-42, 44)], [12, 13, 12])
    return cast(d, 3, 6, 0.3, 5) + form(d, P["glove"], P["glove_shade"], P["glove_light"], by=9, dx=0.3, dy=1) + form(roll, P["glove"], P["glove_shade"], P["glove_light"], by=4)


def long_brush() -> str:
    """A long soft brush held upright at (0, 0)."""
    handle = limb([(0, 90), (0, 20), (0, -90)], [20, 20, 15])
    bristle = curve([(-19, -100), (-27, -140), (-25, -182), (-12, -196), (2, -190), (14, -197), (26, -180), (27, -140), (19, -100)], pull=0.8)
    hairs = "".join(stroke([(x * 0.8, -104), (x, -150), (x * 1.1, -190)], 3, P["white_dark"], 0.7) for x in range(-20, 22, 8))
    ring = curve([(-20, -84), (20, -84), (22, -108), (-22, -108)], pull=0.2)
    return form(handle, P["teal"], P["teal_dark"], P["teal_light"], by=6) + form(bristle, P["white"], P["white_dark"], "", by=9, extra=hairs) + form(ring, P["steel_grey"], P["steel_grey_dark"], P["steel_grey_light"], by=6)


def bust_xiaozhou(yaw: float = -0.16) -> str:
    """Xiaozhou to the waist in a plain sweater, a folder on her arm."""
    p = XIAOZHOU
    out = hair_back(p, yaw)
    sweater = cloth(SHIRT, "oat", extra=folds(SIDE_FOLDS, P["oat_dark"], 0.85))
    ring = limb([(-72, 196), (-56, 244), (-22, 272), (22, 272), (56, 244), (72, 196)], [22, 26, 28, 28, 26, 22])
    ribs = "".join(stroke([(x * 0.92, y - 9), (x, y + 9)], 2.4, P["oat_dark"], 0.6) for x, y in ((-62, 236), (-46, 256), (-26, 268), (-6, 273), (14, 272), (34, 263), (52, 246)))
    out += body(sweater, neck(p, -5, 60), cast(ring, 2, 8, 0.25, 5), form(ring, P["oat"], P["oat_dark"], P["oat_light"], by=9) + ribs)
    out += put(head(p, yaw=yaw, gaze=(1.5, 0), smile=0.8), 0, 0, 1, -3)
    board = curve([(-96, 400), (142, 382), (150, 388), (170, 660), (162, 700), (-70, 700), (-102, 412)], pull=0.12)
    arms = cast(board, 8, 10, 0.35, 10) + form(board, P["navy"], P["navy_dark"], P["navy_light"], by=10)
    sleeve = limb([(310, 760), (286, 660), (160, 600), (46, 562)], [116, 114, 98, 78])
    arms += cast(sleeve, 2, 12, 0.34, 10) + cloth(sleeve, "oat", by=18, dx=0.4, dy=1, extra=folds([([(236, 590), (204, 640), (210, 690)], 12), ([(150, 570), (130, 610), (132, 650)], 9)], P["oat_dark"], 0.9))
    cuff = limb([(44, 524), (36, 562), (48, 600)], [30, 34, 30])
    arms += put(cast(limb([(0, 0), (130, 6)], [64, 54]), 3, 10, 0.32, 7) + hand_rest(p, curl=0.4), 18, 558, 0.82, -6, flip=True)
    arms += cast(cuff, -3, 4, 0.2, 4) + form(cuff, P["oat"], P["oat_dark"], P["oat_light"], by=8)
    return out + arms


def xiulan() -> str:
    """Aunt Xiulan, cleaner, a folded cloth in her hands."""
    w, h = 1080, 1440
    back = ground(w, h, P["wall_light"], P["wall_shade"], window(90, 110, 300, 520, opacity=0.75) + put(plant(0, 0), 960, 760, 1.25))
    back += rect(820, 760, 300, 26, P["wood_light"]) + rect(820, 780, 300, 10, P["wood"], 0.8)
    return portrait(w, h, back, bust_xiulan(), 540, 552, 1.42)


def curtain(x: float, y: float, w: float, h: float, colour: str, shade: str) -> str:
    """A curtain hanging straight."""
    out = rect(x, y, w, h, colour)
    for i in range(int(w // 46)):
        out += soft(limb_path(x + 24 + i * 46, y, h, 16, shade), 5)
    return out


def limb_path(x: float, y: float, h: float, width: float, colour: str) -> str:
    """One upright fold."""
    return fill(limb([(x, y - 10), (x + 5, y + h / 2), (x - 3, y + h + 10)], [width * 0.5, width, width * 1.2]), colour, 0.55)


def guifen() -> str:
    """Sister Guifen, maternity nurse."""
    w, h = 1080, 1440
    things = window(690, 90, 300, 480, sky="#FBEFD9", opacity=0.7) + curtain(900, 40, 190, 900, "#F7E3D3", "#E9C9B4")
    things += soft(oval(180, 330, 120, 84, "#FFF3DA", 0.9) + rect(174, 400, 12, 420, "#D9B78F", 0.9), 2) + glow(180, 360, 330, "#FFEFC6", 0.8)
    return portrait(w, h, ground(w, h, "#FBEBDD", "#EFCFB9", things), bust_guifen(), 540, 566, 1.4)


def chunyan() -> str:
    """Sister Chunyan, carer of old people."""
    w, h = 1080, 1440
    things = window(90, 130, 330, 480, sky="#F3EED6", opacity=0.7) + rect(760, 700, 360, 24, P["wood_light"]) + rect(760, 718, 360, 10, P["wood"], 0.8)
    things += put(plant(0, 0, pot="oat"), 950, 702, 1.0)
    return portrait(w, h, ground(w, h, "#E3EBDB", "#BFD0BB", things, "#FBF6DE"), bust_chunyan(), 540, 548, 1.42)


def meihua() -> str:
    """Meihua, cleaner of appliances."""
    w, h = 1080, 1440
    lines = "".join(rect(0, y, w, 4, P["wall_blue_shade"], 0.35) for y in range(20, h, 180)) + "".join(rect(x, 0, 4, h, P["wall_blue_shade"], 0.35) for x in range(60, w, 180))
    unit = rect(700, 150, 420, 150, P["white_bright"], 1, 26) + rect(700, 150, 420, 150, P["white_shade"], 0.25, 26) + rect(700, 246, 420, 6, P["white_dark"], 0.6) + rect(730, 264, 390, 16, P["white_dark"], 0.7, 8)
    things = lines + soft(cast("M700 170h420v140h-420Z", 6, 20, 0.18, 14) + unit, 2)
    return portrait(w, h, ground(w, h, "#E2ECEA", "#B7CED1", things, "#FFFBEA"), bust_meihua(), 540, 540, 1.38)


def xiaozhou() -> str:
    """Xiaozhou, social worker."""
    w, h = 1080, 1440
    books = ""
    for shelf, top in ((0, 330), (1, 640)):
        x = 0.0
        for i, (bw, bh, name) in enumerate(((34, 170, "teal_pale"), (26, 190, "oat"), (40, 160, "wall_peach_shade"), (24, 180, "wall_blue_shade"), (36, 150, "rose_dark"), (28, 186, "oat_dark"), (34, 166, "wall_green_shade"), (30, 178, "steel_light"))):
            if (i + shelf) % 5 != 4:
                books += rect(40 + x, top - bh, bw, bh, P[name], 0.8, 3)
            x += bw + 4
        books += rect(0, top, 330, 20, P["wood_light"], 0.9) + rect(0, top + 14, 330, 8, P["wood"], 0.6)
    things = soft(books, 3) + window(720, 120, 320, 500, opacity=0.75)
    return portrait(w, h, ground(w, h, "#F6EEDF", "#DCCBB0", things), bust_xiaozhou(), 540, 552, 1.42)


SCENES: dict[str, tuple[int, int, Callable[[], str]]] = {
    "xiulan": (1080, 1440, xiulan),
    "guifen": (1080, 1440, guifen),
    "chunyan": (1080, 1440, chunyan),
    "meihua": (1080, 1440, meihua),
    "xiaozhou": (1080, 1440, xiaozhou),
}


def main(names: Sequence[str]) -> None:
    """Draw the named scenes, or all."""
    for name in names or SCENES:
        w, h, draw = SCENES[name]
        size = save(draw(), w, h, PHOTOS / f"{name}.jpg")
        print(f"{name}.jpg {w}x{h} {size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
