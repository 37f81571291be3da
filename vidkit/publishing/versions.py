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
from vidkit.briefs import paths, written
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
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from vidkit.plan import Script
    from vidkit.problems import Problem
    from vidkit.publishing.archive import Entry, Posted

FACTS = ("valid_until", "gift", "evidence", "promises", "review", "people")
"""What a manifest says besides prices, words and photos that a post tells, the most important first."""
ORDER = ("prices", *FACTS, "texts", "logo", "reached")
"""Keys of a manifest in the order in which what differs is looked for."""
NAMED = {"prices": "item", "people": "name"}
"""Lists of a manifest whose entries are known by what they are called: one that is moved, or went, makes no other one of its neighbours."""
ALIKE = 0.5
"""Two briefs with the same photos that share more than this part of their words are one that was renamed."""


class Change(NamedTuple):
    """What was said before and what is said now (empty for nothing), and the same for English sentences."""

    old: str
    new: str
    old_en: str
    new_en: str


def told(kept: Path, folder: Path, fresh: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """What other versions there are of what was packed just now (its manifests by platform): posts noted in the archive ``kept`` (VK-U060),
    packs beside it in ``folder`` (VK-U061); a ``posted.yaml`` that cannot be read is told as it is.
    """
    now = next(iter(fresh.values()), {})
    for one in sorted(kept.glob("*")):
        try:
            yield from _posts(archive.entry(one), now) if one.is_dir() else ()
        except Refusal as refused:
            yield from refused.problems
    yield from _packs(folder, now, fresh)


def changed(old: Mapping[str, Any], new: Mapping[str, Any], *, brand: bool = False) -> Change | None:
    """The first thing of the brief's own, and of the shop's ``brand``, that two manifests say otherwise, prices first, photos last, of each kind first
    what changed, then what went, then what is new; None where all is the same. What one of them does not tell of at all is not compared.
    """
    lists = frozenset(NAMED) & old.keys() & new.keys()
    before, after = (_own(one, lists, brand=brand) for one in (old, new))
    differ = [
        one
        for one in dict.fromkeys((*after, *before))
        if one[0] in old and one[0] in new and before.get(one) != after.get(one)
    ]
    found = min(differ, key=lambda one: (ORDER.index(one[0]), one not in before, one not in after), default=None)
    if found and found[0] == "reached":
        return _reworded(f"reached_{found[1]}", "", "")
    if found:
        words = before.get(found, ""), after.get(found, "")
        return Change(*words, *words)
    return _exchanged(_photos(old), _photos(new))


# What is the brief's own


def _own(said: Mapping[str, Any], lists: frozenset[str], *, brand: bool = False) -> dict[tuple[str, str], str]:
    """What is the brief's own in a manifest, in words, by the manifest's key and the field in it; entries of some ``lists`` by what they are called."""
    called = {f"{name}.{at}": one for name in lists for at, one in enumerate(_called(said, name))}
    found: dict[tuple[str, str], str] = {}
    for name in ("prices", *FACTS):
        for at, one in enumerate(_maps(said.get(name))):
            found[(name, called.get(f"{name}.{at}", str(at)))] = _WORDED.get(name, partial(_said, name))(one)
    texts = [one for one in _maps(said.get("texts")) if {"where", "text"} <= set(one)]
    left = {FILE, *(REACHED if brand else ())}  # what reaches a shop is the settings', and told as ``reached``
    words = {str(one["where"]): str(one["text"]) for one in texts}
    own = {where: text for where, text in words.items() if ":" not in where and where not in left}
    found |= {("texts", _where(where, called)): text for where, text in own.items()}
    found |= _of_shop(said, texts) if brand else {}
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


def _of_shop(said: Mapping[str, Any], texts: list[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The brand's words in a manifest, and its logo by the first signs of its hash."""
    brand = said.get("brand")
    shop: Mapping[str, Any] = brand if isinstance(brand, dict) else {}
    own = {str(one["where"]): str(one["text"]) for one in texts if str(one["where"]).startswith(f"{shop.get('id')}:")}
    found = {("texts", where): words for where, words in own.items()}
    reached = said.get("reached")
    known = reached.items() if isinstance(reached, dict) else ()
    found |= {("reached", str(way)): str(digest) for way, digest in known}
    return found | ({("logo", ""): f"logo.svg {said['logo'][:8]}"} if said.get("logo") else {})


def _photos(said: Mapping[str, Any]) -> dict[str, str] | None:
    """The hash of each photo by what packs call it; None where a manifest does not tell."""
    inputs = said.get("inputs")
    listed = inputs.get("photos") if isinstance(inputs, dict) else None
    if not isinstance(listed, list):
        return None
    return {
        str(one["name"]): str(one["sha256"])
        for one in listed
        if isinstance(one, dict) and {"name", "sha256"} <= set(one)
    }


def _exchanged(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> Change | None:
    """That the photos are others, or stand in another order, with what packs call those of then and of now."""
    if before is None or after is None or before == after:
        return None
    differ = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    return _reworded("photos", *("、".join(one for one in differ if one in those) for those in (before, after)))


def _reworded(name: str, old: str, new: str) -> Change:
    """That something is another that has no words of its own, in those of ``data/publish.yaml``, with the ``names`` of then and of now."""
    said = table("publish")["versions"][name]
    two = ((said["old"], old), (said["new"], new))
    return Change(*(words[tongue].format(names=names or "-") for tongue in ("zh", "en") for words, names in two))


# Posts and packs


def _posts(entry: Entry, now: Mapping[str, Any]) -> Iterator[Problem]:
    place = Place(spelling.shown(entry.folder / POSTED))
    for one in entry.posted if _is_of(entry, now) else ():
        said = _of(entry, one)
        words = None if one.taken_down or not said else changed(said, now)
        if words:
            names = said["platform"]
            values = {"day": one.day, "link": one.link, **words._asdict()}
            yield problem("VK-U060", place, platform=names["zh"], platform_en=names["en"], **values)


def _is_of(entry: Entry, now: Mapping[str, Any]) -> bool:
    """Whether an entry keeps a brief: by its name, or one that was renamed since: its file is gone, its photos and most of its words are the same."""
    if entry.brief == now.get("called"):
        return True
    said = next((one for _, one in entry.manifests), {})
    noted, root = _brief(said), paths.project_root(entry.folder)
    if _is_row(said, root) or (root / noted["path"]).is_file():
        return False
    lists = frozenset(NAMED) & said.keys() & now.keys()
    then, today = (frozenset(item for item in _own(one, lists).items() if item[0][0] == "texts") for one in (said, now))
    photos = _photos(said)
    same = said.get("template") == now.get("template") and bool(photos) and photos == _photos(now)
    return same and len(then & today) > ALIKE * max(len(then), len(today))


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


def _of(entry: Entry, one: Posted) -> dict[str, Any]:
    """The manifest of what was posted; empty where its platform is none of the entry's."""
    return next((said for where, said in entry.manifests if archive.is_on(one, where, said)), {})


def _packs(folder: Path, now: Mapping[str, Any], fresh: Collection[str]) -> Iterator[Problem]:
    for file in sorted(folder.glob(f"[!.]*/{MANIFEST}")):
        said = stored.of(file)
        words = changed(said, now) if "platform" in said and file.parent.name not in fresh else None
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
        told = said.get("reached") or {}
        reached = {way: digest for way, digest in record.reached(script).items() if way in told}
        looked = {"photos": _looked_at(script, _photos(said) or {})}
        return record.own(script) | {"reached": reached, "inputs": looked}
    except (Refusal, OSError) as error:
        faults.answered(error)
        return {}


def _looked_at(script: Script, then: Mapping[str, str]) -> list[dict[str, str]]:
    """The photos of a brief as its manifest names them, by the hashes of their files; of a film, of which that is a frame's, as it was ``then``."""
    called = outward.names(script.brief)
    files = {called[one.name]: one.path for one in written.photos(script.brief) if called[one.name] in then}
    hashes = {name: then[name] if probe.is_film(file) else cache.sha256(file) for name, file in files.items()}
    return [{"name": name, "sha256": digest} for name, digest in hashes.items()]
