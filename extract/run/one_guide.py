"""One guide of a run: from its address to its files and its entry, in a thread here or on a cluster."""

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
from extract.model.stages import part_stem
from extract.processes.child import Step
from extract.processes.worker import in_a_process
from extract.pull import read_content
from extract.run import storage
from extract.run.outputs import GuideFiles, GuideJob, RunOptions, produce
from extract.run.run_log import OUTCOMES, Entry, program_hash, write_note
from extract.toml_files import read_limited

_pdfium_lock = threading.Lock()  # PDFium is not thread-safe


class RunContext(Struct, frozen=True):
    """The settings that all guides of a run share.

    `output`: address of the folder for files. `home`: folder to which addresses of guides are relative, "" for the
    working folder. `force`: read unchanged guides too. `program`: hash of the program.
    """

    output: str
    home: str
    force: bool
    options: RunOptions
    program: str


class GuideOutcome(NamedTuple):
    """A guide's entry, fresh if it was read just now, with its record and files if they were asked for."""

    entry: Entry
    fresh: bool
    product: GuideFiles | None = None


def fulfil_and_note(batch: RunContext, thing: tuple[str, Entry | None], *, step: Step | None = None) -> GuideOutcome:
    """Call `fulfil` and write the note of a fresh entry."""
    address, before = thing
    done = fulfil(address, batch, before=before, step=step)
    if done.fresh:
        try:
            write_note(batch.output, storage.stem(address, batch.options.part), done.entry)
        except UsageError as error:
            return done if done.entry.error else failed(address, error, batch.options.part)
    return done


def fulfil(
    address: str, batch: RunContext, *, before: Entry | None = None, keep: bool = False, step: Step | None = None
) -> GuideOutcome:
    """Read a guide and write its files, unless nothing has changed since `before`, its last entry.

    With `keep` the outcome has record and files; `step` is called with the pages read by OCR, or drawn. An unreadable
    guide raises nothing and has no files: its entry has the error. Raises CancelledError where its worker is ended.
    """
    started, sha256, depends, part = time.perf_counter(), None, "", batch.options.part
    try:
        if batch.program != program_hash():
            raise UsageError(f"{address}: a worker has another version of the program; install the same everywhere")
        source, most_bytes = storage.join(batch.home, address), batch.options.limits.size * MIB
        with storage.fetch(source, most_bytes, part) as path, _address_in_errors(path, address):
            data = read_content(path, batch.options.limits)
            sha256 = hashlib.sha256(data).hexdigest()
            corrections = corrections_file(path, batch.options.corrections, part)
            depends = _dependency_hash(batch, corrections)
            if before is not None and _is_current(before, address, sha256, depends, batch):
                return GuideOutcome(_renamed(before, address), fresh=False)
            product = _product(path, data, corrections, batch, step)
        if before is not None and before.files:  # they are about to be overwritten
            write_note(batch.output, storage.stem(address, part), replace(before, settled=False))
        for name, content in product.files.items():
            storage.write(storage.join(batch.output, name), content)
        entry = _entry(address, sha256, depends, product, time.perf_counter() - started)
    except ExtractError as error:
        return GuideOutcome(_refused(address, sha256, depends, error, time.perf_counter() - started, part), fresh=True)
    return GuideOutcome(entry, fresh=True, product=product if keep else None)


def failed(address: str, error: BaseException, part: int = 1) -> GuideOutcome:
    """The outcome of a guide whose call raised: workers died, or its entry could not be noted."""
    why = f"nobody could read it ({type(error).__name__}: {error}); read it by itself"
    cause = error if isinstance(error, ExtractError) else Crashed(f"{address}: {why}")
    return GuideOutcome(_refused(address, None, "", cause, 0.0, part), fresh=True)


@contextmanager
def _address_in_errors(path: Path, address: str) -> Iterator[None]:
    """Replace the local temporary path by the guide's address in error messages."""
    try:
        yield
    except ExtractError as error:
        raise type(error)(str(error).replace(str(path), address)) from None


def _dependency_hash(batch: RunContext, corrections: Path | None) -> str:
    """Return a hash of all that an outcome depends on except the guide's content; paths are left out."""
    profile = [text for _, text in batch.options.profile]
    parts = (batch.program, batch.options.reader, batch.options.kinds, profile, _corrections_content(corrections))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _corrections_content(corrections: Path | None) -> bytes | str | None:
    """Return the content of a corrections file, or the error that reading it gives (applying it raises that)."""
    try:
        return read_limited(corrections) if corrections is not None else None
    except OSError as error:
        return str(error)


def _is_current(before: Entry, address: str, sha256: str, depends: str, batch: RunContext) -> bool:
    """Return True if an entry still holds for a guide and its files are there.

    With a password a refused guide is tried again; a record that was read does not depend on it.

    A password may open what could not be read without it; it makes no other record.
    """
    same = (storage.base_name(before.input), before.sha256, before.depends) == (
        storage.base_name(address),
        sha256,
        depends,
    )
    known = before.settled and (bool(before.files) or batch.options.password is None)
    present = (storage.exists(storage.join(batch.output, name)) for name in before.files)
    return not batch.force and same and known and all(present)


def _renamed(entry: Entry, address: str) -> Entry:
    """The entry under another address of the same guide."""
    message = entry.error and entry.error.replace(entry.input, address)
    return replace(entry, input=address, error=message)


def _product(path: Path, data: bytes, corrections: Path | None, batch: RunContext, step: Step | None) -> GuideFiles:
    order = GuideJob(
        path, data, part_stem(path.stem, batch.options.part), replace(batch.options, corrections=corrections)
    )
    if current_process().daemon:
        return _produce_here(order)
    product: GuideFiles = in_a_process(produce, order, guide=str(path), limits=batch.options.limits, step=step)
    return product


def _produce_here(order: GuideJob) -> GuideFiles:
    """Read a guide in this process: a Dask worker is a daemon, which cannot start one; its nanny restarts it."""
    with _pdfium_lock:
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
        part=guide.source.part,
    )


def exit_code(guide: Guide) -> int:
    """Return 1 if a check is contradicted or a finding is an error, else 0."""
    doubtful = any(check.outcome == "contradicted" for check in guide.checks)
    return int(doubtful or any(finding.severity == "error" for finding in guide.findings))


def _refused(address: str, sha256: str | None, depends: str, error: ExtractError, seconds: float, part: int) -> Entry:
    return Entry(
        input=escape_control_characters(address),
        sha256=sha256,
        depends=depends,
        outcome=OUTCOMES[error.exit_code],
        settled=isinstance(error, UnreadableGuide) and not isinstance(error, LimitPassed | Crashed) and bool(sha256),
        seconds=round(seconds, 3),
        error=escape_control_characters(str(error)),
        part=part,
    )
