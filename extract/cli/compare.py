"""compare: one year's record against another's."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extract.cli.options import add_kinds
from extract.cli.screen import show, tell
from extract.model.comparison import Comparison


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("compare", help="one year against another", description=run.__doc__)
    command.add_argument("before", type=Path, help="the record of the earlier guide")
    command.add_argument("after", type=Path, help="the record of the later guide")
    command.add_argument("-o", "--output", type=Path, default=Path("output"), help="folder (default: output)")
    add_kinds(command, tuple(EXPORTERS), (), "files to write beside the table that is shown")
    command.add_argument("-q", "--quiet", action="store_true", help="no table, only the files")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Match the sections of two records and show what is new, gone and changed; with --to also as files."""
    from extract.cli.comparison_view import comparison_view
    from extract.compare import compare
    from extract.export.atomic_files import write_files
    from extract.export.json import load

    comparison = compare(load(options.before), load(options.after))
    if not options.quiet:
        show(comparison_view(comparison))
    for kind in options.to or ():
        target = options.output / f"{options.before.stem}-{options.after.stem}.{kind}"
        write_files(target, EXPORTERS[kind](comparison))
        tell(f"wrote {target}")
    return 0


def _json(comparison: Comparison) -> bytes:
    from extract.export.json import dumps

    return dumps(comparison)


def _workbook(comparison: Comparison) -> bytes:
    from extract.export.excel.comparison import comparison_workbook

    return comparison_workbook(comparison)


def _page(comparison: Comparison) -> bytes:
    from extract.export.html.comparison import comparison_page

    return comparison_page(comparison)


EXPORTERS: dict[str, Callable[[Comparison], bytes]] = {"json": _json, "xlsx": _workbook, "html": _page}
