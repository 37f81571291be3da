"""A logo drawn once in a process of its own, which can be stopped: inside this one the renderer cannot be, nor does a crash of it spare us.

What could be drawn in time is remembered in the cache, so a logo is tried once on a computer.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from vidkit import cache
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree import ElementTree as ET

DRAW = """
import sys, resvg_py
resvg_py.svg_to_bytes(svg_string=sys.stdin.buffer.read().decode("utf-8"), width=int(sys.argv[1]), skip_system_fonts=True)
"""
COSTLY = re.compile(r"<(?:use|filter|mask|clipPath|pattern)\b|blur\(|drop-shadow\(|dasharray", re.IGNORECASE)
"""What makes a short drawing long work; one without any of it that is short as well need not be tried."""


def fault(svg: str, root: ET.Element) -> str:
    """Why an SVG, read as ``root``, is not to be drawn (``load`` in ``data/brand.yaml``): elements too deep in each other, or a drawing that does not
    end in time; empty where nothing is wrong.
    """
    limits = table("brand")["load"]
    row: Sequence[ET.Element] = [root]
    for _ in range(limits["depth"]):
        row = [inner for one in row for inner in one]
    if row:
        return f"<{str(row[0].tag).rpartition('}')[2]}> … > {limits['depth']}"
    if len(svg) <= limits["plain_bytes"] and not COSTLY.search(svg):
        return ""
    return "" if _ends(svg, limits["px"], limits["seconds"]) else f"> {limits['seconds']} s"


def _ends(svg: str, px: int, seconds: float) -> bool:
    """Whether a drawing so wide is done in so many seconds; what is wrong with it otherwise is told when it is drawn."""
    store, key = cache.default(), hashlib.sha256(f"drawn {px} {seconds} {svg}".encode()).hexdigest()
    if store.recall(key):
        return True
    try:
        done = subprocess.run(
            [sys.executable, "-c", DRAW, str(px)], input=svg.encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    if faults.killed(done.returncode):
        return False
    store.remember(key, True)  # noqa: FBT003  # the value
    return True
