"""Pictures to look at: painted as in the clip, at the moments that matter, with time codes and the platform's own boxes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from conftest import one_pair
from PIL import Image

from vidkit import clip, colour, gallery, plan, sheet
from vidkit.cache import Cache
from vidkit.labels import aigc
from vidkit.painting.album import Album
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.plan import Plan, Script


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Script:
    """A brief of one pair of pictures."""
    folder = tmp_path_factory.mktemp("sheet")
    return plan.read(one_pair(folder), Cache(folder / "cache"))


@pytest.fixture(scope="module")
def small(script: Script) -> Plan:
    """Its draft for Douyin."""
    return plan.plan(script, plan.platforms(script, "douyin")[0], draft=True)


def test_moments_reach_every_segment_and_every_reveal_three_times(small: Plan) -> None:
    """In the clip's order, each frame once, and the first frame is there."""
    chosen = sheet.moments(small.segments)
    assert [m.frame for m in chosen] == sorted({m.frame for m in chosen})
    assert chosen[0].frame == 0
    assert {m.segment for m in chosen} == set(range(len(small.segments)))
    assert len(chosen) == len(small.segments) + 3
    starts = clip.starts(small.segments)
    assert all(m.frame == starts[m.segment] + m.step < small.board.frames for m in chosen)


def test_a_painted_step_is_the_clips_frame(script: Script, small: Plan) -> None:
    """For a shot and for a crossing: the same bytes as the encoder gets."""
    album = Album(script.assets)
    for segment in small.segments[:2]:
        steps = [0, segment.frames // 2, segment.frames - 1]
        whole = list(clip.frames(segment, album))
        for step, drawn in zip(steps, sheet.painted(segment, steps, album), strict=True):
            assert np.array_equal(drawn, whole[step])


def test_still_is_the_frame_of_that_second(script: Script, small: Plan) -> None:
    """A second falls on the frame that is on screen then; the end of the clip is outside."""
    crossing = clip.starts(small.segments)[1]
    drawn = sheet.still(small, Album(script.assets), crossing / small.board.fps)
    wanted = next(sheet.painted(small.segments[1], [0], Album(script.assets)))
    assert np.array_equal(drawn, colour.to_rgb(wanted))
    for seconds in (-0.01, small.board.frames / small.board.fps, float("inf")):
        with pytest.raises(Refusal, match="VK-M006"):
            sheet.still(small, Album(script.assets), seconds)


def test_guides_mark_what_the_app_covers(script: Script, small: Plan) -> None:
    """Inside an overlay box the picture turns red; elsewhere inside the safe box it stays as it is."""
    album = Album(script.assets)
    plain, marked = (sheet.still(small, album, 1.0, safe=safe).astype(int) for safe in (False, True))
    box = small.platform.overlay[0]
    x, y = (box.left + box.right) // 6, (box.top + box.bottom) // 6
    assert marked[y, x, 0] > plain[y, x, 0]
    safe = small.platform.safe
    middle = (safe.top + safe.bottom) // 6, (safe.left + safe.narrow_right) // 6
    assert np.array_equal(marked[middle], plain[middle])


def test_sheet_is_as_wide_as_asked_and_labelled(script: Script, small: Plan, tmp_path: Path) -> None:
    """Every tile is told of; under each stands something in the ink's colour; it is written as PNG."""
    told: list[int] = []
    drawn = sheet.sheet(small, Album(script.assets), width=900, safe=True, advance=told.append)
    assert drawn.shape[1] == 900
    assert sum(told) == len(sheet.moments(small.segments))
    ink = np.array(colour.rgb(sheet.INK))
    rows = np.abs(drawn.astype(int) - ink).max(axis=2).min(axis=1) < 24
    assert rows.any()
    sheet.write(drawn, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as image:
        assert image.size == (900, drawn.shape[0])


def test_a_picture_to_look_at_carries_the_label(script: Script, small: Plan, tmp_path: Path) -> None:
    """Of AI's pictures the frames are marked in their file too, the pixels stay; frames of a clip that AI only wrote words for are not."""
    brief = script.brief.model_copy(update={"made_by_ai": ("pictures",)})
    label = aigc.of_frames(replace(script, brief=brief), small)
    rgb = np.arange(27, dtype=np.uint8).reshape(3, 3, 3)
    for name, said in (("a.png", label), ("b.png", "")):
        sheet.write(rgb, tmp_path / name, said)
        aigc.prove(tmp_path / name, said)
        with Image.open(tmp_path / name) as image:
            assert np.array_equal(np.asarray(image), rgb)
    words = replace(script, brief=script.brief.model_copy(update={"made_by_ai": ("words",)}))
    assert aigc.of_frames(words, small) == ""


@pytest.mark.parametrize(("frame", "said"), [(0, "0:00.00"), (100, "0:03.33"), (1830, "1:01.00")])
def test_time_code_counts_minutes_seconds_hundredths(frame: int, said: str) -> None:
    """At thirty frames a second."""
    assert sheet.time_code(frame, 30) == said


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_gallery_shows_a_clip_of_few_scenes(count: int, script: Script, small: Plan) -> None:
    """Each once, also the only one."""
    scenes = [segment for segment in small.segments if not segment.onto][:count]
    drawn = gallery.strip(replace(small, segments=tuple(scenes)), Album(script.assets))
    assert drawn.shape[1] == count * (gallery.FRAME_WIDTH + gallery.GAP) + gallery.GAP
