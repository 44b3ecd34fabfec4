"""The codes of what a person should look at, with their severity; docs/findings.md explains each.

`CODES` is the closed list: a finding or a check with another code cannot be made.
"""

from typing import Literal, get_args

Severity = Literal["info", "warning", "error"]
Outcome = Literal["proved", "consistent", "contradicted"]

CODES: dict[str, Severity] = {
    # about the text
    "encoding-taken": "info",
    "text-unclaimed": "error",
    "text-outside": "info",
    "text-for-all": "warning",
    "text-hidden": "warning",
    "glyph-unmapped": "warning",
    "glyphs-collide": "warning",
    "text-garbled": "error",
    "text-from-ocr": "warning",
    "width-missing": "warning",
    "forms-unified": "info",
    "number-alone": "warning",
    "overprint-uneven": "warning",
    "columns-mixed": "warning",
    # about the file
    "file-damaged": "error",
    "page-wordless": "error",
    "page-missing": "error",
    "guide-second": "error",
    # about the two readers
    "reader-failed": "error",
    "page-lost": "error",
    "readers-differ": "warning",
    # about the guide as a whole
    "title-unknown": "warning",
    "programme-unknown": "warning",
    "year-unknown": "error",
    "profile-unfit": "error",
    "batch-ambiguous": "warning",
    "declared-ambiguous": "warning",
    "declared-unread": "warning",
    "previous-unread": "warning",
    # about headings and labels
    "heading-unnumbered": "info",
    "heading-ambiguous": "warning",
    "heading-doubtful": "warning",
    "heading-garbled": "error",
    "label-unknown": "warning",
    "label-repeated": "warning",
    # about values
    "field-absent": "info",
    "field-missing": "warning",
    "value-unread": "warning",
    "figure-unheld": "info",
    "figure-misplaced": "warning",
    "partner-unknown": "warning",
    "agreement-untitled": "warning",
    "agreement-unclosed": "warning",
    "topics-unclear": "warning",
    "requirement-unclear": "warning",
    "break-ambiguous": "warning",
    # about a person's corrections
    "value-corrected": "info",
    "correction-stale": "warning",
}

CheckCode = Literal[
    "readers-agree", "copies-fold", "quotes-replay", "quotes-in-section", "words-in-quotes", "numbers-in-ink",
    "numbers-run", "tracks-sum", "partners-declared", "projects-declared", "funding-declared", "duration-declared",
]  # fmt: skip
CHECKS: tuple[CheckCode, ...] = get_args(CheckCode)
