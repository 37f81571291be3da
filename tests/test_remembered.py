"""What is remembered of a run: only while every input and output is the same, and told again word for word."""

from __future__ import annotations

import base64
import json
import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import segno
from click.testing import CliRunner, Result
from conftest import room
from PIL import Image

from vidkit import cache as caches
from vidkit import plan, shop
from vidkit.cache import Cache
from vidkit.cli import program
from vidkit.kits import branding
from vidkit.labels import imprint
from vidkit.problems import Place, problem
from vidkit.runs import inputs, planned, provenance, remembered
from vidkit.runs.inputs import Inputs
from vidkit.runs.remembered import Asked, Told

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "briefs/厨房.yaml"
ROOT = Path(remembered.__file__).parents[2]
"""Where the vidkit under test lies, installed or not: another one would not know what this one made."""
ANSWERS = branding.Answers("秀洁", "秀洁家政", "", "", "#0B7A75", "xiujie-own")
BRIEF = """\
模板: 清洁前后对比
标题: 三小时，厨房变个样
服务: 深度保洁
人物: 秀兰阿姨
对比: {位置: 灶台, 前: photos/before.jpg, 后: after.jpg}
"""
PROFILE = "称呼: 秀兰阿姨\n工种: 保洁师\n照片: photos/秀兰.jpg\n"
CONSENT = """\
同意人: 秀兰阿姨
身份: 家政员
可以用什么: [脸, 称呼]
可以做什么: [广告]
可以发哪里: [抖音]
到期日期: 2036-12-31
同意公开: 是
签字文件: signed/a.png
文件指纹: ed56fb623e675ae982fcaee64d92b3d9b53e384d58cbb056cd63e390df9c34a2
"""


def draw(file: Path, seed: int, *, cleaned: bool = False) -> None:
    """A small photo."""
    file.parent.mkdir(exist_ok=True)
    Image.fromarray(room(480, 640, seed, cleaned=cleaned)).save(file, quality=92)


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Inputs, Path]:
    """A shop with a brand, a person, a consent with its signed form, and a brief below ``briefs``; what making that reads; a cache that knows its
    photos.
    """
    folder = tmp_path_factory.mktemp("shops") / "店"
    shop.write(folder, ANSWERS, "贵阳云岩")
    draw(folder / "photos" / "before.jpg", 2)
    draw(folder / "briefs" / "after.jpg", 2, cleaned=True)
    draw(folder / "photos" / "秀兰.jpg", 5)
    for name, text in (
        ("people/秀兰阿姨.yaml", PROFILE),
        ("consents/秀兰阿姨.yaml", CONSENT),
        (FILE, BRIEF),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    draw(folder / "consents" / "signed" / "a.png", 7)
    known = tmp_path_factory.mktemp("cache")
    script = plan.read(folder / FILE, Cache(known))
    return folder, inputs.of(folder / FILE, script), known


@pytest.fixture
def store(examined: tuple[Path, Inputs, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Such a shop, in which one stands; a cache that has seen its photos and nothing else."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    monkeypatch.setenv("VIDKIT_TODAY", "2026-11-26")
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "cache"))
    folder, _, known = examined
    shutil.copytree(known, tmp_path / "cache")
    folder = Path(shutil.copytree(folder, tmp_path / "店"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def wanted(store: Path, examined: tuple[Path, Inputs, Path]) -> Inputs:
    """What making its brief reads."""
    there, found, _ = examined
    parts = (found.files, found.possible, found.folders)
    return Inputs(*(tuple(Path(str(one).replace(str(there), str(store), 1)) for one in part) for part in parts))


def run(*arguments: str) -> Result:
    """The command run in this process."""
    return CliRunner().invoke(program, arguments, catch_exceptions=False)


OPENED = """\
import os, sys
from pathlib import Path
from vidkit import batch, cache
from vidkit.runs import inputs
opened = set()
def hook(event, said):
    if event == "open" and isinstance(said[0], (str, os.PathLike)):
        opened.add(os.path.abspath(said[0]))
sys.addaudithook(hook)
(item,) = batch.check([Path("briefs/厨房.yaml")], cache.default(), today="2026-11-26", draft=True)
assert not item.exit_code, item.problems
from vidkit.painting import album
for asset in item.script.assets.values():
    album.decode.picture(album.unchanged(asset.file, asset.sha256, name=asset.name), at_least=(64, 64))
known = {os.path.abspath(name) for name in inputs.marks(inputs.of(Path("briefs/厨房.yaml"), item.script))}
here = os.getcwd()
print(*sorted(name for name in opened if name.startswith(here) and name not in known), sep="\\n")
print(len([name for name in opened if name in known]))
"""


def test_every_file_that_is_read_is_an_input(store: Path, tmp_path: Path) -> None:
    """Python itself is asked which files it opened: none of the shop is missing, and all kinds are among them."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VIDKIT_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", OPENED], cwd=store, env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    *missing, count = done.stdout.split()
    assert not missing
    assert int(count) >= 9


@pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows")
def test_linked_folders_are_looked_into(tmp_path: Path) -> None:
    """A brand's folder that lies elsewhere and is linked: what changes in it is a change; a link in a circle ends."""
    shared, own = tmp_path / "shared" / "brand", tmp_path / "店" / "brand"
    shared.mkdir(parents=True)
    own.mkdir(parents=True)
    (shared / "brand.yaml").write_text("id: a\n", encoding="utf-8")
    (own / "ours").symlink_to(shared)
    (shared / "again").symlink_to(own)
    assert [file.relative_to(own).as_posix() for file in inputs.tree(own)] == ["ours/brand.yaml"]
    before = inputs.marks(Inputs((), (), (own,))), provenance._folder(own)
    (shared / "brand.yaml").write_text("id: other\n", encoding="utf-8")
    after = inputs.marks(Inputs((), (), (own,))), provenance._folder(own)
    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.skipif(os.name == "nt", reason="any name can be there")
def test_a_name_the_system_cannot_write_is_not_there(tmp_path: Path) -> None:
    """As Chinese is where the locale knows ASCII only: nothing to read, and no error."""
    file = tmp_path / "\ud800.yaml"
    assert inputs.marks(Inputs((file,))) == {str(file): inputs.ABSENT}
    assert (inputs.present(Inputs((file,))), inputs.touched([str(file)])) == (frozenset(), 0)


QUESTION = Asked(FILE, "", "", draft=False, today="2026-11-26")
LEFT = Told(Path("out/厨房"), (Path("out/厨房/clip.mp4"),), (problem("VK-K005", Place("x", 1, 2), name="y"),), (), "{}")


@pytest.fixture
def told(store: Path, wanted: Inputs, cache: Cache) -> Callable[[], Told | None]:
    """A run was remembered; how its answer is had."""
    (store / "out" / "厨房").mkdir(parents=True)
    (store / "out" / "厨房" / "clip.mp4").write_bytes(b"a clip")
    assert remembered.remember(QUESTION, wanted, LEFT, cache, remembered.begin([Path(FILE)], cache))
    return lambda: remembered.recall(QUESTION, cache)


def write(name: str, text: str = "x") -> Callable[[], None]:
    """Writing a file of the shop."""

    def change() -> None:
        Path(name).parent.mkdir(exist_ok=True, parents=True)
        Path(name).write_text(text, encoding="utf-8")

    return change


CHANGES: dict[str, Callable[[], object]] = {
    "brief": write("briefs/厨房.yaml", BRIEF + "# \n"),
    "photo": lambda: draw(Path("photos/before.jpg"), 3),
    "photo-gone": lambda: Path("briefs/after.jpg").unlink(),
    "photo-nearer": lambda: draw(Path("briefs/photos/before.jpg"), 3),
    "project": write("vidkit.yaml", "地区: 云岩\n"),
    "project-nearer": write("briefs/vidkit.yaml", ""),
    "brand": write("brand/xiujie-own/logo.svg", "<svg/>"),
    "brand-new": write("brand/other/brand.yaml"),
    "person": write("people/秀兰阿姨.yaml", PROFILE + "老家: 毕节\n"),
    "person-photo": lambda: draw(Path("photos/秀兰.jpg"), 9),
    "consent-gone": lambda: Path("consents/秀兰阿姨.yaml").unlink(),
    "consent-new": write("consents/李女士.yaml", "同意人: 李女士\n"),
    "form": lambda: draw(Path("consents/signed/a.png"), 8),
    "platform": write("platforms/douyin.yaml"),
    "template": write("templates/_parts/parts.yaml"),
    "series": write("series/家政.yaml"),
    "output": write("out/厨房/clip.mp4", "a clap"),
    "output-gone": lambda: Path("out/厨房/clip.mp4").unlink(),
    "output-more": write("out/厨房/poster-1x1.png"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_is_seen(name: str, told: Callable[[], Told | None]) -> None:
    """Whatever is read or was made: changed, gone, new, nearer than what was used."""
    assert told()
    CHANGES[name]()
    assert told() is None


def test_a_problem_comes_back_whole() -> None:
    """With its place, its values, and those it tells as one, which programs read each for itself."""
    parts = tuple(problem("VK-S110", Place("a.yaml", 2, 1), who="周芳", what=what) for what in ("脸", "声音"))
    whole = replace(problem("VK-S126", Place("a.yaml", 2, 1), who="周芳"), parts=parts)
    for one in (whole, *parts, problem("VK-E013", name="x")):
        assert remembered.problem_of(json.loads(json.dumps(remembered.plain(one)))) == one


def test_what_is_remembered_comes_back(told: Callable[[], Told | None]) -> None:
    """Folder, files and problems; hidden files, drafts and other briefs change nothing."""
    write("briefs/别的.yaml")()
    write("out/厨房/.clip.mp4.part")()
    write("out/厨房/draft/clip.mp4")()
    assert told() == LEFT


@pytest.mark.parametrize(
    "other",
    [
        replace(QUESTION, today="2026-11-27"),
        replace(QUESTION, draft=True),
        replace(QUESTION, platform="kuaishou"),
        replace(QUESTION, out="o"),
        replace(QUESTION, brief="briefs/x.yaml"),
    ],
)
def test_another_question_has_no_answer(other: Asked, told: Callable[[], Told | None], cache: Cache) -> None:
    """Another day, option, folder or brief."""
    assert told()
    assert remembered.recall(other, cache) is None


def test_the_surroundings_are_part_of_the_question(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Language, settings, the folder one stands in, the tools."""
    maker = remembered.stamp()
    own = remembered.key(QUESTION, maker)
    with monkeypatch.context() as patched:
        patched.setenv("VIDKIT_LANG", "en")
        assert remembered.key(QUESTION, maker) != own
    with monkeypatch.context() as patched:
        patched.setenv("VIDKIT_SOMETHING", "1")
        assert remembered.key(QUESTION, maker) != own
    with monkeypatch.context() as patched:
        patched.chdir(store / "photos")
        assert remembered.key(QUESTION, maker) != own
    assert remembered.key(QUESTION, "another") != own
    assert remembered.key(QUESTION, remembered.stamp()) == own


@pytest.mark.usefixtures("told")
def test_what_makes_everything_is_what_it_was_when_the_run_began(
    wanted: Inputs, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A vidkit that was installed meanwhile made nothing of it, and has to; several questions look at it once."""
    now = ["old"]
    looked: list[str] = []

    def stamp() -> str:
        looked.append(now[0])
        return now[0]

    monkeypatch.setattr(remembered, "stamp", stamp)
    begun = remembered.begin([Path(FILE)], cache)
    now[0] = "new"
    assert remembered.remember(QUESTION, wanted, LEFT, cache, begun)
    assert remembered.recall(QUESTION, cache) is None
    assert remembered.recall(QUESTION, cache, "old") == LEFT
    now[0] = "old"
    del looked[:]
    other = replace(QUESTION, draft=True)
    assert remembered.recall_all([QUESTION, other], cache) is None
    assert looked == ["old"]


def test_only_the_last_answer_is_kept(told: Callable[[], Told | None], wanted: Inputs, cache: Cache) -> None:
    """Remembering again replaces what was remembered."""
    begun = remembered.begin([Path(FILE)], cache)
    for data in ("1", "2", "3"):
        assert remembered.remember(QUESTION, wanted, replace(LEFT, data=data), cache, begun)
        found = told()
        assert found
        assert found.data == data


@pytest.mark.parametrize("name", ["brief", "photo", "consent-gone", "consent-new", "photo-gone"])
def test_a_run_during_which_an_input_changed_is_not_remembered(name: str, wanted: Inputs, cache: Cache) -> None:
    """The files were written, or gone, after the run began: nobody knows which of them it saw."""
    begun = remembered.begin([Path(FILE)], cache)
    CHANGES[name]()
    assert not remembered.remember(QUESTION, wanted, LEFT, cache, begun)


@pytest.mark.usefixtures("store")
def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    """A run whose beginning is not known is before everything."""
    (tmp_path / "file").write_bytes(b"")
    assert remembered.begin([Path(FILE)], Cache(tmp_path / "file")).at == 0


def test_two_that_share_a_name_are_not_answered_together(told: Callable[[], Told | None], cache: Cache) -> None:
    """Two briefs of one folder are for the check to refuse."""
    assert told()
    assert remembered.recall_all([QUESTION], cache)
    assert remembered.recall_all([QUESTION, QUESTION], cache) is None
    assert remembered.recall_all([], cache) is None


LIGHT = """\
import sys
from vidkit.cli import program
code = program.main(sys.argv[1:], standalone_mode=False)
assert not {"numpy", "pydantic", "cv2", "jinja2", "vidkit.batch"} & set(sys.modules)
sys.exit(code)
"""


def test_make_says_the_same_again_without_a_library_that_draws(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run of the command says word for word what a run that looks at everything says; as JSON too."""
    del store
    assert run("make", "briefs/厨房.yaml", "--draft").exit_code == 0
    with monkeypatch.context() as patched:
        patched.setattr(remembered, "recall_all", lambda *_: None)
        wanted = [run("make", "briefs/厨房.yaml", "--draft", *more) for more in ((), ("--json",))]
    for more, full in zip(((), ("--json",)), wanted, strict=True):
        done = subprocess.run(
            [sys.executable, "-c", LIGHT, "make", "briefs/厨房.yaml", "--draft", *more],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, full.stdout, full.stderr)
    assert json.loads(wanted[1].stdout)["briefs"][0]["made"] == 0


FRAME = LIGHT.replace('"numpy", ', "").replace('"cv2", ', "")


def test_a_frame_is_planned_once(store: Path) -> None:
    """The next frame of the same brief needs neither its rules nor its layout; a change of its words does; it is never written over a photo."""
    whole = run("frame", FILE, "--at", "1", "-o", "a.png", "--safe")
    assert whole.exit_code == 0, whole.output
    assert run("frame", FILE, "--at", "1", "-o", "a.png").exit_code == 0
    done = subprocess.run(
        [sys.executable, "-c", FRAME, "frame", FILE, "--at", "1", "-o", "b.png"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "看图 b.png\n")
    assert (store / "a.png").read_bytes() == (store / "b.png").read_bytes()
    draw(store / "photos" / "before.png", 2)
    write(FILE, BRIEF.replace("before.jpg", "before.png").replace("变个样", "亮了"))()
    assert run("frame", FILE, "--at", "1", "-o", "b.png").exit_code == 0
    assert (store / "a.png").read_bytes() != (store / "b.png").read_bytes()
    qr = store / "briefs" / "code.png"
    segno.make("https://a.example").save(str(qr), scale=8)
    (store / FILE).write_text((store / FILE).read_text(encoding="utf-8") + "二维码: code.png\n", encoding="utf-8")
    theirs = ("photos/before.png", "photos/new.png", "briefs/code.png", "consents/signed/a.png", "people/new.png")
    draw(store / "screenshot.png", 3)
    for at, out, code in (
        *(("1", name, "VK-M020") for name in theirs),
        ("1", "screenshot.png", "VK-M034"),
        ("1", "d.png", ""),
        ("1", "d.png", ""),
        *(("1", name, "VK-M020") for name in theirs),
        ("1", "screenshot.png", "VK-M034"),
        ("999", "c.png", "VK-M006"),
    ):
        refused = run("frame", FILE, "--at", at, "-o", out)
        assert (refused.exit_code, code in refused.stderr) == (2 if code else 0, True)
    assert not (store / "people" / "new.png").exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("vidkit.runs.planned", "import_module"),
        ("vidkit.runs.planned", "Path"),
        ("vidkit.runs.planned", "pickle.loads"),
        ("vidkit.program", "main"),
        ("vidkit.brief", "Brief"),
    ],
)
def test_a_clip_in_the_cache_names_nothing_but_values(module: str, name: str) -> None:
    """Whatever else its pickle names is refused before it is called; so is one that is no clip, and one cut short."""
    for evil in (f"c{module}\n{name}\n(V1\ntR.".encode(), f"c{module}\n{name}\n.".encode(), b"(lp0\n.", b"\x80\x04"):
        assert planned.unpacked(base64.b64encode(evil).decode()) is None


def test_an_entry_that_somebody_changed_runs_nothing(store: Path) -> None:
    """The clip is planned anew, and remembered in its place."""
    command = ("frame", FILE, "--at", "1", "-o", "a.png")
    assert run(*command).exit_code == 0
    kept, asked = caches.default(), planned.question(Path(FILE), None, "2026-11-26")
    said = remembered.answer(asked, kept)
    assert said
    assert planned.recall(asked, kept)
    evil = base64.b64encode(pickle.dumps(_Evil())).decode()
    key = remembered.key(asked, remembered.stamp())
    while held := kept.find(key, ".json"):
        held.unlink()
    kept.remember(key, {**said, "planned": evil})
    assert planned.recall(asked, kept) is None
    assert run(*command).exit_code == 0
    assert not (store / "evil").exists()
    assert planned.recall(asked, kept)


class _Evil:
    """Unpickled by Python itself it makes a folder."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("evil",)


@pytest.mark.usefixtures("hasty")
def test_a_frames_label_does_not_depend_on_who_planned_it(store: Path) -> None:
    """A clip with pictures that AI made: its frames say so, whether ``make`` planned it or ``frame`` did."""
    write(FILE, f"{BRIEF}AI: [图片]\n")()
    assert run("frame", FILE, "--at", "1", "-o", "a.png").exit_code == 0
    made = run("make", FILE)
    assert made.exit_code == 0, made.output
    assert run("frame", FILE, "--at", "1", "-o", "b.png").exit_code == 0
    assert imprint.labels(store / "a.png")
    assert (store / "a.png").read_bytes() == (store / "b.png").read_bytes()
