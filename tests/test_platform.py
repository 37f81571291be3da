"""Platform files: what they say, where each number is from, and what is said about a broken one."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from vidkit import kit
from vidkit.kits import platform
from vidkit.problems import Place, Refusal

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(platform.HERE.glob("*.yaml"))
SEVEN = {"douyin", "kuaishou", "wechat-channels", "xiaohongshu", "meituan", "official-account", "moments"}
every_platform = pytest.mark.parametrize("one", platform.all_platforms(), ids=lambda one: one.id)
every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def bare_numbers(data: Any, path: str = "") -> list[str]:
    """The paths of numbers and switches that stand outside a block with its origin."""
    if isinstance(data, dict) and {"value", "source", "checked_on", "confidence"} <= set(data):
        return []
    if isinstance(data, dict):
        return [p for key, inner in data.items() for p in bare_numbers(inner, f"{path}.{key}")]
    if isinstance(data, list):
        return [p for i, inner in enumerate(data) for p in bare_numbers(inner, f"{path}.{i}")]
    return [path] if isinstance(data, bool | int | float) else []


def broken(folder: Path, old: str, new: str, stem: str = "douyin") -> Refusal:
    """The refusal of a copy of a platform file with one text replaced."""
    text = (platform.HERE / f"{stem}.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / f"{stem}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        platform.load(stem, (folder,))
    return refusal.value


def test_the_seven_are_there() -> None:
    """Every platform of the main job has a file, and each file's name is its id."""
    assert SEVEN <= {file.stem for file in FILES} == {one.id for one in platform.all_platforms()}


@every_file
def test_no_number_without_an_origin(file: Path) -> None:
    """Every number stands in a block with source, checked_on and confidence, and every source is spelled out and used."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert bare_numbers(data) == []
    found = platform.facts(file.stem)
    assert all(fact.source and fact.confidence in "ABCX" for fact in found)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", fact.checked_on) for fact in found)
    assert {code for fact in found for code in re.findall(r"\[([A-Z0-9]+)\]", fact.source)} == set(data["sources"])


@every_platform
def test_every_value_is_plain(one: platform.Platform) -> None:
    """A platform is a value: hashable, equal to itself read again."""
    assert hash(one) == hash(platform.load(one.id))
    assert one == platform.load(one.id)


@every_platform
def test_the_safe_box_lies_clear_of_the_apps_own_interface(one: platform.Platform) -> None:
    """No overlay rectangle touches the safe box, and all of them lie on the canvas."""
    width, height = one.canvas
    safe = one.safe
    assert 0 < safe.left < safe.narrow_right <= safe.right < width
    assert 0 < safe.top < safe.narrow_from_y < safe.bottom < height
    for box in one.overlay:
        assert 0 <= box.left < box.right <= width
        assert 0 <= box.top < box.bottom <= height
        beside = box.right <= safe.left or box.left >= safe.right
        assert beside or box.bottom <= safe.top or box.top >= safe.bottom


@pytest.mark.parametrize("name", sorted(SEVEN))
def test_the_seven_share_one_safe_box(name: str) -> None:
    """Their clips are laid out alike, so that one brief is painted once; a platform with a box of its own costs a painting of its own."""
    safe, usual = platform.load(name).safe, platform.SafeBox(60, 240, 920, 1440, 880, 900)
    assert safe == usual, f"{name}: with another safe box no segment is shared; if it must be, take it out of SEVEN"


@every_platform
def test_all_platforms_share_one_master(one: platform.Platform) -> None:
    """Canvas, frame rate, rate and size caps are the same, so segments can be shared."""
    assert (one.canvas, one.fps, one.max_video_kbps, one.max_bytes) == ((1080, 1920), 30, 12000, 100_000_000)


@every_platform
def test_covers_are_named_by_their_shape(one: platform.Platform) -> None:
    """A cover's name is its ratio, in a file name's letters, and says the truth within one per cent."""
    assert one.covers
    for cover in one.covers:
        across, down = map(int, cover.name.split("x"))
        assert cover.width / cover.height == pytest.approx(across / down, rel=0.01)
        assert cover.width % 2 == 0 or cover.height % 2 == 1


@every_platform
def test_calls_to_action_name_no_other_platform_and_no_contact(one: platform.Platform) -> None:
    """The end card's words obey the platform's own rules and fit two lines."""
    others = {name for p in platform.all_platforms() if p != one for name in (p.title_zh, *p.aliases) if len(name) > 1}
    for words in one.calls_to_action:
        assert not re.search(r"\d|微信|电话|扫码|二维码|私信", words)
        assert not [name for name in others - {*one.names} if name in words and name != "点评"]
        assert 5 <= len(words) <= 20


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("douyin", "douyin"),
        ("抖音", "douyin"),
        (" Douyin ", "douyin"),
        ("视频号", "wechat-channels"),
        ("wechat_channels", "wechat-channels"),
        ("WeChat Channels", "wechat-channels"),
        ("大众点评", "meituan"),
        ("朋友圈", "moments"),
        ("公众号", "official-account"),
        ("红书", "xiaohongshu"),
        ("ｄｏｕｙｉｎ", "douyin"),
        ("ＷｅＣｈａｔ＿Ｃｈａｎｎｅｌｓ", "wechat-channels"),
    ],
)
def test_a_platform_answers_to_its_names(written: str, meant: str) -> None:
    """Chinese, English, aliases, any case and width, blanks and underscores lead to the same platform."""
    assert platform.load(written).id == meant


def test_an_unknown_name_is_refused_where_it_stands() -> None:
    """The refusal names the place in the brief and lists what there is, the nearest first."""
    with pytest.raises(Refusal) as refusal:
        platform.load("kuaishuo", place=Place("a.yaml", 3, 7))
    (problem,) = refusal.value.problems
    assert (problem.code, problem.place, problem.exit_code) == ("VK-L001", Place("a.yaml", 3, 7), 2)
    assert problem.hint("zh").startswith("可以写：快手（kuaishou）")
    assert "小红书（xiaohongshu）" in problem.hint("zh")


def test_limits_are_the_researched_ones() -> None:
    """The numbers other parts lean on: the shorter lengths, titles and topics."""
    limits = {p.id: (p.max_seconds, p.text.title_max, p.text.topics_max) for p in platform.all_platforms()}
    assert limits["moments"] == (30, 0, 0)
    assert limits["meituan"][0] == 60
    assert limits["douyin"][1:] == (30, 5)
    assert limits["kuaishou"][1:] == (30, 4)
    assert limits["xiaohongshu"][1:] == (20, 10)
    assert (platform.load("视频号").text.title_min, limits["wechat-channels"][1]) == (6, 16)


def test_a_project_file_adds_a_platform_and_comes_first(tmp_path: Path) -> None:
    """A file in the project's folder adds a platform, or takes the place of the package's own."""
    text = (platform.HERE / "douyin.yaml").read_text(encoding="utf-8")
    other = text.replace("id: douyin", "id: village").replace("zh: 抖音, en: Douyin", "zh: 村里的喇叭, en: Village")
    (tmp_path / "village.yaml").write_text(other.replace("[抖音短视频, dy]", "[喇叭]"), encoding="utf-8")
    (tmp_path / "douyin.yaml").write_text(text.replace("value: 900,", "value: 60,"), encoding="utf-8")
    assert platform.load("喇叭", (tmp_path,)).title_zh == "村里的喇叭"
    assert platform.load("抖音", (tmp_path,)).max_seconds == 60
    assert len(platform.names((tmp_path,))) == len(FILES) + 1


def test_a_new_platform_is_posted_as_everywhere(tmp_path: Path) -> None:
    """All that belongs to one platform alone stands in its file; one that says nothing of posting has no steps of its own, covers, and no posters."""
    text = (platform.HERE / "moments.yaml").read_text(encoding="utf-8").partition("posting:")[0]
    other = text.replace("id: moments", "id: village").replace("朋友圈, en: WeChat Moments", "村里的喇叭, en: Village")
    other = re.sub(r"aliases: .*", "aliases: []}", other)
    (tmp_path / "village.yaml").write_text(other.replace("  PUB:", "  OLD:"), encoding="utf-8")
    one = platform.load("village", (tmp_path,))
    assert (one.posting, one.family, one.also, one.allows_words_on_covers) == (platform.Posting(), "village", (), True)
    assert platform.load("moments").family == platform.load("公众号").family == platform.load("视频号").family


def test_no_table_but_its_own_file_names_a_platform() -> None:
    """What is true of a single platform stands in its file: no other data names one by its id as a key or in a list."""
    data = (*platform.HERE.parent.rglob("data/**/*.yaml"), *(kit.bundled() / "templates").rglob("*.yaml"))
    told = [(file.name, name) for file in data for name in _keys_and_lists(yaml.safe_load(file.read_bytes())) & SEVEN]
    assert {*told} == {("platforms.yaml", "douyin"), ("licences.yaml", "douyin")}  # words people write


def _keys_and_lists(data: Any) -> set[str]:
    """Every key of mappings and every text of lists."""
    if isinstance(data, dict):
        return {str(key) for key in data}.union(*map(_keys_and_lists, data.values()))
    if isinstance(data, list):
        return {one for one in data if isinstance(one, str)}.union(*map(_keys_and_lists, data))
    return set()


def test_two_platforms_with_one_name_are_refused(tmp_path: Path) -> None:
    """A second file with the same alias says which two files quarrel."""
    text = (platform.HERE / "douyin.yaml").read_text(encoding="utf-8")
    (tmp_path / "copy.yaml").write_text(text.replace("id: douyin", "id: copy"), encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        platform.names((tmp_path,))
    (told,) = refusal.value.problems
    assert told.message("zh") == "平台的名字“douyin”有两个文件在用：copy.yaml、douyin.yaml"
    lines = (tmp_path / "copy.yaml").read_text(encoding="utf-8").splitlines()
    assert told.place
    assert (told.place.file.rpartition("/")[2], lines[told.place.line - 1][:6]) == ("copy.yaml", "names:")


def test_what_is_only_shown_need_not_be_written(tmp_path: Path) -> None:
    """Whether shops may sign their pictures decides nothing: a file without is the same platform."""
    text = (platform.HERE / "douyin.yaml").read_text(encoding="utf-8")
    told = {"rules.watermark"}
    assert told <= {fact.path for fact in platform.facts("douyin")}
    lines = [line for line in text.splitlines() if not line.strip().startswith("watermark:")]
    (tmp_path / "douyin.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert platform.load("douyin", (tmp_path,)) == platform.load("douyin")
    assert not told & {fact.path for fact in platform.facts("douyin", (tmp_path,))}


@pytest.mark.parametrize(
    ("old", "new", "code", "line_has"),
    [
        ("id: douyin", "id: duoyin", "VK-L005", "id:"),
        ("caption_group: short-video\n", "", "VK-L003", ""),
        ("zh: 抖音", "zh: ''", "VK-L005", "names:"),
        ("aliases: [抖音短视频, dy]", "aliases: dy", "VK-L005", "names:"),
        ("video:\n", "vidoe:\n", "VK-L004", "vidoe:"),
        ("max_kbps", "max_kbits", "VK-L004", "max_kbits"),
        ("fps: {value: 30,", "fps: {value: '30',", "VK-L005", "fps"),
        ("fps: {value: 30,", "fps: {value: true,", "VK-L005", "fps"),
        ("value: [1080, 1920]", "value: [1080]", "VK-L005", "size"),
        ("source: DY1, checked_on: 2026-11-22, confidence: A}", "checked_on: 2026-11-22}", "VK-L006", "max_seconds"),
        ("source: AA, ", "source: '', ", "VK-L006", "fps"),
        ("source: AA, ", "source: [], ", "VK-L006", "fps"),
        ("source: AA, ", "source: NOWHERE, ", "VK-L005", "fps"),
        ("source: AA, ", "source: [AA, NOWHERE], ", "VK-L005", "fps"),
        ("source: AA, ", "source: [[AA]], ", "VK-L005", "fps"),
        ("checked_on: 2026-11-22", "checked_on: yesterday", "VK-L005", "size"),
        ("confidence: B", "confidence: sure", "VK-L005", "size"),
        ("top: 240", "top: 1300", "VK-L008", "safe_box"),
        ("right: 160", "right: 600", "VK-L008", "safe_box"),
        ("y: 880, right: 180", "y: 880, right: 1020", "VK-L008", "safe_box"),
        ("top: 240", "top: 190", "VK-L009", "top-bar"),
        ("y: 880, right: 180", "y: 880, right: 150", "VK-L009", "right-column"),
        ("bottom: 480", "bottom: 400", "VK-L009", "words"),
        ("confidence: B}", "confidence: B, sure: yes}", "VK-L004", "size"),
        ("value: forbid", "value: [maybe]", "VK-L005", "watermark"),
        ("value: codepoints", "value: bytes", "VK-L005", "title_count"),
        ("right_below: {y: 880, right: 180}", "right_below: 180", "VK-L005", "safe_box"),
        ("value: [0, 0, 1080, 200]", "value: [9, 0, 9, 200]", "VK-L005", "top-bar"),
        ("{name: 3x4, ", "{", "VK-L003", "covers"),
        ("sources:\n", "sauces:\n", "VK-L003", ""),
        ("also: [抖店, 抖音商城]", "also: 抖店", "VK-L005", "names:"),
        ("  declare_at: {value: {zh:", "  declare_at: {value: {cn:", "VK-L005", "declare_at"),
        ("      - {zh: 打开抖音", "      - {cn: 打开抖音", "VK-L005", "steps"),
        ("posting: #", "poasting: #", "VK-L004", "poasting"),
        ("id: douyin", "id: [douyin", "VK-L002", ""),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, code: str, line_has: str) -> None:
    """Each kind of fault has its code and points at the line it is on; nothing is a traceback."""
    refusal = broken(tmp_path, old, new)
    found = [p for p in refusal.problems if p.code == code]
    assert found, refusal
    assert refusal.exit_code == 4
    place = found[0].place
    assert place is not None
    lines = (tmp_path / "douyin.yaml").read_text(encoding="utf-8").splitlines()
    assert line_has in lines[place.line - 1]
    assert all(p.message(language) and p.hint(language) for p in refusal.problems for language in ("zh", "en"))
    assert not re.search(r"\{[a-z]+\}", found[0].message("zh") + found[0].hint("en"))


def test_what_is_there_and_wrong_is_not_called_missing(tmp_path: Path) -> None:
    """An origin that nobody knows is told with what may stand there, where it stands."""
    (told,) = broken(
        tmp_path, "checked_on: 2026-11-22, confidence: A}", "checked_on: 2026-11-22, confidence: Z}"
    ).problems
    assert told.message("zh").startswith("“video.max_seconds.confidence”写的是 Z")
    assert told.hint("zh") == "应该像这样：A / B / C / X"
    (told,) = broken(tmp_path, "source: AA, ", "source: [AA, NOWHERE], ").problems
    assert (told.message("zh"), told.place and told.place.column) == (
        "“video.fps.source”写的是 NOWHERE，这里不能这样写",
        20,
    )


def test_no_words_have_room_in_a_box_that_is_none(tmp_path: Path) -> None:
    """It says what is left, and how much must be."""
    (told,) = broken(tmp_path, "top: 240, right: 160, bottom: 480", "top: 1300, right: 160, bottom: 600").problems
    assert told.message("zh") == "safe_box 四边让掉以后只剩 840×20 像素，字放不下"
    assert "760×1000" in told.hint("zh")


def test_all_gaps_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """Two faults give two problems in file order."""
    refusal = broken(tmp_path, "  fps:", "  fpz:")
    assert {problem.code for problem in refusal.problems} == {"VK-L003", "VK-L004"}


@pytest.mark.parametrize("written", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_file_saved_by_any_editor_is_read(tmp_path: Path, written: str) -> None:
    """Saved by Notepad as ANSI or Unicode it says the same; what cannot be read is told with its line and what to do."""
    text = (platform.HERE / "douyin.yaml").read_text(encoding="utf-8")
    (tmp_path / "douyin.yaml").write_bytes(text.replace("\n", "\r\n").encode(written))
    assert platform.load("douyin", (tmp_path,)) == platform.load("douyin")
    (tmp_path / "douyin.yaml").write_bytes("id: douyin\nnames: café\n".encode("latin-1"))
    with pytest.raises(Refusal) as refusal:
        platform.load("douyin", (tmp_path,))
    (found,) = refusal.value.problems
    assert (found.code, found.place and found.place.line) == ("VK-L002", 2)
    assert "编码选 UTF-8" in found.message("zh")


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"\xff\xfe\xfa", b"just words"])
def test_a_file_that_is_no_platform_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty file, a list, other bytes and a sentence are told apart from a platform."""
    (tmp_path / "douyin.yaml").write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        platform.load("douyin", (tmp_path,))
    assert refusal.value.problems[0].code == "VK-L002"


def test_a_folder_named_like_a_platform_is_refused(tmp_path: Path) -> None:
    """A folder in the place of a file is a file that cannot be read."""
    shutil.copytree(platform.HERE, tmp_path / "douyin.yaml")
    with pytest.raises(Refusal) as refusal:
        platform.load("douyin", (tmp_path,))
    assert refusal.value.problems[0].code == "VK-L002"
