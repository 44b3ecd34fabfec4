"""run: guides → their records, tables and review pages."""

import argparse
import glob
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.apart import apart, serve
from extract.cli.options import add_corrections, add_kinds, add_limits, add_password, add_profile, add_volume
from extract.cli.screen import Screen
from extract.correction_files import corrections_file, corrections_path
from extract.errors import ExtractError, UsageError
from extract.limits import MIB, passed
from extract.outputs import KINDS, Kind, Order, Product, names, produce
from extract.records import READERS, Guide

_STDIN = Path("-")
_NAMED = Path("stdin")  # what a guide is called that came without a name
_USUAL: tuple[Kind, ...] = ("json", "xlsx", "html")
_WHOLE: tuple[Kind, ...] = ("json", "xlsx", "html")  # kinds that are one file, and can go to stdout


def add(commands: Any) -> None:
    """The command's line."""
    command = commands.add_parser("run", help="read guides and write their records", description=run.__doc__)
    command.add_argument(
        "guides", nargs="+", type=Path, metavar="guide", help="a PDF, or text extracted from one; - reads from stdin"
    )
    command.add_argument("-o", "--output", type=Path, help="folder for the files (default: output)")
    add_kinds(command, KINDS, _USUAL, "what is written")
    command.add_argument(
        "--reader", choices=READERS, default="both", help="who reads a PDF: two that confirm one another, or one alone"
    )
    add_profile(command)
    add_corrections(command)
    add_limits(command)
    add_password(command)
    add_volume(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read each guide and write its record, its tables and its review page. All guides are tried; the highest exit
    code is returned. The guide - is read from stdin, and its record goes to stdout.
    """
    if options.corrections and len(options.guides) > 1:
        raise UsageError(f"{options.corrections}: corrections belong to one guide; name one guide, or leave the option")
    serve()
    screen = Screen(options.volume)
    if _STDIN in options.guides:
        return _from_stdin(options, screen)
    targets = _targets(options.guides, options.output or Path("output"), options.to or _USUAL)
    steps = screen.track(targets.items(), len(targets), "guides")
    return max(_one(guide, target, options, screen) for guide, target in steps)


def _targets(guides: Sequence[Path], output: Path, kinds: Sequence[Kind]) -> dict[Path, Path]:
    """What each guide's files are called, without their suffix. Raises UsageError where two would be the same."""
    targets = {guide: output / guide.stem for guide in guides}
    owners: dict[str, Path] = {}
    for guide, target in targets.items():
        for name in names(target.name, kinds):
            if name in owners:
                twins = f"{owners[name]} and {guide} would both write {output / name}"
                raise UsageError(f"{twins}; rename one, or use two runs with -o")
            owners[name] = guide
    return targets


def _one(path: Path, target: Path, options: argparse.Namespace, screen: Screen) -> int:
    """Read one guide and write its files; nothing is written for a guide that cannot be read."""
    from extract.export import write

    try:
        product = _product(path, None, target.name, options.to or _USUAL, options, screen)
        for name, data in product.files.items():
            write(target.parent / name, data)
            screen.tell(f"  {name}: {len(data):,} bytes", volume=2)
    except ExtractError as error:
        screen.complain(error)
        return error.exit_code
    screen.tell(f"  wrote {', '.join(product.files)} to {target.parent}")
    return _code(product.guide)


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
    product = _product(_NAMED, data, _NAMED.name, kinds, options, screen)
    (made,) = product.files.values()
    sys.stdout.buffer.write(made)
    return _code(product.guide)


def _product(
    path: Path, data: bytes | None, stem: str, kinds: tuple[Kind, ...], options: argparse.Namespace, screen: Screen
) -> Product:
    """A guide's record and files, made in a process of their own; with what there is to say of them."""
    order = Order(
        path=path,
        data=data,
        stem=stem,
        kinds=kinds,
        profile=options.profile,
        reader=options.reader,
        corrections=options.corrections,
        limits=options.limits,
        password=options.password,
    )
    if screen.volume:
        import extract.export.summary  # while the process that reads gets ready
    started = time.perf_counter()
    with screen.bar("pages drawn") as step:
        product: Product = apart(produce, order, guide=str(path), limits=options.limits, step=step)
    if screen.volume:
        screen.show(extract.export.summary.summary(product.guide))
    seconds = time.perf_counter() - started
    _tell_corrections(path, corrections_file(None if data is not None else path, options.corrections), screen)
    screen.tell(f"  reader {product.guide.source.reader}, profile {options.profile}, {seconds:.1f} s", volume=2)
    return product


def _tell_corrections(guide: Path, taken: Path | None, screen: Screen) -> None:
    """Which corrections were read; and files beside the guide that look like some and were not: … (1).toml."""
    beside = corrections_path(guide)
    if taken:
        screen.tell(f"  corrections from {taken}")
    for other in sorted(beside.parent.glob(f"{glob.escape(guide.stem)}.corrections*.toml")):
        if other not in (taken, beside):
            screen.tell(f"  not read: {other}; corrections are read from {beside.name} alone")


def _code(guide: Guide) -> int:
    """1 where something in the record is wrong for sure, else 0."""
    doubtful = any(check.outcome == "contradicted" for check in guide.checks)
    return int(doubtful or any(finding.severity == "error" for finding in guide.findings))
