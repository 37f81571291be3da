"""Commands around posting: a pack that may be posted, the proof that it is still whole, and a note of where it was posted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vidkit import console
from vidkit.commands import BRIEF, JSON, OUT, PLATFORM, ROWS, command, examining, standing, tabled, today
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from vidkit.batch import Item
    from vidkit.kits.platform import Platform
    from vidkit.make import Order
    from vidkit.problems import Problem
    from vidkit.publish import Published
    from vidkit.publishing.archive import Posted
    from vidkit.runs.tally import Line


@command(
    "publish",
    "查一遍，打成能发的包 · check all and pack for posting",
    "把清单做好、查一遍，每个平台打一个包：短片、封面、文案、发布清单、给她看的小短片、审核单。\n"
    "只有三种结论：可以发、再看看、不能发。不能发的（退出码 2）不打包，只出一张审核单草稿，缺什么一次说清。\n"
    "用表格做的，加上 --rows 那张表：一行一个结论，能发的打包。\n"
    "Make what is missing, prove every file and pack clip, covers, caption, checklist, a small preview and a review sheet for every platform.\n"
    "One verdict: ready, look again, or must not (exit 2); what must not be posted gets no pack, only a draft of the review sheet.\n"
    "Of a table's rows (--rows) each has its verdict, and its packs if it may be posted.",
)
@BRIEF
@OUT
@PLATFORM
@ROWS
@click.option("--strict", is_flag=True, help="有要再看看的也不打包 · warnings refuse it too")
@click.option("--yes", is_flag=True, help="以前的包不一样，不问就换 · replace an older pack without asking")
@JSON
def publish(
    *, brief: Path, out: Path | None, platform: str | None, table: Path | None, strict: bool, yes: bool, as_json: bool
) -> int:
    """Publish a brief, or the rows of a table."""
    from vidkit import batch, cache, project  # noqa: PLC0415
    from vidkit import publish as publishing  # noqa: PLC0415

    store = cache.default()
    rows, noted = tabled.laid((brief,), table)
    with examining(quiet=as_json) as looked:
        items = batch.check(tuple(rows) or (brief,), store, platform, today=today(), rows=rows, advance=looked)
    some = dict.fromkeys(one.platform for item in items for one in item.plans)
    clock = tuple(standing.clock(project.root(items[0].file), tuple(some) or None))
    if not as_json:
        console.complain(noted)
        tabled.complain(items)
        console.complain(clock)
    folder = out or project.out(items[0].file)
    batch.open_folder(folder)
    from vidkit.make import Order  # noqa: PLC0415

    asked = _Asked(strict, yes, as_json, f" --rows {spelling.typed(table)}" if table else "", brief, (*clock, *noted))
    if table:
        gone = partial(tabled.gone, brief, table, rows, folder)
        return _rows_published(items, Order(folder, store), asked, gone)
    done = _published(items[0], Order(folder, store), asked)
    code = publishing.exit_code(done)
    if as_json:
        console.say_answer(code, (*clock, *publishing.told(done)), publishing.as_data(done))
    return code


@dataclass(frozen=True)
class _Asked:
    """How ``publish`` was asked for: as typed, with the table's rows, if any, and the brief; what is wrong with the computer's date, or old, and what is to be
    known of the table.
    """

    strict: bool = False
    yes: bool = False
    as_json: bool = False
    rows: str = ""
    brief: Path = Path()
    noted: tuple[Problem, ...] = ()


def _rows_published(items: Sequence[Item], order: Order, asked: _Asked, gone: Callable[[], tuple[Problem, ...]]) -> int:
    """Every row published for itself, whatever becomes of the others, then what is to be said of rows that are ``gone``; the exit code of all."""
    from vidkit import batch  # noqa: PLC0415
    from vidkit import publish as publishing  # noqa: PLC0415
    from vidkit.runs import tally  # noqa: PLC0415

    done = [_row_published(item, order, asked) for item in items]
    lost = gone()
    if not asked.as_json:
        console.complain(lost)
    code = batch.together([publishing.exit_code(one) for one in done])
    packed = [one.item for one in done if one.packs]
    lines = tally.written([_line(one) for one in done], order.out, code, "packed")
    tabled.report(lines, packed, order.out, order.cache, code, "tally-told-packed", quiet=asked.as_json)
    if asked.as_json:
        console.say_answer(code, (*asked.noted, *lost), {"briefs": [publishing.as_data(one) for one in done]})
        return code
    left = [one.item.called for one in done if publishing.exit_code(one)]
    numbers = {"rows": len(done), "good": len(done) - len(left), "left": len(left), "names": "、".join(left)}
    console.note(console.words("no-legal-advice"))
    console.note(console.words("rows-published" if left else "rows-all-published", **numbers))
    return code


def _row_published(item: Item, order: Order, asked: _Asked) -> Published:
    """What came of a row; one that is refused on the way has that among its problems."""
    from vidkit.problems import Refusal  # noqa: PLC0415
    from vidkit.publish import Published  # noqa: PLC0415

    if not asked.as_json:
        console.say(console.words("rows-now", name=item.called))
    try:
        return _published(item, order, asked)
    except Refusal as refusal:
        if not asked.as_json:
            console.complain(refusal.problems)
        failed = item.failed(*refusal.problems)
        return Published("stop", failed, failed.problems)


def _line(done: Published) -> Line:
    """What became of a row, for the page and the file that tell of all."""
    from vidkit import publish as publishing  # noqa: PLC0415
    from vidkit.problems import show, spoken_language  # noqa: PLC0415
    from vidkit.runs.tally import Line  # noqa: PLC0415

    language, failed = spoken_language(), bool(publishing.exit_code(done))
    packs = (spelling.shown(one.folder) for one in done.packs)
    told = (show(p, language) for p in publishing.told(done))
    said = (*packs, *(one[language] for one in done.blockers), *told)
    return Line(done.item.called, "stop" if failed else done.verdict, said, publishing.as_data(done), failed)


def _published(checked: Item, order: Order, wanted: _Asked) -> Published:
    from vidkit import project  # noqa: PLC0415
    from vidkit import publish as publishing  # noqa: PLC0415
    from vidkit.problems import Place, Refusal, problem  # noqa: PLC0415
    from vidkit.runs import progress  # noqa: PLC0415

    strict, yes, as_json = wanted.strict, wanted.yes, wanted.as_json
    frames = publishing.frames(checked, strict=strict)
    if not as_json:
        taken_back = any(one.taken_back for one in publishing.known(checked, strict=strict))
        made = "sample" if frames else "taken-back" if taken_back else "nothing"
        _told_first(publishing.stopped(checked, strict=strict), made)
    agreed = cache(lambda old: yes or _may_replace(old, quiet=as_json))
    unwanted = [old for old in publishing.replaced(checked, order, strict=strict) if not agreed(old)]
    if unwanted:
        raise Refusal(*(problem("VK-U022", Place(spelling.shown(old))) for old in unwanted))
    with progress.bar(console.words("publishing", name=project.called(checked.file)), frames, quiet=as_json) as more:
        item, shown = publishing.finished(checked, order, more, strict=strict)
    done = publishing.publish(item, shown, order, publishing.Wishes(strict, agreed))
    if not as_json:
        console.complain(p for p in publishing.told(done) if p not in checked.told)
        _say(done, order, wanted)
    return done


def _may_replace(old: Path, *, quiet: bool) -> bool:
    """Ask whether an older pack may be replaced; no answer is a no."""
    if quiet:
        return False
    try:
        return click.confirm(console.words("pack-replace", name=spelling.shown(old)), default=False, err=True)
    except click.Abort:
        console.note("")
        return False


def _told_first(blockers: tuple[dict[str, str], ...], made: str) -> None:
    """Before anything is made: that the post must not go out, and what is ``made`` of it all the same."""
    if blockers:
        console.note(_plain("now", words=_listed(blockers)))
        console.note(_plain(made))


def _listed(blockers: tuple[dict[str, str], ...]) -> str:
    from vidkit.problems import spoken_language  # noqa: PLC0415

    language = spoken_language()
    return ("。" if language == "zh" else ". ").join(one[language] for one in blockers)


def _plain(name: str, **values: str) -> str:
    from vidkit.problems import spoken_language  # noqa: PLC0415
    from vidkit.publishing import dossier  # noqa: PLC0415

    return dossier.filled("blockers", name, **values)[spoken_language()]


def _say(done: Published, order: Order, wanted: _Asked) -> None:
    if not done.item.script:
        return
    told = _listed(done.blockers)
    console.say(_plain("stop", words=told) if told else console.words(f"verdict-{done.verdict}"))
    for one in done.packs:
        console.say(console.words("pack", name=spelling.shown(one.folder), zip=spelling.shown(one.zip)))
    if done.entry:
        console.say(console.words("pack-kept", name=spelling.shown(done.entry)))
    for draft in done.drafts:
        console.say(console.words("pack-draft", name=spelling.shown(draft)))
    if told:
        console.say(_plain("change" if done.taken_back else "close"))
    for able in done.free:
        called = _called(able)
        console.say(_plain("free", words=called, command=_command(done, order, called, wanted)))
    if not wanted.rows:
        console.note(console.words("no-legal-advice"))


def _called(one: Platform) -> str:
    """A platform as people type it."""
    from vidkit.problems import spoken_language  # noqa: PLC0415

    return one.title_zh if spoken_language() == "zh" else one.id


def _command(done: Published, order: Order, platform: str, wanted: _Asked) -> str:
    """The command that packs a brief, or all rows, for one platform."""
    from vidkit import project  # noqa: PLC0415

    file = wanted.brief if wanted.rows else done.item.file
    place = "" if order.out.resolve() == project.out(file).resolve() else f" -o {spelling.typed(order.out)}"
    return f"vidkit publish {spelling.typed(file)}{wanted.rows}{place} --platform {platform}"


@command(
    "verify",
    "查发布包有没有被动过 · prove that a pack is whole",
    "一个一个对：发布包（文件夹或者压缩包）里的文件是不是清单里记的那些，一个字节都不差。对上了退出码是 0，对不上是 2。\n"
    "打好包以后清单、表格的那一行和它们用到的东西改过的、同意书或者价格到期的、同意书不再包括这个平台的，也会说。\n"
    "Compare every file of a pack (folder or zip) with its manifest, bit by bit. Exit 0 when all is as it was, 2 when not.\n"
    "That the brief, its row of a table, or what they use, was changed since is told, too, and that a consent or the prices are over, or that a consent\n"
    "does not cover the platform any more.",
)
@click.argument("pack", type=click.Path(path_type=Path))
@JSON
def verify(*, pack: Path, as_json: bool) -> int:
    """Verify a pack."""
    from vidkit.publishing import pack as packing  # noqa: PLC0415
    from vidkit.publishing import versions  # noqa: PLC0415

    _put_back(pack)
    found = packing.verify(pack)
    code = 2 if found.problems else 0
    whole = _whole(pack, found.said)
    said = found.problems or (*versions.outdated(pack, whole, today()), *_lapsed(pack, found.said))
    if as_json:
        console.say_answer(code, said, {"pack": str(pack), "ok": not code, "files": found.files})
        return code
    console.complain(said)
    if not code:
        day = found.said.get("day", "")
        console.say(console.words("pack-whole", name=spelling.shown(pack), count=found.files, day=day))
    return code


def _lapsed(pack: Path, said: Mapping[str, Any]) -> Iterator[Problem]:
    """Why a whole pack must not be posted any more; whom the consents of a zip are of is what the archive knows."""
    from vidkit.briefs import paths  # noqa: PLC0415
    from vidkit.people import reach  # noqa: PLC0415
    from vidkit.publishing import archive  # noqa: PLC0415

    root = paths.project_root(pack.resolve().parent)
    kept = archive.seals(archive.entries(root / paths.ARCHIVE)) if archive.KEPT in said else {}
    yield from reach.lapsed({**said, **archive.names(kept, said)}, pack, root, today())


def _whole(pack: Path, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is said of a pack without a name left out, as far as the archive knows it."""
    from vidkit.briefs import paths  # noqa: PLC0415
    from vidkit.publishing import archive  # noqa: PLC0415

    kept = paths.project_root(pack.resolve().parent) / paths.ARCHIVE
    return archive.whole(archive.seals(archive.entries(kept)), said) if archive.KEPT in said else said


def _put_back(pack: Path) -> None:
    """A pack that is missing because ``publish`` was killed while replacing it is put back first, which is told."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit.publishing import pack as packing  # noqa: PLC0415
    from vidkit.runs import lock  # noqa: PLC0415

    if packing.lost(pack):
        with lock.held(pack.parent, cache.default()):
            back = packing.put_back(pack)
        if back:
            console.note(console.words("pack-put-back", name=spelling.shown(pack)))


@command(
    "posted",
    "记一笔：发到哪儿了 · note where it was posted",
    "把发布包发到了哪个平台、哪一天、链接是什么，记进 archive 里的 posted.yaml。以后有人收回同意，才知道要撤哪些。"
    "同意书不包括这个平台、到期了或者已经收回的，价格过期的，会说要撤下来。\n"
    "Note in the archive's posted.yaml where and when a pack was posted, with its link: what to take down if a consent is taken back.\n"
    "A post that the consents do not cover, or whose prices are over, is noted, too, and said to be taken down.",
)
@click.argument("pack", type=click.Path(path_type=Path))
@click.option(
    "--platform", metavar="P", help="发到哪个平台（不写就是包的平台）\nwhere (the pack's platform if left out)"
)
@click.option("--date", "day", metavar="D", help="哪天发的（不写就是今天）· the day (today if left out)")
@click.option("--link", metavar="U", default="", help="链接 · the post's link")
@JSON
def posted(*, pack: Path, platform: str | None, day: str | None, link: str, as_json: bool) -> int:
    """Note a post."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit.people import reach  # noqa: PLC0415
    from vidkit.publishing import archive  # noqa: PLC0415
    from vidkit.publishing.archive import Posted  # noqa: PLC0415

    _put_back(pack)
    entry, said, changed = _kept(pack)
    one = Posted(_where(platform, said), _day(day or today()), link.strip())
    new = archive.note(entry, one, cache.default())
    file = entry / archive.POSTED
    where = _loaded(one.platform)
    shop = _shop(entry)
    found = (*changed, *reach.uncovered(entry, where, shop, today()), *_doubted(entry, one), *standing.clock(shop))
    if as_json:
        post = {"platform": one.platform, "day": one.day, "link": one.link}
        console.say_answer(0, found, {"file": spelling.shown(file), "new": new, **post})
        return 0
    console.say(console.words("posted-noted" if new else "posted-before", name=spelling.shown(file), words=_told(one)))
    console.complain(found)
    return 0


def _doubted(entry: Path, one: Posted) -> Iterator[Problem]:
    """What is odd about a post that was noted: it is older than its pack (VK-U068), its brief was changed since that was made, or the same was posted
    before under another name (``versions``).
    """
    from vidkit.problems import Place, problem  # noqa: PLC0415
    from vidkit.publishing import archive, versions  # noqa: PLC0415

    packs = [both for both in archive.entry(entry).manifests if archive.is_on(one, *both)]
    for where, said in packs:
        packed = str(said.get("day") or "")
        if one.day < packed:
            yield problem("VK-U068", Place(spelling.shown(entry / archive.POSTED)), day=one.day, packed=packed)
        yield from versions.outdated(entry / f"{where}.zip", said, today())
        yield from versions.twice(entry, where, said, today())


def _shop(entry: Path) -> Path:
    """The shop of an archive's entry; of one that lies in none, where one stands."""
    from vidkit import project  # noqa: PLC0415

    above = entry.resolve().parent.parent
    return above if project.is_one(above) else project.root(Path.cwd() / "x")


def _loaded(platform: str) -> Platform:
    from vidkit.kits import platform as platforms  # noqa: PLC0415

    return platforms.load(platform, _platforms())


def _told(one: Posted) -> str:
    from vidkit.problems import spoken_language  # noqa: PLC0415

    found = _loaded(one.platform)
    called = found.title_zh if spoken_language() == "zh" else found.title_en
    return " ".join(filter(None, (called, one.day, one.link)))


def _platforms() -> tuple[Path, ...]:
    from vidkit import kit, plan, project  # noqa: PLC0415

    return plan.platform_folders(kit.shelf(project.root(Path.cwd() / "x")))


def _kept(given: Path) -> tuple[Path, str, tuple[Problem, ...]]:
    """The entry of the archive that a pack, its zip or the entry itself means, the pack's platform, and that the pack was changed (VK-U045);
    refuses with VK-U042, and with VK-U057 a folder above packs.
    """
    from vidkit.briefs import paths  # noqa: PLC0415
    from vidkit.problems import Place, Refusal, problem  # noqa: PLC0415
    from vidkit.publishing import archive  # noqa: PLC0415
    from vidkit.publishing import pack as packing  # noqa: PLC0415

    names = sorted(given.glob(f"*{archive.MANIFEST}")) if given.is_dir() else []
    if names:
        return given, names[0].name.removesuffix(archive.MANIFEST) if len(names) == 1 else "", ()
    looked = packing.verify(given)
    said = looked.said
    for folder in given.resolve().parents:
        found = archive.entry_of(folder / paths.ARCHIVE, packing.sealed(said)) if said else None
        if found:
            return found, str(said["platform"]["id"]), _changed(given, looked.problems)
    if any(one.code == "VK-U057" for one in looked.problems):
        raise Refusal(*looked.problems)
    if "platform" in said and not looked.problems:
        brief = said.get("brief") or {}
        typed = spelling.typed(str(brief.get("path") or brief.get("name") or ""))
        name = f"{said.get('day', '')}-{said.get('called', '')}"
        raise Refusal(problem("VK-U069", Place(spelling.shown(given)), name=name, typed=typed))
    raise Refusal(problem("VK-U042", Place(spelling.shown(given))))


def _changed(pack: Path, found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    from vidkit.problems import Place, problem  # noqa: PLC0415

    names = [dict(one.values).get("name", "") for one in found]
    told = "、".join(filter(None, names)) or pack.name
    return (problem("VK-U045", Place(spelling.shown(pack)), names=told),) if found else ()


def _where(platform: str | None, said: str) -> str:
    """A platform's id: the one asked for, else the pack's; refuses (VK-U044) when neither says it."""
    from vidkit.kits import platform as platforms  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    if platform:
        return platforms.load(platform, _platforms()).id
    if not said:
        raise Refusal(problem("VK-U044"))
    return said


def _day(typed: str) -> str:
    """A day not after today as 2026-11-27; refuses (VK-U043) anything else."""
    from vidkit.briefs.fields import day  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    found = day(typed.strip())
    if not found or found > today():
        raise Refusal(problem("VK-U043", day=typed))
    return found
