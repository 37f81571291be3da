"""The examples in every brand → a page to look through: a strip of each clip, its posters and covers, small (``vidkit gallery``)."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from vidkit import cache, colour, cover, kit, plan, poster, sheet
from vidkit.pages import still
from vidkit.painting.album import Album
from vidkit.problems import Refusal, problem
from vidkit.runs import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.colour import Bytes
    from vidkit.pages.page import Page
    from vidkit.plan import Plan, Script

FRAMES = 8
"""Frames of a clip in its strip."""
SETTLED = 0.72
"""Where in a scene its frame is taken, as a share of its time: everything has come in, nothing leaves yet."""
FRAME_WIDTH, PAGE_HEIGHT, GAP = 150, 300, 8
QUALITY = 82
GROUND = "#E9E6E1"
HEAD = f"""\
{ours.GALLERY}

九个模板，三个示例品牌。品牌、人物、价格、评价都是虚构的，图是程序画出来的。这一页由 `vidkit gallery` 生成。

Nine templates in three example brands. Brands, people, prices and reviews are fictional, the pictures are drawn by a script. This page is
made by `vidkit gallery`.
"""


@dataclass(frozen=True)
class Entry:
    """One template in the gallery: its example in every brand, the example's own brand first."""

    scripts: tuple[Script, ...]

    @property
    def template(self) -> kit.Template:
        """The template shown."""
        return self.scripts[0].template


def entries(files: Sequence[Path], store: Cache) -> tuple[Entry, ...]:
    """The briefs of ``files`` in every brand there is."""
    return tuple(Entry(tuple(_branded(plan.read(file, store)))) for file in files)


def _branded(script: Script) -> Iterator[Script]:
    yield script
    for name, _ in kit.brand_names(script.shelf):
        if name != script.brand.id:
            brief = script.brief.model_copy(update={"brand": name})
            yield replace(script, brief=brief, brand=kit.brand(name, script.shelf))


def write(
    found: Sequence[Entry], out: Path, advance: Callable[[int], None] = lambda _pictures: None
) -> tuple[Path, ...]:
    """Write ``gallery.md`` and its pictures in ``gallery/`` of a folder; ``advance`` is told of every picture. The files, the page first."""
    page, written, index = [HEAD], [], out / "gallery.md"
    if not index.exists():
        cache.deliver_bytes(HEAD.encode("utf-8"), index)  # pictures without a page would be somebody else's
    for entry in found:
        page.append(_words(entry))
        for name, drawn in _pictures(entry):
            file = out / "gallery" / f"{name}.jpg"
            cache.deliver_bytes(_jpeg(drawn), file)
            written.append(file)
            page.append(f"![{name}](gallery/{name}.jpg)\n")
            advance(1)
    cache.deliver_bytes("\n".join(page).encode("utf-8"), index)
    return index, *written


def sure(out: Path) -> None:
    """Refuse (VK-M034) a folder with a page or pictures of that name that are no gallery of ours."""
    index, pictures = out / "gallery.md", out / "gallery"
    ours.sure(index)
    if not index.exists() and pictures.is_dir() and any(pictures.iterdir()):
        raise Refusal(problem("VK-M034", name=pictures))


def count(found: Sequence[Entry]) -> int:
    """How many pictures a gallery has."""
    return sum(len(entry.scripts) + 2 for entry in found)


def _words(entry: Entry) -> str:
    one = entry.template
    return f"\n## {one.names.zh} · {one.names.en}（`{one.id}`）\n\n{one.about.zh}。{one.about.en[:1].upper()}{one.about.en[1:]}.\n"


def _pictures(entry: Entry) -> Iterator[tuple[str, Bytes]]:
    for script in entry.scripts:
        where = plan.platforms(script)[0]
        yield f"{entry.template.id}-{script.brand.id}", strip(plan.plan(script, where), Album(script.assets))
    posters = [(script, dict(poster.pages(script))["poster-3x4"]) for script in entry.scripts]
    yield f"{entry.template.id}-posters", _row([_page(script, one) for script, one in posters])
    yield (
        f"{entry.template.id}-covers",
        _row([_page(script, one) for script in entry.scripts for one in _covers(script)]),
    )


def _covers(script: Script) -> Iterator[Page]:
    for _, one in cover.pages(script, plan.platforms(script)[0]):
        yield one


def strip(one: Plan, album: Album) -> Bytes:
    """Some frames of a clip side by side as RGB, from its first to its last scene."""
    scenes = [segment for segment in one.segments if not segment.onto]
    chosen = {round(at) for at in np.linspace(0, len(scenes) - 1, min(FRAMES, len(scenes)))}
    size = FRAME_WIDTH, round(FRAME_WIDTH * one.board.canvas[1] / one.board.canvas[0])
    frames = []
    for number in sorted(chosen):
        step = 0 if number == 0 else int(SETTLED * scenes[number].frames)
        drawn = colour.to_rgb(next(sheet.painted(scenes[number], (step,), album)))
        frames.append(np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.uint8))
    return _row(frames)


def _page(script: Script, one: Page) -> Bytes:
    album = Album(script.assets)
    drawn = still.draw(one, album.cut, album.person)
    size = round(PAGE_HEIGHT * drawn.shape[1] / drawn.shape[0]), PAGE_HEIGHT
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.uint8)


def _row(pictures: Sequence[Bytes]) -> Bytes:
    """Pictures of one height side by side on a quiet ground."""
    height, width = pictures[0].shape[0], sum(one.shape[1] + GAP for one in pictures) + GAP
    made = np.empty((height + 2 * GAP, width, 3), np.uint8)
    made[:] = colour.rgb(GROUND)
    x = GAP
    for one in pictures:
        made[GAP : GAP + height, x : x + one.shape[1]] = one
        x += one.shape[1] + GAP
    return made


def _jpeg(rgb: Bytes) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(rgb).save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()
