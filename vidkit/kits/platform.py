"""What each platform allows: ``platforms/*.yaml`` → ``Platform`` values and the facts behind them.

A file is read from the project's own ``platforms`` folders first, then from the package; to add a platform, add a file.
Every value that could change one day is a fact: ``{value, source, checked_on, confidence}``, its ``source`` spelled out
under ``sources`` of the same file. Confidence: A official text · B public tool or reprint · C general knowledge ·
X measured. A file with a gap is refused, with every gap named at once.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from vidkit.briefs import keys
from vidkit.kits import platform_keys
from vidkit.problems import Place, Problem, Refusal, problem, spoken_language
from vidkit.runs import faults
from vidkit.sources import encoding
from vidkit.tables import LOADER, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HERE = Path(__file__).parents[1] / "platforms"
_CONFIDENCE = ("A", "B", "C", "X")
_ORIGIN = ("source", "checked_on", "confidence")


@dataclass(frozen=True)
class Cover:
    """One still picture the platform asks for; width and height in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Box:
    """A named rectangle on the canvas in pixels; right and bottom are just outside."""

    name: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class SafeBox:
    """Where words may stand, in canvas pixels; from ``narrow_from_y`` down, ``narrow_right`` takes the place of ``right``; ``kept`` px above
    ``top`` are kept free for marks.
    """

    left: int
    top: int
    right: int
    bottom: int
    narrow_from_y: int
    narrow_right: int
    kept: int = 0


@dataclass(frozen=True)
class TextLimits:
    """How long the post's words may be.

    ``title_count`` names the way of counting (one of ``platform_keys.COUNTS``); ``title_max`` 0 means there is no title field.
    ``title_marks`` are the punctuation marks a title may have, ``None`` for any. ``digest_max`` is the length of the few
    words shown beside an article, ``package_title_max`` that of the name of something sold, ``fold_at`` how many characters
    are seen before one taps for more; 0 where there is no such field, or nobody knows.
    """

    title_min: int
    title_max: int
    title_count: str
    title_marks: str | None
    body_max: int
    body_includes_topics: bool
    topics_max: int
    digest_max: int = 0
    package_title_max: int = 0
    fold_at: int = 0


Twice = tuple[str, str]
"""Words in Chinese and in English."""


@dataclass(frozen=True)
class Posting:
    """How a post is made there."""

    steps: tuple[Twice, ...] = ()
    """Step by step; none: as everywhere."""
    declare_at: Twice | None = None
    """Where on the page one declares that AI made something; None: as everywhere."""
    on_computer: bool = False
    """It is done on a computer."""
    posters: bool = False
    """Posters are posted beside the clip."""
    covers: bool = True
    """A cover is chosen."""


@dataclass(frozen=True)
class Platform:
    """One place to post on; sizes in pixels, rate in kilobits per second, length in seconds. Platforms of one ``family`` may name each other;
    ``also`` are further names of it, by which no brief means it.
    """

    id: str
    title_zh: str
    title_en: str
    aliases: tuple[str, ...]
    caption_group: str
    canvas: tuple[int, int]
    fps: int
    max_bytes: int
    min_seconds: int
    max_seconds: int
    max_video_kbps: int
    covers: tuple[Cover, ...]
    safe: SafeBox
    overlay: tuple[Box, ...]
    text: TextLimits
    calls_to_action: tuple[str, ...]
    declare: tuple[str, ...]
    allows_contact: bool
    allows_qr: bool
    allows_other_platform_names: bool
    allows_words_on_covers: bool
    family: str
    also: tuple[str, ...]
    posting: Posting

    def sayable(self, name: str) -> str:
        """A platform's name as it may be said on this one: nothing where the names of others are forbidden."""
        return name if self.allows_other_platform_names or name in self.names else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name a brief may use for this platform."""
        return (self.id, self.title_zh, self.title_en, *self.aliases)

    @property
    def titles(self) -> dict[str, str]:
        """Its name in both languages, as messages take it."""
        return {"platform": self.title_zh, "platform_en": self.title_en}

    @property
    def called(self) -> str:
        """Its name in the language people are spoken to in."""
        return self.title_en if spoken_language() == "en" else self.title_zh


@dataclass(frozen=True)
class Fact:
    """One value of a platform file with its origin; ``path`` such as ``text.title_max``, ``checked_on`` as 2026-11-22."""

    path: str
    value: Any
    source: str
    checked_on: str
    confidence: str


def load(name: str, folders: tuple[Path, ...] = (), place: Place | None = None) -> Platform:
    """The platform with this id, name or alias; ``folders`` come before the package's own.

    Refuses with VK-L001 at ``place`` when there is none, with VK-L002 to VK-L009 when a file is broken.
    """
    wanted = _plain(name)
    direct = _files(folders).get(wanted)
    if direct:
        return read(direct)
    for platform in all_platforms(folders):
        if wanted in map(_plain, platform.names):
            return platform
    raise Refusal(problem("VK-L001", place, name=name, known=_known(wanted, folders)))


def names(folders: tuple[Path, ...] = ()) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each platform's id with its other names, by id."""
    return tuple((platform.id, platform.names[1:]) for platform in all_platforms(folders))


def all_platforms(folders: tuple[Path, ...] = ()) -> tuple[Platform, ...]:
    """Every platform, by id; refuses with VK-L007 when two of them answer to one name."""
    files = _files(folders)
    found = tuple(read(file) for _, file in sorted(files.items()))
    _refuse_shared_names(found, files)
    return found


def facts(name: str, folders: tuple[Path, ...] = ()) -> tuple[Fact, ...]:
    """Every fact of a platform's file, in file order."""
    file = _files(folders)[load(name, folders).id]
    data = _data(_text(file), file)
    return tuple(_fact(path, block, data["sources"]) for path, block in _fact_blocks(data))


def stands(name: str, path: str, folders: tuple[Path, ...] = ()) -> Place:
    """Where an entry (``text.title_max``) of the file of a platform's id stands."""
    file = _files(folders)[name]
    return _place(_text(file), file, path)


def read(file: Path) -> Platform:
    """The platform a file describes; refuses with every gap in it."""
    text = _text(file)
    _data(text, file)
    found = _judged(text, file.stem)
    if isinstance(found, Platform):
        return found
    raise Refusal(*(Problem(gap.code, _place(text, file, path), gap.values) for path, gap in found))


@cache
def _judged(text: str, stem: str) -> Platform | tuple[_Gap, ...]:
    """The platform that a file's text describes, or every gap in it."""
    data = _parsed(text)
    gaps = tuple(_gaps(data, stem))
    if gaps:
        return gaps
    made = _platform(data)
    return tuple(_no_room(made)) or made


def _files(folders: tuple[Path, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (*folders, HERE):
        for file in sorted(folder.glob("*.yaml")):
            found.setdefault(file.stem, file)
    return found


def _short(file: Path) -> str:
    """A file as it is told to people: with the folder it lies in."""
    return "/".join(file.parts[-2:])


def _text(file: Path) -> str:
    try:
        return encoding.text(file, _short(file))
    except OSError as error:
        faults.answered(error)
        raise Refusal(problem("VK-L002", Place(_short(file)), words=error.strerror or "?")) from error
    except Refusal as refusal:
        found, language = refusal.problems[0], spoken_language()
        words = "；".join(filter(None, (found.message(language), found.hint(language))))
        raise Refusal(problem("VK-L002", found.place, words=words)) from refusal


def _data(text: str, file: Path) -> dict[str, Any]:
    try:
        data = _parsed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(_short(file), mark.line + 1, mark.column + 1) if mark else Place(_short(file))
        raise Refusal(problem("VK-L002", place, words=getattr(error, "problem", None) or "YAML?")) from error
    if not isinstance(data, dict):
        raise Refusal(problem("VK-L002", Place(_short(file), 1, 1), words="id: ..."))
    return data


@cache
def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=LOADER)  # noqa: S506  # the safe loader


def _known(wanted: str, folders: tuple[Path, ...]) -> str:
    platforms = all_platforms(folders)
    spellings = {_plain(name): p for p in platforms for name in p.names}
    near = [spellings[word] for word in difflib.get_close_matches(wanted, spellings, n=3, cutoff=0.5)]
    return "、".join(dict.fromkeys(f"{p.title_zh}（{p.id}）" for p in (*near, *platforms)))


def _plain(name: str) -> str:
    """A name as it is compared; the words of one may be parted by a space too."""
    return keys.folded(name).replace(" ", "-")


def _refuse_shared_names(platforms: tuple[Platform, ...], files: Mapping[str, Path]) -> None:
    """Refuses (VK-L007) a name of two platforms, where a file of the user's says it."""
    owner: dict[str, Platform] = {}
    for platform in platforms:
        for name in platform.names:
            first = owner.setdefault(_plain(name), platform)
            if first.id != platform.id:
                own = first if files[platform.id].parent == HERE else platform
                place = _place(_text(files[own.id]), files[own.id], _says(own, name))
                told = {"first": f"{first.id}.yaml", "second": f"{platform.id}.yaml"}
                raise Refusal(problem("VK-L007", place, name=name, **told))


def _says(platform: Platform, name: str) -> str:
    """The entry of a platform's file that says one of its names."""
    ways = {"id": platform.id, "names.zh": platform.title_zh, "names.en": platform.title_en}
    return next((path for path, said in ways.items() if _plain(said) == _plain(name)), "names.aliases")


# What a file may say ------------------------------------------------------------------------------------------------

_Gap = tuple[str, Problem]


def _gaps(data: Mapping[str, Any], stem: str) -> Iterator[_Gap]:
    yield from _unknown(data)
    sources = data.get("sources")
    if not isinstance(sources, dict) or not all(map(platform_keys.is_words, sources.values())):
        yield "sources", problem("VK-L003", key="sources", example="sources: {USE: where it was read}")
        sources = {}
    for path, kind in (platform_keys.PLAIN | platform_keys.PLAIN_OPTIONAL).items():
        said = _at(data, path)
        if said is not None or path in platform_keys.PLAIN:
            yield from _plain_gaps(path, said, kind)
    if platform_keys.is_words(data.get("id")) and data["id"] != stem:
        yield "id", problem("VK-L005", key="id", found=data["id"], example=stem)
    for path, kind in (platform_keys.NEEDED | platform_keys.OPTIONAL).items():
        block = _at(data, path)
        if block is not None or path in platform_keys.NEEDED:
            yield from _fact_gaps(path, block, kind, sources)
    for path, kind in platform_keys.NAMED.items():
        yield from _named_gaps(path, data.get(path), kind, sources)


def _unknown(data: Mapping[str, Any]) -> Iterator[_Gap]:
    for key, block in data.items():
        if key not in platform_keys.TOP:
            yield str(key), problem("VK-L004", key=key, known="、".join(sorted(platform_keys.TOP)))
        elif key in platform_keys.GROUPS and isinstance(block, dict):
            known = [p.split(".")[1] for p in platform_keys.PATHS if p.startswith(f"{key}.")]
            for inner in block:
                if inner not in known:
                    yield f"{key}.{inner}", problem("VK-L004", key=f"{key}.{inner}", known="、".join(known))


def _plain_gaps(path: str, value: Any, kind: platform_keys.Kind) -> Iterator[_Gap]:
    if value is None:
        yield path, problem("VK-L003", key=path, example=f"{_last(path)}: {kind.example}")
    elif not kind.fits(value):
        yield path, problem("VK-L005", key=path, found=value, example=kind.example)


def _fact_gaps(path: str, block: Any, kind: platform_keys.Kind, sources: Mapping[str, str]) -> Iterator[_Gap]:
    shape = f"{{value: {kind.example}, source: USE, checked_on: 2026-11-22, confidence: C}}"
    if not isinstance(block, dict) or "value" not in block:
        code = "VK-L003" if block is None else "VK-L005"
        yield path, problem(code, key=path, found=block, example=f"{_last(path)}: {shape}")
        return
    if not kind.fits(block["value"]):
        yield path, problem("VK-L005", key=path, found=block["value"], example=kind.example)
    missing = [key for key in _ORIGIN if block.get(key) in (None, "", [])]
    if missing:
        yield path, problem("VK-L006", key=path, missing="、".join(missing))
    told = {"source": "、".join(sources), "checked_on": "2026-11-22", "confidence": " / ".join(_CONFIDENCE)}
    for key in _ORIGIN:
        if key not in missing and (wrong := _untold(block, key, sources)):
            yield f"{path}.{key}", problem("VK-L005", key=f"{path}.{key}", found=wrong, example=told[key])
    yield from (
        (path, problem("VK-L004", key=f"{path}.{key}", known="、".join(("value", *_ORIGIN))))
        for key in block
        if key not in {"name", "value", *_ORIGIN}
    )


def _untold(block: Mapping[str, Any], key: str, sources: Mapping[str, str]) -> str:
    """What a fact says of its origin that means nothing; "" where all does."""
    said = block[key]
    if key == "source":
        return "、".join(code for code in _codes(said) if code not in sources)
    known = type(said) is date if key == "checked_on" else said in _CONFIDENCE
    return "" if known else str(said)


def _no_room(platform: Platform) -> Iterator[_Gap]:
    """A safe box in which no words have room, or on which something of the app's own lies."""
    safe, (wide, high) = platform.safe, table("limits")["safe_box"]["least_px"]
    width, height = min(safe.right, safe.narrow_right) - safe.left, safe.bottom - safe.top
    if width < wide or height < high:
        yield "safe_box", problem("VK-L008", width=max(width, 0), height=max(height, 0), least=f"{wide}×{high}")
        return
    narrow = min(max(safe.narrow_from_y, safe.top), safe.bottom)
    halves = ((safe.top, narrow, safe.right), (narrow, safe.bottom, safe.narrow_right))
    for number, box in enumerate(platform.overlay):
        across = [half for half in halves if safe.left < box.right and box.left < half[2]]
        if any(max(top, box.top) < min(low, box.bottom) for top, low, _ in across):
            yield f"overlay.{number}", problem("VK-L009", name=box.name)


def _named_gaps(path: str, blocks: Any, kind: platform_keys.Kind, sources: Mapping[str, str]) -> Iterator[_Gap]:
    if not isinstance(blocks, list) or not all(
        isinstance(b, dict) and platform_keys.is_words(b.get("name")) for b in blocks
    ):
        yield path, problem("VK-L003", key=path, example=f"{path}: [{{name: 3x4, value: {kind.example}, …}}]")
        return
    for i, block in enumerate(blocks):
        yield from _fact_gaps(f"{path}.{i}", block, kind, sources)


def _place(text: str, file: Path, path: str) -> Place:
    """The line and column of the deepest part of ``path`` that the file has."""
    node: Any = yaml.compose(text, Loader=LOADER)
    mark = node.start_mark
    for step in path.split("."):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
        else:
            pair = (node.value[int(step)],) * 2 if step.isdigit() and isinstance(node, yaml.SequenceNode) else None
        if not pair:
            break
        mark, node = pair[0].start_mark, pair[1]
    return Place(_short(file), mark.line + 1, mark.column + 1)


# From a checked file to values --------------------------------------------------------------------------------------


def _at(data: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path of nested mappings, ``None`` where there is nothing."""
    value: Any = data
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _platform(data: Mapping[str, Any]) -> Platform:
    def value(path: str, otherwise: Any = None) -> Any:
        block = _at(data, path)
        return otherwise if block is None else block["value"]

    width, height = value("video.size")
    return Platform(
        id=data["id"],
        title_zh=data["names"]["zh"],
        title_en=data["names"]["en"],
        aliases=tuple(data["names"]["aliases"]),
        caption_group=data["caption_group"],
        canvas=(width, height),
        fps=value("video.fps"),
        max_bytes=value("video.max_bytes"),
        min_seconds=value("video.min_seconds", 0),
        max_seconds=value("video.max_seconds"),
        max_video_kbps=value("video.max_kbps"),
        covers=tuple(Cover(cover["name"], *cover["value"]) for cover in data["covers"]),
        safe=_safe_box(value("safe_box"), width, height),
        overlay=tuple(Box(box["name"], *box["value"]) for box in data["overlay"]),
        text=_text_limits(value),
        calls_to_action=tuple(value("call_to_action")),
        declare=tuple(value("declare", ())),
        allows_contact=value("rules.contact_info") == "allow",
        allows_qr=value("rules.qr") == "allow",
        allows_other_platform_names=value("rules.other_platform_names") == "allow",
        allows_words_on_covers=value("rules.words_on_covers", "allow") == "allow",
        family=data["names"].get("family", data["id"]),
        also=tuple(data["names"].get("also", ())),
        posting=_posting(value),
    )


def _posting(value: Callable[..., Any]) -> Posting:
    declare_at = value("posting.declare_at")
    return Posting(
        steps=tuple((step["zh"], step["en"]) for step in value("posting.steps", ())),
        declare_at=(declare_at["zh"], declare_at["en"]) if declare_at else None,
        on_computer=value("posting.on_computer", otherwise=False),
        posters=value("posting.posters", otherwise=False),
        covers=value("posting.covers", otherwise=True),
    )


def _safe_box(margins: Mapping[str, Any], width: int, height: int) -> SafeBox:
    below = margins["right_below"]
    return SafeBox(
        left=margins["left"],
        top=margins["top"],
        right=width - margins["right"],
        bottom=height - margins["bottom"],
        narrow_from_y=below["y"],
        narrow_right=width - below["right"],
    )


def _text_limits(value: Callable[..., Any]) -> TextLimits:
    return TextLimits(
        title_min=value("text.title_min", 0),
        title_max=value("text.title_max"),
        title_count=value("text.title_count"),
        title_marks=value("text.title_marks"),
        body_max=value("text.body_max"),
        body_includes_topics=value("text.body_includes_topics"),
        topics_max=value("text.topics_max"),
        digest_max=value("text.digest_max", 0),
        package_title_max=value("text.package_title_max", 0),
        fold_at=value("text.fold_at", 0),
    )


def _fact_blocks(data: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(data, dict) and "value" in data:
        yield path, data
    elif isinstance(data, dict):
        for key, inner in data.items():
            yield from _fact_blocks(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list):
        for inner in data:
            if isinstance(inner, dict):
                yield from _fact_blocks(inner, f"{path}.{inner.get('name', '')}")


def _fact(path: str, block: Mapping[str, Any], sources: Mapping[str, str]) -> Fact:
    words = "; ".join(f"[{code}] {sources[code]}" for code in _codes(block["source"]))
    return Fact(path, block["value"], words, block["checked_on"].isoformat(), block["confidence"])


def _codes(source: Any) -> list[str]:
    return [str(code) for code in (source if isinstance(source, list) else [source])]


def _last(path: str) -> str:
    return path.rpartition(".")[2]
