# Wraps what the README shows; needs only Python 3.11 or newer.
.PHONY: demo test quick lint licences bench clean
PYTHON ?= python3

# make demo SIZE=small|normal|large · PORT=9000 make demo · make demo RESET=1 (starts anew)
demo:
	@$(PYTHON) northstar/demo/install.py .venv-demo requirements/demo.txt
	@.venv-demo/bin/python manage.py demo $(if $(SIZE),--size=$(SIZE)) $(if $(RESET),--reset)

.venv/.dev: requirements/dev.txt
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

test: .venv/.dev
	.venv/bin/python -m pytest -n 2 --dist worksteal

quick: .venv/.dev
	.venv/bin/python -m pytest -n 2 --dist worksteal -q -m "not browser and not slow"

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	SECRET_KEY=lint DATABASE_URL=postgres://lint/lint .venv/bin/mypy northstar partners learning measures tools
	.venv/bin/python -m tools.licences

licences: .venv/.dev
	.venv/bin/python -m tools.licences

bench: .venv/.dev
	.venv/bin/python -m tests.benchmarks

clean:
	rm -rf .venv .venv-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis staticfiles
