# Two commands on a fresh machine: `make demo` and `make test`.
# They need Python 3.11 or later and a package registry; PYTHON=... names another interpreter.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

ifndef PYTHON
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	>/dev/null 2>&1 && { echo "$$p"; break; }; done)
endif

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
JOBS ?= 2
# Errors are shown; that a cache cannot be written or a newer pip is there says nothing about this.
PIP := --quiet --quiet --disable-pip-version-check --root-user-action=ignore
STAMP := $(VENV)/.ready
DOCS_STAMP := $(VENV)/.ready-docs

.PHONY: help setup demo test check format eval bench docs docs-data clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv with everything that the demo and the tests need

$(RUN):
	@test -n "$(PYTHON)" || { echo "No Python 3.11 to 3.13 was found. Install one, or run: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install $(PIP) --upgrade 'pip>=25.1'

WEB := src/contested/serve/web

$(STAMP): pyproject.toml hatch_build.py $(wildcard $(WEB)/*.json $(WEB)/*.mjs $(WEB)/src/*) | $(RUN)
	@echo "Installing into $(VENV): this takes some minutes the first time."
	@$(RUN) -m pip install $(PIP) --editable '.[serve,postgres,analyse,brief,llm]' --group dev
	@touch $@

$(DOCS_STAMP): pyproject.toml $(STAMP)
	@$(RUN) -m pip install $(PIP) --group docs
	@touch $@

demo: setup ## Fill a record with the packaged sample and list its incidents
	@$(BIN)/contested demo

test: setup ## Run the tests
	$(RUN) -m pytest -n $(JOBS) --dist loadfile

check: setup ## Style, types and tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(MAKE) --no-print-directory test

format: setup ## Put the code into its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

eval: setup ## Measure the quality and write docs/figures.md
	$(RUN) -m evaluation

bench: setup ## Measure speed and memory
	$(RUN) -m benchmarks

docs-data: setup ## Write the parts of the docs that are made from code and tables
	$(RUN) tools/make_docs.py

docs: $(DOCS_STAMP) docs-data ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

clean: ## Remove what was made, and the environment
	rm -rf $(VENV) site demo dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
