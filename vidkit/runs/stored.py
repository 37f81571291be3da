"""What vidkit wrote down as JSON → the mapping; nothing for a file that is not there, damaged, or none of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vidkit.runs import faults

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
"""The file that says what was put into a folder; an archive's are called after it."""
MARKS = ".vidkit"
"""The hidden folder of what vidkit notes: in an output folder whose work each brief's folder holds, in a brief's folder what is being put there, in a
shop where its work lies besides.
"""


def of(file: Path, most_bytes: int | None = None) -> dict[str, Any]:
    """The mapping in a file of at most so many bytes; a system that could not look is refused (``faults.answered``)."""
    try:
        if most_bytes is not None and (not file.is_file() or file.stat().st_size > most_bytes):
            return {}
        return mapping(file.read_bytes())
    except OSError as error:
        faults.answered(error)
        return {}


def mapping(content: bytes) -> dict[str, Any]:
    """The mapping that a file's bytes say."""
    try:
        said = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
