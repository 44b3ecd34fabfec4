"""The registry of fields: each correctable value of a record, with its type, its label and its traits.

Each stage keeps its behaviour in a table by the names of `FIELDS` (parsers, comparers, columns, macros of the review
page); tests/model/test_fields.py lists the names that a table lacks.
"""

from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, get_origin

from msgspec import UNSET, Struct

from extract.model.record import (
    Basis,
    Correction,
    DeclaredCount,
    DeclaredProjects,
    Field,
    GuideFacts,
    Previous,
    Section,
)
from extract.model.values import Agreement, Count, Duration, Money, Partner, Points, Requirements, Topics


class Label(NamedTuple):
    """The displayed name of a key of the record, in Chinese and English."""

    zh: str
    en: str


class ValueSpec(Struct, frozen=True):
    """One value of a section or of the guide: its name and type in the record, and its label.

    `cites_heading`: its evidence is the section's heading, or the guide's title block.
    """

    name: str
    type: Any
    label: Label
    cites_heading: bool = False

    @property
    def empty(self) -> Any:
        """The value if nothing is stated: an empty text or list, else None."""
        return "" if self.type is str else () if get_origin(self.type) is tuple else None


class FieldSpec(ValueSpec, frozen=True):
    """One labelled field of a section; its name is also the key of the profile's [labels].

    `figure`: the value is one short figure, whose label may follow a comma or stand in a cell of a table.
    """

    figure: bool = False


S = TypeVar("S", bound=ValueSpec)


def _by_name(*specs: S) -> dict[str, S]:
    return {spec.name: spec for spec in specs}


FIELDS = _by_name(
    FieldSpec("agreement", Agreement, Label("合作协议", "agreement")),
    FieldSpec("fields", Topics, Label("领域方向", "fields")),
    FieldSpec("content", Points, Label("研究内容", "research content")),
    FieldSpec("indicators", Points, Label("考核指标", "indicators")),
    FieldSpec("project_count", Count, Label("拟支持项目数", "projects"), figure=True),
    FieldSpec("funding", Money, Label("拟支持经费", "funding"), figure=True),
    FieldSpec("duration", Duration, Label("执行期", "duration"), figure=True),
    FieldSpec("requirements", Requirements, Label("其他要求", "requirements")),
)

CORRECTABLE_SECTION: dict[str, ValueSpec] = {
    **_by_name(
        ValueSpec("title", str, Label("标题", "title"), cites_heading=True),
        ValueSpec("partners", tuple[Partner, ...], Label("合作方", "partners"), cites_heading=True),
    ),
    **FIELDS,
}
CORRECTABLE_GUIDE = _by_name(
    ValueSpec("title", str, Label("标题", "title"), cites_heading=True),
    ValueSpec("programme", str | None, Label("专项", "programme"), cites_heading=True),
    ValueSpec("year", int | None, Label("年度", "year"), cites_heading=True),
    ValueSpec("batch", int | None, Label("批次", "batch"), cites_heading=True),
    ValueSpec("declared.partners", DeclaredCount | None, Label("总则：国别和组织数", "declared: partners")),
    ValueSpec("declared.directions", DeclaredCount | None, Label("总则：方向数", "declared: directions")),
    ValueSpec("declared.projects", DeclaredProjects | None, Label("总则：项目数", "declared: projects")),
    ValueSpec("declared.funding", Money | None, Label("总则：经费", "declared: funding")),
    *(
        ValueSpec(f"common.{spec.name}", spec.type, Label(f"通用：{spec.label.zh}", f"common: {spec.label.en}"))
        for spec in FIELDS.values()
    ),
    ValueSpec("previous", Previous | None, Label("上一轮", "earlier round")),
    ValueSpec("basis", tuple[Basis, ...], Label("编制依据", "basis")),
)


def is_field(name: str) -> bool:
    """Return True for the name of a value that is held as a `Field`: of a section, or of `common`."""
    return name.removeprefix("common.") in FIELDS


def held_value(holder: Section | GuideFacts, name: str) -> Any:
    """Return what a section or guide holds under the name of a value; a field that is left out is absent."""
    held = attrgetter(name)(holder)
    return Field(status="absent") if held is UNSET else held


def corrections_of(holder: Section | GuideFacts) -> dict[str, Correction]:
    """Return the corrections of a section or guide, by the names of their values, in the order of these."""
    names = CORRECTABLE_SECTION if isinstance(holder, Section) else CORRECTABLE_GUIDE
    fields = {name: held_value(holder, name).corrected for name in names if is_field(name)}
    marks = {**(holder.corrected or {}), **{name: mark for name, mark in fields.items() if mark}}
    order = list(names)
    return dict(sorted(marks.items(), key=lambda item: order.index(item[0]) if item[0] in names else -1))


# Keys that corrected values do not have, as they are derived: by key, from what.
DERIVED = {
    "evidence": "a corrected value cites what the value cited before",
    "keywords": "they are those of the old ones that stand in the topics",
}
