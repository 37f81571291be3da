"""A page → a picture file: photos cut by OpenCV under the page's one SVG."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from vidkit import colour, graphics, tables
from vidkit.pages import pdf
from vidkit.pages import png as png_file
from vidkit.pages.pieces import pieces
from vidkit.photos import metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.colour import Bytes
    from vidkit.pages.page import Page, Shown
    from vidkit.pages.pieces import Piece
    from vidkit.painting.stock import Stock
    from vidkit.storyboard import Picture

    Cut = Callable[[Picture, int, int], Bytes]
    Person = Callable[[Picture, int, int], tuple[Bytes, Bytes]]

MADE_BY = ("pages/still.py", "pages/pieces.py", "pages/png.py", "pages/pdf.py", "photos/metadata.py")
"""Our code that decides a page's bytes besides what draws (``clip.painting``)."""
JPEG_QUALITY = 92
BAND = 512
"""Rows laid over each other at a time."""
SMALL = 600_000
"""Pixels of a piece that is kept."""


def draw(page: Page, cut: Cut, person: Person | None = None, stock: Stock | None = None) -> Bytes:
    """The page as RGB, shape (height, width, 3); ``cut`` gives parts of photos, ``person`` such a part's
    person and alpha, ``stock`` drawings of an earlier run.
    """
    width, height = page.size
    made = np.empty((height, width, 3), np.uint8)
    _fill(made, page.ground)
    if page.under:
        _over(made, page.under, stock)
    for shown in page.photos:
        _lay(made, shown, cut, person)
    _over(made, page.svg, stock)
    return made


def _over(made: Bytes, svg: str, stock: Stock | None) -> None:
    """Draw an SVG over a picture of its size, piece by piece and a band of rows at a time: a page for print is large."""
    for piece in pieces(svg, made.shape[1], made.shape[0]):
        box = piece.box
        window = made[box.y : box.y + box.height, box.x : box.x + box.width]
        if piece.fill:
            _fill(window, piece.fill)
            continue
        drawn = _drawn(piece, stock)
        for top in range(0, box.height, BAND):
            over, band = graphics.premultiplied(drawn[top : top + BAND]), window[top : top + BAND]
            left = 255 - over[..., 3]
            kept = cv2.multiply(band, cv2.merge([left, left, left]), scale=1 / 255)
            band[:] = cv2.add(kept, cv2.cvtColor(over, cv2.COLOR_RGBA2RGB))


def _fill(window: Bytes, tint: str) -> None:
    """One row in the colour, then the others like it: twenty times as fast as every pixel by itself."""
    window[0] = colour.rgb(tint)
    window[1:] = window[0]


def _drawn(piece: Piece, stock: Stock | None) -> Bytes:
    """A piece's pixels; small ones (a sample's bands, a brand's line) are kept for the other pages they stand on."""
    small = piece.box.width * piece.box.height <= SMALL
    return (_kept if small else graphics.drawn)(piece.svg, piece.box.width, piece.box.height, stock)


_kept = lru_cache(maxsize=24)(graphics.drawn)


def _lay(made: Bytes, shown: Shown, cut: Cut, person: Person | None) -> None:
    box = shown.box
    if shown.cutout:
        assert person is not None, "whoever draws a person has the photos"
        _stand(made, shown, person)
        return
    part = cut(shown.picture, box.width, box.height)
    window = made[box.y : box.y + box.height, box.x : box.x + box.width]
    if not shown.outline:
        window[:] = part
        return
    points = np.array([[round((x - box.x) * 16), round((y - box.y) * 16)] for x, y in shown.outline], np.int32)
    mask = np.zeros((box.height, box.width), np.uint8)
    cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, shift=4)
    _blend(window, part, mask)


def _stand(made: Bytes, shown: Shown, person: Person) -> None:
    """A person without the background."""
    box = shown.box
    part, alpha = person(shown.picture, box.width, box.height)
    _blend(made[box.y : box.y + box.height, box.x : box.x + box.width], part, alpha)


def _blend(window: Bytes, part: Bytes, alpha: Bytes) -> None:
    """A part over a window: where it hides all it is copied, only where it hides something are pixels weighed."""
    cv2.copyTo(part, (alpha == 255).view(np.uint8), window)
    some = np.nonzero((alpha > 0) & (alpha < 255))
    share = alpha[some][:, None].astype(np.uint16)
    window[some] = (part[some] * share + window[some] * (255 - share) + 127) // 255


def png(page: Page, cut: Cut, label: str = "") -> bytes:
    """The page as PNG without metadata but its dots an inch and the AI label, if there are such."""
    return packed(draw(page, cut), ".png", page, label)


def jpeg(page: Page, cut: Cut, label: str = "") -> bytes:
    """The page as JPEG (quality 92, 4:4:4) without metadata but the AI label, if there is one."""
    return packed(draw(page, cut), ".jpg", page, label)


def packed(drawn: Bytes, suffix: str, page: Page, label: str = "") -> bytes:
    """A page that is drawn (RGB) as a file: ``.png``, ``.jpg``, or ``.pdf``, one sheet of A4."""
    if suffix == ".png":
        return png_file.packed(drawn, label, dpi=page.dpi)
    if suffix == ".jpg":
        return _jpeg(drawn, label)
    assert suffix == ".pdf", "pages become pictures or paper"
    return pdf.page(_jpeg(drawn, ""), page.size, label=metadata.normal(label))


def _jpeg(drawn: Bytes, label: str) -> bytes:
    stream = io.BytesIO()
    said: dict[str, Any] = {"xmp": metadata.xmp(label)} if label else {}
    Image.fromarray(drawn).save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0, **said)
    return stream.getvalue()


def key(page: Page, engine: str, label: str = "") -> str:
    """The page's content address: all that is on it, its label, the engine that draws, and the code that makes pages (``MADE_BY``)."""
    said = json.dumps([asdict(page), engine, tables.engine(MADE_BY), label], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
