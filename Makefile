# equity-brief. `make` alone lists what can be done.

PYTHON ?= python3
TICKER ?= BABA
AS_OF ?= 2025-10-02

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
BUILD_TOOLS = printf 'hatchling\neditables\n'
LOADS_PANGO := from weasyprint.text.ffi import harfbuzz_subset; assert harfbuzz_subset, "HarfBuzz-Subset is missing"
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: brief test trust texts pictures bench reliability lint lock clean help pango pdf-tools

help: ## list what can be done
	@echo "make brief    build a first brief into output/ (TICKER=$(TICKER) AS_OF=$(AS_OF))"
	@echo "make test     check style, types and imports, and run the tests"
	@echo "make bench    measure a brief's speed beside other ways to print the same (Chromium, Typst, ReportLab, quantstats)"
	@echo "make reliability  kill runs and mail servers, and count what arrives (as root; RELIABILITY=--quick for less)"
	@echo "make pictures draw the pictures anew that golden pages are compared with"
	@echo "make texts    write what the code says into the translators' catalogues"
	@echo "make lint     check style, types and imports only"
	@echo "make lock     choose the newest versions of all dependencies and write them down"
	@echo "make clean    remove the environment, caches and packages (output/ stays)"

brief: $(VENV)/.runtime pango ## build a first brief
	@echo "Building the brief on $(TICKER) as of $(AS_OF)"
	@$(BIN)/brief build $(TICKER) --as-of $(AS_OF)

test: lint pango pdf-tools ## check everything
	@echo "Running the tests"
	@$(BIN)/pytest

BENCH ?= --keep
bench: $(VENV)/.dev pango ## measure; BENCH="--quick --only cold warm" for less
	@PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

RELIABILITY ?=
reliability: $(VENV)/.dev pango ## kill runs and mail servers, and count what arrives
	@PYTHONPATH=tests $(BIN)/python tests/reliability $(RELIABILITY)

trust: $(VENV)/.dev pango ## plant errors into the shipped briefs and show which are caught
	@$(BIN)/pytest -q -n0 -s tests/trust

texts: $(VENV)/.dev ## write the texts of the code and the templates into the translators' catalogues
	@$(BIN)/python tools/texts.py extract

pictures: $(VENV)/.dev pango ## draw the pictures anew that golden pages are compared with
	@BRIEF_RENEW_PICTURES=1 $(BIN)/pytest -q -n0 tests/briefs/test_golden.py

lint: $(VENV)/.dev ## check style, types and imports
	@echo "Checking the style"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "Checking the types"
	@$(BIN)/mypy
	@echo "Checking which module imports which"
	@$(BIN)/lint-imports

# The development tools are written first: they narrow the choice, so that both files name the same versions.
lock: $(BIN)/python ## renew requirements.lock and requirements-dev.lock
	@test -x $(BIN)/uv || $(PIP) install uv
	@echo "Choosing the versions of the development tools"
	@$(BUILD_TOOLS) | $(COMPILE) --all-extras --output-file=requirements-dev.lock pyproject.toml -
	@echo "Choosing the versions a brief needs"
	@$(BUILD_TOOLS) | $(COMPILE) --constraint=requirements-dev.lock --output-file=requirements.lock pyproject.toml -
	@! grep -nE '^(-|[^#]*://)' requirements.lock requirements-dev.lock || \
		{ echo "The lock files must not say where packages come from; remove the lines above." >&2; exit 1; }

clean: ## remove what can be made again
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find generator tests tools -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- The environment. A stamp file in it says what has been installed, so that a second run has nothing to do. ---------

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "Python is missing. Install Python 3.11 or newer, or name it: make brief PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Name another: make brief PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what a brief needs (about two minutes the first time)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing what development needs (about three minutes the first time)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

# --- Tools of the operating system ------------------------------------------------------------------------------------

# Pango sets the lines of text, HarfBuzz cuts the fonts down to the letters used; the renderer loads both on import.
pango: | $(BIN)/python
	@set -e; \
	loads() { $(BIN)/python -c '$(LOADS_PANGO)' >/dev/null 2>&1; }; \
	if loads; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Pango, which sets the text"; \
		$(APT) update && $(APT) install -y --no-install-recommends \
			libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null; \
		if loads; then exit 0; fi; \
		echo "Pango is installed but cannot be loaded; this says why:" >&2; \
		$(BIN)/python -c '$(LOADS_PANGO)' >&2; \
	fi; \
	echo "Pango, which sets the text, is missing. Install it, then run make again:" >&2; \
	echo "  Debian, Ubuntu:  sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" >&2; \
	echo "  Fedora:          sudo dnf install pango harfbuzz" >&2; \
	echo "  macOS:           brew install pango" >&2; \
	exit 1

# The tests look at finished files with tools that share no code with the product, and at pages in a real browser.
pdf-tools:
	@set -e; \
	has() { command -v "$$1" >/dev/null; }; \
	if has pdftotext && has qpdf && { has chromium || has chromium-browser || has google-chrome; }; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing poppler-utils, qpdf and Chromium, which the tests read finished files with"; \
		$(APT) update && $(APT) install -y --no-install-recommends poppler-utils qpdf chromium >/dev/null; \
		exit 0; \
	fi; \
	echo "The tests read finished files with poppler, qpdf and Chromium. Install them, then run make again:" >&2; \
	echo "  Debian:          sudo apt-get install poppler-utils qpdf chromium" >&2; \
	echo "  Fedora:          sudo dnf install poppler-utils qpdf chromium" >&2; \
	echo "  macOS:           brew install poppler qpdf google-chrome" >&2; \
	exit 1
