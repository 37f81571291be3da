"""A folder of photos → the brief it seems to mean, written beside them as ``清单.yaml`` so that people can correct it.

Before and after are told by the photos' names (``灶台前.jpg``, ``stove_after.jpg``, ``清洁前/灶台.jpg``); only when no name says anything, by the
order they were taken in, and only where that order leaves no doubt. No photo is touched. The words are data (``data/intake.yaml``).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit import cache, kit, project
from vidkit.briefs import asked, keys, paths
from vidkit.briefs.sides import SIDES, SIGNS, side_of
from vidkit.consoles import spelling
from vidkit.photos import decode, metadata
from vidkit.photos import file as files
from vidkit.problems import Place, Problem, Refusal, problem
from vidkit.project import quoted
from vidkit.sources import unseen
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vidkit.photos.file import Source

TEMPLATE = "before-after"
LACKING = {"before": "after", "after": "before"}
DIGITS = "0123456789"
COPY = re.compile(r"\s*[(（]\d{1,2}[)）](?=\.[^./]*$)")
"""What is put behind a file's name where one of that name is there already."""
SMALL = 64
"""Pixels: a photo is decoded at about this size only to see that it is whole."""


@dataclass(frozen=True)
class Shot:
    """A photo of the folder: its path below it, and when it was taken (ISO 8601, empty if unknown)."""

    name: str
    taken: str = ""


@dataclass(frozen=True)
class Couple:
    """Two photos of one place; ``spot`` is what their names call it, empty if they do not."""

    before: Shot
    after: Shot
    spot: str = ""


class Choice(NamedTuple):
    """Several photos of one place on one side: the one that was taken, and the others."""

    taken: Shot
    others: tuple[Shot, ...]


@dataclass(frozen=True)
class Found:
    """What a folder holds: its couples in order, whether the clock told them apart, photos left over, where one of several was taken."""

    couples: tuple[Couple, ...]
    by_time: bool
    single: tuple[Shot, ...]
    choices: tuple[Choice, ...] = ()


class Taken(NamedTuple):
    """A brief's file, what must be known of it, and its text if it is not written yet."""

    file: Path
    notes: tuple[Problem, ...]
    text: str | None = None


def brief(file: Path) -> tuple[Path, tuple[Problem, ...]]:
    """The brief itself; for a folder the one that lies in it, or else one written from its photos, with what must be known of it.

    Refuses what ``look`` refuses.
    """
    taken = _taken(file, writing=True)
    if taken.text is not None:
        cache.deliver_bytes(taken.text.encode("utf-8"), taken.file)
    return taken.file, taken.notes


def look(file: Path) -> Taken:
    """As ``brief``, but nothing is written: a brief that would be written comes as its text.

    Refuses a single photo (VK-I013), what ``asked.sure`` refuses, a folder with several briefs (VK-I001), without photos (VK-I002), or whose photos cannot be paired
    (VK-I003; VK-I012 where each lacks its other side).
    """
    return _taken(file, writing=False)


def _taken(file: Path, *, writing: bool) -> Taken:
    if file.suffix.lower() in table("intake")["pictures"] and file.is_file():
        raise Refusal(problem("VK-I013", Place(spelling.shown(file)), folder=spelling.typed(file.parent)))
    asked.sure(file)
    if not file.is_dir():
        return Taken(file, ())
    there = _there(file)
    if there:
        return Taken(there, _later(there))
    shots, skipped = _shots(file)
    if not shots:
        raise Refusal(*skipped, problem("VK-I002", Place(spelling.shown(file))))
    found = paired(shots)
    if not found.couples:
        raise Refusal(*skipped, _not_understood(file, found))
    target = file / project.PHOTO_FOLDER_BRIEF
    said = _said(target, found) if writing else _would_say(file, found)
    return Taken(target, (*skipped, *said), text(file, found))


def _there(folder: Path) -> Path | None:
    """The one brief in a folder, its own first."""
    own = folder / project.PHOTO_FOLDER_BRIEF
    if own.is_file():
        return own
    known = sorted(one for one in folder.glob("*.y*ml") if one.suffix in {".yaml", ".yml"} and one.is_file())
    found = [one for one in known if one.name != paths.PROJECT_FILE and not one.name.startswith(".")]
    if len(found) > 1 or (not found and project.is_one(folder)):
        listed = " ".join(spelling.typed(one) for one in found) or spelling.typed(folder / "photos" / "厨房")
        raise Refusal(problem("VK-I001", Place(spelling.shown(folder)), files=listed))
    return found[0] if found else None


def _later(brief: Path) -> tuple[Problem, ...]:
    """Photos that came into a folder after its brief was written there."""
    if brief.name != project.PHOTO_FOLDER_BRIEF:
        return ()
    said = unicodedata.normalize("NFC", brief.read_bytes().decode("utf-8", "replace"))
    names = [file.relative_to(brief.parent).as_posix() for file in _files(brief.parent)]
    new = [name for name in names if unicodedata.normalize("NFC", name).replace("'", "''") not in said]
    new = [name for name in new if Path(name).suffix.lower() in table("intake")["pictures"]]
    broken = {name: found for name in new if isinstance(found := _opened(brief.parent / name, name), Problem)}
    whole = [name for name in new if name not in broken]
    late = problem("VK-I011", Place(spelling.shown(brief)), count=len(whole), names=_listed(whole)) if whole else None
    return (*broken.values(), late) if late else tuple(broken.values())


# The photos of a folder


def _shots(folder: Path) -> tuple[tuple[Shot, ...], list[Problem]]:
    """Its photos and those one folder below, in the order of their names, and what was left out and why."""
    shots, skipped = [], []
    there, most = tuple(_files(folder)), table("intake")["most"]
    if len(there) > most:
        raise Refusal(problem("VK-I010", Place(spelling.shown(folder)), count=len(there), limit=most))
    for file in sorted(there, key=lambda one: _order(one.relative_to(folder).as_posix())):
        name = file.relative_to(folder).as_posix()
        found = _unfit(file, name) or _opened(file, name)
        if isinstance(found, Problem):
            skipped.append(found)
        else:
            shots.append(Shot(name, metadata.marks(found).taken))
    return tuple(shots), skipped


def _opened(file: Path, name: str) -> Source | Problem:
    """A photo that opens to its end, or what keeps it out."""
    try:
        source = files.read(file, name=name)
        decode.picture(source, at_least=(SMALL, SMALL))
    except Refusal as refused:
        said = refused.problems[0]
        return problem("VK-I004", Place(spelling.shown(file)), words=said.message("zh"), words_en=said.message("en"))
    return source


def _files(folder: Path) -> Iterator[Path]:
    """Files of a folder and of the folders in it that are no projects; hidden ones and what systems leave behind do not count."""
    known = table("intake")
    suffixes = {*known["pictures"], *known["videos"]}
    below = (
        one for one in sorted(folder.iterdir()) if one.is_dir() and not one.name.startswith(".") and one.name != "out"
    )
    for inside in (folder, *below):
        for one in sorted(inside.iterdir()):
            hidden = one.name.startswith(".") or one.name.lower() in known["silent"]
            if one.is_file() and not hidden and one.suffix.lower() in suffixes:
                yield one


def _unfit(file: Path, name: str) -> Problem | None:
    """What keeps a file out before it is opened: a name that is no text, a video, a name no brief may hold."""
    where = Place(spelling.shown(file))
    if asked.garbled(name):
        return problem("VK-I024", where)
    if file.suffix.lower() in table("intake")["videos"]:
        return problem("VK-I005", where)
    if (
        len(name) > _most("photo", "file")
        or any(unseen.unseen(name))
        or "\n" in name
        or "\\" in name
        or re.match(r"[~]|[A-Za-z]+:", name)
    ):
        return problem("VK-I006", where)
    return None


def _most(model: str, name: str) -> int:
    """Most characters of a field."""
    field = keys.find(model, name)
    return field.max if field else 0


def _order(name: str) -> tuple[Any, ...]:
    """Names in the order people count: photo 2 before photo 10."""
    parts = re.split(r"(\d+)", unicodedata.normalize("NFKC", name).casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


# Which belong together


def paired(shots: Sequence[Shot]) -> Found:
    """The photos put together by their names, or, when no name says before or after, by the time they were taken."""
    named = {shot: side_of(shot.name) for shot in shots}
    named |= _uncounted(named)
    groups = _groups(named)
    couples = _in_order(tuple(_by_name(groups)))
    if couples or any(side for side, _ in named.values()):
        return Found(couples, by_time=False, single=_rest(shots, couples), choices=tuple(_choices(groups, couples)))
    couples = _by_time(shots)
    return Found(couples, by_time=True, single=_rest(shots, couples))


def _uncounted(named: dict[Shot, tuple[str, str]]) -> dict[Shot, tuple[str, str]]:
    """Photos whose other side is missing, read without the number in brackets that phones and browsers put behind a name (灶台后（1）.jpg), unless two
    photos would be of one name then.
    """
    bare = {shot: COPY.sub("", shot.name) for shot in named}
    count = Counter(paths.alike(name.rpartition(".")[0]) for name in bare.values())
    lone = (
        shot for group in _groups(named).values() if len(group) == 1 for several in group.values() for shot in several
    )
    return {shot: side_of(bare[shot]) for shot in lone if count[paths.alike(bare[shot].rpartition(".")[0])] == 1}


def _in_order(couples: tuple[Couple, ...]) -> tuple[Couple, ...]:
    """In the order of the work, where every photo before says when it was taken and nobody numbered the names; else by name."""
    clocked = all(one.before.taken and not one.before.name[0].isdigit() for one in couples)
    return tuple(sorted(couples, key=lambda one: one.before.taken)) if clocked else couples


def _rest(shots: Iterable[Shot], couples: Iterable[Couple]) -> tuple[Shot, ...]:
    used = {shot for couple in couples for shot in (couple.before, couple.after)}
    return tuple(shot for shot in shots if shot not in used)


def _groups(named: dict[Shot, tuple[str, str]]) -> dict[str, dict[str, list[Shot]]]:
    """The photos whose names say a side, by what else they say, then by side."""
    groups: dict[str, dict[str, list[Shot]]] = {}
    for shot, (side, rest) in named.items():
        if side:
            groups.setdefault(SIGNS.sub("", rest).casefold(), {}).setdefault(side, []).append(shot)
    return groups


def _by_name(groups: dict[str, dict[str, list[Shot]]]) -> Iterator[Couple]:
    """A couple for every place with both sides; of several photos on a side the two whose names are nearest to each other."""
    for group in groups.values():
        if len(group) == len(SIDES):
            pairs = [(before, after) for before in group["before"] for after in group["after"]]
            before, after = max(pairs, key=lambda pair: _alike(*pair))
            yield Couple(before, after, _spot(side_of(before.name)[1]))


def _alike(one: Shot, other: Shot) -> float:
    return difflib.SequenceMatcher(None, one.name.casefold(), other.name.casefold(), autojunk=False).ratio()


def _choices(groups: dict[str, dict[str, list[Shot]]], couples: Iterable[Couple]) -> Iterator[Choice]:
    """Where one of several photos was taken; one with a number behind (灶台后2) and no other side of its own is another of the same place."""
    used = {shot for couple in couples for shot in (couple.before, couple.after)}
    again: dict[tuple[str, str], list[Shot]] = {}
    for place, group in groups.items():
        for side, shots in group.items() if len(group) == 1 else ():
            again.setdefault((place.rstrip(DIGITS), side), []).extend(shots)
    for place, group in groups.items():
        for side, shots in group.items():
            taken = next((shot for shot in shots if shot in used), None)
            others = (*(shot for shot in shots if shot != taken), *again.get((place, side), ()))
            if taken and others:
                yield Choice(taken, others)


def _spot(rest: str) -> str:
    """What is left of a name as the name of a place; empty when it is only numbers or what cameras write."""
    words = [word for word in SIGNS.split(rest) if word]
    said = "".join(word if not word.isascii() else f" {word} " for word in words if not _says_nothing(word))
    said = re.sub(r"^\d{1,2}(?=\D)", "", " ".join(plain(said).split()))
    return fitted(said, _most("pair", "spot"))


def plain(text: str) -> str:
    """A text without what no headline shows: emoji, symbols, signs nobody sees."""
    return "".join(char for char in text if unicodedata.category(char)[0] in "LNPZ")


def _says_nothing(word: str) -> bool:
    bare = re.sub(r"\d+", "", unicodedata.normalize("NFKC", word).casefold())
    return not bare or bare in table("intake")["cameras"]


def _by_time(shots: Sequence[Shot]) -> tuple[Couple, ...]:
    """Photos put together by the clock where it leaves no doubt: two photos; as many before one long break as after it; or couples
    whose own two lie clearly further apart in time than neighbours do.
    """
    timed = sorted((shot for shot in shots if shot.taken), key=lambda shot: (shot.taken, _order(shot.name)))
    count = len(timed)
    if count < len(shots) or count % 2 or not count:
        return ()
    moments = [datetime.fromisoformat(shot.taken) for shot in timed]
    breaks = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    half, clear = count // 2, table("intake")["clear"]
    others = [one for number, one in enumerate(breaks) if number != half - 1]
    if breaks[half - 1] > clear * max(others, default=0):
        return tuple(Couple(timed[i], timed[i + half]) for i in range(half))
    if min(breaks[::2]) > clear * max(breaks[1::2], default=0):
        return tuple(Couple(timed[i], timed[i + 1]) for i in range(0, count, 2))
    return ()


# What is said


def _not_understood(folder: Path, found: Found) -> Problem:
    names = [Path(shot.name).name for shot in found.single]
    sides = {shot: side_of(shot.name)[0] for shot in found.single}
    of_side = {side: [Path(shot.name).name for shot in found.single if sides[shot] == side] for side in SIDES}
    if all(of_side.values()):
        listed = {side: _listed(names, 3) for side, names in of_side.items()}
        return problem("VK-I022", Place(spelling.shown(folder)), **listed)
    lone = next((shot for shot in found.single if sides[shot]), None)
    if lone:
        there, lacking = ("前", "后") if sides[lone] == "before" else ("后", "前")
        said = {"name": Path(lone.name).name, "there": there, "lacking": lacking, "lacking_en": LACKING[sides[lone]]}
        return problem("VK-I012", Place(spelling.shown(folder)), **said, there_en=sides[lone])
    first = Path(names[0])
    called = {"before": "灶台前", "after": "灶台后", "before_en": "stove_before", "after_en": "stove_after"}
    examples = {name: f"{stem}{first.suffix}" for name, stem in called.items()}
    return problem("VK-I003", Place(spelling.shown(folder)), count=len(names), names=_listed(names, 3), **examples)


def _listed(names: Sequence[str], most: int = 6) -> str:
    return "、".join(names[:most]) + ("……" if len(names) > most else "")


def _said(target: Path, found: Found) -> Iterator[Problem]:
    """What must be known of a brief that was written."""
    where = Place(spelling.shown(target))
    yield problem("VK-I008" if found.by_time else "VK-I007", where, **_counted(found))
    yield from _doubts(where, found)


def _would_say(folder: Path, found: Found) -> Iterator[Problem]:
    """What must be known of a brief that would be written."""
    where = Place(spelling.shown(folder))
    yield problem("VK-I015" if found.by_time else "VK-I014", where, **_counted(found), folder=spelling.typed(folder))
    yield from _doubts(where, found)


def _counted(found: Found) -> dict[str, object]:
    couples = found.couples[: _limit()]
    return {"count": len(couples), "spots": "、".join(spots_of(couples))}


def _doubts(where: Place, found: Found) -> Iterator[Problem]:
    for one in found.choices:
        names = _listed([shot.name for shot in one.others])
        yield problem("VK-I016", where, taken=one.taken.name, names=names)
    chosen = {shot for one in found.choices for shot in one.others}
    left = [shot.name for shot in found.single if shot not in chosen]
    if left:
        yield problem("VK-I009", where, count=len(left), names=_listed(left))
    more = spots_of(found.couples)[_limit() :]
    if more:
        yield problem("VK-I020", where, count=len(more), limit=_limit(), names=_listed(more))


def _limit() -> int:
    takes = kit.template(TEMPLATE, kit.shelf()).takes
    field = keys.find("brief", "pairs")
    return takes["pairs"].most or (field.many if field else 0)


def spots_of(couples: Sequence[Couple]) -> tuple[str, ...]:
    """What the places are called; those without a name are counted."""
    nth = table("intake")["nth"]
    said: list[str] = []
    for number, couple in enumerate(couples, 1):
        spot = couple.spot or nth.format(number=number)
        again = f"{fitted(spot, _most('pair', 'spot') - 1)}{number}"
        said.append(again if spot in said else spot)
    return tuple(said)


def fitted(text: str, limit: int) -> str:
    """The beginning of a text that a field of ``limit`` characters takes (two half-width ones count as one)."""
    room, kept = 2 * limit, ""
    for char in text:
        room -= 1 if char.isascii() else 2
        if room < 0:
            break
        kept += char
    return kept.strip()


# The brief


def service_of(names: Iterable[str]) -> str:
    """The service that some names speak of, or an empty string."""
    said = " ".join(names)
    return next((str(service) for word, service in table("intake")["services"].items() if word in said), "")


def title_of(folder: str, service: str) -> str:
    """A title from a folder's name if that tells of the work and of nobody's home (no digits, no words for people), else from the service."""
    known = table("intake")
    limit = _most("brief", "title")
    name = plain(unicodedata.normalize("NFKC", folder)).strip()
    silent = re.search(r"\d", name) or any(word in name for word in known["private"]) or any(unseen.unseen(name))
    said = service_of((name,)) and not silent and fitted(name, limit) == name
    return name if said and len(name) >= known["least"] else fitted(known["title"].format(service=service), limit)


HEAD = """\
# 这份清单是按这个文件夹里照片的名字写的。请看一遍，把「请改」的地方改成真的，存好，再做一次。
# 井号 # 后面空一格的是说明。井号后面紧跟着字的那一行现在不起作用：去掉那个 # 就用上了。
# 照片一张也没有动。
"""


def text(folder: Path, found: Found) -> str:
    """The text of the brief of a folder's photos."""
    limit = _limit()
    couples = found.couples[:limit]
    spots = spots_of(couples)
    real = folder.resolve()
    service = service_of((real.name,)) or service_of(spots) or table("intake")["service"]
    lines = [HEAD, f"模板: {kit.template(TEMPLATE, kit.shelf()).names.zh}", *_brand(project.root(real / "x"))]
    most = _most("brief", "title")
    lines += [
        "",
        f"# 请改：封面上的大字，说结果最好，最多 {most} 个字",
        f"标题: {quoted(title_of(real.name, service))}",
    ]
    lines += ["", "# 请改：做的是什么服务", f"服务: {quoted(service)}", ""]
    lines += [f"# 对比：每组一个地方，先「前」后「后」。位置不对就改，最多 {_most('pair', 'spot')} 个字"]
    lines += ["# 请核对：照片的名字没有写前后，是按拍照的时间先后配的"] if found.by_time else []
    lines += ["对比:"]
    for couple, spot in zip(couples, spots, strict=True):
        lines += [f"  - 位置: {quoted(spot)}", *(f"    {side}: {quoted(shot.name)}" for side, shot in _sides(couple))]
    lines += _left(found, limit)
    lines += ["", "# 还可以写：人物、价格、要点、平台……（去掉 # 就用上了）", *_more(project.root(real / "x"))]
    return "\n".join(lines) + "\n"


def _sides(couple: Couple) -> tuple[tuple[str, Shot], ...]:
    return ("前", couple.before), ("后", couple.after)


def _left(found: Found, limit: int) -> Iterator[str]:
    """The photos that found no place, as comments."""
    if found.single:
        yield from ("", "# 没有用上的照片：配不成一前一后。要用，把名字改成 地方前、地方后，或者自己写进上面的「对比」")
        yield from (f"# - {shot.name}" for shot in found.single)
    if len(found.couples) > limit:
        yield from ("", f"# 一条短片最多 {limit} 组，下面这些没有放进去")
        yield from (f"# - {one.before.name}  {one.after.name}" for one in found.couples[limit:])


def _brand(folder: Path) -> Iterator[str]:
    """The line about the brand: none where the project says it, its own only brand, or the example to be replaced."""
    if "brand" in dict(project.usual_fields(folder)):
        return
    own = [file.parent.name for file in sorted(folder.glob("brand/*/brand.yaml"))]
    yield ""
    yield (
        "# 用哪个品牌的店标和颜色"
        if len(own) == 1
        else "# 请改：这是示例品牌，店名是虚构的。自己的店：vidkit brand new"
    )
    yield f"品牌: {quoted(own[0] if len(own) == 1 else table('shop')['brand'])}"


def _more(folder: Path) -> Iterator[str]:
    said = dict(project.usual_fields(folder))
    people = [one.names[0] for one in project.profiles(folder) if one.file.stem not in table("shop")["people"]]
    for name in ("area", "people", "prices", "platforms"):
        field = keys.find("brief", name)
        if field and name not in said:
            yield f"#{field.zh[0]}: {quoted(people[0]) if people and name == 'people' else field.example}"
