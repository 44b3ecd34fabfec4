"""Many guides through the program, side by side, and their scores in the order of their seeds."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from extract import extract_guide
from extract.errors import UnreadableGuide
from tests.drift.compare import compare
from tests.drift.generate import Invented, invent
from tests.drift.guide_style import STYLES
from tests.drift.plaintext import dumped
from tests.drift.report import joined
from tests.drift.score import Row, Score, score
from tests.typeset.draw import draw

Job = tuple[int, str, bool]


def jobs(guides: int, seed: int, style: str | None, *, text: bool) -> list[Job]:
    """A seed and a style for each guide; the styles go round."""
    styles: Sequence[str] = (style,) if style else STYLES
    return [(seed + number, styles[(seed + number) % len(styles)], text) for number in range(guides)]


def run(work: Sequence[Job], processes: int) -> Score:
    """The score of all guides."""
    if processes == 1:
        return joined([scored(*job) for job in work])
    with get_context("spawn").Pool(processes) as workers:
        return joined(workers.starmap(scored, work, chunksize=1))


def scored(seed: int, style: str, text: bool) -> Score:
    """One guide: made up, drawn, read, compared. A guide that is refused is told, one that stops the program is not."""
    guide = invent(seed, style)
    try:
        record = read(guide, text=text)
    except UnreadableGuide as error:
        return Score(guides=1, told=[Row(seed, style, None, "refused", "a record", str(error))])
    except Exception as error:
        return Score(guides=1, silent=[Row(seed, style, None, "crash", "a record", repr(error))])
    return score(compare(guide.truth, record), record, seed=seed, style=style, text=text)


def read(guide: Invented, *, text: bool = False) -> dict[str, Any]:
    """The program's record of a guide, as plain data."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"guide.{'txt' if text else 'pdf'}"
        file.write_bytes(dumped(guide.pages, guide.style).encode() if text else draw(guide.pages, guide.style))
        record: dict[str, Any] = msgspec.to_builtins(extract_guide(file))
        return record
