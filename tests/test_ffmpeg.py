"""Running ffmpeg: one that was killed has neither a version nor a measurement."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from vidkit import ffmpeg
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for ffmpeg")
DIES = "#!/bin/sh\necho 'ffmpeg version n9'\necho 'out_time_us=1000' >&2\nkill -9 $$\n"


@pytest.fixture
def killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An ffmpeg that says something and is killed."""
    program = tmp_path / "ffmpeg"
    program.write_text(DIES, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "executable", lambda: str(program))
    ffmpeg.version.cache_clear()
    yield
    ffmpeg.version.cache_clear()


@pytest.mark.usefixtures("killed")
@pytest.mark.parametrize(
    "asked", [ffmpeg.version, lambda: ffmpeg.report(["-i", "x"]), lambda: ffmpeg.measured([]), lambda: ffmpeg.run([])]
)
def test_killed_says_nothing(asked: Callable[[], object]) -> None:
    """Half an answer is none: a version is part of every key, a length decides whether sound is complete."""
    with pytest.raises(Refusal) as refused:
        asked()
    assert [p.code for p in refused.value.problems] == ["VK-E012"]


@pytest.mark.parametrize(("crashes", "code"), [(2, None), (3, "VK-E012")])
def test_a_crash_on_windows_is_one_killed(crashes: int, code: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its exit status is a large number there, never a signal; what crashed is begun three times in all."""
    left, real = iter(range(crashes)), subprocess.run

    def run(command: list[str], **named: Any) -> subprocess.CompletedProcess[bytes]:
        done: subprocess.CompletedProcess[bytes] = real(command, **named)
        if next(left, None) is not None:
            done.returncode = 0xC0000005
        return done

    monkeypatch.setattr(subprocess, "run", run)
    if code is None:
        assert b"ffmpeg" in ffmpeg.measured(["-version"])[0]
    else:
        with pytest.raises(Refusal, match=r"VK-E012.*0xC0000005") as refused:
            ffmpeg.measured(["-version"])
        assert [p.code for p in refused.value.problems] == [code]
    assert next(left, None) is None


def test_version_is_of_the_one_ffmpeg() -> None:
    """It names itself."""
    assert ffmpeg.version() != "?"
    assert "ffmpeg" in ffmpeg.measured(["-version"])[0].decode()


def test_only_the_complaint_that_was_asked_for_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a call brings about itself is left out; beside it every other complaint is still a refusal."""
    program = tmp_path / "ffmpeg"
    monkeypatch.setattr(ffmpeg, "executable", lambda: str(program))

    def complaining(*lines: str) -> bytes:
        said = "\n".join(lines)
        program.write_text(f"#!/bin/sh\ncat >&2 <<'X'\n{said}\nX\necho out\n", encoding="utf-8")
        program.chmod(0o755)
        return ffmpeg.run([], but="as was asked for")

    assert complaining("[h264 @ 0x1] as was asked for", "[h264 @ 0x2] as was asked for") == b"out\n"
    with pytest.raises(Refusal, match="something else"):
        complaining("as was asked for", "something else")
