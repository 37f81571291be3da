"""Series of a project: which number a brief has, what it repeats, the next episode's brief, and what an episode used once it is made.

A ledger (``ledger``) is ``series/NAME.yaml`` in the project's folder; a brief belongs to it by its field ``series``.
"""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit import cache, kit, project, source
from vidkit.briefs import asked, keys, new, sample
from vidkit.consoles import spelling
from vidkit.problems import Refusal, problem
from vidkit.runs import places
from vidkit.serials import ledger
from vidkit.serials.ledger import Episode, Ledger, Used
from vidkit.sources import encoding
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.brief import Brief, Photo
    from vidkit.briefs.keys import Field
    from vidkit.cache import Cache
    from vidkit.problems import Problem
    from vidkit.source import Node

FOLDER, BRIEFS = "series", "briefs"
TEMPLATE = "expert"
COVERS = "cover-*.jpg"
HASH = 16
"""Characters of a photo's SHA-256 that a ledger keeps."""


# Finding ledgers


def ledgers(folder: Path) -> tuple[Path, ...]:
    """The files of a project's ledgers, by name."""
    return tuple(sorted((folder / FOLDER).glob("*.yaml")))


def find(name: str, folder: Path) -> Ledger | None:
    """The ledger of a series; None if there is none. Refuses a faulty one."""
    word = keys.folded(name)
    file = next((one for one in ledgers(folder) if keys.folded(one.stem) == word), None)
    return followed(ledger.read(file), folder) if file else None


def every(folder: Path) -> tuple[Ledger, ...]:
    """All ledgers of a project, by the names of their files. Refuses a faulty one."""
    return tuple(followed(ledger.read(file), folder) for file in ledgers(folder))


def followed(book: Ledger, folder: Path) -> Ledger:
    """The ledger with the briefs of its episodes that lie in another place now, wherever only one may be meant (``likely_briefs``)."""
    found = {one.number: likely_briefs(book, one, folder) for one in book.episodes if _is_lost(one, folder)}
    where = {at: key(files[0], folder) for at, files in found.items() if len(files) == 1}
    where = {at: name for at, name in where.items() if [*where.values()].count(name) == 1}
    return replace(book, episodes=tuple(replace(one, brief=where.get(one.number, one.brief)) for one in book.episodes))


def _is_lost(one: Episode, folder: Path) -> bool:
    return bool(one.brief and not one.out and not (folder / one.brief).is_file())


def likely_briefs(book: Ledger, lost: Episode, folder: Path) -> tuple[Path, ...]:
    """The briefs in the shop's folder of briefs that may be an episode's whose own is not where it was: those of its name, or else those that say its
    number; none that is another episode's.
    """
    held = {keys.folded(one.brief) for one in book.episodes if not _is_lost(one, folder)}
    free = [file for file in _briefs(folder) if keys.folded(key(file, folder)) not in held]
    named = [file for file in free if _name(file.name) == _name(lost.brief) and _claimed(book, file, lost.number)]
    sayers = _likely(book, folder).get(lost.number, ()) if not named else ()
    return tuple(named or (file for file in sayers if file in free and _claimed(book, file, 0) == lost.number))


def one(name: str | None, folder: Path) -> Ledger:
    """The ledger asked for, or the only one; refuses an unknown name (VK-N016), and no name when there is not exactly one (VK-N015)."""
    known = ledgers(folder)
    listed = "、".join(file.stem for file in known)
    if not known:
        raise Refusal(problem("VK-N018", name=spelling.typed(name or table("series")["usual"])))
    if name is None:
        if len(known) != 1:
            raise Refusal(problem("VK-N015", count=len(known), known=listed))
        return followed(ledger.read(known[0]), folder)
    found = find(name, folder)
    if found is None:
        raise Refusal(problem("VK-N016", name=name, typed=spelling.typed(name), known=listed))
    return found


# Beginning one


def begin(name: str, folder: Path, *, plan: int | None, like: str = "") -> tuple[Path, int]:
    """Write a new series' ledger, with a plan of so many episodes (0: as many as ours has; None: no plan) ``like`` one of ours; its file and how
    many episodes are planned. Refuses one that is there (VK-N029), a name no file may have (VK-N013) and a plan we have not (VK-N036).
    """
    plans = {keys.folded(one): one for one in table("series")["plans"]}
    if like and keys.folded(like) not in plans:
        raise Refusal(problem("VK-N036", name=like, known="、".join(plans.values())))
    called = unicodedata.normalize("NFC", name).strip()
    field = keys.find("brief", "series")
    if not project.is_file_name(called) or (field and len(called) > field.max):
        raise Refusal(problem("VK-N013", name=name, limit=field.max if field else 0))
    file = folder / FOLDER / f"{called}.yaml"
    rows = () if plan is None else plan_of(plans.get(keys.folded(like or called), called), plan)
    if find(called, folder) or not cache.deliver_new(ledger.planned(called, rows).encode("utf-8"), file):
        raise Refusal(problem("VK-N029", name=spelling.shown(file), typed=spelling.typed(called)))
    return file, len(rows)


def plan_of(name: str, count: int = 0) -> tuple[dict[str, str], ...]:
    """The planned episodes of a series we know, or of the usual one: so many, or as many as the plan has (0).

    Of more than it has, those come again in turn that are not told once for all, and what ends a series stays its end.
    """
    plans = table("series")["plans"]
    rows = plans.get(name) or plans[table("series")["usual"]]
    again = [row for row in rows if not row.get("once")]
    more = max(0, count - len(rows))
    rounds = (again[n % len(again)] for n in range(more))
    end = 1 if rows[-1].get("once") else 0
    whole = (*rows[: len(rows) - end], *rounds, *rows[len(rows) - end :])
    return tuple(map(_planned, whole[: count or None]))


def _planned(row: Mapping[str, Any]) -> dict[str, str]:
    """A row of a plan as an episode."""
    return {name: str(row[name]) for name in ("theme", "picture", "question")}


# Numbers


def key(file: Path, folder: Path) -> str:
    """A brief's name in a ledger: its path from the project's folder."""
    real, root = file.resolve(), folder.resolve()
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else real.name


def _same(name: str, other: str) -> bool:
    return keys.folded(name.replace("\\", "/")) == keys.folded(other.replace("\\", "/"))


def number(book: Ledger, name: str, folder: Path) -> int:
    """The number of a brief: its own entry's, else that of the first one that is free, else the next; none that a brief in the shop's folder
    says itself.
    """
    own = next((one.number for one in book.episodes if one.brief and _same(one.brief, name)), None)
    return own or _open(book, _likely(book, folder))


def _open(book: Ledger, likely: Mapping[int, Sequence[Path]]) -> int:
    """The first free number of a ledger, else the next, that no brief says."""
    free = (one.number for one in book.episodes if one.free)
    beyond = itertools.count(max((one.number for one in book.episodes), default=0) + 1)
    return next(at for at in itertools.chain(free, beyond) if _sayer(book, at, likely) is None)


def numbered(brief: Brief, folder: Path) -> Brief:
    """The brief with the number its series' ledger gives it, if it names a series but no number. Refuses a faulty ledger."""
    book = find(brief.series, folder) if brief.series else None
    if book is None or brief.episode is not None:
        return brief
    return brief.model_copy(update={"episode": number(book, key(brief.file, folder), folder)})


class Given(NamedTuple):
    """The number a ledger gives a brief that says none (0: it says one itself, or there is no ledger), and the numbers before it that briefs
    hold which are gone.
    """

    number: int = 0
    lost: tuple[int, ...] = ()


def given(brief: Brief, folder: Path) -> Given:
    """The number of a brief (``numbered``) as far as its ledger gave it. Refuses a faulty ledger."""
    book = find(brief.series, folder) if brief.series and not brief.at("episode") else None
    if book is None or brief.episode is None:
        return Given()
    held = (one for one in book.episodes if one.number < (brief.episode or 0) and one.brief and not one.out)
    return Given(brief.episode, tuple(one.number for one in held if not (folder / one.brief).is_file()))


def claims(book: Ledger, folder: Path) -> dict[str, int]:
    """The number that each of a ledger's briefs has: what its file says, else its entry's; none of an episode taken out, of a brief that is
    gone, or that is in the series no more.
    """
    held = (one for one in book.episodes if one.brief and not one.out and (folder / one.brief).is_file())
    found = ((one.brief, _claimed(book, folder / one.brief, one.number)) for one in held)
    return {name: at for name, at in found if at}


def _claimed(book: Ledger, file: Path, otherwise: int) -> int:
    """The number a brief's file says, or ``otherwise`` where it says none or cannot be read; 0 where it names another series."""
    node, _ = source.examine(file)
    said = {field.name: value.text.strip() for field, value in _fields(node)} if node else {"series": book.name}
    typed = unicodedata.normalize("NFKC", said.get("episode", ""))
    if keys.folded(said.get("series", "")) not in {keys.folded(book.name), keys.folded(book.file.stem)}:
        return 0
    return int(typed) if re.fullmatch(ledger.NUMBER, typed) else otherwise


def _likely(book: Ledger, folder: Path) -> dict[int, list[Path]]:
    """The briefs in the shop's folder that may say a number of a series, by that number: their texts hold its name, and the number behind its
    key. A glance, so that few have to be read.
    """
    field = keys.find("brief", "episode")
    found: dict[int, list[Path]] = {}
    names = "|".join(map(re.escape, (*field.zh, *field.en))) if field else "(?!)"
    said = re.compile(rf"(?:{names})\W*([1-9][0-9]{{0,2}})(?!\d)", re.IGNORECASE)
    for file in _briefs(folder):
        text = _folded_text(file)
        if keys.folded(book.name) in text or keys.folded(book.file.stem) in text:
            for at in {int(typed) for typed in said.findall(text)}:
                found.setdefault(at, []).append(file)
    return found


def _briefs(folder: Path) -> list[Path]:
    return sorted(one for one in (folder / BRIEFS).rglob("*.y*ml") if one.suffix in asked.BRIEF_ENDINGS)


def _folded_text(file: Path) -> str:
    """A brief's text as names in it are compared; empty where it cannot be read."""
    try:
        return keys.folded(encoding.text(file, file.name))
    except (OSError, Refusal):
        return ""


def _sayer(book: Ledger, number: int, likely: Mapping[int, Sequence[Path]]) -> Path | None:
    """The first of the likely briefs that says a number of a series itself; None without any."""
    return next((file for file in likely.get(number, ()) if _claimed(book, file, 0) == number), None)


def _fields(node: Node) -> Iterator[tuple[Field, Node]]:
    found = ((keys.find("brief", key.text), value) for key, value in node.pairs)
    return ((field, value) for field, value in found if field)


def moves(book: Ledger, folder: Path) -> dict[int, int]:
    """The entries (old number → new) whose briefs say another number, and those that have to make room for them, when no two briefs claim one
    number; else nothing, so that nobody loses hers.
    """
    claimed = claims(book, folder)
    held = {one.number: claimed[one.brief] for one in book.episodes if one.brief in claimed}
    if len(set(held.values())) < len(held):
        return {}
    found = {old: at for old, at in held.items() if old != at}
    back = {at: old for old, at in found.items()}
    room = {}
    for one in book.episodes:
        free = one.number
        while one.number not in found and free in back:
            free = back[free]
        if free != one.number:
            room[one.number] = free
    return found | room


# What is repeated


def notes(brief: Brief, folder: Path) -> tuple[Problem, ...]:
    """What to know of a brief of a series: no ledger, a number that is another brief's, an episode taken out, photos and openings of other
    episodes. Of two that repeat each other the later one is told.
    """
    if not brief.series:
        return ()
    book = find(brief.series, folder)
    if book is None:
        wanted = project.is_one(folder) or brief.episode is None
        typed = spelling.typed(brief.series)
        return (problem("VK-N020", brief.at("series"), series=brief.series, typed=typed),) if wanted else ()
    name = key(brief.file, folder)
    own = next((one for one in book.episodes if _same(one.brief, name)), Episode(0))
    others = tuple(one for one in book.episodes if one.number != brief.episode and one != own and not one.out)
    again = (*_photos_again(brief, own, others), *_words_again(brief, own, others))
    return (*_taken(brief, book, folder), *_left(brief, own), *again)


def _claimant(book: Ledger, number: int | None, name: str, folder: Path) -> str:
    """Another brief of the ledger than ``name`` that claims a number; empty without any."""
    claimed = claims(book, folder).items()
    return next((one for one, at in claimed if at == number and not _same(one, name)), "")


def _taken(brief: Brief, book: Ledger, folder: Path) -> Iterator[Problem]:
    other = _claimant(book, brief.episode, key(brief.file, folder), folder)
    if other:
        where = brief.at("episode") or brief.at("series")
        yield problem("VK-N022", where, number=brief.episode, other=other, series=book.name)


def _left(brief: Brief, own: Episode) -> Iterator[Problem]:
    if own.out:
        where = brief.at("episode") or brief.at("series")
        yield problem("VK-N034", where, number=own.number, series=brief.series)


def photos(brief: Brief) -> tuple[Photo, ...]:
    """The photos an episode lives from, each file once: portraits and the group's photo may come again."""
    own = {person.photo for person in brief.people} | {brief.group}
    pairs = (photo for pair in brief.comparisons for photo in (pair.before, pair.after))
    found = (*pairs, *(photo for photo in brief.singles if photo not in own))
    return tuple({photo.path: photo for photo in found}.values())


def _hash(photo: Photo) -> str:
    return cache.sha256(photo.path)[:HASH]


def _photos_again(brief: Brief, own: Episode, others: tuple[Episode, ...]) -> Iterator[Problem]:
    had = {used.hash for used in own.photos}
    known = [(used, one.number) for one in others for used in one.photos]
    for photo in photos(brief) if known else ():
        content = _hash(photo)
        again = (at for used, at in known if _is(used, photo, content))
        first = next((at for at in again if content not in had or at < (brief.episode or 0)), None)
        if first:
            yield problem("VK-N023", photo.place, name=photo.name, number=first)


def _is(used: Used, photo: Photo, content: str) -> bool:
    """Whether a photo is one that was used: by its content, by its name where people wrote that down themselves."""
    return used.hash == content if used.hash else _name(used.file) == _name(photo.name)


def _name(path: str) -> str:
    return keys.folded(path.replace("\\", "/").rpartition("/")[2])


def _words_again(brief: Brief, own: Episode, others: tuple[Episode, ...]) -> Iterator[Problem]:
    hook, number = brief.hook or brief.title, brief.episode or 0
    where = brief.at("hook") or brief.at("title")
    for one in others:
        share = alike(hook, one.hook)
        if share >= table("series")["alike"] and (own.hook != hook or one.number < number):
            code = "VK-N024" if share == 1 else "VK-N025"
            yield problem(code, where, hook=hook, other=one.hook, number=one.number)
        later = own.title != brief.title or one.number < number
        if alike(brief.title, one.title) == 1 and where != brief.at("title") and later:
            yield problem("VK-N026", brief.at("title"), title=brief.title, number=one.number)


def alike(text: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1; width, case, signs and spaces do not count."""
    said, heard = (
        "".join(c for c in unicodedata.normalize("NFKC", t).casefold() if c.isalnum()) for t in (text, other)
    )
    return difflib.SequenceMatcher(None, said, heard, autojunk=False).ratio() if said and heard else 0.0


# The next one


class Next(NamedTuple):
    """The next episode: its brief, its entry, who is proposed for it with the last episode she was in (0 for none), who was passed over
    because hers is no more, and the numbers since the last one entered that briefs say themselves, with their names.
    """

    brief: Path
    entry: Episode
    proposed: str = ""
    last: int = 0
    passed: tuple[str, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()


def write_next(name: str | None, folder: Path, where: Cache, template: str = TEMPLATE) -> Next:
    """Write the brief of a series' next episode and enter it in the ledger, one run at a time; a brief that is there already is refused
    (VK-M007).
    """
    from vidkit.runs import lock  # noqa: PLC0415  # only who writes waits for others

    with lock.held(one(name, folder).file, where):
        return _written_next(one(name, folder), folder, template)


def _written_next(book: Ledger, folder: Path, template: str) -> Next:
    likely = _likely(book, folder)
    at = _open(book, likely)
    entry = book.episode(at) or Episode(at)
    file = folder / BRIEFS / f"{book.file.stem}-第{at}期.yaml"
    planned = (("主题", entry.theme), ("画面", entry.picture), ("问题", entry.question))
    said = tuple(f"{what}：{text}" for what, text in planned if text)
    head = (f"「{book.name}」第 {at} 期（受访的人不想答的，可以不答）", *said)
    title = (("title", project.quoted(entry.theme)),) if entry.theme else ()
    values = (*title, ("series", project.quoted(book.name)), ("episode", str(at)))
    text = ledger.entered(book, replace(entry, brief=key(file, folder), title="", hook="", people=(), photos=()))
    seen, passed = _candidates(book, folder)
    made = new.write(file, template, values, head, people=tuple(seen))
    try:
        ledger.write(text, book.file)
    except Refusal:
        made.unlink(missing_ok=True)
        raise
    first = next(iter(seen), "")
    entered = max((one.number for one in book.episodes if not one.free and one.number < at), default=0)
    sayers = ((other, _sayer(book, other, likely)) for other in range(entered + 1, at))
    skipped = tuple((other, key(brief, folder)) for other, brief in sayers if brief)
    return Next(made, entry, first, seen.get(first, 0), passed, skipped)


def _candidates(book: Ledger, folder: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Who may come next with the last episode each was in, those first who were in none or longest ago; and those whose episode was taken out
    or is gone, who are not asked again unasked.
    """
    told = [(one, set(map(keys.folded, _told_of(one, folder)))) for one in book.episodes]
    gone = {name for one, names in told if state(one, folder) in GONE for name in names}
    known = {names[0]: set(map(keys.folded, names)) for names in new.known(folder)}
    last = {name: max((one.number for one, names in told if names & own), default=0) for name, own in known.items()}
    ready = sorted((name for name in known if not known[name] & gone), key=lambda name: last[name])
    return {name: last[name] for name in ready}, tuple(name for name in known if name not in ready)


def _told_of(entry: Episode, folder: Path) -> tuple[str, ...]:
    """The people of an episode: those entered, else the one its brief names."""
    file = folder / entry.brief
    if entry.people or not entry.brief or not file.is_file():
        return entry.people
    return tuple(text for field, text in _said(file) if field.kind == "people")


def _said(file: Path) -> Iterator[tuple[Field, str]]:
    """What a brief says as it stands, field by field; nothing of one that cannot be read."""
    node, _ = source.examine(file)
    return ((field, value.text.strip()) for field, value in (_fields(node) if node else ()))


def title(entry: Episode, folder: Path) -> str:
    """An episode's title: as it was made, else as its brief says it now; empty for neither, and for the title of an example of ours."""
    file = folder / entry.brief
    if entry.title or not entry.brief or not file.is_file():
        return entry.title
    said = next((text for field, text in _said(file) if field.name == "title"), "")
    ours = (sample.of(own).get("title") for own, _ in kit.template_names(kit.shelf()))
    return "" if said in ours else said


# Taken out, and put back


def drop(name: str | None, number: int, folder: Path, where: Cache, *, out: bool) -> tuple[Ledger, bool]:
    """Take an episode out of its series (``out``), or put it back; the ledger, and whether that changed it. Refuses (VK-N033) a number the
    ledger has not.
    """
    from vidkit.runs import lock  # noqa: PLC0415  # see above

    with lock.held(one(name, folder).file, where):
        book = one(name, folder)
        if book.episode(number) is None:
            raise Refusal(problem("VK-N033", number=number, series=book.name))
        text = ledger.stated(book, number, out=out)
        return book, ledger.write(text, book.file)


# What was used


class Recorded(NamedTuple):
    """What became of entering an episode: the ledger if that changed it, and what must be known."""

    ledger: Path | None = None
    problems: tuple[Problem, ...] = ()


def record(brief: Brief, folder: Path, where: Cache) -> Recorded:
    """Enter what a finished episode used in its series' ledger. Runs at the same time wait for each other, so that none loses what another
    entered; an entry of another brief is left alone and told (VK-N028).
    """
    book = find(brief.series, folder) if brief.series else None
    if book is None or brief.episode is None:
        return Recorded()
    from vidkit.runs import lock  # noqa: PLC0415  # see above

    with lock.held(book.file, where):
        cache.leavings_of(book.file)
        return _entered(followed(ledger.read(book.file), folder), brief, brief.episode, folder)


def _entered(book: Ledger, brief: Brief, number: int, folder: Path) -> Recorded:
    name, moved = key(brief.file, folder), moves(book, folder)
    told = (_moved(book, moved, brief),) if moved else ()
    if moved:
        book = followed(ledger.parsed(ledger.renumbered(book, moved), book.file), folder)
    entry = book.episode(number) or Episode(number)
    held = "" if _same(entry.brief, name) or entry.brief not in claims(book, folder) else entry.brief
    other = _claimant(book, number, name, folder) or held
    if other:
        at = brief.at("episode") or brief.at("series")
        return Recorded(problems=(problem("VK-N028", at, number=number, other=other, series=book.name),))
    used = tuple(Used(key(photo.path, folder), _hash(photo)) for photo in photos(brief))
    people = tuple(person.name for person in brief.people)
    left = entry.state if _same(entry.brief, name) or not entry.out else ""
    hook = brief.hook or brief.title
    made = replace(entry, brief=name, title=brief.title, hook=hook, people=people, photos=used, state=left)
    text = ledger.entered(book, made)
    return Recorded(book.file if ledger.write(text, book.file) else None, told)


def _moved(book: Ledger, moved: Mapping[int, int], brief: Brief) -> Problem:
    """That the ledger follows the numbers its briefs say now."""
    told = "、".join(
        f"{one.brief} {one.number}→{moved[one.number]}" for one in book.episodes if one.number in moved and one.brief
    )
    return problem("VK-N035", brief.at("episode") or brief.at("series"), series=book.name, words=told)


# For people and programs


GONE = frozenset({"lost", "gone", "out"})
"""The states of an episode of which there was something once."""


def state(entry: Episode, folder: Path) -> str:
    """How far an episode is: ``out`` (taken out of the series), ``made`` (the ledger says what it used, and its covers are there), ``gone``
    (they are not), ``written`` (it has a brief), ``lost`` (its brief is gone), ``elsewhere`` (made without a brief of ours), ``planned``.
    """
    if entry.out:
        return "out"
    if not entry.brief:
        return "elsewhere" if entry.finished else "planned"
    if not (folder / entry.brief).is_file():
        return "lost"
    if not entry.finished:
        return "written"
    return "made" if covers(entry, folder) else "gone"


def covers(entry: Episode, folder: Path) -> tuple[Path, ...]:
    """The covers made of an episode's brief, in the shop or where it was made elsewhere."""
    brief = folder / entry.brief
    name = project.called(brief)
    own = (project.out(brief) / name, *(one for one in places.elsewhere(folder) if one.name == name))
    return tuple(file for one in own for file in sorted(one.glob(f"*/{COVERS}"))) if entry.brief else ()


def as_data(book: Ledger, folder: Path) -> dict[str, Any]:
    """A ledger as programs read it."""
    claimed = claims(book, folder)
    episodes = [
        {
            "number": entry.number,
            "says": claimed.get(entry.brief, entry.number),
            "theme": entry.theme,
            "picture": entry.picture,
            "question": entry.question,
            "state": state(entry, folder),
            "brief": entry.brief,
            "may_be": [key(file, folder) for file in likely_briefs(book, entry, folder)]
            if _is_lost(entry, folder)
            else [],
            "title": title(entry, folder),
            "hook": entry.hook,
            "people": list(entry.people),
            "photos": [{"file": used.file, "hash": used.hash} for used in entry.photos],
        }
        for entry in book.episodes
    ]
    return {
        "series": book.name,
        "file": spelling.shown(book.file),
        "next": number(book, "", folder),
        "episodes": episodes,
    }
