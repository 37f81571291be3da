"""Privacy: faces and codes are found, and what is covered is gone.

The faces are drawn here, because no photo of a person belongs in the repository. They show that sizes, turns, edges and light are
handled and that a cover hides what was found; how well real people are found, bench/faces.py shows with photos at hand.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from conftest import smooth

from vidkit.brief import Photo
from vidkit.photos import align, codes, faces, lanes, privacy, redact, study
from vidkit.photos.areas import Area
from vidkit.photos.faces import Face
from vidkit.photos.facts import Facts, Find
from vidkit.problems import Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vidkit.colour import Bytes

    Colour = tuple[int, int, int]

SKINS: tuple[Colour, ...] = ((244, 208, 184), (224, 172, 140), (186, 128, 92), (128, 84, 58), (80, 52, 38))
HAIR, FRAME = (40, 30, 25), (25, 25, 30)
BOX = 0.64
"""The height of YuNet's box as a part of the drawn picture's height."""
MIDDLE = 0.52
NOBODY = 0.2
SMALL = (540, 720)
LIGHT = (
    *((101, 121, 17, 11, -0.33), (155, 121, 17, 11, -0.36), (128, 166, 15, 5, -0.35), (128, 202, 20, 5, -0.16)),
    *((122, 140, 7, 20, 0.14), (99, 158, 15, 12, 0.10), (157, 158, 15, 12, 0.07), (142, 148, 6, 18, -0.15)),
)
"""Shadows and lights of a face: middle, spread and strength, in a picture of 256 pixels."""


def shade(rgb: Bytes, skin: Colour) -> None:
    """Light from the upper left on the skin of a drawn face: eye sockets, nose, cheeks, chin."""
    y, x = np.mgrid[:256, :256].astype(np.float32)
    bare = (((x - 128) / 66) ** 2 + ((y - 134) / 86) ** 2 <= 1) & (((x - 128) / 64) ** 2 + ((y - 60) / 30) ** 2 > 1)
    light = 1.08 - 0.38 * (((x - 118) / 66) ** 2 + ((y - 120) / 90) ** 2)
    for across, down, wide, tall, strength in LIGHT:
        light += strength * np.exp(-(((x - across) / wide) ** 2) - ((y - down) / tall) ** 2)
    rgb[bare] = np.clip(np.array(skin, np.float32) * light[bare][:, None], 0, 255).astype(np.uint8)


@cache
def drawn(skin: Colour = SKINS[1], *, glasses: bool = False, masked: bool = False) -> Bytes:
    """A face with hair, neck and shoulders, 256 pixels square."""
    rgb = np.full((256, 256, 3), (150, 160, 165), np.uint8)

    def oval(
        middle: tuple[float, float],
        half: tuple[float, float],
        colour: Sequence[float],
        line: int = -1,
        arc: tuple[int, int] = (0, 360),
    ) -> None:
        at, reach = [(round(a * 16), round(b * 16)) for a, b in (middle, half)]
        cv2.ellipse(rgb, at, reach, 0, *arc, tuple(colour), line, cv2.LINE_AA, 4)

    def darker(part: float) -> tuple[float, ...]:
        return tuple(value * part for value in skin)

    oval((128, 112), (84, 96), HAIR)
    cv2.rectangle(rgb, (100, 190), (156, 256), darker(0.72), -1)
    oval((128, 262), (110, 50), (70, 90, 130))
    for ear in (62, 194):
        oval((ear, 134), (10, 20), darker(0.85))
    oval((128, 134), (66, 86), skin)
    oval((128, 60), (64, 30), HAIR)
    shade(rgb, skin)
    for eye in (101, 155):
        oval((eye, 124), (13, 6.5), (238, 232, 226))
        oval((eye, 124), (6.2, 6.2), (60, 40, 30))
        oval((eye, 124), (2.8, 2.8), (10, 10, 10))
        oval((eye - 2, 122), (1.3, 1.3), (255, 255, 255))
        oval((eye, 125), (14, 8.5), HAIR, 2, (190, 350))
        oval((eye, 113), (18, 8), HAIR, 5, (200, 340))
        oval((eye + (128 - eye) * 0.75, 163), (3.4, 2.2), darker(0.42))
    oval((128, 188), (23, 7), (skin[0] * 0.83, skin[1] * 0.56, skin[2] * 0.56))
    oval((128, 186), (22, 2), darker(0.4))
    if glasses:
        for eye in (101, 155):
            oval((eye, 125), (21, 16), FRAME, 3)
        cv2.line(rgb, (122, 122), (134, 122), FRAME, 3)
    if masked:
        cv2.fillPoly(
            rgb, [np.array([(66, 146), (128, 136), (190, 146), (180, 200), (128, 222), (76, 200)])], (150, 185, 215)
        )
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), 0.9), np.uint8)


def pasted(
    face: Bytes,
    tall: int,
    *,
    at: tuple[float, float] = (0.5, 0.5),
    angle: float = 0,
    size: tuple[int, int] = (1080, 1440),
) -> Bytes:
    """A soft picture of ``size`` with the drawn face in it, its box ``tall`` pixels high and its middle ``at``, turned by degrees."""
    scale = tall / BOX / 256
    turn: Any = cv2.getRotationMatrix2D((128, 256 * MIDDLE), angle, scale)
    turn[:, 2] += (at[0] * size[0] - 128, at[1] * size[1] - 256 * MIDDLE)
    fine = cv2.GaussianBlur(face, (0, 0), max(0.01, 0.45 / scale)) if scale < 1 else face
    made = cv2.warpAffine(fine, turn, size, flags=cv2.INTER_LINEAR)
    where = cv2.warpAffine(np.full((256, 256), 255, np.uint8), turn, size)[..., None] / 255.0
    return np.asarray(smooth(*size) * (1 - where) + made * where, np.uint8)


def seen(rgb: Bytes) -> tuple[Face, ...]:
    """The faces of a picture, looked for once however often it is asked."""
    return _seen(rgb.tobytes(), rgb.shape)


@lru_cache(maxsize=2)
def _seen(pixels: bytes, shape: tuple[int, ...]) -> tuple[Face, ...]:
    return faces.find(np.frombuffer(pixels, np.uint8).reshape(shape))


def best(rgb: Bytes, at: tuple[float, float] = (0.5, 0.5)) -> float:
    """The best score of a face that lies over a point; 0 when there is none."""
    over = [f.score for f in seen(rgb) if f.box[0] <= at[0] <= f.box[2] and f.box[1] <= at[1] <= f.box[3]]
    return max(over, default=0.0)


def covered(rgb: Bytes) -> Bytes:
    """With every face that was found covered."""
    return redact.soften(rgb, [redact.of_face(face) for face in seen(rgb)])


def left(rgb: Bytes, at: tuple[float, float] = (0.5, 0.5)) -> float:
    """How much of a face's own detail, what is finer than a fifth of its width, is left when it is covered: 0 none, 1 all."""
    found = [f for f in seen(rgb) if f.box[0] <= at[0] <= f.box[2] and f.box[1] <= at[1] <= f.box[3]]
    height, width = rgb.shape[:2]
    box = max(found, key=lambda face: face.score).box
    rows = slice(max(0, round(box[1] * height)), round(box[3] * height))
    columns = slice(max(0, round(box[0] * width)), round(box[2] * width))

    def detail(picture: Bytes) -> float:
        soft = cv2.GaussianBlur(picture, (0, 0), (box[2] - box[0]) * width / 5).astype(float)
        return float((picture.astype(float) - soft)[rows, columns].std())

    return detail(covered(rgb)) / detail(rgb)


@pytest.mark.parametrize("tall", [16, 24, 60, 200, 600])
def test_faces_from_16_to_600_pixels_are_found_and_nobody_when_covered(tall: int) -> None:
    """At every size in a 1080x1440 picture a face is found surely, and what makes it somebody's is gone."""
    rgb = pasted(drawn(), tall)
    assert best(rgb) >= 0.6
    assert left(rgb) < NOBODY


@pytest.mark.parametrize("skin", SKINS)
def test_faces_of_any_skin_with_and_without_glasses(skin: Colour) -> None:
    """Light and dark skin, bare and with glasses: two faces side by side are both found, numbered from the left."""
    rgb = pasted(drawn(skin), 90, at=(0.3, 0.5), size=(640, 480))
    rgb[:, 320:] = pasted(drawn(skin, glasses=True), 90, at=(0.7, 0.5), size=(640, 480))[:, 320:]
    found = [face for face in seen(rgb) if face.score >= 0.6]
    assert [round((face.box[0] + face.box[2]) / 2, 1) for face in found] == [0.3, 0.7]
    for x in (0.3, 0.7):
        assert left(rgb, (x, 0.5)) < NOBODY


@pytest.mark.parametrize("angle", [30, 60, 90, 180, 225])
@pytest.mark.parametrize("tall", [60, 250])
def test_turned_faces(angle: int, tall: int) -> None:
    """However a head lies, it is found, and nobody's when covered."""
    rgb = pasted(drawn(), tall, angle=angle, size=SMALL)
    assert best(rgb) >= 0.6
    assert left(rgb) < NOBODY


@pytest.mark.parametrize("tall", [48, 200])
def test_masked_faces(tall: int) -> None:
    """A mask over mouth and nose does not hide a face from being covered."""
    rgb = pasted(drawn(masked=True), tall, size=SMALL)
    assert best(rgb) >= 0.6
    assert left(rgb) < NOBODY


@pytest.mark.parametrize("tall", [48, 250])
def test_half_faces(tall: int) -> None:
    """A face cut in half by the picture's edge is found and covered up to the edge."""
    rgb = pasted(drawn(), tall, at=(0.0, 0.5), size=SMALL)
    near = 0.15 * tall / SMALL[0], 0.5
    assert best(rgb, near) >= 0.3
    assert left(rgb, near) < NOBODY


@pytest.mark.parametrize("tall", [40, 250])
def test_dark_faces(tall: int) -> None:
    """A photo taken in the dark (exposure x0.15) hides nobody."""
    rgb = np.asarray(pasted(drawn(), tall, size=SMALL) * 0.15, np.uint8)
    assert best(rgb) >= 0.3
    assert left(rgb) < NOBODY


def test_a_room_without_people_has_no_faces() -> None:
    """Nothing is found in soft shapes and on one colour, whatever the picture's size."""
    for width, height in ((640, 480), (9, 7), (1, 1), (900, 3)):
        assert faces.find(smooth(width, height)) == ()
        assert faces.find(np.full((height, width, 3), 200, np.uint8)) == ()


def test_finding_is_the_same_every_time_and_in_threads() -> None:
    """The same picture gives the same faces, alone and beside others in threads."""
    pictures = [pasted(drawn(), tall, size=(640, 480)) for tall in (60, 150)] * 2
    alone = [faces.find(rgb) for rgb in pictures]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(faces.find, pictures)) == alone


def test_a_size_at_hand_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture at a size that is at hand is used for that size, and what is found stays the same; one of another size is not used."""
    rgb = pasted(drawn(), 150, size=(1200, 900))
    alone = faces.find(rgb)
    made: list[tuple[int, int]] = []
    resized = faces._resized

    def noted(picture: Bytes, size: tuple[int, int]) -> Bytes:
        made.append(size)
        return resized(picture, size)

    monkeypatch.setattr(faces, "_resized", noted)
    assert faces.find(rgb, smaller=align.small(rgb)) == alone
    assert (800, 600) not in made
    assert faces.find(rgb, smaller=rgb[::3, ::3]) == alone
    assert (800, 600) in made


def test_a_search_begun_finds_the_same() -> None:
    """Faces looked for beside other work, several pictures at once, are those that are found alone."""
    pictures = [pasted(drawn(), tall, size=(1200, 900)) for tall in (60, 150)] * 2
    alone = [faces.find(rgb) for rgb in pictures]
    with lanes.opened() as beside:
        begun = [faces.begin(rgb, align.small(rgb), beside) for rgb in pictures]
        assert [found() for found in begun] == alone
    assert [faces.begin(rgb, align.small(rgb))() for rgb in pictures] == alone
    assert all(alone)


def test_faces_are_numbered_in_reading_order() -> None:
    """Rows from the top, each from the left; a little higher or lower does not change the row."""
    boxes = [(60, 12, 70, 24), (20, 10, 30, 22), (40, 8, 50, 20), (10, 40, 20, 52), (80, 44, 90, 56)]
    numbered = faces._rows([((float(a), float(b), float(c), float(d)), 0.9) for a, b, c, d in boxes])
    assert [box[0] for box, _ in numbered] == [20, 40, 60, 10, 80]


def test_the_head_holds_the_hair_and_stays_in_the_photo() -> None:
    """A head is larger than the face on every side, most at the top, and ends at the photo's edge; lying, it has room on all sides."""
    left, top, right, bottom = faces.head(Face((0.4, 0.4, 0.5, 0.5), 0.9), (900, 1200))
    assert left < 0.38
    assert top < 0.36
    assert right > 0.52
    assert 0.51 < bottom < 0.54
    assert faces.head(Face((-0.02, 0.01, 0.1, 0.2), 0.9), (900, 1200))[:2] == (0.0, 0.0)
    lying = faces.head(Face((0.4, 0.4, 0.5, 0.5), 0.9), (1200, 900))
    assert lying[0] < 0.36
    assert lying[2] > 0.54


def test_a_drawn_head_lies_within_head_and_cover() -> None:
    """The hair of the drawn head reaches no further than ``head`` says, and the cover changes all of the face."""
    rgb = pasted(drawn(), 200)
    (face,) = [each for each in faces.find(rgb) if each.score >= 0.6]
    scale, middle = 200 / BOX / 256, (540, 720)
    left, top, right, bottom = faces.head(face, (1080, 1440))
    assert left * 1080 <= middle[0] - 78 * scale
    assert right * 1080 >= middle[0] + 78 * scale
    assert top * 1440 <= middle[1] - (256 * MIDDLE - 20) * scale
    assert bottom * 1440 >= middle[1] + (220 - 256 * MIDDLE) * scale
    shown = redact._weight("ellipse", np.array(redact.of_face(face).points) * (1080, 1440), (1080, 1440), 1.0)
    ellipse = np.zeros((1440, 1080), np.uint8)
    cv2.ellipse(ellipse, middle, (round(70 * scale), round(88 * scale)), 0, 0, 360, 1, -1)
    assert shown[ellipse > 0].min() == 1


def test_a_covered_face_is_a_few_patches() -> None:
    """What is left of a face are fewer than 4x4 blocks: two different faces under a cover differ by little more than their colour."""
    area = Area("ellipse", ((0.1, 0.1), (0.9, 0.9)))
    one, other = (redact.soften(pasted(drawn(masked=masked), 200, size=(500, 500)), [area]) for masked in (False, True))
    inner = np.s_[150:350, 150:350]
    detail = one[inner].astype(float) - cv2.GaussianBlur(one[inner], (0, 0), 24)
    assert detail.std() < 5
    assert np.abs(one[inner].astype(float) - other[inner]).mean() < 12


def test_outside_the_areas_every_byte_stays() -> None:
    """Softening makes a new picture and touches nothing but the areas, also where they overlap or leave the picture."""
    rgb = smooth(400, 300)
    before = rgb.copy()
    areas = [
        Area("ellipse", ((0.2, 0.2), (0.5, 0.6))),
        Area("polygon", ((0.4, 0.3), (0.7, 0.35), (0.65, 0.8), (0.45, 0.7))),
        Area("ellipse", ((-0.2, 0.7), (0.1, 1.3))),
        Area("polygon", ((1.2, 1.2), (1.5, 1.2), (1.5, 1.5))),
    ]
    made = redact.soften(rgb, areas)
    assert (rgb == before).all()
    changed = (made != rgb).any(axis=2)
    assert not changed[:50].any()
    assert not changed[:, 290:].any()
    assert changed[150, 150]
    assert changed[290, 5]
    for corner in ((65, 85), (175, 85)):
        assert not changed[corner]


@pytest.mark.parametrize("shape", ["ellipse", "polygon"])
def test_the_cover_looks_the_same_at_any_decoded_size(shape: Any) -> None:
    """A photo decoded at half the size and softened is the softened photo at half the size."""
    points = ((0.2, 0.25), (0.7, 0.8)) if shape == "ellipse" else ((0.2, 0.2), (0.8, 0.25), (0.75, 0.8), (0.2, 0.7))
    rgb = smooth(1600, 1200)
    half = np.asarray(cv2.resize(rgb, (800, 600), interpolation=cv2.INTER_AREA), np.uint8)
    area = [Area(shape, points)]
    large = cv2.resize(redact.soften(rgb, area), (800, 600), interpolation=cv2.INTER_AREA)
    apart = np.abs(large.astype(int) - redact.soften(half, area))
    assert apart.mean() < 0.5
    assert np.quantile(apart, 0.999) <= 12


def test_overlapping_and_tiny_areas() -> None:
    """Covered twice is still covered; an area of less than a pixel, a line and a point harm nothing."""
    rgb = smooth(300, 300)
    area = Area("ellipse", ((0.2, 0.2), (0.8, 0.8)))
    once, twice = redact.soften(rgb, [area]), redact.soften(rgb, [area, area])
    assert once[100:200, 100:200].std() >= twice[100:200, 100:200].std() - 0.5
    thin = [Area("polygon", ((0.5, 0.5), (0.9, 0.5))), Area("ellipse", ((0.5, 0.5), (0.5, 0.5)))]
    assert np.abs(redact.soften(rgb, thin).astype(int) - rgb).sum() < 255 * 300


def qr() -> Bytes:
    """A QR code of an invented address with its quiet zone, 8 pixels a module."""
    code = cv2.QRCodeEncoder.create().encode("https://example.com/u/EAbCdEfGhIjKlMnOp")
    framed = cv2.copyMakeBorder(code, 3, 3, 3, 3, cv2.BORDER_CONSTANT, value=(255,))
    return np.asarray(framed.repeat(8, axis=0).repeat(8, axis=1), np.uint8)


ODD = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"]
"""EAN-13's left-hand digits with odd parity (GS1 General Specifications 5.2.1); the others follow from them."""


def ean(left: str = "901234", right: str = "123457", parity: str = "LLGLGG") -> Bytes:
    """The bars of the EAN-13 4901234123457 (first digit and parity do not matter for finding it) with quiet zones, 4 pixels a module."""
    flipped = str.maketrans("01", "10")
    odd = {"L": lambda bars: bars, "G": lambda bars: bars.translate(flipped)[::-1]}
    bars = "101" + "".join(odd[p](ODD[int(d)]) for p, d in zip(parity, left, strict=True)) + "01010"
    bars += "".join(ODD[int(d)].translate(flipped) for d in right) + "101"
    row = np.array([0 if bar == "1" else 255 for bar in "0" * 11 + bars + "0" * 11], np.uint8)
    return np.asarray(row.repeat(4)[None].repeat(240, axis=0), np.uint8)


def coded(
    code: Bytes, wide: int, *, angle: float = 0, light: float = 1.0, at: tuple[int, int] = (400, 300), shake: int = 1
) -> Bytes:
    """A soft picture of 800x600 with a code ``wide`` pixels across, turned by degrees, shaken by pixels."""
    height, width = code.shape
    scale = wide / width
    turn: Any = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    turn[:, 2] += (at[0] - width / 2, at[1] - height / 2)
    fine = cv2.GaussianBlur(code, (0, 0), max(0.01, 0.4 / scale)) if scale < 1 else code
    made = cv2.warpAffine(fine, turn, (800, 600))[..., None] * 0.85 + 15
    where = cv2.warpAffine(np.full_like(code, 255), turn, (800, 600))[..., None] / 255.0
    still = np.asarray((smooth(800, 600) * (1 - where) + made * where) * light, np.uint8)
    return np.asarray(cv2.filter2D(still, -1, np.eye(shake) / shake), np.uint8)


SHOWN = [
    *((qr, wide, angle, 1.0, 1) for wide, angle in ((80, 0), (150, 20), (300, 45), (550, 90))),
    *((ean, wide, angle, 1.0, 1) for wide, angle in ((160, 0), (240, 20), (500, 90))),
    (qr, 200, 10, 0.15, 1),
    (ean, 240, 10, 0.15, 1),
    *((qr, wide, 10, 1.0, shake) for wide, shake in ((400, 9), (550, 11))),
]


@pytest.mark.parametrize(("kind", "wide", "angle", "light", "shake"), SHOWN)
def test_codes_are_found_and_gone_when_covered(kind: Any, wide: int, angle: float, light: float, shake: int) -> None:
    """QR codes and barcodes are found where they are, large or small, turned, dark or shaken; covered, they are neither found nor read."""
    rgb = coded(kind(), wide, angle=angle, light=light, shake=shake)
    (quad,) = codes.find(rgb)
    middle = np.mean(quad, axis=0) * (800, 600)
    assert np.hypot(*(middle - (400, 300))) < wide * 0.1
    hidden = redact.soften(rgb, [redact.of_code(quad)])
    assert codes.find(hidden) == ()
    detector = cv2.QRCodeDetectorAruco() if kind is qr else cv2.barcode.BarcodeDetector()
    assert not detector.detectAndDecode(hidden)[0]


def test_two_codes_in_one_picture_from_the_top() -> None:
    """Every code is found, and they come in the order of their upper edges."""
    rgb = coded(ean(), 240, at=(200, 450))
    rgb[:300] = coded(qr(), 160, at=(600, 150))[:300]
    first, second = codes.find(rgb)
    assert np.mean(first, axis=0) == pytest.approx((0.75, 0.25), abs=0.02)
    assert np.mean(second, axis=0) == pytest.approx((0.25, 0.75), abs=0.02)


def test_pictures_without_codes() -> None:
    """Nothing is found, and nothing fails, on soft shapes, noise, stripes, one colour and pictures of a few pixels."""
    noise = np.random.default_rng(1).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    for rgb in (
        smooth(640, 480),
        noise,
        smooth(3, 2),
        np.zeros((200, 300, 3), np.uint8),
        np.full((1, 900, 3), 255, np.uint8),
    ):
        assert codes.find(rgb) == ()


# The picture of finds

PARTS = ((10, 30, 20), (10, 50, 20, 20, 60, 20), (10, 30))


def looked_at(folder: Path, at: tuple[float, float], score: float = 0.95, count: int = 1) -> tuple[study.Study, Bytes]:
    """A study of a photo with a drawn face at a point, found ``count`` times this surely, and the photo's pixels."""
    rgb = pasted(drawn(), 120, at=at, size=(900, 1200))
    file = folder / "a.png"
    cv2.imwrite(str(file), rgb[..., ::-1])
    find = Find("face", score, redact.of_face(Face((at[0] - 0.05, at[1] - 0.05, at[0] + 0.05, at[1] + 0.05), score)))
    known = Facts(hashlib.sha256(file.read_bytes()).hexdigest(), 900, 1200, (0.5, 0.5), (find,) * count)
    return study.study(Photo(name="a.png", path=file, place=Place("x.yaml", 1)), known), rgb


@pytest.mark.parametrize(
    ("at", "where"),
    [
        ((0.1, 0.1), "左上角"),
        ((0.5, 0.1), "上边中间"),
        ((0.9, 0.2), "右上角"),
        ((0.2, 0.5), "左边中间"),
        ((0.5, 0.5), "正中间"),
        ((0.9, 0.5), "右边中间"),
        ((0.03, 0.73), "左下角"),
        ((0.5, 0.9), "下边中间"),
        ((1.0, 1.0), "右下角"),
    ],
)
def test_where_in_the_photo_itself_a_covered_find_is(
    at: tuple[float, float], where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In plain words, because the picture never shows it bare; one that is bare needs no such words."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    for score, wanted in ((0.95, [f"看不出是什么：打开原图，看{where}"]), (0.4, [])):
        one, _ = looked_at(tmp_path, at, score)
        (mark,) = privacy.marks(one, study.areas(one))
        assert list(privacy._where(one, mark)) == wanted


def fine(close: Bytes) -> float:
    """How much detail there is in the middle of a close look."""
    soft = cv2.GaussianBlur(close, (0, 0), 6).astype(float)
    return float((close.astype(float) - soft)[92:140, 92:140].std())


def test_a_covered_face_is_nowhere_bare_in_the_picture_of_finds(tmp_path: Path) -> None:
    """Neither in the photo nor in the close look, which shows more around it instead; a doubtful one is looked at from near."""
    one, rgb = looked_at(tmp_path, (0.5, 0.5))
    areas = study.areas(one)
    (mark,) = privacy.marks(one, areas)
    assert mark.state == "covered"
    soft = redact.soften(rgb, areas)
    close = privacy._close(soft, mark, 232)
    row = list(privacy._tile(one, areas, "", 1080, 1.0))[2]
    below = row[:232, 44 : 44 + 232]
    assert np.abs(below.astype(int) - close).mean() < 8
    other, _ = looked_at(tmp_path, (0.5, 0.5), 0.4)
    (bare,) = privacy.marks(other, ())
    near = privacy._close(rgb, bare, 232)
    wide = privacy._close(rgb, mark, 232)
    assert fine(below) < fine(wide) / 4
    assert np.abs(near.astype(int) - wide).mean() > 8


def test_many_doubtful_finds_have_one_word_below_them(tmp_path: Path) -> None:
    """Four need a line more than four rows; three do not."""
    told = [looked_at(tmp_path, (0.5, 0.5), 0.4, count)[0] for count in (2, 3, 4)]
    tiles = [list(privacy._tile(one, (), "", 540, 0.5)) for one in told]
    assert list(map(len, tiles)) == [4, 5, 5]
    few, more = (tile[-1].shape[0] for tile in tiles[1:])
    assert more - few == pytest.approx(24, abs=2)


def test_many_finds_go_on_in_further_pictures_no_higher_than_phones_open() -> None:
    """A part stays whole where it can; one larger than a page goes on below its own first band, and no band is lost."""
    parts = [tuple(np.full((height, 1, 3), n, np.uint8) for height in heights) for n, heights in enumerate(PARTS)]
    pages = [[(int(band[0, 0, 0]), len(band)) for band in page] for page in privacy._paged(parts, 100)]
    assert pages == [
        [(0, 10), (0, 30), (0, 20)],
        [(1, 10), (1, 50), (1, 20), (1, 20)],
        [(1, 10), (1, 60), (1, 20)],
        [(2, 10), (2, 30)],
    ]


def test_finds_stand_side_by_side(tmp_path: Path) -> None:
    """Two in a row, so that a photo with many finds is no tape; a sheet keeps its height."""
    one, _ = looked_at(tmp_path, (0.5, 0.5), 0.4, 60)
    _, pictured, *rows, _ = privacy._tile(one, (), "", 480, 480 / privacy.DRAWN)
    assert len(rows) == 30
    assert max(row.shape[0] for row in rows) < pictured.shape[0] / 3
