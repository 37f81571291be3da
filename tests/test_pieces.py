"""A page drawn in pieces is the page drawn whole; only where something is drawn is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from vidkit import graphics
from vidkit.pieces import SVG, pieces
from vidkit.storyboard import Box

SIZE = (200, 120)
CARD = '<svg x="{x}" y="{y}" width="60" height="40" viewBox="0 0 30 20"><rect width="30" height="20" rx="6" fill="#0B7A75"/><circle cx="30" cy="0" r="9" fill="#FFC94A"/></svg>'
BAR = '<rect x="4" y="100" width="120.5" height="9.25" rx="3" fill="#10302E" fill-opacity="0.5"/>'


def page(*inside: str, view: str = "0 0 200 120", attributes: str = 'preserveAspectRatio="none"') -> str:
    """An SVG of a page with some pieces on it."""
    return f'<svg xmlns="{SVG}" width="200" height="120" viewBox="{view}" {attributes}>{"".join(inside)}</svg>'


def drawn(svg: str, size: tuple[int, int], *, whole: bool) -> np.ndarray:
    """The page over grey."""
    made = np.full((size[1], size[0], 3), 128.0)
    for one in [(svg, Box(0, 0, *size))] if whole else [(piece.svg, piece.box) for piece in pieces(svg, *size)]:
        box = one[1]
        rgba = graphics.rasterise(one[0], box.width, box.height).astype(float)
        window = made[box.y : box.y + box.height, box.x : box.x + box.width]
        window += (rgba[..., :3] - window) * rgba[..., 3:] / 255
    return made


CARDS = page(CARD.format(x=10, y=8), CARD.format(x=120.5, y=30.25), BAR)
FRAMED = page(
    f'<svg x="20" y="12" width="160" height="96" viewBox="0 0 200 120">{CARD.format(x=150, y=90)}{BAR}</svg>',
    '<rect width="200" height="6" fill="#ff0000"/>',
)


@pytest.mark.parametrize("svg", [CARDS, FRAMED], ids=["cards", "framed"])
@pytest.mark.parametrize("size", [SIZE, (400, 240), (450, 270)])
def test_same_picture(svg: str, size: tuple[int, int]) -> None:
    """Piece by piece and as a whole, at every size, up to rounding."""
    cut = pieces(svg, *size)
    assert len(cut) == 3
    assert sum(piece.box.width * piece.box.height for piece in cut) < 0.4 * size[0] * size[1]
    assert np.abs(drawn(svg, size, whole=True) - drawn(svg, size, whole=False)).max() <= 3


@pytest.mark.parametrize(
    "svg",
    [
        page('<defs><linearGradient id="a"/></defs>', '<rect width="20" height="20" fill="url(#a)"/>'),
        page('<path d="M0 0 H200 V120 Z" fill="#10302E"/>', BAR),
        page('<rect width="60" height="20" transform="rotate(20)"/>'),
        page('<rect width="60" height="20" stroke="#000"/>'),
        page(CARD.format(x=10, y=10), attributes=""),
        page(CARD.format(x=10, y=10), view="a b c d"),
        "<svg",
    ],
    ids=["borrows", "path", "turned", "stroked", "keeps its shape", "no view", "broken"],
)
def test_whole_where_not_surely_the_same(svg: str) -> None:
    """What says no box, or may need another part, is drawn as it is."""
    size = (300, 120) if "none" not in svg else SIZE
    assert [piece.svg for piece in pieces(svg, *size)] == [svg]


def test_outside_is_nothing() -> None:
    """A piece beside the page is not drawn; an empty page has no pieces."""
    assert pieces(page(CARD.format(x=300, y=0)), *SIZE) == ()
    assert pieces(page(), *SIZE) == ()
