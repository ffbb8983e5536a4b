"""Background work about people: the kinds, for whoever wants it done."""

from datetime import timedelta
from typing import Final

import msgspec

from siyu.core.jobs import JobKind

_SETTLES: Final = timedelta(seconds=3)


class RefreshCustomer(msgspec.Struct, frozen=True):
    """A customer whose details are to be read from WeCom."""

    external_userid: str


class SyncTags(msgspec.Struct, frozen=True):
    """All corp tags are to be read from WeCom."""


REFRESH_CUSTOMER: Final = JobKind(
    "people.refresh_customer",
    RefreshCustomer,
    "读取客户详情",
    priority=10,
    follows_after=_SETTLES,
)
SYNC_TAGS: Final = JobKind(
    "people.sync_tags", SyncTags, "同步企业标签", priority=20, follows_after=_SETTLES
)


class ClearGoneTags(msgspec.Struct, frozen=True):
    """Tags that are gone are to be taken off whoever carries them."""


CLEAR_GONE_TAGS: Final = JobKind(
    "people.clear_gone_tags",
    ClearGoneTags,
    "清除已删除的标签",
    concurrency=1,
    follows_after=_SETTLES,
)


class TagsMoved(msgspec.Struct, frozen=True):
    """Tags are in another group now: rules that go by groups mean something else."""

    tag_ids: tuple[int, ...]


TAGS_MOVED: Final = JobKind("people.tags_moved", TagsMoved, "标签换组后更新人群")


class MarkMany(msgspec.Struct, frozen=True):
    """Which run of marking very many the job is."""

    run_id: int


MARK_MANY: Final = JobKind("people.mark_many", MarkMany, "批量打标签", attempts=3)


class TagByRule(msgspec.Struct, frozen=True):
    """A rule was set off by a person at one of their ids: WeCom is to be told of corp tags."""

    rule_id: int
    identity_id: int


TAG_BY_RULE: Final = JobKind("people.tag_by_rule", TagByRule, "自动打标签", follows_after=_SETTLES)


class EndTags(msgspec.Struct, frozen=True):
    """Corp tags of a friendship have come to their end."""

    contact_id: int


END_TAGS: Final = JobKind("people.end_tags", EndTags, "移除到期的标签")


class Reconcile(msgspec.Struct, frozen=True):
    """Which run of the reconciliation the job is."""

    run_id: int


RECONCILE: Final = JobKind("people.reconcile", Reconcile, "与企业微信核对客户", attempts=5)
