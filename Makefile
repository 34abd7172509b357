# make example   read the example corpus, show its dosing table
# make test      run the tests
# make check     formatting, lint, types, import direction
# make evaluation   measure everything on ../shared and write the figures of docs/EVALUATION.md anew
# make lock      pin the versions of development anew; make audit: look them up among known vulnerabilities
# make schema    write the JSON Schema and the dictionary of tables anew

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# the newest Python that works; a name on the path is not enough, pyenv's shims answer for versions that are not there
PYTHON ?= $(shell for p in python3.12 python3.11 python3; do \
	if $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1; \
	then echo $$p; break; fi; done)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: example test check evaluation schema lock audit clean

example: $(VENV)/.installed
	$(BIN)/trialmine run corpus/examples -o outputs/example
	$(BIN)/trialmine dosing outputs/example
	@echo
	@echo "Open outputs/example/report.html in a browser to see every value in its text."

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/ruff check pipeline tests
	$(BIN)/mypy
	$(BIN)/lint-imports

schema: $(VENV)/.installed
	$(BIN)/trialmine schema > docs/trial-record.schema.json
	$(BIN)/trialmine schema --tables > docs/TABLES.md

evaluation: $(VENV)/.installed
	$(BIN)/python -m trialmine.evaluate.page --shared ../shared

lock:
	$(PIP) install uv
	{ echo '# The versions that trialmine is developed with, on Python 3.11 and 3.12; written by `make lock`, used by `make test`.'; \
	  $(BIN)/uv pip compile pyproject.toml --extra dev --extra fetch --universal --python-version 3.11 --upgrade --no-header --quiet; \
	} > requirements-dev.lock.new && mv requirements-dev.lock.new requirements-dev.lock

# asks PyPI's list of known vulnerabilities, so it needs the internet; a package that can't be looked up fails it
audit:
	$(PIP) install pip-audit
	$(BIN)/pip-audit --requirement requirements-dev.lock --no-deps --disable-pip --strict

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
	  echo "No Python 3.11 or 3.12 with venv was found."; \
	  echo "Install one (Debian, Ubuntu: apt install python3.11 python3.11-venv; macOS: brew install python@3.12)"; \
	  echo "or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# what is installed is told from pyproject.toml: a change there installs anew, otherwise nothing is done
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing trialmine into $(VENV) (once; about 600 MB) …"
	$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing trialmine with its development tools into $(VENV) (once; about 800 MB) …"
	$(PIP) install --editable '.[dev]' --constraint requirements-dev.lock || { \
	  echo "The locked versions can't all be had here; installing the newest that fit."; \
	  $(PIP) install --editable '.[dev]'; }
	@touch $@ $(VENV)/.installed
