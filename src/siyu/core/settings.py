"""Settings of one installation, from the environment (`SIYU_…`) and nowhere else."""

from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

VISITORS_PER_HOUR: Final = 10_000


class Settings(BaseSettings):
    """What an operator may set; the defaults run everything embedded on one machine."""

    model_config = SettingsConfigDict(env_prefix="SIYU_", frozen=True)

    data_dir: Path = Path(".siyu")
    """Folder of the embedded servers, files, keys and logs."""

    database_url: str | None = None
    """`postgresql://user:password@host/database` of an own PostgreSQL ≥ 15, as a role that may
    create roles; without it the embedded server is used."""
    clickhouse_url: SecretStr | None = None
    """`http://user:password@host:8123/database` of an own ClickHouse; without it the embedded
    engine is used."""
    clickhouse_cluster: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")] | None = None
    """Name of the cluster behind `clickhouse_url`; tables are then made `ON CLUSTER`, replicated
    and sharded by person. Without it they lie on the one server that answers."""
    master_key: SecretStr | None = None
    """32 bytes in base64 that wrap each tenant's key; without it a key file in the data folder."""

    host: str = "127.0.0.1"
    port: int = 8000
    base_host: str = "siyu.localhost"
    """Host name under which browsers reach the installation's first tenant."""
    wildcard_host: bool = False
    """Whether names below `base_host` lead to the same tenant; the simulated world gives each
    person a name of their own."""
    public_url: str | None = None
    """Address that links and callbacks carry, such as `https://siyu.example.com`."""
    secure_cookies: bool | None = None
    """Whether cookies are sent over HTTPS only; by default, whether `public_url` is HTTPS."""
    frame_ancestors: str = "'self'"
    """Who may show siyu's pages in a frame (CSP `frame-ancestors`)."""

    wecom_base: str = "https://qyapi.weixin.qq.com"
    wechat_base: str = "https://api.weixin.qq.com"
    open_base: str = "https://open.weixin.qq.com"
    wecom_login_base: str = "https://login.work.weixin.qq.com"
    jweixin_url: str = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
    jssdk_url: str = "https://wwcdn.weixin.qq.com/node/open/js/wecom-jssdk-2.3.3.js"

    clock_url: str | None = None
    """Address of a simulated world's clock (`…/world/api/clock`) that siyu's own follows; for
    tests and demonstrations only. `/quietz` then tells what siyu still has to do."""

    egress: str = "default"
    """Name of the address from which this process calls WeCom; hosts that leave by different
    addresses need different names, because WeCom counts calls by address too."""

    files: str | None = None
    """Address of an object store for files; without it a folder in the data folder."""

    visitors_per_hour: Annotated[int, Field(ge=0)] = VISITORS_PER_HOUR
    """So many new anonymous browsers an enterprise remembers in an hour, half of them on one
    page; what more of them read is a reading of nobody. 0: none."""

    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    web_pool_size: int = 12
    worker_pool_size: int = 12

    @model_validator(mode="after")
    def _cluster_has_an_address(self) -> Self:
        if self.clickhouse_cluster is not None and self.clickhouse_url is None:
            raise ValueError("SIYU_CLICKHOUSE_CLUSTER 需要同时设置 SIYU_CLICKHOUSE_URL")
        return self

    @property
    def public_base(self) -> str:
        """The address browsers use, without a trailing slash."""
        return (self.public_url or f"http://{self.base_host}:{self.port}").rstrip("/")

    @property
    def files_url(self) -> str:
        """The address of the store for files."""
        return self.files or f"file://{self.data_dir.absolute() / 'files'}"

    @property
    def cookies_secure(self) -> bool:
        """Whether cookies carry `Secure` and the `__Host-` prefix."""
        if self.secure_cookies is not None:
            return self.secure_cookies
        return self.public_base.startswith("https://")
