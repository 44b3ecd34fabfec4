"""The schema of a profile: its tables of words and patterns. files.py reads them from TOML."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from extract.model.conditions import Binding, Fact, Op, Party
from extract.model.values import DocumentKind, RequirementKind
from extract.profile.partner_tables import PartnerNames
from extract.profile.toml_tables import ProfileTable, require, require_always

Form = Literal["headings", "directions", "call"]


class Heading(ProfileTable, frozen=True, kw_only=True):
    """A style of section headings: a pattern over a whole line with the group `title`.

    The group `number` is a section number (1.10); `ordinal` only counts (3. 三、 （三）), and may restart in a group.
    """

    name: str
    pattern: re.Pattern[str]

    def __post_init__(self) -> None:
        """Raise ValueError if a match of the pattern may lack its title, number or ordinal, or has both of these."""
        groups = [name for name in ("number", "ordinal") if name in self.pattern.groupindex]
        for group in ("title", *groups):
            require_always(self.pattern, group, "pattern")
        if len(groups) > 1:
            raise ValueError(
                f"pattern: the pattern {self.pattern.pattern!r} has a number and an ordinal; one is enough"
            )

    @property
    def numbered(self) -> bool:
        """True if the headings of this style have section numbers."""
        return "number" in self.pattern.groupindex

    @property
    def ordinal(self) -> bool:
        """True if the headings of this style are only counted."""
        return "ordinal" in self.pattern.groupindex


class Labels(ProfileTable, frozen=True, kw_only=True):
    """Labels by field; those of `other` belong to no known field."""

    agreement: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    project_count: tuple[str, ...]
    funding: tuple[str, ...]
    per_project: tuple[str, ...]
    duration: tuple[str, ...]
    requirements: tuple[str, ...]
    other: tuple[str, ...]
    unknown: re.Pattern[str]
    topics_too: re.Pattern[str]
    figure: re.Pattern[str]

    @property
    def known(self) -> tuple[str, ...]:
        """The fields that have labels."""
        lists = (name for name in self.__struct_fields__ if name not in ("unknown", "topics_too", "figure"))
        return tuple(name for name in lists if getattr(self, name))

    @property
    def fields_by_name(self) -> dict[str, str]:
        """The field of each label, `other` for those of no field."""
        return {name: field for field in self.known for name in getattr(self, field)}

    def __post_init__(self) -> None:
        """Raise ValueError if a label is empty, or belongs to two fields."""
        owner: dict[str, str] = {}
        for field in self.known:
            for label in getattr(self, field):
                if not label.strip():
                    raise ValueError(f"{field}: a label without words")
                if owner.setdefault(label, field) != field:
                    raise ValueError(f"the label {label} stands under {owner[label]} and under {field}")


class TableWords(ProfileTable, frozen=True, kw_only=True):
    """Heads of columns in tables of sections, for their numbers and their titles; and what begins a row of sums."""

    number: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    total: tuple[str, ...] = ()


class ChapterNames(ProfileTable, frozen=True, kw_only=True):
    """Words of the headings of chapters, beside those of [labels], by what stands below them.

    `outer` are chapters that only hold others, `directions` those whose items are sections; the words of such an item
    that stand under no label are those of the field `prose`. `before` are words that may stand before a name
    (项目申报条件), `joints` those between two (支持数量及资助标准). `each` finds the names of chapters whose plain
    figure is what each project gets (资助强度), unless it is called a total.
    """

    agreement: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    project_count: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    duration: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    outer: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    each: re.Pattern[str] = re.compile("(?!)")
    prose: str = "content"

    @property
    def by_name(self) -> Iterator[tuple[str, str]]:
        """Each name of a chapter with what stands below it."""
        kinds = (kind for kind in self.__struct_fields__ if kind not in ("before", "joints", "each", "prose"))
        return ((name, kind) for kind in kinds for name in getattr(self, kind))


class Statements(ProfileTable, frozen=True, kw_only=True):
    """Patterns of sentences that state the value of a field which has no label, with a group `value`."""

    fields: tuple[re.Pattern[str], ...] = ()
    project_count: tuple[re.Pattern[str], ...] = ()
    funding: tuple[re.Pattern[str], ...] = ()
    duration: tuple[re.Pattern[str], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError if a pattern lacks a required group."""
        for key in self.__struct_fields__:
            for pattern in getattr(self, key):
                require(pattern, "value", key)


class SectionEndPatterns(ProfileTable, frozen=True, kw_only=True):
    """Patterns of lines that end a section: an appendix, the date of signing, words on all sections.

    `annex` matches the title of a further paper of the file, over one line or several.
    """

    appendix: re.Pattern[str]
    annex: re.Pattern[str]
    date: re.Pattern[str]
    for_all: re.Pattern[str]


class RoundWords(ProfileTable, frozen=True, kw_only=True):
    """Patterns of the round that a clause of the introduction refers to."""

    this: re.Pattern[str]
    coming: re.Pattern[str]
    earlier: re.Pattern[str]
    life: re.Pattern[str]
    beside: re.Pattern[str]


class FigurePatterns(ProfileTable, frozen=True, kw_only=True):
    """Patterns of probable declarations, which are reported if no pattern of the introduction matches them."""

    partners: re.Pattern[str]
    directions: re.Pattern[str]
    projects: re.Pattern[str]
    funding: re.Pattern[str]
    duration: re.Pattern[str]

    def __post_init__(self) -> None:
        """Raise ValueError if a pattern lacks a required group."""
        for key in self.__struct_fields__:
            require(getattr(self, key), "value", key)


class Introduction(ProfileTable, frozen=True, kw_only=True):
    """Patterns of the title block and the introduction, with a group `value` (or `partners`, `count`)."""

    programme: tuple[re.Pattern[str], ...] = ()
    title_end: re.Pattern[str]
    before_title: re.Pattern[str]
    beside_title: re.Pattern[str]
    title_remark: re.Pattern[str]
    notice_opening: re.Pattern[str]
    notice_end: re.Pattern[str]
    letters: tuple[re.Pattern[str], ...] = ()
    no_title: re.Pattern[str]
    enclosure: re.Pattern[str]
    batch: re.Pattern[str]
    chapter: re.Pattern[str]
    contents: re.Pattern[str]
    basis: re.Pattern[str]
    document_number: re.Pattern[str]
    rounds: RoundWords
    exceptions: re.Pattern[str]
    previous: tuple[re.Pattern[str], ...]
    partners: tuple[re.Pattern[str], ...]
    directions: tuple[re.Pattern[str], ...]
    projects: tuple[re.Pattern[str], ...]
    funding: tuple[re.Pattern[str], ...]
    duration: tuple[re.Pattern[str], ...]
    figures: FigurePatterns
    limits: re.Pattern[str]

    def __post_init__(self) -> None:
        """Raise ValueError if a pattern lacks a required group."""
        for key, group in {
            "batch": "value",
            "chapter": "number",
            "document_number": "value",
            "enclosure": "listed",
        }.items():
            require(getattr(self, key), group, key)
        for key in ("programme", "letters", "partners", "directions", "projects", "funding", "duration"):
            for pattern in getattr(self, key):
                require(pattern, "value", key)
        for pattern in self.previous:
            require(pattern, "partners", "previous")
            require(pattern, "count", "previous")


class NoticePatterns(ProfileTable, frozen=True, kw_only=True):
    """Patterns of the notice above a guide: its number (`value`), its issuers, the words around its dates, contacts."""

    number: re.Pattern[str]
    issuer: re.Pattern[str]
    period: re.Pattern[str]
    apply: re.Pattern[str]
    others: re.Pattern[str]
    contact: re.Pattern[str]
    contact_heading: re.Pattern[str]

    def __post_init__(self) -> None:
        """Raise ValueError if a pattern lacks a required group."""
        require(self.number, "value", "number")


class AgreementWords(ProfileTable, frozen=True, kw_only=True):
    """Words between the titles of documents, and the words that determine their kind.

    `pending`: words without a title that name no agreement yet, or one that stands elsewhere.
    """

    connectors: tuple[str, ...]
    closing: re.Pattern[str]
    pending: re.Pattern[str]
    kinds: dict[DocumentKind, tuple[str, ...]]


class TopicWords(ProfileTable, frozen=True, kw_only=True):
    """Words and patterns around the names of topics."""

    leading: re.Pattern[str]
    lead: re.Pattern[str]
    announces: re.Pattern[str]
    links: re.Pattern[str]
    opens: re.Pattern[str]
    fillers: re.Pattern[str]
    subject: re.Pattern[str]
    open_ended: re.Pattern[str]
    counted: re.Pattern[str]
    works: re.Pattern[str]
    activities: re.Pattern[str]
    bare_work: re.Pattern[str]
    binds: re.Pattern[str]
    binds_place: re.Pattern[str]
    sums_up: re.Pattern[str]
    unrestricted: tuple[re.Pattern[str], ...]
    others: re.Pattern[str]
    remarks: tuple[re.Pattern[str], ...]
    sentence: re.Pattern[str]
    undetermined: re.Pattern[str]
    places: re.Pattern[str]
    adjectives: re.Pattern[str]
    funds: re.Pattern[str]
    compounds: tuple[str, ...]
    stop: tuple[str, ...]

    def __post_init__(self) -> None:
        """Raise ValueError if a pattern lacks a required group."""
        for key, group in {"opens": "verb", "counted": "number", "links": "prefers", "subject": "aim"}.items():
            require(getattr(self, key), group, key)
        for group in ("subject", "list"):
            require(self.funds, group, "funds")
        require(self.open_ended, "kind", "open_ended")
        require(self.open_ended, "thing", "open_ended")


class PartnerHeadingWords(ProfileTable, frozen=True, kw_only=True):
    """Words of headings: for the Chinese side, after a partner, and beside partners."""

    home: tuple[str, ...]
    provinces: tuple[str, ...] = ()
    tails: tuple[str, ...]
    beside: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class RequirementWords(ProfileTable, frozen=True, kw_only=True):
    """`kinds`: word patterns (language/word_patterns.py), in the order in which a requirement lists its kinds.

    `negations`: words that negate the rest of their clause. `others_money`: clauses on money that others bring.
    `duration`: words before the duration of a project.
    """

    negations: tuple[str, ...]
    others_money: re.Pattern[str]
    duration: tuple[re.Pattern[str], ...]
    kinds: dict[RequirementKind, tuple[str, ...]]


# The groups without which the value of a fact cannot be read.
_GROUPS_OF_FACT: dict[Fact, tuple[str, ...]] = {
    **dict.fromkeys(
        ("age", "born", "deadline", "lead_kind", "partner_countries", "partner_kind", "qualification", "region",
         "registered", "registered_in", "unit_kind", "partner", "partner_region", "contact"), ("value",)
    ),
    **dict.fromkeys(("project_months", "registered_months"), ("value", "unit")),
}  # fmt: skip


class ConditionRule(ProfileTable, frozen=True, kw_only=True):
    """A pattern of words that state a fact of a condition, with the groups that the fact needs.

    `value` is the figure or the words, with `unit` where it has one; `of` what it is of; `among` the countries of which
    some are counted. `near`: words before it in the sentence, without which the rule reads nothing; they may have `of`.
    `value`, `op`, `by` and `binding` of the rule itself go before those that are usual or read.
    """

    name: str
    fact: Fact
    pattern: re.Pattern[str]
    near: re.Pattern[str] | None = None
    op: Op | None = None
    value: bool | int | float | str | tuple[str, ...] | None = None
    by: Party | None = None
    binding: Binding | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if a match of the pattern may lack a group from which the value is read."""
        groups = _GROUPS_OF_FACT.get(self.fact, ()) if self.value is None else ()
        if self.fact == "cofunding_ratio" and "value" in self.pattern.groupindex:  # 等额 has no figure
            groups = ("value", "unit")
        for group in groups:
            require_always(self.pattern, group, "pattern")


class ConditionWords(ProfileTable, frozen=True, kw_only=True):
    """Words of requirements from which conditions are read, and the rules, in the order in which they are tried.

    `must`, `should` and `prefer`: how strictly. `asks`: that a clause asks for something, `spares`: that it asks for
    nothing, `tells`: that it states what is so. `announces`: that a sentence only leads a list. `contact`: that
    addresses are those to turn to. `cases`: the case in which alone a clause holds, as the group `case`. `track`: the
    kind of projects of which alone a sentence speaks. `foreign_time`: the time of another place. `home`: that our own
    country is counted, too. `addresses`: that a sentence turns to applicants. `procedures`: labels of parts that say
    how to apply. `groups`: the codes of countries that a name stands for. `unit_kinds`: how kinds of units are called.
    """

    must: re.Pattern[str]
    should: re.Pattern[str]
    prefer: re.Pattern[str]
    asks: re.Pattern[str]
    spares: re.Pattern[str]
    tells: re.Pattern[str]
    home: re.Pattern[str]
    announces: re.Pattern[str]
    contact: re.Pattern[str]
    cases: tuple[re.Pattern[str], ...]
    track: re.Pattern[str]
    foreign_time: re.Pattern[str]
    addresses: re.Pattern[str]
    procedures: re.Pattern[str]
    parties: dict[Party, re.Pattern[str]]
    groups: dict[str, tuple[str, ...]]
    unit_kinds: dict[str, re.Pattern[str]]
    rules: tuple[ConditionRule, ...]

    def __post_init__(self) -> None:
        """Raise ValueError if a pattern lacks a required group."""
        for pattern in self.cases:
            require(pattern, "case", "cases")


class Profile(ProfileTable, frozen=True, kw_only=True):
    """The words and patterns of a family of guides. Patterns run on folded text (Text.plain).

    `expected` are the fields that every guide of the family has. `forms` are those in which its sections come, in the
    order in which they are tried: under headings, as items of chapters, or the whole call as one. `partners` is None
    for a family whose headings name no partners.
    """

    name: str
    about: str
    file: str = ""  # that it was read from
    extends: str | None = None
    pieces: dict[str, str] = msgspec.field(default_factory=dict)
    programmes: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    headings: tuple[Heading, ...]
    labels: Labels
    table: TableWords = TableWords()
    forms: tuple[Form, ...] = ("headings",)
    chapters: ChapterNames
    statements: Statements = Statements()
    introduction: Introduction
    notice: NoticePatterns
    outside: SectionEndPatterns
    partners: PartnerHeadingWords | None = None
    names: PartnerNames
    agreement: AgreementWords
    topics: TopicWords
    requirements: RequirementWords
    conditions: ConditionWords
    dictionary: tuple[str, ...]

    def __post_init__(self) -> None:
        """Raise ValueError if an expected field has no label."""
        for field in self.expected:
            if field not in self.labels.known:
                raise ValueError(f"expected: {field} is no field with a label")
