"""A dossier → what people do with a post: the checklist of its platform, and the words to send to her with the small clip.

Sentences stand in ``templates/_parts/publish`` (a project may have its own), a platform's steps in its own file, the usual ones in
``data/publish.yaml``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vidkit import plan
from vidkit.audio import track
from vidkit.audio.musical import OwnMusic
from vidkit.compiled import Folders, Undefined, refusing
from vidkit.kits import platform, values
from vidkit.people import consent
from vidkit.people.consent import homes
from vidkit.publishing import archive, dossier, outward
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.kit import Shelf
    from vidkit.kits.platform import Twice
    from vidkit.publishing.dossier import Dossier

CHECKLIST, PLAIN, MESSAGE = "发布清单.md", "发布清单.txt", "发给她看.txt"
"""The checklist, the same words under a name that every computer opens, and the words to send."""
BETWEEN = "\n\n\n"
"""What stands in a checklist between Chinese and English."""


@cache
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=Folders(folders),
        undefined=Undefined,
        autoescape=jinja2.select_autoescape(("html", "html.j2")),
        keep_trailing_newline=False,
    )


def rendered(shelf: Shelf, name: str, **said: Any) -> str:
    """A page of ``templates/_parts/publish`` with what it says; HTML escapes that; refuses a broken one with VK-K003."""
    folders = tuple(folder / "templates" / "_parts" / "publish" for folder in shelf.folders)
    with refusing("VK-K003", known=said, template="_parts/publish", name=name):
        return _environment(folders).get_template(name).render(said)


def keep_until(day: str, *, ad: bool = True) -> str:
    """The day a pack of a day has to be kept until (``data/publish.yaml``); empty for what is no advertisement: no law asks for it."""
    return archive.years_on(day) if ad else ""


def message(one: Dossier) -> str:
    """What to write with the small clip: to everybody seen or quoted (to her guardian, if there is one), and to whose home was photographed,
    one after the other.
    """
    asked, title = one.asked or (("", ("person",)),), one.script.brief.title
    said = {"asked": asked, "guardians": one.guardians, "platform": one.called, "title": title}
    return rendered(one.script.shelf, "message.txt.j2", **said).strip() + "\n"


def checklist(one: Dossier, day: str, typed: str) -> str:
    """The checklist of a platform, ready to be read on a phone: Chinese, then the same in English; ``typed`` is the pack's folder in a command."""
    known = _known(one, day) | {"typed": typed}
    pages = (rendered(one.script.shelf, "checklist.md.j2", language=tongue, **known).strip() for tongue in ("zh", "en"))
    return BETWEEN.join(pages) + "\n"


def _known(one: Dossier, day: str) -> dict[str, Any]:
    """What a checklist says."""
    brief, table_of = one.script.brief, table("publish")
    return {
        "platform": one.called,
        "title": brief.title,
        "brand": one.script.brand.names.zh,
        "day": day,
        "verdict": dossier.words("verdicts", one.verdict),
        "asked": one.asked,
        "guardians": one.guardians,
        "wishes": consent.wishes(one.script),
        "bare": one.bare,
        "photos": outward.places(brief),
        "warnings": dossier.remarks(one),
        "prices": list(map(dossier.priced, brief.prices)),
        "valid_until": brief.valid_until,
        "home": bool(homes(brief)),
        "on_computer": one.where.posting.on_computer,
        "steps": _steps(one),
        "covers_zh": "，".join(_covers(one, "zh")),
        "covers_en": ", ".join(_covers(one, "en")),
        "music": _music(one),
        "declare": one.declaration,
        "declare_where": _both(one.where.posting.declare_at) or table_of["posting"]["declare_at"],
        "ai": [table_of["made_by_ai"][name]["zh"] for name in one.ai],
        "ad": one.meant == "ad",
        "link": brief.link,
        "marked": brief.link or brief.mark_ad,
        "ad_words": next((mark.words for mark in one.marks if mark.kind == "ad"), "广告"),
        "contact": one.where.allows_contact,
        "schedule": _schedule(one),
        "consent_ends": min((said.consent.ends for said in one.consents if said.consent), default=""),
        "keep_until": keep_until(day, ad=one.meant == "ad"),
        "keep_years": table_of["keep"]["years"]["value"],
        "keep_law": table_of["keep"]["years"]["source"],
    }


def _steps(one: Dossier) -> list[dict[str, str]]:
    steps = tuple(map(_both, one.where.posting.steps)) or table("publish")["posting"]["steps"]
    limits = {"title_min": str(one.where.text.title_min), "title_max": str(one.where.text.title_max)}
    names = {**one.where.titles, **limits}
    return [{key: values.filled(text, names) for key, text in row.items()} for row in steps]


def _both(words: Twice | None) -> dict[str, str]:
    return dict(zip(("zh", "en"), words, strict=True)) if words else {}


def _covers(one: Dossier, language: str) -> list[str]:
    """The covers that are chosen when posting: what they are called, and their file."""
    if not one.where.posting.covers:
        return []
    called, usual = table("publish")["covers"], {"zh": "封面", "en": "cover"}
    names = [file.removeprefix("cover-").partition(".")[0] for file in one.covers]
    told = (called.get(name, usual)[language] for name in names)
    return [f"{name} {file}" for name, file in zip(told, one.covers, strict=True)]


def _music(one: Dossier) -> dict[str, str]:
    own, named = one.script.brief.music, one.plan.track.bed
    if isinstance(own, OwnMusic):
        return {
            "zh": f"曲子是店里自己的，授权：{own.licence}。",
            "en": f"The music is your own; licence: {own.licence}.",
        }
    if named is None:
        return {"zh": "这条没有音乐，只有很轻的提示音。", "en": "It has no music."}
    bed = track.bed(named)
    return {"zh": f"曲子叫「{bed.name_zh}」，可以商用。", "en": f"The piece is “{bed.name_en}”, free for business use."}


def _schedule(one: Dossier) -> dict[str, str]:
    """When it may be posted, as the platform's file says; nothing where it says nothing."""
    facts = {fact.path: fact.value for fact in platform.facts(one.where.id, plan.platform_folders(one.script.shelf))}
    least, most = facts.get("schedule.min_hours"), facts.get("schedule.max_days")
    zh = [f"最早 {least} 小时以后" if least else "", f"最晚 {most} 天以内" if most else ""]
    en = [f"{least} hours ahead at least" if least else "", f"{most} days at most" if most else ""]
    return {"zh": "，".join(filter(None, zh)), "en": ", ".join(filter(None, en))} if least or most else {}
