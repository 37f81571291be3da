"""Encoding for real: segments joined are the segments alone, frame for frame and byte for byte, in a file as platforms want it."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest
from conftest import smooth
from PIL import Image

from vidkit import clip, encode, ffmpeg, timeline
from vidkit.cache import Cache, sha256
from vidkit.motion import Key
from vidkit.painting.album import Album
from vidkit.photos.prints import Asset
from vidkit.problems import Refusal
from vidkit.storyboard import Backdrop, Box, Compare, Graphic, Photo, Picture, Scene, Storyboard, Transition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.clip import Clip
    from vidkit.colour import Bytes
    from vidkit.problems import Problem

CANVAS, FPS = (180, 320), 30
WHOLE = Box(0, 0, *CANVAS)
SIZE = CANVAS[0] * CANVAS[1] * 3 // 2
TITLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    '<text y="32" font-size="30" font-family="Noto Sans SC" fill="#ffffff">清洁后</text></svg>'
)


def board(one: Picture, two: Picture) -> Storyboard:
    """Three scenes with two transitions: a photo that moves, a pair that is revealed, a still card with words."""
    words = Graphic(
        TITLE,
        Box(20, 60, 120, 40),
        4,
        30,
        opacity=(Key(3, 0.0), Key(9, 1.0)),
        scale=(Key(3, 0.6), Key(14, 1.0, "overshoot")),
    )
    wiped = Compare(one, two, WHOLE, "wipe", (Key(0, 0.0), Key(35, 1.0, "ease-in-out")))
    carded = Photo(two, Box(20, 90, 140, 120), 12)
    return Storyboard(
        CANVAS,
        FPS,
        (
            Scene(
                "a",
                31,
                None,
                (Photo(one, WHOLE, zoom=(Key(0, 1.0), Key(31, 1.06))),),
                (words,),
                Transition("zoom-through", 8),
            ),
            Scene("b", 36, None, (wiped,), (), Transition("push", 6)),
            Scene("c", 75, Backdrop("#0b7a75", one, Box(20, 90, 140, 120), 12), (carded,), (words,)),
        ),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this module, its name with spaces, quotes and Chinese in it."""
    return tmp_path_factory.mktemp("it's 一个 folder")


@pytest.fixture(scope="module")
def assets(folder: Path) -> dict[str, Asset]:
    """Two photos on disk by their hash."""
    found = {}
    for i, size in enumerate([(600, 800), (800, 600)]):
        file = folder / f"照片 {i}.png"
        Image.fromarray(smooth(*size, seed=i)).save(file)
        name = sha256(file)
        found[name] = Asset(file, file.name, size, name)
    return found


@pytest.fixture(scope="module")
def segments(assets: dict[str, Asset]) -> tuple[timeline.Segment, ...]:
    """The three scenes cut."""
    one, two = assets
    return timeline.cut(board(Picture(one, (0.125, 0.0, 0.875, 1.0)), Picture(two, (0.3, 0.0, 0.72, 1.0))))


@pytest.fixture(scope="module")
def sound(folder: Path) -> Path:
    """A tone as long as the clip."""
    file = folder / "mix.m4a"
    tone = ("-f", "lavfi", "-i", f"sine=440:duration={128 / FPS}", "-c:a", "aac", "-b:a", "64k")
    ffmpeg.run([*tone, "-fflags", "+bitexact", "-flags:a", "+bitexact", str(file)])
    return file


def make(
    segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], sound: Path | None, root: Path, jobs: int
) -> Clip:
    """A clip with a cache of its own."""
    with ThreadPoolExecutor(jobs) as pool:
        heard = pool.submit(lambda: sound) if sound else None
        return clip.make([segments], [heard], Album(assets), encode.settings("final"), Cache(root), pool)[0]


@pytest.fixture(scope="module")
def made(segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], sound: Path, folder: Path) -> Clip:
    """The clip made by one worker."""
    return make(segments, assets, sound, folder / "one", 1)


def decoded(file: Path) -> Bytes:
    """Every frame of a file, decoded strictly; any complaint of the decoder is an error."""
    strict = ("-xerror", "-err_detect", "explode", "-i", file.name, "-map", "0:v:0", "-fps_mode", "passthrough")
    raw = ffmpeg.run([*strict, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"], cwd=file.parent)
    return np.frombuffer(raw, np.uint8).reshape(-1, SIZE)


def told(file: Path) -> str:
    """What ffmpeg says about a file."""
    return ffmpeg.report(["-i", file.name], cwd=file.parent)


def test_joined_is_the_segments_one_by_one(made: Clip, folder: Path) -> None:
    """The clip's decoded frames are exactly those of its segments, each decoded alone."""
    cache = Cache(folder / "one")
    alone = [decoded(file) for key in made.keys if (file := cache.find(key, ".mp4"))]
    assert len(alone) == len(made.keys) == 5
    assert np.array_equal(np.concatenate(alone), decoded(made.file))


def test_the_file_has_exactly_the_planned_frames(made: Clip, segments: tuple[timeline.Segment, ...]) -> None:
    """As many frames as planned, a key frame where each segment starts, even time stamps from 0, all of the sound."""
    total = sum(segment.frames for segment in segments)
    assert total == 31 + 36 + 75 - 8 - 6 == len(decoded(made.file))
    found = made.contents
    assert found == encode.contents(made.file, FPS)
    assert found.video_packets == total
    assert set(clip.starts(segments)) <= set(found.key_frames)
    assert found.regular
    assert found.moov_first
    assert found.video_seconds == pytest.approx(total / FPS, abs=1e-9)
    assert found.audio_seconds == pytest.approx(total / FPS, abs=0.05)


def test_the_decoded_frames_are_what_was_painted(
    made: Clip, segments: tuple[timeline.Segment, ...], assets: dict[str, Asset]
) -> None:
    """Each decoded frame is the painted one, but for what the encoder loses."""
    album = Album(assets)
    painted = np.array([frame.ravel() for segment in segments for frame in clip.frames(segment, album)])
    shown = decoded(made.file)
    assert painted.shape == shown.shape
    lost = np.abs(painted.astype(np.int16) - shown).mean(axis=1)
    assert lost.max() < 6
    assert lost.mean() < 3


def test_the_stream_is_what_platforms_want(made: Clip) -> None:
    """H.264 High, 4:2:0 limited BT.709, 30 frames a second, AAC; a clean decode."""
    said = told(made.file)
    video = next(line for line in said.splitlines() if "Video:" in line)
    assert "h264 (High)" in video
    assert "yuv420p(tv, bt709, progressive)" in video
    assert "180x320" in video
    assert "30 fps" in video
    assert "30 tbr" in video
    assert "Audio: aac" in said


def test_nothing_tells_who_made_it(made: Clip, assets: dict[str, Asset]) -> None:
    """No encoder, no title, no date, no file name anywhere in the bytes."""
    content = made.file.read_bytes()
    for word in (b"x264", b"Lavf", b"Lavc", b"\xa9too", b"\xa9nam", b"title", b".png", "照片".encode()):
        assert word not in content, word
    assert not re.search(r"creation_time|encoder|title|comment", told(made.file))
    at = content.index(b"mvhd") + 8
    assert content[at : at + 8] == bytes(8)
    assert not [a for a in assets if a.encode() in content]


def test_two_workers_make_the_same_bytes(
    made: Clip, segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], sound: Path, folder: Path
) -> None:
    """With a cache of its own and two jobs, in another folder: the same file and the same segments, byte for byte."""
    again = make(segments, assets, sound, folder / "two", 2)
    assert again.file.read_bytes() == made.file.read_bytes()
    assert again.keys == made.keys
    assert sorted(again.made) == sorted(made.made) == sorted(set(made.keys))
    names = [sorted(f.name for f in (folder / which / "parts").rglob("*.mp4")) for which in ("one", "two")]
    assert names[0] == names[1]
    assert not list((folder / "two" / "tmp").iterdir())


def test_a_second_run_makes_nothing(
    made: Clip,
    segments: tuple[timeline.Segment, ...],
    assets: dict[str, Asset],
    sound: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everything is found: nothing painted, nothing encoded, nothing joined."""
    monkeypatch.setattr(encode, "segment", None)
    monkeypatch.setattr(encode, "join", None)
    again = make(segments, assets, sound, folder / "one", 2)
    assert again.made == ()
    assert (again.file, again.keys, again.contents) == (made.file, made.keys, made.contents)


def test_a_clip_without_sound(
    made: Clip, segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], folder: Path
) -> None:
    """The same frames, no sound track; only the joining is new."""
    silent = make(segments, assets, None, folder / "one", 1)
    assert silent.made == ()
    assert silent.contents.audio_packets == 0
    assert np.array_equal(decoded(silent.file), decoded(made.file))


def test_a_lost_segment_is_made_again(
    made: Clip, segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], sound: Path, folder: Path
) -> None:
    """A damaged entry of the cache costs its own segment only, and comes back with the same bytes."""
    file = Cache(folder / "one").find(made.keys[1], ".mp4")
    assert file
    content = file.read_bytes()
    file.write_bytes(content[:-1])
    again = make(segments, assets, sound, folder / "one", 1)
    assert again.made == (made.keys[1],)
    assert file.read_bytes() == content


# What goes wrong


def grey(count: int) -> Iterator[Bytes]:
    """Grey frames that change."""
    for i in range(count):
        yield np.full((CANVAS[1] * 3 // 2, CANVAS[0]), 100 + i % 50, np.uint8)


@pytest.mark.parametrize("b_frames", [0, 1, 2, 3])
def test_odd_lengths_join_evenly(tmp_path: Path, b_frames: int) -> None:
    """Segments of 1 to 23 frames keep even time stamps after the join, with any number of B-frames."""
    chosen = replace(encode.settings("final"), b_frames=b_frames, preset="ultrafast")
    lengths = (23, 8, 1, 7, 2, 11)
    parts = [tmp_path / f"{i}.mp4" for i in range(len(lengths))]
    for file, count in zip(parts, lengths, strict=True):
        encode.segment(grey(count), count, CANVAS, FPS, chosen, file)
    encode.join(parts, None, tmp_path / "clip.mp4")
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    encode.check(tmp_path / "clip.mp4", sum(lengths), FPS, starts, sound=False)
    alone = np.concatenate([decoded(file) for file in parts])
    assert np.array_equal(alone, decoded(tmp_path / "clip.mp4"))


@pytest.mark.parametrize(("fed", "planned"), [(9, 10), (11, 10), (0, 10)])
def test_a_wrong_number_of_frames_is_refused(tmp_path: Path, fed: int, planned: int) -> None:
    """A feed that is too short or too long is a refusal, though ffmpeg itself is content with it."""
    with pytest.raises(Refusal) as caught:
        encode.segment(grey(fed), planned, CANVAS, FPS, encode.settings("final"), tmp_path / "segment.mp4")
    assert caught.value.problems[0].code in {"VK-E006", "VK-E002"}


def test_what_the_encoder_refuses_is_told_and_leaves_nothing(
    segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], tmp_path: Path
) -> None:
    """A setting x264 does not know: VK-E002, no entry, no scratch left."""
    cache, chosen = Cache(tmp_path / "cache"), replace(encode.settings("final"), preset="nosuch")
    with pytest.raises(Refusal) as caught:
        clip.render(segments[0], "ab" * 32, Album(assets), chosen, cache, Event())
    assert [p.code for p in caught.value.problems] == ["VK-E002"]
    assert not [f for f in cache.root.rglob("*") if f.is_file()]


def test_a_painters_error_comes_out(tmp_path: Path) -> None:
    """The painter's own error comes out, not the encoder's."""

    def failing() -> Iterator[Bytes]:
        yield from grey(3)
        raise LookupError("our bug")

    for _ in range(5):
        with pytest.raises(LookupError, match="our bug"):
            encode.segment(failing(), 10, CANVAS, FPS, encode.settings("final"), tmp_path / "segment.mp4")


def test_a_stopped_run_paints_no_more(
    segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], tmp_path: Path
) -> None:
    """Once told to stop, a worker gives up its segment and keeps nothing."""
    stop, cache = Event(), Cache(tmp_path / "cache")
    stop.set()
    with pytest.raises(Refusal):
        clip.render(segments[0], "ab" * 32, Album(assets), encode.settings("final"), cache, stop)
    assert not [f for f in cache.root.rglob("*") if f.is_file()]


def test_a_photo_changed_meanwhile_is_refused(
    segments: tuple[timeline.Segment, ...], assets: dict[str, Asset], tmp_path: Path
) -> None:
    """A file that is no longer what was planned is VK-P009, not a clip with another picture."""
    other = tmp_path / "other.png"
    Image.fromarray(smooth(600, 800, seed=9)).save(other)
    swapped = {name: Asset(other, "other.png", asset.size, name) for name, asset in assets.items()}
    with pytest.raises(Refusal) as caught:
        make(segments, swapped, None, tmp_path / "cache", 2)
    assert {p.code for p in caught.value.problems} == {"VK-P009"}
    assert not list((tmp_path / "cache").rglob("*.mp4"))


def test_the_check_sees_what_is_wrong(made: Clip, segments: tuple[timeline.Segment, ...], tmp_path: Path) -> None:
    """A frame too few, no key frame where one should be, moov behind, no sound: each is VK-E006."""
    total, starts = made.contents.video_packets, clip.starts(segments)
    assert encode.check(made.file, total, FPS, starts, sound=True) == made.contents
    late = tmp_path / "late.mp4"
    ffmpeg.run(["-i", str(made.file), "-map", "0", "-c", "copy", str(late)])
    slow = tmp_path / "slow.mp4"
    ffmpeg.run(
        ["-itsscale", "1.2", "-i", str(made.file), "-map", "0:v", "-c", "copy", "-movflags", "+faststart", str(slow)]
    )
    wrong = [
        (made.file, total + 1, starts, True),
        (made.file, total, (0, 1), True),
        (made.file, total, starts, False),
        (late, total, starts, True),
        (slow, total, starts, False),
    ]
    for file, frames, keys, with_sound in wrong:
        with pytest.raises(Refusal) as caught:
            encode.check(file, frames, FPS, keys, sound=with_sound)
        assert [p.code for p in caught.value.problems] == ["VK-E006"]


def test_a_damaged_file_is_read_or_refused(tmp_path: Path) -> None:
    """Cut, empty, overwritten anywhere and above all in its index: what a file holds is told, or VK-E006, never another error."""
    chance = random.Random(7)  # noqa: S311  # the same damage every time
    setting = encode.settings("draft")
    encode.segment((np.full((144, 64), 9 * n, np.uint8) for n in range(24)), 24, (64, 96), FPS, setting, tmp_path / "p")
    encode.join([tmp_path / "p", tmp_path / "p"], None, tmp_path / "whole.mp4", "标")
    whole, file = (tmp_path / "whole.mp4").read_bytes(), tmp_path / "damaged.mp4"
    index = whole.index(b"moov")
    files = [b"", b"hello", whole[: len(whole) // 3], *(_damaged(whole, index, chance) for _ in range(120))]
    refused: list[Problem] = []
    for content in files:
        file.write_bytes(content)
        try:
            encode.contents(file, FPS)
        except Refusal as refusal:
            refused += refusal.problems
    assert len(refused) >= 3
    assert {one.code for one in refused} == {"VK-E006"}


def _damaged(whole: bytes, index: int, chance: random.Random) -> bytes:
    """The file with some bytes overwritten, half of the time by a number that is far too large or nothing."""
    made = bytearray(whole)
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(index, min(len(whole), index + 3000) - 4)
        made[at : at + 4] = chance.choice((chance.randbytes(4), bytes(4), b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
    return bytes(made)


@pytest.mark.parametrize(("frames", "gop"), [(1, 1), (72, 72), (90, 90), (91, 46), (100, 50), (181, 61)])
def test_key_frames_are_few_and_evenly_apart(frames: int, gop: int) -> None:
    """No more than the GOP asks for, and none soon after another."""
    assert encode.spaced(replace(encode.settings("final"), gop=90), frames).gop == gop


def test_a_settings_tuning_is_told_to_the_encoder() -> None:
    """X264 hears the tuning after everything else; a setting without any leaves no empty option."""
    final, draft = (encode.options(encode.settings(name))["x264-params"] for name in ("final", "draft"))
    assert final.endswith(f":{encode.settings('final').tuning}")
    assert draft.endswith(f":rc-lookahead={encode.settings('draft').lookahead}")


def test_an_unknown_setting_is_our_bug() -> None:
    """Settings are named in ``data/encoder.yaml``, rates within half a second of buffer."""
    for name in ("final", "draft"):
        chosen = encode.settings(name)
        assert chosen.buffer * 2 <= chosen.max_rate
    with pytest.raises(KeyError):
        encode.settings("best")


def test_a_long_clip_stays_below_its_platforms_size() -> None:
    """The rate gives way where a clip could become too large whatever it shows; short clips are not touched."""
    chosen = encode.settings("final")
    assert encode.within(chosen, 30, 18, 800_000 - 30 * 200) is chosen
    long = encode.within(chosen, 90, 35, 800_000 - 90 * 200)
    assert long.max_rate < chosen.max_rate
    assert long.buffer * chosen.max_rate == pytest.approx(chosen.buffer * long.max_rate, rel=1e-3)
    worst_kbit = 90 * (long.max_rate + 192) + 35 * 0.9 * long.buffer
    assert 0.95 * 800_000 < worst_kbit < 800_000
