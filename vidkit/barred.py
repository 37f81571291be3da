"""Photos of homes that took their consent back: what the shop knows of them → which photos of a brief are theirs, whatever the brief says.

Other briefs say it as long as they name such a home; ``consents/NAME-照片.txt`` says it for good, since withdrawing deletes the manifests that
knew. It is people's own list, a photo a line, with hashes and likenesses and no picture. The same bytes are the same photo; a copy saved anew
or made smaller is as good as surely one, a cropped one, or one of the same room, is asked about.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit import brief, cache, consent, consents, console, keys, kit, plan, project, reach
from vidkit.photos import alike, facts
from vidkit.photos.file import read
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vidkit.brief import Brief, Photo
    from vidkit.consents import Entry
    from vidkit.plan import Script
    from vidkit.problems import Problem

FILE = "-照片.txt"
"""How the list of a home's photos is called, after its consent."""
SURELY, PERHAPS = "是", "可能"
"""What a line says of a photo: that it is of the home, or of one of several that a brief names."""


class Barred(NamedTuple):
    """A photo of a home that took its consent back: the home, what the photo is called, its SHA-256, its likenesses (none where nobody looked), and
    what says so; not ``sure`` where that names several homes.
    """

    home: str
    name: str
    sha256: str
    likenesses: tuple[str, ...]
    source: Path
    sure: bool = True


class _Own(NamedTuple):
    """A photo of the brief: the SHA-256 of its file, and what it looks like."""

    photo: Photo
    sha256: str
    likeness: str


def problems(script: Script) -> Iterator[Problem]:
    """Photos of a brief that are of a home whose consent was taken back and that the brief does not name (VK-S175), and those that may be
    (VK-S176). Nothing is decoded for it.
    """
    root = project.root(script.brief.file)
    back = consents.taken_back(root / consents.FOLDER)
    if not back:
        return
    named = set(map(keys.folded, consent.wanted(script.brief)))
    known = [one for one in (*_noted(root, back), *_said(script, root, back)) if keys.folded(one.home) not in named]
    for own in _own(script) if known else ():
        found = _found(own, known)
        if found:
            code, one = found
            file = console.shown(one.source)
            yield problem(code, own.photo.place, name=own.photo.name, photo=one.name, who=one.home, file=file)


def _own(script: Script) -> Iterator[_Own]:
    """The photos of a brief, each file once; of a film its own bytes count."""
    studied = {one.photo.path: one for one in reversed(script.developed.studies)}
    for path, one in reversed(studied.items()):
        yield _Own(one.photo, cache.sha256(path) if one.photo.reel else one.facts.sha256, one.facts.likeness)


def _found(own: _Own, known: Iterable[Barred]) -> tuple[str, Barred] | None:
    """The nearest of the known photos, and what is told of it; None where none is near."""
    limits = table("develop")
    near = [(_apart(own, one), not one.sure, number, one) for number, one in enumerate(known)]
    bits, unsure, _, one = min(near)
    if bits > limits["likely_copy_bits"]:
        return None
    return "VK-S176" if unsure or bits > limits["copy_bits"] else "VK-S175", one


def _apart(own: _Own, one: Barred) -> int:
    """How many bits lie between two photos: none between files of the same bytes; of crops at least as many as make no copy sure."""
    if own.sha256 == one.sha256:
        return -1
    if not (own.likeness and one.likenesses):
        return 256
    whole, *cropped = (alike.apart(own.likeness, each) for each in one.likenesses)
    return min(whole, *(max(bits, table("develop")["copy_bits"] + 1) for bits in cropped)) if cropped else whole


# What is known


def _noted(root: Path, back: frozenset[str]) -> Iterator[Barred]:
    """What the lists beside the consents say; of a home that agreed again nothing counts."""
    for file in sorted((root / consents.FOLDER).glob(f"*{FILE}")):
        home = file.name.removesuffix(FILE)
        if keys.folded(home) in back:
            yield from _lines(file, home)


def _lines(file: Path, home: str) -> Iterator[Barred]:
    """The photos of a list; lines that are none are passed over."""
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        parts = line.split("\t")
        if len(parts) >= 3 and not line.startswith("#"):
            name, kind, sha256, *more = parts
            prints = tuple(each for each in "".join(more).split(",") if _is_hex(each))
            yield Barred(home, name, sha256.strip(), prints, file, kind != PERHAPS)


def _is_hex(text: str) -> bool:
    try:
        return len(text) == 64 and int(text, 16) >= 0
    except ValueError:
        return False


def _said(script: Script, root: Path, back: frozenset[str]) -> Iterator[Barred]:
    """What other briefs of the shop say that name such a home; only files of the size of one of the brief's own are read."""
    own = script.brief
    sizes = {photo.path.stat().st_size for photo in own.mentions}
    for file, said in _naming(root, back):
        if file.resolve() != own.file.resolve():
            for one, photo in _rooms(said, back, file):
                if photo.path.is_file() and photo.path.stat().st_size in sizes:
                    yield one._replace(sha256=consents.digest(photo.path))


def _naming(root: Path, words: frozenset[str]) -> Iterator[tuple[Path, Brief]]:
    """The briefs of a shop that name one of some homes, as far as they can be read."""
    for file in reach.briefs(root):
        if consents.mentions(file, words):
            with suppress(Refusal, OSError):
                written = file.stat()
                yield file, _read(file, root, (written.st_mtime_ns, written.st_size))


@lru_cache(maxsize=256)
def _read(file: Path, root: Path, _written: tuple[int, int]) -> Brief:
    """A brief of a shop, as it was written last: a run of many briefs reads it once."""
    return brief.load(file, plan.names(kit.shelf(root), root), shown=console.shown(file))


def _rooms(said: Brief, words: frozenset[str], file: Path) -> Iterator[tuple[Barred, Photo]]:
    """The photos that a brief says are of one of some homes, their files not looked at yet."""
    homes = consent.homes(said)
    hers = next((home for home in homes if keys.folded(home) in words), "")
    for photo in {one.path: one for one in consent.rooms(said)}.values() if hers else ():
        yield Barred(hers, photo.path.name, "", (), file, len(homes) == 1), photo


# Noting


def note(one: Entry, made: Iterable[tuple[str, str, bool]], root: Path) -> Path | None:
    """Note the photos of a home that took its consent back, as its briefs and its manifests (``made``: what each is called, its SHA-256, whether
    surely of this home) know them; the list's file, None where nothing is known. What the list says already stays.
    """
    words = frozenset(map(keys.folded, one.names))
    file = one.file.with_name(f"{one.file.stem}{FILE}")
    found = {sha256: Barred(one.name, name, sha256, (), file, sure) for name, sha256, sure in made}
    for source, said in _naming(root, words):
        for room, photo in _rooms(said, words, source):
            sha256 = consents.digest(photo.path)
            if sha256:
                found[sha256] = room._replace(sha256=sha256, likenesses=_looked(photo))
    facts.forget()
    before = {room.sha256: room for room in _lines(file, one.name)}
    _write(file, one.name, before | {key: room for key, room in found.items() if room.likenesses or key not in before})
    return file if file.is_file() else None


def _looked(photo: Photo) -> tuple[str, ...]:
    """What a photo looks like; nothing of a film, or of what cannot be read."""
    with suppress(Refusal):
        return alike.likenesses(facts.small(read(photo.path, name=photo.name)))
    return ()


def _write(file: Path, home: str, found: Mapping[str, Barred]) -> None:
    if found:
        rows = ("\t".join((*_told(one), ",".join(one.likenesses))) for one in found.values())
        text = "".join(f"{line}\n" for line in (console.words("consent-photos-head", home=home), *rows))
        cache.deliver_bytes(text.encode("utf-8"), file)


def _told(one: Barred) -> tuple[str, str, str]:
    return " ".join(one.name.split()), SURELY if one.sure else PERHAPS, one.sha256
