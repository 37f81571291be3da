"""A file that stands where something is to be written → whether vidkit wrote it: only then may it be replaced.

For files that people name themselves with ``-o``: what is drawn to be looked at, sound, forms to print, the schema, the gallery. Output
folders have manifests for that.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from vidkit.problems import Refusal, problem
from vidkit.runs import faults, stored

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = b"vidkit"
SCHEMA: Final = "vidkit 清单 / vidkit brief"
"""The title of the schema of a brief."""
GALLERY: Final = "# 样板一览 Gallery"
"""The first line of a gallery's page."""
_HEADER: Final = 33
"""Bytes of a PNG's signature and its first chunk."""
_TEXT: Final = b"tEXtSoftware\0" + NAME
_SAID: Final = (len(_TEXT) - 4).to_bytes(4, "big") + _TEXT + zlib.crc32(_TEXT).to_bytes(4, "big")
"""The chunk by which a PNG says which program wrote it (PNG 3 §11.3.3)."""
_INFO: Final = b"INFOISFT" + (len(NAME) + 2).to_bytes(4, "little") + NAME + b"\0\0"
_LIST: Final = b"LIST" + len(_INFO).to_bytes(4, "little") + _INFO
"""The same of a WAV, as its last chunk."""
_PDF: Final = re.compile(
    rb"%PDF-1\.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids \["
)
_LAST: Final = re.compile(rb"\ntrailer\n<< /Size \d+ /Root 1 0 R >>\nstartxref\n\d+\n%%EOF\n\Z")
"""How a PDF of ours begins and ends; one that somebody signed on a screen ends otherwise."""


def png(content: bytes) -> bytes:
    """A PNG that says it is of vidkit."""
    return content[:_HEADER] + _SAID + content[_HEADER:]


def wav(content: bytes) -> bytes:
    """A WAV that says it is of vidkit."""
    return (
        content[:4] + (int.from_bytes(content[4:8], "little") + len(_LIST)).to_bytes(4, "little") + content[8:] + _LIST
    )


def sure(file: Path) -> None:
    """Refuse (VK-M034) a name under which a file lies that vidkit did not write, or a folder."""
    if file.exists() and not written(file):
        raise Refusal(problem("VK-M034", name=file))


def written(file: Path) -> bool:
    """Whether vidkit wrote a file, by what it carries; not of one that cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        faults.answered(error)
        return False
    return (
        content[_HEADER : _HEADER + len(_SAID)] == _SAID
        or (content.startswith(b"RIFF") and content.endswith(_LIST))
        or bool(_PDF.match(content) and _LAST.search(content) and content.count(b"%%EOF") == 1)
        or content.startswith(GALLERY.encode())
        or _is_schema(content)
    )


def _is_schema(content: bytes) -> bool:
    return content.startswith(b"{") and stored.mapping(content).get("title") == SCHEMA
