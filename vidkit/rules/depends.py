"""Prices whose conditions leave them open though they are said to be one figure → VK-W003."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vidkit.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief
    from vidkit.problems import Problem

DEPENDS = re.compile(
    r"[看视按][^，。；！？、,;!?\s]{0,8}?定|看(?:机型|情况|面积|现场|大小|户型)|视(?:机型|情况|面积|现场)|(?:价格|价钱)?[另面]议"
)
"""Conditions by which a price is not the one that stands there (看机型, 视面积而定, 另议)."""


def problems(brief: Brief) -> Iterator[Problem]:
    """Prices whose conditions say that they depend on something, though they are no starting prices."""
    for number, price in enumerate(brief.prices):
        found = None if price.starting else DEPENDS.search(price.conditions)
        if found:
            place = brief.at(f"prices.{number}.conditions")
            yield problem("VK-W003", place, item=price.item, words=found[0])
