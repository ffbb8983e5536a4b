"""What the columns of a file mean: said by whoever imports it, guessed from the header."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from sqlalchemy import select

from siyu.core.context import Context
from siyu.core.errors import FieldError, Invalid
from siyu.people.exchange.texts import MOST_COLUMNS, Encoding
from siyu.people.fields.models import CustomField
from siyu.people.fields.service import visible_fields
from siyu.people.models import Tag, TagGroup
from siyu.people.stages.models import Stage

Meaning = Literal[
    "external_userid", "unionid", "openid", "member", "phone", "name", "gender", "stage", "tags",
    "consent", "field",
]  # fmt: skip
IDS: Final = ("external_userid", "unionid", "openid", "member", "phone")
"""Meanings by which a person is known, the surest first."""


class Column(Struct, frozen=True):
    """What one column means; `place` counts from 1. An openid is of an app."""

    place: Annotated[int, Meta(ge=1, le=MOST_COLUMNS)]
    means: Meaning
    app_id: Annotated[str, Meta(max_length=64)] = ""
    field_id: int | None = None


class Plan(Struct, frozen=True):
    """How a file is to be imported.

    `existing` says what happens where a known customer already has a value: it is kept, and only
    gaps are filled, or it is replaced. Tags are added in either case.
    """

    columns: Annotated[list[Column], Meta(max_length=MOST_COLUMNS)]
    header: bool = True
    existing: Literal["keep", "replace"] = "keep"
    encoding: Encoding = "utf-8"
    separator: Literal[",", "\t", ";", "|"] = ","


class Vocabulary(Struct, frozen=True):
    """What names in a file can stand for: fields, stages and internal tags of the tenant."""

    fields: Mapping[int, CustomField]
    stages: Mapping[str, int]
    tags: Mapping[str, int]


async def vocabulary(ctx: Context) -> Vocabulary:
    """Return the tenant's, with the fields that the actor may see."""
    fields = await visible_fields(ctx)
    stages = await ctx.session.execute(
        select(Stage.name, Stage.id).where(Stage.tenant_id == ctx.tenant_id, ~Stage.gone)
    )
    tags = await ctx.session.execute(
        select(Tag.name, TagGroup.name.label("group_name"), Tag.id)
        .join(TagGroup, (TagGroup.tenant_id == Tag.tenant_id) & (TagGroup.id == Tag.group_id))
        .where(Tag.tenant_id == ctx.tenant_id, Tag.wecom_id.is_(None), ~Tag.gone)
        .order_by(Tag.id.desc())
    )
    named: dict[str, int] = {}
    for tag in tags:
        named[tag.name] = named[f"{tag.group_name}/{tag.name}"] = tag.id
    return Vocabulary(fields, {row.name: row.id for row in stages}, named)


def check_plan(plan: Plan, header: Sequence[str], words: Vocabulary) -> None:
    """Refuse a plan by which nobody could be known, or that means two things; raises `Invalid`."""
    wrong: list[FieldError] = []
    meanings: set[tuple[str, str, int | None]] = set()
    places: set[int] = set()
    for column in plan.columns:
        at = f"columns.{column.place}"
        if column.place > len(header):
            wrong.append(FieldError(at, "column_unknown", "文件里没有这一列"))
        if column.means == "openid" and not column.app_id:
            wrong.append(FieldError(at, "app_missing", "请填写 openid 所属的公众号或小程序 AppID"))
        if column.means == "field" and column.field_id not in words.fields:
            wrong.append(FieldError(at, "field_unknown", "请选择要写入的自定义字段"))
        meaning = (column.means, column.app_id, column.field_id)
        if meaning in meanings or column.place in places:
            wrong.append(FieldError(at, "column_twice", "两列不能是同一个含义"))
        meanings.add(meaning)
        places.add(column.place)
    if not any(column.means in IDS for column in plan.columns):
        wrong.append(
            FieldError("columns", "id_missing", "至少选择一列作为客户的编号（手机号、会员号等）")
        )
    if wrong:
        raise Invalid("plan_invalid", wrong[0].message, errors=wrong)


_KNOWN: Final[Mapping[Meaning, str]] = {
    "external_userid": "externaluserid 外部联系人id 外部联系人userid 客户id 企微客户id"
    " 企业微信客户id",
    "unionid": "unionid 微信unionid",
    "openid": "openid 微信openid 小程序openid 公众号openid",
    "member": "memberid member memberno 会员号 会员编号 会员id 会员卡号 用户id userid 客户编号",
    "phone": "phone mobile tel telephone cellphone phonenumber 手机 手机号 手机号码 电话 联系电话"
    " 电话号码 联系方式",
    "name": "name nickname 姓名 名字 昵称 客户名称 客户姓名 客户昵称 微信昵称",
    "gender": "gender sex 性别",
    "stage": "stage 阶段 客户阶段",
    "tags": "tag tags internaltags 标签 内部标签 客户标签",
    "consent": "consent marketingconsent 营销授权 营销同意 是否同意营销 同意接收营销信息",
}
_MEANINGS: Final = {word: means for means, words in _KNOWN.items() for word in words.split()}
_NOISE: Final = re.compile(r"[\s_\-()（）:：*＊]+")


def guess(header: Sequence[str], fields: Iterable[CustomField]) -> list[Column]:
    """Return what columns seem to mean, by their names; each meaning once, the first one."""
    named = {_plain(name): field.id for field in fields for name in (field.name, field.key)}
    columns: list[Column] = []
    taken: set[object] = set()
    for place, title in enumerate(header, 1):
        word = _plain(title)
        if word in named and named[word] not in taken:
            taken.add(named[word])
            columns.append(Column(place, "field", field_id=named[word]))
        elif (means := _MEANINGS.get(word)) is not None and means not in taken:
            taken.add(means)
            columns.append(Column(place, means))
    return columns


def _plain(title: str) -> str:
    return _NOISE.sub("", title).lower()
