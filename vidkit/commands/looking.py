"""Commands that look: scenes and segments, single frames, contact sheets, and what is covered in the photos."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vidkit import console
from vidkit.commands import (
    BRIEF,
    JSON,
    ONE_PLATFORM,
    PICTURE,
    PLATFORM,
    ROWS,
    SAFE,
    Named,
    command,
    examining,
    picture_name,
    tabled,
    today,
    width,
)
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vidkit.problems import Problem
    from vidkit.runs.planned import Planned
    from vidkit.source import Node


@command(
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
    from vidkit.problems import Refusal  # noqa: PLC0415

    script = _read(brief, quiet=as_json)
    found = planning.planned(script, planning.platforms(script, platform))
    if found.refused:
        raise Refusal(*found.left_out, *found.refused)
    told = (*_doubtful(script), *found.left_out)
    if as_json:
        shown = [outline.as_data(one) for one in found.plans]
        console.say_answer(0, told, {"brief": str(brief), "plans": shown})
    else:
        console.complain(told)
        console.say("\n\n".join(outline.text(one) for one in found.plans))
    return 0


@command(
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
    found = None if safe else _planned(brief, platform, out)
    from vidkit import cache, sheet  # noqa: PLC0415
    from vidkit.painting.album import Album  # noqa: PLC0415
    from vidkit.painting.stock import Stock  # noqa: PLC0415

    if found:
        album = Album(found.assets, Stock(cache.default(), found.painting))
        drawn, label = sheet.shown(found.segments, album, seconds), found.label
    else:
        from vidkit import clip  # noqa: PLC0415
        from vidkit.labels import aigc  # noqa: PLC0415

        script, one = one_plan(brief, platform, out)
        album = Album(script.assets, Stock(cache.default(), clip.painting()))
        drawn, label = sheet.still(one, album, seconds, safe=safe), aigc.of_frames(script, one)
    sheet.write(drawn, out, label)
    console.note(console.words("looked", name=spelling.shown(out)))
    return 0


def _planned(brief: Path, platform: str | None, out: Path) -> Planned | None:
    """The brief's clip as it was planned before, else planned and remembered; None for a folder of photos."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit.runs import planned  # noqa: PLC0415

    picture_name(out)
    if not brief.is_file():
        return None
    store, asked = cache.default(), planned.question(brief, platform, today())
    found = planned.recall(asked, store)
    if found:
        photos = tuple(one.file for one in found.assets.values())
        _not_over(out, brief, (*found.read, *photos), photos)
        return found
    from vidkit import clip  # noqa: PLC0415
    from vidkit.labels import aigc  # noqa: PLC0415
    from vidkit.runs import inputs, remembered  # noqa: PLC0415

    begun = remembered.begin((brief,), store)
    script, one = one_plan(brief, platform, out)
    made = planned.Planned(one.segments, dict(script.assets), clip.painting(), aigc.of_frames(script, one))
    if not _doubtful(script):  # else it is told each time
        planned.remember(asked, inputs.of(brief, script), made, store, begun)
    return made


@command(
    "sheet",
    "整条短片的小图一览 · contact sheet",
    "把短片里要紧的画面排成一张图，每格标着时间。\nMoments of the clip side by side in one picture, each with its time.",
)
@BRIEF
@PICTURE
@ONE_PLATFORM
@SAFE
@width(2160)
def sheet(*, brief: Path, out: Path, platform: str | None, safe: bool, width: int) -> int:
    """Write the contact sheet."""
    from vidkit import cache, clip  # noqa: PLC0415
    from vidkit import sheet as contact  # noqa: PLC0415
    from vidkit.labels import aigc  # noqa: PLC0415
    from vidkit.painting.album import Album  # noqa: PLC0415
    from vidkit.painting.stock import Stock  # noqa: PLC0415
    from vidkit.runs import progress  # noqa: PLC0415

    script, one = one_plan(brief, platform, out)
    album = Album(script.assets, Stock(cache.default(), clip.painting()))
    with progress.bar(console.words("making", name=out.name), len(contact.moments(one.segments))) as advance:
        drawn = contact.sheet(one, album, width=width, safe=safe, advance=advance)
    contact.write(drawn, out, aigc.of_frames(script, one))
    console.note(console.words("looked", name=spelling.shown(out)))
    return 0


@command(
    "gallery",
    "所有模板、所有品牌的样板一览 · every template in every brand",
    "把自带的例子（或者指定的清单）用每个品牌各排一遍，小图放进一页 gallery.md。\n"
    "The examples (or the briefs given) in every brand, small, on one page gallery.md.",
)
@click.argument("briefs", metavar="[BRIEF...]", nargs=-1, type=Named())
@click.option(
    "-o",
    "out",
    metavar="FOLDER",
    default="docs",
    type=Named(),
    help="放进哪个文件夹（不写就是 docs）\nthe folder to write to (docs if left out)",
)
def gallery(*, briefs: tuple[Path, ...], out: Path) -> int:
    """Write the gallery."""
    from vidkit import cache, kit  # noqa: PLC0415
    from vidkit import gallery as samples  # noqa: PLC0415
    from vidkit.runs import progress  # noqa: PLC0415

    samples.sure(out)
    with examining(quiet=False):
        found = samples.entries(briefs or kit.examples(), cache.default())
    with progress.bar(console.words("making", name="gallery.md"), samples.count(found), unit="photos-left") as advance:
        page, *_ = samples.write(found, out, advance)
    console.say(console.words("wrote", name=spelling.shown(page)))
    return 0


@command(
    "privacy",
    "照片里的人脸和码，发之前看一遍 · faces and codes in the photos",
    "把清单里的照片排成一张图：找到的人脸、二维码都标了号，遮了的已经遮好。照着号在清单里写 露脸、遮脸、不遮，自己要遮的写 遮挡。"
    "一张放不下，就接着放第二张：看一看.png、看一看-p2.png。\n"
    "All photos of a brief in one picture with every face and code found, numbered, covered as they will be. Decide in the brief by "
    "number: show_face, hide_face, not_face; cover places by hand with cover. What does not fit goes on in look-p2.png, look-p3.png.",
)
@BRIEF
@PICTURE
@ROWS
@width(1080)
@JSON
def privacy(*, brief: Path, out: Path, table: Path | None, width: int, as_json: bool) -> int:
    """Write the sheet of everything found and covered, or one for every row of a table."""
    from vidkit import batch  # noqa: PLC0415
    from vidkit.briefs import asked  # noqa: PLC0415

    picture_name(out)
    wrong: tuple[Problem, ...] = ()
    if table is None:
        told = [_looked_over(brief, _read(brief, quiet=as_json), out, width, quiet=as_json)]
    else:
        asked.sure(brief)
        rows, wrong = tabled.sound(brief, table)
        console.complain(wrong)
        told = [
            _looked_over(
                file,
                _read_row(file, row.node, quiet=as_json),
                out.with_stem(f"{out.stem}-{file.stem}"),
                width,
                quiet=as_json,
            )
            for file, row in rows.items()
        ]
    code = batch.SOME_FAILED if wrong else 0
    if as_json:
        console.say_answer(code, wrong, told[0] if table is None else {"rows": told})
    return code


def _looked_over(brief: Path, script: Any, out: Path, width: int, *, quiet: bool) -> dict[str, Any]:
    """Write the sheets of one brief's photos (``a.png``, ``a-p2.png`` …); what was found as data."""
    from vidkit import sheet  # noqa: PLC0415
    from vidkit.photos import prints  # noqa: PLC0415
    from vidkit.photos import privacy as found  # noqa: PLC0415
    from vidkit.runs import progress  # noqa: PLC0415
    from vidkit.spreadsheets import headings  # noqa: PLC0415

    _not_theirs(out, script)
    studies = script.developed.studies
    with progress.bar(console.words("making", name=out.name), len(studies), unit="photos-left", quiet=quiet) as told:
        drawn = found.sheets(script.developed, found.captions(script.brief), width=width, advance=told)
    files = [_page(out, number) for number in range(1, len(drawn) + 1)]
    for file in files[1:]:
        _not_theirs(file, script)
    for page, file in zip(drawn, files, strict=True):
        sheet.write(page, file, prints.label(script.assets.values()))
    _no_further(out, len(drawn))
    if not quiet:
        count, bare = found.counts(script.developed)
        said = "privacy-next" if bare else "privacy-covered" if count else "privacy-none"
        tabled = any(headings.of_photo(script.brief, photo, "zh") for photo in script.brief.mentions)
        said += "-rows" if tabled and count else ""
        names = console.words("and").join(map(spelling.shown, files))
        console.note(console.words(said, name=names, count=count, open=bare))
    return {"brief": str(brief), "pictures": list(map(str, files)), "photos": found.as_data(script.developed)}


def _page(out: Path, number: int) -> Path:
    return out.with_stem(f"{out.stem}-p{number}") if number > 1 else out


def _no_further(out: Path, pages: int) -> None:
    """Remove the pages of an earlier run with more photos: their numbers are no longer true, and a photo may be on them that was taken out."""
    from vidkit.runs import ours  # noqa: PLC0415

    further = (_page(out, number) for number in itertools.count(pages + 1))
    for file in itertools.takewhile(lambda one: one.is_file() and ours.written(one), further):
        file.unlink()


def _read_row(row: Path, node: Node, *, quiet: bool) -> Any:
    """The script of a row of a table; while its photos are examined for the first time, progress is shown."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit import plan as planning  # noqa: PLC0415

    with examining(quiet=quiet) as advance:
        return planning.read(row, cache.default(), advance, today(), node)


def _not_theirs(out: Path, script: Any) -> None:
    from vidkit.runs import inputs  # noqa: PLC0415

    wanted = inputs.of(script.brief.file, script)
    photos = tuple(asset.file for asset in script.assets.values())
    _not_over(out, script.brief.file, (*wanted.files, *wanted.possible, *photos), photos)


def _not_over(out: Path, brief: Path, theirs: Iterable[Path], photos: Iterable[Path]) -> None:
    """Refuse (VK-M020) to write a picture over anything the brief is made from, into the shop's folders of consents, people and brands, or
    into one where photos lie apart from their brief; and (VK-M034) over any other file that vidkit did not write.
    """
    from vidkit.briefs import paths  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415
    from vidkit.runs import inputs, ours  # noqa: PLC0415

    kept = (paths.project_root(brief.resolve().parent) / name for name in inputs.SHARED)
    over = out.exists() and any(one.exists() and out.samefile(one) for one in theirs)
    apart = {one.resolve().parent for one in photos} - {brief.resolve().parent, Path.cwd()}
    if over or out.resolve().parent in apart or any(out.resolve().is_relative_to(one.resolve()) for one in kept):
        raise Refusal(problem("VK-M020", name=out))
    ours.sure(out)


def _read(brief: Path, *, quiet: bool = False) -> Any:
    """The brief's script; while its photos are examined for the first time, progress is shown."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit import plan as planning  # noqa: PLC0415
    from vidkit.briefs import intake  # noqa: PLC0415

    file, notes, text = intake.look(brief)
    if not quiet:
        console.complain(notes)
    with examining(quiet=quiet) as advance:
        node = None if text is None else planning.unwritten(file.parent, text)
        return planning.read(file, cache.default(), advance, today(), node)


def _doubtful(script: Any) -> tuple[Problem, ...]:
    """What is to be known of the colours of a brief's brand, in which nothing would be made."""
    from vidkit.kits import branding  # noqa: PLC0415

    return branding.doubtful(script.brand, branding.file_of(script.brief.brand, script.shelf))


def one_plan(brief: Path, chosen: str | None, out: Path) -> tuple[Any, Any]:
    """The brief and its plan for the platform asked for, or for the first that its clip is not too long for."""
    from vidkit import plan as planning  # noqa: PLC0415

    picture_name(out)
    script = _read(brief)
    _not_theirs(out, script)
    found = planning.first(script, planning.platforms(script, chosen))
    console.complain((*_doubtful(script), *found.left_out))
    return script, found.plans[0]
