"""Words stand below a card, not on whom it shows, where the card can leave them room."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import made_up
import pytest

from vidkit import board, layout, plan
from vidkit.boards import footing
from vidkit.boards.pacing import Meter
from vidkit.kits import platform
from vidkit.photos.prints import Print
from vidkit.storyboard import Compare, Photo

if TYPE_CHECKING:
    from vidkit.plan import Script
    from vidkit.storyboard import Scene, Storyboard

SQUARE, LANDSCAPE = (512, 512), (1200, 900)
HEAD = (0.3, 0.08, 0.7, 0.56)


def _script(template: str, *, head: tuple[float, float, float, float] = HEAD, size: tuple[int, int] = SQUARE) -> Script:
    """A brief whose portraits are small squares (or of another size) with a head, and whose other photos are small and wide."""
    made = made_up.script(made_up.Ask(template, options=True), sizes=(LANDSCAPE,))
    portraits = {one.photo for one in made.brief.people}
    prints = {
        photo: Print(one.sha256, *size, heads=(head,)) if photo in portraits else one
        for photo, one in made.prints.items()
    }
    return replace(made, developed=replace(made.developed, prints=prints))


def _drawn(script: Script) -> Storyboard:
    where = platform.load("douyin")
    shared = plan.studio(script, where.canvas)
    return board.draw(script.brief, script.template, where, shared, script.prints, Meter(where.fps, 7.5))


def _cards(made: Storyboard) -> list[tuple[Scene, int, int]]:
    """The scenes in cards with the rows at which the card ends and at which the words at the lower end begin."""
    found = []
    for scene in made.scenes:
        card = scene.backdrop and scene.backdrop.card
        low = [g.box.y for g in scene.graphics if g.box.height < made.canvas[1] and g.box.y > 700]
        if card and low:
            found.append((scene, card.y + card.height, min(low)))
    return found


@pytest.mark.parametrize("template", ["expert", "recruit"])
@pytest.mark.parametrize(
    "advice", ["慢一点。", "妹儿些莫怕，哪个都是从不会开始的，你先把一样做好，一样一样来嘛"], ids=["short", "long"]
)
def test_words_stand_below_a_square_portrait(template: str, advice: str) -> None:
    """Her face and chin are free: what stands low in the scene begins below the card that shows her."""
    script = _script(template)
    brief = script.brief.model_copy(update={"advice": advice, "join": advice})
    made = _drawn(replace(script, brief=brief))
    portraits = [one for one in _cards(made) if one[0].name in {"hook", "advice", "join"}]
    assert len(portraits) == 2
    assert all(low >= edge for _, edge, low in portraits)


def test_words_stand_below_photos_of_the_work() -> None:
    """Three lines of her own words, below a card that is the same where two lines stand below it."""
    script = _script("expert")
    lines = ("第一天桂花姐在楼下，等我等了半个钟头，我在电梯门口站起不敢进", "她拉起我的手，走嘛")
    sections = tuple(one.model_copy(update={"lines": lines}) for one in script.brief.sections)
    made = _drawn(replace(script, brief=script.brief.model_copy(update={"sections": sections})))
    work = [one for one in _cards(made) if one[0].name.startswith(("block", "line", "closer"))]
    assert {scene.name.partition("-")[0] for scene, _, _ in work} >= {"block", "closer"}
    assert all(low >= edge for _, edge, low in work)
    assert len({edge for _, edge, _ in work}) == 1


@pytest.mark.parametrize(
    ("foot", "highest", "least"), list(itertools.product(range(700, 1400, 52), (264, 400), (480, 600)))
)
def test_a_shortened_card_ends_in_time_or_is_none(foot: int, highest: int, least: int) -> None:
    """It ends at the row at the latest, begins no higher than it may, and is never lower than it may be."""
    usual = layout.card((1.0,))
    made = layout.shortened(usual, foot, highest, least)
    if made is None:
        assert foot - highest < least + 8
        return
    assert made.y + made.height <= foot or made == usual
    assert made.y >= min(highest, usual.y)
    assert made.height >= least
    assert all(side % 2 == 0 for side in (made.x, made.y, made.width, made.height))


def _hook(script: Script) -> Scene:
    return next(one for one in _drawn(script).scenes if one.name == "hook")


def _seen(scene: Scene, head: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A head's box on the canvas, px, as the scene's only picture shows it."""
    (shown,) = scene.pictures
    assert isinstance(shown, Photo)
    left, top, right, bottom = shown.picture.crop
    across, down = shown.box.width / (right - left), shown.box.height / (bottom - top)
    x, y = shown.box.x - left * across, shown.box.y - top * down
    return x + head[0] * across, y + head[1] * down, x + head[2] * across, y + head[3] * down


@pytest.mark.parametrize("head", [(0.1, 0.02, 0.9, 0.9), (0.0, 0.0, 1.0, 1.0)], ids=["large", "all of it"])
def test_no_card_is_shortened_through_a_head(head: tuple[float, float, float, float]) -> None:
    """A face that fills its photo stands whole in a card that is as much narrower as it is shorter; the words stand below it."""
    script = _script("expert", head=head)
    ((_, edge, low),) = (one for one in _cards(_drawn(script)) if one[0].name == "hook")
    (shown,) = _hook(script).pictures
    left, top, right, bottom = _seen(_hook(script), head)
    assert low >= edge
    assert shown.box.x - 20 <= left < right <= shown.box.x + shown.box.width + 20
    assert shown.box.y - 20 <= top < bottom <= shown.box.y + shown.box.height + 20
    assert (shown.box.width < layout.CARD_WIDTH) == (head == (0.0, 0.0, 1.0, 1.0))


@pytest.mark.parametrize("size", [(900, 900), (1080, 1080), (900, 1200)], ids=str)
@pytest.mark.parametrize("name", ["hook", "person"])
def test_words_stand_below_the_face_of_a_close_portrait(size: tuple[int, int], name: str) -> None:
    """However many pixels it has: a portrait whose face would be cut or lie under words where it fills the canvas stands in a card above them."""
    head = (0.0, 0.0, 1.0, 1.0) if size[0] == size[1] else (0.05, 0.2, 0.95, 0.98)
    made = _drawn(_script("story", head=head, size=size))
    (scene,) = (one for one in made.scenes if one.name == name)
    left, top, right, bottom = _seen(scene, head)
    chin = top + 0.95 * (bottom - top)
    assert scene.backdrop
    assert scene.backdrop.card
    assert all(g.box.y >= chin - 2 for g in scene.graphics if g.box.height < made.canvas[1])
    assert left >= 60 - 2 < 1020 + 2 >= right


def test_a_portrait_with_room_below_the_face_fills_the_canvas() -> None:
    """A photo to the waist with the face in its upper half needs no card."""
    scene = next(one for one in _drawn(_script("story", head=(0.3, 0.1, 0.7, 0.4), size=(1080, 1920))).scenes)
    assert scene.backdrop is None


def _pairs(notes: tuple[str, ...], heads: tuple[tuple[float, float, float, float], ...] = ()) -> Storyboard:
    """A clip of pairs of small landscape photos that cannot be aligned, with these notes."""
    script = made_up.script(made_up.Ask("before-after", many=True, options=True), sizes=(LANDSCAPE,))
    pairs = tuple(
        two.model_copy(update={"note": note, "reveal": "split"})
        for two, note in zip(script.brief.pairs, notes, strict=False)
    )
    prints = {photo: replace(one, heads=heads) for photo, one in script.prints.items()}
    brief = script.brief.model_copy(update={"pairs": pairs})
    return _drawn(replace(script, brief=brief, developed=replace(script.developed, prints=prints)))


def _of_pair(made: Storyboard, number: int) -> set[tuple[int, int]]:
    """Where the cards of a pair's scenes begin and end."""
    scenes = [s for s in made.scenes if s.name in {f"{part}-{number}" for part in ("before", "reveal", "after")}]
    boxes = [scene.pictures[0].box for scene in scenes if scene.backdrop and scene.backdrop.card]
    assert boxes
    return {(box.y, box.y + box.height) for box in boxes}


def test_every_pair_has_the_card_its_own_note_leaves() -> None:
    """A pair keeps still from its before to its after; a long note makes no other pair's card smaller, and none leaves all the room."""
    made = _pairs(("", "擦", "先喷清洁剂，等上十分钟，再用软布顺着纹路擦两遍，缝里用小刷一条条刷"))
    (none,), (short,), (long,) = (_of_pair(made, number) for number in (1, 2, 3))
    assert none[1] - none[0] == layout.CARD_WIDTH
    assert none[1] > short[1] > long[1]
    assert none[1] <= platform.load("douyin").safe.bottom


def test_no_card_is_larger_than_the_people_in_it_allow() -> None:
    """Heads at both edges of a photo are shown: its card stays as flat as it has to be."""
    edges = (0.02, 0.3, 0.1, 0.45), (0.9, 0.3, 0.98, 0.45)
    (free,), (held,) = (_of_pair(_pairs(("", "", ""), heads), 1) for heads in ((), edges))
    assert held[1] - held[0] < free[1] - free[0]


@pytest.mark.parametrize(
    "problem",
    [
        "老妈妈摔了一跤，三个娃都在外省打工",
        "老人一个人住了二十年，舍不得丢东西，客厅堆得下脚的地方都没得，姑娘从深圳回来急得哭",
    ],
    ids=["one page", "two pages"],
)
def test_a_panel_leaves_a_photo_that_does_not_stay_free(problem: str) -> None:
    """Where a pair is then revealed on the whole canvas, the customer's trouble stands below the before's card, not over it; where it ran on from
    the scene before, too.
    """
    script = _script("case")
    pairs = tuple(one.model_copy(update={"reveal": "stacked"}) for one in script.brief.pairs)
    brief = script.brief.model_copy(update={"problem": problem, "photos": (), "pairs": pairs})
    made = _drawn(replace(script, brief=brief))
    reveal = next(scene for scene in made.scenes if scene.name.startswith("reveal"))
    assert [one.kind for one in reveal.pictures if isinstance(one, Compare)] == ["stacked"]
    ends = [(end, words) for scene, end, words in _cards(made) if scene.name == "before-1"]
    assert ends
    assert all(end <= words for end, words in ends)


def test_a_photo_with_a_fault_lies_behind_words_where_there_is_no_other() -> None:
    """A customer's words stand on the photos in which nothing is wrong, on all of them where something is in each."""
    script = _script("review")
    shown = tuple(itertools.islice(script.prints, 3))
    brief = script.brief.model_copy(update={"photos": shown})
    for good, clear in (
        ((True, False, True), (0, 2)),
        ((False, False, False), (0, 1, 2)),
        ((True, True, True), (0, 1, 2)),
    ):
        prints = {**script.prints, **{p: replace(script.prints[p], good=g) for p, g in zip(shown, good, strict=True)}}
        known = footing.by_looks(brief, prints, (1080, 1920))["clear"]
        assert known == tuple(shown[at] for at in clear)
    faulty = {**script.prints, shown[0]: replace(script.prints[shown[0]], good=False)}
    made = _drawn(replace(script, brief=brief, developed=replace(script.developed, prints=faulty)))
    told = [scene for scene in made.scenes if scene.name.startswith(("hook", "words"))]
    assert all(
        picture.picture.sha256 != faulty[shown[0]].sha256
        for scene in told
        for picture in scene.pictures
        if isinstance(picture, Photo)
    )


@pytest.mark.parametrize(("text", "size"), [("可以", 120), ("阿姨很细致，下次还找她", 66)])
def test_a_review_without_a_photo_stands_in_the_middle(text: str, size: int) -> None:
    """A few words in large letters."""
    script = _script("review")
    assert script.brief.review
    said = script.brief.review.model_copy(update={"text": text})
    made = _drawn(replace(script, brief=script.brief.model_copy(update={"review": said, "photos": (), "pairs": ()})))
    (scene,) = (one for one in made.scenes if one.name.startswith("words"))
    card = max((one for one in scene.graphics if text[:2] in one.svg), key=lambda one: one.box.height)
    safe = platform.load("douyin").safe
    assert abs(card.box.y + card.box.height / 2 - (safe.top + safe.bottom) / 2) < 40
    assert max(map(int, re.findall(r'font-size="(\d+)"', card.svg))) >= size


def test_the_opening_of_sisters_stands_below_their_faces() -> None:
    """In two lines at most, below the photos."""
    script = _script("sisters")
    made = _drawn(
        replace(
            script,
            brief=script.brief.model_copy(
                update={"hook": "二零零九年我们坐绿皮车来的嘛", "people": script.brief.people[:3]}
            ),
        )
    )
    hook = made.scenes[0]
    edge = max(one.box.y + one.box.height for one in hook.pictures)
    words = next(one for one in hook.graphics if "绿皮车" in one.svg)
    assert words.box.y >= edge


@pytest.mark.parametrize("template", ["story", "steps"])
def test_every_second_landscape_photo_fills_the_canvas(template: str) -> None:
    """Of those with the pixels for it; small ones stand in cards, and so does one that would lose a head."""
    for size, heads, filled in (
        ((4032, 3024), (), True),
        ((1440, 1080), (), False),
        ((4032, 1890), (), False),
        ((4032, 3024), ((0.02, 0.3, 0.1, 0.45), (0.9, 0.3, 0.98, 0.45)), False),
    ):
        script = made_up.script(made_up.Ask(template, many=True), sizes=(size,))
        prints = {photo: replace(one, heads=heads) for photo, one in script.prints.items()}
        photos = [photo for one in script.brief.sections for photo in one.photos]
        spread = footing.spread(script.brief.sections, prints, (1080, 1920))
        assert spread == (frozenset(photos[1::2]) if filled else frozenset())
        made = _drawn(replace(script, developed=replace(script.developed, prints=prints)))
        names = {prints[photo].sha256 for photo in spread}
        scenes = [s for s in made.scenes if s.name.startswith(("chapter", "line", "step-", "closer"))]
        shown = [picture for s in scenes for picture in s.pictures]
        wide = {one.picture.sha256 for one in shown if isinstance(one, Photo) and one.box.width == made.canvas[0]}
        assert wide == names


def _flat(script: Script, sizes: tuple[tuple[int, int], ...]) -> Script:
    """The same brief with photos of other sizes, in turn; none lies on another."""
    shown = zip(script.prints.items(), itertools.cycle(sizes), strict=False)
    prints = {photo: replace(one, width=wide, height=high, aligned=False) for (photo, one), (wide, high) in shown}
    return replace(script, developed=replace(script.developed, prints=prints))


@pytest.mark.parametrize("reveal", ["split", "flip"])
def test_a_case_never_moves_its_photo(reveal: str) -> None:
    """From the customer's trouble through the place's title to the result: one card, and no cut between two sizes of one photo."""
    script = _flat(made_up.script(made_up.Ask("case", options=True)), ((800, 600),))
    trouble = "用了6年没拆过，炒菜的时候油往锅里滴，物业3次打电话说楼道有味，一家人都不敢开"
    pairs = tuple(one.model_copy(update={"reveal": reveal}) for one in script.brief.pairs)
    brief = script.brief.model_copy(update={"problem": trouble, "photos": (), "pairs": pairs})
    made = _drawn(replace(script, brief=brief))
    named = ("problem", "before", "reveal", "after", "result")
    scenes = [one for one in made.scenes if one.name.startswith(named)]
    assert {one.name.partition("-")[0] for one in scenes} == {*named}
    assert len({one.pictures[0].box for one in scenes}) == 1
    plates = [g.box for one in scenes for g in one.graphics if one.name.startswith(("problem", "result"))]
    assert len({plate.x for plate in plates}) == 1
    for one, after in itertools.pairwise(scenes):
        if one.into.kind == "cut":
            assert one.pictures[0].zoom[-1].value == pytest.approx(after.pictures[0].zoom[0].value, abs=2e-3)


@pytest.mark.parametrize("template", ["expert", "story"])
def test_a_title_stands_still_through_its_shots(template: str) -> None:
    """Photos of every form, some in cards, some on the whole canvas: the words above them stay where they are, clear of the card."""
    script = _flat(
        made_up.script(made_up.Ask(template, many=True, options=True)), (LANDSCAPE, (1000, 1000), (4032, 3024))
    )
    photos = tuple(photo for one in script.brief.sections for photo in one.photos)
    sections = tuple(one.model_copy(update={"photos": photos[:3]}) for one in script.brief.sections)
    made = _drawn(replace(script, brief=script.brief.model_copy(update={"sections": sections})))
    found: dict[str, set[int]] = {}
    cards = set()
    for scene in made.scenes:
        card = scene.backdrop.card if scene.backdrop else None
        for g in scene.graphics:
            if (
                g.box.x == 60
                and g.box.y < 600
                and scene.name.startswith(("block", "line", "chapter", "glance", "closer"))
            ):
                found.setdefault(g.svg, set()).add(g.box.y)
                cards.add(card)
                assert card is None or g.box.y + g.box.height <= card.y
    assert found
    assert len(cards) > 1
    assert all(len(rows) == 1 for rows in found.values())


@pytest.mark.parametrize("size", [(4032, 1200), (4000, 1600)])
def test_a_panorama_passes_by(size: tuple[int, int]) -> None:
    """It stands in a flat card and moves by the same even number of pixels every frame, no further than to its end."""
    made = _drawn(_flat(made_up.script(made_up.Ask("steps", options=True)), (size,)))
    passing = [p for s in made.scenes for p in s.pictures if isinstance(p, Photo) and p.wide]
    assert passing
    for one in passing:
        assert one.box.width / one.box.height > 1.5
        (first, start), (last, end) = ((key.frame, key.value) for key in one.pan)
        assert abs(end - start) == 4 * (last - first) > 100
        assert min(start, end) == 0
        assert max(start, end) == one.wide - one.box.width
        left, top, right, bottom = one.picture.crop
        assert (right - left) * size[0] / ((bottom - top) * size[1]) == pytest.approx(
            one.wide / one.box.height, rel=0.01
        )
