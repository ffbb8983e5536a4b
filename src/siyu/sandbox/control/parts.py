"""What the handlers of the control API are given."""

from dataclasses import dataclass

import httpx
from litestar.di import NamedDependency

from siyu.sandbox.callbacks.office import PostOffice
from siyu.sandbox.pay.notices import PayNotices
from siyu.sandbox.people.browser import Browser
from siyu.sandbox.people.burst import Bursts
from siyu.sandbox.people.shop import ShopSystem
from siyu.sandbox.people.story import Storyteller
from siyu.sandbox.world.state import World


@dataclass(slots=True)
class Life:
    """What persons act with."""

    world: World
    browser: Browser
    shop: ShopSystem


TheWorld = NamedDependency[World]
TheHttp = NamedDependency[httpx.AsyncClient]
TheOffice = NamedDependency[PostOffice]
TheShop = NamedDependency[ShopSystem]
TheStoryteller = NamedDependency[Storyteller]
TheBursts = NamedDependency[Bursts]
TheNotices = NamedDependency[PayNotices]
TheLife = NamedDependency[Life]
