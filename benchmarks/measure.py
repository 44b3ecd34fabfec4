"""Commands run and watched, and rounds in which everything that is compared has its turn."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

from benchmarks import memory

ROOT = Path(__file__).parents[1]
BETWEEN = 0.01
"""Seconds from one look at a command's memory to the next."""

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True)
class Watched:
    """What a command wrote to stdout, and the most that its processes held together, in MiB."""

    output: bytes
    peak: float


def in_rounds(count: int, tasks: Mapping[K, Callable[[], T]]) -> dict[K, list[T]]:
    """What each task gives in each round. Every task has its turn before any has a second one, so that what else the
    machine does meets all alike.
    """
    results: dict[K, list[T]] = {name: [] for name in tasks}
    for number in range(1, count + 1):
        print(f"{time.strftime('%H:%M:%S')} round {number} of {count}", file=sys.stderr)
        for name, task in tasks.items():
            results[name].append(task())
    return results


def seconds(command: Sequence[str]) -> float:
    """How long a command takes from its start to its end, by the clock on the wall.

    Raises CalledProcessError where it fails.
    """
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def cpu_seconds(command: Sequence[str]) -> float:
    """How long a command keeps a core busy, for itself and in the system. Raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def watched(command: Sequence[str]) -> Watched:
    """Run a command and look at its memory all the while, which slows it: its time counts for nothing.

    The command leads a session, so its processes are found whoever started them. Raises CalledProcessError where it
    fails.
    """
    with TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.DEVNULL, start_new_session=True)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, memory.of_session(process.pid))
            time.sleep(BETWEEN)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, list(command))
        output.seek(0)
        return Watched(output.read(), peak)
