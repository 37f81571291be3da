"""A HEIF's or AVIF's boxes → whether everything its picture is made of lies in the file (ISO 14496-12 §8.11, ISO 23008-12).

Decoders leave a missing tile of a large picture green and say nothing, so a photo that arrived by half is told by its boxes: none that a
writer puts there may end past the file, nor any piece of the picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"uuid", b"mpvd", b"idat"})
"""Outermost boxes that writers of pictures make; whatever else stands behind them is no box and nothing of the picture's."""
MOST_BOXES, MOST_PIECES = 1000, 100_000
"""More boxes in a row, more pieces of a picture are not looked at: a phone writes 3 and 60."""
FULL = 4
"""Bytes of version and flags before what a box holds."""
OF_FILE, OF_BOX = 0, 1
"""Where an item's pieces are counted from (iloc's construction method): the file, the box ``idat``."""


class Box(NamedTuple):
    """A box: its kind, where its content begins, where it says it ends."""

    kind: bytes
    start: int
    end: int


class Piece(NamedTuple):
    """A piece of an item: from what it is counted, its first byte, the one after its last."""

    method: int
    start: int
    end: int


def whole(content: bytes) -> None:
    """Raise ValueError where a part of the picture, or of a box around it, lies past the file's end. A file without a table of items, or
    with more than can be looked through, is left to the decoder.
    """
    outer = list(_boxes(content, 0, len(content)))
    if any(box.end > len(content) for box in outer if box.kind in WRITTEN):
        raise ValueError("a box is cut short")
    meta = next((box for box in outer if box.kind == b"meta"), None)
    held = {box.kind: box for box in _boxes(content, meta.start + FULL, meta.end)} if meta else {}
    if not {b"pitm", b"iloc"} <= held.keys():
        return
    ends = {OF_FILE: len(content), OF_BOX: held[b"idat"].end - held[b"idat"].start if b"idat" in held else 0}
    wanted = _needed(content, held)
    for item, piece in _pieces(_Reader(content, *held[b"iloc"][1:])):
        if item in wanted and piece.end > ends.get(piece.method, piece.end):
            raise ValueError("a piece of the picture is missing")


class _Reader:
    """Numbers out of a box, one after another; past its end there are none (ValueError)."""

    def __init__(self, content: bytes, start: int, end: int) -> None:
        self._content, self._at, self._end = content, start, min(end, len(content))
        self.version = self.number(1)
        self._at += FULL - 1

    def number(self, size: int) -> int:
        """The next unsigned number of so many bytes; 0 of none."""
        if self._at + size > self._end:
            raise ValueError("a box is too short")
        self._at += size
        return int.from_bytes(self._content[self._at - size : self._at], "big")


def _boxes(content: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes from one place to another; one of size 0 reaches to the end, and one that cannot be the last."""
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        size, kind, head = int.from_bytes(content[start : start + 4], "big"), content[start + 4 : start + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[start + 8 : start + 16], "big"), 16
        size = size or end - start
        if size < head:
            return
        yield Box(kind, start + head, start + size)
        start += size


def _needed(content: bytes, held: dict[bytes, Box]) -> set[int]:
    """The numbers of the picture and of all it is put together from."""
    reader = _Reader(content, *held[b"pitm"][1:])
    found = {reader.number(4 if reader.version else 2)}
    made_of: dict[int, Box] = {}
    wide = 2
    if b"iref" in held:
        _, start, end = held[b"iref"]
        wide = 4 if _Reader(content, start, end).version else 2
        inner = _boxes(content, start + FULL, min(end, len(content)))
        made_of = {_id(content[box.start : box.end], 0, wide): box for box in inner if box.kind == b"dimg"}
    todo, left = list(found), MOST_PIECES
    while todo and left > 0:
        box = made_of.get(todo.pop())
        named = _named(content[box.start : box.end], wide) if box else []
        left -= len(named)
        todo += {*named} - found
        found |= {*named}
    return found


def _named(body: bytes, wide: int) -> list[int]:
    """The items that the body of a reference names behind the one that refers to them."""
    last = wide + 2 + _id(body, wide, 2) * wide
    return [_id(body, at, wide) for at in range(wide + 2, min(last, len(body)), wide)]


def _id(body: bytes, at: int, wide: int) -> int:
    return int.from_bytes(body[at : at + wide], "big")


def _pieces(reader: _Reader) -> Iterator[tuple[int, Piece]]:
    """Every item's pieces by the table ``iloc``, those of other files left out."""
    sizes, more = reader.number(1), reader.number(1)
    of_start, of_length, of_base = sizes >> 4, sizes & 15, more >> 4
    of_index, numbered = (more & 15 if reader.version else 0), 4 if reader.version == 2 else 2
    left = MOST_PIECES
    for _ in range(reader.number(numbered)):
        item = reader.number(numbered)
        method = reader.number(2) & 15 if reader.version else OF_FILE
        elsewhere, base, count = reader.number(2), reader.number(of_base), reader.number(2)
        left -= 1 + count
        if left < 0:
            return
        for _ in range(count):
            reader.number(of_index)
            start = base + reader.number(of_start)
            end = start + reader.number(of_length)
            if not elsewhere:
                yield item, Piece(method, start, end)
