# Wardmark. `make help` says what each target does. Only Python 3.11 or newer and make are needed to begin.

HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
export PYTHONPATH := .:site

# The first interpreter that really runs and is new enough: a version manager's shim may stand on the path for a
# version that is not there. Asked only where the environment is made.
PYTHON ?=
FIND_PYTHON = for candidate in $(PYTHON) $(if $(PYTHON),,python3.14 python3.13 python3.12 python3.11 python3 python); do \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && python=$$candidate && break; done
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
MANAGE := $(RUN) manage.py

.DEFAULT_GOAL := help
.PHONY: help demo run work test lint format translations borrowed-words lock bench lighthouse clean

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1|\2/' | column -t -s '|' 2>/dev/null \
		|| grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

# ---- environment: made once, renewed when a lock file changes -------------------------------------

$(VENV)/.made:
	@$(FIND_PYTHON); \
	test -n "$$python" || { echo "Wardmark needs Python 3.11 or newer; $(if $(PYTHON),$(PYTHON) is not,none was found). Say where one is: make demo PYTHON=/path/to/python3"; exit 1; }; \
	"$$python" -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }; \
	"$$python" -m venv $(VENV)
	@touch $@

$(VENV)/.installed: requirements.txt $(VENV)/.made
	@echo "Installing what the site needs (once, about a minute) …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# ---- running --------------------------------------------------------------------------------------

demo: export DEBUG = 0
demo: $(VENV)/.installed ## load the demonstration ward and serve it, worker included, on http://127.0.0.1:8000 (HOST=0.0.0.0 for phones)
	@$(RUN) -c "import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('$(HOST)', $(PORT)))" 2>/dev/null \
		|| { echo "Something else uses $(HOST):$(PORT). Stop it, or choose another: make demo PORT=8010"; exit 1; }
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) demo
	@told=; $(BIN)/gunicorn & web=$$!; $(MANAGE) work & work=$$!; \
		trap 'told=1; kill $$web $$work 2>/dev/null' INT TERM HUP; \
		wait $$web; status=$$?; test -n "$$told" || kill $$work 2>/dev/null; wait; exit $$status

run: $(VENV)/.installed ## serve while developing: reloads on change, shows errors
	@$(MANAGE) migrate --verbosity 0
	@echo "Print jobs and chores are done by the worker: run \`make work\` in another terminal."
	@$(MANAGE) runserver $(HOST):$(PORT)

work: $(VENV)/.installed ## do background work (print jobs, chores) while developing; `make demo` does it by itself
	@$(MANAGE) work

# ---- checking -------------------------------------------------------------------------------------

test: $(VENV)/.installed-dev ## install what tests need, Chromium included, and run everything
	@sh tests/browser/install-chromium.sh
	@$(BIN)/pytest --numprocesses auto --dist worksteal $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev ## style, import rules, types, templates, missing migrations and translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
	@$(BIN)/lint-imports --no-logo > .import-linter.log 2>&1 || { cat .import-linter.log; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/djlint --lint --quiet site heritage streets
	@$(MANAGE) makemigrations --check --dry-run --verbosity 1
	@$(MANAGE) check --fail-level WARNING
	@$(RUN) -m pytest -q --no-header tests/site/test_translations.py

format: $(VENV)/.installed-dev ## let ruff put the code in order
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

translations: $(VENV)/.installed-dev ## collect new texts into the catalogue (needs gettext) and compile it
	@command -v xgettext >/dev/null || { echo "gettext is missing; on Debian and Ubuntu: apt install gettext"; exit 1; }
	@$(MANAGE) makemessages --locale vi --no-wrap --no-location --no-obsolete --ignore .venv --ignore var --ignore tests
	@$(RUN) -c "import polib; p = 'site/wardmark/locale/vi/LC_MESSAGES/django'; polib.pofile(p + '.po').save_as_mofile(p + '.mo')"

borrowed-words: $(VENV)/.installed-dev ## after an upgrade: what Wagtail says in English only, to be put into Vietnamese
	@$(MANAGE) borrowed_words

lock: $(VENV)/.installed-dev ## renew requirements*.txt from requirements*.in
	@$(RUN) -m pip install --quiet uv
	@for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links $$name.in -o $$name.txt; done

bench: $(VENV)/.installed-dev ## measure: figures, never a verdict
	@$(RUN) tests/bench/artwork.py
	@$(RUN) tests/bench/wear.py
	@$(RUN) tests/bench/silence.py 50
	@$(RUN) tests/bench/resolver.py
	@$(RUN) tests/bench/print_sheets.py

lighthouse: $(VENV)/.installed-dev ## measure the phone pages with Lighthouse (needs Node and Chromium): figures, never a verdict
	@$(RUN) tests/bench/lighthouse.py

clean: ## forget the demonstration and all built files; the code stays
	@rm -rf var $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
