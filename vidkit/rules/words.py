"""Words that may not be said, or only with care or proof: one rule a list of words (``data/rules/*.yaml``, read by ``packs``)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit import masking
from vidkit.briefs import cleaned, written
from vidkit.briefs.mode import MODES
from vidkit.kits import platform
from vidkit.rules import certificates, listed, normal, packs, said
from vidkit.rules.claims import figures
from vidkit.rules.finding import Finding, Said
from vidkit.rules.reasons import at, finding
from vidkit.rules.registry import rule
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.briefs.mode import Mode
    from vidkit.kit import Brand
    from vidkit.kits.platform import Platform
    from vidkit.rules.finding import Case, Level
    from vidkit.rules.packs import Hit, Row

ALLOWED = {"contact": "allows_contact", "qr": "allows_qr", "names": "allows_other_platform_names"}
"""What of a platform allows what a row of the list of ways off a platform finds."""
SOFTER: dict[Level, Level] = {"ban": "caution", "caution": "caution", "evidence": "evidence"}
SHORTEN = (
    "这是客户的原话，不能改字：省掉这几个字，写成“……”，或者换一句",
    'these are a customer\'s own words and may not be changed: leave these out with "……", or choose another sentence',
)
NUMBER = re.compile("[0-9a-z_-]{6,}|电话|手机|二维码")
BESIDE = re.compile(r"[\s:：是为=→]*")
"""What may stand between a word like 微信号 and the id."""
MASKED = re.compile(r"[\s:：是为]*[0-9A-Za-z]{0,4}[\s\-]?\*{3,}")
"""The rest of a number or an id that is masked already."""
SIDE = re.compile(r"(?:[^\S\n]|[、和与及或跟]){0,3}")
"""What may stand between finds that are told together."""
KINDS = ("figures", "saying")
"""What signs are read as, in this order: 💯分 is 100分, before 💯 is 100%."""
FLAG = "🇨🇳"
CALLED = re.compile(r"n[o0]?[.\s_-]*[0-9]+", re.IGNORECASE)
"""A number as a file is called by it: No1, n01."""
CALLS = re.compile("[加扫搜添留拉进打拨联找约]")
"""Words that ask people to get in touch."""


@rule("absolute")
def absolute(case: Case) -> Iterator[Finding]:
    """Superlatives (最好, 第一, 顶级, 国家级) about a service may not stand in an advertisement; what speaks of feelings, aims, dirt, order or
    time is none of these. In posts that are no advertisement they count only where they speak of the service.
    """
    yield from _looked(case, "absolute")


@rule("guarantee")
def guarantee(case: Case) -> Iterator[Finding]:
    """Results may not be guaranteed (根治, 零风险, 包过), nor a promise, a lottery or a gift to charity made without its conditions."""
    yield from _looked(case, "guarantee")


@rule("authority")
def authority(case: Case) -> Iterator[Finding]:
    """No state organ, leader or medium recommends a service, and the flag stands in no advertisement, nor as an emoji; prizes, certificates and
    figures need proof.
    """
    yield from _looked(case, "authority")
    if case.mode in {"ad", "recruit"}:
        yield from _flags(case)


@rule("medical")
def medical(case: Case) -> Iterator[Finding]:
    """Home services treat nothing: no medical words for mothers, infants, elders or cleaning; lives are told in stories, health is taught for the public."""
    yield from _looked(case, "medical")


@rule("pressure")
def pressure(case: Case) -> Iterator[Finding]:
    """Nobody is pressed (最后一天, 手慢无) unless days and numbers are real and said."""
    yield from _looked(case, "pressure")


@rule("superstition")
def superstition(case: Case) -> Iterator[Finding]:
    """Cleaning brings no luck: no 风水, 转运, 招财; stories may tell of customs and names."""
    yield from _looked(case, "superstition")


@rule("discrimination")
def discrimination(case: Case) -> Iterator[Finding]:
    """Nobody is shut out by sex, age, marriage, home, people, faith, looks or health; nobody under sixteen is hired."""
    yield from _looked(case, "discrimination")


@rule("fees")
def fees(case: Case) -> Iterator[Finding]:
    """Whoever hires takes no money, no deposit and no papers from those who come; a course that costs something is advertised as one."""
    yield from _looked(case, "fees")


@rule("income")
def income(case: Case) -> Iterator[Finding]:
    """Wages are said as they are paid, with what they depend on: no 月入过万, no 躺赚."""
    yield from _looked(case, "income")


@rule("dignity")
def dignity(case: Case) -> Iterator[Finding]:
    """Nobody who works is talked down to, pitied, or offered like a thing."""
    yield from _looked(case, "dignity")


@rule("trade")
def trade(case: Case) -> Iterator[Finding]:
    """Words of this trade that need proof (除螨率, 食品级, 金牌月嫂) or that no certificate knows (国家一级家政师)."""
    yield from _looked(case, "trade")


@rule("diversion")
def diversion(case: Case) -> Iterator[Finding]:
    """Ways of contact, codes and other platforms' names stand only where the platform allows them."""
    for one in case.said:
        if one.where == said.FILE:
            continue
        where = tuple(p for p in case.platforms if one.platform in {"", p.id})
        numbers = _numbers(one, where)
        finds: list[_Find] = []
        for hit in packs.hits("diversion", one.text):
            family = tuple(p for p in where if not _is_its_own(hit, p))
            against = _against(hit.row.said.about, family)
            if against and case.mode in hit.row.modes and not _is_masked(one, hit):
                span = hit.said.place(hit.start, hit.end)
                own = next((number for number in numbers if _meets(one, span, number)), None)
                if own:
                    numbers.remove(own)
                    span = (min(span[0], own.start), max(span[1], own.end))
                    finds.append(_Find(span, _special("number"), "ban", against))
                else:
                    finds.append(_of_hit(hit, hit.row.level, against))
        yield from _told(one, finds)
        for left in numbers:
            yield _found(one, _Find((left.start, left.end), _special("number"), "ban", _against("contact", where)))
        yield from _others(one, where)


# What the rules share


def _looked(case: Case, name: str) -> Iterator[Finding]:
    names = trade_names(case.script.brand) if name == "absolute" else ()
    pasted = dict(case.script.brief.pasted)
    for one in case.said:
        if one.where == said.FILE and CALLED.fullmatch(one.text):
            continue
        typed = replace(one, text=pasted.get(one.where, one.text))
        finds = _finds(case, name, typed, names)
        yield from _told(typed, finds)
        if typed != one:  # words that stand together only where emoji are left out
            told = {normal.bare(typed.text[slice(*find.span)]) for find in finds}
            drawn = _finds(case, name, one, names)
            yield from _told(one, [find for find in drawn if normal.bare(one.text[slice(*find.span)]) not in told])


def _finds(case: Case, name: str, one: Said, names: tuple[str, ...]) -> list[_Find]:
    """What a list finds in a text that may not be said so, signs that claim something read as the words they stand for."""
    read = _read(one.text)
    weighed = ((hit, _level(case.mode, one, hit)) for hit in packs.hits(name, read.text, names))
    finds = (_of_hit(hit, level) for hit, level in weighed if level and not _proved(case, hit))
    return [read.typed(find) for find in finds]


class _Char(NamedTuple):
    """A character as it is read, and where that begins and ends in the text as typed; ``unsure`` where a sign may have been meant otherwise."""

    char: str
    start: int
    end: int
    unsure: bool = False


class _Read(NamedTuple):
    """A text whose signs are read as words."""

    text: str
    chars: tuple[_Char, ...] = ()

    def typed(self, find: _Find) -> _Find:
        """A find in it as one in the text as typed, softer where it rests on a sign that may only decorate."""
        chars = self.chars[slice(*find.span)]
        if not chars:
            return find
        level = SOFTER[find.level] if any(one.unsure for one in chars) else find.level
        return find._replace(span=(chars[0].start, chars[-1].end), level=level)


@lru_cache(maxsize=4096)
def _read(typed: str) -> _Read:
    """A text as it is meant: 💯干净 is 100%干净, 考了💯分 is 考了100分. Every list reads the same texts: what was read is remembered."""
    if not any(cleaned.meant(typed, kind) for kind in KINDS):
        return _Read(typed)
    chars = tuple(_Char(char, at, at + 1) for at, char in enumerate(typed))
    for kind in KINDS:
        chars = _meant(chars, cleaned.meant("".join(one.char for one in chars), kind))
    return _Read("".join(one.char for one in chars), chars)


def _meant(chars: tuple[_Char, ...], signs: Iterable[cleaned.Meaning]) -> tuple[_Char, ...]:
    """The characters of a text, those of signs as the words these are read as."""
    read: list[_Char] = []
    at = 0
    for sign in signs:
        start, end = chars[sign.start].start, chars[sign.end - 1].end
        read += (*chars[at : sign.start], *(_Char(char, start, end, sign.unsure) for char in sign.words))
        at = sign.end
    return (*read, *chars[at:])


def _flags(case: Case) -> Iterator[Finding]:
    """The flag as an emoji, in posts' words too, which no drawing has."""
    brief = case.script.brief
    pasted = [Said(text, path, written.place(brief, path)) for path, text in brief.pasted]
    for one in (*pasted, *case.said):
        if FLAG in one.text:
            yield finding("authority.flag", FLAG, at(one, one.text.index(FLAG), FLAG))


def banned(texts: Iterable[Said], mode: Mode, brand: Brand) -> Iterator[Finding]:
    """What is banned in words that stand in no brief (a series' name, its themes), ways off a platform left out: nobody knows where they go."""
    names = trade_names(brand)
    for one in texts:
        hits = _anywhere(one, names)
        yield from _told(one, [_of_hit(hit, "ban") for hit in hits if _level(mode, one, hit) == "ban"])


def always_banned(texts: Iterable[Said], names: tuple[str, ...]) -> Iterator[Finding]:
    """What is banned in a post of every kind and nothing else that a brief says can prove, ways off a platform left out; ``names`` as in ``packs``."""
    for one in texts:
        hits = (hit for hit in _anywhere(one, names) if not hit.row.proof)
        always = [hit for hit in hits if all(_level(mode, one, hit) == "ban" for mode in MODES)]
        yield from _told(one, [_of_hit(hit, "ban") for hit in always])


def _anywhere(one: Said, names: tuple[str, ...]) -> Iterator[Hit]:
    """What every list finds in a text but ways off a platform."""
    for name in packs.PACKS:
        if name != "diversion":
            yield from packs.hits(name, one.text, names)


def _level(mode: Mode, one: Said, hit: Hit) -> Level | None:
    """How much a find weighs in a post of this kind; None where it may be said."""
    row = hit.row
    if mode not in row.modes:
        return None
    turned = mode in row.turned
    if (turned or row.toward) and not packs.is_toward(hit):
        return None
    return SOFTER[row.level] if turned and one.quoted else row.level


def trade_names(brand: Brand) -> tuple[str, ...]:
    """The brand's names without disguise: a registered name may hold any words."""
    named = (brand.names.zh, brand.full_name, brand.legal_name)
    return tuple(normal.plain(one).text for one in named if one)


def _proved(case: Case, hit: Hit) -> bool:
    """Whether the brief says what the words rest on: a piece of evidence, a promise with its conditions, a certificate."""
    brief, row = case.script.brief, hit.row
    claims = [said for one in brief.evidence for said in (one.claim, one.source)] if row.level == "evidence" else []
    promises = [one.promise for one in brief.promises] if "promise" in row.proof else []
    words, text = hit.plain, hit.said.text
    if any(_same(normal.plain(one).text, words, text) for one in (*claims, *promises)):
        return True
    if promises and text.strip() == words:
        return True  # a page's heading over declared promises
    if any(f"{words}{sign}{normal.plain(one).text}" in text for one in promises for sign in ("", ":")):
        return True  # the word over a declared promise (承诺: 有遗漏免费返工)
    named = "certificate" in row.proof and certificates.is_held(brief, words)
    return named or ("certificates" in row.proof and any(len(one.certificates) > 1 for one in brief.people))


def _same(claim: str, words: str, text: str) -> bool:
    """Whether a claim says the words, or they hold it and no figure it does not say (除螨 proves no 除螨99%)."""
    shorter = bool(claim) and claim in text and claim in words
    return words in claim or (shorter and figures(words) <= figures(claim))


class _Find(NamedTuple):
    """Words that a row found in a text as typed, how much they weigh, and the platforms they are held against."""

    span: tuple[int, int]
    row: Row
    level: Level
    against: tuple[Platform, ...] = ()


def _of_hit(hit: Hit, level: Level, against: tuple[Platform, ...] = ()) -> _Find:
    return _Find(hit.said.place(hit.start, hit.end), hit.row, level, against)


def _told(one: Said, finds: Iterable[_Find]) -> Iterator[Finding]:
    """The finds of a list in a text; those that stand in each other or side by side and say the same are told once, with all their words."""
    last: _Find | None = None
    for find in finds:
        if last and _goes_with(one, last, find):
            last = find._replace(span=(min(last.span[0], find.span[0]), max(last.span[1], find.span[1])))
            continue
        if last:
            yield _found(one, last)
        last = find
    if last:
        yield _found(one, last)


def _goes_with(one: Said, last: _Find, find: _Find) -> bool:
    (_, end), (start, _) = last.span, find.span
    beside = start <= end or bool(SIDE.fullmatch(one.text, end, start))
    return last.span[0] <= start and beside and _says(last) == _says(find)


def _says(find: _Find) -> tuple[object, ...]:
    said = find.row.said
    return find.level, find.against, said.law, *(getattr(said, key) for key in listed.TOLD)


def _found(one: Said, find: _Find) -> Finding:
    row, span = find.row, find.span
    words = one.text[span[0] : span[1]]
    law = table("rules/bases")[row.said.law]
    where = {
        "": "、".join(one.title_zh for one in find.against),
        "_en": ", ".join(one.title_en for one in find.against),
    }
    told = {
        key: str(getattr(row.said, key))
        .replace("{words}", words)
        .replace("{platforms}", where["_en" if key.endswith("_en") else ""])
        for key in listed.TOLD
    }
    rewrite = (told["rewrite"], told["rewrite_en"])
    if one.where == "review.text":
        rewrite = SHORTEN
    return Finding(
        rule="diversion" if row.pack == "platforms" else row.pack,
        level=find.level,
        words=words,
        said=replace(one, place=said.exact(one, span[0], words)),
        law=(law["zh"], law["en"]),
        why=(told["why"], told["why_en"]),
        rewrite=rewrite,
    )


# Ways off a platform


def _against(about: str, where: Iterable[Platform]) -> tuple[Platform, ...]:
    """The platforms that do not allow something."""
    return tuple(one for one in where if not getattr(one, ALLOWED[about]))


def _numbers(one: Said, where: tuple[Platform, ...]) -> list[masking.Private]:
    """Telephone numbers, ids and addresses of letters by their form, where some platform does not allow them."""
    found = masking.private(one.text) if _against("contact", where) else ()
    return [private for private in found if private.kind in masking.CONTACTS]


def _meets(one: Said, span: tuple[int, int], number: masking.Private) -> bool:
    """Whether words lead to a number or reach into it: then both are told together."""
    first, last = span
    return first < number.end and (last > number.start or bool(BESIDE.fullmatch(one.text, last, number.start)))


def _is_masked(one: Said, hit: Hit) -> bool:
    """Whether only a masked number follows the words, which leads nobody anywhere."""
    _, last = hit.said.place(hit.start, hit.end)
    return bool(MASKED.match(one.text, last)) and not CALLS.search(hit.plain)


def _others(one: Said, where: tuple[Platform, ...]) -> Iterator[Finding]:
    """Other platforms by name: to be thought over where they are only mentioned, banned where people are sent there."""
    for hit in packs.hits("platforms", one.text):
        others = (p for p in where if not p.allows_other_platform_names)
        against = tuple(p for p in others if not any(n in hit.plain for n in _own(p)))
        if against:
            yield _found(one, _of_hit(hit, hit.row.level, against))


@cache
def _own(where: Platform) -> frozenset[str]:
    """A platform's own names, and those of its family (微信 on 视频号)."""
    family = (one for one in (where, *platform.all_platforms()) if one.family == where.family)
    return frozenset(word.casefold() for one in family for word in (*one.names, *one.also))


def _is_its_own(hit: Hit, where: Platform) -> bool:
    """Whether what a find names belongs to the platform's own family: WeChat on WeChat's channels."""
    names = [name for name in _own(where) if re.search(rf"(?<![a-z]){name}" if name.isascii() else name, hit.plain)]
    return bool(names) and not NUMBER.search(hit.clause)


def _special(needs: str) -> Row:
    return next(row for row in packs.pack("diversion").rows if row.needs == needs)
