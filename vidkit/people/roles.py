"""Who somebody is by what she is called: a child, an elder, a customer, a home, else a worker. A proposal that people may change."""

from __future__ import annotations

import re

from vidkit.tables import table


def likely(name: str, craft: str = "") -> str:
    """The role a name speaks of, a worker's where it speaks of none. A craft such as 我女儿 speaks of a child; any other is a grown-up's, unless the
    name says an age under 18.
    """
    return told(name, craft) or "worker"


def told(name: str, craft: str = "") -> str:
    """The role a name speaks of; empty for one that may be anybody's (毛毛)."""
    said = table("roles")
    if re.search(said["age"], name) or re.fullmatch(said["craft"], craft.strip()):
        return "child"
    found = next((row["role"] for row in said["names"] if re.search(row["pattern"], name.strip())), "")
    return "worker" if craft.strip() and found in {"child", ""} else str(found)
