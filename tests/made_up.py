"""Briefs made up from the tables: for any template the shortest and the longest words its fields may hold, few or many of everything.

No photo has a file: the painter is never asked, only layout. All people and shops are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit import kit
from vidkit.brief import MODELS, Brief, Pair, Person, Photo, Price, Review, Section
from vidkit.briefs import keys, surname
from vidkit.briefs.declared import Certificate, Compare
from vidkit.develop import Developed
from vidkit.photos.prints import Print
from vidkit.plan import Script
from vidkit.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.kit import Take

SHAPES = ((1440, 1080), (1080, 1440), (1536, 2048))
SENTENCE = (
    "先喷清洁剂，等上十分钟，再用软布顺着纹路擦两遍，缝里用小刷一条条刷，最后过一遍清水擦干，请您一处一处看过再走，"
)
NAMES = {"name": "欧阳秀兰阿姨和她妹妹", "taught_by": "欧阳秀兰阿姨和她妹妹", "home": "黔东南苗族侗族自治州"}
SHORT = {
    "name": "秀兰",
    "taught_by": "秀兰",
    "amount": "9",
    "unit": "次",
    "item": "保洁",
    "text": "好。",
    "time": "8:00",
    "title": "擦窗",
}
LONG = {"amount": "12800", "unit": "平方米", "time": "18:30起"}
SUBMODELS: dict[str, type[Any]] = {
    "people": Person,
    "pairs": Pair,
    "sections": Section,
    "prices": Price,
    "review": Review,
    "compare": Compare,
    "certificates": Certificate,
}
ALWAYS = ("title", "keyword", "hook", "series", "episode")


@dataclass(frozen=True)
class Ask:
    """What to make up: a template, a brand, long words or short ones, as many of everything as there may be or as few, optional fields or none."""

    template: str
    brand: str = "linli"
    long: bool = False
    many: bool = False
    options: bool = False

    def __str__(self) -> str:
        words = [word for word, on in (("long", self.long), ("many", self.many), ("all", self.options)) if on]
        return "-".join((self.template, self.brand, *words))


def every(brands: Sequence[str]) -> tuple[Ask, ...]:
    """Every template in every brand with short and long words, few and many entries, with and without what is optional."""
    return tuple(
        Ask(template, brand, long, many, options)
        for template, _ in kit.template_names(kit.shelf())
        for brand in brands
        for long in (False, True)
        for many in (False, True)
        for options in (False, True)
    )


def photo(number: int) -> Photo:
    """A photo that has no file."""
    name = f"photo-{number}.jpg"
    return Photo(name=name, path=Path("/photos") / name, place=Place("brief.yaml", 100 + number, 3))


def words(field: keys.Field, *, long: bool, seed: int = 0) -> str:
    """A text for a field, about as long or as short as it may be."""
    table = {**NAMES, **LONG} if long else SHORT
    if field.name in table:
        return table[field.name][: field.max or None]
    if field.kind == "date":
        return "2026-12-31"
    start = seed * 7 % 20
    made = (SENTENCE * 8)[start : start + (field.max if long else min(field.max, 4))]
    return made.strip("，")


@cache
def brief(ask: Ask) -> Brief:
    """A brief for a template."""
    takes = kit.template(ask.template, kit.shelf()).takes
    numbers = iter(range(1000))
    values: dict[str, Any] = {"file": Path("/briefs/made-up.yaml"), "template": ask.template, "brand": ask.brand}
    rows = {row.name: row for row in keys.models()["brief"]}
    for name in (*ALWAYS, *(n for n in takes if "." not in n)):
        take = takes.get(name, kit.Take(least=1 if name == "title" else 0))
        inner = frozenset(path.partition(".")[2] for path in takes if path.startswith(f"{name}."))
        if take.least or ask.options or name == "title":
            values[name] = _value(ask, rows[name], take, inner, numbers)
    if "keyword" in values:
        values["keyword"] = values["title"][-3:]
    if "taught_by" in Person.model_fields and len(values.get("people", ())) > 1 and ask.options:
        first, *others = values["people"]
        values["people"] = (first, *(one.model_copy(update={"taught_by": first.name}) for one in others))
    return Brief(**values)


def _count(ask: Ask, row: keys.Field, take: Take) -> int:
    return (take.most or row.many) if ask.many else max(take.least, 1)


def _value(ask: Ask, row: keys.Field, take: Take, inner: frozenset[str], numbers: Iterator[int]) -> Any:
    count = _count(ask, row, take)
    if row.kind in MODELS:
        made = tuple(_model(ask, row.kind, i, inner, numbers) for i in range(count if row.kind != "review" else 1))
        return made[0] if row.kind == "review" else made
    if row.kind == "photos":
        return tuple(photo(next(numbers)) for _ in range(count))
    if row.kind == "photo":
        return photo(next(numbers))
    if row.kind in {"texts", "lines"}:
        return tuple(words(row, long=ask.long, seed=i) for i in range(count))
    if row.kind == "number":
        return row.most if ask.long else row.least
    return "cleaning" if row.kind == "track" else words(row, long=ask.long)


def _model(ask: Ask, kind: str, index: int, inner: frozenset[str], numbers: Iterator[int]) -> Any:
    rows = [row for row in keys.models()[MODELS[kind]] if row.required or row.name in inner or ask.options]
    values: dict[str, Any] = {}
    for row in rows:
        if (
            row.kind in {"focus", "reveal", "recording"}
            or (row.name in {"compare", "extra"} and not ask.long)
            or (kind == "sections" and row.name in {"before", "after"})
        ):
            continue
        values[row.name] = _leaf(ask, kind, row, index, numbers)
    if kind == "sections" and ask.options and index % 3 == 1:
        values.pop("photos", None)
        values["pair"] = Pair(spot=values["title"][:8], before=photo(next(numbers)), after=photo(next(numbers)))
    return SUBMODELS[kind](**values)


def _leaf(ask: Ask, kind: str, row: keys.Field, index: int, numbers: Iterator[int]) -> Any:
    if row.kind in {"photo", "photos"}:
        shown = photo(next(numbers))
        return shown if row.kind == "photo" else (shown,)
    if row.kind == "lines":
        return tuple(
            words(row, long=ask.long, seed=index + i) for i in range(2 if ask.many and kind != "sections" else 1)
        )
    if row.kind == "number":
        return row.most if ask.long else row.least
    if row.kind == "yesno":
        return ask.long
    if row.kind in {"compare", "certificates"}:
        made = _model(ask, row.kind, index, frozenset(), numbers)
        return made if row.kind == "compare" else (made,)
    said = words(row, long=ask.long, seed=index)
    return surname.shown(said).text if row.kind == "masked" else said


def script(ask: Ask, sizes: Sequence[tuple[int, int]] = SHAPES) -> Script:
    """A made-up brief with the kit it names; its photos are known by size only, of ``sizes`` in turn."""
    made, shelf = brief(ask), kit.shelf()
    shapes = (sizes[i % len(sizes)] for i in range(1000))
    prints: dict[Photo, Print] = {}
    for number, pair in enumerate(made.comparisons):
        size = next(shapes)
        for one, side in ((pair.before, "b"), (pair.after, "a")):
            prints[one] = Print(f"{number:02}{side}".ljust(64, "0"), *size, aligned=number % 2 == 0)
    portraits = {one.photo for one in made.people}
    for number, (one, size) in enumerate(islice(zip(made.singles, shapes, strict=False), 1000)):
        prints[one] = Print(f"{number:02}s".ljust(64, "0"), *((1080, 1440) if one in portraits else size))
    return Script(
        made, kit.template(ask.template, shelf), kit.brand(ask.brand, shelf), shelf, Developed(prints, {}, (), (), ())
    )
