"""Where a shop's work lies: noted once a place, found again, and never in the way of a run."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from vidkit.cache import Cache
from vidkit.runs import places

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A shop with a brief."""
    folder = tmp_path / "店"
    (folder / "briefs").mkdir(parents=True)
    (folder / "vidkit.yaml").write_text("", encoding="utf-8")
    (folder / "briefs" / "厨房.yaml").write_text("", encoding="utf-8")
    return folder


def noted(store: Path) -> list[str]:
    """What a shop notes, file by file."""
    return sorted(one.read_text(encoding="utf-8") for one in (store / places.KEPT).glob("*"))


def test_a_place_is_noted_once_and_nothing_outside_a_shop(store: Path, tmp_path: Path) -> None:
    """What lies in the shop needs no note, unless another shop lies around it there; a cache always does, from the shop when it lies in it."""
    brief = store / "briefs" / "厨房.yaml"
    (store / "别的店").mkdir()
    (store / "别的店" / "vidkit.yaml").write_text("", encoding="utf-8")
    for _ in range(2):
        places.note_made(brief, store / "out" / "厨房")
        places.note_made(brief, store / "别的店" / "out" / "厨房")
        places.note_made(brief, tmp_path / "别处" / "厨房")
        places.note_cache(brief, Cache(store / "cache"))
        places.note_cache(store / "briefs", Cache(store / "cache"))
    assert noted(store) == [
        '{"kind": "cache", "place": "cache"}\n',
        f'{{"kind": "out", "place": "{tmp_path / "别处" / "厨房"}"}}\n',
        '{"kind": "out", "place": "别的店/out/厨房"}\n',
    ]
    places.note_made(tmp_path / "没有店.yaml", tmp_path / "x" / "没有店")
    assert not (tmp_path / ".vidkit").exists()
    places.forget(store, tmp_path / "别处" / "厨房")
    assert len(noted(store)) == 2


def test_a_note_that_cannot_be_written_breaks_nothing(store: Path, tmp_path: Path) -> None:
    """A file in the way; odd notes are passed over."""
    brief = store / "briefs" / "厨房.yaml"
    (store / ".vidkit").write_text("in the way", encoding="utf-8")
    places.note_made(brief, tmp_path / "别处" / "厨房")
    (store / ".vidkit").unlink()
    (store / places.KEPT).mkdir(parents=True)
    for name, body in (("a", b"["), ("b", b'{"kind": 3, "place": "x"}'), ("c", b'{"kind": "out", "place": ""}')):
        (store / places.KEPT / f"{name}.json").write_bytes(body)
    area = places.area(store, store / "out", Cache(tmp_path / "cache"))
    assert (area.lost, area.folders, area.caches) == ((), (store / "out", store), (Cache(tmp_path / "cache"),))


def test_the_area_is_the_shop_and_every_place_that_is_there(store: Path, tmp_path: Path) -> None:
    """A place that is gone is lost, by the outermost folder that is missing with it; a shop that was moved finds its own."""
    brief = store / "briefs" / "厨房.yaml"
    for name in ("有的", "没有的"):
        places.note_made(brief, tmp_path / name / "厨房")
        places.note_cache(brief, Cache(store / f"{name}缓存"))
    (tmp_path / "有的" / "厨房").mkdir(parents=True)
    (store / "有的缓存").mkdir()
    moved = store.rename(tmp_path / "搬走了")
    area = places.area(moved, moved / "out", Cache(tmp_path / "cache"))
    assert area.folders == (moved / "out", moved, tmp_path / "有的" / "厨房")
    assert area.elsewhere == (tmp_path / "有的" / "厨房",)
    assert area.caches == (Cache(tmp_path / "cache"), Cache(moved / "有的缓存"))
    assert area.lost == (tmp_path / "没有的", moved / "没有的缓存")
    alone = places.area(tmp_path, tmp_path / "out", Cache(tmp_path / "cache"))
    assert alone.folders == (tmp_path / "out",)


def test_manifests_of_an_archive_and_of_another_shop_are_left_alone(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the others once, however often a folder is named; a folder called archive that is none is looked through; one that cannot be opened is
    told.
    """
    for name in ("out/厨房", "微信发的/厨房/draft", "archive/1/解开的", "别的店/out/厨房", "照片/archive/厨房"):
        (store / name).mkdir(parents=True)
        (store / name / "manifest.json").write_text("{}", encoding="utf-8")
    (store / "archive" / "1" / "douyin.manifest.json").write_text("{}", encoding="utf-8")
    (store / "别的店" / "vidkit.yaml").write_text("", encoding="utf-8")
    closed: dict[Path, None] = {}
    found = list(places.manifests((store / "out", store, store / "没有"), closed))
    assert sorted(one.parent.relative_to(store).as_posix() for one in found) == [
        "out/厨房",
        "微信发的/厨房/draft",
        "照片/archive/厨房",
    ]
    assert closed == {}
    real = os.scandir

    def shut(folder: str) -> object:
        if str(folder).endswith("微信发的"):
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return real(folder)

    monkeypatch.setattr(os, "scandir", shut)
    assert len(list(places.manifests((store,), closed))) == 2
    assert list(closed) == [store / "微信发的"]
    monkeypatch.undo()
    closed.clear()
    shutil.rmtree(store)
    assert list(places.manifests((store,), closed)) == []
