"""The vendored fonts → ``vidkit/fonts/metrics.json``: which characters each has and how wide they are.

Run after a font changes: ``python tools/fonts.py`` (needs fontTools, from the ``dev`` extra).

The file holds, per face: file and its SHA-256, family (the name resvg finds it by), ascent and descent in thousandths of the size,
the covered code points as inclusive ranges, the usual advance, and the other advances by code point: one number per
weight of ``weights`` (a static font has one weight).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "vidkit" / "fonts"
FACES = {
    "text": ("NotoSansSC-wght.ttf", "Noto Sans SC", (400, 500, 700, 900)),
    "display": ("SmileySans-Oblique.ttf", "Smiley Sans", (400,)),
}


def ranges(points: list[int]) -> list[list[int]]:
    """Sorted code points as inclusive ``[first, last]`` pairs."""
    found: list[list[int]] = []
    for point in points:
        if found and point == found[-1][1] + 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def face(file: str, family: str, weights: tuple[int, ...]) -> dict[str, Any]:
    """One font's measurements, in thousandths of the font size."""
    font = TTFont(FONTS / file)
    unit = 1000 / font["head"].unitsPerEm
    cmap = {point: name for point, name in font.getBestCmap().items() if point >= 0x20}
    sets = [font.getGlyphSet(location={"wght": weight}) for weight in weights]
    widths = {point: [round(s[name].width * unit) for s in sets] for point, name in cmap.items()}
    usual = Counter(w[0] for w in widths.values() if len(set(w)) == 1).most_common(1)[0][0]
    return {
        "file": file,
        "sha256": hashlib.sha256((FONTS / file).read_bytes()).hexdigest(),
        "family": family,
        "weights": list(weights),
        "ascent": round(font["OS/2"].sTypoAscender * unit),
        "descent": round(-font["OS/2"].sTypoDescender * unit),
        "usual": usual,
        "ranges": ranges(sorted(cmap)),
        "widths": {
            str(point): w if len(set(w)) > 1 else w[0] for point, w in sorted(widths.items()) if set(w) != {usual}
        },
    }


def main() -> None:
    """Write the table."""
    table = {name: face(*values) for name, values in FACES.items()}
    (FONTS / "metrics.json").write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
