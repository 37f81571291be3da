"""A file of raw frames → one ffmpeg's stdin through one pipe, frame by frame: ``python feed.py RAW FRAME_BYTES FRAMES -- FFMPEG …``.

The cheapest feeder Python can be: the file is mapped and each frame written from the map. Only the standard library.
"""

from __future__ import annotations

import mmap
import subprocess
import sys
from pathlib import Path


def feed(raw: Path, size: int, frames: int, command: list[str]) -> int:
    """Run the command with the frames on its stdin; its exit status."""
    with (
        raw.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as whole,
        memoryview(whole) as view,
    ):
        child = subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0)
        assert child.stdin
        for at in range(0, size * frames, size):
            left = view[at : at + size]
            while left:
                left = left[child.stdin.write(left) or 0 :]
            left.release()
            whole.madvise(
                mmap.MADV_DONTNEED, at // mmap.PAGESIZE * mmap.PAGESIZE, size // mmap.PAGESIZE * mmap.PAGESIZE
            )
        child.stdin.close()
        return child.wait()


if __name__ == "__main__":
    raise SystemExit(feed(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[5:]))
