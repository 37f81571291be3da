"""What a brief decides about the finds in a photo: by number, or 全部 for everything that looks like a face and is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from vidkit import brief, source, study
from vidkit.brief import Photo
from vidkit.fields import EVERY, Choice, Names
from vidkit.photos.areas import Area
from vidkit.photos.facts import Facts, Find
from vidkit.problems import Place, Refusal

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
        ({"not_face": (EVERY,)}, (3,), ()),
        ({"not_face": (EVERY,), "hide_face": (1,)}, (1, 3), ()),
        ({"not_face": (EVERY, 3)}, (), ()),
    ],
)
def test_what_is_covered(
    decided: dict[str, tuple[int, ...]], covered: tuple[int, ...], doubtful: tuple[int, ...]
) -> None:
    """All that are no faces are spared at once, but neither a code nor what another decision names."""
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
