"""Segment keys: what a key depends on."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import SHORT, brief_of, script_of

import vidkit
from vidkit import clip, encode, plan
from vidkit.kits import platform
from vidkit.photos import facts
from vidkit.storyboard import Backdrop

if TYPE_CHECKING:
    from vidkit.timeline import Segment

FINAL = encode.settings("final")
PRINT = """
from conftest import SHORT, brief_of, script_of
from vidkit import clip, encode, plan
from vidkit.kits import platform
made = plan.plan(script_of(brief_of(SHORT, 2, options=True)), platform.load("douyin"))
print(*(clip.key(s, encode.settings("final")) for s in made.segments))
"""


@pytest.fixture(scope="module")
def segments() -> tuple[Segment, ...]:
    """The segments of a made-up brief."""
    return plan.plan(script_of(brief_of(SHORT, 2, options=True)), platform.load("douyin")).segments


def test_keys_are_the_same_in_another_process(segments: tuple[Segment, ...], tmp_path: Path) -> None:
    """With another hash seed, another folder and another language: the same keys."""
    paths = f"{Path(__file__).parent}{':' if sys.platform != 'win32' else ';'}{Path(vidkit.__file__).parent.parent}"
    told = subprocess.run(
        [sys.executable, "-c", PRINT],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={
            "PYTHONPATH": paths,
            "PYTHONHASHSEED": "4711",
            "LC_ALL": "C",
            "VIDKIT_CACHE": str(tmp_path),
            "SYSTEMROOT": "C:\\Windows",
        },
    )
    assert told.stdout.split() == [clip.key(s, FINAL) for s in segments]


def test_a_key_changes_with_everything_that_shows(segments: tuple[Segment, ...]) -> None:
    """Frames, canvas, rate, transition, words, pictures and every encoder setting are part of the key."""
    segment = next(s for s in segments if s.onto)
    other = replace(segment.scene, backdrop=Backdrop("#010203"))
    changed = [
        replace(segment, first=segment.first - 1),
        replace(segment, last=segment.last + 1),
        replace(segment, canvas=(360, 640)),
        replace(segment, fps=25),
        replace(segment, transition="fade" if segment.transition != "fade" else "push"),
        replace(segment, scene=other),
        replace(segment, onto=other),
        replace(segment, onto=None),
    ]
    keys = [clip.key(s, FINAL) for s in (segment, *changed)]
    for field in fields(FINAL):
        value: Any = getattr(FINAL, field.name)
        other_value: Any = value + 1 if isinstance(value, int) else f"{value}x"
        keys.append(clip.key(segment, replace(FINAL, **{field.name: other_value})))
    assert len(keys) == len(set(keys))


def test_a_key_changes_with_the_drawing_code(segments: tuple[Segment, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another engine, another key."""
    before = clip.key(segments[0], FINAL)
    monkeypatch.setattr(clip, "engine", lambda: "another")
    assert clip.key(segments[0], FINAL) != before


def test_no_name_or_place_is_in_a_key(segments: tuple[Segment, ...]) -> None:
    """A scene's name, its sounds and its place in the clip do not change its segment."""
    assert all(s.scene.name == "" and s.scene.cues == () for s in segments)


def test_starts_follow_the_frames(segments: tuple[Segment, ...]) -> None:
    """Each segment starts where the one before ends."""
    starts = clip.starts(segments)
    assert starts[0] == 0
    assert all(b - a == s.frames for a, b, s in zip(starts, starts[1:], segments, strict=False))


def test_everything_that_decides_a_photos_facts_is_in_their_key() -> None:
    """Every table that examining photos reads, and every module of photos it uses, is hashed; what is listed exists."""
    home, listed = Path(clip.__file__).parent, set(facts.STUDY)
    for name in sorted(listed):
        assert (home / name).is_file(), name
        said = (home / name).read_text(encoding="utf-8") if name.endswith(".py") else ""
        assert {f"data/{table}.yaml" for table in re.findall(r'table\("(\w+)"\)', said)} <= listed, name
        used = set(re.findall(r"from vidkit\.photos\.(\w+) import", said))
        used |= {
            one
            for row in re.findall(r"from vidkit\.photos import ([\w, ]+)", said)
            for one in re.findall(r"(\w+)(?: as \w+)?", row)
        }
        assert {f"photos/{module}.py" for module in used} <= listed | {"photos/prints.py"}, name
