"""Tables of names: countries, regions, groups, organisations, agencies, provinces (profiles/partners.toml)."""

import re
from datetime import date

from extract.model.values import PartnerKind
from extract.profile.toml_tables import ProfileTable

_GROUPS: tuple[PartnerKind, ...] = ("group", "region", "organisation")
_CODES = ("an acronym or English name in capitals: ASEAN", "ISO 3166-1 has two capital letters: NZ")


class Membership(ProfileTable, frozen=True, kw_only=True):
    """A member of a group, with its first and last day where it was not always one."""

    code: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Return True if it is a member on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class PartnerName(ProfileTable, frozen=True, kw_only=True):
    """A partner's names beyond those of CLDR; `short`: the forms that follow 中 in a heading (中日).

    `members`: the countries of a group, without our own.
    """

    code: str
    name: str | None = None
    short: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    members: tuple[Membership, ...] = ()

    @property
    def own(self) -> str:
        """The name in the table, else the first alias, else the code."""
        return self.name or next(iter(self.aliases), self.code)


class Agency(ProfileTable, frozen=True, kw_only=True):
    """A funding agency that stands for its country in a heading."""

    name: str
    code: str | None = None
    stands_for: str
    aliases: tuple[str, ...] = ()


class SubdivisionName(ProfileTable, frozen=True, kw_only=True):
    """A province or state, with its ISO 3166-2 code."""

    code: str
    country: str
    name: str
    aliases: tuple[str, ...] = ()


class AmbiguousShortName(ProfileTable, frozen=True, kw_only=True):
    """A short form shared by several countries, which identifies none."""

    char: str
    candidates: tuple[str, ...]


class CollectiveName(ProfileTable, frozen=True, kw_only=True):
    """One name of several partners: 港澳台."""

    name: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...] = ()


class PartnerNames(ProfileTable, frozen=True, kw_only=True):
    """The contents of a partners file."""

    country: tuple[PartnerName, ...] = ()
    group: tuple[PartnerName, ...] = ()
    region: tuple[PartnerName, ...] = ()
    organisation: tuple[PartnerName, ...] = ()
    agency: tuple[Agency, ...] = ()
    subdivision: tuple[SubdivisionName, ...] = ()
    ambiguous: tuple[AmbiguousShortName, ...] = ()
    several: tuple[CollectiveName, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for an invalid code: two capitals for a country, capitals and digits for others."""
        for kind, code in (("country", "[A-Z]{2}"), *((kind, "[A-Z][A-Z0-9 -]+") for kind in _GROUPS)):
            for entry in self.of(kind):
                if not re.fullmatch(code, entry.code):
                    raise ValueError(f"{kind}: {entry.code!r} is no code; {_CODES[kind == 'country']}")

    def of(self, kind: PartnerKind) -> tuple[PartnerName, ...]:
        """Return the entries of one kind."""
        entries: tuple[PartnerName, ...] = getattr(self, kind)
        return entries
