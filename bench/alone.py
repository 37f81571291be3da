"""One clip and nothing besides, as ``vidkit make`` makes it: ``python bench/alone.py BRIEF PLATFORM FILE``.

Everything a clip needs is in it (the brief checked as a whole, photos examined, words laid out, sound, segments, the finished file proven);
covers, posters, pairs and captions are not. What it is for: bench/README.md.
"""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vidkit.program import start_lightly

start_lightly()  # as the command line does

from vidkit import batch, cache, clip, encode, sound  # noqa: E402
from vidkit.labels import aigc  # noqa: E402
from vidkit.painting.album import Album  # noqa: E402
from vidkit.painting.stock import Stock  # noqa: E402
from vidkit.plan import recorded  # noqa: E402


def main() -> None:
    """Make it."""
    brief, platform, file = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    where = cache.default()
    item = batch.check([brief], where, platform)[0]
    assert item.script, item.problems
    script, one = item.script, item.plans[0]

    def mixed() -> Path:
        with where.scratch() as folder:
            sound.write(one.track, folder / "mix.m4a", recorded(script))
            return where.keep(sound.key(one.track), folder / "mix.m4a")

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool, ThreadPoolExecutor(1) as beside:
        album, label = Album(script.assets, Stock(where, clip.painting())), aigc.of_clip(script, one)
        made = clip.make(
            [one.segments],
            [beside.submit(mixed)],
            album,
            encode.settings("final"),
            where,
            pool,
            labels=[label],
        )
    shutil.copyfile(made[0].file, file)


if __name__ == "__main__":
    main()
