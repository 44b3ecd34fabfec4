"""Record → the summary that the terminal shows: a table of sections, then checks and findings."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.export.escaping import shown
from extract.export.number_format import brief, span, span_in
from extract.model.record import Field, Guide, Section
from extract.model.values import Count, Money

_OUTCOMES = {"proved": ("✓", "green"), "consistent": ("~", "yellow"), "contradicted": ("✗", "red")}
_SEVERITIES = {"info": "cyan", "warning": "yellow", "error": "red"}


def summary(guide: Guide) -> RenderableType:
    """What a person wants to know at once: every section in a line, what is absent, what to look at."""
    accounted = f"  {guide.account.glyphs} characters accounted for, {guide.account.unclaimed} unclaimed"
    return Group(_table(guide), Text(), _told(guide), Text(accounted, style="dim"))


def _table(guide: Guide) -> Table:
    title = Text(shown(guide.guide.title), style="bold")
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("section", overflow="fold", min_width=8)
    table.add_column("partners", overflow="fold", min_width=2)
    for column in ("projects", "万元", "months", "fields"):
        table.add_column(column, justify="right", overflow="fold")  # a figure is never cut, it goes on below
    for section in guide.sections:
        table.add_row(*(cell for cell in _row(section)))
    return table


def _row(section: Section) -> Iterator[Text]:
    yield Text(shown(section.number))
    yield Text(shown(section.title))
    yield Text(" ".join(partner.code or f"{shown(partner.name)}?" for partner in section.partners))
    yield _cell(section.project_count, _count)
    yield _cell(section.funding, _money)
    yield _cell(section.duration, brief)
    topics = section.fields.value
    yield _cell(section.fields, lambda _: str(len(topics.items)) if topics else "")


def _cell(field: Field, told) -> Text:  # type: ignore[no-untyped-def, type-arg]
    """A value, or the status in its place: absent and unread are not zero."""
    if field.value is not None:
        style = "dim" if field.status == "inherited" else "italic" if field.corrected else ""
        return Text(told(field.value) + "*" * bool(field.corrected), style=style)
    return Text(field.status, style="bold yellow" if field.status == "unread" else "dim")


def _count(value: Count) -> str:
    told = span(value.min, value.max) or f"per {value.per.unit if value.per else ''}"
    return ("约" if value.approximate else "") + told


def _money(value: Money) -> str:
    told = span_in(value.min, value.max) or "per project"
    return ("约" if value.approximate else "") + told + ("" if value.currency == "CNY" else f" {value.currency}")


def _told(guide: Guide) -> Table:
    """Checks and findings, a row each; behind what is to be looked up in the docs, its code."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in guide.checks:
        mark, style = _OUTCOMES[check.outcome]
        code = "" if check.outcome == "proved" else check.code
        table.add_row(Text(f"{mark} {check.outcome:<12}", style), _with_code(check.message, code))
    for finding in guide.findings:
        words = f"{finding.section}: {finding.message}" if finding.section else finding.message
        table.add_row(Text(f"• {finding.severity:<12}", _SEVERITIES[finding.severity]), _with_code(words, finding.code))
    return table


def _with_code(words: str, code: str) -> Text:
    return Text.assemble(shown(words), (f"  {code}" if code else "", "dim"))
