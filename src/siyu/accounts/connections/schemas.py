"""What of the connections goes over HTTP. Secrets come in and never go out again."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

StepState = Literal["todo", "done", "failed"]


class WecomCredentials(Struct, forbid_unknown_fields=True):
    """The self-built app: corp id (我的企业), agent id and secret (应用管理)."""

    corp_id: Annotated[str, Meta(min_length=4, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
    agent_id: Annotated[int, Meta(ge=1, le=2**31)]
    secret: Annotated[str, Meta(min_length=8, max_length=128)]


class CallbackKeys(Struct):
    """What to enter in WeCom under 接收消息服务器配置; shown this once."""

    url: str
    token: str
    aes_key: str


class Suite(Struct, forbid_unknown_fields=True):
    """A provider's suite (服务商第三方或代开发应用)."""

    suite_id: Annotated[str, Meta(min_length=4, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class TrustedDomain(Struct, forbid_unknown_fields=True):
    """The app's trusted domain and the file by which WeCom verifies it."""

    domain: Annotated[str, Meta(min_length=3, max_length=253)]
    file_name: Annotated[
        str, Meta(max_length=80, pattern=r"^(WW|MP)_verify_[A-Za-z0-9]{6,64}\.txt$")
    ]
    file_content: Annotated[str, Meta(min_length=4, max_length=128, pattern=r"^[A-Za-z0-9]+$")]


class OfficialAccountCredentials(Struct, forbid_unknown_fields=True):
    """The official account (公众号): app id and secret (设置与开发 - 开发接口管理)."""

    app_id: Annotated[str, Meta(min_length=6, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
    secret: Annotated[str, Meta(min_length=8, max_length=128)]


class SetupStep(Struct):
    """One step of the guided set-up."""

    key: Literal["credentials", "callback", "domain", "directory", "customers", "official_account"]
    title: str
    state: StepState
    detail: str
    at: datetime | None


class WecomConnectionView(Struct):
    """The connection as the set-up page shows it."""

    corp_id: str | None
    agent_id: int | None
    secret_set: bool
    callback_url: str | None
    callback_keys_set: bool
    last_callback_at: datetime | None
    watched_since: datetime | None
    suite_id: str | None
    suite_url: str | None
    suite_at: datetime | None
    trusted_domain: str | None
    verification_file: str | None
    official_account_app_id: str | None
    official_push_url: str | None
    official_push_at: datetime | None
    suggested_domain: str
    steps: list[SetupStep]


class ProbeView(Struct):
    """One permission or setting, as far as a harmless call can tell.

    With the key `callbacks` it tells instead of callbacks that could not be dealt with, and
    `count` how many there are. `detail` says what is wrong and `fix` where it is put right; to
    programs `permission` says it, and `egress` the address that is to be trusted.
    """

    key: str
    title: str
    state: Literal["granted", "missing", "unknown"]
    errcode: int | None
    detail: str
    fix: str
    permission: str = ""
    egress: str = ""
    count: int | None = None


class SyncStarted(Struct):
    """The long job that was started."""

    run_id: int
