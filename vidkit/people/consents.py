"""The consents of a shop, ``consents/*.yaml``: who agreed to what, for which purposes and platforms, until when, and the paper she signed.

One file a person or home, read as strictly as a brief. A faulty one says where it is faulty and counts for nothing. What a consent does not
say is not agreed to: doubtful words are read for the person (《民法典》 article 1021), so "all platforms" is refused.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vidkit import cache, kit, project, source
from vidkit.briefs import keys, paths
from vidkit.briefs.fields import READERS, Notes, Spot, Value, entries, fields, names_in, reads
from vidkit.briefs.maps import read_value
from vidkit.consoles import spelling
from vidkit.people import naming
from vidkit.problems import Place, Problem, Refusal, in_order, problem
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from vidkit.briefs.fields import Names
    from vidkit.source import Node

FOLDER = "consents"
ALL = frozenset(
    map(keys.folded, ("全部", "全部平台", "所有", "所有平台", "全平台", "都可以", "不限", "all", "any", "*"))
)
"""Words for every platform there is, which no consent may say."""
GONE = frozenset({"VK-B033", "VK-B034", "VK-B058"})
_UNSAID = r"(?m)^[ \t]*#.*"
"""Lines of a file that say nothing: a new consent explains every field in them."""
_PLAIN = re.compile(
    r"""(?:(?P<bare>[^\s#'"\[\]{},&*!|>%@`?:-].*?)|'(?P<single>(?:[^']|'')*)'|"(?P<double>[^"]*)"|)(?:(?:^|\s+)\#.*|\s*)"""
)
"""A value that its own line says whole: bare, in quotes, or nothing; a comment begins at a ``#`` after a space."""
_LONG = 200
"""A longer line is only read with its whole file."""


class Guardian(Value):
    """Who signs for a child or for somebody who cannot decide alone."""

    name: str
    relation: str


class Consent(Value):
    """What a person or a home agreed to; days as 2026-11-26, empty where none is given, platforms by id.

    ``signed`` is the signed form as written in the file, ``sha256`` what it should be; ``paid`` is None where nothing is said, and so is
    ``sensitive``: the separate word on illness and care, a guardian's on a child's look and life.
    """

    alias: str
    role: str
    scope: tuple[str, ...]
    purposes: tuple[str, ...]
    platforms: tuple[str, ...]
    starts: str = ""
    ends: str
    publish: bool = False
    sensitive: bool | None = None
    paid: bool | None = None
    signed: str = ""
    sha256: str = ""
    guardian: Guardian | None = None
    incapable: bool = False
    child_face: bool = False
    preferred_name: str = ""
    do_not_show: tuple[str, ...] = ()
    withdrawn: str = ""

    def is_of(self, name: str) -> bool:
        """Whether it says itself that it is of somebody, whatever its file is called."""
        return keys.folded(name) in map(keys.folded, filter(None, (self.alias, self.preferred_name)))

    @property
    def shows_face(self) -> bool:
        """Whether the face may be seen: a child's only where its guardian said so in so many words."""
        return "face" in self.scope and (self.role != "child" or (self.child_face and self.guardian is not None))

    def holds(self, day: str) -> bool:
        """Whether it has not been taken back, and reaches a day (2026-11-26; empty: not judged)."""
        return not self.withdrawn and (not day or self.starts <= day <= self.ends)


@dataclass(frozen=True)
class Entry:
    """One file of the folder: the names it answers to, what it says unless it is faulty, its faults, and the signed form.

    ``paper`` is the signed file if it is there, ``found`` its SHA-256 if it was looked at.
    """

    file: Path
    names: tuple[str, ...]
    consent: Consent | None
    problems: tuple[Problem, ...] = ()
    paper: Path | None = None
    found: str = ""

    @property
    def name(self) -> str:
        """What it is called: the person or home it is of."""
        return self.names[0]

    @property
    def withdrawn(self) -> str:
        """The day on which it was taken back; empty for one that stands, or cannot be read."""
        return self.consent.withdrawn if self.consent else ""

    def tells(self, name: str, day: str) -> bool:
        """Whether it is somebody's who agreed separately, on the paper entered, that her illness and care are told on a day: a grown-up's whose form
        asks it.
        """
        said = self.consent
        if said is None or not said.sensitive or said.role == "child" or not has_box(said.role):
            return False
        signed = bool(said.signed and self.found and self.found == said.sha256.lower())
        return signed and said.is_of(name) and said.holds(day)


@dataclass(frozen=True)
class Ledger:
    """Consents of a project, by file, and everybody it ``knows``, each by all her names: whoever has a profile or a consent."""

    folder: Path
    entries: tuple[Entry, ...] = ()
    knows: tuple[tuple[str, ...], ...] = ()

    def of(self, name: str) -> tuple[Entry, ...]:
        """The consents that answer to a name; several where the name is not clear."""
        word = keys.folded(name)
        return tuple(one for one in self.entries if word in map(keys.folded, one.names))

    def tells(self, name: str, day: str) -> bool:
        """Whether whoever goes by a name agreed separately that her illness and care are told; nobody knows of a name two answer to."""
        found = self.of(name)
        return len(found) == 1 and found[0].tells(name, day)

    def called(self, name: str) -> frozenset[str]:
        """Every name, as names are compared, of whoever goes by a name."""
        word = keys.folded(name)
        named = (frozenset(map(keys.folded, names)) for names in self.knows)
        return frozenset({word}).union(*(names for names in named if word in names))


def has_box(role: str) -> bool:
    """Whether the form of a role has a box of its own for what is sensitive."""
    return role in table("consent_form")["sensitive"]


def folder(brief: Path) -> Path:
    """Where the consents of a brief lie: in its project; those of our examples beside them, wherever we are installed."""
    ours = (kit.bundled() / "examples").resolve()
    return (ours if brief.resolve().is_relative_to(ours) else project.root(brief)) / FOLDER


def load(where: Path, names: Names, wanted: Collection[str] | None = None, texts: Iterable[str] = ()) -> Ledger:
    """The consents in a folder that mention one of the ``wanted`` names or of somebody called in ``texts``, with the signed forms of these names
    hashed; all of them if nobody says which.
    """
    every = files(where)
    knows = _known(every, names)
    called = [call.name for text in texts for call in naming.calls(text, naming.Roll(knows))]
    words = None if wanted is None else frozenset(map(keys.folded, (*wanted, *called)))
    found = (file for file in every if words is None or mentions(file, words))
    return Ledger(where, tuple(_papered(entry(file, names), words) for file in found), knows)


def _known(every: Iterable[Path], names: Names) -> tuple[tuple[str, ...], ...]:
    """Everybody who has a profile or a consent, each by all her names; a profile and a consent of one name are one person's. Ours of nobody are
    left out.
    """
    profiles: dict[Path, list[str]] = {}
    for name, file in names.people:
        if file.stem not in table("shop")["people"]:
            profiles.setdefault(file, []).append(name)
    found = [_answers(file) for file in every]
    for own in profiles.values():
        same = next((one for one in found if set(map(keys.folded, one)) & set(map(keys.folded, own))), None)
        if same is None:
            found.append(own)
        else:
            same += own
    return tuple(tuple(dict.fromkeys(one)) for one in found)


def _answers(file: Path) -> list[str]:
    """The names a consent answers to, as typed, read off its lines, since those of all are asked for at every brief; the file is read whole where
    its lines do not say them.
    """
    text = re.sub(_UNSAID, "", _text(file) or "\\")
    names = [_at_once(text, field) for field in ("alias", "preferred_name")]
    if "\\" in text or not names[0] or None in names:
        node, _ = source.examine(file)
        names = [_said(node, field) for field in ("alias", "preferred_name")]
    return [*filter(None, names), file.stem]


def _at_once(text: str, field: str) -> str | None:
    """What a line of a text says of a field, as typed; empty for nothing, None where only reading it whole can tell."""
    found = _line(field).search(text)
    if found is None:
        return ""
    whole = None if found["more"] or len(found["said"]) > _LONG else _PLAIN.fullmatch(found["said"])
    if whole is None:
        return None
    return (whole["bare"] or whole["double"] or (whole["single"] or "").replace("''", "'")).strip()


@functools.cache
def _line(field: str) -> re.Pattern[str]:
    """What finds what is said of a field on its line, and whether it may go on below."""
    called = "|".join(sorted(map(re.escape, _words(field)), key=len, reverse=True))
    return re.compile(rf"(?mi)^(?:{called})[ \t]*[:：][ \t]*(?P<said>[^\r\n]*)(?P<more>\r(?!\n)|\r?\n\s*?[ \t]\S)?")


def taken_back(where: Path) -> frozenset[str]:
    """Every name, as names are compared, whose consent says the day it was taken back, whatever else is wrong with it; none of whom another one
    holds.
    """
    every, days = files(where), frozenset(map(keys.folded, _words("withdrawn")))
    says = {file: source.examine(file)[0] for file in every if mentions(file, days, _UNSAID)}
    gone = {file for file, node in says.items() if _said(node, "withdrawn")}
    back = frozenset(name for file in gone for name in _called(file, says[file]))
    held = (file for file in every if back and file not in gone and mentions(file, back))
    return back - {name for file in held for name in _called(file, source.examine(file)[0])}


def _called(file: Path, node: Node | None) -> set[str]:
    """The names a consent answers to, as names are compared."""
    names = (file.stem, _said(node, "alias"), _said(node, "preferred_name"))
    return {keys.folded(name) for name in names if name}


def _said(node: Node | None, field: str) -> str:
    """What a consent says of a field, as typed; empty for nothing."""
    found = node.under(_words(field)) if node else None
    return found.text.strip() if found else ""


def _words(field: str) -> tuple[str, ...]:
    """What a field of a consent may be called."""
    row = keys.find("consent", field)
    return row.names if row else ()


def mentions(file: Path, words: frozenset[str], unsaid: str = "") -> bool:
    """Whether a file may answer to one of some names: it is called so, it holds the name, or only reading it whole can tell; what ``unsaid`` matches
    counts for nothing.
    """
    text = _text(file)
    if text is None:
        return True
    said = keys.folded(f"{file.stem}\n{re.sub(unsaid, '', text) if unsaid else text}")
    return "\\" in text or any(word in said for word in words)


def _text(file: Path) -> str | None:
    """What a file says, as far as one is read; None where only reading it whole can tell."""
    try:
        return file.read_bytes()[: source.MOST_BYTES].decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    except OSError as error:
        faults.answered(error)
        return None


def files(where: Path) -> tuple[Path, ...]:
    """The consents of a folder; no hidden files, and nothing where it cannot be read. Refuses (VK-S161) more than are read: among those left out
    might be one that was taken back.
    """
    try:
        found = sorted(one for one in where.iterdir() if one.suffix in {".yaml", ".yml"} and one.name[0] not in "._")
    except OSError as error:
        faults.answered(error)
        return ()
    most = int(table("limits")["consent"]["most_files"])
    if len(found) > most:
        raise Refusal(problem("VK-S161", folder=spelling.shown(where), count=len(found), limit=most))
    return tuple(found)


def entry(file: Path, names: Names) -> Entry:
    """One consent's file, its signed form not yet looked at."""
    node, problems = source.examine(file, shown=spelling.shown(file))
    if node is None:
        return Entry(file, (file.stem,), None, problems)
    notes = Notes(file.parent, names, "zh" if any(not key.text.isascii() for key, _ in node.pairs) else "en")
    values = fields(notes, "consent", node, "")
    notes.problems.extend(_across(values, notes, node))
    called = dict.fromkeys(filter(None, (values.get("alias"), file.stem, values.get("preferred_name"))))
    found = in_order((*problems, *notes.problems))
    return Entry(file, tuple(called), None if found else Consent(**values), source.first_ones(found))


def _across(values: dict[str, object], notes: Notes, node: Node) -> Iterator[Problem]:
    """Problems between fields: several people in one consent, an end before the beginning, nobody who signs for a child, a signed form without its hash or elsewhere."""
    alias = str(values.get("alias") or "")
    if values.get("role", "home") != "home" and len(several := names_in(alias)) > 1:
        yield problem("VK-S162", notes.places["alias"], name=alias, first=several[0])
    starts, ends = str(values.get("starts") or ""), str(values.get("ends") or "")
    if starts and ends and ends < starts:
        yield problem("VK-S121", notes.places["ends"], starts=starts, ends=ends)
    if not values.get("guardian") and "guardian" not in notes.faulty:
        if values.get("role") == "child":
            yield problem("VK-S122", notes.places["role"])
        elif values.get("incapable"):
            yield problem("VK-S123", notes.places["incapable"])
    digest = str(values.get("sha256") or "")
    if digest and not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
        yield problem("VK-S124", notes.places["sha256"])
    if values.get("signed"):
        yield from _elsewhere(str(values["signed"]), notes, notes.places.get("signed", node.place))


def _elsewhere(typed: str, notes: Notes, place: Place) -> Iterator[Problem]:
    """A signed form that lies outside the project or is no file."""
    found = paths.find(typed, notes.base, place)
    if isinstance(found, Problem) and found.code not in GONE:
        yield found


def _papered(one: Entry, words: frozenset[str] | None) -> Entry:
    """The entry with its signed form looked at, if it is wanted and there."""
    if (
        not one.consent
        or not one.consent.signed
        or (words is not None and not words & set(map(keys.folded, one.names)))
    ):
        return one
    found = paths.find(one.consent.signed, one.file.parent, Place(spelling.shown(one.file)))
    return one if isinstance(found, Problem) else replace(one, paper=found, found=digest(found))


def digest(file: Path) -> str:
    """A file's SHA-256 in hex; empty when it cannot be read, or is none that ends (a pipe, a device)."""
    try:
        return cache.sha256(file) if file.is_file() else ""
    except OSError as error:
        faults.answered(error)
        return ""


@reads("guardian")
def _guardian(notes: Notes, spot: Spot, node: Node) -> Guardian | None:
    return read_value(notes, spot, node, Guardian, "guardian")


@reads("each-platform")
def _each_platform(notes: Notes, spot: Spot, node: Node) -> tuple[str, ...]:
    """Platforms one by one; a word for all of them is no answer."""
    as_usual = spot._replace(field=replace(spot.field, kind="platforms"))
    if node.kind == "map":
        entries(notes, spot, node)
        return ()
    for item in node.items or (node,):
        if item.kind == "text" and keys.folded(item.text) in ALL:
            notes.say("VK-S120", item.place, field=spot.key, word=item.text.strip())
            return ()
    found: tuple[str, ...] = READERS["platforms"](notes, as_usual, node)
    return found
