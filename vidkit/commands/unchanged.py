"""What ``make`` asks of the memory of earlier runs, and what it remembers for the next."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vidkit import cache
from vidkit.commands import today
from vidkit.runs import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.batch import Item
    from vidkit.runs.remembered import Asked, Begun, Told


def questions(files: Sequence[Path], out: Path | None, platform: str | None, *, draft: bool) -> tuple[Asked, ...]:
    """What is asked for, brief by brief."""
    return tuple(remembered.Asked(str(file), str(out or ""), platform or "", draft, today()) for file in files)


def told(asked: Sequence[Asked]) -> tuple[Told, ...] | None:
    """What all of these runs left and said, if none has anything to do."""
    return remembered.recall_all(asked, cache.default())


def begin(files: Sequence[Path]) -> Begun:
    """A run begins."""
    return remembered.begin(files, cache.default())


def remember(asked: Sequence[Asked], done: Sequence[Item], begun: Begun) -> None:
    """Remember what was made without an error; what was entered in a series' ledger just now would not be said again."""
    for one, item in zip(asked, done, strict=False):
        if not item.exit_code and item.made and not item.recorded and not item.kept:
            _remember(one, item, begun)


def _remember(asked: Asked, item: Item, begun: Begun) -> None:
    from vidkit import batch, clip  # noqa: PLC0415
    from vidkit.labels import aigc  # noqa: PLC0415
    from vidkit.runs import inputs, planned, tally  # noqa: PLC0415

    assert item.made
    assert item.script
    before = item.problems[: len(item.problems) - len(item.made.problems)]
    later = tuple(one for one in item.made.problems if one not in before)
    data = json.dumps(batch.as_data(item) | {"made": 0}, ensure_ascii=False)
    left = remembered.Told(
        item.made.folder, item.made.files, before, later, data, tuple(map(str, batch.episode(item) or ()))
    )
    wanted = inputs.of(Path(asked.brief), item.script)
    out = left.folder.parent.parent if asked.draft else left.folder.parent
    watched = replace(
        wanted, possible=(*wanted.possible, out / tally.DATA, out / tally.OTHERS[1])
    )  # a report of failures is removed by the next good run
    remembered.remember(asked, watched, left, cache.default(), begun)
    for number, one in enumerate(() if asked.draft else item.plans):
        label = aigc.of_frames(item.script, one)
        made = planned.Planned(one.segments, dict(item.script.assets), clip.painting(), label)
        for platform in (one.platform.id, *(() if number or asked.platform else (None,))):
            shown = planned.question(Path(asked.brief), platform, asked.today)
            planned.remember(shown, wanted, made, cache.default(), begun)
