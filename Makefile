# Breachbook. `make run` and `make test` set up all they need in .venv; a second run is quick.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PORT ?= 8000
BENCH := .venv-bench
BENCHMARKS ?= benchmarks/reading.py benchmarks/scanner.py benchmarks/publishing.py benchmarks/resolving.py benchmarks/linking.py benchmarks/growing.py
ONE_CORE := $(shell command -v taskset >/dev/null 2>&1 && echo "taskset -c 0")

.PHONY: help run test lint format bench train docs lock clean

help:  ## Show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.tools: requirements-build.txt
	@test -n "$(PYTHON)" || { echo "Breachbook needs Python 3.11 or newer: install it, or say 'make PYTHON=/path/to/python3'." >&2; exit 1; }
	@echo "==> Making a virtual environment in $(VENV) ($$($(PYTHON) --version))"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.txt
	@touch $@

# uv is quick; where it cannot reach the index that pip is set up for, pip does the same, slower.
define install
	@echo "==> Installing $(1) (hashes checked)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(1)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endef

$(VENV)/.installed: $(VENV)/.tools requirements.txt pyproject.toml
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.tools requirements-dev.txt pyproject.toml
	$(call install,requirements-dev.txt)
	@touch $@ $(VENV)/.installed

run: $(VENV)/.installed  ## Load the example case file and serve the book on http://127.0.0.1:8000 (PORT=8001 for another port)
	@echo "==> Loading the example case file (what is there already is left alone)"
	@$(BIN)/breachbook example
	@echo "==> Serving the book; stop it with Ctrl-C"
	@exec $(BIN)/breachbook serve --port $(PORT)

test: $(VENV)/.installed-dev  ## Run all tests (PostgreSQL and Chromium tests run where these are installed)
	@echo "==> Running the tests"
	@$(BIN)/python -m pytest $(PYTEST_OPTIONS)

lint: $(VENV)/.installed-dev  ## Check style, types and the import rule
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.installed-dev  ## Put the code into the project's style
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

# spaCy, the yardstick of the reading, never shares an environment with the package.
$(BENCH)/.installed: $(VENV)/.tools requirements-bench.txt
	@echo "==> Installing requirements-bench.txt into $(BENCH) (hashes checked)"
	@$(PYTHON) -m venv $(BENCH)
	@$(BIN)/uv pip install --quiet --python $(BENCH)/bin/python --require-hashes -r requirements-bench.txt 2>/dev/null \
		|| $(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.txt
	@touch $@

bench: $(VENV)/.installed-dev $(BENCH)/.installed  ## Run the benchmarks on one core (they use ../shared where it is there)
	@for b in $(BENCHMARKS); do echo "==> $$b"; OMP_NUM_THREADS=1 $(ONE_CORE) $(BIN)/python $$b; done

train: $(VENV)/.installed-dev  ## Learn the reader's weights again from ../shared
	@PYTHONPATH=. $(BIN)/python -m training.train

docs: $(VENV)/.installed-dev  ## Write docs/reference.md again from the code
	@$(BIN)/python docs/make_reference.py

lock: $(VENV)/.tools  ## Make the lock files again from pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-build.in -o requirements-build.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev --constraint requirements.txt pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-bench.in -o requirements-bench.txt

clean:  ## Remove the virtual environment and caches (never the book)
	@rm -rf $(VENV) $(BENCH) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
