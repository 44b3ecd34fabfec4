"""Formulas (Office Math): what Word draws of them, in a line."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.model.stages import Script
from extract.pull.docx_reader.wordml import MATH, Element

_SCRIPTS: dict[str, Script] = {f"{MATH}sup": "raised", f"{MATH}sub": "lowered"}


class Piece(NamedTuple):
    """Words of a formula."""

    words: str
    script: Script | None = None


def formula_pieces(element: Element, script: Script | None = None) -> Iterator[Piece]:
    """The words of a formula in reading order, with the signs that only its structure says: brackets, roots, /."""
    if element.tag == f"{MATH}t":
        yield Piece(element.text or "", script)
        return
    if element.tag == f"{MATH}f":
        yield from formula_pieces(_part(element, "num"), script)
        yield Piece("/", script)
        yield from formula_pieces(_part(element, "den"), script)
        return
    before, between, behind = _signs(element)
    if before:
        yield Piece(before, script)
    first = True
    for child in element.iterchildren(f"{MATH}*"):
        if between and child.tag == f"{MATH}e":
            if not first:
                yield Piece(between, script)
            first = False
        yield from formula_pieces(child, script or _SCRIPTS.get(child.tag))
    if behind:
        yield Piece(behind, script)


def _part(element: Element, name: str) -> Element:
    found = element.find(MATH + name)
    return element.makeelement(MATH + name) if found is None else found


def _signs(element: Element) -> tuple[str, str, str]:
    """The signs before, between and behind the parts of a structure."""
    if element.tag == f"{MATH}d":
        return _property(element, "begChr", "("), _property(element, "sepChr", "|"), _property(element, "endChr", ")")
    if element.tag == f"{MATH}nary":
        return _property(element, "chr", "∫"), "", ""
    return ("√" if element.tag == f"{MATH}rad" else ""), "", ""


def _property(element: Element, name: str, usual: str) -> str:
    found = element.find(f"{element.tag}Pr/{MATH}{name}")
    return usual if found is None else found.get(f"{MATH}val", "")
