"""What the commands have in common: a command's help in two languages, arguments and options several take.

Only click is imported at the top of this package; each command imports what it needs. Every command returns its exit code: 0 done ·
2 command line or brief · 3 a media file · 4 a template or font · 5 the machine · 6 some of several briefs failed · 7 another run holds
the folder · 70 our bug · 130/143 stopped.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from vidkit import console
from vidkit.consoles import spelling
from vidkit.program import Command, Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vidkit.cache import Cache


class Named(click.Path):
    """A file or a folder by its name; an empty name is none at all, where ``Path`` would take it for the folder one stands in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)  # an unreadable one is told with its reason

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path typed."""
        if value == "":
            raise click.MissingParameter(ctx=ctx, param=param)
        return super().convert(value, param, ctx)


BRIEF: Final = click.argument("brief", type=Named())
BRIEFS: Final = click.argument("briefs", metavar="BRIEF...", nargs=-1, required=True, type=Named())
PLATFORM: Final = click.option(
    "--platform",
    metavar="P",
    help="只做这个平台（不写就是清单里的全部）\nonly this platform (all of the brief if left out)",
)
ONE_PLATFORM: Final = click.option(
    "--platform",
    metavar="P",
    help="看哪个平台的（不写就是清单里的第一个）\nfor this platform (the brief's first if left out)",
)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="结果写成 JSON，给程序用 · print JSON for programs")
OUT: Final = click.option(
    "-o",
    "out",
    metavar="OUT",
    type=Named(),
    help="放进哪个文件夹（不写就是 out，在店的文件夹里就是店里的 out）\n"
    "the folder to write to (out if left out; in a shop's folder that shop's out)",
)
ROWS: Final = click.option(
    "--rows",
    "table",
    metavar="TABLE",
    type=Named(),
    help="一张表（.csv 或 .xlsx），一行一条：第一行是表头，比如 文件名、标题、对比.1.前、价格.金额；没写的照清单\n"
    "a table (.csv or .xlsx), one clip a row: headings such as file, title, pairs.1.before, price.amount; the rest as in the brief",
)
PICTURE: Final = click.option(
    "-o",
    "out",
    metavar="FILE.png",
    required=True,
    type=Named(),
    help="图片存成什么名字 · the picture to write",
)
SAFE: Final = click.option(
    "--safe",
    is_flag=True,
    help="画出平台按钮挡住的地方（红）和放字的安全框（绿）\ndraw the platform's overlay (red) and the safe box (green)",
)


MISUSE: Final = (
    (r"'(?P<value>.*)' is not a valid (integer|integer range)\.", "misuse-integer"),
    (r"'(?P<value>.*)' is not a valid (float|float range)\.", "misuse-number"),
    (r"(?P<value>\S+) is not in the range (?P<least>\S+)<=x<=(?P<most>\S+)\.", "misuse-range"),
    (r"(?P<value>\S+) is not in the range x>=(?P<least>\S+)\.", "misuse-least"),
    (r"'(?P<value>.*)' is not one of (?P<known>.*)\.", "misuse-choice"),
    (r"Got unexpected extra arguments? \((?P<value>.*)\)", "misuse-extra"),
    (r"Option '(?P<value>.*)' requires an argument\.", "misuse-lacking"),
    (r"Option '(?P<value>.*)' requires (?P<count>\d+) arguments\.", "misuse-lacking"),
    (r"Option '(?P<value>.*)' does not take a value\.", "misuse-plain"),
)
"""What click says of a wrong command line, and the sentence of ``data/cli.yaml`` that says it in the reader's language."""


def spoken(said: str) -> str:
    """What click says in the reader's language; a sentence we do not know stays as it is."""
    found = next(((key, hit) for words, key in MISUSE if (hit := re.fullmatch(words, said))), None)
    if found is None:
        return said
    key, hit = found
    values = {name: value.replace("'", "") for name, value in hit.groupdict().items()}
    return console.words(key, **values)


class Spoken(Command):
    """A command whose wrong arguments are told in the reader's language."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The command's context with its arguments read."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            vars(error)["message"] = spoken(error.message)
            error.ctx = error.ctx or self.context_class(self, info_name=info_name, parent=parent)
            raise


class Group(Program):
    """A group of such commands."""

    command_class = Spoken


def width(usual: int) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The option ``--width`` of a picture that is usually so many pixels wide."""
    said = "整张图多宽（像素） · width in pixels"
    return click.option(
        "--width", metavar="N", default=usual, show_default=True, type=click.IntRange(480, 12000), help=said
    )


def command(name: str, short: str, said: str) -> Callable[[Callable[..., int]], click.Command]:
    """A command with its help: one line for the list, and the whole text; Chinese before English in both."""
    return click.command(name, cls=Spoken, short_help=short, help=said)


def group(name: str, short: str, said: str) -> Program:
    """A command of commands; alone it shows its help."""

    def alone() -> int:
        context = click.get_current_context()
        if context.invoked_subcommand is None:
            click.echo(context.get_help())
        return 0

    return Group(name, callback=alone, invoke_without_command=True, short_help=short, help=said)


def today() -> str:
    """The day, as 2026-11-26: the one place that looks at the calendar; VIDKIT_TODAY says another one (VK-M038 when that is no day)."""
    said = os.environ.get("VIDKIT_TODAY")
    if not said:
        return date.today().isoformat()  # noqa: DTZ011  # the day where the person is
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        from vidkit.problems import Refusal, problem  # noqa: PLC0415

        raise Refusal(problem("VK-M038", said=said)) from None


@contextmanager
def lookup() -> Iterator[Cache]:
    """The cache of this user for what is only looked at: where it has no folder or none that can be written, and nobody named one, a temporary one
    that is the default meanwhile, which is told, and goes at the end.
    """
    from vidkit import cache  # noqa: PLC0415

    place = cache.place()
    if os.environ.get("VIDKIT_CACHE") or (place and _writable(cache.default())):
        yield cache.default()
        return
    with tempfile.TemporaryDirectory(prefix="vidkit-", ignore_cleanup_errors=True) as folder:
        if place:
            console.note(console.words("cache-for-now", folder=spelling.homely(place)))
        else:
            console.note(console.words("cache-nowhere"))
        os.environ["VIDKIT_CACHE"] = folder
        try:
            yield cache.default()
        finally:
            del os.environ["VIDKIT_CACHE"]


def _writable(store: Cache) -> bool:
    """Whether a cache's folder can be written; one that is only full says so when it is needed."""
    from vidkit.problems import Refusal  # noqa: PLC0415

    try:
        with store.scratch():
            return True
    except Refusal as refusal:
        return refusal.problems[0].code != "VK-E005"


def examining(*, quiet: bool) -> Any:
    """The line that shows how far photos are examined; how many there are turns out on the way."""
    from vidkit.runs import progress  # noqa: PLC0415

    return progress.bar(console.words("looking"), None, unit="photos-left", quiet=quiet)


ANSWERS: Final = (
    click.option("--name", "named", metavar="N", help="店名 · the shop's name"),
    click.option("--full-name", metavar="N", help="全名 · the full name"),
    click.option("--slogan", metavar="S", help="一句话 · one sentence"),
    click.option("--legal", "legal_name", metavar="N", help="执照上的名字 · the registered name"),
    click.option("--sells", metavar="K", help="店 或 公益（不写就是店） · shop or public (shop if left out)"),
    click.option("--colour", "--color", "colour", metavar="C", help="主色：绿 或 #0B7A75 · green or #0B7A75"),
    click.option(
        "--folder", metavar="F", help="文件夹的名字（不写就用店名）\nthe folder's name (the shop's if left out)"
    ),
)
"""The questions about a new brand, as options."""


def answers(function: Callable[..., int]) -> Callable[..., int]:
    """A command with the questions about a new brand as options."""
    for option in reversed(ANSWERS):
        function = option(function)
    return function


def ask(question: str, usual: str | None) -> str:
    """The answer typed to a question about a new brand; when nobody answers any more, refuses with VK-R015."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    try:
        asked = console.words(f"brand-ask-{question}")
        return str(click.prompt(asked, default=usual, show_default=bool(usual), prompt_suffix="：", err=True))
    except click.Abort as stop:
        if isinstance(stop.__context__, EOFError):
            raise Refusal(problem("VK-R015")) from None
        raise


def picture_name(out: Path) -> None:
    """Refuse (VK-M011) a picture that would not be a PNG."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    if out.suffix.lower() != ".png":
        raise Refusal(problem("VK-M011", name=out))
