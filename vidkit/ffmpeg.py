"""Running ffmpeg: arguments → bytes, or a refusal that names what the machine lacks.

The one ffmpeg is the one ``imageio-ffmpeg`` brings. No user's file name and no user's text ever stands on its command line:
inputs are handed over under names chosen here or through a pipe.
"""

from __future__ import annotations

import subprocess
from functools import cache
from typing import TYPE_CHECKING

import imageio_ffmpeg

from vidkit.problems import Problem, Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

QUIET = ("-hide_banner", "-nostdin", "-loglevel", "error", "-y")


@cache
def executable() -> str:
    """The path of the ffmpeg program; refuses with VK-E001 when there is none."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise Refusal(problem("VK-E001")) from error


@cache
def version() -> str:
    """The ffmpeg version as it names itself, for example ``n9.0.2-…``; refuses with VK-E002 an ffmpeg that does not live to say it."""
    done = subprocess.run([executable(), "-version"], capture_output=True, check=False)
    said = done.stdout.decode(errors="replace")
    if done.returncode or not said.startswith("ffmpeg version "):
        raise Refusal(failure(done.returncode, done.stderr.decode(errors="replace").strip()))
    return said.split(" ")[2]


def run(arguments: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None) -> bytes:
    """Run ffmpeg quietly to its end and return what it wrote to stdout; any complaint at all is a refusal (VK-E002)."""
    done = subprocess.run([executable(), *QUIET, *arguments], input=stdin, capture_output=True, check=False, cwd=cwd)
    complaint = done.stderr.decode(errors="replace").strip()
    if done.returncode or complaint:
        raise Refusal(failure(done.returncode, complaint)) from None
    return done.stdout


def report(arguments: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None) -> str:
    """As ``measured``, without what ffmpeg wrote to stdout."""
    return measured(arguments, stdin=stdin, cwd=cwd)[1]


def measured(
    arguments: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None
) -> tuple[bytes, str]:
    """Run ffmpeg for what it prints (measurements): its stdout and its stderr at log level info, whatever its exit status; one that was
    killed has not measured anything (VK-E002).
    """
    command = [executable(), "-hide_banner", "-nostdin", "-nostats", "-y", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd)
    said = done.stderr.decode(errors="replace")
    if done.returncode < 0:
        raise Refusal(failure(done.returncode, said.strip()))
    return done.stdout, said


def failure(status: int, complaint: str) -> Problem:
    """The problem behind ffmpeg's failure: a full disk, or its own last words."""
    last = complaint.splitlines()[-1] if complaint else ""
    if "No space left" in complaint:
        return problem("VK-E003")
    return problem("VK-E002", status=status, words=last)
