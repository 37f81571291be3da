"""Posters, covers and codes of every template in every brand: words inside, apart and readable; codes only where a platform allows them."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
import segno
from PIL import Image
from test_page import _apart, _drawn, _said, _sound

from vidkit import cover, kit, poster
from vidkit.brief import Brief, Pair, Person, Photo, Price, Qr, Review, Section
from vidkit.develop import Developed
from vidkit.kits import platform
from vidkit.labels import imprint
from vidkit.pages import headline, page, pairs, pdf, pictures, qr, still
from vidkit.pages.drawings import Ask
from vidkit.pages.words import above, foot
from vidkit.photos import metadata
from vidkit.photos.prints import FREE, Print, face
from vidkit.plan import Script
from vidkit.problems import Place, Refusal
from vidkit.serials import wall
from vidkit.storyboard import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.colour import Bytes
    from vidkit.pages.page import Page
    from vidkit.storyboard import Picture

BRANDS = ("linli", "tongxing", "xiujie")
TEMPLATES = ("before-after", "case", "expert", "price-list", "recruit", "review", "sisters", "steps", "story")
SHELF = kit.shelf()
PLATFORMS = platform.all_platforms()
ROOMY = {"price-list", "review", "recruit"}
"""Their longest words leave a poster of some size no room."""
CODE = "https://example.com/linli?from=poster"
SIZES = {"portrait": (1080, 1440), "landscape": (1440, 1080)}


def _photo(name: str) -> Photo:
    return Photo(name=name, path=Path(f"/photos/{name}.jpg"), place=Place("x", 1, 1))


def _pairs(count: int, *, long: bool) -> tuple[Pair, ...]:
    spot, note = (
        ("油烟机的滤网槽", "滤网拆下来泡热水，再用小刷一条一条刷干净，最后冲一遍晾干再装") if long else ("灶台", "")
    )
    return tuple(Pair(spot=spot, before=_photo(f"b{i}"), after=_photo(f"a{i}"), note=note) for i in range(count))


def _people(count: int, *, long: bool) -> tuple[Person, ...]:
    if not long:
        return tuple(Person(name="兰", photo=_photo(f"p{i}")) for i in range(count))
    said: dict[str, Any] = {
        "craft": "高级养老护理员师傅",
        "years": 28,
        "home": "黔南布依族苗族自治州"[:10],
        "taught_by": "欧阳秀兰阿姨和徒弟",
    }
    quote = "我不会讲大道理，我做一遍给你看，你再做三遍给我看，做不好我们就一起再来一遍，慢慢就会了"
    return tuple(Person(name=f"欧阳秀兰阿姨和徒{i}", photo=_photo(f"p{i}"), quote=quote, **said) for i in range(count))


def _prices(count: int, *, long: bool) -> tuple[Price, ...]:
    if not long:
        return tuple(Price(item="保洁", amount="45", unit="次", conditions="2小时起") for _ in range(count))
    conditions = "一百二十平方米以内的三室两厅，含厨房卫生间玻璃和三台家电，不含高空外墙"
    amount, unit = ("12800.5", "平方米每次") if count == 1 else ("1280", "平方米")
    made = Price(item="全屋深度保洁加家电清洗", amount=amount, unit=unit, conditions=conditions, starting=True)
    return (made,) * count


def _fields(template: str, *, long: bool) -> dict[str, Any]:
    """What a template takes, as long or as short as a brief may say it."""
    most = SHELF_TAKES[template]
    sentence = "周一到周五上午九点到十一点半，到中华北路社区服务站一楼坐坐，问一问" if long else "来坐坐"
    words: dict[str, Any] = {
        "title": "老房子厨房卫生间全屋深度保洁吧" if long else "变样",
        "keyword": "卫生间" if long else "",
        "service": "全屋开荒深度保洁加家电清洗" if long else "保洁",
    }
    optional: dict[str, Any] = {
        "area": "贵州省贵阳市云岩区中华北路附近",
        "points": ("自带全部工具和清洁剂上门服务", "先高后低一处一处擦灰不落地", "干完请您逐项看满意再付钱啊"),
        "series": "家政服务达人说手艺", "episode": 108, "closing": sentence, "group": _photo("group"), "day": "11月3日 周二",
        "photos": (_photo("w0"),),
    }  # fmt: skip
    words |= optional if long else {}

    def many(field: str, usual: int) -> int:
        least, top = most.get(field, (0, 0))
        return (top or usual) if long else least

    words["pairs"] = _pairs(many("pairs", 6), long=long) if "pairs" in most else ()
    words["people"] = _people(many("people", 4), long=long) if "people" in most else ()
    words["prices"] = _prices(many("prices", 6), long=long) if "prices" in most else ()
    if "sections" in most:
        title = "卫生间的瓷砖缝和门" if long else "擦"
        words["sections"] = tuple(
            Section(
                title=title,
                time="06:30" if long and template == "story" else "",
                lines=(sentence,),
                photos=(_photo(f"s{i}"),),
            )
            for i in range(many("sections", 9))
        )
    if template == "review":
        text = "阿姨提前五分钟到的，进门先穿鞋套，窗槽也一条条刷了。" * 11 if long else "很好"
        words["review"] = Review(
            text=text,
            platform="大众点评网友版" if long else "美团",
            date="2026-11-03",
            stars=5 if long else None,
            name="欧**" if long else "",
        )
        words["photos"] = (_photo("w0"),) if long else ()
    for field in ("problem", "result", "advice", "training", "join"):
        if field in most:
            words[field] = sentence
    if template == "price-list":
        words["valid_until"] = "2026-12-31"
    if template == "recruit":
        words["jobs"] = ("养老护理员和住家保姆们",) * 4 if long else ("保洁",)
    return words


SHELF_TAKES = {
    name: {field: (take.least, take.most) for field, take in kit.template(name, SHELF).takes.items()}
    for name in TEMPLATES
}


def _made(
    template: str, brand: str, *, long: bool, shape: str = "portrait", person: bool = False, **more: Any
) -> Script:
    """A script whose photos are known by size only."""
    brief = Brief(file=Path("/briefs/x.yaml"), template=template, brand=brand, **(_fields(template, long=long) | more))
    photos = (*(photo for two in brief.comparisons for photo in (two.before, two.after)), *brief.singles)
    size = SIZES[shape]
    head = ((0.3, 0.12, 0.68, 0.5),)
    prints = {
        photo: Print(f"{i:064x}", *size, focus=(0.5, 0.4), heads=head if photo.name.startswith("p") else (),
                     person=(0.1, 0.08, 0.9, 1.0) if person and photo.name.startswith("p") else None)
        for i, photo in enumerate(photos)
    }  # fmt: skip
    return Script(
        brief, kit.template(template, SHELF), kit.brand(brand, SHELF), SHELF, Developed(prints, {}, (), (), ())
    )


@cache
def _usual(template: str, brand: str) -> frozenset[str]:
    """The names of the posters that short words have room on."""
    return frozenset(name for name, _ in poster.pages(_made(template, brand, long=False)))


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_posters_hold_their_words(template: str, brand: str, *, long: bool) -> None:
    """The longest and the shortest words of every template in every brand stand inside the margins and never over each other."""
    shape = "landscape" if brand == "xiujie" else "portrait"
    for code in (None, Qr(text=CODE)):
        script = _made(template, brand, long=long, shape=shape, person=brand == "tongxing", qr=code)
        wanted = (*poster.pages(script), *poster.reachable(script, platform.load("moments")))
        missing = _usual(template, brand) - {name for name, _ in wanted}
        assert missing <= ({"poster-3x4", "poster-1x1", "poster-a4"} if long and template in ROOMY else set())
        assert len(wanted) >= (6 if code else 4) - len(missing) * 2
        for name, sheet in wanted:
            try:
                _sound(sheet, 60)
            except AssertionError as fault:
                raise AssertionError(f"{name}: {fault}") from fault


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_covers_hold_their_words(template: str, brand: str, *, long: bool) -> None:
    """On every platform: nothing cut off, nothing over each other; on 美团 no words at all; no photo outside the page."""
    script = _made(template, brand, long=long, person=brand == "tongxing")
    for where in PLATFORMS:
        for name, sheet in cover.pages(script, where):
            said = _said(sheet)
            assert all(run.whole for run in said), (where.id, name, said)
            assert all(_apart(*both) for both in itertools.combinations(said, 2)), (where.id, name, said)
            assert bool(said) == (where.id != "meituan")
            for shown in sheet.photos:
                assert 0 <= shown.box.x <= shown.box.x + shown.box.width <= sheet.size[0]
                assert 0 <= shown.box.y <= shown.box.y + shown.box.height <= sheet.size[1]


def test_reviews_are_shown_word_for_word() -> None:
    """Everything the customer wrote stands on every poster, marks included."""
    for long in (False, True):
        script = _made("review", "linli", long=long)
        assert script.brief.review
        for name, sheet in poster.pages(script):
            assert script.brief.review.text in "".join(run.words for run in _said(_drawn(sheet))), name


def test_a_quoted_line_on_paper_ends_where_its_clause_does() -> None:
    """Letters on a sheet of A4 are large enough to be no larger than the clauses allow."""
    text = "阿姨提前五分钟到的，进门先穿鞋套。厨房的油擦得很细，窗槽也一条条刷了，我自己都没想到那里有那么多灰。走之前还带我看了一遍，问我哪里不满意。"
    said = Review(text=text, platform="美团", date="2026-11-03", stars=5, name="张女士")
    words: dict[str, Any] = {"title": "窗槽都给刷干净了", "keyword": "窗槽", "area": "贵阳观山湖"}
    script = _made("review", "xiujie", long=False, review=said, photos=(_photo("w0"),), **words)
    runs = [run.words for run in _said(_drawn(dict(poster.pages(script))["poster-a4"]))]
    lines = [one for one in runs if one in text and len(one) > len("深度保洁")]
    assert "".join(lines).endswith(text)
    assert all(one[-1] in "，。" for one in lines if one not in words["title"]), lines


def test_price_lists_say_their_conditions_large_enough() -> None:
    """Every price stands with its conditions in letters at least half as large, and until when it holds."""
    for count in range(3, 7):
        script = _made("price-list", "linli", long=False, prices=_prices(count, long=False))
        for _, sheet in poster.pages(script):
            said = _said(sheet)
            amounts = [run.size for run in said if run.words == "45"]
            assert len(amounts) == count
            assert min(run.size for run in said if run.words == "2小时起") >= amounts[0] / 2
            assert "2026年12月31日" in {run.words for run in said}


def test_those_who_do_not_sell_shout_no_price() -> None:
    """The social-work station's price is a sentence in the letters of its conditions."""
    script = _made("before-after", "tongxing", long=False, prices=_prices(1, long=False))
    for _, sheet in poster.pages(script):
        said = _said(_drawn(sheet))
        assert max(run.size for run in said if "45" in run.words) <= 80


def test_series_covers_keep_their_frame() -> None:
    """Whatever the words are, the badge and the plate of a series' covers stand at the same spot."""
    short, long = (_made("expert", "linli", long=long, series="家政服务达人", episode=3) for long in (False, True))
    for one, other in zip(
        cover.pages(short, platform.load("douyin")), cover.pages(long, platform.load("douyin")), strict=True
    ):
        spots = [
            next((run.left, run.top) for run in _said(sheet) if run.words == "第3期") for sheet in (one[1], other[1])
        ]
        assert spots[0] == spots[1]
        assert one[1].photos[0].box == other[1].photos[0].box


@pytest.mark.parametrize(("template", "long"), [("case", False), ("review", True)])
def test_posters_say_the_series_once(template: str, long: bool) -> None:  # noqa: FBT001
    """Above the title whatever the service, alone where the title gives way to a customer's words."""
    for _, sheet in poster.pages(_made(template, "linli", long=long, series="家政服务达人", episode=7)):
        said = "".join(run.words for run in _said(_drawn(sheet))).replace(" ", "")
        assert said.count("家政服务达人第7期") == 1


def test_faces_stay_in_what_a_profile_shows() -> None:
    """On a cover of 9:16 the pictures of people begin where the grid of a profile begins (y 240)."""
    for template in ("expert", "sisters", "recruit"):
        for person in (False, True):
            script = _made(template, "linli", long=False, person=person)
            for _, sheet in cover.pages(script, platform.load("kuaishou")):
                assert min(shown.box.y for shown in sheet.photos) >= 240


@pytest.mark.parametrize("template", ["story", "expert"])
@pytest.mark.parametrize(
    ("size", "head"),
    [
        ((900, 900), (0.0, 0.0, 1.0, 1.0)),
        ((1080, 1440), (0.1, 0.25, 0.9, 0.95)),
        ((1024, 620), (0.28, 0.0, 0.59, 0.64)),
    ],
    ids=["close", "low", "wide"],
)
@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
def test_no_name_lies_on_a_face(
    template: str, size: tuple[int, int], head: tuple[float, float, float, float], *, long: bool
) -> None:
    """However close the portrait is: her name stands below her face or beside it on every poster, and the face is in the picture."""
    script = _made(template, "linli", long=long)
    portraits = {one.photo for one in script.brief.people}
    prints = {
        photo: Print(one.sha256, *size, heads=(head,)) if photo in portraits else one
        for photo, one in script.prints.items()
    }
    script = replace(script, developed=replace(script.developed, prints=prints))
    desk = page.desk(script)
    for box in (Box(0, 0, 1080, 400), Box(0, 0, 1080, 730), Box(0, 500, 1080, 900)):
        laid = pictures.laid("person", pictures.View(desk, script, box, 60))
        (shown,) = laid.photos
        (plate,) = laid.over
        left, top, wide, high = (
            float(found[1])
            for name in ("x", "y", "width", "height")
            if (found := re.search(rf' {name}="([\d.]+)"', plate))
        )
        seen = face(
            next(p for p in prints.values() if p.sha256 == shown.picture.sha256), shown.picture.crop, shown.box.edges
        )
        assert seen
        assert seen.free(shown.box.edges, ((left, top, left + wide, top + high),)) >= FREE
        assert box.y <= shown.box.y < shown.box.y + shown.box.height <= box.y + box.height
        assert box.x <= shown.box.x < shown.box.x + shown.box.width <= box.x + box.width
        assert left + wide <= box.width - 60


@pytest.mark.parametrize("home", ["毕节", "黔东南苗族侗族自治州"])
def test_a_name_plate_hides_little_of_her(home: str) -> None:
    """A long home takes a line of its own beside a person who is cut out: of her left half at least half is seen right of the plate."""
    her = Person(name="秀兰阿姨", craft="收纳整理师", years=8, home=home, photo=_photo("p0"))
    script = _made("expert", "xiujie", long=False, people=(her,), person=True)
    for box in (Box(0, 0, 1080, 440), Box(0, 0, 1080, 770), Box(0, 500, 1080, 1000)):
        laid = pictures.laid("person", pictures.View(page.desk(script), script, box, 60))
        (shown,) = laid.photos
        (plate,) = laid.over
        found = re.search(r'<svg x="60" y="[0-9.]+" [^>]*?width="([0-9.]+)"', plate)
        assert found
        assert 60 + float(found[1]) <= shown.box.x + shown.box.width / 2
        assert home in plate


def test_a_craft_is_not_torn_beside_a_standing_person() -> None:
    """收纳整理师 · 8年 stands in one line, above the brand where there is no room beside it."""
    for craft in ("收纳整理师", "空调油烟机清洗师"):
        her = Person(name="秀兰阿姨", craft=craft, years=8, photo=_photo("p0"))
        script = _made("before-after", "linli", long=False, people=(her,), prices=_prices(1, long=False), person=True)
        for name, sheet in poster.pages(script):
            assert f"{craft} · 8年" in {run.words for run in _said(sheet)}, name
            _sound(sheet, 60)


def test_a_brands_name_is_not_torn_beside_a_person() -> None:
    """粉粉母婴护理 and its legal name stand in one line each, the person above them where they have no room beside each other."""
    her = Person(name="欧阳秀英大姐", craft="养老护理员", years=20, photo=_photo("p0"))
    script = _made("before-after", "linli", long=False, people=(her,), prices=_prices(1, long=False), person=True)
    said = {"full_name": "粉粉母婴护理", "legal_name": "贵阳粉粉母婴护理有限公司"}
    desk = page.desk(replace(script, brand=script.brand.model_copy(update=said)))
    drawn = foot(Ask(desk, script, 620, 1.0, aside=340))
    assert drawn
    sheet = page.Page((drawn.width, drawn.height), "#ffffff", (), drawn.svg)
    assert {*said.values(), "养老护理员 · 20年"} <= {run.words for run in _said(sheet)}


def test_no_words_give_way_to_a_standing_person_where_a_little_of_the_picture_does() -> None:
    """Her price stands closer first, then the picture is a little smaller."""
    her = Person(name="欧阳秀英大姐", craft="养老护理员", years=20, photo=_photo("p0"))
    terms = "每周两次，每次3小时，材料另算，节假日不上门，提前一天约"
    price = Price(item="清洗", amount="12800", unit="年", conditions=terms)
    points = ("先报价", "自带毛巾和三种清洁剂", "走前一起看")
    script = _made(
        "before-after", "linli", long=False, people=(her,), prices=(price,), points=points, person=True,
        title="沙发底下扫出三簸箕灰", service="深度保洁", area="贵阳花溪",
    )  # fmt: skip
    desk = page.desk(script)
    column = poster._beside(poster.Order(desk, desk.pages.posters["poster-9x16"], script))
    assert column
    assert not column.spared
    reasons = column.find("poster-reasons")
    assert reasons
    assert all(words in reasons.drawing.svg for words in points)


def test_a_face_is_known_in_a_small_portrait() -> None:
    """The card in a poster's foot shows a head and little more, however far away she was photographed, and cuts none of it."""
    her = Person(name="秀兰阿姨", craft="保洁师", photo=_photo("p0"))
    script = _made("review", "linli", long=False, people=(her,), photos=(_photo("w0"),))
    head = (0.42, 0.3, 0.54, 0.42)
    prints = {photo: replace(one, heads=(head,)) if photo == her.photo else one for photo, one in script.prints.items()}
    script = replace(script, developed=replace(script.developed, prints=prints))
    for name, sheet in poster.pages(script):
        (left, top, right, bottom), high = sheet.photos[-1].picture.crop, head[3] - head[1]
        assert sheet.photos[-1].outline, name
        assert bottom - top <= 2 * high, name
        assert left <= head[0] < head[2] <= right, name
        assert top <= head[1] < head[3] <= bottom, name


# Codes


def _grey(_: Picture, width: int, height: int) -> Bytes:
    return np.full((height, width, 3), 170, np.uint8)


@pytest.mark.parametrize("brand", BRANDS)
def test_codes_can_be_read_in_the_finished_files(brand: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenCV's detector reads the code in the PNG and in the JPEG, at full size and as a phone shows it."""
    script = _made("before-after", brand, long=False, qr=Qr(text=CODE))
    monkeypatch.setattr(still, "draw", cache(still.draw))
    for name, sheet in (*poster.reachable(script, platform.load("moments")), poster.pages(script)[-1]):
        for made in (still.png(sheet, _grey), still.jpeg(sheet, _grey)):
            pixels = np.asarray(Image.open(io.BytesIO(made)).convert("L"))
            small = cv2.resize(
                pixels, (1080, round(1080 * pixels.shape[0] / pixels.shape[1])), interpolation=cv2.INTER_AREA
            )
            assert cv2.QRCodeDetector().detectAndDecode(small)[0] == CODE, name


def test_codes_only_where_a_platform_allows_them() -> None:
    """朋友圈 and 公众号 get posters with the code, the others none; the posters for everybody have none, the one for paper has it."""
    script = _made("case", "linli", long=True, qr=Qr(text=CODE))
    allowed = {where.id for where in PLATFORMS if poster.reachable(script, where)}
    assert allowed == {where.id for where in PLATFORMS if where.allows_qr} == {"moments", "official-account"}
    path = qr.drawn(CODE, 240).path
    assert {name for name, sheet in poster.pages(script) if path in sheet.svg} == {"poster-a4"}
    stills = (sheet for where in PLATFORMS for _, sheet in cover.pages(script, where))
    assert not any(path in sheet.svg for sheet in (*stills, *(made for _, made in pairs.pages(script))))


@pytest.mark.parametrize("template", ["before-after", "case", "price-list", "recruit", "sisters"])
@pytest.mark.parametrize("code", [None, Qr(text=CODE)], ids=["alone", "with-code"])
def test_the_telephone_only_where_a_platform_allows_contact(template: str, code: Qr | None) -> None:
    """The poster for paper says it, those of 朋友圈 and 公众号 too, beside the code or without one; nothing else does."""
    phone = "0851-00000000"
    script = _made(template, "linli", long=False, qr=code, phone=phone)
    allowed = {where.id for where in PLATFORMS if any(phone in made.svg for _, made in poster.reachable(script, where))}
    assert allowed == {where.id for where in PLATFORMS if where.allows_contact} == {"moments", "official-account"}
    assert {name for name, sheet in poster.pages(script) if phone in sheet.svg} == {"poster-a4"}
    stills = (sheet for where in PLATFORMS for _, sheet in cover.pages(script, where))
    assert not any(phone in sheet.svg for sheet in (*stills, *(made for _, made in pairs.pages(script))))


def test_a_code_is_read_from_its_picture(tmp_path: Path) -> None:
    """A picture of a code is read and drawn anew; one without a code is refused with its place."""
    photo = replace_path("code.png", tmp_path)
    segno.make(CODE, micro=False).save(str(photo.path), scale=9, border=1)
    assert qr.text(_made("before-after", "linli", long=False, qr=Qr(picture=photo))) == CODE
    empty = replace_path("none.png", tmp_path)
    Image.new("RGB", (300, 300), "white").save(empty.path)
    with pytest.raises(Refusal) as refused:
        qr.text(_made("before-after", "linli", long=False, qr=Qr(picture=empty)))
    assert (refused.value.problems[0].code, refused.value.problems[0].place) == ("VK-G102", empty.place)
    with pytest.raises(Refusal) as refused:
        qr.drawn("字" * 2000, 240)
    assert refused.value.problems[0].code == "VK-G103"


def replace_path(name: str, folder: Path) -> Photo:
    """A photo of a folder."""
    return Photo(name=name, path=folder / name, place=Place("x.yaml", 3, 2))


def test_codes_have_their_size_and_quiet_zone() -> None:
    """At least 240 px without the four white modules on every side."""
    for words in ("a", CODE, "字" * 90):
        drawn = qr.drawn(words, 240)
        starts = [int(x) for x in re.findall(r"M(\d+) ", drawn.path)]
        module = min(starts) // qr.QUIET
        assert min(starts) == module * qr.QUIET
        assert drawn.side - 2 * module * qr.QUIET >= 240


# Paper


def test_the_page_for_paper_is_one_sheet_of_a4() -> None:
    """2480x3508 px at 300 dots an inch as PNG; a PDF of one page, 210x297 mm, the same bytes twice, no dates."""
    sheet = poster.pages(_made("before-after", "linli", long=False))[-1][1]
    made = Image.open(io.BytesIO(still.png(sheet, _grey)))
    assert made.size == (2480, 3508)
    assert [round(side) for side in made.info["dpi"]] == [300, 300]
    content = still.packed(still.draw(sheet, _grey), ".pdf", sheet)
    assert content == still.packed(still.draw(sheet, _grey), ".pdf", sheet)
    assert content.count(b"/Type /Page ") == 1
    assert b"/Count 1" in content
    assert b"Date" not in content.replace(b"DateTime", b"")[:400]
    box = [float(side) for side in re.search(rb"/MediaBox \[(.*?)\]", content)[1].split()]  # type: ignore[index]
    assert [round(side * 25.4 / 72) for side in box] == [0, 0, 210, 297]
    start = int(content.rpartition(b"startxref\n")[2].split()[0])
    assert content[start : start + 4] == b"xref"
    for at in re.findall(rb"(\d{10}) 00000 n", content[start:]):
        assert re.match(rb"\d+ 0 obj", content[int(at) : int(at) + 10])
    picture = content[content.index(b"\xff\xd8") : content.rindex(b"\xff\xd9") + 2]
    assert Image.open(io.BytesIO(picture)).size == (2480, 3508)
    assert b"/Info 6 0 R" in pdf.page(b"", (1, 1), label="{}")


# Pairs


@pytest.mark.parametrize("count", range(1, 7))
@pytest.mark.parametrize("brand", BRANDS)
def test_pairs_are_finished_pictures(brand: str, count: int) -> None:
    """Four pictures a pair, three, six or nine squares; words inside and apart; none on the plain ones."""
    for long, shape in ((False, "landscape"), (True, "portrait")):
        made = dict(
            pairs.pages(
                _made(
                    "before-after",
                    brand,
                    long=long,
                    shape=shape,
                    pairs=_pairs(count, long=long),
                    prices=_prices(1, long=long),
                )
            )
        )
        squares = [sheet for name, sheet in made.items() if name.startswith("grid")]
        assert len(squares) == {1: 3, 2: 6}.get(count, 9)
        assert all(sheet.size == (1080, 1080) for sheet in squares)
        assert len(made) == 4 * count + len(squares)
        assert made["pair-1-square"].size == (1080, 1080)
        assert made["pair-1-stack"].size[0] == 1080
        for name, sheet in made.items():
            assert bool(_said(sheet)) != name.endswith("-plain")
            _sound(sheet, 36)


def test_every_pair_is_shown_among_the_squares() -> None:
    """Title first, then before and after; every pair once; the last words close."""
    for count in range(1, 8):
        tiles = pairs.tiles(count)
        assert len(tiles) == {1: 3, 2: 6}.get(count, 9)
        assert tiles[0].kind == "title"
        assert tiles[1:3] == (pairs.Tile("before", 0), pairs.Tile("after", 0)) or count > 6
        kinds = ("before", "after", "both")
        before, after, both = ([tile.pair for tile in tiles if tile.kind == kind] for kind in kinds)
        assert before == after
        assert sorted((*after, *both)) == list(range(count))
        assert [tile.kind for tile in tiles].count("close") == (count > 1)
        assert all(tiles[tiles.index(pairs.Tile("before", one)) + 1] == pairs.Tile("after", one) for one in before)


@pytest.mark.parametrize("count", [7, 8, 9])
def test_many_steps_with_a_pair_each_are_nine_squares(count: int) -> None:
    """A title, as many pairs as have room, the last words."""
    steps = tuple(
        Section(title=f"第{i}步", lines=("擦一遍",), pair=one) for i, one in enumerate(_pairs(count, long=False))
    )
    made = dict(pairs.pages(_made("steps", "linli", long=False, shape="landscape", sections=steps, pairs=())))
    squares = [sheet for name, sheet in made.items() if name.startswith("grid")]
    assert [len(sheet.photos) for sheet in squares] == [0, *[2] * 7, 0]
    assert len(made) == 4 * count + 9
    assert pairs.tiles(count) == pairs.tiles(7)


@pytest.mark.parametrize(
    "notes",
    [
        ("先把沙发上的衣服收走，再从里往外扫", "地毯边压着的灰，用小吸头慢慢吸", "桌面擦两遍，一遍湿一遍干"),
        ("", "地毯边压着的灰，用小吸头慢慢吸", ""),
        ("先把沙发上的衣服收走叠好放进柜子里，茶几上的瓶子挪开，再从里往外扫",) * 3,
    ],
)
@pytest.mark.parametrize("service", ["保洁", "全屋开荒深度保洁加家电清洗"])
def test_the_square_of_reasons_tells_of_every_place(notes: tuple[str, ...], service: str) -> None:
    """Each of three pairs with its note, as large as the square has room, in lines of its own."""
    spots = ("客厅", "餐桌边", "油烟机的滤网槽")
    three = tuple(
        pair.model_copy(update={"spot": spot, "note": note})
        for pair, spot, note in zip(_pairs(3, long=False), spots, notes, strict=True)
    )
    for brand in BRANDS:
        sheet = dict(pairs.pages(_made("before-after", brand, long=False, pairs=three, service=service)))["grid-4"]
        _sound(sheet, 80)
        said = "".join(run.words for run in _said(sheet))
        assert said.replace("，", "") == (service + "".join(map("".join, zip(spots, notes, strict=True)))).replace(
            "，", ""
        )


def test_a_brief_without_pairs_has_none() -> None:
    """No pair, no pictures of pairs."""
    assert pairs.pages(_made("story", "linli", long=True)) == ()


# The wall


@pytest.mark.parametrize("brand", BRANDS)
def test_the_wall_of_a_series(brand: str, tmp_path: Path) -> None:
    """Covers in rows of three, files or pictures, the same bytes again."""
    Image.new("RGB", (1080, 1920), (200, 30, 40)).save(tmp_path / "one.jpg")
    covers: list[wall.Cover] = [tmp_path / "one.jpg", *[np.full((1440, 1080, 3), 90, np.uint8)] * 4]
    made = wall.wall(covers, kit.brand(brand, SHELF), SHELF, "家政服务达人", "一共 8 期")
    picture = Image.open(io.BytesIO(made))
    assert picture.size[0] == 1080
    assert picture.size[1] > picture.size[0]
    sheet = wall.sheet(5, kit.brand(brand, SHELF), SHELF, "家政服务达人", "一共 8 期")
    assert len(sheet.photos) == 5
    assert (sheet.photos[0].box.x, sheet.size[0] - sheet.photos[2].box.x - sheet.photos[2].box.width) == (60, 60)
    _sound(sheet, 60)
    if brand == BRANDS[0]:
        assert made == wall.wall(covers, kit.brand(brand, SHELF), SHELF, "家政服务达人", "一共 8 期")


def test_a_wall_carries_the_strongest_label_of_its_covers(tmp_path: Path) -> None:
    """A cover that AI made leaves no wall without saying so in its file."""
    covers: list[wall.Cover] = []
    for level in "321":
        covers.append(file := tmp_path / f"{level}.jpg")
        label = metadata.normal(f'{{"Label":"{level}"}}')
        Image.new("RGB", (300, 400), (200, 30, 40)).save(file, xmp=metadata.xmp(label))
    made = tmp_path / "wall.png"
    made.write_bytes(wall.wall(covers, kit.brand("linli", SHELF), SHELF, "家政服务达人"))
    assert imprint.labels(made) == (metadata.normal('{"Label":"1"}'),)


def test_data_over_data() -> None:
    """Maps are joined key by key; anything else from above takes the place of what is below."""
    assert page.over({"a": {"b": 1, "c": [1]}}, {"a": {"c": [2]}, "d": 3}) == {"a": {"b": 1, "c": [2]}, "d": 3}


def _resized(sheets: tuple[tuple[str, Page], ...]) -> Iterator[Page]:
    for _, sheet in sheets:
        yield page.resized(sheet, (sheet.size[0] * 2, sheet.size[1] * 2))


def test_a_page_in_another_size() -> None:
    """Boxes and drawing grow alike."""
    sheets = poster.pages(_made("before-after", "linli", long=False))
    for (_, sheet), large in zip(sheets, _resized(sheets), strict=True):
        assert replace(large, size=sheet.size, photos=(), svg="") == replace(sheet, photos=(), svg="")
        assert f'width="{2 * sheet.size[0]}"' in large.svg[:120]
        assert large.photos[0].box.width == 2 * sheet.photos[0].box.width


@pytest.mark.parametrize(("platforms", "named"), [(("douyin", "meituan"), False), (("meituan",), True), ((), True)])
def test_posters_name_a_platform_where_all_may(platforms: tuple[str, ...], *, named: bool) -> None:
    """A review's platform stands on paper always, on posters only where every platform of the brief allows its name."""
    sheets = dict(poster.pages(_made("review", "linli", long=False, platforms=platforms)))
    said = {name: "".join(run.words for run in _said(sheet)) for name, sheet in sheets.items()}
    assert "美团" in said.pop("poster-a4")
    assert all(("美团" in words) is named and ("客户评价" in words) is not named for words in said.values())


def test_covers_name_no_other_platform() -> None:
    """A review's cover names its platform only where that is allowed."""
    script = _made("review", "linli", long=False, photos=(_photo("w0"),))
    for where in PLATFORMS:
        for _, sheet in cover.pages(script, where):
            assert "美团" not in "".join(run.words for run in _said(sheet)) or where.sayable("美团")


@pytest.mark.parametrize(("text", "named"), [("沙发缝里的渣都吸了。", True), ("谢谢！就是来晚了十分钟。", False)])
def test_words_over_a_customers_name_are_hers(text: str, *, named: bool) -> None:
    """Where a cover of a review says the title, no name stands below it."""
    said = Review(text=text, platform="美团", date="2026-11-03", name="张女士")
    told: dict[str, Any] = {"title": "沙发缝都给吸干净了", "keyword": "", "hook": "", "review": said}
    script = _made("review", "linli", long=False, photos=(_photo("w0"),), **told)
    for _, sheet in cover.pages(script, platform.load("douyin")):
        words = "".join(run.words for run in _said(sheet))
        assert ("张女士" in words) is named
        assert ("吸干净了" in words) is not named


def test_a_title_does_not_stand_above_itself() -> None:
    """A service that is the title stands once; the place stays above it."""
    script = _made(
        "before-after", "linli", long=False, title="日常保洁", service="日常保洁", area="贵阳云岩", points=()
    )
    for name, sheet in poster.pages(script):
        said = [run.words for run in _said(_drawn(sheet))]
        assert sum("日常保洁" in words for words in said) == 1, name
        assert any("贵阳云岩" in words for words in said), name


@pytest.mark.parametrize(
    ("series", "lines"),
    [
        ("好评", ["日常保洁 · 贵阳云岩 · 好评 第12期"]),
        ("家政服务达人姐妹的一天", ["日常保洁 · 贵阳云岩", "家政服务达人姐妹的一天 第12期"]),
    ],
)
def test_a_long_series_stands_in_a_line_of_its_own(series: str, lines: list[str]) -> None:
    """Service and place stay together above it."""
    script = _made("before-after", "linli", long=False, service="日常保洁", area="贵阳云岩", series=series, episode=12)
    block = above(Ask(page.shared(SHELF, script.brand), script, 968, 1.0), "poster-banner")
    assert block
    assert ["".join(run.text for run in line.runs) for line in block.lines] == lines


@pytest.mark.parametrize(
    ("words", "keyword", "stressed"),
    [
        ("三小时，厨卫变个样", "厨卫", "厨卫"),
        ("想学门手艺，来坐坐", "学生", "来坐坐"),
        ("秀兰阿姨的绝活", "第八年", "绝活"),
        ("手艺是姐妹教的", "师傅", "手艺"),
        ("你来不来", "手艺", ""),
        ("一个人会了就再教一个人", "", ""),
        ("油烟机三年没洗，今天洗出来了", "", "三年没洗"),
        ("老房子十年的油，四个人干了一天", "", "十年的油"),
        ("一间房清出二十袋", "", "二十袋"),
        ("油烟机里倒出一碗油", "", "一碗油"),
        ("深度保洁，一共七步", "", "一共七步"),
        ("四十岁以后，我靠带娃娃站稳了", "", "四十岁"),
        ("招月嫂，限女，35岁以下", "", "35岁"),
        ("2026年价格表", "", "价格表"),
        ("约了四次都是她", "", "四次"),
        ("客户夸了我们", "", "夸了我们"),
        ("空调不臭了", "", "不臭了"),
        ("小张把锅底都刷亮了", "", "刷亮了"),
        ("月子里睡得着", "", "睡得着"),
        ("老人摔了，子女都在外地", "", "子女都在外地"),
        ("缺个育儿嫂", "", "育儿嫂"),
        ("一间一间擦", "", ""),
        ("一间一间擦过去", "", "一间一间"),
        ("两天一回一回地擦", "", "两天"),
        ("擦亮二十年老油烟机", "", "二十年"),
        ("百年老店新样子", "", "百年老店"),
        ("三层老油泥刮干净", "", "三层老油泥"),
        ("跟着柯大姐跑一天单", "", "一天"),
        ("擦了一下午窗", "", "一下午"),
        ("一天跑三单", "", "三单"),
        ("没催我扔东西", "", ""),
        ("“来的阿姨没有催我扔东西”", "", ""),
        ("最难收的那件事", "", ""),
        ("一次扔了三袋东西", "", "三袋"),
        ("她说第二回还要找杨姐", "", ""),  # 还要 is not torn
        ("2026年价格都写在这里了", "", "价格"),  # a word of the trade before one that only says where
        ("我们四个是一个寨子出来的", "", ""),
    ],
)
def test_what_stands_out(words: str, keyword: str, stressed: str) -> None:
    """The keyword, else a number with its thing, else the last short clause or phrase, else the first phrase that may, else nothing: no name,
    no time, nothing that could be anything, no service alone where something is said of it. What is said twice stays whole, how long something took
    ends with its measure, and no number ends behind 老 or 新.
    """
    whole = ("油烟机", "空调", "育儿嫂")
    assert headline.stress(words, keyword, whole) == stressed


@pytest.mark.parametrize(
    ("words", "whole", "torn"),
    [
        ("含烟机滤网", ("烟机滤网",), "含烟"),
        ("想学门手艺", (), "想学"),
        ("陪张奶奶的一天", (), "陪张"),
        ("窗槽也一条条刷了", (), "窗槽也一"),
    ],
)
def test_no_line_tears_what_belongs_together(words: str, whole: tuple[str, ...], torn: str) -> None:
    """Words that stay whole, measures, forms of address and counted things are not parted."""
    assert len(torn) not in headline.ends(words, whole)


def test_conditions_end_their_lines_at_commas() -> None:
    """No term of a price is torn (收纳盒｜另算) where slightly smaller letters hold it."""
    terms = "两个人上门一天八小时，收纳盒另算，超过一百平方先看房再报价"
    price = Price(item="收纳整理", amount="1280", unit="天", conditions=terms)
    script = _made("before-after", "xiujie", long=False, prices=(price,))
    for name, sheet in poster.pages(script):
        runs = [run.words for run in _said(sheet) if run.words in terms]
        assert runs, name
        assert all(terms.endswith(words) or f"{words}，" in terms for words in runs), (name, runs)


@pytest.mark.parametrize(
    ("terms", "clause"),
    [
        ("每周两次，每次3小时，材料另算，节假日不上门，提前一天约", "节假日不上门"),
        ("高4.5米以内，含脚手架，配件坏了另算", "含脚手架"),
    ],
)
def test_no_condition_shares_its_lines_where_it_is_broken(terms: str, clause: str) -> None:
    """材料另算，节假日｜不上门 says something else; what it is for is never smaller than its conditions."""
    her = Person(name="欧阳秀英大姐", craft="养老护理员", years=20, photo=_photo("p0"))
    price = Price(item="水晶吊灯拆洗", amount="12800", unit="套", conditions=terms, starting=True)
    script = _made("before-after", "xiujie", long=False, people=(her,), prices=(price,), person=True)
    for name, sheet in poster.pages(script):
        runs = [run for run in _said(sheet) if run.words in terms]
        assert any(clause in run.words for run in runs), (name, runs)
        assert max(run.size for run in runs) <= next(run.size for run in _said(sheet) if run.words == price.item)


@pytest.mark.parametrize(
    ("title", "first"), [("连床底的灰都一点一点拖出来了", "连床底的灰都"), ("今年的价格都写在这里了", "今年的价格")]
)
def test_large_words_keep_a_thing_with_what_tells_of_it(title: str, first: str) -> None:
    """No line ends in a 的 before its noun where another way has letters as large."""
    desk = page.desk(_made("review", "xiujie", long=False))
    block = headline.headline(desk, "cover-plain", title, 960, sizes=(184, 64), lines=2, whole=desk.pages.whole)
    assert block.lines[0].text == first


def test_the_picture_gives_way_to_a_long_review() -> None:
    """The customer's words are read on a telephone; a quarter of the height is left to the picture."""
    words = "阿姨提前五分钟到的，进门先穿鞋套，窗槽也一条条刷了。" * 5
    said = Review(text=words, platform="美团", date="2026-11-03", stars=5, name="张女士")
    script = _made("review", "xiujie", long=False, title="她说下回还找杨姐", review=said, photos=(_photo("w0"),))
    sheet = dict(poster.pages(script))["poster-9x16"]
    assert min(run.size for run in _said(sheet) if run.words in words) >= 44
    assert sheet.photos[0].box.height >= 0.25 * sheet.size[1]


def test_a_cover_says_nothing_twice() -> None:
    """招人 with 招保洁 below it, 兰的绝活 with 兰: what the large words say does not stand in the note."""
    lan = Person(name="兰", craft="清洗", photo=_photo("p0"))
    for template, more, note in (
        ("recruit", {"title": "招人", "jobs": ("保洁",)}, "保洁"),
        ("expert", {"title": "兰的绝活", "people": (lan,)}, "清洗"),
    ):
        for name, sheet in cover.pages(_made(template, "linli", long=False, **more), platform.load("douyin")):
            said = [run.words for run in _said(sheet)]
            assert note in said, (template, name, said)
            assert not {"招保洁", "兰 · 清洗"} & set(said), (template, name)


def test_a_high_cover_has_the_brand_below_its_words() -> None:
    """The lowest part of a picture of 9:16, which crops lose, is not bare."""
    script = _made("review", "xiujie", long=False, photos=(_photo("w0"),))
    sheet = dict(cover.pages(script, platform.load("moments")))["cover-9x16"]
    lowest = max(_said(sheet), key=lambda run: run.top)
    assert lowest.words == script.brand.full_name
    assert lowest.top > 1680


def test_without_her_picture_a_name_stands_with_her_words() -> None:
    """In the foot, above the telephone, it would be taken for its owner's."""
    lan = Person(name="兰", craft="月嫂", years=12, quote="先学会睡整觉")
    script = _made("recruit", "linli", long=False, people=(lan,), phone="0851-85551234")
    for name, sheet in poster.reachable(script, platform.load("moments")):
        said = [run.words for run in _said(sheet)]
        assert "兰 · 月嫂 · 12年" in said, name
        assert not {"兰", "月嫂 · 12年"} & set(said), name


def test_captions_beside_each_other_are_level() -> None:
    """Names, crafts and teachers of three women stand on one height each, in letters of one size."""
    crafts = (("兰", "月嫂", 0, ""), ("欧阳秀英大姐", "养老护理员", 20, "兰"), ("美华", "家电清洗", 3, "欧阳秀英大姐"))
    people = tuple(
        Person(name=name, craft=craft, years=years, taught_by=by, photo=_photo(f"p{name}"))
        for name, craft, years, by in crafts
    )
    for name, sheet in poster.pages(_made("sisters", "linli", long=False, people=people)):
        runs = _said(sheet)
        for words in ({one[0] for one in crafts}, {one[1] for one in crafts}, {"20年", "3年"}):
            alike = {(run.size, run.top) for run in runs if run.words in words}
            assert len(alike) <= 1, (name, words, alike)


def test_a_narrow_column_says_in_fewer_words_who_taught() -> None:
    """师从秀兰阿姨 stands on one line where 跟秀兰阿姨学的 would leave 学的 alone."""
    people = tuple(
        Person(name=name, craft="养老护理员", years=6, taught_by=by, photo=_photo(f"p{name}"))
        for name, by in (("秀兰阿姨", ""), ("美华", "秀兰阿姨"), ("春燕姐", "秀兰阿姨"), ("桂芬姐", "春燕姐"))
    )
    script = _made("sisters", "tongxing", long=False, people=people)
    said = [run.words for _, sheet in poster.pages(script) for run in _said(sheet)]
    assert "师从秀兰阿姨" in said
    assert "学的" not in said


@pytest.mark.parametrize(
    ("text", "title", "hers"),
    [
        ("来的阿姨没有催我扔东西，一样一样拿出来问我。", "没催我扔东西", False),
        ("厨房的油一点点抠，窗槽也一条条刷。", "窗槽都给刷干净了", True),
    ],
)
def test_a_review_whose_clause_is_long_has_the_title_on_its_cover(text: str, title: str, *, hers: bool) -> None:
    """What stands on a cover is read in a grid of covers: a clause of the customer's only in letters as large as theirs."""
    said = Review(text=text, platform="美团", date="2026-10-18", stars=5, name="周先生")
    script = _made(
        "review", "xiujie", long=False, title=title, keyword="", hook="", review=said, photos=(_photo("w0"),)
    )
    sheet = dict(cover.pages(script, platform.load("douyin")))["cover-3x4"]
    runs = _said(sheet)
    words = "".join(run.words for run in runs)
    assert (title in words) is not hers
    assert ("周先生" in words) is hers
    assert max(run.size for run in runs) >= 108


def test_prices_stand_beside_a_code() -> None:
    """A square list of four prices has room for a code: the conditions then stand beside what they limit."""
    price = Price(item="空调挂机清洗", amount="158", unit="台", conditions="含滤网，外机另计")
    words: dict[str, Any] = {
        "title": "收费明明白白",
        "keyword": "明明白白",
        "service": "家政服务",
        "area": "贵阳云岩",
        "prices": (price,) * 4,
    }
    script = _made("price-list", "linli", long=False, qr=Qr(text="https://example.com/shop"), **words)
    square = dict(poster.reachable(script, platform.load("moments")))["poster-1x1"]
    runs = {run.words: run for run in _said(square)}
    assert runs[price.conditions].left > runs[price.item].right
    assert runs["以上价格有效期到2026年12月31日"].whole


@pytest.mark.parametrize("template", ["sisters", "recruit", "review", "expert"])
def test_a_wide_cover_has_a_picture_on_each_side_of_its_words(template: str) -> None:
    """Its middle square, which a share shows, holds all the words and no half of a face."""
    two = (_photo("w0"), _photo("w1"))
    script = _made(template, "linli", long=False, photos=() if template == "sisters" else two)
    sheet = dict(cover.pages(script, platform.load("公众号")))["cover-235x100"]
    low, high = (sheet.size[0] - sheet.size[1]) / 2, (sheet.size[0] + sheet.size[1]) / 2
    sides = [shown.box.x + shown.box.width <= low + 1 for shown in sheet.photos]
    assert any(sides)
    assert not all(sides)
    assert all(left or shown.box.x >= high - 1 for left, shown in zip(sides, sheet.photos, strict=True))
    kind = page.desk(script).pages.covers[-1]
    scale = kind.width / sheet.size[0]
    assert all(low * scale <= run.left <= run.right <= high * scale for run in _said(sheet))


@pytest.mark.parametrize("photos", [(), (_photo("w0"),)], ids=["words", "photo"])
def test_the_cover_of_a_price_list_says_its_prices(photos: tuple[Photo, ...]) -> None:
    """Each price stands with its unit and its conditions in letters at least half as large, below the large words, or not at all; a photo lies
    behind them, with what the prices are for where nothing is sold.
    """
    for brand, count in (("linli", 3), ("xiujie", 6), ("tongxing", 3)):
        script = _made("price-list", brand, long=False, photos=photos, prices=_prices(count, long=False))
        sheet = dict(cover.pages(script, platform.load("douyin")))["cover-3x4"]
        said = _said(sheet)
        amounts = [run for run in said if run.words == "45"]
        assert len(amounts) == (0 if brand == "tongxing" else count)
        limits = [run for run in said if run.words == "2小时起"]
        assert len(limits) == len(amounts)
        assert all(2 * limit.size >= amount.size for limit, amount in zip(limits, amounts, strict=True))
        assert len(sheet.photos) == len(photos)
        assert script.brief.prices[0].item in "".join(run.words for run in said)
        assert amounts or not re.search(r"\d", "".join(run.words for run in said))
        assert ("2026年12月31日" in {run.words for run in said}) == bool(amounts)


def test_how_long_prices_hold_makes_them_hardly_smaller_on_a_cover() -> None:
    """The letters come down no further than the sheet's room asks for, and the date goes before they are small."""
    listed = _prices(4, long=False)
    sizes = {}
    for until in ("", "2026-12-31"):
        script = _made("price-list", "linli", long=False, prices=listed, valid_until=until, title="收费明明白白")
        said = _said(dict(cover.pages(script, platform.load("douyin")))["cover-3x4"])
        sizes[until] = next(run.size for run in said if run.words == "2小时起")
        assert ("2026年12月31日" in {run.words for run in said}) == bool(until)
    assert 0.85 <= sizes["2026-12-31"] / sizes[""] <= 1
    assert sizes["2026-12-31"] >= 46


@pytest.mark.parametrize("where", ["douyin", "公众号"])
def test_a_cover_of_prices_says_how_long_they_hold_and_has_air(where: str) -> None:
    """In every shape but the widest, with room above and below the words."""
    listed = tuple(
        Price(item=item, amount=amount, unit=unit, conditions=terms)
        for item, amount, unit, terms in (
            ("日常保洁", "45", "小时", "2小时起"),
            ("深度保洁", "199", "次", "3小时"),
            ("擦玻璃", "8", "㎡", "双面算一面"),
        )
    )
    words: dict[str, Any] = {
        "title": "价钱写在前头，做完不加价",
        "keyword": "不加价",
        "service": "家政服务",
        "area": "贵阳云岩",
    }
    script = _made("price-list", "linli", long=False, prices=listed, photos=(_photo("w0"),), **words)
    for name, sheet in cover.pages(script, platform.load(where)):
        if name == "cover-235x100":
            continue
        runs, high = _said(sheet), int(re.findall(r'viewBox="0 0 \d+ (\d+)"', sheet.svg)[0])
        assert "2026年12月31日" in {run.words for run in runs}, name
        assert 60 <= min(run.top for run in runs) <= max(run.bottom for run in runs) <= high - 60, name
        if name == "cover-3x4":
            assert max(run.size for run in runs if "价钱" in run.words) >= 120
            assert next(run.size for run in runs if run.words == "2026年12月31日") <= 44


def test_a_cover_that_does_not_name_all_that_is_sold_says_how_many_there_are() -> None:
    """What is left out where the words need the room is counted."""
    items = ("日常保洁", "新房开荒保洁", "油烟机拆洗（中式）", "空调柜机", "滚筒洗衣机拆桶清洗", "月嫂")
    for count, left in ((6, True), (3, False)):
        listed = tuple(Price(item=one, amount="45", unit="次", conditions="2小时起") for one in items[:count])
        script = _made("price-list", "xiujie", long=False, title="今年的价格都写在这里了", prices=listed)
        sheet = dict(cover.pages(script, platform.load("douyin")))["cover-4x3"]
        said = "".join(run.words for run in _said(sheet))
        assert (items[-1] not in said and "等六样" in said) == left
        assert left or all(one in said for one in items[:count])


def test_a_list_of_prices_stands_closer_before_it_has_no_poster() -> None:
    """Six services with a line of conditions each have room at 3:4."""
    listed = tuple(
        Price(item="油烟机拆洗（中式）", amount="158", unit="台", conditions="拆油网和风轮看机型", starting=True)
        for _ in range(6)
    )
    script = _made(
        "price-list", "xiujie", long=False, title="今年的价格都写在这里了", service="家政服务", prices=listed
    )
    sheet = dict(poster.pages(script))["poster-3x4"]
    _sound(sheet, 60)
    assert "2026年12月31日" in {run.words for run in _said(sheet)}


def test_a_long_review_keeps_its_headline() -> None:
    """The picture is lower instead; an opening mark stands before the words, the stars on the other side."""
    text = "阿姨提前五分钟到的，进门先穿鞋套，窗槽也一条条刷了。" * 8
    said = Review(text=text, platform="美团", date="2026-11-03", stars=5, name="张女士")
    script = _made("review", "xiujie", long=False, title="她说下回还找杨姐", review=said, photos=(_photo("w0"),))
    for name, sheet in poster.pages(script):
        drawn = _drawn(sheet)
        if name != "poster-1x1":
            assert "她说下回还找杨姐" in "".join(run.words for run in _said(drawn)), name
            assert drawn.photos, name
        marks = [float(x) for x in re.findall(r"translate\(([\d.]+) [\d.]+\) scale", drawn.svg)]
        first, second = sorted(marks)[:2]
        assert first < 100
        assert second > 400


def test_a_wide_cover_of_somebody_is_filled() -> None:
    """The disc behind a woman who is cut out takes most of the width."""
    sheet = dict(cover.pages(_made("story", "linli", long=False, person=True), platform.load("douyin")))["cover-4x3"]
    (radius,) = re.findall(r'<circle [^>]*r="([\d.]+)"', sheet.under)
    assert float(radius) >= 0.36 * 1440


@pytest.mark.parametrize(
    ("template", "title", "more"),
    [
        ("recruit", "家门口的活，接娃不耽误", {"jobs": ("开荒保洁", "家电清洗", "收纳整理师", "养老护理员"), "area": "贵阳观山湖"}),
        ("recruit", "想学门手艺，来坐坐", {"jobs": ("保洁师", "月嫂"), "area": "贵阳云岩"}),
        ("review", "鞋柜到阳台，没一处敷衍我", {"service": "深度保洁", "area": "贵阳南明", "photos": (_photo("w0"),)}),
    ],
)  # fmt: skip
def test_a_plates_words_are_as_large_as_a_covers_should_be(template: str, title: str, more: dict[str, Any]) -> None:
    """Two lines that break at the comma before one of small letters: the words take air around them, then height of the picture."""
    script = _made(template, "xiujie", long=False, title=title, keyword="", **more)
    desk, where = page.desk(script), platform.load("douyin")
    for size in where.covers:
        sheet = dict(cover.pages(script, where))[f"cover-{size.name}"]
        kind = next(kind for kind in desk.pages.covers if size.width / size.height <= kind.up_to)
        runs = [run for run in _said(sheet) if run.words in title]
        assert "".join(run.words for run in runs).replace("，", "") == title.replace("，", "")
        assert min(run.size for run in runs) >= kind.sizes[1], size.name
        photo = sheet.photos[0].box
        assert photo.height >= sheet.size[1] * 0.4, size.name


def test_points_stand_on_one_line_where_they_have_room() -> None:
    """Three short points of a recruiting post take one line of its poster and leave the height to the picture."""
    points = ("按月结工资", "有意外险", "时间可以商量")
    script = _made("recruit", "linli", long=False, points=points, jobs=("保洁师", "月嫂"))
    sheet = dict(poster.pages(script))["poster-3x4"]
    lines = {run.top for run in _said(_drawn(sheet)) if run.words in points}
    assert len(lines) == 1
    assert sum(shown.box.height for shown in sheet.photos[:1]) >= 0.3 * sheet.size[1]


def test_the_cover_of_a_recruiting_post_says_jobs_and_place() -> None:
    """Strangers' names tell nobody that somebody is sought."""
    script = _made("recruit", "linli", long=False, jobs=("保洁师", "月嫂", "护工"), area="贵阳云岩")
    for name, sheet in cover.pages(script, platform.load("douyin")):
        said = "".join(run.words for run in _said(sheet))
        assert "招保洁师、月嫂、护工 · 贵阳云岩" in said, name
        assert script.brief.people[0].name not in said, name


def test_a_list_of_jobs_on_a_cover_is_never_cut() -> None:
    """All of them in smaller letters, else how many there are: who is looked for is not left out."""
    jobs = tuple(f"{one}的养老陪护护理员" for one in ("住家", "白班", "夜班", "周末"))
    script = _made("recruit", "linli", long=False, jobs=jobs, area="贵阳云岩")
    for name, sheet in cover.pages(script, platform.load("douyin")):
        said = "".join(run.words for run in _said(sheet))
        assert "招4种工 · 贵阳云岩" in said.replace("四", "4"), name
        assert jobs[0] not in said, name


def test_a_codes_invitation_stands_below_it_where_it_has_room() -> None:
    """On a square without a picture, too; beside the code only where the words would not fit otherwise."""
    her = Person(name="兰", craft="月嫂", years=12, quote="先学会睡整觉", photo=_photo("p0"))
    script = _made(
        "recruit", "linli", long=False, people=(her,), qr=Qr(text=CODE), phone="0851-85551234", area="贵阳云岩",
        title="四十五岁，也能学月嫂", points=("按月结工资",), jobs=("月嫂", "育儿嫂", "养老护理员", "家电清洗"),
        training="先学七天，再跟师傅上门三次",
        join="周一到周五上午9:00—11:30，云岩区中华北路“同心社区服务站”二楼，带身份证",
    )  # fmt: skip
    sheet = dict(poster.reachable(script, platform.load("moments")))["poster-1x1"]
    assert not sheet.photos
    (call,) = (run for run in _said(sheet) if run.words == "扫码问一问")
    assert call.left > 700


def test_beside_a_code_stands_something() -> None:
    """Without reasons the brand's slogan fills what is empty beside the code, and a case keeps its price."""
    script = _made("case", "linli", long=False, prices=_prices(1, long=False), qr=Qr(text=CODE))
    said = {run.words for run in _said(dict(poster.reachable(script, platform.load("moments")))["poster-3x4"])}
    assert {"把家收拾好", "把人照顾好"} <= said
    assert script.brief.prices[0].amount in said


def test_beside_a_code_stands_the_note_of_the_pair_shown() -> None:
    """Another pair's note that is too long there does not take it along."""
    notes = ("先把沙发上的衣服收走，再从里往外扫", "桌面擦两遍，一遍湿一遍干")
    two = (pair.model_copy(update={"note": note}) for pair, note in zip(_pairs(2, long=False), notes, strict=True))
    script = _made("before-after", "linli", long=False, pairs=tuple(two), qr=Qr(text=CODE))
    said = [run.words for run in _said(dict(poster.reachable(script, platform.load("moments")))["poster-3x4"])]
    assert [words for words in said if words and words in notes[0]] == notes[0].split("，")


def test_no_character_stands_alone_on_a_cover() -> None:
    """Letters get smaller instead (老房子｜20年没大扫除｜过)."""
    script = _made("before-after", "linli", long=False, title="老房子20年没大扫除过", keyword="20年")
    for name, sheet in cover.pages(script, platform.load("official-account")):
        said = [run.words for run in _said(sheet)]
        assert "没大扫除过" in "".join(said), name
        assert "过" not in said, name


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("腊月二十八我还在人家屋头", ["腊月二十八", "我还在人家屋头"]),
        ("一天做6处腰杆都直不起来", ["腰杆都直不起来"]),
    ],
)
def test_large_words_keep_somebody_with_what_is_said_of_her(words: str, lines: list[str]) -> None:
    """On covers and posters as in the clip: no line ends with 我, none begins with 都."""
    script = _made("story", "linli", long=False, title=words, keyword="")
    for name, sheet in cover.pages(script, platform.load("douyin")):
        said = [run.words for run in _said(sheet)]
        assert all(line in said for line in lines), (name, said)
