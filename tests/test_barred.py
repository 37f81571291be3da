"""Photos of a home that took its consent back are known again, whatever a brief says of them; those of other homes are left alone."""

from __future__ import annotations

import itertools
import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from click.testing import CliRunner
from conftest import a_shop, room, sign
from PIL import Image

from vidkit import batch, cache, kit
from vidkit.cli import program
from vidkit.people import barred, consent_file
from vidkit.photos import alike
from vidkit.photos.study import Study
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from vidkit.brief import Brief
    from vidkit.cache import Cache

BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 厨房变个样
服务: 保洁
谁家: {home}
对比: {{位置: 灶台, 前: photos/{before}, 后: photos/{after}}}
平台: [抖音]
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop with a brief of 张女士家, which took its consent back, and photos of another home."""
    folder = a_shop(tmp_path, monkeypatch, BRIEF.format(home="张女士家", before="a.jpg", after="b.jpg"))
    sign(folder, "张女士家", "home")
    for seed, name in enumerate(("c", "d"), 31):
        Image.fromarray(room(1600, 1200, seed)).save(folder / "photos" / f"{name}.jpg", quality=90)
    consent_file.change(folder / "consents" / "张女士家.yaml", {"withdrawn": "2026-11-25"}, cache.default())
    return folder


def told(store: Path, before: str, after: str, home: str = "不是客户家") -> list[tuple[str, str, str]]:
    """What is told of the photos of another brief: codes, which photo, who says so."""
    file = store / "briefs" / "别的.yaml"
    file.write_text(BRIEF.format(home=home, before=before, after=after), encoding="utf-8")
    (item,) = batch.check((file,), cache.default(), today="2026-11-26", draft=True)
    found = [one for one in item.problems if one.code in {"VK-S175", "VK-S176"}]
    assert {one.code for one in item.problems if one.level == "error"} <= {"VK-S175"}
    assert all(one.place and one.place.line == 6 for one in found)
    values = [dict(one.values) for one in found]
    return [(one.code, said["photo"], said["file"]) for one, said in zip(found, values, strict=True)]


def noted(store: Path) -> str:
    """The list beside the consent, written by taking it back once more."""
    done = CliRunner().invoke(program, ["consent", "withdraw", "张女士家", "--yes"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "consents/张女士家-照片.txt 记着哪些照片是这一家的" in done.output
    return (store / "consents" / "张女士家-照片.txt").read_text(encoding="utf-8")


def test_another_brief_that_names_the_home_says_whose_photo_it_is(store: Path) -> None:
    """By its bytes, whatever the file is called; an error, and nothing is made. The brief that names the home is told otherwise."""
    shutil.copyfile(store / "photos" / "a.jpg", store / "photos" / "新拍的.jpg")
    by = "briefs/厨房.yaml"
    assert told(store, "新拍的.jpg", "c.jpg") == [("VK-S175", "a.jpg", by)]
    assert told(store, "b.jpg", "c.jpg", "李女士家") == [("VK-S175", "b.jpg", by)]
    assert told(store, "c.jpg", "d.jpg") == []
    assert told(store, "a.jpg", "b.jpg", "张女士家") == []
    done = CliRunner().invoke(program, ["check", "briefs/别的.yaml"], catch_exceptions=False)
    assert "VK-S106" in done.output
    (store / "briefs" / "厨房.yaml").unlink()
    assert told(store, "a.jpg", "c.jpg") == []


def test_the_check_of_consents_tells_it_too(store: Path) -> None:
    """Of one brief and of all, with strictness by the exit code, to programs as well; a brief that needs no consent is told so."""
    told(store, "c.jpg", "d.jpg")
    noted(store)

    def check(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(program, ["consent", "check", *arguments], catch_exceptions=False)
        return done.exit_code, done.output

    assert check("briefs/别的.yaml", "--strict") == (0, "briefs/别的.yaml：这份清单不用同意书\n")
    with Image.open(store / "photos" / "a.jpg") as photo:
        photo.resize((photo.width * 4 // 5, photo.height * 4 // 5)).save(store / "photos" / "small.jpg", quality=60)
    told(store, "small.jpg", "d.jpg")
    code, said = check("briefs/别的.yaml", "--strict")
    assert code == 2
    assert "briefs/别的.yaml　照片 photos/small.jpg 就是「张女士家」家里的 a.jpg" in said
    assert "  接着：换一张" in said
    assert "briefs/别的.yaml　照片" in check()[1]
    assert [one["code"] for one in json.loads(check("--json")[1])["missing"][0]["against"]] == ["VK-S175"]


def test_a_home_that_agrees_still_or_again_is_left_alone(store: Path) -> None:
    """No day of taking back, or another consent that holds."""
    (store / "consents" / "张女士家2.yaml").write_text("同意人: 张女士家\n", encoding="utf-8")
    assert told(store, "a.jpg", "b.jpg") == []


def test_of_several_homes_one_is_only_asked_about(store: Path) -> None:
    """A photo of a brief of two homes may be the other's."""
    file = store / "briefs" / "厨房.yaml"
    file.write_text(BRIEF.format(home="张女士家、李女士家", before="a.jpg", after="b.jpg"), encoding="utf-8")
    assert told(store, "a.jpg", "c.jpg", "李女士家") == [("VK-S176", "a.jpg", "briefs/厨房.yaml")]
    assert "\t可能\t" in noted(store)
    assert [code for code, _, _ in told(store, "a.jpg", "c.jpg", "李女士家")] == ["VK-S176"]


def test_the_list_beside_the_consent_knows_copies_when_the_brief_is_gone(store: Path) -> None:
    """The same file, saved as PNG, made smaller: an error; cropped: asked; another home's photo: nothing; a deleted line: nothing."""
    said = noted(store)
    assert said.count("\t是\t") == 2
    (store / "briefs" / "厨房.yaml").unlink()
    photos = store / "photos"
    with Image.open(photos / "a.jpg") as photo:
        photo.save(photos / "a.png")
        photo.resize((photo.width * 4 // 5, photo.height * 4 // 5)).save(photos / "small.jpg", quality=60)
        photo.crop((photo.width // 30, photo.height // 25, photo.width * 24 // 25, photo.height)).save(
            photos / "cropped.jpg"
        )
    by = "consents/张女士家-照片.txt"
    for name, code in (
        ("a.jpg", "VK-S175"),
        ("a.png", "VK-S175"),
        ("small.jpg", "VK-S175"),
        ("cropped.jpg", "VK-S176"),
    ):
        assert told(store, name, "c.jpg") == [(code, "a.jpg", by)], name
    assert noted(store) == said
    lines = [line for line in said.splitlines() if "\ta.jpg\t" not in line]
    (store / by).write_text("\n".join(lines), encoding="utf-8")
    assert [one for one in told(store, "a.png", "c.jpg") if one[0] == "VK-S175"] == []


@pytest.mark.parametrize(
    ("saved", "changed"),
    [
        ("utf-8", lambda text: text),
        ("utf-8-sig", lambda text: text.replace("\n", "\r\n")),
        ("utf-16", lambda text: text),
        ("gb18030", lambda text: text),
        ("utf-8", lambda text: text.replace("\t", "    ")),
        ("utf-8", str.upper),
    ],
)
def test_a_list_is_read_however_an_editor_saved_it(store: Path, saved: str, changed: Callable[[str], str]) -> None:
    """UTF-16, ANSI, tabs turned into blanks; also of a photo whose name begins as a remark does, and has blanks."""
    shutil.move(store / "photos" / "a.jpg", store / "photos" / "#1 厨房.jpg")
    file, list_ = store / "briefs" / "厨房.yaml", store / "consents" / "张女士家-照片.txt"
    file.write_text(
        BRIEF.format(home="张女士家", before="'#1 厨房.jpg'", after="b.jpg").replace("photos/'", "'photos/")
    )
    text = noted(store)
    file.unlink()
    list_.write_bytes(changed(text).encode(saved))
    (code, photo, _), _ = told(store, "b.jpg", "#1 厨房.jpg")
    assert (code, photo.casefold()) == ("VK-S175", "b.jpg")
    assert problems(store) == {"VK-S175"}
    list_.write_bytes(changed(text.replace("是\t#1", "可能\t#1")).encode(saved))
    assert [one for one, _, _ in told(store, "b.jpg", "#1 厨房.jpg")] == ["VK-S175", "VK-S176"]


def problems(store: Path) -> set[str]:
    """What is told of photos of other homes in the brief that ``told`` wrote."""
    (item,) = batch.check((store / "briefs" / "别的.yaml",), cache.default(), today="2026-11-26", draft=True)
    return {one.code for one in item.problems if one.code in {"VK-S175", "VK-S176", "VK-S177", "VK-Y007"}}


def test_what_a_list_says_that_cannot_be_read_is_told(store: Path) -> None:
    """Its lines, once; a whole list that is no text keeps everything from being made, and withdrawing deletes nothing before it is mended."""
    text, file = noted(store), store / "consents" / "张女士家-照片.txt"
    file.write_text(f"{text}\n# 记得问\n厨房 是\n{'ab' * 32} 大概 x.jpg\n", encoding="utf-8")
    assert told(store, "c.jpg", "d.jpg") == []
    (item,) = batch.check((store / "briefs" / "别的.yaml",), cache.default(), today="2026-11-26", draft=True)
    (one,) = (one for one in item.problems if one.code == "VK-S177")
    assert one.place
    assert (one.place.file, one.place.line, dict(one.values)["lines"]) == ("consents/张女士家-照片.txt", 7, "7、8")
    file.write_bytes(text.encode("utf-16-le"))
    assert "VK-Y007" in problems(store)
    clip = store / "out" / "厨房" / "clip.mp4"
    clip.parent.mkdir(parents=True)
    clip.write_bytes(b"a clip")
    said = {"vidkit": "1", "consents": ["张女士家"], "files": {"clip.mp4": cache.sha256(clip)}}
    (clip.parent / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    done = CliRunner().invoke(program, ["consent", "withdraw", "张女士家", "--yes"], catch_exceptions=False)
    assert done.exit_code
    assert "VK-Y007" in done.output
    assert clip.is_file()
    assert file.read_bytes() == text.encode("utf-16-le")


def test_what_people_wrote_into_a_list_stays(store: Path) -> None:
    """是 made 不是 or 可能, a remark, a line without likenesses, which gets them; nothing is told of a photo that is said to be none of the home."""
    text, file = noted(store), store / "consents" / "张女士家-照片.txt"
    *head, a, b = text.splitlines()
    bare = b.rpartition("\t")[0]
    mended = "\r\n".join([*head, "# 问过了", a.replace("\t是\t", "\t不是\t"), bare.replace("是", "可能"), ""])
    file.write_bytes(mended.encode())
    assert told(store, "a.jpg", "c.jpg") == []
    noted(store)
    assert file.read_bytes().decode() == mended.replace("\tb.jpg", f"\tb.jpg\t{b.rpartition(chr(9))[2]}")
    said = (store / "briefs" / "厨房.yaml").rename(store / "厨房.txt")
    assert told(store, "a.jpg", "b.jpg") == [("VK-S176", "b.jpg", "consents/张女士家-照片.txt")]
    said.rename(store / "briefs" / "厨房.yaml")
    file.write_text("", encoding="utf-8")
    assert noted(store) == text


def test_runs_that_note_at_the_same_time_lose_no_photo(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits for the one before: a line lost is a photo that nothing bars any more."""
    home = SimpleNamespace(name="张女士家", names=("张女士家",), file=tmp_path / "consents/张女士家.yaml")
    real, both = barred._text, threading.Barrier(2)

    def read(file: Path) -> str:
        """What is there, for as long as another might read it, too."""
        text = real(file)
        with suppress(threading.BrokenBarrierError):
            both.wait(0.2)
        return text

    def noted(number: str) -> None:
        barred.note(cast("Any", home), [(f"{number}.jpg", number * 64, True)], tmp_path, cache)

    monkeypatch.setattr(barred, "_naming", lambda *_: ())
    monkeypatch.setattr(barred, "_text", read)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(noted, "12"))
    lines = (tmp_path / f"consents/张女士家{barred.FILE}").read_text(encoding="utf-8").splitlines()
    assert [line[0] for line in sorted(lines) if line[0] != "#"] == ["1", "2"]


def test_a_home_whose_consent_could_not_be_written_is_noted_all_the_same(store: Path) -> None:
    """The manifest goes, the list has what it knew; it counts once the consent says the day."""
    consent, clip = store / "consents" / "张女士家.yaml", store / "out" / "厨房" / "clip.mp4"
    consent.write_text("{同意人: 张女士家, 身份: 客户家}\n", encoding="utf-8")
    (store / "briefs" / "厨房.yaml").unlink()
    clip.parent.mkdir(parents=True)
    clip.write_bytes(b"a clip")
    rooms = {cache.sha256(store / "photos" / "a.jpg"): "a.jpg"}
    said = {"vidkit": "1", "consents": ["张女士家"], "files": {"clip.mp4": cache.sha256(clip)}}
    said |= {"homes": ["张女士家"], "rooms": rooms}
    (clip.parent / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    done = CliRunner().invoke(program, ["consent", "withdraw", "张女士家", "--yes"], catch_exceptions=False)
    assert done.exit_code == 2
    assert "VK-S160" in done.output
    assert not clip.exists()
    assert told(store, "a.jpg", "c.jpg") == []
    consent.write_text("{同意人: 张女士家, 身份: 客户家, 撤回日期: 2026-11-26}\n", encoding="utf-8")
    assert told(store, "a.jpg", "c.jpg") == [("VK-S175", "a.jpg", "consents/张女士家-照片.txt")]


def test_what_is_barred_is_looked_up_once_a_run(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many briefs; where no home took its consent back no brief is looked through."""
    looked: list[Path] = []
    real = barred._naming

    def naming(root: Path, words: frozenset[str]) -> Iterator[tuple[Path, Brief]]:
        looked.append(root)
        return real(root, words)

    monkeypatch.setattr(barred, "_naming", naming)
    files = tuple(store / "briefs" / f"{name}.yaml" for name in "一二三")
    for file in files:
        file.write_text(BRIEF.format(home="不是客户家", before="a.jpg", after="c.jpg"), encoding="utf-8")
    items = batch.check(files, cache.default(), today="2026-11-26", draft=True)
    assert [[one.code for one in item.problems].count("VK-S175") for item in items] == [1, 1, 1]
    assert len(looked) == 1
    (store / "consents" / "张女士家.yaml").unlink()
    batch.check(files, cache.default(), today="2026-11-26", draft=True)
    assert len(looked) == 1


def test_of_a_film_its_own_bytes_count(tmp_path: Path) -> None:
    """Those that were handed in, wherever a photo's hash is noted or looked for; not those of the still picture of it."""
    film = tmp_path / "a.mov"
    film.write_bytes(b"a film")
    facts = SimpleNamespace(sha256="the still's")
    for reel, sha256 in ((object(), cache.sha256(film)), (None, "the still's")):
        photo = SimpleNamespace(path=film, reel=reel)
        assert Study(cast("Any", photo), cast("Any", facts), (), ()).handed_in == sha256


def test_what_only_a_manifest_knew_is_noted_before_it_goes(store: Path) -> None:
    """Made, then said to be nobody's home: the folder still has what was made, and its manifest says of which photos."""
    (store / "consents" / "张女士家.yaml").unlink()
    sign(store, "张女士家", "home")
    run = ["make", "briefs/厨房.yaml", "--draft", "--platform", "douyin"]
    assert CliRunner().invoke(program, run, catch_exceptions=False).exit_code == 0
    file = store / "briefs" / "厨房.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("张女士家", "不是客户家"), encoding="utf-8")
    assert noted(store).count("\t是\t") == 2
    assert not (store / "out" / "厨房").exists()
    assert [code for code, _, _ in told(store, "a.jpg", "c.jpg")] == ["VK-S175"]


def pictures() -> dict[str, NDArray[np.uint8]]:
    """The photos of our examples, small."""
    found = {}
    for file in sorted((kit.bundled() / "examples" / "photos").glob("*.jpg")):
        with Image.open(file) as photo:
            photo.thumbnail((800, 800))
            found[file.stem] = np.asarray(photo.convert("RGB"))
    return found


def test_copies_are_near_and_other_photos_far() -> None:
    """On the photos of our examples: resized within ``copy_bits``, cropped within ``likely_copy_bits``, two rooms beyond; before and after of one
    room are never taken for one photo.
    """
    limits, photos = table("develop"), pictures()
    known = {name: alike.likenesses(photo) for name, photo in photos.items()}
    for name, photo in photos.items():
        tall, wide = photo.shape[:2]
        small = np.asarray(Image.fromarray(photo).resize((wide // 3, tall // 3)))
        assert alike.apart(alike.likeness(small), known[name][0]) <= limits["copy_bits"], name
        cut = photo[tall // 40 : tall - tall // 25, wide // 30 : wide - wide // 50]
        assert min(alike.apart(alike.likeness(cut), each) for each in known[name]) <= limits["likely_copy_bits"], name
    for one, other in itertools.permutations(photos, 2):
        least = min(alike.apart(known[other][0], each) for each in known[one])
        same = one.rpartition("_")[0] == other.rpartition("_")[0] != ""
        assert least > limits["copy_bits" if same else "likely_copy_bits"], (one, other)
