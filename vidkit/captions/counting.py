"""A post's words and a platform's limits → what fits: titles, bodies and topics counted the way that platform counts.

No sentence is ever cut: what does not fit gives way to a shorter candidate, and ``None`` says that none is short enough.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from vidkit.briefs import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vidkit.kits.platform import TextLimits

FEWEST_TOPICS = 3
LONGEST_TOPIC = 8
"""Characters of the longest topic that is made of a brief's words: a longer one is a sentence that nobody looks for."""
ASIDE = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
"""What stands in brackets."""


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


def folded(title: str, limits: TextLimits) -> bool:
    """Whether the end of a title is hidden where the platform shows only its first characters."""
    return bool(limits.fold_at) and title_length(title, limits) > limits.fold_at


def body_max(limits: TextLimits) -> int:
    """The most characters of a post's text: of its digest where the text itself is an article."""
    return limits.digest_max or limits.body_max


def fitting_titles(candidates: Iterable[str], limits: TextLimits) -> tuple[str, ...]:
    """The candidates inside the limits, with the marks they may have, in their order, none twice."""
    titles = (with_marks(one_line(candidate), limits.title_marks) for candidate in candidates)
    within = range(limits.title_min, limits.title_max + 1)
    return tuple(dict.fromkeys(title for title in titles if title and title_length(title, limits) in within))


def fitting_body(
    bodies: Iterable[str], topics: tuple[str, ...], limits: TextLimits
) -> tuple[str, tuple[str, ...]] | None:
    """The fullest body and topics that fit together, ``None`` when not even the leanest body does; ``bodies`` from full to lean, none of which
    is asked for before it is its turn.

    First topics give way down to ``FEWEST_TOPICS``, then the body to the next leaner one, then the other topics.
    """
    few, most, body, count = min(len(topics), FEWEST_TOPICS), body_max(limits), "", 0
    for body in bodies:
        count = codepoints(body)
        for n in range(len(topics), few - 1, -1):
            if count + _after(topics[:n], limits) <= most:
                return body, topics[:n]
    fewer = (topics[:n] for n in range(few, -1, -1))
    return next(((body, kept) for kept in fewer if count + _after(kept, limits) <= most), None)


def first_within(candidates: Iterable[str], most: int) -> str:
    """The first text of at most ``most`` characters (0: any length), the last one when none is so short."""
    texts = [text for text in candidates if text]
    return next((text for text in texts if not most or codepoints(text) <= most), texts[-1] if texts else "")


def with_marks(title: str, marks: str | None) -> str:
    """The title with only the punctuation a platform allows: a full-width mark becomes its allowed twin, others a space; emoji go as
    in what is drawn.
    """
    if marks is None:
        return title
    kept = (_allowed(character, marks) for character in unicodedata.normalize("NFC", cleaned.drawable(title)))
    return one_line("".join(kept))


def hashtags(words: Iterable[str], most: int, *, kept: Iterable[str] = ()) -> tuple[str, ...]:
    """At most ``most`` topics: letters and digits only, without what stands in brackets, none twice, in their order; none is longer than
    ``LONGEST_TOPIC`` or another turned round (整理收纳, 收纳整理) but those that are ``kept``.
    """
    own = set(map(_topic, kept))
    first: dict[str, str] = {}
    seen: set[str] = set()
    for topic in map(_topic, words):
        turned = "".join(sorted(topic.casefold()))
        if topic in own or (len(topic) <= LONGEST_TOPIC and turned not in seen):
            first.setdefault(topic.casefold(), topic)
            seen.add(turned)
    return tuple(topic for topic in first.values() if topic)[:most]


def bare(words: str) -> str:
    """The words without what stands in brackets."""
    return ASIDE.sub("", words).strip()


def _topic(words: str) -> str:
    """Some words as a topic."""
    return "".join(c for c in bare(unicodedata.normalize("NFC", words)) if c.isalnum())


def joined(topics: Iterable[str]) -> str:
    """Topics as they are pasted below a body."""
    return " ".join(f"#{topic}" for topic in topics)


def one_line(words: str) -> str:
    """The words in one line, single spaces between them."""
    return " ".join(words.split())


def _weight(character: str) -> int:
    code = ord(character)
    return 2 if code > 0xFFFF or 0x2300 <= code <= 0x27BF or 0x2B00 <= code <= 0x2BFF else 1


def _allowed(character: str, marks: str) -> str:
    twin = unicodedata.normalize("NFKC", character)
    return next((c for c in (character, twin) if len(c) == 1 and (c.isalnum() or c in marks)), " ")


def _after(topics: tuple[str, ...], limits: TextLimits) -> int:
    """How many characters the topics take from the body's own, with the line break before them."""
    return codepoints("\n" + joined(topics)) if topics and limits.body_includes_topics else 0
