"""A real scheduler with two workers, each a process of its own on this computer, one killed in the middle: the bytes of a run without them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import smooth
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytest.importorskip(
    "distributed", reason="the extra cluster is installed by .ci/run --long in an environment of its own"
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups as Linux and macOS have them")

PATIENCE = 180.0
BRIEF = """模板: 清洁前后对比
品牌: 邻里净
标题: 灶台变个样
服务: 深度保洁
谁家: 不是客户家
对比:
  - {位置: 灶台, 前: 前.png, 后: 后.png}
  - {位置: 水槽, 前: 后.png, 后: 前.png}
音乐: 无
"""


class Cluster:
    """A scheduler and its workers, each in a process group of its own, and the store they share."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, folder / "store"
        self.store.mkdir()
        self.file = folder / "scheduler.json"
        self.running: list[subprocess.Popen[bytes]] = []
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")

    @property
    def address(self) -> str:
        """The scheduler's address, once it has written it down."""
        with contextlib.suppress(OSError, ValueError):
            return str(json.loads(self.file.read_text(encoding="utf-8"))["address"])
        return ""

    def add(self, name: str, **env: str) -> subprocess.Popen[bytes]:
        """One more worker with a cache of its own, once the scheduler knows it: on a busy computer that takes longer than a run waits."""
        options = ("--host", "127.0.0.1", "--nthreads", "1", "--memory-limit", "0", "--name", name)
        place = ("--local-directory", str(self.folder / f"dask-{name}"))
        own = {"VIDKIT_CACHE": str(self.folder / name)} | env
        self.workers[name] = self._start("worker", *options, *place, **own)
        log = self.folder / "scheduler-0.log"
        until(lambda: f"name: {name}" in log.read_text(encoding="utf-8"))
        return self.workers[name]

    def _start(self, *command: str, **env: str) -> subprocess.Popen[bytes]:
        said = (self.folder / f"{command[0]}-{len(self.running)}.log").open("wb")
        line = [sys.executable, "-m", "dask", *command, "--no-dashboard", "--scheduler-file", str(self.file)]
        started = subprocess.Popen(line, env=os.environ | env, stdout=said, stderr=said, start_new_session=True)
        said.close()
        self.running.append(started)
        return started

    def make(self, brief: Path, out: Path, *more: str, away: bool = True) -> subprocess.Popen[bytes]:
        """A run that has a cache of its own; ``away`` at the workers."""
        own = {"VIDKIT_CACHE": str(out.with_suffix(".cache")), "VIDKIT_TODAY": "2026-11-26", "VIDKIT_LANG": "en"}
        others = ("--scheduler", self.address, "--store", self.store.as_uri()) if away else ()
        line = [sys.executable, "-m", "vidkit", "make", str(brief), "--draft", "-o", str(out), *others, *more]
        return subprocess.Popen(line, env=os.environ | own, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self) -> None:
        """Nothing is left running."""
        for one in self.running:
            killed(one)


def killed(one: subprocess.Popen[bytes]) -> None:
    """Kill a process with everything it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(one.pid, signal.SIGKILL)
    one.wait()


def until(true: Callable[[], object]) -> None:
    """Wait for something."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


def encoding(worker: Path, run: subprocess.Popen[bytes]) -> None:
    """Wait until a worker, known by its cache, is encoding a segment of a run."""
    until(lambda: list(worker.glob("tmp/*/tmp/*")) or run.poll() is not None)
    if run.returncode is not None:
        pytest.fail(run.communicate()[1].decode())


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A brief of two pairs of made-up photos."""
    for seed, name in enumerate(("前.png", "后.png")):
        Image.fromarray(smooth(480, 640, seed)).save(tmp_path / name)
    file = tmp_path / "厨房.yaml"
    file.write_text(BRIEF, encoding="utf-8")
    return file


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers yet."""
    made = Cluster(tmp_path)
    try:
        until(lambda: made.address)
        yield made
    finally:
        made.end()


def test_a_worker_killed_in_the_middle_changes_no_byte(cluster: Cluster, brief: Path, tmp_path: Path) -> None:
    """Two workers at work, one killed while it encodes: every file is that of a run on this computer; the store is empty."""
    cluster.add("first")
    cluster.add("second")
    run = cluster.make(brief, tmp_path / "away", "--json")
    encoding(tmp_path / "first", run)
    killed(cluster.workers["first"])
    told = run.communicate(timeout=300)
    assert run.returncode == 0, told[1].decode()
    (said,) = json.loads(told[0])["briefs"]
    assert (said["ok"], said["made"]) == (True, said["segments"])
    here = cluster.make(brief, tmp_path / "here", away=False)
    here.communicate(timeout=300)
    assert here.returncode == 0
    away, wanted = files(tmp_path / "away"), files(tmp_path / "here")
    assert set(away) == set(wanted)
    assert [name for name in wanted if away[name] != wanted[name]] == []
    assert any(name.endswith("clip.mp4") for name in wanted)
    assert files(cluster.store) == {}
    assert not files(tmp_path / "second"), "something stayed on a worker"
    logs = "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("*.log"))
    assert not [word for word in ("灶台", "前.png", ".png", "<svg") if word in logs]


def test_a_scheduler_that_dies_is_one_message(cluster: Cluster, brief: Path, tmp_path: Path) -> None:
    """Killed while segments are being made: the run says so and ends with 5, and leaves no picture in the store."""
    cluster.add("first")
    run = cluster.make(brief, tmp_path / "away")
    encoding(tmp_path / "first", run)
    killed(cluster.scheduler)
    _, said = run.communicate(timeout=300)
    assert run.returncode == 5, said.decode()
    told = [line for line in said.decode().splitlines() if not line.startswith("  ")]
    assert [line.split(":")[0] for line in told if "VK-D" in line] == ["error VK-D009"]
    assert "Traceback" not in said.decode()
    assert not [name for name in files(cluster.store) if name.endswith((".png", "open"))]


def test_a_scheduler_without_workers_and_none_at_all(cluster: Cluster, brief: Path, tmp_path: Path) -> None:
    """Both are told at once, before anything is made."""
    run = cluster.make(brief, tmp_path / "away")
    _, said = run.communicate(timeout=100)
    assert (run.returncode, "VK-D003" in said.decode()) == (5, True), said.decode()
    killed(cluster.scheduler)
    run = cluster.make(brief, tmp_path / "away")
    _, said = run.communicate(timeout=100)
    assert (run.returncode, "VK-D002" in said.decode()) == (5, True), said.decode()
    assert cluster.address in said.decode()


def test_the_last_worker_gone_is_told_and_one_that_comes_goes_on(cluster: Cluster, brief: Path, tmp_path: Path) -> None:
    """The only worker is killed in the middle: with nobody left the run ends after a minute (VK-D003); the next one, with a new worker, goes on
    from what was finished.
    """
    cluster.add("first")
    run = cluster.make(brief, tmp_path / "away")
    encoding(tmp_path / "first", run)
    killed(cluster.workers["first"])
    _, said = run.communicate(timeout=300)
    assert (run.returncode, "VK-D003" in said.decode()) == (5, True), said.decode()
    assert files(cluster.store) == {}
    cluster.add("second")
    run = cluster.make(brief, tmp_path / "away")
    _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said.decode()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_sender_leaves_no_picture_for_long(
    number: signal.Signals, cluster: Cluster, brief: Path, tmp_path: Path
) -> None:
    """Killed, its pictures stay until its next run; interrupted, they go at once or then; the next run is right."""
    cluster.add("first")
    run = cluster.make(brief, tmp_path / "away")
    encoding(tmp_path / "first", run)
    run.send_signal(number)
    run.communicate(timeout=100)
    assert run.returncode == (130 if number == signal.SIGINT else -number)
    assert number == signal.SIGINT or any(name.endswith(".png") for name in files(cluster.store))
    run = cluster.make(brief, tmp_path / "away")
    _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said.decode()
    assert files(cluster.store) == {}
    assert list((tmp_path / "away.cache" / "stores").iterdir()) == []
