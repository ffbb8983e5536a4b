"""Every figure again, in plain Python over the stream's rows; shares nothing with the SQL."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.stream.events import Event, select_events, to_event
from siyu.core.stream.models import StreamEvent
from siyu.insight.metrics.measuring import Scope

DAY = timedelta(hours=24)
CLICKS = {"material.viewed"}
PRINTED = "channel.exposed"


async def read_stream(session: AsyncSession) -> list[Event]:
    """Return the tenant's facts in the order of recording."""
    rows = await session.execute(
        select_events().order_by(StreamEvent.recorded_at, StreamEvent.shard, StreamEvent.position)
    )
    return [to_event(row) for row in rows]


@dataclass
class Order:
    id: int
    paid: Event
    paid_fen: int
    buyer: int
    refunded: int = 0
    method: str = "none"
    staff: int = 0
    channel: int = 0

    @property
    def kept(self) -> bool:
        return self.refunded < self.paid_fen

    @property
    def net(self) -> int:
        return self.paid_fen - self.refunded


class Reference:
    """Counts what a scope holds."""

    def __init__(self, events: Iterable[Event], scope: Scope) -> None:
        self.scope = scope
        self.everything = list(events)
        self.owner: dict[int, int] = {}
        for event in sorted(self.everything, key=lambda event: event.position):
            if event.type == "identity.linked" and event.identity_id:
                self.owner[event.identity_id] = event.properties["customer_id"]
        self.facts = [
            event
            for event in self.everything
            if self._in_time(event)
            and self._in_scope(event.staff_account_id, event.properties.get("channel_id"))
        ]
        self.orders = [order for order in self._orders() if self._in_time(order.paid)]
        self.orders = [order for order in self.orders if self._in_scope(order.staff, order.channel)]

    def _in_time(self, event: Event) -> bool:
        return self.scope.start <= event.occurred_at < self.scope.end

    def _in_scope(self, staff: int | None, channel: int | None) -> bool:
        owners = self.scope.owners
        if owners is not None and staff not in owners:
            return False
        return self.scope.channel_id is None or channel == self.scope.channel_id

    def _orders(self) -> list[Order]:
        orders: dict[int, Order] = {}
        for event in self.everything:
            if event.type == "order.paid":
                orders[event.properties["order_id"]] = Order(
                    event.properties["order_id"],
                    event,
                    event.properties["amount_fen"],
                    event.identity_id or 0,
                )
        for event in self.everything:
            order = orders.get(event.properties.get("order_id", 0))
            if order is None:
                continue
            if event.type == "order.refunded":
                order.refunded += event.properties["refund_fen"]
            elif event.type == "order.matched":
                order.buyer = event.identity_id or 0
            elif event.type == "order.attributed":
                order.method = event.properties["method"]
                order.staff = event.staff_account_id or 0
                order.channel = event.properties.get("channel_id", 0)
        return list(orders.values())

    def customer(self, identity: int | None) -> int:
        return self.owner.get(identity or 0, 0)

    def people(self, events: Iterable[Event]) -> set[int]:
        return {self.customer(event.identity_id) for event in events} - {0}

    def where(self, *types: str, **members: object) -> list[Event]:
        return [
            event
            for event in self.facts
            if event.type in types
            and all(event.properties.get(name) == value for name, value in members.items())
        ]

    def added(self) -> list[Event]:
        return self.where("contact.added", observed=True)

    def responded(self) -> list[Event]:
        return [*self.where("material.viewed", "contact.readded"), *self.added()]

    def due(self) -> list[Event]:
        return [event for event in self.added() if event.occurred_at + DAY <= self.scope.now]

    def lost_on_first_day(self) -> list[Event]:
        losses = defaultdict(list)
        for event in self.everything:
            if event.type == "contact.lost" and event.properties["by"] != "transfer":
                losses[event.properties["contact_id"]].append(event.occurred_at)
        return [
            event
            for event in self.due()
            if any(
                event.occurred_at <= at < event.occurred_at + DAY
                for at in losses[event.properties["contact_id"]]
            )
        ]

    def exposures(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for event in self.where(PRINTED):
            found[event.properties["source"]] += event.properties["count"]
        for kind, source in (
            ("welcome.sent", "welcome"),
            ("material.shared", "share"),
            ("material.viewed", "page_view"),
        ):
            found[source] += len(self.where(kind))
        return {source: count for source, count in found.items() if count}

    def kept(self) -> list[Order]:
        return [order for order in self.orders if order.kept]

    def buyers(self) -> set[int]:
        return {self.customer(order.buyer) for order in self.kept()} - {0}

    def attributed(self) -> list[Order]:
        return [order for order in self.orders if order.method != "none"]

    def slowest_welcomes(self) -> float | None:
        seconds = sorted(event.properties["seconds"] for event in self.where("welcome.sent"))
        return seconds[math.floor(0.99 * len(seconds))] if seconds else None

    def total(self) -> dict[str, float | int | None]:
        """Return every figure of the dictionary."""
        exposed = sum(self.exposures().values())
        clicked = len(self.where("material.viewed"))
        reached = len(self.people(self.responded()))
        due, lost = len(self.due()), len(self.lost_on_first_day())
        sent = len(self.where("welcome.sent"))
        tried = sent + len(self.where("welcome.given_up"))
        orders, bought = len(self.kept()), len(self.buyers())
        gmv = sum(order.net for order in self.orders)
        attributed = sum(order.net for order in self.attributed())
        cost = sum(event.properties.get("cost_fen", 0) for event in self.where(PRINTED))
        return {
            "exposed": exposed,
            "printed": sum(event.properties["count"] for event in self.where(PRINTED)),
            "clicked": clicked,
            "readers": len(self.people(self.where("material.viewed"))),
            "click_rate": ratio(clicked, exposed),
            "reached": reached,
            "shared": len(self.where("material.shared")),
            "active_customers": len(self.people([*self.responded(), *self.where("order.paid")])),
            "added": len(self.added()),
            "new_customers": len(
                self.people(self.where("contact.added", observed=True, first=True))
            ),
            "readded": len(self.where("contact.readded")),
            "lost": len(self.where("contact.lost")),
            "first_day_due": due,
            "first_day_lost": lost,
            "first_day_churn": ratio(lost, due),
            "welcomes_sent": sent,
            "welcomes_tried": tried,
            "welcome_success": ratio(sent, tried),
            "welcome_p99_seconds": self.slowest_welcomes(),
            "orders": orders,
            "bought": bought,
            "gmv_fen": gmv,
            "average_order_fen": ratio(gmv, orders),
            "order_rate": ratio(bought, reached),
            "conversion": ratio(orders, reached),
            "attributed_gmv_fen": attributed,
            "unattributed_gmv_fen": gmv - attributed,
            "cost_fen": cost,
            "roi": ratio(attributed, cost),
        }

    def behind(self) -> dict[str, set[int]]:
        """Return the customers or orders that each figure opens into."""
        clickers = self.people(self.where("material.viewed"))
        lost = self.people(self.lost_on_first_day())
        kept = {order.id for order in self.kept()}
        paid = {order.id for order in self.orders}
        attributed = {order.id for order in self.attributed()}
        return {
            "clicked": clickers,
            "readers": clickers,
            "reached": self.people(self.responded()),
            "active_customers": self.people([*self.responded(), *self.where("order.paid")]),
            "added": self.people(self.added()),
            "new_customers": self.people(self.where("contact.added", observed=True, first=True)),
            "readded": self.people(self.where("contact.readded")),
            "lost": self.people(self.where("contact.lost")),
            "first_day_due": self.people(self.due()),
            "first_day_lost": lost,
            "first_day_churn": lost,
            "welcomes_sent": self.people(self.where("welcome.sent")),
            "welcomes_tried": self.people(self.where("welcome.sent", "welcome.given_up")),
            "orders": kept,
            "bought": self.buyers(),
            "gmv_fen": paid,
            "order_rate": self.buyers(),
            "conversion": kept,
            "attributed_gmv_fen": attributed,
            "unattributed_gmv_fen": paid - attributed,
        }

    def only(self, keep: Callable[[datetime, int, int], bool]) -> "Reference":
        """Return the same count over the facts and orders that `keep` keeps."""
        part = object.__new__(Reference)
        part.scope, part.everything, part.owner = self.scope, self.everything, self.owner
        part.facts = [
            event
            for event in self.facts
            if keep(
                event.occurred_at,
                event.staff_account_id or 0,
                event.properties.get("channel_id", 0),
            )
        ]
        part.orders = [
            order
            for order in self.orders
            if keep(order.paid.occurred_at, order.staff, order.channel)
        ]
        return part

    def on_day(self, moment: datetime) -> "Reference":
        day = moment.astimezone(ZoneInfo(self.scope.zone)).date()
        zone = ZoneInfo(self.scope.zone)
        return self.only(lambda at, _staff, _channel: at.astimezone(zone).date() == day)


def ratio(dividend: float, divisor: float) -> float | None:
    return dividend / divisor if divisor else None
