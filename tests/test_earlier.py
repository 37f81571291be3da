"""A folder of what was made earlier: another brief's is refused, what was not made this time is told, nothing is deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import SHORT, brief_of, script_of

from vidkit import earlier, shop
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from pathlib import Path


def made(file: Path, out: Path) -> Path:
    """The folder of a brief that was made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("标题: x\n", encoding="utf-8")
    folder = out / "厨房"
    folder.mkdir(parents=True, exist_ok=True)
    said = {"brief": {"name": file.name, "path": earlier.noted(file, out)}}
    (folder / earlier.MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    return folder


def refused(file: Path, out: Path) -> str:
    """The brief whose work lies where another's would go; empty when there is none."""
    try:
        earlier.refuse_another(file, out, (out / "厨房", out / "厨房/draft"))
    except Refusal as refusal:
        return dict(refusal.problems[0].values)["other"]
    return ""


@pytest.mark.parametrize("inside", [True, False])
def test_another_briefs_folder_is_refused(inside: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """In a shop and outside one; not its own, nor that of a brief that is gone."""
    if inside:
        shop.write(tmp_path)
    first, second = tmp_path / "briefs/厨房.yaml", tmp_path / "photos/厨房/清单.yaml"
    made(first, tmp_path / "out")
    assert refused(first, tmp_path / "out") == ""
    assert refused(second, tmp_path / "out") == "briefs/厨房.yaml"
    assert refused(second, tmp_path / "elsewhere") == ""
    first.unlink()
    assert refused(second, tmp_path / "out") == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"brief": {"name": "厨房.yaml"}}', '{"brief": 3}'])
def test_an_old_or_odd_manifest_keeps_nobody_out(text: str, tmp_path: Path) -> None:
    """Older ones note no path."""
    (made(tmp_path / "a/厨房.yaml", tmp_path / "out") / earlier.MANIFEST).write_text(text, encoding="utf-8")
    assert refused(tmp_path / "b/厨房.yaml", tmp_path / "out") == ""


def test_no_path_of_the_machine_is_noted(tmp_path: Path) -> None:
    """A brief elsewhere, or deep below, goes by its name."""
    assert earlier.noted(tmp_path / "a/b/c/d/厨房.yaml", tmp_path / "out") == "厨房.yaml"
    assert earlier.noted(tmp_path / "厨房.yaml", tmp_path / "x/out") == "厨房.yaml"
    assert earlier.noted(tmp_path / "a/厨房.yaml", tmp_path / "out") == "a/厨房.yaml"


def test_what_was_not_made_this_time_is_told_and_stays(tmp_path: Path) -> None:
    """A platform the brief has dropped, a pair there is no more; not a platform left out for once, not people's own files."""
    script = script_of(brief_of(SHORT, 1, options=False).model_copy(update={"platforms": ("douyin", "moments")}))
    names = [
        "douyin/clip.mp4",
        "moments/clip.mp4",
        "meituan/clip.mp4",
        "kuaishou/notes.txt",
        "mine/clip.mp4",
        "pairs/pair-2-side.jpg",
    ]
    names += ["pairs/pair-1-side.jpg", "poster-3x4.png", "poster-a4.pdf", "my poster.png", "manifest.json"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    files = [tmp_path / name for name in ("douyin/clip.mp4", "pairs/pair-1-side.jpg", "poster-3x4.png")]
    (told,) = earlier.left(tmp_path, files, script, ["douyin"])
    assert dict(told.values) == {"count": "3", "names": "meituan/、poster-a4.pdf、pairs/pair-2-side.jpg"}
    assert told.level == "warning"
    assert all((tmp_path / name).exists() for name in names)
    assert earlier.left(tmp_path / "new", [], script, ["douyin"]) == ()
