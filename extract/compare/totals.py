"""The figures of all sections put together, guide by guide, unit by unit."""

from collections.abc import Iterator, Sequence

from extract.compare.said import trend
from extract.model.comparison import Head, Range, Sum, Total


def totals(before: Sequence[Head], after: Sequence[Head]) -> Iterator[Total]:
    """Projects first, then each currency that a section states a total in, CNY before others."""
    yield _total("projects", before, after)
    currencies = {head.funding.unit for head in (*before, *after) if head.funding}
    for unit in sorted(currencies, key=lambda unit: (unit != "CNY", unit)):
        yield _total(unit, before, after)


def _total(unit: str, before: Sequence[Head], after: Sequence[Head]) -> Total:
    one, other = _sum(unit, before), _sum(unit, after)
    ranges = [
        Range(min=sum_.min, max=sum_.max, approximate=sum_.approximate, unit=unit) if sum_ else None
        for sum_ in (one, other)
    ]
    return Total(unit=unit, before=one, after=other, trend=trend(*ranges))


def _sum(unit: str, heads: Sequence[Head]) -> Sum | None:
    """The sum of intervals: at least 0 where a section's figure is open below, open above where one is."""
    figures = [figure for head in heads for figure in (head.projects, head.funding) if figure and figure.unit == unit]
    if not figures:
        return None
    tops = [figure.max for figure in figures if figure.max is not None]
    return Sum(
        min=sum(figure.min or 0 for figure in figures),
        max=sum(tops) if len(tops) == len(figures) else None,
        approximate=any(figure.approximate for figure in figures),
        stated=len(figures),
        sections=len(heads),
    )
