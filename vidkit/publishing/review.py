"""A dossier → the review sheet: one HTML page without scripts or network, to be looked at on a phone or printed on A4 and signed.

Its pictures are frames of the clip, painted as the clip has them, inside the page.
"""

from __future__ import annotations

import base64
import io
import math
import re
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from vidkit import caption, clip, colour, plan, sheet
from vidkit.briefs import keys
from vidkit.kits import platform
from vidkit.publishing import dossier, posting, within
from vidkit.storyboard import Compare
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.painting.album import Album
    from vidkit.people.consents import Entry
    from vidkit.plan import Plan
    from vidkit.publishing.dossier import Dossier
    from vidkit.storyboard import Scene

SHEET, DRAFT_SHEET = "审核单.html", "审核单-草稿.html"
QUALITY = 80
SIGN = 'data-sign="quote"'
"""Marks a large opening quotation mark in a drawing, which is none of its letters."""


def page(one: Dossier, album: Album, day: str, *, draft: bool = False) -> str:
    """The review sheet; a ``draft`` says that the post is refused as it is."""
    script, brief = one.script, one.script.brief
    called = {where.id: where.title_zh for where in platform.all_platforms(plan.platform_folders(script.shelf))}
    problems = [found for found in one.problems if found.code not in _SAID_ELSEWHERE]
    return posting.rendered(
        script.shelf,
        "review.html.j2",
        draft=draft,
        title=brief.title,
        brand=script.brand.names.zh,
        platform=one.called,
        kind=dossier.words("kinds", one.meant),
        seconds=f"{one.seconds:.1f}",
        day=day,
        verdict=dossier.words("verdicts", one.verdict) | {"name": one.verdict},
        plates=[mark.words for mark in one.marks if mark.kind == "sample"],
        strip=list(strip(one.plan, album, one.script.brand.logo)),
        words=list(_on_screen(one.plan, one.script.brand.logo)),
        post=_post(one),
        findings=list(map(_finding, one.findings)),
        problems=list(map(dossier.as_text, problems)),
        consents=[_consent(entry, called) for entry in one.consents if entry.consent],
        lacks=[_lack(lack.who, dossier.as_text(lack.problem)) for lack in one.lacks],
        ad=_ad(one),
        ai=[dossier.words("made_by_ai", name)["zh"] for name in one.ai],
        marks=[mark.words for mark in one.marks if mark.kind == "ai"],
        declare=one.declaration,
        prices=list(map(dossier.priced, brief.prices)),
        proof=_proof(one),
    )


_SAID_ELSEWHERE = frozenset({"VK-W001", "VK-W002", "VK-W004"})
"""Problems that are findings, which the sheet shows with their law and rewrite."""


def _finding(one: Any) -> dict[str, Any]:
    law, why, rewrite = ({"zh": said[0], "en": said[1]} for said in (one.law, one.why, one.rewrite))
    place = f"{one.said.place}" if one.said.place else one.said.where
    called = dossier.words("levels", one.level)
    return {
        "level": one.level,
        "called": called,
        "words": one.words,
        "where": re.split(r"[\\/]", place)[-1],
        "law": law,
        "why": why,
        "rewrite": rewrite,
    }


def _lack(who: str, said: dict[str, Any]) -> dict[str, str]:
    return {"who": who, "zh": said["zh"], "en": said["en"], "hint": said["hint_zh"]}


def _consent(entry: Entry, called: dict[str, str]) -> dict[str, Any]:
    """A consent as the sheet tells it; ``called`` are the platforms' names by id."""
    said = entry.consent
    assert said
    return {
        "who": entry.name,
        "role": keys.choice("consent", "role", said.role),
        "scope": [keys.choice("consent", "scope", one) for one in said.scope],
        "purposes": [keys.choice("consent", "purposes", one) for one in said.purposes],
        "platforms": [called.get(one, one) for one in said.platforms],
        "ends": said.ends,
        "signed": bool(said.signed),
        "guardian": f"{said.guardian.name}（{said.guardian.relation}）" if said.guardian else "",
        "hidden": said.do_not_show,
    }


def _ad(one: Dossier) -> dict[str, str]:
    if one.meant != "ad":
        return {"zh": "不是广告：没有价格、电话、购买链接。", "en": "no advertisement"}
    if one.script.brief.link:
        return {
            "zh": "是广告，挂购买链接，画面上有「广告」两个字。",
            "en": "an advertisement with a purchase link and its mark",
        }
    return {"zh": "是推自己服务的广告，没有购买链接。", "en": "an advertisement without a purchase link"}


def _proof(one: Dossier) -> dict[str, str]:
    found = one.measured
    if found is None:
        return {}
    loud = "没有声音" if found.lufs == -math.inf else f"响度 {found.lufs:.1f} LUFS"
    loud_en = "silent" if found.lufs == -math.inf else f"{found.lufs:.1f} LUFS"
    return {
        "zh": f"{found.frames} 帧、{found.seconds:.1f} 秒，{loud}，没有黑屏、卡住，不带地点和手机信息",
        "en": f"{found.frames} frames, {loud_en}, no black or frozen stretch, no place or device told",
    }


# Words


def _post(one: Dossier) -> dict[str, Any]:
    """The post's words: its title, three versions in one piece each, the names of further texts with their beginning."""
    script = one.script
    made = caption.write(script.brief, one.where, script.template, script.brand, script.shelf)
    versions = [f"{text.body}\n{' '.join(f'#{topic}' for topic in text.topics)}".strip() for text in made.versions]
    papers = [(name, words.split("\n\n")[0].replace("\n", " ")[:60] + "……") for name, words in made.papers]
    return {"title": made.title, "versions": versions, "papers": papers}


def _on_screen(made: Plan, logo: str) -> Iterator[str]:
    """The words of every scene, in its order, each said once; no letters of the logo."""
    seen: set[str] = set()
    for scene in made.board.scenes:
        said = [
            text
            for item in within.drawings(scene)
            for text in _lines(within.without(item.svg, logo))
            if text not in seen
        ]
        seen.update(said)
        if said:
            yield " / ".join(dict.fromkeys(said))


def _lines(svg: str) -> list[str]:
    """The pieces of words of a drawing from left to right, one for each height they stand at, with the opening quotation mark that is a large sign
    of its own.
    """
    rows: dict[str, list[tuple[float, str]]] = {}
    for drawn in within.TEXT.findall(svg):
        at = {side: re.search(rf' {side}="([\d.]+)"', drawn) for side in "xy"}
        row = rows.setdefault(at["y"][1] if at["y"] else "", [])
        row.append((float(at["x"][1]) if at["x"] else 0.0, within.words(drawn)))
    lines = ("".join(words for _, words in sorted(row, key=lambda one: one[0])) for row in rows.values())
    said = [text for text in lines if text.strip()]
    return [f"“{said[0]}", *said[1:]] if said and SIGN in svg else said


# Pictures


def strip(made: Plan, album: Album, logo: str = "") -> Iterator[dict[str, str]]:
    """Frames of the clip as pictures inside the page, each with what it shows in words: the first, then middles of scenes, at most so many as
    fit.
    """
    most, width = (int(table("publish")["strip"][name]["value"]) for name in ("tiles", "width"))
    starts = clip.starts(made.segments)
    middles = [start + one.frames * 2 // 3 for start, one in zip(starts, made.segments, strict=True) if not one.onto]
    chosen = _spread(sorted({0, *middles}), most)
    size = (width, round(width * made.board.canvas[1] / made.board.canvas[0]))
    scenes = iter(made.board.scenes)  # those of segments have no names
    for segment, start in zip(made.segments, starts, strict=True):
        scene = segment.scene if segment.onto else next(scenes)
        steps = [at - start for at in chosen if start <= at < start + segment.frames]
        for step, frame in zip(steps, sheet.painted(segment, steps, album) if steps else (), strict=True):
            small = np.asarray(cv2.resize(colour.to_rgb(frame), size, interpolation=cv2.INTER_AREA), np.uint8)
            at = sheet.time_code(start + step, made.board.fps)[:-3]
            yield {"at": at, "shows": _shows(scene, segment.first + step, logo), "src": _inside(small)}


def _shows(scene: Scene, at: int, logo: str) -> str:
    """What a frame of a scene shows, in words: the scene's name, its pictures and the words that stand there then."""
    pairs = sum(isinstance(one, Compare) for one in scene.pictures)
    photos = len(scene.pictures) - pairs
    counted = ((pairs, "组对比"), (photos, "张照片"))
    called = table("names")["scenes"].get(re.sub(r"-[0-9]+$", "", scene.name), "")
    seen = (item for item in within.drawings(scene) if item.first <= at < item.last)
    words = [one for item in seen for one in _lines(within.without(item.svg, logo))]
    told = f"写着：{' / '.join(dict.fromkeys(words))}" if words else "没有字"
    return "，".join((*filter(None, (called,)), *(f"{count} {unit}" for count, unit in counted if count), told))


def _spread(moments: list[int], most: int) -> list[int]:
    """At most so many of the moments, evenly, the first and the last among them."""
    if len(moments) <= most:
        return moments
    return [moments[round(i * (len(moments) - 1) / (most - 1))] for i in range(most)]


def _inside(rgb: Any) -> str:
    stream = io.BytesIO()
    Image.fromarray(rgb).save(stream, "JPEG", quality=QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
