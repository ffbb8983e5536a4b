"""All tables of all rooms, for migrations and their checks."""

from typing import Final

from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.models import Tenant
from siyu.channels.wecom.inbox import WecomInbox
from siyu.commerce.models import SalesOrder
from siyu.content.collection.models import CollectInbox
from siyu.content.models import Material
from siyu.conversations.models import ServiceChannel
from siyu.conversion.attribution.models import Attribution
from siyu.core.analytics.models import AnalyticsBatch
from siyu.core.db import Base
from siyu.core.db.directory import Host
from siyu.core.jobs.progress import JobRun
from siyu.core.stream.models import StreamEvent
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.models import LiveCode
from siyu.messaging.models import Touch
from siyu.people.audiences.models import Audience
from siyu.people.bulk.models import PeopleAct
from siyu.people.churn.models import ChurnPlan
from siyu.people.exchange.models import PeopleImport
from siyu.people.fields.models import CustomField
from siyu.people.groups.models import GroupChat
from siyu.people.identity.models import IdentityProfile
from siyu.people.lists.models import CustomerListView
from siyu.people.models import Customer
from siyu.people.picture import engine as picture
from siyu.people.picture.models import PictureState
from siyu.people.privacy.models import Consent
from siyu.people.reconciliation.models import ReconciliationPlan
from siyu.people.stages.models import Stage
from siyu.people.tags.models import TagRule

metadata = Base.metadata
ENGINE: Final = picture.TABLES
"""Tables of rooms in the analytics engine, beside the stream's own."""

__all__ = [
    "ENGINE",
    "AnalyticsBatch",
    "Attribution",
    "Audience",
    "Channel",
    "ChurnPlan",
    "CollectInbox",
    "Consent",
    "CustomField",
    "Customer",
    "CustomerListView",
    "GroupChat",
    "Host",
    "IdentityProfile",
    "JobRun",
    "LiveCode",
    "Material",
    "PeopleAct",
    "PeopleImport",
    "PictureState",
    "ReconciliationPlan",
    "SalesOrder",
    "ServiceChannel",
    "Stage",
    "StreamEvent",
    "TagRule",
    "Tenant",
    "Touch",
    "WecomConnection",
    "WecomInbox",
    "metadata",
]
