"""Consents: files as strict as briefs, and what a post lacks by role, scope, purpose, platform, day, paper and withdrawal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_cases import NAMES

from vidkit import brief, cache, kit, plan, problems
from vidkit.brief import Photo
from vidkit.briefs.declared import Evidence
from vidkit.briefs.fields import Choice
from vidkit.develop import Developed
from vidkit.kits import platform
from vidkit.people import consent, consents, roles
from vidkit.people.consents import Consent, Entry, Guardian, Ledger
from vidkit.photos import areas, study
from vidkit.photos.facts import Facts, Find
from vidkit.photos.study import Study
from vidkit.plan import Script
from vidkit.problems import Place
from vidkit.publishing import record
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.people.consent import Lack

CASES = Path(__file__).parent / "consents"
DOUYIN = platform.load("douyin")
DAY = "2026-11-26"
PLACE = Place("a.yaml", 3, 5)


# Files


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a signed form, and a link that leads out of it."""
    folder = tmp_path_factory.mktemp("店")
    (folder / "vidkit.yaml").write_text("", encoding="utf-8")
    signed = folder / "consents" / "signed"
    signed.mkdir(parents=True)
    (signed / "a.jpg").write_bytes(b"a signature")
    outside = tmp_path_factory.mktemp("outside") / "a.jpg"
    outside.write_bytes(b"elsewhere")
    (signed / "out.jpg").symlink_to(outside)
    return folder


@pytest.mark.parametrize("name", sorted(file.stem for file in CASES.glob("*.yaml")))
def test_a_consent_file_gives_exactly_its_problems(name: str, shop: Path) -> None:
    """As the cases of briefs: every problem with line and column, or the values of a good one."""
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    file = shop / "consents" / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    one = consents.entry(file, NAMES)
    file.unlink()
    wanted = {(int(a), int(b), code) for a, b, code in re.findall(r"^# error: (\d+):(\d+) (\S+)$", text, re.MULTILINE)}
    found = {(p.place.line, p.place.column, p.code) for p in one.problems if p.place}
    assert found == wanted
    assert bool(wanted) != bool(re.search(r"^# ok$", text, re.MULTILINE))
    assert (one.consent is None) == bool(wanted)
    said = "\n".join(problems.show(p, "zh") for p in one.problems)
    assert all(words in said for words in re.findall(r"^# says: (.+)$", text, re.MULTILINE))
    for path, value in re.findall(r"^# value: (\S+) = (.*)$", text, re.MULTILINE):
        assert str(getattr(one.consent, path)) == value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00" * 99,
        "同意人: 张".encode("gb18030") + b"\xff",
        b"[" * 5000,
        b"a: " * 70000,
        b"---\n" * 3,
    ],
    ids=["empty", "bytes", "nul", "broken", "deep", "large", "documents"],
)
def test_no_file_breaks_the_ledger(content: bytes, tmp_path: Path) -> None:
    """Whatever lies in the folder is an entry without a consent, with its faults; a folder named like a file too."""
    (tmp_path / "张女士.yaml").write_bytes(content)
    (tmp_path / "文件夹.yaml").mkdir()
    (tmp_path / ".hidden.yaml").write_text("x", encoding="utf-8")
    book = consents.load(tmp_path, NAMES)
    assert [one.names for one in book.entries] == [("张女士",), ("文件夹",)]
    assert all(one.consent is None and one.problems for one in book.entries)
    assert [one.problem.code for one in lacks(script(people=(person(),)), book)] == ["VK-S101"]
    assert [one.problem.code for one in lacks(script(people=(person("张女士"),)), book)] == ["VK-S105"]


@pytest.mark.parametrize(("line", "paid"), [("有报酬: 是\n", True), ("有报酬: 否\n", False), ("", None)])
def test_the_record_of_a_post_keeps_whether_she_was_paid(line: str, paid: object, tmp_path: Path) -> None:
    """As the signed form asks; what the consent does not say stays unsaid."""
    said = "身份: 阿姨\n可以用什么: 脸\n可以做什么: 广告\n可以发哪里: 抖音\n到期日期: 2036-01-01\n"
    (tmp_path / "秀兰.yaml").write_text(f"同意人: 秀兰\n{said}{line}", encoding="utf-8")
    (entry,) = consents.load(tmp_path, NAMES).entries
    assert record._terms(entry)["paid"] is paid


def test_there_need_be_no_folder(tmp_path: Path) -> None:
    """No folder is a ledger with nothing in it."""
    assert consents.load(tmp_path / "consents", NAMES).entries == ()


def test_the_consent_model_and_its_keys_say_the_same() -> None:
    """What the table of keys calls a field is a field, required in both."""
    for name, model in (("consent", Consent), ("guardian", Guardian)):
        rows = {row: bool(said.get("required")) for row, said in table("keys")[name].items()}
        assert rows == {row: info.is_required() for row, info in model.model_fields.items()}


def test_only_wanted_forms_are_read(shop: Path) -> None:
    """A signed form is hashed where somebody asks for its name, under any of its names."""
    file = shop / "consents" / "谁.yaml"
    file.write_text(
        "同意人: 秀兰\n片子里怎么叫: 秀兰阿姨\n身份: 阿姨\n可以用什么: 脸\n可以做什么: 广告\n可以发哪里: 抖音\n到期日期: 2036-01-01\n签字文件: signed/a.jpg\n",
        encoding="utf-8",
    )
    digest = cache.sha256(shop / "consents/signed/a.jpg")
    for names in (None, ("秀兰阿姨",), ("谁",), ("秀兰",)):
        assert [one.found for one in consents.load(shop / "consents", NAMES, names).entries] == [digest]
    assert consents.load(shop / "consents", NAMES, ("别人",)).entries == ()
    file.write_text(
        file.read_text(encoding="utf-8").replace("秀兰阿姨", r'"\u79c0\u5170\u963f\u59e8"'), encoding="utf-8"
    )
    assert len(consents.load(shop / "consents", NAMES, ("秀兰阿姨",)).of("秀兰阿姨")) == 1
    file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    assert len(consents.load(shop / "consents", NAMES, ("秀兰阿姨",)).of("秀兰")) == 1
    file.unlink()


# What is lacking


def person(name: str = "秀兰阿姨", **more: Any) -> brief.Person:
    """Somebody of a brief."""
    return brief.Person(name=name, **more)


def picture(name: str = "p.jpg", faces: int = 0) -> Photo:
    """A photo with so many faces uncovered."""
    shown = tuple(Choice(number=n, place=PLACE) for n in range(1, faces + 1))
    return Photo(name=name, path=Path("/photos") / name, place=PLACE, show_face=shown)


def script(day: str = DAY, purpose: str = "ad", **said: Any) -> Script:
    """A script of a brief without files."""
    shelf = kit.shelf()
    made = brief.Brief(
        file=Path("/briefs/a.yaml"), template="before-after", brand="linli", title="t", mode=purpose, **said
    )
    template, brand = kit.template("before-after", shelf), kit.brand("linli", shelf)
    return Script(made, template, brand, shelf, Developed({}, {}, (), (), ()), day)


def given(alias: str = "秀兰阿姨", paper: str = "ab" * 32, **said: Any) -> Entry:
    """A consent that reaches everything, but for what is said."""
    usual: dict[str, Any] = {
        "alias": alias,
        "role": "worker",
        "scope": ("face", "name", "dwelling", "hands-only"),
        "purposes": ("ad", "story", "public-interest", "recruit"),
        "platforms": ("douyin", "meituan"),
        "ends": "2036-12-31",
        "publish": True,
        "signed": "signed/a.jpg",
        "sha256": "AB" * 32,
    }
    one = Consent(**usual | said)
    names = tuple(filter(None, (alias, one.preferred_name)))
    return Entry(Path(f"/consents/{alias}.yaml"), names, one, paper=Path("/a.jpg") if paper else None, found=paper)


def book_of(*entries: Entry) -> Ledger:
    """A ledger of some consents of a shop that knows nobody else."""
    return Ledger(Path("/consents"), entries, tuple(one.names for one in entries))


def lacks(made: Script, book: Ledger | None, where: platform.Platform = DOUYIN) -> tuple[Lack, ...]:
    """What a script lacks with a ledger."""
    return consent.lacking(replace(made, consents=book), where)


def codes(made: Script, *entries: Entry, where: str = "douyin") -> list[str]:
    """The codes of what is lacking."""
    return [one.problem.code for one in lacks(made, book_of(*entries), platform.load(where))]


def test_nothing_is_asked_where_no_ledger_was_looked_at() -> None:
    """A script made by hand lacks nothing."""
    assert lacks(script(people=(person(),), photos=(picture(),)), None) == ()


def test_a_full_consent_is_enough() -> None:
    """For a name, an own photo, a face shown in it."""
    one = person(photo=picture(faces=1), quote="慢慢来")
    assert codes(script(people=(one,)), given()) == []


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"scope": ("face",)}, ["VK-S110"]),
        ({"scope": ("name",)}, ["VK-S110", "VK-S104"]),
        ({"scope": ("name", "hands-only")}, ["VK-S110", "VK-S104"]),
        ({"purposes": ("story",)}, ["VK-S108"]),
        ({"purposes": ("training",)}, ["VK-S108"]),
        ({"platforms": ("meituan",)}, ["VK-S109"]),
        ({"ends": "2026-11-25"}, ["VK-S107"]),
        ({"ends": "2026-11-26"}, []),
        ({"starts": "2026-11-27"}, ["VK-S118"]),
        ({"starts": "2026-11-26"}, []),
        ({"publish": False}, ["VK-S111"]),
        ({"signed": ""}, ["VK-S112"]),
        ({"paper": ""}, ["VK-S113"]),
        ({"paper": "cd" * 32}, ["VK-S114"]),
        ({"sha256": ""}, ["VK-S114"]),
        ({"withdrawn": "2026-11-01"}, ["VK-S106"]),
        ({"withdrawn": "2030-01-01", "ends": "2020-01-01"}, ["VK-S106"]),
        ({"preferred_name": "兰姐"}, ["VK-S117"]),
        ({"preferred_name": "秀兰阿姨"}, []),
    ],
)
def test_one_thing_amiss_is_said(said: dict[str, Any], wanted: list[str]) -> None:
    """Each way in which a consent does not reach has its own words."""
    one = person(photo=picture(faces=1))
    assert codes(script(people=(one,)), given(**said)) == wanted


@pytest.mark.parametrize("day", ["", DAY])
@pytest.mark.parametrize("where", ["douyin", "meituan", "moments"])
@pytest.mark.parametrize("purpose", ["ad", "story", "public-interest", "recruit"])
@pytest.mark.parametrize("scope", ["face", "name", "hands-only", "voice", "dwelling"])
@pytest.mark.parametrize("role", ["worker", "customer", "elder", "passer-by", "child", "home"])
def test_the_matrix(role: str, scope: str, purpose: str, where: str, day: str) -> None:
    """A consent ended yesterday, for ads and stories on Douyin and Meituan: what it lacks follows from each side alone."""
    guardian = Guardian(name="李女士", relation="妈妈") if role == "child" else None
    one = given("她", role=role, scope=(scope,), purposes=("ad", "story"), ends="2026-11-25", guardian=guardian)
    found = codes(script(day, purpose, shown=("她",)), one, where=where)
    child_face = role == "child" and scope == "face"
    assert ("VK-S107" in found) == bool(day)
    assert ("VK-S108" in found) == (purpose not in {"ad", "story"})
    assert ("VK-S109" in found) == (where == "moments")
    assert ("VK-S115" in found) == child_face
    assert ("VK-S110" in found) == (scope not in {"face", "hands-only"})
    assert len(found) == sum(
        [
            bool(day),
            purpose not in {"ad", "story"},
            where == "moments",
            child_face or scope not in {"face", "hands-only"},
        ]
    )


def test_a_covered_portrait_needs_hands_or_face() -> None:
    """With the face covered, either will do; with only a name neither is there."""
    made = script(people=(person(photo=picture()),))
    assert codes(made, given(scope=("name", "hands-only"))) == []
    assert codes(made, given(scope=("name", "face"))) == []
    assert codes(made, given(scope=("name",))) == ["VK-S110"]


def test_without_a_consent() -> None:
    """Nobody's, a faulty one and two of one name are each said once, and faces are not complained of twice."""
    one = person(photo=picture(faces=1))
    assert codes(script(people=(one,))) == ["VK-S101"]
    faulty = Entry(Path("/consents/a.yaml"), ("秀兰阿姨",), None, (problems.problem("VK-S120", PLACE),))
    assert codes(script(people=(one,)), faulty) == ["VK-S105"]
    assert codes(script(people=(one,)), given(), given()) == ["VK-S116"]


def test_a_child_without_a_consent() -> None:
    """Whoever is called a child, in a name or a craft, needs her guardian's hand: the command asks for a child's consent."""
    called = (person("朵朵", craft="我女儿"), person("小宝，5岁"), person("小宝", craft="家政员"))
    assert [one.problem.code for one in lacks(script(people=called), book_of())] == ["VK-S150", "VK-S150", "VK-S101"]
    (lack,) = lacks(script(shown=("小宝（3岁）",)), book_of())
    said = problems.show(lack.problem, "zh")
    assert "vidkit consent new 小宝（3岁） --role 孩子" in said
    assert "请监护人看懂、签字" in said


def test_a_teacher_is_named() -> None:
    """Who taught somebody lets her name be used, once, unless she is one of the people herself."""
    pupils = tuple(person(name, taught_by="刘大姐") for name in ("秀兰阿姨", "美华"))
    places = (("people.0.taught_by", PLACE),)
    both = (given(), given("美华"))
    (lack,) = lacks(script(people=pupils, places=places), book_of(*both))
    assert (lack.who, lack.problem.code, lack.problem.place) == ("刘大姐", "VK-S101", PLACE)
    assert codes(script(people=pupils), *both, given("刘大姐", scope=("face",))) == ["VK-S110"]
    assert codes(script(people=pupils), *both, given("刘大姐", scope=("name",))) == []
    assert codes(script(people=(pupils[0], person("刘大姐"))), given()) == ["VK-S101"]
    assert "刘大姐" in consent.wanted(script(people=pupils).brief)


def test_who_is_called_by_name_in_the_words_lets_it_be_used() -> None:
    """Somebody shown, or a home: by any of her names, in any text that is seen; not where the words leave it out."""
    own = given("张奶奶", role="elder", preferred_name="奶奶张", scope=("face",))
    home = given("云岩李女士家", role="home", scope=("dwelling",))
    assert codes(script(shown=("张奶奶",), service="陪张奶奶说话"), own) == ["VK-S110"]
    assert codes(script(shown=("张奶奶",), service="奶奶张等我们"), own) == ["VK-S110"]
    assert codes(script(shown=("张奶奶",), service="陪老人说话"), own) == []
    assert codes(script(home="云岩李女士家", advice="云岩李女士家，三小时"), home) == ["VK-S110"]
    assert codes(script(home="云岩李女士家"), home) == []
    named = given("云岩李女士家", role="home", scope=("dwelling", "name"))
    assert codes(script(home="云岩李女士家", advice="云岩李女士家，三小时"), named) == []


def test_a_files_name_is_no_consent(shop: Path) -> None:
    """A consent copied under somebody else's name does not become hers: she is told, with the file and whose it says it is."""
    file = shop / "consents" / "王姐.yaml"
    text = "同意人: 李女士\n身份: 客户\n可以用什么: 称呼\n可以做什么: 广告\n可以发哪里: 抖音\n到期日期: 2036-01-01\n单独同意公开: 是\n签字文件: signed/a.jpg\n"
    file.write_text(f"{text}文件指纹: {cache.sha256(shop / 'consents/signed/a.jpg')}\n", encoding="utf-8")
    book = consents.load(shop / "consents", NAMES, ("王姐", "李女士"))
    file.unlink()
    (lack,) = lacks(script(people=(person("王姐"),), places=(("people.0.name", PLACE),)), book)
    assert (lack.problem.code, lack.problem.place) == ("VK-S125", PLACE)
    assert all(word in lack.problem.message("zh") for word in ("王姐.yaml", "李女士", "王姐"))
    assert lacks(script(people=(person("李女士"),)), book) == ()


def test_names_are_compared_as_keys_are() -> None:
    """Width, case and spaces around do not count."""
    assert codes(script(people=(person("Ａmy"),)), given("amy ")) == []


def test_homes() -> None:
    """Photos that may show a home need to be said whose it is; several homes each need a consent; portraits and the group do not."""
    photos = (picture("1.jpg"), picture("2.jpg"))
    assert codes(script(photos=photos)) == ["VK-S102"]
    assert all(codes(script(photos=photos, home=signs)) == ["VK-S102"] for signs in ("、", " ，", ", ;", "；；", "  "))
    assert codes(script(photos=photos, home="不是客户家")) == []
    assert codes(script(photos=photos, home=" None ")) == []
    assert codes(script(photos=photos, home="张女士家"), given("张女士家", role="home", scope=("dwelling",))) == []
    assert codes(script(photos=photos, home="张女士家"), given("张女士家", role="home", scope=("face",))) == ["VK-S110"]
    two = script(photos=photos, home="张女士家、李先生家")
    assert codes(two, given("张女士家", role="home")) == ["VK-S101"]
    assert codes(script(group=picture())) == []
    pair = brief.Pair(spot="灶台", before=picture("3.jpg"), after=picture("4.jpg"))
    assert codes(script(pairs=(pair,))) == ["VK-S102"]
    assert codes(script(sections=(brief.Section(title="一", pair=pair),))) == ["VK-S102"]
    assert codes(script(sections=(brief.Section(title="一", photos=photos),))) == ["VK-S102"]


def test_reviews() -> None:
    """A review rests on its customer's own consent, by name; a worker's will not do."""
    said: dict[str, Any] = {"text": "好", "platform": "美团", "date": DAY, "name": "张**"}
    assert codes(script(review=brief.Review(**said))) == ["VK-S103"]
    for name, wanted in (("张**", "评价1126张"), ("", "评价1126"), ("张女士", "张女士"), ("周爷爷", "评价1126周爷爷")):
        (lack,) = lacks(script(review=brief.Review(**{**said, "name": name})), book_of())
        assert dict(lack.problem.values)["command"] == wanted
        assert roles.likely(wanted) == "customer"
    named = script(review=brief.Review(**said, consent="张女士"))
    assert codes(named) == ["VK-S101"]
    assert codes(named, given("张女士", role="customer", scope=("name",))) == []
    assert codes(named, given("张女士", role="customer", scope=("face",))) == ["VK-S110"]
    assert codes(named, given("张女士", role="worker")) == ["VK-S119"]


def test_the_same_lack_is_said_once() -> None:
    """A customer named, shown and quoted needs one consent: one warning, where she is named first."""
    said = brief.Review(text="好", platform="美团", date=DAY, name="张**", consent="张女士")
    places = tuple((path, Place("a.yaml", line)) for line, path in enumerate(("people", "shown", "review.consent"), 3))
    made = script(people=(person("张女士"),), shown=("张女士",), review=said, places=places)
    (lack,) = lacks(made, book_of())
    assert (lack.problem.code, lack.problem.place) == ("VK-S101", Place("a.yaml", 3))
    assert codes(made, given("张女士", role="customer", scope=("voice",))) == ["VK-S110", "VK-S110"]


def test_every_uncovered_face_needs_somebody() -> None:
    """As many people whose faces may be seen as a photo shows faces, whoever they are; one photo twice counts once."""
    group = picture(faces=3)
    people = (person("甲"), person("乙"))
    able = tuple(given(name) for name in "甲乙丙")
    assert codes(script(people=people, group=group), *able) == ["VK-S104"]
    assert codes(script(people=people, shown=("丙",), group=group), *able) == []
    shy = (*able[:2], given("丙", scope=("hands-only",)))
    assert codes(script(people=people, shown=("丙",), group=group), *shy) == ["VK-S104"]
    assert codes(script(people=people, shown=("甲",), group=group), *able) == ["VK-S104"]
    assert codes(script(home="无", photos=(group, group))) == ["VK-S104"]


def test_one_person_by_two_names_shows_one_face() -> None:
    """Her consent counts once, under whatever names the brief has her."""
    own = given("王春燕", preferred_name="春燕姐")
    made = script(people=(person("春燕姐"),), shown=("王春燕",), group=picture(faces=2))
    assert codes(made, own) == ["VK-S104"]
    assert codes(replace(made, brief=made.brief.model_copy(update={"group": picture(faces=1)})), own) == []


def test_a_face_called_none_is_one_all_the_same() -> None:
    """What the finder is sure of counts, whatever the brief calls it; covered or doubtful it does not."""
    photo = picture()
    box = areas.Area("polygon", ((0.1, 0.1), (0.3, 0.1), (0.3, 0.3)))
    for score, covered, wanted in ((0.95, (), ["VK-S104"]), (0.95, (1,), []), (0.8, (), [])):
        known = Facts("a" * 64, 9, 9, (0.5, 0.5), (Find("face", score, box),))
        made = script(photos=(photo,), home="无")
        studied = replace(made, developed=Developed({}, {}, (Study(photo, known, covered, ()),), (), ()))
        assert codes(studied) == wanted


def test_nobodys_consent_opens_a_sure_face_called_none_by_its_number_alone() -> None:
    """It must be named with its place, one by one; then it counts as a face, as ever. A doubtful one may be called none."""
    box = areas.Area("polygon", ((0.1, 0.1), (0.3, 0.1), (0.3, 0.3)))
    for score, at, wanted in ((0.95, None, ["VK-S174"]), (0.95, (0.2, 0.2), []), (0.8, None, [])):
        photo = picture().model_copy(update={"not_face": (Choice(number=1, place=Place("a.yaml", 5), at=at),)})
        known = Facts("a" * 64, 9, 9, (0.5, 0.5), (Find("face", score, box),))
        made = script(people=(person("甲"),), photos=(photo,), home="无")
        studied = replace(made, developed=Developed({}, {}, (Study(photo, known, (), ()),), (), ()))
        assert codes(studied, given("甲")) == wanted
        found = [lack.problem for lack in lacks(studied, book_of(given("甲"))) if lack.problem.code == "VK-S174"]
        assert all(f"不遮: [{study.placed(studied.developed.studies[0], 1)}]" in one.hint("zh") for one in found)
        assert all(one.place == Place("a.yaml", 5) for one in found)


def test_a_childs_face_is_never_shown_by_default() -> None:
    """The scope alone does not open it: guardian and the explicit key do; covered, a child may be seen."""
    guardian = Guardian(name="李女士", relation="妈妈")
    child: dict[str, Any] = {"role": "child", "guardian": guardian}
    made = script(shown=("豆豆",), group=picture(faces=1))
    assert codes(made, given("豆豆", **child, scope=("face",))) == ["VK-S115", "VK-S104"]
    assert codes(made, given("豆豆", **child, scope=("face", "hands-only"))) == ["VK-S104"]
    assert codes(made, given("豆豆", **child, scope=("face",), child_face=True)) == []
    assert codes(script(shown=("豆豆",)), given("豆豆", **child, scope=("hands-only",))) == []


@pytest.mark.parametrize(("sensitive", "wanted"), [(None, []), (True, []), (False, ["VK-S178"])])
def test_a_guardian_who_said_no_to_the_childs_life_is_heard(wanted: list[str], *, sensitive: bool | None) -> None:
    """A consent that does not say it, as older ones do not, counts as before; of a grown-up the box speaks of illness only."""
    child: dict[str, Any] = {"role": "child", "guardian": Guardian(name="李女士", relation="妈妈")}
    made = script(shown=("豆豆",))
    assert codes(made, given("豆豆", **child, scope=("hands-only",), sensitive=sensitive)) == wanted
    assert codes(made, given("豆豆", role="elder", sensitive=sensitive)) == []


def test_lacks_are_warnings_with_a_place_and_say_the_plate() -> None:
    """In both languages; what is found again by a command is written as it is typed."""
    made = script(people=(person("张 女士"),), places=(("people.0.name", PLACE),))
    (one,) = lacks(made, book_of())
    assert one.who == "张 女士"
    assert one.problem.place == PLACE
    assert one.problem.level == "warning"
    assert 'vidkit consent new "张 女士"' in one.problem.hint("zh")
    tails = table("cli")["consent-tail"]
    for number in (*range(1, 20), 25):
        told = problems.problem(f"VK-S1{number:02d}")
        assert told.level == "warning"
        assert told.message("zh").endswith(tails["zh"])
        assert told.message("en").endswith(tails["en"])


def test_names_of_what_a_post_rests_on() -> None:
    """As the consents call themselves, each once, unknown ones as typed; what people asked not to show goes with them."""
    review = brief.Review(text="好", platform="美团", date=DAY, consent="张女士")
    made = script(people=(person("兰姐"),), shown=("王", "兰姐"), home="张女士", review=review)
    one = given("秀兰", preferred_name="兰姐", do_not_show=("结婚照",))
    assert consent.named(replace(made, consents=book_of(one))) == ("秀兰", "王", "张女士")
    assert consent.named(made) == ("兰姐", "王", "张女士")
    assert consent.wishes(replace(made, consents=book_of(one))) == (("秀兰", ("结婚照",)),)


# Whom the words only name

LINES = (brief.Section(title="徒弟", lines=("桂花是我带出来的，小莲又是桂花带出来的",)),)


def only_named(made: Script, *entries: Entry, knows: tuple[tuple[str, ...], ...] = ()) -> list[tuple[str, str]]:
    """Whom a script's words only name, and what is told of each: the codes and, of a note, what is lacking."""
    book = book_of(*entries)
    whole = replace(made, consents=replace(book, knows=(*book.knows, *knows)))
    told = {lack.who: lack.problem for lack in consent.unasked(whole, (DOUYIN,))}
    return [
        (who, f"{told[who].code} {dict(told[who].values).get('lacks', '')}".strip() if who in told else "")
        for who in consent.merely_named(whole)
    ]


def test_who_is_only_named_needs_a_consent_to_her_name() -> None:
    """Whoever has a profile or a consent, each once, as a note of its own that stops nothing: no plate, and publish looks again."""
    made = script(sections=LINES)
    assert only_named(made) == []
    none = (("桂花姐",), ("小莲",))
    assert only_named(made, knows=none) == [
        ("桂花姐", "VK-S170 同意书（还没有）"),
        ("小莲", "VK-S170 同意书（还没有）"),
    ]
    assert codes(made, given("小莲", scope=("face",))) == []
    assert only_named(made, given("小莲", scope=("face",), purposes=("story",))) == [
        ("小莲", "VK-S170 用来做广告；用称呼")
    ]
    assert only_named(made, given("小莲", scope=("name",))) == [("小莲", "")]
    assert only_named(made, given("小莲"), given("小莲")) == [
        ("小莲", "VK-S170 分清是哪一份（consents/小莲.yaml、consents/小莲.yaml）")
    ]
    (note,) = consent.unasked(replace(made, consents=book_of(given("小莲", signed=""))), (DOUYIN,))
    assert (note.problem.level, note.problem.sample) == ("warning", False)
    assert "vidkit consent check 小莲" in note.problem.hint("zh")


def test_who_is_in_a_brief_is_not_only_named() -> None:
    """The people it says are in it, under any of their names; a shop's brand and a stranger's longer name are nobody's of them."""
    own = given("王小莲", preferred_name="小莲")
    assert only_named(script(sections=LINES, people=(person("小莲"),)), own) == []
    assert only_named(script(sections=LINES, shown=("王小莲",)), own) == []
    assert only_named(script(sections=LINES, people=(person("美华", taught_by="小莲"),)), own) == []
    assert only_named(script(sections=LINES), own) == [("小莲", "")]
    stranger = script(people=(person("小莲英子"),), service="小莲英子在店里")
    assert only_named(stranger, given("小莲")) == []
    ours = script(service="邻里净姐来了")
    assert only_named(ours, given("邻里")) == []


def test_after_taking_back_who_is_named_counts_like_who_is_shown() -> None:
    """By her whole name it stops the post and puts the plate on it; by her name alone it is asked whether she is meant."""
    made = script(sections=LINES)
    gone = given("小莲", withdrawn="2026-11-01")
    assert codes(made, gone) == ["VK-S106"]
    assert only_named(made, gone) == [("小莲", "")]
    short = given("桂花姐", withdrawn="2026-11-01")
    assert codes(made, short) == []
    assert only_named(made, short) == [("桂花姐", "VK-S171")]
    whole = script(sections=LINES, service="桂花姐来了")
    assert codes(whole, short) == ["VK-S106"]


def test_what_is_said_as_evidence_is_seen_too() -> None:
    """It stands in posts, though the rules read it where it is shown."""
    said = Evidence(claim="小莲考了证", source="本店", period="2026", scope="贵阳")
    assert codes(script(evidence=(said,)), given("小莲", withdrawn="2026-11-01")) == ["VK-S106"]


def test_the_ledger_knows_everybody_with_a_profile_or_a_consent(tmp_path: Path) -> None:
    """By all her names, however her consent is written; a consent and a profile of one name are one person's, ours of nobody is left out."""
    for name, text in {
        "甲": "同意人: 王秀兰 # 说明\n片子里怎么叫: 秀兰孃孃\n监护人: {称呼: 李女士, 关系: 妈妈}\n#称呼: 别人\n",
        "乙": '{"alias": "Zhou", "preferred_name": "芳姐"}',
        "丙": "身份: 家政员\n",
        "丁": 'name: "\\u5c0f\\u83b2"\n',
    }.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    profiles = {"秀兰孃孃": "秀兰.yaml", "秀兰": "秀兰.yaml", "小李": "小李.yaml", "示例阿姨": "示例.yaml"}
    names = replace(NAMES, people=tuple((name, Path(file)) for name, file in profiles.items()))
    found = {frozenset(one) for one in consents.load(tmp_path, names, ()).knows}
    assert found == {
        frozenset({"王秀兰", "秀兰孃孃", "甲", "秀兰"}),
        frozenset({"Zhou", "芳姐", "乙"}),
        frozenset({"丙"}),
        frozenset({"小莲", "丁"}),
        frozenset({"小李"}),
    }
    read = consents.load(tmp_path, names, (), ("芳姐教的",)).entries
    assert [one.file.stem for one in read if "芳姐" in one.names] == ["乙"]


@pytest.mark.parametrize(
    "said",
    [
        "3#楼张女士家",
        "张女士家 # 三楼",
        "张女士家#",
        "O'Neil",
        "'O''Neil' # 外国人",
        '"小\'张" # 说明',
        "'3 # 楼'",
        "张女士家\r\n片子里怎么叫: '张 # 姐'\r",
        "张女士家\r片子里怎么叫: 张姐",
        "张女士家\n\n# 说明\n片子里怎么叫: # 没有",
        "张女士家\n片子里怎么叫:\n\n  张姐",
        "张女士\n  家",
        "张女士家\n片子里怎么叫: >\n  张姐",
        "[张女士家]",
        "# 没有",
    ],
)
def test_names_read_off_lines_are_those_of_the_whole_file(said: str, tmp_path: Path) -> None:
    """A comment begins at a space and a ``#``, quotes are only around a name, and what goes on below is read whole."""
    file = tmp_path / "甲.yaml"
    file.write_bytes(f"同意人: {said}\n".encode())
    names = consents.entry(file, NAMES).names
    assert set(consents.load(tmp_path, NAMES, ()).knows[0]) == set(names)
    if "\n" not in said and "\r" not in said:
        quick = consents._at_once(f"同意人: {said}\n", "alias")
        assert quick in {None, "", names[0]}


# What lacks are told as


def told(made: Script, *entries: Entry, where: tuple[str, ...] = ("douyin",)) -> tuple[problems.Problem, ...]:
    """What is said of the lacks on some platforms."""
    found = (lack for one in where for lack in lacks(made, book_of(*entries), platform.load(one)))
    return consent.told(found)


SEVERAL = ("douyin", "meituan", "wechat-channels", "moments")


@pytest.mark.parametrize(
    ("less", "code", "said"),
    [
        (
            {"signed": "", "publish": False, "platforms": ("douyin",)},
            "VK-S127",
            "签字；「发到网上」那一格；美团、视频号、朋友圈",
        ),
        ({"signed": "", "publish": False, "platforms": SEVERAL}, "VK-S126", "签字；「发到网上」那一格"),
        ({"purposes": ("story",), "scope": ("face",), "platforms": SEVERAL}, "VK-S127", "用来做广告；用家里"),
        (
            {"ends": "2026-11-01", "signed": "", "platforms": SEVERAL},
            "VK-S128",
            "新的一份（2026-11-01 已经到期）；签字",
        ),
        (
            {"starts": "2027-01-01", "paper": "", "platforms": SEVERAL},
            "VK-S126",
            "要到 2027-01-01 才开始；签字的那一张（signed/a.jpg 找不到了，放回去就行）",
        ),
    ],
)
def test_one_note_a_consent_with_its_main_cause_first(less: dict[str, Any], code: str, said: str) -> None:
    """However many causes and platforms; what to do follows from them, and every lack is still there for programs."""
    home = given("云岩张女士家", **{"role": "home", **less})
    (one,) = told(script(home="云岩张女士家"), home, where=SEVERAL)
    assert (one.code, one.level) == (code, "warning")
    assert one.message("zh") == (f"「云岩张女士家」的同意书还差：{said}。补好之前发不了，做出来会带「样片·未获同意」")
    assert "{" not in problems.show(one, "zh") + problems.show(one, "en")
    apart = [
        lack.problem
        for where in SEVERAL
        for lack in lacks(script(home="云岩张女士家"), book_of(home), platform.load(where))
    ]
    assert sorted(one.each, key=str) == sorted(dict.fromkeys(apart), key=str)


def test_a_single_cause_keeps_its_own_code() -> None:
    """On several platforms too, which are named together; what no consent is there for, and other people's, is said for itself."""
    home = given("张女士家", role="home", platforms=("douyin",))
    (one,) = told(script(home="张女士家"), home, where=SEVERAL)
    assert one.code == "VK-S109"
    assert "没有同意发到美团、视频号、朋友圈，" in one.message("zh")
    assert "Meituan / Dianping, WeChat Channels, WeChat Moments" in one.message("en")
    assert [part.code for part in one.each] == ["VK-S109"] * 3
    (one,) = told(script(home="张女士家"), given("张女士家", role="home", signed="", platforms=SEVERAL), where=SEVERAL)
    assert (one.code, one.each) == ("VK-S112", (one,))
    both = script(home="张女士家、李女士家", people=(person("王"), person("周")))
    some = (home, given("王", signed="", publish=False, platforms=SEVERAL))
    assert sorted(p.code for p in told(both, *some, where=SEVERAL)) == ["VK-S101", "VK-S101", "VK-S109", "VK-S126"]
    assert told(both, *some, where=()) == ()


# The examples


@pytest.mark.parametrize("file", sorted((kit.bundled() / "examples").glob("*.yaml")), ids=lambda file: file.stem)
def test_our_examples_lack_nothing(file: Path) -> None:
    """On all their platforms, in every brand, on any day of the next years; their consents say that they are fictional."""
    shelf = kit.shelf()
    names = plan.names(shelf)
    made = brief.load(file, names)
    book = consents.load(consents.folder(file), names)
    assert all("虚构" in one.file.read_text(encoding="utf-8") for one in book.entries)
    assert not [one.problems for one in book.entries if one.problems]
    for name, _ in kit.brand_names(shelf):
        for day in (DAY, "2036-12-31"):
            template, brand = kit.template(made.template, shelf), kit.brand(name, shelf)
            whole = Script(made, template, brand, shelf, Developed({}, {}, (), (), ()), day, book)
            for where in platform.all_platforms():
                assert consent.lacking(whole, where) == ()


def test_our_examples_consents_hold_wherever_we_are_installed(tmp_path: Path) -> None:
    """An example's consents lie beside it, another brief's in its own project."""
    assert (
        consents.folder(kit.bundled() / "examples" / "kitchen.yaml") == (kit.bundled() / "examples/consents").resolve()
    )
    (tmp_path / "vidkit.yaml").write_text("", encoding="utf-8")
    assert consents.folder(tmp_path / "briefs" / "a.yaml") == tmp_path.resolve() / "consents"
