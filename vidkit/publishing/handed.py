"""A pack → the zip that is handed on: no name of a consent in it that the post does not say itself.

A pack's folder stays in the shop: its checklist says to whom the small clip goes, its manifest on whose consents it rests, and both say that they
are for the shop alone. In the zip these names are numbers or plain words, and its manifest says which one of the archive's it was.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit.people import consent
from vidkit.publishing import archive, pack, posting, record, review
from vidkit.runs.stored import MANIFEST
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vidkit.publishing.dossier import Dossier

INSIDE = (posting.CHECKLIST, posting.PLAIN, posting.MESSAGE, review.SHEET)
"""The files of a pack that are never posted."""
SHORTEST = 2
"""A shorter name stands in too many words to be looked for."""
PICTURE = re.compile(r"(data:[^\"')\s]+)")


@dataclass(frozen=True)
class Names:
    """Names that a post does not say: of those who agreed to it, and of the guardians of some of them."""

    people: tuple[str, ...] = ()
    guardians: tuple[str, ...] = ()
    asked: int = 0
    """How many are asked before it is posted: what is written to one alone is copied whole."""

    def said_as(self, language: str) -> dict[str, str]:
        """What is said instead of each in a language, or in data by its number (``number``)."""
        if language == "number":
            return {one: f"#{number}" for number, one in enumerate((*self.people, *self.guardians), 1)}
        said = {name: words[language] for name, words in table("publish")["handed_on"].items()}
        return dict.fromkeys(self.guardians, said["guardian"]) | dict.fromkeys(self.people, said["person"])


def names(one: Dossier) -> Names:
    """The names in a pack that its post does not say."""
    posted = "\n".join(text["text"] for text in record.texts(one))

    def told(name: str) -> bool:
        return len(name) >= SHORTEST and name not in posted and name.removesuffix("家") not in nobody

    nobody = frozenset(table("publish")["nobody"])
    wanted = (
        *consent.everybody(one.script),
        *consent.named(one.script),
        *(n for each in one.consents for n in each.names),
    )
    able = filter(told, dict.fromkeys(wanted))
    guardians = filter(told, dict.fromkeys(who.name for who in one.guardians.values()))
    return Names(tuple(able), tuple(guardians), len(one.asked))


def for_the_shop(name: str, words: str, private: Names) -> str:
    """A file of a pack's folder, which says first that it is for the shop alone if it holds such a name; not what those get to see whom it is
    about: the sheet they sign, the message to one alone.
    """
    shown = name == review.SHEET or (name == posting.MESSAGE and private.asked < 2)
    return words if shown or _unnamed(name, words, private) == words else _label() + words


def zipped(folder: Path, top: str, private: Names) -> bytes:
    """The zip of a pack's folder, all in a folder ``top``, which is called without such a name, too."""
    files = pack.contents(folder)
    changed = {
        name: _unnamed(name, files[name].decode("utf-8").removeprefix(_label()), private).encode("utf-8")
        for name in INSIDE
        if name in files
    }
    manifest = _manifest(files[MANIFEST], {**files, **changed}, private)
    return pack.zipped({**files, **changed, MANIFEST: manifest}, _replaced(top, private.said_as("number")))


def _manifest(content: bytes, files: Mapping[str, bytes], private: Names) -> bytes:
    """The manifest of the zip; the folder's own where nothing is to be left out."""
    said: dict[str, Any] = json.loads(content)
    plain = _numbered({name: value for name, value in said.items() if name not in {"files", pack.SEAL}}, private)
    digests = {name: pack.digest(body) for name, body in files.items() if name != MANIFEST}
    made = pack.sealed(plain | {"files": digests})
    return made if made == content else pack.sealed(plain | {"files": digests, archive.KEPT: said[pack.SEAL]})


def _numbered(value: Any, private: Names) -> Any:
    """A value of a manifest with every such name in its texts as its number."""
    if isinstance(value, str):
        return _replaced(value, private.said_as("number"))
    if isinstance(value, dict):
        return {name: _numbered(one, private) for name, one in value.items()}
    return [_numbered(one, private) for one in value] if isinstance(value, list) else value


def _unnamed(name: str, words: str, private: Names) -> str:
    """The words of a file without such names. A page's pictures are left alone; of a checklist the second half is English."""
    chinese, english = private.said_as("zh"), private.said_as("en")
    if name == review.SHEET:
        escaped = {html.escape(one): said for one, said in chinese.items()}
        return "".join(one if PICTURE.fullmatch(one) else _replaced(one, escaped) for one in PICTURE.split(words))
    if name == posting.MESSAGE:
        return _replaced(words, chinese)
    first, between, second = words.rpartition(posting.BETWEEN)
    return _replaced(first, chinese) + between + _replaced(second, english)


def _replaced(words: str, called: Mapping[str, str]) -> str:
    """Words with names replaced, the longest first, none inside a longer word of Latin letters."""
    ordered = sorted(called, key=len, reverse=True)
    pattern = "|".join(
        rf"(?<![A-Za-z0-9]){re.escape(one)}(?![A-Za-z0-9])" if one.isascii() else re.escape(one) for one in ordered
    )
    return re.sub(pattern, lambda found: called[found[0]], words) if pattern else words


def _label() -> str:
    label = table("publish")["for_the_shop"]
    return f"{label['zh']}\n{label['en']}\n\n"
