"""Finished files → a ``Proof``: every clip decoded wholly and held against its storyboard, every picture against its page.

A file is judged by what is in it, not by what made it: streams, frames, length, loudness, black, frozen and silent stretches, the frames
themselves against frames painted anew, the marks that are due, what it carries besides, and its bytes against the manifest. Thresholds are data with
their reasons (``data/proof.yaml``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from vidkit import cache, clip, colour, encode, sheet, sound
from vidkit.consoles import spelling
from vidkit.labels import aigc, imprint, marks
from vidkit.pages import still
from vidkit.painting.album import Album
from vidkit.photos import file as files
from vidkit.problems import Place, Refusal, problem
from vidkit.publishing import carried, measure, within
from vidkit.runs import faults, stored
from vidkit.runs.stored import MANIFEST
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.make import Made
    from vidkit.pages.page import Page
    from vidkit.plan import Plan, Script
    from vidkit.problems import Problem
    from vidkit.publishing.measure import Measured, Stream
    from vidkit.storyboard import Box

PICTURES = (".jpg", ".png", ".pdf")
STARTS = {".jpg": b"\xff\xd8\xff", ".png": files.PNG, ".pdf": b"%PDF-"}
DARK = 16 + 0.10 * 219
"""Luma of a pixel that ffmpeg's blackdetect calls dark at pix_th 0.10."""


@dataclass(frozen=True)
class Proof:
    """What was looked at: how many files, each clip as it was measured by platform, and what is wrong."""

    files: int
    clips: tuple[tuple[str, Measured], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing that stops a post was found."""
        return not any(one.level == "error" for one in self.problems)


def prove(
    script: Script,
    plans: Sequence[Plan],
    made: Made,
    pages: Mapping[str, Page],
    advance: Callable[[int], None] = lambda _frames: None,
) -> Proof:
    """Everything that was made for a brief, proven; ``pages`` are its stills by their path below its folder; ``advance`` is told of the frames that
    were looked at.
    """
    album = Album(script.assets)
    found: list[Problem] = list(_as_written(made))
    clips = []
    for plan in plans:
        file = made.folder / plan.platform.id / "clip.mp4"
        if file.is_file():
            measured, wrong = of_clip(file, script, plan, album)
            clips.append((plan.platform.id, replace(measured, shown=())))
            found += wrong
        advance(plan.board.frames)
    for file in made.files:
        if file.suffix in PICTURES and file.is_file():
            name = file.relative_to(made.folder).as_posix()
            found += of_picture(file, script, _page(pages, name), album)
    return Proof(len(made.files), tuple(clips), tuple(dict.fromkeys(found)))


def _page(pages: Mapping[str, Page], name: str) -> Page | None:
    return pages.get(name) or pages.get(name.removesuffix(".pdf") + ".png")


def _as_written(made: Made) -> Iterator[Problem]:
    """The files are those of the manifest that was written when they were made (VK-U017)."""
    manifest = made.folder / MANIFEST
    files = stored.of(manifest).get("files")
    noted = files if isinstance(files, dict) else {}
    for file in made.files:
        name = file.relative_to(made.folder).as_posix()
        there = file.is_file()
        wanted = (made.manifest or None) if file == manifest else noted.get(name, "")
        if not there or (wanted is not None and wanted != cache.sha256(file)):
            yield problem("VK-U017", _at(file))


def _at(file: Path) -> Place:
    return Place(spelling.shown(file))


# A clip


def of_clip(file: Path, script: Script, plan: Plan, album: Album) -> tuple[Measured, tuple[Problem, ...]]:
    """A clip decoded to its end, and what is wrong with it."""
    moments = _moments(plan)
    measured = measure.clip(file, moments)
    place = _at(file)
    if not measured.frames:
        told = _streams_told(measured.streams)
        return measured, (problem("VK-U001", place, found=told, wanted=_wanted_streams(plan)),)
    painted = dict(zip(moments, _painted(plan, moments, album), strict=True))
    found = [
        *_stream_faults(measured, plan, place),
        *_length_faults(file, measured, plan, place),
        *_loudness_faults(measured, plan, place),
        *_stretches(measured, plan, album, place),
        *_picture_faults(dict(zip(moments, measured.shown, strict=False)), painted, plan, place),
        *_mark_faults(dict(zip(moments, measured.shown, strict=False)), painted, script, plan, place),
        *(problem("VK-U013", place, words=words) for words in within.leaving(plan, script.brand.logo)),
        *_carried_faults(file, aigc.of_clip(script, plan), place),
    ]
    return measured, tuple(found)


def _value(path: str) -> Any:
    group, name = path.split(".")
    return table("proof")[group][name]["value"]


def _moments(plan: Plan) -> tuple[int, ...]:
    """The frames looked at: those of the first two seconds in steps (a label must be there), the middle of every scene, the last."""
    label = round(_value("shown.label_seconds") * plan.board.fps)
    labelled = range(0, label, max(1, label // int(_value("shown.label_looks"))))
    middles = [
        start + segment.frames // 2
        for start, segment in zip(clip.starts(plan.segments), plan.segments, strict=True)
        if not segment.onto
    ]
    last = plan.board.frames - 1
    return tuple(sorted({min(at, last) for at in (*labelled, label - 1, *middles, last)}))


def _painted(plan: Plan, moments: Sequence[int], album: Album) -> Iterator[Bytes]:
    """These frames as the storyboard wants them, in their order; a segment is made ready once."""
    starts = clip.starts(plan.segments)
    for segment, start in zip(plan.segments, starts, strict=True):
        steps = [at - start for at in moments if start <= at < start + segment.frames]
        if steps:
            yield from sheet.painted(segment, steps, album)


def _wanted_streams(plan: Plan) -> str:
    kind = "profile" if plan.board.canvas == plan.platform.canvas else "draft_profile"
    video = f"{_value('video.codec')} {_value(f'video.{kind}')} {_value('video.pixels')}"
    size = "x".join(map(str, plan.board.canvas))
    sounds = f"{_value('audio.codec')} {_value('audio.rate')} {_value('audio.channels')}"
    return f"{video} {size} {plan.board.fps:g} + {sounds}"


def _streams_told(streams: Iterable[Stream]) -> str:
    return " + ".join(map(_stream_told, streams)) or "0"


def _stream_told(one: Stream) -> str:
    if one.kind == "video":
        return f"{one.codec} {one.profile} {one.pixels} {one.size[0]}x{one.size[1]} {one.fps:g}"
    return f"{one.codec} {one.rate} {one.channels}" if one.kind == "audio" else one.codec


def _stream_faults(measured: Measured, plan: Plan, place: Place) -> Iterator[Problem]:
    told, wanted = _streams_told(measured.streams), _wanted_streams(plan)
    if told != wanted:
        yield problem("VK-U001", place, found=told, wanted=wanted)
    if measured.faults:
        yield problem("VK-U003", place, words="; ".join(measured.faults))


def _length_faults(file: Path, measured: Measured, plan: Plan, place: Place) -> Iterator[Problem]:
    wanted = plan.board.frames
    off = abs(measured.seconds - wanted / plan.board.fps)
    if measured.frames != wanted or off > _value("audio.seconds_off"):
        yield problem(
            "VK-U002",
            place,
            frames=measured.frames,
            wanted=wanted,
            seconds=f"{measured.seconds:.2f}",
            planned=f"{wanted / plan.board.fps:.2f}",
        )
        return
    try:
        encode.check(file, wanted, plan.board.fps, clip.starts(plan.segments), sound=True)
    except Refusal as refusal:
        yield from refusal.problems


def _loudness_faults(measured: Measured, plan: Plan, place: Place) -> Iterator[Problem]:
    """Music at the target, silence where none is asked for; no true peak over the ceiling."""
    wanted = sound.levels()["loudness"]
    target, lufs = float(wanted["target_lufs"]), measured.lufs
    if plan.track.levelled and abs(lufs - target) > float(wanted["tolerance_lu"]):
        yield problem("VK-U004", place, lufs=f"{lufs:.1f}", target=f"{target:g}")
    if not plan.track.levelled and not plan.track.cues and lufs != -math.inf:
        yield problem("VK-U010", place, lufs=f"{lufs:.1f}")
    if measured.true_peak_db > float(wanted["true_peak_db"]):
        yield problem("VK-U005", place, peak=f"{measured.true_peak_db:.1f}", ceiling=f"{wanted['true_peak_db']:g}")


# Stretches


def _stretches(measured: Measured, plan: Plan, album: Album, place: Place) -> Iterator[Problem]:
    """Black, frozen and silent stretches that the storyboard does not want."""
    for start, end in measured.black:
        planned = _all_dark(_between(plan, (start, end), album))
        yield problem("VK-U007" if planned else "VK-U006", place, **_from_to(start, end))
    for start, end in measured.frozen:
        if _moving(_between(plan, (start, end), album)):
            yield problem("VK-U008", place, **_from_to(start, end))
    if plan.track.music:
        yield from (problem("VK-U009", place, **_from_to(start, end)) for start, end in measured.silent)


def _from_to(start: float, end: float) -> dict[str, str]:
    return {"start": f"{start:.1f}", "end": f"{end:.1f}"}


def _between(plan: Plan, span: tuple[float, float], album: Album) -> tuple[Bytes, ...]:
    """The painted luma of four frames of a stretch, its first and last among them."""
    fps, last = plan.board.fps, plan.board.frames - 1
    first, final = (min(max(round(at * fps), 0), last) for at in span)
    final = max(first, final - 1) if final < last else final
    moments = sorted({round(first + (final - first) * share) for share in (0, 1 / 3, 2 / 3, 1)})
    return tuple(colour.planes(one)[0] for one in _painted(plan, moments, album))


def _all_dark(lumas: Sequence[Bytes]) -> bool:
    return all(float((one <= DARK).mean()) >= _value("black.picture") for one in lumas)


def _moving(lumas: Sequence[Bytes]) -> bool:
    """Whether any two of these frames look different as they were painted."""
    least, first = _value("frozen.least_change"), lumas[0].astype(np.int16)
    return any(float(np.abs(one - first).mean()) > least for one in lumas[1:])


# Frames and marks


def psnr(one: Bytes, other: Bytes) -> float:
    """How alike two pictures are, dB: 99 for the same, 0 for two of different size."""
    if one.shape != other.shape:
        return 0.0
    error = float(np.square(one.astype(np.float32) - other.astype(np.float32)).mean())
    return 99.0 if error < 1e-3 else 10 * math.log10(255**2 / error)


def _picture_faults(
    shown: Mapping[int, Bytes], painted: Mapping[int, Bytes], plan: Plan, place: Place
) -> Iterator[Problem]:
    """The decoded frames look as they were planned (VK-U011); the first that does not is told."""
    for at, wanted in painted.items():
        luma = colour.planes(wanted)[0]
        if at not in shown or psnr(colour.planes(shown[at])[0], luma) < _value("shown.psnr_db"):
            yield problem("VK-U011", place, at=f"{at / plan.board.fps:.1f}")
            return


def _mark_faults(
    shown: Mapping[int, Bytes], painted: Mapping[int, Bytes], script: Script, plan: Plan, place: Place
) -> Iterator[Problem]:
    """Every mark that is due lies over the clip from its first frame on, long enough, and is there in the decoded frames (VK-U012)."""
    label = round(_value("shown.label_seconds") * plan.board.fps)
    for mark in marks.of(script, plan.platform, plan.track):
        drawn = [one for one in plan.board.marks if within.words(one.svg) == mark.words]
        until = plan.board.frames if not mark.seconds else label
        there = [one for one in drawn if one.first == 0 and one.last >= min(until, plan.board.frames)]
        moments = [at for at in painted if at < until]
        if not there or not all(_seen(shown.get(at), painted[at], there[0].box) for at in moments):
            yield problem("VK-U012", place, words=mark.words)


def _seen(shown: Bytes | None, painted: Bytes, box: Box) -> bool:
    if shown is None:
        return False
    rows, columns = slice(box.y, box.y + box.height), slice(box.x, box.x + box.width)
    one, other = (colour.planes(frame)[0][rows, columns] for frame in (shown, painted))
    return psnr(one, other) >= float(_value("shown.mark_psnr_db"))


# What files carry


def _carried_faults(file: Path, label: str, place: Place) -> Iterator[Problem]:
    """Nothing but what is allowed (VK-U014), and the AI label exactly where it is due."""
    extras = carried.extras(file)
    if extras:
        yield problem("VK-U014", place, names="、".join(extras[:6]))
    held = imprint.labels(file)
    if held != ((label,) if label else ()) or (label and aigc.parsed(label) is None):
        yield problem("VK-U015", place, found=len(held), wanted=int(bool(label)))


def of_picture(file: Path, script: Script, page: Page | None, album: Album) -> tuple[Problem, ...]:
    """What is wrong with a finished picture: its format, its size, what it carries, its label; and whether a label that is due is seen."""
    place, label = _at(file), aigc.of_page(script, page) if page else ""
    with file.open("rb") as stream:
        start = stream.read(8)
    if not start.startswith(STARTS[file.suffix]):
        return (problem("VK-U016", place, found="?", wanted=file.suffix.lstrip(".")),)
    found = list(_carried_faults(file, label, place))
    if page and file.suffix != ".pdf":
        drawn = _decoded(file)
        size = (0, 0) if drawn is None else (drawn.shape[1], drawn.shape[0])
        if size != page.size:
            sizes = ("x".join(map(str, one)) for one in (size, page.size))
            found.append(problem("VK-U016", place, found=next(sizes), wanted=next(sizes)))
        elif drawn is not None and label:
            found += _label_faults(drawn, page, album, place)
    return tuple(found)


def _decoded(file: Path) -> Bytes | None:
    """A picture's pixels as RGB; None for one that cannot be read."""
    try:
        with Image.open(file) as picture:
            return np.asarray(picture.convert("RGB"))
    except (OSError, UnidentifiedImageError, ValueError) as error:
        faults.answered(error)
        return None


def _label_faults(drawn: Bytes, page: Page, album: Album, place: Place) -> Iterator[Problem]:
    """A picture that AI made says so in its drawing, and the file shows what was drawn (VK-U012)."""
    said = within.words(page.svg)
    for mark in marks.ai_label(frozenset({"pictures"})):
        if mark.words not in said or psnr(drawn, still.draw(page, album.cut, album.person)) < _value("shown.psnr_db"):
            yield problem("VK-U012", place, words=mark.words)


def as_data(proof: Proof) -> dict[str, Any]:
    """The figures of a proof as plain data."""
    return {name: figures(one) for name, one in proof.clips}


def figures(one: Measured) -> dict[str, Any]:
    """What was measured of a clip as plain data; no number for the loudness of silence."""
    return {
        "streams": list(map(_stream_told, one.streams)),
        "frames": one.frames,
        "seconds": round(one.seconds, 3),
        "lufs": None if one.lufs == -math.inf else one.lufs,
        "true_peak_db": None if one.true_peak_db == -math.inf else one.true_peak_db,
        "black": [list(span) for span in one.black],
        "still": [list(span) for span in one.frozen],
        "silent": [list(span) for span in one.silent],
    }
