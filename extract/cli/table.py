"""table: many records → one workbook, or one set of tables."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.cli.options import add_volume, files_in
from extract.cli.screen import Screen
from extract.errors import OtherRecord, UsageError
from extract.export.tables import KINDS
from extract.records import Guide


def add(commands: Any) -> None:
    """The command's line."""
    command = commands.add_parser("table", help="stack records of many guides as tables", description=run.__doc__)
    command.add_argument(
        "records", nargs="+", type=Path, metavar="record", help="a record that run wrote, or a folder of them"
    )
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help=f"the file; its name ends in {', '.join(f'.{kind}' for kind in KINDS)}",
    )
    add_volume(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Stack the records of many guides: a workbook of all, or CSV or Parquet tables, of which the file that is named
    holds the sections and those beside it the rest. A guide counts once. Files that guide-extract wrote and that are
    no records are left out.
    """
    from extract.export import write
    from extract.export.tables import tables

    kind = options.output.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise UsageError(f"{options.output}: ends in none of {', '.join(f'.{one}' for one in KINDS)}; rename it")
    screen = Screen(options.volume)
    guides = _guides(options.records, screen)
    if not guides:
        raise UsageError(f"{options.records[0]}: no record among the files that are named; run makes one of a guide")
    made = tables(guides, kind, options.output.stem)
    for name, data in made.items():
        write(options.output.parent / name, data)
    screen.tell(f"  wrote {', '.join(made)} to {options.output.parent}: {len(guides)} guide{'s' * (len(guides) > 1)}")
    return 0


def _guides(records: Sequence[Path], screen: Screen) -> list[Guide]:
    """The records that are named, each guide once; what is left out is told."""
    from extract.export.json import load

    files = [file for given in records for file in files_in(given, (".json",), "record (.json)")]
    guides: dict[str, tuple[Path, Guide]] = {}
    for file in screen.track(files, len(files), "records"):
        try:
            guide = load(file)
        except OtherRecord as other:
            screen.tell(f"  left out: {other}")
            continue
        first, _ = guides.setdefault(guide.source.sha256, (file, guide))
        if first.resolve() != file.resolve():
            screen.tell(f"  left out: {file}: a record of the same guide as {first}")
    return [guide for _, guide in guides.values()]
