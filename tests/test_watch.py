"""``make --watch``: a change is waited for until it has come to rest; a save remakes the draft, a fault is told and waited on, Ctrl-C leaves nothing."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from conftest import room
from PIL import Image

from vidkit import plan
from vidkit.cache import Cache, default
from vidkit.cli import program
from vidkit.commands import watching
from vidkit.consoles import stops
from vidkit.runs import faults, inputs, remembered, showing, watch
from vidkit.runs.showing import Clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时，厨房变个样
服务: 深度保洁
对比: {位置: 灶台, 前: p/before.jpg, 后: p/after.jpg}
"""
FILE = Path("厨房.yaml")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two photos, and a cache for all tests."""
    folder = tmp_path_factory.mktemp("shared")
    for name in ("before", "after"):
        Image.fromarray(room(480, 640, 2, cleaned=name == "after")).save(folder / f"{name}.jpg", quality=95)
    return folder


@pytest.fixture(autouse=True)
def _here(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDKIT_CACHE", str(shared / "cache"))
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    monkeypatch.setenv("VIDKIT_TODAY", "2026-11-26")
    Path("p").mkdir()
    for name in ("before.jpg", "after.jpg"):
        (Path("p") / name).write_bytes((shared / name).read_bytes())
    FILE.write_text(BRIEF, encoding="utf-8")


def save(text: str, file: Path = FILE) -> None:
    """As editors save: another file, then a rename."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def later(store: Cache) -> int:
    """A moment after everything written so far: disks count in some thousandths of a second."""
    written = inputs.touched(map(str, Path().rglob("*.*")))
    while (now := remembered.begin((), store).at) <= written:
        pass
    return now


# Waiting


def test_a_change_counts_once_it_has_come_to_rest() -> None:
    """Two looks in a row must be the same; before anything changed nothing ends."""
    looks = iter([{"a": (1,)}, {"a": (1,)}, {"a": (2,)}, {"a": (3,)}, {}, {"a": (4,)}, {"a": (4,)}, {"a": (5,)}])
    pauses: list[int] = []
    found = watch.settled(lambda: dict(next(looks)), {"a": (1,)}, lambda: pauses.append(1))
    assert found == {"a": (4,)}
    assert len(pauses) == 6


@pytest.fixture
def one(shared: Path) -> watch.Watched:
    """A brief that was read."""
    found = watch.watched(FILE, Path("out"))
    store = Cache(shared / "cache")
    since = later(store)
    watch.begin(found)
    watch.read_at(found, plan.read(FILE, store), since)
    return found


def test_what_a_brief_names_is_watched(one: watch.Watched) -> None:
    """A photo or the brief written anew; not what programs put beside it, not its own copies, not the same content again."""
    assert watch.changes(one) == ()
    for name in (".~lock.厨房.yaml#", "~$厨房.yaml", "厨房.yaml~", "4913", "p/neu.jpg", "out/x/clip.mp4"):
        Path(name).parent.mkdir(exist_ok=True, parents=True)
        Path(name).write_bytes(b"x")
    save(BRIEF)
    assert watch.changes(one) == ()
    assert watch.changes(one) == ()
    Path("p/before.jpg").write_bytes(b"other")
    assert {Path(name).name for name in watch.changes(one)} == {"before.jpg"}


def test_what_appears_in_a_shops_folders_is_watched(one: watch.Watched) -> None:
    """A first consent, a project's file."""
    Path("consents").mkdir()
    Path("consents/李女士.yaml").write_text("x", encoding="utf-8")
    Path("vidkit.yaml").write_text("", encoding="utf-8")
    assert {Path(name).name for name in watch.changes(one)} == {"李女士.yaml", "vidkit.yaml"}


def test_a_shop_is_known_by_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of its folders comes last, and however deep it lies."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "vidkit.yaml").touch()
    brief = tmp_path / "briefs" / FILE
    monkeypatch.setattr(inputs, "SHARED", ("brand", "templates/ours"))
    assert (inputs.shop(brief), inputs.shop(brief.parent)) == (tmp_path.resolve(),) * 2
    assert watch._near(brief) == (brief.parent.resolve(), tmp_path.resolve())
    assert inputs.around(brief).folders == (tmp_path.resolve() / "brand", tmp_path.resolve() / "templates/ours")


def test_after_a_refusal_whatever_lies_near_is_watched(one: watch.Watched, shared: Path) -> None:
    """The photo it lacks may be put there any moment; what is being made is not looked at."""
    Path("p/after.jpg").unlink()
    assert watch.changes(one)
    watch.begin(one)
    watch.read_at(one, None, later(Cache(shared / "cache")))
    assert watch.changes(one) == ()
    Path("out").mkdir()
    Path("out/clip.mp4").write_bytes(b"x")
    assert watch.changes(one) == ()
    Path("p/after.jpg").write_bytes((shared / "after.jpg").read_bytes())
    assert {Path(name).name for name in watch.changes(one)} == {"after.jpg"}


def test_a_file_written_while_it_was_read_is_read_again(shared: Path) -> None:
    """Nobody knows which of its contents was seen: it counts as changed, once."""
    found = watch.watched(FILE, Path("out"))
    store = Cache(shared / "cache")
    since = later(store)
    watch.begin(found)
    script = plan.read(FILE, store)
    save(BRIEF + "# \n")
    Path("p/after.jpg").write_bytes(b"x")
    watch.read_at(found, script, since)
    assert {Path(name).name for name in watch.changes(found)} == {FILE.name, "after.jpg"}
    since = later(store)
    watch.begin(found)
    Path("p/before.jpg").unlink()
    watch.read_at(found, script, since)
    assert {Path(name).name for name in watch.changes(found)} == {"before.jpg"}
    since = later(store)
    watch.begin(found)
    watch.read_at(found, script, since)
    assert watch.changes(found) == ()


# The page


def test_a_page_read_just_then_shows_the_new_draft_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser has the state open twice a second, and Windows replaces no open file: it is tried again, not left until the next save."""
    (tmp_path / "clip.mp4").write_bytes(b"draft")
    page = showing.begin(tmp_path / "out", "厨房")
    showing.show(page, "厨房", "one", (), (), faulty=False)
    real, reading = os.replace, iter(range(3))

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == showing.STATE and next(reading, None) is not None:
            raise PermissionError(errno.EACCES, "Access is denied")
        real(source, target)

    monkeypatch.setattr(faults, "windows", lambda: True)
    monkeypatch.setattr(os, "replace", replace)
    showing.show(page, "厨房", "two", (), (Clip("抖音", tmp_path / "clip.mp4"),), faulty=False)
    said = (page.parent / showing.STATE).read_text(encoding="ascii")
    assert ('"line": "two"' in said, next(reading, None)) == (True, None)


# The command


class Person:
    """What somebody does between two looks; at the end she presses Ctrl-C."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.steps = list(steps)
        self.quiet = 0

    def __call__(self) -> None:
        """A pause: every third one something is done, so that each change comes to rest and is made."""
        self.quiet += 1
        if self.quiet % 3:
            return
        if not self.steps:
            raise KeyboardInterrupt(2)
        self.steps.pop(0)()
        later(default())  # nobody looks twice within a tick of the disk's clock


def watched(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> Result:
    """The command run while somebody does these things."""
    monkeypatch.setattr(watching, "_pause", Person(*steps))
    return CliRunner().invoke(program, ["make", "--watch", str(FILE)], catch_exceptions=False)


def state() -> dict[str, object]:
    """What the page is told."""
    text = Path("out/厨房/draft/小样/state.js").read_text(encoding="ascii")
    said: dict[str, object] = json.loads(text.removeprefix("draft(").removesuffix(");\n"))
    return said


def test_every_save_makes_the_draft_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line each, the page with a clip of its own name each; a fault is told and waited on; in the end nothing is left of the page."""
    seen: list[dict[str, object]] = []

    def then(change: Callable[[], object]) -> Callable[[], object]:
        return lambda: (seen.append(state()), change())  # type: ignore[func-returns-value]

    result = watched(
        monkeypatch,
        then(lambda: save(BRIEF.replace("灶台", "水槽"))),
        then(lambda: save(BRIEF.replace("标题", "标提"))),
        then(FILE.unlink),
        lambda: save(BRIEF.replace("灶台", "地面")),
        then(lambda: None),
    )
    assert result.exit_code == 0, result.output
    lines = [line for line in result.stdout.splitlines() if re.match(r"\d\d:\d\d:\d\d 厨房：", line)]
    assert [re.sub(r"[\d:.]+", "", line) for line in lines] == [
        " 厨房：小样做好了， 秒",
        " 厨房：改了 厨房yaml，小样重做好了， 秒（ 段里重做  段）",
        " 厨房：改了 厨房yaml，还不能做；照上面说的改好，存一下就接着做",
        " 厨房：改了 厨房yaml，还不能做；照上面说的改好，存一下就接着做",
        " 厨房：改了 厨房yaml，小样重做好了， 秒（ 段里重做  段）",
    ]
    assert result.stderr.count("VK-B001") == result.stderr.count("VK-Y001") == 1
    assert result.stderr.count("VK-K005") == 1
    assert [one["faulty"] for one in seen] == [False, False, True, False]
    assert seen[2]["clips"] == []
    assert len({json.dumps(one["clips"]) for one in (seen[0], seen[1], seen[3])}) == 3
    assert Path("out/厨房/draft/douyin/clip.mp4").is_file()
    assert not Path("out/厨房/draft/小样").exists()
    assert not [file for file in Path("out").rglob(".*") if file.is_file()]


def test_a_brief_that_is_faulty_at_first_is_waited_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page comes with its first draft."""
    FILE.write_text("标题\n", encoding="utf-8")
    result = watched(monkeypatch, lambda: save(BRIEF), lambda: None)
    assert result.exit_code == 0
    assert "厨房：还不能做" in result.stdout
    assert result.stdout.index("重做好了") < result.stdout.index("小样.html")


def test_a_folder_that_cannot_be_written_is_waited_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and the next save is made where it can be; nothing ends."""
    real = showing.show

    def full(*given: Any, **named: Any) -> None:
        monkeypatch.setattr(showing, "show", real)
        raise faults.refusal(OSError(errno.ENOSPC, "full"), Path("out"))

    def blocked() -> None:
        shutil.rmtree("out")
        Path("out").write_bytes(b"")
        save(BRIEF.replace("灶台", "水槽"))

    def free() -> None:
        Path("out").unlink()
        monkeypatch.setattr(showing, "show", full)
        save(BRIEF.replace("灶台", "地面"))

    result = watched(monkeypatch, blocked, free, lambda: save(BRIEF), lambda: None)
    assert result.exit_code == 0, result.output
    assert (result.stderr.count("VK-E005"), result.stderr.count("VK-E003")) == (1, 1)
    assert (result.stdout.count("还不能做"), result.stdout.count("重做好了")) == (1, 2)


def test_ending_by_the_system_is_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM is no Ctrl-C."""

    def terminated() -> None:
        raise KeyboardInterrupt(stops.TERMINATED)

    monkeypatch.setattr(watching, "_pause", terminated)
    FILE.write_text("标题\n", encoding="utf-8")
    assert program.main(["make", "--watch", str(FILE)], standalone_mode=False) == 143


@pytest.mark.parametrize("more", [["--json"], ["--rows", "x.csv"], ["--scheduler", "tcp://x"]])
def test_what_does_not_go_with_it(more: list[str]) -> None:
    """VK-M026 names the option."""
    done = program.main(["make", "--watch", str(FILE), *more], standalone_mode=False)
    assert done == 2


@pytest.mark.parametrize(("screen", "terminal"), [(":0", "yes"), (":0", ""), ("", "yes")])
def test_the_page_is_opened_where_somebody_sees_it(
    screen: str, terminal: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A screen and a terminal; else only its path is said."""
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("sys.stderr.isatty", lambda: bool(terminal), raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setitem(os.environ, "DISPLAY", screen)
    watching._open(tmp_path / "x.html")
    assert opened == ([str(tmp_path / "x.html")] if screen and terminal else [])


# The page


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Path]:
    """A page that shows nothing yet."""
    made = showing.begin(tmp_path / "draft", "厨<房>")
    yield made
    showing.end(made)
    assert not made.parent.exists()


def test_the_page_needs_no_network_and_shows_names_as_they_are(page: Path) -> None:
    """Nothing is loaded from elsewhere; a name is text."""
    text = page.read_text(encoding="utf-8")
    assert "厨&lt;房&gt;" in text
    assert "://" not in text
    assert "{{" not in text


def test_the_page_is_for_who_hears_or_sees_it_otherwise(page: Path, tmp_path: Path) -> None:
    """What changes is announced, nothing moves by itself where that is not wanted, a clip has its name, and what is said in it is a track."""
    text = page.read_text(encoding="utf-8")
    status = text[text.index('<div role="status">') : text.index("</div>")]
    assert all(f'id="{name}"' in status for name in ("line", "problems"))
    assert "prefers-reduced-motion" in text
    assert 'setAttribute("aria-label", title)' in text
    for name, said in (("clip", "WEBVTT\n"), ("still", "")):
        (tmp_path / f"{name}.mp4").write_bytes(b"1")
        if said:
            (tmp_path / f"{name}.vtt").write_text(said, encoding="utf-8")
        showing.show(page, "x", "line", (), (Clip("抖音", tmp_path / f"{name}.mp4"),), faulty=False)
        state = (page.parent / showing.STATE).read_text(encoding="ascii")
        assert json.loads(state.removeprefix("draft(").removesuffix(");\n"))["clips"][0][3] == said


def test_each_draft_has_a_name_of_its_own(page: Path, tmp_path: Path) -> None:
    """The same content keeps its name, older ones go; without a new clip the last stays."""
    clip = tmp_path / "clip.mp4"
    names = []
    for content in (b"1", b"2", b"2"):
        clip.write_bytes(content)
        showing.show(page, "x", "line", (), (Clip("抖音", clip, "</script>"),), faulty=False)
        names.append(sorted(file.name for file in page.parent.glob("*.mp4")))
    page.unlink()  # somebody emptied the output folder
    showing.show(page, "x", "line", ("wrong",), (), faulty=True)
    assert page.is_file()
    assert names[0] != names[1] == names[2] == sorted(file.name for file in page.parent.glob("*.mp4"))
    assert all(len(one) == 1 for one in names)
