"""A guide's address → its files and its entry, wherever there is a thread to do it: here, or on a cluster."""

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import current_process
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from extract.corrections.files import corrections_file
from extract.errors import Crashed, ExtractError, LimitPassed, UnreadableGuide, UsageError
from extract.export.escaping import escape_control_characters
from extract.limits import MIB
from extract.model.record import Guide
from extract.processes.child import Step
from extract.processes.worker import in_a_process
from extract.pull import read_content
from extract.run import storage
from extract.run.outputs import GuideFiles, GuideJob, RunOptions, produce
from extract.run.run_log import OUTCOMES, Entry, program_hash, write_note
from extract.toml_files import read_limited

_alone = threading.Lock()  # PDFium reads one guide at a time in a process


class RunContext(Struct, frozen=True):
    """What all guides of a run have in common.

    `output` is the address of a folder. `home` is the folder that the names of guides count from, "" for that of the
    process itself. With `force` guides are read that have not changed. `program` is a hash of the program.
    """

    output: str
    home: str
    force: bool
    asked: RunOptions
    program: str


class GuideOutcome(NamedTuple):
    """A guide's entry; whether it was read just now; and its record and files, where they were asked for."""

    entry: Entry
    fresh: bool
    product: GuideFiles | None = None


def fulfil_and_note(batch: RunContext, thing: tuple[str, Entry | None]) -> GuideOutcome:
    """Read a guide and write its files, unless nothing has changed since its entry was noted; note the new one."""
    address, before = thing
    done = fulfil(address, batch, before=before)
    if done.fresh:
        try:
            write_note(batch.output, storage.stem(address), done.entry)
        except UsageError as error:
            return done if done.entry.error else failed(address, error)
    return done


def fulfil(
    address: str, batch: RunContext, *, before: Entry | None = None, keep: bool = False, step: Step | None = None
) -> GuideOutcome:
    """Read a guide and write its files, unless nothing has changed since `before`, the entry of its files, was noted.

    With `keep` record and files are handed out; `step` is called with how many pages are drawn, and of how many. A
    guide that cannot be read raises nothing and has no files: its entry says why. Raises CancelledError where the
    process that reads it is ended from outside.
    """
    started, sha256, depends = time.perf_counter(), None, ""
    try:
        if batch.program != program_hash():
            raise UsageError(f"{address}: a worker has another version of the program; install the same everywhere")
        at, most = storage.join(batch.home, address), batch.asked.limits.size * MIB
        with storage.fetch(at, most) as path, _named(path, address):
            data = read_content(path, batch.asked.limits)
            sha256, corrections = hashlib.sha256(data).hexdigest(), corrections_file(path, batch.asked.corrections)
            depends = _depends(batch, corrections)
            if before is not None and _stands(before, address, sha256, depends, batch):
                return GuideOutcome(_renamed(before, address), fresh=False)
            product = _product(path, data, corrections, batch, step)
        if before is not None and before.files:  # which are about to be those of another reading
            write_note(batch.output, storage.stem(address), replace(before, settled=False))
        for name, made in product.files.items():
            storage.write(storage.join(batch.output, name), made)
        entry = _entry(address, sha256, depends, product, time.perf_counter() - started)
    except ExtractError as error:
        return GuideOutcome(_refused(address, sha256, depends, error, time.perf_counter() - started), fresh=True)
    return GuideOutcome(entry, fresh=True, product=product if keep else None)


def failed(address: str, error: BaseException) -> GuideOutcome:
    """A guide whose every worker died, or whose entry could not be noted, or that failed in any other way."""
    why = f"nobody could read it ({type(error).__name__}: {error}); read it by itself"
    told = error if isinstance(error, ExtractError) else Crashed(f"{address}: {why}")
    return GuideOutcome(_refused(address, None, "", told, 0.0), fresh=True)


@contextmanager
def _named(path: Path, address: str) -> Iterator[None]:
    """While this lasts, an error names a guide by its address, not by where it was fetched to."""
    try:
        yield
    except ExtractError as error:
        raise type(error)(str(error).replace(str(path), address)) from None


def _depends(batch: RunContext, corrections: Path | None) -> str:
    """A hash of all that an outcome depends on, beside the guide's own file; wherever files lie, it is the same."""
    profile = [text for _, text in batch.asked.profile]
    parts = (batch.program, batch.asked.reader, batch.asked.kinds, profile, _amended(corrections))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _amended(corrections: Path | None) -> bytes | str | None:
    """What a file of corrections holds; or why that cannot be told, which whoever applies them will say."""
    try:
        return read_limited(corrections) if corrections is not None else None
    except OSError as error:
        return str(error)


def _stands(before: Entry, address: str, sha256: str, depends: str, batch: RunContext) -> bool:
    """Whether an entry tells what reading a guide again would come to, and its files are still there.

    A password may open what could not be read without it; it makes no other record.
    """
    same = (storage.base_name(before.input), before.sha256, before.depends) == (
        storage.base_name(address),
        sha256,
        depends,
    )
    known = before.settled and (bool(before.files) or batch.asked.password is None)
    present = (storage.exists(storage.join(batch.output, name)) for name in before.files)
    return not batch.force and same and known and all(present)


def _renamed(entry: Entry, address: str) -> Entry:
    """The entry of a guide that lay elsewhere, or was called by another way to it."""
    told = entry.error and entry.error.replace(entry.input, address)
    return replace(entry, input=address, error=told)


def _product(path: Path, data: bytes, corrections: Path | None, batch: RunContext, step: Step | None) -> GuideFiles:
    order = GuideJob(path, data, path.stem, replace(batch.asked, corrections=corrections))
    if current_process().daemon:
        return _without_a_process(order)
    product: GuideFiles = in_a_process(produce, order, guide=str(path), limits=batch.asked.limits, step=step)
    return product


def _without_a_process(order: GuideJob) -> GuideFiles:
    """A guide read in this very process, which may have none of its own: a cluster's worker, whose nanny sees to it."""
    with _alone:
        try:
            return produce(order)
        except ExtractError:
            raise
        except Exception as error:
            raise Crashed(f"{order.path}: the program failed on it ({type(error).__name__}: {error})") from None


def _entry(address: str, sha256: str, depends: str, product: GuideFiles, seconds: float) -> Entry:
    guide = product.guide
    return Entry(
        input=escape_control_characters(address),
        sha256=sha256,
        depends=depends,
        outcome=OUTCOMES[exit_code(guide)],
        settled=True,
        seconds=round(seconds, 3),
        sections=len(guide.sections),
        findings=dict(sorted(Counter(finding.code for finding in guide.findings).items())),
        checks=dict(sorted(Counter(check.outcome for check in guide.checks).items())),
        files=tuple(escape_control_characters(name) for name in product.files),
    )


def exit_code(guide: Guide) -> int:
    """1 where something in a record is wrong for sure, else 0."""
    doubtful = any(check.outcome == "contradicted" for check in guide.checks)
    return int(doubtful or any(finding.severity == "error" for finding in guide.findings))


def _refused(address: str, sha256: str | None, depends: str, error: ExtractError, seconds: float) -> Entry:
    return Entry(
        input=escape_control_characters(address),
        sha256=sha256,
        depends=depends,
        outcome=OUTCOMES[error.exit_code],
        settled=isinstance(error, UnreadableGuide) and not isinstance(error, LimitPassed | Crashed) and bool(sha256),
        seconds=round(seconds, 3),
        error=escape_control_characters(str(error)),
    )
