"""What went wrong, where, and what to do: problem codes → one message in the reader's language.

The words live in ``vidkit/messages/*.yaml``: ``CODE: {exit, level, sample, zh, zh_hint, zh_cell, en, en_hint, en_cell}``; ``{name}`` in a text
is filled from the problem's values, a ``cell`` is the hint for what stands in a table, and what is ``sample`` says besides that what is made
carries the plate of a sample. A code's ``exit`` is the program's exit code when that problem stops the work:
2 brief or command line · 3 a media file · 4 a template or font · 5 the machine · 6 some of a batch failed ·
7 another run holds the lock · 70 our bug.
"""

from __future__ import annotations

import locale
import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from vidkit.tables import mapping, table

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What repaints a terminal, turns its letters round or is no letter at all: every control and direction character but the tab and the line's end."""
Language = Literal["zh", "en"]
Level = Literal["error", "warning"]
ExitCode = int


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; line and column count from 1 (0 means the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        file = printable(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file

    @property
    def in_table(self) -> bool:
        """Whether the file is a table by its name."""
        return self.file.lower().endswith(tuple(table("rows")["endings"]))


@dataclass(frozen=True)
class Problem:
    """One thing a person must know: a place, a code of the message table, and the values its text names; ``parts`` are the problems it tells
    as one, which programs still read each for itself.
    """

    code: str
    place: Place | None = None
    values: tuple[tuple[str, str], ...] = ()
    parts: tuple[Problem, ...] = ()

    @property
    def each(self) -> tuple[Problem, ...]:
        """The problems it tells as one, else itself."""
        return self.parts or (self,)

    @property
    def level(self) -> Level:
        """Whether this stops the work."""
        return "warning" if entry(self.code).get("level") == "warning" else "error"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code when this problem stops the work."""
        return int(entry(self.code)["exit"])

    @property
    def sample(self) -> bool:
        """Whether what is made carries the plate of a sample because of it: a consent is lacking, and it is not to be posted."""
        return bool(entry(self.code).get("sample"))

    def message(self, language: Language) -> str:
        """What is wrong and what that brings, one sentence."""
        return self.cause(language) + (table("cli")["consent-tail"][language] if self.sample else "")

    def cause(self, language: Language) -> str:
        """What is wrong, without its consequence for what is made."""
        return _fill(entry(self.code)[language], self.values)

    def hint(self, language: Language) -> str:
        """What to do about it, one sentence, or an empty string."""
        said = entry(self.code)
        usual = said.get(f"{language}_hint", "")
        return _fill(said.get(f"{language}_cell", usual) if self.place and self.place.in_table else usual, self.values)


class Refusal(Exception):  # noqa: N818  # not an error of the program: it declines the work and says why
    """Raised by a pass that cannot go on; carries every problem found so far."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = in_order(problems)

    @property
    def exit_code(self) -> ExitCode:
        """The first error's exit code."""
        return next((p.exit_code for p in self.problems if p.level == "error"), 2)

    def __str__(self) -> str:
        return "\n".join(show(problem, "en") for problem in self.problems)


def problem(code: str, place: Place | None = None, **values: object) -> Problem:
    """A problem whose values are given by name."""
    return Problem(code, place, tuple(sorted((name, printable(str(value))) for name, value in values.items())))


def in_order(problems: tuple[Problem, ...] | list[Problem]) -> tuple[Problem, ...]:
    """The problems without repeats, by file, line and column; those without a place come last."""
    end = Place("\U0010ffff")
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place or end, p.code)))


def show(item: Problem, language: Language) -> str:
    """The problem as people read it: place, level, code, message; the hint on a line of its own."""
    level = {"zh": {"error": "错误", "warning": "注意"}, "en": {"error": "error", "warning": "warning"}}[language][
        item.level
    ]
    head = f"{item.place}: {level} {item.code}: " if item.place else f"{level} {item.code}: "
    hint = item.hint(language)
    label = "  建议: " if language == "zh" else "  hint: "
    return head + item.message(language) + (f"\n{label}{hint}" if hint else "")


def as_json(item: Problem, language: Language) -> dict[str, Any]:
    """The problem as a program reads it."""
    place = item.place
    return {
        "code": item.code,
        "level": item.level,
        "exit": item.exit_code,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": item.message(language),
        "hint": item.hint(language),
    }


def spoken_language() -> Language:
    """Chinese unless ``VIDKIT_LANG`` or the locale says otherwise, or what is printed to has no Chinese letters."""
    asked = os.environ.get("VIDKIT_LANG", "").lower()
    if asked:
        return "en" if asked.startswith("en") else "zh"
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or _locale()
    return "en" if named.lower().startswith("en") or not _shows_chinese() else "zh"


def _shows_chinese() -> bool:
    """Whether Chinese can be printed: a system of another language may print in letters that have none, and would show question marks."""
    try:
        "中".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _locale() -> str:
    """The locale's language and country; empty where Python cannot tell, or not make it out."""
    try:
        return locale.getlocale()[0] or ""
    except ValueError:
        return ""


def printable(text: str) -> str:
    """A name or a value as it stands in a line: ``harmless``, its tabs and line ends as escapes, too."""
    return harmless(text).replace("\t", "\\t").replace("\n", "\\n")


def harmless(text: str) -> str:
    """A text whose ``CONTROLS``, which names of files may hold, are shown as escapes; other letters, emoji and spaces stay."""
    return CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def entry(code: str) -> dict[str, Any]:
    """The message table's entry for a code; an unknown code is a bug and raises KeyError."""
    return messages()[code]


@cache
def messages() -> dict[str, dict[str, Any]]:
    """Every entry of ``vidkit/messages/*.yaml``; a code may stand in one file only."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(resources.files("vidkit").joinpath("messages").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            entries = mapping(file.read_text(encoding="utf-8"))
            assert not set(entries) & set(found), file.name
            found |= entries
    return found


def _fill(text: str, values: tuple[tuple[str, str], ...]) -> str:
    said = dict(values)
    return re.sub(r"\{(\w+)\}", lambda found: said.get(found[1], found[0]), text)
