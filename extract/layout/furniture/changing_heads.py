"""Running heads and feet whose words change, with the chapter (第二章 多边合作) or from odd to even pages.

Their words come again on few pages or on none, so their place tells: lines at one height, set off from the text. A
heading may begin a page and be set off, too. So signs are counted, above all those that no heading has: the number of
the page beside the words, the same words right below, or on the next page though this one is full, and other pages on
which the text begins where it does below such a line.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from extract.layout.furniture.page_lines import DEEP, PageLines
from extract.layout.furniture.signs import (
    APART,
    FAR,
    FURTHEST,
    LABEL,
    NUMBER,
    SENTENCE_END,
    continues_column,
    is_apart,
    is_due,
    is_full,
    is_in_column,
    is_small,
    is_small_beside,
    is_within_sentence,
    keeps_its_height,
    words_and_number,
)
from extract.layout.lines import MeasuredLine

_ENOUGH = 7  # signs of heads
_FEW = 5  # signs of lines that may be heads
_MOST_PAGES = 3  # that count as signs
_STRONG = 2  # the signs as which one counts that no heading has
_SAME_HEIGHT = 3.0  # points between the baselines of heads on their pages, at the most
_SAME_BLOCK = 1.0  # points, by which the heights differ at which text begins on all pages
_SAME_START = 0.6  # of a step, by which the heights differ at which text of several sizes begins on its pages
_OTHER_STEP = 1.1  # of the usual step from line to line, from heads to the text
_LEAST_WORDS = 6  # characters of a heading that is cut in the head, or goes on in another line


class _Margin(Struct, frozen=True):
    """The lines of a page above its text, or below it, from the edge inwards, up to the space that sets them off."""

    page: int
    lines: Sequence[int]
    inner: int
    """The line of the text next to them."""
    is_above: bool
    is_set_off: bool


class _Place(Struct, frozen=True):
    """A height at which pages have such lines."""

    baseline: float
    size: float
    margins: Sequence[_Margin]

    @property
    def lines(self) -> set[int]:
        return {index for margin in self.margins for index in margin.lines}

    @property
    def has_space(self) -> bool:
        return any(margin.is_set_off for margin in self.margins)


def find_changing_heads(
    rows: Sequence[MeasuredLine], edges: Collection[int], heads: Collection[int], excluded: Collection[int]
) -> set[int]:
    """The lines at the edges of pages whose place shows that they are heads or feet; `heads` are known already."""
    pages = PageLines(rows, {*excluded, *heads})
    found: set[int] = set()
    for place in _places(pages, edges):
        known = _pages_with_heads(rows, place, heads)
        if known or place.has_space:
            pages.set_repeated(place.lines)
            likely, signs = _count_signs(pages, place)
            outer = _pages_with_outer_heads(rows, place, heads)
            found |= likely.lines if signs >= _ENOUGH else _beside_heads(pages, place, known, outer)
        found |= {line for margin in place.margins if _is_over_its_heading(pages, margin) for line in margin.lines}
    return found


def doubtful_heads(rows: Sequence[MeasuredLine]) -> list[MeasuredLine]:
    """The lines of the text that may be heads or feet, with too few signs of it, or without space below them."""
    pages = PageLines(rows, ())
    first_pages = _first_pages(rows)
    found: set[int] = set()
    for place in _places(pages, {edge for page in pages.lines for edge in pages.edges(page)}):
        if place.has_space:
            pages.set_repeated(place.lines)
            likely, signs = _count_signs(pages, place)
            signs += not _other_pages(pages, likely.margins)  # on all pages
            found |= likely.lines if signs >= _FEW else set()
        else:
            found |= _repeated_tops(pages, place)
        found |= _headings_again(pages, place, first_pages)
    return [rows[index] for index in sorted(found)]


def _first_pages(rows: Sequence[MeasuredLine]) -> dict[str, int]:
    """The page on which the words of each line stand first."""
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.text.plain.replace(" ", ""), row.page)
    return first


def _headings_again(pages: PageLines, place: _Place, first_pages: Mapping[str, int]) -> set[int]:
    """The first lines of pages that are the heading of a section which stands on a page before."""
    lines = (margin.lines[0] for margin in place.margins if margin.is_above)
    words = {line: pages.rows[line].text.plain.replace(" ", "") for line in lines}
    return {line for line, plain in words.items() if NUMBER.match(plain) and first_pages[plain] < pages.rows[line].page}


def _repeated_tops(pages: PageLines, place: _Place) -> set[int]:
    """The first lines of pages that have the same words at one height; where most have, those of the others, too."""
    margins = [margin for margin in place.margins if margin.is_above and not _has_text(pages, margin)]
    words = {plain: same for plain, same in _by_words(pages, margins).items() if not NUMBER.match(plain)}
    alike = [margin for same in words.values() if len(same) > 1 for margin in same]
    if 2 * len(alike) > len(margins):
        alike = [margin for same in words.values() for margin in same]
    return {line for margin in alike for line in margin.lines}


def _places(pages: PageLines, edges: Collection[int]) -> Iterator[_Place]:
    """The places of lines at the edges, those on most pages first; a margin has one place."""
    alike: dict[tuple[bool, int], list[tuple[int, _Margin]]] = defaultdict(list)
    for index in edges:
        if margin := _margin(pages, index):
            for line in margin.lines:
                alike[margin.is_above, _half_points(pages.rows[line])].append((line, margin))
    level = [group for pairs in alike.values() for group in _at_one_height(pages, pairs)]
    taken: set[int] = set()
    for pairs in sorted(level, key=len, reverse=True):
        margins = sorted((one for _, one in pairs if one.lines[0] not in taken), key=lambda margin: margin.page)
        taken |= {margin.lines[0] for margin in margins}
        first = pages.rows[pairs[0][0]]
        if margins:
            yield _Place(first.baseline, first.size, _with_set_off(pages, margins))


def _with_set_off(pages: PageLines, margins: Sequence[_Margin]) -> Sequence[_Margin]:
    """The margins of a place, of which some are set off, though little space parts them from the text: most of them
    have the numbers of their pages, or one stands above the height at which the text of the other pages begins, or on
    all pages they are as far from the text.
    """
    numbered = [one for one in margins if any(words_and_number(pages.rows[line].text)[1] for line in one.lines)]
    are_numbered = 2 * len(numbered) > max(len(margins), 2) and _signs_of_numbers(pages, numbered) > 0
    others = _other_pages(pages, margins)
    are_set_off = are_numbered or (not others and _keep_their_distance(pages, margins))
    return [replace(one, is_set_off=True) if are_set_off or _is_outside(pages, one, others) else one for one in margins]


def _keep_their_distance(pages: PageLines, margins: Sequence[_Margin]) -> bool:
    """True if lines are at one distance from the text below them, which is larger than from line to line: on three
    pages, or on two, where one stands above the height at which all columns begin.

    The first page may begin with a title in larger type.
    """
    later = [one for one in margins if one.is_above and one.page > 1]
    steps = [pages.step(one.lines[-1], one.inner) for one in later]
    fewest = 2 if any(_is_above_columns(pages, one) for one in later) else _MOST_PAGES
    is_one = len(steps) >= fewest and max(steps) - min(steps) <= _SAME_BLOCK
    return is_one and min(steps) > _OTHER_STEP * pages.usual_step


def _is_above_columns(pages: PageLines, margin: _Margin) -> bool:
    """True if lines stand above the height at which the text begins below them and in the other columns of their page.

    On the first page they may be its title.
    """
    tops: dict[float, float] = {}
    for row in (pages.rows[index] for index in pages.lines[margin.page] if index not in margin.lines):
        if is_in_column(row):
            tops[row.left] = min(row.top, tops.get(row.left, inf))
    is_level = len(tops) > 1 and max(tops.values()) - min(tops.values()) <= _SAME_BLOCK
    return margin.is_above and margin.page > 1 and is_level and pages.rows[margin.inner].top in tops.values()


def _other_pages(pages: PageLines, margins: Iterable[_Margin]) -> set[int]:
    return {*pages.lines} - {margin.page for margin in margins}


def _is_outside(pages: PageLines, margin: _Margin, others: Collection[int]) -> bool:
    """True if lines stand above the height at which the text begins below them and on the other pages."""
    top = pages.rows[margin.inner].top
    return margin.is_above and len(others) > 1 and all(abs(pages.start(page) - top) <= _SAME_BLOCK for page in others)


def _margin(pages: PageLines, index: int) -> _Margin | None:
    """The lines of a page from one at its edge up to the text; None if it has nothing else."""
    page = pages.rows[index].page
    lines = pages.downwards(pages.lines[page])
    is_above = lines[0] == index
    lines = lines if is_above else lines[::-1]
    for end, pair in enumerate(pairwise(lines[: DEEP + 1]), 1):
        if (
            is_small_beside(pages, *pair)
            or is_apart(pages, [pair], APART)
            or (end > 1 and _is_page_number(pages.rows[pair[0]]))
        ):
            return _Margin(page, lines[:end], lines[end], is_above, is_set_off=True)
    return _Margin(page, lines[:1], lines[1], is_above, is_set_off=False) if len(lines) > 1 else None


def _is_page_number(row: MeasuredLine) -> bool:
    """True if a line is the number of its page: it has no room beside a long heading."""
    return row.text.plain == str(row.page)


def _half_points(row: MeasuredLine) -> int:
    return round(2 * row.size)


def _at_one_height(pages: PageLines, pairs: Sequence[tuple[int, _Margin]]) -> Iterator[list[tuple[int, _Margin]]]:
    def height(pair: tuple[int, _Margin]) -> float:
        return pages.rows[pair[0]].baseline

    group: list[tuple[int, _Margin]] = []
    for pair in sorted(pairs, key=height):
        if group and height(pair) - height(group[-1]) > _SAME_HEIGHT:
            yield group
            group = []
        group.append(pair)
    yield group


def _pages_with_heads(rows: Sequence[MeasuredLine], place: _Place, heads: Collection[int]) -> set[int]:
    """The pages that have known heads in a place, in its size."""
    return {
        head.page
        for head in map(rows.__getitem__, heads)
        if abs(head.baseline - place.baseline) <= _SAME_HEIGHT and round(head.size) == round(place.size)
    }


def _pages_with_outer_heads(rows: Sequence[MeasuredLine], place: _Place, heads: Collection[int]) -> set[int]:
    """The pages that have known heads further out than a place: there it is that of their second line."""
    down = 1 if place.margins[0].is_above else -1
    return {
        head.page for head in map(rows.__getitem__, heads) if down * (place.baseline - head.baseline) > _SAME_HEIGHT
    }


def _beside_heads(pages: PageLines, place: _Place, known: Collection[int], outer: Collection[int]) -> set[int]:
    """The lines that stand where two other pages, which are `known`, have their heads, and as far from the text.

    The second line of a head is none without the first: `outer` are the pages that have one further out.
    """
    starts = [pages.start(page) for page in known if page in pages.lines]
    depth = {page: page in outer for page in (*known, *(margin.page for margin in place.margins))}
    return {
        index
        for margin in place.margins
        if sum(depth[page] == depth[margin.page] for page in {*known} - {margin.page}) > 1
        if not _has_text(pages, margin)
        if margin.is_set_off or _is_same_start(pages, margin.page, starts)
        for index in margin.lines
        if not is_due(pages, [index]) and not continues_column(pages, index)
    }


def _count_signs(pages: PageLines, place: _Place) -> tuple[_Place, int]:
    """The lines in a place that may be heads or feet, and how many signs say so; none if the text reaches the place."""
    words = _by_words(pages, [one for one in place.margins if one.is_set_off and not _has_text(pages, one)])
    repeating = {
        plain for plain, margins in words.items() if any(_is_over_itself(pages, one, plain) for one in margins)
    }
    margins = [one for plain, same in words.items() if plain in repeating or not NUMBER.match(plain) for one in same]
    others = {page for page in _other_pages(pages, margins) if len(pages.lines[page]) > 1}
    if not margins or any(_has_text_at(pages, page, place) for page in others):
        return _Place(place.baseline, place.size, ()), 0
    first = [margin.lines[0] for margin in margins]
    inwards = [(margin.lines[-1], margin.inner) for margin in margins]
    signs = (
        min(len(margins), _MOST_PAGES)
        + is_small(pages, first)
        + is_apart(pages, inwards, APART)
        + is_apart(pages, inwards, FAR)
        + is_apart(pages, inwards, FURTHEST)
        + keeps_its_height(pages, inwards)
        + _STRONG * is_within_sentence(pages, first)
        + _signs_of_numbers(pages, margins)
        + _STRONG * bool(repeating)
        + _STRONG * any(_is_outside(pages, one, others) or _is_above_columns(pages, one) for one in margins)
        + _STRONG * any(_comes_again(pages, same) for same in words.values())
        + _signs_of_start(pages, margins, others)
    )
    return _Place(place.baseline, place.size, margins), signs


def _has_text(pages: PageLines, margin: _Margin) -> bool:
    """True if one of the lines begins like a label, or ends a sentence."""
    plain = [pages.rows[index].text.plain for index in margin.lines]
    return any(LABEL.match(words) or words.endswith(SENTENCE_END[:-1]) for words in plain)


def _has_text_at(pages: PageLines, page: int, place: _Place) -> bool:
    """True if the text of a page begins as high as a place above the text, or ends as low as one below it."""
    first, last = (pages.rows[index].baseline for index in pages.edges(page))
    if place.margins[0].is_above:
        return first < place.baseline + pages.usual_step / 2
    return last > place.baseline - pages.usual_step / 2


def _signs_of_start(pages: PageLines, margins: Sequence[_Margin], others: Collection[int]) -> int:
    """The signs that text begins at one height with such lines and without: each page, and that one is not the first,
    which may begin with space.
    """
    if not margins[0].is_above:
        return 0
    starts = [pages.start(margin.page) for margin in margins]
    same = [page for page in others if _is_same_start(pages, page, starts)]
    return min(len(same), _MOST_PAGES) + any(page > 1 for page in same)


def _is_same_start(pages: PageLines, page: int, starts: Sequence[float]) -> bool:
    return abs(pages.start(page) - median(starts)) <= _SAME_START * pages.usual_step


def _by_words(pages: PageLines, margins: Sequence[_Margin]) -> dict[str, list[_Margin]]:
    """The lines by their words without spaces and without the number of the page."""
    words: dict[str, list[_Margin]] = defaultdict(list)
    for margin in margins:
        parts = [words_and_number(pages.rows[index].text) for index in pages.downwards(margin.lines)]
        words["".join(plain for plain, _ in parts).replace(" ", "")].append(margin)
    return words


def _is_over_its_heading(pages: PageLines, margin: _Margin) -> bool:
    """True if lines repeat the heading of a section right below them to the letter, on however few pages."""
    words, below = ("".join(pages.rows[index].text.plain.split()) for index in (margin.lines[0], margin.inner))
    return margin.is_above and len(margin.lines) == 1 and words == below and NUMBER.match(words) is not None


def _is_over_itself(pages: PageLines, margin: _Margin, words: str) -> bool:
    """True if the text right below a line has its words; either may be cut."""
    below = pages.rows[margin.inner].text.plain.replace(" ", "")
    shorter, longer = sorted((below, words), key=len)
    return margin.is_above and (below == words or (len(shorter) >= _LEAST_WORDS and longer.startswith(shorter)))


def _comes_again(pages: PageLines, margins: Sequence[_Margin]) -> bool:
    """True if the same words stand on the next page, too, or on the next but one, though the pages before are full."""
    numbers = [margin.page for margin in margins]
    return any(
        after <= before + 2 and all(is_full(pages, pages.text(page)) for page in range(before, after))
        for before, after in pairwise(numbers)
    )


def _signs_of_numbers(pages: PageLines, margins: Sequence[_Margin]) -> int:
    """The signs that numbers far from the words beside them count pages; a single one has to be that of its page."""
    rows = [pages.rows[index] for margin in margins for index in margin.lines]
    numbers = ((row.page, words_and_number(row.text)[1]) for row in rows)
    ahead = [int(re.sub(r"\D", "", number)) - page for page, number in numbers if number]
    counts = {*ahead} == {0} or (len(ahead) > 1 and len({*ahead}) == 1)
    return (_STRONG + (len(ahead) >= _MOST_PAGES)) * counts
