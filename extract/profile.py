"""profiles/*.toml → Profile: what a family of guides calls things. Strict: a wrong key stops with file and reason."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec
from msgspec import Struct

from extract.errors import ProfileError
from extract.values import DocumentKind, PartnerKind, RequirementKind

T = TypeVar("T")
_HERE = Path(__file__).parent / "profiles"


def _need(pattern: re.Pattern[str], group: str, key: str) -> None:
    if group not in pattern.groupindex:
        raise ValueError(f"{key}: the pattern {pattern.pattern!r} has no group named {group}")


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One table of a profile; a key that it does not know is an error. Each is itself alone, so it can be a key."""


class Heading(Table, frozen=True, kw_only=True):
    """A style of section headings: a pattern over a whole line with the groups `number` and `title`."""

    name: str
    pattern: re.Pattern[str]

    def __post_init__(self) -> None:
        """Raises ValueError where the pattern names no title."""
        _need(self.pattern, "title", "pattern")

    @property
    def numbered(self) -> bool:
        """Whether the headings of this style carry numbers."""
        return "number" in self.pattern.groupindex


class Labels(Table, frozen=True, kw_only=True):
    """The words that head a part, by the field they lead to; `other` leads to no known field."""

    agreement: tuple[str, ...]
    fields: tuple[str, ...]
    project_count: tuple[str, ...]
    funding: tuple[str, ...]
    per_project: tuple[str, ...]
    duration: tuple[str, ...]
    requirements: tuple[str, ...]
    other: tuple[str, ...]
    unknown: re.Pattern[str]
    topics_too: re.Pattern[str]

    def __post_init__(self) -> None:
        """Raises ValueError where one label leads to two fields."""
        owner: dict[str, str] = {}
        for field in (name for name in self.__struct_fields__ if name not in ("unknown", "topics_too")):
            for label in getattr(self, field):
                if owner.setdefault(label, field) != field:
                    raise ValueError(f"the label {label} stands under {owner[label]} and under {field}")


class Introduction(Table, frozen=True, kw_only=True):
    """What the introduction says: patterns with a group `value` (or `year`, `partners`, `count`)."""

    title_end: re.Pattern[str]
    before_title: re.Pattern[str]
    batch: re.Pattern[str]
    chapter: re.Pattern[str]
    contents: re.Pattern[str]
    basis: re.Pattern[str]
    document_number: re.Pattern[str]
    past: re.Pattern[str]
    previous: tuple[re.Pattern[str], ...]
    partners: tuple[re.Pattern[str], ...]
    directions: tuple[re.Pattern[str], ...]
    projects: tuple[re.Pattern[str], ...]
    funding: tuple[re.Pattern[str], ...]
    duration: tuple[re.Pattern[str], ...]

    def __post_init__(self) -> None:
        """Raises ValueError where a pattern lacks the group that is read from it."""
        for key, group in {"batch": "value", "chapter": "number", "document_number": "value", "past": "year"}.items():
            _need(getattr(self, key), group, key)
        for key in ("partners", "directions", "projects", "funding", "duration"):
            for pattern in getattr(self, key):
                _need(pattern, "value", key)
        for pattern in self.previous:
            _need(pattern, "partners", "previous")
            _need(pattern, "count", "previous")


class AgreementWords(Table, frozen=True, kw_only=True):
    """What stands between the titles of documents, and the words that tell their kind."""

    connectors: tuple[str, ...]
    kinds: dict[DocumentKind, tuple[str, ...]]


class TopicWords(Table, frozen=True, kw_only=True):
    """Words around topics that are no part of their names; patterns over the folded text."""

    leading: re.Pattern[str]
    lead: re.Pattern[str]
    announces: re.Pattern[str]
    frame: re.Pattern[str]
    open_ended: re.Pattern[str]
    unrestricted: re.Pattern[str]
    undetermined: re.Pattern[str]
    stop: tuple[str, ...]


class HeadingWords(Table, frozen=True, kw_only=True):
    """How a heading names its partners."""

    home: tuple[str, ...]
    tails: tuple[str, ...]


class FactPatterns(Table, frozen=True, kw_only=True):
    """Patterns of what requirements state, with a group `value`."""

    per_department_max: tuple[re.Pattern[str], ...] = ()
    min_enterprises: tuple[re.Pattern[str], ...] = ()
    cofunding_equal: tuple[re.Pattern[str], ...] = ()
    cofunding_ratio: tuple[re.Pattern[str], ...] = ()
    deadline: tuple[re.Pattern[str], ...] = ()
    duration: tuple[re.Pattern[str], ...] = ()
    min_partner_countries: tuple[re.Pattern[str], ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError where a pattern lacks the group that is read from it."""
        for key in (name for name in self.__struct_fields__ if name != "cofunding_equal"):
            for pattern in getattr(self, key):
                _need(pattern, "value", key)
        for pattern in self.cofunding_ratio:
            _need(pattern, "unit", "cofunding_ratio")


class RequirementWords(Table, frozen=True, kw_only=True):
    """`kinds`: word patterns (see words.py) in the order in which a requirement lists its kinds.

    `negations`: words that deny what follows them in their clause.
    """

    negations: tuple[str, ...]
    kinds: dict[RequirementKind, tuple[str, ...]]
    facts: FactPatterns


class PartnerName(Table, frozen=True, kw_only=True):
    """A partner's names beyond what CLDR has; `short` is what follows 中 in a heading."""

    code: str
    name: str | None = None
    short: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Agency(Table, frozen=True, kw_only=True):
    """An agency that stands for its country in a heading."""

    name: str
    code: str | None = None
    stands_for: str
    aliases: tuple[str, ...] = ()


class SubdivisionName(Table, frozen=True, kw_only=True):
    """A province or state, by ISO 3166-2."""

    code: str
    country: str
    name: str
    aliases: tuple[str, ...] = ()


class Ambiguous(Table, frozen=True, kw_only=True):
    """A short form that several countries share, so that it names none."""

    char: str
    candidates: tuple[str, ...]


class Several(Table, frozen=True, kw_only=True):
    """One word for several partners: 港澳台."""

    name: str
    codes: tuple[str, ...]


class PartnerNames(Table, frozen=True, kw_only=True):
    """The contents of a partners file."""

    country: tuple[PartnerName, ...]
    group: tuple[PartnerName, ...] = ()
    region: tuple[PartnerName, ...] = ()
    organisation: tuple[PartnerName, ...] = ()
    agency: tuple[Agency, ...] = ()
    subdivision: tuple[SubdivisionName, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    several: tuple[Several, ...] = ()

    def of(self, kind: PartnerKind) -> tuple[PartnerName, ...]:
        """The entries of one kind."""
        entries: tuple[PartnerName, ...] = getattr(self, kind)
        return entries


class Profile(Table, frozen=True, kw_only=True):
    """What one family of guides calls things. Patterns run on folded text (see Text.plain)."""

    name: str
    about: str
    programmes: tuple[str, ...]
    headings: tuple[Heading, ...]
    labels: Labels
    introduction: Introduction
    partners: HeadingWords
    agreement: AgreementWords
    topics: TopicWords
    requirements: RequirementWords
    dictionary: tuple[str, ...]


@cache
def load_profile(name: str = "intergovernmental") -> Profile:
    """A profile shipped with the package. Raises ProfileError with file, key and reason where it is wrong."""
    path = _HERE / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in _HERE.glob("*.toml") if p.stem != "partners"))
        raise ProfileError(f"no profile {name!r}; there are: {known}")
    return _read(path, Profile)


@cache
def load_partner_names() -> PartnerNames:
    """The names of countries, regions, groups and organisations, for all profiles."""
    return _read(_HERE / "partners.toml", PartnerNames)


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), kind, dec_hook=_pattern)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: {error}") from None


def _pattern(kind: type, value: Any) -> Any:
    """A TOML string as the compiled pattern that a profile asks for."""
    if get_origin(kind) is not re.Pattern:
        raise NotImplementedError(f"a profile cannot hold {kind}")
    if not isinstance(value, str):
        raise ValueError(f"a pattern is a string, not {value!r}")
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"the pattern {value!r} does not compile: {error}") from None
