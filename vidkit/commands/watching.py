"""``make --watch``: drafts made anew on every save of a file they are made from, and shown, until somebody presses Ctrl-C."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from vidkit import console
from vidkit.commands import examining, today
from vidkit.consoles import spelling, stops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vidkit.batch import Item
    from vidkit.cache import Cache
    from vidkit.problems import Problem
    from vidkit.runs.showing import Clip
    from vidkit.runs.watch import Watched

NAMED: Final = 3
"""At most so many changed files are named in a line."""
WATCH: Final = click.option(
    "--watch",
    is_flag=True,
    help="守着：清单、照片、人物……改了存一下，小样马上重做，在浏览器里看；按 Ctrl-C 结束\n"
    "remake the draft on every save and show it in the browser, until Ctrl-C",
)


@dataclass
class _Desk:
    """What all drafts of a run share, what was told already, and the page of each brief."""

    store: Cache
    platform: str | None
    jobs: int
    told: set[Problem] = field(default_factory=set)
    pages: dict[Path, Path] = field(default_factory=dict)


def alone(**others: object) -> None:
    """Refuse (VK-M026) what cannot go with ``--watch``."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    also = [name for name, said in others.items() if said]
    if also:
        raise Refusal(problem("VK-M026", option=f"--{also[0]}"))


def watch(
    files: Sequence[Path], out: Path | None, platform: str | None, jobs: int, pause: Callable[[], None] | None = None
) -> int:
    """Make every brief's draft, then again after each save, until stopped: then nothing is left of the pages, and the exit code is 0."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit.runs import showing  # noqa: PLC0415

    desk = _Desk(cache.default(), platform, jobs)
    try:
        _watch(desk, files, out, pause or _pause)
    except KeyboardInterrupt as stop:
        if stop.args == (stops.TERMINATED,):
            raise
        return 0
    finally:
        for page in desk.pages.values():
            showing.end(page)


def _watch(desk: _Desk, files: Sequence[Path], out: Path | None, pause: Callable[[], None]) -> NoReturn:
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.runs import watch  # noqa: PLC0415

    desk.store.trim(cache.most_bytes())
    briefs = [watch.watched(file, out or project.out(file)) for file in files]
    _made(desk, briefs, {})
    console.note(console.words("watch-waiting"))
    while True:
        before = {name: said for one in briefs for name, said in one.seen.items()}
        watch.settled(lambda: {name: said for one in briefs for name, said in watch.look(one).items()}, before, pause)
        changed = {one.file: found for one in briefs if (found := watch.changes(one))}
        if changed:
            watch.forget(name for names in changed.values() for name in names)
            _made(desk, [one for one in briefs if one.file in changed], changed)


def _pause() -> None:
    from vidkit.tables import table  # noqa: PLC0415

    time.sleep(table("watch")["look_seconds"])


def _made(desk: _Desk, briefs: Sequence[Watched], changed: dict[Path, tuple[str, ...]]) -> None:
    """The drafts of these briefs, each told in one line and shown."""
    from vidkit import batch  # noqa: PLC0415
    from vidkit.runs import remembered, watch  # noqa: PLC0415

    began = time.perf_counter()
    since = remembered.begin((), desk.store).at
    for one in briefs:
        watch.begin(one)
    with examining(quiet=False) as looked:
        items = batch.check(
            [one.file for one in briefs], desk.store, desk.platform, today=today(), draft=True, advance=looked
        )
    for one, item in zip(briefs, items, strict=True):
        done = _draft(desk, one, item)
        watch.read_at(one, done.script if not done.exit_code else None, since)
        _tell(desk, one, done, changed.get(one.file, ()), time.perf_counter() - began)
        began = time.perf_counter()


def _draft(desk: _Desk, one: Watched, item: Item) -> Item:
    from vidkit import batch, project  # noqa: PLC0415
    from vidkit.make import Order  # noqa: PLC0415
    from vidkit.problems import Refusal  # noqa: PLC0415
    from vidkit.runs import progress  # noqa: PLC0415

    if item.exit_code:
        return item
    try:
        batch.open_folder(one.out)
    except Refusal as refusal:
        return item.failed(*refusal.problems)
    order = Order(one.out, desk.store, draft=True, jobs=desk.jobs)
    with progress.bar(console.words("making", name=project.called(item.file)), item.steps) as advance:
        return batch.make(item, order, advance)


def _tell(desk: _Desk, one: Watched, item: Item, changed: Sequence[str], seconds: float) -> None:
    """What is new of its problems, then one line; the page shows the same."""
    from vidkit.problems import Refusal  # noqa: PLC0415
    from vidkit.runs import faults  # noqa: PLC0415

    console.complain(p for p in dict.fromkeys(item.problems) if p not in desk.told or p.level == "error")
    desk.told |= {*item.problems}
    line = _line(item, changed, seconds)
    console.say(line)
    try:
        _show(desk, one, item, line)
    except (Refusal, OSError) as error:  # a full disk, a folder somebody removes just now: the next save shows it
        if not item.exit_code:
            console.complain(error.problems if isinstance(error, Refusal) else (faults.told(error, one.out),))


def _line(item: Item, changed: Sequence[str], seconds: float) -> str:
    from vidkit import project  # noqa: PLC0415

    names = list(dict.fromkeys(spelling.shown(Path(name)) for name in changed))
    listed = "、".join(names[:NAMED]) + ("……" if len(names) > NAMED else "")
    kind = "faulty" if item.exit_code else "first" if not names else "made"
    made = item.made.made if item.made else 0
    return console.words(
        f"watch-{kind}" if names or kind != "faulty" else "watch-faulty-first",
        at=time.strftime("%H:%M:%S"),
        name=project.called(item.file),
        changed=listed,
        seconds=f"{seconds:.1f}",
        made=made,
        count=item.made.segments if item.made else 0,
    )


def _show(desk: _Desk, one: Watched, item: Item, line: str) -> None:
    from vidkit import project  # noqa: PLC0415
    from vidkit.problems import show, spoken_language  # noqa: PLC0415
    from vidkit.runs import showing  # noqa: PLC0415

    name = project.called(item.file)
    new = one.file not in desk.pages
    if new and not item.made:
        return
    if new and item.made:
        desk.pages[one.file] = showing.begin(item.made.folder, name)
    page = desk.pages[one.file]
    said = [show(p, spoken_language()) for p in dict.fromkeys(item.problems)]
    showing.show(page, name, line, said, tuple(_clips(item)), faulty=bool(item.exit_code))
    if new:
        console.say(console.words("watch-page", page=spelling.shown(page)))
        _open(page)


def _clips(item: Item) -> Iterator[Clip]:
    from vidkit.problems import spoken_language  # noqa: PLC0415
    from vidkit.runs.showing import Clip  # noqa: PLC0415

    for plan in item.plans if item.made else ():
        assert item.made
        folder, where = item.made.folder / plan.platform.id, plan.platform
        words = (folder / "caption.txt").read_text(encoding="utf-8")
        yield Clip(where.title_zh if spoken_language() == "zh" else where.title_en, folder / "clip.mp4", words)


def _open(page: Path) -> None:
    """Open the page in the person's browser, where there are a person and a screen."""
    screen = sys.platform in {"win32", "darwin"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if screen and sys.stderr.isatty():
        with suppress(OSError):
            click.launch(str(page.resolve()))
