"""Numbers about both arms together."""
