"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from siyu.core.stream import partitions

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("tenant_ids", schema="sys")))
    op.create_table(
        "audit_entry",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ip", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_entry")),
    )
    op.create_index(
        "ix_audit_entry_recent",
        "audit_entry",
        ["tenant_id", sa.literal_column("id desc")],
        unique=False,
    )
    op.create_table(
        "channel",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('parcel_card', 'store', 'poster', 'online', 'other')",
            name=op.f("ck_channel_kind"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_channel")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_channel_tenant_id_name")),
    )
    op.create_index(
        "ix_channel_recent", "channel", ["tenant_id", sa.literal_column("id desc")], unique=False
    )
    op.create_table(
        "collect_inbox",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind in ('visit', 'site', 'click')", name=op.f("ck_collect_inbox_kind")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_collect_inbox")),
        info={"inbox": True},
    )
    op.create_table(
        "collect_source",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("write_key", sa.String(), nullable=False),
        sa.Column("origins", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_collect_source")),
        sa.UniqueConstraint("write_key", name=op.f("uq_collect_source_write_key")),
    )
    op.create_table(
        "customer",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("avatar_url", sa.String(), nullable=False),
        sa.Column("gender", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.BigInteger(), nullable=False),
        sa.Column("corp_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_add_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "merged_into_id"],
            ["customer.tenant_id", "customer.id"],
            name=op.f("fk_customer_tenant_id_merged_into_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_customer")),
    )
    op.create_index(
        "ix_customer_recent",
        "customer",
        ["tenant_id", sa.literal_column("last_add_at desc nulls last"), "id"],
        unique=False,
    )
    op.create_table(
        "department",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_department")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_department_tenant_id_number")),
    )
    op.create_table(
        "employee",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role in ('admin', 'planner', 'manager', 'staff')", name=op.f("ck_employee_role")
        ),
        sa.CheckConstraint(
            "scope in ('all', 'department', 'self')", name=op.f("ck_employee_scope")
        ),
        sa.CheckConstraint("state in ('active', 'left')", name=op.f("ck_employee_state")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_employee")),
        sa.UniqueConstraint("tenant_id", "username", name=op.f("uq_employee_tenant_id_username")),
    )
    op.create_table(
        "event",
        sa.Column("shard", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=True),
        sa.Column("touch_id", sa.BigInteger(), nullable=True),
        sa.Column("properties", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("shard", "position", "recorded_at", name=op.f("pk_event")),
        postgresql_partition_by="RANGE (recorded_at)",
    )
    op.create_index(
        "ix_event_timeline",
        "event",
        ["tenant_id", "identity_id", sa.literal_column("occurred_at desc"), "id"],
        unique=False,
    )
    op.create_index(
        "ix_event_type",
        "event",
        ["tenant_id", "type", sa.literal_column("occurred_at desc")],
        unique=False,
    )
    op.create_table(
        "job_run",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checkpoint", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed', 'cancelling', 'cancelled')",
            name=op.f("ck_job_run_state"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_job_run")),
    )
    op.create_index(
        "ix_job_run_recent", "job_run", ["tenant_id", sa.literal_column("id desc")], unique=False
    )
    op.create_table(
        "material",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("cover_key", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("topics", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind = 'article'", name=op.f("ck_material_kind")),
        sa.CheckConstraint(
            "state in ('draft', 'published', 'archived')", name=op.f("ck_material_state")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_material")),
        sa.UniqueConstraint("slug", name=op.f("uq_material_slug")),
    )
    op.create_index(
        "ix_material_recent",
        "material",
        ["tenant_id", "state", sa.literal_column("id desc")],
        unique=False,
    )
    op.create_table(
        "media_asset",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("media_id", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=False),
        sa.Column("wanted_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_media_asset")),
        sa.UniqueConstraint(
            "tenant_id", "file_key", "kind", name=op.f("uq_media_asset_tenant_id_file_key_kind")
        ),
    )
    op.create_index(
        "ix_media_asset_renewal", "media_asset", ["tenant_id", "expires_at"], unique=False
    )
    op.create_table(
        "official_account_connection",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("credentials_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_official_account_connection")),
    )
    op.create_table(
        "order_source",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_order_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_order_source")),
        sa.UniqueConstraint("key", name=op.f("uq_order_source_key")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("shard", sa.SmallInteger(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=True),
        sa.Column("touch_id", sa.BigInteger(), nullable=True),
        sa.Column("properties", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "subject", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "analytics_batch",
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shard", name=op.f("pk_analytics_batch")),
        schema="sys",
    )
    op.create_table(
        "api_token",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_api_token")),
        schema="sys",
    )
    op.create_table(
        "cursor",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("reader", "shard", name=op.f("pk_cursor")),
        schema="sys",
    )
    op.create_table(
        "host",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("wildcard", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host")),
        schema="sys",
    )
    op.create_table(
        "parked_event",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reader", "shard", "position", name=op.f("pk_parked_event")),
        schema="sys",
    )
    op.create_table(
        "shard",
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("head", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("shard", name=op.f("pk_shard")),
        schema="sys",
    )
    op.create_table(
        "slug",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_slug")),
        schema="sys",
    )
    op.create_table(
        "tag_group",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("wecom_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tag_group")),
        sa.UniqueConstraint("tenant_id", "wecom_id", name=op.f("uq_tag_group_tenant_id_wecom_id")),
    )
    op.create_table(
        "tenant",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_tenant")),
    )
    op.create_table(
        "wecom_connection",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("corp_id", sa.String(), nullable=True),
        sa.Column("agent_id", sa.BigInteger(), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("credentials_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("callback_slug", sa.String(), nullable=True),
        sa.Column("callback_token", sa.LargeBinary(), nullable=True),
        sa.Column("callback_aes_key", sa.LargeBinary(), nullable=True),
        sa.Column("callback_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trusted_domain", sa.String(), nullable=True),
        sa.Column("verification_name", sa.String(), nullable=True),
        sa.Column("verification_content", sa.String(), nullable=True),
        sa.Column("domain_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("directory_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customers_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("watched_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_wecom_connection")),
        sa.UniqueConstraint("callback_slug", name=op.f("uq_wecom_connection_callback_slug")),
    )
    op.create_table(
        "wecom_inbox",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("change_type", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("fate", sa.String(), server_default="", nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'done', 'parked')", name=op.f("ck_wecom_inbox_state")
        ),
        sa.CheckConstraint(
            "urgent in ('none', 'waiting', 'done')", name=op.f("ck_wecom_inbox_urgent")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_wecom_inbox")),
        sa.UniqueConstraint(
            "tenant_id", "dedupe_key", name=op.f("uq_wecom_inbox_tenant_id_dedupe_key")
        ),
        info={"inbox": True},
    )
    op.create_index(
        "ix_wecom_inbox_received", "wecom_inbox", ["tenant_id", "received_at"], unique=False
    )
    op.create_index(
        "ix_wecom_inbox_urgent",
        "wecom_inbox",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("urgent = 'waiting'"),
    )
    op.create_index(
        "ix_wecom_inbox_waiting",
        "wecom_inbox",
        ["tenant_id", "lane", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "customer_private",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("blind", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "customer_id"],
            ["customer.tenant_id", "customer.id"],
            name=op.f("fk_customer_private_tenant_id_customer_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_customer_private")),
        sa.UniqueConstraint(
            "tenant_id",
            "customer_id",
            "kind",
            "blind",
            name=op.f("uq_customer_private_tenant_id_customer_id_kind_blind"),
        ),
    )
    op.create_index(
        "ix_customer_private_found",
        "customer_private",
        ["tenant_id", "kind", "blind"],
        unique=False,
    )
    op.create_table(
        "identity",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('external_userid', 'unionid', 'openid', 'phone', 'member')",
            name=op.f("ck_identity_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "customer_id"],
            ["customer.tenant_id", "customer.id"],
            name=op.f("fk_identity_tenant_id_customer_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_identity")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "scope",
            "value",
            name=op.f("uq_identity_tenant_id_kind_scope_value"),
        ),
    )
    op.create_index("ix_identity_customer", "identity", ["tenant_id", "customer_id"], unique=False)
    op.create_table(
        "live_code",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("skip_verify", sa.Boolean(), nullable=False),
        sa.Column("welcome", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_token", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("applied_revision", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("config_id", sa.String(), nullable=True),
        sa.Column("qr_url", sa.String(), nullable=False),
        sa.Column("qr_file", sa.String(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('creating', 'active', 'failed', 'deleting', 'removed')",
            name=op.f("ck_live_code_state"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "channel_id"],
            ["channel.tenant_id", "channel.id"],
            name=op.f("fk_live_code_tenant_id_channel_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_live_code")),
        sa.UniqueConstraint(
            "tenant_id", "state_token", name=op.f("uq_live_code_tenant_id_state_token")
        ),
    )
    op.create_index(
        "ix_live_code_recent",
        "live_code",
        ["tenant_id", sa.literal_column("id desc")],
        unique=False,
    )
    op.create_table(
        "order_receipt",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "source_id"],
            ["order_source.tenant_id", "order_source.id"],
            name=op.f("fk_order_receipt_tenant_id_source_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_order_receipt")),
        sa.UniqueConstraint(
            "tenant_id",
            "source_id",
            "idempotency_key",
            name=op.f("uq_order_receipt_tenant_id_source_id_idempotency_key"),
        ),
    )
    op.create_table(
        "staff_account",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("userid", sa.String(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("avatar_url", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("department_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("can_contact", sa.Boolean(), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('active', 'disabled', 'inactive', 'gone')",
            name=op.f("ck_staff_account_state"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "employee_id"],
            ["employee.tenant_id", "employee.id"],
            name=op.f("fk_staff_account_tenant_id_employee_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_staff_account")),
        sa.UniqueConstraint("tenant_id", "userid", name=op.f("uq_staff_account_tenant_id_userid")),
    )
    op.create_index(
        "ix_staff_account_employee", "staff_account", ["tenant_id", "employee_id"], unique=False
    )
    op.create_table(
        "tag",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("wecom_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["tag_group.tenant_id", "tag_group.id"],
            name=op.f("fk_tag_tenant_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tag")),
        sa.UniqueConstraint("tenant_id", "wecom_id", name=op.f("uq_tag_tenant_id_wecom_id")),
    )
    op.create_index("ix_tag_group", "tag", ["tenant_id", "group_id"], unique=False)
    op.create_table(
        "web_session",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "employee_id"],
            ["employee.tenant_id", "employee.id"],
            name=op.f("fk_web_session_tenant_id_employee_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "token_hash", name=op.f("pk_web_session")),
    )
    op.create_table(
        "contact",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("first_add_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lost_by", sa.String(), nullable=True),
        sa.Column("watched_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("live_code_id", sa.BigInteger(), nullable=True),
        sa.Column("add_way", sa.BigInteger(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("details_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "lost_by is null or lost_by in ('customer', 'staff', 'transfer', 'unknown')",
            name=op.f("ck_contact_lost_by"),
        ),
        sa.CheckConstraint("state in ('half', 'active', 'lost')", name=op.f("ck_contact_state")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_contact_tenant_id_identity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_contact_tenant_id_staff_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "tenant_id",
            "identity_id",
            "staff_account_id",
            name=op.f("uq_contact_tenant_id_identity_id_staff_account_id"),
        ),
    )
    op.create_index("ix_contact_channel", "contact", ["tenant_id", "channel_id"], unique=False)
    op.create_index("ix_contact_live_code", "contact", ["tenant_id", "live_code_id"], unique=False)
    op.create_index(
        "ix_contact_staff", "contact", ["tenant_id", "staff_account_id", "state"], unique=False
    )
    op.create_table(
        "identity_link",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("from_customer_id", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "customer_id"],
            ["customer.tenant_id", "customer.id"],
            name=op.f("fk_identity_link_tenant_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "from_customer_id"],
            ["customer.tenant_id", "customer.id"],
            name=op.f("fk_identity_link_tenant_id_from_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_identity_link_tenant_id_identity_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_identity_link")),
    )
    op.create_index(
        "ix_identity_link_identity", "identity_link", ["tenant_id", "identity_id"], unique=False
    )
    op.create_table(
        "live_code_staff",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("live_code_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "live_code_id"],
            ["live_code.tenant_id", "live_code.id"],
            name=op.f("fk_live_code_staff_tenant_id_live_code_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_live_code_staff_tenant_id_staff_account_id"),
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "live_code_id", "staff_account_id", name=op.f("pk_live_code_staff")
        ),
    )
    op.create_table(
        "live_code_tag",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("live_code_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "live_code_id"],
            ["live_code.tenant_id", "live_code.id"],
            name=op.f("fk_live_code_tag_tenant_id_live_code_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "tag_id"],
            ["tag.tenant_id", "tag.id"],
            name=op.f("fk_live_code_tag_tenant_id_tag_id"),
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "live_code_id", "tag_id", name=op.f("pk_live_code_tag")
        ),
    )
    op.create_table(
        "touch",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("live_code_id", sa.BigInteger(), nullable=True),
        sa.Column("material_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=True),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('welcome', 'share', 'code')", name=op.f("ck_touch_kind")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_touch_tenant_id_identity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_touch_tenant_id_staff_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_touch")),
        sa.UniqueConstraint("tenant_id", "slug", name=op.f("uq_touch_tenant_id_slug")),
    )
    op.create_index(
        "ix_touch_person",
        "touch",
        ["tenant_id", "identity_id", sa.literal_column("created_at desc")],
        unique=False,
    )
    op.create_table(
        "contact_tag",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source in ('live_code', 'wecom', 'employee', 'rule', 'import')",
            name=op.f("ck_contact_tag_source"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contact_id"],
            ["contact.tenant_id", "contact.id"],
            name=op.f("fk_contact_tag_tenant_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "tag_id"],
            ["tag.tenant_id", "tag.id"],
            name=op.f("fk_contact_tag_tenant_id_tag_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "contact_id", "tag_id", name=op.f("pk_contact_tag")),
    )
    op.create_index(
        "ix_contact_tag_tag", "contact_tag", ["tenant_id", "tag_id", "contact_id"], unique=False
    )
    op.create_table(
        "contact_turn",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("observed", sa.Boolean(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("live_code_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind in ('half', 'added', 'lost')", name=op.f("ck_contact_turn_kind")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contact_id"],
            ["contact.tenant_id", "contact.id"],
            name=op.f("fk_contact_turn_tenant_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contact_turn")),
        sa.UniqueConstraint(
            "tenant_id",
            "contact_id",
            "at",
            "kind",
            "by",
            name=op.f("uq_contact_turn_tenant_id_contact_id_at_kind_by"),
        ),
    )
    op.create_index(
        "ix_contact_turn_channel", "contact_turn", ["tenant_id", "channel_id"], unique=False
    )
    op.create_index(
        "ix_contact_turn_live_code", "contact_turn", ["tenant_id", "live_code_id"], unique=False
    )
    op.create_table(
        "sales_order",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("refunded_fen", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column("match_method", sa.String(), nullable=True),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touch_id", sa.BigInteger(), nullable=True),
        sa.Column("unionid", sa.String(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_blind", sa.LargeBinary(), nullable=True),
        sa.Column("external_member_id", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "match_method is null or match_method in ('touch', 'unionid', 'phone', 'external_member_id')",
            name=op.f("ck_sales_order_match_method"),
        ),
        sa.CheckConstraint(
            "state in ('paid', 'partly_refunded', 'refunded')", name=op.f("ck_sales_order_state")
        ),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_sales_order_amount")),
        sa.CheckConstraint(
            "refunded_fen between 0 and amount_fen", name=op.f("ck_sales_order_refunded")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_sales_order_tenant_id_identity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "source_id"],
            ["order_source.tenant_id", "order_source.id"],
            name=op.f("fk_sales_order_tenant_id_source_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "touch_id"],
            ["touch.tenant_id", "touch.id"],
            name=op.f("fk_sales_order_tenant_id_touch_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sales_order")),
        sa.UniqueConstraint(
            "tenant_id",
            "source_id",
            "external_id",
            name=op.f("uq_sales_order_tenant_id_source_id_external_id"),
        ),
    )
    op.create_index(
        "ix_sales_order_buyer", "sales_order", ["tenant_id", "identity_id"], unique=False
    )
    op.create_index(
        "ix_sales_order_member",
        "sales_order",
        ["tenant_id", "external_member_id"],
        unique=False,
        postgresql_where=sa.text("identity_id is null"),
    )
    op.create_index(
        "ix_sales_order_phone",
        "sales_order",
        ["tenant_id", "phone_blind"],
        unique=False,
        postgresql_where=sa.text("identity_id is null"),
    )
    op.create_index(
        "ix_sales_order_recent",
        "sales_order",
        ["tenant_id", sa.literal_column("paid_at desc"), sa.literal_column("id desc")],
        unique=False,
    )
    op.create_index(
        "ix_sales_order_unionid",
        "sales_order",
        ["tenant_id", "unionid"],
        unique=False,
        postgresql_where=sa.text("identity_id is null"),
    )
    op.create_table(
        "tracked_link",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("material_id", sa.BigInteger(), nullable=False),
        sa.Column("touch_id", sa.BigInteger(), nullable=False),
        sa.Column("touch_slug", sa.String(), nullable=False),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_to", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "material_id"],
            ["material.tenant_id", "material.id"],
            name=op.f("fk_tracked_link_tenant_id_material_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sent_to"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_tracked_link_tenant_id_sent_to"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_tracked_link_tenant_id_staff_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "touch_id"],
            ["touch.tenant_id", "touch.id"],
            name=op.f("fk_tracked_link_tenant_id_touch_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tracked_link")),
        sa.UniqueConstraint("slug", name=op.f("uq_tracked_link_slug")),
        sa.UniqueConstraint(
            "tenant_id",
            "touch_id",
            "material_id",
            name=op.f("uq_tracked_link_tenant_id_touch_id_material_id"),
        ),
    )
    op.create_index(
        "ix_tracked_link_material", "tracked_link", ["tenant_id", "material_id"], unique=False
    )
    op.create_table(
        "welcome_attempt",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("live_code_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=True),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column("touch_id", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("errcode", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state in ('sending', 'sent', 'given_up')", name=op.f("ck_welcome_attempt_state")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_welcome_attempt_tenant_id_identity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_welcome_attempt_tenant_id_staff_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "touch_id"],
            ["touch.tenant_id", "touch.id"],
            name=op.f("fk_welcome_attempt_tenant_id_touch_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_welcome_attempt")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_welcome_attempt_tenant_id_code")),
    )
    op.create_index(
        "ix_welcome_attempt_due",
        "welcome_attempt",
        ["tenant_id", "lease_until"],
        unique=False,
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_table(
        "after_sale",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("refund_key", sa.String(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("refund_fen", sa.BigInteger(), nullable=True),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "refund_fen is null or refund_fen >= 0", name=op.f("ck_after_sale_refund")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["sales_order.tenant_id", "sales_order.id"],
            name=op.f("fk_after_sale_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "source_id"],
            ["order_source.tenant_id", "order_source.id"],
            name=op.f("fk_after_sale_tenant_id_source_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_after_sale")),
        sa.UniqueConstraint(
            "tenant_id",
            "source_id",
            "external_id",
            "refund_key",
            name=op.f("uq_after_sale_tenant_id_source_id_external_id_refund_key"),
        ),
    )
    op.create_index("ix_after_sale_order", "after_sale", ["tenant_id", "order_id"], unique=False)
    op.create_table(
        "attribution",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("touch_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("material_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("attributed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(method = 'none') = (touch_id is null)", name=op.f("ck_attribution_owed")
        ),
        sa.CheckConstraint(
            "method in ('touch', 'window', 'none')", name=op.f("ck_attribution_method")
        ),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_attribution_amount")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["sales_order.tenant_id", "sales_order.id"],
            name=op.f("fk_attribution_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_attribution_tenant_id_staff_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "touch_id"],
            ["touch.tenant_id", "touch.id"],
            name=op.f("fk_attribution_tenant_id_touch_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_attribution")),
        sa.UniqueConstraint(
            "tenant_id", "order_id", name=op.f("uq_attribution_tenant_id_order_id")
        ),
    )
    op.create_index(
        "ix_attribution_channel", "attribution", ["tenant_id", "channel_id"], unique=False
    )
    op.create_index(
        "ix_attribution_staff", "attribution", ["tenant_id", "staff_account_id"], unique=False
    )
    op.create_index("ix_attribution_touch", "attribution", ["tenant_id", "touch_id"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["sales_order.tenant_id", "sales_order.id"],
            name=op.f("fk_order_line_tenant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_order_line")),
        sa.UniqueConstraint(
            "tenant_id",
            "order_id",
            "position",
            name=op.f("uq_order_line_tenant_id_order_id_position"),
        ),
    )
    op.create_table(
        "visit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("tracked_link_id", sa.BigInteger(), nullable=False),
        sa.Column("material_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column("forwarded", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.Column("depth", sa.BigInteger(), nullable=False),
        sa.Column("told_seconds", sa.BigInteger(), nullable=False),
        sa.Column("told_depth", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("depth between 0 and 100", name=op.f("ck_visit_depth")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_visit_tenant_id_identity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "material_id"],
            ["material.tenant_id", "material.id"],
            name=op.f("fk_visit_tenant_id_material_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_visit_tenant_id_staff_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "tracked_link_id"],
            ["tracked_link.tenant_id", "tracked_link.id"],
            name=op.f("fk_visit_tenant_id_tracked_link_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_link", "visit", ["tenant_id", "tracked_link_id"], unique=False)
    op.create_index(
        "ix_visit_reader",
        "visit",
        ["tenant_id", "identity_id", sa.literal_column("viewed_at desc")],
        unique=False,
    )
    op.create_index(
        "ix_visit_recent",
        "visit",
        ["tenant_id", "staff_account_id", sa.literal_column("viewed_at desc")],
        unique=False,
    )
    for statement in partitions.STATEMENTS:
        op.execute(statement)
