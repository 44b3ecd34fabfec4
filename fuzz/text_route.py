"""Fuzzes the way from plain text to its record: python -m fuzz.text_route (see README.md beside it)."""

import re
from pathlib import Path

from extract.errors import UnreadableGuide
from extract.profile.files import load_profile
from extract.pull import pull
from fuzz.loop import fuzz
from tests.support.records import prove_outputs, read

ROOT = Path(__file__).parents[1]
SEEDS = [
    re.sub("^@.*\n|^[=#] ", "", path.read_text("utf-8"), flags=re.MULTILINE)
    .encode()[:6000]
    .decode("utf-8", "ignore")
    .encode()
    for path in sorted(ROOT.glob("tests/golden/*/guide.txt"))
]


def target(data: bytes) -> None:
    """Raises where bytes are neither refused with our own error nor give a whole record."""
    try:
        pulled = pull(Path("guide.txt"), data=b"\n" + data.replace(b"%PDF-", b""))
    except UnreadableGuide:
        return
    if found := read(pulled, load_profile()):
        guide, repaired = found
        prove_outputs(guide, pulled, repaired, guide)


if __name__ == "__main__":
    fuzz(target, SEEDS)
