"""Words as somebody typed them → words as they stand in a sentence: one stop at the end, one pair of quotation marks, no empty brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STOPS = "，。、；：！？,.;:!?… \u3000"
_ENDINGS = "！？!?…"
_NO_ENDINGS = str.maketrans("", "", _ENDINGS)
_SINGLE = str.maketrans({"“": "‘", "”": "’", "「": "‘", "」": "’"})
_PICTURES = re.compile(
    "[ \u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u303d\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
    "\U000e0020-\U000e007f]+$"
)
"""Emoji at the end of words, with the spaces between them and before."""
_OPEN, _CLOSED = '“「『"', '”」』"'
_WRAPPED = re.compile(rf"[{_OPEN}][^{_OPEN}{_CLOSED}]*[{_CLOSED}]")
"""Words that stand between quotation marks from the first to the last."""
_DIGITS = "零一二三四五六七八九"
_LONGEST_CITY = 6
_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十半]+)"
_FEE = re.compile(
    rf"另[计议付购收说算]|加价|加(?:收|付)?{_NUMBER}(?!\d|[个名位]?人|[个只]?小时|分钟|天|次|遍|勺|滴|层|道)"
)
"""What costs more than the price beside it: 外机另计, 滚筒加60."""
_NO_NAME = re.compile(
    rf"另|不|起|^(?:约|大约)?(?:\d+|[一二三四五六七八九十]+)(?:天|个?月|年)$|^加{_NUMBER}(?:[个名位]?人|[个位名]|个?半?小时|分钟|天)$"
)
"""What names nothing that is sold: a limit, something left out, the days of a month, more people or time."""
_CLOCK = re.compile(
    r"(?:[二两三四五六七八九十\d]|十一)点(?!心)|早上|早晨|清早|清晨|大早|凌晨|上午|中午|下午|傍晚|晚上|夜里|半夜|天亮|天黑"
)
"""What tells the time of day in a heading: 半夜三点, 早上."""

_ASKING = ("多久", "多少", "几", "谁", "怎么", "怎样", "什么", "哪")
_CLAUSE = re.compile(r"[，。；：！？…,;:!?\s]+")
_DONE_OR_NOT = re.compile(r"(?:过|了|完|看见|看到)没[有得]$|[过了]没$")
"""What asks whether something is done: 擦过没有, as people of Guizhou say it 扫过没得."""
_LOOKED_INTO = re.compile(r"[都也连查问记知管]|一[点个丝]|晓得|看(?![见到]没[有得]$)|想(?!到没[有得]$)")
_TOLD = re.compile(
    r"[都也就看教告说讲问学懂记管听写查算想定报由凭论按照随猜等选挑请让给把跟帮替知靠忘认]|晓得|清楚|明白|关键|在于|这是|因为|为的是"
    r"|[没不](?:多|几|谁|什|怎|哪)|[好十]几|几十|哪[天怕知]"
)
"""What makes words with a question word no question: 谁都能学, 看看哪儿最脏, 没多久."""
_WISH = re.compile(r"(?<=[你您])(?:最|还)?想(?:先)?(?:学|看|问|说|听|知道)?(?=[^不好])")
_QUESTION = re.compile(
    r"多久没[^的]+$|多久[^的]{1,4}一次$|会怎(?:么)?样$|怎么办$|^[^是]{0,8}怎么(?![会能可样])[^的]{1,5}$"
    r"|^.{0,8}为什么.{1,10}$|[是叫图怕]什么$|(?:^|[^些])多少钱$|是谁$|在哪[儿里]?$"
)
_OR_NOT = re.compile(
    r"(?:(.)不\1|(?:(?:能|会|敢|可|愿|肯|要|想|是|用|该)不(?:能|会|敢|可|愿|肯|要|想|是|用|该)|有没有)[^是的都在]{0,5})[啊呀嘛呢哦嘞]?$"
)
"""A verb or a quality asked for with its no: 还行不行, 是不是, 能不能坐."""
_TRIED = re.compile(r"[摸试闻尝翻喊瞧望摇捏掂]|照(?![顾看料护])|[打揭掀拧拉]开")
"""What somebody does to find out: behind it 烫不烫 is what she looks for, no question."""
_FOUND_OUT = re.compile(r"[我先].*(?:(?P<verb>[^行能会可该要算])不(?P=verb)|是不是|有没有)")
"""What somebody tells of herself: 我先摸摸是不是尿了; whether she may or can (我还行不行) she does ask."""
_QUESTION_TO_YOU = re.compile(
    r"^[^没不别]*(?:什么.{0,4}|哪(?:儿|里|个|处|间|块|样|一[处个间块样]).{0,6}|多久了?|多少.{0,3}|有几[个间台扇口层].{0,3}|几点.{0,3})$"
)
_ASKED = re.compile(
    r"问(?:[我他她]们?)?[，：:,][你您](?:们|家)?(?:老家|住|在|叫|是|来)?.{0,3}(?:哪[里儿的]的?|什么|谁|几岁|多大)了?$"
)
"""A question that somebody was asked: 他问我，你老家哪里的."""
_SO_THEN = re.compile(r"[我咱喊找补改重再]|一声|随时|马上|当场|立刻")


class Doing(NamedTuple):
    """A craft as one says it of somebody: the verb and what it is done to (干 保洁, 当 月嫂)."""

    verb: str
    work: str


def phrase(words: str) -> str:
    """The words without the stops around them, a question or exclamation mark kept: a part of a sentence."""
    return words.lstrip(_STOPS).rstrip(_STOPS.translate(_NO_ENDINGS))


def sentence(words: str) -> str:
    """The words as one sentence with one stop at its end, before or behind its emoji, a question mark where they plainly ask; nothing stays
    nothing.
    """
    plain = phrase(words)
    said = _PICTURES.sub("", plain)
    if not set(plain[len(said) :]).isdisjoint(table("signs")["ending"]):
        return plain
    if is_question(said):
        return f"{plain}？"
    return plain if not said or said[-1] in _STOPS or said[-2:-1] in tuple("。！？") else f"{plain}。"


def is_question(plain: str) -> bool:
    """Whether words without a mark at their end plainly ask: 你家擦过没有, 灶台怎么擦; in doubt they do not: 怎么擦都不亮, 说说怎么擦."""
    last = _CLAUSE.split(plain)[-1]
    if last.endswith("吗") or _ASKED.search(plain):
        return True
    if _DONE_OR_NOT.search(last):
        return not _LOOKED_INTO.search(plain)
    told = _WISH.sub("", re.split(r"[。！？!?]", plain)[-1])
    last = _CLAUSE.split(told)[-1]
    if "、" in last or _TOLD.search(told) or any(told.count(word) > 1 for word in _ASKING):
        return False
    if _OR_NOT.search(last):
        return bool(re.search("[你您]", told)) or not (_TRIED.search(told) or _FOUND_OUT.search(told))
    if last.endswith("呢"):
        return bool(re.search(r"^[你您](?:们|家)?呢$|怎么|什么|谁|哪|多久|多少钱", last))
    plainly = _QUESTION.search(last) or (last == told and re.match(r"谁[来会能]", last))
    to_you = re.search(r"[你您]|家里", told) and _QUESTION_TO_YOU.search(last) and not _SO_THEN.search(last)
    return bool(plainly or to_you)


def quoted(words: str) -> str:
    """Somebody's own words between Chinese quotation marks, marks inside turned single."""
    inner = words.strip()
    whole = _WRAPPED.fullmatch(inner) or not (set(inner) & set(_OPEN) and set(inner) & set(_CLOSED))
    return f"“{sentence((inner.strip(_OPEN + _CLOSED) if whole else inner).translate(_SINGLE))}”"


def verbatim(words: str) -> str:
    """What a customer wrote between quotation marks, not a character more or less; only marks inside are turned single."""
    return f"“{words.translate(_SINGLE)}”"


def aside(words: str) -> str:
    """The words in brackets, or after a comma when they have brackets of their own."""
    if not words:
        return ""
    return f"，{words}" if re.search(r"[（()）]", words) else f"（{words}）"


def tidy(body: str) -> str:
    """The text with no blanks at line ends and at most one empty line between paragraphs, none around them."""
    lines = "\n".join(line.strip() for line in body.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def city(area: str) -> str:
    """The short name of a place for a topic (贵阳市云岩区, 贵阳云岩 → 贵阳); empty when none can be told apart."""
    first = re.split(r"[\s、，,·/；;]", area.strip())[0]
    known = next((one for one in table("cities")["names"].split() if first.startswith(one)), "")
    if known and "路" not in first[: len(known) + 1]:
        return known
    before, mark, _ = first.partition("市")
    name = before if mark and len(before) > 1 else first
    return name if len(name) <= _LONGEST_CITY else ""


def counted(number: int) -> str:
    """A small number as one says it before 个, 步, 颗 (2 → 两, 7 → 七); from ten on in digits."""
    return "两" if number == 2 else _DIGITS[number] if 0 < number < 10 else str(number)


def is_trade(craft: str) -> bool:
    """Whether a craft names the one who does it (保洁师, 擦窗师傅), not the work (家电清洗): 保洁师秀兰 is said, 家电清洗美华 is not."""
    return _ends(craft, table("crafts")["persons"])


def doing(craft: str) -> Doing:
    """How a craft is said behind a name (干了8年保洁); one that nobody told us of stays whole, behind 当 where it names a person (当裁缝师傅),
    else behind 做.
    """
    known = table("crafts")["crafts"].get(_plain_craft(craft))
    return Doing(*known) if known else Doing("当" if is_trade(craft) else "做", craft)


def is_known(craft: str) -> bool:
    """Whether we know how a craft is said."""
    return bool(_plain_craft(craft))


def _plain_craft(craft: str) -> str:
    """The craft as we know it, without what only says that somebody does it (擦窗师傅 → 擦窗); empty where we do not."""
    crafts, behind = table("crafts")["crafts"], table("crafts")["persons"]["behind"].split()
    shorter = (craft.removesuffix(end) for end in behind if craft.endswith(end))
    return next((one for one in (craft, *shorter) if one in crafts), "")


def as_topic(craft: str) -> str:
    """A craft as people look for it (擦窗师傅 → 擦窗); nothing for a 师傅 of something nobody told us of."""
    return _plain_craft(craft.removesuffix("师傅")) if craft.endswith("师傅") else craft


def is_somebody(service: str) -> bool:
    """Whether a service is somebody who stays and cares (月嫂, 住家保姆), not a job that is done once: nobody does 一单月嫂."""
    return _ends(service, table("crafts")["services"]["somebody"])


def is_acting(service: str) -> bool:
    """Whether a service says already what is done (擦玻璃, 带孩子): nobody does 做擦玻璃."""
    known = table("crafts")["services"]["acting"]
    begun = service.startswith(tuple(known["begins"].split())) and not service.startswith(
        tuple(known["not_begins"].split())
    )
    return begun and not service.endswith(tuple(known["not_ends"].split()))


def _ends(words: str, known: Mapping[str, str]) -> bool:
    return words.endswith(tuple(known["ends"].split())) and not words.endswith(tuple(known["not_ends"].split()))


def is_doing(title: str) -> bool:
    """Whether a heading names something one does (出门, 厨房去油), not a thing, a place or a turn (沙发, 路上, 第一单)."""
    known = table("crafts")["doings"]
    begun = title.startswith(tuple(known["begins"])) and not title.endswith(tuple(known["things"]))
    return begun or title.endswith(tuple(known["ends"].split()))


def spoken(words: str, sections: Iterable[Mapping[str, Any]] = ()) -> str:
    """The words as one sentence, between quotation marks where somebody says 我 in them, or in the sections they belong to: whoever tells of
    her does not say it, and does not let her speak by halves.
    """
    heard = (words, *(line for one in sections for line in one["lines"]))
    own = any("我" in re.sub("“[^”]*”|「[^」]*」", "", one) for one in heard)
    return quoted(words) if own else sentence(words)


def heading(words: str) -> str:
    """A heading named in a sentence, between quotation marks: 走嘛一层一层按 is no part of one."""
    return f"“{words.translate(_SINGLE)}”"


def tells_time(heading: str) -> bool:
    """Whether a heading says when it was (半夜三点, 早上), so that no clock need stand before it."""
    return bool(_CLOCK.search(heading))


def clauses(words: str, more: str = "") -> tuple[str, ...]:
    """The parts of a text between its commas and stops, and such ``more`` marks; no mark between two digits parts anything (3.5, 9:00) but a wide
    one.
    """
    parts = re.split(rf"[，、；。！？]|(?<![0-9])[,;!?{re.escape(more)}]|[,;!?{re.escape(more)}](?![0-9])", words)
    return tuple(filter(None, (part.strip() for part in parts)))


def solid(words: str) -> str:
    """The text without its empty lines and without blanks around the others."""
    return "\n".join(filter(None, map(str.strip, words.splitlines())))


def without_no(clause: str) -> str:
    """What a clause leaves out (不含高空外窗 → 高空外窗), to stand behind 不包含."""
    return re.sub(r"^不(包含|包括|含|包|做)", "", clause) or clause


def unfolded(words: str, said: str) -> str:
    """The lines that do not stand in what was said before, so that no sentence is read twice."""
    known = {phrase(line) for line in said.splitlines()}
    return "\n".join(line for line in words.splitlines() if not line.strip() or phrase(line.strip()) not in known)


def less(words: str, parts: Iterable[str]) -> str:
    """The words without those parts, a mark between what is left: 玻璃罐 is no glass to be cleaned."""
    for part in parts:
        words = words.replace(part, "、")
    return words


def holds(words: str, marks: Iterable[str]) -> bool:
    """Whether one of the marks stands in the words."""
    return any(mark in words for mark in marks)


def is_episodic(words: str) -> bool:
    """Whether some words say an episode's number, 第3期 or 第 三 集."""
    return bool(re.search("第 ?(?:[0-9０-９]+|[〇零一二两三四五六七八九十百]+) ?[期集]", words))


def is_grave(words: str) -> bool:
    """Whether some words tell of a death, an illness or tears."""
    return bool(re.search(table("sayings")["grave"], words))


def kinds_of(words: str, *, named: bool = False) -> tuple[str, ...]:
    """The kinds of work that some words tell of, in the order of their table; ``named`` where they are a service's or a craft's own name, which
    says in fewer words what is done, and what is not.
    """
    found: list[str] = []
    for kind, row in table("names")["work"].items():
        plain = re.sub(row["less"], "、", words) if "less" in row else words
        weak = () if row.get("weak_behind") in found else row.get("weak", ())
        marks = (*row["said"], *weak, *(row.get("named", ()) if named else ()))
        if holds(plain, marks) and not (named and holds(words, row.get("not", ()))):
            found.append(kind)
    return tuple(found)


def line_of_work(words: str) -> str:
    """clean, elder, baby, other: the line of work some words tell of; nothing where they tell of none, other where they tell of more than one."""
    lines = {str(table("names")["work"][kind]["line"]) for kind in kinds_of(words)}
    return "other" if len(lines) > 1 else "".join(lines)


def is_fee(clause: str) -> bool:
    """Whether a clause of a price's conditions says what is paid on top (外机另计, 滚筒加60)."""
    return bool(_FEE.search(clause))


def is_naming(clause: str) -> bool:
    """Whether a clause of a price's conditions says what is had for it, so that it may stand in the name of what is sold."""
    return not (is_fee(clause) or _NO_NAME.search(clause))


def duration(words: str) -> str:
    """How long it takes, as conditions say it (3小时1人 → 3小时); nothing when they do not."""
    found = re.search(rf"({_NUMBER})(个?半?小时|分钟|天)起?", words)
    return found[0] if found else ""


def heads(words: str) -> str:
    """How many people come, as conditions say it (3小时1人 → 1人, 两个人起做4小时 → 两个人起); nothing when they do not."""
    found = re.search(rf"{_NUMBER}(个人|位|名|人)(?:起(?![床来身]))?", words)
    return found[0] if found else ""


def overlaps(tail: str, title: str) -> bool:
    """Whether words behind a title would repeat it: one holds the other, or they share four characters in a row."""
    first, second = tail.strip(), title
    runs = {first[i : i + 4] for i in range(len(first) - 3)}
    return first in second or second in first or any(run in second for run in runs)
