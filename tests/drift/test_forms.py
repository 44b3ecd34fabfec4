"""One guide in every form gives one record, but for where its words stand and what a form says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extract import extract_guide
from extract.model.record import without_keys
from tests.drift.cases import Case, guide_of
from tests.drift.guide_style import STYLES
from tests.drift.producers import PRODUCERS

FORMS = ("typst", "docx", "html", "markdown", "text")
FEATURES: dict[str, Sequence[str]] = {
    "plain": FORMS,
    "repeated,notice": FORMS,
    "scripts,struck,table": FORMS[:-1],
    "footnotes,tracked": FORMS[:-1],
    "hidden": FORMS[:-2],
}


def read(seed: int, style: str, features: str, producer: str, folder: Path) -> dict[str, Any]:
    """The record of a made-up guide in the form of a producer, without evidence, and without what a site announces itself."""
    guide = guide_of(Case(seed, style, producer, tuple(features.split(","))))
    (file,) = PRODUCERS[producer].draw([guide.document], folder)
    record: dict[str, Any] = msgspec.to_builtins(extract_guide(file))
    left_out = {"evidence", "notes", *(() if "notice" in features else ("document",))}
    return {part: without_keys(record[part], left_out) for part in ("guide", "sections")}


@pytest.mark.parametrize("features", FEATURES)
@pytest.mark.parametrize("style", STYLES)
def test_one_guide_in_all_forms_has_one_record(style: str, features: str, tmp_path: Path) -> None:
    records = {}
    for form in FEATURES[features]:
        folder = tmp_path / form
        folder.mkdir()
        records[form] = read(500 + len(style), style, features, form, folder)
    first = records[FORMS[0]]
    assert {form: record == first for form, record in records.items()} == dict.fromkeys(records, True)
