"""What the program says: streams that never crash, words in one language, problems in colour.

Words that are no problems stand in ``data/cli.yaml`` (key → zh, en). Nothing heavy is imported until something is said.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from vidkit.consoles import spelling, wrapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vidkit.problems import Problem


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
        print(text if exactly else harmless(spelling.runnable(text)), flush=True)
    except OSError as error:
        if not closed(error):
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
        print(harmless(spelling.runnable(text)), file=sys.stderr, flush=True)
    except OSError as error:
        if not closed(error):
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


def closed(error: OSError) -> bool:
    """Whether an error met in printing is a closed pipe's; on Windows that is an invalid argument."""
    if isinstance(error, BrokenPipeError):
        return True
    from vidkit.runs import faults  # noqa: PLC0415

    return error.errno == errno.EINVAL and faults.windows()


def advise(text: str) -> None:
    """Print to stderr; on a terminal in lines that tear no command apart."""
    for line in (
        wrapping.wrapped(spelling.runnable(text), wrapping.terminal_width(), wrapping.HANG)
        if sys.stderr.isatty()
        else (text,)
    ):
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


def say_answer(code: int, problems: Iterable[Problem], said: Mapping[str, Any]) -> None:
    """Print what a command that was asked for JSON has to say: the version, its exit code and the problems of the whole command (those of one
    brief or brand stand with it) come first in every answer, whatever became of it; then what the command ``said`` besides.
    """
    from vidkit import __version__  # noqa: PLC0415
    from vidkit.problems import as_json, spoken_language  # noqa: PLC0415

    told = [as_json(one, spoken_language()) for found in problems for one in found.each]
    head = {"vidkit": __version__, "exit": code, "problems": told}
    say_json(head | {key: value for key, value in said.items() if key not in head})


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
        brief=words("usual-brief") if brief is None else spelling.of_file(str(brief)),
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
        text = Text(harmless(spelling.runnable(line)))
        text.highlight_regex(r"(错误|error) VK-\w+", "bold red")
        text.highlight_regex(r"(注意|warning) VK-\w+", "bold yellow")
        text.highlight_regex(r"(?m)^  (建议|hint): ", "cyan")
        console.print(text, soft_wrap=True)
