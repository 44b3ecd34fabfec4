"""Import all that reading a guide needs: for the fork server, so that its processes start at once."""

import gc

from extract import pipeline, verify
from extract.language.lexicon import lexicon_of
from extract.profile.files import load_profile
from extract.run import outputs

__all__ = ["outputs", "pipeline", "verify"]

lexicon_of(load_profile())
gc.freeze()  # exclude everything loaded so far from collection in the forked workers
