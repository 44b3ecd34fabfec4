"""Draw the facsimile of the 2017 guide again: python -m tests.typeset raw/guide_2017.pdf"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.typeset.facsimile import facsimile

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    Path(sys.argv[1]).write_bytes(facsimile())
