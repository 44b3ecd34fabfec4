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
Step = Callable[[Any], None]


def answer_calls(pipe: Connection) -> None:
    """Answer calls until the pipe closes. What libraries print goes to the null device."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller handles Ctrl-C and ends this process
    threading.Thread(target=_exit_with_caller, daemon=True).start()
    _silence()
    while True:
        try:
            work, arguments, limits, with_steps = pipe.recv()
        except EOFError:
            return
        _apply_limits(limits)
        pipe.send(("ready", None))
        keywords = {"tell": lambda value: pipe.send(("step", value))} if with_steps else {}
        pipe.send(_call(work, arguments, keywords))
        _apply_limits(None)


def _call(work: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Step]) -> tuple[str, Any]:
    try:
        return "done", work(*arguments, **keywords)
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
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + START_SECONDS if limits else 0)
    try:
        import resource

        most_bytes = resource.getrlimit(resource.RLIMIT_AS)[1]
        if limits is not None:
            with open("/proc/self/statm") as statm:
                most_bytes = int(statm.read().split()[0]) * resource.getpagesize() + limits.memory * MIB
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return  # not Linux: the time limit alone bounds what a file can take
