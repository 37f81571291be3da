"""A film's file → what is in it, before a frame is decoded: which stream, upright size, how long, how its colours are written.

Only MP4 and MOV are read, by ffmpeg's one reader for both, without a way to any other file; what a film says of place and device is not looked at.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit import ffmpeg
from vidkit.photos import file as files
from vidkit.problems import Problem, Refusal, problem
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.problems import Place

NAME = "film"
"""What a film is called in the folder where ffmpeg reads it: no name of a user's stands on a command line."""
FIRST_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"skip", b"free"}
HDR = {"arib-std-b67", "smpte2084"}
"""Transfers of HLG and PQ."""


@dataclass(frozen=True)
class Stored:
    """How a film is stored: the number of its stream, upright width and height, seconds, and its colours as ffmpeg names them (matrix,
    primaries, transfer; ``unknown`` for what is not said) with whether they use the full range.
    """

    stream: int
    width: int
    height: int
    seconds: float
    matrix: str = "unknown"
    primaries: str = "unknown"
    transfer: str = "unknown"
    full: bool = False

    @property
    def wide(self) -> bool:
        """Whether the colours reach beyond BT.709: HDR, or BT.2020."""
        return self.transfer in HDR or self.primaries == "bt2020"


def rules() -> dict[str, Any]:
    """The figures of ``data/footage.yaml``."""
    return table("footage")


def opened() -> tuple[str, ...]:
    """How ffmpeg opens a film: one reader, no other file, and no pictures larger than told, whatever the index says of them."""
    most = round(rules()["limits"]["opened_megapixels"] * 1_000_000)
    return "-f", "mov", "-protocol_whitelist", "file", "-max_pixels", str(most)


def is_film(file: Path) -> bool:
    """Whether a file is an MP4 or MOV by its first bytes, and no picture; one that cannot be read is none."""
    start = _first_bytes(file)
    pictures = files.kind(start) or (start[4:8] == b"ftyp" and start[8:12] in files.SEQUENCE_BRANDS)
    return start[4:8] in FIRST_BOXES and not pictures


def of_another_kind(file: Path) -> bool:
    """Whether a file is a film by its first bytes, but of a kind that is not read; no for one that cannot be read."""
    start = _first_bytes(file)
    return not files.kind(start) and files.disguise(start) == files.FILM


def _first_bytes(file: Path) -> bytes:
    """How a file begins; nothing of one that cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(4096)
    except OSError as error:
        faults.answered(error)
        return b""


def content(file: Path, name: str, place: Place | None) -> str:
    """A film's SHA-256 in hex; refuses one that cannot be read (VK-F001) or is too large a file (VK-F002)."""
    limit = rules()["limits"]["max_file_mb"]
    try:
        size = file.stat().st_size
        if size > limit * 1_000_000:
            raise Refusal(problem("VK-F002", place, name=name, megabytes=round(size / 1e6), limit=limit))
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        faults.answered(error)
        raise Refusal(problem("VK-F001", place, name=name, words=error.strerror or error)) from error


def put(file: Path, folder: Path) -> None:
    """Have a film lie in a private folder under the one name: by a link where the system lets us, else as a copy."""
    try:
        (folder / NAME).symlink_to(file.resolve())
    except OSError:
        shutil.copyfile(file, folder / NAME)


def stored(folder: Path, name: str, place: Place | None) -> Stored:
    """What the film in a folder holds; refuses a damaged one (VK-F003), one without pictures (VK-F004) or of a size that will not do
    (VK-F005).
    """
    said = ffmpeg.report([*opened(), "-i", NAME], cwd=folder)
    lasts = re.search(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)", said)
    if not lasts:
        raise Refusal(problem("VK-F003", place, name=name))
    hours, minutes, seconds = lasts.groups()
    streams = re.split(r"(?=Stream #0:)", said)
    found = next((part for part in streams if ": Video: " in part and "(attached pic)" not in part), None)
    if found is None:
        raise Refusal(problem("VK-F004", place, name=name))
    told = _told(found, int(hours) * 3600 + int(minutes) * 60 + float(seconds))
    wrong = _too_much(told, name, place) if told else problem("VK-F003", place, name=name)
    if told is None or wrong:
        raise Refusal(*([wrong] if wrong else []))
    return told


def _told(said: str, seconds: float) -> Stored | None:
    """What ffmpeg says of a stream of pictures; None where it does not even know a size."""
    number, size = re.match(r"Stream #0:(\d+)", said), re.search(r", (\d+)x(\d+)", said)
    if not number or not size:
        return None
    width, height = int(size[1]), int(size[2])
    shape = re.search(r"SAR (\d+):(\d+)", said)
    if shape and int(shape[1]) and int(shape[2]):
        width = round(width * int(shape[1]) / int(shape[2]))
    turn = re.search(r"rotation of (-?\d+)", said)
    if turn and round(int(turn[1]) / 90) % 2:
        width, height = height, width
    coded = re.search(r"yuvj?\d+p\w*(?:\(([^)]*)\))?", said)
    words = [word.strip() for word in ((coded[1] or "") if coded else "").split(",")]
    full = "pc" in words or "yuvj" in (coded[0] if coded else "")
    colours = next((w for w in words if w and w not in {"tv", "pc", "progressive"} and "first" not in w), "unknown")
    matrix, primaries, transfer = colours.split("/") if colours.count("/") == 2 else [colours] * 3
    return Stored(int(number[1]), width, height, seconds, matrix, primaries, transfer, full=full)


def _too_much(told: Stored, name: str, place: Place | None) -> Problem | None:
    most, sides = rules()["limits"], sorted((told.width, told.height))
    large = sides[0] * sides[1] > most["max_megapixels"] * 1e6
    if large or sides[0] < most["min_side_px"] or sides[1] > most["max_ratio"] * sides[0]:
        return problem("VK-F005", place, name=name, width=told.width, height=told.height)
    return None
