"""The results database: sessions, repetitions, findings, videos, people and jobs (SQLite or PostgreSQL)."""
