# `make figures` and `make test` need git, make and Python 3.11 to 3.14; everything else is installed into $(VENV).
.PHONY: help figures test test-site test-lab test-all bench coverage check cite site release lab lock clean
PYTHON ?= python3
PYTHONS ?= python3.11 python3.12 python3.13 python3.14
UV := $(shell command -v uv 2>/dev/null)
VENV ?= .venv
PY := $(VENV)/bin/python
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export MPLBACKEND := agg

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s%s\n", $$1, $$2 }' Makefile

$(VENV)/.installed: requirements-run.lock pyproject.toml
	$(call install,$(VENV),requirements-run.lock)

.venv-lab/.installed: requirements.lock pyproject.toml
	$(call install,.venv-lab,requirements.lock)

.venv-site/.installed: requirements-site.lock pyproject.toml
	$(call install,.venv-site,requirements-site.lock)

.venv-bench/.installed: requirements-run.lock benchmarks/requirements.txt pyproject.toml
	$(call install,.venv-bench,requirements-run.lock -r benchmarks/requirements.txt)

# $(call install,FOLDER,LOCK): one line; all the rest goes to a log that is named on failure.
define install
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { \
	  echo "Python 3.11 to 3.14 is needed, $(PYTHON) is none: set PYTHON=python3.12, say," \
	    "or get one with 'uv python install 3.12'" >&2; exit 1; }
	@echo "Installing the pinned packages of $(2) into $(1), once"
	@mkdir -p .cache; { \
	  $(if $(UV),$(UV) venv --clear --python $(PYTHON) $(1),$(PYTHON) -m venv --clear $(1)) && \
	  $(call pip,$(1)) $(if $(UV),--compile-bytecode) --require-hashes -r $(2) && \
	  $(call pip,$(1)) --no-deps --no-build-isolation -e . ; \
	} > .cache/install$(1).log 2>&1 || { tail -n 3 .cache/install$(1).log; \
	  echo "Installing into $(1) failed; all that was said is in .cache/install$(1).log" >&2; exit 1; }
	@touch $(1)/.installed
endef
pip = $(if $(UV),$(UV) pip install --python $(1),$(1)/bin/python -m pip install --disable-pip-version-check)

figures: $(VENV)/.installed ## run the notebooks that changed or never ran here, and refresh figures/
	$(PY) -m upkeep refresh

test: $(VENV)/.installed ## lint, data checks, unit tests, every notebook's outputs, every figure
	$(VENV)/bin/ruff check --quiet
	$(VENV)/bin/ruff format --check --quiet
	$(PY) -m upkeep check
	$(PY) -m pytest -q -p no:nbval -n auto --dist loadfile

test-site: .venv-site/.installed ## the figure book in a browser, where there is chromium
	$(if $(CHROMIUM),.venv-site/bin/python -m pytest -q -n auto --dist loadfile tests/site, \
	  @echo "tests/site: SKIPPED, there is no chromium here (Debian: apt-get install chromium)")

test-lab: .venv-site/.installed .venv-lab/.installed ## two notebooks by Run All in a headless JupyterLab
	.venv-site/bin/python -m pytest tests/lab

test-all: ## the same as test on every Python 3.11 to 3.14 there is, each in a .venv-VERSION
	@for python in $(PYTHONS); do \
	  $$python -c '' 2>/dev/null || { echo "$$python: not there, skipped"; continue; }; \
	  echo "$$python:"; $(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$$python || exit 1; \
	done

bench: .venv-bench/.installed ## time refresh, load and measures against plain Python and the usual tools
	.venv-bench/bin/python -m benchmarks

coverage: $(VENV)/.installed ## simulate how often the printed intervals cover; writes the table of the datasheet
	$(PY) -m benchmarks.coverage

check: $(VENV)/.installed ## validate data/, notebooks/ and figures/
	$(PY) -m upkeep check

cite: $(VENV)/.installed ## print a citation: make cite FIGURE=02-monthly-launches
	@$(PY) -m analysis cite $(FIGURE)

site: .venv-site/.installed ## build the figure book into site/; open site/index.html
	.venv-site/bin/python -m book

release: .venv-site/.installed ## write the last commit, its wheel and its book into dist/
	@test -z "$$(git status --porcelain)" || { echo "git status lists changes: commit them first" >&2; exit 1; }
	rm -rf dist && mkdir dist
	git archive --prefix=$(RELEASE)/ -o dist/$(RELEASE).zip HEAD
	.venv-site/bin/python -m hatchling build -t wheel -d dist
	.venv-site/bin/python -m book
	cd site && $(CURDIR)/.venv-site/bin/python -m zipfile -c ../dist/$(RELEASE)-book.zip *
RELEASE = ukraine-air-attack-notebooks-$(shell git describe --tags --always)

lab: export MPLBACKEND = module://matplotlib_inline.backend_inline
lab: .venv-lab/.installed ## open JupyterLab on the exploration notebook
	.venv-lab/bin/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/explore.ipynb

lock: ## bring the locks up to pyproject.toml (needs uv); what they pin stays where it fits
	$(LOCK) --extra test --extra lab -o requirements.lock
	$(LOCK) --extra test -c requirements.lock -o requirements-run.lock
	$(LOCK) --extra site -c requirements.lock -o requirements-site.lock
	$(COMPILE) benchmarks/requirements.in -c requirements-run.lock -o benchmarks/requirements.txt
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url
LOCK = $(COMPILE) pyproject.toml --extra run

clean: ## remove what make installed and built
	rm -rf .venv .venv-* build dist site .cache
