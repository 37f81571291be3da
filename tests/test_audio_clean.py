"""A cleaned voice: its ends, hum, hiss, level and loudness, measured on made speech whose clean form is known."""

from __future__ import annotations

import made_speech
import numpy as np
import pytest

from vidkit import sound
from vidkit.audio import clean, speech
from vidkit.audio.phrases import phrases
from vidkit.audio.track import RATE

WORDS = phrases("我叫王秀英，从毕节来贵阳八年了。刚来的时候什么都不会，跟着张姐学了三个月。")
CLEAN = made_speech.talk(WORDS, 3, snr_db=None).samples
TALK = made_speech.talk(WORDS, 3, snr_db=None)


def noisy(snr_db: float, seed: int = 5) -> made_speech.Mono:
    """The clean speech over a room's noise."""
    power = float(np.square(CLEAN[np.abs(CLEAN) > 1e-3]).mean())
    noise = made_speech.hiss(len(CLEAN), seed) * np.sqrt(power) * 10 ** (-snr_db / 20)
    out: made_speech.Mono = (CLEAN + noise).astype(np.float32)
    return out


def mask_of(voice: made_speech.Mono) -> speech.Mask:
    """Where somebody speaks."""
    return speech.speaking(speech.level_db(speech.bands(voice)))


def distortion_db(found: made_speech.Mono, wanted: made_speech.Mono) -> float:
    """Signal over everything that is not the signal, in dB."""
    gain = float(found @ wanted) / float(wanted @ wanted)
    rest = found - gain * wanted
    return float(10 * np.log10(gain**2 * (wanted @ wanted) / (rest @ rest)))


def spread_db(voice: made_speech.Mono) -> float:
    """How far loud frames of speech stand over soft ones."""
    level = speech.level_db(speech.bands(voice))
    spoken = level[speech.speaking(level)]
    return float(np.percentile(spoken, 95) - np.percentile(spoken, 40))


def band_db(voice: made_speech.Mono, hertz: float, width: float = 2.0) -> float:
    """Power around a frequency in dB."""
    power = np.square(np.abs(np.fft.rfft(voice * np.hanning(len(voice)))))
    at = np.fft.rfftfreq(len(voice), 1 / RATE)
    return float(10 * np.log10(power[np.abs(at - hertz) < width].mean() + 1e-20))


@pytest.mark.parametrize(("snr_db", "least"), [(25, 2), (15, 3.5), (8, 4)])
def test_hiss_is_removed_and_speech_kept(snr_db: float, least: float) -> None:
    """The speech stands clearer against everything else by so many dB, its pauses are at least 12 dB quieter."""
    plain = clean.filtered(noisy(snr_db), ())
    mask = mask_of(plain)
    quiet = clean.without_hiss(plain, mask)
    wanted = clean.filtered(CLEAN, ())
    assert distortion_db(quiet, wanted) > distortion_db(plain, wanted) + least
    before, after = (speech.snr_db(speech.level_db(speech.bands(one)), mask) for one in (plain, quiet))
    assert after > before + 12


def test_clean_speech_is_left_alone() -> None:
    """No noise, no filter: only the low cut and the level."""
    found = clean.cleaned(CLEAN)
    assert found.snr_db > 38
    assert clean.hum_lines(CLEAN) == ()
    part = CLEAN[found.span.start : found.span.end]
    assert distortion_db(clean.filtered(CLEAN, ())[found.span.start : found.span.end], part) > 25


@pytest.mark.parametrize("mains", [50.0, 49.9])
def test_hum_is_found_and_removed(mains: float) -> None:
    """Mains hum falls by 20 dB; its lines are told; speech stays."""
    humming = (noisy(30) + made_speech.hum(len(CLEAN), 0.02, mains)).astype(np.float32)
    lines = clean.hum_lines(humming)
    assert {50, 100, 150, 200} <= {round(hertz) for hertz, _ in lines}
    done = clean.filtered(humming, lines)
    assert band_db(humming, 2 * mains) - band_db(done, 2 * mains) > 20
    wanted = clean.filtered(CLEAN, ())
    assert distortion_db(done, wanted) > distortion_db(clean.filtered(humming, ()), wanted) + 5


def test_no_hum_no_filter() -> None:
    """Neither speech nor noise is taken for hum; nor is one soft line."""
    for seed in range(4):
        assert clean.hum_lines(made_speech.talk(WORDS, seed).samples) == ()
    assert clean.hum_lines(noisy(5)) == ()


def test_ends_are_trimmed_with_a_breath() -> None:
    """80 to 150 ms stay before the first word and after the last, over noise too."""
    first, last = TALK.units[0][0][0], TALK.units[-1][-1][1]
    rest = 0.0056 * made_speech.hiss(3 * RATE, 8).astype(np.float32)
    long = np.concatenate([rest[: 2 * RATE], noisy(25), rest])
    for voice, late in ((CLEAN, 0.0), (noisy(20), 0.0), (long, 2.0)):
        span = clean.trimmed(mask_of(voice), len(voice))
        assert 0.03 <= first + late - span.start / RATE <= 0.16
        assert 0.08 <= span.end / RATE - last - late <= 0.17


def test_uneven_speech_is_evened() -> None:
    """A second half of half the level comes out nearer to the first; peaks stand out less."""
    fall = np.where(np.arange(len(CLEAN)) < len(CLEAN) // 2, 1.0, 0.4)
    found = clean.cleaned((noisy(35) * fall).astype(np.float32)).samples
    half = len(found) // 2
    levels = [speech.level_db(speech.bands(part)) for part in (found[:half], found[half:])]
    means = [float(np.percentile(level, 80)) for level in levels]
    assert abs(means[0] - means[1]) < 4.5
    assert spread_db(found) < spread_db(CLEAN) - 0.5


@pytest.mark.parametrize("level", [0.02, 0.3, 3.0])
def test_the_voice_comes_out_at_the_loudness_of_speech(level: float) -> None:
    """−16 ± 0.7 LUFS on both ears, no peak above −1.5 dBFS, from a whisper and from a shout."""
    found = clean.cleaned((noisy(25) * level).astype(np.float32)).samples
    both = np.stack([found, found], axis=1)
    assert sound.loudness(both) == pytest.approx(-16, abs=0.7)
    assert 20 * np.log10(np.abs(found).max()) <= -1.4


def test_an_offset_is_removed() -> None:
    """A constant voltage of a cheap microphone is gone."""
    assert abs(float(clean.cleaned((noisy(25) + 0.2).astype(np.float32)).samples.mean())) < 1e-3


def test_the_same_samples_come_out() -> None:
    """Twice the same."""
    assert np.array_equal(clean.cleaned(noisy(15)).samples, clean.cleaned(noisy(15)).samples)


@pytest.mark.parametrize("length", [0, 1, 100, 4800, 20_000])
def test_short_and_silent_sounds_pass(length: int) -> None:
    """Nothing breaks, nothing becomes louder out of nothing."""
    for voice in (np.zeros(length, np.float32), (0.01 * made_speech.hiss(length or 1)[:length]).astype(np.float32)):
        found = clean.cleaned(voice)
        assert len(found.samples) <= length
        assert np.isfinite(found.samples).all()


def test_a_loud_room_is_told() -> None:
    """Below what can be cleaned, people are asked to record again."""
    assert clean.notes(clean.cleaned(noisy(25)), "a.m4a") == ()
    assert [note.code for note in clean.notes(clean.cleaned(noisy(1)), "a.m4a")] == ["VK-V014"]
