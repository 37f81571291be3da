"""A page drawn in pieces is the page drawn whole; only where something is drawn is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from vidkit import graphics, still
from vidkit.pieces import SVG, pieces

SIZE = (200, 120)
CARD = '<svg x="{x}" y="{y}" width="60" height="40" viewBox="0 0 30 20"><rect width="30" height="20" rx="6" fill="#0B7A75"/><circle cx="30" cy="0" r="9" fill="#FFC94A"/></svg>'
BAR = '<rect x="4" y="100" width="120.5" height="9.25" rx="3" fill="#10302E" fill-opacity="0.5"/>'


def page(*inside: str, view: str = "0 0 200 120", attributes: str = 'preserveAspectRatio="none"') -> str:
    """An SVG of a page with some pieces on it."""
    return f'<svg xmlns="{SVG}" width="200" height="120" viewBox="{view}" {attributes}>{"".join(inside)}</svg>'


def drawn(svg: str, size: tuple[int, int], *, whole: bool) -> np.ndarray:
    """The page over grey."""
    made = np.full((size[1], size[0], 3), 128, np.uint8)
    if not whole:
        still._over(made, svg)
        return made.astype(float)
    rgba = graphics.rasterise(svg, *size).astype(float)
    return np.asarray(made + (rgba[..., :3] - made) * rgba[..., 3:] / 255)


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


def test_a_colour_is_no_drawing() -> None:
    """A rectangle of whole pixels in one colour is told as such; one that ends inside a pixel, is round or seen through is drawn."""
    cut = pieces(page('<rect x="5" y="6" width="20" height="10" fill="#10302E"/>', BAR), *SIZE)
    assert [(piece.fill, piece.svg == "") for piece in cut] == [("#10302E", True), ("", False)]
    assert np.abs(drawn(FRAMED, SIZE, whole=True) - drawn(FRAMED, SIZE, whole=False))[:6].max() == 0
    for other in ('y="6.5" height="10"', 'y="6" height="10" rx="2"', 'y="6" height="10" opacity="0.5"'):
        cut = pieces(page(f'<rect x="5" width="20" fill="#10302E" {other}/>'), *SIZE)
        assert [piece.fill for piece in cut] == [""], other


def test_pages_share_what_stands_on_whole_pixels() -> None:
    """The same drawing elsewhere is the same piece, once drawn for all; in another size or between pixels it is not."""
    here, there, between = (page(CARD.format(x=x, y=y)) for x, y in ((10, 8), (90, 60), (90.5, 60)))
    found = [pieces(one, *SIZE)[0] for one in (here, there, between)]
    assert found[0].svg == found[1].svg != found[2].svg
    assert [bool(one.loose) for one in found] == [True, True, False]
    assert pieces(here, 400, 240)[0].svg != found[0].svg


@pytest.mark.parametrize(
    "reaching", ["", '<circle cx="0" cy="10" r="4" fill="#FFC94A"/>'], ids=["inside", "over the edge"]
)
def test_unclipped_where_nothing_leaves_the_box(reaching: str) -> None:
    """A drawing that keeps inside its box is drawn without being clipped, one that does not is clipped; both to the same bytes."""
    inside = f'<rect x="2" y="2" width="20" height="12" rx="5.3" fill="#0B7A75"/>{reaching}'
    piece = pieces(page(f'<svg x="10" y="8" width="60" height="40" viewBox="0 0 30 20">{inside}</svg>'), *SIZE)[0]
    clipped = graphics.rasterise(piece.svg, 60, 40)
    assert np.array_equal(still._rasterised(piece.svg, piece.loose, 60, 40), clipped)
    assert clipped[:, 0, 3].any() == bool(reaching)
