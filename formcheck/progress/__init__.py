"""Sessions against each other: their numbers, the noise in them, what has changed, and clips joined."""
