"""A guide's address → its files and its entry, wherever there is a thread to do it: here, or on a cluster."""

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import current_process
from pathlib import Path
from typing import NamedTuple

from extract.apart import Step, Worker
from extract.batch import storage
from extract.batch.entries import note, program
from extract.correction_files import corrections_file
from extract.errors import Crashed, ExtractError, LimitPassed, UnreadableGuide, UsageError
from extract.limits import Limits
from extract.outputs import Kind, Order, Product, produce
from extract.profile_files import ProfileFiles
from extract.pull import content
from extract.records import Guide, Readers
from extract.runs import OUTCOMES, Entry

_here = threading.local()  # the worker of each thread, which stays warm from one guide to the next
_workers: list[Worker] = []
_alone = threading.Lock()  # PDFium reads one guide at a time in a process


@dataclass(frozen=True)
class Batch:
    """What all guides of a run have in common: `output` is the address of a folder, `program` a hash of the program."""

    output: str
    kinds: tuple[Kind, ...]
    profile: ProfileFiles
    reader: Readers
    corrections: Path | None
    limits: Limits
    password: str | None = field(repr=False)
    program: str


class Fulfilled(NamedTuple):
    """A guide's entry; whether it was read just now; and its record, where that was asked for."""

    entry: Entry
    fresh: bool
    guide: Guide | None = None


def fulfil_and_note(batch: Batch, thing: tuple[str, Entry | None]) -> Fulfilled:
    """Read a guide and write its files, unless nothing has changed since its entry was noted; note the new one."""
    address, before = thing
    done = fulfil(address, batch, before=before)
    if done.fresh:
        note(batch.output, storage.stem(address), done.entry)
    return done


def fulfil(
    address: str, batch: Batch, *, before: Entry | None = None, keep: bool = False, step: Step | None = None
) -> Fulfilled:
    """Read a guide and write its files, unless `before` is the entry of a run since which nothing has changed.

    With `keep` the record is handed out; `step` is called with how many pages are drawn, and of how many. A guide that
    cannot be read raises nothing and has no files: its entry says why.
    """
    started, sha256, depends = time.perf_counter(), None, ""
    try:
        if batch.program != program():
            raise UsageError(f"{address}: a worker has another version of the program; install the same everywhere")
        with storage.fetched(address) as path, _named(path, address):
            data = content(path, batch.limits)
            sha256, corrections = hashlib.sha256(data).hexdigest(), corrections_file(path, batch.corrections)
            depends = _depends(batch, corrections)
            if before is not None and _stands(before, sha256, depends, batch.output):
                return Fulfilled(before, fresh=False)
            product = _product(path, data, corrections, batch, step)
        for name, made in product.files.items():
            storage.put(storage.beside(batch.output, name), made)
        entry = _entry(address, sha256, depends, product, time.perf_counter() - started)
    except ExtractError as error:
        return Fulfilled(_refused(address, sha256, depends, error, time.perf_counter() - started), fresh=True)
    return Fulfilled(entry, fresh=True, guide=product.guide if keep else None)


def failed(address: str, error: BaseException) -> Fulfilled:
    """A guide whose every worker died, or that failed in another way that is none of our own errors."""
    told = Crashed(f"{address}: nobody could read it ({type(error).__name__}: {error}); read it by itself")
    return Fulfilled(_refused(address, None, "", told, 0.0), fresh=True)


def end_workers() -> None:
    """End the processes that guides were read in, whatever they are doing."""
    while _workers:
        _workers.pop().close()


@contextmanager
def _named(path: Path, address: str) -> Iterator[None]:
    """While this lasts, an error names a guide by its address, not by where it was fetched to."""
    try:
        yield
    except ExtractError as error:
        raise type(error)(str(error).replace(str(path), address)) from None


def _depends(batch: Batch, corrections: Path | None) -> str:
    """A hash of all that an outcome depends on, beside the guide's own file."""
    amended = corrections.read_bytes() if corrections is not None and corrections.is_file() else b""
    parts = (batch.program, batch.reader, batch.kinds, batch.profile, hashlib.sha256(amended).hexdigest())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _stands(before: Entry, sha256: str, depends: str, output: str) -> bool:
    """Whether an entry tells what reading the guide again would come to, and its files are still there."""
    same = before.settled and (before.sha256, before.depends) == (sha256, depends)
    return same and all(storage.exists(storage.beside(output, name)) for name in before.files)


def _product(path: Path, data: bytes, corrections: Path | None, batch: Batch, step: Step | None) -> Product:
    order = Order(
        path=path,
        data=data,
        stem=path.stem,
        kinds=batch.kinds,
        profile=batch.profile,
        reader=batch.reader,
        corrections=corrections,
        limits=batch.limits,
        password=batch.password,
    )
    if current_process().daemon:
        return _without_a_process(order)
    if getattr(_here, "worker", None) not in _workers:
        _here.worker = Worker()
        _workers.append(_here.worker)
    product: Product = _here.worker.do(produce, order, guide=str(path), limits=batch.limits, step=step)
    return product


def _without_a_process(order: Order) -> Product:
    """A guide read in this very process, which may have none of its own: a cluster's worker, whose nanny sees to it."""
    with _alone:
        try:
            return produce(order)
        except ExtractError:
            raise
        except Exception as error:
            raise Crashed(f"{order.path}: the program failed on it ({type(error).__name__}: {error})") from None


def _entry(address: str, sha256: str, depends: str, product: Product, seconds: float) -> Entry:
    guide = product.guide
    return Entry(
        input=address,
        sha256=sha256,
        depends=depends,
        outcome=OUTCOMES[exit_code(guide)],
        settled=True,
        seconds=round(seconds, 3),
        sections=len(guide.sections),
        findings=dict(sorted(Counter(finding.code for finding in guide.findings).items())),
        checks=dict(sorted(Counter(check.outcome for check in guide.checks).items())),
        files=tuple(product.files),
    )


def exit_code(guide: Guide) -> int:
    """1 where something in a record is wrong for sure, else 0."""
    doubtful = any(check.outcome == "contradicted" for check in guide.checks)
    return int(doubtful or any(finding.severity == "error" for finding in guide.findings))


def _refused(address: str, sha256: str | None, depends: str, error: ExtractError, seconds: float) -> Entry:
    return Entry(
        input=address,
        sha256=sha256,
        depends=depends,
        outcome=OUTCOMES[error.exit_code],
        settled=isinstance(error, UnreadableGuide) and not isinstance(error, LimitPassed | Crashed) and bool(sha256),
        seconds=round(seconds, 3),
        error=str(error),
    )
