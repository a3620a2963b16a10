"""The body made ready to be read: one tidying, its scale, its view, and the notebook of its signals."""
