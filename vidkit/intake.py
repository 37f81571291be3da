"""A folder of photos → a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.problems import Problem


def brief(file: Path) -> tuple[Path, tuple[Problem, ...]]:
    """The brief itself."""
    return file, ()
