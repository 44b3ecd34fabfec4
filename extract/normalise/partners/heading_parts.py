"""Scan a heading into parts from left to right: this side, partners, joints, and other words.

Every character belongs to one part. Kinds of parts are letters, so that rules over several parts are patterns over a
string: `H<u>` is an unknown word behind this side.
"""

import re
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from extract.language.lexicon import lexicon_of
from extract.model.text import Text
from extract.model.values import Partner
from extract.normalise.partners.gazetteer import LATIN, gazetteer_of
from extract.normalise.partners.mentions import Mention, MentionMatcher
from extract.profile.schema import PartnerHeadingWords, Profile

HOME = "H"  # this side: 中国, 科技部
SHORT_HOME = "h"  # 中 before a short form: 中美
PARTNER = "P"  # 德国
SHORT_PARTNER = "p"  # a short form after 中: 美 in 中美
LOOSE_PARTNER = "L"  # a name that may be part of other words: 非洲 in 非洲猪瘟
JOINT = "J"  # a joint: 和, 、
BESIDE = "B"  # a word beside a partner: 参与
OPENING, CLOSING = "(", ")"  # brackets
APART = "A"  # other punctuation, and dashes
KNOWN = "k"  # a word that is no name: 合作
UNKNOWN = "u"  # a Chinese character of no known word
LETTER = "x"  # letters and digits, also in brackets: no name alone, but perhaps part of one
_WORDS = KNOWN + UNKNOWN + LETTER
_SIDES = HOME + SHORT_HOME + PARTNER + SHORT_PARTNER + LOOSE_PARTNER

_MARKER = re.compile(r" *(?:(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.）]) *)?")
# 共和国, 和平, 及时 and 同位素 are no joints.
_JOINT = re.compile("[、/]|以及|暨|(?<!共)和(?![平谐])|与(?!会)|及(?![时其])|同(?![时位步等类样行盟])|-(?!-)")
_APART = re.compile("--+|[（）：，。；]")
_BRACKETS = {"（": OPENING, "）": CLOSING}
_LETTERS = re.compile(LATIN)
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z-]{2,}")
_BEFORE_ACRONYM = ("计划", "工程", "组织", "专项")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")

# Patterns over the kinds of the parts before one; ^ stands before the first.
_START = "^"
_IN_ROW_OF_SHORT_FORMS = re.compile(f"[{SHORT_HOME}{SHORT_PARTNER}]{JOINT}?$")  # 美 and 、 in 中美、日
_AT_JOINT = re.compile(f"[^{_START}]{JOINT}$")
_HOME_MAY_BEGIN = re.compile(f"[{JOINT}{BESIDE}{APART}(){_START}]$")
_PARTNER_IS_DUE = re.compile(rf"[{JOINT}{BESIDE}{HOME}{SHORT_HOME}{_START}]$")


class HeadingPart(Struct, frozen=True):
    """A part of a heading; consecutive words are one, `kind` has their kinds without repeats: `ku`."""

    kind: str
    start: int
    end: int
    partners: tuple[Partner, ...] = ()

    @property
    def is_words(self) -> bool:
        """True for words that are no side: 联合研究."""
        return self.kind[0] in _WORDS

    @property
    def names_nobody(self) -> bool:
        """True for known words and letters: 政府间, 参与, 2017."""
        return set(self.kind) <= {KNOWN, LETTER, BESIDE}


def scan_heading(
    title: Text, profile: Profile, rules: PartnerHeadingWords, *, open_quotes: bool = False
) -> list[HeadingPart]:
    """Return the parts of a heading; a quotation is one word, unless `open_quotes`."""
    parts = _HeadingScanner(title, profile, rules, open_quotes).scan()
    kinds = "".join(part.kind for part in parts)
    merged: list[HeadingPart] = []
    for index, part in enumerate(parts):
        words = title.plain[part.start : part.end]
        kind = _kind_between(kinds[max(0, index - 1) : index], part.kind, kinds[index + 1 : index + 2], words)
        if kind in _WORDS and merged and merged[-1].is_words:
            row = merged[-1].kind
            merged[-1] = replace(merged[-1], kind=row if row.endswith(kind) else row + kind, end=part.end)
        else:
            merged.append(replace(part, kind=kind))
    return merged


def _kind_between(before: str, kind: str, after: str, words: str) -> str:
    """Return the kind of a part, given the kinds around it.

    CASE 1, what joins no side is a known word: 环境和健康; but 、 always parts a list
    CASE 2, a single character beside no side is an unknown word: 对 in 对地观测
    """
    if kind == JOINT and words[0] != "、" and not (before and before in _SIDES) and not (after and after in _SIDES):
        return KNOWN
    if kind == BESIDE and len(words) == 1 and not (after and after in _SIDES):
        return UNKNOWN
    return kind


@cache
def without_joints(tails: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that may follow a name, without joints and punctuation."""
    return tuple(word for word in tails if not _JOINT.match(word) and "\u4e00" <= word[0] <= "\u9fff")


@cache
def alternatives(words: tuple[str, ...]) -> str:
    """Return a pattern of words, longest first.

    >>> alternatives(("合作", "合作研究"))
    '合作研究|合作'
    """
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


class _HeadingScanner:
    """A scanner of one heading; the kind of a word may depend on the two parts before it."""

    def __init__(self, title: Text, profile: Profile, rules: PartnerHeadingWords, open_quotes: bool) -> None:
        self._plain, self._open_quotes = title.plain, open_quotes
        self._names, tails = gazetteer_of(profile), alternatives(rules.tails)
        self._home = re.compile(
            f"{alternatives(rules.home)}|(?:{alternatives(rules.provinces)})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
        )
        self._words = re.compile(alternatives((*without_joints(rules.tails), *rules.beside, *rules.others)))
        self._follows, self._beside = re.compile(rf"{tails}|$|[（）：，]|\d{{4}}年"), set(rules.beside)
        self._organisations = {span.start: (span.stop, name) for span, name in lexicon_of(profile).organisations(title)}
        counterpart = re.search("科技部|科学技术部", self._plain) is not None
        self._mentions = MentionMatcher(title, self._names, tails, counterpart=counterpart)

    def scan(self) -> list[HeadingPart]:
        """Return the parts in order.

        CASE 1, quotation marks: “丝绸之路” names nobody, unless an organisation stands in them
        CASE 2, 中 and the short forms behind it: 中美, 中日韩, 中-法, and in a list 西（班牙）
        CASE 3, the longest known word: 德国, 科技部, 参与, 中小企业
        CASE 4, an organisation by its letters, where a partner has to stand: 中国与CERN
        CASE 5, letters in brackets, punctuation, and what joins: （JICA）, ：, 和
        CASE 6, one character that is not known
        """
        parts: list[HeadingPart] = []
        marker = _MARKER.match(self._plain)
        offset = marker.end() if marker else 0
        kinds = _START
        while offset < len(self._plain):
            if self._plain[offset] == " ":
                offset += 1
                continue
            part = (
                self._match_quoted(offset)
                or self._match_short(offset, kinds)
                or self._match_known(offset)
                or self._match_acronym(offset, kinds)
                or self._match_mark(offset)
                or _character(self._plain, offset)
            )
            parts.append(part)
            kinds = (kinds + part.kind)[-2:]
            offset = part.end
        return parts

    def _match_quoted(self, offset: int) -> HeadingPart | None:
        """Match a quotation: an organisation if it is one as a whole, else no name (“丝绸之路”)."""
        match = _QUOTED.match(self._plain, offset)
        if match is None or self._open_quotes or self._names.pattern.match(self._plain, offset):
            return None
        end, name = self._organisations.get(offset + 1, (0, ""))
        if end == match.end() - 1:
            return replace(_partner(offset, self._mentions.organisation(offset + 1, end, name)), end=match.end())
        return HeadingPart(KNOWN, *match.span())

    def _match_short(self, offset: int, before: str) -> HeadingPart | None:
        """Match 中, or a short form in a row of them, unless a longer word begins here."""
        if self._plain[offset] == "中":
            part = self._match_short_home(offset, before)
        else:
            part = self._match_short_partner(offset, before)
        is_longer = part and any(match and match.end() > offset + 1 for match in self._longer_matches(offset))
        return None if is_longer else part

    def _match_short_home(self, offset: int, before: str) -> HeadingPart | None:
        """Match 中 as China: at the start, or after a joint, and before a short form or a name."""
        begins = _HOME_MAY_BEGIN.search(before) or self._plain[offset - 1] == " "
        after = offset + 1 + (self._plain[offset + 1 : offset + 2] == "-")
        if not begins or after == len(self._plain):
            return None
        if name := self._names.pattern.match(self._plain, after):
            return HeadingPart(HOME, offset, after) if len(name[0]) > 1 else None
        return HeadingPart(SHORT_HOME, offset, after) if self._mentions.short(after, self._follows) else None

    def _match_short_partner(self, offset: int, before: str) -> HeadingPart | None:
        """Match 日 and 韩 in 中日韩, 美 in 中美; in a list 西（班牙）, without a short form before it."""
        if _IN_ROW_OF_SHORT_FORMS.search(before) and (mention := self._mentions.short(offset, self._follows)):
            return HeadingPart(SHORT_PARTNER, offset, mention.end, mention.partners)
        if _AT_JOINT.search(before) and (mention := self._mentions.completed(offset)):
            return HeadingPart(PARTNER, offset, mention.end, mention.partners)
        return None

    def _match_known(self, offset: int) -> HeadingPart | None:
        """Match the longest of: organisation, full name, word for this side, word that is no name."""
        organisation_end, usual_name = self._organisations.get(offset, (0, ""))
        name_end, home_end, word_end = (match.end() if match else 0 for match in self._longer_matches(offset))
        longest = max(organisation_end, name_end, home_end, word_end)
        if not longest:
            return None
        if longest == organisation_end:
            return _partner(offset, self._mentions.organisation(offset, organisation_end, usual_name))
        if longest == name_end:
            return _partner(offset, self._mentions.full(offset, name_end))
        if longest == home_end:
            return HeadingPart(HOME, offset, self._home_end(home_end))
        is_beside = self._plain[offset:word_end] in self._beside
        return HeadingPart(BESIDE if is_beside else KNOWN, offset, word_end)

    def _longer_matches(self, offset: int) -> list[re.Match[str] | None]:
        """Return the matches of a full name, a word for this side, and a word that is no name."""
        return [pattern.match(self._plain, offset) for pattern in (self._names.pattern, self._home, self._words)]

    def _home_end(self, offset: int) -> int:
        """Return the end of this side, which may be an agency: 中国农科院-, 江苏省科技厅与."""
        agency = r"(?:(?![、和与及同-])[\u4e00-\u9fff]{1,16}?(?:院|部|委|局|署|厅|会|中心))?"
        match = re.compile(f"{agency}(?:{LATIN})?(?=[、和与及同-])").match(self._plain, offset)
        return match.end() if match and not self._names.pattern.search(match[0]) else offset

    def _match_acronym(self, offset: int, before: str) -> HeadingPart | None:
        """Match an organisation by its letters, only where a partner is due: 中国与CERN, 大科学计划SKA."""
        match = _ACRONYM.match(self._plain, offset)
        mention = self._mentions.acronym(*match.span()) if match else None
        is_due = _PARTNER_IS_DUE.search(before) or self._plain.endswith(_BEFORE_ACRONYM, 0, offset)
        return _partner(offset, mention) if mention and is_due else None

    def _match_mark(self, offset: int) -> HeadingPart | None:
        """Match letters in brackets, punctuation, or a joint."""
        if match := _LETTERS.match(self._plain, offset):
            return HeadingPart(LETTER, *match.span())
        if match := _APART.match(self._plain, offset):
            return HeadingPart(_BRACKETS.get(match[0], APART), *match.span())
        if match := _JOINT.match(self._plain, offset):
            return HeadingPart(JOINT, *match.span())
        return None


def _character(plain: str, offset: int) -> HeadingPart:
    return HeadingPart(UNKNOWN if "\u4e00" <= plain[offset] <= "\u9fff" else LETTER, offset, offset + 1)


def _partner(start: int, mention: Mention) -> HeadingPart:
    return HeadingPart(LOOSE_PARTNER if mention.loose else PARTNER, start, mention.end, mention.partners)
