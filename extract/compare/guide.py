"""Changes in the facts of two guides, their summaries, and cautions."""

import re
from collections.abc import Iterator, Sequence

from extract.compare.agreement import MIN_TITLE_LIKENESS, words
from extract.compare.conditions import condition_changes
from extract.compare.corrected import VALUES, of_guide, of_side
from extract.compare.figures import figure, quoted, reworded
from extract.compare.pairing import pair_up
from extract.compare.sections import field_changes, other_changes
from extract.compare.wording import fold_wording, letters_and_digits
from extract.model.comparison import Caution, Change, ChangedItem, GuideSummary, Kind, Statement
from extract.model.ranges import Figure, range_of
from extract.model.record import Basis, Guide, GuideFacts
from extract.model.section_numbers import round_id
from extract.model.values import Money

_ROUND = re.compile(r"\d{4}(年度?)?|第[一二三四五六七八九十\d]+批(次)?")


def summarise_guide(guide: Guide) -> GuideSummary:
    """Return what identifies a guide."""
    facts = guide.guide
    return GuideSummary(
        file=guide.source.file,
        sha256=guide.source.sha256,
        id=round_id(facts.year, facts.batch),
        title=facts.title,
        programme=facts.programme,
        year=facts.year,
        batch=facts.batch,
        sections=len(guide.sections),
        corrected=of_side(facts),
    )


def cautions(before: GuideSummary, after: GuideSummary, pairs: int) -> Iterator[Caution]:
    """Yield the reasons why a comparison may mislead."""
    if before.sha256 == after.sha256:
        yield "same_file"
    elif before.year is None or after.year is None:
        yield "year_unknown"
    elif (before.year, before.batch or 0) > (after.year, after.batch or 0):
        yield "years_reversed"
    if before.sha256 != after.sha256 and before.year == after.year and before.year is not None:
        yield "same_year"
    if fold_wording(before.programme or "") != fold_wording(after.programme or ""):
        yield "programmes_differ"
    if not pairs and before.sections and after.sections:
        yield "nothing_paired"


def guide_changes(before: Guide, after: Guide) -> tuple[Change, ...]:
    """Return the changes in the facts of a guide. Another round in the title is no change."""
    one, other = before.guide, after.guide
    titles = [_ROUND.sub("", fold_wording(facts.title)) for facts in (one, other)]
    kind: Kind = "worded" if letters_and_digits(titles[0]) == letters_and_digits(titles[1]) else "changed"
    title = Change(
        what="title", kind=kind, before=quoted(one.evidence, one.title), after=quoted(other.evidence, other.title)
    )
    programmes = [quoted(facts.evidence, facts.programme) if facts.programme else None for facts in (one, other)]
    return (
        *(words("programme", *programmes) if any(programmes) else ()),
        *([title] if titles[0] != titles[1] else ()),
        *_declared(one, other),
        *field_changes(one.common.field, other.common.field),
        *condition_changes(one.conditions, other.conditions),
        *other_changes(one.common.other or (), other.common.other or ()),
        *_basis(one.basis, other.basis),
        *_period(one, other),
        *_previous(before, after),
    )


def _declared(one: GuideFacts, other: GuideFacts) -> Iterator[Change]:
    """Yield the changes in declared figures; other words for the same figure only if one was corrected."""
    whats: tuple[ChangedItem, ...] = (
        "declared_partners",
        "declared_directions",
        "declared_projects",
        "declared_funding",
    )
    for what in whats:
        unit = what.removeprefix("declared_")
        before, after = (_figure(getattr(facts.declared, unit), unit) for facts in (one, other))
        changes = [*_stated(what, before, after)]
        corrected = any(VALUES[what] in of_guide(facts) for facts in (one, other))
        yield from changes or (reworded(what, before, after) if corrected and before and after else ())


def _figure(value: Figure | None, unit: str) -> Statement | None:
    if value is None:
        return None
    return quoted(value.evidence, figure=range_of(value, value.currency if isinstance(value, Money) else unit))


def _stated(what: ChangedItem, before: Statement | None, after: Statement | None) -> Iterator[Change]:
    if before and after:
        yield from figure(what, before, after)
    elif before or after:
        yield Change(what=what, kind="added" if after else "removed", before=before, after=after)


def _basis(before: Sequence[Basis], after: Sequence[Basis]) -> Iterator[Change]:
    """Yield the changes in the documents that a guide is based on; another number is a change."""
    for one, other in pair_up(before, after, lambda document: document.title, enough=MIN_TITLE_LIKENESS):
        sides = [
            quoted(document.evidence, _format_document(document)) if document else None for document in (one, other)
        ]
        yield from words("basis", *sides)


def _format_document(document: Basis) -> str:
    return f"《{document.title}》" + (f"（{document.number}）" if document.number else "")


def _period(one: GuideFacts, other: GuideFacts) -> Iterator[Change]:
    """Yield the change of the period of application."""
    periods = [facts.document.period if facts.document else None for facts in (one, other)]
    sides = [
        quoted(period.evidence, f"{period.start or ''}/{period.end or ''}") if period else None for period in periods
    ]
    if any(sides):
        yield from words("apply_period", *sides)


def _previous(before: Guide, after: Guide) -> Iterator[Change]:
    """Yield the change of the earlier round: expected, as each guide names another one."""
    sides = [_earlier(guide) for guide in (before, after)]
    if any(sides):
        yield from words("previous", *sides)


def _earlier(guide: Guide) -> Statement | None:
    previous = guide.guide.previous
    if previous is None:
        return None
    names = "、".join(partner.name for partner in previous.partners)
    count = f"（{previous.count}）" if previous.count is not None else ""
    return quoted(previous.evidence, f"{previous.year}{count}：{names}" if names else f"{previous.year}{count}")
