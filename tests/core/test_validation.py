"""Whoever sends something wrong reads which field it is, and what it should be."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from siyu.core.validation import field_error


class Line(Struct, forbid_unknown_fields=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=3)]
    count: Annotated[int, Meta(ge=1, le=9)] = 1
    kind: Literal["a", "b"] = "a"
    code: Annotated[str, Meta(pattern="^x")] | None = None
    at: Annotated[datetime, Meta(tz=True)] | None = None


class Body(Struct, forbid_unknown_fields=True, kw_only=True):
    lines: Annotated[list[Line], Meta(max_length=2)]
    paid: bool = False


def line(**said) -> dict[str, object]:
    return {"lines": [{"name": "米粉"}, {"name": "米粉", **said}]}


@pytest.mark.parametrize(
    ("said", "field", "code", "message"),
    [
        ({}, "lines", "missing", "缺少 lines"),
        ({"lines": [{}]}, "lines[0].name", "missing", "缺少 lines[0].name"),
        ({"lines": [], "odd": 1}, "odd", "unknown", "不认识的字段 odd"),
        ([], "", "invalid", "提交的内容 应为对象"),
        (line(name=3), "lines[1].name", "invalid", "lines[1].name 应为文本"),
        (line(name=""), "lines[1].name", "invalid", "lines[1].name 不能为空"),
        (line(name="abcd"), "lines[1].name", "invalid", "lines[1].name 最多 3 个字"),
        (line(count=0), "lines[1].count", "invalid", "lines[1].count 应不小于 1"),
        (line(count=10), "lines[1].count", "invalid", "lines[1].count 应不大于 9"),
        (line(kind="c"), "lines[1].kind", "invalid", "lines[1].kind 不在可选范围内"),
        (line(code="y"), "lines[1].code", "invalid", "lines[1].code 格式不正确"),
        (line(code=1), "lines[1].code", "invalid", "lines[1].code 应为文本或空"),
        (
            line(at="2026-01-01T00:00:00"),
            "lines[1].at",
            "invalid",
            "lines[1].at 应为带时区的日期时间",
        ),
        (line(at="x"), "lines[1].at", "invalid", "lines[1].at 应为 ISO 8601 格式的日期或时间"),
        ({"lines": [{"name": "a"}] * 3}, "lines", "invalid", "lines 最多 2 项"),
        ({"lines": [], "paid": "y"}, "paid", "invalid", "paid 应为 true 或 false"),
    ],
)
def test_each_rule_is_told_by_field_and_in_chinese(said, field, code, message):
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(msgspec.json.encode(said), type=Body)
    found = field_error(caught.value)
    assert (found.field, found.code, found.message) == (field, code, message)


@pytest.mark.parametrize(
    ("method", "path", "body", "field", "detail"),
    [
        ("post", "/api/materials", {}, "title", "缺少 title"),
        ("post", "/api/materials", {"title": "x", "odd": 1}, "odd", "不认识的字段 odd"),
        (
            "post",
            "/api/materials",
            {"title": "x", "topics": [3]},
            "topics[0]",
            "topics[0] 应为文本",
        ),
        ("get", "/api/customers?limit=0", None, "limit", "limit 应不小于 1"),
        ("get", "/api/jssdk/config", None, "url", "缺少参数 url"),
    ],
)
async def test_the_api_names_the_field(site, method, path, body, field, detail):
    tenant = await site.tenant()
    async with await tenant.employee("admin") as browser:
        answer = await browser.request(method, path, json=body)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "input_invalid")
    assert (problem["detail"], problem["errors"][0]["field"]) == (detail, field)
