"""Account for every printed character: each glyph gets exactly one role; unclaimed ones become findings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import Account, Excluded
from extract.model.stages import Repaired, Role, SplitGuide
from extract.model.text import GLUE, Text, text_of_glyphs
from extract.model.values import Evidence


def account(repaired: Repaired, cut: SplitGuide) -> tuple[Account, list[FindingDraft]]:
    """Return the account of a guide, and a finding for each run of unclaimed characters."""
    roles: list[Role] = ["unclaimed" if glyph.text.strip() else "space" for glyph in repaired.ink.glyphs]
    for role, numbers in _excluded(repaired):
        _paint(roles, numbers, role)
    for claim, texts in (*_claims(cut), ("note", [text for note in repaired.notes for text in (note.sign, note.text)])):
        for text in texts:
            _paint(roles, (origin for origin in text.origins if origin != GLUE and roles[origin] == "unclaimed"), claim)
    unclaimed = [number for number, role in enumerate(roles) if role == "unclaimed"]
    counts = Counter(roles)
    by_role = {role: counts[role] for role in get_args(Role)}
    findings = [_unclaimed_text(repaired, numbers) for numbers in _runs(repaired, unclaimed)]
    excluded = tuple(Excluded(reason=piece.reason, evidence=cite(piece.text)) for piece in repaired.excluded)
    return Account(glyphs=len(roles), by_role=by_role, unclaimed=len(unclaimed), excluded=excluded), findings


def excluded_text(repaired: Repaired) -> dict[Role, tuple[Evidence, ...]]:
    """Return the text that repairs excluded (copies, page furniture) by role, one piece per line."""
    pieces: dict[Role, tuple[Evidence, ...]] = {}
    for role, numbers in _excluded(repaired):
        runs = _runs(repaired, [number for number in numbers if repaired.ink.glyphs[number].text.strip()])
        pieces[role] = pieces.get(role, ()) + tuple(
            one for run in runs for one in cite(text_of_glyphs(repaired.ink, run))
        )
    return pieces


def _excluded(repaired: Repaired) -> Iterator[tuple[Role, list[int]]]:
    """Yield the glyphs that each repair excluded, with their role."""
    for repair in repaired.repairs:
        if role := _EXCLUDING_REPAIRS.get(repair.name):
            yield role, list(repair.became)


_EXCLUDING_REPAIRS: dict[str, Role] = {
    "fold overprints": "overprint",
    "take repeated runs once": "overprint",
    "set furniture aside": "furniture",
    "set hidden text aside": "furniture",
    "set struck-out text aside": "struck-out",
    "set reference marks aside": "mark",
}


def _claims(cut: SplitGuide) -> list[tuple[Role, list[Text]]]:
    """Return the texts of a split guide by the role of their glyphs."""
    parts = [part for piece in cut.pieces for part in piece.parts]
    return [
        ("title", [cut.title]),
        ("preamble", list(cut.preamble)),
        ("heading", [*cut.groups, *(piece.heading for piece in cut.pieces)]),
        ("label", [part.lead for part in parts]),
        ("value", [part.text for part in parts]),
    ]


def _paint(roles: list[Role], origins: Iterable[int], role: Role) -> None:
    for origin in origins:
        roles[origin] = role


def _runs(repaired: Repaired, numbers: list[int]) -> list[list[int]]:
    """Group glyphs by line; those of no line by their height on the page."""
    lines: dict[tuple[int, int, float], list[int]] = {}
    for number in numbers:
        glyph, line = repaired.ink.glyphs[number], repaired.ink.lines[number]
        lines.setdefault((glyph.page, line, 0 if line else round(glyph.bottom)), []).append(number)
    return list(lines.values())


def _unclaimed_text(repaired: Repaired, numbers: list[int]) -> FindingDraft:
    text = text_of_glyphs(repaired.ink, numbers)
    return finding("text-unclaimed", text, words=str(text))
