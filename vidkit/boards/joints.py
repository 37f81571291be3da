"""Where Chinese words hang together, and where somebody who writes no commas rests: what lines and screens are broken by.

All of it reads off characters and short lists and patterns (``data/line_joints.yaml``, ``data/line_words.yaml``); a place is the number of characters
before it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain, groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNITS = frozenset("元次台天月年岁步个件套间号楼层")
"""Units of one character: none begins a line behind a number, another unit or a stroke (三台, 一号楼, 元/次); elsewhere words do (台面, 月嫂)."""
NUMERALS = frozenset("〇零一二三四五六七八九十百千万半几两多每/")
MEASURES = frozenset(
    "缸股滴勺罐捆句张条行份遍处瓶块段场页项单圈户碗包格班笔款杯组位把双只米回趟顿道门种样斤名颗根辆桶盆盘架封首棵盏扇堆期点"
)
POINTERS, ONE = frozenset("这那哪"), frozenset("一")
"""Units of spoken Chinese: none begins a line behind a numeral or what points (三遍, 这句, 哪个); behind another unit they may (199元｜包材料)."""
NUMBER = re.compile("[〇零一二两三四五六七八九十百千万亿几]{2,}")
"""A number written out: it stays whole, but where a word begins in it (周一｜一定)."""
QUANTITY = re.compile(
    r"[0-9０-９.一二两三四五六七八九十百千万半几多]+ ?"
    r"(?:(?:个?[半多]?(?:小时|钟头|月|星期)|个人|分钟|秒钟|平方米?|平米|立方米?|公斤|公里|千克|毫升|[厘毫]米|块钱|周年)(?:[以之][内上下]|左右)?"
    r"|[平米元块斤台件套间户家人次天年岁层](?:[以之][内上下]|左右))"
)
"""A number with a unit of more than one character, or with a unit and 以内, 以上, 左右; other units of one character are in ``UNITS``."""
AGAIN = re.compile(r"(一[^一的])\1|([^一])\2的|([慢轻悄远])\3\3\3|(.)[不没]\4")
"""Said twice, or asked: 一层一层, 慢慢的, 慢慢慢慢, 行不行."""
CLOCK = re.compile(
    "(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜)(?:[0-9]{1,2}(?:点|[:：][0-9]{2})|[一二两三四五六七八九十]{1,3}点)"
    "(?:半|整|钟|[一三]刻|[0-9零一二三四五六七八九十]+分?)?"
    "|[0-9一二两三四五六七八九十]+点(?:半|整|钟|[一三]刻|[0-9零一二三四五六七八九十]+分?)"
)
"""A time of day, with the part of the day it is in: 六点十分, 下午5点."""
FIRMS = ("有限公司", "责任公司", "分公司")
"""Behind one of these a registered name is at an end; what follows is its branch (贵阳第二分公司)."""
AND_A_HALF = re.compile("[0-9一二两三四五六七八九十]+(?:[岁年天斤米块度]|小时)半(?![天年个路夜数边分价])")
"""A number, a unit and a half: 两岁半, 两小时半."""
HERE = re.compile("[我你他她]们?(?:家)?[这那](?:点|里|边|儿|头)")
"""Where somebody is: 我们这点."""
AFTERWARDS = re.compile("([^之以的了]{1,2}?)后(?![面边头来天])")
"""What was done, behind which it is told how things were."""
COUNT = re.compile(r"(?:[0-9０-９]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千万半几多]+)(?=[\u4e00-\u9fff%％比])")
"""A number before what it counts."""
SOME = "[0-9０-９.一二两三四五六七八九十百千万半几多]"
OF_THINGS = "袋件把瓶盒箱桶碗张套条双只本片根床口盆缸杯盘颗棵扇台封层股堆圈块间盏幅副辆"
"""As patterns: a part of a number, and measures of things, none of which is half a word behind one."""
NOT_COUNTED = "(?!双(?:人(?!字)|开?门|层)|床(?:垫|单|头柜)|碗[柜筷])"
"""As a pattern, before a measure: that it begins the next thing instead (八十｜双人床, 八十｜床垫)."""
COUNTS = re.compile(f"{SOME}+{NOT_COUNTED}[{OF_THINGS}个米]")
"""A number with a measure of things: 17袋."""
_PRICE = f"{SOME}+(?:元|块钱?)|{SOME}{{2,}}(?!{SOME}|小时|星期|[年月日号天岁点分次平个米楼栋%％])"
TALLY = re.compile(
    f"(?<!{SOME})(?<![第每周])(?:{SOME}+(?:个人|个(?!月(?!嫂)|小时|星期|钟头)|{NOT_COUNTED}[{OF_THINGS}组位户家斤遍])"
    f"(?:{_PRICE})?|{_PRICE})"
    "(?:起(?![步做收订])|[以之][上内下]|左右|多)?"
)
"""How many, how much, or both: with a measure of things, or as a number of more than one character (三台, 八十, 一套三百)."""
ABOUT = re.compile("超过|不到|大概|差不多|将近|起码|好")
"""What may stand between what is done and a number."""
GOVERNED = 3
"""So many characters behind a word that governs what follows belong to it (含垃圾｜清运), where nothing new begins."""
LASTING = re.compile(
    r"[0-9.一二两三四五六七八九十半几]+ ?(?:个?(?:小时|钟头)|年|天)[零又]?[0-9.一二两三四五六七八九十半几]+ ?(?:分钟?|秒钟?|个半?月|天|个?小时)"
)
"""How long, in two units, which stay together where they can: 1小时20分钟."""
WHEN = re.compile("(?<![到至~-])(?:周|星期|礼拜)[一二三四五六日天末](?:[上中下]午|早上|晚上)")
"""A day of the week with its part, which stay together where they can: 周四上午."""
RECKONED = re.compile(f"(?<![第头每前后])(?<!{SOME}){SOME}+(?:元|块钱?|天|年|个月|次)?$")
"""How much or how long, up to a place."""
ADDRESS = re.compile(
    "(?!社区|小区|街道)[\u4e00-\u9fff]{1,5}?(?:社区|小区|街道|中心|花园|广场|大厦|大道|[城苑园村寨](?:社区|小区)?|[市州县区镇路街巷院])(?![城区域别道里外上下内边中])"
)
"""A part of an address, up to what kind of place it is: 观山湖区, 龙泉苑社区, 党群服务中心."""
BOTH = re.compile("(?<![这那旁左右两里外前后身手路])边[^边，。；]{1,4}边(?![边上头])")
"""Two things done at once, up to the second (边擦边｜看)."""
LEANING = re.compile("[出起下上进]来|[下上进]去|底下|[里外上下]头")
"""What leans on the word before it, as single characters do: a line that begins so reads as a slip, unless a word begins there (着急)."""
CLAUSE = re.compile("[，。；！？!?,;\n]")
"""What ends a clause."""
TOO = re.compile(".{1,3}[也又](?!许|不知)")
"""Somebody or something of which the same is said as of another (窗槽也一条条刷)."""
COUNTED = re.compile(
    "(?:才|只|共|一共|总共|只要)?[0-9.一二两三四五六七八九十百千半几多]{1,6}(?:元|块钱?|[块元]?一?[个份斤碗天次])?"
)
"""A price or a quantity as a clause of its own, which is said of what stands before it (加一份酸菜，十三块)."""
ALIKE = 0.5
"""The share of their characters in which two clauses of one length agree that are built alike."""
QUOTED = re.compile("[“「《][^”」》]{1,14}[”」》]")
"""A name or a few words in quotation marks, which are better not torn."""
QUOTATION = re.compile("“[^“”]*”|「[^「」]*」")
"""What somebody said, from the first mark to the last."""
SPACE = "(?<=[\u4e00-\u9fff]{4}) (?=[\u4e00-\u9fff]{2})"
"""A space that stands for a mark, as a pattern: behind more than a word, which may be whom the next ones speak of (阿姨 人很好)."""
_SPACE = re.compile(SPACE)
MARKS = frozenset("，。、；：？！?!,;·…“”‘’「」『』《》（）() ")
"""Where one of these stands, nobody has to be told that there is a rest."""
CLOSING = frozenset("”’」』》）)")
"""Of these, what ends no more than a name or an aside."""
FIRST = 3
"""So few characters are rather whom it is about than something said (老人家｜她是)."""
SEPARATOR = "· "
"""How a line begins behind what stands between two things said of one (李女士 · 美团)."""
LONGEST, COMMONEST = 4, 26
"""So many characters the longest common words have; all of them stand about two to this power of times in the texts they were counted in."""
LISTED = 40
"""So many characters around a place are searched for a list and what it hangs on."""
STRANDED = 2
"""So few characters at the end of a text are rather part of the line above (到“同心社区服务站”｜坐坐), where what they end is not short itself."""
LISTS = ("work", "things", "talk", "house", "care", "town", "guizhou", "home", "places")
"""The lists of known words."""
SURE, LIKELY = 1.0, 0.5
"""How sure a rest is: as good as a mark, or half as good."""


@cache
def _list(name: str) -> Any:
    """A list of the table: words between blanks as a tuple, the longest first; characters as a set; entries as they are."""
    said = table("line_joints")[name]
    if not isinstance(said, str):
        return tuple(said)
    return tuple(sorted(said.split(), key=lambda word: (-len(word), word))) if " " in said else frozenset(said)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """What stays on one line because of its form, as known words do because of theirs."""
    return (HERE, QUANTITY, AND_A_HALF, CLOCK, AGAIN, *(re.compile(form) for form in _list("forms")))


@cache
def _words(*names: str) -> re.Pattern[str]:
    """The words of some lists in which no line ends, the longest first, none where it is misread (把手｜指头)."""
    lists = table("line_words")
    words = {word for name in names for word in lists[name].split()}
    longest = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(f"(?!{'|'.join(lists['misread'].split())})(?:{longest})")


@lru_cache(maxsize=1024)
def known(text: str) -> tuple[tuple[int, int], ...]:
    """Where known words stand in a text, none over another."""
    return tuple((found.start(), _grown(text, found.end())) for found in _words(*LISTS).finditer(text))


def _grown(text: str, end: int) -> int:
    """Where a known word ends that 子 follows: behind it where it makes a word with the last character (床单｜子), and begins none (女儿｜子女)."""
    pairs = {text[end - 1 : end + 1], text[end : end + 2]} if text[end : end + 1] == "子" else set()
    words = {pair for pair in pairs if pair in _frequent() or _words(*LISTS).fullmatch(pair)}
    return end + (words == {text[end - 1 : end + 1]})


@lru_cache(maxsize=1024)
def settled(text: str) -> tuple[tuple[int, int], ...]:
    """Where short everyday words stand in a text in which no line ends either (现在, 听到), none over a known word (厕所|有人)."""
    taken = {at for start, end in known(text) for at in range(start, end)}
    spans = (found.span() for found in re.finditer("|".join(_list("settled")), text))
    return tuple(span for span in spans if taken.isdisjoint(range(*span)))


@lru_cache(maxsize=1024)
def common(text: str) -> tuple[tuple[int, int], ...]:
    """The likeliest words, of one character too, of what is neither a known word nor a number or a form that stays whole."""
    forms = (found.span() for one in (*_forms(), NUMBER, COUNTS) for found in one.finditer(text))
    taken = {at for start, end in (*known(text), *settled(text), *forms) for at in range(start, end)}
    found: list[tuple[int, int]] = []
    for free, group in groupby(range(len(text)), key=lambda at: at not in taken and text[at] in _single()):
        places = tuple(group)
        found += _likeliest(text, places[0], places[-1] + 1) if free else ()
    return tuple(found)


def _likeliest(text: str, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """A part of a text as the common words that most likely make it."""
    ways: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {first: (0.0, ())}
    for end in range(first + 1, last + 1):
        starts = (at for at in range(max(first, end - LONGEST), end) if text[at:end] in _frequent() or at == end - 1)
        costs = ((at, ways[at][0] + _frequent().get(text[at:end], 0) - COMMONEST) for at in starts)
        ways[end] = max((cost, (*ways[at][1], (at, end))) for at, cost in costs)
    return ways[last][1]


@cache
def _frequent() -> Mapping[str, int]:
    """How common the common words are, as powers of two; without those that are misread where others meet."""
    apart = frozenset(table("line_words")["apart"].split())
    return {
        word: power
        for power, words in table("common_words")["words"].items()
        for word in words.split()
        if word not in apart
    }


@cache
def _single() -> frozenset[str]:
    """The characters of common words."""
    return frozenset(chain.from_iterable(_frequent()))


@lru_cache(maxsize=1024)
def _begins(text: str) -> frozenset[int]:
    """Where known words begin in a text."""
    return frozenset(start for start, _ in known(text))


@lru_cache(maxsize=1024)
def _ends(text: str) -> frozenset[int]:
    """Where known words end in a text."""
    return frozenset(end for _, end in known(text))


def inside(spans: Iterable[tuple[int, int]]) -> set[int]:
    """The places between two characters of a span."""
    return {at for start, end in spans for at in range(start + 1, end)}


@lru_cache(maxsize=1024)
def whole(text: str) -> frozenset[int]:
    """The places where no line ends: inside known words, numbers, and what stays whole because of its form."""
    numbers = inside(found.span() for found in NUMBER.finditer(text)) - _begins(text)
    forms = inside(found.span() for one in (*_forms(), LEANING, COUNTS) for found in one.finditer(text))
    words = inside((*known(text), *settled(text), *common(text)))
    return frozenset((words | numbers | forms) - tallied(text)[0])


@lru_cache(maxsize=1024)
def address(text: str) -> tuple[tuple[int, int], ...]:
    """Where the parts of addresses stand in a text that follow each other without anything between (观山湖区, 世纪城, 龙泉苑社区)."""
    parts = [found.span() for found in ADDRESS.finditer(text)]
    before, after = {end for _, end in parts}, {start for start, _ in parts}
    return tuple((start, end) for start, end in parts if start in before or end in after)


@lru_cache(maxsize=1024)
def lasting(text: str) -> frozenset[int]:
    """The places within how long something takes, told in two units, or between a day and its part."""
    return frozenset(inside(found.span() for one in (LASTING, WHEN) for found in one.finditer(text)))


def leaning(character: str) -> bool:
    """Whether a character leans on the word before it."""
    return character in _list("leaning")


def leans(text: str, at: int) -> bool:
    """Whether what stands at a place leans on the word before it and begins none of the known words."""
    moving = text[at - 1] not in _list("done") and LEANING.match(text, at)
    leant = text[at] in _list("leaning") | _list("beside") or moving
    return (bool(leant) and at not in _begins(text)) or _placed(text, at) or at + 1 in since(text)


@lru_cache(maxsize=1024)
def since(text: str) -> frozenset[int]:
    """Where 前 or 后 ends that says when, of what is done before it (打蜡前｜要先吸灰): none behind a thing (客厅后窗台), whoever it is said of, or a
    mark, none that stands against an earlier one (先收钱后上门) other than of what is done (洗前…洗后), and no 前 before a number (前三天).
    """
    alone = (end for start, end in common(text) if end - start == 1 and text[start] in _list("since") and start > 1)
    return frozenset(at for at in alone if _says_when(text, at - 1))


def _says_when(text: str, at: int) -> bool:
    """Whether something is done before a place, of which 前 or 后 there says when."""
    before = CLAUSE.split(text[:at])[-1]
    if not before or before.endswith((*_list("subjects"), *_list("done"), *MARKS)) or at in _things_end(text):
        return False
    if text[at] == "后":
        return _list("against").isdisjoint(before) or f"{text[at - 1]}前" in before
    return not COUNT.match(text, at + 1)


def _placed(text: str, at: int) -> bool:
    """Whether what stands at a place says only where, of the thing before it (手机｜上, 视频｜头, 桌子｜高头)."""
    if text.startswith("高头", at) and text[at - 1] not in MARKS:
        return True
    if text[at] not in _list("placed") or (at, at + 1) not in common(text):
        return False
    if text.endswith((*_list("persons"), *_list("rising")), 0, at) or BOTH.match(text, at):
        return False
    starts = [start for start, end in _spans(text) if end == at and end - start > 1]
    after = text[at + 1 : at + 2]
    ended = not after or after in MARKS | _list("there") or any(text[:start].endswith("在") for start in starts)
    return bool(starts) and (ended or (text[at] == "头" and after not in _list("first")))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where known and common words stand in a text."""
    return (*known(text), *common(text))


def carries(text: str, at: int) -> bool:
    """Whether what ends at a place belongs to what follows, and ends no word that may stand alone (现在, 拖把, 一把)."""
    last = text[at - 1]
    if text.endswith((*_list("bound"), *_list("governing")), 0, at):
        return not text.endswith(_list("unbound"), 0, at)
    reached = last == "到" and text.startswith(_list("subjects"), at)
    if reached or (last == "边" and any(found.end() == at for found in BOTH.finditer(text))):
        return True
    if text.endswith(_list("halting"), 0, at):
        return not (_opens(text[:at], text[at:]) or text[at] in _list("going_on"))
    alone = text.endswith(_list("settled"), 0, at) or (last == "用" and _unused(text, at))
    if last not in _list("carrying") or alone:
        return False
    counted = last in MEASURES and at > 1 and text[at - 2] in NUMERALS | POINTERS
    return last == "是" or not (counted or at in _ends(text))


def _unused(text: str, at: int) -> bool:
    """Whether 用 before a place is all that is done (用得久, 不会用｜现在会了)."""
    alone = text[at : at + 1] in _list("unused") and at not in _begins(text)
    return alone or text.startswith(_list("openers"), at)


@lru_cache(maxsize=1024)
def using(text: str) -> frozenset[int]:
    """Where what something is done with, or how often, begins behind a word of what is done (发黄｜用小苏打): no word for somebody, who does it."""
    ends = {end for start, end in _spans(text) if end - start > 1 and text[start:end] not in _list("persons")}
    alone = {start for start, end in common(text) if end - start == 1 and text[start] in _list("using")}
    return frozenset(at for at in ends & alone if at + 1 < len(text) and carries(text, at + 1))


@lru_cache(maxsize=8192)
def bound(text: str, at: int) -> bool:
    """Whether what begins at a place belongs to what is done before it: how often, how long or how much (干了｜11年, 站｜3米), what is counted
    (17袋｜垃圾), what it is done to (种｜包谷), or where (来｜贵阳).
    """
    ends, numbers = tallied(text)
    told = at in numbers or _numbered(text, at) or _counted(text, at) or _handled(text, at) or _of_place(text, at)
    return told and at not in ends


@lru_cache(maxsize=1024)
def tallied(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """In rows in which how many there are of a thing stands behind it (空调两台｜洗衣机一台): where the next thing begins, and where the numbers do."""
    rows: list[list[tuple[int, int]]] = []
    for one in TALLY.finditer(text):
        if not rows or not _thing_between(text, rows[-1][-1][1], one.start()):
            rows.append([])
        rows[-1].append((one.start(), _number_ends(text, *one.span())))
    rows = [row for row in rows if len(row) > 1 and _things_before(text, row[0][0]) and _row_ends(text, row)]
    return frozenset(end for row in rows for _, end in row[:-1]), frozenset(start for row in rows for start, _ in row)


def _number_ends(text: str, first: int, last: int) -> int:
    """Where a number ends: before a thing that begins with a number itself (一百｜两门衣柜)."""
    things = (start for start, end in _things(text) if first < start < last < end)
    return next(things, last)


def _row_ends(text: str, row: list[tuple[int, int]]) -> bool:
    """Whether a row of things with how many there are behind them is at its end: no thing is counted there, unless it is a price, and rooms are
    counted beside rooms (客厅一间卧室三间), or nothing is said of them (客厅两扇窗户｜一扇打不开).
    """
    last = row[-1][1]
    rooms = text.endswith(_list("rooms"), 0, row[0][0]) and not text.startswith(_list("rooms"), row[0][1])
    priced = re.match(f"{SOME}|[元块钱起]", text[last - 1])
    counted = _noun(text, last) or text.startswith(_list("jobs"), last)
    return bool(priced or not counted) and not (rooms and text[last : last + 1].strip("".join(MARKS)))


def _things_before(text: str, at: int) -> tuple[int, ...]:
    """Where things begin that end at a place, or before what is done to them there (空调洗｜三台), or somebody or a piece of work does."""
    done = at - 1 if text[at - 1 : at] in _list("handling") else at
    named = (*_list("workers"), *_list("jobs"), *(() if COUNTS.match(text, at) else _list("persons")))
    others = (at - len(one) for one in named if text.endswith(one, 0, at))
    return (*others, *(start for start, end in _things(text) if end in {at, done}))


def _thing_between(text: str, first: int, last: int) -> bool:
    """Whether nothing but a thing stands between two places, with what is done to it behind, or before it a room, of what sort it is, or one
    character where that is no unit (小床, but not 50寸电视).
    """
    before = (text[first:start] for start in _things_before(text, last) if start >= first)
    most = 0 if re.match(SOME, text[first - 1]) else 1
    return any(len(one) <= most or one in (*_list("rooms"), *_list("sorts")) for one in before)


def _of_place(text: str, at: int) -> bool:
    """Whether what kind of place it is stands behind its name (同心｜小区)."""
    return text.startswith(_list("kinds"), at) and any(end == at and end - start == 2 for start, end in common(text))


def _numbered(text: str, at: int) -> bool:
    """Whether a number at a place belongs to the word before it."""
    before, about = text[:at], ABOUT.match(text, at)
    if CLOCK.match(text, at):
        return before.endswith(_list("till"))
    if LASTING.match(text, at) or before.endswith(_list("apart_from_numbers")):
        return False
    if not COUNT.match(text, about.end() if about else at):
        return False
    word = next((one for one in _list("counting") if before.endswith(one)), "")
    alone = len(word) > 1 or word in _list("done") or (at - 1, at) in common(text)
    return before[-1] in POINTERS or (bool(word) and alone)


def _counted(text: str, at: int) -> bool:
    """Whether a thing at a place is what is counted before it, or a measure stands there behind what is done (窝了｜个鸡蛋)."""
    if (at, at + 1) in common(text) and text[at] in MEASURES | {"个"}:
        return at + 1 < len(text) and _noun(text, at + 1)
    counted = (at - 1, at) in common(text) and text[at - 1] in MEASURES | {"个"}
    return (counted or any(found.end() == at for found in COUNTS.finditer(text))) and _noun(text, at)


def _handled(text: str, at: int) -> bool:
    """Whether a thing at a place is what something is done to, or a place is where somebody goes."""
    if text[at - 1] in _list("going"):
        return bool(HERE.match(text, at) or _words("places").match(text, at))
    done = at - 1 if at > 1 and text[at - 1] in _list("done") else at
    handling = (done - 1, done) in common(text) and text[done - 1] in _list("handling")
    return handling and (at in _begins(text) or _noun(text, at)) and not text.startswith(_list("subjects"), at)


def _noun(text: str, at: int) -> bool:
    """Whether something that can be counted or pointed at begins at a place."""
    return _words("things", "house", "care", "home").match(text, at) is not None or text.startswith(_list("stuff"), at)


def _within_governed(text: str, at: int) -> bool:
    """Whether a place is within the few characters on which a word before them bears (含垃圾｜清运)."""
    before = text[max(at - GOVERNED, 0) : at]
    bears = any(word in before for word in _list("bearing")) and MARKS.isdisjoint(text[max(at - GOVERNED, 0) : at + 1])
    return bears and not text.startswith((*_list("governing"), "不", "也", "都", "的"), at)


def forward(text: str, at: int) -> bool:
    """Whether no phrase ends at a place, as the character before it belongs to what follows."""
    settled = text.endswith(_list("settled"), 0, at)
    done_to = text[at - 1] in _list("takers") and text.startswith(_list("subjects"), at)
    even = at > 1 and text[at - 2] == "连" and text[at] not in _list("even")
    on = done_to or even or (text[at - 1] in _list("forward") and not settled)
    return on or carries(text, at) or bound(text, at)


def before_subject(text: str, at: int) -> int:
    """Where a phrase ends that ends with somebody something is said of: before her (腊月二十八｜我还在), not where it is done to her."""
    who = next((one for one in _list("subjects") if text.endswith(one, 0, at)), "")
    start = at - len(who)
    if not who or start < 1 or at == len(text) or text[at] in MARKS or rests(text).get(at):
        return at
    done_to = text[start - 1] in _list("takers") | _list("attached") | MARKS or start in whole(text)
    return at if done_to else start


@lru_cache(maxsize=8192)
def held(text: str, at: int) -> bool:
    """Whether no line and no screen ends at a place, if there is any other."""
    whole = _of(POINTERS, text, at) or at in lasting(text) or _within_governed(text, at)
    return leans(text, at) or carries(text, at) or whole


@lru_cache(maxsize=8192)
def governed(text: str, at: int) -> bool:
    """Whether a place is within a list that hangs on a word before it (含叶轮、｜油网), which reads as one; not where that word is said again
    (不含外窗、｜不含拆装).
    """
    before, after = CLAUSE.split(text[max(at - LISTED, 0) : at])[-1], CLAUSE.split(text[at : at + LISTED])[0]
    hangs = "、" in before + after and any(word in before for word in _list("governing"))
    return hangs and bool(after) and not after.startswith(_list("governing"), after.startswith("不"))


def _of(before: frozenset[str], text: str, at: int) -> bool:
    """Whether a thing begins at a place that belongs to a unit before it, with one of some characters before that (那个｜房间)."""
    unit = at > 1 and text[at - 2] in before and text[at - 1] in UNITS | MEASURES
    return unit and _noun(text, at)


def stranded(text: str, at: int) -> bool:
    """Whether a word or two alone would be left of what is said before the text ends, or one character where it begins, or before a mark behind a
    的 (爱干净的｜人，).
    """
    one = text[at - 1] == "的" and text[at : at + 1] not in MARKS and CLAUSE.match(text, at + 1)
    if one or lone(text, at) or (text[at - 1] not in MARKS and sum(char not in MARKS for char in text[:at]) == 1):
        return True
    if len(text) - at > 2 * STRANDED or at <= 2 * STRANDED or (text[at - 1] in MARKS and text[at - 1] not in CLOSING):
        return False
    return 0 < sum(char not in MARKS for char in text[at:]) <= STRANDED


def lone(text: str, at: int) -> bool:
    """Whether one character alone would be left before the text ends."""
    return at > 1 and len(text) - at <= 2 * STRANDED and sum(char not in MARKS for char in text[at:]) == 1


@lru_cache(maxsize=8192)
def owned(text: str, at: int) -> bool:
    """Whether what begins at a place belongs to a 的 before it (老人的｜椅子), is the one thing that is counted (一个｜盒子), or is what somebody does who
    stands behind a thing (那个房间我｜两年没进去).
    """
    if text[at - 1] == "的":
        return text[at] not in MARKS and not rests(text).get(at)
    return (_of(ONE, text, at) and at not in tallied(text)[0]) or _said_of(text, at)


def _said_of(text: str, at: int) -> bool:
    """Whether somebody stands before a place behind the thing of which she speaks."""
    who = next((one for one in _list("subjects") if text.endswith(one, 0, at)), "")
    return bool(who) and at - len(who) in _things_end(text)


@lru_cache(maxsize=1024)
def _things_end(text: str) -> frozenset[int]:
    """Where known words for something one can point at end in a text."""
    return frozenset(found.end() for found in _words("things", "house").finditer(text))


def dependent(clause: str) -> bool:
    """Whether a clause says nothing without the one before it (也能出来干半天活)."""
    return clause.startswith(_list("dependent")) and not clause.startswith(_list("independent"))


def answered(text: str, at: int) -> bool:
    """Whether what is said behind a mark is the other half of what is said before it: it leans on that (窗槽也一条条刷), points on (这个…｜那个…),
    is built alike (左边放书｜右边放碗), or is no more than a price or a number of it (加一份酸菜，｜十三块).
    """
    before, after = CLAUSE.split(text[:at].rstrip("".join(MARKS)))[-1], CLAUSE.split(text[at:])[0]
    if not before or not after:
        return False
    pointed = before[0] in POINTERS and after[0] in POINTERS
    alike = len(before) == len(after) and sum(a == b for a, b in zip(before, after, strict=True)) >= ALIKE * len(after)
    return pointed or alike or dependent(after) or bool(TOO.match(after) or COUNTED.fullmatch(after))


def apart(text: str, at: int) -> bool:
    """Whether a place is behind a separator (李女士 · ｜美团)."""
    return text.endswith(SEPARATOR, 0, at)


def spaced(text: str, at: int) -> bool:
    """Whether a place is behind a space that stands for a mark: its writer ends there what she says, or a pictograph that is not drawn did
    (说刷完再喝 ｜水是自己带的).
    """
    return text[at - 1 : at] == " " and _SPACE.match(text, at - 1) is not None


@lru_cache(maxsize=1024)
def rests(text: str) -> Mapping[int, float]:
    """Where somebody rests though there is no mark: how surely, ``SURE`` or ``LIKELY``. Marks of a quotation around all of it change nothing."""
    if QUOTATION.fullmatch(text) and len(text) > len("“”"):
        return MappingProxyType({at + 1: rest for at, rest in rests(text[1:-1]).items()})
    kept = whole(text)
    places = (
        at for at in range(2, len(text) - 1) if at not in kept and MARKS.isdisjoint(text[max(at - 3, 0) : at + 2])
    )
    found = ((at, _rest(text, at)) for at in places if not held(text, at))
    return MappingProxyType({at: rest for at, rest in found if rest})


def _things(text: str) -> tuple[tuple[int, int], ...]:
    """Where known words for things stand in a text, and what else is pointed at."""
    return tuple(span for span in _spans(text) if _noun(text[slice(*span)], 0))


def _rest(text: str, at: int) -> float:
    """How surely a place is one where somebody rests: by what ends there, and by what begins."""
    left, right = text[:at], text[at:]
    if left.endswith(_list("finals")):
        return SURE
    if left.endswith(_list("tails")) or (left.endswith(_list("halting")) and _opens(left, right)):
        return SURE
    if left.endswith(FIRMS) and len(right) > STRANDED:
        return SURE
    if at in tallied(text)[0] or _afterwards(left, right):
        return LIKELY
    if left[-1] in _list("done") | _list("ended") and right.startswith(_list("after_done")):
        return SURE
    return _opens(left, right)


def _afterwards(left: str, right: str) -> bool:
    """Whether it is told how something was afterwards, where it was told how it was before (洗前黑黢黢｜洗后亮堂堂)."""
    after = AFTERWARDS.match(right)
    return bool(after and re.search(f"{after[1]}前.{{2,}}$", left))


def _opens(left: str, right: str) -> float:
    """How surely something new begins: with a word that opens, or with somebody something is said of."""
    moved = left.endswith(_list("moved"))
    if right.startswith(_list("openers")) and left[-1] not in _list("not_behind"):
        return SURE if moved or left[-1] == "了" else LIKELY
    roomed = right.startswith(_list("rooms")) and any(end == len(left) for _, end in _things(left))
    if roomed or (right.startswith(_list("reckoning")) and RECKONED.search(left)):
        return LIKELY
    if left.endswith(_list("called")) and right.startswith("你"):
        return 0.0
    called = next((one for one in _list("called") if right.startswith(one)), "")
    if called and right.startswith("你", len(called)):
        return LIKELY
    who = next((one for one in _list("subjects") if right.startswith(one)), "")
    if who and (moved or left[-1] not in _list("takers") | _list("attached")):
        return SURE if right[len(who) : len(who) + 1] in _list("predicates") else LIKELY if moved else 0.0
    return LIKELY if moved and right.startswith(("那", "这", "哪")) else 0.0


def begun(text: str, at: int) -> bool:
    """Whether what is said at a place has only just begun there: a mark lies so little before it as somebody is named in, a rest one or two, or
    whoever it is said of (产妇｜都胖了).
    """
    before = text[max(at - FIRST - 1, 0) : at]
    said = CLAUSE.split(before)[-1]
    marked = len(said) < len(before) and bool(said.strip())
    return marked or _of_them(text, at) or any(rests(text).get(before, 0.0) for before in (at - 1, at - 2))


def _of_them(text: str, at: int) -> bool:
    """Whether what is said of somebody begins at a place, who stands right before it and begins something herself, where nobody rests."""
    who = next((one for one in _list("persons") if text.endswith(one, 0, at)), "")
    start = at - len(who)
    if not who or start < 1 or text[at : at + 1] not in _list("of_them") or rests(text).get(at):
        return False
    return text[start - 1] not in _list("takers") | _list("attached") | _list("ours") and start not in whole(text)


def quoted(text: str, at: int) -> bool:
    """Whether a place lies inside a few words between quotation marks."""
    return any(found.start() < at < found.end() for found in QUOTED.finditer(text))
