"""Every brand that ships: no faults, an example that says so, plain words; and the table of colour pairs says what drawings do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from vidkit import kit
from vidkit.kits import branding
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

ROOT = kit.bundled()
FOLDERS = [file.parent for file in sorted(ROOT.glob("brand/*/brand.yaml"))]
DRAWINGS = {file.name.removesuffix(".svg.j2"): file for file in sorted(ROOT.glob("templates/**/*.svg.j2"))}
BOASTS = re.compile("最|第一|顶级|专业|品质|金牌|王牌|唯一|百分百|信赖")


def drawn(name: str) -> str:
    """A drawing's text; what stands out (``stress``) is primary where that is not faint."""
    return re.sub(r"\bstress\b", "c.primary", DRAWINGS[name].read_text(encoding="utf-8"))


def role(name: str) -> str:
    """How a drawing writes a role or a colour."""
    return name.lower() if name.startswith("#") else f"c.{name}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_brand_that_ships_has_no_faults(folder: Path) -> None:
    """Colours read on each other, the logo can be drawn and seen, words fit: not even a warning."""
    assert branding.faults(kit.brand_in(folder), folder.name) == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_brand_that_ships_is_a_fictional_example(folder: Path) -> None:
    """It has names in both languages, says it is fictional, and boasts of nothing."""
    brand = kit.brand_in(folder)
    assert brand.example
    assert "虚构" in brand.legal_name
    assert brand.names.en
    assert 4 <= len(brand.slogan) <= 14
    assert not BOASTS.search(brand.slogan + brand.full_name)


def test_the_brands_differ() -> None:
    """No two have a logo, a main colour or a slogan in common."""
    brands = [kit.brand_in(folder) for folder in FOLDERS]
    assert len(brands) >= 3
    for values in zip(
        *((b.logo, b.colours.primary, b.colours.accent, b.slogan, b.full_name) for b in brands), strict=True
    ):
        assert len(set(values)) == len(brands)


@pytest.mark.parametrize("pair", table("brand")["pairs"], ids=lambda pair: f"{pair['front']}-{pair['ground']}")
def test_a_pair_of_the_table_is_drawn(pair: dict[str, object]) -> None:
    """The drawings a pair names exist, and the front's colour stands in one of them, the ground's or the front's in each."""
    names = list(map(str, pair["drawings"])) if isinstance(pair["drawings"], list) else []
    front, ground = role(str(pair["front"])), role(str(pair["ground"]))
    assert any(front in drawn(name).lower() for name in names)
    assert all(front in drawn(name).lower() or ground in drawn(name).lower() for name in names)


def test_letters_have_no_colour_the_table_lacks() -> None:
    """Whatever colour a drawing of ours writes words in is a front of some pair."""
    fronts = {role(pair["front"]) for pair in table("brand")["pairs"]}
    for name in DRAWINGS:
        used = re.findall(r"words\([^\n]*?,\s*(c\.\w+|'#[0-9a-f]{6}')[,)]", drawn(name), re.IGNORECASE)
        assert {found.strip("'").lower() for found in used} <= fronts, name
