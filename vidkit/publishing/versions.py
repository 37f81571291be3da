"""What was packed or posted of a brief when it said something else: posts to be taken down, packs not to be posted any more.

Two versions are told apart by what is the brief's own in their manifests: its prices, days and numbers, its words, its photos. How a
platform's caption says them, and what a template says by itself, does not count.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit import cache, masking, project
from vidkit.briefs import paths
from vidkit.consoles import spelling
from vidkit.film import probe
from vidkit.people import consents, reach
from vidkit.problems import Place, Refusal, problem
from vidkit.publishing import archive, outward, record
from vidkit.publishing.archive import POSTED
from vidkit.rules.said import FILE, REACHED
from vidkit.runs import faults, remains, stored
from vidkit.runs.stored import MANIFEST, MARKS
from vidkit.spreadsheets import rows
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from vidkit.plan import Script
    from vidkit.problems import Problem
    from vidkit.publishing.archive import Entry, Posted
    from vidkit.source import Node

FACTS = ("valid_until", "gift", "evidence", "promises", "review", "people")
"""What a manifest says besides prices, words and photos that a post tells, the most important first."""
ORDER = ("prices", *FACTS, "brand", "texts", "logo", "reached")
"""Keys of a manifest in the order in which what differs is looked for."""
NAMED = {"prices": "item", "people": "name"}
"""Lists of a manifest whose entries are known by what they are called: one that is moved, or went, makes no other one of its neighbours."""
CALLED = ("names.zh", "full_name", "legal_name")
"""What a brand is called: posts of another one are told of while they are out, those of the same in other words or colours are not."""
SEEN = ("covered", "shown_faces")
"""What a manifest says of how much of a photo is seen."""
ALIKE = 0.5
"""Two briefs that share this part of their photos and more than this of their words are one that was renamed."""


Key = tuple[str, str]
"""A key of a manifest and the field in it."""


class Change(NamedTuple):
    """What was said before and what is said now, and the same for English sentences."""

    old: str
    new: str
    old_en: str
    new_en: str


def told(kept: Path, folder: Path, fresh: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """What other versions there are of what was packed just now (its manifests by platform): posts noted in the archive ``kept`` (VK-U060), those
    of another row that had its name (VK-U080) and of the same under another (VK-U081); packs beside it in ``folder`` (VK-U061); a ``posted.yaml``
    that cannot be read is told as it is.
    """
    for one in archive.entries(kept):
        yield from _posts(one, fresh)
        yield from one.wrong
    yield from _packs(folder, fresh)


def changed(old: Mapping[str, Any], new: Mapping[str, Any], *, brand: bool = False) -> Change | None:
    """The first thing of the brief's own, and of all of the shop's ``brand``, that two manifests say otherwise, prices first, photos last, of each kind
    first what changed, then what went, then what is new; None where all is the same. What one of them does not tell of at all is not compared.
    """
    lists = frozenset(NAMED) & old.keys() & new.keys()
    ways = _ways(old).keys() & _ways(new).keys() if "reached" in old and "reached" in new else None
    before, after = (_own(one, lists, ways, brand=brand) for one in (old, new))
    differ = [
        one
        for one in dict.fromkeys((*after, *before))
        if one[0] in old and one[0] in new and before.get(one) != after.get(one)
    ]
    found = min(differ, key=lambda one: (ORDER.index(one[0]), one not in before, one not in after), default=None)
    if found is None:
        return _exchanged(old, new)
    went, came = (_only(differ, found, these, those) for these, those in ((before, after), (after, before)))
    pair = (found, found)
    if found[0] in NAMED and found not in after and len(went) == len(came):
        pair = (found, came[0])
    said = table("publish")["versions"]
    sides = ((before.get(pair[0]), said["new"]), (after.get(pair[1]), said["gone"]))
    if found[0] == "reached":
        return _of_way(found[1], sides)
    return Change(*(words or without[tongue] for tongue in ("zh", "en") for words, without in sides))


def _only(differ: Iterable[Key], found: Key, these: Mapping[Key, str], those: Mapping[Key, str]) -> list[Key]:
    """What of a kind one version has and the other has not, in its own order."""
    apart = {one for one in differ if one[0] == found[0] and one not in those}
    return [one for one in these if one in apart]


def _of_way(way: str, sides: Iterable[tuple[str | None, Mapping[str, str]]]) -> Change:
    """That people reach the shop by another number or code, which has no words of its own, or that there is none any more or was none."""
    said = table("publish")["versions"][f"reached_{way}"]
    both = [(said[side] if words else without) for side, (words, without) in zip(("old", "new"), sides, strict=True)]
    return Change(*(words[tongue] for tongue in ("zh", "en") for words in both))


# What is the brief's own


def _own(
    said: Mapping[str, Any], lists: Collection[str], ways: Collection[str] | None, *, brand: bool = False
) -> dict[Key, str]:
    """What is the brief's own in a manifest, in words, by the manifest's key and the field in it; entries of some ``lists`` by what they are called,
    and by what people reach the shop, as far as it is one of some ``ways``; None where that is not told apart from its texts.
    """
    called = {f"{name}.{at}": one for name in lists for at, one in enumerate(_called(said, name))}
    found: dict[Key, str] = {}
    for name in ("prices", *FACTS):
        for at, one in enumerate(_maps(said.get(name))):
            found[(name, called.get(f"{name}.{at}", str(at)))] = _WORDED.get(name, partial(_said, name))(one)
    texts = [one for one in _maps(said.get("texts")) if {"where", "text"} <= set(one)]
    apart = brand or ways is not None  # what reaches a shop is the settings', and told as ``reached``
    left = {FILE, *(REACHED if apart else ())}
    words = {str(one["where"]): str(one["text"]) for one in texts}
    own = {where: text for where, text in words.items() if ":" not in where and where not in left}
    found |= {("texts", _where(where, called)): text for where, text in own.items()}
    found |= _of_shop(said, words, brand=brand) | {("reached", way): str(_ways(said)[way]) for way in ways or ()}
    return {where: text for where, text in found.items() if text}


def _called(said: Mapping[str, Any], name: str) -> Iterator[str]:
    """What the entries of a list are called, each with how many of that name came before it."""
    before: Counter[str] = Counter()
    for one in _maps(said.get(name)):
        word = str(one.get(NAMED[name], ""))
        yield f"{word}.{before[word]}"
        before[word] += 1


def _where(path: str, called: Mapping[str, str]) -> str:
    """The path of a text (``prices.0.conditions``), by what the entry of the list is called in which it stands."""
    listed = ".".join(path.split(".")[:2])
    return f"{called[listed]}{path.removeprefix(listed)}" if listed in called else path


def _maps(value: Any) -> list[Mapping[str, Any]]:
    """What a key of a manifest holds as a list of maps, a plain value as the ``value`` of one."""
    several = value if isinstance(value, list) else [value] if value else []
    return [one if isinstance(one, dict) else {"value": one} for one in several]


def _priced(price: Mapping[str, Any]) -> str:
    start = _said("starting", {}) if price.get("starting") else ""
    compared = _said("compare", price["compare"]) if isinstance(price.get("compare"), dict) else ""
    return f"{_said('prices', price)}{start}{compared}"


def _person(one: Mapping[str, Any]) -> str:
    return _said("people", one) + (_said("years", one) if one.get("years") is not None else "")


_WORDED = {"prices": _priced, "people": _person}
"""How entries are worded that say more than one line of ``data/publish.yaml``."""


def _said(name: str, one: Mapping[str, Any]) -> str:
    """What a manifest says in one entry, in the words of ``data/publish.yaml``."""
    filled = {key: "" if value is None else str(value) for key, value in one.items()}
    with suppress(KeyError):
        return str(table("publish")["versions"][name]).format_map(filled).strip()
    return " ".join(filter(None, filled.values()))


def _of_shop(said: Mapping[str, Any], words: Mapping[str, str], *, brand: bool) -> dict[Key, str]:
    """What the brand is called in a manifest; of all of the ``brand`` its other words, too, and its logo by the first signs of its hash."""
    shop = said.get("brand")
    start = f"{shop.get('id') if isinstance(shop, dict) else None}:"
    own = {where.removeprefix(start): text for where, text in words.items() if where.startswith(start)}
    found = {("brand" if field in CALLED else "texts", f":{field}"): text for field, text in own.items()}
    found |= {("logo", ""): f"logo.svg {str(said['logo'])[:8]}"} if said.get("logo") else {}
    return {one: text for one, text in found.items() if brand or one[0] == "brand"}


def _ways(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """By what people reach the shop in a post, each way hashed, empty for none; what may not stand there, or is not told, is none of them."""
    found = said.get("reached")
    return found if isinstance(found, dict) else {}


def _photos(said: Mapping[str, Any]) -> dict[str, Mapping[str, Any]] | None:
    """What a manifest says of each photo, by what packs call it; None where it does not tell."""
    inputs = said.get("inputs")
    listed = inputs.get("photos") if isinstance(inputs, dict) else None
    if not isinstance(listed, list):
        return None
    return {str(one["name"]): one for one in listed if isinstance(one, dict) and {"name", "sha256"} <= set(one)}


def _hashes(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(one["sha256"]) for name, one in (_photos(said) or {}).items()}


def _exchanged(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    """That the photos are others, or stand in another order, with what packs call those of then and of now; or else that more or less of them is
    covered, or other faces are shown.
    """
    before, after = _photos(old), _photos(new)
    if before is None or after is None:
        return None
    hashes = _hashes(old), _hashes(new)
    differ = [name for name in dict.fromkeys((*before, *after)) if hashes[0].get(name) != hashes[1].get(name)]
    if differ:
        return _reworded("photos", *("、".join(one for one in differ if one in those) for those in hashes))
    seen = "、".join(name for name, one in before.items() if _seen_otherwise(one, after[name]))
    return _reworded("seen", seen, seen) if seen else None


def _seen_otherwise(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether something else of a photo is seen; what only one of two manifests tells is not compared."""
    return any(old[name] != new[name] for name in SEEN if name in old and name in new)


def _reworded(name: str, old: str, new: str) -> Change:
    """That something is another that has no words of its own, in those of ``data/publish.yaml``, with the ``names`` of then and of now."""
    said = table("publish")["versions"][name]
    two = ((said["old"], old), (said["new"], new))
    return Change(*(words[tongue].format(names=names or "-") for tongue in ("zh", "en") for words, names in two))


# Posts and packs


def _posts(entry: Entry, fresh: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    any_of = next(iter(fresh.values()), {})
    today = str(any_of.get("day") or "")
    is_of, same_name = _is_of(entry, any_of), entry.brief == any_of.get("called")
    for one in entry.posted:
        where, said = _of(entry, one)
        if not said or not one.is_out(today):
            continue
        words = changed(said, _now_on(where, fresh)) if is_of else None
        if words:
            yield _of_post("VK-U060", entry, one, said, **words._asdict())
            yield from archive.doubt(one, today)
        elif same_name and not is_of:
            yield _of_post("VK-U080", entry, one, said, name=entry.brief, title=_title(said))
        elif not same_name and where in fresh and _is_same(said, fresh[where]):
            yield _of_post("VK-U081", entry, one, said, name=entry.brief)


def _of_post(code: str, entry: Entry, one: Posted, said: Mapping[str, Any], **values: object) -> Problem:
    """What is to be known of a post, at the notes that tell of it."""
    place = Place(spelling.shown(entry.folder / POSTED))
    return problem(code, place, **_titles(said, one.platform), day=one.day, link=one.link, **values)


def _titles(said: Mapping[str, Any], where: str) -> dict[str, str]:
    """What a manifest calls its platform; ``where`` it was posted in a manifest that does not say it."""
    names = remains.as_map(said.get("platform"))
    return {"platform": str(names.get("zh") or where), "platform_en": str(names.get("en") or where)}


def twice(folder: Path, where: str, said: Mapping[str, Any], today: str = "") -> Iterator[Problem]:
    """That what the pack for a platform in an archive's ``folder`` shows and says is out there already, under another name (VK-U081)."""
    for entry in archive.entries(folder.resolve().parent):
        if entry.brief == said.get("called"):
            continue
        for one in entry.posted:
            theirs, other = _of(entry, one)
            if theirs == where and one.is_out(today) and _is_same(other, said):
                yield _of_post("VK-U081", entry, one, other, name=entry.brief)


def _is_same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two packs show the same photos in the same way and say the same."""
    photos = _hashes(old)
    alike = bool(photos) and photos == _hashes(new) and old.get("template") == new.get("template")
    return alike and changed(old, new) is None


def _now_on(where: str, fresh: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """What is said now on a platform; on one that nothing was packed for what is said anywhere, with every way by which people reach the shop."""
    if where in fresh or not fresh:
        return fresh.get(where, {})
    ways = {way: digest for said in fresh.values() for way, digest in _ways(said).items()}
    return {**next(iter(fresh.values())), "reached": ways}


def _is_of(entry: Entry, now: Mapping[str, Any]) -> bool:
    """Whether an entry keeps a brief: by its name, unless that was another row's then, or one that was renamed since: it is not there any more, half of
    its photos and most of its words are the same.
    """
    said = next((one for _, one in entry.manifests), {})
    root = paths.project_root(entry.folder)
    if entry.brief == now.get("called"):
        return not (_is_row(said, root) and _is_row(now, root) and _is_another(said, now))
    lists = frozenset(NAMED) & said.keys() & now.keys()
    then, today = (
        frozenset(item for item in _own(one, lists, None).items() if item[0][0] == "texts") for one in (said, now)
    )
    old, new = (frozenset(_hashes(one).values()) for one in (said, now))
    shared = bool(old) and len(old & new) >= ALIKE * max(len(old), len(new))
    return (
        said.get("template") == now.get("template")
        and shared
        and len(then & today) > ALIKE * max(len(then), len(today))
        and not _is_there(said, root, str(now.get("day") or ""))
    )


def _is_another(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two manifests of one name are of two rows: of other photos altogether, under another title."""
    two = [frozenset(_hashes(one).values()) for one in (old, new)]
    return all(two) and not two[0] & two[1] and _title(old) != _title(new)


def _title(said: Mapping[str, Any]) -> str:
    return str(said.get("title") or "")


def _is_there(said: Mapping[str, Any], root: Path, today: str) -> bool:
    """Whether what a manifest is of is still there under its name: its file, or its row in the table; a row nobody can look at counts as there."""
    if not _is_row(said, root):
        return (root / str(_brief(said)["path"])).is_file()
    laid = _Laid.of(said, root)
    if not laid.is_there:
        return True
    try:
        now = laid.now(said, today)
    except (Refusal, OSError) as error:
        faults.answered(error)
        return True
    return now is not None and not _is_another(said, now)


def _brief(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest says of its brief: its path in the shop and its hash, empty where it does not tell."""
    noted = remains.as_map(said.get("brief"))
    return noted | {name: str(noted.get(name) or "") for name in ("path", "sha256")}


def _is_row(said: Mapping[str, Any], root: Path) -> bool:
    """Whether no file held what a manifest is of. Manifests of former versions do not say so: of theirs the folder made for it tells of a table; one
    that names no brief as those do counts as a row.
    """
    noted = _brief(said)
    if "row" in noted:
        return bool(noted["row"] or not noted["path"])
    return not (noted["path"] and noted["sha256"]) or bool(_mark(str(said.get("called") or ""), root).get("table"))


def _mark(name: str, root: Path) -> dict[str, Any]:
    """What the mark of a brief's folder says in a shop's output folder."""
    return stored.of(project.out(root / "brief.yaml") / MARKS / f"{name}.json")


def _of(entry: Entry, one: Posted) -> tuple[str, dict[str, Any]]:
    """The platform of what was posted and its manifest; empty where it is none of the entry's."""
    return next((both for both in entry.manifests if archive.is_on(one, *both)), ("", {}))


def _packs(folder: Path, fresh: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    for file in sorted(folder.glob(f"[!.]*/{MANIFEST}")):
        said = stored.of(file)
        where = file.parent.name
        words = changed(said, _now_on(where, fresh)) if "platform" in said and where not in fresh else None
        if words:
            place = Place(spelling.shown(file.parent))
            yield problem("VK-U061", place, **_titles(said, where), **words._asdict())


# A pack and its brief as it is now


def outdated(pack: Path, said: Mapping[str, Any], today: str = "") -> Iterator[Problem]:
    """That a pack, by what its manifest says, was made of another version of its brief than lies in the shop now (VK-U062), or of one that is gone
    (VK-U063); or that what the brief names says something else now: a profile, the brand, the shop's settings, a photo (VK-U064), or that one of
    these cannot be read any more (VK-U070). Of a table's row what ``_of_row`` tells.
    """
    noted, root = _brief(said), paths.project_root(pack.resolve().parent)
    file, place = root / noted["path"], Place(spelling.shown(pack))
    values = {"day": said.get("day", ""), "name": noted["path"], "typed": spelling.typed(noted["path"])}
    laid = _Laid.of(said, root)
    if laid.table:
        yield from _of_row(laid, said, place, today)
        return
    if not noted["path"] or not file.is_file():
        gone = not _is_row(said, root) and project.is_one(root)
        yield from [problem("VK-U063", place, day=values["day"], name=values["name"])] if gone else ()
    elif cache.sha256(file) != noted["sha256"]:
        yield problem("VK-U062", place, **values)
    else:
        now = _now(file, said, today)
        words = changed(said, now, brand=True) if now else None
        yield from [problem("VK-U064", place, **values, **words._asdict())] if words else ()
        yield from [] if now else [problem("VK-U070", place, **values)]


class _Laid(NamedTuple):
    """The row that a manifest is of: its name, the table and the brief that it was laid over, as the manifest says them; empty where it does not."""

    name: str
    table: str
    over: str
    root: Path

    @classmethod
    def of(cls, said: Mapping[str, Any], root: Path) -> _Laid:
        """As a manifest says it; of one of former versions the mark of the folder made for it tells what the table was called."""
        noted, name = _brief(said), str(said.get("called") or "")
        if noted.get("row") is False:
            return cls(name, "", "", root)
        table_name = noted.get("table") or (_mark(name, root).get("table") if noted["path"] else "")
        return cls(name, str(table_name or ""), str(noted.get("over") or ""), root)

    @property
    def is_there(self) -> bool:
        """Whether both files are where they were."""
        return bool(self.table and self.over) and all((self.root / one).is_file() for one in (self.table, self.over))

    def now(self, said: Mapping[str, Any], today: str) -> dict[str, Any] | None:
        """What a manifest of the row would say now of what is its own; None where the table has no row of its name. Refuses what cannot be read."""
        laid = rows.briefs(self.root / self.over, self.root / self.table).rows
        own = paths.alike(self.name)
        found = next(((file, row) for file, row in laid.items() if paths.alike(row.name) == own), None)
        if found is None:
            return None
        file, row = found
        if row.problems:
            raise Refusal(*row.problems)
        return _as_now(file, said, today, row.node)


def _of_row(laid: _Laid, said: Mapping[str, Any], place: Place, today: str) -> Iterator[Problem]:
    """That a pack was made of a row that its table does not have any more (VK-U077), that has its name no more (VK-U078), or that says something else
    now (VK-U079); that nobody can tell: the table or its brief is not there (VK-U076), or something cannot be read (VK-U070).
    """
    typed = f"{spelling.typed(laid.over)} --rows {spelling.typed(laid.table)}"
    values = {"day": said.get("day", ""), "name": laid.name, "table": laid.table, "typed": typed}
    if not laid.is_there:
        yield problem("VK-U076", place, **values)
        return
    try:
        now = laid.now(said, today)
    except (Refusal, OSError) as error:
        faults.answered(error)
        yield problem("VK-U070", place, **{**values, "name": f"{laid.over} + {laid.table}"})
        return
    if now is None:
        yield problem("VK-U077", place, **values, title=_title(said))
    elif _is_another(said, now):
        yield problem("VK-U078", place, **values, old=_title(said), new=_title(now))
    elif words := changed(said, now, brand=True) or _other_template(said, now):
        yield problem("VK-U079", place, **values, **words._asdict())


def _other_template(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    names = [str(one.get("template") or "") for one in (old, new)]
    return _reworded("template", "", "") if all(names) and names[0] != names[1] else None


def _now(file: Path, said: Mapping[str, Any], today: str) -> dict[str, Any]:
    """What a manifest of a brief would say now of what is its own; nothing where something of it cannot be read, which ``check`` tells."""
    try:
        return _as_now(file, said, today)
    except (Refusal, OSError) as error:
        faults.answered(error)
        return {}


def _as_now(file: Path, said: Mapping[str, Any], today: str, node: Node | None = None) -> dict[str, Any]:
    """What a manifest of a brief, or of the row that a ``node`` is, would say now of what is its own. Refuses what cannot be read."""
    read = reach.script(file, node, consents.Ledger(file.parent), today)
    script = replace(read, brief=masking.brief(read.brief)) if read.brief.mask_text else read
    looked = {"photos": _looked_at(script, _hashes(said))}
    known = {"title": script.brief.title, "template": script.template.id, "reached": record.reached(script)}
    return record.own(script) | known | {"inputs": looked}


def _looked_at(script: Script, then: Mapping[str, str]) -> list[dict[str, str]]:
    """The photos of a brief as its manifest names them, by the hashes of their files; of a film, of which that is a frame's, as it was ``then``. What
    is covered in them nobody looks at here; the picture of a code is none of them.
    """
    called = outward.names(script.brief)
    files = {called[one.name]: one.path for one in script.brief.mentions}
    hashes = {
        name: then[name] if name in then and probe.is_film(file) else cache.sha256(file) for name, file in files.items()
    }
    return [{"name": name, "sha256": digest} for name, digest in hashes.items()]
