"""Paths, names and commands as people read them and type them in a shell."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

UNUSUAL: Final = re.compile(r"[^\w./:+@\\\x80-\U0010ffff-]|\s")
"""What some shell reads in a name: every sign of ASCII but these, and spaces of whatever width."""
POWERSHELL: Final = re.compile(r"^@|[‘’‚‛]")
"""What PowerShell reads besides: an @ in front, and single quotes that are curly."""
INSIDE: Final = re.compile(r"[\"$`\\!]")
"""What POSIX shells read between double quotes."""
_commands: list[str] = []
"""The names of all commands, once ``know`` was told."""


def shown(path: Path) -> str:
    """A path as people should see it: from the folder they are in when it lies inside, else as it was typed."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def typed(path: Path | str) -> str:
    """A path or a name as people type it in a command: a path from the folder they are in, one that begins like an option with that folder; in
    quotes where a shell would take it for more than that.
    """
    return of_file(shown(path)) if isinstance(path, Path) else _quoted(path)


def of_file(name: str) -> str:
    """A file's name as people type it: one that begins like an option with the folder before it."""
    return _quoted(f"./{name}" if name.startswith("-") else name)


def _quoted(name: str) -> str:
    """Double quotes mean the same everywhere, but for what POSIX shells read inside them. “ and ” are quotes to PowerShell and letters to cmd:
    no way of writing them suits both, and cmd's is kept.
    """
    windows = os.name == "nt"
    unusual = UNUSUAL.search(name) or (POWERSHELL.search(name) if windows else "\\" in name)
    if name and not unusual:
        return name
    if windows or not INSIDE.search(name):
        return f'"{name}"'
    import shlex  # noqa: PLC0415  # few names need it

    return shlex.quote(name)


def homely(path: Path) -> str:
    """A path of the machine with the user's home folder as ``~``."""
    with suppress(ValueError, RuntimeError):
        return str(Path("~") / path.absolute().relative_to(Path.home()))
    return str(path)


def know(commands: Iterable[str]) -> None:
    """Learn the names of all commands, which ``runnable`` looks for."""
    _commands[:] = commands


def runnable(text: str) -> str:
    """A text whose commands of ours can be typed as they stand: where we run as ``python -m vidkit`` and the shell finds no ``vidkit`` (on
    Windows, where Python's folder of programs is not on PATH), they begin so.
    """
    if not _by_module():
        return text
    ours = rf"(?<![\w./\\-])(?<!-m )vidkit(?= (?:{'|'.join(_commands)}|--help)\b)"
    return re.sub(ours, f"{'python' if os.name == 'nt' else 'python3'} -m vidkit", text)


@cache
def _by_module() -> bool:
    if Path(sys.argv[0]).parts[-2:] != ("vidkit", "__main__.py"):
        return False
    import shutil  # noqa: PLC0415

    return shutil.which("vidkit") is None
