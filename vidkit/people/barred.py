"""Photos of homes that took their consent back: what the shop knows of them → which photos of a brief are theirs, whatever the brief says.

Other briefs say it as long as they name such a home; ``consents/NAME-照片.txt`` says it for good, since withdrawing deletes the manifests that
knew. It is people's own list, a photo a line: its hash, whether it is of the home, its name, its likenesses; no picture. The same bytes are the
same photo; a copy saved anew or made smaller is as good as surely one, a cropped one, or one of the same room, is asked about. All of it is looked
up once a run (``of``).
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit import brief, cache, console, kit, plan
from vidkit.briefs import keys
from vidkit.consoles import spelling
from vidkit.people import consent, consents, reach
from vidkit.photos import alike, facts
from vidkit.photos.file import read
from vidkit.problems import Place, Refusal, problem
from vidkit.sources import encoding
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vidkit.brief import Brief, Photo
    from vidkit.cache import Cache
    from vidkit.people.consents import Entry
    from vidkit.plan import Script
    from vidkit.problems import Problem

FILE = "-照片.txt"
"""How the list of a home's photos is called, after its consent."""
SURELY, PERHAPS, NOT = "是", "可能", "不是"
"""What a line says of a photo: that it is of the home, that it is of one of several that a brief names, that people say it is not."""
MOST_LINES = 8
"""So many numbers of lines are told."""
_ROW = re.compile(
    rf"(?P<sha256>[0-9a-f]{{64}})\s+(?P<kind>{SURELY}|{PERHAPS}|{NOT})(?:\s+(?P<name>.*?))??(?:\s+(?P<prints>[0-9a-f]{{64}}(?:,[0-9a-f]{{64}})*))?",
    re.IGNORECASE,
)


class Barred(NamedTuple):
    """A photo of a home that took its consent back: the home, what the photo is called, its SHA-256, its likenesses (none where nobody looked),
    what says so, and how surely.
    """

    home: str
    name: str
    sha256: str
    likenesses: tuple[str, ...]
    source: Path
    kind: str = SURELY


class Said(NamedTuple):
    """A photo that a brief says is of such a home, its bytes not looked at: its file, its size in bytes, when it was written (ns since 1970)."""

    room: Barred
    file: Path
    size: int
    written: int


class Shop(NamedTuple):
    """What a shop knows of homes that took their consent back: whoever did, as names are compared; the photos of the lists and of the briefs; what
    is wrong with the lists. Nothing of it where nobody did.
    """

    back: frozenset[str] = frozenset()
    noted: tuple[Barred, ...] = ()
    said: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def denied(self) -> frozenset[tuple[str, str]]:
        """The photos of which people say that they are not of a home: the home, as names are compared, and the SHA-256."""
        return frozenset((keys.folded(one.home), one.sha256) for one in self.noted if one.kind == NOT)


def of(root: Path) -> Shop:
    """What a shop knows by now."""
    back = consents.taken_back(root / consents.FOLDER)
    if not back:
        return Shop()
    noted: list[Barred] = []
    wrong: list[Problem] = []
    for file in sorted((root / consents.FOLDER).glob(f"*{FILE}")):
        home = file.name.removesuffix(FILE)
        if keys.folded(home) in back:
            try:
                lines = _text(file).splitlines()
            except Refusal as refusal:
                wrong += refusal.problems
                continue
            noted += _rows(lines, file, home).values()
            wrong += _unread(lines, file, home)
    return Shop(back, tuple(noted), tuple(_said(root, back)), tuple(wrong))


class Looked(NamedTuple):
    """A photo of a brief, the SHA-256 of its file, and its likeness ("" where nobody could look)."""

    photo: Photo
    sha256: str
    likeness: str


def problems(script: Script, shop: Shop) -> Iterator[Problem]:
    """Photos of a brief that are of a home whose consent was taken back and that the brief does not name (VK-S175), those that may be (VK-S176), and
    what is wrong with the lists. Nothing is decoded for it.
    """
    yield from shop.problems
    studies = {one.photo.path: one for one in reversed(script.developed.studies)}.values()
    yield from _told(script, shop, (Looked(one.photo, one.handed_in, one.facts.likeness) for one in studies))


def undeveloped(script: Script, shop: Shop, store: Cache) -> Iterator[Problem]:
    """The same of a brief whose photos were not developed, without what is wrong with the lists: they are looked at where a home took its consent
    back, each but once as long as the cache ``store`` remembers it.
    """
    photos = {one.path: one for one in reversed(script.brief.mentions)}.values()
    yield from _told(script, shop, (Looked(one, consents.digest(one.path), _likeness(one, store)) for one in photos))


def _told(script: Script, shop: Shop, photos: Iterable[Looked]) -> Iterator[Problem]:
    named = set(map(keys.folded, consent.wanted(script.brief)))
    known = [one for one in (*shop.noted, *_of_size(script, shop.said)) if keys.folded(one.home) not in named]
    denied = shop.denied
    for photo, sha256, likeness in photos if known else ():
        able = (one for one in known if one.kind != NOT and (keys.folded(one.home), sha256) not in denied)
        found = _found(sha256, likeness, able)
        if found:
            code, one = found
            file = spelling.shown(one.source)
            yield problem(code, photo.place, name=photo.name, photo=one.name, who=one.home, file=file)


def _likeness(photo: Photo, store: Cache) -> str:
    """What a photo looks like; nothing of a film, or of what cannot be read."""
    with suppress(Refusal):
        return facts.look(read(photo.path, name=photo.name), store).likeness
    return ""


def _of_size(script: Script, said: Iterable[Said]) -> Iterator[Barred]:
    """What other briefs say of files of the size of one of the brief's own."""
    own = script.brief
    sizes = {photo.path.stat().st_size for photo in own.mentions} if said else set()
    for one in said:
        if one.size in sizes and one.room.source.resolve() != own.file.resolve():
            yield one.room._replace(sha256=_digest(one.file, one.size, one.written))


@lru_cache(maxsize=1024)
def _digest(file: Path, _size: int, _written: int) -> str:
    """The SHA-256 of a photo as it was written last: a run of many briefs reads it once."""
    return consents.digest(file)


def _found(sha256: str, likeness: str, known: Iterable[Barred]) -> tuple[str, Barred] | None:
    """The nearest of the known photos to one, and what is told of it; None where none is near."""
    limits = table("develop")
    near = [(_apart(sha256, likeness, one), one.kind != SURELY, number, one) for number, one in enumerate(known)]
    bits, unsure, _, one = min(near, default=(256, True, 0, None))
    if one is None or bits > limits["likely_copy_bits"]:
        return None
    return "VK-S176" if unsure or bits > limits["copy_bits"] else "VK-S175", one


def _apart(sha256: str, likeness: str, one: Barred) -> int:
    """How many bits lie between two photos: none between files of the same bytes; of crops at least as many as make no copy sure."""
    if sha256 == one.sha256:
        return -1
    if not (likeness and one.likenesses):
        return 256
    whole, *cropped = (alike.apart(likeness, each) for each in one.likenesses)
    return min(whole, *(max(bits, table("develop")["copy_bits"] + 1) for bits in cropped)) if cropped else whole


# The lists


def _text(file: Path) -> str:
    """The text of a list; none of one that is not there. Refuses what cannot be read, and what no text file may be."""
    if not file.exists():
        return ""
    with cache.said_plainly(file.parent, file=file):
        return encoding.decode(file.read_bytes(), spelling.shown(file), ())


def _rows(lines: Sequence[str], file: Path, home: str) -> dict[int, Barred]:
    """The photos of a list by the number of their line, from 0."""
    found = ((number, _ROW.fullmatch(line.strip())) for number, line in enumerate(lines))
    return {
        number: Barred(
            home,
            row["name"] or "",
            row["sha256"].lower(),
            tuple(row["prints"].lower().split(",")) if row["prints"] else (),
            file,
            row["kind"],
        )
        for number, row in found
        if row
    }


def _unread(lines: Sequence[str], file: Path, home: str) -> Iterator[Problem]:
    """That lines of a list hold no photo and are no remark either (VK-S177), once for all of them."""
    rows = _rows(lines, file, home)
    wrong = [n for n, line in enumerate(lines, 1) if n - 1 not in rows and line.strip() and line.strip()[0] != "#"]
    if wrong:
        shown = spelling.shown(file)
        listed = "、".join(map(str, wrong[:MOST_LINES])) + "…" * (len(wrong) > MOST_LINES)
        yield problem("VK-S177", Place(shown, wrong[0], 1), file=shown, lines=listed)


# What briefs say


def _said(root: Path, back: frozenset[str]) -> Iterator[Said]:
    """What the briefs of a shop say that name such a home, of photos that are there."""
    for file, said in _naming(root, back):
        for one, photo in _rooms(said, back, file):
            with suppress(OSError):
                there = photo.path.stat()
                yield Said(one, photo.path, there.st_size, there.st_mtime_ns)


def _naming(root: Path, words: frozenset[str]) -> Iterator[tuple[Path, Brief]]:
    """The briefs of a shop that name one of some homes, as far as they can be read."""
    names = plan.names(kit.shelf(root), root)
    for file in reach.briefs(root):
        if consents.mentions(file, words):
            with suppress(Refusal, OSError):
                yield file, brief.load(file, names, shown=spelling.shown(file))


def _rooms(said: Brief, words: frozenset[str], file: Path) -> Iterator[tuple[Barred, Photo]]:
    """The photos that a brief says are of one of some homes, their files not looked at yet."""
    homes = consent.homes(said)
    hers = next((home for home in homes if keys.folded(home) in words), "")
    for photo in {one.path: one for one in consent.rooms(said)}.values() if hers else ():
        yield Barred(hers, photo.path.name, "", (), file, SURELY if len(homes) == 1 else PERHAPS), photo


def of_home(words: frozenset[str], entries: Iterable[Entry], root: Path, made: Iterable[str]) -> frozenset[str]:
    """The SHA-256 of the photos that are surely of a home, by its names as names are compared: those of its lists, of the briefs that name it alone,
    of its manifests (``made``), without those of which people say that they are not. A list that cannot be read says nothing.
    """
    sure, denied = set(made), set[str]()
    for one in entries:
        file = one.file.with_name(f"{one.file.stem}{FILE}")
        with suppress(Refusal):
            for room in _rows(_text(file).splitlines(), file, one.name).values():
                (denied if room.kind == NOT else sure if room.kind == SURELY else set[str]()).add(room.sha256)
    for source, said in _naming(root, words):
        sure |= {consents.digest(photo.path) for room, photo in _rooms(said, words, source) if room.kind == SURELY}
    return frozenset(sure - denied - {""})


# Noting


def note(one: Entry, made: Iterable[tuple[str, str, bool]], root: Path, store: Cache) -> Path | None:
    """Note the photos of a home that took its consent back, as its briefs and its manifests (``made``: what each is called, its SHA-256, whether
    surely of this home) know them; the list's file, None where nothing is known. Lines that are there stay as they are, but for the likenesses of a
    photo that nobody had looked at; runs at the same time wait for each other. Refuses a list that is no text, or cannot be written.
    """
    words = frozenset(map(keys.folded, one.names))
    file = one.file.with_name(f"{one.file.stem}{FILE}")
    found = {
        sha256: Barred(one.name, name, sha256, (), file, SURELY if sure else PERHAPS) for name, sha256, sure in made
    }
    for source, said in _naming(root, words):
        for room, photo in _rooms(said, words, source):
            sha256 = consents.digest(photo.path)
            if sha256:
                found[sha256] = room._replace(sha256=sha256, likenesses=_looked(photo))
    facts.forget()
    if found:
        from vidkit.runs import lock  # noqa: PLC0415  # only who writes waits for others

        with lock.held(file, store):
            cache.leavings_of(file)
            _add(file, one.name, found.values())
    return file if file.is_file() else None


def _looked(photo: Photo) -> tuple[str, ...]:
    """What a photo looks like; nothing of a film, or of what cannot be read."""
    with suppress(Refusal):
        return alike.likenesses(facts.small(read(photo.path, name=photo.name)))
    return ()


def _add(file: Path, home: str, found: Iterable[Barred]) -> None:
    """Add photos to a list that is held, and likenesses to those it has without any; how its lines end, and how it is written, stays."""
    text = _text(file)
    before = text.splitlines() or console.words("consent-photos-head", home=home).splitlines()
    lines, rows = [*before], _rows(before, file, home)
    known = {room.sha256: (number, room) for number, room in rows.items()}
    for one in found:
        number, room = known.get(one.sha256, (0, None))
        if room is None:
            lines.append("\t".join((one.sha256, one.kind, " ".join(one.name.split()), *_prints(one))))
        elif one.likenesses and not room.likenesses:
            lines[number] = "\t".join((lines[number].rstrip(), *_prints(one)))
    if lines != text.splitlines():
        end = encoding.line_end(text)
        cache.deliver_text("".join(f"{line}{end}" for line in lines), file, ())


def _prints(one: Barred) -> tuple[str, ...]:
    return (",".join(one.likenesses),) if one.likenesses else ()
