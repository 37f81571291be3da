"""The words of a brief → phrases short enough for a subtitle, with the syllables they take to say and the pause that may follow each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vidkit import text
from vidkit.boards import joints
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

STOPS: Final = "。！？!?…."
COMMAS: Final = "，；：,;:—"
LIGHT: Final = "、 /·"
CLOSING: Final = "”’」』）)》】\"'"
BESIDE_DIGITS: Final = ",:.：/"
"""Marks that are part of a number when digits stand on both sides of them."""
ONE_MORE: Final = 0.3  # what a further part must be worth
TOO_SHORT: Final = 3  # characters; such a clause is shown with its neighbour
BEGINS: Final = re.compile("[说讲](?:[我你您她他]|[我你她他咱]们)$|每[次回天晚年]$")
"""Of what is said next, only who it is of or how often stands there (说你｜要是走了, 每次｜都要拆下来)."""
OFTEN: Final = re.compile("(?:[我你您她他]|[我你她他咱]们)(?=每[次回天晚年])")
"""Somebody of whom is said how often she does something: with her that begins (滤网｜我每次都要拆下来)."""
DATE: Final = re.compile(r"(?:[0-9]{2,4}年)?[0-9]{1,2}月[0-9]{1,2}[号日]|[0-9]{2,4}年[0-9]{1,2}月")
"""A day, which nobody tears (2019年9月1号)."""
UNEVEN: Final = 0.6
"""What it costs when a part is twice as long as the others."""
TORN: Final = 1.5
"""What it costs to end inside a phrase, before what leans on the word before, or after what belongs to what follows."""
UNRESTED: Final = 0.4
"""What it costs to end between phrases where nobody rests; where somebody surely rests it costs nothing."""
OWNED, BEGUN = 0.8, 0.8
"""What it costs besides between a 的 and its noun, and behind the first word or two of what is said next (久我｜都用, 我每次｜都要)."""
MELTED: Final = 0.4
"""Syllables of a 儿 that most people melt into the one before it, and some say by itself."""
WITH_CHILD: Final = frozenset("子童女媳歌科")
BEFORE_CHILD: Final = frozenset("女幼婴孤少胎小")


@dataclass(frozen=True)
class Unit:
    """Words said in one go: where they stand in the plain text, their syllables, and how strong a pause may follow.

    ``pause``: 0 none is written, 1 a light mark, 2 a comma, 3 the sentence's end.
    """

    start: int
    end: int
    syllables: float
    pause: int


@dataclass(frozen=True)
class Phrase:
    """What one subtitle says, the units it is said in, and the marks ``after`` it that are not shown at its end."""

    text: str
    units: tuple[Unit, ...]
    after: str = ""

    @property
    def syllables(self) -> float:
        """Syllables of the whole phrase."""
        return sum(unit.syllables for unit in self.units)


def phrases(words: str) -> tuple[Phrase, ...]:
    """The words as subtitles of at most ``max_characters``, none of them said in nothing; no words, no phrases."""
    plain, most = text.plain(words), int(table("voice")["subtitles"]["max_characters"])
    made: list[Phrase] = []
    for group in _grouped(plain, most):
        units = tuple(_unit(plain, start, end) for start, end in group)
        whole = plain[group[0][0] : group[-1][1]]
        said = _shown(whole)
        if said and sum(unit.syllables for unit in units):
            made.append(Phrase(said, units, whole[whole.index(said) + len(said) :]))
    return tuple(made)


def _shown(part: str) -> str:
    """A subtitle's words: nothing but a question, an exclamation or a pause of thought is marked at its end."""
    return part.strip(text.DROPPED + "：: ").removesuffix(".")


def _unit(plain: str, start: int, end: int) -> Unit:
    return Unit(start, end, syllables(plain[start:end]), _pause(plain[start:end]))


def _pause(part: str) -> int:
    marks = part.rstrip(CLOSING + " ")[-1:] or " "
    return 3 if marks in STOPS else 2 if marks in COMMAS else 1 if marks in LIGHT or part[-1:] == " " else 0


def _grouped(plain: str, most: int) -> list[list[tuple[int, int]]]:
    """Parts of the text, put together where one is too short to be read on its own."""
    groups: list[list[tuple[int, int]]] = []
    for start, end in pairwise(_cuts(plain, most)):
        last = groups[-1] if groups else []
        short = bool(last) and min(_length(plain, last[0][0], last[-1][1]), _length(plain, start, end)) <= TOO_SHORT
        fits = bool(last) and _length(plain, last[0][0], end) <= most
        if short and fits and _pause(plain[last[-1][0] : last[-1][1]]) < 3:
            last.append((start, end))
        else:
            groups.append([(start, end)])
    return groups


def _length(plain: str, start: int, end: int) -> int:
    return len(_shown(plain[start:end]))


def _cuts(plain: str, most: int) -> list[int]:
    """Where one subtitle may end: after marks; in clauses too long for one, between phrases, as even as can be."""
    ends = [0, *_clause_ends(plain), len(plain)]
    cuts = [0]
    for start, end in pairwise(sorted(set(ends))):
        cuts += [*_within(plain, start, end, most), end]
    return cuts


def _clause_ends(plain: str) -> list[int]:
    found = []
    for at in range(1, len(plain)):
        left, right = plain[at - 1], plain[at]
        in_number = left in BESIDE_DIGITS and (right + plain[at - 2 : at - 1]).isascii() and right.isalnum()
        run_on = right in STOPS + COMMAS + CLOSING + "、 "
        ended = plain[:at].rstrip(CLOSING + " ")[-1:]
        if ended in set(STOPS + COMMAS) and ended and not run_on and not in_number:
            found.append(at)
    return found


def _within(plain: str, start: int, end: int, most: int) -> tuple[int, ...]:
    """The cuts inside one clause."""
    if _length(plain, start, end) <= most:
        return ()
    clause = plain[start:end]
    ends = text.phrase_ends(clause) | {one.end() for one in DATE.finditer(clause)}
    ends |= {one.start() for one in OFTEN.finditer(clause)}
    light = {i for i in range(1, len(clause)) if clause[i - 1] in LIGHT}
    places = [0, *text.breaks(clause), len(clause)]
    unrest = {at: 0.0 if at in light else _unrest(clause, at, ends) for at in places[1:]}
    found: list[tuple[float, tuple[int, ...]]] = []
    for count in range(2, len(clause) + 1):
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (ONE_MORE * count, ())}
        for _ in range(count):
            best = _one_more(clause, unrest, best, most, len(clause) / count)
        found += [best[len(clause)]] if len(clause) in best else []
        if len(found) == 2:
            break
    if found:
        return tuple(start + cut for cut in min(found)[1][:-1])
    return ()  # nothing may be broken: a long foreign word stays whole


def _one_more(
    clause: str,
    unrest: Mapping[int, float],
    best: dict[int, tuple[float, tuple[int, ...]]],
    most: int,
    even: float,
) -> dict[int, tuple[float, tuple[int, ...]]]:
    """The least unrest of one part more, for every place it may end."""
    longer: dict[int, tuple[float, tuple[int, ...]]] = {}
    for begun, (cost, cuts) in best.items():
        for place, broken in unrest.items():
            if place <= begun or _length(clause, begun, place) > most:
                continue
            total = cost + UNEVEN * ((place - begun) / even - 1) ** 2 + broken
            if place not in longer or total < longer[place][0]:
                longer[place] = (total, (*cuts, place))
    return longer


def _unrest(clause: str, place: int, ends: frozenset[int]) -> float:
    """How much a break after this place disturbs."""
    if place == len(clause):
        return 0.0
    if place not in ends or joints.held(clause, place) or _in_date(clause, place):
        return TORN
    rest = joints.rests(clause).get(place, 0.0)
    if clause[place - 1] == "的" and joints.dependent(clause[place:]):
        rest = max(rest, joints.LIKELY)  # what was spoken of is at an end (最怕的｜就是晚上睡不好)
    owned = joints.quoted(clause, place) or (not rest and joints.owned(clause, place))
    often = any(one.start() < place <= one.end() for one in OFTEN.finditer(clause))
    begun = often or joints.begun(clause, place) or BEGINS.search(clause[:place]) is not None
    return UNRESTED * (1 - rest) + OWNED * owned + BEGUN * begun


def _in_date(clause: str, place: int) -> bool:
    return any(found.start() < place < found.end() for found in DATE.finditer(clause))


# Syllables


NUMBER: Final = re.compile(r"[¥￥$]?\d+(?:,\d{3})*(?:\.\d+)?(?:[:：]\d{2})?[%％]?")
LATIN: Final = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
SIGNS: Final = {"㎡": 3, "℃": 3, "°": 1, "+": 1, "=": 2, "&": 1, "@": 1, "#": 1, "×": 1, "~": 1, "～": 1}


@cache
def syllables(part: str) -> float:
    """How many syllables the words take to say in Mandarin: one a character; numbers read out; letters one by one or as a word."""
    count = 0.0
    for found in NUMBER.finditer(part):
        count += _number(found[0], part[found.end() : found.end() + 1])
    rest = NUMBER.sub(" ", part)
    count += sum(_latin(word) for word in LATIN.findall(rest))
    for at, sign in enumerate(rest):
        count += SIGNS.get(sign, 0) or _character(sign, rest[at - 1 : at] if at else "", rest[at + 1 : at + 2])
    return count


def _character(sign: str, left: str, right: str) -> float:
    if not "\u3400" <= sign <= "\u9fff" and not "\U00020000" <= sign <= "\U0003ffff":
        return 0
    melts = sign == "儿" and "\u3400" <= left <= "\u9fff" and left not in BEFORE_CHILD and right not in WITH_CHILD
    return MELTED if melts else 1


def _number(written: str, behind: str) -> float:
    """A number as it is read: 128 一百二十八, 2026年 digit by digit, 9:30 九点三十, 50% 百分之五十, ￥68 六十八元, telephone numbers one by one."""
    bare = written.strip("¥￥$%％").replace(",", "")
    extra = (1 if written[0] in "¥￥$" and behind not in {"元", "块"} else 0) + (3 if written[-1] in "%％" else 0)
    if ":" in bare or "：" in bare:
        hours, minutes = re.split("[:：]", bare)
        return extra + _whole(hours) + 1 + (_whole(minutes) if int(minutes) else 0)
    whole, _, parts = bare.partition(".")
    one_by_one = len(whole) >= 7 or (behind == "年" and len(whole) == 4) or (len(whole) > 1 and whole[0] == "0")
    return extra + (len(whole) if one_by_one else _whole(whole)) + (1 + len(parts) if parts else 0)


def _whole(digits: str) -> int:
    """Syllables of a whole number: 18 十八, 305 三百零五, 12000 一万二千."""
    number = int(digits)
    if number >= 10_000:
        low = number % 10_000
        return _whole(str(number // 10_000)) + 1 + (_whole(str(low)) + (low < 1000) if low else 0)
    shown = str(number)
    if number < 20:
        return 1 if number <= 10 else 2
    kept = shown.rstrip("0")
    units = sum(1 for at, digit in enumerate(shown) if digit != "0" and at < len(shown) - 1)
    zeros = len(re.findall("0+", kept))
    return sum(1 for digit in shown if digit != "0") + units + zeros


def _latin(word: str) -> float:
    """Letters said one by one in capitals (W is three syllables long), else a syllable for every group of vowels."""
    if word.isupper() and len(word) <= 5:
        return sum(3 if letter == "W" else 1 for letter in word)
    return max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))))
