"""Guides with a known truth, read and scored: python -m tests.drift --guides 300 --seed 1 --jobs 2 [--style 2018] [--text]

With producers, each draws so many guides, with features of real documents (tests/drift/features) at random:
python -m tests.drift --guides 30 --seed 7 --producers libreoffice,chromium,typst,reportlab [--features notes,marks --alone] [--draw FOLDER]

One guide to look at, with its truth beside it: python -m tests.drift --show SEED --style STYLE --out guide.pdf
or, as a row of the second report names it: --show SEED --style STYLE --producers typst --features marks --out FOLDER
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Container, Sequence
from pathlib import Path

from tests.drift.calls import CALLS
from tests.drift.cases import Case, cases
from tests.drift.features import FEATURES, USUAL
from tests.drift.generate import invent
from tests.drift.guide_style import STYLES
from tests.drift.plaintext import dumped
from tests.drift.produced_report import produced_report
from tests.drift.produced_run import run_produced, write_samples
from tests.drift.producers import PRODUCERS
from tests.drift.report import report
from tests.drift.run import jobs, run
from tests.typeset.draw import draw


def main() -> int:
    """0, or 1 where the program is wrong and silent about it."""
    asked = _arguments()
    if asked.show is not None:
        if asked.out is None or asked.style is None:
            sys.exit("--show needs --style and --out")
        if asked.producers:
            write_samples([Case(asked.show, asked.style, one, asked.features) for one in asked.producers], asked.out)
        else:
            show(asked.show, asked.style, asked.out)
        return 0
    if asked.producers:
        return produced(asked)
    score = run(jobs(asked.guides, asked.seed, asked.style, text=asked.text), asked.jobs)
    sys.stdout.write(report(score))
    return 1 if score.silent else 0


def produced(asked: argparse.Namespace) -> int:
    """Draw guides with programs and read them; with a folder, put them there instead."""
    work = [
        case
        for producers, guides in _shares(asked)
        for styles in _styles(asked)
        for case in cases(guides, asked.seed, producers, asked.features, alone=asked.alone, styles=styles)
    ]
    if asked.draw:
        write_samples(work, asked.draw)
        return 0
    found = run_produced(work, asked.jobs)
    sys.stdout.write(produced_report(found, asked.seed))
    return 1 if any(score.silent for _, score in found) else 0


def _shares(asked: argparse.Namespace) -> list[tuple[Sequence[str], int]]:
    """The producers with how many guides each draws; of calls half are Word files, the others are shared out."""
    if not asked.calls:
        return [(asked.producers, asked.guides)]
    others = [one for one in asked.producers if one != "docx"]
    half = asked.guides // 2
    return [(["docx"], half), (others, -(-half // len(others)))]


def _styles(asked: argparse.Namespace) -> list[tuple[str, ...]]:
    if asked.calls:
        return [(family,) for family in CALLS]
    return [(asked.style,) if asked.style else STYLES]


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
    parser.add_argument("--style", choices=(*STYLES, *CALLS), help="of this year, or family of calls, alone")
    parser.add_argument("--text", action="store_true", help="plain text in place of PDF")
    parser.add_argument("--show", type=int, metavar="SEED", help="write one guide and its truth, and stop")
    parser.add_argument("--out", type=Path, help="where --show writes")
    parser.add_argument("--producers", type=_names(PRODUCERS), default=(), help=f"by comma: {', '.join(PRODUCERS)}")
    parser.add_argument(
        "--features", type=_names(FEATURES), default=USUAL, help=f"{', '.join(USUAL)}, or of: {', '.join(FEATURES)}"
    )
    parser.add_argument("--calls", action="store_true", help="so many calls of each family in place of guides")
    parser.add_argument("--alone", action="store_true", help="one feature in each guide")
    parser.add_argument("--draw", type=Path, metavar="FOLDER", help="write the guides and their truth, and stop")
    return parser.parse_args()


def _names(known: Container[str]) -> Callable[[str], tuple[str, ...]]:
    """A parser of names by comma."""

    def parse(words: str) -> tuple[str, ...]:
        names = tuple(words.split(","))
        if wrong := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(wrong)}")
        return names

    return parse


if __name__ == "__main__":
    sys.exit(main())
