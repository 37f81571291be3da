"""Photos of a home that took its consent back are known again, whatever a brief says of them; those of other homes are left alone."""

from __future__ import annotations

import itertools
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner
from conftest import a_shop, room, sign
from PIL import Image

from vidkit import batch, cache, consent_file, kit
from vidkit.cli import program
from vidkit.photos import alike
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

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
    lines = [line for line in said.splitlines() if not line.startswith("a.jpg")]
    (store / by).write_text("\n".join([*lines, "x\ty", "\t\t\tzz"]), encoding="utf-8")
    assert [one for one in told(store, "a.png", "c.jpg") if one[0] == "VK-S175"] == []


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
