"""The table of keys → a commented brief in Chinese to fill in: everything a clip needs ready, everything else explained and switched off.

It says what our example of that template says (``sample``); where the person's own photos go is marked. A line that starts with ``#`` and a key at once (``#关键词: …``) is switched off; taking the ``#`` away switches it on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vidkit import cache, kit, project
from vidkit.brief import MODELS
from vidkit.briefs import keys, sample
from vidkit.consoles import spelling
from vidkit.kit import Take
from vidkit.people import consents
from vidkit.problems import Refusal, problem
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from vidkit.briefs.sample import Entry, Said
    from vidkit.kit import Shelf, Template

HEAD = """\
# {template}：一条短片的清单。把字改成你自己的，把照片换成你自己的，别的都可以不动。
# 井号 # 后面空一格的是说明，给人看的。井号后面紧跟着字的那一行现在不起作用：去掉那个 # 就用上了。
# 冒号用英文的冒号，后面空一格；前面空几格要对齐，不要动。
# 有「{mine}」的几行：把照片放进 photos 文件夹，再把这里改成你照片的名字。没有照片就在那一行前面加 #（前、后两张不能少）。
# 改好以后：vidkit check {file}（检查）   vidkit make {file}（制作）
"""
MINE = "换成自己的照片"
THEIRS = "换成客户自己写的话，一个字不改；不换就做不出来"
INDENT = "  "
FIRST = ("template", "brand", "title", "keyword", "hook")
LAST = (
    *("mode", "home", "shown", "gift", "promises", "evidence", "made_by_ai", "link", "phone", "mask_text"),
    *("body", "topics", "platforms", "music", "beats", "effects", "transition"),
)
"""What every template takes, before and after its own fields."""
SELLING = frozenset({"mode", "gift", "promises"})
"""What a template that is for one thing only has no use for."""
USUAL = "vidkit.yaml 里写好了，这里不用再写"
LISTED = ("pairs", "sections")
"""Kinds that nearly always hold several; of the others one is shown, or as many as the example has."""
PHOTOS = ("photo", "photos")
OWN = frozenset({"reveal", "focus", "consent", "order", "used", "age", "reader"})
"""Fields of entries in which an example decides something about its own photos or people: switched off in a new brief."""


@dataclass(frozen=True)
class Known:
    """What is known of a new brief: values of fields (written and switched on), fields its project says once for all with their values,
    names of people's profiles, and notes for its head.
    """

    values: tuple[tuple[str, str], ...] = ()
    usual: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def write(
    name: Path,
    template: str,
    values: tuple[tuple[str, str], ...] = (),
    notes: tuple[str, ...] = (),
    people: tuple[str, ...] | None = None,
) -> Path:
    """Write the brief ``name`` (with ``.yaml`` if it has none) for a template, and a folder for its project's photos; it names the first of
    the ``people`` (of all of the project, if left out). Refuses a file that is there already (VK-M007).
    """
    file = name if name.suffix.lower() in {".yaml", ".yml"} else name.with_name(f"{name.name}.yaml")
    folder = project.root(file)
    listed = tuple(names[0] for names in known(folder)) if people is None else people
    said = Known(values, project.usual_fields(folder), listed, notes)
    text = brief(spelling.shown(file), template, kit.shelf(folder), said)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        (folder / "photos").mkdir(exist_ok=True)
        there = file.exists() or file.is_symlink()
    except OSError as error:
        raise faults.refusal(error, file.parent, faults.little()) from error
    if there:
        raise Refusal(problem("VK-M007", name=file))
    cache.deliver_bytes(text.encode("utf-8"), file)
    return file


def known(folder: Path) -> tuple[tuple[str, ...], ...]:
    """The people whom a new brief of a project may name, each by the names she answers to: not our example's, none who took her consent back."""
    examples, gone = table("shop")["people"], left_out(folder)
    every = (one for one in project.profiles(folder) if one.file.stem not in examples)
    return tuple(one.names for one in every if one.names[0] not in gone)


def left_out(folder: Path) -> tuple[str, ...]:
    """The people of a project who took their consent back: no new brief names them."""
    back = consents.taken_back(folder / consents.FOLDER)
    return tuple(one.names[0] for one in project.profiles(folder) if back & set(map(keys.folded, one.names)))


def brief(file: str, template: str, shelf: Shelf, known: Known = Known()) -> str:
    """The text of a new brief for the template of that id or name, with the fields it takes; refuses an unknown one with VK-M008."""
    own, called = _template(template, shelf)
    chosen = kit.template(own, shelf)
    takes = chosen.takes
    rows = {field.name: field for field in keys.models()["brief"]}
    named = [*FIRST, *(name for name in takes if "." not in name), *fitting(chosen)]
    example = sample.of(own)
    blocks = [
        HEAD.format(template=called, file=spelling.typed(file), mine=MINE)
        + "".join(f"# {note}\n" for note in known.notes)
    ]
    for name in dict.fromkeys(named):
        field = _as_taken(rows[name], takes.get(name, Take()), called, example)
        listed = _people(field, takes.get(name, Take()), known.people)
        inner = frozenset(
            one.partition(".")[2] for one, take in takes.items() if one.startswith(f"{name}.") and take.least
        )
        blocks.append("\n".join(listed or _block(_as_known(field, known), inner, _entries(example.get(name)))))
    return "\n\n".join(block.strip("\n") for block in blocks) + "\n"


def fitting(template: Template) -> tuple[str, ...]:
    """The last fields, as far as a template has a use for them."""
    return tuple(name for name in LAST if not (template.mode and name in SELLING))


def _as_taken(field: keys.Field, take: Take, template: str, example: Mapping[str, Said]) -> keys.Field:
    """A field as a template takes it: under its name there, needed or not, with its own words, and what the template's example says."""
    called = take.called or field.zh[0]
    return replace(
        field,
        zh=(called, *(name for name in field.zh if name != called)),
        required=field.required or take.least > 0,
        say_zh=take.say.zh if take.say else _meaning(field, take),
        example=template if field.kind == "template" else _exemplary(field, example) or take.example or field.example,
        least=take.least if field.kind in MODELS else field.least,
    )


def _meaning(field: keys.Field, take: Take) -> str:
    """What a field means, and how several are written where the template takes several."""
    return "；".join(filter(None, (field.say_zh, "" if take.most == 1 else field.several_zh)))


def _exemplary(field: keys.Field, example: Mapping[str, Said]) -> str:
    """What the example says of a field, as YAML; not its brand, a single platform, or a keyword that only its switched-off opening holds."""
    said = example.get(field.name, "")
    astray = field.name == "keyword" and str(said) not in str(example.get("title"))
    single = field.kind == "platforms" and isinstance(said, str)
    return "" if field.kind in {*MODELS, "brand"} or astray or single else _yaml(said)


def _entries(said: Said | None) -> tuple[Entry, ...]:
    """The entries of a field that has fields of its own."""
    if isinstance(said, dict):
        return (said,)
    return tuple(one for one in said if isinstance(one, dict)) if isinstance(said, tuple) else ()


def _yaml(said: Said) -> str:
    """A text, or several in brackets."""
    if isinstance(said, str):
        return project.quoted(said) if said else ""
    return f"[{', '.join(project.quoted(str(one), inside=True) for one in said)}]"


def _as_known(field: keys.Field, known: Known) -> keys.Field:
    """A field with the value known for it; one the project says once for all need not be said here."""
    value, usual = dict(known.values).get(field.name), dict(known.usual)
    if value is not None:
        return replace(field, required=True, example=value)
    if field.name in usual:
        return replace(
            field, required=False, say_zh=f"{field.say_zh}；{USUAL}", example=usual[field.name] or field.example
        )
    return field


def _people(field: keys.Field, take: Take, people: tuple[str, ...]) -> tuple[str, ...]:
    """The people of a brief by the names of their profiles; empty without enough profiles."""
    if field.kind != "people" or not people or len(people) < take.least:
        return ()
    named = people[0] if take.least <= 1 else f"[{', '.join(people[: take.least])}]"
    several = "" if take.most == 1 else "，几个人写成 [名字, 名字]"
    return (
        _explained(field),
        f"# people 文件夹里有：{'、'.join(people)}。写名字就行{several}",
        f"{_off(field)}{field.zh[0]}: {named}",
    )


def _template(name: str, shelf: Shelf) -> tuple[str, str]:
    """A template's id and the first name people use for it."""
    known = kit.template_names(shelf)
    if own := keys.meant(name, known):
        return own, next(iter(dict(known)[own]), own)
    listed = "、".join(f"{own}（{others[0]}）" for own, others in known)
    every = [called for own, others in known for called in (own, *others)]
    guess = keys.likely(name, every)
    if guess:
        raise Refusal(problem("VK-M023", name=name, guess=guess, known=listed))
    raise Refusal(problem("VK-M008", name=name, known=listed))


def _block(field: keys.Field, inner: frozenset[str], entries: tuple[Entry, ...]) -> Iterator[str]:
    """A field with its explanation, as the example's ``entries`` say it; switched off unless a brief needs it. ``inner`` are fields of its
    own that its template needs.
    """
    yield _explained(field)
    if field.kind not in MODELS:
        yield f"{_off(field)}{field.zh[0]}: {field.example}{_mine(field)}"
        return
    yield f"{_off(field)}{field.zh[0]}:"
    rows = tuple(replace(r, required=r.required or r.name in inner) for r in keys.models()[MODELS[field.kind]])
    if field.kind in LISTED or max(field.least, len(entries)) > 1:
        yield from _list_entries(field, rows, entries or ({},) * max(1, field.least))
    else:
        yield from _map_lines(field, rows, next(iter(entries), {}))


def _list_entries(field: keys.Field, rows: tuple[keys.Field, ...], entries: tuple[Entry, ...]) -> Iterator[str]:
    """The entries of a list of maps, explanations before them; the first one shows every field, the others only what they say."""
    for row in rows:
        yield f"{INDENT}{_explained(row, row.zh[0] + '：')}"
    for number, entry in enumerate(entries):
        shown = [_as_said(row, entry) for row in rows if not number or row.required or _is_said(row, entry)]
        for place, row in enumerate(shown):
            off = _off(field) or _off(row)
            before = f"{INDENT}  {off}" if place else f"{INDENT}{_off(field)}- "
            yield from _lines(before, row, entry.get(row.name), split=not off)
    yield f"{INDENT}# 还有一组，就把上面从“- {rows[0].zh[0]}”开始的几行照样再写一遍；多了就删掉"


def _map_lines(field: keys.Field, rows: tuple[keys.Field, ...], entry: Entry) -> Iterator[str]:
    for row in rows:
        said = _as_said(row, entry)
        off = _off(field) or _off(said)
        yield f"{INDENT}{_explained(row)}"
        yield from _lines(f"{INDENT}{off}", said, entry.get(row.name), split=not off)


def _lines(before: str, row: keys.Field, said: Said | None, *, split: bool) -> Iterator[str]:
    """A field of an entry; several texts stand one a line (``split``), as people find them easiest to change."""
    if row.kind == "lines" and split and isinstance(said, tuple):
        yield f"{before}{row.zh[0]}:"
        yield from (f"{' ' * len(before)}  - {project.quoted(str(one))}" for one in said)
    else:
        yield f"{before}{row.zh[0]}: {row.example}{_mine(row)}"


def _is_said(row: keys.Field, entry: Entry) -> bool:
    return row.name in entry and row.name not in OWN and row.kind not in MODELS


def _as_said(row: keys.Field, entry: Entry) -> keys.Field:
    """A field of an entry with what the example says of it, switched on."""
    return replace(row, required=True, example=_yaml(entry[row.name])) if _is_said(row, entry) else row


def _mine(field: keys.Field) -> str:
    """What must be replaced in any case is marked: photos, and a customer's words, which nobody may invent."""
    if field.kind in PHOTOS:
        return f" # {MINE}"
    return f" # {THEIRS}" if field.name == "text" else ""


def _off(field: keys.Field) -> str:
    return "" if field.required else "#"


def _explained(field: keys.Field, called: str = "") -> str:
    return f"# {called}{'' if field.required else '（可以不写）'}{field.say_zh.replace('（可以不写）', '').replace('（可以不写；', '（')}"
