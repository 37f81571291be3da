"""The words of a post: a brief and a platform → title, body and topics inside that platform's limits.

The sentences stand in the template's ``caption/<group>.j2``, in three blocks: ``titles`` (one candidate a line, the fullest
first), ``body``, and ``topics`` (one a line). A template sees plain text, whole numbers and tuples, nothing else. No
sentence is ever cut: what does not fit gives way to a shorter candidate, and when none is left the brief is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vidkit.layout import bytecode
from vidkit.problems import Place, Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from vidkit.brief import Brief, Person, Price
    from vidkit.platform import Platform, TextLimits

_STOPS = "，。、；：！？,.;:!?… \u3000"
_ENDINGS = "！？!?…"
FEWEST_TOPICS = 3
_LONGEST_CITY = 6


@dataclass(frozen=True)
class Caption:
    """A post's words; topics without their ``#``. A platform without a title field has an empty title."""

    title: str
    body: str
    topics: tuple[str, ...]


def write(brief: Brief, platform: Platform, template_folder: Path) -> Caption:
    """The brief's caption for a platform, from the template's ``caption`` folder.

    Refuses with VK-C001 or VK-C002 when no title fits, VK-C003 when the shortest body is too long, VK-C004 when the
    template has no words for this platform, VK-C005 when they are broken.
    """
    block = _blocks(platform, template_folder / "caption")
    words = context(brief, platform)
    title = fitting_title((*block("titles", words).splitlines(), brief.title), platform.text)
    if title is None:
        raise _no_title(brief, platform)
    topics = hashtags((*brief.topics, *block("topics", words).splitlines()), platform.text.topics_max)
    full, lean = (tidy(block("body", words | {"lean": lean})) for lean in (False, True))
    chosen = fitting_body(full, lean, topics, platform.text)
    if chosen is None:
        raise _no_body(brief, platform, codepoints(lean))
    return Caption(title, *chosen)


def text(caption: Caption, platform: Platform) -> str:
    """The content of ``caption.txt``: each part under its own heading, ready to copy."""
    parts = (
        ("标题", caption.title),
        ("正文", caption.body),
        ("话题（贴在正文后面）", _joined(caption.topics)),
    )
    sections = [f"【{heading}】\n{words}\n" for heading, words in parts if words]
    return f"{platform.title_zh}\n\n" + "\n".join(sections)


# Counting -----------------------------------------------------------------------------------------------------------


def codepoints(words: str) -> int:
    """Characters after NFC; an emoji, or any character beyond the basic plane, counts two (the cautious reading)."""
    return sum(map(_weight, unicodedata.normalize("NFC", words)))


def half_width(words: str) -> int:
    """Characters as 小红书 counts a title: two ASCII letters, digits or marks make one, rounded up."""
    composed = unicodedata.normalize("NFC", words)
    return sum(_weight(c) for c in composed if not c.isascii()) + (sum(map(str.isascii, composed)) + 1) // 2


def title_length(title: str, limits: TextLimits) -> int:
    """The title's length by the platform's own rule."""
    return half_width(title) if limits.title_count == "half-width" else codepoints(title)


def _weight(character: str) -> int:
    code = ord(character)
    return 2 if code > 0xFFFF or 0x2300 <= code <= 0x27BF or 0x2B00 <= code <= 0x2BFF else 1


# Titles, bodies, topics ---------------------------------------------------------------------------------------------


def fitting_title(candidates: Iterable[str], limits: TextLimits) -> str | None:
    """The first candidate inside the limits; an empty title where there is no title field, ``None`` when none fits."""
    if not limits.title_max:
        return ""
    titles = (with_marks(_one_line(candidate), limits.title_marks) for candidate in candidates)
    within = range(limits.title_min, limits.title_max + 1)
    return next((title for title in titles if title and title_length(title, limits) in within), None)


def fitting_body(
    full: str, lean: str, topics: tuple[str, ...], limits: TextLimits
) -> tuple[str, tuple[str, ...]] | None:
    """The fullest body and topics that fit together, ``None`` when not even the lean body does.

    First topics give way down to ``FEWEST_TOPICS``, then the full body to the lean one, then the other topics.
    """
    tries = [(full, topics[:n]) for n in range(len(topics), min(len(topics), FEWEST_TOPICS) - 1, -1)]
    tries += [(lean, topics[:n]) for n in range(len(topics), -1, -1)]
    return next((pair for pair in tries if codepoints(pair[0]) + _after(pair[1], limits) <= limits.body_max), None)


def with_marks(title: str, marks: str | None) -> str:
    """The title with only the punctuation a platform allows: a full-width mark becomes its allowed twin, others a space."""
    if marks is None:
        return title
    kept = (_allowed(character, marks) for character in unicodedata.normalize("NFC", title))
    return _one_line("".join(kept))


def hashtags(words: Iterable[str], most: int) -> tuple[str, ...]:
    """At most ``most`` topics: letters and digits only, none twice, in their order."""
    first: dict[str, str] = {}
    for word in words:
        plain = "".join(c for c in unicodedata.normalize("NFC", word) if c.isalnum())
        first.setdefault(plain.casefold(), plain)
    return tuple(word for word in first.values() if word)[:most]


def city(area: str) -> str:
    """The short name of a place for a topic (贵阳市云岩区 → 贵阳); empty when none can be told apart."""
    first = re.split(r"[\s、，,·/；;]", area.strip())[0]
    before, mark, _ = first.partition("市")
    name = before if mark and len(before) > 1 else first
    return name if len(name) <= _LONGEST_CITY else ""


def tidy(body: str) -> str:
    """The text with no blanks at line ends and at most one empty line between paragraphs, none around them."""
    lines = "\n".join(line.strip() for line in body.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _allowed(character: str, marks: str) -> str:
    twin = unicodedata.normalize("NFKC", character)
    return next((c for c in (character, twin) if len(c) == 1 and (c.isalnum() or c in marks)), " ")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _no_title(brief: Brief, platform: Platform) -> Refusal:
    limits = platform.text
    count = title_length(with_marks(_one_line(brief.title), limits.title_marks), limits)
    code, limit = ("VK-C002", limits.title_min) if count < limits.title_min else ("VK-C001", limits.title_max)
    return Refusal(problem(code, brief.at("title"), platform=platform.title_zh, count=count, limit=limit))


def _no_body(brief: Brief, platform: Platform, count: int) -> Refusal:
    place = brief.at("body") or brief.at("title")
    limit = platform.text.body_max
    return Refusal(problem("VK-C003", place, platform=platform.title_zh, count=count, limit=limit, over=count - limit))


def _after(topics: tuple[str, ...], limits: TextLimits) -> int:
    """How many characters the topics take from the body's own, with the line break before them."""
    return codepoints("\n" + _joined(topics)) if topics and limits.body_includes_topics else 0


def _joined(topics: tuple[str, ...]) -> str:
    return " ".join(f"#{topic}" for topic in topics)


# What a template sees -----------------------------------------------------------------------------------------------


def context(brief: Brief, platform: Platform) -> dict[str, Any]:
    """The brief as plain text, whole numbers and tuples; what the brief lacks is an empty text."""
    title, hook = _one_line(brief.title), _one_line(brief.hook)
    return {
        "platform": platform.id,
        "title": title,
        "hook": "" if phrase(hook) == phrase(title) else hook,
        "keyword": phrase(_one_line(brief.keyword)),
        "service": phrase(_one_line(brief.service)),
        "area": phrase(_one_line(brief.area)),
        "city": city(brief.area),
        "pairs": tuple({"spot": _one_line(pair.spot), "note": phrase(_one_line(pair.note))} for pair in brief.pairs),
        "points": tuple(filter(None, map(phrase, map(_one_line, brief.points)))),
        "person": _person(brief.person) if brief.person else {},
        "price": _price(brief.price) if brief.price else {},
        "body": tidy(brief.body),
        "lean": False,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": phrase(_one_line(person.name)),
        "craft": phrase(_one_line(person.craft)),
        "years": person.years or 0,
        "quote": _one_line(person.quote),
    }


def _price(price: Price) -> dict[str, Any]:
    return {
        "item": phrase(_one_line(price.item)),
        "amount": price.amount,
        "unit": phrase(_one_line(price.unit)).removeprefix("元/").removeprefix("每"),
        "conditions": phrase(_one_line(price.conditions)),
        "starting": price.starting,
    }


def phrase(words: str) -> str:
    """The words without the stops around them, a question or exclamation mark kept: a part of a sentence."""
    return words.lstrip(_STOPS).rstrip(_STOPS.translate(_NO_ENDINGS))


def sentence(words: str) -> str:
    """The words as one sentence with one stop at its end; nothing stays nothing."""
    plain = phrase(words)
    return plain if not plain or plain[-1] in _ENDINGS or plain[-2:-1] in tuple("。！？") else f"{plain}。"


def quoted(words: str) -> str:
    """Somebody's own words between Chinese quotation marks, marks inside turned single."""
    inner = words.strip().strip('“”"「」『』').translate(_SINGLE)
    return f"“{sentence(inner)}”"


def aside(words: str) -> str:
    """The words in brackets, or after a comma when they have brackets of their own."""
    if not words:
        return ""
    return f"，{words}" if re.search(r"[（()）]", words) else f"（{words}）"


_NO_ENDINGS = str.maketrans("", "", _ENDINGS)
_SINGLE = str.maketrans({"“": "‘", "”": "’", "「": "‘", "」": "’"})


def _blocks(platform: Platform, folder: Path) -> Callable[[str, dict[str, Any]], str]:
    """A function that writes one named block of the platform group's template."""
    name = f"{platform.caption_group}.j2"
    if not (folder / name).is_file():
        place = Place(folder.as_posix())
        raise Refusal(problem("VK-C004", place, platform=platform.title_zh, group=platform.caption_group))

    def block(part: str, words: dict[str, Any]) -> str:
        try:
            template = _environment(folder).get_template(name)
            return "".join(template.blocks[part](template.new_context(words)))
        except (jinja2.TemplateError, LookupError, TypeError, ValueError, ArithmeticError) as error:
            file = folder / (getattr(error, "name", None) or name)
            place = Place(file.as_posix(), getattr(error, "lineno", None) or 0, 1)
            raise Refusal(problem("VK-C005", place, words=f"{part}: {error}")) from error

    return block


@cache
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        bytecode_cache=bytecode(),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text, not a page
    )
    environment.filters |= {"phrase": phrase, "sentence": sentence, "quoted": quoted, "aside": aside}
    return environment
