"""A brief's file → everything that will be made for each platform, before a pixel is painted: storyboard, segments, sound track."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vidkit import (
    board,
    brief,
    consent,
    consents,
    develop,
    kit,
    marking,
    marks,
    masking,
    platform,
    project,
    series,
    source,
    storyboard,
    timeline,
)
from vidkit.fields import Names
from vidkit.layout import Studio
from vidkit.problems import Place, Refusal
from vidkit.tables import table
from vidkit.track import Bed, Cue, Track, beds, frames_per_beat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from vidkit.brief import Brief, Photo
    from vidkit.cache import Cache
    from vidkit.consents import Ledger
    from vidkit.develop import Developed
    from vidkit.kit import Brand, Shelf, Template
    from vidkit.photos.prints import Asset, Print
    from vidkit.platform import Platform
    from vidkit.problems import Problem
    from vidkit.source import Node
    from vidkit.storyboard import Storyboard
    from vidkit.timeline import Segment

DRAFT = 3
"""A draft's canvas is this many times smaller, each way."""


@dataclass(frozen=True, eq=False)
class Script:
    """A checked brief with the kit it names and its photos developed, on a day (2026-11-26; empty: what depends on the day is not judged),
    held against the ``consents`` there are (None: nobody's is asked for); itself alone is equal to it, so that passes may remember by it.
    """

    brief: Brief
    template: Template
    brand: Brand
    shelf: Shelf
    developed: Developed
    today: str = ""
    consents: Ledger | None = None

    @property
    def prints(self) -> Mapping[Photo, Print]:
        """How layout sees every photo of the brief."""
        return self.developed.prints

    @property
    def assets(self) -> Mapping[str, Asset]:
        """Where every print's photo lies and what is done to it."""
        return self.developed.assets


@dataclass(frozen=True)
class Plan:
    """One clip for one platform: its storyboard, its segments in order, its sound."""

    platform: Platform
    board: Storyboard
    segments: tuple[Segment, ...]
    track: Track


def names(shelf: Shelf, folder: Path | None = None) -> Names:
    """Every name a brief may use, with its other names; with the people and the usual answers of a project ``folder``."""
    return Names(
        templates=kit.template_names(shelf),
        brands=kit.brand_names(shelf),
        platforms=platform.names(platform_folders(shelf)),
        transitions=kit.named("transitions"),
        reveals=kit.named("reveals"),
        beds=tuple((bed.id, bed.aliases) for bed in beds()),
        tracks=tuple((name, tuple(row["names"])) for name, row in table("tracks").items()),
        people=project.people(folder) if folder else (),
        takes=kit.template_takes(shelf),
        usual=project.usual(folder) if folder else None,
    )


def platform_folders(shelf: Shelf) -> tuple[Path, ...]:
    """Where platforms of the project and of the package are looked for."""
    return tuple(folder / "platforms" for folder in shelf.folders if (folder / "platforms").is_dir())


def read(
    file: Path,
    cache: Cache,
    advance: Callable[[int, int], None] = lambda _photos, _all: None,
    today: str = "",
    node: Node | None = None,
) -> Script:
    """The brief with everything it names; refuses with every problem of the brief, then every problem of its photos, at once.

    ``today`` is the day consents, prices and dates are held against (2026-11-26). ``advance`` is told of every photo examined, and
    of how many there are.
    ``node`` is what the brief says where no file holds it: a row of a table, a brief not written yet.
    """
    folder = project.root(file)
    shelf = kit.shelf(folder)
    known = names(shelf, folder)
    said = brief.load(file, known, shown=str(file)) if node is None else _unwritten(file, node, known)
    checked = series.numbered(masking.brief(said) if said.mask_text else said, folder)
    template = kit.template(checked.template, shelf)
    made = develop.develop(checked, cache, advance)
    book = consents.load(consents.folder(file), known, consent.wanted(checked))
    return Script(checked, template, kit.brand(checked.brand, shelf), shelf, made, today, book)


def _unwritten(file: Path, node: Node, known: Names) -> Brief:
    return brief.check(node, base=file.parent, names=known).model_copy(update={"file": file})


def unwritten(folder: Path, text: str) -> Node:
    """What a brief for a folder would say; its places are the folder itself, since there are no lines to look at yet."""
    node, faults = source.parse(text, str(folder))
    if node is None or faults:
        raise Refusal(*faults)
    return _at(node, Place(str(folder)))


def _at(node: Node, place: Place) -> Node:
    items = tuple(_at(item, place) for item in node.items)
    pairs = tuple((_at(key, place), _at(value, place)) for key, value in node.pairs)
    return replace(node, place=place, items=items, pairs=pairs)


def platforms(script: Script, chosen: str | None = None) -> tuple[Platform, ...]:
    """The platforms to make for: the brief's, or the one asked for."""
    folders = platform_folders(script.shelf)
    wanted = (chosen,) if chosen else script.brief.platforms
    return tuple(platform.load(name, folders) for name in wanted)


def studio(script: Script, canvas: tuple[int, int]) -> Studio:
    """What the drawings of this brief share on a canvas."""
    return Studio(kit.parts(script.shelf), script.brand, canvas, script.shelf)


def plan(script: Script, where: Platform, *, draft: bool = False) -> Plan:
    """The clip of a brief for a platform."""
    bed = _bed(script.brief)
    beat = frames_per_beat(bed, where.fps) if bed else float(where.fps) / 2
    heard = Track(0, where.fps, bed.id if bed else None)  # who is heard is known before how long
    carried = marks.of(script, where, heard)
    stage = marking.kept_free(where, carried)
    bare = board.draw(script.brief, script.template, stage, studio(script, where.canvas), script.prints, beat)
    drawn = replace(bare, marks=marking.overlay(carried, where, bare.frames))
    sized = storyboard.shrunk(drawn, DRAFT) if draft else drawn
    return Plan(where, sized, timeline.cut(sized), track(drawn, heard.bed))


def _bed(checked: Brief) -> Bed | None:
    return next((bed for bed in beds() if checked.music in {bed.id, *bed.aliases}), None)


def track(drawn: Storyboard, bed: str | None) -> Track:
    """The clip's sound: the bed and every scene's effects at the clip's frames."""
    cues = tuple(
        Cue(start + cue.frame, cue.kind)
        for start, scene in zip(drawn.starts, drawn.scenes, strict=True)
        for cue in scene.cues
    )
    return Track(drawn.frames, drawn.fps, bed, cues)


def plans(script: Script, chosen: str | None = None, *, draft: bool = False) -> tuple[Plan, ...]:
    """The clips for every platform asked for; all refusals at once."""
    made: list[Plan] = []
    problems: list[Problem] = []
    for where in platforms(script, chosen):
        try:
            made.append(plan(script, where, draft=draft))
        except Refusal as refusal:
            problems += refusal.problems
    if problems:
        raise Refusal(*problems)
    return tuple(made)
