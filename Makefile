# Each target sets itself up: Python 3.11 and a package registry are all that it needs.
PYTHON ?= python3.11
VENV := .venv
TRAIN := .venv-train
CORPORA ?= ../shared/corpora
STORIES ?= ../shared/seed ../shared/stories/*/
RUN := $(VENV)/bin/

.PHONY: demo desk test check format lock bench train calibrate clean

demo: $(VENV)/.run
	@mkdir -p build
	$(RUN)allegedly read --demo --html build/demo.html
	@echo
	@echo "The same reading as a page: build/demo.html"

# The desk on the same story, in the browser; Ctrl-C ends it.
desk: $(VENV)/.run
	@mkdir -p build
	$(RUN)allegedly add src/allegedly/documents/demo.txt --publisher "Selme Courier" --ledger build/demo.ledger
	$(RUN)allegedly serve --ledger build/demo.ledger

test: $(VENV)/.dev
	$(RUN)pytest

check: $(VENV)/.dev
	$(RUN)ruff format --check .
	$(RUN)ruff check .
	$(RUN)mypy
	$(RUN)lint-imports

format: $(VENV)/.dev
	$(RUN)ruff format .
	$(RUN)ruff check --fix .

lock: $(VENV)/.dev
	$(RUN)uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml --group build -o requirements/run.lock
	$(RUN)uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" -c requirements/run.lock \
	  --no-emit-package sqlalchemy2-stubs \
	  pyproject.toml --group build --group dev -o requirements/dev.lock

bench: $(VENV)/.dev
	$(RUN)python -m benchmarks.attribution $(CORPORA)/attribution/polnear.dev.jsonl
	$(RUN)python -m benchmarks.stories $(STORIES)
	$(RUN)python -m benchmarks.entities $(CORPORA)/ner --floor
	$(RUN)python -m benchmarks.coreference $(CORPORA) --floor
	$(RUN)python -m benchmarks.syntax $(CORPORA)/treebank --floor
	$(RUN)python -m benchmarks.factuality $(CORPORA)/factuality --floor
	$(RUN)python -m benchmarks.places $(CORPORA)/geo --floor
	$(RUN)python -m benchmarks.times $(CORPORA)/time/timebank.jsonl --floor
	$(RUN)python -m benchmarks.extraction $(CORPORA)/html --cross-fitted --floor
	$(RUN)python -m benchmarks.links $(CORPORA)/../cases $(CORPORA)/feeds \
	  $(CORPORA)/../tools/score_case.py --floor
	$(RUN)python -m benchmarks.further_cases $(CORPORA)/feeds \
	  $(CORPORA)/../tools/score_case.py --held-out
	$(RUN)python -m benchmarks.warc_stream $(CORPORA)/html --floor
	$(RUN)python -m benchmarks.fuzz_readers
	$(RUN)python -m benchmarks.exports $(STORIES) --floor
	$(RUN)python -m benchmarks.cases $(CORPORA)/../cases $(CORPORA)/feeds --floor
	$(RUN)python -m benchmarks.store_speed $(CORPORA)/../stories --claims 10000
	$(RUN)python -m benchmarks.store_crash --kills 10
	$(RUN)python -m benchmarks.calibration --floor \
	  --articles $(CORPORA)/attribution/polnear.dev.jsonl --stories $(STORIES)

# Hours on two cores; it goes on where it stopped. docs/model.md tells the steps.
train: $(TRAIN)/.ready
	PATH="$(CURDIR)/$(TRAIN)/bin:$$PATH" src/training/run.sh $(CORPORA)

# Due after a new model, and when benchmarks.calibration says that the weights are stale.
calibrate: $(VENV)/.dev
	$(RUN)python -m training.calibrate \
	  --articles $(CORPORA)/attribution/polnear.dev.jsonl --stories $(STORIES)

$(VENV)/.run: requirements/run.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(RUN)python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Without dependencies, for the lock has them all but one: followthemoney asks for stubs of an older
# sqlalchemy, which would hide the types of ours.
$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(RUN)python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

$(TRAIN)/.ready: pyproject.toml
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install -q "torch>=2.5" "safetensors>=0.4" "onnx>=1.17" -e .
	@touch $@

clean:
	rm -rf $(VENV) $(TRAIN) build dist
