"""From a brief to a pack or a refusal: one verdict, everything that is missing at once, the archive, and nothing half-done.

Packs are made of drafts here, so that it is quick; what differs from the real thing is size and that there are no stills.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import SIGNED, room, sign
from PIL import Image

from vidkit import batch, cache, kit, publish, tables
from vidkit.brief import Price, Recording, Review
from vidkit.cache import Cache
from vidkit.cli import program
from vidkit.commands import publishing, tabled
from vidkit.kits import platform
from vidkit.make import Made, Order
from vidkit.painting.album import Album
from vidkit.problems import Place, Refusal, problem
from vidkit.publish import Wishes
from vidkit.publishing import archive, carried, dossier, handed, measure, pack, posting, proof, record, review
from vidkit.runs import remains
from vidkit.runs.stored import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from click.testing import Result

    from vidkit.batch import Item
    from vidkit.problems import Problem
    from vidkit.publish import Published
    from vidkit.spreadsheets.rows import Row

DAY = "2026-11-26"
BRIEF = """\
模板: 清洁前后对比
品牌: 我家
标题: 三小时，厨房变个样
服务: 深度保洁
谁家: 不是客户家
对比:
  - {位置: 灶台, 前: p/before.jpg, 后: p/after.jpg}
"""
NO, YES = Wishes(), Wishes(replace=lambda _: True)

pytestmark = pytest.mark.usefixtures("small_drafts")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with a brand of its own, two photos and a cache that the module's tests share."""
    folder = tmp_path_factory.mktemp("店")
    (folder / "vidkit.yaml").write_text("", encoding="utf-8")
    shutil.copytree(kit.bundled() / "brand" / "linli", folder / "brand" / "wojia")
    file = folder / "brand" / "wojia" / "brand.yaml"
    said = file.read_text(encoding="utf-8").replace("example: true", "example: false").replace("id: linli", "id: wojia")
    said = re.sub(r"(?m)^names:.*(\n +.*)*", "names: {zh: 我家, en: Wojia}", said)
    said = re.sub(r"(?m)^legal_name:.*\n", "", said) + "\nlegal_name: 贵阳我家家政服务有限公司（虚构）\n"
    file.write_text(said, encoding="utf-8")
    (folder / "p").mkdir()
    for name in ("before", "after"):
        Image.fromarray(room(720, 960, 2, cleaned=name == "after")).save(folder / "p" / f"{name}.jpg", quality=95)
    return folder


@pytest.fixture
def out(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for what is made, and an empty archive."""
    monkeypatch.chdir(shop)
    monkeypatch.setenv("VIDKIT_CACHE", str(shop / "cache"))
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    monkeypatch.setenv("VIDKIT_TODAY", DAY)
    monkeypatch.setitem(tables.table("publish")["preview"]["width"], "value", 120)  # quicker
    for name in ("out", "archive"):
        shutil.rmtree(shop / name, ignore_errors=True)
    yield shop / "out"
    for name in ("out", "archive"):
        shutil.rmtree(shop / name, ignore_errors=True)


def looked(shop: Path, text: str = BRIEF, day: str = DAY, where: str | None = None) -> Item:
    """A brief that was checked."""
    (shop / "厨房.yaml").write_text(text, encoding="utf-8")
    (item,) = batch.check((shop / "厨房.yaml",), Cache(shop / "cache"), where, today=day, draft=True)
    return item


def run(shop: Path, text: str = BRIEF, wishes: Wishes = NO, day: str = DAY, where: str | None = None) -> Published:
    """A brief published as drafts."""
    order = Order(shop / "out", Cache(shop / "cache"), draft=True)
    return publish.publish(
        *publish.finished(looked(shop, text, day, where), order, strict=wishes.strict), order, wishes
    )


def names(folder: Path) -> set[str]:
    """The files below a folder."""
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


# Ready


def test_a_good_brief_is_packed(shop: Path, out: Path) -> None:
    """Folder, zip, archive; all of them whole, the same again, told in the manifest."""
    done = run(shop)
    assert (done.verdict, publish.exit_code(done)) == ("ready", 0), done.problems
    (one,) = done.packs
    assert names(one.folder) == {
        *("clip.mp4", "caption.txt", "preview.mp4", "manifest.json"),
        *("发布清单.md", "发布清单.txt", "发给她看.txt", "审核单.html"),
    }
    assert not pack.verify(one.folder).problems
    assert not pack.verify(one.zip).problems
    assert (one.folder / "preview.mp4").stat().st_size < 8_000_000
    assert carried.extras(one.folder / "preview.mp4") == ()
    assert measure.clip(one.folder / "preview.mp4").frames == done.item.plans[0].board.frames
    assert done.entry == shop / "archive" / "2026-11-26-厨房"
    assert names(done.entry) == {"douyin.zip", "douyin.manifest.json"}
    assert (done.entry / "douyin.zip").read_bytes() == one.zip.read_bytes()
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    again = run(shop)
    assert [p.same for p in again.packs] == [True]
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before
    assert names(shop / "archive") == {f"2026-11-26-厨房/{name}" for name in ("douyin.zip", "douyin.manifest.json")}
    said = json.loads((one.folder / "manifest.json").read_text(encoding="utf-8"))
    assert (said["day"], said["keep_until"], said["mode"], said["ad"]) == (DAY, "2029-11-26", "ad", True)
    assert said["legal_name"].startswith("贵阳我家")
    assert said["proof"]["frames"] == again.item.plans[0].board.frames
    assert {"三小时，厨房变个样", "深度保洁"} <= {text["text"] for text in said["texts"]}
    assert said["inputs"]["photos"][0]["sha256"]
    assert str(shop) not in (one.folder / "manifest.json").read_text(encoding="utf-8")


@pytest.fixture
def agreed(shop: Path, out: Path) -> Iterator[tuple[str, str]]:
    """A home and a worker whose consents are signed, neither named in the post."""
    (shop / "签.jpg").write_bytes(SIGNED)
    sign(shop, "云岩张女士家", "home")
    sign(shop, "小周")
    yield "云岩张女士家", "小周"
    shutil.rmtree(shop / "consents")


def test_what_is_handed_on_names_nobody_whom_the_post_does_not(shop: Path, out: Path, agreed: tuple[str, str]) -> None:
    """The folder, which stays, says whom to ask and that it is not to be passed on; the zip says neither, is whole, and its post can be noted. The
    archive's manifest knows the names.
    """
    text = BRIEF.replace("谁家: 不是客户家\n", "谁家: 云岩张女士家\n出镜: 小周\n")
    (one,) = run(shop, text).packs
    inside = pack.contents(one.folder)
    with zipfile.ZipFile(one.zip) as opened:
        outside = {name.removeprefix("厨房-douyin/"): opened.read(name) for name in opened.namelist()}
    assert outside.keys() == inside.keys()
    changed = {name for name, content in inside.items() if outside[name] != content}
    assert changed == {"manifest.json", "发布清单.md", "发布清单.txt", "发给她看.txt", "审核单.html"}
    label = tables.table("publish")["for_the_shop"]["zh"]
    for name in changed:
        held, left = inside[name].decode("utf-8"), outside[name].decode("utf-8")
        assert all(who in held for who in agreed)
        assert not any(who in left for who in (*agreed, label))
        assert held.startswith(label) == (name not in {"manifest.json", "审核单.html"})
        assert label not in held[1:]
    ticks = outside["发布清单.md"].decode("utf-8")
    assert ticks.startswith("# 发布清单")
    assert "发给本人看（拍了她家）" in ticks
    assert "to the person concerned (the home was photographed)" in ticks
    assert "<!doctype html>" in outside["审核单.html"].decode("utf-8")
    pictures = [re.findall(r"data:image/[^\"]+", files["审核单.html"].decode("utf-8")) for files in (inside, outside)]
    assert pictures[0] == pictures[1] != []
    assert not pack.verify(one.folder).problems
    assert not pack.verify(one.zip).problems
    assert pack.verify(one.zip).said["consents"] == ["#1", "#2"]
    (entry,) = archive.entries(shop / "archive")
    assert entry.consents == set(agreed)
    noted = CliRunner().invoke(program, ["posted", str(one.zip), "--date", DAY])
    assert (noted.exit_code, "记下了" in noted.output) == (0, True), noted.output
    again = run(shop, text)
    assert [p.same for p in again.packs] == [True]


@pytest.mark.parametrize(
    ("name", "words", "left"),
    [
        ("发布清单.md", "# 一\n发给张女士家、Anna看\n\n\n# In English\nto 张女士家 in Annapolis", "# 一\n发给本人、本人看\n\n\n# In English\nto the person concerned in Annapolis"),
        ("发给她看.txt", "李妈妈，张女士的家、张女士家", "家属，张女士的家、本人"),
        ("审核单.html", '<img src="data:image/jpeg;base64,Anna"><td>Anna &amp; Co</td>', '<img src="data:image/jpeg;base64,Anna"><td>本人</td>'),
        ("审核单.html", '<img src="data:image/jpeg;base64,/Anna/"><td>Anna</td>', '<img src="data:image/jpeg;base64,/Anna/"><td>本人</td>'),
    ],
)  # fmt: skip
def test_names_are_left_out_of_words_and_of_nothing_else(name: str, words: str, left: str) -> None:
    """The longest first, whole Latin words only, no pictures; English has its own word."""
    private = handed.Names(("张女士家", "Anna", "Anna & Co"), ("李妈妈",), 2)
    assert handed._unnamed(name, words, private) == left
    labelled = handed.for_the_shop(name, words, private)
    assert labelled == words if name == "审核单.html" else labelled.endswith(f"\n\n{words}")
    alone = replace(private, asked=1)
    assert name != "发给她看.txt" or handed.for_the_shop(name, words, alone) == words


def test_a_name_that_names_nobody_stays(shop: Path, out: Path) -> None:
    """A consent called 客户 is told from no other, and the word stands in other sentences; one of a whole name is left out."""
    for home, left in (("客户家", ()), ("云岩张女士家", ("云岩张女士家",))):
        (one,) = publish.known(looked(shop, BRIEF.replace("谁家: 不是客户家\n", f"谁家: {home}\n")))
        assert handed.names(one).people == left


def test_every_poster_for_screens_is_packed_where_posters_are_posted(shop: Path, out: Path, tmp_path: Path) -> None:
    """Also one that a template adds; what is for paper is not, and a platform's own poster takes the place of everybody's."""
    script = looked(shop).script
    assert script
    extra = "posters: {poster-2x3: {like: poster-3x4, size: [1000, 1500]}, poster-sign: {like: poster-3x4, dpi: 300}}"
    (tmp_path / "pages.yaml").write_text(extra, encoding="utf-8")
    ours = replace(script, template=script.template.model_copy(update={"folder": tmp_path}))
    moments, douyin = platform.load("moments"), platform.load("douyin")
    posters = ("1x1", "3x4", "9x16", "2x3", "a4", "sign")
    all_of_it = [out / f"poster-{name}.png" for name in posters] + [
        out / "moments" / "poster-1x1.png",
        out / "poster-a4.pdf",
    ]
    packed = publish.contents(ours, Made(out, tuple(all_of_it), 0, 0), moments)
    assert [file.relative_to(out).as_posix() for file in packed] == [
        *("moments/poster-1x1.png", "poster-3x4.png", "poster-9x16.png", "poster-2x3.png"),
    ]
    assert not [*publish.contents(ours, Made(out, tuple(all_of_it), 0, 0), douyin)]


def test_a_zip_of_a_brief_called_after_a_home_is_called_otherwise(shop: Path, tmp_path: Path) -> None:
    """The folder in it, the brief in its manifest; it is whole all the same."""
    folder = tmp_path / "douyin"
    folder.mkdir()
    (folder / "clip.mp4").write_bytes(b"frames")
    said = {"called": "张女士家", "brief": {"name": "张女士家.yaml"}, "platform": {}, "files": pack.digests(folder)}
    (folder / "manifest.json").write_bytes(pack.sealed(said))
    (tmp_path / "douyin.zip").write_bytes(handed.zipped(folder, "张女士家-douyin", handed.Names(("张女士家",))))
    assert "张女士家".encode() not in (tmp_path / "douyin.zip").read_bytes()
    found = pack.verify(tmp_path / "douyin.zip")
    assert (found.problems, found.said["called"], found.said["kept"]) == ((), "#1", pack.verify(folder).said["seal"])
    assert handed.zipped(folder, "x", handed.Names()) == pack.zipped(pack.contents(folder), "x")


def test_it_is_asked_before_anything_is_made(shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older pack of another day: without a yes nothing is made; the question is asked once."""
    older = out / "厨房" / "publish" / "douyin" / "manifest.json"
    older.parent.mkdir(parents=True)
    older.write_text('{"day": "2026-01-01"}', encoding="utf-8")
    (shop / "厨房.yaml").write_text(BRIEF, encoding="utf-8")
    monkeypatch.setattr(batch, "make", None)  # called by nobody
    done = CliRunner().invoke(program, ["publish", "厨房.yaml"], input="n\n")
    assert (done.exit_code, "VK-U022" in done.stderr, done.stderr.count("换成新的吗")) == (2, True, 1), done.output
    assert older.read_text(encoding="utf-8") == '{"day": "2026-01-01"}'


def test_the_rows_of_a_table_are_packed(shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its own verdict where a brief's packs would lie; what cannot be packed keeps the others from nothing, and is told on a page. Whole,
    noted as posted, and the same again without a question.
    """
    monkeypatch.setattr("vidkit.make.Order", partial(Order, draft=True))
    monkeypatch.setattr(batch, "check", partial(batch.check, draft=True))
    asked = list[tuple[str, ...]]()

    def gone(_brief: Path, _table: Path, rows: Mapping[Path, Row], _out: Path) -> tuple[Problem, ...]:
        asked.append(tuple(one.name for one in rows.values()))
        return ()

    monkeypatch.setattr(tabled, "gone", gone)
    (shop / "厨房.yaml").write_text(BRIEF, encoding="utf-8")
    (shop / "表.csv").write_text("文件名,标题\n甲,三小时变个样\n乙,最好的厨房\n", encoding="utf-8")

    def invoke(*typed: str) -> Result:
        return CliRunner().invoke(program, [*typed], catch_exceptions=False)

    done = invoke("publish", "厨房.yaml", "--rows", "表.csv", "--platform", "抖音")
    packed = out / "甲" / "draft" / "publish" / "douyin"
    assert (done.exit_code, (packed / MANIFEST).is_file(), packed.with_suffix(".zip").is_file()) == (6, True, True)
    assert asked == [("甲", "乙")]
    noted = json.loads((packed / MANIFEST).read_text(encoding="utf-8"))["brief"]
    assert (noted["row"], noted["table"], noted["over"]) == (True, "表.csv", "厨房.yaml")
    assert not list(out.glob("乙/**/*.zip"))
    assert done.stderr.endswith("2 行里：1 行打好了包，1 行没有：表.csv 第 3 行（乙）\n")
    assert "—— 表.csv 第 2 行（甲）\n结论：" in done.stdout
    page = (out / "报告.html").read_text(encoding="utf-8")
    assert "2 条里有 1 条没有打包" in page
    assert "乙.yaml" not in page + done.output
    whole = invoke("verify", str(packed))
    assert (whole.exit_code, whole.stderr) == (0, "")
    assert invoke("posted", str(packed), "--link", "https://v.douyin.com/x").exit_code == 0
    (shop / "表.csv").write_text("文件名,标题\n丙,厨房变个样\n", encoding="utf-8")
    assert "VK-U077" in invoke("verify", str(packed)).stderr
    (shop / "表.csv").write_text("文件名,标题\n甲,三小时变个样\n乙,厨房变个样\n", encoding="utf-8")
    told = json.loads(invoke("publish", "厨房.yaml", "--rows", "表.csv", "--platform", "抖音", "--json").stdout)
    assert (told["exit"], [one["packs"][0]["same"] for one in told["briefs"]]) == (0, [True, False])
    assert told["briefs"][1]["row"] == {"table": "表.csv", "line": 3}
    assert not list(out.glob("报告.*"))


def test_a_pack_is_replaced_only_with_a_yes_and_kept_in_the_archive(shop: Path, out: Path) -> None:
    """Another title: the older pack stays until somebody says yes; its archive is never overwritten. Another day: another entry."""
    first = run(shop)
    older = (first.packs[0].folder / "manifest.json").read_bytes()
    other = BRIEF.replace("三小时", "两小时")
    order = Order(out, Cache(shop / "cache"), draft=True)
    assert publish.replaced(looked(shop), order) == ()
    assert publish.replaced(looked(shop, day="2026-11-27"), order) == (first.packs[0].folder,)
    assert publish.replaced(looked(shop, other), order) == (first.packs[0].folder,)
    assert first.entry
    archive.note(first.entry, archive.Posted("抖音", DAY, "https://v.douyin.com/x"), order.cache)
    with pytest.raises(Refusal) as caught:
        run(shop, other)
    assert [p.code for p in caught.value.problems] == ["VK-U022"]
    assert (first.packs[0].folder / "manifest.json").read_bytes() == older
    assert not pack.verify(first.packs[0].zip).problems
    assert not list((out / "厨房").rglob(".*"))
    done = run(shop, other, YES)
    (posted,) = [one for one in done.problems if one.code == "VK-U060"]
    assert {"三小时，厨房变个样", "两小时，厨房变个样", DAY, "https://v.douyin.com/x"} < {
        said for _, said in posted.values
    }
    assert (done.packs[0].folder / "manifest.json").read_bytes() != older
    assert done.entry == shop / "archive" / "2026-11-26-厨房-2"
    assert (shop / "archive" / "2026-11-26-厨房" / "douyin.manifest.json").read_bytes() == older
    later = run(shop, other, YES, day="2026-11-27")
    assert later.entry == shop / "archive" / "2026-11-27-厨房"


def test_warnings_are_looked_at_and_strict_refuses_them(shop: Path, out: Path) -> None:
    """The example's brand: packed with a note; with --strict not, and the earlier pack is named."""
    unnamed = BRIEF.replace("品牌: 我家", "品牌: 邻里净")
    done = run(shop, unnamed)
    assert (done.verdict, publish.exit_code(done)) == ("look", 0)
    assert {p.code for p in done.problems} == {"VK-K005"}
    checklist = (done.packs[0].folder / "发布清单.md").read_text(encoding="utf-8")
    assert "再看看：用的是示例品牌" in checklist
    strict = run(shop, unnamed, Wishes(strict=True))
    assert (strict.verdict, publish.exit_code(strict), strict.packs) == ("stop", 2, ())
    assert strict.item.made is None, "known before anything is made"
    assert [one["zh"].partition("（")[0] for one in strict.blockers] == ["因为加了 --strict，要再看看的也拦下"]
    assert "：用的是示例品牌" in strict.blockers[0]["zh"]
    assert "VK-U021" in {p.code for p in strict.problems}
    assert not pack.verify(done.packs[0].folder).problems


@pytest.mark.parametrize("text", [BRIEF, BRIEF.replace("三小时，厨房变个样", "最好的厨房")])
def test_another_brief_of_the_same_name_leaves_everything_as_it_is(text: str, shop: Path, out: Path) -> None:
    """Neither a draft nor a list is written into the other's folder, whose pack is not called into question; also where it is known before making."""
    (one,) = run(shop).packs
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    other = shop / "八月" / "厨房.yaml"
    other.parent.mkdir(exist_ok=True)
    other.write_text(text.replace("p/", "../p/"), encoding="utf-8")
    (item,) = batch.check((other,), Cache(shop / "cache"), today=DAY, draft=True)
    order = Order(out, Cache(shop / "cache"), draft=True)
    done = publish.publish(*publish.finished(item, order), order, YES)
    assert (done.verdict, publish.exit_code(done), done.drafts, done.packs) == ("stop", 2, (), ())
    codes = [p.code for p in done.problems]
    assert codes.count("VK-M021") == 1
    assert "VK-U021" not in codes
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before
    assert not pack.verify(one.folder).problems
    shutil.rmtree(other.parent)


def test_a_pack_says_nothing_of_homes_and_people_of_other_posts(
    shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A photo that looks like another home's, or is in another's profile: told in the shop, and --strict refuses it; in no file that others see."""
    said = {"name": "a.jpg", "photo": "b.jpg", "who": "李女士家", "owner": "李阿姨", "lines": "3"}
    told = [
        problem(code, None, file="consents/李女士家-照片.txt", **said) for code in ("VK-S173", "VK-S176", "VK-S177")
    ]
    whole = _withdrawn(monkeypatch, told)
    done = run(shop)
    assert (done.verdict, {p.code for p in done.problems}) == ("look", whole)
    (one,) = done.packs
    for file in one.folder.iterdir():
        assert "李".encode() not in file.read_bytes() or file.suffix == ".mp4", file
    assert json.loads((one.folder / MANIFEST).read_text(encoding="utf-8"))["verdict"] == "ready"
    strict = run(shop, wishes=Wishes(strict=True))
    assert (strict.verdict, strict.packs) == ("stop", ())
    assert "李女士家" in strict.blockers[0]["zh"]
    for file in strict.drafts:
        assert "李".encode() not in file.read_bytes(), file


def _withdrawn(monkeypatch: pytest.MonkeyPatch, told: list[Problem]) -> set[str]:
    """Let something be told of a withdrawn home's photos; its codes."""
    monkeypatch.setattr("vidkit.people.barred.problems", lambda _script, _shop: iter(told))
    return {one.code for one in told}


def test_an_advertisement_says_whose_it_is(shop: Path, out: Path) -> None:
    """The archive needs the registered name."""
    item = looked(shop)
    assert item.script
    assert not publish._nameless(item)
    nameless = replace(item.script, brand=item.script.brand.model_copy(update={"legal_name": ""}))
    assert publish._nameless(replace(item, script=nameless))


# Must not


def test_a_refusal_says_everything_at_once_and_packs_nothing(shop: Path, out: Path) -> None:
    """A banned word and a consent that is missing: no clip is made, a draft of the sheet says both."""
    wrong = BRIEF.replace("三小时，厨房变个样", "全市最好的保洁").replace("谁家: 不是客户家\n", "")
    done = run(shop, wrong)
    assert (done.verdict, publish.exit_code(done), done.packs, done.item.made) == ("stop", 2, (), None)
    folder = out / "厨房" / "draft" / "publish"
    assert names(folder) == {"douyin-审核单-草稿.html", "manifest.json"}
    sheet = (folder / "douyin-审核单-草稿.html").read_text(encoding="utf-8")
    assert publish.frames(looked(shop, wrong)) == 0
    assert done.blockers[0]["zh"].startswith("还缺：清单里「谁家」")
    assert any("全市最好" in one["zh"] for one in done.blockers)
    for words in ("不能发", "全市最好", "《广告法》", "在谁家拍", "样片·未获同意"):
        assert words in sheet
    assert not (shop / "archive").exists()


def test_without_consent_there_is_a_sample_to_show(shop: Path, out: Path) -> None:
    """What only lacks a consent is made with its plate, small enough for WeChat; once the consent is there, drafts give way to the pack."""
    done = run(shop, BRIEF.replace("谁家: 不是客户家\n", ""))
    assert (done.verdict, publish.exit_code(done), done.packs) == ("stop", 2, ())
    folder = out / "厨房" / "draft" / "publish"
    assert names(folder) == {"douyin-审核单-草稿.html", "douyin-样片-给她看.mp4", "manifest.json"}
    assert not pack.verify(folder).problems
    assert [one["zh"] for one in done.blockers] == ["还缺：清单里「谁家」那一行（照片是在谁家拍的）"]
    assert done.item.made is None, "only the sample is made, no stills, nothing proven"
    good = run(shop)
    assert good.verdict == "ready"
    assert names(folder) == {"douyin.zip", "manifest.json", *(f"douyin/{name}" for name in names(good.packs[0].folder))}


def test_a_failed_proof_refuses(shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the proof finds in the finished file."""
    found = (measure.Measured((), 0, 0.0, 0.0, 0.0), (problem("VK-U008", start="1", end="3"),))
    monkeypatch.setattr(proof, "of_clip", lambda *_: found)
    done = run(shop)
    assert (done.verdict, publish.exit_code(done), done.packs) == ("stop", 2, ())
    assert "画面卡住不动" in done.drafts[0].read_text(encoding="utf-8")


def test_another_version_made_meanwhile_is_not_packed(shop: Path, out: Path) -> None:
    """Somebody edits the brief and makes it while the first version waits to be packed: its verdict is not that of these files."""
    order = Order(out, Cache(shop / "cache"), draft=True)
    item, shown = publish.finished(looked(shop), order)
    batch.make(looked(shop, BRIEF.replace("三小时", "两小时")), order, lambda _frames: None)
    with pytest.raises(Refusal) as caught:
        publish.publish(item, shown, order, YES)
    assert [p.code for p in caught.value.problems] == ["VK-U017"]
    assert not (out / "厨房" / "draft" / "publish" / "douyin").exists()


def test_a_pack_of_a_platform_the_brief_dropped_is_told(shop: Path, out: Path) -> None:
    """It says what was true then; nobody deletes it, but it is named, whether the brief is packed now or refused. People's own files are not."""
    folder = out / "厨房" / "draft" / "publish"
    (folder / "kuaishou").mkdir(parents=True)
    for name in ("kuaishou/manifest.json", "xiaohongshu.zip", "mine.zip"):
        (folder / name).write_text("{}", encoding="utf-8")
    banned = BRIEF.replace("三小时，厨房变个样", "全市最好的保洁")
    for text, verdict in ((BRIEF, "ready"), (banned, "stop")):
        done = run(shop, text)
        assert done.verdict == verdict
        told = [(one.place and one.place.file, one.level) for one in done.problems if one.code == "VK-U058"]
        assert told == [(f"out/厨房/draft/publish/{name}", "warning") for name in ("kuaishou", "xiaohongshu.zip")]
    named = publish.known(looked(shop, BRIEF + "平台: [抖音, 快手, 小红书]\n", where="douyin"))
    assert list(publish._dropped(folder, named)) == []


def test_what_is_known_is_told_before_anything_is_made(
    shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """First what is missing and that only a sample follows; the last lines say what is missing again, nothing else."""
    item = looked(shop, BRIEF.replace("不是客户家", "云岩张女士家"))
    seen: list[str] = []
    real = publish.finished

    def watched(*given: Any, **named: Any) -> Any:
        seen.append(capsys.readouterr().err)
        return real(*given, **named)

    monkeypatch.setattr(publish, "finished", watched)
    order = Order(out, Cache(shop / "cache"), draft=True)
    assert publish.exit_code(publishing._published(item, order, publishing._Asked())) == 2
    assert "现在就知道不能发，还缺：云岩张女士家的同意书" in seen[0]
    assert "先只做一条小样片给她看" in seen[0]
    assert "结论：不能发，还缺：云岩张女士家的同意书\n" in capsys.readouterr().out


def test_a_brief_that_cannot_be_read_is_only_told(shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No sheet, no folder; that the computer's date is wrong is told all the same, programs too."""
    done = run(shop, "模板: 没有这个\n")
    assert (done.verdict, publish.exit_code(done)) == ("stop", 2)
    assert not out.exists()
    monkeypatch.setenv("VIDKIT_TODAY", "2019-01-01")
    told = json.loads(CliRunner().invoke(program, ["publish", "厨房.yaml", "--json"]).stdout)
    assert told["problems"][0]["code"] == "VK-L011"
    assert list(told)[:3] == ["vidkit", "exit", "problems"]
    assert [told[key] for key in ("photos", "pairs", "files", "segments", "made")] == [[], [], [], 0, 0]
    assert "VK-L011" in CliRunner().invoke(program, ["publish", "厨房.yaml"]).output


def test_a_full_disk_leaves_nothing_half_done(shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a pack: a message, the older pack whole, no other; the next run puts it in order."""
    first = run(shop)
    real = cache.deliver_bytes

    def full(content: bytes, target: Path) -> bool:
        if target.name == review.SHEET:
            raise Refusal(problem("VK-E003")) from OSError(errno.ENOSPC, "No space left on device")
        return real(content, target)

    with monkeypatch.context() as patched:
        patched.setattr(cache, "deliver_bytes", full)
        with pytest.raises(Refusal):
            run(shop, BRIEF.replace("三小时", "两小时"), YES)
    assert not pack.verify(first.packs[0].folder).problems
    assert not list((out / "厨房").rglob(".*"))
    done = run(shop, BRIEF.replace("三小时", "两小时"), YES)
    assert not pack.verify(done.packs[0].folder).problems
    assert not list((out / "厨房").rglob(".*"))


def test_a_zip_is_known_when_it_was_killed_before_the_list(
    shop: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies beside the packs is announced before it is put there: the new zip by its hash, the old one no more; the next run leaves no trace."""
    run(shop)
    folder, real = out / "厨房" / "draft" / "publish", cache.landing

    def landing(target: Path, size: int = 0) -> object:
        if target == folder / MANIFEST:
            raise KeyboardInterrupt
        return real(target, size)

    other = BRIEF.replace("三小时", "两小时")
    with monkeypatch.context() as patched:
        patched.setattr(cache, "landing", landing)
        with pytest.raises(KeyboardInterrupt):
            run(shop, other, YES)
    said = remains.said(folder)
    assert said["files"] == {"douyin.zip": cache.sha256(folder / "douyin.zip")}
    assert (
        not json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"].items() & said["files"].items()
    )
    assert run(shop, other, YES).packs[0].same
    assert not list((out / "厨房").rglob(".*"))
    assert remains.said(folder)["files"] == said["files"]


# The commands


def test_the_commands_end_as_they_should(shop: Path, out: Path) -> None:
    """Publish, verify and posted as people type them."""
    order = Order(out, Cache(shop / "cache"), draft=True)
    assert not publish.exit_code(publishing._published(looked(shop), order, publishing._Asked(as_json=True)))
    folder = Path("out/厨房/draft/publish/douyin")
    whole = CliRunner().invoke(program, ["verify", str(folder)])
    assert whole.exit_code == 0
    assert "一个字节都没有变" in whole.output
    assert "VK-U06" not in whole.output, "nothing was changed since"
    noted = CliRunner().invoke(program, ["posted", str(folder), "--date", DAY, "--link", "https://v.example/1"])
    assert noted.exit_code == 0, noted.output
    assert "记下了: 抖音 2026-11-26" in noted.output
    again = CliRunner().invoke(program, ["posted", f"{folder}.zip", "--date", DAY, "--link", "https://v.example/1"])
    assert "已经记过" in again.output
    (entry,) = archive.entries(shop / "archive")
    assert [(one.platform, one.link) for one in entry.posted] == [("douyin", "https://v.example/1")]
    by_hand = CliRunner().invoke(program, ["posted", str(entry.folder), "--platform", "快手", "--date", DAY])
    assert by_hand.exit_code == 0
    looked(shop, BRIEF.replace("三小时", "四小时"))
    shutil.copytree(folder, "elsewhere/douyin")
    (found := Path("elsewhere/douyin/manifest.json")).write_bytes(
        pack.sealed(json.loads(found.read_text(encoding="utf-8")) | {"called": "别的"})
    )
    for arguments, codes in (
        (["verify", str(folder)], ["VK-U062"]),
        (["posted", str(folder), "--date", "2026-11-25"], ["VK-U068", "VK-U062"]),
    ):
        told = json.loads(CliRunner().invoke(program, [*arguments, "--json"]).stdout)
        assert (told["exit"], [one["code"] for one in told["problems"]]) == (0, codes)
    for arguments, code in (
        (["posted", str(folder), "--date", "2027-01-01"], "VK-U043"),
        (["posted", "p", "--date", DAY], "VK-U042"),
        (["posted", "elsewhere/douyin", "--date", DAY], "VK-U069"),
    ):
        refused = CliRunner().invoke(program, arguments)
        assert (refused.exit_code, code in refused.output) == (2, True), refused.output
    shutil.rmtree("elsewhere")
    (folder / "clip.mp4").write_bytes((folder / "clip.mp4").read_bytes()[:-1])
    noted = CliRunner().invoke(program, ["posted", str(folder), "--date", DAY, "--link", "https://v.example/2"])
    assert (noted.exit_code, "VK-U045" in noted.output, "clip.mp4" in noted.output) == (0, True, True), noted.output
    above = CliRunner().invoke(program, ["verify", str(folder.parent)])
    assert (above.exit_code, f"写 {folder}" in above.output) == (2, True), above.output
    advice = CliRunner().invoke(program, ["verify", str(folder)]).output
    assert "vidkit publish 厨房.yaml --yes" in advice
    broken = CliRunner().invoke(program, ["verify", str(folder), "--json"])
    told = json.loads(broken.stdout)
    assert list(told) == ["vidkit", "exit", "problems", "pack", "ok", "files"]
    assert (broken.exit_code, told["ok"], [one["code"] for one in told["problems"]]) == (2, False, ["VK-U050"])


KILLED = """\
import os, signal, sys
from pathlib import Path
from vidkit.publishing import pack
real = Path.replace
def replace(self, target):
    if self.name.endswith(pack.NEW):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return real(self, target)
Path.replace = replace
pack.put(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_pack_whose_replacing_was_killed_is_put_back(shop: Path, out: Path) -> None:
    """Between the two renames the older pack has no name: whichever command asks for it next finds it whole."""
    order = Order(out, Cache(shop / "cache"), draft=True)
    assert not publish.exit_code(publishing._published(looked(shop), order, publishing._Asked(as_json=True)))
    folder = Path("out/厨房/draft/publish/douyin")
    whole = pack.verify(folder)

    def killed() -> None:
        shutil.copytree(folder, folder.with_name(f".douyin{pack.NEW}"), dirs_exist_ok=True)
        started = [sys.executable, "-c", KILLED, str(folder.with_name(f".douyin{pack.NEW}")), str(folder)]
        environment = {**os.environ, "PYTHONPATH": str(Path(pack.__file__).parents[2])}
        assert subprocess.run(started, env=environment, check=False).returncode
        assert not folder.exists()

    for arguments, told in ((["verify"], "一个字节都没有变"), (["posted", "--date", DAY], "记下了: 抖音")):
        killed()
        done = CliRunner().invoke(program, [*arguments, str(folder)])
        assert (done.exit_code, told in done.output, "放回" in done.output) == (0, True, True), done.output
        assert "放回" not in CliRunner().invoke(program, ["verify", str(folder)]).output
    killed()
    assert run(shop).packs[0].same
    assert pack.verify(folder) == whole
    assert not [one for one in folder.parent.iterdir() if one.name.startswith(".")]


# What people read


class Tags(HTMLParser):
    """Which tags and attributes a page has, and whether all of them close."""

    VOID = frozenset({"meta", "img", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.sources: list[str] = []
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.seen.add(tag)
        self.sources += [value or "" for name, value in attrs if name in {"src", "href", "action", "srcset"}]
        self.shown += [value or "" for name, value in attrs if name == "alt"]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, the innermost one."""
        assert self.open.pop() == tag


def dossiers(shop: Path, text: str = BRIEF) -> list[dossier.Dossier]:
    """What is known of a brief's posts before they were made."""
    item = looked(shop, text)
    assert item.script, item.problems
    return list(publish._dossiers(item, item.problems, None, strict=False))


def test_the_sheet_is_one_page_without_scripts_or_network(shop: Path, out: Path) -> None:
    """Pictures inside, words escaped, every element closed, boxes to tick and a line to sign."""
    (one,) = dossiers(shop, BRIEF.replace("三小时，厨房变个样", "三小时<b>&变样"))
    written = review.page(one, Album(one.script.assets), DAY)
    tags = Tags()
    tags.feed(written)
    assert not tags.open
    assert not tags.seen & {"script", "link", "iframe", "object", "form", "b&"}
    assert tags.sources
    assert all(source.startswith("data:image/jpeg;base64,") for source in tags.sources)
    assert "三小时&lt;b&gt;&amp;变样" in written
    for words in ("同意发", "退回，要改", "日期", "size: A4", "不是法律意见"):
        assert words in written
    assert len(tags.shown) == len(tags.sources)
    assert tags.shown[0].startswith("0:00 的画面：开头，")
    assert all(re.match(r"\d:\d\d 的画面：.*(写着：.|没有字$)", one) for one in tags.shown)
    assert any("三小时<b>&变样" in one.replace(" / ", "") for one in tags.shown)
    assert {"h1", "h2"} <= tags.seen
    assert not re.search(r'class="en">[A-Za-z]|<th>', written)
    assert written == review.page(one, Album(one.script.assets), DAY)


def test_the_sheet_can_be_read_on_paper() -> None:
    """Nothing is printed in letters below 10.5 pt, what is signed in 12; four pictures of 40 mm and more stand side by side in A4, at no fewer
    than 200 dots an inch.
    """
    page = (kit.bundled() / "templates/_parts/publish/review.html.j2").read_text(encoding="utf-8")
    style = page[page.index("@media print") : page.index("</style>")]
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)pt", style)]
    assert min(sizes) >= 10.5
    assert "px" not in re.sub(r"/\*.*?\*/", "", style)
    for words in ("body", ".words, .post", ".consents"):
        found = re.search(rf"(?<![-\w.]){re.escape(words)} {{[^}}]*font-size: ([\d.]+)pt", style)
        assert found, words
        assert float(found[1]) >= 12
    found = re.search(r"@page [^}]*margin: \d+mm (\d+)mm.*\.strip [^}]*repeat\((\d+), (\d+)mm\)", page, re.DOTALL)
    assert found
    margin, columns, wide = map(int, found.groups())
    assert wide >= 40
    assert columns * wide <= 210 - 2 * margin
    assert tables.table("publish")["strip"]["width"]["value"] / wide * 25.4 >= 200


@pytest.mark.parametrize("where", [one.id for one in platform.all_platforms()])
def test_every_platform_has_its_checklist(where: str, shop: Path, out: Path) -> None:
    """Lines to tick in order, first in Chinese, then all of them in English; what follows from the platform's own data."""
    (one,) = dossiers(shop, BRIEF + f"平台: {where}\n")
    said = posting.checklist(replace(one, covers=("cover-3x4.jpg",)), DAY, "out/厨房/publish/x")
    chinese, english = said.split("\n# In English")
    ticks = re.findall(r"(?m)^(?:- |\d+\. )\[ \] (.*)$", chinese)
    twins = re.findall(r"(?m)^(?:- |\d+\. )(.*)$", english)
    assert 9 <= len(ticks) == len(twins)
    assert said.count("[ ]") == len(ticks)
    for part in (chinese, english):
        numbers = [int(n) for n in re.findall(r"(?m)^(\d+)\. ", part)]
        assert numbers == list(range(1, len(numbers) + 1))
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in ticks)
    assert all(re.search(r"[a-z]{3}", line) for line in twins)
    assert ("文件传输助手" in said) == (where not in {"official-account", "meituan"})
    assert '\n      vidkit posted out/厨房/publish/x --link "链接"\n' in said
    assert ("不写电话" in said) == (not one.where.allows_contact)
    assert "2029-11-26" in said
    assert "{{" not in said


def test_prices_are_one_line_of_the_checklist(shop: Path, out: Path) -> None:
    """Each with its unit and conditions, in one line to tick, however many there are."""
    (one,) = dossiers(shop, BRIEF + "平台: 抖音\n")
    price = Price(item="擦玻璃", amount="8", unit="平方米", conditions="外窗另议")
    other = Price(item="洗空调", amount="80", unit="台", conditions="挂机")
    with_prices = replace(
        one, script=replace(one.script, brief=one.script.brief.model_copy(update={"prices": (price, other)}))
    )
    said = posting.checklist(with_prices, DAY, "out/x")
    assert (
        "- [ ] 短片、海报上的价格和店里、团购里一样：擦玻璃 8 元/平方米（外窗另议）；洗空调 80 元/台（挂机）\n" in said
    )
    assert said.count("擦玻璃") == said.count("洗空调") == 2


def test_ai_and_links_are_on_the_checklist(shop: Path, out: Path) -> None:
    """What is to be declared and ticked where AI and a purchase link are; of a story, that no law asks to keep it."""
    (one,) = dossiers(shop, BRIEF + "AI: [配音]\n挂链接: 是\n")
    said = posting.checklist(one, DAY, "x")
    assert "自主声明，勾「内容由AI生成」" in said
    assert "里面用了 AI：配音" in said
    assert "「广告」两个字，不要挡住" in said
    told = one.script.brief.model_copy(update={"mode": "story", "link": False})
    story = posting.checklist(replace(one, script=replace(one.script, brief=told)), DAY, "x")
    chinese, english = story.split("\n# In English")
    assert "这条不是广告，法律没有要求留几年" in chinese
    assert "no law asks to keep it" in english
    assert "2029" not in story


ASKED = """\
谁家: 云岩张女士家
人物: {称呼: 秀兰阿姨}
"""


def test_everybody_whose_consent_is_used_is_asked(shop: Path, out: Path) -> None:
    """The person, the home and the customer each have a line and words of their own; warnings of a kind are one line, uncovered faces another."""
    text = BRIEF.replace("谁家: 不是客户家\n", ASKED).replace(
        "前: p/before.jpg", "前: {文件: p/before.jpg, 不是脸: 全部}"
    )
    (one,) = dossiers(shop, text)
    small = tuple(problem("VK-U007", start=str(n), end="9") for n in range(4))
    said = posting.checklist(replace(one, problems=small), DAY, "x").split("# In English")[0]
    assert said.count("把 preview.mp4") == 2
    assert "发给云岩张女士家看（拍了她家）" in said
    assert [line[-9:] for line in said.splitlines() if "再看看：" in line] == ["样的一共 4 处）"]
    assert said.count("#1「灶台（前）」。放大看一眼") == 1
    assert "照片写在哪里（同一行的，从左往右）：#1「灶台（前）」 清单第 8 行；#2「灶台（后）」 清单第 8 行\n" in said
    letter = posting.message(one)
    assert "您好，这是要发到抖音的短片" in letter
    assert [letter.count(words) for words in ("发给秀兰阿姨", "发给云岩张女士家", "您家的照片，有哪里不想放上去")] == [
        1,
        1,
        1,
    ]


CHILD = """\
同意人: 小明
身份: 孩子
可以用什么: [称呼]
可以做什么: [广告]
可以发哪里: [抖音]
到期日期: 2036-12-31
监护人: {称呼: 李女士, 关系: 妈妈}
"""


def test_for_a_child_the_guardian_is_asked(shop: Path, out: Path) -> None:
    """Words and checklist go to the mother, and speak of her child."""
    file = shop / "consents" / "小明.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(CHILD, encoding="utf-8")
    (one,) = dossiers(shop, BRIEF.replace("谁家: 不是客户家\n", "谁家: 不是客户家\n出镜: 小明\n"))
    file.unlink()
    letter = posting.message(one)
    assert letter.startswith("李女士，这是要发到抖音的短片")
    assert "里面有小明。" in letter
    assert "小明的照片、名字、说的话，有哪里不想放上去" in letter
    assert "发给小明的妈妈李女士看（里面有小明）" in posting.checklist(one, DAY, "x")


def test_no_path_of_a_recording_is_kept(shop: Path, out: Path) -> None:
    """Of a review read aloud the manifest keeps its number, and what its file is called and where on this machine it lies nowhere."""
    (one,) = dossiers(shop)
    read = Recording(
        name="../录音/好评.m4a", path=shop / "录音" / "好评.m4a", place=Place(str(shop / "briefs/a.yaml"), 3)
    )
    said = Review(text="擦得很干净", platform="美团", date="2026-11-03", order="1234567", recording=read)
    script = replace(one.script, brief=one.script.brief.model_copy(update={"review": said}))
    found = record.own(script)["review"]
    assert found
    assert (found["recording"], found["order"]) == ("#1", "12*****")
    assert not any(words in json.dumps(found, ensure_ascii=False) for words in (str(shop), "好评.m4a", ".."))


def test_a_pack_is_kept_three_years() -> None:
    """Also one of a leap day."""
    assert posting.keep_until("2028-02-29") == "2031-02-28"
    assert posting.keep_until("2026-11-26") == "2029-11-26"


@pytest.mark.parametrize(
    ("said", "day", "owed"),
    [
        ({"ad": True, "keep_until": "2029-11-26"}, "2029-11-26", True),
        ({"ad": True, "keep_until": "2029-11-26"}, "2029-11-27", False),
        ({"ad": True}, "2029-11-27", True),
        ({}, "2029-11-27", True),
        ({"ad": None}, "2029-11-27", True),
        ({"ad": False, "mode": "story", "keep_until": "2029-11-26"}, "2026-11-27", False),
        ({"ad": False, "mode": "recruit", "keep_until": ""}, "2026-11-27", False),
    ],
)
def test_only_advertisements_are_kept_for_the_law(said: dict[str, Any], day: str, *, owed: bool) -> None:
    """Until their term is over; whatever an older manifest says of any other post, and one that does not say counts as one."""
    assert archive.is_owed(said, day) == owed
    assert posting.keep_until("2026-11-26", ad=False) == ""
