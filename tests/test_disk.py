"""A system that refuses: a full disk, a quota, a folder that can be read only, too many open files, a disk that fails.

Whatever is refused, and when: exit 5 in plain words, nothing short under a final name, what was there stays, and the next run with what was
lacking is right, byte for byte.
"""

from __future__ import annotations

import builtins
import errno
import io
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
import tiny

from vidkit import cache as caches
from vidkit import compiled, ffmpeg, graphics, shop, text
from vidkit.briefs import new
from vidkit.kits import branding
from vidkit.problems import Refusal
from vidkit.publishing import pack
from vidkit.runs import faults, lock
from vidkit.runs.stored import MARKS
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SIZES = tiny.count("VIDKIT_DISKS", 2)
"""Sizes of a small disk for each place of it; `.ci/run --long` asks for 30."""
MOMENTS = tiny.count("VIDKIT_FAULTS", 6)
"""Moments at which a write is refused, for each error; `.ci/run --long` asks for more."""
PLACES = ("cache", "out", "both")
SECOND = "灶台换个样"
WHOLE_KB = {"cache": 900, "out": 250, "both": 1200}
"""More than a tiny clip takes there."""
CODES = {
    errno.ENOSPC: "VK-E003",
    errno.EDQUOT: "VK-E009",
    errno.EMFILE: "VK-E010",
    errno.ENFILE: "VK-E010",
    errno.EIO: "VK-E011",
    errno.EROFS: "VK-E005",
}


@dataclass(frozen=True)
class Known:
    """A shop with its first clip made, and what the first and the second clip's files are."""

    shop: tiny.Shop
    first: dict[str, str]
    second: dict[str, str]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Both made once with all the space there is."""
    with pytest.MonkeyPatch.context() as patch:
        tiny.small(patch)
        shop, other = (tiny.shop(tmp_path_factory.mktemp(name)) for name in ("one", "other"))
        assert shop.run()[0] == 0
        other.says(SECOND)
        assert other.run()[0] == 0
    assert shop.made() != other.made()
    return Known(shop, shop.made(), other.made())


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.small(monkeypatch)


def again(known: Known, folder: Path) -> tiny.Shop:
    """The shop with its first clip and its cache, about to make the second."""
    shutil.copytree(known.shop.folder, folder, dirs_exist_ok=True)
    shop = tiny.Shop(folder, folder / "out", folder / "cache")
    shop.says(SECOND)
    return shop


def nothing_lost(shop: tiny.Shop, known: Known) -> None:
    """Every earlier file is there, each file is the first clip's or the second's, none half written."""
    left = shop.made()
    assert set(known.first) <= set(left), "an earlier output is lost"
    assert not [name for name, content in left.items() if content not in {known.first[name], known.second.get(name)}]
    assert not list(shop.out.rglob(f"*{caches.PART}"))


# Small disks ----------------------------------------------------------------------------------------------------------


def _mount(folder: Path, options: str) -> bool:
    tried = subprocess.run(["mount", *options.split(), "tmpfs", str(folder)], capture_output=True, check=False)  # noqa: S607  # the system's own
    return tried.returncode == 0


@contextmanager
def disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of that size at a folder; skips the test where none can be mounted."""
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or not _mount(folder, f"-t tmpfs -o size={kilobytes}k"):
        pytest.skip("no disk can be mounted here; the injected faults below prove the same")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607  # the system's own


def resized(folder: Path, kilobytes: int) -> None:
    """Another size for a mounted disk; no smaller than what is on it."""
    assert _mount(folder, f"-o remount,size={kilobytes}k")


def used_kb(folder: Path) -> int:
    """Kilobytes taken on a disk."""
    said = os.statvfs(folder)
    return (said.f_blocks - said.f_bfree) * said.f_frsize // 1024


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("step", range(SIZES))
def test_a_disk_of_any_size(place: str, step: int, known: Known, tmp_path: Path) -> None:
    """Too small: exit 5 with the megabytes for the folder, all as it was; with just what the message says it lacks, the same bytes."""
    with disk(tmp_path / "disk", WHOLE_KB[place] * 8) as small:
        shop = tiny.Shop(tiny.shop(tmp_path / "shop").folder, small / "out", small / "cache")
        shop = (
            shop
            if place == "both"
            else replace(shop, **{"cache" if place == "out" else "out": tmp_path / "shop" / "away"})
        )
        if place != "cache":
            shutil.copytree(known.shop.out, shop.out, ignore=shutil.ignore_patterns(MARKS))
        if place == "out":
            shutil.copytree(known.shop.cache, shop.cache)
        shop.says(SECOND)
        taken = used_kb(small)
        resized(small, taken + 8 + WHOLE_KB[place] * step // SIZES)
        code, told = shop.run()
        if place != "cache":
            nothing_lost(shop, known)
        if code:
            ((name, words),) = tiny.errors(told)
            assert (code, name) == (5, "VK-E003"), told
            assert str(shop.cache if place == "cache" else shop.out if place == "out" else small) in words
            *_, missing = map(int, re.findall(r"(\d+) MB", words))
            assert missing
            resized(small, max(used_kb(small), taken + WHOLE_KB[place] * step // SIZES) + missing * 1000)
            assert shop.run()[0] == 0
        assert shop.made() == known.second
        assert not shop.parts()


@pytest.mark.parametrize("place", ["cache", "out"])
def test_a_disk_that_is_read_only(place: str, known: Known, tmp_path: Path) -> None:
    """Exit 5 naming the folder and that it can be read only; nothing of it changes."""
    with disk(tmp_path / "disk", 8000) as small:
        shop = again(known, tmp_path / "shop")
        away: Path = getattr(shop, place)
        shutil.copytree(away, small / place, ignore=shutil.ignore_patterns(MARKS))
        shop = replace(shop, **{place: small / place})
        assert _mount(small, "-o remount,ro")
        code, told = shop.run()
        said = tiny.errors(told) if "briefs" in told else [(told["said"], told["said"])]
        assert code == 5, told
        assert [("VK-E005" in name, "只能看" in words) for name, words in said] == [(True, True)], said
        nothing_lost(shop, known)
        assert _mount(small, "-o remount,rw")
        assert shop.run()[0] == 0
        assert shop.made() == known.second


# Injected faults ------------------------------------------------------------------------------------------------------


@dataclass
class Injector:
    """Counts what is written below a folder, by us and by ffmpeg, and refuses it from one moment on, or at that moment only."""

    root: Path
    number: int = 0
    moment: int = sys.maxsize
    stays: bool = True
    seen: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refused(self, where: Any) -> bool:
        """Whether a write is refused; one more is seen."""
        if isinstance(where, int) or not pathlib.Path(str(where)).absolute().is_relative_to(self.root):
            return False
        with self.lock:
            self.seen += 1
            return self.seen > self.moment if self.stays else self.seen == self.moment + 1

    def error(self) -> OSError:
        """The error it is refused with."""
        return OSError(self.number, os.strerror(self.number))


class Short(io.FileIO):
    """A file that takes half of what is written into it, then refuses."""

    def __init__(self, name: str, injected: Injector) -> None:
        super().__init__(name, "w")
        self.injected = injected

    def write(self, data: Any) -> int:
        """Half of it."""
        super().write(bytes(data)[: len(data) // 2])
        raise self.injected.error()


def child(fault: Injector) -> type[subprocess.Popen[bytes]]:
    """A child that ends with half a file, the system's number as its status and no word of a disk, when its file is refused."""

    class Child(subprocess.Popen[bytes]):
        def __init__(self, *given: Any, **named: Any) -> None:
            self.where = str(named.get("cwd") or "/")
            super().__init__(*given, **named)

        def communicate(self, *given: Any, **named: Any) -> Any:
            out, said = super().communicate(*given, **named)
            target = pathlib.Path(self.where, self.args[-1])  # type: ignore[index,arg-type]  # a list, as we call it
            if target.is_file() and fault.refused(target):
                os.truncate(target, target.stat().st_size // 2)
                self.returncode = -fault.number & 0xFF
                return out, b"[out#0/mp4 @ 0x5] Error writing trailer"
            return out, said

    return Child


@contextmanager
def injected(fault: Injector) -> Iterator[None]:
    """Everything that writes is watched."""
    opened = builtins.open
    direct = {name: getattr(os, name) for name in ("mkdir", "replace", "open")}

    def open_(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if set(mode) & set("wax+") and fault.refused(file):
            if fault.number in {errno.EMFILE, errno.ENFILE, errno.EROFS}:
                raise fault.error()
            return Short(str(file), fault) if "b" in mode else io.TextIOWrapper(Short(str(file), fault), "utf-8")
        return opened(file, mode, *more, **named)

    def system(name: str) -> Callable[..., Any]:
        def call(where: Any, *more: Any, **named: Any) -> Any:
            writes = name != "open" or (more and more[0] & (os.O_CREAT | os.O_WRONLY))
            if writes and fault.refused(where):
                raise fault.error()
            return direct[name](where, *more, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "open", open_)
        patch.setattr(io, "open", open_)
        patch.setattr(shutil, "_USE_CP_SENDFILE", False, raising=False)
        patch.setattr(subprocess, "Popen", child(fault))
        for name in direct:
            patch.setattr(os, name, system(name))
        yield


@pytest.fixture(scope="module")
def writes(known: Known, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many writes making the second clip takes."""
    with pytest.MonkeyPatch.context() as patch:
        tiny.small(patch)
        shop = again(known, tmp_path_factory.mktemp("counted"))
        counted = Injector(shop.folder)
        with injected(counted):
            assert shop.run()[0] == 0
    assert counted.seen > 40
    return counted.seen


@pytest.mark.parametrize("number", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", range(MOMENTS))
def test_refused_at_any_write(number: int, step: int, known: Known, writes: int, tmp_path: Path) -> None:
    """From the write on that the step says, or (open files) at that one: exit 5 with the error's own words, or nothing was lost by it."""
    if step >= MOMENTS // 2 and number != errno.ENOSPC and "VIDKIT_FAULTS" not in os.environ:
        return
    shop = again(known, tmp_path)
    fault = Injector(shop.folder, number, writes * step // MOMENTS, stays=number not in {errno.EMFILE, errno.ENFILE})
    with injected(fault):
        code, told = shop.run()
    nothing_lost(shop, known)
    if code:
        said = tiny.errors(told) if "briefs" in told else [(told["said"], told["said"])]
        assert code == 5, said
        assert all(CODES[number] in name for name, _ in said), said
        assert not re.search("[a-z]{4,} [a-z]{2,}", " ".join(words for _, words in said)), "the system's own English"
        if number in faults.FULL:
            assert re.search(r"需要 [1-9]\d* MB.*(只剩|空着) \d+ MB", said[0][1]), said
    assert shop.run()[0] == 0
    assert shop.made() == known.second
    assert not shop.parts()


@contextmanager
def unread(fault: Injector) -> Iterator[None]:
    """Files that are read, and folders that are listed, are watched."""
    opened, listed, scanned = builtins.open, os.listdir, os.scandir

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(where: Any = ".", *more: Any, **named: Any) -> Any:
            writes = real is opened and more and set(more[0]) & set("wax+")
            if not writes and fault.refused(where):
                raise fault.error()
            return real(where, *more, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "open", refusing(opened))
        patch.setattr(io, "open", refusing(opened))
        patch.setattr(os, "listdir", refusing(listed))
        patch.setattr(os, "scandir", refusing(scanned))
        yield


@pytest.mark.parametrize("step", range(MOMENTS))
def test_no_answer_is_no_answer(step: int, known: Known, tmp_path: Path) -> None:
    """One file or folder, whichever, cannot be opened for lack of handles: that is told, and never taken for a missing or broken photo,
    another brief's folder, a damaged part, a consent that is not there.
    """
    shop = again(known, tmp_path)
    counted = Injector(shop.folder)
    with unread(counted):
        assert shop.run()[0] == 0
    assert counted.seen > 20
    shutil.rmtree(tmp_path)
    shop = again(known, tmp_path)
    fault = Injector(shop.folder, errno.EMFILE, counted.seen * step // MOMENTS, stays=False)
    with unread(fault):
        code, told = shop.run()
    nothing_lost(shop, known)
    if code:
        said = tiny.errors(told) if "briefs" in told else [(told["said"], told["said"])]
        assert (code, ["VK-E010" in name for name, _ in said]) == (5, [True]), said
    assert shop.run()[0] == 0
    assert shop.made() == known.second


# Open files -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="ulimit")
@pytest.mark.parametrize("most", [8, 9])
def test_few_open_files_for_real(most: int, known: Known, tmp_path: Path) -> None:
    """A process that may open few files ends with VK-E010, whatever it was doing, or makes the right thing."""
    shop = again(known, tmp_path)
    asked = f'ulimit -n {most}; exec "$0" -m vidkit make 厨房.yaml --draft --json -o out'
    own = os.environ | {"VIDKIT_CACHE": str(shop.cache), "VIDKIT_TODAY": tiny.DAY}
    done = subprocess.run(  # the limit is a shell's to set
        ["/bin/sh", "-c", asked, sys.executable], cwd=shop.folder, env=own, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 5, done.stderr
    assert "VK-E010" in done.stdout + done.stderr
    nothing_lost(shop, known)


@pytest.mark.skipif(os.name != "posix", reason="limits of a process")
def test_nothing_is_drawn_without_its_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The renderer leaves words out when it cannot open a font: with no free file nothing is drawn."""
    import resource  # noqa: PLC0415  # there is none on Windows

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><text y="30" font-family="Noto Sans SC">洁</text></svg>'
    assert graphics.drawn(svg, 60, 40).any()
    assert text.font_files()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (60, hard))
    taken: list[int] = []
    try:
        with suppress(OSError):
            while True:
                taken.append(os.dup(0))
        with pytest.raises(OSError, match="open files") as caught:
            graphics.drawn(svg, 60, 40)
    finally:
        for one in taken:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert faults.told(caught.value).code == "VK-E010"


@pytest.mark.parametrize("said", [OSError(errno.EMFILE, "Too many open files"), LookupError("a library's own words")])
def test_no_words_left(said: Exception, known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When not even the messages can be read, and when a library fails in its own way for lack of files: exit 5, no traceback, no bug."""
    shop = again(known, tmp_path)

    def fail(*_given: object, **_named: object) -> None:
        raise said

    monkeypatch.setattr("vidkit.batch.check", fail)
    monkeypatch.setattr(faults, "enough_files", lambda: fail_with(OSError(errno.EMFILE, "Too many open files")))
    if isinstance(said, OSError):
        monkeypatch.setattr("vidkit.problems.messages", fail)
    code, told = shop.run()
    assert code == 5
    assert ("Too many open files" if isinstance(said, OSError) else "VK-E010") in told["said"]


def fail_with(error: OSError) -> None:
    """Raise an error."""
    raise error


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (1, "Error: No space left on device", "VK-E003"),
        (228, "Error writing trailer of segment.mp4", "VK-E003"),
        (1, "Disk quota exceeded", "VK-E009"),
        (232, "segment.mp4: ", "VK-E010"),
        (226, "", "VK-E005"),
        (-9, "", "VK-E012"),
        (183, "Invalid data found when processing input", "VK-E002"),
        (0xFFFFFFFF - 27, "Error writing trailer of segment.mp4", "VK-E003"),
        (0xFFFFFFFF - 23, "segment.mp4: ", "VK-E010"),
        (0xC0000005, "", "VK-E012"),
        (0xC0000374, "heap", "VK-E012"),
        (0xBEBBB1B7, "Invalid data found when processing input", "VK-E002"),
        (0xDFB9B0BB, "End of file", "VK-E002"),
        (0, "a complaint", "VK-E002"),
    ],
)
def test_why_ffmpeg_failed(status: int, said: str, code: str, tmp_path: Path) -> None:
    """By its words, or by its status alone: eight bits, and on Windows thirty-two, where a crash is a number of its own."""
    assert [p.code for p in ffmpeg.failed(status, said, tmp_path).problems] == [code]


def test_a_full_disk_is_seen_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ffmpeg complains of where nothing is free, the disk is full."""
    monkeypatch.setattr(faults, "free", lambda _folder: 0)
    assert [p.code for p in ffmpeg.failed(1, "Error writing trailer", tmp_path).problems] == ["VK-E003"]
    assert [p.code for p in ffmpeg.failed(1, "Error writing trailer").problems] == ["VK-E002"]


def test_every_error_has_words_in_both_languages() -> None:
    """The table's names are the system's, each with Chinese and English; what is not there is told in the system's words."""
    for name, row in table("faults").items():
        assert set(row) == {"zh", "en"}, name
        assert re.search(r"[\u4e00-\u9fff]", row["zh"])
        number = getattr(errno, name, None)
        if number is not None:
            assert faults.words(OSError(number, "?")) == (row["zh"], row["en"])
    assert (
        faults.words(OSError(errno.EDOM, "Numerical argument out of domain"))[0] == "Numerical argument out of domain"
    )


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (OSError(errno.EACCES, "?"), "没有权限，或者文件正被别的程序（播放器、WPS）打开着", "another program"),
        (OSError(errno.EPERM, "?"), "没有权限", "no permission"),
        (OSError(errno.EROFS, "?"), "这里只能看，不能写", "read only"),
    ],
    ids=str,
)
def test_what_windows_means_by_no(error: OSError, zh: str, en: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says no permission of what is only open elsewhere; its own numbers are surer."""
    elsewhere = faults.words(error)
    monkeypatch.setattr(faults, "windows", lambda: True)
    found = faults.words(error)
    assert (found[0], en in found[1], found == elsewhere) == (zh, True, error.errno != errno.EACCES)
    for number in (32, 33):
        error.winerror = number  # type: ignore[attr-defined,unused-ignore]  # as Windows sets it
        assert faults.words(error) == ("正被别的程序打开着", "another program has it open")


def test_a_file_is_named_where_it_may_be_its_fault(tmp_path: Path) -> None:
    """Not where the whole folder takes nothing."""
    file = tmp_path / "clip.mp4"
    said = {
        number: faults.told(OSError(number, "?"), tmp_path, file).message("zh")
        for number in (errno.EACCES, errno.EISDIR, errno.EROFS, errno.ENOTDIR)
    }
    assert [file.name in one for one in said.values()] == [True, True, False, False]
    assert said[errno.EROFS] == f"文件夹 {tmp_path} 写不进去：这里只能看，不能写"


def test_a_damaged_compiled_template_never_runs(tmp_path: Path) -> None:
    """One bit, a cut, another template's code: it is compiled again; a folder that cannot be written costs nothing but time."""
    import jinja2  # noqa: PLC0415

    def environment(folder: Path) -> jinja2.Environment:
        loader = jinja2.DictLoader({"a": "{{ 1 + 1 }}", "b": "{{ 2 + 2 }}"})
        return jinja2.Environment(loader=loader, bytecode_cache=compiled.Compiled(folder), autoescape=True)

    assert [environment(tmp_path).get_template(name).render() for name in "ab"] == ["2", "4"]
    one, two = sorted(tmp_path.glob("*.jinja"))
    whole = one.read_bytes()
    for damaged in (bytes([whole[0] ^ 1]) + whole[1:], whole[:-1], whole[:40], b"", two.read_bytes()):
        one.write_bytes(damaged)
        assert [environment(tmp_path).get_template(name).render() for name in "ab"] == ["2", "4"]
        assert one.read_bytes() == whole
    (tmp_path / "file").write_bytes(b"")
    assert environment(tmp_path / "file" / "below").get_template("a").render() == "2"


@pytest.mark.skipif(os.name == "nt", reason="files say nothing of who may write them")
def test_code_that_others_may_have_written_never_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a cache that several people share: code whole by its hash, but in a file of somebody else, or one that others may write."""
    import jinja2  # noqa: PLC0415

    def rendered() -> list[str]:
        loader = jinja2.DictLoader({"a": "{{ 1 + 1 }}", "b": "{{ 2 + 2 }}"})
        made = jinja2.Environment(loader=loader, bytecode_cache=compiled.Compiled(tmp_path), autoescape=True)
        return [made.get_template(name).render() for name in "ab"]

    before = os.umask(0)
    try:
        assert rendered() == ["2", "4"]
    finally:
        os.umask(before)
    files = sorted(tmp_path.glob("*.jinja"))
    assert {file.stat().st_mode & 0o777 for file in files} == {0o644}
    for file in files:
        file.chmod(0o666)
    with monkeypatch.context() as used:
        used.setattr(jinja2.bccache.Bucket, "bytecode_from_string", lambda *_: pytest.fail("it was run"))
        assert rendered() == ["2", "4"]
        used.setattr(os, "geteuid", lambda: 4711)
        used.setattr(os, "fstat", lambda _opened: os.stat_result((0o100644, 1, 1, 1, 815, 1, 1, 1, 1, 1)))
        assert rendered() == ["2", "4"]


def test_a_quota_and_a_full_disk_say_how_much(tmp_path: Path) -> None:
    """For the folder, in megabytes; what is known to be needed, else what a usual clip takes."""
    shown = dict(faults.lacking(errno.ENOSPC, tmp_path, 10**15).values)
    assert int(shown["missing"]) == int(shown["needed"]) - int(shown["free"]) > 0
    assert "MB are missing" in faults.lacking(errno.ENOSPC, tmp_path, 10**15).message("en")
    odd = faults.lacking(errno.ENOSPC, tmp_path, 1)
    assert (odd.code, "missing" in odd.message("en"), "are free" in odd.message("en")) == ("VK-E003", False, True)
    usual = dict(faults.lacking(errno.EDQUOT, tmp_path).values)
    assert int(usual["needed"]) == table("limits")["cache"]["usual_mb"]
    with pytest.raises(Refusal) as caught, caches.said_plainly(tmp_path, 5_000_000):
        raise OSError(errno.EDQUOT, "Disk quota exceeded")
    assert json.loads(json.dumps(dict(caught.value.problems[0].values)))["needed"] == "5"


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("typed", [("rules",), ("rules", "--json"), ("--help",), ("schema",)])
def test_a_file_the_output_goes_to_may_be_full(typed: tuple[str, ...]) -> None:
    """That is said, not that some folder of ours is."""
    with pathlib.Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vidkit", *typed], stdout=full, stderr=subprocess.PIPE, check=False, encoding="utf-8"
        )
    assert done.returncode == 5
    assert "VK-E014" in done.stderr
    assert len(done.stderr.splitlines()) == 2


ANSWERS = branding.Answers("好邻居", "好邻居家政", "干净", "", "#2E8B57", "好邻居")


@pytest.mark.parametrize(
    "work",
    [
        lambda: new.write(pathlib.Path("briefs/a"), "before-after"),
        lambda: branding.write(ANSWERS, pathlib.Path()),
        lambda: shop.write(pathlib.Path("店"), ANSWERS),
    ],
    ids=["a brief", "a brand", "a shop"],
)
def test_words_are_there_whole_or_not_at_all(
    work: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At whichever file the disk is full, half of it written: no half has a name of its own, and the same again is not refused."""

    def found() -> dict[str, bytes]:
        return {file.as_posix(): file.read_bytes() for file in pathlib.Path().rglob("*") if file.is_file()}

    def stand(name: str) -> None:
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)

    stand("whole")
    work()
    whole, kept = found(), pathlib.Path.write_bytes
    for left in range(len(whole)):
        counted = itertools.count()

        def full(file: Path, content: bytes, counted: Iterator[int] = counted, left: int = left) -> int:
            if next(counted) < left:
                return kept(file, content)
            kept(file, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")

        stand(str(left))
        with monkeypatch.context() as small:
            small.setattr(pathlib.Path, "write_bytes", full)
            with pytest.raises(Refusal, match="VK-E003"):
                work()
        assert found().items() <= whole.items()
        work()
        assert found() == whole


def test_only_what_a_run_made_goes_again(tmp_path: Path) -> None:
    """A folder that was there stays, and what somebody else put beside the new one."""
    with pytest.raises(FileExistsError), caches.new_folder(tmp_path):
        pass
    with suppress(KeyboardInterrupt), caches.new_folder(tmp_path / "a" / "b" / "c"):
        (tmp_path / "a" / "b" / "c" / "x").write_bytes(b"x")
        (tmp_path / "a" / "y").write_bytes(b"y")
        raise KeyboardInterrupt
    assert [one.relative_to(tmp_path).as_posix() for one in sorted(tmp_path.rglob("*"))] == ["a", "a/y"]


@pytest.mark.parametrize(
    "work",
    [
        lambda folder: shop.write(folder / "店"),
        lambda folder: new.write(folder / "briefs" / "a", "before-after"),
        lambda folder: pack.put(folder, folder / "final"),
        lambda folder: lock.held(folder, caches.Cache(folder / "cache")).__enter__(),
    ],
    ids=["a shop", "a brief", "a name", "a lock"],
)
def test_what_holds_words_needs_little(
    work: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk lacks a megabyte or two for it, not what a clip takes."""
    monkeypatch.setattr(faults, "free", lambda _folder: 0)
    for name in ("mkdir", "replace"):
        monkeypatch.setattr(os, name, lambda *_given, **_named: fail_with(OSError(errno.ENOSPC, "full")))
    with pytest.raises(Refusal) as caught:
        work(tmp_path)
    (told,) = caught.value.problems
    assert told.code == "VK-E003"
    assert "2 MB" in told.message("en")
