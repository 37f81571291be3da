"""The album: photos decoded once for all workers, and few of them kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pytest
from conftest import smooth
from PIL import Image

from vidkit.cache import Cache, sha256
from vidkit.painting import album as albums
from vidkit.painting.album import Album
from vidkit.painting.stock import Stock
from vidkit.photos import decode
from vidkit.photos.prints import Asset
from vidkit.problems import Refusal
from vidkit.storyboard import Picture

if TYPE_CHECKING:
    from pathlib import Path


def _assets(folder: Path, number: int) -> dict[str, Asset]:
    """Photos of 300 by 300 pixels."""
    assets = {}
    for i in range(number):
        file = folder / f"{i}.png"
        Image.fromarray(smooth(300, 300, i)).save(file)
        name = sha256(file)
        assets[name] = Asset(file, file.name, (300, 300), name)
    return assets


def test_photos_are_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight workers that want one photo decode it once; a small look does not stand in for a large one."""
    file = tmp_path / "a.jpg"
    Image.fromarray(smooth(1600, 1200)).save(file, quality=90)
    name = sha256(file)
    album = Album({name: Asset(file, "a.jpg", (1600, 1200), name)})
    calls, real = count(1), decode.picture
    monkeypatch.setattr(decode, "picture", lambda *a, **k: next(calls) and real(*a, **k))
    picture = Picture(name, (0.25, 0.0, 0.75, 1.0))
    with ThreadPoolExecutor(8) as pool:
        large = list(pool.map(lambda _: album._whole(picture, 400, 600), range(16)))
    assert next(calls) == 2
    assert all(one is large[0] for one in large)
    assert large[0].shape[1] * 0.5 >= 400
    assert large[0].shape[0] >= 600
    small = album._whole(picture, 40, 60)
    assert small.shape[0] < large[0].shape[0]
    assert np.array_equal(album._whole(picture, 400, 600), large[0])


def test_a_photo_that_was_replaced_is_not_cut_out(tmp_path: Path) -> None:
    """Like every other way to a photo's pixels, the cut-out refuses a file that is no longer what was examined."""
    file = tmp_path / "her.png"
    Image.fromarray(smooth(400, 400)).save(file)
    asset = Asset(file, "her.png", (400, 400), "0" * 64)
    with pytest.raises(Refusal) as caught:
        Album({"p": asset}).person(Picture("p", (0.0, 0.0, 1.0, 1.0)), 200, 200)
    assert caught.value.problems[0].code == "VK-P009"


def test_an_album_keeps_few_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the number of photos: no more whole ones than have room, the last one always."""
    photo, most = 300 * 300 * 3, 2
    monkeypatch.setattr(albums, "PHOTOS_KEPT", photo * most + 1)
    assets = _assets(tmp_path, most + 4)
    album = Album(assets)
    for name in assets:
        album.cut(Picture(name, (0.0, 0.0, 1.0, 1.0)), 300, 300)
        album.planes(Picture(name, (0.0, 0.0, 1.0, 1.0)), 100, 100)
        assert sum(kept.nbytes for kept in album._photos.things.values()) <= albums.PHOTOS_KEPT
        assert len(album._parts.things) <= albums.PLANES_KEPT
    assert len(album._photos.things) >= most
    monkeypatch.setattr(albums, "PHOTOS_KEPT", 1)
    album = Album(assets)
    for name in assets:
        album.cut(Picture(name, (0.0, 0.0, 0.5, 1.0)), 150, 300)
        assert [kept.nbytes for kept in album._photos.things.values()] == [photo]


def test_the_latest_things_are_kept() -> None:
    """One asked for again counts as new; too large a one is alone."""
    kept = albums.Latest[int](6, lambda thing: thing)
    for asked, left in ((1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (1, [2, 3, 1]), (4, [1, 4]), (9, [9]), (1, [1])):
        assert kept.get(asked, partial(int, asked)) == asked
        assert list(kept.things) == left


def test_parts_in_stock_are_cut_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stock no photo is decoded again for a part that was cut before, in this run or an earlier one, and the part is the same; none is kept in memory."""
    assets = _assets(tmp_path, 12)
    asks = [Picture(name, (0.1, 0.0, 0.9, 1.0)) for name in assets]
    plain = [Album(assets).planes(ask, 100, 120) for ask in asks]
    calls, real = count(), decode.picture
    monkeypatch.setattr(decode, "picture", lambda *a, **k: (next(calls), real(*a, **k))[1])
    monkeypatch.setattr(albums, "PHOTOS_KEPT", 1)
    album, later = (Album(assets, Stock(Cache(tmp_path / "cache"), "engine")) for _ in range(2))
    with ThreadPoolExecutor(4) as pool:
        for one_run in (album, album, later):
            found = list(pool.map(lambda ask, run=one_run: run.planes(ask, 100, 120), asks))
            for one, other in zip(plain, found, strict=True):
                assert all(np.array_equal(a, b) and a.shape == b.shape for a, b in zip(one, other, strict=True))
    assert next(calls) == len(asks)
    assert [len(one._photos.things) + len(one._parts.things) for one in (album, later)] == [1, 0]
