"""RGB pictures → PNG files by OpenCV, with the chunks it does not write: dots an inch and an AI label (PNG 3 §11.3)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import cv2

if TYPE_CHECKING:
    from vidkit.colour import Bytes

SMALL = (
    *(cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE),
    *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_PAETH),
)
"""For files to keep: photos grow no smaller by zlib's slower ways. As small as with a filter chosen anew for every row, in two thirds of the time."""
QUICK = (
    *(cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_HUFFMAN_ONLY),
    *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_AVG),
)
"""For pictures to look at: a photo a tenth larger than ``SMALL``, in two thirds of its time."""
HEADER = 33
"""Bytes of a PNG's signature and its first chunk."""
INCH = 0.0254
"""Metres."""


def packed(rgb: Bytes, label: str = "", *, dpi: int = 0, how: tuple[int, ...] = SMALL) -> bytes:
    """An RGB picture (H, W, 3) as PNG, without metadata but its dots an inch and the AI label, if there are such."""
    made = cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), how)[1].tobytes()
    dots = round(dpi / INCH).to_bytes(4, "big")
    dense = _chunk(b"pHYs", dots + dots + b"\1") if dpi else b""
    return made[:HEADER] + dense + (_said(label) if label else b"") + made[HEADER:]


def _said(label: str) -> bytes:
    from vidkit.photos import metadata  # noqa: PLC0415  # most pictures have none

    return _chunk(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + metadata.xmp(label))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
