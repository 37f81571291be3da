"""A shop's folder: what ``vidkit init`` writes, what all its briefs share, its people by name, where things go."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from conftest import room
from PIL import Image

from vidkit import brief, kit, listing, plan, project, shop, source
from vidkit.briefs import new
from vidkit.cli import program
from vidkit.kits import branding
from vidkit.photos import advice
from vidkit.problems import Place, Refusal
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.brief import Brief

BRIEF = """\
模板: 清洁前后对比
标题: 厨房变个样
服务: 保洁
对比: {位置: 灶台, 前: photos/a.jpg, 后: photos/b.jpg}
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new shop with two photos, in which one stands."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    folder = tmp_path / "我的 店"
    shop.write(folder)
    for number, name in enumerate("ab"):
        Image.fromarray(room(320, 240, number)).save(folder / "photos" / f"{name}.jpg")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    """The command run in this process."""
    return CliRunner().invoke(program, arguments, catch_exceptions=False)


def read(folder: Path, text: str) -> Brief:
    """A brief of the shop."""
    file = folder / "briefs" / "x.yaml"
    file.write_text(text, encoding="utf-8")
    return brief.load(file, plan.names(kit.shelf(folder), folder))


def codes(folder: Path, text: str) -> list[str]:
    """What is wrong with a brief of the shop."""
    with pytest.raises(Refusal) as refused:
        read(folder, text)
    return [p.code for p in refused.value.problems]


def profile(folder: Path, name: str, text: str) -> None:
    """A profile of a person."""
    (folder / "people" / name).write_text(text, encoding="utf-8")


# A new one


def test_init_makes_everything_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders, the mark, the page of instructions, an example person, and what git may not take; each file said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    done = run("init", "秀姐 店")
    assert done.exit_code == 0
    for name in (*table("shop")["folders"], *table("shop")["files"]):
        assert (tmp_path / "秀姐 店" / name).exists()
        assert f"做好了 {name}" in done.stdout
    assert '2. 先打 cd "秀姐 店" 进到这个文件夹。品牌现在是示例' in done.stderr
    assert "原来就有" not in done.stdout
    ignored = (tmp_path / "秀姐 店" / ".gitignore").read_text(encoding="utf-8").split()
    kept_out = {
        "/people/",
        "/photos/",
        "/out/",
        "/consents/",
        "/archive/",
        "/briefs/",
        ".vidkit/",
        "/voice/",
        "*.[pP][nN][gG]",
        "*.[zZ][iI][pP]",
        "manifest.json",
    }
    assert kept_out <= set(ignored)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
def test_git_takes_nothing_that_shows_or_names_anybody(store: Path) -> None:
    """Whatever the ending's letters, wherever it lies; briefs, which say whose home it is, and what the program notes; brands are taken."""
    known = (
        *table("intake")["pictures"],
        *table("intake")["videos"],
        *(one for each in table("asked")["endings"].values() for one in each),
    )
    private = [f"briefs/a{form}" for one in known for form in (one, one.upper(), one.title())]
    private += ["别处/manifest.json", "别处/douyin/clip.srt", "别处/CLIP.VTT", "别处/douyin/caption.txt"]
    private += ["c.3gp", "d.opus", "e.xls", "f.et", "g.docx", "别处/douyin-审核单-草稿.html"]
    private += [
        "briefs/厨房.yaml",
        "series/家政服务达人.yaml",
        ".vidkit/places/a.json",
        "别处/厨房/.vidkit/manifest.begun",
    ]
    fine = ["brand/我家/brand.yaml", "brand/我家/logo.svg", "vidkit.yaml", "使用说明.md"]
    git = shutil.which("git") or ""
    subprocess.run([git, "init", "-q", str(store)], check=True)
    asked = "\n".join((*private, *fine)).encode()
    told = subprocess.run(
        [git, "-C", str(store), "-c", "core.quotepath=off", "check-ignore", "--stdin"],
        input=asked,
        capture_output=True,
        check=False,
    )
    assert set(told.stdout.decode().splitlines()) == set(private)


def test_init_never_overwrites(store: Path) -> None:
    """What is there stays byte for byte, what is missing is added, and both are said."""
    (store / "vidkit.yaml").write_text("地区: 贵阳\n", encoding="utf-8")
    (store / "使用说明.md").unlink()
    before = {file: file.read_bytes() for file in store.rglob("*") if file.is_file()}
    done = run("init")
    assert all(file.read_bytes() == content for file, content in before.items())
    assert "做好了 使用说明.md" in done.stdout
    assert "没有动：brand/ people/ consents/ photos/ briefs/ out/ vidkit.yaml" in done.stdout


def test_init_with_a_brand_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The brand is made and said once for all briefs."""
    monkeypatch.chdir(tmp_path)
    asked = [
        "init",
        "店",
        "--name",
        "好邻居",
        "--full-name",
        "好邻居家政",
        "--slogan",
        "",
        "--legal",
        "",
        "--colour",
        "绿",
    ]
    assert run(*asked, "--area", "贵阳: 云岩").exit_code == 0
    assert dict(project.usual_fields(tmp_path / "店")) == {"brand": "好邻居", "area": "贵阳: 云岩", "platforms": ""}
    assert kit.brand("好邻居", kit.shelf(tmp_path / "店")).names.zh == "好邻居"
    assert not branding.exit_code(branding.checked("好邻居", tmp_path / "店"))


def test_init_on_a_file_or_inside_another_shop(store: Path) -> None:
    """A file's name is refused, and nothing is written; a shop inside a shop is made and said."""
    assert run("init", "vidkit.yaml").exit_code == 2
    done = run("init", "分店")
    assert done.exit_code == 0
    assert "VK-N002" in done.stderr


def test_every_file_of_a_new_shop_is_sound(store: Path) -> None:
    """What is written for people reads back without a fault, and its brand, person and platforms are known."""
    assert source.read(store / "vidkit.yaml").get("品牌")
    assert not listing.faults(store)
    made = read(store, BRIEF + "人物: 示例阿姨\n")
    assert (made.brand, made.platforms, made.people[0].craft) == ("linli", ("douyin",), "保洁师")
    assert [p.code for p in project.notes(made)] == ["VK-N004"]
    assert not list(project.notes(read(store, BRIEF)))


# What all briefs share


def test_the_shop_says_things_once(store: Path) -> None:
    """A brief's own word counts more than the shop's; a fault of the shop's file is told there; comments alone say nothing."""
    (store / "vidkit.yaml").write_text("品牌: 秀姐到家\n地区: 贵阳云岩\n", encoding="utf-8")
    assert read(store, BRIEF).area == "贵阳云岩"
    assert read(store, BRIEF + "地区: 花溪\n品牌: 邻里净\n").brand == "linli"
    (store / "vidkit.yaml").write_text("品牌: 没有的店\n", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read(store, BRIEF)
    assert str(refused.value.problems[0].place) == "vidkit.yaml:1:5"
    (store / "vidkit.yaml").write_text("品牌：邻里净\n", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        project.usual(store)
    assert str(refused.value.problems[0].place).startswith("vidkit.yaml:1:")
    (store / "vidkit.yaml").write_text("# 什么都没写\n\n", encoding="utf-8")
    assert project.usual(store) is None


def test_where_what_is_made_goes(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into the shop's own out, from wherever one stands; without a shop into ./out; a folder's brief goes by the folder's name."""
    monkeypatch.chdir(tmp_path)
    assert project.out(store / "briefs" / "厨房.yaml") == store.resolve() / "out"
    assert project.out(tmp_path / "厨房.yaml") == Path("out")
    assert project.called(store / "photos" / "清单.yaml") == "photos"
    assert project.called(store / "briefs" / "厨房.yaml") == "厨房"


def test_a_new_brief_in_a_shop_leaves_to_it_what_it_says(store: Path) -> None:
    """Brand and platforms are switched off, people are named by their profiles, photos go to the shop's folder."""
    profile(store, "秀兰.yaml", "称呼: 秀兰阿姨\n工种: 保洁师\n")
    profile(store, "美华.yaml", "称呼: 美华\n照片: photos/a.jpg\n原话: 慢慢来\n")
    text = new.write(Path("briefs/姐妹"), "sisters").read_text(encoding="utf-8")
    assert "\n#品牌: 邻里净\n" in text
    assert ": [秀兰阿姨, 美华]\n" in text
    assert not (store / "briefs" / "photos").exists()
    assert "vidkit check briefs/姐妹.yaml" in text


# People


def test_people_by_name(store: Path) -> None:
    """By the name in the profile or by its file's, one or several, beside one written out."""
    profile(store, "秀兰.yaml", "称呼: 秀兰阿姨\n工种: 保洁师\n照片: photos/a.jpg\n")
    assert read(store, BRIEF + "人物: 秀兰阿姨\n").people == read(store, BRIEF + "人物: 秀兰\n").people
    several = BRIEF.replace("清洁前后对比", "姐妹故事").replace("对比: ", "照片: photos/b.jpg # ")
    named = "人物: [秀兰, {称呼: 美华, 照片: photos/b.jpg, 原话: 好}]\n".replace("[秀兰", "[{称呼: 秀兰阿姨, 原话: 好}")
    assert [one.name for one in read(store, several + named).people] == ["秀兰阿姨", "美华"]
    person = read(store, BRIEF + "人物: {称呼: 秀兰阿姨, 原话: 慢慢来}\n").people[0]
    assert (person.quote, person.craft, person.photo and person.photo.path.name) == ("慢慢来", "保洁师", "a.jpg")


def test_standing_words_are_not_put_into_a_clients_story(store: Path) -> None:
    """What a profile has her say for any occasion, and its recording, stay out of clips about a client; the brief's own words stay in."""
    (store / "photos" / "a.m4a").write_bytes(b"x")
    profile(store, "秀兰.yaml", "称呼: 秀兰阿姨\n工种: 保洁师\n原话: 她疼得很\n录音: photos/a.m4a\n")
    for said, hers, story in (
        ("秀兰阿姨", ("她疼得很", True), ("", False)),
        ("{称呼: 秀兰阿姨, 工种: 护工}", ("她疼得很", True), ("", False)),
        ("{称呼: 秀兰阿姨, 原话: 慢慢来}", ("慢慢来", False), ("慢慢来", False)),
        ("{称呼: 秀兰阿姨, 原话: 慢慢来, 录音: photos/a.m4a}", ("慢慢来", True), ("慢慢来", True)),
    ):
        made = read(store, BRIEF + f"人物: {said}\n")
        for template, wanted in (
            ("expert", hers),
            ("recruit", hers),
            ("sisters", hers),
            ("story", story),
            ("case", story),
        ):
            (one,) = plan.spoken(made, kit.template(template, kit.shelf())).people
            assert (one.quote, bool(one.recording)) == wanted, (template, said)


def test_a_profiles_photo_is_looked_at_through_the_brief(store: Path) -> None:
    """`vidkit privacy` takes briefs, so that is what the hints of a photo say, even where the photo stands in a profile."""
    profile(store, "秀兰.yaml", "称呼: 秀兰阿姨\n照片: photos/a.jpg\n")
    made = read(store, BRIEF + "人物: 秀兰阿姨\n")
    photo = made.people[0].photo
    assert photo
    assert photo.place.file.endswith("秀兰.yaml")
    assert advice.looked_at(made, photo) == "x.yaml"
    rows = photo.model_copy(update={"place": Place("表 格.csv", 2, 3)})
    assert advice.looked_at(made, rows) == 'x.yaml --rows "表 格.csv"'


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("秀兰阿", "VK-B011"),
        ("从没听说过的人", "VK-N007"),
        ("[秀兰阿姨, 秀兰]", "VK-N005"),
    ],
)
def test_a_person_nobody_knows_or_named_twice(said: str, code: str, store: Path) -> None:
    """Each with a hint; the known names are those people use."""
    profile(store, "秀兰.yaml", "称呼: 秀兰阿姨\n")
    assert code in codes(store, f"{BRIEF}人物: {said}\n")


@pytest.mark.parametrize(
    ("taught", "names"),
    [
        ({"甲姐": "甲姐", "乙姐": ""}, ["甲姐、甲姐"]),
        ({"甲姐": "乙姐", "乙姐": "甲姐", "丙姐": "甲姐"}, ["甲姐、乙姐、甲姐"]),
        ({"甲姐": "乙姐", "乙姐": "外面的人"}, []),
    ],
)
def test_nobody_taught_herself(taught: dict[str, str], names: list[str], store: Path) -> None:
    """Who taught whom is shown as a tree; a circle cannot be true."""
    rows = [f"  - {{称呼: {name}, 师傅: {by}, 照片: photos/a.jpg, 原话: 好}}" for name, by in taught.items()]
    text = "\n".join(["模板: 姐妹故事", "标题: 手艺是姐妹教的", "姐妹:", *rows, ""])
    found = [p for p in project.notes(read(store, text)) if p.code == "VK-N030"]
    assert [dict(p.values)["names"] for p in found] == names
    assert all(p.exit_code == 2 and p.place and p.place.line for p in found)


@pytest.mark.parametrize(("years", "found"), [((6, 1), ["VK-N032"]), ((1, 6), []), ((3, 3), []), ((6, 0), [])])
def test_a_pupil_who_has_worked_longer_than_her_teacher(years: tuple[int, int], found: list[str], store: Path) -> None:
    """It may be true, so it is only told, with both numbers, where the teacher is named."""
    rows = [
        f"  - {{称呼: 春燕姐, 师傅: 美华, 从业年数: {years[0]}, 照片: photos/a.jpg, 原话: 好}}",
        f"  - {{称呼: 美华, 从业年数: {years[1]}, 照片: photos/b.jpg, 原话: 好}}",
    ]
    told = list(project.notes(read(store, "\n".join(["模板: 姐妹故事", "标题: 手艺是姐妹教的", "姐妹:", *rows, ""]))))
    assert [p.code for p in told] == found
    assert all(p.level == "warning" and "6 年" in p.message("zh") and p.place and p.place.line == 4 for p in told)


def test_two_profiles_of_one_name(store: Path) -> None:
    """Which one is meant is not guessed."""
    profile(store, "秀兰.yaml", "称呼: 秀兰阿姨\n")
    profile(store, "秀兰阿姨.yaml", "称呼: 秀兰姐\n")
    assert codes(store, f"{BRIEF}人物: 秀兰阿姨\n") == ["VK-N003"]


def test_a_profile_is_one_persons(store: Path) -> None:
    """Two names in it are two people, whichever of its names a brief uses; what to write instead is said as files."""
    profile(store, "两姐妹.yaml", "称呼: 秀兰阿姨、美华\n工种: 保洁师\n")
    with pytest.raises(Refusal) as refused:
        read(store, f"{BRIEF}人物: 两姐妹\n")
    (told,) = refused.value.problems
    assert (told.code, str(told.place)) == ("VK-N008", f"{Path('people/两姐妹.yaml')}:1:5")
    assert "people/秀兰阿姨.yaml、people/美华.yaml" in told.hint("zh")
    assert "VK-N008" in run("list", "people").stderr


def test_a_faulty_profile_tells_its_own_place(store: Path) -> None:
    """The fault stands in the profile, not in the brief; the list of people shows it too."""
    profile(store, "秀兰.yaml", "称呼: 秀兰阿姨\n从业年数: 八年\n")
    with pytest.raises(Refusal) as refused:
        read(store, f"{BRIEF}人物: 秀兰阿姨\n")
    assert [str(p.place) for p in refused.value.problems] == [f"{Path('people/秀兰.yaml')}:2:7"]
    done = run("list", "people")
    assert done.exit_code == 2
    assert "秀兰阿姨、秀兰" in done.stdout
    assert "VK-B017" in done.stderr


def test_list_people(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example is there at first; outside a shop it is said how to begin; JSON says everything."""
    assert "示例阿姨、示例" in run("list", "people").stdout
    assert '"craft": "保洁师"' in run("list", "people", "--json").stdout
    (tmp_path / "别处").mkdir()
    monkeypatch.chdir(tmp_path / "别处")
    assert "vidkit init" in run("list", "people").stderr


@pytest.mark.parametrize(
    "command",
    [
        ("list", "people"),
        ("series", "new", "家政服务达人", "--plan"),
        ("series", "next"),
        ("series", "list"),
        ("consent", "new", "秀兰阿姨", "--role", "家政员", "--until", "2027-11-26"),
        ("consent", "check"),
        ("brand", "new", "好邻居", "--colour", "绿", "--full-name", "x", "--slogan", "", "--legal", ""),
    ],
)
def test_one_folder_too_high_is_told(command: tuple[str, ...], store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who forgot to go into the shop is told so, and nothing is written beside it."""
    monkeypatch.chdir(store.parent)
    done = run(*command)
    assert done.exit_code == 2
    assert "VK-N031" in done.stderr
    assert 'cd "我的 店"' in done.stderr
    assert [one.name for one in store.parent.iterdir()] == [store.name]


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("秀兰", True),
        ("a b", True),
        ("", False),
        ("a/b", False),
        ("CON", False),
        ("nul.txt", False),
        ("x.", False),
        (".x", False),
    ],
)
def test_names_every_system_takes(name: str, *, fits: bool) -> None:
    """Windows too."""
    assert project.is_file_name(name) is fits


@pytest.mark.parametrize(
    "text", ["厨房", "a, b", "是: 否", "'引号'", "#1", "- x", "两\n行", "{x}", "12", "“好”", "尾 "]
)
def test_quoted_texts_read_back(text: str) -> None:
    """Alone and inside brackets."""
    written = f"a: {project.quoted(text)}\nb: [{project.quoted(text, inside=True)}]\n"
    node, problems = source.parse(written, "x.yaml", words=frozenset({"a", "b"}))
    assert not problems
    assert node
    assert [node.pairs[0][1].text, node.pairs[1][1].items[0].text] == [text, text]


NAMELESS = ("...yaml", "..yaml", ".yaml", "....yaml", ".x.yaml", "a\\b.yaml")
KEPT = ("archive.yaml", "Archive.yml", "con.yaml", "NUL.x.yaml", "archive/清单.yaml")
"""Names that stand for something else: what was published, a device."""


@pytest.mark.parametrize("name", [*NAMELESS, *KEPT])
def test_a_brief_has_a_name_that_names_a_folder(name: str, store: Path) -> None:
    """What is made of it would lie outside the output folder, hidden in it, or where nobody looks for it; an ordinary name with dots or spaces in it
    will do.
    """
    with pytest.raises(Refusal) as refused:
        project.sure_of_name(store / "briefs" / name)
    assert [p.code for p in refused.value.problems] == ["VK-M030"]
    for good in ("厨房.yaml", "a.b.yaml", " -x_.yaml", "清单.yaml", "archives.yaml", "console.yaml"):
        project.sure_of_name(store / "briefs" / good)


def test_a_brief_without_such_a_name_is_not_made(store: Path) -> None:
    """Nothing is written beside the output folder."""
    (store / "briefs" / "...yaml").write_text(BRIEF, encoding="utf-8")
    before = sorted(store.iterdir())
    done = run("make", "briefs/...yaml", "--draft", "-o", "made")
    assert (done.exit_code, "VK-M030" in done.stderr) == (2, True)
    assert sorted(store.iterdir()) == before
