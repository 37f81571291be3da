"""An excerpt of a film → RGB frames at a constant rate and a size; a reel → its frames by number, planar YUV as the painter has them.

Colours come out as BT.709 whatever was stored: the matrix is the film's own, HDR is brought down to what a screen of ours shows.
"""

from __future__ import annotations

import subprocess
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

import numpy as np

from vidkit import ffmpeg
from vidkit.film.probe import HDR, NAME, opened, rules
from vidkit.film.reel import CHUNK, FPS
from vidkit.problems import Refusal, problem
from vidkit.runs import faults

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.film.probe import Stored
    from vidkit.film.reel import Reel
    from vidkit.problems import Place

RGB = ("-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1")
EXACT = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp"
"""How ffmpeg's scaler works: the same numbers on every computer."""
MATRICES = {"bt709": "bt709", "bt470bg": "bt601", "smpte170m": "bt601", "bt601": "bt601", "bt2020nc": "bt2020"}
SMALL = 720
"""A film that does not say its matrix and whose shorter side is less is taken for BT.601, as players do."""
KEPT = 2
"""Reels of which each thread keeps the run it read last: a crossing may show two films."""


def frames(
    folder: Path, film: Stored, start: float, seconds: float, size: tuple[int, int], name: str, place: Place | None
) -> Iterator[Bytes]:
    """The film in a folder from a second on, upright, at 30 frames a second and (width, height) ``size``; refuses (VK-F003) one that turns
    out to be damaged. What the system refuses ffmpeg tells nothing of the film; one that is killed is started again.
    """
    begun = ("-ss", f"{start:.3f}", "-t", f"{seconds:.3f}")
    wanted = ("-map", f"0:{film.stream}", "-an", "-sn", "-dn", "-vf", ",".join(_filters(film, size)), *RGB)
    command = [ffmpeg.executable(), *ffmpeg.QUIET, *opened(), *begun, "-i", NAME, *wanted]
    given = 0
    for _ in range(ffmpeg.STARTS):
        given, status, said = yield from _decoded(command, folder, size, given)
        if not faults.killed(status):
            break
    if faults.killed(status) or faults.number_said(status, said):
        raise ffmpeg.failed(status, said)
    if status or any(word in said for word in rules()["damage"]):
        raise Refusal(problem("VK-F003", place, name=name))


def _decoded(
    command: Sequence[str], folder: Path, size: tuple[int, int], given: int
) -> Generator[Bytes, None, tuple[int, int, str]]:
    """The frames after those already given; how many are given then, ffmpeg's exit status, what it complained of."""
    with (
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child,
        ThreadPoolExecutor(1) as listening,
    ):
        assert child.stdout
        assert child.stderr
        said = listening.submit(child.stderr.read)
        try:
            for number, frame in enumerate(_cut(child.stdout, size), 1):
                if number > given:
                    given = number
                    yield frame
        except BaseException:
            child.kill()
            raise
        return given, child.wait(), said.result().decode(errors="replace")


def _cut(stream: IO[bytes], size: tuple[int, int]) -> Iterator[Bytes]:
    """Whole frames from a pipe."""
    length = size[0] * size[1] * 3
    while len(raw := stream.read(length)) == length:
        yield np.frombuffer(raw, np.uint8).reshape(size[1], size[0], 3)


def _filters(film: Stored, size: tuple[int, int]) -> Iterator[str]:
    width, height = size
    yield f"fps={FPS}"
    if not film.wide:
        matrix = MATRICES.get(film.matrix, "bt601" if min(film.width, film.height) < SMALL else "bt709")
        ranged = "full" if film.full else "limited"
        yield f"scale={width}:{height}:flags={EXACT}:in_color_matrix={matrix}:in_range={ranged}:out_range=full"
        yield "format=rgb24"
        return
    white = rules()["hdr"]["white_nits"]
    ranged = "full" if film.full else "limited"
    given = f"matrixin=2020_ncl:primariesin=2020:transferin={_transfer(film)}:rangein={ranged}"
    yield f"zscale={width}:{height}:filter=bicubic:{given}:transfer=linear:npl={white}"
    yield "format=gbrpf32le"
    yield "zscale=primaries=709"
    yield f"tonemap={rules()['hdr']['curve']}:desat=0"
    yield "zscale=transfer=709:matrix=gbr:range=full"
    yield "format=gbrp"
    yield "format=rgb24"


def _transfer(film: Stored) -> str:
    return film.transfer if film.transfer in HDR else "2020_10"


@dataclass(eq=False)
class Player:
    """Frames of reels by number. Each thread keeps the run it read last of a reel, so that frames asked for in order are read once."""

    _own: threading.local = field(default_factory=threading.local)

    def frame(self, reel: Reel, number: int) -> Bytes:
        """A frame of a reel, planar YUV as the painter has it, not to be written to; after the last one it stays the last."""
        at = min(max(number, 0), reel.frames - 1)
        kept: OrderedDict[Path, tuple[int, Bytes]] = self._own.__dict__.setdefault("kept", OrderedDict())
        if reel.file not in kept or kept[reel.file][0] != at // CHUNK:
            kept.pop(reel.file, None)  # let go before more is read
            while len(kept) >= KEPT:
                kept.popitem(last=False)
            kept[reel.file] = at // CHUNK, run(reel, at // CHUNK)
        kept.move_to_end(reel.file)
        return np.asarray(kept[reel.file][1][at % CHUNK])


def run(reel: Reel, number: int) -> Bytes:
    """One run of a reel's frames, from a key frame to the next: planar YUV, shape (frames, H·3/2, W); refuses (VK-F012) a reel that lacks them."""
    width, height = reel.size
    begun = ("-ss", f"{number * CHUNK / FPS:.6f}", "-i", reel.file.name, "-frames:v", str(CHUNK))
    raw = ffmpeg.run(["-threads", "1", *begun, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"], cwd=reel.file.parent)
    read = np.frombuffer(raw, np.uint8).reshape(-1, height * 3 // 2, width)
    if len(read) != min(CHUNK, reel.frames - number * CHUNK):
        raise Refusal(problem("VK-F012", name=reel.file.name))
    return read
