"""What a section takes from elsewhere: what it lacks, from the section above (1.4 for 1.4.1), then from what the guide
states for all sections.

What is studied (研究内容), what it is judged by (考核指标) and how many projects there are, is each section's own.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from extract.model.fields import FIELDS, corrections_of
from extract.model.record import DeclaredProjects, Field, GuideFacts, Section
from extract.model.section_numbers import numbers_above, parent_of
from extract.model.values import Count, Money

V = TypeVar("V")
_FROM_ABOVE = ("agreement", "fields", "duration", "requirements")


def inherit(sections: Sequence[Section], facts: GuideFacts) -> list[Section]:
    """Return the sections with the partners and fields that they lack. A total of the guide is that of its only
    section.
    """
    inheriting: dict[str, Section] = {}
    done = []
    for section in sections:
        above = inheriting.get(parent_of(section.number, inheriting) or "")
        sources = dict(_of_guide(facts, alone=len(sections) == 1))
        if above is not None:
            sources = {name: field for name, field in sources.items() if not _says(getattr(above, name))}
            sources |= dict(_of_section(above))
            section = replace(section, partners=above.partners) if _lacks_partners(section) else section
        taken = {name: field for name, field in sources.items() if _is_lacking(getattr(section, name))}
        done.append(replace(section, **taken))
        inheriting.setdefault(section.number, done[-1])
    return done


def without_inherited(sections: Sequence[Section]) -> list[Section]:
    """Return the sections with their own partners and fields alone."""
    own = []
    for section, above in zip(sections, sections_above(sections), strict=True):
        if above and section.partners == above[0].partners and "partners" not in corrections_of(section):
            section = replace(section, partners=())
        inherited = [name for name in FIELDS if getattr(section, name).status == "inherited"]
        own.append(replace(section, **{name: Field(status="absent") for name in inherited}))
    return own


def sections_above(sections: Sequence[Section]) -> list[tuple[Section, ...]]:
    """Return, for each section, those that it stands below, the nearest first; of several with a number the first."""
    first = {section.number: section for section in reversed(sections)}
    return [tuple(first[number] for number in numbers_above(section.number, first)) for section in sections]


def _lacks_partners(section: Section) -> bool:
    return not section.partners and "partners" not in corrections_of(section)


def _is_lacking(field: Field[Any]) -> bool:
    """Return True for a field that a section does not state; one that a person says is absent stays so."""
    return field.status == "absent" and field.corrected is None


def _says(field: Field[Any]) -> bool:
    """Return True for a field of a section without a value for those below it: 无, or words that are not understood."""
    return field.value is None and not _is_lacking(field)


def _of_section(above: Section) -> Iterator[tuple[str, Field[Any]]]:
    """Yield the fields that a section below another one inherits from it."""
    own = {name: getattr(above, name) for name in _FROM_ABOVE} | {"funding": without_total(above.funding)}
    yield from ((name, _inherited(field)) for name, field in own.items() if field.value is not None)


def _of_guide(facts: GuideFacts, *, alone: bool) -> Iterator[tuple[str, Field[Any]]]:
    """Yield the fields that sections inherit; later ones replace earlier ones of their name."""
    each = _inherited(without_total(facts.common.field("funding")))
    common = {name: _inherited(facts.common.field(name)) for name in _FROM_ABOVE} | {"funding": each}
    yield from ((name, field) for name, field in common.items() if field.value is not None)
    if alone and facts.declared.projects is not None:
        yield "project_count", _total(facts, "projects", _as_count(facts.declared.projects))
    if alone and facts.declared.funding is not None:
        yield "funding", _with_each(_total(facts, "funding", facts.declared.funding), each)


def _inherited(field: Field[V]) -> Field[V]:
    return replace(field, status="inherited", label=None)


# ── figures ───────────────────────────────────────────────────────────────────────────────────────────


def without_total(field: Field[Money]) -> Field[Money]:
    """Return money as far as it is that of each project; absent without such."""
    if field.value is None or field.value.per_project is None:
        return Field(status="absent")
    has_total = field.value.min is not None or field.value.max is not None
    approximate = field.value.approximate and not has_total  # 约 is said of the total, if there is one
    each = replace(field.value, min=None, max=None, tracks=(), approximate=approximate)
    return replace(field, value=each)


def _as_count(projects: DeclaredProjects) -> Count:
    return Count(
        min=projects.min,
        max=projects.max,
        approximate=projects.approximate,
        tracks=projects.tracks or (),
        evidence=projects.evidence,
    )


def _total(facts: GuideFacts, name: str, value: Any) -> Field[Any]:
    """Return a total that the guide declares as a field."""
    words = "".join(piece.quote for piece in value.evidence)
    mark = corrections_of(facts).get(f"declared.{name}")
    return Field(status="inherited", text=words, value=value, evidence=value.evidence, corrected=mark)


def _with_each(total: Field[Money], each: Field[Money]) -> Field[Money]:
    """Add the money of each project to a total, unless they are in different currencies."""
    if total.value is None or each.value is None or total.value.currency != each.value.currency:
        return total
    value = replace(total.value, per_project=each.value.per_project)
    mark = total.corrected or each.corrected
    if (total.text or "") in (each.text or ""):  # 总经费500万元，每项不超过50万元
        return replace(each, value=value, corrected=mark)
    text, evidence = (total.text or "") + (each.text or ""), total.evidence + each.evidence
    return replace(total, value=value, text=text, evidence=evidence, corrected=mark)
