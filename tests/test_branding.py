"""What is wrong with a brand is found, and any colour makes a brand with nothing wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vidkit import kit
from vidkit.cli import program
from vidkit.commands import looking
from vidkit.kit import Brand, Colours
from vidkit.kits import branding, contrast, palette
from vidkit.kits.branding import Answers
from vidkit.pages import page
from vidkit.problems import Refusal
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240">'
SHAPE = '<circle cx="120" cy="120" r="90" fill="#123456"/><circle cx="120" cy="120" r="50" fill="#FFFFFF"/>'
GIVEN = ("--full-name", "好邻居家政", "--slogan", "一块布一块布洗", "--legal", "", "--colour")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDKIT_LANG", "zh")


def brand(colour: str = "#0B7A75", **other: object) -> Brand:
    """A new brand of one colour with other values."""
    answers = Answers("好邻居", "好邻居家政", "一块布一块布洗", "好邻居家政服务部", colour, "好邻居")
    return branding.made(answers).model_copy(update=other)


def codes(one: Brand, folder: str | None = None) -> list[str]:
    """The codes of a brand's faults."""
    return [p.code for p in branding.faults(one, folder)]


def run(*arguments: str, typed: str = "") -> Result:
    """A run of ``vidkit brand``."""
    return CliRunner().invoke(program, ["brand", *arguments], input=typed)


# Colours


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(st.integers(0, 0xFFFFFF))
@example(0)
@example(0xFFFFFF)
@example(0x808080)
@example(0xFFFF00)
@example(0x00FF00)
@example(0x0000FF)
def test_any_colour_makes_a_brand_without_faults(number: int) -> None:
    """Whatever main colour a shop has, the palette around it reads."""
    assert branding.faults(brand(f"#{number:06X}"), "好邻居") == ()


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(st.integers(0, 0xFFFFFF))
def test_a_colour_survives_the_way_to_lightness_chroma_and_hue(number: int) -> None:
    """To OKLCH and back is the same colour, and no distance from itself."""
    colour = f"#{number:06X}"
    assert palette.hexadecimal(palette.oklch(colour)) == colour
    assert palette.difference(colour, colour) == 0


def test_lightness_chroma_and_hue_are_those_of_the_standard() -> None:
    """Red of sRGB is L 0.628, C 0.258, h 29.2 in OKLCH (CSS Color 4); white has no chroma."""
    assert palette.oklch("#FF0000") == pytest.approx((0.628, 0.258, 29.23), abs=0.005)
    assert palette.oklch("#FFFFFF")[:2] == pytest.approx((1, 0), abs=1e-4)


def test_a_colour_that_reads_is_kept() -> None:
    """A dark enough main colour becomes the primary as it is; a light one the same hue, darker."""
    assert palette.derived("#0b7a75").primary == "#0B7A75"
    light = palette.derived("#7FD4CF").primary
    assert abs(palette.oklch(light)[2] - palette.oklch("#7FD4CF")[2]) < 3
    assert contrast.contrast(light, "#FFFFFF") >= 4.5


@pytest.mark.parametrize("yellow", ["#FFD400", "#F2B705", "#F4D52A", "#ffff00"])
def test_a_bright_yellow_stays_what_it_is(yellow: str) -> None:
    """A dark yellow would be mud: the shop's own is the accent, on a ground of nearly black."""
    made = palette.derived(yellow)
    lightness, chroma, _ = palette.oklch(made.primary)
    assert made.accent == yellow.upper()
    assert (lightness < 0.32, chroma < 0.04) == (True, True)


@pytest.mark.parametrize("yellow", ["#E8D3A2", "#B5822B", "#E8DCC3", "#FFE4B5"])
def test_a_dull_yellow_becomes_brown_with_a_yellow_accent(yellow: str) -> None:
    """One that is pale, or too dark to be read on ink, goes to brown, and the accent stays yellow."""
    made = palette.derived(yellow)
    assert palette.oklch(made.primary)[2] == pytest.approx(palette.BROWN, abs=4)
    assert palette.oklch(made.primary)[1] > 0.1
    assert palette.oklch(made.accent)[2] == pytest.approx(palette.oklch(yellow)[2], abs=4)


@pytest.mark.parametrize("pale", ["#FFE4EC", "#F8BBD0", "#E0F0FF", "#E8FFE8", "#E6E0F8", "#FFF0E0"])
def test_a_pale_colour_is_darkened_to_a_colour(pale: str) -> None:
    """Pink becomes rose, not grey, in the same hue; its accent is no olive."""
    made = palette.derived(pale)
    _, chroma, hue = palette.oklch(made.primary)
    assert chroma > 0.1
    assert abs(hue - palette.oklch(pale)[2]) < 8
    assert not palette.WARMEST + 1 < palette.oklch(made.accent)[2] < palette.YELLOWS[1]


@pytest.mark.parametrize("white", ["#FFFFFF", "#F5F5F5", "#FDFCFA", "#F5F0E8"])
def test_an_off_white_stays_grey(white: str) -> None:
    """It has no colour to be made stronger."""
    assert palette.oklch(palette.derived(white).primary)[1] < 0.02


@pytest.mark.parametrize("yellow", ["#FFFBC8", "#FFF9C4", "#FAEBD7", "#FFFFF0", "#F5F5DC"])
def test_cream_is_paper_under_a_warm_brown(yellow: str) -> None:
    """A shop that asks for cream gets neither a dark ground nor mud: its own colour is the paper, with a brown on it that has one."""
    made = palette.derived(yellow)
    lightness, chroma, hue = palette.oklch(made.primary)
    assert made.paper == yellow
    assert (lightness > 0.5, chroma > 0.12) == (True, True)
    assert hue == pytest.approx(palette.BROWN, abs=4)
    assert branding.faults(brand(yellow)) == ()


@pytest.mark.parametrize(
    ("primary", "role"),
    [("#707070", "ink"), ("#816A71", "ink"), ("#8E684A", "ink"), ("#2E2C1C", "ink"), ("#0A0A0A", "primary"), ("#0B7A75", "primary"), ("#1F5B46", "primary")],
)  # fmt: skip
def test_words_stand_out_in_ink_where_the_main_colour_is_faint(primary: str, role: str) -> None:
    """A grey, or mud, is weaker than the words around it, so posters stress in ink, and a headline's keyword on a plate."""
    grey = brand(colours=brand().colours.model_copy(update={"primary": primary}))
    stress = getattr(grey.colours, role)
    assert palette.stressed(grey.colours) == stress
    desk = page.shared(kit.shelf(), grey)
    said = {"text": page.block(desk, "poster-head", "text", "缝里的碎屑", 900, keyword="碎屑"), "kicker": None}
    head = page.drawing(desk, "poster-head", 900, t=said).svg
    assert re.findall('fill="([^"]*)">碎屑<', head) == [stress]
    (high,) = map(float, re.findall(f'height="([^"]*)" rx="[^"]*" fill="{grey.colours.accent}"', head))
    assert said["text"]
    assert (high > said["text"].size) == palette.faint(grey.colours)
    blocks = {"name": said["text"], "craft": page.block(desk, "name-plate", "craft", "月嫂", 900), "taught": None}
    for name in ("name-plate", "person-caption"):
        assert re.findall('fill="([^"]*)">月嫂<', page.drawing(desk, name, 900, t=blocks, rows=[50, 50]).svg) == [
            stress
        ]


@pytest.mark.parametrize("dark", ["#000000", "#222222", "#0D0D10", "#1B3A6B", "#7A1F2B"])
def test_a_dark_colour_is_kept(dark: str) -> None:
    """White reads on it as it is; ink keeps away from it."""
    made = palette.derived(dark)
    assert made.primary == dark
    assert palette.difference(made.ink, dark) >= 0.08


@pytest.mark.parametrize(
    ("typed", "colour"),
    [("#0b7a75", "#0B7A75"), (" ＃0B7A75 ", "#0B7A75"), ("0b7", "#00BB77"), ("绿", "#2E8B57"), ("绿色", "#2E8B57"), ("Teal", "#0B7A75")],
)  # fmt: skip
def test_colours_people_write(typed: str, colour: str) -> None:
    """Six or three digits, full width too, and plain colour words with or without 色."""
    assert branding.colour_of(typed) == colour


@pytest.mark.parametrize(
    ("typed", "base", "lighter"),
    [("浅黄", "黄", True), ("淡黄色", "黄", True), ("浅绿", "绿", True), ("深红色", "红", False), ("light blue", "blue", True), ("Dark-Green", "green", False)],
)  # fmt: skip
def test_light_and_dark_colours(typed: str, base: str, lighter: bool) -> None:  # noqa: FBT001
    """Any known colour may be light or dark; a word of its own (深蓝) stays what it is."""
    made, own = branding.colour_of(typed), branding.colour_of(base)
    assert made
    assert own
    assert (palette.oklch(made)[0] > palette.oklch(own)[0]) == lighter
    assert branding.colour_of("深蓝") == "#1B3A6B"


@pytest.mark.parametrize("typed", ["", "彩虹", "#12345", "#GGGGGG", "rgb(1,2,3)"])
def test_what_is_no_colour(typed: str) -> None:
    """Anything else is not guessed at."""
    assert branding.colour_of(typed) is None


def test_every_colour_word_is_a_colour() -> None:
    """The table's words lead to colours in six digits."""
    words = table("brand")["colours"]
    assert all(branding.colour_of(word) == colour for word, colour in words.items())


# Faults

BY_HAND = """\
id: 黄手写
names: {zh: 黄手写}
full_name: 黄手写家政
colours: {primary: "#FFD400", accent: "#FF3B30", paper: "#FFFDF0", ink: "#1A1A1A", quiet: "#6B6B6B"}
"""
WIDE = HEAD.replace("240", "480", 1).replace("0 0 240", "-120 0 480") + SHAPE + "</svg>"
PRICES = """\
模板: 价目
品牌: 黄手写
标题: 打扫多少钱
价目:
  - {项目: 日常保洁, 金额: 45, 单位: 小时, 条件: 2小时起}
  - {项目: 擦玻璃, 金额: 8, 单位: 平方米, 条件: 两面都擦}
  - {项目: 拖地, 金额: 60, 单位: 次, 条件: 90平方米以内}
有效期: 2199-12-31
平台: [抖音]
"""


@pytest.mark.parametrize("asked", ["check", "make"])
def test_nothing_is_made_in_colours_that_cannot_be_read(asked: str, tmp_path: Path) -> None:
    """White on bright yellow is refused wherever the brand is used, in the words of ``vidkit brand check``."""
    (tmp_path / "brand" / "黄手写").mkdir(parents=True)
    (tmp_path / "brand" / "黄手写" / "brand.yaml").write_text(BY_HAND, encoding="utf-8")
    (tmp_path / "价目.yaml").write_text(PRICES, encoding="utf-8")
    own = [line for line in run("check", "黄手写").stderr.splitlines() if "VK-R001" in line]
    done = CliRunner().invoke(program, [asked, "价目.yaml"])
    assert len(own) == 7
    assert own[0].startswith("brand/黄手写/brand.yaml: 错误 VK-R001: 颜色看不清：")
    assert (done.exit_code, [line for line in done.stderr.splitlines() if "VK-R001" in line]) == (4, own)
    assert not [file for file in tmp_path.rglob("*") if file.suffix in {".mp4", ".zip", ".png"}]


def test_what_is_told_of_a_brand_from_outside_its_shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its files are where they are from here; a long logo is told once a run; who only looks is told every time that nothing
    is made in such colours.
    """
    own = tmp_path / "店" / "brand" / "黄手写"
    own.mkdir(parents=True)
    (own / "brand.yaml").write_text(BY_HAND, encoding="utf-8")
    (own / "logo.svg").write_text(WIDE, encoding="utf-8")
    briefs = [Path("店/价目.yaml"), Path("店/价目二.yaml")]
    for brief in briefs:
        brief.write_text(PRICES, encoding="utf-8")
    done = CliRunner().invoke(program, ["check", *map(str, briefs)])
    files = [line.partition(": ")[0] for line in done.stderr.splitlines() if re.search("VK-R0(01|08|22)", line)]
    assert files == ["店/brand/黄手写/brand.yaml"] * 7 + ["店/brand/黄手写/logo.svg"]
    shown = CliRunner().invoke(program, ["plan", str(briefs[0])])
    assert (shown.exit_code, shown.stderr.count("注意 VK-R022"), "VK-R001" in shown.stderr) == (0, 1, False)
    assert "vidkit brand check 店/brand/黄手写" in shown.stderr
    for _ in range(2):
        assert looking._planned(briefs[0], None, Path("a.png"))  # what ``frame`` draws
        assert capsys.readouterr().err.count("VK-R022") == 1


@pytest.mark.parametrize(
    ("role", "colour", "code"),
    [
        ("quiet", "#9AA5A2", "VK-R001"),
        ("ink", "#777777", "VK-R001"),
        ("primary", "#7FD4CF", "VK-R001"),
        ("accent", "#0C7B76", "VK-R002"),
    ],
)
def test_colours_that_cannot_be_read_or_told_apart(role: str, colour: str, code: str) -> None:
    """A colour too near its ground, or like another role's, is named with its role."""
    colours = Colours(**{**brand().colours.model_dump(), role: colour})
    found = [p for p in branding.faults(brand(colours=colours)) if p.code == code]
    assert found
    assert branding.ROLES[role] in found[0].message("zh")
    assert colour in found[0].message("en")


@pytest.mark.parametrize(
    ("logo", "code"),
    [
        ("", "VK-R003"),
        (HEAD + SHAPE, "VK-R004"),
        (HEAD.replace(' viewBox="0 0 240 240"', "") + SHAPE + "</svg>", "VK-R005"),
        (HEAD.replace('"240" height', '"24.5" height') + SHAPE + "</svg>", "VK-R005"),
        ("<?xml version='1.0'?>" + HEAD + SHAPE + "</svg>", "VK-R005"),
        (HEAD + SHAPE + "<script>1</script></svg>", "VK-R006"),
        (HEAD + SHAPE + '<image href="a.png"/></svg>', "VK-R006"),
        (HEAD + SHAPE + '<a href="https://a.example"/></svg>', "VK-R006"),
        (HEAD + SHAPE + '<rect width="9" height="9" fill="url(https://a.example/b)"/></svg>', "VK-R006"),
        (HEAD + SHAPE + '<rect onclick="x()"/></svg>', "VK-R006"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD + SHAPE + "</svg>", "VK-R006"),
        (HEAD + SHAPE + "<text>\U0001f9f9</text></svg>", "VK-R006"),
        (HEAD + "</svg>", "VK-R007"),
        (HEAD + SHAPE.replace("#FFFFFF", "#123456").replace("#123456", brand().colours.paper) + "</svg>", "VK-R007"),
        (HEAD.replace("240", "480", 1).replace("0 0 240", "-120 0 480") + SHAPE + "</svg>", "VK-R008"),
    ],
)
def test_logos_that_will_not_do(logo: str, code: str) -> None:
    """No file, broken, without a size, with something foreign in it, not to be seen, or much wider than tall."""
    assert codes(brand(logo=logo)) == [code]


def test_a_logo_in_the_shops_own_colour_is_seen() -> None:
    """It stands on paper wherever it stands, never on the main colour alone."""
    own = SHAPE.replace("#FFFFFF", "#123456").replace("#123456", brand().colours.primary)
    assert codes(brand(logo=HEAD + own + "</svg>")) == []


def test_every_fault_of_a_logo_is_told() -> None:
    """Not to be seen and too wide, at once."""
    wide = HEAD.replace("240", "480", 1).replace("0 0 240", "-120 0 480")
    assert codes(brand(logo=wide + "</svg>")) == ["VK-R007", "VK-R008"]


def test_a_gradient_inside_the_logo_is_no_outside_reference() -> None:
    """References to the drawing's own parts are fine."""
    gradient = '<defs><linearGradient id="g"><stop stop-color="#123456"/></linearGradient></defs><rect width="240" height="240" fill="url(#g)"/>'
    assert codes(brand(logo=HEAD + gradient + SHAPE + "</svg>")) == []


def test_names_and_words() -> None:
    """Names must be there and fit the end card, and the id must be the folder's name."""
    assert codes(brand(full_name=" ")) == ["VK-R009"]
    assert codes(brand(), "别的") == ["VK-R010"]
    assert codes(brand(slogan="这一句话实在是太长太长了片尾一行怎么也放不下")) == ["VK-R016"]


def test_every_fault_is_told_in_two_languages() -> None:
    """Messages are filled in, Chinese and English."""
    bad = brand(
        logo="", full_name="", slogan="长" * 60, colours=Colours(**dict.fromkeys(Colours.model_fields, "#777777"))
    )
    for found in branding.faults(bad, "x"):
        for said in (found.message("zh"), found.message("en"), found.hint("zh"), found.hint("en")):
            assert said
            assert "{" not in said


# A new brand


def test_answers_given_ask_nothing(tmp_path: Path) -> None:
    """With every answer as an option a brand is written that has no faults, and the same every time."""
    done = run("new", "好邻居", *GIVEN, "绿")
    assert done.exit_code == 0, done.output
    folder = tmp_path / "brand" / "好邻居"
    assert branding.faults(kit.brand("好邻居", kit.shelf(tmp_path)), folder.name) == ()
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert set(first) == {"brand.yaml", "logo.svg"}
    assert b"\r" not in b"".join(first.values())
    folder.rename(tmp_path / "old")
    assert run("new", "--name", "好邻居", *GIVEN, "绿色").exit_code == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == first


def test_six_questions(tmp_path: Path) -> None:
    """Without options six questions are asked; a colour that is not known is asked again, the full name may be the name."""
    done = run("new", typed="好邻居\n\n一块布一块布洗\n\n\n彩虹\n#336699\n")
    assert done.exit_code == 0, done.output
    assert "换一个说法" in done.stderr
    made = kit.brand("好邻居", kit.shelf(tmp_path))
    assert (made.full_name, made.slogan, made.legal_name) == ("好邻居", "一块布一块布洗", "")
    assert made.colours.primary == "#336699"


def test_the_names_folder_is_asked_for_when_it_cannot_be_one(tmp_path: Path) -> None:
    """A name with a slash makes a brand in a folder with another name; its name is kept, quotes and all."""
    done = run("new", '"a/b": #1', *GIVEN, "红", typed="ab\n")
    assert done.exit_code == 0, done.output
    made = kit.brand("ab", kit.shelf(tmp_path))
    assert (made.id, made.names.zh) == ("ab", '"a/b": #1')
    assert branding.faults(made, "ab") == ()


@pytest.mark.parametrize("name", ["..", "a/b", "con", "a.", "~x", "-x", "a\\b", "NUL.txt", "长" * 60])
def test_folders_no_system_has(name: str) -> None:
    """A folder given that Windows or a shell would stumble over is refused, and nothing is written."""
    done = run("new", "好邻居", *GIVEN, "红", "--folder", name)
    assert (done.exit_code, "VK-R012" in done.stderr) == (2, True)
    assert run("check", "好邻居").exit_code == 4


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("好邻居", *GIVEN, "彩虹"), "VK-R013", 2),
        (("邻里净", *GIVEN, "红"), "VK-R014", 2),
        (("好邻居",), "VK-R015", 2),
        (("好邻居长" * 5, *GIVEN[2:], "红", "--full-name", "长" * 30), "VK-R016", 4),
    ],
)
def test_answers_that_will_not_do(tmp_path: Path, arguments: tuple[str, ...], code: str, exit_code: int) -> None:
    """An unknown colour, a name in use, a question nobody answers, words that do not fit: refused, nothing written."""
    done = run("new", *arguments)
    assert (done.exit_code, code in done.stderr) == (exit_code, True), done.output
    assert not (tmp_path / "brand").exists()


def test_a_folder_there_already_is_left_alone(tmp_path: Path) -> None:
    """Even an empty one is not written into."""
    (tmp_path / "brand" / "好邻居").mkdir(parents=True)
    done = run("new", "好邻居", *GIVEN, "红")
    assert (done.exit_code, "VK-R011" in done.stderr) == (2, True)
    assert not list((tmp_path / "brand" / "好邻居").iterdir())


def test_a_name_of_signs_only_has_a_house_as_its_letter() -> None:
    """The monogram is the first letter a font of ours has."""
    assert ">家</text>" in branding.monogram("☆☆", brand().colours)
    assert ">R</text>" in branding.monogram("&R", brand().colours)


# Checking


def test_brands_are_checked_by_name_folder_or_all(tmp_path: Path) -> None:
    """By Chinese name, id or folder; all of them when none is named; as JSON for programs."""
    run("new", "好邻居", *GIVEN, "红")
    for name in ("好邻居", "邻里净", "LINLI", "brand/好邻居"):
        assert run("check", name).exit_code == 0, name
    everything = json.loads(run("check", "--json").stdout)
    assert everything["exit"] == 0
    assert {"好邻居", "邻里净"} <= {one["brand"] for one in everything["brands"]}
    assert all(one["good"] and not one["problems"] for one in everything["brands"])


def test_a_bad_brand_fails_the_check_and_a_broken_one_hides_no_other(tmp_path: Path) -> None:
    """Every brand is looked at; the exit code is the first error's."""
    run("new", "好邻居", *GIVEN, "红")
    file = tmp_path / "brand" / "好邻居" / "brand.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  quiet: ", "  quiet: '#EEEEEE' # "), encoding="utf-8")
    broken = tmp_path / "brand" / "坏的"
    broken.mkdir()
    (broken / "brand.yaml").write_text("id: 坏的\n", encoding="utf-8")
    done = run("check")
    assert done.exit_code == 4
    assert "VK-R001" in done.stderr
    assert "VK-K001" in done.stderr
    assert "邻里净: 没有问题" in done.stdout


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("phone: '123'", "id、names、full_name、slogan、legal_name、producer_code、example、colours、fonts、tone"),
        ("fonts: {headlin: {face: text}}", "headline、body"),
        ("tone: {your: 您}", "we、you、hello、sells、emoji、closings"),
    ],
)
def test_a_key_nobody_knows_is_told_with_those_there_are(line: str, known: str, tmp_path: Path) -> None:
    """As a brief's are, at whatever depth, and with a brand that says them all to lay beside it; what no file says is none of them."""
    run("new", "好邻居", *GIVEN, "红")
    file = tmp_path / "brand" / "好邻居" / "brand.yaml"
    kept = [row for row in file.read_text(encoding="utf-8").splitlines() if not row.startswith(("tone:", "  sells"))]
    file.write_text("\n".join((*kept, line, "")), encoding="utf-8")
    said = run("check", "好邻居").stderr
    assert f"不认识这一项，这里可以写的有：{known}\n" in said
    example = re.search(r"拿不准就对照 (.+)", said)
    assert example
    assert kit.brand_in(Path(example[1]).parent).example


def test_a_warning_is_no_failure(tmp_path: Path) -> None:
    """A brand without a logo can be used."""
    run("new", "好邻居", *GIVEN, "红")
    (tmp_path / "brand" / "好邻居" / "logo.svg").unlink()
    done = run("check", "好邻居")
    assert (done.exit_code, "VK-R003" in done.stderr) == (0, True)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file where the folder brand should be is the machine's problem, told in words."""
    (tmp_path / "brand").write_text("", encoding="utf-8")
    done = run("new", "好邻居", *GIVEN, "红")
    assert (done.exit_code, "VK-E005" in done.stderr) == (5, True), done.output


def test_ask_gets_what_is_usual() -> None:
    """The full name's usual answer is the name; what was given is not asked."""
    asked: list[tuple[str, str | None]] = []

    def ask(question: str, usual: str | None) -> str:
        asked.append((question, usual))
        return {"colour": "绿"}.get(question) or usual or ""

    reply: Callable[[str, str | None], str] = ask
    made = branding.answered({"name": " 好  邻居\n", "legal_name": "x"}, reply)
    assert made == Answers("好 邻居", "好 邻居", "", "x", "#2E8B57", "好 邻居")
    assert asked == [("full_name", "好 邻居"), ("slogan", ""), ("sells", "店"), ("colour", None)]


@pytest.mark.parametrize(
    ("said", "usual", "sells"),
    [("", "公益", False), ("店", "公益", True), ("公益机构", "公益", False), ("shop", "公益", True)],
)
def test_whether_it_sells_is_asked(said: str, usual: str, sells: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a table
    """A name that speaks of a station proposes it; the brand says it, and so what its posts are for."""
    asked: dict[str, str | None] = {}

    def ask(question: str, usual: str | None) -> str:
        asked[question] = usual
        return {"colour": "绿", "name": "姐妹社工站", "sells": said, "sells-again": said}.get(question) or usual or ""

    told = branding.answered({}, ask, tmp_path)
    assert (asked["sells"], told.sells) == (usual, sells)
    folder = branding.write(told, tmp_path)
    assert kit.brand_in(folder).tone.sells is sells


@pytest.mark.parametrize(("typed", "sells"), [("公益", "false"), ("shop", "true"), ("", "true")])
def test_a_program_says_whether_it_sells(
    typed: str, sells: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked of who gave every other answer."""
    monkeypatch.chdir(tmp_path)
    assert run("new", "好邻居", *GIVEN, "红", *(["--sells", typed] if typed else [])).exit_code == 0
    assert f"sells: {sells} " in (tmp_path / "brand" / "好邻居" / "brand.yaml").read_text(encoding="utf-8")
    assert "VK-R018" in run("new", "邻居好", *GIVEN, "红", "--sells", "x").stderr


def test_one_faulty_answer_is_asked_again_alone() -> None:
    """What is wrong with it is told; every other question is asked once, and its limit stands in it."""
    asked: list[str] = []
    told: list[str] = []
    answers = {"full_name": ["贵阳市云岩区三桥社区姐妹服务站", "姐妹服务站"], "slogan": ["全贵阳第一的保洁", "慢慢来"]}

    def ask(question: str, usual: str | None) -> str:
        asked.append(question)
        return (
            answers[question].pop(0)
            if question in answers
            else {"name": "姐妹站", "colour": "绿"}.get(question, usual or "")
        )

    made = branding.answered({}, ask, None, lambda wrong: told.extend(one.code for one in wrong))
    assert (made.full_name, made.slogan, told) == ("姐妹服务站", "慢慢来", ["VK-R016", "VK-W001"])
    assert asked == ["name", "full_name", "full_name", "slogan", "slogan", "legal_name", "sells", "colour"]
    for field, limit in (("full_name", 13), ("slogan", 14), ("legal_name", 40)):
        assert f"{limit} 个字以内" in table("cli")[f"brand-ask-{field}"]["zh"]
        assert not branding._wrong(field, "国" * limit, None)


def test_a_refusal_carries_every_fault(tmp_path: Path) -> None:
    """Both words that do not fit are named at once."""
    answers = Answers("好", "长" * 30, "长" * 60, "", "#336699", "好")
    with pytest.raises(Refusal) as refused:
        branding.write(answers, tmp_path)
    assert [p.code for p in refused.value.problems] == ["VK-R016", "VK-R016"]


def test_a_name_there_already_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    """Nobody answers six questions for nothing."""

    def ask(question: str, usual: str | None) -> str:
        raise AssertionError((question, usual))

    (tmp_path / "brand" / "心安").mkdir(parents=True)
    reply: Callable[[str, str | None], str] = ask
    with pytest.raises(Refusal) as refused:
        branding.answered({"name": "心安"}, reply, tmp_path)
    assert refused.value.problems[0].code == "VK-R011"


def test_words_no_post_may_say_are_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new brand, a new shop, and one that is there already, at the words' own place."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    own = ["--full-name", "净心", "--slogan", "全贵阳第一的保洁", "--legal", "", "--colour", "绿"]
    for command in (["init", "店", "--name", "净心", *own], ["brand", "new", "净心", *own]):
        done = CliRunner().invoke(program, command)
        assert done.exit_code == 2
        assert "brand/净心/brand.yaml: 错误 VK-W001" in done.stderr
        assert not [file for file in tmp_path.rglob("*") if file.is_file()]
    own[3] = "擦干净再走"
    assert CliRunner().invoke(program, ["brand", "new", "净心", *own]).exit_code == 0
    file = tmp_path / "brand" / "净心" / "brand.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(own[3], "全贵阳第一的保洁"), encoding="utf-8")
    done = CliRunner().invoke(program, ["brand", "check", "净心"])
    assert done.exit_code == 2
    assert re.search(r"^brand/净心/brand\.yaml:\d+:\d+: 错误 VK-W001", done.stderr, re.MULTILINE)
