"""A folder of what was made earlier → whose it is, and what lies in it that was not made this time. Nothing is deleted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit import cache, plan, project
from vidkit.briefs import keys, paths
from vidkit.consoles import spelling
from vidkit.kits import platform
from vidkit.problems import Place, Refusal, problem
from vidkit.runs import remains, stored
from vidkit.runs.stored import MANIFEST, MARKS
from vidkit.tables import table as figures

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from vidkit.plan import Script
    from vidkit.problems import Problem

KINDS = ("clip", "cover", "caption", "article", "package", "reply", "poster", "pair", "grid")
"""What files made for a brief are called, up to the first sign, in the order people look for them; their own files have other names."""
WRITTEN = frozenset({".yaml", ".yml"})
"""How files end that briefs, profiles and settings are written in; other files named by a brief's places are tables."""
NUMBERED = re.compile(r"(.+)-\d{2,}")
"""The folder of a row without a name of its own: its brief's name and a number."""
SHOWN = 6
"""So many names are told."""
DEEP = 3
"""Most parts of a brief's path that is noted for one outside a shop: no path of the machine gets into a manifest."""


@dataclass(frozen=True)
class Mark:
    """Whose work a folder holds: hashes of where the brief lies with its table, seen from the output folder and on this machine, so that one of
    them stays when either is moved; if a row was made the table's name, that of the brief it was laid ``over``, and its line.

    Manifests hold no places of the machine: this is kept beside them, in the output folder's ``.vidkit``.
    """

    of: tuple[str, ...]
    table: str = ""
    over: str = ""
    line: int = 0


def mark(script: Script, out: Path) -> Mark:
    """The mark of a brief, or of a table over it, in an output folder."""
    places = () if script.sha256 else tuple(place for _, place in script.brief.places)
    cell = next((one for one in places if _is_table(Path(one.file))), None)
    if cell is None:
        return Mark(_hashes(script.brief.file, None, out))
    table, folder = Path(cell.file), script.brief.file.parent
    files = (Path(one.file) for one in places)
    over = (one.name for one in files if one.suffix.lower() in WRITTEN and one.parent == folder)
    return Mark(
        _hashes(script.brief.file, table, out),
        table.name,
        next((name for name in over if name != paths.PROJECT_FILE), ""),
        cell.line,
    )


def _is_table(file: Path) -> bool:
    return file.suffix.lower() not in WRITTEN and file.is_file()


def _hashes(brief: Path, table: Path | None, out: Path) -> tuple[str, ...]:
    """The hashes of where a brief lies with its table: seen from the output folder, and on this machine."""
    files = [file.resolve() for file in (brief, table) if file]
    ways = ([_seen_from(out.resolve(), file) for file in files], [file.as_posix() for file in files])
    said = (paths.alike("\n".join(way)) for way in ways)
    return tuple(hashlib.sha256(one.encode(errors="surrogatepass")).hexdigest()[:16] for one in said)


def _places(known: Mapping[str, Any]) -> frozenset[str]:
    """The hashes that a mark holds; none of an older one, or one that is damaged."""
    return frozenset(one for one in remains.as_list(known.get("of")) if isinstance(one, str))


def _seen_from(out: Path, file: Path) -> str:
    """The way from one to the other; on another drive the whole path."""
    try:
        return Path(os.path.relpath(file, out)).as_posix()
    except ValueError:
        return file.as_posix()


def noted(brief: Path, out: Path) -> str:
    """How a manifest names its brief: by its path in its shop or, outside one, from the folder that holds ``out``; else by its name."""
    base, real = _base(brief, out), brief.resolve()
    if not real.is_relative_to(base):
        return brief.name
    inside = real.relative_to(base)
    return inside.as_posix() if project.is_one(base) or len(inside.parts) <= DEEP else brief.name


def _base(brief: Path, out: Path) -> Path:
    root = project.root(brief)
    return root if project.is_one(root) else out.resolve().parent


def refuse_another(brief: Path, out: Path, folders: Iterable[Path]) -> None:
    """Refuse (VK-M021) to write into folders in which another brief's work lies, as long as that brief is still there."""
    base, own = _base(brief, out), noted(brief, out)
    for folder in folders:
        other = _owner(folder / MANIFEST)
        if other and keys.folded(other) != keys.folded(own) and (base / other).is_file():
            raise Refusal(problem("VK-M021", Place(spelling.shown(brief)), folder=spelling.shown(folder), other=other))


def claim(script: Script, folder: Path) -> None:
    """Note whose a brief's folder is, before the first file is put there."""
    told = json.dumps(asdict(mark(script, folder.parent)), ensure_ascii=False) + "\n"
    cache.deliver_bytes(told.encode("utf-8"), _marked(folder))


def tidied(folder: Path) -> None:
    """Remove what a killed run left half-written in a brief's folder, and of its mark. Only for who holds the folder's lock."""
    cache.leavings_removed(folder)
    cache.leavings_of(_marked(folder))


def _marked(folder: Path) -> Path:
    return folder.parent / MARKS / f"{folder.name}.json"


def refuse_theirs(script: Script, folder: Path, target: Path, parts: Iterable[str]) -> None:
    """Refuse (VK-M028) a brief's ``folder`` that holds work of a table, or of something else of that name, and (VK-M029) one that vidkit never
    wrote to where files of our names lie in ``target``, which will be written to, or in ``parts`` below it.
    """
    own = mark(script, folder.parent)
    manifests = [one for one in (folder / MANIFEST, target / MANIFEST) if one.is_file()]
    known = stored.of(_marked(folder))
    path, table = next(filter(None, map(_owner, manifests)), ""), str(known.get("table") or "")
    same_name = keys.folded(path) == keys.folded(noted(script.brief.file, folder.parent))
    theirs = _places(known)
    if manifests and theirs and not theirs & {*own.of} and (table or same_name):
        place = Place(spelling.shown(script.brief.file))
        raise Refusal(problem("VK-M028", place, folder=spelling.shown(folder), **_work(path, known)))
    if not known and not any(_by_vidkit(one) for one in manifests):
        files = [name for part in ("", *parts) for name in _of_our_names(target, target / part)]
        if files:
            raise Refusal(problem("VK-M029", folder=spelling.shown(target), names="、".join(files[:SHOWN])))


def _work(path: str, known: Mapping[str, Any]) -> dict[str, str]:
    """What somebody else's folder was made of, in words: the path of a brief, or the row of a table, for which no brief's file is there."""
    if not known.get("table"):
        return {"other": path, "other_en": path}
    over, line = str(known.get("over") or ""), remains.as_number(known.get("line"))
    said = figures("rows")["work"]["row" if over and line else "table"]
    return {
        name: said[tongue].format(table=known["table"], brief=over, line=line)
        for name, tongue in (("other", "zh"), ("other_en", "en"))
    }


def other_photos(script: Script, out: Path, *, draft: bool) -> tuple[Problem, ...]:
    """That what lies in a row's folder, and what was packed of it, was made of other photos altogether: rows of a table without names move from
    one name to another when a row is added or taken out (VK-X034); one with a name of its own has new photos (VK-X038).
    """
    own = out / project.called(script.brief.file)
    folder = own / paths.DRAFT if draft else own
    photos = {} if script.sha256 else remains.as_map(stored.of(folder / MANIFEST).get("rooms"))
    if not photos or any(one.handed_in in photos for one in script.developed.studies):
        return ()
    names = list(dict.fromkeys(map(str, photos.values())))
    shown = "、".join(names[:SHOWN]) + ("……" if len(names) > SHOWN else "")
    code = "VK-X034" if _is_numbered(script, own.name, mark(script, out).over) else "VK-X038"
    return (problem(code, Place(spelling.shown(folder)), names=shown),)


def _is_numbered(script: Script, name: str, over: str) -> bool:
    """Whether a row is called by its number, after the brief it was laid ``over`` where that is known."""
    stem = NUMBERED.fullmatch(name)
    return stem is not None and (not over or stem[1] == project.called(script.brief.file.with_name(over)))


def gone(brief: Path, table: Path, out: Path, rows: Container[str]) -> tuple[Problem, ...]:
    """That folders lie in ``out`` which rows of a table over a brief made that it has no more (VK-X033), or a brief that is there no more, perhaps
    this one under the name it had (VK-X037); ``rows`` are the names it has now, as they are compared.
    """
    found = [
        name
        for name in sorted(file.stem for file in (out / MARKS).glob("*.json"))
        if paths.alike(name) not in rows
        and any((out / name / part / MANIFEST).is_file() for part in ("", paths.DRAFT))
        and _places(stored.of(_marked(out / name))) & {*_hashes(brief.with_name(f"{name}.yaml"), table, out)}
    ]
    made = {name: _over(name, brief, out) for name in found}
    theirs = {name: over for name, over in made.items() if paths.alike(over) != paths.alike(brief.name)}
    there = {paths.alike(one.name) for one in brief.parent.iterdir()}
    lost = [over for over in dict.fromkeys(theirs.values()) if paths.alike(over) not in there]
    own = [name for name in found if name not in theirs]
    left = (_gone("VK-X033", table, out, own),) if own else ()
    of = {one: [name for name in found if theirs.get(name) == one] for one in lost}
    return (*left, *(_gone("VK-X037", table, out, names, other=one) for one, names in of.items()))


def _gone(code: str, table: Path, out: Path, names: Sequence[str], **said: str) -> Problem:
    shown = "、".join(names[:SHOWN]) + ("……" if len(names) > SHOWN else "")
    return problem(code, Place(spelling.shown(out)), table=table.name, count=len(names), names=shown, **said)


def _over(name: str, brief: Path, out: Path) -> str:
    """The name of the brief that a row was laid over, whose folder is there: as its mark says, else another beside this one after which a row
    without a name is called; else this one.
    """
    said = str(stored.of(_marked(out / name)).get("over") or "")
    if said:
        return said
    stem = NUMBERED.fullmatch(name)
    others = [brief.with_name(f"{stem[1]}{suffix}") for suffix in sorted(WRITTEN)] if stem else []
    return next((one.name for one in others if one.is_file()), brief.name)


def _by_vidkit(manifest: Path) -> bool:
    """Whether a manifest is ours; a damaged one may be."""
    found = stored.of(manifest)
    return not found or "vidkit" in found


def _of_our_names(folder: Path, where: Path) -> Iterator[str]:
    for file in sorted(where.glob("*.*")):
        if _ours(file) or (file.name == MANIFEST and where == folder):
            yield file.relative_to(folder).as_posix()


def _owner(manifest: Path) -> str:
    """The path a manifest notes of its brief; empty without one (an older vidkit noted none)."""
    try:
        return str(stored.of(manifest)["brief"]["path"])
    except (KeyError, TypeError):
        return ""


def left(folder: Path, files: Iterable[Path], script: Script, made: Iterable[str]) -> tuple[Problem, ...]:
    """What lies in a brief's folder but was not made this time is said (VK-M022): folders of platforms that neither the brief names nor were
    ``made``, and single files beside the ``files`` that were.
    """
    known = {name for name, _ in platform.names(plan.platform_folders(script.shelf))}
    names = (*_folders(folder, known - {*script.brief.platforms, *made}), *_files(folder, frozenset(files)))
    shown = "、".join(names[:SHOWN]) + ("……" if len(names) > SHOWN else "")
    return (problem("VK-M022", Place(spelling.shown(folder)), count=len(names), names=shown),) if names else ()


def _folders(folder: Path, platforms: Iterable[str]) -> Iterator[str]:
    for name in sorted(platforms):
        if any(_ours(file) for file in (folder / name).glob("*.*")):
            yield f"{name}/"


def _files(folder: Path, made: frozenset[Path]) -> Iterator[str]:
    for where in sorted({folder, folder / paths.PAIRS, *(file.parent for file in made)}):
        for file in sorted(where.glob("*.*")):
            if file not in made and _ours(file):
                yield file.relative_to(folder).as_posix()


def _ours(file: Path) -> bool:
    return file.is_file() and file.name.split(".")[0].split("-")[0] in KINDS
