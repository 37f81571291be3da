"""Where lines and screens hold together, and where somebody who writes no commas rests."""

from __future__ import annotations

import pytest

from vidkit import tables, text
from vidkit.boards import joints
from vidkit.text import Setting

HOOK, SAYING, VOICE, ADVICE = ((126, 88), 800, 2), ((76, 58), 682, 4), ((60, 54), 756, 3), ((80, 62), 728, 4)
NOTE, BY, REVIEW = ((76, 60), 616, 5), ((38, 32), 420, 2), ((72, 60), 688, 6)
"""Sizes, width and lines of the parts that carry women's own words."""


def _lines(words: str, sizes: tuple[int, int], width: int, lines: int) -> tuple[str, ...]:
    return tuple(line.text for line in text.fit(words, Setting(sizes, width, lines)).lines)


@pytest.mark.parametrize(
    ("part", "words", "lines"),
    [
        (HOOK, "我今年五十二岁了还在学", ("我今年五十二岁了", "还在学")),  # a number stays whole
        (HOOK, "在家带娃十年了出来还行不行", ("在家带娃十年了", "出来还行不行")),  # nothing begins with 了
        (HOOK, "照顾老人嘛不是力气活", ("照顾老人嘛", "不是力气活")),  # nothing ends with 是
        (HOOK, "我连按钮都不敢按", ("我连按钮", "都不敢按")),
        (HOOK, "头班公交五点四十", ("头班公交", "五点四十")),
        (SAYING, "有老年痴呆一天要问我八回你是哪个", ("有老年痴呆", "一天要问我八回", "你是哪个")),
        (VOICE, "她儿子欠了赌债跑了就剩老两口", ("她儿子欠了赌债跑了", "就剩老两口")),
        (
            VOICE,
            "头一回进别个家头我站在门口不敢踩进去那个地板亮得很我怕把人家的踩脏了",
            ("头一回进别个家头我站在门口", "不敢踩进去那个地板亮得很", "我怕把人家的踩脏了"),
        ),
        (
            VOICE,
            "第一天桂花姐在楼下等我等了半个钟头我在电梯门口站起不敢进",
            ("第一天桂花姐在楼下", "等我等了半个钟头", "我在电梯门口站起不敢进"),
        ),
        (VOICE, "他爸把腰杆整伤了家头没得钱我就来贵阳了", ("他爸把腰杆整伤了", "家头没得钱我就来贵阳了")),
        (
            ADVICE,
            "莫觉得收东西不算手艺，收得好，一家人找东西都不吵架了",
            ("莫觉得收东西", "不算手艺，收得好", "一家人找东西", "都不吵架了"),
        ),
        (VOICE, "考官老师讲得很慢我都听得懂", ("考官老师讲得很慢", "我都听得懂")),
        (SAYING, "“拆开你才晓得里头有好脏”", ("“拆开", "你才晓得里头有好脏”")),  # in quotation marks as without
        (
            REVIEW,
            "我喊她歇会儿喝口水她说刷完再喝 水是自己带的。",
            ("我喊她歇会儿喝口水", "她说刷完再喝", "水是自己带的"),
        ),
        (
            REVIEW,
            "我家那个窗户买房子到现在八年没人动过，黑的。",
            ("我家那个窗户", "买房子到现在", "八年没人动过，黑的"),
        ),
        (HOOK, "“刚来的时候我连燃气灶都不敢开”", ("“刚来的时候我", "连燃气灶都不敢开”")),
        (HOOK, "刚来那年我连水表都不敢看", ("刚来那年", "我连水表都不敢看")),
        (HOOK, "阿姨走了以后我妈一直夸", ("阿姨走了以后", "我妈一直夸")),
        (
            REVIEW,
            "结果人家先把老人的椅子挪到有太阳的地方才开始做",
            ("结果人家", "先把老人的椅子", "挪到有太阳的地方", "才开始做"),
        ),
        (
            NOTE,
            "周一到周六上午九点到十一点半，到黔灵镇社区服务中心二楼203室找小陈",
            ("周一到周六", "上午九点到十一点半", "到黔灵镇社区服务中心", "二楼203室找小陈"),
        ),
        (NOTE, "周一到周五上午，到“同心社区服务站”坐坐", ("周一到周五上午", "到“同心社区", "服务站”坐坐")),
        (((34, 30), 190, 3), "跟秀兰阿姨学的", ("跟秀兰阿姨", "学的")),  # a name and its title stay together
        (REVIEW, "连她夹在书里的公交卡都给我收在一个小盒子里。", ("连她夹在书里的公交卡", "都给我收在一个小盒子里")),
        (ADVICE, "我妈走了以后，那个房间我两年没进去过。", ("我妈走了以后", "那个房间", "我两年没进去过")),
        (((72, 60), 500, 6), "走之前还领我看了一遍", ("走之前还领我", "看了一遍")),
        (BY, "李女士 · 客户评价 · 2026年11月3日", ("李女士 · 客户评价", "2026年11月3日")),
        (
            ((76, 60), 728, 5),
            "周一到周五早上九点到下午四点，到“三桥社区姐妹服务站”二楼，敲门就行，找秀兰孃孃",
            ("周一到周五", "早上九点到下午四点", "到“三桥社区姐妹服务站”", "二楼，敲门就行", "找秀兰孃孃"),
        ),
        (
            ((40, 28), 620, 3),
            "贵州苗岭大姐家庭服务有限责任公司贵阳第二分公司",
            ("贵州苗岭大姐家庭服务有限责任公司", "贵阳第二分公司"),
        ),
        (
            ((40, 28), 440, 3),
            "贵州苗岭大姐家庭服务有限责任公司贵阳第二分公司",
            ("贵州苗岭大姐", "家庭服务有限责任公司", "贵阳第二分公司"),
        ),
        (HOOK, "窗户外面不擦安全第一", ("窗户外面不擦", "安全第一")),
        (HOOK, "油烟机里外都洗另外收三十", ("油烟机里外都洗", "另外收三十")),
        (HOOK, "抹布用完要洗干净晾起", ("抹布用完", "要洗干净晾起")),
        (HOOK, "地板打蜡前要先吸灰", ("地板打蜡前", "要先吸灰")),
        (HOOK, "先收客厅后收卧室", ("先收客厅", "后收卧室")),
        (HOOK, "前三天试工后三天算钱", ("前三天试工", "后三天算钱")),
        (HOOK, "娃娃一岁半我就出来了", ("娃娃一岁半", "我就出来了")),
        (HOOK, "先付定金一百做完再付剩下的", ("先付定金一百", "做完再付剩下的")),
        (HOOK, "看一遍过期的告诉客户再放回去", ("看一遍过期的", "告诉客户再放回去")),
        (HOOK, "周二下午和周四上午还有空", ("周二下午", "和周四上午还有空")),
        (HOOK, "周一到周三上午都排满了", ("周一到周三", "上午都排满了")),
        (HOOK, "中央空调整机拆洗含外机", ("中央空调", "整机拆洗含外机")),
        (SAYING, "擦高处要搭脚手架安全第一", ("擦高处要搭脚手架", "安全第一")),
    ],
)
def test_words_without_commas_end_their_lines_where_she_rests(
    part: tuple[tuple[int, int], int, int], words: str, lines: tuple[str, ...]
) -> None:
    """As typed by women who write as they speak: a line ends where something was said, and what hangs together is not torn."""
    assert _lines(words, *part) == lines


@pytest.mark.parametrize(
    "said",
    [
        "空调两台|油烟机一台",
        "玻璃六扇|纱窗四扇",
        "老人两个|娃娃一个",
        "客厅一间|卧室三间",
        "被子三床|枕头六个",
        "碗筷两百副|桌子二十张",
        "客厅吊灯两盏|卧室吊灯三盏",
        "窗帘六幅|被套四床都能洗",
        "空调洗三台|沙发洗两组",
        "沙发一套三百|床垫一张五十",
        "挂机80起|柜机120起外机另算",
        "丢了17袋垃圾|才看到地板",  # the number stands before what is counted
        "五个碗|三个盘子没洗",
        "她家三只猫|两只狗毛多得很",
        "我家两台空调|一台坏了",
        "厨房三个柜门|两个坏了",
        "洗了两台空调|坏了一台",
        "来了五家公司|三家录用我",
        "电视50寸冰箱|200升都擦",  # no unit is torn from its number
        "单门冰箱八十|双门冰箱一百二",  # 双 and 大 are of the thing that follows
        "单人床八十|双人床一百二",
        "推拉门八十|单开门五十",
        "四门冰箱一百|双开门冰箱一百五",
        "三门衣柜一百|两门衣柜八十",
        "大床八十|小床五十",
        "小床五十|大床八十沙发一百",
        "老沙发八十|新沙发一百",
        "地毯八十|床垫一百二",
        "双门冰箱一百二|单门冰箱八十",
        "擦窗三十|拖地二十做饭四十",  # work, workers, ages
        "保姆两个|护工三个月嫂一个",
        "婆婆八十|公公八十五都要人扶",
        "找了三个阿姨|两个都走了",
        "做了三个月嫂|工资八千",
        "做两小时半|休息十分钟",
        "两斤半的排骨|炖了一下午",
    ],
)
def test_how_many_stays_with_its_thing(said: str) -> None:
    """Whether it stands before the thing or, in a row of such, behind it."""
    assert "|".join(_lines(said.replace("|", ""), *HOOK)) == said


@pytest.mark.parametrize("room", range(300, 860, 40))
@pytest.mark.parametrize(
    "words",
    [
        "我今年五十二岁了才学会的",
        "二零一二年出来的那阵才四十岁",
        "门口站起等了半个钟头就走了",
        "走嘛一层一层按给你看",
        "我讲不出来也拿得到",
    ],
)
def test_numbers_and_what_is_said_twice_stay_whole(words: str, room: int) -> None:
    """However wide the lines are: numbers with their unit, 一层一层, what one can or cannot."""
    lines = text.wrap(words, Setting((60, 60), room, 9), 60) or (words,)
    parts = ("五十二岁", "二零一二年", "四十岁", "一层一层", "讲不出来", "拿得到", "站起")
    assert all(any(part in line for line in lines) for part in parts if part in words), lines


@pytest.mark.parametrize("room", range(360, 860, 40))
@pytest.mark.parametrize(
    "words",
    [
        "老人家她不是故意发脾气她是疼得很又讲不出来你坐到她边边上慢慢等她就好了",
        "我是慢慢慢慢才会的嘛哪个生下来就会嘛你不要慌抹布先分好颜色厨房的莫拿去擦桌子",
        "刚来那阵子我连电梯都不敢按是桂花姐拉起我的手说走嘛一层一层按给我看",
    ],
)
def test_no_line_begins_or_ends_with_what_belongs_elsewhere(words: str, room: int) -> None:
    """No line begins with 了, 的, 嘛, 得 and their like, none ends with 不, 又, 是, 到 and theirs."""
    lines = text.wrap(words, Setting((60, 60), room, 9), 60)
    assert lines
    assert not [line for line in lines[1:] if joints.leaning(line[0])]
    ends = [line[-1] for line in lines[:-1] if not line.endswith("得很")]
    assert not set(ends) & set(tables.table("line_joints")["carrying"])


@pytest.mark.parametrize("room", range(380, 860, 80))
@pytest.mark.parametrize(
    "carrier",
    [
        "刚来的时候我连{}都不敢碰",
        "今天先把{}弄好再说别的",
        "做了八年{}的秀兰阿姨",
        "从{}到门口都看了一遍",
        "有个奶奶教我认{}我一直记得",
    ],
)
def test_words_of_the_work_stay_whole_wherever_they_stand(carrier: str, room: int) -> None:
    """Appliances, rooms, tools, bodies, care, jobs, places, food and times: no line ends inside one of them."""
    words = (
        "燃气灶 煤气灶 电饭煲 洗衣液 床头柜 洗手台 下水道 垃圾桶 手指头 血压 纸尿裤 助行器 老花镜 养老院 居家养老 老太太 营养师 家务活 客户评价 "
        "服务中心 社区中心 居委会 派出所 单元楼 黔灵镇 星期六 下个月 一大早 酸汤鱼 家常菜 缝纫机 手脚麻利 清洁工具 保洁师傅"
    )
    for word in words.split():
        lines = text.wrap(carrier.format(word), Setting((60, 60), room, 9), 60)
        assert lines, word
        assert any(word in line for line in lines), (word, lines)


@pytest.mark.parametrize("room", range(480, 860, 40))
@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("光沙发就弄了1小时20分钟", "1小时20分钟"),
        ("一共做了两年三个月才出师", "两年三个月"),
        ("下次还找你们家来做", "你们家"),
        ("我们家政员都来过的", "我们家政员"),
        ("厨房擦得我妈都说好", "我妈"),
    ],
)
def test_how_long_and_whose_stay_whole(words: str, whole: str, room: int) -> None:
    """Two units of one time are not torn where they fit a line, nor is somebody's home or mother."""
    lines = text.wrap(words, Setting((60, 60), room, 9), 60)
    assert lines
    assert any(whole in line for line in lines)


@pytest.mark.parametrize("room", range(440, 860, 60))
@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("泡20分钟加点纯碱油自己就浮起来了", "纯碱"),
        ("沙发缝缝头有瓜子壳吸尘器要换扁嘴嘴", "缝缝头 瓜子壳 吸尘器"),
        ("拆下来一看哇那个油黑黢黢的有2厘米厚", "黑黢黢的 2厘米厚"),
        ("2009年我们坐绿皮车来的", "绿皮车"),
        ("一个月接22单手机上有366个老客户", "手机上 有366个"),
        ("我姑娘在视频头问我妈你好久回来", "视频头"),
        ("地上的东西丢了17袋垃圾老人的照片一样没丢", "丢了17袋 17袋垃圾"),
        ("每天早上9点到下午5点花溪大道十字街", "早上9点 下午5点"),
        ("以前在广东电子厂干了11年天天上夜班", "电子厂 干了11年"),
        ("自己带工具过了晚上7点每小时加10块", "晚上7点 加10块"),
        ("3人2天90平方米以内含垃圾清运不含家电清洗", "含垃圾清运 不含家电清洗"),
        ("灯高头的灰有一指厚站3米梯子擦了40分钟", "站3米 擦了40分钟"),
        ("衣服先抱到一堆分三份要的不要的捐的", "分三份"),
        ("洗衣机用了10年内筒刮下来一盆黑泥", "用了10年 内筒"),
        ("有些客户看到我们满头大汗会递瓶水", "看到我们"),
        ("胶印子用风油精擦比铲刀管用", "用风油精"),
        ("底薪一个月4500到6000元另加提成", "4500到6000元"),
        ("过完年来我们这点上班嘛", "来我们这点"),  # nor is 我们 torn from 这点
        ("窗帘拆下来洗了三缸水灰都是黑的", "洗了三缸水"),
        ("柜子里面窝了个鸡蛋坐在桌子边边吃", "窝了个鸡蛋"),
        ("春节期间价格上浮百分之二十", "价格 上浮百分"),
        ("猫毛粘在沙发上用橡胶手套一抹就成团", "沙发上"),
        ("清洁剂按瓶子上的说明兑水", "瓶子上的"),
        ("请来的护工上厕所的时候先敲门", "上厕所的时候"),
        ("有的师傅下户的时候会把垃圾带走", "下户的时候"),
        ("半夜要扶月嫂边擦边看", "边擦边看"),
        ("我跟阿姨边学边做我们都觉得好", "边学边做"),
        ("空调不制冷用遥控器调一下", "制冷 用遥控器"),
        ("马桶底座发黄用小苏打和白醋泡半个小时", "发黄 用小苏打"),
        ("下水道发堵每次都找我来", "发堵 每次"),
        ("地板用不得太湿的拖把", "用不得 太湿的"),
        ("26天的月子餐我一天都不重样产妇都胖了5斤", "产妇都胖了5斤"),
        ("白云区麦架镇马堰村村委会旁边", "麦架镇 马堰村 村委会"),
        ("2009年我们骑自行车来背包谷卖的", "背包谷"),
        ("周一到周五到头桥街道同心社区服务站二楼找小周", "同心社区"),
        ("住在同心小区2栋1单元803的陈奶奶最喜欢我", "同心小区 陈奶奶"),
        ("墙砖缝里面的油都用牙刷刷出来", "里面的油"),
        ("那天给他喂了饭还给他剪了指甲", "喂了饭"),
        ("处是二维码或条形码的照片", "或条形码"),
        ("窗户缝里的灰要用小刷子一点一点地掏", "小刷子"),
        ("她女儿子女多铺床单子的事没空做", "子女 单子"),
        ("洗衣机夹层里的霉都洗掉", "夹层"),
        ("外墙清洗两千八含脚手架", "脚手架"),
        ("擦完玻璃她站在窗边看了半天", "窗边"),
        ("老人家爱吃软和点的饭", "爱吃 软和"),
        ("老人爱听戏爱吃甜我都记得", "爱听戏 爱吃甜"),
        ("单人床双人床都洗沙发也洗三十双鞋", "双人床 三十双鞋"),
        ("娃娃不肯睡我就唱山歌给他听", "唱山歌"),
        ("做两小时半价优惠", "半价"),
        ("娃娃两岁半会背古诗了", "背古诗"),
        ("洗前黑黢黢洗后亮堂堂", "洗前 洗后"),
        ("她是我见过最爱干净的人，没有之一", "爱干净 的人"),
        ("双人床垫八十单人床垫五十", "双人床垫 单人床垫"),
        ("双人床单十块单人床单八块", "双人床单 单人床单"),
        ("单人床头柜擦干净大窗帘杆擦了三遍", "单人床头柜 大窗帘杆"),
        ("老人的最爱是听老歌", "最爱"),
        ("糯米饭是我的最爱天天都煮", "最爱 天天"),
        ("客户首饰在整理前请自己收好", "整理前"),
        ("隔壁那家公司洗完还是臭", "公司"),
        ("街道统一组织的消防课", "统一 组织的"),
    ],
)
def test_everyday_words_numbers_and_what_they_count_stay_together(words: str, parts: str, room: int) -> None:
    """As typed without commas: no line ends in an everyday word, before where a thing is, or between a number and what it belongs to."""
    lines = text.wrap(words, Setting((60, 60), room, 9), 60)
    assert lines
    assert [part for part in parts.split() if not any(part in line for line in lines)] == []


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("价格上浮三成", 2),
        ("护工上夜班", 2),
        ("月嫂边喂奶边记本子", 2),
        ("孩子头疼", 2),
        ("厨房头一天擦", 2),
        ("冰箱头冻了肉", -2),
    ],
)
def test_where_something_is_belongs_to_the_thing_and_no_verb_does(words: str, place: int) -> None:
    """上, 下, 边, 头 lean on a thing where they say where (negative), never where they begin what is done."""
    assert joints.leans(words, abs(place)) == (place < 0)


@pytest.mark.parametrize("width", [8, 8.5])
def test_no_first_line_of_one_character(width: float) -> None:
    """What is counted is rather torn from its number than somebody left alone on the first line."""
    lines = text.wrap("她带过二十六个娃娃最小的才七天", Setting((60, 60), int(width * 60), 9), 60)
    assert lines == ("她带过二十六个", "娃娃最小的才七天")


def test_common_words_are_read_only_between_what_is_known() -> None:
    """The likeliest words of what no list knows: none reaches over a known word, a number or a form."""
    words = "热水泡20分钟橡胶桶放边边上"
    assert [words[a:b] for a, b in joints.common(words)] == ["热水", "泡", "桶", "放"]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("到“观山湖区世纪城龙泉苑社区党群服务中心2楼”", ["观山湖区", "世纪城", "龙泉苑社区", "党群服务中心"]),
        ("贵阳市南明区花果园小区五栋", ["贵阳市", "南明区", "花果园小区"]),
        ("先擦厨房区域再擦城门口", []),
        ("我在南明区做了三年", []),
    ],
)
def test_addresses_break_between_their_parts(words: str, parts: list[str]) -> None:
    """Behind 区, 城, 苑, 社区, 小区, 中心 where parts of an address follow each other, not inside one."""
    assert [words[a:b] for a, b in joints.address(words)] == parts
    inside = {at for a, b in joints.address(words) for at in range(a + 1, b)}
    assert not inside & text.phrase_ends(words)


@pytest.mark.parametrize("room", range(300, 860, 40))
@pytest.mark.parametrize("words", ["阿姨走了以后我妈一直夸", "做完之后再请您看一遍", "学会以前没人敢派单给我"])
def test_since_when_stays_with_what_was_done(words: str, room: int) -> None:
    """No line begins with 以后, 之后 or 以前 behind what was done."""
    lines = text.wrap(words, Setting((60, 60), room, 9), 60)
    assert lines
    assert not [line for line in lines if line.startswith(("以后", "之后", "以前"))]


@pytest.mark.parametrize(
    ("clause", "leans"),
    [
        ("也能出来干半天活", True),
        ("就靠一双手", True),
        ("但是她真教", True),
        ("所以我来了", True),
        ("就业培训", False),
        ("都匀的姐妹", False),
        ("家里有老人孩子", False),
    ],
)
def test_a_clause_that_leans_says_nothing_alone(clause: str, *, leans: bool) -> None:
    """也, 就, 但是 and their like lean on what was said before; words that only begin with their characters do not."""
    assert joints.dependent(clause) == leans


@pytest.mark.parametrize(
    ("before", "after", "halves"),
    [
        ("厨房的油一点点抠，", "窗槽也一条条刷，我都没想到", True),
        ("这个留不留，", "那个给谁。", True),
        ("左边放书，", "右边放碗。", True),
        ("客厅堆了半年，", "就等有人来收", True),
        ("厨房的油擦得很细，", "走之前带我看了一遍", False),
        ("到家已经九点，", "我都没想到那里有那么多灰", False),
        ("衣服叠好了。", "", False),
        ("加一份酸菜，", "十三块，吃完坐一下", True),
        ("价格也不贵，", "199，比别家便宜", True),
        ("电话是，", "13900000000，随时打", False),
    ],
)
def test_halves_of_one_thing_said(before: str, after: str, *, halves: bool) -> None:
    """The same said of something else, what points on, what is built alike and what leans belong to the clause before."""
    assert joints.answered(before + after, len(before)) == halves


@pytest.mark.parametrize(
    ("words", "rests"),
    [
        ("照顾老人嘛不是力气活", ["照顾老人嘛"]),
        ("喝了酒打我我就跑出来了", ["喝了酒打我"]),  # the first is whom it is done to
        ("等我等了半个钟头我在门口站起", ["等我等了半个钟头"]),
        ("地板亮得很我怕踩脏了", ["地板亮得很"]),
        ("考官讲得很慢", []),
        ("教了我三年才出师", []),
        ("先擦，他就说好了", []),  # a mark stands there already
    ],
)
def test_rests(words: str, rests: list[str]) -> None:
    """Behind what ends something said, and before whoever something new is said of."""
    assert [words[:at] for at, how in joints.rests(words).items() if how == joints.SURE] == rests


def test_the_lists_are_known_characters_and_words() -> None:
    """Everything the table names can be drawn, and no list names a thing twice."""
    lists = {
        name: said
        for name, said in tables.table("line_joints").items()
        if name not in {"source", "checked_on", "confidence"}
    }
    for name, said in lists.items():
        entries = said if isinstance(said, list) else said.split() if " " in said else list(said)
        assert len(entries) == len(set(entries)), name
        assert not text.missing("".join(entries)), name
