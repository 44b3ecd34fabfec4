"""The words of strings, in runs of one form; phonetic runs (rPh) say how they are read and are none of them."""

import re
from typing import NamedTuple

from extract.model.stages import Script
from extract.pull.office.package import Element, OfficePackage
from extract.pull.xlsx_reader.colours import Colours
from extract.pull.xlsx_reader.fonts import Font, read_font
from extract.pull.xlsx_reader.spreadsheetml import SPACE, S, path

_SPACES = " \t\n\r"  # of XML, which Excel trims; an ideographic space stays
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SCRIPTS: dict[str, Script] = {"superscript": "raised", "subscript": "lowered"}


class Run(NamedTuple):
    """Words of one form; `font` is None where the form is the cell's."""

    words: str
    script: Script | None = None
    font: Font | None = None


RichText = tuple[Run, ...]


def shared_strings(package: OfficePackage, part: str | None, colours: Colours) -> list[RichText]:
    """The strings to which cells refer by their numbers."""
    return [] if part is None else [rich_text(item, colours) for item in package.elements(part, f"{S}si")]


def rich_text(element: Element, colours: Colours) -> RichText:
    """The runs of a string (si, is, text)."""
    runs = []
    for child in element.iterchildren(f"{S}t", f"{S}r"):
        if child.tag == f"{S}t":
            runs.append(Run(_words(child)))
        else:
            runs.append(_run(child, colours))
    return tuple(run for run in runs if run.words)


def plain(text: RichText) -> str:
    return "".join(run.words for run in text)


def _run(element: Element, colours: Colours) -> Run:
    """A run has the whole form of its words, if it has one."""
    form = path(element, "rPr")
    words = "".join(_words(child) for child in element.iterchildren(f"{S}t"))
    if form is None:
        return Run(words)
    aligned = path(form, "vertAlign")
    script = None if aligned is None else _SCRIPTS.get(aligned.get("val", ""))
    return Run(words, script, read_font(form, colours))


def _words(element: Element) -> str:
    words = element.text or ""
    return unescaped(words if element.get(SPACE) == "preserve" else words.strip(_SPACES))


def unescaped(words: str) -> str:
    """Words with the characters that XML cannot hold: _x000D_; with \\n alone between lines.

    >>> unescaped("甲_x000D_\\n乙"), unescaped("_x005F_x000D_")
    ('甲\\n乙', '_x000D_')
    """
    if "_x" in words:
        words = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words)
        words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words.replace("\r\n", "\n").replace("\r", "\n")
