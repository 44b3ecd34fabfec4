"""table: many records → one workbook, or one set of tables."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.cli.options import add_volume, files_in
from extract.cli.screen import Screen
from extract.errors import OtherRecord, UsageError
from extract.export.table_files import KINDS
from extract.model.record import Guide


def add(commands: Any) -> None:
    """Add the command."""
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
    holds the sections and those beside it the rest. A guide counts once. Other JSON, as run.json or a comparison, is
    left out.
    """
    from extract.export.atomic_files import open_atomically
    from extract.export.table_files import table_file_names, write_tables

    kind = options.output.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise UsageError(f"{options.output}: ends in none of {', '.join(f'.{known}' for known in KINDS)}; rename it")
    screen = Screen(options.volume)
    targets = [options.output.parent / name for name in table_file_names(kind, options.output.stem)]
    record_of: dict[str, Path] = {}
    with open_atomically(targets) as files:
        write_tables(_guides(options.records, record_of, screen), kind, files)
        if not record_of:
            raise UsageError(
                f"{options.records[0]}: no record among the files that are named; run makes one of a guide"
            )
    wrote = ", ".join(file.name for file in targets)
    screen.tell(f"  wrote {wrote} to {options.output.parent}: {len(record_of)} guide{'s' * (len(record_of) > 1)}")
    return 0


def _guides(records: Sequence[Path], record_of: dict[str, Path], screen: Screen) -> Iterator[Guide]:
    """Yield the guides of the named records, each once, and report what is left out.

    `record_of` collects the record's path of each guide by the guide's SHA-256.
    """
    from extract.export.json import load

    files = [file for given in records for file in files_in(given, (".json",), "record (.json)")]
    for file in screen.track(files, len(files), "records"):
        try:
            guide = load(file)
        except OtherRecord as other:
            screen.tell(f"  left out: {other}")
            continue
        first = record_of.setdefault(guide.source.sha256, file)
        if first is file:
            yield guide
        elif first.resolve() != file.resolve():
            screen.tell(f"  left out: {file}: a record of the same guide as {first}")
