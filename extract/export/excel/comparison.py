"""A comparison → a workbook: at a glance, every change in a row, projects and funding with charts.

A comparison → the rows of its workbook: at a glance, every change, projects and funding.
"""

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from extract.export.escaping import escape_all
from extract.export.labels import CAUTIONS, CORRECTABLE, KIND_NAMES, OUTCOME_NAMES, STATUSES, TREND_NAMES, WHAT_NAMES
from extract.export.number_format import (
    format_fact,
    format_figure,
    format_figure_change,
    format_places,
    format_value_before,
)
from extract.model.comparison import OUTCOMES, Change, Comparison, Pair, RangeSum, SectionSummary, Statement
from extract.model.ranges import Range
from extract.model.record import Correction

Cell = str | int | float | None
Columns = dict[str, tuple[str, int]]  # a column's key: its name in Chinese, and its width

GLANCE: Columns = {"what": ("项目", 22), "before": ("前", 52), "after": ("后", 52)}
CHANGES: Columns = {
    "outcome": ("结果", 8),
    "doubtful": ("存疑", 6),
    "before.number": ("前编号", 8),
    "after.number": ("后编号", 8),
    "title": ("章节", 34),
    "what": ("变化内容", 16),
    "kind": ("变化类型", 12),
    "trend": ("增减", 10),
    "place": ("位置", 24),
    "before.text": ("前：原文", 48),
    "before.range": ("前：数值", 16),
    "before.page": ("前：出处", 11),
    "after.text": ("后：原文", 48),
    "after.range": ("后：数值", 16),
    "after.page": ("后：出处", 11),
    "facts": ("变化的要点", 32),
    "before.corrected": ("前：人工更正", 32),
    "after.corrected": ("后：人工更正", 32),
}
FIGURES: Columns = {
    "outcome": ("结果", 8),
    "doubtful": ("存疑", 6),
    "before.number": ("前编号", 8),
    "after.number": ("后编号", 8),
    "partners": ("合作方", 12),
    "title": ("章节", 40),
    "likeness": ("相似度", 8),
    "before.projects.min": ("前：项目数下限", 14),
    "before.projects.max": ("前：项目数上限", 14),
    "after.projects.min": ("后：项目数下限", 14),
    "after.projects.max": ("后：项目数上限", 14),
    "before.funding.min": ("前：经费下限（万元）", 19),
    "before.funding.max": ("前：经费上限（万元）", 19),
    "after.funding.min": ("后：经费下限（万元）", 19),
    "after.funding.max": ("后：经费上限（万元）", 19),
    "other": ("其他币种", 24),
    "before.corrected": ("前：人工更正", 32),
    "after.corrected": ("后：人工更正", 32),
}


def glanced(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    before, after = comparison.before, comparison.after
    yield "标题", before.title, after.title
    yield "文件", before.file, after.file
    yield "年度与批次", before.id, after.id
    yield "专项名称", before.programme, after.programme
    if before.corrected or after.corrected:
        yield "人工更正", _corrected(before.corrected), _corrected(after.corrected)
    yield "章节数", before.sections, after.sections
    for total in comparison.totals:
        name = "项目数合计" if total.unit == "projects" else f"经费合计 {total.unit}"
        yield name, _sum(total.before, total.unit), _sum(total.after, total.unit)
        yield f"{name}：增减", None, TREND_NAMES[total.trend].zh if total.trend else None
    counted = Counter(pair.outcome for pair in comparison.pairs)
    for outcome in OUTCOMES:
        yield f"章节：{OUTCOME_NAMES[outcome].zh}", *_counts(outcome, counted[outcome])
    yield "章节：对应存疑", None, sum(pair.doubtful for pair in comparison.pairs)
    for caution in comparison.cautions:
        yield "请注意", CAUTIONS[caution].zh, None


def _counts(outcome: str, count: int) -> tuple[Cell, Cell]:
    """A section that is gone is counted before, one that is new after, others on both sides."""
    return (None if outcome == "new" else count), (None if outcome == "gone" else count)


def _sum(value: RangeSum | None, unit: str) -> str:
    if value is None:
        return "无一节写明"
    return f"{format_figure(value, unit).zh}（{value.sections} 节中 {value.stated} 节写明）"


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────


def changed(comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    """Every change, those of the guides themselves first."""
    for change in comparison.guide:
        yield "", "", "", "", "（总则）", *_change(change)
    for pair in comparison.pairs:
        for change in pair.changes:
            yield *_pair(pair), _head(pair).title, *_change(change)


def _pair(pair: Pair) -> tuple[Cell, ...]:
    numbers = (head.number if head else None for head in (pair.before, pair.after))
    return OUTCOME_NAMES[pair.outcome].zh, "存疑" if pair.doubtful else "", *numbers


def _head(pair: Pair) -> SectionSummary:
    """The section as the later guide names it, or the earlier one where the later has none."""
    return [head for head in (pair.before, pair.after) if head][-1]


def _change(change: Change) -> tuple[Cell, ...]:
    return (
        WHAT_NAMES[change.what].zh,
        KIND_NAMES[change.kind].zh,
        TREND_NAMES[change.trend].zh if change.trend else "",
        _place(change),
        *_said(change.before),
        *_said(change.after),
        "；".join(format_fact(one).zh for one in change.facts),
        *(_who(change.corrected[side]) if side in change.corrected else None for side in ("before", "after")),
    )


def _place(change: Change) -> str:
    """Which of several it is; of a topic, what stands above it."""
    place = change.place or ""
    return place.rpartition(" › ")[0] if change.what in ("topic", "topic_place") else place


def _said(said: Statement | None) -> tuple[Cell, ...]:
    """Words, or the status in their place; the figure; where it stands."""
    if said is None:
        return None, None, None
    words = said.text or (STATUSES[said.status].zh if said.status else "")
    return words, format_figure(said.range).zh if said.range else None, format_places(said.evidence).zh


def _who(correction: Correction) -> str:
    """Who says that a value is what it is, how they know, and what had been read."""
    return f"{correction.by}：{correction.why}（原为 {format_value_before(correction).zh}）"


def _corrected(marks: Mapping[str, Correction]) -> str:
    """All that was corrected of a section, or of a guide, by what it is."""
    return "；".join(f"{CORRECTABLE[key].zh}：{_who(mark)}" for key, mark in marks.items())


def figured(pair: Pair) -> tuple[Cell, ...]:
    heads = pair.before, pair.after
    projects = [end for head in heads for end in _ends(head.projects if head else None, "projects", 1)]
    funding = [end for head in heads for end in _ends(head.funding if head else None, "CNY", 10_000)]
    foreign = [head.funding if head and head.funding and head.funding.unit != "CNY" else None for head in heads]
    return (
        *_pair(pair),
        " ".join(_head(pair).partners),
        _head(pair).title,
        pair.likeness.whole if pair.likeness else None,
        *projects,
        *funding,
        format_figure_change((foreign[0], foreign[1]), None).zh if any(foreign) else None,
        *(_corrected(head.corrected) if head else None for head in heads),
    )


def _ends(value: Range | None, unit: str, scale: int) -> tuple[Cell, Cell]:
    if value is None or value.unit != unit:
        return None, None
    low, high = (None if end is None else end / scale for end in (value.min, value.max))
    return low, high


_MADE = datetime(2000, 1, 1)  # the same comparison gives the same bytes
_LONGEST = 32_767  # characters that a cell holds
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
_LINE, _HIGHEST = 16.5, 409  # points: one line of words, and what a row may have
_NARROW = "\u2000"  # characters from here on are as wide as two digits


class _Formats(NamedTuple):
    """How cells look."""

    head: Any
    text: Any
    number: Any
    decimal: Any


def comparison_workbook(comparison: Comparison) -> bytes:
    """The workbook as XLSX. Words of a guide are always text, never a formula; a number is one."""
    import xlsxwriter

    comparison = escape_all(comparison)
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE, "title": f"{comparison.before.id} → {comparison.after.id}"})
    formats = _Formats(
        head=book.add_format(
            {**_FONT, "bold": True, "bg_color": "#E4EAF4", "bottom": 1, "valign": "top", "text_wrap": True}
        ),
        text=book.add_format({**_FONT, "valign": "top", "text_wrap": True, "num_format": "@", "align": "left"}),
        number=book.add_format({**_FONT, "valign": "top", "num_format": "#,##0"}),
        decimal=book.add_format({**_FONT, "valign": "top", "num_format": "#,##0.00##"}),
    )
    _sheet(book.add_worksheet("总览"), GLANCE, list(glanced(comparison)), formats._replace(number=formats.text))
    _sheet(book.add_worksheet("变化"), CHANGES, list(changed(comparison)), formats)
    rows = [figured(pair) for pair in comparison.pairs]
    sheet = book.add_worksheet("项目数与经费")
    _sheet(sheet, FIGURES, rows, formats)
    if rows:
        _charts(book, sheet, len(rows), (comparison.before.id, comparison.after.id))
    book.close()
    return data.getvalue()


def _sheet(sheet: Any, columns: Columns, rows: Sequence[Sequence[Cell]], formats: _Formats) -> None:
    """A table with a header that stays in sight, and filters; the key of a column is the note of its header."""
    sheet.freeze_panes(1, 0)
    for place, (key, (name, width)) in enumerate(columns.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, formats.head)
        sheet.write_comment(0, place, key, {"author": "guide-extract"})
    _fill(sheet, rows, [width for _, width in columns.values()], formats)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    _for_paper(sheet)


def _fill(sheet: Any, rows: Sequence[Sequence[Cell]], widths: Sequence[int], formats: _Formats) -> None:
    """The rows below the header, each as high as its longest words."""
    for row, cells in enumerate(rows, 1):
        for place, cell in enumerate(cells):
            _write(sheet, row, place, cell, formats)
        lines = max(
            -(-sum(1 + (char > _NARROW) for char in str(cell or "")) // (room - 1))
            for cell, room in zip(cells, widths, strict=True)
        )
        sheet.set_row(row, min(_LINE * max(int(lines), 1), _HIGHEST))


def _write(sheet: Any, row: int, place: int, cell: Cell, formats: _Formats) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, place, None, formats.text)
    elif isinstance(cell, str):
        sheet.write_string(row, place, cell[:_LONGEST], formats.text)
    else:
        sheet.write_number(row, place, cell, formats.number if cell == int(cell) else formats.decimal)


def _for_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


# ── charts ────────────────────────────────────────────────────────────────────────────────────────────


def _charts(book: Any, sheet: Any, rows: int, ids: tuple[str, str]) -> None:
    """Bars of the upper bounds of both sides, section by section, below the table."""
    keys = list(FIGURES)
    for place, (name, field) in enumerate(
        (("拟支持项目数（上限）", "projects"), ("拟支持经费（上限，万元）", "funding"))
    ):
        chart = book.add_chart({"type": "bar"})
        for side, told, colour in (("before", ids[0], "#8A94A6"), ("after", ids[1], "#1B5FC1")):
            column = keys.index(f"{side}.{field}.max")
            chart.add_series(
                {
                    "name": told if ids[0] != ids[1] else f"{told} {'前' if side == 'before' else '后'}",
                    "categories": [sheet.name, 1, keys.index("title"), rows, keys.index("title")],
                    "values": [sheet.name, 1, column, rows, column],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        chart.set_title({"name": name, "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9DDE4"}}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 600 + 160 * place, "height": 160 + 36 * rows})
        sheet.insert_chart(rows + 2, 0 if place == 0 else 6, chart, {"description": name, "object_position": 1})
