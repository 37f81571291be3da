"""The rules as a page for people: each rule's docstring, the kinds of post it holds for, its levels, its words, the law and where that was read."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit.rules import lint, packs  # the rules register themselves through lint
from vidkit.rules.registry import RULES
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.rules.registry import Rule

LEVELS = {
    "ban": ("不能写", "may not stand"),
    "caution": ("再想一想", "look again"),
    "evidence": ("要有凭据", "needs proof"),
}
MODES = {
    "ad": ("广告", "ad"),
    "story": ("故事", "story"),
    "public-interest": ("公益", "public interest"),
    "recruit": ("招人", "recruiting"),
}
HEAD = """\
# 规则 · Rules

`vidkit check` 和 `vidkit make` 按这些规则把要发出去的每个字看一遍：清单、模板、海报、封面、文案、话题、文件名。**这是帮忙看一遍，不是法律意见**；
拿不准的，问问懂的人。

Every text that will be seen or posted is checked against these rules. **This is help, not legal advice.**

这一页由程序写成（`vidkit/rules/docs.py`），照着规则自己的说明和 `vidkit/data/rules/` 里的数据；改了规则，运行 `VIDKIT_UPDATE=1 pytest tests/test_rules.py`。
This page is written by the program from the rules' own docstrings and data.

| 轻重 level | 记号 code | 意思 meaning |
|---|---|---|
| 不能写 ban | `VK-W001` | 法律或者平台写得明白，停下来 · the law or the platform is plain: the work stops |
| 再想一想 caution | `VK-W002` | 多半不合适，看一眼 · probably not well said: look again |
| 要有凭据 evidence | `VK-W004` | 有证据才能说 · only with proof |

把握 confidence：A 官方文件 official text · B 转载或公开工具 reprint or public tool · C 常识，没查到文件 general knowledge · X 自己定的 our own measure
"""


class Basis(NamedTuple):
    """Something a rule finds: its level, what it looks for, why that is wrong, what to write, the law, and where that was read."""

    level: str
    words: str
    why: str
    rewrite: str
    law: str
    source: str
    checked_on: str
    confidence: str


class Card(NamedTuple):
    """A rule as people read it: its name and what it looks at in Chinese, its docstring, the kinds of post it holds for, what it rests on."""

    name: str
    zh: str
    says: str
    documented: str
    modes: tuple[str, ...]
    bases: tuple[Basis, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """Its levels, the heaviest first."""
        return tuple(level for level in lint.CODES if any(one.level == level for one in self.bases))

    @property
    def checked_on(self) -> str:
        """The oldest day (2026-11-22) on which something it rests on was read."""
        return min((one.checked_on for one in self.bases), default="")


@cache
def cards() -> tuple[Card, ...]:
    """Every rule that is registered, in the order of ``data/rules/names.yaml``."""
    order = tuple(table("rules/names"))
    known = sorted(RULES.values(), key=lambda one: order.index(one.name) if one.name in order else len(order))
    return tuple(map(_card, known))


def _card(one: Rule) -> Card:
    named = table("rules/names").get(one.name, {})
    documented = " ".join((inspect.getdoc(one.check) or "").split())
    bases = tuple(_rows(one.name) if one.name in packs.PACKS else _reasons(one.name))
    return Card(one.name, named.get("zh", ""), named.get("says", ""), documented, one.modes, bases)


def _rows(name: str) -> Iterator[Basis]:
    """What the rows of a list of words rest on."""
    lists = (name, "platforms") if name == "diversion" else (name,)
    for row in (row for one in lists for row in packs.pack(one).rows):
        said = row.said
        law = table("rules/bases")[said.law]
        words = "、".join(said.words)
        count = len(said.patterns)
        shapes = f"{count} 种说法" if count else ""
        looked_for = "；".join(filter(None, (words, shapes)))
        yield Basis(row.level, looked_for, _bare(said.why), _bare(said.rewrite), law["zh"], *_origin(law))


def _reasons(name: str) -> Iterator[Basis]:
    """What the reasons of a rule on facts rest on."""
    for reason, row in table("rules/reasons").items():
        if reason.partition(".")[0] == name:
            law = table("rules/law")[row["law"]]
            yield Basis(row["level"], "", _bare(row["why"]), _bare(row["rewrite"]), law["zh"], *_origin(law))


def _bare(words: str) -> str:
    """A sentence with dots where a finding names something."""
    return re.sub(r"\{\w+\}", "……", words).replace("{{", "{").replace("}}", "}")


def _origin(law: dict[str, Any]) -> tuple[str, str, str]:
    return law["source"], law["checked_on"].isoformat(), law["confidence"]


# The page


def page() -> str:
    """``docs/rules.md``."""
    return "\n".join((HEAD, *_contents(), *(line for one in cards() for line in _section(one)), *_sources())) + "\n"


def _contents() -> Iterator[str]:
    yield "| 规则 rule | 看什么 | 轻重 | 用在 |"
    yield "|---|---|---|---|"
    for one in cards():
        levels = "、".join(LEVELS[level][0] for level in one.levels)
        yield f"| [{one.zh} `{one.name}`](#{_anchor(one)}) | {one.says} | {levels} | {_modes(one)} |"
    yield ""


def _anchor(one: Card) -> str:
    return f"{one.zh.replace(' ', '-')}-{one.name}".lower()


def _modes(one: Card) -> str:
    every = len(one.modes) == len(MODES)
    return "都用" if every else "、".join(MODES[mode][0] for mode in one.modes)


def _section(one: Card) -> Iterator[str]:
    yield f"## {one.zh} `{one.name}`"
    yield ""
    yield f"{one.says}。用在：{_modes(one)}。"
    yield ""
    yield one.documented
    yield ""
    wordy = any(basis.words for basis in one.bases)
    yield "| 轻重 | 词 | 为什么 | 怎么改 | 依据 |" if wordy else "| 轻重 | 为什么 | 怎么改 | 依据 |"
    yield "|---|---|---|---|---|" if wordy else "|---|---|---|---|"
    for basis in one.bases:
        words = f"{_cell(basis.words)} | " if wordy else ""
        yield f"| {LEVELS[basis.level][0]} | {words}{_cell(basis.why)} | {_cell(basis.rewrite)} | {_cell(basis.law)} |"
    yield ""


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def _sources() -> Iterator[str]:
    """Every law once, with where and when it was read."""
    yield "## 依据从哪里来 · Sources"
    yield ""
    yield "| 依据 | 从哪里来 | 哪天看的 | 把握 |"
    yield "|---|---|---|---|"
    known = {(b.law, b.source, b.checked_on, b.confidence) for one in cards() for b in one.bases}
    for law, source, checked_on, confidence in sorted(known):
        yield f"| {_cell(law)} | {_cell(source)} | {checked_on} | {confidence} |"
