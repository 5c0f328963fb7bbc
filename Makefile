# Wraps what the README shows; `make demo` and `make test` need only Python 3.11 or newer.
.PHONY: test lint
PYTHON ?= python3

.venv/.dev: requirements/dev.txt
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

test: .venv/.dev
	.venv/bin/python -m pytest -n 2

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	SECRET_KEY=lint DATABASE_URL=postgres://lint/lint .venv/bin/mypy northstar partners learning measures
