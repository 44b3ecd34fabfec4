"""Tables for the terminal: a guide, the guides of a run, the result of verify, unused rules of a profile."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.export.escaping import escape_control_characters
from extract.export.number_format import PROJECTS, format_brief, format_cell
from extract.model.ranges import range_of
from extract.model.record import Field, Finding, Guide, Section
from extract.model.values import Count, Money
from extract.run.run_log import OUTCOMES, Entry

if TYPE_CHECKING:
    from extract.authoring.rule_usage import RuleUsage
    from extract.verify import Proof

_OUTCOMES = {"proved": ("✓", "green"), "consistent": ("~", "yellow"), "contradicted": ("✗", "red")}
_UNKNOWN = {"label-unknown", "heading-missing", "chapters-missing", "profile-unfit"}  # a profile answers these findings
_ADVICE = "  labels or headings are unknown: guide-extract new {guide} drafts a profile that knows them"
_SEVERITIES = {"info": "cyan", "warning": "yellow", "error": "red"}


def plain_table(title: Text | None = None) -> Table:
    """A table without rules."""
    return Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)


def summary_view(guide: Guide) -> RenderableType:
    """Show a line for each section, then checks and findings; and once what helps where labels are unknown."""
    advice = [Text(_ADVICE.format(guide=escape_control_characters(guide.source.file)))] if _has_unknown(guide) else []
    accounted = f"  {guide.account.glyphs} characters accounted for, {guide.account.unclaimed} unclaimed"
    return Group(_table(guide), Text(), _checks_and_findings(guide), *advice, Text(accounted, style="dim"))


def _has_unknown(guide: Guide) -> bool:
    return any(finding.code in _UNKNOWN for finding in guide.findings)


def _table(guide: Guide) -> Table:
    table = plain_table(Text(escape_control_characters(guide.guide.title), style="bold"))
    table.add_column("", no_wrap=True)
    table.add_column("section", overflow="fold", min_width=8)
    table.add_column("partners", overflow="fold", min_width=2)
    for column in ("projects", "万元", "months", "fields"):
        table.add_column(column, justify="right", overflow="fold")  # a figure is folded, never cut
    for section in guide.sections:
        table.add_row(*(cell for cell in _row(section)))
    return table


def _row(section: Section) -> Iterator[Text]:
    yield Text(escape_control_characters(section.number))
    yield Text(escape_control_characters(section.title))
    yield Text(" ".join(partner.code or f"{escape_control_characters(partner.name)}?" for partner in section.partners))
    yield _cell(section.project_count, _count)
    yield _cell(section.funding, _money)
    yield _cell(section.duration, format_brief)
    topics = section.fields.value
    yield _cell(section.fields, lambda _: str(len(topics.items)) if topics else "")


def _cell(field: Field, format_value) -> Text:  # type: ignore[no-untyped-def, type-arg]
    """Format a value, or its status: absent and unread are not zero."""
    if field.value is not None:
        style = "dim" if field.status == "inherited" else "italic" if field.corrected else ""
        return Text(format_value(field.value) + "*" * bool(field.corrected), style=style)
    return Text(field.status, style="bold yellow" if field.status == "unread" else "dim")


def _count(value: Count) -> str:
    return format_cell(range_of(value, PROJECTS)) or f"per {value.per.unit if value.per else ''}"


def _money(value: Money) -> str:
    return format_cell(range_of(value, value.currency)) or "per project"


def _checks_and_findings(guide: Guide) -> Table:
    """Checks and findings, a row each, with the code to look up in the docs."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in guide.checks:
        mark, style = _OUTCOMES[check.outcome]
        code = "" if check.outcome == "proved" else check.code
        table.add_row(Text(f"{mark} {check.outcome:<12}", style), _with_code(check.message, code))
    for finding, sections in _by_label(guide.findings):
        words = f"{', '.join(sections)}: {finding.message}" if sections else finding.message
        table.add_row(Text(f"• {finding.severity:<12}", _SEVERITIES[finding.severity]), _with_code(words, finding.code))
    return table


def _by_label(findings: Sequence[Finding]) -> Iterator[tuple[Finding, list[str]]]:
    """Yield findings with their sections: of a label that is unknown one, with all sections that have it."""
    sections: dict[str, list[str]] = {}
    for finding in findings:
        if finding.code == "label-unknown":
            sections.setdefault(finding.message, []).append(finding.section or "the guide")
    for finding in findings:
        if finding.code != "label-unknown":
            yield finding, [finding.section] if finding.section else []
        elif finding.message in sections:
            yield finding, list(dict.fromkeys(sections.pop(finding.message)))


def _with_code(words: str, code: str) -> Text:
    return Text.assemble(escape_control_characters(words), (f"  {code}" if code else "", "dim"))


_NAMES = {"read": "read", "look": "to look at", "refused": "refused", "unreadable": "unreadable"}
_STYLES = {"read": "green", "look": "yellow", "refused": "red", "unreadable": "red"}
_MAX_GUIDES = 40  # rows of the table, worst first; run.json has all


def run_view(entries: Sequence[Entry], read: int) -> RenderableType:
    """A line for each guide, worst first, then the counts; `read`: guides read just now."""
    table = plain_table()
    table.add_column("guide", overflow="fold")
    for column in ("sections", "findings", "s"):
        table.add_column(column, justify="right")
    table.add_column("outcome")
    worst = sorted(entries, key=lambda entry: (-entry.exit_code, entry.input))
    for entry in worst[:_MAX_GUIDES]:
        table.add_row(*_cells(entry))
    hidden = len(entries) - _MAX_GUIDES
    more = [Text(f"… and {hidden} more, in run.json", style="dim")] if hidden > 0 else []
    unknown = [entry for entry in worst if not _UNKNOWN.isdisjoint(entry.findings)]
    advice = [Text(_ADVICE.format(guide=escape_control_characters(unknown[0].input)))] if unknown else []
    return Group(table, *more, Text(), _sums(entries, read), *advice)


def _cells(entry: Entry) -> tuple[Text, ...]:
    findings = sum(entry.findings.values())
    return (
        Text(escape_control_characters(entry.input)),
        Text(str(entry.sections) if entry.files else ""),
        Text(str(findings) if findings else ""),
        Text(f"{entry.seconds:.1f}"),
        Text(_NAMES[entry.outcome], style=_STYLES[entry.outcome]),
    )


def _sums(entries: Sequence[Entry], read: int) -> Text:
    """Format the counts: 3 guides: 1 read, 1 to look at, 1 unreadable; 2 had not changed."""
    counts = Counter(entry.outcome for entry in entries)
    counted = [(f"{counts[outcome]} {_NAMES[outcome]}", _STYLES[outcome]) for outcome in OUTCOMES if counts[outcome]]
    unchanged = len(entries) - read
    ends = f"; {unchanged} had not changed" if unchanged else ""
    return Text.assemble(f"{len(entries)} guide{'s' * (len(entries) != 1)}: ", *_with_commas(counted), ends)


def _with_commas(words: Sequence[tuple[str, str]]) -> list[str | tuple[str, str]]:
    parts: list[str | tuple[str, str]] = []
    for part in words:
        parts += [", ", part] if parts else [part]
    return parts


_MAX_FAILURES = 40  # rows of the table


def verdict_view(proofs: "Sequence[Proof]") -> RenderableType:
    """A line for each question, then a table of the places that are not proved."""
    lines = [
        Text.assemble(("✗ not proved ", "red") if proof.failures else ("✓ proved     ", "green"), f" {proof.question}")
        for proof in proofs
    ]
    failures = dict.fromkeys(failure for proof in proofs for failure in proof.failures)
    if not failures:
        return Group(*lines)
    table = plain_table()
    for column in ("place", "the record has", "the guide has"):
        table.add_column(column, overflow="fold")
    for failure in list(failures)[:_MAX_FAILURES]:
        table.add_row(
            *(Text(escape_control_characters(words)) for words in (failure.place, failure.recorded, failure.found))
        )
    more = [Text(f"… and {len(failures) - _MAX_FAILURES} more places")] if len(failures) > _MAX_FAILURES else []
    return Group(*lines, Text(), table, *more)


def unused_rules_view(usage: "RuleUsage") -> RenderableType:
    """A line with the count, then a table of the rules that never fire."""
    if not usage.fires:
        return Text("no rule is in force in this file")
    idle = [rule for rule, times in usage.fires.items() if not times]
    read = f"{usage.guides} guide{'s' * (usage.guides != 1)}"
    if not idle:
        return Text.assemble(("✓ ", "green"), f"{len(usage.fires)} rules, each fires; {read} read")
    table = plain_table()
    table.add_column("key", no_wrap=True)
    table.add_column("never fires", overflow="fold")
    for rule in idle:
        table.add_row(Text(escape_control_characters(rule.key)), Text(escape_control_characters(rule.words)))
    head = Text.assemble(("✗ ", "yellow"), f"{len(idle)} of {len(usage.fires)} rules never fire; {read} read")
    return Group(head, Text(), table)
