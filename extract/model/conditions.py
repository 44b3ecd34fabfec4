"""The published type of a condition: a testable statement on an application, read from the guide's words.

docs/conditions.md explains each word of the vocabulary, with an example.
"""

from typing import Literal

from extract.model.values import Evidence, Record

Fact = Literal[
    "enterprises", "research_institutes", "participants", "subprojects", "lead_units", "lead_kind", "unit_kind",
    "partner_kind", "applications", "running_projects", "same_topic_elsewhere", "partner_countries", "partner_units",
    "cofunding", "cofunding_ratio", "partner_funding", "requested_funding", "applied", "parallel_application",
    "deadline", "agreement", "document", "online_form", "designated", "membership", "registered_in",
    "registered_months", "registered", "legal_person", "clean_record", "age", "born", "qualification",
    "working_months", "topics", "project_months", "region", "partner", "partner_region", "contact", "manual",
]  # fmt: skip
Op = Literal["at_least", "at_most", "equals", "one_of", "before", "after"]
Unit = Literal["months", "years", "CNY", "of_grant"]
Binding = Literal["must", "should", "prefer", "info"]
Party = Literal[
    "applicant", "chinese_side", "enterprise", "lead_unit", "leader", "partner", "partner_government", "both_sides",
    "recommender", "consortium", "project",
]  # fmt: skip
Basis = Literal["requirements", "fields", "duration", "common", "introduction", "other", "derived"]
ConditionValue = bool | int | float | str | tuple[str, ...]


class Condition(Record, frozen=True, kw_only=True):
    """One testable statement: `fact` of an application, compared by `op` with `value`.

    `by` is who is asked or acts, `of` what the fact is of or with whom, `among` the codes of which counted countries
    are. It holds for `track` alone, and in the case `when` alone, where these are set. Of `manual` a person judges.
    """

    fact: Fact
    op: Op | None
    value: ConditionValue | None
    unit: Unit | None = None
    among: tuple[str, ...] | None = None
    binding: Binding
    by: Party | None
    of: str | None = None
    track: str | None = None
    when: str | None = None
    basis: Basis
    text: str
    evidence: tuple[Evidence, ...] = ()
