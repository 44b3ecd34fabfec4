"""How much memory a record takes by itself, in a process that holds nothing else.

python -m benchmarks.record_memory RECORD
"""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from benchmarks import memory
from benchmarks.measure import ROOT


def held_by(record: Path) -> float:
    """MiB that a process grows by when it loads a record. Raises CalledProcessError where it cannot."""
    command = [sys.executable, "-m", "benchmarks.record_memory", str(record)]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return float(told)


# ── in the process ────────────────────────────────────────────────────────────────────────────────────


def main(record: str) -> None:
    from extract import load

    gc.collect()
    before = memory.held()
    guide = load(record)
    gc.collect()
    print(memory.held() - before)
    del guide


if __name__ == "__main__":
    main(*sys.argv[1:])
