"""The words under words/: pools as plain data, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "words"


@cache
def pool(name: str) -> dict[str, Any]:
    """The tables of words/NAME.toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
