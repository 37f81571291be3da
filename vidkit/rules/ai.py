"""Pictures made by AI where a post promises a true result: in a comparison of before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit.rules.finding import Said
from vidkit.rules.reasons import field, finding
from vidkit.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.rules.finding import Case, Finding


@rule("ai-pair")
def ai_pair(case: Case) -> Iterator[Finding]:
    """A before and after shows what was really there: a photo whose own label says that AI made or changed it cannot stand in one. Where only
    the brief says that pictures are made by AI, the pairs are to be looked at.
    """
    script = case.script
    labelled = {one.photo: one.facts.label for one in script.developed.studies}
    for pair in script.brief.comparisons:
        for photo in (pair.before, pair.after):
            if labelled.get(photo):
                yield finding("ai-pair.label", photo.name, Said(photo.name, "pairs", photo.place), spot=pair.spot)
    if "pictures" in script.brief.made_by_ai and script.brief.comparisons and not any(labelled.values()):
        yield finding("ai-pair.declared", "图片", field(case, "made_by_ai"))
