"""A function in a process of its own: what it is given cannot hang us, fill the memory, or take us down with it."""

import errno
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from extract.errors import Crashed, ExtractError
from extract.limits import MIB, USUAL, Limits, passed

_START = 120  # seconds that a process may take until it is ready; nothing of a guide is read meanwhile
_PRELOADED = "extract.warm"
_HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
_CALLS = 100  # that one process answers, before what it has taken of memory is given back
Step = Callable[[Any], None]
_Call = tuple[Callable[..., Any], tuple[Any, ...], Limits, bool]  # a function, what it gets, and whether it tells steps


def apart(
    work: Callable[..., Any], *arguments: Any, guide: str, limits: Limits = USUAL, step: Step | None = None
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
        self, work: Callable[..., Any], *arguments: Any, guide: str, limits: Limits = USUAL, step: Step | None = None
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
                passed("memory", limits, guide)
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
        serve()
        ours, theirs = _context().Pipe()
        process = _context().Process(target=_child, args=(theirs,), daemon=True)
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
        deadline = time.monotonic() + _START
        try:
            self._pipe.send(call)
            while True:
                if not self._pipe.poll(max(0.0, deadline - time.monotonic())):
                    passed("seconds", limits, guide)
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
    """Where processes come from: a server that has loaded the program and has read nothing, where there can be one."""
    if not _HAS_SERVER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    return context


def serve() -> None:
    """Start that server, if it does not run. It takes a second to load, which the caller may use for something else."""
    if _HAS_SERVER:
        _context()
        with deaf():
            forkserver.ensure_running()


@contextmanager
def deaf() -> Iterator[None]:
    """What this thread starts meanwhile, processes and threads, hears no interrupts: they are for us, and it ends when
    we do.
    """
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


# ── in the process ────────────────────────────────────────────────────────────────────────────────────


def _child(pipe: Connection) -> None:
    """Do what is asked, call after call, and send what came of it; whatever libraries print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who called us answers an interrupt, and ends us
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    _silence()
    while True:
        try:
            work, arguments, limits, telling = pipe.recv()
        except EOFError:
            return
        _bound(limits)
        pipe.send(("ready", None))
        told = {"tell": lambda what: pipe.send(("step", what))} if telling else {}
        pipe.send(_done(work, arguments, told))
        _bound(None)


def _done(work: Callable[..., Any], arguments: tuple[Any, ...], told: dict[str, Step]) -> tuple[str, Any]:
    try:
        return "done", work(*arguments, **told)
    except ExtractError as error:
        return "refused", error
    except Exception as error:  # a fault of ours or of a library: this guide's, not the run's
        return ("memory", None) if _lacks_memory(error) else ("failed", f"{type(error).__name__}: {error}")


def _lacks_memory(error: Exception) -> bool:
    """Whether an error says that there is no memory; a library in C that cannot be loaded for it says so in words."""
    no_room = isinstance(error, ImportError) and "map segment" in str(error)
    return isinstance(error, MemoryError) or no_room or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def _end_with_the_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller is not None:
        wait([caller.sentinel])
        os._exit(1)


def _silence() -> None:
    """Libraries in C write to file descriptors, and there is nobody to read what they say."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    logging.getLogger("pdfminer").setLevel(logging.ERROR)


def _bound(limits: Limits | None) -> None:
    """Memory, where the system can bound it; and an end, should nobody be there to end us. None: wait without any."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _START if limits else 0)
    try:
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        if limits is not None:
            with open("/proc/self/statm") as taken:
                most = int(taken.read().split()[0]) * resource.getpagesize() + limits.memory * MIB
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return  # not Linux: the time limit alone bounds what a file can take
