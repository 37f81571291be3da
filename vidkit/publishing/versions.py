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
from vidkit.runs import faults, stored
from vidkit.runs.stored import MANIFEST, MARKS
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from vidkit.plan import Script
    from vidkit.problems import Problem
    from vidkit.publishing.archive import Entry, Posted

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
    """What other versions there are of what was packed just now (its manifests by platform): posts noted in the archive ``kept`` (VK-U060),
    packs beside it in ``folder`` (VK-U061); a ``posted.yaml`` that cannot be read is told as it is.
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
    found |= {("logo", ""): f"logo.svg {said['logo'][:8]}"} if said.get("logo") else {}
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
    place, any_of = Place(spelling.shown(entry.folder / POSTED)), next(iter(fresh.values()), {})
    for one in entry.posted if _is_of(entry, any_of) else ():
        where, said = _of(entry, one)
        now = _now_on(where, fresh)
        words = changed(said, now) if said and one.is_out(str(now.get("day") or "")) else None
        if words:
            names = said["platform"]
            values = {"day": one.day, "link": one.link, **words._asdict()}
            yield problem("VK-U060", place, platform=names["zh"], platform_en=names["en"], **values)
            yield from archive.doubt(one, str(now.get("day") or ""))


def _now_on(where: str, fresh: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """What is said now on a platform; on one that nothing was packed for what is said anywhere, with every way by which people reach the shop."""
    if where in fresh or not fresh:
        return fresh.get(where, {})
    ways = {way: digest for said in fresh.values() for way, digest in _ways(said).items()}
    return {**next(iter(fresh.values())), "reached": ways}


def _is_of(entry: Entry, now: Mapping[str, Any]) -> bool:
    """Whether an entry keeps a brief: by its name, or one that was renamed since: its file is gone, half of its photos and most of its words are the
    same.
    """
    if entry.brief == now.get("called"):
        return True
    said = next((one for _, one in entry.manifests), {})
    noted, root = _brief(said), paths.project_root(entry.folder)
    if _is_row(said, root) or (root / noted["path"]).is_file():
        return False
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
    )


def _brief(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest says of its brief: its path in the shop and its hash, empty where it does not tell."""
    return {"path": "", "sha256": "", **(said.get("brief") or {})}


def _is_row(said: Mapping[str, Any], root: Path) -> bool:
    """Whether no file held what a manifest is of. Manifests of former versions do not say so: of theirs the folder made for it tells of a table; one
    that names no brief as those do counts as a row.
    """
    noted = _brief(said)
    if "row" in noted:
        return bool(noted["row"] or not noted["path"])
    mark = stored.of(project.out(root / "brief.yaml") / MARKS / f"{said.get('called', '')}.json")
    return not (noted["path"] and noted["sha256"]) or bool(mark.get("table"))


def _of(entry: Entry, one: Posted) -> tuple[str, dict[str, Any]]:
    """The platform of what was posted and its manifest; empty where it is none of the entry's."""
    return next((both for both in entry.manifests if archive.is_on(one, *both)), ("", {}))


def _packs(folder: Path, fresh: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    for file in sorted(folder.glob(f"[!.]*/{MANIFEST}")):
        said = stored.of(file)
        where = file.parent.name
        words = changed(said, _now_on(where, fresh)) if "platform" in said and where not in fresh else None
        if words:
            place, names = Place(spelling.shown(file.parent)), said["platform"]
            yield problem("VK-U061", place, platform=names["zh"], platform_en=names["en"], **words._asdict())


# A pack and its brief as it is now


def outdated(pack: Path, said: Mapping[str, Any], today: str = "") -> Iterator[Problem]:
    """That a pack, by what its manifest says, was made of another version of its brief than lies in the shop now (VK-U062), or of one that is gone
    (VK-U063); or that what the brief names says something else now: a profile, the brand, the shop's settings, a photo (VK-U064), or that one of
    these cannot be read any more (VK-U070).
    """
    noted, root = _brief(said), paths.project_root(pack.resolve().parent)
    file, place = root / noted["path"], Place(spelling.shown(pack))
    values = {"day": said.get("day", ""), "name": noted["path"], "typed": spelling.typed(noted["path"])}
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


def _now(file: Path, said: Mapping[str, Any], today: str) -> dict[str, Any]:
    """What a manifest of a brief would say now of what is its own; nothing where something of it cannot be read, which ``check`` tells."""
    try:
        read = reach.script(file, None, consents.Ledger(file.parent), today)
        script = replace(read, brief=masking.brief(read.brief)) if read.brief.mask_text else read
        looked = {"photos": _looked_at(script, _hashes(said))}
        return record.own(script) | {"reached": record.reached(script), "inputs": looked}
    except (Refusal, OSError) as error:
        faults.answered(error)
        return {}


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
