"""What the program says and how it ends: streams that never crash, words in one language, problems in colour, stops and crashes.

Words that are no problems stand in ``data/cli.yaml`` (key → zh, en). Nothing heavy is imported until something is said.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import FrameType

    from vidkit.problems import Problem

GRACE = 1.5
"""Seconds that a stopped run may take to put things away."""
NOTE = 0o600
"""The rights of a crash's note."""
TERMINATED = 15
"""SIGTERM's number everywhere; the program then ends with 128 + 15."""
PRINTS: Final = {("vidkit.console", "say"), ("click.utils", "echo"), ("vidkit.program", "_ended")}
"""The functions that print the output, or flush it at the end."""
NARROWEST, WIDEST = 40, 120
"""Lines are wrapped to no fewer and no more places than these, whatever the terminal's width."""
HANG: Final = 2
"""How far the further lines of a sentence stand to the right of its first."""
FULLEST, FULL = 0.9, 0.6
"""A line ends after a comma or a space if that leaves so much of it filled, else after a word if it leaves this much, else between any two
characters.
"""
UNUSUAL: Final = re.compile(r"[^\w./:+@\\\x80-\U0010ffff-]|\s")
"""What some shell reads in a name: every sign of ASCII but these, and spaces of whatever width."""
POWERSHELL: Final = re.compile(r"^@|[‘’‚‛]")
"""What PowerShell reads besides: an @ in front, and single quotes that are curly."""
INSIDE: Final = re.compile(r"[\"$`\\!]")
"""What POSIX shells read between double quotes."""
_TOLD = r"\"[^\"]*\"|'[^']*'"
_NAME = r"[^\s，。；：、（）()]*"
WHOLE: Final = re.compile(
    rf"vidkit(?: [a-z]+(?: (?:-[-a-z]+|{_TOLD}|{_NAME}[.\u4e00-\u9fff]{_NAME}|[a-z]+(?=[,，;；)）]|  | -| {_NAME}[\u4e00-\u9fff]|$)))*)?"
    r"|# \S+ [!-~]+"
    r'|"[^"]+": \{[^}]*\}'
    r"|[!-~]+"
)
"""What is not torn apart at the end of a line: an example of a command or of a setting, a word of Latin letters."""
_commands: list[str] = []
"""The names of all commands, once ``know`` was told."""


def prepare_streams() -> None:
    """Let a console that lacks a character (GBK) show ``?`` in its place instead of failing, and what is said where nobody can hear it
    (``2>&-``, a program without a window) go nowhere: the next file opened would else be taken for the terminal.
    """
    for number, (name, way) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, open(number, way, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115  # for good
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            with suppress(OSError, ValueError):
                reconfigure(errors="replace")


def say(text: str, *, exactly: bool = False) -> None:
    """Print to stdout, ``exactly`` or with commands as they are typed here; when nobody reads it any more (a closed pipe), the rest is kept to
    ourselves and the work goes on.
    """
    try:
        print(text if exactly else harmless(runnable(text)), flush=True)
    except OSError as error:
        if not _closed(error):
            raise
        hush()


def hush() -> None:
    """Send everything still to be written to stdout nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())


def note(text: str) -> None:
    """Print to stderr, where it does not disturb what other programs read."""
    try:
        print(harmless(runnable(text)), file=sys.stderr, flush=True)
    except OSError as error:
        if not _closed(error):
            raise


def plain() -> bool:
    """Whether whole lines without colours are wanted, as screen readers and logs read them: ``VIDKIT_PLAIN``, or a terminal that can no more
    (``TERM=dumb``).
    """
    return os.environ.get("VIDKIT_PLAIN", "0") not in {"", "0"} or os.environ.get("TERM") == "dumb"


def harmless(text: str) -> str:
    """A text that repaints no terminal (``problems.harmless``)."""
    from vidkit import problems  # noqa: PLC0415

    return problems.harmless(text)


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


def unheard(error: Exception) -> bool:
    """Whether an error says that nobody reads any more what is printed."""
    return isinstance(error, BrokenPipeError) or (isinstance(error, OSError) and _closed(error) and _printing(error))


def _closed(error: OSError) -> bool:
    """Whether an error met in printing is a closed pipe's; on Windows that is an invalid argument."""
    if isinstance(error, BrokenPipeError):
        return True
    from vidkit.runs import faults  # noqa: PLC0415

    return error.errno == errno.EINVAL and faults.windows()


def advise(text: str) -> None:
    """Print to stderr; on a terminal in lines that tear no command apart."""
    for line in wrapped(runnable(text), terminal_width(), HANG) if sys.stderr.isatty() else (text,):
        note(line)


def say_json(value: Any) -> None:
    """Print one JSON document to stdout, in letters that all programs read alike: where stdout is not UTF-8 (redirected on a Chinese Windows),
    Chinese is escaped.
    """
    import json  # noqa: PLC0415

    from vidkit.problems import CONTROLS  # noqa: PLC0415

    narrow = not (getattr(sys.stdout, "encoding", None) or "utf-8").casefold().startswith("utf")
    made = json.dumps(value, ensure_ascii=narrow, indent=2, sort_keys=False, default=str)
    say(CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", made), exactly=True)


def words(key: str, **values: object) -> str:
    """A sentence of ``data/cli.yaml`` in the reader's language, with its values filled in."""
    from vidkit.problems import spoken_language  # noqa: PLC0415
    from vidkit.tables import table  # noqa: PLC0415

    return str(table("cli")[key][spoken_language()]).format(**values)


def argument(name: str) -> str:
    """What an argument of a command is called in the reader's language; empty for one of no other name."""
    from vidkit.tables import table  # noqa: PLC0415

    return words(f"argument-{name}") if f"argument-{name}" in table("cli") else ""


def example(command: str, typed: Mapping[str, Any]) -> str:
    """A whole command as an example, with what was typed of it already; empty for one that has none."""
    from vidkit.tables import table  # noqa: PLC0415

    key = f"example-{command.removeprefix('vidkit ')}"
    if key not in table("cli"):
        return ""
    brief, seconds = typed.get("brief"), typed.get("seconds")
    return words(
        key,
        brief=words("usual-brief") if brief is None else _of_file(str(brief)),
        seconds=words("usual-seconds") if seconds is None else f"{seconds:g}",
    )


def complain(problems: Iterable[Problem]) -> None:
    """Print problems to stderr in the reader's language; lightly coloured on a terminal."""
    from vidkit.problems import show, spoken_language  # noqa: PLC0415

    tell([show(item, spoken_language()) for item in problems])


def tell(lines: Sequence[str]) -> None:
    """Print what is said of problems to stderr; lightly coloured on a terminal, unless plain lines are wanted."""
    if lines and sys.stderr.isatty() and not plain():
        _colour(lines)
    else:
        for line in lines:
            note(line)


def _colour(lines: Sequence[str]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=True, highlight=False)
    for line in lines:
        text = Text(harmless(runnable(line)))
        text.highlight_regex(r"(错误|error) VK-\w+", "bold red")
        text.highlight_regex(r"(注意|warning) VK-\w+", "bold yellow")
        text.highlight_regex(r"(?m)^  (建议|hint): ", "cyan")
        console.print(text, soft_wrap=True)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of texts in columns; a Chinese character is two places wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_padded(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def width(text: str) -> int:
    """How many places a text takes on a terminal."""
    from unicodedata import east_asian_width  # noqa: PLC0415

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def terminal_width() -> int:
    """How many places a line has: the terminal's, less the last, which some terminals break behind."""
    import shutil  # noqa: PLC0415

    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns - 1))


def wrapped(text: str, places: int, hang: int = 0) -> tuple[str, ...]:
    """A text in lines of so many places, the further ones with ``hang`` spaces before them: no command and no word is torn apart where
    that can be avoided.
    """
    if width(text) <= places:
        return (text,)
    lines: list[str] = []
    start, ends = 0, _ends(text, places - hang)
    while width(text[start:]) > places - hang * bool(lines):
        end = _line_end(text, start, places - hang * bool(lines), ends)
        lines.append(text[start:end].rstrip())
        start = end
    return tuple(f"{'':{hang * bool(number)}}{line}" for number, line in enumerate((*lines, text[start:])) if line)


def _ends(text: str, places: int) -> dict[int, float]:
    """Where a line of the text may end, with how full it must be for that; what is whole stays so if a line has room for it and a comma."""
    from vidkit import text as lines  # noqa: PLC0415  # only what is too wide pays for it

    spans = [found.span() for found in WHOLE.finditer(text) if width(found[0]) <= places - 2]
    spans += [found.span() for found in re.finditer(r"[!-~]+", text)]
    held = {at for start, end in spans for at in range(start + 1, end)}
    spaces = {at for at in range(1, len(text)) if text[at - 1] == " " != text[at]}
    words_ = lines.phrase_ends(text)
    found = sorted(({*lines.breaks(text)} | spaces) - held)
    return {
        at: FULLEST if text[at - 1] in " ，。；：、·" else FULL if at in words_ else 1.0 for at in (*found, len(text))
    }


def _line_end(text: str, start: int, places: int, ends: Mapping[int, float]) -> int:
    """Where the line that starts there ends; it is too long only where nothing else is left."""
    later = [at for at in ends if at > start]
    filled = {at: width(text[start:at].rstrip()) / places for at in later}
    fitting = [at for at in later if filled[at] <= 1]
    commas = [at for at in fitting if ends[at] == FULLEST <= filled[at]]
    words_ = [at for at in fitting if ends[at] < 1 and filled[at] >= FULL]
    return (commas or words_ or fitting or later[:1])[-1]


def _padded(text: str, places: int) -> str:
    return text + " " * (places - width(text))


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
    return _of_file(shown(path)) if isinstance(path, Path) else _quoted(path)


def _of_file(name: str) -> str:
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


@contextmanager
def stoppable(said: str = "stopped") -> Iterator[None]:
    """Within this, Ctrl-C, SIGTERM and Ctrl-Break (Windows) stop the work by KeyboardInterrupt, whose value is the signal's number; ``said`` is the
    entry of ``data/cli.yaml`` that is told then.

    What is open is put away first; when that takes longer than ``GRACE`` (a segment in the middle of its encoding), or the signal comes
    again, the program leaves at once: ffmpeg ends with its input, and nothing lies under a final name yet.
    """
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    timers: list[threading.Timer] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if timers:
            _leave(number, said)
        timers.append(threading.Timer(GRACE, _leave, (number, said)))
        timers[0].daemon = True
        timers[0].start()
        raise KeyboardInterrupt(number)

    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for timer in timers:
            timer.cancel()


def _leave(number: int, said: str) -> None:
    os._exit(stopped(KeyboardInterrupt(number), said))


def stopped(error: BaseException | None, said: str = "stopped") -> int:
    """Say that the work was stopped; the exit code for it (130 for Ctrl-C, 143 for SIGTERM)."""
    note(words(said))
    return 128 + (TERMINATED if error is not None and error.args == (TERMINATED,) else 2)


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
        hush()
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
