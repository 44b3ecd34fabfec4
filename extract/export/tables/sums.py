"""Sums over the sections of a guide by partner; each section counts once.

A section with several partners belongs to the row of these together. A sum is over the sections that state an upper
bound; the others are listed. Currencies are never added.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extract.export.number_format import YUAN
from extract.export.tables.columns import (
    BOOL,
    FLOAT,
    INT,
    LIST,
    TEXT,
    Column,
    Frame,
    TableRow,
    in_wan,
    listed,
    path,
    whose,
)
from extract.model.fields import Label
from extract.model.ranges import Range, add, range_of
from extract.model.record import Guide, Section
from extract.model.values import Count, Money


class GroupSum(Struct, frozen=True):
    """A sum: sections counted, sections without an upper bound, and the range, None if none counted."""

    counted: tuple[Section, ...]
    left_out: tuple[Section, ...]
    range: Range | None


class Group(Struct, frozen=True):
    """The sections with the same partners and currency."""

    partners: tuple[str, ...]
    currency: str
    sections: tuple[Section, ...]
    projects: GroupSum
    funding: GroupSum


def group_sums(guide: Guide) -> Iterator[TableRow[Group]]:
    """Group sections by partners, in order of first appearance."""
    groups: dict[tuple[tuple[str, ...], str], list[Section]] = defaultdict(list)
    for section in guide.sections:
        partners = tuple(sorted({partner.name for partner in section.partners}))
        groups[partners, _currency(section)].append(section)
    for (partners, currency), sections in groups.items():
        projects = _sum("projects", [(section, section.project_count.value) for section in sections])
        funding = _sum(currency, [(section, section.funding.value) for section in sections])
        yield TableRow(guide, None, Group(partners, currency, tuple(sections), projects, funding), ())


def _currency(section: Section) -> str:
    """Return the currency of a section; one without money belongs to CNY, and is not counted there."""
    return section.funding.value.currency if section.funding.value else YUAN


def _sum(unit: str, values: Sequence[tuple[Section, Count | Money | None]]) -> GroupSum:
    ranges = [(section, range_of(value, unit)) for section, value in values]
    counted = [(section, stated) for section, stated in ranges if stated and stated.max is not None]
    return GroupSum(
        counted=tuple(section for section, _ in counted),
        left_out=tuple(section for section, stated in ranges if stated is None or stated.max is None),
        range=add((stated for _, stated in counted), unit) if counted else None,
    )


def _numbers(sections: Sequence[Section]) -> str | None:
    return listed(section.number for section in sections)


SUMS: Frame[Group] = Frame(
    "sums",
    "汇总",
    Label(
        "一行一组合作方：每节只计一次，几方合作的节归入这几方合为一组的一行",
        "one row for each partner of a guide, or for those that share a section; each section is in one row alone",
    ),
    (
        *whose(),
        Column(
            "partners",
            zh=("合作方", f"一节有几方时合为一组，以“{LIST}”分隔；空：没有写明合作方"),
            en=f"names; several, with `{LIST}` between them, where sections share them; empty where none is known",
            dtype=TEXT,
            read=path("partners", listed),
        ),
        Column(
            "currency",
            zh=("币种", "不同币种分行；没有经费的节归人民币一行"),
            en="each currency has rows of its own; a section without money stands with `CNY`",
            dtype=TEXT,
            read=path("currency"),
        ),
        Column(
            "sections",
            zh=("各节", f"这一组的节，以“{LIST}”分隔"),
            en=f"numbers of its sections, with `{LIST}` between them",
            dtype=TEXT,
            read=path("sections", _numbers),
        ),
        Column(
            "projects_min",
            zh=("项目数·至少", "所计各节下限之和；没写下限的节不加"),
            en="sum of the least numbers of the sections counted, as far as they are stated",
            dtype=INT,
            read=path("projects.range.min"),
        ),
        Column(
            "projects_max",
            zh=("项目数·至多", "所计各节上限之和"),
            en="sum of the greatest numbers of the sections counted",
            dtype=INT,
            read=path("projects.range.max"),
        ),
        Column(
            "projects_approximate",
            zh=("项目数·约数", "所计各节中有约数"),
            en="one of them is approximate",
            dtype=BOOL,
            read=path("projects.range.approximate"),
        ),
        Column(
            "projects_counted",
            zh=("项目数·所计节数", "写明上限的节数"),
            en="number of sections counted: those that state a greatest number",
            dtype=INT,
            read=path("projects.counted", len),
        ),
        Column(
            "projects_left_out",
            zh=("项目数·未计的节", "没有写明上限，不在和中"),
            en="numbers of the sections left out, which state none",
            dtype=TEXT,
            read=path("projects.left_out", _numbers),
        ),
        Column(
            "funding_min_wan",
            zh=("经费·至少（万元）", "所计各节下限之和；只有人民币"),
            en="sum of the least totals in 万元, as far as they are stated; yuan alone",
            dtype=FLOAT,
            read=in_wan("funding.range.min", "currency"),
            amount=True,
        ),
        Column(
            "funding_max_wan",
            zh=("经费·至多（万元）", "所计各节上限之和；只有人民币"),
            en="sum of the greatest totals in 万元; yuan alone",
            dtype=FLOAT,
            read=in_wan("funding.range.max", "currency"),
            amount=True,
        ),
        Column(
            "funding_approximate",
            zh=("经费·约数", "所计各节中有约数"),
            en="one of them is approximate",
            dtype=BOOL,
            read=path("funding.range.approximate"),
        ),
        Column(
            "funding_counted",
            zh=("经费·所计节数", "写明总额上限的节数"),
            en="number of sections counted: those that state a greatest total",
            dtype=INT,
            read=path("funding.counted", len),
        ),
        Column(
            "funding_left_out",
            zh=("经费·未计的节", "没有写明总额上限，不在和中"),
            en="numbers of the sections left out, which state none",
            dtype=TEXT,
            read=path("funding.left_out", _numbers),
        ),
        Column(
            "funding_min",
            zh=("经费·至少（元）", "同左，币种的元"),
            en="sum of the least totals in whole units of the currency",
            dtype=INT,
            read=path("funding.range.min"),
            amount=True,
        ),
        Column(
            "funding_max",
            zh=("经费·至多（元）", "同左，币种的元"),
            en="sum of the greatest totals in whole units of the currency",
            dtype=INT,
            read=path("funding.range.max"),
            amount=True,
        ),
    ),
    group_sums,
)
