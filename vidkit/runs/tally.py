"""A run of several briefs, some of which failed → a page for people and a file for programs that say what became of each."""

from __future__ import annotations

import html
import json
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit import __version__, batch, project
from vidkit.briefs import paths
from vidkit.console import words
from vidkit.consoles.spelling import shown
from vidkit.problems import show, spoken_language
from vidkit.runs import stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vidkit.batch import Item

PAGE = "报告.html"
DATA = "报告.json"
OTHERS = ("vidkit-报告.html", "vidkit-报告.json")
"""What the page and the file of data are called where somebody else's have the usual names."""
HEAD = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 16px/1.6 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222 }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ border: 1px solid #ccc; padding: .4em .7em; text-align: left; vertical-align: top }}
.failed {{ background: #fdecea }}
pre {{ white-space: pre-wrap; margin: 0; font: inherit }}
</style>
<h1>{title}</h1>
<table><tr><th>{brief}</th><th>{state}</th><th>{said}</th></tr>
"""


def names(folder: Path) -> tuple[str, str]:
    """What the page and the file of data are called in a folder: names of files that are not there, or are ours."""
    numbered = ((f"vidkit-报告-{n}.html", f"vidkit-报告-{n}.json") for n in count(2))
    return next(both for both in chain(((PAGE, DATA), OTHERS), numbered) if _free(folder, *both))


@dataclass(frozen=True)
class Line:
    """What became of one: what it is called, its state (``made``, ``kept``, ``failed``; ``ready``, ``look``, ``stop`` of one to be posted), all that
    was said of it line by line, the same for programs, and whether it failed.
    """

    called: str
    state: str
    said: tuple[str, ...]
    data: Mapping[str, Any]
    failed: bool


def of(item: Item) -> Line:
    """What became of a brief that was to be made."""
    state = "failed" if item.exit_code else "kept" if item.kept else "made"
    place = [shown(item.made.folder)] if item.made else []
    said = (*place, *(show(p, spoken_language()) for p in item.told))
    return Line(item.called, state, said, batch.as_data(item), bool(item.exit_code))


def files(items: Sequence[Item], folder: Path) -> Iterator[tuple[str, str]]:
    """The two files for a folder by name, the page last, of briefs that were to be made."""
    yield from written([of(item) for item in items], folder, batch.exit_code(items), "made")


def written(lines: Sequence[Line], folder: Path, code: int, what: str) -> Iterator[tuple[str, str]]:
    """The two files for a folder by name, the page last; ``what`` was to become of each: ``made``, ``packed``."""
    page, data = names(folder)
    told = {"vidkit": __version__, "exit": code, "briefs": [line.data for line in lines]}
    yield data, json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    yield page, _page(lines, what)


def outdated(items: Sequence[Item], folder: Path) -> None:
    """Remove what earlier runs told in a folder where every brief that had failed is made now; files of the same names that are not ours stay.
    Only for who holds the folder's lock: else another run's page might be left without its data.
    """
    done = [item for item in items if item.made and not item.exit_code]
    names = {paths.alike(project.called(item.file)) for item in done}
    rows = {(shown(Path(item.row.file)), item.row.line) for item in done if item.row}
    for data in told(folder):
        if all(name in names or row in rows for name, row in _failed(data)):
            for file in (data.with_suffix(".html"), data):
                with suppress(OSError):
                    file.unlink()


def told(folder: Path) -> tuple[Path, ...]:
    """The files of data in which earlier runs told of a folder."""
    return tuple(one for one in (folder / DATA, *folder.glob("vidkit-报告*.json")) if _ours(one))


def _failed(data: Path) -> set[tuple[str, tuple[str, int]]]:
    """What the briefs are called that failed, as a file of data tells, and which rows of a table they are (else no file and 0)."""
    failed = (one for one in _briefs(data) if not one["ok"])
    return {(paths.alike(project.called(Path(str(one["brief"])))), _row(one.get("row"))) for one in failed}


def _row(said: Any) -> tuple[str, int]:
    """The table and the line of a row, as a file of data tells them."""
    row = said if isinstance(said, dict) else {}
    return str(row.get("table", "")), row["line"] if isinstance(row.get("line"), int) else 0


def _free(folder: Path, page: str, data: str) -> bool:
    """Whether the two may be written there."""
    return _ours(folder / data) or not any((folder / name).exists() for name in (page, data))


def _ours(data: Path) -> bool:
    """Whether a file of data is one that an earlier run told in."""
    return bool(_briefs(data))


def _briefs(data: Path) -> tuple[dict[str, Any], ...]:
    """What a file of data tells of each brief; nothing where it is not ours."""
    try:
        said = stored.mapping(data.read_bytes())
    except OSError:
        return ()
    briefs = said.get("briefs") if "vidkit" in said else None
    known = isinstance(briefs, list) and all(isinstance(one, dict) and {"brief", "ok"} <= set(one) for one in briefs)
    return tuple(briefs) if briefs and known else ()


def _page(lines: Sequence[Line], what: str) -> str:
    failed = sum(1 for line in lines if line.failed)
    title = words(f"tally-title-{what}", count=len(lines), failed=failed)
    named = {name: words(f"tally-{name}") for name in ("brief", "state", "said")}
    head = HEAD.format(language=spoken_language(), title=html.escape(title), **named)
    return head + "".join(map(_line, lines)) + "</table></html>\n"


def _line(line: Line) -> str:
    mark = ' class="failed"' if line.failed else ""
    said = "\n".join(line.said)
    cells = (html.escape(line.called), html.escape(words(f"tally-{line.state}")), f"<pre>{html.escape(said)}</pre>")
    return f"<tr{mark}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"
