"""What each table holds of a person: shown to them in a data package, removed by an erasure.

Every table of siyu stands here once, in `PLACES` or in `WITHOUT`; a test holds it. Whoever adds a
table says here what happens to it.
"""

from collections.abc import Mapping
from typing import Final

from siyu.people.privacy.places import Place

_ALL: Final = (
    Place(
        "customer",
        "基本资料",
        (("id", "customer"),),
        shown={
            "name": "昵称",
            "gender": "性别",
            "corp_name": "企业",
            "avatar_url": "头像",
            "created_at": "成为客户时间",
        },
    ),
    Place(
        "customer_private",
        "联系方式",
        shown={"kind": "种类", "ciphertext": "内容", "created_at": "记录时间"},
    ),
    Place(
        "identity",
        "身份标识",
        (("customer_id", "customer"),),
        shown={
            "kind": "种类",
            "scope": "应用",
            "value": "标识",
            "evidence": "依据",
            "created_at": "记录时间",
        },
    ),
    Place(
        "identity_link",
        "身份关联记录",
        (
            ("identity_id", "identity"),
            ("customer_id", "customer"),
            ("from_customer_id", "customer"),
        ),
        shown={"evidence": "依据", "linked_at": "时间", "reason": "说明"},
    ),
    Place(
        "identity_profile",
        "各身份的资料",
        shown={"name": "昵称", "gender": "性别", "corp_name": "企业", "avatar_url": "头像"},
    ),
    Place(
        "merge_candidate",
        "疑似同一人的提示",
        (("one_id", "identity"), ("other_id", "identity")),
        shown={"evidence": "依据", "state": "状态", "found_at": "时间"},
    ),
    Place(
        "merge_refusal",
        "确认不是同一人",
        (("one_id", "customer"), ("other_id", "customer")),
        shown={"at": "时间", "reason": "说明"},
    ),
    Place(
        "contact",
        "与员工的好友关系",
        shown={
            "staff_account_id": "员工",
            "state": "状态",
            "remark": "员工备注",
            "description": "员工描述",
            "first_add_at": "首次添加",
            "added_at": "最近添加",
            "lost_at": "流失时间",
            "channel_id": "渠道",
            "live_code_id": "活码",
        },
    ),
    Place(
        "contact_turn",
        "好友关系变化",
        (("contact_id", "contact"),),
        shown={"at": "时间", "kind": "变化", "by": "由谁"},
    ),
    Place(
        "contact_tag",
        "企业标签",
        (("contact_id", "contact"),),
        shown={"tag_id": "标签", "source": "来源", "reason": "原因", "marked_at": "时间"},
    ),
    Place(
        "tag_marking_item",
        "批量打标签",
        (("contact_id", "contact"),),
        shown={"state": "状态"},
    ),
    Place(
        "identity_tag",
        "内部标签",
        shown={"tag_id": "标签", "source": "来源", "reason": "原因", "marked_at": "时间"},
    ),
    Place(
        "field_value",
        "自定义字段",
        shown={
            "field_id": "字段",
            "text": "文字",
            "number": "数值",
            "day": "日期",
            "choices": "选项",
            "set_at": "记录时间",
        },
    ),
    Place(
        "stage_change",
        "客户阶段",
        shown={"stage_id": "阶段", "at": "时间", "reason": "原因"},
    ),
    Place(
        "consent",
        "授权",
        shown={"kind": "事项", "state": "意愿", "at": "时间", "source": "来源", "note": "说明"},
    ),
    Place(
        "sensitivity_mark",
        "营销敏感",
        shown={
            "state": "状态",
            "words": "词语",
            "reason": "说明",
            "source": "来源",
            "found_at": "时间",
        },
    ),
    Place(
        "group_member",
        "加入的客户群",
        shown={
            "group_id": "客户群",
            "nickname": "群昵称",
            "joined_at": "入群时间",
            "left_at": "退群时间",
        },
    ),
    Place(
        "touch",
        "触达",
        # Orders and readings of others hang on it, and what it earned is the staff's.
        erase="links",
        blank={"identity_id": None},
        shown={
            "kind": "种类",
            "staff_account_id": "员工",
            "material_id": "素材",
            "created_at": "时间",
        },
    ),
    Place(
        "welcome_attempt",
        "欢迎语",
        shown={"state": "状态", "staff_account_id": "员工", "added_at": "时间"},
    ),
    Place(
        "tracked_link",
        "发给本人的链接",
        (("sent_to", "identity"),),
        erase="links",
        blank={"sent_to": None},
        shown={"material_id": "素材", "staff_account_id": "员工", "created_at": "时间"},
    ),
    Place(
        "visit",
        "浏览记录",
        # A reading by nobody known: the counts of the material stay what they were.
        erase="links",
        blank={"identity_id": None},
        shown={
            "material_id": "素材",
            "staff_account_id": "员工",
            "opened_at": "打开时间",
            "seconds": "停留秒数",
            "depth": "阅读进度（%）",
        },
    ),
    Place(
        "sales_order",
        "订单",
        # Orders are kept by law, without the person; those that wait for their buyer as well.
        (
            ("identity_id", "identity"),
            ("unionid", "=unionid"),
            ("external_member_id", "=member"),
            ("phone_blind", "#phone"),
        ),
        erase="links",
        blank={
            "identity_id": None,
            "match_method": None,
            "matched_at": None,
            "unionid": None,
            "phone": None,
            "phone_blind": None,
            "external_member_id": None,
        },
        shown={
            "external_id": "订单号",
            "state": "状态",
            "paid_at": "付款时间",
            "amount_fen": "金额（分）",
            "refunded_fen": "退款（分）",
            "phone": "收货手机",
        },
    ),
    Place(
        "reconciliation_difference",
        "与企业微信核对的差异",
        shown={"kind": "差异", "staff_account_id": "员工", "found_at": "时间"},
    ),
    Place(
        "wecom_inbox",
        "企业微信的通知",
        (("lane", "=external_userid"),),
        shown={"change_type": "种类", "occurred_at": "时间"},
    ),
    Place(
        "official_letter",
        "写给公众号的消息",
        (("openid", "=openid"),),
        shown={"received_at": "时间"},
    ),
    Place(
        "data_package",
        "个人信息副本",
        (("customer_id", "customer"),),
        shown={"created_at": "制作时间"},
    ),
)
PLACES: Final[Mapping[str, Place]] = {place.table: place for place in _ALL}

_BARE: Final = "numbers that mean nobody once identities and customers are gone"
_ROOM: Final = "erased by its room's own door"

WITHOUT: Final[Mapping[str, str]] = {
    "event": f"facts hold no personal data; identity and customer stay as {_BARE}",
    "outbox": f"facts on their way: as event, {_BARE}",
    "audience_chunk": _ROOM,
    "audience_use_chunk": _ROOM,
    "audience_forgotten": _BARE,
    "erasure": "the request itself; its customer is taken out when it is done",
    "erased_id": "keyed hashes by which somebody erased is not taken up again",
    "people_import": "names a sealed file, which goes within a day; its name and header are"
    " searched, and blanked or reported",
    "people_import_chunk": f"a bitmap of {_BARE}; says which files go",
    "people_import_problem": "places in a file and sentences that repeat nothing of it",
    "people_export": "names a sealed file, which goes with each person in it",
    "people_export_part": f"a bitmap of {_BARE}; says which files go",
    "tag_marking": f"a bitmap of {_BARE}",
    "people_selection": f"a bitmap of {_BARE}, and filters without words; gone after a month",
    "people_act": "what is set for many at once, gone after a month; on an erasure what somebody"
    " wrote in it is searched: blanked where it is done, else reported",
    "job_run": "ids and counts; titles may repeat names of files and audiences: those of files go"
    " with them, the others are searched and reported",
    "audit_entry": "deeds of employees; targets are numbers, details hold no personal data",
    "collect_inbox": "what browsers reported, gone once it is understood, within seconds",
    "visitor_hour": "counts of new browsers, gone after a day",
    "order_receipt": "hashes of posts of shops",
    "order_line": "what was bought, without the buyer; kept by law",
    "after_sale": "refunds, without the buyer; kept by law",
    "attribution": "what an order is owed to; the buyer is not in it",
    "group_chat": "a group; the enterprise's own words and counts",
    "web_session": "employees",
    "sign_in_failure": "employees",
    **dict.fromkeys(
        (
            "tenant", "department", "employee", "staff_account", "wecom_connection",
            "official_account_connection", "reconciliation_plan", "churn_plan", "rfm_plan",
            "rfm_version", "audience", "audience_version", "audience_size", "audience_use",
            "channel", "live_code", "live_code_staff", "live_code_tag", "material", "media_asset",
            "collect_source", "order_source", "custom_field", "stage", "tag", "tag_group",
            "tag_library_state", "tag_rule", "customer_list_view", "service_channel",
        ),
        "the enterprise's own",
    ),
    **dict.fromkeys(
        (
            "sys.analytics_batch", "sys.api_token", "sys.cursor", "sys.host", "sys.parked_event",
            "sys.picture", "sys.picture_debt", "sys.picture_rebuild", "sys.quota_count",
            "sys.shard", "sys.slug",
        ),
        "the installation's own, at most numbers",
    ),
}  # fmt: skip
"""Tables that no erasure touches through `PLACES`, and why."""
