"""A folder of what was made earlier: another brief's is refused, what was not made this time is told, nothing is deleted."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from conftest import SHORT, brief_of, script_of

from vidkit import batch, cache, make, project, shop
from vidkit.problems import Place, Refusal
from vidkit.runs import earlier, remains
from vidkit.runs.stored import MANIFEST, MARKS

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.plan import Script


def made(file: Path, out: Path) -> Path:
    """The folder of a brief that was made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("标题: x\n", encoding="utf-8")
    folder = out / "厨房"
    folder.mkdir(parents=True, exist_ok=True)
    said = {"brief": {"name": file.name, "path": earlier.noted(file, out)}}
    (folder / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    return folder


def refused(file: Path, out: Path) -> str:
    """The brief whose work lies where another's would go; empty when there is none."""
    try:
        earlier.refuse_another(file, out, (out / "厨房", out / "厨房/draft"))
    except Refusal as refusal:
        return dict(refusal.problems[0].values)["other"]
    return ""


@pytest.mark.parametrize("inside", [True, False])
def test_another_briefs_folder_is_refused(inside: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """In a shop and outside one; not its own, nor that of a brief that is gone."""
    if inside:
        shop.write(tmp_path)
    first, second = tmp_path / "briefs/厨房.yaml", tmp_path / "photos/厨房/清单.yaml"
    made(first, tmp_path / "out")
    assert refused(first, tmp_path / "out") == ""
    assert refused(second, tmp_path / "out") == "briefs/厨房.yaml"
    assert refused(second, tmp_path / "elsewhere") == ""
    first.unlink()
    assert refused(second, tmp_path / "out") == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"brief": {"name": "厨房.yaml"}}', '{"brief": 3}'])
def test_an_old_or_odd_manifest_keeps_nobody_out(text: str, tmp_path: Path) -> None:
    """Older ones note no path."""
    (made(tmp_path / "a/厨房.yaml", tmp_path / "out") / MANIFEST).write_text(text, encoding="utf-8")
    assert refused(tmp_path / "b/厨房.yaml", tmp_path / "out") == ""


def test_no_path_of_the_machine_is_noted(tmp_path: Path) -> None:
    """A brief elsewhere, or deep below, goes by its name."""
    assert earlier.noted(tmp_path / "a/b/c/d/厨房.yaml", tmp_path / "out") == "厨房.yaml"
    assert earlier.noted(tmp_path / "厨房.yaml", tmp_path / "x/out") == "厨房.yaml"
    assert earlier.noted(tmp_path / "a/厨房.yaml", tmp_path / "out") == "a/厨房.yaml"


def claimed(file: Path, out: Path, table: Path | None = None, *, manifest: bool = True) -> str:
    """The code with which a brief, or a row of a table over it, is refused its folder; empty when it has it, and then it is made."""
    script = script_of(brief_of(SHORT, 1, options=False).model_copy(update={"file": file}))
    if table:
        places = (*script.brief.places, ("title", Place(str(table), 2, 1)))
        script = replace(script, brief=script.brief.model_copy(update={"places": places}))
    else:
        script = replace(script, sha256="0" * 64)
    folder = out / project.called(file)
    try:
        earlier.refuse_another(file, out, (folder,))
        earlier.refuse_theirs(script, folder, folder, ("douyin",))
        earlier.claim(script, folder)
    except Refusal as refusal:
        return refusal.problems[0].code
    if manifest:
        folder.mkdir(parents=True, exist_ok=True)
        told = {"vidkit": "1", "brief": {"path": earlier.noted(file, out)}}
        (folder / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    return ""


def test_two_briefs_of_one_name_keep_apart(tmp_path: Path) -> None:
    """Outside a shop both are noted by their name only, and no manifest says where they lie; moved together with what was made nothing changes."""
    out = tmp_path / "all" / "deep" / "out"
    first, second = tmp_path / "all/mon/kitchen.yaml", tmp_path / "all/tue/kitchen.yaml"
    assert earlier.noted(first, out) == earlier.noted(second, out) == "kitchen.yaml"
    assert [claimed(first, out), claimed(first, out), claimed(second, out)] == ["", "", "VK-M028"]
    (tmp_path / "all").rename(tmp_path / "moved")
    assert claimed(tmp_path / "moved/mon/kitchen.yaml", tmp_path / "moved/deep/out") == ""
    (tmp_path / "moved/deep/out").rename(tmp_path / "out")
    assert claimed(tmp_path / "moved/mon/kitchen.yaml", tmp_path / "out") == ""
    kept = "".join(file.read_text("utf-8") for file in tmp_path.rglob(f"{MARKS}/*"))
    assert "mon" not in kept
    assert str(tmp_path) not in kept


def test_two_tables_over_one_brief_keep_apart(tmp_path: Path) -> None:
    """Rows of both are called alike; neither writes over the other, nor over a brief's own work, nor the brief over theirs."""
    out, row = tmp_path / "out", tmp_path / "底稿-01.yaml"
    for name in ("一.csv", "二.csv"):
        (tmp_path / name).touch()
    assert [claimed(row, out, tmp_path / name) for name in ("一.csv", "一.csv", "二.csv")] == ["", "", "VK-M028"]
    assert claimed(row, out) == "VK-M028"
    assert claimed(tmp_path / "b/底稿-01.yaml", out, tmp_path / "二.csv") == "VK-M028"


def test_a_row_in_the_way_is_told_by_its_brief_and_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of its own name is there; what older marks do not know is left out."""
    out, row = tmp_path / "out", tmp_path / "底稿-01.yaml"
    script = script_of(brief_of(SHORT, 1, options=False).model_copy(update={"file": row}))
    for name in ("一.csv", "二.csv", "vidkit.yaml"):
        (tmp_path / name).touch()

    def of_table(name: str) -> Script:
        files = (tmp_path / "vidkit.yaml", tmp_path / "底稿.yaml", tmp_path / name)
        places = tuple((f"f{line}", Place(str(file), line, 1)) for line, file in enumerate(files, 5))
        return replace(script, brief=script.brief.model_copy(update={"places": places}))

    earlier.claim(of_table("一.csv"), out / "底稿-01")
    (out / "底稿-01").mkdir()
    (out / "底稿-01" / MANIFEST).write_text('{"vidkit": "1", "brief": {"path": "底稿-01.yaml"}}', encoding="utf-8")

    def told() -> str:
        with pytest.raises(Refusal) as caught:
            earlier.refuse_theirs(of_table("二.csv"), out / "底稿-01", out / "底稿-01", ())
        return caught.value.problems[0].message("zh")

    assert "做出来的：底稿.yaml 和 一.csv 的第 7 行，没有动它" in told()
    mark = out / MARKS / "底稿-01.json"
    said = json.loads(mark.read_text(encoding="utf-8"))
    mark.write_text(json.dumps({name: said[name] for name in ("of", "table")}), encoding="utf-8")
    assert "做出来的：一.csv 里的一行，没有动它" in told()


@pytest.mark.parametrize("of", [None, 5, [[1]], "x", {}])
def test_an_edited_mark_keeps_nobody_out(of: object, tmp_path: Path) -> None:
    """It says of no place that the work there is somebody else's."""
    out, file = tmp_path / "out", tmp_path / "厨房.yaml"
    assert claimed(file, out) == ""
    (out / MARKS / "厨房.json").write_text(json.dumps({"of": of}), encoding="utf-8")
    assert claimed(file, out) == ""


def test_rows_that_a_table_has_no_more_are_told(tmp_path: Path) -> None:
    """Made of this table over this brief, and still there; not those of another table, of another brief beside this one, or never finished."""
    out, table = tmp_path / "out", tmp_path / "表.csv"
    for name in ("表.csv", "别的.csv", "底稿.yaml", "底稿-11.yaml", "别人.yaml"):
        (tmp_path / name).touch()
    for name in ("底稿-01", "底稿-02", "张家", "别人-01"):
        assert claimed(tmp_path / f"{name}.yaml", out, table) == ""
    assert claimed(tmp_path / "李家.yaml", out, tmp_path / "别的.csv") == ""
    assert claimed(tmp_path / "王家.yaml", out, table, manifest=False) == ""
    (told,) = earlier.gone(tmp_path / "底稿.yaml", table, out, {"底稿-01"})
    values = dict(told.values)
    assert (told.code, values["names"], values["table"]) == ("VK-X033", "底稿-02、张家", "表.csv")
    assert earlier.gone(tmp_path / "底稿.yaml", table, out, {"底稿-01", "底稿-02", "张家"}) == ()
    assert earlier.gone(tmp_path / "底稿.yaml", table, tmp_path / "new", ()) == ()
    for name, over in (("底稿-01", "底稿.yaml"), ("底稿-02", "底稿.yaml"), ("张家", "别人.yaml")):
        mark = out / MARKS / f"{name}.json"
        mark.write_text(json.dumps(json.loads(mark.read_text("utf-8")) | {"over": over}), encoding="utf-8")
    (told,) = earlier.gone(tmp_path / "底稿.yaml", table, out, ())
    assert dict(told.values)["names"] == "底稿-01、底稿-02"
    (tmp_path / "底稿.yaml").rename(tmp_path / "灶.yaml")
    (told,) = earlier.gone(tmp_path / "灶.yaml", table, out, {"灶-01", "灶-02"})
    assert (told.code, dict(told.values)["names"]) == ("VK-X037", "底稿-01、底稿-02")
    assert "2 条是照 底稿.yaml 做的，这份清单现在不在了" in told.message("zh")


@pytest.mark.parametrize(("name", "code"), [("厨房-01", "VK-X034"), ("张家", "VK-X038"), ("张家-01", "VK-X038")])
def test_a_name_that_has_gone_to_another_row_is_told(
    name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of the photos is the same: what was packed is another clip's, or of a row with a name of its own has the old photos. Not where one of
    them is, nor of a brief's file.
    """
    folder = tmp_path / name / "draft"
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text(json.dumps({"vidkit": "1", "rooms": {"a": "灶台.jpg"}}), encoding="utf-8")
    script = script_of(brief_of(SHORT, 1, options=False).model_copy(update={"file": tmp_path / f"{name}.yaml"}))
    for file in ("厨房.yaml", "表.csv"):
        (tmp_path / file).touch()
    places = (("title", Place(str(tmp_path / "厨房.yaml"), 1, 1)), ("hook", Place(str(tmp_path / "表.csv"), 2, 1)))
    script = replace(script, brief=script.brief.model_copy(update={"places": places}))
    order = make.Order(tmp_path, cache.Cache(tmp_path / "cache"), draft=True)
    monkeypatch.setattr(batch, "_made", lambda *_: make.Made(folder, (), 1, 1))

    def told(hashes: str, sha256: str = "") -> list[str]:
        studies = tuple(SimpleNamespace(handed_in=one) for one in hashes)
        now = replace(script, sha256=sha256, developed=replace(script.developed, studies=studies))  # type: ignore[arg-type]
        done = batch.make(batch.Item(now.brief.file, now), order, lambda _frames: None)
        return [one.code for one in done.problems]

    assert (told("bc"), told("ab"), told("bc", "0")) == ([code], [], [])


@pytest.mark.parametrize("name", ["douyin/caption.txt", "manifest.json"])
def test_a_folder_vidkit_never_wrote_to_is_left_alone(name: str, tmp_path: Path) -> None:
    """Files of our names that somebody else put there stay; other files are in nobody's way, and neither are ours of a run that was stopped."""
    theirs, file = tmp_path / "out" / "厨房" / name, tmp_path / "厨房.yaml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text('{"name": "mine"}', encoding="utf-8")
    assert claimed(file, tmp_path / "out") == "VK-M029"
    theirs.rename(theirs.with_name("mine.txt"))
    assert claimed(file, tmp_path / "out", manifest=False) == ""
    (tmp_path / "out/厨房/clip.mp4").touch()
    assert claimed(file, tmp_path / "out") == ""


def test_what_was_not_made_this_time_is_told_and_stays(tmp_path: Path) -> None:
    """A platform the brief has dropped, a pair there is no more; not a platform left out for once, not people's own files."""
    script = script_of(brief_of(SHORT, 1, options=False).model_copy(update={"platforms": ("douyin", "moments")}))
    names = [
        "douyin/clip.mp4",
        "moments/clip.mp4",
        "meituan/clip.mp4",
        "kuaishou/notes.txt",
        "mine/clip.mp4",
        "pairs/pair-2-side.jpg",
    ]
    names += ["pairs/pair-1-side.jpg", "poster-3x4.png", "poster-a4.pdf", "my poster.png", "manifest.json"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    files = [tmp_path / name for name in ("douyin/clip.mp4", "pairs/pair-1-side.jpg", "poster-3x4.png")]
    (told,) = earlier.left(tmp_path, files, script, ["douyin"])
    assert dict(told.values) == {"count": "3", "names": "meituan/、poster-a4.pdf、pairs/pair-2-side.jpg"}
    assert told.level == "warning"
    assert all((tmp_path / name).exists() for name in names)
    assert earlier.left(tmp_path / "new", [], script, ["douyin"]) == ()
    pairs = [tmp_path / f"pairs/pair-{n}-side.jpg" for n in (1, 2)]
    (told,) = earlier.left(tmp_path, [one for one in files if one not in pairs], script, ["douyin", "meituan"])
    assert "pairs/pair-1-side.jpg、pairs/pair-2-side.jpg" in dict(told.values)["names"]


def test_what_a_run_leaves_is_said_by_the_next_manifest(tmp_path: Path) -> None:
    """Files that are as they were and not made again, run by run; none that was changed, is gone or lies elsewhere."""

    def file(name: str) -> str:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
        return cache.sha256(tmp_path / name)

    clips, posters = (
        (file("douyin/clip.mp4"), file("kuaishou/clip.mp4")),
        (file("poster-3x4.png"), file("poster-1x1.png")),
    )
    first = {"files": {"kuaishou/clip.mp4": clips[1], "poster-3x4.png": posters[0]}, "consents": ["甲"]}
    own = {"douyin/clip.mp4": clips[0], "poster-3x4.png": posters[0], "poster-1x1.png": posters[1], "gone.png": "0"}
    own |= {"../outside.png": "0"}
    said = {
        "vidkit": "1",
        "files": own,
        "consents": ["乙"],
        "clips": {"douyin": {"segments": ["s"]}},
        "earlier": [first],
    }
    (tmp_path / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    second = {"files": {"poster-1x1.png": posters[1]}, "consents": ["乙"], "platforms": ["douyin"]}
    left = {"files": {"kuaishou/clip.mp4": clips[1]}, "consents": ["甲"], "platforms": []}
    assert remains.of(tmp_path, ["douyin/clip.mp4", "poster-3x4.png"]) == [second, left]
    (tmp_path / "kuaishou/clip.mp4").write_text("mine", encoding="utf-8")
    assert remains.of(tmp_path, own) == []
    assert remains.of(tmp_path / "new", []) == []
