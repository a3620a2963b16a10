"""Numbers about standing on one leg, and about split stances."""
