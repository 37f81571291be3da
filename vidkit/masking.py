"""A text → the personal data in it (telephone numbers, identity cards, bank cards, plates, addresses, locks, classes, WeChat ids), and the text with them masked.

Numbers are read as people type them: with spaces or dots between the digits, in wide digits, in Chinese ones (一三八…, 幺三八…), with pauses.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from vidkit.brief import Photo, Qr
from vidkit.briefs import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vidkit.brief import Brief

STAR = "*"
DIGITS = dict(zip("零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖貳叄陸", "00123456789121234567" + "89236", strict=True))
"""Chinese digits, the spoken ones of telephone numbers too, and those of cheques."""
GAP = "[ \\t.·•_|/\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufe0f\u20e3\ufeff\\-]{1,3}"
"""What may stand between the digits of one number."""
NAMES = frozenset({"file", "template", "brand", "platforms", "music", "transition", "track", "mode", "places"})
"""Fields of a brief that hold names and files, no words of its own."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""Weights and check characters of identity numbers: ISO 7064 mod 11-2, as GB 11643-1999 uses it."""
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE_SIGNS = "A-HJ-NP-Z0-9"
"""Letters and digits of plates: no I and no O (GA 36)."""
LEAST_DIGITS = 3
"""So many digits at least stand on a plate."""
CONTACTS = frozenset({"mobile", "telephone", "wechat", "qq", "mail"})
"""Kinds that are ways of contact."""
HOMES = "小区|花园|家园|公寓|公馆|新村|新城|苑"
COUNT = "[0-9十百]{1,4}"
"""A number of a house or a floor, in digits or in words (二十一 is read as 2十1)."""
BLANK = r"[^\S\n]*"
"""Spaces on one line."""
CALLS_IT = rf"{BLANK}(?:(?:是|为|[:：;；=→])\s*)*"
"""What stands between a word like 微信号 and the id, which may begin the next line behind a colon."""


class Private(NamedTuple):
    """Personal data in a text: its kind (``mobile``, ``telephone``, ``identity``, ``card``, ``plate``, ``tail``, ``lock``, ``address``,
    ``school``, ``wechat``, ``qq``, ``mail``), the words as typed, how they may be written, and where they stand.
    """

    kind: str
    words: str
    masked: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def private(text: str) -> tuple[Private, ...]:
    """All personal data of a text, in its order; where two kinds overlap, the first kind of ``KINDS`` stays."""
    plain = folded(text)
    found: list[Private] = []
    hits = [(kind, hit) for kind, look in KINDS.items() for hit in look(plain)]
    hits += [(kind, hit) for kind, look in TYPED.items() for hit in look(text)]
    for kind, (start, end, mask) in hits:
        if all(end <= other.start or start >= other.end for other in found):
            found.append(Private(kind, text[start:end], mask, start, end))
    return tuple(sorted(found, key=lambda one: one.start))


def masked(text: str) -> str:
    """The text with all personal data masked: 138****1234."""
    for one in reversed(private(text)):
        text = text[: one.start] + one.masked + text[one.end :]
    return text


def brief(said: Brief) -> Brief:
    """A brief with the personal data in all its words masked; photos, codes and names of templates stay. Words that show more without their
    pictographs than with them (a number taken apart by many) are posted as they are drawn.
    """
    changed = {name: _masked(getattr(said, name)) for name in type(said).model_fields if name not in NAMES}
    kept = [
        (path, typed) for path, typed in said.pasted if len(private(typed)) >= len(private(cleaned.drawable(typed)))
    ]
    return said.model_copy(update=changed | {"pasted": _masked(tuple(kept))})


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, tuple):
        return tuple(_masked(one) for one in value)
    if isinstance(value, BaseModel) and not isinstance(value, Photo | Qr):
        return value.model_copy(update={name: _masked(getattr(value, name)) for name in type(value).model_fields})
    return value


@cache
def folded(text: str) -> str:
    """The text, character by character as long as it was: wide ones narrow, Chinese digits as digits, small letters large, pictographs as the
    spaces that stand for them where they cannot be drawn.
    """
    return "".join(map(_folded, text))


@cache
def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    wide = plain if len(plain) == 1 else char
    if unicodedata.category(wide) in {"So", "Sk"}:
        return " "
    return DIGITS.get(wide) or (wide.upper() if len(wide.upper()) == 1 else wide)


Hit = tuple[int, int, str]
"""Where something stands in a text (start, end) and its mask."""


def _digits(words: str) -> str:
    return re.sub(r"[^0-9X]", "", words)


def _spread(pattern: str) -> re.Pattern[str]:
    """A pattern that is no part of a longer number."""
    return re.compile(rf"(?<![0-9A-Z*])(?:{pattern})(?![0-9*])")


MOBILE = _spread(
    "|".join(
        (
            r"(?:\+?86)?1[3-9][0-9]{9}",
            rf"(?:\+?86{GAP})?1[3-9][0-9]{GAP}[0-9]{{4}}{GAP}[0-9]{{4}}",
            rf"1[3-9][0-9]{{5}}{GAP}[0-9]{{4}}",
            rf"1[3-9][0-9]{GAP}[0-9]{{8}}",
            rf"1{GAP}[3-9](?:{GAP}[0-9]){{9}}",
            rf"1[3-9][0-9](?:{GAP}[0-9]{{2}}){{4}}",
            rf"1[3-9][0-9]{{2}}{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}",
            rf"1[3-9][0-9]{GAP}[0-9]{{3}}{GAP}[0-9]{{5}}",
        )
    )
)


def _broken(*shapes: tuple[int, ...]) -> str:
    """A mobile number in groups of so many digits, each on a line of its own."""
    groups = (r"[ \t.\-]*\n[ \t]*".join(f"[0-9]{{{size}}}" for size in sizes) for sizes in shapes)
    return rf"(?=1[3-9])(?:{'|'.join(groups)})(?![ \t]*(?:[0-9*元块平台岁年月℃%㎡.:\-/]|个|人|分|公里|到))"


BROKEN = re.compile(
    rf"(?<![0-9A-Z*.])(?:{_broken((5, 6), (6, 5), (3, 8), (8, 3), (7, 4), (4, 7), (9, 2))}"
    rf"|1[3-9][0-9]{GAP}[0-9]{{4}}[ \t.\-]*\n[ \t]*[0-9]{{4}}(?![ \t]*[0-9元块平])|1[3-9][0-9][ \t.\-]*\n[ \t]*[0-9]{{4}}{GAP}[0-9]{{4}}(?![ \t]*[0-9元块平]))"
)
"""A mobile number that a line's end takes apart."""
NUMBERED_SO = re.compile(
    rf"(?:(?:快递|运|物流|流水|工|退)单号|(?<![下接派抢打预约要])订单编?号|货号|流水号|(?:订单|产品|商品|机器)编号)码?{CALLS_IT}$"
    rf"|(?<![^\n])(?:单号|编号|订单){BLANK}$"
)
"""Right before digits that a line's end takes apart it says that they are another number; 订单 and 单号 behind other words, or with a colon, may ask for orders (下单)."""
HEADED = re.compile(
    rf"(?:电话|手机|热线|号码?|联系我?们?|拨打?|打){CALLS_IT}\n?(?P<id>{_broken((3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5))})"
    rf"|(?:预约|咨询){CALLS_IT}\n?(?P<asked>{_broken((3, 4, 4))})"
)
"""One that two take apart, behind a word that says what it is: three numbers below each other alone are prices as well, and so are they behind a
word that asks for orders, where they end as prices do (``PRICED``).
"""
PRICED = re.compile(r"(?:[0-9]+[089](?:[^0-9]+|$)){3}")
CALLED = re.compile(
    rf"(?:电话|手机|热线|联系我?们?|拨打?|打)(?:号码?)?{CALLS_IT}(?P<id>1(?:{GAP})?[3-9](?:(?:{GAP})?[0-9]){{9}})(?![0-9*])"
)
"""A mobile number with any gaps behind a word that says what it is."""
TELEPHONE = _spread(rf"[(（]?0(?:10|2[0-9]|[3-9][0-9]{{2}})(?:[)）]|{GAP})?[2-9][0-9]{{2,3}}(?:{GAP})?[0-9]{{4}}")
IDENTITY = _spread(rf"[1-8](?:(?:{GAP})?[0-9]){{16}}(?:{GAP})?[0-9X]")
CARD = _spread(rf"(?:62|4[0-9]|5[1-5]|35)[0-9]{{2}}(?:(?:{GAP})?[0-9]{{4}}){{3}}(?:(?:{GAP})?[0-9]{{1,3}})?")
PLATE = re.compile(
    rf"[{PROVINCES}][A-HJ-NP-Z][ ·•.\-]?(?:[DFABCEGHJK][{PLATE_SIGNS}][0-9]{{4}}|[0-9]{{5}}[DFABCEGHJK]|[{PLATE_SIGNS}]{{4}}[{PLATE_SIGNS}挂学警港澳])"
    r"(?![0-9A-Z])"
)
SIGNS = r"[^\w\n,。!?;:、]{0,3}"
"""Signs and spaces that take a word apart."""
WECHAT = re.compile(
    rf"(?:[微薇威徽葳卫]{SIGNS}[信心芯]|WECHAT|WEIXIN|(?<![A-Z])V+{SIGNS}XIN|(?<![A-Z])[WV]X|(?<![A-Z])V信|加[Vv微]|(?<![A-Z])[VW微薇威][我俺咱](?:们)?|卫星号)(?:号|ID)?{CALLS_IT}(?P<id>[A-Z0-9][-_A-Z0-9]{{5,19}})(?![A-Z0-9])"
)
ALONE = rf"{SIGNS}[-_A-Z0-9]+{BLANK}(?:\n|$)"
"""An id with nothing else on its line: 卫 with a space only may be a bathroom before the name of what hangs there (卫 M9876543 的龙头)."""
ASKED = rf"{SIGNS}[-_A-Z0-9]+{BLANK}(?:约|联系|咨询)"
"""So it is none where people are asked to call."""
HINTED = re.compile(
    rf"(?:(?<![^\s,。!?;:、|])|(?<=[我加约系询问的]))(?:[微薇威徽葳]|卫(?={SIGNS}:)|(?<=[我加约系询问的])卫|(?<![^\n])卫(?={ALONE})|卫(?={ASKED})){SIGNS}(?::{SIGNS}|(?=[-_A-Z]*[0-9_]))(?P<id>[A-Z][-_A-Z0-9]{{5,19}})(?![A-Z0-9])"
)
"""An id behind one character that stands for WeChat where a clause or what is asked begins: with a colon, or a digit in the id (薇 is a given name, too)."""
SMALL = re.compile(
    r"(?<![客主公次干湿保守防护警捍自环三两双一二大小男女四儿老0-9])[卫衛](?: ?[:：][ :：]?|(?P<blank> {1,2}))?"
    r"(?P<id>(?=[-_a-z]*[0-9])[a-z][-_a-z0-9]{5,19})(?![-_A-Za-z0-9])(?! ?的?(?:龙头|马桶|浴|淋|牌|型|水管|水箱))"
    r"(?(blank)(?= ?(?:约|联系|咨询|$|[,，。!！?？;；、\n])))"
)
"""An id in small letters right behind 卫: what hangs in a bathroom is named in large ones, as ``folded`` makes all. Behind a space its clause ends,
or people are asked to call."""
QQ = re.compile(rf"(?:QQ|扣扣|企鹅|球球|[Qq]群)(?:号|群)?{CALLS_IT}(?P<id>[1-9](?:[ \-]?[0-9]){{4,10}})(?![0-9])")
MAIL = re.compile(r"(?P<id>[A-Z0-9][A-Z0-9._+\-]*)@[A-Z0-9\-]+(?:\.[A-Z0-9\-]+)*\.[A-Z]{2,}")
ADDRESS = re.compile(
    "|".join(
        (
            r"(?:[一-龥]{1,8}[省市州县区镇乡])?[一-龥]{1,6}(?:路|街|巷|大道|胡同|弄)(?:[东南西北中]段)?[0-9十百]{1,5}号(?:附[0-9]{1,3}号)?(?!线)(?:[一-龥]{0,8}[0-9]{1,3}(?:栋|幢|座|号楼))?(?:[0-9]{1,2}单元)?(?:[0-9]{1,4}(?:室|房|号)?)?",
            rf"(?:{HOMES})[0-9A-Z]{{1,3}}(?:栋|幢|座|号楼)(?:[0-9]{{1,2}}单元)?(?:[0-9]{{1,2}}[楼层])?(?:[0-9]{{1,4}}(?:室|房|号)?)?",
            r"(?:[0-9A-Z]{1,3}|[0-9十百]{2,4})(?:栋|幢|座|号楼)[0-9]{1,2}单元(?:[0-9]{1,2}[楼层])?(?:[0-9]{1,4}(?:室|房|号)?)?",
            rf"(?:[0-9A-Z]{{1,3}}|{COUNT})(?:栋|幢|座|号楼)(?:{COUNT}[楼层])?[0-9]{{3,4}}(?:室|房|号)?",
            rf"(?:[0-9A-Z]{{1,4}}(?:组团|期|区|栋|幢|座|号楼|单元)){{1,3}}{COUNT}[楼层](?:(?:出?电梯)?[左右东南西北](?:手|边|侧|户|头)+(?:第?{COUNT}[家户间])?|第{COUNT}[家户间])",
            r"(?:[0-9]{1,3}号)?(?:院|楼)?[0-9]{1,2}单元(?:[0-9]{1,2}[楼层])?[0-9]{3,4}(?:室|房|号)?",
            r"(?:门牌号?|房号|住址|家住)[:：是]?[^\S\n]*(?:[甲乙丙丁A-Z][-－]?)?[0-9]{1,4}(?:[-－][0-9]{1,4}){0,2}(?:号|室)?",
            r"(?<=[一-龥]{2})(?<![在到去从往的场])[A-Z]区[0-9]{1,3}(?:栋|幢|座|号楼)(?:[0-9]{1,2}单元)?(?:[0-9]{1,2}[楼层])?(?:[0-9]{1,4}(?:室|房|号)?)?",
            r"(?<![0-9A-Z])[0-9]{1,3}[-－][0-9]{1,2}[-－][0-9]{3,4}(?:室|房|号)",
            r"(?<![0-9A-Z\-_.:])[1-9][0-9]{0,2}(?P<gap>[-_–—])(?:[1-9]|1[0-9])(?P=gap)(?:[1-9]|[1-5][0-9])(?:0[1-9]|1[0-2])(?![0-9A-Z*]|[-_.:][0-9])",
        )
    )
)

PEOPLE = "客户|顾客|雇主|业主|房主|户主|女士|先生|太太|奶奶|爷爷|[她他]|老公|老婆|儿子|女儿|妈妈|爸爸"
"""Whose home or work place an address may be."""
OTHERS = rf"{PEOPLE}|(?<!我们)开的|上班|对面|隔壁"
"""Before 公司 or 店 in a clause they say that it is somebody else's, or another place."""
PLACED = rf"(?:的?地址)?(?:就|也)?(?:开|设)?(?:(?:在|位于|是|[:、]){BLANK}(?:(?!{PEOPLE})[一-龥](?<![给帮替为到去接做擦洗找扫])){{0,10}})?{BLANK}$"
"""What stands between such a word and the address, with places that the address begins behind."""
OWN = re.compile(
    rf"(?:店址|(?:本|我们的?|咱们?的?|总|分|门|小|新)店[面铺]?|(?:本|我们的?|咱们的?)公司|社工站|服务站|站点){PLACED}"
)
"""What stands before an address that a shop or a station says of itself, in the same clause: everybody may know it."""
BARE = re.compile(
    rf"^{BLANK}(?:(?:店[面铺]?|公司|总部){PLACED}|(?:地址|(?:欢迎)?(?:来|到)店里?[一-龥]{{0,4}})[:是在]{BLANK}$)"
)
"""So do such words alone where the clause begins, if nobody else is spoken of around (``NEAR``) and no flat is told (``FLAT``)."""
NEAR = re.compile(OTHERS)
FLAT = re.compile("单元|室|房|[0-9]{3,4}$")
REACH = 60
"""So many characters before an address, and a third of them behind it, may say whose it is."""
SPOKEN = re.compile(r"(?<![0-9])(?:一?个)?1(?:个)?[3-9](?:[,，、。 \n]{0,2}[0-9]){9}(?![0-9])")
"""A mobile number as it is said, with pauses or lines' ends (一三八，五五六六，七七八八; 一个3，八五五…)."""
LEAST_SPOKEN = 7
"""So many digits of such a number at least are Chinese ones: prices and sizes in a row are written otherwise."""
KNOWN = "(?:[一-龥]{0,6}的?|她|他|我)(?:生日|结婚纪念日|手机(?:号码?)?(?:的)?[后尾前](?:[0-9]位|号)|电话(?:号码?)?(?:的)?[后尾前](?:[0-9]位|号)|门牌号|楼号)"
"""What a password is said to be without saying it."""
LOCK = re.compile(
    rf"(?<!WIFI)(?<!无线)(?<!网络)密码(?:就|还|改成|设成)?{CALLS_IT}(?P<id>[A-Z]?[0-9](?:(?:{GAP})?[0-9A-Z]){{3,11}}#?(?![0-9A-Z*年月日号位次])|{KNOWN})"
)
HIDING = "花[盆架坛]|[地脚门踏]垫|垫子|鞋[柜架盒]|信箱|奶箱|报箱|电表|水表|气表|表箱|电箱|管道井|消防[栓柜箱]|门框|窗台|砖头?|对联|春联|福字|空调外?机"
"""Where people put a key beside their door."""
KEY = re.compile(
    rf"钥匙(?:就|都|还|也|一直|平时)?(?:会?放|藏|压|搁|塞|挂)(?:在|到)?(?P<id>[一-龥]{{0,6}}(?:{HIDING})[一-龥]?(?:下面?|底下?|里面?|上面?|后面?)?)"
)
"""Where a home's key is hidden outside its door."""
LIES = re.compile(
    rf"(?<!我)(?<!我的)(?<!我家的)(?<!我自己家的)钥匙(?:就|都|一直|平时)?在(?P<id>(?:(?!找)[一-龥]){{0,6}}(?:{HIDING})的?(?:下面?|底下?|里面?|后面|背后))(?![^,。!?;]{{0,3}}[找忘丢掉落捡放])"
)
"""Where it is said to lie."""
HOUSEHOLD = "客户|顾客|雇主|业主|房主|户主|东家|(?<!我)(?<!我们)家(?![具电])|[姐哥叔嫂婶姨爷奶孃嬢]|婆婆|公公|老人|老师|先生|女士|太太|门上?的?锁|[0-9]{3}|[0-9](?:栋|单元|楼)"
"""Whose home a key opens, or that it is a door's."""
LOST = re.compile(
    r"(?:(?:找到|找着|寻到|钥匙[^,。!?;\n]{0,3}(?:[掉丢]了|不见))(?:(?![家门楼])[^。!?;\n]){0,8}|原来(?:[我她他]的)?"
    rf"|(?<![^,。!?;\n])(?:(?!{HOUSEHOLD})[^,。!?;\n]){{0,16}}(?:[车锁柜箱店]的?|库的|车子的|店里的|公司的))$"
)
"""Right before a key that lies somewhere: it was looked for and found, nobody hid it there; or it opens a car, a cupboard, a shop, none of a client's."""
BACK = 24
"""So many characters before it are read for that."""
OUR_OWN = re.compile(
    "[^。!?;\n]{0,4}(?:我[妈爸]|婆婆|公公|妈妈?|爸爸?|老公|老婆|爱人|家里人?)(?:告诉|跟|和)我"
    "|[,。! ]{0,2}(?:这?是)?我(?:自己|自己家|们?家|们?店里?)的(?=$|[,。!?;\n])"
)
"""Right behind it: those at home said so, or it is the teller's own."""
BREAK = re.compile(r"(?<=[0-9A-Z一-龥])[ \t]*\n[ \t]*(?=[0-9A-Z一-龥])")
"""A line's end that may take apart what is one."""
ENDED = re.compile(r"(?:[上里下面边好了完起后前中内]|物业|保安[室亭岗]|门卫|前台|公司)$")
"""A line that ends so ends what it says; what lies on the next one lies elsewhere."""
GOES_ON = re.compile("的|[都也全]?(?:有?(?:灰|水|泥|霉)|[擦扫吸抹拖洗])")
"""Right behind what two lines would say together: the second one speaks of what is to be done there."""
TAIL = re.compile(
    rf"车牌(?:尾号|号码?|后[0-9]位)?{CALLS_IT}(?:尾号)?{CALLS_IT}(?P<id>[0-9A-Z]{{3,6}})(?![0-9A-Z*块元])"
)
SCHOOL = re.compile(
    r"(?P<id>[一-龥0-9]{2,6}(?<![在上读念学的是])(?:幼儿园|小学|中学|[0-9]中|(?<=[一-龥0-9])[0-9实附]小|附中)(?:的|读|上|念|[,、])?(?:[小中大]|[初高]?[0-9](?:年级|年)?[(（]?)[0-9]{0,2}[)）]?班)"
)

SCHOOL_NAME = r"(?!实验|附近|旁边|对面|公立|民办|私立|中心|希望)(?:[一-龥](?<![读上念完过在去到从的学接送是我她他们说了没才])|(?<=[育英])才){2,6}(?:[0-9]{1,2})?(?<![这那哪几每][家所个])(?:小学|幼儿园|中学)"
"""What a school is called, if not by what any school is."""
NUMBERED = (
    r"(?:[一-龥](?<![读上念完过在去到从的是我她他高初了门班楼课网])){2,4}[0-9]{1,2}[小中](?![型号时组班间学餐份孩朋伙])"
)
"""What a school with a number is called for short (实验三小)."""
NAMED_SCHOOL = re.compile(
    rf"(?P<id>{SCHOOL_NAME}|"
    r"[一-龥](?<![读上念完过在去到从的是我她他高初])[一-龥](?<![读上念完过在去到从的是我她他高初])[0-9]{1,2}中)"
    r"(?=(?:门口|大门)?(?:[去来])?(?:接|送)(?![水货单订]|锦旗)|(?:门口|大门)[^,。!?;]{0,3}(?:接(?![货单订])|等|送(?![水货单订]|锦旗))|(?:的[一-龥]{1,4})?[,、]?(?:每天|下午)?放学(?!后?,?我们)|(?:读|念)(?![到完过的了书])|上(?:学(?![期时]|高峰)|[小中大]班|[0-9初高]))"
)
"""A school by its name, beside words that tell of a child there: who waits at its gate finds the child."""
CHILD_SCHOOL = re.compile(
    r"(?:孩子?|娃娃?|宝宝|[儿孙][子女]|女儿|妹妹|弟弟|[她他]|(?P<twin>[一-龥](?<![天常刚妈爸爷奶]))(?P=twin))(?:今年|现在|也|就)?(?:就?读于?|上|念)"
    rf"(?P<id>{SCHOOL_NAME}|{NUMBERED})(?!门口|对面|旁边|附近|后面|那|时|的时|毕业|做|干|擦|打扫|[去来]?[看找])"
)
"""A school that a child is said to go to."""


def _spoken(text: str) -> Iterator[Hit]:
    """Mobile numbers said in words with pauses between the digits."""
    for found in SPOKEN.finditer(folded(text)):
        typed, digits = text[found.start() : found.end()], _digits(found[0])
        if len(digits) == len("13812345678") and sum(char in DIGITS for char in typed) >= LEAST_SPOKEN:
            yield found.start(), found.end(), f"{digits[:3]}{STAR * 4}{digits[-4:]}"


def _small(text: str) -> Iterator[Hit]:
    """WeChat ids in small letters behind 卫."""
    yield from ((*found.span("id"), found["id"][:2] + STAR * 4) for found in SMALL.finditer(text))


def _mobile(plain: str) -> Iterator[Hit]:
    spans = dict.fromkeys(found.span() for found in MOBILE.finditer(plain))
    spans |= dict.fromkeys(found.span("id") for found in CALLED.finditer(plain))
    if "\n" in plain:
        torn = (one.span() for one in BROKEN.finditer(plain))
        spans |= dict.fromkeys(span for span in torn if not NUMBERED_SO.search(plain, max(0, span[0] - BACK), span[0]))
        spans |= dict.fromkeys(_headed(plain))
    for start, end in spans:
        digits = _digits(plain[start:end])[-11:]
        yield start, end, f"{digits[:3]}{STAR * 4}{digits[-4:]}"


def _headed(plain: str) -> Iterator[tuple[int, int]]:
    """Numbers on three lines behind a word that says what they are, prices left out."""
    for found in HEADED.finditer(plain):
        group = "id" if found["id"] else "asked"
        if group == "id" or not PRICED.fullmatch(found[group]):
            yield found.span(group)


def _telephone(plain: str) -> Iterator[Hit]:
    for found in TELEPHONE.finditer(plain):
        digits = _digits(found[0])
        area = 3 if digits[1] in "12" else 4
        if len(digits) - area in {7, 8}:
            yield found.start(), found.end(), f"{digits[:area]}-{STAR * (len(digits) - area - 4)}{digits[-4:]}"


def _identity(plain: str) -> Iterator[Hit]:
    for found in IDENTITY.finditer(plain):
        digits = _digits(found[0])
        if is_identity(digits):
            yield found.start(), found.end(), digits[:4] + STAR * 12 + digits[-2:]


def is_identity(digits: str) -> bool:
    """Whether 18 characters are an identity number: a day of birth in it, and its check character right."""
    if not re.fullmatch(r"[1-8][0-9]{16}[0-9X]", digits):
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
    return CHECKS[total % 11] == digits[17]


def _card(plain: str) -> Iterator[Hit]:
    for found in CARD.finditer(plain):
        digits = _digits(found[0])
        if is_card(digits):
            yield found.start(), found.end(), f"{digits[:4]} {STAR * 4} {STAR * 4} {digits[-4:]}"


def is_card(digits: str) -> bool:
    """Whether 16 to 19 digits are a bank card's: the sum of Luhn (ISO/IEC 7812-1) comes out."""
    doubled = (int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits)))
    return 16 <= len(digits) <= 19 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _over_lines(look: Callable[[str], Iterator[Hit]]) -> Callable[[str], Iterator[Hit]]:
    def hits(plain: str) -> Iterator[Hit]:
        """What is found in a text, and what is found where two of its lines are read as one."""
        yield from look(plain)
        for found in BREAK.finditer(plain):
            first = max(plain.rfind("\n", 0, found.start()) + 1, found.start() - REACH)
            line, behind = plain[first : found.start()], plain[found.end() : found.end() + REACH].partition("\n")[0]
            for start, end, mask in () if ENDED.search(line) else look(line + behind):
                if start < len(line) - 1 and end > len(line) and not GOES_ON.match(behind, end - len(line)):
                    yield first + start, found.end() + end - len(line), mask

    return hits


def _plate(plain: str) -> Iterator[Hit]:
    for found in PLATE.finditer(plain):
        own = found[0][2:].lstrip(" ·•.-")
        if sum(char.isdigit() for char in own) >= LEAST_DIGITS:
            yield found.start(), found.end(), f"{found[0][:2]}·{STAR * (len(own) - 2)}{own[-2:]}"


def _named(*patterns: re.Pattern[str]) -> Callable[[str], Iterator[Hit]]:
    def hits(plain: str) -> Iterator[Hit]:
        """Ids that stand behind a word that says what they are: their first two characters stay."""
        for found in (one for pattern in patterns for one in pattern.finditer(plain)):
            own = found["id"]
            if STAR not in own:
                yield found.start("id"), found.end("id"), own[:2].lower() + STAR * 4

    return hits


def _hidden(*patterns: re.Pattern[str]) -> Callable[[str], Iterator[Hit]]:
    def hits(plain: str) -> Iterator[Hit]:
        """What is hidden whole."""
        yield from ((*one.span("id"), STAR * 4) for pattern in patterns for one in pattern.finditer(plain))

    return hits


def _key(plain: str) -> Iterator[Hit]:
    """Where a key is hidden, but where somebody lost and found it, or it is the teller's own."""
    lies = (
        found for found in LIES.finditer(plain) if not LOST.search(plain, max(0, found.start() - BACK), found.start())
    )
    for found in (*KEY.finditer(plain), *lies):
        if not OUR_OWN.match(plain, found.end()):
            yield *found.span("id"), STAR * 4


def _school(plain: str) -> Iterator[Hit]:
    """A child's class, or a school a child is called for: what school it is and which class are hidden."""
    for found in SCHOOL.finditer(plain):
        before = re.match(r"[一-龥]{0,4}[在上读念去到是](?=[一-龥]{2})", found[0])
        yield found.start() + (before.end() if before else 0), found.end(), f"{STAR * 2}学校{STAR * 2}班"
    for named in (NAMED_SCHOOL, CHILD_SCHOOL):
        yield from ((*found.span("id"), f"{STAR * 2}学校") for found in named.finditer(plain))


def addresses(text: str) -> tuple[Private, ...]:
    """Every address of a text with its door, a shop's own too."""
    return tuple(Private("address", text[a:b], mask, a, b) for a, b, mask in _doors(folded(text)))


def _address(plain: str) -> Iterator[Hit]:
    """Addresses that are not a shop's own."""
    return (hit for hit in _doors(plain) if not _is_own(plain, *hit[:2]))


def _is_own(plain: str, start: int, end: int) -> bool:
    """Whether an address is a shop's own, by the clause before it; who says only 地址 or 公司 must speak of nobody else."""
    before = plain[max(0, start - REACH) : start]
    clause = re.split(r"[,。!?;\n]", before)[-1]
    if own := OWN.search(clause):
        return not NEAR.search(clause, 0, own.start())
    around = before + plain[end : end + REACH // 3]
    return bool(BARE.search(clause)) and not NEAR.search(around) and not FLAT.search(plain[start:end])


def _doors(plain: str) -> Iterator[Hit]:
    for found in ADDRESS.finditer(plain):
        before = re.match(r"[一-龥]{0,5}[在住到是从去于往址](?=[一-龥])", found[0])
        start = found.start() + (before.end() if before else 0)
        yield start, found.end(), re.sub(r"[0-9A-Z十百]+", STAR * 2, plain[start : found.end()])


KINDS: dict[str, Callable[[str], Iterator[Hit]]] = {
    "identity": _over_lines(_identity),
    "card": _over_lines(_card),
    "mobile": _mobile,
    "telephone": _telephone,
    "plate": _over_lines(_plate),
    "tail": _hidden(TAIL),
    "lock": _hidden(LOCK),
    "key": _over_lines(_key),
    "wechat": _named(WECHAT, HINTED),
    "qq": _named(QQ),
    "mail": _named(MAIL),
    "address": _address,
    "school": _school,
}
"""What finds each kind in a folded text, the surest kinds first."""
TYPED: dict[str, Callable[[str], Iterator[Hit]]] = {"mobile": _spoken, "wechat": _small}
"""What finds some in the text as typed."""
