"""Writing ``consents/NAME.yaml``, people's own file: a new one to fill in, and single lines of one that is there.

What is written changes only its own lines; the result is read back and must say what it should, or nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vidkit import cache, project, source
from vidkit.briefs import keys
from vidkit.consoles import spelling
from vidkit.people.consents import FOLDER
from vidkit.problems import Place, Refusal, problem
from vidkit.runs import faults
from vidkit.serials import ledger
from vidkit.sources import encoding
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.people.consents import Consent
    from vidkit.problems import Problem
    from vidkit.source import Node

SIGNED = "signed"
"""The folder of signed forms, below the consents."""
PAPERS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".pdf"})
"""What a signed form may be: a photo or a scan."""
HEAD = """\
# 「{name}」的同意书。先打印，请{signer}看懂、签字；签好了拍张照片，打 vidkit consent sign {typed} 照片的位置
# 下面写的要和纸上打了 ✓ 的一样：纸上没打 ✓ 的，这里删掉。没写的就是不同意。
# 井号 # 后面空一格的是说明。井号后面紧跟着字的那一行现在不起作用：去掉那个 # 就用上了。
# 冒号用英文的冒号，后面空一格。
"""


def long(name: str, said: Consent, form: Path, place: Place, day: str) -> Iterator[Problem]:
    """A consent that lasts for very many years from a day on (VK-S159): somebody may have mistyped the year, or forgotten that a life changes."""
    years = (date.fromisoformat(said.ends) - date.fromisoformat(day)).days // 365
    if years > table("limits")["consent"]["long_years"]:
        yield problem(
            "VK-S159",
            place,
            who=name,
            ends=said.ends,
            years=years,
            command=spelling.typed(name),
            form=spelling.typed(form),
        )


@dataclass(frozen=True)
class Draft:
    """A consent to ask for: days as 2026-11-26, platforms as people write them; ``incapable`` says that a guardian must sign."""

    name: str
    role: str
    ends: str
    platforms: tuple[str, ...]
    scope: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    guardian: str = ""
    relation: str = ""
    incapable: bool = False


def file_of(root: Path, name: str) -> Path:
    """Where a new consent of that name is written; refuses (VK-S134) what cannot be a file's name."""
    if not project.is_file_name(name):
        raise Refusal(problem("VK-S134", name=name))
    return root / FOLDER / f"{name}.yaml"


def sure_new(root: Path, name: str) -> Path:
    """Where a new consent of that name is written, as ``file_of``; refuses (VK-S133) one that is there already."""
    file = file_of(root, name)
    if file.exists():
        raise _there(file, name)
    return file


def _there(file: Path, name: str) -> Refusal:
    return Refusal(problem("VK-S133", Place(spelling.shown(file)), name=name))


def write(root: Path, draft: Draft) -> Path:
    """Write a new consent; refuses (VK-S133) one that is there already, also when another run wrote it just now, and (VK-S136) a child's without
    a guardian.
    """
    file = sure_new(root, draft.name)
    if (draft.role == "child" or draft.incapable) and not draft.guardian:
        raise Refusal(problem("VK-S136", name=draft.name))
    if not cache.deliver_new(text(draft).encode("utf-8"), file):
        raise _there(file, draft.name)
    return file


def text(draft: Draft) -> str:
    """The text of a new consent: what is asked for, everything else explained and switched off."""
    signer = "监护人" if draft.guardian else "她"
    head = HEAD.format(name=draft.name, typed=spelling.typed(draft.name), signer=signer)
    said = _said(draft)
    return f"{head}\n" + "\n".join(_row(row, said.get(row.name)) for row in keys.models()["consent"])


def _said(draft: Draft) -> dict[str, str]:
    usual = table("consent_form")["usual"][draft.role]
    said = {
        "alias": project.quoted(draft.name),
        "role": keys.choice("consent", "role", draft.role),
        "scope": _listed("scope", draft.scope or usual["scope"]),
        "purposes": _listed("purposes", draft.purposes or usual["purposes"]),
        "platforms": f"[{', '.join(project.quoted(one, inside=True) for one in draft.platforms)}]",
        "ends": draft.ends,
        "publish": "否",
    }
    if draft.guardian:
        name, relation = (project.quoted(one, inside=True) for one in (draft.guardian, draft.relation or "监护人"))
        said["guardian"] = f"{{称呼: {name}, 关系: {relation}}}"
    return said | ({"incapable": "是"} if draft.incapable else {})


def _listed(field: str, values: Sequence[str]) -> str:
    return f"[{', '.join(keys.choice('consent', field, one) for one in values)}]"


def _row(row: keys.Field, value: str | None) -> str:
    off = "" if value is not None else "#"
    return f"# {row.say_zh}\n{off}{row.zh[0]}: {row.example if value is None else value}\n"


# Single lines


def change(file: Path, values: Mapping[str, str], store: Cache) -> None:
    """Write values of fields (texts) into a consent's file: only their own lines change, encoding and line ends stay; runs at the same time wait
    for each other. Refuses (VK-S130) a file where that cannot be done.
    """
    from vidkit.runs import lock  # noqa: PLC0415  # only who writes waits for others

    shown, words = spelling.shown(file), keys.every_name()
    with lock.held(file, store):
        cache.leavings_of(file)
        try:
            before = file.read_bytes()
        except OSError as error:
            faults.answered(error)
            raise Refusal(problem("VK-Y003", Place(shown))) from None
        made = changed(encoding.decode(before, shown, words), shown, values)
        cache.deliver_text(made, file, words)


def changed(before: str, shown: str, values: Mapping[str, str]) -> str:
    """A consent's text with values of fields in their own lines, in the place of old ones or at the end."""
    node, _ = source.parse(before, shown)
    made = None if node is None else _with(before, node, values)
    if node is None or made is None or not _says(made, shown, _wanted(node, values)):
        lines = "；".join(f"{_key(node, field)}: {value}" for field, value in values.items())
        raise Refusal(problem("VK-S130", Place(shown), lines=lines))
    return made


def _with(before: str, node: Node, values: Mapping[str, str]) -> str | None:
    """The text with its lines changed; None where a value is not written in a line of its own."""
    lines = before.splitlines(keepends=True)
    end = encoding.line_end(before)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    keys_at = [key.place.line for key, _ in node.pairs]
    for field, value in values.items():
        found = next(((key, old) for key, old in node.pairs if _means(key.text, field)), None)
        written = f"{_key(node, field)}: {project.quoted(value)}{end}"
        if found is None:
            lines.append(written)
        elif keys_at.count(found[0].place.line) > 1 or found[1].place.line != found[0].place.line:
            return None
        else:
            lines[found[0].place.line - 1] = written
    return "".join(lines)


def _means(typed: str, field: str) -> bool:
    row = keys.find("consent", typed)
    return row is not None and row.name == field


def _key(node: Node | None, field: str) -> str:
    """The name a file uses for a field, else the one we write."""
    there = next((key.text for key, _ in node.pairs if _means(key.text, field)), "") if node else ""
    row = keys.find("consent", field)
    return there or (row.zh[0] if row else field)


def _wanted(node: Node, values: Mapping[str, str]) -> dict[str, object]:
    return {**ledger.plain(node), **{_key(node, field): value for field, value in values.items()}}


def _says(made: str, shown: str, wanted: dict[str, object]) -> bool:
    node, _ = source.parse(made, shown)
    return node is not None and bool(ledger.plain(node) == wanted)


# The signed form


def sure_paper(paper: Path) -> None:
    """Refuse as a signed form what is not there (VK-S152), and what is no photo or PDF (VK-S137)."""
    if not paper.exists():
        raise Refusal(problem("VK-S152", name=spelling.shown(paper)))
    if not paper.is_file() or paper.suffix.lower() not in PAPERS or not paper.stat().st_size:
        raise Refusal(problem("VK-S137", name=spelling.shown(paper)))


def keep_paper(file: Path, paper: Path, name: str) -> Path:
    """Copy a signed form beside its consent; what lies there under that name is kept under another. Refuses what ``sure_paper`` refuses."""
    sure_paper(paper)
    suffix = paper.suffix.lower()
    target = file.parent / SIGNED / f"{name}{suffix}"
    number = 2
    while target.exists() and cache.sha256(target) != cache.sha256(paper):
        target = target.with_name(f"{name}-{number}{suffix}")
        number += 1
    cache.deliver(paper, target)
    return target
