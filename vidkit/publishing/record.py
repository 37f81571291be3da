"""A dossier → what its manifest keeps for as long as the law asks: everything said and shown, on what it rests, who answers for it.

《互联网广告管理办法》 13, 14 (``data/publish.yaml``). No time of the day, no path of the machine: the same post on the same day says the same.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit import __version__, cache, project
from vidkit.briefs import paths
from vidkit.people import consent
from vidkit.publishing import outward, proof
from vidkit.rules import said as saying
from vidkit.runs import earlier
from vidkit.runs.stored import MANIFEST
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.brief import Brief
    from vidkit.make import Made
    from vidkit.people.consents import Entry
    from vidkit.plan import Script
    from vidkit.publishing.dossier import Dossier
    from vidkit.rules.finding import Finding

SHOWN = 2
"""So many characters of an order's number are kept."""


def listing(one: Dossier) -> dict[str, Any]:
    """What says of loose files what they are, and on whose consents they rest."""
    brief = one.script.brief
    return {
        "vidkit": __version__,
        "called": project.called(brief.file),
        "brief": {"name": brief.file.name},
        "consents": list(consent.named(one.script)),
        "mentioned": list(consent.merely_named(one.script)),
    }


def of(one: Dossier, made: Made, keep_until: str) -> dict[str, Any]:
    """What a pack's manifest says besides its files; ``keep_until`` is empty where no law asks to keep it."""
    script, brief, made_of = one.script, one.script.brief, noted(made)
    keep, called = table("publish")["keep"]["years"], outward.names(brief)
    return {
        "vidkit": __version__,
        "engine": made_of.get("engine", ""),
        "called": project.called(brief.file),
        "title": brief.title,
        "brief": made_of.get("brief", {"name": brief.file.name}) | _row(script, made),
        "template": script.template.id,
        "legal_name": script.brand.legal_name,
        "platform": {"id": one.where.id, "zh": one.where.title_zh, "en": one.where.title_en},
        "day": script.today,
        "keep_until": keep_until,
        "keep_source": keep["source"] if keep_until else "",
        "verdict": one.verdict,
        "mode": one.meant,
        "ad": one.meant == "ad",
        "link": brief.link,
        "marks": [{"kind": mark.kind, "words": mark.words, "seconds": mark.seconds} for mark in one.marks],
        "ai": list(one.ai),
        "declare": list(one.declaration),
        **own(script),
        "reached": _shown(one),
        "texts": texts(one),
        "certificates": [
            {"who": who.name} | c.model_dump(mode="json") for who in brief.people for c in who.certificates
        ],
        "consents": list(consent.named(script)),
        "mentioned": list(consent.merely_named(script)),
        "consent_terms": [_terms(entry) for entry in one.consents],
        "findings": [_found(found) for found in one.findings],
        "warnings": [{"code": found.code, "zh": found.message("zh")} for found in one.problems],
        "inputs": {"photos": outward.photos(made_of.get("photos", []), called), "pairs": made_of.get("pairs", [])},
        "clips": {one.where.id: made_of.get("clips", {}).get(one.where.id, {})},
        "proof": proof.figures(one.measured) if one.measured else {},
    }


def _row(script: Script, made: Made) -> dict[str, Any]:
    """Whether no file holds the brief; of a table's row by what ways the table and the brief are found over which it was laid."""
    if script.sha256:
        return {"row": False}
    folder = made.folder.parent if made.folder.name == paths.DRAFT else made.folder
    mark = earlier.mark(script, folder.parent)
    named = (Path(place.file) for _, place in script.brief.places)
    table_file = next((file for file in named if mark.table and file.name == mark.table), None)
    if table_file is None or not mark.over:
        return {"row": True}
    files = {"table": table_file, "over": script.brief.file.with_name(mark.over)}
    return {"row": True} | {name: earlier.noted(file, folder.parent) for name, file in files.items()}


def own(script: Script) -> dict[str, Any]:
    """What a manifest says of what is the brief's own and the shop's, whatever is made of it: its words and the brand's, prices, days, numbers."""
    brief, brand = script.brief, script.brand
    said = (*saying.written(brief), *saying.of_brand(brand, None))
    return {
        "texts": [{"where": text.where, "text": text.text} for text in said],
        "brand": {"id": brand.id, "name": brand.names.zh, "full_name": brand.full_name},
        "logo": hashlib.sha256(brand.logo.encode("utf-8")).hexdigest(),
        "prices": [price.model_dump(mode="json") for price in brief.prices],
        "valid_until": brief.valid_until,
        "gift": brief.gift.model_dump(mode="json") if brief.gift else None,
        "evidence": [found.model_dump(mode="json") for found in brief.evidence],
        "promises": [found.model_dump(mode="json") for found in brief.promises],
        "review": _review(brief),
        "people": [{"name": who.name, "years": who.years} for who in brief.people],
    }


def reached(script: Script) -> dict[str, str]:
    """By what people reach the shop, each way hashed, empty for none: the telephone, the code's words or its picture."""
    phone, code = script.brief.phone, script.brief.qr
    picture = cache.sha256(code.picture.path) if code and code.picture else ""
    return {"phone": _hashed(phone), "qr": picture or _hashed(code.text if code else "")}


def _shown(one: Dossier) -> dict[str, str]:
    """The same, as far as the platform lets it stand in a post: of anything else a pack that is handed on tells nothing."""
    allowed = {"phone": one.where.allows_contact, "qr": one.where.allows_qr}
    return {way: digest for way, digest in reached(one.script).items() if allowed[way]}


def _hashed(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest() if words else ""


def noted(made: Made) -> dict[str, Any]:
    """What the manifest says that was written when everything was made."""
    said: dict[str, Any] = json.loads((made.folder / MANIFEST).read_text(encoding="utf-8"))
    return said


def texts(one: Dossier) -> list[dict[str, str]]:
    """Every text seen or read in the post on this platform, where it stands."""
    said = saying.everything(one.script, (one.plan,))
    return [{"where": text.where, "text": text.text} for text in said if text.platform in {"", one.where.id}]


def _review(brief: Brief) -> dict[str, Any] | None:
    """The customer's review with what proves it: the order's number masked, of a recording only what packs call it."""
    found = brief.review
    if found is None:
        return None
    recording = outward.names(brief).get(found.recording.name) if found.recording else None
    order = found.order[:SHOWN] + "*" * len(found.order[SHOWN:])
    return found.model_dump(mode="json") | {"recording": recording, "order": order}


def _terms(entry: Entry) -> dict[str, Any]:
    """How far a consent reaches; its file and the signed form by their hashes."""
    said = entry.consent
    file = {"name": entry.name, "file": entry.file.name, "sha256": cache.sha256(entry.file)}
    if said is None:
        return file
    return file | {
        "role": said.role,
        "scope": list(said.scope),
        "purposes": list(said.purposes),
        "platforms": list(said.platforms),
        "starts": said.starts,
        "ends": said.ends,
        "paid": said.paid,
        "signed_sha256": entry.found or said.sha256,
    }


def _found(one: Finding) -> dict[str, Any]:
    """A finding without the places of files on this machine."""
    return {name: value for name, value in one.as_data().items() if name != "file"}
