"""A heading → its partners: 中加（魁北克省）, 中新（西兰）, 中国—东盟, 中日韩, 中国科技部与…（JICA）.

Names come from CLDR, ISO 3166 and the profile (see gazetteer.py). A short form is a partner only after 中, and only if
unambiguous; 中巴 alone has no code, unless a bracket completes it. Words joined to a partner by 、 和 与 及 or a dash
are a partner too, even if unknown; the words that follow are the subject of the section.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import takewhile
from typing import NamedTuple

from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Parsed
from extract.model.text import Text
from extract.model.values import Partner, PartnerKind
from extract.normalise.partners.gazetteer import Gazetteer, gazetteer_of, is_like_organisation, organisation_end
from extract.normalise.partners.heading_parts import (
    CLOSING,
    HOME,
    JOINT,
    LETTER,
    LOOSE_PARTNER,
    OPENING,
    PARTNER,
    SHORT_HOME,
    SHORT_PARTNER,
    UNKNOWN,
    HeadingPart,
    alternatives,
    scan_heading,
    without_joints,
)
from extract.profile.schema import PartnerHeadingWords, Profile

_PROVINCE = re.compile("(?:省|州|大区|边疆区|自治区)$")
_YEAR = re.compile(r"\d{4} *年度? *")
_TO_THE_SUBJECT = re.compile('[“"\\s]*中?(?P<words>.+?)(?:政府间|联合|科技|国际|双边|合作|研究|项目|创新|$)')
_ACRONYM = re.compile("[A-Z][A-Za-z]{2,}")
_JOINED_TO_HOME = re.compile(f"[{HOME}{SHORT_HOME}].*{JOINT}$")
_SUBJECT = re.compile("(?:领域|方面|方向|专题)$")


class _Reading(Enum):
    """The reading of words that are no known name."""

    PARTNER = auto()  # the words are a partner
    NAME = auto()  # a partner: an organisation, else all words up to those that may follow a name
    ORGANISATION = auto()  # a partner if they begin with an organisation, else the subject
    PROVINCE = auto()  # reported if they end like a province, else the subject
    REPORTED = auto()  # they may name a partner
    SUBJECT = auto()  # the subject of the section


class _Rule(NamedTuple):
    """A pattern over `kinds before<kinds of the words>kinds after`; `first`: no side before (None: either)."""

    kinds: re.Pattern[str]
    first: bool | None
    reading: _Reading


NAMED = "N"  # words read as a partner; a side, like home and partners
# The first rule that matches holds.
_HEADING_RULES = (
    # CASE 1, known words: 中国和德国、<国际科技计划合作>
    _Rule(re.compile("<[kx]+>"), None, _Reading.SUBJECT),
    # CASE 2, joined to a side: 中国与<某某国>联合研究, 中国与法国（巴黎）和<某某国>
    _Rule(re.compile(r"[HPN]\)?J<[ux]"), None, _Reading.NAME),
    # CASE 3, joined to a side, and beginning with a known word: 中国与<国际某某理事会>
    _Rule(re.compile(r"[HPN]\)?J<k"), None, _Reading.ORGANISATION),
    # CASE 4, beside, before any side: 参与<某某国际组织>
    _Rule(re.compile("B<"), True, _Reading.ORGANISATION),
    # CASE 5, the first side, joined to another one: <某某国>与中国
    _Rule(re.compile("[ux]>J[HhPpL]"), True, _Reading.PARTNER),
    # CASE 6, behind a side, joined to another one: 德国<某某>与法国
    _Rule(re.compile("<[ux](?:.*[ux])?>J[HhPpL]"), False, _Reading.REPORTED),
    # CASE 7, at the start, before a partner: <某某>德国合作项目
    _Rule(re.compile("[ux]>[PpL]"), True, _Reading.REPORTED),
    # CASE 8, in a bracket behind a side: 德国（<某某州>）
    _Rule(re.compile(r"[HPN]\(<"), None, _Reading.PROVINCE),
)
# CASE 9, in prose each piece of a list is a partner: <某某国>、<某某组织>
_PROSE_RULES = (_Rule(re.compile("(?:^|J)<"), None, _Reading.PARTNER),)
# Kinds before an ambiguous name that make it a partner: 中国和<非洲>, 参与<非洲>
_TIES = re.compile(r"[HJBA()]$")


def parse_partners(title: Text, profile: Profile) -> Parsed[tuple[Partner, ...]]:
    """Parse the partners of a heading in order, each once; words that may name an unknown one have no code."""
    if profile.partners is None:
        return Parsed(())
    if year := _YEAR.match(title.plain):  # 2022年度中葡（萄牙）合作研究项目: a short name stands at the beginning
        title = title[year.end() :]
    scans = [scan_heading(title, profile, profile.partners, open_quotes=is_open) for is_open in (False, True)]
    for parts in scans:
        parser = _PartnerParser(title, profile.partners)
        parser.parse(parts)
        if parser.partners:
            partners = _with_letters(title, _each_once(parser.partners), parts, gazetteer_of(profile))
            return Parsed(partners, tuple(parser.findings))
    return _unknown_heading(title, scans[0], profile, profile.partners)


def parse_partner_list(text: Text, profile: Profile) -> Parsed[tuple[Partner, ...]]:
    """Parse a list of partners in prose: 美国、加拿大（安大略省）、…和欧洲核子研究中心（CERN）国际组织."""
    rules = profile.partners or PartnerHeadingWords(home=(), tails=())
    parser = _PartnerParser(text, rules, prose=True)
    parser.parse(scan_heading(text, profile, rules, open_quotes=True))
    return Parsed(_each_once(parser.partners), tuple(parser.findings))


class _PartnerParser:
    """Parser of the partners of a heading or list, with findings for words that may name one."""

    def __init__(self, title: Text, words: PartnerHeadingWords, *, prose: bool = False) -> None:
        self._title, self._prose = title, prose
        self._tails = re.compile(alternatives(without_joints(words.tails)))
        self._follows = alternatives(words.tails)
        self.partners: list[Partner] = []
        self.findings: list[FindingDraft] = []

    def parse(self, parts: Sequence[HeadingPart]) -> None:
        """Parse the parts from left to right, each by the kinds of those around it."""
        before = before_bracket = ""  # kinds of the last parts; a closed bracket counts as one
        has_side = False
        for index, part in enumerate(parts):
            after = "".join(following.kind for following in parts[index + 1 : index + 3])
            if part.is_words:
                kind = self._parse_words(part, before, after, is_first=not has_side)
            elif part.partners:
                kind = self._parse_name(part, before)
            else:
                kind = HOME if part.kind == SHORT_HOME else part.kind
            has_side |= kind in (HOME, PARTNER, NAMED)
            if kind == OPENING:
                before_bracket = before
            before = ((before_bracket if kind == CLOSING else before) + kind)[-3:]

    def _parse_name(self, part: HeadingPart, before: str) -> str:
        """Add the partners of a known name, or report it; return its kind for the parts that follow."""
        words = self._title[part.start : part.end]
        if part.kind == LOOSE_PARTNER and self._is_doubtful(part, before):
            if not {partner.code for partner in part.partners} <= {partner.code for partner in self.partners}:
                self._report("unclear", words)
            return LOOSE_PARTNER
        self.partners += part.partners
        for partner in part.partners:
            if partner.code is None and part.kind == SHORT_PARTNER:
                self._report("several", words, partner.name)
            elif partner.code is None:
                self._report("unknown", words, partner.name)
        return PARTNER

    def _is_doubtful(self, part: HeadingPart, before: str) -> bool:
        """Return True if a name may be part of the subject: 印度洋 in 中国和澳大利亚联合研究印度洋环流.

        CASE 1, the first name, a piece of a list in prose, or behind 等: a partner
        CASE 2, tied to a side: a partner
        CASE 3, a country beside another name, before what may follow a name: a partner (德国、法国 without 、)
        CASE 4, all else: in doubt
        """
        if not self.partners or self._prose or self._title.plain.endswith("等", 0, part.start):
            return False
        if _TIES.search(before):
            return False
        is_country_beside = before.endswith((PARTNER, LOOSE_PARTNER)) and part.partners[0].kind == "country"
        return not (is_country_beside and re.compile(f"{self._follows}|$|[（）]").match(self._title.plain, part.end))

    def _parse_words(self, part: HeadingPart, before: str, after: str, *, is_first: bool) -> str:
        """Read words by the first rule that matches; return their kind for the parts that follow."""
        words = self._title[part.start : part.end]
        end: int | None = None
        match _reading_of(f"{before}<{part.kind}>{after}", self._prose, is_first=is_first):
            case _Reading.PARTNER:
                end = part.end
            case _Reading.NAME:
                tail = self._tails.search(self._title.plain, part.start + 1, part.end)
                end = self._organisation_end(part) or (tail.start() if tail else part.end)
            case _Reading.ORGANISATION:
                end = self._organisation_end(part)
            case _Reading.PROVINCE if _PROVINCE.search(words.plain):
                self._report_words(words)
            case _Reading.REPORTED:
                self._report_words(words)
        if end is None:
            return part.kind
        name = self._title[part.start : min(end, part.end)].strip()
        self.partners.append(_partner_without_code(name))
        self._report("unknown", name)
        return NAMED

    def _organisation_end(self, part: HeadingPart) -> int | None:
        return organisation_end(self._title.plain, part.start, self._follows)

    def _report_words(self, words: Text) -> None:
        if not _SUBJECT.search(words.plain):
            self._report("unknown", words)

    def _report(self, variant: str, words: Text, name: str | None = None) -> None:
        self.findings.append(finding("partner-unknown", words, variant=variant, words=name or str(words)))


def _reading_of(kinds: str, prose: bool, *, is_first: bool) -> _Reading:
    """Return the reading of words by the kinds around them.

    >>> _reading_of("HJ<u>", False, is_first=False).name
    'NAME'
    """
    for rule in _PROSE_RULES if prose else _HEADING_RULES:
        if rule.first in (None, is_first) and rule.kinds.search(kinds):
            return rule.reading
    return _Reading.SUBJECT


def _each_once(partners: Sequence[Partner]) -> tuple[Partner, ...]:
    """Return partners in order, each once, without countries that another entry specifies by province or agency."""
    once: dict[object, Partner] = {}
    for partner in partners:
        province = partner.subdivision and partner.subdivision.code
        once.setdefault((partner.code or partner.name, province, partner.agency), partner)
    closer = {partner.code for partner in once.values() if _is_part_of_country(partner)}
    return tuple(partner for partner in once.values() if _is_part_of_country(partner) or partner.code not in closer)


def _is_part_of_country(partner: Partner) -> bool:
    return bool(partner.subdivision or partner.agency)


def _with_letters(
    title: Text, named: Sequence[Partner], parts: Sequence[HeadingPart], names: Gazetteer
) -> tuple[Partner, ...]:
    """Add agencies by their letters (中日（JST）, NSFC-DFG) if their country is named without an agency."""
    agencies = {entry.code: entry.stands_for for entry in names.table.agency if entry.code}
    partners = list(named)
    for part in parts:
        for match in _ACRONYM.finditer(title.plain, part.start, part.end) if part.is_words else ():
            code = agencies.get(match[0], "")
            index = next((index for index, partner in enumerate(partners) if partner.code == code), None)
            if index is None or _is_part_of_country(partners[index]):
                continue
            evidence = (*partners[index].evidence, *cite(title[slice(*match.span())]))
            partners[index] = replace(partners[index], agency=match[0], evidence=evidence)
    return tuple(partners)


def _partner_without_code(words: Text) -> Partner:
    kind: PartnerKind = "organisation" if is_like_organisation(words.plain) else "country"
    return Partner(name=words.printed, code=None, kind=kind, evidence=cite(words))


def _unknown_heading(
    title: Text, parts: Sequence[HeadingPart], profile: Profile, words: PartnerHeadingWords
) -> Parsed[tuple[Partner, ...]]:
    """Parse a heading without a known name.

    CASE 1, joined to this side: 中国与<某某国>合作; the words up to 合作 or 联合 are the partner
    CASE 2, an organisation that begins with a known word: <国际某某理事会>合作
    CASE 3, unknown words at the start: <某某国>合作
    CASE 4, no partner: 国际大科学计划培育
    """
    before = list(takewhile(lambda part: not part.is_words, parts))
    kinds = "".join(part.kind for part in before)
    first = parts[len(before)] if len(before) < len(parts) else None
    if first is None:
        return Parsed(())
    match = _TO_THE_SUBJECT.match(title.plain, first.start)
    organisation = title[first.start : organisation_end(title.plain, first.start, alternatives(words.tails)) or 0]
    if not all(part.names_nobody for part in scan_heading(organisation, profile, words)):
        name = organisation
    elif match and (_JOINED_TO_HOME.search(kinds) or first.kind[0] in (UNKNOWN, LETTER)):
        name = title if first.names_nobody else title[slice(*match.span("words"))]
    else:
        return Parsed(())
    unknown = finding("partner-unknown", name, variant="unknown", words=str(name))
    return Parsed((_partner_without_code(name),), (unknown,))
