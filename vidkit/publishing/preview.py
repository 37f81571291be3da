"""A finished clip → a small one to send to her on WeChat: under 8 MB, half as wide, with the same marks and the same AI label."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

from vidkit import cache, encode, ffmpeg
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache

VERSION = 1
"""Raised when the same clip gives another preview."""
SMALLER = 0.8
TRIES = 3


def small(clip: Path, seconds: float, label: str, store: Cache) -> Path:
    """The small clip in the cache. Refuses (VK-U030) one that does not get below the limit."""
    said = json.dumps([VERSION, cache.sha256(clip), label, table("publish")["preview"], ffmpeg.version()], default=str)
    name = hashlib.sha256(said.encode()).hexdigest()
    held = store.find(name, ".mp4")
    if held:
        return held
    rate = min(
        _value("most_kbps"), round(_value("max_bytes") * _value("spare") * 8 / 1000 / seconds) - _value("sound_kbps")
    )
    for _ in range(TRIES):
        with store.scratch() as folder:
            made = _encoded(clip, folder, rate, label)
            if made.stat().st_size <= _value("max_bytes"):
                return store.keep(name, made)
        rate = round(rate * SMALLER)
    raise Refusal(problem("VK-U030", limit=round(_value("max_bytes") / 1e6)))


def _value(name: str) -> Any:
    return table("publish")["preview"][name]["value"]


def _encoded(clip: Path, folder: Path, kbps: int, label: str) -> Path:
    """Picture and sound each made small, then joined as every clip is: its index first, nothing said but the label."""
    width = _value("width")
    picture = ("-vf", f"scale={width}:-2:flags=area,format=yuv420p", "-c:v", "libx264", "-preset", "faster")
    rate = ("-crf", str(_value("crf")), "-maxrate", f"{kbps}k", "-bufsize", f"{kbps}k", "-g", "60", "-threads", "1")
    shutil.copyfile(clip, folder / "clip.mp4")  # no path of people's on a command line
    source = ("-i", "clip.mp4")
    plain = (*encode.EXACT, *encode.TICKS)
    coded = (*picture, *rate, *encode.BT709, *encode.UNSIGNED, *plain)
    video, audio, joined = folder / "picture.mp4", folder / "sound.m4a", folder / "preview.mp4"
    ffmpeg.run([*source, "-map", "0:v:0", *coded, video.name], cwd=folder)
    sound = ("-c:a", "aac", "-b:a", f"{_value('sound_kbps')}k", "-flags:a", "+bitexact", "-threads", "1")
    ffmpeg.run([*source, "-map", "0:a:0", *sound, *encode.EXACT, audio.name], cwd=folder)
    encode.join([video], audio, joined, label)
    return joined
