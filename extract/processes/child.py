"""What goes on in the process that `apart` starts: it answers call after call, within the limits of each."""

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

START = 120  # seconds that a process may take until it is ready; nothing of a guide is read meanwhile
Step = Callable[[Any], None]


def answer_calls(pipe: Connection) -> None:
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
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + START if limits else 0)
    try:
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        if limits is not None:
            with open("/proc/self/statm") as taken:
                most = int(taken.read().split()[0]) * resource.getpagesize() + limits.memory * MIB
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return  # not Linux: the time limit alone bounds what a file can take
