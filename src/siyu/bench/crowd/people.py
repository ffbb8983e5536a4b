"""The formula: who the people are, and what siyu's tables know of them.

Each piece of the crowd lies for a moment in tables of the engine's memory, which `tables` and
`picture` read. `h(x)` is a hash of seed, person and `x`; `u(x)` the same between 0 and 1.
"""
# Statements are put together from constants and numbers of this module alone.
# ruff: noqa: S608

from typing import Final

from siyu.bench.crowd.size import (
    CHANNELS,
    CODES,
    CORP_TAGS,
    INTERNAL_TAGS,
    ORDERS,
    PHONE_EVERY,
    SLOTS,
    STAGES,
    Crowd,
)

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许"
    "韩邓冯曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
)
_GIVEN: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬凤洁梅琳素云莲真雪荣爱妹香月莺媛瑞凡佳嘉琼"
    "勤珍贞莉兰翠雅芝晓思雨欣怡子轩浩宇梓涵诗琪"
)
_NICKNAMES: Final = (
    "小雨", "阳光", "A阿杰", "静待花开", "平安是福", "Lucky", "晴天", "小太阳", "岁月静好", "橙子",
    "Amy", "海阔天空", "木子", "悠悠", "布丁", "Tony老师", "向日葵", "团团妈妈", "老K", "一叶知秋",
)  # fmt: skip
KINDS: Final = ["external_userid", "unionid", "phone"]
"""Of identities, by their place among a person's `known`, from 1 on."""
_CORPS: Final = ("青禾商贸", "远山科技", "百味食品", "云帆物流", "春晓传媒")

MACROS: Final = f"""
with
    x -> cityHash64({{seed}}, n, x) as h,
    x -> h(x) % 1000003 / 1000003 as u,
    (x, i) -> cityHash64({{seed}}, n, x, i) % 1000003 / 1000003 as v,
    x -> v(x, slot) as b,
    (share, number) -> toUInt64(share * number) as cut,
    toDateTime64({{epoch}}, 6, 'UTC') as moment,
    seconds -> moment - toIntervalSecond(toInt64(seconds)) as ago,
    (since, share) -> since + toIntervalSecond(toInt64(share * dateDiff('second', since, moment)))
        as amid,
    (since, share) -> amid(since, share) + toIntervalSecond(1) as later,
    '{_SURNAMES}' as surnames,
    '{_GIVEN}' as given,
    {list(_NICKNAMES)} as nicknames,
    {list(_CORPS)} as corps
"""
_WHO: Final = f"""
select number as n,
    u(1) < 0.7
        ? concat(substringUTF8(surnames, 1 + h(2) % {len(_SURNAMES)}, 1),
                 substringUTF8(given, 1 + h(3) % {len(_GIVEN)}, 1),
                 h(4) % 3 = 0 ? '' : substringUTF8(given, 1 + h(5) % {len(_GIVEN)}, 1))
        : concat(nicknames[1 + h(6) % {len(_NICKNAMES)}], h(7) % 2 = 0 ? '' : toString(h(8) % 100))
        as name,
    [1, 2, 2, 1, 2, 0][1 + h(9) % 6] as gender,
    u(10) < 0.97 ? 1 : 2 as kind,
    kind = 2 ? corps[1 + h(11) % {len(_CORPS)}] : '' as corp_name,
    ago(94608000 * pow(u(12), 1.6)) as created_at,
    u(13) < 0.85 as unionid,
    n % {PHONE_EVERY} = 0 as phone,
    arrayFilter(i -> i = 1 or i = 2 and unionid or i = 3 and phone, [1, 2, 3]) as known,
    multiIf(u(72) >= 0.25, '', u(70) < 0.7, 'granted', 'refused') as consent,
    u(82) < 0.01 ? ['found', 'confirmed', 'dismissed'][1 + h(80) % 3] : '' as mark,
    1 + (u(14) < 0.16) + (u(14) < 0.04) as friends,
    (n - 1) * {SLOTS} + 1 as identity_id,
    created_at as at
from numbers({{first}}, {{count}})
"""
# `b(x)` differs for each friendship; an ending comes soon, or after long.
_FRIEND: Final = f"""
select n, name, (n - 1) * {SLOTS} + 1 + slot as contact_id, identity_id,
    1 + (cut(pow(u(20), 2), {{staff}}) + slot * 7) % {{staff}} as staff_account_id,
    slot = 0 ? at : amid(at, b(21)) as first_add_at,
    b(22) < 0.18 as over, b(22) >= 0.18 and b(22) < 0.22 as again,
    if(over or again, later(first_add_at, pow(b(23), 3)), null) as ended_at,
    if(again, later(assumeNotNull(ended_at), b(24)), first_add_at) as added_at,
    if(over, ended_at, null) as lost_at,
    if(over or again,
        ['customer', 'customer', 'customer', 'staff', 'transfer'][1 + cut(b(25), 5)], null)
        as ended_by,
    if(over, ended_by, null) as lost_by,
    over ? 'lost' : 'active' as state,
    if(b(26) < 0.6, 1 + cut(pow(b(27), 2), {CODES}), null) as live_code_id,
    1 + (live_code_id - 1) % {CHANNELS} as channel_id,
    multiIf(b(26) < 0.6, 1, b(26) < 0.98, [2, 3, 4, 6][1 + cut(b(28), 4)], null) as add_way,
    b(29) < 0.4 ? concat(name, ['-老客', '-双11', ' 意向高', '（复购）'][1 + cut(b(30), 4)]) : ''
        as remark,
    arrayDistinct(arrayMap(i -> 1 + cut(pow(v(31, slot * 8 + i), 3), {CORP_TAGS}),
        range(cut(pow(b(32), 2.2), 8)))) as tag_ids
from who array join range(friends) as slot
"""
_INNER: Final = f"""
select n, (unionid and h(40) % 2 = 0 ? identity_id + 1 : identity_id) as identity_id, tag_id,
    amid(at, v(41, tag_id)) as marked_at, v(42, tag_id) < 0.5 ? 'rule' : 'employee' as source
from who array join
    arrayDistinct(arrayMap(i -> {CORP_TAGS} + 1 + cut(pow(v(43, i), 2), {INTERNAL_TAGS}),
        range(u(44) < 0.25 ? 1 + h(45) % 3 : 0))) as tag_id
"""
_STAGE: Final = f"""
select n, (n - 1) * 2 + 1 + turn as id,
    (turn = 1 and unionid ? identity_id + 1 : identity_id) as identity_id,
    1 + (h(50) + turn) % {STAGES} as stage_id,
    turn = 0 ? amid(at, u(51)) : amid(amid(at, u(51)), u(52)) as moved_at
from who array join range(u(53) < 0.6 ? 1 + (u(54) < 0.25) : 0) as turn
"""
_HELD: Final = """
select n, identity_id, field_id, amid(at, v(60, field_id)) as set_at,
    multiIf(field_id = 2, cut(pow(u(61), 3), 5000), field_id = 6, h(62) % 2, null) as number,
    if(field_id = 1, concat('VIP', leftPad(toString(n), 9, '0')), null) as text,
    if(field_id = 3, toDate32('1955-01-01') + toIntervalDay(h(63) % 18250), null) as day,
    multiIf(field_id = 4, [1 + cut(pow(u(64), 2), 4)], field_id = 5, arraySort(arrayDistinct(
        arrayMap(i -> 1 + cut(v(65, i), 8), range(1 + h(66) % 3)))), []) as choices
from who array join
    arrayFilter(i -> v(67, i) < [0.3, 0.35, 0.25, 0.3, 0.15, 0.15][i], range(1, 7)) as field_id
"""
_SAID: Final = """
select n, identity_id, consent as state, amid(at, u(71)) as said_at from who where consent != ''
"""
_SENSITIVE: Final = """
select n, identity_id, mark as state, amid(at, u(81)) as found_at from who where mark != ''
"""
_MEMBER: Final = """
select n, identity_id, 1 + cut(pow(u(90), 2), {groups}) as group_id,
    amid(at, u(91)) as joined_at,
    if(u(92) < 0.2, amid(joined_at, u(93)), null) as left_at
from who where u(94) < 0.3
"""
_BOUGHT: Final = f"""
select n, (n - 1) * {ORDERS} + 1 + i as order_id,
    (unionid and v(100, i) < 0.3 ? identity_id + 1 : identity_id) as identity_id,
    amid(at, v(101, i)) as paid_at, 990 + cut(pow(v(102, i), 4), 250000) as amount_fen,
    multiIf(v(103, i) < 0.04, 'refunded', v(103, i) < 0.07, 'partly_refunded', 'paid') as state,
    multiIf(state = 'refunded', amount_fen, state = 'paid', 0, intDiv(amount_fen, 3))
        as refunded_fen
from who array join
    range(u(104) < 0.25 ? 1 + cut(pow(u(105), 5), {ORDERS - 1}) : 0) as i
"""

_SUMMARY: Final = """
select n, countIf(f.state != 'lost') as friends, if(friends > 0, 'active', 'lost') as state,
    toNullable(min(f.first_add_at)) as first_add_at, toNullable(max(f.added_at)) as last_add_at,
    arrayStringConcat(arrayMap(pair -> pair.2, arraySort(groupArrayIf((contact_id, remark),
        remark != ''))), '\\n') as remarks
from friend as f group by n
"""
# Phones stand in the engine by this formula; in PostgreSQL they are made one by one.
_LINKED: Final = f"""
select n, at, identity_id - 1 + i as identity_id, i, {KINDS}[i] as kind,
    ['first_seen', 'unionid', 'staff_remark'][i] as evidence,
    concat(['wm', 'o', ''][i], lower(hex(cityHash64({{seed}}, n, i, 1))),
        substring(lower(hex(cityHash64({{seed}}, n, i, 2))), 1, 14)) as value
from who array join known as i
"""

TABLES: Final = {
    "who": _WHO,
    "linked": _LINKED,
    "friend": _FRIEND,
    "summary": _SUMMARY,
    "inner_tag": _INNER,
    "stage": _STAGE,
    "held": _HELD,
    "said": _SAID,
    "sensitive": _SENSITIVE,
    "member": _MEMBER,
    "bought": _BOUGHT,
}
"""Tables of the piece in work, each read from those before it."""


def statements(crowd: Crowd, people: range) -> list[str]:
    """Return the statements that make the piece of the people of these numbers.

    They make and replace tables of the current database.
    """
    values = {
        "seed": crowd.seed,
        "epoch": crowd.epoch,
        "staff": crowd.staff,
        "groups": crowd.groups,
        "first": people.start,
        "count": len(people),
    }
    made = []
    for name, body in TABLES.items():
        made.append(f"drop table if exists {name} sync")
        select = (MACROS + body).format(**values)
        made.append(f"create table {name} engine = Memory as {select}")
    return made
