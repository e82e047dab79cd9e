"""Alembic's entrance: runs the steps on the connection that workstation.post.store opened."""

from alembic import context

from watchlists.records.schema import Stored

connection = context.config.attributes["connection"]
# The caller holds the transaction, so that a step that fails leaves nothing behind.
context.configure(connection=connection, target_metadata=Stored.metadata, transactional_ddl=False)
context.run_migrations()
