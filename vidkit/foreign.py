"""A drawing → the file it would take a picture from. A photo comes into a picture through the album alone, which covers faces first; so a drawing
may hold its pictures in its own text (``data:``), and nothing of any file.
"""

from __future__ import annotations

import re
from xml.parsers import expat

HREF = "href"
"""How every reference of a drawing is called: the renderer follows ``image`` and ``feImage``, in whatever way it is written, and nothing else that
leads to a file.
"""
OWN = ("data:", "#")
"""How a reference begins to what stands in the drawing itself."""
PAYLOAD = re.compile(r"(?<=;base64,)[A-Za-z0-9+/]++")
"""A picture in a drawing's text, which may be most of it and is not read."""


def taken(svg: str) -> str:
    """The first reference of a drawing to what is not in it; empty where there is none. Raises ExpatError for a drawing that has references
    and is no whole XML.
    """
    if HREF not in svg:
        return ""
    found: list[str] = []

    def begun(_name: str, said: dict[str, str]) -> None:
        references = (value.strip() for key, value in said.items() if key.rpartition(" ")[2] == HREF)
        found.extend(one for one in references if one and not one.startswith(OWN))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begun
    parser.Parse(PAYLOAD.sub("", svg), True)  # noqa: FBT003  # expat takes no names
    return found[0] if found else ""
