"""run: guides → their records, tables and review pages."""

import argparse
import sys
from pathlib import Path
from typing import Any

from extract.cli.options import add_corrections, add_kinds, add_limits, add_password, add_profile, add_volume
from extract.cli.screen import Screen
from extract.errors import UsageError
from extract.limits import MIB, passed
from extract.model.record import READERS
from extract.processes.worker import apart, serve
from extract.run.outputs import KINDS, Kind, Order, Product, produce

_STDIN = "-"
_NAMED = Path("stdin")  # what a guide is called that came without a name
_USUAL: tuple[Kind, ...] = ("json", "xlsx", "html")
_WHOLE: tuple[Kind, ...] = ("json", "xlsx", "html")  # kinds that are one file, and can go to stdout


def add(commands: Any) -> None:
    """The command's line."""
    command = commands.add_parser("run", help="read guides and write their records", description=run.__doc__)
    command.add_argument(
        "guides",
        nargs="+",
        metavar="guide",
        help="a PDF, or text extracted from one; a folder of them; an address (s3://…); - reads from stdin",
    )
    command.add_argument("-o", "--output", help="folder for the files, or its address (default: output)")
    add_kinds(command, KINDS, _USUAL, "what is written")
    command.add_argument(
        "--reader", choices=READERS, default="both", help="who reads a PDF: two that confirm one another, or one alone"
    )
    command.add_argument(
        "-j", "--jobs", type=_jobs, metavar="N", help="how many guides are read at once (default: one for each core)"
    )
    command.add_argument("--force", action="store_true", help="read again what has not changed since the last run")
    command.add_argument(
        "--dask", metavar="SCHEDULER", help="read on a Dask cluster: its scheduler's address, or local for one here"
    )
    add_profile(command)
    add_corrections(command)
    add_limits(command)
    add_password(command)
    add_volume(command)
    command.set_defaults(run=run)


def _jobs(words: str) -> int:
    if not words.isdecimal() or not 0 < int(words) <= 1000:
        raise argparse.ArgumentTypeError(f"{words!r} is no number from 1 to 1000")
    return int(words)


def run(options: argparse.Namespace) -> int:
    """Read each guide and write its record, its tables and its review page. All guides are tried; the highest exit
    code is returned. What came of several guides is noted in run.json beside their files, and those that have not
    changed since are not read again. The guide - is read from stdin, and its record goes to stdout.
    """
    if not options.dask:
        serve()
    screen = Screen(options.volume)
    if _STDIN in options.guides:
        return _from_stdin(options, screen)
    from extract.cli.batch import listed, read_many, read_one
    from extract.run.storage import is_folder, plain

    options.output, options.to = plain(options.output or "output"), options.to or _USUAL
    given = [plain(guide) for guide in options.guides]
    if len(given) == 1 and not options.dask and not is_folder(given[0]):
        return read_one(given[0], options, screen)
    guides = listed(given)
    if options.corrections and len(guides) > 1:
        raise UsageError(f"{options.corrections}: corrections belong to one guide; name one guide, or leave the option")
    return read_many(guides, options, screen)


def _from_stdin(options: argparse.Namespace, screen: Screen) -> int:
    """Read the guide that comes on stdin and write one file of it to stdout."""
    if len(options.guides) > 1 or options.output:
        raise UsageError("- is read from stdin and goes to stdout; it takes no other guide beside it and no -o")
    kinds: tuple[Kind, ...] = options.to or ("json",)
    if len(kinds) > 1 or kinds[0] not in _WHOLE:
        raise UsageError(f"- goes to stdout as one file; choose one of {', '.join(_WHOLE)} with --to")
    most = options.limits.size * MIB
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        passed("size", options.limits, _NAMED.name)
    from extract.cli.batch import asked
    from extract.run.one_guide import exit_code

    options.to = kinds
    order = Order(_NAMED, data, _NAMED.name, asked(options))
    with screen.bar("pages drawn") as step:
        product: Product = apart(produce, order, guide=_NAMED.name, limits=options.limits, step=step)
    screen.summarise(product.guide)
    (made,) = product.files.values()
    sys.stdout.buffer.write(made)
    return exit_code(product.guide)
