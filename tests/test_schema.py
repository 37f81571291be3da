"""The JSON Schema accepts what the check accepts and names every key in both languages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from test_cases import CASES, NAMES

from vidkit import keys, schema

SCHEMA = schema.json_schema(NAMES)


def _fits(value: Any, rule: dict[str, Any]) -> bool:
    """Whether a value fits the few words of JSON Schema that we use."""
    return all(_ANSWER.get(word, lambda *_: True)(value, wanted, rule) for word, wanted in rule.items())


def _is(value: Any, kind: str) -> bool:
    truth = isinstance(value, bool)
    number = isinstance(value, int | float) and not truth
    return {
        "null": value is None,
        "boolean": truth,
        "string": isinstance(value, str),
        "number": number,
        "integer": number and int(value) == value,
        "array": isinstance(value, list),
        "object": isinstance(value, dict),
    }[kind]


_ANSWER: dict[str, Any] = {
    "$ref": lambda v, w, _: _fits(v, SCHEMA["$defs"][w.rsplit("/", 1)[1]]),
    "type": lambda v, w, _: any(_is(v, kind) for kind in ([w] if isinstance(w, str) else w)),
    "enum": lambda v, w, _: v in w,
    "anyOf": lambda v, w, _: any(_fits(v, rule) for rule in w),
    "allOf": lambda v, w, _: all(_fits(v, rule) for rule in w),
    "required": lambda v, w, _: not isinstance(v, dict) or set(w) <= set(v),
    "properties": lambda v, w, _: not isinstance(v, dict) or all(_fits(v[key], w[key]) for key in v.keys() & w.keys()),
    "additionalProperties": lambda v, _, rule: not isinstance(v, dict) or set(v) <= set(rule["properties"]),
    "maxProperties": lambda v, w, _: not isinstance(v, dict) or len(v) <= w,
    "items": lambda v, w, _: not isinstance(v, list) or all(_fits(entry, w) for entry in v),
    "minItems": lambda v, w, _: not isinstance(v, list) or len(v) >= w,
    "maxItems": lambda v, w, _: not isinstance(v, list) or len(v) <= w,
    "maxLength": lambda v, w, _: not isinstance(v, str) or len(v) <= w,
    "pattern": lambda v, w, _: not isinstance(v, str) or re.search(w, v) is not None,
    "minimum": lambda v, w, _: not _is(v, "number") or v >= w,
    "maximum": lambda v, w, _: not _is(v, "number") or v <= w,
}


@pytest.mark.parametrize(
    "name", ["good", "good_english", "fine_one_pair_as_map", "fine_optional_left_empty", "fine_names_in_both_languages"]
)
def test_good_briefs_fit(name: str) -> None:
    """The example of the documentation and other good briefs fit the schema as an editor reads them."""
    typed = {"wechat_channels": "wechat-channels", "Douyin": "douyin", "Before-After": "before-after"}
    text = re.sub("|".join(typed), lambda m: typed[m[0]], (CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    assert _fits(yaml.safe_load(text), SCHEMA)


@pytest.mark.parametrize(
    "name",
    [
        "key_unknown_zh",
        "key_missing",
        "template_unknown",
        "points_four",
        "price_no_conditions",
        "pairs_seven",
        "person_text",
        "title_list",
    ],
)
def test_bad_briefs_do_not_fit(name: str) -> None:
    """What the check refuses for its keys, kinds, names and counts, the editor underlines."""
    assert not _fits(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")), SCHEMA)


def test_schema_is_json_with_both_languages() -> None:
    """It survives JSON; every key in either language has a Chinese and an English description."""
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == schema.DRAFT
    for field in keys.models()["brief"]:
        for name in field.names:
            zh, en = SCHEMA["properties"][name]["description"].split("\n")
            assert re.search(r"[\u4e00-\u9fff]", zh)
            assert en.isascii()
