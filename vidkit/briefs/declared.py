"""What the law wants said as facts instead of free words: a gift, what a claim rests on, a promise's conditions, a certificate, a compared
price.

Sources: 《广告法》 articles 8, 11; 《明码标价和禁止价格欺诈规定》 articles 16, 18.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vidkit.briefs import days
from vidkit.briefs.fields import Notes, Spot, Value, reads
from vidkit.briefs.maps import read_value, read_values
from vidkit.briefs.surname import MASK

if TYPE_CHECKING:
    from vidkit.source import Node


_DAY = r"([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})"


class Gift(Value):
    """What is given away: its name, size, quantity, last day (2026-12-31), and how to get it."""

    name: str
    size: str
    quantity: str
    until: str
    how: str

    @property
    def said(self) -> str:
        """All of it as words: 洗衣机清洁剂500克，每单一瓶，送到2026年12月31日，上门时带来."""
        until = days.spelt(self.until)
        return "，".join((f"{self.name}{self.size}", self.quantity, f"送到{until}", self.how))


class Evidence(Value):
    """What a claim rests on: the words it backs, their source, period and scope."""

    claim: str
    source: str
    period: str
    scope: str

    @property
    def said(self) -> str:
        """The claim with what it rests on: “服务过120户”：本店派工单，2025-01到2026-10，贵阳云岩."""
        return f"“{_close(self.claim)}”：{self.source}，{spelt(self.period)}，{self.scope}"


class Promise(Value):
    """A promise with its conditions."""

    promise: str
    conditions: str

    @property
    def said(self) -> str:
        """The promise with its conditions: 有遗漏免费返工（做完24小时内，当天做过的地方）."""
        return f"{self.promise}（{_close(self.conditions)}）"


class Certificate(Value):
    """A certificate: occupation, level as written there, who issued it, its number (masked wherever it is shown)."""

    name: str
    issuer: str
    number: str
    level: str = ""

    @property
    def said(self) -> str:
        """What may be shown of it: 育婴员（三级），贵阳某培训学校发，编号S000***********23."""
        level = f"（{self.level}）" if self.level else ""
        return f"{self.name}{level}，{self.issuer}发，编号{starred(self.number)}"


class Compare(Value):
    """A price another is compared with, in yuan as a plain decimal: what price it is, and on which days it was paid."""

    amount: str
    basis: str
    period: str

    @property
    def said(self) -> str:
        """The price with what it was and when: 对比价259元：本店平日成交价，2026-11-19到2026-11-25."""
        return f"对比价{self.amount}元：{self.basis}，{spelt(self.period)}"


def spelt(period: str) -> str:
    """A period in words, what both of its days have in common said once: 2026年11月19日到25日; anything else as it is."""
    found = re.fullmatch(rf"{_DAY}\s*[到至~—-]+\s*{_DAY}", period.strip())
    if not found:
        return _close(period)
    first, last = ([int(n) for n in found.groups()[at : at + 3]] for at in (0, 3))
    year = f"{last[0]}年" if last[0] != first[0] else ""
    month = f"{last[1]}月" if last[:2] != first[:2] else ""
    return f"{first[0]}年{first[1]}月{first[2]}日到{year}{month}{last[2]}日"


def _close(words: str) -> str:
    """The words without the spaces people type between Chinese and digits."""
    return re.sub(r"\s+", "", words) if re.search(r"[一-龥]", words) else words


def starred(number: str) -> str:
    """A certificate's or an order's number as it may be shown: its first four and last two characters (S000***********23)."""
    plain = number.strip()
    if MASK in plain or len(plain) <= 6:
        return plain if MASK in plain else plain[:1] + MASK * (len(plain) - 1)
    return plain[:4] + MASK * (len(plain) - 6) + plain[-2:]


MODELS = {
    "gift": "gift",
    "evidence": "evidence",
    "promises": "promise",
    "certificates": "certificate",
    "compare": "compare",
}
"""Kinds of fields and the model of their values."""


@reads("gift")
def _gift(notes: Notes, spot: Spot, node: Node) -> Gift | None:
    return read_value(notes, spot, node, Gift, "gift")


@reads("compare")
def _compare(notes: Notes, spot: Spot, node: Node) -> Compare | None:
    return read_value(notes, spot, node, Compare, "compare")


@reads("evidence")
def _evidence(notes: Notes, spot: Spot, node: Node) -> tuple[Evidence, ...]:
    return read_values(notes, spot, node, Evidence, "evidence")


@reads("promises")
def _promises(notes: Notes, spot: Spot, node: Node) -> tuple[Promise, ...]:
    return read_values(notes, spot, node, Promise, "promise")


@reads("certificates")
def _certificates(notes: Notes, spot: Spot, node: Node) -> tuple[Certificate, ...]:
    return read_values(notes, spot, node, Certificate, "certificate")
