"""Where a measurement was made: what its figures hold for."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path


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
