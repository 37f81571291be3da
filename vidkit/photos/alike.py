"""What a photo looks like, in 255 bits: by them a copy that was saved anew, made smaller or cropped a little is known again.

The bits say of each low frequency of the grey picture whether it is above their median. They show nobody, and no picture can be made of them.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIDE: Final = 256
"""The longer side, px, at which parts are cut."""
GRID: Final = 32
"""The sides, px, of the square whose frequencies are looked at."""
LOW: Final = 16
"""So many of them each way, the lowest."""
OFF: Final = 0.05
"""What is cut from a side, as a share of it."""


def likeness(rgb: NDArray[np.uint8]) -> str:
    """What an upright RGB picture of shape (height, width, 3) looks like, as 64 hex digits."""
    return _bits(_grey(rgb))


def likenesses(rgb: NDArray[np.uint8]) -> tuple[str, ...]:
    """What a picture looks like whole, then with ``OFF`` cut from each choice of its sides: by the nearest, crops of up to that much are known."""
    grey = _grey(rgb)
    tall, wide = grey.shape
    return tuple(
        _bits(grey[round(tall * top) : round(tall * (1 - bottom)), round(wide * left) : round(wide * (1 - right))])
        for left, top, right, bottom in product((0, OFF), repeat=4)
    )


def apart(one: str, other: str) -> int:
    """In how many bits two likenesses differ: about 127 for any two photos."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _grey(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2  # noqa: PLC0415  # not needed to compare two
    import numpy as np  # noqa: PLC0415  # the same

    tall, wide = rgb.shape[:2]
    share = SIDE / max(tall, wide)
    size = max(GRID, round(wide * share)), max(GRID, round(tall * share))
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _bits(grey: NDArray[np.uint8]) -> str:
    import cv2  # noqa: PLC0415  # not needed to compare two
    import numpy as np  # noqa: PLC0415  # the same

    square = cv2.resize(grey, (GRID, GRID), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(square)[:LOW, :LOW].ravel()[1:]  # the first is its lightness
    return np.packbits(low > np.median(low)).tobytes().hex()
