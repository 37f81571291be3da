"""What was published, kept in ``archive/<day>-<brief>/``: each platform's pack and manifest, and ``posted.yaml``, where it was posted.

Of advertisements it is the advertiser's own record (《互联网广告管理办法》 13, 14; ``data/publish.yaml``), of anything else what tells where it is out; nothing
in it is ever overwritten. ``posted.yaml`` is
people's own file: what is noted is added at its end and read back, everything else stays as it is.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from vidkit import cache, project, source
from vidkit.briefs import days, fields, keys
from vidkit.briefs.paths import ARCHIVE
from vidkit.consoles import spelling
from vidkit.problems import Place, Problem, Refusal, problem
from vidkit.runs import stored
from vidkit.sources import encoding
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.source import Node

POSTED = "posted.yaml"
MANIFEST = f".{stored.MANIFEST}"
"""How the names of manifests in an entry end; before it stands the platform's id."""
KEPT = "kept"
"""What the manifest of a zip calls the seal of the manifest here that says the names it leaves out (``handed``)."""
DAY = re.compile(r"\d{4}-\d\d-\d\d-")
"""How the name of an entry begins: the day it was packed."""
AT_HEAD = re.compile(r"[12]\d{3}(?:\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}(?:\s*日)?|\d{4})(?!\d)")
"""A day at the head of what people write, whatever they add: 2026-11-27（今天）, 2026-11-2 5点; a space ends it."""
MOST_BEFORE = 3
"""So many words may stand before what was done: 视频都已经删了."""
CLOSING = "。．.!！~～、，,；;\ufe0f"
"""Marks that end what people write, and what makes a picture of a mark (✔️)."""
HEAD = """\
# 发到哪儿了：发一次记一条。vidkit posted 会自动加在最后，也可以自己加、自己改。
# 以后要撤下来，在那一条写上「撤下: 日期」；哪个平台没发过，也记一条，写「撤下: 没发过」。冒号用英文的冒号，后面空一格。
# Where it was posted, one entry a post; add and change entries as you like. taken_down: the day it was removed, or that it was never posted.
发布:
"""


@dataclass(frozen=True)
class Posted:
    """One post as noted: the platform's id (or the name as typed), the day (2026-11-27), its link, and the day it was taken down, or the word that it
    is gone or never was there; empty for nothing. What is said of taking it down is ``unclear`` where nobody can tell that it was; ``place`` is where
    that is said.
    """

    platform: str
    day: str
    link: str = ""
    taken_down: str = ""
    unclear: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def was_never(self) -> bool:
        """Whether the note says that this was never posted."""
        return _is_answer("never", self.taken_down)

    def is_out(self, today: str = "") -> bool:
        """Whether it may be out on a day (empty: whenever): nothing says that it was taken down, or only a day that is still to come, or one on which
        it was not posted yet.
        """
        down = fields.day(self.taken_down)
        return not self.taken_down or bool(down and (down < self.day or (today and down > today)))


@dataclass(frozen=True)
class Entry:
    """One publish: its folder, what its manifests say by platform, where it was posted, the platforms whose manifests cannot be read, and what is
    ``wrong`` with its notes: there may be posts then that ``posted`` does not tell of.
    """

    folder: Path
    manifests: tuple[tuple[str, dict[str, Any]], ...]
    posted: tuple[Posted, ...] = ()
    unread: tuple[str, ...] = ()
    wrong: tuple[Problem, ...] = ()

    @property
    def consents(self) -> frozenset[str]:
        """The names of all consents its packs rest on."""
        return self._all("consents")

    @property
    def mentioned(self) -> frozenset[str]:
        """The names of those whom its packs' words only name."""
        return self._all("mentioned")

    @property
    def brief(self) -> str:
        """What its brief is called."""
        return next((str(said.get("called", "")) for _, said in self.manifests), "")

    def _all(self, whom: str) -> frozenset[str]:
        return frozenset(str(name) for _, said in self.manifests if _is_list(said, whom) for name in said.get(whom, ()))


def folder(brief: Path, out: Path) -> Path:
    """Where what is published of a brief is kept: ``archive`` in its shop, outside one in the folder ``out``."""
    root = project.root(brief)
    return (root if project.is_one(root) else out) / ARCHIVE


def entries(kept: Path) -> tuple[Entry, ...]:
    """Every entry of an archive, the oldest first, also one of whose files no manifest can be read; what is no entry is passed over. Of a faulty
    ``posted.yaml`` what can be read counts.
    """
    return tuple(one for one in map(_entry, _folders(kept)) if _is_one(one))


def _folders(kept: Path) -> list[Path]:
    return sorted(one for one in kept.glob("*") if one.is_dir() and not one.name.startswith("."))


def newest(kept: Path) -> str:
    """The name of the last entry of an archive, by the day it begins with; empty without one."""
    return max((one.name for one in _folders(kept) if DAY.match(one.name)), default="")


def entry(where: Path) -> Entry:
    """What a folder of an archive keeps. Refuses a faulty ``posted.yaml``."""
    found = _entry(where)
    if found.wrong:
        raise Refusal(*found.wrong)
    return found


def doubts(found: Entry, today: str = "") -> Iterator[Problem]:
    """What people must put right in what they noted of taking down posts: what does not say that it was done, so that the post counts as out (VK-U071);
    the day from which an advertisement is kept, where there is none (VK-U072).
    """
    ad = any(said.get("ad") is not False for _, said in found.manifests)
    for one in found.posted:
        yield from doubt(one, today)
        if ad and not one.is_out(today) and not one.was_never and not fields.day(one.taken_down):
            years = table("publish")["keep"]["years"]["value"]
            said = {"platform": one.platform, "day": one.day, "words": one.taken_down, "years": years}
            yield problem("VK-U072", one.place, **said)


def doubt(one: Posted, today: str = "") -> Iterator[Problem]:
    """That what is noted of taking down a post does not say that it was done."""
    words = one.unclear or one.taken_down
    if words and one.is_out(today):
        yield problem("VK-U071", one.place, platform=one.platform, day=one.day, words=words)


def _is_one(found: Entry) -> bool:
    return bool(found.manifests or (found.unread and packed(found)))


def _entry(where: Path) -> Entry:
    said = {file.name.removesuffix(MANIFEST): stored.of(file) for file in sorted(where.glob(f"*{MANIFEST}"))}
    legible = {name: one for name, one in said.items() if one and _names_people(one)}
    notes, wrong = _notes(where)
    return Entry(where, tuple(legible.items()), notes, tuple(name for name in said if name not in legible), wrong)


def _names_people(said: Mapping[str, Any]) -> bool:
    """Whether a manifest says whose consents it rests on, and whom it names, as ours do: one written over by hand may not."""
    return all(_is_list(said, whom) for whom in ("consents", "mentioned"))


def _is_list(said: Mapping[str, Any], whom: str) -> bool:
    return isinstance(said.get(whom, []), list | dict)


# How long


def is_owed(said: Mapping[str, Any], day: str, until: str | None = None) -> bool:
    """Whether the law wants a pack kept on a day (2026-11-26; empty: whenever), by its manifest: an advertisement, ``until`` its term is over (as it
    says itself if left out; empty: for ever). One that does not say what it is for counts as one.
    """
    end = str(said.get("keep_until") or "") if until is None else until
    return said.get("ad") is not False and day <= (end or day)


def owed(entry: Entry, day: str) -> tuple[str, ...]:
    """Until when the packs of an entry that are there and owed to the law on a day have to be kept, each; empty for no known end. One whose manifest
    cannot be read counts as an advertisement.
    """
    there = [(where, said) for where, said in _said(entry) if _zip(entry, where).is_file()]
    ends = ((said, _until(entry, where, said)) for where, said in there)
    return tuple(until for said, until in ends if is_owed(said, day, until))


def freed(entry: Entry, day: str) -> tuple[Path, ...]:
    """The files of an entry that nothing asks to keep on a day: all but its manifests and notes, or, where one of its packs is owed to the law, the
    other packs, and what was unpacked of them.
    """
    kept = [where for where, said in _said(entry) if is_owed(said, day, _until(entry, where, said))]
    if not kept and not entry.unread:
        return packed(entry)
    free = [where for where, _ in entry.manifests if where not in kept]
    ours = {file for where in free for file in (_zip(entry, where), *(entry.folder / where).rglob("*"))}
    return tuple(file for file in packed(entry) if file in ours)


def packed(entry: Entry) -> tuple[Path, ...]:
    """The files of an entry but its manifests and notes."""
    found = (one for one in sorted(entry.folder.rglob("*")) if one.is_file() and not one.is_symlink())
    return tuple(one for one in found if not one.name.endswith(MANIFEST) and one.name != POSTED)


def _said(entry: Entry) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What the manifests say, nothing where one cannot be read."""
    return (*entry.manifests, *((where, {}) for where in entry.unread))


def _until(entry: Entry, where: str, said: Mapping[str, Any]) -> str:
    """When the term of an entry's advertisement on a platform ends: years after it was packed, last posted, last taken down, whatever comes last; empty
    while it is out or may be, and where nothing tells a day. What was posted on a platform that no manifest here is of may have been any of its packs.
    """
    others = [both for both in _said(entry) if both[0] != where]
    notes = [one for one in entry.posted if is_on(one, where, said) or not any(is_on(one, *other) for other in others)]
    begun = str(said.get("keep_until") or "") or years_on(entry.folder.name[:10])
    ends = [begun, *(years_on(day) for one in notes for day in _days(one))]
    return "" if entry.wrong or not all(ends) else max(ends)


def _days(one: Posted) -> tuple[str, ...]:
    """When a post was made and when it was taken down, which is no day while it is out; only the first of what was never posted."""
    return (one.day,) if one.was_never else (one.day, "" if one.is_out() else one.taken_down)


def years_on(day: str) -> str:
    """When the term ends that begins on a day; empty for what is no day."""
    try:
        return days.years_later(day, table("publish")["keep"]["years"]["value"])
    except ValueError:
        return ""


def is_on(one: Posted, where: str, said: Mapping[str, Any]) -> bool:
    """Whether a post was made on a platform, by its id or its name in its manifest; where no manifest tells, it may have been."""
    names = said.get("platform")
    known = {where, str(names.get("zh", where))} if isinstance(names, dict) else {where}
    return not said or keys.folded(one.platform) in set(map(keys.folded, known))


def _zip(entry: Entry, where: str) -> Path:
    return entry.folder / f"{where}.zip"


# Keeping


def keep(kept: Path, name: str, packs: Sequence[tuple[str, Path, Path]]) -> Path:
    """Keep packs (the platform, its folder, its zip) in an entry of a name; where another version is kept under it, in one beside it (``NAME-2``).

    A pack's manifest comes before its zip: of a run that was killed between the two it is known whose zip lies there.
    """
    manifests = {where: (folder / stored.MANIFEST).read_bytes() for where, folder, _ in packs}
    entry = next(one for one in _names(kept, name) if _fits(one, manifests))
    cache.leavings_removed(entry)
    for where, _, zipped in packs:
        cache.deliver_bytes(manifests[where], entry / f"{where}{MANIFEST}")
        cache.deliver(zipped, entry / f"{where}.zip")
    return entry


def _names(kept: Path, name: str) -> Iterator[Path]:
    yield kept / name
    yield from (kept / f"{name}-{number}" for number in count(2))


def _fits(entry: Path, manifests: Mapping[str, bytes]) -> bool:
    """Whether an entry keeps no other version of any of these packs."""
    files = {where: entry / f"{where}{MANIFEST}" for where in manifests}
    return all(not file.exists() or file.read_bytes() == manifests[where] for where, file in files.items())


def entry_of(kept: Path, manifest: bytes) -> Path | None:
    """The entry that keeps a pack, by its manifest, or by that of its zip, which tells whose it is."""
    said = stored.mapping(manifest)
    found = (
        file for file in sorted(kept.glob(f"*/*{MANIFEST}")) if file.read_bytes() == manifest or _is_of(said, file)
    )
    return next((file.parent for file in found), None)


def seals(every: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """What the manifests of some entries say, by their seals."""
    return {str(said["seal"]): said for one in every for _, said in one.manifests if "seal" in said}


def names(sealed: Mapping[str, dict[str, Any]], said: Mapping[str, Any]) -> dict[str, Any]:
    """Whose consents what the manifest of a pack's zip tells of rests on, how far these reached, and whom it names: the zip leaves all that to the
    archive's manifest (``sealed``, by ``seals``); nothing for any other.
    """
    whole = sealed.get(str(said[KEPT]), {}) if KEPT in said else {}
    return {name: whole[name] for name in ("consents", "consent_terms", "mentioned") if name in whole}


def whole(sealed: Mapping[str, dict[str, Any]], said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the archive's manifest (``sealed``, by ``seals``) says of a pack whose zip leaves names out; of any other, and of one that it does not keep,
    what its own manifest says.
    """
    return sealed.get(str(said.get(KEPT)), said)


def _is_of(said: Mapping[str, Any], file: Path) -> bool:
    """Whether a zip's manifest speaks of the pack of another manifest."""
    return KEPT in said and stored.of(file).get("seal") == said[KEPT]


# Where it was posted


def posted(entry: Path) -> tuple[Posted, ...]:
    """What an entry's ``posted.yaml`` notes, in its order; nothing without one. Refuses a faulty file with its places (VK-U040)."""
    found, wrong = _notes(entry)
    if wrong:
        raise Refusal(*wrong)
    return found


def _notes(entry: Path) -> tuple[tuple[Posted, ...], tuple[Problem, ...]]:
    """What an entry's ``posted.yaml`` notes as far as it can be read, and what of it cannot be."""
    file = entry / POSTED
    if not file.is_file():
        return (), ()
    try:
        listed = _listed(source.read(file, shown=spelling.shown(file), words=_words()))
    except Refusal as refusal:
        return (), refusal.problems
    items = listed.items if listed and listed.kind == "list" else ()
    read = tuple((item.place, _posted(item)) for item in items)
    return tuple(one for _, one in read if one), tuple(problem("VK-U040", place) for place, one in read if not one)


def _words() -> frozenset[str]:
    """Every key that the file may hold."""
    return frozenset(name for row in table("publish")["posted"].values() for name in row)


def _listed(node: Node) -> Node | None:
    """The list of a file, None while it is still empty."""
    found = _value(node, "posts")
    if found is not None and found.kind == "map":
        raise Refusal(problem("VK-U040", found.place))
    return found


def _value(node: Node, field: str) -> Node | None:
    return node.under(table("publish")["posted"][field])


def _posted(node: Node) -> Posted | None:
    """A post as noted, its days as 2026-11-27; None without a platform or a day."""
    said = {name: _value(node, name) for name in ("platform", "day", "link", "taken_down")}
    texts = {name: found.text.strip() if found else "" for name, found in said.items()}
    typed, asked = _written(said["taken_down"]), said["taken_down"] or node
    down, known = _down(typed)
    unclear = "" if known else typed
    one = Posted(texts["platform"], _day(texts["day"]), texts["link"], down, unclear, asked.place)
    return one if one.platform and one.day else None


def _written(node: Node | None) -> str:
    """What people wrote of taking down a post: a text, or what stands alone in a list; of anything else its words in brackets, which are none of ours."""
    if node is None or node.kind == "text":
        return node.text.strip() if node else ""
    if len(node.items) == 1:
        return _written(node.items[0])
    inner = [*map(_written, node.items), *(f"{key.text}: {_written(value)}" for key, value in node.pairs)]
    return f"[{'、'.join(inner)}]" if inner else ""


def _down(typed: str) -> tuple[str, bool]:
    """The day on which a post was taken down, or the word that it is gone or never was there, empty while it is out; and whether what was typed says
    one of these.
    """
    if day := _at_head(keys.folded(typed)):
        return day, True
    plain = _plain(typed)
    gone = _is_answer("never", plain) or _is_answer("gone", plain)
    return (plain if gone else ""), gone or not plain or _is_answer("still_out", plain)


def _at_head(folded: str) -> str:
    """The day that stands at the head of what was typed; empty where what follows may take it back."""
    found = AT_HEAD.match(folded)
    return "" if not found or _is_doubtful(_plain(folded[found.end() :])) else _day(found[0])


def _is_doubtful(plain: str) -> bool:
    """Whether what people add to a day may take it back, but for words of which only a part would."""
    said = table("publish")["taken_down"]["doubtful"]
    left = functools.reduce(lambda text, word: text.replace(word, " "), said["but"], plain)
    words = (*said["words"], *(f"{first}{done}" for first in said["before"] for done in said["done"]))
    return any(_plain(word) in left for word in words)


def _day(typed: str) -> str:
    """A day as 2026-11-27, however people write one; empty for anything else."""
    found = AT_HEAD.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    return fields.day("".join(found[0].split())) if found else ""


def _plain(typed: str) -> str:
    """What people typed, folded, without spaces and without marks at its end."""
    return "".join(keys.folded(typed).split()).rstrip(CLOSING)


def _is_answer(kind: str, plain: str) -> bool:
    """Whether something plain is what people write instead of the day on which a post was taken down."""
    return bool(_answers(kind).fullmatch(plain))


@functools.cache
def _answers(kind: str) -> re.Pattern[str]:
    """Answers of a kind, plain: whole ones, and what was done with words before it, or one after it."""
    said = table("publish")["taken_down"]
    rows = [*(said[kind].get(name, ()) for name in ("words", "before", "who", "after")), said["done"]]
    words, before, who, after, done = ("|".join(re.escape(_plain(word)) for word in row) for row in rows)
    beside = f"(?:{before}|{who})" if who else f"(?:{before})"
    made = [
        f"{beside}{{0,{MOST_BEFORE}}}(?:{before}){beside}{{0,{MOST_BEFORE}}}(?:{done})(?:{after})?" if before else "",
        f"(?:{who})?(?:{done})(?:{after})" if after else "",
    ]
    return re.compile("|".join(filter(None, (words, *made))))


def note(entry: Path, one: Posted, store: Cache) -> bool:
    """Add a post to an entry's ``posted.yaml``; False when it is noted already. What was there before stays as it is, encoding and line ends
    too; runs at the same time wait for each other.
    """
    from vidkit.runs import lock  # noqa: PLC0415  # only who writes waits for others

    file = entry / POSTED
    with lock.held(file, store):
        cache.leavings_of(file)
        before = posted(entry)
        if one in before:
            return False
        there = file.read_bytes() if file.is_file() else HEAD.encode("utf-8")
        text = _noted(encoding.decode(there, spelling.shown(file), _words()), one)
        _reads_back(text, (*before, one), file)
        cache.deliver_text(text, file, _words())
    return True


def _noted(text: str, one: Posted) -> str:
    """The text with a post at its end, in lines that end as its own do."""
    end = encoding.line_end(text)
    closed = text if text.endswith(("\n", "\r")) else f"{text}{end}"
    return closed + "".join(f"{line}{end}" for line in _lines(one))


def _lines(one: Posted) -> Iterator[str]:
    said = {"platform": one.platform, "day": one.day, "link": one.link, "taken_down": one.taken_down}
    for number, (name, value) in enumerate((name, value) for name, value in said.items() if value):
        key = table("publish")["posted"][name][0]
        yield f"{'    ' if number else '  - '}{key}: {project.quoted(value)}"


def _reads_back(text: str, wanted: tuple[Posted, ...], file: Path) -> None:
    """Refuse (VK-U041) to write a file that would not say what it should: people put something after the list."""
    node, faults = source.parse(text, spelling.shown(file))
    listed = _value(node, "posts") if node and not faults else None
    if listed is None or tuple(map(_posted, listed.items)) != wanted:
        raise Refusal(problem("VK-U041", Place(spelling.shown(file))))
