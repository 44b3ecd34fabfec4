"""Opened guide → the review page: the guide's pages beside its record, in one file that needs no network."""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from markupsafe import Markup
from msgspec import UNSET

from extract.export import code_labels, labels, number_format
from extract.export.html import page
from extract.export.html.correctable import correctable, kinds, shapes
from extract.model.record import FIELDS, Guide
from extract.model.stages import Opened, PageImage
from extract.model.values import Evidence, Facts

_SCRIPTS = tuple(f"review/{name}.js" for name in ("places", "search", "toml", "money", "forms", "corrections"))
Place = tuple[float, ...]  # page and box in points; for plain text a line, and where on it the words begin and end


def review(opened: Opened, pages: Iterable[PageImage]) -> bytes:
    """The page of a guide, as UTF-8; `pages` are its pictures, none for plain text.

    What the guide says is put in as text, whatever it looks like. The same guide and pictures give the same bytes.
    """
    guide, targets = opened.guide, correctable(opened.guide)
    return page(
        "review/review.html.j2",
        script="review/review.js",
        uses=_SCRIPTS,
        guide=guide,
        sheets=[(sheet, _picture(sheet)) for sheet in pages],
        lines=opened.lines,
        asides={role: len(pieces) for role, pieces in opened.asides.items()},
        counts=_counts(guide),
        fields=FIELDS,
        labels=labels,
        codes=code_labels,
        told=number_format,
        at=lambda evidence: json.dumps(_places(evidence, opened.lines), separators=(",", ":")),
        where=_where,
        stated=_stated,
        targets={(one["place"], one["field"]): number for number, one in enumerate(targets)},
        numbers={section.number: place for place, section in reversed(list(enumerate(guide.sections, 1)))},
        data=_embedded(_data(opened, targets)),
    )


def _picture(sheet: PageImage) -> Markup:
    return Markup("data:image/webp;base64,") + Markup(b64encode(sheet.data).decode())


def _counts(guide: Guide) -> dict[str, int]:
    """How many of what there is to look at: findings by severity, checks by outcome, and values."""
    values = [getattr(section, name) for section in guide.sections for name in FIELDS]
    marks = [guide.guide.corrected, *(section.corrected for section in guide.sections)]
    return {
        **{name: sum(one.severity == name for one in guide.findings) for name in labels.SEVERITIES},
        **{name: sum(one.outcome == name for one in guide.checks) for name in labels.OUTCOMES},
        "unread": sum(value.status == "unread" for value in values),
        "corrected": sum(value.corrected is not None for value in values) + sum(len(one or ()) for one in marks),
    }


# ── places ────────────────────────────────────────────────────────────────────────────────────────────


def _places(evidence: Sequence[Evidence], lines: Sequence[str]) -> list[Place]:
    return [(one.page, *one.bbox) if one.bbox else _on_line(one, lines) for one in evidence]


def _on_line(evidence: Evidence, lines: Sequence[str]) -> Place:
    """Where words stand on a line of plain text; the whole line where that does not tell (repaired, or twice there)."""
    number = evidence.line if isinstance(evidence.line, int) else 0
    row = lines[number - 1] if 0 < number <= len(lines) else ""
    if row.count(evidence.quote) == 1:
        start = row.index(evidence.quote)
        return number, _units(row[:start]), _units(row[: start + len(evidence.quote)])
    return number, 0, _units(row)


def _units(words: str) -> int:
    """How long words are for a browser, which counts in UTF-16."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _where(evidence: Sequence[Evidence]) -> str:
    """The link to the first place, for a page without script."""
    first = evidence[0]
    return f"#line-{first.line}" if first.bbox is None else f"#page-{first.page}"


def _stated(facts: Facts) -> list[tuple[str, str]]:
    """The facts that a requirement states, those in lists one by one."""
    given = [(name, getattr(facts, name)) for name in facts.__struct_fields__]
    lists = [(name, value if isinstance(value, tuple) else (value,)) for name, value in given if value is not UNSET]
    return [(name, str(item)) for name, items in lists for item in items]


# ── what the script is given ──────────────────────────────────────────────────────────────────────────


def _data(opened: Opened, targets: list[dict[str, Any]]) -> dict[str, Any]:
    guide = opened.guide
    return {
        "file": guide.source.file,
        "stem": PurePath(guide.source.file).stem,
        "sha256": guide.source.sha256,
        "lines": opened.lines,
        "asides": {role: _places(pieces, opened.lines) for role, pieces in opened.asides.items()},
        "targets": targets,
        "kinds": kinds(),
        "shapes": shapes(),
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
    """What TOML may hold and JSON does not (dates) as the words that stand there."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _embedded(data: dict[str, Any]) -> Markup:
    """JSON that no words in it can end: plain ASCII, without any character that means something in HTML."""
    text = json.dumps(data, separators=(",", ":"))
    return Markup(text.translate({ord(char): f"\\u{ord(char):04x}" for char in "<>&"}))
