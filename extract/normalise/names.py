"""What partners are called: CLDR's names of countries (through babel) and profiles/partners.toml."""

import re
from functools import cache

from extract.partner_names import PartnerName, load_partner_names
from extract.values import PartnerKind, Subdivision

_KINDS: tuple[PartnerKind, ...] = ("country", "region", "group", "organisation")
_NO_COUNTRY = {"CN", "ZZ", "EU", "EZ", "UN", "QO", "XA", "XB", "HK", "MO", "TW"}


@cache
def territories() -> dict[str, str]:
    """CLDR's Chinese names by code: countries alone, without China."""
    from babel import Locale

    every = Locale("zh").territories
    return {code: name for code, name in every.items() if code.isalpha() and len(code) == 2 and code not in _NO_COUNTRY}


def name_of(entry: PartnerName) -> str:
    """An entry's usual name: its own, else CLDR's."""
    return entry.name or territories().get(entry.code, entry.code)


@cache
def full_names() -> dict[str, tuple[PartnerKind, str]]:
    """Every full name with the kind and the code that it stands for."""
    known: dict[str, tuple[PartnerKind, str]] = {
        _plain(name): ("country", code) for code, name in territories().items()
    }
    for kind in _KINDS:
        for entry in load_partner_names().of(kind):
            longer = [form for form in entry.short if len(form) > 1]
            for name in (name_of(entry), *entry.aliases, *longer):
                known[_plain(name)] = (kind, entry.code)
    return known


def _plain(name: str) -> str:
    return name.replace("(", "（").replace(")", "）").replace("—", "-").replace("–", "-")


@cache
def canonical() -> dict[str, tuple[PartnerKind, str]]:
    """The usual short name of every code, with its kind."""
    usual: dict[str, tuple[PartnerKind, str]] = {code: ("country", name) for code, name in territories().items()}
    for kind in _KINDS:
        usual |= {entry.code: (kind, name_of(entry)) for entry in load_partner_names().of(kind)}
    return usual


@cache
def name_pattern() -> re.Pattern[str]:
    """A pattern for every full name, province and collective name, longest first."""
    table = load_partner_names()
    spelt = [*full_names(), *(several.name for several in table.several), *provinces()]
    return re.compile("|".join(map(re.escape, sorted(spelt, key=len, reverse=True))))


@cache
def provinces() -> dict[str, Subdivision]:
    """Names of provinces and states that are no names of countries as well (格鲁吉亚 is one, 佐治亚 is not)."""
    entries = load_partner_names().subdivision
    every = {name: Subdivision(name=e.name, code=e.code) for e in entries for name in (e.name, *e.aliases)}
    return {name: province for name, province in every.items() if name not in full_names()}


@cache
def shorts() -> dict[str, str]:
    """What follows 中 in a heading, with its code."""
    return {form: entry.code for kind in _KINDS for entry in load_partner_names().of(kind) for form in entry.short}
