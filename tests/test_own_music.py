"""A person's own music: read with its licence, its beats found, laid into a clip from its first bar, round again at a bar line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from vidkit import brief, ffmpeg, kit, plan, sound
from vidkit.audio import decode, mastering, musical, score, tune, tunes
from vidkit.audio import track as scores
from vidkit.audio.musical import OwnMusic
from vidkit.audio.track import RATE, Track, Tune
from vidkit.briefs.fields import Names
from vidkit.problems import Place, Refusal, entry, show
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.audio.mastering import Samples
    from vidkit.cache import Cache

NAMES = Names(
    templates=(("before-after", ()),),
    brands=(("linli", ()),),
    platforms=(("douyin", ()),),
    beds=tuple((bed.id, bed.aliases) for bed in scores.beds()),
)
SAID = "template: before-after\nbrand: linli\ntitle: 厨房变个样\nmusic: {music}\n"


def told(folder: Path, music: str, more: str = "") -> brief.Brief:
    """A brief that says this of its music."""
    (folder / "a.yaml").write_text(SAID.format(music=music) + more, encoding="utf-8")
    return brief.load(folder / "a.yaml", NAMES)


def song(folder: Path, seconds: int = 24, quiet: float = 0.0, name: str = "a.mp3") -> Path:
    """Somebody's music: a stored bed after some seconds of silence, as an MP3 file."""
    bed = sound._music(scores.bed("linli-morning"))[: seconds * RATE]
    heard = np.concatenate([np.zeros((round(quiet * RATE), 2), np.float32), bed])
    return written(folder / name, heard, "-c:a", "libmp3lame", "-b:a", "192k")


def written(file: Path, heard: Samples, *how: str) -> Path:
    """Samples in both ears as a file: 24-bit WAV unless said otherwise."""
    both = np.ascontiguousarray(heard if heard.ndim == 2 else np.stack([heard, heard], axis=1), np.float32)
    raw = ("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    ffmpeg.run([*raw, *(how or ("-c:a", "pcm_s24le")), file.name], stdin=both.tobytes(), cwd=file.parent)
    return file


BAR = 2 * RATE  # four beats at 120 bpm


def drums(bars: int) -> Samples:
    """A small band without a rest, 120 bpm: bass drum, snare, cymbals in eighths, a chord a bar."""
    chance, t = np.random.default_rng(bars), np.arange(RATE // 2) / RATE
    kick = 0.5 * np.sin(2 * np.pi * (50 + 60 * np.exp(-t / 0.03)) * t) * np.exp(-t / 0.12)
    snare = 0.2 * chance.standard_normal(len(t)) * np.exp(-t / 0.06)
    cymbal = 0.06 * chance.standard_normal(len(t) // 2) * np.exp(-t[: len(t) // 2] / 0.01)
    beats = []
    for beat in range(4 * bars):
        notes = ((0, 4, 7), (9, 0, 4), (5, 9, 0), (7, 11, 2))[beat // 4 % 4]
        chord = sum(np.sin(2 * np.pi * 261.6 * 2 ** (note / 12) * t) for note in notes) * np.minimum(1, t / 0.01)
        beats.append((snare if beat % 2 else kick) + 0.07 * chord * np.exp(-t / 0.5) + np.tile(cymbal, 2))
    return (0.7 * np.concatenate(beats)).astype(np.float32)


def holes(heard: Samples) -> list[float]:
    """The seconds at which 400 ms lie 20 dB under the usual."""
    step = RATE * 2 // 5
    parts = heard[: len(heard) // step * step].reshape(-1, step * 2)
    level = 10 * np.log10(np.square(parts, dtype=np.float64).mean(axis=1) + 1e-12)
    return [0.4 * n for n in np.flatnonzero(level < np.median(level) - 20).tolist()]


def own(file: Path) -> OwnMusic:
    """It, as a brief says it."""
    return OwnMusic(name=file.name, path=file, place=Place("a.yaml", 1, 1), licence="自己弹的")


def test_own_music_is_read_with_its_licence(tmp_path: Path) -> None:
    """In Chinese and in English; the file is looked for beside the brief."""
    song(tmp_path, 3)
    for said in ("{文件: a.mp3, 授权: 自己弹的}", "{file: a.mp3, licence: 自己弹的}"):
        music = told(tmp_path, said).music
        assert isinstance(music, OwnMusic)
        assert (music.path.name, music.licence, music.place.line) == ("a.mp3", "自己弹的", 4)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("{文件: a.mp3}", "VK-B004"),
        ("{文件: a.mp3, 授权: }", "VK-B005"),
        ("{授权: 自己弹的}", "VK-B004"),
        ("a.mp3", "VK-S008"),
        ("小苹果.FLAC", "VK-S008"),
    ],
)
def test_music_without_a_licence_is_refused(tmp_path: Path, said: str, code: str) -> None:
    """No licence, an empty one, no file, or the file's name alone."""
    song(tmp_path, 3)
    with pytest.raises(Refusal) as refused:
        told(tmp_path, said)
    assert refused.value.problems[0].code == code
    assert refused.value.problems[0].place is not None


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("b.mp3", "VK-S007", "找不到音乐“b.mp3”"),
        ("A.MP3", "VK-S006", "是不是“a.mp3”？"),
        ("a.wav", "VK-S006", "是不是“a.mp3”？"),
        ("music", "VK-S007", "比如 music/曲子.mp3"),
    ],
)
def test_missing_music_is_not_called_a_photo(tmp_path: Path, said: str, code: str, words: str) -> None:
    """Looked for among music only; a folder is no music."""
    song(tmp_path, 3)
    (tmp_path / "music").mkdir()
    for name in ("a.jpg", "b.jpg", "music/慢.m4a"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(Refusal) as refused:
        told(tmp_path, f"{{文件: {said}, 授权: 自己弹的}}")
    (found,) = refused.value.problems
    shown = show(found, "zh")
    assert (found.code, found.exit_code) == (code, 3)
    assert words in shown
    assert "照片" not in shown


def test_a_name_of_a_file_shows_how_own_music_is_written(tmp_path: Path) -> None:
    """With the right keys, ready to copy, under the key that was typed."""
    with pytest.raises(Refusal) as refused:
        told(tmp_path, "小苹果.mp3")
    assert "music: {文件: 小苹果.mp3, 授权: 谁给的}" in refused.value.problems[0].hint("zh")
    assert "{file: 小苹果.mp3, licence: who allowed it}" in refused.value.problems[0].hint("en")


@pytest.mark.parametrize(
    ("word", "bed"),
    [
        *(("明快", "linli-morning"), ("温暖", "lamp-at-home"), ("舒缓", "wind-at-window")),
        *(("热闹", "market-day"), ("自豪", "pair-of-hands"), ("温情", "suppertime"), ("Tender", "suppertime")),
    ],
)
def test_moods_are_names_of_beds(tmp_path: Path, word: str, bed: str) -> None:
    """The six moods in Chinese, and in English."""
    assert told(tmp_path, word).music == bed


def test_beats_and_effects_can_be_switched_off(tmp_path: Path) -> None:
    """节拍 and 音效, on if left out."""
    assert (told(tmp_path, "无").beats, told(tmp_path, "无").effects) == (True, True)
    off = told(tmp_path, "无", "节拍: 关\n音效: off\n")
    assert (off.beats, off.effects) == (False, False)
    assert score.meter(off, Track(0, 30, "calm")).beat == score.FREE
    assert told(tmp_path, "无", "节拍: 开\n音效: 要\n").effects


def test_the_beats_of_own_music_are_found_and_remembered(tmp_path: Path, cache: Cache) -> None:
    """100 bpm after 1.3 s of silence: bars begin with the music, the beat is even, and the file is played once."""
    given = own(song(tmp_path, quiet=1.3))
    played = tune.load(given, cache)
    assert tune.load(given, cache) == played
    assert not played.problems
    found = played.tune
    step = found.even
    assert step == pytest.approx(28_800, abs=5)
    begun = found.beats[found.first_bar]
    assert begun / RATE >= 1.3 - 0.06
    beat = (begun - 1.3 * RATE) / 28_800
    assert beat == pytest.approx(round(beat), abs=0.08)  # MP3 starts 25 to 50 ms late


def test_own_music_is_decoded_once(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was heard for its beats is what is mixed, sample for sample; a lost copy is made again; very long music is not kept."""
    given = own(song(tmp_path, 5))
    heard = tune.samples(given)
    tune.load(given, cache)
    with monkeypatch.context() as patched:
        patched.setattr(decode, "heard", lambda *_: pytest.fail("decoded again"))
        assert np.array_equal(tune.samples(given, cache), heard)
    cache.clear()
    assert np.array_equal(tune.samples(given, cache), heard)
    cache.clear()
    monkeypatch.setattr(tune, "KEPT", RATE)
    tune.load(given, cache)
    assert not [one for one in cache.entries() if one.file.suffix == tune.SUFFIX]


def test_a_file_that_is_no_music_is_refused_with_its_place(tmp_path: Path, cache: Cache) -> None:
    """VK-V004 with line and column; nothing is remembered."""
    (tmp_path / "a.mp3").write_bytes(b"no music at all, only words" * 9)
    with pytest.raises(Refusal) as refused:
        tune.load(own(tmp_path / "a.mp3"), cache)
    assert refused.value.problems[0].code == "VK-V004"
    assert refused.value.problems[0].place == Place("a.yaml", 1, 1)


def test_music_goes_round_at_bar_lines() -> None:
    """From the first bar on, in whole bars, until the clip is full; music long enough is only begun."""
    beats = tuple(range(1000, 1000 + 33 * 20_000, 20_000))
    given = Tune("a" * 64, beats, 2, 4)
    bars = beats[2::4]
    laid = tunes.pieces(given, 700_000, 2_000_000)
    assert [first for first, _ in laid] == [bars[0]] * len(laid)
    assert all(count == bars[-1] - bars[0] for _, count in laid[:-1])
    assert sum(count for _, count in laid) == 2_000_000
    assert tunes.pieces(given, 700_000, 500_000) == ((bars[0], 500_000),)
    assert sum(count for _, count in tunes.pieces(Tune("a" * 64, ()), 30_000, 100_000)) == 100_000


@pytest.mark.parametrize("bars", [2, 4])
def test_a_loop_cut_on_its_bars_plays_whole(tmp_path: Path, cache: Cache, bars: int) -> None:
    """From its first sample to its last and on again without a seam; its beat is the file's to the sample."""
    given = own(written(tmp_path / "a.wav", drums(bars)))
    played, heard = tune.load(given, cache), tune.samples(given, cache)
    assert not played.problems
    assert played.tune.even == RATE / 2
    assert tunes.pieces(played.tune, len(heard), 5 * bars * BAR // 2) == ((0, bars * BAR),) * 2 + (
        (0, bars * BAR // 2),
    )
    assert np.array_equal(tunes.laid(heard, played.tune, 2 * bars * BAR), np.concatenate([heard, heard]))


def ending(how: str) -> tuple[Samples, int]:
    """Six bars that end in some way, and the last bar that is whole."""
    music, second = drums(6), np.arange(RATE, dtype=np.float32) / RATE
    if how == "silence":
        return np.concatenate([music, np.zeros(4 * RATE, np.float32)]), 6
    if how == "rung out":
        chord = np.sin(2 * np.pi * 261.6 * second) * np.exp(-second / 0.2)
        return np.concatenate([music, 0.4 * chord, np.zeros(3 * RATE)]).astype(np.float32), 6
    fade = np.minimum(1, np.linspace(3, 0, len(music), dtype=np.float32))
    return music * fade, 4


@pytest.mark.parametrize("how", ["silence", "rung out", "faded"])
def test_music_goes_round_before_it_ends(tmp_path: Path, cache: Cache, how: str) -> None:
    """At the last whole bar at full loudness; nothing of the end is heard in a longer clip, and no message is needed."""
    music, bars = ending(how)
    given = own(written(tmp_path / "a.wav", music))
    played, heard = tune.load(given, cache), tune.samples(given, cache)
    assert not played.problems
    first, count = tunes.pieces(played.tune, len(heard), 27 * RATE)[0]
    assert first == 0
    assert count == pytest.approx(bars * BAR, abs=RATE // 50)
    assert holes(tunes.laid(heard, played.tune, 27 * RATE)) == []


def test_music_long_enough_plays_to_its_end(tmp_path: Path, cache: Cache) -> None:
    """What fades is left out only where the music must go round."""
    given = own(written(tmp_path / "a.wav", ending("faded")[0]))
    found, heard = tune.load(given, cache).tune, tune.samples(given, cache)
    assert tunes.pieces(found, len(heard), 11 * RATE) == ((0, 11 * RATE),)


@pytest.mark.parametrize(("seconds", "codes"), [(1, []), (3, ["VK-S018"])])
def test_silence_in_between_is_told_with_its_place(
    tmp_path: Path, cache: Cache, seconds: int, codes: list[str]
) -> None:
    """Not a rest of two beats; as players show time."""
    music = drums(6)
    music[4 * RATE : (4 + seconds) * RATE] = 0
    found = tune.load(own(written(tmp_path / "a.wav", music)), cache).problems
    assert [one.code for one in found] == codes
    assert all("0:04–0:07" in show(one, language) for one in found for language in ("zh", "en"))


def test_silence_no_clip_reaches_is_not_told(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Music may be many times longer than any clip."""
    music = drums(6)
    music[8 * RATE : 11 * RATE] = 0
    monkeypatch.setitem(table("voice")["scenes"], "most_seconds", 7)
    assert not tune.load(own(written(tmp_path / "a.wav", music)), cache).problems


def test_channels_that_cancel_are_turned_and_told(tmp_path: Path, cache: Cache) -> None:
    """On one loudspeaker nothing would be heard; what is kept, in the cache and without one, is heard there and in both ears."""
    music = drums(2)
    given = own(written(tmp_path / "a.wav", np.stack([music, -music], axis=1)))
    assert [one.code for one in tune.load(given, cache).problems] == ["VK-S017"]
    for heard in (tune.samples(given, cache), tune.samples(given)):
        assert np.abs(heard - music[:, None]).max() < 1e-5


def test_wide_music_is_left_as_it_is() -> None:
    """Channels that know nothing of each other, one channel alone, silence."""
    wide = np.random.default_rng(1).standard_normal((RATE, 2)).astype(np.float32)
    for music in (wide, wide * np.array([1, 0], np.float32), wide[:, 0], 0 * wide, wide[:0]):
        found, turned = tunes.upright(music)
        assert not turned
        assert found is music


def pad(seconds: float) -> Samples:
    """Three steady tones that come softly, nothing else."""
    t = np.arange(int(seconds * RATE)) / RATE
    tones = (np.sin(2 * np.pi * hertz * t + hertz) for hertz in (220, 277, 330))
    return (0.1 * np.minimum(1, t / 0.1) * sum(tones, np.zeros(len(t)))).astype(np.float32)


def test_music_without_a_beat_flows_on(tmp_path: Path, cache: Cache) -> None:
    """From where it begins; nothing clicks where it goes round, and cuts do not follow a beat that nobody hears."""
    given = own(written(tmp_path / "a.wav", np.concatenate([np.zeros(2 * RATE, np.float32), pad(6)])))
    played, heard = tune.load(given, cache), tune.samples(given, cache)
    assert [one.code for one in played.problems] == ["VK-S005"]
    laid = tunes.laid(heard, played.tune, 20 * RATE)
    assert holes(laid) == []
    assert np.abs(np.diff(laid[RATE:], 2, axis=0)).max() < 1.5 * np.abs(np.diff(pad(1), 2)).max()


def faulty(folder: Path, fault: str) -> Path:
    """Music with a fault."""
    file = folder / "a.wav"
    if fault == "a folder":
        file.mkdir()
    elif fault == "empty":
        file.write_bytes(b"")
    elif fault == "damaged":
        file.write_bytes(written(folder / "b.m4a", drums(1), "-c:a", "aac").read_bytes()[:9000])
    elif fault == "without sound":
        ffmpeg.run(["-f", "lavfi", "-i", "color=blue:s=64x64:d=1:r=10", "-f", "mp4", file.name], cwd=folder)
    elif fault == "cut short":
        whole = written(folder / "b.flac", drums(2), "-c:a", "flac").read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
    else:
        written(file, drums(1)[: RATE // 6] if fault == "tiny" else np.clip(9 * drums(2), -1, 1))
    return file


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        *(("a folder", "VK-S010"), ("empty", "VK-S011"), ("without sound", "VK-S012"), ("damaged", "VK-S013")),
        *(("tiny", "VK-S014"), ("clipped", "VK-S015"), ("cut short", "VK-S016")),
    ],
)
def test_faults_of_music_are_told_as_music(tmp_path: Path, cache: Cache, fault: str, code: str) -> None:
    """Nobody is asked to speak again into the phone: the same fault has words of its own, with a place and what to do."""
    try:
        found = tune.load(own(faulty(tmp_path, fault)), cache).problems
    except Refusal as refusal:
        found = refusal.problems
    told = next(one for one in found if one.code == code)
    assert told.place == Place("a.yaml", 1, 1)
    assert told.message("zh").startswith(("音乐“a.wav”", "打不开音乐“a.wav”"))
    assert not [word for word in ("录音", "重录", "重新录", "说", "嘴") if word in show(told, "zh")]
    assert told.hint("zh")
    assert told.hint("en")


def test_every_fault_has_the_same_values_for_voices_and_music() -> None:
    """So that one can be told as the other."""
    for voice, music in tune.OF_MUSIC.items():
        for part in ("exit", "level"):
            assert entry(voice).get(part) == entry(music).get(part)


def test_own_music_has_the_levels_and_fades_out(tmp_path: Path, cache: Cache) -> None:
    """−14 ± 0.5 LUFS, at most −1.5 dBTP on the AAC, the beat on the clip's first sample, and a soft end, longer than the file or not."""
    given = own(song(tmp_path, quiet=0.7))
    found = tune.load(given, cache).tune
    for frames in (300, 1200):
        track = Track(frames, 30, None, tune=found)
        made = sound.write(track, tmp_path / "a.m4a", lambda _: tune.samples(given))
        assert made.lufs == pytest.approx(-14, abs=0.5)
        assert made.true_peak_db <= -1.5
        heard = sound.mix(track, lambda _: tune.samples(given))
        assert np.abs(heard[-RATE // 20 :]).max() < 0.02
        assert np.abs(heard[: RATE // 10]).max() > 0.05
    assert sound.key(track) != sound.key(replace(track, tune=replace(found, first_bar=found.first_bar + 1)))


def test_mono_music_is_heard_in_both_ears() -> None:
    """A recording of one channel."""
    laid = tunes.laid(np.ones(RATE, np.float32), Tune("a" * 64, ()), RATE)
    assert laid.shape == (RATE, 2)


def test_music_that_breathes_has_no_even_beat() -> None:
    """Cuts then lie on a pulse of half a second."""
    chance = np.random.default_rng(1)
    swaying = np.cumsum(chance.uniform(18_000, 30_000, 60)).astype(int)
    assert Tune("a" * 64, tuple(swaying.tolist())).even is None
    assert Tune("a" * 64, ()).even is None


def test_cuts_lie_on_the_beats_of_own_music(tmp_path: Path, examined: Cache) -> None:
    """Every cut of an example with own music is within one frame of half a beat."""
    script = plan.read(kit.bundled() / "examples" / "kitchen.yaml", examined)
    given = own(song(tmp_path, 40))
    heard = tune.load(given, examined).tune
    changed = replace(script, brief=script.brief.model_copy(update={"music": given}), tune=heard)
    made = plan.plan(changed, plan.platforms(changed, "douyin")[0])
    assert made.track.tune is not None
    step = made.track.tune.even
    assert step
    half = step * 30 / RATE / 2
    heads = [0, *(scene.into.frames for scene in made.board.scenes[:-1])]
    cuts = [(start + head / 2) / half for start, head in zip(made.board.starts, heads, strict=True)]
    assert len(cuts) > 4
    assert max(abs(cut - round(cut)) * half for cut in cuts) <= 1


@pytest.mark.parametrize(
    "said",
    [
        "网上下的",
        "不知道",
        "随便",
        "抖音的",
        "谁给的",
        "？",
        "1",
        "无",
        "没有授权",
        "没买，朋友发的",
        "downloaded",
        "免费的热门歌",
    ],
)
def test_a_licence_that_names_none_is_told_of(tmp_path: Path, said: str) -> None:
    """At the music's place, as a warning: nobody knows whose it is."""
    song(tmp_path, 3)
    (found,) = musical.doubts(told(tmp_path, f"{{文件: a.mp3, 授权: '{said}'}}"))
    assert (found.code, found.level, found.place and found.place.line) == ("VK-S009", "warning", 4)
    assert f"“{said}”" in found.message("zh")


@pytest.mark.parametrize(
    "said",
    [
        *("自己录的", "自己写的", "自己弹的", "买的", "网上买的商用授权", "抖音商用曲库，有授权书"),
        *("李老师，2026年授权我们店里用", "CC0", "我女儿唱的", "bought online"),
    ],
)
def test_a_licence_that_says_whose_it_is_passes(tmp_path: Path, said: str) -> None:
    """Wherever it was bought, and whoever played it."""
    song(tmp_path, 3)
    assert not list(musical.doubts(told(tmp_path, f"{{文件: a.mp3, 授权: '{said}'}}")))


def knocks(seconds: int = 8, beat: float = 0.6) -> Samples:
    """A wood block alone: high peaks, and nothing between them."""
    t = np.arange(RATE // 8) / RATE
    knock, music = 0.9 * np.sin(2 * np.pi * 900 * t) * np.exp(-45 * t), np.zeros(seconds * RATE)
    for first in range(0, len(music) - len(t), round(beat * RATE)):
        music[first : first + len(t)] += knock
    return music.astype(np.float32)


def test_knocks_are_delivered_softer_and_told_of(tmp_path: Path, cache: Cache) -> None:
    """As loud as their peaks allow, with the warning that says by how much; a fault of ours is only what is too loud."""
    given = own(written(tmp_path / "a.wav", knocks()))
    played = tune.load(given, cache)
    told = [one for one in played.problems if one.code == "VK-S019"]
    assert [one.level for one in told] == ["warning"]
    found = sound.write(Track(240, 30, None, tune=played.tune), tmp_path / "a.m4a", lambda _: tune.samples(given))
    assert found.true_peak_db <= -1.5
    assert -22 < found.lufs < -14.5
    assert -14 - found.lufs == pytest.approx(float(dict(told[0].values)["softer"]), abs=1.0)
    assert not list(tmp_path.glob(".sound-*"))


@pytest.mark.parametrize("made", ["one knock", "a tail", "drifting"])
def test_whatever_can_be_heard_is_delivered(tmp_path: Path, cache: Cache, made: str) -> None:
    """One knock in silence, a loop with a silent tail, beats that drift."""
    music = knocks(4)
    if made == "one knock":
        music[RATE // 2 :] = 0
    elif made == "a tail":
        music = np.concatenate([music, np.zeros(8 * RATE, np.float32)])
    else:
        music = np.concatenate([knocks(2, beat) for beat in (0.5, 0.55, 0.47)])
    given = own(written(tmp_path / "a.wav", music))
    track = Track(150, 30, None, tune=tune.load(given, cache).tune)
    assert sound.write(track, tmp_path / "a.m4a", lambda _: tune.samples(given)).true_peak_db <= -1.5


def test_a_constant_offset_is_taken_off() -> None:
    """It would take the room of the peaks; music without one is left as it is."""
    music = knocks(2)
    assert (
        np.abs(tunes.played(music + np.float32(0.4)) - (music - music.mean())[: len(tunes.played(music))]).max() < 1e-6
    )
    assert tunes.played(music).base is music


def test_a_voice_over_knocks_is_as_loud_as_over_other_music(tmp_path: Path) -> None:
    """They are lowered under her like any music, and hers is the loudness of the clip."""
    voice = (0.3 * np.sin(np.arange(6 * RATE) / 40)).astype(np.float32)
    voice *= mastering.ratio(-16 - sound.loudness(np.stack([voice, voice], axis=1)))
    heard = []
    for music in (knocks(), drums(4)):
        track = Track(240, 30, None, voices=(scores.Voice("v", 0, len(voice), RATE),), tune=Tune("m", (0,)))
        layers = sound.layers(track, {"v": voice, "m": music}.__getitem__)
        made = sound.mastered(track, {"v": voice, "m": music}.__getitem__)
        heard.append(sound.loudness(made[2 * RATE : 6 * RATE]))
        assert np.array_equal(layers.voice[2 * RATE : 6 * RATE], voice[RATE : 5 * RATE])
    assert heard[0] == pytest.approx(heard[1], abs=1.0)


def test_music_saved_anew_meanwhile_is_refused(tmp_path: Path, cache: Cache) -> None:
    """Its sound would be kept under the name of the other; the same file again is found."""
    given = own(written(tmp_path / "a.wav", drums(2)))
    key = tune.load(given, cache).tune.sha256
    before = given.path.read_bytes()
    written(given.path, drums(3))
    with pytest.raises(Refusal) as refused:
        tune.samples(given, cache, key)
    assert (refused.value.problems[0].code, refused.value.exit_code) == ("VK-S020", 3)
    given.path.write_bytes(before)
    assert len(tune.samples(given, cache, key)) == len(tune.samples(given))


@pytest.mark.parametrize(("part", "name", "value"), [("scenes", "most_seconds", 7), ("limits", "silent_db", -50)])
def test_every_figure_makes_another_key(monkeypatch: pytest.MonkeyPatch, part: str, name: str, value: float) -> None:
    """What is remembered of a file follows from them."""
    source = decode.Source(b"sound", "a.wav")
    before = tune._key(source)
    monkeypatch.setitem(table("voice")[part], name, value)
    assert tune._key(source) != before
