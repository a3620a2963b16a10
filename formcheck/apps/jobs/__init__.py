"""Judging many videos: one task, the workers that do it, and the loop between them and the store."""
