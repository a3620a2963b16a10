"""Running: steps from the rhythm of the body, strides between them, and what a run adds up to."""
