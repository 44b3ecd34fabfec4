"""Guides with a known truth: made up from a seed in the style of a year, drawn, read, and the record scored.

words/ holds the words with their meaning; invent.py makes a guide and its true record; compare.py, score.py and
report.py judge what the program reads; run.py does it many times. `python -m tests.drift --help` tells the rest.
"""
