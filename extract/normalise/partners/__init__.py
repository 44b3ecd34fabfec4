"""A heading → its partners: 中加（魁北克省）, 中新（西兰）, 中国—东盟, 中日韩, 中国科技部与…（JICA）.

Names come from CLDR, from ISO 3166 and from the profile (see names.py). A short form names a partner only after 中
and only where it can name no other; 中巴 alone is nobody, until a bracket settles it. What 、 和 与 及 or a dash ties
to a partner is a partner as well, even if nobody knows it; the words that follow are what the section is about.
"""

import re
from collections.abc import Sequence

import msgspec

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Parsed
from extract.model.text import Text
from extract.model.values import Partner, PartnerKind
from extract.normalise.partners.gazetteer import Gazetteer, gazetteer_of, is_like_organisation, organisation_end
from extract.normalise.partners.heading_parts import HeadingPart, alternatives, is_only_words, scan_heading
from extract.profile.schema import PartnerHeadingWords, Profile

_PROVINCE = re.compile("(?:省|州|大区|边疆区|自治区)$")
_TO_THE_SUBJECT = re.compile('[“"\\s]*中?(?P<words>.+?)(?:政府间|联合|科技|国际|双边|合作|研究|项目|创新|$)')
_ACRONYM = re.compile("[A-Z][A-Za-z]{2,}")
_SUBJECT = re.compile("(?:领域|方面|方向|专题)$")


def parse_partners(title: Text, profile: Profile) -> Parsed[tuple[Partner, ...]]:
    """The partners of a heading, in order, each once; where none is known, the words stay, without a code."""
    if profile.partners is None:
        return Parsed(())
    for open_quotes in (False, True):
        parts = scan_heading(title, profile, profile.partners, open_quotes=open_quotes)
        chain = _PartnerParser(title, parts, profile.partners)
        if chain.partners:
            partners = _with_letters(title, _each_once(chain.partners), parts, gazetteer_of(profile))
            return Parsed(partners, tuple(chain.findings))
    return _unknown(title, parts)


def parse_partner_list(text: Text, profile: Profile) -> Parsed[tuple[Partner, ...]]:
    """The partners of a list in prose: 美国、加拿大（安大略省）、…和欧洲核子研究中心（CERN）国际组织."""
    rules = profile.partners or PartnerHeadingWords(home=(), tails=())
    chain = _PartnerParser(text, scan_heading(text, profile, rules, open_quotes=True), rules, prose=True)
    return Parsed(_each_once(chain.partners), tuple(chain.findings))


class _PartnerParser:
    """The partners of a heading, what ties them, and what is to be reported; in prose, each piece of a list is one."""

    def __init__(
        self, title: Text, parts: Sequence[HeadingPart], rules: PartnerHeadingWords, *, prose: bool = False
    ) -> None:
        self._title, self._parts, self._prose = title, parts, prose
        self._tails, self._follows = alternatives(is_only_words(rules.tails)), alternatives(rules.tails)
        self._sides: set[int] = set()  # the places of parts that are a side: this one, or a partner
        self.partners: list[Partner] = []
        self.findings: list[FindingDraft] = []
        for place, part in enumerate(parts):
            if part.kind == "home":
                self._sides.add(place)
            elif part.kind == "party":
                self._party(place, part)
            elif part.kind == "words" and not (part.known and not prose):
                self._words(place, part)

    def _party(self, place: int, part: HeadingPart) -> None:
        words = self._title[part.start : part.end]
        if self._doubtful(place, part):
            if not {one.code for one in part.partners} <= {one.code for one in self.partners}:
                self._report("unclear", words)
            return
        self._sides.add(place)
        self.partners += part.partners
        for one in part.partners:
            if one.code is None and part.short:
                self._report("several", words, one.name)
            elif one.code is None:
                self._report("unknown", words, one.name)

    def _doubtful(self, place: int, part: HeadingPart) -> bool:
        """A name inside the subject: 印度洋 in 中国和澳大利亚联合研究印度洋环流."""
        if not part.loose or not self.partners or self._prose:
            return False
        before = self._parts[place - 1]
        beside = before.kind == "party" and part.partners[0].kind == "country"
        return not (
            self._title.plain.endswith("等", 0, part.start)
            or before.kind in ("home", "joint", "beside", "apart")
            or (beside and re.compile(f"{self._follows}|$|[（）]").match(self._title.plain, part.end) is not None)
        )

    def _words(self, place: int, part: HeadingPart) -> None:
        """Words that are not known: a partner where something ties them to one, the subject behind a partner."""
        before, after = self._side_before(place), self._side_after(place)
        first = not any(side < place for side in self._sides)
        if self._prose:
            if place == 0 or self._parts[place - 1].kind == "joint":
                self._unknown(place, part.start, part.end)
        elif before or (first and self._beside(place)):
            self._tied(place, part, before=before)
        elif after and not part.ends:
            if first:
                self._unknown(place, part.start, part.end)
            elif not part.begins:
                self._report_words(part)
        elif (first and not part.ends and self._followed(place)) or self._no_province(place, part):
            self._report_words(part)

    def _tied(self, place: int, part: HeadingPart, *, before: bool) -> None:
        plain = self._title.plain
        end = organisation_end(plain, part.start, self._follows)
        if end is None and before and not part.begins:
            tail = re.compile(self._tails).search(plain, part.start + 1, part.end)
            end = tail.start() if tail else part.end
        if end is not None:
            self._unknown(place, part.start, min(end, part.end))

    def _unknown(self, place: int, start: int, end: int) -> None:
        words = self._title[start:end].strip()
        self._sides.add(place)
        self.partners.append(_nobody(words))
        self._report("unknown", words)

    def _report_words(self, part: HeadingPart) -> None:
        words = self._title[part.start : part.end]
        if not _SUBJECT.search(words.plain):
            self._report("unknown", words)

    def _report(self, variant: str, words: Text, name: str | None = None) -> None:
        self.findings.append(finding("partner-unknown", words, variant=variant, words=name or str(words)))

    def _side_before(self, place: int) -> bool:
        """Whether what joins stands before this part, and a side before that, perhaps with a bracket behind it."""
        if place < 2 or self._parts[place - 1].kind != "joint":
            return False
        before = place - 2
        if self._title.plain[self._parts[before].start] == "）":
            openings = (n for n in reversed(range(before)) if self._title.plain[self._parts[n].start] == "（")
            before = next(openings, before + 1) - 1
        return before in self._sides

    def _side_after(self, place: int) -> bool:
        after = self._parts[place + 1 : place + 3]
        return len(after) == 2 and after[0].kind == "joint" and after[1].kind in ("home", "party")

    def _followed(self, place: int) -> bool:
        return any(part.kind == "party" for part in self._parts[place + 1 : place + 2])

    def _beside(self, place: int) -> bool:
        return place > 0 and self._parts[place - 1].kind == "beside"

    def _no_province(self, place: int, part: HeadingPart) -> bool:
        """A bracket behind a partner with a province that nobody knows: 德国（某某州）."""
        bracket = place > 1 and self._title.plain[self._parts[place - 1].start] == "（"
        words = self._title.plain[part.start : part.end]
        return bracket and place - 2 in self._sides and _PROVINCE.search(words) is not None


def _each_once(partners: Sequence[Partner]) -> tuple[Partner, ...]:
    """Partners in order, each once; no country that another entry names more closely, by its province or agency."""
    once: dict[object, Partner] = {}
    for one in partners:
        once.setdefault((one.code or one.name, one.subdivision and one.subdivision.code, one.agency), one)
    closer = {one.code for one in once.values() if one.subdivision or one.agency}
    return tuple(one for one in once.values() if one.subdivision or one.agency or one.code not in closer)


def _with_letters(
    title: Text, named: Sequence[Partner], parts: Sequence[HeadingPart], names: Gazetteer
) -> tuple[Partner, ...]:
    """Agencies by their letters (中日（JST）, NSFC-DFG), where their country is named and no agency of it yet."""
    agencies = {entry.code: entry.stands_for for entry in names.table.agency if entry.code}
    partners = list(named)
    for part in parts:
        for match in _ACRONYM.finditer(title.plain, part.start, part.end) if part.kind == "words" else ():
            country = next((n for n, one in enumerate(partners) if one.code == agencies.get(match[0], "")), None)
            if country is None or partners[country].agency or partners[country].subdivision:
                continue
            evidence = (*partners[country].evidence, *cite(title[slice(*match.span())]))
            partners[country] = msgspec.structs.replace(partners[country], agency=match[0], evidence=evidence)
    return tuple(partners)


def _nobody(words: Text) -> Partner:
    kind: PartnerKind = "organisation" if is_like_organisation(words.plain) else "country"
    return Partner(name=words.printed, code=None, kind=kind, evidence=cite(words))


def _unknown(title: Text, parts: Sequence[HeadingPart]) -> Parsed[tuple[Partner, ...]]:
    """No name is known: the words after 中国与, 中国和, … up to 合作 or 联合 stay as they are."""
    start = next((part.end for part in reversed(parts) if part.kind in ("home", "joint")), 0)
    match = _TO_THE_SUBJECT.match(title.plain, start)
    words = (title.group(match, "words") if match else None) or title
    if match and all(
        part.known for part in parts if match.start("words") < part.end and part.start < match.end("words")
    ):
        words = title  # 政府间, 参与: words that name nobody
    return Parsed((_nobody(words),), (finding("partner-unknown", words, variant="unknown", words=str(words)),))
