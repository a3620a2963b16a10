"""The loop of a live session in a window or a terminal, and what it keeps."""
