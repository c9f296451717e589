# Needs nothing but make and Python 3.11 or later; targets that need more say so.
#
#   make run                        check the embedded reference server
#   make run TARGET=staging.yaml    check the server that a target file describes
#   make run BASE_URL=https://…     check what needs no session
#   make run ARGS='--strict …'      with further options
#   make test                       run every test that needs nothing but Python

PYTHON ?= python3
TARGET ?=
BASE_URL ?=
ARGS ?=
TESTS ?=
STACKS ?=
# Plain tests are spread over the processors. What is concurrent itself, or watches its own process,
# has one process beside them: much of it waits.
CONCURRENT := tests/proof/test_concurrency.py tests/proof/test_concurrency_http2.py
# Every wrong server, in both efforts: some fifteen minutes, so each night and by `make proof`; here
# each twenty-fourth of them.
SHARED := tests/proof/test_faults.py
PROOF := tests/proof/test_checks.py tests/proof/test_quick.py tests/proof/test_generated_faults.py
COUNTING := $(patsubst %,tests/resilience/test_%.py,exchanges faults hostile_runs interrupts repeats scheduling)
ALONE := $(CONCURRENT) tests/contract $(COUNTING)
SPREAD := tests/unit tests/proof tests/secrecy tests/packaging tests/resilience \
	$(patsubst %,--ignore=%,$(CONCURRENT) $(PROOF) $(COUNTING))

VENV := .venv
READY := $(VENV)/ready
RUN := $(VENV)/bin/python
NODE_MODULES := node_modules/.package-lock.json
PROXIES := .venv-proxies/ready
VECTORS := .vectors/ready
BROWSER_MODULES := tests/browser/node_modules/.package-lock.json
READERS := .venv-readers/ready
READER_MODULES := tests/readers/node_modules/.package-lock.json

# What another active environment says about Python is not for this one.
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help run test test-spread test-alone proof test-browser test-examples test-stacks test-proxies \
	test-readers test-slurm compatibility lint lint-python lint-contract lint-deployment format coverage mutants bench \
	bench-causes causes soak docs drawn \
	record-clients wheel floors lock clean test-vectors fuzz

help:                   ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 24

# --- The environment -------------------------------------------------------------------------

# Rebuilt from nothing when the locked requirements change, so that nothing old stays in it.
$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, not " + sys.version)'
	@echo 'Installing into $(VENV), once; this takes a minute or two.' >&2
	$(PYTHON) -m venv --clear $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Node is asked for only by what needs it.
%/.package-lock.json:
	@command -v npm >/dev/null || { echo 'npm is missing: install Node 20 or later' >&2; exit 1; }
	npm --prefix '$(patsubst %/node_modules,%,$(patsubst node_modules,.,$*))' ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(NODE_MODULES): package-lock.json
$(BROWSER_MODULES): tests/browser/package-lock.json
$(READER_MODULES): tests/readers/package-lock.json

# The proxies that PyPI brings: hundreds of megabytes that nothing else needs.
$(PROXIES): tests/proxies/requirements.txt
	$(PYTHON) -m venv --clear .venv-proxies
	.venv-proxies/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# What reads the suite's reports and contract, apart from what the suite itself is made of.
$(READERS): tests/readers/requirements.txt
	$(PYTHON) -m venv --clear .venv-readers
	.venv-readers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# --- Running ---------------------------------------------------------------------------------

run: $(READY)           ## run the suite: TARGET=file, BASE_URL=url, ARGS='further options'
	@$(RUN) -m neptun_conformance $(if $(TARGET),--target '$(TARGET)') $(if $(BASE_URL),--base-url '$(BASE_URL)') $(ARGS)

# --- Tests -----------------------------------------------------------------------------------

test: $(READY)          ## run every test that needs nothing but Python
ifdef TESTS
	$(RUN) -m pytest $(TESTS) $(ARGS)
else
	@$(MAKE) --no-print-directory --jobs 2 --keep-going test-spread test-alone
endif

# Tests that call make themselves are not to share the jobs of this one.
test-spread: $(READY)
	@PROOF_SHARE=24 MAKEFLAGS= $(RUN) -m pytest -n 2 $(SPREAD) $(ARGS)

# What it prints comes when it is over, so that two runs do not write into one line.
test-alone: $(READY)
	@mkdir -p build
	@MAKEFLAGS= $(RUN) -m pytest $(ALONE) $(ARGS) >build/alone.txt 2>&1; \
		ended=$$?; cat build/alone.txt; exit $$ended

proof: $(READY)         ## prove every wrong server: each is caught by its own clauses, and by them alone
	$(RUN) -m pytest -n 2 $(SHARED) $(PROOF) $(ARGS)

test-browser: $(READY) $(BROWSER_MODULES)  ## run the tests of the HTML pages: needs Chromium and npm
	$(RUN) -m pytest tests/browser $(ARGS)

test-examples: $(READY) ## judge the examples: needs Node, a JDK and PostgreSQL
	NEPTUN_PYTHON='$(PYTHON)' examples/run.sh

test-stacks: $(READY)   ## judge real stacks, or STACKS='go php-nginx': see tests/stacks for what it needs
	$(RUN) -m pytest $(if $(STACKS),$(patsubst %,'tests/stacks/test_stacks.py::test_only_known_clauses_fail[%]',$(STACKS)),tests/stacks) $(ARGS)

test-proxies: $(READY) $(PROXIES)  ## judge real proxies: needs Debian's packages, see tests/proxies
	$(RUN) -m pytest tests/proxies $(ARGS)

test-readers: $(READY) $(READERS) $(READER_MODULES)  ## have programs read the reports and the contract: needs npm
	$(RUN) -m pytest tests/readers $(ARGS)

test-slurm: $(READY)     ## judge targets by an array job: needs slurm-wlm and munge, and root
	$(RUN) -m pytest tests/slurm $(ARGS)

test-vectors: $(READY) $(NODE_MODULES) $(VECTORS)  ## read the cases that others wrote: needs npm
	$(RUN) -m pytest tests/vectors $(ARGS)

$(VECTORS): tests/vectors/requirements.txt $(READY)
	rm -rf '$(@D)'
	$(RUN) -m pip download --quiet --disable-pip-version-check --no-deps --no-binary jsonschema \
		--require-hashes -r $< -d '$(@D)'
	@touch $@

fuzz: $(READY) .fuzz/ready  ## fuzz what reads foreign octets: SECONDS=10 for each reader
	$(RUN) -m tests.fuzz $(or $(SECONDS),10) $(ARGS)

.fuzz/ready: tests/fuzz/requirements.txt $(READY)
	rm -rf '$(@D)'
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r $< --target '$(@D)'
	@touch $@

coverage: $(READY)      ## measure the branches of the package over unit tests and proof
	$(RUN) -m coverage erase
	$(RUN) -m coverage run -m pytest -n 2 tests/unit tests/proof $(ARGS)
	$(RUN) -m coverage combine --quiet
	$(RUN) -m coverage report

mutants: $(READY)       ## mutate what judges, and explain whatever no test notices (minutes)
	$(RUN) -m mutmut run $(ARGS)
	$(RUN) -m tests.proof.survivors

bench: $(READY)         ## measure time and requests of a run
	$(RUN) -m benchmarks $(ARGS)

bench-causes: $(READY)  ## measure how well causes are told, from the dictionary and a sample of servers
	$(RUN) -m tests.proof.measuring $(ARGS)

soak: $(READY)          ## run for long, watching memory, descriptors and processes
	$(RUN) -m tests.resilience.soak $(ARGS)

# --- Linting ---------------------------------------------------------------------------------

lint: lint-python lint-contract lint-deployment  ## run every linter: needs npm for two of them

lint-python: $(READY)   ## style, docstrings, types and spelling
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/codespell

lint-contract: $(READY) $(NODE_MODULES)  ## openapi.yaml, by two linters
	$(VENV)/bin/openapi-spec-validator openapi.yaml
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true node_modules/.bin/redocly lint openapi.yaml

lint-deployment: $(READY) $(NODE_MODULES)  ## workflows, action, Dockerfile and Kubernetes
	$(VENV)/bin/zizmor --offline --persona=pedantic --quiet .
	node tools/lint-workflows.mjs
	$(VENV)/bin/hadolint Dockerfile
	$(VENV)/bin/kubernetes-validate --strict deploy/kubernetes/*.yaml

format: $(READY)        ## sort imports and format
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

# --- Making ----------------------------------------------------------------------------------

drawn: $(READY)         ## draw anew the generated questions that are shipped
	$(RUN) tools/draw_questions.py

causes: $(READY)        ## compute the dictionary of causes anew (some ten minutes): ARGS='fault-* …' for some
	$(RUN) -m tests.proof.signatures $(ARGS)

docs: $(READY)          ## write the generated pages and schemas anew
	$(RUN) -m tests.proof.page
	$(RUN) -m tests.clause_ids
	$(RUN) -m tests.compatibility
	$(RUN) -m neptun_conformance.cli.clause_table >docs/clauses.md~
	mv docs/clauses.md~ docs/clauses.md
	$(RUN) -m neptun_conformance.targets.reference
	$(RUN) -c 'from neptun_conformance.reports import as_json; print(end=as_json.schema())' >report.schema.json~
	mv report.schema.json~ src/neptun_conformance/report.schema.json

proof-page: $(READY)    ## write which fault is caught by which clause: build/proof.md
	@mkdir -p build
	$(RUN) -m tests.proof.page build/proof.md

refresh: $(READY)       ## write anew what pages show of commands (minutes): read the difference
	$(RUN) -m tests.unit.documentation.refresh

record-clients: $(READY)  ## record anew what clients send: needs curl, Node, Chromium and Firefox
	$(RUN) tools/record_clients.py
	$(RUN) tools/make_array.py

compatibility: $(READY) $(PROXIES)  ## judge all real stacks and proxies, and write what was found into the docs
	$(RUN) -m tests.stacks --record
	$(RUN) -m tests.stacks.databases
	$(RUN) -m tests.proxies --record
	$(RUN) -m tests.compatibility

wheel: $(READY)         ## build the wheel and the sdist in dist/
	$(RUN) -m hatchling build

floors:                 ## run with the lowest versions that the package takes
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(PYTHON) -m venv --clear .venv-floors
	.venv-lock/bin/uv pip install --quiet --python .venv-floors/bin/python --resolution lowest-direct .
	.venv-floors/bin/python -m neptun_conformance $(ARGS)

lock:                   ## resolve pyproject.toml's requirements into requirements-dev.txt
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	.venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-annotate --group dev --custom-compile-command 'make lock' pyproject.toml -o requirements-dev.txt

clean:                  ## remove everything that was made
	rm -rf $(VENV) .venv-* .vectors .fuzz node_modules tests/*/node_modules \
		dist mutants .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis
