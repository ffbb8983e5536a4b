"""The database roles, what each may do, and their passwords.

`siyu_owner` owns the tables and runs migrations; `siyu_app` serves requests and
cannot bypass row-level security; `siyu_system` sees all tenants (sequencer, job
queue, directory of hosts); `siyu_ingest` may only append to inbox tables.
"""

import base64
import hmac
from typing import Final

import asyncpg

OWNER: Final = "siyu_owner"
APP: Final = "siyu_app"
SYSTEM: Final = "siyu_system"
INGEST: Final = "siyu_ingest"

ATTRIBUTES: Final = {
    OWNER: "nosuperuser nocreatedb nocreaterole nobypassrls",
    APP: "nosuperuser nocreatedb nocreaterole nobypassrls",
    SYSTEM: "nosuperuser nocreatedb nocreaterole bypassrls",
    INGEST: "nosuperuser nocreatedb nocreaterole bypassrls",
}


class UnsafeRole(Exception):
    """The role that serves requests could see other tenants' rows."""


def password(master_key: bytes, role: str) -> str:
    """Return the password of a role, derived so that it need not be kept anywhere."""
    digest = hmac.digest(master_key, f"siyu:role:{role}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


async def provision(admin: asyncpg.Connection, master_key: bytes) -> None:
    """Create the roles or set their attributes and passwords anew; safe to repeat.

    `admin` must be able to create roles, and to grant BYPASSRLS.
    """
    for role, attributes in ATTRIBUTES.items():
        known = await admin.fetchval("select 1 from pg_roles where rolname = $1", role)
        verb = "alter" if known else "create"
        # Role names and attributes are constants above; the password is base64 text.
        await admin.execute(
            f"{verb} role {role} login {attributes} password '{password(master_key, role)}'"
        )
    await admin.execute(f"alter role {APP} set idle_in_transaction_session_timeout = '10s'")
    await admin.execute(f"alter role {APP} set statement_timeout = '30s'")


async def refuse_unsafe(connection: asyncpg.Connection) -> None:
    """Raise `UnsafeRole` when the connected role ignores row-level security."""
    row = await connection.fetchrow(
        "select rolname, rolsuper or rolbypassrls as unsafe from pg_roles"
        " where rolname = current_user"
    )
    if row is None or row["unsafe"]:
        raise UnsafeRole(
            f"数据库角色 {row['rolname'] if row else '?'} 可以绕过行级安全策略,"
            "为防止企业之间数据泄露，拒绝启动。请执行 siyu migrate 重建角色。"
        )
