"""How well colours can be told apart: the contrast of WCAG 2.1, and the first colour that reads on a ground."""

from __future__ import annotations

CONTRAST = 4.5
"""The least contrast of words and their ground (WCAG 2.1, success criterion 1.4.3, level AA)."""
LARGE = 3.0
"""The same for large letters, 24 px or 19 px bold: nearly all letters of a page are."""


def _luminance(hexadecimal: str) -> float:
    """Relative luminance by WCAG 2.1."""
    linear = [
        v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4
        for v in (part / 255 for part in bytes.fromhex(hexadecimal[1:]))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.1, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour: str, ground: str, share: float) -> str:
    """The colour seen where it lies over a ground and hides that share of it, from 0 to 1."""
    both = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + bytes(round(a * share + b * (1 - share)) for a, b in both).hex()


def readable(ground: str, *wanted: str, least: float = CONTRAST) -> str:
    """The first of the wanted colours that reads on the ground, or does in large letters, else white or black."""
    for limit in (least, LARGE):
        found = next((one for one in wanted if contrast(one, ground) >= limit), None)
        if found:
            return found
    return max(("#ffffff", "#000000"), key=lambda one: contrast(one, ground))
