"""stub"""
from __future__ import annotations
from dataclasses import dataclass
from vidkit.problems import Place, Problem


@dataclass(frozen=True)
class Scan:
    shown: str
    text: str
    problems: tuple[Problem, ...] = ()
    mended: bool = True

    def place(self, line: int, column: int) -> Place:
        return Place(self.shown, line + 1, column + 1)


def scan(text: str, shown: str, words: frozenset[str]) -> Scan:
    return Scan(shown, text)

BLANKS = " \t\n\r\u3000\u00a0"
def hidden(text):
    return iter(())
def code_point(c): return f"U+{ord(c):04X}"
