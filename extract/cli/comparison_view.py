"""Comparison → terminal: totals, a line for each pair of sections, doubtful pairs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.cli.views import plain_table
from extract.export.escaping import escape_all
from extract.export.labels import ARROWS, CAUTIONS, FACTS, OUTCOME_NAMES, WHAT_NAMES
from extract.export.number_format import format_cell, format_condition, format_figure, format_places
from extract.model.comparison import (
    Change,
    ChangedItem,
    Comparison,
    GuideSummary,
    Kind,
    Outcome,
    Pair,
    SectionSummary,
    Statement,
    Total,
)
from extract.model.ranges import Range
from extract.model.record import Status
from extract.model.text import shortened

_MARKS: dict[Outcome, tuple[str, str]] = {
    "new": ("+", "green"),
    "gone": ("-", "red"),
    "changed": ("*", "yellow"),
    "worded": ("~", "dim"),
    "same": ("=", "dim"),
}
_SIGNS: dict[Kind, str] = {"added": "+", "removed": "-", "changed": "*", "corrected": "=", "worded": "~"}
_CORRECTED_MARK = "*"  # behind a corrected value
_MAX_QUOTE_LENGTH = 60  # characters


def comparison_view(comparison: Comparison) -> RenderableType:
    """Show what came, went and changed, and what is doubtful."""
    comparison = escape_all(comparison)
    blocks = [
        _head(comparison),
        _table(comparison.pairs),
        _lines(_changed(comparison.pairs)),
        _lines(_doubts(comparison.pairs)),
        _lines(_guide(comparison.guide)),
        _lines([(Text(_CORRECTED_MARK), Text("corrected by a person"))] if _any_corrected(comparison) else []),
    ]
    return Group(*(part for block in blocks if block.row_count for part in (block, Text())))


def _lines(rows: Iterable[tuple[Text, Text]]) -> Table:
    """Rows of a name and its text."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _head(comparison: Comparison) -> Table:
    return _lines(
        [
            *(
                (Text(name), Text(_named(side), style="bold"))
                for name, side in (("before", comparison.before), ("after", comparison.after))
            ),
            *((Text("!", style="yellow"), Text(CAUTIONS[one].en, style="yellow")) for one in comparison.cautions),
            *((Text(total.unit), Text(_total(total))) for total in comparison.totals),
            (Text("sections"), _outcomes(comparison.pairs)),
        ]
    )


def _named(side: GuideSummary) -> str:
    """Name a guide: title, id (year and batch) and file."""
    title = _star(side.title, not side.corrected.keys().isdisjoint(("title", "programme")))
    round_ = _star(side.id, not side.corrected.keys().isdisjoint(("year", "batch")))
    return f"{title} ({round_}, {side.file})"


def _total(total: Total) -> str:
    sides = [
        f"{format_figure(one, total.unit).zh} ({one.stated} of {one.sections} sections)" if one else "none stated"
        for one in (total.before, total.after)
    ]
    return f"{' → '.join(sides)} {ARROWS[total.trend]}".rstrip()


def _outcomes(pairs: Sequence[Pair]) -> Text:
    counts = Counter(pair.outcome for pair in pairs)
    words = [
        Text(f"{mark} {counts[outcome]} {OUTCOME_NAMES[outcome].en}", style=style)
        for outcome, (mark, style) in _MARKS.items()
    ]
    doubtful = sum(pair.doubtful for pair in pairs)
    return Text(" · ").join([*words, *([Text(f"? {doubtful} doubtful", style="yellow")] if doubtful else [])])


def _table(pairs: Sequence[Pair]) -> Table:
    table = plain_table()
    table.add_column("", no_wrap=True)
    table.add_column("number", overflow="fold", max_width=11)
    table.add_column("section", overflow="fold", min_width=8)
    table.add_column("projects", justify="right", overflow="fold", min_width=8)
    table.add_column("万元", justify="right", overflow="fold", min_width=11)
    for pair in pairs:
        mark, style = _MARKS[pair.outcome]
        heads = [head for head in (pair.before, pair.after) if head]
        named = any(not head.corrected.keys().isdisjoint(("title", "partners")) for head in heads)
        table.add_row(
            Text(f"{mark}{'?' if pair.doubtful else ''}", style=style),
            Text(_arrow([head.number for head in heads])),
            Text(_star(heads[-1].title, named), style="" if pair.outcome in ("new", "gone", "changed") else "dim"),
            Text(_arrow([_head_figure(head, "projects") for head in heads])),
            Text(_arrow([_head_figure(head, "funding") for head in heads])),
        )
    return table


def _arrow(sides: Sequence[str]) -> str:
    """Join both sides if they differ; a narrow cell folds between them."""
    return sides[0] if len(set(sides)) == 1 else " → ".join(sides)


def _head_figure(head: SectionSummary, name: Literal["projects", "funding"]) -> str:
    """Format a figure of a section, marked if it was corrected."""
    return _star(_figure(getattr(head, name), getattr(head, f"{name}_status")), name in head.corrected)


def _star(words: str, corrected: bool) -> str:
    return words + _CORRECTED_MARK if corrected else words


def _any_corrected(comparison: Comparison) -> bool:
    """Return True if any corrected value is shown; sections of one guide alone show only their heads."""
    heads = [head for pair in comparison.pairs for head in (pair.before, pair.after) if head]
    changes = [change for pair in comparison.pairs if pair.before and pair.after for change in pair.changes]
    shown: list[GuideSummary | SectionSummary | Change] = [
        comparison.before,
        comparison.after,
        *comparison.guide,
        *heads,
        *changes,
    ]
    return any(entry.corrected for entry in shown)


def _figure(value: Range | None, status: Status) -> str:
    """Format a figure, or its status; "each" if it is stated only for each project or field."""
    return format_cell(value) or ("each" if status == "stated" else status)


def _changed(pairs: Sequence[Pair]) -> Iterator[tuple[Text, Text]]:
    """Yield the counts of what was added, removed, changed: topic +4 -1, funding ↑."""
    for pair in pairs:
        if pair.outcome in ("changed", "worded"):
            mark, style = _MARKS[pair.outcome]
            items = dict.fromkeys(change.what for change in pair.changes)
            parts = [_format_changes(pair.changes, item) for item in items]
            yield Text(f"{mark} {_numbers(pair)}", style=style), Text(", ".join(parts))


def _format_changes(changes: Sequence[Change], what: ChangedItem) -> str:
    matching = [change for change in changes if change.what == what]
    kinds = Counter(change.kind for change in matching)
    signs = " ".join(f"{sign}{kinds[kind]}" for kind, sign in _SIGNS.items() if kinds[kind])
    words = f"{WHAT_NAMES[what].en} {ARROWS[matching[0].trend] if len(matching) == 1 and matching[0].trend else signs}"
    facts = ", ".join(dict.fromkeys(FACTS[change.condition.fact].en for change in matching if change.condition))
    return _star(f"{words} ({facts})" if facts else words, any(change.corrected for change in matching))


def _numbers(pair: Pair) -> str:
    return _arrow([head.number for head in (pair.before, pair.after) if head])


def _doubts(pairs: Sequence[Pair]) -> Iterator[tuple[Text, Text]]:
    for pair in pairs:
        if pair.doubtful:
            alike = f"likeness {pair.likeness.whole}" if pair.likeness else OUTCOME_NAMES[pair.outcome].en
            others = ", ".join(f"{one.before} → {one.after} ({one.likeness.whole})" for one in pair.rivals)
            reason = f"nearly as good: {others}" if others else "hardly alike: perhaps one went and another came"
            yield Text(f"? {_numbers(pair)}", style="yellow"), Text(f"{alike}; {reason}")


def _guide(changes: Sequence[Change]) -> Iterator[tuple[Text, Text]]:
    """Yield the changes in the facts of the guides, in a line each."""
    for change in changes:
        both = (("before", change.before), ("after", change.after))
        sides = [_star(_cited(statement), side in change.corrected) for side, statement in both if statement]
        words = f"{' → '.join(sides)} {ARROWS[change.trend]}".rstrip()
        yield Text(f"{_SIGNS[change.kind]} {WHAT_NAMES[change.what].en}"), Text(words)


def _cited(side: Statement) -> str:
    words = shortened(side.text, _MAX_QUOTE_LENGTH)
    if side.condition:
        words = f"{FACTS[side.condition.fact].en}: {format_condition(side.condition).en}: {words}"
    where = format_places(side.evidence).en
    return f"{words} ({where})" if where else words
