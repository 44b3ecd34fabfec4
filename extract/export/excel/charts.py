"""The sheet of charts: money and projects by partner, and by guide if there are several."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from extract.export.excel.sheet import HEAD, TEXT, Formats, cell_text, set_paper
from extract.export.number_format import WAN, YUAN
from extract.export.tables.columns import guide_id
from extract.export.tables.sums import Group, group_sums
from extract.model.record import Guide

SHEET = "图表"
_NOTES = (
    "各节上限之和（写定的数即上限）：写“至多”的节按上限计，没有写明上限的节不计，见“汇总”一表的“未计的节”。",
    "一节有几个合作方时只计一次，归入这几方合为一组的一条。经费只计人民币，其他币种见“汇总”。约数照写出的数计。",
    "Sums of the greatest figures that sections state; sections without one are left out, and named on the sheet 汇总. "
    "A section with several partners counts once, for them together. Money in yuan alone.",
)
_NOBODY = "（未写明合作方）"
_MAX_SERIES = 8  # guides in a chart by partner, each with a colour; 汇总 has all
_MAX_BARS = 40  # partners in a chart; the table beside it has all
_COLOURS = (
    "#1B5FC1",
    "#E69F00",
    "#2E8B57",
    "#CC79A7",
    "#56B4E9",
    "#8C564B",
    "#999999",
    "#D55E00",
)
_WIDTH, _BAR, _GAP, _FRAME = 860, 12, 12, 130  # pixels: chart, bar, gap between bars, frame


class ChartData(Struct, frozen=True):
    """The data of a chart: rows of a name and a figure for each series, None if there is none."""

    title: str
    head: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]


def write_charts(book: Any, formats: Formats, guides: Sequence[Guide]) -> None:
    """Add the sheet of charts to a workbook: the figures on the left, charts that read them on the right."""
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, _MAX_SERIES, 13)
    for down, note in enumerate(_NOTES):
        sheet.write_string(down, 0, note, formats({"font_color": "#595959"}))
    feeds = [feed for feed in _feeds(guides) if feed.rows]
    right = max((len(feed.series) for feed in feeds), default=0) + 2
    top, height = len(_NOTES) + 1, 0
    for feed in feeds:
        _write(sheet, formats, feed, top)
        chart = _chart(book, feed, top)
        tall = _FRAME + (_GAP + _BAR * len(feed.series)) * min(len(feed.rows), _MAX_BARS)
        chart.set_size({"width": _WIDTH, "height": tall})
        sheet.insert_chart(len(_NOTES) + 1, right, chart, {"y_offset": height, "object_position": 3})
        top, height = top + len(feed.rows) + 3, height + tall + 24
    set_paper(sheet, pages_high=1)


def _feeds(guides: Sequence[Guide]) -> list[ChartData]:
    by_partner = [
        _by_partner("拟支持经费上限合计（万元），按合作方", guides, _money),
        _by_partner("拟支持项目数上限合计，按合作方", guides, _projects),
    ]
    if len(guides) == 1:
        return by_partner
    return [
        *by_partner,
        _by_guide("拟支持经费上限合计（万元），按指南", guides, _money),
        _by_guide("拟支持项目数上限合计，按指南", guides, _projects),
    ]


def _money(group: Group) -> float | None:
    total = group.funding.range
    return total.max / WAN if group.currency == YUAN and total and total.max is not None else None


def _projects(group: Group) -> float | None:
    return group.projects.range.max if group.projects.range else None


def _by_partner(title: str, guides: Sequence[Guide], read: Callable[[Group], float | None]) -> ChartData:
    """A row for each partner, the greatest first, with figures of the last guides."""
    series = _names(guides)[-_MAX_SERIES:]
    title += f"（{len(guides)} 份指南的后 {_MAX_SERIES} 份，其余见“汇总”）" if len(guides) > _MAX_SERIES else ""
    figures_of: dict[str, list[float | None]] = defaultdict(lambda: [None] * len(series))
    for column, guide in enumerate(guides[-_MAX_SERIES:]):
        for item in group_sums(guide):
            figure = read(item.value)
            if figure is not None:
                row = figures_of["、".join(item.value.partners) or _NOBODY]
                row[column] = (row[column] or 0) + figure
    rows = sorted(figures_of.items(), key=lambda row: (-max(figure or 0 for figure in row[1]), row[0]))
    return ChartData(title, "合作方", series, tuple((name, tuple(figures)) for name, figures in rows))


def _by_guide(title: str, guides: Sequence[Guide], read: Callable[[Group], float | None]) -> ChartData:
    """A row for each guide that has figures, in the given order."""
    rows = []
    for name, guide in zip(_names(guides), guides, strict=True):
        figures = [figure for item in group_sums(guide) if (figure := read(item.value)) is not None]
        if figures:
            rows.append((name, (sum(figures),)))
    return ChartData(title, "指南", ("合计",), tuple(rows))


def _names(guides: Sequence[Guide]) -> tuple[str, ...]:
    """Return the ids of guides, with their files if two have the same id."""
    ids = [guide_id(guide) for guide in guides]
    times = Counter(ids)
    return tuple(
        name if times[name] == 1 else f"{name} {guide.source.file}" for name, guide in zip(ids, guides, strict=True)
    )


def _write(sheet: Any, formats: Formats, feed: ChartData, top: int) -> None:
    """Write title, header and rows."""
    sheet.write_string(top, 0, feed.title, formats({"bold": True}))
    for at, name in enumerate((feed.head, *feed.series)):
        sheet.write_string(top + 1, at, cell_text(name), formats(HEAD))
    for down, (name, figures) in enumerate(feed.rows, top + 2):
        sheet.write_string(down, 0, cell_text(name), formats(TEXT))
        for at, figure in enumerate(figures, 1):
            if figure is not None:
                sheet.write_number(down, at, figure, formats({"num_format": "#,##0.####" if figure % 1 else "#,##0"}))


def _chart(book: Any, feed: ChartData, top: int) -> Any:
    """A bar chart of the rows of a table, the first on top; several series side by side."""
    alone = len(feed.series) == 1
    chart = book.add_chart({"type": "bar"})
    first, last = top + 2, top + 1 + min(len(feed.rows), _MAX_BARS)
    for at in range(1, len(feed.series) + 1):
        chart.add_series(
            {
                "name": [SHEET, top + 1, at],
                "categories": [SHEET, first, 0, last, 0],
                "values": [SHEET, first, at, last, at],
                "gap": 40,
                "fill": {"color": _COLOURS[at - 1]},
                **({"data_labels": {"value": True, "position": "outside_end"}} if alone else {}),
            }
        )
    more = f"（前 {_MAX_BARS} 个）" if len(feed.rows) > _MAX_BARS else ""
    chart.set_title({"name": feed.title + more, "name_font": {"size": 13}, "overlay": False})
    chart.set_y_axis({"reverse": True, "interval_unit": 1, "major_tick_mark": "none"})
    chart.set_x_axis(
        {
            "num_format": "#,##0",
            "label_position": "high",
            "major_gridlines": {"visible": True, "line": {"color": "#D9DDE4"}},
        }
    )
    chart.set_legend({"none": True} if alone else {"position": "bottom"})
    return chart
