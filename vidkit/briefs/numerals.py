"""Figures in Chinese numerals, as prices are said: 一百二 → 120."""

from __future__ import annotations

import re

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
MOST_DIGITS = 7
_YUAN = "[元块圆]"
_SAID = re.compile(
    rf"(?:人民币|[¥￥])?\s*(?P<whole>[{''.join(DIGITS)}{''.join(UNITS)}0-9]+)\s*"
    rf"(?:{_YUAN}(?P<tenths>[{''.join(DIGITS)}0-9])(?:[毛角]钱?)?|{_YUAN}钱?整?)?"
)
_PLAIN = re.compile(rf"0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}}")


def figure(typed: str) -> str:
    """A price said in words as a plain decimal (一百二 is 120, 2千500 is 2500, 九块九 and 9块9 are 9.9, 一九九 is 199); empty for anything else,
    and for more than seven digits.
    """
    said = _SAID.fullmatch(typed.strip())
    whole = _whole(said["whole"], plain=bool(said["tenths"])) if said else None
    if not said or not whole or whole >= 10**MOST_DIGITS:
        return ""
    tenths = _digit(said["tenths"] or "零")
    return f"{whole}.{tenths}" if tenths else str(whole)


def _whole(words: str, *, plain: bool) -> int | None:
    """A whole number in words; a last digit alone behind a unit counts the next smaller one (一千二 is 1200), a last figure of more digits counts
    itself (1千200). One in plain figures is none unless it may be ``plain``.
    """
    parts = re.findall(r"[0-9]+|.", words)
    if not any(part in UNITS for part in parts):
        return _signs(parts, plain=plain)
    total, digit, unit, zero = 0, None, 10 * max(UNITS.values()), False
    for part in parts:
        if part in UNITS:
            if UNITS[part] >= unit or (not digit and (part != "十" or (total and not zero))):
                return None
            total, unit, digit, zero = total + (digit or 1) * UNITS[part], UNITS[part], None, False
        elif digit or not (part in DIGITS or _PLAIN.fullmatch(part)):
            return None
        else:
            digit = _digit(part)
            zero = zero or digit == 0
    return None if digit and digit >= unit else total + _last(digit or 0, unit, zero=zero)


def _signs(parts: list[str], *, plain: bool) -> int | None:
    """A number said sign by sign (一九九), or in plain figures."""
    if plain and len(parts) == 1 and _PLAIN.fullmatch(parts[0]):
        return int(parts[0])
    read = all(part in DIGITS for part in parts) and len(parts) <= MOST_DIGITS
    return int("".join(str(DIGITS[part]) for part in parts)) if read else None


def _digit(part: str) -> int:
    return DIGITS[part] if part in DIGITS else int(part)


def _last(digit: int, unit: int, *, zero: bool) -> int:
    """What the digits behind the last unit count: 二 behind 千 is 200, 零二 is 2, 250 is 250."""
    return digit * unit // 10 if digit < 10 and not zero else digit
