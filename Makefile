# Each target is one line to a real command, and does all its own set-up. `make` alone lists them.

PYTHON ?= python3
BIN = .venv/bin/python site/bin
export PYTHONPATH = site

.PHONY: help setup run test check relevance bench bench-100000 drill weigh messages format

help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## make .venv, front end and messages ready; quick when they are
	@$(PYTHON) site/bin/setup

run: setup ## start the portal with all it needs, load the demo on the first start; PORT=8001 chooses the port
	@$(BIN)/run

test: dev ## every test, against a real Elasticsearch and a real Redis, on SQLite
	@$(BIN)/test

check: dev ## what CI runs: format, lint, types, migrations, and the tests on SQLite and on PostgreSQL
	@$(BIN)/check

relevance: setup ## score the search on judged queries of the real catalogue; ARGS="--record --note 'what is new'"
	@$(BIN)/relevance $(ARGS)

bench: setup ## measure import, rebuild, search and pages on this machine
	@$(BIN)/bench $(ARGS)

bench-100000: setup ## measure the search among 5,839 pages and among 100,000; takes up to half an hour
	@$(BIN)/bench --many $(ARGS)

drill: setup ## break everything on purpose, see what the portal does; a quarter of an hour; ARGS="hanging slow"
	@$(BIN)/drill $(ARGS)

weigh: dev ## weigh every page of the real catalogue, measure first visits on a slow line; ten minutes; ARGS=--record
	@$(BIN)/weigh $(ARGS)

messages: dev ## collect the texts of the code into site/locale, compile them, count what is not translated
	@$(BIN)/messages

format: dev ## put the code into its form
	@.venv/bin/python -m ruff check --fix . ; .venv/bin/python -m ruff format .

dev:
	@$(PYTHON) site/bin/setup --dev
