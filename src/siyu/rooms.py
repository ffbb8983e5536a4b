"""All rooms: their HTTP doors, what they do when they hear a fact, the jobs they do."""

import asyncio
from collections.abc import Awaitable, Callable

from litestar.types import ControllerRouterHandler

from siyu.accounts import routes as accounts
from siyu.accounts import wecom_sign_in
from siyu.accounts.background import routes as background
from siyu.accounts.connections import routes as connections
from siyu.activation.sharing import routes as sharing
from siyu.commerce import routes as commerce
from siyu.commerce.reactions import reactions as commerce_reactions
from siyu.content import routes as content
from siyu.content.collection.worker import CollectWorker
from siyu.conversion.attribution import routes as attribution
from siyu.conversion.attribution.reactions import reactions as attribution_reactions
from siyu.conversion.attribution.service import recipient_of
from siyu.core.analytics.feeder import Feeder
from siyu.core.jobs.kinds import AnyHandler
from siyu.core.stream.reactions import Reaction
from siyu.growth.channels import routes as channels
from siyu.insight import routes as insight
from siyu.runtime import Runtime
from siyu.sync import sync_handler

Loop = Callable[[asyncio.Event], Awaitable[None]]


def controllers() -> list[ControllerRouterHandler]:
    """Return the HTTP doors of all rooms."""
    return [
        *accounts.controllers,
        wecom_sign_in.WecomSignInController,
        *background.controllers,
        *connections.controllers,
        *channels.controllers,
        *content.controllers,
        *sharing.controllers,
        *commerce.controllers,
        *attribution.controllers,
        *insight.controllers,
    ]


def reactions(_runtime: Runtime) -> list[Reaction]:
    """Return what rooms do when they hear a fact."""
    return [*commerce_reactions(recipient_of), *attribution_reactions()]


def handlers(runtime: Runtime) -> list[AnyHandler]:
    """Return the jobs of all rooms."""
    return [sync_handler(runtime)]


def loops(runtime: Runtime) -> list[Loop]:
    """Return what rooms keep doing in a worker."""
    return [
        Feeder(runtime.db, runtime.analytics, runtime.clock).run,
        CollectWorker(runtime.db, runtime.clock).run,
    ]
