"""Posters and covers: the right sizes, words inside their margins and never over each other, whatever the brief leaves out."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET  # our own drawings, not foreign XML

import numpy as np
import pytest
from PIL import Image

from vidkit import cache, cover, make, plan, poster, text
from vidkit.brief import Pair, Person, Photo, Price, Review
from vidkit.kits import contrast, platform
from vidkit.pages import headline, page, sayings, still
from vidkit.photos.prints import Print
from vidkit.problems import Place, Refusal
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.brief import Brief
    from vidkit.colour import Bytes
    from vidkit.pages.page import Page
    from vidkit.plan import Script

BRIEF = """
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时，厨房变个样
关键词: 厨房
服务: 深度保洁
对比:
  - {位置: 灶台, 前: a.png, 后: b.png}
"""
PERSON = Person(name="秀兰阿姨", craft="保洁师", years=8)
PRICE = Price(item="深度保洁", amount="199", unit="次", conditions="3小时，厨房和卫生间")
LONG: dict[str, Any] = {
    "title": "老房子厨房卫生间客厅全屋深度保洁，两个人一天做完亮亮堂堂的",
    "keyword": "两个人一天",
    "service": "全屋开荒深度保洁加家电清洗服务",
    "area": "贵州省贵阳市云岩区中华北路附近",
    "points": ("自带全部工具和清洁剂上门服务", "先高后低一处一处擦灰不落地", "干完请您逐项看满意再付钱啊"),
    "people": (Person(name="欧阳秀兰阿姨和徒弟们", craft="高级家庭保洁收纳大师", years=28),),
    "prices": (Price(item="全屋深度保洁加家电清洗吧", amount="12800.5", unit="平方米每次", starting=True, conditions="一百二十平方米以内的三室两厅，含厨房卫生间玻璃和三台家电，不含高空外墙作业"),),
}  # fmt: skip
PLATFORMS = platform.all_platforms()


class Said(NamedTuple):
    """A run of words on a page: its letters' size and box in px, and whether its drawing holds it."""

    words: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    whole: bool


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Script:
    """A short brief with two small landscape photos."""
    folder = tmp_path_factory.mktemp("pages")
    for name, shade in (("a.png", 70), ("b.png", 200)):
        Image.fromarray(np.full((240, 320, 3), shade, np.uint8)).save(folder / name)
    (folder / "厨房.yaml").write_text(BRIEF, encoding="utf-8")
    return replace(plan.read(folder / "厨房.yaml", cache.Cache(folder / "cache")), consents=None)


def _with(script: Script, **values: object) -> Script:
    return replace(script, brief=script.brief.model_copy(update=values))


def _sized(script: Script, width: int, height: int) -> Script:
    """The same brief with photos of another shape."""
    prints = {photo: replace(shown, width=width, height=height) for photo, shown in script.prints.items()}
    return replace(script, developed=replace(script.developed, prints=prints))


def _said(sheet: Page) -> tuple[Said, ...]:
    return tuple(_words(ET.fromstring(sheet.svg), 0.0, 0.0))  # noqa: S314  # our own drawing


def _words(element: ET.Element, x: float, y: float) -> Iterator[Said]:
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "svg":
            yield from _words(child, x + float(child.get("x", 0)), y + float(child.get("y", 0)))
        elif name == "text":
            yield _run(child, element, x, y)


def _run(run: ET.Element, around: ET.Element, x: float, y: float) -> Said:
    size, weight = float(run.get("font-size", 0)), int(run.get("font-weight", 400))
    left, base = float(run.get("x", 0)), float(run.get("y", 0))
    family = run.get("font-family")
    face: text.Face = "display" if family == text.table()["display"]["family"] else "text"
    right = left + text.measure(run.text or "", text.Font(face, weight), round(size))
    top, bottom = base - 0.82 * size, base + 0.1 * size
    whole = (
        left >= -1
        and top >= -1
        and right <= float(around.get("width", 0)) + 1
        and bottom <= float(around.get("height", 0)) + 1
    )
    return Said(run.text or "", size, x + left, y + top, x + right, y + bottom, whole)


def _apart(one: Said, other: Said) -> bool:
    return (
        one.right <= other.left + 1
        or other.right <= one.left + 1
        or one.bottom <= other.top + 1
        or other.bottom <= one.top + 1
    )


def _sound(sheet: Page, margin: float) -> None:
    sheet = _drawn(sheet)
    said = _said(sheet)
    for run in said:
        assert run.whole, run
        assert margin - 8 <= run.left, run
        assert run.right <= sheet.size[0] - margin + 8, run
        assert margin / 2 <= run.top, run
        assert run.bottom <= sheet.size[1] - margin / 2, run
    for one, other in itertools.combinations(said, 2):
        assert _apart(one, other), (one, other)
    for shown in sheet.photos:
        assert 0 <= shown.box.x <= shown.box.x + shown.box.width <= sheet.size[0]
        assert 0 <= shown.box.y <= shown.box.y + shown.box.height <= sheet.size[1]


def _drawn(sheet: Page) -> Page:
    """A page for print at the size it was drawn at."""
    return page.resized(sheet, (1080, round(1080 * sheet.size[1] / sheet.size[0]))) if sheet.dpi else sheet


def _second(script: Script) -> tuple[Pair, ...]:
    pair = script.brief.pairs[0]
    return (pair, pair.model_copy(update={"spot": "油烟机里面的网", "note": "网罩拆下来泡热水"}))


def test_posters_have_their_sizes_and_half_a_picture(script: Script) -> None:
    """Four posters, one of them A4 at 300 dots an inch; the picture takes about half of the height."""
    full = _with(
        script, people=(PERSON,), prices=(PRICE,), area="贵阳云岩", points=("自带工具", "先泡后刷", "做完请您看")
    )
    made = dict(poster.pages(full))
    assert {name: sheet.size for name, sheet in made.items()} == {
        "poster-3x4": (1080, 1440),
        "poster-9x16": (1080, 1920),
        "poster-1x1": (1080, 1080),
        "poster-a4": (2480, 3508),
    }
    desk = page.desk(full)
    for frame in desk.pages.posters.values():
        column = poster.arranged(poster.Order(desk, frame, full))
        assert column.shows == "pair"
        assert 0.36 <= column.picture.height / frame.height <= 0.65


@pytest.mark.parametrize("kept", list(itertools.product((False, True), repeat=4)), ids=str)
def test_every_optional_thing_is_optional(script: Script, kept: tuple[bool, ...]) -> None:
    """Price, person, points and place may each be missing: nothing overlaps, leaves the margins or is cut off."""
    values: tuple[dict[str, object], ...] = (
        {"prices": (PRICE,)},
        {"people": (PERSON,)},
        {"points": ("自带工具", "做完请您逐项看")},
        {"area": "贵阳云岩"},
    )
    chosen = {key: value for keep, part in zip(kept, values, strict=True) if keep for key, value in part.items()}
    for _, sheet in poster.pages(_with(script, pairs=_second(script), **chosen)):
        _sound(sheet, 60)


@pytest.mark.parametrize("shape", [(320, 240), (240, 360), (300, 300)])
def test_the_longest_words_still_fit(script: Script, shape: tuple[int, int]) -> None:
    """Every text as long as a brief may have it: still inside, still apart, on posters and on every platform's covers."""
    longest = _sized(_with(script, pairs=_second(script), **LONG), *shape)
    for _, sheet in poster.pages(longest):
        _sound(sheet, 60)
    for where in PLATFORMS:
        for _, sheet in cover.pages(longest, where):
            said = _said(sheet)
            assert all(run.whole for run in said), said
            assert all(_apart(*both) for both in itertools.combinations(said, 2)), said


def test_conditions_are_half_as_large_as_the_price(script: Script) -> None:
    """The conditions' letters have at least half the size of the price's and 40 px."""
    for price in (PRICE, LONG["prices"][0], PRICE.model_copy(update={"conditions": "两小时起约"})):
        assert isinstance(price, Price)
        for _, sheet in poster.pages(_with(script, prices=(price,))):
            said = _said(sheet)
            amount = next(run.size for run in said if run.words == price.amount)
            below = [run.size for run in said if run.words and run.words in price.conditions]
            assert below
            assert min(below) >= max(40, amount / 2)


def test_notes_stand_in_for_points(script: Script) -> None:
    """Without points the notes are shown with their spots, that of the pair shown first; nothing is invented when there are none."""
    first = script.brief.pairs[0].model_copy(update={"note": "先喷清洁剂，放十分钟再擦"})
    (_, plain), *_ = poster.pages(script)
    (_, noted), *_ = poster.pages(_with(script, pairs=(first, _second(script)[1])))
    said = [run.words for run in _said(noted)]
    assert said.index("先喷清洁剂，放十分钟再擦") < said.index("网罩拆下来泡热水")
    assert {run.words for run in _said(plain)} >= {"深度保洁", "邻里净家政"}


def test_a_long_note_of_the_pair_shown_stands_in_two_lines(script: Script) -> None:
    """It comes first and whole, and another pair's short one after it; the letters are as large as any reason's."""
    note = "先把沙发上的衣服收走叠好放进柜子，再从里往外扫，最后拖一遍"
    first = script.brief.pairs[0].model_copy(update={"note": note})
    for name, sheet in poster.pages(_with(script, pairs=(first, _second(script)[1]), prices=(PRICE,))):
        _sound(sheet, 60)
        said = [run for run in _said(_drawn(sheet)) if run.words and run.words in note]
        if name in {"poster-9x16", "poster-a4"}:
            assert [run.words for run in said] == ["先把沙发上的衣服收走叠好放进柜子", "再从里往外扫，最后拖一遍"]
            assert min(run.size for run in said) >= 36


def test_no_poster_tells_of_another_place_than_it_shows(script: Script) -> None:
    """Where only other pairs have notes, or the one shown has no room for its own, the places are named instead."""
    for _, sheet in poster.pages(_with(script, pairs=_second(script))):
        said = {run.words for run in _said(_drawn(sheet))}
        assert "网罩拆下来泡热水" not in said
        assert "灶台 · 油烟机里面的网" in said
    wide = PERSON.model_copy(update={"photo": script.brief.pairs[0].after})
    note = "网罩拆下来泡在热水里半个小时用刷子一条一条刷干净再擦干装回去"
    first = script.brief.pairs[0].model_copy(update={"note": note})
    made = _with(script, pairs=(first, _second(script)[1]), people=(wide,))
    prints = {photo: replace(known, person=(0.1, 0.0, 0.6, 1.0)) for photo, known in made.prints.items()}
    beside = dict(poster.pages(replace(made, developed=replace(made.developed, prints=prints))))["poster-3x4"]
    assert beside.photos[-1].cutout
    assert "灶台 · 油烟机里面的网" in {run.words for run in _said(beside)}


@pytest.mark.parametrize("where", PLATFORMS, ids=lambda one: one.id)
def test_covers_have_the_sizes_a_platform_asks_for(script: Script, where: platform.Platform) -> None:
    """One cover per size, its title inside the middle that every crop keeps, in letters as large as asked."""
    made = cover.pages(script, where)
    assert [(name, sheet.size) for name, sheet in made] == [
        (f"cover-{size.name}", (size.width, size.height)) for size in where.covers
    ]
    if where.id == "meituan":
        return
    kinds = page.desk(script).pages.covers
    for _, sheet in made:
        kind = next(kind for kind in kinds if sheet.size[0] / sheet.size[1] <= kind.up_to)
        drawn = (kind.width, round(kind.width * sheet.size[1] / sheet.size[0]))
        left, top, right, bottom = cover.middle(kind, drawn)
        title = [run for run in _said(sheet) if run.words not in {"清洁前", "清洁后"}]
        assert {run.words for run in title} == {"三小时", "厨房", "变个样"}
        for run in title:
            assert run.whole
            assert left <= run.left <= run.right <= right
            assert top <= run.top <= run.bottom <= bottom
            assert run.size >= kind.sizes[1]
        for one, other in itertools.combinations(_said(sheet), 2):
            assert _apart(one, other), (one, other)


def test_meituan_covers_carry_no_words(script: Script) -> None:
    """On Meituan a cover is the after photo and nothing else."""
    for _, sheet in cover.pages(script, platform.load("meituan")):
        assert not _said(sheet)
        assert len(sheet.photos) == 1


@pytest.mark.parametrize(
    ("title", "keyword", "hook", "said"),
    [
        ("三小时，厨房变个样", "厨房", "", "三小时，厨房变个样"),
        ("三年没收拾的客厅，一天变了样", "客厅", "", "三年没收拾的客厅"),
        ("三年没收拾的客厅，一天变了样", "一天", "", "一天变了样"),
        ("四十岁也能学会的手艺，你来不来", "手艺", "", "四十岁也能学会的手艺"),
        ("老房子厨房卫生间客厅全屋深度保洁", "", "油烟机三年没洗过", "油烟机三年没洗过"),
        ("老房子厨房卫生间客厅全屋深度保洁", "", "", "老房子厨房卫生间客厅全屋深度保洁"),
        ("堆了半年的客厅，一下午", "一下午", "", "堆了半年的客厅，一下午"),
        ("空调有味，洗衣机发黑", "有味", "", "空调有味，洗衣机发黑"),
        ("三年没收拾过的老房子客厅，一下午", "一下午", "", "三年没收拾过的老房子客厅"),
        ("三年没收拾过的老房子客厅，一下午", "", "客厅堆了半年", "客厅堆了半年"),
        ("三年没收拾过的老房子客厅卫生间，一下午", "一下午", "", "一下午"),
        ("家里有老人孩子，也能出来干半天活", "半天活", "", "家里有老人孩子"),  # the other clause leans on the first
        ("孃孃带姐姐，姐姐带妹妹", "带", "", "孃孃带姐姐，姐姐带妹妹"),  # half of it says something else
        ("孃孃带着姐姐，姐姐又带着妹妹", "带着", "", "孃孃带着姐姐，姐姐又带着妹妹"),  # the keyword picks neither
    ],
)
def test_a_cover_says_a_whole_clause(script: Script, title: str, keyword: str, hook: str, said: str) -> None:
    """A long title gives way to a clause of it or to the hook; no clause is ever cut."""
    brief: Brief = _with(script, title=title, keyword=keyword, hook=hook).brief
    assert sayings.words(brief)[0] == said


@pytest.mark.parametrize("name", ["cover-3x4", "cover-4x3"])
@pytest.mark.parametrize("title", ["家里有老人孩子，也能出来干半天活", "老房子半年没人住，三个人做了一天"])
def test_a_whole_title_stands_before_a_part_of_it(script: Script, title: str, name: str) -> None:
    """In smaller letters and more lines, as far as these stay readable."""
    sheet = dict(cover.pages(_with(script, title=title, keyword="", hook=""), platform.load("抖音")))[name]
    said = "".join(one.words for one in _said(sheet))
    assert all(clause in said for clause in title.split("，"))


@pytest.mark.parametrize(("title", "least"), [("会再来", 200), ("灯亮了", 200), ("厨房变样了", 160)])
def test_a_short_title_is_large_on_a_cover(script: Script, title: str, least: int) -> None:
    """A few characters alone fill the width they have."""
    sheet = dict(cover.pages(_with(script, title=title, keyword="", hook=""), platform.load("抖音")))["cover-3x4"]
    assert max(one.size for one in _said(sheet)) >= least


TITLE = "沙发缝都给吸干净了"


@pytest.mark.parametrize(
    ("review", "title", "keyword", "said"),
    [
        ("进门先穿鞋套。沙发缝里的渣都吸了。", TITLE, "沙发缝", "“沙发缝里的渣都吸了”"),
        ("进门先穿鞋套。沙发缝里的渣一点一点吸了。", TITLE, "沙发缝", "“沙发缝里的渣一点一点吸了”"),
        ("沙发抬开擦了。沙发缝里的渣都吸了。", TITLE, "", "“沙发缝里的渣都吸了”"),  # says more of the title
        ("沙发缝里的渣都吸了。沙发抬开擦了。", TITLE, "抬开", "“沙发抬开擦了”"),
        ("进门先穿鞋套。沙发缝里的饼干渣都给吸出来了。", TITLE, "沙发缝", ""),  # too long
        ("进门先穿鞋套。走的时候看了一遍。", TITLE, "地板", ""),  # says nothing of the title
        ("很好。", TITLE, "地板", ""),
        ("谢谢！就是来晚了十分钟。", TITLE, "", ""),
        ("沙发缝没吸干净，我说了她。", TITLE, "沙发缝", ""),
        ("沙发缝吸得一般，后来又吸了一遍。", TITLE, "沙发缝", ""),
        ("沙发缝吸干净了，就是来晚了。", TITLE, "沙发缝", ""),
        ("本来沙发缝最难吸，她吸了一下午。", TITLE, "沙发缝", ""),
        ("一开始迟到了，后来每次都提前到", "她来了以后不一样", "", ""),
        ("价格不便宜，但是擦得真仔细", "她来了以后不一样", "", ""),
        ("本来很担心，结果孩子第一天就肯跟她", "她来了以后不一样", "", ""),
        ("我妈脾气大，刘姐从来不回嘴", "她来了以后不一样", "", ""),
        ("我牙不好，李姐每次给我另外煮一碗软的", "她记得我爱吃软饭", "", ""),
        ("高姐带了我女儿一年，走的那天孩子抱着她腿哭", "孩子哭着不让她走", "", "“走的那天孩子抱着她腿哭”"),
    ],
)
def test_a_review_is_quoted_to_the_point(script: Script, review: str, title: str, keyword: str, said: str) -> None:
    """The clause that says most of what the title says; none that may be a complaint, is taken back, or says how it was at first."""
    words = Review(text=review, platform="美团", date="2026-11-03")
    brief: Brief = _with(script, title=title, keyword=keyword, review=words).brief
    assert (sayings.quoted(brief) or ("",))[0] == said


def test_headlines_break_between_phrases(script: Script) -> None:
    """Large words are not broken inside a phrase, nor before 的."""
    desk = page.desk(script)
    block = headline.headline(desk, "cover-title", "三年没收拾的客厅", 960, sizes=(184, 120), lines=2, keyword="客厅")
    assert [line.text for line in block.lines] in (["三年没", "收拾的客厅"], ["三年没收拾的", "客厅"])


def test_what_cannot_be_set_is_refused_with_its_place(script: Script) -> None:
    """A character no font has, or too many characters, names the place in the brief."""
    at = Place("厨房.yaml", 9, 3)
    odd = _with(script, points=("\U0001f9fd 擦一擦",), places=(("points.0", at),))
    with pytest.raises(Refusal) as refused:
        poster.pages(odd)
    assert (refused.value.problems[0].code, refused.value.problems[0].place) == ("VK-T002", at)
    long = _with(script, title="字" * 60, places=(("title", at),))
    with pytest.raises(Refusal) as refused:
        poster.pages(long)
    assert (refused.value.problems[0].code, refused.value.problems[0].place) == ("VK-T001", at)


def test_a_template_without_pages_has_those_of_all(script: Script, tmp_path: Path) -> None:
    """What all templates share is enough; faulty pages are refused with VK-K001, a drawing nobody knows with VK-K003."""
    bare = replace(script, template=script.template.model_copy(update={"folder": tmp_path}))
    assert [name for name, _ in poster.pages(bare)] == [name for name, _ in poster.pages(script)]
    (tmp_path / "pages.yaml").write_text("poster: {colour: red}", encoding="utf-8")
    page.forget()
    with pytest.raises(Refusal) as refused:
        page.desk(bare)
    assert refused.value.problems[0].code == "VK-K001"


def test_a_template_brings_drawings_of_its_own(script: Script, tmp_path: Path) -> None:
    """A folder with a part, its words and its drawing is all it takes."""
    (tmp_path / "pages.yaml").write_text(
        "parts: {mine: {words: {text: '{{ area }}'}, slots: {text: {sizes: [60, 40]}}}}\nposter: {body: [mine]}",
        encoding="utf-8",
    )
    (tmp_path / "mine.svg.j2").write_text(
        "{%- from 'macros.svg.j2' import words, page with context -%}{{ page(room, t.text.height) }}{{ words(t.text, 0, 0, c.ink) }}</svg>",
        encoding="utf-8",
    )
    own = replace(script, template=script.template.model_copy(update={"folder": tmp_path}))
    shown = _said(poster.pages(_with(own, area="云岩区中华北路"))[0][1])
    assert sum(run.words == "云岩区中华北路" for run in shown) == 1
    assert not any(run.words == "云岩区中华北路" for run in _said(poster.pages(own)[0][1]))


def test_landscape_pairs_are_stacked_and_portrait_pairs_stand_side_by_side() -> None:
    """A pair is arranged so that most of it shows."""
    wide, tall = Print("a", 1600, 900), Print("b", 900, 1600)
    assert page.stacked((wide, wide), 1080, 760)
    assert not page.stacked((tall, tall), 1080, 760)


def test_both_photos_of_a_pair_show_the_same_region(script: Script) -> None:
    """Two photos that matter at one point are cut alike, each about it."""
    pair = script.brief.pairs[0]
    prints = {photo: replace(shown, focus=(0.9, 0.5)) for photo, shown in script.prints.items()}
    before, after = page.paired(pair, prints, (Box(0, 0, 100, 200), Box(100, 0, 100, 200)))
    assert before.picture.crop == after.picture.crop
    assert before.picture.crop[2] == 1.0


def _grey(_: Picture, width: int, height: int) -> Bytes:
    return np.tile(np.arange(width, dtype=np.uint8)[None, :, None], (height, 1, 3))


def test_a_page_is_painted_the_same_every_time(script: Script) -> None:
    """Photos only inside their outline, the SVG over them, the same bytes and the same key every time."""
    svg = page.sheet((80, 40), ('<rect x="60" width="20" height="40" fill="#ff0000"/>',))
    half = page.Shown(Picture("a", (0.0, 0.0, 1.0, 1.0)), Box(0, 0, 40, 40), ((0, 0), (20, 0), (20, 40), (0, 40)))
    made = page.Page((80, 40), "#ffffff", (half,), svg)
    drawn = still.draw(made, _grey)
    assert drawn[20, 10].tolist() == [10, 10, 10]
    assert drawn[20, 30].tolist() == [255, 255, 255]
    assert drawn[20, 70].tolist() == [255, 0, 0]
    assert still.png(made, _grey) == still.png(made, _grey)
    assert still.jpeg(made, _grey) == still.jpeg(made, _grey)
    assert still.key(made, "e") == still.key(made, "e") != still.key(made, "f")


def _shown(script: Script, person: tuple[float, float, float, float] | None, **values: object) -> Script:
    """The same brief with a photo of the person, who can be cut out if a box is given."""
    photo = Photo(name="p.png", path=script.brief.pairs[0].before.path, place=Place("x"))
    prints = {**script.prints, photo: Print("p", 900, 1200, person=person)}
    made = replace(script, developed=replace(script.developed, prints=prints))
    return _with(made, people=(PERSON.model_copy(update={"photo": photo}),), **values)


@pytest.mark.parametrize("person", [(0.05, 0.03, 0.93, 1.0), (0.0, 0.1, 1.0, 1.0), (0.3, 0.05, 0.6, 1.0)], ids=str)
@pytest.mark.parametrize("kept", list(itertools.product((False, True), repeat=2)), ids=str)
def test_a_person_cut_out_stands_on_the_lower_edge(
    script: Script, person: tuple[float, float, float, float], kept: tuple[bool, bool]
) -> None:
    """She stands right of the words, as large as there is room, in her own proportions, and covers no word."""
    points = ("自带工具", "先泡后刷", "做完请您看") if kept[1] else ()
    first, second = _second(script)
    pairs = first, second.model_copy(update={"spot": "油烟机"})
    values: dict[str, object] = {"prices": (PRICE,) if kept[0] else (), "points": points, "pairs": pairs}
    for name, printed in poster.pages(_shown(script, person, **values)):
        sheet = _drawn(printed)
        own = sheet.photos[-1]
        assert own.cutout == (name != "poster-1x1")
        if not own.cutout:
            continue
        assert own.box.y + own.box.height == sheet.size[1]
        assert own.box.x + own.box.width <= 1080
        wide = (person[2] - person[0]) * 900 / ((person[3] - person[1]) * 1200)
        assert own.box.width / own.box.height == pytest.approx(wide, abs=0.025)
        assert all(run.right <= own.box.x or run.bottom <= own.box.y for run in _said(sheet)), name
        _sound(sheet, 60)


def test_a_person_who_has_no_room_to_stand_is_framed(script: Script) -> None:
    """With the longest words the photo becomes a card in the foot, and everything still fits."""
    values = {key: value for key, value in LONG.items() if key != "people"}
    for _, printed in poster.pages(_shown(script, (0.05, 0.03, 0.93, 1.0), **values)):
        sheet = _drawn(printed)
        own = sheet.photos[-1]
        assert own.outline
        assert not own.cutout
        assert own.box.x + own.box.width == 1080 - 60
        _sound(sheet, 60)


def test_a_person_photo_is_framed_and_inside(script: Script) -> None:
    """The person's photo, not cut out, stands in the lower right corner, inside the margin, and no word runs over it."""
    for _, printed in poster.pages(_shown(script, None, prices=(PRICE,))):
        sheet = _drawn(printed)
        face = sheet.photos[-1].box
        assert face.x + face.width == 1080 - 60
        assert all(run.right <= face.x or run.bottom <= face.y for run in _said(sheet))


def test_colours_that_cannot_be_read_are_not_used() -> None:
    """White on a dark ground, ink on a light one, the wanted colour where it reads."""
    assert contrast.readable("#0B7A75", "#FFF9EE") == "#FFF9EE"
    assert contrast.readable("#FFC94A", "#FFF9EE") == "#000000"
    assert contrast.readable("#C2542D", "#FFF6E6") == "#FFF6E6"
    assert contrast.contrast("#ffffff", "#000000") == pytest.approx(21)


def test_pages_of_the_same_photos_are_drawn_after_each_other() -> None:
    """The largest page first, then what shows its photos too; what shows none comes when its size says."""

    def shown(size: int, *photos: str) -> Page:
        each = tuple(page.Shown(Picture(name, (0, 0, 1, 1)), Box(0, 0, 2, 2)) for name in photos)
        return page.Page((size, size), "#ffffff", each, "")

    pages = {
        "words": shown(60),
        "small": shown(20, "a"),
        "other": shown(80, "c", "d"),
        "after": shown(40, "b"),
        "both": shown(100, "a", "b"),
    }
    assert make._dearest(pages) == ["both", "after", "small", "other", "words"]
