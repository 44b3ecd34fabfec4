"""Guides with one digit, one sign or one line changed before a program sets them: the record follows, or says so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from extract import extract_guide
from tests.drift.cases import cases, guide_of
from tests.drift.content_changes import changed, unfollowed
from tests.drift.producers import EXACT, PRODUCERS
from tests.drift.supply.seeded_random import Dice

GUIDES, CHANGES, SEED = 4, 3, 7


@pytest.mark.slow
@pytest.mark.parametrize("producer", EXACT)
def test_a_record_follows_every_change_of_its_guide(producer: str, tmp_path: Path) -> None:
    if reason := PRODUCERS[producer].missing():
        pytest.skip(reason)
    faults = list(_faults(producer, tmp_path))
    assert not faults, "\n".join(faults)


def _faults(producer: str, folder: Path) -> Iterator[str]:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    made = cases(GUIDES, SEED, [producer], ["plain"], alone=True)
    documents = [guide_of(case).document for case in made]
    variants = [
        (number, changed(documents[number], Dice(case.seed, f"change {count}")))
        for number, case in enumerate(made)
        for count in range(CHANGES)
    ]
    files = PRODUCERS[producer].draw([*documents, *(document for _, (document, _) in variants)], folder)
    records = [msgspec.to_builtins(extract_guide(file)) for file in files]
    for (number, (_, change)), record in zip(variants, records[GUIDES:], strict=True):
        yield from (f"{made[number].label}, {change}: {fault}" for fault in unfollowed(records[number], record))


def test_a_record_that_is_the_same_or_keeps_a_value_does_not_follow() -> None:
    field = {"text": "3个项目。", "value": {"min": 3}}
    record = {"guide": {}, "sections": [{"number": "1.1", "project_count": field}], "findings": []}
    kept = {**record, "sections": [{"number": "1.1", "project_count": {**field, "text": "4个项目。"}}]}
    told = {**kept, "findings": [{"code": "value-unread", "section": "1.1", "message": ""}]}
    assert [len(list(unfollowed(record, other))) for other in (record, kept, told)] == [1, 1, 0]
