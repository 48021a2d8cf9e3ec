# `make figures` and `make test` need git, make and Python 3.11 to 3.13; everything else is installed into $(VENV).
.PHONY: help figures test test-site test-lab test-all bench coverage check site release lab lock clean
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
VENV ?= .venv
PY := $(VENV)/bin/python
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
PYTHONS ?= python3.11 python3.12 python3.13
export MPLBACKEND := agg

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s%s\n", $$1, $$2 }' Makefile

$(VENV)/.installed: requirements-run.lock pyproject.toml
	$(call install,$(VENV),requirements-run.lock)

.venv-lab/.installed: requirements.lock pyproject.toml
	$(call install,.venv-lab,requirements.lock)

.venv-site/.installed: requirements-site.lock pyproject.toml
	$(call install,.venv-site,requirements-site.lock)

.venv-bench/.installed: $(VENV)/.installed benchmarks/requirements.txt
	$(call install,.venv-bench,requirements-run.lock)
	$(call pip,.venv-bench) --quiet --require-hashes -r benchmarks/requirements.txt

# $(call install,FOLDER,LOCK): on a terminal a line tells how far it is; all the rest goes to a log that is named on failure.
define install
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(not (3, 11) <= v < (3, 14) and f"Python 3.11 to 3.13 is needed, this is {v[0]}.{v[1]}: set PYTHON=python3.12, say")'
	@echo "Installing the $$(grep -c == $(2)) pinned packages of $(2) into $(1), once"
	@mkdir -p .cache; log=.cache/install-$(notdir $(1)).log; : > $$log; \
	if [ -t 1 ]; then while sleep 1 && kill -0 $$$$ 2>/dev/null; do \
	  printf '\r%4d packages  %-60.60s' "$$(ls -d $(1)/lib/python*/site-packages/*.dist-info 2>/dev/null | wc -l)" "$$(tail -n 1 $$log)"; \
	done & fi; \
	{ $(if $(UV),$(UV) venv --clear --python $(PYTHON) $(1),$(PYTHON) -m venv --clear $(1)) && \
	  $(call pip,$(1)) $(if $(UV),--compile-bytecode) --require-hashes -r $(2) && \
	  $(call pip,$(1)) --no-deps --no-build-isolation -e .; \
	} >> $$log 2>&1 || { echo; tail -n 3 $$log; echo "Installing into $(1) failed; all that was said is in $$log" >&2; exit 1; }; \
	if [ -t 1 ]; then printf '\r%76s\r' ''; fi
	@touch $(1)/.installed
endef
pip = $(if $(UV),$(UV) pip install --python $(1),$(1)/bin/python -m pip install --disable-pip-version-check)

figures: $(VENV)/.installed ## run the notebooks that changed or never ran here, and refresh figures/
	$(PY) -m upkeep refresh

# The book is tested with .venv and where there is chromium; it is built, on one core, while the other tests run.
BOOK := $(if $(CHROMIUM),$(filter .venv,$(VENV)))
BOOK_TESTS = .venv-site/bin/python -m pytest -q tests/site
test: $(VENV)/.installed $(if $(BOOK),.venv-site/.installed) ## lint, unit tests, data checks, every notebook's outputs, every figure
	$(VENV)/bin/ruff check --quiet
	$(VENV)/bin/ruff format --check --quiet
	$(PY) -m upkeep check
	$(if $(BOOK),@$(BOOK_TESTS) -k is_a_page_for_every > .cache/tested-book.log 2>&1 &)
	$(PY) -m pytest -q -p no:nbval -n auto
	$(if $(filter .venv,$(VENV)),@$(MAKE) --no-print-directory test-site)

ifdef CHROMIUM
test-site: .venv-site/.installed ## the figure book in a browser, where there is chromium
	$(BOOK_TESTS) -n auto
else
test-site:
	@echo "tests/site: SKIPPED, there is no chromium here (Debian: apt-get install chromium); the figure book was not tested"
endif

test-lab: .venv-site/.installed .venv-lab/.installed ## two notebooks by Run All in a headless JupyterLab
	.venv-site/bin/python -m pytest tests/lab

test-all: ## the same on every Python 3.11 to 3.13 there is, each in a .venv-VERSION
	@for python in $(PYTHONS); do \
	  $$python -c '' 2>/dev/null || { echo "$$python: not there, skipped"; continue; }; \
	  echo "$$python:"; $(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$$python || exit 1; \
	done

bench: .venv-bench/.installed ## time refresh, load and measures against plain Python and the usual tools
	.venv-bench/bin/python -m benchmarks

coverage: $(VENV)/.installed ## simulate how often the printed intervals cover; writes the table of the datasheet
	$(PY) -m benchmarks.coverage

check: $(VENV)/.installed ## validate data/ and figures/
	$(PY) -m upkeep check

site: .venv-site/.installed ## build the figure book into site/; open site/index.html
	.venv-site/bin/python -m book

release: .venv-site/.installed ## write the archive of the last commit into dist/: all of it, wheel, book, checksums
	.venv-site/bin/python -m upkeep release

lab: export MPLBACKEND = module://matplotlib_inline.backend_inline
lab: .venv-lab/.installed ## open JupyterLab on the exploration notebook
	.venv-lab/bin/jupyter lab notebooks/explore.ipynb

lock: ## write the locks anew from pyproject.toml (needs uv)
	$(LOCK) --extra test --extra lab -o requirements.lock
	$(LOCK) --extra test -c requirements.lock -o requirements-run.lock
	$(LOCK) --extra site -c requirements.lock -o requirements-site.lock
	$(COMPILE) benchmarks/requirements.in -c requirements-run.lock -o benchmarks/requirements.txt
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url
LOCK = $(COMPILE) pyproject.toml --extra run

clean: ## remove what make installed and built
	rm -rf .venv .venv-* build dist site .cache
