"""Repair glyphs into clean lines: fold copies, leave out what is no text of the guide; each removal is recorded."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from extract.language.symbol_fonts import shown
from extract.layout import read_layout
from extract.layout.blocks import block_starts
from extract.layout.lines import MeasuredLine
from extract.layout.paragraphs import paragraph_starts
from extract.model.record import ExcludedReason
from extract.model.stages import ExcludedText, Line, Pulled, Repair, Repaired, RepairName
from extract.model.text import GLUE, Glyph, Text
from extract.profile.schema import Profile
from extract.repair.characters import exclude_unplaced, unify_character
from extract.repair.garbled_headings import repair_garbled
from extract.repair.overprint import fold_overprints
from extract.repair.reports import ReadPages, report_pages

# The repair that takes out what is excluded for a reason.
_REPAIRS: dict[ExcludedReason, RepairName] = {
    "hidden": "set hidden text aside",
    "rotated": "set hidden text aside",
    "outside": "set hidden text aside",
    "nowhere": "set hidden text aside",
    "page-number": "set furniture aside",
    "running-head": "set furniture aside",
    "line-number": "set furniture aside",
    "ruby": "set furniture aside",
    "watermark": "set furniture aside",
    "navigation": "set furniture aside",
    "struck-out": "set struck-out text aside",
    "reference-mark": "set reference marks aside",
}


def repair(pulled: Pulled, profile: Profile | None = None, *, is_witness: bool = False) -> Repaired:
    """Unify characters, fold copies, read the layout of the pages, take runs of garbled headings once.

    Tables without rules are read with the heads that a profile knows. The reading of a witness confirms words alone: it
    is not asked where paragraphs start, and what is seen on the pages is reported once, of the other reading.
    """
    glyphs, renamed = _unify(exclude_unplaced(pulled.glyphs))
    drawn = pulled.layout == "page"
    folded, real_repeats = fold_overprints(glyphs) if drawn else ([], [])
    copies = {number for stack in folded for number in stack[1:]}
    layout = read_layout(pulled, glyphs, copies, profile)
    body, unchained, unchained_findings = repair_garbled(list(layout.lines))
    pages = ReadPages(pulled, layout, body, renamed, copies, real_repeats)
    repairs = [
        Repair("unify forms", renamed),
        Repair("fold overprints", _removed(sorted(copies))),
        Repair("write scripts as signs", layout.signs),
        *_removals(layout.excluded),
        Repair("take repeated runs once", _removed(_glyphs_of(unchained))),
    ]
    return Repaired(
        ink=layout.ink,
        lines=_lines(body, [None] * len(body) if is_witness else _starts(pulled, body)),
        repairs=tuple(repair for repair in repairs if repair.became),
        findings=() if is_witness else (*unchained_findings, *report_pages(pages)),
        notes=layout.notes,
        excluded=layout.excluded,
    )


def _starts(pulled: Pulled, body: Sequence[MeasuredLine]) -> Sequence[bool | None]:
    """Whether each line starts a paragraph."""
    return block_starts(body, pulled.blocks) if pulled.blocks else paragraph_starts(body)


def _lines(body: Sequence[MeasuredLine], starts: Sequence[bool | None]) -> tuple[Line, ...]:
    return tuple(
        Line(line.text, line.page, is_start, line.top, line.left, line.right, line.cell)
        for line, is_start in zip(body, starts, strict=True)
    )


def _removals(excluded: Iterable[ExcludedText]) -> list[Repair]:
    """The repairs that take out what is excluded, in the order of their table."""
    gone: dict[RepairName, list[int]] = {name: [] for name in _REPAIRS.values()}
    for piece in excluded:
        gone[_REPAIRS[piece.reason]] += _glyphs_of([piece.text])
    return [Repair(name, _removed(numbers)) for name, numbers in gone.items()]


def _glyphs_of(texts: Iterable[Text]) -> Iterator[int]:
    """The indices of the glyphs of texts, without glue."""
    return (origin for text in texts for origin in text.origins if origin != GLUE)


def _removed(numbers: Iterable[int]) -> dict[int, str]:
    """A Repair's `became` for removed glyphs."""
    return dict.fromkeys(numbers, "")


def _unify(glyphs: Sequence[Glyph]) -> tuple[Sequence[Glyph], dict[int, str]]:
    """Unify the characters of glyphs; also return the new text of each changed glyph, by index (⽅ → 方)."""
    forms = {(glyph.text, glyph.font) for glyph in glyphs}
    variants = {form: usual for form in forms if (usual := unify_character(shown(*form))) != form[0]}
    if not variants:
        return glyphs, {}
    renamed = {n: variants[form] for n, g in enumerate(glyphs) if (form := (g.text, g.font)) in variants}
    return [replace(g, text=renamed[n]) if n in renamed else g for n, g in enumerate(glyphs)], renamed
