"""One reading in a process that has read other guides before.

    python -m benchmarks.warm_process NAME GUIDE MADE [BEFORE ...]

A process for each reading, because libraries remember: a second reading of the same file may be no reading at all.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import memory
from benchmarks.scripts import READ, encoded


@dataclass(frozen=True)
class Reading:
    """Seconds of one reading, and how far the process grew meanwhile at most, in MiB."""

    seconds: float
    grown: float


def read_warm(name: str, guide: Path, made: Path, before: Sequence[Path]) -> Reading:
    """Let the script of that name read guides, and then one more that counts; what it gives is written to `made`.

    Raises CalledProcessError where it fails.
    """
    from benchmarks.measure import ROOT

    command = [sys.executable, "-m", "benchmarks.warm_process", name, str(guide), str(made), *map(str, before)]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return Reading(**json.loads(told.splitlines()[-1]))


# ── in the process ────────────────────────────────────────────────────────────────────────────────────


def main(name: str, guide: str, made: str, *before: str) -> None:
    read = READ[name]
    for one in before:
        read(one)
    gc.collect()
    held = memory.held()
    memory.forget_peak()
    started = time.perf_counter()
    product = read(guide)
    reading = Reading(time.perf_counter() - started, memory.peak() - held)
    Path(made).write_bytes(encoded(product))
    print(json.dumps(asdict(reading)))


if __name__ == "__main__":
    main(*sys.argv[1:])
