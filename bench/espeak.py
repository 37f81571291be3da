"""Mandarin by espeak-ng with the time of every syllable, through its C interface (Debian package ``espeak-ng``); for ``sound.py`` only."""

from __future__ import annotations

import ctypes
import re
from functools import cache
from itertools import pairwise
from typing import Any

import made_speech
import numpy as np
import numpy.typing as npt

from vidkit.audio.track import RATE

WORD, PHONEME, SYNCHRONOUS, PHONEME_EVENTS, UTF8 = 1, 7, 2, 1, 1
SPEED, PITCH = 1, 3
Floats = npt.NDArray[np.float64]
Syllable = tuple[int, float, float]
"""Where its character stands in the words, first and last moment in seconds."""
PAUSES = {"、": (0, 0.08, 0.15), "，": (0, 0.12, 0.25, 0.4), "。": (0.3, 0.5, 0.9), "！": (0.5,)}


class Event(ctypes.Structure):
    """espeak_EVENT."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("kind", "uid", "text_position", "length", "audio_position", "sample")),
        ("user", ctypes.c_void_p),
        ("name", ctypes.c_char * 8),
    )


CALLBACK: Any = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


@cache
def library() -> tuple[Any, int]:
    """The library and its rate in Hz."""
    found = ctypes.CDLL("libespeak-ng.so.1")
    return found, int(found.espeak_Initialize(SYNCHRONOUS, 500, None, PHONEME_EVENTS))


def say(words: str, speed: int, pitch: int) -> tuple[Floats, dict[int, tuple[float, float]]]:
    """Words as samples at espeak's rate, and for each character (from 1) when it is said."""
    called, _ = library()
    parts: list[Floats] = []
    events: list[tuple[int, int, str]] = []

    def take(wave: Any, count: int, told: Any) -> int:
        if count > 0 and wave:
            parts.append(np.ctypeslib.as_array(wave, (count,)).astype(float) / 32768)
        at = 0
        while told[at].kind:
            if told[at].kind == PHONEME:
                events.append((told[at].text_position, told[at].audio_position, told[at].name.decode(errors="replace")))
            at += 1
        return 0

    kept = CALLBACK(take)  # a name, so that it is not collected while it is used
    called.espeak_SetSynthCallback(kept)
    called.espeak_SetVoiceByName(b"cmn-latn-pinyin")
    called.espeak_SetParameter(SPEED, speed, 0)
    called.espeak_SetParameter(PITCH, pitch, 0)
    given = words.encode() + b"\0"
    called.espeak_Synth(given, len(given), 0, 0, 0, UTF8, None, None)
    called.espeak_Synchronize()
    spoken: dict[int, tuple[float, float]] = {}
    for (at, start, name), (_, end, _) in pairwise(events):
        if name[:1] not in {"_", "("}:
            spoken[at] = (spoken.get(at, (start / 1000, 0))[0], end / 1000)
    return np.concatenate(parts), spoken


def talk(words: str, seed: int, *, snr_db: float | None) -> tuple[made_speech.Mono, list[Syllable]]:
    """Words said clause by clause at a tempo that drifts, with pauses of chance, some left out, some put in; over noise, at 48 kHz."""
    chance, rate = np.random.default_rng(seed), library()[1]
    usual, pitch, drift = int(chance.integers(130, 215)), int(chance.integers(35, 85)), chance.uniform(-0.25, 0.25)
    out, times = [np.zeros(int(rate * chance.uniform(0.1, 1.2)))], []
    clauses = re.findall(r"[^，。！、]+[，。！、]*", words)
    place = 0
    for number, clause in enumerate(clauses):
        for part, pause in _hesitating(clause, chance):
            speed = usual * (1 + 2 * drift * (number / len(clauses) - 0.5)) * chance.uniform(0.9, 1.1)
            wave, spoken = say(part, int(speed), pitch)
            begun = sum(map(len, out)) / rate
            times += [(place + at - 1, begun + a, begun + b) for at, (a, b) in spoken.items()]
            out += [wave[: int((max(b for _, b in spoken.values()) + 0.03) * rate)], np.zeros(int(rate * pause))]
            place += len(part)
    voice = _raised(np.concatenate([*out, np.zeros(rate // 2)]), rate)
    if snr_db is not None:
        power = np.square(voice[np.abs(voice) > 1e-3]).mean()
        voice = voice + made_speech.hiss(len(voice), seed) * np.sqrt(power) * 10 ** (-snr_db / 20)
    return voice.astype(np.float32), times


def _hesitating(clause: str, chance: np.random.Generator) -> list[tuple[str, float]]:
    """A clause and its pause; a quarter of the long ones in two parts with a pause where none is written."""
    after = float(chance.choice(PAUSES.get(clause[-1], (0.0,))))
    cut = int(chance.integers(4, len(clause) - 4)) if len(clause) > 9 and chance.random() < 0.25 else 0
    if not cut or clause[cut].isdigit() or clause[cut - 1].isdigit():
        return [(clause, after)]
    return [(clause[:cut], float(chance.uniform(0.15, 0.6))), (clause[cut:], after)]


def _raised(voice: Floats, rate: int) -> Floats:
    """To 48 kHz, by straight lines between samples: nothing here listens above 5 kHz."""
    count = int(len(voice) * RATE / rate)
    found: Floats = np.interp(np.arange(count) * rate / RATE, np.arange(len(voice)), voice)
    return found
