"""Commands of a shop's project folder: a new one, and its series."""

from __future__ import annotations

from pathlib import Path

import click

from vidkit import console
from vidkit.commands import answers, ask, command, group


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
    from vidkit import branding, shop  # noqa: PLC0415

    asked = named is not None or any(given.values())
    told = branding.answered({**given, "name": named}, ask) if asked else None
    opened = shop.write(where, told, area)
    console.complain(opened.problems)
    console.say(console.words("init-done", name=console.shown(where)))
    for name in opened.made:
        console.say(console.words("init-made", name=name))
    if opened.kept:
        console.say(console.words("init-kept", name=" ".join(opened.kept)))
    go = "" if where.resolve() == Path.cwd() else console.words("init-go", name=console.typed(where))
    console.note(console.words("init-next-branded" if told else "init-next", go=go))
    return 0


series = group("series", "系列：排期数、防重复 · series", "系列的记录。\nThe ledger of a series.")
