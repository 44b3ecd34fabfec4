"""Who reads the guides of a run: threads here, each with a process of its own, or a cluster through Dask.

Both are executors of concurrent.futures, so scheduling, retries and the dashboard of a cluster are Dask's own.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import NamedTuple, TypeVar

from extract.batch.fulfil import end_workers
from extract.errors import UsageError

_AHEAD = 4  # calls for each that can be made at once: enough that nobody waits, few enough that none piles up
_RETRIES = 3  # of a call whose worker died, on another one
T = TypeVar("T")
R = TypeVar("R")


class Hands(NamedTuple):
    """Who reads guides, and how many at once."""

    executor: Executor
    at_once: int


def spread(hands: Hands, call: Callable[[T], R], things: Iterable[T]) -> Iterator[tuple[T, R | BaseException]]:
    """Each thing with what a call returned for it, or raised, as they are done; things are drawn as they are needed."""
    waiting = iter(things)
    under_way: dict[Future[R], T] = {}
    while True:
        for thing in islice(waiting, hands.at_once * _AHEAD - len(under_way)):
            under_way[hands.executor.submit(call, thing)] = thing
        if not under_way:
            return
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            yield under_way.pop(future), future.exception() or future.result()


@contextmanager
def here(processes: int) -> Iterator[Hands]:
    """Threads of this process; each guide is read in a process beside its thread."""
    executor = ThreadPoolExecutor(processes)
    try:
        yield Hands(executor, processes)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        end_workers()
        executor.shutdown()


@contextmanager
def cluster(address: str, processes: int) -> Iterator[Hands]:
    """A Dask cluster by its scheduler's address, or one of so many processes that is started here (local).

    Raises UsageError where Dask is not installed, or nothing answers at the address.
    """
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ImportError as error:
        raise UsageError(f"--dask needs what is not installed ({error}); install guide-extract[dask]") from None
    # The workers of a cluster may not have processes of their own, unless they are no daemons.
    with dask.config.set({"distributed.worker.daemon": False}):
        started = distributed.LocalCluster(n_workers=processes, threads_per_worker=1) if address == "local" else None
    try:
        with distributed.Client(started or address) as client:
            threads = sum(client.nthreads().values())
            yield Hands(client.get_executor(pure=False, retries=_RETRIES), max(threads, 1))
    except (OSError, ValueError) as error:
        raise UsageError(f"--dask {address}: no scheduler answers ({error}); check its address") from None
    finally:
        if started is not None:
            started.close()
