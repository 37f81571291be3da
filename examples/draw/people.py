"""The people of the example briefs and the scenes of their day, drawn.

    python examples/draw/people.py [names]

writes examples/photos/<name>.jpg. Everyone is invented; no picture is made after a photo.
"""

from __future__ import annotations

import math
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
    low = 300 if flare > 80 else 262
    shape = curve([(-60 + lean, 70), (-60 + lean, 130), (-62, 190), (-flare, 226), (-flare * 0.62, low - 32), (0, low), (flare * 0.62, low - 32), (flare, 226), (62, 190), (60 + lean, 130), (60 + lean, 70)])
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
    *(([(186 * k, 392), (168 * k, 372), (150 * k, 336)], 8) for k in (-1, 1)),
    *(([(188 * k, 420), (172 * k, 446), (150 * k, 464)], 7) for k in (-1, 1)),
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


# ---------------------------------------------------------------- people from behind, from the side, standing
def head_behind(p: Person) -> str:
    """A head from behind, with neck."""
    h, d, li = p.lock(), p.lock("dark"), p.lock("light")
    out = form(curve([(-56, 60), (-56, 150), (-62, 208), (-20, 226), (20, 226), (62, 208), (56, 150), (56, 60)]), p.tone(), p.tone("shade"), p.tone("light"), by=22)
    out += soft(oval(0, 110, 70, 36, p.tone("deep"), 0.5), 8)
    for k in (-1, 1):
        out += oval(k * 112, 6, 17, 31, p.tone() if k < 0 else p.tone("shade"))
    full = [(0, -172), (82, -152), (124, -90), (126, -6), (104, 62), (62, 106), (0, 116), (-62, 106), (-104, 62), (-126, -6), (-124, -90), (-82, -152)]
    if p.style == "bob":
        full = [(0, -174), (84, -154), (130, -90), (140, 20), (146, 130), (152, 206), (70, 224), (-70, 224), (-152, 206), (-146, 130), (-140, 20), (-130, -90), (-84, -154)]
    if p.style in ("bun", "tail"):
        full = [(0, -170), (80, -150), (120, -88), (118, -10), (88, 52), (48, 92), (0, 100), (-48, 92), (-88, 52), (-118, -10), (-120, -88), (-80, -150)]
    shape = curve(full)
    strands = "".join(stroke([(x * 0.4, -150), (x, -60), (x * (0.5 if p.style in ("bun", "tail") else 0.86), 80)], 8, li, 0.55) for x in (-96, -64, -30, 36, 70))
    strands += "".join(stroke([(x * 0.4, -140), (x, -50), (x * 0.7, 90)], 7, d, 0.7) for x in (-80, -10, 52, 96))
    if p.grey:
        strands += "".join(stroke([(x * 0.4, -150), (x * 1.05, -60), (x * 0.84, 70)], 4, P["silver"], 0.6) for x in (-108, -52, 16, 88)[: 1 + round(3 * p.grey)])
    out += form(shape, h, d, li, by=18, bright=0.5, extra=strands)
    if p.style == "bun":
        bun = curve([(0, -150), (52, -130), (64, -86), (44, -46), (0, -34), (-44, -46), (-64, -86), (-52, -130)])
        out += cast(bun, 3, 10, 0.35, 6) + form(bun, h, d, li, by=14, extra=stroke([(-50, -80), (0, -132), (48, -96)], 7, li, 0.8) + stroke([(-40, -62), (6, -104), (50, -72)], 7, d, 0.8) + stroke([(-26, -48), (12, -76), (46, -60)], 6, li, 0.6))
    if p.style == "tail":
        tail = curve([(-22, 74), (22, 74), (44, 150), (40, 240), (48, 310), (20, 380), (-8, 330), (-34, 250), (-30, 150)])
        out += cast(tail, 6, 6, 0.3, 6) + form(tail, h, d, li, by=14, extra=stroke([(0, 90), (10, 220), (14, 350)], 8, li, 0.7) + stroke([(-14, 100), (-18, 200), (-2, 320)], 6, d, 0.8)) + form(limb([(-24, 82), (0, 88), (24, 82)], [16, 18, 16]), P["yellow"], P["yellow_dark"], "", by=4)
    if p.style == "cap":
        dome = curve([(-124, -30), (-122, -100), (-86, -164), (0, -190), (86, -164), (122, -100), (124, -30), (60, -12), (0, -8), (-60, -12)])
        out += form(dome, P["teal"], P["teal_dark"], P["teal_light"], by=20, extra=stroke([(0, -190), (4, -100), (0, -8)], 4, P["teal_dark"], 0.8)) + oval(0, -189, 10, 6, P["teal_dark"])
    return out


def head_side(p: Person, *, smile: float = 0.6, down: float = 0.0) -> str:
    """A head in profile, facing right, with neck."""
    h, d, li = p.lock(), p.lock("dark"), p.lock("light")
    base, shade, deep, light = p.tone(), p.tone("shade"), p.tone("deep"), p.tone("light")
    out = form(curve([(34, 90), (38, 160), (52, 208), (20, 226), (-50, 226), (-78, 204), (-70, 130), (-70, 60)]), base, shade, light, by=16, extra=soft(blob([(-60, 120), (10, 168), (60, 190), (70, 130), (20, 100)], shade, 0.9), 8))
    outline = curve([
        (10, -152), (62, -142), (96, -104), (106, -62), (104, -38), (98, -18), (106, 6), (119, 32), (125, 44), (117, 56), (103, 61), (106, 71), (110, 80),
        (103, 89), (108, 98), (104, 109), (98, 117), (102, 130), (96, 146), (74, 157), (36, 148), (-8, 124), (-34, 86), (-70, 30), (-118, -20), (-112, -90), (-60, -142),
    ], pull=0.92)
    inner = soft(oval(52, 46, 30, 22, p.tone("blush"), 0.4), 9) + soft(blob([(-60, 40), (-20, 90), (30, 128), (84, 150), (60, 190), (-80, 170)], shade, 0.7), 9)
    inner += soft(blob([(60, -150), (-20, -60), (-60, 30), (-120, 0), (-100, -150)], shade, 0.5), 9) + soft(oval(78, -80, 26, 30, light, 0.7), 9)
    out += fill(outline, base) + clip(outline, inner)
    if p.style != "short":
        ear = [(-34, -18), (-14, -26), (-2, -8), (-8, 18), (-22, 40), (-32, 34), (-36, 8)]
        out += blob(ear, base) + stroke([(-26, -12), (-12, -6), (-18, 20)], 5, deep, 0.4)
    # eye, brow, nostril, mouth
    drop = down * 9
    eye = curve([(64, 4), (74, -8 + drop), (88, -10 + drop), (98, -3), (92, 8), (78, 9)])
    out += clip(eye, rect(50, -30, 60, 60, "#FDF3E7") + oval(89, -1 + drop * 0.5, 6.5, 10.5, "#38221A") + oval(91, -4 + drop * 0.4, 2, 3, "#FFFDF8"))
    out += fill(limb([(58, 4), (72, -9 + drop), (88, -11 + drop), (100, -4 + drop * 0.5)], [2, 4.6, 5, 3]), "#36251E")
    out += stroke([(60, -6), (74, -18 + drop * 0.4), (94, -16 + drop * 0.4)], 2.4, deep, 0.6) + stroke([(66, 15), (80, 18), (92, 13)], 2.6, shade, 0.4 + 0.5 * p.age)
    out += fill(limb([(54, -34), (76, -42), (96, -38), (104, -33)], [2, 7, 7.5, 4]), h if p.hair not in ("silver", "grey") else P["grey"], 0.85)
    out += stroke([(100, 58), (108, 55), (113, 58)], 4, deep, 0.7) + stroke([(94, 44), (92, 54), (98, 61)], 2.6, deep, 0.55)
    out += blob([(78, 90 - 5 * smile), (96, 84), (107, 79), (110, 83), (104, 90), (92, 92)], _tone(p.lip, 0.85)) + blob([(80, 91 - 5 * smile), (94, 93), (104, 91), (108, 98), (102, 104), (90, 101)], p.lip)
    out += fill(limb([(74, 89 - 6 * smile), (88, 92 - smile), (104, 90)], [2, 2.6, 1.6]), deep)
    out += stroke([(90, 62), (76, 74), (72, 94)], 3, deep, 0.15 + 0.45 * p.age)
    if p.age > 0.35:
        for y in (-6, 2, 10)[: 1 + round(2 * p.age)]:
            out += stroke([(52, y), (44, y + 1), (34, y + y * 0.5)], 2.4, shade, 0.9)
    if p.age > 0.8:
        out += stroke([(70, -88), (88, -84), (102, -86)], 2.6, shade, 0.9) + stroke([(68, -74), (88, -71), (103, -74)], 2.6, shade, 0.8) + stroke([(70, 104), (64, 118), (70, 132)], 3, shade, 0.9)
    # hair
    if p.style == "short":
        mass = [(92, -120), (52, -166), (-20, -178), (-96, -144), (-132, -70), (-130, 10), (-104, 80), (-72, 108), (-56, 84), (-34, 62), (-10, 40), (8, 20), (26, -20), (48, -52), (80, -84)]
    elif p.style == "bob":
        mass = [(90, -122), (50, -168), (-20, -178), (-98, -144), (-134, -70), (-140, 40), (-146, 150), (-120, 212), (-60, 214), (-30, 180), (-36, 100), (-22, 40), (10, -10), (44, -56), (76, -94)]
    else:
        mass = [(86, -126), (44, -166), (-26, -172), (-98, -134), (-126, -64), (-118, 6), (-92, 66), (-62, 86), (-46, 50), (-38, 0), (-16, -30), (22, -40), (54, -66), (78, -98)]
    shape = curve(mass)
    strands = stroke([(76, -118), (10, -124), (-70, -80), (-104, 0)], 8, li, 0.6) + stroke([(60, -148), (-20, -150), (-92, -102), (-116, -20)], 8, li, 0.6) + stroke([(66, -98), (10, -84), (-50, -40), (-80, 40)], 7, d, 0.7)
    if p.grey:
        strands += stroke([(80, -122), (0, -138), (-84, -96), (-112, 0)], 4, P["silver"], 0.7) + stroke([(60, -84), (4, -60), (-44, -6), (-64, 60)], 4, P["silver"], 0.6)
    if p.style == "bun":
        bun = curve([(-96, -86), (-136, -96), (-176, -66), (-176, -16), (-140, 10), (-104, -6)])
        out += form(bun, h, d, li, by=12, extra=stroke([(-104, -60), (-146, -74), (-168, -30)], 6, li, 0.7) + stroke([(-110, -30), (-140, -40), (-150, -6)], 6, d, 0.7))
    if p.style == "tail":
        tail = curve([(-92, 20), (-118, 10), (-160, 70), (-172, 160), (-160, 250), (-140, 300), (-128, 230), (-112, 140), (-86, 70)])
        out += form(tail, h, d, li, by=12, extra=stroke([(-108, 30), (-142, 120), (-144, 260)], 7, li, 0.7))
    out += form(shape, h, d, li, by=16, bright=0.4, extra=strands)
    if p.style == "cap":
        dome = curve([(104, -66), (98, -124), (52, -172), (-20, -188), (-92, -158), (-126, -96), (-120, -44), (-60, -40), (20, -60)])
        visor = curve([(62, -78), (104, -80), (160, -62), (174, -48), (150, -46), (104, -56), (60, -62)])
        out += fill(visor, P["teal_dark"]) + form(dome, P["teal"], P["teal_dark"], P["teal_light"], by=18)
    return out


def _tone(colour: str, by: float) -> str:
    """A colour darkened by a factor."""
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * by):02X}" for i in (1, 3, 5))


def arm(p: Person, joints: Points, sleeve: str, *, width: float = 108, cover: float = 1.0, hand: bool = True, skin: str = "", by: float = 18) -> str:
    """An arm through shoulder, elbow and wrist, with a simple hand that goes on in its direction; cover is how far the sleeve goes."""
    q = Person(skin) if skin else p
    (sx, sy), (ex, ey), (wx, wy) = joints
    out = ""
    size = ((wx - ex) ** 2 + (wy - ey) ** 2) ** 0.5
    ux, uy = (wx - ex) / size, (wy - ey) / size
    if hand:
        d = limb([(wx - ux * 10, wy - uy * 10), (wx + ux * 46, wy + uy * 46), (wx + ux * 96, wy + uy * 96)], [width * 0.5, width * 0.64, width * 0.34])
        t = limb([(wx + ux * 18 - uy * 18, wy + uy * 18 + ux * 18), (wx + ux * 62 - uy * 40, wy + uy * 62 + ux * 40)], [24, 18])
        out += form(t, q.tone(), q.tone("shade"), q.tone("light"), by=5) + form(d, q.tone(), q.tone("shade"), q.tone("light"), by=9)
    crook = ((ex * 5 + sx + wx) / 7, (ey * 5 + sy + wy) / 7)
    if cover < 1:
        bare = limb([crook, (wx, wy)], [width * 0.66, width * 0.54])
        out += form(bare, p.tone(), p.tone("shade"), p.tone("light"), by=12)
    end = (ex + (wx - ex) * cover, ey + (wy - ey) * cover)
    shape = limb([(sx, sy), crook, end], [width * 1.0, width * 0.94, width * (0.94 - 0.24 * cover)])
    crease = folds([([(ex - 30, ey - 24), (ex, ey - 8), (ex + 26, ey - 26)], 9), ([(ex - 24, ey + 14), (ex + 4, ey + 12), (ex + 26, ey - 2)], 8)], P.get(f"{sleeve}_dark", P["ink"]), 0.6)
    return out + cast(shape, 4, 6, 0.16, 8) + cloth(shape, sleeve, by=by, dx=1, dy=0.4, extra=crease)


def trunk(top: str, bottom: str = "navy", *, hem: float = 790, feet: str = "white_shade", tall: float = 1870) -> str:
    """Trousers, shoes and upper body of a standing person, seen from before or behind."""
    out = ""
    for k in (-1, 1):
        shoe = curve([(k * 54, tall - 70), (k * 152, tall - 70), (k * 166, tall + 20), (k * 176, tall + 44), (k * 160, tall + 56), (k * 64, tall + 56), (k * 46, tall + 40)], pull=0.7)
        out += form(shoe, P[feet], P.get(f"{feet}_dark", P["white_dark"]), "", by=14) + rect(min(k * 52, k * 170), tall + 46, 118, 12, P["ink"] if feet != "cover_blue" else P["cover_blue_dark"], 0.5, 6)
        leg = curve([(k * -8, 750), (k * 204, 750), (k * 190, 1000), (k * 178, 1240), (k * 168, tall - 50), (k * 160, tall - 24), (k * 48, tall - 20), (k * 42, tall - 50), (k * 30, 1240), (k * 4, 900)], pull=0.7)
        out += cloth(leg, bottom, by=26, extra=folds([([(k * 50, 1180), (k * 96, 1206), (k * 150, 1184)], 12), ([(k * 50, tall - 120), (k * 96, tall - 96), (k * 150, tall - 126)], 12), ([(k * 30, 860), (k * 90, 880), (k * 150, 850)], 14)], P.get(f"{bottom}_dark", P["ink"]), 0.7))
    body_of = curve([
        (-56, 184), (-108, 214), (-178, 238), (-220, 280), (-222, 400), (-190, 560), (-196, 680), (-212, hem), (-100, hem + 16), (0, hem + 18), (100, hem + 16), (212, hem),
        (196, 680), (190, 560), (222, 400), (220, 280), (178, 238), (108, 214), (56, 184), (0, 200),
    ], pull=0.9)
    crease = folds([([(-150, 560), (-90, 590), (-20, 580)], 12), ([(160, 540), (96, 580), (30, 586)], 14), ([(-120, 300), (-96, 400), (-110, 500)], 12), ([(128, 300), (100, 400), (116, 500)], 14), ([(-60, 680), (-40, 740), (-56, 800)], 12), ([(90, 660), (70, 740), (86, 800)], 12)], P.get(f"{top}_dark", P["ink"]), 0.75)
    return out + cast(body_of, 0, 22, 0.3, 12) + cloth(body_of, top, by=34, extra=crease)


def apron_back() -> str:
    """The straps and bow of an apron seen from behind."""
    out = ""
    for a, b in (((-120, 230), (110, 560)), ((120, 230), (-110, 560))):
        strap = limb([a, ((a[0] + b[0]) / 2, 400), b], [24, 24, 24])
        out += cast(strap, 3, 4, 0.25, 4) + form(strap, P["teal_dark"], P["teal_deep"], "", by=6)
    band = curve([(-196, 548), (0, 566), (196, 548), (196, 590), (0, 606), (-196, 590)], pull=0.6)
    out += form(band, P["teal_dark"], P["teal_deep"], "", by=8)
    for k in (-1, 1):
        out += form(curve([(0, 580), (k * 46, 548), (k * 76, 572), (k * 56, 606)]), P["teal_dark"], P["teal_deep"], P["teal"], by=7) + form(limb([(k * 6, 586), (k * 30, 650), (k * 24, 720)], [18, 22, 24]), P["teal_dark"], P["teal_deep"], P["teal"], by=6)
    return out


def backpack(name: str = "yellow") -> str:
    """A backpack on a back."""
    d = curve([(-128, 300), (-110, 236), (0, 218), (110, 236), (128, 300), (142, 520), (132, 620), (0, 640), (-132, 620), (-142, 520)], pull=0.8)
    pocket = curve([(-104, 448), (104, 448), (112, 590), (0, 606), (-112, 590)], pull=0.4)
    out = cast(d, 10, 16, 0.35, 12) + form(d, P[name], P[f"{name}_dark"], P[f"{name}_light"], by=26)
    out += stroke([(-112, 330), (0, 308), (112, 330)], 7, P[f"{name}_dark"], 0.9) + cast(pocket, 3, 5, 0.2, 4) + form(pocket, P[name], P[f"{name}_dark"], P[f"{name}_light"], by=14) + stroke([(-92, 474), (0, 468), (92, 474)], 6, P[f"{name}_dark"], 0.9)
    return form(limb([(-26, 232), (0, 196), (26, 232)], [14, 14, 14]), P[f"{name}_dark"], P["wood_dark"], "", by=4) + out


def toolbag(x: float, y: float, size: float = 1, name: str = "teal") -> str:
    """A tool bag hanging from a hand at (x, y)."""
    handle = limb([(-70, 120), (-56, 30), (0, 4), (56, 30), (70, 120)], [16, 16, 18, 16, 16])
    d = curve([(-150, 130), (-120, 104), (120, 104), (150, 130), (162, 300), (140, 330), (-140, 330), (-162, 300)], pull=0.5)
    pocket = curve([(-90, 190), (90, 190), (94, 296), (-94, 296)], pull=0.25)
    tools = form(limb([(-86, 120), (-92, 30)], [18, 14]), P["yellow"], P["yellow_dark"], "", by=5) + form(limb([(92, 120), (104, 20)], [26, 30]), P["cover_blue"], P["cover_blue_dark"], "", by=6)
    out = tools + form(handle, P[f"{name}_dark"], P["teal_deep"], "", by=6) + form(d, P[name], P[f"{name}_dark"], P[f"{name}_light"], by=22) + cast(pocket, 2, 4, 0.2, 4) + form(pocket, P[name], P[f"{name}_dark"], P[f"{name}_light"], by=10) + rect(-150, 140, 300, 12, P[f"{name}_dark"], 0.8)
    return put(out, x, y, size)


def steam(x: float, y: float, size: float = 1, opacity: float = 0.55) -> str:
    """Steam rising from (x, y)."""
    out = ""
    for dx, k in ((-34, 0.8), (0, 1), (36, 0.86)):
        out += stroke([(dx, 0), (dx - 20, -60 * k), (dx + 18, -130 * k), (dx - 8, -210 * k)], 20, "#FFFBF0", opacity)
    return put(soft(out, 6), x, y, size)


def floor_shadow(x: float, y: float, rx: float, ry: float, opacity: float = 0.3) -> str:
    """The soft shadow at somebody's feet."""
    return soft(oval(x, y, rx, ry, "#3A2A20", opacity), 12)


# ---------------------------------------------------------------- the scenes
def team() -> str:
    """The four workers side by side."""
    w, h = 1440, 1080
    back = ground(w, h, P["wall_light"], P["wall_shade"], window(120, 60, 300, 300, opacity=0.7) + window(1020, 60, 300, 300, opacity=0.7) + put(plant(0, 0, pot="oat"), 1370, 640, 0.9) + put(plant(0, 0), 60, 660, 0.9))
    out = back
    for figure, x, y in ((bust_guifen(), 560, 368), (bust_chunyan(), 905, 372), (bust_xiulan(), 246, 402), (bust_meihua(-0.18), 1206, 404)):
        out += soft(put(blob([(-280, 260), (280, 260), (300, 800), (-300, 800)], "#3A2A20", 0.16), x + 14, y, 0.98), 16) + put(figure, x, y, 0.98)
    return page(w, h, out)


def door() -> str:
    """At the flat's door in the morning."""
    w, h = 1080, 1440
    out = wash(w, h, "#FBF0DA", "#EBD9BC")
    out += rect(0, 690, w, 560, "#BCD3C0") + rect(0, 684, w, 12, "#8FB39B") + glow(150, 260, 620, "#FFF1C4", 0.9)
    out += window(70, 130, 230, 330, sky="#FBE7C2")
    # the light from the window on wall and door
    out += soft(poly([(300, 130), (300, 460), (1000, 1080), (1000, 560)], "#FFF3C9", 0.5), 10)
    out += poly([(0, 1250), (w, 1250), (w, h), (0, h)], "#CDB594") + rect(0, 1236, w, 16, "#A98F6C") + poly([(0, 1330), (520, 1330), (620, h), (0, h)], "#BFA682", 0.5)
    frame = rect(610, 250, 420, 1000, "#8C5A3C") + rect(630, 272, 380, 978, "#6B3F2A")
    leaf = form("M640 282H1000V1250H640Z", "#A4573C", "#7F3F2B", "#BE7050", by=26)
    for y, hh in ((330, 330), (720, 430)):
        leaf += rect(690, y, 260, hh, "#8A4630", 1, 10) + rect(696, y + 8, 254, hh - 8, "#AE6145", 1, 10)
    leaf += oval(820, 300 + 195, 13, 13, "#4A2A1E") + oval(818, 493, 8, 8, "#E8CFA0") + rect(664, 720, 20, 130, "#D8B779", 1, 10) + rect(660, 770, 84, 20, "#E9CE98", 1, 10) + rect(660, 784, 84, 6, "#B08F57", 1, 3)
    out += cast("M610 250H1030V1250H610Z", 10, 10, 0.3, 14) + frame + leaf + poly([(590, 1262), (1050, 1262), (1080, 1312), (560, 1312)], "#6E8F84") + poly([(606, 1268), (1036, 1268), (1058, 1304), (584, 1304)], "#86A79A")
    out += soft(poly([(640, 520), (640, 800), (1000, 1090), (1000, 700)], "#FFE9B0", 0.22), 8)
    p = XIULAN
    fig = arm(p, [(-186, 302), (-262, 540), (-250, 770)], "teal", cover=0.55) + trunk("teal", "navy", feet="cover_blue") + apron_back()
    fig = toolbag(-250, 800, 1.1, "steel") + fig + arm(p, [(-186, 302), (-262, 540), (-250, 770)], "teal", cover=0.55)
    fig += put(head_side(p, smile=0.6), 6, 26, 1, 2)
    neckline = limb([(-96, 216), (-20, 236), (66, 214)], [30, 30, 26])
    fig += form(neckline, P["teal_light"], P["teal"], "", by=8)
    fig += arm(p, [(186, 302), (330, 470), (404, 290)], "teal", cover=0.5, hand=False) + put(knocking(p), 404, 284, 0.86, 10)
    out += floor_shadow(456, 1352, 170, 22) + put(fig, 456, 420, 0.485)
    return page(w, h, out)


def knocking(p: Person) -> str:
    """A loosely closed hand, knuckles to the right, wrist at (0, 20)."""
    d = curve([(-30, 24), (-36, -20), (-28, -70), (0, -96), (40, -98), (66, -82), (70, -58), (58, -44), (62, -30), (48, -18), (36, -6), (28, 24)])
    lines = stroke([(64, -60), (40, -58), (22, -60)], 4, p.tone("deep"), 0.7) + stroke([(58, -36), (38, -36), (22, -40)], 4, p.tone("deep"), 0.7) + stroke([(10, -92), (16, -60), (34, -24)], 5, p.tone("shade"), 0.9)
    return form(d, p.tone(), p.tone("shade"), p.tone("light"), by=10, extra=lines)


def block(x: float, base: float, w: float, floors: int, colour: str, shade: str, lit: int, step: float = 62) -> str:
    """An apartment block with its windows; every `lit`-th is lit."""
    h = floors * step + 30
    out = rect(x, base - h, w, h, colour) + rect(x + w * 0.72, base - h, w * 0.28, h, shade, 0.75) + rect(x - 6, base - h - 12, w + 12, 14, shade)
    n = 0
    for f in range(floors):
        for c in range(int(w // 52)):
            n += 1
            warm = n * 7 % lit == 0
            out += rect(x + 16 + c * 52, base - h + 24 + f * step, 28, 34, "#FFDE96" if warm else "#9FB0B4", 1 if warm else 0.75, 2) + rect(x + 12 + c * 52, base - h + 60 + f * step, 36, 5, shade)
    return out


def peaks(w: int, base: float, tops: Points, colour: str, opacity: float = 1) -> str:
    """Rounded karst hills: (place, height) each."""
    out = ""
    for x, top in tops:
        out += blob([(x - top * 0.9, base + 90), (x - top * 0.55, base - top * 0.32), (x - top * 0.3, base - top * 0.84), (x, base - top), (x + top * 0.32, base - top * 0.8), (x + top * 0.56, base - top * 0.3), (x + top * 0.95, base + 90)], colour, opacity)
    return out + rect(0, base + 26, w, 240, colour, opacity)


def morning() -> str:
    """An early street in Guiyang."""
    w, h = 1080, 1440
    d, sky = fade([(0, "#8FA6BE", 1), (0.35, "#D8C3BE", 1), (0.62, "#F9CFA2", 1), (1, "#FCE4BE", 1)], (0, 0), (0, 860))
    out = f"<defs>{d}</defs>" + rect(0, 0, w, h, sky) + glow(700, 640, 520, "#FFE7B5", 0.95) + oval(700, 628, 54, 54, "#FFF3D2", 0.95)
    out += peaks(w, 800, [(120, 330), (400, 250), (620, 200), (860, 300), (1060, 360)], "#B9A9B6", 0.75) + peaks(w, 830, [(0, 240), (250, 210), (520, 150), (760, 180), (960, 230)], "#92939F", 0.85) + peaks(w, 880, [(140, 150), (420, 110), (700, 120), (900, 150)], "#6F8587", 0.9)
    out += block(-30, 960, 230, 9, "#D9B99C", "#B08E7E", 5) + block(214, 960, 160, 6, "#C9B4A6", "#A08A86", 6) + block(880, 960, 230, 10, "#D2AC94", "#A98577", 4) + block(740, 960, 126, 5, "#C6B3AA", "#9C8B8B", 6)
    for x, r in ((60, 70), (170, 56), (330, 50), (760, 54), (1040, 80)):
        out += oval(x, 940, r, r * 0.9, P["leaf_deep"], 0.9) + oval(x - r * 0.2, 925, r * 0.7, r * 0.6, P["leaf_dark"], 0.9)
    out += rect(0, 960, w, 480, "#B7A9A4") + poly([(0, 1010), (w, 1010), (w, 1190), (0, 1190)], "#8D8791") + poly([(0, 1190), (w, 1190), (w, 1206), (0, 1206)], "#DCCDBD") + poly([(0, 1206), (w, 1206), (w, h), (0, h)], "#CBB5A3")
    out += "".join(rect(x, 1094, 90, 9, "#E9DCCB", 0.8) for x in range(20, w, 180))
    # the bus
    bus = form(curve([(0, 30), (14, 0), (330, 0), (344, 20), (350, 150), (340, 168), (8, 168), (0, 150)], pull=0.3), P["teal"], P["teal_dark"], P["teal_light"], by=14)
    bus += "".join(rect(18 + i * 64, 22, 54, 56, "#FFE6AE", 0.95, 6) for i in range(4)) + rect(278, 22, 58, 72, "#F7EAD0", 0.95, 8) + rect(0, 106, 348, 12, P["white"], 0.9) + oval(344, 134, 10, 10, "#FFF2C0") + oval(74, 166, 28, 28, "#3B3838") + oval(74, 166, 12, 12, "#A9A5A0") + oval(274, 166, 28, 28, "#3B3838") + oval(274, 166, 12, 12, "#A9A5A0")
    out += floor_shadow(220, 1124, 190, 14) + put(bus, 40, 916, 1.05) + glow(420, 1060, 120, "#FFF0B8", 0.6)
    # the stop
    stop = rect(716, 840, 14, 400, P["teal_dark"]) + rect(1010, 840, 14, 400, P["teal_dark"]) + rect(730, 890, 280, 250, "#DDE8E4", 0.4) + rect(744, 906, 96, 190, P["wall_peach"], 0.9, 4) + rect(744, 1040, 96, 56, P["wall_green_shade"], 1) + oval(792, 980, 26, 26, P["yellow"]) + form("M690 800H1080V848H690Z", P["teal"], P["teal_dark"], P["teal_light"], by=12) + rect(770, 1160, 240, 18, P["wood"]) + rect(790, 1178, 12, 70, P["wood_dark"]) + rect(980, 1178, 12, 70, P["wood_dark"])
    out += floor_shadow(880, 1244, 190, 12) + stop
    p = CHUNYAN
    fig = trunk("plum", "navy") + arm(p, [(-186, 302), (-256, 540), (-240, 770)], "plum", hand=True) + backpack() + arm(p, [(186, 302), (262, 530), (150, 420)], "plum", hand=False)
    fig += put(head_side(p, smile=0.5), 8, 26) + form(limb([(-90, 222), (-10, 240), (74, 220)], [34, 34, 30]), P["plum_light"], P["plum"], "", by=8)
    out += soft(poly([(470, 1370), (350, 1370), (120, 1440), (380, 1440)], "#5B4A58", 0.35), 8) + put(fig, 440, 560, 0.43)
    return page(w, h, out + rect(0, 0, w, h, "#FFC98A", 0.06))


def heap(x: float, y: float, name: str, shade: str, light: str, kind: str, seed: int = 0) -> str:
    """A basket of vegetables, 190 wide, its rim at y."""
    out = ""
    for row in range(4):
        for i in range(6 - row):
            jig = ((i * 37 + row * 53 + seed * 29) % 11) - 5
            cx, cy = x - 78 + i * 32 + row * 15 + jig, y - 8 - row * 24 + jig * 0.5
            if kind == "round":
                out += oval(cx, cy, 22, 20, shade) + oval(cx - 2, cy - 3, 19, 17, name) + oval(cx - 7, cy - 9, 7, 4, light, 0.8)
            elif kind == "long":
                out += fill(limb([(cx - 16, cy + 12), (cx + 2, cy - 4), (cx + 22, cy - 14)], [13, 19, 10]), shade) + fill(limb([(cx - 17, cy + 9), (cx, cy - 7), (cx + 20, cy - 16)], [8, 13, 7]), name)
            else:
                out += fill(limb([(cx, cy + 14), (cx - 3, cy - 6)], [14, 10]), "#E9EBD2") + blob([(cx - 24, cy - 4), (cx - 14, cy - 30), (cx + 4, cy - 38), (cx + 22, cy - 24), (cx + 20, cy - 2), (cx, cy + 4)], name if (i + row) % 2 else shade) + stroke([(cx, cy), (cx, cy - 28)], 3, light, 0.7)
    d = curve([(x - 108, y - 8), (x + 108, y - 8), (x + 88, y + 82), (x - 88, y + 82)], pull=0.15)
    weave = "".join(rect(x - 110, y + k, 220, 4, P["wood_dark"], 0.35) for k in range(8, 80, 18))
    return out + form(d, P["wood"], P["wood_dark"], P["wood_light"], by=14, extra=weave) + rect(x - 112, y - 12, 224, 15, P["wood_light"], 1, 7)


def market() -> str:
    """At the vegetable stalls with an old lady."""
    w, h = 1080, 1440
    out = wash(w, h, "#F7E2BF", "#E7CDA6") + rect(0, 200, w, 520, "#D5B795") + glow(540, 330, 620, "#FFF0C8", 0.9)
    out += soft("".join(rect(60 + i * 150, 300 + (i * 41) % 60, 96, 240, c, 0.5, 6) for i, c in enumerate(("#B99572", "#C7A37D", "#A9C0A4", "#D6A57E", "#B99572", "#A9BDBB", "#C7A37D"))), 8)
    for i in range(9):
        x = i * 124 - 20
        dd = curve([(x, 120), (x + 124, 120), (x + 124, 300), (x + 62, 336), (x, 300)], pull=0.35)
        out += form(dd, P["teal"] if i % 2 else P["white"], P["teal_dark"] if i % 2 else P["white_shade"], "", by=12, dx=0, dy=1)
    out += rect(0, 96, w, 40, P["wood_dark"]) + rect(0, 96, w, 12, P["wood"])
    for x in (250, 800):
        out += rect(x - 3, 300, 6, 90, "#6B5A4C") + glow(x, 440, 240, "#FFEBAA", 0.85) + form(curve([(x - 60, 430), (x - 34, 388), (x + 34, 388), (x + 60, 430)], pull=0.5), P["brick"], P["brick_dark"], "", by=10) + oval(x, 432, 30, 14, "#FFF8DC")
    greens = (P["leaf"], P["leaf_dark"], "#BFDCA4")
    row1 = [("#D9553B", "#B23D2A", "#F59A80", "round"), (*greens, "leaf"), ("#F0A63C", "#CC8224", "#FFD78F", "long"), ("#E9E2C8", "#C9BE9C", "#FFFDF0", "round"), (P["leaf_light"], P["leaf"], "#D9EDC2", "leaf")]
    row2 = [("#7A4F86", "#5C3868", "#A983B3", "long"), ("#F3C64C", "#D39F2C", "#FFE9A6", "round"), (*greens, "leaf"), ("#D9553B", "#B23D2A", "#F59A80", "long"), ("#8DB255", "#6A8F3C", "#C5DE98", "long")]
    out += rect(0, 660, w, 60, P["wood_dark"])
    out += "".join(heap(110 + i * 216, 640, *v, seed=i) for i, v in enumerate(row1))
    out += rect(0, 716, w, 30, P["wood_light"]) + "".join(heap(10 + i * 250, 840, *v, seed=i + 5) for i, v in enumerate(row2)) + form("M0 916H1080V1170H0Z", P["wood"], P["wood_dark"], P["wood_light"], by=16, extra="".join(rect(x, 916, 4, 260, P["wood_dark"], 0.6) for x in range(90, w, 150)))
    out += rect(0, 1170, w, 270, "#C7AE8E") + "".join(poly([(x, 1170), (x + 6, 1170), (x + (x - 540) * 0.3 + 8, h), (x + (x - 540) * 0.3, h)], "#B1977A", 0.6) for x in range(-300, 1400, 130)) + rect(0, 1290, w, 5, "#B1977A", 0.6) + soft(rect(0, 1170, w, 40, "#6B4E36", 0.4), 10)
    p, g = GUIFEN, GRANNY
    worker = trunk("teal", "navy") + apron_back() + arm(p, [(-186, 302), (-258, 540), (-236, 770)], "teal", cover=0.55)
    worker += put(head_side(p, smile=0.9), 8, 26) + form(limb([(-94, 220), (-16, 238), (72, 218)], [32, 32, 28]), P["teal_light"], P["teal"], "", by=8)
    lady = trunk("oat", "steel", feet="wood_dark", tall=1790, hem=840) + put(head_behind(g), 0, 28) + form(limb([(-84, 214), (0, 236), (84, 214)], [30, 34, 30]), P["oat_light"], P["oat_dark"], "", by=8)
    lady += arm(g, [(184, 302), (262, 540), (292, 720)], "oat")
    cart = fill(limb([(-62, -430), (-20, -120), (6, 170)], [15, 15, 15]), P["steel_grey_dark"]) + fill(limb([(-96, -426), (-62, -434), (-28, -426)], [22, 22, 22]), "#4B4A48") + form(curve([(-96, -120), (110, -120), (120, 150), (106, 176), (-92, 176), (-104, 150)], pull=0.3), P["brick"], P["brick_dark"], "#E08D6B", by=20, extra="".join(rect(-110, y, 240, 8, "#F3D5A8", 0.6) for y in (-70, -10, 50, 110)))
    cart = blob([(-60, -110), (-80, -170), (-40, -210), (-10, -176), (10, -224), (50, -190), (70, -206), (86, -150), (80, -110)], P["leaf"]) + blob([(-30, -110), (-40, -160), (0, -180), (30, -150), (36, -110)], P["leaf_light"]) + cart + oval(-66, 196, 44, 44, "#4B4A48") + oval(-66, 196, 18, 18, "#B9B3A6") + oval(80, 196, 44, 44, "#4B4A48") + oval(80, 196, 18, 18, "#B9B3A6")
    out += floor_shadow(400, 1374, 170, 22) + floor_shadow(690, 1376, 160, 20) + floor_shadow(862, 1380, 110, 16)
    out += put(lady, 690, 642, 0.4) + put(worker, 396, 544, 0.435) + put(arm(p, [(186, 302), (290, 500), (420, 560)], "teal", cover=0.6), 396, 544, 0.435)
    out += put(cart, 850, 1250, 0.62)
    return page(w, h, out)


def dish(x: float, y: float, rx: float, food: str, bowl: str = "white", deep: float = 0.5) -> str:
    """A bowl or plate of food, seen from a little above."""
    d = curve([
        (x - rx * 0.97, y + 2), (x - rx * 0.94, y + rx * deep * 0.3), (x - rx * 0.8, y + rx * deep * 0.66), (x - rx * 0.48, y + rx * deep * 0.96), (x, y + rx * deep * 1.04),
        (x + rx * 0.48, y + rx * deep * 0.96), (x + rx * 0.8, y + rx * deep * 0.66), (x + rx * 0.94, y + rx * deep * 0.3), (x + rx * 0.97, y + 2), (x, y - 4),
    ], pull=0.7)
    out = soft(oval(x + 8, y + rx * deep, rx * 0.9, rx * 0.2, "#3A2015", 0.4), 6) + form(d, P[bowl], P.get(f"{bowl}_dark", P["white_dark"]), "", by=rx * 0.16)
    out += oval(x, y, rx, rx * 0.3, P["white_bright"] if bowl == "white" else P[f"{bowl}_light"]) + oval(x, y + 2, rx * 0.86, rx * 0.23, _tone(food, 0.8)) + oval(x, y - 3, rx * 0.8, rx * 0.2, food)
    for i in range(7):
        out += oval(x - rx * 0.6 + i * rx * 0.2, y - 6 - (i * 5 % 3) * 5, rx * 0.12, rx * 0.08, (P["leaf"], "#E7C35A", "#D2573B")[i % 3], 0.95, i * 31 % 60 - 30)
    return out


def side_body(name: str) -> str:
    """A seated upper body in profile, facing right."""
    d = curve([(-64, 190), (-124, 228), (-166, 330), (-176, 500), (-160, 800), (150, 800), (146, 600), (140, 440), (104, 300), (66, 208)], pull=0.9)
    return cloth(d, name, by=30, extra=folds([([(60, 360), (90, 440), (80, 540)], 12), ([(-120, 420), (-90, 500), (-110, 620)], 12)], P[f"{name}_dark"], 0.7))


def side_collar(colour: str, shade: str) -> str:
    """The collar round a neck in profile, drawn after the head."""
    ring = curve([(-94, 188), (-60, 206), (0, 226), (58, 218), (74, 206), (84, 236), (50, 262), (-20, 262), (-84, 240), (-108, 212)])
    return cast(ring, 2, 6, 0.2, 4) + form(ring, colour, shade, "", by=9, dx=0.3, dy=1)


def table() -> str:
    """Supper at an old lady's kitchen table."""
    w, h = 1080, 1440
    out = wash(w, h, "#8E6A52", "#B98A62")
    d, paint = fade([(0, "#3F4B73", 1), (0.6, "#8A7291", 1), (1, "#D99B7C", 1)], (0, 160), (0, 520))
    out += f"<defs>{d}</defs>" + rect(94, 134, 332, 432, "#6E4C37") + rect(114, 154, 292, 392, paint) + clip("M114 154h292v392h-292Z", block(130, 560, 110, 4, "#4C4763", "#3B3852", 3, 56) + block(270, 560, 120, 3, "#54496A", "#413A58", 2, 56)) + rect(254, 154, 12, 392, "#6E4C37") + rect(80, 562, 360, 22, "#835B40")
    out += rect(690, 250, 320, 20, "#6E4C37") + "".join(rect(716 + i * 62, 250 - b, 44, b, c, 0.95, 10) for i, (b, c) in enumerate(((86, "#C79A6A"), (110, "#7F9C86"), (70, "#D7B48A"), (96, "#A86A4E"))))
    out += glow(540, 470, 760, "#FFDFA0", 0.95) + glow(540, 430, 380, "#FFF1C8", 0.8)
    out += rect(536, 0, 8, 270, "#4A3326") + form(curve([(410, 372), (440, 306), (500, 270), (580, 270), (640, 306), (670, 372)], pull=0.7), P["teal"], P["teal_dark"], P["teal_light"], by=16) + oval(540, 374, 130, 20, "#FFF7DA")
    g, p = GRANNY, GUIFEN
    lady = side_body("plum") + put(head_side(g, smile=0.9, down=0.2), 0, 34, 1, 4) + side_collar(P["plum_light"], P["plum_dark"])
    lady_arm = arm(g, [(-20, 320), (0, 590), (190, 574)], "plum", width=112, hand=False, cover=0.9) + put(hand_rest(g, curl=0.4), 178, 574, 0.76, 2)
    worker = side_body("rose") + put(head_side(p, smile=1.0, down=0.3), 0, 34, 1, 6) + side_collar(P["white_bright"], P["white_dark"])
    far = arm(p, [(20, 330), (60, 590), (230, 590)], "rose", width=100, hand=False, cover=0.7) + put(hand_rest(p, curl=0.3), 226, 590, 0.74, -2)
    near = arm(p, [(-20, 320), (10, 590), (236, 600)], "rose", width=106, hand=False, cover=0.7) + put(hand_rest(p, curl=0.5, thumb=False), 226, 604, 0.78, -2)
    out += put(worker + far, 856, 552, 0.8, 0, flip=True) + put(lady, 236, 600, 0.8)
    out += form("M0 1040H1080V1130H0Z", P["wood"], P["wood_dark"], P["wood_light"], by=14, dx=0, dy=1)
    out += poly([(0, 1040), (w, 1040), (w, h), (0, h)], "#B8814F") + soft(oval(540, 1130, 480, 120, "#FFDFA0", 0.55), 40) + "".join(stroke([(0, y), (540, y + 8), (w, y - 4)], 5, P["wood_dark"], 0.35, ends=0.6) for y in (1220, 1330, 1410))
    out += put(lady_arm, 236, 600, 0.8) + dish(548, 1010, 92, "#E8D6A8", "teal", 0.52) + put(near, 856, 552, 0.8, 0, flip=True) + dish(330, 1160, 110, "#7FA45C") + dish(744, 1146, 112, "#D98A45", "white", 0.36) + dish(540, 1250, 84, "#FFFDF4") + dish(140, 1110, 66, "#FFFDF4") + dish(920, 1090, 66, "#FFFDF4")
    out += steam(548, 990, 1.15, 0.6) + steam(330, 1134, 0.8, 0.45) + steam(744, 1120, 0.8, 0.45)
    return page(w, h, out + rect(0, 0, w, h, "#FFB65C", 0.05))


def window_scene() -> str:
    """Cleaning a window from inside."""
    w, h = 1080, 1440
    d, sky = fade([(0, "#BFDDE6", 1), (0.55, "#E4EEE4", 1), (1, "#F8EBCB", 1)], (0, 0), (0, 900))
    out = f"<defs>{d}</defs>" + rect(0, 0, w, h, sky) + peaks(w, 720, [(160, 260), (460, 200), (760, 280), (1020, 220)], "#A9C6C0", 0.8) + peaks(w, 780, [(320, 160), (640, 150), (930, 180)], "#8DB2A8", 0.8)
    out += block(40, 1180, 180, 9, "#EBD9C0", "#C9B296", 50) + block(250, 1180, 130, 6, "#E3CDB6", "#C2A88E", 50) + block(720, 1180, 150, 7, "#E9D4BE", "#C6AD94", 50) + block(880, 1180, 180, 10, "#EFDFC9", "#CDB79C", 50)
    out += "".join(oval(x, 1130, 80, 60, P["leaf"], 0.9) for x in (120, 330, 560, 800, 1000))
    out += rect(0, 0, w, h, "#FFFFFF", 0.16)
    # suds still to be taken off, and the clean stripe
    foam = blob([(560, 40), (760, 60), (1010, 40), (1010, 520), (960, 640), (880, 560), (800, 690), (700, 560), (610, 640), (560, 480)], "#FFFFFF", 0.62)
    out += clip("M0 0H1080V1180H0Z", soft(foam, 4)) + "".join(oval(x, y, r, r, "#FFFFFF", 0.55) for x, y, r in ((600, 600, 13), (650, 520, 9), (820, 640, 15), (960, 560, 12), (900, 430, 9), (720, 640, 10), (1000, 300, 8), (860, 600, 7)))
    out += poly([(60, 1000), (240, 40), (330, 40), (150, 1000)], "#FFFFFF", 0.22) + poly([(180, 1000), (360, 40), (390, 40), (210, 1000)], "#FFFFFF", 0.16)
    fr = P["white"]
    out += rect(0, 0, 44, h, fr) + rect(1036, 0, 44, h, fr) + rect(0, 0, w, 40, fr) + rect(518, 0, 30, 1180, fr) + rect(540, 0, 8, 1180, P["white_shade"]) + rect(38, 40, 8, 1150, P["white_shade"]) + form("M0 1170H1080V1230H0Z", P["white"], P["white_dark"], "", by=12, dx=0, dy=1) + rect(0, 1228, w, 240, P["wall_shade"]) + soft(rect(0, 1226, w, 26, "#7B6247", 0.3), 8)
    out += put(plant(0, 0), 950, 1186, 0.72)
    p = CHUNYAN
    fig = arm(p, [(184, 296), (330, 150), (330, -90)], "teal", cover=0.4, hand=False)
    fig += trunk("teal", "navy") + apron_back() + put(head_behind(p), 0, 28) + form(limb([(-88, 216), (0, 236), (88, 216)], [32, 34, 32]), P["teal_light"], P["teal"], "", by=8) + put(tail_over(p), 0, 28)
    fig += arm(p, [(-186, 302), (-276, 520), (-250, 730)], "teal", cover=0.5) + put(folded_cloth(), -262, 830, 0.62, 82)
    tool = limb([(0, 90), (0, -150)], [22, 20])
    squeegee = form(tool, P["teal_dark"], P["teal_deep"], P["teal_light"], by=6) + rect(-150, -176, 300, 26, P["steel_grey"], 1, 6) + rect(-150, -160, 300, 10, P["steel_grey_dark"], 1) + rect(-154, -192, 308, 20, "#3F4A4C", 1, 4)
    fig += put(squeegee + put(hand_grip(p), 0, 10, 0.9), 318, -150, 0.92, 6)
    out += soft(oval(470, 1240, 330, 60, "#5B4630", 0.25), 20) + put(fig, 440, 560, 0.8)
    return page(w, h, out)


def tail_over(p: Person) -> str:
    """The ponytail once more, over the collar."""
    h, d, li = p.lock(), p.lock("dark"), p.lock("light")
    tail = curve([(-22, 74), (22, 74), (44, 150), (40, 240), (48, 310), (20, 380), (-8, 330), (-34, 250), (-30, 150)])
    out = cast(tail, 8, 8, 0.3, 6) + form(tail, h, d, li, by=14, extra=stroke([(0, 90), (10, 220), (14, 350)], 8, li, 0.7) + stroke([(-14, 100), (-18, 200), (-2, 320)], 6, d, 0.8))
    return out + form(limb([(-24, 82), (0, 88), (24, 82)], [16, 18, 16]), P["yellow"], P["yellow_dark"], "", by=4)


LEARNER = Person("fair", "brown", "tail", age=0.1, width=0.96, jaw=0.94, eye=1.05, slant=0.2, brow=0.9, nose=0.95, lip="#C56C62")
OTHER = Person("warm", "black", "short", age=0.4, grey=0.3)


def class_scene() -> str:
    """A lesson: Xiulan shows how to fold."""
    w, h = 1440, 1080
    out = ground(w, h, "#EAF0E4", "#CBD9C6", "", "#FFFBE6")
    out += cast("M520 90H1370V560H520Z", 8, 14, 0.2, 14) + rect(520, 90, 850, 470, P["steel_grey"], 1, 10) + rect(534, 104, 822, 442, P["white_bright"], 1, 6) + rect(760, 556, 240, 16, P["steel_grey_dark"], 1, 6) + rect(790, 546, 60, 12, P["teal"], 1, 6) + rect(866, 546, 60, 12, P["brick"], 1, 6)
    # the drawing on the board: a cloth folded once, twice, three times
    line = 'fill="none" stroke-width="9" stroke-linejoin="round" stroke-linecap="round"'
    out += f'<g {line} stroke="{P["teal"]}"><path d="M600 190h180v180h-180Z"/><path d="M870 190h180v90h-180Z"/><path d="M870 300h180" stroke-dasharray="4 20"/><path d="M1140 190h90v90h-90Z"/><path d="M1140 300h90" stroke-dasharray="4 20"/></g>'
    out += f'<g {line} stroke="{P["brick"]}"><path d="M800 290q26 -22 50 0m-20 -14l22 14l-20 16"/><path d="M1070 250q26 -22 50 0m-20 -14l22 14l-20 16"/></g>'
    out += f'<g {line} stroke="{P["yellow_dark"]}"><path d="M640 470q20 -40 44 0t44 0t44 0t44 0"/><path d="M1060 450a46 46 0 1 0 .1 0M1030 492l22 24l44 -46"/></g>'
    out += put(bust_xiulan(0.24), 290, 322, 0.72)
    out += form("M0 770H1440V812H0Z", P["wood_light"], P["wood"], "", by=12, dx=0, dy=1) + rect(0, 808, w, 300, P["wood"]) + put(folded_cloth("yellow"), 660, 736, 0.7) + put(folded_cloth("yellow"), 660, 690, 0.62, 2)
    out += form(curve([(900, 650), (1040, 650), (1024, 772), (916, 772)], pull=0.15), P["cover_blue"], P["cover_blue_dark"], "", by=16) + rect(894, 640, 152, 16, P["cover_blue_dark"], 1, 8)
    for i, (p, top, x, y) in enumerate(((CHUNYAN, "plum", 150, 800), (OTHER, "oat", 520, 826), (GUIFEN, "rose", 905, 812), (XIAOZHOU, "steel", 1270, 800))):
        fig = trunk(top) + arm(p, [(-186, 302), (-262, 560), (-180, 760)], top, hand=False) + arm(p, [(186, 302), (262, 560), (180, 760)], top, hand=False)
        fig += put(head_behind(p), 0, 28, 1, (3, -4, 3, -5)[i])
        fig += "" if p.style == "bob" else form(limb([(-88, 218), (0, 238), (88, 218)], [30, 32, 30]), P.get(f"{top}_light", P["white"]), P[top], "", by=8)
        fig += put(tail_over(p), 0, 28) if p.style == "tail" else ""
        out += soft(put(oval(0, 420, 280, 300, "#3A2A20", 0.25), x, y, 0.76), 20) + put(fig, x, y, 0.76)
    return page(w, h, out)


def practice() -> str:
    """An older woman shows a younger one how to fold a quilt."""
    w, h = 1440, 1080
    out = ground(w, h, "#FBEBD8", "#EBCFB2", window(570, 60, 320, 340, sky="#F4EED8", opacity=0.8) + curtain(470, 30, 100, 430, "#F2D9B8", "#DDB98E") + curtain(892, 30, 100, 430, "#F2D9B8", "#DDB98E") + put(plant(0, 0, pot="oat"), 1370, 600, 0.9))
    a, b = GUIFEN, LEARNER
    old = hair_back(a, 0.42) + body(cloth(SHIRT, "teal", extra=folds(SIDE_FOLDS, P["teal_dark"], 0.8)), neck(a, 12), collar("teal_light"), apron()) + put(head(a, yaw=0.42, gaze=(3, 2), lid=0.25, smile=0.9), 6, 4, 1, 6)
    young = put(curve_tail(b), 0, 0, 1, 0, flip=True) + hair_back(b, -0.42) + body(cloth(SHIRT, "rose", extra=folds(SIDE_FOLDS, P["rose_dark"], 0.8)), neck(b, -12), collar("white")) + put(head(b, yaw=-0.4, gaze=(-2, 5), lid=0.6, smile=0.8), -6, 8, 1, -7)
    out += put(old, 400, 330, 0.9) + put(young, 1040, 344, 0.88)
    quilt = curve([(120, 800), (260, 752), (480, 740), (720, 752), (960, 742), (1200, 756), (1330, 800), (1400, 1120), (40, 1120)], pull=0.8)
    out += cast(quilt, 0, -10, 0.3, 16) + form(quilt, P["white"], P["white_shade"], P["white_bright"], by=30, extra=folds([([(300, 800), (420, 900), (430, 1040)], 26), ([(700, 790), (720, 900), (690, 1060)], 24), ([(1120, 800), (1020, 900), (1040, 1040)], 26)], P["white_dark"], 0.6, 6))
    top = curve([(300, 772), (420, 738), (700, 752), (1000, 738), (1130, 772), (1150, 880), (1100, 926), (720, 944), (330, 926), (284, 880)], pull=0.7)
    squares = "".join(rect(x, y, 56, 56, P["wall_peach"], 0.9, 10) for i, x in enumerate(range(300, 1160, 112)) for y in (760 + (i % 2) * 40, 880 - (i % 2) * 40))
    out += cast(top, 4, 16, 0.25, 14) + form(top, P["yellow_light"], P["yellow_dark"], "#FFF0C6", by=24, dx=0.4, dy=1, dark=0.7, extra=squares + folds([([(380, 770), (460, 830), (470, 920)], 18), ([(1050, 770), (980, 830), (980, 920)], 18)], P["yellow_dark"], 0.5, 4)) + stroke([(310, 850), (720, 872), (1130, 850)], 8, P["yellow_dark"], 0.5)

    def reach(p: Person, name: str, elbow: Point, wrist: Point) -> str:
        """A forearm laid on the quilt; the upper arm is the shirt's own shape."""
        (ex, ey), (wx, wy) = elbow, wrist
        way = 1 if wx > ex else -1
        slope = math.degrees(math.atan2(wy - ey, (wx - ex) * way))
        bare = limb([(ex, ey), ((ex + wx) / 2, (ey + wy) / 2 + 10), (wx, wy)], [80, 72, 54])
        sleeve = limb([(ex - 4 * way, ey - 56), (ex, ey), (ex + (wx - ex) * 0.46, ey + (wy - ey) * 0.46 + 8)], [70, 92, 80])
        out = cast(bare, 4, 14, 0.28, 8) + form(bare, p.tone(), p.tone("shade"), p.tone("light"), by=13, dx=0.4, dy=1)
        out += form(sleeve, P[name], P[f"{name}_dark"], "", by=16, dx=0.3, dy=1, extra=folds([([(ex - 20, ey - 20), (ex + 12 * way, ey + 6), (ex + 40 * way, ey - 4)], 9)], P[f"{name}_dark"], 0.7))
        return out + put(hand_rest(p, curl=0.5), wx, wy, 0.84, slope * way * 0.8, flip=way < 0)

    arms = put(reach(a, "teal", (-232, 470), (-70, 540)) + reach(a, "teal", (236, 470), (322, 566)), 400, 330, 0.9)
    arms += put(reach(b, "rose", (232, 470), (80, 550)) + reach(b, "rose", (-232, 470), (-100, 530)), 1040, 344, 0.88)
    post = form("M1376 420H1440V1080H1376Z", P["wood"], P["wood_dark"], P["wood_light"], by=14)
    arms += cast("M1376 420H1440V1080H1376Z", -10, 6, 0.25, 10) + post
    return page(w, h, out + arms)


def goodbye() -> str:
    """At dusk the worker leaves; the old lady waves."""
    w, h = 1080, 1440
    out = wash(w, h, "#C99A73", "#A8764F") + glow(170, 380, 720, "#FFDFA2", 0.85)
    d, paint = fade([(0, "#6E6C97", 1), (0.5, "#B58E9E", 1), (1, "#EDB98F", 1)], (0, 220), (0, 1240))
    out += f"<defs>{d}</defs>" + rect(0, 1230, w, 210, "#8F6443") + rect(0, 1218, w, 14, "#7A5236") + "".join(rect(0, y, w, 4, "#7A5236", 0.5) for y in (1290, 1360))
    out += rect(436, 190, 500, 1046, "#7A5236") + rect(464, 218, 444, 1018, paint)
    view = peaks(1080, 720, [(560, 170), (760, 230), (900, 180)], "#7C7796", 0.7) + block(470, 900, 120, 5, "#6A6482", "#56516F", 3) + block(790, 900, 130, 6, "#6F6684", "#5A5371", 2)
    out += clip("M464 218H908V1236H464Z", view + rect(464, 890, 444, 20, "#8B6F74") + "".join(rect(x, 900, 8, 190, "#8B6F74") for x in range(480, 910, 40)) + rect(464, 1084, 444, 160, "#C59A80") + glow(690, 700, 420, "#FFD8A8", 0.5))
    leaf = "M908 218L1046 168V1300L908 1236Z"
    out += form(leaf, "#A4573C", "#7F3F2B", "#BE7050", by=16) + poly([(932, 300), (1022, 272), (1022, 640), (932, 648)], "#8F4931", 0.8) + poly([(932, 720), (1022, 722), (1022, 1180), (932, 1150)], "#8F4931", 0.8) + rect(916, 720, 12, 70, "#E9CE98", 1, 6)
    out += soft(poly([(464, 1236), (908, 1236), (840, 1440), (330, 1440)], "#F5C79B", 0.55), 10)
    out += rect(60, 300, 210, 250, "#7A5236", 0.9, 4) + rect(76, 316, 178, 218, "#EBD4B0") + blob([(76, 534), (120, 430), (170, 480), (210, 410), (254, 470), (254, 534)], "#9DB08D")
    p, g = XIULAN, GRANNY
    fig = hair_back(p, -0.3) + trunk("teal", "navy") + neck(p, -6) + collar("teal_light") + put(head(p, yaw=-0.3, gaze=(-3, 1), smile=1.0), 0, 0, 1, -4)
    strap = limb([(-130, 230), (20, 480), (190, 720)], [30, 30, 30])
    bag = curve([(130, 680), (330, 670), (350, 900), (330, 930), (140, 930), (120, 900)], pull=0.4)
    fig += form(strap, P["yellow_dark"], P["wood_dark"], "", by=8) + cast(bag, 6, 8, 0.3, 8) + form(bag, P["yellow"], P["yellow_dark"], P["yellow_light"], by=20) + rect(128, 740, 216, 10, P["yellow_dark"], 0.8)
    fig += arm(p, [(186, 302), (262, 560), (240, 700)], "teal", cover=0.6) + arm(p, [(-186, 302), (-330, 470), (-330, 290)], "teal", cover=0.55, hand=False) + put(hand_palm(p), -330, 282, 0.92, -6, flip=True)
    out += floor_shadow(690, 1306, 150, 18, 0.35) + put(fig, 690, 420, 0.465)
    lady = trunk("plum", "steel") + put(head_behind(g), 0, 28, 1, 5) + form(limb([(-90, 216), (0, 240), (90, 216)], [34, 38, 34]), P["plum_light"], P["plum_dark"], "", by=9)
    lady += arm(g, [(-186, 302), (-270, 560), (-230, 760)], "plum") + arm(g, [(186, 302), (330, 430), (318, 200)], "plum", hand=False, cover=0.92) + put(hand_palm(g), 316, 196, 0.96, 8)
    out += soft(oval(290, 1150, 300, 360, "#3A2015", 0.25), 30) + put(lady, 270, 700, 0.88)
    return page(w, h, out + rect(0, 0, w, h, "#FFB070", 0.05))


SCENES: dict[str, tuple[int, int, Callable[[], str]]] = {
    "xiulan": (1080, 1440, xiulan),
    "guifen": (1080, 1440, guifen),
    "chunyan": (1080, 1440, chunyan),
    "meihua": (1080, 1440, meihua),
    "xiaozhou": (1080, 1440, xiaozhou),
    "team": (1440, 1080, team),
    "door": (1080, 1440, door),
    "morning": (1080, 1440, morning),
    "market": (1080, 1440, market),
    "table": (1080, 1440, table),
    "window": (1080, 1440, window_scene),
    "class": (1440, 1080, class_scene),
    "practice": (1440, 1080, practice),
    "goodbye": (1080, 1440, goodbye),
}


def main(names: Sequence[str]) -> None:
    """Draw the named scenes, or all."""
    for name in names or SCENES:
        w, h, draw = SCENES[name]
        size = save(draw(), w, h, PHOTOS / f"{name}.jpg")
        print(f"{name}.jpg {w}x{h} {size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
