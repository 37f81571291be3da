"""Plans → finished files under their final names: clips, covers, captions, posters and the manifest of a brief.

``OUT/<brief>/<platform>/clip.mp4 · cover-*.jpg · caption.txt`` (with ``article.txt``, ``package.txt`` … where asked for; ``clip.srt`` and
``clip.vtt`` where recorded voices say words of the brief) and
``OUT/<brief>/poster-*.png · manifest.json``. Everything is made in the cache first, checked, and delivered by one rename; what is there already
with the same bytes is left alone. What the manifest will say is announced before the first file (``remains``). A code stands on
``<platform>/poster-*.png`` where the platform allows it; ``poster-a4.png`` is for print, as ``poster-a4.pdf`` is; ``pairs/`` holds the pairs of
photos as finished pictures.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit import __version__, cache, caption, clip, cover, encode, poster, project, sound
from vidkit.audio import subtitles
from vidkit.briefs.mode import mode
from vidkit.briefs.paths import DRAFT, PAIRS
from vidkit.labels import aigc
from vidkit.pages import pairs, still
from vidkit.painting.album import Album
from vidkit.painting.stock import Stock
from vidkit.people import consent, consents
from vidkit.photos import report
from vidkit.plan import names, recorded
from vidkit.problems import Refusal, problem
from vidkit.runs import cores, earlier, lock, places, provenance, remains, waiting
from vidkit.runs.earlier import KINDS
from vidkit.runs.progress import STILL
from vidkit.runs.stored import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from vidkit.audio.mastering import Samples
    from vidkit.brief import Brief
    from vidkit.cache import Cache
    from vidkit.clip import Clip, Rendering
    from vidkit.colour import Bytes
    from vidkit.encode import Settings
    from vidkit.kits.platform import Platform
    from vidkit.pages.page import Page
    from vidkit.plan import Plan, Script
    from vidkit.problems import Problem


@dataclass(frozen=True)
class Made:
    """Everything a run delivered for one brief: files in order, how many segments were wanted and were made anew, what must be known, and the
    SHA-256 of the manifest that says so.
    """

    folder: Path
    files: tuple[Path, ...]
    segments: int
    made: int
    problems: tuple[Problem, ...] = ()
    manifest: str = ""


@dataclass(frozen=True)
class Order:
    """How to make: where to, with which cache, a draft or the real thing, how many segments at once (0: as many as cores), and what makes
    the segments if not this computer.
    """

    out: Path
    cache: Cache
    draft: bool = False
    jobs: int = 0
    elsewhere: Rendering | None = None


def captions(script: Script, where: Platform) -> dict[str, str]:
    """The post's words for a platform by file name: ``caption.txt`` and what else it asks for; refuses what its limits do not allow."""
    made = caption.write(script.brief, where, script.template, script.brand, script.shelf)
    return caption.texts(made, where)


def subtitled(plan: Plan) -> dict[str, str]:
    """What is said in a clip as files beside it: ``clip.srt`` and ``clip.vtt``; none where nobody says words of the brief."""
    shown = [subtitles.Cue(one.text, one.first, one.last) for one in plan.board.subtitles]
    fps = plan.board.fps
    return {"clip.srt": subtitles.srt(shown, fps), "clip.vtt": subtitles.vtt(shown, fps)} if shown else {}


def make(script: Script, plans: Sequence[Plan], order: Order, advance: Callable[[int], None]) -> Made:
    """Make and deliver everything for one brief; ``advance`` is told how many frames became ready, and of ``STILL`` for every still.

    Refuses another brief's folder (VK-M021, VK-M028), files of ours that are not (VK-M029), a folder that another run is writing to (VK-E008) and
    a consent taken back since the brief was read (VK-S149).
    """
    own = order.out / project.called(script.brief.file)
    folder = own / DRAFT if order.draft else own
    with lock.held(own, order.cache):
        earlier.refuse_another(script.brief.file, order.out, (own, own / DRAFT))
        earlier.refuse_theirs(script, own, folder, (*(plan.platform.id for plan in plans), PAIRS))
        _refuse_taken_back(script)
        places.note_made(script.brief.file, own)
        places.note_cache(script.brief.file, order.cache)
        earlier.tidied(own)
        return _delivered(script, plans, order, folder, advance)


def _refuse_taken_back(script: Script) -> None:
    """Refuse (VK-S149) a brief one of whose consents was taken back since it was read: the clip would be made as if it held, and nobody would look
    for it any more.
    """
    book = script.consents
    used = (one for name in consent.everybody(script) for one in (book.of(name) if book else ()))
    held = dict.fromkeys(one.file for one in used if one.consent and not one.consent.withdrawn)
    known = names(script.shelf, project.root(script.brief.file)) if held else None
    for one in (consents.entry(file, known) for file in held if known):
        if one.consent and one.consent.withdrawn:
            raise Refusal(problem("VK-S149", who=one.name, day=one.consent.withdrawn))


def _delivered(
    script: Script, plans: Sequence[Plan], order: Order, folder: Path, advance: Callable[[int], None]
) -> Made:
    texts = {
        f"{plan.platform.id}/{name}": words
        for plan in plans
        for name, words in (*captions(script, plan.platform).items(), *subtitled(plan).items())
    }
    clips, sheets = _worked(script, plans, order, advance)
    made_of = {f"{plan.platform.id}/clip.mp4": made.file for plan, made in zip(plans, clips, strict=True)} | sheets
    earlier.claim(script, order.out / project.called(script.brief.file))
    noted = earlier.noted(script.brief.file, order.out)
    said = _manifest(script, plans, clips, folder, _digests(made_of, texts), noted)
    with remains.announced(said, folder):
        for name, source in made_of.items():
            cache.deliver(source, folder / name)
        for name, words in texts.items():
            cache.deliver_bytes(words.encode("utf-8"), folder / name)
    files = tuple(folder / name for name in sorted((*made_of, *texts), key=told_first))
    made = {name for one in clips for name in one.made}
    left = earlier.left(folder, files, script, [plan.platform.id for plan in plans])
    segments, sealed = len({k for one in clips for k in one.keys}), hashlib.sha256(said).hexdigest()
    return Made(folder, (*files, folder / MANIFEST), segments, len(made), left, sealed)


def _digests(made_of: Mapping[str, Path], texts: Mapping[str, str]) -> dict[str, str]:
    """The SHA-256 of what will be delivered, by name."""
    found = {name: hashlib.sha256(words.encode("utf-8")).hexdigest() for name, words in texts.items()}
    for name, source in made_of.items():
        with cache.missed(source):
            found[name] = cache.sha256(source)
    return found


def told_first(name: str) -> tuple[bool, bool, str, int, str]:
    """Files in the order people look for them: platform by platform its clip, covers and caption, the pairs, then the posters."""
    folder, _, file = name.rpartition("/")
    kind = file.split(".")[0].split("-")[0]
    return not folder, folder == PAIRS, folder, KINDS.index(kind) if kind in KINDS else len(KINDS), file


def _worked(
    script: Script, plans: Sequence[Plan], order: Order, advance: Callable[[int], None]
) -> tuple[tuple[Clip, ...], dict[str, Path]]:
    """All clips and all stills, in the cache: stills are drawn where no segment is left to begin, sounds beside them."""
    chosen = setting(plans, draft=order.draft)
    pages = {} if order.draft else dict(stills(script, plans))
    timelines = [plan.segments for plan in plans]
    labels = [aigc.of_clip(script, plan) for plan in plans]
    with (
        ThreadPoolExecutor(max_workers=order.jobs or cores.usable()) as pool,
        ThreadPoolExecutor(max_workers=1) as beside,
    ):
        album = Album(script.assets, Stock(order.cache, clip.painting()))
        sounds: list[Future[Path]] = []
        sheets: dict[str, Future[dict[str, Path]]] = {}
        try:
            sounds += [beside.submit(_sound, plan, order.cache, recorded(script)) for plan in plans]
            beside.submit(sound.forget)

            def draw() -> None:
                alike: dict[tuple[Page, str], Future[dict[str, Path]]] = {}
                for name in _dearest(pages):
                    same = pages[name], Path(name).suffix
                    if same not in alike:
                        alike[same] = pool.submit(_pictured, script, same, order.cache, album)
                    sheets[name] = alike[same]
                    sheets[name].add_done_callback(lambda _task: advance(STILL))

            clips = clip.make(
                timelines, sounds, album, chosen, order.cache, pool, advance, labels, order.elsewhere, draw
            )
            drawn = [(Path(name), waiting.result(sheets[name])) for name in pages]
        except BaseException:
            for sound_task in sounds:
                sound_task.cancel()
            for task in sheets.values():
                task.cancel()
            raise
    for plan, made in zip(plans, clips, strict=True):
        _within(plan.platform, made)
    found = {file.with_suffix(suffix).as_posix(): kept for file, files in drawn for suffix, kept in files.items()}
    return clips, found


def setting(plans: Sequence[Plan], *, draft: bool) -> Settings:
    """How the clips of a brief are encoded: all alike, so that platforms share segments, and none too large for its platform."""
    chosen = encode.settings("draft" if draft else "final")
    for plan in plans:
        seconds = plan.board.frames / plan.board.fps
        left = plan.platform.max_bytes / 125 - sound.most_kbit(seconds)
        chosen = encode.within(chosen, seconds, len(plan.segments), left)
    return chosen


def _dearest(pages: Mapping[str, Page]) -> list[str]:
    """Pages in the order they are drawn: the largest first, so that none is waited for at the end, each followed by those that show the same
    photos while these are still decoded.
    """
    largest = sorted(pages, key=lambda name: -pages[name].size[0] * pages[name].size[1])
    turns: dict[str, int] = {}
    for turn, name in enumerate(largest):
        shown = [one.picture.sha256 for one in pages[name].photos]
        turns |= dict.fromkeys(shown, min((turns[photo] for photo in shown if photo in turns), default=turn))
        turns[name] = turns[shown[0]] if shown else turn
    return sorted(largest, key=lambda name: turns[name])


def stills(script: Script, plans: Sequence[Plan]) -> Iterator[tuple[str, Page]]:
    """Every still that is drawn for the brief by its path below the brief's folder; those with a density are printed too."""
    where = tuple(one.platform for one in plans)
    for plan in plans:
        for name, sheet in cover.pages(script, plan.platform):
            yield f"{plan.platform.id}/{name}.jpg", sheet
        for name, sheet in poster.reachable(script, plan.platform):
            yield f"{plan.platform.id}/{name}.png", sheet
    for name, sheet in poster.pages(script, where):
        yield f"{name}.png", sheet
    for name, sheet in pairs.pages(script, where):
        yield f"{PAIRS}/{name}.jpg", sheet


def _within(where: Platform, made: Clip) -> None:
    """Refuse (VK-E007) a clip over the platform's size or rate: both are checked on the finished file."""
    with cache.missed(made.file):
        size = made.file.stat().st_size
    kbps = size * 8 / 1000 / made.contents.video_seconds
    if size > where.max_bytes or kbps > where.max_video_kbps:
        megabytes, limit = round(size / 1e6, 1), round(where.max_bytes / 1e6)
        raise Refusal(problem("VK-E007", None, **where.titles, megabytes=megabytes, limit=limit))


def _sound(plan: Plan, where: Cache, recording: Callable[[str], Samples]) -> Path:
    name = sound.key(plan.track)
    held = where.find(name, ".m4a")
    if held:
        return held
    with where.scratch() as folder:
        made = folder / "mix.m4a"
        sound.write(plan.track, made, recording)
        return where.keep(name, made)


def _pictured(script: Script, wanted: tuple[Page, str], where: Cache, album: Album) -> dict[str, Path]:
    """A page's picture by its suffix, and its PDF when it is meant for paper."""
    sheet, suffix = wanted
    said = aigc.of_page(script, sheet)
    key = still.key(sheet, clip.engine(), said)
    suffixes = (suffix, ".pdf") if sheet.dpi else (suffix,)
    held = {one: where.find(key, one) for one in suffixes}
    drawn = None if all(held.values()) else still.draw(sheet, album.cut, album.person, album.stock)
    return {one: there or _kept(drawn, one, sheet, said, where, key) for one, there in held.items()}


def _kept(drawn: Bytes | None, suffix: str, sheet: Page, said: str, where: Cache, key: str) -> Path:
    assert drawn is not None, "what is not held is drawn"
    with where.scratch() as folder:
        made = folder / f"page{suffix}"
        made.write_bytes(still.packed(drawn, suffix, sheet, said))
        aigc.prove(made, said)
        return where.keep(key, made)


def _manifest(
    script: Script,
    plans: Sequence[Plan],
    clips: Sequence[Clip],
    folder: Path,
    files: Mapping[str, str],
    noted: str,
) -> bytes:
    """What was made from what (``files`` with their hashes, ``noted`` the brief's path below its shop): hashes, versions and counts, no times and no paths of the machine, so the same input gives the same bytes."""
    said: dict[str, Any] = {
        "vidkit": __version__,
        "engine": clip.engine(),
        "brief": {
            "name": script.brief.file.name,
            "path": noted,
            "sha256": hashed(script),
        },
        "template": script.template.id,
        "brand": script.brand.id,
        "mode": mode(script.brief, script.template, script.brand),
        "ai": sorted(aigc.made_by_ai(script, *(plan.track for plan in plans))),
        "consents": list(consent.named(script)),
        "mentioned": list(consent.merely_named(script)),
        "homes": list(consent.homes(script.brief)),
        "rooms": _rooms(script),
        "inputs": provenance.digest(script, [plan.platform for plan in plans], draft=folder.name == DRAFT),
        **report.as_data(script),
        "clips": {plan.platform.id: _told(plan, made) for plan, made in zip(plans, clips, strict=True)},
        "files": files,
    }
    left = remains.of(folder, files)
    said |= {"earlier": left} if left else {}
    return (json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _rooms(script: Script) -> dict[str, str]:
    """What the photos that may show somebody's home are called, by the SHA-256 of the file of each."""
    found = {one.photo: one for one in script.developed.studies}
    return {found[photo].handed_in: photo.path.name for photo in consent.rooms(script.brief) if photo in found}


def hashed(script: Script) -> str:
    """The hash of a brief's file, or of its values where no file says them: a row of a table."""
    return script.sha256 or _values(script.brief)


def _values(brief: Brief) -> str:
    """The hash of what a brief says that no file holds: a row of a table."""
    return hashlib.sha256(brief.model_dump_json(exclude={"file", "places"}).encode()).hexdigest()


def _told(plan: Plan, made: Clip) -> dict[str, Any]:
    return {
        "canvas": list(plan.board.canvas),
        "fps": plan.board.fps,
        "frames": plan.board.frames,
        "scenes": [{"name": scene.name, "frames": scene.frames} for scene in plan.board.scenes],
        "segments": list(made.keys),
        "sound": sound.key(plan.track),
    }
