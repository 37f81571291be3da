"""The cache: an entry appears whole or not at all, proves itself, and a damaged one is made again."""

from __future__ import annotations

import errno
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vidkit import cache as caches
from vidkit.cache import Cache
from vidkit.painting.stock import Stock
from vidkit.problems import Refusal
from vidkit.runs import closed, faults, lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    assert caches.proof(KEY, file) in file.name
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


def test_an_entry_that_is_no_json_is_none_and_makes_room_for_one(cache: Cache) -> None:
    """Whoever wrote it knew its key and its proof, but what a program wrote it with was not ours."""
    cache.store(KEY, ".json", b"{broken")
    assert cache.recall(KEY) is None
    cache.remember(KEY, [1])
    assert cache.recall(KEY) == [1]


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


@pytest.mark.parametrize("links", [True, False])
def test_of_several_who_write_a_new_file_one_does(
    *, links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are told, and what has the name stays whole; also on disks without hard links. Nothing hidden is left."""
    if not links:
        monkeypatch.setattr(os, "link", _refused)
    target, together = tmp_path / "new" / "周芳.yaml", threading.Barrier(4)

    def written(number: int) -> bool:
        together.wait()
        return caches.deliver_new(b"%d" % number, target)

    with ThreadPoolExecutor(4) as pool:
        first = list(pool.map(written, range(4)))
    assert first.count(True) == 1
    assert target.read_bytes() == b"%d" % first.index(True)
    assert not caches.deliver_new(b"later", target)
    assert list(target.parent.iterdir()) == [target]


def _refused(*_: object) -> None:
    raise PermissionError(errno.EPERM, "no hard links here")


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


def _modes(folder: Path) -> dict[str, int]:
    """The rights of the folders below one."""
    return {
        one.relative_to(folder).as_posix(): one.stat().st_mode & 0o7777 for one in folder.rglob("*") if one.is_dir()
    }


@pytest.mark.skipif(os.name == "nt", reason="folders say nothing of who may open them")
@pytest.mark.parametrize("mask", [0, 0o002, 0o022, 0o077])
def test_private_folders_are_this_users_alone(mask: int, tmp_path: Path) -> None:
    """The cache, whoever asks for it first, and where consents, people, the archive and notes lie; others follow the user's mask."""
    before = os.umask(mask)
    try:
        Cache(tmp_path / "a" / "one").remember(KEY, 1)
        with lock.held(tmp_path, Cache(tmp_path / "two"), 0):
            pass
        Stock(Cache(tmp_path / "three"), "").put("drawing", "", b"")
        for name in ("consents/signed/a.txt", "people/a.txt", "archive/x/a.txt", "out/.vidkit/a.json", "briefs/a.yaml"):
            caches.deliver_bytes(b"", tmp_path / "shop" / name)
    finally:
        os.umask(before)
    modes = _modes(tmp_path)
    private = {"a/one", "two", "three", *(f"shop/{name}" for name in ("consents", "people", "archive", "out/.vidkit"))}
    assert {modes[name] for name in private} == {0o700}
    inner = {name for name in modes if any(name.startswith(f"{one}/") for one in private)}
    assert {modes[name] for name in modes.keys() - private - inner} == {0o777 & ~mask}
    assert {"a", "shop", "shop/out", "shop/briefs"} <= modes.keys()


@pytest.mark.skipif(os.name == "nt", reason="folders say nothing of who may open them")
def test_folders_that_people_share_stay_shared(tmp_path: Path) -> None:
    """What is there keeps its rights; in a folder that hands its group on, new ones are open to the group."""
    for name, rights in (("shop/consents", 0o775), ("cache", 0o1777), ("team", 0o2775)):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name).chmod(rights)
    before = os.umask(0o002)
    try:
        Cache(tmp_path / "cache").remember(KEY, 1)
        for name in ("shop/consents/a.yaml", "team/people/a.yaml", "team/briefs/a.yaml"):
            caches.deliver_bytes(b"", tmp_path / name)
    finally:
        os.umask(before)
    modes = _modes(tmp_path)
    assert (modes["shop/consents"], modes["cache"], modes["team"]) == (0o775, 0o1777, 0o2775)
    assert (modes["team/people"] & 0o777, modes["team/briefs"] & 0o777) == (0o770, 0o775)


def test_on_windows_folders_keep_the_rights_of_the_one_they_lie_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Rights of our own are never asked for there: newer Pythons would close a folder to everybody else whom it is shared with."""
    asked = []
    monkeypatch.setattr(faults, "windows", lambda: True)
    monkeypatch.setattr(Path, "mkdir", lambda _, rights=0o777, **__: asked.append(rights))
    for name in ("consents", "archive", "cache"):
        closed.make(tmp_path / name, tmp_path / "cache")
    assert asked == [0o777] * 3


FAULTS = {
    "bit flip": lambda content, at: content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :],
    "cut": lambda content, at: content[:at],
    "zero": lambda content, at: content[:at] + bytes(16) + content[at + 16 :],
    "longer": lambda content, at: content + content[:at],
    "another's content": lambda content, at: content[at:] + content[:at],
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_every_fault_is_found_and_healed(fault: str, cache: Cache) -> None:
    """A thousand faults in five kinds: none is taken for the entry, and what is made again has the same name and bytes."""
    content = bytes(range(1, 256)) * 4
    for at in range(1, 1001, 5):
        file = _keep(cache, content)
        file.write_bytes(FAULTS[fault](content, at))
        assert cache.find(KEY, ".mp4") is None
        assert not file.exists()
        assert _keep(cache, content) == file
        assert cache.find(KEY, ".mp4") == file
        assert file.read_bytes() == content


def test_what_was_kept_under_another_key_does_not_prove_itself(cache: Cache) -> None:
    """A sound entry renamed to another key, and a stranger's file, are found by nobody and removed by ``verify``."""
    other = "cd" * 32
    file = _keep(cache, b"frames")
    folder = file.parent.parent / other[:2]
    folder.mkdir()
    moved = file.rename(folder / file.name.replace(KEY, other))
    assert cache.find(other, ".mp4") is None
    assert not moved.exists()
    kept = _keep(cache, b"frames")
    (kept.parent / "Thumbs.db").write_bytes(b"?")
    assert cache.verify() == (2, 1)
    assert cache.verify() == (1, 0)
    assert cache.find(KEY, ".mp4") == kept


def test_what_was_not_used_for_longest_goes_first(cache: Cache) -> None:
    """Being found counts as being used; ``trim`` stops as soon as what is left fits; ``clear`` leaves nothing."""
    keys = [f"{number:064x}" for number in range(4)]
    files = [_keep(cache, bytes(100), key) for key in keys]
    for age, file in enumerate(files):
        os.utime(file, (age, age))
    assert cache.find(keys[0], ".mp4")
    assert cache.trim(1000) == 0
    assert cache.trim(250) == 2
    assert [file.exists() for file in files] == [True, False, False, True]
    assert cache.clear() == 2
    assert not cache.entries()


def test_the_size_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """``VIDKIT_CACHE_GB`` in gigabytes; nonsense is not taken."""
    usual = caches.most_bytes()
    monkeypatch.setenv("VIDKIT_CACHE_GB", "0.5")
    assert caches.most_bytes() == 500_000_000
    monkeypatch.setenv("VIDKIT_CACHE_GB", "many")
    assert caches.most_bytes() == usual


def test_a_name_as_long_as_systems_allow_is_landed(tmp_path: Path) -> None:
    """What stands beside it while it is written is no longer; what a killed run left of it goes, what is left of another stays."""
    target, other = tmp_path / ("长" * 83 + ".json"), tmp_path / "报告.json"
    for one in (target, other):
        with pytest.raises(KeyboardInterrupt), caches.landing(one) as sibling:  # noqa: PT012
            (tmp_path / f"{sibling.name.partition('-')[0]}-0{caches.PART}").write_bytes(b"half")
            raise KeyboardInterrupt
    assert caches.deliver_bytes(b"whole", target)
    assert caches.leavings_of(target) == 1
    assert len(list(tmp_path.glob(f".报告.json.*{caches.PART}"))) == 1
    assert sorted(file.name for file in tmp_path.iterdir() if file.name[0] != ".") == [target.name]


def test_leavings_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    """What was being written when a run was killed goes; everything else stays."""
    (tmp_path / "douyin").mkdir()
    (tmp_path / "douyin" / ".clip.mp4.12-34.part").write_bytes(b"half")
    (tmp_path / "douyin" / "clip.mp4").write_bytes(b"whole")
    (tmp_path / "mine.part").write_bytes(b"a person's own")
    assert caches.leavings_removed(tmp_path) == 1
    assert sorted(f.name for f in tmp_path.rglob("*") if f.is_file()) == ["clip.mp4", "mine.part"]


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    """A cache in a folder of people's own: their templates, parts and temporary files stay, whatever is swept, trimmed or cleared."""
    theirs = ("templates/mine/template.yaml", "parts/list.txt", "parts/ab.txt", "tmp/letter/page.txt", "photo.jpg")
    for name in theirs:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("theirs", encoding="utf-8")
    cache = Cache(tmp_path)
    _keep(cache, b"frames")
    (tmp_path / "templates" / "abc.jinja").write_bytes(b"compiled")
    (tmp_path / "tmp" / "vidkit-killed").mkdir()
    cache.sweep(2e10)
    assert not (tmp_path / "tmp" / "vidkit-killed").exists()
    assert cache.verify() == (1, 0)
    assert cache.trim(0) == 1
    _keep(cache, b"frames")
    assert cache.clear() == 1
    assert sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()) == sorted(
        theirs
    )


def test_a_cache_that_cannot_be_emptied_says_so(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """VK-E005, not that all is gone; what can be removed is."""
    kept, _ = _keep(cache, b"frames"), _keep(cache, b"more")
    real = caches._removed
    monkeypatch.setattr(caches, "_removed", lambda file: file not in {kept, kept.parent} and real(file))
    with pytest.raises(Refusal) as caught:
        cache.clear()
    assert [p.code for p in caught.value.problems] == ["VK-E005"]
    assert [entry.file for entry in cache.entries()] == [kept]


def test_a_cache_emptied_meanwhile_is_told(cache: Cache, tmp_path: Path) -> None:
    """Whoever empties it: what was found is missed, or what was just made, by VK-E013; what would only be remembered is not."""
    target = tmp_path / "out" / "clip.mp4"
    found = _keep(cache, b"frames")
    cache.clear()
    with pytest.raises(caches.Lost):
        caches.deliver(found, target)
    with pytest.raises(caches.Lost), cache.scratch() as folder:  # noqa: PT012
        cache.clear()
        (folder / "made.mp4").write_bytes(b"frames")
    with pytest.raises(caches.Lost), cache.scratch() as folder:  # noqa: PT012
        (folder / "made.mp4").write_bytes(b"frames")
        cache.clear()
        cache.keep(KEY, folder / "made.mp4")
    with pytest.raises(FileNotFoundError), cache.scratch():
        (tmp_path / "no photo.jpg").read_bytes()
    assert not target.parent.exists() or not list(target.parent.iterdir())


def test_an_entry_damaged_since_it_was_found_is_not_delivered(cache: Cache, tmp_path: Path) -> None:
    """Neither short nor changed bytes get a final name; the entry is gone, so that it is made again."""
    target = tmp_path / "clip.mp4"
    target.write_bytes(b"earlier")
    for damage in (b"", b"frame", b"framez"):
        file = _keep(cache, b"frames")
        file.write_bytes(damage)
        with pytest.raises(caches.Lost):
            caches.deliver(file, target)
        assert (target.read_bytes(), file.exists()) == (b"earlier", False)
    assert [one.name for one in tmp_path.glob("*clip*")] == ["clip.mp4"]


def test_a_folder_that_vanishes_while_it_is_looked_through(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run clears the cache just then: what is left is found, and nothing breaks."""
    kept, real, times = _keep(cache, b"frames"), Path.glob, iter(range(3))

    def glob(self: Path, pattern: str) -> Iterator[Path]:
        if next(times, None) is not None:
            raise FileNotFoundError(errno.ENOENT, "gone")
        return real(self, pattern)

    monkeypatch.setattr(Path, "glob", glob)
    assert cache.find(KEY, ".mp4") == kept
    times = iter(range(3))
    assert [entry.file for entry in cache.entries()] == [kept]


# Windows: nothing can be renamed or replaced that another program has open


def windows(monkeypatch: pytest.MonkeyPatch, held: Callable[[Path, Path], bool]) -> list[float]:
    """Windows, where a rename of one path to another is refused while it is ``held``; the pauses that are made."""
    real, pauses = os.replace, list[float]()

    def replace(source: Path, target: Path) -> None:
        if held(Path(source), Path(target)):
            error = PermissionError(errno.EACCES, "The process cannot access the file", str(source))
            error.winerror = 32  # type: ignore[attr-defined,unused-ignore]  # what Windows says beside it
            raise error
        real(source, target)

    monkeypatch.setattr(faults, "windows", lambda: True)
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


def test_a_rename_refused_for_a_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner has the new file open for three tries, a player the old one for good: 1.6 seconds, then VK-E005 names the file."""
    target, refused = tmp_path / "clip.mp4", iter([True] * 3)
    pauses = windows(monkeypatch, lambda _source, _target: next(refused, False))
    assert caches.deliver_bytes(b"one", target)
    assert (target.read_bytes(), pauses) == (b"one", list(caches.PAUSES[:3]))
    pauses.clear()
    monkeypatch.undo()
    pauses = windows(monkeypatch, lambda _source, target: target.name == "clip.mp4")
    with pytest.raises(Refusal) as caught:
        caches.deliver_bytes(b"two", target)
    (told,) = caught.value.problems
    assert told.message("zh") == f"文件夹 {tmp_path} 里的 clip.mp4 写不进去：正被别的程序打开着"
    assert told.message("en") == f"cannot write clip.mp4 in the folder {tmp_path}: another program has it open"
    assert (told.code, pauses, sum(pauses) < 1.6) == ("VK-E005", list(caches.PAUSES), True)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("clip.mp4", b"one")]


def test_elsewhere_a_rename_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits where a refusal lasts; an error of another kind is never waited out."""
    tries: list[Path] = []
    pauses = windows(monkeypatch, lambda source, _target: not tries.append(source))  # type: ignore[func-returns-value]
    monkeypatch.setattr(faults, "windows", lambda: False)
    with pytest.raises(PermissionError):
        caches.moved(tmp_path / "a", tmp_path / "b")
    assert (len(tries), pauses) == (1, [])
    monkeypatch.undo()
    pauses = windows(monkeypatch, lambda _source, _target: False)
    with pytest.raises(FileNotFoundError):
        caches.moved(tmp_path / "a", tmp_path / "b")
    assert pauses == []


def test_an_entry_that_somebody_reads_is_kept_as_it_is(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same name is the same content: nothing is waited for. One that is damaged, and cannot be replaced, is told."""
    file = _keep(cache, b"frames")
    pauses = windows(monkeypatch, lambda _source, target: target == file)
    assert _keep(cache, b"frames") == file
    assert (pauses, cache.find(KEY, ".mp4")) == ([], file)
    file.write_bytes(b"framez")
    with pytest.raises(Refusal) as caught:
        _keep(cache, b"frames")
    assert ([p.code for p in caught.value.problems], pauses) == (["VK-E005"], list(caches.PAUSES))
    assert not any((cache.root / "tmp").iterdir())
