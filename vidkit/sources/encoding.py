"""The bytes of a text file → its text, or a Refusal: UTF-8, UTF-16 with its mark, or Chinese GB18030 beyond doubt; never mojibake."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from vidkit.problems import Place, Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

# Everyday characters, the commonest of written Chinese and those of our trade: real Chinese is half made of them,
# Korean, Big5 or broken UTF-8 read as GB18030 hardly at all.
COMMON = frozenset(
    "的一是了不在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么"
    "去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又"
    "关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海"
    "通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管"
    "期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北"
    "边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运干净洗擦灶台厨房阳云岩抽油烟卫浴室地板玻璃窗深洁阿姨元价照片标模牌"
    "服项对位置注明金额单条件平音乐话秀兰贵重庆京沪邻里店城宝贝孩床沙椅柜冰箱空调灰尘垢渍亮旧脏整收纳收拾擦拭消毒除味月嫂护理老人"
)
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
"""What a text may begin with that says how it is written."""
_WIDE = re.compile(r"[^\x00-\x7f]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_NOT_CHINESE = re.compile(
    r"[\u0080-\u00b6\u00b8-\u00d6\u00d8-\u200f\u2027-\u202f\u2460-\u24ff\u2500-\u25ff\u3040-\u312f\ue000-\uf8ff\U00010000-\U0010ffff]"
)


def decode(data: bytes, shown: str, words: Container[str]) -> str:
    """The text; ``words`` are keys whose presence shows that a guess was right; raises Refusal at the first bad byte."""
    for mark, name in MARKS:
        if data.startswith(mark) and not data.startswith(codecs.BOM_UTF32_LE):
            return _strict(data.removeprefix(mark), name, shown)
    if data.count(0) * 5 > len(data):
        raise Refusal(problem("VK-Y007", Place(shown)))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese(data, words) or _strict(data, _begun(data, words), shown)


def text(file: Path, shown: str) -> str:
    """A file's whole text, its lines ending as ours do; ``shown`` is its name in messages. Raises OSError, and Refusal as ``decode`` does."""
    return decode(file.read_bytes(), shown, ()).replace("\r\n", "\n").replace("\r", "\n")


def encoded(text: str, before: bytes, words: Container[str]) -> bytes:
    """A text that takes the place of bytes which ``decode`` reads, written as they are; in UTF-8 where it would not be read back so."""
    for mark, name in MARKS:
        if before.startswith(mark):
            return mark + text.encode(name)
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        made = text.encode("gb18030")
        return made if _chinese(made, words) == text else text.encode("utf-8")
    return text.encode("utf-8")


def line_end(text: str) -> str:
    """How the lines of a text end, as its first one does."""
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"


def _strict(data: bytes, name: str, shown: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, errors="replace")
        lines = re.split(r"\r\n|\r|\n", before)
        place = Place(shown, len(lines), len(lines[-1]) + 1)
        raise Refusal(problem("VK-Y008", place, byte=f"0x{data[error.start]:02X}")) from None


def _chinese(data: bytes, words: Container[str]) -> str | None:
    """The bytes read as GB18030 if that is Chinese beyond doubt, else None."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if _plausible(text, words) else None


def _begun(data: bytes, words: Container[str]) -> str:
    """How bytes are written that are neither whole UTF-8 nor whole GB18030, as far as it can be told: GB18030 where they begin as Chinese beyond doubt."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        return "gb18030" if _plausible(data[: error.start].decode("gb18030"), words) else "utf-8"
    return "utf-8"


def _plausible(text: str, words: Container[str]) -> bool:
    """Whether a text read as GB18030 is Chinese beyond doubt."""
    wide = _WIDE.findall(text)
    hanzi = _HANZI.findall(text)
    usual = sum(_usual(c) for c in wide)
    common = sum(c in COMMON for c in hanzi)
    keyed = any(key in words for key in re.findall(r"^[ -]*([\u4e00-\u9fff]+)\s*[:：]", text, re.MULTILINE))
    plain = not _NOT_CHINESE.search(text) and usual >= 0.95 * len(wide)
    return plain and bool(hanzi) and common >= (0.2 if keyed else 0.4) * len(hanzi)


def _usual(char: str) -> bool:
    """Whether GB2312, the everyday character set, has it."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return char in "—·～"
    return True
