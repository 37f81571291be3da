"""A pack: a folder of finished files with a manifest that names each by its hash ⇄ such files as one zip; and the proof that nothing was changed.

The zip stores its files as they are, in one order, without times: the same files give the same bytes on every computer, so a zip
is proven by being written anew. The manifest seals itself with a hash over its own words.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import unicodedata
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit import cache
from vidkit.briefs.paths import DRAFT
from vidkit.consoles import spelling
from vidkit.problems import Place, problem
from vidkit.runs import faults, stored
from vidkit.runs.stored import MANIFEST, MARKS
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from vidkit.problems import Problem

SEAL = "seal"
BEGUN = (1980, 1, 1, 0, 0, 0)
"""The time every entry of a zip has: the first a zip can say."""
RIGHTS = 0o100644 << 16
UNIX = 3
MOST_BYTES = 1 << 32
"""A larger zip is none of ours."""
NEW, OLD = ".new", ".old"
MADE = frozenset({"vidkit", "engine", "inputs", "files"})
"""What the manifest of made files says; it is for no platform and has no seal."""


@dataclass(frozen=True)
class Verified:
    """A pack that was looked at: how many files its manifest names, what it says of itself, and what is wrong."""

    files: int
    said: dict[str, Any]
    problems: tuple[Problem, ...] = ()


# Writing


def sealed(said: Mapping[str, Any]) -> bytes:
    """A manifest's bytes: keys in order, and its seal, the SHA-256 of everything else it says."""
    plain = {name: value for name, value in said.items() if name != SEAL}
    return _written(plain | {SEAL: hashlib.sha256(_written(plain)).hexdigest()})


def _written(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder but its manifest, by name."""
    return {name: cache.sha256(file) for name, file in _files(folder).items() if name != MANIFEST}


def _files(folder: Path) -> dict[str, Path]:
    """The files below a folder by their path in it, composed (NFC); what systems put there themselves left out."""
    junk = frozenset(table("publish")["junk"])
    found = (one for one in sorted(folder.rglob("*")) if (one.is_file() or one.is_symlink()) and one.name not in junk)
    return {unicodedata.normalize("NFC", one.relative_to(folder).as_posix()): one for one in found}


def zipped(files: Mapping[str, bytes], top: str) -> bytes:
    """The zip of some files by name, all in a folder ``top``; the same bytes every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{top}/{name}", BEGUN)
            entry.create_system, entry.external_attr = UNIX, RIGHTS
            made.writestr(entry, files[name])
    return stream.getvalue()


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a folder, by name."""
    return {name: file.read_bytes() for name, file in _files(folder).items()}


def digest(content: bytes) -> str:
    """The SHA-256 of a file's bytes, as a manifest says it."""
    return hashlib.sha256(content).hexdigest()


def put(made: Path, final: Path) -> None:
    """Give a finished folder its final name; what had it before is gone only when the new one is there."""
    old = _old(final)
    try:
        shutil.rmtree(old, ignore_errors=True)
        if final.exists():
            cache.moved(final, old)
        cache.moved(made, final)
    except OSError as error:
        if old.exists() and not final.exists():
            with suppress(OSError):  # the next run gives it back (``swept``)
                cache.moved(old, final)
        raise faults.refusal(error, final, faults.little()) from error
    shutil.rmtree(old, ignore_errors=True)


def _old(final: Path) -> Path:
    """Where a pack lies while another takes its name."""
    return final.with_name(f".{final.name}{OLD}")


def swept(folder: Path) -> None:
    """Put in order what a killed run left: a pack that lost its name gets it back, half-written ones go. Only for who holds the lock."""
    for old in folder.glob(f".*{OLD}"):
        final = folder / old.name[1 : -len(OLD)]
        if final.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            cache.moved(old, final)
    for new in folder.glob(f".*{NEW}"):
        shutil.rmtree(new, ignore_errors=True)


def lost(final: Path) -> Path | None:
    """Where a pack lies that a killed run left without its name; None while anything has the name, and where no pack of ours lies."""
    if final.exists():
        return None
    old = _old(final)
    manifest = old / MANIFEST
    return old if manifest.is_file() and "platform" in stored.mapping(manifest.read_bytes()) else None


def put_back(final: Path) -> bool:
    """Give a pack that lost its name the name again; False where there is none. Only for who holds the lock of the folder it lies in."""
    old = lost(final)
    if old:
        with cache.said_plainly(final.parent):
            cache.moved(old, final)
    return bool(old)


# Proving


def verify(pack: Path) -> Verified:
    """Whether a pack (its folder, or its zip) holds exactly the files its manifest names, every bit of them."""
    place = Place(spelling.shown(pack))
    if pack.is_dir():
        files = _files(pack)
        held = {name: cache.sha256(file) for name, file in files.items() if not file.is_symlink()}
        manifest = files[MANIFEST].read_bytes() if MANIFEST in held else b""
        said = stored.mapping(manifest)
        within = () if "platform" in said else _within(pack)
        if within:
            names = (spelling.typed(one) for one in within)
            return Verified(0, {}, (problem("VK-U057", place, names="、".join(names)),))
        if said.keys() >= MADE and not said.keys() & {"platform", SEAL}:
            packs = spelling.typed(f"{spelling.shown(pack)}/publish")
            return Verified(0, {}, (problem("VK-U059", place, packs=packs, **_again(said, _table(pack))),))
        if not manifest and (lost := tuple(_lost(pack, place))):
            return Verified(0, {}, lost)
        return _verified(manifest, held, place, ())
    try:
        content = _stored(pack)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        faults.answered(error)
        return Verified(0, {}, (problem("VK-U051", place),))
    tops = {name.partition("/")[0] for name in content}
    bare = {name.partition("/")[2]: body for name, body in content.items()}
    whole = len(tops) == 1 and zipped(bare, next(iter(tops))) == pack.read_bytes()
    held = {name: digest(body) for name, body in bare.items()}
    return _verified(bare.get(MANIFEST, b""), held, place, () if whole else (problem("VK-U056", place),))


def _lost(entry: Path, place: Place) -> Iterator[Problem]:
    """The zips that are missing in an archive's entry: their manifests lie there."""
    ending = f".{MANIFEST}"
    for file in sorted(entry.glob(f"*{ending}")):
        name = f"{file.name.removesuffix(ending)}.zip"
        if not (entry / name).is_file():
            yield problem("VK-U054", place, name=name, **_again(stored.of(file)))


def _table(folder: Path) -> str:
    """The table a row of which was made in a folder, as its mark names it; empty for a brief's."""
    home = folder.parent if folder.name == DRAFT else folder
    return str(stored.of(home.parent / MARKS / f"{home.name}.json").get("table") or "")


def _again(said: Mapping[str, Any], made: str = "") -> dict[str, str]:
    """How to pack what a manifest is of: the command with its brief; of a table's row, which no file holds, in words, with the name of the table of
    which it was ``made``, if one is known.
    """
    brief = said.get("brief")
    noted: Mapping[str, Any] = brief if isinstance(brief, dict) else {}
    file = str(noted.get("path") or noted.get("name") or "")
    kind = "made" if made else "row" if noted.get("row") else "brief" if file else "unknown"
    words = table("publish")["again"][kind]
    filled = {tongue: words[tongue].format(file=spelling.typed(file), table=made) for tongue in ("zh", "en")}
    return {"again": filled["zh"], "again_en": filled["en"]}


def _within(folder: Path) -> tuple[Path, ...]:
    """The packs that lie in a folder that is none itself: in ``publish`` or in a brief's own folder above it."""
    found = (one for way in ("*", "publish/*") for one in sorted(folder.glob(f"{way}/{MANIFEST}")))
    kept = (
        one.with_name(f"{one.name.removesuffix(f'.{MANIFEST}')}.zip") for one in sorted(folder.glob(f"*.{MANIFEST}"))
    )
    zips = tuple(kept)
    whole = zips if all(one.is_file() for one in zips) else ()
    return (*(one.parent for one in found if "platform" in stored.mapping(one.read_bytes())), *whole)


def _stored(pack: Path) -> dict[str, bytes]:
    """A zip's files by name, read only where they are stored as they are, so that nothing grows; ValueError for anything else."""
    if not pack.is_file():
        raise ValueError(pack.name)
    size = pack.stat().st_size
    with zipfile.ZipFile(pack) as opened:
        entries = opened.infolist()
        plain = all(one.compress_type == zipfile.ZIP_STORED and one.file_size == one.compress_size for one in entries)
        if size > MOST_BYTES or not plain or sum(one.file_size for one in entries) > size:
            raise ValueError(pack.name)
        return {one.filename: opened.read(one) for one in entries}


def _verified(manifest: bytes, held: Mapping[str, str], place: Place, found: tuple[Problem, ...]) -> Verified:
    said = stored.mapping(manifest)
    named = said.get("files")
    if not isinstance(named, dict):
        return Verified(0, said, (*found, problem("VK-U052", place)))
    wrong = [] if sealed(said) == manifest else [problem("VK-U053", place)]
    files = {file: digest for file, digest in held.items() if file != MANIFEST}
    wrong += _differences(named, files, place, _again(said))
    return Verified(len(named), said, (*found, *wrong))


def _differences(
    named: Mapping[str, Any], held: Mapping[str, str], place: Place, again: Mapping[str, str]
) -> Iterator[Problem]:
    """What is missing, added or changed; ``again`` is how to pack anew."""
    for name in sorted({*named, *held}):
        if name not in held:
            yield problem("VK-U054", place, name=name, **again)
        elif name not in named:
            yield problem("VK-U055", place, name=name)
        elif named[name] != held[name]:
            yield problem("VK-U050", place, name=name, **again)
