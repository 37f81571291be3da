"""Words stay inside the safe box that publishing looks at, in a shop's own new brand too, whose logo is a letter."""

from __future__ import annotations

from dataclasses import replace

import made_up
import pytest

from vidkit import kit, layout, motion, plan
from vidkit.kits import branding, platform
from vidkit.kits.branding import Answers
from vidkit.problems import Refusal
from vidkit.publishing import review, within

TEMPLATES = tuple(name for name, _ in kit.template_names(kit.shelf()))
OWN = branding.made(Answers("周到家政", "周到家政", "擦干净再走", "周到家政服务部", "#2E8B57", "周到家政"))


def planned(ask: made_up.Ask, where: str) -> plan.Plan | None:
    """The plan of a made-up brief in the new brand; None when its words are too long for the platform."""
    try:
        return plan.plan(replace(made_up.script(ask), brand=OWN), platform.load(where))
    except Refusal as refusal:
        assert {p.code for p in refusal.problems} == {"VK-T003"}  # noqa: PT017  # the only refusal allowed here
        return None


@pytest.mark.parametrize("where", ["douyin", "meituan"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_brand_fits_every_template(template: str, where: str) -> None:
    """Its monogram, large on grounds and small on end cards, is no word to be read; no word leaves the box."""
    assert "<text" in OWN.logo
    for many in (False, True):
        made = planned(made_up.Ask(template, long=many, many=many, options=many), where)
        assert made is None or within.leaving(made, OWN.logo) == ()


def test_only_the_logo_is_no_word() -> None:
    """The price list's ground holds the letter outside the box; a drawing's own words beside the same logo still count."""
    made = planned(made_up.Ask("price-list"), "douyin")
    assert made
    assert within.leaving(made) == ("周",)
    sign = next(g for scene in made.board.scenes for g in scene.graphics if within.words(g.svg) == "周")
    low = f'<text x="20" y="{layout.size(sign.svg)[1] - 9}" font-family="Noto Sans SC" font-size="40">找我</text></svg>'
    box = replace(sign.box, y=made.board.canvas[1] - sign.box.height)
    said = replace(sign, svg=f"{sign.svg.rpartition('</svg>')[0]}{low}", box=box, dx=motion.STILL, dy=motion.STILL)
    scene = replace(made.board.scenes[0], graphics=(said,))
    assert within.leaving(replace(made, board=replace(made.board, scenes=(scene,))), OWN.logo) == ("找我",)


def test_words_are_read_as_a_person_reads_them() -> None:
    """Signs that an SVG writes as entities are those signs again, once: in the box's warning, the review sheet and what ``plan`` prints."""
    known = kit.shelf()
    studio = layout.Studio(kit.parts(known), kit.brand("linli", known), (1080, 1920), known)
    said = """她说"好"'s A&B"""
    svg = layout.drawing(studio, "hook-title", {"text": said}, 900).svg
    assert within.words(svg) == "".join(review._lines(svg)) == said
    assert within.words('<svg><text y="9">&amp;#34;<tspan>&amp;lt;</tspan></text></svg>') == "&#34;&lt;"


def test_words_are_read_from_left_to_right_and_quotations_from_their_opening_mark() -> None:
    """A separator drawn last stands between what it parts; an opening mark that is a drawing is among the words as well."""
    drawn = '<svg><text x="9" y="5">护理员</text><text x="50" y="5">毕节</text><text x="40.5" y="5">·</text></svg>'
    assert review._lines(drawn) == ["护理员·毕节"]
    said = '<text y="5">缝里的油，</text><text y="9">抠”</text><text y="14">秀兰</text></svg>'
    known = kit.shelf()
    studio = layout.Studio(kit.parts(known), kit.brand("linli", known), (1080, 1920), known)
    large = layout.drawing(studio, "quote", {"quote": "慢慢来”", "name": "秀兰", "craft": "保洁"}, 900).svg
    assert review._lines(large)[:2] == ["“慢慢来”", "秀兰"]
    assert review._lines(f"<svg>{said}") == ["缝里的油，", "抠”", "秀兰"]
