"""run: guides → their records, tables and review pages.

What run does with its guides: one is read and shown; of many each is noted, and all are told together.
"""

import argparse
import glob
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

from extract.cli.options import add_corrections, add_kinds, add_limits, add_password, add_profile, add_volume
from extract.cli.screen import Screen
from extract.corrections.files import corrections_file, corrections_path
from extract.errors import UsageError
from extract.limits import MIB, raise_limit_passed
from extract.model.record import READER_CHOICES
from extract.processes.worker import end_workers, run_isolated, start_fork_server
from extract.profile.files import load_profile, profile_files
from extract.run import PRELOAD, storage
from extract.run.executors import WorkerPool, dask_pool, local_pool, map_unordered
from extract.run.one_guide import GuideOutcome, RunContext, failed, fulfil, fulfil_and_note
from extract.run.outputs import (
    DEFAULT_KINDS,
    EXPORTERS,
    ONE_FILE_KINDS,
    GuideFiles,
    GuideJob,
    Kind,
    RunOptions,
    names,
    produce,
)
from extract.run.run_log import RUN, Entry, program_hash, read_entries, write_run_json

_STDIN = "-"
_NAMED = Path("stdin")  # what a guide is called that came without a name


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
    add_kinds(command, tuple(EXPORTERS), DEFAULT_KINDS, "what is written")
    command.add_argument(
        "--reader",
        choices=READER_CHOICES,
        default="both",
        help="who reads a PDF: two that confirm one another, or one alone",
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
        start_fork_server(PRELOAD)
    screen = Screen(options.volume)
    if _STDIN in options.guides:
        return _from_stdin(options, screen)
    from extract.cli.run import listed, read_many, read_one
    from extract.run.storage import is_folder, normalised_address

    options.output, options.to = normalised_address(options.output or "output"), options.to or DEFAULT_KINDS
    given = [normalised_address(guide) for guide in options.guides]
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
    if len(kinds) > 1 or kinds[0] not in ONE_FILE_KINDS:
        raise UsageError(f"- goes to stdout as one file; choose one of {', '.join(ONE_FILE_KINDS)} with --to")
    most = options.limits.size * MIB
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise_limit_passed("size", options.limits, _NAMED.name)
    from extract.cli.run import asked
    from extract.run.one_guide import exit_code

    options.to = kinds
    order = GuideJob(_NAMED, data, _NAMED.name, asked(options))
    with screen.bar("pages drawn") as step:
        product: GuideFiles = run_isolated(produce, order, guide=_NAMED.name, limits=options.limits, step=step)
    screen.summarise(product.guide)
    (made,) = product.files.values()
    sys.stdout.buffer.write(made)
    return exit_code(product.guide)


def listed(given: Sequence[str]) -> list[str]:
    """The guides that are named and those in the folders that are, each once, whatever its names. Raises UsageError."""
    guides = dict[str, str]()
    for one in given:
        for guide in storage.guides_in(one) if storage.is_folder(one) else [one]:
            guides.setdefault(guide if storage.is_remote(guide) else os.path.realpath(guide), guide)
    return list(guides.values())


def read_one(guide: str, options: argparse.Namespace, screen: Screen) -> int:
    """Read a guide, changed or not, and show what was found in it; note it where the run of a folder is noted. Returns
    the exit code.
    """
    batch = _batch(options, force=True)
    run = read_entries(batch.output)
    if run:
        _refuse_twins([guide], batch)
    screen.prepare()
    try:
        with screen.bar("pages drawn") as step:
            entry, _, product = fulfil(
                guide, batch, before=run.get(storage.stem(guide)), keep=bool(screen.volume), step=step
            )
    finally:
        end_workers()
    if run:
        write_run_json(batch.output, [entry])
    if entry.error is not None:
        screen.complain(entry.error)
    elif product is not None:
        _tell(guide, product, options, entry.seconds, screen)
    return entry.exit_code


def _tell(guide: str, product: GuideFiles, options: argparse.Namespace, seconds: float, screen: Screen) -> None:
    """What was found in a guide that was read, and what was written."""
    screen.summarise(product.guide)
    if not storage.is_remote(guide):
        _tell_corrections(Path(guide), corrections_file(Path(guide), options.corrections), screen)
    screen.tell(f"  reader {product.guide.source.reader}, profile {options.profile}, {seconds:.1f} s", volume=2)
    for name, data in product.files.items():
        screen.tell(f"  {name}: {len(data):,} bytes", volume=2)
    screen.tell(f"  wrote {', '.join(product.files)} to {options.output}")


def read_many(guides: Sequence[str], options: argparse.Namespace, screen: Screen) -> int:
    """Read those guides that have changed since they were noted, and note them. Returns the highest exit code."""
    batch = _batch(options, force=options.force)
    load_profile(batch.asked.profile)  # raises, once for all, where it is wrong
    _refuse_twins(guides, batch)
    before = read_entries(batch.output)
    entries, read, failures = list[Entry](), 0, 0
    with _hands(options, len(guides)) as hands, screen.bar("guides") as step:
        screen.tell(f"  read by {hands.called}", volume=1 if options.dask else 2)
        step((0, len(guides)))
        things = ((guide, before.get(storage.stem(guide))) for guide in guides)
        for (guide, _), result in map_unordered(hands, partial(fulfil_and_note, batch), things):
            entry, fresh, _ = result if isinstance(result, GuideOutcome) else failed(guide, result)
            entries.append(entry)
            read += fresh
            if entry.error is not None:
                failures += 1
                screen.complain(entry.error)
            step((len(entries), len(guides)), f"{failures} failed" if failures else "")
    write_run_json(batch.output, entries)
    screen.overview(entries, read)
    screen.tell(f"  wrote {RUN} and what it lists to {batch.output}")
    return max(entry.exit_code for entry in entries)


def _batch(options: argparse.Namespace, *, force: bool) -> RunContext:
    """What the options say. The workers of a cluster may have another working folder, so ours is named to them."""
    home = os.getcwd() if options.dask else ""
    return RunContext(
        output=storage.join(home, options.output),
        home=home,
        force=force,
        asked=asked(options),
        program=program_hash(),
    )


def asked(options: argparse.Namespace) -> RunOptions:
    """What the options ask of a reading. Raises ProfileError where there is no such profile."""
    return RunOptions(
        kinds=options.to,
        profile=profile_files(options.profile),
        reader=options.reader,
        corrections=options.corrections,
        limits=options.limits,
        password=options.password,
    )


def _hands(options: argparse.Namespace, guides: int) -> AbstractContextManager[WorkerPool]:
    """Who reads the guides: processes here, as many as are asked for or as there are cores, or a cluster."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    processes = min(options.jobs or cores, guides)
    return dask_pool(options.dask, processes) if options.dask else local_pool(processes)


def _refuse_twins(guides: Sequence[str], batch: RunContext) -> None:
    """Raises UsageError where two guides would write the same file, or one would write what is the run's own."""
    owners = {RUN: ""}
    for guide in guides:
        for name in names(storage.stem(guide), batch.asked.kinds):
            other = owners.setdefault(os.path.normcase(name), guide)
            if other != guide:
                by = f"{other} and {guide} would both" if other else f"{guide} would"
                also = "" if other else ", in which the run is noted"
                at = storage.join(batch.output, name)
                raise UsageError(f"{by} write {at}{also}; rename one, or use two runs with -o")


def _tell_corrections(guide: Path, taken: Path | None, screen: Screen) -> None:
    """Which corrections were read; and files beside the guide that look like some and were not: … (1).toml."""
    beside = corrections_path(guide)
    if taken:
        screen.tell(f"  corrections from {taken}")
    for other in sorted(beside.parent.glob(f"{glob.escape(guide.stem)}.corrections*.toml")):
        if other not in (taken, beside):
            screen.tell(f"  not read: {other}; corrections are read from {beside.name} alone")
