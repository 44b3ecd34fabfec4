"""Guides through a producer and then through the program: drawn many at a time, read one by one, scored."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterable, Sequence
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from extract import extract_guide
from extract.errors import UnreadableGuide
from tests.drift.cases import Case, made
from tests.drift.compare import Value, compare, refused
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
    guides = [made(case) for case in batch]
    with TemporaryDirectory() as folder:
        files = _drawn(batch, guides, Path(folder))
        return [(case, scored(case, guide, file)) for case, guide, file in zip(batch, guides, files, strict=True)]


def _drawn(batch: Sequence[Case], guides: Sequence[GuideText], folder: Path) -> list[Path]:
    """A file for each guide, with its annotations, which no producer of ours writes."""
    files = PRODUCERS[batch[0].producer].draw([guide.document for guide in guides], folder)
    for file, guide in zip(files, guides, strict=True):
        if guide.document.comments:
            annotate(file, guide.document)
    return files


def write_samples(work: Sequence[Case], folder: Path) -> None:
    """Draw each guide into the folder of its producer, its truth beside it."""
    for batch in batches(work):
        target = folder / batch[0].producer
        target.mkdir(parents=True, exist_ok=True)
        guides = [made(case) for case in batch]
        with TemporaryDirectory() as drawn:
            files = _drawn(batch, guides, Path(drawn))
            for case, guide, file in zip(batch, guides, files, strict=True):
                name = f"{case.seed:04d}_{'+'.join(case.features)}"
                shutil.move(file, target / f"{name}.pdf")
                told = {"told": sorted(one or "guide" for one in guide.told), "must_tell": sorted(guide.must_tell)}
                truth = json.dumps({"case": case.words, **told, **guide.truth}, ensure_ascii=False, indent=1)
                (target / f"{name}.json").write_text(truth + "\n", "utf-8")


def scored(case: Case, guide: GuideText, file: Path) -> Score:
    """The score of one file. A guide that is refused has every value wrong, and says so."""
    try:
        record: Value = msgspec.to_builtins(extract_guide(file))
    except UnreadableGuide as error:
        result = score(refused(guide.truth), _nothing(), seed=case.seed, style=case.words)
        result.silent = []
        result.told = [Row(case.seed, case.words, None, "refused", "a record", str(error))]
        return result
    except Exception as error:
        result = score(refused(guide.truth), _nothing(), seed=case.seed, style=case.words)
        result.silent = [Row(case.seed, case.words, None, "crash", "a record", repr(error))]
        return result
    result = score(compare(guide.truth, record), record, seed=case.seed, style=case.words)
    result.noise = [row for row in result.noise if row.section not in guide.told]
    result.silent += [
        Row(case.seed, case.words, section, "untold", "a finding", None)
        for section in sorted(guide.must_tell)
        if not _speaks_of(record, section)
    ]
    return result


def _nothing() -> Value:
    return {"findings": [], "checks": []}


def _speaks_of(record: Value, section: str) -> bool:
    return any(one["section"] == section and one["severity"] in LOUD for one in record["findings"])
