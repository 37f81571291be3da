"""Whose consent a post needs, and which of it is missing on a day, for a platform and a purpose.

Who is named, shown or quoted, whose home was photographed, whose review is used: each needs a consent that reaches this purpose, this
platform and this day, with the paper signed and still the same. The cases are the law's: 《民法典》 1018-1023, 1033; 《广告法》 33;
《个人信息保护法》 15, 25, 28, 29, 31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from vidkit.briefs import keys, written
from vidkit.briefs.mode import mode
from vidkit.consoles import spelling
from vidkit.people import naming, roles
from vidkit.photos import study
from vidkit.problems import Problem, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.brief import Brief, Photo, Recording, Review
    from vidkit.briefs.fields import Choice
    from vidkit.kit import Brand
    from vidkit.kits.platform import Platform
    from vidkit.people.consents import Consent, Entry, Ledger
    from vidkit.photos.study import Study
    from vidkit.plan import Script
    from vidkit.problems import Language, Place

SEEN = frozenset({"face", "hands-only"})
"""Either of these lets a person be seen with the face covered."""
NAMED = frozenset({"name"})
"""What lets a name be said."""
HEARD = frozenset({"voice"})
"""What lets a person's voice be heard."""
CUSTOMERS = frozenset({"customer", "elder", "home"})
"""Whose review may be used: these roles."""
NO_HOME = frozenset(map(keys.folded, ("不是客户家", "不在客户家", "没有客户家", "无", "none", "no", "no home")))
"""What a brief says where no photo was taken in a customer's home."""
TAKEN_BACK = "VK-S106"
"""A consent that was taken back: there is nobody to ask any more."""
ONLY_NAMED = "VK-S170"
"""Somebody whom a brief's words only name, and whose consent lacks something."""
_SEVERAL = re.compile(r"[、，,；;]")


@dataclass(frozen=True)
class Lack:
    """A consent that is missing or does not reach: whose (as people call her or the home), and the problem that says why and what to do."""

    who: str
    problem: Problem


class Need(NamedTuple):
    """Somebody whose consent a brief needs: as the brief calls her, where, and for what: one of each set of scopes is enough.

    ``named`` says that the name itself is shown, ``review`` that her words are used as a customer's, ``craft`` what she is said to do, ``words``
    how texts call her whom they only name.
    """

    who: str
    place: Place | None
    scopes: tuple[frozenset[str], ...]
    named: bool = False
    review: bool = False
    craft: str = ""
    words: str = ""


class Case(NamedTuple):
    """What a consent is held against: the purpose, the platform, the day (empty: not judged)."""

    purpose: str
    platform: Platform
    day: str


def lacking(script: Script, where: Platform) -> tuple[Lack, ...]:
    """What the post lacks on this platform and day; nothing where no ledger was looked at. People who are only named in words are told here only if
    they took their consent back; what else they lack, ``unasked`` tells.
    """
    book, brief = script.consents, script.brief
    if book is None:
        return ()
    case = _case(script, where)
    words = keys.folded("\n".join(text for _, text in written.texts(brief)))
    found = [lack for need in needs(brief) for lack in _judged(_in_words(need, words, book), book, case)]
    found += [*_homeless(brief), *_unreviewed(brief), *_nameless(brief), *_faces(script, book)]
    only = (lack for need in mentioned(script) if need.named for lack in _judged(need, book, case))
    return _each_once((*found, *(lack for lack in only if lack.problem.code == TAKEN_BACK)))


def unasked(script: Script, platforms: Iterable[Platform]) -> Iterator[Lack]:
    """What stands against naming whom a brief's words only name, on some platforms: her consent lacks something (VK-S170), or she took it back and
    the words may mean her (VK-S171).
    """
    book, cases = script.consents, [_case(script, where) for where in platforms]
    noted = ((need, _noted(need, book, cases)) for need in mentioned(script) if book)
    yield from (Lack(need.who, note) for need, note in noted if note)


def _noted(need: Need, book: Ledger, cases: Iterable[Case]) -> Problem | None:
    """What is to be known of somebody whom the words only name, nothing where she agreed to it; a whole name taken back ``lacking`` tells."""
    found = tuple(dict.fromkeys(lack.problem for case in cases for lack in _judged(need, book, case)))
    kinds = {code: _values([one for one in found if one.code == code]) for code in (one.code for one in found)}
    said = {"who": need.who, "words": need.words, "command": spelling.typed(need.who)}
    if TAKEN_BACK in kinds:
        return None if need.named else problem("VK-S171", need.place, **said, day=kinds[TAKEN_BACK]["day"])
    what = "check" if book.of(need.who) else "new"
    short = {"lacks": "；".join(_short(kinds, "zh")), "lacks_en": "; ".join(_short(kinds, "en"))}
    return problem(ONLY_NAMED, need.place, **said, **short, what=what) if kinds else None


def _case(script: Script, where: Platform) -> Case:
    return Case(mode(script.brief, script.template, script.brand), where, script.today)


# Told

_PAPER = ("VK-S112", "VK-S113", "VK-S114", "VK-S111", "VK-S178")
"""What a pen mends: the signed form, its box on publishing, and a child's guardian's on what is the child's."""
_WORDS = ("VK-S108", "VK-S115", "VK-S110", "VK-S109")
"""What the form has to say more of before it is signed."""
_ENDED = "VK-S107"
_OF_ONE = (_ENDED, "VK-S118", *_PAPER, *_WORDS, "VK-S117", "VK-S119")
"""What one consent may lack at a time, the main cause first: without a valid paper nothing that it says matters."""

_LISTED = {"what": "、", "what_en": ", ", "platform": "、", "platform_en": ", "}


def told(lacks: Iterable[Lack]) -> tuple[Problem, ...]:
    """What lacks are told as: one note a consent, however many causes and platforms it has; a cause that stands alone keeps its own code.

    A note of several holds them as its ``parts``, so that programs go on reading every lack with its code, as they always did.
    """
    found = tuple(dict.fromkeys(lacks))
    whose: dict[str, list[Problem]] = {}
    for lack in found:
        if lack.problem.code in _OF_ONE:
            whose.setdefault(keys.folded(lack.who), []).append(lack.problem)
    others = (lack.problem for lack in found if lack.problem.code not in _OF_ONE)
    return (*dict.fromkeys(others), *(_as_one(tuple(dict.fromkeys(each))) for each in whose.values()))


def _as_one(lacks: tuple[Problem, ...]) -> Problem:
    """The lacks of one consent as one note, at the place of its main cause."""
    kinds = {code: _values([one for one in lacks if one.code == code]) for code in _OF_ONE}
    kinds = {code: values for code, values in kinds.items() if values}
    first = next(one for one in lacks if one.code == next(iter(kinds)))
    if len(lacks) == 1:
        return first
    if len(kinds) == 1:
        return replace(joined(lacks), parts=lacks)
    code = "VK-S128" if _ENDED in kinds else "VK-S127" if set(_WORDS) & kinds.keys() else "VK-S126"
    who, file = (kinds[first.code][name] for name in ("who", "file"))
    form = spelling.typed(f"{file.rpartition('.')[0]}-同意书.pdf")
    said = {"who": who, "file": file, "command": spelling.typed(who), "form": form}
    edits = {one: values for one, values in kinds.items() if one in _WORDS}
    short = {"lacks": "；".join(_short(kinds, "zh")), "lacks_en": "; ".join(_short(kinds, "en"))}
    short |= {"edits": "，".join(_short(edits, "zh", "edit")), "edits_en": ", ".join(_short(edits, "en", "edit"))}
    return replace(problem(code, first.place, **said, **short), parts=lacks)


def joined(alike: Sequence[Problem]) -> Problem:
    """Lacks of one kind as one, with everything listed that was not agreed to."""
    return problem(alike[0].code, alike[0].place, **_values(alike))


def _values(alike: Sequence[Problem]) -> dict[str, str]:
    """The values of lacks of one kind, with everything listed that was not agreed to; nothing of no lacks."""
    said = [dict(one.values) for one in alike]
    listed = {
        name: sign.join(dict.fromkeys(one[name] for one in said))
        for name, sign in _LISTED.items()
        if said and name in said[0]
    }
    return said[0] | listed if said else {}


def _short(kinds: Mapping[str, dict[str, str]], language: Language, about: str = "lack") -> Iterator[str]:
    """Every kind of ``lack`` in a few words, or the ``edit`` of the consent's file that mends it; the main cause first."""
    for code, values in kinds.items():
        twins = {name.removesuffix("_en"): said for name, said in values.items() if name.endswith("_en")}
        yield table("cli")[f"{about}-{code}"][language].format(**(values if language == "zh" else values | twins))


def _each_once(found: Iterable[Lack]) -> tuple[Lack, ...]:
    """The same said of the same person once, in its first place: one consent mends it wherever the brief names her."""
    first: dict[object, Lack] = {}
    for lack in found:
        first.setdefault((keys.folded(lack.who), lack.problem.code, lack.problem.values), lack)
    return tuple(first.values())


def named(script: Script) -> tuple[str, ...]:
    """The names of all consents a brief uses, in its order, each once: as the consent calls itself, else as the brief says."""
    book = script.consents
    called = (need.who for need in needs(script.brief))
    return tuple(dict.fromkeys(_own_name(book.of(name) if book else (), name) for name in called))


def _own_name(found: tuple[Entry, ...], name: str) -> str:
    return found[0].name if len(found) == 1 else name


def wishes(script: Script) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the people of a brief asked not to show, person by person: to be looked for before posting."""
    book = script.consents
    found = [one for name in named(script) for one in (book.of(name) if book else ())]
    return tuple((one.name, one.consent.do_not_show) for one in found if one.consent and one.consent.do_not_show)


def wanted(brief: Brief) -> tuple[str, ...]:
    """Every name whose consent a brief needs, as typed."""
    return tuple(dict.fromkeys(need.who for need in needs(brief)))


def merely_named(script: Script) -> tuple[str, ...]:
    """Whom a brief's words only name, as the shop calls them: what is made is theirs, too, when they take their consent back."""
    return tuple(need.who for need in mentioned(script))


# What a brief needs


def everybody(script: Script) -> tuple[str, ...]:
    """Whose consents a post concerns: of those it shows, and of whom its words only name."""
    return (*wanted(script.brief), *merely_named(script))


def mentioned(script: Script) -> tuple[Need, ...]:
    """Whoever of the people the shop knows is called by name in a brief's words and in nothing else of it: each once, where her whole name stands
    first, else her name alone; nobody where no ledger was looked at.
    """
    book, brief = script.consents, script.brief
    if book is None:
        return ()
    own = tuple(need.who for need in needs(brief))
    roll = naming.Roll(book.knows, (*own, *_of_brand(script.brand)))
    asked = frozenset().union(*map(book.called, own))
    found: dict[frozenset[str], Need] = {}
    for path, text in written.seen(brief):
        for call in naming.calls(text, roll):
            who, known = book.called(call.name), found.get(book.called(call.name))
            if not who & asked and (known is None or (call.whole and not known.named)):
                place = written.place(brief, path)
                found[who] = Need(call.name, place, (NAMED,), named=call.whole, words=call.words)
    return tuple(found.values())


def _of_brand(brand: Brand) -> tuple[str, ...]:
    """What a brand calls itself: somebody's name in it is not hers any more."""
    called = brand.names
    return (called.zh, called.en, *called.aliases, brand.full_name, brand.legal_name, brand.slogan)


def needs(brief: Brief) -> tuple[Need, ...]:
    """Everybody whose consent a brief needs, in its order."""
    found = [*_people(brief), *_teachers(brief), *_shown(brief)]
    found += [Need(name, brief.at("home"), (frozenset({"dwelling"}),)) for name in homes(brief)]
    return (*found, *_review(brief))


def _review(brief: Brief) -> Iterator[Need]:
    """The customer whose review is used, and whose voice reads it: her own, if the brief does not say otherwise."""
    said = brief.review
    if said and said.consent:
        heard = (HEARD,) if said.recording and not said.reader else ()
        yield Need(said.consent, brief.at("review.consent"), (NAMED, *heard), review=True)
    if said and said.recording and said.reader:
        yield Need(said.reader, brief.at("review.reader"), (HEARD,))


def _people(brief: Brief) -> Iterator[Need]:
    """The people of the brief: their names are shown, their photos if they have one, their voices heard."""
    for number, one in enumerate(brief.people):
        seen: tuple[frozenset[str], ...] = ()
        if one.photo:
            seen = (frozenset({"face"}) if one.photo.show_face else SEEN,)
        if speaks(brief, number):
            seen = (*seen, HEARD)
        place = brief.at(f"people.{number}.name") or brief.at(f"people.{number}") or brief.at("people")
        yield Need(one.name, place, (NAMED, *seen), named=True, craft=one.craft)


def _teachers(brief: Brief) -> Iterator[Need]:
    """Who taught the people of a brief and is none of them: her name is shown."""
    own = {keys.folded(one.name) for one in brief.people}
    for number, one in enumerate(brief.people):
        if one.taught_by and keys.folded(one.taught_by) not in own:
            place = brief.at(f"people.{number}.taught_by") or brief.at(f"people.{number}") or brief.at("people")
            yield Need(one.taught_by, place, (NAMED,), named=True)


def _shown(brief: Brief) -> Iterator[Need]:
    for number, name in enumerate(brief.shown):
        heard = (HEARD,) if _unnamed(brief) and not brief.people and number == 0 else ()
        yield Need(name, brief.at(f"shown.{number}") or brief.at("shown"), (SEEN, *heard))


def speaks(brief: Brief, number: int) -> bool:
    """Whether somebody of a brief's people is heard: in her own recording, the first one in those of sections, pairs and the whole clip, any
    other in the whole clip's where it says her words.
    """
    one = brief.people[number]
    entries = any(each.recording for each in brief.sections) or any(each.recording for each in brief.pairs)
    return bool(one.recording or (brief.recording and (one.quote or number == 0)) or (entries and number == 0))


def _unnamed(brief: Brief) -> tuple[Recording, ...]:
    """The recordings of which the brief does not say itself whose voice it is: all but the review's."""
    return tuple(one for one in brief.recordings if not brief.review or one != brief.review.recording)


def _nameless(brief: Brief) -> Iterator[Lack]:
    """Recordings of which the brief does not say whose voice it is."""
    if _unnamed(brief) and not brief.people and not brief.shown:
        first = _unnamed(brief)[0]
        yield Lack(first.name, problem("VK-V019", first.place, name=first.name))


def homes(brief: Brief) -> tuple[str, ...]:
    """The homes a brief names; none where it says that there is no customer's home in it."""
    return tuple(dict.fromkeys(name for name in _of_homes(brief) if keys.folded(name) not in NO_HOME))


def _of_homes(brief: Brief) -> tuple[str, ...]:
    """What a brief says of homes, part by part; nothing where it says only signs."""
    return each_of(brief.home)


def each_of(words: str) -> tuple[str, ...]:
    """The names that are typed as one text, parted by signs."""
    return tuple(filter(None, (part.strip() for part in _SEVERAL.split(words))))


def rooms(brief: Brief) -> tuple[Photo, ...]:
    """The photos that may show somebody's home: pairs, those of sections, those of the brief; portraits and the group are none."""
    pairs = tuple(photo for two in brief.comparisons for photo in (two.before, two.after))
    return (*pairs, *(photo for one in brief.sections for photo in one.photos), *brief.photos)


# What is lacking


def _judged(need: Need, book: Ledger, case: Case) -> Iterator[Lack]:
    """What the consent of somebody lacks: there is none, or it is not clear whose, or it does not reach."""
    found = book.of(need.who)
    if not found:
        code = "VK-S150" if roles.likely(need.who, need.craft) == "child" else "VK-S101"
        yield _lack(code, need)
        return
    if len(found) > 1:
        yield _lack("VK-S116", need, files="、".join(_file(one) for one in found))
        return
    one = found[0]
    if one.consent is None:
        first = next(iter(one.problems), None)
        yield _lack("VK-S105", need, file=first.place if first and first.place else _file(one))
    elif one.consent.withdrawn:
        yield _lack("VK-S106", need, day=one.consent.withdrawn)
    elif not one.consent.is_of(need.who):
        yield _lack("VK-S125", need, file=_file(one), name=one.consent.alias)
    else:
        for code, values in (*_paper(one.consent, one), *_reach(need, one.consent, case)):
            yield _lack(code, need, file=_file(one), **values)


def _in_words(need: Need, words: str, book: Ledger) -> Need:
    """What is needed of somebody whom the brief's words call by one of her own names: that her name is used, too."""
    said = any(keys.folded(name) in words for one in book.of(need.who) for name in one.names)
    return need._replace(scopes=(*need.scopes, NAMED)) if said and NAMED not in need.scopes else need


def _lack(code: str, need: Need, **values: object) -> Lack:
    return Lack(need.who, problem(code, need.place, who=need.who, command=spelling.typed(need.who), **values))


def _file(one: Entry) -> str:
    return f"{one.file.parent.name}/{one.file.name}"


Fault = tuple[str, dict[str, object]]


def _reach(need: Need, said: Consent, case: Case) -> Iterator[Fault]:
    """How far a consent does not reach: day, purpose, platform, what may be used, the name, publishing at all."""
    if case.day and said.starts and case.day < said.starts:
        yield "VK-S118", {"day": said.starts}
    if case.day and case.day > said.ends:
        yield "VK-S107", {"day": said.ends}
    if case.purpose not in said.purposes:
        yield "VK-S108", _called("purposes", case.purpose)
    if case.platform.id not in said.platforms:
        yield "VK-S109", {"platform": case.platform.title_zh, "platform_en": case.platform.title_en}
    for scopes in need.scopes:
        if not scopes & _usable(said):
            hidden_child = "face" in scopes & frozenset(said.scope)
            yield ("VK-S115", {}) if hidden_child else ("VK-S110", _called("scope", max(scopes)))
    if need.named and said.preferred_name and keys.folded(need.who) != keys.folded(said.preferred_name):
        yield "VK-S117", {"name": said.preferred_name}
    if need.review and said.role not in CUSTOMERS:
        yield "VK-S119", {}
    yield from _boxes(said)


def _boxes(said: Consent) -> Iterator[Fault]:
    """What the boxes of their own refuse: publishing at all; a child's look and life, where its guardian was asked and did not agree."""
    if not said.publish:
        yield "VK-S111", {}
    if said.role == "child" and said.sensitive is False:
        yield "VK-S178", {}


def _usable(said: Consent) -> frozenset[str]:
    """What may really be used: not a child's face where its guardian did not say so in so many words."""
    return frozenset(said.scope) - (frozenset() if said.shows_face else {"face"})


def _called(field: str, value: str) -> dict[str, object]:
    """A value of a consent as people read it, in both languages."""
    return {"what": keys.choice("consent", field, value), "what_en": value}


def _paper(said: Consent, one: Entry) -> Iterator[Fault]:
    """What is wrong with the signed form: none, gone, without its hash, changed."""
    if not said.signed:
        yield "VK-S112", {}
    elif one.paper is None:
        yield "VK-S113", {"paper": said.signed}
    elif not said.sha256 or one.found != said.sha256.lower():
        yield "VK-S114", {"paper": said.signed}


def _homeless(brief: Brief) -> Iterator[Lack]:
    """Photos that may show a home, and nothing said about whose it is."""
    photos = rooms(brief)
    if photos and not _of_homes(brief):
        where = brief.at("pairs") or brief.at("sections") or brief.at("photos") or photos[0].place
        yield Lack(
            keys.choice("consent", "role", "home"),
            problem("VK-S102", where, count=len(dict.fromkeys(one.path for one in photos))),
        )


def _unreviewed(brief: Brief) -> Iterator[Lack]:
    """A review without the customer's consent to its use."""
    if brief.review and not brief.review.consent:
        who = brief.review.name or keys.choice("consent", "role", "customer")
        yield Lack(
            who, problem("VK-S103", brief.at("review"), who=who, command=spelling.typed(_proposed(brief.review)))
        )


def _proposed(review: Review) -> str:
    """A name for the consent to a review. A single sign of a name, or none, would serve every other customer too, and 周爷爷 would be taken for
    somebody cared for: the review's day goes before it.
    """
    name = review.name.strip("*")
    return (
        name if len(name) > 1 and roles.likely(name) == "customer" else f"评价{review.date[-5:].replace('-', '')}{name}"
    )


def _faces(script: Script, book: Ledger) -> Iterator[Lack]:
    """Photos that show more faces than there are people named who let theirs be seen."""
    brief = script.brief
    there = (*(one.name for one in brief.people), *brief.shown)
    able = frozenset(_whose(book.of(name), name) for name in there if _may_show(book.of(name)))
    studies = {one.photo: one for one in script.developed.studies}
    photos = (*rooms(brief), *(one.photo for one in brief.people), brief.group)
    told: set[Path] = set()
    loose: set[Path] = set()
    for photo in filter(None, photos):
        bare, studied = _bare(photo, studies.get(photo)), studies.get(photo)
        unplaced = _unplaced(photo, studied, bare) if studied and photo.path not in loose else ()
        if studied and unplaced:
            loose.add(photo.path)
            yield Lack(photo.name, _not_looked_at(photo, studied, unplaced))
        count = len(bare)
        if count > len(able) and photo.path not in told:
            told.add(photo.path)
            choice = next(iter((*photo.show_face, *photo.not_face)), None)
            place = choice.place if choice else photo.place
            yield Lack(photo.name, problem("VK-S104", place, name=photo.name, count=count, able=len(able)))


def _bare(photo: Photo, studied: Study | None) -> frozenset[int]:
    """The faces of a photo that are seen: those the brief uncovers, and those it calls none although the finder is sure of them; not what
    lies under a place covered by hand.
    """
    shown = study.numbers(photo.show_face)
    if studied is None:
        return shown
    by_hand = study.by_hand(studied)
    bare = {n for n, find in enumerate(studied.facts.finds, 1) if find.kind == "face" and n not in studied.covered}
    seen = {n for n in bare if n in shown or study.sure(studied.facts.finds[n - 1])}
    return frozenset(n for n in seen if not study.held(studied, n, by_hand))


def _unplaced(photo: Photo, studied: Study, bare: frozenset[int]) -> tuple[Choice, ...]:
    """The decisions that call a bare face none of which the finder is sure, and do not say where it is: nobody else's consent opens it, and in
    another photo of that name the number may be a child's.
    """
    shown = study.numbers(photo.show_face)
    said = (choice for choice in photo.not_face if choice.number in bare - shown and not choice.at)
    return tuple(choice for choice in said if study.sure(studied.facts.finds[choice.number - 1]))


def _not_looked_at(photo: Photo, studied: Study, said: Sequence[Choice]) -> Problem:
    listed, named = [str(choice.number) for choice in said], [study.placed(studied, choice.number) for choice in said]
    words = {"numbers": "、".join(listed), "numbers_en": ", ".join(listed), "placed": ", ".join(named)}
    return problem("VK-S174", said[0].place, name=photo.name, **words)


def _whose(found: tuple[Entry, ...], name: str) -> Path | str:
    """Who is meant by a name: whose consent it is, whatever she is called in it, else the name."""
    return found[0].file if len(found) == 1 else keys.folded(name)


def _may_show(found: tuple[Entry, ...]) -> bool:
    """Whether a name counts for an uncovered face; one whose consent is missing or faulty is complained of already, and not twice."""
    one = found[0] if len(found) == 1 else None
    return one is None or one.consent is None or one.consent.shows_face
