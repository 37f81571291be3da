"""The frame around every command: help in two languages, and refusals, wrong arguments, stops and bugs → words and exit codes.

Only click is imported here, so that ``vidkit --help`` comes at once.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from vidkit import console
from vidkit.consoles import crashes, spelling, stops, wrapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vidkit.problems import Problem

JSON: Final = "--json"
"""The option of commands that tell programs what came of it."""
LOOKING: Final = "check"
"""Commands of that name make nothing."""
COMMENT: Final = "#"
"""What a comment behind a command begins with."""
HEADINGS: Final = {"Options": "选项 Options", "Commands": "命令 Commands"}
COLLECT_EVERY: Final = 200_000
HELP: Final = frozenset({"help", "?", "帮助", "说明"})
"""What people type to see how a command is written."""
MACHINE: Final = 5
"""The exit code of the computer's own faults."""
TERM_PLACES: Final = 24
"""An option's or command's name takes at most this much of a line before its help goes on the next."""
GUESSED: Final = 3
"""A mistyped option of fewer letters is not guessed at."""


def start_lightly() -> None:
    """Start-up makes many small objects that all stay: collecting garbage so rarely takes a sixth off `vidkit check`; no pydantic
    plug-ins are looked for, which saves reading every installed package's metadata. NumPy's products take one thread: our own fill the
    cores, and its others would wait for work at full speed (a twentieth of `vidkit check`).
    """
    gc.set_threshold(COLLECT_EVERY)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def without_comment(typed: Sequence[str]) -> list[str]:
    """What was typed, without a comment behind it: a # alone and all after it, which every shell but Windows' cmd leaves out itself; a file of
    that name is a file.
    """
    end = typed.index(COMMENT) if COMMENT in typed and not Path(COMMENT).exists() else len(typed)
    return list(typed[:end])


class Formatter(click.HelpFormatter):
    """Help in two languages, wrapped by what a line takes on the terminal: click would break Chinese by counting letters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how the command is written."""
        super().write_usage(prog, args, prefix or "用法 Usage: ")

    def write_heading(self, heading: str) -> None:
        """A heading in both languages."""
        super().write_heading(HEADINGS.get(heading, heading))

    def write_text(self, text: str) -> None:
        """The text, line by line."""
        for line in text.splitlines():
            self._write_wrapped("", line, self.current_indent, wrapping.HANG)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names with their help, the lines of one help under each other."""
        del col_max
        rows = tuple(rows)
        places = self.current_indent + min(TERM_PLACES, max(wrapping.width(name) for name, _ in rows)) + col_spacing
        for name, said in rows:
            head = f"{'':{self.current_indent}}{name}"
            if wrapping.width(head) >= places:
                self.write(f"{head}\n")
                head = ""
            for number, line in enumerate(said.splitlines() or [""]):
                self._write_wrapped("" if number else head, line, places)

    def _write_wrapped(self, head: str, line: str, indent: int, hang: int = 0) -> None:
        """A line behind its head, as many lines as it takes below each other."""
        for number, part in enumerate(wrapping.wrapped(line, wrapping.terminal_width() - indent, hang)):
            before = head + " " * (indent - wrapping.width(head)) if not number else " " * indent
            self.write(f"{before}{part}".rstrip() + "\n")


class Context(click.Context):
    """A context whose help is set by ``Formatter``."""

    formatter_class = Formatter


class Command(click.Command):
    """A command with help in two languages."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _in_two_languages(super().get_help_option(ctx))


class Program(click.Group):
    """The group of all commands; the one place where refusals, wrong arguments, stops and bugs become words and exit codes."""

    context_class = Context
    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _in_two_languages(super().get_help_option(ctx))

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run a command and leave with its exit code (``standalone_mode=False`` returns it)."""
        leave = extra.pop("standalone_mode", True)
        console.prepare_streams()
        spelling.know(self.commands)
        start_lightly()
        typed = without_comment(sys.argv[1:] if args is None else args)
        code = self._ended(
            lambda: super(Program, self).main(typed, prog_name or "vidkit", standalone_mode=False, **extra),
            as_json=JSON in typed,
            stopped="stopped-looking" if LOOKING in typed[:2] else "stopped",
        )
        if leave:
            gc.freeze()  # what is left goes with the process: to look through it once more takes a tenth of `vidkit frame`
            sys.exit(code)
        return code

    @staticmethod
    def _ended(run: Callable[[], Any], *, as_json: bool, stopped: str) -> int:
        """The exit code of a run, whatever became of it; its problems are told, to programs ``as_json``, and in the words of ``stopped`` that it was."""
        try:
            with stops.stoppable(stopped):
                code = run()
                sys.stdout.flush()
        except click.exceptions.Abort as error:
            return stops.stopped(error.__cause__, stopped)
        except KeyboardInterrupt as error:
            return stops.stopped(error, stopped)
        except Exception as error:  # noqa: BLE001  # the last net: no traceback ever reaches the screen
            if crashes.unheard(error):
                console.hush()
                return 0
            return _told(error, as_json=as_json)
        return int(code or 0)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a name; refuses an unknown one with VK-M004, and any in a folder that is gone with VK-M037."""
        _standing()
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from vidkit.problems import Refusal  # noqa: PLC0415

            raise Refusal(_unknown(args, ctx.command_path, self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order people need them."""
        del ctx
        return list(self.commands)


def _standing() -> None:
    """Refuse (VK-M037) to work in a folder that is gone."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        from vidkit.problems import Refusal, problem  # noqa: PLC0415

        raise Refusal(problem("VK-M037")) from error


def _unknown(args: Sequence[str], above: str, known: Sequence[str]) -> Problem:
    """No such command: with the one that was meant, or with all there are."""
    from vidkit.briefs import asked, keys  # noqa: PLC0415
    from vidkit.problems import problem  # noqa: PLC0415

    typed = args[0]
    guess = "--help" if typed.casefold() in HELP else keys.nearest(typed, known) or _meant(asked.command(args), known)
    if guess:
        return problem("VK-M027", name=typed, guess=f"{above} {guess}")
    return problem("VK-M004", name=typed, known=console.words("and").join(known))


def _meant(command: str, known: Sequence[str]) -> str:
    """A command, if it is one of these."""
    return command if command.partition(" ")[0] in known else ""


def _in_two_languages(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "看这个说明 · show this help"
    return option


def _told(error: Exception, *, as_json: bool) -> int:
    """Say what an exception means to the person, or to the program that asked; its exit code. Where not even the words can be read, the
    system's own must do.
    """
    try:
        problems = _problems(error)
        if as_json and problems[0].code != "VK-E014":
            console.say_answer(_exit_code(problems), problems, {})
        else:
            console.complain(problems)
    except OSError as worse:
        console.note(f"错误 error: {worse.strerror or worse}")
        return MACHINE
    return _exit_code(problems)


def _exit_code(problems: Sequence[Problem]) -> int:
    return next(p.exit_code for p in problems if p.level == "error")


def _problems(error: Exception) -> tuple[Problem, ...]:
    """What an exception means to the person."""
    from vidkit.problems import Refusal  # noqa: PLC0415

    if isinstance(error, Refusal):
        return error.problems
    if isinstance(error, click.UsageError):
        return (_misuse(error),)
    return (crashes.machine_fault(error) or crashes.crash(error),)


def _misuse(error: click.UsageError) -> Problem:
    from vidkit.problems import problem  # noqa: PLC0415

    command = error.ctx.command_path if error.ctx else "vidkit"
    if isinstance(error, click.NoSuchOption):
        guess, option = _nearest_option(error), error.option_name
        if guess:
            return problem("VK-M031", option=option, guess=guess, command=command)
        return problem("VK-M001", option=option, command=command)
    name = _called(error.param) if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.MissingParameter):
        example = console.example(command, error.ctx.params if error.ctx else {})
        if example:
            return problem("VK-M032", name=name, example=example)
        return problem("VK-M002", name=name, command=command)
    if name:
        return problem("VK-M003", name=name, words=error.format_message().partition(": ")[2], command=command)
    return problem("VK-M005", words=error.format_message(), command=command)


def _nearest_option(error: click.NoSuchOption) -> str:
    """The option that was meant by one there is not: the nearest in letters, or the only one that begins so."""
    from vidkit.briefs import keys  # noqa: PLC0415

    options = error.ctx.command.get_params(error.ctx) if error.ctx else []
    known = [name.lstrip("-") for one in options for name in (*one.opts, *one.secondary_opts) if name.startswith("--")]
    typed = error.option_name.lstrip("-")
    if len(typed) < GUESSED:
        return ""
    begun = [name for name in known if name.startswith(typed)]
    guess = begun[0] if len(begun) == 1 else keys.nearest(typed, known)
    return f"--{guess}" if guess else ""


def _called(param: click.Parameter) -> str:
    """What is missing or wrong, in the reader's language where it stands for something of theirs."""
    if not isinstance(param, click.Argument):
        return " / ".join(param.opts)
    typed = param.human_readable_name
    return console.argument(typed.strip("[].").lower()) or typed
