"""What may stand in a platform's file, by path, and what each value must be.

``NEEDED`` and ``OPTIONAL`` are facts, blocks with a value and its origin; ``PLAIN`` and ``PLAIN_OPTIONAL`` are values alone; ``NAMED`` are lists of
facts, each with a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTS = ("codepoints", "half-width")
"""Ways of counting the characters of a title."""


@dataclass(frozen=True)
class Kind:
    """What a value must be, and one that would do."""

    example: str
    fits: Callable[[Any], bool]


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_positive(value: Any) -> bool:
    return _is_count(value) and value > 0


def _is_size(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_positive, value))


def is_words(value: Any) -> bool:
    """Whether a value is a text in which something stands."""
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_words, value))


def _is_margins(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"left", "top", "right", "bottom", "right_below"}
        and isinstance(value["right_below"], dict)
        and set(value["right_below"]) == {"y", "right"}
        and all(map(_is_count, (*(v for k, v in value.items() if k != "right_below"), *value["right_below"].values())))
    )


def _is_box(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 4
        and all(map(_is_count, value))
        and value[0] < value[2]
        and value[1] < value[3]
    )


def _is_twice(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"zh", "en"} and all(map(is_words, value.values()))


_COUNT = Kind("30", _is_count)
_POSITIVE = Kind("30", _is_positive)
_SIZE = Kind("[1080, 1920]", _is_size)
_WORDS = Kind("抖音", is_words)
_LIST = Kind("[抖音短视频, dy]", _is_list_of_words)
_RULE = Kind("allow / forbid", lambda value: value in ("allow", "forbid"))
_YES = Kind("true / false", lambda value: isinstance(value, bool))
_COUNTING = Kind(" / ".join(COUNTS), lambda value: value in COUNTS)
_MARGINS = Kind(
    "{left: 60, top: 240, right: 160, bottom: 480, right_below: {y: 880, right: 180}}",
    _is_margins,
)
_BOX = Kind("[920, 880, 1080, 1600]", _is_box)
_TWICE = Kind("{zh: 发布页 → 更多设置, en: publishing page → more settings}", _is_twice)
_STEPS = Kind(
    "[{zh: 打开抖音，选 clip.mp4, en: 'open Douyin, choose clip.mp4'}]",
    lambda value: isinstance(value, list) and bool(value) and all(map(_is_twice, value)),
)
_SPAN = Kind("[240, 1680]", lambda value: _is_size(value) and value[0] < value[1])

PLAIN = {"id": _WORDS, "names.zh": _WORDS, "names.en": _WORDS, "names.aliases": _LIST, "caption_group": _WORDS}
PLAIN_OPTIONAL = {"names.family": _WORDS, "names.also": _LIST}
NEEDED = {
    "video.size": _SIZE,
    "video.fps": _POSITIVE,
    "video.max_bytes": _POSITIVE,
    "video.max_kbps": _POSITIVE,
    "video.max_seconds": _POSITIVE,
    "safe_box": _MARGINS,
    "text.title_max": _COUNT,
    "text.title_count": _COUNTING,
    "text.body_max": _POSITIVE,
    "text.body_includes_topics": _YES,
    "text.topics_max": _COUNT,
    "rules.contact_info": _RULE,
    "rules.qr": _RULE,
    "rules.other_platform_names": _RULE,
    "call_to_action": Kind("[点头像，看更多前后对比]", lambda value: _is_list_of_words(value) and bool(value)),
}
OPTIONAL = {
    "video.min_seconds": _POSITIVE,
    "video.upload_max_bytes": _POSITIVE,
    "video.grid_visible_y": _SPAN,
    "text.title_min": _COUNT,
    "text.title_marks": _WORDS,
    "text.digest_max": _POSITIVE,
    "text.package_title_max": _POSITIVE,
    "text.fold_at": _POSITIVE,
    "declare": _LIST,
    "schedule.min_hours": _POSITIVE,
    "schedule.max_days": _POSITIVE,
    "rules.watermark": _RULE,
    "rules.words_on_covers": _RULE,
    "posting.steps": _STEPS,
    "posting.declare_at": _TWICE,
    "posting.on_computer": _YES,
    "posting.posters": _YES,
    "posting.covers": _YES,
}
NAMED = {"covers": _SIZE, "overlay": _BOX}
PATHS = (*PLAIN, *PLAIN_OPTIONAL, *NEEDED, *OPTIONAL)
GROUPS = {path.split(".")[0] for path in PATHS if "." in path}
TOP = {path.split(".")[0] for path in PATHS} | {*NAMED, "sources"}
