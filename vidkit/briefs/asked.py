"""What was typed where a brief is wanted → nothing against it, or a refusal that tells what it really is and what may have been meant.

Which files of a shop are no briefs is data (``data/asked.yaml``). No file is opened.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vidkit.briefs import keys, paths
from vidkit.consoles import spelling
from vidkit.problems import Place, Refusal, problem
from vidkit.runs import faults
from vidkit.sources import unseen
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BRIEF_ENDINGS = (".yaml", ".yml")
KEPT_IN = ("briefs", "photos")
"""The folders of a shop in which people keep briefs, and photos."""
MOST = 400
"""Names of a folder that are looked at."""


def sure(typed: Path) -> None:
    """Refuse a name that is no text, or a brief's that cannot be typed (VK-I023), one nobody finds when a text editor gave it another ending (VK-I021) or another name is near
    (VK-I017), what is no brief (VK-I018), a shop's photos of many jobs (VK-I019).
    """
    untypable = typed.suffix in BRIEF_ENDINGS and any(unseen.hidden(typed.name))
    if garbled(typed.name) or untypable:
        raise Refusal(problem("VK-I023", Place(spelling.shown(typed))))
    if not _there(typed):
        saved = _saved_as_text(typed)
        if saved:
            raise Refusal(problem("VK-I021", Place(spelling.shown(typed)), name=saved.stem, there=saved.name))
        meant = nearby(typed)
        if meant:
            raise Refusal(problem("VK-I017", Place(spelling.shown(typed)), guess=spelling.typed(meant)))
        return
    kind = kind_of(typed)
    if kind:
        said = table("asked")["kinds"][kind]
        what, then = said["what"], said["next"]
        values = {"what": what["zh"], "what_en": what["en"], "then": then["zh"], "then_en": then["en"]}
        raise Refusal(problem("VK-I018", Place(spelling.shown(typed)), **values))
    jobs = _jobs(typed)
    if jobs:
        listed = "、".join(one.name for one in jobs[:6])
        values = {"count": str(len(jobs)), "names": listed, "first": spelling.typed(typed / jobs[0].name)}
        raise Refusal(problem("VK-I019", Place(spelling.shown(typed)), **values))


def garbled(name: str) -> bool:
    """Whether a name is no text: bytes that are no UTF-8, as names out of Windows' archives can be elsewhere."""
    return any("\ud800" <= char <= "\udfff" for char in name)


def command(typed: Sequence[str]) -> str:
    """The command that was probably meant where somebody named a brief without one, or called one in Chinese; empty for anything else."""
    first, *rest = typed
    said = table("asked")["commands"]
    meant = next((name for name, others in said.items() if keys.folded(first) in others), "")
    if not meant and (Path(first).suffix.lower() in BRIEF_ENDINGS or _there(Path(first))):
        meant, rest = "check", list(typed)
    return " ".join((meant, *map(spelling.typed, rest))) if meant else ""


def kind_of(typed: Path) -> str:
    """What a file is besides a brief, as ``data/asked.yaml`` calls it; empty where it may be one."""
    known, real = table("asked"), typed.resolve()
    if real.is_file() and real.suffix.lower() not in BRIEF_ENDINGS:
        return next((kind for kind, endings in known["endings"].items() if real.suffix.lower() in endings), "")
    root = paths.project_root(real.parent)
    if not real.is_relative_to(root) or not (root / paths.PROJECT_FILE).is_file():
        return ""
    own = real.relative_to(root)
    return next(
        (kind for kind, pattern in known["places"].items() if own.match(pattern) and _as_deep(own, pattern)), ""
    )


def _as_deep(own: Path, pattern: str) -> bool:
    return len(own.parts) == pattern.count("/") + 1


def _jobs(folder: Path) -> tuple[Path, ...]:
    """The folders of single jobs in a shop's folder of all photos: made into one clip they would mix customers' homes."""
    real = folder.resolve()
    if not (real.is_dir() and real.name == "photos" and (real.parent / paths.PROJECT_FILE).is_file()):
        return ()
    endings = {*table("intake")["pictures"]}
    below = (one for one in _inside(real) if one.is_dir())
    return tuple(one for one in below if any(file.suffix.lower() in endings for file in _inside(one)))


# What may have been meant


def nearby(typed: Path) -> Path | None:
    """A brief or a folder of photos that a name nobody finds may mean: with its ending, in a folder where people keep them, or a few letters
    off; None when there is none.
    """
    folders = tuple(dict.fromkeys(_folders(typed)))
    wanted = (
        typed.name,
        *(f"{typed.name}{end}" for end in BRIEF_ENDINGS),
        *(f"{typed.stem}{end}" for end in BRIEF_ENDINGS),
    )
    same = (one / name for one in folders for name in wanted if _made_from(one / name))
    return next(same, None) or next(filter(None, (_near(typed, one) for one in folders)), None)


def _saved_as_text(typed: Path) -> Path | None:
    """The brief as a text editor saved it, which added its own ending."""
    names = (f"{typed.name}{end}.txt" for end in ("", *BRIEF_ENDINGS))
    there = {one.name.casefold(): one for one in _inside(typed.parent) if one.name.casefold().endswith(".txt")}
    found = next((there[name.casefold()] for name in names if name.casefold() in there), None)
    return found if found and Path(found.stem).suffix.lower() in BRIEF_ENDINGS else None


def _folders(typed: Path) -> Iterator[Path]:
    """Where to look: beside it, in the shop's folders, in a shop one folder below."""
    here = typed.parent
    yield here
    yield from (here / name for name in KEPT_IN)
    root = paths.project_root(here)
    if (root / paths.PROJECT_FILE).is_file():
        near = Path(os.path.normpath(here / os.path.relpath(root, here.resolve())))
        yield from (near / name for name in KEPT_IN)
    yield from (one / name for one in _inside(here) if (one / paths.PROJECT_FILE).is_file() for name in KEPT_IN)


def _near(typed: Path, folder: Path) -> Path | None:
    there = {one.stem if one.suffix in BRIEF_ENDINGS else one.name: one for one in _inside(folder) if _made_from(one)}
    name = keys.nearest(typed.stem if typed.suffix in BRIEF_ENDINGS else typed.name, there)
    return there[name] if name else None


def _made_from(file: Path) -> bool:
    """Whether a clip could be made from it."""
    wanted = _there(file) and (file.is_dir() or (file.is_file() and file.suffix in BRIEF_ENDINGS))
    return wanted and not kind_of(file)


def _there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError as error:  # too long a name
        faults.answered(error)
        return False


def _inside(folder: Path) -> tuple[Path, ...]:
    """What a folder holds, hidden things left out; nothing where it cannot be read."""
    try:
        return tuple(sorted(one for one in folder.iterdir() if not one.name.startswith("."))[:MOST])
    except OSError as error:
        faults.answered(error)
        return ()
