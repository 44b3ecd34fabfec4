"""The review page: the pages of a guide beside its record and forms for corrections, in one HTML file."""

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import PurePath
from typing import Any, NamedTuple

import msgspec
from markupsafe import Markup

from extract.export import labels, number_format
from extract.export.html import escape_invisible, render_page
from extract.export.json import schema
from extract.model.fields import (
    CORRECTABLE_GUIDE,
    CORRECTABLE_SECTION,
    DERIVED,
    FIELDS,
    corrections_of,
    held_value,
)
from extract.model.record import Correction, Field, Guide, Section, without_keys
from extract.model.stages import GuideForReview, PageImage, part_stem
from extract.model.text import Cell
from extract.model.values import Evidence


def correctable_values(guide: Guide) -> list[dict[str, Any]]:
    """Return every correctable value as plain data, in the order of the record.

    `place` is 0 for the guide, else the index of the section from 1; `section` its number, or null. `label` and `shape`
    are those of its kind. `was` is the extracted value, if it was corrected. Sections that share a number are left out:
    a correction could not name one of them.
    """
    kinds, numbers = correctable_kinds(), Counter(section.number for section in guide.sections)
    sections = [(index, section) for index, section in enumerate(guide.sections, 1) if numbers[section.number] == 1]
    targets = [*_of_the_guide(guide), *(target for index, section in sections for target in _of(section, index))]
    return [{**target, **kinds["section" if target["place"] else "guide"][target["field"]]} for target in targets]


def correctable_kinds() -> dict[str, dict[str, dict[str, Any]]]:
    """Return the correctable fields of the guide and of a section, each with `label` and JSON Schema `shape`."""
    shapes = record_shapes()
    facts, declared = shapes["GuideFacts"]["properties"], shapes["Declared"]["properties"]
    of_a_section = dict(shapes["Section"]["properties"])
    for name in FIELDS:
        of_a_section[name] = shapes[of_a_section[name]["$ref"].rpartition("/")[2]]["properties"]["value"]
    of_the_guide = {
        **facts,
        **{f"declared.{name}": shape for name, shape in declared.items()},
        **{f"common.{name}": of_a_section[name] for name in FIELDS},
    }
    return {
        "guide": {name: {"label": spec.label, "shape": of_the_guide[name]} for name, spec in CORRECTABLE_GUIDE.items()},
        "section": {
            name: {"label": spec.label, "shape": of_a_section[name]} for name, spec in CORRECTABLE_SECTION.items()
        },
    }


def record_shapes() -> dict[str, Any]:
    """Return the JSON Schema of every record by name, with the keys that a person enters."""
    definitions: dict[str, Any] = schema()["$defs"]
    return {name: {**shape, **_typed(shape)} for name, shape in definitions.items()}


def _typed(shape: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {key: part for key, part in shape["properties"].items() if key not in DERIVED}}


def _of_the_guide(guide: Guide) -> Iterator[dict[str, Any]]:
    facts = guide.guide
    marks = corrections_of(facts)
    for name in CORRECTABLE_GUIDE:
        value = held_value(facts, name)
        quote = _quote(facts.evidence if isinstance(value, str | int) else _evidence(value))
        yield _target(0, None, name, value, quote, marks.get(name))


def _of(section: Section, index: int) -> Iterator[dict[str, Any]]:
    marks = corrections_of(section)
    for name in CORRECTABLE_SECTION:
        value = getattr(section, name)
        quote = _quote(section.evidence if name == "title" else _evidence(value))
        yield _target(index, section.number, name, value, quote, marks.get(name))


def _target(
    index: int, number: str | None, name: str, value: object, quote: str, correction: Correction | None
) -> dict[str, Any]:
    if isinstance(value, Field):
        target = _target(index, number, name, value.value, value.text or "", correction)
        return {**target, "status": value.status}
    target = {
        "place": index,
        "section": number,
        "field": name,
        "value": without_keys(msgspec.to_builtins(value), DERIVED),
        "quote": quote,
    }
    return {**target, "was": _value_before(correction.was)} if correction else target


def _value_before(was: str | None) -> Any:
    """Parse the extracted value that a correction stores: JSON, or a status."""
    try:
        return "absent" if was is None else json.loads(was)
    except ValueError:
        return was


def _evidence(value: object) -> Sequence[Evidence]:
    if isinstance(value, tuple):
        return [one for item in value for one in item.evidence]
    return getattr(value, "evidence", ())


def _quote(evidence: Sequence[Evidence]) -> str:
    return "".join(one.quote for one in evidence)


_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)  # javascript: and data: run, ./a.docx leads nowhere from here
_SCRIPTS = tuple(f"review/{name}.js" for name in ("places", "search", "toml", "money", "forms", "corrections"))
Position = tuple[float, ...]  # page and box in points; else line or block, start and end in UTF-16 units


def review_page(opened: GuideForReview, pages: Iterable[PageImage]) -> bytes:
    """Return the page of a guide as UTF-8; `pages` are its images, none for plain text.

    Text of the guide is always escaped. The same guide and images give the same bytes.
    """
    guide, targets = opened.guide, correctable_values(opened.guide)
    return render_page(
        "review/review.html.j2",
        script="review/review.js",
        uses=_SCRIPTS,
        guide=guide,
        sheets=[(sheet, _picture(sheet)) for sheet in pages],
        papers=_papers(opened.lines, opened.cells),
        asides={name: len(pieces) for name, pieces in _excluded(opened).items()},
        counts=_counts(guide),
        fields=FIELDS,
        corrections_of=corrections_of,
        labels=labels,
        codes=labels,
        number_format=number_format,
        at=lambda evidence: json.dumps(_places(evidence, opened.lines), separators=(",", ":")),
        where=_where,
        is_link=_is_link,
        targets={(one["place"], one["field"]): number for number, one in enumerate(targets)},
        numbers={section.number: place for place, section in reversed(list(enumerate(guide.sections, 1)))},
        data=_embedded(_data(opened, targets)),
    )


class _TableCell(NamedTuple):
    """A cell of a table with its numbered lines; `rows` and `columns` are how many it fills."""

    rows: int
    columns: int
    lines: list[tuple[int, str]]


class _Paper(NamedTuple):
    """A stretch of a text with its numbered lines, or a table of it: its cells by row and column, as they begin."""

    lines: list[tuple[int, str]]
    rows: dict[int, dict[int, _TableCell]]


def _papers(lines: Sequence[str], cells: Sequence[Cell | None]) -> list[_Paper]:
    """Return the text as stretches of lines and tables, in order."""
    papers: list[_Paper] = []
    table = 0
    for number, (line, cell) in enumerate(zip_longest(lines, cells[: len(lines)]), 1):
        here = cell.table if cell else 0
        if not papers or here != table:
            papers.append(_Paper([], {}))
        table = here
        row = papers[-1].rows.setdefault(cell.rows.start, {}) if cell else {}
        place = row.setdefault(cell.columns.start, _TableCell(len(cell.rows), len(cell.columns), [])) if cell else None
        (place or papers[-1]).lines.append((number, line))
    return papers


def _picture(sheet: PageImage) -> Markup:
    return Markup("data:image/webp;base64,") + Markup(b64encode(sheet.data).decode())


def _counts(guide: Guide) -> dict[str, int]:
    """Count findings by severity, checks by outcome, and values; inherited ones where they are stated."""
    values = [held_value(section, name) for section in guide.sections for name in FIELDS]
    inherited = [field for field in values if field.status == "inherited"]
    values += [guide.guide.common.field(name) for name in FIELDS]
    marks = len(corrections_of(guide.guide)) + sum(len(corrections_of(section)) for section in guide.sections)
    return {
        **{name: sum(one.severity == name for one in guide.findings) for name in labels.SEVERITIES},
        **{name: sum(one.outcome == name for one in guide.checks) for name in labels.OUTCOMES},
        "unread": sum(value.status == "unread" for value in values),
        "corrected": marks - sum(field.corrected is not None for field in inherited),
    }


# ── places ────────────────────────────────────────────────────────────────────────────────────────────


def _places(evidence: Sequence[Evidence], lines: Sequence[str]) -> list[Position]:
    return [(one.page or 0, *one.bbox) if one.bbox else _on_line(one, lines) for one in evidence]


def _on_line(evidence: Evidence, lines: Sequence[str]) -> Position:
    """Return the position of words on a line or in a block; the whole of it if they were repaired, or occur twice."""
    number = evidence.row
    row = lines[number - 1] if 0 < number <= len(lines) else ""
    if row.count(evidence.quote) == 1:
        start = row.index(evidence.quote)
        return number, _units(row[:start]), _units(row[: start + len(evidence.quote)])
    return number, 0, _units(row)


def _units(words: str) -> int:
    """Return the length of words in UTF-16 units, as browsers count."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _where(evidence: Sequence[Evidence]) -> str:
    """Return the link to the first position, for pages without scripts."""
    first = evidence[0]
    return f"#line-{first.row}" if first.bbox is None else f"#page-{first.page}"


def _is_link(address: str) -> bool:
    """Return True if an address may be a link: one of the web, without characters that nobody sees."""
    return _WEB_ADDRESS.fullmatch(address) is not None and escape_invisible(address) == address


# ── what the script is given ──────────────────────────────────────────────────────────────────────────


def _excluded(opened: GuideForReview) -> dict[str, list[Evidence]]:
    """What is no text of the guide, as the page shows it: copies, and all else with the furniture of pages."""
    shown: dict[str, list[Evidence]] = {}
    for role, pieces in opened.asides.items():
        shown.setdefault("overprint" if role == "overprint" else "furniture", []).extend(pieces)
    return shown


def _data(opened: GuideForReview, targets: list[dict[str, Any]]) -> dict[str, Any]:
    guide = opened.guide
    return {
        "file": guide.source.file,
        "stem": part_stem(PurePath(guide.source.file).stem, guide.source.part),
        "sha256": guide.source.sha256,
        "lines": opened.lines,
        "blocks": guide.source.pages is None,
        "asides": {name: _places(pieces, opened.lines) for name, pieces in _excluded(opened).items()},
        "targets": targets,
        "kinds": correctable_kinds(),
        "shapes": record_shapes(),
        "labels": {
            "keys": labels.KEYS,
            "statuses": labels.STATUSES,
            "words": {
                "Document.kind": labels.DOCUMENT_KINDS,
                "Partner.kind": labels.PARTNER_KINDS,
                "Requirement.kinds": labels.REQUIREMENT_KINDS,
            },
        },
        "corrections": [_plain(entry) for entry in opened.corrections],
    }


def _plain(value: Any) -> Any:
    """Convert TOML dates, which JSON lacks, to their text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _embedded(data: dict[str, Any]) -> Markup:
    """Embed JSON in HTML: ASCII only, without any character that has a meaning there."""
    text = json.dumps(data, separators=(",", ":"))
    return Markup(text.translate({ord(char): f"\\u{ord(char):04x}" for char in "<>&"}))
