"""What a post is for, held against what is in it: nothing for sale in public interest, no story that is an advertisement, a mark on those that are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from vidkit import cover, masking, poster
from vidkit.labels import marks
from vidkit.problems import Refusal
from vidkit.rules.reasons import at, claimed, field, finding, of_template, told
from vidkit.rules.registry import rule
from vidkit.rules.said import PHONE, REACHED
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.kit import Brand
    from vidkit.pages.page import Page
    from vidkit.rules.finding import Case, Finding, Said
    from vidkit.storyboard import Scene, Storyboard

SVG = "{http://www.w3.org/2000/svg}"


@rule("public-interest", "public-interest")
def public_interest(case: Case) -> Iterator[Finding]:
    """A post of public interest carries no price, no way of contact, no address with its door, no code, no link and no call to book; its maker's
    name and logo show for five seconds or a fifth of the clip at most, whichever is shorter, on a card of their own for three seconds, and take a
    fifth of a picture at most. Where the brief does not say what it is for and only the brand sells nothing, this is said as a warning.
    """
    findings = (*_offered(case), *_called(case), *_shown(case), *_drawn(case))
    yield from (one if case.script.brief.mode else replace(one, level="caution") for one in findings)


def _offered(case: Case) -> Iterator[Finding]:
    brief = case.script.brief
    for number, one in enumerate(brief.prices):
        yield finding("public-interest.price", f"{one.amount}元/{one.unit}", field(case, f"prices.{number}"))
    if brief.qr:
        yield finding("public-interest.code", "二维码", field(case, "qr"))
    if brief.phone:
        yield finding("public-interest.contact", brief.phone, field(case, PHONE))
    if brief.link:
        yield finding("public-interest.link", "挂链接", field(case, "link"))
    if brief.gift:
        yield finding("public-interest.gift", brief.gift.name, field(case, "gift"))


def _called(case: Case) -> Iterator[Finding]:
    for words, said in _contacts(case):
        yield finding("public-interest.contact", words, said)
    for said in (one for one in case.said if one.where not in REACHED and not of_template(case, one)):
        for one in masking.addresses(said.text):
            yield finding("public-interest.address", one.words, at(said, one.start, one.words))
    for found, said in claimed(case, "booking"):
        yield told("public-interest.booking", found, said)


def _contacts(case: Case) -> Iterator[tuple[str, Said]]:
    """Ways of contact in everything said but the code and the telephone, which are told as such: numbers, ids, and words that give one."""
    for said in (one for one in case.said if one.where not in REACHED and not of_template(case, one)):
        found = (one for one in masking.private(said.text) if one.kind in masking.CONTACTS)
        yield from ((one.words, at(said, one.start, one.words)) for one in found)
    yield from (
        (found[0], at(said, found.start(), found[0]))
        for found, said in claimed(case, "contact", quoted=True)
        if said.where not in REACHED and not of_template(case, said)
    )


# How much of it the name takes


def most(name: str) -> float:
    """A figure of ``data/rules/public.yaml``."""
    return float(table("rules/public")[name]["value"])


def brand_seconds(board: Storyboard, brand: Brand) -> float:
    """For how many seconds of a clip the brand's name can be read."""
    return sum(_frames(scene, brand) for scene in board.scenes) / board.fps


def _frames(scene: Scene, brand: Brand) -> int:
    shown: set[int] = set()
    for graphic in scene.graphics:
        if _names(graphic.svg, brand):
            shown |= set(range(graphic.first, graphic.last))
    return len(shown)


def card_seconds(board: Storyboard, brand: Brand) -> float:
    """For how many seconds the longest card that holds nothing but words, the brand's name among them, stands alone: without the frames in which
    the scene before it goes.
    """
    before = (0, *(one.into.frames for one in board.scenes[:-1]))
    cards = ((one, into) for one, into in zip(board.scenes, before, strict=True) if not one.pictures)
    return max((_frames(one, brand) - into for one, into in cards), default=0) / board.fps


def _names(svg: str, brand: Brand) -> bool:
    """Whether a drawing's words name the brand."""
    words = re.sub(r"<[^>]*>", "", svg)
    return any(name in words for name in (brand.full_name, brand.names.zh) if name)


def brand_area(svg: str, brand: Brand) -> float:
    """The share of a page (0 to 1) that the brand's name and logo take."""
    page = ET.fromstring(svg)  # noqa: S314  # our own drawing
    names, box = (brand.full_name, brand.names.zh), _view(brand.logo)
    area = sum(
        float(one.get("width", 0)) * float(one.get("height", 0))
        for one in page.iter(f"{SVG}svg")
        if box and one.get("viewBox") == box
    )
    for one in page.iter(f"{SVG}text"):
        if any(name and name in (one.text or "") for name in names):
            area += float(one.get("font-size", 0)) ** 2 * len(one.text or "")
    width, height = map(float, page.get("viewBox", "0 0 1 1").split()[2:])
    return area / (width * height)


def _view(logo: str) -> str:
    found = re.search(r'viewBox="([^"]*)"', logo)
    return found[1] if found else ""


def _shown(case: Case) -> Iterator[Finding]:
    """Clips in which the name shows for too long."""
    for one in case.plans:
        longest = min(most("brand_seconds"), most("brand_share") * one.board.frames / one.board.fps)
        seconds = brand_seconds(one.board, case.script.brand)
        card, own = card_seconds(one.board, case.script.brand), most("card_seconds")
        if seconds > longest:
            yield finding("public-interest.brand-time", f"{seconds:.1f}", field(case, "brand"), most=f"{longest:.1f}")
        elif round(card, 1) > own:
            yield finding("public-interest.brand-card", f"{card:.1f}", field(case, "brand"), most=f"{own:.1f}")


def _drawn(case: Case) -> Iterator[Finding]:
    """Covers and posters of which the name takes too much."""
    limit = most("brand_area")
    for name, page in _pages(case):
        share = brand_area(page.svg, case.script.brand)
        if share > limit:
            yield finding(
                "public-interest.brand-area",
                f"{share:.0%}"[:-1],
                field(case, "brand"),
                page=name,
                most=f"{limit:.0%}"[:-1],
            )


def _pages(case: Case) -> Iterator[tuple[str, Page]]:
    """Every cover and poster by name; those whose words do not fit are told of elsewhere."""
    try:
        yield from poster.pages(case.script)
        for where in case.platforms:
            yield from cover.pages(case.script, where)
    except Refusal:
        return


# Advertisements


@rule("already-an-ad", "story", "recruit")
def already_an_ad(case: Case) -> Iterator[Finding]:
    """A story with a price, a code or a way of contact is an advertisement, whatever it is called; so is anything with a purchase link, and
    that must carry the mark of one.
    """
    brief = case.script.brief
    if brief.link:
        yield finding("already-an-ad.link", "挂链接", field(case, "link"))
    if case.mode != "story":
        return
    for number, one in enumerate(brief.prices):
        yield finding("already-an-ad.price", f"{one.amount}元/{one.unit}", field(case, f"prices.{number}"))
    if brief.qr:
        yield finding("already-an-ad.code", "二维码", field(case, "qr"))
    if brief.phone:
        yield finding("already-an-ad.contact", brief.phone, field(case, PHONE))
    yield from (finding("already-an-ad.contact", words, said) for words, said in _contacts(case))


@rule("ad-mark", "ad")
def ad_mark(case: Case) -> Iterator[Finding]:
    """An advertisement with a purchase link carries the word 广告 on its clip."""
    for where in case.platforms if case.script.brief.link else ():
        if not any(one.kind == "ad" for one in marks.of(case.script, where)):
            yield finding("ad-mark.missing", "挂链接", field(case, "link"), **where.titles)
