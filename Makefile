# The few commands of this project. Each one sets up what it needs first; `make help` lists them.

# The first Python on the PATH that is new enough; or say which: make PYTHON=/path/to/python3
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && exit; \
	done; echo python3)
VENV := .venv/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup dist portable scorm serve test bench resistencia capturas clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' Makefile | awk -F': ' '{ printf "make %-11s %s\n", $$1, $$2 }'

setup: ## prepare the Python environment, Node packages and the browser's wheels
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and there is no $(PYTHON) on the PATH."; exit 1; }
	@$(PYTHON) tools/preparar.py

dist: setup ## build the site into dist/
	@$(VENV) tools/build.py

portable: dist ## build dist/raoce-portable.html, the whole site as one file that opens from a disk
	@$(VENV) tools/portatil.py

scorm: dist ## pack the cases of practice for an LMS into build/scorm/raoce-scorm.zip
	@$(VENV) tools/scorm.py $(ARGS)

serve: dist ## build and serve the site on http://127.0.0.1:8000
	@$(VENV) tools/serve.py $(ARGS)

test: dist ## check the code and run every test, in CPython and in a browser
	@$(VENV) -m ruff check --quiet . && $(VENV) -m ruff format --check --quiet .
	@CHROMIUM="$$($(VENV) tools/navegador.py)" && export CHROMIUM && $(VENV) tools/navegador.py --motores && $(VENV) -m pytest $(ARGS)

bench: dist ## measure how fast the page starts and answers, beside a plain PyScript page
	@CHROMIUM="$$($(VENV) tools/navegador.py)" && export CHROMIUM && $(VENV) tools/bench.py $(ARGS)

resistencia: dist ## use the program without sense or mercy, break its device, and print what came of it
	@$(VENV) tools/resistencia.py $(ARGS)

capturas: dist ## draw the screenshots of every screen
	@CHROMIUM="$$($(VENV) tools/navegador.py)" && export CHROMIUM && $(VENV) tools/capturas.py $(ARGS)

clean: ## remove everything that was made or downloaded
	rm -rf .venv build dist node_modules
