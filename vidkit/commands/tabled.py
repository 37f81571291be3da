"""What commands that take the rows of a table have in common: reading it, what is said of all its rows together, and the page that tells what
became of several, some of which failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import console
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from vidkit.batch import Item
    from vidkit.cache import Cache
    from vidkit.problems import Problem
    from vidkit.spreadsheets.rows import Row


def laid(files: Sequence[Path], table: Path | None) -> tuple[dict[Path, Row], tuple[Problem, ...]]:
    """Every row of a table, by the name its brief would have, and what is to be known of the table; none without a table. Refuses (VK-M024) more than
    one brief to lay them over.
    """
    if table is None:
        return {}, ()
    from vidkit.briefs import asked  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415
    from vidkit.spreadsheets import rows as reading  # noqa: PLC0415

    if len(files) != 1:
        raise Refusal(problem("VK-M024", count=len(files)))
    asked.sure(files[0])
    return reading.briefs(files[0], table)


def sound(brief: Path, table: Path) -> tuple[dict[Path, Row], tuple[Problem, ...]]:
    """The rows of a table laid over a brief that have no fault, by the name their brief would have, and what is wrong with the others; what is to be
    known of the table is said. Refuses a table in which no row is sound.
    """
    from vidkit.problems import Refusal, in_order  # noqa: PLC0415
    from vidkit.spreadsheets import rows as reading  # noqa: PLC0415

    found = reading.briefs(brief, table)
    console.complain(found.notes)
    wrong = in_order([one for row in found.rows.values() for one in row.problems])
    good = {file: row for file, row in found.rows.items() if not row.problems}
    if not good:
        raise Refusal(*wrong)
    return good, wrong


def gone(brief: Path, table: Path, found: Mapping[Path, Row], out: Path) -> tuple[Problem, ...]:
    """Which folders below ``out`` earlier runs made of rows of a table over a brief that are not among those ``found`` now."""
    from vidkit.briefs import paths  # noqa: PLC0415
    from vidkit.runs import earlier  # noqa: PLC0415

    return earlier.gone(brief, table, out, {paths.alike(row.name) for row in found.values()})


def complain(items: Sequence[Item]) -> None:
    """Say what stands against some briefs, each thing once; against the rows of a table what is alike together, errors last."""
    from vidkit.problems import spoken_language  # noqa: PLC0415
    from vidkit.spreadsheets import gathered  # noqa: PLC0415

    said = dict.fromkeys(p for item in items for p in item.told)
    places = [item.row for item in items if item.row]
    if places:
        lines = [place.line for place in places]
        console.tell(gathered.lines(said, places[0].file, lines, spoken_language()))
    else:
        console.complain(said)


def counted(items: Sequence[Item]) -> str:
    """How many rows have no errors, and how many have."""
    left = [item for item in items if item.exit_code]
    errors = {p for item in left for p in item.told if p.level == "error"}
    numbers = {"rows": len(items), "good": len(items) - len(left), "left": len(left), "count": len(errors)}
    return console.words("rows-count" if left else "rows-good", **numbers)


def report(
    told: Iterable[tuple[str, str]],
    done: Sequence[Item],
    out: Path,
    store: Cache,
    code: int,
    sentence: str,
    *,
    quiet: bool,
) -> None:
    """Where some of several failed, put the files that tell of all (``tally``: name and words, the page last) into a folder, and say so with a
    ``sentence``; else take away what earlier runs told there and is ``done`` now.
    """
    from vidkit import batch, cache  # noqa: PLC0415
    from vidkit.runs import lock, tally  # noqa: PLC0415

    if code != batch.SOME_FAILED:
        if tally.told(out):
            with lock.held(out, store):
                tally.outdated(done, out)
        return
    page = out
    with lock.held(out, store):
        for name, words in told:
            page = out / name
            cache.leavings_of(page)
            cache.deliver_bytes(words.encode("utf-8"), page)
    if not quiet:
        console.note(console.words(sentence, name=spelling.shown(page)))
