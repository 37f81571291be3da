"""Node → Brief: what the person asked for, every value checked, free of any platform; all problems of a file at once.

Which keys there are, what they may be called and how long a text may be is data (``data/keys.yaml``); ``fields`` reads single values.
Names of templates, brands, platforms, people, transitions, reveals and music beds come in as a ``Names`` value.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit import source
from vidkit.audio.musical import OwnMusic  # noqa: TC001  # pydantic reads it
from vidkit.briefs import declared, enough, keys, paths, sides
from vidkit.briefs.declared import Certificate, Compare, Evidence, Gift, Promise  # noqa: TC001  # pydantic reads them
from vidkit.briefs.fields import (
    Choice,
    Names,
    Notes,
    Spot,
    Value,
    entries,
    fields,
    length,
    names_in,
    read_text,
    reads,
)
from vidkit.briefs.maps import made, read_map, read_maps, read_value, read_values
from vidkit.consoles import spelling
from vidkit.film.reel import Reel  # noqa: TC001  # pydantic reads it
from vidkit.photos.matrix import Point  # noqa: TC001  # pydantic reads it
from vidkit.problems import Place, Problem, Refusal, in_order, problem
from vidkit.sources import unseen
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vidkit.source import Node

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
NO_RECORDING = {"VK-B033": "VK-V016", "VK-B034": "VK-V017", "VK-B035": "VK-V017", "VK-B036": "VK-V017"}
NO_MUSIC = {"VK-B033": "VK-S006", "VK-B034": "VK-S007", "VK-B035": "VK-S007", "VK-B036": "VK-S007"}
"""Problems with the path of a photo, and how they are told of a recording's, and of somebody's own music."""
SIGNS = {"VK-Y016", "VK-Y017", "VK-Y030"}
"""A value that begins with a sign YAML keeps for itself: what else is wrong with it follows from that."""
FIRST = {"person": "people.0", "price": "prices.0"}
"""Short paths: the first of several."""
NAMED = 2
"""So many characters in a row that a title and a place share, and the title speaks of the place."""


class Photo(Value):
    """A photo file: its name as typed, the file it means, where the brief says so, and what people decided about it.

    ``show_face``, ``hide_face`` and ``not_face`` are numbers of what was found in it; ``cover`` are polygons (fractions of width and
    height) to be covered; ``focus`` is the point that matters; ``as_taken`` that it is not brightened. Of a film ``start`` and ``seconds`` are the excerpt, and ``reel`` is what
    was made of it.
    """

    name: str
    path: Path
    place: Place
    show_face: tuple[Choice, ...] = ()
    hide_face: tuple[Choice, ...] = ()
    not_face: tuple[Choice, ...] = ()
    cover: tuple[tuple[Point, ...], ...] = ()
    focus: Point | None = None
    as_taken: bool = False
    start: float | None = None
    seconds: float | None = None
    reel: Reel | None = None

    @property
    def picture(self) -> Path:
        """The file to be looked at: the photo itself, or the frame of a film that serves as its photo."""
        return self.reel.still if self.reel else self.path


class Recording(Value):
    """A recorded voice: its file as typed, the file it means, where the brief says so."""

    name: str
    path: Path
    place: Place


class Pair(Value):
    """One spot before and after the work; ``focus`` is a point in fractions of width and height, ``recording`` says the note."""

    spot: str
    before: Photo
    after: Photo
    note: str = ""
    recording: Recording | None = None
    reveal: str | None = None
    focus: tuple[float, float] | None = None


class Section(Value):
    """A piece of the content: a step, a chapter, a block; ``lines`` are said one after the other, in ``recording`` if there is one; it shows photos
    or one pair.
    """

    title: str
    time: str = ""
    lines: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    pair: Pair | None = None
    recording: Recording | None = None


class Person(Value):
    """A worker: the name she chose, craft, ``years`` in the trade, where she comes from, who taught her, her own words, as she says them in
    ``recording``, her certificates.
    """

    name: str
    craft: str = ""
    years: int | None = None
    photo: Photo | None = None
    quote: str = ""
    recording: Recording | None = None
    home: str = ""
    taught_by: str = ""
    certificates: tuple[Certificate, ...] = ()


class Price(Value):
    """A price in yuan as a plain decimal, per unit, with the conditions the law wants said; what it covers, what costs extra, what it is
    compared with.
    """

    item: str
    amount: str
    unit: str
    conditions: str
    starting: bool = False
    scope: str = ""
    extra: str = ""
    compare: Compare | None = None

    @property
    def whole(self) -> tuple[str, ...]:
        """The conditions, what it is compared with, what it covers, what costs extra: all that limits the price."""
        compared = self.compare.said if self.compare else ""
        extra = self.extra if not self.extra or re.search(r"[加另]", self.extra) else f"另收：{self.extra}"
        return tuple(filter(None, (self.conditions, compared, extra, self.scope)))

    @property
    def terms(self) -> str:
        """The conditions as they stand beside the price, then what it is compared with and what costs extra, each if the line has room for it."""
        row = keys.find("price", "conditions")
        shown = self.conditions
        for more in (one for one in self.whole[1:] if one != self.scope):
            longer = f"{shown}；{more}"
            shown = longer if row and length(longer) <= row.max else shown
        return shown


class Review(Value):
    """A customer's own words, where and when (2026-11-03) they were written, stars (1 to 5), and the masked name.

    ``order`` tells which order it was, ``consent`` is the name of the customer's consent; None where the brief does not say whether the
    customer ``used`` the service. None of these is ever shown. ``recording`` is the text read aloud, by ``reader`` or, if that is empty, by
    the customer.
    """

    text: str
    platform: str
    date: str
    stars: int | None = None
    name: str = ""
    order: str = ""
    consent: str = ""
    used: bool | None = None
    age: int | None = None
    recording: Recording | None = None
    reader: str = ""


class Qr(Value):
    """A QR code: its text, or a picture of one."""

    text: str = ""
    picture: Photo | None = None


class Brief(Value):
    """What the person asked for; ``places`` says where in the file each value stands, ``typed`` under which key it was written,
    ``pasted`` the texts that hold more than can be drawn (emoji).

    ``mode`` is what the post is for (``ad``, ``story``, ``public-interest``, ``recruit``; empty: the template and the brand decide); ``home`` and
    ``shown`` are names of consents; ``made_by_ai`` is what was made by AI elsewhere (``voice``, ``pictures``, ``words``); ``link`` says that the post
    carries a purchase link, ``mark_ad`` that an advertisement is marked without one too, ``mask_text`` that personal data in its words is masked.
    """

    file: Path
    template: str
    brand: str
    title: str
    keyword: str = ""
    hook: str = ""
    service: str = ""
    area: str = ""
    day: str = ""
    people: tuple[Person, ...] = ()
    pairs: tuple[Pair, ...] = ()
    sections: tuple[Section, ...] = ()
    photos: tuple[Photo, ...] = ()
    group: Photo | None = None
    points: tuple[str, ...] = ()
    problem: str = ""
    result: str = ""
    advice: str = ""
    review: Review | None = None
    prices: tuple[Price, ...] = ()
    valid_until: str = ""
    jobs: tuple[str, ...] = ()
    training: str = ""
    join: str = ""
    closing: str = ""
    series: str = ""
    episode: int | None = None
    track: str = ""
    qr: Qr | None = None
    phone: str = ""
    mode: str = ""
    home: str = ""
    shown: tuple[str, ...] = ()
    gift: Gift | None = None
    evidence: tuple[Evidence, ...] = ()
    promises: tuple[Promise, ...] = ()
    made_by_ai: tuple[str, ...] = ()
    link: bool = False
    mark_ad: bool = False
    mask_text: bool = False
    body: str = ""
    topics: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ("douyin",)
    recording: Recording | None = None
    subtitles: str = "phrase"
    music: str | OwnMusic | None = "default"
    beats: bool = True
    effects: bool = True
    transition: str | None = None
    places: tuple[tuple[str, Place], ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    pasted: tuple[tuple[str, str], ...] = ()

    @property
    def person(self) -> Person | None:
        """The first person, if any."""
        return self.people[0] if self.people else None

    @property
    def price(self) -> Price | None:
        """The first price, if any."""
        return self.prices[0] if self.prices else None

    @property
    def comparisons(self) -> tuple[Pair, ...]:
        """Every pair of photos, those of the sections too, in order."""
        return (*self.pairs, *(one.pair for one in self.sections if one.pair))

    @property
    def leading(self) -> tuple[Pair, ...]:
        """The same, the one first whose place the hook, the title or the keyword names: what is spoken of is shown."""
        said = f"{self.hook} {self.title} {self.keyword}"
        pairs = self.comparisons
        shared = [_shared(pair.spot, said) for pair in pairs]
        first = shared.index(max(shared)) if max(shared, default=0) >= NAMED else 0
        return (*pairs[first : first + 1], *pairs[:first], *pairs[first + 1 :])

    @property
    def singles(self) -> tuple[Photo, ...]:
        """Every mention of a photo that is not one of a pair, in order."""
        own = (one.photo for one in self.people)
        return tuple(
            photo for photo in (*own, *(p for s in self.sections for p in s.photos), *self.photos, self.group) if photo
        )

    @property
    def mentions(self) -> tuple[Photo, ...]:
        """Every mention of a photo: those of pairs, then the others, each in order."""
        return (*(photo for two in self.comparisons for photo in (two.before, two.after)), *self.singles)

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """Every recorded voice, each once, in order: the whole clip's, people's, sections', pairs', the review's."""
        listed = (one.recording for several in (self.people, self.sections, self.pairs) for one in several)
        own = (self.recording, *listed, self.review.recording if self.review else None)
        return tuple(dict.fromkeys(one for one in own if one))

    def key(self, name: str) -> str:
        """The key somebody wrote for a field, else its first Chinese name."""
        field = keys.find("brief", name)
        return dict(self.typed).get(name) or (field.zh[0] if field else name)

    def posted(self, path: str, drawn: str) -> str:
        """The words of a title or a sentence as posts say them, emoji and all, by those that are drawn; none for none."""
        return dict(self.pasted).get(path, drawn) if drawn else ""

    def at(self, path: str) -> Place | None:
        """Where the value of a dotted path such as ``pairs.0.note`` stands in the file, or None if it is not there."""
        first, _, rest = path.partition(".")
        return dict(self.places).get(".".join(filter(None, (FIRST.get(first, first), rest))))


def load(file: Path, names: Names, *, shown: str | None = None) -> Brief:
    """The brief in a file; raises Refusal with every problem of its writing and of its contents, at most 20."""
    node, problems = source.examine(file, shown=shown)
    brief, more = _checked(node, file.parent, names, file) if node else (None, ())
    signs = {one.place for one in problems if one.code in SIGNS}
    return _or_refuse(brief, (*problems, *(one for one in more if one.place not in signs)))


def check(node: Node, *, base: Path, names: Names) -> Brief:
    """The brief a node says, its photo paths found from the folder ``base``; raises Refusal with every problem, at most 20."""
    brief, problems = _checked(node, base, names, base / PurePath(node.place.file).name)
    return _or_refuse(brief, problems)


def _shared(one: str, other: str) -> int:
    """The most characters in a row that stand in both texts."""
    runs = (
        length
        for length in range(len(one), 0, -1)
        for at in range(len(one) - length + 1)
        if one[at : at + length] in other
    )
    return next(runs, 0)


def _or_refuse(brief: Brief | None, problems: tuple[Problem, ...]) -> Brief:
    """The brief without problems; how many entries a list has is not told where its commas have to be mended first."""
    unsure = {(one.place.file, one.place.line) for one in problems if one.code == "VK-Y029" and one.place}
    sure = [p for p in problems if not (p.code == "VK-B019" and p.place and (p.place.file, p.place.line) in unsure)]
    if brief is None or sure:
        raise Refusal(*source.first_ones(in_order(sure)))
    return brief


def _checked(node: Node, base: Path, names: Names, file: Path) -> tuple[Brief | None, tuple[Problem, ...]]:
    chinese = any(not key.text.isascii() for key, _ in node.pairs) or not node.pairs
    notes = Notes(base, names, "zh" if chinese else "en", offered=enough.offered(node, names))
    values = fields(notes, "brief", node, "", names.usual)
    enough.check(notes, node, values, MODELS)
    values |= _as_titled(values, notes.pasted)
    notes.problems.extend(_across(values, notes.places, notes.pasted))
    if notes.problems:
        return None, in_order(paths.told(notes.problems))
    values |= {name: tuple(getattr(notes, name).items()) for name in ("places", "typed", "pasted")}
    return Brief(file=file, **values), ()


def _as_titled(values: dict[str, Any], pasted: Mapping[str, str]) -> dict[str, str]:
    """The keyword as the title spells it, or the words a clip opens with, where spaces stand for emoji (一家🏠四口) in one and not in the other."""
    keyword = values.get("keyword")
    if not keyword or pasted.keys().isdisjoint({"keyword", "title", "hook"}):
        return {}
    sought = " ?".join(map(re.escape, keyword.replace(" ", "")))
    found = re.search(sought, f"{values.get('title') or ''}\n{values.get('hook') or ''}")
    return {"keyword": found[0]} if found and keyword not in found.string else {}


def _across(values: dict[str, Any], places: dict[str, Place], pasted: Mapping[str, str]) -> Iterator[Problem]:
    """Problems between fields: a keyword neither in the title nor in the words a clip opens with."""
    keyword, title = values.get("keyword"), values.get("title")
    if keyword and title and keyword not in f"{title}\n{values.get('hook') or ''}":
        typed = {"keyword": keyword, "title": title}
        yield problem("VK-B020", places["keyword"], **{name: pasted.get(name, said) for name, said in typed.items()})


# Values of several fields


@reads("photo")
def _photo(notes: Notes, spot: Spot, node: Node) -> Photo | None:
    """A photo by its file alone, or a map that says more about it."""
    if node.kind != "map":
        found = _file(notes, spot, node)
        return Photo(name=found.name, path=found.path, place=found.place) if found else None
    before = len(notes.problems)
    values = fields(notes, "photo", node, f"{spot.path}.")
    _decided_once(notes, values)
    found = values.pop("file", None)
    if found is None or len(notes.problems) > before:
        return None
    return Photo(name=found.name, path=found.path, place=found.place, **values)


def _decided_once(notes: Notes, values: dict[str, Any]) -> None:
    """Each number of a photo stands in one list only."""
    first: dict[int, str] = {}
    for name in ("show_face", "hide_face", "not_face"):
        field = keys.find("photo", name)
        for choice in values.get(name, ()):
            called = field.called(notes.language) if field else name
            if first.setdefault(choice.number, called) != called:
                other = first[choice.number]
                notes.say("VK-B027", choice.place, number=choice.number, field=called, other=other)


class _File(NamedTuple):
    name: str
    path: Path
    place: Place


@reads("file")
def _file(notes: Notes, spot: Spot, node: Node, told: Mapping[str, str] = MappingProxyType({})) -> _File | None:
    """The file a path means; problems with it are ``told`` by other codes where it is no photo."""
    typed = paths.unquoted(read_text(notes, spot, node))
    if not typed or "\n" in typed or any(unseen.hidden(typed)) or len(typed) > spot.field.max:
        return None
    found = paths.find(typed, notes.base, node.place, _sought(spot, sound=bool(told)))
    if isinstance(found, Problem):
        notes.say(told.get(found.code, found.code), node.place, **dict(found.values))
        return None
    return _File(typed, found, node.place)


def _sought(spot: Spot, *, sound: bool) -> paths.Sought:
    """What a field's file should be: sound, or a picture, on the side of a pair that the field is; where there is no side, a film as well."""
    if sound:
        return paths.Sought(tuple(table("asked")["endings"]["sound"]))
    side = next((part for part in spot.path.split(".") if part in sides.SIDES), "")
    known = table("intake")
    return paths.Sought((*known["pictures"], *(() if side else known["videos"])), side, paths.PHOTOS)


@reads("music-file")
def _music_file(notes: Notes, spot: Spot, node: Node) -> _File | None:
    return _file(notes, spot, node, NO_MUSIC)


@reads("recording")
def _recording(notes: Notes, spot: Spot, node: Node) -> Recording | None:
    found = _file(notes, spot, node, NO_RECORDING)
    return Recording(name=found.name, path=found.path, place=found.place) if found else None


@reads("photos")
def _photos(notes: Notes, spot: Spot, node: Node) -> tuple[Photo, ...]:
    """Photos; a single one, as a path or as a map, needs no list around it."""
    items = (node,) if node.kind == "map" else entries(notes, spot, node)
    found = [_photo(notes, spot.entry(number), item) for number, item in enumerate(items)]
    return tuple(photo for photo in found if photo is not None)


@reads("people")
def _people(notes: Notes, spot: Spot, node: Node) -> tuple[Person, ...]:
    found: list[Person] = []
    for inner, item in read_maps(notes, spot, node):
        person = _person(notes, inner, item)
        if person in found:
            notes.say("VK-N005", item.place, field=spot.key, name=person.name if person else "")
        found += [person] if person else []
    return tuple(found)


def _person(notes: Notes, spot: Spot, node: Node) -> Person | None:
    """A person by the name of a profile of the project, or as written here; what is not written is taken from the profile of that name;
    its recording says its own quote, not another one.
    """
    count = len(notes.problems)
    if node.kind == "text" and not re.search(r"[：:]", node.text):
        return made(notes, count, Person, _profile(notes, spot, node))
    field = keys.find("person", "name")
    typed = next((value for key, value in node.pairs if keys.find("person", key.text) == field), None)
    if typed and len(several := names_in(typed.text)) > 1:
        _several_people(notes, spot, typed, several)
    rest = _profile(notes, spot, typed) if typed and _profiles(notes, typed.text) else {}
    values = read_map(notes, spot, node, "person")
    if values is None or rest is None:
        return made(notes, count, Person, None)
    own = {name: value for name, value in rest.items() if name != "recording" or "quote" not in values}
    return made(notes, count, Person, own | values)


def _profiles(notes: Notes, name: str) -> tuple[Path, ...]:
    """The profiles that answer to a name."""
    word = keys.folded(name)
    return tuple(dict.fromkeys(file for known, file in notes.names.people if keys.folded(known) == word))


def _profile(notes: Notes, spot: Spot, node: Node) -> dict[str, Any] | None:
    """What the profile of a name says; its faults are told with the places of that file."""
    files = _profiles(notes, node.text)
    if not files:
        _unknown_person(notes, spot, node)
        return None
    if len(files) > 1:
        named = "、".join(f"{file.parent.name}/{file.name}" for file in files)
        notes.say("VK-N003", node.place, field=spot.key, name=node.text, files=named)
    read, faults = source.examine(files[0], shown=spelling.shown(files[0]))
    notes.problems.extend(faults)
    if read is None:
        return None
    inside = Notes(files[0].parent, notes.names, notes.language)
    values = profile(inside, files[0], read, f"{spot.path}.")
    notes.problems.extend(inside.problems)
    notes.places.update(inside.places)
    notes.pasted.update(inside.pasted)
    return values


def profile(notes: Notes, file: Path, node: Node, path: str = "") -> dict[str, Any]:
    """What a profile says of its person, its faults noted; two names in it are two people (VK-N008)."""
    values = fields(notes, "person", node, path)
    several = names_in(values.get("name", ""))
    if len(several) > 1:
        each = "、".join(f"{file.parent.name}/{name}{file.suffix}" for name in several)
        notes.say("VK-N008", notes.places[f"{path}name"], name=values["name"], files=each)
    return values


def _several_people(notes: Notes, spot: Spot, node: Node, typed: Sequence[str]) -> None:
    """Several names in one text: by their profiles where each has one, else written here."""
    key = "称呼" if notes.language == "zh" else "name"
    known = all(_profiles(notes, name) for name in typed)
    listed = f"[{', '.join(name if known else f'{{{key}: {name}}}' for name in typed)}]"
    notes.say("VK-B055", node.place, field=spot.key, count=len(typed), names="、".join(typed), example=listed)


def _unknown_person(notes: Notes, spot: Spot, node: Node) -> None:
    typed = names_in(node.text)
    if len(typed) > 1:
        _several_people(notes, spot, node, typed)
        return
    names = tuple(dict.fromkeys(name for name, _ in notes.names.people))
    guess = keys.likely_own(node.text, names)
    code, more = ("VK-B011", {"guess": guess}) if guess else ("VK-N007" if names else "VK-N006", {})
    first = {file: name for name, file in reversed(notes.names.people)}
    notes.say(code, node.place, field=spot.key, name=node.text, known="、".join(sorted(first.values())), **more)


@reads("prices")
def _prices(notes: Notes, spot: Spot, node: Node) -> tuple[Price, ...]:
    return read_values(notes, spot, node, Price, "price")


@reads("review")
def _review(notes: Notes, spot: Spot, node: Node) -> Review | None:
    return read_value(notes, spot, node, Review, "review")


@reads("pairs")
def _pairs(notes: Notes, spot: Spot, node: Node) -> tuple[Pair, ...]:
    found = [_pair(notes, inner, item) for inner, item in read_maps(notes, spot, node)]
    return tuple(pair for pair in found if pair is not None)


def _pair(notes: Notes, spot: Spot, node: Node) -> Pair | None:
    count = len(notes.problems)
    values = read_map(notes, spot, node, "pair")
    _differ(notes, values)
    return made(notes, count, Pair, values)


def _differ(notes: Notes, values: dict[str, Any] | None) -> None:
    before, after = (values.get(side) if values else None for side in ("before", "after"))
    if before and after and before.path == after.path:
        notes.say("VK-B021", after.place, name=after.name)


@reads("sections")
def _sections(notes: Notes, spot: Spot, node: Node) -> tuple[Section, ...]:
    found = [_piece(notes, inner, item) for inner, item in read_maps(notes, spot, node)]
    return tuple(section for section in found if section is not None)


def _piece(notes: Notes, spot: Spot, node: Node) -> Section | None:
    """A section; its two photos before and after become a pair of its title and first line."""
    count = len(notes.problems)
    values = read_map(notes, spot, node, "section")
    if values is None:
        return None
    _differ(notes, values)
    pair = {name: values.pop(name) for name in ("before", "after", "reveal", "focus") if name in values}
    given = [name for name in ("before", "after") if notes.places.get(f"{spot.path}.{name}")]
    if len(given) == 1:
        notes.say("VK-B047", notes.places[f"{spot.path}.{given[0]}"], title=values.get("title", ""))
    if {"before", "after"} <= set(pair) and len(notes.problems) == count:
        lines = values.get("lines") or ("",)
        values["pair"] = Pair(spot=values.get("title", ""), note=lines[0], **pair)
    return made(notes, count, Section, values)


@reads("qr")
def _qr(notes: Notes, spot: Spot, node: Node) -> Qr | None:
    """A text, or the path of a picture."""
    typed = paths.unquoted(read_text(notes, spot, node))
    if not typed.lower().endswith(PICTURES) or re.match(r"[a-z]+://", typed.lower()):
        return Qr(text=typed) if typed else None
    picture = _photo(notes, spot, node)
    return Qr(picture=picture) if picture else None


MODELS = {
    "people": "person",
    "pairs": "pair",
    "sections": "section",
    "prices": "price",
    "review": "review",
    **declared.MODELS,
}
"""Kinds whose values have fields of their own, and the model of these."""
