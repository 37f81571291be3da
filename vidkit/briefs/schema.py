"""The table of keys and the known names → a JSON Schema (draft 2020-12) by which an editor completes and checks a brief."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vidkit.audio import musical
from vidkit.brief import MODELS
from vidkit.briefs import keys
from vidkit.briefs.fields import AMOUNT, EVERYBODY, FOUND, FRACTION, NO, NUMBER, SECONDS, YES, YUAN, is_blank
from vidkit.runs import ours

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.briefs.fields import Names

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ELSEWHERE = frozenset({"brief", "consent", "guardian"})
"""Models that stand in no brief, and the brief itself."""
_SCALAR = ["string", "number", "boolean"]
_SIGNS = re.compile(r"\[([^\]]+)\]")
_WIDE = ord("０") - ord("0")
_SOMETHING = rf"(?!(?:{YUAN}|[0.]|\s|元)*$)"
"""An amount is none of nothing."""


def json_schema(names: Names) -> dict[str, Any]:
    """The schema of a brief, both languages of keys and of names accepted; texts may be what YAML takes for a number."""
    return {
        "$schema": DRAFT,
        "title": ours.SCHEMA,
        **_model("brief", names),
        "$defs": {model: _model(model, names) for model in keys.models() if model not in ELSEWHERE},
    }


def _model(model: str, names: Names) -> dict[str, Any]:
    fields = keys.models()[model]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _property(field, name, names) for field in fields for name in field.names},
        "allOf": [_one_of_its_names(field) for field in fields if field.required and not _usual(model, field, names)],
    }


def _usual(model: str, field: keys.Field, names: Names) -> bool:
    """Whether a project says a field of the brief once for all its briefs."""
    said = names.usual.under(field.names) if model == "brief" and names.usual else None
    return said is not None and not is_blank(said)


def _one_of_its_names(field: keys.Field) -> dict[str, Any]:
    return {"anyOf": [{"required": [name]} for name in field.names]}


def _property(field: keys.Field, name: str, names: Names) -> dict[str, Any]:
    chinese, english = filter(None, (field.say_zh, field.several_zh)), filter(None, (field.say_en, field.several_en))
    said = f"{'；'.join(chinese)}\n{'; '.join(english)}"
    other = field.called("en" if name == field.called("zh") else "zh")
    return {
        "title": f"{name} / {other}",
        "description": said,
        "examples": [field.shown("en" if name.isascii() else "zh")],
        **KINDS[field.kind](field, names),
    }


def _text(field: keys.Field, _names: Names) -> dict[str, Any]:
    return {
        "type": [*_SCALAR, *([] if field.required else ["null"])],
        **({"maxLength": 2 * field.max} if field.max else {}),
    }


def _name(field: keys.Field, names: Names) -> dict[str, Any]:
    known = [name for own, others in names.of(field.kind) for name in (own, *others)]
    return {"enum": [*dict.fromkeys(known), *([] if field.required else [None])]}


def _choice(field: keys.Field, _names: Names) -> dict[str, Any]:
    return {"enum": [*(name for own, others in field.choices for name in (own, *others)), None]}


def _choices(field: keys.Field, names: Names) -> dict[str, Any]:
    known = [name for own, others in field.choices for name in (own, *others)]
    return _list(field, {"enum": known}, names)


def _music(field: keys.Field, names: Names) -> dict[str, Any]:
    named = {"enum": [*_name(field, names)["enum"], *musical.SILENCE, *musical.USUAL]}
    return {"anyOf": [named, {"$ref": "#/$defs/music"}]}


def _texts(field: keys.Field, names: Names) -> dict[str, Any]:
    return _list(field, {"type": _SCALAR, "maxLength": 2 * field.max}, names)


def _platforms(field: keys.Field, names: Names) -> dict[str, Any]:
    return _list(field, {"enum": [name for name in _name(field, names)["enum"] if name is not None]}, names)


def _list(field: keys.Field, entry: dict[str, Any], _names: Names) -> dict[str, Any]:
    return {"anyOf": [{"type": "array", "maxItems": field.many, "items": entry}, entry, {"type": "null"}]}


def _written(pattern: str) -> dict[str, Any]:
    """A text that ``fields`` reads by a pattern, as it may be typed: its signs full-width too, spaces around it."""
    return {"type": "string", "pattern": rf"^\s*{_SIGNS.sub(_either_width, pattern)}\s*$"}


def _either_width(signs: re.Match[str]) -> str:
    wide = "".join(sign if sign == "-" else chr(ord(sign) + _WIDE) for sign in signs[1])
    return f"[{signs[1]}{wide}{'。' if '.' in signs[1] else ''}]"


def _number(field: keys.Field, _names: Names) -> dict[str, Any]:
    number = {"type": "integer", "minimum": field.least, "maximum": field.most}
    return {"anyOf": [number, _written(NUMBER), {"type": "null"}]}


def _seconds(field: keys.Field, _names: Names) -> dict[str, Any]:
    number = {"type": "number", "minimum": field.least, "maximum": field.most}
    return {"anyOf": [number, _written(SECONDS), {"type": "null"}]}


def _amount(_field: keys.Field, _names: Names) -> dict[str, Any]:
    number = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10_000_000}
    return {"anyOf": [number, _written(_SOMETHING + AMOUNT)]}


def _yesno(_field: keys.Field, _names: Names) -> dict[str, Any]:
    words = (form for word in (*YES, *NO) for form in (word, word.capitalize(), word.upper()))
    return {"enum": [*dict.fromkeys(words), True, False, None]}


def _focus(_field: keys.Field, _names: Names) -> dict[str, Any]:
    return {"anyOf": [{"type": "array", "minItems": 2, "maxItems": 2, "items": _PART}, {"type": "null"}]}


def _photo(field: keys.Field, names: Names) -> dict[str, Any]:
    return {"anyOf": [_text(field, names), {"$ref": "#/$defs/photo"}]}


def _numbers(field: keys.Field, names: Names) -> dict[str, Any]:
    number = {"type": "integer", "minimum": 1, "maximum": 999}
    every = [{"enum": [*EVERYBODY]}] if field.name == "not_face" else []
    return _list(field, {"anyOf": [number, _written(FOUND), *every]}, names)


_PART = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _written(FRACTION)]}


def _areas(field: keys.Field, _names: Names) -> dict[str, Any]:
    rectangle = {"type": "array", "minItems": 4, "maxItems": 4, "items": _PART}
    corner = {"type": "array", "minItems": 2, "maxItems": 2, "items": _PART}
    polygon = {"type": "array", "minItems": 3, "maxItems": 12, "items": corner}
    several = {"type": "array", "maxItems": field.many, "items": {"anyOf": [rectangle, polygon]}}
    return {"anyOf": [several, rectangle, {"type": "null"}]}


def _map(field: keys.Field) -> dict[str, Any]:
    """A map of a model, or one with nothing in it yet."""
    return {"anyOf": [{"$ref": f"#/$defs/{MODELS[field.kind]}"}, {"type": "object", "maxProperties": 0}]}


def _maps(field: keys.Field, names: Names) -> dict[str, Any]:
    return _list(field, _map(field), names)


def _people(field: keys.Field, names: Names) -> dict[str, Any]:
    known = list(dict.fromkeys(name for name, _ in names.people))
    return _list(field, {"anyOf": [*_map(field)["anyOf"], *([{"enum": known}] if known else [])]}, names)


def _photos(field: keys.Field, names: Names) -> dict[str, Any]:
    return _list(field, {"anyOf": [{"type": _SCALAR, "maxLength": 2 * field.max}, {"$ref": "#/$defs/photo"}]}, names)


def _section(field: keys.Field, _names: Names) -> dict[str, Any]:
    return {"anyOf": [*_map(field)["anyOf"], {"type": "null"}]}


KINDS: dict[str, Callable[[keys.Field, Names], dict[str, Any]]] = {
    "text": _text,
    "texts": _texts,
    "topics": _texts,
    "template": _name,
    "brand": _name,
    "transition": _name,
    "reveal": _name,
    "platforms": _platforms,
    "music": _music,
    "number": _number,
    "amount": _amount,
    "seconds": _seconds,
    "yesno": _yesno,
    "focus": _focus,
    "photo": _photo,
    "file": _text,
    "music-file": _text,
    "recording": _text,
    "numbers": _numbers,
    "areas": _areas,
    "people": _people,
    "prices": _maps,
    "sections": _maps,
    "review": _section,
    "photos": _photos,
    "lines": _texts,
    "date": _text,
    "masked": _text,
    "qr": _text,
    "phone": _text,
    "track": _name,
    "pairs": _maps,
    "choice": _choice,
    "choices": _choices,
    "gift": _section,
    "compare": _section,
    "evidence": _maps,
    "promises": _maps,
    "certificates": _maps,
}
"""What an editor lets pass for each kind of value."""
