"""Everything that what is made of a brief follows from → one hash, which the manifest keeps: the brief's values and every file it names by
content, its kit, the platforms, what it lacks of consents, vidkit's own code and its tools.

No path of the machine and no time is in it: the same brief has the same hash everywhere. Neither is the day, but for what it changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from vidkit import clip
from vidkit.cache import sha256
from vidkit.people import consent
from vidkit.problems import Place
from vidkit.runs import inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vidkit.kit import Shelf
    from vidkit.kits.platform import Platform
    from vidkit.plan import Script

PLACED: Final = frozenset({"file", "place", "places", "typed"})
"""Fields of a brief that say where something stands, not what."""
CODE: Final = frozenset({".py", ".yaml", ".json", ".j2", ".svg"})
"""How files end that decide what is made; fonts, music and models are named by their hashes in these."""
KIT: Final = ("templates", "brand", "platforms")
"""Folders of a shelf: what is in them is kept in memory from one making to the next."""


def digest(script: Script, where: Sequence[Platform], *, draft: bool) -> str:
    """The hash of all of it, for some platforms, as a draft or not."""
    said = [
        _plain(script.brief),
        _plain([script.template, script.brand, where]),
        [one.facts.sha256 for one in script.developed.studies],
        sorted(script.assets),
        [one.key for one in script.takes.takes.values()],
        [inputs.content(str(one.path)) for one in inputs.named(script.brief.qr)],
        script.tune.sha256 if script.tune else "",
        [[lack.problem.code for lack in consent.lacking(script, one)] for one in where],
        consent.named(script),
        consent.merely_named(script),
        draft,
        clip.engine(),
        _code(),
        _kit(script.shelf),
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON; where a file lies is left out, its content's hash stands beside the brief."""
    if isinstance(value, BaseModel):
        return {name: _plain(one) for name, one in vars(value).items() if name not in PLACED}
    if is_dataclass(value) and not isinstance(value, type | Place):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return sorted(([_plain(key), _plain(one)] for key, one in value.items()), key=json.dumps)
    if isinstance(value, list | tuple | set | frozenset):
        found = [_plain(one) for one in value]
        return found if isinstance(value, list | tuple) else sorted(found, key=json.dumps)
    return (
        "" if isinstance(value, Path) else value if isinstance(value, str | int | float | bool | None) else str(value)
    )


@cache
def _code() -> str:
    """A hash of vidkit's own code and data."""
    with resources.as_file(resources.files("vidkit")) as package:
        return _content(package, tuple(sorted(one for one in _files(package) if "_bundled" not in one.parts)))


def _kit(shelf: Shelf) -> str:
    """A hash of the templates, brands and platforms a brief may use."""
    said = [_folder(folder / name) for folder in shelf.folders for name in KIT]
    return hashlib.sha256("".join(said).encode()).hexdigest()


def _folder(folder: Path) -> str:
    """A folder's hash; read anew when a file's size or time has changed."""
    known = tuple(sorted((one, one.stat().st_size, one.stat().st_mtime_ns) for one in _files(folder)))
    return _seen(folder, known)


@lru_cache(maxsize=32)
def _seen(folder: Path, known: tuple[tuple[Path, int, int], ...]) -> str:
    return _content(folder, [file for file, _, _ in known])


def _files(folder: Path) -> Iterable[Path]:
    return (one for one in inputs.tree(folder) if one.suffix in CODE and one.is_file())


def _content(folder: Path, files: Iterable[Path]) -> str:
    said = [f"{one.relative_to(folder).as_posix()} {sha256(one)}" for one in files]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
