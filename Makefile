# make convert and make test do all the set-up that they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NOTICES := $(wildcard samples/*.txt samples/*.docx samples/*.pdf)

.DEFAULT_GOAL := help
.PHONY: help setup convert golden test coverage lint check bench samples lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## make the virtual environment in .venv

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hongtou needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

convert: $(READY) ## convert samples/ into output/
	$(BIN)/hongtou convert $(NOTICES) --profile samples/budget.toml -o output

golden: convert ## the same: output/ is the golden copy that the tests compare

test: $(READY) ## run the tests and the docs' examples
	$(BIN)/pytest -q

coverage: $(READY) ## run them and say which lines none of them runs; half as long again
	$(BIN)/pytest -q --cov --cov-report=term:skip-covered

lint: $(READY) ## check format, rules, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## run what CI runs: format, rules, types, layers, tests

bench: $(READY) ## measure cells, speed, memory and growth against the peers; QUICK=1 for a short run
	$(BIN)/python bench/run.py $(if $(QUICK),--quick) $(PDF)

samples: $(READY) ## make the Word and PDF samples again (needs LibreOffice and Noto CJK)
	$(BIN)/python samples/recreate.py

lock: $(READY) ## pin the dependencies again
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --group dev -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header -c requirements.lock -o requirements-run.lock pyproject.toml

clean: ## remove what the other commands made, but for output/
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache
