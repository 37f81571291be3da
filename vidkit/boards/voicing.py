"""A brief's recordings and the words its scenes show → which piece of a recording is heard in which scene.

What a scene says is found by the fields its words come from (``spoken`` in ``data/voice.yaml``). A recording is cut in the pauses between the
words of one scene and those of the next, never within words; scenes that show the same words share their piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from vidkit import text
from vidkit.audio.phrases import phrases
from vidkit.audio.track import RATE
from vidkit.boards.scope import field_of, look_up, say, wanted
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vidkit.audio.spoken import Said
    from vidkit.brief import Brief, Recording
    from vidkit.kit import SceneSpec

LISTED = ("sections", "pairs")
"""Fields whose entries have scenes of their own."""
MARKS = '“”"「」 '
"""Marks around somebody's own words, which nobody says."""
QUOTES = re.compile(r"[“”\"「」\s]")
NUMBERS = re.compile(r"\.-?\d+")


class Heard(Protocol):
    """What is known of recordings: their key in the cache, their samples' number, when they say which words."""

    def key(self, recording: Recording) -> str:
        """The key under which the cleaned recording is kept."""

    def length(self, recording: Recording) -> int:
        """Its samples."""

    def timed(self, recording: Recording, texts: tuple[str, ...]) -> tuple[tuple[Said, ...], ...]:
        """The phrases of each text with their samples, in order."""


@dataclass(frozen=True)
class Line:
    """Words of a scene that somebody may say: the brief's field they come from, as they are read, and whether they stand on screen as they
    are when they are said (a hook, large) or give way to subtitles.
    """

    field: str
    text: str
    stands: bool


@dataclass(frozen=True)
class Utterance:
    """What is heard in a scene: samples ``start`` to ``end`` of a recording, the phrases said there (samples of the recording), whether they
    stand on screen anyway, and whether the next scene goes on within these words.
    """

    key: str
    start: int
    end: int
    said: tuple[Said, ...] = ()
    stands: bool = False
    joined: bool = False

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (self.end - self.start) / RATE


@dataclass(frozen=True)
class Part:
    """A scene before it is drawn: what it says, the entry of the brief it belongs to (``sections.0``; empty: none), and its usual length in
    seconds.
    """

    lines: tuple[Line, ...]
    entry: str
    seconds: float


@dataclass(frozen=True)
class _Unit:
    """Neighbouring scenes that show the same words, and these words."""

    scenes: tuple[int, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Voicing:
    """Which voice is heard where."""

    heard: tuple[Utterance | None, ...]
    """What is heard in each scene."""
    hidden: tuple[frozenset[str], ...]
    """The fields whose words each scene does not draw because subtitles say them."""
    unheard: tuple[Recording, ...] = ()
    """The recordings that no scene has a place for."""
    words: tuple[tuple[Recording, tuple[str, ...]], ...] = ()
    """The words, scene by scene, that each of the others was laid on."""


def told(spec: SceneSpec, scope: Mapping[str, Any], brief: Brief, *, first: bool) -> Part:
    """What a scene says; in the ``first`` one all words stand as they are."""
    lines = tuple(replace(line, stands=line.stands or first) for line in _lines(spec, scope, brief))
    return Part(lines, _entry(spec, scope), spec.seconds[1])


def _entry(spec: SceneSpec, scope: Mapping[str, Any]) -> str:
    if spec.each in LISTED:
        return f"{spec.each}.{scope['index']}"
    return f"sections.{scope['item'].number - 1}" if spec.each == "shots" else ""


def _lines(spec: SceneSpec, scope: Mapping[str, Any], brief: Brief) -> Iterator[Line]:
    for words in spec.words:
        if words.each or not wanted(words.when, words.unless, scope):
            continue
        for source in words.slots.values():
            path, field = field_of(source, scope, brief)
            said = text.plain(say(source, scope)).strip(MARKS) if _kind(field) else ""
            if phrases(said) and _bare(said) in _bare(str(look_up(path, scope))):
                yield Line(field, said, _kind(field) == "as_they_stand")


def _bare(words: str) -> str:
    return QUOTES.sub("", text.plain(words))


@cache
def _kind(field: str) -> str:
    """How words of a field are shown while they are said: ``in_step``, ``as_they_stand``; empty for words that nobody says."""
    plain = NUMBERS.sub("", field)
    return next((kind for kind, fields in table("voice")["spoken"].items() if plain in fields), "")


def source(field: str, brief: Brief) -> Recording | None:
    """The recording that says a field's words: its section's, its pair's, its person's, the review's, else the whole clip's."""
    name, _, rest = field.partition(".")
    number = rest.partition(".")[0]
    if name == "review":
        return (brief.review.recording if brief.review else None) or brief.recording
    own = getattr(brief, name)[int(number)].recording if name in (*LISTED, "people") and number.isdigit() else None
    return own or brief.recording


def voiced(parts: Sequence[Part], brief: Brief, heard: Heard) -> Voicing:
    """Who says what where: every recording's words laid on the scenes that show them first."""
    utterances: list[Utterance | None] = [None] * len(parts)
    hidden: list[frozenset[str]] = [frozenset()] * len(parts)
    unheard, words = [], []
    for recording in brief.recordings:
        units = tuple(_units(parts, recording, brief, utterances))
        if not units:
            unheard.append(recording)
        words += [(recording, _texts(units))] if any(_texts(units)) else []
        for unit, piece in zip(units, _pieces(recording, units, heard), strict=True):
            shares = _shared(piece, [parts[i].seconds for i in unit.scenes])
            for scene, share in zip(unit.scenes, (*shares, *[None] * len(unit.scenes)), strict=False):
                utterances[scene] = share
                hidden[scene] = frozenset(line.field for line in unit.lines if not line.stands and piece.said)
    return Voicing(tuple(utterances), tuple(hidden), tuple(unheard), tuple(words))


def _units(
    parts: Sequence[Part], recording: Recording, brief: Brief, taken: Sequence[Utterance | None]
) -> Iterator[_Unit]:
    """The scenes that show a recording's words for the first time; without words the scenes of its entry, or all but the last."""
    told = [
        (i, tuple(line for line in one.lines if source(line.field, brief) == recording))
        for i, one in enumerate(parts)
        if not taken[i]
    ]
    units: list[_Unit] = []
    seen: set[tuple[str, str]] = set()
    for scene, lines in told:
        new = {(line.field, line.text) for line in lines} - seen
        last = units[-1] if units else None
        if new:
            units.append(_Unit((scene,), tuple(one for one in lines if (one.field, one.text) in new)))
        elif lines and last and last.scenes[-1] == scene - 1 and {*lines} == {*last.lines}:
            units[-1] = _Unit((*last.scenes, scene), last.lines)
        seen |= new
    yield from units or _wordless(parts, recording, brief, taken)


def _wordless(
    parts: Sequence[Part], recording: Recording, brief: Brief, taken: Sequence[Utterance | None]
) -> Iterator[_Unit]:
    """The scenes in which a recording without words is heard."""
    own = {f"{name}.{i}" for name in LISTED for i, one in enumerate(getattr(brief, name)) if one.recording == recording}
    if own:
        scenes = [i for i, one in enumerate(parts) if one.entry in own and not taken[i]]
    else:
        scenes = list(range(len(parts) - 1)) if recording == brief.recording and not any(taken) else []
    if scenes:
        yield _Unit(tuple(scenes), ())


def _pieces(recording: Recording, units: Sequence[_Unit], heard: Heard) -> tuple[Utterance, ...]:
    """A recording cut for its units, in the middle of the pauses between their words."""
    if not units:
        return ()
    key, length = heard.key(recording), heard.length(recording)
    texts = _texts(units)
    groups = heard.timed(recording, texts) if any(texts) else ()
    if not groups or not all(groups):
        rest = (Utterance(key, length, length) for _ in units[1:])
        return (Utterance(key, 0, length), *rest)
    middles = [(a[-1].end + b[0].start) // 2 for a, b in pairwise(groups)]
    stands = [all(line.stands for line in unit.lines) for unit in units]
    edges = pairwise((0, *middles, length))
    return tuple(Utterance(key, a, b, said, stand) for (a, b), said, stand in zip(edges, groups, stands, strict=True))


def _texts(units: Sequence[_Unit]) -> tuple[str, ...]:
    return tuple("".join(_ended(line.text) for line in unit.lines) for unit in units)


def _ended(words: str) -> str:
    """Words with the mark that ends a sentence: between a scene's words and the next one's people pause."""
    return words if not words or re.search(r"[，。！？!?；;：…,.][”’」』）)]*\Z", words) else f"{words}。"


def _shared(piece: Utterance, usual: Sequence[float]) -> tuple[Utterance, ...]:
    """A piece spread over the scenes that show its words, as many as it fills."""
    if piece.end <= piece.start:
        return ()
    least = float(table("voice")["scenes"]["least_seconds"])
    count = next((n for n in range(len(usual), 1, -1) if piece.seconds * min(usual[:n]) / sum(usual[:n]) >= least), 1)
    edges = [
        piece.start + round((piece.end - piece.start) * sum(usual[:n]) / sum(usual[:count])) for n in range(count + 1)
    ]
    said = (piece.said, *[()] * count)
    return tuple(
        Utterance(piece.key, a, b, words, piece.stands, n < count - 1)
        for n, ((a, b), words) in enumerate(zip(pairwise(edges), said, strict=False))
    )
