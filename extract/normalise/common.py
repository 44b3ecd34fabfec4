"""What labelled parts outside of the sections state for all of them → `guide.common`; totals → `guide.declared`.

拟支持20项，每项不超过50万元: the total is that of the round, and what each project gets holds for all sections.
"""

from collections.abc import Sequence

from msgspec import UNSET
from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.inheritance import without_total
from extract.model.ranges import Range, months_of, range_of
from extract.model.record import Common, DeclaredProjects, Field, GuideFacts
from extract.model.stages import LabelledText
from extract.model.text import Text
from extract.model.values import Count, Duration, Money
from extract.normalise.conditions import duration_conditions, introduced_conditions
from extract.normalise.funding import combined_funding
from extract.normalise.sections import (
    PARSERS,
    PER_PROJECT,
    Context,
    ReadParts,
    as_other,
    figures_elsewhere,
    in_order,
    misplaced_figures,
    read_parts,
)
from extract.profile.schema import Profile


def parse_common(
    parts: Sequence[LabelledText], introduction: Text, facts: GuideFacts, profile: Profile
) -> tuple[GuideFacts, list[FindingDraft]]:
    """Return the facts of the introduction with what labelled parts state for all sections, and findings.

    A total of the introduction stays, its duration gives way to that of a part; another value in the other is reported.
    """
    introduced = facts.common.field("duration")
    # 各 may mean each of the sections
    context = Context(profile, several_partners=True, basis="common")
    read = _with_figures_elsewhere(read_parts(parts, introduced.value, context), context)
    projects, count = _split_count(read.fields["project_count"])
    funding, each = _split_money(read)
    duration = introduced if read.fields["duration"].value is None and introduced.value else read.fields["duration"]
    fields = {**read.fields, "project_count": count, "funding": each, "duration": duration}
    declared = replace(
        facts.declared,
        projects=projects if facts.declared.projects is None else facts.declared.projects,
        funding=funding if facts.declared.funding is None else facts.declared.funding,
    )
    unused = {
        "project_count": declared.projects is not projects and count.status == "absent",
        "funding": declared.funding is not funding and each.status == "absent",
        "duration": duration is introduced,
    }
    other = as_other(part for part in parts if part in read.left or unused.get(part.field or "", False))
    stated = {name: field for name, field in fields.items() if field.status != "absent"}
    common = Common(**stated, other=other or UNSET)
    conditions = (
        *introduced_conditions(introduction, introduced if duration is introduced else Field(status="absent"), profile),
        *(() if duration is introduced else duration_conditions(duration, "common", profile)),
        *read.conditions,
    )
    return replace(facts, declared=declared, common=common, conditions=conditions), [
        *in_order({**read.findings, "misplaced figures": misplaced_figures(read.fields, read.by_field)}, "common"),
        *_difference("declared.projects", declared.projects, projects),
        *_difference("declared.funding", declared.funding, funding),
        *_difference("common.duration", introduced.value, duration.value),
    ]


def _with_figures_elsewhere(read: ReadParts, context: Context) -> ReadParts:
    """Add figures that stand in a part of another field, all of which is understood: 20项 and 执行期3年 under 资助强度.

    A chapter says what all projects get in one sentence; in a section such figures are reported.
    """
    found: dict[str, list[Text]] = {}
    for name, field, words in figures_elsewhere(read.by_field):
        holder = read.each if name == PER_PROJECT else read.fields[name]
        if holder.value is not None and read.fields[field].status == "absent":
            found.setdefault(field, []).append(words)
    fields = {
        field: Field(status="stated", text=words[0].printed, value=value, evidence=cite(words[0]))
        for field, words in found.items()
        if len(words) == 1 and (value := PARSERS[field](words[0], context).value) is not None
    }
    return read._replace(fields={**read.fields, **fields})


def _split_count(field: Field[Count]) -> tuple[DeclaredProjects | None, Field[Count]]:
    """Return the total of a count, and the field with what it says of each: 每个领域1-2个项目，共5-10个项目."""
    value = field.value
    if value is None or (value.min is None and value.max is None):
        return None, field
    total = DeclaredProjects(
        min=value.min,
        max=value.max,
        approximate=value.approximate,
        tracks=value.tracks or UNSET,
        evidence=value.evidence,
    )
    if value.per is None:
        return total, Field(status="absent")
    return total, replace(field, value=Count(min=None, max=None, per=value.per, evidence=value.evidence))


def _split_money(read: ReadParts) -> tuple[Money | None, Field[Money]]:
    """Return the total of the money, and the field with what each project gets, from its own part if it has one."""
    field: Field[Money] = read.fields["funding"]
    if field.value is None or (field.value.min is None and field.value.max is None):
        return None, field
    apart = "funding" in read.by_field and read.each.value is not None
    each = combined_funding(Field(status="absent"), read.each) if apart else field
    return replace(field.value, per_project=None), without_total(each)


def _difference(
    name: str,
    introduced: DeclaredProjects | Money | Duration | None,
    stated: DeclaredProjects | Money | Duration | None,
) -> list[FindingDraft]:
    """Report a value of a part that is another than that of the introduction."""
    if introduced is None or stated is None or _figure(introduced) == _figure(stated):
        return []
    words, other = ("".join(piece.quote for piece in value.evidence) for value in (introduced, stated))
    evidence = (*introduced.evidence, *stated.evidence)
    return [
        finding(
            "common-differs", field=name, evidence=evidence, name=name.partition(".")[2], words=words, other_words=other
        )
    ]


def _figure(value: DeclaredProjects | Money | Duration) -> Range | None:
    """Return the figure that a value states, exact or approximate."""
    if isinstance(value, Duration):
        return months_of(value)
    figure = range_of(value, value.currency if isinstance(value, Money) else "projects")
    return figure and replace(figure, approximate=False)
