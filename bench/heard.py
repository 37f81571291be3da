"""What finished clips sound like, and what sound costs of a clip made with empty caches; for ``sound.py`` only.

The examples are ours; three more clips are told aloud by made speech, of which every word's time is known (``tests/told_aloud.py``). All
sounds are measured on the finished AAC, decoded again.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import clips
import measure
import numpy as np
import test_subtitles as truths
import told_aloud
from last_chord import landing

from vidkit import kit, plan, sound
from vidkit.audio import recordings, score
from vidkit.audio.track import samples_in
from vidkit.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vidkit.plan import Plan, Script

EXAMPLES = kit.bundled() / "examples"
ALOUD: dict[str, Callable[[Path], told_aloud.Told]] = {
    "story": told_aloud.by_chapter,
    "review": told_aloud.review,
    "steps": told_aloud.steps,
}


def examples(store: Cache) -> Iterator[dict[str, Any]]:
    """Every example for Douyin with its template's own music."""
    for file in sorted(EXAMPLES.glob("*.yaml")):
        script = plan.read(file, store)
        made = clips.planned(script, "douyin")[0]
        yield {"clip": script.template.id, "bed": made.track.bed, **_finished(script, made), **_timed(script, made)}


def told(store: Cache) -> Iterator[dict[str, Any]]:
    """Three templates with voice, music and effects: the same figures, and how far subtitles stand beside the words."""
    for name, write in ALOUD.items():
        with tempfile.TemporaryDirectory() as folder:
            said = write(Path(folder))
            script = plan.read(said.file, store)
            made = clips.planned(script, "douyin")[0]
            starts = sorted(start for _, start, *_ in truths.truth(said, script, made))
            shown = [one.first / made.board.fps for one in made.board.subtitles]
            off = np.abs(np.array(shown) - np.array(starts))
            figures = {
                "subtitles": len(off),
                "median": round(float(np.median(off)), 3),
                "max": round(float(off.max()), 3),
            }
            heard = {"voices": len(made.track.voices), "effects": len(made.track.cues)}
            yield {"clip": name, "bed": made.track.bed, **_finished(script, made), **heard, **figures}


def _finished(script: Script, made: Plan) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.m4a")
        found = sound.write(made.track, file, plan.recorded(script))
        over = len(sound.decoded(file)) - samples_in(made.track.frames, made.track.fps)
    seconds = round(made.board.frames / made.board.fps, 1)
    return {"seconds": seconds, "lufs": found.lufs, "peak": found.true_peak_db, "samples_over": over}


def _timed(script: Script, made: Plan) -> dict[str, Any]:
    """How many beats the last chord rings, and the frames that cuts and effects lie beside a half beat (rows of lists: a quarter beat)."""
    beat, landed = score.meter(script.brief, made.track).beat, landing(made.track)
    half, board = beat / 2, made.board
    heads = (0, *(scene.into.frames for scene in board.scenes[:-1]))
    cuts = [start + head / 2 for start, head in zip(board.starts, heads, strict=True)]
    cues = [
        (start + cue.frame, half / 2 if sum(one.kind == "pop" for one in scene.cues) > 1 else half)
        for start, scene in zip(board.starts, board.scenes, strict=True)
        for cue in scene.cues
    ]
    ring = {} if landed is None else {"chord_beats": round((board.frames - landed) / beat, 1)}
    beside = {"cuts_off": _most([(at, half) for at in cuts]), "effects_off": _most(cues)}
    return ring | beside | {"effects": len(cues)}


def _most(places: Sequence[tuple[float, float]]) -> float:
    return round(max((abs(at - round(at / grid) * grid) for at, grid in places), default=0.0), 1)


def shares(rounds: int) -> Iterator[dict[str, Any]]:
    """The CPU seconds of a whole cold run, and those of its sound (voices cleaned and timed, mix, encoding, measuring), by turns."""
    with tempfile.TemporaryDirectory() as folder:
        aloud = told_aloud.by_chapter(Path(folder)).file
        for name, file in (("demo", EXAMPLES / "kitchen.yaml"), ("story told aloud", aloud)):
            found = [_share(file) for _ in range(rounds)]
            spread = measure.spread([sound_s / whole_s for sound_s, whole_s in found])
            seconds = [round(float(np.median(column)), 2) for column in zip(*found, strict=True)]
            yield {"clip": name, "rounds": rounds, "sound_s": seconds[0], "whole_s": seconds[1], "share": spread}


def _share(file: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        out, log = Path(folder, "out"), Path(folder, "log")
        command = [sys.executable, "-m", "vidkit", "make", str(file), "--platform", "douyin", "-o", str(out)]
        whole = measure.run(command, log, env={"VIDKIT_CACHE": str(Path(folder, "cache"))})
        store = Cache(Path(folder, "own"))
        script = plan.read(file, store)
        begun = _cpu()
        takes = recordings.read(script.brief, Cache(Path(folder, "again")))
        again = replace(script, takes=takes)
        spoken = _cpu() - begun if takes.takes else 0.0
        begun = _cpu()
        made = clips.planned(again, "douyin")[0]
        timed = _cpu() - begun
        begun = _cpu()
        clips.planned(again, "douyin")
        timed = (
            max(0.0, timed - (_cpu() - begun)) if takes.takes else 0.0
        )  # what is left is planning, which is no sound
        begun = _cpu()
        sound.write(made.track, Path(folder, "a.m4a"), plan.recorded(again))
        return spoken + timed + _cpu() - begun, whole.cpu_s


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
