"""Simple mathematics as MinerU writes it: $10^{4}$, $\\mathrm{CO}_{2}$, $5\\%$ → characters, raised and lowered."""

import re
from typing import NamedTuple

from extract.model.record import ExcludedReason
from extract.model.stages import Script


class Piece(NamedTuple):
    """Characters of one form. A line break is the characters "\\n"."""

    words: str
    script: Script | None = None
    excluded: ExcludedReason | None = None


_SIGNS = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "ge": "≥", "geq": "≥", "geqslant": "≥", "le": "≤", "leq": "≤",
    "leqslant": "≤", "sim": "~", "approx": "≈", "neq": "≠", "circ": "°", "degree": "°", "rightarrow": "→", "to": "→",
    "mu": "μ", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "lambda": "λ", "Omega": "Ω",
    "omega": "ω", "theta": "θ", "sigma": "σ", "pi": "π", "permil": "‰", "prime": "′", "sim~": "~",
    "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "{": "{", "}": "}",
    " ": " ", ",": "", ";": "", ":": "", "!": "", "quad": " ", "qquad": " ",
}  # fmt: skip
_FONTS = frozenset(("mathrm", "mathbf", "mathsf", "mathit", "mathnormal", "boldsymbol", "operatorname", "rm", "bf"))
_WORDS = frozenset(("text", "textrm", "textbf", "mbox"))  # in which spaces are spaces
_TOKEN = re.compile(r"\\([A-Za-z]+\*?|.)|([{}^_~])|(\s+)|([^\\{}^_~\s$])")
_CIRCLED = "textcircled"


def parse_mathematics(source: str) -> list[Piece] | None:
    r"""The pieces of a formula in TeX, None if it is not simple.

    >>> parse_mathematics(r"10^{4}"), parse_mathematics(r"\mathrm { C O } _ { 2 }")
    ([Piece(words='10', script=None, excluded=None), Piece(words='4', script='raised', excluded=None)], \
[Piece(words='CO', script=None, excluded=None), Piece(words='2', script='lowered', excluded=None)])
    >>> parse_mathematics(r"\frac{1}{2}")
    """
    pieces: list[Piece] = []
    pending: Script | None = None  # of the next group or character
    groups: list[tuple[Script | None, bool]] = [(None, False)]  # what each open group raises, and if it is of words
    takes_words = circles = False
    for token in _TOKEN.finditer(source):
        command, mark, space, char = token.groups()
        script, in_words = groups[-1]
        words = ""
        if mark in ("^", "_"):
            if pending or script:
                return None
            pending = "raised" if mark == "^" else "lowered"
            continue
        if mark == "{":
            groups.append((pending or script, in_words or takes_words))
            pending, takes_words = None, False
            continue
        if mark == "}":
            if len(groups) == 1 or pending:
                return None
            groups.pop()
            continue
        if command in _FONTS:
            continue
        if command in _WORDS:
            takes_words = True
            continue
        if command == _CIRCLED:
            circles = True
            continue
        if command is not None:
            if command not in _SIGNS:
                return None
            words = _SIGNS[command]
            pending, script = (None, None) if words == "°" else (pending, script)
        elif space:
            words = " " if in_words else ""
        else:
            words = " " if mark else char
        if circles and words.strip():
            if words not in "123456789":
                return None
            words, circles = chr(ord("①") + int(words) - 1), False
        if words:
            pieces.append(Piece(words, pending or script))
            pending = None
    whole = sum(len(token[0]) for token in _TOKEN.finditer(source)) == len(source)
    return _joined(pieces) if whole and len(groups) == 1 and not (pending or circles) else None


def _joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces, those of one form as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].script == piece.script:
            joined[-1] = piece._replace(words=joined[-1].words + piece.words)
        else:
            joined.append(piece)
    return joined
