"""Strings that are plucked or hammered, and bars that are struck: sums of decaying partials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from band.tone import RATE, Wave, damped, hertz, noise, seconds

if TYPE_CHECKING:
    from band.score import Note


@dataclass(frozen=True)
class String:
    """A plucked string: ring time of its fundamental in s, loss of high partials, pluck point, brightness, stiffness."""

    ring: float
    loss: float
    pluck: float
    slope: float
    stiff: float
    pick: float


GUITAR: Final = String(ring=0.42, loss=0.9, pluck=0.21, slope=1.1, stiff=5e-5, pick=0.05)
ZHENG: Final = String(ring=0.62, loss=0.5, pluck=0.17, slope=1.2, stiff=8e-5, pick=0.07)
STRUM: Final = String(ring=0.16, loss=1.2, pluck=0.28, slope=1.1, stiff=5e-5, pick=0.08)
NYLON: Final = String(ring=0.55, loss=1.9, pluck=0.27, slope=1.35, stiff=2e-5, pick=0.022)
PIPA: Final = String(ring=0.24, loss=0.42, pluck=0.12, slope=1.0, stiff=6e-5, pick=0.1)
QIN: Final = String(ring=1.05, loss=0.85, pluck=0.2, slope=1.35, stiff=4e-5, pick=0.03)
PIZZICATO: Final = String(ring=0.15, loss=1.5, pluck=0.3, slope=1.25, stiff=2e-5, pick=0.03)
LONGEST: Final = 9.0  # seconds
SINGING: Final = frozenset({"zheng", "qin"})  # strings a hand presses behind the bridge, so that long notes waver


def plucked(string: String, note: Note, held: float, rng: np.random.Generator) -> Wave:
    """A plucked string: partials shaped by the pluck point, each with its own two-stage decay; harder is brighter."""
    base = hertz(note.pitch)
    t = seconds(min(held + 0.5, LONGEST))
    turn = phase(base, t, note, held)
    out = np.zeros(len(t))
    for k in range(1, min(42, int(15_000 / base)) + 1):
        ring = (
            string.ring
            * (2.0 if note.ornament == "ring" else 1)
            * (220 / base) ** 0.35
            / (1 + string.loss * (k * base / 1000) ** 1.25)
        )
        live = t[: min(len(t), int(7 * ring * RATE) + 400)]
        level = abs(np.sin(np.pi * k * string.pluck)) / k**string.slope * (0.35 + note.force) ** (0.12 * k)
        level *= 1 + 0.15 * rng.standard_normal()
        decay = 0.75 * np.exp(-live / ring) + 0.25 * np.exp(-live / (2.6 * ring))
        out[: len(live)] += (
            level * decay * np.sin(k * np.sqrt(1 + string.stiff * k * k) * turn[: len(live)] + rng.uniform(-1.8, 1.8))
        )
    out *= np.minimum(1, t / 0.0012)
    click = noise(0.02, 1500, 5200, rng) * np.exp(-seconds(0.02) / 0.004) * string.pick
    out[: len(click)] += click
    return damped(out, held, 0.09) * note.force


def phase(base: float, t: Wave, note: Note, held: float) -> Wave:
    """Phase of the fundamental in radians: a slide up into the note, a slow vibrato once it has settled."""
    cents = np.zeros(len(t))
    if note.ornament == "slide":
        cents -= 190 * np.exp(-t / 0.028)
    if note.part in SINGING and held > 0.5:
        cents += 9 * np.sin(2 * np.pi * 5.3 * t) * np.clip((t - 0.22) / 0.3, 0, 1)
    turns: Wave = 2 * np.pi * base * np.cumsum(2 ** (cents / 1200)) / RATE
    return turns


def felt(note: Note, held: float, rng: np.random.Generator) -> Wave:
    """An upright piano with felt before its strings: round, with a soft thump; harder is brighter; partials stretched."""
    base = hertz(note.pitch)
    t = seconds(min(held + 0.5, LONGEST))
    long = 1.7 if note.ornament == "ring" else 1.0
    slow = long * 1.15 * (262 / base) ** 0.5
    out = np.zeros(len(t))
    for k in range(1, min(26, int(12_000 / base)) + 1):
        stretched = k * base * np.sqrt(1 + 3e-4 * k * k)
        level = (0.3 + abs(np.sin(np.pi * k / 8.3))) / k**0.75 * np.exp(-stretched / (620 + 2100 * note.force**1.6))
        level *= 1 + 0.12 * rng.standard_normal()
        ring = slow / (1 + 0.3 * (k - 1) ** 0.85)
        live = t[: min(len(t), int(8 * ring * RATE) + 600)]
        decay = 0.72 * np.exp(-live / (0.42 * ring)) + 0.28 * np.exp(-live / (1.9 * ring))
        beating = 1 + 0.1 * np.cos(2 * np.pi * rng.uniform(0.3, 0.9) * live + rng.uniform(0, 6))
        out[: len(live)] += level * decay * beating * np.sin(2 * np.pi * stretched * live + rng.uniform(-1.5, 1.5))
    out *= 1 - np.exp(-t / 0.0035)
    for low, high, level, dies in ((70, 380, 0.1, 0.03), (900, 3800, 0.014, 0.011)):
        knock = noise(0.12, low, high, rng) * np.exp(-seconds(0.12) / dies) * (1 - np.exp(-seconds(0.12) / 0.002))
        out[: len(knock)] += level * knock
    return damped(out, held, 0.1) * note.force


def struck(note: Note, modes: tuple[tuple[float, float, float], ...], knock: float, rng: np.random.Generator) -> Wave:
    """A struck bar or bell: modes of (frequency ratio, level, decay in s at A4), higher pitches die sooner."""
    base = hertz(note.pitch)
    t = seconds(max(d for _, _, d in modes) * 6 * max(1.0, (440 / base) ** 0.5))
    out = np.zeros(len(t))
    for ratio, level, decay in modes:
        if base * ratio < 16_000:
            tau = decay * (440 / base) ** 0.5
            out += level * note.force ** (0.5 + 0.2 * ratio) * np.exp(-t / tau) * np.sin(2 * np.pi * base * ratio * t)
    out *= np.minimum(1, t / 0.001)
    tap = noise(0.03, 400, 2500, rng) * np.exp(-seconds(0.03) / 0.006) * knock * note.force
    out[: len(tap)] += tap
    return out


MARIMBA: Final = ((1.0, 1.0, 0.34), (3.98, 0.28, 0.10), (9.7, 0.10, 0.035))
BELL: Final = ((1.0, 1.0, 1.3), (2.0, 0.3, 0.9), (2.76, 0.25, 0.5), (5.4, 0.14, 0.2))
WOOD: Final = ((1.0, 1.0, 0.05), (1.51, 0.5, 0.03), (2.63, 0.3, 0.018))
CELESTA: Final = ((1.0, 1.0, 0.75), (2.0, 0.06, 0.4), (4.03, 0.16, 0.14), (9.2, 0.05, 0.04))
KALIMBA: Final = ((1.0, 1.0, 0.42), (2.01, 0.05, 0.2), (5.42, 0.12, 0.06), (8.9, 0.06, 0.03))


def electric(note: Note, held: float) -> Wave:
    """A soft electric piano by FM, attack 45 ms, two voices a little apart."""
    t, base = seconds(held + 1.0), hertz(note.pitch)
    out = np.zeros(len(t))
    for detune in (0.9994, 1.0007):
        turn = 2 * np.pi * base * detune * t
        index = 0.9 * note.force * np.exp(-t / 0.7) + 0.18
        out += np.sin(turn + index * np.sin(turn)) + 0.05 * np.exp(-t / 0.09) * np.sin(7 * turn)
    out *= (1 - np.exp(-t / 0.045)) * np.exp(-t / (2.4 if note.ornament == "ring" else 0.9)) * note.force
    return damped(out, held, 0.22)


def round_bass(note: Note, held: float) -> Wave:
    """A finger bass: four partials, the upper ones short, gently saturated so that small speakers hear it."""
    t, base = seconds(held + 0.4), hertz(note.pitch)
    turn = 2 * np.pi * base * t
    partials = ((1, 1.0, 0.9), (2, 0.55, 0.45), (3, 0.28, 0.25), (4, 0.14, 0.15), (5, 0.07, 0.1))
    out = sum((a * np.exp(-t / d) * np.sin(k * turn) for k, a, d in partials), np.zeros(len(t)))
    shaped: Wave = np.tanh(1.3 * out * np.minimum(1, t / 0.004)) * note.force
    return damped(shaped, held, 0.06)
