"""Brief + kit → what a template may name: the brief's fields, the brand, and what follows from them (shots, pages, the track); its
references and expressions looked up in that.

A ``Shot`` is one photo or pair with one line of a section; a ``Leaf`` is a page of a long text that can be read in its time.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2.sandbox import ImmutableSandboxedEnvironment

from vidkit.boards import joints
from vidkit.brief import FIRST, Pair, Photo
from vidkit.briefs import keys
from vidkit.captions import phrasing
from vidkit.compiled import Undefined, refusing
from vidkit.kits.values import filled
from vidkit.problems import Refusal, problem
from vidkit.tables import table
from vidkit.text import Font, measure, strains

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    import jinja2

    from vidkit.brief import Brief, Person, Review, Section
    from vidkit.kit import Brand, Labels, PictureSpec, Template
    from vidkit.kits.platform import Platform
    from vidkit.problems import Place

STOPS = re.compile(r"[。！？!?；;\n]+[”’」』）)]*|[，,、]|" + joints.SPACE)
"""What ends a sentence or a clause: marks, and a space that stands for one (``joints.spaced``)."""
OWN = re.compile("我(?!们)")
"""Somebody speaks of herself."""
QUOTED = re.compile(r"\A[“\"「]([^“”\"「」]*)[”\"」]\Z")
"""Words that somebody already put in quotation marks as a whole."""
SENTENCE_ROOM, BESIDE_ROOM = 1.25, 1.125
"""A page that ends with a sentence may be this much longer; one with words that stand over a photo or beside a face, this much."""
READ = Font("text", 700)
"""What a review's words are measured in."""
UNEVEN = 0.3
"""What each line costs that a page of a review has more or fewer than it should."""
PAGE, TORN, ASTRIDE, ANSWERED = 2.0, 1.5, 2.0, 1.5
"""What one more page costs, one that ends within a sentence, one that has a part of one sentence and something of another, and one that ends
between two halves of one thing said (``joints.answered``), where a full page costs 1.
"""
NUMBER = re.compile(r"-?\d+")
ROOTS = ("title", "pairs", "photos", "sections", "people", "prices", "person", "item")
"""Names that are told where nothing is like the one a template says."""
TOGETHER = 4
"""So many photos stand beside each other at most."""
STRAIN, ANYWHERE = 5.0, 5.0
"""How much of what an end within words without marks disturbs (``text.strains``) a page costs besides, and one where no line may end."""
SENTENCE = frozenset("。！？!?；;\n”’」』）)")


@dataclass(frozen=True)
class Shot:
    """One photo or pair of a section with one of its lines."""

    title: str
    time: str
    opening: str
    """The first of a pair's lines, if there are more: it is said while the before is seen."""
    text: str
    number: int
    """The section's number, from 1."""
    of: int
    """How many sections there are."""
    first: bool
    """It is the first of its section."""
    last: bool
    """It is the last of its section."""
    again: bool
    """It shows what the shot before ends with."""
    photo: Photo | None
    pair: Pair | None
    places: tuple[tuple[str, str], ...]

    @property
    def closer(self) -> Photo | None:
        """The photo where it shows that once more."""
        return self.photo if self.again else None

    @property
    def glance(self) -> Photo | None:
        """The photo where it is one more and nothing is said: a look at it is enough."""
        return None if self.first or self.again or self.text else self.photo


@dataclass(frozen=True)
class Leaf:
    """A page of a long text: its words, its number in ``of`` pages, from 1."""

    text: str
    number: int
    of: int
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Voice:
    """A person with one page of her own words, marked as hers; ``first`` and ``last`` of her pages; ``number`` of the person in ``of``,
    from 1, and her ``turn`` where places take turns.
    """

    person: Person
    text: str
    number: int
    of: int
    first: bool
    last: bool
    turn: int
    places: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        """Whether this page is all she says."""
        return self.first and self.last

    @property
    def beside(self) -> bool:
        """Whether she says so little that it is read together with who she is."""
        return self.whole and len(self.text) <= int(table("timing")["beside_characters"])


@dataclass(frozen=True)
class Branch:
    """Somebody in the tree of who taught whom: how deep below the first teacher, whether she ``teaches`` somebody, whether ``more`` pupils
    of her own teacher follow further down, and the depths above hers at which more follow.
    """

    name: str
    depth: int
    teaches: bool
    more: bool
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Said:
    """What a platform says in a clip, and whether marks (made by AI, an advertisement) stand at the top of it."""

    id: str
    call_to_action: str
    marked: bool = False


def nameable(
    brief: Brief, template: Template, platform: Platform, brand: Brand, poor: Container[Photo] = ()
) -> dict[str, Any]:
    """Everything the template's references and words may name; ``poor`` are the photos with faults."""
    told = pages(brief.problem, "problem", int(table("timing")["trouble_characters"])) if brief.problem else ()
    apart = len(told) - _runs_on(brief)
    return {
        **dict(brief),
        "person": brief.person,
        "saying": saying(brief),
        "price": brief.price if brand.tone.sells else None,
        "review": _review(brief, platform),
        "comparisons": brief.comparisons,
        "leading": brief.leading,
        "portraits": tuple(one.photo for one in brief.people if one.photo),
        "voices": voices(brief.people),
        "unsaid": unsaid(brief),
        "lineage": lineage(brief.people),
        "album": (*brief.singles, *(one.after for one in brief.comparisons)),
        "bare": not (brief.singles or brief.comparisons),
        "shots": shots(brief.sections),
        "timed": any(one.time for one in brief.sections),
        "good": tuple(photo for one in brief.sections for photo in one.photos if photo not in poor),
        "pages": pages(brief.review.text, "review.text") if brief.review else (),
        "troubles": told[:apart],
        "last_trouble": next(iter(told[apart:]), None),
        "line": table("tracks").get(brief.track, {}),
        "brand": brand,
        "labels": labels(brief, template),
        "work": work(brief),
        "platform": Said(platform.id, _call(brief, platform), platform.safe.kept > 0),
    }


def _runs_on(brief: Brief) -> bool:
    """Whether the end of a customer's trouble is told over the first pair's before: no other photo is meant for it, and the clip opened with
    that pair.
    """
    return not brief.photos and bool(brief.pairs) and brief.leading[:1] == brief.pairs[:1]


def saying(brief: Brief) -> str:
    """The opening words in quotation marks where somebody says them of herself (我; not 我们, as a shop says), or they are out of what she says;
    "" for others.
    """
    said = QUOTED.sub(r"\1", brief.hook)
    own = bool(OWN.search(said)) or any(said in one.quote for one in brief.people)
    return f"“{said}”" if said and own else ""


def labels(brief: Brief, template: Template) -> Labels:
    """The template's labels for the two photos of a pair and for who did the work, or others where they are general and the brief says which
    work it is about.
    """
    own, said = template.labels, table("names")["labels"]
    kind = said["photos"].get(work(brief), {}) if own.before in said["general"] else {}
    who = next((one["who"] for one in said["who"] if phrasing.holds(_called(brief), one["words"])), "")
    return own.model_copy(update=kind | ({"who": who} if who and own.who in said["general"] else {}))


def work(brief: Brief) -> str:
    """Which kind of work a brief's photos show: tidy, clean, care; "" for others."""
    found = phrasing.kinds_of(_called(brief), named=True)
    return str(table("names")["work"][found[0]]["photos"]) if found else ""


def _called(brief: Brief) -> str:
    """What a brief calls its work: the service, without one the crafts of the people."""
    return brief.service or " ".join(one.craft for one in brief.people)


def _call(brief: Brief, platform: Platform) -> str:
    """The first words for the end card that suit the brief: those about cleaning only where something is cleaned."""
    cleaning = work(brief) == "clean"
    calls = platform.calls_to_action
    return next((said for said in calls if cleaning or "clean" not in phrasing.kinds_of(said, named=True)), calls[0])


def _review(brief: Brief, platform: Platform) -> Review | None:
    """The review, without the name of another platform where those are forbidden."""
    said = brief.review
    return said and said.model_copy(update={"platform": platform.sayable(said.platform)})


def shots(sections: tuple[Section, ...]) -> tuple[Shot, ...]:
    """The sections shot by shot: as many as it has lines or photos. A photo is held for the further parts of a line that is too long for one
    look, the last photo for further lines; further photos have no words.
    """
    return tuple(shot for number, one in enumerate(sections) for shot in _shots(one, number, len(sections)))


def _shots(one: Section, number: int, of: int) -> Iterator[Shot]:
    views = list(_views(one))
    for at, (shown, opening, text, again) in enumerate(views):
        fields = (("opening", opening), ("text", text))
        lines = ((name, f"sections.{number}.lines.{said.line}") for name, said in fields)
        yield Shot(
            title=one.title,
            time=one.time,
            opening=opening.text,
            text=text.text,
            number=number + 1,
            of=of,
            first=at == 0,
            last=at + 1 == len(views),
            again=again,
            photo=None if isinstance(shown, Pair) else shown,
            pair=shown if isinstance(shown, Pair) else None,
            places=(*lines, ("title", f"sections.{number}.title")),
        )


class _Said(NamedTuple):
    """A line of a section, or a part of one that is read in one look; and which line."""

    text: str
    line: int


def _views(one: Section) -> Iterator[tuple[Pair | Photo | None, _Said, _Said, bool]]:
    """What each shot of a section shows, what is said over a pair's before and in the shot, whether it shows once more what was just seen."""
    pictures: tuple[Pair | Photo, ...] = (*((one.pair,) if one.pair else ()), *one.photos)
    told = [[_Said(part, at) for part in _looks(line)] for at, line in enumerate(one.lines)]
    if one.pair and len(told) > 1:
        told[:2] = [told[0] + told[1]]
    nothing = _Said("", 0)
    for at in range(max(len(told), len(pictures), 1)):
        held = at >= max(len(pictures), 1)
        shown = pictures[min(at, len(pictures) - 1)] if pictures else None
        said = told[at] if at < len(told) else [nothing]
        opening, *rest = said if isinstance(shown, Pair) and not held and len(said) > 1 else [nothing, *said]
        for i, text in enumerate(rest):
            yield (_after(shown) if shown and (held or i) else shown), (nothing if i else opening), text, held or i > 0


def _looks(line: str) -> tuple[str, ...]:
    """A line in parts that are each read in one look, on two rows, without the commas between them; where a list goes on its mark stays."""
    return tuple(leaf.text.rstrip("，, ") for leaf in pages(line, "", int(table("timing")["line_characters"])))


def _after(shown: Pair | Photo) -> Photo:
    """A pair has been revealed once its line is over: then its after stays."""
    return shown.after if isinstance(shown, Pair) else shown


def voices(people: tuple[Person, ...]) -> tuple[Voice, ...]:
    """The people one after the other, each as often as her own words have pages, once without."""
    most = int(table("timing")["voice_characters"])
    return tuple(voice for at, one in enumerate(people) for voice in _voices(one, at, len(people), most))


def _voices(one: Person, at: int, of: int, most: int) -> Iterator[Voice]:
    path = f"people.{at}.quote"
    said = pages(QUOTED.sub(r"\1", one.quote), path, most)
    places = tuple((f"person.{name}", f"people.{at}.{name}") for name in ("name", "craft", "home", "taught_by"))
    for leaf in said:
        first, last = leaf.number == 1, leaf.number == leaf.of
        text = f"{'“' if first else ''}{leaf.text}{'”' if last else ''}" if leaf.text else ""
        yield Voice(one, text, at + 1, of, first, last, at, (("text", path), *places))


def unsaid(brief: Brief) -> tuple[Voice, ...]:
    """The first person's own words page by page, where neither the opening words, the sections nor the closing ones say them already."""
    quote = brief.person.quote if brief.person else ""
    told = (brief.hook, brief.closing, *("".join(one.lines) for one in brief.sections))
    said = any(_letters(quote) in _letters(one) for one in told)
    return () if not quote or said else tuple(one for one in voices(brief.people[:1]) if one.text)


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))


def lineage(people: tuple[Person, ...]) -> tuple[Branch, ...]:
    """Who taught whom as a tree read from above: each teacher, also one who is not among the people, before her pupils. Nobody stands
    twice, also where teachers go round in a circle; people without teacher and pupils are not in it.
    """
    pupils: dict[str, list[str]] = {}
    for one in people:
        if one.taught_by and one.taught_by != one.name:
            pupils.setdefault(one.taught_by, []).append(one.name)
    taught = {name for names in pupils.values() for name in names}
    first = [name for name in pupils if name not in taught]
    seen: set[str] = set()
    tree = [row for name in (*first, *pupils) for row in _branches(name, pupils, seen, 0, more=False, lines=())]
    return tuple(tree)


def _branches(
    name: str, pupils: Mapping[str, list[str]], seen: set[str], depth: int, *, more: bool, lines: tuple[int, ...]
) -> Iterator[Branch]:
    if name in seen:
        return
    seen.add(name)
    below = (*lines, depth) if more else lines
    mine = [one for one in dict.fromkeys(pupils.get(name, ())) if one not in seen]
    yield Branch(name, depth, bool(mine), more, lines)
    for one in mine:
        yield from _branches(one, pupils, seen, depth + 1, more=one != mine[-1], lines=below)


def pages(text: str, path: str, most: int = 0) -> tuple[Leaf, ...]:
    """A long text in as few pages as can be read in one look each, about equally full, broken after sentences, else after clauses that do
    not belong together; nothing is left out and nothing changed: the pages put together are the text. A page has ``most`` characters, or as
    many as a review's, one that ends with a sentence a little more; a review's stand on about the same number of lines each.
    """
    room, lines = (BESIDE_ROOM, ()) if most else (SENTENCE_ROOM, tuple(table("timing")["page_lines"]))
    most = most or int(table("timing")["page_characters"])
    parts = [text[a:b] for a, b in pairwise(_cuts(text, most, room, lines))] or [""]
    return tuple(Leaf(part, i, len(parts), (("text", path),)) for i, part in enumerate(parts, 1))


def _cuts(text: str, most: int, room: float, lines: tuple[int, ...]) -> tuple[int, ...]:
    """Where pages of a text begin, and its end: of all ways to cut it after marks the one that costs least."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for end, strain in _ends(text, most).items():
        whole = end == len(text) or text[end - 1] in SENTENCE
        inside = 0.0 if whole else TORN + strain + (ANSWERED if joints.answered(text, end) else 0.0)
        least = end - most * (room if whole else 1)
        ways = [
            (best[start][0] + inside + _page(text, start, end, most, lines), (*best[start][1], end))
            for start in takewhile(least.__le__, reversed(best))
        ]
        best |= {end: min(ways)} if ways else {}
    return best[len(text)][1]


def _page(text: str, start: int, end: int, most: int, lines: tuple[int, ...]) -> float:
    """What a page costs: one more, how full it is, what it has of two sentences, and each of its lines more or fewer than ``lines``."""
    uneven = 0
    if lines:
        rows = _rows(text, start, end)
        uneven = max(lines[0] - rows, 0, rows - lines[1])
    return PAGE + ((end - start) / most) ** 2 + (ASTRIDE if _astride(text, start, end) else 0.0) + UNEVEN * uneven


def _rows(text: str, start: int, end: int) -> int:
    """On how many lines a page's words stand: a clause shares none with a part of another, unless that takes two lines more."""
    wide, filled, rows, (widths, ends) = float(table("timing")["page_line"]), math.inf, 0, _clauses(text)
    within = ends[bisect_right(ends, start) : bisect_left(ends, end)]
    for a, b in pairwise((start, *within, end)):
        ems = widths[b] - widths[a]
        filled += ems
        if filled > wide:
            rows, filled = rows + math.ceil(ems / wide), ems if ems <= wide else math.inf
    return min(rows, math.ceil((widths[end] - widths[start]) / wide) + 1)


@lru_cache(maxsize=64)
def _clauses(text: str) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """How far every place of a text lies from its start, in letters, and where its clauses end."""
    return (0.0, *accumulate(measure(one, READ, 1) for one in text)), tuple(one.end() for one in STOPS.finditer(text))


def _astride(text: str, start: int, end: int) -> bool:
    """Whether a page has the end of a sentence in it, and begins or ends within one."""
    whole = (start == 0 or text[start - 1] in SENTENCE) and (end == len(text) or text[end - 1] in SENTENCE)
    return not whole and not SENTENCE.isdisjoint(text[start : end - 1].rstrip("".join(SENTENCE)))


def _ends(text: str, most: int) -> dict[int, float]:
    """Where a page may end, in order, and what that costs besides. After a mark: nothing. Inside words that have no mark for a whole page: as much as
    the end disturbs there, and ``ANYWHERE`` where such words are cut into equal parts.
    """
    marks = [0, *(found.end() for found in STOPS.finditer(text)), len(text)]
    long = [(a, b) for a, b in pairwise(marks) if b - a > most]
    parts = [(a, b, math.ceil((b - a) / most)) for a, b in long]
    found = {a + round((b - a) * i / count): ANYWHERE for a, b, count in parts for i in range(1, count)}
    found |= {a + at: STRAIN * strain for a, b in long for at, strain in strains(text[a:b]).items()}
    found |= dict.fromkeys(marks[1:], 0.0)
    return dict(sorted(found.items()))


# Words of the template


@cache
def _expressions() -> jinja2.Environment:
    return ImmutableSandboxedEnvironment(undefined=Undefined)


@cache
def _compiled(source: str) -> jinja2.Template:
    return _expressions().from_string(source)


def say(source: str, scope: Mapping[str, Any]) -> str:
    """A template's words filled from the brief; refuses a faulty expression with VK-K003."""
    if "{" not in source:
        return source
    with refusing("VK-K003", known=(*ROOTS, *scope), template="template.yaml", name=source):
        return _compiled(source).render(scope).strip()


def turn(named: str | tuple[str, ...], scope: Mapping[str, Any]) -> str:
    """One name, or of several the one whose turn it is for this item: by its place in the list, or as the item itself says."""
    return named if isinstance(named, str) else named[getattr(scope.get("item"), "turn", scope["index"]) % len(named)]


def wanted(when: str, unless: str, scope: Mapping[str, Any]) -> bool:
    """Whether the brief has what ``when`` names and lacks what ``unless`` names; an empty reference asks for nothing."""
    return bool(not when or look_up(when, scope)) and not (unless and look_up(unless, scope))


def look_up(path: str, scope: Mapping[str, Any]) -> Any:
    """A dotted reference (``pairs.0.before``, ``person.photo or pairs.-1.after``); None when a part of the way is missing. Refuses with
    VK-K007 what begins with no name there is, or goes into a list without a number.
    """
    for choice in path.split(" or "):
        root, *steps = choice.strip().split(".")
        if root not in scope:
            raise unfit(path, "known", root=root, guess=keys.nearest(root, scope) or "、".join(ROOTS))
        found: Any = scope[root]
        for at, step in enumerate(steps):
            if isinstance(found, tuple) and not NUMBER.fullmatch(step):
                raise unfit(path, "number", list=".".join((root, *steps[:at])))
            found = _step(found, step)
        if found:
            return found
    return None


def _step(value: Any, name: str) -> Any:
    if isinstance(value, tuple):
        return value[int(name)] if -len(value) <= int(name) < len(value) else None
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def unfit(reference: str, wanted: str, **told: str) -> Refusal:
    """A refusal (VK-K007) of a template's reference that leads to something else than is wanted there (``wanted`` of ``data/kit.yaml``)."""
    row = table("kit")["wanted"][wanted]
    words, english = (filled(row[language], told) for language in ("zh", "en"))
    return Refusal(problem("VK-K007", template="template.yaml", name=reference, words=words, words_en=english))


def photo_at(path: str, scope: Mapping[str, Any]) -> Photo | None:
    """The photo a reference leads to, None for none; refuses anything else with VK-K007."""
    found = look_up(path, scope) if path else None
    if found and not isinstance(found, Photo):
        raise unfit(path, "photo")
    return found or None


def photos_at(path: str, scope: Mapping[str, Any]) -> tuple[Photo, ...]:
    """The photos a reference leads to, as many as stand beside each other; refuses anything else with VK-K007."""
    found = entries(path, scope)
    if len(found) > TOGETHER or not all(isinstance(one, Photo) for one in found):
        raise unfit(path, "photos")
    return found


def entries(path: str, scope: Mapping[str, Any]) -> tuple[Any, ...]:
    """The list a reference leads to, empty for none; refuses anything else with VK-K007."""
    found = look_up(path, scope) or ()
    if not isinstance(found, tuple):
        raise unfit(path, "list")
    return found


def seen_at(spec: PictureSpec | None, scope: Mapping[str, Any], *, last: bool) -> Photo | None:
    """The photo a scene's picture ends or begins with, None for none or several."""
    if spec is None or spec.photos:
        return None
    return photo_at(spec.after if last else spec.before, scope) or photo_at(turn(spec.photo, scope), scope)


def said_at(source: str, scope: Mapping[str, Any], brief: Brief) -> Place | None:
    """Where in the brief the first words stand that a template's expression shows."""
    field = field_of(source, scope, brief)[1]
    return brief.at(field) if field else None


def field_of(source: str, scope: Mapping[str, Any], brief: Brief) -> tuple[str, str]:
    """The first reference of a template's expression that names words of the brief, and their field there (``sections.0.lines.1``); empty for
    none.
    """
    for path in re.findall(r"[a-z_]+(?:\.[a-z_]+)*", " ".join(re.findall(r"{{(.*?)}}", source))):
        root, _, rest = path.partition(".")
        places = dict(getattr(scope.get("item"), "places", ()))
        field = places.get(rest, f"{scope.get('each')}.{scope.get('index')}.{rest}") if root == "item" else path
        if brief.at(field) and look_up(path, scope):
            first, _, more = field.partition(".")
            return path, ".".join(filter(None, (FIRST.get(first, first), more)))
    return "", ""
