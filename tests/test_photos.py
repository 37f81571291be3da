"""Photos: whatever a phone or a chat app hands over becomes an upright sRGB picture, or one plain refusal."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from conftest import smooth
from hostile import bomb, box, encoded, heic, rotten, source, tiled
from PIL import Image

from vidkit.painting.album import Album
from vidkit.photos import boxes, decode, facts, frame, heif
from vidkit.photos import file as files
from vidkit.photos.prints import Asset
from vidkit.problems import Place, Refusal
from vidkit.storyboard import Picture

if TYPE_CHECKING:
    from vidkit.cache import Cache
    from vidkit.colour import Bytes

WIDTH, HEIGHT = 384, 288
QUARTER = WIDTH // 4, HEIGHT // 4
PICTURE = smooth(WIDTH, HEIGHT, 4)
PICTURE[:80, :120] = (220, 40, 40)
PICTURE[-80:, -120:] = (40, 60, 220)
BLURRED = encoded(smooth(WIDTH, HEIGHT, 4), "JPEG", quality=85)
"""A JPEG with as many bytes for each of its parts."""


def refusal(content: bytes) -> str:
    """The code of the one problem of a photo; the same for its header and its pixels, unless only pixels show it."""
    with pytest.raises(Refusal) as caught:
        decode.picture(source(content), at_least=(100, 100))
    (found,) = caught.value.problems
    assert found.place == Place("a.yaml", 7, 8)
    assert found.exit_code == 3
    assert "photo.jpg" in found.message("zh")
    return found.code


def far(one: Bytes, two: object) -> float:
    """The mean difference of two pictures in levels."""
    return float(np.abs(one.astype(int) - np.asarray(two).astype(int)).mean())


# Formats and sizes


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("at_least", [(1, 1), (95, 73), (97, 60), (192, 144), (384, 288), (5000, 5000)])
def test_never_smaller_than_asked(kind: str, at_least: tuple[int, int]) -> None:
    """A reduced picture has at least the pixels asked for, unless the photo has fewer; its form stays."""
    made = decode.picture(source(encoded(PICTURE, kind)), at_least=at_least)
    height, width = made.shape[:2]
    assert width >= min(at_least[0], WIDTH)
    assert height >= min(at_least[1], HEIGHT)
    assert width / height == pytest.approx(WIDTH / HEIGHT, rel=0.02)


def test_only_the_first_picture_of_a_file_counts() -> None:
    """A phone's JPEG with a second picture behind (MPO), an animated WebP and PNG: the first picture."""
    other = Image.fromarray(PICTURE[:, ::-1].copy())
    for kind in ("MPO", "WEBP", "PNG"):
        content = encoded(PICTURE, kind, save_all=True, append_images=[other])
        made = decode.picture(source(content))
        assert made.shape == PICTURE.shape, kind
        assert far(made, PICTURE) < 6, kind
        assert decode.picture(source(content), at_least=QUARTER).shape == (QUARTER[1], QUARTER[0], 3), kind


@pytest.mark.parametrize(
    "name", ["mmexport1699000000000.jpg", "微信图片_20240506.jpg", "wx_camera_1.jpg", "a b'&.HEIC", "无扩展名"]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_a_name_says_nothing(name: str, kind: str, tmp_path: Path) -> None:
    """Photos are known by their content: chat apps' names, wrong endings and none at all are read like any other."""
    content = heic(PICTURE) if kind == "HEIF" else encoded(PICTURE, kind)
    (tmp_path / name).write_bytes(content)
    made = decode.picture(decode.read(tmp_path / name, name=name))
    assert far(made, PICTURE) < 8


def test_heic_and_avif_of_the_general_brand() -> None:
    """A file of brand mif1 is AVIF or HEIC by the other brands it names."""
    one, two = heic(PICTURE), encoded(PICTURE, "AVIF")
    for content in (one, two):
        given = content[:8] + b"mif1" + content[12:]
        assert np.array_equal(decode.picture(source(given)), decode.picture(source(content)))


@pytest.mark.parametrize("at_least", [None, QUARTER])
def test_other_kinds_of_pixels(at_least: tuple[int, int] | None) -> None:
    """CMYK, grey, grey with alpha, palette with transparency, 16 bits, 1 bit: all become what they look like, laid on white."""
    image = Image.fromarray(PICTURE)
    grey = image.convert("L")
    palette = image.quantize(64)
    see_through = image.convert("RGBA")
    see_through.putalpha(
        Image.fromarray(np.where(np.arange(WIDTH) < WIDTH // 2, 255, 0).astype(np.uint8)[None, :].repeat(HEIGHT, 0))
    )
    on_white = Image.new("RGB", image.size, "white")
    on_white.paste(image.crop((0, 0, WIDTH // 2, HEIGHT)), (0, 0))
    sixteen = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    cases: dict[str, tuple[bytes, Image.Image, float]] = {
        "cmyk": (encoded(image.convert("CMYK"), "JPEG", quality=95), image, 4),
        "grey": (encoded(grey), grey, 1),
        "grey-jpeg": (encoded(grey, "JPEG", quality=95), grey, 3),
        "grey-alpha": (encoded(see_through.convert("LA")), on_white.convert("L"), 1.5),
        "palette": (encoded(palette), palette.convert("RGB"), 2),
        "palette-see-through": (encoded(see_through.quantize(64)), on_white, 8),
        "see-through": (encoded(see_through), on_white, 1.5),
        "see-through-webp": (encoded(see_through, "WEBP", lossless=True), on_white, 1.5),
        "sixteen": (encoded(sixteen), grey, 1.5),
        "one-bit": (encoded(grey.convert("1")), grey.convert("1").convert("L"), 2),
    }
    for name, (content, wanted, most) in cases.items():
        made = decode.picture(source(content), at_least=at_least)
        exact = wanted.convert("RGB") if at_least is None else wanted.convert("RGB").reduce(4)
        assert made.dtype == np.uint8, name
        assert made.shape == np.asarray(exact).shape, name
        assert far(made, exact) <= most, (name, far(made, exact))


# Refusals


def test_a_heic_cut_in_half_is_refused() -> None:
    """Half a HEIC is VK-P003."""
    content = heic(PICTURE)
    assert refusal(content[: len(content) // 2]) == "VK-P003"


@pytest.mark.parametrize("open_end", [False, True])
def test_a_heic_of_tiles_that_are_not_all_there_is_refused(*, open_end: bool) -> None:
    """Phones write large photos in tiles, and libheif leaves a missing one green: a box, or a tile's place, past the file's end is VK-P003."""
    content = tiled(PICTURE, open_end=open_end)
    assert decode.picture(source(content)).shape == PICTURE.shape
    for part in (0.1, 0.5, 0.7, 0.9, 0.99, 0.9999):
        assert refusal(content[: int(len(content) * part)]) == "VK-P003"


def test_a_heic_of_odd_boxes_takes_no_time() -> None:
    """Boxes that lie in every way, and as many as a file holds: looked through in a moment, and never more than refused."""
    chance, content = np.random.default_rng(4), tiled(PICTURE)
    many = [content[:24] + box(b"free") * 100_000, content[:24] + box(b"meta", bytes(4), box(b"dimg") * 100_000)]
    for _ in range(300):
        made = bytearray(content)
        for at in chance.integers(0, 600, 6):
            made[at] = int(chance.choice([0, 1, 255, int(chance.integers(256))]))
        many.append(bytes(made))
    begun = time.process_time()
    for one in many:
        with suppress(ValueError):
            boxes.whole(one)
    assert time.process_time() - begun < 3


def test_what_no_pixel_took_tells_of_changed_bytes() -> None:
    """A whole JPEG's pixels take all of their code, whatever stands behind it; where bytes were changed they leave some over, or want more and
    are refused. Bytes that only fill up are all alike.
    """
    for options in ({}, {"subsampling": 0}, {"restart_marker_blocks": 7}, {"progressive": True}):
        content = encoded(PICTURE, "JPEG", quality=85, **options)
        for tail in (b"", bytes(999), content):
            assert decode.closely(source(content + tail))[1] == b""
    content = encoded(PICTURE, "JPEG", quality=85)
    assert {*decode.closely(source(content[:-2] + b"\0" * 30 + content[-2:]))[1]} == {0}
    told = [_told(rotten(BLURRED, seed)) for seed in range(20)]
    assert told.count("whole") <= 5
    assert told.count("left over") >= 8


def test_a_damaged_photo_is_shown_without_noise(
    tmp_path: Path, cache: Cache, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its facts say so first, remembered too; it is decoded as it was examined, and no library prints on the terminal."""
    bad = next(made for seed in range(20) if _told(made := rotten(BLURRED, seed)) == "left over")
    (tmp_path / "a.jpg").write_bytes(bad)
    one = decode.read(tmp_path / "a.jpg", name="a.jpg")
    found = facts.look(one, cache)
    assert found.faults[0] == "damaged"
    assert found.odd
    assert facts.look(one, cache) == found
    album = Album({one.sha256: Asset(tmp_path / "a.jpg", "a.jpg", (WIDTH, HEIGHT), one.sha256, odd=found.odd)})
    assert album._whole(Picture(one.sha256, (0.0, 0.0, 1.0, 1.0)), WIDTH, HEIGHT).shape == PICTURE.shape
    assert capfd.readouterr() == ("", "")


def _told(content: bytes) -> str:
    try:
        return "left over" if decode.closely(source(content))[1] else "whole"
    except Refusal as refused:
        return refused.problems[0].code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("at_least", [None, (100, 100)])
def test_a_photo_cut_in_half_is_refused(kind: str, at_least: tuple[int, int] | None) -> None:
    """Half a file is VK-P003, also when it is decoded smaller."""
    content = encoded(PICTURE, kind)
    for part in (2, 20, 40, len(content) // 2, len(content) * 9 // 10):
        with pytest.raises(Refusal) as caught:
            decode.picture(source(content[:part]), at_least=at_least)
        assert [p.code for p in caught.value.problems] == ["VK-P003"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb(60_000, 60_000), "VK-P004"),
        (bomb(2_000_000_000, 2), "VK-P004"),
        (bomb(4000, 400), "VK-P005"),
        (encoded(np.zeros((300, 3000, 3), np.uint8), "JPEG"), "VK-P005"),
        (encoded(np.zeros((3000, 300, 3), np.uint8), "JPEG"), "VK-P005"),
        (encoded(np.zeros((200, 300, 3), np.uint8)), "VK-P006"),
        (bomb(640, 480), "VK-P003"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, "VK-P003"),
        (bytes(5000), "VK-P003"),
    ],
)
def test_sizes_are_refused_from_the_header(content: bytes, code: str) -> None:
    """Too many pixels, too narrow, too small, and rubbish: each its own code."""
    assert refusal(content) == code


def test_unreadable_files(tmp_path: Path) -> None:
    """Nothing in it VK-P001, not there or a folder VK-P008, too large VK-P007 without being read."""
    (tmp_path / "empty.jpg").write_bytes(b"")
    with (tmp_path / "large.jpg").open("wb") as stream:
        stream.truncate(300_000_000)
    for name, code in (
        ("empty.jpg", "VK-P001"),
        ("missing.jpg", "VK-P008"),
        (".", "VK-P008"),
        ("large.jpg", "VK-P007"),
    ):
        with pytest.raises(Refusal) as caught:
            decode.read(tmp_path / name, name=name)
        assert [p.code for p in caught.value.problems] == [code]


# Limits


def test_reduction_is_bounded_by_the_limits() -> None:
    """No photo comes so large that memory is at risk: above the limit for whole ones it is at least halved."""
    assert decode.reduction((4000, 3000), None) == 1
    assert decode.reduction((4000, 3000), (1000, 750)) == 4
    assert decode.reduction((8160, 6120), None) == 2
    assert decode.reduction((12_000, 9_000), None) == 2
    assert decode.reduction((16_320, 12_240), (16_000, 12_000)) == 4
    assert decode.reduction((16_320, 12_240), (100, 100)) == 8


def test_what_memory_does_not_allow_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A photo that needs more memory than is free is VK-P010, from its header alone; a smaller one still goes."""
    large = encoded(np.zeros((3000, 4000, 3), np.uint8), "PNG", compress_level=1)
    monkeypatch.setattr(files, "free_memory_mb", lambda: 120.0)
    with pytest.raises(Refusal) as caught:
        decode.header(source(large))
    (found,) = caught.value.problems
    assert found.code == "VK-P010"
    assert "120 MB" in found.message("zh")
    assert decode.header(source(encoded(PICTURE))) == (WIDTH, HEIGHT)


def test_a_photo_of_many_scans_is_foreseen() -> None:
    """A JPEG in several scans is held whole as coefficients: one of 200 megapixels in full colour needs too much."""
    stored = files.jpeg(encoded(PICTURE, "JPEG", progressive=True, subsampling=0))
    assert stored.held == WIDTH * HEIGHT * 6
    assert stored.complete
    assert stored.scans > 1
    assert files.jpeg(encoded(PICTURE, "JPEG")).held == 0


def test_free_memory_is_known() -> None:
    """The system says how much memory is free, more than nothing; where it does not, the table does."""
    assert 50 < files.free_memory_mb() < 1e8


def test_free_memory_where_no_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an answer the table's number counts."""

    def silent() -> int:
        raise OSError("no answer")

    for name in ("_free_linux", "_free_posix", "_free_windows"):
        monkeypatch.setattr(files, name, silent)
    assert files.free_memory_mb() == files.limits()["assumed_free_mb"]


MEASURE = """
import sys
from pathlib import Path
from vidkit.photos import decode
source = decode.read(Path(sys.argv[1]), name="huge.jpg")
made = decode.picture(source, at_least=eval(sys.argv[2]))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(made.shape[1], made.shape[0], int(peak.split()[1]) * 1024 // 1_000_000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a process's own peak is read from Linux's /proc")
@pytest.mark.parametrize(
    ("kind", "at_least", "most"),
    [("baseline", "(1080, 1920)", 200), ("baseline", "None", 400), ("progressive", "None", 600)],
)
def test_a_hundred_megapixels_in_bounded_memory(kind: str, at_least: str, most: int, tmp_path: Path) -> None:
    """A 108 MP JPEG is decoded in bounded memory, the program's own included, and is still large enough for the canvas."""
    small = Image.fromarray(PICTURE).resize((1500, 1125))
    huge = small.resize((12_000, 9_000), Image.Resampling.NEAREST)
    huge.save(tmp_path / "huge.jpg", quality=30, progressive=kind == "progressive")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / "huge.jpg", at_least], capture_output=True, text=True, check=True
    )
    width, height, megabytes = (int(word) for word in done.stdout.split())
    assert width >= 1080
    assert height >= 1920
    assert megabytes < most


# What a photo is


def test_facts_are_remembered_by_content(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A photo seen before is not decoded again, even under another name; changed content is."""
    for name, picture in {"a.png": PICTURE, "b.png": PICTURE, "c.png": PICTURE[::-1]}.items():
        (tmp_path / name).write_bytes(encoded(picture))
    one, two, three = (decode.read(tmp_path / name, name=name) for name in ("a.png", "b.png", "c.png"))
    found = facts.look(one, cache)
    assert (found.width, found.height) == (WIDTH, HEIGHT)
    assert all(0 < f < 1 for f in found.focus)
    calls, whole = count(1), decode.closely
    monkeypatch.setattr(decode, "closely", lambda *a, **k: next(calls) and whole(*a, **k))
    assert facts.look(two, cache) == found
    assert next(calls) == 1
    assert facts.look(three, cache).sha256 != found.sha256
    assert next(calls) >= 3


def test_whoever_waits_for_a_photo_hears_of_it_once(tmp_path: Path, cache: Cache) -> None:
    """A photo is at hand once, when it was decoded and when it need not be; a broken one never is."""
    (tmp_path / "a.png").write_bytes(encoded(PICTURE))
    (tmp_path / "b.png").write_bytes(encoded(PICTURE)[:-40])
    heard: list[str] = []
    for name in ("a.png", "a.png"):
        facts.look(decode.read(tmp_path / name, name=name), cache, lambda: heard.append("a"))
    with pytest.raises(Refusal):
        facts.look(decode.read(tmp_path / "b.png", name="b.png"), cache, lambda: heard.append("b"))
    assert heard == ["a", "a"]


def test_examining_leaves_opencv_its_threads(tmp_path: Path, cache: Cache) -> None:
    """While photos are examined OpenCV has one thread, and afterwards as many as before."""
    (tmp_path / "a.png").write_bytes(encoded(PICTURE))
    before = cv2.getNumThreads()
    facts.forget()
    try:
        cv2.setNumThreads(2)
        facts.look(decode.read(tmp_path / "a.png", name="a.png"), cache)
        assert cv2.getNumThreads() == 1
        facts.forget()
        assert cv2.getNumThreads() == 2
    finally:
        cv2.setNumThreads(before)


@pytest.mark.parametrize("size", [(200, 150), (199, 151), (333, 250), (1000, 750), (90, 20), (8, 8)])
def test_a_picture_at_another_size_is_the_same_picture(size: tuple[int, int]) -> None:
    """Of any size, smaller or larger, and about as bright everywhere as one averaged the whole way."""
    noise = np.random.default_rng(5).integers(0, 256, (600, 800, 3), np.uint8)
    plain = np.asarray(cv2.GaussianBlur(noise, (0, 0), 12), np.uint8)
    made = frame.resized(plain, size)
    averaged = cv2.resize(plain, size, interpolation=cv2.INTER_AREA if size[0] < 800 else cv2.INTER_LINEAR)
    assert made.shape == (size[1], size[0], 3)
    assert np.abs(made.astype(int) - averaged).max() <= 4
    assert frame.resized(plain, (800, 600)) is plain


def test_interest_lies_where_detail_is() -> None:
    """Detail in the upper left draws the centre of interest there; a flat picture's is its middle."""
    plain = np.full((300, 400, 3), 90, np.uint8)
    assert frame.interest(plain) == pytest.approx((0.5, 0.5), abs=0.01)
    plain[40:120, 40:160] = np.random.default_rng(1).integers(0, 255, (80, 120, 3))
    x, y = frame.interest(plain)
    assert x < 0.45
    assert y < 0.45


def test_heic_is_read_by_whichever_library_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, the one is named that this Python's installation asks for."""
    found = []
    for there in ({"pi_heif", "pillow_heif"}, {"pillow_heif"}, set[str]()):
        for version in ((3, 14), (3, 15)):
            with monkeypatch.context() as other:
                other.setattr(heif, "find_spec", there.__contains__)
                other.setattr(sys, "version_info", version)
                found.append(heif.library.__wrapped__())
    assert found == ["pi-heif", "pi-heif", "pillow-heif", "pillow-heif", "pi-heif", "pillow-heif"]
    assert heif.reader().__module__ == f"{heif.MODULES[heif.library()]}.as_plugin"
    asked = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    names = [one.split(">")[0] for one in asked["project"]["dependencies"] if "heif" in one]
    assert names == list(heif.MODULES)
