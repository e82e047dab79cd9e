# The only ways to run things, here and in CI. Each sets up what it needs; a second start takes seconds.
PREPARE = sh installer/prepare.sh
PYTHON = .venv/bin/python
# Two processes, each with whole files, so that what a file starts is started once.
TWO = -n 2 --dist loadfile

.PHONY: run test check bench screenshots lock

run:
	@$(PREPARE) run
	@.venv/bin/amaan training

test:
	@$(PREPARE) develop
	@$(PYTHON) -m pytest $(TWO) --ignore=tests/matching --ignore=tests/watchlists --ignore=tests/workstation
	@$(PYTHON) -m pytest $(TWO) -p no:pytest-qt -p tests.without_qt tests/matching tests/watchlists tests/workstation

check:
	@$(PREPARE) develop
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	.venv/bin/deptry .
	$(PYTHON) -m vulture

# hnswlib, a peer of the search benchmark, comes as source: this one target needs a C++ compiler.
bench:
	@$(PREPARE) bench
	@mkdir -p bench-results
	$(PYTHON) benchmarks/screening.py --json > bench-results/screening.json
	$(PYTHON) benchmarks/documents_at_counter.py --json > bench-results/documents.json
	$(PYTHON) benchmarks/zones.py --first 5000 --pages 80 --json > bench-results/zones.json
	PYTHONPATH=. $(PYTHON) benchmarks/names.py --json > bench-results/names.json
	PYTHONPATH=. $(PYTHON) benchmarks/corrections.py > bench-results/corrections.txt
	$(PYTHON) benchmarks/search.py --json > bench-results/search.json
	$(PYTHON) benchmarks/search.py --dim 512 --peers faiss --json > bench-results/search-512.json
	$(PYTHON) benchmarks/search.py --memory --json > bench-results/search-memory.json
	$(PYTHON) benchmarks/search.py --sweep --most 10000000 --plot bench-results/search.png --json > bench-results/search-sweep.json

screenshots:
	@$(PREPARE) develop
	$(PYTHON) tests/journeys/screenshots.py screenshots

lock:
	requirements/lock.sh
