"""What a template needs and what it can show, held against what a brief says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vidkit.briefs import keys
from vidkit.briefs.fields import absent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vidkit.briefs.fields import Names, Notes
    from vidkit.source import Node


def offered(node: Node, names: Names) -> frozenset[str]:
    """The fields of the template a brief names, and those every template has; all there are when it names none that is known."""
    field = keys.find("brief", "template")
    said = {keys.folded(value.text) for key, value in node.pairs if keys.find("brief", key.text) == field}
    own = next((name for name, others in names.templates if said & {keys.folded(n) for n in (name, *others)}), "")
    taken = [{path.partition(".")[0] for path, _ in rows} for _, rows in names.takes]
    special = {path.partition(".")[0] for path, _ in dict(names.takes).get(own, ())}
    others = set().union(*taken) - special if own else set()
    return frozenset(row.name for row in keys.models()["brief"] if row.name not in others)


def check(notes: Notes, node: Node, values: dict[str, Any], models: Mapping[str, str]) -> None:
    """What the template needs is there, and no more than it can show; a field that has a fault already is not complained of twice.

    ``models`` are those of the kinds whose values have fields of their own.
    """
    told: set[str] = set()
    for path, (least, most, called) in dict(notes.names.takes).get(values.get("template", ""), ()):
        name, _, inner = path.partition(".")
        row = keys.find("brief", name)
        count = _count(values.get(name), inner)
        if row is None or name in notes.faulty | told or (least <= count and (not most or count <= most)):
            continue
        told |= set() if inner else {name}
        named = notes.typed.get(name) or (called if notes.language == "zh" else "") or row.called(notes.language)
        said: dict[str, Any] = {"field": named, "count": count, "least": least, "limit": most}
        within = keys.find(models[row.kind], inner) if inner else None
        said |= {"inner": within.called(notes.language)} if within else {"example": row.shown(notes.language)}
        missing = "VK-B005" if name in notes.places else "VK-B004"
        code = "VK-B045" if inner else "VK-B019" if count > least else "VK-B046" if count else missing
        if code == "VK-B004":
            absent(notes, "brief", row, node, named)
        else:
            said |= _instead(notes.names, name, count) if code == "VK-B046" else {}
            notes.say(code, notes.places.get(name, node.place), **said)


def _instead(names: Names, field: str, count: int) -> dict[str, str]:
    """The templates that are made for as many of a field as there are, in words; none for none."""
    known = dict(names.templates)
    fit = [own for own, rows in names.takes if (one := dict(rows).get(field)) and one.least == one.most == count]
    chinese, english = (" 或 ".join((*known.get(own, ()), own)[0] for own in fit), " or ".join(fit))
    return {
        "instead": f"；只有 {count} 个的，模板换成 {chinese}" if fit else "",
        "instead_en": f"; with {count} only, use the template {english}" if fit else "",
    }


def _count(value: Any, inner: str) -> int:
    """How many there are of a field: entries of a list (those that have ``inner``), else one for anything given."""
    if isinstance(value, tuple):
        return sum(1 for one in value if not inner or getattr(one, inner))
    return int(bool(getattr(value, inner) if value and inner else value))
