# `make` says what there is. Needs Python 3.11 or newer, git and make; everything else is brought along.
# Override on the command line: PYTHON (the interpreter), CHROMIUM (the browser), BASE_URL (of the built site).

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
DEV := .venv/installed-dev
AUDIT := .audit/installed
RELEASE := .venv/installed-release
BUILD := $(BIN)/tiebreak build $(if $(BASE_URL),--base-url "$(BASE_URL)")
# The same commit gets the same answer twice: what has passed passes elsewhere. `make quick`, `soak` and `fuzz` draw anew.
SAME := --hypothesis-profile repeatable
# Tests import two hundred modules in each of their processes: what Python has compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve check test quick lint types unit lowest browser audit soak fuzz accept wheel dist sbom screenshots icons bench measure clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# --- the site ---------------------------------------------------------------------------------------------------------

site: $(INSTALLED) ## build site/ from content/
	@$(BUILD)
	@echo
	@echo "The site is in site/. To see it as a host shows it, at http://127.0.0.1:8000/:"
	@echo "  $(BIN)/python -m http.server --bind 127.0.0.1 --directory site 8000"

serve: $(INSTALLED) ## preview the site; the browser follows every save
	@$(BIN)/tiebreak serve

check: $(INSTALLED) ## report every problem of content/, warnings included
	@$(BIN)/tiebreak check

# --- proof ------------------------------------------------------------------------------------------------------------

test: lint types check unit ## all of the below: in a browser where there is a Chromium, the audit where node and java are, too
	@if CHROMIUM=$$(.ci/chromium); then \
	  export CHROMIUM; $(MAKE) --no-print-directory browser || exit 1; \
	  if command -v npm >/dev/null && command -v java >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; \
	  then $(MAKE) --no-print-directory audit; \
	  else echo "audit: skipped, it needs node 20 or newer, npm and java"; fi; \
	elif [ -n "$$CI" ]; then exit 1; \
	else echo "browser, audit: skipped; all else has passed"; fi

lint: $(DEV) ## style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## types of the code, strictly
	$(BIN)/mypy

unit: $(DEV) ## tests that need no browser
	$(BIN)/pytest -q $(SAME) -n auto --dist worksteal -m "not browser and not alone"
	$(BIN)/pytest -q $(SAME) -m "alone and not browser"

quick: $(DEV) ## the habit while working: style, and the tests that take no seconds
	$(BIN)/ruff check .
	$(BIN)/pytest -q -n auto --dist worksteal -m "not browser and not alone and not slow" --ignore tests/browser -p no:playwright

lowest: .lowest/installed ## the tests that need no browser, with the oldest libraries that pyproject.toml allows
	.lowest/bin/pytest -q $(SAME) -n auto --dist worksteal -m "not browser and not alone" -p no:playwright --ignore tests/browser

browser: $(DEV) ## tests in a real Chromium
	CHROMIUM=$$(.ci/chromium) && export CHROMIUM \
	  && $(BIN)/pytest -q $(SAME) -n auto --dist worksteal -m "browser and not alone" && $(BIN)/pytest -q $(SAME) -m "browser and alone"

audit: $(AUDIT) $(RELEASE) site ## the built site before other people's tools: Nu, stylelint, tsc, lychee, Readability, WebKit, Firefox, hosts, Lighthouse
	CHROMIUM=$$(.ci/chromium) && export CHROMIUM && PYTHONPATH=tests/support $(BIN)/python tests/audit/audit.py site --tools .audit

soak: $(DEV) ## an hour of random edits and killed builds; SOAK=seconds
	TIEBREAK_SOAK=$(or $(SOAK),3600) $(BIN)/pytest -q tests/build/test_exact.py tests/build/test_crash.py

fuzz: $(DEV) ## an hour of hostile texts; FUZZ=seconds
	@$(BIN)/python -m pip install --quiet atheris || echo "atheris cannot be had here: property tests take all of the time"
	PYTHONPATH=$(CURDIR)/tests/support TIEBREAK_FUZZ=$(or $(FUZZ),3600) $(BIN)/python tests/fuzz.py $(or $(FUZZ),3600)

accept: $(DEV) ## write anew what tests expect: reference pages, reports, the sample site, languages, licences; read the difference
	@for file in reference invalid sites cldr licences; do PYTHONPATH=tests/support $(BIN)/python tests/test_$$file.py || exit 1; done

# --- the rest ---------------------------------------------------------------------------------------------------------

wheel: $(DEV) ## build dist/*.whl
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .
	@ls dist/*.whl

dist: $(RELEASE) ## build what is published: dist/*.tar.gz, and dist/*.whl of that; as the index and a stranger see them
	rm -rf dist
	$(BIN)/python -m hatchling build --target sdist --directory dist
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist dist/*.tar.gz
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl
	$(BIN)/pyroma --min=8 dist/*.tar.gz

sbom: $(RELEASE) ## write sbom.cdx.json: all that is installed with dist/*.whl, each with its version and licence
	rm -rf .sbom && $(PYTHON) -m venv --without-pip .sbom
	$(BIN)/pip --python .sbom/bin/python install --quiet dist/*.whl
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible --output-file sbom.cdx.json .sbom/bin/python
	rm -rf .sbom

screenshots: $(DEV) ## take the README's pictures anew; LOOK=folder takes every kind of page, to look at
	CHROMIUM=$$(.ci/chromium) && export CHROMIUM && PYTHONPATH=tests/support $(BIN)/python tests/browser/screenshots.py $(LOOK)

icons: $(DEV) ## draw the icons of home screens anew, from static/favicon.svg
	CHROMIUM=$$(.ci/chromium) && export CHROMIUM && PYTHONPATH=tests/support $(BIN)/python tests/browser/icons.py

bench: $(DEV) ## measure builds, cold and after edits, against other generators, checks, and the live preview (hours)
	$(BIN)/python benchmarks/site_builds.py
	$(BIN)/python benchmarks/incremental_builds.py
	$(BIN)/python benchmarks/checks.py
	CHROMIUM=$$(.ci/chromium) && export CHROMIUM && $(BIN)/python benchmarks/live_preview.py

measure: $(DEV) ## repeat every other measurement that the site cites (long)
	@for script in benchmarks/*.py; do \
	  case $$script in */harness.py | */corpus.py | */checks.py | */site_builds.py | */edit_kinds.py | */incremental_builds.py | */live_*.py) ;; \
	  *) echo "$$script"; $(BIN)/python "$$script" || exit 1 ;; esac; done

clean: ## remove everything that was made
	git clean -fdXq site
	rm -rf .venv .lowest .audit .sbom sbom.cdx.json .tiebreak .fuzz .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist

# --- what the above stands on -----------------------------------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tiebreak needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/apt python3-venv || true
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(INSTALLED): pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[compress,search]"
	@touch $@

$(DEV): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(RELEASE): $(DEV)
	$(BIN)/python -m pip install --quiet --group release
	@touch $@

.lowest/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv venv --quiet --clear --seed --python $(BIN)/python .lowest
	$(BIN)/uv pip install --quiet --python .lowest/bin/python --resolution lowest-direct --editable ".[compress,search]" --group dev
	@touch $@

$(AUDIT): tests/audit/package.json
	@mkdir -p .audit
	command -v WebKitWebDriver >/dev/null || .ci/apt webkit2gtk-driver xvfb || true
	command -v firefox-esr >/dev/null || command -v firefox >/dev/null || .ci/apt firefox-esr || true
	test -d /run/systemd/system || .ci/apt nginx-light caddy apache2-bin || true # where systemd runs, they would be started
	cp tests/audit/package.json .audit/
	npm install --prefix .audit --silent --ignore-scripts --no-package-lock --no-audit --no-fund
	@touch $@
