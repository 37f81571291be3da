"""What was typed becomes the words that are meant: no signs nobody sees, no quotation marks around a whole value, no emoji where words are drawn."""

from __future__ import annotations

import pytest

from vidkit.briefs import cleaned
from vidkit.problems import Place
from vidkit.source import Node


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("“真的很好…”", "真的很好…"),
        ("”三小时“", "三小时"),
        ("「好」", "好"),
        ("“他说“好”了”", "他说“好”了"),
        ("“她说‘好’”", "她说‘好’"),
        ("“懒人”收纳法", "“懒人”收纳法"),
        ("“省心”和“放心”", "“省心”和“放心”"),
        ("“好。”她说“行”", "“好。”她说“行”"),
        ("“”", "“”"),
        ("“半边", "“半边"),
        ("\u200b“好\ufeff的”\u200b", "好的"),
        ("三\u00a0小时", "三 小时"),
        ("一\u3000二", "一\u3000二"),
        ("\u3000一\u00a0", "一"),
    ],
)
def test_words(typed: str, meant: str) -> None:
    """One pair of marks around the whole goes, any other stays; so do the wide spaces of Chinese paragraphs."""
    assert cleaned.words(Node(Place("a.yaml"), "text", text=typed)) == meant


def test_marks_that_the_file_quotes_stay() -> None:
    """Whoever wants them seen puts YAML's own around them."""
    assert cleaned.words(Node(Place("a.yaml"), "text", text="“好”", quoted=True)) == "“好”"


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("阿姨很细致👍👍下次还找", "阿姨很细致 下次还找"),
        ("很好 😊 下次，好吃😋！！", "很好 下次，好吃！！"),
        ("👍🏻好，一家👨‍👩‍👧开心❤️", "好，一家 开心"),
        ("1️⃣准时", "1 准时"),
        ("1️⃣0️⃣处，一天做6️⃣处，12️⃣天", "10处，一天做6处，12天"),
        ("一天做6处😂腰杆都直不起来", "一天做6处 腰杆都直不起来"),
        ("☀️好♥️，☎️#️⃣‼️⁉️", "☀好♥，☎#‼⁉"),
        ("ℹ️好", "好"),
        ("♥️\u200d🔥好", "好"),
        ("贵阳🇨🇳人", "贵阳 人"),
        ("😄\n第二行\n\n第三行", "第二行\n\n第三行"),
        ("★★★★★ 好～（真的）", "★★★★★ 好～（真的）"),
        ("𠮷", "𠮷"),
        ("👍👍", ""),
        ("🚫84和洁厕灵一起用👍", "🚫84和洁厕灵一起用"),
        ("❌用钢丝球刮玻璃，✅用软布", "❌用钢丝球刮玻璃，用软布"),
        ("🙅🏻‍♀️干擦", "🙅‍♀干擦"),
        ("🔟分钟擦窗3✖️4米，2️⃣✖️3️⃣", "10分钟擦窗3×4米，2×3"),
        ("灶台➕油烟机，➖➖➖收纳，打💯分", "灶台+油烟机，收纳，打100分"),
        ("你洗过没❓真干净❗️", "你洗过没？真干净！"),
        ("1️⃣天做6️⃣处", "1天做6处"),
        ("1️⃣天花板", "1 天花板"),
        ("1️⃣灶台2️⃣水槽", "1 灶台 2 水槽"),
        ("1️⃣2️⃣月也上门，1️⃣2️⃣3️⃣元", "12月也上门，123元"),
        ("1️⃣2️⃣3️⃣元", "123元"),
        ("1️⃣断电2️⃣拆网3️⃣4️⃣小时晾干", "1 断电 2 拆网34小时晾干"),
        ("1️⃣天2️⃣次", "1天2次"),
        ("抹布✖️5条，手套✖3双，地垫3米✖️4米", "抹布×5条，手套×3双，地垫3米×4米"),
        ("清洁剂✖️两瓶，桶✖1", "清洁剂×两瓶，桶×1"),
        ("灶台✖84消毒液，台面✖3天内别碰水，✖2个一起用", "灶台✖84消毒液，台面✖3天内别碰水，✖2个一起用"),
        ("含灶台水槽 ✖️2米以上高处，日常保洁✖️2米", "含灶台水槽 ✖2米以上高处，日常保洁✖2米"),
        ("厨房✅阳台✖️3个，✔滤网✖️2", "厨房 阳台✖3个，滤网✖2"),
        ("照顾一位老人✖️2个娃娃，孩子✖️3个不接，宠物✖️2只以上", "照顾一位老人✖2个娃娃，孩子✖3个不接，宠物✖2只以上"),
        ("不做✖️ 2台，擦窗2米✖️3米以上不做", "不做✖ 2台，擦窗2米✖3米以上不做"),
        ("沙发✖️2，不含拆洗，抹布✖️2条 不锈钢盆✖️1个", "沙发×2，不含拆洗，抹布×2条 不锈钢盆×1个"),
        ("地毯3m✖️4m，长3米✖️宽4米，厨房✅\n桶✖️1", "地毯3m×4m，长3米×宽4米，厨房\n桶×1"),
        ("服务💯户，谢谢💯位姐妹，今年💯单", "服务100户，谢谢100位姐妹，今年100单"),
        ("擦玻璃💯一扇起，开荒💯起步，奶奶💯岁，先付💯定金", "擦玻璃100一扇起，开荒100起步，奶奶100岁，先付100定金"),
        ("一台💯，两台一百八，擦完一间💯，干净", "一台100，两台一百八，擦完一间，干净"),
        ("💯个放心，💯分满意，服务💯条理清楚", "100个放心，100分满意，服务 条理清楚"),
        ("💯元起，满💯减🔟，拆洗💯/台", "100元起，满100减10，拆洗100/台"),
        ("做了💯多家，💯天没断过，第💯单", "做了100多家，100天没断过，第100单"),
        ("女儿考了💯，给阿姨打💯💯", "女儿考了100，给阿姨打100"),
        ("💯%棉，💯平米，走💯级台阶", "100%棉，100平米，走100级台阶"),
        ("💯元气满满，干净💯天天擦，满意💯分享", "元气满满，干净 天天擦，满意 分享"),
        ("满满💯减负，好用💯单手拧，周到💯家政", "满满 减负，好用 单手拧，周到 家政"),
        ("置🔝评论，擦到🔝，往🔝滑，柜🔝的灰", "置顶评论，擦到顶，往上滑，柜顶的灰"),
        ("服务🔝，🔝先擦柜", "服务，先擦柜"),
        ("招👩🏻‍🔧修，👑👑皇冠灯", "招 修，皇冠灯"),
        ("好，😀，好。😀，好；😀！好", "好，好。好！好"),
        ("好（😀）“👍 ”，还找", "好，还找"),
        ("好：😀", "好"),
        ("😀，好", "好"),
    ],
)
def test_drawable(said: str, drawn: str) -> None:
    """Pictographs without a glyph go with all that is joined to them, and the marks they leave empty; signs that can be drawn, without what
    chooses their look, and words stay, so do signs that say no, and numbers.
    """
    assert cleaned.drawable(said) == drawn


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("铲刀铲,铲完再拖3,5遍", "铲刀铲，铲完再拖3,5遍"),
        ("铲, 铲", "铲，铲"),
        ("三步擦窗🪟,你会没", "三步擦窗🪟，你会没"),
        ("擦窗👍🏻,🪟门", "擦窗👍🏻，🪟门"),
        ('客户讲："来得早,擦得净😀"，窗,门', '客户讲："来得早,擦得净😀"，窗，门'),
        ("她说“莫急,慢慢来”,我听", "她说“莫急,慢慢来”,我听"),
    ],
)
def test_commas(typed: str, meant: str) -> None:
    """Those of the keyboard between Chinese characters become Chinese ones, an emoji beside them or not; a quotation stays as it was said."""
    assert cleaned.commas(typed) == meant


def test_a_sign_that_claims_is_left_for_the_rules() -> None:
    """Drawn as a number, it stays in what is posted and examined (💯个放心 claims 100%)."""
    assert cleaned.figured("💯个放心，服务💯户") == "💯个放心，服务100户"
