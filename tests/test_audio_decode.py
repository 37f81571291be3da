"""Sound files of every kind, odd ones and broken ones, all made here: they play, or are refused in one line with their place."""

from __future__ import annotations

import errno
import io
import os
import struct
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import made_speech
import numpy as np
import pytest
from PIL import Image

from vidkit import ffmpeg
from vidkit.audio import cutoff, decode, silk
from vidkit.audio.phrases import phrases
from vidkit.audio.track import RATE
from vidkit.problems import Place, Refusal, show
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE = Place("a.yaml", 7, 8)
SECONDS = 1.5


def tone(seconds: float = SECONDS, level: float = 0.3) -> decode.Samples:
    """A tone that swells twice a second, each time a little louder."""
    t = np.arange(int(RATE * seconds)) / RATE
    return (
        level
        * np.sin(2 * np.pi * 210 * t)
        * (0.55 + 0.45 * np.sin(2 * np.pi * 2 * t)) ** 4
        * np.linspace(0.4, 1, len(t))
    ).astype(np.float32)


def encoded(*arguments: str, samples: Any = None) -> bytes:
    """Samples as ffmpeg writes them; containers that need to seek are given a file."""
    given = np.ascontiguousarray(tone() if samples is None else samples, np.float32)
    channels = 1 if given.ndim == 1 else given.shape[1]
    raw = ("-f", "f32le", "-ar", str(RATE), "-ac", str(channels), "-i", "pipe:0")
    with tempfile.TemporaryDirectory() as folder:
        ffmpeg.run([*raw, *arguments, "out"], stdin=given.tobytes(), cwd=Path(folder))
        return Path(folder, "out").read_bytes()


def wav(samples: Any, *, size: int | None = None, rate: int = RATE) -> bytes:
    """16-bit samples as a WAV whose header may lie about its size."""
    given = np.asarray(samples)
    channels = 1 if given.ndim == 1 else given.shape[1]
    body: bytes = (np.clip(given, -1, 1) * 32767).astype("<i2").tobytes()
    told = len(body) if size is None else size
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16)
    riff = struct.pack("<I", min(told + 36, 0xFFFFFFFF))
    return b"RIFF" + riff + b"WAVEfmt \x10\0\0\0" + form + b"data" + struct.pack("<I", told) + body


def with_cover(kind: str, codec: str) -> bytes:
    """A song with a picture in it."""
    sound = ("-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0")
    cover = ("-map", "1:a", "-map", "0:v", "-c:v", "copy", "-disposition:v:0", "attached_pic")
    with tempfile.TemporaryDirectory() as folder:
        Image.new("RGB", (640, 480), "red").save(Path(folder, "cover.jpg"))
        given = ("-f", "jpeg_pipe", "-i", "cover.jpg", *sound)
        ffmpeg.run([*given, *cover, "-c:a", codec, "-f", kind, "out"], stdin=tone().tobytes(), cwd=Path(folder))
        return Path(folder, "out").read_bytes()


def film(*, sound: bool) -> bytes:
    """A film of coloured frames, with or without sound."""
    given = (
        "-f",
        "lavfi",
        "-i",
        "color=blue:s=64x64:d=1:r=10",
        *(("-f", "f32le", "-ar", "48000", "-ac", "1", "-i", "pipe:0") if sound else ()),
    )
    with tempfile.TemporaryDirectory() as folder:
        ffmpeg.run(
            [*given, "-c:v", "libx264", "-c:a", "aac", "-f", "mp4", "out"], stdin=tone(1).tobytes(), cwd=Path(folder)
        )
        return Path(folder, "out").read_bytes()


@dataclass(frozen=True)
class Case:
    """A file, and what comes of it: a code of refusal, or what must be measured."""

    name: str
    content: bytes
    code: str = ""
    measured: tuple[tuple[str, Any], ...] = ()


def fine(name: str, content: bytes, **measured: Any) -> Case:
    """A file that plays."""
    return Case(name, content, "", tuple(measured.items()))


def _plain() -> list[Case]:
    ogg, narrow = ("-c:a", "libopus", "-f", "ogg"), ("-c:a", "libopencore_amrnb", "-ar", "8000", "-f")
    return [
        fine("wav", wav(tone()), kind="WAV", channels=1, rate=48000, clipped=False, whole=True),
        fine("wav of 8 bits and 8 kHz", encoded("-c:a", "pcm_u8", "-ar", "8000", "-f", "wav"), rate=8000),
        fine("wav of 24 bits", encoded("-c:a", "pcm_s24le", "-f", "wav")),
        fine("wav of floats", encoded("-c:a", "pcm_f32le", "-f", "wav")),
        fine("wav of doubles", encoded("-c:a", "pcm_f64le", "-f", "wav")),
        fine("wav, ADPCM", encoded("-c:a", "adpcm_ima_wav", "-f", "wav")),
        fine("wav, RF64", encoded("-rf64", "always", "-f", "wav")),
        fine("wav of 192 kHz", encoded("-ar", "192000", "-f", "wav"), rate=192000),
        fine("m4a", encoded("-c:a", "aac", "-f", "ipod"), kind="MP4", whole=True, clipped=False),
        fine("mp3", encoded("-c:a", "libmp3lame", "-f", "mp3"), kind="MP3"),
        fine("mp3 without a tag", encoded("-c:a", "libmp3lame", "-id3v2_version", "0", "-f", "mp3"), kind="MP3"),
        fine("amr of a phone", encoded(*narrow, "amr"), kind="AMR", rate=8000),
        fine("3gp of a phone", encoded(*narrow, "3gp"), rate=8000),
        fine("opus", encoded(*ogg), kind="Ogg"),
        fine("vorbis", encoded("-c:a", "libvorbis", "-f", "ogg")),
        fine("flac", encoded("-f", "flac"), kind="FLAC"),
        fine("aac", encoded("-c:a", "aac", "-f", "adts"), kind="AAC"),
        fine("wma", encoded("-c:a", "wmav2", "-f", "asf"), kind="WMA"),
        fine("webm", encoded("-c:a", "libopus", "-f", "webm"), kind="WebM"),
        fine("aiff", encoded("-f", "aiff"), kind="AIFF"),
        fine("caf", encoded("-f", "caf"), kind="CAF"),
        fine("mp4 with pictures", film(sound=True)),
        fine("mp3 with cover art", with_cover("mp3", "libmp3lame")),
        fine("m4a with cover art", with_cover("ipod", "aac")),
    ]


def _odd() -> list[Case]:
    six, one_ear = np.repeat(tone()[:, None] * 0.3, 6, axis=1), np.stack([tone(), 0 * tone()], axis=1)
    mp3, flac = encoded("-c:a", "libmp3lame", "-f", "mp3"), encoded("-f", "flac")
    return [
        fine("six channels", encoded("-c:a", "aac", "-f", "ipod", samples=six), channels=6),
        fine("one ear", wav(one_ear), one_ear=True, channels=2),
        fine("clipped", wav(np.clip(tone() * 9, -1, 1)), clipped=True),
        fine("clipped, then turned down", wav(0.4 * np.clip(tone() * 9, -1, 1)), clipped=True),
        fine(
            "clipped, then packed",
            encoded("-c:a", "aac", "-f", "ipod", samples=np.clip(tone() * 9, -1, 1)),
            clipped=True,
        ),
        fine("with an offset", wav(tone() + 0.25), silent=False),
        fine("mp3 cut in half", mp3[: len(mp3) // 2]),
        fine("mp3 with rubbish in it", mp3[:9000] + b"\x55" * 700 + mp3[9700:]),
        fine("flac cut in half", flac[: len(flac) // 2]),
        fine("amr cut within a frame", encoded("-c:a", "libopencore_amrnb", "-ar", "8000", "-f", "amr")[:-9]),
        fine("wav that says it has 4 GB", wav(tone(), size=0xFFFFFFFF)),
        fine("wav that says it has nothing", wav(tone(), size=0)),
        fine("wav cut short", wav(tone())[:60_001]),
        fine("wav with a byte too much", wav(tone()) + b"\0"),
        fine(
            "floats that are no numbers",
            encoded("-c:a", "pcm_f32le", "-f", "wav").replace(b"\0\0\0\0", b"\0\0\xc0\x7f", 1),
        ),
    ]


def _refused() -> list[Case]:
    m4a = encoded("-c:a", "aac", "-f", "ipod")
    return [
        Case("silence", wav(0 * tone()), "VK-V009"),
        Case("silence with an offset", wav(0 * tone() + 0.1), "VK-V009"),
        Case(
            "floats of which none is a number",
            encoded("-c:a", "pcm_f32le", "-f", "wav", samples=tone() * np.nan),
            "VK-V006",
        ),
        Case(
            "floats far beyond full scale", encoded("-c:a", "pcm_f32le", "-f", "wav", samples=tone() * 1e30), "VK-V006"
        ),
        Case("a tenth of a second", wav(tone(0.1)), "VK-V010"),
        Case("wav without samples", wav(np.zeros(0)), "VK-V010"),
        Case("a film without sound", film(sound=False), "VK-V005"),
        Case("m4a cut in half", m4a[: len(m4a) // 2], "VK-V006"),
        Case("m4a of its first box", m4a[:40], "VK-V006"),
        Case("ogg's first page", encoded("-c:a", "libopus", "-f", "ogg")[:80], "VK-V006"),
        Case("text", "今天去了三户人家，都很顺利。".encode(), "VK-V004"),
        Case("a playlist", b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n", "VK-V004"),
        Case("a concat script", b"ffconcat version 1.0\nfile '/etc/hostname'\n", "VK-V004"),
        Case("a photo", b"\xff\xd8\xff\xe0" + bytes(200), "VK-V004"),
        Case("zeros", bytes(4000), "VK-V004"),
        Case("one byte", b"\xff", "VK-V004"),
        Case("wav of 40 channels", wav(np.repeat(tone()[:, None], 40, axis=1)), "VK-V006"),
        Case("noise after an MP4's start", m4a[:32] + np.random.default_rng(3).bytes(4000), "VK-V006"),
    ]


@cache
def cases() -> tuple[Case, ...]:
    """Every file."""
    return (*_plain(), *_odd(), *_refused())


def heard(content: bytes, use: decode.Use = "voice") -> decode.Recording:
    """What is heard of a file."""
    return decode.heard(decode.Source(content, "录音.m4a", PLACE), ffmpeg, use)


def test_silent_music_is_told_of_as_music() -> None:
    """Nobody is asked to switch on a microphone for it."""
    told: dict[decode.Use, str] = {"voice": "VK-V009", "music": "VK-V021"}
    for use, code in told.items():
        with pytest.raises(Refusal, match=code):
            heard(wav(0 * tone(3)), use)


def test_every_file_plays_or_is_refused_in_one_line() -> None:
    """Right verdict, right facts; a refusal is one line with a place and a hint, in both languages."""
    wrong: list[Any] = []
    for case in cases():
        try:
            found = heard(case.content)
        except Refusal as refusal:
            code = refusal.problems[0].code
            lines = [show(refusal.problems[0], language).splitlines() for language in ("zh", "en")]
            assert all(len(one) == 2 and one[0].startswith("a.yaml:7:8") for one in lines), case.name
            wrong += [] if code == case.code else [(case.name, code)]
            continue
        facts = {name: getattr(found.measured, name) for name, _ in case.measured}
        numbers = bool(np.isfinite(found.samples).all()) and found.samples.dtype == np.float32
        wrong += [] if not case.code and facts == dict(case.measured) and numbers else [(case.name, facts)]
    assert not wrong


def test_there_are_more_than_forty_cases() -> None:
    """The issue asks for 22 odd files."""
    assert len(cases()) >= 50
    assert len({case.name for case in cases()}) == len(cases())


@pytest.mark.parametrize("kind", ["m4a", "flac", "wav"])
def test_what_is_heard_is_what_was_recorded(kind: str) -> None:
    """Level, length and place of the samples stay, in one channel."""
    case = next(one for one in cases() if one.name == kind)
    found = heard(case.content).samples
    assert found.shape == (int(RATE * SECONDS),)
    assert float(np.sqrt(np.square(found - tone()).mean())) < 0.015


def test_what_was_cut_short_is_used_and_said() -> None:
    """The part that can be read plays, with a note."""
    source = decode.Source(next(c.content for c in cases() if c.name == "flac cut in half"), "录音.flac", PLACE)
    found = decode.heard(source, ffmpeg)
    assert 0.3 < found.measured.seconds < SECONDS
    assert [note.code for note in decode.notes(source, found.measured)] == ["VK-V013"]


def _packed() -> dict[str, bytes]:
    """Files of kinds that tell their length, or have a last page."""
    long = tone(4)
    return {
        "wav": wav(long),
        "wav of 8 bits": encoded("-c:a", "pcm_u8", "-f", "wav", samples=long),
        "rf64": encoded("-rf64", "always", "-f", "wav", samples=long),
        "aiff": encoded("-f", "aiff", samples=long),
        "caf": encoded("-f", "caf", samples=long),
        "avi": encoded("-c:a", "libmp3lame", "-f", "avi", samples=long),
        "mp3": encoded("-c:a", "libmp3lame", "-f", "mp3", samples=long),
        "vorbis": encoded("-c:a", "libvorbis", "-f", "ogg", samples=long),
        "opus": encoded("-c:a", "libopus", "-f", "ogg", samples=long),
        "wma": encoded("-c:a", "wmav2", "-f", "asf", samples=long),
    }


def test_what_was_cut_short_is_said_of_every_kind() -> None:
    """Half of a file, or most of it, is never taken for the whole; a whole file always is."""
    for name, content in _packed().items():
        assert heard(content).measured.whole, name
        for share in (0.5, 0.8):
            assert not heard(content[: int(len(content) * share) + 7]).measured.whole, (name, share)


def test_a_length_that_was_never_filled_in_is_no_fault() -> None:
    """A recorder that writes as it goes leaves 0, or as much as the field allows, or no mark on an Ogg file's last page."""
    for size in (0, 0x7FFFF000, 0x80000000, 0xFFFFFFFF):
        assert not cutoff.cut_off(wav(tone(), size=size), "wav")
    opus, mp3, wma = (_packed()[name] for name in ("opus", "mp3", "wma"))
    last = opus.rfind(b"OggS")
    assert opus[last + 5] & 4
    assert not cutoff.cut_off(opus[: last + 5] + b"\0" + opus[last + 6 :], "ogg")
    counted = mp3.find(b"Xing") if b"Xing" in mp3 else mp3.find(b"Info")
    assert not cutoff.cut_off(mp3[: counted + 12] + bytes(4) + mp3[counted + 16 :], "mp3")
    told = wma.find(cutoff.ASF_FILE)
    assert not cutoff.cut_off((wma[: told + 88] + b"\1" + wma[told + 89 :])[:-9000], "asf")


def test_damaged_heads_say_nothing_of_the_end() -> None:
    """Any bytes behind a kind's first ones are looked at without a fault."""
    chance = np.random.default_rng(4)
    for reader in cutoff.LOOKS:
        for length in (0, 4, 11, 30, 300, 5000):
            for start in (b"RIFF\0\0\0\0WAVE", b"OggS", b"ID3", b"caff", cutoff.ASF_FILE):
                assert cutoff.cut_off(start + chance.bytes(length), reader) in {True, False}


def test_hum_wind_and_tones_are_not_too_loud() -> None:
    """What is as loud all the time is no voice that was cut off; a voice that was, is told over hum as well."""
    t, talk = np.arange(4 * RATE) / RATE, made_speech.talk(phrases("豆腐，张奶奶要自己挑。她慢慢走。"), 2).samples
    wind = np.fft.rfft(np.random.default_rng(1).standard_normal(len(t)))
    wind[np.fft.rfftfreq(len(t), 1 / RATE) > 120] = 0
    steady = [0.3 * np.sin(2 * np.pi * hertz * t) for hertz in (50, 1000)]
    for sound in (*steady, 3 * np.fft.irfft(wind)):
        assert not heard(wav(sound)).measured.clipped
    clipped = np.clip(talk * 4, -0.9, 0.9)
    assert heard(encoded("-c:a", "aac", "-f", "ipod", samples=clipped)).measured.clipped
    assert heard(wav(clipped + made_speech.hum(len(clipped), 0.02))).measured.clipped


def test_one_ear_comes_out_on_both() -> None:
    """The silent channel is left out, not averaged in."""
    found = heard(next(c.content for c in cases() if c.name == "one ear"))
    assert found.samples.ndim == 1
    assert np.abs(found.samples).max() == pytest.approx(np.abs(tone()).max(), abs=0.01)


def test_channels_that_cancel_are_not_added() -> None:
    """A recording with one channel upside down is heard."""
    assert np.abs(decode.mono(np.stack([tone(), -tone()], axis=1))).max() == pytest.approx(
        np.abs(tone()).max(), abs=0.01
    )
    assert np.abs(decode.mono(np.stack([tone(), tone()], axis=1)) - tone()).max() < 1e-6


def test_long_files_are_refused_by_what_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Length is counted in samples, whatever a header says; music may be longer than speech."""
    monkeypatch.setitem(table("voice")["limits"], "max_seconds", {"voice": 1, "music": 60})
    with pytest.raises(Refusal, match="VK-V008"):
        heard(wav(tone(), size=100_000_000))
    assert heard(wav(tone()), "music").measured.seconds == pytest.approx(SECONDS)


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, empty and huge ones are told before ffmpeg sees them."""
    (tmp_path / "a.m4a").write_bytes(b"")
    for name, code in (("a.m4a", "VK-V002"), ("b.m4a", "VK-V001")):
        with pytest.raises(Refusal, match=code):
            decode.read(tmp_path / name, name=name, place=PLACE)
    (tmp_path / "a.m4a").write_bytes(bytes(2_000_000))
    monkeypatch.setitem(table("voice")["limits"], "max_file_mb", 1)
    with pytest.raises(Refusal, match="VK-V003"):
        decode.read(tmp_path / "a.m4a", name="a.m4a", place=PLACE)


class Spy:
    """ffmpeg, and what it was told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def run(self, arguments: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None) -> bytes:
        """As ``ffmpeg.run``."""
        self.said += arguments
        return ffmpeg.run(arguments, stdin=stdin, cwd=cwd)

    def report(self, arguments: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None) -> str:
        """As ``ffmpeg.report``."""
        self.said += arguments
        return ffmpeg.report(arguments, stdin=stdin, cwd=cwd)


@pytest.mark.parametrize("name", ["", "-i", "concat:a|b", "../../x.m4a", "a\nb.wav", "语音 (1).m4a", "%03d.wav"])
def test_no_name_of_a_user_reaches_ffmpeg(name: str) -> None:
    """Whatever a file is called, ffmpeg gets our name and one reader."""
    spy = Spy()
    decode.heard(decode.Source(wav(tone()), name, PLACE), spy)
    assert decode.NAME in spy.said
    assert name not in spy.said or name == "-i"
    assert spy.said[spy.said.index("-f") + 1] == "wav"


def test_a_folder_that_cannot_be_removed_spoils_no_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows keeps what a scanner looks into."""

    def kept(*_given: object, **_named: object) -> None:
        raise OSError(errno.ENOTEMPTY, "The directory is not empty")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "rmdir", kept)
    assert len(heard(wav(tone())).samples)


def test_the_same_bytes_give_the_same_samples() -> None:
    """One thread, no clock."""
    content = encoded("-c:a", "aac", "-f", "ipod")
    assert np.array_equal(heard(content).samples, heard(content).samples)


def test_a_fault_of_the_machine_is_not_told_as_one_of_the_file() -> None:
    """A full disk stays a full disk."""

    class Full(Spy):
        def run(self, *_: object, **__: object) -> bytes:
            raise ffmpeg.failed(1, "No space left on device")

    with pytest.raises(Refusal, match="VK-E003"):
        decode.heard(decode.Source(wav(tone()), "a.wav", PLACE), Full())


# WeChat


def packed(count: int = 60, *, first: bytes = b"\x02", end: bytes = b"") -> bytes:
    """A file of SILK's shape with packets of rubbish."""
    return first + silk.HEAD + b"".join(struct.pack("<H", 30) + bytes([n % 256]) * 30 for n in range(count)) + end


def test_packets_of_a_wechat_voice() -> None:
    """With and without WeChat's byte, with and without the footer, cut short."""
    for content in (packed(), packed(first=b""), packed(end=b"\xff\xff")):
        assert (len(silk.packets(content)[0]), silk.packets(content)[1]) == (60, True)
        assert decode.kind(content) == ("SILK", "silk")
    assert silk.packets(packed()[:-5]) == (silk.packets(packed())[0][:59], False)
    assert silk.packets(packed(end=b"\xff\x7f" + bytes(50)))[1] is False
    assert silk.packets(b"nothing") == ((), False)


def test_wechat_voice_without_its_part_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message tells what to install."""
    monkeypatch.setitem(sys.modules, "pysilk", None)
    with pytest.raises(Refusal) as refusal:
        heard(packed())
    assert refusal.value.problems[0].code == "VK-V007"
    assert "vidkit-jiazheng[voice]" in refusal.value.problems[0].hint("zh")


def test_wechat_voice_is_played_at_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the part decodes (here: a made one) comes out at 48 kHz."""
    part = ModuleType("pysilk")
    low = tone()[::2]

    def decoded(given: Any, out: Any, rate: int) -> None:
        assert given.read().startswith(b"\x02#!SILK_V3")
        assert rate == 24_000
        out.write((low * 32767).astype("<i2").tobytes())

    part.decode, part.SilkError = decoded, ValueError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pysilk", part)
    found = heard(packed())
    assert (found.measured.kind, found.measured.rate, found.measured.seconds) == ("SILK", 24_000, SECONDS)
    assert np.abs(found.samples - tone())[2000:-2000].max() < 0.01
    with pytest.raises(Refusal, match="VK-V008"):
        heard(packed(16_000))


def test_wechat_voice_with_the_real_part() -> None:
    """Encoded and decoded by the extra itself; a cut one gives what it holds, a damaged one no crash."""
    part = pytest.importorskip("pysilk", reason="the voice extra is not installed")
    out = io.BytesIO()
    part.encode(io.BytesIO((tone()[::2] * 32767).astype("<i2").tobytes()), out, 24_000, 24_000)
    content = out.getvalue()
    found = heard(content)
    assert found.measured.seconds == pytest.approx(SECONDS, abs=0.05)
    cut = heard(content[: len(content) * 2 // 3])
    assert not cut.measured.whole
    assert 0.5 < cut.measured.seconds < SECONDS
    with pytest.raises(Refusal, match=r"VK-V0(06|09|10)"):
        heard(packed())
