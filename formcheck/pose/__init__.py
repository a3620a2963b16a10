"""From frames to bodies: the pose model, where it comes from, whom it follows, and its poses on disk."""
