"""Plans → finished files under their final names: clips, covers, captions, posters and the manifest of a brief.

``OUT/<brief>/<platform>/clip.mp4 · cover-*.jpg · caption.txt`` and ``OUT/<brief>/poster-*.png · manifest.json``. Everything is made
in the cache first, checked, and delivered by one rename; what is there already with the same bytes is left alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit import __version__, cache, caption, clip, cover, encode, poster, sound, still
from vidkit.problems import Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.clip import Album, Clip
    from vidkit.page import Page
    from vidkit.plan import Plan, Script
    from vidkit.platform import Platform


@dataclass(frozen=True)
class Made:
    """Everything a run delivered for one brief: files in order, and how many segments existed, were wanted and were made anew."""

    folder: Path
    files: tuple[Path, ...]
    segments: int
    made: int


@dataclass(frozen=True)
class Order:
    """How to make: where to, with which cache, a draft or the real thing, how many segments at once (0: as many as cores)."""

    out: Path
    cache: Cache
    draft: bool = False
    jobs: int = 0


def captions(script: Script, where: Platform) -> str:
    """The text of ``caption.txt`` for a platform; refuses what its limits do not allow."""
    return caption.text(caption.write(script.brief, where, script.template.folder), where)


def make(script: Script, plans: Sequence[Plan], order: Order, advance: Callable[[int], None]) -> Made:
    """Make and deliver everything for one brief; ``advance`` is told how many frames became ready."""
    folder = order.out / script.brief.file.stem
    album = clip.Album(script.assets)
    texts = {plan.platform.id: captions(script, plan.platform) for plan in plans}
    clips = {plan.platform.id: _clip(script, plan, order, advance) for plan in plans}
    files: list[Path] = []
    for plan in plans:
        files += _platform(
            folder / plan.platform.id, script, plan, clips[plan.platform.id], texts[plan.platform.id], order, album
        )
    if not order.draft:
        for name, sheet in poster.pages(script):
            files.append(_delivered(_drawn(sheet, ".png", order.cache, album), folder / f"{name}.png"))
    manifest = folder / "manifest.json"
    cache.deliver_bytes(_manifest(script, plans, clips, folder, files), manifest)
    made = {name for one in clips.values() for name in one.made}
    return Made(folder, (*files, manifest), len({k for one in clips.values() for k in one.keys}), len(made))


def _clip(script: Script, plan: Plan, order: Order, advance: Callable[[int], None]) -> Clip:
    chosen = encode.settings("draft" if order.draft else "final")
    audio = _sound(plan, order.cache)
    made = clip.make(plan.segments, script.assets, audio, chosen, order.cache, jobs=order.jobs, advance=advance)
    _within(plan.platform, made)
    return made


def _within(where: Platform, made: Clip) -> None:
    """Refuse (VK-E007) a clip over the platform's size or rate: both are checked on the finished file."""
    size = made.file.stat().st_size
    kbps = size * 8 / 1000 / made.contents.video_seconds
    if size > where.max_bytes or kbps > where.max_video_kbps:
        megabytes, limit = round(size / 1e6, 1), round(where.max_bytes / 1e6)
        raise Refusal(
            problem("VK-E007", platform=where.title_zh, platform_en=where.title_en, megabytes=megabytes, limit=limit)
        )


def _sound(plan: Plan, where: Cache) -> Path:
    name = sound.key(plan.track)
    held = where.find(name, ".m4a")
    if held:
        return held
    with where.scratch() as folder:
        made = folder / "mix.m4a"
        sound.write(plan.track, made)
        return where.keep(name, made)


def _platform(
    folder: Path, script: Script, plan: Plan, made: Clip, words: str, order: Order, album: Album
) -> Iterator[Path]:
    yield _delivered(made.file, folder / "clip.mp4")
    if not order.draft:
        for name, sheet in cover.pages(script, plan.platform):
            yield _delivered(_drawn(sheet, ".jpg", order.cache, album), folder / f"{name}.jpg")
    text = folder / "caption.txt"
    cache.deliver_bytes(words.encode("utf-8"), text)
    yield text


def _drawn(sheet: Page, suffix: str, where: Cache, album: Album) -> Path:
    name = still.key(sheet, clip.engine())
    held = where.find(name, suffix)
    if held:
        return held
    with where.scratch() as folder:
        made = folder / f"page{suffix}"
        made.write_bytes((still.png if suffix == ".png" else still.jpeg)(sheet, album.load))
        return where.keep(name, made)


def _delivered(source: Path, target: Path) -> Path:
    cache.deliver(source, target)
    return target


def _manifest(
    script: Script, plans: Sequence[Plan], clips: dict[str, Clip], folder: Path, files: Sequence[Path]
) -> bytes:
    """What was made from what: hashes, versions and counts, no times and no paths of the machine, so the same input gives the same bytes."""
    said: dict[str, Any] = {
        "vidkit": __version__,
        "engine": clip.engine(),
        "brief": {"name": script.brief.file.name, "sha256": hashlib.sha256(script.brief.file.read_bytes()).hexdigest()},
        "template": script.template.id,
        "brand": script.brand.id,
        "photos": [{"name": asset.name, "sha256": name} for name, asset in script.assets.items()],
        "clips": {plan.platform.id: _told(plan, clips[plan.platform.id]) for plan in plans},
        "files": {file.relative_to(folder).as_posix(): cache.sha256(file) for file in files},
    }
    return (json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _told(plan: Plan, made: Clip) -> dict[str, Any]:
    return {
        "canvas": list(plan.board.canvas),
        "fps": plan.board.fps,
        "frames": plan.board.frames,
        "scenes": [{"name": scene.name, "frames": scene.frames} for scene in plan.board.scenes],
        "segments": list(made.keys),
        "sound": sound.key(plan.track),
    }
