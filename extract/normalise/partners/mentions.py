"""Match a name in a heading with the agency, province or bracket that follows it, and return its partners."""

import re

from msgspec import Struct

from extract.model.evidence import cite
from extract.model.text import Text
from extract.model.values import Partner, Subdivision
from extract.normalise.partners.gazetteer import LATIN, Gazetteer, agency_end, organisation_end

_BRACKET = re.compile(" *（([^（）]+)）")
_LETTERS = re.compile(LATIN)
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,8}分院")
_PROVINCE = re.compile(r"[\u4e00-\u9fff·-]{2,10}?(?:省|州|大区|边疆区|自治区)")
_STATES = ("HK", "MO", "TW")  # regions with agencies of their own


_ProvinceSpan = tuple[Subdivision | None, int, int]  # province or None, start and end of its words


class Mention(Struct, frozen=True):
    """The end of a name, and its partners."""

    end: int
    partners: tuple[Partner, ...]
    loose: bool = False  # may be part of other words: 非洲猪瘟


class MentionMatcher:
    """Matcher of partner names in a heading; `counterpart`: the Chinese side is an agency."""

    def __init__(self, title: Text, names: Gazetteer, tails: str, *, counterpart: bool) -> None:
        self._title, self._plain, self._names, self._tails = title, title.plain, names, tails
        self._counterpart = counterpart
        self._row_goes_on_from: dict[int, bool] = {}

    def organisation(self, start: int, end: int, name: str) -> Mention:
        """Match an organisation; an agency is cited with its branch and letters, and has the code of its country."""
        for addition in (_BRANCH, _LETTERS):
            match = addition.match(self._plain, end)
            end = match.end() if match else end
        if code := self._names.organisations.get(name):
            return Mention(end, (self._partner(code, start, end),))
        return Mention(end, (self._partner(self._names.agencies[name], start, end, agency=(start, end)),))

    def full(self, start: int, end: int) -> Mention:
        """Match a full name, with the province or agency behind it.

        CASE 1, a collective name: 港澳台
        CASE 2, a province alone: 魁北克省
        CASE 3, a part of the world: 非洲, 亚洲理工学院
        CASE 4, a country and its provinces: 加拿大（魁北克省、安大略省）
        CASE 5, a country, perhaps with an agency: 韩国, 韩国产业通商资源部
        """
        word = self._plain[start:end]
        if codes := self._names.several.get(word):
            return Mention(end, tuple(self._partner(code, start, end) for code in codes), loose=True)
        if province := self._names.provinces.get(word):
            return self._with_agency(start, end, province.code.split("-")[0], [(province, start, end)])
        kind, code = self._names.full[word]
        if kind == "region" and code not in _STATES:
            return self._region(start, end, code)
        if provinces := self._provinces(end, code):
            return self._with_agency(start, provinces[0], code, provinces[1])
        return self._with_agency(start, end, code, [(None, start, end)])

    def short(self, start: int, follows: re.Pattern[str]) -> Mention | None:
        """Match a short form, or return None; `follows`: what may stand behind the last of a row.

        CASE 1, completed by a bracket: 新（西兰）, 加（魁北克省）
        CASE 2, in a row of short forms that what may follow them ends: 美 in 中美
        CASE 3, shared by several partners, so without a code: 巴 in 中巴
        """
        first, bracket = self._plain[start], _BRACKET.match(self._plain, start + 1)
        if bracket and (completed := self._completed(start, bracket)):
            return completed
        if (end := self._form_end(start)) and self._row_goes_on(end, follows):
            code = self._names.shorts[self._plain[start:end]]
            return Mention(end, (self._partner(code, start, end),))
        if first in self._names.ambiguous and follows.match(self._plain, start + 1):
            words = self._title[start : start + 1]
            return Mention(start + 1, (Partner(name=first, code=None, kind="country", evidence=cite(words)),))
        return None

    def _form_end(self, offset: int) -> int | None:
        """Return the end of the longest short form at an offset."""
        ends = (offset + length for length in (3, 2, 1) if self._plain[offset : offset + length] in self._names.shorts)
        return next(ends, None)

    def _row_goes_on(self, offset: int, follows: re.Pattern[str]) -> bool:
        """Return True if a row of short forms continues here, up to words that may follow the last of them."""
        walked: list[int] = []
        while (goes_on := self._row_goes_on_from.get(offset)) is None:
            walked.append(offset)
            bracket = _BRACKET.match(self._plain, offset + 1)
            if follows.match(self._plain, offset) or (bracket and self._completed(offset, bracket)):
                goes_on = True
                break
            end = self._form_end(offset)
            if end is None:
                goes_on = False
                break
            offset = end
        self._row_goes_on_from |= dict.fromkeys(walked, goes_on)  # memoised, so that a long row takes linear time
        return goes_on

    def completed(self, start: int) -> Mention | None:
        """Match 新（西兰） without 中, in a list."""
        bracket = _BRACKET.match(self._plain, start + 1)
        mention = self._completed(start, bracket) if bracket else None
        return mention if mention and mention.partners[0].subdivision is None else None

    def _completed(self, start: int, bracket: re.Match[str]) -> Mention | None:
        """Match 新（西兰） as 新西兰, 加（魁北克省） as 加拿大 with its province."""
        first, inside, known = self._plain[start], bracket[1].strip(), self._names.full
        for name in (first + inside, inside):
            if name in known and name.startswith(first):
                return Mention(bracket.end(), (self._partner(known[name][1], start, bracket.end()),))
        code = self._names.shorts.get(first)
        behind = self._provinces(start + 1, code) if code else None
        if behind is None or code is None:
            return None
        end, provinces = behind
        if len(provinces) == 1:  # 加（魁北克省） is cited whole
            provinces = [(provinces[0][0], start, end)]
        return self._with_agency(start, end, code, provinces)

    def _provinces(self, offset: int, country: str) -> tuple[int, list[_ProvinceSpan]] | None:
        """Return the end and the provinces behind a country, in a bracket (瓦隆-布鲁塞尔) or not."""
        if bracket := _BRACKET.match(self._plain, offset):
            spans = [bracket.span(1)]
            if self._names.province(country, bracket[1].strip()) is None:
                spans = [word.span() for word in re.compile("[^、和与及-]+").finditer(self._plain, *bracket.span(1))]
            provinces = [(self._names.province(country, self._plain[slice(*span)].strip()), *span) for span in spans]
            return (bracket.end(), provinces) if provinces and all(province for province, *_ in provinces) else None
        match = _PROVINCE.match(self._plain, offset)
        province = self._names.province(country, match[0]) if match else None
        return (match.end(), [(province, *match.span())]) if match and province else None

    def _with_agency(self, start: int, end: int, code: str, provinces: list[_ProvinceSpan]) -> Mention:
        """Return a country or its provinces, with the agency that follows."""
        after = agency_end(self._plain, end, self._names.pattern, wider=self._counterpart)
        agency = (start, after) if after else None
        partners = [
            self._partner(code, start if after else first, after or last, province=province, agency=agency)
            for province, first, last in provinces
        ]
        return Mention(after or end, tuple(partners), loose=not after)

    def _region(self, start: int, end: int, code: str) -> Mention:
        """Return a part of the world, or an unknown organisation named after it: 亚洲理工学院."""
        after = organisation_end(self._plain, start, self._tails)
        if self._plain[start:end].endswith("国家") or after is None or after <= end:
            return Mention(end, (self._partner(code, start, end),), loose=True)
        words = self._title[start:after]
        return Mention(after, (Partner(name=words.printed, code=None, kind="organisation", evidence=cite(words)),))

    def acronym(self, start: int, end: int) -> Mention | None:
        """Match an organisation by its letters, where a partner is due: 中国与CERN."""
        code = self._plain[start:end]
        return Mention(end, (self._partner(code, start, end),)) if code in self._names.organisations.values() else None

    def _partner(
        self,
        code: str,
        start: int,
        end: int,
        *,
        province: Subdivision | None = None,
        agency: tuple[int, int] | None = None,
    ) -> Partner:
        kind, name = self._names.canonical[code]
        return Partner(
            name=name,
            code=code,
            kind=kind,
            subdivision=province,
            agency=self._title[slice(*agency)].printed if agency else None,
            evidence=cite(self._title[start:end]),
        )
