"""Guides with a known truth, read and scored: python -m tests.drift --guides 300 --seed 1 --jobs 2 [--style 2018] [--text]

One guide to look at, with its truth beside it: python -m tests.drift --show SEED --style STYLE --out guide.pdf
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.drift.generate import invent
from tests.drift.guide_style import STYLES
from tests.drift.plaintext import dumped
from tests.drift.report import report
from tests.drift.run import jobs, run
from tests.typeset.draw import draw


def main() -> int:
    """0, or 1 where the program is wrong and silent about it."""
    asked = _arguments()
    if asked.show is not None:
        if asked.out is None or asked.style is None:
            sys.exit("--show needs --style and --out")
        show(asked.show, asked.style, asked.out)
        return 0
    score = run(jobs(asked.guides, asked.seed, asked.style, text=asked.text), asked.jobs)
    sys.stdout.write(report(score))
    return 1 if score.silent else 0


def show(seed: int, style: str, out: Path) -> None:
    """Write one guide, plain text if the name says so, and its truth as JSON beside it."""
    guide = invent(seed, style)
    as_text = out.suffix == ".txt"
    out.write_bytes(dumped(guide.pages, guide.style).encode() if as_text else draw(guide.pages, guide.style))
    truth = json.dumps(guide.truth, ensure_ascii=False, indent=1)
    out.with_suffix(".json").write_text(truth + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.drift", description=__doc__)
    parser.add_argument("--guides", type=int, default=100, help="how many (100)")
    parser.add_argument("--seed", type=int, default=1, help="of the first one (1)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (1)")
    parser.add_argument("--style", choices=STYLES, help="of this year alone")
    parser.add_argument("--text", action="store_true", help="plain text in place of PDF")
    parser.add_argument("--show", type=int, metavar="SEED", help="write one guide and its truth, and stop")
    parser.add_argument("--out", type=Path, help="where --show writes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
