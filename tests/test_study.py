"""What a brief decides about the finds in a photo: by number, or 全部 for everything that looks like a face and is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from vidkit import brief, source
from vidkit.brief import Photo
from vidkit.briefs.fields import EVERY, Choice, Names
from vidkit.photos import advice, privacy, study
from vidkit.photos.areas import Area
from vidkit.photos.facts import Facts, Find
from vidkit.problems import Place, Refusal, show
from vidkit.tables import table

HERE = Place("x.yaml", 7, 3)
AREA = Area("ellipse", ((0.1, 0.1), (0.2, 0.2)))
FACTS = Facts(
    "0" * 64, 4000, 3000, (0.5, 0.5), (Find("face", 0.99, AREA), Find("face", 0.4, AREA), Find("code", 1, AREA))
)


def studied(**decided: tuple[int, ...]) -> study.Study:
    """A photo with a sure face, a doubtful one and a code, as somebody decided about it."""
    choices = {name: tuple(Choice(number=n, place=HERE) for n in numbers) for name, numbers in decided.items()}
    return study.study(Photo(name="a.jpg", path=Path("a.jpg"), place=HERE).model_copy(update=choices), FACTS)


@pytest.mark.parametrize(
    ("decided", "covered", "doubtful"),
    [
        ({}, (1, 3), (2,)),
        ({"not_face": (2,)}, (1, 3), ()),
        ({"not_face": (1,)}, (3,), (2,)),
        ({"not_face": (EVERY,)}, (1, 3), ()),
        ({"not_face": (EVERY, 1)}, (3,), ()),
        ({"not_face": (EVERY,), "hide_face": (1,)}, (1, 3), ()),
        ({"not_face": (EVERY, 3)}, (1,), ()),
    ],
)
def test_what_is_covered(
    decided: dict[str, tuple[int, ...]], covered: tuple[int, ...], doubtful: tuple[int, ...]
) -> None:
    """All that are no faces are spared at once, but neither a code, nor what another decision names, nor a face the finder is sure of."""
    one = studied(**decided)
    assert (one.covered, one.doubtful) == (covered, doubtful)
    assert EVERY not in study.numbers(study.no_faces(one.photo, FACTS))


@pytest.mark.parametrize(
    ("key", "typed", "good"), [("不遮", "全部", True), ("not_face", "All", True), ("露脸", "全部", False)]
)
def test_every_one_may_be_spared_but_not_shown(key: str, typed: str, good: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Showing faces needs each one's consent, so they are named one by one."""
    (tmp_path / "a.jpg").touch()
    (tmp_path / "b.jpg").touch()
    text = f"模板: a\n品牌: b\n标题: 厨房\n对比: {{位置: 灶台, 前: {{文件: a.jpg, {key}: {typed}}}, 后: b.jpg}}\n"
    node, _ = source.parse(text, "x.yaml")
    assert node
    names = Names(templates=(("a", ()),), brands=(("b", ()),))
    if good:
        read = brief.check(node, base=tmp_path, names=names)
        assert read.pairs[0].before.not_face[0].number == EVERY
    else:
        with pytest.raises(Refusal) as refused:
            brief.check(node, base=tmp_path, names=names)
        assert [p.code for p in refused.value.problems] == ["VK-B028"]


def test_a_cover_holds_wherever_the_photo_is_mentioned() -> None:
    """What one mention covers by hand or by name is covered in all of them, even where another shows or spares it; bare places stay one's own."""
    corners = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.5))
    first = Photo(
        name="a.jpg", path=Path("a.jpg"), place=HERE, cover=(corners,), hide_face=(Choice(number=2, place=HERE),)
    )
    bare = (Choice(number=1, place=HERE), Choice(number=2, place=HERE))
    copy = Photo(name="b.jpg", path=Path("b.jpg"), place=Place("x.yaml", 9, 3), show_face=bare)
    other = Photo(name="c.jpg", path=Path("c.jpg"), place=HERE)
    one, two, three = study.study_all([(first, FACTS), (copy, FACTS), (other, replace(FACTS, sha256="1" * 64))])
    assert (one.covered, two.covered, three.covered) == ((1, 2, 3), (2, 3), (1, 3))
    assert study.by_hand(one) == study.by_hand(two) == (Area("polygon", corners),)
    assert study.by_hand(three) == ()
    assert three.doubtful == (2,)
    assert two.doubtful == ()


def finds(*scores: float, side: float = 0.05) -> Facts:
    """A photo with faces found this surely, one beside the other."""
    return replace(
        FACTS,
        finds=tuple(
            Find("face", score, Area("ellipse", ((0.06 * n, 0.7), (0.06 * n + side, 0.7 + side))))
            for n, score in enumerate(scores)
        ),
    )


def notes(known: Facts, **decided: tuple[int, ...]) -> list[tuple[str, str]]:
    """Codes and words of what is said of a photo, as it stands in no pair."""
    choices = {name: tuple(Choice(number=n, place=HERE) for n in numbers) for name, numbers in decided.items()}
    one = study.study(Photo(name="a.jpg", path=Path("a.jpg"), place=HERE).model_copy(update=choices), known)
    return [(p.code, show(p, "zh")) for p in advice._doubts(one, study.areas(one), "厨房.yaml")]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((), ()),
        ((3,), ("3",)),
        ((1, 2, 4), ("1", "2", "4")),
        ((1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14), ("1-7", "11-14")),
        ((2, 3, 5, 6, 7, 9), ("2", "3", "5-7", "9")),
    ],
)
def test_numbers_in_a_row_are_said_as_one(found: tuple[int, ...], said: tuple[str, ...]) -> None:
    """Three or more."""
    assert advice.ranges(found) == said


def test_many_doubtful_finds_are_named_once() -> None:
    """As ranges, with one word for a photo without any face; where something else is covered, that it bares that too. Few are listed to copy."""
    ((code, said),) = notes(finds(*(0.4,) * 14))
    assert code == "VK-P020"
    assert "第 1-14 处可能是人脸，拿不准，还没有遮" in said
    assert "一个人脸也没有，就写 不遮: 全部；" in said
    assert "1, 2" not in said
    for score, bared in ((0.85, True), (0.95, False)):
        ((_, said),) = notes(finds(*(0.4,) * 7, score, *(0.4,) * 4))
        assert "第 1-7、9-12 处" in said
        assert ("不遮: 全部（已经遮好的那几处也会露出来）" in said) == bared
    ((_, said),) = notes(finds(0.4, 0.4, 0.4))
    assert "第 1-3 处" in said
    assert "遮脸: [1, 2, 3]" in said
    assert "不遮: [1, 2, 3]" in said
    ((code, said),) = notes(finds(*(0.7,) * 5))
    assert (code, "第 1-5 处可能是人脸，拿不准，已经遮好" in said, "不遮: 全部；" in said) == ("VK-P038", True, True)
    ((code, said),) = notes(finds(*(0.95,) * 5), not_face=(1, 2, 3, 4, 5))
    assert (code, "第 1-5 处很像人脸" in said, said.count("1-5")) == ("VK-P035", True, 1)


def test_whatever_is_covered_unasked_is_named_with_the_way_to_uncover_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a photo's in one line, a sure one with its place, but what a note tells; nothing of what the brief hides itself."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    pans = tuple(Find("face", score, AREA) for score in (0.7, 0.85, 0.95, 0.4))
    photo = Photo(name="a.jpg", path=Path("a.jpg"), place=HERE)
    hidden = photo.model_copy(update={"hide_face": (Choice(number=2, place=HERE), Choice(number=3, place=HERE))})

    def told(photo: Photo, finds: tuple[Find, ...], heading: str = "") -> str:
        return advice.uncovering(study.study(photo, replace(FACTS, finds=finds)), heading)

    assert told(photo, pans[1:]) == "（第 1、2 处；不是人脸就写 不遮: [1, 2@15/15]）"
    assert told(photo, pans) == "（其中第 2、3 处很像人脸；不是，就把 2, 3@15/15 也写进 不遮）"
    assert "不遮: [1, 2@15/15, 4, 5@15/15]" in told(photo, pans[1:] * 2)
    assert told(photo, pans[1:] * 2).startswith("（第 1、2、4、5 处；不是人脸的，把号写进 不遮")
    assert "加一列 照片.不遮，这一行的格子里写它的号：2, 3@15/15）" in told(photo, pans, "照片")
    assert told(hidden, pans) == told(photo, pans[:1]) == told(photo, ()) == ""
    towels = study.study(photo, replace(FACTS, finds=(Find("code", 1.0, AREA),)))
    assert advice.uncovering_codes(towels, "") == "（第 1 处；不是码就写 不遮: [1@15/15]）"
    assert "加一列 照片.不遮，" in advice.uncovering_codes(towels, "照片")
    (mark,) = privacy.marks(towels, study.areas(towels))
    assert any("二维码" in piece for piece in privacy._beside(mark, 0, 300, 1))
    assert next(privacy._ways(towels, mark)) == "不是码，写 不遮: [1@15/15]"


def test_a_sure_face_is_called_none_only_by_its_number_and_place() -> None:
    """全部 leaves it covered and says what to write; a number alone is said to need its place before publishing."""
    ((code, said),) = notes(finds(0.4, 0.95, 0.7, 0.93), not_face=(EVERY,))
    assert (code, "第 2、4 处很像人脸，「不遮」里的“全部”管不到" in said) == ("VK-P043", True)
    assert "不遮: [全部, 2@8/72, 4@20/72]" in said
    ((code, said),) = notes(finds(0.95), not_face=(1,))
    assert (code, "不遮: [1@2/72]" in said) == ("VK-P035", True)
    ((code, said),) = notes(finds(0.95, side=0.3))
    assert (code, "不遮: [1@15/85]" in said) == ("VK-P038", True)


def test_the_picture_and_the_notes_say_what_a_find_looks_like_in_the_same_words() -> None:
    """Surely a face, one whose cover is large, one that may be none: covered or not."""
    for known, kind in ((finds(0.7), "maybe"), (finds(0.95, side=0.3), "large"), (finds(0.4), "maybe")):
        one = study.study(Photo(name="a.jpg", path=Path("a.jpg"), place=HERE), known)
        (mark,) = privacy.marks(one, study.areas(one))
        ((_, said),) = notes(known)
        assert study.seems(known.finds[0]) == kind
        assert mark.said == table("cli")[f"find-{kind}"]["zh"]
        assert f"第 1 处{mark.said}，" in said
    assert not notes(finds(0.95))
    assert study.seems(finds(0.95).finds[0]) == "face"
    assert study.seems(FACTS.finds[2]) == "code"


@pytest.mark.parametrize(("size", "told"), [((4032, 1200), True), ((4000, 2000), False), ((1200, 4032), False)])
def test_a_panorama_is_told_of(size: tuple[int, int], told: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """A photo more than twice as wide as high is seen in parts only, and `check` says so at its place."""
    (tmp_path / "a.jpg").touch()
    node, _ = source.parse("模板: a\n品牌: b\n标题: 厨房\n照片: a.jpg\n", "x.yaml")
    assert node
    made = brief.check(node, base=tmp_path, names=Names(templates=(("a", ()),), brands=(("b", ()),)))
    studies = {
        photo: study.study(photo, replace(FACTS, width=size[0], height=size[1], finds=())) for photo in made.photos
    }
    found = advice.noted(made, studies, (), dict.fromkeys(studies, ()))
    assert [(one.code, one.place.line) for one in found if one.place] == [("VK-P044", 4)] * told
    assert all("3.4 倍" in show(one, "zh") for one in found)
