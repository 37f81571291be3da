"""The command line: arguments → the passes, problems → stderr, an exit code.

Only click is imported here; each command imports what it needs. Every command returns its exit code: 0 done · 2 command line or brief ·
3 a media file · 4 a template or font · 5 the machine · 6 some of several briefs failed · 70 our bug · 130/143 stopped.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from vidkit import __version__, console
from vidkit.program import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vidkit.batch import Item

# What several commands have in common


def _command(name: str, short: str, said: str) -> Callable[[Callable[..., int]], click.Command]:
    """A command with its help: one line for the list, and the whole text; Chinese before English in both."""

    def made(function: Callable[..., int]) -> click.Command:
        return program.command(name, short_help=short, help=said)(function)

    return made


STALE_SECONDS: Final = 24 * 3600
"""Folders a killed run left in the cache are removed after a day."""
BRIEF: Final = click.argument("brief", type=click.Path(path_type=Path))
BRIEFS: Final = click.argument("briefs", metavar="BRIEF...", nargs=-1, required=True, type=click.Path(path_type=Path))
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
PICTURE: Final = click.option(
    "-o",
    "out",
    metavar="FILE.png",
    required=True,
    type=click.Path(path_type=Path),
    help="图片存成什么名字 · the picture to write",
)
SAFE: Final = click.option(
    "--safe",
    is_flag=True,
    help="画出平台按钮挡住的地方（红）和放字的安全框（绿）\ndraw the platform's overlay (red) and the safe box (green)",
)


def _width(usual: int) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The option ``--width`` of a picture that is usually so many pixels wide."""
    said = "整张图多宽（像素） · width in pixels"
    return click.option(
        "--width", metavar="N", default=usual, show_default=True, type=click.IntRange(480, 12000), help=said
    )


@click.group(
    "vidkit",
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "家政短视频小工具：照片和几句真话，变成能发的短片、封面、海报和文案。\n"
        "Photos and a few true sentences become clips, covers, posters and captions.\n\n"
        "第一次用：vidkit demo    自己做：vidkit new 厨房，改字，vidkit make 厨房.yaml\n"
        "First time: vidkit demo    Your own: vidkit new kitchen, edit, vidkit make kitchen.yaml"
    ),
)
@click.version_option(__version__, "--version", prog_name="vidkit", help="看版本号 · show the version")
@click.pass_context
def program(context: click.Context) -> int:
    """Show the help when no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


# Making


@_command(
    "demo",
    "先看个样子：用自带的例子做一条 · make the example",
    "用自带的照片做一条例子：短片、封面、海报、文案。\nMake clip, covers, poster and caption of the example that comes with vidkit.",
)
@click.option(
    "-o",
    "out",
    metavar="FOLDER",
    default="vidkit-demo",
    type=click.Path(path_type=Path),
    help="放进哪个文件夹（不写就是 vidkit-demo）\nthe folder to write to (vidkit-demo if left out)",
)
def demo(*, out: Path) -> int:
    """Make the bundled example."""
    from vidkit import kit  # noqa: PLC0415

    return _make((kit.bundled() / "examples" / "kitchen.yaml",), out, None, draft=False, jobs=0, as_json=False)


@_command(
    "make",
    "做短片、封面、海报、文案 · make everything",
    "照清单做出短片、封面、海报和文案，放进 OUT/清单名/平台。先把所有清单检查一遍，再开始做。\n"
    "Make clips, covers, posters and captions of briefs in OUT/<brief>/<platform>. All briefs are checked first.",
)
@BRIEFS
@click.option(
    "-o",
    "out",
    metavar="OUT",
    default="out",
    type=click.Path(path_type=Path),
    help="放进哪个文件夹（不写就是 out）\nthe folder to write to (out if left out)",
)
@PLATFORM
@click.option("--draft", is_flag=True, help="只做小样，快，先看看 · a quick small look (360x640)")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="同时做几段（不写就用全部核心）\nsegments at once (as many as cores if left out)",
)
@JSON
def make(
    *, briefs: tuple[Path, ...], out: Path, platform: str | None, draft: bool, jobs: int | None, as_json: bool
) -> int:
    """Check every brief, then make the good ones."""
    return _make(briefs, out, platform, draft=draft, jobs=jobs or 0, as_json=as_json)


def _make(files: Sequence[Path], out: Path, chosen: str | None, *, draft: bool, jobs: int, as_json: bool) -> int:
    from vidkit import batch, cache  # noqa: PLC0415

    with _looking(quiet=as_json) as looked:
        checked = batch.check(files, cache.default(), chosen, draft=draft, advance=looked)
    if not as_json:
        console.complain(p for item in checked for p in item.problems)
    if all(item.exit_code for item in checked):
        return _told(checked, as_json=as_json)
    batch.open_folder(out)
    from vidkit.make import Order  # noqa: PLC0415

    store = cache.default()
    store.sweep(time.time() - STALE_SECONDS)
    order = Order(out, store, draft=draft, jobs=jobs)
    done = [item if item.exit_code else _made(item, order, quiet=as_json) for item in checked]
    if draft and not as_json:
        console.note(console.words("draft-note"))
    return _told(done, as_json=as_json)


def _made(item: Item, order: Any, *, quiet: bool) -> Item:
    from vidkit import batch, progress  # noqa: PLC0415

    with progress.bar(console.words("making", name=item.file.name), item.frames, quiet=quiet) as advance:
        done = batch.make(item, order, advance)
    if not quiet:
        console.complain(p for p in done.problems if p not in item.problems)
        _say_files(done)
    return done


def _say_files(item: Item) -> None:
    for file in item.made.files if item.made else ():
        kind = file.stem.partition("-")[0]
        known = kind if kind in {"clip", "cover", "poster", "caption", "manifest"} else "other"
        console.say(f"{console.words(f'kind-{known}')}: {console.shown(file)}")


def _told(items: Sequence[Item], *, as_json: bool) -> int:
    from vidkit import batch  # noqa: PLC0415

    code = batch.exit_code(items)
    if as_json:
        console.say_json({"vidkit": __version__, "exit": code, "briefs": [batch.as_data(item) for item in items]})
    return code


@_command(
    "check",
    "检查清单和照片，不做 · check without making",
    "检查清单和照片，把所有平台的字排一遍，不画画面。有问题一次全说出来。\n"
    "Check briefs and photos and lay out all words for all platforms without painting; tells every problem at once.",
)
@BRIEFS
@JSON
def check(*, briefs: tuple[Path, ...], as_json: bool) -> int:
    """Check briefs."""
    from vidkit import batch, cache  # noqa: PLC0415

    with _looking(quiet=as_json) as looked:
        items = batch.check(briefs, cache.default(), advance=looked)
    if not as_json:
        console.complain(p for item in items for p in item.problems)
        for item in items:
            _say_checked(item)
    return _told(items, as_json=as_json)


def _say_checked(item: Item) -> None:
    if item.exit_code:
        return
    from vidkit import report  # noqa: PLC0415

    warned = len(item.problems)
    console.say(console.words("only-warnings" if warned else "no-problems", name=item.file, count=warned))
    for line in report.lines(item.script) if item.script else ():
        console.say(line)
    for one in item.plans:
        seconds = f"{one.board.frames / one.board.fps:.1f}"
        console.say(
            console.words("would-make", platform=one.platform.title_zh, seconds=seconds, frames=one.board.frames)
        )


# Looking


@_command(
    "plan",
    "看短片怎么分段 · show scenes and segments",
    "看短片有哪些画面、哪些片段、各多少帧；--json 还给出每一段的全部内容。\n"
    "Show scenes and segments with their frames and keys; --json adds the work orders.",
)
@BRIEF
@PLATFORM
@JSON
def plan(*, brief: Path, platform: str | None, as_json: bool) -> int:
    """Show the plans of a brief."""
    from vidkit import outline  # noqa: PLC0415
    from vidkit import plan as planning  # noqa: PLC0415

    plans = planning.plans(_read(brief, quiet=as_json), platform)
    if as_json:
        console.say_json({"vidkit": __version__, "brief": str(brief), "plans": [outline.as_data(one) for one in plans]})
    else:
        console.say("\n\n".join(outline.text(one) for one in plans))
    return 0


@_command(
    "frame",
    "看某一秒的画面 · one frame as a picture",
    "把短片某一秒的画面存成图片，和短片里的一样。\nWrite the picture at a second of the clip, as it is in the clip.",
)
@BRIEF
@click.option("--at", "seconds", metavar="SECONDS", type=float, required=True, help="第几秒 · seconds from the start")
@PICTURE
@ONE_PLATFORM
@SAFE
def frame(*, brief: Path, seconds: float, out: Path, platform: str | None, safe: bool) -> int:
    """Write one frame."""
    from vidkit import sheet  # noqa: PLC0415

    script, one = _one_plan(brief, platform, out)
    sheet.write(sheet.still(one, script.assets, seconds, safe=safe), out)
    return 0


@_command(
    "sheet",
    "整条短片的小图一览 · contact sheet",
    "把短片里要紧的画面排成一张图，每格标着时间。\nMoments of the clip side by side in one picture, each with its time.",
)
@BRIEF
@PICTURE
@ONE_PLATFORM
@SAFE
@_width(2160)
def sheet(*, brief: Path, out: Path, platform: str | None, safe: bool, width: int) -> int:
    """Write the contact sheet."""
    from vidkit import progress  # noqa: PLC0415
    from vidkit import sheet as contact  # noqa: PLC0415

    script, one = _one_plan(brief, platform, out)
    with progress.bar(console.words("making", name=out.name), len(contact.moments(one.segments))) as advance:
        drawn = contact.sheet(one, script.assets, width=width, safe=safe, advance=advance)
    contact.write(drawn, out)
    return 0


@_command(
    "privacy",
    "照片里的人脸和码，发之前看一遍 · faces and codes in the photos",
    "把清单里的照片排成一张图：找到的人脸、二维码都标了号，遮了的已经遮好。照着号在清单里写 露脸、遮脸、不遮，自己要遮的写 遮挡。\n"
    "All photos of a brief in one picture with every face and code found, numbered, covered as they will be. Decide in the brief by "
    "number: show_face, hide_face, not_face; cover places by hand with cover.",
)
@BRIEF
@PICTURE
@_width(1080)
@JSON
def privacy(*, brief: Path, out: Path, width: int, as_json: bool) -> int:
    """Write the sheet of everything found and covered."""
    from vidkit import privacy as found  # noqa: PLC0415
    from vidkit import progress, sheet  # noqa: PLC0415

    _picture_name(out)
    script = _read(brief, quiet=as_json)
    _not_theirs(out, script)
    studies = script.developed.studies
    with progress.bar(console.words("making", name=out.name), len(studies), unit="photos-left", quiet=as_json) as told:
        drawn = found.sheet(script.developed, found.captions(script.brief), width=width, advance=told)
    sheet.write(drawn, out)
    if as_json:
        console.say_json({"vidkit": __version__, "brief": str(brief), "photos": found.as_data(script.developed)})
    else:
        count, bare = found.counts(script.developed)
        said = "privacy-next" if count else "privacy-none"
        console.note(console.words(said, name=console.shown(out), count=count, open=bare))
    return 0


def _not_theirs(out: Path, script: Any) -> None:
    """Refuse (VK-M020) to write a picture over the brief or one of its photos."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    theirs = {script.brief.file.resolve(), *(asset.file.resolve() for asset in script.assets.values())}
    if out.resolve() in theirs:
        raise Refusal(problem("VK-M020", name=out))


def _picture_name(out: Path) -> None:
    """Refuse (VK-M011) a picture that would not be a PNG."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    if out.suffix.lower() != ".png":
        raise Refusal(problem("VK-M011", name=out))


def _looking(*, quiet: bool) -> Any:
    """The line that shows how far photos are examined; how many there are turns out on the way."""
    from vidkit import progress  # noqa: PLC0415

    return progress.bar(console.words("looking"), None, unit="photos-left", quiet=quiet)


def _read(brief: Path, *, quiet: bool = False) -> Any:
    """The brief's script; while its photos are examined for the first time, progress is shown."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit import plan as planning  # noqa: PLC0415

    with _looking(quiet=quiet) as advance:
        return planning.read(brief, cache.default(), advance)


def _one_plan(brief: Path, chosen: str | None, out: Path) -> tuple[Any, Any]:
    """The brief and its plan for the platform asked for, or for its first."""
    from vidkit import plan as planning  # noqa: PLC0415

    _picture_name(out)
    script = _read(brief)
    _not_theirs(out, script)
    return script, planning.plan(script, planning.platforms(script, chosen)[0])


# Writing a brief


@_command(
    "new",
    "写一份新清单，填上就能用 · a new brief to fill in",
    "写一份带说明的清单 NAME.yaml，改字、换照片就能用。已有的文件不动。\n"
    "Write NAME.yaml, a commented brief to fill in; a file that is there already is left alone.",
)
@click.argument("name", type=click.Path(path_type=Path))
@click.option(
    "--template",
    metavar="T",
    default="before-after",
    show_default=True,
    help="用哪个模板（vidkit list templates） · the template",
)
def new(*, name: Path, template: str) -> int:
    """Write a brief to fill in."""
    from vidkit import new as fresh  # noqa: PLC0415

    file = fresh.write(name, template)
    console.say(console.words("wrote", name=file))
    console.note(console.words("new-next", name=file))
    return 0


@program.group(
    "brand",
    cls=Program,
    invoke_without_command=True,
    short_help="自己店的颜色、店标 · your shop's colours and logo",
    help="建自己的店（名字、颜色、店标），检查字看不看得清。\nMake your shop's brand (name, colours, logo) and check that it can be read.",
)
@click.pass_context
def brand(context: click.Context) -> int:
    """Show the help when no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


@brand.command(
    "new",
    short_help="答五个问题，建一个品牌 · a new brand from five answers",
    help="答五个问题，写好 brand/店名/brand.yaml 和 logo.svg，颜色照一个主色配好。已有的文件夹不动。\n"
    "Five answers make brand/<name> with brand.yaml and logo.svg, its colours derived from one; a folder there already is left alone.",
)
@click.argument("name", required=False)
@click.option("--name", "named", metavar="N", help="店名 · the shop's name")
@click.option("--full-name", metavar="N", help="全名 · the full name")
@click.option("--slogan", metavar="S", help="一句话 · one sentence")
@click.option("--legal", "legal_name", metavar="N", help="执照上的名字 · the registered name")
@click.option("--colour", "--color", "colour", metavar="C", help="主色：绿 或 #0B7A75 · green or #0B7A75")
@click.option("--folder", metavar="F", help="文件夹的名字（不写就用店名）\nthe folder's name (the shop's if left out)")
def brand_new(*, name: str | None, named: str | None, **given: str | None) -> int:
    """Write a brand's folder."""
    from vidkit import branding, project  # noqa: PLC0415

    answers = branding.answered({**given, "name": name or named}, _ask)
    folder = branding.write(answers, project.root(Path("brand.yaml")))
    colour = branding.made(answers).colours.primary
    console.say(console.words("wrote", name=console.shown(folder)))
    kept = "brand-kept" if colour == answers.colour else "brand-changed"
    console.note(console.words(kept, asked=answers.colour, colour=colour))
    console.note(console.words("brand-next", name=answers.name))
    return 0


def _ask(question: str, usual: str | None) -> str:
    """The answer typed to a question of ``brand new``; when nobody answers any more, refuses with VK-R015."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    try:
        asked = console.words(f"brand-ask-{question}")
        return str(click.prompt(asked, default=usual, show_default=bool(usual), prompt_suffix="：", err=True))
    except click.Abort as stop:
        if isinstance(stop.__context__, EOFError):
            raise Refusal(problem("VK-R015")) from None
        raise


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
    from vidkit import branding, project  # noqa: PLC0415

    found = branding.checked(name, project.root(Path("brand.yaml")))
    code = branding.exit_code(found)
    if as_json:
        console.say_json({"vidkit": __version__, "exit": code, "brands": [branding.as_data(one) for one in found]})
        return code
    console.complain(p for one in found for p in one.problems)
    for one in found:
        if one.good:
            said = "only-warnings" if one.problems else "no-problems"
            console.say(console.words(said, name=one.called, count=len(one.problems)))
    return code


@_command(
    "list",
    "有哪些模板、品牌、平台、转场 · what there is",
    "列出能写进清单的名字；平台加 --json 会给出每个数字的出处、日期和把握。\n"
    "List the names a brief may use; platforms with --json give every fact with source, date and confidence.",
)
@click.argument(
    "kind",
    metavar="templates|brands|platforms|transitions",
    type=click.Choice(["templates", "brands", "platforms", "transitions"]),
)
@JSON
def list_(*, kind: str, as_json: bool) -> int:
    """List what there is."""
    from vidkit import listing  # noqa: PLC0415

    if as_json:
        console.say_json(listing.as_data(kind, Path.cwd()))
    else:
        console.say(listing.text(kind, Path.cwd()))
    return 0


@_command(
    "schema",
    "给编辑器用的清单规则 · JSON Schema for editors",
    "写出清单的 JSON Schema，VS Code 用它来提示和查错。\n"
    "VS Code：装 redhat.vscode-yaml，清单第一行写 # yaml-language-server: $schema=vidkit.schema.json，\n"
    '或者在 settings.json 里写 "yaml.schemas": {"vidkit.schema.json": "*.yaml"}。\n'
    "Write the JSON Schema of a brief, by which VS Code completes and checks (extension redhat.vscode-yaml): put the\n"
    "comment above on the brief's first line, or the setting into settings.json.",
)
@click.option(
    "-o",
    "out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="存成文件（不写就打印出来） · the file to write (stdout if left out)",
)
def schema(*, out: Path | None) -> int:
    """Write the schema."""
    import json  # noqa: PLC0415

    from vidkit import cache, kit  # noqa: PLC0415
    from vidkit import plan as planning  # noqa: PLC0415
    from vidkit import schema as rules  # noqa: PLC0415

    made = rules.json_schema(planning.names(kit.shelf(Path.cwd())))
    if out is None:
        console.say_json(made)
    else:
        cache.deliver_bytes((json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode("utf-8"), out)
        console.say(console.words("wrote", name=out))
    console.note(console.words("schema-hook", name=out.name if out else "vidkit.schema.json"))
    return 0


@_command(
    "doctor",
    "看这台电脑缺不缺东西 · examine this computer",
    "看看版本、ffmpeg、字体、缓存和磁盘，缺什么说什么。\nVersions, ffmpeg's features (really tried), fonts, limits, cache and disk; exit 5 when something is missing.",
)
@JSON
def doctor(*, as_json: bool) -> int:
    """Examine the computer."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit import doctor as examine  # noqa: PLC0415

    found = examine.findings(cache.default())
    if as_json:
        console.say_json(examine.as_data(found))
    else:
        console.say(examine.text(found))
    console.complain(item.problem for item in found if item.problem)
    return examine.exit_code(found)


def main() -> None:
    """Run the command line of this process."""
    program.main()
