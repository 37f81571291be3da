"""Subtitles in which the phrase being said stands out (字幕: 高亮): its words in the brand's accent, the words around it quieter, all readable."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import clips
import pytest
import told_aloud

from vidkit import kit, layout, plan
from vidkit.audio.phrases import phrases
from vidkit.audio.subtitles import Cue
from vidkit.boards import subtitling
from vidkit.boards.subtitling import Block, Shown
from vidkit.cache import Cache
from vidkit.kits.contrast import CONTRAST, contrast, over
from vidkit.painting.album import Album
from vidkit.publishing import within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from told_aloud import Told

    from vidkit.kit import Brand
    from vidkit.plan import Plan, Script
    from vidkit.storyboard import Graphic

BRANDS = [name for name, _ in kit.brand_names(kit.shelf())]
RUN = re.compile(r'<text\b[^>]*? fill="([^"]+)"[^>]*>([^<]*)</text>')
PLATE = re.compile(r'<rect\b[^>]* fill="([^"]+)" fill-opacity="([^"]+)"')


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache for all tests."""
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A brief with a recording for every chapter."""
    return told_aloud.by_chapter(tmp_path_factory.mktemp("aloud"))


def read(told: Told, store: Cache, old: str = "", new: str = "", more: str = "字幕: 高亮\n") -> Script:
    """The brief with other words and a highlight."""
    file = told.file.with_name("高亮.yaml")
    file.write_text(told.file.read_text(encoding="utf-8").replace(old, new) + more, encoding="utf-8")
    return plan.read(file, store)


@pytest.fixture(scope="module")
def plain(told: Told, store: Cache) -> Plan:
    """Its clip with a phrase at a time."""
    return clips.planned(plan.read(told.file, store), "douyin")[0]


@pytest.fixture(scope="module")
def made(told: Told, store: Cache) -> Plan:
    """Its clip with a highlight."""
    return clips.planned(read(told, store), "douyin")[0]


def runs(item: Graphic) -> list[tuple[str, str]]:
    """The colours and words of a drawing, piece by piece."""
    return RUN.findall(item.svg)


def letters(item: Graphic) -> list[tuple[str, int, str]]:
    """Every letter of a drawing of full-width letters with its place, whatever its colour."""
    found = re.findall(r'<text\b[^>]*? x="([\d.]+)" y="([\d.]+)"[^>]*? font-size="(\d+)"[^>]*>([^<]*)<', item.svg)
    return [
        (letter, round(float(x) + n * int(size)), y) for x, y, size, words in found for n, letter in enumerate(words)
    ]


def timed(words: str, *, every: int = 20, long: int = 18) -> list[Shown]:
    """The phrases of a text, one every so many frames."""
    return [
        Shown(Cue(one.text, number * every, number * every + long), one, 0) for number, one in enumerate(phrases(words))
    ]


def laid(blocks: Iterator[Block]) -> list[list[str]]:
    """The words of blocks, line by line."""
    return [[subtitling.said(line) for line in block.lines] for block in blocks]


def test_it_is_off_by_default(told: Told, store: Cache, plain: Plan) -> None:
    """The clip is the same, said so or not; each subtitle stands alone."""
    same = clips.planned(read(told, store, more="字幕: 逐句\n"), "douyin")[0]
    assert same.board == plain.board
    assert [within.words(one.svg) for one in plain.board.captions[:2]] == ["早班车上", "座位都还空着"]


@pytest.mark.parametrize("said", ["字幕: 高亮\n", "subtitles: highlight\n"])
def test_both_languages(told: Told, store: Cache, said: str) -> None:
    """The key and its value in Chinese and English."""
    assert read(told, store, more=said).brief.subtitles == "highlight"


def test_only_the_drawings_differ(plain: Plan, made: Plan) -> None:
    """Scenes, voices, times and the words beside the clip are those of a phrase at a time."""
    assert (made.board.scenes, made.board.speeches) == (plain.board.scenes, plain.board.speeches)
    assert made.board.subtitles == plain.board.subtitles
    assert made.track == plain.track


def test_the_phrase_being_said_is_in_the_accent(plain: Plan, made: Plan) -> None:
    """Its words and no others, from the frame on which they are said; around it stands its sentence."""
    accent = kit.brand("linli", kit.shelf()).colours.accent
    for one, alone in zip(made.board.captions, plain.board.captions, strict=True):
        bright = [words for colour, words in runs(one) if colour == accent]
        assert "".join(bright) == within.words(alone.svg)
        assert one.first == alone.first
    first = within.words(made.board.captions[0].svg)
    assert first == within.words(made.board.captions[1].svg) == "早班车上座位都还空着"


def test_a_sentence_stands_still(made: Plan) -> None:
    """Its box and its words do not move while the highlight does, and it is never gone between."""
    whole = [list(same) for _, same in groupby(made.board.captions, key=lambda one: within.words(one.svg))]
    assert [len(same) for same in whole] == [2, 2, 1, 2]
    for same in whole:
        assert len({one.box for one in same}) == 1
        assert all(a.last == b.first for a, b in pairwise(same))
        assert len({tuple(letters(one)) for one in same}) == 1


def test_it_stands_in_the_safe_box(made: Plan) -> None:
    """No app's button covers it."""
    assert within.leaving(made) == ()


@pytest.mark.parametrize("name", BRANDS)
def test_all_of_it_reads_on_any_photo(told: Told, store: Cache, name: str) -> None:
    """Contrast of at least 4.5 over white and over black for the phrase and for the words around it, which are quieter."""
    script = read(told, store, "品牌: 邻里净", f"品牌: {name}")
    made, colours = clips.planned(script, "douyin")[0], script.brand.colours
    (plate, hides), *_ = PLATE.findall(made.board.captions[0].svg)
    (bright, _), (quiet, _), *_ = runs(made.board.captions[0])
    assert bright == colours.accent
    for photo in ("#ffffff", "#808080", "#000000"):
        ground = over(plate, photo, float(hides))
        assert contrast(quiet, ground) >= CONTRAST
        assert contrast(bright, ground) > contrast(quiet, ground)


def unreadable(brand: Brand) -> Brand:
    """A brand whose accent is nearly its ink."""
    return brand.model_copy(update={"colours": brand.colours.model_copy(update={"accent": "#203a38"})})


def test_an_accent_that_does_not_read_is_not_used(told: Told, store: Cache) -> None:
    """White takes its place."""
    script = read(told, store)
    studio = plan.studio(script, (1080, 1920))
    dark = layout.Studio(studio.parts, unreadable(studio.brand), studio.canvas, studio.shelf)
    words = {"upper": "早班车上，座位都还空着"}
    drawn = layout.drawing(dark, "sentence", words, 860, keyword="早班车上", values={"now": "upper"})
    assert RUN.findall(drawn.svg)[0] == ("#ffffff", "早班车上")


def test_sentences_do_not_stand_together() -> None:
    """Two lines at most; a sentence's end, a long silence and another scene begin anew."""
    said = "这样不伤手也不伤漆面，您先别急，等上十分钟，再用软布擦两遍。好了，您看看。"
    assert laid(subtitling.blocks(timed(said), 10, 30)) == [
        ["这样不伤手也不伤漆面", "您先别急，等上十分钟"],
        ["再用软布擦两遍"],
        ["好了，您看看"],
    ]
    slow = timed("早班车上，座位都还空着。", every=60)
    assert laid(subtitling.blocks(slow, 14, 30)) == [["早班车上"], ["座位都还空着"]]
    first, second = timed("早班车上，座位都还空着。")
    other = Shown(second.cue, second.phrase, 1)
    assert laid(subtitling.blocks([first, other], 14, 30)) == [["早班车上"], ["座位都还空着"]]


def test_the_same_words_twice_stand_in_two_lines() -> None:
    """Else the first ones would stand out while the second ones are said."""
    assert laid(subtitling.blocks(timed("一遍一遍，一遍一遍。"), 14, 30)) == [["一遍一遍", "一遍一遍"]]


def test_a_long_foreign_word_stands_alone(told: Told, store: Cache) -> None:
    """What goes into no line is drawn as without a highlight."""
    long = "BADREINIGERKONZENTRA"
    script = read(told, store, "早班车上，座位都还空着", f"拿{long}把卫生间擦一遍")
    first = clips.planned(script, "douyin")[0].board.captions[0]
    assert within.words(first.svg) == f"拿{long}"  # the rest is said in the next shot
    assert {colour for colour, _ in runs(first)} == {"#ffffff"}


def test_a_highlight_without_a_voice_is_told(told: Told, store: Cache) -> None:
    """VK-V020, at the key's value; the clip is made all the same."""
    text = re.sub(r", 录音: voice/\d+.wav", "", told.file.read_text(encoding="utf-8"))
    file = told.file.with_name("没有录音.yaml")
    file.write_text(f"{text}字幕: 高亮\n", encoding="utf-8")
    made = clips.planned(plan.read(file, store), "douyin")[0]
    (said,) = made.problems
    assert (said.code, said.place and said.place.line) == ("VK-V020", len(text.splitlines()) + 1)
    assert made.board.captions == ()


def test_marks_after_a_phrase_are_kept() -> None:
    """They stand between two phrases of a line; put together the phrases are the words."""
    words = "先喷一遍、等十分钟，再用软布顺着纹路擦两遍，缝里用小刷。"
    assert "".join(one.text + one.after for one in phrases(words)) == words


def test_a_highlight_is_painted(told: Told, store: Cache, tmp_path: Path) -> None:
    """The accent's pixels are in a draft frame while a phrase is said."""
    import numpy as np  # noqa: PLC0415

    from vidkit import colour, sheet  # noqa: PLC0415

    script = read(told, store)
    draft = clips.planned(script, "douyin", draft=True)[0]
    one = draft.board.captions[0]
    seen = sheet.still(draft, Album(script.assets), (one.first + one.last) / 2 / draft.board.fps)
    box = seen[one.box.y : one.box.y + one.box.height, one.box.x : one.box.x + one.box.width].astype(int)
    near = np.abs(box - np.array(colour.rgb(script.brand.colours.accent))).max(axis=2) < 40
    assert near.sum() > 20
