"""Consents → how far they reach: what stands against each, what runs out soon, and for which briefs and platforms they are enough."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit import brief, console, kit, plan, project, source
from vidkit.briefs import asked, keys, paths
from vidkit.captions import phrasing
from vidkit.consoles import spelling
from vidkit.develop import Developed
from vidkit.kits import platform
from vidkit.people import consent, consents, posts
from vidkit.plan import Script
from vidkit.problems import Place, Refusal, problem, spoken_language
from vidkit.publishing import archive
from vidkit.runs import faults, inputs, places, remains
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from vidkit.kits.platform import Platform
    from vidkit.people.consents import Consent, Entry, Ledger
    from vidkit.people.posts import Down
    from vidkit.problems import Problem
    from vidkit.source import Node


@dataclass(frozen=True)
class Use:
    """A brief that needs a consent, on one platform: what stands against it, nothing when it is enough."""

    brief: Path
    platform: str
    called: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Standing:
    """A consent, its state in a word, days until it ends (None: not known), where it is used, and the posts still out of one that is over."""

    entry: Entry
    state: str
    days: int | None
    uses: tuple[Use, ...] = ()
    out: tuple[Down, ...] = ()


@dataclass(frozen=True)
class Gap:
    """What a brief still needs: the names nobody has a consent of, as it writes them, and what it does not say at all (photos without a home,
    a review without its customer's consent), and what else stands against it: photos of homes that took their consent back.
    """

    brief: Path
    names: tuple[str, ...]
    unsaid: tuple[Problem, ...]
    against: tuple[Problem, ...] = ()


class Reached(NamedTuple):
    """How far the consents of a project reach: each with its uses, what briefs still need, the briefs that could not be read, and what keeps several
    of them from being read: it stands in none of them.
    """

    standings: tuple[Standing, ...]
    gaps: tuple[Gap, ...]
    unread: tuple[Path, ...]
    causes: tuple[Problem, ...] = ()


OVER = frozenset({"ended", "withdrawn"})
"""States of a consent that counts no more: what was posted with it comes down."""
TWICE = "VK-N003"
"""What is wrong with a brief that names somebody of whom there are two profiles: it is mended in one of these."""
UNSAID = frozenset({"VK-S102", "VK-S103"})
"""What a brief leaves out, so that no name can be told."""


def briefs(root: Path) -> tuple[Path, ...]:
    """The briefs of a project, by their paths: every YAML file of a shop, wherever in it, but what is hidden, was made or published, is no brief by
    its folder (``inputs.SHARED``), or lies in another shop; outside a shop those of the folder itself, and its ``briefs`` and ``photos``.
    """
    return tuple(one for one in _kept(root, asked.BRIEF_ENDINGS) if not _is_settings(one, root))


def _is_settings(file: Path, root: Path) -> bool:
    """Whether a file is a shop's settings, or a copy of them that a program for sharing files put beside them (``vidkit-DESKTOP.yaml``); one that has
    what only briefs need is one.
    """
    if file.name == paths.PROJECT_FILE:
        return True
    copied = file.parent == root and re.match(rf"{Path(paths.PROJECT_FILE).stem}[\s_(（-]", file.name)
    return bool(copied) and not _says(source.examine(file)[0], "template")


def _says(node: Node | None, field: str) -> bool:
    """Whether a brief says something of a field, whatever it says."""
    row = keys.find("brief", field)
    return bool(node and row and any(node.get(name) for name in row.names))


def tables(root: Path) -> tuple[Path, ...]:
    """The tables of a project, in the same folders: they may hold briefs as rows."""
    return _kept(root, tuple(table("rows")["endings"]))


def _kept(root: Path, endings: tuple[str, ...]) -> tuple[Path, ...]:
    shop, found = project.is_one(root), list[Path]()
    for here, inner, files in os.walk(root, onerror=faults.answered):
        folder = Path(here)
        own = () if shop or folder != root else asked.KEPT_IN
        apart = inputs.SHARED if folder == root else ()
        inner[:] = [
            name for name in inner if name not in apart and (not own or name in own) and _may_hold(folder, name)
        ]
        found += (folder / name for name in files if name.endswith(endings) and not name.startswith("."))
    return tuple(sorted(one for one in found if one.is_file()))


def _may_hold(folder: Path, name: str) -> bool:
    """Whether a folder inside may hold briefs of the same shop."""
    return not name.startswith(".") and name != paths.MADE and places.looked_through(folder, name)


def meant_for(root: Path, name: str) -> tuple[Platform, ...]:
    """The platforms that a project's briefs naming somebody or a home are made for, each once; else the shop's usual ones, else Douyin.

    Briefs are only looked at, so one that still has faults counts too: a form that is too narrow has to be signed a second time.
    """
    folders = plan.platform_folders(kit.shelf(root))
    files = {file for other, file in project.people(root) if keys.folded(other) == keys.folded(name)}
    words = {keys.folded(name), *(keys.folded(other) for other, file in project.people(root) if file in files)}
    usual = _platforms_said(project.usual(root)) or (_DOUYIN,)
    looked = (source.examine(file)[0] for file in briefs(root))
    theirs = [_platforms_said(node) or usual for node in looked if node and words & set(_named(node))]
    found: dict[Platform, None] = {}
    for said in dict.fromkeys(one for each in (theirs or [usual]) for one in each):
        with suppress(Refusal):
            found[platform.load(said, folders)] = None
    return tuple(found) or (platform.load(_DOUYIN, folders),)


_DOUYIN = "douyin"


def beside_a_baby(root: Path, name: str) -> bool:
    """Whether a brief of a project on the care of babies names somebody among those who can be seen in it besides its people."""
    row = keys.find("brief", "shown")
    for node in (source.examine(file)[0] for file in briefs(root)):
        shown = next((said for one in row.names if (said := node.get(one))), None) if node and row else None
        if node and shown and keys.folded(name) in set(_named(shown)) and "baby" in phrasing.kinds_of(_words(node)):
            return True
    return False


def _words(node: Node) -> str:
    """Every text of a brief, a line each."""
    inner = (_words(one) for one in (*node.items, *(value for _, value in node.pairs)))
    return "\n".join((node.text, *inner))


def _platforms_said(node: Node | None) -> tuple[str, ...]:
    """What a brief, or ``vidkit.yaml``, says of platforms, as typed."""
    row = keys.find("brief", "platforms")
    said = next((node.get(one) for one in row.names if node.get(one)), None) if node and row else None
    return tuple(one for item in (said.items or (said,)) for one in consent.each_of(item.text)) if said else ()


def _named(node: Node) -> Iterator[str]:
    """Every text of a brief, folded; of one that lists several names each."""
    if node.kind == "text":
        yield from map(keys.folded, {node.text.strip(), *consent.each_of(node.text)})
    for child in (*node.items, *(value for _, value in node.pairs)):
        yield from _named(child)


def read(
    root: Path,
    today: str,
    chosen: Mapping[Path, Node | None] | None = None,
    against: Callable[[Script], Iterable[Problem]] = lambda _: (),
) -> Reached:
    """Every consent of a project with where it is used, what its briefs still need, and the briefs that could not be read.

    Of all briefs, or of those ``chosen``: files, or rows of a table with what each says; ``against`` tells what else stands against one.
    """
    names = plan.names(kit.shelf(root), root)
    book = consents.load(root / consents.FOLDER, names)
    uses: dict[Path, list[Use]] = {one.file: [] for one in book.entries}
    gaps: list[Gap] = []
    unread: dict[Path, tuple[Problem, ...]] = {}
    for file, node in (dict.fromkeys(briefs(root)) if chosen is None else chosen).items():
        try:
            read_in = script(file, node, book, today)
            _used(read_in, book, uses)
        except Refusal as refusal:
            unread[file] = refusal.problems
        else:
            gaps.append(replace(_gap(read_in, book), against=tuple(against(read_in))))
    found = tuple(standing(one, today, tuple(uses[one.file])) for one in book.entries)
    wanted = tuple(one for one in gaps if one.names or one.unsaid or one.against)
    return Reached(found, wanted, tuple(unread), _shared(unread.values()))


def _shared(wrong: Iterable[Iterable[Problem]]) -> tuple[Problem, ...]:
    """The profiles of one name that several briefs stumble over (VK-N003), each once."""
    told = Counter(one for each in wrong for one in {replace(p, place=None) for p in each if p.code == TWICE})
    return tuple(one for one, count in told.items() if count > 1)


def _gap(script: Script, book: Ledger) -> Gap:
    names = tuple(name for name in consent.everybody(script) if not book.of(name))
    lacks = (lack.problem for where in plan.platforms(script) for lack in consent.lacking(script, where))
    return Gap(script.brief.file, names, tuple(dict.fromkeys(one for one in lacks if one.code in UNSAID)))


def _used(script: Script, book: Ledger, uses: dict[Path, list[Use]]) -> None:
    """Add where a brief needs which consents."""
    file = script.brief.file
    needed = {keys.folded(name) for name in consent.everybody(script)}
    for where in plan.platforms(script):
        lacks = (*consent.lacking(script, where), *consent.unasked(script, (where,)))
        for one in book.entries:
            own = set(map(keys.folded, one.names))
            if own & needed:
                against = tuple(lack.problem for lack in lacks if keys.folded(lack.who) in own)
                uses[one.file].append(Use(file, where.id, where.title_zh, against))


def script(file: Path, node: Node | None, book: Ledger, today: str) -> Script:
    """A brief's script without its photos: consents do not depend on what is in them."""
    folder = project.root(file)
    shelf = kit.shelf(folder)
    known = plan.names(shelf, folder)
    said = brief.load(file, known, shown=spelling.shown(file)) if node is None else plan.row(file, node, known)
    template, brand = kit.template(said.template, shelf), kit.brand(said.brand, shelf)
    return Script(plan.spoken(said, template), template, brand, shelf, Developed({}, {}, (), (), ()), today, book)


def standing(one: Entry, today: str, uses: tuple[Use, ...] = ()) -> Standing:
    """How a consent stands on a day."""
    return Standing(one, _state(one, today), _days(one, today), uses)


def _days(one: Entry, today: str) -> int | None:
    if not one.consent or not today:
        return None
    return (date.fromisoformat(one.consent.ends) - date.fromisoformat(today)).days


def _state(one: Entry, today: str) -> str:
    """The first thing that stands against a consent whatever it is used for; ``good`` when nothing does."""
    said = one.consent
    if said is None:
        return "faulty"
    states = {
        "withdrawn": bool(said.withdrawn),
        "ended": bool(today and today > said.ends),
        "early": bool(today and said.starts and today < said.starts),
        "unsigned": not said.signed,
        "lost": one.paper is None,
        "changed": one.found != said.sha256.lower(),
        "unpublished": not said.publish,
    }
    return next((state for state, holds in states.items() if holds), "good")


def enough(found: Sequence[Standing], reached: Reached) -> bool:
    """Whether some consents are enough for all their uses, and nothing else is needed of the briefs."""
    return not (reached.gaps or reached.unread or any(use.problems for one in found for use in one.uses))


def uncovered(entry: Path, where: Platform, root: Path, today: str = "") -> Iterator[Problem]:
    """What stands against a post that is out on a platform: a consent of its pack that was taken back (VK-U047), also of somebody it only names,
    does not name the platform (VK-U046), is over (VK-U066), or reaches less far than then (VK-U075), and prices that are over (VK-U067); then what its
    entry's notes do not say clearly.
    """
    at = Place(spelling.shown(entry / archive.POSTED))
    called = {"platform": where.title_zh, "platform_en": where.title_en}
    packed = archive.entry(entry)
    for who, said in _agreed(sorted(packed.consents | packed.mentioned), root):
        if said and said.withdrawn:
            yield problem("VK-U047", at, who=who, day=said.withdrawn, typed=spelling.typed(who), **called)
        elif who in packed.consents and (said is None or where.id not in said.platforms):
            yield problem("VK-U046", at, who=who, **called)
        elif said and who in packed.consents:
            yield from _over_or_less(who, said, packed, at, today)
    yield from _prices_over(next((said for _, said in packed.manifests), {}), at, today)
    yield from archive.doubts(packed, today)


def lapsed(said: Mapping[str, Any], pack: Path, root: Path, today: str) -> Iterator[Problem]:
    """Why a pack must not be posted any more, by what its manifest says: a consent was taken back (VK-U065), also of somebody it only names, is not
    there (VK-U073), does not name its platform (VK-U074), is over (VK-U066), or reaches less far than then (VK-U075); its prices are over (VK-U067).
    Of a pack in no shop only its prices are known.
    """
    at, where = Place(spelling.shown(pack)), {"id": "", **remains.as_map(said.get("platform"))}
    packed = archive.Entry(pack, (("", dict(said)),))
    known = sorted(packed.consents | packed.mentioned) if project.is_one(root) else ()
    for who, agreed in _agreed(known, root):
        if agreed and agreed.withdrawn:
            yield problem("VK-U065", at, who=who, day=agreed.withdrawn, typed=spelling.typed(who))
        elif who not in packed.consents:
            continue
        elif not agreed:
            yield problem("VK-U073", at, who=who)
        elif where["id"] and where["id"] not in agreed.platforms:
            names = {"platform": where.get("zh", where["id"]), "platform_en": where.get("en", where["id"])}
            yield problem("VK-U074", at, who=who, **names)
        else:
            yield from _over_or_less(who, agreed, packed, at, today)
    yield from _prices_over(said, at, today)


def _over_or_less(who: str, agreed: Consent, packed: archive.Entry, at: Place, today: str) -> Iterator[Problem]:
    """That a consent is over, or else what it spoke of when a pack was made with it and does not any more: what of somebody, and for what, if it is
    that which the pack is for.
    """
    if agreed.ends < today:
        yield problem("VK-U066", at, who=who, day=agreed.ends)
        return
    hers = set(map(keys.folded, (who, agreed.alias)))
    spoken = (one for _, said in packed.manifests for one in _spoken(said, hers))
    now, ours = {"scope": agreed.scope, "purposes": agreed.purposes}, table("keys")["consent"]
    gone = dict.fromkeys((name, one) for name, one in spoken if one in ours[name]["choices"] and one not in now[name])
    if gone:
        words = {
            "what": "、".join(keys.choice("consent", *one) for one in gone),
            "what_en": ", ".join(one for _, one in gone),
        }
        yield problem("VK-U075", at, who=who, **words)


def _spoken(said: Mapping[str, Any], hers: Container[str]) -> Iterator[tuple[str, str]]:
    """What somebody's consent spoke of when a pack was made, as its manifest says it: the scope, and the purpose that the pack has; every purpose where
    the manifest does not tell that.
    """
    meant = said.get("mode") or ("ad" if said.get("ad") is True else "")
    for then in map(remains.as_map, remains.as_list(said.get("consent_terms"))):
        if keys.folded(str(then.get("name", ""))) in hers:
            purposes = map(str, remains.as_list(then.get("purposes")))
            yield from (("scope", str(one)) for one in remains.as_list(then.get("scope")))
            yield from (("purposes", one) for one in purposes if not meant or one == meant)


def _agreed(names: Iterable[str], root: Path) -> Iterator[tuple[str, Consent | None]]:
    """What each of some people agreed to, None where nothing can be read; of several papers the one that reaches furthest."""
    known = plan.names(kit.shelf(root), root)
    for who in names:
        found = consents.load(root / consents.FOLDER, known, (who,)).of(who)
        several = [one.consent for one in found if one.consent]
        yield who, max(several, key=lambda one: (bool(one.withdrawn), one.ends), default=None)


def _prices_over(said: Mapping[str, Any], at: Place, today: str) -> Iterator[Problem]:
    """That the last day of a pack's prices is over."""
    last, brief = str(said.get("valid_until") or ""), remains.as_map(said.get("brief"))
    if last and last < today:
        name = str(brief.get("path") or brief.get("name") or "")
        yield problem("VK-U067", at, day=last, typed=spelling.typed(name))


def problems(found: Sequence[Standing]) -> Iterator[Problem]:
    """What people must know of consents: the faults of faulty ones, two of one name, those that run out soon, and children's that do not say what the
    guardian's own box says (VK-S184): older forms have none, and count as before.
    """
    for one in found:
        yield from one.entry.problems
        said, file = one.entry.consent, spelling.shown(one.entry.file)
        if said and one.state == "good" and said.role == "child" and said.sensitive is None:
            yield problem("VK-S184", Place(file), who=one.entry.name, file=file, command=spelling.typed(one.entry.name))
        if one.state == "good" and one.days is not None and one.days <= table("limits")["consent"]["soon_days"]:
            place = Place(spelling.shown(one.entry.file))
            yield problem("VK-S131", place, who=one.entry.name, days=one.days, day=_end(one))


def with_posts(found: Sequence[Standing], root: Path, today: str) -> tuple[tuple[Standing, ...], tuple[Problem, ...]]:
    """Some consents, those that are over with their posts still out, and what people must know of these.

    That is: posts to take down (VK-S181); files in the archive of somebody who took hers back that no law wants kept any more (VK-S182); why notes
    of packs could not be read, which then count as perhaps out, or do not say clearly that a post was taken down.
    """
    if not any(one.state in OVER for one in found):
        return tuple(found), ()
    kept = dict.fromkeys((root / paths.ARCHIVE, project.out(root / "brief.yaml") / paths.ARCHIVE))
    packs = [one for folder in kept for one in archive.entries(folder)]
    theirs = {one.entry.file: _packs(one, packs) for one in found if one.state in OVER}
    known = posts.known(root)
    made = tuple(replace(one, out=tuple(posts.out(theirs.get(one.entry.file, ()), known, today))) for one in found)
    several = (said for one in made for said in _over(one, theirs.get(one.entry.file, ()), root, today))
    told = {(said.code, said.values): said for said in several}  # of two files of one person's once
    over = {pack.folder for each in theirs.values() for pack in each}
    wrong = (each for pack in packs if pack.folder in over for each in (*pack.wrong, *archive.doubts(pack, today)))
    return made, (*wrong, *told.values())


def _packs(one: Standing, packs: Sequence[archive.Entry]) -> tuple[archive.Entry, ...]:
    """The packs that rest on a consent or name whose it is."""
    names = frozenset(map(keys.folded, one.entry.names))
    return tuple(pack for pack in packs if not names.isdisjoint(map(keys.folded, pack.consents | pack.mentioned)))


def _over(one: Standing, packs: Sequence[archive.Entry], root: Path, today: str) -> Iterator[Problem]:
    place, who, command = Place(spelling.shown(one.entry.file)), one.entry.name, spelling.typed(one.entry.name)
    withdrawn = one.entry.withdrawn
    if one.out:
        listed = "；".join(" ".join(posts.line(each, root).split()) for each in one.out)
        state, day = console.words(f"consent-state-{one.state}"), withdrawn or _end(one)
        yield problem("VK-S181", place, who=who, state=state, day=day, posts=listed, command=command)
    left = [spelling.shown(pack.folder) for pack in packs if withdrawn and archive.freed(pack, today)]
    if left:
        yield problem("VK-S182", place, who=who, folders="、".join(left), command=command)


def same_paper(every: Iterable[Entry], among: Iterable[Entry]) -> Iterator[Problem]:
    """One signed form that counts for several people's consents, each form once (VK-S180), or for several files of one person's (VK-S187), where one
    of ``among`` rests on it.
    """
    papers: dict[str, list[Entry]] = {}
    for one in every:
        if one.consent and one.consent.signed and one.consent.sha256:
            papers.setdefault(one.consent.sha256.lower(), []).append(one)
    asked = {one.file for one in among}
    for shared in papers.values():
        if not any(one.file in asked for one in shared):
            continue
        people: dict[str, list[Entry]] = {}
        for one in shared:
            people.setdefault(keys.folded(one.name), []).append(one)
        for own in people.values():
            if len(own) > 1:
                files = "、".join(spelling.shown(one.file) for one in own)
                yield problem("VK-S187", Place(spelling.shown(own[0].file)), who=own[0].name, files=files)
        if len(people) > 1:
            names = "、".join(own[0].name for own in people.values())
            yield problem("VK-S180", Place(spelling.shown(shared[0].file)), names=names)


def _end(one: Standing) -> str:
    return one.entry.consent.ends if one.entry.consent else ""


def as_data(one: Standing) -> dict[str, Any]:
    """A consent and its uses as plain data."""
    said = one.entry.consent
    return {
        "name": one.entry.name,
        "file": spelling.shown(one.entry.file),
        "state": one.state,
        "role": said.role if said else None,
        "scope": list(said.scope) if said else [],
        "purposes": list(said.purposes) if said else [],
        "platforms": list(said.platforms) if said else [],
        "ends": said.ends if said else None,
        "days_left": one.days,
        "withdrawn": said.withdrawn or None if said else None,
        "do_not_show": list(said.do_not_show) if said else [],
        "sensitive": said.sensitive if said else None,
        "uses": [_use(use) for use in one.uses],
        "out": list(map(posts.as_data, one.out)),
    }


def gap_data(one: Gap) -> dict[str, Any]:
    """What a brief still needs as plain data."""
    unsaid, against = ([{"code": p.code, "message": plainly(p)} for p in each] for each in (one.unsaid, one.against))
    return {"brief": spelling.shown(one.brief), "names": list(one.names), "unsaid": unsaid, "against": against}


def lines(one: Standing) -> Iterator[tuple[Path, tuple[str, ...], Problem | None]]:
    """Where a consent is used, brief by brief: on which platforms it is enough (None), then each lack once with its platforms."""
    for file in dict.fromkeys(use.brief for use in one.uses):
        uses = [use for use in one.uses if use.brief == file]
        enough = tuple(use.called for use in uses if not use.problems)
        if enough:
            yield file, enough, None
        for code in dict.fromkeys(p.code for use in uses for p in use.problems):
            alike = {use.called: [p for p in use.problems if p.code == code] for use in uses}
            platforms = tuple(called for called, found in alike.items() if found)
            yield file, platforms, consent.joined([p for found in alike.values() for p in found])


def steps(one: Standing) -> tuple[str, ...]:
    """What to do about everything a consent lacks in its uses, in as few steps as there are."""
    lacks = (consent.Lack(one.entry.name, _here(p)) for use in one.uses for p in use.problems)
    notes = consent.told(lacks)
    firm = [p for p in notes if p.code != consent.ONLY_NAMED]
    return tuple(dict.fromkeys(p.hint(spoken_language()) for p in firm or notes))


def _here(said: Problem) -> Problem:
    """A lack as it is told where consents are checked: of whom words only name, the next is her form, not this check."""
    other = {"what": "form"} if said.code == consent.ONLY_NAMED else {}
    return problem(said.code, said.place, **dict(said.values) | other)


def plainly(said: Problem) -> str:
    """What a lack says, without its consequence for what is made."""
    return said.cause(spoken_language())


def _use(use: Use) -> dict[str, Any]:
    told = [{"code": p.code, "message": plainly(p)} for p in use.problems]
    return {"brief": spelling.shown(use.brief), "platform": use.platform, "enough": not told, "problems": told}
