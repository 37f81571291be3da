"""What clips cost when other processes make their segments: ``python bench/cluster.py [BRIEF…]``, in an environment with ``vidkit[cluster]``.

A scheduler and two workers are started on loopback, each brief is made through them and then here, with empty caches, and the files are
compared. Figures are CPU seconds (sender and workers apart) and bytes, so that a busy machine decides nothing. What they mean: docs/scaling.md,
which ``--page`` writes from ``results/cluster.json`` and ``scaling.md.j2``. Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import measure
import page
import record

from vidkit import encode, plan
from vidkit.cache import Cache
from vidkit.clip import key
from vidkit.cluster import build, orders
from vidkit.painting.album import Album

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
DOC = ROOT / "docs" / "scaling.md"
BRIEFS = ("kitchen", "steps", "story")
PLATFORM = "douyin"
WORKERS = 2
START_SECONDS = 60.0


def main() -> None:
    """Measure and print, or write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("briefs", nargs="*", type=Path, metavar="BRIEF")
    parser.add_argument("--page", action="store_true", help="measure nothing; write docs/scaling.md from the results")
    chosen = parser.parse_args()
    if chosen.page:
        DOC.write_text(said(), encoding="utf-8")
        return
    briefs = chosen.briefs or [ROOT / "examples" / f"{name}.yaml" for name in BRIEFS]
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder)) as (address, workers):
        rows = [measured(brief, Path(folder), address, workers) for brief in briefs]
    if not chosen.briefs:
        tools = {"Dask": metadata.version("distributed"), "fsspec": metadata.version("fsspec")}
        record.keep("cluster", {"workers": WORKERS, "clips": rows, "all": together(rows)}, more=tools)


def said() -> str:
    """The page docs/scaling.md as the results say it."""
    result = page.results()["cluster"]
    folder = jinja2.FileSystemLoader(Path(__file__).resolve().parent)
    made = jinja2.Environment(loader=folder, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # Markdown
    return made.get_template("scaling.md.j2").render(result | {"measured": page.measured(result)}).strip() + "\n"


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address and its worker processes."""
    file = folder / "scheduler.json"
    (folder / "store").mkdir()
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    shared = ["--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", str(file)]
    running = [subprocess.Popen([*dask, "scheduler", "--port", "0", *shared], **quiet)]
    try:
        for number in range(WORKERS):
            own = [
                "--no-nanny",
                "--nthreads",
                "1",
                "--memory-limit",
                "0",
                "--local-directory",
                str(folder / f"w{number}"),
            ]
            env = os.environ | {"VIDKIT_CACHE": str(folder / f"worker-{number}")}
            running.append(subprocess.Popen([*dask, "worker", *own, *shared], env=env, **quiet))
        yield _address(file), running[1:]
    finally:
        for one in running:
            one.kill()  # a worker asked to end looks for its scheduler for minutes
            one.wait()


def _address(file: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise RuntimeError("the scheduler did not start")


def measured(brief: Path, folder: Path, address: str, workers: Sequence[subprocess.Popen[bytes]]) -> dict[str, Any]:
    """One brief made by the workers and made here: what both took, what went over the wire, whether the files are the same."""
    place = folder / brief.stem
    place.mkdir()
    before = [_cpu(one.pid) for one in workers]
    store = (folder / "store").as_uri()
    sender = _run(brief, place / "away", "--scheduler", address, "--store", store)
    by_worker = [_cpu(one.pid) - at for one, at in zip(workers, before, strict=True)]
    here = _run(brief, place / "here")
    if _hashes(place / "away") != _hashes(place / "here"):
        raise RuntimeError(f"{brief.name}: not the same bytes")
    row = {
        "brief": brief.stem,
        "sender_cpu_s": sender.cpu_s,
        "workers_cpu_s": round(sum(by_worker), 2),
        "shares": [round(one / sum(by_worker), 2) for one in by_worker],
        "here_cpu_s": here.cpu_s,
        "load": sender.load,
        **wire(brief, Cache(place / "away.cache")),
    }
    print(json.dumps(row))
    return row


def _run(brief: Path, out: Path, *more: str) -> measure.Cost:
    own = {"VIDKIT_CACHE": str(out.with_suffix(".cache")), "VIDKIT_TODAY": date.today().isoformat()}  # noqa: DTZ011
    line = [sys.executable, "-m", "vidkit", "make", str(brief), "--platform", PLATFORM, "-o", str(out), *more]
    return measure.run(line, out.with_suffix(".log"), env=own)


def _cpu(pid: int) -> float:
    """CPU seconds of a process and of the children it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def wire(brief: Path, cache: Cache) -> dict[str, Any]:
    """What went over the wire for a brief: MB of pictures up once and down at most, of segments, kB of orders; and how long the clip is."""
    script = plan.read(brief, cache, lambda *_: None, "", None)
    one = plan.plan(script, plan.platforms(script, PLATFORM)[0])
    album, sizes, down, order_bytes, back = Album(script.assets), dict[orders.Ask, int](), 0, 0, 0
    chosen = encode.settings("final")
    segments = {key(segment, chosen): segment for segment in one.segments}
    for name, segment in segments.items():
        asks = orders.asked(segment)
        for ask in asks:
            if ask not in sizes:
                sizes[ask] = len(orders.pack(ask, album))
        down += sum(sizes[ask] for ask in asks)
        pictures = tuple((ask, "0" * 64) for ask in asks)
        order = orders.WorkOrder(name, segment, chosen, pictures, "file:///store", build.own(cache))
        order_bytes += len(pickle.dumps(order))
        held = cache.find(name, ".mp4")
        assert held, name
        back += held.stat().st_size
    photos = {asset.sha256: asset.file.stat().st_size for asset in script.assets.values()}
    return {
        "seconds": round(one.board.frames / one.board.fps, 1),
        "frames": one.board.frames,
        "longest": max(segment.frames for segment in segments.values()),
        "segments": len(segments),
        "pictures": len(sizes),
        "photos_mb": round(sum(photos.values()) / 1e6, 1),
        "up_mb": round(sum(sizes.values()) / 1e6, 1),
        "down_mb": round(down / 1e6, 1),
        "back_mb": round(back / 1e6, 1),
        "orders_kb": round(order_bytes / 1e3),
    }


def together(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Means over the clips."""
    names = ("sender_cpu_s", "workers_cpu_s", "here_cpu_s", "seconds", "up_mb", "down_mb", "back_mb", "orders_kb")
    mean = {name: round(sum(float(row[name]) for row in rows) / len(rows), 2) for name in names}
    share = max(row["longest"] / row["frames"] for row in rows)
    return mean | {"longest_share": round(share, 2)}


if __name__ == "__main__":
    main()
