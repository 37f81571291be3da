"""What commands that take the rows of a table have in common: reading it, and what is said of all its rows together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vidkit.batch import Item
    from vidkit.rows import Row


def rows(files: Sequence[Path], table: Path) -> dict[Path, Row]:
    """Every row of a table, by the name its brief would have, what is to be known of the table said; refuses (VK-M024) more than one brief to lay
    them over.
    """
    from vidkit import asked  # noqa: PLC0415
    from vidkit import rows as reading  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    if len(files) != 1:
        raise Refusal(problem("VK-M024", count=len(files)))
    asked.sure(files[0])
    laid = reading.briefs(files[0], table)
    console.complain(laid.notes)
    return laid.rows


def complain(items: Sequence[Item]) -> None:
    """Say what stands against some briefs, each thing once; against the rows of a table what is alike together, errors last."""
    from vidkit import gathered  # noqa: PLC0415
    from vidkit.problems import spoken_language  # noqa: PLC0415

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
