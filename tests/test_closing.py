"""The end of ``make``: what lies where, whether it may be posted, what is still to be filled in, what comes next."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from vidkit.commands.closing import Ended, Way, say_end, say_files, waiting
from vidkit.people import consent
from vidkit.problems import messages, problem
from vidkit.tables import table

FILES = {
    "douyin": ("clip.mp4", "clip.srt", "clip.vtt", "cover-3x4.jpg", "cover-4x3.jpg", "caption.txt"),
    "meituan": ("clip.mp4", "cover-3x2.jpg", "caption.txt", "package.txt", "reply.txt"),
    "pairs": ("pair-1.jpg", "pair-2.jpg", "grid-1.jpg"),
    "": ("poster-1x1.png", "poster-a4.pdf", "poster-a4.png", "manifest.json"),
}
HOME = problem("VK-S102", count=4)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDKIT_LANG", "zh")


def ended(name: str = "客厅", *said: object, kept: bool = False) -> Ended:
    """A brief whose files lie there; the package of its words is still to be filled in."""
    folder = Path("out", name)
    files = [folder / where / file for where, names in FILES.items() for file in names]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("时长：（请填：几个小时）" if file.name == "package.txt" else "好", encoding="utf-8")
    return Ended(Path(f"{name}.yaml"), folder, tuple(files), said, kept=kept)  # type: ignore[arg-type]  # problems


def told(capsys: pytest.CaptureFixture[str], *those: Ended, way: Way | None = None) -> list[str]:
    """The last lines of a run."""
    say_end(those, way or Way())
    said = capsys.readouterr()
    assert not said.out
    return said.err.splitlines()


def test_each_folder_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """By the platform's Chinese name, with what lies in it; the record of the files is not told."""
    say_files(ended())
    assert capsys.readouterr().out.splitlines() == [
        "抖音: out/客厅/douyin/ 短片、字幕、2 张封面、文案",
        "美团: out/客厅/meituan/ 短片、封面、文案、package.txt、reply.txt",
        "对比图: out/客厅/pairs/ 2 张前后对比图、九宫格",
        "海报: out/客厅/ 2 张海报、打印用的 PDF",
    ]


def test_a_platform_nobody_knows_any_more_has_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    """Its file was removed since."""
    file = Path("out/a/nowhere/clip.mp4")
    say_files(Ended(Path("a.yaml"), Path("out/a"), (file,)))
    assert capsys.readouterr().out == "nowhere: out/a/nowhere/ 短片\n"


def test_what_lacks_a_consent_is_told_not_to_be_posted(capsys: pytest.CaptureFixture[str]) -> None:
    """Each cause once, whatever the platforms; other notes are none."""
    assert told(capsys, ended("客厅", HOME, HOME, problem("VK-K005", name="邻里净"))) == [
        "做好了：2 条短片、3 张封面、2 张海报，在 out/客厅",
        "还不能发：清单里没有写照片是在谁家拍的（4 张），现在每一秒都带「样片·未获同意」",
        "美团的 package.txt 有「请填」的地方，照实填好再用",
        "发之前，看看脸和码遮好没有：vidkit privacy 客厅.yaml -o 看一看.png",
        "下一步：照上面 VK-S102 的建议补好，再打 vidkit publish 客厅.yaml",
    ]
    lines = told(capsys, ended("客厅", HOME, problem("VK-S101", who="王姐", command="王姐")))
    assert lines[1:4] == [
        "还不能发（每一秒都带「样片·未获同意」）：",
        "  清单里没有写照片是在谁家拍的（4 张）",
        "  还没有「王姐」的同意书",
    ]
    assert "照上面 VK-S102、VK-S101 的建议补好" in lines[-1]


def test_what_may_be_posted_is_packed_next(capsys: pytest.CaptureFixture[str]) -> None:
    """With the options that the pack needs, too, and names in quotes where they need them."""
    lines = told(capsys, ended("客 厅"), way=Way(more=" -o out --platform 抖音"))
    assert not any("不能发" in line for line in lines)
    assert lines[-1] == '下一步：vidkit publish "客 厅.yaml" -o out --platform 抖音'


def test_drafts_and_the_example_are_not_for_posting(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says so, and what to do instead."""
    draft = told(capsys, ended("客厅", HOME), way=Way(draft=True))
    assert draft[1:] == [table("cli")["draft-note"]["zh"]]
    two = (
        Ended(Path(name), Path("out", name, "draft"), (Path("out", name, "draft/douyin/clip.mp4"),)) for name in "ab"
    )
    assert told(capsys, *two, way=Way(draft=True))[0] == "做好了 2 份清单：2 条短片，在 out"
    example = told(capsys, ended("kitchen", HOME), way=Way(example=True))
    assert example[1:] == ["这是例子，店和人都是虚构的，不要拿去发。自己做：vidkit new 厨房"]


def test_several_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """Those made, kept and failed are named; a cause is told once, with whose it is."""
    packs = [f"vidkit publish {name}.yaml" for name in "abc"]
    those = (ended("a", HOME), ended("b"), ended("c", HOME, kept=True), Ended(Path("d.yaml")))
    assert told(capsys, *those) == [
        "做好了 2 份清单：4 条短片、6 张封面、4 张海报，在 out",
        "以前就做好了、没有变的 1 份：c.yaml",
        "没做成的 1 份：d.yaml（照上面的错误改好，再来一次）",
        "还不能发（每一秒都带「样片·未获同意」）：",
        "  a.yaml、c.yaml：清单里没有写照片是在谁家拍的（4 张）",
        "a.yaml、b.yaml、c.yaml：美团的 package.txt 有「请填」的地方，照实填好再用",
        "发之前，看看脸和码遮好没有：vidkit privacy a.yaml -o 看一看.png 等",
        f"下一步：不能发的，用 vidkit check 看怎么补；补好一份一份来：{'、'.join(packs)}",
    ]
    assert told(capsys, ended("a"), ended("b"))[-1].startswith("下一步，一份一份来：vidkit publish a.yaml、")
    many = told(capsys, *(ended(name, HOME) for name in "abcde"))
    assert "  a.yaml、b.yaml、c.yaml 等：清单里没有写照片是在谁家拍的（4 张）" in many


def test_one_that_was_kept_or_is_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Of one that was kept nothing stands above; rows of a table are looked at together and packed together."""
    assert told(capsys, ended("客厅", HOME, kept=True))[-1] == (
        "下一步：打 vidkit check 客厅.yaml 看怎么补，补好再打 vidkit publish 客厅.yaml"
    )
    rows = told(capsys, ended("一"), ended("二"), way=Way(rows="厨房.yaml --rows 表.xlsx"))
    assert rows[-2:] == [
        "发之前，看看脸和码遮好没有：vidkit privacy 厨房.yaml --rows 表.xlsx -o 看一看.png",
        "下一步：vidkit publish 厨房.yaml --rows 表.xlsx",
    ]


def test_on_a_terminal_no_command_is_torn_apart(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are wrapped between the commands of several briefs."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    lines = told(capsys, ended("客厅"), ended("卧室"), way=Way(more=" -o 成品 --platform 抖音"))
    assert lines[-2:] == [
        "下一步，一份一份来：vidkit publish 客厅.yaml -o 成品 --platform 抖音、",
        "  vidkit publish 卧室.yaml -o 成品 --platform 抖音",
    ]


def test_where_nothing_was_made_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The errors say it."""
    assert told(capsys, Ended(Path("a.yaml"))) == []


def test_every_lack_is_known_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a post may lack of a consent, in both languages and however it is worded; of the cause only, not of what it brings."""
    said, asked = (set(re.findall(r"VK-[A-Z]+[0-9]+", inspect.getsource(one))) for one in (consent, consent.unasked))
    lacks = said - asked  # what stands against naming somebody brings no bands
    assert {"VK-S101", "VK-S119", "VK-S125", "VK-V019"} <= lacks
    for language in ("zh", "en"):
        monkeypatch.setenv("VIDKIT_LANG", language)
        assert {code for code in messages() if waiting(problem(code))} == lacks
        assert not any("样片" in waiting(problem(code)) for code in lacks)
