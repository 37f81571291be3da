"""A run of several briefs, some of which failed → a page for people and a file for programs that say what became of each."""

from __future__ import annotations

import html
import json
from contextlib import suppress
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


def files(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """The two files by name."""
    told = {"vidkit": __version__, "exit": batch.exit_code(items), "briefs": [batch.as_data(item) for item in items]}
    yield DATA, json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    yield PAGE, _page(items)


def outdated(folder: Path) -> None:
    """Remove what an earlier run told in a folder: it is mended. Files of the same names that are not ours stay."""
    try:
        ours = "vidkit" in json.loads((folder / DATA).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return
    for name in (PAGE, DATA) if ours else ():
        with suppress(OSError):
            (folder / name).unlink()


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
