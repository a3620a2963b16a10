"""A standing fuzz: hostile inputs, each met as a user meets it. See docs/fuzz.md."""
