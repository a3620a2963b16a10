"""The dials: whether faults that are drawn are found through pixels, and what is right is left alone."""
