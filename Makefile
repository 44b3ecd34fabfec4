PYTHON ?= .venv/bin/python
JOBS ?= 2

.PHONY: drift drift-producers drift-forms drift-calls drift-scans benchmarks mutants
drift:  ## 300 made-up guides with a known truth, read and scored; fails where the program is wrong and silent
	$(PYTHON) -m tests.drift --guides 300 --seed 1 --jobs $(JOBS) > docs/drift-report.md; code=$$?; cat docs/drift-report.md; exit $$code

drift-producers:  ## 300 made-up guides from each of four real producers, with features of real documents; takes an hour
	$(PYTHON) -m tests.drift --guides 300 --seed 1 --producers libreoffice,chromium,typst,reportlab --jobs $(JOBS) > docs/drift-producers-report.md; code=$$?; head -100 docs/drift-producers-report.md; exit $$code

drift-forms:  ## the same as Word files, web pages, Markdown and plain text
	$(PYTHON) -m tests.drift --guides 300 --seed 1 --producers docx,html,markdown,text --jobs $(JOBS) > docs/drift-forms-report.md; code=$$?; head -100 docs/drift-forms-report.md; exit $$code

drift-calls:  ## 300 made-up calls of each family whose chapters are the fields, half of them as Word files
	$(PYTHON) -m tests.drift --calls --guides 300 --seed 1 --producers docx,libreoffice,chromium,typst,reportlab --features plain,scripts,indents,browser,furniture --jobs $(JOBS) > docs/drift-calls-report.md; code=$$?; head -100 docs/drift-calls-report.md; exit $$code

drift-scans:  ## 30 made-up guides that are printed, scanned and read by OCR; takes half an hour and more
	$(PYTHON) -m tests.drift --guides 30 --seed 1 --producers scan --jobs 1 > docs/drift-scans-report.md; code=$$?; head -100 docs/drift-scans-report.md; exit $$code

benchmarks:  ## what guide-extract takes beside other tools, and a page in long guides; wants the environment of docs/benchmarks.md
	$(PYTHON) -m benchmarks --write

mutants:  ## plants a sample of faults one by one and prints which of them the tests of their stage miss; long, by hand
	$(PYTHON) -m tests.mutants --count $(or $(COUNT),200) --seed $(or $(SEED),1)
