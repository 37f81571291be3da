"""A brief's file → everything that will be made for each platform, before a pixel is painted: storyboard, segments, sound track."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vidkit import board, brief, develop, kit, masking, project, source, storyboard, timeline
from vidkit.audio import recordings, score, tune
from vidkit.audio.musical import OwnMusic
from vidkit.audio.track import Cue, Track, Voice, beds, samples_in
from vidkit.boards import brevity
from vidkit.briefs import keys, written
from vidkit.briefs.fields import Names
from vidkit.briefs.mode import speaking
from vidkit.film import footage, playing
from vidkit.kits import platform
from vidkit.labels import marking, marks
from vidkit.layout import Studio
from vidkit.people import consent, consents
from vidkit.problems import Place, Refusal, in_order, problem
from vidkit.serials import series
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from vidkit.audio.mastering import Samples
    from vidkit.audio.recordings import Takes
    from vidkit.audio.track import Tune
    from vidkit.boards.voicing import Voicing
    from vidkit.brief import Brief, Photo
    from vidkit.cache import Cache
    from vidkit.develop import Developed
    from vidkit.kit import Brand, Shelf, Template
    from vidkit.kits.platform import Platform
    from vidkit.people.consents import Ledger
    from vidkit.photos.prints import Asset, Print
    from vidkit.problems import Problem
    from vidkit.source import Node
    from vidkit.storyboard import Storyboard
    from vidkit.timeline import Segment

TOO_LONG = "VK-T003"
"""What a clip is refused for whose shortest form is longer than its platform allows."""
DRAFT = 3
"""A draft's canvas is this many times smaller, each way."""


@dataclass(frozen=True, eq=False)
class Script:
    """A checked brief with the kit it names and its photos developed, on a day (2026-11-26; empty: what depends on the day is not judged),
    held against the ``consents`` there are (None: nobody's is asked for), the ``tune`` of its own music, its recordings'
    ``takes``, and the SHA-256 of its file as it was read (empty where no file holds it); itself alone is equal to it, so that passes may
    remember by it.
    """

    brief: Brief
    template: Template
    brand: Brand
    shelf: Shelf
    developed: Developed
    today: str = ""
    consents: Ledger | None = None
    tune: Tune | None = None
    takes: Takes = recordings.SILENT
    music_notes: tuple[Problem, ...] = ()
    sha256: str = ""

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
    """One clip for one platform: its storyboard, its segments in order, its sound, and what people should know of the voices in it."""

    platform: Platform
    board: Storyboard
    segments: tuple[Segment, ...]
    track: Track
    problems: tuple[Problem, ...] = ()


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
    project.sure_of_name(file)
    folder = project.root(file)
    shelf = kit.shelf(folder)
    known = names(shelf, folder)
    try:
        said, name = _loaded(file, known) if node is None else (row(file, node, known), "")
    except Refusal as refusal:
        raise Refusal(*_of_template(node or source.examine(file)[0], known, shelf), *refusal.problems) from refusal
    checked = series.numbered(masking.brief(said) if said.mask_text else said, folder)
    template = kit.template(checked.template, shelf)
    checked = footage.taken(spoken(checked, template), cache)
    made = develop.develop(checked, cache, advance)
    takes = recordings.read(checked, cache)
    said_of = (text for _, text in written.seen(checked))
    book = consents.load(consents.folder(file), known, consent.wanted(checked), said_of)
    own = tune.load(checked.music, cache) if isinstance(checked.music, OwnMusic) else None
    music, notes = (own.tune, own.problems) if own else (None, ())
    brand = speaking(kit.brand(checked.brand, shelf), checked, template)
    return Script(checked, template, brand, shelf, made, today, book, music, takes, notes, name)


def _of_template(node: Node | None, known: Names, shelf: Shelf) -> tuple[Problem, ...]:
    """What is wrong with the template that a refused brief names, since it may be why: no brief can put that right."""
    field = keys.find("brief", "template")
    named = (value.text for key, value in node.pairs if keys.find("brief", key.text) == field) if node else ()
    own = keys.meant(next(iter(named), ""), known.templates)
    try:
        if own:
            kit.template(own, shelf)
    except Refusal as refusal:
        return refusal.problems
    return ()


def _loaded(file: Path, known: Names) -> tuple[Brief, str]:
    """The brief in a file and the file's hash; read again when somebody saved it meanwhile."""
    while True:
        before = consents.digest(file)
        said = brief.load(file, known, shown=str(file))
        if consents.digest(file) == before:
            return said, before


def spoken(said: Brief, template: Template) -> Brief:
    """A brief with what its people say in a clip of a template."""
    return written.own_words(said) if template.of_client else said


def row(file: Path, node: Node, known: Names) -> Brief:
    """A brief that no file holds: a row of a table, or one for a folder of photos."""
    return brief.check(node, base=file.parent, names=known).model_copy(update={"file": file})


def unwritten(folder: Path, text: str) -> Node:
    """What a brief for a folder would say; its places are the folder itself, since there are no lines to look at yet."""
    node, faults = source.parse(text, str(folder))
    if node is None or faults:
        raise Refusal(*faults)
    return node.at(Place(str(folder)))


def platforms(script: Script, chosen: str | None = None) -> tuple[Platform, ...]:
    """The platforms to make for: the brief's, or the one asked for."""
    folders = platform_folders(script.shelf)
    wanted = (chosen,) if chosen else script.brief.platforms
    return tuple(platform.load(name, folders) for name in wanted)


def with_chosen(script: Script, chosen: Iterable[Platform]) -> tuple[Platform, ...]:
    """Where pictures for all platforms may be posted: the brief's platforms, then those ``chosen`` besides."""
    return tuple(dict.fromkeys((*platforms(script), *chosen)))


def studio(script: Script, canvas: tuple[int, int]) -> Studio:
    """What the drawings of this brief share on a canvas."""
    return Studio(kit.parts(script.shelf), script.brand, canvas, script.shelf)


def plan(script: Script, where: Platform, *, draft: bool = False) -> Plan:
    """The clip of a brief for a platform."""
    heard = score.heard(script.brief, script.template, script.tune, where.fps)  # who is heard is known before how long
    meter = score.meter(script.brief, heard)
    carried = marks.of(script, where, heard)
    stage = marking.kept_free(where, carried)
    shared = studio(script, where.canvas)
    voices = board.voices(script.brief, script.template, stage, shared, script.takes) if script.takes.takes else None
    bare = playing.on(board.draw(script.brief, script.template, stage, shared, script.prints, meter, voices))
    drawn = replace(bare, marks=marking.overlay(carried, where, bare.frames))
    sized = storyboard.shrunk(drawn, DRAFT) if draft else drawn
    sounds = track(drawn, heard, effects=script.brief.effects)
    told = _doubts(script, voices) if voices else _nobody_speaks(script.brief)
    films = footage.short(script.prints, drawn)
    long = () if voices else brevity.overlong(script.brief, script.template, drawn.frames / drawn.fps)
    return Plan(where, sized, timeline.cut(sized), sounds, (*script.music_notes, *films, *told, *long))


def _nobody_speaks(brief: Brief) -> tuple[Problem, ...]:
    """A brief that says how words stand out while they are said, in which nobody speaks (VK-V020)."""
    if brief.subtitles != "highlight":
        return ()
    return (problem("VK-V020", brief.at("subtitles"), key=brief.key("subtitles")),)


def _doubts(script: Script, voices: Voicing) -> tuple[Problem, ...]:
    """What people should know of recordings in a clip: words that do not fit, recordings that nothing in the clip has a place for."""
    found = [one for recording, words in voices.words for one in script.takes.doubts(recording, words)]
    unheard = (problem("VK-V018", one.place, name=one.name) for one in voices.unheard)
    return in_order([*script.takes.problems, *found, *unheard])


def track(drawn: Storyboard, heard: Track, *, effects: bool) -> Track:
    """The clip's sound: the music, every scene's effects at the clip's frames, and the cut where the music ends."""
    cues = tuple(
        Cue(start + cue.frame, cue.kind)
        for start, scene in zip(drawn.starts, drawn.scenes, strict=True)
        for cue in scene.cues
    )
    voices = tuple(Voice(one.key, one.start, one.length, samples_in(one.frame, drawn.fps)) for one in drawn.speeches)
    closing = drawn.starts[-1] + drawn.scenes[-2].into.frames // 2 if len(drawn.scenes) > 1 else None
    return replace(heard, frames=drawn.frames, cues=cues if effects else (), voices=voices, closing=closing)


def recorded(script: Script) -> Callable[[str], Samples]:
    """How the samples of what a script's tracks are made of are had, by their key."""

    def samples(key: str) -> Samples:
        own = script.brief.music
        if isinstance(own, OwnMusic) and script.tune and script.tune.sha256 == key:
            return tune.samples(own, script.takes.store, key)
        return script.takes.samples(key)

    return samples


@dataclass(frozen=True)
class Plans:
    """A brief's clips for the platforms asked for: the ``platforms`` that are not left out, what is told of those that are (VK-T007), and what the
    others are refused for.
    """

    plans: tuple[Plan, ...]
    platforms: tuple[Platform, ...]
    left_out: tuple[Problem, ...]
    refused: tuple[Problem, ...]


def planned(script: Script, asked: Sequence[Platform], *, draft: bool = False) -> Plans:
    """The clips for some platforms; one whose limit the shortest clip exceeds is left out while another one remains."""
    made: dict[str, Plan] = {}
    refused: dict[str, tuple[Problem, ...]] = {}
    for where in asked:
        try:
            made[where.id] = plan(script, where, draft=draft)
        except Refusal as refusal:
            refused[where.id] = refusal.problems
    long = [where for where, told in refused.items() if {one.code for one in told} == {TOO_LONG}]
    without = {where: refused.pop(where) for where in long} if len(long) < len(asked) else {}
    return Plans(
        plans=tuple(made.values()),
        platforms=tuple(one for one in asked if one.id not in without),
        left_out=tuple(problem("VK-T007", one.place, **dict(one.values)) for told in without.values() for one in told),
        refused=tuple(one for told in refused.values() for one in told),
    )


def first(script: Script, asked: Sequence[Platform]) -> Plans:
    """The clip for the first of some platforms that it is not too long for, in ``plans`` alone; refuses what all are refused for."""
    try:
        return Plans((plan(script, asked[0]),), tuple(asked), (), ())
    except Refusal:
        found = planned(script, asked)
    if found.refused:
        raise Refusal(*found.left_out, *found.refused)
    return found
