"""The part `batches`: a folder of made-up guides by one process, by two, and on a cluster that loses a worker."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from distributed import LocalCluster

from benchmarks import memory
from benchmarks.measure import ROOT
from benchmarks.report import duration, figure, machine, table
from extract import load
from extract.run.executors import dask_pool, map_unordered
from tests.drift.generate import invent
from tests.drift.run import jobs
from tests.typeset.draw import draw

SEED = 1
DASK = ("-j", "2", "--dask", "local")
WAYS: dict[str, tuple[str, ...]] = {
    "1 process": ("-j", "1"),
    "2 processes": ("-j", "2"),
    "Dask, 2 workers": DASK,
    "Dask, one of 2 killed half way": DASK,
}
"""The first is what the others are measured by, the second what is reckoned from; of the last a worker is killed."""
HEAD = ("", "s", "guides a second", "pages a second", "×", "parent, MiB", "largest other, MiB", "lost")
PAGES = (10_000, 1_000_000, 100_000_000)
CORES = (2, 32, 1000)
CALLS = 2000
BETWEEN = 0.05
"""Seconds from one look at a run to the next."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A run: its seconds; the most that its first process held, and any one of the others, in MiB; hashes of records by
    name; and how many bytes its run.json has.
    """

    seconds: float
    parent: float
    other: float
    records: Mapping[str, str]
    noted: int


def batches(guides: int) -> str:
    """Measure, and say it in Markdown."""
    began = machine()
    with TemporaryDirectory() as name:
        folder = Path(name)
        _draw(guides, folder / "in")
        ran = {way: _run(way, folder / "in", folder / way, guides // 2) for way in WAYS}
        pages = sum(load(record).source.pages or 0 for record in _records(folder / next(iter(WAYS))))
    return block(ran, guides, pages, _calls_a_second(), began)


def _draw(guides: int, folder: Path) -> None:
    folder.mkdir()
    for seed, style, _ in jobs(guides, SEED, None, text=False):
        guide = invent(seed, style)
        (folder / f"guide_{seed:05}.pdf").write_bytes(draw(guide.pages, guide.style))


def _run(way: str, guides: Path, output: Path, half: int) -> Ran:
    """Run the command; in the last of the ways, a worker is killed when half of the guides are noted."""
    print(f"{time.strftime('%H:%M:%S')} {way}", file=sys.stderr)
    command = [sys.executable, "-m", "extract", "run", "-q", str(guides), "--to", "json", "-o", str(output), *WAYS[way]]
    peaks: dict[int, float] = {}
    kills = way == list(WAYS)[-1]
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None:
            for one, peak in memory.peaks(process.pid).items():  # one that is ending holds nothing any more
                peaks[one] = max(peak, peaks.get(one, 0))
            if kills and len(list(output.glob(".run/*.json"))) >= half:
                os.kill(_worker(process.pid), signal.SIGKILL)
                kills = False
            time.sleep(BETWEEN)
    if kills or process.returncode not in (0, 1, 3):  # guides may be to look at, or refused
        raise RuntimeError(f"{way}: the run was over before a worker was killed, or failed ({process.returncode})")
    return Ran(
        seconds=time.perf_counter() - started,
        parent=peaks.pop(process.pid),
        other=max(peaks.values()),
        records={file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in _records(output)},
        noted=(output / "run.json").stat().st_size,
    )


def _records(output: Path) -> list[Path]:
    return sorted(output.glob("guide_*.json"))


def _worker(parent: int) -> int:
    """A worker that Dask has started: Python's way to start processes is in its command line."""
    threads = (memory.PROC / f"{parent}/task").glob("*/children")
    children = [one for thread in threads for one in thread.read_text().split()]
    return next(int(one) for one in children if b"spawn_main" in (memory.PROC / one / "cmdline").read_bytes())


def _calls_a_second() -> float:
    """How many calls that do nothing go through a cluster's scheduler: what it takes for each, and whoever asks it."""
    local = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0")  # type: ignore[no-untyped-call]
    with local, dask_pool(local.scheduler_address, 2) as hands:
        list(map_unordered(hands, abs, range(100)))
        started = time.perf_counter()
        list(map_unordered(hands, abs, range(CALLS)))
        return CALLS / (time.perf_counter() - started)


# ── in Markdown ───────────────────────────────────────────────────────────────────────────────────────


def block(ran: Mapping[str, Ran], guides: int, pages: int, calls: float, began: str) -> str:
    """What was measured, what it was measured on, and what follows for more pages and cores."""
    first, second = list(ran.values())[:2]
    rows = [_row(way, one, first, guides, pages) for way, one in ran.items()]
    told = f"{guides:,} guides with {pages:,} pages, `--to json`, each way once, start and end of the command included."
    each, long = pages / second.seconds / 2, pages / guides
    follows = (
        f"Reckoned from 2 processes, which read {figure(each, 1)} pages a second each. Calls that do nothing go "
        f"through Dask here at {figure(calls, 0)} a second, which keeps {figure(calls * long / each, 0)} of them busy."
    )
    reckoned = [
        [f"{many:,}", f"{many / long:,.0f}", *(duration(many / each / cores) for cores in CORES),
         figure(many / pages * second.noted / 2**20, 0)]
        for many in PAGES
    ]  # fmt: skip
    head = ("pages", "guides", *(f"{cores:,} cores" for cores in CORES), "run.json, MiB")
    return "\n\n".join((table(HEAD, rows, words=1), f"{told} {began}.", follows, table(head, reckoned, words=0)))


def _row(way: str, ran: Ran, first: Ran, guides: int, pages: int) -> Sequence[str]:
    lost = sum(ran.records.get(name) != record for name, record in first.records.items())
    return [
        way,
        figure(ran.seconds, 1),
        figure(guides / ran.seconds),
        figure(pages / ran.seconds, 1),
        figure(first.seconds / ran.seconds),
        figure(ran.parent, 0),
        figure(ran.other, 0),
        f"{lost}",
    ]
