"""Guides through a producer and then through the program: drawn many at a time, read one by one, scored."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from extract import extract_guide
from extract.errors import UnreadableGuide
from tests.drift.cases import Case, guide_of
from tests.drift.compare import Value, compare, refused
from tests.drift.document import Paragraph
from tests.drift.guide_text import GuideText
from tests.drift.producers import PRODUCERS
from tests.drift.producers.annotations import annotate
from tests.drift.score import LOUD, Row, Score, score

BATCH = 20
"""Guides that one start of a producer draws."""

Scored = tuple[Case, Score]


def run_produced(work: Sequence[Case], processes: int) -> list[Scored]:
    """Each guide with its score."""
    parts = list(batches(work))
    if processes == 1:
        return [pair for part in parts for pair in scored_batch(part)]
    with get_context("spawn").Pool(processes) as workers:
        return [pair for pairs in workers.map(scored_batch, parts, chunksize=1) for pair in pairs]


def batches(work: Sequence[Case]) -> Iterable[list[Case]]:
    """The cases of each producer in parts."""
    for _, group in groupby(work, key=lambda case: case.producer):
        same = list(group)
        yield from (same[at : at + BATCH] for at in range(0, len(same), BATCH))


def scored_batch(batch: Sequence[Case]) -> list[Scored]:
    """Guides of one producer: made up, drawn, read, compared. What pdfminer logs of their fonts is no result."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    guides = [guide_of(case) for case in batch]
    with TemporaryDirectory() as folder:
        files = _drawn(batch, guides, Path(folder))
        return [(case, scored(case, guide, file)) for case, guide, file in zip(batch, guides, files, strict=True)]


def _drawn(batch: Sequence[Case], guides: Sequence[GuideText], folder: Path) -> list[Path]:
    """A file for each guide, with its annotations, which no producer of PDF files writes."""
    files = PRODUCERS[batch[0].producer].draw([guide.document for guide in guides], folder)
    for file, guide in zip(files, guides, strict=True):
        if guide.document.comments and file.suffix == ".pdf":
            annotate(file, guide.document)
    return files


def write_samples(work: Sequence[Case], folder: Path) -> None:
    """Draw each guide into the folder of its producer, its truth beside it."""
    for batch in batches(work):
        target = folder / batch[0].producer
        target.mkdir(parents=True, exist_ok=True)
        guides = [guide_of(case) for case in batch]
        with TemporaryDirectory() as drawn:
            for case, guide, file in zip(batch, guides, _drawn(batch, guides, Path(drawn)), strict=True):
                name = f"{case.seed:04d}_{'+'.join(case.features)}"
                shutil.move(file, target / f"{name}{file.suffix}")
                (target / f"{name}.json").write_text(_truth(case, guide), "utf-8")


def _truth(case: Case, guide: GuideText) -> str:
    """The record that is right, after what made the guide and where warnings are."""
    may_warn = sorted(section or "guide" for section in guide.may_warn)
    warnings = {"may_warn": may_warn, "must_warn": sorted(section or "guide" for section in guide.must_warn)}
    return json.dumps({"case": case.label, **warnings, **guide.truth}, ensure_ascii=False, indent=1) + "\n"


def scored(case: Case, guide: GuideText, file: Path) -> Score:
    """The score of one file. A guide that is refused has every value wrong, and says so."""
    try:
        record: Value = msgspec.to_builtins(extract_guide(file, profile=case.profile))
    except UnreadableGuide as error:
        return replace(
            _nothing_read(case, guide), told=[Row(case.seed, case.label, None, "refused", "a record", str(error))]
        )
    except Exception as error:
        return replace(
            _nothing_read(case, guide), silent=[Row(case.seed, case.label, None, "crash", "a record", repr(error))]
        )
    result = score(
        compare(guide.truth, record, by_ocr=case.producer == "scan"), record, seed=case.seed, style=case.label
    )
    result.noise = [row for row in result.noise if row.section not in guide.may_warn]
    result.silent += [
        Row(case.seed, case.label, section, "untold", "a finding", None)
        for section in sorted(guide.must_warn, key=str)
        if not _is_warned_of(record, section)
    ]
    if result.silent and case.producer == "libreoffice" and (lost := _lost_characters(guide, file)):
        row = Row(case.seed, case.label, None, "lost by the producer", lost, None)
        return replace(result, silent=[], told=[row, *result.silent, *result.told])
    if case.producer == "reportlab":
        return replace(result, silent=[row for row in result.silent if not _differs_in_spaces(row)])
    return result


def _differs_in_spaces(row: Row) -> bool:
    """Whether words are those of the guide but for spaces: ReportLab prints some elsewhere where it breaks lines."""
    want, got = (json.dumps(value, ensure_ascii=False).replace(" ", "") for value in (row.want, row.got))
    return want == got


def _lost_characters(guide: GuideText, file: Path) -> str:
    """The characters that LibreOffice left out, as it does now and then at the end of a justified line: no reader finds
    them in the file.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(file) as drawn:
        found = "".join("".join(page.get_textpage().get_text_range() for page in drawn).split())
    words = ("".join(block.text.split()) for block in guide.document.blocks if isinstance(block, Paragraph))
    missing = (text for text in words if text not in found)
    return "".join(
        char
        for text in missing
        for at, char in enumerate(text)
        if char.isalnum() and text[:at] + text[at + 1 :] in found
    )


def _nothing_read(case: Case, guide: GuideText) -> Score:
    """Every value wrong, and no row for any of them."""
    result = score(refused(guide.truth), {"findings": [], "checks": []}, seed=case.seed, style=case.label)
    return replace(result, silent=[], told=[])


def _is_warned_of(record: Value, section: str | None) -> bool:
    return any(one["section"] == section and one["severity"] in LOUD for one in record["findings"])
