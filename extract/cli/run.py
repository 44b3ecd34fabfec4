"""run: guides → their records."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.cli.options import add_profile, add_volume
from extract.cli.screen import Screen
from extract.errors import ExtractError, UsageError
from extract.records import READERS, Guide


def add(commands: Any) -> None:
    """The command's line."""
    command = commands.add_parser("run", help="read guides and write their records", description=run.__doc__)
    command.add_argument(
        "guides", nargs="+", type=Path, metavar="guide", help="a PDF, or plain text extracted from one"
    )
    command.add_argument(
        "-o", "--output", type=Path, default=Path("output"), help="folder for the records (default: output)"
    )
    command.add_argument(
        "--reader", choices=READERS, default="both", help="who reads a PDF: two that confirm one another, or one alone"
    )
    add_profile(command)
    add_volume(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read each guide and write output/NAME.json. All guides are tried; the highest exit code is returned."""
    targets = _targets(options.guides, options.output)
    screen = Screen(options.volume)
    with screen.steps(targets.items(), len(targets), "guides") as steps:
        return max(_one(guide, target, options, screen) for guide, target in steps)


def _targets(guides: Sequence[Path], output: Path) -> dict[Path, Path]:
    """Where each guide's record goes. Raises UsageError where two would write the same file."""
    targets: dict[Path, Path] = {}
    for guide in dict.fromkeys(guides):
        target = output / f"{guide.stem}.json"
        twin = next((other for other, taken in targets.items() if taken == target), None)
        if twin is not None:
            raise UsageError(f"{twin} and {guide} would both write {target}; rename one, or use two runs with -o")
        targets[guide] = target
    return targets


def _one(path: Path, target: Path, options: argparse.Namespace, screen: Screen) -> int:
    """Read one guide and write its record; nothing is written for a guide that cannot be read."""
    from extract.export import write
    from extract.export.json import dumps
    from extract.pipeline import open_guide

    try:
        opened = open_guide(path, profile=options.profile, reader=options.reader)
        write(target, dumps(opened.guide))
    except ExtractError as error:
        screen.complain(error)
        return error.exit_code
    if screen.volume:
        from extract.export.summary import summary

        screen.show(summary(opened.guide))
    screen.tell(f"  wrote {target}")
    return _code(opened.guide)


def _code(guide: Guide) -> int:
    """1 where something in the record is wrong for sure, else 0."""
    doubtful = any(check.outcome == "contradicted" for check in guide.checks)
    return int(doubtful or any(finding.severity == "error" for finding in guide.findings))
