"""Measures, prints the figures, and with --write puts them into the docs: python -m benchmarks [PART ...]

tools: the guide of 2017 through guide-extract and through other tools, cold and warm.
pages: what a page costs in guides of 13 pages and of 1,000.
scans: what a page costs by OCR, and what comes out right.
batches: a folder of guides by one process, by two, and on a cluster; its figures are in docs/batches.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from benchmarks.batches import batches
from benchmarks.long_guides import pages
from benchmarks.measure import ROOT
from benchmarks.report import put
from benchmarks.scans import scans
from benchmarks.side_by_side import side_by_side

PAGE = ROOT / "docs/benchmarks.md"
PAGES = {"tools": PAGE, "pages": PAGE, "scans": PAGE, "batches": ROOT / "docs/batches.md"}
PARTS: dict[str, Callable[[argparse.Namespace], str]] = {
    "tools": lambda asked: side_by_side(asked.rounds),
    "pages": lambda asked: pages(asked.rounds),
    "scans": lambda _: scans(),
    "batches": lambda asked: batches(asked.guides),
}
"""A part takes what is asked for and gives the block that has its name, on its page."""


def main() -> None:
    asked = arguments(sys.argv[1:])
    for name in asked.parts:
        print(f"{name}:", file=sys.stderr)
        block = PARTS[name](asked)
        print(f"{block}\n")
        if asked.write:
            PAGES[name].write_text(put(PAGES[name].read_text("utf-8"), name, block), "utf-8")


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """What is asked for: parts, rounds, guides of a batch, and whether the pages are written."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "parts", nargs="*", type=_part, default=list(PARTS), metavar="PART", help="what to measure (everything)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often everything has its turn (5)")
    parser.add_argument("--guides", type=int, default=500, help="how many guides batches reads (500)")
    parser.add_argument("--write", action="store_true", help="put the figures into the docs")
    return parser.parse_args(words)


def _part(name: str) -> str:
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"there is no part {name}, there are: {', '.join(PARTS)}")
    return name


if __name__ == "__main__":
    main()
