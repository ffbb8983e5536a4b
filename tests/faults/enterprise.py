"""An enterprise that is already at work: staff, customers with touches, readings, a shop."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from siyu.accounts.connections.schemas import CallbackKeys, WecomCredentials
from siyu.accounts.connections.service import new_callback_keys, store_credentials
from siyu.accounts.models import Employee, StaffAccount
from siyu.accounts.tenants import Vaults, only_tenant
from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.door import PREFIX
from siyu.commerce.schemas import SourceDraft
from siyu.commerce.sources import create_source
from siyu.content.collection.door import SOURCE_KIND, VISIT_USE
from siyu.content.collection.models import CollectSource
from siyu.content.links import create_link, record_opening
from siyu.content.schemas import MaterialDraft
from siyu.content.service import create_material, publish_material
from siyu.core.clock import FixedClock, SystemClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database, DatabaseUrls
from siyu.core.db.directory import register_slug
from siyu.core.settings import Settings
from siyu.core.signing import Signer
from siyu.core.vault import MasterKey
from siyu.growth.channels.models import Channel
from siyu.messaging.touches import create_touch
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join
from siyu.runtime import master_key
from siyu.supervisor import prepare

CORP = "ww0123456789abcdef"
BASE = "http://siyu.localhost"
STAFF = ("linxiaoyue", "chenyu", "zhaomin")
VISITS = 30
BUYERS = 10


@dataclass(frozen=True)
class Buyer:
    """A customer who had one touch."""

    unionid: str
    touch_id: int
    touch_slug: str


@dataclass
class Enterprise:
    """What outsiders need to know of it."""

    tenant_id: int
    crypto: CallbackCrypto
    callback_path: str
    site_key: str
    shop_key: str
    shop_secret: str
    visits: dict[int, str] = field(default_factory=dict)
    """Tokens of readings, by visit."""
    buyers: list[Buyer] = field(default_factory=list)


async def found(settings: Settings, urls: DatabaseUrls) -> Enterprise:
    """Make the enterprise in an empty database."""
    await prepare(settings, urls)
    key = master_key(settings)
    vaults, clock, db = Vaults(MasterKey(key)), SystemClock(), Database(urls, pool_size=2)
    try:
        tenant_id = await only_tenant(db)
        assert tenant_id is not None
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            app = WecomCredentials(corp_id=CORP, agent_id=1_000_002, secret="not-a-real-one")
            await store_credentials(ctx, vaults, app)
            keys = await new_callback_keys(ctx, vaults, BASE)
            shop = await create_source(ctx, vaults, SourceDraft(name="商城"), BASE)
            site = CollectSource(
                tenant_id=tenant_id, name="官网", write_key="wk-faults", created_at=ctx.now()
            )
            session.add(site)
            await session.flush()
            await register_slug(session, site.write_key, tenant_id, SOURCE_KIND, site.id)
        # What came before came an hour ago: readings may be long, touches precede orders.
        past = FixedClock(clock.now() - timedelta(hours=1))
        enterprise = _known(tenant_id, keys, site.write_key, shop.key, shop.secret)
        async with db.tenant(tenant_id) as session:
            await _history(Context(tenant_id, SYSTEM_ACTOR, past, session), enterprise, Signer(key))
    finally:
        await db.close()
    return enterprise


def _known(
    tenant_id: int, keys: CallbackKeys, site_key: str, shop_key: str, shop_secret: str
) -> Enterprise:
    crypto = CallbackCrypto(keys.token, keys.aes_key, CORP)
    path = PREFIX + keys.url.rpartition("/")[2]
    return Enterprise(tenant_id, crypto, path, site_key, shop_key, shop_secret)


async def _history(ctx: Context, enterprise: Enterprise, signer: Signer) -> None:
    employee = Employee(tenant_id=ctx.tenant_id, name="林小月", created_at=ctx.now())
    ctx.session.add(employee)
    await ctx.session.flush()
    accounts = [
        StaffAccount(
            tenant_id=ctx.tenant_id,
            userid=userid,
            name=userid,
            employee_id=employee.id,
            can_contact=True,
        )
        for userid in STAFF
    ]
    channel = Channel(
        tenant_id=ctx.tenant_id, name="包裹卡", kind="parcel_card", created_at=ctx.now()
    )
    ctx.session.add_all([*accounts, channel])
    await ctx.session.flush()
    staff, numbers = accounts[0].id, count()
    for _ in range(BUYERS):
        number = next(numbers)
        identity = await identify(ctx, "external_userid", "", f"wm-buyer-{number}")
        await join(ctx, identity, f"union-{number}")
        touch = await create_touch(
            ctx,
            "share",
            channel_id=channel.id,
            staff_account_id=staff,
            identity_id=identity.id,
        )
        enterprise.buyers.append(Buyer(f"union-{number}", touch.id, touch.slug))
    draft = MaterialDraft(title="辅食怎么加", body="<p>六个月起。</p>")
    material = await publish_material(ctx, (await create_material(ctx, draft)).id)
    link = await create_link(
        ctx,
        material,
        touch_id=enterprise.buyers[0].touch_id,
        touch_slug=enterprise.buyers[0].touch_slug,
        staff_account_id=staff,
        sent_to=None,
    )
    for _ in range(VISITS):
        visit = await record_opening(ctx, link, None)
        ends = ctx.now() + timedelta(hours=12)
        enterprise.visits[visit.id] = signer.sign(VISIT_USE, ctx.tenant_id, visit.id, ends=ends)
