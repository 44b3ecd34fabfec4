"""run: read guides, write their records, tables and review pages.

A single guide is shown with its findings; several are noted one by one and summed up at the end.
"""

import argparse
import glob
import os
import sys
from collections.abc import Callable, Sequence
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
from extract.model.stages import part_stem
from extract.processes.worker import end_workers, run_isolated, start_fork_server
from extract.profile.files import load_profile, profile_files
from extract.run import PRELOAD, storage
from extract.run.executors import WorkerPool, dask_pool, local_pool, map_unordered
from extract.run.one_guide import GuideOutcome, RunContext, exit_code, failed, fulfil, fulfil_and_note
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
_STDIN_PATH = Path("stdin")  # the name of a guide from stdin


def add(commands: Any) -> None:
    """Add the command."""
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
        "-j",
        "--jobs",
        type=_number(1000),
        metavar="N",
        help="how many guides are read at once (default: one for each core)",
    )
    command.add_argument(
        "--part",
        type=_number(1000),
        default=1,
        metavar="N",
        help="which guide of a file that holds several; the files of the second are NAME.2.json, … (default: 1)",
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


def _number(most: int) -> Callable[[str], int]:
    """Return the parser of a number from 1 to another."""

    def parse(words: str) -> int:
        if not words.isdecimal() or not 0 < int(words) <= most:
            raise argparse.ArgumentTypeError(f"{words!r} is no number from 1 to {most}")
        return int(words)

    return parse


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
    options.output, options.to = storage.normalised_address(options.output or "output"), options.to or DEFAULT_KINDS
    given = [storage.normalised_address(guide) for guide in options.guides]
    if len(given) == 1 and not options.dask and not storage.is_folder(given[0]):
        return read_one(given[0], options, screen)
    guides = list_guides(given)
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
    most_bytes = options.limits.size * MIB
    data = sys.stdin.buffer.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise_limit_passed("size", options.limits, _STDIN_PATH.name)
    options.to = kinds
    job = GuideJob(_STDIN_PATH, data, _STDIN_PATH.name, run_options(options))
    with screen.bars() as step:
        product: GuideFiles = run_isolated(produce, job, guide=_STDIN_PATH.name, limits=options.limits, step=step)
    screen.summarise(product.guide)
    (content,) = product.files.values()
    sys.stdout.buffer.write(content)
    return exit_code(product.guide)


def list_guides(given: Sequence[str]) -> list[str]:
    """Return the named guides and those in the named folders, each once. Raises UsageError for a folder without any."""
    guides = dict[str, str]()
    for address in given:
        for guide in storage.guides_in(address) if storage.is_folder(address) else [address]:
            guides.setdefault(guide if storage.is_remote(guide) else os.path.realpath(guide), guide)
    return list(guides.values())


def read_one(guide: str, options: argparse.Namespace, screen: Screen) -> int:
    """Read a guide, changed or not, and show its findings; note it if there is a run.json. Returns the exit code."""
    batch = _batch(options, force=True)
    run = read_entries(batch.output)
    if run:
        _refuse_collisions([guide], batch)
    screen.prepare()
    try:
        with screen.bars() as step:
            entry, _, product = fulfil(
                guide, batch, before=run.get(storage.stem(guide, options.part)), keep=bool(screen.volume), step=step
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
    """Show what was found in a guide and which files were written."""
    screen.summarise(product.guide)
    if not storage.is_remote(guide):
        _tell_corrections(
            Path(guide), corrections_file(Path(guide), options.corrections, options.part), options.part, screen
        )
    screen.tell(f"  reader {product.guide.source.reader}, profile {options.profile}, {seconds:.1f} s", volume=2)
    for name, data in product.files.items():
        screen.tell(f"  {name}: {len(data):,} bytes", volume=2)
    screen.tell(f"  wrote {', '.join(product.files)} to {options.output}")


def read_many(guides: Sequence[str], options: argparse.Namespace, screen: Screen) -> int:
    """Read the guides that have changed since they were noted, and note them. Returns the highest exit code."""
    batch = _batch(options, force=options.force)
    load_profile(batch.options.profile)  # a wrong profile is reported once, not for each guide
    _refuse_collisions(guides, batch)
    before = read_entries(batch.output)
    entries, read, failures = list[Entry](), 0, 0
    with _worker_pool(options, len(guides)) as pool, screen.bars() as step:
        screen.tell(f"  read by {pool.description}", volume=1 if options.dask else 2)
        step("guides", 0, len(guides))
        fulfil_one = partial(fulfil_and_note, batch) if options.dask else partial(_fulfil_with_bars, batch, screen)
        items = ((guide, before.get(storage.stem(guide, options.part))) for guide in guides)
        for (guide, _), result in map_unordered(pool, fulfil_one, items):
            entry, fresh, _ = result if isinstance(result, GuideOutcome) else failed(guide, result, options.part)
            entries.append(entry)
            read += fresh
            if entry.error is not None:
                failures += 1
                screen.complain(entry.error)
            step("guides", len(entries), len(guides), f"{failures} failed" if failures else "")
    write_run_json(batch.output, entries)
    screen.overview(entries, read)
    screen.tell(f"  wrote {RUN} and what it lists to {batch.output}")
    return max(entry.exit_code for entry in entries)


def _fulfil_with_bars(batch: RunContext, screen: Screen, item: tuple[str, Entry | None]) -> GuideOutcome:
    """Read and note a guide, with bars of its own: OCR may take minutes."""
    with screen.bars() as step:
        name = storage.base_name(item[0])
        return fulfil_and_note(batch, item, step=lambda counted, done, count: step(f"{name}: {counted}", done, count))


def _batch(options: argparse.Namespace, *, force: bool) -> RunContext:
    """The run's settings. Workers of a cluster may have another working folder, so this one is named to them."""
    home = os.getcwd() if options.dask else ""
    return RunContext(
        output=storage.join(home, options.output),
        home=home,
        force=force,
        options=run_options(options),
        program=program_hash(),
    )


def run_options(options: argparse.Namespace) -> RunOptions:
    """Return the options for reading. Raises ProfileError where there is no such profile."""
    return RunOptions(
        kinds=options.to,
        profile=profile_files(options.profile),
        reader=options.reader,
        corrections=options.corrections,
        limits=options.limits,
        password=options.password,
        part=options.part,
    )


def _worker_pool(options: argparse.Namespace, guides: int) -> AbstractContextManager[WorkerPool]:
    """The pool for a run: a cluster, or as many processes as asked for, by default one for each core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    processes = min(options.jobs or cores, guides)
    return dask_pool(options.dask, processes) if options.dask else local_pool(processes)


def _refuse_collisions(guides: Sequence[str], batch: RunContext) -> None:
    """Raise UsageError where two guides would write the same file, or one would overwrite run.json."""
    owners = {RUN: ""}
    for guide in guides:
        for name in names(storage.stem(guide, batch.options.part), batch.options.kinds):
            other = owners.setdefault(os.path.normcase(name), guide)
            if other != guide:
                by = f"{other} and {guide} would both" if other else f"{guide} would"
                also = "" if other else ", in which the run is noted"
                path = storage.join(batch.output, name)
                raise UsageError(f"{by} write {path}{also}; rename one, or use two runs with -o")


def _tell_corrections(guide: Path, used: Path | None, part: int, screen: Screen) -> None:
    """Name the corrections that were read, and files beside the guide that only look like some: … (1).toml."""
    usual = corrections_path(guide, part)
    if used:
        screen.tell(f"  corrections from {used}")
    for other in sorted(usual.parent.glob(f"{glob.escape(part_stem(guide.stem, part))}.corrections*.toml")):
        if other not in (used, usual):
            screen.tell(f"  not read: {other}; corrections are read from {usual.name} alone")
