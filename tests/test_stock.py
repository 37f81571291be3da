"""The stock: what was cut and drawn comes back as it was, of one engine only, and a disk with little room is left alone."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from vidkit import graphics
from vidkit.cache import STOCK, Cache
from vidkit.painting.stock import Stock
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40">'
    '<circle cx="20" cy="20" r="12" fill="#c84b31"/></svg>'
)


class Usage(NamedTuple):
    """How full a disk is."""

    free: int


@pytest.fixture
def stock(tmp_path: Path) -> Iterator[Stock]:
    """An empty stock; nothing drawn is remembered by the process."""
    _forget()
    yield Stock(Cache(tmp_path / "cache"), "an engine")
    _forget()


def _forget() -> None:
    graphics.rasterise.cache_clear()
    graphics._kept_png.cache_clear()


def test_what_was_put_there_comes_back(stock: Stock) -> None:
    """Under the same words, of the same kind and engine only."""
    stock.put("planes", ["photo", 4], b"pixels")
    assert stock.find("planes", ["photo", 4]) == b"pixels"
    assert stock.find("planes", ["photo", 5]) is None
    assert stock.find("drawing", ["photo", 4]) is None
    assert Stock(stock.cache, "another").find("planes", ["photo", 4]) is None
    (entry,) = stock.cache.entries()
    assert entry.file.suffix in STOCK


@pytest.mark.parametrize("damage", [b"", b"pixel", b"pixelz", b"pixels+"])
def test_a_damaged_one_is_none(stock: Stock, damage: bytes) -> None:
    """It is removed, and made again."""
    stock.put("planes", 1, b"pixels")
    (entry,) = stock.cache.entries()
    entry.file.write_bytes(damage)
    assert stock.find("planes", 1) is None
    assert not entry.file.exists()
    stock.put("planes", 1, b"pixels")
    assert stock.find("planes", 1) == b"pixels"


@pytest.mark.parametrize("free", [10_000_000, None])
def test_a_disk_with_little_room_is_left_alone(stock: Stock, monkeypatch: pytest.MonkeyPatch, free: int | None) -> None:
    """Nothing is written where little is free, and nothing is told where the disk cannot even say so."""

    def usage(_folder: Path) -> Usage:
        if free is None:
            raise OSError(errno.EIO, "no answer")
        return Usage(free)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    stock.put("planes", 1, b"pixels")
    assert stock.find("planes", 1) is None
    assert not list(stock.cache.root.iterdir())


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EMFILE, errno.EIO])
def test_what_the_disk_refuses_is_not_in_stock(stock: Stock, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """It would only save time: who has to write tells what is wrong."""

    def refuse(*_: Any, **__: Any) -> int:
        raise OSError(number, "refused")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", refuse)
        stock.put("planes", 1, b"pixels")
    assert stock.find("planes", 1) is None
    assert not list(stock.cache.root.glob("tmp/*"))


def test_a_drawing_is_drawn_once(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run has the same pixels without drawing; another size is another drawing."""
    plain = graphics.drawn(SVG, 60, 40)
    drawn: list[tuple[int, int]] = []
    real = graphics._new_png

    def count(svg: str, width: int, height: int) -> bytes:
        drawn.append((width, height))
        return real(svg, width, height)

    monkeypatch.setattr(graphics, "_new_png", count)
    for _ in range(2):
        assert np.array_equal(graphics.rasterise(SVG, 60, 40, stock), plain)
        assert np.array_equal(graphics.drawn(SVG, 60, 40, stock), plain)
        _forget()
    graphics.drawn(SVG, 30, 20, stock)
    assert drawn == [(60, 40), (30, 20)]


def test_of_the_cache_it_has_a_share(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not used for longest goes first; the rest of the cache loses nothing for it."""
    monkeypatch.setitem(table("limits")["cache"], "stock_share", 0.25)
    cache = stock.cache
    for number in range(8):
        stock.put("planes", number, bytes(100))
    cache.store("ab" * 32, ".json", bytes(300))
    assert cache.trim(4000) == 0
    assert cache.trim(1600) == 4
    assert cache.trim(1600) == 0
    assert cache.content("ab" * 32, ".json") == bytes(300)
    (cache.root / "tmp/vidkit-a").mkdir()
    half = cache.root / "tmp/vidkit-a/content.planes"
    half.write_bytes(b"pix")
    assert cache.empty_stock() == ()
    assert not half.exists()
    assert [entry.file.suffix for entry in cache.entries()] == [".json"]
