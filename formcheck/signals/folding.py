"""Numbers about hips that fold and stretch: bridges, sit-ups, V-ups."""
