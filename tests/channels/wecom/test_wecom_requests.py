"""Requests are checked before they leave, in the units WeCom counts in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.endpoint import Request, Upload
from siyu.channels.wecom.endpoints import TABLE, contact_ways, contacts, media, messages, tags
from siyu.channels.wecom.endpoints.content import Image, ImageAttachment, Link, LinkAttachment, Text
from siyu.channels.wecom.endpoints.welcome import WelcomeRequest
from siyu.channels.wecom.limits import Bytes, Chars, violations

LINK = LinkAttachment(link=Link(title="t", url="https://a.example"))


def broken(request: Request) -> list[str]:
    return [violation.field for violation in violations(request)]


def way(**fields: object) -> contact_ways.AddContactWayRequest:
    return contact_ways.AddContactWayRequest(**({"type": 2, "scene": 2, "user": ["a"]} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("request_", "fields"),
    [
        (WelcomeRequest(welcome_code="c", text=Text(content="字" * 1333)), []),
        (WelcomeRequest(welcome_code="c", text=Text(content="字" * 1334)), ["text.content"]),
        (WelcomeRequest(welcome_code="", text=Text(content="a")), ["welcome_code"]),
        (WelcomeRequest(welcome_code="c"), ["text"]),
        (WelcomeRequest(welcome_code="c", attachments=[LINK] * 9), []),
        (WelcomeRequest(welcome_code="c", attachments=[LINK] * 10), ["attachments"]),
        (
            WelcomeRequest(
                welcome_code="c",
                attachments=[LINK, LinkAttachment(link=Link(title="长" * 43, url=""))],
            ),
            ["attachments.1.link.title", "attachments.1.link.url"],
        ),
        (
            WelcomeRequest(welcome_code="c", attachments=[ImageAttachment(image=Image())]),
            ["attachments.0.image.media_id"],
        ),
        (way(state="渠" * 30), []),
        (way(state="渠" * 31), ["state"]),
        (way(remark="备" * 31), ["remark"]),
        (way(type=3), ["type"]),
        (way(type=1, user=["a", "b"]), ["user"]),
        (way(type=1, user=["a"], party=[1]), ["user"]),
        (way(user=[]), ["user"]),
        (way(user=None, party=[1]), []),
        (way(user=["u"] * 101), ["user"]),
        (way(is_temp=True), ["type"]),
        (way(type=1, is_temp=True, expires_in=14 * 86400 + 1), ["expires_in"]),
        (contact_ways.ContactWayRequest(config_id=""), ["config_id"]),
        (contacts.RemarkRequest(userid="a", external_userid="b"), ["remark"]),
        (contacts.RemarkRequest(userid="a", external_userid="b", remark_mobiles=[""]), []),
        (contacts.RemarkRequest(userid="a", external_userid="b", remark="备" * 21), ["remark"]),
        (contacts.ContactsOfUsersRequest(userid_list=[]), ["userid_list"]),
        (contacts.ContactsOfUsersRequest(userid_list=["a"] * 101), ["userid_list"]),
        (contacts.ContactsOfUsersRequest(userid_list=["a"], limit=101), ["limit"]),
        (tags.MarkTagRequest(userid="a", external_userid="b"), ["add_tag"]),
        (tags.AddCorpTagRequest(tag=[tags.NewCorpTag(name="")]), ["tag.0.name", "group_name"]),
        (
            messages.MessageRequest(
                agentid=1, msgtype="news", touser="a", text=messages.MessageText(content="x")
            ),
            ["msgtype"],
        ),
        (
            messages.MessageRequest(
                agentid=1,
                msgtype="text",
                touser="|".join(["a"] * 1001),
                text=messages.MessageText(content="x" * 2049),
            ),
            ["text.content", "touser"],
        ),
        (
            messages.MessageRequest(
                agentid=1,
                msgtype="news",
                toparty="1",
                news=messages.News(articles=[messages.Article(title="t")]),
            ),
            ["news.articles.0.url"],
        ),
        (
            messages.MessageRequest(
                agentid=1, msgtype="text", text=messages.MessageText(content="x")
            ),
            ["touser"],
        ),
        (media.UploadMediaRequest(type="image", filename="a", content=b"12345"), ["content"]),
        (media.UploadMediaRequest(type="image", filename="a", content=b"123456"), []),
        (media.UploadMediaRequest(type="sound", filename="a", content=b""), ["type", "content"]),
        (media.UploadImageRequest(filename="a", content=b"x" * (2 * 2**20 + 1)), ["content"]),
    ],
)
def test_documented_limits(request_: Request, fields: list[str]) -> None:
    assert broken(request_) == fields


@given(st.text(max_size=40), st.integers(1, 20), st.integers(0, 1))
def test_characters_and_bytes_are_told_apart(text: str, most: int, least: int) -> None:
    assert (Chars(most, least).complaint(text) is None) == (least <= len(text) <= most)
    size = len(text.encode())
    assert (Bytes(most, least).complaint(text) is None) == (least <= size <= most)


def test_complaints_tell_a_person_what_to_do() -> None:
    (first,) = violations(way(state="渠" * 31))
    assert first.message == "state：最多 30 个字，现有 31 个"
    (second,) = violations(Text(content="字" * 1334))
    assert second.message == "content：最多 4000 字节（约 1333 个汉字），现有 4002 字节"
    (third,) = violations(Text(content=""))
    assert third.message == "content：不能为空"


def test_the_table_is_keyed_and_documented() -> None:
    for (method, path), endpoint in TABLE.items():
        assert (endpoint.method, endpoint.path) == (method, path)
        assert path.startswith("/cgi-bin/")
        assert endpoint.documentation.startswith("https://") or path == "/cgi-bin/user/list_id"
        assert not (issubclass(endpoint.request, Upload) and method == "GET")


def test_files_do_not_spill_into_logs() -> None:
    request = media.UploadImageRequest(filename="a.png", content=b"secret-bytes")
    assert repr(request) == "UploadImageRequest(filename='a.png', 12 bytes)"
