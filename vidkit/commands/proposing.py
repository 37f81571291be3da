"""What a new consent asks for: who she is, until when, where it is posted, who signs for her; what no option says is asked, with a likely answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from vidkit import console
from vidkit.commands import today
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vidkit.people.consent_file import Draft

Given = dict[str, str | None]
OPTIONS = ("until", "scope", "purposes", "platforms", "guardian", "relation")
"""What may be said with a new consent, in the order a command is told in."""


def draft(name: str, root: Path, given: Mapping[str, str | None], *, incapable: bool) -> Draft:
    """The consent to write, from options and from answers; refuses (VK-S135) when nobody answers."""
    from vidkit.briefs import days, keys  # noqa: PLC0415
    from vidkit.people import consent_file  # noqa: PLC0415

    likely = _likely(name, root)
    role = given["role"] or (keys.choice("consent", "role", likely) if likely else "")
    usual = {"until": days.years_later(today(), 1), "platforms": "、".join(_usual_platforms(name, root))}
    said: Given = {field: given[field] or usual.get(field) for field in OPTIONS}
    whole = _whole(name, chosen("role", role) if role else "child", said, incapable=incapable)
    who = chosen("role", given["role"] or _ask("role", name, role, whole, _roles()))
    ends = _day(given["until"] or _ask("until", name, usual["until"], whole))
    known = "、".join(_known_platforms(root))
    where = _platforms(given["platforms"] or _ask("platforms", name, usual["platforms"], whole, known), root)
    guardian, relation = _guardian(name, given, whole, needed=who == "child" or incapable)
    scope, purposes = (choices(field, given[field]) for field in ("scope", "purposes"))
    asked = purposes or _usual_purposes(who, root)
    return consent_file.Draft(name, who, ends, where, scope, asked, guardian, relation, incapable)


def _usual_purposes(role: str, root: Path) -> tuple[str, ...]:
    """What people of a role are asked for, and the public good besides in a shop one of whose brands is there for it."""
    from vidkit import kit, project  # noqa: PLC0415
    from vidkit.briefs import mode  # noqa: PLC0415
    from vidkit.tables import table  # noqa: PLC0415

    usual = tuple(table("consent_form")["usual"][role]["purposes"])
    said = dict(project.usual_fields(root)).get("brand", "")
    kinds = map(mode.usual, kit.shop_brands(root, said))
    public = ("public-interest",) if "public-interest" in kinds else ()
    return tuple(dict.fromkeys((*usual, *public)))


def _guardian(name: str, given: Mapping[str, str | None], whole: str, *, needed: bool) -> tuple[str, str]:
    """The guardian's name and relation; asked for where one is needed."""
    if not needed and not given["guardian"]:
        return "", ""
    return tuple(str(given[what] or _ask(what, name, "", whole)) for what in ("guardian", "relation"))  # type: ignore[return-value]


def _likely(name: str, root: Path) -> str:
    """The role a name speaks of: somebody of the shop's people is a worker, unless she or her profile is said to be a child; nothing where it may
    be a baby's, who stands in a brief on the care of babies without a word of who she is.
    """
    from vidkit import project  # noqa: PLC0415
    from vidkit.briefs import keys  # noqa: PLC0415
    from vidkit.people import reach, roles  # noqa: PLC0415

    own = next((one for one in project.profiles(root) if keys.folded(name) in map(keys.folded, one.names)), None)
    if own is None:
        return "" if not roles.told(name) and reach.beside_a_baby(root, name) else roles.likely(name)
    return "child" if roles.likely(name, own.said("craft")) == "child" else "worker"


def _whole(name: str, role: str, given: Given, *, incapable: bool) -> str:
    """The command that says everything, for who cannot answer questions: with a guardian where one must sign."""
    from vidkit.briefs import keys  # noqa: PLC0415
    from vidkit.problems import spoken_language  # noqa: PLC0415

    said = dict(given)
    if role == "child" or incapable:
        relation = console.words(f"consent-usual-relation-{'child' if role == 'child' else 'elder'}")
        said["guardian"] = given["guardian"] or console.words("consent-usual-guardian")
        said["relation"] = given["relation"] or relation
    options = {("for" if field == "purposes" else field): value for field, value in said.items() if value}
    typed = "".join(f" --{option} {spelling.typed(value)}" for option, value in options.items())
    called = keys.choice("consent", "role", role) if spoken_language() == "zh" else role
    return f"vidkit consent new {spelling.typed(name)} --role {called}{' --incapable' * incapable}{typed}"


def _ask(question: str, name: str, usual: str, whole: str, known: str = "") -> str:
    """The answer typed; refuses (VK-S135, with the ``whole`` command) when nobody answers any more."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    asked = console.words(f"consent-ask-{question}", name=name, known=known)
    try:
        return str(click.prompt(asked, default=usual or None, prompt_suffix="：", err=True)).strip()
    except click.Abort as stop:
        if isinstance(stop.__context__, EOFError):
            raise Refusal(problem("VK-S135", command=whole)) from None
        raise


def _roles() -> str:
    from vidkit.tables import table  # noqa: PLC0415

    return "、".join(names[0] for names in table("keys")["consent"]["role"]["choices"].values())


def _known_platforms(root: Path) -> tuple[str, ...]:
    from vidkit import kit, plan  # noqa: PLC0415
    from vidkit.kits import platform  # noqa: PLC0415

    return tuple(one.title_zh for one in platform.all_platforms(plan.platform_folders(kit.shelf(root))))


def _usual_platforms(name: str, root: Path) -> tuple[str, ...]:
    """The likely platforms: those of the shop's briefs that name her or the home, so that she signs once for all of them; else the shop's."""
    from vidkit.people import reach  # noqa: PLC0415

    return tuple(one.title_zh for one in reach.meant_for(root, name))


def _platforms(typed: str, root: Path) -> tuple[str, ...]:
    """Platforms as people write them; refuses (VK-L001) an unknown one, and (VK-S120) a word for all of them."""
    from vidkit import kit, plan  # noqa: PLC0415
    from vidkit.briefs import keys  # noqa: PLC0415
    from vidkit.kits import platform  # noqa: PLC0415
    from vidkit.people import consents  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    folders = plan.platform_folders(kit.shelf(root))
    words = _parted(typed)
    every = next((one for one in words if keys.folded(one) in consents.ALL), None)
    if every:
        row = keys.find("consent", "platforms")
        raise Refusal(problem("VK-S120", field=row.zh[0] if row else "platforms", word=every))
    return tuple(dict.fromkeys(platform.load(one, folders).title_zh for one in words))


def _parted(typed: str | None) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[,，、;；\s]+", typed or "")))


def choices(field: str, typed: str | None) -> tuple[str, ...]:
    """The values of a consent's field that somebody typed, each once; refuses (VK-S142) an unknown one."""
    return tuple(dict.fromkeys(chosen(field, one) for one in _parted(typed)))


def chosen(field: str, typed: str) -> str:
    """The value of a consent's field that somebody typed; refuses (VK-S142) an unknown one."""
    from vidkit.briefs import keys  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415
    from vidkit.tables import table  # noqa: PLC0415

    rows = table("keys")["consent"][field]["choices"]
    found = keys.meant(typed, rows.items())
    if found is None:
        raise Refusal(problem("VK-S142", value=typed, known="、".join(others[0] for others in rows.values())))
    return found


def _day(typed: str) -> str:
    """A day after today as 2026-11-26; refuses (VK-S139) anything else."""
    from vidkit.briefs.fields import day  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    found = day(typed.strip())
    if not found or found <= today():
        raise Refusal(problem("VK-S139", day=typed, least=today()))
    return found
