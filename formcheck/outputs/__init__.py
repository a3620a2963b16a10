"""A session as documents: json, tables, video, pictures and the report; one module each, imported by name."""
