"""What was done to a brief's photos → plain sentences for people, plain data for the manifest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from vidkit.console import words
from vidkit.photos import advice
from vidkit.photos.advice import one_picture_asked
from vidkit.photos.prints import PLAIN
from vidkit.photos.study import by_hand, held, no_faces
from vidkit.problems import spoken_language
from vidkit.spreadsheets import headings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.develop import Developed
    from vidkit.photos.areas import Area
    from vidkit.photos.pair import Match
    from vidkit.photos.prints import Gains
    from vidkit.photos.study import Study
    from vidkit.plan import Script

SURE = ((0.7, "very"), (0.3, "quite"), (0.0, "little"))
"""From which confidence on a match is called what."""
LUMA = (0.2126, 0.7152, 0.0722)
"""BT.709."""


def lines(script: Script) -> tuple[str, ...]:
    """One sentence a pair and one for every photo with something covered or shown, or lifted."""
    made, tongue = script.developed, spoken_language()
    heading = {one.photo: headings.of_photo(script.brief, one.photo, tongue) for one in made.studies}
    seen = (
        line
        for one in made.studies
        for line in (*_covered(one, made.covered(one.photo), heading[one.photo]), *_lifted(one, made))
    )
    return (*_pairs(script), *dict.fromkeys(seen))


def _pairs(script: Script) -> Iterator[str]:
    for two, match in zip(script.brief.comparisons, script.developed.matches, strict=True):
        if match.matrix is None:
            key = "pair-kept" if one_picture_asked(two) else "pair-apart"
            yield words(key, spot=two.spot, reveal=two.reveal)
            continue
        kept = min(match.left)
        said = [
            words("pair-aligned", spot=two.spot, sure=_sure(match.confidence), kept=round(kept * 100)),
            *(
                [words(f"pair-turned-{'before' if match.turn else 'after'}", degrees=match.turned)]
                if match.turned
                else []
            ),
            *_light(match),
        ]
        yield words("comma").join(said)


def _sure(confidence: float) -> str:
    """A confidence in words."""
    return words(next(f"sure-{word}" for least, word in SURE if confidence >= least))


def _light(match: Match) -> Iterator[str]:
    """What was done to brightness and white balance, in stops."""
    for side, gains in (("before", match.before), ("after", match.after)):
        stops = ev(gains)
        if abs(stops) >= 0.05:
            key = f"light-{side}-{'up' if stops > 0 else 'down'}"
            yield words(key, stops=f"{abs(stops):.1f}")
    if any(max(gains) - min(gains) > 0.02 for gains in (match.before, match.after)):
        yield words("light-colour")
    if match.before == match.after == PLAIN:
        yield words("light-same")


def ev(gains: Gains) -> float:
    """Exposure steps (EV) of linear-light gains."""
    return math.log2(sum(weight * gain for weight, gain in zip(LUMA, gains, strict=True)))


def _counts(one: Study) -> dict[str, int]:
    """How much is covered: in a film from its beginning to its end."""
    kinds, reel = [one.facts.finds[n - 1].kind for n in one.covered], one.photo.reel
    faces, codes = (reel.faces, reel.codes) if reel else (kinds.count("face"), kinds.count("code"))
    return {"faces": faces, "codes": codes, "by_hand": len(by_hand(one))}


def _covered(one: Study, areas: tuple[Area, ...], heading: str) -> Iterator[str]:
    """What is covered in a photo and what is not; ``heading`` is the table's column that names it, if one does."""
    counts = _counts(one)
    if any(counts.values()):
        how = {"faces": advice.uncovering(one, heading), "codes": advice.uncovering_codes(one, heading)}
        parts = [words(f"covered-{kind}", count=count) + how.get(kind, "") for kind, count in counts.items() if count]
        key = "covered-film" if one.photo.reel else "covered"
        yield words(key, name=one.photo.name, what=words("comma").join(parts))
    for key, choices in (("shown", one.photo.show_face), ("spared", no_faces(one.photo, one.facts))):
        bare = [c.number for c in choices if c.number <= len(one.facts.finds) and not held(one, c.number, areas)]
        if bare:
            yield words(key, name=one.photo.name, numbers=words("and").join(map(str, bare)))


def _lifted(one: Study, made: Developed) -> Iterator[str]:
    """That a dark photo is shown lighter than it was taken."""
    if stops := made.lifted(one.photo):
        yield words("lifted", name=one.photo.name, stops=f"{stops:.1f}")


def as_data(script: Script) -> dict[str, Any]:
    """The same as data: photos and pairs in the brief's order, no paths and no metadata of the files."""
    made = script.developed
    pairs = zip(script.brief.comparisons, made.matches, strict=True)
    return {
        "photos": [_photo(one, made.lifted(one.photo)) for one in made.studies],
        "pairs": [{"spot": two.spot, **_pair(match)} for two, match in pairs],
    }


def _photo(one: Study, stops: float) -> dict[str, Any]:
    return {
        "name": one.photo.name,
        "sha256": one.facts.sha256,
        "covered": _counts(one),
        "shown_faces": [c.number for c in one.photo.show_face if c.number not in one.hidden],
        "doubtful": list(one.doubtful),
        "faults": list(one.facts.faults),
        "ai_label": bool(one.facts.label),
        **({"lifted_ev": stops} if stops else {}),
    }


def _pair(match: Match) -> dict[str, Any]:
    if match.matrix is None:
        return {"aligned": False, "reason": match.reason, "alike": match.alike}
    return {
        "aligned": True,
        "kind": match.kind,
        "confidence": match.confidence,
        "inliers": match.inliers,
        "matches": match.matches,
        "overlap": match.overlap,
        "turned": match.turned,
        "usable": list(match.usable),
        "gains": {"before": list(match.before), "after": list(match.after)},
        "unchanged": match.unchanged,
        "brighter_ev": match.brighter_ev,
    }
