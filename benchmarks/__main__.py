"""Measures, prints the figures, and with --write puts them into docs/benchmarks.md: python -m benchmarks [PART ...]

tools: the guide of 2017 through guide-extract and through other tools, cold and warm.
pages: what a page costs in guides of 13 pages and of 1,000.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from benchmarks.measure import ROOT
from benchmarks.pages import pages
from benchmarks.report import put
from benchmarks.side_by_side import side_by_side

PAGE = ROOT / "docs/benchmarks.md"
PARTS: dict[str, Callable[[int], str]] = {"tools": side_by_side, "pages": pages}
"""A part takes the number of rounds and gives the block of the page that has its name."""


def main() -> None:
    asked = arguments(sys.argv[1:])
    for name in asked.parts:
        print(f"{name}:", file=sys.stderr)
        block = PARTS[name](asked.rounds)
        print(f"{block}\n")
        if asked.write:
            PAGE.write_text(put(PAGE.read_text("utf-8"), name, block), "utf-8")


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """What is asked for: parts, rounds, and whether the page is written."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "parts", nargs="*", type=_part, default=list(PARTS), metavar="PART", help="what to measure (everything)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often everything has its turn (5)")
    parser.add_argument("--write", action="store_true", help=f"put the figures into {PAGE.relative_to(ROOT)}")
    return parser.parse_args(words)


def _part(name: str) -> str:
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"there is no part {name}, there are: {', '.join(PARTS)}")
    return name


if __name__ == "__main__":
    main()
