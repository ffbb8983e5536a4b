"""WeChat customer service against a played WeCom: shapes on the wire, oddities in answers."""

from typing import Any

import pytest
from played import DROP, PlayedServer

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints import service_accounts as desk
from siyu.channels.wecom.endpoints import service_contents as contents
from siyu.channels.wecom.endpoints import service_messages as rows
from siyu.channels.wecom.errors import RequestRefused, WeComUnreachable, WeComUnreadable

OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
SYNC = "/cgi-bin/kf/sync_msg"
SEND = "/cgi-bin/kf/send_msg"


async def test_messages_and_events_of_every_kind(wecom: PlayedServer, client: WecomClient) -> None:
    first = {
        **OK,
        "next_cursor": "c1",
        "has_more": 1,
        "msg_list": [
            {"msgid": "m1", "open_kfid": "wk1", "external_userid": "wm1", "send_time": "1615478585",
             "origin": 3, "msgtype": "text", "text": {"content": "奶粉", "menu_id": 101}},
            {"msgid": "m2", "origin": 5, "servicer_userid": "lisi", "msgtype": "image",
             "image": {"media_id": "MEDIA"}},
            {"msgid": "m3", "msgtype": "hologram", "hologram": {"depth": 3}},
            "not a message",
        ],
    }  # fmt: skip
    event = {"event_type": "msg_send_fail", "fail_msgid": "m9", "fail_type": "4", "status": None}
    last = {
        **OK,
        "next_cursor": "c2",
        "has_more": False,
        "msg_list": [{"msgtype": "event", "origin": 4, "event": event}],
    }
    wecom.play(SYNC, first, last)
    pages = [page async for page in client.service.sync("wk1", cursor="c0", token="ENC")]
    assert [page.next_cursor for page in pages] == ["c1", "c2"]
    asked = [call.json["cursor"] for call in wecom.to(SYNC)]
    assert asked == ["c0", "c1"]
    text, picture, unknown = pages[0].messages
    assert text.text == rows.ReceivedText(content="奶粉", menu_id="101")
    assert (text.send_time, text.origin) == (1615478585, rows.Origin.CUSTOMER)
    assert (picture.media_id, picture.servicer_userid) == ("MEDIA", "lisi")
    assert (unknown.content, unknown.media_id) == ({"depth": 3}, "")
    (failed,) = pages[1].messages
    assert failed.event == rows.ServiceEvent(
        event_type="msg_send_fail", fail_msgid="m9", fail_type=4
    )
    assert failed.raw["event"] == event


async def test_a_page_that_names_itself_as_next_ends_the_read(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play(SYNC, {**OK, "next_cursor": "c1", "has_more": 1, "msg_list": []})
    with pytest.raises(WeComUnreadable):
        assert [page async for page in client.service.sync(cursor="c1")] == []


async def test_a_message_is_sent_in_the_documented_shape_and_once(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play(SEND, {**OK, "msgid": "m1"})
    menu = contents.SentMenu(
        head_content="您好",
        items=[
            contents.ClickItem(click=contents.MenuClick(content="人工", id="1")),
            contents.TextItem(text=contents.MenuText(content="或", no_newline=1)),
        ],
    )
    request = rows.SendRequest(touser="wm1", open_kfid="wk1", msgtype="msgmenu", msgmenu=menu)
    assert await client.service.send(request) == "m1"
    (call,) = wecom.to(SEND)
    assert call.json == {
        "touser": "wm1",
        "open_kfid": "wk1",
        "msgtype": "msgmenu",
        "msgmenu": {
            "head_content": "您好",
            "list": [
                {"type": "click", "click": {"content": "人工", "id": "1"}},
                {"type": "text", "text": {"content": "或", "no_newline": 1}},
            ],
        },
    }
    wecom.play(SEND, DROP)
    with pytest.raises(WeComUnreachable):
        await client.service.send(request)
    assert len(wecom.to(SEND)) == 2


TEXT = contents.SentText(content="您好")


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (rows.SendRequest(touser="wm1", open_kfid="wk1", msgtype="image", text=TEXT), "msgtype"),
        (rows.SendOnEventRequest(code="c", msgtype="msgmenu", text=TEXT), "msgtype"),
        (
            rows.SendRequest(
                touser="wm1",
                open_kfid="wk1",
                msgtype="text",
                text=contents.SentText(content="字" * 683),
            ),
            "text.content",
        ),
        (
            rows.MoveSessionRequest(open_kfid="wk1", external_userid="wm1", service_state=3),
            "servicer_userid",
        ),
        (desk.ServicersRequest(open_kfid="wk1"), "userid_list"),
        (desk.AddWayRequest(open_kfid="wk1", scene="a b"), "scene"),
        (
            desk.UpgradeRequest(open_kfid="wk1", external_userid="wm1", type=desk.TO_GROUP),
            "type",
        ),
    ],
)
async def test_what_wecom_would_refuse_does_not_leave(
    wecom: PlayedServer, client: WecomClient, request_: Any, field: str
) -> None:
    row = next(
        row
        for module in (rows, desk)
        for row in vars(module).values()
        if getattr(row, "request", None) is type(request_)
    )
    with pytest.raises(RequestRefused) as caught:
        await client.call(row, request_)
    assert [violation.field for violation in caught.value.violations] == [field]
    assert wecom.to(row.path) == []


async def test_figures_that_nobody_could_measure_are_none(
    wecom: PlayedServer, client: WecomClient
) -> None:
    path = "/cgi-bin/kf/get_servicer_statistic"
    day = {"stat_time": 1645545600, "statistic": {"session_cnt": "2", "reply_rate": None}}
    wecom.play(path, {**OK, "statistic_list": [day, {"stat_time": 1645632000}]})
    request = desk.ServicerFiguresRequest(start_time=1645545600, end_time=1645632000)
    two, none = (await client.call(desk.GET_SERVICER_FIGURES, request)).statistic_list
    assert (two.statistic.session_cnt, two.statistic.reply_rate) == (2, None)
    assert none.statistic == desk.Figures()
