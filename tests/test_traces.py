"""What was made is found again by what it says: a name in words is a use of it, in manifests of today and in older ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import a_shop, sign

from vidkit import batch, cache, kit, plan, publish
from vidkit.cli import program
from vidkit.make import Order
from vidkit.people import consent, consent_file, consents, withdraw
from vidkit.publish import Wishes
from vidkit.publishing import pack
from vidkit.runs import places, remains

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.batch import Item
    from vidkit.people.withdraw import Found

BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 厨房变个样
开头: 周芳带出来的徒弟来做
服务: 保洁
谁家: 不是客户家
对比: {位置: 灶台, 前: photos/a.jpg, 后: photos/b.jpg}
平台: 抖音
"""
SAID = "周芳带出来的小李来做"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop with a brief whose words name 周芳, who signed for Douyin; one stands in it."""
    folder = a_shop(tmp_path, monkeypatch, BRIEF)
    sign(folder, "周芳")
    return folder


def test_the_unpacked_zip_of_a_pack_is_found_by_what_the_archive_says(store: Path) -> None:
    """It says only numbers of those who agreed; the archive's manifest, whose seal it names, says who they are."""
    whole = {"called": "厨房", "consents": ["周芳"], "mentioned": [], "files": {}}
    entry = store / "archive" / "2026-11-20-厨房"
    entry.mkdir(parents=True)
    (entry / "douyin.manifest.json").write_bytes(pack.sealed(whole))
    seal = json.loads(pack.sealed(whole))["seal"]
    folder = made(store, {"clip.mp4": b"frames"}, consents=["#1"], kept=seal)
    assert [one.folder for one in found(store).outputs] == [folder]
    (entry / "douyin.manifest.json").write_bytes(pack.sealed(whole | {"consents": ["李梅"]}))
    assert not found(store).outputs


def test_the_unpacked_zip_of_a_pack_is_found_outside_a_shop(tmp_path: Path) -> None:
    """There the archive lies among what was made."""
    entry = tmp_path / "out" / "archive" / "2026-11-20-厨房"
    entry.mkdir(parents=True)
    (entry / "douyin.manifest.json").write_bytes(pack.sealed({"called": "厨房", "consents": ["周芳"], "files": {}}))
    seal = json.loads((entry / "douyin.manifest.json").read_bytes())["seal"]
    folder = made(tmp_path, {"clip.mp4": b"frames"}, consents=["#1"], kept=seal)
    assert [one.folder for one in found(tmp_path).outputs] == [folder]


def found(store: Path) -> Found:
    """Everything made with 周芳."""
    book = consents.load(store / "consents", plan.names(kit.shelf(store), store))
    return withdraw.find("周芳", book, places.area(store, store / "out", cache.default()))


def back(store: Path) -> None:
    """Her consent says the day on which she took it back."""
    consent_file.change(store / "consents" / "周芳.yaml", {"withdrawn": "2026-11-25"}, cache.default())


def looked(store: Path, text: str = BRIEF) -> Item:
    """A brief that was checked."""
    file = store / "briefs" / "厨房.yaml"
    file.write_text(text, encoding="utf-8")
    (item,) = batch.check((file,), cache.default(), today="2026-11-26", draft=True)
    return item


def made(store: Path, files: dict[str, bytes], **said: Any) -> Path:
    """A folder with files and their manifest, which names nobody's consent."""
    folder = store / "out" / "厨房"
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    usual = {"vidkit": "1", "called": "厨房", "consents": [], "clips": {"douyin": {}}}
    digests = {name: cache.sha256(folder / name) for name in files}
    (folder / "manifest.json").write_text(json.dumps(usual | {"files": digests} | said), encoding="utf-8")
    return folder


def of_a_brief(store: Path, text: str, now: str = "") -> dict[str, Any]:
    """What a manifest says of a brief of a text, which says something else now."""
    file = store / "briefs" / "说她.yaml"
    file.write_text(text, encoding="utf-8")
    said = {"brief": {"path": "briefs/说她.yaml", "sha256": cache.sha256(file)}}
    file.write_text(now or text, encoding="utf-8")
    return said


def zipped(text: str) -> bytes:
    """A pack whose manifest keeps a text."""
    kept = json.dumps({"texts": [{"where": "hook", "text": text}]}).encode("utf-8")
    return pack.zipped({"manifest.json": kept}, "厨房-douyin")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, {"mentioned": ["周芳"]}),
        ({}, {"texts": [{"where": "hook", "text": SAID}]}),
        ({"caption.txt": SAID.encode()}, {}),
        ({"审核单-草稿.html": f"<p>{SAID}</p>".encode()}, {}),
        ({"douyin.zip": zipped(SAID)}, {}),
        ({}, {"consents": None, "brief": {"path": "briefs/厨房.yaml"}}),
    ],
    ids=["manifest", "texts", "caption", "sheet", "pack", "older"],
)
def test_what_only_says_her_name_is_hers(files: dict[str, bytes], said: dict[str, Any], store: Path) -> None:
    """By its manifest; of an older one by the texts it keeps, by files of words, by packs, or by its brief where it names no consents at all."""
    folder = made(store, {"clip.mp4": b"a clip", **files}, **said)
    whole = found(store)
    assert [one.folder for one in whole.outputs] == [folder]
    assert [(one.platform, one.title) for one in whole.down] == [("douyin", "厨房")]
    done = withdraw.delete(whole, cache.default())
    assert not done.left
    assert not folder.exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, {"texts": [{"where": "hook", "text": "周芳芬来做"}, "周芳", {"text": None}]}),
        ({"caption.txt": "周芳芬来做".encode(), "note.bin": SAID.encode()}, {}),
        ({"审核单-草稿.html": '<img src="data:image/png;base64,周芳">'.encode()}, {}),
        ({"douyin.zip": b"PK\x03\x04 no zip"}, {}),
        ({"douyin.zip": zipped("谁来做")}, {}),
    ],
    ids=["texts", "caption", "sheet", "damaged", "pack"],
)
def test_what_does_not_say_her_name_stays(files: dict[str, bytes], said: dict[str, Any], store: Path) -> None:
    """Another's longer name, a picture's bytes, what cannot be read."""
    made(store, files, **said)
    assert found(store).outputs == ()


@pytest.mark.parametrize(
    ("then", "now", "hers"),
    [
        (f"标题: {SAID}\n", "", True),
        (f"标题: {SAID}\n", "标题: 谁来做\n", False),
        ("标题: 谁来做\n", f"标题: {SAID}\n", False),
        ("标题: 谁来做\n照片: photos/周芳.jpg\n封面: 周芳.png\n", "", False),
    ],
)
def test_a_brief_speaks_for_what_was_made_of_it(then: str, now: str, *, hers: bool, store: Path) -> None:
    """While it is still the same file; names of files are seen by nobody, and earlier runs' files are not of what it says now."""
    said = of_a_brief(store, then, now)
    folder = made(store, {"clip.mp4": b"a clip"}, **said)
    assert [one.folder for one in found(store).outputs] == ([folder] if hers else [])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    older = {"files": manifest["files"], "consents": []}
    (folder / "manifest.json").write_text(json.dumps(manifest | {"files": {}, "earlier": [older]}), encoding="utf-8")
    assert [file for one in found(store).outputs for file, _ in one.files] == []


@pytest.mark.parametrize("said", [{"mentioned": ["周芳"]}, {"texts": [{"text": SAID}]}])
def test_a_post_that_says_her_name_must_go(said: dict[str, Any], store: Path) -> None:
    """With its link; noted after she took it back it is told of, and not before, though her consent does not name the platform."""
    kept = store / "archive" / "2026-11-20-厨房"
    kept.mkdir(parents=True)
    manifest = {"called": "厨房", "title": "厨房", "consents": [], **said}
    (kept / "douyin.manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def posted(*more: str) -> str:
        return CliRunner().invoke(program, ["posted", str(kept), *more], catch_exceptions=False).output

    assert "VK-U04" not in posted("--link", "https://v.douyin.com/x", "--platform", "视频号")
    noted = next(one for one in found(store).down if one.sure)
    assert (noted.platform, noted.link) == ("wechat-channels", "https://v.douyin.com/x")
    back(store)
    assert ("VK-U047" in posted("--platform", "快手")) == ("mentioned" in said)


def test_lines_that_call_her_are_left_to_people(store: Path) -> None:
    """By her name alone, too, and where hers stands in another's."""
    (store / "briefs" / "别的.yaml").write_text("标题: 桂花来了\n开头: 桂花树下\n服务: 找桂花姐妹\n", encoding="utf-8")
    book = consents.load(store / "consents", plan.names(kit.shelf(store), store))
    whole = withdraw.find("桂花姐", book, places.area(store, store / "out", cache.default()))
    assert withdraw.by_hand(whole)["brief"] == ["briefs/别的.yaml:1,3"]


def test_a_manifest_keeps_whom_words_name(store: Path) -> None:
    """For later runs, too; and nothing is made that names somebody who took it back since the brief was read."""
    item = looked(store)
    assert item.script
    assert (consent.named(item.script), consent.merely_named(item.script)) == ((), ("周芳",))
    back(store)
    order = Order(store / "out", cache.default(), draft=True)
    told = [one.code for one in batch.make(item, order, lambda _frames: None).problems]
    assert told == [*(one.code for one in item.problems), "VK-S149"]
    (left,) = remains.of(made(store, {"clip.mp4": b"a clip"}, mentioned=["周芳"]), ())
    assert left["mentioned"] == ["周芳"]


def test_before_and_after_taking_back(store: Path) -> None:
    """What her consent lacks for a mere name is a note; the check of consents lists the brief under her; taken back it stops the post."""
    assert not {"VK-S170", "VK-S106"} & {one.code for one in looked(store).problems}
    told = CliRunner().invoke(program, ["consent", "check", "--json"], catch_exceptions=False)
    (own,) = json.loads(told.stdout)["consents"]
    assert [(one["brief"], one["enough"]) for one in own["uses"]] == [("briefs/厨房.yaml", True)]
    other = looked(store, BRIEF.replace("平台: 抖音", "平台: 视频号"))
    (note,) = [one for one in other.problems if one.code == "VK-S170"]
    assert "字里说到了「周芳」" in note.message("zh")
    assert [one.verdict for one in publish.known(other)] == ["look"]
    back(store)
    gone = looked(store)
    order = Order(store / "out", cache.default(), draft=True)
    done = publish.publish(*publish.finished(gone, order), order, Wishes())
    assert (done.verdict, done.taken_back, done.drafts) == ("stop", True, ())
