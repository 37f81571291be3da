"""A brief's photos developed: what is covered, what is asked, how pairs are laid over each other, what people are told."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vidkit import brief, develop, kit, plan
from vidkit.briefs import fields
from vidkit.photos import facts, pair, prints, privacy, report, study
from vidkit.photos.areas import Area
from vidkit.photos.facts import Facts, Find
from vidkit.photos.pair import Match
from vidkit.problems import Place, Refusal, show
from vidkit.runs import cores

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.brief import Brief, Photo
    from vidkit.cache import Cache
    from vidkit.develop import Developed
    from vidkit.photos.lanes import Lanes

NAMES = fields.Names(
    templates=(("before-after", ("清洁前后对比",)),), brands=(("linli", ("邻里净",)),), reveals=(("wipe", ()),)
)
FACE = Find("face", 0.85, Area("ellipse", ((0.4, 0.2), (0.6, 0.5))), (0.38, 0.15, 0.62, 0.5))
MAYBE = replace(FACE, score=0.45, area=Area("ellipse", ((0.1, 0.2), (0.2, 0.3))), head=(0.1, 0.18, 0.2, 0.32))
CODE = Find("code", 1.0, Area("polygon", ((0.7, 0.7), (0.8, 0.7), (0.8, 0.8), (0.7, 0.8))))
SAME = Match(
    matrix=(1.0, 0.0, 0.1, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), kind="similarity", usable=(0.0, 0.0, 0.9, 1.0), left=(0.9, 0.9), confidence=0.97,
    inliers=400, matches=500, overlap=0.9, before=(1.1, 1.1, 1.1), after=(0.9, 0.9, 0.92), change=(0.3, 0.7), change_sure=0.8,
)  # fmt: skip
APART = Match(reason="few-matches", alike=0.9)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is found in photos by the stem of their names (no face unless said), and what pairs are like: nothing is decoded."""
    said: dict[str, Any] = {"match": SAME}

    def look(source: Any, _cache: Cache, at_hand: Callable[[], None], _beside: Lanes) -> Facts:
        at_hand()
        plain = Facts(source.sha256, 4000, 3000, (0.5, 0.5))
        return replace(plain, **said.get(Path(source.name).stem, {}))

    monkeypatch.setattr(facts, "look", look)
    monkeypatch.setattr(pair, "match", lambda *_, **__: said["match"])
    monkeypatch.setattr(develop, "_cut_out", lambda *_: said.get("person"))
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four files with contents of their own."""
    for name in ("a", "b", "c", "her"):
        (tmp_path / f"{name}.jpg").write_bytes(name.encode() * 9)
    return tmp_path


def read(folder: Path, before: str = "a.jpg", after: str = "b.jpg", more: str = "", pair_more: str = "") -> Brief:
    """A brief with one pair."""
    text = (
        "模板: 清洁前后对比\n品牌: 邻里净\n标题: 三小时变个样\n服务: 保洁\n"
        f"对比:\n  - 位置: 灶台\n    前: {before}\n    后: {after}\n{pair_more}{more}"
    )
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    return brief.load(folder / "brief.yaml", NAMES)


def made(folder: Path, cache: Cache, **said: str) -> tuple[Brief, Developed]:
    """The brief and its photos developed."""
    one = read(folder, **said)
    return one, develop.develop(one, cache)


def codes(one: Developed) -> list[str]:
    """What is said, by code."""
    return [p.code for p in one.problems]


def areas(one: Developed, photo: Photo) -> tuple[Area, ...]:
    """What is covered in a photo."""
    return one.assets[one.prints[photo].sha256].treatment.areas


def test_faces_and_codes_are_covered_by_themselves(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """A sure face and a code are covered without a word in the brief; a doubtful face is not, but is said, with both ways to decide."""
    known["a"] = {"finds": (FACE, MAYBE, CODE)}
    one, done = made(folder, cache)
    assert areas(done, one.pairs[0].before) == (FACE.area, CODE.area)
    assert codes(done) == ["VK-P020"]
    said = show(done.problems[0], "zh")
    assert "遮脸: [2]" in said
    assert "不遮: [2]" in said


@pytest.mark.parametrize(
    ("said", "covered", "told"),
    [
        ("露脸: [1]", [MAYBE, CODE][1:], ["VK-P020"]),
        ("不遮: [1, 2, 3]", [], []),
        ("遮脸: [2]", [FACE, MAYBE, CODE], []),
        ("露脸: [2]", [FACE, CODE], []),
        ("不遮: 2", [FACE, CODE], []),
    ],
)
def test_people_decide_by_number(
    folder: Path, cache: Cache, known: dict[str, Any], said: str, covered: list[Find], told: list[str]
) -> None:
    """What the brief shows, spares or covers by number is so; a decision ends the warning."""
    known["a"] = {"finds": (FACE, MAYBE, CODE)}
    one, done = made(folder, cache, before=f"{{文件: a.jpg, {said}}}")
    assert areas(done, one.pairs[0].before) == tuple(find.area for find in covered)
    assert codes(done) == told


def test_places_are_covered_by_hand(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Rectangles and polygons, alone or in a list, as fractions or percentages, are covered after what was found."""
    known["a"] = {"finds": (FACE,)}
    for typed, corners in (
        ("[0.1, 0.2, 0.3, 0.4]", [((0.1, 0.2), (0.3, 0.2), (0.3, 0.4), (0.1, 0.4))]),
        ("[10%, 20%, 30%, 40%]", [((0.1, 0.2), (0.3, 0.2), (0.3, 0.4), (0.1, 0.4))]),
        ("[[[0.1, 0.1], [0.5, 0.2], [0.3, 0.9]]]", [((0.1, 0.1), (0.5, 0.2), (0.3, 0.9))]),
        (
            "[[0, 0, 1, 0.5], [[0, 0], [1, 0], [1, 1]]]",
            [((0, 0), (1, 0), (1, 0.5), (0, 0.5)), ((0, 0), (1, 0), (1, 1))],
        ),
    ):
        one, done = made(folder, cache, before=f"{{文件: a.jpg, 遮挡: {typed}}}")
        found = areas(done, one.pairs[0].before)
        assert found[0] == FACE.area
        assert [area.points for area in found[1:]] == corners
        assert all(area.shape == "polygon" for area in found[1:])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("[0.3, 0.2, 0.1, 0.4]", "VK-B038"),
        ("[10, 20, 30, 40]", "VK-B037"),
        ("[0.1, 0.2, 0.3]", "VK-B029"),
        ("门牌", "VK-B029"),
        ("[[[0.1, 0.1], [0.2, 0.2]]]", "VK-B029"),
    ],
)
def test_a_place_that_cannot_be_is_refused(folder: Path, typed: str, code: str) -> None:
    """Sides the wrong way round, too few numbers, numbers over 1, words: one message each, with an example."""
    with pytest.raises(Refusal) as caught:
        read(folder, before=f"{{文件: a.jpg, 遮挡: {typed}}}")
    assert [p.code for p in caught.value.problems] == [code]


def test_a_number_stands_once_and_exists(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Two decisions about one find, words instead of numbers, and numbers of nothing are refused where they stand."""
    for said, code in (("露脸: [1], 不遮: [1]", "VK-B027"), ("露脸: [秀兰]", "VK-B028"), ("露脸: [0]", "VK-B028")):
        with pytest.raises(Refusal) as caught:
            read(folder, before=f"{{文件: a.jpg, {said}}}")
        assert [p.code for p in caught.value.problems] == [code]
    known["a"] = {"finds": (FACE,)}
    with pytest.raises(Refusal) as caught:
        made(folder, cache, before="{文件: a.jpg, 露脸: [1, 4]}")
    (wrong,) = caught.value.problems
    assert (wrong.code, wrong.exit_code) == ("VK-P021", 2)
    assert wrong.place == Place("brief.yaml", 7, 28)


def test_an_aligned_pair_is_one_picture(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Same size, same usable part, same focus (where it changed), same heads; the before is laid over the after; both are levelled."""
    known["a"] = {"finds": (FACE,)}
    one, done = made(folder, cache)
    before, after = (done.prints[photo] for photo in (one.pairs[0].before, one.pairs[0].after))
    assert replace(before, sha256="") == replace(after, sha256="")
    assert before.sha256 != after.sha256
    assert before.aligned
    assert before.usable == SAME.usable
    assert before.focus == SAME.change
    assert before.heads == ()
    bare, seen = made(folder, cache, before="{文件: a.jpg, 露脸: [1]}")
    assert seen.prints[bare.pairs[0].before].heads == seen.prints[bare.pairs[0].after].heads
    assert seen.prints[bare.pairs[0].after].heads[0] == pytest.approx((0.28, 0.15, 0.52, 0.5))
    laid, kept = (done.assets[shown.sha256].treatment for shown in (before, after))
    assert (laid.matrix, laid.gains) == (SAME.matrix, SAME.before)
    assert (kept.matrix, kept.gains) == (None, SAME.after)
    assert prints.crop(before, 9 / 16) == prints.crop(after, 9 / 16)


@pytest.mark.parametrize(
    ("change", "sure", "followed"),
    [
        ((0.5, 0.3), 0.5, True),
        ((0.15, 0.15), 0.6, False),
        ((0.15, 0.15), 0.9, True),
        ((0.45, 0.9), 0.48, True),
        ((0.45, 0.1), 0.48, False),
        ((0.1, 0.95), 0.5, False),
    ],
)
def test_a_change_far_from_the_middle_has_to_be_surer(
    folder: Path, cache: Cache, known: dict[str, Any], change: tuple[float, float], sure: float, *, followed: bool
) -> None:
    """Light that changed in a corner or at the ceiling does not pull the frame off what both photos show; work that surely was done there does,
    and what changed at the bottom, where floors and tables are.
    """
    known["match"] = replace(SAME, change=change, change_sure=sure)
    one, done = made(folder, cache)
    focus = done.prints[one.pairs[0].after].focus
    assert (focus == change) is followed
    assert followed or focus == pytest.approx((0.45, 0.5), abs=0.06)


def test_what_is_covered_in_one_photo_is_covered_in_both(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Through the pair's own transform; not where the other photo's find was spared; not in pairs that are shown apart."""
    known["a"] = {"finds": (FACE,)}
    one, done = made(folder, cache)
    assert areas(done, one.pairs[0].before) == (FACE.area,)
    (carried,) = areas(done, one.pairs[0].after)
    assert carried.shape == "ellipse"
    assert carried.points == ((0.3, 0.2), (0.5, 0.5))
    known["b"] = {"finds": (replace(FACE, score=0.4, area=carried),)}
    one, done = made(folder, cache, after="{文件: b.jpg, 不遮: [1]}")
    assert not areas(done, one.pairs[0].after)
    known["match"], known["b"] = APART, {}
    one, done = made(folder, cache)
    assert not areas(done, one.pairs[0].after)


def test_a_cover_by_hand_is_carried_whatever_was_spared(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """A small find that is spared in one photo frees no large place that was covered by hand in the other."""
    known["b"] = {"finds": (replace(MAYBE, area=Area("ellipse", ((0.3, 0.3), (0.34, 0.34)))),)}
    before, after = "{文件: a.jpg, 遮挡: [0.1, 0.1, 0.6, 0.6]}", "{文件: b.jpg, 不遮: [1]}"
    one, done = made(folder, cache, before=before, after=after)
    assert len(areas(done, one.pairs[0].after)) == 1


def test_a_doubt_ends_only_under_a_cover_that_hides_it(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """A small place covered inside a doubtful face, or a cover beside it, leaves the question open; what privacy says is the same."""
    for area, told in (((0.14, 0.24, 0.16, 0.26), ["VK-P020"]), ((0.05, 0.15, 0.25, 0.35), [])):
        known["a"] = {"finds": (MAYBE,)}
        said = ", ".join(map(str, area))
        one, done = made(folder, cache, before=f"{{文件: a.jpg, 遮挡: [{said}]}}")
        assert codes(done) == told
        state = privacy.state(done.studies[0], 1, areas(done, one.pairs[0].before))
        assert state == ("doubtful" if told else "held")
        assert privacy.counts(done) == (1, len(told))
        assert privacy.as_data(done)[0]["finds"][0]["decision"] == state


def test_a_face_shown_but_covered_by_hand_is_not_shown(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Neither does the report say so, nor is she cut out for the poster."""
    known["her"], known["person"] = {"finds": (FACE,)}, (0.2, 0.1, 0.8, 1.0)
    photo = "{文件: her.jpg, 露脸: [1], 遮挡: [0.3, 0.1, 0.7, 0.6]}"
    one, done = made(folder, cache, more=f"人物: {{称呼: 秀兰, 照片: {photo}}}\n")
    assert one.person
    assert one.person.photo
    assert done.prints[one.person.photo].person is None
    script: Any = type("Script", (), {"brief": one, "developed": done})
    assert not [line for line in report.lines(script) if "露脸" in line]


def test_every_pair_is_told_for_itself(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Two pairs of one spot that do not match are two notes; two rooms that are wiped as asked are told both."""
    known["match"] = APART
    more = "  - {位置: 灶台, 前: c.jpg, 后: her.jpg}\n"
    assert codes(made(folder, cache, more=more)[1]) == ["VK-P030", "VK-P030"]
    known["match"] = replace(APART, alike=0.1)
    assert sorted(codes(made(folder, cache, pair_more="    揭晓: wipe\n")[1])) == ["VK-P028", "VK-P033"]


def test_a_place_vidkit_wrote_itself_is_accepted(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Also for a face whose middle lies outside the photo; of a number given twice the one with its place counts."""
    known["a"] = {"finds": (replace(FACE, area=Area("ellipse", ((0.4, -0.3), (0.6, 0.15)))),)}
    _, done = made(folder, cache)
    written = study.placed(done.studies[0], 1)
    assert written == "1@50/0"
    one, done = made(folder, cache, before=f"{{文件: a.jpg, 露脸: [{written}, 1]}}")
    assert one.pairs[0].before.show_face[0].at == (0.5, 0.0)


def test_a_decision_may_say_where_it_is_meant(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """With its place a number holds only while the find is there; a replaced photo cannot show somebody else."""
    known["a"] = {"finds": (FACE,)}
    one, done = made(folder, cache, before="{文件: a.jpg, 露脸: [1@50/35]}")
    assert not areas(done, one.pairs[0].before)
    for typed, code in (("1@20/35", "VK-P034"), ("2@50/35", "VK-P021")):
        with pytest.raises(Refusal) as caught:
            made(folder, cache, before=f"{{文件: a.jpg, 露脸: [{typed}]}}")
        assert caught.value.problems[0].code == code
    with pytest.raises(Refusal) as caught:
        read(folder, before="{文件: a.jpg, 露脸: [1@五十]}")
    assert [p.code for p in caught.value.problems] == ["VK-B028"]


def test_a_coarse_before_is_not_enlarged_in_secret(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Both photos of a pair count as large as the coarser one, so that a close look stays within its pixels."""
    known["a"] = {"width": 1000, "height": 750}
    one, done = made(folder, cache)
    shown = done.prints[one.pairs[0].after]
    assert (shown.width, shown.height) == (1000, 750)


def test_a_pair_that_does_not_match_is_shown_apart(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """No warp, no gains, no shared frame; the reason is said; two rooms are said to be two rooms; an asked-for wipe is kept, and said."""
    known["match"] = APART
    one, done = made(folder, cache)
    for photo in (one.pairs[0].before, one.pairs[0].after):
        assert not done.prints[photo].aligned
        assert done.assets[done.prints[photo].sha256].treatment == prints.Treatment()
    assert codes(done) == ["VK-P030"]
    assert codes(made(folder, cache, pair_more="    揭晓: wipe\n")[1]) == ["VK-P033"]
    known["match"] = replace(APART, alike=0.1)
    assert codes(made(folder, cache)[1]) == ["VK-P028"]
    for reason, told in (("cut", ["VK-P050"]), ("mirrored", ["VK-P051"]), ("collage", [])):
        known["match"] = replace(APART, reason=reason, alike=1.0, usable=(0.1, 0.2, 0.8, 0.8), left=(1.0, 0.42))
        one, done = made(folder, cache)
        assert codes(done) == told
        assert not done.prints[one.pairs[0].before].aligned
        assert all("42%" in p.message("zh") for p in done.problems if p.code == "VK-P050")


def test_covers_and_decisions_worth_a_look_are_said(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """A sure face left bare as no face, a cover that is large or barely sure; a code is no face to show."""
    known["a"] = {"finds": (replace(FACE, score=0.94), CODE)}
    assert codes(made(folder, cache, before="{文件: a.jpg, 不遮: [1, 2]}")[1]) == ["VK-P035"]
    with pytest.raises(Refusal) as caught:
        made(folder, cache, before="{文件: a.jpg, 露脸: [2]}")
    assert [(p.code, p.exit_code) for p in caught.value.problems] == [("VK-P036", 2)]
    large = replace(FACE, area=Area("ellipse", ((0.2, 0.2), (0.5, 0.6))))
    for find in (replace(FACE, score=0.65), large):
        known["a"] = {"finds": (find,)}
        assert codes(made(folder, cache)[1]) == ["VK-P038"]
        assert not codes(made(folder, cache, before="{文件: a.jpg, 不遮: [1]}")[1])
    known["a"] = {"finds": (replace(FACE, score=0.94), replace(FACE, score=0.95), CODE)}
    for said, code in (("全部", "VK-P043"), ("[1, 2]", "VK-P035")):
        (one,) = made(folder, cache, before=f"{{文件: a.jpg, 不遮: {said}}}")[1].problems
        assert (one.code, dict(one.values)["numbers"]) == (code, "1、2")


def test_what_may_be_faces_is_told_in_one(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Every photo with all its numbers, covered or not, and what to write; programs still read of each. Large covers and faults stand alone."""
    doubt, large = replace(FACE, score=0.65), replace(FACE, area=Area("ellipse", ((0.2, 0.2), (0.5, 0.6))))
    known["a"] = {"finds": (MAYBE, doubt, MAYBE), "faults": ("small",)}
    known["b"] = {"finds": (doubt, replace(MAYBE, area=Area("ellipse", ((0.8, 0.8), (0.9, 0.9)))), large)}
    _, done = made(folder, cache)
    assert codes(done) == ["VK-P024", "VK-P052", "VK-P038"]
    told = done.problems[1]
    assert [part.code for part in told.each] == ["VK-P020", "VK-P038", "VK-P020", "VK-P038"]
    said = show(told, "zh")
    assert "：a.jpg 第 1、3 处还没有遮，第 2 处已经遮好；b.jpg 第 2 处还没有遮，第 1 处已经遮好\n" in said
    for write in (
        "看图，一张一张定：",
        "不遮: 全部（已经遮好的那几处也会露出来）",
        "遮脸: [1]",
        "遮没遮都把号写进 不遮",
    ):
        assert write in said
    assert "a.jpg number 1, 3 not covered yet, number 2 covered; b.jpg number 2" in show(told, "en")
    known["a"], known["b"] = {"finds": (doubt,)}, {"finds": (doubt,)}
    assert "有几处不是，就把那几个号写进 不遮，比如 不遮: [1]" in show(made(folder, cache)[1].problems[0], "zh")
    known["a"], known["b"] = (
        {"finds": (MAYBE,)},
        {"finds": (replace(MAYBE, area=Area("ellipse", ((0.8, 0.8), (0.9, 0.9)))),)},
    )
    assert "就写 不遮: 全部；有人脸，就把它的号写进 遮脸" in show(made(folder, cache)[1].problems[0], "zh")


def test_a_photo_named_twice_is_complained_of_once(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """In two pairs, or before and as the person."""
    known["a"] = {"faults": ("small",)}
    more = "  - {位置: 水槽, 前: a.jpg, 后: c.jpg}\n"
    assert codes(made(folder, cache, more=more)[1]) == ["VK-P024", "VK-P040"]


@pytest.mark.parametrize(
    ("match", "code"),
    [
        (replace(SAME, changed=0.001), "VK-P037"),
        (replace(SAME, swapped=True), "VK-P027"),
        (replace(SAME, edited="after"), "VK-P029"),
        (replace(SAME, editor="before"), "VK-P029"),
    ],
)
def test_what_is_not_an_honest_comparison_is_said(
    folder: Path, cache: Cache, known: dict[str, Any], match: Match, code: str
) -> None:
    """Swapped, or only one edited: a warning with its reason; the clip is made all the same."""
    known["match"] = match
    done = made(folder, cache)[1]
    assert codes(done) == [code]
    assert done.problems[0].level == "warning"


def test_a_damaged_photo_is_told_of_that_alone(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """What else is wrong with it, or with its pair, follows from that: nobody is sent to switch on the light."""
    known["match"], known["b"] = APART, {"faults": ("damaged", "dark"), "odd": True}
    assert codes(made(folder, cache)[1]) == ["VK-P042"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("灶台后.jpg", "灶台前.jpg", True),
        ("灶台后.jpg", "b.jpg", True),
        ("a.jpg", "stove_before.jpg", True),
        ("清洁后/a.jpg", "清洁前/a.jpg", True),
        ("灶台前.jpg", "灶台后.jpg", False),
        ("a.jpg", "b.jpg", False),
    ],
)
def test_names_that_say_the_other_side_are_told(
    folder: Path, cache: Cache, before: str, after: str, *, told: bool
) -> None:
    """The words of a folder of photos count in a brief too; a clock that says the same is told alone."""
    for name in (before, after):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(name.encode())
    assert codes(made(folder, cache, before=before, after=after)[1]) == ["VK-P041"] * told


def test_a_photo_stands_for_one_place(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Both photos of another pair, or one of them, also as a copy under another name; told with both lines, each pair once."""
    (folder / "copy.jpg").write_bytes((folder / "a.jpg").read_bytes())
    more = "  - {位置: 书架, 前: copy.jpg, 后: b.jpg}\n  - {位置: 水槽, 前: her.jpg, 后: a.jpg}\n"
    both, one = made(folder, cache, more=more)[1].problems
    assert [(p.code, p.place and p.place.line, p.level) for p in (both, one)] == [
        ("VK-P039", 9, "warning"),
        ("VK-P040", 10, "warning"),
    ]
    assert "第 7 行「灶台」和第 9 行「书架」用的是同样的两张照片" in both.message("zh")
    assert "第 7 行「灶台」和第 10 行「水槽」都用了 a.jpg" in one.message("zh")
    known["match"] = replace(SAME, swapped=True)
    assert codes(made(folder, cache)[1]) == ["VK-P027"]


def test_the_same_photo_twice_is_refused(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """By content, not by name."""
    (folder / "copy.jpg").write_bytes((folder / "a.jpg").read_bytes())
    with pytest.raises(Refusal) as caught:
        made(folder, cache, after="copy.jpg")
    assert [(p.code, p.exit_code) for p in caught.value.problems] == [("VK-P026", 2)]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("blurred", "VK-P022"),
        ("dark", "VK-P023"),
        ("small", "VK-P024"),
        ("shrunk", "VK-P025"),
        ("collage", "VK-P047"),
        ("screen", "VK-P048"),
        ("barred", "VK-P049"),
    ],
)
def test_poor_photos_are_named(folder: Path, cache: Cache, known: dict[str, Any], fault: str, code: str) -> None:
    """Each fault has its own message, at the photo's place, with how to shoot again."""
    known["b"] = {"faults": (fault,)}
    (said,) = made(folder, cache)[1].problems
    assert (said.code, said.level) == (code, "warning")
    assert said.place
    assert said.place.line == 8
    assert said.hint("zh")


def test_a_label_of_ai_is_said_and_kept(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """A single photo made by AI is told (one in a comparison is the rules' business), and what is made carries its label, the strongest one."""
    weak, strong = ('{"AIGC":{"Label":"%s"}}' % level for level in "21")  # noqa: UP031  # braces
    known["a"], known["b"], known["her"] = {"label": weak}, {"label": strong}, {"label": weak}
    done = made(folder, cache, more="人物: {称呼: 秀兰阿姨, 照片: {文件: her.jpg}}\n")[1]
    assert codes(done) == ["VK-P031"]
    assert prints.label(done.assets.values()) == strong
    assert not prints.label([])


def test_what_is_covered_draws_no_crop(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Neither a sure face nor one that is covered by hand: the photo is framed as if nothing were there; a face that is shown frames it."""
    known["c"] = {"finds": (FACE, MAYBE)}
    for decided, count in (("c.jpg", 0), ("{文件: c.jpg, 遮脸: [1, 2]}", 0), ("{文件: c.jpg, 露脸: [1]}", 1)):
        one, done = made(folder, cache, more=f"照片: [{decided}]\n")
        shown = done.prints[one.photos[0]]
        assert len(shown.heads) == count
        assert (shown.focus == done.studies[-1].facts.focus) == (not count)


def test_her_own_face_is_covered_until_she_may_be_seen(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """The person's photo is covered like any other, and the brief is told how to show her; either decision ends the message."""
    known["her"], known["person"] = {"finds": (FACE,)}, (0.2, 0.1, 0.8, 1.0)
    more = "人物: {称呼: 秀兰, 照片: %s}\n"
    one, done = made(folder, cache, more=more % "her.jpg")
    assert codes(done) == ["VK-P032"]
    assert one.person
    assert one.person.photo
    shown = done.prints[one.person.photo]
    assert shown.heads == (FACE.head,)
    assert shown.focus == pytest.approx((0.5, 0.448), abs=2e-3)
    for decided, count in (("{文件: her.jpg, 露脸: [1]}", 0), ("{文件: her.jpg, 遮脸: [1]}", 1)):
        again, done = made(folder, cache, more=more % decided)
        assert codes(done) == []
        assert again.person
        assert again.person.photo
        assert len(areas(done, again.person.photo)) == count
        assert (done.prints[again.person.photo].person is None) == bool(count)


def test_the_focus_of_the_brief_wins(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """The pair's point, or a photo's own, before faces and before what changed."""
    known["a"] = {"finds": (FACE,)}
    for said in ({"pair_more": "    焦点: [0.1, 0.9]\n"}, {"after": "{文件: b.jpg, 焦点: [0.1, 0.9]}"}):
        one, done = made(folder, cache, **said)
        assert done.prints[one.pairs[0].before].focus == (0.1, 0.9)


def test_the_report_says_what_was_done(
    folder: Path, cache: Cache, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentences for people, numbers for programs; no path of the machine in either."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    known["a"] = {"finds": (FACE, CODE)}
    one, done = made(folder, cache)
    script: Any = type("Script", (), {"brief": one, "developed": done})
    lines = report.lines(script)
    assert len(lines) == 2
    assert "对齐了（很有把握），画面留下 90%" in lines[0]
    assert "「前」调亮 0.1 档" in lines[0]
    assert "人脸 1 处" in lines[1]
    data = report.as_data(script)
    assert data["photos"][0]["covered"] == {"faces": 1, "codes": 1, "by_hand": 0}
    assert data["pairs"][0]["gains"]["before"] == list(SAME.before)
    assert str(folder) not in str(data) + str(lines)
    assert data["photos"][0]["sha256"] == hashlib.sha256((folder / "a.jpg").read_bytes()).hexdigest()


DARK = {"faults": ("dark",), "lightness": 0.2}
STORY = (
    "模板: 服务故事\n品牌: 邻里净\n标题: 天没亮就起来了\n地区: 贵阳南明\n{more}"
    "人物: {{称呼: 秀兰阿姨, 工种: 保洁师, 照片: {{文件: her.jpg, 露脸: [1]}}}}\n"
    "章节:\n  - {{标题: 起床, 说明: 天还黑, 照片: a.jpg}}\n  - {{标题: 早饭, 说明: 稀饭, 照片: b.jpg}}\n"
    "  - {{标题: 窗户, 说明: 擦一遍, {third}}}\n"
)


def told(folder: Path, cache: Cache, third: str = "照片: c.jpg", more: str = "") -> tuple[Brief, Developed]:
    """A story in three chapters, its photos developed."""
    (folder / "story.yaml").write_text(STORY.format(third=third, more=more), encoding="utf-8")
    one = brief.load(folder / "story.yaml", plan.names(kit.shelf()))
    return one, develop.develop(one, cache)


@pytest.mark.parametrize(("lightness", "stops"), [(0.0, 1.5), (0.2, 1.5), (0.32, 1.38), (0.5, 0.0), (0.9, 0.0)])
def test_a_photo_is_lifted_as_far_as_it_is_dark(lightness: float, stops: float) -> None:
    """Up to one and a half stops; none for a photo that is light enough."""
    assert develop.lift(lightness) == pytest.approx(stops, abs=0.01)


def test_dark_photos_of_a_story_are_lifted_and_it_is_said(
    folder: Path, cache: Cache, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chapter's photo and a portrait; what is bright stays as it is; check's lines and the manifest say by how much."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    known["a"], known["her"] = DARK, {**DARK, "finds": (FACE,)}
    one, done = told(folder, cache)
    script: Any = type("Script", (), {"brief": one, "developed": done})
    assert {photo.name: done.lifted(photo) for photo in one.singles} == {
        "a.jpg": 1.5, "b.jpg": 0.0, "c.jpg": 0.0, "her.jpg": 1.5,
    }  # fmt: skip
    assert {photo.name: done.prints[photo].good for photo in one.singles} == {
        "a.jpg": False, "b.jpg": True, "c.jpg": True, "her.jpg": False,
    }  # fmt: skip
    assert [line.strip() for line in report.lines(script) if "亮" in line] == [
        f"{name}：太暗，暗的地方调亮了 1.5 档（要照拍的样子放，在这张照片里加 原样: 是）"
        for name in ("her.jpg", "a.jpg")
    ]
    data = {photo["name"]: photo.get("lifted_ev") for photo in report.as_data(script)["photos"]}
    assert data == {"a.jpg": 1.5, "b.jpg": None, "c.jpg": None, "her.jpg": 1.5}


def test_a_photo_may_be_wanted_as_it_was_taken(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """Dark as it is, the others are lifted all the same."""
    known["a"], known["c"], known["her"] = DARK, DARK, {**DARK, "finds": (FACE,)}
    one, done = told(folder, cache, third="照片: {文件: c.jpg, 原样: 是}")
    assert {photo.name: done.lifted(photo) for photo in one.singles if photo.name in {"a.jpg", "c.jpg"}} == {
        "a.jpg": 1.5, "c.jpg": 0.0,
    }  # fmt: skip


def test_evidence_is_shown_in_the_light_it_was_taken_in(folder: Path, cache: Cache, known: dict[str, Any]) -> None:
    """No photo of a pair, whether it can be aligned or not, nor the same photo elsewhere; no photo beside a comparison, a result or a
    customer's praise but people's own.
    """
    for name in ("a", "b", "c", "her"):
        known[name] = DARK
    for match in (SAME, APART):
        known["match"] = match
        one, done = made(folder, cache, more="照片: [c.jpg]\n人物: {称呼: 秀兰阿姨, 照片: her.jpg}\n")
        assert {photo.name: done.lifted(photo) for photo in one.mentions} == {
            "a.jpg": 0.0, "b.jpg": 0.0, "c.jpg": 0.0, "her.jpg": 1.5,
        }  # fmt: skip
    known["her"] = {**DARK, "finds": (FACE,)}
    one, done = told(folder, cache, third="前: c.jpg, 后: b.jpg")
    lifted = [(photo.name, done.lifted(photo)) for photo in one.mentions]
    assert lifted == [("c.jpg", 0.0), ("b.jpg", 0.0), ("her.jpg", 1.5), ("a.jpg", 1.5), ("b.jpg", 0.0)]


def test_a_bug_leaves_no_photo_behind(folder: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an examination meets, its photos and OpenCV's threads are let go of: the next brief of a run is made as if alone."""
    let_go = []

    def broken(*_: object) -> Facts:
        raise LookupError("our bug")

    monkeypatch.setattr(facts, "look", broken)
    monkeypatch.setattr(facts, "forget", lambda: let_go.append(1))
    with pytest.raises(LookupError, match="our bug"):
        made(folder, cache)
    assert let_go


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="a system that ties no process to cores")
def test_only_the_cores_of_this_process_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container or under taskset the computer has more."""
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 5})
    assert cores.usable() == 2
