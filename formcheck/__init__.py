"""formcheck: from one camera's pictures to trustworthy verdicts on exercise form.

The public few are imported when first asked for: `import formcheck` costs next to nothing, and what judges
poses asks for no package that finds them (docs/library.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from formcheck.extras import explained
from formcheck.version import __version__

if TYPE_CHECKING:  # what `_PUBLIC` names, for type checkers
    from formcheck.apps.analysis import analyse_file as analyse
    from formcheck.apps.estimate import estimate_video as estimate
    from formcheck.engine.recording import judge_recording as judge
    from formcheck.exercises.loader import find_exercise as load_exercise
    from formcheck.live.library import Live as Live
    from formcheck.pose.store import load_poses as load_poses
    from formcheck.pose.store import save_poses as save_poses
    from formcheck.types.pose import PoseSequence as PoseSequence
    from formcheck.types.session import Session as Session

__all__ = [
    "Live",
    "PoseSequence",
    "Session",
    "__version__",
    "analyse",
    "estimate",
    "judge",
    "load_exercise",
    "load_poses",
    "save_poses",
]

_PUBLIC = {
    "Live": ("formcheck.live.library", "Live"),
    "PoseSequence": ("formcheck.types.pose", "PoseSequence"),
    "Session": ("formcheck.types.session", "Session"),
    "analyse": ("formcheck.apps.analysis", "analyse_file"),
    "estimate": ("formcheck.apps.estimate", "estimate_video"),
    "judge": ("formcheck.engine.recording", "judge_recording"),
    "load_exercise": ("formcheck.exercises.loader", "find_exercise"),
    "load_poses": ("formcheck.pose.store", "load_poses"),
    "save_poses": ("formcheck.pose.store", "save_poses"),
}


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'formcheck' has no attribute '{name}'")
    module, attribute = _PUBLIC[name]
    try:
        return getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        raise explained(error) from None


def __dir__() -> list[str]:
    return __all__
