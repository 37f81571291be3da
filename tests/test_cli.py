"""The commands as people run them: words in two languages, exit codes, files, and that nothing half-done stays behind."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import cv2
import numpy as np
import pytest
import yaml
from click.testing import CliRunner, Result
from conftest import room
from PIL import Image

from vidkit import batch, cache, console, doctor, kit, outline, plan, problems
from vidkit.brief import MODELS
from vidkit.briefs import new
from vidkit.cli import program
from vidkit.commands import lookup
from vidkit.consoles import crashes, spelling, wrapping
from vidkit.kits import platform
from vidkit.photos import faces
from vidkit.photos import privacy as found
from vidkit.problems import Place, Refusal, messages, problem
from vidkit.program import without_comment
from vidkit.rules import said as seen
from vidkit.runs import faults, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.caption import Caption
    from vidkit.kits.platform import Platform
    from vidkit.make import Order
    from vidkit.plan import Script

ROOT = Path(__file__).parent.parent
CHINESE, ENGLISH = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[a-z]{3}")
TEMPLATES = sorted(name for name, _ in kit.template_names(kit.shelf()))
BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时，厨房变个样
服务: 深度保洁
对比:
  - {位置: 灶台, 前: p/before.jpg, 后: p/after.jpg}
"""


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small brief, its two photos, and a cache that the module's tests share."""
    folder = tmp_path_factory.mktemp("活 儿")
    (folder / "p").mkdir()
    for name in ("before", "after"):
        Image.fromarray(room(720, 960, 2, cleaned=name == "after")).save(folder / "p" / f"{name}.jpg", quality=95)
    (folder / "厨房.yaml").write_text(BRIEF, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _here(job: Path, hasty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del hasty
    monkeypatch.chdir(job)
    monkeypatch.setenv("VIDKIT_CACHE", str(job / "cache"))
    monkeypatch.setenv("VIDKIT_LANG", "zh")


def apart(stderr: str) -> str:
    """What is said besides the notes that the brand is an example and that nobody's consent is there."""
    return re.sub(r"[^\n]*VK-(K005|S1\d\d)[^\n]*\n[^\n]*\n", "", stderr)


def run(*arguments: str) -> Result:
    """The command run in this process."""
    return CliRunner().invoke(program, arguments, catch_exceptions=False)


def real(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """The command run as a program of its own."""
    known = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "vidkit", *arguments], env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def brief(folder: Path, text: str = BRIEF, name: str = "x.yaml") -> str:
    """A brief with the photos of the job in a folder of its own; its path."""
    (folder / "p").mkdir(exist_ok=True)
    for photo in Path("p").iterdir():
        (folder / "p" / photo.name).write_bytes(photo.read_bytes())
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


# Help and usage


def commands() -> dict[str, click.Command]:
    """Every command by what is typed for it, those of groups too."""
    found: dict[str, click.Command] = {"": program}
    for name, command in program.commands.items():
        inner = command.commands if isinstance(command, click.Group) else {}
        found |= {name: command, **{f"{name} {one}": below for one, below in inner.items()}}
    return found


@pytest.mark.parametrize("name", commands())
def test_help_is_in_chinese_and_english(name: str) -> None:
    """Every command, and every option of it, is explained in both languages, the Chinese first."""
    command = commands()[name]
    options = [p.help or "" for p in command.params if isinstance(p, click.Option)]
    for said in (command.help or "", *options, *([command.short_help or ""] if name else [])):
        chinese, english = CHINESE.search(said), ENGLISH.search(said.split("·")[-1].split("\n")[-1])
        assert chinese, said
        assert english, said
    shown = run(*name.split(), "--help")
    assert shown.exit_code == 0
    assert f"用法 Usage: vidkit {name}".rstrip() in shown.output
    assert "看这个说明 · show this help" in shown.output


@pytest.mark.parametrize("places", [60, 80, 100])
@pytest.mark.parametrize("name", commands())
def test_help_fits_the_terminal(name: str, places: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, further lines of an option's help stand under its first, examples are in one piece."""
    monkeypatch.setenv("COLUMNS", "400")
    shown = run(*name.split(), "--help").output
    monkeypatch.setenv("COLUMNS", str(places))
    wrapped = run(*name.split(), "--help").output
    lines = wrapped.splitlines()
    assert all(wrapping.width(line) < places for line in lines if not line.startswith("用法"))
    assert "".join(wrapped.split()) == "".join(shown.split())
    for example in re.findall(r"vidkit (?:make|new|list) [\w.]+", shown):
        assert example in wrapped
    options = wrapped.partition("选项 Options:\n")[2].partition("\n\n")[0].splitlines()
    assert len({len(line) - len(line.lstrip()) for line in options if line.startswith("   ")}) <= 1


def test_the_program_alone_shows_its_help() -> None:
    """Without a command the help is shown, with every command in it."""
    shown = run()
    assert shown.exit_code == 0
    assert all(f"  {name} " in shown.output for name in program.commands)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["colours"], "VK-M004"),
        (["mak"], "VK-M027"),
        (["检查", "厨房.yaml"], "VK-M027"),
        (["厨房.yaml"], "VK-M027"),
        (["help"], "VK-M027"),
        (["series", "nxt"], "VK-M027"),
        (["make"], "VK-M032"),
        (["verify"], "VK-M002"),
        (["make", "--fast", "x.yaml"], "VK-M001"),
        (["make", "-x", "x.yaml"], "VK-M001"),
        (["make", "--drft", "x.yaml"], "VK-M031"),
        (["make", "--plat", "x.yaml"], "VK-M031"),
        (["make", "--jobs", "0", "x.yaml"], "VK-M003"),
        (["list", "colours"], "VK-M003"),
        (["new", "a", "b"], "VK-M005"),
        (["frame", "厨房.yaml", "--at", "1", "-o", "x.jpeg"], "VK-M011"),
        (["frame", "厨房.yaml", "--at", "99", "-o", "x.png"], "VK-M006"),
        (["frame", "厨房.yaml", "--at", "nan", "-o", "x.png"], "VK-M006"),
        (["new", "x", "--template", "no-such"], "VK-M008"),
        (["new", "x", "--template", "清洁"], "VK-M023"),
        (["new", "x", "--template", "stpes"], "VK-M023"),
        (["plan", "厨房.yaml", "--platform", "no-such"], "VK-L001"),
    ],
)
def test_wrong_arguments_exit_2_in_both_languages(
    arguments: list[str], code: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command line that makes no sense is explained in the reader's language."""
    monkeypatch.setenv("VIDKIT_LANG", language)
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert f"{'错误' if language == 'zh' else 'error'} {code}: " in ended.stderr
    assert not ended.stdout


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("make", "x.yaml", "--jobs", "abc"), "“abc”不是整数", '"abc" is not a whole number'),
        (("make", "x.yaml", "--jobs", "0"), "0 不行，最小是 1", "0 is less than 1"),
        (("sheet", "x.yaml", "-o", "a.png", "--width", "3"), "要从 480 到 12000", "not from 480 to 12000"),
        (("frame", "x.yaml", "-o", "a.png", "--at", "a"), "“a”不是数字", '"a" is not a number'),
        (("list", "foo"), "可以写：templates, brands", "there are: templates, brands"),
        (("list",), "还少 要看什么（templates 模板", "what to list (templates"),
        (("check",), "还少 清单的名字", "the name of a brief"),
        (("verify",), "还少 发布包的位置", "a pack (such as"),
        (("chekc", "x.yaml"), "是不是 vidkit check", "did you mean vidkit check"),
        (("brand", "check", "a", "b"), "多写了 b", "b is too much"),
        (("make", "x.yaml", "--platform"), "--platform 后面要再写一样", "--platform needs a value"),
        (("make", "x.yaml", "--draft=1"), "--draft 后面不用写别的", "--draft takes no value"),
        (("make", "x.yaml", "--drft"), "是不是 --draft？", "did you mean --draft?"),
        (("make", "x.yaml", "--plat", "抖音"), "是不是 --platform？", "did you mean --platform?"),
        (("new", "x", "--template", "清洁"), "想写“清洁前后对比”？", 'did you mean "清洁前后对比"?'),
        (
            ("frame", "客厅 1.yaml", "--at", "0"),
            'vidkit frame "客厅 1.yaml" --at 0 -o 画面.png',
            'vidkit frame "客厅 1.yaml" --at 0 -o frame.png',
        ),
        (("frame",), "vidkit frame 厨房.yaml --at 3 -o 画面.png", "vidkit frame kitchen.yaml --at 3 -o frame.png"),
        (("sheet", "a.yaml"), "vidkit sheet a.yaml -o 一览.png", "vidkit sheet a.yaml -o sheet.png"),
        (("privacy", "a.yaml"), "vidkit privacy a.yaml -o 看一看.png", "vidkit privacy a.yaml -o look.png"),
    ],
)
def test_what_click_says_is_said_in_both_languages(
    arguments: tuple[str, ...], zh: str, en: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No English sentence of another library stands among ours, and the hint names the command."""
    for language, said in (("zh", zh), ("en", en)):
        monkeypatch.setenv("VIDKIT_LANG", language)
        done = run(*arguments)
        assert done.exit_code == 2
        assert said in done.stderr
        assert f"vidkit {arguments[0]}" in done.stderr or {"chekc", "new"} & {arguments[0]}
        assert language == "en" or " is not " not in done.stderr


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    """``vidkit --help`` pays for click and nothing else."""
    heavy = ["numpy", "cv2", "PIL", "yaml", "jinja2", "pydantic", "rich", "platformdirs", "vidkit.problems", "json"]
    code = f"import vidkit.cli, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_sentence_has_both_languages() -> None:
    """``data/cli.yaml`` has no gaps, and both languages name the same values."""
    table = yaml.safe_load((ROOT / "vidkit/data/cli.yaml").read_text(encoding="utf-8"))
    for said in table.values():
        assert set(said) == {"zh", "en"}
        assert len({tuple(sorted(re.findall(r"\{(\w+)\}", text))) for text in said.values()}) == 1
        assert not CHINESE.search(re.sub(r"“[^”]*”", "", said["en"]))


def test_lines_are_wrapped_by_what_they_take() -> None:
    """Chinese characters take two places; a line ends at a comma rather than in a word, and a command is torn apart only where it is too long."""
    assert wrapping.wrapped("厨房", 4) == ("厨房",)
    text = "先把照片放好，再打 vidkit make 厨房.yaml --draft 看一看，满意了去掉 --draft"
    assert wrapping.wrapped(text, 40, hang=2) == (
        "先把照片放好，再打",
        "  vidkit make 厨房.yaml --draft 看一看，",
        "  满意了去掉 --draft",
    )
    assert wrapping.wrapped("a" * 50, 40) == ("a" * 50,)
    for places in range(20, 70):
        lines = wrapping.wrapped(text, places)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(wrapping.width(line) <= max(places, 29) for line in lines)
        assert not any(line.startswith(("，", "。")) for line in lines)


# Checking


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("厨房.yaml", "厨房.yaml"),
        ("briefs/周芳（新）、灶台.yaml", "briefs/周芳（新）、灶台.yaml"),
        ("厨房(1).yaml", '"厨房(1).yaml"'),
        ("a&b.yaml", '"a&b.yaml"'),
        ("我的 厨房.yaml", '"我的 厨房.yaml"'),
        ("全角\u3000空格.yaml", '"全角\u3000空格.yaml"'),
        ("it's #1*?.yaml", '"it\'s #1*?.yaml"'),
        ("$HOME`id`.yaml", "'$HOME`id`.yaml'"),
        ('"x"!\\n.yaml', "'\"x\"!\\n.yaml'"),
        ("", '""'),
    ],
)
def test_a_name_is_typed_as_a_shell_takes_it(name: str, quoted: str) -> None:
    """In quotes where a shell would read more in it; the same quotes everywhere as far as that goes; one command on one line."""
    assert spelling.typed(name) == quoted
    assert shlex.split(quoted) == [name]
    shell = shutil.which("sh")
    if shell:
        said = subprocess.run([shell, "-c", f"printf %s {quoted}"], capture_output=True, check=True)
        assert said.stdout.decode() == name
    command = f"vidkit make {quoted}"
    assert any(
        command in line for line in wrapping.wrapped(f"做好了，接下来看一看，然后打 {command} 就行，别忘了再看一遍", 44)
    )


def test_a_file_whose_name_begins_like_an_option_is_typed_with_its_folder() -> None:
    """No command would take it for a file else."""
    found = [spelling.typed(Path(name)) for name in ("-k.yaml", "- 一.yaml", "a/-k.yaml")]
    assert found == ["./-k.yaml", '"./- 一.yaml"', "a/-k.yaml"]


def test_a_name_on_windows_keeps_its_backslashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """They part folders there, and its shells know double quotes only."""
    with monkeypatch.context() as other:
        other.setattr(os, "name", "nt")
        found = [spelling.typed(name) for name in ("briefs\\厨房.yaml", "briefs\\厨房(1).yaml", "$a.yaml")]
    assert found == ["briefs\\厨房.yaml", '"briefs\\厨房(1).yaml"', '"$a.yaml"']


def test_a_name_on_windows_means_the_same_to_powershell(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes curly single quotes for straight ones, and an @ in front for a list."""
    with monkeypatch.context() as other:
        other.setattr(os, "name", "nt")
        found = [spelling.typed(name) for name in ("@群.yaml", "‘一’.yaml", "群@一.yaml")]
    assert found == ['"@群.yaml"', '"‘一’.yaml"', "群@一.yaml"]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("改好再打 vidkit make 厨房.yaml，或 vidkit check", "改好再打 X make 厨房.yaml，或 X check"),
        ("写全了是这样：vidkit doctor --all", "写全了是这样：X doctor --all"),
        ("vidkit neither finds nor deletes them; python -m vidkit make a.yaml", None),
        ("/home/vidkit make, my-vidkit make, vidkit makes, vidkit.yaml", None),
    ],
)
def test_commands_are_said_as_they_can_be_typed(
    said: str, typed: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Started as a module where the shell finds no vidkit, commands begin so; else they stay."""
    spelling.know(program.commands)
    monkeypatch.setattr(sys, "argv", ["/usr/lib/vidkit/__main__.py", "check"])
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(spelling, "_by_module", spelling._by_module.__wrapped__)
    console.say(said)
    console.note(said)
    console.say_json(said)
    out, err = capsys.readouterr()
    assert out == f"{(typed or said).replace('X', 'python3 -m vidkit')}\n{json.dumps(said, ensure_ascii=False)}\n"
    assert err == out.splitlines(keepends=True)[0]
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/vidkit")
    assert spelling.runnable(said) == said


def test_a_comment_behind_a_command_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows' cmd knows none: what the README says behind a # is no brief; a file of that name is one."""
    monkeypatch.chdir(tmp_path)
    typed = ["make", "厨房.yaml", "--draft", "#", "做出来，放在", "out"]
    assert without_comment(typed) == typed[:3]
    assert without_comment(["make", "#1.yaml"]) == ["make", "#1.yaml"]
    assert run("check", "没有.yaml", "#", "--json").stderr.startswith("没有.yaml: 错误 VK-Y001")
    Path("#").touch()
    assert without_comment(typed) == typed


def test_json_is_read_wherever_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redirected on a Chinese Windows, where output is GBK, it is plain ASCII; in UTF-8 it is said as it is."""
    for encoding, there in (("gbk", False), ("utf-8", True), ("UTF-8", True)):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
        monkeypatch.setattr(sys, "stdout", stream)
        console.say_json({"店": "咖啡café🏠"})
        data = stream.buffer.getvalue()
        assert json.loads(data) == {"店": "咖啡café🏠"}
        assert ("店".encode() in data) == there


def test_names_cannot_repaint_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control and direction characters are escapes wherever something is said, and in JSON, which reads the same."""
    name = "x\x1b[31m\x9b2J\u202e\x07前\tb"
    console.say(f"{name}\n好")
    console.note(name)
    console.say_json({"file": name})
    shown = "x\\x1b[31m\\x9b2J\\u202e\\x07前\tb\n"
    said = capsys.readouterr()
    assert said.err == shown
    assert said.out.startswith(f"{shown}好\n")
    told = said.out.removeprefix(f"{shown}好\n")
    assert json.loads(told) == {"file": name}
    assert not problems.CONTROLS.search(told)
    screen = terminal(monkeypatch)
    with progress.bar(f"[/{name}]", 1):
        console.complain((problem("VK-Y010", Place(name)),))
    assert not {"\x07", "\x9b", "\u202e"} & set(screen.getvalue())
    if os.name != "nt":
        folder = tmp_path / "x\x1b[31mred"
        folder.mkdir()
        Image.new("RGB", (640, 480)).save(folder / "a\x1b]0;pwn\x07前.jpg")
        done = run("check", str(folder))
        assert "\\x1b]0;pwn\\x07前.jpg" in done.output
        assert not problems.CONTROLS.search(done.output)


def test_check_tells_what_would_be_made() -> None:
    """A good brief: no problems, and the length for each platform."""
    done = run("check", "厨房.yaml")
    assert done.exit_code == 0
    assert re.match(r"厨房.yaml: 没有错误，上面有 \d 处请看一眼\n  灶台：前后两张对齐了.*\n  抖音: 1", done.stdout)
    assert apart(done.stderr) == "接着：vidkit make 厨房.yaml\n"
    assert "帧" not in done.stdout
    assert "接着" not in run("check", "厨房.yaml", "--json").stderr + run("check", "厨房.yaml", "没有.yaml").stderr


def test_check_says_when_it_could_not_look_at_all(tmp_path: Path) -> None:
    """A brief whose writing is wrong is not laid out yet: its photos, consents and other words are promised for later; a missing one has none."""
    (tmp_path / "坏.yaml").write_text("模板: 用户好评\n标题: 擦得细\n", encoding="utf-8")
    later = "这次没有全查到"
    assert later in run("check", str(tmp_path / "坏.yaml")).stderr
    assert later not in run("check", str(tmp_path / "没有.yaml")).stderr + run("check", "厨房.yaml").stderr


REVIEW = (
    "模板: 用户好评\n品牌: 邻里净\n标题: 擦得细\n服务: 保洁\n评价: {原文: %s, 平台: 美团, 日期: 2026-11-03, 星级: 5}\n"
)
STORY = "模板: 服务故事\n品牌: 邻里净\n标题: 一天\n人物: {称呼: 春燕姐}\n章节: [{标题: 早}, {标题: 中}, {标题: 晚}]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STORY, "这条短"),
        (f"{STORY}平台: 朋友圈\n", ""),
        (REVIEW % ("窗槽也擦了，一条一条都擦了。" * 5), ""),
        (REVIEW % ("窗槽也擦了，一条一条都擦了。" * 18), "这条长"),
    ],
    ids=["short", "short of a platform that takes no longer one", "usual", "long"],
)
def test_a_clip_of_unusual_length_is_told(text: str, said: str, tmp_path: Path) -> None:
    """Clearly shorter or longer than the template's usually are, beside its length; otherwise nothing is said."""
    (tmp_path / "这条.yaml").write_text(text, encoding="utf-8")
    (length,) = (
        line for line in run("check", str(tmp_path / "这条.yaml")).stdout.splitlines() if line.endswith(("秒", "）"))
    )
    assert ("平常" in length) == bool(said)
    assert said in length


def test_a_cache_is_emptied_when_somebody_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody answers, and for programs, which are not asked: refused with the way to do it, as one document under ``--json``."""
    store = cache.Cache(tmp_path / "own")
    monkeypatch.setenv("VIDKIT_CACHE", str(store.root))
    store.remember("a" * 64, 1)
    nobody = run("cache", "clear")
    assert (nobody.exit_code, "VK-M033" in nobody.stderr) == (2, True)
    asked = CliRunner().invoke(program, ["cache", "clear", "--json"], input="y\n")
    assert (asked.exit_code, [one["code"] for one in json.loads(asked.stdout)["problems"]]) == (2, ["VK-M033"])
    assert store.recall("a" * 64) == 1
    assert json.loads(run("cache", "clear", "--json", "--yes").stdout)["removed"] == 1
    assert store.recall("a" * 64) is None


def test_topics_that_have_no_room_are_told(tmp_path: Path) -> None:
    """A platform takes fewer than the brief has: nothing is dropped in silence."""
    topics = "、".join(f"话题{n}" for n in "一二三四五六七八")
    done = run("check", brief(tmp_path, f"{BRIEF}话题: {topics}\n平台: [抖音]\n"))
    (told,) = [line for line in done.stderr.splitlines() if "VK-C006" in line]
    assert "抖音放不下这几个话题：话题六、话题七、话题八（最多 5 个" in told
    assert re.search(r"x\.yaml:\d+:5: 注意", told)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("plan 没有.yaml", "VK-Y001"),
        ("privacy 没有.yaml -o a.png", "VK-Y001"),
        ("check 厨房.yaml --rows 没有.xlsx", "VK-X008"),
        ("consent withdraw 不存在", "VK-S132"),
        ("make", "VK-M032"),
        ("list 天气", "VK-M003"),
    ],
)
def test_what_cannot_be_done_is_one_document_too(asked: str, code: str) -> None:
    """Whatever stopped a command, programs that asked for JSON read it in one form, and nothing else is said."""
    done = run(*asked.split(), "--json")
    told = json.loads(done.stdout)
    assert list(told) == ["vidkit", "exit", "problems"]
    assert (told["exit"], [one["code"] for one in told["problems"]], done.stderr) == (done.exit_code, [code], "")


@pytest.mark.parametrize(
    "asked",
    [
        "list templates",
        "list people",
        "brand check",
        "series list",
        "platforms",
        "platforms show 抖音",
        "rules",
        "cache info",
        "cache verify",
        "cache clear --yes",
        "doctor",
        "consent list",
        "consent check",
        "consent check --strict",
        "plan 厨房.yaml",
        "privacy 厨房.yaml -o 看一看.png",
        "check 厨房.yaml",
    ],
)
def test_every_answer_for_programs_begins_alike(asked: str) -> None:
    """The version, the exit code of the command and its problems come first, whatever it tells besides."""
    done = run(*asked.split(), "--json")
    told = json.loads(done.stdout)
    assert list(told)[:3] == ["vidkit", "exit", "problems"]
    assert told["exit"] == done.exit_code == (2 if "--strict" in asked else 0), done.stderr
    assert len(told) > 3


def test_check_json_is_one_document() -> None:
    """Programs get the same as data."""
    told = json.loads(run("check", "厨房.yaml", "没有.yaml", "--json").stdout)
    good, bad = told["briefs"]
    assert told["exit"] == 6
    codes = [p["code"] for p in good["problems"] if not p["code"].startswith("VK-S1")]
    assert (good["ok"], good["clips"][0]["platform"], codes) == (True, "douyin", ["VK-K005"])
    assert (bad["ok"], bad["exit"], bad["problems"][0]["code"]) == (False, 2, "VK-Y001")
    assert set(bad) == set(good)
    assert [bad[key] for key in ("photos", "pairs", "files", "segments", "made")] == [[], [], [], 0, 0]


BAD_PHOTOS = {
    "VK-P001": b"",
    "VK-P002": b"<!DOCTYPE html><html><body>404</body></html>",
    "VK-P003": None,
}


@pytest.mark.parametrize("code", BAD_PHOTOS)
def test_a_file_that_is_no_photo_exits_3(code: str, tmp_path: Path) -> None:
    """An empty file, a web page called .jpg and half a photo: one message each, at the photo's place in the brief."""
    file = brief(tmp_path)
    photo = tmp_path / "p" / "after.jpg"
    content = BAD_PHOTOS[code]
    photo.write_bytes(photo.read_bytes()[: photo.stat().st_size // 2] if content is None else content)
    done = run("check", file)
    assert done.exit_code == 3
    assert re.search(rf"x\.yaml:6:\d+: 错误 {code}: ", done.stderr)
    assert done.stderr.count("VK-") == 1


@pytest.mark.parametrize(
    ("old", "wrong", "code", "exit_code"),
    [
        ("标题", "标提", "VK-B001", 2),
        ("p/after.jpg", "p", "VK-B035", 3),
        ("p/after.jpg", "p/afte.jpg", "VK-B033", 3),
        ("邻里净", "邻里", "VK-B011", 2),
    ],
)
def test_a_wrong_word_in_the_brief(old: str, wrong: str, code: str, exit_code: int, tmp_path: Path) -> None:
    """A mistyped key, a folder for a photo, a missing photo, an unknown brand: message, place and exit code."""
    done = run("check", brief(tmp_path, BRIEF.replace(old, wrong)))
    assert code in done.stderr
    assert done.exit_code == messages()[code]["exit"] == exit_code


@pytest.mark.parametrize(("name", "code"), [("没有.yaml", "VK-Y001"), ("空", "VK-I002")])
def test_a_brief_that_is_no_file_exits_2(name: str, code: str) -> None:
    """No such file, or a folder with nothing in it."""
    Path("空").mkdir(exist_ok=True)
    for command in (["make"], ["check"], ["plan"]):
        done = run(*command, name)
        assert done.exit_code == 2
        assert f"{name}: 错误 {code}" in done.stderr


def test_names_are_shown_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative name stays relative in messages; no path of the machine appears."""
    brief(tmp_path, "标题: x\n")
    monkeypatch.chdir(tmp_path.parent)
    done = run("check", f"{tmp_path.name}/x.yaml")
    assert f"{Path(tmp_path.name, 'x.yaml')}:1:1: " in done.stderr
    assert str(tmp_path.parent) not in done.stderr + done.stdout


# Making


def test_make_writes_everything_and_a_second_run_remakes_nothing(tmp_path: Path) -> None:
    """A draft: clip, caption, manifest under the brief's name; the JSON names them and counts what was made."""
    out = str(tmp_path / "out")
    told = json.loads(run("make", "厨房.yaml", "-o", out, "--draft", "--json").stdout)
    (item,) = told["briefs"]
    assert [Path(file).relative_to(out).as_posix() for file in item["files"]] == [
        "厨房/draft/douyin/clip.mp4",
        "厨房/draft/douyin/caption.txt",
        "厨房/draft/manifest.json",
    ]
    assert item["segments"] == item["made"] > 0
    before = {file: file.stat().st_mtime_ns for file in Path(out).rglob("*.*")}
    again = run("make", "厨房.yaml", "-o", out, "--draft")
    assert again.stdout == f"抖音: {Path(out, '厨房/draft/douyin')}{os.sep} 短片、文案\n"
    assert again.stderr.splitlines()[-2:] == [
        f"做好了：1 条短片，在 {Path(out, '厨房/draft')}",
        console.words("draft-note"),
    ]
    assert {file: file.stat().st_mtime_ns for file in Path(out).rglob("*.*")} == before


def test_the_end_of_a_run_says_what_comes_next(tmp_path: Path) -> None:
    """What lies where, that it may not be posted yet and why, and the next command with the same options; of a kept one and a failed one, too."""
    out = tmp_path / "out"
    done = run("make", "厨房.yaml", "-o", str(out))
    assert done.stdout.splitlines()[0] == f"抖音: {out / '厨房/douyin'}{os.sep} 短片、2 张封面、文案"
    assert "manifest" not in done.stdout
    said = done.stderr.splitlines()[-4:]
    assert re.fullmatch(rf"做好了：1 条短片、2 张封面、\d 张海报，在 {out / '厨房'}", said[0])
    assert said[1:] == [
        "还不能发：清单里没有写照片是在谁家拍的（2 张），现在每一秒都带「样片·未获同意」",
        "发之前，看看脸和码遮好没有：vidkit privacy 厨房.yaml -o 看一看.png",
        f"下一步：照上面 VK-S102 的建议补好，再打 vidkit publish 厨房.yaml -o {out}",
    ]
    again = run("make", "厨房.yaml", "-o", str(out))
    assert (again.stdout, again.stderr) == (done.stdout, done.stderr)
    kept = run("make", "厨房.yaml", "没有.yaml", "-o", str(out), "--resume")
    assert kept.exit_code == 6
    assert kept.stderr.splitlines()[-5:-2] == [
        "以前就做好了、没有变的 1 份：厨房.yaml",
        "没做成的 1 份：没有.yaml（照上面的错误改好，再来一次）",
        said[1],
    ]
    assert f"打 vidkit check 厨房.yaml 看怎么补，补好再打 vidkit publish 厨房.yaml -o {out}" in kept.stderr


def test_one_bad_brief_does_not_stop_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are checked before the first is made; the good one is made; exit code 6."""
    made: list[str] = []

    def make(item: batch.Item, *_: object) -> batch.Item:
        made.append(item.file.name)
        return item

    monkeypatch.setattr(batch, "make", make)
    done = run("make", brief(tmp_path, "标题: x\n"), "厨房.yaml", "-o", str(tmp_path))
    assert done.exit_code == 6
    assert made == ["厨房.yaml"]


def test_a_folder_of_photos_is_made_into_its_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From anywhere: the brief is written beside the photos, everything made lies in the shop's out under the folder's name, and an
    episode is entered in its series only when it is no draft.
    """
    assert run("init", str(tmp_path / "店")).exit_code == 0
    folder = tmp_path / "店" / "photos" / "厨房 1"
    folder.mkdir()
    for name, own in (("灶台前", "before"), ("灶台后", "after")):
        (folder / f"{name}.jpg").write_bytes(Path(f"p/{own}.jpg").read_bytes())
    assert run("series", "list").exit_code == 0
    monkeypatch.chdir(tmp_path / "店")
    assert run("series", "new", "厨房说", "--plan").exit_code == 0
    ledger = Path("series/厨房说.yaml")
    planned = ledger.read_bytes()
    done = run("make", str(folder), "--draft")
    assert done.exit_code == 0
    assert "清单.yaml: 注意 VK-I007: 按照片的名字配好了 1 组（灶台），写在这份清单里" in done.stderr
    brief = folder / "清单.yaml"
    brief.write_text(brief.read_text(encoding="utf-8") + "系列: 厨房说\n", encoding="utf-8")
    made: list[Path] = []

    def make(_script: object, _plans: object, order: Order, _advance: object) -> None:
        made.append(order.out)

    assert (tmp_path / "店/out/厨房 1/draft/douyin/clip.mp4").is_file()
    monkeypatch.setattr("vidkit.make.make", make)
    assert run("make", str(folder), "--draft").exit_code == 0
    assert ledger.read_bytes() == planned
    done = run("make", str(folder))
    assert made == [(tmp_path / "店/out").resolve()] * 2
    assert f"记进系列了: {ledger}" in done.stdout
    assert "清单: photos/厨房 1/清单.yaml" in ledger.read_text(encoding="utf-8")


def test_looking_at_a_folder_of_photos_writes_nothing(tmp_path: Path) -> None:
    """``check`` and ``privacy`` tell what is there; problems lie in the folder, since there are no lines yet."""
    folder = tmp_path / "厨房"
    folder.mkdir()
    for name, own in (("灶台前", "before"), ("灶台后", "after")):
        (folder / f"{name}.jpg").write_bytes(Path(f"p/{own}.jpg").read_bytes())
    done = run("check", str(folder))
    assert (done.exit_code, "VK-I014" in done.stderr, f"{folder}: 没有错误" in done.stdout) == (0, True, True)
    assert f"{folder}: 注意 VK-K005" in done.stderr
    assert run("privacy", str(folder), "-o", str(tmp_path / "a.png")).exit_code == 0
    assert len(list(folder.iterdir())) == 2


def test_a_poster_left_out_is_told_beside_other_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a folder of photos too, whose pairs are told; not of a brief whose words are refused anyway."""
    monkeypatch.setattr("vidkit.poster.left_out", lambda *_: ("poster-1x1",))
    folder = tmp_path / "厨房"
    folder.mkdir()
    for name, own in (("灶台前", "before"), ("灶台后", "after")):
        (folder / f"{name}.jpg").write_bytes(Path(f"p/{own}.jpg").read_bytes())
    told = run("check", str(folder)).stderr
    assert all(code in told for code in ("VK-I014", "VK-G104"))
    long = BRIEF.replace("三小时，厨房变个样", "三小时，厨房变个样" * 3)
    assert "VK-G104" not in run("check", brief(tmp_path, long)).stderr


def test_lost_topics_are_those_of_their_own_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another platform's post is refused nothing is said of that one's topics."""
    real = seen.posted

    def posted(script: Script, where: Platform) -> Caption:
        if where.id == "douyin":
            raise Refusal(problem("VK-C004", platform="抖音", group="x"))
        return real(script, where)

    monkeypatch.setattr(seen, "posted", posted)
    topics = "、".join(f"话题{n}" for n in "一二三四五六七八")
    done = run("check", brief(tmp_path, f"{BRIEF}话题: {topics}\n平台: [抖音, 快手]\n"))
    (lost,) = [line for line in done.stderr.splitlines() if "VK-C006" in line]
    assert "快手放不下" in lost


def test_two_folders_of_one_name_are_refused(tmp_path: Path) -> None:
    """What is made of them would land in one folder."""
    for shop in "ab":
        (tmp_path / shop / "厨房").mkdir(parents=True)
        brief(tmp_path / shop / "厨房", name="清单.yaml")
    done = run("make", str(tmp_path / "a/厨房"), str(tmp_path / "b/厨房"))
    assert (done.exit_code, done.stderr.count("VK-M009")) == (2, 2)
    assert "都是“厨房”" in done.stderr


def test_two_briefs_of_one_name_are_refused(tmp_path: Path) -> None:
    """They would be made into one folder."""
    done = run("make", "厨房.yaml", brief(tmp_path, name="厨房.yaml"))
    assert done.exit_code == 2
    assert done.stderr.count("VK-M009") == 2


def test_an_output_folder_that_is_a_file_is_refused_before_the_work(tmp_path: Path) -> None:
    """Exit code 5, and the file is as it was."""
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    done = run("make", "厨房.yaml", "-o", str(tmp_path / "out"))
    assert done.exit_code == 5
    assert "VK-E005" in done.stderr
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_full_disk_fails_one_brief_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The machine's own faults become the brief's problem; what follows is still tried."""
    tried: list[str] = []

    def make(script: Script, *_: object) -> None:
        tried.append(script.brief.file.name)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vidkit.make.make", make)
    told = json.loads(run("make", "厨房.yaml", brief(tmp_path), "-o", str(tmp_path), "--json").stdout)
    assert tried == ["厨房.yaml", "x.yaml"]
    codes = [[one["code"] for one in item["problems"]] for item in told["briefs"]]
    assert [said[-1] for said in codes] == ["VK-E003", "VK-E003"]
    assert all("VK-K005" in said for said in codes)  # what was known before stays
    assert told["exit"] == 5


def test_demo_makes_the_bundled_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """``vidkit demo`` makes examples/kitchen.yaml into ./vidkit-demo."""
    asked: list[Any] = []
    monkeypatch.setattr(batch, "check", lambda files, *_, **__: [batch.Item(file) for file in files])

    def make(item: batch.Item, order: Order, _: object) -> batch.Item:
        asked.append((item.file, order.out))
        return item

    monkeypatch.setattr(batch, "make", make)
    assert run("demo").exit_code == 0
    assert asked == [(kit.bundled() / "examples" / "kitchen.yaml", Path("vidkit-demo"))]
    assert asked[0][0].is_file()


# Looking


def test_plan_counts_frames() -> None:
    """Segments follow each other without a gap and last as long as the clip; JSON carries the whole work orders."""
    (told,) = json.loads(run("plan", "厨房.yaml", "--json").stdout)["plans"]
    at = 0
    for segment in told["segments"]:
        assert segment["start"] == at
        at += segment["frames"]
    assert at == told["frames"] == round(told["seconds"] * told["fps"])
    assert all(re.fullmatch(r"[0-9a-f]{64}", s["key"]) and s["order"]["scene"] for s in told["segments"])
    text = run("plan", "厨房.yaml").stdout
    assert f"共 {told['frames']} 帧" in text
    assert all(
        outline.scene_called(scene["name"]) in text and segment["key"][:12] in text
        for scene, segment in zip(told["scenes"], told["segments"], strict=False)
    )


def test_the_sheet_of_finds_leaves_no_page_of_an_earlier_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages lie beside each other; what is not ours stays, and so does what lies behind it."""
    out = tmp_path / "看一看.png"
    for pages in (4, 2):
        drawn = tuple(np.zeros((8, 8, 3), np.uint8) for _ in range(pages))
        monkeypatch.setattr(found, "sheets", lambda *_, drawn=drawn, **__: drawn)
        told = json.loads(run("privacy", "厨房.yaml", "-o", str(out), "--json").stdout)
        assert [Path(one).name for one in told["pictures"]] == [
            "看一看.png",
            *(f"看一看-p{n}.png" for n in range(2, pages + 1)),
        ]
        assert sorted(Path(one).name for one in told["pictures"]) == sorted(
            one.name for one in tmp_path.glob("看一看*")
        )
    (tmp_path / "看一看-p3.png").write_bytes(b"mine")
    assert run("privacy", "厨房.yaml", "-o", str(out)).exit_code == 0
    assert (tmp_path / "看一看-p3.png").read_bytes() == b"mine"


def test_plan_leaves_out_what_make_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform for which the clip is too long, as long as another one remains; anything else is refused."""
    real, at, limit = (
        plan.plan,
        Place("厨房.yaml", 9, 5),
        {"platform": "朋友圈", "platform_en": "Moments", "seconds": "33", "limit": "30", "count": "25"},
    )
    refused = [problem("VK-T003", at, **limit)]

    def planned(script: plan.Script, where: Platform, *, draft: bool = False) -> plan.Plan:
        if where.id == "moments":
            raise Refusal(*refused)
        return real(script, where, draft=draft)

    monkeypatch.setattr(plan, "plan", planned)
    monkeypatch.setattr(
        plan, "platforms", lambda _, chosen: tuple(map(platform.load, (chosen or "抖音,朋友圈").split(",")))
    )
    told = json.loads(run("plan", "厨房.yaml", "--json").stdout)
    assert ([p["platform"] for p in told["plans"]], [p["code"] for p in told["problems"]]) == (["douyin"], ["VK-T007"])
    done = run("plan", "厨房.yaml")
    assert (done.exit_code, "VK-T007" in done.stderr, "抖音" in done.stdout) == (0, True, True)
    assert run("plan", "厨房.yaml", "--platform", "朋友圈").exit_code == 2
    script = plan.read(Path("厨房.yaml"), cache.default())
    found = plan.first(script, plan.platforms(script, "朋友圈,抖音"))
    assert ([one.platform.id for one in found.plans], [p.code for p in found.left_out]) == (["douyin"], ["VK-T007"])
    with pytest.raises(Refusal):
        plan.first(script, plan.platforms(script, "朋友圈"))
    refused.append(problem("VK-T002", at, text="x", characters="x"))
    assert run("plan", "厨房.yaml").exit_code != 0


def test_a_picture_written_is_told(tmp_path: Path) -> None:
    """``frame`` and ``sheet`` say where to look, as ``privacy`` does."""
    for command in (("frame", "厨房.yaml", "--at", "1"), ("sheet", "厨房.yaml", "--width", "480")):
        picture = tmp_path / f"{command[0]}.png"
        done = run(*command, "-o", str(picture))
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr.endswith(f"看图 {picture}\n")
        assert picture.is_file()


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_scene_has_a_chinese_name(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its number where it has one; in English, and in people's own templates, it stays as it is."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    for scene in kit.template(template, kit.shelf()).scenes:
        assert not outline.scene_called(scene.name).isascii(), scene.name
    assert outline.scene_called("step-before-4") == "步骤之前 4"
    assert outline.scene_called("mine-2") == "mine-2"
    assert (outline.transition_called("push"), outline.transition_called("mine")) == ("推走", "mine")
    monkeypatch.setenv("VIDKIT_LANG", "en")
    assert (outline.scene_called("step-2"), outline.transition_called("push")) == ("step-2", "push")


@pytest.mark.parametrize("kind", ["templates", "brands", "platforms", "transitions", "parts", "places"])
def test_list_names_everything(kind: str) -> None:
    """Every id stands in the table and in the JSON."""
    rows = json.loads(run("list", kind, "--json").stdout)[kind]
    shown = run("list", kind).stdout.splitlines()
    assert [line.split()[0] for line in shown[1:]] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("模板", "templates"),
        ("品牌", "brands"),
        ("平台", "platforms"),
        ("转场", "transitions"),
        ("图样", "parts"),
        ("位置", "places"),
        ("人物", "people"),
    ],
)
def test_list_understands_chinese(said: str, kind: str) -> None:
    """The word people use for it."""
    told, meant = run("list", said), run("list", kind)
    assert (told.exit_code, told.stdout) == (meant.exit_code, meant.stdout)


def test_list_platforms_gives_every_fact_its_origin() -> None:
    """JSON: each number with source, date and confidence."""
    for row in json.loads(run("list", "platforms", "--json").stdout)["platforms"]:
        assert len(row["facts"]) == len(platform.facts(row["id"])) > 15
        assert all(f["source"] and f["checked_on"] and f["confidence"] in "ABCX" for f in row["facts"])


def test_schema_is_written_and_says_how_to_hook_it_in(tmp_path: Path) -> None:
    """A file for editors, and the two ways to name it in VS Code, also in the help."""
    done = run("schema", "-o", str(tmp_path / "s.json"))
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["$defs"]
    for said in (done.stderr, run("schema", "--help").stdout):
        assert "# yaml-language-server: $schema=" in said
        assert '.json": "briefs/*.yaml"' in said
    assert "$schema=vidkit.schema.json" in run("schema", "--help").stdout
    assert json.loads(run("schema").stdout)["$schema"]


# A new brief


def test_new_brief_passes_the_check_and_so_does_every_line_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As written, and with every switched-off line switched on but recordings nobody made, once its photos are there, in the days its
    compared price is of.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDKIT_TODAY", "2026-11-08")
    assert run("new", "我的厨房").exit_code == 0
    file = tmp_path / "我的厨房.yaml"
    spots = ("xiulan", "stove", "bathroom", "hood")
    for name in ("xiulan", *(f"{spot}_{side}" for spot in spots[1:] for side in ("before", "after"))):
        scene = room(720, 960, 2, cleaned=not name.endswith("before"))
        scene[:8, :8] = 40 * spots.index(name.partition("_")[0])  # no photo is that of another spot
        Image.fromarray(scene).save(tmp_path / "photos" / f"{name}.jpg", quality=95)
    checked = run("check", file.name)
    assert (checked.exit_code, apart(checked.stderr)) == (0, "接着：vidkit make 我的厨房.yaml\n")
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^(\s*)#(?=[^\s#])(?!\s*录音)", r"\1", text), encoding="utf-8")
    checked = run("check", file.name)
    assert (checked.exit_code, apart(checked.stderr)) == (0, "接着：vidkit make 我的厨房.yaml\n")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_brief_of_every_template_can_be_made(
    template: str, job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As written it has all its template needs, once its photos are there; only a review must be a customer's own, not our example's."""
    monkeypatch.chdir(tmp_path)
    assert run("new", "新的", "--template", template).exit_code == 0
    for name in re.findall(r"photos/(\w+)\.jpg", Path("新的.yaml").read_text(encoding="utf-8")):
        Path(f"photos/{name}.jpg").write_bytes((job / "p" / "before.jpg").read_bytes())
        if name.endswith("after"):
            Path(f"photos/{name}.jpg").write_bytes((job / "p" / "after.jpg").read_bytes())
    (told,) = json.loads(run("check", "新的.yaml", "--json").stdout)["briefs"]
    wrong = [p["message"] for p in told["problems"] if p["level"] == "error"]
    assert len(wrong) == (template == "review"), wrong
    assert all("这条评价是例子里的" in message for message in wrong)


@pytest.mark.parametrize("template", TEMPLATES)
def test_new_explains_every_key_and_never_overwrites(template: str, tmp_path: Path) -> None:
    """Every key its template takes stands in it, with all keys inside; a second ``new`` leaves the file alone."""
    file = new.write(tmp_path / "a.yml", template)
    text = file.read_text(encoding="utf-8")
    table = yaml.safe_load((ROOT / "vidkit/data/keys.yaml").read_text(encoding="utf-8"))
    chosen = kit.template(template, kit.shelf())
    takes = chosen.takes
    assert set(new.fitting(chosen)) == set(new.LAST) - (new.SELLING if template == "recruit" else set())
    for name in (*new.FIRST, *new.fitting(chosen), *(name for name in takes if "." not in name)):
        row = table["brief"][name]
        called = takes[name].called if name in takes and takes[name].called else row["zh"][0]
        assert re.search(rf"(?m)^#?{called}:", text), name
        inner = table[MODELS[row["kind"]]] if row["kind"] in MODELS else {}
        assert all(re.search(rf"(?m)^ [ #-]*{one['zh'][0]}:", text) for one in inner.values()), name
    file.write_text("mine", encoding="utf-8")
    done = run("new", str(file))
    assert done.exit_code == 2
    assert "VK-M007" in done.stderr
    assert file.read_text(encoding="utf-8") == "mine"


# The computer


def test_doctor_finds_this_computer_fit() -> None:
    """Features of ffmpeg are tried, fonts and limits listed; the home folder is not spelled out."""
    told = json.loads(run("doctor", "--json").stdout)
    found = {item["name"]: item for item in told["findings"]}
    assert told["ok"]
    assert {"python", "pillow", "ffmpeg", "libx264", "aac", "ebur128", "concat", "font text", "cache", "disk"} <= set(
        found
    )
    assert found["concat"]["found"] == "30"
    assert found["limit photo.max_ratio"]["found"] == "4"


def test_doctor_says_the_verdict_first() -> None:
    """One sentence before the table; the limits only with --all."""
    few, everything = run("doctor"), run("doctor", "--all")
    for done in (few, everything):
        assert done.stdout.splitlines()[0] == "这台电脑没问题，可以做短片"
    assert "limit " not in few.stdout
    assert "vidkit doctor --all" in few.stderr
    assert "limit photo.max_ratio" in everything.stdout
    assert not everything.stderr


def test_doctor_exits_5_when_something_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is not there is named."""
    monkeypatch.setattr(doctor, "LIBRARIES", {"click": ">=8.2", "no-such-library": ">=1"})
    done = run("doctor")
    assert done.exit_code == 5
    assert done.stdout.startswith("这台电脑有 1 处要看")
    assert re.search("no-such-library +缺少", done.stdout)
    assert "VK-M014" in done.stderr


def test_doctor_asks_for_the_versions_that_pip_is_told() -> None:
    """All of them, each within the same bounds."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    parts = [re.fullmatch(r"([a-z0-9-]+)([^;]*)(?:;.*)?", one) for one in told]
    assert {one[1]: one[2] for one in parts if one} == doctor.LIBRARIES
    assert all(parts)


@pytest.mark.parametrize(
    ("found", "wanted", "serves"),
    [
        ("18.0.0", ">=18,<20", True),
        ("17.1.0", ">=18,<20", False),
        ("20.0", ">=18,<20", False),
        ("4.12.0.88", ">=4.13,<6", False),
        ("4.13.0.90", ">=4.13,<6", True),
        ("10", ">=4", True),
        ("1.0", ">=1", True),
        ("2026.10.1rc1", ">=2026.1", True),
    ],
)
def test_doctor_names_a_library_of_another_version(
    found: str,
    wanted: str,
    serves: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With what to type to have one that serves."""
    monkeypatch.setattr("importlib.metadata.version", lambda _: found)
    monkeypatch.setattr(doctor, "LIBRARIES", {"av": wanted})
    (told,) = [item for item in doctor.findings(cache.default()) if item.name == "av"]
    assert (told.problem is None) == serves
    if told.problem:
        assert (told.problem.code, f'python -m pip install "av{wanted}"' in told.problem.hint("zh")) == (
            "VK-M036",
            True,
        )


@pytest.mark.parametrize("broken", ["cv2.FaceDetectorYN", "av.BitStreamFilterContext"])
def test_doctor_comes_where_a_library_lacks_what_is_called(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos are looked at and a clip is encoded as always: what fails is a finding, whatever the error."""
    monkeypatch.delattr(broken)
    faces.forget()
    lacking = {item.name for item in doctor.findings(cache.default()) if item.problem}
    assert lacking == ({"photos"} if broken.startswith("cv2") else {"libx264", "concat"})


def test_doctor_looks_at_a_cache_that_another_run_works_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that come and go meanwhile are none of its business; what it counts is what ``cache info`` counts."""
    store, there = cache.Cache(tmp_path / "own"), Path.is_file
    monkeypatch.setenv("VIDKIT_CACHE", str(store.root))
    store.remember("a" * 64, 1)
    private = store.root / "tmp" / "vidkit-1" / "part"
    private.parent.mkdir(parents=True)
    private.touch()

    def looked(file: Path) -> bool:
        found = there(file)
        if file == private:
            file.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "is_file", looked)
    told = json.loads(run("doctor", "--json").stdout)
    (said,) = [item["found"] for item in told["findings"] if item["name"] == "cache"]
    assert " 1 x " in said
    assert private.exists()


def test_doctor_comes_without_a_library_that_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that cannot be imported is a finding, not a crash."""
    monkeypatch.setitem(sys.modules, "vidkit.encode", None)
    monkeypatch.delattr("vidkit.encode", raising=False)
    assert {item.name for item in doctor.findings(cache.default()) if item.problem} >= {"libx264", "concat"}


# Where it runs


def test_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By every command, before it does anything; help comes."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for typed in (("make", "厨房.yaml"), ("list", "templates"), ("new", "厨房")):
        done = run(*typed)
        assert (done.exit_code, "VK-M037" in done.stderr) == (2, True), done.output
    assert run("--help").exit_code == 0


def test_check_goes_on_where_the_home_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a cache for this once, of which nothing stays; a folder that was named is not passed over, and then the hint is about the cache."""
    (tmp_path / "file").touch()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "file" / "vidkit"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.delenv("VIDKIT_CACHE")
    done = run("check", "厨房.yaml")
    assert (done.exit_code, done.stderr.count("这一次用临时的")) == (0, 1), done.output
    assert "VK-E005" not in done.output
    assert not [*(tmp_path / "temporary").iterdir()]
    assert "VIDKIT_CACHE" not in os.environ
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "file" / "named"))
    refused = run("check", "厨房.yaml").stderr
    assert ("VK-E005" in refused, "环境变量 VIDKIT_CACHE" in refused, "-o 指定" in refused) == (True, True, False)


def test_a_user_without_a_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only looks has a cache for this once and says so; what makes is refused; ``~`` in VIDKIT_CACHE is the home folder."""

    def nowhere(*_: object, **__: object) -> str:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_cache_dir", nowhere)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv("VIDKIT_CACHE")
    with lookup() as store:
        assert store.root.parent == tmp_path
    assert not [*tmp_path.iterdir()]
    done = run("make", "厨房.yaml", "-o", str(tmp_path))
    assert (done.exit_code, "VK-E015" in done.stderr) == (5, True), done.output
    monkeypatch.setenv("VIDKIT_CACHE", "~/照片")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert cache.default().root == tmp_path / "照片"


def test_a_day_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """VIDKIT_TODAY is not believed."""
    for said in ("x", "2026-13-40"):
        monkeypatch.setenv("VIDKIT_TODAY", said)
        done = run("check", "厨房.yaml")
        assert (done.exit_code, "VK-M038" in done.stderr) == (2, True), done.output


# How it ends


def test_a_bug_leaves_a_file_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback on the screen; it is in the named file; exit code 70."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(batch, "check", lambda *_, **__: 1 // 0)
    done = run("check", "厨房.yaml")
    assert done.exit_code == 70
    assert "Traceback" not in done.stderr
    (file,) = tmp_path.glob("vidkit-error-*.txt")
    assert str(file) in done.stderr
    assert "ZeroDivisionError" in file.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="files say nothing of who may read them, and links need a right")
def test_what_is_noted_of_a_bug_is_for_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this user may read it, whatever the mask; the same bug is noted once; nothing is written through a link that lies there."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = os.umask(0)
    try:
        name = dict(crashes.crash(KeyError("张女士")).values)["file"]
        assert dict(crashes.crash(KeyError("张女士")).values)["file"] == name
        note, other = Path(name), tmp_path / "theirs"
        assert list(tmp_path.iterdir()) == [note]
        note.unlink()
        for there in (lambda: note.symlink_to(other), lambda: note.write_text("theirs", encoding="utf-8")):
            there()
            told = Path(dict(crashes.crash(KeyError("张女士")).values)["file"])
            assert told != note
            assert "张女士" in told.read_text(encoding="utf-8")
            assert told.stat().st_mode & 0o777 == 0o600
            assert not other.exists()
            note.unlink()
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    "typed",
    [
        ("check", ""),
        ("plan", ""),
        ("make", "", "厨房.yaml"),
        ("make", "厨房.yaml", "-o", ""),
        ("new", ""),
        ("schema", "-o", ""),
    ],
)
def test_an_empty_name_is_none(typed: tuple[str, ...]) -> None:
    """It does not stand for the folder one is in: the command is not complete."""
    done = run(*typed)
    assert done.exit_code == 2
    assert "VK-M032" in done.stderr or "VK-M002" in done.stderr


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "还没有查完"),
        (KeyboardInterrupt(15), 143, "还没有查完"),
        (MemoryError(), 5, "VK-M012"),
        (RuntimeError("can't start new thread"), 5, "VK-M012"),
        (cv2.error("(-4:Insufficient memory) Failed to allocate 5889804 bytes"), 5, "VK-M012"),
        (ImportError("libcrypto.so: failed to map segment from shared object"), 5, "VK-M012"),
        (OSError(28, "No space left on device"), 5, "VK-E003"),
        (PermissionError(13, "Permission denied"), 5, "VK-M013"),
        (BrokenPipeError(), 0, ""),
    ],
)
def test_other_ends(error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C, SIGTERM, no memory, a full disk, nobody listening: one line each."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(batch, "check", fail)
    monkeypatch.setattr(console, "hush", lambda: None)
    done = run("check", "厨房.yaml")
    assert done.exit_code == code
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking it")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_stopped_make_leaves_nothing_under_a_final_name(name: str, code: int, tmp_path: Path) -> None:
    """Stopped when the first segment is there and others are being made: soon over, one line, its exit code, no file in the folder."""
    out, parts = tmp_path / "out", tmp_path / "cache"
    child = real("make", "厨房.yaml", "--draft", "-o", str(out), VIDKIT_CACHE=str(parts))
    try:
        _until(lambda: any(parts.glob("parts/*/*.mp4")), child)
        child.send_signal(getattr(signal, name))
        _, said = child.communicate(timeout=60)
    finally:
        child.kill()
        child.wait()
    assert child.returncode == code
    assert apart(said.decode("utf-8")).strip() == console.words("stopped")
    assert not [file for file in out.rglob("*") if file.is_file()]


def _until(ready: Any, child: subprocess.Popen[bytes]) -> None:
    for _ in range(2400):
        if ready():
            return
        assert child.poll() is None, child.communicate()
        time.sleep(0.05)
    pytest.fail("nothing happened")


def test_nobody_reads_the_output() -> None:
    """A closed pipe ends quietly."""
    child = real("list", "platforms", "--json")
    assert child.stdout
    assert child.stderr
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), said) == (0, b"")


@contextmanager
def refusing() -> Iterator[io.TextIOWrapper]:
    """A stream that the system itself refuses to write less than eight bytes to, by EINVAL."""
    stream = open(os.eventfd(0), "w", encoding="utf-8")  # noqa: PTH123, SIM115  # no path; to close it writes once more
    try:
        yield stream
    finally:
        with suppress(OSError):
            stream.close()


@pytest.mark.skipif(not hasattr(os, "eventfd"), reason="what else the system itself lets nobody write to")
@pytest.mark.parametrize("windows", [True, False])
def test_a_closed_pipe_on_windows_is_an_invalid_argument(*, windows: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said through our own words, through click, or at the end, on either stream: nobody listens, and that is no fault. Elsewhere it is one, and so
    is the same error of a file.
    """
    hushed: list[bool] = []
    monkeypatch.setattr(faults, "windows", lambda: windows)
    monkeypatch.setattr(console, "hush", lambda: hushed.append(True))
    for act in (console.say, console.note):
        with monkeypatch.context() as patch, refusing() as stream:
            patch.setattr(sys, "stdout" if act is console.say else "stderr", stream)
            if windows:
                act("nobody")
            else:
                with pytest.raises(OSError, match="Invalid argument"):
                    act("nobody")
    assert hushed == [True] * windows

    def opened() -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    def echoed() -> None:
        with refusing() as stream:
            click.echo("nobody", file=stream)

    ends = [program._ended(run_, as_json=False, stopped="stopped") for run_ in (echoed, opened)]
    assert (ends, len(hushed)) == (([0, 5], 2) if windows else ([5, 5], 0))


@pytest.mark.skipif(os.name != "posix", reason="a shell's way of closing")
@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("asked", "ends"), [("list platforms --json", 0), ("check 没有.yaml", 2)])
def test_streams_may_be_closed(closed: str, asked: str, ends: int) -> None:
    """Who closes a stream hears nothing there, and all the rest goes on."""
    command = f'exec "$0" -m vidkit {asked} {closed}'
    done = subprocess.run(["/bin/sh", "-c", command, sys.executable], capture_output=True, check=False)
    assert done.returncode == ends
    assert bool(done.stdout) == (ends == 0 and ">&-" not in closed.replace("2>&-", ""))
    assert bool(done.stderr) == (ends == 2 and "2>&-" not in closed)


def test_a_gbk_console_shows_what_it_can() -> None:
    """A character that GBK lacks becomes a question mark, not a crash."""
    child = real("check", "🧽.yaml", PYTHONIOENCODING="gbk:strict", PYTHONUTF8="0")
    _, said = child.communicate()
    assert child.returncode == 2
    assert said.decode("gbk").startswith("?.yaml: 错误 VK-Y001: ")


# On a terminal


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal for stderr."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return screen


def test_progress_shows_frames_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the frames done and all frames stand in one line; when it is quiet, nothing does."""
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.bar("厨房", 90) as advance:
        time.sleep(0.1)
        advance(30)
        time.sleep(0.3)
    assert "30/90" in screen.getvalue()
    assert "步" in screen.getvalue()
    screen.truncate(0)
    with progress.bar("厨房", 90, quiet=True) as advance:
        advance(30)
    assert not screen.getvalue().strip("\0")


@pytest.mark.parametrize(("name", "value"), [("VIDKIT_PLAIN", "1"), ("TERM", "dumb")])
def test_plain_lines_are_few_and_whole(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line a tenth without anything a screen reader stumbles over, also where it turns out later how much there is; no colours."""
    screen = terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.bar("厨房", None) as advance:
        advance(0)
        for _ in range(90):
            advance(1, 90)
    console.tell(["错误 VK-B001"])
    assert screen.getvalue().split("\n") == [
        *(f"厨房 {tenth}0%" if tenth else "厨房 0%" for tenth in range(10)),
        "错误 VK-B001",
        "",
    ]
    monkeypatch.setattr(progress, "PATIENCE", 9.0)
    screen.truncate(0)
    with progress.bar("厨房", 90) as advance:
        advance(80)
    assert not screen.getvalue().strip("\0")


def test_problems_are_coloured_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are the same; on a terminal the code is coloured."""
    screen = terminal(monkeypatch)
    (item,) = batch.check([Path("没有.yaml")], cache.default())
    console.complain(item.problems)
    shown = screen.getvalue()
    assert "\x1b[" in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == run("check", "没有.yaml").stderr


def test_columns_count_chinese_as_two_places() -> None:
    """Columns stay straight under Chinese."""
    assert wrapping.columns([["名字", "x"], ["abc", "y"]]) == "名字  x\nabc   y"
