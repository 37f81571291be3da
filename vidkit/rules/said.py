"""A script and its planned clips → every text that will be seen, read or posted, and where a person can change it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from vidkit import caption, cover, kit, poster, project
from vidkit.briefs import cleaned, keys
from vidkit.briefs.written import place, texts
from vidkit.consoles import spelling
from vidkit.pages import page, pairs, qr
from vidkit.problems import Place, Refusal
from vidkit.rules import normal
from vidkit.rules.finding import Said
from vidkit.sources import encoding
from vidkit.storyboard import Compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vidkit.brief import Brief
    from vidkit.caption import Caption
    from vidkit.kit import Brand
    from vidkit.kits.platform import Platform
    from vidkit.pages.page import Page
    from vidkit.plan import Plan, Script
    from vidkit.storyboard import Scene

QUOTED = re.compile(r"people\.\d+\.quote|review\.text|advice")
"""Fields that hold a person's own words."""
FILE = "file"
"""Where the brief's own name is said."""
CODE = "qr"
"""Where the words in a QR code are said."""
PHONE = "phone"
"""Where the shop's telephone is said."""
REACHED = frozenset({CODE, PHONE})
"""What people reach the shop by, drawn only where a way of contact may stand."""
ADDRESS = re.compile(r"[A-Za-z]{2,}://[!-~]+")
"""An address on the web in a code: nobody reads its signs as words."""
PRINT = "print"
"""Where posters for paper go: to no platform."""


def everything(script: Script, plans: Sequence[Plan]) -> tuple[Said, ...]:
    """Every text: the brief's fields, its file's name, the brand's words, what its code says, then what templates add in clips, captions, covers
    and posters.
    """
    file = next(iter(script.shelf.files(f"brand/{script.brand.id}/brand.yaml")), None)
    brand = of_brand(script.brand, Place(spelling.shown(file)) if file else None)
    own = (*written(script.brief), *brand, _of_file(script.brief), *_of_phone(script.brief))
    call = f"{page.desk(script).pages.says[PHONE]}{script.brief.phone}"
    known = "\n".join(normal.bare(one) for one in (*(one.text for one in own), call))
    code = _of_code(script, [one.platform for one in plans])
    return tuple(
        dict.fromkeys((*own, *code, *_merged(_added(script, plans, known), [one.platform.id for one in plans])))
    )


def is_made(one: Said) -> bool:
    """Whether no field of the brief holds a text."""
    return ":" in one.where or one.where == FILE


# The brief


def written(brief: Brief) -> Iterator[Said]:
    """Every text of a brief that will be seen, with the dotted path of its field."""
    for path, text in texts(brief):
        quoted = bool(QUOTED.fullmatch(path)) and (path != "advice" or bool(brief.people))
        yield Said(text, path, place(brief, path), quoted=quoted)


def _of_file(brief: Brief) -> Said:
    """The brief's name: folders and files that are made go by it."""
    return Said(project.called(brief.file), FILE, Place(str(brief.file)))


def _of_code(script: Script, platforms: Sequence[Platform]) -> Iterator[Said]:
    """What the code says, without addresses on the web: it goes to paper, and to platforms that allow codes; where one of these allows no contact,
    that one is named.
    """
    try:
        text = ADDRESS.sub("", qr.text(script))
    except Refusal:  # told elsewhere
        return
    strict = [one.id for one in platforms if one.allows_qr and not one.allows_contact]
    if text.strip():
        yield Said(text, CODE, place(script.brief, CODE), strict[0] if strict else PRINT)


def _of_phone(brief: Brief) -> Iterator[Said]:
    """The shop's telephone: it goes to paper, and to platforms that allow one."""
    if brief.phone:
        yield Said(brief.phone, PHONE, place(brief, PHONE), PRINT)


# What the brand and the template add


def of_brand(brand: Brand, place: Place | None) -> Iterator[Said]:
    """Every text of a brand that is seen, its logo's too; ``place`` is its file."""
    named = {"names.zh": brand.names.zh, "full_name": brand.full_name, "slogan": brand.slogan}
    named |= {"legal_name": brand.legal_name, "tone.hello": brand.tone.hello}
    named |= {f"tone.closings.{number}": one for number, one in enumerate(brand.tone.closings)}
    for field, text in named.items():
        if text:
            yield Said(text, f"{brand.id}:{field}", place)
    logo = Place(str(Path(place.file).with_name("logo.svg"))) if place else None
    yield from (Said(line, f"{brand.id}:logo", logo) for line in _letters(brand.logo).splitlines() if line.strip())


def _added(script: Script, plans: Sequence[Plan], known: str) -> Iterator[Said]:
    """Lines of clips, captions, covers and posters that say more than the brief does; each with its platform."""
    for where, platform, text in _shown(script, plans):
        for line in text.splitlines():
            bare = normal.bare(line)
            if bare and bare not in known:
                place = _declared(script.brief, bare) or _of_template(script)
                yield Said(line.strip(), f"{script.template.id}:{where}", place, platform)


def _declared(brief: Brief, bare: str) -> Place | None:
    """Where a brief says the evidence that a line repeats: its words are seen there only."""
    for number, one in enumerate(brief.evidence):
        for name in ("claim", "source", "scope"):
            if normal.bare(getattr(one, name)) in bare:
                return place(brief, f"evidence.{number}.{name}")
    return None


def _of_template(script: Script) -> Place | None:
    """A shop's own template; of one of ours, which nobody is to change, where the brief names it."""
    if script.template.folder.is_relative_to(kit.bundled()):
        return place(script.brief, "template")
    return Place(spelling.shown(script.template.folder / "template.yaml"))


def _merged(added: Iterable[Said], platforms: Sequence[str]) -> Iterator[Said]:
    """What is said on every platform, once for all of them."""
    where: dict[Said, list[str]] = {}
    for one in added:
        where.setdefault(replace(one, platform=""), []).append(one.platform)
    for said, found in where.items():
        if "" in found or set(platforms) <= set(found):
            yield said
        else:
            yield from (replace(said, platform=name) for name in dict.fromkeys(found))


def _shown(script: Script, plans: Sequence[Plan]) -> Iterator[tuple[str, str, str]]:
    """Every text of what is made: what shows it, the platform it goes to ("" for all), its lines."""
    for plan in plans:
        where = plan.platform
        for scene in plan.board.scenes:
            yield from ((scene.name, where.id, _letters(svg)) for svg in _drawn(scene))
        yield from ((name, where.id, text) for name, text in captions(script, where))
        yield from ((name, where.id, text) for name, text in _pages(cover.pages, script, where))
        yield from ((name, where.id, text) for name, text in _pages(poster.reachable, script, where))
    chosen = tuple(plan.platform for plan in plans)
    posters = _pages(poster.pages, script, chosen)
    yield from ((name, PRINT if _is_printed(script, name) else "", text) for name, text in posters)
    yield from ((name, "", text) for name, text in _pages(pairs.pages, script, chosen))


def _is_printed(script: Script, name: str) -> bool:
    return page.desk(script).pages.posters[name].qr


def _drawn(scene: Scene) -> Iterator[str]:
    yield from (one.svg for one in scene.graphics)
    for picture in scene.pictures:
        if isinstance(picture, Compare):
            yield from (one.svg for one in (*(picture.labels or ()), picture.handle) if one)


@lru_cache(maxsize=64)
def posted(script: Script, where: Platform) -> Caption:
    """The post's words for a platform, written once; refuses what its limits do not allow."""
    return caption.write(script.brief, where, script.template, script.brand, script.shelf)


def captions(script: Script, where: Platform) -> tuple[tuple[str, str], ...]:
    """The post's texts for a platform by file name; none where its limits cannot be kept (that is told elsewhere)."""
    try:
        return tuple(caption.texts(posted(script, where), where).items())
    except Refusal:
        return ()


def _pages(pages: Any, *asked: Any) -> tuple[tuple[str, str], ...]:
    try:
        made: Sequence[tuple[str, Page]] = pages(*asked)
    except Refusal:  # told elsewhere
        return ()
    return tuple((name, "\n".join(_letters(svg) for svg in (one.under, one.svg) if svg)) for name, one in made)


@lru_cache(maxsize=1024)
def _letters(svg: str) -> str:
    """The words of a drawing, whatever holds them inside a text; texts of one size that follow each other are one line."""
    lines: list[str] = []
    try:
        drawing = ET.fromstring(svg)  # noqa: S314  # our own drawing, or a shop's own logo
    except ET.ParseError:  # told where it is drawn
        return ""
    for parent in drawing.iter():
        before = None
        for one in parent:
            if str(one.tag).rpartition("}")[2] != "text":
                before = None
                continue
            size, said = one.get("font-size", ""), re.sub(r"\s*\n\s*", "", "".join(one.itertext()))
            if size == before:
                lines[-1] += said
            else:
                lines.append(said)
            before = None if one.tail else size
    return "\n".join(lines)


# Exact places

WHOLE = (".jpg", ".png", ".csv", ".xlsx")
"""Files whose places are not characters: a photo has none, a table's are cells."""
COMMENT = re.compile(r"\{#.*?(?:#\}|$)|^\s*#.*|(?<=\s)#\s.*")
"""Notes in templates and brands, which nobody sees."""


def exact(said: Said, start: int, words: str) -> Place | None:
    """Where some words of a text stand in its file: their own column where the text stands on a line as it is, else the text's beginning; for
    a template's words the line of its files that holds them.
    """
    place = said.place
    if place is None or not Path(place.file).is_file() or place.file.casefold().endswith(WHOLE):
        return place
    lines = _lines(Path(place.file))
    if not place.line:
        return place if said.where == FILE else _searched(Path(place.file).absolute(), lines, words) or place
    return _within(place, lines, said.text, start) or _near(place, lines, words) or place


def _near(place: Place, lines: Sequence[str], words: str) -> Place | None:
    """The words themselves behind a place: on its line, or on the lines of a folded text that begins there."""
    if place.line > len(lines):
        return None
    own = lines[place.line - 1][place.column - 1 :]
    if words in own:
        return Place(place.file, place.line, place.column + own.index(words))
    for row in range(place.line, len(lines)) if own.startswith((">", "|")) or not own.strip() else ():
        if lines[row].strip() and not lines[row][0].isspace():
            return None
        if words in lines[row]:
            return Place(place.file, row + 1, lines[row].index(words) + 1)
    return None


def _within(place: Place, lines: Sequence[str], text: str, start: int) -> Place | None:
    """The place of a character of a text that begins at a place, in the file's lines."""
    before = text[:start]
    number, line = before.count("\n"), text.split("\n")[before.count("\n")]
    column = start - (before.rfind("\n") + 1)
    if place.line > len(lines):
        return None
    own = lines[place.line - 1][place.column - 1 :]
    quote = 1 if own[:1] in {'"', "'", *cleaned.PAIRS} else 0
    if "\n" not in text and own[quote:].startswith(text):
        return Place(place.file, place.line, place.column + quote + start)
    for row in range(place.line - (own.strip()[:1] not in "|>"), len(lines)) if line.strip() else ():
        at = lines[row].find(line.strip(), place.column - 1 if row == place.line - 1 else 0)
        if at >= 0 and row - place.line + 1 >= number:
            return Place(place.file, row + 1, at + 1 + column - (len(line) - len(line.lstrip())))
    return None


def _searched(file: Path, lines: Sequence[str], words: str) -> Place | None:
    """The first line of a template's or brand's files that holds some words."""
    others = sorted(file.parent.glob("*.j2")) + sorted(file.parent.parent.glob("_parts/caption/*.j2"))
    for one in (file, *others):
        for number, line in enumerate(lines if one == file else _lines(one), 1):
            at = COMMENT.sub(lambda found: " " * len(found[0]), line).find(words)
            if at >= 0:
                return Place(spelling.shown(one), number, at + 1)
    return None


def _lines(file: Path) -> list[str]:
    try:
        return encoding.decode(file.read_bytes(), file.name, keys.every_name()).splitlines()
    except (OSError, Refusal):
        return []
