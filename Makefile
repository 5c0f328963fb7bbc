# Wraps what the README shows; needs only Python 3.11 or newer.
.PHONY: demo test quick coverage lint licences words locks audit rooms-quiz pictures bench faults fuzz mutants image-test test-on-image-python clean
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

# Lines and branches of the domain that the tests run; the tests of a real browser are left out.
coverage: .venv/.dev
	.venv/bin/python -m pytest -n 2 -m "not browser" --cov --cov-report=term-missing:skip-covered

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	SECRET_KEY=lint DATABASE_URL=postgres://lint/lint .venv/bin/mypy northstar partners learning measures tools
	.venv/bin/python -m tools.licences

licences: .venv/.dev
	.venv/bin/python -m tools.licences

# Takes new words out of code and templates, drops those that are gone, compiles; needs gettext.
words: .venv/.dev
	SECRET_KEY=words DATABASE_URL=postgres://words/words .venv/bin/python -m tools.words

# Renews every package and its hashes from pyproject.toml, then audits them; needs the network.
COMPILE = .venv/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate
locks: .venv/.dev
	$(COMPILE) --output-file requirements/base.txt
	$(COMPILE) --constraint requirements/base.txt --group demo --output-file requirements/demo.txt
	$(COMPILE) --constraint requirements/demo.txt --group demo --group dev --output-file requirements/dev.txt
	@$(MAKE) audit

audit: .venv/.dev
	.venv/bin/python -m tools.audit

# Ten lines, one from each of ten rooms: where do they live? make rooms-quiz ANSWERS=1 says it.
rooms-quiz:
	@$(PYTHON) -m tools.rooms_quiz $(if $(ANSWERS),--answers)

# The pictures of docs/img, from a demo of its own; needs Chromium.
pictures: .venv/.dev
	.venv/bin/python -m tools.pictures

bench: .venv/.dev
	.venv/bin/python -m tests.benchmarks
	.venv/bin/python -m tests.benchmarks growth

# 50,000 letters while workers, broker, database and mail server break: make faults N=2000
faults: .venv/.dev
	.venv/bin/python -m tests.faults $(or $(N),50000)

# Odd requests to every address as every role: make fuzz N=200
fuzz: .venv/.dev
	.venv/bin/python -m tests.fuzz $(or $(N),50)

mutants: .venv/.dev
	.venv/bin/python -m tests.mutants

# Builds the image, starts what docker-compose.yml says, uses it, restores its backup; needs root.
image-test: .venv/.dev
	.venv/bin/python -m tools.image_test

# The tests on the Python of the image, where it is installed.
IMAGE_PYTHON = python$(shell sed -n 's/^FROM python:\([0-9]*\.[0-9]*\)\..* AS .*/\1/p' Dockerfile)
test-on-image-python:
	@command -v $(IMAGE_PYTHON) >/dev/null || { echo "$(IMAGE_PYTHON) is not installed"; exit 1; }
	$(IMAGE_PYTHON) -m venv .venv-image
	.venv-image/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	.venv-image/bin/python -m pytest -n 2 --dist worksteal

clean:
	rm -rf .venv .venv-demo .venv-image .pytest_cache .mypy_cache .ruff_cache .hypothesis staticfiles
