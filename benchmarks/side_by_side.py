"""The part `tools`: the guide of 2017 through every contender, cold and warm, and whether headings come out right."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.correctness import BOLD, Verdict, expected, judge
from benchmarks.guides import others
from benchmarks.measure import ROOT, cpu_seconds, in_rounds, seconds, watched
from benchmarks.report import NOTHING, figure, machine, table
from benchmarks.tools import BASE, CONTENDERS, Contender, Missing, program
from benchmarks.warm_process import read_warm

GUIDE = ROOT / "raw/guide_2017.pdf"
HEAD = ("tool", "version", "gives", "cold, s", "×", "warm, s", "×", "peak, MiB", f"heading {BOLD}", "sections")
_HELP = "guide-extract --help"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A contender and what came of it: the seconds of each round, the peak of a cold run in MiB. One that could not be
    run says in `version` why.
    """

    contender: Contender
    version: str
    verdict: Verdict | None = None
    peak: float | None = None
    cold: Sequence[float] = ()
    warm: Sequence[float] = ()


def side_by_side(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    began = machine()
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows = [tried(contender, folder) for contender in CONTENDERS]
        times = in_rounds(rounds, _tasks([row.contender for row in rows if row.verdict], folder))
    timed = [
        replace(row, cold=times.get((row.contender.name, "cold"), ()), warm=times.get((row.contender.name, "warm"), ()))
        for row in rows
    ]
    return block(timed, times[_HELP, "cpu"], rounds, began)


def tried(contender: Contender, folder: Path) -> Row:
    """Whether a contender runs here, what it gives, and how much memory it takes for that."""
    try:
        version = contender.version()
    except Missing as error:
        return Row(contender=contender, version=str(error))
    try:
        with TemporaryDirectory(dir=folder) as target:
            run = watched(contender.cold(GUIDE, Path(target)))
            record = Path(target) / f"{GUIDE.stem}.json"
            output = record.read_bytes() if record.exists() else run.output
    except subprocess.CalledProcessError as error:
        return Row(contender=contender, version=f"{version}: fails with exit code {error.returncode}")
    return Row(
        contender=contender, version=version, verdict=judge(contender.headings(output), expected()), peak=run.peak
    )


def _tasks(contenders: Sequence[Contender], folder: Path) -> dict[tuple[str, str], Callable[[], float]]:
    """What each round does: every contender cold, and warm if it can be, after nine other guides."""
    before, made = others(folder), folder / "made"
    tasks: dict[tuple[str, str], Callable[[], float]] = {
        (_HELP, "cpu"): partial(cpu_seconds, [program("guide-extract"), "--help"])
    }
    for contender in contenders:
        tasks[contender.name, "cold"] = partial(_cold, contender, folder)
        if contender.script:
            tasks[contender.name, "warm"] = partial(_warm, contender.script, made, before)
    return tasks


def _cold(contender: Contender, folder: Path) -> float:
    """Into a folder of its own: guide-extract does not read again what it finds read."""
    with TemporaryDirectory(dir=folder) as target:
        return seconds(contender.cold(GUIDE, Path(target)))


def _warm(script: str, made: Path, before: Sequence[Path]) -> float:
    return read_warm(script, GUIDE, made, before).seconds


def block(rows: Sequence[Row], helping: Sequence[float], rounds: int, began: str) -> str:
    """The table, and below it what it holds for."""
    base = next(row for row in rows if row.contender.name == BASE)
    cells = [_cells(row, base) for row in rows]
    return "\n\n".join(
        (
            table(HEAD, cells, words=3),
            f"`{_HELP}` keeps a core busy for {figure(_median(helping))} s.",
            f"Medians of {rounds} rounds; × is the median divided by that of {BASE}. {began}.",
        )
    )


def _cells(row: Row, base: Row) -> list[str]:
    contender, verdict = row.contender, row.verdict
    cells = [f"**{contender.name}**" if contender.name == BASE else contender.name, row.version, contender.gives]
    for times, measure in ((row.cold, base.cold), (row.warm, base.warm)):
        mine, theirs = _median(times), _median(measure)
        cells += [figure(mine), figure(mine / theirs if mine and theirs else None)]
    cells.append(figure(row.peak, 0))
    return cells + (_judged(verdict) if verdict else [NOTHING] * 2)


def _judged(verdict: Verdict) -> list[str]:
    more = "" if verdict.exact or verdict.right < verdict.wanted else ", and others"
    return ["right" if verdict.bold else "wrong", f"{verdict.right} of {verdict.wanted}{more}"]


def _median(times: Sequence[float]) -> float | None:
    return median(times) if times else None
