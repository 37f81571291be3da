"""Somebody takes her consent back → everything made with her: finished files, what the cache keeps and remembers of them, what was published, what
must be taken down.

Only what vidkit made is ever deleted, and only while it is still what the manifest says; never a brief, a photo, a consent. A published
advertisement stays as the record the law asks for (``data/publish.yaml``: years), unless its files are to go too; the pack of anything else
goes (《个人信息保护法》 47), and where it was posted stays noted. No other run writes to a brief's folder while it is looked through once more
and emptied.
"""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit import cache, console, kit, project, source
from vidkit.briefs import keys, paths
from vidkit.briefs.paths import DRAFT
from vidkit.consoles import spelling
from vidkit.people import barred, consents, posts, reach, roles, traces
from vidkit.people.posts import Down
from vidkit.problems import Place, Problem, Refusal, problem
from vidkit.publish import PUBLISH, swept
from vidkit.publishing import archive
from vidkit.runs import earlier, inputs, lock, places, remains, remembered
from vidkit.runs.remains import BEGUN
from vidkit.runs.stored import MANIFEST, MARKS
from vidkit.serials import series
from vidkit.spreadsheets import rows
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vidkit.briefs.fields import Known
    from vidkit.cache import Cache
    from vidkit.people.consents import Entry, Ledger
    from vidkit.people.traces import Hers
    from vidkit.runs.places import Area

MOST_BYTES = 16 * 1024 * 1024
"""A larger manifest is none of ours."""
OWN = ("vidkit", "engine", "brief", "called")
"""What a manifest keeps of a run whose files are gone."""


@dataclass(frozen=True)
class Output:
    """What was made of one brief: the manifest's ``folder``, the ``brief`` and what it is ``called``, its ``platforms``.

    ``files`` are those the manifest names that are there, each with its hash; ``others`` lie in the folder besides. ``rooms`` are the photos of
    her home: what each is called, its hash, whether no other home may be meant. The ``rest`` of the manifest is not hers. ``by_photo`` says that
    it names her nowhere: only a photo makes it hers.
    """

    folder: Path
    brief: str
    called: str
    platforms: tuple[str, ...]
    files: tuple[tuple[Path, str], ...]
    others: tuple[Path, ...]
    rooms: tuple[tuple[str, str, bool], ...] = ()
    rest: dict[str, Any] = field(default_factory=dict)
    by_photo: bool = False

    @property
    def draft(self) -> bool:
        """Whether it is a draft, which nobody posts; a brief may itself be called so."""
        return self.folder.name == DRAFT and self.called != DRAFT


@dataclass(frozen=True)
class Found:
    """Everything made with somebody: her consents, outputs, entries of the archive, files of the caches (every part in which somebody is seen or
    heard, and what is remembered of her runs), posts to take down; where it was looked for, and the places that could not be looked at; what is wrong
    with the notes of her packs: posts may be out that are not listed, and the files of these packs stay as if they were; what these notes do not say
    clearly: such posts are listed.
    """

    name: str
    entries: tuple[Entry, ...]
    outputs: tuple[Output, ...]
    packs: tuple[archive.Entry, ...]
    cached: tuple[Path, ...]
    down: tuple[Down, ...]
    area: Area
    unseen: tuple[Path, ...] = ()
    hers: Hers = traces.NOBODY
    misnoted: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()

    @property
    def open(self) -> tuple[Entry, ...]:
        """The consents that do not say yet that they were taken back."""
        return tuple(one for one in self.entries if not one.withdrawn)

    @property
    def home(self) -> bool:
        """Whether it is a home that took it back, as its consents say, else as its name does."""
        said = [one.consent.role for one in self.entries if one.consent] or [roles.likely(self.name)]
        return set(said) == {"home"}

    @property
    def whom(self) -> str:
        """Who took it back, as one goes on speaking of her, or of a home."""
        return console.words("consent-home" if self.home else "consent-she")

    @property
    def count(self) -> int:
        """How many finished files there are."""
        return sum(len(one.files) for one in self.outputs)

    @property
    def words(self) -> frozenset[str]:
        """Every name of hers, as names are compared."""
        return self.hers.words


class Deleted(NamedTuple):
    """The files that went, finished ones and those of ``caches``, those left (changed since, none of ours, or the system did not let them go), and
    which folders another run would not let go of (VK-S148).
    """

    gone: tuple[Path, ...]
    cached: tuple[Path, ...]
    left: tuple[Path, ...]
    busy: tuple[Problem, ...]


def find(name: str, book: Ledger, area: Area, today: str = "") -> Found:
    """Everything made with the person or home of a name, as it stands on a day: in the whole area, in the archives, in the caches."""
    entries, root = book.of(name), area.root
    hers = traces.of(name, book, kit.shelf(root), archive.seals(_kept(area)))
    hers = replace(hers, photos=barred.of_home(hers.words, entries, root, _noted_rooms(area, hers)))
    closed: dict[Path, None] = {}
    outputs, packs = tuple(_outputs(area.folders, root, hers, closed)), _packs(area, hers)
    cached = _cached(entries, outputs, area)
    down = tuple(_down(outputs, packs, posts.known(root), today))
    notes = {
        "misnoted": tuple(each for pack in packs for each in pack.wrong),
        "doubts": tuple(each for pack in packs for each in archive.doubts(pack, today)),
    }
    unclear = (one.folder for one in _kept(area) if one.unread and archive.packed(one))
    return Found(name, entries, outputs, packs, cached, down, area, (*area.lost, *closed, *unclear), hers, **notes)


def _names(said: Iterable[str]) -> frozenset[str]:
    return frozenset(map(keys.folded, said))


def _packs(area: Area, hers: Hers) -> tuple[archive.Entry, ...]:
    return tuple(one for one in _kept(area) if traces.published_with(one, hers) or _pack_shows(one, hers))


def _pack_shows(one: archive.Entry, hers: Hers) -> bool:
    """Whether a pack in the archive has a photo of her home."""
    return any(hers.shown_in(said) for _, said in one.manifests)


def _kept(area: Area) -> Iterator[archive.Entry]:
    yield from (one for kept in _archives(area.root, area.out) for one in archive.entries(kept))


def _archives(root: Path, out: Path) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((root / paths.ARCHIVE, out / paths.ARCHIVE)))


# What the caches have


def _cached(entries: Sequence[Entry], outputs: Sequence[Output], area: Area) -> tuple[Path, ...]:
    """What in the caches may be of hers: every part that shows or says something, since none says whose it is and every run leaves some that no
    manifest names any more; and what is remembered of her.
    """
    found = ({*each.showing(), *_remembered(entries, outputs, area.root, each)} for each in area.caches)
    return tuple(file for files in found for file in sorted(files))


def _remembered(entries: Sequence[Entry], outputs: Sequence[Output], root: Path, store: Cache) -> Iterator[Path]:
    """What the cache remembers of her. Two kinds go: runs that did not read her consent as it is now (they can no longer be answered), and plans of
    briefs whose outputs are hers (they hold her name and her words).
    """
    now = {str(one.file): _now(one) for one in entries}
    briefs = {_asked(root / one.brief) for one in outputs if one.brief}
    for file, said in remembered.answers(store):
        marks = said["inputs"]
        if str(said.get("brief")) in briefs or (marks and any(marks.get(name) != mark for name, mark in now.items())):
            yield file


def _now(one: Entry) -> str:
    """The mark of a consent that was taken back; of one that will be nobody knows it yet."""
    return inputs.content(str(one.file)) if one.withdrawn else ""


def _asked(brief: Path) -> str:
    """What a run of a brief was asked for: its file, or the folder of photos among which it lies."""
    return str(brief.parent if brief.name == project.PHOTO_FOLDER_BRIEF else brief)


# What was made


def _outputs(folders: tuple[Path, ...], root: Path, hers: Hers, closed: dict[Path, None]) -> Iterator[Output]:
    """What was made with her in some folders; those that cannot be opened are added to ``closed``."""
    for manifest in sorted(places.manifests(folders, closed)):
        said = _said(manifest)
        runs = [(run, traces.made_with(_whole(run, said), manifest.parent, root, hers)) for run in remains.runs(said)]
        made = [run for run, named in runs if named or hers.shown_in(run)]
        if made:
            found = _output(manifest, said, made, hers)
            yield replace(found, by_photo=not any(named for _, named in runs))


def _noted_rooms(area: Area, hers: Hers) -> Iterator[str]:
    """The SHA-256 of the photos that manifests know as surely of her home."""
    for manifest in places.manifests(area.folders, {}):
        for run in remains.runs(_said(manifest)):
            yield from (sha256 for _, sha256, sure in _rooms(run, hers) if sure)


def _said(manifest: Path) -> dict[str, Any]:
    """What a manifest of ours says, also one that is only begun (``remains``); nothing for any other file."""
    said = remains.said(manifest.parent, MOST_BYTES)
    ours = isinstance(said.get("vidkit"), str) and isinstance(said.get("files"), dict)
    return said if ours else {}


def _whole(run: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """A run with its brief: an earlier one says only what is left of it, and is not of what the brief says now."""
    brief = {name: value for name, value in remains.as_map(said.get("brief")).items() if name != "sha256"}
    return run if run is said else run | {"brief": brief}


def _output(manifest: Path, said: dict[str, Any], made: Sequence[dict[str, Any]], hers: Hers) -> Output:
    """What of a folder is hers: the manifest's own run and what earlier ones left there, as far as they used her consent."""
    folder = manifest.parent
    named = {folder / name: digest for run in reversed(made) for name, digest in remains.files(run).items()}
    files = tuple((file, digest) for file, digest in named.items() if remains.inside(file, folder))
    brief = remains.brief(said)
    called = str(
        said.get("called") or brief.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml") or folder.name
    )
    others = _others(manifest, said) if said in made and not project.is_one(folder) else ()
    platforms = dict.fromkeys(name for run in made for name in remains.platforms(run))
    rooms = tuple(dict.fromkeys(room for run in made for room in _rooms(run, hers)))
    return Output(folder, brief, called, tuple(platforms), files, others, rooms, _rest(said, made))


def _rooms(run: dict[str, Any], hers: Hers) -> Iterator[tuple[str, str, bool]]:
    """The photos of a run that may show her home, where it is one of those the run is of."""
    homes = list(map(str, remains.as_list(run.get("homes"))))
    if hers.among(homes):
        yield from ((str(name), sha256, len(homes) == 1) for sha256, name in remains.as_map(run.get("rooms")).items())


def _others(manifest: Path, said: dict[str, Any]) -> tuple[Path, ...]:
    """What lies in a manifest's folder of which it says nothing, and no draft's manifest."""
    folder = manifest.parent
    named = {folder / name for run in remains.runs(said) for name in remains.files(run)}
    there = (one for one in sorted(folder.rglob("*")) if one.is_file() or one.is_symlink())
    ours = {*named, manifest, folder / BEGUN}
    drafts = {*(one.parent for one in folder.rglob(MANIFEST)), *(one.parents[1] for one in folder.rglob(BEGUN.name))}
    return tuple(one for one in there if one not in ours and not any(d in one.parents for d in drafts - {folder}))


def _rest(said: dict[str, Any], hers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What a manifest still has to say when all that is hers is gone; nothing where it told of nothing else."""
    older = [run for run in remains.runs(said) if run is not said and run not in hers]
    if not older and (said in hers or not remains.files(said)):
        return {}
    if said in hers:
        kept = {name: said[name] for name in OWN if name in said}
        return kept | {"files": {}, "consents": [], "earlier": older}
    return {name: value for name, value in said.items() if name != "earlier"} | ({"earlier": older} if older else {})


def _down(outputs: tuple[Output, ...], packs: tuple[archive.Entry, ...], names: Known, today: str) -> Iterator[Down]:
    """What must be taken down: what packs tell of (``posts``), then what was made and may have been posted; what was made of a brief that was packed
    is one of its packs.
    """
    yield from posts.out(packs, names, today)
    known = {(where, posts.called(pack)) for pack in packs for where in posts.told_of(pack, names)}
    for one in outputs:
        for where in () if one.draft else one.platforms:
            if (where, one.called) not in known:
                known.add((where, one.called))
                yield Down(where, one.called)


# Telling


def told(found: Found, root: Path, day: str = "") -> Iterator[str]:
    """What was found, line by line, as it is on a day: the posts first, they are what others see."""
    if found.down:
        yield console.words("consent-down")
    yield from (posts.line(one, root) for one in found.down)
    for kind, packs in _archived(found, day).items():
        if packs:
            yield console.words(f"consent-{kind}", years=table("publish")["keep"]["years"]["value"])
        for pack in packs:
            why = "" if traces.published_with(pack, found.hers) else console.words("consent-by-photo", who=found.whom)
            yield f"  {spelling.shown(pack.folder)}{why}"
    if not (found.outputs or found.packs or found.cached):
        yield console.words("consent-nothing", who=found.whom)
    yield from _made(found, root)
    yield console.words("consent-searched", places="、".join(_searched(found.area)))
    yield console.words("consent-by-hand-home" if found.home else "consent-by-hand")
    for kind, lines in by_hand(found).items():
        if lines:
            yield console.words(f"consent-hand-{kind}", who=found.whom, lines="、".join(lines))


def by_hand(found: Found) -> dict[str, list[str]]:
    """What of people's own files still names her, and in which lines: briefs, tables of rows, records of series, her profile (its file)."""
    root, words = found.area.root, found.words
    own = [one.file for one in project.profiles(root) if _names(one.names) & words]
    return {
        "brief": [line for file in reach.briefs(root) for line in _naming(file, found.hers)],
        "table": [line for file in reach.tables(root) for line in _rows_naming(file, found.hers)],
        "series": [line for file in series.ledgers(root) for line in _naming(file, found.hers)],
        "photo": [
            *(line for file in reach.briefs(root) for line in _showing(file, found.hers)),
            *(line for file in reach.tables(root) for line in _rows_showing(file, found.hers)),
        ],
        "person": list(map(spelling.shown, own)),
    }


def _rows_naming(file: Path, hers: Hers) -> Iterator[str]:
    """A table of briefs with its lines in which one of her names stands, or that call her; none of what is no such table."""
    with suppress(Refusal):
        lines = rows.naming(file, hers.stands_in)
        if lines:
            yield f"{spelling.shown(file)}:{','.join(map(str, lines))}"


def _naming(file: Path, hers: Hers) -> Iterator[str]:
    """A file with its lines in which one of her names stands, or that call her."""
    node, _ = source.examine(file)
    every = tuple(traces.everything(node)) if node else ()
    lines = sorted({one.place.line for one in every if one.place.line and hers.stands_in(one.text)})
    if lines:
        yield f"{spelling.shown(file)}:{','.join(map(str, lines))}"


def _showing(file: Path, hers: Hers) -> Iterator[str]:
    """A brief that names her nowhere, with its lines in which a photo of her home stands."""
    node = source.examine(file)[0] if hers.photos else None
    every = tuple(traces.everything(node)) if node else ()
    if any(hers.stands_in(one.text) for one in every):
        return
    lines = sorted({one.place.line for one in every if _is_hers(one.text, file, hers)})
    if lines:
        yield f"{spelling.shown(file)}:{','.join(map(str, lines))}"


def _rows_showing(file: Path, hers: Hers) -> Iterator[str]:
    """A table of briefs with its lines that name her nowhere and in which a photo of her home stands."""
    with suppress(Refusal):
        showing = rows.naming(file, lambda text: _is_hers(text, file, hers)) if hers.photos else ()
        lines = sorted({*showing} - {*rows.naming(file, hers.stands_in)}) if showing else ()
        if lines:
            yield f"{spelling.shown(file)}:{','.join(map(str, lines))}"


def _is_hers(typed: str, file: Path, hers: Hers) -> bool:
    """Whether a text of a file names a photo of her home."""
    if not traces.FILE.search(typed):
        return False
    found = paths.find(typed, file.parent, Place(""), paths.Sought(home=paths.PHOTOS))
    return not isinstance(found, Problem) and consents.digest(found) in hers.photos


def _made(found: Found, root: Path) -> Iterator[str]:
    if found.outputs:
        yield console.words("consent-outputs", count=found.count)
    for one in found.outputs:
        said = {"folder": spelling.shown(one.folder), "count": len(one.files), "brief": _of(one, root)}
        why = console.words("consent-by-photo", who=found.whom) if one.by_photo else ""
        yield console.words("consent-output", **said) + why
    if found.cached:
        yield console.words("consent-cached", count=len(found.cached))


def _searched(area: Area) -> Iterator[str]:
    """Where it was looked for, in words."""
    if area.root in area.folders:
        yield console.words("consent-searched-shop")
    if not area.out.resolve().is_relative_to(area.root) or area.root not in area.folders:
        yield spelling.shown(area.out)
    yield from map(spelling.shown, area.elsewhere)
    yield from (console.words("consent-searched-cache", folder=spelling.shown(one.root)) for one in area.caches)


def unseen(found: Found) -> tuple[Problem, ...]:
    """The places that could not be looked at (VK-S155)."""
    named = "、".join(map(spelling.shown, found.unseen))
    return (problem("VK-S155", places=named, name=spelling.typed(found.name)),) if named else ()


def _of(one: Output, root: Path) -> str:
    """What an output was made of: its brief, or, where no such file is there, a table's row (or a brief that is gone)."""
    if (root / one.brief).is_file():
        return one.brief
    found = next((file for file in reach.briefs(root) if file.name == one.brief), None)
    if found:
        return spelling.shown(found)
    return console.words("consent-row", name=one.called)


def doing(found: Found, day: str, *, keep: bool, packs: bool) -> tuple[str, ...]:
    """What taking back will do, in words; nothing where it was taken back already and there is nothing to delete."""
    said = {"who": found.whom, "day": day}
    written = tuple(console.words("consent-will-write", file=spelling.shown(one.file), **said) for one in found.open)
    if keep:
        return written
    if found.outputs:
        written = (*written, console.words("consent-will-files", count=found.count))
    lost = (
        ("cached", len(found.cached)),
        ("packs", len([*filter(archive.packed, found.packs)] if packs else freed(found, day))),
    )
    return (*written, *(console.words(f"consent-will-{what}", count=count) for what, count in lost if count))


def owed(found: Found, day: str) -> tuple[archive.Entry, ...]:
    """The packs with files that stay on a day: of an advertisement that the law wants kept, or of what no manifest tells any more."""
    return tuple(pack for pack in found.packs if len(archive.packed(pack)) > len(archive.freed(pack, day)))


def freed(found: Found, day: str) -> tuple[archive.Entry, ...]:
    """The packs with files that nothing asks to keep on a day: of what is no advertisement, or was one long ago."""
    return tuple(pack for pack in found.packs if archive.freed(pack, day))


def _archived(found: Found, day: str) -> dict[str, tuple[archive.Entry, ...]]:
    """The packs by how they are told: with files that stay, with such as go, and with nothing left but what is noted."""
    gone = tuple(pack for pack in found.packs if not archive.packed(pack))
    return {"packs": owed(found, day), "packs-free": freed(found, day), "packs-gone": gone}


def breach(found: Found, day: str) -> tuple[Problem, ...]:
    """That deleting the archive's files on a day takes advertisements away that the law wants kept (VK-S179)."""
    kept = [until for pack in found.packs for until in archive.owed(pack, day)]
    until = max(kept, default="")
    years = table("publish")["keep"]["years"]["value"]
    return (problem("VK-S179", count=len(kept), years=years, until=until or "-"),) if kept else ()


def noted(found: Found, store: Cache) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Note which photos are of a home that took its consent back (``barred``), before the manifests go that know it: the lists' files. Also of one
    into whose consent no day could be written: the list counts once it says one. Or why one could not be read or written.
    """
    rooms = [room for one in found.outputs for room in one.rooms]
    try:
        every = [barred.note(one, rooms, found.area.root, store) for one in found.entries]
    except Refusal as refusal:
        return (), refusal.problems
    return tuple(file for file in every if file), ()


# Deleting


def delete(found: Found, store: Cache, *, packs: bool = False, day: str = "") -> Deleted:
    """Delete finished files, everything in the caches in which somebody is seen or heard, the packs in the archive that nothing asks to keep on a
    day, and with ``packs`` what else lies there but manifests and notes.

    Each brief's folder is held and looked through once more, so that what a run was just making goes with the rest; one that another run does not
    let go of in time is left, and told. What killed runs left half-written or half-packed goes, too. The caches are emptied at once, in case this
    is stopped, and when every run at work was waited for: a run that misses a part of its own begins again. What was only being made by then goes
    unless another run is at work.
    """
    area, began = found.area, cache.now()
    for each in area.caches:
        each.empty_stock()
    cached: list[Path] = []
    gone: list[Path] = []
    left: list[Path] = []
    busy: list[Problem] = []
    made: list[Output] = [*found.outputs]
    _remove(found.cached, cached, left)
    for own in _owns(found, store):
        try:
            with _held(own, store):
                earlier.tidied(own)
                swept(own / PUBLISH)
                here = _outputs((own,), area.root, found.hers, {})
                outputs = tuple(one for one in here if _own(one.folder, area.bases) == own)
                made += outputs
                _emptied(outputs, gone, left)
        except Refusal as refusal:
            busy += [_told_busy(one, own, found.name) for one in refusal.problems]
    for own in area.elsewhere:
        if not own.exists() and own.parent.exists():
            places.forget(area.root, own)
    for pack in _packs(area, found.hers):
        _remove(archive.packed(pack) if packs else archive.freed(pack, day), gone, left)
    _remove(_cached(found.entries, made, area), cached, left)
    left += [file for each in area.caches for file in _rest_of(each, 0.0 if busy else began)]
    there = (file for file in dict.fromkeys(left) if file.exists())
    return Deleted(tuple(gone), tuple(dict.fromkeys(cached)), tuple(there), tuple(busy))


def _rest_of(store: Cache, before: float) -> tuple[Path, ...]:
    """Remove what a cache has in stock, and what was only being made in it until a moment (seconds since 1970); the files that cannot be removed now."""
    store.sweep(before)
    return store.empty_stock()


def _owns(found: Found, store: Cache) -> tuple[Path, ...]:
    """The folders of briefs in which something of hers lies or may be made at this moment, each once: a run of a table, or of a brief that lies
    elsewhere, says only which folder it holds. Who works is asked first: what is done by then is found, the rest is waited for.
    """
    area = found.area
    at_work = tuple(_at_work(area, store))
    made = (_own(one.folder, area.bases) for one in _outputs(area.folders, area.root, found.hers, {}))
    briefs = (file for file in reach.briefs(area.root) if not project.called(file).startswith("."))
    named = (area.out / project.called(file) for file in briefs if traces.named_in(file, found.hers))
    return tuple(sorted({*made, *named, *at_work}))


def _at_work(area: Area, store: Cache) -> Iterator[Path]:
    """The folders of briefs in which runs say that they work, as far as they are looked through."""
    real = {base.resolve(): base for base in area.bases}
    for folder in lock.taken(store):
        base = next((one for one in real if one in folder.parents), None)
        if base and folder not in real and area.holds(folder) and not folder.is_file():
            yield _own(real[base] / folder.relative_to(base), area.bases)


def _own(folder: Path, bases: Sequence[Path]) -> Path:
    """The folder of a brief, of what lies in it: the one marked as a brief's; where none is, what lies above drafts and packs."""
    base = next((one for one in bases if folder.is_relative_to(one)), folder)
    parts = folder.relative_to(base).parts
    ways = [base.joinpath(*parts[:count]) for count in range(len(parts), 0, -1)]
    marked = next((one for one in ways if (one.parent / MARKS / f"{one.name}.json").is_file()), None)
    inner = next((n for n, part in enumerate(parts) if n and part in {DRAFT, PUBLISH}), len(parts))
    return marked or base.joinpath(*parts[:inner])


@contextmanager
def _held(own: Path, store: Cache) -> Iterator[None]:
    """Hold a brief's folder as ``make`` and ``publish`` do: one brief at a time, and its packs first as ``publish`` does, so that no two runs
    wait for each other.
    """
    with lock.held(own / PUBLISH, store), lock.held(own, store):
        yield


def _told_busy(one: Problem, own: Path, name: str) -> Problem:
    """That another run has a folder, with what to do then; any other problem as it is."""
    if one.code != "VK-E008":
        return one
    owner = dict(one.values)["owner"]
    return problem("VK-S148", folder=spelling.shown(own), owner=owner, name=spelling.typed(name))


def _emptied(outputs: Sequence[Output], gone: list[Path], left: list[Path]) -> None:
    """Delete finished files, then the manifests that name them; which are ``gone`` and which were ``left`` is noted."""
    for one in outputs:
        ours = [file for file, digest in one.files if consents.digest(file) == digest]
        _remove(ours, gone, left)
        left += [*(file for file, _ in one.files), *one.others]
        if any(file.exists() for file in ours):  # the system did not let it go: its manifest leads to it the next time
            continue
        if one.rest:
            _said_of_the_rest(one)
        _remove((one.folder / name for name in ((BEGUN,) if one.rest else (MANIFEST, BEGUN))), gone, left)
    for one in outputs:
        if project.is_one(one.folder):  # a pack that was unpacked into the shop itself
            continue
        _empty(one.folder)
        _unclaimed(one.folder.parent if one.draft else one.folder)


def _said_of_the_rest(one: Output) -> None:
    """Leave the manifest of a folder to others whose work lies there, as ``make`` writes it."""
    said = json.dumps(one.rest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    cache.deliver_bytes(said.encode("utf-8"), one.folder / MANIFEST)


def _remove(files: Iterable[Path], gone: list[Path], left: list[Path]) -> None:
    """Delete files; which are ``gone`` and which were ``left``, as the system did not let them go, is noted."""
    for file in files:
        (gone if _removed(file) else left).append(file)


def _removed(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _empty(folder: Path) -> None:
    """Remove what folders are empty now, the deepest first."""
    inner = sorted((one for one in folder.rglob("*") if one.is_dir() and not one.is_symlink()), reverse=True)
    for one in (*inner, folder):
        try:
            one.rmdir()
        except OSError:
            continue


def _unclaimed(folder: Path) -> None:
    """Forget whose a brief's folder was once nothing is left of it."""
    _empty(folder)
    if not folder.exists():
        _removed(folder.parent / MARKS / f"{folder.name}.json")
        _empty(folder.parent / MARKS)


def as_data(found: Found, day: str) -> dict[str, Any]:
    """Everything found as plain data, files as people see them; which of the archive has files now that stay on a day, and which such as nothing asks
    to keep.
    """
    return {
        "name": found.name,
        "consents": [spelling.shown(one.file) for one in found.entries],
        "outputs": [
            {
                "folder": spelling.shown(one.folder),
                "brief": one.brief,
                "platforms": list(one.platforms),
                "by_photo": one.by_photo,
                "files": [spelling.shown(file) for file, _ in one.files],
                "others": [spelling.shown(file) for file in one.others],
            }
            for one in found.outputs
        ],
        "archive": [spelling.shown(one.folder) for one in found.packs],
        "archive_kept": [spelling.shown(one.folder) for one in owed(found, day)],
        "archive_free": [spelling.shown(one.folder) for one in freed(found, day)],
        "cache": [file.name for file in found.cached],
        "searched": {
            "folders": list(map(spelling.shown, found.area.folders)),
            "caches": [spelling.shown(one.root) for one in found.area.caches],
        },
        "not_searched": list(map(spelling.shown, found.unseen)),
        "by_hand": by_hand(found),
        "take_down": list(map(posts.as_data, found.down)),
    }


def deleted_data(done: Deleted) -> dict[str, Any]:
    """What was deleted as plain data, files as people see them."""
    files = {"deleted": (*done.gone, *done.cached), "left": done.left}
    return {what: [spelling.shown(one) for one in named] for what, named in files.items()}
