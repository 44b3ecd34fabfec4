"""Entries of a run → what the terminal shows of it: the guides to look at, and how many there are of each outcome."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.export.escaping import shown
from extract.run.runs import OUTCOMES, Entry

_NAMES = {"read": "read", "look": "to look at", "refused": "refused", "unreadable": "unreadable"}
_STYLES = {"read": "green", "look": "yellow", "refused": "red", "unreadable": "red"}
_ROWS = 40  # guides at the most, those to look at first: run.json has them all


def overview(entries: Sequence[Entry], read: int) -> RenderableType:
    """A line for each guide, the worst first, and below it the sums; `read` is how many were read just now."""
    table = Table(header_style="bold", box=None, pad_edge=False)
    table.add_column("guide", overflow="fold")
    for column in ("sections", "findings", "s"):
        table.add_column(column, justify="right")
    table.add_column("outcome")
    worst = sorted(entries, key=lambda entry: (-entry.exit_code, entry.input))
    for entry in worst[:_ROWS]:
        table.add_row(*_cells(entry))
    left = len(entries) - _ROWS
    more = [Text(f"… and {left} more, in run.json", style="dim")] if left > 0 else []
    return Group(table, *more, Text(), _sums(entries, read))


def _cells(entry: Entry) -> tuple[Text, ...]:
    findings = sum(entry.findings.values())
    return (
        Text(shown(entry.input)),
        Text(str(entry.sections) if entry.files else ""),
        Text(str(findings) if findings else ""),
        Text(f"{entry.seconds:.1f}"),
        Text(_NAMES[entry.outcome], style=_STYLES[entry.outcome]),
    )


def _sums(entries: Sequence[Entry], read: int) -> Text:
    """3 guides: 1 read, 1 to look at, 1 unreadable; 2 had not changed."""
    counts = Counter(entry.outcome for entry in entries)
    told = [(f"{counts[one]} {_NAMES[one]}", _STYLES[one]) for one in OUTCOMES if counts[one]]
    unchanged = len(entries) - read
    ends = f"; {unchanged} had not changed" if unchanged else ""
    return Text.assemble(f"{len(entries)} guide{'s' * (len(entries) != 1)}: ", *_between(told), ends)


def _between(told: Sequence[tuple[str, str]]) -> list[str | tuple[str, str]]:
    parts: list[str | tuple[str, str]] = []
    for part in told:
        parts += [", ", part] if parts else [part]
    return parts
