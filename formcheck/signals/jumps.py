"""Numbers about leaving the ground."""
