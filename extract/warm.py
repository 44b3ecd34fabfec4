"""Loads, once, what reading any guide needs. Processes that are forked from one that imported this start at once."""

import gc

from extract import outputs, pipeline, verify
from extract.profile_files import load_profile
from extract.words import words_of

__all__ = ["outputs", "pipeline", "verify"]

words_of(load_profile())
gc.freeze()  # what was loaded stays: no process looks through it again for what could go
