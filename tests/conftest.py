"""What the tests of the passes share: photos made of numbers, briefs made without files, pixels written as letters."""

from __future__ import annotations

import gc
import io
import os
import tempfile
import zipfile
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest
from hypothesis import settings
from PIL import Image

from vidkit import colour, kit, layout, plan, shop, storyboard, timeline
from vidkit.brief import Brief, Pair, Person, Photo, Price
from vidkit.cache import Cache, default, sha256
from vidkit.compiled import Compiled
from vidkit.develop import Developed
from vidkit.people import consent_file
from vidkit.photos import facts, pair
from vidkit.photos.prints import Print
from vidkit.plan import Script
from vidkit.problems import Place
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2.bccache import Bucket

    from vidkit.colour import Bytes
    from vidkit.kits.platform import Platform
    from vidkit.plan import Plan

settings.register_profile("vidkit", max_examples=30, deadline=None, derandomize=True, database=None)
settings.load_profile("vidkit")

GOLDEN = Path(__file__).parent / "golden"
LANDSCAPE, PORTRAIT = (4000, 3000), (3024, 4032)
HASTY = 6
"""The canvas of finished clips nobody looks at is that many times smaller: 180 x 320."""
NUMBERS = count()
"""Of the tests of a process: most have no need of a folder, and to make one looks through all that are there."""
LETTERS = {
    "K": (0, 0, 0),
    "W": (255, 255, 255),
    "G": (128, 128, 128),
    "R": (255, 0, 0),
    "L": (0, 255, 0),
    "B": (0, 0, 255),
    "Y": (255, 255, 0),
}
"""Colours of ASCII pixels: blacK, White, Grey, Red, Lime, Blue, Yellow."""


LONGEST = (
    *("test_many.py", "test_examples.py", "test_cli.py", "test_consent_commands.py", "test_disk.py", "test_posters.py"),
    *("test_caption.py", "test_publish.py", "test_layout.py", "test_privacy.py", "test_crash.py", "test_remembered.py"),
    *("test_rules_words.py", "test_proof.py", "test_barred.py", "test_sound.py", "test_rules.py", "test_pair.py"),
)
"""Files whose tests take longest, in that order: begun first, so that no process is left alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first."""
    place = {name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def pytest_collection_finish() -> None:
    """What was read in to collect thousands of tests stays: nobody need look through it for garbage."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or fills the user's cache."""
    if "VIDKIT_CACHE" not in os.environ:
        monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path_factory.getbasetemp() / "caches" / str(next(NUMBERS))))


@pytest.fixture(autouse=True)
def _disks_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test in this process asks what a power cut leaves: what is written need not reach the disk at once."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


class _Held(Compiled):
    """Templates compiled once a process, for whichever test's empty cache: its file is written there as if this test had compiled it."""

    known: ClassVar[dict[tuple[str, str], Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code in the cache's file, else what another test compiled."""
        super().load_bytecode(bucket)
        held = self.known.get((bucket.key, bucket.checksum))
        if bucket.code is None and held is not None and not self._file(bucket).exists():
            bucket.code = held
            self.dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Kept for this test, and for others."""
        self.known[bucket.key, bucket.checksum] = bucket.code
        super().dump_bytecode(bucket)


@pytest.fixture(autouse=True)
def _templates_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of what a small test would do is compiling the same templates again."""
    monkeypatch.setattr(layout, "Compiled", _Held)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finished clips are small and encoded as fast as can be, for tests that do not look at their pictures."""
    real = plan.plan

    def small(script: Script, where: Platform, *, draft: bool = False) -> Plan:
        made = real(script, where, draft=draft)
        board = storyboard.shrunk(made.board, HASTY)
        return made if draft else replace(made, board=board, segments=timeline.cut(board))

    monkeypatch.setattr(plan, "plan", small)
    monkeypatch.setitem(table("encoder")["final"], "preset", "ultrafast")


@pytest.fixture(scope="module")
def small_drafts() -> Iterator[None]:
    """Drafts are as small as such clips, for tests that do not look at their pictures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "DRAFT", HASTY)
        yield


@pytest.fixture(scope="session")
def seen_in_photos(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """One cache for all tests and all processes of a run: to find out what photos show takes seconds each time."""
    own = tmp_path_factory.getbasetemp()
    return Cache((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "examined")


@pytest.fixture(scope="session")
def examined(seen_in_photos: Cache) -> Cache:
    """The same, to be a test's own cache, for the examples' photos."""
    return seen_in_photos


EXAMINE, COMPARE = facts._examined, pair._compared
LOOK, MATCH = (
    FunctionType(one.__code__, {**vars(module)}, one.__name__, one.__defaults__)
    for module, one in ((facts, facts.look), (pair, pair.match))
)
"""How photos and pairs are examined, or remembered by a cache, whatever is put in the place of how they are examined."""
ANEW = (
    *("test_align.py", "test_crash.py", "test_develop.py", "test_disk.py", "test_pair.py", "test_photo_hostile.py"),
    *("test_photo_orientation.py", "test_photos.py", "test_portrait.py", "test_privacy.py", "test_quality.py"),
)
"""Files that test the examining itself, or every read and write of a run: there, what is not in a test's own cache is examined."""


@pytest.fixture(autouse=True, scope="module")
def _photos_are_examined_once(request: pytest.FixtureRequest, seen_in_photos: Cache) -> Iterator[None]:
    """What the same bytes show is found out once a run, for whichever test's empty cache: it is remembered there as if this test had found it out."""
    with pytest.MonkeyPatch.context() as patch:
        if request.path.name not in ANEW:
            patch.setattr(
                facts, "_examined", lambda source, at_hand, lanes: LOOK(source, seen_in_photos, at_hand, lanes)
            )
            patch.setattr(pair, "_compared", lambda before, after, lanes: MATCH(before, after, seen_in_photos, lanes))
        yield


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not in this test's own cache is examined."""
    monkeypatch.setattr(facts, "_examined", EXAMINE)
    monkeypatch.setattr(pair, "_compared", COMPARE)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache of its own."""
    return Cache(tmp_path / "parts-of-this-test")


def flat(letter: str, size: tuple[int, int] = (64, 64)) -> Bytes:
    """An RGB picture of one colour; ``size`` is width and height."""
    return np.full((size[1], size[0], 3), LETTERS[letter], np.uint8)


def smooth(width: int, height: int, seed: int = 1) -> Bytes:
    """An RGB picture that looks a little like a photo: soft shapes and fine grain, the same for the same seed."""
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / max(width, height)
    made = np.empty((height, width, 3), np.float32)
    for channel in range(3):
        a, b, c, d = chance.uniform(2, 9, 4)
        made[..., channel] = 128 + 55 * np.sin(a * x + b * y + c) + 45 * np.cos(d * x * y * 6 + a)
    grain = chance.normal(0, 3, (height, width, 1)).astype(np.float32)
    return np.asarray(np.clip(made + grain, 0, 255), np.uint8)


def room(width: int, height: int, seed: int = 1, *, cleaned: bool = False) -> Bytes:
    """An RGB picture with sharp edges everywhere, as a room has, the same for the same seed; ``cleaned`` is the same room with its
    lower right quarter changed.
    """
    return _room(width, height, seed, cleaned=cleaned).copy()


@lru_cache(maxsize=64)
def _room(width: int, height: int, seed: int, *, cleaned: bool) -> Bytes:
    chance = np.random.default_rng(seed)
    made = np.full((height, width, 3), 150, np.uint8)
    for number in range(420):
        size = chance.uniform(0.02, 0.3 if number < 60 else 0.08, 2) * min(width, height)
        x, y = chance.uniform(-0.05, 1.0, 2) * (width, height)
        made[max(0, int(y)) : int(y + size[1]), max(0, int(x)) : int(x + size[0])] = chance.integers(40, 230, 3)
    if cleaned:
        corner = made[height // 2 :, width // 2 :]
        corner[:] = room(corner.shape[1], corner.shape[0], seed + 100)
    return made


def letters(frame: Bytes) -> list[str]:
    """The frame's luma rows as letters: the colour of ``LETTERS`` within two levels in Y, U and V, ``?`` for any other."""
    y, u, v = colour.planes(frame)
    known = {name: tuple(int(p[0, 0]) for p in colour.yuv_planes(flat(name, (2, 2)))) for name in LETTERS}
    found = np.full(y.shape, "?")
    stacked = np.dstack([y, u.repeat(2, 0).repeat(2, 1), v.repeat(2, 0).repeat(2, 1)]).astype(int)
    for name, value in known.items():
        found[np.abs(stacked - np.array(value)).max(axis=2) <= 2] = name
    return ["".join(row) for row in found]


def assert_pixels(frame: Bytes, drawn: str) -> None:
    """The frame looks exactly as drawn; ``.`` stands for any colour (a mixed edge)."""
    wanted, found = drawn.split(), letters(frame)
    assert len(wanted) == len(found), f"{len(found)} rows drawn as {len(wanted)}"
    shown = [
        "".join("." if w == "." else f for w, f in zip(a, b, strict=True)) for a, b in zip(wanted, found, strict=True)
    ]
    assert shown == wanted, "\n" + "\n".join(f"{a}   {b}" for a, b in zip(wanted, found, strict=True))


SHORT = {
    "title": "厨房变个样",
    "service": "保洁",
    "keyword": "变个样",
    "spots": ("灶台", "水槽", "墙面", "油烟机", "地面", "门"),
    "note": "先喷再擦",
}
LONG = {
    "title": "三小时深度保洁，老厨房也能变个样",
    "service": "全屋深度保洁和家电清洗",
    "keyword": "变个样",
    "spots": ("灶台和墙面瓷砖", "抽油烟机滤网", "不锈钢水槽边", "推拉门下轨道", "马桶底座一圈", "冰箱门封条里"),
    "note": "先喷清洁剂，放10分钟再用软布顺着擦两遍",
}


def photo(number: int, side: str) -> Photo:
    """A photo of a brief that has no file."""
    name = f"{number}-{side}.jpg"
    return Photo(name=name, path=Path("/photos") / name, place=Place("brief.yaml", 5 + number, 3))


SIGNED = b"\xff\xd8\xff a photo of a signed form"


@lru_cache(maxsize=1)
def _seen() -> bytes:
    """A cache that knows what the photos of ``a_shop`` show, and nothing else, as a zip: finding out takes a second each time."""
    with tempfile.TemporaryDirectory() as folder:
        shots = Path(folder)
        _shoot(shots)
        (shots / "x.yaml").write_text(ONE_PAIR.replace("before.", "a.").replace("after.", "b."), encoding="utf-8")
        plan.read(shots / "x.yaml", Cache(shots / "cache"))
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as packed:
            for file in (shots / "cache").rglob("*"):
                packed.write(file, file.relative_to(shots))
        return held.getvalue()


def _shoot(folder: Path) -> None:
    for name in ("a", "b"):
        Image.fromarray(room(320, 400, 3, cleaned=name == "b")).save(folder / f"{name}.jpg", quality=90)


def a_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, brief: str) -> Path:
    """A shop in which one stands, with a brief, its two photos, a signed form and a cache beside it that has seen the photos."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    monkeypatch.setenv("VIDKIT_TODAY", "2026-11-26")
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "店"
    shop.write(folder)
    _shoot(folder / "photos")
    with zipfile.ZipFile(io.BytesIO(_seen())) as packed:
        packed.extractall(tmp_path)
    (folder / "briefs" / "厨房.yaml").write_text(brief, encoding="utf-8")
    (folder / "签.jpg").write_bytes(SIGNED)
    monkeypatch.chdir(folder)
    return folder


def sign(folder: Path, name: str, role: str = "worker") -> None:
    """A consent in such a shop, signed, for Douyin."""
    file = consent_file.write(folder, consent_file.Draft(name, role, "2028-01-01", ("抖音",)))
    paper = consent_file.keep_paper(file, folder / "签.jpg", name)
    said = {"signed": f"signed/{paper.name}", "sha256": sha256(paper), "publish": "是"}
    consent_file.change(file, said, default())


def brief_of(words: Mapping[str, object], pairs: int, *, options: bool) -> Brief:
    """A brief in short or long words with some pairs, with everything optional or nothing."""
    spots, long = words["spots"], words is LONG
    assert isinstance(spots, tuple)
    listed = tuple(
        Pair(
            spot=spots[i],
            before=photo(i, "before"),
            after=photo(i, "after"),
            note=str(words["note"]) if options else "",
        )
        for i in range(pairs)
    )
    person = Person(
        name="欧阳秀兰阿姨" if long else "秀兰",
        craft="高级家政保洁师" if long else "保洁师",
        years=12 if long else 8,
        quote="每一户我都当自己家来收拾，擦不干净我不走" if long else "放心",
    )
    price = Price(
        item="深度保洁套餐" if long else "保洁",
        amount="12800" if long else "99",
        unit="平方米" if long else "次",
        conditions="4小时，两位阿姨，厨房和卫生间，不含擦外窗和搬家具" if long else "2小时",
        starting=long,
    )
    return Brief(
        file=Path("/briefs/kitchen.yaml"),
        template="before-after",
        brand="linli",
        title=str(words["title"]),
        service=str(words["service"]),
        keyword=str(words["keyword"]) if options else "",
        area=("贵阳市云岩区和观山湖区" if long else "云岩") if options else "",
        pairs=listed,
        people=(person,) if options else (),
        prices=(price,) if options else (),
    )


def prints_of(
    brief: Brief, sizes: Sequence[tuple[int, int]] = (LANDSCAPE, PORTRAIT), *, aligned: bool = True
) -> dict[Photo, Print]:
    """Prints of the photos of a brief without decoding any: sizes take turns from pair to pair."""
    return {
        one: Print(f"{i}{digit}" * 32, *sizes[i % len(sizes)], aligned=aligned)
        for i, pair in enumerate(brief.pairs)
        for one, digit in ((pair.before, "b"), (pair.after, "a"))
    }


def script_of(
    brief: Brief, sizes: Sequence[tuple[int, int]] = (LANDSCAPE, PORTRAIT), *, aligned: bool = True
) -> Script:
    """A brief with the kit it names, ready to plan; its photos are known by size only."""
    shelf = kit.shelf()
    made = Developed(prints_of(brief, sizes, aligned=aligned), {}, (), (), ())
    return Script(brief, kit.template(brief.template, shelf), kit.brand(brief.brand, shelf), shelf, made)


ONE_PAIR = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 厨房变个样
服务: 深度保洁
对比:
  - {位置: 灶台, 前: before.jpg, 后: after.jpg}
"""


def one_pair(folder: Path) -> Path:
    """A brief of one pair of pictures in a folder; its file."""
    for name in ("before", "after"):
        Image.fromarray(room(720, 960, 2, cleaned=name == "after")).save(folder / f"{name}.jpg", quality=95)
    (folder / "a.yaml").write_text(ONE_PAIR, encoding="utf-8")
    return folder / "a.yaml"
