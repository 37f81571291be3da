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
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from vidkit.audio.track import Kind, beds
from vidkit.brief import MODELS
from vidkit.briefs import keys
from vidkit.briefs.fields import Range
from vidkit.kits import logo, values
from vidkit.kits.values import Several, Turns, Value, among, rising, wrong
from vidkit.painting.moves import MOVES
from vidkit.problems import Place as Position
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.kits.values import Steps

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


Seconds = Annotated[float, Field(gt=0)]


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
    """How the words of a part's slot may be set; px on a canvas 1080 wide."""

    face: Literal["headline", "body", "text", "display"] = "body"
    """A font of the brand by its role, or a face by its name."""
    weight: int | None = None
    """Another weight than the brand's."""
    sizes: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]]
    """The largest and the smallest letters."""
    lines: int = Field(default=1, ge=1)
    """The most lines."""
    spacing: float = 1.28
    """From line to line, in letters' sizes."""
    accent_pad: float = 0.0
    """Room beside accented words, in letters' sizes."""
    inset: int = 0
    """Room the drawing keeps for itself."""
    silent: bool = False
    """The words need no time to be read."""
    verbatim: bool = False
    """Every mark is kept, also at the ends of lines."""
    half_of: str = ""
    """The slot whose words are at most twice as large as these."""
    beside: str | tuple[str, ...] = ""
    """The slot these stand beside, or several: they become smaller, as far as they may, before one of them stands below."""
    short: int = 0
    """The largest letters of a few characters alone."""

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
    """What it stands in: the safe box, the canvas, the scene's picture, the room below the title."""
    x: Literal["left", "centre", "right"] = "left"
    """The side it stands at, across."""
    y: Literal["top", "middle", "bottom"] = "top"
    """The side it stands at, down."""
    dx: int = 0
    """How far inwards from that side, px."""
    dy: int = 0
    """The same, down."""
    air: int = 0
    """So much of it may be given up for marks above, px."""


class Words(Value):
    """A part in a scene: what it says, where it stands, how it comes and goes. Frames are at 30 a second."""

    part: str
    """The drawing."""
    slots: dict[str, str] = Field(default={})
    """Its words by slot: Jinja over the brief. Slots that are all empty: the part is not drawn."""
    values: dict[str, str] = Field(default={})
    """Further values for the drawing: Jinja, too."""
    when: str = ""
    """It is there only if the brief has this."""
    unless: str = ""
    """It is there only if the brief has not this."""
    each: str = ""
    """It stands once for each entry (``item``) of this list, one below the other."""
    apart: int = 0
    """How far the entries of ``each`` stand apart, px."""
    follow: int = 0
    """How many frames each entry comes after the one before."""
    smaller: tuple[str, ...] = ()
    """Parts to draw the entries as, one after the other, until their column is low enough."""
    keyword: str = ""
    """The words among its words that are set off in the brand's accent: Jinja."""
    place: Turns
    """Where it stands; several places take turns from item to item of the scene."""
    enter: Enter = "rise"
    """How it comes."""
    leave: Leave = "fade"
    """How it goes."""
    move: Sway = "still"
    """How it slowly grows or shrinks all the time, as photos do."""
    delay: int = 0
    """How many frames after the scene has come in it comes."""
    count_up: str = ""
    """The slot whose number counts up to what it says."""
    known: bool = False
    """Its words were read in an earlier scene: they need no time."""
    ride: bool = False
    """It is there while the scene itself still comes in."""
    sound: Literal["", Kind] = ""
    """The effect with which it comes, then on a beat if that is near."""

    @field_validator("count_up")
    @classmethod
    def _counts_a_slot(cls, said: str, other: ValidationInfo) -> str:
        slots = other.data.get("slots", {})
        if said and said not in slots:
            raise wrong("slot", expected=", ".join(f"'{one}'" for one in slots))
        return said


class PictureSpec(Value):
    """What photo a scene shows, and how: exactly one of ``photo``, ``photos``, and ``before`` with ``after``."""

    photo: Turns | Literal[""] = ""
    """One photo; several take turns from item to item."""
    photos: str = ""
    """A list of photos, all at once: in a ``grid``, or in a ``gallery`` with room for words below."""
    beside: str = ""
    """The other photo of the pair; this photo is cropped to the shape both can have, so that the next scene does not jump."""
    before: str = ""
    """The photo that gives way in a reveal."""
    after: str = ""
    """The photo that is revealed."""
    calm: bool = False
    """No reveal takes its turn whose after comes at one stroke, on the beat."""
    shape: Shape = "pair"
    """How it fills the canvas; ``whole`` cuts as little as can be from a photo that does not fill it."""
    move: Annotated[str, among(lambda: tuple(MOVES))] = "still"
    """How the camera moves."""
    reveal: str = ""
    """What names the reveal (``item.reveal``); nothing there: one whose turn it is."""
    shade: bool = False
    """Its upper part is darkened a little for words, if it fills the canvas."""
    close: float = Field(default=1.0, ge=1)
    """So many times closer, as far as the photo's pixels allow."""
    subject: float = Field(default=0.5, ge=0, le=1)
    """How far down the canvas its subject (of ``whole``: the middle of its card) stands, as a share of the height."""
    light: float = Field(default=0.2, ge=0, le=1)
    """How much of its light is left to a ``blurred`` photo."""

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
    """One scene of a template."""

    name: str
    """What it is called; two of one name only where one stands instead of the other."""
    each: str = ""
    """A list of the brief: there is one scene for each entry (``item``)."""
    when: str = ""
    """It is there only if the brief has this."""
    unless: str = ""
    """It is there only if the brief has not this."""
    optional: int = 0
    """It goes where there is no room, smaller numbers first; 0: it stays."""
    unhurried: bool = False
    """Its words have time to be read at leisure before any other scene is longer than at the least."""
    seconds: Annotated[tuple[Seconds, Seconds, Seconds], rising]
    """The shortest, the usual and the longest time."""
    picture: PictureSpec | None = None
    """The photo or the pair it shows."""
    ground: Ground | Literal[""] = ""
    """The colour behind, where there is no photo."""
    labels: tuple[str, str] | None = None
    """The parts on both sides of a reveal."""
    words: tuple[Words, ...] = ()
    """The drawings with words, in the order in which they lie over each other."""
    into: Annotated[str | tuple[str, ...], among(_transitions)] = "cut"
    """The transition into the next scene; several take turns."""
    inside: Annotated[str, among(_transitions)] | Literal[""] = ""
    """The transition into the next shot of the same section or person, if another."""


class Take(Value):
    """What a template does with a field of the brief."""

    least: int = Field(default=0, ge=0)
    """How many it needs."""
    most: int = Field(default=0, ge=0)
    """How many it shows at most; 0: as many as there are."""
    called: str = ""
    """Which of the field's names a new brief uses."""
    say: About | None = None
    """What to write."""
    example: str = ""
    """What a new brief says there, if no example of the template's does."""

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if 0 < self.most < self.least:
            raise wrong("range")
        return self


class Template(Value):
    """A kind of clip."""

    id: str
    """As its folder is called."""
    names: Called
    """What a brief may call it: zh, en, aliases."""
    about: About
    """What it is for, in one sentence: zh, en."""
    takes: dict[str, Take]
    """What it takes from a brief, by field; ``people.photo`` means people with a photo."""
    mode: Literal["", "ad", "story", "public-interest", "recruit"] = ""
    """What its posts are for, if only for one thing."""
    of_client: bool = False
    """Its posts speak of a customer: nobody's standing words are put into them."""
    labels: Labels = Labels()
    """The words on the two photos of a pair, and over who did the work: before, after, who."""
    music: str = "default"
    """The usual bed, by one of its names."""
    seconds: Annotated[tuple[Seconds, Seconds], rising]
    """How long the clip is, at least and as a rule at most."""
    at_most: float = 0.0
    """How long it may be where its words need more."""
    scenes: Several[SceneSpec]
    """In their order."""
    folder: Path = Field(json_schema_extra=values.OURS)

    @field_validator("scenes")
    @classmethod
    def _told_apart(cls, said: tuple[SceneSpec, ...]) -> tuple[SceneSpec, ...]:
        for at, one in enumerate(said):
            if any(one.name == other.name and not _instead(one, other) for other in said[:at]):
                raise wrong("twice", name=one.name)
        return said


def _instead(one: SceneSpec, other: SceneSpec) -> bool:
    """Whether one of two scenes stands only where the other does not."""
    return bool((one.when and one.when == other.unless) or (one.unless and one.unless == other.when))


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


def examples() -> tuple[Path, ...]:
    """The briefs that come with vidkit, by name."""
    return tuple(sorted((bundled() / "examples").glob("*.yaml")))


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
    for field, row in takes.items() if isinstance(takes, dict) else ():
        yield ("takes", field), "take", str(field), _fields(str(field))
        if isinstance(called := row.get("called") if isinstance(row, dict) else None, str) and called:
            yield ("takes", field, "called"), "name", called, _names(str(field))
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


@cache
def _fields(path: str) -> tuple[str, ...]:
    """What may stand where a template says what it takes: fields of a brief, or for ``people.phot`` those of people."""
    models, (name, _, inner) = keys.models(), path.partition(".")
    own = {field.name: field.kind for field in models["brief"]}
    within = MODELS.get(own.get(name, ""), "")
    return tuple(f"{name}.{field.name}" for field in models[within]) if inner and within else tuple(own)


def _names(path: str) -> tuple[str, ...]:
    """Every name of the brief's field that a template takes (of the people, for ``people.photo``)."""
    return next((one.names for one in keys.models()["brief"] if one.name == path.partition(".")[0]), ())


def _music() -> tuple[str, ...]:
    """Every name of a music bed, the moods first."""
    first = [one.aliases[0] for one in beds()]
    every = (name for one in beds() for name in (*one.aliases, one.id, one.name_zh, one.name_en))
    return tuple(dict.fromkeys((*first, *every)))


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
        raise Refusal(problem(fault[0], Position(values.short(logo.of(folder))), **fault[1]))
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
    """What a template takes as its file says it, without what is wrong there: no brief can put that right, and it is told when the template
    itself is read.
    """
    for field, row in takes.items() if isinstance(takes, dict) else ():
        said = row if isinstance(row, dict) else {}
        least, most, called = said.get("least", 0), said.get("most", 0), said.get("called", "")
        if field in _fields(str(field)) and isinstance(least, int) and isinstance(most, int) and not 0 < most < least:
            yield str(field), Range(least, most, called if called in _names(str(field)) else "")


def brand_names(where: Shelf) -> Names:
    """Every brand's id with the names people may write."""
    with values.beside(bundled() / EXAMPLE):
        return tuple(_named(where.files("brand/*/brand.yaml")))


def brand_called(typed: str, where: Shelf) -> str | None:
    """The id of the brand that goes by a typed name, whatever its width and case; None for no such brand."""
    return keys.meant(typed, brand_names(where))


def shop_brands(project: Path, usual: str) -> tuple[Brand, ...]:
    """The brands a shop's posts are made in, as far as they can be read: those of its own folder, and the ``usual`` one, by any of its names."""
    where = shelf(project)
    meant = brand_called(usual, where)
    found: list[Brand] = []
    for file in where.files("brand/*/brand.yaml"):
        if file.is_relative_to(project / "brand") or file.parent.name == meant:
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
