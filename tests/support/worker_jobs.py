"""What the process of a guide is given to do in tests of it: hang, die, fill memory, fail, speak."""

import logging
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from unittest.mock import patch

from extract.cli import main
from extract.errors import UsageError
from extract.limits import DEFAULT_LIMITS, Limits
from extract.processes.child import Step, allow_memory, report_step, start_clock
from extract.processes.worker import in_a_process
from extract.run.one_guide import GuideOutcome, RunContext, fulfil_and_note
from extract.run.run_log import Entry


def doubled(number: int) -> int:
    """Twice a number; each half of it is reported."""
    report_step("halves", 1, 2)
    report_step("halves", 2, 2)
    return 2 * number


def hang(_: object) -> None:
    """Never ends, and does not listen."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def leave_a_mark_and_hang(folder: Path) -> None:
    """Hangs, and says which process it is."""
    (folder / "process").write_text(str(os.getpid()))
    hang(folder)


def die(number: int) -> None:
    """Dies of a signal, as a reader in C does."""
    os.kill(os.getpid(), number)


def leave(code: int) -> None:
    """Ends without a word."""
    os._exit(code)


def fill(megabytes: int) -> int:
    """Takes memory."""
    return len(bytearray(megabytes << 20))


def fill_more(megabytes: int) -> int:
    """Takes memory, half of which it is allowed beyond the limit."""
    allow_memory(megabytes // 2)
    return fill(megabytes)


def go_on(seconds: int) -> str:
    """Works longer than its time, by another clock."""
    start_clock("ocr_seconds", Limits(ocr_seconds=seconds + 30))
    time.sleep(seconds)
    return "done"


def fail(_: object) -> None:
    """Fails in a way that is not ours."""
    raise ZeroDivisionError("not ours")


def refuse(words: str) -> None:
    """Fails in a way that is ours."""
    raise UsageError(words)


def shout(_: object) -> None:
    """Prints, as libraries in C do."""
    os.write(1, b"out")
    os.write(2, b"err")


def log(name: str) -> None:
    """Logs an error, as a worker of Dask does when its scheduler goes away before it."""
    logging.getLogger(name).error("Failed to communicate with scheduler during heartbeat.")


def process(_: object) -> tuple[int, bool]:
    """Which process it is, and whether it may have processes of its own."""
    return os.getpid(), not multiprocessing.current_process().daemon


def fulfil_or_die(batch: RunContext, thing: tuple[str, Entry | None]) -> GuideOutcome:
    """Reads and notes a guide, but dies of one that is called poison."""
    if "poison" in thing[0]:
        die(signal.SIGKILL)
    return fulfil_and_note(batch, thing)


def fulfil_or_hang(batch: RunContext, thing: tuple[str, Entry | None], *, step: Step | None = None) -> GuideOutcome:
    """Reads and notes a guide, but never ends where its name has an endless in it."""
    if "endless" in thing[0]:
        in_a_process(hang, None, guide=thing[0], limits=DEFAULT_LIMITS)
    return fulfil_and_note(batch, thing, step=step)


def fail_twice(folder: Path) -> int:
    """Fails the first two times that it is called."""
    tries = len(list(folder.iterdir()))
    (folder / str(tries)).touch()
    if tries < 2:
        raise ConnectionError("not this time")
    return tries


if __name__ == "__main__":  # the command, which never ends by itself where a guide of a batch is called endless
    from tests.support import worker_jobs  # a cluster's workers know what stands here by this name alone

    with patch("extract.cli.run.fulfil_and_note", worker_jobs.fulfil_or_hang):
        sys.exit(main())
