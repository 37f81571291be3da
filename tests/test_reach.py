"""The briefs of a shop, wherever they lie in it, and none of what only looks like one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from vidkit.people import reach
from vidkit.problems import Refusal

BRIEFS = ("briefs/厨房.yaml", "photos/客厅/清单.yaml", "周一/阳台.yml", "周一/上午/卫生间.yaml", "底稿.yaml")
OTHERS = (
    *(
        "vidkit.yaml",
        "briefs/._厨房.yaml",
        "briefs/.旧的/x.yaml",
        "briefs/说明.md",
        "out/厨房/x.yaml",
        "周一/out/x.yaml",
    ),
    *("consents/张姐.yaml", "people/秀兰.yaml", "series/达人.yaml", "platforms/x.yaml"),
    *("brand/wojia/brand.yaml", "templates/mine/template.yaml", "archive/2026-11-20-厨房/posted.yaml"),
    *("别的店/vidkit.yaml", "别的店/briefs/厨房.yaml", "archive/2026-11-20-厨房/douyin.manifest.json"),
)


def shop(folder: Path, *names: str) -> Path:
    """A folder with some files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    return folder


def found(root: Path) -> list[str]:
    """The briefs of a project by their paths in it."""
    return [one.relative_to(root).as_posix() for one in reach.briefs(root)]


def test_briefs_may_lie_in_several_folders_of_a_shop(tmp_path: Path) -> None:
    """All of them, in one order, also in a folder called archive that is none; nothing of what was made, of others, or hidden."""
    root = shop(tmp_path, *BRIEFS, *OTHERS, "briefs/archive/老的.yaml")
    (root / "周一" / "自己").symlink_to(root, target_is_directory=True)
    (root / "briefs" / "不在了.yaml").symlink_to(root / "没有.yaml")
    assert found(root) == sorted((*BRIEFS, "briefs/archive/老的.yaml"), key=Path)


def test_outside_a_shop_nobody_walks_through_everything(tmp_path: Path) -> None:
    """A folder that is no shop may be somebody's whole disk."""
    assert found(shop(tmp_path, *BRIEFS, "briefs/.旧的/x.yaml")) == sorted(
        (one for one in BRIEFS if not one.startswith("周一")), key=Path
    )


def test_a_system_that_could_not_look_has_said_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is closed holds no brief; without a free handle nobody knows."""
    root, real = shop(tmp_path, *BRIEFS, "vidkit.yaml"), os.scandir
    for number in (errno.EACCES, errno.EMFILE):

        def shut(folder: str, number: int = number) -> object:
            if str(folder).endswith("周一"):
                raise OSError(number, os.strerror(number), str(folder))
            return real(folder)

        monkeypatch.setattr(os, "scandir", shut)
        if number == errno.EACCES:
            assert "底稿.yaml" in found(root)
        else:
            with pytest.raises((OSError, Refusal)):
                found(root)
