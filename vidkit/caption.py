"""The words of a post: a brief, its template, its brand and a platform → title, three versions and what else that platform asks for.

The sentences are data. ``templates/_parts/caption/`` holds what all posts share (``sentences.j2``, ``post.j2``) and how a platform
builds a post (``short-video.j2`` …); a template says its own words in one ``caption.j2``, a template without one uses the shared words.
A template sees plain text, whole numbers and lists, nothing else. No sentence is ever cut: what does not fit gives way to a shorter
one, and when none is left the brief is refused. The first version begins with words of the brief where it has any. Else which sentences are
chosen, and which version comes first, follows from the title, the episode and the platform, not from chance or file names; a word corrected
elsewhere changes that word alone.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from vidkit.briefs import days
from vidkit.captions import counting, phrasing
from vidkit.captions.counting import codepoints, fitting_body, fitting_titles, hashtags, joined, one_line
from vidkit.captions.facts import facts, told
from vidkit.captions.phrasing import phrase, sentence, spoken, tidy
from vidkit.compiled import Folders, Undefined, refusing
from vidkit.kits import platform as platforms
from vidkit.labels import marks
from vidkit.layout import bytecode
from vidkit.problems import Place, Refusal, problem
from vidkit.rules import lives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from jinja2.runtime import Context

    from vidkit.brief import Brief
    from vidkit.kit import Brand, Shelf, Template
    from vidkit.kits.platform import Platform

VERSIONS = 3
SHORTEST_OWN = 3
"""Characters of the brief's own words that make a sentence theirs: fewer stand in any."""
LEAN = (0, 1, 2)
"""How much a body says: all of it, the short of it, the barest."""


@dataclass(frozen=True)
class Version:
    """One way to say it: a body and its topics, without their ``#``."""

    body: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Caption:
    """A post's words: the title and others that fit too, the versions, and further texts by name (``article.txt``).

    A platform without a title field has an empty title.
    """

    title: str
    others: tuple[str, ...]
    versions: tuple[Version, ...]
    papers: tuple[tuple[str, str], ...] = ()


def write(brief: Brief, platform: Platform, template: Template, brand: Brand, shelf: Shelf) -> Caption:
    """The brief's words for a platform.

    Refuses with VK-C001 or VK-C002 when no title fits, VK-C003 when the shortest body is too long, VK-C004 when there
    are no words for this platform, VK-C005 when they are broken.
    """
    known = facts(brief)
    rank = f"{brief.template}\n{brief.title}\n{brief.series}\n{brief.episode or 0}\n{platform.id}"
    said = told(known, platform, template, brand) | {"opening": "", "ending": "", "turn": 0, "lean": 0, "rank": rank}
    house = _House(template.folder, shelf, _group(platform, template, shelf))
    lines = partial(_lines, _page(house, house.file, said))
    titles = _titles(brief, said["title"], platform, lines("headlines"))
    hook = (spoken if lines("hers") else sentence)(known["hook"])
    mine, begins = (_beginning(some, known["people"]) for some in ((hook,), lines("openings")))
    numbered: tuple[str, ...] = ()
    if brief.series and brief.episode:
        numbered = _lines(_page(house, house.file, said | {"headline": titles[0]}), "episode_opening")
    notes = tuple(_bare(one["note"]) for one in known["pairs"] if one["note"])
    openings = _openings("".join(mine), titles[0], begins, _words(known, platform), rank, numbered, notes)
    endings = _endings(known, lines("brand_closings"), lines("closing_lines"), rank)
    kept = (*brief.topics, brief.series)
    topics = hashtags((*brief.topics, *lines("topics")), platform.text.topics_max, kept=kept)
    turns = tuple(zip(openings, endings, strict=True))
    by_ai = marks.in_words(brief)
    line = "" if platform.text.digest_max else by_ai  # a digest stands beside the article, which says it itself
    bodies = (partial(_bodies, house, said | _turn(known, number, *turn), line) for number, turn in enumerate(turns))
    made = tuple(_version(brief, platform, each, topics) for each in bodies)
    told_too = {"headline": titles[0], "openings": openings, "endings": endings, "digests": [one.body for one in made]}
    return Caption(titles[0], titles[1:VERSIONS], made, tuple(_papers(house, said | told_too | {"by_ai": by_ai})))


def texts(caption: Caption, platform: Platform) -> dict[str, str]:
    """Everything to be written for a platform, by file name: ``caption.txt`` first."""
    return {"caption.txt": text(caption, platform), **dict(caption.papers)}


def text(caption: Caption, platform: Platform) -> str:
    """The content of ``caption.txt``: title, then each version in one piece, ready to copy with its topics."""
    kind = "摘要" if platform.text.digest_max else "正文"
    heads = (("标题", caption.title), ("备选标题", "\n".join(caption.others)))
    parts = [f"{platform.title_zh}", *(f"【{name}】\n{words}" for name, words in heads if words)]
    for number, one in zip("一二三", caption.versions, strict=False):
        topics = "\n\n" + joined(one.topics) if one.topics else ""
        parts.append(f"════ 版本{number} ════\n\n【{kind}】\n{one.body}{topics}")
    return "\n\n".join(parts) + "\n"


# Choosing -----------------------------------------------------------------------------------------------------------


def _titles(brief: Brief, title: str, platform: Platform, lines: Sequence[str]) -> tuple[str, ...]:
    """Titles that fit, the fullest first that is seen whole; one empty title where there is no title field."""
    if not platform.text.title_max:
        return ("",)
    titles = fitting_titles((*lines, title), platform.text)
    if not titles:
        raise _no_title(brief, platform)
    own = fitting_titles((phrase(title),), platform.text)
    return tuple(sorted(titles, key=lambda one: bool(own) and one not in own and counting.folded(one, platform.text)))


def _openings(
    hook: str,
    title: str,
    lines: Sequence[str],
    words: Sequence[str],
    rank: str,
    numbered: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> tuple[str, ...]:
    """Three first sentences: the brief's hook, else others in its own words, then such as we say of every brief, so that one at least of three
    is ours, the ``numbered`` one first; all by rank, only the ``notes`` among themselves as they come, rather none that only repeats the title.
    """
    fresh = tuple(line for line in lines if not _repeats(line, title))
    candidates = tuple(
        dict.fromkeys((*_ranked(fresh, rank), *_ranked(lines, rank)))
    )  # what repeats the title comes last
    said = [line for line in candidates if line in fresh and any(each in _bare(line) for each in words)]
    own = _as_they_come(said, [line for line in fresh if any(each in _bare(line) for each in notes)])
    ours = [*numbered, *(line for line in candidates if line not in own)]
    mine = [hook, *own] if hook else own
    few = VERSIONS - 1
    found = tuple(dict.fromkeys((*mine[:few], *ours[:1], *mine[few:], *ours)))
    return tuple(found[number % len(found)] for number in range(VERSIONS))


def _as_they_come(lines: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    """The lines with those of the ``order`` following each other as they do there, in the places these have together."""
    following = iter([one for one in order if one in lines])
    return tuple(next(following) if line in order else line for line in lines)


def _beginning(lines: Iterable[str], people: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """The lines that may begin a post: none that tells of somebody but the people it is about what is nobody's business."""
    return tuple(line for line in lines if not _is_private(line, people))


def _is_private(words: str, people: Iterable[dict[str, Any]]) -> bool:
    """Whether words tell of somebody but the people a post is about what is nobody's business."""
    return lives.is_private(words, tuple(one["name"] for one in people))


def _words(known: dict[str, Any], platform: Platform) -> tuple[str, ...]:
    """Whatever somebody wrote or said in a brief that may begin a post: no names and headings."""
    people = (one["quote"] for one in known["people"])
    lines = (line for one in known["sections"] for line in one["lines"])
    notes = (one["note"] for one in known["pairs"])
    told = (known[name] for name in ("problem", "result", "advice", "training"))
    title = () if platform.text.title_max else (known["title"],)
    every = (*people, *lines, *notes, *told, known["review"].get("text", ""), *title)
    return tuple(words for words in map(_bare, map(phrase, every)) if len(words) >= SHORTEST_OWN)


def _bare(line: str) -> str:
    """A line without quotation marks, which differ where words are quoted."""
    return re.sub('[“”‘’「」『』"]', "", line)


def _repeats(line: str, title: str) -> bool:
    return bool(title) and (phrase(line) in title or phrase(title) in line)


def _endings(known: dict[str, Any], brand: Sequence[str], lines: Sequence[str], rank: str) -> tuple[str, ...]:
    """Three last sentences, one of the brand's own among them, in a series such as its episodes next to this one do not end with where there are
    enough; none after a text that ends with a question.
    """
    if known["body"].endswith(("？", "?")):
        return ("",) * VERSIONS
    own, others = tuple(dict.fromkeys(map(sentence, brand))), tuple(dict.fromkeys(lines)) or ("",)
    if known["series"] and known["episode"]:
        return _in_turn(own, tuple(one for one in others if one not in own) or own, known["episode"])
    return _varied(_ranked(own, rank)[:1], others, rank)


def _in_turn(own: Sequence[str], others: Sequence[str], episode: int) -> tuple[str, ...]:
    """The last sentences of an episode: every third one ends with one of its own in the first version, the others with another of the rest each,
    so that the first versions of a series go through all there are.
    """
    at, apart = episode - (episode // VERSIONS if own else 0), max(1, len(others) // VERSIONS)
    found = [others[(at + number * apart) % len(others)] for number in range(VERSIONS - bool(own))]
    if own:
        found.insert(episode % VERSIONS, own[episode // VERSIONS % len(own)])
    return tuple(found)


def _varied(own: tuple[str, ...], others: Iterable[str], rank: str) -> tuple[str, ...]:
    """As many as there are versions: the own ones and the first of the others, all by rank; again from the start when there are too few."""
    more = _ranked(dict.fromkeys(one for one in others if one not in own), rank)
    found = _ranked((*own, *more[: VERSIONS - len(own)]), f"{rank}\nturns")  # another order than that of the choice
    return tuple(found[number % len(found)] for number in range(VERSIONS))


def _ranked(words: Iterable[str], seed: str) -> tuple[str, ...]:
    """The words in an order that hangs on the seed and on where each stands, never on what it says: a correction changes no choice."""
    listed = tuple(words)
    order = sorted(range(len(listed)), key=lambda at: hashlib.sha256(f"{seed}\n{at}".encode()).digest())
    return tuple(listed[at] for at in order)


def _version(brief: Brief, platform: Platform, bodies: Callable[[], Iterator[str]], topics: tuple[str, ...]) -> Version:
    chosen = fitting_body(bodies(), topics, platform.text)
    if chosen is None:
        *_, leanest = bodies()
        raise _no_body(brief, platform, codepoints(leanest))
    return Version(*chosen)


def _no_title(brief: Brief, platform: Platform) -> Refusal:
    limits = platform.text
    count = counting.title_length(counting.with_marks(one_line(brief.title), limits.title_marks), limits)
    code, limit = ("VK-C002", limits.title_min) if count < limits.title_min else ("VK-C001", limits.title_max)
    return Refusal(problem(code, brief.at("title"), **platform.titles, count=count, limit=limit))


def _no_body(brief: Brief, platform: Platform, count: int) -> Refusal:
    place = brief.at("body") or brief.at("title")
    limit = counting.body_max(platform.text)
    return Refusal(problem("VK-C003", place, **platform.titles, count=count, limit=limit, over=count - limit))


# Templates ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _House:
    """Where the sentences of one post are: the template's folder, the shelf with the shared ones, and the platform's file among them."""

    folder: Path
    shelf: Shelf
    file: str

    @cached_property
    def environment(self) -> ImmutableSandboxedEnvironment:
        """Jinja with the template's own files before the shared ones."""
        shared = (folder / "templates" / "_parts" / "caption" for folder in self.shelf.folders)
        return _environment((self.folder / "caption", self.folder, *shared))


def _group(platform: Platform, template: Template, shelf: Shelf) -> str:
    """The name of the file that builds a platform's posts; refuses a platform without one."""
    name = f"{platform.caption_group}.j2"
    if name not in _House(template.folder, shelf, name).environment.list_templates():
        place = platforms.stands(platform.id, "caption_group", tuple(one / "platforms" for one in shelf.folders))
        raise Refusal(problem("VK-C004", place, **platform.titles, group=platform.caption_group))
    return name


def _lines(page: _Page, part: str) -> tuple[str, ...]:
    """A block of candidates, one a line."""
    return tuple(filter(None, map(one_line, _block(page, part).splitlines())))


def _turn(known: dict[str, Any], number: int, opening: str, ending: str) -> dict[str, Any]:
    """What makes one version: its opening, unless the brief's own text begins with it, and its ending."""
    started = known["body"] and phrase(known["body"]).startswith(phrase(opening.strip("“”")).rstrip("？"))
    return {"opening": "" if started else opening, "ending": ending, "turn": number}


def _bodies(house: _House, said: dict[str, Any], line: str) -> Iterator[str]:
    """One version's body from full to lean."""
    return (_ended(tidy(_block(_page(house, house.file, said | {"lean": lean}), "body")), line) for lean in LEAN)


def _ended(text: str, line: str) -> str:
    """A text with the line that says AI helped to write it, if there is one."""
    return f"{text}\n{line}" if text and line else text


def _papers(house: _House, said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Further texts of a platform: every ``GROUP.NAME.j2`` gives a ``NAME.txt``, unless its page stays empty."""
    wanted = re.compile(re.escape(house.file.removesuffix(".j2")) + r"\.([\w-]+)\.j2")
    for file in house.environment.list_templates():
        found = wanted.fullmatch(file)
        page = tidy(_block(_page(house, file, said), "page")) if found else ""
        if found and page:
            yield f"{found[1]}.txt", f"{page}\n"


@dataclass(frozen=True)
class _Page:
    """A file of sentences with the words ``said``, ready to write its blocks; ``place`` is where its faults are told."""

    place: Place
    said: dict[str, Any]
    context: Context


def _page(house: _House, file: str, said: dict[str, Any]) -> _Page:
    """A file ready to write; refuses broken sentences with VK-C005 at their file and line."""
    place = Place(f"{house.folder.as_posix()}/{file}", 0, 1)
    with refusing("VK-C005", place, said, part=file):
        template = house.environment.get_template(file)
        context = template.new_context(said)
        for _ in template.root_render_func(context):
            pass  # a file learns its blocks from those it extends while it runs
        return _Page(place, said, context)


def _block(page: _Page, part: str) -> str:
    """One block of a page; refuses broken sentences with VK-C005 at their file and line."""
    with refusing("VK-C005", page.place, page.said, part=part):
        return "".join(page.context.blocks[part][0](page.context))


@cache
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=Folders(folders),
        undefined=Undefined,
        bytecode_cache=bytecode(),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text, not a page
    )
    ours = (phrase, sentence, phrasing.quoted, phrasing.verbatim, phrasing.aside, phrasing.counted)
    more = (phrasing.clauses, phrasing.unfolded, phrasing.solid, phrasing.duration, phrasing.heads, phrasing.overlaps)
    persons = (phrasing.doing, phrasing.spoken, phrasing.heading, phrasing.as_topic, phrasing.line_of_work)
    environment.filters |= {one.__name__: one for one in (*ours, *more, *persons, phrasing.less, phrasing.without_no)}
    environment.filters |= {
        "day": days.spelt,
        "within": counting.first_within,
        "bare": counting.bare,
        "ranked": _ranked,
    }
    environment.tests |= {"trade": phrasing.is_trade, "known": phrasing.is_known, "doing": phrasing.is_doing}
    environment.tests |= {"somebody": phrasing.is_somebody, "acting": phrasing.is_acting, "timed": phrasing.tells_time}
    environment.tests |= {
        "holds": phrasing.holds,
        "begins": str.startswith,
        "fee": phrasing.is_fee,
        "grave": phrasing.is_grave,
        "episodic": phrasing.is_episodic,
        "naming": phrasing.is_naming,
        "private": _is_private,
    }
    return environment
