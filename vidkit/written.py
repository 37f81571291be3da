"""A brief → every text of it that will be seen, with the dotted path of its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from vidkit.brief import Photo, Qr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief

NO_WORDS = frozenset(
    {
        "file",
        "template",
        "brand",
        "platforms",
        "music",
        "transition",
        "track",
        "mode",
        "places",
        "typed",
        "valid_until",
        "keyword",
    }
    | {"home", "shown", "made_by_ai", "evidence", "reveal", "amount", "date", "until", "order", "consent"}
    | {"recording", "reader", "subtitles"}
)
"""Fields that hold names, files, numbers and days, words that stand elsewhere too, or what is never shown."""
UNSEEN = frozenset({"review.platform"})
"""Fields that each platform shows or leaves out by its own rules."""


def texts(brief: Brief) -> Iterator[tuple[str, str]]:
    """Every text and the dotted path of its field (``people.0.quote``)."""
    yield from _texts("", brief)


def _texts(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and value.strip() and path not in UNSEEN:
        yield path, value
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _texts(f"{path}.{number}", one)
    elif isinstance(value, BaseModel) and not isinstance(value, Photo | Qr):
        for name in type(value).model_fields:
            if name not in NO_WORDS:
                yield from _texts(f"{path}.{name}".lstrip("."), getattr(value, name))
