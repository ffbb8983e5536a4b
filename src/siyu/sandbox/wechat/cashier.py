"""The pay sheet of the script stand-in: ``wx.chooseWXPay`` and ``getBrandWCPayRequest``.

Who pays is read from the page's own host. The first question shows what it costs, the second, with
the person's consent, pays.
"""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from siyu.sandbox.hosts import split_host
from siyu.sandbox.pay import rules
from siyu.sandbox.pay.notices import PayNotices
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World


class Asked(msgspec.Struct):
    """What the page put on the sheet; ``confirmed`` once the person agreed."""

    data: dict[str, str]
    url: str
    confirmed: bool = False


def ask(world: World, notices: PayNotices, asked: Asked) -> dict[str, Any]:
    """Answer ``pay:confirm`` with what it costs, ``pay:ok``, or why not."""
    who, _ = split_host(urlsplit(asked.url).netloc)
    person = world.people.get(who.key) if who and not who.is_staff else None
    if person is None:
        return {"errMsg": "pay:fail 请在模拟手机里支付"}
    try:
        sheet = msgspec.convert(asked.data, rules.Sheet)
        order = rules.check_sheet(world, person, sheet)
    except (WorldRefused, msgspec.ValidationError) as error:
        return {"errMsg": f"pay:fail {error}"}
    if not asked.confirmed:
        return {"errMsg": "pay:confirm", "description": order.description, "total": order.total}
    notices.post(rules.pay(world, order))
    return {"errMsg": "pay:ok"}
