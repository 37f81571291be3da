"""A logo as drawing programs export it stands in our drawings; what must not be in one is refused before anything is made."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from vidkit import graphics, kit, layout
from vidkit.kits import branding, logo
from vidkit.pages import page
from vidkit.problems import Refusal
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = '<circle cx="120" cy="120" r="90" fill="#123456"/><circle cx="120" cy="120" r="50" fill="#FFFFFF"/></svg>'
PLAIN = f'<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240">{SHAPE}'
INKSCAPE = f"""\ufeff<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->

<svg
   width="63.5mm"
   height="63.5mm"
   viewBox="0 0 240 240"
   version="1.1"
   id="svg5"
   inkscape:version="1.2 (dc2aedaf03, 2022-05-15)"
   sodipodi:docname="logo.svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns="http://www.w3.org/2000/svg">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:document-units="mm" />
  <defs id="defs2" />
{SHAPE}
"""
ILLUSTRATOR = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 26.0.1, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px"
\t viewBox="0 0 240 240" style="enable-background:new 0 0 240 240;" xml:space="preserve">
{SHAPE}
"""


def shop(folder: Path, drawn: str) -> kit.Shelf:
    """A project with our brand ``linli`` and another logo."""
    own = folder / "brand" / "linli"
    shutil.copytree(kit.bundled() / "brand" / "linli", own)
    (own / "logo.svg").write_text(drawn, encoding="utf-8")
    return kit.shelf(folder)


@pytest.mark.parametrize(
    "drawn", [INKSCAPE, ILLUSTRATOR, f"<!-- mine -->\n{PLAIN}"], ids=["inkscape", "illustrator", "note"]
)
def test_a_logo_as_programs_export_it(drawn: str, tmp_path: Path) -> None:
    """It is the same drawing inside ours as a plain one, and a brand check finds nothing."""
    brand = kit.brand("linli", shop(tmp_path, drawn))
    assert layout.size(brand.logo) == (240, 240)
    assert not [p for p in branding.faults(brand) if p.level == "error"]
    for nested in (page.nested(brand.logo, 10, 20, 120), f"<svg {brand.logo.removeprefix('<svg')}"):
        around = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">{}</svg>'
        like = page.nested(PLAIN, 10, 20, 120) if "x=" in nested[:9] else PLAIN
        assert (graphics.drawn(around.format(nested), 300, 300) == graphics.drawn(around.format(like), 300, 300)).all()


def test_a_sound_logo_stays_as_it_is() -> None:
    """Byte by byte, those of our brands too."""
    for file in (kit.bundled() / "brand").glob("*/logo.svg"):
        assert logo.read(file) == file.read_text(encoding="utf-8")
    assert logo.plain(PLAIN) == PLAIN


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ('<image href="a.png"/>', "VK-R006"),
        ("<script>1</script>", "VK-R006"),
        ("<style>.a{fill:red}</style>", "VK-R006"),
        ('<rect width="9" height="9" fill="url(https://a.example/b)"/>', "VK-R006"),
        ("<g>", "VK-R004"),
    ],
)
def test_what_a_logo_must_not_hold_is_refused_when_it_is_used(inside: str, code: str, tmp_path: Path) -> None:
    """What ``brand check`` says is said before anything is made with the brand, too, at the logo's file."""
    where = shop(tmp_path, INKSCAPE.replace("</svg>", f"{inside}</svg>"))
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", where)
    assert [p.code for p in caught.value.problems] == [code]
    assert str(caught.value.problems[0].place) == "brand/linli/logo.svg"
    assert code in [p.code for p in branding.checked("linli", tmp_path)[0].problems]


SHADOW = (
    '<filter id="f" x="-50%" y="-.5" width="2" height="200%"><feGaussianBlur stdDeviation="4"/><feOffset dx="1"/>'
    '<feMerge><feMergeNode/></feMerge></filter><rect width="9" height="9" filter="url(#f)"/>'
)
NESTED = "<defs><g id='u0'><path d='M0 0h240v240z'/></g>"
NESTED += "".join(f"<g id='u{one + 1}'>" + f"<use href='#u{one}'/>" * 10 + "</g>" for one in range(5))
NESTED += "</defs><use href='#u5'/>"
"""Each group is drawn ten times by the next one."""
DONE = subprocess.CompletedProcess((), 0, b"", b"")
BLURRED = '<filter id="f" x="-1" y="-1" width="3" height="3">' + '<feGaussianBlur stdDeviation="9"/>' * 20 + "</filter>"
BLURRED += '<rect width="240" height="240" filter="url(#f)"/>' * 2
SCRIBBLED = f"<path fill='none' stroke='red' d='M0 0{'L240 60 2 9 230 3' * 40_000}'/>"
DRAWN = "".join(
    f"<path fill='#{one * 54321 % 0xFFFFFF:06x}' stroke='#333' stroke-width='.1' d='M{one % 20 * 9} {one // 20 * 9}"
    "c1-1 2 2 3 0s-1 1-2-2-3 0 .5.5.2-.7-1 1-2-2-3 0 .5.5.2-.7 1 1 1 1z'/>"
    for one in range(300)
)
LAID = """<defs><filter id="s"><feDropShadow dx="1" dy="1" stdDeviation="2" flood-opacity=".4"/></filter></defs>"""
INKED = (
    '<defs><filter id="s" x="-.1" y="-.1" width="1.2" height="1.2"><feFlood/><feComposite in2="SourceGraphic" '
    'operator="in"/><feGaussianBlur stdDeviation="2"/><feOffset dx="1"/><feComposite in="SourceGraphic"/></filter></defs>'
)
SHADED = (
    '<defs><filter id="s" x="2" y="2" width="60" height="60" filterUnits="userSpaceOnUse"><feFlood/><feColorMatrix '
    'in="SourceAlpha"/><feOffset dy="1"/><feGaussianBlur stdDeviation="1"/><feComposite in2="SourceAlpha"/>'
    '<feColorMatrix/><feBlend in2="SourceGraphic"/><feBlend in="SourceGraphic"/></filter></defs>'
)


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (f"{'<g>' * 25}{'</g>' * 25}", "<g> … > 20"),
        (NESTED, "> 1 s"),
        (BLURRED, "> 1 s"),
        (SCRIBBLED, "> 1 s"),
    ],
)
def test_a_logo_that_takes_too_long_is_refused_before_it_is_drawn(
    inside: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can stop the renderer in a drawing of this process: told after a trial, with what to do."""
    monkeypatch.setitem(table("brand")["load"], "seconds", 1)
    where = shop(tmp_path, INKSCAPE.replace("</svg>", f"{inside}</svg>"))
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", where)
    (found,) = caught.value.problems
    assert (found.code, str(found.place)) == ("VK-R021", "brand/linli/logo.svg")
    assert what in found.message("zh")
    assert "logo.png" in found.hint("zh")


def test_a_logo_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could be drawn is remembered; a short and plain one is not tried at all."""
    started: list[object] = []

    def run(*said: object, **_: object) -> subprocess.CompletedProcess[bytes]:
        started.append(said)
        return DONE

    monkeypatch.setattr(subprocess, "run", run)
    where = shop(tmp_path / "one", INKSCAPE.replace("</svg>", f"{SHADOW}</svg>"))
    assert kit.brand("linli", where).logo == kit.brand("linli", where).logo
    assert len(started) == 1
    assert kit.brand("linli", shop(tmp_path / "two", INKSCAPE)).logo
    assert len(started) == 1


@pytest.mark.parametrize(
    "inside",
    [
        SHADOW,
        f'{LAID}<g filter="url(#s)">{DRAWN}</g>',
        f'{INKED}<g style="filter:url(#s)">{DRAWN}</g>',
        f'{SHADED}<g filter="url(#s)">{DRAWN}</g>',
        "<path id='leaf' d='M0 0h9v9z'/>" + "<use href='#leaf' fill='green'/>" * 99,
        '<g opacity="1" style="opacity:1;isolation:auto" clip-path="none"/>' * 99,
        '<path fill-opacity=".5" d="M0 0h9v9z"/>' * 999,
        "<defs>" + "<g opacity='.3'/>" * 99 + "</defs>",
    ],
)
def test_a_logo_as_shops_have_them_is_not_too_much(inside: str, tmp_path: Path) -> None:
    """A shadow, also under 300 paths as programs write it, what is said and changes nothing, half-transparent colours, what is never drawn."""
    assert kit.brand("linli", shop(tmp_path, INKSCAPE.replace("</svg>", f"{inside}</svg>"))).logo


def test_a_logo_of_too_many_bytes_is_not_read(tmp_path: Path) -> None:
    """Its size is told with what to do."""
    where = shop(tmp_path, INKSCAPE + " " * 1_200_000)
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", where)
    assert [p.code for p in caught.value.problems] == ["VK-R021"]
    assert "1.2 MB > 1 MB" in caught.value.problems[0].message("zh")


@pytest.mark.parametrize("declared", ['<!DOCTYPE svg [<!ENTITY a "b">]>', "<!ENTITY a SYSTEM 'file:///etc/passwd'>"])
def test_a_document_type_of_its_own_is_refused(declared: str, tmp_path: Path) -> None:
    """Entities would be filled in from elsewhere."""
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", shop(tmp_path, f"<?xml version='1.0'?>{declared}{PLAIN}"))
    assert caught.value.problems[0].code == "VK-R006"


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('width="240px" height="120px"', (240, 120)),
        ('width="1in" height="72pt"', (96, 96)),
        ('width="100%" height="100%" viewBox="0 0 80.4 40"', (80, 40)),
        ('height="30"\n width="50"', (50, 30)),
    ],
)
def test_sizes_in_other_units(root: str, size: tuple[int, int]) -> None:
    """Become whole pixels; without any the viewBox says them."""
    made = logo.plain(f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{SHAPE}')
    assert layout.size(made) == size
    assert "viewBox" in made


@pytest.mark.parametrize("root", ['width="0" height="9"', 'width="100%" height="100%"', 'width="1..2" height="9"'])
def test_no_size_is_no_size(root: str) -> None:
    """It is left as it is, and refused."""
    made = logo.plain(f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{SHAPE}')
    assert [code for code, _ in logo.unsound(made)] == ["VK-R005"]


@pytest.mark.parametrize(
    "root",
    [
        'width="240" height="240" viewBox="0 0 240.0.0 240"',
        'width="240" height="240" viewBox="0 0 . 240"',
        'stroke-width="2" height="3" width="100%" viewBox="0 0 9 9"',
    ],
)
def test_a_size_that_is_no_number_is_told(root: str, tmp_path: Path) -> None:
    """As any other logo without a size, by a brand check too."""
    where = shop(tmp_path, f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{SHAPE}')
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", where)
    assert [p.code for p in caught.value.problems] == ["VK-R005"]
    assert [p.code for p in branding.checked("linli", tmp_path)[0].problems] == ["VK-R005"]


# Of any shape


def shaped(width: int, height: int) -> str:
    """A logo of a size."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}"/></svg>'


def drawn(name: str, shown: str, **said: Any) -> str:
    """A drawing of pages with a logo, 1000 px wide."""
    desk = page.shared(kit.shelf(), kit.brand("linli", kit.shelf()).model_copy(update={"logo": shown}))
    slots = ("kicker", "spot", "person", "craft", "legal", "phone", "slogan")
    blank = dict.fromkeys((*slots, "amount", "item", "unit", "conditions"))
    words = {"text": page.block(desk, "tile-title", "text", "名字", 900), "name": page.block(desk, "brand-line", "name", "名字", 900)}  # fmt: skip
    if name == "tile-close":
        words |= {
            one: page.block(desk, "brand-line", "name", "元", 900) for one in ("amount", "item", "unit", "conditions")
        }
    return page.drawing(desk, name, 1000, t=blank | words, **said).svg


def placed(name: str, shown: str, **said: Any) -> tuple[tuple[float, ...], float]:
    """The box of a logo in a drawing of pages (left, top, width, height), and where the first words begin."""
    svg = drawn(name, shown, **said)
    box = re.search(r'<svg x="([^"]*)" y="([^"]*)" [^>]*? width="([^"]*)" height="([^"]*)"', svg)
    assert box
    return tuple(map(float, box.groups())), min(map(float, re.findall(r'<text [^>]*? x="([^"]*)"', svg)), default=0)


@pytest.mark.parametrize(
    ("size", "taken"), [((240, 240), 1), ((240, 252), 1), ((600, 120), 3.5), ((300, 900), 1 / 3), ((300, 200), 1.5)]
)
@pytest.mark.parametrize(
    ("name", "left", "gap", "high", "said"),
    [("brand-line", 36, 16, 60, {"height": 96}), ("poster-foot", 0, 20, 84, {"lined": False, "face": 0, "corner": 0, "above": False})],
)  # fmt: skip
def test_words_begin_right_of_a_logo_of_any_shape(
    size: tuple[int, int], taken: float, name: str, left: int, gap: int, high: int, said: dict[str, Any]
) -> None:
    """A long one is as wide as three squares and a half at most and never under the name, a tall one leaves no hole before it."""
    (x, y, width, height), words = placed(name, shaped(*size), **said)
    assert x == left
    assert words == pytest.approx(left + taken * high + gap, abs=0.01)
    assert x + width <= words - gap + 0.01
    assert height <= high
    assert width / height == pytest.approx(size[0] / size[1], rel=1e-3)
    assert y >= 0


@pytest.mark.parametrize("size", [(240, 240), (180, 120), (300, 900)])
def test_a_logo_of_any_shape_stays_in_its_circle(size: tuple[int, int]) -> None:
    """In its middle (a square's has always been a pixel beside it), with every corner inside."""
    (x, y, width, height), _ = placed("tile-title", shaped(*size), height=1000, margin=80)
    middle = 1000 - 80 - 42
    assert (x + width / 2 - middle, y + height / 2 - middle) == pytest.approx((1, -1), abs=0.01)
    assert max(np.hypot(a - middle, b - middle) for a in (x, x + width) for b in (y, y + height)) < 58


@pytest.mark.parametrize("size", [(600, 120), (192, 120), (1200, 120)])
@pytest.mark.parametrize(("name", "high"), [("tile-title", 116), ("tile-close", 96), ("cover-brand", 190)])
def test_a_long_logo_stands_on_a_plate_as_long(size: tuple[int, int], name: str, high: int) -> None:
    """It is as large as can be read, and inside the plate's round ends; a circle would make a speck of it."""
    said = {"height": 1000, "margin": 80, "size": 190, "ground": "#000000", "beside": False}
    (x, y, width, height), _ = placed(name, shaped(*size), **said)
    (found,) = re.findall(
        rf'<rect x="([^"]*)"(?: y="([^"]*)")? width="([^"]*)" height="{high}" rx="{high / 2:g}',
        drawn(name, shaped(*size), **said),
    )
    left, top, wide = (float(one or 0) for one in found)
    assert width == pytest.approx(min(high / 2 * size[0] / size[1], (3.5 - 0.72) * high), abs=0.1)
    assert width / height == pytest.approx(size[0] / size[1], rel=1e-3)
    assert (x - left, y - top) == pytest.approx((left + wide - x - width, top + high - y - height), abs=0.01)
    assert x - left >= 0.36 * high - 0.01


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize(("size", "box"), [((300, 900), (76 / 3, 76)), ((600, 120), (266, 53.2))])
def test_a_logo_on_a_cover_of_paper_stands_by_itself(
    size: tuple[int, int],
    box: tuple[float, float],
    beside: bool,  # noqa: FBT001  # a table
) -> None:
    """A disc of paper is not seen there: the logo is as high as its line, and the name begins where it ends."""
    paper = kit.brand("linli", kit.shelf()).colours.paper
    said = {"size": 76, "ground": paper, "beside": beside}
    (x, _, width, height), words = placed("cover-brand", shaped(*size), **said)
    assert (width, height) == pytest.approx(box, abs=0.01)
    assert paper not in drawn("cover-brand", shaped(*size), **said)
    assert words - x - width == pytest.approx(20, abs=0.01) or not beside


@pytest.mark.parametrize(
    ("size", "box"),
    [((240, 240), (0, 0, 252, 264)), ((600, 120), (0, 187.2, 252, 50.4)), ((300, 900), (0, 0, 79.2, 237.6))],
)
def test_a_logo_of_any_shape_begins_where_the_words_of_an_end_do(size: tuple[int, int], box: tuple[float, ...]) -> None:
    """At the left, a long one at the foot, above the name."""
    shelf = kit.shelf()
    brand = kit.brand("linli", shelf).model_copy(update={"logo": shaped(*size)})
    svg = layout.render(layout.Studio(kit.parts(shelf), brand, (1080, 1920), shelf), "end-logo", {}, 900, {}, {})
    found = re.search(r'<svg x="([^"]*)" y="([^"]*)" [^>]*? width="([^"]*)" height="([^"]*)"', svg)
    assert found
    assert tuple(map(float, found.groups())) == pytest.approx(box)


# Pictures


def drawn_logo(size: int, mode: str = "RGBA") -> Image.Image:
    """A red disc with a white bar, its ground transparent (white without transparency)."""
    rows, columns = np.indices((size, size)) / (size - 1) - 0.5
    disc, bar = np.hypot(rows, columns) <= 0.45, (abs(rows) < 0.06) & (abs(columns) < 0.3)
    pixels = np.zeros((size, size, 4), np.uint8)
    pixels[disc], pixels[bar] = (200, 30, 40, 255), (255, 255, 255, 255)
    whole = Image.fromarray(pixels, "RGBA")
    if mode == "RGBA":
        return whole
    white = Image.new("RGB", (size, size), "white")
    white.paste(whole, mask=whole.getchannel("A"))
    return white


def pictured(folder: Path, name: str, content: bytes) -> kit.Shelf:
    """A project with our brand ``linli`` and a picture as its logo."""
    where = shop(folder, PLAIN)
    (folder / "brand" / "linli" / "logo.svg").unlink()
    (folder / "brand" / "linli" / name).write_bytes(content)
    return where


def file_of(picture: Image.Image, kind: str, **said: Any) -> bytes:
    """A picture's file."""
    stream = io.BytesIO()
    picture.save(stream, kind, **said)
    return stream.getvalue()


def test_a_png_is_a_logo_with_its_colours_and_what_is_transparent(tmp_path: Path) -> None:
    """The brand check finds nothing, the drawing fills its box in any size, and no more pixels stand in it than that size needs."""
    where = pictured(tmp_path, "logo.png", file_of(drawn_logo(1500), "PNG"))
    brand = kit.brand("linli", where)
    most = table("brand")["logo"]["most_px"]
    assert layout.size(brand.logo) == (most, most)
    assert branding.faults(brand) == ()
    assert logo.named(brand.logo) == "logo.png"
    for height in (40, 264):
        nested = page.nested(logo.sized(brand.logo, height), 10, 20, height)
        assert (len(nested) < len(brand.logo)) == (height == 40)
        shown = graphics.drawn(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">{nested}</svg>', 300, 300
        )
        box = shown[20 : 20 + height, 10 : 10 + height].astype(int)
        wanted = np.asarray(drawn_logo(height)).astype(int)
        solid = wanted[..., 3] == box[..., 3]
        assert solid.mean() > 0.85
        assert abs(box - wanted)[solid].mean() < 4
        assert tuple(box[height // 2, height // 2]) == (255, 255, 255, 255)
        assert not shown[:20].any()
    assert logo.sized(PLAIN, 40) == PLAIN
    assert kit.brand("linli", where).logo == brand.logo


@pytest.mark.parametrize(
    ("name", "kind", "mode"), [("logo.jpg", "JPEG", "RGB"), ("logo.png", "PNG", "RGB"), ("logo.png", "PNG", "RGBA")]
)
def test_a_picture_with_a_ground_of_its_own_gets_round_corners(name: str, kind: str, mode: str, tmp_path: Path) -> None:
    """It would be a hard box on paper; nothing is blown up above its own pixels."""
    brand = kit.brand("linli", pictured(tmp_path, name, file_of(drawn_logo(300, mode), kind)))
    shown = graphics.drawn(brand.logo, 300, 300)[..., 3]
    assert (shown[0, 0], shown[12, 12], shown[-1, -1]) == (0, 0, 0)
    assert (shown[2, 150] == 255) == (mode == "RGB")
    assert logo.fitted(brand.logo, 500, 500) == (300, 300)
    (_, _, width, height), _ = placed("cover-mark", brand.logo, height=1080)
    assert (width, height) == (300, 300)


def test_a_jpeg_is_upright_and_an_svg_comes_first(tmp_path: Path) -> None:
    """As photos are; beside an SVG a picture counts for nothing."""
    exif = Image.Exif()
    exif[0x0112] = 6
    wide = drawn_logo(600, "RGB").resize((800, 600))
    brand = kit.brand("linli", pictured(tmp_path, "logo.jpg", file_of(wide, "JPEG", exif=exif)))
    assert layout.size(brand.logo) == (450, 600)
    assert logo.named(brand.logo) == "logo.jpg"
    (tmp_path / "brand" / "linli" / "logo.svg").write_text(PLAIN, encoding="utf-8")
    assert kit.brand("linli", kit.shelf(tmp_path)).logo == PLAIN
    (told,) = branding.checked("linli", tmp_path)[0].problems
    assert (told.code, told.level, str(told.place)) == ("VK-R020", "warning", "brand/linli/logo.jpg")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("logo.png", b"GIF89a" + bytes(600), "VK-R019"),
        ("logo.png", file_of(drawn_logo(300), "WEBP"), "VK-R019"),
        ("logo.png", file_of(drawn_logo(300), "PNG")[:-60], "VK-P003"),
        ("logo.png", file_of(Image.new("L", (6000, 5000)), "PNG"), "VK-P004"),
        ("logo.png", b"", "VK-P001"),
        ("logo.jpg", file_of(drawn_logo(40, "RGB"), "JPEG"), "VK-P006"),
    ],
)
def test_a_picture_that_will_not_do_is_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    """Broken, too large, too small or of another kind: at its own file, when it is used and by ``brand check``."""
    where = pictured(tmp_path, name, content)
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", where)
    assert [p.code for p in caught.value.problems] == [code]
    assert str(caught.value.problems[0].place) == f"brand/linli/{name}"
    assert [p.code for p in branding.checked("linli", tmp_path)[0].problems] == [code]


def test_a_picture_called_svg_is_told_what_to_be_called(tmp_path: Path) -> None:
    """In words that people who rename files understand; a drawing that holds a picture stays refused, even one written like ours."""
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", pictured(tmp_path, "logo.svg", file_of(drawn_logo(300), "PNG")))
    (told,) = caught.value.problems
    assert told.code == "VK-K004"
    assert "把名字改回 logo.png" in told.hint("zh")
    ours = kit.brand("linli", pictured(tmp_path / "b", "logo.png", file_of(drawn_logo(300), "PNG"))).logo
    with pytest.raises(Refusal, match="VK-R006"):
        kit.brand("linli", shop(tmp_path / "c", ours))
