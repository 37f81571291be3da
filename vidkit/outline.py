"""A plan → what people read and what programs read: scenes and segments with their frames and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vidkit import clip, make, timeline
from vidkit.console import words
from vidkit.consoles.wrapping import columns
from vidkit.problems import spoken_language
from vidkit.publishing import within
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.plan import Plan

SHOWN_KEY = 12
"""So many hex digits of a segment's key are shown to people."""


def text(plan: Plan) -> str:
    """The plan as tables: its scenes, its segments, its marks if it has any; starts and lengths in frames."""
    board = plan.board
    title = words(
        "plan-title",
        platform=plan.platform.called,
        id=plan.platform.id,
        width=board.canvas[0],
        height=board.canvas[1],
        fps=board.fps,
        frames=board.frames,
        seconds=f"{board.frames / board.fps:.2f}",
    )
    scenes = [[scene_called(s["name"]), str(s["start"]), str(s["frames"]), _into(s)] for s in as_data(plan)["scenes"]]
    segments = [
        [str(number), str(s["start"]), str(s["frames"]), words(s["kind"]), s["key"][:SHOWN_KEY]]
        for number, s in enumerate(as_data(plan)["segments"])
    ]
    tables = [[words("plan-scenes").split("|"), *scenes], [words("plan-segments").split("|"), *segments]]
    marks = [[s["words"], str(s["start"]), str(s["frames"])] for s in as_data(plan)["marks"]]
    tables += [[words("plan-marks").split("|"), *marks]] if marks else []
    return "\n\n".join([title, *map(columns, tables)])


def _into(scene: dict[str, Any]) -> str:
    return f"{transition_called(scene['into']['kind'])} {scene['into']['frames'] or ''}".strip()


def scene_called(name: str) -> str:
    """What people are told a scene is: its Chinese name with its number (``step-2`` is 步骤 2), or as its template says where they read
    English or the template is their own.
    """
    own, _, number = name.rpartition("-") if name.rpartition("-")[2].isdigit() else (name, "", "")
    said = table("names")["scenes"].get(own) if spoken_language() == "zh" else None
    return f"{said} {number}".strip() if said else name


def transition_called(name: str) -> str:
    """What people are told a transition is."""
    names = table("names")["transitions"].get(name, {}).get("names", ())
    return str(names[0]) if names and spoken_language() == "zh" else name


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain data; every segment with its key and its whole work order."""
    board, chosen = plan.board, make.setting([plan], draft=False)
    return {
        "platform": plan.platform.id,
        "canvas": list(board.canvas),
        "fps": board.fps,
        "frames": board.frames,
        "seconds": board.frames / board.fps,
        "scenes": [
            {
                "name": scene.name,
                "start": start,
                "frames": scene.frames,
                "into": {"kind": scene.into.kind, "frames": scene.into.frames},
            }
            for scene, start in zip(board.scenes, board.starts, strict=True)
        ],
        "marks": [
            {"words": said, "start": first, "frames": last - first}
            for said, first, last in dict.fromkeys(
                (within.words(mark.svg), mark.first, mark.last) for mark in board.marks
            )
        ],
        "segments": [
            {
                "start": start,
                "frames": segment.frames,
                "kind": segment.kind,
                "key": clip.key(segment, chosen),
                "order": timeline.order(segment),
            }
            for segment, start in zip(plan.segments, clip.starts(plan.segments), strict=True)
        ],
    }
