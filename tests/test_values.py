"""What a person gets wrong in a template, in parts, scenes or pages of their own is refused with file, line, entry and what may stand there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest
from conftest import SHORT, brief_of, script_of

from vidkit import compiled, cover, kit, plan, poster
from vidkit.kits import platform
from vidkit.pages import page
from vidkit.problems import Refusal
from vidkit.publishing import posting

if TYPE_CHECKING:
    from vidkit.plan import Script
    from vidkit.problems import Problem

MINE = """\
id: mine
names: {zh: 我的, en: Mine}
about: {zh: 一种, en: one}
takes: {pairs: {least: 1}}
seconds: [4, 30]
scenes:
  - name: hook
    seconds: [1.5, 2.0, 2.5]
    picture: {photo: pairs.0.after, shape: full}
    words:
      - {part: hook-title, slots: {text: "{{ title }}"}, place: headline}
    into: cut
  - name: turn
    each: pairs
    seconds: [1.8, 2.4, 3.6]
    picture: {before: item.before, after: item.after, reveal: item.reveal}
    labels: [pill-before, pill-after]
    into: [push, slide]
  - use: end
"""
TEMPLATE = "templates/mine/template.yaml"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    kit.forget()
    page.forget()


def written(folder: Path, **files: str) -> None:
    """Files of a project, by their path with ``__`` for ``/``."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def script(folder: Path) -> Script:
    """A brief of two pairs by the project's template ``mine``."""
    known, shelf = script_of(brief_of(SHORT, 2, options=True)), kit.shelf(folder)
    return replace(known, template=kit.template("mine", shelf), shelf=shelf)


def told(folder: Path) -> Problem:
    """The first thing that is refused when a clip, its covers and posters are laid out."""
    with pytest.raises(Refusal) as caught:
        laid_out(folder)
    return caught.value.problems[0]


def laid_out(folder: Path) -> None:
    """A clip, its covers, its posters and the words to her."""
    made, where = script(folder), platform.load("douyin")
    plan.plan(made, where)
    cover.pages(made, where)
    poster.pages(made)
    posting.rendered(made.shelf, "message.txt.j2", asked=(), guardians=(), platform="抖音", title="厨房")


def test_the_template_itself_is_sound(tmp_path: Path) -> None:
    """Before anything is spoilt, it plans."""
    written(tmp_path, **{TEMPLATE: MINE})
    names = [scene.name for scene in plan.plan(script(tmp_path), platform.load("douyin")).board.scenes]
    assert names == ["hook", "turn-1", "turn-2", "end"]


@pytest.mark.parametrize(
    ("right", "spoilt", "entry", "may"),
    [
        ("into: cut", "ground: papr", "scenes.hook.ground", "paper、primary、accent、ink、quiet"),
        ("into: cut", "into: []", "scenes.hook.into", "至少"),
        ("into: cut", "into: [pusch]", "scenes.hook.into", "cut、fade、slide、push、wipe、zoom-through"),
        ("into: cut", "into: 5", "scenes.hook.into", "文字"),
        ("into: cut", "inside: ctu", "scenes.hook.inside", "cut"),
        ("[1.5, 2.0, 2.5]", "[2.5, 2.0, 1.5]", "scenes.hook.seconds", "从小"),
        ("[1.5, 2.0, 2.5]", "[1.5, 2.0]", "scenes.hook.seconds.3", "没有写"),
        ("place: headline", "place: []", "scenes.hook.words.hook-title.place", "至少"),
        ("place: headline", "place: headline, count_up: nope", "scenes.hook.words.hook-title.count_up", "text"),
        ("place: headline", "place: headline, count_up: text", "scenes.hook.words.hook-title.slots.text", "只有数"),
        ("{text: ", "{txt: ", "scenes.hook.words.hook-title.slots.txt", "text"),
        ("{{ title }}", "{{ 1 + title }}", "scenes.hook.words.hook-title.slots.text", "unsupported operand"),
        ("{{ title }}", "{{ titel }}", "scenes.hook.words.hook-title.slots.text", "没有 titel 这一项，是不是 title"),
        ("photo: pairs.0.after", "photo: []", "scenes.hook.picture.photo", "至少"),
        ("photo: pairs.0.after", "photo: pairs.first.after", "scenes.hook.picture.photo", "第几个"),
        ("photo: pairs.0.after", "photo: pears.0.after", "scenes.hook.picture.photo", "pairs"),
        ("photo: pairs.0.after", "photo: title", "scenes.hook.picture.photo", "一张照片"),
        ("photo: pairs.0.after", "photos: pairs", "scenes.hook.picture", "grid"),
        ("photo: pairs.0.after, shape: full", "photos: pairs, shape: grid", "scenes.hook.picture.photos", "一串照片"),
        ("photo: pairs.0.after", "before: pairs.0.after", "scenes.hook.picture", "一起"),
        ("each: pairs", "each: brand", "scenes.turn.each", "一串"),
        ("each: pairs", "each: pairs\n    when: advise", "scenes.turn.when", "advice"),
        ("reveal: item.reveal", "reveal: item.spot", "scenes.turn.picture.reveal", "item.reveal"),
        ("[pill-before, pill-after]", "[a, b]", "scenes.turn.labels", "advice"),
        ("{pairs: {least: 1}}", "{pairs: {least: 1}, advise: {}}", "takes.advise", "advice"),
        ("{pairs: {least: 1}}", "{pairs.spott: {least: 1}}", "takes.pairs.spott", "spot"),
        ("use: end", "use: end\n    ground: papr", "scenes.end.ground", "paper"),
        ("shape: full", "shape: full, move: pull-out", "scenes.hook.picture.move", "still、push-in、drift"),
        ("id: mine", "id: mime", "id", "要和文件夹同名：mine"),
        ("id: mine", "id: mine\nmusic: wram", "music", "是不是 warm"),
        ("id: mine", "id: mine\nmusic: 悲伤", "music", "温暖、明快"),
        (MINE[MINE.index("  - name") :], "  []\n", "scenes", "至少"),
    ],
)
def test_a_slip_in_a_template(right: str, spoilt: str, entry: str, may: str, tmp_path: Path) -> None:
    """Its line, its entry, and what may stand there: in Chinese and English, never a traceback."""
    written(tmp_path, **{TEMPLATE: MINE.replace(right, spoilt, 1)})
    line = MINE[: MINE.index(right)].count("\n") + 1 + spoilt.count("\n") * (not right.endswith("\n"))
    said = told(tmp_path)
    assert said.exit_code == 4
    assert said.place
    assert said.place.file == TEMPLATE
    assert said.place.line in {line, line - (entry == "scenes"), line + (entry == "scenes")}
    assert entry in said.message("zh")
    assert entry in said.message("en")
    assert may in said.message("zh") + said.hint("zh")


@pytest.mark.parametrize(
    ("file", "text", "line", "entry", "may"),
    [
        ("templates/_parts/scenes.yaml", "# mine\nend:\n", 2, "end", "名字: 内容"),
        ("templates/_parts/scenes.yaml", "end:\n  seconds: [1, 2, 3]\n  ground: papr\n", 3, "end.ground", "paper"),
        ("templates/_parts/scenes.yaml", "end:\n  seconds: [1, 2, 3]\n  words: [{part: nope, place: title}]\n", 3, "end.words.nope.part", "是不是"),
        ("templates/_parts/parts.yaml", "parts: [mine]\n", 1, "parts", "名字: 内容"),
        ("templates/_parts/parts.yaml", "parts:\n  mine: {slots: {text: {sizes: [20, 40]}}}\n", 2, "parts.mine.slots.text", "先写大的"),
        ("templates/_parts/pages/pages.yaml", "poster:\n  body: [nope]\n", 2, "poster.body", "brand-line"),
        ("templates/mine/pages.yaml", "poster:\n  spare: [poster-hed]\n", 2, "poster.spare", "poster-head"),
        ("templates/mine/pages.yaml", "poster: {shows: [nope]}\n", 1, "poster.shows.1", "pair、person"),
        ("templates/mine/pages.yaml", "\ncover:\n  shows: [nope]\n", 3, "cover.shows.1", "pair、person"),
        ("templates/mine/pages.yaml", "poster: {colour: red}\n", 1, "poster.colour", "不认识"),
        ("templates/mine/pages.yaml", "posters:\n  tall: {like: poster-3x, size: [1080, 1350]}\n", 2, "posters.tall.like", "poster-3x4"),
        ("templates/mine/pages.yaml", "parts: {poster-price: {words: {item: '{{ 1 + title }}'}}, mine: {slots: {text: {sizes: [40, 30]}}, words: {text: '{{ 1 + title }}'}}}\nposter: {body: [mine]}\n", 1, "words", "unsupported operand"),
    ],
)  # fmt: skip
def test_a_slip_beside_a_template(file: str, text: str, line: int, entry: str, may: str, tmp_path: Path) -> None:
    """Shared scenes, parts and pages are blamed by themselves, whichever file names them."""
    written(tmp_path, **{TEMPLATE: MINE, file: text})
    said = told(tmp_path)
    assert said.exit_code == 4
    assert said.place
    assert (said.place.file, said.place.line) == ("/".join(Path(file).parts[-3:]), line)
    assert entry in said.message("zh")
    assert may in said.message("zh") + said.hint("zh")


@pytest.mark.parametrize("text", ["parts:\n", "# nothing yet\n", "places:\nparts:\n"])
def test_parts_with_nothing_below_them(text: str, tmp_path: Path) -> None:
    """A heading without entries, or a file of comments, adds nothing."""
    written(tmp_path, **{TEMPLATE: MINE, "templates/_parts/parts.yaml": text, "templates/_parts/scenes.yaml": "#\n"})
    assert kit.parts(kit.shelf(tmp_path)) == kit.parts(kit.shelf())


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("templates/_parts/hook-title.svg.j2", "\n{{ 1 + t.text.size + 'a' }}"),
        ("templates/_parts/hook-title.svg.j2", "\n{{ t.text.lines[99].width }}"),
        ("templates/_parts/hook-title.svg.j2", "\n{{ 1 // 0 }}"),
        ("templates/_parts/pages/poster-head.svg.j2", "\n{{ t.text.lines[99].width }}"),
        ("templates/_parts/publish/message.txt.j2", "\n{{ nobody.name }}"),
    ],
)
def test_a_slip_in_a_drawing_or_a_page(file: str, text: str, tmp_path: Path) -> None:
    """Whatever Jinja raises is one refusal with the file and the line."""
    written(tmp_path, **{TEMPLATE: MINE, file: text})
    said = told(tmp_path)
    assert said.code == "VK-K003"
    assert said.place
    assert (said.place.file, said.place.line) == ("/".join(Path(file).parts[-3:]), 2)


@pytest.mark.parametrize(
    ("file", "text", "line", "words"),
    [
        ("hook-title.svg.j2", '<svg width="9" height="9">\n<g></h></svg>', 2, "「</h>」这里断了"),
        ("hook-title.svg.j2", '<svg width="9" height="9">\n<xlink:use/></svg>', 2, "「<xlink:use/>」"),
        ("hook-title.svg.j2", '<svg width="9" height="9">{{ t.text.size }}', 1, "不是完整的 SVG"),
        ("hook-title.svg.j2", "\n{{ c.acent }}", 2, "没有 acent 这一项，是不是 accent"),
        ("hook-title.svg.j2", "\n{{ t.txt.width }}", 2, "没有 txt 这一项，是不是 text"),
        ("hook-title.svg.j2", "\n{{ canvs }}", 2, "是不是 canvas"),
        ("hook-title.svg.j2", "{% from 'macrs.svg.j2' import words %}", 1, "没有 templates/_parts/macrs.svg.j2 这个文件"),
        ("pages/poster-head.svg.j2", '<svg width="9" height="9">\n<g></h></svg>', 2, "「</h>」这里断了"),
        ("pages/poster-head.svg.j2", "\n{{ c.acent }}", 2, "没有 acent 这一项，是不是 accent"),
    ],
)  # fmt: skip
def test_a_drawing_is_refused_when_it_is_laid_out(file: str, text: str, line: int, words: str, tmp_path: Path) -> None:
    """A user's own drawing that is no whole SVG, or names what there is not: the file, its line, the part, what was meant."""
    written(tmp_path, **{TEMPLATE: MINE, f"templates/_parts/{file}": text})
    said = told(tmp_path)
    assert (said.code, said.exit_code) == ("VK-K003", 4)
    assert said.place
    assert (said.place.file.endswith(file), said.place.line) == (True, line)
    assert words in said.message("zh")
    assert f"「{Path(file).name.partition('.')[0]}」" in said.message("zh")
    assert not re.search(r"[\u4e00-\u9fff]{2}", said.message("en"))


@pytest.mark.parametrize(
    ("file", "text", "line", "part"),
    [
        ("hook-title.svg.j2", '<svg width="9" height="9">\n<image href="photos/face.jpg"/></svg>', 2, "hook-title"),
        ("hook-title.svg.j2", "<svg width='9' height='9'><image href='photos/{{ 'face' }}.jpg'/></svg>", 0, "hook-title"),
        ("macros.svg.j2", None, 1, "hook-title"),
        ("pages/poster-head.svg.j2", '<svg width="9" height="9">\n\n<feImage href="photos/face.jpg"/></svg>', 3, "poster-head"),
    ],
)  # fmt: skip
def test_a_drawing_that_takes_a_photo_is_refused_at_its_line(
    file: str, text: str | None, line: int, part: str, tmp_path: Path
) -> None:
    """Nobody covered the faces in it: the file and the line, also of a part of ours that uses the shop's; said in plain words."""
    macros = (kit.bundled() / "templates/_parts/macros.svg.j2").read_text(encoding="utf-8")
    own = f"{{% macro face() %}}<image href='photos/face.jpg'/>{{% endmacro %}}{macros}".replace(
        "</text>", "</text>{{ face() }}", 1
    )
    written(tmp_path, **{TEMPLATE: MINE, f"templates/_parts/{file}": own if text is None else text})
    said = told(tmp_path)
    assert (said.code, said.exit_code) == ("VK-K003", 4)
    assert said.place
    assert (said.place.file.endswith(file), said.place.line) == (True, line)
    assert f"「{part}」里写法不对：这里直接用了图片文件「photos/face.jpg」" in said.message("zh")
    assert "photos/face.jpg, whose faces nobody covered" in said.message("en")


def test_a_part_whose_drawing_is_missing(tmp_path: Path) -> None:
    """The file that has to be there is told, at the entry that asks for the part."""
    parts = "parts: {lantern: {slots: {text: {sizes: [60, 40]}}}}\n"
    own = MINE.replace("part: hook-title", "part: lantern", 1)
    written(tmp_path, **{TEMPLATE: own, "templates/_parts/parts.yaml": parts})
    said = told(tmp_path)
    assert said.place
    assert said.place.file == TEMPLATE
    assert "没有 templates/_parts/lantern.svg.j2 这个文件" in said.message("zh")


@pytest.mark.parametrize("saved", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_drawing_saved_by_any_editor_is_read(tmp_path: Path, saved: str) -> None:
    """A shop's own part in GBK or in UTF-16 says what it says in UTF-8."""
    text = "{# 标题，大字写在上面 #}\r\n<p>厨房干净了，{{ who }}</p>"
    (tmp_path / "part.j2").write_bytes(text.encode(saved))
    made = jinja2.Environment(loader=compiled.Folders((tmp_path,)), autoescape=True)
    assert made.get_template("part.j2").render(who="阿姨") == "\n<p>厨房干净了，阿姨</p>"


def test_a_drawing_whose_letters_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """With its own file and line, and what to do."""
    written(tmp_path, **{TEMPLATE: MINE})
    part = tmp_path / "templates/_parts/hook-title.svg.j2"
    part.parent.mkdir()
    part.write_bytes("<svg>\ncafé</svg>".encode("latin-1"))
    said = told(tmp_path)
    assert said.place
    assert (said.code, said.place.file, said.place.line) == ("VK-Y008", "templates/_parts/hook-title.svg.j2", 2)


def test_a_poster_like_another(tmp_path: Path) -> None:
    """A frame of a template's own says what differs; also in a chain, and a circle is no hang."""
    own = "posters:\n  tall: {like: poster-3x4, size: [1080, 1350]}\n  wide: {like: tall, size: [1350, 1080]}\n"
    written(tmp_path, **{TEMPLATE: MINE, "templates/mine/pages.yaml": own})
    frames = page.desk(script(tmp_path)).pages.posters
    assert frames["tall"] == frames["poster-3x4"].model_copy(update={"size": (1080, 1350)})
    assert frames["wide"] == frames["poster-3x4"].model_copy(update={"size": (1350, 1080)})
    assert "tall" in dict(poster.pages(script(tmp_path)))
    written(tmp_path, **{"templates/mine/pages.yaml": "posters:\n  tall: {like: wide}\n  wide: {like: tall}\n"})
    kit.forget()
    page.forget()
    assert told(tmp_path).code == "VK-K001"


def test_a_drawing_without_a_size(tmp_path: Path) -> None:
    """Is told as its template's fault."""
    written(tmp_path, **{TEMPLATE: MINE, "templates/_parts/hook-title.svg.j2": "<svg/>"})
    assert told(tmp_path).code == "VK-K003"


def test_what_covers_and_posters_show_is_what_there_is() -> None:
    """The names that pages.yaml may say are those that something draws."""
    from vidkit.pages.drawings import DRAWINGS  # noqa: PLC0415
    from vidkit.pages.pictures import PICTURES  # noqa: PLC0415

    shows = [page.Kind.model_fields["shows"].annotation, page.Front.model_fields["shows"].annotation]
    named = [set(one.__args__[0].__args__) for one in shows if one]
    assert named == [set(PICTURES), set(cover.FRONTS)]
    assert set(DRAWINGS) <= set(page.shared(kit.shelf(), kit.brand("linli", kit.shelf())).pages.parts)


def test_a_folder_beside_vidkits_own_is_a_shops() -> None:
    """Also where its name begins as that of vidkit's own, and where a shop lies in a checkout."""
    own = kit.bundled()
    assert not compiled._is_the_shops(own / "templates" / "_parts" / "hook-title.svg.j2")
    for folder in (own.with_name(f"{own.name}-shop"), own / "shop", Path("shop")):
        assert compiled._is_the_shops(folder / "templates" / "_parts" / "hook-title.svg.j2")
