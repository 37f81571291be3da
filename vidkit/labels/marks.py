"""Which marks a clip and its pictures carry: a sample without consent, made by AI, an advertisement; what they say, how large, how long.

All words and numbers are data (``data/marks.yaml``). None of these marks can be switched off: they follow from what is in the brief.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from vidkit.briefs.mode import mode
from vidkit.labels import aigc
from vidkit.people import consent
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.brief import Brief
    from vidkit.kits.platform import Platform
    from vidkit.labels.aigc import Part
    from vidkit.plan import Script

Kind = Literal["sample", "ai", "ad"]


@dataclass(frozen=True)
class Mark:
    """A mark by its kind, what it says, and for how many seconds from the first frame on (0: to the last frame)."""

    kind: Kind
    words: str
    seconds: float = 0.0


def said(path: str) -> Any:
    """A value of ``data/marks.yaml`` by its dotted path."""
    found: Any = table("marks")
    for step in path.split("."):
        found = found[step]
    return found["value"]


def of(script: Script, where: Platform, *parts: Part) -> tuple[Mark, ...]:
    """The marks of a script's clip on a platform; ``parts`` are what vidkit itself made that may be by AI."""
    made = aigc.made_by_ai(script, *parts)
    return (*_sample(script, (where,)), *ai_label(made), *_ad(script))


def on_picture(
    script: Script, platforms: Iterable[Platform], shown: Iterable[str], *, linked: bool = False
) -> tuple[Mark, ...]:
    """The marks of a still picture that shows some prints (by name) and may be posted on any of the platforms; ``linked`` where the post's
    purchase link goes with it.
    """
    made = frozenset({"pictures"} if aigc.pictured_by_ai(script, shown) else ())
    return (*_sample(script, platforms), *ai_label(made), *(_ad(script) if linked else ()))


def ai_label(made: frozenset[str]) -> tuple[Mark, ...]:
    """The label of a clip of which ``made`` was made by AI: for the whole clip where pictures were, some seconds where only voice or words were."""
    if "pictures" in made:
        return (Mark("ai", said("wording.pictures")),)
    one = {frozenset({"voice"}): "voice", frozenset({"words"}): "clip_words"}.get(made, "pictures")
    return (Mark("ai", said(f"wording.{one}"), said("ai_label.seconds")),) if made else ()


def declaration(script: Script, where: Platform) -> tuple[str, ...]:
    """What is to be declared on a platform's own page when posting, in the platform's words: nothing where nothing was made by AI."""
    asked = said("declare")
    return tuple(words for words in where.declare if words in asked) if aigc.made_by_ai(script) else ()


def in_words(brief: Brief) -> str:
    """The line a post's words end with when AI helped to write them, otherwise nothing."""
    return str(said("wording.words")) if "words" in brief.made_by_ai else ""


def _sample(script: Script, platforms: Iterable[Platform]) -> Iterator[Mark]:
    """The plate of a post that lacks somebody's consent on any of the platforms."""
    if any(_lacking(script, where) for where in platforms):
        yield Mark("sample", said("wording.sample"))


@lru_cache(maxsize=32)
def _lacking(script: Script, where: Platform) -> bool:
    """Whether a post lacks somebody's consent on a platform: every one of its stills asks, and is told the same."""
    return bool(consent.lacking(script, where))


def _ad(script: Script) -> Iterator[Mark]:
    """The word an advertisement with a purchase link has to carry, and any other if the brief wants it."""
    brief = script.brief
    if (brief.link or brief.mark_ad) and mode(brief, script.template, script.brand) == "ad":
        yield Mark("ad", said("wording.ad"))
