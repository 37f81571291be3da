"""Work orders: what goes over the wire, what comes back, and what becomes of a run when something on the way fails."""

from __future__ import annotations

import io
import multiprocessing
import pickle
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tiny
from conftest import smooth
from PIL import Image

from vidkit import cache as caches
from vidkit import clip, encode
from vidkit.cache import Cache
from vidkit.cluster import build, orders, scheduler, sender, stores, worker
from vidkit.cluster.sender import Sender
from vidkit.commands import elsewhere
from vidkit.painting.album import Album
from vidkit.photos.areas import Area
from vidkit.photos.prints import Asset, Treatment
from vidkit.problems import Refusal
from vidkit.storyboard import Backdrop, Picture
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.cluster.orders import Done, Refused, WorkOrder
    from vidkit.timeline import Segment

fsspec = pytest.importorskip("fsspec", reason="the extra cluster is installed by .ci/run --long")

DRAFT = encode.settings("draft")
SECRET = b"GPS 26.5N 106.7E"
URL = "memory://shop"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing is waited for; pictures of an earlier test are forgotten."""
    monkeypatch.setenv("VIDKIT_CACHE", str(tmp_path / "worker"))
    rules = table("cluster") | {"look_every_seconds": 0.05, "workers_seconds": 0.1}
    monkeypatch.setattr(sender, "table", lambda _name: rules)
    worker._picture.cache_clear()
    yield
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def album(tmp_path: Path) -> Album:
    """A photo with a place in its metadata, as it is and with a part of it covered."""
    file = tmp_path / "李阿姨家的厨房.jpg"
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    Image.fromarray(smooth(400, 300)).save(file, quality=92, exif=exif)
    sha256 = caches.sha256(file)
    assert SECRET in file.read_bytes()
    plain = Asset(file, file.name, (400, 300), sha256)
    covered = Treatment((Area("ellipse", ((0.3, 0.3), (0.7, 0.7))),), (1.1, 1.0, 0.95))
    return Album({"plain": plain, "treated": replace(plain, treatment=covered)})


@pytest.fixture
def segments() -> tuple[Segment, ...]:
    """Three small segments of that photo."""
    one = build.trial()
    return one, replace(one, first=1), replace(one, onto=None, transition="cut")


def made(
    segments: tuple[Segment, ...], album: Album, cache: Cache, away: clip.Rendering | None, told: list[int]
) -> clip.Clip:
    """One clip of the segments."""
    with ThreadPoolExecutor(2) as pool:
        (one,) = clip.make([segments], [None], album, DRAFT, cache, pool, told.append, elsewhere=away)
    return one


def refused(segments: tuple[Segment, ...], album: Album, cache: Cache, away: Sender) -> tuple[Any, ...]:
    """The problems a run ends with."""
    with pytest.raises(Refusal) as caught:
        made(segments, album, cache, away, [])
    return caught.value.problems


def left() -> list[str]:
    """What lies in the store."""
    return list(fsspec.filesystem("memory").find("/"))


class Direct(ThreadPoolExecutor):
    """One worker at a time; ``before`` may do harm to what it gets, ``after`` to what it left."""

    def __init__(self, before: Any = None, after: Any = None) -> None:
        super().__init__(1)
        self.orders: list[WorkOrder] = []
        self.before, self.after = before, after

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Carry an order out."""
        del kwargs
        self.orders.append(args[0])
        return super().submit(self._run, fn, *args)

    def _run(self, fn: Any, order: WorkOrder) -> Any:
        if self.before:
            self.before(order)
        said = fn(pickle.loads(pickle.dumps(order)))  # noqa: S301  # as it travels
        if self.after:
            self.after(order, said)
        return said


def test_bytes_are_those_of_this_computer(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """Through threads and through other processes: the same clip, every frame told once, nothing left in the store or at the worker."""
    told: dict[str, list[int]] = {"here": [], "threads": [], "processes": []}
    here = made(segments, album, Cache(tmp_path / "here"), None, told["here"])
    with ThreadPoolExecutor(2) as threads:
        one = made(segments, album, Cache(tmp_path / "threads"), Sender(threads, URL), told["threads"])
    assert left() == []
    store = tmp_path / "store"
    store.mkdir()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        away = Sender(processes, store.as_uri())
        two = made(segments, album, Cache(tmp_path / "processes"), away, told["processes"])
    assert list(store.iterdir()) == []
    assert one.file.read_bytes() == two.file.read_bytes() == here.file.read_bytes()
    assert set(one.made) == set(two.made) == set(here.made) == set(here.keys)
    assert {sum(frames) for frames in told.values()} == {sum(s.frames for s in segments)}
    assert [file for file in (tmp_path / "worker").rglob("*") if file.is_file()] == []
    assert not list((tmp_path / "threads" / "stores").iterdir())


def test_only_covered_pixels_travel(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """In the store lie pictures without metadata, of no more pixels than are shown, covered where the photo is; an order names no file."""
    seen: dict[str, bytes] = {}

    def look(_order: WorkOrder) -> None:
        memory = fsspec.filesystem("memory")
        seen.update({name: memory.cat_file(name) for name in memory.find("/")})

    with Direct(before=look) as pool:
        made(segments, album, Cache(tmp_path / "c"), Sender(pool, URL), [])
    pictures = {name: content for name, content in seen.items() if name.endswith(".png")}
    assert 0 < len(pictures) < 10
    assert not [name for name, content in seen.items() if SECRET in content or "李阿姨" in name]
    assert all(set(Image.open(io.BytesIO(content)).info) == set() for content in pictures.values())
    said = pickle.dumps(pool.orders)
    assert "李阿姨".encode() not in said
    assert str(tmp_path).encode() not in said
    assert [repr(one) for one in pool.orders] == [f"WorkOrder(key='{one.key}')" for one in pool.orders]
    asks = {ask: name for one in pool.orders for ask, name in one.pictures}
    ask = next(ask for ask in asks if ask.kind == "planes" and ask.picture.sha256 == "treated")
    sent = orders.planes(next(content for name, content in pictures.items() if asks[ask] in name))
    assert all(
        np.array_equal(a, b) for a, b in zip(sent, album.planes(ask.picture, ask.width, ask.height), strict=True)
    )
    bare = Album({"treated": replace(album.assets["treated"], treatment=Treatment())})
    raw = bare.planes(ask.picture, ask.width, ask.height)[0]
    assert np.abs(sent[0].astype(int) - raw).max() > 20


def test_every_ask_of_the_painter_is_foreseen(segments: tuple[Segment, ...], album: Album) -> None:
    """What a segment's pictures are packed to is what they are read back as, to the last level."""
    for segment in segments:
        for ask in orders.asked(segment):
            packed = orders.pack(ask, album)
            if ask.kind == "cut":
                assert np.array_equal(orders.rgb(packed), album.cut(ask.picture, ask.width, ask.height))
            else:
                wanted = album.planes(ask.picture, ask.width, ask.height)
                assert all(np.array_equal(a, b) for a, b in zip(orders.planes(packed), wanted, strict=True))


def test_a_film_is_played_here(
    segments: tuple[Segment, ...], album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A segment whose painter asks frame by frame stays on this computer; the others go."""
    film = Backdrop(picture=Picture("plain", (0.0, 0.0, 1.0, 1.0), 30))
    assert orders.plays(replace(segments[0], scene=replace(segments[0].scene, backdrop=film)))
    assert not orders.plays(segments[0])
    monkeypatch.setattr(orders, "plays", lambda segment: segment == segments[1])
    here = made(segments, album, Cache(tmp_path / "here"), None, [])
    told: list[int] = []
    with Direct() as pool:
        away = made(segments, album, Cache(tmp_path / "away"), Sender(pool, URL), told)
    assert away.file.read_bytes() == here.file.read_bytes()
    assert len(pool.orders) == len(segments) - 1
    assert sum(told) == sum(s.frames for s in segments)


def test_another_build_is_refused_by_name(
    segments: tuple[Segment, ...], album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker with another library, other drawing code or other pixels makes nothing; both are named (VK-D004); nothing is left."""
    own = build.own(Cache(tmp_path / "c"))
    older = replace(own, versions=(("vidkit", "0.0.9"), *own.versions[1:]), engine="e" * 64)
    with Direct(before=lambda _order: monkeypatch.setattr(build, "own", lambda _where: older)) as pool:
        (told,) = refused(segments, album, Cache(tmp_path / "c"), Sender(pool, URL))
    assert told.code == "VK-D004"
    said = told.message("en")
    assert f"it has vidkit 0.0.9, this computer has vidkit {own.versions[0][1]}" in said
    assert left() == []
    assert build.apart(own, own) is None
    assert build.apart(own, replace(own, engine="f" * 64)) == (
        f"drawing code {own.engine[:8]}",
        "drawing code ffffffff",
    )
    assert build.apart(own, replace(own, trial="0" * 64)) == (
        f"trial segment {own.trial[:8]}",
        "trial segment 00000000",
    )


def test_a_changed_picture_is_not_drawn(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """A picture that is not what its name says is told (VK-D005) and tried again; three times in all, then the run is refused (VK-D008)."""

    def spoil(_order: WorkOrder) -> None:
        memory = fsspec.filesystem("memory")
        for name in memory.find("/"):
            if name.endswith(".png"):
                memory.pipe_file(name, b"another")

    with Direct(before=spoil) as pool:
        (told,) = refused(segments[:1], album, Cache(tmp_path / "c"), Sender(pool, URL))
    assert (told.code, len(pool.orders)) == ("VK-D008", 3)
    assert "a picture was changed" in told.message("en")
    assert "VK-" not in told.message("zh")
    assert left() == []


def test_a_segment_that_came_back_otherwise_is_not_used(
    segments: tuple[Segment, ...], album: Album, tmp_path: Path
) -> None:
    """A byte short in the store, it is never used; the run is refused and the cache holds nothing of it."""

    def cut(_order: WorkOrder, said: Done | Refused) -> None:
        assert isinstance(said, orders.Done)
        memory = fsspec.filesystem("memory")
        name = next(n for n in memory.find("/") if said.proof in n)
        memory.pipe_file(name, memory.cat_file(name)[:-1])

    with Direct(after=cut) as pool:
        (told,) = refused(segments[:1], album, Cache(tmp_path / "c"), Sender(pool, URL))
    assert (told.code, len(pool.orders)) == ("VK-D008", 3)
    assert "not what was made" in told.message("en")
    assert Cache(tmp_path / "c").entries() == ()


def test_a_segment_that_was_damaged_once_is_made_again(
    segments: tuple[Segment, ...], album: Album, tmp_path: Path
) -> None:
    """A damaged file does not stand in the way of the next try."""
    here = made(segments[:1], album, Cache(tmp_path / "here"), None, [])
    rounds: list[int] = []

    def cut(_order: WorkOrder, said: Done | Refused) -> None:
        assert isinstance(said, orders.Done)
        rounds.append(1)
        memory = fsspec.filesystem("memory")
        name = next(n for n in memory.find("/") if said.proof in n)
        if len(rounds) == 1:
            memory.pipe_file(name, b"")

    with Direct(after=cut) as pool:
        away = made(segments[:1], album, Cache(tmp_path / "c"), Sender(pool, URL), [])
    assert away.file.read_bytes() == here.file.read_bytes()
    assert len(rounds) == 2


@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_that_fails_is_replaced(
    segments: tuple[Segment, ...], album: Album, tmp_path: Path, times: int
) -> None:
    """Whatever is raised once or twice is tried again, with the same bytes in the end."""
    here = made(segments, album, Cache(tmp_path / "here"), None, [])
    rounds: list[int] = []

    def fail(_order: WorkOrder) -> None:
        rounds.append(1)
        if len(rounds) <= times:
            raise ConnectionResetError("gone")

    with Direct(before=fail) as pool:
        away = made(segments, album, Cache(tmp_path / "away"), Sender(pool, URL), [])
    assert away.file.read_bytes() == here.file.read_bytes()
    assert len(pool.orders) == len(segments) + times


def test_a_bad_order_is_refused_in_the_end(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """What fails every time is tried three times and told in plain words; the traceback of another computer is not."""

    def fail(_order: WorkOrder) -> None:
        raise ValueError("no\nsuch luck " + "x" * 500)

    with Direct(before=fail) as pool:
        (told,) = refused(segments[:1], album, Cache(tmp_path / "c"), Sender(pool, URL))
    assert (told.code, told.exit_code, len(pool.orders)) == ("VK-D008", 5, 3)
    assert (
        told.message("en")
        == "a segment failed on other computers 3 times: a segment failed on another computer: ValueError: no"
    )
    assert left() == []


def test_what_no_worker_can_mend_is_not_tried_again(
    segments: tuple[Segment, ...], album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task under which Dask saw worker after worker die, and a scheduler that is gone, end the run (VK-D009)."""

    class KilledWorker(Exception):  # noqa: N818  # Dask's name
        pass

    for error in (KilledWorker("died on 4 workers"), CancelledError()):

        def fail(_order: WorkOrder, error: BaseException = error) -> None:
            raise error

        with Direct(before=fail) as pool:
            (told,) = refused(segments[:1], album, Cache(tmp_path / "c"), Sender(pool, URL))
        assert (told.code, len(pool.orders)) == ("VK-D009", 1)
    broken = ThreadPoolExecutor(1)
    broken.shutdown()
    assert refused(segments, album, Cache(tmp_path / "c"), Sender(broken, URL))[0].code == "VK-D009"


def test_nobody_to_work_is_told(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """When nothing becomes ready and no worker is there, the run does not wait for ever (VK-D003)."""

    class Never(ThreadPoolExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            del fn, args, kwargs
            return Future()

    assert refused(segments, album, Cache(tmp_path / "c"), Sender(Never(1), URL, lambda: 0))[0].code == "VK-D003"
    assert left() == []


def test_a_store_that_cannot_be_used(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """An unknown kind, a file in the way: told with the place (VK-D005), its password left out."""
    (tmp_path / "file").write_text("x")
    for url in ("nosuch://user:word@place/a", (tmp_path / "file").as_uri()):
        with ThreadPoolExecutor(1) as pool:
            (told,) = refused(segments[:1], album, Cache(tmp_path / "c"), Sender(pool, url))
        assert told.code == "VK-D005"
        assert "word" not in told.message("en")
        assert "place" in told.message("en") or "file" in told.message("en")


def test_a_killed_run_is_cleared_by_the_next(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """Its folder in the store goes when its cache is next used so; the folder of a run that goes on stays."""
    cache = Cache(tmp_path / "c")
    going_on = stores.run(URL, cache)
    store = going_on.__enter__()
    store.put("a.png", b"hers", "a.part")
    noted = next((cache.root / "stores").glob("*.json"))
    dead = noted.with_name("dead.json")
    dead.write_text(noted.read_text(encoding="utf-8").replace(store.url, f"{URL}/vidkit-dead"), encoding="utf-8")
    stores.Store(f"{URL}/vidkit-dead").open()
    with ThreadPoolExecutor(1) as pool:
        made(segments[:1], album, cache, Sender(pool, URL), [])
    assert not [name for name in left() if "dead" in name]
    assert len(left()) == 2
    going_on.__exit__(None, None, None)
    assert left() == []
    assert list((cache.root / "stores").glob("*.json")) == []


def test_a_run_that_is_over_gets_no_segment(segments: tuple[Segment, ...], album: Album, tmp_path: Path) -> None:
    """A worker that finishes after its run ended uploads nothing."""

    def end(_order: WorkOrder) -> None:
        memory = fsspec.filesystem("memory")
        for name in memory.find("/"):
            if name.endswith(f"/{stores.OPEN}"):
                memory.rm_file(name)

    with Direct(before=end) as pool:
        (told,) = refused(segments[:1], album, Cache(tmp_path / "c"), Sender(pool, URL))
    assert stores.OVER in told.message("en")
    assert left() == []


def test_a_workers_full_disk_is_its_own(
    segments: tuple[Segment, ...], album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of a worker's machine comes back as an answer and is tried again; what is no fault of a machine is raised."""
    order = _one_order(segments[0], album, tmp_path)
    for error, codes in ((OSError(28, "full"), {"VK-E003"}), (MemoryError(), {"VK-M012"})):

        def fail(*_args: object, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr(worker, "_carried_out", fail)
        said = worker.carry_out(order)
        assert isinstance(said, orders.Refused)
        assert {p.code for p in said.problems} == codes
    monkeypatch.setattr(worker, "_carried_out", lambda *_args: (_ for _ in ()).throw(OSError("words only")))
    with pytest.raises(OSError, match="words only"):
        worker.carry_out(order)


def _one_order(segment: Segment, album: Album, tmp_path: Path) -> WorkOrder:
    with Direct() as pool:
        made((segment,), album, Cache(tmp_path / "one"), Sender(pool, URL), [])
    return pool.orders[0]


def test_the_options_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler: this computer. A scheduler needs a store (VK-D010). A part that is not installed is named (VK-D001)."""
    with elsewhere.connected(None, URL) as nobody:
        assert nobody is None
    with pytest.raises(Refusal) as caught, elsewhere.connected("tcp://127.0.0.1:1", None):
        pass
    assert [p.code for p in caught.value.problems] == ["VK-D010"]
    assert caught.value.exit_code == 2
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(Refusal) as caught, elsewhere.connected("tcp://127.0.0.1:1", URL):
        pass
    assert [p.code for p in caught.value.problems] == ["VK-D001"]


def test_the_command_gives_every_segment_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``make --scheduler --store``: all segments are made elsewhere, and all files are those of a run without."""
    tiny.small(monkeypatch)
    shop = tiny.shop(tmp_path / "shop", tmp_path / "here", tmp_path / "here-cache")
    away = tiny.Shop(shop.folder, tmp_path / "away", tmp_path / "away-cache")
    assert shop.run()[0] == 0
    with Direct() as pool:

        @contextmanager
        def connected(address: str, store: str) -> Iterator[Sender]:
            assert address == "tcp://scheduler:8786"
            yield Sender(pool, store)

        monkeypatch.setattr(scheduler, "connected", connected)
        brief = str(shop.folder / "厨房.yaml")
        code, told = away.run(brief, "--scheduler", "tcp://scheduler:8786", "--store", URL)
    assert code == 0
    assert len(pool.orders) == told["briefs"][0]["segments"] == told["briefs"][0]["made"]
    assert away.made() == shop.made()
    assert left() == []
