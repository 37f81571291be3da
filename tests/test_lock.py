"""One run at a time for an output folder."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from vidkit.problems import Refusal
from vidkit.runs import lock

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache

HOLDER = """
import sys, time
from pathlib import Path
from vidkit.runs import lock
from vidkit.cache import Cache
with lock.held(Path(sys.argv[1]), Cache(Path(sys.argv[2]))):
    print("held", flush=True)
    time.sleep(60)
"""


def _holder(folder: Path, cache: Cache) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), str(cache.root)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


def test_another_run_is_told_who_has_the_folder(
    tmp_path: Path, cache: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    """VK-E008 with exit code 7 and the process; another folder is free; a killed holder holds nothing any more."""
    with _holder(tmp_path, cache) as holder:
        with pytest.raises(Refusal) as caught, lock.held(tmp_path, cache, 0.1):
            pass
        (told,) = caught.value.problems
        assert str(holder.pid) in capsys.readouterr().err
        assert (told.code, told.exit_code) == ("VK-E008", 7)
        assert str(holder.pid) in dict(told.values)["owner"]
        with lock.held(tmp_path / "other", cache, 0):
            pass
        holder.kill()
        holder.wait()
        with lock.held(tmp_path, cache, 5):
            pass


def test_a_run_waits_for_the_one_before(tmp_path: Path, cache: Cache) -> None:
    """The folder is taken as soon as the other lets go."""
    with _holder(tmp_path, cache) as holder:
        holder.kill()
        started = time.monotonic()
        with lock.held(tmp_path, cache, 10):
            assert time.monotonic() - started < 5


def test_a_folder_whose_name_is_no_text_is_held(tmp_path: Path, cache: Cache) -> None:
    """As another run sees it, too: a name out of an archive of Windows."""
    folder = tmp_path / "\udcb3\udcf8"
    with lock.held(folder, cache, 0):
        assert lock.taken(cache) == (folder,)
        with pytest.raises(Refusal), lock.held(folder, cache, 0):
            pass
