"""Check figures against their totals: the tracks of a section, sub-sections, and what the guide declares.

Sums are ranges (40—60, 不超过6): proved within the stated range, contradicted outside of it, consistent where the
two overlap. A figure that is about (约, 左右) may be off by a fifth, and proves nothing.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from extract.model.finding_catalogue import OUTCOMES, CheckCode, Outcome
from extract.model.ranges import Range, add, contains, describe, open_range, overlaps, range_of
from extract.model.record import Check, Declared, Field, Section
from extract.model.section_numbers import parent_of
from extract.model.stages import StatedTotal
from extract.model.values import Count, Evidence, Money

PROJECTS = "projects"
_TOLERANCE_PERCENT = 20  # of an approximate figure (约, 左右, 近), to either side


def tracks_sum(sections: Sequence[Section]) -> Check | None:
    """Check named tracks (1）…10个；2）…1个) against the total of their section; 其中 need not name all of it."""
    outcomes: dict[str, Outcome] = {}
    evidence: list[Evidence] = []
    for section in sections:
        for value in (section.project_count.value, section.funding.value):
            if value is not None and value.tracks:
                evidence += value.evidence
                so_far = outcomes.get(section.number, "proved")
                outcomes[section.number] = max(so_far, _tracks_outcome(value), key=OUTCOMES.index)
    if not outcomes:
        return None
    worst = max(outcomes.values(), key=OUTCOMES.index)
    exceeding = tuple(number for number, outcome in outcomes.items() if outcome == "contradicted")
    message = f"{len(outcomes)} of {len(sections)} sections with tracks, {len(exceeding)} whose tracks exceed the total"
    message += f": {', '.join(exceeding)}" if exceeding else ""
    return Check(code="tracks-sum", outcome=worst, message=message, sections=exceeding, evidence=tuple(evidence))


def _unit(value: Count | Money) -> str:
    return value.currency if isinstance(value, Money) else PROJECTS


def _tracks_outcome(value: Count | Money) -> Outcome:
    """Compare the tracks with their total: proved if equal, contradicted if more."""
    unit = _unit(value)
    total = range_of(value, unit)
    tracks = add((range_of(track, unit) or open_range(unit) for track in value.tracks), unit)
    if total is None:
        return "consistent"
    if total.max is not None and (tracks.min or 0) > total.max:
        return "contradicted"
    return "proved" if (tracks.min or 0, tracks.max) == (total.min or 0, total.max) else "consistent"


def subsections_sum(sections: Sequence[Section]) -> Check | None:
    """Check the projects and money of sub-sections (1.4.1, 1.4.2) against those of the section above them."""
    outcomes: dict[str, Outcome] = {}
    evidence: list[Evidence] = []
    words = []
    for section, unit, stated, parts in _subsection_figures(sections):
        outcome, total, _ = _compare(parts, stated, unit)
        evidence += section.project_count.evidence if unit == PROJECTS else section.funding.evidence
        outcomes[section.number] = max(outcomes.get(section.number, "proved"), outcome, key=OUTCOMES.index)
        if outcome != "proved":
            words.append(f"{section.number} has {describe(stated)} {unit}, below it are {describe(total)}")
    if not outcomes:
        return None
    number = len(outcomes)
    message = f"{number} section{'s' * (number > 1)} with the sum of the sections below"
    return Check(
        code="subsections-sum",
        outcome=max(outcomes.values(), key=OUTCOMES.index),
        message="; ".join([message, *words]),
        sections=tuple(number for number, outcome in outcomes.items() if outcome == "contradicted"),
        evidence=tuple(evidence),
    )


def _subsection_figures(
    sections: Sequence[Section],
) -> Iterator[tuple[Section, str, Range, list[Range | None]]]:
    """Yield the totals that sections state, with their units and the figures of the sections right below."""
    numbers = {section.number for section in sections}
    for section in sections:
        below = [one for one in sections if parent_of(one.number, numbers) == section.number]
        counts = [range_of(one.project_count.value, PROJECTS) for one in below]
        if (stated := range_of(section.project_count.value, PROJECTS)) and any(counts):
            yield section, PROJECTS, stated, counts
        money = section.funding.value
        unit = money.currency if money else ""
        totals = [_money_in(one, unit) for one in below]
        if (stated := range_of(money, unit)) and any(totals):
            yield section, unit, stated, totals


def rows_sum(totals: Sequence[StatedTotal], sections: Sequence[Section]) -> Check | None:
    """Check the totals in the rows of tables (合计) against the sections that they may sum up; the best sum counts."""
    outcomes: list[tuple[Outcome, StatedTotal]] = []
    words = []
    for total in totals:
        outcome, found = _rows_outcome(total, sections)
        outcomes.append((outcome, total))
        if outcome != "proved":
            words.append(f"{total.words}: {found}")
    if not outcomes:
        return None
    number = len(totals)
    return Check(
        code="rows-sum",
        outcome=max((outcome for outcome, _ in outcomes), key=OUTCOMES.index),
        message="; ".join([f"{number} total{'s' * (number > 1)} in the rows of tables", *words]),
        sections=tuple(
            dict.fromkeys(
                number for outcome, total in outcomes if outcome == "contradicted" for number in total.sums[0]
            )
        ),
        evidence=tuple(piece for total in totals if total.value for piece in total.value.evidence),
    )


def _rows_outcome(total: StatedTotal, sections: Sequence[Section]) -> tuple[Outcome, str]:
    """Compare a total with each sum that it may be: the best outcome, and words for the first sum."""
    if total.value is None:
        return "consistent", "not understood"
    unit = _unit(total.value)
    stated = range_of(total.value, unit) or open_range(unit)
    found = []
    for numbers in total.sums:
        summed = [section for section in sections if section.number in numbers]
        figures = {
            section.number: range_of(section.project_count.value, unit)
            if unit == PROJECTS
            else _money_in(section, unit)
            for section in summed
        }
        outcome, whole, _ = _compare(_parts(figures, ()).values(), stated, unit)
        found.append((outcome, f"{describe(stated)} {unit}, the rows have {describe(whole)}"))
    return min(found, key=lambda one: OUTCOMES.index(one[0]))


def declared_partners(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Check the number of distinct partners against the declared one.

    A group of countries counts once, a country with its provinces too. A name without a code may be a partner that is
    counted already: the number is then a range.
    """
    if declared.partners is None:
        return None
    named = [partner for section in sections for partner in section.partners]
    codes = {partner.code for partner in named if partner.code is not None}
    names = {partner.name for partner in named if partner.code is None}
    distinct = Range(min=len(codes) or min(1, len(names)), max=len(codes | names), unit="partners")
    stated = declared.partners.count
    message = f"{describe(distinct)} distinct partners, {stated} declared"
    if without := [section.number for section in sections if not section.partners]:
        message += f"; none in {', '.join(without)}"
    return Check(
        code="partners-declared",
        outcome=_outcome(distinct, Range(min=stated, max=stated, unit="partners")),
        message=message,
        evidence=declared.partners.evidence,
    )


def declared_projects(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Check the sum of the sections' projects against the declared number, unless it is what they inherit."""
    if declared.projects is None or all(section.project_count.status == "inherited" for section in sections):
        return None
    counts = {section.number: range_of(section.project_count.value, PROJECTS) for section in sections}
    stated = range_of(declared.projects, PROJECTS)
    parts = _parts(counts, _unread(sections, "project_count"))
    return _compare_sum("projects-declared", parts, stated, PROJECTS, declared.projects.evidence)


def declared_funding(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Check the sum of the sections' money against the declared total.

    Money in another currency, or without a total, leaves the sum open above. A total that the only section inherits
    is not checked.
    """
    if declared.funding is None or all(_inherits_total(section.funding) for section in sections):
        return None
    unit = declared.funding.currency
    totals = {section.number: _money_in(section, unit) for section in sections}
    parts = _parts(totals, _unread(sections, "funding"))
    return _compare_sum("funding-declared", parts, range_of(declared.funding, unit), unit, declared.funding.evidence)


def _money_in(section: Section, currency: str) -> Range | None:
    """Return the total of a section in a currency; None without one."""
    money = section.funding.value
    return range_of(money, currency) if money and money.currency == currency else None


def _unread(sections: Sequence[Section], name: str) -> set[str]:
    """Return the numbers of the sections with words of a field that are not understood."""
    return {section.number for section in sections if getattr(section, name).status == "unread"}


def _parts(figures: Mapping[str, Range | None], unread: Container[str]) -> dict[str, Range | None]:
    """Return the figures that add up, by section number: one that a section states holds those below it, and one that
    states none has those below it.
    """
    stating = {number for number, figure in figures.items() if figure is not None}
    above = {parent_of(number, figures) for number in figures}
    return {
        number: figure
        for number, figure in figures.items()
        if parent_of(number, stating) is None and (figure is not None or number not in above or number in unread)
    }


def _inherits_total(funding: Field[Money]) -> bool:
    value = funding.value
    return funding.status == "inherited" and value is not None and (value.min, value.max) != (None, None)


def _compare_sum(
    code: CheckCode,
    parts: Mapping[str, Range | None],
    stated: Range | None,
    unit: str,
    evidence: tuple[Evidence, ...],
) -> Check:
    """Compare the sum of the sections' figures, by section number, with the declared range; name those without one."""
    stated = stated or open_range(unit)
    outcome, total, is_about = _compare(parts.values(), stated, unit)
    message = f"the sections' sum is {describe(total)} {unit}, {describe(stated)} declared"
    message += "; some figures are about" if is_about else ""
    if without := [number for number, part in parts.items() if part is None]:
        message += f"; no figure in {', '.join(without)}"
    return Check(code=code, outcome=outcome, message=message, evidence=evidence)


def _compare(parts: Iterable[Range | None], stated: Range, unit: str) -> tuple[Outcome, Range, bool]:
    """Compare the sum of figures with the stated one: outcome, sum, and whether some are about."""
    figures = [part or open_range(unit) for part in parts]
    total = add(figures, unit)
    if total.approximate or stated.approximate:
        return _outcome(add(map(_widened, figures), unit), _widened(stated), at_best="consistent"), total, True
    return _outcome(total, stated), total, False


def _outcome(found: Range, stated: Range, at_best: Outcome = "proved") -> Outcome:
    """Compare ranges: proved within the stated one, contradicted outside, consistent if they overlap.

    >>> one, ten = Range(min=1, max=1, unit="partners"), Range(min=10, max=10, unit="partners")
    >>> _outcome(one, ten), _outcome(ten, ten), _outcome(Range(min=8, max=12, unit="partners"), ten)
    ('contradicted', 'proved', 'consistent')
    """
    if contains(stated, found):
        return at_best
    return "consistent" if overlaps(found, stated) else "contradicted"


def _widened(value: Range) -> Range:
    """Return an approximate range with its tolerance on both sides, at least 1; an exact one as it is.

    >>> describe(_widened(Range(min=15, max=15, approximate=True, unit=PROJECTS)))
    '12 to 18'
    """
    if not value.approximate:
        return value
    low, high = value.min, value.max
    return replace(
        value,
        min=None if low is None else max(0, low - max(1, low * _TOLERANCE_PERCENT // 100)),
        max=None if high is None else high + max(1, high * _TOLERANCE_PERCENT // 100),
    )
