"""What a post is for: the brief says so, or the brand and the template do. Which rules hold and which marks it carries follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from vidkit.brief import Brief
    from vidkit.kit import Brand, Template

Mode = Literal["ad", "story", "public-interest", "recruit"]
MODES: tuple[Mode, ...] = get_args(Mode)


def mode(brief: Brief, template: Template, brand: Brand) -> Mode:
    """The brief's own; otherwise the template's, if it is for one thing only; otherwise public interest for a brand that sells nothing, and
    an advertisement for a shop: what promotes one's own service is one (《广告法》适用问题执法指南（一）, 2025).
    """
    if brief.mode:
        return cast("Mode", brief.mode)
    return template.mode or usual(brand)


def usual(brand: Brand) -> Mode:
    """What a brand's posts are for where nothing else is said."""
    return "ad" if brand.tone.sells else "public-interest"


def speaking(brand: Brand, brief: Brief, template: Template) -> Brand:
    """The brand as it speaks in a post of this kind: in public interest a shop sells nothing either and leaves its own closing words away."""
    if mode(brief, template, brand) != "public-interest" or not brand.tone.sells:
        return brand
    return brand.model_copy(update={"tone": brand.tone.model_copy(update={"sells": False, "closings": ()})})
