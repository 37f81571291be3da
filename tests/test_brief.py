"""The check: names in two languages, every problem at once and at its place, photo paths that stay in the project."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from test_cases import NAMES

from vidkit import brief, kit, plan, source
from vidkit.audio import musical
from vidkit.briefs import declared, fields, keys, paths, schema, surname
from vidkit.people import consents
from vidkit.problems import Place, Problem, Refusal, show
from vidkit.runs import inputs

Form = Literal["NFC", "NFD"]
GOOD = """\
模板: 清洁前后对比
品牌: linli
标题: 三小时，厨房变个样
服务: 深度保洁
对比:
  - 位置: 灶台
    前: photos/a.jpg
    后: photos/b.jpg
    说明: 先喷再擦
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project folder with two photo files."""
    (tmp_path / "photos").mkdir()
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / "photos" / name).write_bytes(name.encode())
    return tmp_path


def _load(folder: Path, text: str) -> brief.Brief:
    file = folder / "a.yaml"
    file.write_text(text, encoding="utf-8")
    return brief.load(file, NAMES)


def _codes(folder: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(Refusal) as caught:
        _load(folder, text)
    return [(p.place.line if p.place else 0, p.code) for p in caught.value.problems]


def test_defaults(folder: Path) -> None:
    """What may be left out has its documented value."""
    made = _load(folder, GOOD)
    assert (made.keyword, made.hook, made.area, made.person, made.points, made.price) == ("", "", "", None, (), None)
    assert (made.body, made.topics, made.platforms, made.music, made.transition) == (
        "",
        (),
        ("douyin",),
        "default",
        None,
    )
    assert made.file == folder / "a.yaml"
    pair = made.pairs[0]
    assert (pair.spot, pair.note, pair.reveal, pair.focus) == ("灶台", "先喷再擦", None, None)
    assert pair.before == brief.Photo(
        name="photos/a.jpg", path=(folder / "photos/a.jpg").resolve(), place=Place("a.yaml", 7, 8)
    )


def test_at_points_at_the_line_of_a_field(folder: Path) -> None:
    """Later passes can say where a value stands; what is not there has no place."""
    made = _load(folder, GOOD + "要点: [快, 好]\n")
    assert made.at("title") == Place("a.yaml", 3, 5)
    assert made.at("pairs.0.note") == Place("a.yaml", 9, 9)
    assert made.at("points.1") == Place("a.yaml", 10, 9)
    assert made.at("pairs.0") == Place("a.yaml", 6, 5)
    assert made.at("price.conditions") is None


def test_a_brief_is_a_frozen_hashable_value(folder: Path) -> None:
    """Equal files give equal briefs; none can be changed; unknown fields are refused."""
    made = _load(folder, GOOD)
    assert hash(made) == hash(_load(folder, GOOD))
    with pytest.raises(ValueError, match="frozen"):
        made.title = "x"
    with pytest.raises(ValueError, match="extra"):
        brief.Price.model_validate({"item": "a", "amount": "1", "unit": "次", "conditions": "b", "more": "c"})


@pytest.mark.parametrize("model", sorted(keys.models()))
def test_every_name_of_a_key_is_its_own(model: str) -> None:
    """No name means two fields of a model; every name finds its field, whatever its case; limits and words are there."""
    names = [keys.folded(name) for field in keys.models()[model] for name in field.names]
    assert len(names) == len(set(names))
    for field in keys.models()[model]:
        assert all(keys.find(model, name.upper()) == field for name in field.names)
        assert field.say_zh
        assert field.say_en
        assert field.kind != "text" or field.max
        assert field.kind in fields.READERS


CLASSES: dict[str, type[fields.Value]] = {
    "brief": brief.Brief,
    "photo": brief.Photo,
    "pair": brief.Pair,
    "person": brief.Person,
    "section": brief.Section,
    "price": brief.Price,
    "review": brief.Review,
    "music": musical.OwnMusic,
    "gift": declared.Gift,
    "evidence": declared.Evidence,
    "promise": declared.Promise,
    "certificate": declared.Certificate,
    "compare": declared.Compare,
    "consent": consents.Consent,
    "guardian": consents.Guardian,
}
TOGETHER = {"music": {"file"}, "photo": {"file"}, "section": {"before", "after", "reveal", "focus"}}
"""Keys that become one field of another name (a pair, a path)."""


def test_what_a_new_key_needs_is_all_there() -> None:
    """A key added to the table, of an old kind or of a new one: what is still missing is said, and where it belongs."""
    lacking = [f"a class for {model}, in CLASSES of this test" for model in keys.models() if model not in CLASSES]
    for model, field in ((model, field) for model, rows in keys.models().items() for field in rows):
        key, cls = f"{model}.{field.name}", CLASSES.get(model)
        if field.kind not in fields.READERS:
            lacking.append(f"{key}: a function with @reads({field.kind!r}), in fields.py or brief.py")
        if model not in {"consent", "guardian"} and field.kind not in schema.KINDS:
            lacking.append(f"{key}: a row {field.kind!r} in schema.KINDS")
        if cls and field.name not in cls.model_fields and field.name not in TOGETHER.get(model, ()):
            lacking.append(f"{key}: the field {field.name!r} of {cls.__module__}.{cls.__name__}")
    assert not lacking, "\n".join(lacking)


def test_the_table_and_the_models_have_the_same_fields() -> None:
    """A key of the table is a field of the model and the other way round; what is required is required in both."""
    models = {name: CLASSES[name] for name in ("brief", "pair", "person", "price", "review", "photo")}
    added = {"file", "places", "name", "path", "place", "reel"}
    for name, model in models.items():
        table = {field.name: field.required for field in keys.models()[name] if (name, field.name) != ("photo", "file")}
        own = {
            field: info.is_required()
            for field, info in model.model_fields.items()
            if field not in (added if name == "photo" else {"file", "places", "typed", "pasted"})
        }
        assert table == own


@pytest.mark.parametrize("model", sorted(keys.models()))
def test_every_key_in_every_language_is_read(model: str, folder: Path) -> None:
    """Each name of each field gives the same value as the field's own name."""
    for field in keys.models()[model]:
        for name in field.names:
            assert _one_field(folder, model, field, name) == _one_field(folder, model, field, field.name)


def _one_field(folder: Path, model: str, field: keys.Field, name: str) -> object:
    """What a model has in a field when all its keys are the fields' own names, but this one's."""
    rows = [
        (name if row == field else row.name, _value(row))
        for row in keys.models()[model]
        if row == field or row.required
    ]
    node = source.parse("{" + ", ".join(f"{key}: {value}" for key, value in rows) + "}", "a.yaml")[0]
    assert node is not None
    notes = fields.Notes(folder, NAMES, "zh")
    values = fields.fields(notes, model, node, "")
    assert not [p for p in notes.problems if p.code != "VK-B020"], notes.problems
    placed = {"photo", "photos", "file", "music-file", "recording", "pairs", "sections", "numbers"}
    return values[field.name] if field.kind not in placed else str(values[field.name]).partition("place")[0]


def _value(field: keys.Field) -> str:
    special = {
        "transition": "wipe",
        "track": "保洁",
        "reveal": "wipe",
        "photo": "photos/a.jpg",
        "file": "photos/a.jpg",
        "recording": "photos/a.jpg",
        "before": "photos/b.jpg",
    }
    shown = field.example.replace("stove_before", "a").replace("stove_after", "b")
    return special.get(
        field.name, special.get(field.kind, re.sub("photos/(?!a|b)[a-z_]+[.]jpg", "photos/a.jpg", shown))
    )


def test_all_problems_of_writing_and_contents_come_at_once(folder: Path) -> None:
    """A full-width colon does not hide the wrong key and the missing photo below it."""
    text = GOOD.replace("标题: ", "标题：").replace("photos/a.jpg", "photos/c.jpg") + "关健词: 三小时\n平台: [抖英]\n"
    assert _codes(folder, text) == [(3, "VK-Y020"), (7, "VK-B034"), (10, "VK-B001"), (11, "VK-B011")]


def test_the_first_problem_gives_the_exit_code(folder: Path) -> None:
    """A missing photo alone ends with 3, behind a fault of the brief with 2."""
    with pytest.raises(Refusal) as photo:
        _load(folder, GOOD.replace("photos/a.jpg", "photos/none.png"))
    assert photo.value.exit_code == 3
    with pytest.raises(Refusal) as both:
        _load(
            folder,
            GOOD.replace("photos/a.jpg", "photos/none.png").replace("标题: ", "标题: [").replace("变个样", "变个样]"),
        )
    assert both.value.exit_code == 2


def test_check_takes_a_node(folder: Path) -> None:
    """Reading and checking can be done one after the other."""
    (folder / "a.yaml").write_text(GOOD, encoding="utf-8")
    node = source.read(folder / "a.yaml")
    assert brief.check(node, base=folder, names=NAMES) == brief.load(folder / "a.yaml", NAMES)
    with pytest.raises(Refusal):
        brief.check(node, base=folder, names=fields.Names())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("无", None), ("None", None), ("default", "default"), ("默认", "default"), ("明快", "bright"), ("Calm", "calm")],
)
def test_music(typed: str, meant: str | None, folder: Path) -> None:
    """A bed's name in either language, the usual one, or none."""
    assert _load(folder, GOOD + f"音乐: {typed}\n").music == meant


@pytest.mark.parametrize(
    "typed",
    ["[家政, '#深度保洁']", "'#家政 #深度保洁'", "家政 深度保洁", "家政、深度保洁", "['#家政#', 深度保洁, 家政]"],
)
def test_topics(typed: str, folder: Path) -> None:
    """With or without ``#``, as a list or in one text, each once."""
    assert _load(folder, GOOD + f"话题: {typed}\n").topics == ("家政", "深度保洁")


def test_too_few_for_a_template_tells_which_one_would_do(folder: Path) -> None:
    """One cause, told once, with the way out."""
    takes = (
        ("sisters", (("people", fields.Range(2, 4)), ("people.photo", fields.Range(2)))),
        ("story", (("people", fields.Range(1, 1)),)),
        ("case", (("people", fields.Range(0, 1)),)),
    )
    known = (("sisters", ("姐妹故事",)), ("story", ("服务故事",)), ("case", ("服务案例",)))
    text = "模板: 姐妹故事\n品牌: linli\n标题: 手艺\n姐妹: {称呼: 秀兰阿姨, 照片: photos/a.jpg, 原话: 好}\n"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        brief.load(folder / "a.yaml", replace(NAMES, templates=known, takes=takes))
    (found,) = caught.value.problems
    assert found.code == "VK-B046"
    assert "模板换成 服务故事" in show(found, "zh")
    assert "use the template story" in show(found, "en")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("199", "199"),
        ("4.9", "4.9"),
        ("１９９", "199"),
        ("0.50", "0.50"),
        ("1e3", None),
        ("-5", None),
        ("0571", None),
        ("面议", None),
        ("一百二", "VK-B064"),
        ("一百二起", "VK-B051"),
        ("199起", "VK-B051"),
        ("199 元起", "VK-B051"),
        ("199-299", "VK-B051"),
        ("199～299元", "VK-B051"),
        ("￥199", "199"),
        ("¥199.00", "199.00"),
        ("'¥1,299.00'", "1299.00"),
        ("RMB 199元", "199"),
        ("199块", "199"),
        ("199块钱起", "VK-B051"),
        ("¥ 1，999元", "1999"),
        ("'1,999'", "1999"),
        ("'1，999.50'", "1999.50"),
        ("'9,999,999'", "9999999"),
        ("¥199起", "VK-B051"),
        ("'1,299-1,999元'", "VK-B051"),
        ("'99,999,999'", None),
        ("'19,99'", None),
        ("'1999,000'", None),
        ("'0,199'", None),
        ("$199", None),
        ("¥¥199", None),
        ("¥", None),
        ("¥0", "VK-B048"),
        ("0", "VK-B048"),
        ("0.00", "VK-B048"),
    ],
)
def test_amount(typed: str, amount: str | None, folder: Path) -> None:
    """A plain decimal stays as typed, in half-width digits; anything else is refused, and so is nothing at all."""
    text = GOOD + f"价格: {{项目: 保洁, 金额: {typed}, 单位: 次, 条件: 三小时}}\n"
    if amount is None or amount.startswith("VK-"):
        assert _codes(folder, text) == [(10, amount or "VK-B023")]
    else:
        price = _load(folder, text).price
        assert price is not None
        assert price.amount == amount


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("2026年12月31日", "2026-12-31"),
        ("２０２６．１２．３１", "2026-12-31"),
        ("2026/1/2", "2026-01-02"),
        ("20261231", "2026-12-31"),
        ("20261331", "VK-B044"),
        ("2026231", "VK-B044"),
        ("12月31日", "VK-B044"),
        ("46387", "VK-B059"),
        ("１２３４５", "VK-B044"),
    ],
)
def test_a_day_as_people_and_spreadsheets_write_it(typed: str, day: str, folder: Path) -> None:
    """With or without signs; what a spreadsheet counts days by is told as that, with the day it means."""
    text = GOOD + f"有效期: {typed}\n"
    if not day.startswith("VK-"):
        assert _load(folder, text).valid_until == day
        return
    with pytest.raises(Refusal) as caught:
        _load(folder, text)
    (told,) = caught.value.problems
    assert told.code == day
    assert ("2026-12-31" in told.hint("zh")) == (typed == "46387" or day == "VK-B044")


@pytest.mark.parametrize(
    ("head", "comma"),
    [("模板: 清洁前后对比\n标题: 三小时\n", "、"), ("template: before-after\ntitle: three hours\n", ", ")],
)
def test_what_there_is_is_listed_in_the_language_of_the_brief(head: str, comma: str, folder: Path) -> None:
    """The keys, and the names of a field, each once."""
    with pytest.raises(Refusal) as caught:
        _load(folder, f"{head}price: {{qqqqqq: 1}}\nmusic: rock\n")
    keyed, named = (dict(one.values)["known"] for one in caught.value.problems if one.code in {"VK-B002", "VK-B012"})
    assert len(keyed.split(comma)) == len(keys.models()["price"])
    assert named.split(comma) == ["bright", "calm", "lively"]


def test_keys_are_told_in_the_language_typed() -> None:
    """A suggestion is Chinese for a Chinese key and English for an English one."""
    assert keys.suggestion("brief", "标替") == "标题"
    assert keys.suggestion("brief", "Tilte") == "title"
    assert keys.suggestion("pair", "befor") == "before"
    assert keys.suggestion("brief", "完全不同") is None


@pytest.mark.parametrize(
    ("typed", "known", "near"),
    [
        ("wpie", ["cut", "wipe"], "wipe"),
        ("擦出", ["擦除", "滑动"], "擦除"),
        ("x", ["a", "b"], None),
        ("tiktok", ["douyin"], None),
        ("", ["a"], None),
        ("y" * 999, ["yy"], None),
    ],
)
def test_nearest(typed: str, known: list[str], near: str | None) -> None:
    """The nearest name a few letters off, or none."""
    assert keys.nearest(typed, known) == near


def test_what_is_meant_by_a_name() -> None:
    """The first id it is a name of, whatever its width and case; values have the name people call them by."""
    known = (("a-b", ("甲", "Ab")), ("c", ("甲",)))
    assert [keys.meant(typed, known) for typed in ("甲", "Ａ_Ｂ", " aB ", "C", "乙", "")] == [
        "a-b",
        "a-b",
        "a-b",
        "c",
        None,
        None,
    ]
    assert keys.choice("consent", "role", "worker") == "家政员"


def test_what_begins_as_typed_is_likelier_than_what_is_near() -> None:
    """A name typed half is that name; else the nearest, else one that holds it."""
    assert keys.likely("淡入", ["滑入", "淡入淡出"]) == "淡入淡出"
    assert keys.likely("滑人", ["滑入", "淡入淡出"]) == "滑入"
    assert keys.likely("前后", ["清洁前后对比"]) == "清洁前后对比"


@pytest.mark.parametrize(
    ("typed", "known", "own"),
    [
        ("邻里静", ["邻里净"], "邻里净"),
        ("邻里", ["秀姐到家", "邻里净"], "邻里净"),
        ("秀姐加政", ["秀姐家政"], "秀姐家政"),
        ("linly", ["linli"], "linli"),
        ("王姐家政", ["秀姐家政"], None),
        ("小王", ["小李"], None),
        ("王姐", ["李姐"], None),
        ("秀", ["秀姐"], None),
        ("秀妹家务", ["秀姐家政"], None),
    ],
)
def test_own_names_are_guessed_with_care(typed: str, known: list[str], own: str | None) -> None:
    """A beginning or one character off, never the first: another shop or person is no slip."""
    assert keys.likely_own(typed, known) == own


def test_a_part_of_a_name_is_a_guess_where_none_is_near() -> None:
    """The name that holds it; one character holds nothing."""
    assert keys.likely("清洁", ["价目", "清洁前后对比"]) == "清洁前后对比"
    assert keys.likely("价木", ["价木店", "价目"]) == "价木店"
    assert keys.likely("清", ["清洁前后对比"]) is None


def test_photos_are_looked_for_beside_the_brief_then_in_the_project(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest folder above with vidkit.yaml is the root; without one the brief's folder is."""
    work = folder / "briefs" / "may"
    (work / "photos").mkdir(parents=True)
    (work / "photos" / "a.jpg").write_bytes(b"nearer")
    (work / "a.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(Refusal):
        brief.load(work / "a.yaml", NAMES)
    (folder / "vidkit.yaml").write_text("", encoding="utf-8")
    with monkeypatch.context() as patched:  # what is there needs no guess, which reads every folder near by
        patched.setattr(paths, "_missing", None)
        pair = brief.load(work / "a.yaml", NAMES).pairs[0]
    assert pair.before.path == (work / "photos/a.jpg").resolve()
    assert pair.after.path == (folder / "photos/b.jpg").resolve()
    (work / "a.yaml").write_text(GOOD.replace("photos/b.jpg", "../../photos/b.jpg"), encoding="utf-8")
    assert brief.load(work / "a.yaml", NAMES).pairs[0].after.path == (folder / "photos/b.jpg").resolve()


def test_a_bare_name_is_looked_for_among_the_projects_photos_last(folder: Path) -> None:
    """What lies beside the brief or in the root comes first; only photos, and only the very name; where it lies is known by its path."""
    work = folder / "briefs"
    work.mkdir()
    (folder / "vidkit.yaml").write_text("", encoding="utf-8")
    (folder / "photos" / "voice.m4a").write_bytes(b"")
    text = GOOD.replace("photos/", "")
    (work / "a.yaml").write_text(text, encoding="utf-8")
    pair = brief.load(work / "a.yaml", NAMES).pairs[0]
    assert (pair.before.name, pair.before.path) == ("a.jpg", (folder / "photos/a.jpg").resolve())
    wanted = inputs.named(pair)
    assert [one.path for one in wanted] == [(folder / "photos" / name).resolve() for name in ("a.jpg", "b.jpg")]
    (work / "b.jpg").write_bytes(b"nearer")
    (folder / "a.jpg").write_bytes(b"nearer")
    pair = brief.load(work / "a.yaml", NAMES).pairs[0]
    assert (pair.before.path, pair.after.path) == ((folder / "a.jpg").resolve(), (work / "b.jpg").resolve())
    assert _codes(folder, text.replace("b.jpg", "photos/../b.jpg")) == [(8, "VK-B034")]
    assert _codes(folder, f"{text}录音: voice.m4a\n") == [(10, "VK-V016")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ('"photos/a.jpg"', "photos/a.jpg"),
        ("“photos/a.jpg”", "photos/a.jpg"),
        ('“photos/a.jpg"', "photos/a.jpg"),
        ('""photos/a.jpg""', '"photos/a.jpg"'),
        ('"', '"'),
        ('""', '""'),
        ('"前"和"后".jpg', '"前"和"后".jpg'),
    ],
)
def test_one_pair_of_quotation_marks_around_a_name_counts_for_nothing(typed: str, name: str) -> None:
    """As they come along when a path is copied; marks inside a name are its own."""
    assert paths.unquoted(typed) == name


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_names_match_in_either_unicode_form(form: Form, typed: Form, folder: Path) -> None:
    """A name typed on one system finds the file of another, folders too."""
    (folder / unicodedata.normalize(form, "crème")).mkdir()
    file = folder / unicodedata.normalize(form, "crème/café.jpg")
    file.write_bytes(b"")
    assert paths.find(unicodedata.normalize(typed, "crème/café.jpg"), folder, Place("a")) == file.resolve()


@pytest.mark.parametrize(
    "typed",
    [
        "/etc/passwd",
        "~/a.jpg",
        "~root/a.jpg",
        "C:\\a.jpg",
        "c:a.jpg",
        "\\\\server\\x",
        "http://x/a.jpg",
        "file:a.jpg",
        "concat:a|b",
    ],
)
def test_paths_from_elsewhere_are_refused(typed: str, folder: Path) -> None:
    """Absolute paths, drives, homes and addresses are no photo paths."""
    found = paths.find(typed, folder, Place("a"))
    assert isinstance(found, Problem)
    assert found.code == "VK-B030"


@pytest.mark.parametrize(
    "typed",
    ["..", "../x.jpg", "photos/../../x.jpg", "photos\\..\\..\\x.jpg", "photos/../../../../../../../../etc/passwd"],
)
def test_paths_that_climb_out_are_refused(typed: str, folder: Path) -> None:
    """No path leaves the root, whether or not the file is there."""
    found = paths.find(typed, folder, Place("a"))
    assert isinstance(found, Problem)
    assert found.code == "VK-B031"


def test_a_suggestion_never_names_what_lies_outside(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link to a folder outside is neither followed nor listed."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.jpg").write_bytes(b"")
    (folder / "link").symlink_to(outside)
    found = [paths.find(typed, folder, Place("a")) for typed in ("link/secret.jpg", "link/secret.jpeg")]
    assert [p.code for p in found if isinstance(p, Problem)] == ["VK-B032", "VK-B034"]


def _guess(typed: str, base: Path, side: str = "") -> str:
    found = paths.find(typed, base, Place("a"), paths.Sought((".jpg", ".png"), side))
    assert isinstance(found, Problem)
    return dict(found.values).get("guess", "")


def test_a_photo_named_without_its_folder_is_found_in_one_near_by(folder: Path) -> None:
    """One folder below the brief or the project, by its name; not among made files, not where two have that name."""
    (folder / "vidkit.yaml").write_text("", encoding="utf-8")
    for name in ("briefs", "out", "a", "photos/a"):
        (folder / name).mkdir()
    for name in ("photos/灶台前.jpg", "out/成品.jpg", "b.jpg", "photos/a/深处.jpg", "people.yaml", "photos/a/c.yaml"):
        (folder / name).write_bytes(b"")
    assert _guess("灶台前.jpg", folder) == "photos/灶台前.jpg"
    assert _guess("灶台前.jpg", folder / "briefs") == "photos/灶台前.jpg"
    assert _guess("a.jpg", folder, "before") == "photos/a.jpg"
    assert _guess("photos/深处.png", folder) == "photos/a/深处.jpg"
    assert _guess("灶台前.jpg", folder, "after") == ""
    assert [_guess(name, folder) for name in ("成品.jpg", "深处.jpg", "people.jpg", "c.jpg", "briefs")] == [""] * 5
    (folder / "a" / "灶台前.jpg").write_bytes(b"")
    assert _guess("灶台前.jpg", folder) == ""


def test_a_misspelt_folder_is_put_right_only_where_the_photo_is_there(folder: Path) -> None:
    """Another Chinese character is another folder."""
    (folder / "主卧").mkdir()
    (folder / "主卧" / "门.jpg").write_bytes(b"")
    (folder / "photos" / "门.jpg").write_bytes(b"")
    assert _guess("photo/a.jpg", folder) == "photos/a.jpg"
    assert _guess("photo/x.jpg", folder) == ""
    assert _guess("次卧/门.jpg", folder) == ""


def test_several_missing_photos_are_told_as_one(folder: Path) -> None:
    """Once for the file, at the first, with every one of them for programs."""
    text = GOOD.replace("photos/a.jpg", "photos/x.jpg").replace("photos/b.jpg", "photos/y.jpg")
    with pytest.raises(Refusal) as caught:
        _load(folder, text)
    (told,) = caught.value.problems
    assert (told.code, told.exit_code, [(p.code, p.place and p.place.line) for p in told.each]) == (
        "VK-B039",
        3,
        [("VK-B034", 7), ("VK-B034", 8)],
    )


def test_the_check_opens_no_photo(folder: Path) -> None:
    """What is in a photo file is another pass's business: files that are no photos pass."""
    assert _load(folder, GOOD).pairs[0].before.path.read_bytes() == b"a.jpg"


def test_the_front_end_loads_nothing_heavy() -> None:
    """Checking a brief needs neither numpy nor OpenCV nor Pillow."""
    code = "import sys, vidkit.brief, vidkit.briefs.schema; print(sorted({'numpy', 'cv2', 'PIL', 'jinja2', 'rich'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert done.stdout.strip() == "[]"


def test_a_message_calls_a_field_as_the_person_or_the_template_does(folder: Path) -> None:
    """价目 stays 价目; a field that is not there goes by the template's name for it, in English by the field's own."""
    shelf = kit.shelf()
    head = "品牌: 邻里净\n标题: 收费\n"

    def told(text: str) -> set[str]:
        (folder / "x.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(Refusal) as refused:
            brief.load(folder / "x.yaml", plan.names(shelf, folder))
        return {dict(p.values)["field"] for p in refused.value.problems}

    price = "[{项目: 保洁, 金额: 1, 单位: 次, 条件: 3小时}]\n"
    assert told(f"模板: 价目\n{head}收费: {price}有效期: 2027-01-01\n") == {"收费"}
    assert told(f"模板: 价目\n{head}有效期: 2027-01-01\n") == {"价目"}
    assert told(f"模板: 服务故事\n{head}人物: {{称呼: 秀兰}}\n") == {"章节"}
    assert told("template: story\nbrand: linli\ntitle: a day\npeople: {name: Lan}\n") == {"sections"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张小红女士", "张女士"),
        ("老周大哥", "周大哥"),
        ("小张阿姨", "张阿姨"),
        ("小小女士", "小女士"),
        ("阿依古丽女士", "阿女士"),
        ("老人家阿姨", "老阿姨"),
        ("张小红", "张**"),
        ("Mary", "M**"),
        ("用户1380", "用户****"),
        ("李*女士", "李*女士"),
    ],
)
def test_a_customer_is_shown_by_her_first_character_and_title(name: str, shown: str) -> None:
    """小, 老 and 阿 are left out only before one character alone: else they begin the name."""
    assert surname.shown(name).text == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("云岩区的王老师", "王老师"),
        ("云岩张女士", "张女士"),
        ("云岩张女士家", "张女士"),
        ("贵阳的云女士", "云女士"),
        ("贵阳云女士", "云女士"),
        ("云女士", "云女士"),
        ("贵阳市云岩区3栋张小红女士", "张女士"),
        ("花果园小区李女士", "李女士"),
        ("世纪城龙泉苑张红女士", "张女士"),
        ("南明吴姐家的李女士", "李女士"),
        ("王家奶奶", "王奶奶"),
        ("业主王先生", "王先生"),
        ("云岩张小红", "张**"),
        ("欧阳女士", "欧阳女士"),
        ("欧阳晓红女士", "欧阳女士"),
        ("云岩小欧阳老师", "欧阳老师"),
        ("王晓林女士", "王女士"),
        ("陈小龙女士", "陈女士"),
        ("小王", "小王"),
        ("老李", "老李"),
        ("王姐", "王姐"),
        ("南明吴姐", "吴姐"),
        ("张小姐", "张小姐"),
        ("张红梅姐", "张**"),
        ("李先生和王女士", "李先生和王女士"),
        ("和女士", "和女士"),
        ("李和王女士", "李和王女士"),
        ("陈和李", "陈和李"),
        ("王芳和李红", "王**和李**"),
        ("陈和平和李丽", "陈**和李**"),
        ("陈和平、李丽", "陈**、李**"),
        ("王女士和她先生", "王女士和她先生"),
        ("陈和平", "陈**"),
        ("孙和", "孙**"),
        ("张和平女士", "张女士"),
        ("李和英女士", "李女士"),
        ("李永和女士", "李女士"),
        ("欧阳和平", "欧阳**"),
        ("欧阳和平女士", "欧阳女士"),
        ("白云黄先生", "黄先生"),
        ("白云飞", "白**"),
        ("贵阳白云飞", "白**"),
        ("高新华", "高**"),
        ("安顺华", "安**"),
        ("一位客户", "一位客户"),
        ("云岩区的女士", "云岩区的女士"),
        ("Mrs Smith", "Mrs Smith"),
        ("Ms. Mary Wang", "Ms. Wang"),
        ("Mary女士", "M女士"),
    ],
)
def test_the_surname_stands_before_the_title_not_where_she_lives(name: str, shown: str) -> None:
    """What stands before the surname is left out; a 和 parts two people only where a name stands on each side of it."""
    assert surname.shown(name) == (shown, True)


@pytest.mark.parametrize(
    "name",
    [
        *("云岩女士", "白云女士", "金科李女士", "林小方女士", "小云女士", "阿依古丽女士", "小小女士"),
        *("白云飞女士", "高新华女士", "金华英女士", "万山红女士", "高新华姐", "陈和安女士"),
    ],
)
def test_a_surname_that_cannot_be_told_is_not_guessed(name: str) -> None:
    """A place alone, words nobody knows before what may be a surname, names without one, those that begin as a place does, one or two people."""
    assert not surname.shown(name).sure


def test_a_name_too_long_is_told_and_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No surname is looked for in it: that would take as long as its square."""
    monkeypatch.setattr(surname, "shown", pytest.fail)
    review = "{原文: 很准时, 称呼: 客户客户客户客户客户李, 平台: 微信, 日期: 2026-11-02}"
    assert "VK-B009" in [code for _, code in _codes(folder, f"{GOOD}评价: {review}\n")]
