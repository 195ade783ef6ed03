# Two commands for everybody: `make serve` and `make test`. Both set up .venv first, with uv when it is there.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: bench-web serve test check lock docs messages screenshots bench-engine bench-relevance bench-cleaning bench-translation bench-stories bench-grouping bench-build bench-cluster clean

serve: $(VENV)/.serve
	$(BIN)/dateline serve

# Tests in a browser share one; without a Chromium they are left out, and the last line says so.
test: $(VENV)/.test
	$(BIN)/python -m pytest -q -n auto -m "not acceptance" --ignore=tests/cluster
	$(BIN)/python -m pytest -q tests/cluster

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Peers are measured when they are there: Xapian's Python binding from the system, Lucene by LUCENE_JAR=file.jar.
DOCUMENTS ?= 20000
bench-engine: $(VENV)/.bench
	$(BIN)/python -m benchmarks.engine --documents $(DOCUMENTS)

# Reads the folder named by DATELINE_DATA.
bench-relevance: $(VENV)/.test
	$(BIN)/python -m benchmarks.relevance --variants

# Loads the server over the loopback address; the figures of the wall need an idle machine.
bench-web: $(VENV)/.test
	$(BIN)/python -m benchmarks.web --documents $(DOCUMENTS)

bench-cleaning: $(VENV)/.bench
	$(BIN)/python -m benchmarks.cleaning

bench-translation: $(VENV)/.bench
	$(BIN)/python -m benchmarks.translation

bench-stories: $(VENV)/.test
	$(BIN)/python -m benchmarks.stories

bench-grouping: $(VENV)/.bench
	$(BIN)/python -m benchmarks.grouping

# Reads the folder named by DATELINE_DATA; minutes of one process.
bench-build: $(VENV)/.test
	$(BIN)/python -m benchmarks.build

# Starts three nodes with Java and Maven, or asks the cluster named by OPENSEARCH_URL.
bench-cluster: $(VENV)/.test
	$(BIN)/python -m benchmarks.cluster --documents $(DOCUMENTS)

docs: $(VENV)/.test
	$(BIN)/python -m cli.reference > docs/cli.md
	$(BIN)/python -m webapp.api_reference docs/api.md

# Brings the catalogues of webapp/locales up to date with the pages, and compiles them.
messages: $(VENV)/.test
	$(BIN)/pybabel -q extract -F babel.cfg -k message -k forms:1,2 --no-location --sort-output --omit-header \
	    -o $(VENV)/messages.pot webapp
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d webapp/locales -w 110 --ignore-obsolete \
	    --no-fuzzy-matching --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d webapp/locales

# Needs a Chromium on the path.
screenshots: $(VENV)/.test
	$(BIN)/python tests/browser/screenshots.py

# Every package is pinned with its hashes, and the lock files are complete: nothing is left to resolve (pip 23 can
# not, when two packages spell one extra differently). The project itself is installed without the network.
ifdef UV
$(VENV)/.serve: requirements.lock pyproject.toml
	$(UV) venv --quiet --allow-existing $(VENV)
	$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(VENV) --no-deps --no-build-isolation -e .
	@touch $@
$(VENV)/.test: requirements-dev.lock $(VENV)/.serve
	$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements-dev.lock
	@touch $@
else
$(VENV)/.serve: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@
$(VENV)/.test: requirements-dev.lock $(VENV)/.serve
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
endif

# The newest peers are the ones to beat, so they are not pinned.
$(VENV)/.bench: pyproject.toml $(VENV)/.test
ifdef UV
	$(UV) pip install --quiet --python $(VENV) --group bench
else
	$(BIN)/python -m pip install --quiet tantivy bm25s justext datasketch scikit-learn py3langid lingua-language-detector
endif
	@touch $@

# Needs uv. Hashes, no index addresses: the lock files work with any mirror.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --strip-extras --no-header \
	    --no-emit-index-url --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --strip-extras --no-header \
	    --no-emit-index-url --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache
