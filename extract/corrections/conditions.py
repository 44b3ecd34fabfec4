"""Conditions of corrected values: those that were read from the guide no longer hold, what a person says does."""

from collections.abc import Iterator
from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from extract.model.conditions import Basis, Condition
from extract.model.fields import held_value, is_field
from extract.model.ranges import duration_bounds
from extract.model.record import Field, GuideFacts, Section
from extract.model.values import Duration, Requirements

H = TypeVar("H", Section, GuideFacts)


def with_corrected_conditions(holder: H, name: str) -> H:
    """Return a section or guide whose conditions follow its corrected value of a name."""
    if not is_field(name):
        return holder
    kept: tuple[Condition, ...] = without_conditions_of(holder, name).conditions
    return replace(holder, conditions=(*kept, *_conditions_of(holder, held_value(holder, name))))


def without_conditions_of(holder: H, name: str) -> H:
    """Return a section or guide without the conditions that rest on its value of a name."""
    return replace(holder, conditions=tuple(one for one in holder.conditions if not _rests_on(one, name, holder)))


def _rests_on(condition: Condition, name: str, holder: Section | GuideFacts) -> bool:
    field = name.removeprefix("common.")
    if field == "duration":
        return condition.fact == "project_months"
    # What a chapter for all sections says of the duration has its basis, too.
    is_duration = isinstance(holder, GuideFacts) and condition.fact == "project_months"
    return field == "requirements" and condition.basis == _basis(holder, "requirements") and not is_duration


def _basis(holder: Section | GuideFacts, field: Literal["requirements", "duration"]) -> Basis:
    return field if isinstance(holder, Section) else "common"


def _conditions_of(holder: Section | GuideFacts, field: Field[Any]) -> Iterator[Condition]:
    """Yield the conditions of a corrected value: a person judges each requirement, a duration has its bounds."""
    if isinstance(field.value, Requirements):
        for item in field.value.items:
            yield Condition(
                fact="manual",
                op=None,
                value=None,
                binding="must",
                by=None,
                basis=_basis(holder, "requirements"),
                text=item.text,
                evidence=item.evidence,
            )
    elif isinstance(field.value, Duration):
        for op, months in duration_bounds(field.value):
            yield Condition(
                fact="project_months",
                op=op,
                value=months,
                unit="months",
                binding="must",
                by="project",
                basis=_basis(holder, "duration"),
                text=field.text or "",
                evidence=field.evidence,
            )
