"""Broken, lying and pretending photos: one plain refusal or the very picture, never a traceback, noise or a long wait."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

import hostile
import numpy as np
import pytest
from hostile import DISGUISED, source

from vidkit.photos import decode, metadata
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from vidkit.colour import Bytes

LONGEST = 2.0
"""Seconds of one core that a broken photo may take."""


def outcome(content: bytes) -> Bytes | str:
    """The picture, or the code of its one refusal."""
    try:
        return decode.picture(source(content))
    except Refusal as refused:
        (found,) = refused.problems
        assert found.exit_code == 3
        assert "photo.jpg" in found.message("zh")
        return found.code


@cache
def picture(content: bytes) -> Bytes:
    """A whole file's picture."""
    return decode.picture(source(content))


def fault(case: hostile.Case) -> str:
    """What is wrong with how a hostile file is taken; an empty string when nothing is."""
    start = time.process_time()
    found = outcome(case.content)
    metadata.marks(source(case.content))
    if time.process_time() - start > LONGEST:
        return "takes too long"
    if isinstance(found, str):
        return "" if case.whole is None or case.blind or case.content == b"" else _due(case, found)
    if case.whole is None:
        return "accepted"
    return "" if case.blind or np.array_equal(found, picture(case.whole)) else "another picture"


def _due(case: hostile.Case, code: str) -> str:
    """A file of which only something beside the picture is odd should be a photo still."""
    return f"refused with {code}" if " flipped " not in case.name and " zeros" not in case.name else ""


def test_hostile_files_do_no_harm(capfd: pytest.CaptureFixture[str]) -> None:
    """More than 200 broken files: each refused with one problem, or it gives exactly the whole file's picture; nothing is printed."""
    every = list(hostile.cases())
    faults = {case.name: found for case in every if (found := fault(case))}
    assert not faults
    assert len(every) >= 200
    assert len({case.name for case in every}) == len(every)
    assert capfd.readouterr() == ("", "")


def test_the_generator_repeats_itself() -> None:
    """The same seed makes the same files."""
    kinds = ("jpeg", "png", "webp")
    one, two = ([c for c in hostile.cases() if c.name.split()[0] in kinds] for _ in range(2))
    assert one == two


@pytest.mark.parametrize("name", DISGUISED)
def test_what_is_no_photo_is_called_by_its_name(name: str) -> None:
    """VK-P002 says what the file really is, whatever its ending."""
    content, word = DISGUISED[name]
    for action in (decode.picture, decode.header):
        with pytest.raises(Refusal) as caught:
            action(source(content))
        assert [p.code for p in caught.value.problems] == ["VK-P002"]
        assert word in caught.value.problems[0].message("zh")
        assert "photo.jpg" in caught.value.problems[0].message("en")
