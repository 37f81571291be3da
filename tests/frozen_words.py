"""The frozen list of lines (``tests/words``) and what the rules find in each of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from made_up import Ask
from made_up import script as made_up

from vidkit.rules import lint
from vidkit.rules.finding import Said

if TYPE_CHECKING:
    from vidkit.plan import Script
    from vidkit.rules.finding import Finding

FOLDER = Path(__file__).parent / "words"
SECOND = FOLDER / "second"
HEARD = FOLDER / "heard"
THIRD = FOLDER / "third"
BRANDS = {"public-interest": "tongxing"}
PLATFORMS = {"wechat-official": "official-account", "wechat-moments": "moments"}
"""The list's names of platforms, where ours are others."""
WEIGHT = {"clean": 0, "evidence": 1, "caution": 2, "ban": 3}


@dataclass(frozen=True)
class Line:
    """A line of the list: its file, its text, what the post is for, where it goes, what a careful reader expects."""

    file: str
    text: str
    mode: str
    expect: str
    platform: str = "douyin"
    why: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.mode}:{self.platform}:{self.text}"


@cache
def lines(folder: Path = FOLDER) -> tuple[Line, ...]:
    """Every line of a folder, file by file; one without a platform is meant for any, so for the strictest."""
    return tuple(
        Line(file.stem, **row)
        for file in sorted(folder.glob("*.yaml"))
        for row in yaml.safe_load(file.read_text(encoding="utf-8"))["lines"]
    )


@cache
def _script(mode: str) -> Script:
    return made_up(Ask("steps", BRANDS.get(mode, "linli")))


def found(text: str, mode: str, platform: str = "douyin") -> tuple[Finding, ...]:
    """What the rules find in a text as the words of a post."""
    made = _script(mode)
    where = PLATFORMS.get(platform, platform)
    brief = made.brief.model_copy(update={"mode": mode, "platforms": (where,), "body": text})
    said = Said(text, "body")
    return tuple(one for one in lint.examine(replace(made, brief=brief), (), (said,)) if one.said.text == text)


def level(findings: tuple[Finding, ...]) -> str:
    """The highest level of some findings; ``clean`` for none."""
    return max((one.level for one in findings), key=WEIGHT.__getitem__, default="clean")
