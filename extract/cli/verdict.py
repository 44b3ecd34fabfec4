"""What verify found → the lines and the table that the terminal shows."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.export.escaping import shown
from extract.model.stages import Proof

_ROWS = 40  # rows of the table at the most


def verdict(proofs: Sequence[Proof]) -> RenderableType:
    """A line for each question; below them a table of the places that are not proved."""
    lines = [
        Text.assemble(("✗ not proved ", "red") if proof.failures else ("✓ proved     ", "green"), f" {proof.question}")
        for proof in proofs
    ]
    failures = dict.fromkeys(failure for proof in proofs for failure in proof.failures)
    if not failures:
        return Group(*lines)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("place", "the record has", "the guide has"):
        table.add_column(column, overflow="fold")
    for failure in list(failures)[:_ROWS]:
        table.add_row(*(Text(shown(words)) for words in (failure.place, failure.recorded, failure.found)))
    more = [Text(f"… and {len(failures) - _ROWS} more places")] if len(failures) > _ROWS else []
    return Group(*lines, Text(), table, *more)
