"""A run of several briefs, some of which failed → a page for people and a file for programs that say what became of each."""

from __future__ import annotations

import html
import json
from contextlib import suppress
from itertools import chain, count
from typing import TYPE_CHECKING

from vidkit import __version__, batch
from vidkit.console import shown, words
from vidkit.problems import show, spoken_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

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


def files(items: Sequence[Item], folder: Path) -> Iterator[tuple[str, str]]:
    """The two files for a folder by name, the page last."""
    page, data = names(folder)
    told = {"vidkit": __version__, "exit": batch.exit_code(items), "briefs": [batch.as_data(item) for item in items]}
    yield data, json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    yield page, _page(items)


def outdated(folder: Path) -> None:
    """Remove what an earlier run told in a folder: it is mended. Files of the same names that are not ours stay."""
    for data in filter(_ours, (folder / DATA, *folder.glob("vidkit-报告*.json"))):
        for file in (data.with_suffix(".html"), data):
            with suppress(OSError):
                file.unlink()


def _free(folder: Path, page: str, data: str) -> bool:
    """Whether the two may be written there."""
    return _ours(folder / data) or not any((folder / name).exists() for name in (page, data))


def _ours(data: Path) -> bool:
    """Whether a file of data is one that an earlier run told in."""
    try:
        said = json.loads(data.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and {"vidkit", "briefs"} <= set(said)


def _page(items: Sequence[Item]) -> str:
    failed = sum(1 for item in items if item.exit_code)
    title = words("tally-title", count=len(items), failed=failed)
    named = {name: words(f"tally-{name}") for name in ("brief", "state", "said")}
    head = HEAD.format(language=spoken_language(), title=html.escape(title), **named)
    return head + "".join(_line(item) for item in items) + "</table></html>\n"


def _line(item: Item) -> str:
    state = words("tally-failed" if item.exit_code else "tally-kept" if item.kept else "tally-made")
    place = shown(item.made.folder) if item.made else ""
    said = "\n".join(filter(None, [place, *(show(p, spoken_language()) for p in item.problems)]))
    mark = ' class="failed"' if item.exit_code else ""
    cells = (html.escape(str(item.file)), html.escape(state), f"<pre>{html.escape(said)}</pre>")
    return f"<tr{mark}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"
