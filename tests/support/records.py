"""What holds of every record, whatever was read: nothing lost, nothing invented, and every output can be made of it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec
from rich.console import Console

from extract.check.glyph_account import excluded_text
from extract.cli.views import summary_view
from extract.compare import compare
from extract.errors import UnreadableGuide
from extract.export.html.review import review_page
from extract.export.json import dumps
from extract.export.tables.frames import frames
from extract.model.comparison import Comparison
from extract.model.findings import format_message
from extract.model.record import Guide, walk
from extract.model.stages import GuideForReview, Pulled, Repaired
from extract.model.values import Evidence
from extract.pipeline import assemble
from extract.profile.schema import Profile
from extract.repair import repair
from extract.repair.characters import unify_character

_EDGE = 0.02  # points: boxes are rounded to 0.01


def read(pulled: Pulled, rules: Profile) -> tuple[Guide, Repaired] | None:
    """The record of what was pulled, proved whole; None where the guide cannot be read, and that is said."""
    try:
        repaired = repair(pulled)
        guide = assemble(pulled, repaired, rules)
    except UnreadableGuide:
        return None
    prove(guide, pulled)
    return guide, repaired


def prove(guide: Guide, pulled: Pulled) -> None:
    """Raises AssertionError where a record is not whole."""
    account, raw = guide.account, dumps(guide)
    assert sum(account.by_role.values()) == account.glyphs == len(pulled.glyphs)
    assert min(account.by_role.values()) >= 0
    assert account.by_role["unclaimed"] == account.unclaimed
    left = [one.evidence for one in guide.findings if one.code == "text-unclaimed"]
    named = sum(len("".join(piece.quote.split())) for pieces in left for piece in pieces)
    assert bool(left) == bool(account.unclaimed), "what is unclaimed is named"
    assert named >= account.unclaimed
    assert msgspec.json.decode(raw, type=Guide) == guide, "the record reads back as it was"
    for finding in guide.findings:
        assert message_from_parts(finding.code, finding.args) == finding.message
    replays = next(check for check in guide.checks if check.code == "quotes-replay")
    if replays.outcome == "proved":
        astray = [piece for piece in quotes(guide) if not _stands(piece, pulled)]
        assert not astray, f"quotes that no glyphs make up: {astray[:3]}"


def message_from_parts(code: str, args: Mapping[str, Any]) -> str:
    """The message that follows from a finding's code and parts; every part is in it."""

    class Noting(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            used.add(name)
            return super().__getitem__(name)

    used: set[str] = set()
    message = format_message(code, Noting(args))
    assert used == args.keys(), f"{code}: parts that no message shows: {args.keys() - used}"
    return message


def quotes(guide: Guide) -> Iterator[Evidence]:
    """The evidence of all values."""
    yield from (
        piece for part in (guide.guide, guide.sections) for _, piece in walk(part) if isinstance(piece, Evidence)
    )


def _stands(piece: Evidence, pulled: Pulled) -> bool:
    """Whether the glyphs in a quote's box, or on its line, have all its characters."""
    here = (glyph for glyph in pulled.glyphs if glyph.page == piece.page)
    if pulled.lines is not None:
        here = (g for g, line in zip(pulled.glyphs, pulled.lines, strict=True) if line == piece.line)
    elif piece.bbox is not None:
        x0, top, x1, bottom = piece.bbox
        here = (
            g
            for g in here
            if g.x0 >= x0 - _EDGE and g.x1 <= x1 + _EDGE and g.top >= top - _EDGE and g.bottom <= bottom + _EDGE
        )
    there = Counter(unify_character(char) for glyph in here for char in glyph.text)
    drawn = Counter("".join(there.elements()))  # a ligature is several
    return not Counter("".join(piece.quote.split())) - drawn


def prove_outputs(guide: Guide, pulled: Pulled, repaired: Repaired, before: Guide) -> None:
    """Raises AssertionError where what is made of a record lacks a part of it; `before` is compared with it."""
    Console(file=io.StringIO(), width=120).print(summary_view(guide))
    rows = {key: len(frame) for key, frame in frames([guide]).items()}
    assert rows["sections"] == len(guide.sections)
    assert rows["findings"] == len(guide.findings)
    assert rows["checks"] == len(guide.checks)
    lines = [""] * max(pulled.lines, default=0) if pulled.lines is not None else []
    for glyph, line in zip(pulled.glyphs if lines else (), pulled.lines or (), strict=True):
        lines[line - 1] += glyph.text
    page = review_page(GuideForReview(guide, b"", excluded_text(repaired), tuple(lines)), ())
    assert page == review_page(GuideForReview(guide, b"", excluded_text(repaired), tuple(lines)), ())
    there, back, itself = compare(before, guide), compare(guide, before), compare(guide, guide)
    assert [pair.outcome for pair in itself.pairs] == ["same"] * len(guide.sections)
    assert not itself.guide
    for comparison, (one, other) in ((there, (before, guide)), (back, (guide, before))):
        dumps(comparison)
        assert Counter(_numbers(comparison, "before")) == Counter(section.number for section in one.sections)
        assert Counter(_numbers(comparison, "after")) == Counter(section.number for section in other.sections)


def _numbers(comparison: Comparison, side: Literal["before", "after"]) -> list[str]:
    """The numbers of one guide's sections in the pairs of a comparison."""
    return [section.number for pair in comparison.pairs if (section := getattr(pair, side))]
