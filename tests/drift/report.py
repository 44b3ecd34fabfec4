"""The score as Markdown: a table by field, silent errors, noise. The same score gives the same words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.drift.compare import COMMON, DECLARED, FACTS, FIELDS
from tests.drift.score import Row, Score, Tally

COLUMNS = (
    "section",
    *FIELDS,
    *(f"guide.{name}" for name in FACTS),
    *(f"guide.declared.{name}" for name in DECLARED),
    *(f"guide.common.{name}" for name in COMMON),
)
LONGEST = 400


def report(score: Score) -> str:
    """The whole report."""
    lines = [
        f"# {score.guides} guides: {len(score.silent)} silent errors, {len(score.told)} errors told, {len(score.noise)} noise",
        "",
        "| field | values | precision | recall | exact | unread | wrong |",
        "|---|---|---|---|---|---|---|",
        *(_line(name, score.fields[name]) for name in COLUMNS if name in score.fields),
    ]
    return "\n".join([*lines, *rows_as_lines(score)]) + "\n"


def rows_as_lines(score: Score) -> list[str]:
    """What to look at, under three headings."""
    lines = []
    for name, rows in (("Silent errors", score.silent), ("Errors told", score.told), ("Noise", score.noise)):
        lines += ["", f"## {name}", "", *(_row(row) for row in rows)]
        lines += [] if rows else ["None."]
    return lines


def _line(name: str, tally: Tally) -> str:
    cells = (
        tally.all,
        share(tally.hits, tally.claimed),
        share(tally.hits, tally.wanted),
        share(tally.right, tally.all),
        tally.unread,
        tally.wrong,
    )
    return f"| {name} | {' | '.join(str(cell) for cell in cells)} |"


def share(part: int, whole: int) -> str:
    """A ratio with four digits."""
    return f"{part / whole:.4f}" if whole else "–"


def _row(row: Row) -> str:
    head = f"- seed {row.seed} style {row.style} · {row.section or 'guide'} · {row.field}"
    if row.want is None and isinstance(row.got, str) and not row.got.startswith("20"):
        return f"{head}: {_short(row.got)}"
    want, got = _apart(row.want, row.got)
    return f"{head}\n  - want {_short(want)}\n  - got {_short(got)}"


def _apart(want: Any, got: Any) -> tuple[Any, Any]:
    """Of two tables, or two lists of the same length, only what differs, with the words that it was read from."""
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        apart = [_apart(a, b) for a, b in zip(want, got, strict=True) if a != b]
        return [a for a, _ in apart], [b for _, b in apart]
    if not isinstance(want, dict) or not isinstance(got, dict):
        return want, got
    keys = [key for key in {**want, **got} if want.get(key) != got.get(key)]
    apart = [_apart(want.get(key), got.get(key)) for key in keys]
    of = {"of": want["text"]} if want.get("text") and "text" not in keys else {}
    return {**of, **dict(zip(keys, (a for a, _ in apart), strict=True))}, dict(
        zip(keys, (b for _, b in apart), strict=True)
    )


def _short(value: Any) -> str:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


def joined(scores: Sequence[Score]) -> Score:
    """The scores of many guides as one."""
    whole = Score()
    for one in scores:
        whole.join(one)
    return whole
