"""Figures in Chinese numerals, as prices are said: 一百二 → 120."""

from __future__ import annotations

import re

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
MOST_DIGITS = 7
_YUAN = "[元块圆]"
_SAID = re.compile(
    rf"(?:人民币|[¥￥])?\s*(?P<whole>[{''.join(DIGITS)}{''.join(UNITS)}0-9]+)\s*(?:{_YUAN}(?P<tenths>[{''.join(DIGITS)}])[毛角]?|{_YUAN}钱?整?)?"
)


def figure(typed: str) -> str:
    """A price said in words as a plain decimal (一百二 is 120, 九块九 is 9.9, 一九九 is 199); empty for anything else."""
    said = _SAID.fullmatch(typed.strip())
    whole = _whole(said["whole"]) if said else None
    if not said or not whole:
        return ""
    tenths = DIGITS[said["tenths"]] if said["tenths"] else 0
    return f"{whole}.{tenths}" if tenths else str(whole)


def _whole(words: str) -> int | None:
    """A whole number in words; the last digit behind a unit counts the next smaller one (一千二 is 1200)."""
    parts = re.findall(r"[0-9]+|.", words)
    if not any(part in UNITS for part in parts):
        read = all(part in DIGITS for part in parts) and len(parts) <= MOST_DIGITS
        return int("".join(str(DIGITS[part]) for part in parts)) if read else None
    total, digit, unit, zero = 0, None, 10 * max(UNITS.values()), False
    for part in parts:
        if part in UNITS:
            if UNITS[part] >= unit or (digit is None and (part != "十" or (total and not zero))):
                return None
            total, unit, digit, zero = total + (1 if digit is None else digit) * UNITS[part], UNITS[part], None, False
        elif digit:
            return None
        else:
            digit = int(DIGITS.get(part, part))
            zero = zero or digit == 0
    if digit and unit > 10 and not zero:
        digit *= unit // 10
    return total + (digit or 0)
