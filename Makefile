# Two commands for everybody: `make demo` and `make test`. Each does its own set-up in .venv.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
ARGS ?=

# The tests start the program hundreds of times: each start would compile it anew without this.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check sbom words lock browser clean

demo: $(VENV)/.app
	@$(BIN)/microfiche demo $(ARGS)

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest $(ARGS)

# What CI adds to the tests: style, types, and the direction of imports.
check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "microfiche needs Python 3.11 or later: install it, or name it with make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) (once; a minute or two)" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.app: requirements/app.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --require-hashes -r requirements/app.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.app
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The browser tests drive Debian's Chromium. Without root, or without apt, they skip and say so.
browser:
	@command -v chromium >/dev/null 2>&1 || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
			echo "Installing Chromium for the browser tests" >&2; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
		else echo "No Chromium here: the browser tests will skip" >&2; fi; } || true

# What the program is made of, in its locked versions, for whoever must account for it (CycloneDX).
sbom: $(VENV)/.dev
	@mkdir -p dist
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --short-PURLs \
		--output-reproducible -o dist/microfiche.cdx.json requirements/app.txt
	@echo "dist/microfiche.cdx.json"

# Collects what the pages say into web/words, for whoever translates it.
words: $(VENV)/.dev
	$(BIN)/python -m web.collecting

# Rewrites the locked versions; needs uv, which nothing else here does.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group build -o requirements/app.txt pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group build --group dev -c requirements/app.txt -o requirements/dev.txt pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group build --group bench -c requirements/app.txt -o requirements/bench.txt pyproject.toml

clean:
	rm -rf $(VENV)
