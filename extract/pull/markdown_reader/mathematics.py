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
    "omega": "ω", "theta": "θ", "sigma": "σ", "pi": "π", "permil": "‰", "prime": "′",
    "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "{": "{", "}": "}",
    " ": " ", ",": "", ";": "", ":": "", "!": "", "quad": " ", "qquad": " ",
}  # fmt: skip
_FONTS = frozenset(("mathrm", "mathbf", "mathsf", "mathit", "mathnormal", "boldsymbol", "operatorname", "rm", "bf"))
_WORDS = frozenset(("text", "textrm", "textbf", "mbox"))  # in which spaces are spaces
_CIRCLED = "textcircled"
_TOKEN = re.compile(r"\\(?P<command>[A-Za-z]+|.)|(?P<mark>[{}^_])|(?P<space>[\s~]+)|(?P<char>[^\\])|(?P<rest>.)")


def parse_mathematics(source: str) -> list[Piece] | None:
    r"""The pieces of a formula in TeX, None if it is not simple.

    >>> [(piece.words, piece.script) for piece in parse_mathematics(r"\mathrm { C O } _ { 2 }")]
    [('CO', None), ('2', 'lowered')]
    >>> parse_mathematics(r"\frac{1}{2}")
    """
    formula = _Formula()
    for token in _TOKEN.finditer(source):
        if not formula.take(token):
            return None
    return formula.pieces if formula.is_whole else None


class _Group(NamedTuple):
    script: Script | None = None
    in_words: bool = False


class _Formula:
    """A formula that is read token by token. `take` refuses what is not simple."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._groups = [_Group()]
        self._script: Script | None = None  # of the next group or character
        self._argument = ""  # the command that takes the next group or character

    @property
    def is_whole(self) -> bool:
        return len(self._groups) == 1 and not self._script and self._argument != _CIRCLED

    def take(self, token: re.Match[str]) -> bool:
        """Read a token."""
        if token["mark"]:
            return self._take_mark(token["mark"])
        if (command := token["command"]) and command in _FONTS | _WORDS | {_CIRCLED}:
            self._argument = command
            return True
        if command:
            return command in _SIGNS and self._write(_SIGNS[command])
        if token["space"]:
            is_space = self._groups[-1].in_words or "~" in token["space"]
            return self._write(" ") if is_space else True
        return bool(token["char"]) and self._write(token["char"])

    def _take_mark(self, mark: str) -> bool:
        script, in_words = self._groups[-1]
        if mark == "{":
            self._groups.append(_Group(self._script or script, in_words or self._argument in _WORDS))
            self._script, self._argument = None, self._argument if self._argument == _CIRCLED else ""
            return True
        if mark == "}":
            self._groups.pop()
            return bool(self._groups) and not self._script
        is_first = not (self._script or script)
        self._script = "raised" if mark == "^" else "lowered"
        return is_first

    def _write(self, words: str) -> bool:
        if self._argument == _CIRCLED and words.strip():
            if words not in "123456789":
                return False
            words, self._argument = chr(ord("①") + int(words) - 1), ""
        script = None if words == "°" else self._script or self._groups[-1].script
        if words:
            self._script = None
        if self.pieces and self.pieces[-1].script == script:
            words = self.pieces.pop().words + words
        self.pieces.append(Piece(words, script))
        return True
