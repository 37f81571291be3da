"""Many briefs, many processes, many faults: good ones are delivered, bad ones named, nothing is lost or mixed, and a stopped run goes on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import segno
import tiny
from nursery import Nursery

from vidkit import batch, cache, clip, encode, ffmpeg, kit, make, plan
from vidkit.cache import Cache
from vidkit.commands import making
from vidkit.problems import Refusal, problem
from vidkit.runs import lock, provenance, tally
from vidkit.runs.stored import MARKS
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

BRIEFS = tiny.count("VIDKIT_BRIEFS", 16)
"""Briefs of one run; `.ci/run --long` asks for 200."""
ROUNDS = tiny.count("VIDKIT_ROUNDS", 1)
"""Rounds of eight processes at once (one of four); `.ci/run --long` asks for 20."""
DAMAGED = tiny.count("VIDKIT_DAMAGED", 20)
"""Faults put into a cache; `.ci/run --long` asks for a thousand."""
PROCESSES = 8 if ROUNDS > 1 else 4
AT_ONCE = 10
"""Faults put into a cache before one run has to find them all."""


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.small(monkeypatch)


@pytest.fixture
def shop(tmp_path: Path) -> tiny.Shop:
    """A shop of its own."""
    return tiny.shop(tmp_path)


# Many briefs ----------------------------------------------------------------------------------------------------------

WRONG = (
    ("后: 后.png", "后: 没有这张.png", "VK-B034", 7),
    ("模板: 清洁前后对比", "模板: 没有这个模板", "VK-", 1),
    ("服务: 深度保洁", "服务 深度保洁", "VK-Y", 4),
)
"""What is wrong with a bad brief: the words, the words instead, the code, the line."""


def _many(shop: tiny.Shop, count: int) -> tuple[list[str], dict[str, tuple[str, int]]]:
    """So many briefs, 12 in 100 of them bad: their files, and the bad ones' code and line."""
    files, bad = [], dict[str, tuple[str, int]]()
    for number in range(count):
        file = shop.says(f"灶台第{number}次变样", f"第{number:03}条")
        if number % 25 in {4, 12, 20}:
            old, new, code, line = WRONG[number // 4 % 3]
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            bad[str(file)] = (code, line)
        files.append(str(file))
    return files, bad


class Encoders:
    """Lets the segments whose numbers are asked for fail in the middle, as an encoder that ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *numbers: int) -> None:
        self.left, self.started, self.failed = set(numbers), 0, 0
        frames = clip.frames

        def failing(*given: Any, **named: Any) -> Any:
            number, self.started = self.started, self.started + 1
            for step, frame in enumerate(frames(*given, **named)):
                if step == 3 and number in self.left:
                    self.failed += 1
                    raise Refusal(problem("VK-E002", status=1, words="made to fail"))
                yield frame

        monkeypatch.setattr(clip, "frames", failing)


def test_good_ones_are_delivered_and_bad_ones_named(shop: tiny.Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many, 12 in 100 bad, with three encoders that fail in the middle, two of them one after the other in the same brief: every good one is
    there, every bad one is named with file and line, exit 6, and the report tells of all.
    """
    files, bad = _many(shop, BRIEFS)
    encoders = Encoders(monkeypatch, 2, 9, 10)
    code, told = shop.run(*files, "--jobs", "1")
    assert encoders.failed == 3
    assert code == 6
    assert [one["brief"] for one in told["briefs"]] == files
    for one in told["briefs"]:
        assert one["ok"] == (one["brief"] not in bad), one["problems"]
        if not one["ok"]:
            wrong = next(p for p in one["problems"] if p["level"] == "error")
            name, line = bad[one["brief"]]
            assert (wrong["file"], wrong["line"]) == (one["brief"], line)
            assert wrong["code"].startswith(name)
            assert not (shop.out / Path(one["brief"]).stem).exists()
        else:
            assert (shop.out / Path(one["brief"]).stem / "draft" / "douyin" / "clip.mp4").is_file()
    report = json.loads((shop.out / "报告.json").read_text(encoding="utf-8"))
    assert [one["ok"] for one in report["briefs"]] == [one["ok"] for one in told["briefs"]]
    assert all(Path(file).name in (shop.out / "报告.html").read_text(encoding="utf-8") for file in files)
    assert not shop.parts()


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for ffmpeg")
def test_a_bug_met_by_one_keeps_no_other_from_being_made(shop: tiny.Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it shows while briefs are checked or made: the others are there, and that one is told of with the file of its traceback. What
    killed runs left of marks and reports is gone.
    """
    files, _ = _many(shop, 3)
    marked = shop.out / MARKS
    marked.mkdir(parents=True)
    (shop.out / ".报告.json.1-1.part").write_bytes(b"half")
    (marked / ".第001条.json.1-1.part").write_bytes(b"half")
    real, making = plan.plan, make.make

    def planned(script: plan.Script, *given: Any, **named: Any) -> plan.Plan:
        assert script.brief.file.stem != "第000条"
        return real(script, *given, **named)

    def made(script: plan.Script, *given: Any) -> make.Made:
        assert script.brief.file.stem != "第002条"
        return making(script, *given)

    monkeypatch.setattr(plan, "plan", planned)
    monkeypatch.setattr(make, "make", made)
    code, told = shop.run(*files)
    assert code == batch.SOME_FAILED
    assert [one["exit"] for one in told["briefs"]] == [70, 0, 70]
    assert [name for name, _ in tiny.errors(told)] == ["VK-M010"] * 2
    assert sorted(name.split("/")[0] for name in shop.made()) == ["报告.html", "报告.json", *["第001条"] * 3]
    assert not shop.parts()


def test_killed_twice_it_is_started_a_third_time(
    shop: tiny.Shop, delivered: tiny.Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever ffmpeg was asked (its version, a sound, a measurement, a join): killed twice, the clip is the same."""
    real, said = ffmpeg.executable(), tmp_path / "asked"
    program = tmp_path / "ffmpeg"
    program.write_text(
        f'#!/bin/sh\nname=$(echo "$*" | cksum | cut -d" " -f1)\necho x >> {said}-$name\n'
        f'if [ "$(wc -l < {said}-$name)" -lt 3 ]; then kill -9 $$; fi\nexec {real} "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "executable", lambda: str(program))
    ffmpeg.version.cache_clear()
    try:
        assert shop.run("--jobs", "1", str(shop.folder / "厨房.yaml"))[0] == 0
    finally:
        ffmpeg.version.cache_clear()
    assert shop.made() == delivered.made()


@pytest.mark.parametrize(("module", "name"), [(encode, "join"), (make, "_within"), (cache, "deliver")])
def test_a_cache_emptied_in_the_middle_costs_only_time(
    module: ModuleType, name: str, shop: tiny.Shop, delivered: tiny.Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``vidkit cache clear`` while a clip is put together or delivered: what is gone is made again, with the same bytes."""
    real, cleared = getattr(module, name), list[int]()

    def clearing(*given: Any, **named: Any) -> Any:
        if not cleared:
            cleared.append(Cache(shop.cache).clear())
        return real(*given, **named)

    monkeypatch.setattr(module, name, clearing)
    code, told = shop.run()
    assert code == 0, told
    assert cleared[0]
    assert shop.made() == delivered.made()


def test_the_end_card_is_encoded_once(shop: tiny.Shop) -> None:
    """Of many briefs of one brand, each after the first makes only what its own words are in: the end card is shared."""
    files, _ = _many(shop, 4)
    code, told = shop.run(*files)
    assert code == 0
    first, *others = [(one["made"], one["segments"]) for one in told["briefs"]]
    assert first == (first[1], first[1])
    assert all(made < segments for made, segments in others)
    manifests = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(shop.out.rglob("manifest.json"))]
    ends = {one["clips"]["douyin"]["segments"][-1] for one in manifests}
    assert len(ends) == 1
    assert [one["clips"]["douyin"]["scenes"][-1]["name"] for one in manifests] == ["end"] * 4


# A stopped run --------------------------------------------------------------------------------------------------------


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of briefs that are planned from here on."""
    names: list[str] = []
    real = plan.plan

    def noted(script: plan.Script, *given: Any, **named: Any) -> plan.Plan:
        names.append(script.brief.file.stem)
        return real(script, *given, **named)

    monkeypatch.setattr(plan, "plan", noted)
    return names


def _stopped(shop: tiny.Shop, files: list[str], monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """A run that is stopped (Ctrl-C) after so many clips."""
    real, made = batch.make, list[str]()

    def make(item: batch.Item, *given: Any) -> batch.Item:
        if len(made) == after:
            raise KeyboardInterrupt(2)
        made.append(item.file.stem)
        return real(item, *given)

    with monkeypatch.context() as patch:
        patch.setattr(batch, "make", make)
        assert shop.run(*files)[0] == 130


def test_a_stopped_run_goes_on(shop: tiny.Shop, monkeypatch: pytest.MonkeyPatch, planned: list[str]) -> None:
    """What was delivered is neither planned nor touched; what changed since, lost a file or was never made, is made; the report of a
    failure tells of all of them.
    """
    files, _ = _many(shop, 4)
    bad = shop.says("灶台第四次变样", "坏的")
    bad.write_text(bad.read_text(encoding="utf-8").replace("后.png", "没有.png"), encoding="utf-8")
    files.append(str(bad))
    _stopped(shop, files, monkeypatch, 3)
    before = shop.made()
    shop.says("灶台又换了样", "第001条")
    (shop.out / "第002条" / "draft" / "douyin" / "caption.txt").unlink()
    planned.clear()
    stamp = (shop.out / "第000条" / "draft" / "manifest.json").stat().st_mtime_ns
    monkeypatch.setattr(tiny, "DAY", "2026-11-27")
    code, told = shop.run(*files, "--resume")
    assert code == 6
    assert sorted(set(planned)) == ["第001条", "第002条", "第003条"]
    assert [one["kept"] for one in told["briefs"]] == [True, False, False, False, False]
    assert [one["ok"] for one in told["briefs"]] == [True, True, True, True, False]
    assert told["briefs"][0]["files"]
    assert (shop.out / "第000条" / "draft" / "manifest.json").stat().st_mtime_ns == stamp
    report = json.loads((shop.out / "报告.json").read_text(encoding="utf-8"))
    assert [one["kept"] for one in report["briefs"]] == [one["kept"] for one in told["briefs"]]
    assert "以前就做好了" in (shop.out / "报告.html").read_text(encoding="utf-8")
    assert {name: shop.made()[name] for name in before if "第000条" in name or "第002条" in name} == {
        name: content for name, content in before.items() if "第000条" in name or "第002条" in name
    }


def test_somebody_elses_page_is_left_alone(tmp_path: Path) -> None:
    """What became of each is told beside it under another name, and goes when all is well; their files of our names stay."""
    items = (batch.Item(Path("坏.yaml"), problems=(problem("VK-E008", folder="x", owner="1"),)),)
    theirs = {"报告.html": "mine", "vidkit-报告.json": "[" * 100_000}
    for name, text in theirs.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for _ in range(2):
        for name, words in tally.files(items, tmp_path):
            (tmp_path / name).write_text(words, encoding="utf-8")
        there = {file.name for file in tmp_path.iterdir()}
        assert there == {*theirs, "vidkit-报告-2.html", "vidkit-报告-2.json"}
    tally.outdated(items, tmp_path)
    assert len(list(tmp_path.iterdir())) == len(theirs) + 2
    tally.outdated((batch.Item(Path("坏.yaml"), made=make.Made(tmp_path, (), 1, 1)),), tmp_path)
    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == theirs


def test_a_report_stays_until_what_failed_is_made(shop: tiny.Shop) -> None:
    """Another run's good briefs, or its failure, say nothing of what failed here; a batch that fails again tells of itself."""
    good, other = str(shop.folder / "厨房.yaml"), str(shop.says("水槽变个样", "水槽"))
    bad = shop.says("灶台第四次变样", "坏的")
    bad.write_text(bad.read_text(encoding="utf-8").replace("后.png", "没有.png"), encoding="utf-8")
    assert shop.run(good, str(bad))[0] == batch.SOME_FAILED
    first = _report(shop.out)
    for files in ([other], [str(bad)], [good, other]):
        shop.run(*files)
        assert _report(shop.out) == first
    assert shop.run(other, str(bad))[0] == batch.SOME_FAILED
    assert _report(shop.out) == (["水槽", "坏的"], ["水槽", "坏的"])
    shop.says("灶台第四次变样", "坏的")
    assert shop.run(str(bad))[0] == 0
    assert not list(shop.out.glob("报告*"))


def _report(folder: Path) -> tuple[list[str], list[str]]:
    """Which briefs the page of a folder tells of, and which its data."""
    page = (folder / "报告.html").read_text(encoding="utf-8")
    assert page.endswith("</html>\n")
    data = json.loads((folder / "报告.json").read_text(encoding="utf-8"))
    return [Path(one).stem for one in re.findall(r"<td>([^<]*)\.yaml</td>", page)], [
        Path(one["brief"]).stem for one in data["briefs"]
    ]


TELLING = """
import sys
from pathlib import Path
from vidkit import batch, make
from vidkit.commands import making
from vidkit.problems import problem
out, name, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
failed = problem("VK-E008", folder=name, owner="1")
for number in range(rounds):
    items = [batch.Item(Path(f"{name}{one}.yaml"), made=make.Made(out, (), 1, 1)) for one in range(number % 40 + 2)]
    bad = batch.Item(Path(f"{name}bad.yaml"), problems=(failed,))
    mended = batch.Item(Path(f"{name}bad.yaml"), made=make.Made(out, (), 1, 1))
    making._tell_failures([*items, mended if number % 3 == 2 else bad], out, quiet=True)
"""
"""A run that fails, fails and is mended again and again, and tells of it."""


def test_a_report_is_taken_back_by_who_holds_its_folder(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a page and its data no other run removes one of them."""
    monkeypatch.setattr("vidkit.cache.default", lambda: cache)
    monkeypatch.setitem(table("limits")["cache"], "lock_wait_seconds", 0.1)
    failed = problem("VK-E008", folder="x", owner="1")
    good, bad, mended = (
        batch.Item(Path(name), made=made, problems=told)
        for name, made, told in (
            ("好.yaml", make.Made(tmp_path, (), 1, 1), ()),
            ("坏.yaml", None, (failed,)),
            ("坏.yaml", make.Made(tmp_path, (), 1, 1), ()),
        )
    )
    making._tell_failures([good, bad], tmp_path, quiet=True)
    with lock.held(tmp_path, cache), pytest.raises(Refusal):
        making._tell_failures([good, mended], tmp_path, quiet=True)
    assert _report(tmp_path) == (["好", "坏"], ["好", "坏"])
    making._tell_failures([good, mended], tmp_path, quiet=True)
    assert not list(tmp_path.glob("报告*"))


def test_reports_of_runs_at_once_are_whole(tmp_path: Path) -> None:
    """While three runs with one cache tell of one folder and take back what they told, every file there is whole; in the end page and data are
    of one run, or neither is there, and nothing else is.
    """
    out, own = tmp_path / "out", os.environ | {"VIDKIT_CACHE": str(tmp_path / "cache"), "VIDKIT_LANG": "zh"}
    out.mkdir()
    asked = [sys.executable, "-c", TELLING, str(out)]
    runs = [subprocess.Popen([*asked, name, "40"], env=own) for name in ("甲", "乙", "丙")]
    seen = 0
    while any(run.poll() is None for run in runs):
        with contextlib.suppress(FileNotFoundError):
            json.loads((out / "报告.json").read_text(encoding="utf-8"))
            assert (out / "报告.html").read_text(encoding="utf-8").endswith("</html>\n")
            seen += 1
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert seen
    there = {file.name for file in out.iterdir()}
    assert there in (set(), {"报告.html", "报告.json"})
    if there:
        page, data = _report(out)
        assert page == data
        assert len({name[0] for name in data}) == 1


CHANGES: dict[str, Callable[[tiny.Shop], object]] = {
    "a photo": lambda shop: _appended(shop.folder / "后.png"),
    "the brief": lambda shop: shop.says("灶台换了一个样"),
    "a file of the clip": lambda shop: _appended(shop.out / "厨房" / "draft" / "douyin" / "clip.mp4"),
    "the manifest": lambda shop: (shop.out / "厨房" / "draft" / "manifest.json").write_text("{", encoding="utf-8"),
    "clips that tell nothing": lambda shop: _clips(shop, {"douyin": {}}),
    "clips that are none": lambda shop: _clips(shop, {"douyin": 5}),
    "no manifest": lambda shop: (shop.out / "厨房" / "draft" / "manifest.json").unlink(),
    "a brand": lambda shop: _branded(shop.folder),
}
"""What must be made anew."""


def _appended(file: Path, more: bytes = b"?") -> None:
    file.write_bytes(file.read_bytes() + more)


def _clips(shop: tiny.Shop, clips: object) -> None:
    """A manifest that somebody edited."""
    file = shop.out / "厨房" / "draft" / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"clips": clips}), encoding="utf-8")


def _branded(folder: Path) -> None:
    """A brand of the shop's own under the name of ours."""
    from vidkit import kit  # noqa: PLC0415

    ours = next(
        one for one in (kit.bundled() / "brand").iterdir() if "邻里净" in (one / "brand.yaml").read_text("utf-8")
    )
    shutil.copytree(ours, folder / "brand" / ours.name)
    (folder / "vidkit.yaml").write_text("{}\n", encoding="utf-8")
    _appended(folder / "brand" / ours.name / "brand.yaml", b"\n# ours\n")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> tiny.Shop:
    """A shop whose clip was delivered, with an empty cache."""
    shop = tiny.shop(tmp_path_factory.mktemp("delivered"))
    with pytest.MonkeyPatch.context() as patch:
        tiny.small(patch)
        assert shop.run()[0] == 0
    shutil.rmtree(shop.cache)
    return shop


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_made_again(
    change: str, shop: tiny.Shop, delivered: tiny.Shop, planned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing changed: kept. Anything a clip follows from, or of the clip itself: planned anew, and made."""
    asked = (str(shop.folder / "厨房.yaml"), "--resume")
    shutil.copytree(delivered.folder, shop.folder, dirs_exist_ok=True)
    code, told = shop.run(*asked)
    assert (code, told["briefs"][0]["kept"], planned) == (0, True, [])
    CHANGES[change](shop)
    made: list[str] = []

    def make(item: batch.Item, *_: object) -> batch.Item:
        made.append(item.file.stem)
        return item

    monkeypatch.setattr(batch, "make", make)
    shop.run(*asked)
    assert ({*planned}, made) == ({"厨房"}, ["厨房"])


def test_another_picture_of_a_code_is_another_input(shop: tiny.Shop) -> None:
    """The brief's words stay, the picture of the QR code leads somewhere else: what was made before is not kept."""
    brief, code, store = shop.folder / "厨房.yaml", shop.folder / "码.png", Cache(shop.cache)
    brief.write_text(brief.read_text(encoding="utf-8") + "二维码: 码.png\n", encoding="utf-8")
    seen = []
    for link in ("https://a.example", "https://b.example", "https://a.example"):
        segno.make(link).save(str(code), scale=8)
        script = plan.read(brief, store, today=tiny.DAY)
        seen.append(provenance.digest(script, plan.platforms(script), draft=True))
    assert seen[0] == seen[2] != seen[1]


def test_rows_of_a_table_are_resumed(shop: tiny.Shop, planned: list[str]) -> None:
    """A row is what it says: the changed one is made, the others are kept."""
    table = shop.folder / "表.csv"
    table.write_text("文件名,标题\n一,灶台第一次变样\n二,灶台第二次变样\n", encoding="utf-8")
    asked = (str(shop.folder / "厨房.yaml"), "--rows", str(table), "--resume")
    assert shop.run(*asked)[0] == 0
    planned.clear()
    table.write_text("文件名,标题\n一,灶台第一次变样\n二,灶台终于变样\n", encoding="utf-8")
    code, told = shop.run(*asked)
    assert (code, planned) == (0, ["二"])
    assert [one["kept"] for one in told["briefs"]] == [True, False]


# Many processes -------------------------------------------------------------------------------------------------------


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    """Where runs begin."""
    made = Nursery(tiny.SHRUNK)
    yield made
    made.close()


@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
def test_many_processes_on_one_cache_and_one_folder(tmp_path: Path, nursery: Nursery) -> None:
    """All at once, the brief edited in the middle of it: each ends well or says who holds the folder (exit 7); what lies there afterwards is
    one of the two clips, whole, and the cache is sound.
    """
    known = []
    for title in ("灶台变个样", "灶台换个样"):
        alone = tiny.shop(tmp_path / title)
        alone.says(title)
        assert alone.run()[0] == 0
        known.append(alone.made())
    for number in range(ROUNDS):
        shop = tiny.shop(tmp_path / f"round-{number}")
        own = {"VIDKIT_CACHE": str(shop.cache), "VIDKIT_TODAY": tiny.DAY}
        runs = []
        for one in range(PROCESSES):
            if one == PROCESSES // 2:
                shop.says("灶台换个样")
            runs.append(nursery.start(shop.folder, "make", "--draft", "-o", "out", "厨房.yaml", **own))
        codes = {run.wait() for run in runs}
        assert codes <= {0, 7}, [run.said.read_text(encoding="utf-8") for run in runs]
        assert shop.made() in known
        assert not shop.parts()
        assert Cache(shop.cache).verify()[1] == 0
        assert shop.run()[0] == 0
        assert shop.made() == known[1]


# Many faults ----------------------------------------------------------------------------------------------------------


def _damage(file: Path, others: list[Path], chance: random.Random) -> None:
    """One of the ways a file on a disk goes bad."""
    content = file.read_bytes() or b"?"
    at = chance.randrange(len(content))
    way = chance.choice(["flip", "cut", "zero", "swap", "foreign", "longer", "empty", "folder"])
    if way == "flip":
        file.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
    elif way == "cut":
        file.write_bytes(content[:at])
    elif way == "zero":
        file.write_bytes(content[:at] + bytes(min(64, len(content) - at)) + content[at + 64 :] or b"?")
    elif way == "swap":
        other = chance.choice(others)
        if other.is_file():
            file.write_bytes(other.read_bytes())
            other.write_bytes(content)
    elif way == "foreign":
        (file.parent / f"{hashlib.sha256(content).hexdigest()}-x.mp4").write_bytes(content)
        file.write_bytes(b"\xff\xd8\xff" + content)
    elif way == "longer":
        file.write_bytes(content + content[:at])
    elif way == "empty":
        file.write_bytes(b"")
    else:
        file.unlink()
        file.mkdir()


@pytest.mark.usefixtures("anew")
def test_damage_in_the_cache_never_shows(shop: tiny.Shop) -> None:
    """Faults of every kind in every kind of entry, compiled templates too: the next run finds them and makes the same bytes; nothing bad is
    left in the cache.
    """
    assert shop.run()[0] == 0
    made, chance = shop.made(), random.Random(7)  # noqa: S311  # no secret
    for _ in range(0, DAMAGED, AT_ONCE):
        files = [*(shop.cache / "parts").rglob("*.*"), *(shop.cache / "templates").glob("*.jinja")]
        held = [one for one in sorted(files) if one.is_file()]
        for file in chance.sample(held, min(AT_ONCE, len(held))):
            with contextlib.suppress(FileNotFoundError, IsADirectoryError):
                _damage(file, held, chance)
        shutil.rmtree(shop.out)
        assert shop.run()[0] == 0
        assert shop.made() == made
        Cache(shop.cache).verify()
        assert Cache(shop.cache).verify()[1] == 0


def test_what_had_no_room_is_told_once_for_all_platforms() -> None:
    """Seven clips that lack the same are one note; a clip that lacks something else is another."""
    script: Any = SimpleNamespace(brief=SimpleNamespace(key={"prices": "价格", "people": "人物"}.get))
    plans: Any = [
        SimpleNamespace(
            board=SimpleNamespace(left_out=left), platform=SimpleNamespace(title_zh=where, title_en=where.lower())
        )
        for where, left in (("A", ("prices",)), ("B", ("prices",)), ("C", ()), ("D", ("people",)))
    ]
    found = [dict(one.values) for one in batch._left_out(script, plans)]
    assert [(one["platform"], one["platform_en"], one["parts"]) for one in found] == [
        ("A、B", "a, b", "「价格」"),
        ("D", "d", "「人物」"),
    ]


@pytest.mark.parametrize(
    ("platforms", "made", "codes"),
    [
        ("[抖音, 朋友圈]", ["douyin"], ["VK-T007"]),
        ("[朋友圈]", [], ["VK-T003"]),
        ("[抖音, 视频号]", ["douyin", "wechat-channels"], []),
    ],
)
def test_a_platform_whose_limit_is_too_short_is_left_out(
    platforms: str, made: list[str], codes: list[str], tmp_path: Path, examined: Cache
) -> None:
    """It is said, and the others get theirs; a brief for that platform alone is refused."""
    shutil.copytree(kit.bundled() / "examples" / "photos", tmp_path / "photos")
    text = (kit.bundled() / "examples" / "expert.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^平台:.*\n", "", text) + f"平台: {platforms}\n"
    (tmp_path / "达人.yaml").write_text(text, encoding="utf-8")
    (item,) = batch.check((tmp_path / "达人.yaml",), examined, draft=True)
    assert [one.platform.id for one in item.plans] == made
    assert [p.code for p in item.problems if p.code.startswith("VK-T")] == codes
    assert bool(item.exit_code) is not bool(made)
