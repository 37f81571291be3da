"""What a piece of music measures, and a picture of it, for people who cannot listen: ``python tools/music_figures.py FILE … [--draw DIR]``.

Loudness and its range follow BS.1770 and EBU Tech 3342; tilt is the slope of the long-term spectrum in thirds of octaves from
100 Hz to 8 kHz; onsets are peaks of the rise of the spectrum that stand out from the second around them.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from vidkit import ffmpeg, sound
from vidkit.audio import track

if TYPE_CHECKING:
    from collections.abc import Iterator

Wave = npt.NDArray[np.floating]

RATE: Final = track.RATE
WINDOW: Final = 2048
HOP: Final = RATE // 100
WIDE, HIGH, LOW_HZ, TOP_HZ = 1600, 560, 30.0, 18_000.0


@dataclass(frozen=True)
class Figures:
    """What was measured; loudness in LUFS and LU, levels in dB, pitch in Hz, tilt in dB an octave, onsets a second."""

    seconds: float
    lufs: float
    range_lu: float
    peak_db: float
    crest_db: float
    correlation: float
    side_db: float
    centroid_hz: float
    centroid_spread: tuple[float, float]
    tilt_db: float
    onsets: float


def heard(file: Path) -> Wave:
    """A file's samples at 48 kHz, two channels."""
    raw = ffmpeg.run(["-i", str(file), "-map", "0:a:0", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "pipe:1"])
    return np.frombuffer(raw, np.float32).reshape(-1, 2)


def spectra(mono: Wave, size: int = WINDOW, hop: int = HOP) -> Wave:
    """Magnitudes of windows a hop apart, shape (windows, bins)."""
    frames = np.lib.stride_tricks.sliding_window_view(mono.astype(np.float32), size)[::hop]
    return np.abs(np.fft.rfft(frames * np.hanning(size).astype(np.float32), axis=1))


def flux(magnitudes: Wave) -> Wave:
    """How much the spectrum rises from each window to the next, weak and strong bands alike (by their square roots)."""
    level = np.sqrt(magnitudes)
    rise = np.maximum(np.diff(level, axis=0, prepend=level[:1]), 0)
    total: Wave = rise.sum(axis=1)
    return total


def onsets(mono: Wave) -> Wave:
    """When sounds begin, in seconds: the peaks of the flux that stand out from the second around them."""
    rise = flux(spectra(mono, 1024, HOP // 2))
    around = np.lib.stride_tricks.sliding_window_view(np.pad(rise, 100, "edge"), 201)[: len(rise)]
    floor = np.median(around, axis=1) + 0.18 * (np.percentile(around, 98, axis=1) - np.median(around, axis=1))
    near = np.lib.stride_tricks.sliding_window_view(np.pad(rise, 8, constant_values=0), 17)[: len(rise)]
    peaks = np.flatnonzero((rise >= near.max(axis=1)) & (rise > floor))
    at: Wave = peaks * (HOP // 2) / RATE + 0.55 * 1024 / RATE
    return at


def figures(samples: Wave) -> Figures:
    """What some music measures."""
    mono, side = samples.mean(axis=1), (samples[:, 0] - samples[:, 1]) / 2
    magnitudes = spectra(mono, 4096, RATE // 20)
    hertz = np.fft.rfftfreq(4096, 1 / RATE)
    loud = magnitudes.sum(axis=1) > 0.05 * magnitudes.sum(axis=1).mean()
    centroid = (magnitudes[loud] @ hertz) / magnitudes[loud].sum(axis=1)
    peak, power = float(np.abs(samples).max()), float(np.square(samples, dtype=np.float64).mean())
    low, high = np.percentile(centroid, (10, 90))
    return Figures(
        seconds=len(samples) / RATE,
        lufs=sound.loudness(samples),
        range_lu=loudness_range(samples),
        peak_db=20 * float(np.log10(peak)),
        crest_db=20 * float(np.log10(peak)) - 10 * float(np.log10(power)),
        correlation=float(np.corrcoef(samples[:, 0], samples[:, 1]).min()),
        side_db=10 * float(np.log10((np.square(side).mean() + 1e-12) / np.square(mono).mean())),
        centroid_hz=float(np.median(centroid)),
        centroid_spread=(float(low), float(high)),
        tilt_db=tilt(magnitudes),
        onsets=len(onsets(mono)) / (len(samples) / RATE),
    )


def tilt(magnitudes: Wave) -> float:
    """Slope of the long-term spectrum, in dB an octave."""
    hertz = np.fft.rfftfreq(4096, 1 / RATE)
    power = np.square(magnitudes).mean(axis=0)
    centres = 100 * 2 ** (np.arange(20) / 3)
    bands = [power[(hertz >= c / 2 ** (1 / 6)) & (hertz < c * 2 ** (1 / 6))].mean() for c in centres]
    return float(np.polyfit(np.log2(centres), 10 * np.log10(np.array(bands) + 1e-12), 1)[0])


def loudness_range(samples: Wave) -> float:
    """EBU Tech 3342's loudness range in LU, as ffmpeg's ebur128 finds it."""
    came = ("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    said = ffmpeg.report(
        [*came, "-af", "ebur128=framelog=quiet", "-f", "null", "-"], stdin=samples.astype(np.float32).tobytes()
    )
    return float(re.findall(r"LRA:\s+(\S+) LU", said)[-1])


def drawn(samples: Wave, name: str) -> Image.Image:
    """A picture: spectrogram over a logarithmic pitch axis with its centroid, and the level of both channels below."""
    mono = samples.mean(axis=1)
    hop = max(1, len(mono) // WIDE)
    magnitudes = spectra(np.pad(mono, (2048, 2048)), 4096, hop)[:WIDE]
    hertz = np.fft.rfftfreq(4096, 1 / RATE)
    rows = LOW_HZ * (TOP_HZ / LOW_HZ) ** (1 - np.arange(HIGH) / HIGH)
    grid = np.stack([np.interp(rows, hertz, one) for one in magnitudes], axis=1)
    level = np.clip((20 * np.log10(grid + 1e-9) - 20 * np.log10(magnitudes.max()) + 84) / 84, 0, 1)
    colours = np.stack([level**1.2, level**2.2, 0.25 + 0.5 * np.sin(np.pi * level) - 0.25 * (1 - level)], axis=2)
    canvas = Image.new("RGB", (WIDE, HIGH + 190), "white")
    canvas.paste(Image.fromarray((np.clip(colours, 0, 1) * 255).astype(np.uint8)), (0, 0))
    pen = ImageDraw.Draw(canvas)
    for pitch in (50, 100, 200, 500, 1000, 2000, 5000, 10_000):
        y = HIGH * (1 - np.log(pitch / LOW_HZ) / np.log(TOP_HZ / LOW_HZ))
        pen.line((0, y, 12, y), fill="white")
        pen.text((15, y - 6), f"{pitch}", fill="white")
    centroid = (magnitudes @ hertz) / (magnitudes.sum(axis=1) + 1e-9)
    ys = HIGH * (1 - np.log(np.clip(centroid, LOW_HZ, TOP_HZ) / LOW_HZ) / np.log(TOP_HZ / LOW_HZ))
    pen.line([(x, float(y)) for x, y in enumerate(ys)], fill=(120, 255, 160))
    for x, height in levels(samples, hop):
        pen.line((x, HIGH + 95 - height, x, HIGH + 95 + height), fill=(30, 110, 120))
    for second in range(0, len(samples) // RATE, 10):
        pen.text((second * RATE / hop, HIGH + 175), f"{second} s", fill="black")
    pen.text((60, 6), name, fill="white")
    return canvas


def levels(samples: Wave, hop: int) -> Iterator[tuple[int, float]]:
    """For every column of a picture its x and the height of its peak."""
    for x in range(min(WIDE, len(samples) // hop)):
        yield x, 90 * float(np.abs(samples[x * hop : (x + 1) * hop]).max())


def main() -> None:
    """Measure files, and draw them when asked."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("files", nargs="+", type=Path)
    wanted.add_argument("--draw", type=Path)
    asked = wanted.parse_args()
    for file in asked.files:
        samples = heard(file)
        print(file.name, figures(samples))
        if asked.draw:
            drawn(samples, file.name).save(asked.draw / f"{file.stem}.png")


if __name__ == "__main__":
    main()
