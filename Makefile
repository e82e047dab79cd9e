# The only ways to run things, here and in CI. Each sets up what it needs; a second start takes seconds.
PREPARE = sh installer/prepare.sh
PYTHON = .venv/bin/python
# Two processes, each with whole files, so that what a file starts is started once.
TWO = -n 2 --dist loadfile
# What needs no window, no face process and no drawn page.
QUICK = tests/watchlists tests/matching/search tests/matching/rates tests/workstation/documents/mrz \
	tests/workstation/accountability tests/installer/test_commit_message.py tests/test_structure.py tests/test_architecture.py

.PHONY: run test quick check bench numbers screenshots architecture lock

run:
	@$(PREPARE) run
	@.venv/bin/amaan training

test:
	@$(PREPARE) develop
	@$(PYTHON) -m pytest $(TWO) --ignore=tests/matching --ignore=tests/watchlists --ignore=tests/workstation
	@$(PYTHON) -m pytest $(TWO) -p no:pytest-qt -p tests.without_qt tests/matching tests/watchlists tests/workstation

# Under a minute: what to run after each change.
quick:
	@$(PREPARE) develop
	@$(PYTHON) -m pytest -q $(TWO) $(QUICK)

check:
	@$(PREPARE) develop
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	.venv/bin/deptry .
	$(PYTHON) -m vulture

# hnswlib, a peer of the search benchmark, comes as source: this one target needs a C++ compiler.
# One after the other, on a machine that does nothing else; the figures of README and MODEL_CARD follow.
bench:
	@$(PREPARE) bench
	@mkdir -p bench-results
	sh benchmarks/all.sh bench-results
	$(PYTHON) benchmarks/figures.py --take bench-results

# The figures of README and MODEL_CARD once more, from the files that the benchmarks wrote.
numbers:
	@$(PREPARE) develop
	$(PYTHON) benchmarks/figures.py

screenshots:
	@$(PREPARE) develop
	$(PYTHON) tests/journeys/screenshots.py screenshots

# The picture of the rooms, from the imports.
architecture:
	@$(PREPARE) develop
	$(PYTHON) installer/architecture.py docs/rooms.svg

lock:
	@UPGRADE=$(UPGRADE) requirements/lock.sh
