"""What a template may name: sections shot by shot, long texts in pages that can be read."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vidkit import scope
from vidkit.brief import Pair, Photo, Section
from vidkit.problems import Place
from vidkit.tables import table

MOST = int(table("timing")["page_characters"])
WORDS = st.text(alphabet="阿姨来得准时窗槽都刷了，。！？\n a1", min_size=1, max_size=300)


def _photo(name: str) -> Photo:
    return Photo(name=name, path=Path("/photos") / name, place=Place("a.yaml", 1, 1))


def test_a_section_has_as_many_shots_as_lines_or_photos() -> None:
    """Each line has its own shot; the last photo is held for further lines, further photos have no words."""
    a, b = _photo("a.jpg"), _photo("b.jpg")
    lines = scope.shots((Section(title="一", lines=("甲", "乙", "丙"), photos=(a, b)),))
    assert [(shot.text, shot.photo, shot.first) for shot in lines] == [
        ("甲", a, True),
        ("乙", b, False),
        ("丙", b, False),
    ]
    silent = scope.shots((Section(title="一", lines=("甲",), photos=(a, b)), Section(title="二")))
    assert [(shot.text, shot.photo, shot.number, shot.of) for shot in silent] == [
        ("甲", a, 1, 2),
        ("", b, 1, 2),
        ("", None, 2, 2),
    ]
    assert dict(silent[1].places)["title"] == "sections.0.title"


def test_a_pair_is_revealed_once_and_its_after_stays() -> None:
    """The first line goes with the reveal, the next ones with the result."""
    pair = Pair(spot="灶台", before=_photo("a.jpg"), after=_photo("b.jpg"))
    first, second = scope.shots((Section(title="灶台", lines=("先喷", "再擦"), pair=pair),))
    assert (first.pair, first.photo) == (pair, None)
    assert (second.pair, second.photo) == (None, pair.after)


@given(WORDS)
def test_pages_put_together_are_the_text(text: str) -> None:
    """Nothing is left out, changed or added; no page is empty or much longer than a page."""
    pages = scope.pages(text, "review.text")
    assert "".join(page.text for page in pages) == text
    assert all(0 < len(page.text) <= 1.5 * MOST for page in pages)
    assert [(page.number, page.of) for page in pages] == [(n, len(pages)) for n in range(1, len(pages) + 1)]


def test_pages_end_with_sentences() -> None:
    """Where sentences allow, a page ends with one."""
    text = "阿姨提前五分钟到的，进门先穿鞋套。厨房的油擦得很细，窗槽也一条条刷了，我自己都没想到那里有那么多灰。走之前还带我看了一遍，问我哪里不满意。"
    pages = scope.pages(text, "review.text")
    assert len(pages) == 3
    assert all(len(page.text) <= MOST * scope.SENTENCE_ROOM and page.text[-1] in "，。" for page in pages)
    short = scope.pages("阿姨提前五分钟到的，进门先穿鞋套。" * 4, "review.text")
    assert all(page.text.endswith("。") for page in short)
    assert len(scope.pages("很好。", "review.text")) == 1
