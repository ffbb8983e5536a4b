"""Row-level security and grants, made alike for every table."""

from typing import Final

from sqlalchemy import Connection, MetaData, Table, text

from siyu.core.db.roles import APP, INGEST, SYSTEM

SYS: Final = "sys"
QUEUE: Final = "queue"

# After a transaction that set it, the setting is an empty string, not null.
CURRENT_TENANT: Final = "nullif(current_setting('siyu.tenant', true), '')::bigint"


def is_tenant_table(table: Table) -> bool:
    """Tell whether rows of `table` belong to one tenant each."""
    return table.schema is None and "tenant_id" in table.columns


def protect(table: str) -> list[str]:
    """Return the statements that bind all access to `table` to the current tenant."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"drop policy if exists tenant on {table}",
        (
            f"create policy tenant on {table}"
            f" using (tenant_id = {CURRENT_TENANT}) with check (tenant_id = {CURRENT_TENANT})"
        ),
    ]


def grants(schemas: tuple[str, ...] = ("public", SYS, QUEUE)) -> list[str]:
    """Return the statements that open the tables to the roles that serve."""
    statements = []
    for schema in schemas:
        statements += [
            f"grant usage on schema {schema} to {APP}, {SYSTEM}, {INGEST}",
            (
                f"grant select, insert, update, delete on all tables in schema {schema}"
                f" to {APP}, {SYSTEM}"
            ),
            f"grant usage, select on all sequences in schema {schema} to {APP}, {SYSTEM}, {INGEST}",
        ]
    return statements


def inbox_grants(metadata: MetaData) -> list[str]:
    """Return the statements that let `siyu_ingest` append to inbox tables and nothing else."""
    return [
        f"grant insert on {table.name} to {INGEST}"
        for table in metadata.tables.values()
        if table.info.get("inbox")
    ]


def apply(connection: Connection, metadata: MetaData) -> None:
    """Protect every tenant table of `metadata` and grant what each role needs."""
    for table in metadata.sorted_tables:
        if is_tenant_table(table):
            for statement in protect(table.name):
                connection.execute(text(statement))
    for statement in (*grants(), *inbox_grants(metadata)):
        connection.execute(text(statement))


def unprotected(connection: Connection, metadata: MetaData) -> list[str]:
    """Return tenant tables on which row-level security is not forced."""
    rows = connection.execute(
        text(
            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind in ('r', 'p')"
            " and c.relrowsecurity and c.relforcerowsecurity"
        )
    )
    safe = set(rows.scalars())
    return sorted(
        table.name
        for table in metadata.tables.values()
        if is_tenant_table(table) and table.name not in safe
    )
