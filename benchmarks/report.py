"""Figures as Markdown, and the blocks of a page that measurements fill."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

NOTHING = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int) -> str:
    """A table whose first so many columns are words; the others are figures and stand to the right."""
    rule = ["---"] * words + ["--:"] * (len(head) - words)
    return "\n".join((_line(head), f"|{'|'.join(rule)}|", *map(_line, rows)))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def figure(value: float | None, places: int = 2) -> str:
    """A number, or the sign that there is none."""
    return NOTHING if value is None else f"{value:,.{places}f}"


def duration(seconds: float) -> str:
    """A time in the unit that suits it: 40 s, 12 min, 5.3 h, 41 d."""
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.{int(unit == 'h' and seconds < 10 * length)}f} {unit}"
    return f"{seconds:.0f} s"


def put(page: str, name: str, block: str) -> str:
    """The page with this in the block of that name, in place of what stood there. Raises ValueError without a block."""
    begin, end = _marks(name)
    fresh, blocks = re.subn(f"({begin}\n).*?({end})", lambda found: f"{found[1]}{block}\n{found[2]}", page, flags=re.S)
    if blocks != 1:
        raise ValueError(f"the page has {blocks} blocks {begin} … {end}, not one")
    return fresh


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- measured: {name} -->", f"<!-- end: {name} -->"


def machine() -> str:
    """Processor, cores, memory, system, Python, and how busy the machine was, in a line of prose."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return (
        f"{cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory; {system}, Linux "
        f"{platform.release()}; {platform.python_implementation()} {platform.python_version()}; "
        f"guide-extract {version('guide-extract')}; {os.getloadavg()[0]:.1f} processes wanted a core when it began"
    )
