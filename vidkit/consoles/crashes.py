"""Exceptions that no brief stands behind: the computer's faults as problems, a reader that has gone, a bug noted in a file."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vidkit import console

if TYPE_CHECKING:
    from vidkit.problems import Problem

NOTE = 0o600
"""The rights of a crash's note."""
PRINTS: Final = {("vidkit.console", "say"), ("click.utils", "echo"), ("vidkit.program", "_ended")}
"""The functions that print the output, or flush it at the end."""


def unheard(error: Exception) -> bool:
    """Whether an error says that nobody reads any more what is printed."""
    return isinstance(error, BrokenPipeError) or (
        isinstance(error, OSError) and console.closed(error) and _printing(error)
    )


def machine_fault(error: Exception) -> Problem | None:
    """The problem when the computer, not a brief or a bug, stands behind an exception: no memory, no disk, no permission."""
    import tempfile  # noqa: PLC0415

    from vidkit import cache  # noqa: PLC0415
    from vidkit.problems import problem  # noqa: PLC0415
    from vidkit.runs import faults  # noqa: PLC0415

    if isinstance(error, MemoryError):
        return problem("VK-M012")
    number = 0 if isinstance(error, OSError) else faults.number_said(0, str(error))
    if number:  # a library says in words of its own what the system said
        error = OSError(number, os.strerror(number))
    if not isinstance(error, OSError) or not error.strerror:
        return _starved()
    if error.errno in faults.FULL and _printing(error):
        console.hush()
        return problem("VK-E014")
    if error.errno in faults.FULL:
        fullest = faults.fullest((cache.place() or Path.cwd(), Path.cwd(), Path(tempfile.gettempdir())))
        return faults.told(error, fullest)
    return faults.told(error)


def _printing(error: BaseException) -> bool:
    """Whether an error arose while something was printed: in what prints, or in what flushes at the end, and nowhere further in."""
    import traceback  # noqa: PLC0415

    *_, inmost = (
        ("", ""),
        *(
            (frame.f_globals.get("__name__", ""), frame.f_code.co_name)
            for frame, _ in traceback.walk_tb(error.__traceback__)
        ),
    )
    return inmost in PRINTS


def _starved() -> Problem | None:
    """The problem of a system that opens no more files: a library that could not open one may fail in any way."""
    from vidkit.runs import faults  # noqa: PLC0415

    try:
        faults.enough_files()
    except OSError as error:
        return faults.told(error)
    return None


def crash(error: BaseException) -> Problem:
    """The problem for an error nobody foresaw: its traceback is written to a file of the temporary folder, which it names."""
    import platform  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    from vidkit import __version__  # noqa: PLC0415
    from vidkit.problems import problem  # noqa: PLC0415

    said = "".join(traceback.format_exception(error))
    text = f"vidkit {__version__}, Python {platform.python_version()}, {platform.platform()}\n{said}"
    return problem("VK-M010", kind=type(error).__name__, file=_noted(text.encode("utf-8", "replace")))


def _noted(content: bytes) -> Path:
    """The file of the temporary folder that holds a crash: what was said may be a customer's, so it is this user's alone (0600), and never
    written through anything that lies there under its name.
    """
    import hashlib  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    file = Path(tempfile.gettempdir()) / f"vidkit-error-{hashlib.sha256(content).hexdigest()[:8]}.txt"
    with suppress(OSError):
        try:
            opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), NOTE)
        except FileExistsError:
            if _is_note(file, content):
                return file
            opened, name = tempfile.mkstemp(prefix=f"{file.stem}-", suffix=file.suffix)
            file = Path(name)
        with os.fdopen(opened, "wb") as stream:
            stream.write(content)
    return file


def _is_note(file: Path, content: bytes) -> bool:
    """Whether the same was noted there before, for nobody else to read."""
    said = file.lstat()
    alone = os.name == "nt" or stat.S_IMODE(said.st_mode) == NOTE
    return stat.S_ISREG(said.st_mode) and alone and file.read_bytes() == content
