"""What run does with its guides: one is read and shown; of many each is noted, and all are told together."""

import argparse
import glob
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from extract.batch import storage
from extract.batch.entries import RUN, close, noted, program
from extract.batch.executors import Hands, cluster, here, spread
from extract.batch.fulfil import Batch, Fulfilled, end_workers, failed, fulfil, fulfil_and_note
from extract.cli.screen import Screen
from extract.correction_files import corrections_file, corrections_path
from extract.errors import UsageError
from extract.outputs import names
from extract.profile_files import profile_files
from extract.runs import Entry


def read_one(guide: str, options: argparse.Namespace, screen: Screen) -> int:
    """Read a guide of this machine, changed or not, and show what was found in it. Returns the exit code."""
    batch = _batch(options)
    screen.prepare()
    try:
        with screen.bar("pages drawn") as step:
            entry, _, record = fulfil(guide, batch, keep=bool(screen.volume), step=step)
    finally:
        end_workers()
    if storage.exists(storage.beside(batch.output, RUN)):
        close(batch.output, [entry])
    if entry.error is not None:
        screen.complain(entry.error)
        return entry.exit_code
    if record is not None:
        screen.summarise(record)
        _tell_corrections(Path(guide), corrections_file(Path(guide), batch.corrections), screen)
        told = f"reader {record.source.reader}, profile {options.profile}, {entry.seconds:.1f} s"
        screen.tell(f"  {told}", volume=2)
        for name in entry.files:
            screen.tell(f"  {name}: {Path(batch.output, name).stat().st_size:,} bytes", volume=2)
    screen.tell(f"  wrote {', '.join(entry.files)} to {batch.output}")
    return entry.exit_code


def read_many(guides: Sequence[str], options: argparse.Namespace, screen: Screen) -> int:
    """Read those guides that have changed since they were noted, and note them. Returns the highest exit code."""
    batch = _batch(options)
    _refuse_twins(guides, batch)
    before = {} if options.force else noted(batch.output)
    entries, fresh = list[Entry](), list[Entry]()
    with _hands(options, len(guides)) as hands, screen.bar("guides") as step:
        step((0, len(guides)))
        things = ((guide, before.get(guide)) for guide in guides)
        for (guide, _), result in spread(hands, partial(fulfil_and_note, batch), things):
            done = result if isinstance(result, Fulfilled) else failed(guide, result)
            entries.append(done.entry)
            fresh += [done.entry] if done.fresh else []
            if done.entry.error is not None:
                screen.complain(done.entry.error)
            step((len(entries), len(guides)))
    close(batch.output, entries)
    screen.overview(entries, len(fresh))
    written = sum(bool(entry.files) for entry in fresh)
    screen.tell(f"  wrote the files of {written} guides, and {RUN}, to {batch.output}")
    return max(entry.exit_code for entry in entries)


def _batch(options: argparse.Namespace) -> Batch:
    return Batch(
        output=options.output,
        kinds=options.to,
        profile=profile_files(options.profile),
        reader=options.reader,
        corrections=options.corrections,
        limits=options.limits,
        password=options.password,
        program=program(),
    )


def _hands(options: argparse.Namespace, guides: int) -> AbstractContextManager[Hands]:
    """Who reads the guides: processes here, as many as are asked for or as there are cores, or a cluster."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    processes = min(options.jobs or cores, guides)
    return cluster(options.dask, processes) if options.dask else here(processes)


def _refuse_twins(guides: Sequence[str], batch: Batch) -> None:
    """Raises UsageError where two guides would write the same file, or one would write what is the run's own."""
    owners = {RUN: ""}
    for guide in guides:
        for name in names(storage.stem(guide), batch.kinds):
            if name in owners:
                by = f"{owners[name]} and {guide} would both" if owners[name] else f"{guide} would"
                also = "" if owners[name] else ", in which the run is noted"
                at = storage.beside(batch.output, name)
                raise UsageError(f"{by} write {at}{also}; rename one, or use two runs with -o")
            owners[name] = guide


def _tell_corrections(guide: Path, taken: Path | None, screen: Screen) -> None:
    """Which corrections were read; and files beside the guide that look like some and were not: … (1).toml."""
    beside = corrections_path(guide)
    if taken:
        screen.tell(f"  corrections from {taken}")
    for other in sorted(beside.parent.glob(f"{glob.escape(guide.stem)}.corrections*.toml")):
        if other not in (taken, beside):
            screen.tell(f"  not read: {other}; corrections are read from {beside.name} alone")
