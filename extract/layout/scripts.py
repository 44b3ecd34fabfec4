"""Superscripts and subscripts: smaller glyphs that stand above or below the baseline of the line that they belong to.

Word and browsers set them as digits of smaller type, so read as digits they join the figure: 10⁴t would be 104t.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from math import inf
from typing import NamedTuple

from extract.model.text import Glyph

RAISED = dict(zip("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
LOWERED = dict(zip("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_MINUS = ("-", "−", "–")
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUBSCRIPTS = frozenset(LOWERED.values())
_SUPERSCRIPT_DIGITS = frozenset(SUPERSCRIPTS)
_OPENING, _CLOSING = frozenset("（《〈【〔「『"), frozenset("，。、；：）》〉】〕」』")
_STOPS = frozenset("，。、；：,;:")
_SIGNS = frozenset("0123456789+-−–*†‡()[]①②③④⑤⑥⑦⑧⑨⑩")  # what may be raised in type that is not smaller

# In type sizes of the line.
_SAME_BASELINE = 0.03
_HIGHEST, _LOWEST = 1.0, 0.5  # how far a script stands above its line's baseline, or below it
_LEAST, _LEAST_LOW = 0.1, 0.02
_TOUCHING = 0.4  # from a script to the character beside it
_EMPTY = 0.5  # of a mark of punctuation
_STRETCHED = 0.1  # between the gaps of a line that is justified
_HIGH = 0.75  # and one that is nearly as large
SMALL = 0.7
_ROOM = 0.5  # of the width of a script, what its line leaves free for it at least
SMALLER = 0.9  # the size of a script, at the most
_LONGEST = 8  # characters of a script
_SMALLEST = 0.01  # points: smaller type has no size to measure by


class _Candidate(NamedTuple):
    """A run of glyphs that may be a script of the glyph beside it: how far that is, whether the run touches those of
    their line (2 for one before it, 1 for one behind), and what room the line leaves beside it, in sizes of the line.
    """

    gap: float
    touched: int
    room: float
    run: list[int]
    host: int
    signs: Mapping[str, str]


def find_scripts(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The scripts among the glyphs of one page: for each the number of a glyph on its line, and its sign.

    A sign is the Unicode superscript or subscript, or the character itself where there is none. Of two lines the script
    belongs to the one that it touches.
    """
    lines = _baselines(glyphs, [number for number in numbers if not glyphs[number].text.isspace()])
    candidates = [
        candidate
        for upper, lower in _near(glyphs, lines)
        for scripts, hosts, signs in ((upper, lower, RAISED), (lower, upper, LOWERED))
        for run in _runs(glyphs, scripts)
        for candidate in _candidates(glyphs, run, hosts, signs)
    ]
    found: dict[int, tuple[int, str]] = {}
    for *_, run, host, signs in sorted(candidates, key=partial(_rank, glyphs)):
        if not any(number in found for number in run) and _line_of(host, found) not in run:
            found |= {number: (host, signs.get(glyphs[number].text, glyphs[number].text)) for number in run}
    return {number: (_line_of(number, found), sign) for number, (_, sign) in found.items()}


def _rank(glyphs: Sequence[Glyph], candidate: _Candidate) -> tuple[float, float, int, bool, float]:
    """Of two glyphs that it touches a script belongs to the larger one, the minus of 10⁻³ to 10; or to that before it,
    or it stands between two of a line, H₂O, or at no unusual height (CO₂² above the end of a line below), or fits in.
    """
    script, host = glyphs[candidate.run[0]], glyphs[candidate.host]
    is_high = _rise(script, host) > _HIGH
    return round(candidate.gap, 1), -round(host.size, 1), -candidate.touched, is_high, candidate.room


def _line_of(number: int, found: Mapping[int, tuple[int, str]]) -> int:
    """The glyph on the line of the text that a script stands beside, by way of other scripts: the 9 of 10⁻⁹."""
    seen = {number}
    while number in found and found[number][0] not in seen:
        number = found[number][0]
        seen.add(number)
    return number


def find_minus_signs(glyphs: Sequence[Glyph], row: Sequence[int], signs: Mapping[int, str]) -> Iterator[int]:
    """The minus signs between a figure and its raised digits, as fonts with a raised one draw them: 10⁻⁹."""
    for figure, minus, digit in zip(row, row[1:], row[2:], strict=False):
        is_raised = signs.get(digit) in _SUPERSCRIPT_DIGITS and minus not in signs
        if is_raised and glyphs[minus].text in _MINUS and glyphs[figure].text.isdecimal():
            yield minus


def _baselines(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> list[list[int]]:
    """The glyphs that share a baseline, from the top of the page, each from left to right."""
    lines: list[list[int]] = []
    last = 0.0
    for number in sorted(numbers, key=lambda number: glyphs[number].baseline):
        height = glyphs[number].baseline
        if lines and height - last <= _SAME_BASELINE * glyphs[number].size:
            lines[-1].append(number)
        else:
            lines.append([number])
        last = height
    return [sorted(line, key=lambda number: glyphs[number].x0) for line in lines]


def _near(glyphs: Sequence[Glyph], lines: Sequence[list[int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Pairs of baselines that are closer than lines of text are, the upper one first."""
    heights = [glyphs[line[0]].baseline for line in lines]
    sizes = [max(glyphs[number].size for number in line) for line in lines]
    for index, line in enumerate(lines):
        for other in range(index + 1, len(lines)):
            if heights[other] - heights[index] > _HIGHEST * max(sizes[index], sizes[other]):
                break
            yield line, lines[other]


def _runs(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Iterator[list[int]]:
    """The glyphs of a baseline that stand side by side, short ones only."""
    run: list[int] = []
    for before, number in pairwise([None, *numbers, None]):
        if before is not None:
            run.append(before)
        apart = before is None or number is None or _gap(glyphs[before], glyphs[number]) > _TOUCHING
        if apart:
            if 0 < len(run) <= _LONGEST:
                yield run
            run = []


def _gap(left: Glyph, right: Glyph) -> float:
    return (right.x0 - left.x1) / max(left.size, right.size, _SMALLEST)


def _candidates(
    glyphs: Sequence[Glyph], run: list[int], hosts: Sequence[int], signs: Mapping[str, str]
) -> Iterator[_Candidate]:
    """The glyphs of another baseline beside a run, left and right, if they leave room for it."""
    first, last = glyphs[run[0]], glyphs[run[-1]]
    place = bisect_left(hosts, first.x0, key=lambda number: glyphs[number].x0)
    left = hosts[place - 1] if place else None
    if signs is LOWERED and (left is None or glyphs[left].text in _STOPS):
        return  # a subscript stands behind something, but not behind the end of a sentence
    right = hosts[place] if place < len(hosts) else None
    start = ink_end(glyphs[left]) if left is not None else -inf
    end = ink_start(glyphs[right]) if right is not None else inf
    if end - (start if left is not None else first.x0) < _ROOM * (last.x1 - first.x0):
        return
    stretch = _stretch(glyphs, run, hosts, place)
    sides = []
    if left is not None:
        sides.append((left, max(first.x0 - glyphs[left].x1, min(0.0, first.x0 - start))))
    if right is not None:
        sides.append((right, max(glyphs[right].x0 - last.x1, min(0.0, end - last.x1))))
    room = sum(abs(gap - stretch) for _, gap in sides) / max(1, len(sides))
    touched = sum(1 + (host == left) for host, gap in sides if abs(gap - stretch) <= _STRETCHED * glyphs[host].size)
    for host, gap in sides:
        ems = abs(gap - stretch) / max(glyphs[host].size, _SMALLEST)
        if ems <= _TOUCHING and all(_is_script(glyphs[script], glyphs[host]) for script in run):
            yield _Candidate(ems, touched, room / max(glyphs[host].size, _SMALLEST), run, host, signs)


def ink_start(glyph: Glyph) -> float:
    """The left edge of a glyph, behind the empty half of an opening mark, on which what stands before may be set."""
    return glyph.x0 + (_EMPTY * glyph.size if glyph.text in _OPENING else 0.0)


def ink_end(glyph: Glyph) -> float:
    """The right edge of a glyph, before the empty half of a closing mark."""
    return glyph.x1 - (_EMPTY * glyph.size if glyph.text in _CLOSING else 0.0)


def _stretch(glyphs: Sequence[Glyph], run: Sequence[int], hosts: Sequence[int], place: int) -> float:
    """The gap at both sides of a run, where it is the one that justification leaves between all characters there."""
    around = hosts[max(0, place - 2) : place + 2]
    if not 0 < place < len(hosts):
        return 0.0
    gaps = [glyphs[run[0]].x0 - glyphs[hosts[place - 1]].x1, glyphs[hosts[place]].x0 - glyphs[run[-1]].x1]
    beside = [glyphs[right].x0 - glyphs[left].x1 for left, right in pairwise(around) if right != hosts[place]]
    within = _STRETCHED * glyphs[hosts[place]].size
    is_even = abs(gaps[0] - gaps[1]) < within and any(abs(gap - gaps[0]) < within for gap in beside)
    return min(gaps) if is_even else 0.0


def _rise(glyph: Glyph, host: Glyph) -> float:
    """How far a script stands above the baseline of a glyph, in sizes of it; ReportLab lowers by half a size."""
    return round((host.baseline - glyph.baseline) / max(host.size, _SMALLEST), 2)


def _is_script(glyph: Glyph, host: Glyph) -> bool:
    rise = _rise(glyph, host)
    if glyph.size <= SMALL * host.size:
        return _LEAST <= rise <= _HIGHEST or -_LOWEST <= rise <= -_LEAST_LOW
    is_sign = glyph.text in _SIGNS and glyph.size <= 1.1 * host.size and abs(rise) <= _LOWEST
    is_near = _LEAST <= rise <= _HIGH or -_LOWEST <= rise <= -_LEAST / 2
    return is_near and (glyph.size <= SMALLER * host.size or is_sign)
