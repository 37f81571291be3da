"""Recordings of a brief: cleaned once, kept, refused with their place; whose voice is heard needs her consent."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import clips
import made_speech
import numpy as np
import pytest
import told_aloud
from conftest import room
from PIL import Image

from vidkit import plan
from vidkit.audio import decode, recordings, spoken
from vidkit.audio.phrases import phrases
from vidkit.brief import Person
from vidkit.cache import Cache
from vidkit.people import consent
from vidkit.problems import Refusal
from vidkit.rules import said

if TYPE_CHECKING:
    from pathlib import Path

    from told_aloud import Told

    from vidkit.plan import Script


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache for all tests."""
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A brief with a recording for every chapter."""
    return told_aloud.by_chapter(tmp_path_factory.mktemp("aloud"))


@pytest.fixture(scope="module")
def script(told: Told, store: Cache) -> Script:
    """The same, read."""
    return plan.read(told.file, store)


def refused(file: Path, store: Cache) -> list[tuple[str, int, int]]:
    """The code, line and column of everything a brief is refused for."""
    with pytest.raises(Refusal) as caught:
        plan.read(file, store)
    return [(one.code, one.place.line, one.place.column) for one in caught.value.problems if one.place]


def changed(told: Told, old: str, new: str) -> Path:
    """The brief with other words, beside it."""
    text = told.file.read_text(encoding="utf-8")
    assert old in text
    file = told.file.with_name(f"{len(list(told.file.parent.iterdir()))}.yaml")
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_recordings_are_cleaned_once(told: Told, script: Script, store: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is decoded and nothing timed; the keys, lengths, words and samples are the same."""
    monkeypatch.setattr(decode, "heard", lambda *_: pytest.fail("decoded again"))
    clips.planned(script)
    monkeypatch.setattr(spoken, "timed", lambda *_: pytest.fail("timed again"))
    again = plan.read(told.file, store)
    assert again.takes.takes == script.takes.takes
    assert clips.planned(again)[0] == clips.planned(script)[0]
    for take in again.takes.takes.values():
        samples = again.takes.samples(take.key)
        assert samples.dtype == np.float32
        assert samples.shape == (take.length,)


def test_a_lost_recording_is_made_again(script: Script, store: Cache) -> None:
    """Somebody emptied the cache between planning and making."""
    take = next(iter(script.takes.takes.values()))
    before = script.takes.samples(take.key)
    found = store.find(take.key, recordings.SUFFIX)
    assert found
    found.unlink()
    assert np.array_equal(script.takes.samples(take.key), before)


def test_a_recording_saved_anew_meanwhile_is_refused(told: Told, tmp_path: Path) -> None:
    """Where the cache lost what was cleaned of the first, the other is not kept under its name."""
    (recording, take), *_ = plan.read(told.file, Cache(tmp_path)).takes.takes.items()
    other = recording.model_copy(update={"path": told.file.parent / "voice/02.wav"})
    with pytest.raises(Refusal) as refused:
        recordings.Takes({other: take}, Cache(tmp_path / "new")).samples(take.key)
    assert refused.value.problems[0].code == "VK-V024"


def test_every_recording_that_cannot_be_used_is_told_with_its_place(told: Told, store: Cache) -> None:
    """No sound, silence: both at once, each where the brief names it."""
    (told.file.parent / "voice/bad.wav").write_bytes(b"no sound at all, only words" * 9)
    told_aloud.save(told.file.parent / "voice/quiet.wav", np.zeros(48_000, np.float32))
    file = changed(told, "voice/01.wav", "voice/bad.wav")
    text = file.read_text(encoding="utf-8").replace("voice/02.wav", "voice/quiet.wav")
    file.write_text(text, encoding="utf-8")
    columns = [line.index("voice/") + 1 for line in text.splitlines() if "voice/" in line]
    assert refused(file, store) == [("VK-V004", 7, columns[0]), ("VK-V009", 8, columns[1])]


def test_a_missing_recording(told: Told, store: Cache) -> None:
    """It is told with the nearest name, or with where it belongs."""
    near, gone = changed(told, "voice/01.wav", "voice/01.mav"), changed(told, "voice/01.wav", "voice/mine.amr")
    assert [code for code, *_ in refused(near, store)] == ["VK-V016"]
    assert [code for code, *_ in refused(gone, store)] == ["VK-V017"]


def test_what_people_should_know_is_told_again(told: Told, store: Cache) -> None:
    """A recording that clips: a note the first time, and the same from the cache."""
    made = made_speech.talk(phrases("豆腐，张奶奶要自己挑。"), 2)
    loud = np.clip(made.samples * 20, -0.9, 0.9).astype(np.float32)
    told_aloud.save(told.file.parent / "voice/loud.wav", loud)
    file = changed(told, "voice/02.wav", "voice/loud.wav")
    for _ in range(2):
        found = clips.planned(plan.read(file, store))[0].problems
        assert [one.code for one in found] == ["VK-V011"]
        assert dict(found[0].values)["name"] == "voice/loud.wav"
    kept = [one.file.read_text(encoding="utf-8") for one in store.entries() if one.file.suffix == ".json"]
    assert any("VK-V011" in one for one in kept)
    assert not any("loud" in one for one in kept)  # what a file is called may be who speaks


def test_shortened_pauses_are_told_and_no_words_are_no_other_words(told: Told, store: Cache) -> None:
    """A pause is told with its place from the cache too; of noise it is told that nothing can be heard, not that its words are others."""
    made = made_speech.talk(phrases("豆腐，张奶奶要自己挑。"), 2).samples
    noise = 0.01 * made_speech.hiss(5 * 48_000)
    told_aloud.save(told.file.parent / "voice/rest.wav", np.concatenate([made, noise, made]).astype(np.float32))
    told_aloud.save(told.file.parent / "voice/noise.wav", (10 * noise).astype(np.float32))
    for name, code in (("rest", "VK-V023"), ("noise", "VK-V022")):
        file = changed(told, "voice/02.wav", f"voice/{name}.wav")
        for _ in range(2):
            found = clips.planned(plan.read(file, store))[0].problems
            assert code in [one.code for one in found]
            assert name == "rest" or "VK-V015" not in [one.code for one in found]


def test_other_words_are_doubted(told: Told, store: Cache) -> None:
    """Two syllables are written, many are said."""
    file = changed(told, "['走的时候，她站在门口挥手']", "[好]")
    assert "VK-V015" in [one.code for one in clips.planned(plan.read(file, store))[0].problems]


def test_a_recording_without_a_place_is_told(told: Told, store: Cache) -> None:
    """A story shows no quote of hers that a chapter says already."""
    shutil.copy(told.file.with_name("voice") / "03.wav", told.file.with_name("voice") / "again.wav")
    file = changed(told, "工种: 养老护理员", "原话: 走的时候，她站在门口挥手, 录音: voice/again.wav")
    made = clips.planned(plan.read(file, store))[0]
    assert [one.code for one in made.problems] == ["VK-V018"]
    assert len(made.board.speeches) == len(told_aloud.CHAPTERS)


def test_a_voice_needs_consent(told: Told, script: Script, store: Cache) -> None:
    """Of whoever is heard: the person of the brief, else who is shown, else the brief has to say so."""
    assert frozenset({"voice"}) in consent.needs(script.brief)[0].scopes
    silent = plan.read(changed(told, ", 录音: voice/01.wav", ""), store).brief
    assert frozenset({"voice"}) in consent.needs(silent)[0].scopes
    nobody = script.brief.model_copy(update={"people": ()})
    assert consent.needs(nobody) == ()
    shown = nobody.model_copy(update={"shown": ("美华", "桂芬")})
    assert [frozenset({"voice"}) in one.scopes for one in consent.needs(shown)] == [True, False]
    bare = script.brief.model_copy(update={"sections": (), "recording": None})
    assert frozenset({"voice"}) not in consent.needs(bare)[0].scopes


def test_only_who_is_heard_needs_it(script: Script) -> None:
    """Of two sisters the one with a recording of her own."""
    one = script.brief.people[0]
    other = one.model_copy(update={"name": "美华", "recording": script.brief.recordings[0]})
    brief = script.brief.model_copy(update={"people": (one, other), "sections": ()})
    assert [consent.speaks(brief, number) for number in range(2)] == [False, True]


def test_a_profile_s_recording_says_its_own_quote(told: Told, store: Cache) -> None:
    """A brief with other words of hers does not get the voice of her profile; one with the profile's words does, unless it tells of a client."""
    folder = told.file.parent
    (folder / "vidkit.yaml").write_text("品牌: 邻里净\n", encoding="utf-8")
    (folder / "people").mkdir()
    profile = "称呼: 春燕姐\n工种: 养老护理员\n原话: 豆腐，张奶奶要自己挑\n录音: voice/02.wav\n照片: 她.png\n"
    Image.fromarray(room(640, 800, 2)).save(folder / "people/她.png")
    (folder / "people/春燕姐.yaml").write_text(profile, encoding="utf-8")
    client = plan.read(changed(told, "{称呼: 春燕姐, 工种: 养老护理员}", "春燕姐"), store).brief
    other = plan.read(changed(told, "工种: 养老护理员", "原话: 慢慢来"), store).brief
    own = changed(replace(told, file=client.file), "模板: 服务故事", "模板: 家政服务达人\n建议: 慢慢来")
    about = plan.read(own, store).brief
    assert [bool(one.people[0].recording) for one in (about, client, other)] == [True, False, False]


def test_dots_are_not_spoken(told: Told, store: Cache) -> None:
    """A line without a word is no subtitle, and does not keep the others from being in step."""
    file = changed(told, "'我在车上想好，今天买什么菜'", "……")
    shown = [one.text for one in clips.planned(plan.read(file, store))[0].board.subtitles]
    assert shown[:2] == ["早班车上", "座位都还空着"]
    assert "……" not in shown


def test_who_reads_a_review_needs_it(tmp_path: Path, store: Cache) -> None:
    """The customer herself, or whoever the brief says reads it; her people's voices are not heard."""
    file = told_aloud.review(tmp_path, ", 同意书: 张女士, 谁念的: 秀兰阿姨").file
    read = plan.read(file, store).brief
    scopes = {one.who: one.scopes for one in consent.needs(read)}
    assert scopes == {"张女士": (frozenset({"name"}),), "秀兰阿姨": (consent.HEARD,)}
    assert read.review
    own = read.model_copy(update={"review": read.review.model_copy(update={"reader": ""})})
    assert [(one.who, consent.HEARD in one.scopes, one.review) for one in consent.needs(own)] == [
        ("张女士", True, True)
    ]
    with_people = own.model_copy(update={"people": (Person(name="秀兰阿姨"),)})
    assert not consent.speaks(with_people, 0)


def test_a_read_review_s_place_and_name_are_not_seen(tmp_path: Path, store: Cache) -> None:
    """A recording's file and who reads are no words of a post."""
    read = plan.read(told_aloud.review(tmp_path, ", 谁念的: 秀兰阿姨").file, store).brief
    shown = "".join(one.text for one in said.written(read))
    assert "voice/" not in shown
    assert "秀兰阿姨" not in shown
