"""Worker processes: a guide cannot hang the caller, fill its memory or crash it.

Each thread that reads guides has one worker, which it keeps from one guide to the next.

The processes that guides are read in: one for each thread that asks, which stays warm from one guide to the next.
"""

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Any

from extract.errors import Crashed
from extract.limits import DEFAULT_LIMITS, Limits, raise_limit_passed
from extract.processes.child import START_SECONDS, Step, answer_calls

_HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
_MAX_CALLS = 100  # of one process; the next one starts with memory that is not fragmented
_Call = tuple[Callable[..., Any], tuple[Any, ...], Limits]  # function, arguments, limits


def run_isolated(
    work: Callable[..., Any], *arguments: Any, guide: str, limits: Limits = DEFAULT_LIMITS, step: Step | None = None
) -> Any:
    """Return the result of a function that is called in a process of its own, within the limits.

    Arguments and errors are those of `Worker.do`. The process never outlives the call.
    """
    with Worker() as worker:
        return worker.do(work, *arguments, guide=guide, limits=limits, step=step)


class Worker:
    """A process that calls functions one after another, each within its limits.

    A failed call, or the last of `_MAX_CALLS`, ends the process; the next call starts another.
    """

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Any = None
        self._calls = 0
        self._starting = threading.Lock()
        self.ended = False

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def do(
        self,
        work: Callable[..., Any],
        *arguments: Any,
        guide: str,
        limits: Limits = DEFAULT_LIMITS,
        step: Step | None = None,
    ) -> Any:
        """Return the result of a function, called in the process.

        `guide` names what is read in errors. `step` is called with what the function reports by `report_step`.
        Raises the function's own ExtractError, LimitPassed where it exceeds a limit, and Crashed where the process
        dies or the function raises any other exception.
        """
        if self._calls >= _MAX_CALLS:
            self.close()
        try:
            self._start(guide)
            outcome, result = self._exchange((work, arguments, limits), guide, limits, step)
            if outcome == "memory":
                raise_limit_passed("memory", limits, guide)
            if outcome == "failed":
                raise Crashed(f"{guide}: the program failed on it ({result}); {_ADVICE}")
        except BaseException:
            self.close()
            raise
        if outcome == "refused":
            raise result
        return result

    def end(self) -> None:
        """Kill the process for good, from any thread; a call that waits for it fails."""
        with self._starting:
            self.ended = True
            process = self._process
            if process is not None:
                process.kill()

    def close(self) -> None:
        """Kill the process. Only the thread that makes the calls may do so."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = self._pipe = None
        self._calls = 0

    def _start(self, guide: str) -> None:
        self._calls += 1
        if self._process is not None:
            return
        with self._starting:
            if self.ended:
                raise Crashed(f"{guide}: the process that reads it has been ended")
            self._launch(guide)

    def _launch(self, guide: str) -> None:
        start_fork_server()
        ours, theirs = _context().Pipe()
        process = _context().Process(target=answer_calls, args=(theirs,), daemon=True)
        try:
            process.start()
        except (EOFError, OSError) as error:
            ours.close()
            why = error or "no answer"
            raise Crashed(f"{guide}: no process could be started to read it ({why}); try again") from None
        finally:
            theirs.close()
        self._process, self._pipe = process, ours

    def _exchange(self, call: _Call, guide: str, limits: Limits, step: Step | None) -> tuple[str, Any]:
        """Send a call and return its outcome (done, refused, memory or failed) with the result or error."""
        deadline, clock = time.monotonic() + START_SECONDS, "seconds"
        try:
            self._pipe.send(call)
            while True:
                if not self._pipe.poll(max(0.0, deadline - time.monotonic())):
                    raise_limit_passed(clock, limits, guide)
                kind, value = self._pipe.recv()
                if kind in ("ready", "clock"):
                    clock = value
                    deadline = time.monotonic() + getattr(limits, clock)
                elif kind == "step":
                    if step is not None:
                        step(*value)
                else:
                    return kind, value
        except (EOFError, OSError):
            self._process.join()
            cause = _cause(self._process.exitcode)
            raise Crashed(f"{guide}: the process that read it died ({cause}); {_ADVICE}") from None


def _context() -> Any:
    """Return the start method: forkserver if the system has it, else spawn."""
    if not _HAS_SERVER:
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("forkserver")


def start_fork_server(preload: str | None = None) -> None:
    """Start the fork server unless it runs; `preload` is a module that it imports first.

    Loading takes it a second; the call does not wait for that.
    """
    if _HAS_SERVER:
        if preload is not None:
            _context().set_forkserver_preload([preload])
        with interrupts_blocked():
            forkserver.ensure_running()


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Block SIGINT while starting threads and processes; the parent alone handles Ctrl-C and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its start, like that of processes, unblocks SIGINT
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # children inherit the mask
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_OUT_OF_MEMORY = ("SIGABRT", "SIGILL", "SIGTRAP")  # raised by libraries in C if an allocation fails
_ADVICE = "the file may be damaged: download the guide again, and if it is well, report this"


def _cause(code: int | None) -> str:
    """Name the cause of an exit: SIGSEGV for -11."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
    return f"{name}, perhaps of the limit memory" if name in _OUT_OF_MEMORY else name


_thread = threading.local()
_workers: list[Worker] = []  # of all threads; list.append and list.pop are atomic


def in_a_process(work: Callable[..., Any], order: Any, *, guide: str, limits: Limits, step: Step | None = None) -> Any:
    """Return the result of a function that is called in this thread's worker. Errors are those of `Worker.do`.

    Raises CancelledError where the worker was ended meanwhile: the guide's outcome is unknown then.
    """
    worker: Worker | None = getattr(_thread, "worker", None)
    if worker is None or worker.ended:
        worker = _thread.worker = Worker()
        _workers.append(worker)
    try:
        return worker.do(work, order, guide=guide, limits=limits, step=step)
    except Crashed:
        if worker.ended:
            raise CancelledError from None
        raise


def end_workers() -> None:
    """Kill the workers of all threads."""
    while _workers:
        _workers.pop().end()
