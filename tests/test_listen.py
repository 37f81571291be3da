"""A clip's sound as a picture: what it shows, and that the finished sound is what was drawn and written."""

from __future__ import annotations

import re
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from vidkit import kit, plan
from vidkit.audio import listen, score
from vidkit.audio.track import RATE, samples_in
from vidkit.cli import program

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache

KITCHEN = kit.bundled() / "examples" / "kitchen.yaml"


@pytest.fixture(name="made", scope="module")
def _made(examined: Cache) -> tuple[plan.Plan, float]:
    script = plan.read(KITCHEN, examined)
    one = plan.plan(script, plan.platforms(script, "douyin")[0])
    return one, score.meter(script.brief, one.track).beat


@pytest.fixture(name="heard", scope="module")
def _heard(made: tuple[plan.Plan, float], tmp_path_factory: pytest.TempPathFactory) -> listen.Heard:
    return listen.heard(made[0], lambda _: np.zeros(0, np.float32), tmp_path_factory.mktemp("heard"))


def test_the_picture_shows_the_finished_sound(made: tuple[plan.Plan, float], heard: listen.Heard) -> None:
    """Loudness in words, a row for the mix and one for music, a line for every cut and beat, a mark for every effect; as wide as asked."""
    one, beat = made
    assert abs(len(heard.samples) - samples_in(one.board.frames, one.board.fps)) < 1024
    assert "-14" in "".join(listen._head(one, heard))
    assert len(list(listen._rows(one, heard))) == 2
    assert len(list(listen._beats(one, beat, 900))) == int(one.board.frames / beat) + 1
    drawn = "".join(listen._cuts(one, 900))
    assert drawn.count("stroke-dasharray") == len(one.board.scenes)
    assert len(re.findall("<circle", "".join(listen._cues(one)))) == len(one.track.cues) > 2
    picture = listen.picture(one, heard, beat, 1080)
    assert picture.shape[1:] == (1080, 3)
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 100


def test_the_sound_is_written_as_wav(heard: listen.Heard, tmp_path: Path) -> None:
    """48 kHz, stereo, 16 bits, the clip's length."""
    listen.wav(heard, tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 2, 2)
        assert file.getnframes() == len(heard.samples)


def test_the_command_writes_both(tmp_path: Path, examined: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """`vidkit listen BRIEF -o FILE.png --wav`; another ending is refused."""
    monkeypatch.setenv("VIDKIT_CACHE", str(examined.root))
    out = tmp_path / "a.png"
    assert program.main(["listen", str(KITCHEN), "-o", str(out), "--wav", "--width", "900"], standalone_mode=False) == 0
    assert out.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert out.with_suffix(".wav").stat().st_size > 4 * RATE * 20
    assert program.main(["listen", str(KITCHEN), "-o", str(tmp_path / "a.jpg")], standalone_mode=False) == 2
