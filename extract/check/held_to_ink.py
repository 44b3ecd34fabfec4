"""The table of how each text and number of the record is checked against the ink, read by `quotes` and `numbers`.

A field that is missing here stops the check; a test walks all types. Records without evidence of their own
(subdivisions) are checked against that of the record around them.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from msgspec import Struct

from extract.model.conditions import Basis as ConditionBasis
from extract.model.conditions import Binding, Condition, Fact, Op, Party, Unit
from extract.model.finding_catalogue import CheckCode, Outcome, Severity
from extract.model.record import (
    Account,
    ApplicationPeriod,
    Attachment,
    Basis,
    Check,
    Common,
    Correction,
    Declared,
    DeclaredCount,
    DeclaredProjects,
    Excluded,
    ExcludedReason,
    Field,
    Finding,
    Guide,
    GuideFacts,
    Note,
    Notice,
    OtherPart,
    Previous,
    QuotedWords,
    Reader,
    Section,
    SigningDate,
    Source,
    Status,
)
from extract.model.values import (
    Agreement,
    Count,
    Document,
    DocumentKind,
    Duration,
    Evidence,
    Foreign,
    Money,
    Partner,
    Per,
    PerProject,
    Point,
    Points,
    Record,
    Requirement,
    RequirementKind,
    Requirements,
    Share,
    Subdivision,
    Topic,
    Topics,
    Track,
)

Kind = Literal["number", "count", "sum", "percent", "months", "date", "moment", "ratio", "label"]


class Quoted(Struct, frozen=True):
    """Words of the cited quotes; `before`: words right before them, as a label is; `name`: without 相关 and 有关."""

    before: bool = False
    name: bool = False


class Number(Struct, frozen=True):
    """A number that the cited ink shows; `numbers` has the forms of each kind."""

    kind: Kind = "number"


class Named(Struct, frozen=True):
    """A name or code that the cited words stand for, by the table of `codes`."""


class Closed(Struct, frozen=True):
    """One of a closed list of the program's own words."""

    words: tuple[str, ...]


class Derived(Struct, frozen=True):
    """Not printed as such, with the reason."""

    reason: str


Held = Quoted | Number | Named | Closed | Derived


class ByFact(Struct, frozen=True):
    """A value of several kinds, by the fact of its condition."""

    kinds: Mapping[str, Held]


_QUOTED, _NAMED, _NUMBER, _DATE, _MONTHS = Quoted(), Named(), Number(), Number("date"), Number("months")
_FLAG = Derived("a yes or no that words around the value tell (约, 等)")
_PLACE = Derived("where the quote stands: quotes-replay looks there")
_MARKS = Derived("the names of the values that a person corrected")
_PERSON = Derived("a person's, from the corrections file")
_FILE = Derived("of the file, not of what it says")
_MESSAGE = Derived("the program's own words")
_SECTION = Derived("the number of a section, which is held there")
_TRACK = Derived("the name of a part of the section, which is held there")
_COUNTED = Derived("a count of the file's glyphs")

_COUNT, _MOMENT = Number("count"), Number("moment")
_WORD = Derived("a word of the vocabulary for what the rule of the profile matched")
_OF_FACT = ByFact({
    **dict.fromkeys(get_args(Fact), _WORD),
    **dict.fromkeys(
        ("enterprises", "research_institutes", "participants", "subprojects", "lead_units", "applications",
         "running_projects", "partner_countries", "partner_units", "age", "working_months"), _COUNT
    ),
    **dict.fromkeys(("registered_in", "qualification", "region", "contact", "online_form"), _QUOTED),
    **dict.fromkeys(("project_months", "registered_months"), _MONTHS),
    **dict.fromkeys(("registered", "born", "deadline"), _MOMENT),
    "cofunding_ratio": Number("ratio"),
})  # fmt: skip

HELD: dict[type[Record], dict[str, Held | ByFact]] = {
    Evidence: {
        "page": _PLACE,
        "bbox": _PLACE,
        "block": _PLACE,
        "line": _PLACE,
        "quote": Derived("quotes-replay finds it in the glyphs"),
    },
    Subdivision: {"name": _NAMED, "code": _NAMED},
    Partner: {"name": _NAMED, "code": _NAMED, "kind": _NAMED, "agency": _QUOTED},
    Document: {"title": _QUOTED, "kind": Closed(get_args(DocumentKind))},
    Agreement: {"remarks": _QUOTED},
    Topic: {"marker": _QUOTED, "name": _QUOTED, "note": _QUOTED},
    Topics: {"lead": _QUOTED, "unrestricted": _FLAG, "open_ended": _FLAG, "keywords": _QUOTED},
    Track: {"name": _QUOTED, "min": _NUMBER, "max": _NUMBER},
    Per: {"unit": _QUOTED, "min": _NUMBER, "max": _NUMBER},
    Count: {"min": _NUMBER, "max": _NUMBER, "approximate": _FLAG},
    PerProject: {"min": _NUMBER, "max": _NUMBER},
    Foreign: {"min": _NUMBER, "max": _NUMBER, "currency": _NAMED},
    Share: {"min": Number("percent"), "max": Number("percent"), "of": _QUOTED},
    Money: {"min": _NUMBER, "max": _NUMBER, "approximate": _FLAG, "currency": _NAMED},
    Duration: {"min_months": _MONTHS, "max_months": _MONTHS, "start": _DATE, "end": _DATE},
    Requirement: {"marker": _QUOTED, "text": _QUOTED, "kinds": Closed(get_args(RequirementKind))},
    Requirements: {"lead": _QUOTED},
    Condition: {
        "fact": Closed(get_args(Fact)),
        "op": Closed(get_args(Op)),
        "value": _OF_FACT,
        "unit": Closed(get_args(Unit)),
        "among": Derived("codes of the names before the figure"),
        "binding": Closed(get_args(Binding)),
        "by": Closed(get_args(Party)),
        "of": Quoted(name=True),
        "track": _TRACK,
        "when": _QUOTED,
        "basis": Closed(get_args(ConditionBasis)),
        "text": _QUOTED,
    },
    Point: {"marker": _QUOTED, "text": _QUOTED},
    Points: {"lead": _QUOTED},
    Correction: {"was": _PERSON, "by": _PERSON, "why": _PERSON},
    Field: {"status": Closed(get_args(Status)), "label": Quoted(before=True), "text": _QUOTED},
    OtherPart: {"label": _QUOTED, "text": _QUOTED},
    Section: {
        "id": Derived("of its number and the guide's year and batch"),
        "number": Number("label"),
        "title": _QUOTED,
        "corrected": _MARKS,
    },
    DeclaredCount: {"count": Number("sum")},
    DeclaredProjects: {"min": _NUMBER, "max": _NUMBER, "approximate": _FLAG},
    Declared: {},
    Common: {},
    Previous: {"year": _NUMBER, "count": _NUMBER},
    Basis: {"title": _QUOTED, "number": _QUOTED},
    QuotedWords: {"text": _QUOTED},
    SigningDate: {"date": Number("moment")},
    ApplicationPeriod: {"start": Number("moment"), "end": Number("moment")},
    Notice: {},
    GuideFacts: {"title": _QUOTED, "programme": _QUOTED, "year": _NUMBER, "batch": _NUMBER, "corrected": _MARKS},
    Attachment: {"name": _QUOTED, "address": _FILE},
    Source: {"file": _FILE, "sha256": _FILE, "pages": _FILE, "reader": Closed(get_args(Reader)), "part": _FILE},
    Check: {
        "code": Closed(get_args(CheckCode)),
        "outcome": Closed(get_args(Outcome)),
        "message": _MESSAGE,
        "sections": _SECTION,
    },
    Finding: {
        "code": Derived("a code of the catalogue"),
        "severity": Closed(get_args(Severity)),
        "message": _MESSAGE,
        "args": _MESSAGE,
        "section": _SECTION,
    },
    Account: {"glyphs": _COUNTED, "by_role": _COUNTED, "unclaimed": _COUNTED},
    Note: {"mark": Derived("the sign before the note, written as a figure"), "text": _QUOTED},
    Excluded: {"reason": Closed(get_args(ExcludedReason))},
    Guide: {"schema": Closed(("guide-extract/2",))},
}


def stated(record: Record) -> Iterator[tuple[str, Held | ByFact, str | int | float]]:
    """Yield the texts and numbers that a record with evidence states: name, how it is held, value.

    Those of inner records without evidence of their own are included.
    """
    if "evidence" not in record.__struct_fields__:
        return
    inner = (getattr(record, name) for name in record.__struct_fields__)
    without_evidence = (part for part in inner if isinstance(part, Record) and "evidence" not in part.__struct_fields__)
    for part in (record, *without_evidence):
        for name, kind in HELD[type(part)].items():
            value = getattr(part, name)
            held = kind.kinds[part.fact] if isinstance(kind, ByFact) and isinstance(part, Condition) else kind
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, str | int | float) and not isinstance(item, bool):
                    yield name, held, item
