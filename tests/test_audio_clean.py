"""A cleaned voice: its ends, hum, hiss, level and loudness, measured on made speech whose clean form is known."""

from __future__ import annotations

import made_speech
import numpy as np
import pytest

from vidkit import sound
from vidkit.audio import clean, speech, spoken
from vidkit.audio.phrases import phrases
from vidkit.audio.track import RATE
from vidkit.tables import table

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


def test_a_voice_that_cannot_be_heard_is_told() -> None:
    """Speech under noise, noise or hum alone: no words, no clean bill, and nothing becomes louder."""
    t = np.arange(4 * RATE) / RATE
    hum = (0.3 * np.sin(2 * np.pi * 50 * t)).astype(np.float32)
    for voice in (noisy(-8), (0.02 * made_speech.hiss(3 * RATE)).astype(np.float32), hum):
        found = clean.cleaned(voice)
        assert [note.code for note in clean.notes(found, "a.m4a")] == ["VK-V022"]
        assert len(found.samples) == len(voice)
        assert float(np.square(found.samples).mean()) <= float(np.square(voice).mean()) * 1.01


def test_the_shortest_word_is_heard() -> None:
    """A second of speech or less, cut tight, stands out of its own floor, over noise too."""
    for voice in (clean.filtered(CLEAN, ()), clean.filtered(noisy(10), ())):
        first = round(TALK.units[0][0][0] * RATE)
        for length in (0.3, 0.5, 1.0):
            part = voice[first : first + round(length * RATE)]
            assert speech.stands_out(speech.level_db(speech.bands(part)))


# Pauses

PAUSE = TALK.units[1][-1][1]
"""Where the first sentence ends, in seconds."""
LEFT = table("voice")["pauses"]["kept_ms"] / 1000


def paused(seconds: float, snr_db: float = 30, within: made_speech.Mono | None = None) -> made_speech.Mono:
    """The talk with more silence after its first sentence, or with something in that silence, over noise."""
    at = round((PAUSE + 0.1) * RATE)
    between = np.zeros(round(seconds * RATE))
    if within is not None:
        start = (len(between) - len(within)) // 2
        between[start : start + len(within)] = within
    voice = np.concatenate([CLEAN[:at], between, CLEAN[at:]])
    noise = made_speech.hiss(len(voice), 6) * 0.1 * 10 ** (-snr_db / 20)
    out: made_speech.Mono = (voice + noise).astype(np.float32)
    return out


@pytest.mark.parametrize("snr_db", [60, 30, 15])
def test_a_long_pause_is_shortened(snr_db: float) -> None:
    """What is left is a natural rest; what is taken out lies in the pause; the voice is shorter by just that; it is told with its place."""
    found = clean.cleaned(paused(5, snr_db))
    (cut,) = found.cut
    assert PAUSE + 0.2 < cut.start / RATE < cut.end / RATE < PAUSE + 5.6
    assert found.span.end - found.span.start - len(found.samples) == cut.end - cut.start
    longest = max(b - a for a, b in speech.runs(~mask_of(found.samples))) / 100
    assert longest == pytest.approx(LEFT, abs=0.25)
    (note,) = clean.notes(found, "a.m4a")
    told = {**dict(note.values), "code": note.code}
    second = cut.start // RATE
    wanted = {"code": "VK-V023", "count": "1", "at": f"0:{second:02}", "name": "a.m4a"}
    assert {**told, **wanted} == told
    assert float(told["seconds"]) == pytest.approx(cut.seconds, abs=0.06)


def test_a_natural_pause_stays() -> None:
    """Up to the limit nothing is cut and nothing told."""
    assert clean.cleaned(paused(0.9)).cut == ()
    assert clean.cleaned(CLEAN).cut == ()


def test_no_soft_word_is_cut() -> None:
    """What is said far away, as soft as the noise or a little louder, stays whole; the silences round it give way."""
    far = CLEAN[round(TALK.units[2][0][0] * RATE) : round(TALK.units[-1][-1][1] * RATE)]
    for below in (10, 20, 28):
        long = len(far) / RATE + 5
        found = clean.cleaned(paused(long, 30, (far * 10 ** (-below / 20)).astype(np.float32)))
        start = round((PAUSE + 0.1 + long / 2) * RATE) - len(far) // 2
        assert len(found.cut) == 2
        assert found.cut[0].end <= start + RATE // 20
        assert found.cut[1].start >= start + len(far) - RATE // 10


def test_a_noisy_pause_is_left_alone() -> None:
    """Where words can hardly be told from noise, nothing is taken out."""
    assert clean.cleaned(paused(5, 3)).cut == ()


def test_no_join_is_heard() -> None:
    """Where a pause was shortened the sound steps no further than elsewhere in the noise."""
    voice = paused(5, 20)
    cut = clean.cleaned(voice).cut
    made = clean.without(voice, speech.Span(0, len(voice)), cut)
    at = cut[0].start
    near, beside = made[at - clean.JOIN - 20 : at + 20], voice[cut[0].start : cut[0].end]
    assert np.abs(np.diff(near)).max() < 1.2 * np.abs(np.diff(beside)).max()
    assert float(np.square(near).mean()) == pytest.approx(float(np.square(beside).mean()), rel=0.4)


def test_words_stay_in_step_after_a_long_pause() -> None:
    """Phrases are timed in what is heard: each within a quarter of a second, by the length of what was taken out."""
    found = clean.cleaned(paused(5))
    said = spoken.timed(found.samples, WORDS).said
    out = sum(one.seconds for one in found.cut)
    for one, (start, end) in zip(said, made_speech.known(WORDS, TALK), strict=True):
        late = 0.0 if start < PAUSE else 5 - out
        first = start + late - found.span.start / RATE
        last = end + (0.0 if end <= PAUSE else 5 - out) - found.span.start / RATE
        assert one.start / RATE == pytest.approx(first, abs=0.25)
        assert one.end / RATE == pytest.approx(last, abs=0.25)
