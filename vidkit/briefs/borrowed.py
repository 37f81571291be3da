"""A brief's texts that are still, word for word, those of an example of ours → one warning with their lines.

A new brief begins with an example's words (``new``), which people who do not exist said of work that was never done; under a real name they are a
false claim. Short texts are everybody's. Where a long one was left, the same example's names, years and homes of its people count as left too,
and the amounts of its prices where the whole list is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vidkit import kit
from vidkit.briefs import sample, written
from vidkit.problems import problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.brief import Brief
    from vidkit.briefs.sample import Entry, Said
    from vidkit.plan import Script
    from vidkit.problems import Place, Problem

LEAST = 7
"""Characters of a text that nobody else happens to write."""
ENDS = " \t\n。．.，,；;！!？?…~～“”\"'「」"
"""Marks at the ends of a text that make no other text of it."""
SHOWN = 12
"""Characters of a text that are repeated to tell which one is meant."""
OFFERS = frozenset({"prices", "valid_until", "gift", "compare"})
"""Fields that say what is offered, and on which conditions."""
ABOUT_PRICES = ("item", "amount", "unit", "conditions")
"""What makes two prices one and the same."""
ABOUT_HER = ("name", "years", "home", "taught_by")
"""What an example says of a person in fewer characters."""


def problems(script: Script) -> Iterator[Problem]:
    """One warning (VK-W005) of all such texts; none of our own examples, and none under a fictional brand, which is told of by itself."""
    brief = script.brief
    if script.brand.example or brief.file.resolve().is_relative_to(kit.bundled()):
        return
    told = left(brief)
    found = [(place, text) for path, text in told if (place := written.place(brief, path))]
    if found:
        first = min(place for place, _ in found)
        zh, en = (_listed(sorted(found), first, tongue) for tongue in ("zh", "en"))
        mend, mend_en = (_mended((path for path, _ in told), tongue) for tongue in ("zh", "en"))
        said = {"listed": zh, "listed_en": en, "mend": mend, "mend_en": mend_en}
        yield problem("VK-W005", first, count=len(found), **said)


def _mended(paths: Iterable[str], tongue: str) -> str:
    """What to say instead of texts, by what they are about: prices and conditions, or people and their work."""
    kinds = {"offer" if path.partition(".")[0] in OFFERS else "words" for path in paths}
    return "；".join(str(table("cli")[f"borrowed-{kind}"][tongue]) for kind in ("words", "offer") if kind in kinds)


def left(brief: Brief) -> tuple[tuple[str, str], ...]:
    """The dotted path of every text left as an example has it, and the text."""
    own = {path: text for path, text in written.texts(brief) if len(_bare(text)) >= LEAST}
    found: dict[str, str] = {}
    for one in sample.holding(_bare(text) for text in own.values()):
        said = {_bare(text) for text in _texts(one)}
        same = {path: text for path, text in own.items() if _bare(text) in said}
        found |= same | (dict((*_of_people(brief, one), *_of_prices(brief, one))) if same else {})
    return tuple(found.items())


def _of_people(brief: Brief, example: Entry) -> Iterator[tuple[str, str]]:
    """What the brief says of its people as the example says it of its own, in their order."""
    listed = example.get("people", ())
    for number, (own, theirs) in enumerate(
        zip(brief.people, listed if isinstance(listed, tuple) else (), strict=False)
    ):
        known = theirs if isinstance(theirs, dict) else {}
        for name in ABOUT_HER:
            said: Any = getattr(own, name)
            if said and str(said) == known.get(name):
                yield f"people.{number}.{name}", str(said)


def _of_prices(brief: Brief, example: Entry) -> Iterator[tuple[str, str]]:
    """The amounts of a whole list of prices that is the example's."""
    listed = example.get("prices", ())
    theirs = [row for row in listed if isinstance(row, dict)] if isinstance(listed, tuple) else []
    own = [{name: str(getattr(price, name)) for name in ABOUT_PRICES} for price in brief.prices]
    if own == [{name: row.get(name, "") for name in ABOUT_PRICES} for row in theirs]:
        yield from ((f"prices.{number}.amount", price.amount) for number, price in enumerate(brief.prices))


def _texts(said: Said) -> Iterator[str]:
    """Every text of an example."""
    if isinstance(said, str):
        yield said
        return
    inner: Iterable[Said] = said.values() if isinstance(said, dict) else said
    for one in inner:
        yield from _texts(one)


def _bare(text: str) -> str:
    """The text without marks at its ends: a full stop more is no other sentence."""
    return text.strip(ENDS)


def _listed(found: Iterable[tuple[Place, str]], first: Place, tongue: str) -> str:
    """The texts with their lines, and their files where these are others than the first one's."""
    said = table("cli")
    each = (
        ("" if place.file == first.file else f"{place.file} ")
        + said["line-says"][tongue].format(line=place.line, words=text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
        for place, text in found
    )
    return str(said["comma"][tongue]).join(each)
