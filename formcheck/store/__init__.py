"""The results database: sessions, repetitions, findings, videos, people and jobs (SQLite or PostgreSQL)."""

from formcheck.store.damage import Damage, Note
from formcheck.store.imports import Brought
from formcheck.store.records import FINAL, Job, JobRequest, SessionRow, Status
from formcheck.store.store import Store, default_store_path, open_store

__all__ = [
    "FINAL",
    "Brought",
    "Damage",
    "Job",
    "JobRequest",
    "Note",
    "SessionRow",
    "Status",
    "Store",
    "default_store_path",
    "open_store",
]
