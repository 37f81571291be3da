"""How well recordings are heard, cleaned and timed, beats found, and clips mixed: one table of measured figures.

``python bench/sound.py [--quick] [--espeak] [--json | --keep]``; ``--keep`` writes ``bench/results/sound.json``. Speech is made of numbers (``tests/made_speech.py``), so every time and
every noise is known; with ``--espeak`` and Debian's ``espeak-ng`` installed, words are also timed to its Mandarin, clause by clause at
tempos that drift, with pauses left out and hesitations put in, over noise. Nothing here is needed to use vidkit.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import heard as heard_made
import made_speech
import record
import test_audio_beats as music_made
import test_audio_decode as files_made

from vidkit import ffmpeg, sound
from vidkit.audio import beats, clean, decode, ducking, effects, mastering, phrases, speech, spoken, track
from vidkit.audio.track import RATE
from vidkit.cache import Cache
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = (
    "我叫王秀英，从毕节来贵阳八年了。刚来的时候什么都不会，跟着张姐学了三个月。现在我自己带徒弟，孩子也接过来上学了。",
    "我们先把油烟机拆下来用温水泡一会儿再擦，这样不伤手也不伤漆面，您放心！",
    "厨房、卫生间、客厅、阳台和两间卧室都要从上到下擦一遍。擦完再拖地，最后检查一遍窗户缝。",
    "地板打蜡以前要先把灰吸干净，角落里也不能漏。蜡要薄薄地上两层，每层等二十分钟，干了以后再用干布抛光。",
    "洗油烟机收费168元起，上门先看再报价，不满意不收钱。电话预约就行，当天下午也能来。",
    "报名不要钱，学满十五天发证书，合格的我们推荐上岗，第一个月有师傅带着你一起去，不会的当场教。",
)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One measured figure: what of, how much, and in what."""

    what: str
    figures: dict[str, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="fewer recordings")
    parser.add_argument("--espeak", action="store_true", help="also espeak-ng's Mandarin")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--keep", action="store_true", help="write bench/results/sound.json; needs --espeak")
    parser.add_argument("--rounds", type=int, default=3, help="cold runs of which sound's share is taken")
    asked = parser.parse_args()
    if asked.keep:
        record.keep("sound", kept(asked.rounds), more={"espeak-ng": espeak_version()})
        return
    for row in rows(quick=asked.quick, espeak=asked.espeak):
        if asked.json:
            print(json.dumps({"what": row.what, **row.figures}, ensure_ascii=False))
        else:
            print(f"{row.what:<44}", "  ".join(f"{name} {value:g}" for name, value in row.figures.items()), flush=True)


def kept(rounds: int) -> dict[str, Any]:
    """The figures of the page: every row by what it is of, the examples, clips told aloud, and sound's share of a cold run."""
    measured = {row.what: row.figures for row in rows(quick=False, espeak=True)}
    with tempfile.TemporaryDirectory() as folder:
        store = Cache(Path(folder))
        clips = {"examples": list(heard_made.examples(store)), "told": list(heard_made.told(store))}
    return {"rows": measured, **clips, "shares": list(heard_made.shares(rounds))}


def espeak_version() -> str:
    """Of the program that says Mandarin."""
    program = shutil.which("espeak-ng")
    assert program, "espeak-ng is not installed"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return said.split(":")[1].split()[0]


def rows(*, quick: bool, espeak: bool) -> Iterator[Row]:
    """Every figure."""
    yield heard()
    yield from cleaned(quick=quick)
    yield from timed(quick=quick)
    if espeak:
        yield from timed_espeak(quick=quick)
    yield from beaten()
    yield ducked()
    yield loudest()
    yield from mixed()


def heard() -> Row:
    """Odd files that play or are refused as they should."""
    begun, right, cases = time.perf_counter(), 0, files_made.cases()
    for case in cases:
        try:
            decode.heard(decode.Source(case.content, case.name), ffmpeg)
            right += not case.code
        except Refusal as refusal:
            right += refusal.problems[0].code == case.code
    return Row("odd files", {"right": right, "of": len(cases), "seconds": round(time.perf_counter() - begun, 1)})


def cleaned(*, quick: bool) -> Iterator[Row]:
    """Speech against everything else before and after, for ours and for ffmpeg's afftdn, in dB."""
    for snr in (20, 10) if quick else (25, 20, 15, 10, 5):
        found = []
        for number, words in enumerate(WORDS[: 2 if quick else 6]):
            pure = made_speech.talk(phrases.phrases(words), number, snr_db=None).samples
            power = float(np.square(pure[np.abs(pure) > 1e-3]).mean())
            noise = made_speech.hiss(len(pure), number) * np.sqrt(power) * 10 ** (-snr / 20)
            plain, wanted = clean.filtered((pure + noise).astype(np.float32), ()), clean.filtered(pure, ())
            mask = speech.speaking(speech.level_db(speech.bands(plain)))
            ours = clean.without_hiss(plain, mask)
            others = max((_afftdn(plain, floor) for floor in (-30, -40, -50, -60)), key=lambda one: _sdr(one, wanted))
            found.append([_sdr(plain, wanted), _sdr(ours, wanted), _sdr(others, wanted)])
        before, after, other = np.mean(found, axis=0).round(1).tolist()
        yield Row(f"speech over hiss, {snr} dB", {"before": before, "ours": after, "afftdn": other})
    whole = clean.cleaned((pure + noise + made_speech.hum(len(pure), 0.02)).astype(np.float32))
    both = np.stack([whole.samples, whole.samples], axis=1)
    loudness = {"LUFS": round(sound.loudness(both), 2), "peak": round(float(20 * np.log10(np.abs(both).max())), 2)}
    yield Row("a cleaned voice", loudness)


def _afftdn(voice: decode.Samples, floor: int) -> decode.Samples:
    given = ("-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0", "-af", f"afftdn=nr=18:nf={floor}")
    return np.frombuffer(ffmpeg.run([*given, "-f", "f32le", "pipe:1"], stdin=voice.tobytes()), np.float32)


def _sdr(found: decode.Samples, wanted: decode.Samples) -> float:
    """Signal over the rest in dB, at the best of the delays a filter may have."""
    size = 1 << (2 * len(wanted)).bit_length()
    like = np.fft.irfft(np.conj(np.fft.rfft(wanted, size)) * np.fft.rfft(found, size), size)
    late = int(np.argmax(np.concatenate([like[-2400:], like[:2400]]))) - 2400
    moved = np.roll(found, -late)[: len(wanted)].astype(np.float64)
    gain = float(moved @ wanted) / float(wanted @ wanted)
    rest = moved - gain * wanted
    return float(10 * np.log10(gain**2 * float(wanted @ wanted) / float(rest @ rest)))


KINDS: dict[str, dict[str, float | bool]] = {
    "20 dB": {},
    "10 dB": {"snr_db": 10.0},
    "20 dB, 40 % faster at the end": {"drift": 0.4},
    "20 dB, slow": {"rate": 3.2},
    "20 dB, pauses at ends of sentences only": {"run_on": True},
}


def timed(*, quick: bool) -> Iterator[Row]:
    """Errors of subtitles' starts and ends on made syllables."""
    for name, kind in KINDS.items():
        off = []
        for number, words in enumerate(WORDS):
            for seed in range(1 if quick else 4):
                said = phrases.phrases(words)
                made = made_speech.talk(said, number + 10 * seed, **kind)  # type: ignore[arg-type]
                got = np.array([(one.start / RATE, one.end / RATE) for one in spoken.timed(made.samples, said).said])
                off.append(np.abs(got - np.array(made_speech.known(said, made))))
        yield Row(f"subtitles, {name}", _errors(np.concatenate(off)))


def _errors(off: Floats) -> dict[str, float]:
    names = ("median", "p95", "max", "within 0.25")
    found = (np.median(off), np.percentile(off, 95), off.max(), (off <= 0.25).mean())
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)} | {"times": float(off.size)}


def timed_espeak(*, quick: bool) -> Iterator[Row]:
    """The same on espeak-ng's Mandarin, whose syllables' times it tells itself."""
    import espeak  # noqa: PLC0415

    for snr in (None, 20.0, 12.0):
        off = []
        for number, words in enumerate(WORDS * (1 if quick else 4)):
            voice, syllables = espeak.talk(words, number, snr_db=snr)
            found = spoken.timed(voice, phrases.phrases(words))
            for one in found.said:
                first, last = one.phrase.units[0].start, one.phrase.units[-1].end
                inside = [when for at, *when in syllables if first <= at < last]
                off.append((abs(one.start / RATE - inside[0][0]), abs(one.end / RATE - inside[-1][1])))
        yield Row(f"subtitles, espeak-ng, {'no noise' if snr is None else f'{snr:g} dB'}", _errors(np.array(off)))


def beaten() -> Iterator[Row]:
    """Beats found within 40 ms, on clicks and on our own beds."""
    for snr in (20, 6, 0):
        made = {bpm: music_made.clicks(bpm, snr_db=snr) for bpm in range(60, 181, 8)}
        shares = [min(music_made.found_share(music_made.heard(music), times)) for music, times in made.values()]
        yield Row(
            f"beats, clicks of 60-180 bpm over {snr} dB",
            {"mean": round(float(np.mean(shares)), 3), "least": min(shares)},
        )
    for bed in track.beds():
        music = sound._music(bed)  # noqa: SLF001  # the bed as it is stored
        begun = time.perf_counter()
        grid = beats.grid(music)
        seconds = time.perf_counter() - begun
        times = np.arange(bed.body_beats, dtype=float) * bed.beat_samples / RATE
        found = np.array(grid.beats) / RATE
        off = np.abs(times[:, None] - found[None, :]).min(axis=1)
        figures = {"share": round(float((off <= 0.04).mean()), 3), "median_ms": round(1000 * float(np.median(off)), 1)}
        figures |= {"bpm": grid.tempo_bpm, "true": bed.tempo_bpm, "bar": grid.beats_per_bar, "first": grid.first_bar}
        yield Row(f"beats, {bed.id}", figures | {"confidence": grid.confidence, "seconds": round(seconds, 2)})


def mixed() -> Iterator[Row]:
    """The finished AAC with a voice over every bed, and alone: levels, samples too many, and how far the music falls under the words.

    What is different left and right is music alone, as the voice is the same in both ears.
    """
    made = clean.cleaned(made_speech.talk(phrases.phrases(WORDS[0]), 3).samples).samples
    for bed in (*(one.id for one in track.beds()), None):
        length = 2 * RATE + len(made) + 5 * RATE
        frames = -(-length * 30 // RATE)
        told = track.Track(frames, 30, bed, (), (track.Voice("voice", 0, len(made), 2 * RATE),))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "a.m4a")
            begun = time.perf_counter()
            found = sound.write(told, file, lambda _: made)
            seconds = time.perf_counter() - begun
            spoken_over = sound.decoded(file)
            sound.write(replace(told, voices=()), file)
            alone = sound.decoded(file)
        over = len(spoken_over) - track.samples_in(frames, 30)
        figures = {"LUFS": found.lufs, "peak": found.true_peak_db, "samples_over": over, "seconds": round(seconds, 2)}
        yield Row(f"mix, {bed or 'voice alone'}", figures | (_fallen(spoken_over, alone, len(made)) if bed else {}))


def _fallen(over: decode.Samples, alone: decode.Samples, spoken_for: int) -> dict[str, float]:
    """How far music lies lower in the middle of the words than before them, in dB, against the same clip without a voice."""
    sides = [np.diff(one, axis=1)[:, 0] for one in (over, alone)]
    power = [np.square(one[: len(one) // 4800 * 4800]).reshape(-1, 4800).mean(axis=1) for one in sides]
    depth = 10 * np.log10(power[0] / power[1])
    under = depth[26 : 20 + spoken_for // 4800 - 4]
    return {"depth_db": round(float(np.median(depth[2:16]) - np.median(under)), 1)}


def loudest() -> Row:
    """The loudest 400 ms of every effect in LUFS."""
    kinds = sound.levels()["effects"]["momentary_lufs"]
    return Row("effects", {kind: round(max(mastering.momentary(effects.effect(kind)[0])), 1) for kind in kinds})


def ducked() -> Row:
    """The depth under words, and how much the curve moves between words."""
    made = made_speech.talk(phrases.phrases(WORDS[0]))
    spans = speech.spans(made.samples)
    down = 20 * np.log10(ducking.gain(spans, len(made.samples)).astype(float))
    held = speech.joined(spans, RATE * 6 // 10)
    under = max(float(down[one.start : one.end].max()) for one in spans)
    moved = max(float(np.ptp(down[one.start : one.end])) for one in held)
    return Row("music under speech", {"least_db": round(-under, 2), "pumping_db": round(moved, 3), "spans": len(spans)})


if __name__ == "__main__":
    main()
