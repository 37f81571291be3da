"""A new brief: what it says is what our example of its template says; nothing is written twice, and the person's own photos are marked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from vidkit import kit
from vidkit.briefs import keys, new, sample

TEMPLATES = [name for name, _ in kit.template_names(kit.shelf())]


def written(template: str) -> str:
    """A new brief's text."""
    return new.brief("新的.yaml", template, kit.shelf())


def _field(key: str) -> str:
    found = keys.find("brief", key)
    return found.name if found else ""


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_entry_stands_there_twice(template: str) -> None:
    """Every step, pair, person and price differs from the others, and there are as many as the example has."""
    said = yaml.safe_load(written(template))
    for field, entries in sample.of(template).items():
        listed = next((value for key, value in said.items() if _field(key) == field), None)
        if isinstance(listed, list) and isinstance(listed[0], dict):
            assert len({str(one) for one in listed}) == len(listed) == len(entries)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_photo_is_marked_and_no_decision_about_the_examples_photos_is_taken_over(template: str) -> None:
    """Nobody's face is shown because our drawn one was."""
    for line in written(template).splitlines():
        if re.match(r"\s*#?(- )?\w+: .*photos/", line):
            assert line.endswith(f"# {new.MINE}"), line
            assert "{" not in line


@pytest.mark.parametrize("template", TEMPLATES)
def test_how_several_are_written_stands_only_where_several_may_be(template: str) -> None:
    """A second person where a template takes one would only be a fault; the names of profiles are listed alike."""
    takes, named = kit.template(template, kit.shelf()).takes, new.Known(people=("秀兰", "美华"))
    rows = {field.name: field for field in keys.models()["brief"] if field.several_zh and field.name in takes}
    for text in (written(template), new.brief("新的.yaml", template, kit.shelf(), named)):
        for name, field in rows.items():
            several = takes[name].most != 1 and not takes[name].say
            assert (f"{field.say_zh}；{field.several_zh}" in text) == several, name
        assert "[名字, 名字]" not in text or takes["people"].most != 1


def test_the_readme_says_which_templates_take_several_people() -> None:
    """All of them with their numbers, and no others; its example of one person stands for the rest."""
    said = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"能放几位的只有.*", said)
    ranges = {
        t.names.zh: t.takes["people"] for t in (kit.template(n, kit.shelf()) for n in TEMPLATES) if "people" in t.takes
    }
    digits = "零一二三四五六七八九"
    several = {
        f"「{name}」（{digits[take.least]}到{digits[take.most]}位）" for name, take in ranges.items() if take.most != 1
    }
    assert set(re.findall(r"「[^」]+」（[^）]+）", line)) == several


def test_the_steps_are_the_seven_of_the_title() -> None:
    """Each with a photo or a pair."""
    said = yaml.safe_load(written("steps"))
    assert said["标题"] == "深度保洁，一共七步"
    assert len(said["步骤"]) == 7
    assert all("照片" in one or {"前", "后"} <= set(one) for one in said["步骤"])


def test_a_template_of_their_own_has_no_example(tmp_path: Path) -> None:
    """Then the table's words are shown, the first entry whole, the others in their least form."""
    folder = tmp_path / "templates" / "mine"
    folder.mkdir(parents=True)
    (folder / "template.yaml").write_text(
        "id: mine\nnames: {zh: 我的}\nabout: {zh: 一, en: a}\ntakes: {sections: {least: 3}}\nseconds: [5, 9]\n"
        "scenes: [{name: only, seconds: [2, 2, 2]}]\n",
        encoding="utf-8",
    )
    text = new.brief("x.yaml", "我的", kit.shelf(tmp_path))
    assert sample.of("mine") == {}
    assert (text.count("标题: 先高后低"), text.count("#说明: 柜顶的灰先擦")) == (3, 1)
