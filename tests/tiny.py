"""A shop whose clips are so small that making one takes a moment: for tests that make hundreds."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
from conftest import room
from PIL import Image

from vidkit import plan
from vidkit.cache import PART
from vidkit.cli import program
from vidkit.runs.stored import MARKS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SHRUNK = 12
"""A draft's canvas is that many times smaller than a clip's: 90 x 160."""
BRIEF = """模板: 清洁前后对比
品牌: 邻里净
标题: {title}
服务: 深度保洁
谁家: 不是客户家
对比:
  - {{位置: 灶台, 前: 前.png, 后: 后.png}}
音乐: 无
"""
DAY = "2026-11-26"


@dataclass(frozen=True)
class Shop:
    """A folder with briefs of two small photos, an output folder and a cache, each anywhere."""

    folder: Path
    out: Path
    cache: Path

    def says(self, title: str = "灶台变个样", name: str = "厨房") -> Path:
        """Write a brief with a title; its file."""
        file = self.folder / f"{name}.yaml"
        file.write_text(BRIEF.format(title=title), encoding="utf-8")
        return file

    def run(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """``vidkit make --draft`` of the one brief, or of what is asked for, in this process; the exit code and what is told."""
        own = {"VIDKIT_CACHE": str(self.cache), "VIDKIT_TODAY": DAY, "VIDKIT_LANG": "zh"}
        asked = arguments or (str(self.folder / "厨房.yaml"),)
        done = CliRunner().invoke(program, ["make", "--draft", "-o", str(self.out), "--json", *asked], env=own)
        assert "Traceback" not in done.output
        told = json.loads(done.stdout) if done.stdout.startswith("{") else {}
        return done.exit_code, told if "briefs" in told else told | {"said": done.stdout or done.stderr}

    def made(self) -> dict[str, str]:
        """Every file under a final name in the output folder with its hash."""
        found = (
            file
            for file in self.out.rglob("*")
            if file.is_file() and not file.name.endswith(PART) and MARKS not in file.parts
        )
        return {file.relative_to(self.out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in found}

    def parts(self) -> list[Path]:
        """What is half written in the output folder or the cache's."""
        return [*self.out.rglob(f"*{PART}"), *(self.cache / "tmp").glob("*")]


def shop(folder: Path, out: Path | None = None, cache: Path | None = None) -> Shop:
    """A shop with its first brief and its two photos."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, cleaned in (("前", False), ("后", True)):
        Image.fromarray(room(360, 480, 2, cleaned=cleaned)).save(folder / f"{name}.png")
    made = Shop(folder, out or folder / "out", cache or folder / "cache")
    made.says()
    return made


def errors(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Code and words of the errors of all briefs."""
    found = (one for item in told["briefs"] for one in item["problems"])
    return [(one["code"], one["message"]) for one in found if one["level"] == "error"]


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts are tiny from here on."""
    monkeypatch.setattr(plan, "DRAFT", SHRUNK)


def count(name: str, usual: int) -> int:
    """How many of something a test looks at: few by default, as many as an environment variable says in the long run."""
    return int(os.environ.get(name, usual))
