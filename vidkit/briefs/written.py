"""A brief → every text of it that will be seen, with the dotted path of its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from vidkit.audio.musical import OwnMusic
from vidkit.brief import Person, Photo, Qr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief, Recording
    from vidkit.problems import Place

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
        "pasted",
        "valid_until",
        "keyword",
        "phone",
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


def seen(brief: Brief) -> Iterator[tuple[str, str]]:
    """The same, and what is said as evidence: the rules read it where it is shown."""
    yield from texts(brief)
    for number, one in enumerate(brief.evidence):
        yield f"evidence.{number}", one.said


def photos(brief: Brief) -> Iterator[Photo]:
    """Every mention of a photo or a film, in order: pairs, people, sections and the rest, the code's picture."""
    code = brief.qr.picture if brief.qr else None
    yield from (*brief.mentions, *([code] if code else ()))


def sounds(brief: Brief) -> Iterator[Recording | OwnMusic]:
    """Every recording, then music of one's own."""
    yield from brief.recordings
    if isinstance(brief.music, OwnMusic):
        yield brief.music


def own_words(said: Brief) -> Brief:
    """A brief whose people say only what it lets them say itself: without the words their profiles have for any occasion, and these recorded."""
    title = said.at("title")
    people = []
    for number, one in enumerate(said.people):
        places = {name: said.at(f"people.{number}.{name}") for name in ("quote", "recording")}
        standing = [name for name, place in places.items() if place and title and place.file != title.file]
        people.append(one.model_copy(update={name: Person.model_fields[name].default for name in standing}))
    return said.model_copy(update={"people": tuple(people)})


def place(brief: Brief, path: str) -> Place | None:
    """Where the value of a dotted path stands, or what holds it."""
    while path and brief.at(path) is None:
        path = path.rpartition(".")[0]
    return brief.at(path) if path else None


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
