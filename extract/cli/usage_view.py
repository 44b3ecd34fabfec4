"""Which rules of a profile never fire → the table that the terminal shows."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.export.escaping import shown
from extract.model.stages import Usage


def unused(usage: Usage) -> RenderableType:
    """A line that counts, and below it the rules that fire in none of the guides."""
    if not usage.fires:
        return Text("no rule is in force in this file")
    idle = [rule for rule, times in usage.fires.items() if not times]
    read = f"{usage.guides} guide{'s' * (usage.guides != 1)}"
    if not idle:
        return Text.assemble(("✓ ", "green"), f"{len(usage.fires)} rules, each fires; {read} read")
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("key", no_wrap=True)
    table.add_column("never fires", overflow="fold")
    for rule in idle:
        table.add_row(Text(shown(rule.key)), Text(shown(rule.words)))
    head = Text.assemble(("✗ ", "yellow"), f"{len(idle)} of {len(usage.fires)} rules never fire; {read} read")
    return Group(head, Text(), table)
