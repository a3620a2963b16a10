"""What `import formcheck` gives: the public few, typed, and nothing loaded before it is asked for."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

import pytest

import formcheck

ROOT = Path(formcheck.__file__).parent
GOLDEN = Path(__file__).parents[2] / "golden"
#: What finds poses, draws, serves or stores; nobody who judges poses needs it.
HEAVY = {
    *("mediapipe", "cv2", "av", "matplotlib", "jinja2", "typer", "rich", "fastapi", "starlette", "uvicorn"),
    *("sqlalchemy", "alembic", "pyarrow", "pebble", "psutil", "ray", "platformdirs"),
}


def loaded_after(code: str) -> set[str]:
    """Packages outside the standard library that a fresh interpreter has loaded after ``code``."""
    report = "import sys; print(*{m.partition('.')[0] for m in set(sys.modules) - before})"
    program = f"import sys; before = set(sys.modules)\n{code}\n{report}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()) - sys.stdlib_module_names


def test_importing_it_loads_numpy_at_most():
    assert loaded_after("import formcheck") <= {"formcheck", "numpy"}


def test_importing_it_is_quick():
    times = []
    for _ in range(3):
        began = perf_counter()
        subprocess.run([sys.executable, "-c", "import formcheck"], check=True)
        times.append(perf_counter() - began)
    assert min(times) < 0.5  # an interpreter alone takes some hundredths; mediapipe would take seconds


def test_judging_loads_nothing_that_finds_draws_or_serves():
    code = (
        f"import formcheck; poses = formcheck.load_poses({str(GOLDEN / 'plank_sag.npz')!r})\n"
        "formcheck.judge(poses, 'plank_hold'); formcheck.Live('squat', (640, 480))"
    )
    loaded = loaded_after(code)
    assert {"numpy", "scipy", "pydantic"} <= loaded
    assert not loaded & HEAVY


def test_every_public_name_is_what_type_checkers_see():
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {
        name.asname: (line.module, name.name)
        for line in block.body
        if isinstance(line, ast.ImportFrom)
        for name in line.names
    }
    assert seen == formcheck._PUBLIC
    assert {*seen, "__version__"} == set(formcheck.__all__) == set(dir(formcheck))
    for name, (module, attribute) in seen.items():
        assert getattr(formcheck, name) is getattr(import_module(module), attribute)


def test_what_is_not_there_is_said_as_python_says_it():
    with pytest.raises(AttributeError, match="module 'formcheck' has no attribute 'judged'"):
        _ = formcheck.judged


CONSUMER = """
import formcheck

poses: formcheck.PoseSequence = formcheck.load_poses("poses.npz")
session: formcheck.Session = formcheck.judge(poses, formcheck.load_exercise("squat"))
for rep in session.reps:
    print(rep.start_s + rep.end_s, [finding.verdict for finding in rep.findings])
live = formcheck.Live("squat", (640, 480))
updates = [live.update(pose).reps + 1 for pose in poses]
"""
WRONG = {
    'formcheck.judge("squat.mp4", "squat")': "arg-type",
    "formcheck.judge(poses, 3)": "arg-type",
    "session.faults[0].name": "attr-defined",
    'formcheck.Live("squat")': "call-arg",
    "live.finish().summary": "union-attr",
    'formcheck.analyse("a.mp4", "squat", "out").sessions': "attr-defined",
    'formcheck.estimate("a.mp4").width': "attr-defined",
}


def test_types_reach_the_programs_that_use_it(tmp_path):
    program = tmp_path / "consumer.py"
    program.write_text(CONSUMER + "\n".join(WRONG) + "\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"]
    done = subprocess.run([*command, program], capture_output=True, text=True, cwd=tmp_path, check=False)
    first = CONSUMER.count("\n") + 1
    of_program = [line for line in done.stdout.splitlines() if "consumer.py" in line and "note:" not in line]
    found = {int(line.split(":")[1]): line.rpartition("[")[2].rstrip("]") for line in of_program}
    assert found == {first + i: code for i, code in enumerate(WRONG.values())}, done.stdout + done.stderr
