"""A function in a process of its own: what it is given cannot hang us, fill the memory, or take us down with it."""

import errno
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from typing import Any

from extract.errors import Crashed, ExtractError
from extract.limits import MIB, USUAL, Limits, passed

_START = 120  # seconds that a process may take until it is ready; nothing of a guide is read meanwhile
_PRELOADED = "extract.warm"
_HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
Step = Callable[[Any], None]


def apart(
    work: Callable[..., Any], *arguments: Any, guide: str, limits: Limits = USUAL, step: Step | None = None
) -> Any:
    """What a function returns for these arguments, called in a process of its own within the limits.

    `guide` is what is read, as an error names it. With `step` the function gets a keyword `tell`: what that is called
    with there, `step` is called with here.
    Raises what the function raises of our own errors; LimitPassed where it passes a limit; and Crashed where the
    process dies or the function fails in another way. The process never outlives the call.
    """
    serve()
    ours, theirs = _context().Pipe(duplex=False)
    process = _context().Process(target=_child, args=(theirs, work, arguments, limits, step is not None), daemon=True)
    try:
        process.start()
    except (EOFError, OSError) as error:
        raise Crashed(f"{guide}: no process could be started to read it ({error or 'no answer'}); try again") from None
    finally:
        theirs.close()
    try:
        return _answer(ours, process, guide, limits, step)
    finally:
        process.kill()
        process.join()
        ours.close()


def _context() -> Any:
    """Where processes come from: a server that has loaded the program and has read nothing, where there can be one."""
    if not _HAS_SERVER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    return context


def serve() -> None:
    """Start that server, if it does not run. It takes a second to load, which the caller may use for something else.

    It is deaf to interrupts: they are for us, and it ends when we do.
    """
    if not _HAS_SERVER:
        return
    _context()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # it inherits what is blocked
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer(ours: Connection, process: Any, guide: str, limits: Limits, step: Step | None) -> Any:
    deadline = time.monotonic() + _START
    while True:
        if not ours.poll(max(0.0, deadline - time.monotonic())):
            passed("seconds", limits, guide)
        try:
            kind, what = ours.recv()
        except (EOFError, OSError):
            process.join()
            raise Crashed(f"{guide}: the process that read it died ({_cause(process.exitcode)}); {_ADVICE}") from None
        if kind == "ready":
            deadline = time.monotonic() + limits.seconds
        elif kind == "step" and step is not None:
            step(what)
        elif kind == "done":
            return what
        elif kind == "refused":
            raise what
        elif kind == "memory":
            passed("memory", limits, guide)
        elif kind == "failed":
            raise Crashed(f"{guide}: the program failed on it ({what}); {_ADVICE}")


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


def _child(
    pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits, telling: bool
) -> None:
    """Do the work and send what came of it; whatever libraries print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who called us answers an interrupt, and ends us
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    _silence()
    _bound(limits)
    pipe.send(("ready", None))
    try:
        told = {"tell": lambda what: pipe.send(("step", what))} if telling else {}
        answer: tuple[str, Any] = ("done", work(*arguments, **told))
    except ExtractError as error:
        answer = ("refused", error)
    except Exception as error:  # a fault of ours or of a library: this guide's, not the run's
        answer = ("memory", None) if _lacks_memory(error) else ("failed", f"{type(error).__name__}: {error}")
    pipe.send(answer)


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


def _bound(limits: Limits) -> None:
    """Memory, where the system can bound it; and an end, should nobody be there to end us."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _START)
    try:
        import resource

        with open("/proc/self/statm") as taken:
            now = int(taken.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + limits.memory * MIB,) * 2)
    except (ImportError, OSError, ValueError):
        return  # not Linux: the time limit alone bounds what a file can take
