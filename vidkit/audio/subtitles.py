"""Timed phrases → what stands on screen from which frame to which, and the same as .srt and .vtt.

A subtitle starts on the frame in which its first syllable starts and stays until it was read; two never overlap. ``.srt`` is written
with CR LF, as SubRip and the players that know nothing else expect, without a byte order mark; ``.vtt`` with LF. Both are UTF-8.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from vidkit import text
from vidkit.audio.track import RATE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.audio.spoken import Said

FLICKER: Final = 0.2  # seconds; a shorter hole between two subtitles is closed
EARLY: Final = (
    0.2  # seconds by which a subtitle may come before its words, when it would be too short to read otherwise
)


@dataclass(frozen=True)
class Cue:
    """One subtitle: its words, its first frame and the frame after its last."""

    text: str
    start: int
    end: int


def cues(said: Sequence[Said], fps: int, frames: int, *, first: int = 0) -> tuple[Cue, ...]:
    """The phrases on whole frames of a clip of so many frames, the recording starting at frame ``first``; what starts later is left out."""
    heard = [
        Cue(text.plain(one.phrase.text), first + one.start * fps // RATE, first + math.ceil(one.end * fps / RATE))
        for one in said
    ]
    inside = [one for one in heard if 0 <= one.start < frames]
    early = _not_too_short(inside, fps)
    nexts = [*(one.start for one in early[1:]), frames][: len(early)]
    return tuple(_held(one, then, fps) for one, then in zip(early, nexts, strict=True) if then > one.start)


def _needed(one: Cue, fps: int) -> int:
    """Frames it takes to read a subtitle."""
    own = _numbers()
    seconds = float(min(max(own["min_seconds"], len(one.text) / own["reading_per_second"]), own["max_seconds"]))
    return math.ceil(seconds * fps)


def _not_too_short(inside: list[Cue], fps: int) -> list[Cue]:
    """Subtitles that the next one would cut too short begin a little before their words, where nothing stands yet."""
    out: list[Cue] = []
    for at, one in enumerate(inside):
        room = (inside[at + 1].start if at + 1 < len(inside) else one.start + _needed(one, fps)) - one.start
        short = max(0, min(_needed(one, fps) - room, int(EARLY * fps)))
        free = one.start - (out[-1].end if out else 0)
        out.append(replace(one, start=one.start - max(0, min(short, free))))
    return out


def _held(one: Cue, then: int, fps: int) -> Cue:
    """A subtitle with the end that lets it be read, before the next one's start."""
    own = _numbers()
    wanted = max(one.end + round(own["linger_seconds"] * fps), one.start + _needed(one, fps))
    end = min(wanted, then, one.start + round(own["max_seconds"] * fps))
    return replace(one, end=then if 0 < then - end < FLICKER * fps else end)


def _numbers() -> dict[str, Any]:
    return dict(table("voice")["subtitles"])


def srt(shown: Sequence[Cue], fps: int) -> str:
    """The subtitles as a SubRip file, every line ended with CR LF."""
    _in_order(shown)
    blocks = [
        f"{number}\r\n{_clock(one.start, fps, ',')} --> {_clock(one.end, fps, ',')}\r\n{_one_line(one.text)}\r\n"
        for number, one in enumerate(shown, 1)
    ]
    return "\r\n".join(blocks)


def vtt(shown: Sequence[Cue], fps: int) -> str:
    """The subtitles as a WebVTT file, every line ended with LF."""
    _in_order(shown)
    blocks = [
        f"{number}\n{_clock(one.start, fps, '.')} --> {_clock(one.end, fps, '.')}\n{_escaped(_one_line(one.text))}\n"
        for number, one in enumerate(shown, 1)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _in_order(shown: Sequence[Cue]) -> None:
    assert all(one.start < one.end for one in shown)
    assert all(a.end <= b.start for a, b in pairwise(shown))


def _one_line(words: str) -> str:
    return text.plain(words).replace("-->", "→")


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(frame: int, fps: int, point: str) -> str:
    """A frame's time as hours, minutes, seconds and thousandths."""
    thousandths = (frame * 2000 + fps) // (2 * fps)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"
