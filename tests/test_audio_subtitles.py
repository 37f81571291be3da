"""Subtitles on whole frames, long enough to read, never two at once; .srt and .vtt to the letter."""

from __future__ import annotations

from itertools import pairwise

import pytest

from vidkit.audio.phrases import Phrase, Unit
from vidkit.audio.spoken import Said
from vidkit.audio.subtitles import Cue, cues, srt, vtt
from vidkit.audio.track import RATE


def said(*times: tuple[str, float, float]) -> list[Said]:
    """Phrases said from one second to another."""
    return [Said(Phrase(w, (Unit(0, len(w), len(w), 0),)), int(a * RATE), int(b * RATE)) for w, a, b in times]


TALK = said(("大家好，我是李阿姨", 0.52, 2.1), ("做保洁十二年了", 2.5, 4.05), ("好", 4.05, 4.3), ("谢谢", 4.45, 5.0))


@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60])
def test_subtitles_stand_on_frames_in_step_and_do_not_overlap(fps: int) -> None:
    """A subtitle starts within the frame of its first syllable or a little before, and stays at least until the last one."""
    found = cues(TALK, fps, 8 * fps)
    assert [one.text for one in found] == [one.phrase.text for one in TALK]
    assert all(a.end <= b.start for a, b in pairwise(found))
    for one, heard in zip(found, TALK, strict=True):
        assert -0.2 - 1 / fps <= one.start / fps - heard.start / RATE <= 0
    assert [found[0].start, found[1].start] == [int(0.52 * fps), int(2.5 * fps)]
    assert found[0].end / fps >= 2.1


def test_short_ones_stay_long_enough() -> None:
    """The last one is read in peace; one squeezed between two begins early where there is room."""
    found = cues(TALK, 30, 300)
    assert (found[-1].end - found[-1].start) / 30 >= 0.8
    assert cues(TALK, 30, 140)[-1].end <= 140


def test_small_holes_are_closed_and_long_ones_left() -> None:
    """No flicker; and nothing stays on while nobody speaks for long."""
    found = cues(said(("一二三四五六", 0, 1.0), ("七八九十", 1.4, 2.4), ("再见", 6, 7)), 30, 300)
    assert found[0].end == found[1].start
    assert found[1].end < 90
    assert cues(said(("很长", 0, 20)), 30, 900)[0].end == 180


def test_what_lies_beyond_the_clip_is_left_out() -> None:
    """Nothing after the last frame; a recording may start later in the clip."""
    assert [one.text for one in cues(TALK, 30, 90)] == ["大家好，我是李阿姨", "做保洁十二年了"]
    assert cues(TALK, 30, 300, first=30)[0].start == 45
    assert cues([], 30, 300) == ()


SHOWN = (Cue("大家好，我是李阿姨", 15, 64), Cue("洗 <b>锅</b> & 灶 --> 台", 75, 3675))


def test_srt_to_the_letter() -> None:
    """Numbers from 1, commas before thousandths, CR LF, an empty line between, no byte order mark."""
    assert srt(SHOWN, 30) == (
        "1\r\n00:00:00,500 --> 00:00:02,133\r\n大家好，我是李阿姨\r\n\r\n"
        "2\r\n00:00:02,500 --> 00:02:02,500\r\n洗 <b>锅</b> & 灶 → 台\r\n"
    )
    assert srt((), 30) == ""
    assert srt((Cue("晚", 30 * 3723, 30 * 3724),), 30).splitlines()[1] == "01:02:03,000 --> 01:02:04,000"


def test_vtt_to_the_letter() -> None:
    """A head, points before thousandths, LF, signs of markup escaped."""
    assert vtt(SHOWN, 30) == (
        "WEBVTT\n\n1\n00:00:00.500 --> 00:00:02.133\n大家好，我是李阿姨\n\n"
        "2\n00:00:02.500 --> 00:02:02.500\n洗 &lt;b&gt;锅&lt;/b&gt; &amp; 灶 → 台\n"
    )
    assert vtt((), 30) == "WEBVTT\n"
