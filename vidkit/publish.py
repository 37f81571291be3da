"""A brief → one verdict and, unless it must not be posted, a pack for every platform: ``OUT/<brief>/publish/<platform>/`` and a zip to hand on.

What is missing is made, every finished file is proven, and everything that stands against the post is said at once: banned words, lacking
consents, failed proofs. What is refused before anything was made gets no pack, only ``审核单-草稿.html`` and, when consents lack, one small sample
to show to her. Each pack is written beside its final name and takes it by one rename; its zip and manifest are kept in the archive.
"""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vidkit import batch, cache, clip, project
from vidkit import make as making
from vidkit import plan as planning
from vidkit.briefs import paths
from vidkit.consoles import spelling
from vidkit.kits import platform
from vidkit.labels import aigc
from vidkit.pages import page
from vidkit.painting.album import Album
from vidkit.people import consent
from vidkit.problems import Place, Refusal, as_json, in_order, problem, spoken_language
from vidkit.publishing import archive, dossier, handed, outward, pack, posting, preview, proof, record, review, versions
from vidkit.publishing.pack import NEW
from vidkit.rules import lint
from vidkit.runs import earlier, lock, places, remains, stored
from vidkit.runs.stored import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.batch import Item
    from vidkit.kits.platform import Platform
    from vidkit.make import Made, Order
    from vidkit.plan import Script
    from vidkit.problems import Problem
    from vidkit.publishing.dossier import Dossier, Verdict
    from vidkit.publishing.proof import Proof

PUBLISH = "publish"
PREVIEW, SAMPLE = "preview.mp4", "样片-给她看.mp4"


@dataclass(frozen=True)
class Packed:
    """A pack that lies under its final name: the platform's id, its folder, its zip, and whether it was the same before."""

    platform: str
    folder: Path
    zip: Path
    same: bool


@dataclass(frozen=True)
class Published:
    """What came of publishing a brief."""

    verdict: Verdict
    item: Item
    """The brief with what was made and found."""
    problems: tuple[Problem, ...] = ()
    packs: tuple[Packed, ...] = ()
    entry: Path | None = None
    """The archive's entry."""
    drafts: tuple[Path, ...] = ()
    """What a refused post leaves to look at."""
    proof: Proof | None = None
    blockers: tuple[dict[str, str], ...] = ()
    """What stands against it, in plain words (zh, en)."""
    taken_back: bool = False
    """Somebody took her consent back."""
    free: tuple[Platform, ...] = ()
    """The platforms on which nothing stands against it."""


@dataclass(frozen=True)
class Wishes:
    """How to publish: whether warnings stop it, and whether an older pack may be replaced (asked with its folder)."""

    strict: bool = False
    replace: Callable[[Path], bool] = lambda _folder: False


def known(item: Item, *, strict: bool = False) -> tuple[Dossier, ...]:
    """What is known of the post on each platform before anything is made, with its verdict; nothing of a brief that could not be read."""
    return _dossiers(item, _against(item), None, strict=strict) if item.script and item.plans else ()


def stopped(item: Item, *, strict: bool = False) -> tuple[dict[str, str], ...]:
    """What is known to stop the post before anything is made, in plain words (zh, en)."""
    return _blockers(known(item, strict=strict), strict=strict)


def free(files: Sequence[Dossier]) -> tuple[Platform, ...]:
    """The platforms on which a post may go out, of one that must not on another."""
    able = tuple(one.where for one in files if one.verdict != "stop")
    return able if len(able) < len(files) else ()


def frames(item: Item, *, strict: bool = False) -> int:
    """How many frames ``finished`` tells of: all of them made, with what stills count for, and proven, those of the sample, or none."""
    if item.exit_code:
        return 0
    files = known(item, strict=strict)
    if not any(one.verdict == "stop" for one in files):
        return item.steps + item.frames
    return sum(one.plan.board.frames for one in _to_show(item, files))


def replaced(item: Item, order: Order, *, strict: bool = False) -> tuple[Path, ...]:
    """The older packs that packing the brief will surely replace: of another day, another version of the brief, or by another vidkit; none of a
    post that is known to be stopped. What else makes a pack another one turns out when it is made.
    """
    script, files = item.script, known(item, strict=strict)
    if script is None or item.exit_code or any(one.verdict == "stop" for one in files):
        return ()
    folders = (_home(item, order) / PUBLISH / one.where.id for one in files)
    packs = {folder: stored.of(folder / MANIFEST) for folder in folders}
    now = script.today, clip.engine(), making.hashed(script)
    then = {
        folder: (said.get("day"), said.get("engine"), said.get("brief", {}).get("sha256"))
        for folder, said in packs.items()
        if said
    }
    return tuple(folder for folder, said in then.items() if said != now)


def finished(
    item: Item, order: Order, advance: Callable[[int], None] = lambda _frames: None, *, strict: bool = False
) -> tuple[Item, Proof | None]:
    """What is missing made, and every file proven; a brief with errors is given back as it is. ``advance`` is told of frames twice: made, proven.

    Of a post that must not go out whatever is made, only the sample to show to her is made, when consents lack.
    """
    script = item.script
    if script is None or not item.plans or item.exit_code:
        return item, None
    files = known(item, strict=strict)
    if any(one.verdict == "stop" for one in files):
        for one in _to_show(item, files):
            _sample(one, order, advance)
        return item, None
    done = batch.make(item, order, advance)
    return done, proof.prove(script, item.plans, done.made, _pages(item, order), advance) if done.made else None


def publish(item: Item, shown: Proof | None, order: Order, wishes: Wishes) -> Published:
    """The verdict on a brief that is made and proven, and its packs, or the drafts of a refused one; one that could not be read is only told."""
    if item.script is None or not item.plans:
        return Published("stop", item, problems=item.problems)
    others, assets = _of_another(item, order), item.script.assets
    item = item.failed(*(one for one in others if one not in item.problems))
    stood = [*_against(item), *(shown.problems if shown else ())]
    files = _dossiers(item, stood, shown, strict=wishes.strict)
    worst: Verdict = min((one.verdict for one in files), key=("stop", "look", "ready").index)
    outcome = Published(
        worst,
        item,
        in_order(stood),
        proof=shown,
        blockers=_blockers(files, strict=wishes.strict),
        taken_back=any(one.taken_back for one in files),
        free=() if item.exit_code else free(files),
    )
    if others:
        return outcome
    folder = _home(item, order) / PUBLISH
    places.note_made(item.file, order.out / project.called(item.file))
    places.note_cache(item.file, order.cache)
    files = tuple(map(_of_nobody_else, files))
    with lock.held(folder, order.cache):
        swept(folder)
        album = Album(assets)
        try:
            if worst == "stop":
                return _refused(outcome, files, folder, order, album)
            return _packed(outcome, files, folder, order, album, wishes)
        finally:
            swept(folder)


def _of_another(item: Item, order: Order) -> tuple[Problem, ...]:
    """Why nothing of a brief may be written into the folder of its name: another's work lies there, and what was packed of it stays as it is."""
    found = tuple(one for one in item.problems if one.code in _NOT_OURS)
    if found or item.script is None:
        return found
    home = order.out / project.called(item.file)
    try:
        earlier.refuse_another(item.file, order.out, (home, home / paths.DRAFT))
    except Refusal as refused:
        return refused.problems
    return ()


_OF_LOOKS = frozenset({"VK-R008"})
"""Hints that keep no post back."""
_NOT_OURS = frozenset({"VK-M021", "VK-M028", "VK-M029"})
"""What is refused about the folder of a brief's name."""


def _against(item: Item) -> list[Problem]:
    """What stands against a post besides what a proof finds; a hint about the shape of a logo is for whoever draws one."""
    told = (one for one in item.problems if one.code not in _OF_LOOKS)
    return [*told, *([problem("VK-U020", brief_place(item))] if _nameless(item) else [])]


def _blockers(files: Sequence[Dossier], *, strict: bool) -> tuple[dict[str, str], ...]:
    """What stops the post on any of its platforms, each once; what only --strict stops comes after words that say so."""
    stopping = [one for one in files if one.verdict == "stop"]
    missing = [words for one in stopping for words in dossier.missing(one)]
    doubts = [words for one in stopping for words in dossier.remarks(one)] if strict else []
    told = [*dossier.together("lacking", missing), *(words for one in stopping for words in dossier.blockers(one))]
    return tuple({one["zh"]: one for one in (*told, *dossier.together("strict", doubts))}.values())


def brief_place(item: Item) -> Place:
    """The whole brief as a place, or the row of a table that it is."""
    return item.row or Place(spelling.shown(item.file))


def _home(item: Item, order: Order) -> Path:
    assert item.script
    own = order.out / project.called(item.script.brief.file)
    return own / paths.DRAFT if order.draft else own


def _pages(item: Item, order: Order) -> dict[str, Any]:
    assert item.script
    return {} if order.draft else dict(making.stills(item.script, item.plans))


def _nameless(item: Item) -> bool:
    """Whether an advertisement does not say whose it is: the archive has to."""
    assert item.script
    return dossier.Dossier(item.script, item.plans[0]).meant == "ad" and not item.script.brand.legal_name


def _dossiers(item: Item, stood: Sequence[Problem], shown: Proof | None, *, strict: bool) -> tuple[Dossier, ...]:
    """What is known of the post on each platform, with its verdict."""
    script, measured = item.script, dict(shown.clips) if shown else {}
    assert script
    called = outward.spoken(script.brief)
    missing = {plan.platform.id: consent.lacking(script, plan.platform) for plan in item.plans}
    told = frozenset(lack.problem for lacks in missing.values() for lack in lacks)
    made = []
    for plan in item.plans:
        where = plan.platform.id
        own = tuple(one for one in item.findings if one.said.platform in {"", where})
        others = tuple(one for one in stood if not told.issuperset(one.each) and one.code not in _ABOUT_FOLDERS)
        rest = tuple(outward.told(one, called) for one in others if one.code not in lint.CODES.values())
        lacks = tuple(replace(one, problem=outward.told(one.problem, called)) for one in missing[where])
        decided = dossier.verdict(own, lacks, rest, strict=strict)
        made.append(dossier.Dossier(script, plan, own, lacks, rest, measured.get(where), decided, _covers(item, where)))
    return tuple(made)


_ABOUT_FOLDERS = frozenset({"VK-M022", "VK-N028", "VK-N034", "VK-N035"})
"""What is told of a folder or of a series' ledger, not of the post."""


_ABOUT_OTHERS = frozenset({"VK-S173", "VK-S176", "VK-S177"})
"""Warnings that name somebody whom the post has nothing to do with: they are for the shop, not for a pack that others get to see."""


def _of_nobody_else(one: Dossier) -> Dossier:
    """What is written into a pack or a sheet: without what is told of others, and with the verdict that is left of one that may go out."""
    kept = tuple(each for each in one.problems if each.code not in _ABOUT_OTHERS)
    decided = one.verdict if one.verdict == "stop" else dossier.verdict(one.findings, one.lacks, kept)
    return replace(one, problems=kept, verdict=decided)


def _covers(item: Item, where: str) -> tuple[str, ...]:
    files = item.made.files if item.made else ()
    return tuple(file.name for file in files if file.parent.name == where and file.name.startswith("cover-"))


def swept(folder: Path) -> None:
    """Put in order what a killed run left among a brief's packs. Only for who holds the lock of their folder."""
    if folder.is_dir():
        pack.swept(folder)
        cache.leavings_removed(folder)


# Refused


def _refused(outcome: Published, files: Sequence[Dossier], folder: Path, order: Order, album: Album) -> Published:
    """The draft of the review sheet, and the sample to show to her; earlier packs are named, so that nobody posts them. Once somebody took her
    consent back, no picture of her is made any more.
    """
    sheets = {
        f"{one.where.id}-{review.DRAFT_SHEET}": review.page(one, album, one.script.today, draft=True).encode("utf-8")
        for one in (() if outcome.taken_back else files)
    }
    samples = {f"{one.where.id}-{SAMPLE}": _sample(one, order) for one in _to_show(outcome.item, files)}
    digests = {name: hashlib.sha256(words).hexdigest() for name, words in sheets.items()}
    digests |= {name: cache.sha256(made) for name, made in samples.items()}
    if digests:
        with remains.announced(_listed(folder, files[0], digests), folder):
            for name, words in sheets.items():
                cache.deliver_bytes(words, folder / name)
            for name, made in samples.items():
                cache.deliver(made, folder / name)
    drafts = tuple(folder / name for name in digests)
    older = [folder / one.where.id for one in files if (folder / one.where.id / MANIFEST).is_file()]
    told = tuple(problem("VK-U021", Place(spelling.shown(one))) for one in older)
    return replace(outcome, drafts=drafts, problems=(*outcome.problems, *told, *_dropped(folder, files)))


def _dropped(folder: Path, files: Sequence[Dossier]) -> Iterator[Problem]:
    """Packs of platforms the brief does not name any more are told of (VK-U058): they say what it said then, and are whole."""
    script = files[0].script
    wanted = {where.id for where in planning.platforms(script)} | {one.where.id for one in files}
    for where in sorted({one for one, _ in platform.names(planning.platform_folders(script.shelf))} - wanted):
        packs = (folder / where, folder / f"{where}.zip")
        found = next((one for one in packs if one.is_file() or (one / MANIFEST).is_file()), None)
        if found:
            yield problem("VK-U058", Place(spelling.shown(found)))


def _to_show(item: Item, files: Sequence[Dossier]) -> tuple[Dossier, ...]:
    """Of which post a sample is made: the first that lacks a consent, when nothing else keeps it from being made and nobody took hers back."""
    if item.exit_code or any(one.taken_back for one in files):
        return ()
    return tuple(one for one in files if one.lacks)[:1]


def _sample(one: Dossier, order: Order, advance: Callable[[int], None] = lambda _frames: None) -> Path:
    """The small clip to show to her, with its plate, in the cache: from a clip of full size, quickly encoded, without stills."""
    made = making.make(one.script, (one.plan,), replace(order, draft=True), advance)
    whole = made.folder / one.where.id / "clip.mp4"
    return preview.small(whole, one.seconds, aigc.of_clip(one.script, one.plan), order.cache)


# Packed


def _packed(
    outcome: Published, files: Sequence[Dossier], folder: Path, order: Order, album: Album, wishes: Wishes
) -> Published:
    """Every pack under its final name, its zip, and both in the archive; no older pack is replaced without a yes (VK-U022)."""
    made, day = outcome.item.made, files[0].script.today
    assert made
    private = {one.where.id: handed.names(one) for one in files}
    fresh = {one.where.id: _filled(one, made, folder, order, album, private[one.where.id]) for one in files}
    same = {where: _same(new, folder / where) for where, new in fresh.items()}
    kept = [folder / where for where, was in same.items() if not was and (folder / where).exists()]
    unwanted = [old for old in kept if not wishes.replace(old)]
    if unwanted:
        for new in fresh.values():
            shutil.rmtree(new, ignore_errors=True)
        raise Refusal(*(problem("VK-U022", Place(spelling.shown(old))) for old in unwanted))
    called, stale = project.called(outcome.item.file), tuple(_stale(folder, files))
    zips = {
        f"{where}.zip": pack.digest(handed.zipped(new, f"{called}-{where}", private[where]))
        for where, new in fresh.items()
    }
    with remains.announced(_listed(folder, files[0], zips, stale), folder):
        packs = tuple(
            _put(new, folder / where, f"{called}-{where}", private[where], same=same[where])
            for where, new in fresh.items()
        )
        for old in stale:
            old.unlink(missing_ok=True)
    kept_in = archive.keep(
        archive.folder(files[0].script.brief.file, order.out),
        f"{day}-{called}",
        [(one.platform, one.folder, one.zip) for one in packs],
    )
    dropped, now = tuple(_dropped(folder, files)), {one.platform: stored.of(one.folder / MANIFEST) for one in packs}
    others = (one for one in versions.told(kept_in.parent, folder, now) if one.place not in {p.place for p in dropped})
    return replace(outcome, problems=(*outcome.problems, *dropped, *others), packs=packs, entry=kept_in)


def _put(new: Path, final: Path, called: str, private: handed.Names, *, same: bool) -> Packed:
    """A pack under its final name, unless the ``same`` is there, and its zip without ``private`` names, whose folder is ``called`` so."""
    if same:
        shutil.rmtree(new, ignore_errors=True)
    else:
        pack.put(new, final)
    packed = final.with_name(f"{final.name}.zip")
    again = cache.deliver_bytes(handed.zipped(final, called, private), packed)
    return Packed(final.name, final, packed, same and not again)


def _stale(folder: Path, files: Sequence[Dossier]) -> Iterator[Path]:
    """Drafts of earlier refusals of what is packed now."""
    for one in files:
        yield folder / f"{one.where.id}-{review.DRAFT_SHEET}"
        yield folder / f"{one.where.id}-{SAMPLE}"


def _same(new: Path, final: Path) -> bool:
    """Whether a pack of the same bytes is there already, unharmed."""
    old = final / MANIFEST
    return old.is_file() and old.read_bytes() == (new / MANIFEST).read_bytes() and not pack.verify(final).problems


def _filled(one: Dossier, made: Made, folder: Path, order: Order, album: Album, private: handed.Names) -> Path:
    """A pack's folder beside its final name, complete, the manifest last; what of it holds ``private`` names says so."""
    where, day = one.where.id, one.script.today
    new = folder / f".{where}{NEW}"
    for file in contents(one.script, made, one.where):
        cache.deliver(file, new / file.name)
    small = preview.small(
        made.folder / where / "clip.mp4", one.seconds, aigc.of_clip(one.script, one.plan), order.cache
    )
    cache.deliver(small, new / PREVIEW)
    ticks = posting.checklist(one, day, _typed(folder / where, one.script.brief.file, order.out))
    texts = {
        posting.CHECKLIST: ticks,
        posting.PLAIN: ticks,
        posting.MESSAGE: posting.message(one),
        review.SHEET: review.page(one, album, day),
    }
    for name, words in texts.items():
        cache.deliver_bytes(handed.for_the_shop(name, words, private).encode("utf-8"), new / name)
    digests = pack.digests(new)
    noted = record.of(one, made, posting.keep_until(day, ad=one.meant == "ad")) | {"files": digests}
    _as_proven(digests, made, where)
    cache.deliver_bytes(pack.sealed(noted), new / MANIFEST)
    return new


def _typed(folder: Path, brief: Path, out: Path) -> str:
    """A pack's folder as people type it where they ran this: from their shop, else from beside the output folder; no path of the machine."""
    root, whole = project.root(brief), folder.resolve()
    inside = project.is_one(root) and whole.is_relative_to(root)
    return spelling.typed(whole.relative_to(root if inside else out.resolve().parent).as_posix())


def _as_proven(digests: Mapping[str, str], made: Made, where: str) -> None:
    """Refuse (VK-U017) a pack whose files, or whose manifest, are not those that were made and proven: something wrote to them in between."""
    manifest = made.folder / MANIFEST
    if made.manifest and cache.sha256(manifest) != made.manifest:
        raise Refusal(problem("VK-U017", Place(spelling.shown(manifest))))
    proven = record.noted(made)["files"]
    for name, digest in digests.items():
        if digest != proven.get(f"{where}/{name}", proven.get(name, digest)):
            raise Refusal(problem("VK-U017", Place(spelling.shown(made.folder / where / name))))


def contents(script: Script, made: Made, where: Platform) -> Iterator[Path]:
    """What goes into a platform's pack: all that was made for it; where posters are posted, those for everybody that are not for paper, unless
    it has its own.
    """
    own = [file for file in made.files if file.parent.name == where.id and file.parent.parent == made.folder]
    yield from own
    names = {file.name for file in own}
    posted = {f"{name}.png" for name, frame in page.desk(script).pages.posters.items() if not frame.on_paper}
    shared = [file for file in made.files if file.parent == made.folder and file.name in posted]
    if where.posting.posters:
        yield from (file for file in shared if file.name not in names)


def _listed(folder: Path, one: Dossier, new: Mapping[str, str], stale: Collection[Path] = ()) -> bytes:
    """The manifest of the files that will lie beside the packs: the ``new`` ones with their hashes, and those already there that are not ``stale``.
    It says whose consents they rest on, so that they are found when one is taken back.
    """
    gone = {folder / MANIFEST, *stale}
    beside = (
        file
        for file in sorted(folder.glob("[!.]*"))
        if file.is_file() and file not in gone and unicodedata.normalize("NFC", file.name) not in new
    )
    named = {unicodedata.normalize("NFC", file.name): cache.sha256(file) for file in beside}
    return pack.sealed(record.listing(one) | {"files": {**named, **new}})


# Told


def told(outcome: Published) -> tuple[Problem, ...]:
    """What stands against it, where people find it."""
    return batch.placed(outcome.problems, outcome.item)


def exit_code(outcome: Published) -> int:
    """0 for a post that may go out, 2 for one that must not; a brief that could not be read or made says its own."""
    own = outcome.item.exit_code
    return own or (2 if outcome.verdict == "stop" else 0)


def as_data(outcome: Published) -> dict[str, Any]:
    """The outcome as plain data for JSON; files as they should be shown."""
    return batch.as_data(outcome.item) | {
        "verdict": outcome.verdict,
        "exit": exit_code(outcome),
        "ok": not exit_code(outcome),
        "problems": [as_json(one, spoken_language()) for said in told(outcome) for one in said.each],
        "proof": proof.as_data(outcome.proof) if outcome.proof else {},
        "packs": [
            {
                "platform": one.platform,
                "folder": spelling.shown(one.folder),
                "zip": spelling.shown(one.zip),
                "same": one.same,
            }
            for one in outcome.packs
        ],
        "archive": spelling.shown(outcome.entry) if outcome.entry else None,
        "blockers": [one[spoken_language()] for one in outcome.blockers],
        "drafts": [spelling.shown(one) for one in outcome.drafts],
        "taken_back": outcome.taken_back,
        "free_platforms": [one.id for one in outcome.free],
    }
