"""``vidkit consent``: a consent written, signed, checked and taken back in a made shop, and the form to print."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
import re
import shlex
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from conftest import SIGNED, a_shop, sign
from PIL import Image, ImageOps

from vidkit import batch, cache, graphics, kit, make, plan, publish
from vidkit.cli import program
from vidkit.commands import consenting
from vidkit.kits import branding
from vidkit.pages import pdf
from vidkit.people import consent_file, consent_form, consents, reach, withdraw
from vidkit.people.consent_form import Filled
from vidkit.problems import Refusal
from vidkit.runs import lock, places
from vidkit.runs.stored import MARKS
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 厨房变个样
服务: 保洁
谁家: 张女士家
人物: {称呼: 秀兰阿姨, 工种: 保洁师}
对比: {位置: 灶台, 前: photos/a.jpg, 后: photos/b.jpg}
平台: [抖音, 美团]
"""
BLANK = b"\xff\xd8\xff\xd9"
"""A picture in which nothing is drawn."""
ROLES = tuple(table("keys")["consent"]["role"]["choices"])

pytestmark = pytest.mark.usefixtures("small_drafts")


@pytest.fixture(autouse=True)
def _blank_sheets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are only drawn where a test looks at them, which takes a second each."""
    if not request.node.name.startswith(("test_the_form", "test_forms")):
        monkeypatch.setattr(consent_form, "bound", lambda drawn: pdf.pages([(BLANK, one.size) for one in drawn]))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop with a brief, in which one stands."""
    return a_shop(tmp_path, monkeypatch, BRIEF)


def run(*arguments: str, typed: str = "") -> Result:
    """The command run in this process, with what is typed."""
    return CliRunner().invoke(program, ["consent", *arguments], input=typed, catch_exceptions=False)


def one(store: Path, name: str) -> consents.Entry:
    """The consent of a name as it is read now."""
    (found,) = consents.load(store / "consents", plan.names(kit.shelf(store), store)).of(name)
    return found


def agreed(store: Path, *names: str) -> None:
    """Consents of homes and workers, signed, for Douyin."""
    for name in names:
        sign(store, name, "home" if name.endswith("家") else "worker")
        assert one(store, name).problems == ()


# Writing


@pytest.mark.parametrize("role", ROLES)
def test_a_new_consent_is_a_good_one_for_every_role(role: str, store: Path) -> None:
    """What is written reads without a fault, says nothing was agreed to yet, and has its form beside it."""
    given = ("--guardian", "李女士", "--relation", "妈妈") if role == "child" else ()
    done = run(
        "new", "云岩 张女士家", "--role", role, "--until", "2027年11月26日", "--platforms", "douyin,视频号", *given
    )
    assert done.exit_code == 0, done.output
    made = one(store, "云岩 张女士家")
    assert made.problems == ()
    assert made.consent
    assert made.consent.role == role
    assert made.consent.ends == "2027-11-26"
    assert made.consent.platforms == ("douyin", "wechat-channels")
    assert not made.consent.publish
    assert not made.consent.shows_face or role != "child"
    assert (store / "consents" / "云岩 张女士家-同意书.pdf").read_bytes().startswith(b"%PDF-1.4")
    assert 'vidkit consent sign "云岩 张女士家"' in done.output
    assert "VK-S159" not in done.output


@pytest.mark.parametrize(("until", "years"), [("2099-01-01", 72), ("2031-01-01", 4)])
def test_a_consent_for_very_many_years_is_asked_about(until: str, years: int, store: Path) -> None:
    """It is written all the same: somebody may mean it."""
    done = run("new", "张女士家", "--role", "home", "--until", until, "--platforms", "抖音")
    assert done.exit_code == 0
    assert f"VK-S159: 「张女士家」的同意写到 {until}，还有 {years} 年" in done.output
    assert one(store, "张女士家").consent


def test_new_asks_what_it_was_not_told(store: Path) -> None:
    """Who, until when and on which platforms, each with a likely answer; when nobody answers, nothing is written."""
    done = run("new", "张奶奶", typed="\n\n\n")
    assert done.exit_code == 0, done.output
    made = one(store, "张奶奶").consent
    assert made
    assert (made.role, made.ends, made.platforms) == ("elder", "2027-11-26", ("douyin",))
    for typed in ("", "\n\n"):
        silent = run("new", "张女士家", typed=typed)
        assert silent.exit_code == 2
        assert "VK-S135" in silent.output
    assert not list((store / "consents").glob("张女士家*"))


def test_new_proposes_the_platforms_of_the_briefs_that_name_her(store: Path) -> None:
    """Of every brief, however it names her and whatever is wrong with it: she signs once for all of them; what stands on the form is said."""
    (store / "people" / "王.yaml").write_text("称呼: 秀兰阿姨\n", encoding="utf-8")
    bad = "标题: ''\n没有这一项: 1\n谁家: 李女士家、张女士家\n人物: 王\n平台: [抖音, 某音, 公众号]\n"
    (store / "briefs" / "坏.yaml").write_text(bad, encoding="utf-8")
    (store / "briefs" / "别家.yaml").write_text("谁家: 大张女士家\n平台: 快手\n", encoding="utf-8")
    (store / "briefs" / "没写.yaml").write_text("出镜: [小周]\n", encoding="utf-8")
    for name, wanted in (
        ("张女士家", ("official-account", "douyin", "meituan")),
        ("秀兰阿姨", ("official-account", "douyin", "meituan")),
        ("王", ("official-account", "douyin", "meituan")),
        ("李女士家", ("douyin", "official-account")),
        ("小周", ("douyin",)),
        ("没人", ("douyin",)),
    ):
        assert sorted(one.id for one in reach.meant_for(store, name)) == sorted(wanted)
    (store / "vidkit.yaml").write_text("品牌: 邻里净\n平台: [视频号, 朋友圈]\n", encoding="utf-8")
    for name in ("小周", "没人"):
        assert [one.id for one in reach.meant_for(store, name)] == ["wechat-channels", "moments"]
    done = run("new", "李女士家", typed="\n\n\n")
    assert "发到哪些平台？" in done.output
    assert "[抖音、公众号]" in done.output
    made = one(store, "李女士家").consent
    assert made
    assert set(made.platforms) == {"douyin", "official-account"}
    assert "这份写了：做广告、故事；发到抖音、公众号。" in done.output
    assert done.output.index("这份写了") < done.output.index("打印两张")
    other = run("new", "张女士家", typed="\n\n视频号，抖音\n")
    assert "这份写了：做广告、故事；发到视频号、抖音。" in other.output
    again = run("form", "张女士家", "-o", "consents/张女士家-同意书.pdf")
    assert "这份写了：做广告、故事；发到视频号、抖音。" in again.output


def test_a_shop_that_works_for_the_public_good_asks_for_it(store: Path) -> None:
    """Whether its own brand is there for it, or the one it names as its usual one; said before printing. What is given is what is asked."""
    usual = (store / "vidkit.yaml").read_text(encoding="utf-8")
    (store / "vidkit.yaml").write_text(usual.replace("邻里净", "同行社工站"), encoding="utf-8")
    named = ("--role", "home", "--until", "2028-01-01", "--platforms", "抖音")
    assert "这份写了：做广告、故事、公益；发到抖音。" in run("new", "张女士家", *named).output
    assert one(store, "张女士家").consent.purposes == ("ad", "story", "public-interest")  # type: ignore[union-attr]
    assert "做故事；发到" in run("new", "李女士家", *named, "--for", "故事").output
    (store / "vidkit.yaml").write_text(usual, encoding="utf-8")
    assert "做广告、故事；发到" in run("new", "王女士家", *named).output
    branding.write(branding.Answers("云岩互助站", "云岩互助站", "", "", "#2E8B57", "互助站", sells=False), store)
    (store / "brand" / "坏的").mkdir()
    (store / "brand" / "坏的" / "brand.yaml").write_text("id: 坏的\nnames: {zh: 坏的}\n", encoding="utf-8")
    assert "做广告、故事、公益；发到" in run("new", "赵女士家", *named).output


def test_a_consent_there_already_is_told_before_anything_is_asked(store: Path) -> None:
    """Nobody answers three questions for nothing."""
    agreed(store, "张女士家")
    again = run("new", "张女士家")
    assert again.exit_code == 2
    assert "VK-S133" in again.output
    assert "是什么人" not in again.output


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [
        (("秀兰阿姨",), "秀兰阿姨 --role 家政员 --until 2027-11-26 --platforms 抖音、美团"),
        (("老 王奶奶",), '"老 王奶奶" --role 家政员 --until 2027-11-26 --platforms 抖音'),
        (
            ("小宝（3岁）",),
            "小宝（3岁） --role 孩子 --until 2027-11-26 --platforms 抖音 --guardian 李女士 --relation 妈妈",
        ),
        (("张女士家", "--platforms", "抖音"), "张女士家 --role 客户家 --until 2027-11-26 --platforms 抖音"),
        (
            ("张奶奶", "--role", "老人", "--incapable"),
            "张奶奶 --role 老人 --incapable --until 2027-11-26 --platforms 抖音 --guardian 李女士 --relation 女儿",
        ),
        (
            ("豆豆", "--role", "child", "--until", "2027-01-01", "--guardian", "王姐"),
            "豆豆 --role 孩子 --until 2027-01-01 --platforms 抖音 --guardian 王姐 --relation 妈妈",
        ),
    ],
)
def test_new_without_answers_tells_the_whole_command(arguments: tuple[str, ...], whole: str, store: Path) -> None:
    """With the role that fits the name and a guardian where one must sign; and the command works."""
    (store / "people" / "王.yaml").write_text('称呼: "老 王奶奶"\n', encoding="utf-8")
    silent = run("new", *arguments)
    assert silent.exit_code == 2
    assert f"：vidkit consent new {whole}\n" in silent.output
    assert run("new", *shlex.split(whole)).exit_code == 0


def test_a_child_is_proposed_as_a_child(store: Path) -> None:
    """Enter takes the role that the name speaks of, then the guardian is asked for, who signs; a profile says it with the craft."""
    (store / "people" / "朵朵.yaml").write_text("称呼: 朵朵\n工种: 我女儿\n", encoding="utf-8")
    for name in ("小宝（3岁）", "朵朵"):
        silent = run("new", name, typed="\n\n\n")
        assert "[孩子]" in silent.output
        assert "监护人怎么称呼" in silent.output
        assert not (store / f"consents/{name}.yaml").exists()
        done = run("new", name, typed="\n\n\n张姐\n妈妈\n")
        assert done.exit_code == 0, done.output
        assert "请监护人慢慢看、签字" in done.output
        assert one(store, name).consent.role == "child"  # type: ignore[union-attr]


def test_who_may_be_the_baby_is_asked_without_a_likely_answer(store: Path) -> None:
    """Somebody else seen in a story of a 月嫂 whose name says nothing: Enter asks again, and the whole command is a child's; an elder is an elder."""
    (store / "briefs" / "月嫂.yaml").write_text(
        "标题: 第26天\n人物: {称呼: 周嫂, 工种: 月嫂}\n出镜: [毛毛, 王奶奶]\n", encoding="utf-8"
    )
    silent = run("new", "毛毛", typed="\n")
    assert "「毛毛」是什么人？（家政员、客户、老人、孩子、路人、客户家）：" in silent.output
    assert "vidkit consent new 毛毛 --role 孩子" in silent.output
    assert not (store / "consents/毛毛.yaml").exists()
    assert run("new", "毛毛", typed="孩子\n\n\n李女士\n妈妈\n").exit_code == 0
    assert one(store, "毛毛").consent.role == "child"  # type: ignore[union-attr]
    assert "[老人]" in run("new", "王奶奶").output
    assert "[家政员]" in run("new", "小周").output


def test_what_is_not_there_yet_is_told_with_the_way_to_it(store: Path) -> None:
    """Signing a consent nobody wrote names the command that writes it; a command without a name is shown whole."""
    said = run("sign", "张姐家", "签.jpg").output
    assert "先打 vidkit consent new 张姐家" in said
    assert "一份也没有" in said
    assert "vidkit consent new 云岩张女士家" in run("new").output


def test_sign_without_an_answer_tells_its_own_command(store: Path) -> None:
    """Not the command for a new consent; nothing is written. A photo that is not there is told before anything is asked."""
    run("new", "张女士家", "--role", "home", "--until", "2028-01-01", "--platforms", "抖音")
    assert "VK-S152" in run("sign", "张女士家", "没有.jpg").output
    silent = run("sign", "张女士家", "签.jpg")
    assert silent.exit_code == 2
    assert "VK-S147" in silent.output
    assert not (store / "consents/signed").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("a/b", "--role", "home", "--until", "2027-01-01"), "VK-S134"),
        (("张", "--role", "老板", "--until", "2027-01-01"), "VK-S142"),
        (("张", "--role", "home", "--until", "2026-11-26"), "VK-S139"),
        (("张", "--role", "home", "--until", "明年"), "VK-S139"),
        (("张", "--role", "home", "--until", "2027-01-01", "--scope", "脸,钱", "--platforms", "抖音"), "VK-S142"),
        (("张", "--role", "home", "--until", "2027-01-01", "--platforms", "全部"), "VK-S120"),
        (("张", "--role", "home", "--until", "2027-01-01", "--platforms", "抖音,某音"), "VK-L001"),
        (("张", "--role", "child", "--until", "2027-01-01", "--guardian", "", "--relation", ""), "VK-S135"),
    ],
)
def test_what_new_refuses(arguments: tuple[str, ...], code: str, store: Path) -> None:
    """With words, exit code 2 and nothing written."""
    done = run("new", *arguments)
    assert done.exit_code == 2
    assert code in done.output
    assert not list((store / "consents").glob("*.yaml"))


def test_a_consent_without_its_form_is_not_left_behind(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is full at the form nothing stays, so that the same command does both."""
    command = ("new", "张女士家", "--role", "home", "--until", "2028-01-01", "--platforms", "抖音")
    before, kept = set(store.rglob("*")), Path.write_bytes

    def full(file: Path, content: bytes) -> int:
        if ".pdf" in file.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return kept(file, content)

    with monkeypatch.context() as small:
        small.setattr(Path, "write_bytes", full)
        assert (done := run(*command)).exit_code == 5, done.output
    assert set(store.rglob("*")) == before
    assert run(*command).exit_code == 0


def test_a_consent_there_already_is_left_alone(store: Path) -> None:
    """Its file stays byte for byte."""
    agreed(store, "张女士家")
    before = (store / "consents/张女士家.yaml").read_bytes()
    again = run("new", "张女士家", "--role", "home", "--until", "2030-01-01")
    assert again.exit_code == 2
    assert "VK-S133" in again.output
    assert (store / "consents/张女士家.yaml").read_bytes() == before


def test_of_two_who_write_one_consent_at_once_one_does(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both looked before either wrote: the second is refused, and the first one's stays."""
    monkeypatch.setattr(consent_file, "sure_new", consent_file.file_of)
    first = consent_file.write(store, consent_file.Draft("周芳", "worker", "2030-01-01", ("抖音",)))
    before = first.read_bytes()
    with pytest.raises(Refusal) as refused:
        consent_file.write(store, consent_file.Draft("周芳", "customer", "2030-01-01", ("抖音",)))
    assert refused.value.problems[0].code == "VK-S133"
    assert first.read_bytes() == before


def test_signing_writes_its_lines_only(store: Path) -> None:
    """The form is kept with its hash; every other line stays; the empty form and other files are refused; a changed form counts for nothing."""
    run("new", "张女士家", "--role", "home", "--until", "2028-01-01", "--platforms", "抖音")
    file = store / "consents/张女士家.yaml"
    before = file.read_text(encoding="utf-8").splitlines()
    for paper, code in (
        ("consents/张女士家-同意书.pdf", "VK-S138"),
        ("vidkit.yaml", "VK-S137"),
        ("没有.jpg", "VK-S152"),
    ):
        refused = run("sign", "张女士家", paper, "--publish")
        assert refused.exit_code == 2
        assert code in refused.output
    assert file.read_text(encoding="utf-8").splitlines() == before
    done = run("sign", "张女士家", "签.jpg", typed="y\n")
    assert done.exit_code == 0, done.output
    after = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == ["同意公开: 否"]
    assert [line for line in after if line not in before] == [
        "同意公开: 是",
        "签字文件: signed/张女士家.jpg",
        f"文件指纹: {hashlib.sha256(SIGNED).hexdigest()}",
    ]
    (store / "签.jpg").write_bytes(SIGNED + b"2")
    done = run("sign", "张女士家", "签.jpg", "--no-publish")
    assert done.exit_code == 0
    assert "VK-S180" not in done.output
    assert (store / "consents/signed/张女士家.jpg").read_bytes() == SIGNED
    assert one(store, "张女士家").found == hashlib.sha256(SIGNED + b"2").hexdigest()


def test_the_box_on_illness_and_care_is_asked_for_by_itself(store: Path) -> None:
    """Of whom the form asks it, written as it was answered; a command that says only the first box leaves it open and says so. One paper for two
    people is said.
    """
    run("new", "张奶奶", "--role", "elder", "--until", "2028-01-01", "--platforms", "抖音")
    assert run("sign", "张奶奶", "签.jpg", typed="y\n").exit_code == 2
    left = run("sign", "张奶奶", "签.jpg", "--publish")
    assert "那一格：没有写" in left.output
    for typed, wanted in (("y\ny\n", True), ("y\nn\n", False)):
        assert run("sign", "张奶奶", "签.jpg", typed=typed).exit_code == 0
        said = one(store, "张奶奶").consent
        assert said
        assert (said.publish, said.sensitive) == (True, wanted)
    assert run("sign", "张奶奶", "签.jpg", "--publish").exit_code == 2
    assert run("sign", "张奶奶", "签.jpg", "--publish", "--no-sensitive").exit_code == 0
    assert "同意敏感信息: 否" in (store / "consents/张奶奶.yaml").read_text(encoding="utf-8")
    run("new", "秀兰阿姨", "--role", "worker", "--until", "2028-01-01", "--platforms", "抖音")
    assert "VK-S180" in run("sign", "秀兰阿姨", "签.jpg", typed="y\n").output
    told = [each["code"] for each in json.loads(run("check", "秀兰阿姨", "--json").stdout)["problems"]]
    assert told == ["VK-S180"]
    assert "VK-S183" in run("sign", "秀兰阿姨", "签.jpg", "--publish", "--sensitive").output
    consent_file.change(store / "consents/秀兰阿姨.yaml", {"sensitive": "是"}, cache.default())
    assert run("sign", "秀兰阿姨", "签.jpg", "--publish").exit_code == 0
    said = one(store, "秀兰阿姨").consent
    assert said
    assert said.sensitive is False


def test_a_childs_guardian_is_always_asked(store: Path) -> None:
    """Nothing is written where nobody answers; an older paper that does not say it counts as before, and is told."""
    given = ("--until", "2028-01-01", "--platforms", "抖音", "--guardian", "李女士", "--relation", "妈妈")
    run("new", "朵朵", "--role", "child", *given)
    assert "VK-S147" in run("sign", "朵朵", "签.jpg", "--publish").output
    for answer, option in (("是", "--sensitive"), ("否", "--no-sensitive")):
        assert run("sign", "朵朵", "签.jpg", "--publish", option).exit_code == 0
        assert f"同意敏感信息: {answer}" in (store / "consents/朵朵.yaml").read_text(encoding="utf-8")
        assert json.loads(run("check", "朵朵", "--json").stdout)["problems"] == []
    file = store / "consents/朵朵.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("同意敏感信息: 否\n", ""), encoding="utf-8")
    checked = json.loads(run("check", "朵朵", "--json").stdout)
    assert [each["code"] for each in checked["problems"]] == ["VK-S184"]
    assert checked["consents"][0]["state"] == "good"


@pytest.mark.parametrize(
    ("line", "today", "code"), [("撤回日期: 2026-11-20\n", "2026-11-26", "VK-S145"), ("", "2028-01-02", "VK-S146")]
)
def test_a_consent_taken_back_or_ended_is_not_signed(
    line: str, today: str, code: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused with the way to a new one; nothing is written."""
    agreed(store, "张女士家")
    file = store / "consents/张女士家.yaml"
    file.write_text(file.read_text(encoding="utf-8") + line, encoding="utf-8")
    monkeypatch.setenv("VIDKIT_TODAY", today)
    before = listed(store)
    refused = run("sign", "张女士家", "签.jpg", "--publish")
    assert refused.exit_code == 2
    assert code in refused.output
    assert "打 vidkit consent new 张女士家" in refused.output
    assert listed(store) == before


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_one_line_of_peoples_own_file(ends: str) -> None:
    """A value in its own line is replaced, another added at the end, comments and line ends stay; braces are not touched."""
    mine = f"# 我的话{ends}alias: Zhang  # 隔壁{ends}withdrawn:{ends}ends: 2036-01-01"
    made = consent_file.changed(mine, "a.yaml", {"withdrawn": "2026-11-26", "signed": "signed/有 空格.jpg"})
    assert made == (
        f"# 我的话{ends}alias: Zhang  # 隔壁{ends}withdrawn: 2026-11-26{ends}ends: 2036-01-01{ends}签字文件: signed/有 空格.jpg{ends}"
    )
    for odd in ("{alias: Zhang, withdrawn: ''}", "alias: a\nwithdrawn:\n  2026-01-01\n", "- a\n", ""):
        with pytest.raises(Refusal, match="VK-S130"):
            consent_file.changed(odd, "a.yaml", {"withdrawn": "2026-11-26"})


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_consent_stays_in_the_encoding_people_wrote_it_in(codec: str, store: Path) -> None:
    """A line is changed, the rest is what their editor saved; lines written at the same moment are all kept."""
    agreed(store, "张女士家")
    file = store / "consents" / "张女士家.yaml"
    text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
    file.write_bytes(text.encode(codec))
    lines = [{"withdrawn": "2026-11-26"}, {"guardian": "妈妈"}, {"starts": "2026-01-01"}]
    with ThreadPoolExecutor(len(lines)) as together:
        list(together.map(lambda said: consent_file.change(file, said, cache.default()), lines))
    made = file.read_bytes().decode(codec)
    assert made.startswith(text)
    assert sorted(made.removeprefix(text).splitlines()) == [
        "开始日期: 2026-01-01",
        "撤回日期: 2026-11-26",
        "监护人: 妈妈",
    ]
    assert "\n" not in made.replace("\r\n", "")


# Looking


def test_two_profiles_of_one_name_are_told_once_where_they_are_mended(store: Path) -> None:
    """A copy that a program for sharing files made beside a profile keeps every brief with her from being read: nothing is said of what is used where."""
    agreed(store, "张女士家")
    (store / "people").mkdir(exist_ok=True)
    for name in ("秀兰", "秀兰-DESKTOP"):
        (store / "people" / f"{name}.yaml").write_text("称呼: 秀兰阿姨\n", encoding="utf-8")
    (store / "vidkit-DESKTOP.yaml").write_text("品牌: 邻里净\n", encoding="utf-8")
    text = re.sub(r"(?m)^人物:.*", "人物: 秀兰阿姨", BRIEF)
    for number in range(5):
        (store / "briefs" / f"厨房{number}.yaml").write_text(text, encoding="utf-8")
    (store / "briefs" / "厨房.yaml").unlink()
    done = run("check")
    assert done.output.count("VK-N003") == 1
    assert "people/秀兰-DESKTOP.yaml、people/秀兰.yaml" in done.output
    assert "没有看（5 份）：briefs/厨房0.yaml、briefs/厨房1.yaml、briefs/厨房2.yaml……" in done.output
    assert "还没有清单用到" not in done.output
    assert "vidkit-DESKTOP" not in done.output


def test_check_tells_how_far_each_reaches(store: Path) -> None:
    """By brief and platform, what is faulty with its place, what ends within a month, what cannot be read."""
    agreed(store, "张女士家", "秀兰阿姨")
    (store / "briefs" / "坏.yaml").write_text("标题: [", encoding="utf-8")
    (store / "consents" / "王.yaml").write_text("同意人: 王\n身份: 老板\n", encoding="utf-8")
    done = run("check")
    assert done.exit_code == 2
    assert "briefs/厨房.yaml　抖音：可以用" in done.output
    assert "briefs/厨房.yaml　美团：「张女士家」没有同意发到美团" in done.output
    assert "consents/王.yaml:2:5: 错误 VK-B011" in done.output
    assert "VK-S140" in done.output
    assert "打 vidkit check briefs/坏.yaml，" in done.output
    assert run("check", "张女士家").exit_code == 0
    told = json.loads(run("check", "张女士家", "--json").stdout)
    assert [(use["platform"], use["enough"]) for use in told["consents"][0]["uses"]] == [
        ("douyin", True),
        ("meituan", False),
    ]


def test_check_tells_each_lack_once_and_the_next_step(store: Path) -> None:
    """Platforms share a line; one step says what to write where and which commands follow; programs read every lack as before."""
    wide = BRIEF.replace("[抖音, 美团]", "[抖音, 美团, 朋友圈]")
    (store / "briefs" / "厨房.yaml").write_text(wide, encoding="utf-8")
    (store / "briefs" / "客厅.yaml").write_text(
        wide.replace("厨房变个样", "秀兰阿姨来了")
        .replace("称呼: 秀兰阿姨", "称呼: 美华")
        .replace("谁家: 张女士家\n", ""),
        encoding="utf-8",
    )
    run("new", "张女士家", "--role", "home", "--until", "2028-01-01", "--platforms", "抖音", "--for", "故事")
    run("new", "秀兰阿姨", "--role", "worker", "--until", "2028-01-01", "--platforms", "抖音")
    said = run("check").output
    assert "briefs/厨房.yaml　抖音、美团、朋友圈：「张女士家」的同意书还没有签字的那一张\n" in said
    assert "briefs/厨房.yaml　美团、朋友圈：「张女士家」没有同意发到美团、朋友圈\n" in said
    assert said.count("「张女士家」没有") == 3
    step = "「可以做什么」里加上广告，「可以发哪里」里加上美团、朋友圈，存好再打 vidkit consent form 张女士家 -o "
    assert said.count(f"接着：先问她愿不愿意。愿意就打开 consents/张女士家.yaml，{step}") == 1
    assert said.count("接着：") == 3
    assert "加一行「谁家: 云岩张女士家」" in said.splitlines()[-2]
    uses = json.loads(run("check", "张女士家", "--json").stdout)["consents"][0]["uses"]
    assert [[p["code"] for p in use["problems"]] for use in uses] == [
        ["VK-S112", "VK-S108", "VK-S111"],
        *[["VK-S112", "VK-S108", "VK-S109", "VK-S111"]] * 2,
    ]
    (store / "briefs" / "厨房.yaml").unlink()
    assert "打 vidkit consent form 秀兰阿姨；不愿意就把这句话里的名字去掉" in run("check").output


def test_a_brief_is_told_once_of_each_consent_and_programs_of_each_lack(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``vidkit check`` has one note for the home, and as JSON every lack with its own code, as `publish` has."""
    monkeypatch.setattr(
        publish, "_to_show", lambda _item, _files: ()
    )  # the sample is not asked for here, and takes long
    agreed(store, "秀兰阿姨")
    (store / "briefs" / "厨房.yaml").write_text(BRIEF.replace("[抖音, 美团]", "[抖音, 美团, 朋友圈]"), encoding="utf-8")
    run("new", "张女士家", "--role", "home", "--until", "2028-01-01", "--platforms", "抖音")
    done = CliRunner().invoke(program, ["check", "briefs/厨房.yaml"], catch_exceptions=False)
    assert done.output.count("「张女士家」的同意书还差：签字；「发到网上」那一格；美团、朋友圈。补好之前发不了") == 1
    assert done.output.count("「秀兰阿姨」没有同意发到美团、朋友圈") == 1
    assert done.output.count("注意 VK-S1") == 2
    for command in ("check", "publish"):
        said = CliRunner().invoke(program, [command, "briefs/厨房.yaml", "--json"], catch_exceptions=False)
        whole = json.loads(said.stdout)
        found = [one["code"] for one in (whole["briefs"][0] if command == "check" else whole)["problems"]]
        wanted = ["VK-S109", "VK-S109", "VK-S109", "VK-S109", "VK-S111", "VK-S112"]
        assert sorted(code for code in found if code.startswith("VK-S1")) == wanted


def test_check_tells_whose_consent_every_brief_still_needs(store: Path) -> None:
    """Without any consent, with one of two, with all; a home nobody wrote down is said too; no photo is read."""
    (store / "briefs" / "客厅.yaml").write_text(BRIEF.replace("谁家: 张女士家\n", ""), encoding="utf-8")
    bare = run("check")
    assert bare.exit_code == 0
    assert "briefs/厨房.yaml 还缺：秀兰阿姨、张女士家\n" in bare.output
    assert "briefs/客厅.yaml 还缺：秀兰阿姨\n" in bare.output
    assert "briefs/客厅.yaml　清单里没有写照片是在谁家拍的（2 张）\n" in bare.output
    assert "vidkit consent new 秀兰阿姨" in bare.output
    agreed(store, "秀兰阿姨")
    assert "briefs/厨房.yaml 还缺：张女士家\n" in run("check").output
    told = json.loads(run("check", "--json").stdout)["missing"]
    assert [(row["brief"], row["names"]) for row in told] == [
        ("briefs/厨房.yaml", ["张女士家"]),
        ("briefs/客厅.yaml", []),
    ]
    assert "还缺" not in run("check", "秀兰阿姨").output
    agreed(store, "张女士家")
    assert "还缺" not in run("check").output


def test_one_brief_and_the_rows_of_a_table_are_looked_at(store: Path) -> None:
    """A row may name a home of its own: it is told row by row, in the order of the table, and nothing else is."""
    agreed(store, "秀兰阿姨", "张女士家")
    (store / "briefs" / "客厅.yaml").write_text(BRIEF.replace("张女士家", "王女士家"), encoding="utf-8")
    (store / "表.csv").write_text("文件名,谁家\n一号,李大爷家\n二号,\n", encoding="utf-8")
    rows = run("check", "briefs/厨房.yaml", "--rows", "表.csv")
    assert rows.exit_code == 0
    assert [line for line in rows.stdout.splitlines() if "还缺" in line] == ["表.csv 第 2 行（一号） 还缺：李大爷家"]
    assert "表.csv 第 3 行（二号）　抖音：可以用" in rows.stdout
    assert "王女士家" not in rows.output
    alone = run("check", "briefs/客厅.yaml").output
    assert "briefs/客厅.yaml 还缺：王女士家" in alone
    assert "厨房" not in alone
    told = json.loads(run("check", "briefs/厨房.yaml", "--rows", "表.csv", "--json").stdout)
    assert [row["names"] for row in told["missing"]] == [["李大爷家"]]
    assert "VK-M024" in run("check", "--rows", "表.csv").stderr


def test_what_runs_out_within_a_month_is_said(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From thirty days before; afterwards it has ended."""
    agreed(store, "张女士家")
    for day, said in (
        ("2027-12-01", ""),
        ("2027-12-02", "再过 30 天"),
        ("2028-01-01", "再过 0 天"),
        ("2028-01-02", "已到期"),
    ):
        monkeypatch.setenv("VIDKIT_TODAY", day)
        assert said in run("check").output
        assert ("VK-S131" in run("check").output) == ("再过" in said)


def test_check_does_not_go_on_with_who_took_hers_back(store: Path) -> None:
    """The last line says to leave her out first, not to make it; with everybody's consent it is the command that makes it."""
    agreed(store, "张女士家", "秀兰阿姨")

    def last() -> str:
        return (
            CliRunner().invoke(program, ["check", "briefs/厨房.yaml"], catch_exceptions=False).stderr.splitlines()[-1]
        )

    assert last() == "接着：vidkit make briefs/厨房.yaml"
    consent_file.change(store / "consents/秀兰阿姨.yaml", {"withdrawn": "2026-11-25"}, cache.default())
    assert last() == ("先不要做：「秀兰阿姨」收回了同意。先换成别人的，或者去掉；改好了再 vidkit make briefs/厨房.yaml")


def test_list(store: Path) -> None:
    """Every consent with its state; none at all is said kindly."""
    assert "还没有同意书" in run("list").output
    agreed(store, "张女士家")
    run(
        "new",
        "豆豆",
        "--role",
        "child",
        "--until",
        "2027-12-01",
        "--platforms",
        "抖音",
        "--guardian",
        "李女士",
        "--relation",
        "妈妈",
    )
    said = run("list").output
    assert re.search(r"张女士家 +客户家 +有效 +2028-01-01", said)
    assert re.search(r"豆豆 +孩子 +还没签字", said)
    assert [row["state"] for row in json.loads(run("list", "--json").stdout)["consents"]] == ["good", "unsigned"]


# Taking back


def drafted(store: Path) -> None:
    """A draft made of the shop's brief, its home and its worker having agreed."""
    agreed(store, "张女士家", "秀兰阿姨")
    done = CliRunner().invoke(
        program, ["make", "briefs/厨房.yaml", "--draft", "--platform", "douyin"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What making that draft once left in the cache, for shops that make it again; nothing in it is of that shop alone."""
    folder = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as patch:
        drafted(a_shop(folder, patch, BRIEF))
    cached = folder / "cache"
    for name in told_of(cached, "厨房.yaml"):
        next(cached.rglob(name)).unlink()
    return cached


@pytest.fixture
def made(store: Path, encoded: Path) -> Path:
    """The shop with a draft made of its brief, and a pack in its archive that was posted."""
    shutil.copytree(encoded, store.parent / "cache", dirs_exist_ok=True)
    drafted(store)
    pack = store / "archive" / "2026-11-20-厨房"
    pack.mkdir(parents=True)
    (pack / "douyin.manifest.json").write_text(
        json.dumps({"called": "厨房", "consents": ["张女士家"]}), encoding="utf-8"
    )
    (pack / "douyin.zip").write_bytes(b"a pack")
    (pack / "posted.yaml").write_text(
        "发布:\n  - {平台: 抖音, 日期: 2026-11-21, 链接: https://example.com/1}\n  - {平台: 视频号, 日期: 2026-11-22, 撤下: 2026-11-23}\n",
        encoding="utf-8",
    )
    return store


def listed(folder: Path) -> dict[str, str]:
    """Every file of a folder with its hash."""
    return {str(f.relative_to(folder)): cache.sha256(f) for f in sorted(folder.rglob("*")) if f.is_file()}


def kept(shop_folder: Path) -> dict[str, str]:
    """What must never be deleted: everything but what was made."""
    return {
        name: digest
        for name, digest in listed(shop_folder).items()
        if not name.startswith(("out/", "consents/张女士家.yaml", "consents/张女士家-照片.txt"))
    }


def test_withdrawing_end_to_end(made: Path) -> None:
    """The day is one line; nothing goes without a yes; then what was made goes, in the cache too, and nothing else; the posts are told."""
    file = made / "consents/张女士家.yaml"
    before, others, parts = file.read_text(encoding="utf-8"), kept(made), listed(made.parent / "cache" / "parts")
    listing = run("withdraw", "张女士家", "--list")
    assert listing.exit_code == 0, listing.output
    for typed, code in (("", 2), ("n\n", 0)):
        assert run("withdraw", "张女士家", typed=typed).exit_code == code
        assert file.read_text(encoding="utf-8") == before
    asked = run("withdraw", "张女士家", "--keep", typed="y\n")
    assert asked.exit_code == 0, asked.output
    assert file.read_text(encoding="utf-8") == before + "撤回日期: 2026-11-26\n"
    assert "写错了：删掉 consents/张女士家.yaml 里「撤回日期」那一行" in asked.output
    assert re.search(r"out/厨房/draft（\d+ 个文件，来自 briefs/厨房.yaml）", asked.output)
    assert "douyin/clip.mp4" not in asked.output
    assert "抖音　「厨房」　2026-11-21 发的　https://example.com/1" in asked.output
    assert "视频号" not in asked.output
    assert asked.output.count("抖音　") == 1
    assert "做好的文件一个也没有删" in asked.output
    assert asked.output.index("抖音　") < asked.output.index("out/厨房/draft（")
    assert "photos 里这一家的照片" in asked.output
    assert (made / "out/厨房/draft/douyin/clip.mp4").is_file()
    (made / "out/厨房/draft/我的笔记.txt").write_text("mine", encoding="utf-8")
    done = run("withdraw", "张女士家", typed="y\n")
    assert done.exit_code == 0, done.output
    assert [f.name for f in (made / "out/厨房").rglob("*") if f.is_file()] == ["我的笔记.txt"]
    assert "还有 1 个文件没有删" in done.output
    assert kept(made) == others
    said = (made / "consents/张女士家-照片.txt").read_text(encoding="utf-8")
    assert said.count("\t是\t") == 2
    assert cache.sha256(made / "photos/a.jpg") in said
    gone = set(parts) - set(listed(made.parent / "cache" / "parts"))
    for kind in (".mp4", *cache.STOCK):
        assert any(name.endswith(kind) for name in gone)
        assert not [name for name in set(parts) - gone if name.endswith(kind)]
    assert file.read_text(encoding="utf-8") == before + "撤回日期: 2026-11-26\n"
    lost = CliRunner().invoke(program, ["check", "briefs/厨房.yaml"], catch_exceptions=False)
    assert "VK-S106" in lost.output


def told_of(cached: Path, *names: str) -> list[str]:
    """The JSON files of a cache that hold one of some names, openly or packed."""
    found = []
    for file in sorted(cached.rglob("*.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        packed = base64.b64decode(said.get("planned", "")) if isinstance(said, dict) else b""
        whole = json.dumps(said, ensure_ascii=False).encode() + packed
        found += [file.name] if any(name.encode() in whole for name in names) else []
    return found


def frame(brief: str) -> None:
    """A frame of a brief's clip, which is planned for it and the plan remembered."""
    done = CliRunner().invoke(program, ["frame", brief, "--at", "1", "-o", "a.png"], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def test_what_the_cache_remembers_of_her_goes(made: Path) -> None:
    """Her words and names in remembered runs and plans, told in numbers; examinations of photos stay, and what later runs of others remember."""
    parts = made.parent / "cache" / "parts"
    other = made / "briefs" / "别的.yaml"
    other.write_text(BRIEF.replace("张女士家", "不是客户家").replace("秀兰阿姨", "小周"), encoding="utf-8")
    seen = {file.name for file in parts.rglob("*.json")}
    hers = {file.name for file in parts.rglob("*.json") if '"outputs": ' in file.read_text(encoding="utf-8")}
    assert len(hers) == 1
    frame("briefs/厨房.yaml")
    frame("briefs/别的.yaml")
    plans = {file.name for file in parts.rglob("*.json")} - seen
    assert len(plans) == 2
    names = {*told_of(parts, "张女士家", "秀兰阿姨")}
    assert names == hers | plans  # the other brief's, too, was planned from the consents as they were
    listing = json.loads(run("withdraw", "张女士家", "--json").stdout)
    assert {*listing["cache"]} >= hers | plans
    asked = run("withdraw", "张女士家", "--list")
    assert f"缓存里 {len(listing['cache'])} 个文件" in asked.output
    gone = json.loads(run("withdraw", "张女士家", "--json", "--yes").stdout)
    assert {Path(name).name for name in gone["deleted"]} >= hers | plans
    left = {file.name for file in parts.rglob("*.json")}
    assert len(left & seen) >= 3  # photos and pairs that were examined
    assert not told_of(parts, "张女士家", "秀兰阿姨")
    frame("briefs/别的.yaml")
    again = run("withdraw", "张女士家", "--json", "--yes")
    assert json.loads(again.stdout)["cache"] == []


def test_what_no_manifest_names_any_more_goes_from_the_cache(made: Path) -> None:
    """Made, changed by a word, made again, then said to be nobody's home: parts of every run were left, and the last manifest names only its own."""
    parts, brief = made.parent / "cache" / "parts", made / "briefs/厨房.yaml"
    again = ["make", "briefs/厨房.yaml", "--draft", "--platform", "douyin"]
    for old, new in (("变个样", "换个样"), ("谁家: 张女士家", "谁家: 不是客户家")):
        brief.write_text(brief.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert CliRunner().invoke(program, again, catch_exceptions=False).exit_code == 0
    shutil.rmtree(made / "out")
    half = parts.parent / "tmp" / "vidkit-killed" / "segment.mp4"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"hers, half-made")
    examined = {file.name for file in parts.rglob("*.json")} - {*told_of(parts, "厨房.yaml")}
    theirs = parts.parent / "templates" / "a.jinja"
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("", encoding="utf-8")
    done = run("withdraw", "张女士家", "--yes")
    assert done.exit_code == 0, done.output
    assert {file.name for file in parts.rglob("*") if file.is_file()} == examined
    assert theirs.is_file()
    assert not half.exists()
    assert re.search(r"缓存里的画面、片子、PDF、声音全删了，\d+ 个文件", done.output)


def test_what_is_remembered_after_she_took_it_back_goes_with_its_brief(made: Path) -> None:
    """A brief that names her still: what a later run made and remembers is found by the brief."""
    assert run("withdraw", "张女士家", "--yes").exit_code == 0
    again = ["make", "briefs/厨房.yaml", "--draft", "--platform", "douyin"]
    assert CliRunner().invoke(program, again, catch_exceptions=False).exit_code == 0
    frame("briefs/厨房.yaml")
    parts = made.parent / "cache" / "parts"
    assert len(told_of(parts, "厨房.yaml")) == 2
    assert run("withdraw", "张女士家", "--yes").exit_code == 0
    assert not told_of(parts, "厨房.yaml")


def test_odd_files_in_the_cache_are_passed_over(made: Path) -> None:
    """Damaged, foreign, none at all: they stay, and nothing breaks."""
    folder = made.parent / "cache" / "parts" / "ab"
    folder.mkdir(exist_ok=True)
    bodies = (
        b"",
        b"[]",
        b'{"inputs": 3}',
        b'{"inputs": {}, "brief": []}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"inputs": {"a',
    )
    odd = [folder / f"{number:064x}-{0:064x}.json" for number, _ in enumerate(bodies)]
    for file, body in zip(odd, bodies, strict=True):
        file.write_bytes(body)
    theirs = folder / "notes.json"
    theirs.write_text(json.dumps({"inputs": {}, "brief": str(made / "briefs/厨房.yaml")}), encoding="utf-8")
    (folder / f"{8:064x}-{0:064x}.json").mkdir()
    gone = json.loads(run("withdraw", "张女士家", "--json", "--yes").stdout)
    assert gone["cache"]
    assert all(file.is_file() for file in (*odd, theirs))


def test_taking_back_stopped_anywhere_is_done_by_doing_it_again(
    made: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After whichever file it was killed: the same command finds all that is left, in the cache too."""
    parts, before = made.parent / "cache" / "parts", tmp_path_factory.mktemp("before")
    for folder in (made / "out", parts):
        shutil.copytree(folder, before / folder.name)
    real, left = withdraw._removed, [10_000]

    def removed(file: Path) -> bool:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt(2)
        return real(file)

    monkeypatch.setattr(withdraw, "_removed", removed)
    assert run("withdraw", "张女士家", "--yes").exit_code == 0
    count, whole = 10_000 - left[0], listed(parts)
    for moment in sorted({1, 2, count // 2, count - 2, count - 1}):
        for folder in (made / "out", parts):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(before / folder.name, folder)
        left[0] = moment
        assert run("withdraw", "张女士家", "--yes").exit_code == 130
        left[0] = count
        run("withdraw", "张女士家", "--yes")
        assert not [name for name in listed(made / "out") if not name.startswith(MARKS)]
        assert listed(parts) == whole


def holding(folder: Path, made: Path | None = None) -> threading.Thread:
    """A run that writes to a brief's folder: it is done half a second after it began, when what it ``made`` appears there; it is at work already."""
    begun = threading.Event()

    def work() -> None:
        with lock.held(folder, cache.default()):
            begun.set()
            time.sleep(0.5)
            if made:
                shutil.copytree(made, folder, dirs_exist_ok=True)

    run_ = threading.Thread(target=work)
    run_.start()
    assert begun.wait(10)
    return run_


@pytest.mark.parametrize("name", ["厨房", "还没做过", "表格-1"])
def test_what_a_run_was_just_making_goes_too(name: str, made: Path, tmp_path: Path) -> None:
    """Its brief's folder is waited for and looked through then, also where nothing of hers lay before or no brief is called so; its parts in the
    cache go.
    """
    ready, cached = tmp_path / "ready", made.parent / "cache"
    shutil.copytree(made / "out/厨房/draft", ready)
    shutil.copytree(cached / "parts", tmp_path / "parts")
    if not name.startswith("表格"):
        (made / "briefs" / f"{name}.yaml").write_text(BRIEF, encoding="utf-8")
    assert run("withdraw", "张女士家", "--yes").exit_code == 0
    consent_file.change(made / "consents/张女士家.yaml", {"withdrawn": "2026-11-25"}, cache.default())
    whole = listed(cached / "parts")
    shutil.copytree(tmp_path / "parts", cached / "parts", dirs_exist_ok=True)
    shutil.copytree(ready, made / "out/厨房/draft")  # else there is nothing to do
    at_work = holding(made / "out" / name, ready)
    done = run("withdraw", "张女士家", "--yes")
    at_work.join()
    assert done.exit_code == 0, done.output
    assert not [one for one in listed(made / "out") if not one.startswith(MARKS)]
    assert listed(cached / "parts") == whole


def test_what_a_killed_publish_left_goes_too(made: Path) -> None:
    """A pack half-written, which no manifest names yet, and an older one that lost its name."""
    packs = made / "out/厨房/publish"
    (packs / ".douyin.new").mkdir(parents=True)
    (packs / ".douyin.new" / "clip.mp4").write_bytes(b"hers")
    older = packs / ".meituan.old"
    older.mkdir()
    (older / "clip.mp4").write_bytes(b"hers, too")
    said = {"vidkit": "1", "consents": ["张女士家"], "files": {"clip.mp4": cache.sha256(older / "clip.mp4")}}
    (older / "manifest.json").write_text(json.dumps(said | {"brief": {"path": "briefs/厨房.yaml"}}), encoding="utf-8")
    done = json.loads(run("withdraw", "张女士家", "--json", "--yes").stdout)
    assert "out/厨房/publish/meituan/clip.mp4" in done["deleted"]
    assert done["left"] == []
    assert not (made / "out/厨房").exists()


def test_a_folder_that_is_not_let_go_of_is_told(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is hers elsewhere goes all the same, the day is written, and the same command finishes it later."""
    monkeypatch.setitem(table("limits")["cache"], "lock_wait_seconds", 0.1)
    shutil.copytree(made / "out/厨房", made / "out/另一份")
    (working := cache.default().root / "tmp" / "vidkit-working").mkdir(parents=True)
    with lock.held(made / "out/厨房", cache.default()):
        done = run("withdraw", "张女士家", "--yes")
        told = json.loads(run("withdraw", "张女士家", "--json", "--yes").stdout)
    assert done.exit_code == 7
    assert "VK-S148" in done.output
    assert "再打一次 vidkit consent withdraw 张女士家" in done.output
    assert [one["code"] for one in told["problems"]] == ["VK-S148"]
    assert not (made / "out/另一份").exists()
    assert (made / "out/厨房/draft/douyin/clip.mp4").is_file()
    assert working.is_dir()
    assert "撤回日期: 2026-11-26" in (made / "consents/张女士家.yaml").read_text(encoding="utf-8")
    (later := working.with_name("vidkit-later")).mkdir()
    os.utime(later, (4e9, 4e9))
    again = run("withdraw", "张女士家", "--yes")
    assert again.exit_code == 0
    assert not (made / "out/厨房").exists()
    assert (working.exists(), later.exists()) == (False, True), "only what was there when it began"


def test_folders_are_held_one_brief_at_a_time_as_publish_does(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A brief's packs, then its folder; both are free again before the next brief: no two runs can wait for each other."""
    shutil.copytree(made / "out/厨房", made / "out/另一份")
    (made / "briefs" / "没有她.yaml").write_text(BRIEF.replace("张女士家", "不是客户家"), encoding="utf-8")
    steps, real = [], lock.held

    @contextmanager
    def held(folder: Path, store: cache.Cache) -> Iterator[None]:
        with real(folder, store):
            if not folder.is_relative_to(made / "out"):  # her consent's file
                yield
                return
            steps.append(("+", folder.relative_to(made / "out").as_posix()))
            yield
            steps.append(("-", folder.relative_to(made / "out").as_posix()))

    monkeypatch.setattr(lock, "held", held)
    assert run("withdraw", "张女士家", "--yes").exit_code == 0
    one = [("+", "{}/publish"), ("+", "{}"), ("-", "{}"), ("-", "{}/publish")]
    assert steps == [(sign, folder.format(name)) for name in ("厨房", "另一份") for sign, folder in one]


def test_a_brief_read_before_she_took_it_back_is_not_made(store: Path) -> None:
    """Of a long run, a brief's turn came after: it is refused, and nothing of it is there; read anew it is made with the plate."""
    agreed(store, "张女士家", "秀兰阿姨")
    files = [Path("briefs/厨房.yaml")]
    (item,) = batch.check(files, cache.default(), "douyin", today="2026-11-26", draft=True)
    assert not item.exit_code
    assert run("withdraw", "秀兰阿姨", "--yes").exit_code == 0
    order = make.Order(store / "out", cache.default(), draft=True)
    done = batch.make(item, order, lambda _frames: None)
    assert [one.code for one in done.problems] == [*(one.code for one in item.problems), "VK-S149"]
    assert done.exit_code == 2
    assert not listed(store / "out")
    (item,) = batch.check(files, cache.default(), "douyin", today="2026-11-26", draft=True)
    assert "VK-S106" in [one.code for one in item.problems]
    assert batch.make(item, order, lambda _frames: None).made


def test_drafts_are_no_posts_and_rows_are_said_to_be_rows(store: Path) -> None:
    """Nobody posts a draft; a brief that is no file is a table's row or gone."""
    agreed(store, "张女士家")
    for folder, brief in (("a", "briefs/厨房.yaml"), ("b", "briefs/一行"), ("a/draft", "briefs/厨房.yaml")):
        (store / "out" / folder).mkdir(parents=True)
        clips: dict[str, dict[str, str]] = {"douyin": {}} if folder != "a" else {"meituan": {}}
        said = {"vidkit": "1", "consents": ["张女士家"], "files": {}, "clips": clips, "brief": {"path": brief}}
        (store / "out" / folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    told = run("withdraw", "张女士家", "--list").output
    assert re.findall(r"(抖音|美团)　「(.+?)」", told) == [("美团", "厨房"), ("抖音", "一行")]
    assert "来自 briefs/厨房.yaml）" in told
    assert "表格里的一行「一行」" in told
    assert not (store / "consents/张女士家.yaml").read_text(encoding="utf-8").count("\n撤回日期")


def test_withdrawing_as_data(made: Path) -> None:
    """With ``--json`` nothing is asked, and deleted only with ``--yes``; with ``--archive`` the pack goes, its record stays."""
    told = json.loads(run("withdraw", "张女士家", "--json").stdout)
    assert told["deleted"] == told["written"] == []
    assert "\n撤回日期" not in (made / "consents/张女士家.yaml").read_text(encoding="utf-8")
    assert [row["platform"] for row in told["take_down"] if row["noted"]] == ["douyin"]
    assert told["archive"] == ["archive/2026-11-20-厨房"]
    assert told["cache"]
    gone = json.loads(run("withdraw", "张女士家", "--json", "--yes", "--archive").stdout)
    assert "archive/2026-11-20-厨房/douyin.zip" in gone["deleted"]
    assert (gone["written"], gone["photos_noted"]) == (["consents/张女士家.yaml"], ["consents/张女士家-照片.txt"])
    assert sorted(f.name for f in (made / "archive/2026-11-20-厨房").iterdir()) == [
        "douyin.manifest.json",
        "posted.yaml",
    ]
    assert json.loads(run("withdraw", "张女士家", "--json").stdout)["outputs"] == []
    assert not [file for file in (made / "out").rglob("*") if file.is_file()]


def test_a_later_run_that_makes_less_forgets_nobody(made: Path) -> None:
    """What the first run made is found when the second, for another platform and without her home and its photos, made other files; only that goes."""
    first = listed(made / "out/厨房/draft")
    brief = made / "briefs/厨房.yaml"
    for name, other in (("a", "c"), ("b", "d")):
        with Image.open(made / f"photos/{name}.jpg") as photo:
            ImageOps.mirror(photo).save(made / f"photos/{other}.jpg", quality=90)
    said = brief.read_text(encoding="utf-8").replace("谁家: 张女士家", "谁家: 不是客户家")
    brief.write_text(said.replace("a.jpg", "c.jpg").replace("b.jpg", "d.jpg"), encoding="utf-8")
    again = ["make", "briefs/厨房.yaml", "--draft", "--platform", "meituan"]
    assert CliRunner().invoke(program, again, catch_exceptions=False).exit_code == 0
    manifest = made / "out/厨房/draft/manifest.json"
    whole = json.loads(manifest.read_text(encoding="utf-8"))
    (older,) = whole["earlier"]
    assert older["files"] == {name: digest for name, digest in first.items() if name != "manifest.json"}
    assert (older["consents"], older["platforms"]) == (["秀兰阿姨", "张女士家"], ["douyin"])
    told = json.loads(run("withdraw", "张女士家", "--json", "--yes").stdout)
    assert {name for name in told["deleted"] if "/draft/" in name} == {
        f"out/厨房/draft/{name}" for name in older["files"]
    }
    assert told["cache"]
    assert listed(manifest.parent).keys() == {*whole["files"], "manifest.json"}
    assert json.loads(manifest.read_text(encoding="utf-8")) == {n: v for n, v in whole.items() if n != "earlier"}
    assert json.loads(run("withdraw", "张女士家", "--json").stdout)["outputs"] == []


def test_posts_of_earlier_runs_are_told(store: Path) -> None:
    """They may still be online; when her own run goes, the manifest keeps what an earlier one left of others."""
    agreed(store, "张女士家", "秀兰阿姨")
    folder = store / "out/厨房"
    (folder / "kuaishou").mkdir(parents=True)
    (folder / "kuaishou/clip.mp4").write_bytes(b"a clip")
    files = {"kuaishou/clip.mp4": cache.sha256(folder / "kuaishou/clip.mp4")}
    older = {"files": files, "platforms": ["kuaishou"], "consents": ["张女士家"]}
    said: dict[str, Any] = {"vidkit": "1", "consents": ["秀兰阿姨"], "files": {}, "clips": {"douyin": {}}}
    said |= {"brief": {"path": "briefs/厨房.yaml"}, "earlier": [older, 3]}
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    for who, where in (("张女士家", "kuaishou"), ("秀兰阿姨", "douyin")):
        told = json.loads(run("withdraw", who, "--json").stdout)
        assert [row["platform"] for row in told["take_down"]] == [where]
    run("withdraw", "秀兰阿姨", "--yes")
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["earlier"] == [older]
    assert (folder / "kuaishou/clip.mp4").is_file()
    run("withdraw", "张女士家", "--yes")
    assert not folder.exists()


def test_withdrawing_what_nobody_has(made: Path) -> None:
    """An unknown name is refused with the known ones; without a consent what was made is found all the same."""
    nobody = run("withdraw", "没有")
    assert nobody.exit_code == 2
    assert "VK-S132" in nobody.output
    (made / "consents/张女士家.yaml").unlink()
    assert "out/厨房/draft（" in run("withdraw", "张女士家", "--list").output


def test_a_faulty_consent_can_be_taken_back(store: Path) -> None:
    """The line is added where the file is written line by line; elsewhere what to write is told."""
    file = store / "consents" / "王.yaml"
    file.write_text("同意人: 王\n身份: 老板\n", encoding="utf-8")
    assert run("withdraw", "王", "--yes").exit_code == 0
    assert file.read_text(encoding="utf-8") == "同意人: 王\n身份: 老板\n撤回日期: 2026-11-26\n"
    file.write_text("{同意人: 王, 身份: 客户}\n", encoding="utf-8")
    told = run("withdraw", "王", "--yes")
    assert told.exit_code == 2
    assert "VK-S130" in told.output
    assert "VK-S160: 「王」的同意书还算数：收回的日子没有写进 consents/王.yaml" in told.output
    assert "撤回日期: 2026-11-26" in told.output
    asked = run("withdraw", "王", "--json", "--yes")
    said = json.loads(asked.stdout)
    assert (asked.exit_code, said["day"], said["written"]) == (2, None, [])
    assert [one["code"] for one in said["problems"]] == ["VK-S130", "VK-S160"]
    assert file.read_text(encoding="utf-8") == "{同意人: 王, 身份: 客户}\n"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "null",
        '{"vidkit": 1, "files": {}}',
        '{"vidkit": "1", "files": []}',
        '{"vidkit": "1", "files": {}, "brief": 3}',
        '{"vidkit": "1", "files": {"a": 3}, "consents": "张女士家"}',
        '{"vidkit": "1", "files": {}, "consents": [3, null], "clips": [1]}',
        "[" * 100000,
    ],
    ids=range(9),
)
def test_odd_manifests_are_passed_over(said: str, store: Path) -> None:
    """Nothing is found in them, and nothing breaks."""
    (store / "out" / "x").mkdir(parents=True)
    (store / "out" / "x" / "manifest.json").write_text(said, encoding="utf-8")
    agreed(store, "张女士家")
    told = json.loads(run("withdraw", "张女士家", "--json", "--yes").stdout)
    assert told["outputs"] == told["deleted"] == []


def test_a_lying_manifest_deletes_nothing_of_others(store: Path) -> None:
    """Paths that lead out, links, and files that are not what it says are left."""
    agreed(store, "张女士家")
    folder = store / "out" / "x"
    folder.mkdir(parents=True)
    photo = store / "photos" / "a.jpg"
    (folder / "link.jpg").symlink_to(photo)
    (folder / "mine.jpg").write_bytes(b"changed since")
    digest = cache.sha256(photo)
    files: dict[str, Any] = {"../../photos/a.jpg": digest, "link.jpg": digest, "mine.jpg": digest, str(photo): digest}
    said = {"vidkit": "1", "consents": ["张女士家"], "files": files, "clips": {"douyin": {"segments": ["../x", 3]}}}
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    told = json.loads(run("withdraw", "张女士家", "--json", "--yes").stdout)
    assert told["deleted"] == ["out/x/manifest.json"]
    assert photo.is_file()
    assert (folder / "mine.jpg").is_file()
    assert "out/x/mine.jpg" in told["left"]
    area = places.area(store, store / "out", cache.default())
    assert withdraw.find("谁", consents.Ledger(store), area).outputs == ()


# The form


def filled(role: str, *, full: bool) -> Filled:
    """A form with everything known, in long words, or blank."""
    platforms = ("抖音", "快手", "视频号", "小红书", "美团", "公众号", "朋友圈")
    if not full:
        return Filled(role, platforms)
    return Filled(
        role,
        platforms,
        name="观山湖欧阳王女士和李先生的家里头",
        called="秀兰阿姨",
        shop="贵阳邻里净家政服务有限公司",
        ends="2036年12月31日",
        guardian="欧阳女士",
        relation="外孙女",
    )


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("role", ROLES)
def test_the_form(role: str, *, full: bool) -> None:
    """At most three sheets of A4, numbered, no letters under 14 pt, everything on the sheet, a box for publishing of its own, no box ticked."""
    sheets = consent_form.sheets(filled(role, full=full))
    assert 2 <= len(sheets) <= 3
    words = "".join(re.findall(r">([^<]+)</text>", "".join(one.svg for one in sheets)))
    for number, sheet in enumerate(sheets, 1):
        sizes = [int(size) for size in re.findall(r'font-size="(\d+)"', sheet.svg)]
        assert min(sizes) >= 14 / 72 * consent_form.DPI - 0.5
        assert f"第 {number} 页，共 {len(sheets)} 页" in sheet.svg
        if not full:
            continue
        ink = graphics.rasterise(sheet.svg, sheet.size[0] // 4, sheet.size[1] // 4)[..., 3]
        assert ink.any()
        assert not any(edge.any() for edge in (ink[:15], ink[-15:], ink[:, :22], ink[:, -22:]))
    for said in ("单独问一句：发到网上", "随时可以说“不同意了”", "用到哪一天", "要找的人和电话", "来拍的人签字"):
        assert said in words.replace("“", "“")
    assert ("监护人签字" in words) == (role in {"child", "elder"})
    assert ("另外同意：看得出我生病" in words) == (role in {"customer", "elder"})
    assert all(
        (one in words) == (role == "child")
        for one in ("另外同意：打了 ✓ 的孩子的样子", "孩子签字（14", "孩子不满 14 岁")
    )
    assert ("我满 18 岁了" in words) == (role == "worker")
    (signed,) = (one.svg for one in sheets if "9. 签字" in one.svg)
    assert all(
        one in signed for one in (*("监护人签字",) * (role in {"child", "elder"}), "是我自己愿意的", "来拍的人签字")
    )
    assert "{" not in words


def test_the_form_is_the_same_twice() -> None:
    """Byte for byte, and each sheet a page of the PDF."""
    said = filled("worker", full=True)
    made = consent_form.document(said)
    assert consent_form.sheets(said) == consent_form.sheets(said)
    assert made.count(b"/Type /Page ") == len(consent_form.sheets(said))
    assert b"/Count 2" in made
    assert len(consent_form.assessed(said)) == 1
    assert consent_form.assessment(said) == consent_form.assessment(said)


def test_a_form_names_the_shop_however_its_brand_is_typed(store: Path) -> None:
    """As a brief finds the brand: by any of its names, whatever the width and case; as it is registered, with the name people know."""
    branding.write(branding.Answers("Abc家政", "阿贝家政", "", "", "#2E8B57", "abc"), store)
    for typed in ("Abc家政", "ＡＢＣ家政", "ABC"):
        (store / "vidkit.yaml").write_text(f"品牌: {typed}\n", encoding="utf-8")
        assert consenting._shop() == "阿贝家政", typed
    branding.write(branding.Answers("静静家政", "静静家政", "", "贵阳阿静服务有限公司", "#2E8B57", "jing"), store)
    (store / "vidkit.yaml").write_text("品牌: 静静家政\n", encoding="utf-8")
    assert consenting._shop() == "贵阳阿静服务有限公司（静静家政）"
    (store / "vidkit.yaml").write_text("地区: 贵阳\n", encoding="utf-8")
    assert consenting._shop() == ""


def test_forms_by_command(store: Path) -> None:
    """Of a consent, a blank one, with the sheet on risks; only as PDF."""
    assert run("new", "张女士家", "--role", "home", "--until", "2028-01-01", "--platforms", "抖音").exit_code == 0
    assert run("form", "张女士家", "-o", "表.pdf", "--risks").exit_code == 0
    assert (store / "表.pdf").read_bytes() == (store / "consents/张女士家-同意书.pdf").read_bytes()
    assert (store / "表-发之前想一想.pdf").is_file()
    assert run("form", "--role", "老人").exit_code == 0
    assert (store / "空白-同意书.pdf").is_file()
    assert "VK-S141" in run("form", "-o", "a.png").output
    assert "VK-S151" in run("form", "没有").output


def test_what_looking_left_in_stock_goes_when_nothing_else_is_left(made: Path) -> None:
    """Somebody looked at her photos after everything of hers was gone: the same command empties the stock, and asks nothing."""
    parts = made.parent / "cache" / "parts"

    def stock() -> list[str]:
        return [name for name in listed(parts) if name.endswith(cache.STOCK)]

    assert run("withdraw", "张女士家", "--yes").exit_code == 0
    assert not stock()
    looked = ["sheet", "briefs/别的.yaml", "-o", "a.png"]
    (made / "briefs" / "别的.yaml").write_text(BRIEF.replace("张女士家", "不是客户家"), encoding="utf-8")
    assert CliRunner().invoke(program, looked, catch_exceptions=False).exit_code == 0
    assert stock()
    for kept in ("--list", "--keep"):
        assert run("withdraw", "张女士家", kept).exit_code == 0
        assert stock()
    assert run("withdraw", "张女士家").exit_code == 0
    assert not stock()
