"""The results database: sessions, repetitions, findings, videos, people and jobs (SQLite or PostgreSQL)."""

from formcheck.store.records import FINAL, Job, SessionRow, Status, Wanted
from formcheck.store.store import Store, default_store_path, open_store

__all__ = [
    "FINAL",
    "Job",
    "SessionRow",
    "Status",
    "Store",
    "Wanted",
    "default_store_path",
    "open_store",
]
