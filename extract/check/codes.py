"""Look up partners, provinces and currencies by the cited words.

A table of its own, from CLDR, ISO 3166 and the profile's names, independent of the parser of headings: it only
compares the longest known name with which the cited words begin.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from extract.model.values import Foreign, Money, Partner, PartnerKind, Record, Subdivision
from extract.profile.partner_tables import PartnerNames

_KINDS: tuple[PartnerKind, ...] = ("country", "region", "group", "organisation")
_DASHES = dict.fromkeys(map(ord, "–—―−‐‑‒－─━"), "-")
_SPACE = re.compile(r"[\s“”\"]+")
_BRACKET = re.compile(r"\(([^()]+)\)")
_SUFFIX = re.compile("(?:省|州|大区|地区|市|县)$")
# Names of currencies that CLDR lacks.
_CURRENCIES = {
    "HKD": ("港币",), "MOP": ("澳门元",), "CAD": ("加元",), "AUD": ("澳元",), "RUB": ("卢布",), "ILS": ("谢克尔",),
    "ZAR": ("兰特",), "SGD": ("新元",), "KRW": ("韩币",), "IDR": ("印尼盾",), "CNY": ("元人民币",),
}  # fmt: skip


def folded(text: str) -> str:
    """Fold width and dashes, and drop quotation marks and space, for comparison.

    >>> folded("维谢格拉德集团（V４）—“一带一路”")
    '维谢格拉德集团(V4)-一带一路'
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES))


# ── partners ──────────────────────────────────────────────────────────────────────────────────────────


@cache
def codes_of(table: PartnerNames) -> "Codes":
    """The codes of a profile's names."""
    return Codes(table)


class Codes:
    """The printed names of partners, with the codes that each can stand for."""

    def __init__(self, table: PartnerNames) -> None:
        self._kinds: dict[str, PartnerKind] = {}
        self._usual: dict[str, set[str]] = defaultdict(set)  # by code, what the record may call a partner
        self._codes: dict[str, set[str]] = defaultdict(set)  # by printed name
        self._shorts: dict[str, set[str]] = defaultdict(set)  # by what follows 中
        self._provinces: dict[str, set[str]] = defaultdict(set)  # by code of a province, its names
        for code, name in _countries().items():
            self._kinds[code] = "country"
            self._usual[code].add(name)
            self._add(code, name)
        for code, name in _formal().items():
            self._add(code, name)
        self._add_table(table)
        self._longest = max(map(len, self._codes))

    def _add(self, code: str, *names: str) -> None:
        for name in names:
            self._codes[folded(name)].add(code)

    def _add_table(self, table: PartnerNames) -> None:
        for kind in _KINDS:
            for entry in table.of(kind):
                self._kinds[entry.code] = kind
                self._usual[entry.code] = {entry.name} if entry.name else self._usual[entry.code] or {entry.own}
                self._add(entry.code, entry.code, *self._usual[entry.code], *entry.aliases)
                self._add(entry.code, *(form for form in entry.short if len(form) > 1))
                for form in entry.short:
                    self._shorts[form].add(entry.code)
        for agency in table.agency:
            self._add(agency.stands_for, agency.name, *agency.aliases, *filter(None, [agency.code]))
        for word in table.several:
            for code in word.codes:
                self._add(code, word.name, *word.aliases)
        for province in table.subdivision:
            self._provinces[province.code] |= {province.name, *province.aliases}
            self._add(province.country, province.name, *province.aliases)

    def wrong(self, record: Record, quoted: str) -> list[str]:
        """Return the names and codes of a record that its cited words do not stand for."""
        if isinstance(record, Partner):
            return list(self._of_partner(record, folded(quoted)))
        if isinstance(record, Money | Foreign) and not is_currency(record.currency, quoted):
            return [record.currency]
        return []

    def _of_partner(self, partner: Partner, words: str) -> Iterator[str]:
        if partner.code is None:
            if folded(partner.name) not in words:
                yield partner.name
            return
        province = partner.subdivision
        if province is not None:
            yield from self._of_province(province, partner.code, words)
        # of several provinces in a bracket each cites only its own name
        alone = province is not None and words.startswith(_without_suffix(province.name))
        if not alone and partner.code not in self._named(words):
            yield partner.code
        if partner.name not in self._usual.get(partner.code, ()):
            yield partner.name
        if partner.kind != self._kinds.get(partner.code):
            yield partner.kind

    def _named(self, words: str) -> set[str]:
        """Return the codes of the longest known name with which words begin; a bracket may complete it: 新（西兰）."""
        bracket = _BRACKET.search(words)
        named: set[str] = set()
        for text in (words, _BRACKET.sub(r"\1", words), bracket[1] if bracket else ""):
            begins = (text[:end] for end in range(min(len(text), self._longest), 0, -1))
            named |= next((self._codes[name] for name in begins if name in self._codes), set())
        for short, codes in self._shorts.items():
            # 加（魁北克省）, 日JST; 美洲 is another name than 美
            if words.startswith(short) and not "\u4e00" <= words[len(short) :][:1] <= "\u9fff":
                named |= codes
        return named

    def _of_province(self, province: Subdivision, country: str, words: str) -> Iterator[str]:
        """Yield the name and code of a province that the words do not name, or that is another country's."""
        names = (_without_suffix(name) for name in self._names_of(province.code))
        if not province.code.startswith(country + "-") or not any(name in words for name in names):
            yield province.code
        if province.name not in self._names_of(province.code) and folded(province.name) not in words:
            yield province.name

    def _names_of(self, code: str) -> Iterator[str]:
        """Yield the names of a province, those of the profile before that of ISO 3166-2, which is slow to load."""
        yield from self._provinces[code]
        if named := _provinces(code.partition("-")[0]).get(code):
            yield named


def _without_suffix(name: str) -> str:
    return _SUFFIX.sub("", folded(name))


@cache
def _countries() -> dict[str, str]:
    """CLDR's Chinese names of countries and territories except China, by two-letter code."""
    from babel import Locale

    names = Locale("zh").territories
    return {code: name for code, name in names.items() if re.fullmatch("[A-Z]{2}", code) and code not in ("CN", "ZZ")}


@cache
def _formal() -> dict[str, str]:
    """The formal Chinese names in ISO 3166-1, by code: 安哥拉共和国."""
    import pycountry

    formal = {country.alpha_2: getattr(country, "official_name", country.name) for country in pycountry.countries}
    return _in_chinese("iso3166-1", formal)


@cache
def _provinces(country: str) -> dict[str, str]:
    """The Chinese names of a country's subdivisions in ISO 3166-2, by code."""
    import pycountry

    entries = [entry for entry in pycountry.subdivisions if entry.country_code == country]
    return _in_chinese("iso3166-2", {entry.code: entry.name for entry in entries})


def _in_chinese(domain: str, names: dict[str, str]) -> dict[str, str]:
    """Return the names that pycountry translates, in Chinese."""
    import gettext

    import pycountry

    chinese = gettext.translation(domain, pycountry.LOCALES_DIR, ["zh_CN"]).gettext
    return {code: translated for code, name in names.items() if (translated := chinese(name)) != name}


# ── currencies ────────────────────────────────────────────────────────────────────────────────────────


def is_currency(code: str, quoted: str) -> bool:
    """Return True if words name a currency; 元 is 人民币 unless part of another name (美元).

    >>> is_currency("CNY", "18000万元"), is_currency("CNY", "500万美元"), is_currency("USD", "500万美元")
    (True, False, True)
    """
    words = folded(quoted)
    if code != "CNY":
        return any(name in words for name in _currencies().get(code, ()))
    rest = _foreign().sub(" ", words)
    return rest == words or "元" in rest or "人民币" in rest


@cache
def _foreign() -> re.Pattern[str]:
    """The names of all currencies but the yuan, longer ones first."""
    names = {name for code, some in _currencies().items() if code != "CNY" for name in some}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


@cache
def _currencies() -> dict[str, tuple[str, ...]]:
    """The Chinese names of each currency by its ISO 4217 code, and their ends that no other in use today has (福林)."""
    import pycountry
    from babel import Locale

    names = {code: folded(name) for code, name in Locale("zh").currencies.items()}
    today = {names[one.alpha_3] for one in pycountry.currencies if one.alpha_3 in names}
    ends = Counter(name[start:] for name in today for start in range(1, len(name) - 1))
    return {
        code: (
            name,
            *(name[start:] for start in range(1, len(name) - 1) if ends[name[start:]] == 1),
            *_CURRENCIES.get(code, ()),
        )
        for code, name in names.items()
    }
