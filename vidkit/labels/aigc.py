"""What of a post was made by AI, and the label that says so inside its files (GB 45438-2025 §6.1, Annex E).

The label is one JSON object in ASCII; its number follows from the content it stands in, so the same clip has the same label. What a photo, a
recording or music brought along is carried on: its maker stays the producer, the shop becomes the one who passes it on. A finished file is
read back before it gets its name.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import quote

from vidkit import timeline
from vidkit.labels import imprint
from vidkit.photos import metadata, prints
from vidkit.problems import Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vidkit.kit import Brand
    from vidkit.pages.page import Page
    from vidkit.plan import Plan, Script

IS, SUSPECTED = "1", "3"
NUMBER = 32
"""So many hex digits of a content's hash make its number."""


class Part(Protocol):
    """A part of a clip that knows what of it vidkit made by AI: a track with a synthetic voice, a storyboard with a drawn picture."""

    @property
    def made_by_ai(self) -> tuple[str, ...]:
        """Of ``voice``, ``pictures``, ``words``."""


class Label(NamedTuple):
    """The seven fields of a label in the standard's order: ``level`` is 1 (made by AI), 2 (maybe) or 3 (suspected)."""

    level: str
    producer: str
    produce_id: str
    reserved_1: str
    propagator: str
    propagate_id: str
    reserved_2: str

    @property
    def text(self) -> str:
        """The label as it stands in a file."""
        fields = dict(zip(metadata.FIELDS, self, strict=True))
        return json.dumps({"AIGC": fields}, separators=(",", ":"))


def made_by_ai(script: Script, *parts: Part) -> frozenset[str]:
    """What was made by AI, of ``voice``, ``sound``, ``pictures`` and ``words``: the brief says so, a photo's, recording's or tune's own label
    does, or a part of ours did it.
    """
    labels = {
        "pictures": any(asset.label for asset in script.assets.values()),
        "voice": any(take.label for take in script.takes.takes.values()),
        "sound": bool(script.tune and script.tune.label),
    }
    labelled = {kind for kind, is_labelled in labels.items() if is_labelled}
    return frozenset(script.brief.made_by_ai) | labelled | {kind for part in parts for kind in part.made_by_ai}


def pictured_by_ai(script: Script, shown: Iterable[str]) -> bool:
    """Whether a picture that shows these prints (by name) shows what AI made: a print's own label says so, or the brief says it of its pictures."""
    names = tuple(shown)
    declared = bool(names) and "pictures" in script.brief.made_by_ai
    return declared or any(script.assets[name].label for name in names if name in script.assets)


# Writing


def producer(brand: Brand) -> str:
    """Who made a post, in the characters a label may hold: the brand's code, else its registered name with every other character coded as
    in web addresses; a name that is too long for a field, as a hash.
    """
    if brand.producer_code:
        return brand.producer_code
    coded = quote(brand.legal_name or brand.full_name, safe="")
    if len(coded) <= metadata.MOST_CHARACTERS:
        return coded
    return "sha256:" + hashlib.sha256((brand.legal_name or brand.full_name).encode()).hexdigest()


def of_clip(script: Script, made: Plan) -> str:
    """The label a clip's file carries; empty where no AI made its voice, music, pictures or words."""
    if not made_by_ai(script, made.track):
        return ""
    orders = [timeline.order(segment) for segment in made.segments]
    music = (script.tune,) if script.tune else ()
    carried = prints.label((*script.assets.values(), *script.takes.takes.values(), *music))
    return _label(
        script,
        carried,
        bool(script.brief.made_by_ai or made.track.made_by_ai),
        [orders, asdict(made.track)],
    )


def of_frames(script: Script, made: Plan) -> str:
    """The label of a picture that shows frames of a clip; empty where no AI made a picture in it."""
    return of_clip(script, made) if "pictures" in made_by_ai(script) else ""


def of_page(script: Script, made: Page) -> str:
    """The label a picture's file carries; empty where it shows no picture that AI made: words that AI wrote are said in the post."""
    shown = tuple(one.picture.sha256 for one in made.photos)
    if not pictured_by_ai(script, shown):
        return ""
    carried = prints.label(script.assets[name] for name in shown if name in script.assets)
    return _label(script, carried, "pictures" in script.brief.made_by_ai, asdict(made))


def _label(script: Script, carried: str, sure: bool, content: Any) -> str:  # noqa: FBT001  # said beside the call
    """The label of a content; what its photos carried stays in it, ``sure`` when more than these labels says that AI made it."""
    code = producer(script.brand)
    said = json.dumps(content, sort_keys=True, ensure_ascii=False)
    number = "vk-" + hashlib.sha256(said.encode()).hexdigest()[:NUMBER]
    brought = parsed(carried) if carried else None
    if brought is None:
        return Label(IS, code, number, "", code, number, "").text
    level = IS if sure else brought.level
    return brought._replace(level=level, propagator=code, propagate_id=number, reserved_2="").text


# Reading back


def parsed(text: str) -> Label | None:
    """A label's fields; None for a text that is not a label as the standard wants it: seven texts of allowed characters, a level of 1 to 3."""
    try:
        said = json.loads(text)["AIGC"]
        fields = Label(*(said[name] for name in metadata.FIELDS))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    allowed = all(isinstance(field, str) and not metadata.NOT_ALLOWED.search(field) for field in fields)
    return fields if allowed and len(said) == len(fields) and fields.level in {"1", "2", "3"} else None


def read(file: Path) -> Label | None:
    """The one AI label of a finished file; None where there is none, more than one, or one that is not as the standard wants it."""
    found = imprint.labels(file)
    return parsed(found[0]) if len(found) == 1 else None


def prove(file: Path, label: str) -> None:
    """Refuse (VK-L020) a finished file that does not carry exactly this label, once and readable, or any where it should carry none."""
    found = imprint.labels(file)
    wanted = (label,) if label else ()
    if found != wanted or (label and parsed(label) is None):
        raise Refusal(problem("VK-L020", name=file.name, found=len(found)))
