"""A brief → what the sentences of a post may name: plain texts, whole numbers and lists, an empty text where the brief says nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vidkit.briefs import cleaned, days
from vidkit.captions.counting import fitting_titles, one_line
from vidkit.captions.phrasing import city, phrase, tidy
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vidkit.brief import Brief, Price, Review
    from vidkit.kit import Brand, Template
    from vidkit.kits.platform import Platform

CONTACT = re.compile(r"(?:\d[\s-]?){7,}|微信|电话|手机|企鹅|二维码|扫码|QQ|VX|WeChat", re.IGNORECASE)
"""What leads people off a platform: a number to call, an app to write to."""
SENTENCES = ("closing", "problem", "result", "advice", "training", "join")


def facts(brief: Brief) -> dict[str, Any]:
    """The brief's words, whatever the platform and the brand."""
    title, hook = (cleaned.commas(one_line(brief.posted(name, getattr(brief, name)))) for name in ("title", "hook"))
    people = tuple(_person(brief, number) for number in range(len(brief.people)))
    prices = tuple(map(_price, brief.prices))
    return {
        "title": title,
        "hook": "" if phrase(hook) == phrase(title) else hook,
        **{name: _plain(getattr(brief, name)) for name in ("keyword", "service", "area", "day", "series")},
        **{name: _plain(brief.posted(name, getattr(brief, name))) for name in SENTENCES},
        "points": _all_plain(brief.posted(f"points.{number}", one) for number, one in enumerate(brief.points)),
        "jobs": _all_plain(brief.jobs),
        "city": city(brief.area),
        "people": people,
        "person": people[0] if people else {},
        "pairs": tuple(_pair(brief, number) for number in range(len(brief.pairs))),
        "noted": sum(1 for pair in brief.pairs if _explained(pair.note)),
        "sections": tuple(_section(brief, number) for number in range(len(brief.sections))),
        "photos": len(brief.photos),
        "group": bool(brief.group),
        "review": _review(brief, brief.review) if brief.review else {},
        "prices": prices,
        "price": prices[0] if prices else {},
        "valid_until": days.spelt(brief.valid_until),
        "episode": brief.episode or 0,
        "track": table("tracks").get(brief.track, {}).get("zh", ""),
        "track_topics": tuple(table("tracks").get(brief.track, {}).get("topics", ())),
        "body": cleaned.commas(tidy(brief.body)),
        "phone": brief.phone,
        "gift": brief.gift.said if brief.gift else "",
        "promises": tuple(one.said for one in brief.promises),
        "evidence": tuple(one.said for one in brief.evidence),
        "certificates": tuple(f"{one.name}：{held.said}" for one in brief.people for held in one.certificates),
    }


def told(known: dict[str, Any], platform: Platform, template: Template, brand: Brand) -> dict[str, Any]:
    """The facts as one brand tells them on one platform: no way of contact and no other platform's name where they are forbidden."""
    fits = not platform.text.title_max or fitting_titles((known["title"],), platform.text)
    said = known | {
        "title": known["title"] if fits else cleaned.drawable(known["title"]),
        **brand.tone.model_dump(),
        "closings": _all_plain(brand.tone.closings),
        "brand": brand.names.zh,
        "kind": template.names.zh,
        "platform": platform.id,
        "has_title": bool(platform.text.title_max),
        "package_title_max": platform.text.package_title_max,
        "digest_max": platform.text.digest_max,
    }
    if not platform.allows_contact and CONTACT.search(known["join"]):
        said["join"] = ""
    if not platform.allows_contact:
        said["phone"] = ""
    if known["review"]:
        said["review"] = known["review"] | {"platform": platform.sayable(known["review"]["platform"])}
    return said


def _plain(words: str) -> str:
    return phrase(cleaned.commas(one_line(words)))


def _explained(words: str) -> str:
    """What explains a place or a step; a single character (灯) explains nothing."""
    plain = _plain(words)
    return plain if len(plain) > 1 else ""


def _told(brief: Brief, path: str, words: str) -> str:
    """The same as posts say it."""
    return _plain(brief.posted(path, words)) if _explained(words) else ""


def _all_plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(_plain, words)))


def _pair(brief: Brief, number: int) -> dict[str, Any]:
    pair = brief.pairs[number]
    return {"spot": _plain(pair.spot), "note": _told(brief, f"pairs.{number}.note", pair.note)}


def _section(brief: Brief, number: int) -> dict[str, Any]:
    section = brief.sections[number]
    lines = (_told(brief, f"sections.{number}.lines.{at}", line) for at, line in enumerate(section.lines))
    return {
        "title": _plain(section.title),
        "time": one_line(section.time),
        "lines": tuple(filter(None, lines)),
        "photos": len(section.photos),
        "pair": bool(section.pair),
    }


def _person(brief: Brief, number: int) -> dict[str, Any]:
    person = brief.people[number]
    return {
        **{name: _plain(getattr(person, name)) for name in ("name", "craft", "home", "taught_by")},
        "years": person.years or 0,
        "quote": one_line(brief.posted(f"people.{number}.quote", person.quote)),
        "shown": bool(person.photo),
    }


def _price(price: Price) -> dict[str, Any]:
    return {
        "item": _plain(price.item),
        "amount": price.amount,
        "unit": _plain(price.unit).removeprefix("元/").removeprefix("每"),
        "conditions": "；".join(map(_plain, price.whole)),
        "starting": price.starting,
    }


def _review(brief: Brief, review: Review) -> dict[str, Any]:
    return {
        "text": brief.posted("review.text", review.text).strip(),
        "platform": one_line(review.platform),
        "date": review.date,
        "stars": review.stars or 0,
        "name": one_line(review.name),
    }
