"""schema: the JSON Schema of the record."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("schema", help="print the JSON Schema of the record", description=run.__doc__)
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print the JSON Schema of the record to stdout."""
    import json

    from extract.export.json import schema

    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0
