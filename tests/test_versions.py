"""Other versions of a brief: what was posted in other words, packs of other words, a pack older than its brief."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from vidkit.cache import Cache
from vidkit.publishing import archive, versions
from vidkit.publishing.archive import Posted

if TYPE_CHECKING:
    from pathlib import Path


def said(lines: str = "我带出来十一个", where: str = "douyin", **more: Any) -> dict[str, Any]:
    """A pack's manifest."""
    texts = [
        {"where": "title", "text": "她是我师傅"},
        {"where": "sections.0.lines.0", "text": lines},
        {"where": "expert:caption.txt", "text": f"听她说：{where}"},
    ]
    names = {"id": where, "zh": {"douyin": "抖音", "wechat-channels": "视频号"}[where], "en": where}
    return {"called": "第1期", "day": "2026-11-27", "platform": names, "texts": texts, **more}


def kept(folder: Path, made: dict[str, Any], *posted: Posted) -> Path:
    """The archive with such a pack, posted so."""
    entry = folder / "archive" / "2026-11-27-第1期"
    entry.mkdir(parents=True, exist_ok=True)
    (entry / f"{made['platform']['id']}.manifest.json").write_text(json.dumps(made), encoding="utf-8")
    for one in posted:
        archive.note(entry, one, Cache(folder / "cache"))
    return entry.parent


@pytest.mark.parametrize(
    ("lines", "taken_down", "platform", "told"),
    [
        ("我带出来十二个", "", "douyin", True),
        ("我带出来十二个", "", "抖音", True),
        ("我带出来十二个", "2026-11-28", "douyin", False),
        ("我带出来十一个", "", "douyin", False),
        ("我带出来十二个", "", "快手", False),
    ],
)
def test_a_post_in_other_words_is_told(lines: str, taken_down: str, platform: str, told: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a table
    """With its day, its link, what it says and what is said now; once it is taken down, or says the same, nothing."""
    where = kept(tmp_path, said(), Posted(platform, "2026-11-27", "https://x", taken_down))
    found = list(versions.told(where, tmp_path / "publish", {"douyin": said(lines)}))
    assert [one.code for one in found] == ["VK-U060"] * told
    for one in found:
        assert {"我带出来十一个", lines, "https://x", "抖音"} < {text for _, text in one.values}


def test_another_brief_and_a_faulty_file(tmp_path: Path) -> None:
    """Posts of another brief are none of this one's; a posted.yaml that cannot be read is told."""
    where = kept(tmp_path, said(called="第2期"), Posted("douyin", "2026-11-27"))
    now = {"douyin": said("我带出来十二个")}
    assert list(versions.told(where, tmp_path / "publish", now)) == []
    (where / "2026-11-27-第1期" / archive.POSTED).write_text("发布:\n  - 平台: x\n", encoding="utf-8")
    assert [one.code for one in versions.told(where, tmp_path / "publish", now)] == ["VK-U040"]


def test_a_pack_of_other_words_beside_the_new_one_is_told(tmp_path: Path) -> None:
    """The one packed just now is not; the words of another platform's caption do not count."""
    for where in ("douyin", "wechat-channels"):
        (tmp_path / "publish" / where).mkdir(parents=True)
        (tmp_path / "publish" / where / "manifest.json").write_text(json.dumps(said(where=where)), encoding="utf-8")
    assert list(versions.told(tmp_path / "none", tmp_path / "publish", {"douyin": said()})) == []
    (found,) = versions.told(tmp_path / "none", tmp_path / "publish", {"douyin": said("我带出来十二个")})
    assert (found.code, dict(found.values)["platform"]) == ("VK-U061", "视频号")
    assert found.place
    assert found.place.file.endswith("wechat-channels")


@pytest.mark.parametrize(("brief", "told"), [("a", False), ("b", True), (None, False)])
def test_a_pack_older_than_its_brief_is_told(brief: str | None, told: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a table
    """By the hash of the brief its manifest names; where the brief is not there, nothing can be said."""
    (tmp_path / "vidkit.yaml").write_text("", encoding="utf-8")
    pack = tmp_path / "out" / "甲" / "publish" / "douyin"
    pack.mkdir(parents=True)
    if brief:
        (tmp_path / "甲.yaml").write_text(brief, encoding="utf-8")
    made = said(brief={"name": "甲.yaml", "path": "甲.yaml", "sha256": hashlib.sha256(b"a").hexdigest()})
    assert [one.code for one in versions.outdated(pack, made)] == ["VK-U062"] * told
    assert list(versions.outdated(pack, said())) == []
