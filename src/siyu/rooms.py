"""All rooms: their HTTP doors, what they do when they hear a fact, the jobs they do."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from litestar.types import ControllerRouterHandler

from siyu.accounts import jssdk, wecom_sign_in
from siyu.accounts import routes as accounts
from siyu.accounts.background import routes as background
from siyu.accounts.callbacks import routes as callbacks
from siyu.accounts.connections import routes as connections
from siyu.accounts.connections.refresh import refresh_handler
from siyu.accounts.sessions import SIGN_IN_FAILURES
from siyu.accounts.tenants import Vaults
from siyu.activation.sharing import routes as sharing
from siyu.activation.sharing.reactions import reactions as sharing_reactions
from siyu.channels.wecom.events import CallbackEvent
from siyu.channels.wecom.reader import EventHandler, InboxReader
from siyu.commerce import routes as commerce
from siyu.commerce.orders import ORDER_RECEIPTS
from siyu.commerce.reactions import reactions as commerce_reactions
from siyu.composition import Panels, PersonSources
from siyu.content import routes as content
from siyu.content.collection.models import OLD_HOURS
from siyu.content.collection.worker import CollectWorker
from siyu.content.unseen import UnseenVisitors
from siyu.conversations.customer_service import Listener, event_handlers
from siyu.conversations.models import OLD_LETTERS
from siyu.conversations.official_account import OfficialListener
from siyu.conversion.attribution import routes as attribution
from siyu.conversion.attribution.reactions import reactions as attribution_reactions
from siyu.conversion.attribution.service import recipient_of
from siyu.core.analytics.feeder import Feeder
from siyu.core.analytics.schema import Topology
from siyu.core.housekeeping import QUEUE_LOG, Housekeeping
from siyu.core.jobs.kinds import AnyHandler
from siyu.core.stream.reactions import Reaction
from siyu.growth.channels import routes as channels
from siyu.growth.live_codes import jobs as live_code_jobs
from siyu.growth.live_codes import reactions as live_code_reactions
from siyu.growth.live_codes import routes as live_codes
from siyu.growth.live_codes.media import MediaWishes
from siyu.growth.live_codes.plans import LiveCodeOrigins, LiveCodePlans
from siyu.insight import routes as insight
from siyu.messaging.media import MediaKeeper
from siyu.messaging.welcomes import WelcomeSender
from siyu.people import jobs as people_jobs
from siyu.people.audiences import jobs as audience_jobs
from siyu.people.audiences import routes as audiences
from siyu.people.audiences.dynamic import DynamicAudiences
from siyu.people.bulk import routes as bulk
from siyu.people.bulk.acting import Acting
from siyu.people.bulk.models import OLD_ACTS, OLD_SELECTIONS
from siyu.people.churn import routes as churn
from siyu.people.contacts.intake import Intake
from siyu.people.customers import routes as people
from siyu.people.exchange import export_routes as exports
from siyu.people.exchange import routes as exchange
from siyu.people.exchange.expiry import Expiry
from siyu.people.exchange.exporting import Exporting
from siyu.people.exchange.importing import Importing
from siyu.people.fields import routes as fields
from siyu.people.identity import routes as identity
from siyu.people.lists import routes as lists
from siyu.people.picture.following import Following
from siyu.people.picture.projector import Roof
from siyu.people.privacy import routes as privacy
from siyu.people.privacy.erasing import Eraser
from siyu.people.privacy.packing import Packer
from siyu.people.reconciliation import routes as reconciliation
from siyu.people.reconciliation.jobs import NightlyReconciliation
from siyu.people.reconciliation.models import OLD_DIFFERENCES
from siyu.people.stages import routes as stages
from siyu.people.tags.keeping import TagEnds
from siyu.people.tags.reactions import reactions as tag_reactions
from siyu.personal import PLACES
from siyu.runtime import Runtime
from siyu.sync import sync_handler

Loop = Callable[[asyncio.Event], Awaitable[None]]

SWEEPS: Final = (
    QUEUE_LOG,
    SIGN_IN_FAILURES,
    ORDER_RECEIPTS,
    OLD_DIFFERENCES,
    OLD_SELECTIONS,
    OLD_ACTS,
    OLD_HOURS,
    OLD_LETTERS,
)
"""Rows of all tenants that are kept for a while."""


def controllers() -> list[ControllerRouterHandler]:
    """Return the HTTP doors of all rooms."""
    return [
        *accounts.controllers,
        wecom_sign_in.WecomSignInController,
        *jssdk.controllers,
        *background.controllers,
        *callbacks.controllers,
        *connections.controllers,
        *people.controllers,
        *identity.controllers,
        *fields.controllers,
        *stages.controllers,
        *lists.controllers,
        *bulk.controllers,
        *audiences.controllers,
        *churn.controllers,
        *exchange.controllers,
        *exports.controllers,
        *privacy.controllers,
        *reconciliation.controllers,
        *channels.controllers,
        *live_codes.controllers,
        *content.controllers,
        *sharing.controllers,
        *commerce.controllers,
        *attribution.controllers,
        *insight.controllers,
    ]


def reactions(_runtime: Runtime) -> list[Reaction]:
    """Return what rooms do when they hear a fact."""
    return [
        *live_code_reactions.reactions(),
        *sharing_reactions(),
        *commerce_reactions(recipient_of),
        *attribution_reactions(),
        *tag_reactions(PersonSources()),
    ]


def handlers(runtime: Runtime) -> list[AnyHandler]:
    """Return the jobs of all rooms."""
    db, clock, wecom, files = runtime.db, runtime.clock, runtime.wecom, runtime.files
    return [
        sync_handler(runtime),
        refresh_handler(db, clock, wecom),
        *people_jobs.handlers(db, clock, wecom, runtime.vaults, LiveCodeOrigins()),
        *audience_jobs.handlers(db, clock, runtime.analytics),
        Acting(db, clock).handler(),
        *Importing(db, clock, runtime.vaults, files).handlers(),
        *Exporting(db, clock, runtime.vaults, files, Panels()).handlers(),
        Packer(db, clock, runtime.vaults, files, PLACES).handler(),
        eraser(runtime).handler(),
        *live_code_jobs.handlers(db, clock, wecom, files, runtime.http),
        Listener(db, clock, wecom).handler(),
        OfficialListener(db, clock, runtime.vaults, runtime.official_accounts).handler(),
    ]


def eraser(runtime: Runtime) -> Eraser:
    """Return what removes persons from everywhere."""
    return Eraser(
        runtime.db,
        runtime.clock,
        runtime.vaults,
        runtime.files,
        runtime.analytics,
        PLACES,
        Topology(runtime.settings.clickhouse_cluster),
    )


def welcome_sender(runtime: Runtime) -> WelcomeSender:
    """Return what sends welcomes, to which everything else in the background gives way."""
    plans = LiveCodePlans(runtime.settings.public_base)
    return WelcomeSender(runtime.db, runtime.clock, runtime.wecom, plans)


def picture(runtime: Runtime, fed: asyncio.Event | None = None) -> Following:
    """Return what keeps the picture of persons, with what rooms add to it and do when it changes.

    `fed` is set whenever facts came into the engine.
    """
    audiences_ = DynamicAudiences(runtime.analytics)
    return Following(
        runtime.db,
        runtime.analytics,
        runtime.clock,
        Roof(PersonSources(), listeners=(audiences_,)),
        crossings=(audiences_,),
        topology=Topology(runtime.settings.clickhouse_cluster),
        fed=fed,
    )


def callbacks_heard(vaults: Vaults) -> Mapping[type[CallbackEvent], EventHandler]:
    """Return what rooms do with which of WeCom's callbacks."""
    return {**Intake(LiveCodeOrigins(), vaults).handlers(), **event_handlers()}


def loops(runtime: Runtime) -> list[Loop]:
    """Return what rooms keep doing in the background, welcomes apart."""
    db, clock, wecom = runtime.db, runtime.clock, runtime.wecom
    topology = Topology(runtime.settings.clickhouse_cluster)
    feeder = Feeder(db, runtime.analytics, clock, topology=topology)
    return [
        InboxReader(db, clock, callbacks_heard(runtime.vaults)).run,
        MediaWishes(db, clock).run,
        MediaKeeper(db, clock, wecom, runtime.files).run,
        feeder.run,
        picture(runtime, feeder.moved).run,
        CollectWorker(
            runtime.db, runtime.clock, visitors_per_hour=runtime.settings.visitors_per_hour
        ).run,
        NightlyReconciliation(db, clock).run,
        TagEnds(db, clock).run,
        Expiry(db, clock, runtime.vaults, runtime.files).run,
        audience_jobs.AudienceKeeper(db, clock).run,
        UnseenVisitors(db, clock, PLACES).run,
        Housekeeping(db, clock, SWEEPS).run,
    ]
