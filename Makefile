PYTHON ?= .venv/bin/python
JOBS ?= 2

.PHONY: drift
drift:  ## 300 made-up guides with a known truth, read and scored; fails where the program is wrong and silent
	$(PYTHON) -m tests.drift --guides 300 --seed 1 --jobs $(JOBS) > docs/drift-report.md; code=$$?; cat docs/drift-report.md; exit $$code
