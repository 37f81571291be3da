"""What a new brief says in our example's words is told of until it is changed; what a shop says itself is not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vidkit import batch, brief, kit, plan
from vidkit.briefs import borrowed, new

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.brief import Brief
    from vidkit.cache import Cache
    from vidkit.plan import Script

SHELF = kit.shelf()
PERSON = """模板: 清洁前后对比
品牌: 邻里净
标题: 灶台变个样
服务: 深度保洁
谁家: 不是客户家
人物: {{称呼: 秀兰阿姨, 工种: 保洁师, 从业年数: 8, 原话: '{quote}'}}
对比:
  - {{位置: 灶台, 前: photos/stove_before.jpg, 后: photos/stove_after.jpg, 说明: 灶台}}
"""
TEMPLATES = [name for name, _ in kit.template_names(SHELF)]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the photos every example names, under the same names."""
    folder = tmp_path_factory.mktemp("店")
    shutil.copytree(kit.bundled() / "examples" / "photos", folder / "photos")
    return folder


def loaded(folder: Path, text: str) -> Brief:
    """A brief of such a folder."""
    file = folder / "新的.yaml"
    file.write_text(text, encoding="utf-8")
    return brief.load(file, plan.names(SHELF))


def kitchen() -> str:
    """A new brief of the template with pairs."""
    return new.brief("新的.yaml", "before-after", SHELF)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_brief_is_told_of_whatever_its_template(shop: Path, template: str) -> None:
    """Most of what it says, and the people's names and years with it."""
    said = loaded(shop, new.brief("新的.yaml", template, SHELF))
    found = dict(borrowed.left(said))
    assert len(found) >= 2, found
    assert {f"people.{n}.name" for n in range(len(said.people))} <= set(found)


def test_names_and_years_count_only_beside_an_examples_words(shop: Path) -> None:
    """秀兰阿姨 with eight years may well be somebody; so is her word behind another full stop still the example's."""
    found = dict(borrowed.left(loaded(shop, PERSON.format(quote="缝里的油，要一点一点抠。"))))
    assert {"people.0.quote", "people.0.name", "people.0.years"} == set(found)
    assert borrowed.left(loaded(shop, PERSON.format(quote="慢一点，擦得干净"))) == ()


def test_prices_left_as_a_whole_list_are_told_with_their_amounts(shop: Path, examined: Cache) -> None:
    """The hint speaks of prices; one amount that was changed makes the others the shop's own, as any shop may have them."""
    text = new.brief("新的.yaml", "price-list", SHELF)
    amounts = {f"prices.{n}.amount" for n in range(4)}
    assert amounts <= set(dict(borrowed.left(loaded(shop, text))))
    changed = loaded(shop, text.replace("金额: 45", "金额: 48"))
    assert not amounts & set(dict(borrowed.left(changed)))
    (item,) = batch.check((_written(shop, text),), examined)
    assert item.script
    (told,) = borrowed.problems(_as_own(item.script))
    assert "「45」" in told.message("zh")
    assert told.hint("zh").startswith("价格、条件都换成您店里真的；用不上的整行删掉")


def test_one_warning_names_every_line_and_the_verdict_is_not_ready(shop: Path, examined: Cache) -> None:
    """Under a brand of its own; it stops nothing, so that what is true can be posted after a look."""
    (item,) = batch.check((_written(shop, kitchen()),), examined)
    assert item.script
    (told,) = borrowed.problems(_as_own(item.script))
    assert (told.code, told.level) == ("VK-W005", "warning")
    assert told.place
    assert told.place.line
    for path, _ in borrowed.left(item.script.brief):
        place = item.script.brief.at(path)
        assert place
        assert f"第 {place.line} 行" in told.message("zh")
        assert f"line {place.line} " in told.message("en")
    assert not list(borrowed.problems(item.script))  # a fictional brand is told of by itself


def _written(folder: Path, text: str) -> Path:
    file = folder / "厨房.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _as_own(script: Script) -> Script:
    """The script under a brand that is no example."""
    return replace(script, brand=script.brand.model_copy(update={"example": False}))
