"""Packs: the same zip every time, one rename, and no change of a bit, a name or a file that is not found."""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vidkit.problems import Refusal
from vidkit.publishing import pack
from vidkit.runs import faults
from vidkit.runs.stored import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = {
    "clip.mp4": bytes(range(256)) * 40,
    "caption.txt": "三小时，厨房变个样\n".encode(),
    "发布清单.md": "# 清单\n".encode(),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small pack."""
    made = tmp_path / "douyin"
    made.mkdir()
    for name, content in CONTENT.items():
        (made / name).write_bytes(content)
    (made / MANIFEST).write_bytes(pack.sealed({"vidkit": "0", "day": "2026-11-26", "files": pack.digests(made)}))
    return made


def codes(where: Path) -> list[str]:
    """What verifying finds."""
    return [one.code for one in pack.verify(where).problems]


def test_a_whole_pack_is_whole(folder: Path, tmp_path: Path) -> None:
    """Its folder, its zip, and the folder the zip unpacks to; what systems put into folders is no tampering."""
    packed = tmp_path / "douyin.zip"
    packed.write_bytes(pack.zipped(pack.contents(folder), "厨房-douyin"))
    assert packed.read_bytes() == pack.zipped(pack.contents(folder), "厨房-douyin")
    (folder / ".DS_Store").write_bytes(b"x")
    assert packed.read_bytes() == pack.zipped(pack.contents(folder), "厨房-douyin")
    assert pack.verify(folder).files == pack.verify(packed).files == len(CONTENT)
    assert not codes(folder)
    assert not codes(packed)
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(tmp_path / "out")  # our own
    assert not codes(tmp_path / "out" / "厨房-douyin")


def test_made_files_that_are_not_packed_are_no_damaged_pack(folder: Path) -> None:
    """What ``make`` left is told as that, with the command that packs it and where packs will lie; nothing is said to be changed."""
    said = {"vidkit": "0", "engine": "0", "inputs": "0", "brief": {"name": "厨房.yaml"}, "files": pack.digests(folder)}
    (folder / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    (found,) = pack.verify(folder).problems
    assert found.code == "VK-U059"
    assert "vidkit publish 厨房.yaml --yes" in found.hint("zh")
    assert "douyin/publish/douyin" in found.hint("en")
    (folder / MANIFEST).write_text(json.dumps(said | {"platform": "douyin"}), encoding="utf-8")
    assert codes(folder) == ["VK-U053"]


def test_what_a_tables_row_made_is_packed_with_its_table(folder: Path) -> None:
    """No file holds a row, and which brief its table was laid over is not noted: the table is named, also from the folder of its drafts."""
    said = {"vidkit": "0", "engine": "0", "inputs": "0", "brief": {"name": "李家.yaml"}, "files": pack.digests(folder)}
    home = folder.parent / "李家"
    (home / "draft").mkdir(parents=True)
    (folder.parent / ".vidkit").mkdir()
    (folder.parent / ".vidkit" / "李家.json").write_text('{"of": [], "table": "表 1.csv"}', encoding="utf-8")
    for made in (home, home / "draft"):
        (made / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
        (found,) = pack.verify(made).problems
        assert "做表格 表 1.csv 用的那个命令，make 换成 publish，再打一次" in found.hint("zh")
        assert "清单.yaml" not in found.hint("zh")


def test_an_entry_of_the_archive_is_told_as_what_it_is(tmp_path: Path) -> None:
    """Its zips are what can be verified; one that is missing is told by its name."""
    for noted, again in (
        ('{"name": "厨房.yaml"}', "vidkit publish 厨房.yaml --yes"),
        ('{"name": "厨房.yaml", "path": "briefs/厨房.yaml", "row": false}', "vidkit publish briefs/厨房.yaml --yes"),
        ('{"name": "李家.yaml", "path": "briefs/李家.yaml", "row": true}', "打包那张表的命令再打一次，加上 --yes"),
    ):
        (tmp_path / "douyin.manifest.json").write_text(f'{{"brief": {noted}}}', encoding="utf-8")
        (found,) = pack.verify(tmp_path).problems
        assert (found.code, dict(found.values)["name"]) == ("VK-U054", "douyin.zip")
        assert found.hint("zh").endswith(again)
    (tmp_path / "douyin.zip").write_bytes(b"")
    (found,) = pack.verify(tmp_path).problems
    assert found.code == "VK-U057"
    assert found.hint("zh").endswith("douyin.zip")


def bit(name: str, at: int) -> Callable[[Path], None]:
    """One bit of a file turned."""

    def turned(where: Path) -> None:
        content = bytearray((where / name).read_bytes())
        content[at] ^= 1
        (where / name).write_bytes(content)

    return turned


def manifest(change: Callable[[dict[str, object]], object], *, seal: bool = False) -> Callable[[Path], None]:
    """The manifest's words changed, as a person would, or sealed anew as a program would."""

    def changed(where: Path) -> None:
        said = json.loads((where / MANIFEST).read_text(encoding="utf-8"))
        change(said)
        written = pack.sealed(said) if seal else json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True).encode()
        (where / MANIFEST).write_bytes(written)

    return changed


def deeper(where: Path) -> None:
    """One more file, in a folder."""
    (where / "a").mkdir()
    (where / "a" / "b").write_bytes(b"x")


def linked(where: Path) -> None:
    """A file that is only a link to one somewhere else."""
    (where / "clip.mp4").rename(where.parent / "c")
    (where / "clip.mp4").symlink_to(where.parent / "c")


TAMPERED: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "first bit of the clip": (bit("clip.mp4", 0), {"VK-U050"}),
    "middle bit of the clip": (bit("clip.mp4", 5000), {"VK-U050"}),
    "last bit of the clip": (bit("clip.mp4", -1), {"VK-U050"}),
    "a bit of the caption": (bit("caption.txt", 3), {"VK-U050"}),
    "a bit of the checklist": (bit("发布清单.md", 2), {"VK-U050"}),
    "a bit of the manifest": (bit(MANIFEST, 30), {"VK-U053", "VK-U052"}),
    "cut short": (lambda at: (at / "clip.mp4").write_bytes(CONTENT["clip.mp4"][:-1]), {"VK-U050"}),
    "longer": (lambda at: (at / "clip.mp4").write_bytes(CONTENT["clip.mp4"] + b"\0"), {"VK-U050"}),
    "emptied": (lambda at: (at / "caption.txt").write_bytes(b""), {"VK-U050"}),
    "line ends": (
        lambda at: (at / "caption.txt").write_bytes(CONTENT["caption.txt"].replace(b"\n", b"\r\n")),
        {"VK-U050"},
    ),
    "gone": (lambda at: (at / "clip.mp4").unlink(), {"VK-U054"}),
    "renamed": (lambda at: (at / "clip.mp4").rename(at / "clip2.mp4"), {"VK-U054", "VK-U055"}),
    "one more": (lambda at: (at / "cover.jpg").write_bytes(b"x"), {"VK-U055"}),
    "one more, hidden": (lambda at: (at / ".x").write_bytes(b"x"), {"VK-U055"}),
    "one more, deeper": (deeper, {"VK-U055"}),
    "swapped": (lambda at: shutil.copy(at / "caption.txt", at / "发布清单.md"), {"VK-U050"}),
    "no manifest": (lambda at: (at / MANIFEST).unlink(), {"VK-U052"}),
    "manifest of something else": (lambda at: (at / MANIFEST).write_bytes(b"[]"), {"VK-U052"}),
    "another day": (manifest(lambda said: said.update(day="2026-11-25")), {"VK-U053"}),
    "no seal": (manifest(lambda said: said.pop("seal")), {"VK-U053"}),
    "a file left out of the manifest": (manifest(lambda said: said["files"].pop("clip.mp4"), seal=True), {"VK-U055"}),  # type: ignore[attr-defined]
    "a link": (linked, {"VK-U054"}),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_found(folder: Path, name: str) -> None:
    """Whatever was done to a file, its name, or the manifest."""
    change, wanted = TAMPERED[name]
    change(folder)
    found = set(codes(folder))
    assert found
    assert found <= wanted


def test_every_bit_of_a_zip_counts(folder: Path, tmp_path: Path) -> None:
    """Bits all over a zip, its own tables among them; a zip written by another program; no zip at all."""
    whole = pack.zipped(pack.contents(folder), "x-douyin")
    packed = tmp_path / "douyin.zip"
    for at in range(0, len(whole), len(whole) // 60):
        packed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert codes(packed), at
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as other:
        for file in folder.iterdir():
            other.write(file, f"x-douyin/{file.name}")
    assert codes(packed) == ["VK-U051"]
    packed.write_bytes(whole + b"\0")
    assert codes(packed)
    packed.write_bytes(b"PK")
    assert codes(packed) == ["VK-U051"]
    assert codes(tmp_path / "none") == ["VK-U051"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_device_is_no_pack(tmp_path: Path) -> None:
    """Neither is read: one never ends, the other never begins."""
    os.mkfifo(tmp_path / "pipe.zip")
    assert codes(tmp_path / "pipe.zip") == codes(Path(os.devnull)) == ["VK-U051"]


def test_a_pack_takes_its_name_at_once(folder: Path, tmp_path: Path) -> None:
    """The older one is there until the new one is; what a killed run left is put in order."""
    final = tmp_path / "final"
    shutil.copytree(folder, final)
    (final / "old").write_bytes(b"x")
    pack.put(folder, final)
    assert not codes(final)
    assert [one.name for one in tmp_path.iterdir()] == ["final"]
    final.rename(tmp_path / ".final.old")
    (tmp_path / ".other.new").mkdir()
    pack.swept(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["final"]
    final.rename(tmp_path / ".final.old")
    shutil.copytree(tmp_path / ".final.old", final)
    pack.swept(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["final"]


def test_only_a_lost_pack_gets_its_name_back(folder: Path, tmp_path: Path) -> None:
    """Not where something has the name, and nothing of people's own that happens to be called so."""
    final, old = tmp_path / "final", tmp_path / ".final.old"
    shutil.copytree(folder, old)
    for said, back in (({"vidkit": "0", "files": {}}, False), ({"platform": {"id": "douyin"}, "files": {}}, True)):
        (old / MANIFEST).write_bytes(pack.sealed(said))
        assert (pack.lost(final) is not None) is back
        assert pack.put_back(final) is back
    assert (final.is_dir(), old.exists()) == (True, False)
    shutil.copytree(final, old)
    assert not pack.put_back(final)
    (old / MANIFEST).unlink()
    assert not pack.put_back(tmp_path / "other")


def test_a_name_that_cannot_be_taken_is_a_message(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails between the two renames leaves the older pack where it was."""
    final = tmp_path / "final"
    shutil.copytree(folder, final)
    real = type(final).replace

    def failing(self: Path, target: Path) -> Path:
        if self == folder:
            raise OSError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(type(final), "replace", failing)
    with pytest.raises(Refusal) as caught:
        pack.put(folder, final)
    assert caught.value.problems[0].code == "VK-E005"
    assert not codes(final)


@pytest.mark.parametrize(("refused", "put"), [(4, True), (10, False), (17, False)], ids=["soon", "never", "nor back"])
def test_a_folder_somebody_looks_into_is_waited_for(
    *, refused: int, put: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows renames no folder while a file in it is open. Where it stays so, the older pack has its name, or gets it from the next run."""
    final, left, pauses = tmp_path / "final", iter(range(refused)), list[float]()
    shutil.copytree(folder, final)
    (final / "older.txt").write_bytes(b"")
    real = type(final).replace

    def failing(self: Path, target: Path) -> Path:
        if (self == folder or self.name.endswith(pack.OLD)) and next(left, None) is not None:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(type(final), "replace", failing)
    monkeypatch.setattr(faults, "windows", lambda: True)
    monkeypatch.setattr(time, "sleep", pauses.append)
    if put:
        pack.put(folder, final)
    else:
        with pytest.raises(Refusal, match="VK-E005"):
            pack.put(folder, final)
        pack.swept(tmp_path)
    assert ((final / "older.txt").exists(), sum(pauses) < 3.4) == (not put, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == (["final"] if put else ["douyin", "final"])
