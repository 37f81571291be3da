"""Brief + kit + what the photos are → a storyboard for one platform: the one place where seconds become frames.

Scenes are expanded from the template, their words drawn, their times chosen so that everything can be read and the clip
keeps within the template's and the platform's length; cut points are put on the music's beats.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from vidkit import kit, layout, text
from vidkit.audio import subtitles
from vidkit.audio.track import RATE
from vidkit.boards import crops, cueing, footing, subtitling, wording
from vidkit.boards.cueing import Span
from vidkit.boards.pacing import Set, frames_of, length, on_beat, paced, runs, timing
from vidkit.boards.scope import (
    entries,
    field_of,
    look_up,
    nameable,
    photo_at,
    photos_at,
    said_at,
    say,
    seen_at,
    turn,
    unfit,
    wanted,
)
from vidkit.boards.subtitling import Scenery, Shown
from vidkit.boards.voicing import told, voiced
from vidkit.kits import values
from vidkit.layout import Drawing, Stage, Studio
from vidkit.motion import Key
from vidkit.painting.moves import MOVES
from vidkit.photos.prints import CENTRE, FREE, PANORAMA, enlarged, squarest, still_point
from vidkit.storyboard import (
    Backdrop,
    Box,
    Compare,
    Graphic,
    Photo,
    Picture,
    Scene,
    Speech,
    Storyboard,
    Subtitle,
    Transition,
)
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vidkit.boards.pacing import Meter, Run
    from vidkit.boards.voicing import Heard, Voicing
    from vidkit.brief import Brief
    from vidkit.brief import Photo as Named
    from vidkit.kit import Labels, PictureSpec, SceneSpec, Template, Words
    from vidkit.kits.platform import Platform, SafeBox
    from vidkit.photos.prints import Print
    from vidkit.storyboard import Reveal

    Seen = Mapping[Named, Print]

LINES = {"wipe": "handle", "split": "seam"}
"""Reveals with a line between before and after, and what is drawn on it."""
OVER_EACH_OTHER = ("stacked",)
"""Reveals that show both photos whole-width, one above the other."""
SEVERAL = {"grid": crops.grid, "gallery": crops.gallery}
"""Shapes of several photos at once: where they stand, and what of each is shown."""
SEAM_ROOM = 32
"""Room between the seam of photos above each other and the after's label, px."""
SLIDING = {"push", "slide", "wipe", "zoom-through"}
"""Transitions that would show a photo twice when the next scene begins with the photo just seen."""


def voices(brief: Brief, template: Template, platform: Platform, studio: Studio, heard: Heard) -> Voicing:
    """Which recording is heard in which scene of the template."""
    base = nameable(brief, template, platform, studio.brand)
    with values.placing(*kit.told_by(template, studio.shelf)):
        expanded = enumerate(_expanded(template, base, {}))
        said = [told(spec, scope, brief, first=not i) for i, (spec, scope, _) in expanded]
    return voiced(said, brief, heard)


def draw(
    brief: Brief,
    template: Template,
    platform: Platform,
    studio: Studio,
    seen: Seen,
    meter: Meter,
    speaking: Voicing | None = None,
) -> Storyboard:
    """The storyboard of a brief for a platform; refuses words that do not fit, clips that are too long (VK-T003), and what a template names
    wrongly (VK-K003, VK-K007).
    """
    with values.placing(*kit.told_by(template, studio.shelf)):
        sets = _sets(brief, template, platform, studio, seen, speaking)
        longest = float(table("voice")["scenes"]["most_seconds"]) if any(one.voice for one in sets) else 0.0
        usual, most = (
            min(seconds, platform.max_seconds) for seconds in (template.seconds[1], max(template.at_most, longest))
        )
        shortest = min(max(template.seconds[0], platform.min_seconds), usual)
        chosen, pace = paced(sets, shortest, usual, most, brief, platform)
        limit = usual if length(chosen, pace) <= usual else most
        slots = on_beat(chosen, pace, meter, limit, shortest)
        missing = filter(None, ((s.spec.when or s.spec.each).partition(".")[0] for s in sets if s not in chosen))
        scenes = tuple(_scenes(chosen, slots, meter.half_beat, platform, studio, seen))
        bare = Storyboard(platform.canvas, platform.fps, scenes, tuple(dict.fromkeys(missing)))
        if not any(one.voice for one in chosen):
            return bare
        return _spoken(bare, chosen, slots, platform, studio, seen, highlight=brief.subtitles == "highlight")


# Expanding


def _sets(
    brief: Brief, template: Template, platform: Platform, studio: Studio, seen: Seen, speaking: Voicing | None
) -> tuple[Set, ...]:
    base = nameable(brief, template, platform, studio.brand, {photo for photo, one in seen.items() if not one.good})
    base |= footing.by_looks(brief, seen, studio.canvas)
    found: list[Set] = []
    for at, (spec, scope, index) in enumerate(_expanded(template, base, seen)):
        within = spec.inside and not getattr(scope["item"], "last", True)
        into = _transition(spec.inside) if within else _into(spec, index, brief)
        hidden, voice = (speaking.hidden[at], speaking.heard[at]) if speaking else (frozenset[str](), None)
        here = {**scope, "hidden": hidden} if hidden else scope
        found.append(Set(spec, scope, index, tuple(_words(spec, here, brief, platform, studio)), into, voice))
    halved = [_halved(one, studio, seen) for one in found]
    footed = footing.footed(tuple(_joined(found)), halved, studio.parts, platform.safe)
    return tuple(_level(footed, studio, seen, platform.safe))


def _joined(sets: Sequence[Set]) -> Iterator[Set]:
    """The scenes, those whose last photo the next one begins with cut to it instead of sliding it over itself."""
    for one, after in pairwise(sets):
        last = seen_at(one.spec.picture, one.scope, last=True)
        again = last is not None and last == seen_at(after.spec.picture, after.scope, last=False)
        yield replace(one, into=_transition("cut")) if again and one.into.kind in SLIDING else one
    yield from sets[-1:]


def _level(sets: Sequence[Set], studio: Studio, seen: Seen, safe: SafeBox) -> Iterator[Set]:
    """The scenes, the cards of those that follow each other under one title beginning at one row: as high as the highest of them, or where
    the title leaves them room that stands over a photo on the whole canvas.
    """
    for _, run in groupby(sets, lambda one: title.svg if (title := _title(one, studio)) else ""):
        scenes = tuple(run)
        title = _title(scenes[0], studio)
        still = scenes[0].stay and len({one.stay for one in scenes}) == 1
        if not title or still or len(scenes) == 1:
            yield from scenes
            continue
        cards = [_shot(one, one.spec.picture, studio, seen, safe).card for one in scenes if one.spec.picture]
        over = safe.top + layout.TITLE_TOP + title.height + layout.GAP
        top = over if None in cards else min((card.y for card in cards if card), default=0)
        yield from (replace(one, top=top) for one in scenes)


def _title(one: Set, studio: Studio) -> Drawing | None:
    """The drawing of a scene that stands over its picture."""
    places = studio.parts.places
    return next((drawn for words, drawn in one.drawn if places[turn(words.place, one.scope)].of == "title"), None)


def _halved(one: Set, studio: Studio, seen: Seen) -> bool:
    """Whether a scene shows a pair one above the other."""
    if not one.scope["stacked"] or not (one.spec.picture and one.spec.picture.before):
        return False
    refs = (one.spec.picture.before, one.spec.picture.after)
    known = [seen[photo] for ref in refs if (photo := photo_at(ref, one.scope))]
    words = footing.high(one, studio.parts) > 0
    return _reveal(one.spec.picture, one.scope, one.index, known, words=words) in OVER_EACH_OTHER


def _expanded(template: Template, base: dict[str, Any], seen: Seen) -> Iterator[tuple[SceneSpec, dict[str, Any], int]]:
    """The scenes in order: neighbours with the same ``each`` repeat together, once per item; ``stacked`` says whether the item's pair is seen one
    above the other.
    """
    at = 0
    while at < len(template.scenes):
        spec = template.scenes[at]
        end = at + 1
        while spec.each and end < len(template.scenes) and template.scenes[end].each == spec.each:
            end += 1
        items = entries(spec.each, base) if spec.each else (None,)
        for index, item in enumerate(items):
            count = f"{index + 1}/{len(items)}" if len(items) > 1 else ""
            around = {"index": index, "count": count, "items": len(items), "each": spec.each}
            here = {**base, **around, "item": item, "last": index == len(items) - 1, "stacked": False}
            here["stacked"] = any(_stacks(one, here, index, seen) for one in template.scenes[at:end])
            for one in template.scenes[at:end]:
                if wanted(one.when, one.unless, here):
                    yield one, here, index
        at = end


def _into(spec: SceneSpec, index: int, brief: Brief) -> Transition:
    kind = spec.into if isinstance(spec.into, str) else spec.into[index % len(spec.into)]
    if not isinstance(spec.into, str) and brief.transition:
        kind = brief.transition
    return _transition(kind)


def _transition(kind: str) -> Transition:
    return Transition(kind, 0 if kind == "cut" else frames_of("transition_frames"))


def _words(
    spec: SceneSpec, scope: dict[str, Any], brief: Brief, platform: Platform, studio: Studio
) -> Iterator[tuple[Words, Drawing]]:
    under = 0
    for item in spec.words:
        if not wanted(item.when, item.unless, scope):
            continue
        if item.each:
            yield from _column(item, scope, brief, platform, studio, under)
            continue
        drawn = tuple(_drawn(item, scope, brief, platform, studio))
        yield from drawn
        spots = ((studio.parts.places[turn(item.place, scope)], one) for _, one in drawn)
        under = max(under, layout.headed(spots, platform.safe, layout.TITLE_TOP))


def _column(
    item: Words, scope: dict[str, Any], brief: Brief, platform: Platform, studio: Studio, under: int
) -> tuple[tuple[Words, Drawing], ...]:
    """Words that repeat, one below the other; drawn as the first part whose column the safe box has room for ``under`` what stands above, else
    as the last.
    """
    stacked: tuple[tuple[Words, Drawing], ...] = ()
    for part in (item.part, *item.smaller):
        like = item.model_copy(update={"part": part})
        rows = [row for one, here in _rows(like, scope) for row in _drawn(one, here, brief, platform, studio)]
        column = layout.column([drawn for _, drawn in rows], item.apart)
        stacked = tuple(zip((words for words, _ in rows), column, strict=True))
        room = layout.tallest(studio.parts.places[turn(item.place, scope)], platform.safe, under)
        if all(drawn.whole <= room for drawn in column):
            return stacked
    return _closer(stacked, room)


def _closer(stacked: tuple[tuple[Words, Drawing], ...], room: int) -> tuple[tuple[Words, Drawing], ...]:
    """A column that is higher than its room, its rows as close together as they have to be."""
    rows = [drawn for _, drawn in stacked]
    apart = max(0, (room - sum(drawn.height for drawn in rows)) // max(1, len(rows) - 1)) // 2 * 2
    return tuple(zip((words for words, _ in stacked), layout.column(rows, apart), strict=True))


def _rows(item: Words, scope: dict[str, Any]) -> Iterator[tuple[Words, dict[str, Any]]]:
    """Words that repeat, once per entry of their list: each with its own time, and the entry as ``item`` of its scope."""
    listed = entries(item.each, scope)
    for index, entry in enumerate(listed):
        here = {**scope, "item": entry, "index": index, "items": len(listed), "each": item.each}
        own = {"place": turn(item.place, here), "delay": item.delay + index * item.follow, "count_up": ""}
        yield item.model_copy(update=own), here


def _drawn(
    item: Words, scope: dict[str, Any], brief: Brief, platform: Platform, studio: Studio
) -> Iterator[tuple[Words, Drawing]]:
    """The words drawn, unless the brief has none for them."""
    words = {slot: _said(source, scope, brief) for slot, source in item.slots.items()}
    if item.slots and not any(words.values()):
        return
    spot = studio.parts.places[turn(item.place, scope)]
    places = {slot: said_at(source, scope, brief) for slot, source in item.slots.items()}
    room = platform.canvas[0] if spot.of == "canvas" else layout.room(spot, platform.safe)
    keyword = say(item.keyword, scope)
    values = {name: say(source, scope) for name, source in item.values.items()}
    drawn = layout.drawing(studio, item.part, words, room, keyword=keyword, places=places, values=values)
    yield item, replace(drawn, reading=0) if item.known else drawn


def _said(source: str, scope: dict[str, Any], brief: Brief) -> str:
    """Words of a template, nothing where subtitles say them."""
    hidden = scope.get("hidden") and field_of(source, scope, brief)[1] in scope["hidden"]
    return "" if hidden else say(source, scope)


# Voices


def _spoken(
    bare: Storyboard,
    sets: tuple[Set, ...],
    slots: tuple[int, ...],
    platform: Platform,
    studio: Studio,
    seen: Seen,
    *,
    highlight: bool,
) -> Storyboard:
    """The storyboard with its voices and, in step with them, their words."""
    heard = runs(sets, slots)
    speeches = tuple(Speech(run.key, run.start, run.end - run.start, run.frame) for run in heard)
    ends = (*(run.frame - int(subtitles.EARLY * bare.fps) for run in heard[1:]), bare.frames)
    timed = [one for run, end in zip(heard, ends, strict=True) for one in _told(run, sets, bare.fps, end)]
    drawn = [one for one in timed if not getattr(sets[one.scene].voice, "stands", True)]
    scenery = {
        at: Scenery(_stage(sets[at], platform, studio, seen), _taken(bare.scenes[at], platform.canvas))
        for at in sorted({one.scene for one in drawn})
    }
    given = (drawn, max((len(one.cue.text) for one in timed), default=0), scenery, platform.safe, studio)
    captions = subtitling.highlighted(*given, bare.fps) if highlight else subtitling.alone(*given)
    shown = tuple(Subtitle(one.cue.text, one.cue.start, one.cue.end) for one in timed)
    return replace(bare, speeches=speeches, subtitles=shown, captions=tuple(captions))


def _told(run: Run, sets: tuple[Set, ...], fps: int, end: int) -> Iterator[Shown]:
    """The words of a run of scenes on frames of the clip, each with the scene it is said in."""
    said = [(one, at) for at in range(run.first, run.last + 1) for one in getattr(sets[at].voice, "said", ())]
    first = run.frame - round(run.start * fps / RATE)
    rest = iter(said)
    for cue in subtitles.cues([one for one, _ in said], fps, end, first=first):
        yield next(Shown(cue, one.phrase, at) for one, at in rest if text.plain(one.phrase.text) == cue.text)


def _taken(scene: Scene, canvas: tuple[int, int]) -> tuple[Box, ...]:
    """Where a scene's drawings stand, those apart that lie on its ground and go down to the canvas' edge."""
    return tuple(g.box for g in scene.graphics if g.box.y + g.box.height < canvas[1] and g.first < g.last)


def _stage(one: Set, platform: Platform, studio: Studio, seen: Seen) -> Stage:
    card = _shot(one, one.spec.picture, studio, seen, platform.safe).card if one.spec.picture else None
    return Stage(studio.canvas, platform.safe, card, _headline_ends(one, studio, platform.safe, layout.TITLE_TOP))


# Scenes


def _scenes(
    sets: tuple[Set, ...], slots: tuple[int, ...], half_beat: float, platform: Platform, studio: Studio, seen: Seen
) -> Iterator[Scene]:
    spans = _spans(sets, slots)
    for at, one in enumerate(sets):
        head = sets[at - 1].into.frames if at else 0
        tail = one.into.frames if at + 1 < len(sets) else 0
        group = [
            i
            for i, other in enumerate(sets)
            if (other.stay and other.stay == one.stay)
            or (other.spec.each and other.spec.each == one.spec.each and other.index == one.index)
        ]
        offset = sum(spans[i] for i in group if i < at)
        whole = sum(spans[i] for i in group) or spans[at]
        into = one.into if tail else Transition()
        start = sum(spans[i] - sets[i].into.frames for i in range(at))
        span = Span(spans[at], head, tail, offset, whole, half_beat, start)
        yield _scene(one, span, into, platform, studio, seen)


def _spans(sets: tuple[Set, ...], slots: tuple[int, ...]) -> tuple[int, ...]:
    """Each scene's whole length: its slot and half of the transitions on both sides."""
    tails = [s.into.frames for s in sets[:-1]] + [0]
    heads = [0, *tails[:-1]]
    return tuple(slot + (head + tail) // 2 for slot, head, tail in zip(slots, heads, tails, strict=True))


def _scene(one: Set, span: Span, into: Transition, platform: Platform, studio: Studio, seen: Seen) -> Scene:
    colours = studio.brand.colours
    backdrop: Backdrop | None = Backdrop(tint=getattr(colours, one.spec.ground)) if one.spec.ground else None
    pictures: tuple[Photo | Compare, ...] = ()
    card: Box | None = None
    shade: tuple[Graphic, ...] = ()
    if one.spec.picture:
        shot = _shot(one, one.spec.picture, studio, seen, platform.safe)
        backdrop, card = shot.backdrop, shot.card
        pictures = _moving(one, one.spec.picture, shot, span, platform, studio)
        if one.spec.picture.shade and not card:
            shade = (wording.whole(layout.drawing(studio, "shade", {}, studio.canvas[0]), span.frames),)
    stage = Stage(studio.canvas, platform.safe, card, _headline_ends(one, studio, platform.safe, layout.TITLE_TOP))
    labels = (one.spec.labels or ()) if any(isinstance(p, Compare) for p in pictures) else ()
    drawn = [(words, drawing) for words, drawing in one.drawn if words.part not in labels]
    graphics = tuple(g for words, drawing in drawn for g in wording.graphics(words, drawing, one, stage, span, studio))
    reveal = next((p.kind for p in pictures if isinstance(p, Compare) and len(p.progress) > 1), None)
    cues = tuple(cueing.cues((words for words, _ in one.drawn), span, reveal))
    name = f"{one.spec.name}-{one.index + 1}" if one.spec.each else one.spec.name
    return Scene(name, span.frames, backdrop, pictures, (*shade, *graphics), into, cues, bool(one.spec.optional))


@dataclass(frozen=True)
class _Shot:
    """The pictures of a scene cropped for their box, and what lies behind."""

    pictures: tuple[Picture, ...]
    box: Box
    card: Box | None
    backdrop: Backdrop | None
    about: tuple[float, float]
    reveal: Reveal | None = None
    boxes: tuple[Box, ...] = ()
    passed: Print | None = None
    """The panorama that passes by in the box."""


def _shot(one: Set, spec: PictureSpec, studio: Studio, seen: Seen, safe: SafeBox) -> _Shot:
    whole = Box(0, 0, *studio.canvas)
    tint = studio.brand.colours.primary
    refs = (spec.before, spec.after) if spec.before else (turn(spec.photo, one.scope),)
    photos = photos_at(spec.photos, one.scope) if spec.photos else [photo_at(ref, one.scope) for ref in refs]
    beside = photo_at(spec.beside, one.scope)
    if not photos or None in photos:
        ground = getattr(studio.brand.colours, one.spec.ground) if one.spec.ground else tint
        return _Shot((), whole, None, Backdrop(ground), (0.5, 0.5))
    known = [seen[photo] for photo in (*photos, beside) if photo]
    if spec.shape in SEVERAL:
        boxes, pictures = SEVERAL[spec.shape](known, studio.canvas, safe.top)
        ground = studio.brand.colours.paper if boxes[0].y == 0 else tint
        return _Shot(pictures, whole, None, Backdrop(ground), (0.5, 0.4), boxes=boxes)
    if spec.shape == "blurred":
        picture = crops.cropped(known[0], whole)
        return _Shot((), whole, None, Backdrop(tint, picture, light=spec.light), (0.5, 0.5))
    ratios = tuple(k.width / k.height for k in known)
    under = one.stay.under if one.stay else _headline_ends(one, studio, safe, -layout.GAP)
    fills = photos[0] in one.scope.get("spread", ()) or _fills(
        spec, known[: len(photos)] if _opens(spec) else known, studio.canvas
    )
    panorama = len(known) == 1 and not known[0].moves and ratios[0] > PANORAMA
    large = layout.card(
        ratios,
        under,
        whole=one.stay.whole if one.stay else spec.shape == "whole",
        squarest=max(map(squarest, known)),
        low=one.foot < safe.bottom,
        panorama=panorama,
    )
    if spec.shape == "whole" and spec.subject != CENTRE and not under:
        large = replace(large, y=max(safe.top, round(spec.subject * whole.height) - large.height // 2) // 2 * 2)
    usual = footing.card(one, known, large, under, safe)
    card = None if fills and not _freer(one, spec, known, usual, studio, safe) else _begun(usual, one.top)
    box = card or whole
    words = footing.high(one, studio.parts) > 0
    kind = _reveal(spec, one.scope, one.index, known, words=words) if spec.before else None
    if kind in OVER_EACH_OTHER:
        half = Box(0, 0, whole.width, whole.height // 2)
        pictures = tuple(crops.cropped(k, half) for k in known)
        return _Shot(pictures, whole, None, Backdrop(tint, crops.cropped(known[0], whole)), (0.5, 0.5), kind)
    pictures = tuple(crops.cropped(k, box, spec.close, spec.subject) for k in known[: len(photos)])
    behind = Backdrop(tint, crops.cropped(_calm(spec, known), whole), card, layout.CARD_RADIUS) if card else None
    about = still_point(known[0], pictures[0].crop)
    passed = known[0] if panorama and card and spec.close == 1 else None
    return _Shot(pictures, box, card, behind, about, kind, passed=passed)


def _begun(card: Box, top: int) -> Box:
    """A card that begins at a row: moved up there, or shortened down to it; where it is for 0."""
    if not top:
        return card
    return replace(card, y=top, height=min(card.height, (card.y + card.height - top) // 8 * 8))


def _headline_ends(one: Set, studio: Studio, safe: SafeBox, title: int) -> int:
    """The row below the words that stand at the top of the safe box, those of a title ``title`` px from there: a card begins under them."""
    return footing.headed(one, studio.parts, safe, title)


def _calm(spec: PictureSpec, known: list[Print]) -> Print:
    """The photo whose blur lies behind a card: the same one for every scene of a pair, so that the ground does not flicker."""
    return known[1] if spec.beside and _cleaned(spec) else known[0]


def _cleaned(spec: PictureSpec) -> bool:
    """Whether a scene with one photo of a pair shows its after."""
    return str(spec.photo).endswith(".after")


def _opens(spec: PictureSpec) -> bool:
    """Whether a scene shows a before alone as its cover: its own pixels decide whether it fills the canvas. What a pair's scenes show one
    after the other, and an after shown alone, is judged with the other photo, so that no before ever looks worse than its after.
    """
    return spec.shape == "cover" and not _cleaned(spec)


def _fills(spec: PictureSpec, known: list[Print], canvas: tuple[int, int]) -> bool:
    """Whether the photos fill the canvas: portraits that have the pixels for it, and single ones of any shape that have."""
    if spec.shape == "full":
        return True
    upright = all(k.width / k.height <= layout.PORTRAIT for k in known)
    return (upright or spec.shape not in footing.CARDS) and all(
        enlarged(k, canvas) <= timing("fill_upscale") for k in known
    )


def _freer(one: Set, spec: PictureSpec, known: list[Print], card: Box, studio: Studio, safe: SafeBox) -> bool:
    """Whether a card leaves more of the face of whom a scene's only photo shows free than the whole canvas does, where that is not enough."""
    if len(known) > 1 or spec.shape == "full":
        return False
    under = _headline_ends(one, studio, safe, layout.TITLE_TOP)

    def free(box: Box, stands: Box | None) -> float:
        part = crops.cropped(known[0], box, spec.close, spec.subject).crop
        return footing.free(one, known[0], part, box, Stage(studio.canvas, safe, stands, under), studio.parts)

    filled = free(Box(0, 0, *studio.canvas), None)
    return filled < FREE and free(card, card) > filled


def _moving(
    one: Set, spec: PictureSpec, shot: _Shot, span: Span, platform: Platform, studio: Studio
) -> tuple[Photo | Compare, ...]:
    if not shot.pictures:
        return ()
    radius = layout.CARD_RADIUS if shot.card else 0
    zoom = MOVES[spec.move](span, one.stay.index if one.stay else one.index, platform.fps)
    if shot.boxes:
        return tuple(Photo(p, box, 0, zoom, shot.about) for p, box in zip(shot.pictures, shot.boxes, strict=True))
    if shot.passed:
        return (_passing(shot, shot.passed, span, one.index, radius),)
    if len(shot.pictures) == 1:
        return (Photo(shot.pictures[0], shot.box, radius, zoom, shot.about),)
    kind = shot.reveal
    assert kind, "two photos are a reveal"
    stage = Stage(studio.canvas, platform.safe, shot.card, _headline_ends(one, studio, platform.safe, layout.TITLE_TOP))
    labels = tuple(
        _label(name, side, one.scope["labels"], stage, span.frames, studio)
        for name, side in zip(one.spec.labels or (), ("left", "right"), strict=False)
    )
    if kind in OVER_EACH_OTHER and len(labels) == 2:
        labels = (labels[0], _under_seam(labels[1], studio.canvas, platform.safe))
    line = _line(LINES[kind], shot.box, span, studio) if kind in LINES else None
    progress = cueing.course(kind, span)
    both = (labels[0], labels[1]) if len(labels) == 2 else None
    return (
        Compare(shot.pictures[0], shot.pictures[1], shot.box, kind, progress, radius, zoom, shot.about, both, line),
    )


def _passing(shot: _Shot, shown: Print, span: Span, index: int, radius: int) -> Photo:
    """A panorama in its card, moving from one of its ends to the other as far as it gets slowly; every other item's from the right."""
    step = int(timing("pan_px"))
    left, top, right, bottom = shown.usable
    most = shot.box.height * (right - left) * shown.width / ((bottom - top) * shown.height) - shot.box.width
    way = max(0, min(step * (span.frames - 1), int(most) // step * step))
    seen = replace(shot.box, width=shot.box.width + way)
    ends = (0.0, float(way))[:: -1 if index % 2 else 1]
    pan = Key(0, ends[0]), Key(way // step, ends[1])
    return Photo(crops.cropped(shown, seen), shot.box, radius, wide=seen.width, pan=pan)


def _label(name: str, side: str, labels: Labels, stage: Stage, frames: int, studio: Studio) -> Graphic:
    """A pill of the pair, pinned to its side of the picture."""
    words = {"left": labels.before, "right": labels.after}[side]
    spot = studio.parts.places[f"picture-{side}"]
    drawn = layout.drawing(studio, name, {"text": words}, layout.room(spot, stage.safe))
    return Graphic(drawn.svg, layout.place(spot, drawn, stage), 0, frames)


def _line(name: str, box: Box, span: Span, studio: Studio) -> Graphic:
    """The drawing on the line between before and after, as high as the picture."""
    drawn = layout.drawing(replace(studio, canvas=(studio.canvas[0], box.height)), name, {}, 0)
    return Graphic(drawn.svg, Box(0, box.y, drawn.width, drawn.height), 0, span.frames)


def _under_seam(after: Graphic, canvas: tuple[int, int], safe: SafeBox) -> Graphic:
    """The label of the lower of two photos above each other: below their seam, on the side where it stands in the next scene."""
    box = after.box
    return replace(
        after, box=replace(box, x=min(box.x, safe.narrow_right - box.width) // 2 * 2, y=canvas[1] // 2 + SEAM_ROOM)
    )


def _stacks(spec: SceneSpec, scope: dict[str, Any], index: int, seen: Seen) -> bool:
    """Whether a scene shows a pair one above the other, if no words stand in its way."""
    if spec.picture is None or not spec.picture.before or not wanted(spec.when, spec.unless, scope):
        return False
    photos = [photo_at(ref, scope) for ref in (spec.picture.before, spec.picture.after)]
    known = [seen[photo] for photo in photos if photo and photo in seen]
    return len(known) == len(photos) and _reveal(spec.picture, scope, index, known) in OVER_EACH_OTHER


def _reveal(spec: PictureSpec, scope: dict[str, Any], index: int, known: list[Print], *, words: bool = False) -> Reveal:
    """The brief's reveal, else the one whose turn it is among those for such photos, with ``words`` below or without."""
    named = table("names")
    chosen: Reveal | None = look_up(spec.reveal, scope) if spec.reveal else None
    if chosen:
        if str(chosen) not in named["reveals"]:
            raise unfit(spec.reveal, "reveal")
        return chosen
    wide = math.prod(k.width / k.height for k in known) > 1
    turns = named["turns"]["aligned" if known[0].aligned else "landscape" if wide else "portrait"]
    unfitting = [what for what, on in (("on_beat", spec.calm), ("whole", words)) if on]
    fitting = [kind for kind in turns if not any(map(named["reveals"][kind].get, unfitting))]
    kind: Reveal = fitting[index % len(fitting)]
    return kind
