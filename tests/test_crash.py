"""Killed at any moment: nothing short or mixed under a final name, what was there stays, the next run is right, nobody is left running."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tiny
from nursery import Nursery
from PIL import Image

from vidkit.cache import PART, Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nursery import Run

MOMENTS = int(os.environ.get("VIDKIT_KILLS", "4"))
"""Moments for each way of being killed: 20 in all; `.ci/run --long` asks for more."""
AWAY_SECONDS = 3.0
SHRUNK = 6
"""A clip's canvas is that many times smaller: 180 x 320, so that a good part of a run is encoding."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups as Linux and macOS have them")


def _group(run: Run) -> None:
    os.killpg(run.pid, signal.SIGKILL)


def _parent(run: Run) -> None:
    run.kill()


def _ffmpeg(run: Run) -> None:
    """Only an ffmpeg process of the run (sound, joining, proof): the next one that is there, if one comes."""
    for _ in range(100):
        found = [pid for pid in _running(run.pid) if b"ffmpeg" in _command(pid)]
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if found:
            return
        time.sleep(0.005)


def _asked(run: Run) -> None:
    run.send_signal(signal.SIGTERM)


def _twice(run: Run) -> None:
    run.send_signal(signal.SIGINT)
    time.sleep(0.05)
    run.send_signal(signal.SIGINT)


WAYS: dict[str, Callable[[Run], None]] = {
    "group": _group,
    "parent": _parent,
    "ffmpeg": _ffmpeg,
    "asked": _asked,
    "interrupted twice": _twice,
}


def _command(pid: int) -> bytes:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as said:  # noqa: PTH123  # no file of ours
            return said.read()
    except OSError:
        return b""


def _running(group: int) -> list[int]:
    """The processes of a process group."""
    listed = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout  # noqa: S607  # every system's own
    return [int(pid) for pid, own in (line.split() for line in listed.splitlines()) if int(own) == group]


class Shop(tiny.Shop):
    """One whose runs are processes of their own: a folder with a brief of two small photos, and its output and cache folders."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, folder / "out", folder / "cache")
        noise = np.random.default_rng(5).integers(60, 200, (640, 480, 3), np.uint8)
        Image.fromarray(noise).save(folder / "前.png")
        Image.fromarray(255 - noise).save(folder / "后.png")
        self.says("灶台变个样")

    def start(self, nursery: Nursery) -> Run:
        """Begin a run in a process group of its own."""
        own = {"VIDKIT_CACHE": str(self.cache), "VIDKIT_TODAY": tiny.DAY}
        return nursery.start(self.folder, "make", "厨房.yaml", "--draft", "-o", str(self.out), **own)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Where runs begin."""
    made = Nursery(SHRUNK)
    yield made
    made.close()


@pytest.fixture(scope="module")
def known(
    nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str], dict[str, str], float]:
    """A shop with its first clip made; the hashes of the first and of the second clip's files; how long the second takes."""
    shop = Shop(tmp_path_factory.mktemp("shop"))
    assert shop.start(nursery).wait() == 0
    first = shop.made()
    other = Shop(tmp_path_factory.mktemp("other"))
    shutil.copytree(shop.folder, other.folder, dirs_exist_ok=True)
    other.says("灶台换个样")
    started = time.monotonic()
    assert other.start(nursery).wait() == 0
    assert other.made() != first
    return shop.folder, first, other.made(), time.monotonic() - started


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_any_moment(
    way: str, moment: int, nursery: Nursery, tmp_path: Path, known: tuple[Path, dict[str, str], dict[str, str], float]
) -> None:
    """Each file is the first clip's or the second's, whole; the run after it makes the second and leaves nothing half-made."""
    source, first, second, seconds = known
    shop = Shop(tmp_path)
    shutil.copytree(source, tmp_path, dirs_exist_ok=True)
    shop.says("灶台换个样")
    run = shop.start(nursery)
    time.sleep(random.Random(f"{way} {moment}").uniform(0.15, 1.05) * seconds)  # noqa: S311  # no secret
    with contextlib.suppress(ProcessLookupError):
        WAYS[way](run)
    run.wait()
    left = shop.made()
    assert set(first) <= set(left), "an earlier output is lost"
    mixed = [name for name, content in left.items() if content not in {first.get(name), second.get(name)}]
    assert not mixed
    deadline = time.monotonic() + AWAY_SECONDS
    while _running(run.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _running(run.pid), "a process is left"
    assert shop.start(nursery).wait() == 0
    assert shop.made() == second
    assert not list(shop.out.rglob(f"*{PART}"))
    store = Cache(shop.cache)
    store.sweep(time.time() + 60)
    assert not list((shop.cache / "tmp").iterdir())
    assert store.verify()[1] == 0
