"""Where every printed character went: each glyph gets exactly one role, and what is left is named."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import Account
from extract.model.stages import Repaired, Role, SplitGuide
from extract.model.text import GLUE, Text, text_of_glyphs
from extract.model.values import Evidence


def account(repaired: Repaired, cut: SplitGuide) -> tuple[Account, list[FindingDraft]]:
    """The account of a guide, and a finding for each run of characters that nothing took."""
    roles: list[Role] = ["unclaimed" if glyph.text.strip() else "space" for glyph in repaired.ink.glyphs]
    for role, numbers in _aside(repaired):
        _paint(roles, numbers, role)
    for claim, texts in _claims(cut):
        for text in texts:
            _paint(roles, (origin for origin in text.origins if origin != GLUE and roles[origin] == "unclaimed"), claim)
    left = [number for number, role in enumerate(roles) if role == "unclaimed"]
    counts = Counter(roles)
    by_role = {role: counts[role] for role in get_args(Role)}
    findings = [_left(repaired, numbers) for numbers in _runs(repaired, left)]
    return Account(glyphs=len(roles), by_role=by_role, unclaimed=len(left)), findings


def excluded_text(repaired: Repaired) -> dict[Role, tuple[Evidence, ...]]:
    """What repair took out of the text, by its role: copies, and the furniture of pages; one piece for each line."""
    pieces: dict[Role, tuple[Evidence, ...]] = {}
    for role, numbers in _aside(repaired):
        runs = _runs(repaired, [number for number in numbers if repaired.ink.glyphs[number].text.strip()])
        pieces[role] = pieces.get(role, ()) + tuple(
            one for run in runs for one in cite(text_of_glyphs(repaired.ink, run))
        )
    return pieces


def _aside(repaired: Repaired) -> Iterator[tuple[Role, list[int]]]:
    """The glyphs that repairs took out, each with the role that it got by that."""
    for repair in repaired.repairs:
        if role := _SET_ASIDE.get(repair.name):
            yield role, list(repair.became)


_SET_ASIDE: dict[str, Role] = {
    "fold overprints": "overprint",
    "take repeated runs once": "overprint",
    "set furniture aside": "furniture",
    "set hidden text aside": "furniture",
}


def _claims(cut: SplitGuide) -> list[tuple[Role, list[Text]]]:
    """What took which characters."""
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


def _runs(repaired: Repaired, left: list[int]) -> list[list[int]]:
    """Glyphs line by line; those that stand on no line, by how far down the page they are drawn."""
    lines: dict[tuple[int, int, float], list[int]] = {}
    for number in left:
        glyph, line = repaired.ink.glyphs[number], repaired.ink.lines[number]
        lines.setdefault((glyph.page, line, 0 if line else round(glyph.bottom)), []).append(number)
    return list(lines.values())


def _left(repaired: Repaired, numbers: list[int]) -> FindingDraft:
    text = text_of_glyphs(repaired.ink, numbers)
    return finding("text-unclaimed", text, words=str(text))
