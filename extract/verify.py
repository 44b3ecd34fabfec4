"""Prove a record against its guide, which is read again; nothing in the record is trusted.

Five questions, each independent. The guide is the file that was read. The JSON fits its schema. The reader that did not
write the record finds every quote in its box, and reads the same values. The record comes out the same, boxes, checks,
findings and account included. With corrections a sixth: the record has those of the file and no others.
"""

import json
import re
import unicodedata
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
from extract.model.stages import CorrectionEntry, Layout
from extract.model.text import shortened
from extract.model.values import Evidence
from extract.pipeline import assemble
from extract.profile.files import FAMILY, load_profile
from extract.profile.schema import Profile
from extract.pull import READERS, pull, read_content
from extract.pull.plain_words import plain_words
from extract.repair import repair

# Readers agree on the origin of a glyph; its width and height they take from different tables of the font.
_BETWEEN_READERS = Tolerance(side=0.2, narrow=0.7, height=0.4)
_TWO_READER_CODES = {"readers-agree", "reader-failed", "page-lost"}  # found only in records of two readers
_PLACES: dict[Layout, str] = {"lines": "on its line", "blocks": "in its block"}
_MISSING = object()
# What a word processor or a browser writes before a heading or an item.
_COUNTED = re.compile(
    r"^(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|\d{1,2}(?:\.\d{1,2})+\.?(?![\d万亿元个项年月%])"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[、.）)](?!\d)|[①-⒇㈠-㈩•◦▪])"
)
_LEFT_OUT = 40  # characters within a quote that are no text, as those struck out by a style
_MAX_LEAF_LENGTH = 80  # characters in a message


class Mismatch(Struct, frozen=True):
    """A place in the record that is not proved, with both values."""

    place: str
    recorded: str
    found: str


class Proof(Struct, frozen=True):
    """A question about a record; proved without failures."""

    question: str
    failures: tuple[Mismatch, ...]


class SecondReading(Struct, frozen=True):
    """A guide read again: its record now, and the other reader's, if that could read it.

    `amended`: a corrections file applies. `words` are all words of the file, by other means than its reader.
    """

    record: Guide
    reader: Reader
    other: Guide | None
    paper: QuoteFinder | None
    amended: bool = False
    words: str | None = None


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

    `corrections`: the corrections file of the guide; by default the one beside it.
    Raises UnreadableRecord where the record is missing or no JSON, UnreadableGuide where the guide cannot be read,
    ProfileError where there is no such profile, and CorrectionError where the corrections are wrong.
    """
    data, recorded = _read(record)
    rules = load_profile(profile)
    part = _part_of_file(recorded)
    amendments = find_corrections(guide, corrections, part)
    try:
        again = read_again(guide, _readers(recorded), rules, amendments, limits=limits, password=password, part=part)
        return proofs(data, again)
    except RecursionError:
        raise UnreadableRecord(
            f"{record}: nested too deep for a record; write it again with guide-extract run"
        ) from None


def _read(record: Path) -> tuple[bytes, Any]:
    """Return a record's bytes and its JSON."""
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


def _part_of_file(recorded: Any) -> int:
    """Return which guide of its file a record is of; the first if it does not state it."""
    part = _part(_part(recorded, "source"), "part")
    return part if isinstance(part, int) and part > 0 else 1


def _readers(recorded: Any) -> Readers:
    """Return the readers that made a record; both if it does not state them."""
    reader = _part(_part(recorded, "source"), "reader")
    lists = [part for key in ("checks", "findings") if isinstance(part := _part(recorded, key), list)]
    codes = [_part(entry, "code") for entries in lists for entry in entries]
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
    part: int = 1,
) -> SecondReading:
    """Read a guide with the record's readers, and with the other one; corrections apply to both."""
    pulled = pull(guide, readers, limits=limits, password=password)
    other_reader = READERS[pulled.reader].witness
    reader: Reader = other_reader or pulled.reader
    try:
        again = assemble(pulled, repair(pulled, rules), rules, corrections, part)
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
        repaired = repair(witness, rules)
        other = assemble(witness, repaired, rules, corrections, part)
        words = plain_words(reader, read_content(guide, limits), str(guide))
        paper = QuoteFinder(witness, repaired, _BETWEEN_READERS)
        return SecondReading(again, reader, other, paper, bool(corrections), words and _bare(words))
    except UnreadableGuide:
        return SecondReading(again, reader, None, None, bool(corrections))


def proofs(data: bytes, guide: SecondReading) -> tuple[Proof, ...]:
    """Return the questions about a record with their failures; for another file only the first question."""
    repeated_keys: list[str] = []
    recorded = json.loads(data, object_pairs_hook=lambda pairs: _unique_keys(pairs, repeated_keys))
    found = json.loads(dumps(guide.record))
    fits, misfits = _schema(data, repeated_keys)
    file = "the guide is the file that was read"
    hashes = [_part(_part(part, "source"), "sha256") for part in (recorded, found)]
    if hashes[0] != hashes[1]:
        return (Proof(file, tuple(differences(hashes[0], hashes[1], "source.sha256"))),)
    questions: dict[str, Iterable[Mismatch]] = {file: (), "the record fits its schema": misfits}
    marks = [dict(_marks(part)) for part in (recorded, found)]
    if any(marks):
        questions["every correction is one of the corrections file"] = _uncorrected(*marks, amended=guide.amended)
    layout = READERS[guide.reader].layout
    if layout != "page":
        questions[f"every quote stands {_PLACES[layout]}"] = _missing_quotes(fits, guide)
    else:
        questions[f"{guide.reader} finds every quote in its box"] = _missing_quotes(fits, guide)
        if READERS[guide.reader].witness is not None:  # nobody else reads a scan whole
            questions[f"{guide.reader} reads the same values"] = _other_values(recorded, guide)
    if guide.words is not None:
        by_other_means = "the words of every quote stand in the file, parsed by other means"
        questions[by_other_means] = _missing_words(fits, guide.words, _apart(guide.record))
    questions["read again, the guide gives the same record to the last leaf"] = differences(recorded, found)
    numbers = [section.number for section in guide.record.sections]
    return tuple(
        Proof(question, tuple(_with_section_number(part, numbers) for part in failed))
        for question, failed in questions.items()
    )


def _with_section_number(failure: Mismatch, numbers: Sequence[str]) -> Mismatch:
    """Replace the index of a section by its number: sections[1.10], not sections[9]."""

    def number(match: re.Match[str]) -> str:
        index = int(match[1])
        return f"sections[{numbers[index] if index < len(numbers) else index}]"

    return replace(failure, place=re.sub(r"^sections\[(\d+)\]", number, failure.place))


def _unique_keys(pairs: list[tuple[str, Any]], repeated_keys: list[str]) -> dict[str, Any]:
    """Return a JSON object as a dict, and note repeated keys, which parsers read differently."""
    unique = dict(pairs)
    if len(unique) < len(pairs):
        repeated_keys.append(", ".join(sorted({key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1})))
    return unique


def _part(record: Any, key: str) -> Any:
    return record.get(key, _MISSING) if isinstance(record, dict) else _MISSING


def _schema(data: bytes, repeated_keys: list[str]) -> tuple[Guide | None, tuple[Mismatch, ...]]:
    failures = [Mismatch(f"the key {keys}", "twice in one object", "once") for keys in repeated_keys]
    try:
        return msgspec.json.decode(data, type=Guide), tuple(failures)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = parse_validation_error(str(error))
        return None, (*failures, Mismatch(message.location or "the whole", message.reason, "does not fit"))


def _missing_quotes(record: Guide | None, guide: SecondReading) -> Iterator[Mismatch]:
    """Yield the quotes that the other reader does not find in their boxes."""
    if record is None or guide.paper is None:
        why = "does not fit its schema" if record is None else f"cannot be read by {guide.reader}"
        yield Mismatch("every quote", "", f"the {'record' if record is None else 'guide'} {why}")
        return
    for part in ("guide", "sections", "checks"):
        for place, piece in walk(getattr(record, part), part):
            if isinstance(piece, Evidence) and guide.paper.under(piece) is None:
                at = f"line {piece.line}" if piece.bbox is None and piece.page is not None else piece.where
                yield Mismatch(place, f"“{piece.quote}” on {at}", "not in its box" if piece.bbox else "not there")


def _missing_words(record: Guide | None, words: str, apart: tuple[str, ...]) -> Iterator[Mismatch]:
    """Yield the quotes whose words are not in the file, but for a number that a word processor counts before them.

    Among the words are those that stand `apart`.
    """
    if record is None:
        yield Mismatch("every quote", "", "the record does not fit its schema")
        return
    for part in ("guide", "sections"):
        for place, piece in walk(getattr(record, part), part):
            if isinstance(piece, Evidence):
                quote = _bare(piece.quote)
                if not any(_spells(words, one, apart) for one in (quote, _COUNTED.sub("", quote))):
                    yield Mismatch(place, f"“{piece.quote}” in {piece.where}", "not there")


def _apart(record: Guide) -> tuple[str, ...]:
    """The words that are hidden within the text, by styles and colours that nothing but the reader knows."""
    pieces = (piece for one in record.account.excluded if one.reason == "hidden" for piece in one.evidence)
    return tuple(filter(None, (_bare(piece.quote) for piece in pieces)))


def _bare(words: str) -> str:
    """Words without space, ⁴ as 4 and all dashes as one."""
    return re.sub("[−–—‐‑]", "-", "".join(unicodedata.normalize("NFKC", words).split()))


def _spells(words: str, quote: str, apart: tuple[str, ...]) -> bool:
    """True if words hold a quote, though others that are no text may stand within it: 800 is not in 1800."""
    for begin in (quote[:2], *(quote[:1] + one + quote[1:2] for one in apart)):
        start = words.find(begin)
        while start >= 0:
            is_within_figure = quote[:1].isdigit() and words[start - 1 : start].isdigit()
            is_whole = not is_within_figure or words.endswith(apart, 0, start)
            if is_whole and _spells_at(words, start, quote, apart):
                return True
            start = words.find(begin, start + 1)
    return False


def _spells_at(words: str, start: int, quote: str, apart: tuple[str, ...]) -> bool:
    for char in quote:
        found = words.find(char, start, start + _LEFT_OUT)
        while found < 0 and (
            longest := max((one for one in apart if words.startswith(one, start)), default="", key=len)
        ):
            start += len(longest)
            found = words.find(char, start, start + _LEFT_OUT)
        if found < 0:
            return False
        start = found + 1
    return True


def _other_values(recorded: Any, guide: SecondReading) -> Iterator[Mismatch]:
    """Yield the values that differ for the other reader; boxes are not compared."""
    if guide.other is None:
        yield Mismatch("every value", "", f"the guide cannot be read by {guide.reader}")
        return
    other = json.loads(dumps(guide.other))
    for part in ("guide", "sections"):
        yield from differences(
            without_keys(_part(recorded, part), {"evidence"}), without_keys(other[part], {"evidence"}), part
        )


def _marks(record: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each mark of a correction in a plain record, with its path."""
    if isinstance(record, dict):
        for key, item in record.items():
            if key == "corrected" and item is not None:
                yield f"{path}.{key}", item
            else:
                yield from _marks(item, f"{path}.{key}".strip("."))
    elif isinstance(record, list):
        for number, item in enumerate(record):
            yield from _marks(item, f"{path}[{number}]")


def _uncorrected(recorded: dict[str, Any], found: dict[str, Any], *, amended: bool) -> Iterator[Mismatch]:
    """Yield the corrections that record and guide do not share."""
    for path in (*found, *(path for path in recorded if path not in found)):
        if amended:
            yield from differences(recorded.get(path, _MISSING), found.get(path, _MISSING), path)
        else:
            why = "no corrections file beside it; name the file with --corrections"
            yield Mismatch(path, _format_leaf(recorded[path]), why)


def differences(recorded: Any, found: Any, path: str = "") -> Iterator[Mismatch]:
    """Yield the leaves in which two plain records differ."""
    if type(recorded) is type(found) and recorded == found:
        return
    if isinstance(recorded, dict) and isinstance(found, dict):
        for key in (*found, *(key for key in recorded if key not in found)):
            yield from differences(recorded.get(key, _MISSING), found.get(key, _MISSING), f"{path}.{key}".strip("."))
    elif isinstance(recorded, list) and isinstance(found, list):
        for number, (one, other) in enumerate(zip_longest(recorded, found, fillvalue=_MISSING)):
            yield from differences(one, other, f"{path}[{number}]")
    else:
        yield Mismatch(path, _format_leaf(recorded), _format_leaf(found))


def _format_leaf(leaf: Any) -> str:
    """Format a leaf for a message."""
    if leaf is _MISSING:
        return "nothing"
    return shortened(json.dumps(leaf, ensure_ascii=False), _MAX_LEAF_LENGTH)
