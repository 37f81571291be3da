"""The cache: an entry appears whole or not at all, proves itself, and a damaged one is made again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from vidkit import cache as caches
from vidkit.cache import Cache
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from pathlib import Path

KEY = "ab" * 32


def _keep(cache: Cache, content: bytes, key: str = KEY) -> Path:
    with cache.scratch() as folder:
        (folder / "made.mp4").write_bytes(content)
        return cache.keep(key, folder / "made.mp4")


def test_what_is_kept_is_found(cache: Cache) -> None:
    """By its key and suffix, with its own hash in its name; nothing before, nothing under another key or suffix."""
    assert cache.find(KEY, ".mp4") is None
    file = _keep(cache, b"frames")
    assert cache.find(KEY, ".mp4") == file
    assert file.read_bytes() == b"frames"
    assert caches.sha256(file) in file.name
    assert cache.find(KEY, ".m4a") is None
    assert cache.find("cd" * 32, ".mp4") is None


@pytest.mark.parametrize("damage", [b"", b"frame", b"framez", b"frames+"])
def test_a_damaged_entry_is_removed(cache: Cache, damage: bytes) -> None:
    """Emptied, cut, changed or lengthened: it is not found, and is gone."""
    file = _keep(cache, b"frames")
    file.write_bytes(damage)
    assert cache.find(KEY, ".mp4") is None
    assert not file.exists()
    assert _keep(cache, b"frames") == file


def test_a_sound_entry_survives_a_damaged_one(cache: Cache) -> None:
    """Two entries of one key, one of them damaged: the sound one is found."""
    bad, good = _keep(cache, b"one"), _keep(cache, b"two")
    bad.write_bytes(b"xxx")
    assert cache.find(KEY, ".mp4") == good


def test_values_are_remembered(cache: Cache) -> None:
    """JSON comes back as it went in."""
    assert cache.recall(KEY) is None
    cache.remember(KEY, {"宽": [1, 2.5, None]})
    assert cache.recall(KEY) == {"宽": [1, 2.5, None]}


def test_scratch_is_private_and_removed(cache: Cache) -> None:
    """Two scratch folders differ; nothing is left of them, not even after an error."""
    with cache.scratch() as one, cache.scratch() as two:
        assert one != two
        (one / "x").write_bytes(b"1")
    with pytest.raises(RuntimeError), cache.scratch() as three:  # noqa: PT012
        (three / "y").write_bytes(b"1")
        raise RuntimeError
    assert not any((cache.root / "tmp").iterdir())


def test_a_cache_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A file where the folder should be: VK-E005, no traceback, for scratch and for what is remembered."""
    (tmp_path / "file").write_bytes(b"")
    for act in (lambda c: _keep(c, b"frames"), lambda c: c.remember(KEY, 1)):
        with pytest.raises(Refusal) as caught:
            act(Cache(tmp_path / "file"))
        assert [p.code for p in caught.value.problems] == ["VK-E005"]
    cache = Cache(tmp_path / "half")
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "parts").write_bytes(b"")
    with pytest.raises(Refusal) as caught:
        _keep(cache, b"frames")
    assert [p.code for p in caught.value.problems] == ["VK-E005"]


def test_many_may_keep_the_same_at_once(cache: Cache) -> None:
    """Eight workers making one entry leave one whole file."""
    with ThreadPoolExecutor(8) as pool:
        files = set(pool.map(lambda _: _keep(cache, b"frames" * 1000), range(32)))
    assert len(files) == 1
    assert cache.find(KEY, ".mp4") in files


def test_delivery_takes_the_final_name_at_once(tmp_path: Path) -> None:
    """A copy under the final name with nothing beside it; the same content is left alone, other content replaced."""
    source, target = tmp_path / "made.mp4", tmp_path / "成品" / "clip.mp4"
    source.write_bytes(b"one")
    assert caches.deliver(source, target)
    stamp = target.stat().st_mtime_ns
    assert not caches.deliver(source, target)
    assert target.stat().st_mtime_ns == stamp
    source.write_bytes(b"two")
    assert caches.deliver(source, target)
    assert target.read_bytes() == b"two"
    assert caches.deliver_bytes(b"three", target)
    assert not caches.deliver_bytes(b"three", target)
    assert [f.name for f in target.parent.iterdir()] == ["clip.mp4"]


def test_a_failed_landing_leaves_what_was_there(tmp_path: Path) -> None:
    """An error while writing leaves the old file whole and nothing half-done; a folder in the way is VK-E005."""
    target = tmp_path / "clip.mp4"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError), caches.landing(target) as sibling:  # noqa: PT012
        sibling.write_bytes(b"half")
        raise RuntimeError
    assert target.read_bytes() == b"old"
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(Refusal) as caught:
        caches.deliver_bytes(b"x", tmp_path / "folder.mp4")
    assert [p.code for p in caught.value.problems] == ["VK-E005"]
    assert sorted(f.name for f in tmp_path.iterdir()) == ["clip.mp4", "folder.mp4"]


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``VIDKIT_CACHE`` names another folder."""
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "elsewhere"))
    assert caches.default().root == tmp_path / "elsewhere"
