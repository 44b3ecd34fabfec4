"""Who and what stands in a heading, from left to right: this side, partners, what joins them, and other words.

Every character ends in one part, so that what nobody understands is seen.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.language.lexicon import lexicon_of
from extract.model.text import Text
from extract.model.values import Partner
from extract.normalise.partners.gazetteer import LATIN, gazetteer_of
from extract.normalise.partners.mentions import Mention, MentionMatcher
from extract.profile.schema import PartnerHeadingWords, Profile

_MARKER = re.compile(r" *(?:(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.）]) *)?")
# 共和国, 和平, 及时 and 同位素 join nothing.
_JOINT = re.compile("[、/]|以及|暨|(?<!共)和(?![平谐])|与(?!会)|及(?![时其])|同(?![时位步等类样行盟])|-(?!-)")
_APART = re.compile("--+|[（）：，。；]")
_LETTERS = re.compile(LATIN)
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z-]{2,}")
_BEFORE_ACRONYM = ("计划", "工程", "组织", "专项")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")


class HeadingPart(Struct, frozen=True):
    """A part of a heading.

    Of a party: `short` after 中, and `loose` where its name may be part of other words (非洲猪瘟). Of words: whether
    the first, the last, or all of them are known to name nobody.
    """

    kind: Literal["home", "party", "joint", "beside", "apart", "words"]
    start: int
    end: int
    partners: tuple[Partner, ...] = ()
    short: bool = False
    loose: bool = False
    begins: bool = False
    ends: bool = False
    known: bool = False


def scan_heading(
    title: Text, profile: Profile, rules: PartnerHeadingWords, *, open_quotes: bool = False
) -> list[HeadingPart]:
    """The parts of a heading in order; what stands in quotation marks is one word, unless it is to be opened."""
    parts = list(_HeadingScanner(title, profile, rules, open_quotes))
    named = [part.kind in ("home", "party") for part in parts]
    merged: list[HeadingPart] = []
    for place, part in enumerate(parts):
        joins = title.plain[part.start] == "、" or any(named[max(0, place - 1) : place + 2])
        if part.kind == "joint" and not joins:  # 环境和健康
            part = _known(part.start, part.end)
        if part.kind == "beside" and part.end - part.start == 1 and not any(named[place + 1 : place + 2]):  # 对地观测
            part = HeadingPart("words", part.start, part.end)
        if part.kind == "words" and merged and merged[-1].kind == "words":
            last = merged[-1]
            merged[-1] = replace(last, end=part.end, ends=part.ends, known=last.known and part.known)
        else:
            merged.append(part)
    return merged


def _known(start: int, end: int) -> HeadingPart:
    return HeadingPart("words", start, end, begins=True, ends=True, known=True)


@cache
def is_only_words(tails: tuple[str, ...]) -> tuple[str, ...]:
    """What may follow a name, without what joins it to another one and without punctuation."""
    return tuple(word for word in tails if not _JOINT.match(word) and "\u4e00" <= word[0] <= "\u9fff")


@cache
def alternatives(words: tuple[str, ...]) -> str:
    """A pattern for words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


class _HeadingScanner:
    """One pass over a heading."""

    def __init__(self, title: Text, profile: Profile, rules: PartnerHeadingWords, open_quotes: bool) -> None:
        self._plain, self._open = title.plain, open_quotes
        self._names, tails = gazetteer_of(profile), alternatives(rules.tails)
        self._home = re.compile(
            f"{alternatives(rules.home)}|(?:{alternatives(rules.provinces)})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
        )
        self._words = re.compile(alternatives((*is_only_words(rules.tails), *rules.beside, *rules.others)))
        self._follows, self._beside = re.compile(rf"{tails}|$|[（）：，]|\d{{4}}年"), set(rules.beside)
        self._organisations = {
            place.start: (place.stop, name) for place, name in lexicon_of(profile).organisations(title)
        }
        counterpart = re.search("科技部|科学技术部", self._plain) is not None
        self._naming = MentionMatcher(title, self._names, tails, counterpart=counterpart)
        self._parts: list[HeadingPart] = []

    def __iter__(self) -> Iterator[HeadingPart]:
        marker = _MARKER.match(self._plain)
        place = marker.end() if marker else 0
        while place < len(self._plain):
            if self._plain[place] == " ":
                place += 1
                continue
            self._parts.append(self._quote(place) or self._short(place) or self._named(place) or self._other(place))
            yield self._parts[-1]
            place = self._parts[-1].end

    def _quote(self, place: int) -> HeadingPart | None:
        """Words in quotation marks: one organisation whole, else they name none (“丝绸之路”)."""
        match = _QUOTED.match(self._plain, place)
        if match is None or self._open or self._names.pattern.match(self._plain, place):
            return None
        end, name = self._organisations.get(place + 1, (0, ""))
        if end == match.end() - 1:
            return replace(_party(place, self._naming.organisation(place + 1, end, name)), end=match.end())
        return _known(*match.span())

    def _named(self, place: int) -> HeadingPart | None:
        """The longest of what begins here: an organisation, a full name, a word for this side, one for nobody."""
        organisation, usual = self._organisations.get(place, (0, ""))
        name, home, word = (match.end() if match else 0 for match in self._matches(place))
        longest = max(organisation, name, home, word)
        if not longest:
            return None
        if longest == organisation:
            return _party(place, self._naming.organisation(place, organisation, usual))
        if longest == name:
            return _party(place, self._naming.full(place, name))
        if longest == home:
            return HeadingPart("home", place, self._home_end(home))
        beside = self._plain[place:word] in self._beside
        return HeadingPart("beside", place, word, known=True) if beside else _known(place, word)

    def _home_end(self, place: int) -> int:
        """Where this side ends; it may be an agency: 中国农科院-, 江苏省科技厅与."""
        agency = r"(?:(?![、和与及同-])[\u4e00-\u9fff]{1,16}?(?:院|部|委|局|署|厅|会|中心))?"
        match = re.compile(f"{agency}(?:{LATIN})?(?=[、和与及同-])").match(self._plain, place)
        return match.end() if match and not self._names.pattern.search(match[0]) else place

    def _short(self, place: int) -> HeadingPart | None:
        """中 and the short forms after it: 中美, 中日韩, 中-法; in a list after them 西（班牙）."""
        found = self._chained(place)
        longer = found and any(match and match.end() > place + 1 for match in self._matches(place))
        return None if longer else found

    def _chained(self, place: int) -> HeadingPart | None:
        """中, or what seems to be a short form in a row of them; a longer name may begin here as well."""
        before = self._parts[-1] if self._parts else None
        if self._plain[place] == "中":
            return self._before_short(place, before)
        joined = before is not None and before.kind == "joint" and len(self._parts) > 1
        chained = self._parts[-2] if joined else before
        if chained is not None and chained.short and (found := self._naming.short(place, self._follows)):
            return replace(_party(place, found), short=True, loose=False)
        if joined and (found := self._naming.completed(place)):
            return replace(_party(place, found), loose=False)
        return None

    def _before_short(self, place: int, before: HeadingPart | None) -> HeadingPart | None:
        """中 where it is China: at the start, or after what joins, and before a short form or a name."""
        begins = before is None or before.kind in ("joint", "beside", "apart") or self._plain[place - 1] == " "
        after = place + 1 + (self._plain[place + 1 : place + 2] == "-")
        if not begins or after == len(self._plain):
            return None
        if name := self._names.pattern.match(self._plain, after):
            return HeadingPart("home", place, after) if len(name[0]) > 1 else None
        return HeadingPart("home", place, after, short=True) if self._naming.short(after, self._follows) else None

    def _matches(self, place: int) -> list[re.Match[str] | None]:
        """The full name, the word for this side and the word for nobody that begin here."""
        return [pattern.match(self._plain, place) for pattern in (self._names.pattern, self._home, self._words)]

    def _other(self, place: int) -> HeadingPart:
        """What joins, what sets apart, letters, or one character that nobody knows."""
        if acronym := self._acronym(place):
            return acronym
        if match := _LETTERS.match(self._plain, place):
            return HeadingPart("words", *match.span(), known=True)
        if match := _APART.match(self._plain, place):
            return HeadingPart("apart", *match.span())
        if match := _JOINT.match(self._plain, place):
            return HeadingPart("joint", *match.span())
        return HeadingPart("words", place, place + 1, known=not "\u4e00" <= self._plain[place] <= "\u9fff")

    def _acronym(self, place: int) -> HeadingPart | None:
        """An organisation by its letters, only where a partner has to stand: 中国与CERN, 大科学计划SKA."""
        match = _ACRONYM.match(self._plain, place)
        found = self._naming.acronym(*match.span()) if match else None
        before = self._parts[-1].kind if self._parts else "joint"
        due = before in ("joint", "beside", "home") or self._plain.endswith(_BEFORE_ACRONYM, 0, place)
        return _party(place, found) if found and due else None


def _party(start: int, found: Mention) -> HeadingPart:
    return HeadingPart("party", start, found.end, found.partners, loose=found.loose)
