"""A plan → how many bytes making it still takes at most, in the cache and in the output folder; what a full disk lacks for it.

The bounds hold for any pictures: what is free after that much was freed is enough to finish.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vidkit import clip, make, sound
from vidkit.runs import faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.cache import Cache
    from vidkit.encode import Settings
    from vidkit.make import Order
    from vidkit.pages.page import Page
    from vidkit.plan import Plan, Script
    from vidkit.problems import Problem
    from vidkit.runs.faults import Full

BESIDE: Final = 2_000_000
"""Bytes for everything small: words, what is remembered of photos, folders, what lies beside frames in a file."""
PIXEL: Final = {".png": 3.2, ".pdf": 1.6, ".jpg": 1.6}
"""Bytes a pixel of a still at most: noise without loss; noise as JPEG of our quality (measured 0.9 to 1.3)."""


@dataclass(frozen=True)
class Needed:
    """Bytes at most: in the cache, in the output folder."""

    cache: int
    out: int


def lacking(full: Full, script: Script, plans: Sequence[Plan], order: Order) -> Problem:
    """The full disk's problem with what this work still needs there."""
    within = next((one for one in (order.out, order.cache.root) if full.folder.is_relative_to(one)), full.folder)
    return faults.lacking(full.number, within, _there(within, needed(script, plans, order), order))


def needed(script: Script, plans: Sequence[Plan], order: Order) -> Needed:
    """What making still takes; segments that lie in the cache already are not counted."""
    chosen = make.setting(plans, draft=order.draft)
    clips = sum(_clip(plan, chosen) for plan in plans)
    sheets = 0 if order.draft else sum(_still(name, page) for name, page in make.stills(script, plans))
    parts = {clip.key(one, chosen): _video(one.frames, one.fps, chosen) for plan in plans for one in plan.segments}
    missing = sum(size for key, size in parts.items() if not _kept(key, order.cache))
    return Needed(missing + 2 * clips + sheets + BESIDE, clips + sheets + BESIDE)


def _there(folder: Path, wanted: Needed, order: Order) -> int:
    """What is needed on a folder's disk: of the cache, of the output folder, of both where both lie on it."""
    if _same_disk(order.cache.root, order.out):
        return wanted.cache + wanted.out
    return wanted.out if _same_disk(folder, order.out) else wanted.cache


def _same_disk(one: Path, other: Path) -> bool:
    return _disk(one) == _disk(other)


def _disk(folder: Path) -> int:
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    return there.stat().st_dev


def _kept(key: str, cache: Cache) -> bool:
    return any((cache.root / "parts" / key[:2]).glob(f"{key}-*"))


def _clip(plan: Plan, chosen: Settings) -> int:
    heard = sound.most_kbit(plan.board.frames / plan.board.fps) * 125
    return sum(_video(one.frames, one.fps, chosen) for one in plan.segments) + round(heard)


def _video(frames: int, fps: int, chosen: Settings) -> int:
    """What rate control lets a segment have, and a twentieth for its index."""
    return round((chosen.max_rate * frames / fps + chosen.buffer) * 125 * 1.05)


def _still(name: str, page: Page) -> int:
    pixels = page.size[0] * page.size[1]
    printed = PIXEL[".pdf"] if page.dpi else 0.0
    return round(pixels * (PIXEL[Path(name).suffix] + printed))
