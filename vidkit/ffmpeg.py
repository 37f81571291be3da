"""Running ffmpeg: arguments → bytes, or a refusal that names what the machine lacks.

The one ffmpeg is the one ``imageio-ffmpeg`` brings. No user's file name and no user's text ever stands on its command line:
inputs are handed over under names chosen here or through a pipe.
"""

from __future__ import annotations

import errno
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import imageio_ffmpeg

from vidkit.problems import Refusal, problem
from vidkit.runs import faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STARTS = 3
"""How often a call is begun before we believe that it is killed every time: the system does that where memory is short."""
LEAST_FREE = 65_536
"""With fewer bytes free than ffmpeg writes at once, whatever it complains of is a full disk."""
QUIET = ("-hide_banner", "-nostdin", "-loglevel", "error", "-y")


@cache
def executable() -> str:
    """The path of the ffmpeg program; refuses with VK-E001 when there is none.

    imageio-ffmpeg tries its own program and goes on to the system's when that try fails, be it killed or without a free file: another
    engine, taken in silence. So its own is taken untried wherever it is there.
    """
    own = () if os.environ.get("IMAGEIO_FFMPEG_EXE") else sorted(_brought())
    if own:
        return str(own[0])
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        faults.enough_files()
        raise Refusal(problem("VK-E001")) from error


def _brought() -> Iterator[Path]:
    """The programs that imageio-ffmpeg brings."""
    for file in (Path(imageio_ffmpeg.__file__).parent / "binaries").glob("ffmpeg-*"):
        if os.access(file, os.X_OK):
            yield file


@cache
def version() -> str:
    """The ffmpeg version as it names itself, for example ``n9.0.2-…``; refuses an ffmpeg that does not live to say it."""
    done = _done(["-version"])
    said = done.stdout.decode(errors="replace")
    if done.returncode or not said.startswith("ffmpeg version "):
        raise failed(done.returncode, done.stderr.decode(errors="replace").strip())
    return said.split(" ")[2]


def run(
    arguments: Sequence[str], *, stdin: bytes | memoryview | None = None, cwd: Path | None = None, but: str = ""
) -> bytes:
    """Run ffmpeg quietly to its end and return what it wrote to stdout; any complaint at all is a refusal (VK-E002; VK-E003 and others
    where the system was the reason), ``but`` lines that end with these words.
    """
    done = _done([*QUIET, *arguments], stdin, cwd)
    said = done.stderr.decode(errors="replace").splitlines()
    complaint = "\n".join(line for line in said if not but or not line.endswith(but)).strip()
    if done.returncode or complaint:
        raise failed(done.returncode, complaint, cwd)
    return done.stdout


def report(arguments: Sequence[str], *, stdin: bytes | memoryview | None = None, cwd: Path | None = None) -> str:
    """As ``measured``, without what ffmpeg wrote to stdout."""
    return measured(arguments, stdin=stdin, cwd=cwd)[1]


def measured(
    arguments: Sequence[str], *, stdin: bytes | memoryview | None = None, cwd: Path | None = None
) -> tuple[bytes, str]:
    """Run ffmpeg for what it prints (measurements): its stdout and its stderr at log level info, whatever its exit status; one that was
    killed (VK-E012) or that the system gave no means has not measured anything.
    """
    done = _done(["-hide_banner", "-nostdin", "-nostats", "-y", *arguments], stdin, cwd)
    said = done.stderr.decode(errors="replace")
    if faults.killed(done.returncode) or (done.returncode and faults.number_said(done.returncode, said)):
        raise failed(done.returncode, said.strip(), cwd)
    return done.stdout, said


def _done(
    arguments: Sequence[str], stdin: bytes | memoryview | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Ffmpeg run to its end; one that is killed from outside is started again, since the same arguments give the same answer."""
    command = [executable(), *arguments]
    for _ in range(STARTS):
        done = subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd)
        if not faults.killed(done.returncode):
            break
    return done


def failed(status: int, complaint: str, folder: Path | None = None) -> Refusal:
    """Why ffmpeg failed while it wrote into ``folder``: it was killed, the system refused it something (a full disk is seen even where ffmpeg
    does not name it), or its own last words.
    """
    if faults.killed(status):
        return Refusal(problem("VK-E012", signal=-status if status < 0 else f"0x{status:X}"))
    number = faults.number_said(status, complaint)
    if not number and folder and faults.free(folder) < LEAST_FREE:
        number = errno.ENOSPC
    if number:
        return faults.refusal(OSError(number, os.strerror(number)), folder)
    last = complaint.splitlines()[-1] if complaint else ""
    return Refusal(problem("VK-E002", status=status, words=last))
