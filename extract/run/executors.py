"""Who reads the guides of a run: threads here, each with a process of its own, or a cluster through Dask.

Both are executors of concurrent.futures, so scheduling, retries and the dashboard of a cluster are Dask's own.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from extract.errors import UsageError
from extract.processes.worker import end_workers, interrupts_blocked

_AHEAD = 4  # calls for each that can be made at once: enough that nobody waits, few enough that none piles up
_GROWS_TO = 250  # calls at once that a cluster is given work for, should its workers come one by one
_RETRIES = 3  # of a call that fails in a way that is not ours; how often a worker may die of a call, Dask is told
_PATIENCE = 5  # seconds until a scheduler has to answer
_SILENT = logging.CRITICAL + 1  # what goes wrong in a call is its result, and is told once
_LOGGERS = ("distributed", "distributed.client")  # those of Dask that have a level of their own
_LOCAL = {
    "distributed.worker.daemon": False,  # daemons may have no processes of their own
    "distributed.scheduler.worker-saturation": 1.0,  # one guide at a worker: none is blamed for another one's death
}
T = TypeVar("T")
R = TypeVar("R")


class WorkerPool(NamedTuple):
    """Who reads guides: an executor, how many it reads at once, and what it is called."""

    executor: Executor
    at_once: int
    called: str


def map_unordered(hands: WorkerPool, call: Callable[[T], R], things: Iterable[T]) -> Iterator[tuple[T, R | Exception]]:
    """Each thing with what a call returned for it, or raised, as they are done; things are drawn as they are needed.

    Raises CancelledError where the executor lets go of a call.
    """
    waiting, done = iter(things), SimpleQueue[Future[R]]()
    under_way: dict[Future[R], T] = {}
    while True:
        for thing in islice(waiting, hands.at_once * _AHEAD - len(under_way)):
            future = hands.executor.submit(call, thing)
            under_way[future] = thing
            future.add_done_callback(done.put)
        if not under_way:
            return
        future = done.get()
        result = _result(future)
        yield under_way.pop(future), result


def _result(future: Future[R]) -> R | Exception:
    try:
        return future.result()
    except CancelledError:
        raise
    except Exception as error:
        return error


@contextmanager
def local_pool(processes: int) -> Iterator[WorkerPool]:
    """Threads of this process; each guide is read in a process beside its thread."""
    executor = ThreadPoolExecutor(processes)
    try:
        yield WorkerPool(executor, processes, f"{processes} processes")
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        end_workers()
        executor.shutdown()


@contextmanager
def dask_pool(address: str, processes: int) -> Iterator[WorkerPool]:
    """A Dask cluster by its scheduler's address, or one of so many processes that is started here (local).

    Raises UsageError where Dask is not installed, nothing answers at the address, or the scheduler goes away.
    """
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ImportError as error:
        raise UsageError(f"--dask needs what is not installed ({error}); install guide-extract[dask]") from None
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)  # calls that nobody waits for when we leave
    try:
        with ExitStack() as closing:
            to: Any = address
            if address == "local":
                closing.enter_context(dask.config.set(_LOCAL))
                to = closing.enter_context(_started(distributed, processes))
            client = closing.enter_context(_client(distributed, to))
            try:
                yield _hands(client, at_least=processes if address == "local" else _GROWS_TO)
            finally:
                with _unlogged():
                    closing.close()
    except CancelledError:
        raise UsageError(f"--dask {address}: the scheduler let go of what it had to do; run again to go on") from None


@contextmanager
def _unlogged() -> Iterator[None]:
    """Silence Dask's loggers while a cluster is left: calls that are let go then are errors to its scheduler alone."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(_SILENT)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _started(distributed: Any, processes: int) -> Any:
    with interrupts_blocked():
        return distributed.LocalCluster(
            n_workers=processes, threads_per_worker=1, dashboard_address=":0", silence_logs=_SILENT
        )


def _client(distributed: Any, to: Any) -> Any:
    try:
        return distributed.Client(to, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--dask {to}: no scheduler answers ({error}); check its address") from None


def _hands(client: Any, at_least: int) -> WorkerPool:
    threads = sum(client.nthreads().values())
    watched = f", to be watched at {client.dashboard_link}" if client.dashboard_link else ""
    called = f"{threads} threads of {client.scheduler.address}{watched}"
    return WorkerPool(client.get_executor(pure=False, retries=_RETRIES), max(threads, at_least), called)
