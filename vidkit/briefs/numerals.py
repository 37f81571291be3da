"""Numbers in Chinese numerals, as people say them: 一百二 → 120; prices and everything else that is counted."""

from __future__ import annotations

import re
import unicodedata

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
TEN_THOUSAND = UNITS["万"]
MOST_DIGITS = 7
_YUAN = "[元块圆]"
_SAID = re.compile(
    rf"(?:人民币|[¥￥])?\s*(?P<whole>[{''.join(DIGITS)}{''.join(UNITS)}0-9]+)\s*"
    rf"(?:{_YUAN}(?P<tenths>[{''.join(DIGITS)}0-9])(?:[毛角]钱?)?|{_YUAN}钱?整?)?"
)
_PLAIN = re.compile(rf"0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}}")

_NARROW = {0x3000: " ", 0xFFE5: "¥", **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}}
_RADICALS = {one: unicodedata.normalize("NFKC", chr(one)) for one in range(0x2F00, 0x2FD6)}


def narrow(typed: str) -> str:
    """Full-width signs of ASCII made half-width, radicals that a PDF has for words (⽉) made these, and nothing else: 10² is no 102, ④⑤ no 45."""
    return typed.translate(_NARROW | _RADICALS)


def figure(typed: str) -> str:
    """A price said in words as a plain decimal (一百二 is 120, 2千500 is 2500, 九块九 and 9块9 are 9.9, 一九九 is 199); empty for anything else,
    one in plain figures too, and for more than seven digits.
    """
    said = _SAID.fullmatch(typed.strip())
    number = whole(said["whole"]) if said and (said["tenths"] or not said["whole"].isdecimal()) else None
    if not said or not number or number >= 10**MOST_DIGITS:
        return ""
    tenths = _digit(said["tenths"] or "零")
    return f"{number}.{tenths}" if tenths else str(number)


def whole(words: str) -> int | None:
    """A whole number in words (一百二十, 三十万, 2千500), sign by sign (一九九) or in up to seven plain figures; None for anything else. A last digit alone
    behind a unit counts the next smaller one (一千二 is 1200, 三万五 is 35000), a last figure of more digits counts itself (1千200).
    """
    parts = re.findall(r"[0-9]+|.", words)
    if not any(part in UNITS for part in parts):
        return _signs(parts)
    if "万" not in parts:
        return _below(parts)
    at = parts.index("万")
    many, rest = _below(parts[:at], short=False), _below(parts[at + 1 :], behind=True)
    return many * TEN_THOUSAND + rest if many and rest is not None else None


def _below(parts: list[str], *, behind: bool = False, short: bool = True) -> int | None:
    """What is said of a number below ten thousand, ``behind`` the ten thousands or alone; ``short``: the last digit may count the next smaller unit."""
    total, digit, unit, zero = 0, None, TEN_THOUSAND, False
    for part in parts:
        if part in UNITS:
            if UNITS[part] >= unit or (not digit and (part != "十" or ((total or behind) and not zero))):
                return None
            total, unit, digit, zero = total + (digit or 1) * UNITS[part], UNITS[part], None, False
        elif digit or not (part in DIGITS or _PLAIN.fullmatch(part)):
            return None
        else:
            digit = _digit(part)
            zero = zero or digit == 0
    last = digit or 0
    shortened = last < 10 and unit > 10 and not zero and (total > 0 or behind)
    if last >= unit or (last and shortened and not short):
        return None
    return total + last * (unit // 10 if shortened else 1)


def _signs(parts: list[str]) -> int | None:
    """A number said sign by sign (一九九), or in plain figures."""
    if len(parts) == 1 and _PLAIN.fullmatch(parts[0]):
        return int(parts[0])
    read = bool(parts) and all(part in DIGITS for part in parts) and len(parts) <= MOST_DIGITS
    return int("".join(str(DIGITS[part]) for part in parts)) if read else None


def _digit(part: str) -> int:
    return DIGITS[part] if part in DIGITS else int(part)
