"""Alembic's environment: runs on the connection that `siyu.core.db.setup` hands over."""

from alembic import context
from sqlalchemy import text

from siyu.core.db import Base
from siyu.core.db.policies import SYS
from siyu.core.db.setup import include_object

connection = context.config.attributes["connection"]
# A migration that cannot get its lock soon must fail rather than queue everybody behind it.
connection.execute(text("set lock_timeout = '5s'"))
connection.execute(text("set statement_timeout = '15min'"))
connection.execute(text(f"create schema if not exists {SYS}"))
connection.execute(text("create schema if not exists queue"))
connection.commit()
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    include_schemas=True,
    include_object=include_object,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
