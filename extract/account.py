"""Where every printed character went: each glyph gets exactly one role, and what is left is named."""

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from extract.cite import cite
from extract.handoff import Repaired, Role, Split, Trouble
from extract.records import Account
from extract.text import GLUE, Text, of_glyphs


def account(repaired: Repaired, cut: Split) -> tuple[Account, list[Trouble]]:
    """The account of a guide, and a trouble for each run of characters that nothing took."""
    ink = repaired.ink
    roles: list[Role] = ["unclaimed" if glyph.text.strip() else "space" for glyph in ink.glyphs]
    for repair in repaired.repairs:
        if role := _SET_ASIDE.get(repair.name):
            _paint(roles, repair.became, role)
    for claim, texts in _claims(cut):
        for text in texts:
            _paint(roles, (origin for origin in text.origins if origin != GLUE and roles[origin] == "unclaimed"), claim)
    left = [number for number, role in enumerate(roles) if role == "unclaimed"]
    counts = Counter(roles)
    by_role = {role: counts[role] for role in get_args(Role)}
    troubles = [_left(repaired, numbers) for numbers in _runs(repaired, left)]
    return Account(glyphs=len(roles), by_role=by_role, unclaimed=len(left)), troubles


_SET_ASIDE: dict[str, Role] = {
    "fold overprints": "overprint",
    "take repeated runs once": "overprint",
    "set furniture aside": "furniture",
    "set hidden text aside": "furniture",
}


def _claims(cut: Split) -> list[tuple[Role, list[Text]]]:
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
    """Glyphs that nothing took, line by line."""
    lines: dict[tuple[int, int], list[int]] = {}
    for number in left:
        lines.setdefault((repaired.ink.glyphs[number].page, repaired.ink.lines[number]), []).append(number)
    return list(lines.values())


def _left(repaired: Repaired, numbers: list[int]) -> Trouble:
    text = of_glyphs(repaired.ink, numbers)
    return Trouble("text-unclaimed", f"no part of the record takes these words: {text}", None, cite(text))
