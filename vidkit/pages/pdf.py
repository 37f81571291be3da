"""A picture → a PDF of one page with nothing else in it: the same bytes every time, no dates, no names of tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURE = (
    b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
)
A4 = (595.276, 841.89)
"""Width and height of A4 (210 x 297 mm) in points of 1/72 inch."""


def page(jpeg: bytes, size: tuple[int, int], paper: tuple[float, float] = A4, label: str = "") -> bytes:
    """A PDF whose one page of ``paper`` points is filled by a JPEG of ``size`` px; the AI ``label`` stands in its information dictionary."""
    wide, high = (f"{side:g}".encode() for side in paper)
    drawn = b"q %s 0 0 %s 0 0 cm /P Do Q" % (wide, high)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Resources << /XObject << /P 4 0 R >> >> /Contents 5 0 R >>"
        % (wide, high),
        _stream(jpeg, PICTURE % size),
        _stream(drawn, b""),
    ]
    return _file([*parts, b"<< /AIGC (%s) >>" % _escaped(label)], b" /Info 6 0 R") if label else _file(parts)


def _escaped(text: str) -> bytes:
    """A text of ASCII characters inside a PDF's brackets (ISO 32000-1, 7.3.4.2)."""
    return re.sub(rb"([\\()])", rb"\\\1", text.encode("ascii"))


def pages(drawn: Sequence[tuple[bytes, tuple[int, int]]], paper: tuple[float, float] = A4) -> bytes:
    """A PDF with a page of ``paper`` points for every JPEG, each with its size in px."""
    wide, high = (f"{side:g}".encode() for side in paper)
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(len(drawn)))
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(drawn))]
    for number, (jpeg, size) in enumerate(drawn):
        own = 3 + 3 * number
        box = b"/MediaBox [0 0 %s %s] /Resources << /XObject << /P %d 0 R >> >>" % (wide, high, own + 1)
        parts += [
            b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R >>" % (box, own + 2),
            _stream(jpeg, PICTURE % size),
            _stream(b"q %s 0 0 %s 0 0 cm /P Do Q" % (wide, high), b""),
        ]
    return _file(parts)


def _stream(content: bytes, said: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (said, len(content), content)


def _file(parts: list[bytes], more: bytes = b"") -> bytes:
    """The objects with their table of places (ISO 32000-1, 7.5), and what the trailer says besides."""
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % at for at in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, more, start)
    return bytes(made)
