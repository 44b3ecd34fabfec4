"""Who takes part: how each is called as a user calls it, and what has to be installed for that."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.correctness import Heading, in_record, in_text

BASE = "pdfplumber"
"""Whose time all others are measured by."""
_ASKED = {"pdftotext": "-v", "java": "-version"}
"""How a program is asked for its version."""


class Missing(Exception):
    """Something that a contender needs is not installed; the message says what."""


def _headings(output: bytes) -> list[Heading]:
    return in_text(output.decode("utf-8", "replace").replace("\r", ""))


@dataclass(frozen=True, kw_only=True)
class Contender:
    """`command` is what a new process runs, with `{guide}` and `{folder}` to be filled in; `script` is the name of the
    same call in scripts.READ, None for a program that is no library. `package` is whose version is told, None for a
    program that tells its own; `needs` are the programs that it starts in turn.
    """

    name: str
    gives: str
    command: tuple[str, ...]
    script: str | None = None
    package: str | None = None
    needs: tuple[str, ...] = ()
    headings: Callable[[bytes], list[Heading]] = _headings

    def version(self) -> str:
        """Its version, and those of the programs that it needs. Raises Missing."""
        found = [_packaged(self.package) if self.package else _told(self.command[0])]
        program(self.command[0])
        return ", ".join([*found, *(f"{name} {_told(name)}" for name in self.needs)])

    def cold(self, guide: Path, folder: Path) -> list[str]:
        """What runs it on a guide, with a folder for what it writes. Raises Missing."""
        first, *rest = (word.format(guide=guide, folder=folder) for word in self.command)
        return [program(first), *rest]


def program(name: str) -> str:
    """Where a program lies: beside this Python, else on the PATH. Raises Missing."""
    places = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    found = shutil.which(name, path=os.pathsep.join(places))
    if not found:
        raise Missing(f"{name} is not installed")
    return found


def _packaged(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        raise Missing(f"{package} is not installed") from None


def _told(name: str) -> str:
    """The version that a program tells of itself; they do so on stderr."""
    told = subprocess.run([program(name), _ASKED[name]], capture_output=True, text=True, check=False).stderr
    found = re.search(r"\d+(?:\.\d+)+", told)
    return found[0] if found else "of unknown version"


def _ours(reader: str) -> Contender:
    return Contender(
        name=f"guide-extract, reader {reader}",
        gives="JSON, evidence, checks",
        command=("guide-extract", "run", "--reader", reader, "--to", "json", "-q", "{guide}", "--output", "{folder}"),
        script=f"guide-extract {reader}",
        package="guide-extract",
        headings=in_record,
    )


def _library(package: str, gives: str) -> Contender:
    command = (sys.executable, "-m", "benchmarks.scripts", package, "{guide}")
    return Contender(name=package, gives=gives, command=command, script=package, package=package)


CONTENDERS = (
    _ours("both"),
    _ours("pdfium"),
    _ours("pdfplumber"),
    _library(BASE, "text"),
    _library("pdfminer.six", "text"),
    _library("pypdf", "text"),
    _library("pypdfium2", "text"),
    Contender(name="pdftotext", gives="text", command=("pdftotext", "-layout", "{guide}", "-")),
    _library("kreuzberg", "text"),
    _library("markitdown", "Markdown"),
    Contender(
        name="opendataloader-pdf",
        gives="Markdown",
        command=("opendataloader-pdf", "--quiet", "--format", "markdown", "--to-stdout", "{guide}"),
        package="opendataloader-pdf",
        needs=("java",),
    ),
    _library("invoice2data", "fields of a template"),
)
