"""Timed words → drawings low in the safe box: a phrase at a time, or a sentence in which the phrase being said stands out.

All subtitles of a clip have letters of one size. They stand above what else stands low in their scene.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vidkit import layout
from vidkit.problems import Refusal
from vidkit.storyboard import Graphic
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vidkit.audio.phrases import Phrase
    from vidkit.audio.subtitles import Cue
    from vidkit.kit import Part
    from vidkit.kits.platform import SafeBox
    from vidkit.layout import Drawing, Stage, Studio
    from vidkit.storyboard import Box

ENDED: Final = 3
"""The pause that follows a sentence (``Unit.pause``)."""
SLOTS: Final = ("upper", "lower")
"""The lines of a sentence's drawing."""


@dataclass(frozen=True)
class Shown:
    """A phrase with its frames of the clip, and the scene it is said in."""

    cue: Cue
    phrase: Phrase
    scene: int


@dataclass(frozen=True)
class Scenery:
    """What a scene leaves to its subtitles: its stage, and the boxes of what else stands there."""

    stage: Stage
    taken: tuple[Box, ...]


@dataclass(frozen=True)
class Block:
    """Phrases of one sentence that stand together, line by line."""

    lines: tuple[tuple[Shown, ...], ...]

    @property
    def shown(self) -> tuple[Shown, ...]:
        """All its phrases in order."""
        return tuple(one for line in self.lines for one in line)


def alone(
    shown: Sequence[Shown], longest: int, scenery: Mapping[int, Scenery], safe: SafeBox, studio: Studio
) -> Iterator[Graphic]:
    """A phrase at a time; ``longest`` is how many characters the clip's longest phrase has, drawn here or not."""
    even = _even_letters(longest, safe, studio)
    return (_alone(one, scenery[one.scene], even) for one in shown)


def highlighted(
    shown: Sequence[Shown], longest: int, scenery: Mapping[int, Scenery], safe: SafeBox, studio: Studio, fps: int
) -> Iterator[Graphic]:
    """The same with the words around each phrase, quieter than it."""
    even, most = _even_letters(longest, safe, studio), max(longest, _characters(safe, studio))
    for block in blocks(shown, most, fps):
        yield from _together(block, scenery[block.shown[0].scene], even)


def blocks(shown: Sequence[Shown], most: int, fps: int) -> Iterator[Block]:
    """The phrases in blocks of one or two lines of at most ``most`` characters: those of one sentence said in one scene without a long
    silence.
    """
    lines: list[tuple[Shown, ...]] = []
    for before, one in zip((None, *shown), shown, strict=False):
        if before is None or _parted(before, one, fps):
            yield from _blocks(lines)
            lines = [(one,)]
        elif _fits((*lines[-1], one), most):
            lines[-1] = (*lines[-1], one)
        else:
            lines.append((one,))
    yield from _blocks(lines)


def said(line: Sequence[Shown]) -> str:
    """The words of a line with the marks between its phrases."""
    return "".join(one.phrase.text + one.phrase.after for one in line[:-1]) + line[-1].phrase.text


def _blocks(lines: Sequence[tuple[Shown, ...]]) -> Iterator[Block]:
    for at in range(0, len(lines), len(SLOTS)):
        yield Block(tuple(lines[at : at + len(SLOTS)]))


def _parted(before: Shown, one: Shown, fps: int) -> bool:
    """Whether two phrases do not stand together."""
    silent = one.cue.start - before.cue.end > table("voice")["subtitles"]["together_seconds"] * fps
    return silent or one.scene != before.scene or before.phrase.units[-1].pause == ENDED


def _fits(line: Sequence[Shown], most: int) -> bool:
    """Whether phrases go into one line, and the last one is found there by its words."""
    words = said(line)
    return len(words) <= most and words.find(line[-1].phrase.text) == len(words) - len(line[-1].phrase.text)


# Drawn


def _characters(safe: SafeBox, studio: Studio) -> int:
    """How many of the largest letters go into a line."""
    slot = studio.parts.parts["sentence"].slots[SLOTS[0]]
    return (layout.room(studio.parts.places["spoken"], safe) - slot.inset) // slot.sizes[0]


def _even_letters(longest: int, safe: SafeBox, studio: Studio) -> Studio:
    """The same studio with one size for all subtitles: the largest at which the longest stands on one line."""
    parts = studio.parts
    slot = parts.parts["spoken"].slots["text"]
    room = layout.room(parts.places["spoken"], safe) - slot.inset
    most, least = slot.sizes
    size = min(most, max(least, room // longest)) if longest else most
    even = {name: _of_size(parts.parts[name], size) for name in ("spoken", "sentence")}
    return replace(studio, parts=parts.model_copy(update={"parts": {**parts.parts, **even}}))


def _of_size(part: Part, size: int) -> Part:
    slots = {name: slot.model_copy(update={"sizes": (size, size)}) for name, slot in part.slots.items()}
    return part.model_copy(update={"slots": slots})


def _alone(one: Shown, here: Scenery, studio: Studio) -> Graphic:
    """A phrase by itself; one too long for a line in smaller letters."""
    spot = studio.parts.places["spoken"]
    room = layout.room(spot, here.stage.safe)
    try:
        drawn = layout.drawing(studio, "spoken", {"text": one.cue.text}, room)
    except Refusal:
        drawn = layout.drawing(studio, "spoken-long", {"text": one.cue.text}, room)
    return Graphic(drawn.svg, _place(drawn, here, studio), one.cue.start, one.cue.end)


def _together(block: Block, here: Scenery, studio: Studio) -> Iterator[Graphic]:
    """A block as often as it has phrases, each time another one in the brand's accent; a phrase too long for a line stands alone."""
    shown = block.shown
    try:
        drawn = list(_sentences(block, layout.room(studio.parts.places["spoken"], here.stage.safe), studio))
    except Refusal:
        yield from (_alone(one, here, studio) for one in shown)
        return
    box = _place(drawn[0], here, studio)
    ends = (*(after.cue.start for _, after in pairwise(shown)), shown[-1].cue.end)
    for one, svg, end in zip(shown, drawn, ends, strict=True):
        yield Graphic(svg.svg, box, one.cue.start, end)


def _sentences(block: Block, room: int, studio: Studio) -> Iterator[Drawing]:
    words = dict(zip(SLOTS, map(said, block.lines), strict=False))
    for slot, line in zip(SLOTS, block.lines, strict=False):
        for one in line:
            yield layout.drawing(studio, "sentence", words, room, keyword=one.phrase.text, values={"now": slot})


def _place(drawn: Drawing, here: Scenery, studio: Studio) -> Box:
    """Low in the safe box, above what else stands there."""
    stage = here.stage
    box = layout.place(studio.parts.places["spoken"], drawn, stage)
    for other in sorted(here.taken, key=lambda one: -one.y):
        if other.y < box.y + box.height + layout.GAP and box.y < other.y + other.height + layout.GAP:
            box = replace(box, y=max(stage.safe.top, other.y - layout.GAP - box.height) // 2 * 2)
    return box
