"""Customer service whatever customers and apps do: its states, its codes, its five messages."""

import asyncio
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import AGENT, small_world

from siyu.sandbox.api.call import Call
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.service_messages import ENDPOINTS
from siyu.sandbox.world import service
from siyu.sandbox.world import service_records as s
from siyu.sandbox.world.seed import make_person
from siyu.sandbox.world.state import World

# what the documents allow (94669), said a second time
ALLOWED = {(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 3), (3, 4)}
acts = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.just(0), st.just(0)),
        st.tuples(st.just("send"), st.just(0), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 50), st.just(0)),
        st.tuples(st.just("move"), st.integers(1, 4), st.integers(0, 1)),
    ),
    max_size=40,
)


def answer(world: World, path: str, **body: Any) -> int:
    """Call the server API; return its code."""
    endpoint = next(e for e in ENDPOINTS if e.path == f"/cgi-bin/kf/{path}")
    app = world.apps.get(str(AGENT))
    call = Call(world, {}, msgspec.json.encode(body), "", "127.0.0.1", app=app)
    try:
        endpoint.rule(call)
    except ApiError as error:
        return error.code
    return 0


@given(doings=acts)
@settings(max_examples=60, deadline=None)
def test_sessions_move_and_apps_speak_only_as_documented(
    doings: list[tuple[str, int, int]],
) -> None:
    async def live() -> None:
        world = small_world()
        at = world.now()
        world.agenda.machine = lambda: at
        account = service.create_account(world, "客服", "", [AGENT], told=False)
        staff = [x.userid for x in world.staff][:2]
        account.servicers = staff
        person = make_person(world, world.random, origin="test")
        service.enter(world, account, person)
        state, servicer, spoke, sent = s.NEW, "", None, 0
        who = {"open_kfid": account.open_kfid, "external_userid": person.external_userid}
        for act, number, choice in doings:
            if act == "wait":
                at += number * 3600
            elif act == "say":
                service.customer_says(world, account, person, "text", {"content": "在吗"})
                state, spoke, sent = (s.NEW if state == s.ENDED else state), at, 0
                servicer = servicer if state == s.STAFF else ""
            elif act == "move":
                goal = staff[choice] if number == s.STAFF else ""
                code = answer(
                    world, "service_state/trans", **who, service_state=number, servicer_userid=goal
                )
                may = (state, number) in ALLOWED and not (state == number and goal == servicer)
                assert code == (0 if may else 95016)
                state, servicer = (number, goal) if may else (state, servicer)
            else:
                code = answer(
                    world, "send_msg", touser=person.external_userid, open_kfid=account.open_kfid,
                    msgtype="text", text={"content": "您好"},
                )  # fmt: skip
                if spoke is None:
                    assert code == 95002
                elif state not in {s.NEW, s.BOT}:
                    assert code == 95018
                elif at - spoke > 48 * 3600:
                    assert code == 95002
                else:
                    assert code == (0 if sent < 5 else 95001)
                    sent += code == 0
            session = world.service.session(account.open_kfid, person.id)
            assert session is not None
            assert (session.state, session.servicer) == (state, servicer)

    asyncio.run(live())


@given(waits=st.lists(st.integers(0, 60), min_size=1, max_size=12), wrote=st.booleans())
@settings(max_examples=40, deadline=None)
def test_nobody_is_welcomed_twice_in_48_hours(waits: list[int], wrote: bool) -> None:
    async def live() -> None:
        world = small_world()
        at = world.now()
        world.agenda.machine = lambda: at
        account = service.create_account(world, "客服", "", [AGENT], told=False)
        person = make_person(world, world.random, origin="test")
        last = at if wrote else None
        if wrote:
            service.customer_says(world, account, person, "text", {"content": "在吗"})
        for hours in waits:
            at += hours * 3600
            body = service.enter(world, account, person).body
            assert ("welcome_code" in body) == (last is None or at - last >= 48 * 3600)
            if "welcome_code" in body:
                hello = {"msgtype": "text", "text": {"content": "欢迎"}}
                code = body["welcome_code"]
                assert answer(world, "send_msg_on_event", code=code, **hello) == 0
                assert answer(world, "send_msg_on_event", code=code, **hello) == 40058
                last = at

    asyncio.run(live())
