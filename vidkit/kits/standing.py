"""What platforms allow and what rules rest on, with where and when it was read, as tables for people and as data; what is old is said."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from vidkit import plan
from vidkit.console import words
from vidkit.consoles.wrapping import columns
from vidkit.kits import platform
from vidkit.problems import problem, spoken_language
from vidkit.rules import docs
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vidkit.kit import Shelf
    from vidkit.kits.platform import Fact, Platform
    from vidkit.problems import Problem
    from vidkit.rules.docs import Card

Read = TypeVar("Read")
SHOWN = 3
"""So many of the figures read on one day to come are named."""
SURE = "AXBC"
"""Confidence, the surest first: official text, measured, public tool or reprint, general knowledge."""


def days_old(day: str, today: str) -> int:
    """How many days lie between two days (2026-11-22, 2026-11-26)."""
    return (date.fromisoformat(today) - date.fromisoformat(day)).days


def most_days() -> int:
    """So old figures may be before somebody should look again."""
    return int(table("ages")["days"]["value"])


def facts(one: Platform, shelf: Shelf) -> tuple[Fact, ...]:
    """Every fact of a platform."""
    return platform.facts(one.id, plan.platform_folders(shelf))


def named(name: str | None, shelf: Shelf) -> tuple[Platform, ...]:
    """The platform of a name, or all of them; refuses a name nobody knows (VK-L001)."""
    folders = plan.platform_folders(shelf)
    return (platform.load(name, folders),) if name else platform.all_platforms(folders)


# Platforms


def platforms_text(shelf: Shelf) -> str:
    """All platforms in a table, with the oldest day and the least confidence of their figures."""
    return columns([words("platforms-head").split("|"), *map(list, _platform_rows(shelf))])


def _platform_rows(shelf: Shelf) -> Iterator[tuple[str, ...]]:
    for one in named(None, shelf):
        known = facts(one, shelf)
        limits = (one.max_seconds, one.text.title_max or "-", one.text.body_max, one.text.topics_max)
        yield (one.id, called(one), *map(str, limits), oldest(known), worst(known))


def oldest(known: Sequence[Fact]) -> str:
    """The first day on which one of some facts was read."""
    return min(one.checked_on for one in known)


def worst(known: Sequence[Fact]) -> str:
    """The least confidence of some facts."""
    return max((one.confidence for one in known), key=SURE.index)


def called(one: Platform) -> str:
    """A platform's name in the reader's language."""
    return one.title_zh if spoken_language() == "zh" else one.title_en


def platform_text(one: Platform, shelf: Shelf) -> str:
    """Every figure of a platform with how sure it is, when it was read, and where."""
    known = facts(one, shelf)
    rows = [[_name(f), _value(f.value), f.confidence, f.checked_on, _codes(f.source)] for f in known]
    sources = dict.fromkeys(line for fact in known for line in re.split(r"; (?=\[[A-Z0-9]+\] )", fact.source))
    head = words("platform-head").split("|")
    told = map(_source, sources)
    return "\n".join((f"{called(one)}（{one.id}）", columns([head, *rows]), "", words("platform-sources"), *told))


def _codes(source: str) -> str:
    return " ".join(re.findall(r"\[([A-Z0-9]+)\] ", source))


def _source(line: str) -> str:
    """A source with its code in the reader's language; one of a platform file of people's own as they wrote it."""
    code, _, said = line.partition("] ")
    known = {row["en"]: row for row in table("limit_names")["sources"]}
    return f"{code}] {known.get(said, {}).get(spoken_language(), said)}"


def _part(name: str) -> str:
    """A part of a value, or a place, in the reader's language."""
    return str(table("limit_names")["parts"].get(name, {}).get(spoken_language(), name))


def _name(fact: Fact) -> str:
    """What a fact is called; of several of a kind with its own name behind it."""
    known = table("limit_names")
    whole = fact.path if fact.path in known else fact.path.partition(".")[0]
    own = fact.path.removeprefix(whole).lstrip(".")
    return " ".join(filter(None, (known.get(whole, {}).get(spoken_language(), whole), _part(own))))


def _value(value: Any) -> str:
    plain = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    if isinstance(plain, dict) and spoken_language() in plain:
        return str(plain[spoken_language()])
    if isinstance(plain, dict):
        return " ".join(f"{_part(key)} {_value(inner)}" for key, inner in plain.items())
    if isinstance(plain, list) and all(isinstance(one, dict) for one in plain):
        return str(len(plain))  # steps stand in the checklist
    if isinstance(plain, list):
        return (
            " ".join(map(str, plain))
            if all(isinstance(one, int) for one in plain)
            else words("and").join(map(str, plain))
        )
    return str(table("limit_names")["values"].get(str(plain), {}).get(spoken_language(), plain))


def old_platforms(some: Sequence[Platform], shelf: Shelf, today: str) -> Iterator[Problem]:
    """Platforms of which a figure was read too long ago (VK-W101), those read on one day together; figures read on a day to come: a shop's own by
    file and day (VK-L010), vidkit's in one line, for then the day of the computer is wrong (VK-L011).
    """
    yield from _to_come(some, shelf, today)
    for day, ones in _by_day((oldest(facts(one, shelf)), one) for one in some):
        days = days_old(day, today)
        if days > most_days():
            zh, en = "、".join(one.title_zh for one in ones), ", ".join(one.title_en for one in ones)
            yield problem("VK-W101", day=day, days=days, most=most_days(), platform=zh, platform_en=en)


def _to_come(some: Sequence[Platform], shelf: Shelf, today: str) -> Iterator[Problem]:
    folders = plan.platform_folders(shelf)
    ours = [""]
    for one in some:
        later = [(fact.checked_on, fact) for fact in facts(one, shelf) if days_old(fact.checked_on, today) < 0]
        if not any((folder / f"{one.id}.yaml").is_file() for folder in folders):
            ours += [day for day, _ in later]
            continue
        for day, some_facts in _by_day(later):
            keys = words("and").join(dict.fromkeys(fact.path for fact in some_facts[:SHOWN]))
            more = "…" if len(some_facts) > SHOWN else ""
            yield problem("VK-L010", platform.stands(one.id, some_facts[0].path, folders), key=keys + more, day=day)
    if max(ours):
        yield problem("VK-L011", day=max(ours), today=today)


def _by_day(read: Iterable[tuple[str, Read]]) -> list[tuple[str, list[Read]]]:
    """Things with the day they were read, by day."""
    days: dict[str, list[Read]] = {}
    for day, one in read:
        days.setdefault(day, []).append(one)
    return sorted(days.items(), key=lambda pair: pair[0])


def platforms_data(some: Sequence[Platform], shelf: Shelf, today: str) -> dict[str, Any]:
    """Platforms with every fact, its age in days, and whether it is old."""
    return {
        "today": today,
        "old_after_days": most_days(),
        "platforms": [_platform_data(one, shelf, today) for one in some],
    }


def _platform_data(one: Platform, shelf: Shelf, today: str) -> dict[str, Any]:
    known = facts(one, shelf)
    return {
        "id": one.id,
        "names": {"zh": one.title_zh, "en": one.title_en},
        "oldest": oldest(known),
        "confidence": worst(known),
        "old": days_old(oldest(known), today) > most_days(),
        "facts": [
            {
                "path": fact.path,
                "value": fact.value,
                "source": fact.source,
                "checked_on": fact.checked_on,
                "confidence": fact.confidence,
                "days": days_old(fact.checked_on, today),
            }
            for fact in known
        ],
    }


# Rules


def rules_text() -> str:
    """All rules in a table: what they look at, their levels, the posts they hold for, when what they rest on was read."""
    return columns([words("rules-head").split("|"), *map(_rule_row, docs.cards())])


def _rule_row(one: Card) -> list[str]:
    language = 0 if spoken_language() == "zh" else 1
    levels = words("and").join(docs.LEVELS[level][language] for level in one.levels)
    every = words("rules-every") if len(one.modes) == len(docs.MODES) else ""
    modes = every or words("and").join(docs.MODES[mode][language] for mode in one.modes)
    return [one.name, one.zh if language == 0 else "", levels, modes, one.checked_on]


def old_rules(today: str) -> Iterator[Problem]:
    """Rules that rest on something read too long ago (VK-W102), those read on one day together."""
    for day, ones in _by_day((one.checked_on, one) for one in docs.cards() if one.checked_on):
        days = days_old(day, today)
        if days > most_days():
            zh, en = "、".join(one.zh for one in ones), ", ".join(one.name for one in ones)
            yield problem("VK-W102", day=day, days=days, most=most_days(), rule=zh, rule_en=en)


def rules_data(today: str) -> dict[str, Any]:
    """All rules with what they rest on."""
    return {"today": today, "old_after_days": most_days(), "rules": [_rule_data(one) for one in docs.cards()]}


def _rule_data(one: Card) -> dict[str, Any]:
    bases = {(b.level, b.law, b.source, b.checked_on, b.confidence): None for b in one.bases}
    names = ("level", "law", "source", "checked_on", "confidence")
    return {
        "name": one.name,
        "zh": one.zh,
        "says": {"zh": one.says, "en": one.documented},
        "levels": list(one.levels),
        "modes": list(one.modes),
        "checked_on": one.checked_on,
        "bases": [dict(zip(names, row, strict=True)) for row in bases],
    }
