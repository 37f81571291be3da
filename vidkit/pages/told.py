"""What some posters tell besides: steps or chapters in a row, jobs, two women who learnt from each other, facts with a label."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from vidkit import layout, text
from vidkit.briefs import days
from vidkit.pages import page
from vidkit.pages.drawings import draws, laid, level
from vidkit.pages.headline import ends, known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.brief import Brief
    from vidkit.layout import Drawing
    from vidkit.pages.drawings import Ask
    from vidkit.pages.page import Desk
    from vidkit.text import Block

STARS = 5
USUAL = 60
"""A review of so many characters is set in the slot's largest letters."""
READ = 44
"""Smaller letters of a customer's words, px, are hardly read on a telephone."""
CHIP = 1.3
"""A chip's padding on both sides together, in letters."""
BETWEEN = 20
"""Room between two chips, px."""


@draws("poster-steps")
def steps(ask: Ask) -> Drawing | None:
    """The sections' titles as numbered chips in as many rows as they need (with their times instead of numbers, if they have such)."""
    sections = ask.brief.sections
    if not sections:
        return None
    part = "poster-steps"
    titles = level(ask, part, "text", [(one.title, f"sections.{i}.title") for i, one in enumerate(sections)])
    size = titles[0].size
    marks = [
        laid(ask, part, "mark", one.time or str(i + 1), f"sections.{i}.time", sizes=(size, size))
        for i, one in enumerate(sections)
    ]
    chips = [{"mark": m, "text": t, "width": _width(m, t)} for m, t in zip(marks, titles, strict=True)]
    rows = rowed(chips, ask.room)
    return page.drawing(
        ask.desk, part, ask.room, ask.scale, rows=rows, gap=BETWEEN, times=any(s.time for s in sections)
    )


def _width(mark: Block, text: Block) -> float:
    """A step's px: its mark in a round ground, its title, the padding."""
    return max(mark.width + mark.size * 0.7, mark.size * 1.5) + text.size * 0.4 + text.width + text.size * 0.6


def rowed(chips: Sequence[dict[str, object]], room: float) -> list[list[dict[str, object]]]:
    """Chips (with a width in px) in rows of a room, as evenly as they go."""
    least = len(_filled(chips, room))
    widths = sorted({float(str(chip["width"])) for chip in chips} | {room * step / 40 for step in range(8, 41)})
    narrow = next((width for width in widths if width <= room and len(_filled(chips, width)) <= least), room)
    return _filled(chips, narrow if least > 1 else room)


def _filled(chips: Sequence[dict[str, object]], room: float) -> list[list[dict[str, object]]]:
    rows: list[list[dict[str, object]]] = [[]]
    left = room
    for chip in chips:
        width = float(str(chip["width"]))
        if rows[-1] and width > left:
            rows.append([])
            left = room
        rows[-1].append(chip)
        left -= width + BETWEEN
    return rows


@draws("poster-jobs")
def jobs(ask: Ask) -> Drawing | None:
    """The kinds of work in filled chips; None without any."""
    if not ask.brief.jobs:
        return None
    part = "poster-jobs"
    set_in = level(ask, part, "text", [(words, f"jobs.{i}") for i, words in enumerate(ask.brief.jobs)])
    chips = [{"text": block, "width": block.width + block.size * CHIP} for block in set_in]
    return page.drawing(ask.desk, part, ask.room, ask.scale, rows=rowed(chips, ask.room), gap=BETWEEN)


@draws("poster-facts")
def facts(ask: Ask) -> Drawing | None:
    """Facts with their labels below each other: problem and result, training and how to come, until when prices hold."""
    said = [(label, words, path) for label, words, path in _facts(ask)]
    if not said:
        return None
    part = "poster-facts"
    labels = level(ask, part, "label", [(label, path) for label, _, path in said])
    left = max(block.width for block in labels) + labels[0].size * 1.5
    texts = level(ask, part, "text", [(words, path) for _, words, path in said], room=ask.room - left)
    rows = [{"label": label, "text": text} for label, text in zip(labels, texts, strict=True)]
    return page.drawing(ask.desk, part, ask.room, ask.scale, rows=rows, left=left)


def _facts(ask: Ask) -> Iterator[tuple[str, str, str]]:
    says = ask.desk.pages.says
    for field in ("problem", "result", "training", "join"):
        if getattr(ask.brief, field):
            yield says[field], getattr(ask.brief, field), field


@draws("poster-terms")
def terms(ask: Ask) -> Drawing | None:
    """What the law wants said beside what is said: what is given away, promises with their conditions, what the poster's figures rest on."""
    said = tuple(_terms(ask))
    if not said:
        return None
    part = "poster-terms"
    labels = level(ask, part, "label", [(label, path) for label, _, path in said])
    left = max(block.width for block in labels) + labels[0].size * 1.5
    texts = level(ask, part, "text", [(words, path) for _, words, path in said], room=ask.room - left)
    rows = [{"label": label, "text": text} for label, text in zip(labels, texts, strict=True)]
    return page.drawing(ask.desk, "poster-facts", ask.room, ask.scale, rows=rows, left=left)


def _terms(ask: Ask) -> Iterator[tuple[str, str, str]]:
    brief, says = ask.brief, ask.desk.pages.says
    if brief.gift:
        yield says["gift"], brief.gift.said, "gift"
    yield from ((says["promise"], one.said, f"promises.{i}") for i, one in enumerate(brief.promises))
    gone = "poster-reasons" in ask.spared and not ask.code  # beside a code some stay
    reasons = () if gone else (*brief.points, *(one.note for one in brief.pairs))
    shown = "".join("".join(words.split()) for words in (brief.title, *reasons))
    for i, one in enumerate(brief.evidence):
        if "".join(one.claim.split()) in shown:
            yield says["evidence"], one.said, f"evidence.{i}"


@draws("poster-review")
def review(ask: Ask) -> Drawing | None:
    """The customer's own words, none left out, under their stars, with platform, day and masked name; None without a review."""
    said = ask.brief.review
    if not said:
        return None
    part = "poster-review"
    sayable = all(where.sayable(said.platform) for where in ask.platforms)
    named = said.platform if sayable else ask.desk.pages.says["review"]
    source = " · ".join(filter(None, (said.name, named, days.spelt(said.date))))
    blocks = {
        "text": flowed(ask, _words(ask.brief)),
        "by": laid(ask, part, "by", source, "review.platform"),
    }
    return page.drawing(ask.desk, part, ask.room, ask.scale, t=blocks, stars=said.stars or 0, of=STARS)


def flowed(ask: Ask, words: str) -> Block:
    """A long text in as many lines as it needs, every mark kept (one may hang over the edge): a customer's words are shown as written. The
    longer they are, the smaller their letters, down to the floor; refuses a character no font has (VK-T002).
    """
    rule = ask.desk.pages.parts["poster-review"].slots["text"]
    if text.missing(words):
        laid(ask, "poster-review", "text", words, "review.text")
    font, room = layout.font(ask.desk.brand, rule), ask.room - rule.inset
    size = _letters(ask.desk, words, ask.scale)
    cuts = text.flow(words, font, size, room, ends(words, known(ask.desk, ask.brief)))
    lines = tuple(text.line_of(words[a:b].strip(), font, size) for a, b in pairwise((0, *cuts)))
    return text.Block(lines, size, round(size * rule.spacing), round(0.88 * size))


def _letters(desk: Desk, words: str, scale: float) -> int:
    """The size of a long text's letters, px."""
    largest, floor = desk.pages.parts["poster-review"].slots["text"].sizes
    return max(floor, round(largest * scale * min(1.0, math.sqrt(USUAL / len(words))) / 2) * 2)


def small(desk: Desk, brief: Brief, scale: float) -> bool:
    """Whether posters show a customer's words in letters that are hardly read on a phone."""
    shown = brief.review and "poster-review" in desk.pages.poster.body
    return bool(shown) and _letters(desk, _words(brief), scale) < READ


def _words(brief: Brief) -> str:
    """A review as it is shown."""
    said = brief.review.text if brief.review else ""
    return "".join(said.split()) if _chinese(said) else text.plain(said)


def _chinese(words: str) -> bool:
    return not any(character.isascii() and character.isalpha() for character in words)
