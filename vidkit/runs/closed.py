"""Folders that vidkit makes for what is private: consents, people, the archive, notes and the cache. Only this user may open them.

What is there already keeps its rights, so whoever shares a shop or a cache makes its folders first and says who may open them. In a folder that
hands its group on (setgid), which nobody has by chance, the group may open them, too. On Windows folders have the rights of the one
they lie in: Python would else close them even to those whom it lets in.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

OPEN, OWN, SHARED = 0o777, 0o700, 0o770
"""The rights that are asked for, of which the user's own mask takes away: of a usual folder, a private one, a private one that a group shares."""


def make(folder: Path, private: Path | None = None) -> None:
    """Make a folder, and those above it that are missing; nothing where it is there. Private are ``private`` itself and what ``data/limits.yaml``
    names. An error of the system stays one (FileExistsError where a file has the name).
    """
    try:
        folder.mkdir(_rights(folder, private))
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make(folder.parent, private)
        folder.mkdir(_rights(folder, private), exist_ok=True)
    except OSError:
        if not folder.is_dir():
            raise


def _rights(folder: Path, private: Path | None) -> int:
    if faults.windows() or (folder != private and folder.name not in table("limits")["private_folders"]["names"]):
        return OPEN
    try:
        return SHARED if folder.parent.stat().st_mode & stat.S_ISGID else OWN
    except OSError:  # not there yet
        return OWN
