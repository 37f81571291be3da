"""A folder's manifest and what is about to be in it: whenever a run stops, what it put there is known, and nothing is told that is not there."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from vidkit.runs import remains
from vidkit.runs.stored import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path


def digest(words: str) -> str:
    """What a manifest says of a file that holds these words."""
    return hashlib.sha256(words.encode()).hexdigest()


def run(folder: Path, who: str, files: dict[str, str], *, stopped: int | None = None) -> None:
    """A run with somebody's consent that puts files (name, words) into a folder, or is killed after so many of them."""
    digests = {name: digest(words) for name, words in files.items()}
    said = {"vidkit": "1", "consents": [who], "inputs": who, "files": digests}
    left = remains.of(folder, digests)
    manifest = json.dumps(said | ({"earlier": left} if left else {})).encode()
    with suppress(KeyboardInterrupt), remains.announced(manifest, folder):
        for number, (name, words) in enumerate(files.items()):
            if number == stopped:
                raise KeyboardInterrupt
            (folder / name).write_text(words, encoding="utf-8")


def known(folder: Path) -> dict[str, str]:
    """Every file that the manifest knows as it is, with whose consent it was made."""
    runs = remains.runs(remains.said(folder))
    found = [(name, one["consents"][0], told) for one in runs for name, told in remains.files(one).items()]
    assert all(digest((folder / name).read_text(encoding="utf-8")) == told for name, _, told in found)
    return {name: who for name, who, _ in found}


def test_nothing_hidden_is_left_when_all_is_there(tmp_path: Path) -> None:
    """The manifest is what it was told to be; the same again writes nothing, and needs no room for it."""
    for _ in range(2):
        run(tmp_path, "甲", {"a": "1", "b": "2"})
        assert sorted(one.name for one in tmp_path.rglob("*")) == ["a", "b", MANIFEST]
    stamp = (tmp_path / MANIFEST).stat().st_mtime_ns
    run(tmp_path, "甲", {"a": "1", "b": "2"})
    assert (tmp_path / MANIFEST).stat().st_mtime_ns == stamp


@pytest.mark.parametrize("stopped", [0, 1, 2])
def test_a_first_run_that_was_killed(stopped: int, tmp_path: Path) -> None:
    """What it had put there, and no more; no manifest says that all of it is there."""
    files = {"a": "1", "b": "2", "c": "3"}
    run(tmp_path, "甲", files, stopped=stopped)
    assert not (tmp_path / MANIFEST).exists()
    assert known(tmp_path) == dict.fromkeys(list(files)[:stopped], "甲")
    assert "inputs" not in remains.said(tmp_path)
    run(tmp_path, "甲", files)
    assert known(tmp_path) == dict.fromkeys(files, "甲")


def test_killed_again_and_again(tmp_path: Path) -> None:
    """What each of them left is known as long as it lies there, whoever's it was; the run that ends says all of it."""
    run(tmp_path, "甲", {"a": "1", "b": "1", "c": "1"})
    run(tmp_path, "乙", {"a": "2", "b": "2", "d": "2"}, stopped=1)
    assert known(tmp_path) == {"a": "乙", "b": "甲", "c": "甲"}
    run(tmp_path, "丙", {"d": "3", "a": "3", "b": "3"}, stopped=1)
    assert known(tmp_path) == {"a": "乙", "b": "甲", "c": "甲", "d": "丙"}
    run(tmp_path, "丁", {"b": "4"})
    assert json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["files"] == {"b": digest("4")}
    assert known(tmp_path) == {"a": "乙", "b": "丁", "c": "甲", "d": "丙"}
    (tmp_path / "a").write_text("mine", encoding="utf-8")
    run(tmp_path, "丁", {"b": "5"}, stopped=0)
    assert known(tmp_path) == {"b": "丁", "c": "甲", "d": "丙"}
