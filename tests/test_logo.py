"""A logo as drawing programs export it stands in our drawings; what must not be in one is refused before anything is made."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from vidkit import branding, graphics, kit, layout, logo, page
from vidkit.problems import Refusal

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
