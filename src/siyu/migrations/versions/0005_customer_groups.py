"""Customer groups."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_chat",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("owner_userid", sa.String(), nullable=False),
        sa.Column("admins", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("succession", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("customers", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("watched_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_version", sa.String(), nullable=False),
        sa.Column("announced_version", sa.String(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('active', 'dismissed')", name=op.f("ck_group_chat_state")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_chat")),
        sa.UniqueConstraint("tenant_id", "chat_id", name=op.f("uq_group_chat_tenant_id_chat_id")),
    )
    op.create_index(
        "ix_group_chat_owner", "group_chat", ["tenant_id", "owner_userid"], unique=False
    )
    op.create_index(
        "ix_group_chat_recent",
        "group_chat",
        ["tenant_id", sa.literal_column("created_at desc"), sa.literal_column("id desc")],
        unique=False,
    )
    op.create_table(
        "group_member",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column("userid", sa.String(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("join_scene", sa.BigInteger(), nullable=False),
        sa.Column("invitor_userid", sa.String(), nullable=False),
        sa.Column("join_state", sa.String(), nullable=False),
        sa.Column("nickname", sa.String(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quit", sa.String(), nullable=True),
        sa.CheckConstraint(
            "quit is null or quit in ('left', 'removed', 'dismissed', 'unknown')",
            name=op.f("ck_group_member_quit"),
        ),
        sa.CheckConstraint(
            "(identity_id is null) = (userid is not null)", name=op.f("ck_group_member_somebody")
        ),
        sa.CheckConstraint(
            "(left_at is null) = (quit is null)", name=op.f("ck_group_member_ended")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["group_chat.tenant_id", "group_chat.id"],
            name=op.f("fk_group_member_tenant_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_group_member_tenant_id_identity_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_member")),
    )
    op.create_index(
        "ix_group_member_identity", "group_member", ["tenant_id", "identity_id"], unique=False
    )
    op.create_index(
        "ix_group_member_joined",
        "group_member",
        ["tenant_id", "group_id", "joined_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_group_member_customer",
        "group_member",
        ["tenant_id", "group_id", "identity_id"],
        unique=True,
        postgresql_where=sa.text("left_at is null"),
    )
    op.create_index(
        "uq_group_member_staff",
        "group_member",
        ["tenant_id", "group_id", "userid"],
        unique=True,
        postgresql_where=sa.text("left_at is null"),
    )
