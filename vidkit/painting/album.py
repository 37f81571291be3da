"""The photos of a run, developed for painting and for stills: covered first, levelled, cut, and the last few kept."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from vidkit import colour
from vidkit.film import reading
from vidkit.painting import layers
from vidkit.photos import decode, portrait, prints, redact, tone
from vidkit.photos import frame as framing
from vidkit.photos.file import unchanged
from vidkit.photos.matrix import WHOLE
from vidkit.photos.warp import warp

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from vidkit.colour import Bytes
    from vidkit.painting.stock import Stock
    from vidkit.photos.prints import Asset
    from vidkit.storyboard import Picture

    Planes = tuple[Bytes, Bytes, Bytes]

Thing = TypeVar("Thing")
PHOTOS_KEPT = 24_000_000
"""Bytes of whole photos kept; the last one is kept however large it is."""
PLANES_KEPT = 8
PEOPLE_KEPT = 2
WORKING = 1600
"""The longer side, px, of a photo whose person is found once for all smaller sizes."""


@dataclass(eq=False)
class Latest(Generic[Thing]):
    """The things last asked for: no more than ``most`` by ``size`` in all, the last one always."""

    most: int
    size: Callable[[Thing], int] = lambda _thing: 1
    things: OrderedDict[Hashable, Thing] = field(default_factory=OrderedDict)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing under a key, made if it is not kept."""
        if key not in self.things:
            self.things[key] = make()
        self.things.move_to_end(key)
        left = self.most
        for old, thing in [*reversed(self.things.items())]:
            left -= self.size(thing)
            if left < 0 and old != key:
                del self.things[old]
        return self.things[key]


@dataclass(eq=False)
class Album:
    """Photos developed for painting; threads wait for each other instead of decoding twice. The last few photos are kept, and the last few
    parts cut from them, or all parts where there is a ``stock``.
    """

    assets: Mapping[str, Asset]
    stock: Stock | None = None
    _photos: Latest[Bytes] = field(default_factory=lambda: Latest(PHOTOS_KEPT, lambda photo: photo.nbytes))
    _parts: Latest[Planes] = field(default_factory=lambda: Latest(PLANES_KEPT))
    _people: Latest[tuple[Bytes, Bytes]] = field(default_factory=lambda: Latest(PEOPLE_KEPT))
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _player: reading.Player = field(default_factory=reading.Player)

    def cut(self, picture: Picture, width: int, height: int) -> Bytes:
        """A picture's part as RGB, shape (height, width, 3), cut from the photo as it is to be shown."""
        matrix = self.assets[picture.sha256].treatment.matrix
        whole = self._whole(picture, width, height)
        if matrix is None:
            return framing.cut(whole, picture.crop, (width, height))
        return warp(whole, matrix, picture.crop, (width, height))

    def person(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes]:
        """A picture's part without its background: RGB without the old background's colour, and alpha, found before anything is covered."""
        whole, alpha = self._standing(picture, width, height)
        return framing.cut(whole, picture.crop, (width, height)), framing.cut(alpha, picture.crop, (width, height))

    def _standing(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes]:
        """The whole photo without its background and its alpha, found once for every size up to the working one."""
        asset = self.assets[picture.sha256]
        needed, working = prints.needed(asset, picture.crop, (width, height)), _working(asset.size)
        wanted = working if needed[0] <= working[0] and needed[1] <= working[1] else needed
        with self._lock:
            return self._people.get((picture.sha256, wanted), lambda: self._parted(asset, wanted))

    def _parted(self, asset: Asset, wanted: tuple[int, int]) -> tuple[Bytes, Bytes]:
        raw = _at_most(_decoded(asset, wanted), wanted)
        alpha, _ = portrait.judged(raw)
        assert alpha is not None, "only a person who was found is shown cut out"
        shown = _toned(redact.soften(raw, asset.treatment.areas), asset)
        return portrait.decontaminated(shown, alpha), alpha

    def planes(self, picture: Picture, width: int, height: int) -> Planes:
        """A picture's part as Y, U and V planes of exactly (width, height) pixels, both even; of a film the part of one frame."""
        if picture.frame is not None:
            return self._played(picture, width, height)
        if self.stock is None:
            with self._lock:
                return self._parts.get((picture, width, height), lambda: self._planes(picture, width, height))
        said = [asdict(picture), asdict(self.assets[picture.sha256].treatment), width, height]
        if (found := self.stock.find("planes", said)) is not None:
            return _apart(found, width, height)
        with self._lock:  # who waited here may find what another thread has put there meanwhile
            if (found := self.stock.find("planes", said)) is not None:
                return _apart(found, width, height)
            made = self._planes(picture, width, height)
            self.stock.put("planes", said, np.concatenate([plane.ravel() for plane in made]).data)
            return made

    def _planes(self, picture: Picture, width: int, height: int) -> Planes:
        return colour.yuv_planes(self.cut(picture, width, height))

    def _played(self, picture: Picture, width: int, height: int) -> Planes:
        """A part of one frame of a film: covered once when its reel was made, and again what was found or decided since."""
        asset = self.assets[picture.sha256]
        assert asset.reel, "only films have frames"
        assert picture.frame is not None, "a film's photo is no frame of it"
        frame = self._player.frame(asset.reel, picture.frame)
        if asset.treatment.areas:
            frame = colour.of_rgb(redact.soften(colour.to_rgb(frame), asset.treatment.areas))
        y, u, v = (
            framing.cut(plane, picture.crop, (width // step, height // step))
            for plane, step in zip(colour.planes(frame), layers.STEPS, strict=True)
        )
        return y, u, v

    def _whole(self, picture: Picture, width: int, height: int) -> Bytes:
        """The whole photo, covered and levelled, decoded so that the picture's part has (width, height) pixels if the photo has."""
        asset = self.assets[picture.sha256]
        wanted = prints.needed(asset, picture.crop, (width, height))
        key = (picture.sha256, decode.reduction(asset.size, wanted))
        with self._lock:
            return self._photos.get(key, lambda: self._develop(asset, wanted))

    def _develop(self, asset: Asset, wanted: tuple[int, int]) -> Bytes:
        """Decoded, then covered before anything else is done with it, then levelled or lifted."""
        shown, areas = _decoded(asset, wanted), asset.treatment.areas
        return _toned(redact.soften(shown, areas) if areas else shown, asset)


def _toned(rgb: Bytes, asset: Asset) -> Bytes:
    """A covered photo in the light it is shown in."""
    return tone.lifted(tone.graded(rgb, asset.treatment.gains), asset.treatment.lift)


def _decoded(asset: Asset, wanted: tuple[int, int]) -> Bytes:
    """The photo as it is, of at least so many pixels if it has them: the file that was examined, or a refusal."""
    source = unchanged(asset.file, asset.sha256, name=asset.name)
    return decode.picture(source, at_least=wanted, examined=not asset.odd)


def _apart(planes: bytes, width: int, height: int) -> Planes:
    """Y, U and V that were kept one after the other; they are not to be written to."""
    y, u, v = np.split(np.frombuffer(planes, np.uint8), (width * height, width * height * 5 // 4))
    half = height // 2, width // 2
    return y.reshape(height, width), u.reshape(half), v.reshape(half)


def _working(size: tuple[int, int]) -> tuple[int, int]:
    """A photo's size with the longer side at most ``WORKING`` px."""
    scale = min(1.0, WORKING / max(size))
    return math.ceil(size[0] * scale), math.ceil(size[1] * scale)


def _at_most(rgb: Bytes, size: tuple[int, int]) -> Bytes:
    """The picture no larger than it is needed."""
    scale = max(size[0] / rgb.shape[1], size[1] / rgb.shape[0])
    if scale >= 1:
        return rgb
    return framing.cut(rgb, WHOLE, (round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)))
