"""Codes into sentences in the reader's language: each language is one file in ``locale``."""

from formcheck.messages.catalogue import Catalogue, load_catalogue
from formcheck.types.reason import Reason

__all__ = ["Catalogue", "load_catalogue", "sentence"]


def sentence(reason: Reason) -> str:
    """The English sentence."""
    return load_catalogue("en").sentence(reason)
