"""What was made → whether it was made with somebody: with her consent, with her name in its words, or with a photo of her home.

Manifests say both. Older ones say nothing of names in words, and nobody knew her yet whose profile came later: so the texts they keep are read,
those beside them, and their brief while it is still the file it was.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vidkit import kit, source
from vidkit.briefs import keys
from vidkit.people import consents, naming
from vidkit.publishing import archive
from vidkit.runs import faults, remains
from vidkit.runs.stored import MANIFEST, mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vidkit.kit import Shelf
    from vidkit.people.consents import Ledger
    from vidkit.publishing.archive import Entry
    from vidkit.source import Node

MOST_BYTES = 16 * 1024 * 1024
"""More of a text is not read."""
READ = frozenset({".txt", ".srt", ".html"})
"""What files of words are called that lie beside a manifest."""
PICTURE = re.compile(r"data:[^\"')\s]+")
"""A picture inside a page."""
FILE = re.compile(r"[/\\]|\.\w{2,4}$")
"""What stands in the name of a file, which nobody sees."""


@dataclass(frozen=True)
class Hers:
    """A person or a home whose traces are looked for: every name of hers, as names are compared, and all names in which hers are read."""

    words: frozenset[str]
    roll: naming.Roll
    sealed: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """What the manifests of the archives say, by their seals: zips name nobody."""
    photos: frozenset[str] = frozenset()
    """The SHA-256 of the photos that are surely of her home, whatever brief uses them."""

    def among(self, names: Iterable[object]) -> bool:
        """Whether some names are hers, too."""
        return any(keys.folded(str(one)) in self.words for one in names)

    def stands_in(self, text: str) -> bool:
        """Whether one of her names stands in a text, be it in another's, or the text calls her."""
        return any(word in keys.folded(text) for word in self.words) or self.called_in((text,))

    def called_in(self, texts: Iterable[str]) -> bool:
        """Whether some texts call her."""
        return any(keys.folded(call.name) in self.words for text in texts for call in naming.calls(text, self.roll))

    def shown_in(self, said: dict[str, Any]) -> bool:
        """Whether a photo of her home is in what a manifest tells of."""
        return not self.photos.isdisjoint(_photos(said)) if self.photos else False


NOBODY = Hers(frozenset(), naming.Roll(()))


def of(name: str, book: Ledger, shelf: Shelf, sealed: Mapping[str, dict[str, Any]]) -> Hers:
    """Her of a name, among everybody the shop knows; ``sealed`` is what its archives say (``archive.seals``)."""
    entries = (keys.folded(one) for entry in book.of(name) for one in entry.names)
    words = frozenset({*book.called(name), *entries})
    brands = tuple(one for own, others in kit.brand_names(shelf) for one in (own, *others))
    return Hers(words, naming.Roll((*book.knows, (name,)), brands), sealed)


def made_with(run: dict[str, Any], folder: Path, root: Path, hers: Hers) -> bool:
    """Whether a run that a manifest in a folder tells of used her consent or said her name; a ``run`` that names no consents asks its brief."""
    run = run | archive.names(hers.sealed, run)
    named = run.get("consents")
    if not isinstance(named, list):
        return named_in(_brief(run, root), hers)
    if hers.among((*named, *remains.as_list(run.get("mentioned")))) or hers.called_in(_texts(run, folder)):
        return True
    file = _brief(run, root)
    return bool(file and _same(file, run)) and hers.called_in(_said_in(file))


def _photos(said: dict[str, Any]) -> Iterator[str]:
    """The SHA-256 of the photos a manifest tells of: of the rooms in them, and of all, which a pack's lists among what it was made of."""
    yield from remains.as_map(said.get("rooms"))
    for listed in (said.get("photos"), remains.as_map(said.get("inputs")).get("photos")):
        yield from (str(one.get("sha256", "")) for one in remains.as_list(listed) if isinstance(one, dict))


def published_with(entry: Entry, hers: Hers) -> bool:
    """Whether a pack in the archive used her consent or says her name."""
    kept = (text for _, said in entry.manifests for text in _kept(said))
    return hers.among((*entry.consents, *entry.mentioned)) or hers.called_in(kept)


def named_in(brief: Path | None, hers: Hers) -> bool:
    """Whether a brief names her now."""
    return hers.called_in(_said_in(brief))


def _brief(run: dict[str, Any], root: Path) -> Path | None:
    named = remains.brief(run)
    return root / named if named else None


def _same(brief: Path, run: dict[str, Any]) -> bool:
    """Whether a brief is still the file a run was made from."""
    return brief.is_file() and consents.digest(brief) == remains.as_map(run.get("brief")).get("sha256")


def _said_in(brief: Path | None) -> Iterator[str]:
    """Every text of a brief but the names of files."""
    node = source.examine(brief)[0] if brief else None
    yield from (one.text for one in everything(node) if not FILE.search(one.text)) if node else ()


def everything(node: Node) -> Iterator[Node]:
    """A value with all that is in it."""
    yield node
    for one in (*node.items, *(value for _, value in node.pairs)):
        yield from everything(one)


def _texts(run: dict[str, Any], folder: Path) -> Iterator[str]:
    """The texts a run left: what its manifest keeps, files of words, packs."""
    yield from _kept(run)
    for name in remains.files(run):
        file = folder / name
        if file.suffix in {*READ, ".zip"} and remains.inside(file, folder):
            yield from _packed(file) if file.suffix == ".zip" else (_words(file),)


def _kept(said: dict[str, Any]) -> Iterator[str]:
    """The texts in a manifest."""
    yield from (str(one.get("text", "")) for one in remains.as_list(said.get("texts")) if isinstance(one, dict))


def _words(file: Path) -> str:
    """The words of a file."""
    try:
        with file.open("rb") as opened:
            return PICTURE.sub("", opened.read(MOST_BYTES).decode("utf-8", "replace"))
    except OSError as error:
        faults.answered(error)
        return ""


def _packed(file: Path) -> Iterator[str]:
    """The texts in the manifest of a pack; none of what is no pack."""
    try:
        with zipfile.ZipFile(file) as pack:
            kept = [one for one in pack.infolist() if one.filename.endswith(f"/{MANIFEST}")]
            yield from (text for one in kept if one.file_size <= MOST_BYTES for text in _kept(mapping(pack.read(one))))
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return
