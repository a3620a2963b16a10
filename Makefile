# Two commands are all a newcomer needs: make demo, make test.
PYTHON ?= python3
BIN    := .venv/bin
# The command line is enough for the demo; the rest also needs the service, the store and the tools.
APP    := .venv/.app
READY  := .venv/.ready
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test library setup web check lint bench bench-batch bench-live-sockets bench-ends bench-store soak validate verdicts learn lab takes agree sensor dials accuracy same fuzz samples docs help

help:       ## what there is
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/: [^#]*##/:/' | column -t -s ':'

demo: $(APP) ## analyse a sample clip with a planted fault
	$(BIN)/formcheck analyze sample_videos/plank_sag.mp4 --exercise plank_hold

setup: $(READY) ## make .venv, install, fetch and verify the pose model

$(APP): pyproject.toml models/manifest.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "formcheck needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) -e '.[cli]'
	$(BIN)/formcheck models fetch full
	$(BIN)/formcheck models fetch heavy || echo "recordings are looked at by full, which is less exact" >&2
	@touch $@

$(READY): $(APP)
	$(PIP) -e '.[dev]'
	@touch $@

web: setup ## what the live page needs to find the pose in the browser, through npm
	$(BIN)/python -m formcheck.pose.browser

test: setup ## all tests
	$(BIN)/pytest -n 2 --dist worksteal

library: setup ## the core alone in an environment of its own: the guide's programs run, and commands say what they lack
	$(BIN)/pytest tests/installed/core.py

lint: setup ## lint, types, import rules, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell -D - -D docs/british.txt

check: lint test ## lint, types, import rules, tests

bench: setup ## cost against the bare landmarker, same run; then a minute live
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/live.py

bench-live-sockets: setup ## 5, 10 and 20 people on the live page at once: how soon each is answered, and counted right
	$(BIN)/python benchmarks/live_sockets.py

bench-batch: setup ## 200 clips, broken and hanging ones among them, killed ten times; scaling, memory, overhead
	$(BIN)/python benchmarks/batch.py

bench-ends: setup ## analyze and batch ended by four signals at 20 random moments each: nothing half, lost or left
	$(BIN)/python benchmarks/ends.py

bench-store: setup ## pages, exports and imports of a store with 20,000 sessions: seconds and memory
	$(BIN)/python -m benchmarks.store

soak: setup ## half an hour live: memory and latency must stay level
	$(BIN)/python benchmarks/live.py --minutes 30

validate: setup ## accuracy on the drawn samples, and on real clips where they are present
	$(BIN)/python -m validation

verdicts: setup ## every labelled input from saved poses: counts, recognition and faults against the labels, in minutes
	$(BIN)/python -m validation.verdicts save now

learn: setup ## recognition learnt anew from real people and strangers (a quarter of an hour); writes docs/recognition.md
	$(BIN)/pip install -q -e .[learn]
	$(BIN)/python -m validation.learn

lab: setup ## simulated strangers with exact truth and real people by halves of their sources; writes docs/lab.md
	$(BIN)/python -m validation.verdicts save now
	$(BIN)/python -m validation.lab --verdicts now

takes: setup ## drawn takes turned, slowed, cut, hidden and walked into: counts and false faults against the same untouched
	$(BIN)/python -m validation.takes

agree: setup ## where a live session says the same as the recording does, from saved poses
	$(BIN)/python -m validation.live

sensor: setup ## how far the landmarks of drawn people are from the truth, by each way to find them; writes docs/sensor.md
	$(BIN)/python -m validation.sensor
	$(BIN)/python -m validation.sensor.small

dials: setup ## faults of every check drawn and looked at, found or missed (hours at first; may be ended and begun again); writes docs/dials.md
	$(BIN)/python -m validation.dials

accuracy: setup ## every check's limits, sensor and figures on one page, after make dials and make verdicts; writes docs/accuracy.md
	$(BIN)/python -m validation.accuracy now

same: setup ## whether every verdict, event and sentence is as it was frozen in validation/same.json
	$(BIN)/python -m validation.same

fuzz: setup ## 1,000 hostile inputs, new ones each time; failures are kept under tests/fuzz (docs/fuzz.md)
	$(BIN)/python -m fuzz

samples: setup ## draw the sample clips again
	$(BIN)/python -m sample_videos.drawn

docs: setup ## draw and write the pages of the exercises and the JSON Schemas again
	$(BIN)/python -m sample_videos.drawn.pictures
	$(BIN)/python -m formcheck.outputs.guide docs/exercises
	$(BIN)/python -m formcheck.apps.schemas docs/schemas
