"""Combine a section's total with the money for each project under its own label or in a requirement."""

import re

from msgspec import UnsetType
from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import Field
from extract.model.stages import LabelledText, Parsed, Unread
from extract.model.text import MAYBE, Text
from extract.model.values import Foreign, Money, PerProject
from extract.normalise.quantities import money

EACH = re.compile("[每单各/]")  # in any statement of money for each project


def parse_per_project(text: Text) -> Parsed[Money]:
    """Parse money for each project: its plain figures are each project's. Several parts under its label are refused."""
    parsed = money.parse_money(text)
    if parsed.value is None:
        return parsed
    if parsed.value.tracks:
        return Parsed(None, unread=Unread("several-values", text.strip()))
    return parsed


def required_per_project(total: Field[Money], part: LabelledText | None) -> Field[Money]:
    """Return money for each project from a requirement with nothing else: 每个项目拟支持经费不超过150万元人民币。"""
    points = r"[。；\n]|(?:^|(?<=[。；\n]))（?\d{1,2}[）.、]"
    sentences = part.text.split(points) if part and total.value else []
    candidates = (text for text in sentences if EACH.search(text.plain))
    stated = [
        (text, value)
        for text in candidates
        if (value := money.parse_money(text.without(MAYBE)).value) and value.per_project
    ]
    if len(stated) != 1 or stated[0][1].min is not None or stated[0][1].max is not None or stated[0][1].tracks:
        return Field(status="absent")
    text, value = stated[0]
    return Field(status="stated", text=text.printed, value=value, evidence=cite(text))


def combined_funding(total: Field[Money], per_project: Field[Money]) -> Field[Money]:
    """Combine total and money for each project. A label such as 每个项目拟支持经费 states no total."""
    if per_project.value is None:
        return per_project if total.status == "absent" else total
    if per_project.value.per_project is not None and total.status == "absent":
        return per_project  # 每个项目拟支持经费：总经费不超过600万元，单个项目不超过300万元 states both
    each = _of_each_project(per_project.value)
    if total.status == "absent":
        return replace(per_project, value=each)
    if total.value is None:
        return total
    own = total.value
    both = replace(
        own,
        per_project=own.per_project or each.per_project,
        per=own.per or each.per,
        share=own.share or each.share,
        foreign=_both_foreign(own.foreign, each.foreign),
    )
    return replace(total, value=both, evidence=total.evidence + per_project.evidence)


def _both_foreign(total: Foreign | UnsetType, each: Foreign | UnsetType) -> Foreign | UnsetType:
    """Return the other side's total with its money for each project."""
    if not total or not each or total.currency != each.currency:
        return total or each
    return replace(total, per_project=total.per_project or each.per_project)


def _of_each_project(value: Money) -> Money:
    """Return the money under a label of each project, whose plain figures are no totals, those of either side."""
    foreign = value.foreign
    if foreign and foreign.per_project is None:
        foreign = replace(foreign, min=None, max=None, per_project=_each_of(foreign))
    return replace(value, min=None, max=None, per_project=value.per_project or _each_of(value), foreign=foreign)


def _each_of(value: Money | Foreign) -> PerProject | None:
    if value.min is None and value.max is None:
        return None
    return PerProject(min=value.min, max=value.max, evidence=value.evidence)


def unheld_figures(total: Field[Money], per_project: Field[Money], combined: Field[Money]) -> list[FindingDraft]:
    """Report what the money for each project states and the combined field does not hold."""
    return [*_unheld_approximation(total, per_project), *_unheld_beside(combined, per_project)]


def _unheld_beside(combined: Field[Money], per_project: Field[Money]) -> list[FindingDraft]:
    """Report words under a label of each project that say otherwise than those of the total, which stand."""
    if combined.value is None or per_project.value is None:
        return []
    held, stated = (_figures(value) for value in (combined.value, _of_each_project(per_project.value)))
    if all(figures in (None, held[name]) for name, figures in stated.items()):
        return []
    words = str(per_project.text)
    return [finding("figure-unheld", evidence=per_project.evidence, variant="beside", words=words)]


def _figures(value: Money) -> dict[str, tuple[object, ...] | None]:
    """Return the figures beside the total by name, without evidence; None for those that are not stated."""
    foreign = value.foreign or None
    parts = {
        "per_project": value.per_project,
        "per": value.per or None,
        "share": value.share or None,
        "foreign": foreign,
        "foreign.per_project": foreign.per_project if foreign else None,
    }
    return {
        name: None
        if part is None or (part.min is None and part.max is None)
        else tuple(getattr(part, key, None) for key in ("min", "max", "unit", "of", "currency"))
        for name, part in parts.items()
    }


def _unheld_approximation(total: Field[Money], per_project: Field[Money]) -> list[FindingDraft]:
    """Report an approximate figure for each project beside an exact total: the value has no key for 约."""
    if total.value is None or per_project.value is None:
        return []
    if total.value.approximate or not per_project.value.approximate:
        return []
    words = str(per_project.text)
    return [finding("figure-unheld", evidence=per_project.evidence, variant="approximate-each", words=words)]
