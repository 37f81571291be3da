"""Commands that tell what is checked and where it comes from: the platforms' limits, the rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vidkit import console
from vidkit.commands import JSON, command, today
from vidkit.consoles import spelling
from vidkit.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.kit import Shelf
    from vidkit.kits.platform import Platform
    from vidkit.problems import Problem


def _shelf() -> Shelf:
    from vidkit import kit, project  # noqa: PLC0415

    return kit.shelf(project.root(Path("brief.yaml")))


def clock(folder: Path, some: Sequence[Platform] | None = None) -> Iterator[Problem]:
    """What is old of some platforms' figures (VK-W101, nothing if none are named), and that the computer's date may be wrong: vidkit's figures
    (VK-L011) or a pack in a folder's archive (VK-L012) are of a later day.
    """
    from vidkit.briefs.paths import ARCHIVE  # noqa: PLC0415
    from vidkit.kits import standing  # noqa: PLC0415
    from vidkit.problems import problem  # noqa: PLC0415
    from vidkit.publishing import archive  # noqa: PLC0415

    shelf, day = _shelf(), today()
    told = standing.old_platforms(standing.named(None, shelf) if some is None else some, shelf, day)
    yield from (one for one in told if some is not None or one.code == "VK-L011")
    newest = archive.newest(folder / ARCHIVE)
    if newest[:10] > day:
        yield problem("VK-L012", today=day, day=newest[:10], name=spelling.shown(folder / ARCHIVE / newest))


def _all_platforms(*, as_json: bool) -> int:
    """List all platforms when no command is given."""
    if click.get_current_context().invoked_subcommand is not None:
        return 0
    from vidkit.kits import standing  # noqa: PLC0415

    shelf = _shelf()
    some = standing.named(None, shelf)
    old = standing.old_platforms(some, shelf, today())
    if as_json:
        console.say_answer(0, old, standing.platforms_data(some, shelf, today()))
        return 0
    console.say(standing.platforms_text(shelf))
    console.complain(old)
    console.note(console.words("platforms-next"))
    return 0


platforms = Program(
    "platforms",
    callback=_all_platforms,
    params=[
        click.Option(["--json", "as_json"], is_flag=True, help="结果写成 JSON，给程序用 · print JSON for programs")
    ],
    invoke_without_command=True,
    short_help="平台的限制，从哪儿看来的 · what platforms allow, and who says so",
    help="每个平台能发多长、标题几个字、能不能留电话；数字哪天看的，有多大把握。超过 180 天没核对会提醒。\n"
    "How long, how many characters, whether a telephone number may stand there; when that was read and how sure it is. Figures not checked for 180 days are said.",
)


@platforms.command(
    "show",
    short_help="一个平台的每个数字和出处 · every figure of a platform",
    help="列出一个平台（不写就是全部）的每个数字：多少、有多大把握、哪天看的、从哪儿看来。\n"
    "Every figure of a platform (all if left out): how much, how sure, read when and where.",
)
@click.argument("name", required=False)
@JSON
def platforms_show(*, name: str | None, as_json: bool) -> int:
    """Show a platform's facts."""
    from vidkit.kits import standing  # noqa: PLC0415

    shelf = _shelf()
    some = standing.named(name, shelf)
    old = standing.old_platforms(some, shelf, today())
    if as_json:
        console.say_answer(0, old, standing.platforms_data(some, shelf, today()))
        return 0
    console.say("\n\n".join(standing.platform_text(one, shelf) for one in some))
    console.complain(old)
    return 0


@command(
    "rules",
    "检查哪些规矩，依据什么 · the rules and what they rest on",
    "列出 check 和 make 看的每条规则：轻重、用在什么内容上、依据哪天看的。细的在 docs/rules.md。这是帮忙看一遍，不是法律意见。\n"
    "The rules of check and make: level, kinds of posts, when their sources were read. Details in docs/rules.md. This is help, not legal advice.",
)
@JSON
def rules(*, as_json: bool) -> int:
    """List the rules."""
    from vidkit.kits import standing  # noqa: PLC0415

    old = standing.old_rules(today())
    if as_json:
        console.say_answer(0, old, standing.rules_data(today()))
        return 0
    console.say(standing.rules_text())
    console.complain(old)
    console.note(console.words("rules-next"))
    return 0
