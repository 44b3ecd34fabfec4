"""The scores of produced guides as Markdown: a row for each producer and feature, then all that was wrong."""

from __future__ import annotations

from collections.abc import Sequence

from tests.drift.calls import CALLS
from tests.drift.cases import Case
from tests.drift.produced_run import Scored
from tests.drift.report import joined, rows_as_lines, share
from tests.drift.score import Score


def produced_report(found: Sequence[Scored], seed: int) -> str:
    """The whole report; calls have a row for each family."""
    whole = joined([score for _, score in found])
    lines = [
        f"# {whole.guides} guides from seed {seed}: {len(whole.silent)} silent errors, {len(whole.told)} errors told,"
        f" {len(whole.noise)} warnings on right values",
        "",
        "| producer | feature | guides | exact guides | precision | recall | exact values | silent errors | errors told | warnings on right values |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for producer in dict.fromkeys(case.producer for case, _ in found):
        own = [(case, score) for case, score in found if case.producer == producer]
        lines.append(_line(producer, "all", [score for _, score in own]))
        for feature in sorted({name for case, _ in own for name in _kinds(case)}):
            lines.append(_line(producer, feature, [score for case, score in own if feature in _kinds(case)]))
    lines.append(_line("all", "all", [score for _, score in found]))
    return "\n".join([*lines, *rows_as_lines(whole)]) + "\n"


def _kinds(case: Case) -> tuple[str, ...]:
    return (case.style, *case.features) if case.style in CALLS else case.features


def _line(producer: str, feature: str, scores: Sequence[Score]) -> str:
    score = joined(scores)
    tally = score.whole
    exact = sum(one.whole.right == one.whole.all for one in scores)
    cells = (
        producer,
        feature,
        score.guides,
        f"{exact / score.guides:.2f}",
        share(tally.hits, tally.claimed),
        share(tally.hits, tally.wanted),
        share(tally.right, tally.all),
        len(score.silent),
        len(score.told),
        f"{len(score.noise)} ({100 * len(score.noise) / max(tally.right, 1):.2f} %)",
    )
    return f"| {' | '.join(map(str, cells))} |"
