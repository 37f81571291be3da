"""Templates and brands: folders of data → frozen values; the only outside world a pass sees.

A folder is looked for in the user's project first, then in the installed package, then in the source checkout. A user's
template, brand or part of the same name wins over ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import pydantic
import yaml
from pydantic import BaseModel, ConfigDict, Field

from vidkit import faults, keys
from vidkit.fields import Range
from vidkit.problems import Refusal, problem, spoken_language
from vidkit.tables import LOADER, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.problems import Problem

Names = tuple[tuple[str, tuple[str, ...]], ...]
Shape = Literal["cover", "pair", "portrait", "full", "blurred", "grid", "gallery", "whole"]
Enter = Literal["none", "rise", "pop", "fade"]
Leave = Literal["none", "fade"]
Move = Literal["still", "push-in", "drift"]


class Value(BaseModel):
    """A frozen value read from YAML; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Called(Value):
    """How people call a thing: Chinese, English, and other names."""

    zh: str
    en: str = ""
    aliases: tuple[str, ...] = ()


class Labels(Value):
    """The words on the two photos of a pair, and on the ribbon over who did the work."""

    before: str = "清洁前"
    after: str = "清洁后"
    who: str = ""


class About(Value):
    """One sentence for people, in both languages."""

    zh: str
    en: str


class Face(Value):
    """A face of ``fonts/metrics.json`` and a weight it lists."""

    face: Literal["text", "display"] = "text"
    weight: int = 700


class Fonts(Value):
    """The faces of a brand by role."""

    headline: Face = Face(weight=900)
    body: Face = Face(weight=700)


class Colours(Value):
    """A brand's colours by role, ``#rrggbb``."""

    primary: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    accent: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    paper: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    ink: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    quiet: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")


class Tone(Value):
    """How a brand speaks in its posts: what it calls itself and its readers, a greeting (街坊们) where acquaintances read, whether it
    sells at all (a social-work station names no price and asks for no booking), whether small pictures stand among its words, and
    closing sentences of its own that fit any post.
    """

    we: Literal["我们", "咱们"] = "我们"
    you: Literal["您", "你"] = "您"
    hello: str = Field(default="", max_length=6)
    sells: bool = True
    emoji: bool = True
    closings: tuple[str, ...] = ()


class Brand(Value):
    """A shop's face: names, words, colours, fonts, tone of its posts and its drawn logo (SVG source); ``producer_code`` is its code in labels
    of what AI made (GB 45438-2025), such as one with its social credit code.
    """

    id: str
    names: Called
    full_name: str
    slogan: str = ""
    legal_name: str = ""
    producer_code: str = Field(default="", pattern=r"^[\x21\x23-\x5b\x5d-\x7e]{0,128}$")
    example: bool = False
    colours: Colours
    fonts: Fonts = Fonts()
    tone: Tone = Tone()
    logo: str


class Slot(Value):
    """How the words of a part's slot may be set: px at 1080 wide; ``inset`` is room the drawing keeps for itself; ``silent`` words need no
    time to be read; ``verbatim`` words keep every mark, also at the ends of lines; the words of ``half_of`` are at most twice as large.
    """

    face: Literal["headline", "body", "text", "display"] = "body"
    weight: int | None = None
    sizes: tuple[int, int]
    lines: int = 1
    spacing: float = 1.28
    accent_pad: float = 0.0
    inset: int = 0
    silent: bool = False
    verbatim: bool = False
    half_of: str = ""


class Part(Value):
    """A drawing with slots for words."""

    slots: dict[str, Slot] = {}


class Place(Value):
    """Where a part stands: in the safe box, the canvas or the scene's picture; px inwards from the named sides, of which ``air`` may be given
    up for marks above.
    """

    of: Literal["safe", "canvas", "picture", "title"] = "safe"
    x: Literal["left", "centre", "right"] = "left"
    y: Literal["top", "middle", "bottom"] = "top"
    dx: int = 0
    dy: int = 0
    air: int = 0


class Words(Value):
    """A part in a scene: its words (Jinja expressions over the brief), further ``values`` for its drawing (expressions too), place, and
    how it comes and goes; several places take turns from item to item; a part without words is drawn only ``when`` the brief has what
    that names and ``unless`` it has what that names; ``known`` words were read before; words that ``ride`` are there while the scene itself
    still comes in. With ``each`` they stand once per entry of that list (``item``), one below the other ``apart`` px, each coming
    ``follow`` frames after the one before, drawn as a ``smaller`` part where the column would be too high.
    """

    part: str
    slots: dict[str, str] = {}
    values: dict[str, str] = {}
    when: str = ""
    unless: str = ""
    each: str = ""
    apart: int = 0
    follow: int = 0
    smaller: tuple[str, ...] = ()
    keyword: str = ""
    place: str | tuple[str, ...]
    enter: Enter = "rise"
    leave: Leave = "fade"
    delay: int = 0
    count_up: str = ""
    known: bool = False
    ride: bool = False
    sound: Literal["", "whoosh", "brush", "page", "pop", "tick", "chime", "sparkle"] = ""


class PictureSpec(Value):
    """What photo a scene shows and how: one photo, before and after with a reveal, or all ``photos`` of a list in a grid or, with room for
    words below, a ``gallery``; ``whole`` cuts as little as can be from a photo that does not fill the canvas; ``close`` looks that many times
    closer; the photo's ``subject`` (or the middle of a ``whole`` photo's card) stands that share of the canvas' height down; ``light`` is how
    much of a ``blurred`` photo's light is left; several ``photo`` references take turns from item to item.
    A ``photo`` is in the shape it and the one ``beside`` it have in common: what follows is the other.
    ``calm`` scenes have no reveal that strikes on the beat.
    """

    photo: str | tuple[str, ...] = ""
    photos: str = ""
    beside: str = ""
    before: str = ""
    after: str = ""
    calm: bool = False
    shape: Shape = "pair"
    move: Move = "still"
    reveal: str = ""
    shade: bool = False
    close: float = 1.0
    subject: float = 0.5
    light: float = 0.2


class SceneSpec(Value):
    """One scene of a template, or one per item of ``each``; ``seconds`` are the shortest, usual and longest time; ``into`` is how it gives
    way to the next one, ``inside`` how it does to the next shot of the same section or page of the same person, if otherwise.
    """

    name: str
    each: str = ""
    when: str = ""
    unless: str = ""
    optional: int = 0
    seconds: tuple[float, float, float]
    picture: PictureSpec | None = None
    ground: str = ""
    labels: tuple[str, str] | None = None
    words: tuple[Words, ...] = ()
    into: str | tuple[str, ...] = "cut"
    inside: str = ""


class Take(Value):
    """What a template does with a field of the brief: how many it needs and at most shows (0: as many as there are), what the field is
    called in a new brief (one of its names), a sentence on what to write, and an example.
    """

    least: int = 0
    most: int = 0
    called: str = ""
    say: About | None = None
    example: str = ""


class Template(Value):
    """A kind of clip: its scenes in order, what it takes from a brief (``people.photo`` means people with a photo), what its
    posts are for if only for one thing, its usual ``music`` (a bed's name), and how long it is in seconds, at least and as a rule at most, and ``at_most`` when its words need more.
    """

    id: str
    names: Called
    about: About
    takes: dict[str, Take]
    mode: Literal["", "ad", "story", "public-interest", "recruit"] = ""
    labels: Labels = Labels()
    music: str = "default"
    seconds: tuple[float, float]
    at_most: float = 0.0
    scenes: tuple[SceneSpec, ...]
    folder: Path


class Parts(Value):
    """Every part and place templates can name."""

    parts: dict[str, Part]
    places: dict[str, Place]


@dataclass(frozen=True)
class Shelf:
    """The folders to look in, first wins; each may hold ``templates/``, ``brand/`` and ``platforms/``."""

    folders: tuple[Path, ...]

    def files(self, pattern: str) -> tuple[Path, ...]:
        """The files that match, the first of each name (path below its shelf folder) only, by name."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for file in sorted(folder.glob(pattern)):
                found.setdefault(file.relative_to(folder).as_posix(), file)
        return tuple(found[name] for name in sorted(found))


Model = TypeVar("Model", bound=BaseModel)


def shelf(project: Path | None = None) -> Shelf:
    """The user's project, then the installed package's data, then the checkout's."""
    own = (project,) if project else ()
    return Shelf((*own, bundled()))


@cache
def bundled() -> Path:
    """The folder with vidkit's own templates, brands and examples: in the wheel, or in the checkout it is run from."""
    with resources.as_file(resources.files("vidkit")) as package:
        packed = Path(package) / "_bundled"
        return packed if packed.is_dir() else Path(package).parent


def template(name: str, where: Shelf) -> Template:
    """The template of that id; refuses a broken one with VK-K001, one that names what there is not with VK-K006."""
    file = _file(where, f"templates/{name}/template.yaml", name)
    read = _yaml(file)
    strange = next(_strange(read.get("scenes"), where), None)
    if strange:
        raise Refusal(problem("VK-K006", file=_short(file), **strange))
    return _value(Template, {**read, "scenes": _scenes(read.get("scenes"), where), "folder": file.parent}, file)


def _strange(scenes: Any, where: Shelf) -> Iterator[dict[str, Any]]:
    """Shared scenes, parts and places that a template names and that are nowhere, each with the nearest there is."""
    known = {
        "use": _kept("scenes.yaml", where),
        **{kind: _kept("parts.yaml", where, f"{kind}s") for kind in ("part", "place")},
    }
    for scene in scenes if isinstance(scenes, list) else ():
        rows = scene.get("words") if isinstance(scene, dict) else None
        for said in (scene, *(rows if isinstance(rows, list) else ())):
            for kind, names in known.items() if isinstance(said, dict) else ():
                for name in map(str, listed if isinstance(listed := said.get(kind, ()), list | tuple) else (listed,)):
                    if name not in names:
                        guess = keys.nearest(name, names) or "、".join(sorted(names)[:8])
                        yield {"kind": table("names")["kit"][kind]["zh"], "kind_en": kind, "name": name, "guess": guess}


def _kept(file: str, where: Shelf, below: str = "") -> set[str]:
    """The names in a table of ``_parts``, the user's and ours."""
    found = (_yaml(one) for folder in where.folders if (one := folder / "templates" / "_parts" / file).is_file())
    return {str(name) for read in found for name in (read.get(below) or {} if below else read)}


def _scenes(said: Any, where: Shelf) -> Any:
    """A template's scenes, those that ``use`` a shared scene with its entries (``_parts/scenes.yaml``), their own before them."""
    if not isinstance(said, list):
        return said
    shared: dict[str, Any] = {}
    for folder in reversed(where.folders):
        file = folder / "templates" / "_parts" / "scenes.yaml"
        shared |= _yaml(file) if file.is_file() else {}
    return [_scene(one, shared) for one in said]


def _scene(said: Any, shared: dict[str, Any]) -> Any:
    if not isinstance(said, dict) or said.get("use") not in shared:
        return said
    used = str(said["use"])
    return {"name": used, **shared[used], **{key: value for key, value in said.items() if key != "use"}}


def brand(name: str, where: Shelf) -> Brand:
    """The brand of that id with its logo; refuses a broken one with VK-K001."""
    return brand_in(_file(where, f"brand/{name}/brand.yaml", name).parent)


def brand_in(folder: Path) -> Brand:
    """The brand of a folder with its logo; refuses a broken one with VK-K001, a logo that is no SVG with VK-K004."""
    file, logo = folder / "brand.yaml", folder / "logo.svg"
    drawn = logo.read_text(encoding="utf-8", errors="replace") if logo.is_file() else ""
    if drawn and not re.search(r'<svg [^>]*?\bwidth="[\d.]+" height="[\d.]+"', drawn):
        raise Refusal(problem("VK-K004", name=folder.name))
    return _value(Brand, {**_yaml(file), "logo": drawn}, file)


def parts(where: Shelf) -> Parts:
    """Every part and place, the user's over ours."""
    table: dict[str, Any] = {"parts": {}, "places": {}}
    for folder in reversed(where.folders):
        file = folder / "templates" / "_parts" / "parts.yaml"
        if file.is_file():
            read = _yaml(file)
            table = {name: table[name] | read.get(name, {}) for name in table}
    return _value(Parts, table, Path("parts.yaml"))


def template_names(where: Shelf) -> Names:
    """Every template's id with the names people may write."""
    return tuple(_named(where.files("templates/*/template.yaml")))


def template_takes(where: Shelf) -> tuple[tuple[str, tuple[tuple[str, Range], ...]], ...]:
    """For every template, by its id, which fields of a brief it needs and how many."""
    files = where.files("templates/*/template.yaml")
    return tuple((file.parent.name, tuple(_taken(_yaml(file).get("takes")))) for file in files)


def _taken(takes: Any) -> Iterator[tuple[str, Range]]:
    """What a template takes as its file says it; what is wrong with that is told when the template itself is read."""
    for field, row in takes.items() if isinstance(takes, dict) else ():
        least, most = (row.get(name, 0) if isinstance(row, dict) else 0 for name in ("least", "most"))
        called = row.get("called", "") if isinstance(row, dict) else ""
        if isinstance(least, int) and isinstance(most, int):
            yield str(field), Range(least, most, str(called))


def brand_names(where: Shelf) -> Names:
    """Every brand's id with the names people may write."""
    return tuple(_named(where.files("brand/*/brand.yaml")))


def named(kind: str) -> Names:
    """The ids and names of ``transitions`` or ``reveals`` (``data/names.yaml``)."""
    return tuple((name, tuple(entry["names"])) for name, entry in table("names")[kind].items())


def _named(files: tuple[Path, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in files:
        called = _value(Called, _yaml(file).get("names"), file)
        yield file.parent.name, tuple(name for name in (called.zh, called.en, *called.aliases) if name)


def _file(where: Shelf, path: str, name: str) -> Path:
    found = where.files(path)
    if not found:
        raise Refusal(problem("VK-K002", name=name))
    return found[0]


def forget() -> None:
    """Read the files of templates, brands and parts anew from now on."""
    _yaml.cache_clear()


@cache
def _yaml(file: Path) -> dict[str, Any]:
    try:
        read = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  # the safe loader
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        faults.answered(error)
        language, found = spoken_language(), _unreadable(file)
        said = "；".join(filter(None, (found.message(language), found.hint(language)))) if found else str(error)
        place = found.place if found else None
        raise Refusal(problem("VK-K001", place, file=_short(file), words=said.splitlines()[0])) from error
    if not isinstance(read, dict):
        raise Refusal(problem("VK-K001", file=_short(file), words="not a mapping"))
    return read


def _unreadable(file: Path) -> Problem | None:
    """The first thing that is wrong with a file's writing, as a brief's is told."""
    from vidkit import source  # noqa: PLC0415  # only a faulty file is read with places

    return next(iter(source.examine(file, shown=_short(file))[1]), None)


def _value(model: type[Model], data: Any, file: Path) -> Model:
    try:
        return model.model_validate(data)
    except pydantic.ValidationError as error:
        faults = "；".join(_fault(one) for one in error.errors()[:5])
        raise Refusal(problem("VK-K001", file=_short(file), words=faults)) from error


def _fault(found: Any) -> str:
    """One of pydantic's findings in plain words, Chinese and English."""
    where = ".".join(str(part) for part in found["loc"])
    kind = str(found["type"])
    said = {
        "missing": "没有写 (missing)",
        "extra_forbidden": "不认识这一项 (unknown key)",
        "string_type": '要写成文字；颜色要带引号，如 "#0B7A75" (text wanted, colours in quotes)',
        "string_pattern_mismatch": '颜色要写成六位，如 "#0B7A75" (six hex digits)',
        "literal_error": f"只能是 {found.get('ctx', {}).get('expected', '')} (one of these)",
    }.get(kind, str(found["msg"]))
    return f"{where or '整个文件'} {said}"


def _short(file: Path) -> str:
    return "/".join(file.parts[-3:])
