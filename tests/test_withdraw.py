"""Taking a consent back finds what was made wherever it lies, and what comes after: no sample, no new brief, a post that must go."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import tiny
from click.testing import CliRunner, Result
from conftest import a_shop, room, sign
from PIL import Image

from vidkit import batch, cache, kit, plan, publish, tables
from vidkit.cli import program
from vidkit.make import Order
from vidkit.people import consent_file, consents, withdraw
from vidkit.problems import Refusal
from vidkit.publish import Wishes
from vidkit.runs import lock, places, remains

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.batch import Item

BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 厨房变个样
服务: 保洁
谁家: 不是客户家
人物: {称呼: 周芳, 工种: 保洁师}
对比: {位置: 灶台, 前: photos/a.jpg, 后: photos/b.jpg}
平台: [抖音, 美团]
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop with a brief that names 周芳, who signed for Douyin; one stands in it."""
    folder = a_shop(tmp_path, monkeypatch, BRIEF)
    sign(folder, "周芳")
    return folder


def run(*arguments: str) -> Result:
    """A command run in this process."""
    return CliRunner().invoke(program, list(arguments), catch_exceptions=False)


def made(folder: Path, *, called: str = "厨房") -> Path:
    """A clip in a folder, as a manifest of ours tells of it."""
    (folder / "douyin").mkdir(parents=True)
    clip = folder / "douyin" / "clip.mp4"
    clip.write_bytes(b"a clip of hers")
    said = {
        "vidkit": "1",
        "called": called,
        "brief": {"path": "briefs/厨房.yaml"},
        "consents": ["周芳"],
        "files": {"douyin/clip.mp4": cache.sha256(clip)},
    }
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    return clip


def withdraw_doing(name: str, store: Path) -> str:
    """What taking back somebody's consent would do, in words."""
    book = consents.load(store / "consents", plan.names(kit.shelf(store), store))
    found = withdraw.find(name, book, places.area(store, store / "out", cache.default()))
    return "；".join(withdraw.doing(found, "2026-11-26", keep=True, packs=False))


def test_a_home_is_spoken_of_as_a_home(store: Path) -> None:
    """By its consent's role, without one by its name; of folders only the count is told, programs read every file."""
    clip = made(store / "out" / "厨房")
    manifest = clip.parents[1] / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) | {"consents": ["张女士家"], "clips": {"douyin": {}}}
    manifest.write_text(json.dumps(told), encoding="utf-8")
    brief = store / "briefs" / "厨房.yaml"
    brief.write_text(brief.read_text(encoding="utf-8").replace("不是客户家", "张女士家"), encoding="utf-8")
    assert (
        "清单里还有这一家，改成别人的或者去掉：briefs/厨房.yaml:5\n"
        in run("consent", "withdraw", "张女士家", "--list").output
    )
    sign(store, "张女士家", "home")
    said = run("consent", "withdraw", "张女士家", "--yes").output
    assert "out/厨房（1 个文件，来自 briefs/厨房.yaml）" in said
    assert "clip.mp4" not in said
    assert "photos 里这一家的照片" in said
    assert "再告诉这一家删了哪些" in said
    assert "她" not in said.replace("张女士家", "")
    assert "在 consents/周芳.yaml 写上她从" in withdraw_doing("周芳", store)


def back(store: Path) -> None:
    """Her consent says the day on which she took it back."""
    consent_file.change(store / "consents" / "周芳.yaml", {"withdrawn": "2026-11-25"}, cache.default())


# Where it is looked for


def test_the_whole_shop_and_every_folder_used_is_looked_through(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made with -o inside and outside the shop, with another cache, too: all of it goes, and whatever shows somebody in these caches, since nothing
    there says whom; other people's files and other shops' stay.
    """
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "cache2"))
    for out in ("微信发的", str(tmp_path / "别处")):
        done = run("make", "briefs/厨房.yaml", "--draft", "--platform", "douyin", "-o", out)
        assert done.exit_code == 0, done.output
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "cache"))
    another = made(store / "别的店" / "out" / "厨房")
    (store / "别的店" / "vidkit.yaml").write_text("", encoding="utf-8")
    theirs = made(tmp_path / "别处" / "别人的")
    stranger = tmp_path / "cache2" / "parts" / "ab" / f"{'ab' * 32}-{'0' * 64}.mp4"
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_bytes(b"another's")
    notes = stranger.with_name("notes.png")
    notes.write_bytes(b"no part")
    told = json.loads(run("consent", "withdraw", "周芳", "--json").stdout)
    assert sorted(one["folder"] for one in told["outputs"]) == sorted(
        ("微信发的/厨房/draft", str(tmp_path / "别处" / "厨房" / "draft"))
    )
    assert told["searched"]["caches"] == [str(tmp_path / "cache"), str(tmp_path / "cache2")]
    assert told["not_searched"] == []
    assert told["cache"]
    said = run("consent", "withdraw", "周芳", "--list").output
    assert f"找过的地方：店的整个文件夹、{tmp_path / '别处' / '厨房'}、缓存 {tmp_path / 'cache'}、" in said
    done = run("consent", "withdraw", "周芳", "--yes")
    assert done.exit_code == 0, done.output
    assert not list((store / "微信发的").rglob("clip.mp4"))
    assert not (tmp_path / "别处" / "厨房").exists()
    assert not [one.name for each in ("cache", "cache2") for one in (tmp_path / each / "parts").rglob("*.mp4")]
    assert notes.is_file()
    assert another.is_file()
    assert theirs.is_file()
    again = json.loads(run("consent", "withdraw", "周芳", "--json").stdout)
    assert (again["outputs"], again["cache"], again["not_searched"]) == ([], [], [])


def test_a_noted_place_that_is_gone_is_said_not_to_be_searched(store: Path, tmp_path: Path) -> None:
    """A drive that was taken out: its folder by its own name, so that it is plugged in and the command run again."""
    drive = tmp_path / "U盘"
    clip = made(drive / "厨房")
    places.note_made(store / "briefs" / "厨房.yaml", drive / "厨房")
    places.note_cache(store / "briefs" / "厨房.yaml", cache.Cache(tmp_path / "另一个缓存"))
    drive.rename(tmp_path / "拔掉了")
    done = run("consent", "withdraw", "周芳", "--yes")
    assert done.exit_code == 0, done.output
    assert f"注意 VK-S155: 有的地方没能找：{drive}、{tmp_path / '另一个缓存'}" in done.output
    told = json.loads(run("consent", "withdraw", "周芳", "--json").stdout)
    assert told["not_searched"] == [str(drive), str(tmp_path / "另一个缓存")]
    assert [one["code"] for one in told["problems"]] == ["VK-S155"]
    (tmp_path / "拔掉了").rename(drive)
    assert clip.is_file()
    run("consent", "withdraw", "周芳", "--yes")
    assert not clip.exists()


def test_a_pack_unpacked_elsewhere_in_the_shop_goes_and_the_archive_stays(store: Path) -> None:
    """What lies in the archive is a record the law wants, whatever is called manifest there."""
    clip = made(store / "发给她" / "解开的")
    kept = made(store / "archive" / "2026-11-20-厨房" / "解开的")
    (store / "archive" / "2026-11-20-厨房" / "douyin.manifest.json").write_text(
        json.dumps({"called": "厨房", "consents": ["周芳"]}), encoding="utf-8"
    )
    assert run("consent", "withdraw", "周芳", "--yes").exit_code == 0
    assert not clip.exists()
    assert kept.is_file()


def test_another_shop_at_work_beside_a_noted_folder_is_left_alone(store: Path, tmp_path: Path) -> None:
    """Its run holds its own folder in the same cache, and somebody there has the same name."""
    places.note_made(store / "briefs" / "厨房.yaml", tmp_path / "厨房")
    hers = made(tmp_path / "厨房")
    for other in (tmp_path / "店2", store / "店中店"):
        clip = made(other / "out" / "客厅")
        (other / "vidkit.yaml").write_text("", encoding="utf-8")
        with lock.held(clip.parent.parent, cache.default()):
            done = run("consent", "withdraw", "周芳", "--yes")
        assert done.exit_code == 0, done.output
        assert clip.is_file()
    assert not hers.exists()


def test_a_pack_unpacked_into_the_shop_itself_takes_no_folder_along(store: Path) -> None:
    """Its files go, empty folders of people's stay, and not everything in the shop is told as left."""
    shutil.copytree(made(store / "x").parent.parent, store, dirs_exist_ok=True)
    shutil.rmtree(store / "x")
    (store / "空的").mkdir()
    told = json.loads(run("consent", "withdraw", "周芳", "--json", "--yes").stdout)
    assert (sorted(told["deleted"]), told["left"]) == (["douyin/clip.mp4", "manifest.json"], [])
    assert (store / "空的").is_dir()


def test_what_is_left_to_people_is_named_with_its_lines(store: Path) -> None:
    """Briefs, tables with a brief a row, records of series, her profile; not a list of something else."""
    (store / "表格.csv").write_text("标题,人物.称呼\n一,周芳\n二,王英\n周芳的一天,王英\n", encoding="utf-8")
    (store / "名单.csv").write_text("编号,心情\n周芳,1\n", encoding="utf-8")
    (store / "people" / "周芳.yaml").write_text("称呼: 周芳\n工种: 保洁师\n", encoding="utf-8")
    (store / "series").mkdir()
    (store / "series" / "达人.yaml").write_text(
        "系列: 达人\n期:\n  - 期数: 1\n    人物: [周芳]\n    标题: 周芳的一天\n", encoding="utf-8"
    )
    told = json.loads(run("consent", "withdraw", "周芳", "--json").stdout)["by_hand"]
    assert told == {
        "brief": ["briefs/厨房.yaml:6"],
        "table": ["表格.csv:2,4"],
        "series": ["series/达人.yaml:4,5"],
        "photo": [],
        "person": ["people/周芳.yaml"],
    }
    said = run("consent", "withdraw", "周芳", "--list").output
    assert "清单里还有她，改成别人的或者去掉：briefs/厨房.yaml:6\n" in said
    assert "表格里还有她，改成别人的，或者把那一行删掉：表格.csv:2,4\n" in said
    assert "series wall" in said


# Runs that were killed


def killed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Runs are killed before they put a file of that name in its place."""
    real = cache.landing

    def landing(target: Path, size: int = 0) -> object:
        if target.name == name:
            raise KeyboardInterrupt
        return real(target, size)

    monkeypatch.setattr(cache, "landing", landing)


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("moment", ["caption.txt", "manifest.json"])
def test_what_a_killed_run_delivered_is_found(
    moment: str,
    before: bool,  # noqa: FBT001
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between two files, and before the manifest, which nobody has written yet or which is an earlier run's: all goes that is there."""
    tiny.small(monkeypatch)
    asked = ("make", "briefs/厨房.yaml", "--draft", "--platform", "douyin")
    if before:
        assert run(*asked).exit_code == 0
        (store / "briefs" / "厨房.yaml").write_text(BRIEF.replace("变个样", "换个样"), encoding="utf-8")
    with monkeypatch.context() as patched:
        killed(patched, moment)
        assert run(*asked).exit_code == 130
    folder = store / "out" / "厨房" / "draft"
    assert (folder / "douyin" / "clip.mp4").is_file()
    there = before or moment == "manifest.json"
    wanted = {"out/厨房/draft/douyin/clip.mp4", *(["out/厨房/draft/douyin/caption.txt"] if there else [])}
    (told,) = json.loads(run("consent", "withdraw", "周芳", "--json").stdout)["outputs"]
    assert {*told["files"]} == wanted
    assert told["others"] == []
    (folder / "douyin" / f".cover-3x4.jpg.1-1{cache.PART}").write_bytes(b"half of hers")
    done = json.loads(run("consent", "withdraw", "周芳", "--json", "--yes").stdout)
    assert wanted <= {*done["deleted"]}
    assert (done["left"], list(store.glob("out/**/*"))) == ([], [])
    assert json.loads(run("consent", "withdraw", "周芳", "--json").stdout)["cache"] == []


def test_the_run_after_a_killed_one_leaves_nothing_hidden(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes what is missing, its manifest says all of it, and ``--resume`` has nothing to do then, but had before."""
    tiny.small(monkeypatch)
    asked = ("make", "briefs/厨房.yaml", "--draft", "--platform", "douyin", "--resume", "--json")
    with monkeypatch.context() as patched:
        killed(patched, "manifest.json")
        run(*asked)
    folder = store / "out" / "厨房" / "draft"
    assert (folder / remains.BEGUN).is_file()
    assert run(*asked).exit_code == 0
    assert not list(folder.rglob(".*"))
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {name: cache.sha256(folder / name) for name in said["files"]} == said["files"]
    assert "earlier" not in said


def test_hers_goes_and_others_stay_where_a_run_was_killed(store: Path) -> None:
    """Made with her before, made without her now and stopped: her old file goes, the new one stays and the manifest tells of it alone."""
    folder = made(store / "out" / "厨房").parents[1]
    mine = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("douyin/clip.mp4", "poster-3x4.png")}
    said = {"vidkit": "1", "consents": [], "inputs": "x", "files": mine, "brief": {"path": "briefs/厨房.yaml"}}
    with suppress(KeyboardInterrupt), remains.announced(json.dumps(said).encode(), folder):
        (folder / "poster-3x4.png").write_bytes(b"poster-3x4.png")
        raise KeyboardInterrupt
    done = json.loads(run("consent", "withdraw", "周芳", "--json", "--yes").stdout)
    assert done["deleted"] == ["out/厨房/douyin/clip.mp4", "out/厨房/.vidkit/manifest.begun"]
    left = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert left["files"] == {"poster-3x4.png": mine["poster-3x4.png"]}
    assert not {"inputs", "earlier"} & {*left}


def test_what_the_system_does_not_let_go_is_told_and_found_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clip that is open, a part of it in the cache, a pack of the archive: left, not deleted; its manifest stays and leads to it the next time."""
    clip = made(store / "out" / "厨房")
    part = store.parent / "cache" / "parts" / "ab" / f"{'ab' * 32}-{'0' * 64}.mp4"
    pack = store / "archive" / "2026-11-20-厨房" / "douyin.zip"
    for file in (part, pack):
        file.parent.mkdir(parents=True)
        file.write_bytes(b"of hers")
    pack.with_name("douyin.manifest.json").write_text(json.dumps({"consents": ["周芳"]}), encoding="utf-8")
    asked = ("consent", "withdraw", "周芳", "--json", "--yes", "--archive")
    with monkeypatch.context() as patched:
        patched.setattr(withdraw, "_removed", lambda _file: False)
        done = json.loads(run(*asked).stdout)
    assert done["deleted"] == []
    assert {*done["left"]} == {str(part), "out/厨房/douyin/clip.mp4", "archive/2026-11-20-厨房/douyin.zip"}
    again = json.loads(run(*asked).stdout)
    assert (again["left"], {*done["left"]} - {*again["deleted"]}) == ([], set())
    assert not clip.exists()


def packed(store: Path, name: str, **said: object) -> Path:
    """A pack in the archive that rests on her consent, with its zip, posted on Douyin."""
    pack = store / "archive" / name
    pack.mkdir(parents=True)
    told: dict[str, object] = {"called": "厨房", "title": name[11:], "consents": ["周芳"], **said}
    (pack / "douyin.manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (pack / "douyin.zip").write_bytes(b"a pack")
    (pack / "posted.yaml").write_text("发布:\n  - {平台: 抖音, 日期: 2026-11-21, 链接: x.cn/1}\n", encoding="utf-8")
    return pack


def test_only_what_the_law_wants_stays_of_the_archive(store: Path) -> None:
    """An advertisement in its term; a story's pack goes, its record stays to find the post by. Deleting the advertisement, too, is warned of."""
    ad = packed(store, "2026-11-20-广告", ad=True, keep_until="2029-11-20")
    story = packed(store, "2026-11-20-故事", ad=False, keep_until="2029-11-20")
    old = packed(store, "2020-11-20-旧的", ad=True, keep_until="2023-11-20")
    (old / "posted.yaml").write_text("发布:\n  - {平台: 抖音, 日期: 2020-11-21, 撤下: 2021-02-01}\n", encoding="utf-8")
    listing = run("consent", "withdraw", "周芳", "--list").output
    assert listing.index("广告的存底") < listing.index("archive/2026-11-20-广告") < listing.index("不用再留的")
    assert listing.index("不用再留的") < listing.index("archive/2026-11-20-故事")
    assert "VK-S179" not in listing
    broken = packed(store, "2026-11-20-坏的", ad=False)
    (broken / "douyin.manifest.json").write_text("{", encoding="utf-8")
    first = json.loads(run("consent", "withdraw", "周芳", "--json", "--yes").stdout)
    assert first["archive_kept"] == ["archive/2026-11-20-广告"]
    assert first["not_searched"] == ["archive/2026-11-20-坏的"]
    assert [one["code"] for one in first["problems"]] == ["VK-S155"]
    (broken / "douyin.zip").unlink()
    assert [(pack / "douyin.zip").exists() for pack in (ad, story, old)] == [True, False, False]
    assert sorted(one.name for one in story.iterdir()) == ["douyin.manifest.json", "posted.yaml"]
    again = run("consent", "withdraw", "周芳")
    assert "不用再留的" not in again.output
    assert "VK-S181" in run("consent", "list").output
    told = json.loads(run("consent", "withdraw", "周芳", "--json", "--yes", "--archive").stdout)
    assert [one["code"] for one in told["problems"]] == ["VK-S179"]
    assert not (ad / "douyin.zip").exists()
    listing = run("consent", "withdraw", "周芳", "--list").output
    assert listing.index("只剩记录") < listing.index("archive/2026-11-20-广告")
    assert "广告的存底" not in listing


def test_a_consent_that_is_over_names_the_posts_still_out(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended or taken back, in the list and the check; one that holds names none; files nobody may keep any more are told."""
    packed(store, "2026-11-20-故事", ad=False)
    assert "VK-S181" not in run("consent", "list").output
    monkeypatch.setenv("VIDKIT_TODAY", "2028-01-02")
    for asked in (("list",), ("check", "周芳")):
        said = run("consent", *asked).output
        assert "「周芳」的同意书已到期（2028-01-01）" in said
        assert "抖音 「故事」（清单 厨房） 2026-11-21 发的 x.cn/1" in said
        assert "VK-S182" not in said
    (row,) = json.loads(run("consent", "list", "--json").stdout)["consents"]
    assert [one["link"] for one in row["out"]] == ["x.cn/1"]
    consent_file.change(store / "consents/周芳.yaml", {"withdrawn": "2027-01-01"}, cache.default())
    said = run("consent", "list").output
    assert "已收回（2027-01-01）" in said
    assert "VK-S182" in said
    note = store / "archive/2026-11-20-故事/posted.yaml"
    bad = packed(store, "2026-11-20-乱记", ad=True) / "posted.yaml"
    bad.write_text("发布: [{平台: 抖音}]\n", encoding="utf-8")
    told = json.loads(run("consent", "list", "--json").stdout)
    assert [one["title"] for one in told["consents"][0]["out"]] == ["乱记", "故事"]
    assert [one["code"] for one in told["problems"]] == ["VK-U040", "VK-S181", "VK-S182"]
    monkeypatch.setenv("VIDKIT_TODAY", "2039-01-01")
    for told in (run("consent", "check", "周芳"), run("consent", "withdraw", "周芳", "--keep", "--yes")):
        assert (told.exit_code, told.output.count("VK-U040")) == (2, 1)
        assert "乱记、" not in told.output
    bad.write_text("发布: [{平台: 抖音, 日期: 2026-11-20, 撤下: 没发过}]\n", encoding="utf-8")
    note.write_text(note.read_text(encoding="utf-8").replace("x.cn/1", "x.cn/1, 撤下: 2027-01-02"), encoding="utf-8")
    assert "VK-S181" not in run("consent", "list").output


def test_a_note_that_does_not_say_that_a_post_is_gone_counts_as_out(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed, and so is one of a day that is still to come, and what cannot be read; each is asked about, and nothing of it failed."""
    monkeypatch.setenv("VIDKIT_TODAY", "2026-11-28")
    for at, down in enumerate(("还在", "快了", "2026-12-24", "2026-11-27")):
        pack = packed(store, f"2026-11-2{at}-故事{at}", ad=False)
        noted = f"发布:\n  - {{平台: 抖音, 日期: 2026-11-2{at}, 撤下: {down}}}\n"
        (pack / "posted.yaml").write_text(noted, encoding="utf-8")
    ad = packed(store, "2026-11-24-广告", ad=True) / "posted.yaml"
    ad.write_text("发布:\n  - {平台: 抖音, 日期: 2026-11-24, 撤下: 已删}\n", encoding="utf-8")
    said = json.loads(run("consent", "withdraw", "周芳", "--list", "--json").stdout)
    assert [one["day"] for one in said["take_down"] if one["noted"]] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert (said["exit"], [one["code"] for one in said["problems"]]) == (0, ["VK-U071", "VK-U071", "VK-U072"])
    for asked in (("--list",), ("--yes",), ()):
        told = run("consent", "withdraw", "周芳", *asked)
        counted = [told.output.count(code) for code in ("VK-U071", "VK-U072")]
        assert (told.exit_code, counted) == (0, [2, 1]), told.output


@pytest.mark.parametrize("newest", ["2026-10-20", "2026-11-20"])
def test_every_pack_may_have_been_posted(newest: str, store: Path) -> None:
    """One of a brief's packs was posted and taken down, the other is not noted: it is told, whichever of them came first."""
    for day in ("2026-10-20", "2026-11-20"):
        pack = store / "archive" / f"{day}-厨房"
        pack.mkdir(parents=True)
        said = {"called": "厨房", "consents": ["周芳"]}
        (pack / "douyin.manifest.json").write_text(json.dumps(said), encoding="utf-8")
        if day != newest:
            noted = f"发布:\n  - {{平台: 抖音, 日期: {day}, 撤下: {day}}}\n"
            (pack / "posted.yaml").write_text(noted, encoding="utf-8")
    made(store / "out" / "厨房")
    told = json.loads(run("consent", "withdraw", "周芳", "--json").stdout)["take_down"]
    assert [(one["platform"], one["day"], one["noted"]) for one in told] == [("douyin", newest, False)]


# What comes after


def looked(store: Path, text: str = BRIEF) -> Item:
    """A brief that was checked."""
    (store / "briefs" / "厨房.yaml").write_text(text, encoding="utf-8")
    (item,) = batch.check((store / "briefs" / "厨房.yaml",), cache.default(), today="2026-11-26", draft=True)
    return item


def test_after_taking_back_publish_stops_without_a_sample(store: Path) -> None:
    """No clip, no sample, no sheet with her pictures; it is said before and at the end, and programs read it."""
    back(store)
    item, order = looked(store), Order(store / "out", cache.default(), draft=True)
    assert publish.frames(item) == 0
    done = publish.publish(*publish.finished(item, order), order, Wishes())
    assert (done.verdict, publish.exit_code(done), done.drafts, done.taken_back) == ("stop", 2, (), True)
    assert not [one for one in (store / "out").rglob("*") if one.is_file()]
    said = run("publish", "briefs/厨房.yaml")
    assert said.exit_code == 2
    assert "现在就知道不能发" in said.output
    assert "「周芳」2026-11-25 已经收回同意" in said.output
    assert "什么也不做，小样片也不做" in said.output
    assert "给她看" not in said.output.replace("样片-给她看", "")
    assert "换成别人的，或者从清单里去掉，再运行一次" in said.output
    told = json.loads(run("publish", "briefs/厨房.yaml", "--json").stdout)
    assert (told["taken_back"], told["drafts"], told["exit"]) == (True, [], 2)


@pytest.mark.parametrize("stopped", [False, True])
def test_a_sheet_of_a_refused_post_elsewhere_is_found(
    stopped: bool,  # noqa: FBT001
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing was made of it, but the draft of the sheet shows her, also when it was killed before it said so."""
    item = looked(store, BRIEF.replace("厨房变个样", "全市最好的保洁"))
    order = Order(tmp_path / "别处", cache.default())
    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        if stopped:
            killed(patched, "manifest.json")
        done = publish.publish(*publish.finished(item, order), order, Wishes())
        assert done.drafts
        assert done.item.made is None
    assert list((tmp_path / "别处" / "厨房" / "publish").glob("*.html"))
    told = json.loads(run("consent", "withdraw", "周芳", "--json").stdout)
    assert [one["folder"] for one in told["outputs"]] == [str(tmp_path / "别处" / "厨房" / "publish")]


def test_make_says_plainly_that_she_took_it_back(store: Path) -> None:
    """Before anything is made, with what to do: it is made with its plate, since what lacks a consent always is."""
    back(store)
    said = run("check", "briefs/厨房.yaml").output
    assert "已经收回同意，不能再用" in said
    assert "先停一停：换成别人的，或者去掉，再做，也不要再拿样片去问她" in said


def test_what_one_platform_lacks_leaves_a_way_for_the_others(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is packed and the exit code stays 2; the command that packs the others is told, which then packs."""
    monkeypatch.setattr(
        publish, "_to_show", lambda _item, _files: ()
    )  # the sample is not asked for here, and takes long
    said = run("publish", "briefs/厨房.yaml")
    assert said.exit_code == 2
    assert "抖音可以先发：vidkit publish briefs/厨房.yaml --platform 抖音\n" in said.output
    item = looked(store)
    assert [one.id for one in publish.free(publish.known(item))] == ["douyin"]
    back(store)
    assert publish.free(publish.known(looked(store))) == ()


def test_a_photo_of_hers_under_another_name_is_said(store: Path) -> None:
    """The bytes of the photo in her profile count, not its name; while her consent holds nothing is said."""
    Image.fromarray(room(320, 400, 5)).save(store / "photos" / "她.jpg", quality=90)
    shutil.copyfile(store / "photos" / "她.jpg", store / "photos" / "新人.jpg")
    (store / "people" / "周芳.yaml").write_text("称呼: 周芳\n照片: {文件: photos/她.jpg}\n", encoding="utf-8")
    renamed = BRIEF.replace("{称呼: 周芳, 工种: 保洁师}", "{称呼: 小李, 工种: 保洁师, 照片: photos/新人.jpg}")
    assert "VK-S156" not in [one.code for one in looked(store, renamed).problems]
    back(store)
    (found,) = [one for one in looked(store, renamed).problems if one.code == "VK-S156"]
    assert "照片 photos/新人.jpg 就是「周芳」资料里的那张" in found.message("zh")
    assert "VK-S156" not in [one.code for one in looked(store).problems]


def test_no_new_brief_names_her_and_the_list_says_so(store: Path) -> None:
    """``new`` and ``series next`` leave her out and say it; a new consent of hers holds."""
    (store / "people" / "周芳.yaml").write_text("称呼: 周芳\n工种: 保洁师\n", encoding="utf-8")
    (store / "people" / "小李.yaml").write_text("称呼: 小李\n工种: 保洁师\n", encoding="utf-8")
    run("series", "new", "达人", "--plan")
    back(store)
    said = run("series", "next", "达人")
    assert said.exit_code == 0, said.output
    assert "周芳收回了同意，这份清单里没有写上" in said.output
    text = (store / "briefs" / "达人-第1期.yaml").read_text(encoding="utf-8")
    assert "周芳" not in text
    assert "小李" in text
    assert "周芳收回了同意" in run("new", "briefs/别的.yaml").output
    assert "周芳（已收回同意）" in run("list", "people").output
    told = {one["names"][0]: one["taken_back"] for one in json.loads(run("list", "people", "--json").stdout)["people"]}
    assert (told["周芳"], told["小李"]) == (True, False)
    (store / "consents" / "周芳2.yaml").write_text("同意人: 周芳\n", encoding="utf-8")
    assert "已收回" not in run("list", "people").output


def test_a_post_that_no_consent_covers_is_noted_and_must_go(store: Path) -> None:
    """On a platform she did not agree to, and after she took it back; as JSON too."""
    pack = store / "archive" / "2026-11-20-厨房"
    pack.mkdir(parents=True)
    (pack / "douyin.manifest.json").write_text(json.dumps({"called": "厨房", "consents": ["周芳"]}), encoding="utf-8")
    good = run("posted", "archive/2026-11-20-厨房")
    assert good.exit_code == 0, good.output
    assert "VK-U0" not in good.output
    other = run("posted", "archive/2026-11-20-厨房", "--platform", "视频号")
    assert other.exit_code == 0
    assert "记下了: 视频号" in other.output
    assert "VK-U046: 记下了，可是「周芳」的同意书没有写可以发到视频号" in other.output
    assert "现在就去视频号把它撤下来" in other.output
    back(store)
    told = json.loads(run("posted", "archive/2026-11-20-厨房", "--platform", "快手", "--json").stdout)
    assert (told["new"], told["platform"], told["exit"]) == (True, "kuaishou", 0)
    assert [one["code"] for one in told["problems"]] == ["VK-U047"]
    assert "kuaishou" in (pack / "posted.yaml").read_text(encoding="utf-8")


def test_consent_check_is_strict_when_asked(store: Path) -> None:
    """Not enough for one platform: exit 2 only with --strict; JSON says it always."""
    assert run("consent", "check").exit_code == 0
    assert run("consent", "check", "--strict").exit_code == 2
    assert json.loads(run("consent", "check", "--json").stdout)["enough"] is False
    (store / "briefs" / "厨房.yaml").write_text(BRIEF.replace("[抖音, 美团]", "抖音"), encoding="utf-8")
    assert run("consent", "check", "--strict").exit_code == 0
    assert json.loads(run("consent", "check", "--json").stdout)["enough"] is True


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("同意人: 周芳\n撤回日期: 2026-11-25\n", {"周芳", "一"}),
        ("{alias: Zhou, withdrawn_at: 2026-11-25}\n", {"zhou", "一"}),
        ("同意人: 周芳\n身份: 老板\n片子里怎么叫: 芳姐\n哪天撤回: 昨天\n", {"周芳", "芳姐", "一"}),
        ("同意人: 周芳\n#撤回日期: 2026-11-25\n", set()),
        ("同意人: 周芳\n撤回日期:\n", set()),
        ("[", set()),
    ],
)
def test_who_took_it_back_is_read_whatever_else_is_wrong(said: str, names: set[str], tmp_path: Path) -> None:
    """By every name she answers to; not while another consent of hers holds, nor where only an explanation has the word."""
    (tmp_path / "一.yaml").write_text(said, encoding="utf-8")
    (tmp_path / "别人.yaml").write_text("同意人: 别人\n", encoding="utf-8")
    assert consents.taken_back(tmp_path) == names
    (tmp_path / "新的.yaml").write_text("同意人: 周芳\n", encoding="utf-8")
    assert consents.taken_back(tmp_path) == names - {"周芳"}
    assert consents.taken_back(tmp_path / "没有") == frozenset()


def test_more_consents_than_are_read_stop_everything(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one left out might be of somebody who took hers back: nothing is made, nothing written, and the number is told."""
    monkeypatch.setitem(tables.table("limits")["consent"], "most_files", 1)
    assert consents.taken_back(store / "consents") == frozenset()
    (store / "consents" / "z.yaml").write_text("同意人: z\n撤回日期: 2026-11-25\n", encoding="utf-8")
    with pytest.raises(Refusal, match="VK-S161"):
        consents.taken_back(store / "consents")
    for command in (("consent", "list"), ("check", "briefs/厨房.yaml"), ("new", "briefs/别的.yaml")):
        done = run(*command)
        assert done.exit_code == 2
        assert "VK-S161: 同意书太多：consents 里有 2 份，最多 1 份" in done.output
    assert not (store / "briefs" / "别的.yaml").exists()


def test_what_shows_a_photo_of_the_home_goes_with_the_rest_and_says_why(store: Path) -> None:
    """By the prints of the photos, also where the brief says that it is nobody's home: files, packs, briefs, rows; not a photo people say is not."""
    briefs, digest = store / "briefs", cache.sha256(store / "photos" / "a.jpg")
    (briefs / "厨房.yaml").write_text(BRIEF.replace("不是客户家", "吴姐家"), encoding="utf-8")
    (briefs / "乙.yaml").write_text(BRIEF.replace("b.jpg", "c.jpg"), encoding="utf-8")
    (store / "表.csv").write_text("标题,对比.1.前\n厨房,photos/a.jpg\n客厅,photos/c.jpg\n", encoding="utf-8")
    clips = [made(store / "out" / name, called=name) for name in ("乙", "丙", "行")]
    for clip, told in zip(clips, ({"rooms": {digest: "a.jpg"}}, {"rooms": {"0" * 64: "x.jpg"}}, {}), strict=True):
        manifest = clip.parents[1] / "manifest.json"
        said = json.loads(manifest.read_text(encoding="utf-8")) | {"consents": []} | told
        if not told:
            said["photos"] = [{"name": "photos/a.jpg", "sha256": digest}]
        manifest.write_text(json.dumps(said | {"brief": {"path": "briefs/乙.yaml"}}), encoding="utf-8")
    entry = store / "archive" / "2026-11-20-乙"
    entry.mkdir(parents=True)
    pack = {"vidkit": "1", "called": "乙", "consents": [], "inputs": {"photos": [{"sha256": digest}]}}
    (entry / "douyin.manifest.json").write_text(json.dumps(pack), encoding="utf-8")
    sign(store, "吴姐家", "home")
    said = run("consent", "withdraw", "吴姐家", "--list").output
    assert "out/乙（1 个文件，来自 briefs/乙.yaml）　也用了这一家的照片\n" in said
    assert "out/行（1 个文件，来自 briefs/乙.yaml）　也用了这一家的照片\n" in said
    assert "archive/2026-11-20-乙　也用了这一家的照片\n" in said
    assert "用的却是这一家的照片，换掉：briefs/乙.yaml:7、表.csv:2\n" in said
    assert run("consent", "withdraw", "吴姐家", "--yes").exit_code == 0
    assert [clip.exists() for clip in clips] == [False, True, False]
    listed = store / "consents" / "吴姐家-照片.txt"
    listed.write_text(listed.read_text(encoding="utf-8").replace("\t是\ta.jpg", "\t不是\ta.jpg"), encoding="utf-8")
    assert "也用了" not in run("consent", "withdraw", "吴姐家", "--list").output
