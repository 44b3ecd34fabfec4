"""Prove a record against its guide: the guide is opened again, and nothing in the record is believed.

Five questions, each on its own. The guide is the file that was read. The JSON fits its schema. The reader that did not
write the record finds every quote in its box, and reads the same values. And the record comes out the same when the
guide is read again as it was: boxes, checks, findings and account to the last leaf. Where a person corrected values,
the corrections are read again, too, and a sixth question is whether the record has these and no others.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extract.check.quote_lookup import QuoteFinder, Tolerance
from extract.corrections.files import find_corrections
from extract.errors import NoSections, UnreadableGuide, UnreadableRecord, parse_validation_error
from extract.export.json import dumps, refuse_other_version
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.record import Guide, Reader, Readers, walk, without_keys
from extract.model.stages import CorrectionEntry
from extract.model.text import shortened
from extract.model.values import Evidence
from extract.pipeline import assemble
from extract.profile.files import FAMILY, load_profile
from extract.profile.schema import Profile
from extract.pull import READERS, pull
from extract.repair import repair

# Readers agree on where a glyph starts; on how wide and how high it is they go by different tables of the font.
_BETWEEN_READERS = Tolerance(side=0.2, narrow=0.7, height=0.4)
_TWO_READER_CODES = {"readers-agree", "reader-failed", "page-lost"}  # a record with one was made with two readers
_MISSING = object()
_MAX_LEAF_LENGTH = 80  # characters of a leaf that a message shows


class Mismatch(Struct, frozen=True):
    """One place in the record that is not proved: what the record has there, and what the guide has."""

    place: str
    recorded: str
    found: str


class Proof(Struct, frozen=True):
    """One question to a record; proved where nothing failed."""

    question: str
    failures: tuple[Mismatch, ...]


class SecondReading(Struct, frozen=True):
    """A guide opened again: the record that it gives now; and what the other reader made of it, if it could read it.

    `amended`: there are corrections of it.
    """

    record: Guide
    reader: Reader
    other: Guide | None
    paper: QuoteFinder | None
    amended: bool = False


def verify(
    record: Path,
    guide: Path,
    *,
    profile: str | Path = FAMILY,
    corrections: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    password: str | None = None,
) -> tuple[Proof, ...]:
    """Prove a record against the guide that it was read from, within the limits; `password` opens the guide.

    `corrections` is the file with a person's corrections of the guide; by default it is looked for beside the guide.
    Raises UnreadableRecord where the record is missing or no JSON, UnreadableGuide where the guide cannot be read,
    ProfileError where there is no such profile, and CorrectionError where the corrections are wrong.
    """
    data, recorded = _read(record)
    rules = load_profile(profile)
    amendments = find_corrections(guide, corrections)
    try:
        return proofs(data, read_again(guide, _readers(recorded), rules, amendments, limits=limits, password=password))
    except RecursionError:
        raise UnreadableRecord(
            f"{record}: nested too deep for a record; write it again with guide-extract run"
        ) from None


def _read(record: Path) -> tuple[bytes, Any]:
    """A record's file, and the JSON that it holds."""
    try:
        data = record.read_bytes()
    except OSError as error:
        raise UnreadableRecord(f"{record}: {error.strerror or error}; check the path") from None
    if data.startswith(b"%PDF-"):
        raise UnreadableRecord(f"{record}: a PDF and no record; the record comes first, then the guide")
    try:
        recorded = json.loads(data)
    except (ValueError, RecursionError) as error:
        what = str(error).split(";")[0]
        raise UnreadableRecord(f"{record}: not JSON ({what}); write it again with guide-extract run") from None
    refuse_other_version(record, recorded)
    return data, recorded


def _readers(recorded: Any) -> Readers:
    """Return the readers with which a record was made; both if it does not say."""
    reader = _part(_part(recorded, "source"), "reader")
    lists = [part for key in ("checks", "findings") if isinstance(part := _part(recorded, key), list)]
    codes = [_part(one, "code") for told in lists for one in told]
    if reader not in ("pdfplumber", "pdfium") or any(
        isinstance(code, str) and code in _TWO_READER_CODES for code in codes
    ):
        return "both"
    return "pdfium" if reader == "pdfium" else "pdfplumber"


def read_again(
    guide: Path,
    readers: Readers,
    rules: Profile,
    corrections: Sequence[CorrectionEntry] = (),
    *,
    limits: Limits = DEFAULT_LIMITS,
    password: str | None = None,
) -> SecondReading:
    """Open a guide again, with the readers that a record was made with and with the other one; both are corrected."""
    pulled = pull(guide, readers, limits=limits, password=password)
    other_reader = READERS[pulled.reader].witness
    reader: Reader = other_reader or pulled.reader
    try:
        again = assemble(pulled, repair(pulled), rules, corrections)
    except NoSections:
        raise UnreadableGuide(
            f"{guide}: the profile {rules.name} finds no sections; was the record made with another --profile?"
        ) from None
    except UnreadableGuide as error:
        raise UnreadableGuide(f"{guide}: {error}") from None
    try:
        witness = pulled.witness or (
            pull(guide, other_reader, limits=limits, password=password) if other_reader else pulled
        )
        repaired = repair(witness)
        other = assemble(witness, repaired, rules, corrections)
        return SecondReading(again, reader, other, QuoteFinder(witness, repaired, _BETWEEN_READERS), bool(corrections))
    except UnreadableGuide:
        return SecondReading(again, reader, None, None, bool(corrections))


def proofs(data: bytes, guide: SecondReading) -> tuple[Proof, ...]:
    """The questions to a record, as the JSON that it is, and where it fails them; of another file only the first."""
    doubled: list[str] = []
    recorded = json.loads(data, object_pairs_hook=lambda pairs: _once(pairs, doubled))
    found = json.loads(dumps(guide.record))
    fits, misfits = _schema(data, doubled)
    file = "the guide is the file that was read"
    hashes = [_part(_part(one, "source"), "sha256") for one in (recorded, found)]
    if hashes[0] != hashes[1]:
        return (Proof(file, tuple(differences(hashes[0], hashes[1], "source.sha256"))),)
    asked: dict[str, Iterable[Mismatch]] = {file: (), "the record fits its schema": misfits}
    marks = [dict(_marks(one)) for one in (recorded, found)]
    if any(marks):
        asked["every correction is one of the corrections file"] = _uncorrected(*marks, amended=guide.amended)
    if READERS[guide.reader].layout == "lines":
        asked["every quote stands on its line"] = _astray(fits, guide)
    else:
        asked[f"{guide.reader} finds every quote in its box"] = _astray(fits, guide)
        asked[f"{guide.reader} reads the same values"] = _otherwise(recorded, guide)
    asked["read again, the guide gives the same record to the last leaf"] = differences(recorded, found)
    numbers = [section.number for section in guide.record.sections]
    return tuple(Proof(question, tuple(_named(one, numbers) for one in failed)) for question, failed in asked.items())


def _named(failure: Mismatch, numbers: Sequence[str]) -> Mismatch:
    """A failure whose place has the section's number, as people know it: sections[1.10], not sections[9]."""

    def number(match: re.Match[str]) -> str:
        place = int(match[1])
        return f"sections[{numbers[place] if place < len(numbers) else place}]"

    return replace(failure, place=re.sub(r"^sections\[(\d+)\]", number, failure.place))


def _once(pairs: list[tuple[str, Any]], doubled: list[str]) -> dict[str, Any]:
    """An object's keys and values; a key that comes twice can mean one thing here and another elsewhere."""
    made = dict(pairs)
    if len(made) < len(pairs):
        doubled.append(", ".join(sorted({key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1})))
    return made


def _part(record: Any, key: str) -> Any:
    return record.get(key, _MISSING) if isinstance(record, dict) else _MISSING


def _schema(data: bytes, doubled: list[str]) -> tuple[Guide | None, tuple[Mismatch, ...]]:
    failures = [Mismatch(f"the key {keys}", "twice in one object", "once") for keys in doubled]
    try:
        return msgspec.json.decode(data, type=Guide), tuple(failures)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = parse_validation_error(str(error))
        return None, (*failures, Mismatch(message.location or "the whole", message.reason, "does not fit"))


def _astray(record: Guide | None, guide: SecondReading) -> Iterator[Mismatch]:
    """The quotes that the other reader does not find in their boxes."""
    if record is None or guide.paper is None:
        why = "does not fit its schema" if record is None else f"cannot be read by {guide.reader}"
        yield Mismatch("every quote", "", f"the {'record' if record is None else 'guide'} {why}")
        return
    for part in ("guide", "sections", "checks"):
        for place, piece in walk(getattr(record, part), part):
            if isinstance(piece, Evidence) and guide.paper.under(piece) is None:
                at = f"page {piece.page}" if piece.bbox else f"line {piece.line}"
                yield Mismatch(place, f"“{piece.quote}” on {at}", "not in its box" if piece.bbox else "not there")


def _otherwise(recorded: Any, guide: SecondReading) -> Iterator[Mismatch]:
    """The values that the other reader reads otherwise; boxes are each reader's own."""
    if guide.other is None:
        yield Mismatch("every value", "", f"the guide cannot be read by {guide.reader}")
        return
    other = json.loads(dumps(guide.other))
    for part in ("guide", "sections"):
        yield from differences(
            without_keys(_part(recorded, part), {"evidence"}), without_keys(other[part], {"evidence"}), part
        )


def _marks(record: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what a plain record calls corrected, with its path."""
    if isinstance(record, dict):
        for key, item in record.items():
            if key == "corrected" and item is not None:
                yield f"{place}.{key}", item
            else:
                yield from _marks(item, f"{place}.{key}".strip("."))
    elif isinstance(record, list):
        for number, item in enumerate(record):
            yield from _marks(item, f"{place}[{number}]")


def _uncorrected(recorded: dict[str, Any], found: dict[str, Any], *, amended: bool) -> Iterator[Mismatch]:
    """The marks of corrections that the record and the corrected guide do not share."""
    for place in (*found, *(place for place in recorded if place not in found)):
        if amended:
            yield from differences(recorded.get(place, _MISSING), found.get(place, _MISSING), place)
        else:
            why = "no corrections file beside it; name the file with --corrections"
            yield Mismatch(place, _format_leaf(recorded[place]), why)


def differences(recorded: Any, found: Any, place: str = "") -> Iterator[Mismatch]:
    """Yield the leaves in which two plain records differ."""
    if type(recorded) is type(found) and recorded == found:
        return
    if isinstance(recorded, dict) and isinstance(found, dict):
        for key in (*found, *(key for key in recorded if key not in found)):
            yield from differences(recorded.get(key, _MISSING), found.get(key, _MISSING), f"{place}.{key}".strip("."))
    elif isinstance(recorded, list) and isinstance(found, list):
        for number, (one, other) in enumerate(zip_longest(recorded, found, fillvalue=_MISSING)):
            yield from differences(one, other, f"{place}[{number}]")
    else:
        yield Mismatch(place, _format_leaf(recorded), _format_leaf(found))


def _format_leaf(leaf: Any) -> str:
    """A leaf as a message shows it."""
    if leaf is _MISSING:
        return "nothing"
    return shortened(json.dumps(leaf, ensure_ascii=False), _MAX_LEAF_LENGTH)
