"""The JSON Schema accepts what the check accepts and names every key in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cases import CASES, NAMES

from vidkit.briefs import fields, keys, schema
from vidkit.problems import Place
from vidkit.source import Node

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
    "exclusiveMinimum": lambda v, w, _: not _is(v, "number") or v > w,
    "exclusiveMaximum": lambda v, w, _: not _is(v, "number") or v < w,
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


@pytest.mark.parametrize(("said", "fits"), [("邻里净", True), ("", False)])
def test_what_a_project_says_for_all_is_not_asked_for(said: str, *, fits: bool) -> None:
    """A brief without a brand fits where vidkit.yaml gives one; a line of it with nothing behind gives none."""
    place = Place("vidkit.yaml", 1, 1)
    usual = Node(place, "map", pairs=((Node(place, "text", text="店名"), Node(place, "text", text=said)),))
    good = yaml.safe_load((CASES / "good.yaml").read_text(encoding="utf-8"))
    rule = schema.json_schema(replace(NAMES, usual=usual))
    del good["品牌"]
    assert _fits(good, rule) == fits
    assert not _fits({"模板": good["模板"]}, rule)


READ = {
    "amount": (
        "199",
        "199元",
        "199 元",
        "199块钱",
        "１９９",
        "99.5",
        "99。50",
        "０.5元",
        "￥199",
        "¥ 1,299.00",
        "ＲＭＢ１，２９９元",
    ),
    "seconds": ("6", "6秒", "６秒", "6.5 s", "6s秒", "12．5 秒"),
    "yesno": (*fields.YES, *fields.NO, "Yes", "TRUE", "Off", ""),
    "number": ("8", "０8", "12"),
    "focus": (["0.4", "40%"], ["４０％", "12.5%"]),
    "numbers": ("3", "1@44/20", "１＠４４／２０", *fields.EVERYBODY),
}
UNREAD = {
    "amount": (
        "0",
        "0.00元",
        "０",
        "00012",
        "12,99",
        "0,199",
        "¥0",
        "$199",
        "199元起",
        "一百",
        "12345678",
        "1.234",
        "元",
    ),
    "seconds": ("6分", "六秒", "1:30", "秒", "12345"),
    "yesno": ("也许", "ok", "是的是的"),
    "number": ("八", "8年", "3.5", "-1"),
    "focus": (["0.4"], ["左", "0.4"], ["0.4", "1.2.3"], ["0.4", "0,5"]),
    "numbers": ("0", "01", "1@44", "1-3", "第一个"),
}
PLACES = {
    "amount": ("price", "amount"),
    "seconds": ("photo", "seconds"),
    "yesno": ("price", "starting"),
    "number": ("person", "years"),
    "focus": ("photo", "focus"),
    "numbers": ("photo", "not_face"),
}
"""A field of each kind that reads figures or single words: its model and its name."""


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        (kind, typed, read)
        for read, values in ((True, READ), (False, UNREAD))
        for kind, several in values.items()
        for typed in several
    ],
)
def test_an_editor_takes_what_is_read_and_nothing_else(kind: str, typed: str | list[str], *, read: bool) -> None:
    """Figures and words as people type them: the schema and the reader of the kind agree on each."""
    model, name = PLACES[kind]
    row = next(one for one in keys.models()[model] if one.name == name)
    assert row.kind == kind
    rule = SCHEMA["$defs"][model]["properties"][row.names[0]]
    assert _fits(typed or None, rule) == read
    place = Place("a.yaml", 1, 1)
    node = (
        Node(place, "text", text=typed)
        if isinstance(typed, str)
        else Node(place, "list", items=tuple(Node(place, "text", text=one) for one in typed))
    )
    notes = fields.Notes(Path(), NAMES, "zh")
    fields.READERS[kind](notes, fields.Spot(row, name, name), node)
    assert (not notes.problems) == read


def test_schema_is_json_with_both_languages() -> None:
    """It survives JSON; every key in either language has a Chinese and an English description."""
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == schema.DRAFT
    for field in keys.models()["brief"]:
        for name in field.names:
            zh, en = SCHEMA["properties"][name]["description"].split("\n")
            assert re.search(r"[\u4e00-\u9fff]", zh)
            assert en.isascii()
