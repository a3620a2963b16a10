"""Strangers: drawn people as a pose model would see them, with exact truth."""
