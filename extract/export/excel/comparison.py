"""The workbook of a comparison: overview, all changes, projects and funding with charts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extract.export.escaping import escape_all
from extract.export.excel.sheet import (
    HEAD,
    NUMBER,
    TEXT,
    Cell,
    CellFormat,
    Formats,
    cell_text,
    lines_needed,
    number_cell,
    set_paper,
    set_row_height,
    workbook_bytes,
    write_cell,
    write_header_comment,
)
from extract.export.labels import (
    CAUTIONS,
    CORRECTED_NAMES,
    FACTS,
    KIND_NAMES,
    OUTCOME_NAMES,
    STATUSES,
    TREND_NAMES,
    WHAT_NAMES,
)
from extract.export.number_format import (
    format_figure,
    format_figure_change,
    format_places,
    format_statement,
    format_value_before,
)
from extract.model.comparison import OUTCOMES, Change, Comparison, Pair, RangeSum, SectionSummary, Statement
from extract.model.ranges import Range
from extract.model.record import Correction

Value = str | int | float | None
Columns = dict[str, tuple[str, int]]  # by key: Chinese name and width in digits

GLANCE: Columns = {"what": ("项目", 22), "before": ("前", 52), "after": ("后", 52)}
_PAIR: Columns = {
    "outcome": ("结果", 8),
    "doubtful": ("存疑", 6),
    "before.number": ("前编号", 8),
    "after.number": ("后编号", 8),
}
_CORRECTED: Columns = {"before.corrected": ("前：人工更正", 32), "after.corrected": ("后：人工更正", 32)}
CHANGES: Columns = {
    **_PAIR,
    "title": ("章节", 34),
    "what": ("变化内容", 16),
    "kind": ("变化类型", 12),
    "trend": ("增减", 10),
    "place": ("位置", 24),
    "before.text": ("前：原文", 48),
    "before.range": ("前：数值或条件", 24),
    "before.page": ("前：出处", 11),
    "after.text": ("后：原文", 48),
    "after.range": ("后：数值或条件", 24),
    "after.page": ("后：出处", 11),
    **_CORRECTED,
}
FIGURES: Columns = {
    **_PAIR,
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
    **_CORRECTED,
}


def _glance_rows(comparison: Comparison) -> Iterator[Sequence[Value]]:
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


def _counts(outcome: str, count: int) -> tuple[Value, Value]:
    """Count a gone section before, a new one after, others on both sides."""
    return (None if outcome == "new" else count), (None if outcome == "gone" else count)


def _sum(value: RangeSum | None, unit: str) -> str:
    if value is None:
        return "无一节写明"
    return f"{format_figure(value, unit).zh}（{value.sections} 节中 {value.stated} 节写明）"


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────


def _change_rows(comparison: Comparison) -> Iterator[tuple[Value, ...]]:
    """Yield every change, those of the guides themselves first."""
    for change in comparison.guide:
        yield "", "", "", "", "（总则）", *_change(change)
    for pair in comparison.pairs:
        for change in pair.changes:
            yield *_pair(pair), _head(pair).title, *_change(change)


def _pair(pair: Pair) -> tuple[Value, ...]:
    numbers = (head.number if head else None for head in (pair.before, pair.after))
    return OUTCOME_NAMES[pair.outcome].zh, "存疑" if pair.doubtful else "", *numbers


def _head(pair: Pair) -> SectionSummary:
    """Return the summary of a section in the later guide, else in the earlier one."""
    return [head for head in (pair.before, pair.after) if head][-1]


def _change(change: Change) -> tuple[Value, ...]:
    return (
        WHAT_NAMES[change.what].zh,
        KIND_NAMES[change.kind].zh,
        TREND_NAMES[change.trend].zh if change.trend else "",
        _place(change),
        *_statement_cells(change.before),
        *_statement_cells(change.after),
        *(
            _format_correction(change.corrected[side]) if side in change.corrected else None
            for side in ("before", "after")
        ),
    )


def _place(change: Change) -> str:
    """Return the place of a change among several; for a topic the topics above it, for a condition its fact."""
    place = change.place or ""
    if change.condition:
        return FACTS[change.condition.fact].zh
    return place.rpartition(" › ")[0] if change.what in ("topic", "topic_place") else place


def _statement_cells(statement: Statement | None) -> tuple[Value, ...]:
    """Return the words, or the status; the figure or condition; the page."""
    if statement is None:
        return None, None, None
    words = statement.text or (STATUSES[statement.status].zh if statement.status else "")
    figure = format_statement(statement)
    return words, figure.zh if figure else None, format_places(statement.evidence).zh


def _format_correction(correction: Correction) -> str:
    """Format a correction: person, reason, and value before."""
    return f"{correction.by}：{correction.why}（原为 {format_value_before(correction).zh}）"


def _corrected(marks: Mapping[str, Correction]) -> str:
    """Format all corrections of a section or guide."""
    return "；".join(f"{CORRECTED_NAMES[key].zh}：{_format_correction(mark)}" for key, mark in marks.items())


def _figure_row(pair: Pair) -> tuple[Value, ...]:
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


def _ends(value: Range | None, unit: str, scale: int) -> tuple[Value, Value]:
    if value is None or value.unit != unit:
        return None, None
    low, high = (None if end is None else end / scale for end in (value.min, value.max))
    return low, high


# ── workbook ──────────────────────────────────────────────────────────────────────────────────────────


def comparison_workbook(comparison: Comparison) -> bytes:
    """Return the workbook of a comparison as XLSX; its bytes depend on nothing else."""
    comparison = escape_all(comparison)
    ids = comparison.before.id, comparison.after.id

    def write(book: Any, formats: Formats) -> None:
        _write_table(book.add_worksheet("总览"), GLANCE, list(_glance_rows(comparison)), formats, number=TEXT)
        _write_table(book.add_worksheet("变化"), CHANGES, list(_change_rows(comparison)), formats)
        sheet = book.add_worksheet("项目数与经费")
        rows = [_figure_row(pair) for pair in comparison.pairs]
        _write_table(sheet, FIGURES, rows, formats)
        if rows:
            _insert_charts(book, sheet, len(rows), ids)

    return workbook_bytes(" → ".join(ids), write)


def _write_table(
    sheet: Any, columns: Columns, rows: Sequence[Sequence[Value]], formats: Formats, *, number: CellFormat = NUMBER
) -> None:
    """Write a table with a frozen header and filters; the comment of a header has the key of its column."""
    sheet.freeze_panes(1, 0)
    for index, (key, (name, width)) in enumerate(columns.items()):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, formats(HEAD))
        write_header_comment(sheet, index, key)
    widths = [width for _, width in columns.values()]
    for row, values in enumerate(rows, 1):
        for index, value in enumerate(values):
            write_cell(sheet, row, index, _cell(value, number), formats)
        lines = (lines_needed(str(value or ""), width - 2) for value, width in zip(values, widths, strict=True))
        set_row_height(sheet, row, max(lines))
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    set_paper(sheet)
    sheet.repeat_rows(0)


def _cell(value: Value, number: CellFormat) -> Cell:
    if value is None or value == "":
        return Cell(None, TEXT)
    return Cell(cell_text(value), TEXT) if isinstance(value, str) else number_cell(value, number)


# ── charts ────────────────────────────────────────────────────────────────────────────────────────────


def _insert_charts(book: Any, sheet: Any, rows: int, ids: tuple[str, str]) -> None:
    """Insert bar charts of the upper bounds of both sides, section by section, below the table."""
    keys = list(FIGURES)
    for place, (name, field) in enumerate(
        (("拟支持项目数（上限）", "projects"), ("拟支持经费（上限，万元）", "funding"))
    ):
        chart = book.add_chart({"type": "bar"})
        for side, guide_id, colour in (("before", ids[0], "#8A94A6"), ("after", ids[1], "#1B5FC1")):
            column = keys.index(f"{side}.{field}.max")
            chart.add_series(
                {
                    "name": guide_id if ids[0] != ids[1] else f"{guide_id} {'前' if side == 'before' else '后'}",
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
