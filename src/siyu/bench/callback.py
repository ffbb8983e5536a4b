"""`callback`: how soon callbacks are acknowledged and new customers welcomed.

Two measurements. The first puts signed, encrypted callbacks on one `siyu web` process at a steady
rate, beside the same server answering without storing. The second lets the simulated world send
thousands of people within seconds, with everything running: web, worker, PostgreSQL, the analytics
engine and the world itself, all on this machine.
"""

import secrets
import time
from itertools import count
from typing import Any, Final

from siyu.accounts.connections.schemas import CallbackKeys, WecomCredentials
from siyu.accounts.connections.service import new_callback_keys, store_credentials
from siyu.accounts.tenants import Vaults
from siyu.bench.bare import Bare, bare_server
from siyu.bench.beside import beside, share
from siyu.bench.burst import burst
from siyu.bench.load import Load, request
from siyu.bench.stand import HOST, Stand, free_port, stand
from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.door import PREFIX
from siyu.core.clock import SystemClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.vault import MasterKey
from siyu.runtime import master_key

_TENANT: Final = 1
_CORP: Final = "ww0123456789abcdef"
_CONNECTIONS: Final = 128
FAULTS: Final = {
    "seed": 2026,
    "all": {
        "crowd": 0.01, "busy": 0.01, "slow": 0.02, "slow_seconds": 0.5,
        "cut_before": 0.01, "cut_after": 0.01, "token": 0.001,
    },
    "dropped": 0.01, "doubled": 0.05, "swapped": 0.05,
}  # fmt: skip
_ADDED: Final = (
    "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
    "<Event><![CDATA[change_external_contact]]></Event>"
    "<ChangeType><![CDATA[add_external_contact]]></ChangeType>"
    "<UserID><![CDATA[linxiaoyue]]></UserID>"
    "<ExternalUserID><![CDATA[wmbench{number:025d}]]></ExternalUserID>"
    "<State><![CDATA[lc1]]></State><WelcomeCode><![CDATA[{code}]]></WelcomeCode></xml>"
)
_ENVELOPE: Final = (
    "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt>"
    "<AgentID><![CDATA[1000002]]></AgentID></xml>"
)


async def callback(
    *,
    rate: float = 1_000,
    seconds: float = 10.0,
    rounds: int = 3,
    people: int = 8_000,
    burst_seconds: float = 10.0,
    faulty_people: int = 2_000,
) -> dict[str, Any]:
    """Measure acknowledgements at `rate` a second, then a burst of `people` new customers.

    `ratio` is the limit's p99 over siyu's. Welcomes count from the moment the world added the
    person; one is late after 20 s, when its code dies. `with_faults` repeats the burst with
    `faulty_people` while calls fail and callbacks are lost, doubled and late (`FAULTS`): what is
    then given up must be for a reason that lies with WeCom.
    """
    return {
        "benchmark": "callback",
        **await _acknowledgements(rate, seconds, rounds),
        **await burst(people, burst_seconds),
        "with_faults": await burst(faulty_people, burst_seconds, FAULTS),
    }


async def _acknowledgements(rate: float, seconds: float, rounds: int) -> dict[str, Any]:
    port, warm_up = free_port(), 2.0
    bare = Bare(200, ((b"content-type", b"text/plain"), (b"content-length", b"7")), b"success")
    async with stand() as servers, bare_server(bare, port), servers.running("web"):
        sender = _Sender(await _keys(servers))
        amount = int(rate * (seconds + warm_up))

        def load(port: int) -> Load:
            return Load(port, sender.requests(amount), _CONNECTIONS, rate, seconds, warm_up)

        siyu, limit = await beside(
            lambda: load(servers.settings.port), lambda: load(port), rounds=rounds, expected=200
        )
    return {
        "ack_rate": siyu.per_second,
        "ack_p50_ms": siyu.milliseconds(0.5),
        "ack_p99_ms": siyu.milliseconds(0.99),
        "ack_limit_p50_ms": limit.milliseconds(0.5),
        "ack_limit_p99_ms": limit.milliseconds(0.99),
        "ratio": share(limit.milliseconds(0.99), siyu.milliseconds(0.99)),
        "rounds": rounds,
    }


async def _keys(servers: Stand) -> CallbackKeys:
    vaults = Vaults(MasterKey(master_key(servers.settings)))
    async with servers.db.tenant(_TENANT) as session:
        ctx = Context(_TENANT, SYSTEM_ACTOR, SystemClock(), session)
        app = WecomCredentials(corp_id=_CORP, agent_id=1_000_002, secret=secrets.token_hex())
        await store_credentials(ctx, vaults, app)
        return await new_callback_keys(ctx, vaults, f"http://{HOST}:{servers.settings.port}")


class _Sender:
    """WeCom, as it tells of new customers: no two callbacks are the same."""

    def __init__(self, keys: CallbackKeys) -> None:
        self._crypto = CallbackCrypto(keys.token, keys.aes_key, _CORP)
        self._path = PREFIX + keys.url.rpartition("/")[2]
        self._numbers = count(1)

    def requests(self, amount: int) -> list[bytes]:
        """Return posts that are signed now, hence good for some minutes."""
        at = str(int(time.time()))
        return [self._request(at) for _ in range(amount)]

    def _request(self, at: str) -> bytes:
        plain = _ADDED.format(
            corp=_CORP, at=at, number=next(self._numbers), code=secrets.token_urlsafe(32)
        )
        nonce = secrets.token_hex(5)
        sealed = self._crypto.seal(plain.encode(), at, nonce)
        query = f"msg_signature={sealed.signature}&timestamp={at}&nonce={nonce}"
        body = _ENVELOPE.format(corp=_CORP, encrypt=sealed.encrypt).encode()
        headers = ["Content-Type: text/xml"]
        return request("POST", f"{self._path}?{query}", body, host=HOST, headers=headers)
