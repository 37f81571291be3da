"""Every registered transition: exactly the old frame at 0, exactly the new one at 1, a valid frame between, nothing written."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest
import yaml
from conftest import assert_pixels, flat, smooth

from vidkit import colour, paint, transitions
from vidkit.transitions import TRANSITIONS

OLD, NEW = colour.of_rgb(smooth(36, 64, 1)), colour.of_rgb(smooth(36, 64, 2))


@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize(("progress", "wanted"), [(0.0, OLD), (1.0, NEW)])
def test_a_transition_begins_and_ends_exactly(name: str, progress: float, wanted: colour.Bytes) -> None:
    """At 0 it is the old frame to the last bit, at 1 the new one."""
    assert np.array_equal(TRANSITIONS[name](OLD, NEW, progress), wanted)


@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize("progress", [1 / 13, 0.25, 0.5, 0.8, 12 / 13])
def test_a_transition_keeps_the_frames_form(name: str, progress: float) -> None:
    """Shape and type stay, both frames stay unwritten, and no level leaves the range of the two."""
    old, new = OLD.copy(), NEW.copy()
    old.flags.writeable = new.flags.writeable = False
    made = TRANSITIONS[name](old, new, progress)
    assert made.shape == old.shape
    assert made.dtype == np.uint8
    assert made.flags.c_contiguous
    assert np.array_equal(old, OLD)
    assert np.array_equal(new, NEW)
    assert min(OLD.min(), NEW.min()) <= made.min() <= made.max() <= max(OLD.max(), NEW.max())


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_of_a_scene_into_itself_shows_no_other_colours(name: str) -> None:
    """Two frames of one grey give that grey all the way."""
    grey = colour.of_rgb(flat("G", (36, 64)))
    for progress in (0.1, 0.37, 0.5, 0.93):
        assert np.array_equal(TRANSITIONS[name](grey, grey, progress), grey)


@pytest.mark.parametrize("name", [n for n in TRANSITIONS if n != "cut"])
def test_a_transition_shows_more_of_the_new_scene_all_the_time(name: str) -> None:
    """Black into white gets lighter step by step, with no step more than a third of the whole way."""
    black, white = (colour.of_rgb(flat(c, (36, 64))) for c in "KW")
    light = [float(TRANSITIONS[name](black, white, i / 13)[:64].mean()) for i in range(14)]
    steps = np.diff(light)
    assert (steps >= 0).all()
    assert steps.max() < (235 - 16) / 3


def test_the_registry_is_what_a_brief_may_name() -> None:
    """``data/names.yaml`` names each transition and each reveal, and nothing that is not there; no name means two things."""
    table = yaml.safe_load(resources.files("vidkit").joinpath("data/names.yaml").read_text(encoding="utf-8"))
    assert set(table["transitions"]) == set(TRANSITIONS)
    assert set(table["reveals"]) == set(paint.REVEALS)
    for kind in ("transitions", "reveals"):
        names = [name for entry in table[kind].values() for name in entry["names"]]
        assert len(names) == len(set(names))
        assert all(any(not n.isascii() for n in entry["names"]) for entry in table[kind].values())


def test_at_least_six_transitions() -> None:
    """The six of the issue are there."""
    assert {"cut", "fade", "slide", "push", "wipe", "zoom-through"} <= set(TRANSITIONS)


def test_each_says_what_it_does() -> None:
    """A transition's docstring is its line in the documentation."""
    assert all(function.__doc__ for function in TRANSITIONS.values())


def test_wipe_pixels() -> None:
    """Half way a wipe shows the old scene left, the new one right of an upright edge."""
    red, blue = (colour.of_rgb(flat(c, (8, 4))) for c in "RB")
    assert_pixels(transitions.wipe(red, blue, 0.5), "RRRRBBBB " * 4)


def test_no_edge_of_the_old_scene_stands_in_the_new_one() -> None:
    """Half way through a flight from a card to a whole photo the card's edge is out of focus."""
    card = np.zeros((360, 200, 3), np.uint8)
    card[90:250, 10:190] = 255
    old, new = colour.of_rgb(card), colour.of_rgb(flat("K", (200, 360)))
    half = transitions.zoom_through(old, new, 0.5)[:360].astype(int)
    assert half.max() - half.min() > 60
    assert np.abs(np.diff(half, axis=0)).max() < 12


def test_push_and_slide_pixels() -> None:
    """A push moves the old scene away to the left, a slide leaves it standing."""
    halves = np.concatenate([flat("R", (4, 4)), flat("Y", (4, 4))], axis=1)
    old, new = colour.of_rgb(halves), colour.of_rgb(flat("B", (8, 4)))
    assert_pixels(transitions.push(old, new, 0.5), "YYYYBBBB " * 4)
    eased = 1 - 0.5 ** (1 / 3)  # half of the way of an ease-out
    assert_pixels(transitions.slide(old, new, eased), "RRRRBBBB " * 4)
