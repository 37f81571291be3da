#!/usr/bin/env python3
"""Draws the sheet that stands for every signed form of the example consents: plainly no real signature. Needs vidkit installed.

Run:  python3 examples/draw/consent.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from vidkit import graphics

SIZE = (620, 877)
WORDS = "font-family='Noto Sans SC' fill='#2B2B2B'"
LINES = "".join(
    f"<rect x='70' y='{y}' width='{width}' height='8' rx='4' fill='#D9D6D0'/><rect x='70' y='{y + 26}' width='22' height='22' fill='none' stroke='#8C8880' stroke-width='3'/>"
    for y, width in ((190, 480), (260, 430), (330, 470), (400, 380), (470, 450))
)
SVG = f"""<svg xmlns='http://www.w3.org/2000/svg' width='{SIZE[0]}' height='{SIZE[1]}' viewBox='0 0 {SIZE[0]} {SIZE[1]}'>
<rect width='{SIZE[0]}' height='{SIZE[1]}' fill='#FBFAF7'/>
<text x='310' y='120' text-anchor='middle' font-size='44' font-weight='700' {WORDS}>同意书（示例）</text>
{LINES}
<text x='70' y='640' font-size='26' font-weight='500' {WORDS}>签字：</text>
<path d='M160 640 c30 -50 40 10 60 -20 s30 -30 50 0 s40 -40 70 -6 s40 10 60 -18' fill='none' stroke='#3557A0' stroke-width='4'/>
<line x1='150' y1='652' x2='420' y2='652' stroke='#8C8880' stroke-width='2'/>
<text x='310' y='740' text-anchor='middle' font-size='26' font-weight='700' {WORDS}>这是画出来的，不是真的签字</text>
<text x='310' y='780' text-anchor='middle' font-size='20' font-weight='400' {WORDS}>Drawn for the examples: nobody signed this</text>
</svg>"""


def main() -> None:
    """Write the sheet beside the example consents."""
    drawn = Image.fromarray(np.asarray(graphics.rasterise(SVG, *SIZE))[..., :3])
    out = Path(__file__).resolve().parent.parent / "consents" / "signed" / "example.png"
    drawn.quantize(32, dither=Image.Dither.NONE).save(out, optimize=True)


if __name__ == "__main__":
    main()
