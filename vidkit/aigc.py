"""What of a post was made by AI, and the label that says so inside its files (GB 45438-2025)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vidkit.plan import Script


class Part(Protocol):
    """A part of a clip that knows what of it vidkit made by AI: a track with a synthetic voice, a storyboard with a drawn picture."""

    @property
    def made_by_ai(self) -> tuple[str, ...]:
        """Of ``voice``, ``pictures``, ``words``."""


def made_by_ai(script: Script, *parts: Part) -> frozenset[str]:
    """What was made by AI, of ``voice``, ``pictures`` and ``words``: the brief says so, a photo's own label does, or a part of ours did it."""
    labelled = {"pictures"} if any(asset.label for asset in script.assets.values()) else set()
    return frozenset(script.brief.made_by_ai) | labelled | {kind for part in parts for kind in part.made_by_ai}


def pictured_by_ai(script: Script, shown: Iterable[str]) -> bool:
    """Whether a picture that shows these prints (by name) shows what AI made: a print's own label says so, or the brief says it of its pictures."""
    names = tuple(shown)
    declared = bool(names) and "pictures" in script.brief.made_by_ai
    return declared or any(script.assets[name].label for name in names if name in script.assets)
