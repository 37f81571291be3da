"""Templates and brands: found in the user's folder first, and a broken one is refused with what is wrong in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from vidkit import graphics, kit, layout, motion, paint, plan, tables, transitions
from vidkit.briefs import keys
from vidkit.cache import Cache
from vidkit.problems import Refusal

SHELF = kit.shelf()
TEMPLATES = [name for name, _ in kit.template_names(SHELF)]
BRANDS = [name for name, _ in kit.brand_names(SHELF)]


OWN_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10"/>'


def _codes(refusal: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [p.code for p in refusal.value.problems]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_names_only_what_there_is(name: str) -> None:
    """Parts, places, transitions, easings and slots a template names exist; its times rise."""
    template, parts = kit.template(name, SHELF), kit.parts(SHELF)
    assert template.id == name
    assert template.seconds[0] < template.seconds[1]
    for scene in template.scenes:
        assert list(scene.seconds) == sorted(scene.seconds)
        assert {scene.into} if isinstance(scene.into, str) else set(scene.into) <= set(transitions.TRANSITIONS)
        for words in scene.words:
            assert words.part in parts.parts
            places = (words.place,) if isinstance(words.place, str) else words.place
            assert set(places) <= set(parts.places), (scene.name, places)
            assert set(words.slots) <= set(parts.parts[words.part].slots), (scene.name, words.part)
            assert not words.count_up or words.count_up in words.slots
        for label in scene.labels or ():
            assert label in parts.parts


def test_ids_are_folder_names_and_names_mean_one_thing() -> None:
    """No two templates or brands answer to one name."""
    for found, read in ((kit.template_names(SHELF), kit.template), (kit.brand_names(SHELF), kit.brand)):
        assert found
        names = [n for folder, more in found for n in (folder, *more)]
        assert len(names) == len(set(names))
        assert all(read(folder, SHELF).id == folder for folder, _ in found)


@pytest.mark.parametrize("name", BRANDS)
def test_a_brand_is_whole(name: str) -> None:
    """Its logo draws, its faces and weights are ours, ink is readable on paper (7:1), paper and accent on their grounds (4.5:1)."""
    brand = kit.brand(name, SHELF)
    assert graphics.rasterise(brand.logo, *layout.size(brand.logo))[..., 3].any()
    for face in (brand.fonts.headline, brand.fonts.body):
        from vidkit import text  # noqa: PLC0415

        assert face.weight in text.table()[face.face]["weights"]
    c = brand.colours
    assert _contrast(c.ink, c.paper) >= 7
    assert _contrast(c.paper, c.primary) >= 4.5
    assert _contrast(c.ink, c.accent) >= 4.5
    assert _contrast(c.quiet, c.paper) >= 4.5


def _contrast(one: str, two: str) -> float:
    """WCAG 2.2 contrast of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _project(tmp_path: Path, path: str, content: str) -> kit.Shelf:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return kit.shelf(tmp_path)


def test_the_users_own_come_first(tmp_path: Path) -> None:
    """A brand of ours copied into a project wins there, and stays ours elsewhere; the logo is the copy's."""
    read = yaml.safe_load((kit.bundled() / "brand" / "linli" / "brand.yaml").read_text(encoding="utf-8"))
    read["full_name"] = "自家的店"
    own = _project(tmp_path, "brand/linli/brand.yaml", yaml.safe_dump(read, allow_unicode=True))
    (tmp_path / "brand" / "linli" / "logo.svg").write_text(OWN_LOGO, encoding="utf-8")
    assert (kit.brand("linli", own).full_name, kit.brand("linli", own).logo) == ("自家的店", OWN_LOGO)
    assert kit.brand("linli", SHELF).full_name != "自家的店"
    assert [name for name, _ in kit.brand_names(own)].count("linli") == 1


@pytest.mark.parametrize(
    ("typed", "own"), [("ＬＩＮＬＩ", "linli"), (" 邻里净 ", "linli"), ("Linli", "linli"), ("", None), ("没有", None)]
)
def test_a_brand_goes_by_its_names(typed: str, own: str | None) -> None:
    """Its id or any name, whatever the width and case."""
    assert kit.brand_called(typed, SHELF) == own


def test_a_users_part_joins_ours(tmp_path: Path) -> None:
    """A project's ``parts.yaml`` adds to the table and replaces what has the same name."""
    own = _project(
        tmp_path, "templates/_parts/parts.yaml", "parts: {mine: {slots: {}}}\nplaces: {canvas: {of: canvas, dx: 4}}\n"
    )
    parts = kit.parts(own)
    assert set(kit.parts(SHELF).parts) < set(parts.parts)
    assert parts.places["canvas"].dx == 4


@pytest.mark.parametrize(
    "content",
    [
        "",
        "- a\n",
        "id: [\n",
        "id: x\nunknown: 1\n",
        "names: {zh: a, en: b}\nid: linli\ncolours: {primary: red}\n",
        "a: &a {b: *a}\n",
    ],
)
def test_a_broken_brand_is_refused(tmp_path: Path, content: str) -> None:
    """VK-K001 with the file and what is wrong."""
    own = _project(tmp_path, "brand/mine/brand.yaml", content)
    with pytest.raises(Refusal) as caught:
        kit.brand("mine", own)
    assert _codes(caught) == ["VK-K001"]
    assert "brand/mine/brand.yaml" in caught.value.problems[0].message("zh")


def test_a_file_whose_letters_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A template in Latin-1 is VK-K001, with the place and what to do."""
    file = tmp_path / "templates" / "mine" / "template.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes("id: mine\nabout: café\n".encode("latin-1"))
    with pytest.raises(Refusal) as caught:
        kit.template("mine", kit.shelf(tmp_path))
    (found,) = caught.value.problems
    assert (found.code, found.place and found.place.line) == ("VK-K001", 2)
    assert "另存为，编码选 UTF-8" in found.message("zh")


@pytest.mark.parametrize("written", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_brand_saved_by_any_editor_is_read(tmp_path: Path, written: str) -> None:
    """Saved by Notepad as ANSI or Unicode it says the same, and a fault in it is told at its place."""
    ours = kit.bundled() / "brand" / "linli"
    shutil.copytree(ours, tmp_path / "brand" / "linli")
    file = tmp_path / "brand" / "linli" / "brand.yaml"
    text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
    file.write_bytes(text.encode(written))
    assert kit.brand("linli", kit.shelf(tmp_path)).full_name == kit.brand("linli", kit.shelf()).full_name
    kit.forget()
    file.write_bytes(text.replace("legal_name", "legal_nam").encode(written))
    with pytest.raises(Refusal) as caught:
        kit.brand("linli", kit.shelf(tmp_path))
    (found,) = caught.value.problems
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one.startswith("legal_name"))
    assert found.place
    assert found.place.line == line


def test_what_is_not_there_is_refused() -> None:
    """VK-K002."""
    for read in (kit.template, kit.brand):
        with pytest.raises(Refusal) as caught:
            read("not-there", SHELF)
        assert _codes(caught) == ["VK-K002"]


def test_a_broken_drawing_of_a_users_part_is_refused(tmp_path: Path) -> None:
    """A Jinja fault, an undefined name, and a try to reach Python from a drawing are VK-K003."""
    for content in (
        "{{ nothing.here }}",
        "{% if %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ c.primary() }}",
    ):
        own = _project(tmp_path, "templates/_parts/mine.svg.j2", content)
        layout.forget()
        studio = layout.Studio(kit.parts(own), kit.brand("linli", own), (1080, 1920), own)
        with pytest.raises(Refusal) as caught:
            layout.render(studio, "mine", {}, 800, {}, {})
        assert _codes(caught) == ["VK-K003"], content


def test_names_of_reveals_and_easings_in_the_table_exist() -> None:
    """Every reveal's curve rises in time, from nothing (or from −1, before it begins) to all of the after, and uses registered easings."""
    table = yaml.safe_load((Path(kit.__file__).parent / "data" / "names.yaml").read_text(encoding="utf-8"))
    for name, entry in table["reveals"].items():
        assert name in paint.REVEALS
        times = [point[0] for point in entry["curve"]]
        assert times == sorted(set(times))
        assert (times[0], times[-1]) == (0, 1)
        assert entry["curve"][0][1] in {-1, 0}
        assert entry["curve"][-1][1] == 1
        assert {point[2] for point in entry["curve"]} <= set(motion.EASINGS)


def test_every_line_of_work_is_whole() -> None:
    """Its words in both languages, names that mean one line only, topics, and a sign that is drawn; a brief's key names them all."""
    known, field = tables.table("tracks"), keys.find("brief", "track")
    assert field
    drawn = re.findall(
        r"^  '(\w+)': '<", (kit.bundled() / "templates/_parts/signs.svg.j2").read_text(encoding="utf-8"), re.MULTILINE
    )
    names = [keys.folded(name) for own, row in known.items() for name in dict.fromkeys((own, *row["names"]))]
    assert sorted(names) == sorted(set(names))
    for row in known.values():
        assert set(row) == {"zh", "en", "names", "icon", "topics"}
        assert row["icon"] in drawn, f"{row['zh']}: no such sign in templates/_parts/signs.svg.j2"
        assert row["zh"] in row["names"]
        assert row["topics"]
        assert row["zh"] in field.say_zh
        assert row["en"] in field.say_en
    assert "{" not in field.say_zh + field.say_en


def test_a_sign_that_there_is_not_is_refused() -> None:
    """No empty disc: those that are drawn are told, all of them."""
    studio = layout.Studio(kit.parts(SHELF), kit.brand("linli", SHELF), (1080, 1920), SHELF)
    drawn = re.findall(
        r"^  '(\w+)': '<", (kit.bundled() / "templates/_parts/signs.svg.j2").read_text(encoding="utf-8"), re.MULTILINE
    )
    for name in drawn:
        svg = layout.drawing(
            studio, "series-title", {"series": "手艺"}, 900, values={"sign": name, "ground": "paper"}
        ).svg
        assert "<path" in svg
    with pytest.raises(Refusal) as caught:
        layout.drawing(studio, "series-title", {"series": "手艺"}, 900, values={"sign": "box", "ground": "paper"})
    (told,) = caught.value.problems
    assert told.code == "VK-K003"
    assert told.message("zh").endswith(f"没有 box 这一项，是不是 {'、'.join(drawn)}")


@pytest.mark.parametrize(
    ("scenes", "name", "guess"),
    [
        ("[{use: edn}]", "edn", "end"),
        ("[{name: a, seconds: [1, 2, 3], words: [{part: spot-titel, place: title}]}]", "spot-titel", "spot-title"),
        ("[{name: a, seconds: [1, 2, 3], words: [{part: subtitle, place: subtitel}]}]", "subtitel", "subtitle"),
    ],
)
def test_a_template_that_names_what_there_is_not(scenes: str, name: str, guess: str, tmp_path: Path) -> None:
    """VK-K006 with the name, the file and the nearest there is."""
    own = _project(tmp_path, "templates/mine/template.yaml", f"id: mine\nscenes: {scenes}\n")
    with pytest.raises(Refusal) as caught:
        kit.template("mine", own)
    assert _codes(caught) == ["VK-K006"]
    told = dict(caught.value.problems[0].values)
    assert (told["name"], told["guess"], told["file"]) == (name, guess, "templates/mine/template.yaml")


SCENE = "{name: a, seconds: [1, 2, 3], ground: paper%s}"
MINE = "id: mine\nnames: {zh: 我的}\nabout: {zh: 说明, en: about}\nseconds: [8, 30]\ntakes: {%s}\nscenes: [%s]\n"


@pytest.mark.parametrize(
    ("takes", "scenes", "code", "line", "words"),
    [
        ("prices: {called: 包什么}", SCENE % "", "VK-K006", 5, "能用的名字里没有“包什么”"),
        ("people.shoe: {least: 1}", SCENE % "", "VK-K006", 5, "没有“people.shoe”"),
        (
            "people: {least: 3, most: 2}",
            SCENE % "",
            "VK-K001",
            5,
            "takes.people least（至少几个）比 most（最多几个）还大",
        ),
        ("people: {least: -1}", SCENE % "", "VK-K001", 5, "最小是 0"),
        ("", f"{SCENE % ''}, {SCENE % ''}", "VK-K001", 6, "有两场都叫 a"),
        ("", f"{SCENE % ', when: photos.0'}, {SCENE % ', unless: person.photo'}", "VK-K001", 6, "有两场都叫 a"),
    ],
)
def test_what_a_template_says_must_be_possible(
    takes: str, scenes: str, code: str, line: int, words: str, tmp_path: Path
) -> None:
    """Told at its line in the template, and no brief is blamed for it; a name a brief cannot use is none to ask for."""
    own = _project(tmp_path, "templates/mine/template.yaml", MINE % (takes, scenes))
    with pytest.raises(Refusal) as caught:
        kit.template("mine", own)
    (told,) = caught.value.problems
    assert (told.code, told.place and told.place.line) == (code, line)
    assert words in told.message("zh")
    needs = dict(dict(kit.template_takes(own))["mine"])
    assert {row.called for row in needs.values()} <= {""}
    assert all(name != "people.shoe" and row.least <= 0 for name, row in needs.items())


def test_a_faulty_template_is_told_with_the_brief_it_spoils(tmp_path: Path) -> None:
    """A brief that says what its template asks for in a name that is none is told of the template too, at its line."""
    _project(tmp_path, "templates/mine/template.yaml", MINE % ("prices: {least: 1, called: 包什么}", SCENE % ""))
    brief = tmp_path / "价.yaml"
    brief.write_text("模板: 我的\n品牌: linli\n标题: 一次说清楚\n包什么: 三小时\n", encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        plan.read(brief, Cache(tmp_path / "cache"))
    *others, told = caught.value.problems
    assert (told.code, told.place and told.place.line) == ("VK-K006", 5)
    assert [one.code for one in others] == ["VK-B004", "VK-B001"]


def test_scenes_that_stand_instead_of_each_other_may_share_a_name(tmp_path: Path) -> None:
    """One with a photo, one without it."""
    scenes = f"{SCENE % ', when: photos.0'}, {SCENE % ', unless: photos.0'}"
    own = _project(tmp_path, "templates/mine/template.yaml", MINE % ("sections: {least: 1, called: 步骤}", scenes))
    assert [one.name for one in kit.template("mine", own).scenes] == ["a", "a"]
    assert dict(dict(kit.template_takes(own))["mine"])["sections"].called == "步骤"


def test_a_badly_written_template_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a brief is: the place, and what to do in plain words, not a parser's English."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    own = _project(tmp_path, "templates/mine/template.yaml", "id: mine\nseconds：[8, 30]\n")
    with pytest.raises(Refusal) as caught:
        kit.template("mine", own)
    (told,) = caught.value.problems
    assert (told.code, told.place and (told.place.line, told.place.column)) == ("VK-K001", (2, 8))
    assert "全角" in told.message("zh")
