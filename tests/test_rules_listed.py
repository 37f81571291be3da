"""Lists of words as their files say them: ours are whole, and a faulty one is refused at its row before anything is looked for."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vidkit import batch, cache, kit
from vidkit.briefs import new
from vidkit.problems import Refusal
from vidkit.rules import listed, packs

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = {*packs.PACKS, "platforms"}
HEAD = """\
law: absolute
why: 不能这样说
why_en: this may not be said
rewrite: 换一句
rewrite_en: say it another way
source: 自己定的
checked_on: 2026-11-22
confidence: B
parts: {sky: 星空|星河}
rows:
"""


def test_every_list_is_whole() -> None:
    """Each file with rows is a list that something looks at; each of its expressions is one by itself and finds something."""
    files = {file.stem for file in listed.HERE.glob("*.yaml") if "\nrows:" in file.read_text(encoding="utf-8")}
    assert files == LISTS
    assert not [fault for name in files if (fault := listed.faulty(name))]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of lists in the place of ours; the list that a test writes is called as the folder is."""
    monkeypatch.setattr(listed, "HERE", tmp_path)
    return tmp_path


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """All our lists, of which one names a law that there is not."""
    lists = shutil.copytree(listed.HERE, tmp_path / "rules")
    text = (lists / "dignity.yaml").read_text(encoding="utf-8")
    (lists / "dignity.yaml").write_text(re.sub(r"law: \w+", "law: nolaw", text, count=1), encoding="utf-8")
    monkeypatch.setattr(listed, "HERE", lists)
    packs.pack.cache_clear()
    packs.hits.cache_clear()
    yield lists / "dignity.yaml"
    packs.pack.cache_clear()
    packs.hits.cache_clear()


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("said", ["", "标题：坏了\n"])
def test_a_faulty_list_is_no_bug_of_ours(said: str, tmp_path: Path) -> None:
    """A brief that meets it, whole or not, is told of the list and what may stand there."""
    brief = new.write(tmp_path / "店" / "a.yaml", "招人")
    brief.write_text(brief.read_text(encoding="utf-8") + said, encoding="utf-8")
    for photo in (kit.bundled() / "examples/photos").glob("*.jpg"):
        shutil.copy(photo, brief.parent / "photos")
    (item,) = batch.check((brief,), cache.default())
    (told,) = item.problems
    assert (told.code, told.place and Path(told.place.file).name) == ("VK-K001", "dignity.yaml")
    assert "law 只能是 absolute" in told.message("zh")


def _written(own: Path, rows: str, head: str = HEAD) -> str:
    (own / f"{own.name}.yaml").write_text(f"{head}{rows}\n", encoding="utf-8")
    return own.name


@pytest.mark.parametrize(
    ("rows", "line", "told"),
    [
        ("  - {level: ban, word: [星空款]}", 11, "rows.1.word"),
        ("  - {level: ban}", 11, "rows.1 没有写要找什么"),
        ("  - {level: ban, words: ['']}", 11, "不能是空的"),
        ("  - {words: [星空款]}", 11, "rows.1.level 没有写"),
        ("  - {level: bann, words: [星空款]}", 11, "ban、caution、evidence"),
        ("  - {level: ban, words: [星空款]}\n  - {level: ban, words: [星河], modes: [advert]}", 12, "ad、story"),
        ("  - {level: ban, words: [星空款], modes: []}", 11, "rows.1.modes"),
        ("  - {level: ban, words: [星空款], law: nolaw}", 11, "absolute"),
        ("  - {level: ban, words: [星空款], excepts: [星空]}", 11, "rows.1.excepts 不认识这一项"),
        ("  - {level: ban, words: [星空款], proof: [promises]}", 11, "promise、certificate"),
        ("  - {level: ban, words: [星空款], confidence: D}", 11, "A、B、C"),
        ("  - {level: ban, words: [星空款], checked_on: 昨天}", 11, "如 2026-11-22"),
        ("  - {level: ban, patterns: ['{skies}款']}", 11, "用了 skies"),
    ],
)
def test_a_faulty_row_is_refused(own: Path, rows: str, line: int, told: str) -> None:
    """With the file, the line, the entry and what may stand there, whether a text hits or not; as other faulty data."""
    name = _written(own, rows)
    with pytest.raises(Refusal) as caught:
        [*packs.hits(name, "你好")]
    (one,) = caught.value.problems
    assert (one.code, one.exit_code, one.place and one.place.line) == ("VK-K001", 4, line)
    assert f"{name}.yaml" in one.message("zh")
    assert told in one.message("zh")


@pytest.mark.parametrize("key", ["law", "why", "source", "confidence"])
def test_what_a_list_says_for_all_is_told_once(own: Path, key: str) -> None:
    """At its own line, however many rows there are."""
    rows = "  - {level: ban, words: [星空款]}\n  - {level: ban, words: [星河]}"
    head = "".join(f"{key}: []\n" if line.startswith(f"{key}:") else line for line in HEAD.splitlines(keepends=True))
    with pytest.raises(Refusal) as caught:
        listed.listing(_written(own, rows, head))
    (one,) = caught.value.problems
    assert one.place
    assert HEAD.splitlines()[one.place.line - 1].startswith(f"{key}:")
    assert one.message("zh").count(f"{key} ") == 1


@pytest.mark.parametrize("key", ["patterns: ['星空(']", "words: [星], with: '('", "words: [星], before: '('"])
def test_an_expression_that_is_none_is_told_at_its_row(own: Path, key: str) -> None:
    """The list is refused as soon as it is needed, though all its expressions are compiled as one."""
    name = _written(own, f"  - {{level: ban, {key}}}")
    with pytest.raises(Refusal, match="is no regular expression") as caught:
        [*packs.hits(name, "星空")]
    assert caught.value.problems[0].place
    assert caught.value.problems[0].place.line == 11


@pytest.mark.parametrize("row", ["patterns: ['(?:星空款)?']", "patterns: ['银河|']", "words: [星空], patterns: ['x*']"])
def test_what_finds_nothing_everywhere_finds_nothing(own: Path, row: str) -> None:
    """A text is looked through to its end all the same, and what else stands in the row is found."""
    name = _written(own, f"  - {{level: ban, {row}}}")
    found = [hit.plain for hit in packs.hits(name, "这是星空款，\n银河里的星空")]
    assert set(found) <= {"星空款", "银河", "星空"}
    fault = listed.faulty(name)
    assert fault
    assert "什么字都没有也算找到" in fault.problems[0].message("zh")


def test_what_lets_go_everywhere_ends(own: Path) -> None:
    """An exception that matches nothing at all lets nothing go."""
    name = _written(own, "  - {level: ban, words: [星空], except: ['(?:蓝)?']}")
    assert [hit.plain for hit in packs.hits(name, "一片星空")] == ["星空"]


def test_a_row_says_otherwise_than_its_list(own: Path) -> None:
    """What a row says itself holds there; shared parts stand in the place of their names."""
    name = _written(own, "  - {level: caution, why: 想一想, modes: [ad], patterns: ['{sky}款']}")
    (hit,) = packs.hits(name, "这是星河款")
    assert (hit.plain, hit.row.said.why, hit.row.said.rewrite, hit.row.modes) == ("星河款", "想一想", "换一句", ("ad",))
