"""Which formcheck this is; every result names it."""

__version__ = "0.13.0"
