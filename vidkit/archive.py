"""What was published, kept in ``archive/<day>-<brief>/``: each platform's pack and manifest, and ``posted.yaml``, where it was posted.

The archive is the advertiser's own record (《互联网广告管理办法》 13, 14; ``data/publish.yaml``); nothing in it is ever overwritten. ``posted.yaml`` is
people's own file: what is noted is added at its end and read back, everything else stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from vidkit import cache, console, keys, project, source, stored
from vidkit.problems import Place, Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.source import Node

ARCHIVE = "archive"
POSTED = "posted.yaml"
MANIFEST = ".manifest.json"
"""How the names of manifests in an entry end; before it stands the platform's id."""
HEAD = """\
# 发到哪儿了：发一次记一条。vidkit posted 会自动加在最后，也可以自己加、自己改。
# 以后要撤下来，在那一条写上「撤下: 日期」。冒号用英文的冒号，后面空一格。
# Where it was posted, one entry a post; add and change entries as you like. taken_down: the day it was removed.
发布:
"""


@dataclass(frozen=True)
class Posted:
    """One post as noted: the platform's id (or the name as typed), the day (2026-11-27), its link, and the day it was taken down; empty for nothing."""

    platform: str
    day: str
    link: str = ""
    taken_down: str = ""


@dataclass(frozen=True)
class Entry:
    """One publish: its folder, what its manifests say by platform, and where it was posted."""

    folder: Path
    manifests: tuple[tuple[str, dict[str, Any]], ...]
    posted: tuple[Posted, ...] = ()

    @property
    def consents(self) -> frozenset[str]:
        """The names of all consents its packs rest on."""
        return frozenset(str(name) for _, said in self.manifests for name in said.get("consents", ()))

    @property
    def brief(self) -> str:
        """What its brief is called."""
        return next((str(said.get("called", "")) for _, said in self.manifests), "")


def folder(brief: Path, out: Path) -> Path:
    """Where what is published of a brief is kept: ``archive`` in its shop, outside one in the folder ``out``."""
    root = project.root(brief)
    return (root if project.is_one(root) else out) / ARCHIVE


def entries(kept: Path) -> tuple[Entry, ...]:
    """Every entry of an archive, the oldest first; what is no entry is passed over. Refuses a faulty ``posted.yaml``."""
    found = (entry(one) for one in sorted(kept.glob("*")) if one.is_dir() and not one.name.startswith("."))
    return tuple(one for one in found if one.manifests)


def with_consent(kept: Path, name: str) -> tuple[Entry, ...]:
    """The entries of an archive that rest on a consent."""
    return tuple(one for one in entries(kept) if name in one.consents)


def entry(where: Path) -> Entry:
    """What a folder of an archive keeps."""
    said = ((file.name.removesuffix(MANIFEST), stored.of(file)) for file in sorted(where.glob(f"*{MANIFEST}")))
    return Entry(where, tuple((name, one) for name, one in said if one), posted(where))


# Keeping


def keep(kept: Path, name: str, packs: Sequence[tuple[str, Path, Path]]) -> Path:
    """Keep packs (the platform, its folder, its zip) in an entry of a name; where another version is kept under it, in one beside it (``NAME-2``)."""
    manifests = {where: (folder / "manifest.json").read_bytes() for where, folder, _ in packs}
    entry = next(one for one in _names(kept, name) if _fits(one, manifests))
    cache.leavings_removed(entry)
    for where, _, zipped in packs:
        cache.deliver(zipped, entry / f"{where}.zip")
        cache.deliver_bytes(manifests[where], entry / f"{where}{MANIFEST}")
    return entry


def _names(kept: Path, name: str) -> Iterator[Path]:
    yield kept / name
    yield from (kept / f"{name}-{number}" for number in count(2))


def _fits(entry: Path, manifests: Mapping[str, bytes]) -> bool:
    """Whether an entry keeps no other version of any of these packs."""
    files = {where: entry / f"{where}{MANIFEST}" for where in manifests}
    return all(not file.exists() or file.read_bytes() == manifests[where] for where, file in files.items())


def entry_of(kept: Path, manifest: bytes) -> Path | None:
    """The entry that keeps a pack, by its manifest."""
    found = (file for file in sorted(kept.glob(f"*/*{MANIFEST}")) if file.read_bytes() == manifest)
    return next((file.parent for file in found), None)


# Where it was posted


def posted(entry: Path) -> tuple[Posted, ...]:
    """What an entry's ``posted.yaml`` notes, in its order; nothing without one. Refuses a faulty file with its places (VK-U040)."""
    file = entry / POSTED
    if not file.is_file():
        return ()
    listed = _listed(file)
    items = listed.items if listed and listed.kind == "list" else ()
    return tuple(_posted(item) for item in items)


def _listed(file: Path) -> Node | None:
    """The list of a file, None while it is still empty."""
    names = frozenset(name for row in table("publish")["posted"].values() for name in row)
    node = source.read(file, shown=console.shown(file), words=names)
    found = _value(node, "posts")
    if found is not None and found.kind == "map":
        raise Refusal(problem("VK-U040", found.place))
    return found


def _value(node: Node, field: str) -> Node | None:
    names = {keys.folded(name) for name in table("publish")["posted"][field]}
    return next((value for key, value in node.pairs if keys.folded(key.text) in names), None)


def _posted(node: Node) -> Posted:
    said = {name: _value(node, name) for name in ("platform", "day", "link", "taken_down")}
    texts = {name: found.text.strip() if found else "" for name, found in said.items()}
    if not texts["platform"] or not re.fullmatch(r"\d{4}-\d\d-\d\d", texts["day"]):
        raise Refusal(problem("VK-U040", node.place))
    return Posted(**texts)


def note(entry: Path, one: Posted) -> bool:
    """Add a post to an entry's ``posted.yaml``; False when it is noted already. What was there before stays as it is."""
    before = posted(entry)
    if one in before:
        return False
    file = entry / POSTED
    text = file.read_text(encoding="utf-8-sig") if file.is_file() else HEAD
    written = f"{text.rstrip()}\n{''.join(_lines(one))}"
    _reads_back(written, (*before, one), file)
    cache.deliver_bytes(written.encode("utf-8"), file)
    return True


def _lines(one: Posted) -> Iterator[str]:
    said = {"platform": one.platform, "day": one.day, "link": one.link, "taken_down": one.taken_down}
    for number, (name, value) in enumerate((name, value) for name, value in said.items() if value):
        key = table("publish")["posted"][name][0]
        yield f"{'    ' if number else '  - '}{key}: {project.quoted(value)}\n"


def _reads_back(text: str, wanted: tuple[Posted, ...], file: Path) -> None:
    """Refuse (VK-U041) to write a file that would not say what it should: people put something after the list."""
    node, faults = source.parse(text, console.shown(file))
    listed = _value(node, "posts") if node and not faults else None
    if listed is None or tuple(map(_posted, listed.items)) != wanted:
        raise Refusal(problem("VK-U041", Place(console.shown(file))))
