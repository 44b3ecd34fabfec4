"""Guides with a known truth: made up from a seed in the style of a year, drawn, read, and the record scored.

words/ holds the words with their meaning; generate.py makes a guide and its true record; compare.py, score.py and
report.py judge what the program reads; run.py does it many times. producers/ has guides set by real programs, from
the document of document.py with the features of features/; cases.py, produced_run.py and produced_report.py do for
them what generate.py, run.py and report.py do for the typesetter's. `python -m tests.drift --help` tells the rest.
"""
