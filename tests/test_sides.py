"""What photos' names say, and the guess at a mistyped one: never another place, number or side."""

from __future__ import annotations

import pytest

from vidkit.briefs import sides

THERE = tuple(
    f"photos/{name}"
    for name in (
        "灶台前.jpg",
        "灶台后.jpg",
        "r1.jpg",
        "IMG_0012.HEIC",
        "微信图片 2026 (1).jpg",
        "Kitchen.JPG",
        "bath_after.png",
    )
)


@pytest.mark.parametrize(
    ("typed", "side", "guess"),
    [
        ("灶台前.png", "before", "灶台前.jpg"),
        ("灶台前", "before", "灶台前.jpg"),
        ("img_0012.heic", "", "IMG_0012.HEIC"),
        ("IMG_0012.jpg", "after", "IMG_0012.HEIC"),
        ("微信图片2026(1).jpg", "", "微信图片 2026 (1).jpg"),
        ("微信图片_2026（1）.jpg", "", None),
        ("灶台之后.jpg", "after", "灶台后.jpg"),
        ("灶台 清洁后.jpg", "after", "灶台后.jpg"),
        ("灶台.jpg", "after", "灶台后.jpg"),
        ("灶台.jpg", "before", "灶台前.jpg"),
        ("kitchn.jpg", "", "Kitchen.JPG"),
        ("bath_aftr.jpg", "after", "bath_after.png"),
    ],
)
def test_another_spelling_is_found(typed: str, side: str, guess: str | None) -> None:
    """Another ending, case or width, spaces, another word for the same side, a side left out, one letter wrong in a longer word."""
    assert sides.meant(f"photos/{typed}", THERE, side) == (guess and f"photos/{guess}")


@pytest.mark.parametrize(
    ("typed", "side"),
    [
        ("水槽后.jpg", "after"),
        ("灶台完.jpg", "after"),
        ("灶面后.jpg", "after"),
        ("卧室.jpg", "after"),
        ("灶台.jpg", ""),
        ("灶台前.png", "after"),
        ("灶台2后.jpg", "after"),
        ("bath_before.png", "before"),
        ("bath_aftr.jpg", "before"),
        ("IMG_0013.HEIC", ""),
        ("r2.jpg", ""),
        ("a1.jpg", ""),
        ("a_kitchen.jpg", ""),
    ],
)
def test_another_photo_is_not_offered(typed: str, side: str) -> None:
    """Another place, no place, the other side, another number, another short word."""
    assert sides.meant(f"photos/{typed}", THERE, side) is None


def test_two_that_fit_are_no_guess() -> None:
    """The same name with two endings may be two photos."""
    assert sides.meant("a.heic", ("a.jpg", "a.png")) is None
    assert sides.meant("A.jpg", ("a.jpg", "a.png")) == "a.jpg"
