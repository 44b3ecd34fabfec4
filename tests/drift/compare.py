"""A record against the truth: what each value of each section became."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from extract.model.record import without_keys
from tests.drift.fields.requirements import KEYS

Outcome = Literal["right", "wrong", "unread"]
Value = dict[str, Any]

FIELDS = (
    "agreement", "fields", "content", "indicators", "project_count", "funding", "duration", "requirements",
    "partners", "title", "other",
)  # fmt: skip
FACTS = ("title", "programme", "year", "batch", "previous", "basis")
DOCUMENT = ("title", "issuer", "number", "date", "period", "contacts")
DECLARED = ("partners", "directions", "projects", "funding")
COMMON = ("agreement", "fields", "project_count", "funding", "duration", "requirements")
_LEFT_OUT = frozenset({"evidence", "corrected", "keywords"})
_TWINS = str.maketrans({"‒": "–", "〜": "～"})
"""Characters that some fonts draw with one glyph: on the page nobody can tell them apart."""
_WIDTHS = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"〜": "~"} | dict.fromkeys("–—‒‐‑−－", "-")
)
"""Full-width forms and the ones of half the width, and dashes: OCR tells them apart by what stands around them alone."""
_CLAIMED = ("stated", "none", "inherited")


@dataclass(frozen=True)
class Compared:
    """One value: what it should be, what it is, and whether either says anything at all.

    `section` is the section's true number, None for a fact of the guide; `read_as` is the number that the record
    has for it. A section that is missing or made up is one value with the field `section`; `before` is then the
    section before it, to which its words went; the values that are lost with it follow, with `lost`.
    """

    section: str | None
    field: str
    outcome: Outcome
    want: Any
    got: Any
    wanted: bool
    claimed: bool
    read_as: str | None = None
    before: str | None = None
    lost: bool = False


def compare(truth: Value, record: Value, *, by_ocr: bool = False) -> list[Compared]:
    """Every value of the guide and of its sections; of a scan, whatever the width of a character is."""
    twins = _WIDTHS if by_ocr else _TWINS
    truth = _with_one_twin(truth, twins)
    got = {key: _with_one_twin(without_keys(record[key], _LEFT_OUT), twins) for key in ("guide", "sections")}
    notes = [_notes(truth["notes"], got)] if truth.get("notes") else []
    return [*_guide(truth["guide"], got["guide"]), *_sections(truth["sections"], got["sections"]), *notes]


def _with_one_twin(record: Any, twins: Mapping[int, str]) -> Any:
    """The record, with twins among characters as one."""
    if isinstance(record, dict):
        return {key: _with_one_twin(item, twins) for key, item in record.items()}
    if isinstance(record, list | tuple):
        return [_with_one_twin(item, twins) for item in record]
    return record.translate(twins) if isinstance(record, str) else record


def refused(truth: Value) -> list[Compared]:
    """Every value of a guide that gave no record."""
    guide = dict.fromkeys(FACTS) | {
        "declared": dict.fromkeys(DECLARED),
        "document": None,
        "common": {},
        "conditions": [],
    }
    return compare(truth, {"guide": guide, "sections": []})


def _guide(want: Value, got: Value) -> Iterator[Compared]:
    for name in FACTS:
        yield _fact(name, want[name], got[name])
    for name in DECLARED:
        yield _fact(f"declared.{name}", want["declared"][name], got["declared"][name])
    for name in COMMON:
        yield _fact(f"common.{name}", want["common"].get(name), got["common"].get(name))
    yield _conditions(None, want, got, "common")
    if "document" in want:
        yield from _document(want["document"], got["document"])


def _document(want: Value | None, got: Value | None) -> Iterator[Compared]:
    """What the notice says of itself, or that there is none."""
    if want is None:
        yield _fact("document", want, got)
        return
    for name in DOCUMENT:
        yield _fact(f"document.{name}", want[name], (got or {}).get(name))


def _notes(want: Sequence[Value], got: Value) -> Compared:
    """All notes with their marks and sections, as one value of the guide."""
    owned = [(None, got["guide"]), *((section["number"], section) for section in got["sections"])]
    found = [(owner, note["mark"], note["text"]) for owner, part in owned for note in part.get("notes") or []]
    wanted = [(note["section"], note["mark"], note["text"]) for note in want]
    same = sorted(found, key=str) == sorted(wanted, key=str)
    return Compared(None, "notes", "right" if same else "wrong", wanted, found, True, bool(found))


def _fact(name: str, want: Any, got: Any) -> Compared:
    """A fact that was declared and not read is recall lost; one that was read otherwise is wrong."""
    outcome: Outcome = "right" if want == got else "unread" if got in (None, []) else "wrong"
    return Compared(None, name, outcome, want, got, want not in (None, []), got not in (None, []))


def _sections(want: Sequence[Value], got: Sequence[Value]) -> Iterator[Compared]:
    pairs, missing, extra = _paired(want, got)
    for one, other in pairs:
        yield Compared(one["number"], "section", "right", one["id"], other["id"], True, True)
        for name in FIELDS:
            yield replace(_value(name, one, other), read_as=other["number"])
        yield replace(_conditions(one["number"], one, other, "requirements"), read_as=other["number"])
    numbers = [None, *(one["number"] for one in want)]
    for one in missing:
        before = numbers[numbers.index(one["number"]) - 1]
        yield Compared(one["number"], "section", "wrong", one["id"], None, True, False, before=before)
        yield from (_lost(name, one) for name in FIELDS)
    for one in extra:
        yield Compared(one["number"], "section", "wrong", None, one["id"], False, True)


def _lost(name: str, want: Value) -> Compared:
    """A value of a section that is missing."""
    value = want[name]
    wanted = value["status"] in _CLAIMED if isinstance(value, dict) else bool(value)
    return Compared(want["number"], name, "wrong", value, None, wanted, False, lost=True)


def _paired(want: Sequence[Value], got: Sequence[Value]) -> tuple[list[tuple[Value, Value]], list[Value], list[Value]]:
    """Sections with the same number, then those left over with the same title."""
    left = list(got)
    pairs: list[tuple[Value, Value]] = []
    missing: list[Value] = []
    for key in ("number", "title"):
        open_ones = want if key == "number" else missing
        missing = []
        for one in open_ones:
            other = next((other for other in left if other[key] == one[key]), None)
            if other is None:
                missing.append(one)
                continue
            left.remove(other)
            pairs.append((one, other))
    return pairs, missing, left


def _value(name: str, want: Value, got: Value) -> Compared:
    """One value of a section; year and batch, with which its id begins, are facts of the guide."""
    if name == "title":
        a, b = ([*one["id"].split("/")[1:], one["number"], one["title"]] for one in (want, got))
        return Compared(want["number"], name, "right" if a == b else "wrong", a, b, True, True)
    if name in ("partners", "other"):
        same = want[name] == got[name]
        outcome: Outcome = "right" if same else "wrong"
        return Compared(want["number"], name, outcome, want[name], got[name], bool(want[name]), bool(got[name]))
    return _field(name, want["number"], want[name], got[name])


def _conditions(number: str | None, truth: Value, record: Value, basis: str) -> Compared:
    """What requirements ask, in the order of their words; `manual` in the place of a fact is unread."""
    want, got = ([{key: one[key] for key in KEYS} for one in holder["conditions"] if one["basis"] == basis]
                 for holder in (truth, record))  # fmt: skip
    if basis == "common":  # the duration that holds for all has a part of its own
        got = [one for one in got if one["fact"] != "project_months"]
    outcome: Outcome = "right" if want == got else "unread" if _left_to_a_person(want, got) else "wrong"
    return Compared(number, "conditions", outcome, want, got, bool(want), bool(got))


def _left_to_a_person(want: Sequence[Value], got: Sequence[Value]) -> bool:
    """Whether all facts that were read are right, and there is something to judge for each that is missing."""
    facts = [one for one in got if one["fact"] != "manual"]
    missing = [one for one in want if one not in got]
    return all(one in want for one in facts) and len(missing) <= len(got) - len(facts)


def _field(name: str, number: str, want: Value, got: Value) -> Compared:
    """A field is right when its status, label, text and value are; of a duration from elsewhere the text may say more."""
    same = want == got
    if name == "duration" and want["label"] is None and want["text"] and got["text"]:
        same = {**want, "text": ""} == {**got, "text": ""} and got["text"].removesuffix("。").endswith(
            want["text"].removesuffix("。")
        )
    outcome: Outcome = "right" if same else "unread" if got["status"] == "unread" else "wrong"
    return Compared(number, name, outcome, want, got, want["status"] in _CLAIMED, got["status"] in _CLAIMED)
