# Innovation Hub: everything a developer or operator types. `make help` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

WITH ?=
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
# The first interpreter that fits; name another with PYTHON=/path/to/python3.11
PYTHON = $(shell for p in python3.11 python3 python3.12 python3.13; do \
	if $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; \
	then echo $$p; break; fi; done)
PIP = $(PY) -m pip --disable-pip-version-check --no-input
LOCK = $(PY) -m uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11
BABEL = $(PY) -m babel.messages.frontend
LOCALES := innovation_hub/locale

.PHONY: help install install-dev check-port run test lint format services services-stop bench lock \
	messages compilemessages clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT=8000 ENTRIES=1000 HUB_DATA_DIR=folder   change what 'make run' serves, loads and writes to"
	@echo "  ARGS='tests/core -k layout'                  goes on to pytest, or names the parts of 'make bench'"

$(PY):
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 is needed (3.12 and 3.13 serve too) and none was found."; \
		echo "Install it, or name it: make $(or $(MAKECMDGOALS),install) PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v[:2] < (3, 14) else \
		"Python 3.11, 3.12 or 3.13 is needed; %s is %d.%d" % (sys.executable, v[0], v[1]))'
	@echo "Making the environment $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) can't make an environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

# Stamps hold the checksum of what was installed: nothing is asked of pip while it stays the same.
install: $(PY) ## Make .venv from Python 3.11 and install what the hub runs on
	@sum=$$(cksum < requirements.txt); \
	if [ "$$sum" != "$$(cat $(VENV)/.requirements 2>/dev/null)" ]; then \
		echo "Installing Python packages (about half a minute the first time) ..."; \
		$(PIP) install --quiet --require-hashes -r requirements.txt && echo "$$sum" > $(VENV)/.requirements; \
	fi

install-dev: install ## The same, with what tests, linters and benchmarks need
	@sum=$$(cksum < requirements-dev.txt); \
	if [ "$$sum" != "$$(cat $(VENV)/.requirements-dev 2>/dev/null)" ]; then \
		echo "Installing development packages ..."; \
		$(PIP) install --quiet --require-hashes -r requirements-dev.txt && echo "$$sum" > $(VENV)/.requirements-dev; \
	fi

# The runner checks the port too; here it is asked before the environment is made, which takes a while.
check-port:
	@test -f $(VENV)/.requirements || test -z "$(PYTHON)" || $(PYTHON) -c 'import socket, sys; s = socket.socket(); \
		s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' \
		"$(or $(PORT),8000)" 2>/dev/null || { \
		echo "Port $(or $(PORT),8000) can't be used. Choose another: make run PORT=8001"; exit 2; }

run: check-port install ## Prepare what is missing and serve on 127.0.0.1:$PORT
	@exec $(PY) -m innovation_hub.runner --port "$(or $(PORT),8000)" --entries "$(or $(ENTRIES),1000)"

test: install-dev ## The whole suite; ARGS= goes to pytest
	@exec $(PY) -m tests $(ARGS)

lint: install-dev ## ruff, template linters, types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: install-dev ## Format the code as 'make lint' wants it
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

services: ## Get and start what tests need: PostgreSQL, Elasticsearch, Chromium (WITH=postgres: not all)
	@exec .ci/services start $(WITH)

services-stop: ## End the services that 'make services' started
	@exec .ci/services stop

bench: install-dev ## Measure the bars of docs/developer.md at 36,000 entries (SCALE=10: 360,000), into var/bench/latest.json
	@ENTRIES="$(or $(ENTRIES),36000)" SCALE="$(or $(SCALE),1)" exec $(PY) -m tests.benchmarks $(ARGS)

lock: install-dev ## Write requirements.txt and requirements-dev.txt from pyproject.toml (UPGRADE=1: newest)
	$(LOCK) $(if $(UPGRADE),--upgrade) --extra postgres pyproject.toml -o requirements.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

messages: install-dev ## Collect the strings to translate into the catalogues (Babel, no gettext needed)
	$(BABEL) extract -F pyproject.toml --omit-header --no-location --sort-output --charset=utf-8 \
		-k _now -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 -k npgettext_lazy:1c,2,3 \
		-o $(VENV)/django.pot .
	$(BABEL) update -D django -i $(VENV)/django.pot -d $(LOCALES) -l id --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date --width 110

compilemessages: install-dev ## Compile the catalogues; the result is committed
	$(BABEL) compile -D django -d $(LOCALES) --statistics
	$(BABEL) compile -D "django djangojs" -d $(LOCALES)_wagtail

clean: ## Remove the environment and caches; data stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
