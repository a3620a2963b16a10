"""The results database: sessions, repetitions, findings, videos, people and jobs (SQLite or PostgreSQL)."""

from formcheck.store.damage import Damage, Note
from formcheck.store.imports import Brought
from formcheck.store.records import FINAL, Job, SessionRow, Status, Wanted
from formcheck.store.store import Store, default_store_path, open_store

__all__ = [
    "FINAL",
    "Brought",
    "Damage",
    "Job",
    "Note",
    "SessionRow",
    "Status",
    "Store",
    "Wanted",
    "default_store_path",
    "open_store",
]
