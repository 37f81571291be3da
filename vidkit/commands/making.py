"""Commands that check briefs and make what they ask for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from vidkit import console
from vidkit.commands import (
    BRIEFS,
    JSON,
    OUT,
    PLATFORM,
    ROWS,
    closing,
    command,
    elsewhere,
    examining,
    lookup,
    tabled,
    today,
    watching,
)
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vidkit.batch import Delivered, Item
    from vidkit.clip import Rendering
    from vidkit.kits.platform import Platform
    from vidkit.make import Made, Order
    from vidkit.plan import Plan, Script
    from vidkit.problems import Problem
    from vidkit.runs.remembered import Told
    from vidkit.spreadsheets.rows import Row

SLACK: Final = 0.1
"""So much shorter or longer than usual is nothing to tell."""
QUOTED: Final = "VK-T008"
"""A clip is long by somebody else's words, which nobody shortens."""
STALE_SECONDS: Final = 24 * 3600
"""Folders a killed run left in the cache are removed after a day."""


@command(
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

    return _make(_Wanted((kit.bundled() / "examples" / "kitchen.yaml",), out, example=True))


@command(
    "make",
    "做短片、封面、海报、文案 · make everything",
    "照清单做出短片、封面、海报和文案，放进 OUT/清单名/平台。先把所有清单检查一遍，再开始做。\n"
    "也可以直接写照片的文件夹：照片叫 灶台前.jpg、灶台后.jpg 这样，会自动配成对，写好一份 清单.yaml。\n"
    "用读屏软件的，设 VIDKIT_PLAIN=1：进度一行一行说，不反复重画。\n"
    "Make clips, covers, posters and captions of briefs in OUT/<brief>/<platform>. All briefs are checked first.\n"
    "A folder of photos will do too: photos named like stove_before.jpg and stove_after.jpg are paired and a brief is written beside them.\n"
    "With a screen reader set VIDKIT_PLAIN=1: progress comes in whole lines.",
)
@BRIEFS
@OUT
@PLATFORM
@click.option("--draft", is_flag=True, help="只做小样，快，先看看 · a quick small look (360x640)")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="同时做几段（不写就用全部核心）\nsegments at once (as many as cores if left out)",
)
@ROWS
@click.option(
    "--resume",
    is_flag=True,
    help="接着上次没做完的做：已经做好、文件完整，清单、照片和模板都没变的，直接跳过\n"
    "go on with a run that was stopped: a clip whose files are whole and whose brief, photos and templates are unchanged is skipped",
)
@watching.WATCH
@elsewhere.SCHEDULER
@elsewhere.STORE
@JSON
def make(
    *,
    briefs: tuple[Path, ...],
    out: Path | None,
    platform: str | None,
    draft: bool,
    jobs: int | None,
    table: Path | None,
    resume: bool,
    watch: bool,
    scheduler: str | None,
    store: str | None,
    as_json: bool,
) -> int:
    """Check every brief, then make the good ones; ``watch`` makes their drafts again and again."""
    if watch:
        watching.alone(rows=table, scheduler=scheduler, store=store, json=as_json)
        return watching.watch(briefs, out, platform, jobs or 0)
    with elsewhere.connected(scheduler, store) as rendering:
        return _make(_Wanted(briefs, out, platform, draft, jobs or 0, as_json, table, resume, rendering))


@dataclass(frozen=True)
class _Wanted:
    """What ``make`` was asked for, as typed: the options' own names tell what each means."""

    files: Sequence[Path]
    out: Path | None
    platform: str | None = None
    draft: bool = False
    jobs: int = 0
    as_json: bool = False
    table: Path | None = None
    resume: bool = False
    rendering: Rendering | None = None
    example: bool = False

    @property
    def way(self) -> closing.Way:
        """What the end of the run depends on; the options that the next command needs are as typed."""
        rows = f"{spelling.typed(self.files[0])} --rows {spelling.typed(self.table)}" if self.table else ""
        place = f" -o {spelling.typed(self.out)}" if self.out else ""
        return closing.Way(
            self.draft, self.example, rows, f"{place} --platform {self.platform}" if self.platform else place
        )


def _make(wanted: _Wanted) -> int:
    from vidkit.commands import unchanged  # noqa: PLC0415

    files = wanted.files
    asked = () if wanted.table else unchanged.questions(files, wanted.out, wanted.platform, draft=wanted.draft)
    told = unchanged.told(asked)
    if told:
        return _told_again(told, wanted)
    begun = unchanged.begin(files)
    done, noted = _made_all(wanted)
    unchanged.remember(asked, done, begun)
    return _told(done, noted, as_json=wanted.as_json)


def _told_again(told: Sequence[Told], wanted: _Wanted) -> int:
    """Say what the runs said that made these: nothing has changed."""
    if wanted.as_json:
        import json  # noqa: PLC0415

        console.say_answer(0, (), {"briefs": [json.loads(one.data) for one in told]})
        return 0
    console.complain(dict.fromkeys(p for one in told for p in one.problems))
    ended = [
        closing.Ended(file, one.folder, one.files, (*one.problems, *one.later))
        for file, one in zip(wanted.files, told, strict=True)
    ]
    for one, end in zip(told, ended, strict=True):
        console.complain(one.later)
        closing.say_files(end)
    closing.say_end(ended, wanted.way)
    return 0


def _made_all(wanted: _Wanted) -> tuple[Sequence[Item], tuple[Problem, ...]]:
    """Every brief checked, then the good ones made, with what is said on the way; and what is to be known of their table."""
    files, quiet = wanted.files, wanted.as_json
    rows, noted = tabled.laid(files, wanted.table)
    if not quiet:
        console.complain(noted)
    checked = _checked(wanted, rows)
    if all(item.exit_code for item in checked):
        return checked, noted
    orders = _orders(wanted, checked)
    typed = dict(zip((item.file for item in checked), tuple(rows) or files, strict=True))
    done = [
        item if item.exit_code else _made(item, typed[item.file], orders[item.file], quiet=quiet) for item in checked
    ]
    out = next(iter(orders.values())).out
    gone = tabled.gone(files[0], wanted.table, rows, out) if wanted.table else ()
    if not quiet:
        console.complain(gone)
    _tell_failures(done, out, quiet=quiet)
    if not quiet:
        closing.say_end([_ended(item, typed[item.file], wanted.platform) for item in done], wanted.way)
    return done, (*noted, *gone)


def _checked(wanted: _Wanted, rows: Mapping[Path, Row]) -> Sequence[Item]:
    """Every brief, or row of a table, read and planned; what stands against them is said."""
    from vidkit import batch, cache  # noqa: PLC0415

    delivered = _delivered(wanted.out, draft=wanted.draft) if wanted.resume else batch.nothing
    with examining(quiet=wanted.as_json) as looked:
        checked = batch.check(
            tuple(rows) or wanted.files,
            cache.default(),
            wanted.platform,
            today=today(),
            draft=wanted.draft,
            rows=rows,
            delivered=delivered,
            advance=looked,
        )
    if not wanted.as_json:
        tabled.complain(checked)
        _say_errors(checked, making=True)
    return checked


def _orders(wanted: _Wanted, checked: Sequence[Item]) -> dict[Path, Order]:
    """How each of the good ones is to be made, by its brief: the folders are there and can be written, the cache is tidy."""
    from vidkit import batch, cache, project  # noqa: PLC0415
    from vidkit.make import Order  # noqa: PLC0415

    folders = {item.file: wanted.out or project.out(item.file) for item in checked if not item.exit_code}
    for folder in dict.fromkeys(folders.values()):
        batch.open_folder(folder)
    store = cache.default()
    store.sweep(time.time() - STALE_SECONDS)
    return {
        file: Order(folder, store, draft=wanted.draft, jobs=wanted.jobs, elsewhere=wanted.rendering)
        for file, folder in folders.items()
    }


def _ended(item: Item, typed: Path, chosen: str | None) -> closing.Ended:
    """What became of a brief; of one that was kept nothing was said, so what it lacks is looked for."""
    made, said = item.made, item.problems
    if item.exit_code or not made:
        return closing.Ended(typed, called=item.called if item.row else "")
    if item.kept and item.script:
        from vidkit import plan  # noqa: PLC0415
        from vidkit.people import consent  # noqa: PLC0415

        script = item.script
        said = consent.told(lack for one in plan.platforms(script, chosen) for lack in consent.lacking(script, one))
    called = item.called if item.row else ""
    return closing.Ended(typed, made.folder, made.files, said, kept=item.kept, called=called)


def _delivered(out: Path | None, *, draft: bool) -> Delivered:
    """What knows which briefs were delivered by an earlier run and need not be made again."""
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.make import Order  # noqa: PLC0415
    from vidkit.runs import resume  # noqa: PLC0415

    def known(script: Script, where: Sequence[Platform]) -> Made | None:
        order = Order(out or project.out(script.brief.file), cache.default(), draft=draft)
        return resume.delivered(script, where, order)

    return known


def _tell_failures(items: Sequence[Item], out: Path, *, quiet: bool) -> None:
    """Of several, some of which failed, a page and a JSON file say what became of each; what they said of earlier runs goes when it is mended."""
    from vidkit import batch, cache  # noqa: PLC0415
    from vidkit.runs import tally  # noqa: PLC0415

    code = batch.exit_code(items)
    tabled.report(tally.files(items, out), items, out, cache.default(), code, "tally-told", quiet=quiet)


def _made(item: Item, typed: Path, order: Order, *, quiet: bool) -> Item:
    from vidkit import batch, cache, project  # noqa: PLC0415
    from vidkit.runs import progress  # noqa: PLC0415

    if item.kept and item.made:
        if not quiet:
            console.note(console.words("kept", name=spelling.shown(item.made.folder)))
        return batch.make(item, order, lambda _frames: None)
    order.cache.trim(cache.most_bytes())
    with progress.bar(console.words("making", name=project.called(item.file)), item.steps, quiet=quiet) as advance:
        done = batch.make(item, order, advance)
    if not quiet:
        console.complain(p for p in done.told if p not in item.told)
        closing.say_files(_ended(done, typed, None))
        if done.recorded:
            console.say(console.words("series-recorded", name=spelling.shown(done.recorded)))
    return done


def _told(items: Sequence[Item], noted: Sequence[Problem], *, as_json: bool) -> int:
    """The exit code of all; for programs also what became of each, and what was ``noted`` of their table."""
    from vidkit import batch  # noqa: PLC0415

    code = batch.exit_code(items)
    if as_json:
        console.say_answer(code, noted, {"briefs": [batch.as_data(item) for item in items]})
    return code


@command(
    "check",
    "检查清单和照片，不做 · check without making",
    "检查清单和照片，把所有平台的字排一遍，不画画面。有问题一次全说出来。写照片的文件夹也行。\n"
    "Check briefs and photos and lay out all words for all platforms without painting; tells every problem at once.\n"
    "A folder of photos will do too.",
)
@BRIEFS
@ROWS
@JSON
def check(*, briefs: tuple[Path, ...], table: Path | None, as_json: bool) -> int:
    """Check briefs, or the rows of a table."""
    from vidkit import batch  # noqa: PLC0415

    rows, noted = tabled.laid(briefs, table)
    if not as_json:
        console.complain(noted)
    with lookup() as store, examining(quiet=as_json) as looked:
        items = batch.check(tuple(rows) or briefs, store, today=today(), looking=True, rows=rows, advance=looked)
    if not as_json:
        for item in items if rows else ():
            _say_checked(item)
        tabled.complain(items)
        for item in () if rows else items:
            _say_checked(item)
        if any(item.exit_code and not item.script and (item.row or item.file.is_file()) for item in items):
            console.note(console.words("check-part"))
        _say_errors(items)
        if not any(item.exit_code for item in items):
            console.note(_next(items, _make_command(briefs, table)))
    return _told(items, noted, as_json=as_json)


def _next(items: Sequence[Item], making: str) -> str:
    """What to do after checks without errors: make it, but first leave out who took her consent back."""
    from vidkit.people.consent import TAKEN_BACK  # noqa: PLC0415

    back = (p for item in items for told in item.problems for p in told.each if p.code == TAKEN_BACK)
    names = console.words("and").join(dict.fromkeys(dict(p.values)["who"] for p in back))
    return console.words("check-first" if names else "check-next", command=making, names=names)


def _make_command(briefs: Sequence[Path], table: Path | None) -> str:
    """The command that makes what was checked."""
    rows = f" --rows {spelling.typed(table)}" if table else ""
    return f"vidkit make {' '.join(map(spelling.typed, briefs))}{rows}"


def _say_errors(items: Sequence[Item], *, making: bool = False) -> None:
    """How many errors stand among what was said, so that nobody has to count them among the notes, and when ``making``, that the good ones are
    made all the same; what the law is said to want is help only.
    """
    said = dict.fromkeys(p for item in items for p in item.problems)
    errors = sum(1 for p in said if p.level == "error")
    left = sum(1 for item in items if item.exit_code)
    if making and 0 < left < len(items):
        console.note(console.words("make-count", count=errors, left=left, good=len(items) - left))
    elif errors and len(said) > 1 and not any(item.row for item in items):
        console.note(console.words("check-count", count=errors))
    from vidkit.rules.lint import CODES  # noqa: PLC0415

    if any(p.code in CODES.values() for p in said):
        console.note(console.words("no-legal-advice"))
    if not making and any(item.row for item in items):
        console.note(tabled.counted(items))


def _say_checked(item: Item) -> None:
    if item.exit_code:
        return
    from vidkit.photos import report  # noqa: PLC0415

    warned = len(item.problems)
    only = "row-no-errors" if item.row else "only-warnings"
    console.say(console.words(only if warned else "no-problems", name=item.called, count=warned))
    for line in (*_episode(item.script), *report.lines(item.script)) if item.script else ():
        console.say(line)
    for one in item.plans:
        seconds = one.board.frames / one.board.fps
        told = {"platform": one.platform.called, "seconds": f"{seconds:.1f}"}
        console.say(console.words("would-make", **told) + _unusual(seconds, item, one))


def _episode(script: Script) -> Iterator[str]:
    """Which episode of its series a brief is that says no number itself."""
    from vidkit import project  # noqa: PLC0415
    from vidkit.serials import series  # noqa: PLC0415

    given = series.given(script.brief, project.root(script.brief.file))
    if given.number:
        lost = console.words("and").join(map(str, given.lost))
        why = console.words("episode-lost", numbers=lost) if given.lost else ""
        yield console.words("episode-given", series=script.brief.series, number=given.number, why=why)


def _unusual(seconds: float, item: Item, plan: Plan) -> str:
    """That a clip is clearly shorter or longer than its template's usually are, and not because its platform takes no longer one; nothing
    otherwise.
    """
    least, most = item.script.template.seconds if item.script else (0.0, seconds)
    longer = "quoted" if any(one.code == QUOTED for one in plan.problems) else "longer"
    free = plan.platform.max_seconds > least and not plan.board.left_out
    said = "shorter" if free and seconds < least * (1 - SLACK) else longer if seconds > most * (1 + SLACK) else ""
    return console.words(f"clip-{said}", least=f"{least:g}", most=f"{most:g}") if said else ""
