"""What is kept in the cache is named after everything that decides it: the code, the tables and the tools."""

from __future__ import annotations

import re

import pytest
from test_architecture import HOME, MODULES, graph

from vidkit import clip, sound, tables
from vidkit.audio import recordings, tune
from vidkit.film import intake
from vidkit.pages import still
from vidkit.photos import facts

ENGINES = {
    "clip": (
        ("paint.py", "encode.py", "painting/album.py", "timeline.py", "transitions.py"),
        (*clip.DRAWING, *clip.DRAWING_DATA),
    ),
    "facts": (("photos/facts.py",), facts.STUDY),
    "film": (("film/intake.py",), intake.STUDY),
    "recordings": (("audio/recordings.py",), recordings.MADE_BY),
    "still": (("pages/still.py",), (*still.MADE_BY, *clip.DRAWING, *clip.DRAWING_DATA)),
    "sound": (("sound.py", "audio/tune.py"), sound.MADE_BY),
    "tune": (("audio/tune.py",), tune.MADE_BY),
}
FIGURES = {
    "recordings": {"voice"},
    "sound": {"voice", "sound"},
    "tune": {"voice", "sound"},
    "clip": {"names", "encoder"},
    "film": {"encoder"},
    "still": {"names", "encoder", "editors"},
}
"""Tables that a key says as values."""
ASIDE = {
    *("cache.py", "ffmpeg.py", "problems.py", "runs/closed.py", "runs/cores.py", "runs/faults.py", "tables.py"),
    *("sources/encoding.py", "painting/heap.py", "foreign.py", "labels/imprint.py"),
}
"""What keeps, runs, tells and refuses; labels are asked for each time."""
SAID = {"boards/joints.py", "text.py"}
"""What decides words, which are said in full in every key of what is drawn or spoken."""


def closure(*starts: str) -> set[str]:
    """Every module of ours that these need, themselves included, by paths below the package."""
    path = {name: file.relative_to(HOME).as_posix() for name, file in MODULES.items()}
    needs = {path[name]: {path[one] for one in used} for name, used in graph().items()}
    seen: set[str] = set()
    todo = set(starts)
    while todo:
        seen |= (now := {todo.pop()})
        todo |= {one for name in now for one in needs[name] if not one.endswith("__init__.py")} - seen
    return seen


@pytest.mark.parametrize("name", ENGINES)
def test_every_module_that_decides_is_in_the_key(name: str) -> None:
    """All that the makers import, at the top or later, but what decides nothing of the result; what is listed exists."""
    starts, listed = ENGINES[name]
    assert all((HOME / one).is_file() for one in listed)
    assert len(set(listed)) == len(listed)
    photos = (
        {one for one in closure(*starts) if one.startswith("photos/")}
        if name in {"sound", "recordings", "tune"}
        else ()
    )
    assert closure(*starts) - ASIDE - SAID - set(photos) - set(listed) == set()


@pytest.mark.parametrize("name", ENGINES)
def test_every_table_that_decides_is_in_the_key(name: str) -> None:
    """As a file or as values."""
    _, listed = ENGINES[name]
    for one in listed:
        said = (HOME / one).read_text(encoding="utf-8") if one.endswith(".py") else ""
        used = set(re.findall(r'table\("(\w+)"\)', said)) - FIGURES.get(name, set())
        assert {f"data/{table}.yaml" for table in used} <= set(listed), one


def test_another_file_figure_or_tool_is_another_engine() -> None:
    """And the same ones the same."""
    made = tables.engine(("sound.py",), {"a": 1}, tools=("numpy",))
    assert made == tables.engine(["sound.py"], {"a": 1}, tools=["numpy"])
    others = (
        tables.engine(("sound.py", "clip.py"), {"a": 1}, tools=("numpy",)),
        tables.engine(("sound.py",), {"a": 2}, tools=("numpy",)),
        tables.engine(("sound.py",), {"a": 1}, tools=("numpy", "pillow")),
    )
    assert len({made, *others}) == 4
