"""Our types as JSON and back: one `Form` for each document, and pydantic adapters made from it."""
