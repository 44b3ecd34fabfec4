"""The processes that guides are read in: one for each thread that asks, which stays warm from one guide to the next."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any

from extract.errors import Crashed
from extract.limits import Limits
from extract.processes.child import Step
from extract.processes.worker import Worker

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
