"""Commands of a shop's project folder: a new one, and its series."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vidkit import console
from vidkit.commands import JSON, PICTURE, answers, ask, command, group, picture_name
from vidkit.commands.writing import say_left_out
from vidkit.consoles import spelling, wrapping

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vidkit.serials.series import Next


@command(
    "init",
    "建一个店的文件夹 · a folder for a shop",
    "建一个店的文件夹：品牌、人物、照片、清单、做好的东西各放各的，还有一页使用说明。已有的东西一样也不动。\n"
    "不写 FOLDER 就是现在这个文件夹。带上 --name 和 --colour 就顺便建好自己的品牌。\n"
    "Make a folder for a shop: brand, people, photos, briefs, what is made, and a page of instructions. Nothing there is changed.\n"
    "Without FOLDER it is this one. With --name and --colour the shop's own brand is made too.",
)
@click.argument("where", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
@click.option("--area", metavar="A", default="", help="在哪里服务，写到区就够了 · where; the district is enough")
@answers
def init(*, where: Path, area: str, named: str | None, **given: str | None) -> int:
    """Write a new project."""
    from vidkit import shop  # noqa: PLC0415
    from vidkit.kits import branding  # noqa: PLC0415

    asked = named is not None or any(given.values())
    told = branding.answered({**given, "name": named}, ask, where, console.complain) if asked else None
    opened = shop.write(where, told, area)
    console.complain(opened.problems)
    console.say(console.words("init-done", name=spelling.shown(where)))
    for name in opened.made:
        console.say(console.words("init-made", name=name))
    if opened.kept:
        console.say(console.words("init-kept", name=" ".join(opened.kept)))
    go = "" if where.resolve() == Path.cwd() else console.words("init-go", name=spelling.typed(where))
    console.note(console.words("init-next-branded" if told else "init-next", go=go))
    return 0


series = group(
    "series",
    "系列：排期数、防重复、封面墙 · a series",
    "一期一期地讲的系列：排好期数，照片和开头用过了会提醒，封面排成一面墙。记录在店的文件夹里 series/系列名.yaml，可以打开看、改。\n"
    "A series told episode by episode: numbered, with a warning when photos or openings repeat, its covers on one wall.\n"
    "Its ledger is series/NAME.yaml in the shop's folder, for people to read and edit.",
)
NAME = click.argument("name", metavar="[NAME]", required=False)


@series.command(
    "new",
    short_help="新的系列 · a new series",
    help="开一个新系列，写好 series/系列名.yaml；--plan 排好八期的题目、画面和要问的话，--plan 12 排十二期；系列名写 店里的事，就轮着讲姐妹、对比、案例、好评、价目；每期换一个人，加 --like 一人一期。已有的不动。\n"
    "Begin a series: write series/NAME.yaml, with --plan the themes, pictures and questions of eight episodes, or of N; called 店里的事 it tells\n"
    "of a shop in turn: its people, before and after, a case, a review, its prices; --like 一人一期 plans another worker for each episode.\n"
    "One there already is left alone.",
)
@click.argument("name")
@click.option(
    "--plan",
    metavar="[N]",
    type=click.IntRange(0, 99),
    is_flag=False,
    flag_value=0,
    help="排好八期，或者 N 期 · plan eight episodes, or N",
)
@click.option(
    "--like",
    metavar="PLAN",
    default="",
    help="照哪份安排：家政服务达人、店里的事、一人一期\nwhich of our plans: 家政服务达人 (one expert), 店里的事 (a shop), 一人一期 (a worker an episode)",
)
def series_new(*, name: str, plan: int | None, like: str) -> int:
    """Write a new ledger."""
    from vidkit import project  # noqa: PLC0415
    from vidkit.serials import series as book  # noqa: PLC0415

    file, count = book.begin(name, project.here(), plan=0 if like and plan is None else plan, like=like)
    console.say(console.words("wrote", name=spelling.shown(file)))
    said = "series-begun" if count else "series-begun-empty"
    console.note(console.words(said, count=count, name=spelling.shown(file)))
    return 0


@series.command(
    "list",
    short_help="有哪些系列、做到第几期 · series and episodes",
    help="有哪些系列；写系列名，就列出每一期做到哪里了。\nThe series; with a name every episode and how far it is.",
)
@NAME
@JSON
def series_list(*, name: str | None, as_json: bool) -> int:
    """List series, or the episodes of one."""
    from vidkit import project  # noqa: PLC0415
    from vidkit.serials import series as book  # noqa: PLC0415

    folder = project.here()
    known = (book.one(name, folder),) if name else book.every(folder)
    told = [book.as_data(one, folder) for one in known]
    if as_json:
        console.say_answer(0, (), {"series": told})
    elif not told:
        console.note(console.words("no-series"))
    else:
        console.say(_episodes(told[0]) if name else _series(told))
        if name:
            _say_undone(told[0], folder)
    return 0


def _say_undone(told: dict[str, Any], folder: Path) -> None:
    """What to do about each episode that is not as its brief says."""
    lost = [one for one in told["episodes"] if one["state"] in {"lost", "gone"}]
    gone = _withdrawn({who for one in lost for who in one["people"]}, folder)
    listed = console.words("and").join
    for one in told["episodes"]:
        who = [name for name in one["people"] if name in gone]
        said = _undone(one, who)
        if said:
            words = {"who": listed(who), "files": listed(one["may_be"]), "name": spelling.typed(told["series"])}
            console.note(console.words(said, **one, **words))


def _undone(one: dict[str, Any], who: Sequence[str]) -> str:
    """Which sentence tells of an episode whose brief, or what was made of it, is gone, by those ``who`` of its people took their consent back, or whose
    brief says another number than was made; empty for one that is as it should be.
    """
    state = one["state"]
    if state in {"lost", "gone"} and who:
        return "series-withdrawn"
    if state == "lost" and one["may_be"]:
        return "series-several"
    if state in {"lost", "gone"}:
        return f"series-{state}"
    return "series-says" if state == "made" and one["says"] != one["number"] else ""


def _withdrawn(people: Collection[str], folder: Path) -> frozenset[str]:
    """Those of some people who took their consent back; nothing is read where there are none."""
    if not people:
        return frozenset()
    from vidkit import kit, plan  # noqa: PLC0415
    from vidkit.people import consents  # noqa: PLC0415

    book = consents.load(folder / consents.FOLDER, plan.names(kit.shelf(folder), folder), people)
    return frozenset(who for who in people if any(own.withdrawn for own in book.of(who)))


def _series(told: list[dict[str, Any]]) -> str:
    rows = [console.words("list-series").split("|")]
    for one in told:
        states = [entry["state"] for entry in one["episodes"]]
        counts = [
            sum(map(states.count, ("made", "elsewhere"))),
            sum(map(states.count, ("written", "lost", "gone"))),
            states.count("planned"),
        ]
        rows.append([one["series"], *map(str, counts), str(one["next"]), one["file"]])
    return wrapping.columns(rows)


def _episodes(told: dict[str, Any]) -> str:
    rows = [console.words("list-episodes").split("|")]
    for one in told["episodes"]:
        said = [one["theme"], console.words(f"state-{one['state']}"), one["title"], one["brief"]]
        rows.append([str(one["number"]), *(text or "-" for text in said)])
    return wrapping.columns(rows)


@series.command(
    "next",
    short_help="写下一期的清单 · the next episode's brief",
    help="写好下一期的清单 briefs/系列名-第几期.yaml，这一期的题目和要问的话写在开头，并且记进系列。只有一个系列时不用写名字。\n"
    "Write the next episode's brief, its theme and question at its head, and enter it in the ledger. The name may be left out with one series.",
)
@NAME
@click.option(
    "--template",
    metavar="T",
    default="expert",
    show_default=True,
    help="用哪个模板（vidkit list templates） · the template",
)
def series_next(*, name: str | None, template: str) -> int:
    """Write the brief of the next episode."""
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.serials import series as book  # noqa: PLC0415

    folder = project.here()
    called = book.one(name, folder).name
    done = book.write_next(name, folder, cache.default(), template)
    file, entry = done.brief, done.entry
    console.say(console.words("wrote", name=spelling.shown(file)))
    if done.skipped:
        taken = [console.words("series-skipped-one", number=at, brief=brief) for at, brief in done.skipped]
        console.note(console.words("series-skipped", listed=console.words("comma").join(taken)))
    said = "series-next" if entry.theme else "series-next-free"
    console.note(console.words(said, series=called, number=entry.number, theme=entry.theme))
    for what, said in (("photograph", entry.picture), ("question", entry.question)):
        if said:
            console.note(console.words("series-ask", what=console.words(f"series-{what}"), said=said))
    say_left_out(file)
    _say_proposed(done)
    console.note(console.words("series-next-then", name=spelling.typed(file)))
    return 0


def _say_proposed(done: Next) -> None:
    """Who stands in the new brief and why, and who does not."""
    if done.passed:
        console.note(console.words("series-passed", names=console.words("and").join(done.passed)))
    if done.proposed:
        why = console.words("series-proposed-last" if done.last else "series-proposed-new", number=done.last)
        console.note(console.words("series-proposed", name=done.proposed, why=why))


@series.command(
    "drop",
    short_help="撤下一期 · take an episode out",
    help="把一期从系列里撤下：列表和封面墙不再算它，它的照片、开头可以再用。清单、成品一样不动；期数留着，别的清单写上它就能用。\n"
    "只有一个系列时不用写名字；--back 放回来。也可以自己在 series/系列名.yaml 那一期加一行 状态: 撤下。\n"
    "Take an episode out of its series: neither list nor wall counts it, its photos and opening may be used again. Brief and files are left alone;\n"
    "its number waits for a brief that says it. --back puts it back. A line state: out in its entry does the same.",
)
@click.argument("number", type=click.IntRange(1, 999))
@NAME
@click.option("--back", is_flag=True, help="放回来 · put it back")
def series_drop(*, number: int, name: str | None, back: bool) -> int:
    """Take an episode out, or put it back."""
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.serials import series as book  # noqa: PLC0415

    one, changed = book.drop(name, number, project.here(), cache.default(), out=not back)
    console.say(console.words("series-put-back" if back else "series-dropped", series=one.name, number=number))
    if changed:
        console.note(console.words("series-recorded", name=spelling.shown(one.file)))
    return 0


@series.command(
    "wall",
    short_help="封面墙 · all covers in one picture",
    help="把一个系列每一期的封面排成一张图；还没做的是一块色块，写着题目。\n"
    "The covers of a series in one picture; episodes still to come are plain tiles with their theme, those taken out are left away.",
)
@NAME
@PICTURE
def series_wall(*, name: str | None, out: Path) -> int:
    """Write the wall of covers."""
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.runs import ours  # noqa: PLC0415
    from vidkit.serials import episodes  # noqa: PLC0415
    from vidkit.serials import series as book  # noqa: PLC0415

    picture_name(out)
    ours.sure(out)
    folder = project.here()
    one = book.one(name, folder)
    cache.deliver_bytes(ours.png(episodes.draw(one, folder)), out)
    made, shown = len(episodes.covers(one, folder)), len(episodes.shown(one))
    console.say(console.words("wall-done", name=spelling.shown(out), count=shown, made=made))
    return 0
