"""Numbers about bodies that lie on the belly or on the back."""
