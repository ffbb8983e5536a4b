"""Names and things of a mother-and-baby shop, as they are in life."""

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕"
)
WOMEN = tuple(
    """
    雨桐 思涵 梦瑶 晓燕 静怡 佳怡 欣怡 雅婷 丽华 春梅 海燕 晓萌 婷婷 可欣 诗雨 若曦 子涵
    芷若 语嫣 秀英 玉兰 美玲 文静 慧敏 雪晴 依诺 梓萱 晨曦 紫薇 倩 敏 静 娟 艳 莉 洁 薇 璐
    颖 琳
    """.split()  # noqa: SIM905  a list of words reads better than a list of quotes
)
MEN = tuple(
    """
    浩然 子轩 宇航 俊杰 志强 建华 文博 明辉 伟 磊 强 涛 鹏 斌 凯 昊 晨 宇 建国 家豪 思远
    天佑 嘉伟 永康 立新 海涛
    """.split()  # noqa: SIM905  a list of words reads better than a list of quotes
)
NICKNAMES = tuple(
    """
    豆豆妈妈 糖宝麻麻 一颗小星星 小鱼儿 向阳而生 慢慢来 米粒妈 可乐爸爸 岁月静好 桃子 柚子茶
    大白兔 暖暖 果果妈咪 安安的妈 晴天小猪 努力的奶爸 橙子汽水 木木 月亮不睡我不睡 团团圆圆
    小满 阿离 北方有佳人 二宝妈在路上 喵小姐 Lily Amy🌸 Jason 陈陈陈 奶茶三分糖 花花世界
    海盐芝士 三月的风 悠悠 元宝妈
    """.split()  # noqa: SIM905  a list of words reads better than a list of quotes
)

STAFF = (
    # userid, name, alias, gender, department, position, employee, leader
    ("linxiaoyue", "林晓月", "月月育儿顾问", 2, 2, "门店店长", "E001", True),
    ("zhoumin", "周敏", "小敏老师", 2, 2, "育儿顾问", "E002", False),
    ("hejiahui", "何佳慧", "佳慧", 2, 2, "育儿顾问", "E003", False),
    ("wutao", "吴涛", "涛哥", 1, 2, "导购", "E004", False),
    ("suqing", "苏晴", "晴晴管家", 2, 3, "私域运营主管", "E005", True),
    ("tangyuan", "唐媛", "媛媛福利官", 2, 3, "社群管家", "E006", False),
    ("tangyuan2", "唐媛", "媛媛小助手", 2, 3, "社群管家", "E006", False),
    ("majun", "马骏", "骏马客服", 1, 4, "售后客服", "E007", True),
)
DEPARTMENTS = (
    # id, name, parent, order
    (1, "小鲸鱼母婴", 0, 100_000_000),
    (2, "门店零售部", 1, 100_000_000),
    (3, "私域运营部", 1, 99_999_000),
    (4, "客户服务部", 1, 99_998_000),
)
TAG_GROUPS = (
    ("宝宝阶段", ("备孕", "孕期", "0-6个月", "6-12个月", "1-3岁", "3岁以上")),
    ("客户来源", ("门店", "包裹卡", "公众号", "老客介绍")),
    ("消费偏好", ("纸尿裤", "奶粉", "辅食", "童装", "玩具")),
)
PRODUCTS = (
    # sku, name, price in fen
    ("DIAPER-L-120", "云柔纸尿裤 L 码 120 片", 16_900),
    ("DIAPER-NB-96", "云柔纸尿裤 NB 码 96 片", 12_900),
    ("MILK-1-800", "初元婴儿配方奶粉 1 段 800g", 28_800),
    ("MILK-3-800", "初元幼儿配方奶粉 3 段 800g", 25_800),
    ("PUREE-12", "有机果泥组合 12 袋", 7_900),
    ("RICE-IRON", "高铁米粉 225g", 4_500),
    ("BODY-COTTON", "新生儿纯棉连体衣 3 件装", 13_900),
    ("BLOCK-60", "软积木 60 粒", 9_900),
    ("WIPES-80X10", "手口湿巾 80 抽 10 包", 5_990),
    ("STROLLER-LITE", "轻便折叠婴儿车", 89_900),
)


def person_name(rng: Random, gender: int) -> str:
    """Return a WeChat name: two fifths nicknames, else a plausible name for the gender."""
    if rng.random() < 0.4:  # noqa: PLR2004
        return rng.choice(NICKNAMES)
    given = MEN if gender == 1 else WOMEN
    return rng.choice(SURNAMES) + rng.choice(given)


def phone_number(rng: Random) -> str:
    """Return a mainland mobile number in E.164."""
    prefix = rng.choice(("133", "135", "136", "138", "139", "150", "158", "177", "186", "189"))
    return f"+86{prefix}{rng.randrange(10**8):08d}"
