"""What processes hold in memory, as Linux tells it in /proc. Everything is in MiB."""

from __future__ import annotations

import re
from pathlib import Path

PROC = Path("/proc")


def held() -> float:
    """What this process holds now."""
    return _read(PROC / "self/status", "VmRSS")


def peak() -> float:
    """The most that this process has held, since it was made to forget what came before."""
    return _read(PROC / "self/status", "VmHWM")


def forget_peak() -> None:
    (PROC / "self/clear_refs").write_text("5")


def of_session(leader: int) -> float:
    """What all processes of a session hold together, where what several share counts once, in parts; or the most that
    one of them has held so far, where that is more: it may have been between two looks.
    """
    members = _members(leader)
    together = sum(_read(process / "smaps_rollup", "Pss") for process in members)
    return max([together, *(_read(process / "status", "VmHWM") for process in members)])


def peaks(leader: int) -> dict[int, float]:
    """The most that each process of a session has held so far, by its number."""
    return {int(process.name): _read(process / "status", "VmHWM") for process in _members(leader)}


def _members(leader: int) -> list[Path]:
    return [process for process in PROC.glob("[0-9]*") if _session(process) == leader]


def _session(process: Path) -> int | None:
    """The session of a process, or None where it has ended meanwhile."""
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[3])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _read(told: Path, name: str) -> float:
    """A figure by its name; a process that has ended, or is about to, has none."""
    try:
        found = re.search(rf"^{name}:\s*(\d+) kB", told.read_text(), re.MULTILINE)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
