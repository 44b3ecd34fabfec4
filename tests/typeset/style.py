"""How a guide is drawn: every knob, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

By = Literal["run", "glyph", "layer"]
Bold = Literal["fake", "stroke", "real"]


@dataclass(frozen=True, kw_only=True)
class Style:
    """The defaults draw the 2017 guide as it was read: each bold run printed four times."""

    copies: int = 4
    """How often a bold run is printed, 1 to 5; counts only where bold is "fake"."""
    by: By = "run"
    """Stream order of the copies: run by run, glyph by glyph, or layers at the end of the page."""
    spread: float = 0.48
    """Points between the first copy and the last, 0 to 1.2."""
    bold: Bold = "fake"
    """Copies; or one glyph filled and stroked; or one glyph of another embedded face."""
    embedded: bool = True
    """False names STSong-Light and leaves the font to the reader's machine."""
    footer: str | None = None
    """A template such as "- {n} -" for every page; None keeps the footers that the pages bring."""
    measure: int = 28
    """Full-width characters in a full line."""
    size: float = 16
    """Of the body text, in points; everything else is in proportion to it."""
    indent: int = 2
    """Full-width characters before the first line of a paragraph."""

    def __post_init__(self) -> None:
        allowed = {
            "copies": 1 <= self.copies <= 5,
            "by": self.by in get_args(By),
            "spread": 0 <= self.spread <= 1.2,
            "bold": self.bold in get_args(Bold) and (self.embedded or self.bold != "real"),
            "measure": self.measure >= 8 and self.measure * self.size <= 550,
            "size": self.size >= 4,
            "indent": 0 <= self.indent <= 4,
        }
        for name, fits in allowed.items():
            if not fits:
                raise ValueError(f"style: {name}={getattr(self, name)!r} cannot be drawn")

    @property
    def layers(self) -> int:
        """How often a bold glyph is put on the page."""
        return self.copies if self.bold == "fake" else 1


PUBLISHED = Style()
"""The style of the committed facsimile."""
