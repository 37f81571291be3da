"""Commands of consents: a new one with its form to print, the signed form entered, how far each reaches, and taking one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vidkit import console
from vidkit.commands import JSON, ROWS, group, reaching, standing, tabled, today
from vidkit.commands.proposing import chosen, draft
from vidkit.consoles import spelling, wrapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vidkit.people.consent_form import Filled
    from vidkit.people.consents import Consent, Entry, Ledger
    from vidkit.people.takeback import Taken
    from vidkit.problems import Problem
    from vidkit.source import Node
    from vidkit.spreadsheets.rows import Row

consent = group(
    "consent",
    "同意书：写、打印、签字、到期、收回 · consents",
    "谁同意了什么，写在店的文件夹里 consents/名字.yaml，一个人（一个家）一份。没有同意的也能做，画面上带「样片·未获同意」，给她看；不能发。\n"
    "Who agreed to what stands in consents/NAME.yaml of the shop's folder, one file a person or home. Without it clips are made all the same,\n"
    "with a plate that says so, to show them to her; they cannot be published.",
)
NAME = click.argument("name")
ROLE = click.option(
    "--role",
    metavar="R",
    help="什么人：家政员、客户、客户家、老人、孩子、路人\nworker, customer, home, elder, child, passer-by",
)


@consent.command(
    "new",
    short_help="写一份，出一张打印的表 · a new one and its form",
    help="写好 consents/NAME.yaml 和一张给她看、给她签字的表（PDF）。NAME 是称呼，或者一个家，比如 云岩张女士家。已有的不动。\n"
    "Write consents/NAME.yaml and a form (PDF) for her to read and sign. NAME is what she is called, or a home. One there already is left alone.",
)
@NAME
@ROLE
@click.option("--until", metavar="DAY", help="同意到哪一天为止，比如 2027-11-26\nthe last day, such as 2027-11-26")
@click.option(
    "--scope",
    metavar="A,B",
    help="用什么：脸,声音,称呼,家里,手和背影（不写就按身份来）\nwhat may be used: face, voice, name, dwelling, hands-only (by the role if left out)",
)
@click.option(
    "--for",
    "purposes",
    metavar="A,B",
    help="做什么：广告,故事,公益,招人,培训\nwhat for: ad, story, public-interest, recruit, training",
)
@click.option(
    "--platforms",
    metavar="A,B",
    help="发哪里：抖音,视频号（不写就问）\nwhere: douyin,wechat-channels (asked if left out)",
)
@click.option("--guardian", metavar="N", help="监护人怎么称呼 · the guardian")
@click.option("--relation", metavar="R", help="监护人是本人的什么人 · what the guardian is to her")
@click.option("--incapable", is_flag=True, help="自己不能做主，要监护人签字 · cannot decide alone; a guardian signs")
def new(*, name: str, incapable: bool, **given: str | None) -> int:
    """Write a consent and its form."""
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.people import consent_file, consent_form  # noqa: PLC0415
    from vidkit.problems import Place, Refusal  # noqa: PLC0415
    from vidkit.runs import ours  # noqa: PLC0415

    root = project.here()
    form = _form_of(consent_file.sure_new(root, name))  # before anything is asked
    ours.sure(form)
    file = consent_file.write(root, draft(name, root, given, incapable=incapable))
    made = _one(name)
    paper = consent_form.document(_filled(made))
    try:
        cache.deliver_bytes(paper, form)
    except Refusal:
        file.unlink(missing_ok=True)  # the same command again writes both
        raise
    for one in (file, form):
        console.say(console.words("wrote", name=spelling.shown(one)))
    if made.consent:
        console.complain(consent_file.long(name, made.consent, form, Place(spelling.shown(file)), today()))
    console.note(_stands(made, form))
    signer = console.words(f"consent-signer{'-guardian' * bool(made.consent and made.consent.guardian)}")
    console.note(console.words("consent-new-next", form=spelling.typed(form), name=spelling.typed(name), signer=signer))
    return 0


def _form_of(file: Path) -> Path:
    return file.with_name(f"{file.stem}-同意书.pdf")


def _stands(one: Entry, form: Path) -> str:
    """Which purposes and platforms a consent says, before its form is printed: what is left out she has to sign for once more."""
    from vidkit.briefs import keys  # noqa: PLC0415
    from vidkit.problems import spoken_language  # noqa: PLC0415

    zh, said = spoken_language() == "zh", one.consent
    purposes, listed = (said.purposes, said.platforms) if said else ((), ())
    for_what = "、".join(keys.choice("consent", "purposes", each) for each in purposes) if zh else ", ".join(purposes)
    places = "、".join(_titles(listed)) if zh else ", ".join(listed)
    told = {
        "purposes": for_what,
        "platforms": places,
        "file": spelling.shown(one.file),
        "name": spelling.typed(one.name),
    }
    return console.words("consent-stands", **told, form=spelling.typed(form))


@consent.command(
    "sign",
    short_help="记下签好字的那一张 · enter the signed form",
    help="把签好字的那一张（照片、扫描、PDF）存到 consents 里，把它和它的指纹写进 consents/NAME.yaml，只动这几行。\n"
    "Keep the signed form (photo, scan, PDF) in consents and enter it with its hash in consents/NAME.yaml; only these lines change.",
)
@NAME
@click.argument("paper", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--publish/--no-publish",
    default=None,
    help="她在“发到网上”那一格打没打 ✓（不写就问）\nwhether she ticked the box on publishing (asked if left out)",
)
@click.option(
    "--sensitive/--no-sensitive",
    default=None,
    help="“生病、要人照顾”（孩子：样子和事）那一格打没打 ✓\nwhether the box on illness and care (a child's look and life) is ticked",
)
def sign(*, name: str, paper: Path, publish: bool | None, sensitive: bool | None) -> int:
    """Enter a signed form."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit.people import consent_file, reach  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    one = _one(name)
    _still_open(one)
    consent_file.sure_paper(paper)
    unsigned = one.file.with_name(f"{one.file.stem}-同意书.pdf")
    if paper.is_file() and unsigned.is_file() and cache.sha256(paper) == cache.sha256(unsigned):
        raise Refusal(problem("VK-S138", name=spelling.shown(paper)))
    ticked = _ticked(one, name, publish=publish, sensitive=sensitive)
    kept = consent_file.keep_paper(one.file, paper, one.file.stem)
    lines = {"signed": kept.relative_to(one.file.parent).as_posix(), "sha256": cache.sha256(kept)}
    consent_file.change(one.file, lines | ticked, cache.default())
    console.say(console.words("consent-signed", paper=spelling.shown(kept)))
    after = _one(name)
    console.complain((*after.problems, *reach.same_paper(_book().entries, (after,))))
    if after.consent:
        console.note(_compare(after, after.consent))
    return 0


def _ticked(one: Entry, name: str, *, publish: bool | None, sensitive: bool | None) -> dict[str, str]:
    """What the boxes of their own say, as written into a consent; asked where the command does not say it. The second one is asked of those whose
    form has it, a child's guardian always, and never left as an older paper said. Refuses (VK-S183) a ✓ where the form has no such box.
    """
    from vidkit.people import consents  # noqa: PLC0415
    from vidkit.problems import Place, Refusal, problem  # noqa: PLC0415

    role, before = (one.consent.role, one.consent.sensitive) if one.consent else ("", None)
    boxed = consents.has_box(role)
    if role and not boxed and sensitive:
        raise Refusal(problem("VK-S183", Place(spelling.shown(one.file)), who=one.name))
    if role and not boxed:
        sensitive = None if before is None else False
    said = {"publish": _confirmed("publish", name) if publish is None else publish}
    if sensitive is None and boxed and (publish is None or before is not None or role == "child"):
        sensitive = _confirmed("sensitive-child" if role == "child" else "sensitive", name)
    if sensitive is not None:
        said["sensitive"] = sensitive
    return {field: "是" if yes else "否" for field, yes in said.items()}


def _still_open(one: Entry) -> None:
    """Refuse to enter a paper into a consent that was taken back (VK-S145) or has ended (VK-S146): it needs a new one."""
    from vidkit.problems import Place, Refusal, problem  # noqa: PLC0415

    said, named = one.consent, spelling.shown(one.file)
    if said and (said.withdrawn or today() > said.ends):
        code, day = ("VK-S145", said.withdrawn) if said.withdrawn else ("VK-S146", said.ends)
        raise Refusal(problem(code, Place(named), who=one.name, day=day, file=named, command=spelling.typed(one.name)))


def _compare(one: Entry, said: Consent) -> str:
    from vidkit.briefs import keys  # noqa: PLC0415

    what, purposes = (
        "、".join(keys.choice("consent", field, value) for value in getattr(said, field))
        for field in ("scope", "purposes")
    )
    places = "、".join(_titles(said.platforms))
    named = spelling.shown(one.file)
    told = {"file": named, "what": what, "purposes": purposes, "platforms": places, "ends": said.ends}
    return console.words("consent-compare", **told) + reaching.boxed(said)


def _titles(platforms: Iterable[str]) -> tuple[str, ...]:
    from vidkit import kit, plan, project  # noqa: PLC0415
    from vidkit.kits import platform  # noqa: PLC0415

    folders = plan.platform_folders(kit.shelf(project.here()))
    return tuple(platform.load(one, folders).title_zh for one in platforms)


def _confirmed(question: str, name: str) -> bool:
    """Whether somebody says yes; refuses (VK-S147) when nobody answers."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    try:
        return click.confirm(console.words(f"consent-ask-{question}"), default=None, err=True)
    except click.Abort as stop:
        if isinstance(stop.__context__, EOFError):
            raise Refusal(problem("VK-S147", name=spelling.typed(name))) from None
        raise


@consent.command(
    "form",
    short_help="再出一张打印的表 · the form to print",
    help="出一张给她看、给她签字的表（A4，PDF，大字）。不写 NAME 就是空白的，--role 说是给什么人的。\n"
    "The form to read and sign (A4, PDF, large letters). Without NAME it is blank, for the people --role says.",
)
@click.argument("name", metavar="[NAME]", required=False)
@ROLE
@click.option("-o", "out", metavar="FILE.pdf", type=click.Path(path_type=Path), help="存成什么名字 · the file to write")
@click.option(
    "--risks", is_flag=True, help="再出一张“发之前想一想”（个人信息影响评估）\nalso the one-page impact assessment"
)
def form(*, name: str | None, role: str | None, out: Path | None, risks: bool) -> int:
    """Write a form to print."""
    from vidkit import cache  # noqa: PLC0415
    from vidkit.people import consent_form  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415
    from vidkit.runs import ours  # noqa: PLC0415

    one = _one(name) if name else None
    said = _filled(one) if one else _blank(chosen("role", role or "家政员"))
    file = out or Path(f"{name or console.words('consent-form-blank')}-同意书.pdf")
    if file.suffix.lower() != ".pdf":
        raise Refusal(problem("VK-S141", name=file))
    more = file.with_name(f"{file.stem}-发之前想一想.pdf")
    for each in (file, more)[: 1 + risks]:
        ours.sure(each)
    cache.deliver_bytes(consent_form.document(said), file)
    console.say(console.words("wrote", name=spelling.shown(file)))
    if risks:
        cache.deliver_bytes(consent_form.assessment(said), more)
        console.say(console.words("wrote", name=spelling.shown(more)))
    if one:
        console.note(_stands(one, file))
    return 0


def _filled(one: Entry) -> Filled:
    """What a consent says already, for its form; refuses a faulty one."""
    from vidkit.briefs import days  # noqa: PLC0415
    from vidkit.people.consent_form import Filled  # noqa: PLC0415
    from vidkit.problems import Refusal  # noqa: PLC0415

    said = one.consent
    if said is None:
        raise Refusal(*one.problems)
    guardian = said.guardian
    return Filled(
        said.role,
        _titles(said.platforms),
        name=said.alias,
        called=said.preferred_name,
        shop=_shop(),
        ends=days.spelt(said.ends),
        guardian=guardian.name if guardian else "",
        relation=guardian.relation if guardian else "",
    )


def _blank(role: str) -> Filled:
    from vidkit import kit, plan, project  # noqa: PLC0415
    from vidkit.kits import platform  # noqa: PLC0415
    from vidkit.people.consent_form import Filled  # noqa: PLC0415

    known = platform.all_platforms(plan.platform_folders(kit.shelf(project.here())))
    return Filled(role, tuple(one.title_zh for one in known), shop=_shop())


def _shop() -> str:
    """What the shop's own brand is called before the law, with the name people know; its full name where it does not say; empty where there is none."""
    from vidkit import kit, project  # noqa: PLC0415
    from vidkit.problems import Refusal  # noqa: PLC0415

    root = project.here()
    shelf = kit.shelf(root)
    own = kit.brand_called(dict(project.usual_fields(root)).get("brand", ""), shelf)
    try:
        brand = kit.brand(own, shelf) if own else None
    except Refusal:
        return ""
    if brand is None or brand.example:
        return ""
    named = (brand.legal_name or brand.full_name, brand.names.zh if brand.legal_name else "")
    return named[0] + (f"（{named[1]}）" if named[1] and named[1] not in named[0] else "")


@consent.command(
    "list",
    short_help="有哪些同意书 · the consents",
    help="有哪些同意书，现在算不算数，到哪一天。\nThe consents, whether each is valid now, and until when.",
)
@JSON
def list_(*, as_json: bool) -> int:
    """List consents."""
    from vidkit import project  # noqa: PLC0415
    from vidkit.people import reach  # noqa: PLC0415

    standings = [reach.standing(one, today()) for one in _book().entries]
    found, out = reach.with_posts(standings, project.here(), today())
    if as_json:
        console.say_answer(0, out, {"consents": [reach.as_data(one) for one in found]})
    elif not found:
        console.note(console.words("consent-none"))
    else:
        rows = [console.words("consent-list").split("|"), *map(reaching.row, found)]
        console.say(wrapping.columns(rows))
    console.complain(out)
    return 0


@consent.command(
    "check",
    short_help="够不够用，什么时候到期 · what each is enough for",
    help="每一份同意书写得对不对、够哪份清单发哪个平台用、哪些一个月里到期；每份清单还缺谁的。写 NAME 就只看那几份。\n"
    "Whether each consent is well written, for which briefs and platforms it is enough, which end within a month, and whose each brief still\n"
    "needs. With NAME only those.\n"
    "NAME 也可以是清单的名字，加 --rows 表格.csv 就一行一行地看。\n"
    "NAME may be a brief too; with --rows TABLE every row is looked at.",
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@ROWS
@click.option("--strict", is_flag=True, help="有不够用的，退出码是 2 · exit 2 when anything is not enough")
@JSON
def check(*, names: tuple[str, ...], table: Path | None, strict: bool, as_json: bool) -> int:
    """Tell how far consents reach."""
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.people import barred, reach  # noqa: PLC0415

    briefs, rows, wrong = _briefs(names, table)
    chosen = {one.file for name in names if Path(name) not in briefs and not table for one in _known(name, _book())}
    taken_back, store = barred.of(project.here()), cache.default()
    reached = reach.read(
        project.here(), today(), briefs or None, lambda script: barred.undeveloped(script, taken_back, store)
    )
    asked = tuple(one for one in reached.standings if not names or one.entry.file in chosen or (briefs and one.uses))
    found, out = reach.with_posts(asked, project.here(), today())
    gaps = reached.gaps if briefs or not names else ()
    alike = reach.same_paper([one.entry for one in reached.standings], [one.entry for one in found])
    told = [*wrong, *standing.clock(project.here()), *reach.problems(found), *out, *alike, *taken_back.problems]
    told += reaching.unread(
        reached, rows, f"{spelling.typed(Path(names[0]))} --rows {spelling.typed(table)}" if table else ""
    )
    enough = reach.enough(found, reached._replace(gaps=gaps))
    code = next((p.exit_code for p in told if p.level == "error"), 2 if strict and not enough else 0)
    if as_json:
        said = {"consents": [reach.as_data(one) for one in found], "missing": [reach.gap_data(one) for one in gaps]}
        console.say_answer(code, told, {**said, "enough": enough})
    else:
        reaching.report(found, gaps, rows, sure=not reached.unread)
        reaching.needless(tuple(briefs), reached, rows)
    console.complain(told)
    return code


def _briefs(
    names: Sequence[str], table: Path | None
) -> tuple[dict[Path, Node | None], dict[Path, Row], tuple[Problem, ...]]:
    """The briefs among some names, or the sound rows of a table laid over the one there is, these rows, and what is wrong with the others; refuses
    (VK-M024) a table without one brief.
    """
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    files = [Path(name) for name in names if Path(name).is_file()]
    if table is None:
        return dict.fromkeys(files), {}, ()
    if len(files) != 1 or len(names) != 1:
        raise Refusal(problem("VK-M024", count=len(names)))
    rows, wrong = tabled.sound(files[0], table)
    return {file: row.node for file, row in rows.items()}, rows, wrong


@consent.command(
    "withdraw",
    short_help="她不同意了 · taking a consent back",
    help="她不同意了：先列出要去平台上撤的帖子、用她做的文件、发布存底和缓存，问一句；说“好”，才在 consents/NAME.yaml 里写上今天的日子（只加一行），"
    "再删做好的文件。清单和照片不动。先看看，加 --list。\n"
    "She takes it back: the posts to take down, the files made with it, the archive and the cache are listed; after one question today's date\n"
    "is written into consents/NAME.yaml (one line) and the files are deleted. No brief and no photo is touched. --list only looks.",
)
@NAME
@click.option(
    "-o", "out", metavar="OUT", type=click.Path(path_type=Path), help="做好的东西在哪个文件夹 · the output folder"
)
@click.option(
    "--list", "only", is_flag=True, help="只列出来，什么也不写、不删 · only list; nothing is written or deleted"
)
@click.option("--yes", is_flag=True, help="不用再问，直接写、直接删 · write and delete without asking")
@click.option(
    "--keep", is_flag=True, help="写上她不同意了，做好的文件先不删\nwrite that she took it back, but delete no file yet"
)
@click.option("--archive", "packs", is_flag=True, help="发布存底里的片子也删 · the archive's files too")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果写成 JSON，不问；没有 --yes 就只列\nprint JSON and ask nothing; without --yes it only lists",
)
def withdraw(*, name: str, out: Path | None, only: bool, yes: bool, keep: bool, packs: bool, as_json: bool) -> int:
    """Take a consent back."""
    from vidkit import cache, project  # noqa: PLC0415
    from vidkit.people import takeback  # noqa: PLC0415
    from vidkit.people import withdraw as back  # noqa: PLC0415
    from vidkit.problems import Refusal, problem  # noqa: PLC0415
    from vidkit.runs import places  # noqa: PLC0415

    root, book, store = project.here(), _book(), cache.default()
    area = places.area(root, out or project.out(root / "brief.yaml"), store)
    found = back.find(name, book, area, today())
    if not found.entries and not found.outputs and not found.packs:
        raise Refusal(problem("VK-S132", name=name, known=_names(book)))
    breach = back.breach(found, today()) if packs and not keep else ()
    if not as_json:
        console.say("\n".join(back.told(found, root, today())))
        console.complain(breach)
    doing = back.doing(found, today(), keep=keep, packs=packs)
    sure = bool(doing) and not only and (yes or (not as_json and _agreed(name, doing)))
    written, refused = takeback.write(found.open, store, today()) if sure else ((), ())
    if not as_json:
        _told_written(written)
    if sure:  # looked for again: a run may have made something while the question was read
        taken = takeback.clear(back.find(name, _book(), area, today()), store, today(), keep=keep, packs=packs)
    elif doing or only:
        taken = takeback.Taken(found, kept=keep, faults=found.misnoted)
    else:
        taken = takeback.once_more(found, store, keep=keep)
    faults = (*refused, *taken.faults)
    told = (*faults, *taken.found.doubts, *back.unseen(taken.found))
    code = next((one.exit_code for one in faults), 0)
    if as_json:
        console.say_answer(code, (*breach, *told), _as_data(written, taken))
    else:
        _told(taken, sure=sure)
    console.complain(told)
    return code


def _as_data(written: Sequence[Entry], taken: Taken) -> dict[str, Any]:
    """What became of a consent taken back, as plain data."""
    from vidkit.people import withdraw as back  # noqa: PLC0415

    files = [spelling.shown(one.file) for one in written]
    said = {
        "day": today() if files else None,
        "written": files,
        "photos_noted": [spelling.shown(one) for one in taken.noted],
    }
    return {**back.as_data(taken.found, today()), **said, **back.deleted_data(taken.deleted)}


def _agreed(name: str, doing: Sequence[str]) -> bool:
    """Whether somebody says yes to what will happen; refuses (VK-S144) when nobody answers: nothing is written then."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    asked = console.words("consent-ask-withdraw", doing=console.words("consent-and").join(doing))
    try:
        return click.confirm(asked, default=False, err=True)
    except click.Abort as stop:
        if isinstance(stop.__context__, EOFError):
            raise Refusal(problem("VK-S144", name=spelling.typed(name))) from None
        raise


def _told_written(written: Iterable[Entry]) -> None:
    for one in written:
        file = spelling.shown(one.file)
        console.say(console.words("consent-withdrawn", name=one.name, day=today(), file=file))
        console.note(console.words("consent-undo", file=file))


def _told(taken: Taken, *, sure: bool) -> None:
    """What was noted and deleted, what is left, and what to do next."""
    found, done = taken.found, taken.deleted
    for noted in taken.noted:
        console.say(console.words("consent-photos-noted", file=spelling.shown(noted)))
    if done.gone:
        console.say(console.words("consent-deleted", count=len(done.gone)))
    if done.cached:
        console.say(console.words("consent-deleted-cached", count=len(done.cached)))
    if not sure:
        console.note(console.words("consent-not-written"))
    elif taken.kept:
        console.note(console.words("consent-not-deleted"))
    if done.left:
        left = map(spelling.shown, done.left)
        console.say("\n  ".join((console.words("consent-left", count=len(done.left)), *left)))
    if found.down and (sure or not found.open):
        console.note(console.words("consent-after", who=found.whom))


# What all share


def _book() -> Ledger:
    """The consents of the project one stands in."""
    from vidkit import kit, plan, project  # noqa: PLC0415
    from vidkit.people import consents  # noqa: PLC0415

    root = project.here()
    return consents.load(root / consents.FOLDER, plan.names(kit.shelf(root), root))


def _known(name: str, book: Ledger) -> tuple[Entry, ...]:
    """The consents of a name; refuses (VK-S151) a name nobody has."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    found = book.of(name)
    if not found:
        raise Refusal(problem("VK-S151", name=name, command=spelling.typed(name), known=_names(book)))
    return found


def _names(book: Ledger) -> str:
    """Whose consents there are, in a line."""
    return console.words("and").join(one.name for one in book.entries[:12]) or console.words("consent-nobody")


def _one(name: str) -> Entry:
    """The consent of a name; refuses several of one name with VK-S143."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    found = _known(name, _book())
    if len(found) > 1:
        raise Refusal(
            problem("VK-S143", name=name, files=console.words("and").join(spelling.shown(one.file) for one in found))
        )
    return found[0]
