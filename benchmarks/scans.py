"""The part `scans`: the guide of 2017, scanned and read by OCR: what a page takes, and what comes out right."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import ROOT
from benchmarks.report import figure, machine, table
from extract.export.json import dumps
from extract.model.record import Guide, without_keys
from extract.model.stages import Line
from extract.pipeline import assemble
from extract.profile.files import load_profile
from extract.pull import pull
from extract.repair import repair
from extract.verify import Mismatch, differences
from tests.support.scans import as_pdf, scan

PDF = ROOT / "raw/guide_2017.pdf"
HEAD = (
    "pages",
    "s a page",
    "× of the PDF",
    "characters",
    "wrong, %",
    "leaves",
    "wrong",
    "numbers",
    "sections told",
)


@dataclass(frozen=True, kw_only=True)
class Score:
    """What a scan gave beside the PDF: seconds of both, characters and leaves, those that are wrong, sections told."""

    pages: int
    seconds: float
    seconds_of_pdf: float
    characters: int
    wrong_characters: int
    leaves: int
    wrong_leaves: Sequence[Mismatch]
    sections_told: int

    @property
    def wrong_numbers(self) -> int:
        return sum(leaf.recorded.isdigit() for leaf in self.wrong_leaves)


def scans() -> str:
    """Measure, and say it in Markdown."""
    began = machine()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(as_pdf(scan(PDF.read_bytes())))
        score = measured(path)
    return block(score, began)


def measured(path: Path) -> Score:
    """Read a scan of the guide of 2017, and hold it against the guide."""
    guide, lines, seconds_of_pdf = _read(PDF)
    scanned, scanned_lines, seconds = _read(path)
    truth, found = _words(lines), _words(scanned_lines)
    matched = SequenceMatcher(None, truth, found, autojunk=False)
    wrong = sum(max(b - a, d - c) for kind, a, b, c, d in matched.get_opcodes() if kind != "equal")
    right, read = _values(guide), _values(scanned)
    return Score(
        pages=scanned.source.pages or 0,
        seconds=seconds,
        seconds_of_pdf=seconds_of_pdf,
        characters=len(truth),
        wrong_characters=wrong,
        leaves=sum(1 for _ in _leaves(right)),
        wrong_leaves=tuple(differences(right, read)),
        sections_told=len({finding.section for finding in scanned.findings if finding.code == "ocr-unsure"} - {None}),
    )


def _read(path: Path) -> tuple[Guide, Sequence[Line], float]:
    began = time.perf_counter()
    pulled = pull(path)
    repaired = repair(pulled)
    guide = assemble(pulled, repaired, load_profile("intergovernmental"))
    return guide, repaired.lines, time.perf_counter() - began


def _words(lines: Sequence[Line]) -> str:
    return "".join("".join(line.text.plain for line in lines).split())


def _values(guide: Guide) -> object:
    record = json.loads(dumps(guide))
    return without_keys({part: record[part] for part in ("guide", "sections")}, {"evidence"})


def _leaves(data: object) -> Iterator[object]:
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _leaves(part)
    else:
        yield data


def block(score: Score, began: str) -> str:
    """The table, what is wrong, and the machine."""
    row = (
        str(score.pages),
        figure(score.seconds / score.pages, 1),
        figure(score.seconds / score.seconds_of_pdf, 0),
        f"{score.characters:,}",
        figure(100 * score.wrong_characters / score.characters, 3),
        f"{score.leaves:,}",
        str(len(score.wrong_leaves)),
        str(score.wrong_numbers),
        str(score.sections_told),
    )
    places = "".join(f"* `{leaf.place}`: {leaf.found} for {leaf.recorded}\n" for leaf in score.wrong_leaves)
    return f"{table(HEAD, [row], words=0)}\n\n{places}\nOne round. {began}."
