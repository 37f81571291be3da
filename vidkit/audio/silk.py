"""WeChat's voice messages: SILK v3 in packets, decoded by the ``voice`` extra.

The decoder is C and strict; it only ever sees whole packets, counted and put together here.
"""

from __future__ import annotations

import importlib
import io
from typing import Any

from vidkit.runs import faults
from vidkit.tables import table

HEAD = b"#!SILK_V3"
LONGEST = 1250
"""Bytes of the longest packet the SDK's decoder takes (MAX_BYTES_PER_FRAME 250 times five frames)."""


def numbers() -> dict[str, Any]:
    """The figures of ``data/voice.yaml`` about SILK."""
    return dict(table("voice")["silk"])


def packets(content: bytes) -> tuple[tuple[bytes, ...], bool]:
    """A file's packets and whether it is whole; one cut in two ends the reading."""
    at = content.find(HEAD, 0, 16)
    if at < 0:
        return (), False
    found: list[bytes] = []
    at += len(HEAD)
    while at + 2 <= len(content):
        length = int.from_bytes(content[at : at + 2], "little", signed=True)
        if length < 0:
            return tuple(found), True
        if not 0 < length <= LONGEST or at + 2 + length > len(content):
            return tuple(found), False
        found.append(content[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(found), at == len(content)


def decoded(found: tuple[bytes, ...]) -> tuple[bytes, bool] | None:
    """The packets as 16-bit samples at ``rate_hz``, as far as they are sound, and whether all are; None without the extra."""
    try:
        part: Any = importlib.import_module("pysilk")
    except ImportError:
        faults.enough_files()
        return None
    content = b"\x02" + HEAD + b"".join(len(one).to_bytes(2, "little") + one for one in found)
    out = io.BytesIO()
    try:
        part.decode(io.BytesIO(content), out, numbers()["rate_hz"])
    except part.SilkError:
        return out.getvalue(), False
    return out.getvalue(), True
