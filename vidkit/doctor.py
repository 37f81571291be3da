"""This computer → what vidkit finds on it: versions, ffmpeg's features really tried, fonts, limits, cache, disk."""

from __future__ import annotations

import io
import platform as machine
import re
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

from vidkit import __version__
from vidkit.console import words
from vidkit.consoles.spelling import homely
from vidkit.consoles.wrapping import columns
from vidkit.photos import heif
from vidkit.problems import Problem, Refusal, as_json, problem, spoken_language
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vidkit.cache import Cache

LIBRARIES = {
    "click": ">=8.2",
    "rich": ">=13",
    "jinja2": ">=3.1.6",
    "pyyaml": ">=6.0.2",
    "pydantic": ">=2.9,<3",
    "numpy": ">=2",
    "pillow": ">=11.3",
    "opencv-python-headless": ">=4.13,<6",
    "av": ">=18,<20",
    "imageio-ffmpeg": ">=0.6",
    "pi-heif": ">=1.0",
    "pillow-heif": ">=1.8",
    "resvg-py": ">=0.5",
    "budoux": ">=0.6",
    "segno": ">=1.6",
    "platformdirs": ">=4",
    "filelock": ">=3.16",
    "python-calamine": ">=0.4",
}
"""The libraries and which versions serve, as ``pyproject.toml`` asks for them; of those that read HEIC one is there. What pip noted when vidkit was
installed may be older than its code.
"""
OLDEST = (3, 11)
SIDE, FRAMES, RATE = 64, 15, 48_000
"""The size (px), the frames of each part and the samples a second of the trial clip."""
PHOTO = 480
"""The side (px) of the trial photo."""
LIMIT = "limit "
"""What the names of limits begin with: nothing that could be missing."""
LEAST_FREE_MB = 500
"""Less free disk than this is told as a lack: segments and finished clips of one brief take about 200 MB."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, what was found, and the problem when that will not do."""

    name: str
    found: str
    problem: Problem | None = None


def findings(cache: Cache) -> tuple[Finding, ...]:
    """Everything looked at, in order."""
    return tuple(_findings(cache))


def _findings(cache: Cache) -> Iterator[Finding]:
    yield Finding("vidkit", __version__)
    old = sys.version_info < OLDEST
    yield Finding("python", machine.python_version(), problem("VK-M014", name="Python 3.11") if old else None)
    yield Finding("system", f"{machine.system()} {machine.release()} {machine.machine()}")
    others = {*heif.MODULES} - {heif.library()}
    yield from (_library(name, wanted) for name, wanted in LIBRARIES.items() if name not in others)
    yield _tried("ffmpeg", _ffmpeg)
    yield _tried("photos", _photo)
    yield from _features(cache)
    yield from _fonts()
    yield from _limits()
    yield from _places(cache)


def _library(name: str, wanted: str) -> Finding:
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(name, "", problem("VK-M014", name=name))
    serves = _serves(found, wanted)
    return Finding(name, found, None if serves else problem("VK-M036", name=name, found=found, wanted=wanted))


def _serves(found: str, wanted: str) -> bool:
    """Whether a version is within bounds (``>=18,<20``)."""
    version = _numbers(found)
    bounds = re.findall(r"(>=|<)([0-9.]+)", wanted)
    return all((version >= _numbers(bound)) == (sign == ">=") for sign, bound in bounds)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers a version begins with, without zeros at the end: 4.13 and 4.13.0 are one."""
    release = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, re.sub(r"(\.0+)+$", "", release[0]).split("."))) if release else ()


def _tried(name: str, action: Callable[[], str]) -> Finding:
    """What an action found, or the problem it met."""
    try:
        return Finding(name, action())
    except Refusal as refusal:
        return Finding(name, "", refusal.problems[0])
    except OSError as error:
        return Finding(name, "", faults.told(error))
    except ImportError as error:
        return Finding(name, "", problem("VK-M014", name=error.name or name))
    except Exception as error:  # noqa: BLE001  # a library of another version may fail in any way
        return Finding(name, type(error).__name__, problem("VK-M014", name=name))


def _ffmpeg() -> str:
    from vidkit import ffmpeg  # noqa: PLC0415  # a broken library must not keep the doctor from coming

    return ffmpeg.version()


def _photo() -> str:
    """A photo decoded and looked at for faces, as every photo is."""
    from PIL import Image  # noqa: PLC0415

    from vidkit.photos import decode, faces, file  # noqa: PLC0415

    stored = io.BytesIO()
    Image.new("RGB", (PHOTO, PHOTO), "grey").save(stored, "JPEG")
    picture = decode.picture(file.Source(stored.getvalue(), "", "doctor.jpg"))
    faces.find(picture)
    return f"{picture.shape[1]} x {picture.shape[0]}"


def _features(cache: Cache) -> Iterator[Finding]:
    """Two parts encoded, sound encoded and measured, all joined and counted, as a clip is."""
    try:
        with cache.scratch() as folder:
            parts = [folder / f"part-{number}.mp4" for number in (1, 2)]
            sound = folder / "sound.m4a"
            yield _tried("libx264", lambda: _encode(parts))
            yield _tried("aac", lambda: _sound(sound))
            yield _tried("ebur128", _measure)
            yield _tried("concat", lambda: _join(parts, sound, folder / "clip.mp4"))
    except Refusal as refusal:
        yield Finding("cache", homely(cache.root), refusal.problems[0])


def _encode(parts: list[Path]) -> str:
    from vidkit import colour, encode  # noqa: PLC0415

    for part in parts:
        grey = colour.empty(SIDE, SIDE)
        encode.segment([grey] * FRAMES, FRAMES, (SIDE, SIDE), 30, encode.settings("draft"), part)
    return f"{len(parts)} x {FRAMES}"


def _sound(file: Path) -> str:
    from vidkit import ffmpeg  # noqa: PLC0415

    raw = ("-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    ffmpeg.run([*raw, "-c:a", "aac", "-b:a", "192k", "-f", "mp4", file.name], stdin=_second(), cwd=file.parent)
    return f"{file.stat().st_size} B"


def _measure() -> str:
    from vidkit import ffmpeg  # noqa: PLC0415

    raw = ("-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    said = ffmpeg.report([*raw, "-af", "ebur128", "-f", "null", "-"], stdin=_second())
    found = [line.split()[1] for line in said.splitlines() if line.strip().startswith("I:")]
    if not found:
        raise Refusal(problem("VK-M014", name="ffmpeg ebur128"))
    return f"{found[-1]} LUFS"


def _second() -> bytes:
    """One second of a 1 kHz square wave at a tenth of full scale, two channels of 16 bits."""
    half = RATE // 2000
    period = b"".join(value.to_bytes(2, "little", signed=True) * 2 * half for value in (3277, -3277))
    return period * 1000


def _join(parts: list[Path], sound: Path, file: Path) -> str:
    from vidkit import encode  # noqa: PLC0415

    encode.join(parts, sound, file)
    found = encode.check(file, len(parts) * FRAMES, 30, [0, FRAMES], sound=True)
    return f"{found.video_packets}"


def _fonts() -> Iterator[Finding]:
    from vidkit import text  # noqa: PLC0415
    from vidkit.cache import sha256  # noqa: PLC0415

    for (name, face), file in zip(text.table().items(), text.font_files(), strict=True):
        lacking = problem("VK-M014", name=face["file"])
        if not file.is_file():
            yield Finding(f"font {name}", "", lacking)
            continue
        found = sha256(file)
        yield Finding(
            f"font {name}", f"{face['file']} {found[:16]}", lacking if face.get("sha256", found) != found else None
        )


def _limits() -> Iterator[Finding]:
    from vidkit.photos.file import free_memory_mb  # noqa: PLC0415

    yield Finding("memory", f"{free_memory_mb() / 1000:.1f} GB")
    for part, rows in table("limits").items():
        for name, value in rows.items() if isinstance(rows, dict) else ():
            if name not in {"source", "checked_on", "confidence"}:
                shown = "  ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
                yield Finding(f"{LIMIT}{part}.{name}", shown)


def _places(cache: Cache) -> Iterator[Finding]:
    entries = cache.entries()
    size = sum(entry.size for entry in entries)
    yield Finding("cache", f"{homely(cache.root)}  {len(entries)} x  {size / 1e6:.0f} MB")
    there = next((folder for folder in (cache.root, *cache.root.parents) if folder.is_dir()), None)
    free = shutil.disk_usage(there or ".").free / 1e6
    yield Finding(
        "disk", f"{free / 1000:.1f} GB", problem("VK-M015", free=f"{free:.0f}") if free < LEAST_FREE_MB else None
    )


def exit_code(found: tuple[Finding, ...]) -> int:
    """0 when nothing is missing, else 5."""
    return 5 if any(item.problem for item in found) else 0


def text(found: tuple[Finding, ...], *, limits: bool) -> str:
    """The verdict in one line, then the findings as a table; the limits only when asked for."""
    count = sum(1 for item in found if item.problem)
    verdict = words("doctor-bad", count=count) if count else words("doctor-good")
    shown = [item for item in found if limits or item.problem or not item.name.startswith(LIMIT)]
    rows = [[item.name, words("lacking") if item.problem else words("good"), item.found] for item in shown]
    return f"{verdict}\n{columns([words('doctor-head').split('|'), *rows])}"


def as_data(found: tuple[Finding, ...]) -> dict[str, Any]:
    """The findings as plain data."""
    return {
        "vidkit": __version__,
        "ok": not exit_code(found),
        "findings": [
            {
                "name": item.name,
                "found": item.found,
                "ok": item.problem is None,
                **({"problem": as_json(item.problem, spoken_language())} if item.problem else {}),
            }
            for item in found
        ],
    }
