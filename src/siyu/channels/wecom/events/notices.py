"""Events that say that something can be read now: customer service, archive, finished jobs."""

from typing import Any

import msgspec

from siyu.channels.wecom.events.envelope import CallbackEvent, Needed, listed


class ServiceMessagesWaiting(CallbackEvent, frozen=True, kw_only=True):
    """WeChat customer service has messages or events (doc 94670); `token` goes with the read."""

    token: str = msgspec.field(name="Token", default="")
    open_kfid: Needed = msgspec.field(name="OpenKfId")


class ServiceAccountsChanged(CallbackEvent, frozen=True, kw_only=True):
    """The application may serve other customer service accounts than before."""

    @property
    def added(self) -> tuple[str, ...]:
        """The accounts it may serve now."""
        return listed(self.raw.get("AuthAddOpenKfId"), "")

    @property
    def removed(self) -> tuple[str, ...]:
        """The accounts it may serve no more."""
        return listed(self.raw.get("AuthDelOpenKfId"), "")


class ArchiveWaiting(CallbackEvent, frozen=True, kw_only=True):
    """The message archive has new messages (doc 95039); told every 15 s at most."""

    agent_id: str = msgspec.field(name="AgentID", default="")


class BatchJobFinished(CallbackEvent, frozen=True, kw_only=True):
    """A batch job on the directory ended (doc 90973)."""

    job: dict[str, Any] = msgspec.field(name="BatchJob", default_factory=dict)

    @property
    def job_id(self) -> str:
        """The job."""
        return str(self.job.get("JobId", ""))

    @property
    def job_type(self) -> str:
        """What the job did, such as ``sync_user``."""
        return str(self.job.get("JobType", ""))

    @property
    def errcode(self) -> str:
        """How it ended; ``0`` is success."""
        return str(self.job.get("ErrCode", ""))


class MediaJobFinished(CallbackEvent, frozen=True, kw_only=True):
    """An upload from an address ended (doc 96488); its result can be read."""

    job_id: Needed = msgspec.field(name="JobId")
