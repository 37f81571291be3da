"""Words timed to speech with known times: within a quarter of a second, over noise, faster and slower, with and without pauses."""

from __future__ import annotations

from itertools import pairwise

import made_speech
import numpy as np
import pytest

from vidkit.audio import speech, spoken
from vidkit.audio.phrases import phrases
from vidkit.audio.track import RATE

WORDS = (
    "我叫王秀英，从毕节来贵阳八年了。刚来的时候什么都不会，跟着张姐学了三个月。现在我自己带徒弟，孩子也接过来上学了。",
    "我们先把油烟机拆下来用温水泡一会儿再擦，这样不伤手也不伤漆面，您放心！",
    "大家好，我是李阿姨。做家政保洁十二年了，收费128元。",
    "有人问我，四十五岁还能不能学会用手机接单，我说能，慢慢来不要急，姐妹们都会帮你。",
)


def errors(made: made_speech.Talk, words: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Seconds by which starts and ends are off."""
    found = spoken.timed(made.samples, phrases(words))
    assert found.fits
    got = np.array([(one.start / RATE, one.end / RATE) for one in found.said])
    wrong: np.ndarray[tuple[int, int], np.dtype[np.float64]] = got - np.array(made_speech.known(phrases(words), made))
    return wrong


@pytest.mark.parametrize(("rate", "drift"), [(3.4, 0.4), (4.6, 0.0), (4.6, -0.4), (6.0, 0.4)])
def test_words_are_in_step(rate: float, drift: float) -> None:
    """Every subtitle starts and ends within 0.25 s of its words, at 20 dB over noise."""
    wrong = [errors(made_speech.talk(phrases(w), i, rate=rate, drift=drift), w) for i, w in enumerate(WORDS)]
    assert np.abs(np.concatenate(wrong)).max() <= 0.25


def test_words_said_without_a_breath_are_in_step() -> None:
    """With pauses only at the ends of sentences, 95 of 100 are within 0.25 s."""
    wrong = [errors(made_speech.talk(phrases(w), seed, run_on=True), w) for w in WORDS for seed in range(2)]
    every = np.abs(np.concatenate(wrong))
    assert (every <= 0.25).mean() >= 0.95
    assert np.median(every) < 0.05


@pytest.mark.parametrize("snr_db", [None, 10.0])
def test_quiet_and_loud_rooms(snr_db: float | None) -> None:
    """In digital silence and in a loud room."""
    wrong = [errors(made_speech.talk(phrases(w), i + 9, snr_db=snr_db), w) for i, w in enumerate(WORDS)]
    assert np.abs(np.concatenate(wrong)).max() <= 0.25


def test_no_words_no_times() -> None:
    """Nothing is invented; and nothing breaks on silence."""
    made = made_speech.talk(phrases(WORDS[2]))
    assert spoken.timed(made.samples, ()).said == ()
    silence = spoken.timed(np.zeros(RATE, np.float32), phrases(WORDS[2]))
    assert len(silence.said) in {0, len(phrases(WORDS[2]))}
    assert spoken.timed(np.zeros(0, np.float32), phrases(WORDS[2])).said == ()


def test_times_run_forward_whatever_is_said() -> None:
    """In order, without overlap, inside the recording, also with too many and too few words; then it is told."""
    made = made_speech.talk(phrases(WORDS[2]))
    for words in (WORDS[0] * 3, "好", "我" * 200):
        found = spoken.timed(made.samples, phrases(words))
        edges = [at for one in found.said for at in (one.start, one.end)]
        assert edges == sorted(edges)
        assert not edges or (edges[0] >= 0 and edges[-1] <= len(made.samples))
        assert not found.fits
        assert [note.code for note in spoken.notes(found, "录音.m4a")] == ["VK-V015"]
    assert spoken.notes(spoken.timed(made.samples, phrases(WORDS[2])), "录音.m4a") == ()


def test_the_same_sound_gives_the_same_times() -> None:
    """No chance."""
    made = made_speech.talk(phrases(WORDS[1]))
    assert spoken.timed(made.samples, phrases(WORDS[1])) == spoken.timed(made.samples, phrases(WORDS[1]))


def test_spans_of_speech_are_found_over_noise() -> None:
    """Speech and silence are told apart: nine of ten frames of each."""
    made = made_speech.talk(phrases(WORDS[0]), 4, snr_db=15)
    truth = np.zeros(len(made.samples) // speech.FRAME + 1, bool)
    for start, end in (edge for unit in made.units for edge in unit):
        truth[int(start * 100) : int(end * 100)] = True
    mask = speech.speaking(speech.level_db(speech.bands(made.samples)))[: len(truth)]
    assert (mask == truth[: len(mask)]).mean() > 0.9
    assert all(a.end <= b.start for a, b in pairwise(speech.spans(made.samples)))


def test_holes_in_words_and_clicks_are_no_speech() -> None:
    """Runs too short for a pause or a word; an edge is rounded outwards."""
    level = np.full(200, -60.0)
    level[50:100] = -20
    level[70:75] = -60
    level[150:152] = -20
    assert speech.runs(speech.speaking(level)) == [(49, 101)]
    joined = speech.joined([speech.Span(0, 10), speech.Span(15, 20), speech.Span(40, 50)], 10)
    assert joined == (speech.Span(0, 20), speech.Span(40, 50))
