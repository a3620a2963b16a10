"""Repetitions and holds: where they begin and end, whether they are full, which side works."""
