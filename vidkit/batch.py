"""Briefs → each one checked as a whole, then each good one made: what ``vidkit check``, ``make`` and ``demo`` do.

Nothing is made before every brief was read and all its words laid out. One brief's problems do not keep the others from being made.
"""

from __future__ import annotations

import errno
import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from vidkit import kit, plan, project, source
from vidkit.audio import musical
from vidkit.boards import brevity
from vidkit.briefs import borrowed, doubts, intake, keys, new, paths
from vidkit.captions import counting
from vidkit.consoles.crashes import crash, machine_fault
from vidkit.consoles.spelling import shown
from vidkit.people import barred, consent, whose
from vidkit.photos import report
from vidkit.problems import Place, Problem, Refusal, as_json, in_order, problem, spoken_language
from vidkit.rules import depends
from vidkit.runs import earlier, faults
from vidkit.runs.progress import STILL
from vidkit.serials import series
from vidkit.spreadsheets.rows import called as called_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vidkit.cache import Cache
    from vidkit.caption import Caption
    from vidkit.kits.platform import Platform
    from vidkit.make import Made, Order
    from vidkit.plan import Plan, Script
    from vidkit.rules.finding import Finding
    from vidkit.source import Node
    from vidkit.spreadsheets.rows import Row

T = TypeVar("T")
Delivered = Callable[["Script", "Sequence[Platform]"], "Made | None"]
"""What an earlier run left of a brief for some platforms that need not be made again."""
Shops = Callable[[Path], barred.Shop]
"""What a shop's folder knows of homes that took their consent back, looked up once a run."""
SOME_FAILED = 6
INVISIBLE = "VK-Y009"
EVERYWHERE = ("series", "episode")
"""Fields that covers, captions and end cards show whatever the template."""
AGAIN = frozenset({"VK-E002", "VK-E006", "VK-E012", "VK-E013"})
"""Refusals that another try may well not meet: an encoder that ended in the middle, a cache that was emptied meanwhile."""
TRIES = 3
"""How often a brief is begun before an encoder's end counts: what was finished is kept, so a try costs what is left."""


@dataclass(frozen=True)
class Item:
    """One brief of a run: its name as typed, what was found out, what was made, what stands against it, the series' ledger
    it was entered in, what the rules found in its words, how many stills it has, and where the ``row`` of a table stands that it is. One that is
    ``kept`` was delivered by an earlier run.
    """

    file: Path
    script: Script | None = None
    plans: tuple[Plan, ...] = ()
    made: Made | None = None
    problems: tuple[Problem, ...] = ()
    recorded: Path | None = None
    findings: tuple[Finding, ...] = ()
    kept: bool = False
    stills: int = 0
    row: Place | None = None

    @property
    def called(self) -> str:
        """What people call it: its file, or its row of a table."""
        if self.row is None:
            return str(self.file)
        return called_row(project.called(self.file), self.row)

    @property
    def told(self) -> tuple[Problem, ...]:
        """What stands against it, where people find it."""
        return placed(self.problems, self)

    @property
    def exit_code(self) -> int:
        """0, or the exit code of the first error."""
        return next((p.exit_code for p in self.problems if p.level == "error"), 0)

    @property
    def frames(self) -> int:
        """Frames of all its clips together."""
        return sum(one.board.frames for one in self.plans)

    @property
    def steps(self) -> int:
        """How much there is to make, in frames: stills count for some."""
        return self.frames + STILL * self.stills

    def failed(self, *problems: Problem) -> Item:
        """It could not be made, or looked at, for these problems; what was known of it stays."""
        return replace(self, problems=(*self.problems, *problems))


@dataclass(frozen=True)
class Checking:
    """How the briefs of a run are checked, alike for all of them, as ``check`` says."""

    cache: Cache
    chosen: str | None
    today: str
    draft: bool
    looking: bool
    delivered: Delivered
    shops: Shops


def nothing(_script: Script, _where: Sequence[Platform]) -> Made | None:
    """The default of ``delivered``: nothing was delivered earlier."""
    return None


def check(
    files: Sequence[Path],
    cache: Cache,
    chosen: str | None = None,
    *,
    today: str = "",
    draft: bool = False,
    looking: bool = False,
    rows: Mapping[Path, Row] = MappingProxyType({}),
    delivered: Delivered = nothing,
    advance: Callable[[int, int], None] = lambda _photos, _all: None,
) -> tuple[Item, ...]:
    """Every brief read, planned and its words laid out, for the platform ``chosen`` or for its own; nothing is painted, and when only
    ``looking`` no brief is written for a folder of photos.

    ``today`` is the day consents, prices and dates are held against (2026-11-26; empty: they are not). ``rows`` holds those of the files
    that are rows of a table. ``delivered`` knows what an earlier run left of a brief that need not be made again, nor looked at
    further. ``advance`` is told of every photo examined, and of how many there are; the total is estimated: briefs not read yet count as
    much as those read so far on average.
    """
    seen: dict[Path, int] = {}
    how = Checking(cache, chosen, today, draft, looking, delivered, functools.cache(barred.of))

    def of(file: Path, later: int) -> Callable[[int, int], None]:
        def looked(photos: int, count: int) -> None:
            seen[file] = count
            known = sum(seen.values())
            advance(photos, known + round(later * known / len(seen)))

        return looked

    def examined(file: Path, later: int) -> Item:
        row = rows.get(file)
        node, place = (row.node, row.place) if row else (None, None)
        try:
            if row and row.problems:
                return replace(_refused(_Opened(file, file), node, Refusal(*row.problems)), row=place)
            return replace(_checked(file, node, how, of(file, later)), row=place)
        except Refusal as refusal:  # a faulty list of words
            return Item(file, row=place).failed(*refusal.problems)
        except Exception as error:  # noqa: BLE001  # whatever one brief meets, the others are looked at
            return Item(file, row=place).failed(machine_fault(error) or crash(error))

    items = tuple(examined(file, len(files) - at) for at, file in enumerate(files, 1))
    names, episodes = _first_two(items, lambda item: paths.alike(project.called(item.file))), _first_two(items, episode)
    return tuple(
        replace(item, problems=(*item.problems, *_same_name(item, names), *_same_episode(item, episodes)))
        for item in items
    )


def placed(problems: Iterable[Problem], item: Item) -> tuple[Problem, ...]:
    """What is told of a brief, as people find it: of a row's brief, which no file holds, and of none, at the row."""
    names = {str(item.file), shown(item.file)}

    def here(said: Problem) -> Problem:
        if item.row is None or (said.place and said.place.file not in names):
            return said
        return replace(said, place=item.row, parts=tuple(map(here, said.parts)))

    return tuple(map(here, problems))


def _first_two(items: Sequence[Item], called: Callable[[Item], T | None]) -> dict[T, list[Item]]:
    """Items by what they are called; the first two of each, so that every item finds another one."""
    found: dict[T, list[Item]] = {}
    for item in items:
        name = called(item)
        if name is not None and len(found.setdefault(name, [])) < 2:
            found[name].append(item)
    return found


def _checked(file: Path, row: Node | None, how: Checking, advance: Callable[[int, int], None]) -> Item:
    try:
        opened = _opened(file, row, looking=how.looking)
    except Refusal as refusal:
        return _refused(_Opened(file, file), row, refusal)
    try:
        script = plan.read(opened.file, how.cache, advance, how.today, opened.node)
        where = plan.platforms(script, how.chosen)
    except Refusal as refusal:
        return _refused(opened, row, refusal)
    made = how.delivered(script, where)
    if made:
        return Item(opened.file, script, made=made, kept=True)
    laid = _laid_out(script, where, draft=how.draft)
    findings = _findings(script, laid.plans)
    judged = _judged(script, laid, findings, how.shops)
    problems = in_order([*opened.notes, *laid.refused, *laid.without, *judged])
    stills = 0 if how.draft else laid.stills
    return Item(opened.called, script, laid.plans, problems=problems, findings=findings, stills=stills)


class _Opened(NamedTuple):
    """A brief about to be read: its file, what it is called by (a folder of photos for which none is written), what it says where its file is
    not to be read, and what must be known by now.
    """

    file: Path
    called: Path
    node: Node | None = None
    notes: tuple[Problem, ...] = ()


def _opened(file: Path, row: Node | None, *, looking: bool) -> _Opened:
    """What was typed as a brief; refuses what ``intake`` refuses."""
    if row:
        return _Opened(file, file, row)
    if looking:
        file, notes, text = intake.look(file)
        if text is not None:
            return _Opened(file, file.parent, plan.unwritten(file.parent, text), notes)
    else:
        file, notes = intake.brief(file)
    node, hidden = _without_hidden(file)
    return _Opened(file, file, node, (*notes, *hidden))


def _refused(opened: _Opened, row: Node | None, refusal: Refusal) -> Item:
    """A brief that cannot be made, with what is banned in its words all the same."""
    found = _early(opened.file, row)
    return Item(opened.file, problems=(*opened.notes, *refusal.problems, *_told_of(found)), findings=found)


class _Laid(NamedTuple):
    """What a brief comes to before anything is painted: the platforms it is made for, and what is to be known of those left out, its clips,
    each platform's post (None for one that is refused), how many stills, and everything that was refused.
    """

    where: tuple[Platform, ...]
    without: tuple[Problem, ...]
    plans: tuple[Plan, ...]
    posts: tuple[Caption | None, ...]
    stills: int
    refused: tuple[Problem, ...]


def _laid_out(script: Script, asked: Sequence[Platform], *, draft: bool) -> _Laid:
    """All clips planned, all words set; a platform whose limit the shortest clip exceeds is left out while another one remains.

    Posts and stills are looked at and not kept: each pass remembers what it made of the latest scripts, so the rules, and the making of a few
    briefs, find it again. Of many it is laid out anew when its turn comes (0.05 s a brief, beside the seconds a clip takes).
    """
    from vidkit.rules import said  # noqa: PLC0415  # its drawing code is not needed for a brief that cannot be read

    clips = plan.planned(script, asked, draft=draft)
    where = clips.platforms
    posts = [_tried(partial(said.posted, script, one)) for one in where]
    stills = [_tried(pages) for pages in _pages(script, where)]
    refused = (*clips.refused, *(one for _, told in (*posts, *stills) for one in told))
    return _Laid(
        where,
        clips.left_out,
        clips.plans,
        tuple(made for made, _ in posts),
        sum(len(made or ()) for made, _ in stills),
        doubts.once(script.brief, refused),
    )


def _judged(script: Script, laid: _Laid, findings: Sequence[Finding], shops: Shops) -> Iterator[Problem]:
    """What must be known of a brief that was laid out, besides what was refused."""
    root, where = project.root(script.brief.file), laid.where
    barring = shops(root)
    yield from script.developed.problems
    yield from brevity.longest(one for made in laid.plans for one in made.problems)
    yield from _left_out(script, laid.plans)
    yield from _lost_topics(script, where, laid.posts)
    if not laid.refused:
        yield from _posters(script, where)
    yield from _unused(script)
    yield from _example_brand(script)
    yield from _unreadable(script)
    yield from _badly_shaped(script)
    yield from borrowed.problems(script)
    yield from _told_of(findings)
    yield from depends.problems(script.brief)
    yield from doubts.problems(script.brief)
    yield from musical.doubts(script.brief)
    yield from consent.told(lack for one in where for lack in consent.lacking(script, one))
    yield from (lack.problem for lack in consent.unasked(script, where))
    yield from whose.problems(script, barring.back)
    yield from barred.problems(script, barring)
    yield from project.notes(script.brief)
    yield from series.notes(script.brief, root)


def _without_hidden(file: Path) -> tuple[Node | None, tuple[Problem, ...]]:
    """What a brief says without its invisible characters, and where these are, if nothing else is wrong with its writing: then all that they hide
    is told with them.
    """
    node, found = source.examine(file, shown=str(file))
    return (node, found) if found and all(one.code == INVISIBLE for one in found) else (None, ())


def _early(file: Path, row: Node | None) -> tuple[Finding, ...]:
    """What is banned in the words of a brief that cannot be made yet, as far as these can be read."""
    node = row or (source.examine(file, shown=str(file))[0] if file.is_file() else None)
    if node is None:
        return ()
    from vidkit.rules import early  # noqa: PLC0415  # needed for faulty briefs only

    return early.findings(node, file)


def _findings(script: Script, plans: Sequence[Plan]) -> tuple[Finding, ...]:
    """What the rules find in everything that will be seen or posted."""
    from vidkit.rules import lint, said  # noqa: PLC0415  # their drawing code is not needed for a brief that cannot be read

    return lint.examine(script, plans, said.everything(script, plans))


def _told_of(findings: Sequence[Finding]) -> tuple[Problem, ...]:
    from vidkit.rules import lint  # noqa: PLC0415  # see above

    return lint.problems(findings)


def _left_out(script: Script, plans: Sequence[Plan]) -> Iterator[Problem]:
    """What had no room in a clip is said, once for all platforms whose clips lack the same."""
    lacking: dict[tuple[str, str], list[Platform]] = {}
    for one in plans:
        parts = "、".join(f"「{script.brief.key(name)}」" for name in one.board.left_out if keys.find("brief", name))
        if parts:
            lacking.setdefault((parts, ", ".join(one.board.left_out)), []).append(one.platform)
    for (parts, english), where in lacking.items():
        named, named_en = "、".join(each.title_zh for each in where), ", ".join(each.title_en for each in where)
        yield problem("VK-T004", parts=parts, parts_en=english, platform=named, platform_en=named_en)


def _lost_topics(script: Script, where: Sequence[Platform], posts: Sequence[Caption | None]) -> Iterator[Problem]:
    """Topics of the brief that some version of a post has no room for are said, for every platform that takes topics."""
    for one, made in zip(where, posts, strict=True):
        if made is None:
            continue
        kept = [{topic.casefold() for topic in version.topics} for version in made.versions]
        wanted = counting.hashtags(script.brief.topics, len(script.brief.topics), kept=script.brief.topics)
        lost = [topic for topic in wanted if not all(topic.casefold() in topics for topics in kept)]
        if lost and one.text.topics_max:
            names = {**one.titles, "limit": one.text.topics_max}
            yield problem("VK-C006", script.brief.at("topics"), names="、".join(lost), **names)


def _posters(script: Script, where: Sequence[Platform]) -> Iterator[Problem]:
    """Posters that are not made because the words leave no room are said."""
    from vidkit import poster  # noqa: PLC0415  # its drawing code is not needed for a brief that cannot be read

    lost = poster.left_out(script, where)
    if lost:
        yield problem("VK-G104", script.brief.at("title"), names="、".join(lost), names_en=", ".join(lost))


def _unused(script: Script) -> Iterator[Problem]:
    """Fields of the brief's file that other templates' clips show but this one's does not; its posters and captions may."""
    own, others = set(script.template.takes), dict(kit.template_takes(script.shelf)).values()
    taken = {path for rows in others for path, _ in rows} - own - {*new.FIRST, *new.LAST, *EVERYWHERE}
    for field in keys.models()["brief"]:
        place = script.brief.at(field.name) if field.name in taken else None
        if place and place.file == str(script.brief.file) and getattr(script.brief, field.name):
            called = script.template.names
            yield problem(
                "VK-T005",
                place,
                field=script.brief.key(field.name),
                field_en=field.name,
                template=called.zh,
                template_en=called.en,
            )


def _example_brand(script: Script) -> Iterator[Problem]:
    """A shop's first clip should not go out under our fictional name."""
    if script.brand.example and not script.brief.file.resolve().is_relative_to(kit.bundled()):
        yield problem("VK-K005", script.brief.at("brand"), name=script.brand.names.zh)


def _unreadable(script: Script) -> Iterator[Problem]:
    """A brand written by hand may have a price that nobody can read: what ``vidkit brand check`` says of its colours."""
    from vidkit.kits import branding  # noqa: PLC0415  # its drawing code is not needed for a brief that cannot be read

    yield from branding.unreadable(script.brand, branding.file_of(script.brief.brand, script.shelf))


def _badly_shaped(script: Script) -> Iterator[Problem]:
    """A logo that is too long or too tall, as ``vidkit brand check`` tells it; of many briefs of one brand it is printed once."""
    from vidkit.kits import branding  # noqa: PLC0415  # see above

    yield from branding.shaped(script.brand, branding.file_of(script.brief.brand, script.shelf))


def _pages(script: Script, where: Sequence[Platform]) -> Iterator[Callable[[], Sequence[object]]]:
    """What sets the words of each kind of stills: covers, posters, pairs."""
    from vidkit import cover, poster  # noqa: PLC0415  # see above
    from vidkit.pages import pairs  # noqa: PLC0415  # see above

    for one in where:
        yield partial(cover.pages, script, one)
        yield partial(poster.reachable, script, one)
    yield partial(poster.pages, script, where)
    yield partial(pairs.pages, script, where)


def _tried(action: Callable[[], T]) -> tuple[T | None, tuple[Problem, ...]]:
    """What an action gives, or what it refuses."""
    try:
        return action(), ()
    except Refusal as refusal:
        return None, refusal.problems


def _same_name(item: Item, names: Mapping[str, Sequence[Item]]) -> Iterator[Problem]:
    """Two briefs of one name would be written into one folder."""
    other = next((one for one in names[paths.alike(project.called(item.file))] if one is not item), None)
    if other:
        yield problem("VK-M009", item.row or Place(str(item.file)), name=project.called(item.file), other=other.file)


def _same_episode(item: Item, episodes: Mapping[tuple[Path, str, int], Sequence[Item]]) -> Iterator[Problem]:
    """Two briefs of a run that got one number in one series."""
    own = episode(item)
    other = next((one for one in episodes[own] if one is not item), None) if own else None
    if own and other:
        _, name, number = own
        yield problem("VK-N027", item.row or Place(str(item.file)), other=other.called, series=name, number=number)


def episode(item: Item) -> tuple[Path, str, int] | None:
    """Which episode a brief is: its shop, the series, the number; None for one that is none."""
    said = item.script.brief if item.script else None
    return (project.root(said.file), said.series, said.episode) if said and said.series and said.episode else None


def make(item: Item, order: Order, advance: Callable[[int], None]) -> Item:
    """The item with what was made of it, or with what stopped it."""
    assert item.script
    try:
        if item.kept:
            return _recorded(item, order)
        was = earlier.other_photos(item.script, order.out, draft=order.draft)
        made = _made(item.script, item.plans, order, advance)
        told = (*was, *made.problems) if made else was
        return _recorded(replace(item, made=made, problems=(*item.problems, *told)), order)
    except faults.Full as full:
        from vidkit.runs import room  # noqa: PLC0415  # only a full disk asks how much is needed

        return item.failed(room.lacking(full, item.script, item.plans, order))
    except Refusal as refusal:
        return item.failed(*refusal.problems)
    except Exception as error:  # noqa: BLE001  # whatever one brief meets, the others are made
        return item.failed(machine_fault(error) or crash(error))


def _made(script: Script, plans: Sequence[Plan], order: Order, advance: Callable[[int], None]) -> Made:
    """What was made; begun again, with everything kept that was finished, when an encoder ended in the middle."""
    from vidkit import make as making  # noqa: PLC0415  # only those who make pay for the drawing code

    for _ in range(TRIES - 1):
        try:
            return making.make(script, plans, order, advance)
        except Refusal as refusal:
            if not AGAIN & {p.code for p in refusal.problems}:
                raise
            advance = _silent
    return making.make(script, plans, order, advance)


def _recorded(item: Item, order: Order) -> Item:
    """The item with the series' ledger it was entered in as a finished episode, if that changed it; a number that had been another's all along
    was told before.
    """
    if order.draft or not item.script:
        return item
    done = series.record(item.script.brief, project.root(item.script.brief.file), order.cache)
    new_ = () if any(p.code == "VK-N022" for p in item.problems) else done.problems
    return replace(item, recorded=done.ledger, problems=(*item.problems, *new_))


def _silent(_frames: int) -> None:
    """Frames that were counted once are not counted again."""


def open_folder(out: Path) -> None:
    """Make sure of the output folder before any work; refuses with VK-E005 what cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise faults.refusal(error, out) from error
    if not os.access(out, os.W_OK):
        raise faults.refusal(OSError(errno.EROFS, os.strerror(errno.EROFS)), out)


def exit_code(items: Iterable[Item]) -> int:
    """0 when all went well, the first failure's code when none did, 6 when some did."""
    return together([item.exit_code for item in items])


def together(codes: Sequence[int]) -> int:
    """The exit code of a run of several, as ``exit_code``."""
    failed = [code for code in codes if code]
    return SOME_FAILED if 0 < len(failed) < len(codes) else next(iter(failed), 0)


def as_data(item: Item) -> dict[str, Any]:
    """The item as plain data for JSON, with the same keys however far it came; files as they should be shown."""
    told: dict[str, Any] = {
        "brief": str(item.file),
        "ok": not item.exit_code,
        "exit": item.exit_code,
        "kept": item.kept,
        "problems": [as_json(p, spoken_language()) for one in item.told for p in one.each],
        "clips": [
            {
                "platform": one.platform.id,
                "frames": one.board.frames,
                "fps": one.board.fps,
                "segments": len(one.segments),
            }
            for one in item.plans
        ],
        "findings": [one.as_data() for one in item.findings],
        "photos": [],
        "pairs": [],
        "segments": 0,
        "made": 0,
        "files": [],
    }
    if item.row:
        told["row"] = {"table": shown(Path(item.row.file)), "line": item.row.line}
    if item.script:
        told |= report.as_data(item.script)
    if item.made:
        told |= {
            "segments": item.made.segments,
            "made": item.made.made,
            "files": [shown(file) for file in item.made.files],
        }
    return told
