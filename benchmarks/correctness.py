"""What is right: the sections of the guide of 2017, as a person read them, in what a contender gives."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measure import ROOT

Heading = tuple[str, str]
"""A section's number and its title without spaces."""

GOLDEN = ROOT / "tests/golden/guide_2017/expected.json"
BOLD = "1.10"
"""The section whose heading the guide prints four times over, and whose number ends in a zero."""

# A number after a line's start or a space, marks of Markdown or not; a title up to the line's end or the first label.
_HEADING = re.compile(r"(?:^|(?<=\s))[#*\-]*[ \t]*(1\.\d+)(?!\d)[ \t]*(\S.*?)[ *]*(?=合作协议：|$)", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    """Of the guide's sections: is 1.10 right and there once, how many are right, and is nothing else there."""

    bold: bool
    right: int
    wanted: int
    exact: bool


def judge(found: Sequence[Heading], wanted: Sequence[Heading]) -> Verdict:
    """Headings as they were found, against those that there are; exact is in order and without another one."""
    bold = [heading for heading in wanted if heading[0] == BOLD]
    return Verdict(
        bold=[heading for heading in found if heading[0] == BOLD] == bold,
        right=sum(heading in found for heading in wanted),
        wanted=len(wanted),
        exact=list(found) == list(wanted),
    )


def expected() -> list[Heading]:
    """The sections of the guide's golden file."""
    return in_record(GOLDEN.read_bytes())


def in_record(record: bytes) -> list[Heading]:
    """The sections of a record."""
    return [(section["number"], _bare(section["title"])) for section in json.loads(record)["sections"]]


def in_text(text: str) -> list[Heading]:
    """What looks like a heading in plain text or Markdown. A reader who puts spaces into titles loses nothing."""
    return [(found[1], _bare(found[2])) for found in _HEADING.finditer(text)]


def _bare(title: str) -> str:
    return re.sub(r"\s", "", title)
