"""Made-up guides to measure with: nine that are read before the one that counts, and one of any length."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.measure import ROOT
from tests.drift.generate import invent
from tests.typeset.draw import draw
from tests.typeset.layout import Page, pages_from_paragraphs, paragraphs
from tests.typeset.source import draw_source
from tests.typeset.style import PUBLISHED

SEED, YEAR = 3, "2018"
"""A guide whose sections are numbered in groups, 1.1.1 … 1.439.3, so that no number grows beyond three digits."""
_DRAWN = str.maketrans({"–": "—", **{chr(ord("①") + number): f"（{number + 1}）" for number in range(9)}})
"""What the embedded font lacks → what stands for it."""


def others(folder: Path) -> list[Path]:
    """The nine guides of the tests that are in the style of a year, drawn into a folder."""
    drawn = []
    for source in sorted(ROOT.glob("tests/golden/made_*/guide.txt")):
        drawn.append(folder / f"{source.parent.name}.pdf")
        drawn[-1].write_bytes(draw_source(source))
    return drawn


def sized(sections: int) -> tuple[Page, ...]:
    """The pages of a guide with so many sections, 22 lines each as in the guide of 2017."""
    content = [
        replace(paragraph, content=tuple(replace(run, text=run.text.translate(_DRAWN)) for run in paragraph.runs))
        for paragraph in paragraphs(invent(SEED, YEAR, count=sections).pages)
    ]
    return pages_from_paragraphs(content, PUBLISHED)


def write_sized(sections: int, path: Path) -> int:
    """Draw such a guide as the guide of 2017 is drawn, headings four times over; how many pages it has."""
    pages = sized(sections)
    path.write_bytes(draw(pages, PUBLISHED))
    return len(pages)
