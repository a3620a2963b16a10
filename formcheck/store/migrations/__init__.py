"""Alembic's migrations of the store; run by `formcheck.store.migrate`."""
