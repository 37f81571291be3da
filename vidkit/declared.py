"""What the law wants said as facts instead of free words: a gift, what a claim rests on, a promise's conditions, a certificate, a compared
price.

Sources: 《广告法》 articles 8, 11; 《明码标价和禁止价格欺诈规定》 articles 16, 18.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit.fields import Notes, Spot, Value, reads
from vidkit.maps import read_value, read_values

if TYPE_CHECKING:
    from vidkit.source import Node


class Gift(Value):
    """What is given away: its name, size, quantity, last day (2026-12-31), and how to get it."""

    name: str
    size: str
    quantity: str
    until: str
    how: str


class Evidence(Value):
    """What a claim rests on: the words it backs, their source, period and scope."""

    claim: str
    source: str
    period: str
    scope: str


class Promise(Value):
    """A promise with its conditions."""

    promise: str
    conditions: str


class Certificate(Value):
    """A certificate: occupation, level as written there, who issued it, its number (masked wherever it is shown)."""

    name: str
    issuer: str
    number: str
    level: str = ""


class Compare(Value):
    """A price another is compared with, in yuan as a plain decimal: what price it is, and on which days it was paid."""

    amount: str
    basis: str
    period: str


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
