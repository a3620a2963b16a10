"""formcheck: from one camera's pictures to trustworthy verdicts on exercise form."""

import logging
from importlib import import_module
from typing import Any

__version__ = "0.7.0"

# Where matplotlib keeps its fonts is no news to whoever watches exercise; it tells it when it is imported.
if not logging.getLogger("matplotlib").level:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)

_PUBLIC = {
    "analyse": ("formcheck.apps.analysis", "analyse_file"),
    "Analyser": ("formcheck.engine.analyser", "Analyser"),
    "load_exercise": ("formcheck.exercises", "find_exercise"),
    "PoseSequence": ("formcheck.types", "PoseSequence"),
    "Session": ("formcheck.types", "Session"),
}

__all__ = ["__version__", *_PUBLIC]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """The public few, imported when first asked for: `import formcheck` needs numpy alone."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'formcheck' has no attribute '{name}'")
    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)
