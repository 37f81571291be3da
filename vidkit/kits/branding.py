"""A brand → what is wrong with it; a few answers → a new brand's folder with colours that read and a monogram as its logo."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import numpy as np

from vidkit import cache, graphics, kit, layout, text
from vidkit.briefs import keys
from vidkit.briefs.mode import usual
from vidkit.consoles import spelling
from vidkit.kit import Brand, Called, Tone
from vidkit.kits import contrast, logo, palette
from vidkit.kits.values import short
from vidkit.problems import Place, Refusal, as_json, in_order, problem, spoken_language
from vidkit.project import is_file_name
from vidkit.rules import lint
from vidkit.rules.said import exact, of_brand
from vidkit.rules.words import banned
from vidkit.runs.faults import little, refusal
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vidkit.colour import Bytes
    from vidkit.kit import Shelf
    from vidkit.kits.logo import Fault
    from vidkit.problems import Problem

# What is wrong with a brand

ROLES = {"primary": "主色", "accent": "点缀色", "paper": "底色", "ink": "字色", "quiet": "小字色"}
FIELDS = {"names.zh": "名字", "full_name": "全名", "slogan": "一句话", "legal_name": "登记的名字"}


def faults(brand: Brand, folder: str | None = None, file: Path | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a brand, told of its file; with the name of its folder that is compared with its id."""
    where = _place(brand, file)
    told = (problem(code, where, **values) for code, values in (*_names(brand, folder), *_words(brand)))
    return in_order([*told, *unreadable(brand, file), *_logo(brand, where), *_banned(brand, where)])


def file_of(name: str, shelf: Shelf) -> Path | None:
    """The file of the brand that a brief names."""
    return next(iter(shelf.files(f"brand/{name}/brand.yaml")), None)


def _place(brand: Brand, file: Path | None) -> Place:
    """A brand's file as people find it; where it would lie in a shop, if there is none."""
    return Place(short(file) if file else f"brand/{brand.id}/brand.yaml")


def unreadable(brand: Brand, file: Path | None = None) -> tuple[Problem, ...]:
    """The colours of a brand in which its words and signs cannot be read or told apart, where they stand: nothing is to be made in them."""
    where = _place(brand, file)
    return tuple(problem(code, where, **values) for code, values in (*_contrasts(brand), *_alike(brand)))


def doubtful(brand: Brand, file: Path | None = None) -> tuple[Problem, ...]:
    """That something is drawn in colours that cannot be read, which nothing is made in, told once where one only looks."""
    wrong = unreadable(brand, file)
    said = {"name": brand.names.zh, "count": len(wrong), "typed": spelling.typed(file.parent if file else brand.id)}
    return (problem("VK-R022", _place(brand, file), **said),) if wrong else ()


def shaped(brand: Brand, file: Path | None = None) -> tuple[Problem, ...]:
    """That a brand's logo is too long or too tall to stay large where it stands."""
    where = _beside(brand, _place(brand, file))
    return tuple(problem(code, where, **values) for code, values in _shape(brand)) if brand.logo else ()


def _beside(brand: Brand, place: Place) -> Place:
    """Where the logo of a brand lies."""
    return Place(place.file.removesuffix("brand.yaml") + logo.named(brand.logo))


def _names(brand: Brand, folder: str | None) -> Iterator[Fault]:
    for field, words in (("names.zh", brand.names.zh), ("full_name", brand.full_name)):
        if not words.strip():
            yield "VK-R009", {"field": _field(field)}
    if folder is not None and folder != brand.id:
        yield "VK-R010", {"id": brand.id, "folder": folder}


def _field(name: str) -> str:
    return f"{FIELDS[name]}（{name}）"


def _hex(brand: Brand, role: str) -> str:
    return role if role.startswith("#") else str(getattr(brand.colours, role))


def _said(brand: Brand, role: str) -> str:
    """A colour as people are told of it."""
    return role if role.startswith("#") else f"{ROLES[role]} {role} {_hex(brand, role)}"


def _contrasts(brand: Brand) -> Iterator[Fault]:
    for pair in table("brand")["pairs"]:
        ground = _hex(brand, pair["ground"])
        if "opacity" in pair:
            ground = contrast.over(ground, pair["over"], pair["opacity"])
        found = contrast.contrast(_hex(brand, pair["front"]), ground)
        if found < pair["least"]:
            roles = {name: _said(brand, pair[name]) for name in ("front", "ground")}
            drawings = "、".join(pair["drawings"])
            yield "VK-R001", {**roles, "found": f"{found:.2f}", "least": pair["least"], "drawings": drawings}


def _alike(brand: Brand) -> Iterator[Fault]:
    for pair in table("brand")["apart"]:
        if palette.difference(_hex(brand, pair["one"]), _hex(brand, pair["other"])) < pair["least"]:
            yield "VK-R002", {name: _said(brand, pair[name]) for name in ("one", "other")}


def _words(brand: Brand) -> Iterator[Fault]:
    """Words that do not fit the narrowest end card."""
    parts = kit.parts(kit.shelf()).parts
    for rule in table("brand")["words"]:
        words = getattr(brand, rule["field"])
        slot = parts[rule["part"]].slots[rule["slot"]]
        setting = text.Setting(slot.sizes, rule["width"], rule["lines"], layout.font(brand, slot), slot.spacing)
        try:
            _ = words.strip() and text.fit(words, setting)
        except Refusal as refused:
            said = refused.problems[0].message("zh"), refused.problems[0].message("en")
            yield "VK-R016", {"field": _field(rule["field"]), "words": " · ".join(said)}


def _banned(brand: Brand, place: Place) -> tuple[Problem, ...]:
    """Words that no post of the brand may say (VK-W001): every one of them would be refused."""
    texts = tuple(replace(one, place=exact(one, 0, one.text)) for one in of_brand(brand, place))
    return lint.problems(banned(texts, usual(brand), brand))


def _logo(brand: Brand, place: Place) -> tuple[Problem, ...]:
    name, where = logo.named(brand.logo), _beside(brand, place)
    if not brand.logo:
        return (problem("VK-R003", where),)
    first = next(logo.unsound(brand.logo), None) if name == "logo.svg" else None
    wrong = (first,) if first else _badly_shown(brand)  # one that is not sound cannot be drawn
    return tuple(problem(code, where, **values) for code, values in wrong)


def _badly_shown(brand: Brand) -> Iterator[Fault]:
    """Whether the logo is seen on paper, where every drawing puts it, and has a shape in which it stays large enough."""
    rule = table("brand")["logo"]
    width, height = layout.size(brand.logo)
    small = max(1, round(rule["height"] * width / height)), rule["height"]
    drawn = graphics.rasterise(brand.logo, *small)
    if _seen(drawn, _hex(brand, "paper"), rule["contrast"]) < rule["share"]:
        yield "VK-R007", {"ground": _said(brand, "paper")}
    yield from _shape(brand)


def _shape(brand: Brand) -> Iterator[Fault]:
    width, height = layout.size(brand.logo)
    least, most = table("brand")["logo"]["ratio"]
    if not least <= width / height <= most:
        yield "VK-R008", {"found": f"{width / height:.2g}", "least": least, "most": most}


def _seen(drawn: Bytes, ground: str, contrast: float) -> float:
    """The share of a drawing's box that stands out from its ground by that contrast."""
    alpha = drawn[..., 3:].astype(np.float64) / 255
    under = np.array(tuple(bytes.fromhex(ground[1:])), np.float64)
    light, own = _light(drawn[..., :3] * alpha + under * (1 - alpha)), _light(under)
    return float(np.mean(np.maximum(light, own) / np.minimum(light, own) >= contrast))


def _light(colours: np.ndarray) -> np.ndarray:
    """Relative luminance by WCAG 2.1 plus its 0.05, of sRGB 0-255."""
    parts = colours / 255
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array((0.2126, 0.7152, 0.0722)) + 0.05)


@dataclass(frozen=True)
class Checked:
    """A brand's folder, the brand if it could be read, and everything wrong with it."""

    folder: Path
    brand: Brand | None
    problems: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Whether it can be used: nothing is wrong, or only warnings."""
        return all(p.level == "warning" for p in self.problems)

    @property
    def called(self) -> str:
        """What people call it."""
        return self.brand.names.zh if self.brand else self.folder.name


def checked(name: str | None, project: Path) -> tuple[Checked, ...]:
    """The brand of a name or folder, or every brand of the project and ours, examined; refuses an unknown name with VK-K002."""
    return tuple(_examined(folder) for folder in _folders(name, kit.shelf(project)))


def _folders(name: str | None, shelf: Shelf) -> tuple[Path, ...]:
    if name is None:
        return tuple(file.parent for file in shelf.files("brand/*/brand.yaml"))
    if (Path(name) / "brand.yaml").is_file():
        return (Path(name).resolve(),)
    own = kit.brand_called(name, shelf)
    if own is None:
        raise Refusal(problem("VK-K002", name=name))
    return (shelf.files(f"brand/{own}/brand.yaml")[0].parent,)


def _examined(folder: Path) -> Checked:
    try:
        brand = kit.brand_in(folder)
    except Refusal as refused:
        return Checked(folder, None, refused.problems)
    return Checked(folder, brand, in_order((*faults(brand, folder.name, folder / "brand.yaml"), *_unused(folder))))


def _unused(folder: Path) -> Iterator[Problem]:
    """Pictures of a logo that are not used, because another file comes first."""
    first, *others = logo.there(folder) or (folder,)
    for file in others:
        yield problem("VK-R020", Place(short(file)), name=file.name, used=first.name)


def exit_code(found: tuple[Checked, ...]) -> int:
    """The first error's exit code, 0 without errors."""
    return next((p.exit_code for one in found for p in one.problems if p.level == "error"), 0)


def as_data(one: Checked) -> dict[str, Any]:
    """A checked brand as programs read it."""
    told = spoken_language()
    return {
        "brand": one.called,
        "folder": str(one.folder),
        "good": one.good,
        "colours": one.brand.colours.model_dump() if one.brand else None,
        "problems": [as_json(p, told) for p in one.problems],
    }


# Making a new one


@dataclass(frozen=True)
class Answers:
    """What a person said of the shop; ``colour`` is #rrggbb, ``folder`` a name a folder may have, ``sells`` whether it sells anything."""

    name: str
    full_name: str
    slogan: str
    legal_name: str
    colour: str
    folder: str
    sells: bool = True


LETTER = 150
"""Size of a monogram's letter in its 240 px, as in monogram.svg.j2."""


def answered(
    given: Mapping[str, str | None],
    ask: Callable[[str, str | None], str],
    project: Path | None = None,
    tell: Callable[[Sequence[Problem]], None] = lambda _wrong: None,
) -> Answers:
    """The answers given, and for every other question what ``ask`` (question, usual answer) returns; whether it sells is asked among others only.

    A name whose folder is in the ``project`` already is refused (VK-R011) before anything else is asked. What was asked and will not do is
    told and asked again by itself; what was given and will not do is refused by who writes it, a colour or folder here (VK-R013, VK-R012).
    """
    known: dict[str, str] = {}
    for question in ("name", "full_name", "slogan", "legal_name"):
        usual = {"name": None, "full_name": known.get("name")}.get(question, "")
        answer = given.get(question)
        known[question] = _line(answer) if answer is not None else _told_until_good(question, usual, ask, project, tell)
        if question == "name" and not given.get("folder") and known["name"]:
            _refuse_there(known["name"], project)
    kind = given.get("sells") or ""
    if not kind and any(given.get(one) is None for one in ("full_name", "slogan", "legal_name")):
        kind = _asked_until(kind_of, "sells", ask, table("brand")["kinds"][_likely(known)][0])
    colour = given.get("colour") or _asked_until(colour_of, "colour", ask)
    folder = given.get("folder") or known["name"]
    if not is_file_name(_line(folder)) and not given.get("folder"):
        folder = ask("folder", None)
    return _checked({**known, "colour": colour, "folder": _line(folder)}, kind)


def _told_until_good(
    question: str,
    usual: str | None,
    ask: Callable[[str, str | None], str],
    project: Path | None,
    tell: Callable[[Sequence[Problem]], None],
) -> str:
    """The first answer with which nothing is wrong; what is wrong is told before it is asked again."""
    said = _line(ask(question, usual))
    while wrong := _wrong(question, said, project):
        tell(wrong)
        said = _line(ask(question, usual))
    return said


def _wrong(question: str, said: str, project: Path | None) -> list[Problem]:
    """What keeps one answer from being written, whatever the others are."""
    plain = {"name": "好邻居", "full_name": "好邻居", "slogan": "", "legal_name": ""} | {question: said}
    one = Answers(**plain, colour="#0B7A75", folder="好邻居", sells=True)
    taken = _taken(one, kit.shelf(project)) if project and question == "name" else []
    return [*taken, *(p for p in faults(made(one)) if p.level == "error")]


def kind_of(typed: str) -> str | None:
    """``shop`` for what sells, ``public`` for what does not, as people say it; None for anything else."""
    word = keys.folded(typed)
    return next((kind for kind, names in table("brand")["kinds"].items() if word in map(keys.folded, names)), None)


def _likely(known: Mapping[str, str]) -> str:
    """Which of the two its names speak of."""
    said = "".join(known.values())
    return "public" if any(word in said for word in table("brand")["public"]) else "shop"


def _refuse_there(name: str, project: Path | None) -> None:
    if project and is_file_name(name) and (project / "brand" / name).exists():
        raise Refusal(problem("VK-R011", folder=f"brand/{name}"))


def _asked_until(
    good: Callable[[str], str | None], question: str, ask: Callable[[str, str | None], str], usual: str | None = None
) -> str:
    """The first answer that is good; from the second time on the question is ``<question>-again``."""
    said = ask(question, usual)
    while not good(said):
        said = ask(f"{question}-again", usual)
    return said


def _checked(known: Mapping[str, str], kind: str) -> Answers:
    """The answers with the colour as #RRGGBB; refuses what will not do."""
    sells = kind_of(kind or "shop")
    if not sells:
        raise Refusal(problem("VK-R018", typed=kind))
    if not is_file_name(known["folder"]):
        raise Refusal(problem("VK-R012", name=known["folder"]))
    colour = colour_of(known["colour"])
    if not colour:
        raise Refusal(problem("VK-R013", colour=known["colour"], known="、".join(table("brand")["colours"])))
    return Answers(**{**known, "colour": colour}, sells=sells == "shop")


def _line(typed: str) -> str:
    """What was typed as one line of ordinary characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", typed)).split())


def colour_of(typed: str) -> str | None:
    """The #RRGGBB of a colour written as #rrggbb, #rgb or one of the words we know, light or dark too; None for anything else."""
    word = unicodedata.normalize("NFKC", typed).strip().strip("\"'").casefold()
    digits = word.removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", digits):
        return "#" + (digits if len(digits) == 6 else "".join(2 * one for one in digits)).upper()
    known: dict[str, str] = table("brand")["colours"]
    plain = word.removesuffix("色")
    return known.get(word) or known.get(plain) or next(_shaded(plain, known), None)


def _shaded(word: str, known: Mapping[str, str]) -> Iterator[str]:
    """The colours of a word such as 浅黄 or dark green."""
    for before, (to, share) in table("brand")["shades"].items():
        own = known.get(word.removeprefix(before).strip(" -")) if word.startswith(before) else None
        if own:
            yield contrast.over(own, to, 1 - share)


def made(answers: Answers) -> Brand:
    """The brand of some answers: colours from the one colour, the usual fonts, a monogram."""
    colours = palette.derived(answers.colour)
    return Brand(
        id=answers.folder,
        names=Called(zh=answers.name),
        full_name=answers.full_name or answers.name,
        slogan=answers.slogan,
        legal_name=answers.legal_name,
        colours=colours,
        tone=Tone(sells=answers.sells),
        logo=monogram(answers.name, colours),
    )


def monogram(name: str, colours: kit.Colours) -> str:
    """A logo of a name's first letter: paper on a rounded square of primary, a stroke of accent below."""
    letter = next((c for c in name if c.isalnum() and not text.missing(c)), "家")
    font = text.Font("text", 900)
    size = LETTER - 14
    x = (240 - text.measure(letter, font, size)) / 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240">\n'
        f'  <rect x="4" y="4" width="232" height="232" rx="56" fill="{colours.primary}"/>\n'
        f'  <text x="{x:.1f}" y="162" font-family="Noto Sans SC" font-weight="900" font-size="{size}" '
        f'fill="{colours.paper}">{escape(letter)}</text>\n'
        f'  <rect x="78" y="192" width="84" height="14" rx="7" fill="{colours.accent}"/>\n'
        "</svg>\n"
    )


def sure(answers: Answers, project: Path) -> Brand:
    """The brand of some answers; refuses what no project may get: a name some brand has (VK-R014), a folder that is there already (VK-R011),
    and what ``faults`` finds wrong.
    """
    brand = made(answers)
    if (project / "brand" / brand.id).exists():
        raise Refusal(problem("VK-R011", folder=f"brand/{brand.id}"))
    taken = _taken(answers, kit.shelf(project))
    wrong = [p for p in faults(brand, brand.id) if p.level == "error"]
    if taken or wrong:
        raise Refusal(*(taken or wrong))
    return brand


def write(answers: Answers, project: Path) -> Path:
    """Write ``brand/<folder>`` with brand.yaml and logo.svg into a project, or nothing at all; refuses what ``sure`` refuses."""
    brand = sure(answers, project)
    folder = project / "brand" / brand.id
    try:
        with cache.new_folder(folder):
            cache.deliver_bytes(brand.logo.encode("utf-8"), folder / "logo.svg")
            cache.deliver_bytes(written(brand, answers.colour).encode("utf-8"), folder / "brand.yaml")
    except FileExistsError:
        raise Refusal(problem("VK-R011", folder=f"brand/{brand.id}")) from None
    except OSError as error:
        raise refusal(error, folder, little()) from error
    return folder


def _taken(answers: Answers, shelf: Shelf) -> list[Problem]:
    wanted = {keys.folded(name) for name in (answers.name, answers.folder)}
    return [
        problem("VK-R014", name=answers.name, id=own)
        for own, others in kit.brand_names(shelf)
        if wanted & {keys.folded(name) for name in (own, *others)}
    ]


YAML = """\
# {name}：店的名字、颜色、字体和店标。改完运行 vidkit brand check {typed}，看看清不清楚。
# 颜色要带引号。店标是旁边的 logo.svg，可以换成自己的（要方一点的 SVG，里面只有图形和字）；图片的店标存成 logo.png，删掉 logo.svg。
id: {id_quoted} # 和文件夹的名字一样
names:
  zh: {zh} # 清单里写的「品牌」
  # en: My Shop
  # aliases: [别的叫法]
full_name: {full_name} # 片尾和海报上的全名
slogan: {slogan} # 片尾的一句话，14 个字以内，说实在的
legal_name: {legal_name} # 营业执照上的名字，小字
# producer_code: 用了 AI 的成品里写谁做的：一个英文数字编码，比如带统一社会信用代码的；不写就用上面登记的名字
colours:
  # 从 {colour} 配出来的
  primary: "{c.primary}" # 主色：标牌、价格牌
  accent: "{c.accent}" # 点缀色：「清洁后」、关键词
  paper: "{c.paper}" # 底色
  ink: "{c.ink}" # 字色
  quiet: "{c.quiet}" # 小字色
tone: # 文案怎么说话
  we: 我们 # 自称：我们、咱们
  you: 您 # 称呼客人：您、你
  sells: {sells} # 不卖东西的（社工站、公益）写 false：文案不提价钱，不请人预约
  emoji: true # 小红书里放几个小图标；不要就写 false
  # hello: 街坊们 # 朋友圈和视频号开头的招呼
  # closings: [家里忙不过来，跟我们说一声] # 自己常说的结尾，一句或几句
# fonts: # 标题换成得意黑（斜的、瘦的），去掉前面的 #
#   headline: {{face: display, weight: 400}}
"""


def written(brand: Brand, colour: str) -> str:
    """The brand's brand.yaml with explanations in Chinese."""
    quoted: dict[str, Any] = {
        name: json.dumps(getattr(brand, name), ensure_ascii=False) for name in FIELDS if "." not in name
    }
    return YAML.format(
        name=brand.names.zh,
        typed=spelling.typed(brand.id),
        id_quoted=json.dumps(brand.id, ensure_ascii=False),
        zh=json.dumps(brand.names.zh, ensure_ascii=False),
        colour=colour,
        c=brand.colours,
        sells=str(brand.tone.sells).lower(),
        **quoted,
    )
