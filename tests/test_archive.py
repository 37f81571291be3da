"""The archive: where it lies, what an entry says, and the record of posts, which is people's own file."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vidkit import cache as caches
from vidkit.cache import PART
from vidkit.problems import Refusal
from vidkit.publishing import archive
from vidkit.publishing.archive import Posted

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache

STILL_OUT = (
    *("还在", "没下架", "还没下架", "没有下架", "没有撤", "没有撤下", "还没有撤下", "没有删", "没删除", "没有删除"),
    *("不撤", "不用", "留着", "保留", "暂时没有", "'false'", "'-'", "Not yet."),
)
UNCLEAR = (
    *(
        "快了",
        "2026-11-27还没撤",
        "2026-12-01 准备撤",
        "6月1日",
        "2028-02-30",
        "撤",
        "没有了",
        "视频要删了",
        "平台没删",
    ),
    *(
        "她撤回了",
        "她撤",
        "我们自己删",
        "视频撤",
        "2026-11-27 还在",
        "2026-11-27 恢复了",
        "2026-11-27，她又发了",
        "2026-11-27 删失败",
    ),
    *("2026-11-27 李姐要求删，还没删", "2026-11-27要撤", "2026-11-27 先不删", "2026-11-27 撤不了", "2026-11-27 不让删"),
    *("2026-11-123", "[2026-11-27, 2026-11-28]", "{日期: 2026-11-27}"),
)
GONE = (
    "是",
    "删掉了",
    "已经下架",
    "视频已删",
    "都已经删了",
    "已经都删了",
    "被平台删了",
    "平台下架",
    "我们删了",
    "没了",
    "√",
    "ok",
)
DAYS = (
    *(
        ("2026-11-28 李姐要求删", "2026-11-28"),
        ("2026-11-28，按要求下架", "2026-11-28"),
        ("2026-11-28 因她要求", "2026-11-28"),
    ),
    *(("2026-11-28，不再发了", "2026-11-28"), ("2026-11-28 不小心删了", "2026-11-28"), ("[2026-11-28]", "2026-11-28")),
    *(("2026-12-1 5点下架", "2026-12-01"), ("2026-12-2 1点", "2026-12-02"), ("2026-11-28 10:30", "2026-11-28")),
    *(
        ("2026-11-28 9点删", "2026-11-28"),
        ("2026年11月28日 10:30", "2026-11-28"),
        ("2026 年 12 月 1 日删", "2026-12-01"),
    ),
)
FIRST = Posted("douyin", "2026-11-27", "https://v.douyin.com/abc/?a=1#x")


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    """An entry of an archive with one manifest."""
    folder = tmp_path / "archive" / "2026-11-26-厨房"
    folder.mkdir(parents=True)
    said = {"called": "厨房", "consents": ["秀兰", "云岩-李家"]}
    (folder / "douyin.manifest.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


def test_a_shops_archive_lies_in_the_shop(tmp_path: Path) -> None:
    """Outside a shop it lies in the folder of what is made."""
    brief = tmp_path / "briefs" / "厨房.yaml"
    brief.parent.mkdir()
    assert archive.folder(brief, tmp_path / "out") == tmp_path / "out" / "archive"
    (tmp_path / "vidkit.yaml").write_text("", encoding="utf-8")
    assert archive.folder(brief, tmp_path / "elsewhere") == tmp_path / "archive"


def test_entries_say_the_consents_they_rest_on(entry: Path) -> None:
    """Other folders and broken manifests are passed over."""
    (entry.parent / "别的").mkdir()
    broken = entry.parent / "2026-11-25-坏"
    broken.mkdir()
    (broken / "douyin.manifest.json").write_text("{", encoding="utf-8")
    (found,) = archive.entries(entry.parent)
    assert (found.brief, found.consents, found.posted) == ("厨房", frozenset({"秀兰", "云岩-李家"}), ())
    assert archive.entries(entry.parent.parent / "none") == ()


def test_the_archive_knows_what_a_zip_leaves_out() -> None:
    """A pack is told by its whole manifest; one that the archive does not keep by its own."""
    kept = {"s": {"seal": "s", "called": "张女士家"}}
    cut, other = {"called": "#1", archive.KEPT: "s"}, {"called": "#1", archive.KEPT: "t"}
    assert [archive.whole(kept, one) for one in (cut, other)] == [kept["s"], other]


def test_what_nothing_asks_to_keep_goes_and_a_broken_manifest_keeps_its_pack(entry: Path) -> None:
    """Also what was unpacked of it; a pack of which no manifest tells counts as an advertisement, for its years from the day in the name of its entry."""
    files = [entry / name for name in ("douyin.zip", "douyin/clip.mp4", "meituan.zip", "截图.png")]
    (entry / "douyin").mkdir()
    for file in files:
        file.write_bytes(b"x")
    story, other = entry / "douyin.manifest.json", entry / "meituan.manifest.json"
    story.write_text('{"ad": false, "called": "a"}', encoding="utf-8")
    assert set(archive.freed(archive.entry(entry), "2026-11-26")) == {*files}
    for said in ("{", '{"ad": true}'):
        other.write_text(said, encoding="utf-8")
        found = archive.entry(entry)
        assert {*archive.freed(found, "2026-11-26")} == {files[0], files[1]}, said
        assert archive.owed(found, "2026-11-26") == ("2029-11-26",), said
    assert {*archive.freed(found, "2029-11-27")} == {*files}
    story.write_text("", encoding="utf-8")
    (unclear,) = archive.entries(entry.parent)
    assert (unclear.unread, archive.freed(unclear, "2039-01-01")) == (("douyin",), (files[2],))
    story.unlink()
    for said in ("", '{"consents": 5}', '{"called": "a", "mentioned": null}'):
        other.write_text(said, encoding="utf-8")
        assert [one.unread for one in archive.entries(entry.parent)] == [("meituan",)], said


@pytest.mark.parametrize(
    ("notes", "until"),
    [
        ((), "2022-01-01"),
        ((Posted("douyin", "2026-10-16"),), ""),
        ((Posted("抖音", "2026-10-16", "", "2026-12-01"),), "2029-12-01"),
        ((Posted("douyin", "2026-10-16", "", "没发过"),), "2029-10-16"),
        ((Posted("douyin", "2026-10-16", "", "2026-12-01"), Posted("douyin", "2026-11-01")), ""),
        ((Posted("快手", "2026-10-16"),), ""),
        ((Posted("douyin", "2026-10-16", "", "删了"),), ""),
        ((Posted("douyin", "2026-10-16", "", "没有发过"),), "2029-10-16"),
        ((Posted("douyin", "2026-10-16", "", "2025-10-18"),), ""),
        ((Posted("meituan", "2026-10-16"),), "2022-01-01"),
    ],
)
def test_the_term_begins_when_an_advertisement_ends(notes: tuple[Posted, ...], until: str, tmp_path: Path) -> None:
    """Not when it was packed, on a computer whose clock may have been wrong: while a post is out its pack is kept."""
    said = {"ad": True, "keep_until": "2022-01-01", "platform": {"id": "douyin", "zh": "抖音"}}
    (tmp_path / "douyin.zip").write_bytes(b"x")
    story = {"ad": False, "platform": {"id": "meituan", "zh": "美团"}}
    found = archive.Entry(tmp_path, (("douyin", said), ("meituan", story)), notes)
    late = "2026-12-02"
    assert archive.owed(found, "2021-12-31") == (until,)
    assert archive.owed(found, late) == ((until,) if not until or until > late else ())
    assert bool(archive.freed(found, late)) == (until == "2022-01-01")


def test_what_was_posted_is_noted_once(entry: Path, cache: Cache) -> None:
    """A second note of the same says nothing new; another is added at the end; people's comments stay."""
    assert archive.note(entry, FIRST, cache)
    file = entry / archive.POSTED
    file.write_text(file.read_text(encoding="utf-8") + "    # 反响很好\n", encoding="utf-8")
    assert not archive.note(entry, FIRST, cache)
    second = Posted("kuaishou", "2026-11-28")
    assert archive.note(entry, second, cache)
    assert archive.posted(entry) == (FIRST, second)
    assert "# 反响很好" in file.read_text(encoding="utf-8")
    assert archive.entries(entry.parent)[0].posted == (FIRST, second)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_record_stays_as_people_wrote_it(codec: str, ends: str, entry: Path, cache: Cache) -> None:
    """However its editor saved it: another post comes behind it in the same encoding, with the same line ends."""
    own = ends.join(["# 我自己记的", "发布:", "  - 平台: 抖音", "    日期: 2026-11-26  # 反响很好", ""])
    file = entry / archive.POSTED
    file.write_bytes(own.encode(codec))
    assert archive.note(entry, FIRST, cache)
    assert archive.posted(entry) == (Posted("抖音", "2026-11-26"), FIRST)
    added = ends.join(["  - 平台: douyin", "    日期: 2026-11-27", f"    链接: '{FIRST.link}'", ""])
    assert file.read_bytes() == (own + added).encode(codec)


def test_none_of_several_notes_at_once_is_lost(entry: Path, cache: Cache) -> None:
    """Runs that note posts at the same moment wait for each other."""
    posts = [Posted("douyin", f"2026-11-{day}") for day in range(10, 18)]
    with ThreadPoolExecutor(len(posts)) as together:
        assert all(together.map(lambda one: archive.note(entry, one, cache), posts))
    assert sorted(archive.posted(entry), key=lambda one: one.day) == posts


@pytest.mark.parametrize(
    ("day", "typed", "down"),
    [
        ("2026-11-27", "2026-12-01", "2026-12-01"),
        ("2026年11月27日", "2026年12月1日", "2026-12-01"),
        ("2026-11-27", "2026-12-1", "2026-12-01"),
        ("2026/11/27", "没有", ""),
        ("2026-11-27", "还没撤", ""),
        ("2026-11-27", "没发过", "没发过"),
        ("2026-11-27", "删了", "删了"),
        ("2026-11-27", "没 发过。", "没发过"),
        ("2026-11-27", "2026-11-28（今天）", "2026-11-28"),
        ("2026-11-27", "2026年11月28日 平台删的", "2026-11-28"),
        ("2026-11-27", "✔\ufe0f", "✔"),
        *(("2026-11-27", typed, typed) for typed in GONE),
        *(("2026-11-27", typed, down) for typed, down in DAYS),
        *(("2026-11-27", typed, "") for typed in STILL_OUT),
        *(("2026-11-27", typed, "?") for typed in UNCLEAR),
    ],
)
def test_people_write_it_themselves(day: str, typed: str, down: str, entry: Path) -> None:
    """Other names of the keys, days as people write them, and that it was not taken down, or never posted; what does not say that it is gone counts
    as out, and is told; so is what says so without a day.
    """
    text = f"发到哪儿了:\n  - platform: 抖音\n    哪天: {day}\n    撤下: {typed}\n"
    (entry / archive.POSTED).write_text(text, encoding="utf-8")
    assert archive.posted(entry) == (Posted("抖音", "2026-11-27", "", down.strip("?")),)
    found = archive.entry(entry)
    asked = {"?": ["VK-U071"], "": []}.get(down, [] if down.startswith("2") or down == "没发过" else ["VK-U072"])
    told = list(archive.doubts(found, "2026-12-02"))
    assert [(one.code, one.place and one.place.line) for one in told] == [(code, 4) for code in asked]
    story = replace(found, manifests=(("douyin", {"ad": False}),))
    assert [one.code for one in archive.doubts(story)] == [code for code in asked if code == "VK-U071"]


@pytest.mark.parametrize(
    ("down", "today", "out"),
    [
        ("2026-12-24", "2026-12-23", True),
        ("2026-12-24", "2026-12-24", False),
        ("2026-12-24", "", False),
        ("2026-11-27", "2026-12-24", False),
        ("2026-11-26", "2026-12-24", True),
        ("2025-12-01 删了", "", True),
    ],
)
def test_only_a_day_on_which_a_post_was_out_took_it_down(down: str, today: str, out: bool, entry: Path) -> None:  # noqa: FBT001  # a table
    """None that is still to come, until it is there, and none before it was posted."""
    text = f"发布: [{{平台: 抖音, 日期: 2026-11-27, 撤下: {down}}}]\n"
    (entry / archive.POSTED).write_text(text, encoding="utf-8")
    found = archive.entry(entry)
    assert found.posted[0].is_out(today) == out
    assert [one.code for one in archive.doubts(found, today)] == ["VK-U071"] * out


def test_a_faulty_record_hides_no_post_and_no_term_ends(entry: Path) -> None:
    """What can be read counts; the rest may tell of a post that is out, so that an advertisement's files stay."""
    (entry / "douyin.zip").write_bytes(b"x")
    text = "发布:\n  - {平台: 抖音, 日期: 2026-11-26, 撤下: 2026-11-27}\n  - {平台: 抖音, 日期: 六月一号}\n"
    (entry / archive.POSTED).write_text(text, encoding="utf-8")
    (found,) = archive.entries(entry.parent)
    assert found.posted == (Posted("抖音", "2026-11-26", "", "2026-11-27"),)
    assert [(one.code, one.place and one.place.line) for one in found.wrong] == [("VK-U040", 3)]
    assert (archive.owed(found, "2039-01-01"), archive.freed(found, "2039-01-01")) == (("",), ())


@pytest.mark.parametrize(
    "text",
    [
        "发布:\n  - 平台: 抖音\n",
        "发布:\n  平台: 抖音\n",
        "发布:\n  - 平台: 抖音\n    日期: 昨天\n",
        "发布:\n  - 平台: 抖音\n    日期: 2028-02-30\n",
        "发布:\n  - 平台: 抖音\n    日期: 2026-3-1 5\n",
    ],
)
def test_a_faulty_record_is_refused_with_its_place(entry: Path, text: str) -> None:
    """No day, no list, a day that is none."""
    (entry / archive.POSTED).write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        archive.posted(entry)
    (found,) = caught.value.problems
    assert found.code == "VK-U040"
    assert found.place
    assert found.place.line == 2


def test_a_record_with_something_after_the_list_is_left_alone(entry: Path, cache: Cache) -> None:
    """Nothing is written that would not read back."""
    text = "发布:\n  - 平台: 抖音\n    日期: 2026-11-27\n备注: 好\n"
    (entry / archive.POSTED).write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        archive.note(entry, FIRST, cache)
    assert caught.value.problems[0].code == "VK-U041"
    assert (entry / archive.POSTED).read_text(encoding="utf-8") == text


def test_a_zip_never_lies_there_without_its_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would know whose it is when a consent is taken back; the next run completes the entry."""
    pack, zipped = tmp_path / "pack", tmp_path / "pack.zip"
    pack.mkdir()
    (pack / "manifest.json").write_text('{"consents": ["周芳"]}', encoding="utf-8")
    zipped.write_bytes(b"zip")

    def killed(*_given: object) -> bool:
        raise KeyboardInterrupt

    kept, packs = tmp_path / "archive", [("douyin", pack, zipped)]
    for step, known in (("deliver_bytes", 0), ("deliver", 1)):
        with monkeypatch.context() as patched:
            patched.setattr(caches, step, killed)
            with pytest.raises(KeyboardInterrupt):
                archive.keep(kept, "2026-11-26-a", packs)
        assert (sum("周芳" in one.consents for one in archive.entries(kept)), list(kept.rglob("*.zip"))) == (known, [])
    assert (archive.keep(kept, "2026-11-26-a", packs) / "douyin.zip").is_file()
    assert len(archive.entries(kept)) == 1


def test_what_a_killed_run_left_of_a_pack_goes(tmp_path: Path) -> None:
    """A zip that was only half copied into an entry is gone when the pack is kept; what is kept there stays."""
    pack, zipped = tmp_path / "pack", tmp_path / "pack.zip"
    pack.mkdir()
    (pack / "manifest.json").write_bytes(b"{}")
    zipped.write_bytes(b"zip")
    entry = archive.keep(tmp_path / "archive", "2026-11-26-a", [("douyin", pack, zipped)])
    (entry / f".meituan.zip.1-1{PART}").write_bytes(b"half")
    assert archive.keep(tmp_path / "archive", "2026-11-26-a", [("meituan", pack, zipped)]) == entry
    assert sorted(file.name for file in entry.iterdir()) == [
        "douyin.manifest.json",
        "douyin.zip",
        "meituan.manifest.json",
        "meituan.zip",
    ]
