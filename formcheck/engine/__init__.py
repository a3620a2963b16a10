"""All memory about the body: poses in one at a time, verdicts out."""
