"""All rooms: their HTTP doors, what they do when they hear a fact, the jobs they do."""

import asyncio
from collections.abc import Awaitable, Callable

from litestar.types import ControllerRouterHandler

from siyu.accounts import routes as accounts
from siyu.accounts import wecom_sign_in
from siyu.accounts.background import routes as background
from siyu.accounts.connections import routes as connections
from siyu.core.jobs.kinds import AnyHandler
from siyu.core.stream.reactions import Reaction
from siyu.runtime import Runtime
from siyu.sync import sync_handler


def controllers() -> list[ControllerRouterHandler]:
    """Return the HTTP doors of all rooms."""
    return [
        *accounts.controllers,
        wecom_sign_in.WecomSignInController,
        *background.controllers,
        *connections.controllers,
    ]


def reactions(_runtime: Runtime) -> list[Reaction]:
    """Return what rooms do when they hear a fact."""
    return []


def handlers(runtime: Runtime) -> list[AnyHandler]:
    """Return the jobs of all rooms."""
    return [sync_handler(runtime)]


def loops(_runtime: Runtime) -> list[Callable[[asyncio.Event], Awaitable[None]]]:
    """Return what rooms keep doing in a worker."""
    return []
