"""A photo file → its bytes and their hash, within the limits table, before anything is decoded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.problems import Place


@dataclass(frozen=True)
class Source:
    """A photo file as read: its bytes, their SHA-256 in hex, and how people call it."""

    content: bytes
    sha256: str
    name: str
    place: Place | None = None


def limits() -> dict[str, Any]:
    """The limits table's part about photos."""
    return dict(table("limits")["photo"])


def read(file: Path, *, name: str, place: Place | None = None) -> Source:
    """The file's bytes and hash; refuses an unreadable (VK-P008), empty (VK-P001) or huge (VK-P007) file."""
    limit = limits()["max_file_mb"]
    try:
        size = file.stat().st_size
        if size > limit * 1_000_000:
            raise Refusal(problem("VK-P007", place, name=name, megabytes=round(size / 1e6), limit=limit))
        content = file.read_bytes()
    except OSError as error:
        raise Refusal(problem("VK-P008", place, name=name, words=error.strerror or error)) from error
    if not content:
        raise Refusal(problem("VK-P001", place, name=name))
    return Source(content, hashlib.sha256(content).hexdigest(), name, place)
