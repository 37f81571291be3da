"""Jinja templates: compiled once and kept in the cache for the next run; what is wrong with one, or with what it draws, is told as a refusal.

A compiled template is code. Each is kept with the hash of its bytes, since damaged code must never run, and is read only from a file that nobody
else can have written. Where it cannot be read or kept it is compiled again: that costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import re
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import jinja2
from jinja2.utils import missing
from pydantic import BaseModel

from vidkit import foreign, kit
from vidkit.briefs import keys
from vidkit.cache import OTHERS, is_ours, landing
from vidkit.kits import values
from vidkit.problems import Place, Refusal, problem
from vidkit.sources import encoding
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.bccache import Bucket

FAULTS = (jinja2.TemplateError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError)
"""What Jinja raises of a template's own mistakes: a slip of writing, an undefined name, an expression that cannot be computed."""
HASH = 32
"""Bytes of the hash before the code."""
TOLD, NEAR = 8, 40
"""So many names are told where nothing is like a wrong one; so many characters of a line in which a drawing breaks off."""
TAG = re.compile(r"</?[\w:.-]+[^<>]{0,40}>?")


class Missing(jinja2.UndefinedError):
    """A name that a template says and nobody knows, with what it was looked for in (None: among all the template may name)."""

    def __init__(self, words: str, name: str, owner: Any) -> None:
        super().__init__(words)
        self.name, self.owner = name, owner


class Undefined(jinja2.StrictUndefined):
    """Nothing undefined passes; what is raised knows the name and what it was looked for in."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Any = jinja2.UndefinedError,
    ) -> None:
        def raised(words: str) -> Missing:
            return Missing(words, str(name), None if obj is missing else obj)

        super().__init__(hint, obj, name, raised if exc is jinja2.UndefinedError else exc)  # type: ignore[arg-type]


class Unsound(ValueError):  # noqa: N818  # as what it is told to people
    """A drawing that is no whole SVG: where it breaks off, and the file and the line this came from, 0 where the line is not known."""

    def __init__(self, words: str, filename: str, lineno: int) -> None:
        super().__init__(words)
        self.filename, self.lineno = filename, lineno


class Taken(Unsound):
    """A drawing that takes a picture from a file: the reference, and where this stands."""


@dataclass(frozen=True)
class Compiled(jinja2.BytecodeCache):
    """Compiled templates in a folder, one a file, by Jinja's own key of name and place; Jinja holds them against the source itself."""

    folder: Path

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code kept for a template, if it is whole and nobody else can have written it."""
        try:
            with self._file(bucket).open("rb") as stream:
                kept = stream.read() if is_ours(stream.fileno()) else b""
        except OSError:
            return
        if kept[:HASH] == _hash(bucket, kept[HASH:]):
            bucket.bytecode_from_string(kept[HASH:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, if there is room for it."""
        code = bucket.bytecode_to_string()
        with suppress(Refusal, OSError), landing(self._file(bucket)) as sibling:
            sibling.write_bytes(_hash(bucket, code) + code)
            sibling.chmod(sibling.stat().st_mode & ~OTHERS)

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.jinja"


def _hash(bucket: Bucket, code: bytes) -> bytes:
    return hashlib.sha256(bucket.key.encode() + code).digest()


class Folders(jinja2.FileSystemLoader):
    """Templates in folders, the first folder first, read as briefs are: in whatever way an editor wrote their letters; one that cannot be
    read is refused with its place (VK-Y007, VK-Y008).
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        super().__init__(tuple(folders), encoding="latin-1")  # only looks: any bytes will do

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, its file, and whether that is still the same."""
        _, name, unchanged = super().get_source(environment, template)
        file = Path(name)
        return encoding.text(file, values.short(file)), name, unchanged


def rendered(template: jinja2.Template, said: dict[str, Any]) -> str:
    """What a drawing's template says (SVG text); raises Unsound for one that is not our own and no whole XML, Taken for one in which the
    shop's files take a picture from a file.
    """
    svg = template.render(said)
    if _is_the_shops(Path(str(template.filename))):
        _check(svg, str(template.filename))
    with suppress(expat.ExpatError):  # of our own; drawing it says so
        taken = foreign.taken(svg)
        if taken:
            raise _taken(taken, template)
    return svg


def _is_the_shops(file: Path) -> bool:
    """Whether a template file belongs to the shop, not to vidkit."""
    return not file.is_relative_to(kit.bundled() / "templates")


def _taken(found: str, template: jinja2.Template) -> Taken:
    """Where a reference stands: in the template's own file, else in the first of the shop's files that may be part of it."""
    own = Path(str(template.filename))
    folders = (Path(one) for one in getattr(template.environment.loader, "searchpath", ()))
    parts = (file for folder in folders if _is_the_shops(folder) for file in sorted(folder.glob("*.j2")))
    for file in (own, *parts):
        written = encoding.text(file, values.short(file)).split("\n")
        line = next((number for number, one in enumerate(written, 1) if found in one), 0)
        if line:
            return Taken(found, str(file), line)
    return Taken(found, str(own), 0)


def _check(svg: str, file: str) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(svg, True)  # noqa: FBT003  # expat takes no names
    except expat.ExpatError as error:
        line = [*svg.split("\n"), ""][error.lineno - 1]
        tag = TAG.match(line, max(0, line.rfind("<", 0, error.offset + 1)))
        told = tag[0] if tag else line[-NEAR:]
        written = encoding.text(Path(file), file).split("\n")
        lines = [number for number, one in enumerate(written, 1) if told in one]
        raise Unsound(told, file, lines[0] if len(lines) == 1 else 0) from error


@contextmanager
def refusing(code: str, place: Place | None = None, known: Iterable[str] = (), **told: object) -> Iterator[None]:
    """Refuse with a code what is wrong with the template rendered here, at its file and line, else at ``place``; ``words`` (``words_en``) say
    what. ``known`` is all that the template may name.
    """
    try:
        yield
    except FAULTS as error:
        words, english = (_said(error, known, str(told.get("template", "")), language) for language in ("zh", "en"))
        raise Refusal(problem(code, _place(error) or place, **told, words=words, words_en=english)) from error


def _said(error: Exception, known: Iterable[str], folder: str, language: str) -> str:
    """What is wrong: a name nobody knows with the nearest there is, a file that is missing, else the first line of what Jinja says."""
    wanted = table("kit")["wanted"]
    if isinstance(error, Missing):
        names = tuple(known) if error.owner is None else _names(error.owner)
        guess = keys.nearest(error.name, names) or "、".join(names[:TOLD])
        row = wanted["known" if guess else "unknown"]
        return values.filled(row[language], {"root": error.name, "guess": guess})
    if isinstance(error, jinja2.TemplateNotFound):
        file = "/".join(("templates", folder, str(error.name)) if folder else (str(error.name),))
        return values.filled(wanted["file"][language], {"file": file})
    said = (str(error) or type(error).__name__).splitlines()[0]
    kind = "taken" if isinstance(error, Taken) else "svg"
    return values.filled(wanted[kind][language], {"found": said}) if isinstance(error, Unsound) else said


def _names(owner: Any) -> tuple[str, ...]:
    """What a value may be asked for by name."""
    if isinstance(owner, dict):
        return tuple(map(str, owner))
    if isinstance(owner, BaseModel):
        return tuple(type(owner).model_fields)
    return tuple(one.name for one in fields(owner)) if is_dataclass(owner) else ()


def _place(error: Exception) -> Place | None:
    """Where in a template's file an error arose: in a user's own rather than in one of ours that it uses."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.endswith(".j2")]
    frames = [one for one in frames if _is_the_shops(Path(one.filename))] or frames
    name = getattr(error, "filename", None) or (frames[-1].filename if frames else None)
    line = getattr(error, "lineno", None) or (frames[-1].lineno if frames else 0)
    return Place(values.short(Path(str(name))), line or 0, 1) if name else None
