"""Every example is made at draft size: one brief for each template, whole, from its pictures to a clip that plays and its words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from vidkit import batch, kit, plan
from vidkit.make import Order

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache

SHRUNK = 6
"""The drafts' canvas is that many times smaller than a clip's: 180 x 320."""
EXAMPLES = sorted((kit.bundled() / "examples").glob("*.yaml"))


def test_there_is_an_example_of_every_template() -> None:
    """Nine templates, nine briefs."""
    said = {file.read_text(encoding="utf-8").split("模板: ")[1].split("\n")[0] for file in EXAMPLES}
    assert said == {others[0] for _, others in kit.template_names(kit.shelf())}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_made(file: Path, tmp_path: Path, examined: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is checked without a fault or a doubt about its photos, and its draft has a clip of the planned length and a caption."""
    monkeypatch.setattr(plan, "DRAFT", SHRUNK)
    (item,) = batch.check((file,), examined, "douyin", draft=True)
    assert not item.problems, item.problems
    done = batch.make(item, Order(tmp_path, examined, draft=True), lambda _frames: None)
    assert done.made, done.problems
    made = {path.relative_to(done.made.folder).as_posix(): path for path in done.made.files}
    assert made["douyin/clip.mp4"].stat().st_size > 50_000
    assert "版本" in made["douyin/caption.txt"].read_text(encoding="utf-8")
    told = json.loads(made["manifest.json"].read_text(encoding="utf-8"))
    assert told["clips"]["douyin"]["frames"] == item.plans[0].board.frames
