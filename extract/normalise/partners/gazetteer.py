"""The names of partners: countries from CLDR and ISO 3166, all others from the profile.

Known organisations are found by words (spaCy's PhraseMatcher over jieba's words, `Lexicon.organisations`): their names
are long, and jieba learns each as words, so that none is found within another word. Countries are found by characters
(`Gazetteer.pattern`), because headings run their names together, and jieba has other words there: it cuts
中美政府间 into 中 美政府 间, and 中日韩 is one word for it. For organisations that no table has, patterns describe how
such names end: 韩国产业通商资源部, 亚洲理工学院.
"""

import re
from functools import cache, cached_property

from extract.model.values import PartnerKind, Subdivision
from extract.profile.partner_tables import PartnerName, PartnerNames
from extract.profile.schema import Profile

_KINDS: tuple[PartnerKind, ...] = ("country", "region", "group", "organisation")
_NO_COUNTRY = {"CN", "ZZ", "EU", "EZ", "UN", "QO", "XA", "XB", "HK", "MO", "TW"}
_PLACE_SUFFIX = re.compile("(?:省|州|大区|地区|市|县)$")


@cache
def territories() -> dict[str, str]:
    """CLDR's Chinese names of countries without China, by code."""
    from babel import Locale

    names = Locale("zh").territories
    return {code: name for code, name in names.items() if code.isalpha() and len(code) == 2 and code not in _NO_COUNTRY}


@cache
def formal_names() -> dict[str, str]:
    """The formal Chinese names of ISO 3166-1 in pycountry (安哥拉共和国), by code."""
    import pycountry

    formal = {country.alpha_2: getattr(country, "official_name", "") for country in pycountry.countries}
    return _translated("iso3166-1", {code: name for code, name in formal.items() if code in territories()})


@cache
def subdivisions(country: str) -> dict[str, Subdivision]:
    """The subdivisions of a country in ISO 3166-2, by Chinese name without 省 or 州."""
    import pycountry

    entries = [entry for entry in pycountry.subdivisions if entry.country_code == country]
    names = _translated("iso3166-2", {entry.code: entry.name for entry in entries})
    return {_without_suffix(name): Subdivision(name=name, code=code) for code, name in names.items()}


def _translated(domain: str, names: dict[str, str]) -> dict[str, str]:
    """Return the names that pycountry translates, in Chinese."""
    import gettext

    import pycountry

    chinese = gettext.translation(domain, pycountry.LOCALES_DIR, ["zh_CN"]).gettext
    return {code: translated for code, name in names.items() if name and (translated := chinese(name)) != name}


def _without_suffix(name: str) -> str:
    """Drop 省, 州 and the like from a name.

    >>> _without_suffix("魁北克省")
    '魁北克'
    """
    return _PLACE_SUFFIX.sub("", name)


def _plain(name: str) -> str:
    """Return a name in the characters of `Text.plain`.

    >>> _plain("奥地利(维也纳)")
    '奥地利（维也纳）'
    """
    return name.replace("(", "（").replace(")", "）").replace("—", "-").replace("–", "-")


@cache
def gazetteer_of(profile: Profile) -> "Gazetteer":
    """The gazetteer of a profile."""
    return Gazetteer(profile.names)


class Gazetteer:
    """The names of partners with their codes."""

    def __init__(self, table: PartnerNames) -> None:
        self.table = table

    def usual(self, entry: PartnerName) -> str:
        """Return an entry's usual name: its own, else CLDR's, else its first alias."""
        return entry.name or territories().get(entry.code) or entry.own

    @cached_property
    def full(self) -> dict[str, tuple[PartnerKind, str]]:
        """Every full name, with kind and code."""
        known: dict[str, tuple[PartnerKind, str]] = {}
        for names in (territories(), formal_names()):
            known |= {_plain(name): ("country", code) for code, name in names.items()}
        for kind in _KINDS:
            for entry in self.table.of(kind):
                longer = [form for form in entry.short if len(form) > 1]
                for name in (self.usual(entry), *entry.aliases, *longer):
                    known[_plain(name)] = (kind, entry.code)
        return known

    @cached_property
    def canonical(self) -> dict[str, tuple[PartnerKind, str]]:
        """The usual short name of every code, with its kind."""
        usual: dict[str, tuple[PartnerKind, str]] = {code: ("country", name) for code, name in territories().items()}
        for kind in _KINDS:
            usual |= {entry.code: (kind, self.usual(entry)) for entry in self.table.of(kind)}
        return usual

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of all full names, provinces and collective names, longest first."""
        names = [*self.full, *self.several, *self.provinces]
        return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))

    @cached_property
    def provinces(self) -> dict[str, Subdivision]:
        """Names of provinces and states that are no names of countries (佐治亚, but not 格鲁吉亚)."""
        entries = self.table.subdivision
        provinces = {name: Subdivision(name=e.name, code=e.code) for e in entries for name in (e.name, *e.aliases)}
        return {name: province for name, province in provinces.items() if name not in self.full}

    @cached_property
    def shorts(self) -> dict[str, str]:
        """The codes of short forms after 中 in a heading: 美 in 中美."""
        return {form: entry.code for kind in _KINDS for entry in self.table.of(kind) for form in entry.short}

    @cached_property
    def organisations(self) -> dict[str, str]:
        """The codes of organisations by their usual names."""
        return {self.usual(entry): entry.code for entry in self.table.organisation}

    @cached_property
    def agencies(self) -> dict[str, str]:
        """The country of each agency, by usual name."""
        return {entry.name: entry.stands_for for entry in self.table.agency}

    @cached_property
    def several(self) -> dict[str, tuple[str, ...]]:
        """The codes of each collective name: 港澳台."""
        entries = self.table.several
        return {name: entry.codes for entry in entries for name in (entry.name, *entry.aliases)}

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Short forms of several partners: 巴."""
        return frozenset(entry.char for entry in self.table.ambiguous)

    def province(self, country: str, words: str) -> Subdivision | None:
        """Return the province of a country by name, with 省 or 州 or without."""
        known = self.provinces.get(words)
        if known is not None and known.code.startswith(country + "-"):
            return known
        subdivision = subdivisions(country).get(_without_suffix(words))
        return None if subdivision is None or known is not None else Subdivision(name=words, code=subdivision.code)


_HAN = r"[\u4e00-\u9fff·]"
LATIN = r"（[A-Za-z\u00c0-\u024f][^（）\u4e00-\u9fff]*）"
# 能源部门, 西部, 部署 and 布局 are no ministries and no offices.
_MINISTRY = "(?<![东西南北中内外全局上下本总腹头顶底])部(?![分门长署件队族级位落])"
_OFFICE = f"{_MINISTRY}|(?<!部)署|(?<![布格结])局(?![部限域面势])"
_BODY = "基金会|委员会|理事会|科学院|研究院|技术院|工程院|振兴院|研究所|振兴会|秘书处|协会|学会"
_WIDER_BODY = "组织|机构|中心|联盟|联合会|论坛|银行|学院|大学|网络|天文台|共同体|基金"
_ORGANISATION_SUFFIX = f"(?:{_BODY}|{_WIDER_BODY}|{_OFFICE}|计划|公约)"
# Joint work is a subject, no organisation: 清洁能源联合研究中心, 政府间合作委员会.
_JOINT_WORK = re.compile("联合(?![国会])|政府间|双边|两国|混合|会晤|合作(?![部署])|转移|项目|开展|领域|旗舰|青年")

_ORGANISATION_END = re.compile(f"{_ORGANISATION_SUFFIX}(?:{LATIN})?$")
_AGENCY = re.compile(
    rf"(?P<name>(?![、和与及同-])[\u4e00-\u9fff·、]{{0,16}}?(?:{_BODY}|{_OFFICE}|(?P<wider>{_WIDER_BODY})))"
    rf"(?:{_HAN}{{2,8}}分院)?(?:{LATIN})?"
)


def is_like_organisation(name: str) -> bool:
    """Return True if a name ends like that of an organisation.

    >>> is_like_organisation("国际某某理事会（XYZ）"), is_like_organisation("能源部门")
    (True, False)
    """
    return _ORGANISATION_END.search(name) is not None or re.search(f"{LATIN}$", name) is not None


def organisation_end(plain: str, offset: int, tails: str) -> int | None:
    """Return the end of an organisation that begins at an offset, or None; `tails`: words that may follow a name.

    >>> organisation_end("亚洲理工学院合作项目", 0, tails="合作")
    6
    >>> organisation_end("清洁能源联合研究中心", 0, tails="合作") is None  # joint work is the subject
    True
    """
    name = rf"{_HAN}{{2,24}}?(?:{_ORGANISATION_SUFFIX}(?:{LATIN})?|{LATIN})(?=$|[^\u4e00-\u9fff（]|{tails})"
    match = re.compile(name).match(plain, offset)
    return match.end() if match and not _JOINT_WORK.search(match[0]) else None


def agency_end(plain: str, offset: int, names: re.Pattern[str], *, wider: bool) -> int | None:
    """Return the end of an agency whose name continues that of its country, or None: 韩国 产业通商资源部 (MOTIE).

    A centre or institution is an agency only if the Chinese side is one too (`wider`): it is more often the subject.
    """
    match = _AGENCY.match(plain, offset)
    if match is None or (match["wider"] and not wider):
        return None
    return None if _JOINT_WORK.search(match["name"]) or names.search(match["name"]) else match.end()
