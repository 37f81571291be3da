"""The briefs of a shop, wherever they lie in it, and none of what only looks like one."""

from __future__ import annotations

import errno
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SIGNED, sign

from vidkit.cache import default
from vidkit.kits import platform
from vidkit.people import consent_file, posts, reach
from vidkit.problems import Refusal, problem
from vidkit.publishing import archive
from vidkit.publishing.archive import Posted

BRIEFS = ("briefs/厨房.yaml", "photos/客厅/清单.yaml", "周一/阳台.yml", "周一/上午/卫生间.yaml", "底稿.yaml")
OTHERS = (
    *(
        "vidkit.yaml",
        "briefs/._厨房.yaml",
        "briefs/.旧的/x.yaml",
        "briefs/说明.md",
        "out/厨房/x.yaml",
        "周一/out/x.yaml",
    ),
    *("consents/张姐.yaml", "people/秀兰.yaml", "series/达人.yaml", "platforms/x.yaml"),
    *("brand/wojia/brand.yaml", "templates/mine/template.yaml", "archive/2026-11-20-厨房/posted.yaml"),
    *("别的店/vidkit.yaml", "别的店/briefs/厨房.yaml", "archive/2026-11-20-厨房/douyin.manifest.json"),
)


def shop(folder: Path, *names: str) -> Path:
    """A folder with some files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    return folder


def found(root: Path) -> list[str]:
    """The briefs of a project by their paths in it."""
    return [one.relative_to(root).as_posix() for one in reach.briefs(root)]


def test_briefs_may_lie_in_several_folders_of_a_shop(tmp_path: Path) -> None:
    """All of them, in one order, also in a folder called archive that is none; nothing of what was made, of others, or hidden."""
    root = shop(tmp_path, *BRIEFS, *OTHERS, "briefs/archive/老的.yaml")
    (root / "周一" / "自己").symlink_to(root, target_is_directory=True)
    (root / "briefs" / "不在了.yaml").symlink_to(root / "没有.yaml")
    (root / "vidkit-DESKTOP.yaml").write_text("地区: 贵阳\n", encoding="utf-8")
    (root / "vidkit 介绍.yaml").write_text("模板: 清洁前后对比\n", encoding="utf-8")
    assert found(root) == sorted((*BRIEFS, "briefs/archive/老的.yaml", "vidkit 介绍.yaml"), key=Path)


def test_outside_a_shop_nobody_walks_through_everything(tmp_path: Path) -> None:
    """A folder that is no shop may be somebody's whole disk."""
    assert found(shop(tmp_path, *BRIEFS, "briefs/.旧的/x.yaml")) == sorted(
        (one for one in BRIEFS if not one.startswith("周一")), key=Path
    )


def test_a_system_that_could_not_look_has_said_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is closed holds no brief; without a free handle nobody knows."""
    root, real = shop(tmp_path, *BRIEFS, "vidkit.yaml"), os.scandir
    for number in (errno.EACCES, errno.EMFILE):

        def shut(folder: str, number: int = number) -> object:
            if str(folder).endswith("周一"):
                raise OSError(number, os.strerror(number), str(folder))
            return real(folder)

        monkeypatch.setattr(os, "scandir", shut)
        if number == errno.EACCES:
            assert "底稿.yaml" in found(root)
        else:
            with pytest.raises((OSError, Refusal)):
                found(root)


@pytest.mark.parametrize(
    ("today", "until", "withdrawn", "codes"),
    [
        ("2028-01-01", "2028-01-01", "", ()),
        ("2028-01-02", "", "", ("VK-U066",)),
        ("2026-08-03", "2026-07-31", "", ("VK-U067",)),
        ("2028-01-02", "2026-07-31", "", ("VK-U066", "VK-U067")),
        ("2026-08-03", "", "2026-08-01", ("withdrawn",)),
    ],
)
def test_a_whole_pack_may_be_over(
    today: str, until: str, withdrawn: str, codes: tuple[str, ...], tmp_path: Path
) -> None:
    """A consent that ended or was taken back, prices whose last day is over: told of the pack, and of a post that was noted."""
    root = shop(tmp_path, "vidkit.yaml")
    (root / "签.jpg").write_bytes(SIGNED)
    sign(root, "周芳")
    if withdrawn:
        consent_file.change(root / "consents" / "周芳.yaml", {"withdrawn": withdrawn}, default())
    entry = root / "archive" / "2026-06-01-厨房"
    entry.mkdir(parents=True)
    said = {"consents": ["周芳"], "valid_until": until, "brief": {"name": "厨房.yaml"}}
    (entry / "douyin.manifest.json").write_text(json.dumps(said), encoding="utf-8")

    def wanted(code: str) -> list[str]:
        return [code if one == "withdrawn" else one for one in codes]

    assert [one.code for one in reach.lapsed(said, entry, root, today)] == wanted("VK-U065")
    assert [one.code for one in reach.uncovered(entry, platform.load("douyin"), root, today)] == wanted("VK-U047")
    nowhere = [one.code for one in reach.lapsed(said, entry, tmp_path / "别处", today)]
    assert nowhere == [one for one in codes if one == "VK-U067"]


@pytest.mark.parametrize(
    ("where", "line", "codes"),
    [
        ("douyin", (), []),
        ("kuaishou", (), ["VK-U074"]),
        ("douyin", ("可以用什么", "[脸]"), ["VK-U075"]),
        ("douyin", ("可以做什么", "[故事]"), ["VK-U075"]),
        ("douyin", ("可以做什么", "[广告]"), []),
        ("douyin", ("可以用什么", "[没有这个]"), ["VK-U073"]),
        ("douyin", None, ["VK-U073"]),
    ],
)
def test_a_pack_is_told_that_a_consent_reaches_less_far_now(
    where: str, line: tuple[str, ...] | None, codes: list[str], tmp_path: Path
) -> None:
    """Not to its platform, not so much or not for that any more, not there; of a post that is out as far as it is not told otherwise."""
    root = shop(tmp_path, "vidkit.yaml", "archive/2026-06-01-厨房/douyin.manifest.json")
    (root / "签.jpg").write_bytes(SIGNED)
    sign(root, "周芳")
    file, entry = root / "consents" / "周芳.yaml", root / "archive" / "2026-06-01-厨房"
    said: dict[str, object] = {"consents": ["周芳"], "platform": {"id": where, "zh": where, "en": where}, "mode": "ad"}
    terms = {"name": "周芳", "scope": ["name", "face"], "purposes": ["ad", "story"]}
    for key, value in (("可以用什么", "[称呼, 脸]"), ("可以做什么", "[广告, 故事]"), *([line] if line else [])):
        file.write_text(
            re.sub(rf"(?m)^{key}:.*", f"{key}: {value}", file.read_text(encoding="utf-8")), encoding="utf-8"
        )
    if line is None:
        file.unlink()
    made = said | {"consent_terms": [terms]}
    (entry / "douyin.manifest.json").write_text(json.dumps(made), encoding="utf-8")
    assert [one.code for one in reach.lapsed(made, entry, root, "2026-11-27")] == codes
    out = [one.code for one in reach.uncovered(entry, platform.load(where), root, "2026-11-27")]
    assert out == [code if code == "VK-U075" else "VK-U046" for code in codes]


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent_terms": 5},
        {"consent_terms": ["周芳", {"name": "周芳", "scope": 5, "purposes": ["飞"]}]},
        {"platform": {"zh": "抖音"}},
        {"platform": 5},
        {"consents": 5},
        {"brief": 5},
    ],
)
def test_a_manifest_written_over_by_hand_is_read_as_far_as_it_goes(wrong: dict[str, object], tmp_path: Path) -> None:
    """Nothing of it stops what else is told of the pack, or of its post."""
    root = shop(tmp_path, "vidkit.yaml", "archive/2026-06-01-厨房/douyin.manifest.json")
    (root / "签.jpg").write_bytes(SIGNED)
    sign(root, "周芳")
    entry, said = root / "archive" / "2026-06-01-厨房", {"consents": ["周芳"], "valid_until": "2026-07-31", **wrong}
    (entry / "douyin.manifest.json").write_text(json.dumps(said), encoding="utf-8")
    assert [one.code for one in reach.lapsed(said, entry, root, "2026-08-03")] == ["VK-U067"]
    told = [one.code for one in reach.uncovered(entry, platform.load("douyin"), root, "2026-08-03")]
    assert told == ([] if "consents" in wrong else ["VK-U067"])


def test_packs_of_one_day_are_one_post_to_look_for(tmp_path: Path) -> None:
    """Every change makes another pack: of one brief, day, title and platform the last that may be out is told, and each with its brief; what was noted always is, and the same film once."""

    def packed(name: str, title: str, *posted: Posted, **more: object) -> archive.Entry:
        said = {"called": "厨房3", "title": title, "platform": {"id": "douyin", "zh": "抖音"}, **more}
        return archive.Entry(tmp_path / name, (("douyin", said),), posted)

    packs = [
        packed("2026-08-05-厨房3", "甲"),
        packed("2026-08-05-厨房3-2", "甲", Posted("抖音", "2026-08-05")),
        packed("2026-08-05-厨房3-3", "乙"),
        packed("2026-08-05-厨房3-4", "乙"),
        packed("2026-08-06-厨房3", "乙"),
        packed("2026-08-07-厨房3", "丙"),
        packed("2026-08-07-厨房3-2", "丙"),
        packed("2026-08-07-厨房3-3", "丙", Posted("抖音", "2026-08-07", "", "没发过")),
        packed("2026-08-08-厨房3", "丁", Posted("抖音", "2026-08-08"), files={"clip.mp4": "a"}),
        packed("2026-08-08-厨房3-2", "丁", files={"clip.mp4": "a"}),
        packed("2026-08-08-厨房3-3", "丁", Posted("抖音", "2026-08-08", "", "没发过"), files={"clip.mp4": "b"}),
    ]
    found = [(one.title, one.day, one.sure, one.brief) for one in posts.out(packs, posts.known(tmp_path))]
    assert found == [
        ("甲", "2026-08-05", True, "厨房3"),
        ("乙", "2026-08-05", False, "厨房3"),
        ("乙", "2026-08-06", False, "厨房3"),
        ("丙", "2026-08-07", False, "厨房3"),
        ("丁", "2026-08-08", True, "厨房3"),
    ]
    two = replace(
        packed("2026-08-09-厨房3", "戊", Posted("抖音", "2026-08-09", "", "2026-08-10")), wrong=(problem("VK-U040"),)
    )
    assert [(one.title, one.sure) for one in posts.out([two], posts.known(tmp_path))] == [("戊", False)]
    late = packed("2026-08-09-厨房3", "己", Posted("抖音", "2026-08-09", "", "2026-08-20"))
    for today, out in (("2026-08-19", [True]), ("2026-08-20", [])):
        assert [one.sure for one in posts.out([late], posts.known(tmp_path), today)] == out
    assert "厨房3" in posts.line(next(posts.out(packs, posts.known(tmp_path))), tmp_path)


def test_a_copied_consent_is_one_persons(tmp_path: Path) -> None:
    """Not one form of several people; a post that is out with it is told once."""
    root = shop(tmp_path, "vidkit.yaml")
    (root / "签.jpg").write_bytes(SIGNED)
    sign(root, "周芳")
    file = root / "consents" / "周芳.yaml"
    consent_file.change(file, {"withdrawn": "2026-08-01"}, default())
    (root / "consents" / "周芳 (1).yaml").write_bytes(file.read_bytes())
    entry = root / "archive" / "2026-06-01-厨房"
    entry.mkdir(parents=True)
    (entry / "douyin.manifest.json").write_text('{"consents": ["周芳"], "called": "厨房"}', encoding="utf-8")
    found = reach.read(root, "2026-08-03").standings
    assert len(found) == 2
    among = [one.entry for one in found]
    assert [one.code for one in reach.same_paper(among, among)] == ["VK-S187"]
    told = [one.code for one in reach.with_posts(found, root, "2026-08-03")[1]]
    assert told == ["VK-S181"]
