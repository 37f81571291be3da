"""A brief's recordings → cleaned voices in the cache, their words timed, and what people must know about them.

A file is decoded and cleaned once; its samples (mono, 48 kHz, float32, ``.npy``), what was found and when it says which words are kept under
hashes of the file's content, its phrases, the figures of ``data/voice.yaml`` and the source of what cleans and times.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from vidkit import ffmpeg
from vidkit.audio import clean, decode, spoken
from vidkit.audio.phrases import phrases
from vidkit.audio.spoken import Said, Timing
from vidkit.labels import imprint
from vidkit.problems import Refusal, in_order, problem
from vidkit.tables import engine, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vidkit.audio.decode import Samples
    from vidkit.brief import Brief, Recording
    from vidkit.cache import Cache
    from vidkit.problems import Problem

MODULES = ("clean", "cutoff", "decode", "mastering", "phrases", "recordings", "silk", "speech", "spoken", "track")
MADE_BY = tuple(f"audio/{name}.py" for name in MODULES)
"""Our code that decides how a recording sounds and when it says its words."""
ELSEWHERE = {"beats", "duck", "scenes", "spoken"}
"""Parts of ``data/voice.yaml`` that decide nothing of that."""
SUFFIX = ".npy"


@dataclass(frozen=True)
class Take:
    """A recording as it is heard: its key in the cache, its samples' number, what people should know, the AI label its file carries."""

    key: str
    length: int
    problems: tuple[Problem, ...] = ()
    label: str = ""


@dataclass(frozen=True, eq=False)
class Takes:
    """The recordings of a brief, cleaned and kept in a cache; asked for words, they say when these are spoken."""

    takes: Mapping[Recording, Take] = field(default_factory=dict)
    store: Cache | None = None

    def key(self, recording: Recording) -> str:
        """The key under which the cleaned recording is kept."""
        return self.takes[recording].key

    def length(self, recording: Recording) -> int:
        """Its samples."""
        return self.takes[recording].length

    def timed(self, recording: Recording, texts: tuple[str, ...]) -> tuple[tuple[Said, ...], ...]:
        """The phrases of each text with their samples, in order; nothing where nobody speaks."""
        groups = [phrases(text) for text in texts]
        said = self._timing(recording, texts).said
        edges = [0]
        for group in groups:
            edges.append(edges[-1] + len(group))
        return tuple(said[a:b] for a, b in pairwise(edges)) if len(said) == edges[-1] else ()

    def _timing(self, recording: Recording, texts: tuple[str, ...]) -> Timing:
        assert self.store
        whole = [phrase for text in texts for phrase in phrases(text)]
        key = _hashed("words", self.key(recording), *map(repr, whole))
        known = self.store.recall(key)
        if known is None:
            made = spoken.timed(self.samples(self.key(recording)), whole)
            known = {"at": [[one.start, one.end] for one in made.said], "fits": made.fits, "seconds": made.seconds}
            self.store.remember(key, known)
        said = tuple(Said(phrase, *at) for phrase, at in zip(whole, known["at"], strict=bool(known["at"])))
        return Timing(said, known["fits"], known["seconds"])

    def doubts(self, recording: Recording, texts: tuple[str, ...]) -> tuple[Problem, ...]:
        """Whether the recording does not seem to be these words (VK-V015); not asked where none can be heard."""
        if any(one.code == clean.WORDLESS for one in self.takes[recording].problems):
            return ()
        return spoken.notes(self._timing(recording, texts), recording.name, recording.place) if texts else ()

    def samples(self, key: str) -> Samples:
        """The cleaned samples kept under a key; made again where the cache lost them, unless the file is no longer the same (VK-V024)."""
        assert self.store
        file = self.store.find(key, SUFFIX)
        if file is None:
            recording = next(one for one, take in self.takes.items() if take.key == key)
            source = decode.read(recording.path, name=recording.name, place=recording.place)
            if _key(source) != key:
                raise Refusal(problem("VK-V024", recording.place, name=recording.name))
            _cleaned(source, key, self.store)
            file = self.store.find(key, SUFFIX)
        assert file
        heard: Samples = np.load(file, allow_pickle=False)
        return heard

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What people should know about the recordings, in the brief's order."""
        return in_order([one for take in self.takes.values() for one in take.problems])


SILENT = Takes()
"""No recordings."""


def read(brief: Brief, store: Cache) -> Takes:
    """Every recording of a brief read and cleaned; refuses with every recording that cannot be used."""
    takes: dict[Recording, Take] = {}
    problems: list[Problem] = []
    for one in brief.recordings:
        try:
            takes[one] = _take(one, store)
        except Refusal as refusal:
            problems += refusal.problems
    if problems:
        raise Refusal(*in_order(problems))
    return Takes(takes, store)


def _take(recording: Recording, store: Cache) -> Take:
    source = decode.read(recording.path, name=recording.name, place=recording.place)
    key = _key(source)
    noted = _hashed("noted", key)
    known = store.recall(noted) if store.find(key, SUFFIX) else None
    if known is None:
        known = _cleaned(source, key, store)
        store.remember(noted, known)
    told = (problem(code, recording.place, **{**values, "name": recording.name}) for code, values in known["told"])
    return Take(key, known["length"], tuple(told), imprint.brought_by(source.content))


def _cleaned(source: decode.Source, key: str, store: Cache) -> dict[str, Any]:
    """The recording cleaned into the cache; its length and what people should know, as plain values without its name, which may be somebody's."""
    heard = decode.heard(source, ffmpeg)
    voice = clean.cleaned(decode.mono(heard.samples))
    with store.scratch() as folder:
        made = folder / f"voice{SUFFIX}"
        np.save(made, voice.samples, allow_pickle=False)
        store.keep(key, made)
    told = (*decode.notes(source, heard.measured), *clean.notes(voice, source.name, source.place))
    plain = [[one.code, {name: value for name, value in one.values if name != "name"}] for one in told]
    return {"length": len(voice.samples), "told": plain}


def _key(source: decode.Source) -> str:
    return _hashed("voice", hashlib.sha256(source.content).hexdigest())


def _hashed(*parts: str) -> str:
    return hashlib.sha256(json.dumps([*parts, _engine()], ensure_ascii=False).encode()).hexdigest()


def _engine() -> str:
    """A hash of what cleans and times besides the recording: figures and source."""
    figures = {name: value for name, value in table("voice").items() if name not in ELSEWHERE}
    return engine(MADE_BY, figures, ffmpeg.version(), tools=("numpy",))
