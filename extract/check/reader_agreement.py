"""Do the two readers agree: line by line, after repair."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from extract.model.findings import FindingDraft, finding
from extract.model.record import Check
from extract.model.stages import Line, Pulled, Repaired
from extract.model.text import shortened

_SHOWN = 60  # characters of a line that a message shows
_MOST = 12  # lines of one page that are told one by one


def readers_agree(pulled: Pulled, repaired: Repaired, witnessed: Repaired) -> tuple[Check, list[FindingDraft]]:
    """Whether the witness reads the same lines, and a finding for each line that it reads otherwise.

    Space is not compared, nor the width of a character: readers tell them as they like. Pages that the witness has
    lost were told when they were pulled.
    """
    assert pulled.witness is not None
    names = pulled.reader, pulled.witness.reader
    ours, theirs = _pages(repaired.lines), _pages(witnessed.lines)
    findings = []
    for page in sorted((ours.keys() | theirs.keys()).difference(pulled.unconfirmed)):
        findings += list(_differences(ours[page], theirs[page], names))
    lost = f", {len(pulled.unconfirmed)} of its pages lost" if pulled.unconfirmed else ""
    agree = not findings and not lost
    check = Check(
        code="readers-agree",
        outcome="proved" if agree else "contradicted",
        message=f"{names[1]} reads the {len(repaired.lines)} lines of {names[0]} the same"
        if agree
        else f"{names[1]} reads {len(findings)} places otherwise than {names[0]}{lost}",
        evidence=tuple(piece for finding in findings for piece in finding.evidence),
    )
    return check, findings


def _pages(lines: Sequence[Line]) -> dict[int, list[Line]]:
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return pages


def _differences(ours: list[Line], theirs: list[Line], names: tuple[str, str]) -> Iterator[FindingDraft]:
    """The lines of a page that one reader has otherwise than the other. Lines cut elsewhere are the same words."""
    mine, others = [_bare(line) for line in ours], [_bare(line) for line in theirs]
    if "".join(mine) == "".join(others):
        return
    blocks = SequenceMatcher(None, mine, others, autojunk=False).get_opcodes()
    pairs = [
        pair
        for tag, i, j, k, m in blocks
        if tag != "equal" and "".join(mine[i:j]) != "".join(others[k:m])
        for pair in zip_longest(ours[i:j], theirs[k:m])
        if not (pair[0] and pair[1] and _bare(pair[0]) == _bare(pair[1]))
    ]
    for line, other in pairs[:_MOST]:
        yield _difference(line, other, names)
    if len(pairs) > _MOST:
        rest = [line or other for line, other in pairs[_MOST:]]
        yield finding("readers-differ", rest[0].text, variant="more", page=rest[0].page, count=len(rest))


def _difference(line: Line | None, other: Line | None, names: tuple[str, str]) -> FindingDraft:
    """A line that both readers have, in other characters, or that only one of them has."""
    shown = line or other
    assert shown is not None
    variant = "line" if line and other else "only-first" if line else "only-second"
    words: dict[str, Any] = {
        **({"words": _beginning(line)} if line else {}),
        **({"other_words": _beginning(other)} if other else {}),
    }
    place = shown.text.ink.lines[_first(shown)]
    return finding(
        "readers-differ",
        shown.text,
        variant=variant,
        page=shown.page,
        line=place,
        reader=names[0],
        other=names[1],
        **words,
    )


def _bare(line: Line) -> str:
    return "".join(unicodedata.normalize("NFKC", line.text.plain).split())


def _first(line: Line) -> int:
    return next(origin for origin in line.text.origins if origin >= 0)


def _beginning(line: Line) -> str:
    return shortened(line.text.chars, _SHOWN)
