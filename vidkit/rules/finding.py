"""The values of the check of a post: what is said and where, what rules look at, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from vidkit.briefs.mode import Mode
    from vidkit.kits.platform import Platform
    from vidkit.plan import Plan, Script
    from vidkit.problems import Place

Level = Literal["ban", "caution", "evidence"]
"""``ban``: the law or the platform's rules are plain; ``caution``: look again; ``evidence``: only with proof."""


@dataclass(frozen=True)
class Said:
    """One text that will be seen, read or posted.

    ``where`` is the dotted path of the brief's field (``sections.0.lines.1``), or what shows the text (``clip``, ``cover-3x4``, ``caption.txt``) when
    no field of the brief holds it; ``place`` is where a person can change it. ``platform`` is the only platform it goes to, empty for all.
    ``quoted`` are a person's own words: a worker's quote, a customer's review.
    """

    text: str
    where: str
    place: Place | None = None
    platform: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class Finding:
    """What a rule found: the words as they are typed, the law or rule with its article, why, and what to write instead; texts as
    (Chinese, English).
    """

    rule: str
    level: Level
    words: str
    said: Said
    law: tuple[str, str]
    why: tuple[str, str]
    rewrite: tuple[str, str] = ("", "")

    def as_data(self) -> dict[str, Any]:
        """The finding as plain data for JSON."""
        place = self.said.place
        told = {"law": self.law, "why": self.why, "rewrite": self.rewrite}
        return {
            "rule": self.rule,
            "level": self.level,
            "words": self.words,
            "where": self.said.where,
            "platform": self.said.platform or None,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            **{name: {"zh": zh, "en": en} for name, (zh, en) in told.items()},
        }


@dataclass(frozen=True, eq=False)
class Case:
    """What rules look at: a script, what its post is for, the platforms it goes to, everything said, the day (2026-11-26; empty: what
    depends on it is not judged), and the clips planned.
    """

    script: Script
    mode: Mode
    platforms: tuple[Platform, ...]
    said: tuple[Said, ...]
    today: str = ""
    plans: tuple[Plan, ...] = ()
