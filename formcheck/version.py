"""Which formcheck this is; every result names it."""

__version__ = "0.14.0"
