"""Templates and brands: folders of data → frozen values; the only outside world a pass sees.

A folder is looked for in the user's project first, then in the installed package, then in the source checkout. A user's
template, brand or part of the same name wins over ours.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from vidkit import keys, logo, values
from vidkit.brief import MODELS
from vidkit.fields import Range
from vidkit.moves import MOVES
from vidkit.problems import Place as Position
from vidkit.problems import Refusal, problem
from vidkit.tables import table
from vidkit.track import beds
from vidkit.values import Several, Turns, Value, among, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.values import Steps

Names = tuple[tuple[str, tuple[str, ...]], ...]
EXAMPLE = "brand/linli/brand.yaml"
"""A brand of ours that says every field there is."""
Shared = dict[str, tuple[Path, dict[str, Any]]]
"""Scenes several templates share, by name, each with the file it stands in."""
NAMING = {"use": "use", "labels": "part", "part": "part", "smaller": "part", "place": "place"}
"""Keys of scenes and words that name something, and what."""
Shape = Literal["cover", "pair", "portrait", "full", "blurred", "grid", "gallery", "whole"]
Enter = Literal["none", "rise", "pop", "fade"]
Leave = Literal["none", "fade"]
Sway = Literal["still", "push-in", "drift"]
Ground = Literal["paper", "primary", "accent", "ink", "quiet"]


def named(kind: str) -> Names:
    """The ids and names of ``transitions`` or ``reveals`` (``data/names.yaml``)."""
    return tuple((name, tuple(entry["names"])) for name, entry in table("names")[kind].items())


def _transitions() -> tuple[str, ...]:
    return tuple(name for name, _ in named("transitions"))


def _rising(said: Times) -> Times:
    if list(said) != sorted(said):
        raise wrong("rising")
    return said


Seconds = Annotated[float, Field(gt=0)]
Times = TypeVar("Times", bound=tuple[float, ...])


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
    logo: str = Field(json_schema_extra=values.OURS)


SHORT = 5
"""Words of no more characters than this are short: alone on a line they may have larger letters."""


class Slot(Value):
    """How the words of a part's slot may be set: px at 1080 wide; ``inset`` is room the drawing keeps for itself; ``silent`` words need no
    time to be read; ``verbatim`` words keep every mark, also at the ends of lines; the words of ``half_of`` are at most twice as large; words
    that stand ``beside`` others are made smaller, as far as they may be, before these stand below; ``short``: the largest letters of a few
    characters alone.
    """

    face: Literal["headline", "body", "text", "display"] = "body"
    weight: int | None = None
    sizes: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]]
    lines: int = Field(default=1, ge=1)
    spacing: float = 1.28
    accent_pad: float = 0.0
    inset: int = 0
    silent: bool = False
    verbatim: bool = False
    half_of: str = ""
    beside: str = ""
    short: int = 0

    def reach(self, words: str) -> tuple[int, int]:
        """The largest and smallest letters of some words."""
        return (max(self.sizes[0], self.short) if len(words) <= SHORT else self.sizes[0]), self.sizes[1]

    @model_validator(mode="after")
    def _falling(self) -> Self:
        if self.sizes[0] < self.sizes[1]:
            raise wrong("falling")
        return self


class Part(Value):
    """A drawing with slots for words."""

    slots: dict[str, Slot] = Field(default={})


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
    still comes in; a drawing may ``move`` all the time, slowly, as photos do. With ``each`` they stand once per entry of that list (``item``), one below the other ``apart`` px, each coming
    ``follow`` frames after the one before, drawn as a ``smaller`` part where the column would be too high.
    """

    part: str
    slots: dict[str, str] = Field(default={})
    values: dict[str, str] = Field(default={})
    when: str = ""
    unless: str = ""
    each: str = ""
    apart: int = 0
    follow: int = 0
    smaller: tuple[str, ...] = ()
    keyword: str = ""
    place: Turns
    enter: Enter = "rise"
    leave: Leave = "fade"
    move: Sway = "still"
    delay: int = 0
    count_up: str = ""
    known: bool = False
    ride: bool = False
    sound: Literal["", "whoosh", "brush", "page", "pop", "tick", "chime", "sparkle"] = ""

    @field_validator("count_up")
    @classmethod
    def _counts_a_slot(cls, said: str, other: ValidationInfo) -> str:
        slots = other.data.get("slots", {})
        if said and said not in slots:
            raise wrong("slot", expected=", ".join(f"'{one}'" for one in slots))
        return said


class PictureSpec(Value):
    """What photo a scene shows and how: one photo, before and after with a reveal, or all ``photos`` of a list in a grid or, with room for
    words below, a ``gallery``; ``whole`` cuts as little as can be from a photo that does not fill the canvas; ``close`` looks that many times
    closer; the photo's ``subject`` (or the middle of a ``whole`` photo's card) stands that share of the canvas' height down; ``light`` is how
    much of a ``blurred`` photo's light is left; several ``photo`` references take turns from item to item.
    A ``photo`` is in the shape it and the one ``beside`` it have in common: what follows is the other.
    ``calm`` scenes have no reveal that strikes on the beat.
    """

    photo: Turns | Literal[""] = ""
    photos: str = ""
    beside: str = ""
    before: str = ""
    after: str = ""
    calm: bool = False
    shape: Shape = "pair"
    move: Annotated[str, among(lambda: tuple(MOVES))] = "still"
    reveal: str = ""
    shade: bool = False
    close: float = Field(default=1.0, ge=1)
    subject: float = Field(default=0.5, ge=0, le=1)
    light: float = Field(default=0.2, ge=0, le=1)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.before) != bool(self.after):
            raise wrong("both")
        if sum(map(bool, (self.photo, self.photos, self.before))) != 1:
            raise wrong("one")
        if self.photos and self.shape not in {"grid", "gallery"}:
            raise wrong("several")
        return self


class SceneSpec(Value):
    """One scene of a template, or one per item of ``each``; ``seconds`` are the shortest, usual and longest time; ``into`` is how it gives
    way to the next one, ``inside`` how it does to the next shot of the same section or page of the same person, if otherwise.
    """

    name: str
    each: str = ""
    when: str = ""
    unless: str = ""
    optional: int = 0
    seconds: Annotated[tuple[Seconds, Seconds, Seconds], AfterValidator(_rising)]
    picture: PictureSpec | None = None
    ground: Ground | Literal[""] = ""
    labels: tuple[str, str] | None = None
    words: tuple[Words, ...] = ()
    into: Annotated[str | tuple[str, ...], among(_transitions)] = "cut"
    inside: Annotated[str, among(_transitions)] | Literal[""] = ""


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
    posts are for if only for one thing, whether they are ``of_client`` (then nobody's standing words are put into them), its usual ``music`` (a bed's name), and how long it is in seconds, at least and as a rule at most, and ``at_most`` when its words need more.
    """

    id: str
    names: Called
    about: About
    takes: dict[str, Take]
    mode: Literal["", "ad", "story", "public-interest", "recruit"] = ""
    of_client: bool = False
    labels: Labels = Labels()
    music: str = "default"
    seconds: Annotated[tuple[Seconds, Seconds], AfterValidator(_rising)]
    at_most: float = 0.0
    scenes: Several[SceneSpec]
    folder: Path = Field(json_schema_extra=values.OURS)


class Parts(Value):
    """Every part and place templates can name."""

    parts: dict[str, Part] = Field(default={})
    places: dict[str, Place] = Field(default={})


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
    """The template of that id; refuses a broken one with VK-K001, also one whose id is not its folder's name, and one that names what there
    is not with VK-K006.
    """
    file = _file(where, f"templates/{name}/template.yaml", name)
    read, shared = values.read(file), _shared(where)
    said = {**read, "scenes": _scenes(read.get("scenes"), shared), "folder": file.parent}

    def origin(steps: Steps) -> tuple[Path, Steps]:
        """Where an entry stands: in the template's file, or in that of the shared scene it uses."""
        scene = read["scenes"][steps[1]] if len(steps) > 2 and steps[0] == "scenes" else None
        used = str(scene.get("use")) if isinstance(scene, dict) and steps[2] not in scene else ""
        if used in shared:
            return shared[used][0], (used, *steps[2:])
        return file, steps

    for steps, kind, mentioned, known in _mentions(said, shared, where):
        if mentioned not in known:
            raise values.unknown(*origin(steps), kind, mentioned, known)
    made = values.value(Template, said, file, origin=origin)
    if made.id != file.parent.name:
        raise values.refused(file, ("id",), "folder", folder=file.parent.name)
    return made


def _mentions(said: dict[str, Any], shared: Shared, where: Shelf) -> Iterator[tuple[Steps, str, str, tuple[str, ...]]]:
    """Everything a template's data names: the entry, its kind, the name, and those there are."""
    takes = said.get("takes")
    for field in takes if isinstance(takes, dict) else ():
        yield ("takes", field), "take", str(field), _fields(str(field))
    if isinstance(music := said.get("music"), str) and music:
        yield ("music",), "music", music, _music()
    scenes, known = said["scenes"], parts(where)
    names = {"use": tuple(sorted(shared)), "part": tuple(sorted(known.parts)), "place": tuple(sorted(known.places))}
    for steps, key, kind, name in _listed(scenes):
        yield (*steps, key), kind, name, names[kind]
    for steps, words in _rows(scenes):
        slots, part = words.get("slots"), known.parts.get(str(words.get("part")))
        for slot in slots if isinstance(slots, dict) and part else ():
            yield (*steps, "slots", slot), "slot", str(slot), tuple(part.slots) if part else ()


def _fields(path: str) -> tuple[str, ...]:
    """What may stand where a template says what it takes: fields of a brief, or for ``people.phot`` those of people."""
    models, (name, _, inner) = keys.models(), path.partition(".")
    own = {field.name: field.kind for field in models["brief"]}
    within = MODELS.get(own.get(name, ""), "")
    return tuple(f"{name}.{field.name}" for field in models[within]) if inner and within else tuple(own)


def _music() -> tuple[str, ...]:
    """Every name of a music bed, the moods first."""
    first = [one.aliases[0] for one in beds()]
    return tuple(
        dict.fromkeys((*first, *(name for one in beds() for name in (*one.aliases, one.id, one.name_zh, one.name_en))))
    )


def _rows(scenes: Any) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """The words of all scenes, as far as these are what they should be."""
    for at, scene in enumerate(scenes if isinstance(scenes, list) else ()):
        rows = scene.get("words") if isinstance(scene, dict) else None
        for row, words in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(words, dict):
                yield ("scenes", at, "words", row), words


def _listed(scenes: Any) -> Iterator[tuple[Steps, str, str, str]]:
    """Shared scenes, parts and places that scenes name: the entry, its key, the kind, the name."""
    whole = [(("scenes", at), scene) for at, scene in enumerate(scenes if isinstance(scenes, list) else ())]
    for steps, said in (*whole, *_rows(scenes)):
        for key, kind in NAMING.items() if isinstance(said, dict) else ():
            found = said.get(key, ())
            for name in found if isinstance(found, list) else (found,):
                if isinstance(name, str):
                    yield steps, key, kind, name


def _shared(where: Shelf) -> Shared:
    """The shared scenes, the user's over ours; refuses with VK-K001 one that is no mapping."""
    found: Shared = {}
    for file in _tables("scenes.yaml", where):
        for name, said in values.read(file).items():
            if not isinstance(said, dict):
                raise values.refused(file, (name,), "dict_type")
            found[name] = file, said
    return found


def _tables(name: str, where: Shelf) -> Iterator[Path]:
    """The files of that name in ``_parts``, the user's last."""
    files = (folder / "templates" / "_parts" / name for folder in reversed(where.folders))
    return (file for file in files if file.is_file())


def _scenes(said: Any, shared: Shared) -> Any:
    """A template's scenes, those that ``use`` a shared scene with its entries (``_parts/scenes.yaml``), their own before them."""
    return [_scene(one, shared) for one in said] if isinstance(said, list) else said


def _scene(said: Any, shared: Shared) -> Any:
    used = str(said.get("use")) if isinstance(said, dict) else ""
    if used not in shared:
        return said
    return {"name": used, **shared[used][1], **{key: value for key, value in said.items() if key != "use"}}


def told_by(made: Template, where: Shelf) -> tuple[Path, ...]:
    """The files in which a template's words stand: its own, and those of shared scenes."""
    return (made.folder / "template.yaml", *_tables("scenes.yaml", where))


def brand(name: str, where: Shelf) -> Brand:
    """The brand of that id with its logo; refuses as ``brand_in``, and a logo that cannot stand in drawings (VK-R004 to VK-R006)."""
    folder = _file(where, f"brand/{name}/brand.yaml", name).parent
    found, drawing = brand_in(folder), logo.of(folder).suffix == ".svg"
    fault = next(logo.unsound(found.logo), None) if found.logo and drawing else None
    if fault:
        raise Refusal(problem(fault[0], Position(f"brand/{name}/logo.svg"), **fault[1]))
    return found


def brand_in(folder: Path) -> Brand:
    """The brand of a folder with its logo; refuses a broken one with VK-K001, an SVG that is none with
    VK-K004, a picture that cannot be read as ``logo.read``.
    """
    file, drawn = folder / "brand.yaml", logo.read(logo.of(folder))
    if drawn and "<svg" not in drawn:
        raise Refusal(problem("VK-K004", name=folder.name))
    with values.beside(bundled() / EXAMPLE):
        return values.value(Brand, {**values.read(file), "logo": drawn}, file)


def forget() -> None:
    """Read the files anew from now on."""
    values.forget()
    parts.cache_clear()


@cache
def parts(where: Shelf) -> Parts:
    """Every part and place, the user's over ours; refuses with VK-K001 a file of them that will not do."""
    found = [_parts_in(file) for file in _tables("parts.yaml", where)]
    return Parts(
        parts={name: part for one in found for name, part in one.parts.items()},
        places={name: place for one in found for name, place in one.places.items()},
    )


def _parts_in(file: Path) -> Parts:
    """The parts and places of one file; nothing may stand below either."""
    said = {name: row if row is not None else {} for name, row in values.read(file).items()}
    return values.value(Parts, said, file)


def template_names(where: Shelf) -> Names:
    """Every template's id with the names people may write."""
    return tuple(_named(where.files("templates/*/template.yaml")))


def template_takes(where: Shelf) -> tuple[tuple[str, tuple[tuple[str, Range], ...]], ...]:
    """For every template, by its id, which fields of a brief it needs and how many."""
    files = where.files("templates/*/template.yaml")
    return tuple((file.parent.name, tuple(_taken(values.read(file).get("takes")))) for file in files)


def _taken(takes: Any) -> Iterator[tuple[str, Range]]:
    """What a template takes as its file says it; what is wrong with that is told when the template itself is read."""
    for field, row in takes.items() if isinstance(takes, dict) else ():
        least, most = (row.get(name, 0) if isinstance(row, dict) else 0 for name in ("least", "most"))
        called = row.get("called", "") if isinstance(row, dict) else ""
        if isinstance(least, int) and isinstance(most, int):
            yield str(field), Range(least, most, str(called))


def brand_names(where: Shelf) -> Names:
    """Every brand's id with the names people may write."""
    with values.beside(bundled() / EXAMPLE):
        return tuple(_named(where.files("brand/*/brand.yaml")))


def shop_brands(project: Path, usual: str) -> tuple[Brand, ...]:
    """The brands a shop's posts are made in, as far as they can be read: those of its own folder, and the ``usual`` one, by any of its names."""
    where, word = shelf(project), keys.folded(usual)
    meant = {own for own, others in brand_names(where) if word in map(keys.folded, (own, *others))}
    found: list[Brand] = []
    for file in where.files("brand/*/brand.yaml"):
        if file.is_relative_to(project / "brand") or file.parent.name in meant:
            with suppress(Refusal):
                found.append(brand_in(file.parent))
    return tuple(found)


def _named(files: tuple[Path, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in files:
        called = values.value(Called, values.read(file).get("names"), file, ("names",))
        yield file.parent.name, tuple(name for name in (called.zh, called.en, *called.aliases) if name)


def _file(where: Shelf, path: str, name: str) -> Path:
    found = where.files(path)
    if not found:
        raise Refusal(problem("VK-K002", name=name))
    return found[0]
