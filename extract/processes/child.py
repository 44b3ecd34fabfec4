"""The loop of a worker process: take a call, apply its limits, send the outcome."""

import errno
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from extract.errors import ExtractError
from extract.limits import MIB, Limits

START_SECONDS = 120  # for a process to become ready; nothing of a guide is read yet
Step = Callable[[str, int, int], None]  # what is counted, how many are done, and of how many
_caller: Connection | None = None  # of the calls that this process answers, if it was started for that


def answer_calls(pipe: Connection) -> None:
    """Answer calls until the pipe closes. What libraries print goes to the null device."""
    global _caller
    _caller = pipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller handles Ctrl-C and ends this process
    threading.Thread(target=_exit_with_caller, daemon=True).start()
    _silence()
    while True:
        try:
            work, arguments, limits = pipe.recv()
        except EOFError:
            return
        _apply_limits(limits)
        pipe.send(("ready", "seconds"))
        pipe.send(_call(work, arguments))
        _apply_limits(None)


def start_clock(name: str, limits: Limits) -> None:
    """From now on this limit on time counts, for the rest of the call; in other processes nothing limits it."""
    if _caller is not None:
        _caller.send(("clock", name))
        _set_alarm(getattr(limits, name) + START_SECONDS)


def report_step(counted: str, done: int, count: int) -> None:
    """Tell the caller how far the call has come; in other processes nobody asks."""
    if _caller is not None:
        _caller.send(("step", (counted, done, count)))


def allow_memory(mebibytes: int) -> None:
    """Raise the limit on memory by so much for the rest of the call, for libraries that map very much of it."""
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if _caller is not None and soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_AS, (soft + mebibytes * MIB, hard))
    except (ImportError, OSError, ValueError):
        return  # as where the limit is set


def _call(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "done", work(*arguments)
    except ExtractError as error:
        return "refused", error
    except Exception as error:  # a bug in the program or in a library costs this guide, not the run
        return ("memory", None) if _lacks_memory(error) else ("failed", f"{type(error).__name__}: {error}")


def _lacks_memory(error: Exception) -> bool:
    """Return True if an error means that memory ran out: a C library that cannot be mapped raises ImportError."""
    unmapped = isinstance(error, ImportError) and "map segment" in str(error)
    return isinstance(error, MemoryError) or unmapped or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def _exit_with_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller is not None:
        wait([caller.sentinel])
        os._exit(1)


def _silence() -> None:
    """Redirect stdout and stderr to the null device: libraries in C write to the file descriptors themselves."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    logging.getLogger("pdfminer").setLevel(logging.ERROR)


def _apply_limits(limits: Limits | None) -> None:
    """Limit memory (RLIMIT_AS, on Linux) and set SIGALRM, in case the caller is gone. None: wait without limits."""
    _set_alarm(limits.seconds + START_SECONDS if limits else 0)
    try:
        import resource

        most_bytes = resource.getrlimit(resource.RLIMIT_AS)[1]
        if limits is not None:
            with open("/proc/self/statm") as statm:
                most_bytes = int(statm.read().split()[0]) * resource.getpagesize() + limits.memory * MIB
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return  # not Linux: the time limit alone bounds what a file can take


def _set_alarm(seconds: int) -> None:
    """Let SIGALRM end this process, in case the caller is gone; 0 never."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
