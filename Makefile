# MarsCD. `make demo` and `make test` do all set-up by themselves; the rest is for those who work on it.
SHELL := /bin/bash
PYTHON := build/venv/bin/python
ARCHIVE ?= sandbox

.PHONY: demo test setup lint bench bench-accuracy package install shell-env model pictures words clean

demo:
	@tools/setup.sh run
	@$(PYTHON) tools/demo.py --archive $(ARCHIVE)

test:
	@tools/setup.sh test
	@$(PYTHON) tools/run_tests.py $(TESTS)

setup:
	@tools/setup.sh test

lint:
	@tools/setup.sh test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@build/venv/bin/lint-imports
	@$(PYTHON) -m mypy marscd_plugin
	@$(PYTHON) -m bandit -q -c pyproject.toml -r marscd_plugin
	@$(PYTHON) tools/check_metadata.py
	@$(PYTHON) tools/translations.py check
	@$(PYTHON) tools/check_package.py

bench:
	@tools/setup.sh test
	@$(PYTHON) -m benchmarks

bench-accuracy:
	@tools/setup.sh test
	@$(PYTHON) -m marscd_plugin.training evaluate --shared ../shared --document docs/accuracy.md \
		--model $(firstword $(wildcard resources/models/marscd-change.onnx) resources/models/paper-rsl.onnx) \
		--beside resources/models/paper-rsl.onnx $(wildcard build/fc-siam-diff.onnx)
	@$(PYTHON) -m marscd_plugin.training evaluate-analogues --shared ../shared --document docs/accuracy.md

package:
	@tools/setup.sh test
	@$(PYTHON) tools/package.py

install:
	@tools/setup.sh run
	@$(PYTHON) tools/package.py --install

shell-env:
	@tools/setup.sh run
	@$(PYTHON) tools/environment.py

# The graphical model of the whole job, written by the program that defines it.
model:
	@tools/setup.sh run
	@$(PYTHON) tools/graphical_model.py

# The pictures in README.md and docs/: drawn by QGIS from the demo's outputs, and taken of its window.
pictures: demo
	@tools/setup.sh test
	@$(PYTHON) tools/pictures.py
	@$(PYTHON) tools/tutorial_pictures.py

# New words for the translators; `make lint` says what is missing.
words:
	@/usr/bin/python3 tools/translations.py update

clean:
	rm -rf build
