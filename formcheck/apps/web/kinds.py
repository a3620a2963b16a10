"""What kind of video a file seems to be, by its first bytes; whether it is one, only its judge can tell."""

#: Bytes that are enough to tell.
HEAD = 16
#: Each kind by the ending it gets here, where its mark stands, and the mark. FFmpeg goes by the bytes too.
_KINDS: tuple[tuple[str, int, tuple[bytes, ...]], ...] = (
    ("mp4", 4, (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip", b"pnot")),
    ("mkv", 0, (b"\x1aE\xdf\xa3",)),  # WebM as well
    ("avi", 8, (b"AVI ",)),
    ("mpg", 0, (b"\0\0\1\xba", b"\0\0\1\xb3")),
    ("gif", 0, (b"GIF87a", b"GIF89a")),
    ("ts", 0, (b"G",)),
    ("m2ts", 4, (b"G",)),
    ("wmv", 0, (b"0&\xb2u\x8ef\xcf\x11",)),
    ("flv", 0, (b"FLV\1",)),
    ("ogv", 0, (b"OggS",)),
    ("mxf", 0, (b"\x06\x0e+4",)),
)


def kind(head: bytes) -> str | None:
    """The ending for a file that begins so; None if no video does."""
    for ending, at, marks in _KINDS:
        if head[at:].startswith(marks):
            return ending
    return None
