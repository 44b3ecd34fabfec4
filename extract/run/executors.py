"""Executors for the guides of a run: local threads, each with a worker process, or a Dask cluster.

Both are `concurrent.futures` executors; scheduling, retries and dashboard of a cluster are Dask's own.
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

_CALLS_PER_SLOT = 4  # submitted ahead for each concurrent call, so that no worker idles
_MIN_CLUSTER_SLOTS = 250  # concurrent calls to submit for, as workers may still join a cluster
_RETRIES = 3  # of a call that raises; Dask has its own limit for workers that die of a call
_CONNECT_SECONDS = 5  # for a scheduler to answer
_SILENT = logging.CRITICAL + 1  # a failed call is reported once, as its result
_LOGGERS = ("distributed", "distributed.client")  # Dask's loggers with a level of their own
_LOCAL_CONFIG = {
    "distributed.worker.daemon": False,  # daemons cannot start processes
    "distributed.scheduler.worker-saturation": 1.0,  # one guide at a time: a death blames no other
}
T = TypeVar("T")
R = TypeVar("R")


class WorkerPool(NamedTuple):
    """An executor, the number of its concurrent calls, and a description for people."""

    executor: Executor
    slots: int
    description: str


def map_unordered(pool: WorkerPool, call: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | Exception]]:
    """Yield each item with its call's result or exception, in order of completion; items are drawn as slots free up.

    Raises CancelledError where the executor cancels a call.
    """
    remaining, done = iter(items), SimpleQueue[Future[R]]()
    running: dict[Future[R], T] = {}
    while True:
        for item in islice(remaining, pool.slots * _CALLS_PER_SLOT - len(running)):
            future = pool.executor.submit(call, item)
            running[future] = item
            future.add_done_callback(done.put)
        if not running:
            return
        future = done.get()
        result = _result(future)
        yield running.pop(future), result


def _result(future: Future[R]) -> R | Exception:
    try:
        return future.result()
    except CancelledError:
        raise
    except Exception as error:
        return error


@contextmanager
def local_pool(processes: int) -> Iterator[WorkerPool]:
    """Threads of this process; each reads guides in a worker process."""
    executor = ThreadPoolExecutor(processes)
    try:
        yield WorkerPool(executor, processes, f"{processes} processes")
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        end_workers()
        executor.shutdown()


@contextmanager
def dask_pool(address: str, processes: int) -> Iterator[WorkerPool]:
    """A Dask cluster: the scheduler's at an address, or a new local one of so many processes (`local`).

    Raises UsageError where Dask is missing, no scheduler answers, or it goes away.
    """
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ImportError as error:
        raise UsageError(f"--dask needs what is not installed ({error}); install guide-extract[dask]") from None
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)  # logs calls that are cancelled on leaving
    try:
        with ExitStack() as closing:
            address_or_cluster: Any = address
            if address == "local":
                closing.enter_context(dask.config.set(_LOCAL_CONFIG))
                address_or_cluster = closing.enter_context(_local_cluster(distributed, processes))
            client = closing.enter_context(_client(distributed, address_or_cluster))
            try:
                yield _pool(client, at_least=processes if address == "local" else _MIN_CLUSTER_SLOTS)
            finally:
                with _loggers_silenced():
                    closing.close()
    except CancelledError:
        raise UsageError(f"--dask {address}: the scheduler let go of what it had to do; run again to go on") from None


@contextmanager
def _loggers_silenced() -> Iterator[None]:
    """Silence Dask's loggers while leaving a cluster: cancelled calls are errors only to its scheduler."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(_SILENT)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _local_cluster(distributed: Any, processes: int) -> Any:
    with interrupts_blocked():
        return distributed.LocalCluster(
            n_workers=processes, threads_per_worker=1, dashboard_address=":0", silence_logs=_SILENT
        )


def _client(distributed: Any, address_or_cluster: Any) -> Any:
    try:
        return distributed.Client(address_or_cluster, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--dask {address_or_cluster}: no scheduler answers ({error}); check its address") from None


def _pool(client: Any, at_least: int) -> WorkerPool:
    threads = sum(client.nthreads().values())
    watched = f", to be watched at {client.dashboard_link}" if client.dashboard_link else ""
    description = f"{threads} threads of {client.scheduler.address}{watched}"
    return WorkerPool(client.get_executor(pure=False, retries=_RETRIES), max(threads, at_least), description)
