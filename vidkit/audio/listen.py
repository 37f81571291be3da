"""A clip's sound → a picture of it: what is heard, the voice, the music and how far it goes down under her, cuts, beats and effects.

Read from left to right, as long as the clip; the finished AAC is what is drawn and measured, not what went into it.
"""

from __future__ import annotations

import html
import io
import wave
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from vidkit import cache, colour, outline, sheet, sound
from vidkit.audio import mastering, track
from vidkit.audio.track import RATE, samples_in
from vidkit.runs import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vidkit.audio.mastering import Samples
    from vidkit.colour import Bytes
    from vidkit.plan import Plan
    from vidkit.sound import Layers

GROUND, INK, MIX, VOICE, MUSIC, DUCK, CUT = "#22282b", "#f4efe6", "#e8b04a", "#7fd1ae", "#8fb8e0", "#ff8f6b", "#f4efe6"
LEFT, RIGHT, HEAD, ROW, GAP, FOOT = 250, 40, 190, 300, 40, 70
"""Pixels of a picture 2160 wide: the margins, the words at its top, a row of waves, what lies between rows, the seconds below."""
FULL: Final = 2160
FLOOR_DB: Final = -40.0  # where the curve of the music's level begins


@dataclass(frozen=True, eq=False)
class Heard:
    """The finished sound of a plan, what it measures, and what it was mixed of."""

    samples: Samples
    measured: sound.Loudness
    layers: Layers


def heard(plan: Plan, recording: Callable[[str], Samples], folder: Path) -> Heard:
    """The plan's sound made in a private folder and listened to."""
    measured = sound.write(plan.track, folder / "mix.m4a", recording)
    return Heard(sound.decoded(folder / "mix.m4a"), measured, sound.layers(plan.track, recording))


def wav(one: Heard, file: Path) -> None:
    """Write the finished sound as 16-bit WAV that says it is of vidkit under its final name, all or nothing."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.round(np.clip(one.samples, -1, 1) * 32767).astype("<i2").tobytes())
    cache.deliver_bytes(ours.wav(stream.getvalue()), file)


def picture(plan: Plan, one: Heard, beat: float, width: int) -> Bytes:
    """The picture as RGB (H, W, 3); ``beat`` is how many frames lie from beat to beat."""
    rows = tuple(_rows(plan, one))
    height = HEAD + len(rows) * (ROW + GAP) + FOOT
    inside = "".join((*_head(plan, one), *_beats(plan, beat, height), *_laid(rows), *_cuts(plan, height), *_cues(plan)))
    ground = np.empty((round(height * width / FULL), width, 3), np.uint8)
    ground[:] = colour.rgb(GROUND)
    return sheet.over(ground, f"{_svg(height)}{inside}{''.join(_seconds(plan, height))}</svg>")


def _svg(height: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FULL} {height}">'


# What stands above


def _head(plan: Plan, one: Heard) -> Iterator[str]:
    seconds, found = plan.board.frames / plan.board.fps, one.measured
    yield _words(
        LEFT,
        64,
        f"{seconds:.1f} 秒 · {_music(plan)} · {_level(found.lufs)} LUFS · 最高 {_level(found.true_peak_db)} dBTP",
        46,
    )
    said = f"{len(plan.track.voices)} 段人声 voice · {len(plan.track.cues)} 个音效 effects · {len(plan.board.scenes)} 段画面 scenes"
    yield _words(LEFT, 120, f"{said} · 细线是拍子 beats · 虚线是切换 cuts", 34, 0.75)


def _music(plan: Plan) -> str:
    if plan.track.bed:
        bed = track.bed(plan.track.bed)
        return f"{bed.name_zh} {bed.tempo_bpm:g} bpm"
    return "自己的音乐 own music" if plan.track.tune else "没有音乐 no music"


def _level(db: float) -> str:
    return f"{db:.1f}" if np.isfinite(db) else "−∞"


# Rows of waves


def _rows(plan: Plan, one: Heard) -> Iterator[tuple[str, str, str]]:
    """Chinese name, English name, and drawing of every row, from 0 (top) to ROW (bottom)."""
    yield "成片 ", "what is heard", _wave(one.samples, MIX) + _loudness(one.samples)
    if plan.track.voices:
        yield "人声", "voice", _wave(one.layers.voice, VOICE)
    if plan.track.music:
        duck = one.layers.duck
        yield "音乐", "music", _wave(one.layers.music, MUSIC) + (_curve(duck) if len(duck) else "")


def _laid(rows: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    for at, (zh, en, drawn) in enumerate(rows):
        top = HEAD + at * (ROW + GAP)
        yield f'<g transform="translate(0 {top})">{drawn}</g>'
        yield _words(40, top + ROW / 2, zh, 40) + _words(40, top + ROW / 2 + 40, en, 28, 0.7)


def _wave(samples: Samples, colour_: str) -> str:
    """Peaks in every pixel, up and down, as high as the row at full scale."""
    one = np.abs(samples) if samples.ndim == 1 else np.abs(samples).max(axis=1)
    peaks = _columns(one, np.max)
    up = [f"{LEFT + x} {ROW / 2 * (1 - level):.1f}" for x, level in enumerate(peaks)]
    down = [f"{LEFT + x} {ROW / 2 * (1 + level):.1f}" for x, level in reversed(list(enumerate(peaks)))]
    return f'<path d="M{" L".join((*up, *down))}Z" fill="{colour_}" stroke="{colour_}"/>'


def _columns(values: Samples, of: Callable[..., float]) -> list[float]:
    edges = np.linspace(0, len(values), FULL - LEFT - RIGHT + 1).astype(int)
    return [float(of(values[a : max(b, a + 1)])) for a, b in pairwise(edges)]


def _loudness(samples: Samples) -> str:
    """Loudness of every 400 ms as a line from the floor to 0 LUFS, and the target."""
    levels = mastering.momentary(samples)[4:]
    places = np.linspace(LEFT, FULL - RIGHT, max(len(levels), 2))
    line = " L".join(f"{x:.0f} {_height(level):.1f}" for x, level in zip(places, levels, strict=False))
    target = _height(float(sound.levels()["loudness"]["target_lufs"]))
    aim = f'<path d="M{LEFT} {target} H{FULL - RIGHT}" stroke="{INK}" stroke-dasharray="14 10" stroke-width="2"/>'
    named = _words(FULL - RIGHT, target - 8, "−14 LUFS", 26, 0.8, end=True)
    return (
        f'{aim}{named}<path d="M{line}" fill="none" stroke="{INK}" stroke-width="4" stroke-linejoin="round"/>'
        if levels
        else aim
    )


def _curve(duck: Samples) -> str:
    """How far the music is lowered, in dB from the row's top (0) to its bottom."""
    levels = [20 * np.log10(max(level, 1e-4)) for level in _columns(duck, np.min)]
    line = " L".join(f"{LEFT + x} {_height(level):.1f}" for x, level in enumerate(levels))
    deepest = min(levels)
    named = _words(LEFT + levels.index(deepest) + 12, _height(deepest) - 14, f"{deepest:.1f} dB", 30)
    return f'<path d="M{line}" fill="none" stroke="{DUCK}" stroke-width="5"/>{named}'


def _height(db: float) -> float:
    return ROW * min(max(db / FLOOR_DB, 0.0), 1.0)


# Lines from top to bottom


def _across(plan: Plan, frame: float) -> float:
    return LEFT + (FULL - LEFT - RIGHT) * frame / plan.board.frames


def _beats(plan: Plan, beat: float, height: int) -> Iterator[str]:
    """A thin line for every beat."""
    for number in range(int(plan.board.frames / beat) + 1 if plan.track.music else 0):
        x = _across(plan, number * beat)
        yield f'<path d="M{x:.1f} {HEAD - 14} V{height - FOOT}" stroke="{INK}" stroke-opacity="0.16" stroke-width="2"/>'


def _cuts(plan: Plan, height: int) -> Iterator[str]:
    """A dashed line in the middle of every change of scene, and the scene's name where there is room."""
    starts = [
        start + (before.into.frames / 2 if before else 0)
        for before, start in zip((None, *plan.board.scenes), plan.board.starts, strict=False)
    ]
    for scene, start, end in zip(plan.board.scenes, starts, (*starts[1:], plan.board.frames), strict=True):
        x, room = _across(plan, start), _across(plan, end) - _across(plan, start)
        name = outline.scene_called(scene.name)
        yield f'<path d="M{x:.1f} {HEAD - 44} V{height - FOOT}" stroke="{CUT}" stroke-width="2" stroke-dasharray="6 8" stroke-opacity="0.9"/>'
        if room > 24 * len(name) + 10:
            yield _words(x + 8, HEAD - 22, name, 24)


def _cues(plan: Plan) -> Iterator[str]:
    """A mark and its name for every effect, at the foot of the first row."""
    names = sound.levels()["effects"]["names"]
    last = -100.0
    for cue in sorted(plan.track.cues, key=lambda cue: cue.frame):
        x = _across(plan, cue.frame)
        yield f'<circle cx="{x:.1f}" cy="{HEAD + ROW + 6}" r="7" fill="{DUCK}"/>'
        if x - last > 60:
            yield _words(x - 12, HEAD + ROW + 36, names[cue.kind], 22, 0.85)
            last = x


def _seconds(plan: Plan, height: int) -> Iterator[str]:
    length = samples_in(plan.board.frames, plan.board.fps) / RATE
    step = next(step for step in (1, 2, 5, 10, 20) if length / step <= 16 or step == 20)
    for second in range(0, int(length) + 1, step):
        x = _across(plan, second * plan.board.fps)
        yield _words(x - 10, height - FOOT / 3, f"{second}s", 28, 0.7)


def _words(x: float, y: float, said: str, size: int, shown: float = 1.0, *, end: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}" fill-opacity="{shown}" font-family="Noto Sans SC" font-weight="500" '
        f'font-size="{size}"{anchor}>{html.escape(said)}</text>'
    )
