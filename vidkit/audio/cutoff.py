"""Whether a sound file ends too early, by what it says of its own length: what the decoder plays without a complaint may be half of it.

Recorders that write as they go leave the length open (0, or as large as the field allows), and many leave out the mark of an Ogg file's last
page: neither is a sign that anything is lacking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN: Final = 0x7F000000  # bytes; a length told from here on was never filled in
FEW: Final = 2048  # bytes that may lack: writers count heads and tags as they like
CHUNKS: Final = 200  # looked at before the samples
PAGE_HEAD: Final = 27  # bytes of an Ogg page's head before its table
ASF_FILE: Final = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
"""The id of an ASF file's object that tells its length."""
Order = Literal["little", "big"]


def cut_off(content: bytes, reader: str) -> bool:
    """Whether bytes are lacking at the file's end; False for kinds that do not say and for damaged heads."""
    look = LOOKS.get(reader)
    return bool(look and look(content))


def _lacking(told: int, there: int) -> bool:
    """Whether of a length told more than a few bytes are not there."""
    return 0 < told < OPEN and told - there > FEW


def _wav(content: bytes) -> bool:
    order: Order = "big" if content.startswith(b"RIFX") else "little"
    if content.startswith(b"RF64"):  # its second chunk tells how long the samples are
        return _lacking(int.from_bytes(content[28:36], "little"), len(content))
    return _chunk(content, 12, b"data", 4, order)


def _aiff(content: bytes) -> bool:
    return _chunk(content, 12, b"SSND", 4, "big")


def _caf(content: bytes) -> bool:
    return _chunk(content, 8, b"data", 8, "big")


def _chunk(content: bytes, at: int, wanted: bytes, wide: int, order: Order) -> bool:
    """Whether the chunk that holds the samples is longer than what is left of the file."""
    for _ in range(CHUNKS):
        size = int.from_bytes(content[at + 4 : at + 4 + wide], order)
        if content[at : at + 4] == wanted:
            return _lacking(size, len(content) - at - 4 - wide)
        at += 4 + wide + size + (size % 2 if wide == 4 else 0)
    return False


def _avi(content: bytes) -> bool:
    return _lacking(int.from_bytes(content[4:8], "little") + 8, len(content))


def _ogg(content: bytes) -> bool:
    """Whether the last page is not all there, or a packet goes on behind it."""
    page = content[content.rfind(b"OggS") :]
    if len(page) < PAGE_HEAD:
        return True
    table = page[PAGE_HEAD : PAGE_HEAD + page[26]]
    goes_on = table[-1:] == b"\xff" and not page[5] & 4
    return len(table) < page[26] or len(page) < PAGE_HEAD + len(table) + sum(table) or goes_on


def _mp3(content: bytes) -> bool:
    """Whether fewer bytes follow than the encoder's own frame (Xing, Info) counted."""
    start = 0
    if content.startswith(b"ID3"):
        start = 10 + sum((byte & 127) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=False))
    head = content[start : start + 200]
    at = max(head.find(b"Xing"), head.find(b"Info"))
    if at < 0 or not head[at + 7 : at + 8] or head[at + 7] & 2 == 0:
        return False
    counted = at + 8 + 4 * (head[at + 7] & 1)
    return _lacking(int.from_bytes(head[counted : counted + 4], "big"), len(content) - start)


def _asf(content: bytes) -> bool:
    at = content.find(ASF_FILE, 0, 20_000)
    if at < 0 or len(content) < at + 92 or content[at + 88] & 1:  # a broadcast has no length
        return False
    return _lacking(int.from_bytes(content[at + 40 : at + 48], "little"), len(content))


LOOKS: Final[dict[str, Callable[[bytes], bool]]] = {
    "wav": _wav,
    "aiff": _aiff,
    "caf": _caf,
    "avi": _avi,
    "ogg": _ogg,
    "mp3": _mp3,
    "asf": _asf,
}
"""What tells it, by the reader's name."""
