"""A function in a process of its own: what it is given cannot hang us, fill the memory, or take us down with it.

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
from extract.processes.child import START, Step, answer_calls

_HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
_CALLS = 100  # that one process answers, before what it has taken of memory is given back
_Call = tuple[Callable[..., Any], tuple[Any, ...], Limits, bool]  # a function, what it gets, and whether it tells steps


def run_isolated(
    work: Callable[..., Any], *arguments: Any, guide: str, limits: Limits = DEFAULT_LIMITS, step: Step | None = None
) -> Any:
    """What a function returns for these arguments, called in a process of its own within the limits.

    Takes and raises what `Worker.do` does. The process never outlives the call.
    """
    with Worker() as worker:
        return worker.do(work, *arguments, guide=guide, limits=limits, step=step)


class Worker:
    """A process that calls one function after another, each within its limits, and stays warm between them.

    Another process takes its place after a call that went wrong, and after as many as make memory untidy.
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
        """What a function returns for these arguments.

        `guide` is what is read, as an error names it. With `step` the function gets a keyword `tell`: what that is
        called with there, `step` is called with here.
        Raises what the function raises of our own errors; LimitPassed where it passes a limit; and Crashed where the
        process dies or the function fails in another way.
        """
        if self._calls >= _CALLS:
            self.close()
        try:
            self._start(guide)
            kind, what = self._asked((work, arguments, limits, step is not None), guide, limits, step)
            if kind == "memory":
                raise_limit_passed("memory", limits, guide)
            if kind == "failed":
                raise Crashed(f"{guide}: the program failed on it ({what}); {_ADVICE}")
        except BaseException:
            self.close()
            raise
        if kind == "refused":
            raise what
        return what

    def end(self) -> None:
        """End the process for good, whatever it is doing. Any thread may say so; a call that waits for it fails."""
        with self._starting:
            self.ended = True
            process = self._process
            if process is not None:
                process.kill()

    def close(self) -> None:
        """End the process, whatever it is doing. Only the thread that calls it may say so."""
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

    def _asked(self, call: _Call, guide: str, limits: Limits, step: Step | None) -> tuple[str, Any]:
        """How a call ended: done, refused, memory or failed; and what there is to say of it."""
        deadline = time.monotonic() + START
        try:
            self._pipe.send(call)
            while True:
                if not self._pipe.poll(max(0.0, deadline - time.monotonic())):
                    raise_limit_passed("seconds", limits, guide)
                kind, what = self._pipe.recv()
                if kind == "ready":
                    deadline = time.monotonic() + limits.seconds
                elif kind == "step" and step is not None:
                    step(what)
                else:
                    return kind, what
        except (EOFError, OSError):
            self._process.join()
            cause = _cause(self._process.exitcode)
            raise Crashed(f"{guide}: the process that read it died ({cause}); {_ADVICE}") from None


def _context() -> Any:
    """The start method: forkserver, where the system has it."""
    if not _HAS_SERVER:
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("forkserver")


def start_fork_server(preload: str | None = None) -> None:
    """Start the server that processes are forked from, if it does not run; `preload` is a module that it imports first.

    It takes a second to load, which the caller may use for something else.
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
    resource_tracker.ensure_running()  # what starts it, as starting processes does, lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # what is blocked is inherited
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_OUT_OF_MEMORY = ("SIGABRT", "SIGILL", "SIGTRAP")  # how libraries in C end where an allocation fails
_ADVICE = "the file may be damaged: download the guide again, and if it is well, report this"


def _cause(code: int | None) -> str:
    """How a process ended, in words: SIGSEGV for -11."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
    return f"{name}, perhaps of the limit memory" if name in _OUT_OF_MEMORY else name


_here = threading.local()
_workers: list[Worker] = []  # of all threads; appending and taking are whole


def in_a_process(work: Callable[..., Any], order: Any, *, guide: str, limits: Limits, step: Step | None = None) -> Any:
    """What a function makes of an order, in the process of this thread. Raises what `Worker.do` does.

    Raises CancelledError where the process was ended meanwhile: nothing is known of the guide then.
    """
    worker: Worker | None = getattr(_here, "worker", None)
    if worker is None or worker.ended:
        worker = _here.worker = Worker()
        _workers.append(worker)
    try:
        return worker.do(work, order, guide=guide, limits=limits, step=step)
    except Crashed:
        if worker.ended:
            raise CancelledError from None
        raise


def end_workers() -> None:
    """End the processes of all threads, whatever they are doing."""
    while _workers:
        _workers.pop().end()
