"""Jinja templates: compiled ones of an earlier run, kept in the cache, each with the hash of its bytes, since damaged code must never run, nor any
that somebody else may have put there; and what is wrong with one, told as a refusal, never as a fault of ours.

Keeping them saves time and nothing else: where they cannot be read or written, they are compiled again.
"""

from __future__ import annotations

import hashlib
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jinja2

from vidkit.cache import OTHERS, is_ours, landing
from vidkit.problems import Place, Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2.bccache import Bucket

FAULTS = (jinja2.TemplateError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError)
"""What Jinja raises of a template's own mistakes: a slip of writing, an undefined name, an expression that cannot be computed."""
HASH = 32
"""Bytes of the hash before the code."""


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


@contextmanager
def refusing(code: str, place: Place | None = None, **told: object) -> Iterator[None]:
    """Refuse with a code what is wrong with the template rendered here, at its file and line, else at ``place``; ``words`` are what Jinja
    says of it.
    """
    try:
        yield
    except FAULTS as error:
        raise Refusal(problem(code, _place(error) or place, **told, words=_said(error))) from error


def _said(error: Exception) -> str:
    """The first line of what is said of an error, without the folders that were searched."""
    said = f"{error.name}" if isinstance(error, jinja2.TemplateNotFound) else str(error)
    return (said or type(error).__name__).splitlines()[0]


def _place(error: Exception) -> Place | None:
    """Where in a template's file an error arose."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.endswith(".j2")]
    name = getattr(error, "filename", None) or (frames[-1].filename if frames else None)
    line = getattr(error, "lineno", None) or (frames[-1].lineno if frames else 0)
    return Place(str(name), line or 0, 1) if name else None
