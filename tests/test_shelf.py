"""The shelf: what is laid aside comes back as it was, nothing is left of it, and a disk with little room is left alone."""

from __future__ import annotations

import errno
import shutil
import tempfile
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from vidkit import shelf

if TYPE_CHECKING:
    from pathlib import Path


class Usage(NamedTuple):
    """How full a disk is."""

    free: int


def test_what_is_laid_aside_comes_back(tmp_path: Path) -> None:
    """Arrays of any shape by their keys, as new ones; the folder shows nothing, meanwhile and afterwards."""
    arrays = {i: np.random.default_rng(i).integers(0, 256, (40 + i, 30), np.uint8) for i in range(5)}
    with shelf.within(tmp_path) as aside:
        assert aside.find(0) is None
        for key, array in arrays.items():
            aside.put(key, array[:, ::-1])
        for key in (3, 0, 4):
            found = aside.find(key)
            assert found is not None
            assert np.array_equal(found, arrays[key][:, ::-1])
            found[:] = 0
            again = aside.find(key)
            assert again is not None
            assert again.any()
        assert not list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("free", [10_000_000, None])
def test_a_disk_with_little_room_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int | None
) -> None:
    """Nothing is written where little is free, and nothing is told where the disk is full all the same."""

    def usage(_folder: Path) -> Usage:
        if free is None:
            raise OSError(errno.ENOSPC, "full")
        return Usage(free)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    with shelf.within(tmp_path) as aside:
        aside.put("a", np.zeros((4, 4), np.uint8))
        assert aside.find("a") is None


def test_a_folder_that_is_not_there_is_left_alone(tmp_path: Path) -> None:
    """Who writes the folder's files tells what is wrong with it."""
    with shelf.within(tmp_path / "none") as aside:
        aside.put("a", np.zeros((4, 4), np.uint8))
        assert aside.find("a") is None


def test_a_machine_that_cannot_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No further file can be opened: that is told, not taken for a disk without room."""

    def refuse(**_: Any) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with shelf.within(tmp_path) as aside, pytest.raises(OSError, match="Too many"):
        aside.put("a", np.zeros((4, 4), np.uint8))
