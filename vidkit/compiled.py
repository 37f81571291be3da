"""Jinja templates as compiled by an earlier run, kept in the cache: each with the hash of its bytes, since damaged code must never run.

Keeping them saves time and nothing else: where they cannot be read or written, they are compiled again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jinja2

from vidkit.cache import landing
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket

HASH = 32
"""Bytes of the hash before the code."""


@dataclass(frozen=True)
class Compiled(jinja2.BytecodeCache):
    """Compiled templates in a folder, one a file, by Jinja's own key of name and place; Jinja holds them against the source itself."""

    folder: Path

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code kept for a template, if it is whole."""
        try:
            kept = self._file(bucket).read_bytes()
        except OSError:
            return
        if kept[:HASH] == _hash(bucket, kept[HASH:]):
            bucket.bytecode_from_string(kept[HASH:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, if there is room for it."""
        code = bucket.bytecode_to_string()
        with suppress(Refusal, OSError), landing(self._file(bucket)) as sibling:
            sibling.write_bytes(_hash(bucket, code) + code)

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.jinja"


def _hash(bucket: Bucket, code: bytes) -> bytes:
    return hashlib.sha256(bucket.key.encode() + code).digest()
