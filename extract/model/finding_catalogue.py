"""The catalogue of findings: for each code its severity, its scope and the template of its message; codes of checks.

`FINDINGS` is a closed list: a finding with another code is an error. docs/findings.md explains each code.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

Severity = Literal["info", "warning", "error"]
Scope = Literal["guide", "section"]
Outcome = Literal["proved", "consistent", "contradicted"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)  # from best to worst


class FindingSpec(Struct, frozen=True):
    """The severity, scope and message of all findings of a code.

    A finding of scope `section` belongs to the section of its words, one of scope `guide` to no section. `template` is
    the message, or several messages by the `variant` in `args`.
    """

    severity: Severity
    scope: Scope
    template: str | Mapping[str, str]


FINDINGS: dict[str, FindingSpec] = {
    # about the text
    "encoding-taken": FindingSpec("info", "guide", "the file is read as {encoding}; it does not say so itself"),
    "text-unclaimed": FindingSpec("error", "section", "no part of the record takes these words: {words}"),
    "text-outside": FindingSpec("info", "guide", "words after a section that belong to no section"),
    "text-for-all": FindingSpec("warning", "guide", "words on all sections, read into none of them"),
    "text-hidden": FindingSpec(
        "warning",
        "section",
        {
            "page": "text {reason} on page {page}, set aside: {words}",
            "block": "text {reason}, set aside: {words}",
        },
    ),
    "visibility-doubtful": FindingSpec(
        "warning", "section", "words that a reader may not see, read as text of the guide: {words}"
    ),
    "text-struck-out": FindingSpec("warning", "section", "struck out, so no text of the guide: {words}"),
    "text-watermark": FindingSpec("info", "section", "type over the text, read as a watermark: {words}"),
    "excluded-like-text": FindingSpec(
        "warning", "section", "set aside as what belongs to the page, and reads like text of the guide: {words}"
    ),
    "head-doubtful": FindingSpec(
        "warning", "section", "a running head or a line of the text, which the page leaves open; read as text: {words}"
    ),
    "page-remark": FindingSpec("warning", "section", "a remark on the page ({kind}), no text of the guide: {words}"),
    "picture-unread": FindingSpec(
        "warning", "section", "a picture stands among words, and what it shows is not read: {words}"
    ),
    "note-missing": FindingSpec("info", "guide", "the guide has no note {mark}, to which marks refer after {words}"),
    "note-unreferenced": FindingSpec(
        "warning", "guide", "no mark refers to note {mark} ({words}): one may stand in the text, read as a figure"
    ),
    "glyph-unmapped": FindingSpec("warning", "section", "{count} glyphs have no character that can be read"),
    "glyphs-collide": FindingSpec(
        "warning", "section", "{collisions} are printed over one another; what was meant is not known"
    ),
    "text-garbled": FindingSpec(
        "error",
        "guide",
        "{pages}: {count} characters make no sense ({sample}), and would with their bytes swapped: a font says"
        " the wrong characters",
    ),
    "text-from-ocr": FindingSpec(
        "warning", "guide", "{pages}: a scan, with text that OCR made of it; digits and names may be wrong"
    ),
    "ocr-read": FindingSpec("info", "guide", "{pages}: a picture, read by OCR ({reader})"),
    "ocr-unconfirmed": FindingSpec(
        "warning",
        "guide",
        "what {reader} reads is confirmed by nothing, so digits and names may be wrong; install {other} with chi_sim",
    ),
    "ocr-unsure": FindingSpec(
        "warning",
        "section",
        {
            "dash": "page {page}: what OCR reads as 一 may be a dash: {words}",
            "faint": "page {page}: read by OCR with little certainty: {words}",
            "differs": "page {page}: OCR reads “{words}”, and {other} “{other_words}”",
            "missing": "page {page}: OCR reads nothing where {other} reads “{other_words}”",
        },
    ),
    "seal-removed": FindingSpec("info", "guide", "{pages}: a red seal was taken out of the picture before it was read"),
    "width-missing": FindingSpec(
        "warning", "section", "{count} characters in type without widths, of which PDFium leaves out repeats"
    ),
    "forms-unified": FindingSpec(
        "info", "guide", "forms that the font hands out, read as the usual characters: {forms}"
    ),
    "number-alone": FindingSpec(
        "warning", "section", "{words} stands alone on its line: a page number, or a value of the guide"
    ),
    "overprint-uneven": FindingSpec(
        "warning", "section", "{words} overlaps like fake bold, unlike what stands beside it; kept"
    ),
    "columns-mixed": FindingSpec(
        "warning",
        "section",
        "cells stand beside one another, and lines of one may be read under the label before: {words}",
    ),
    # about the file
    "file-damaged": FindingSpec(
        "error",
        "guide",
        {
            "page": "{pages}: {fault}; words may be lost or wrong",
            "stream": "{pages}: {stream}: {fault}; words may be lost or wrong",
            "table": "a table of the file: {fault}; words may be lost or wrong",
            "count": "the file counts {counted} pages and lists {listed}; words may be lost or wrong",
            "unopened": "pdfminer cannot open it ({detail}); words may be lost or wrong",
            "unlisted": "the file holds {count} page(s) that it does not list (objects {objects}); words may be lost"
            " or wrong",
        },
    ),
    "page-wordless": FindingSpec(
        "error",
        "guide",
        {
            "unread": "{pages}: a picture without text, or with hardly any; what it says is not read (scans are read"
            " with pip install 'guide-extract[ocr]')",
            "nothing": "{pages}: a picture without text; OCR reads nothing in it",
        },
    ),
    "file-converted": FindingSpec(
        "info", "guide", "the file is read by way of the one that LibreOffice made of it ({suffix} → {made})"
    ),
    "part-unread": FindingSpec(
        "error", "guide", "another document is put into this one and is not read ({part}); its words are missing"
    ),
    "sheet-unread": FindingSpec("warning", "guide", "the sheet {sheet} is a {kind} and is not read"),
    "cell-doubtful": FindingSpec(
        "warning",
        "section",
        {
            "formula": "{cell}: the result of a formula is not stored; read as the formula: {words}",
            "stale": "{cell}: a formula is to be worked out anew, and its stored result may be wrong: {words}",
            "error": "{cell}: a formula gives an error: {words}",
            "format": "{cell}: the form of a number ({form}) is not understood; read as it is stored: {words}",
        },
    ),
    "page-missing": FindingSpec(
        "error",
        "section",
        {
            "jump": "page {page} has the number {number}, page {before} the number {number_before}: pages may be"
            " missing, or stand twice",
            "last": "the last page has the number {number}, of {total}: pages may be missing, or stand twice",
        },
    ),
    "guide-second": FindingSpec(
        "error",
        "guide",
        {
            "apart": "the file holds {count} guides, and the first alone is read; --part 2 reads the next: {title}",
            "within": "a title stands below the first section, so the file may hold two guides, read as one: {title}",
        },
    ),
    "guide-part": FindingSpec("info", "guide", "this is guide {part} of the {count} that the file holds"),
    # about the two readers
    "reader-failed": FindingSpec(
        "error", "guide", "only {reader} reads this file, so nothing confirms it; the other reader: {refusal}"
    ),
    "page-lost": FindingSpec(
        "error", "guide", "{reader} loses {pages}, which {other} reads; nothing confirms what stands there"
    ),
    "readers-differ": FindingSpec(
        "warning",
        "section",
        {
            "line": "page {page}, line {line}: {reader} reads “{words}”, {other} “{other_words}”",
            "only-first": "page {page}, line {line}: {reader} reads “{words}”, {other} nothing",
            "only-second": "page {page}, line {line}: {reader} reads nothing, {other} “{other_words}”",
            "more": "page {page}: {count} more lines that the readers read differently",
        },
    ),
    # about the guide as a whole
    "title-unknown": FindingSpec(
        "warning", "guide", "no title found: no line at the top ends like the title of a guide"
    ),
    "title-doubtful": FindingSpec(
        "warning",
        "guide",
        {
            "enclosure": "the title stands only in a list of enclosures: is it this guide's?",
            "several": "another title stands before the sections: {title}",
            "sentence": "a sentence, or the head of an annex, taken for the title: {title}",
        },
    ),
    "notice-unread": FindingSpec(
        "warning",
        "guide",
        {
            "words": "the {name} of the notice is not understood: {words}",
            "several": "the notice has several values for its {name}: {statements:; }",
        },
    ),
    "text-before-guide": FindingSpec("info", "guide", "words above the guide, of a notice perhaps, are no part of it"),
    "programme-unknown": FindingSpec(
        "warning", "guide", "the title names no programme that the profile {profile} knows"
    ),
    "year-unknown": FindingSpec("error", "guide", "the title block names no year"),
    "profile-unfit": FindingSpec(
        "error",
        "guide",
        "neither the programme nor any partner is known to the profile {profile}: a guide of another family?",
    ),
    "batch-ambiguous": FindingSpec("warning", "guide", "the introduction names several batches: {batches}"),
    "declared-ambiguous": FindingSpec(
        "warning", "guide", "the introduction states several values for {name}: {statements}"
    ),
    "declared-unread": FindingSpec(
        "warning", "guide", "what the introduction states for {name} is not understood: {statements}"
    ),
    "common-differs": FindingSpec(
        "warning",
        "guide",
        "{name}: the introduction states {words}, and a part that holds for all sections {other_words}",
    ),
    "previous-unread": FindingSpec(
        "warning",
        "guide",
        {
            "no-year": "an earlier round's partners are named, and its year is not: {words}",
            "words": "earlier partners are named in words that are not understood: {words}",
            "count": "how many earlier partners there are is not understood: {words}",
            "differs": "{stated} earlier partners are stated and {named} are named: {words}",
            "rounds": "several earlier rounds are told of together: {words}",
        },
    ),
    # about headings and labels
    "chapters-missing": FindingSpec(
        "warning", "section", "the letter has no chapters; only sentences of known words were read for its fields"
    ),
    "heading-style": FindingSpec("warning", "section", "the heading is written in another way than the others"),
    "heading-unnumbered": FindingSpec(
        "info", "guide", "headings carry no number, or start anew in every group; sections are counted in order"
    ),
    "heading-missing": FindingSpec(
        "warning", "section", "no heading stands above its labels; read as the only section"
    ),
    "heading-ambiguous": FindingSpec("warning", "section", "{words} can be read as {readings: or }"),
    "heading-doubtful": FindingSpec(
        "warning", "section", "{number} has only what {before} lacks: a section, or an item of {before}?"
    ),
    "heading-garbled": FindingSpec("error", "section", "a heading that cannot be read: {words}"),
    "label-unknown": FindingSpec(
        "warning", "section", "{label} looks like a label that the profile does not know; kept under other"
    ),
    "label-qualified": FindingSpec(
        "warning", "section", "{label}: what stands beside the label is no part of the value: {words}"
    ),
    "table-unread": FindingSpec(
        "warning", "section", "a table whose rows may be sections or values, and are read as text: {words}"
    ),
    "figure-shared": FindingSpec(
        "warning",
        "section",
        "{label}: one cell for several sections; whether each has it, or all together, is open: {words}",
    ),
    "row-doubtful": FindingSpec(
        "warning",
        "section",
        {
            "row": "a page ends in the table; whether the next one goes on with this section or begins another is open:"
            " {words}",
            "number": "the number is counted, and whether a page goes on with a section above is open: {words}",
        },
    ),
    "label-repeated": FindingSpec(
        "warning",
        "section",
        "the label {label} leads to a part that this section already has; kept under other",
    ),
    # about values
    "field-absent": FindingSpec("info", "section", "no {name}, which {having} of {sections} sections have"),
    "field-overlooked": FindingSpec(
        "warning",
        "section",
        "no {name}, which {having} of {sections} sections have, though these words begin with its label: {words}",
    ),
    "field-missing": FindingSpec("warning", "guide", "no section has {name}; is its label known to the profile?"),
    "value-unread": FindingSpec(
        "warning",
        "section",
        {
            "words": "{label}: not understood, {unread}: {words}",
            "nothing": "{label}: not understood: (nothing)",
        },
    ),
    "value-elsewhere": FindingSpec(
        "warning", "section", "{label}: part of the value stands elsewhere in the guide: {words}"
    ),
    "list-headless": FindingSpec(
        "warning", "section", "{label}: a list begins with {mark}; what stands before it may be several of its points"
    ),
    "figure-unheld": FindingSpec(
        "info",
        "section",
        {
            "beside": "understood, and without a place in the value: {words}",
            "approximate": "the value holds this figure, but not that it is approximate: {words}",
            "whole": "the value holds this figure, but not that it is of both sides, or of direct costs alone: {words}",
            "approximate-each": "about, and the value of what each project gets has no place for that: {words}",
        },
    ),
    "figure-misplaced": FindingSpec(
        "warning", "section", "{words} stands under another label, and is not in the section's {name}"
    ),
    "inherited-doubtful": FindingSpec(
        "warning", "section", "{name} is inherited, and may be wrong where it is stated: {words}"
    ),
    "partner-unknown": FindingSpec(
        "warning",
        "section",
        {
            "unknown": "no partner is known by {words}",
            "several": "{words} may be any of several partners",
            "unclear": "{words} stands in other words: whether it is a partner is not told",
        },
    ),
    "agreement-untitled": FindingSpec("info", "section", "no document is named between 《》 in: {words}"),
    "agreement-unclosed": FindingSpec("warning", "section", "a title mark 《 or 》 has no partner in: {words}"),
    "topics-unclear": FindingSpec(
        "warning",
        "section",
        {
            "no-list": "these words are no list of topics: {words}",
            "cut": "a sentence taken for a list, or a list that could be cut otherwise: {words:; }",
            "left": "these words are part of no topic and of no lead: {words:; }",
        },
    ),
    "requirement-unclear": FindingSpec(
        "warning",
        "section",
        {
            "duration-unread": "a duration that is not understood in: {words}",
            "durations": "several durations in: {words: … }",
            "other-duration": "another duration than the label's in: {words}",
        },
    ),
    "break-ambiguous": FindingSpec(
        "warning",
        "section",
        "a full line may end an item or go on, and the layout does not tell which: {breaks:; }",
    ),
    # about a person's corrections
    "value-corrected": FindingSpec("info", "section", "{name} is {value}, was {was}; {by}: {why}"),
    "correction-stale": FindingSpec(
        "warning",
        "section",
        {
            "value": "{name} is not made {value} ({by}: {why}): the value is {now} now; look again, then renew the"
            " correction or take it out",
            "value-and-words": "{name} is not made {value} ({by}: {why}): the value is {now} now, and its words are"
            " others, too; look again, then renew the correction or take it out",
            "no-section": "{name} is not made {value} ({by}: {why}): there is no section {number}; look again, then"
            " renew the correction or take it out",
            "several-sections": "{name} is not made {value} ({by}: {why}): there are {count} sections {number}; look"
            " again, then renew the correction or take it out",
        },
    ),
}

# Reasons for which a parser refuses its words, in the messages of `value-unread` and `declared-unread`.
Reason = Literal[
    "empty", "no-figure", "words-unknown", "no-number", "no-date", "bounds-contradict", "several-values",
    "dates-differ", "mixed-currencies", "currency-unclear", "no-total", "lone-part", "parts-differ", "each-of-what",
    "share-unclear", "name-unclear", "owner-unclear", "quota", "no-title", "title-unclosed", "postponed", "no-pattern",
    "round-unclear", "goes-on", "inexact", "foreign-currency",
]  # fmt: skip
REASONS: dict[Reason, str] = {
    "empty": "no words",
    "no-figure": "no figure with its unit",
    "words-unknown": "words that no rule knows",
    "no-number": "a numeral that makes no whole number",
    "no-date": "a day that is in no calendar, or a period that ends before it starts",
    "bounds-contradict": "bounds that cannot both hold",
    "several-values": "several values",
    "dates-differ": "months and dates that differ",
    "mixed-currencies": "figures in several currencies",
    "currency-unclear": "a currency of several countries",
    "no-total": "no total",
    "lone-part": "one part, and no total",
    "parts-differ": "parts that do not make up the total",
    "each-of-what": "what 各 stands for is open",
    "share-unclear": "what each of something gets, for which the value has no place",
    "name-unclear": "words that cannot be the name of a part",
    "owner-unclear": "words that leave open if the figure belongs to the total",
    "quota": "what may be applied for, which is not what is supported",
    "no-title": "no title in 《》",
    "title-unclosed": "a title mark without its partner",
    "postponed": "the answer is postponed, or stands elsewhere",
    # what the introduction declares
    "no-pattern": "a figure that no pattern of the profile takes",
    "round-unclear": "whose round it is, is open",
    "goes-on": "more words belong to the figure",
    "inexact": "a bound or an approximation that the value cannot hold",
    "foreign-currency": "a total in another currency than the programme's",
}

# The phrases of arguments that are codes of a closed list.
PHRASES: dict[str, dict[str, str]] = {
    # reasons of refusals by parsers
    "unread": dict(REASONS.items()),
    # reasons for excluding glyphs
    "reason": {
        "rotated": "rotated",
        "outside": "outside the page",
        "hidden": "that cannot be seen",
        "nowhere": "at no place of the page",
    },
    # the streams of a page
    "stream": {
        "commands": "its commands",
        "form": "the form {stream_name}",
        "font-characters": "the font {stream_name}, what its characters are",
        "font-encoding": "the font {stream_name}, its encoding",
    },
    # faults of a page or a stream
    "fault": {
        "characters-wrong": "its characters are no code",
        "checksum-wrong": "its checksum is wrong",
        "command-unknown": "a command that there is not: {detail}",
        "commands-missing": "its commands are not in the file",
        "commands-open": "commands that do not end",
        "ends-early": "it ends too early",
        "filter-unknown": "it is packed in a way that nobody knows: {detail}",
        "font-missing": "a font that the page does not have: {detail}",
        "head-wrong": "its first bytes are wrong",
        "not-whole": "it cannot be unpacked whole",
        "not-whole-for": "it cannot be unpacked whole: {detail}",
        "drawn-missing": "a picture or form that the page does not have: {detail}",
        "operands-kind": "a command with operands of another kind",
        "parts-unreadable": "what it is made of cannot be read ({detail})",
        "state-unsaved": "a state that is restored and was not saved",
        "operands-wrong": "a command with too few or too many operands",
        "pdfium-fails": "PDFium cannot read this",
        "pdfplumber-fails": "pdfplumber cannot read it ({detail})",
        "row-length-wrong": "its rows have no true length",
        "rows-wrong": "its rows cannot be told: {detail}",
        "undecoded": "{detail}",
    },
    # refusals of PDFs
    "refusal": {
        "damaged": "{file}: damaged PDF ({detail}); download the guide again",
        "encrypted": "{file}: the PDF is encrypted; give its password (--password), or save a copy without one",
        "no-pages": "{file}: the PDF has no pages that can be read; download the guide again",
        "other-password": "{file}: the PDF is encrypted with another password than the one that was given",
    },
}

# The template of one item of a list of named parts.
ITEMS: dict[str, str] = {
    "collisions": "{one} and {other}",
    "forms": "{printed} as {read} ({count})",
    "statements": "{words} ({unread})",
}

CheckCode = Literal[
    "readers-agree", "copies-fold", "excluded-in-ink", "quotes-replay", "quotes-in-section", "words-in-quotes",
    "numbers-in-ink", "labels-accounted", "headings-accounted", "numbers-run", "tracks-sum", "subsections-sum",
    "rows-sum",
    "topics-stated", "partners-declared", "projects-declared", "funding-declared", "duration-declared",
]  # fmt: skip
CHECKS: tuple[CheckCode, ...] = get_args(CheckCode)
