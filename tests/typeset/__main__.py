"""Draw a guide: python -m tests.typeset tests/typeset/guide_2031.txt docs/example/guide_2031.pdf

Without a source, the facsimile of the 2017 guide: python -m tests.typeset raw/guide_2017.pdf
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.typeset.facsimile import facsimile
from tests.typeset.source import draw_source

if __name__ == "__main__":
    match sys.argv[1:]:
        case [target]:
            Path(target).write_bytes(facsimile())
        case [source, target]:
            Path(target).write_bytes(draw_source(Path(source)))
        case _:
            sys.exit(__doc__)
