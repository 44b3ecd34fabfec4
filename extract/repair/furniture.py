"""Page furniture: page numbers and running heads, which belong to the page and not to the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from extract.repair.lines import Row

_DASHED = re.compile(r"-+ *(\d{1,4}) *-+|第 *(\d{1,4}) *页(?: *[,，/]? *共 *\d{1,4} *页)?")
_BARE = re.compile(r"(\d{1,4})(?: */ *\d{1,4})?")
OFTEN = 3  # a running head stands on this many pages at least, and on more than half of them


def furniture(rows: Sequence[Row], drawn: bool) -> set[int]:
    """The places in `rows` of the lines that are furniture."""
    edges = _edges(rows) if drawn else set(range(len(rows)))
    found = {place for place in edges if _DASHED.fullmatch(rows[place].text.plain)}
    found |= _bare_numbers(rows, edges - found, drawn)
    return found | (_running_heads(rows, edges - found) if drawn else set())


def _edges(rows: Sequence[Row]) -> set[int]:
    """The first and the last line of every page."""
    pages: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        pages[row.page].append(place)
    return {place for places in pages.values() for place in (places[0], places[-1])}


def _bare_numbers(rows: Sequence[Row], edges: set[int], drawn: bool) -> set[int]:
    """Numbers on a line of their own that run with the pages: always the same distance from the page's own.

    In plain text, where pages may not be marked, they have to run 1, 2, 3, … without a gap.
    """
    numbers = {p: int(m[1]) for p in sorted(edges) if (m := _BARE.fullmatch(rows[p].text.plain))}
    if not drawn:
        run = list(numbers.values())
        counts = len(run) >= 2 and run == list(range(run[0], run[0] + len(run)))
        return set(numbers) if counts else set()
    ahead = Counter(number - rows[place].page for place, number in numbers.items())
    return {p for p, number in numbers.items() if ahead[number - rows[p].page] >= 2 or number == rows[p].page}


def _running_heads(rows: Sequence[Row], edges: set[int]) -> set[int]:
    """Lines that stand word for word at the edge of most pages."""
    words = Counter(rows[place].text.plain for place in edges)
    pages = len({row.page for row in rows})
    return {p for p in edges if words[rows[p].text.plain] >= OFTEN and words[rows[p].text.plain] > pages / 2}
