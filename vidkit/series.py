"""Series of a project: which number a brief has, what it repeats, the next episode's brief, and what an episode used once it is made.

A ledger (``ledger``) is ``series/NAME.yaml`` in the project's folder; a brief belongs to it by its field ``series``.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit import cache, console, keys, ledger, new, project
from vidkit.ledger import Episode, Ledger, Used
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.brief import Brief, Photo
    from vidkit.cache import Cache
    from vidkit.problems import Problem

FOLDER = "series"
TEMPLATE = "expert"
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
    return ledger.read(file) if file else None


def one(name: str | None, folder: Path) -> Ledger:
    """The ledger asked for, or the only one; refuses an unknown name (VK-N016), and no name when there is not exactly one (VK-N015)."""
    known = ledgers(folder)
    listed = "、".join(file.stem for file in known)
    if not known:
        raise Refusal(problem("VK-N018", name=console.typed(name or table("series")["usual"])))
    if name is None:
        if len(known) != 1:
            raise Refusal(problem("VK-N015", count=len(known), known=listed))
        return ledger.read(known[0])
    found = find(name, folder)
    if found is None:
        raise Refusal(problem("VK-N016", name=name, typed=console.typed(name), known=listed))
    return found


# Beginning one


def begin(name: str, folder: Path, *, plan: bool) -> tuple[Path, int]:
    """Write a new series' ledger, with the eight episodes' plan if asked; its file and how many episodes are planned. Refuses one that is
    there (VK-N029) and a name no file may have (VK-N013).
    """
    called = unicodedata.normalize("NFC", name).strip()
    field = keys.find("brief", "series")
    if not project.is_file_name(called) or (field and len(called) > field.max):
        raise Refusal(problem("VK-N013", name=name, limit=field.max if field else 0))
    file = folder / FOLDER / f"{called}.yaml"
    if find(called, folder) or file.exists():
        raise Refusal(problem("VK-N029", name=console.shown(file), typed=console.typed(called)))
    rows = plan_of(called) if plan else ()
    cache.deliver_bytes(ledger.planned(called, rows).encode("utf-8"), file)
    return file, len(rows)


def plan_of(name: str) -> tuple[dict[str, str], ...]:
    """The planned episodes of a series we know, or of the usual one."""
    plans = table("series")["plans"]
    return tuple(plans.get(name) or plans[table("series")["usual"]])


# Numbers


def key(file: Path, folder: Path) -> str:
    """A brief's name in a ledger: its path from the project's folder."""
    real, root = file.resolve(), folder.resolve()
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else real.name


def _same(name: str, other: str) -> bool:
    return keys.folded(name.replace("\\", "/")) == keys.folded(other.replace("\\", "/"))


def number(book: Ledger, name: str) -> int:
    """The number of a brief: its own entry's, else that of the first entry nobody has taken, else the next."""
    own = next((one.number for one in book.episodes if one.brief and _same(one.brief, name)), None)
    free = next((one.number for one in book.episodes if not one.brief), None)
    return own or free or max((one.number for one in book.episodes), default=0) + 1


def numbered(brief: Brief, folder: Path) -> Brief:
    """The brief with the number its series' ledger gives it, if it names a series but no number. Refuses a faulty ledger."""
    book = find(brief.series, folder) if brief.series else None
    if book is None or brief.episode is not None:
        return brief
    return brief.model_copy(update={"episode": number(book, key(brief.file, folder))})


# What is repeated


def notes(brief: Brief, folder: Path) -> tuple[Problem, ...]:
    """What to know of a brief of a series: no ledger, a number that is another brief's, photos and openings of other episodes."""
    if not brief.series:
        return ()
    book = find(brief.series, folder)
    if book is None:
        wanted = project.is_one(folder) or brief.episode is None
        typed = console.typed(brief.series)
        return (problem("VK-N020", brief.at("series"), series=brief.series, typed=typed),) if wanted else ()
    name = key(brief.file, folder)
    others = tuple(one for one in book.episodes if one.number != brief.episode and not _same(one.brief, name))
    return (*_taken(brief, book, name), *_photos_again(brief, others), *_words_again(brief, others))


def _taken(brief: Brief, book: Ledger, name: str) -> Iterator[Problem]:
    entry = book.episode(brief.episode or 0)
    if entry and entry.brief and not _same(entry.brief, name):
        where = brief.at("episode") or brief.at("series")
        yield problem("VK-N022", where, number=entry.number, other=entry.brief, series=book.name)


def photos(brief: Brief) -> tuple[Photo, ...]:
    """The photos an episode lives from, each file once: portraits and the group's photo may come again."""
    own = {person.photo for person in brief.people} | {brief.group}
    pairs = (photo for pair in brief.comparisons for photo in (pair.before, pair.after))
    found = (*pairs, *(photo for photo in brief.singles if photo not in own))
    return tuple({photo.path: photo for photo in found}.values())


def _hash(photo: Photo) -> str:
    return cache.sha256(photo.path)[:HASH]


def _photos_again(brief: Brief, others: tuple[Episode, ...]) -> Iterator[Problem]:
    known = [(used, one.number) for one in others for used in one.photos]
    for photo in photos(brief) if known else ():
        content = _hash(photo)
        again = next(
            (
                at
                for used, at in known
                if (used.hash == content if used.hash else _name(used.file) == _name(photo.name))
            ),
            None,
        )
        if again:
            yield problem("VK-N023", photo.place, name=photo.name, number=again)


def _name(path: str) -> str:
    return keys.folded(path.replace("\\", "/").rpartition("/")[2])


def _words_again(brief: Brief, others: tuple[Episode, ...]) -> Iterator[Problem]:
    hook = brief.hook or brief.title
    where = brief.at("hook") or brief.at("title")
    for one in others:
        share = alike(hook, one.hook)
        if share >= table("series")["alike"]:
            code = "VK-N024" if share == 1 else "VK-N025"
            yield problem(code, where, hook=hook, other=one.hook, number=one.number)
        if alike(brief.title, one.title) == 1 and where != brief.at("title"):
            yield problem("VK-N026", brief.at("title"), title=brief.title, number=one.number)


def alike(text: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1; width, case, signs and spaces do not count."""
    said, heard = (
        "".join(c for c in unicodedata.normalize("NFKC", t).casefold() if c.isalnum()) for t in (text, other)
    )
    return difflib.SequenceMatcher(None, said, heard, autojunk=False).ratio() if said and heard else 0.0


# The next one


def write_next(name: str | None, folder: Path, where: Cache, template: str = TEMPLATE) -> tuple[Path, Episode]:
    """Write the brief of a series' next episode and enter it in the ledger, one run at a time; a brief that is there already is refused
    (VK-M007).
    """
    from vidkit import lock  # noqa: PLC0415  # only who writes waits for others

    with lock.held(one(name, folder).file, where):
        return _written_next(one(name, folder), folder, template)


def _written_next(book: Ledger, folder: Path, template: str) -> tuple[Path, Episode]:
    at = number(book, "")
    entry = book.episode(at) or Episode(at)
    file = folder / "briefs" / f"{book.file.stem}-第{at}期.yaml"
    asked = (("主题", entry.theme), ("画面", entry.picture), ("问题", entry.question))
    said = tuple(f"{what}：{text}" for what, text in asked if text)
    head = (f"「{book.name}」第 {at} 期（受访的人不想答的，可以不答）", *said)
    title = (("title", project.quoted(entry.theme)),) if entry.theme else ()
    values = (*title, ("series", project.quoted(book.name)), ("episode", str(at)))
    text = ledger.entered(book, replace(entry, brief=key(file, folder), title="", hook="", people=(), photos=()))
    made = new.write(file, template, values, head)
    try:
        cache.deliver_bytes(text.encode("utf-8"), book.file)
    except Refusal:
        made.unlink(missing_ok=True)
        raise
    return made, entry


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
    from vidkit import lock  # noqa: PLC0415  # see above

    with lock.held(book.file, where):
        cache.leavings_of(book.file)
        return _entered(ledger.read(book.file), brief, brief.episode, folder)


def _entered(book: Ledger, brief: Brief, number: int, folder: Path) -> Recorded:
    name = key(brief.file, folder)
    entry = book.episode(number) or Episode(number)
    if entry.brief and not _same(entry.brief, name):
        at = brief.at("episode") or brief.at("series")
        return Recorded(problems=(problem("VK-N028", at, number=number, other=entry.brief, series=book.name),))
    used = tuple(Used(key(photo.path, folder), _hash(photo)) for photo in photos(brief))
    people = tuple(person.name for person in brief.people)
    made = replace(entry, brief=name, title=brief.title, hook=brief.hook or brief.title, people=people, photos=used)
    text = ledger.entered(book, made)
    return Recorded(book.file if cache.deliver_bytes(text.encode("utf-8"), book.file) else None)


# For people and programs


def state(entry: Episode, folder: Path) -> str:
    """How far an episode is: ``made`` (the ledger says what it used), ``written`` (it has a brief), ``lost`` (its brief is gone), ``planned``."""
    if not entry.brief:
        return "planned"
    if not (folder / entry.brief).is_file():
        return "lost"
    return "made" if entry.photos or entry.title else "written"


def as_data(book: Ledger, folder: Path) -> dict[str, Any]:
    """A ledger as programs read it."""
    episodes = [
        {
            "number": entry.number,
            "theme": entry.theme,
            "picture": entry.picture,
            "question": entry.question,
            "state": state(entry, folder),
            "brief": entry.brief,
            "title": entry.title,
            "hook": entry.hook,
            "people": list(entry.people),
            "photos": [{"file": used.file, "hash": used.hash} for used in entry.photos],
        }
        for entry in book.episodes
    ]
    return {"series": book.name, "file": console.shown(book.file), "next": number(book, ""), "episodes": episodes}
