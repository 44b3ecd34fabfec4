"""Compare the two readers line by line, after repair."""

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

_MAX_LINE_LENGTH = 60  # characters in a message
_MAX_FINDINGS_PER_PAGE = 12  # further lines share one finding


def readers_agree(pulled: Pulled, repaired: Repaired, witnessed: Repaired) -> tuple[Check, list[FindingDraft]]:
    """Check that the witness reads the same lines; each line that differs is a finding.

    Space and character width are ignored. Pages that the witness lost are left out: reading them gave a finding. So are
    those that OCR read, which are no work of either.
    """
    assert pulled.witness is not None
    names = pulled.reader, pulled.witness.reader
    ours, theirs = _pages(repaired.lines), _pages(witnessed.lines)
    findings, lines = [], sum(line.page not in pulled.turns for line in repaired.lines)
    for page in sorted((ours.keys() | theirs.keys()).difference(pulled.unconfirmed, pulled.turns)):
        findings += list(_differences(ours[page], theirs[page], names))
    lost_pages = f", {len(pulled.unconfirmed)} of its pages lost" if pulled.unconfirmed else ""
    agree = not findings and not lost_pages
    check = Check(
        code="readers-agree",
        outcome="proved" if agree else "contradicted",
        message=f"{names[1]} reads the {lines} lines of {names[0]} the same"
        if agree
        else f"{names[1]} reads {len(findings)} places otherwise than {names[0]}{lost_pages}",
        evidence=tuple(piece for finding in findings for piece in finding.evidence),
    )
    return check, findings


def _pages(lines: Sequence[Line]) -> dict[int, list[Line]]:
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return pages


def _differences(ours: list[Line], theirs: list[Line], names: tuple[str, str]) -> Iterator[FindingDraft]:
    """Yield a finding for each line of a page that differs. The same words, broken elsewhere, do not differ."""
    mine, others = [_folded(line) for line in ours], [_folded(line) for line in theirs]
    if "".join(mine) == "".join(others):
        return
    blocks = SequenceMatcher(None, mine, others, autojunk=False).get_opcodes()
    pairs = [
        pair
        for tag, i, j, k, m in blocks
        if tag != "equal" and "".join(mine[i:j]) != "".join(others[k:m])
        for pair in zip_longest(ours[i:j], theirs[k:m])
        if not (pair[0] and pair[1] and _folded(pair[0]) == _folded(pair[1]))
    ]
    for line, other in pairs[:_MAX_FINDINGS_PER_PAGE]:
        yield _difference(line, other, names)
    if len(pairs) > _MAX_FINDINGS_PER_PAGE:
        rest = [line or other for line, other in pairs[_MAX_FINDINGS_PER_PAGE:]]
        yield finding("readers-differ", rest[0].text, variant="more", page=rest[0].page, count=len(rest))


def _difference(line: Line | None, other: Line | None, names: tuple[str, str]) -> FindingDraft:
    """A finding for a line with other characters, or that only one reader has."""
    shown = line or other
    assert shown is not None
    variant = "line" if line and other else "only-first" if line else "only-second"
    words: dict[str, Any] = {
        **({"words": _beginning(line)} if line else {}),
        **({"other_words": _beginning(other)} if other else {}),
    }
    line_number = shown.text.ink.lines[_first(shown)]
    return finding(
        "readers-differ",
        shown.text,
        variant=variant,
        page=shown.page,
        line=line_number,
        reader=names[0],
        other=names[1],
        **words,
    )


def _folded(line: Line) -> str:
    return "".join(unicodedata.normalize("NFKC", line.text.plain).split())


def _first(line: Line) -> int:
    return next(origin for origin in line.text.origins if origin >= 0)


def _beginning(line: Line) -> str:
    return shortened(line.text.chars, _MAX_LINE_LENGTH)
