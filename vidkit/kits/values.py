"""A YAML file of a template, a brand or pages → frozen values; what is wrong with it is told with its line, its entry and what may stand there.

An entry is called by the names on the way to it: ``scenes.hook.words.subtitle.place``.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

import pydantic
import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from vidkit.briefs import keys
from vidkit.consoles import spelling
from vidkit.problems import Place, Refusal, problem, spoken_language
from vidkit.runs import faults
from vidkit.sources import encoding
from vidkit.tables import LOADER, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from vidkit.problems import Problem

    Steps = tuple[str | int, ...]
    Origin = Callable[[Steps], tuple[Path, Steps]]

Model = TypeVar("Model", bound=BaseModel)
Times = TypeVar("Times", bound=tuple[float, ...])
Entry = TypeVar("Entry")

CALLED = ("name", "use", "part")
"""Keys whose words an entry of a list is called by."""
UNKNOWN = "extra_forbidden"
"""What pydantic calls a key that nobody knows."""
OURS: dict[str, Any] = {"ours": True}
"""What marks a field that no file says (``json_schema_extra``)."""
MOST = 5
"""So many faults of a file are told at once."""
FEW = 8
"""So many names are told where nothing is like a wrong one."""
WORDED = ("VK-K003", "VK-K007")
"""What is refused of words that a template writes; their ``name`` is these words."""
DEEPEST = 12
"""Levels of a file in which words are looked for."""


class Value(BaseModel):
    """A frozen value read from YAML; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def wrong(kind: str, **told: str) -> PydanticCustomError:
    """A fault of a kind that ``data/kit.yaml`` has words for, to be raised by a validator."""
    return PydanticCustomError(kind, kind, told)


def _rising(said: Times) -> Times:
    if list(said) != sorted(said):
        raise wrong("rising")
    return said


rising = AfterValidator(_rising)
"""Numbers none of which is smaller than the one before."""


def among(known: Callable[[], tuple[str, ...]]) -> AfterValidator:
    """That a name, or each of several, is one of those known; of several there is at least one."""

    def checked(said: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not said:
            raise wrong("too_short")
        for name in (said,) if isinstance(said, str) else said:
            if name not in known():
                raise wrong("literal_error", expected=", ".join(f"'{one}'" for one in known()))
        return said

    return AfterValidator(checked)


def _some(said: Any) -> Any:
    if not said:
        raise wrong("too_short")
    return said


Turns = Annotated[str | tuple[str, ...], AfterValidator(_some)]
"""One name, or several that take turns."""
Several = Annotated[tuple[Entry, ...], AfterValidator(_some)]
"""At least one."""


# Reading


def forget() -> None:
    """Read the files anew from now on."""
    read.cache_clear()


@cache
def read(file: Path) -> dict[str, Any]:
    """What a file says, nothing for an empty one; refuses what is no YAML or no mapping with VK-K001."""
    try:
        said = yaml.load(encoding.text(file, short(file)), Loader=LOADER)  # noqa: S506  # the safe loader
    except (yaml.YAMLError, OSError, Refusal) as error:
        faults.answered(error)
        raise Refusal(_unreadable(file, error)) from error
    if not isinstance(said, dict | None):
        raise refused(file, (), "dict_type")
    return said or {}


def _unreadable(file: Path, error: Exception) -> Problem:
    """What is wrong with a file's writing, as a brief's is told."""
    from vidkit import source  # noqa: PLC0415  # only a faulty file is read with places

    language, found = spoken_language(), next(iter(source.examine(file, shown=short(file))[1]), None)
    told = "；".join(filter(None, (found.message(language), found.hint(language)))) if found else str(error)
    words = told.splitlines()[0]
    return _wrong(file, found.place if found else None, words, words)


def value(model: type[Model], said: Any, file: Path, below: Steps = (), origin: Origin | None = None) -> Model:
    """A file's data (or what stands there ``below`` some entry) as a value; refuses what does not fit with VK-K001. ``origin`` says
    where an entry really stands that came from another file.
    """
    try:
        return model.model_validate(said)
    except pydantic.ValidationError as error:
        found = list(
            dict.fromkeys((_known((*below, *one["loc"]), said, below), _told(one, model)) for one in error.errors())
        )
        first = dict(reversed(found))
        stands = {(origin or (lambda at: (file, at)))(steps): told for steps, told in reversed(first.items())}
        raise Refusal(_faulty(stands)) from error


def refused(file: Path, steps: Steps, kind: str, **told: str) -> Refusal:
    """A refusal of one entry of a file for a fault of a kind (VK-K001)."""
    return Refusal(_faulty({(file, steps): (kind, tuple(told.items()))}))


def unknown(file: Path, steps: Steps, kind: str, name: str, known: Iterable[str]) -> Refusal:
    """A refusal of a name that means nothing of its kind (``kit`` of ``data/names.yaml``), with the nearest there is, else the first
    of those known (VK-K006).
    """
    place, entry = at(file, steps)
    there = tuple(known)
    row, guess = table("names")["kit"][kind], keys.nearest(name, there) or "、".join(there[:FEW])
    said = {
        "kind": row["zh"],
        "kind_en": kind,
        "name": name,
        "guess": guess,
        "see": row["see"]["zh"],
        "see_en": row["see"]["en"],
    }
    return Refusal(problem("VK-K006", place, file=short(file), entry=entry, **said))


def _known(steps: Steps, said: Any, below: Steps) -> Steps:
    """An entry's steps without those by which pydantic says which of several types it tried."""
    kept, at = list(below), said
    for number, step in enumerate(steps[len(below) :], len(below) + 1):
        if isinstance(at, dict) and (step in at or number == len(steps)):
            at = at.get(step)
        elif isinstance(at, list | tuple) and isinstance(step, int):
            at = at[step] if step < len(at) else None
        else:
            continue
        kept.append(step)
    return tuple(kept)


Told = tuple[str, tuple[tuple[str, str], ...]]


def _told(found: Any, model: type[BaseModel]) -> Told:
    """The kind of one of pydantic's findings, and what its words name: of a key that nobody knows those that may stand there."""
    named = {key: str(one) for key, one in found.get("ctx", {}).items()}
    if found["type"] == UNKNOWN:
        named["expected"] = ", ".join(f"'{name}'" for name in _fields(model, found["loc"][:-1]))
    return str(found["type"]), (*named.items(), ("said", str(found["msg"])))


def _fields(model: type[BaseModel], steps: Steps) -> tuple[str, ...]:
    """The keys that people may write where some steps lead to below a value."""
    here: tuple[type[BaseModel], ...] = (model,)
    for step in steps:  # numbers, names of a mapping and pydantic's own words lead nowhere else
        inner = [_models(one.model_fields[step].annotation) for one in here if step in one.model_fields]
        here = tuple(found for each in inner for found in each) or here
    rows = (pair for one in here for pair in one.model_fields.items())
    return tuple(dict.fromkeys(name for name, row in rows if row.json_schema_extra != OURS))


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The values that some kind of entry is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _models(part)


def _faulty(stands: dict[tuple[Path, Steps], Told]) -> Problem:
    """The faults of a file as one problem at the place of the first; of further ones the line is said."""
    (file, _), place = next(iter(stands)), None
    words: dict[str, list[str]] = {"zh": [], "en": []}
    for (own, steps), (kind, named) in list(stands.items())[:MOST]:
        here, entry = at(own, steps)
        for language, line in (("zh", f"（第 {here.line} 行）"), ("en", f" (line {here.line})")):
            words[language].append(_sentence(language, entry, line if place else "", kind, dict(named)))
        place = place or here
    return _wrong(file, place, "；".join(words["zh"]), "; ".join(words["en"]))


def _wrong(file: Path, place: Place | None, words: str, words_en: str) -> Problem:
    """What is wrong with a file (VK-K001)."""
    example = {"example": "自带的例子", "example_en": "the ones that ship with vidkit"}
    return problem("VK-K001", place, file=short(file), words=words, words_en=words_en, **example)


def _sentence(language: str, entry: str, line: str, kind: str, named: dict[str, str]) -> str:
    """One fault in plain words: the entry, and what may stand there."""
    known = [one for one in re.findall(r"'([^']*)'", named.get("expected", "")) if one]
    said = {**named, "known": ("、" if language == "zh" else ", ").join(known)}
    row = table("kit")["faults"].get(kind) or next(
        (row for begun, row in table("kit")["faults"].items() if kind.startswith(begun)), {language: "{said}"}
    )
    whole = {"zh": "整个文件", "en": "the file"}[language]
    return f"{entry or whole}{line} {filled(row[language], said)}"


def filled(sentence: str, said: Mapping[str, str]) -> str:
    """A sentence of ``data/kit.yaml`` with what it names."""
    return re.sub(r"{(\w+)}", lambda hit: said.get(hit[1], ""), sentence)


def short(file: Path) -> str:
    """A file as it is told to people: from the folder they are in when it lies inside, else with the two folders it lies in."""
    here = Path(spelling.shown(file))
    return "/".join(file.parts[-3:]) if here.is_absolute() else here.as_posix()


# Where it stands


def at(file: Path, steps: Steps) -> tuple[Place, str]:
    """Where an entry of a file stands, or as much of the way to it as the file has, and what the entry is called."""
    node = _composed(file)
    mark, names = node.start_mark if node else None, list[str]()
    for step in steps:
        mark, name, node = _below(node, step, mark)
        names.append(name)
    return Place(short(file), mark.line + 1, mark.column + 1) if mark else Place(short(file)), ".".join(names)


def _below(node: Any, step: str | int, mark: Any) -> tuple[Any, str, Any]:
    """What stands below a node under a key or number: its mark, what it is called, and itself; the node's own mark where there is nothing."""
    if isinstance(node, yaml.MappingNode):
        for key, held in node.value:
            if key.value == str(step):
                return key.start_mark, str(step), held
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        held = node.value[step]
        return held.start_mark, _called(held, step), held
    return mark, str(step + 1 if isinstance(step, int) else step), None


def _called(node: Any, number: int) -> str:
    """What an entry of a list is called: by its name, its shared scene, its part; else by its number, from 1."""
    said = {key.value: held.value for key, held in node.value} if isinstance(node, yaml.MappingNode) else {}
    return str(next((said[key] for key in CALLED if isinstance(said.get(key), str)), number + 1))


def named(file: Path, words: str) -> tuple[Place, str] | None:
    """Where a file says some words, and the entry that does; None where it does not."""
    return next((at(file, steps) for steps in _saying(_composed(file), words, ())), None)


@contextmanager
def placing(*files: Path) -> Iterator[None]:
    """Have what is refused of a template's own words told with the file, the line and the entry in which they stand."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal(*(_placed(one, files) for one in refusal.problems)) from refusal


@contextmanager
def beside(example: Path) -> Iterator[None]:
    """Have what is wrong with a file told with an example to lay beside it."""
    try:
        yield
    except Refusal as refusal:
        shown = {"example": f" {example}", "example_en": f" {example}"}
        raise Refusal(*(problem(p.code, p.place, **dict(p.values) | shown) for p in refusal.problems)) from refusal


def _placed(one: Problem, files: tuple[Path, ...]) -> Problem:
    words = dict(one.values).get("name")
    if one.place or one.code not in WORDED or words is None:
        return one
    found = next(((file, stands) for file in files if (stands := named(file, words))), None)
    if found is None:
        return one
    file, (place, entry) = found
    return problem(one.code, place, **{**dict(one.values), "template": short(file), "name": f"{entry}: {words}"})


def _saying(node: Any, words: str, steps: Steps) -> Iterator[Steps]:
    if isinstance(node, yaml.ScalarNode) and node.value == words:
        yield steps
    if len(steps) > DEEPEST:  # an anchor may hold itself
        return
    if isinstance(node, yaml.MappingNode):
        for key, held in node.value:
            yield from _saying(held, words, (*steps, key.value))
    if isinstance(node, yaml.SequenceNode):
        for number, held in enumerate(node.value):
            yield from _saying(held, words, (*steps, number))


def _composed(file: Path) -> Any:
    """A file's YAML with the marks of all that stands in it; None where there is none any more."""
    try:
        return yaml.compose(encoding.text(file, short(file)), Loader=LOADER)
    except (yaml.YAMLError, OSError, Refusal) as error:
        faults.answered(error)
        return None
