# Everything a person does with the project. `make run` and `make test` need nothing done before.
PYTHON := .venv/bin/python
# What a test run leaves behind stays apart from the demo's state.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := run
.PHONY: setup run test check format bench screenshots

setup: .venv/ready

.venv/ready: uv.lock pyproject.toml scripts/setup.sh
	@bash scripts/setup.sh

run: .venv/ready
	@exec $(PYTHON) manage.py run

test: .venv/ready
	@bash scripts/test.sh $(ARGUMENTS)

check: .venv/ready
	@bash scripts/check.sh

format: .venv/ready
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + ; \
	find templates -name '*.html' -exec .venv/bin/djhtml --tabwidth 2 {} +

bench: .venv/ready
	@$(PYTHON) -m benchmarks $(PARTS)

screenshots: .venv/ready
	@bash scripts/chromium.sh
	@$(PYTHON) manage.py screenshots
