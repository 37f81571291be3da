"""A brief as a MoviePy clip: the frames of ``vidkit frame``, the mastered sound, a length that MoviePy counts right.

What needs MoviePy runs where it is installed: ``.ci/run --long`` makes an environment of its own for it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner
from conftest import one_pair, room
from PIL import Image

from vidkit import cli, clip, encode, movie, plan, sheet, sound
from vidkit.cache import Cache
from vidkit.painting.album import Album
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from vidkit.plan import Plan, Script

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A brief of one pair of pictures."""
    return one_pair(tmp_path_factory.mktemp("movie"))


@pytest.fixture(scope="module")
def script(brief: Path) -> Script:
    """The brief with its photos."""
    return plan.read(brief, Cache(brief.parent / "cache"))


@pytest.fixture(scope="module")
def small(script: Script) -> Plan:
    """Its draft for Douyin."""
    return plan.plan(script, plan.platforms(script, "douyin")[0], draft=True)


def test_a_frame_is_the_still_of_its_second_in_any_order(script: Script, small: Plan) -> None:
    """Asked for forwards, backwards and beyond both ends: the picture ``vidkit frame`` writes; what is changed in one stays there."""
    frames = movie.Frames(small, Album(script.assets))
    fps, total = small.board.fps, small.board.frames
    crossing = clip.starts(small.segments)[1]
    for at in (0, crossing, crossing - 1, crossing + 2, total // 2, total - 1):
        drawn = frames(at / fps)
        assert np.array_equal(drawn, sheet.still(small, Album(script.assets), at / fps))
        drawn[:] = 0
        assert frames(at / fps).any()
    assert np.array_equal(frames(-1), frames(0))
    assert np.array_equal(frames(1e6), frames((total - 1) / fps))


@pytest.mark.parametrize("fps", [24, 25, 30])
def test_seconds_give_the_frames_again(small: Plan, fps: int) -> None:
    """MoviePy counts ``int(duration * fps)`` frames: none is lost to rounding, and the length is right to a billionth."""
    for frames in range(1, 3000):
        lasts = movie.seconds(replace(small.board, scenes=(_long(small, frames),), fps=fps))
        assert int(lasts * fps) == frames
        assert lasts == pytest.approx(frames / fps, rel=1e-12)


def _long(small: Plan, frames: int) -> Any:
    return replace(small.board.scenes[-1], frames=frames)


def test_sound_is_as_long_as_the_picture_and_mastered(script: Script, small: Plan) -> None:
    """48 000 samples for every second, at the loudness of finished clips."""
    samples = movie.heard(script, small)
    assert samples.shape == (small.board.frames * 48_000 // small.board.fps, 2)
    assert sound.loudness(samples) == pytest.approx(sound.levels()["loudness"]["target_lufs"], abs=0.5)


def test_without_moviepy_it_is_said(brief: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One refusal that names what to install."""
    monkeypatch.setitem(sys.modules, "moviepy", None)
    with pytest.raises(Refusal, match="VK-M025"):
        movie.clip(brief)


def test_a_moviepy_clip_of_a_brief(brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size, rate, length, sound; its frames are the pictures the command writes, pixel by pixel."""
    moviepy = pytest.importorskip("moviepy")
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "cache"))
    video = movie.clip(brief, "douyin")
    assert isinstance(video, moviepy.VideoClip)
    assert (video.size, video.fps, video.audio.fps, video.audio.nchannels) == ((1080, 1920), 30, 48_000, 2)
    assert abs(video.audio.duration - video.duration) < 1e-9
    for seconds in (0.0, 1.5, video.duration - 0.01):
        out = tmp_path / "look.png"
        asked = ["frame", str(brief), "--at", f"{seconds}", "--platform", "douyin", "-o", str(out)]
        assert CliRunner().invoke(cli.program, asked).exit_code == 0
        with Image.open(out) as picture:
            assert np.array_equal(video.get_frame(seconds), np.asarray(picture))


def test_moviepy_writes_every_frame(brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft written by MoviePy has every frame, and its sound."""
    pytest.importorskip("moviepy")
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "cache"))
    video = movie.clip(brief, "douyin", draft=True)
    written = tmp_path / "edit.mp4"
    video.write_videofile(str(written), audio_fps=48_000, logger=None)
    found = encode.contents(written, 30)
    assert found.video_packets == round(video.duration * 30)
    assert found.audio_seconds == pytest.approx(video.duration, abs=0.1)


def test_a_moviepy_clip_and_a_script_become_films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frame for frame at 30 a second, without sound; a brief may name it, and plays it."""
    moviepy = pytest.importorskip("moviepy")
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "cache"))
    wide = room(500, 480, 3)
    video = moviepy.VideoClip(frame_function=lambda t: wide[:, int(t * 60) : int(t * 60) + 322], duration=1.5)
    made = movie.from_clip(video, tmp_path / "a.mp4")
    found = encode.contents(made, 30)
    assert (found.video_packets, found.audio_packets) == (45, 0)
    script = tmp_path / "film.py"
    script.write_text(
        "from moviepy import ColorClip\n\ndef clip():\n    return ColorClip((320, 480), color=(200, 40, 40), duration=2)\n",
        encoding="utf-8",
    )
    assert encode.contents(movie.from_clip(script, tmp_path / "b.mp4", seconds=1), 30).video_packets == 30
    for one in (movie.from_clip, lambda _source, file: movie.from_clip(tmp_path / "empty.py", file)):
        (tmp_path / "empty.py").write_text("nothing = 1\n", encoding="utf-8")
        with pytest.raises(Refusal, match="VK-F013"):
            one(video, tmp_path / ("c.gif" if one is movie.from_clip else "c.mp4"))
    steps = "".join(
        f"  - {{标题: 第{n}步, 说明: 擦一遍, 照片: {name}}}\n" for n, name in enumerate(["a.mp4", "b.mp4", "a.mp4"], 1)
    )
    text = f"模板: 深度保洁七步流程\n品牌: 邻里净\n标题: 一共三步\n服务: 保洁\n步骤:\n{steps}"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    reels = [one.photos[0].reel for one in plan.read(tmp_path / "s.yaml", Cache(tmp_path / "cache")).brief.sections]
    assert [reel and reel.frames for reel in reels] == [45, 30, 45]


def test_the_ten_lines_of_the_page_run(tmp_path: Path) -> None:
    """``docs/moviepy.md`` shows a program of ten lines, and it writes what it says."""
    pytest.importorskip("moviepy")
    lines, *_ = re.findall(r"```python\n(.*?)```", (ROOT / "docs/moviepy.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len([line for line in lines.splitlines() if line]) <= 10
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("draw"))
    done = subprocess.run(
        [sys.executable, "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.splitlines()[-1] == "4.5 (360, 640)"
    assert encode.contents(tmp_path / "edit.mp4", 30).video_packets == 135
