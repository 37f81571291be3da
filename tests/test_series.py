"""Series: a ledger that people read and edit, numbers, warnings about repeats, the next brief, what an episode used, the wall."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result
from conftest import room
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vidkit import batch, brief, kit, plan, shop
from vidkit.cache import default
from vidkit.cli import program
from vidkit.develop import Developed
from vidkit.problems import Refusal
from vidkit.serials import episodes, ledger, series, wall
from vidkit.serials.ledger import Episode, Used
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.brief import Brief

NAME = "家政服务达人"
BRIEF = """\
模板: 清洁前后对比
标题: {title}
开头: {hook}
服务: 保洁
系列: 家政服务达人
{number}对比: {{位置: 灶台, 前: photos/{photo}.jpg, 后: photos/b.jpg}}
"""
HAND = """\
# 我自己的话
系列: 家政服务达人

期:
  # 第一期最要紧
  - 期数: 1   # 已经拍了
    主题: 我是谁
    备注: 她周三有空
    标题: 旧标题
    # 问完再写
    问题: 怎么称呼您？
  - 期数: 2
    主题: 我的一天

  - {期数: 3, 主题: 绝活, 备注: 自己写的}
结尾的话: 谢谢
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new shop with some photos, in which one stands."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    folder = tmp_path / "店"
    shop.write(folder)
    for number, name in enumerate("abcd"):
        Image.fromarray(room(320, 240, number)).save(folder / "photos" / f"{name}.jpg")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    """The command run in this process."""
    return CliRunner().invoke(program, arguments, catch_exceptions=False)


def episode(folder: Path, name: str, number: int | None = None, **said: str) -> Brief:
    """A brief of the series, numbered by its ledger."""
    words = {"title": "标题", "hook": "开头", "photo": "a"} | said
    file = folder / "briefs" / f"{name}.yaml"
    file.write_text(BRIEF.format(**words, number=f"期数: {number}\n" if number else ""), encoding="utf-8")
    return series.numbered(brief.load(file, plan.names(kit.shelf(folder), folder)), folder)


def codes(made: Brief, folder: Path) -> list[str]:
    """What is to know of a brief of the series."""
    return [p.code for p in series.notes(made, folder)]


def entered(made: Brief, folder: Path) -> Path | None:
    """The ledger after a finished episode was entered, if that changed it."""
    return series.record(made, folder, default()).ledger


def covered(folder: Path, name: str, colour: tuple[int, int, int] = (255, 0, 0)) -> Path:
    """A cover in that colour, as if the brief had been made; its file."""
    file = folder / "out" / name / "meituan" / "cover-3x4.jpg"
    file.parent.mkdir(parents=True)
    Image.new("RGB", (1080, 1440), colour).save(file)
    return file


def reds(picture: Path) -> float:
    """The share of a wall that is a red cover."""
    with Image.open(picture) as image:
        seen = np.asarray(image.convert("RGB")).reshape(-1, 3).astype(int)
    return float(np.mean((seen[:, 0] > 200) & (seen[:, 1:].max(axis=1) < 60)))


def states(folder: Path) -> list[str]:
    """How far the episodes are, as the list says it, in the order of their numbers."""
    (told,) = json.loads(run("series", "list", "--json").stdout)["series"]
    return [one["state"] for one in told["episodes"]]


def briefs(folder: Path) -> dict[int, str]:
    """The names of the briefs in the ledger, by number."""
    return {
        one.number: Path(one.brief).stem
        for one in ledger.read(folder / "series" / f"{NAME}.yaml").episodes
        if one.brief
    }


def hand(folder: Path, text: str = HAND) -> Path:
    """A ledger that people wrote."""
    file = folder / "series" / f"{NAME}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return file


# Beginning


def test_new_series_with_its_plan(store: Path) -> None:
    """Eight episodes with theme, picture and question, readable; a second time it is left alone."""
    assert run("series", "new", NAME, "--plan").exit_code == 0
    book = ledger.read(store / "series" / f"{NAME}.yaml")
    assert [one.number for one in book.episodes] == [*range(1, 9)]
    assert all(one.theme and one.picture and one.question for one in book.episodes)
    before = book.file.read_bytes()
    assert run("series", "new", NAME).exit_code == 2
    assert book.file.read_bytes() == before


def test_a_plan_is_as_long_as_asked() -> None:
    """A shorter one ends early; in a longer one those come again that can be told again, in turn, and the end stays the end."""
    whole = [row["theme"] for row in series.plan_of(NAME)]
    assert [row["theme"] for row in series.plan_of(NAME, 3)] == whole[:3]
    longer = [row["theme"] for row in series.plan_of(NAME, 15)]
    assert (len(longer), longer[:7], longer[-1]) == (15, whole[:7], whole[-1])
    assert longer[7:14] == [*whole[1:7], whole[1]]
    shop_own = [row["theme"] for row in series.plan_of("店里的事", 12)]
    assert shop_own[:6] == ["认识一位姐妹", "前后对比", "一户的活", "客户的话", "价目", "认识一位姐妹"]
    assert shop_own[-1] == "前后对比"
    assert all(set(row) == {"theme", "picture", "question"} for row in series.plan_of(NAME, 20))


def test_plan_takes_a_number(store: Path) -> None:
    """``--plan 12``; plain it stays eight, and what is no number is refused."""
    assert run("series", "new", "店里的事", "--plan", "12").exit_code == 0
    assert len(ledger.read(store / "series" / "店里的事.yaml").episodes) == 12
    assert run("series", "new", "别的", "--plan=一打").exit_code == 2
    assert run("series", "new", "别的", "--plan").exit_code == 0
    assert len(ledger.read(store / "series" / "别的.yaml").episodes) == 8
    assert run("series", "new", "姐妹说", "--like", " 一人一期 ").exit_code == 0
    themes = [one.theme for one in ledger.read(store / "series" / "姐妹说.yaml").episodes]
    assert (len(themes), "我" in "".join(themes)) == (8, False)
    assert "VK-N036" in run("series", "new", "没有", "--like", "没有").stderr


def test_new_series_without_a_plan(store: Path) -> None:
    """An empty ledger is one; its first episode is 1."""
    file, count = series.begin("秀姐的故事", store, plan=None)
    assert (count, ledger.read(file).episodes, series.number(ledger.read(file), "x", store)) == (0, (), 1)
    assert series.begin("姐妹说", store, plan=0)[1] == 8


def test_of_two_who_begin_one_series_at_once_one_does(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both looked before either wrote: the second is refused, and the first one's ledger stays."""
    monkeypatch.setattr(series, "find", lambda *_: None)
    file, _ = series.begin("姐妹说", store, plan=3)
    with pytest.raises(Refusal) as refused:
        series.begin("姐妹说", store, plan=None)
    assert refused.value.problems[0].code == "VK-N029"
    assert len(ledger.read(file).episodes) == 3


@pytest.mark.parametrize("name", ["a/b", "", "  ", "CON", "一二三四五六七八九十一二三", ".x"])
def test_names_no_series_may_have(name: str, store: Path) -> None:
    """Nothing is written."""
    with pytest.raises(Refusal) as refused:
        series.begin(name, store, plan=0)
    assert refused.value.problems[0].code == "VK-N013"
    assert not (store / "series").exists()


def test_our_plans_fit_the_fields() -> None:
    """A theme becomes a title and stands on a tile."""
    for rows in table("series")["plans"].values():
        assert all(set(row) - {"once"} == {"theme", "picture", "question"} and len(row["theme"]) <= 13 for row in rows)
    assert table("series")["usual"] in table("series")["plans"]


# Numbers


def test_numbers_come_from_the_ledger(store: Path) -> None:
    """Its own entry's, else the first nobody has taken, else the next; a number written in the brief counts."""
    series.begin(NAME, store, plan=3)
    assert episode(store, "甲").episode == 1
    entered(episode(store, "甲"), store)
    assert (episode(store, "甲").episode, episode(store, "乙").episode, episode(store, "丙", 9).episode) == (1, 2, 9)
    for number in (2, 3):
        entered(episode(store, f"x{number}", number), store)
    assert episode(store, "乙").episode == 4


def test_a_series_counts_as_shown_by_every_template(store: Path) -> None:
    """Cover, caption and end card say it; of another field that the template's clip has no place for it is told."""
    text = BRIEF.format(title="标题", hook="开头", photo="a", number="期数: 3\n建议: 先泡再擦\n")
    file, shelf = Path("briefs/甲.yaml"), kit.shelf(store)
    file.write_text(text, encoding="utf-8")
    made = brief.load(file, plan.names(shelf, store), shown=str(file))
    template, brand = kit.template(made.template, shelf), kit.brand("linli", shelf)
    script = plan.Script(made, template, brand, shelf, Developed({}, {}, (), (), ()))
    (told,) = batch._unused(script)
    assert (told.code, dict(told.values)["field"]) == ("VK-T005", "建议")


def test_no_ledger_no_number(store: Path, tmp_path: Path) -> None:
    """In a shop it is said how to begin one; a brief alone with a number is left in peace."""
    made = episode(store, "甲")
    assert (made.episode, codes(made, store), entered(made, store)) == (None, ["VK-N020"], None)
    assert codes(episode(store, "甲", 3), tmp_path) == []


def test_a_number_of_another_brief(store: Path) -> None:
    """It is said, and the entry stays the other's."""
    series.begin(NAME, store, plan=0)
    file = entered(episode(store, "甲", 1, title="一"), store)
    assert file
    before = file.read_bytes()
    made = episode(store, "乙", 1, title="二", hook="别的话", photo="c")
    assert "VK-N022" in codes(made, store)
    done = series.record(made, store, default())
    assert (done.ledger, [p.code for p in done.problems]) == (None, ["VK-N028"])
    assert file.read_bytes() == before


def test_runs_at_the_same_time_lose_nothing(store: Path) -> None:
    """Many at once enter their own episodes and write the next ones' briefs: every one of them stands in the ledger."""
    series.begin(NAME, store, plan=0)
    told = [episode(store, f"第{number}", number) for number in range(11, 17)]
    with ThreadPoolExecutor(12) as many:
        done = [many.submit(series.record, one, store, default()) for one in told]
        briefs = [many.submit(series.write_next, NAME, store, default()) for _ in range(6)]
        assert all(one.result().ledger for one in done)
        assert sorted(one.result().entry.number for one in briefs) == [1, 2, 3, 4, 5, 6]
    kept = {one.number: one.brief for one in ledger.read(store / "series" / f"{NAME}.yaml").episodes if one.brief}
    assert sorted(kept) == [*range(1, 7), *range(11, 17)]


def test_a_number_lost_while_making_is_said(store: Path) -> None:
    """What another run entered meanwhile stays; the next time the brief gets the next number."""
    series.begin(NAME, store, plan=0)
    mine, theirs = episode(store, "甲"), episode(store, "乙", hook="别的话", photo="c")
    assert mine.episode == theirs.episode == 1
    assert entered(theirs, store)
    assert [p.code for p in series.record(mine, store, default()).problems] == ["VK-N028"]
    assert episode(store, "甲").episode == 2


def test_two_briefs_exchange_their_numbers(store: Path) -> None:
    """Both say the other's number: the ledger follows when one of them is made, with theme and photos, and says so once."""
    series.begin(NAME, store, plan=0)
    for number, name in enumerate("甲乙", 1):
        entered(episode(store, name, number, title=name, hook=name * 4, photo="ac"[number - 1]), store)
    first = episode(store, "甲", 2, title="甲", hook="甲甲甲甲")
    assert codes(first, store) == ["VK-N022"]
    assert [p.code for p in series.record(first, store, default()).problems] == ["VK-N028"]
    episode(store, "乙", 1, title="乙", hook="乙乙乙乙", photo="c")
    assert "VK-N022" not in codes(first, store)
    done = series.record(first, store, default())
    assert [p.code for p in done.problems] == ["VK-N035"]
    assert dict(done.problems[0].values)["words"] == "briefs/甲.yaml 1→2、briefs/乙.yaml 2→1"
    book = ledger.read(store / "series" / f"{NAME}.yaml")
    assert [(one.number, one.title, one.theme) for one in book.episodes[:2]] == [
        (1, "乙", "我的一天"),
        (2, "甲", "我是谁"),
    ]
    assert series.record(first, store, default()) == series.Recorded()


@pytest.mark.parametrize(("number", "name"), [(None, "甲"), (1, "甲"), (1, "换了名字")])
def test_a_brief_is_found_in_another_place(number: int | None, name: str, store: Path) -> None:
    """By its name, or by the number it says itself; where two may be meant, it is gone. It repeats nothing of its own."""
    run("series", "new", NAME, "--plan")
    entered(episode(store, "甲", number), store)
    covered(store, "甲")
    old, new = store / "briefs" / "甲.yaml", store / "briefs" / "春季" / f"{name}.yaml"
    new.parent.mkdir()
    old.rename(new)
    assert states(store)[0] == ("made" if name == "甲" else "gone")
    moved = series.numbered(brief.load(new, plan.names(kit.shelf(store), store)), store)
    assert (moved.episode, codes(moved, store)) == (1, [])
    assert entered(moved, store)
    assert briefs(store) == {1: name}
    new.rename(new.with_name("乙.yaml"))
    (new.with_name("丙.yaml")).write_bytes(new.with_name("乙.yaml").read_bytes())
    assert states(store)[0] == "lost"


def test_no_wall_names_who_took_her_consent_back(store: Path) -> None:
    """Neither by a title nor by a theme; and nobody's wall says the words of an example of ours."""
    run("series", "new", NAME, "--plan")
    said = "同意人: 美华\n身份: 阿姨\n可以用什么: [脸]\n可以做什么: [故事]\n可以发哪里: [抖音]\n到期日期: 2036-12-31\n"
    (store / "consents" / "美华.yaml").write_text(f"{said}同意公开: 是\n撤回日期: 2026-11-01\n", encoding="utf-8")
    gone = episodes._withdrawn(store, kit.shelf(store))
    for number, title, shown in (
        (1, "美华的一天", "我是谁"),
        (2, "抹布分六色", "抹布分六色"),
        (3, "秀兰阿姨的绝活", "绝活"),
    ):
        episode(store, "甲", number, title=title)
        one = Episode(number, theme=("我是谁", "", "绝活")[number - 1], brief="briefs/甲.yaml")
        assert episodes._called(one, store, gone) == shown
    assert not episodes._called(Episode(4, theme="美华的绝活"), store, gone)


def test_the_list_says_what_to_make_again_and_what_not(store: Path) -> None:
    """An episode whose brief says another number now; one of somebody who took her consent back is not asked for again."""
    run("series", "new", NAME, "--plan")
    file = store / "series" / f"{NAME}.yaml"
    for number, name in enumerate("甲乙丙", 1):
        entered(episode(store, name, number, photo="acd"[number - 1]), store)
        covered(store, name)
    episode(store, "甲", 4)
    book = ledger.read(file)
    with_her = Episode(2, brief="briefs/乙.yaml", title="标题", hook="开头", people=("秀兰阿姨",))
    ledger.write(ledger.entered(book, with_her), file)
    said = (
        "同意人: 秀兰阿姨\n身份: 阿姨\n可以用什么: [脸]\n可以做什么: [故事]\n可以发哪里: [抖音]\n到期日期: 2036-12-31\n"
    )
    (store / "consents" / "秀兰阿姨.yaml").write_text(f"{said}同意公开: 是\n撤回日期: 2026-11-01\n", encoding="utf-8")
    for name in ("乙", "丙"):
        (store / "briefs" / f"{name}.yaml").unlink()
    said = run("series", "list", NAME).stderr
    assert "briefs/甲.yaml 里改成了第 4 期，做好的还是第 1 期" in said
    assert "第 2 期：秀兰阿姨 收回了同意，不要再做" in said
    assert "第 3 期的清单不见了" in said
    for season in "春夏":
        (store / "briefs" / season).mkdir()
        episode(store, f"{season}/丙", 3)
    assert "第 3 期的清单换了地方，可能是 briefs/夏/丙.yaml、briefs/春/丙.yaml" in run("series", "list", NAME).stderr


def test_a_brief_moves_to_a_planned_number_or_a_new_one(store: Path) -> None:
    """What was planned there makes room; a number that two claim moves nothing."""
    series.begin(NAME, store, plan=0)
    entered(episode(store, "甲", 1), store)
    moved = episode(store, "甲", 3)
    assert [p.code for p in series.record(moved, store, default()).problems] == ["VK-N035"]
    book = ledger.read(store / "series" / f"{NAME}.yaml")
    assert [(one.number, one.theme) for one in book.episodes[:3]] == [(1, "我的绝活"), (2, "我的一天"), (3, "我是谁")]
    assert briefs(store) == {3: "甲"}
    entered(episode(store, "甲", 12), store)
    assert briefs(store) == {12: "甲"}
    entered(episode(store, "乙", 2, hook="别的话", photo="c"), store)
    episode(store, "甲", 5)
    both = episode(store, "乙", 5, hook="别的话", photo="c")
    assert [p.code for p in series.record(both, store, default()).problems] == ["VK-N028"]
    assert briefs(store) == {12: "甲", 2: "乙"}


@pytest.mark.parametrize("typed", ["０", "1000", "第三", "[1]"])
def test_a_number_that_is_none_moves_nothing(typed: str, store: Path) -> None:
    """Another brief of the series with a faulty number keeps the one it has; so does a brief that stands in two entries."""
    series.begin(NAME, store, plan=0)
    entered(episode(store, "甲", 1), store)
    file = store / "briefs" / "甲.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("期数: 1", f"期数: {typed}"), encoding="utf-8")
    assert entered(episode(store, "乙", 2, hook="别的话", photo="c"), store)
    assert briefs(store) == {1: "甲", 2: "乙"}
    book = ledger.read(store / "series" / f"{NAME}.yaml")
    book.file.write_text(ledger.entered(book, Episode(5, brief="briefs/乙.yaml")), encoding="utf-8")
    assert series.moves(ledger.read(book.file), store) == {}


def test_numbers_change_where_they_stand(store: Path) -> None:
    """In lines and in braces, quoted too; everything else stays byte for byte."""
    text = HAND.replace("期数: 2", "期数: '2'")
    book = ledger.parsed(text, hand(store, text))
    changed = ledger.renumbered(book, {1: 3, 3: 11, 2: 1})
    wanted = text.replace("期数: 3", "期数: 11").replace("期数: 1   #", "期数: 3   #").replace("期数: '2'", "期数: '1'")
    assert changed == wanted


def test_a_brief_that_is_gone_keeps_no_number(store: Path) -> None:
    """Another brief may say it and is entered."""
    series.begin(NAME, store, plan=0)
    entered(episode(store, "甲", 1), store)
    (store / "briefs" / "甲.yaml").rename(store / "briefs" / "甲甲.yaml")
    again = episode(store, "甲甲", 1)
    assert "VK-N022" not in codes(again, store)
    assert entered(again, store)
    assert briefs(store) == {1: "甲甲"}


# Repeats


def test_repeats_are_told(store: Path) -> None:
    """A photo by its content under any name, the same opening, one much like it, the same title; nothing against the episode itself."""
    series.begin(NAME, store, plan=0)
    first = episode(store, "甲", title="秀兰阿姨的绝活", hook="我做保洁第八年")
    entered(first, store)
    assert codes(episode(store, "甲", title="秀兰阿姨的绝活", hook="我做保洁第八年"), store) == []
    (store / "photos" / "copy.jpg").write_bytes((store / "photos" / "a.jpg").read_bytes())
    again = episode(store, "乙", title="秀兰阿姨的绝活", hook="我做保洁，第八年！", photo="copy")
    assert codes(again, store) == ["VK-N023", "VK-N023", "VK-N024", "VK-N026"]
    near = episode(store, "乙", title="秀兰阿姨的一天", hook="我做保洁第九年", photo="c")
    assert codes(near, store) == ["VK-N023", "VK-N025"]
    told = {p.code: p for p in series.notes(near, store)}
    assert dict(told["VK-N025"].values)["number"] == "1"
    assert told["VK-N023"].place
    assert told["VK-N023"].place.line == 6


def test_only_the_later_one_is_told(store: Path) -> None:
    """An episode that had the photo, the opening and the title first is left in peace; a photo new to it is not."""
    series.begin(NAME, store, plan=0)
    entered(episode(store, "甲"), store)
    entered(episode(store, "乙"), store)
    assert codes(episode(store, "甲"), store) == []
    assert codes(episode(store, "乙"), store) == ["VK-N023", "VK-N023", "VK-N024", "VK-N026"]
    entered(episode(store, "丙", hook="别的话", title="别的", photo="c"), store)
    assert codes(episode(store, "甲", photo="c"), store) == ["VK-N023"]


def test_a_photo_people_wrote_down_counts_by_its_name(store: Path) -> None:
    """Without a hash the name is all there is."""
    hand(store, "期:\n  - {期数: 1, 照片: [photos/A.jpg]}\n")
    assert codes(episode(store, "乙", 2, photo="a"), store) == ["VK-N023"]


def test_portraits_may_come_again(store: Path) -> None:
    """A person's portrait is in every episode of hers."""
    series.begin(NAME, store, plan=0)
    made = episode(store, "甲")
    assert [photo.name for photo in series.photos(made)] == ["photos/a.jpg", "photos/b.jpg"]
    (store / "people" / "兰.yaml").write_text("称呼: 兰\n照片: photos/c.jpg\n", encoding="utf-8")
    file = store / "briefs" / "甲.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "人物: 兰\n", encoding="utf-8")
    with_her = brief.load(file, plan.names(kit.shelf(store), store))
    assert series.photos(with_her) == series.photos(made)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("我做保洁", "我做保洁！", 1), ("ＡＢ", "ab", 1), ("", "我", 0), ("！", "！", 0), ("天", "地", 0)],
)
def test_alike(one: str, other: str, share: float) -> None:
    """Signs, width and case do not count; nothing is like nothing."""
    assert series.alike(one, other) == share


# The file


def test_an_entry_is_changed_where_it_stands(store: Path) -> None:
    """Comments, own fields, order, blank lines and everything else stay byte for byte."""
    file = hand(store)
    made = Episode(
        1,
        brief="briefs/甲.yaml",
        title="新, 标题",
        hook="开头",
        people=("秀兰",),
        photos=(Used("photos/a.jpg", "00ff"),),
    )
    text = ledger.entered(ledger.read(file), made)
    kept = HAND.replace("    标题: 旧标题\n", "")
    lines = text.splitlines()
    assert [line for line in lines if line in kept.splitlines()] == kept.splitlines()
    assert "    标题: '新, 标题'" not in kept
    assert lines.index("    标题: 新, 标题" if "    标题: 新, 标题" in lines else "    标题: '新, 标题'") == 9 - 1
    assert "      - {文件: photos/a.jpg, 指纹: 00ff}" in lines
    assert ledger.entered(ledger.parsed(text, file), made) == text
    book = ledger.parsed(text, file)
    assert book.episode(1) == Episode(
        1, "我是谁", "", "怎么称呼您？", *(made.brief, made.title, made.hook, made.people, made.photos)
    )


def test_windows_line_ends_and_no_last_one_stay(store: Path) -> None:
    """A ledger from Notepad keeps its line ends."""
    file = hand(store, HAND.replace("\n", "\r\n").removesuffix("\r\n"))
    text = ledger.entered(ledger.read(file), Episode(2, brief="briefs/乙.yaml"))
    assert "    清单: briefs/乙.yaml\r\n" in text
    assert ledger.parsed(text, file).episode(2)


def test_an_entry_in_one_line_and_a_new_one(store: Path) -> None:
    """An entry in braces is written anew with all it held; a number that is not there is added at the end."""
    file = hand(store)
    text = ledger.entered(ledger.read(file), Episode(3, brief="briefs/丙.yaml"))
    assert text.startswith("# 我自己的话\n")
    said = ledger.plain(ledger.parsed(text, file).node)
    assert said["期"][2] == {"期数": "3", "主题": "绝活", "备注": "自己写的", "清单": "briefs/丙.yaml"}
    assert (said["期"][0]["备注"], said["结尾的话"]) == ("她周三有空", "谢谢")
    added = ledger.entered(ledger.read(file), Episode(7, brief="briefs/七.yaml"))
    assert added.replace("  - 期数: 7\n    清单: briefs/七.yaml\n", "") == HAND


@pytest.mark.parametrize("text", ["系列: x\n期: []\n", "系列: x\n期:\n", "系列: x\n", "series: x\nepisodes: []\n"])
def test_the_first_entry_of_an_empty_ledger(text: str, store: Path) -> None:
    """Whatever an empty one looks like."""
    file = hand(store, text)
    book = ledger.parsed(ledger.entered(ledger.read(file), Episode(1, brief="a.yaml")), file)
    assert (book.name, book.episodes) == ("x", (Episode(1, brief="a.yaml"),))


@given(
    number=st.integers(1, 9),
    title=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=16),
    names=st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9), max_size=3),
    text=st.sampled_from([HAND, HAND.replace("\n", "\r\n"), "期: []\n", ledger.planned(NAME, series.plan_of(NAME))]),
)
def test_whatever_is_entered_reads_back(number: int, title: str, names: list[str], text: str) -> None:
    """Any words and names; every other entry is as it was."""
    file = Path("x.yaml")
    book = ledger.parsed(text, file)
    made = Episode(number, brief="b.yaml", title=title, people=tuple(names), photos=tuple(Used(n, "0f") for n in names))
    after = ledger.parsed(ledger.entered(book, made), file)
    assert [one for one in after.episodes if one.number != number] == [
        one for one in book.episodes if one.number != number
    ]
    entry = after.episode(number)
    assert entry
    assert (entry.people, entry.photos, entry.brief) == (made.people, made.photos, "b.yaml")
    assert entry.title in {title, "旧标题"}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("期:\n  - 一\n", "VK-N010", 2),
        ("期: 一\n", "VK-N010", 1),
        ("期:\n  - 主题: 我\n", "VK-N011", 2),
        ("期:\n  - 期数: 第一\n", "VK-N011", 2),
        ("期:\n  - 期数: 1\n  - 期数: 1\n", "VK-N012", 3),
        ("系列：x\n期: []\n", "VK-Y020", 1),
        ("期:\n - 期数: [\n", "VK-Y040", 2),
        ("", "VK-Y010", 0),
    ],
)
def test_a_faulty_ledger_is_told_and_never_touched(text: str, code: str, line: int, store: Path) -> None:
    """With its file and line, by every command that needs it."""
    file = hand(store, text)
    with pytest.raises(Refusal) as refused:
        episode(store, "甲")
    told = refused.value.problems[0]
    assert (told.code, told.place and told.place.line) == (code, line)
    assert told.place
    assert told.place.file == str(Path("series") / f"{NAME}.yaml")
    for arguments in (["next"], ["list"], ["wall", "-o", "x.png"]):
        assert run("series", *arguments).exit_code == 2
    assert file.read_text(encoding="utf-8") == text


def test_a_number_twice_is_told_at_its_own_lines(store: Path) -> None:
    """Whatever is wrong with other entries, between braces in one line too."""
    text = "期:\n  - 主题: 没有期数\n  - 期数: 1\n    主题: 甲\n  - 期数: 2\n  - [{期数: 3}]\n  - 期数: 1\n"
    with pytest.raises(Refusal) as refused:
        ledger.parsed(text, store / "x.yaml")
    told = [(one.code, one.place and one.place.line, dict(one.values).get("line")) for one in refused.value.problems]
    assert told == [("VK-N011", 2, None), ("VK-N010", 6, None), ("VK-N012", 7, "3")]
    with pytest.raises(Refusal, match="VK-N012"):
        ledger.parsed("期: [{期数: 1}, {期数: 1}]\n", store / "x.yaml")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_ledger_stays_in_the_encoding_people_wrote_it_in(codec: str, store: Path) -> None:
    """With its line ends, whoever writes: the next brief, a finished one, one that moves, an episode taken out, an entry in braces."""
    file = hand(store)
    file.write_bytes(HAND.replace("\n", "\r\n").removesuffix("\r\n").encode(codec))
    assert run("series", "next").exit_code == 0
    assert entered(episode(store, "甲", 1), store)
    assert [p.code for p in series.record(episode(store, "甲", 7), store, default()).problems] == ["VK-N035"]
    assert run("series", "drop", "3").exit_code == 0
    text = file.read_bytes().decode(codec)
    assert "\n" not in text.replace("\r\n", "")
    assert text.startswith("# 我自己的话\r\n")
    assert not text.startswith("\ufeff")
    book = ledger.read(file)
    assert [(one.number, one.out, bool(one.brief)) for one in book.episodes] == [
        (2, False, True),
        (3, True, False),
        (7, False, True),
    ]
    assert "自己写的" in text


# The commands


def test_next_passes_over_what_is_out_or_made_elsewhere(store: Path) -> None:
    """An episode taken out while it was only planned, and one whose photos people noted themselves; put back it has its turn."""
    series.begin(NAME, store, plan=0)
    assert run("series", "drop", "1").exit_code == 0
    book = ledger.read(store / "series" / f"{NAME}.yaml")
    ledger.write(ledger.entered(book, Episode(3, photos=(Used("photos/c.jpg"),))), book.file)
    assert episode(store, "甲").episode == 2
    for number in (2, 4):
        assert f"第{number}期.yaml" in run("series", "next").stdout
    assert states(store)[:4] == ["out", "written", "elsewhere", "written"]
    assert run("series", "drop", "1", "--back").exit_code == 0
    assert "第1期.yaml" in run("series", "next").stdout
    shown = run("series", "list").stdout.splitlines()[1].split()
    assert shown[1:4] == ["1", "3", "4"]


def test_next_writes_a_brief_and_enters_it(store: Path) -> None:
    """One after the other, each with its theme and question at its head; a brief that is there is left alone, and so is the ledger."""
    series.begin(NAME, store, plan=0)
    done = run("series", "next")
    file = store / "briefs" / f"{NAME}-第1期.yaml"
    text = file.read_text(encoding="utf-8")
    assert done.exit_code == 0
    assert "# 问题：大家平时怎么叫您" in text
    assert "\n系列: 家政服务达人\n" in text
    assert "\n期数: 1\n" in text
    assert "\n标题: 我是谁\n" in text
    assert ledger.read(store / "series" / f"{NAME}.yaml").episodes[0].brief == f"briefs/{NAME}-第1期.yaml"
    (store / "briefs" / f"{NAME}-第2期.yaml").write_text("我的", encoding="utf-8")
    before = (store / "series" / f"{NAME}.yaml").read_bytes()
    assert run("series", "next", NAME).exit_code == 2
    assert (store / "series" / f"{NAME}.yaml").read_bytes() == before
    assert (store / "briefs" / f"{NAME}-第2期.yaml").read_text(encoding="utf-8") == "我的"


def test_next_passes_over_numbers_that_briefs_say(store: Path) -> None:
    """A brief of the series with a number of its own has that episode though the ledger does not know it yet; another series' does not count."""
    series.begin(NAME, store, plan=0)
    episode(store, "甲", 1)
    episode(store, "乙", 3)
    (store / "briefs" / "丙.yaml").write_text("系列: 别的\n期数: 2\n", encoding="utf-8")
    assert series.numbered(episode(store, "丁"), store).episode == 2
    first, done = run("series", "next"), run("series", "next")
    assert ("第2期.yaml" in first.stdout, "第 1 期是 briefs/甲.yaml" in first.stderr) == (True, True)
    assert ("第4期.yaml" in done.stdout, "第 3 期是 briefs/乙.yaml" in done.stderr) == (True, True)
    assert "第 1 期" not in done.stderr


def test_next_says_which_unplanned_numbers_it_passes(store: Path) -> None:
    """Beyond a plan too, and whatever a brief's ending is; once."""
    series.begin(NAME, store, plan=None)
    episode(store, "甲", 1)
    (store / "briefs" / "甲.yaml").rename(store / "briefs" / "甲.yml")
    done = series.write_next(NAME, store, default())
    assert (done.entry.number, done.skipped) == (2, ((1, "briefs/甲.yml"),))
    assert series.write_next(NAME, store, default()).skipped == ()


def test_a_brief_without_a_number_is_told_which_it_gets(store: Path) -> None:
    """With the numbers before it whose briefs are gone; nothing where the brief says its number itself, or no ledger does."""
    assert series.given(episode(store, "甲"), store) == series.Given()
    series.begin(NAME, store, plan=0)
    assert series.given(episode(store, "甲"), store) == (1, ())
    entered(episode(store, "甲"), store)
    (store / "briefs" / "甲.yaml").unlink()
    assert series.given(episode(store, "乙"), store) == (2, (1,))
    assert series.given(episode(store, "丙", 2), store) == series.Given()


def test_next_without_a_ledger_or_with_two(store: Path) -> None:
    """It is said what to write."""
    assert "VK-N018" in run("series", "next").stderr
    assert 'vidkit series new "我 的" --plan' in run("series", "next", "我 的").stderr
    series.begin("一", store, plan=None)
    series.begin("二", store, plan=None)
    assert "一、二" in run("series", "next").stderr
    assert "VK-N016" in run("series", "next", "三").stderr


def test_list_tells_how_far_each_episode_is(store: Path) -> None:
    """Made, written, planned, or its brief gone; as data too."""
    assert "vidkit series new" in run("series", "list").stderr
    series.begin(NAME, store, plan=0)
    entered(episode(store, "甲"), store)
    covered(store, "甲")
    run("series", "next")
    entered(episode(store, "丙", 3), store)
    (store / "briefs" / "丙.yaml").unlink()
    done = run("series", "list", NAME)
    assert f"vidkit series drop 3 {NAME}" in done.stderr
    shown = done.stdout.splitlines()
    assert [word for line in shown[1:5] for word in ("做好了", "写了清单", "清单不见了", "还没做") if word in line] == [
        "做好了",
        "写了清单",
        "清单不见了",
        "还没做",
    ]
    (told,) = json.loads(run("series", "list", "--json").stdout)["series"]
    assert (told["next"], [one["state"] for one in told["episodes"]][:4]) == (4, ["made", "written", "lost", "planned"])
    assert told["episodes"][0]["photos"][0]["file"] == "photos/a.jpg"


def test_record_twice_gives_the_same_bytes(store: Path) -> None:
    """Nothing in the ledger comes from a clock; a second time nothing changes."""
    series.begin(NAME, store, plan=0)
    file = entered(episode(store, "甲"), store)
    assert file
    before = file.read_bytes()
    assert entered(episode(store, "甲"), store) is None
    assert file.read_bytes() == before


def test_the_wall(store: Path) -> None:
    """Covers where they are made, tiles where not; an empty ledger has none."""
    series.begin(NAME, store, plan=0)
    entered(episode(store, "甲"), store)
    covered(store, "甲")
    done = run("series", "wall", "-o", "墙.png")
    assert "8 期，做好封面的 1 期" in done.stdout
    assert 0.05 < reds(store / "墙.png") < 0.12
    assert run("series", "wall", NAME, "-o", "墙.jpg").exit_code == 2
    book = ledger.parsed("期: []\n", store / "series" / "空.yaml")
    with pytest.raises(Refusal):
        episodes.draw(book, store)


@pytest.mark.parametrize(
    ("lost", "state"), [("briefs/甲.yaml", "lost"), ("out/甲/meituan/cover-3x4.jpg", "gone"), ("", "out")]
)
def test_list_and_wall_say_the_same(lost: str, state: str, store: Path) -> None:
    """An episode whose brief or files are gone, or that was taken out, is made for neither; taken out it is on no wall."""
    series.begin(NAME, store, plan=0)
    entered(episode(store, "甲"), store)
    covered(store, "甲")
    assert states(store)[0] == "made"
    if lost:
        (store / lost).unlink()
    else:
        assert "撤下了" in run("series", "drop", "1").stdout
        assert codes(episode(store, "甲"), store) == ["VK-N034"]
        assert codes(episode(store, "乙", 2), store) == []
    assert states(store)[0] == state
    done = run("series", "wall", "-o", "墙.png")
    assert f"{8 if lost else 7} 期，做好封面的 0 期" in done.stdout
    assert reds(store / "墙.png") == 0


def test_an_episode_is_put_back_or_its_number_taken(store: Path) -> None:
    """The ledger is byte for byte what it was; a brief that says the number gets it; an unknown number is refused."""
    series.begin(NAME, store, plan=0)
    file = entered(episode(store, "甲"), store)
    assert file
    before = file.read_bytes()
    run("series", "drop", "1", NAME)
    assert "    状态: 撤下\n" in file.read_text(encoding="utf-8")
    assert run("series", "drop", "1", "--back").exit_code == 0
    assert file.read_bytes() == before
    assert "VK-N033" in run("series", "drop", "99").stderr
    run("series", "drop", "1")
    assert entered(episode(store, "乙", 1, title="乙"), store)
    book = ledger.read(file)
    assert (book.episodes[0].title, book.episodes[0].state) == ("乙", "")


def test_who_is_proposed_next_and_why(store: Path) -> None:
    """Nobody whose episode is gone; who was in none first, else the one longest ago, a brief that is only written counting too."""
    series.begin(NAME, store, plan=0)
    for name in ("兰", "梅", "菊"):
        (store / "people" / f"{name}.yaml").write_text(f"称呼: {name}\n", encoding="utf-8")
    told = [run("series", "next").stderr for _ in range(4)]
    assert [text.split("「人物」先写了 ")[1][0] for text in told[:3]] == [*sorted("兰梅菊")]
    assert "她还没讲过" in told[0]
    assert "她上一次是第 1 期，隔得最久" in told[3]
    (store / "briefs" / f"{NAME}-第2期.yaml").unlink()
    book = ledger.read(store / "series" / f"{NAME}.yaml")
    gone = sorted("兰梅菊")[1]
    text = ledger.entered(book, Episode(2, brief=book.episodes[1].brief, title="旧", people=(gone,)))
    book.file.write_text(text, encoding="utf-8")
    last = run("series", "next").stderr
    assert f"没有写 {gone}：" in last
    assert f"「人物」先写了 {sorted('兰梅菊')[2]}" in last


@pytest.mark.parametrize("count", [1, 2, 4, 6, 8])
def test_no_place_of_a_wall_is_empty(count: int) -> None:
    """Every box shows a cover and has its line; a last row that is not full begins on the left, as on a profile."""
    made = wall.sheet(count, kit.brand("linli", kit.shelf()), kit.shelf(), NAME)
    boxes = [photo.box for photo in made.photos]
    last = [box for box in boxes if box.y == boxes[-1].y]
    assert len(boxes) == count
    assert (last[0].x, made.svg.count("stroke-opacity")) == (wall.MARGIN, count)
    assert 'fill-opacity="0.12"' not in made.svg


@pytest.mark.parametrize(("name", "theme"), [("全国最好的保洁", "擦窗"), (NAME, "我们是全城第一品牌")])
def test_a_wall_with_banned_words_is_refused(name: str, theme: str, store: Path) -> None:
    """In the series' name and in a theme; its place is the line of the ledger."""
    file = store / "series" / "x.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text := ledger.planned(name, ({"theme": theme},)), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        episodes.draw(ledger.parsed(text, file), store)
    first = refused.value.problems[0]
    assert (first.code, bool(first.place and first.place.line)) == ("VK-W001", True)


@pytest.mark.parametrize("theme", ["", "很长很长的题目" * 9, "🧽🧽", "A & <B>"])
def test_any_theme_fits_its_tile(theme: str, store: Path) -> None:
    """Long ones are shortened, odd ones drawn."""
    text = ledger.planned(NAME, ({"theme": theme},))
    assert episodes.draw(ledger.parsed(text, store / "series" / "x.yaml"), store).startswith(b"\x89PNG")
