"""The metric dictionary: every figure of siyu, once. Every page shows figures from here only."""

from typing import Final

from siyu.insight.metrics.definitions import (
    Drill,
    Measured,
    Metric,
    Need,
    People,
    Percentile,
    Quotient,
    Relation,
    Sum,
    Unit,
)

_CALLBACK: Final = "企业微信回调"
_TRACKING: Final = "siyu 雷达链接与页面"
_SENT: Final = "siyu 发送记录"
_ORDERS: Final = "订单接口"
_ENTERED: Final = "运营录入"

_OPENED: Final = "type = 'material.viewed'"
_ADDED: Final = "(type = 'contact.added' and observed)"
_READDED: Final = "type = 'contact.readded'"
_KEPT: Final = "refund_fen < amount_fen"
_ATTRIBUTED: Final = "method in ('touch', 'window')"

_TRAFFIC: Final = (
    Metric(
        "exposed",
        "曝光",
        Unit.COUNT,
        "所选时间内客户看到我们的次数，按来源分列后相加：运营录入的渠道曝光（如印刷品份数）、"
        "送达的欢迎语、员工分享的雷达链接、内容页面的浏览。是人次，不是人数。",
        "运营录入、siyu 发送记录与页面",
        Measured(
            Relation.FACTS,
            "exposures > 0",
            Sum("exposures"),
            parts="source",
        ),
    ),
    Metric(
        "printed",
        "渠道曝光",
        Unit.COUNT,
        "运营在渠道中录入的曝光数，例如已印制并发出的包裹卡份数。",
        _ENTERED,
        Measured(Relation.FACTS, "type = 'channel.exposed'", Sum("exposures"), parts="source"),
        needs=(Need.EXPOSURES,),
    ),
    Metric(
        "clicked",
        "点击",
        Unit.COUNT,
        "雷达链接被打开的次数，含身份未知的访客。",
        _TRACKING,
        Measured(Relation.FACTS, _OPENED),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "readers",
        "阅读客户",
        Unit.PEOPLE,
        "打开过雷达链接且身份已知的客户数；身份未知的访客不计人数。",
        _TRACKING,
        Measured(Relation.FACTS, _OPENED, People()),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "click_rate",
        "点击率",
        Unit.RATIO,
        "点击 ÷ 曝光。",
        "由曝光与点击计算",
        Quotient("clicked", "exposed"),
        undefined="所选时间内没有曝光，无法计算点击率",
    ),
    Metric(
        "reached",
        "触达客户",
        Unit.PEOPLE,
        "所选时间内对曝光有回应的客户数：打开过雷达链接，或添加、重新添加了员工。同一客户只计一次。",
        f"{_CALLBACK}、{_TRACKING}",
        Measured(Relation.FACTS, f"{_OPENED} or {_ADDED} or {_READDED}", People()),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "shared",
        "分享",
        Unit.COUNT,
        "员工把内容作为雷达链接发给客户的次数。",
        _SENT,
        Measured(Relation.FACTS, "type = 'material.shared'"),
    ),
    Metric(
        "active_customers",
        "活跃客户",
        Unit.PEOPLE,
        "所选时间内自己做过一件事的客户数：打开内容、添加或重新添加员工、"
        "支付订单（支付时已知买家）。客户发来的消息需接入会话存档后才能知道，不在其中。",
        f"{_CALLBACK}、{_TRACKING}、{_ORDERS}",
        Measured(
            Relation.FACTS,
            f"{_OPENED} or {_ADDED} or {_READDED} or type = 'order.paid'",
            People(),
        ),
        drill=Drill.PEOPLE,
    ),
)

_FRIENDS: Final = (
    Metric(
        "added",
        "新增好友",
        Unit.COUNT,
        "所选时间内首次建立、并由 siyu 当场收到回调的好友关系数。"
        "同一客户首次添加两位员工计两个；删除后重新添加不计入；接入前的好友不计入。",
        _CALLBACK,
        Measured(Relation.FACTS, _ADDED),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "new_customers",
        "新客户",
        Unit.PEOPLE,
        "新增好友中，此前不是任何员工好友的客户数。",
        _CALLBACK,
        Measured(Relation.FACTS, f"{_ADDED} and first", People()),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "readded",
        "重新添加",
        Unit.COUNT,
        "曾经流失的好友关系重新建立的次数；首次添加时间保持不变。",
        _CALLBACK,
        Measured(Relation.FACTS, _READDED),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "lost",
        "流失好友",
        Unit.COUNT,
        "所选时间内结束的好友关系数，按原因分列：客户删除员工、员工删除客户、转接、原因不明。",
        _CALLBACK,
        Measured(Relation.FACTS, "type = 'contact.lost'", parts="lost_by"),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
        good_when_low=True,
    ),
    Metric(
        "first_day_due",
        "满24小时的新增好友",
        Unit.COUNT,
        "所选时间内的新增好友中，添加至今已满 24 小时的好友关系数。",
        _CALLBACK,
        Measured(Relation.ADDITIONS, "due"),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "first_day_lost",
        "首日流失好友",
        Unit.COUNT,
        "满 24 小时的新增好友中，在添加后 24 小时内结束的好友关系数；转接不算流失。",
        _CALLBACK,
        Measured(Relation.ADDITIONS, "due and lost_within_a_day"),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
        good_when_low=True,
    ),
    Metric(
        "first_day_churn",
        "首日流失率",
        Unit.RATIO,
        "首日流失好友 ÷ 满 24 小时的新增好友。添加未满 24 小时的好友不参与计算。",
        _CALLBACK,
        Quotient("first_day_lost", "first_day_due"),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
        undefined="所选时间内还没有满 24 小时的新增好友",
        good_when_low=True,
    ),
)

_WELCOMES: Final = (
    Metric(
        "welcomes_sent",
        "欢迎语送达",
        Unit.COUNT,
        "企业微信已受理的欢迎语条数。",
        _SENT,
        Measured(Relation.FACTS, "type = 'welcome.sent'"),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "welcomes_tried",
        "欢迎语应发",
        Unit.COUNT,
        "应当发送的欢迎语条数：已送达与放弃发送之和。",
        _SENT,
        Measured(Relation.FACTS, "type in ('welcome.sent', 'welcome.given_up')"),
        needs=(Need.WECOM,),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "welcome_success",
        "欢迎语成功率",
        Unit.RATIO,
        "欢迎语送达 ÷ 欢迎语应发。",
        _SENT,
        Quotient("welcomes_sent", "welcomes_tried"),
        needs=(Need.WECOM,),
        undefined="所选时间内没有需要发送的欢迎语",
    ),
    Metric(
        "welcome_p99_seconds",
        "欢迎语用时（99%）",
        Unit.SECONDS,
        "从客户添加到企业微信受理欢迎语的秒数，99% 的欢迎语不超过它。企业微信的时限是 20 秒。",
        _SENT,
        Measured(Relation.FACTS, "type = 'welcome.sent'", Percentile("seconds", 0.99)),
        needs=(Need.WECOM,),
        undefined="所选时间内没有送达的欢迎语",
        good_when_low=True,
    ),
)

_SALES: Final = (
    Metric(
        "orders",
        "成交订单",
        Unit.COUNT,
        "所选时间内支付、且至今没有全额退款的订单数。",
        _ORDERS,
        Measured(Relation.ORDERS, _KEPT),
        needs=(Need.ORDERS,),
        drill=Drill.ORDERS,
    ),
    Metric(
        "bought",
        "成交客户",
        Unit.PEOPLE,
        "成交订单的买家人数；买家身份未知的订单不计人数。",
        _ORDERS,
        Measured(Relation.ORDERS, _KEPT, People()),
        needs=(Need.ORDERS,),
        drill=Drill.PEOPLE,
    ),
    Metric(
        "gmv_fen",
        "成交额",
        Unit.FEN,
        "所选时间内支付的订单金额，减去这些订单至今的退款。按支付时间归属到日。",
        _ORDERS,
        Measured(Relation.ORDERS, "true", Sum("net_fen"), parts="method"),
        needs=(Need.ORDERS,),
        drill=Drill.ORDERS,
    ),
    Metric(
        "average_order_fen",
        "笔单价",
        Unit.FEN,
        "成交额 ÷ 成交订单。",
        _ORDERS,
        Quotient("gmv_fen", "orders"),
        needs=(Need.ORDERS,),
        undefined="所选时间内没有成交订单",
    ),
    Metric(
        "order_rate",
        "成单率",
        Unit.RATIO,
        "成交客户 ÷ 触达客户。以前触达、现在才购买的客户也计入成交，因此可能超过 100%。",
        f"{_ORDERS}、{_CALLBACK}、{_TRACKING}",
        Quotient("bought", "reached"),
        needs=(Need.ORDERS,),
        drill=Drill.PEOPLE,
        undefined="所选时间内没有触达客户，无法计算成单率",
    ),
    Metric(
        "conversion",
        "转化",
        Unit.TIMES,
        "成交订单 ÷ 触达客户，即平均每位触达客户成交几单。成交额 = 触达客户 × 转化 × 笔单价。",
        f"{_ORDERS}、{_CALLBACK}、{_TRACKING}",
        Quotient("orders", "reached"),
        needs=(Need.ORDERS,),
        drill=Drill.ORDERS,
        undefined="所选时间内没有触达客户，无法计算转化",
    ),
    Metric(
        "attributed_gmv_fen",
        "已归因成交额",
        Unit.FEN,
        "成交额中能归到某次触达的部分，并注明方法：触达编号随订单带回的为精确归因，"
        "否则按同一客户在时间窗内的最近一次触达归因。",
        "归因",
        Measured(Relation.ORDERS, _ATTRIBUTED, Sum("net_fen"), parts="method"),
        needs=(Need.ORDERS,),
        drill=Drill.ORDERS,
    ),
    Metric(
        "unattributed_gmv_fen",
        "未归因成交额",
        Unit.FEN,
        "成交额中找不到对应触达的部分。与已归因成交额之和等于成交额。",
        "归因",
        Measured(Relation.ORDERS, f"not ({_ATTRIBUTED})", Sum("net_fen")),
        needs=(Need.ORDERS,),
        drill=Drill.ORDERS,
    ),
    Metric(
        "cost_fen",
        "渠道成本",
        Unit.FEN,
        "运营随渠道曝光录入的成本之和。",
        _ENTERED,
        Measured(Relation.FACTS, "type = 'channel.exposed'", Sum("cost_fen")),
        needs=(Need.COSTS,),
    ),
    Metric(
        "roi",
        "投入产出比",
        Unit.TIMES,
        "已归因成交额 ÷ 渠道成本，即每花一元带来几元成交额。",
        "归因与运营录入",
        Quotient("attributed_gmv_fen", "cost_fen"),
        needs=(Need.ORDERS, Need.COSTS),
        undefined="没有录入成本，无法计算投入产出比",
    ),
)

METRICS: Final[dict[str, Metric]] = {
    metric.key: metric for metric in (*_TRAFFIC, *_FRIENDS, *_WELCOMES, *_SALES)
}
