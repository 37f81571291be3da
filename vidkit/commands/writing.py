"""Commands that write what a brief needs, and tell what there is: new briefs, brands, lists, the schema, the computer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from vidkit import console
from vidkit.commands import JSON, Named, answers, ask, command, group
from vidkit.consoles import spelling


@command(
    "new",
    "写一份新清单，填上就能用 · a new brief to fill in",
    "写一份带说明的清单 NAME.yaml，改字、换照片就能用。已有的文件不动。\n"
    "Write NAME.yaml, a commented brief to fill in; a file that is there already is left alone.",
)
@click.argument("name", type=Named())
@click.option(
    "--template",
    metavar="T",
    default="before-after",
    show_default=True,
    help="用哪个模板（vidkit list templates） · the template",
)
def new(*, name: Path, template: str) -> int:
    """Write a brief to fill in."""
    from vidkit.briefs import new as fresh  # noqa: PLC0415

    file = fresh.write(name, template)
    console.say(console.words("wrote", name=file))
    say_left_out(file)
    console.note(console.words("new-next", name=spelling.typed(file)))
    return 0


def say_left_out(file: Path) -> None:
    """Say whom a new brief does not name because she took her consent back."""
    from vidkit import project  # noqa: PLC0415
    from vidkit.briefs import new as fresh  # noqa: PLC0415

    gone = fresh.left_out(project.root(file))
    if gone:
        console.note(console.words("new-left-out", names=console.words("and").join(gone)))


brand = group(
    "brand",
    "自己店的颜色、店标 · your shop's colours and logo",
    "建自己的店（名字、颜色、店标），检查字看不看得清。\nMake your shop's brand (name, colours, logo) and check that it can be read.",
)


@brand.command(
    "new",
    short_help="答六个问题，建一个品牌 · a new brand from six answers",
    help="答六个问题（是店还是公益机构也问），写好 brand/店名/brand.yaml 和 logo.svg，颜色照一个主色配好。已有的文件夹不动。\n"
    "Six answers make brand/<name> with brand.yaml and logo.svg, its colours derived from one; a folder there already is left alone.",
)
@click.argument("name", required=False)
@answers
def brand_new(*, name: str | None, named: str | None, **given: str | None) -> int:
    """Write a brand's folder."""
    from vidkit import project  # noqa: PLC0415
    from vidkit.kits import branding  # noqa: PLC0415

    where = project.here()
    told = branding.answered({**given, "name": name or named}, ask, where, console.complain)
    folder = branding.write(told, where)
    colours = branding.made(told).colours
    console.say(console.words("wrote", name=spelling.shown(folder)))
    kept = {colours.primary: "brand-kept", colours.accent: "brand-accent", colours.paper: "brand-paper"}
    became = kept.get(told.colour, "brand-changed")
    console.note(console.words(became, asked=told.colour, colour=colours.primary))
    console.note(console.words("brand-next", name=told.name))
    if project.is_one(where):
        console.note(console.words("brand-next-project", name=told.name))
    return 0


@brand.command(
    "check",
    short_help="检查颜色和店标 · check colours and logo",
    help="看看颜色配在一起字清不清楚、店标能不能用。写品牌名或文件夹；不写就全部检查。\n"
    "Check that a brand's colours read on each other and its logo can be drawn: by name or folder, all if left out.",
)
@click.argument("name", metavar="[NAME|FOLDER]", required=False)
@JSON
def brand_check(*, name: str | None, as_json: bool) -> int:
    """Check brands."""
    from vidkit import project  # noqa: PLC0415
    from vidkit.kits import branding  # noqa: PLC0415

    found = branding.checked(name, project.here())
    code = branding.exit_code(found)
    if as_json:
        console.say_answer(code, (), {"brands": [branding.as_data(one) for one in found]})
        return code
    console.complain(p for one in found for p in one.problems)
    for one in found:
        if one.good:
            said = "only-warnings" if one.problems else "no-problems"
            console.say(console.words(said, name=one.called, count=len(one.problems)))
    return code


KINDS: Final = {
    "templates": "模板",
    "brands": "品牌",
    "platforms": "平台",
    "transitions": "转场",
    "people": "人物",
    "parts": "图样",
    "places": "位置",
}


class Kind(click.Choice[str]):
    """What there is, by its English name or by the Chinese one."""

    def __init__(self) -> None:
        super().__init__(tuple(KINDS))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The English name of what was typed."""
        return super().convert(next((en for en, zh in KINDS.items() if value.strip() == zh), value), param, ctx)


@command(
    "list",
    "有哪些模板、品牌、平台、转场、人物 · what there is",
    "KIND：templates 模板、brands 品牌、platforms 平台、transitions 转场、people 人物（店里 people 文件夹里的人），都能写进清单；"
    "parts 图样（和要填的字）、places 位置，模板里用。平台加 --json 会给出每个数字的出处、日期和把握。\n"
    "KIND: templates, brands, platforms, transitions, people (the profiles of the shop's folder) may stand in a brief; parts (with their slots) and places are for templates. Platforms with --json give every fact with source, date and confidence.",
)
@click.argument("kind", metavar="KIND", type=Kind())
@JSON
def list_(*, kind: str, as_json: bool) -> int:
    """List what there is."""
    from vidkit import listing, project  # noqa: PLC0415

    here = project.here() if kind == "people" else Path.cwd()
    wrong = listing.faults(here) if kind == "people" else ()
    code = next((p.exit_code for p in wrong), 0)
    if as_json:
        console.say_answer(code, wrong, listing.as_data(kind, here))
    elif kind == "people" and not listing.as_data(kind, here)[kind]:
        console.note(console.words("no-people"))
    else:
        console.say(listing.text(kind, here))
    console.complain(wrong)
    return code


@command(
    "schema",
    "给编辑器用的清单规则 · JSON Schema for editors",
    "写出清单的 JSON Schema，VS Code 用它来提示和查错。\n"
    "VS Code：装 redhat.vscode-yaml，清单第一行写 # yaml-language-server: $schema=vidkit.schema.json，\n"
    '清单都放在 briefs 里的，也可以在 settings.json 里写 "yaml.schemas": {"vidkit.schema.json": "briefs/*.yaml"}。\n'
    "在店的文件夹里运行，vidkit.yaml 里写好的（比如品牌）就不用每份清单再写。\n"
    "Write the JSON Schema of a brief, by which VS Code completes and checks (extension redhat.vscode-yaml): put the\n"
    "comment above on the brief's first line or, with all briefs in briefs, the setting into settings.json. Run in a shop's\n"
    "folder it asks for nothing that vidkit.yaml says for all briefs.",
)
@click.option(
    "-o",
    "out",
    metavar="FILE",
    type=Named(),
    help="存成文件（不写就打印出来） · the file to write (stdout if left out)",
)
def schema(*, out: Path | None) -> int:
    """Write the schema."""
    import json  # noqa: PLC0415

    from vidkit import cache, kit, project  # noqa: PLC0415
    from vidkit import plan as planning  # noqa: PLC0415
    from vidkit.briefs import schema as rules  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415
    from vidkit.runs import ours  # noqa: PLC0415

    if out and out.suffix.lower() != ".json":
        raise Refusal(problem("VK-M035", name=out))
    if out:
        ours.sure(out)
    shop = project.root(Path("brief.yaml"))
    made = rules.json_schema(planning.names(kit.shelf(shop), shop))
    if out is None:
        console.say_json(made)
    else:
        cache.deliver_bytes((json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode("utf-8"), out)
        console.say(console.words("wrote", name=out))
    console.note(console.words("schema-hook", name=out.name if out else "vidkit.schema.json"))
    return 0


@command(
    "doctor",
    "看这台电脑缺不缺东西 · examine this computer",
    "看看版本、ffmpeg、字体、缓存和磁盘，缺什么说什么；第一行就是结论。缺了东西，退出码是 5。\n"
    "Versions, ffmpeg's features (really tried), fonts, cache and disk, the verdict first; exit 5 when something is missing.",
)
@click.option("--all", "limits", is_flag=True, help="全部：各种限制也列出来（照片最大多少……） · all: the limits too")
@JSON
def doctor(*, limits: bool, as_json: bool) -> int:
    """Examine the computer."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit import doctor as examine  # noqa: PLC0415

    found = examine.findings(cache.default())
    code, wrong = examine.exit_code(found), [item.problem for item in found if item.problem]
    if as_json:
        console.say_answer(code, wrong, examine.as_data(found))
    else:
        console.say(examine.text(found, limits=limits))
        if not limits:
            console.note(console.words("doctor-more"))
    console.complain(wrong)
    return code
