"""A heading → its partners: 中加（魁北克省）, 中新（西兰）, 中国—东盟, 中日韩, 中国科技部与…（JICA）.

Names come from CLDR, from ISO 3166 and from the profile (see names.py). A short form names a partner only after 中
and only where it can name no other; 中巴 alone is nobody, until a bracket settles it.
"""

import re
from dataclasses import dataclass

from extract.cite import cite
from extract.handoff import Reading, Trouble
from extract.normalise import brackets
from extract.normalise.names import Names, names_of
from extract.profile import HeadingWords, Profile
from extract.text import Text
from extract.values import Partner, PartnerKind, Subdivision
from extract.words import words_of

_BRACKET = re.compile(r"（([^（）]+)）")
_AGENCY = (
    r"[\u4e00-\u9fff、]{0,24}?(?:基金会|委员会|理事会|科学院|研究院|协会|创新署|局|署|部|机构|中心)(?:（[^（）]*）)?"
)
_LIKE_ORGANISATION = re.compile("(?:组织|机构|中心|联盟|署|论坛|委员会|基金会|银行)$")


@dataclass(frozen=True)
class _Found:
    """A partner and the place of its name in the heading."""

    start: int
    end: int
    partner: Partner


def read(title: Text, profile: Profile) -> Reading[tuple[Partner, ...]]:
    """The partners of a heading, in order, each once; where none is known, the words stay, without a code."""
    if profile.partners is None:
        return Reading(())
    names, home = names_of(profile), profile.partners
    plain = _blanked(title, home)
    found = _organisations(title, profile)
    found += _short(title, plain, names, home)
    quoted = re.sub("“[^”]*”|《[^》]*》", lambda match: "\0" * len(match[0]), plain)
    found += _named(title, _without(quoted, found), names) or ([] if found else _named(title, plain, names))
    found += _acronyms(title, plain, found, names)
    partners: dict[tuple[str | None, str | None, str | None], Partner] = {}
    for one in sorted(found, key=lambda one: one.start):
        part = one.partner
        partners.setdefault((part.code, part.subdivision.code if part.subdivision else None, part.agency), part)
    several = [p for p in partners.values() if not _swallowed(p, list(partners.values()))]
    if not several:
        return _unknown(title, plain)
    troubles = [
        Trouble("partner-unknown", f"{p.name} may be any of several partners", None, p.evidence)
        for p in several
        if p.code is None
    ]
    for words in _left_over(title, plain, found, home):
        troubles.append(Trouble("partner-unknown", f"no partner is known by {words}", None, cite(words)))
    return Reading(tuple(several), tuple(troubles))


def listed(text: Text, profile: Profile) -> Reading[tuple[Partner, ...]]:
    """The partners of a list in prose: 美国、加拿大（安大略省）、…和欧洲核子研究中心（CERN）国际组织."""
    partners: list[Partner] = []
    troubles: list[Trouble] = []
    for piece in brackets.split(text, "、"):
        found = _organisations(piece, profile)
        plain = _blanked(piece, profile.partners) if profile.partners else piece.plain
        found += _named(piece, _without(plain, found), names_of(profile))
        named = [one.partner for one in sorted(found, key=lambda one: one.start)]
        named = [one for one in named if not _swallowed(one, named)]
        if not named:
            named = [Partner(name=piece.printed, code=None, kind="country", evidence=cite(piece))]
            troubles.append(Trouble("partner-unknown", f"no partner is known by {piece}", None, cite(piece)))
        partners += named
    return Reading(tuple(partners), tuple(troubles))


def _left_over(title: Text, plain: str, found: list[_Found], rules: HeadingWords) -> list[Text]:
    """Words that a connector ties to a partner (中国、德国和某国) and that name none."""
    masked = _without(plain, found)
    tied = re.finditer(
        r"(?:\0[、和与及]|^[、和与及]?)(?P<after>[\u4e00-\u9fff]+)|(?P<before>[\u4e00-\u9fff]+)[、和与及](?=\0)", masked
    )
    words = [title.group(match, "after" if match["after"] else "before") for match in tied]
    return [w for w in words if w and w.plain != "中" and not w.plain.startswith((*rules.tails, "中", "在", "国家"))]


def _blanked(title: Text, rules: HeadingWords) -> str:
    """The heading with every name of China itself blanked out."""
    plain = title.plain
    for name in sorted(rules.home, key=len, reverse=True):
        plain = re.sub(re.escape(name) + "(?!香港|澳门|台湾)", "\0" * len(name), plain)
    return plain


def _without(plain: str, found: list[_Found]) -> str:
    for one in found:
        plain = plain[: one.start] + "\0" * (one.end - one.start) + plain[one.end :]
    return plain


def _swallowed(partner: Partner, others: list[Partner]) -> bool:
    """A country that another entry names more closely, by its province or agency."""
    closer = partner.subdivision is not None or partner.agency is not None
    return not closer and any(
        other.code == partner.code and (other.subdivision or other.agency) for other in others if other is not partner
    )


def _partner(
    code: str, evidence: Text, names: Names, *, subdivision: Subdivision | None = None, agency: str | None = None
) -> Partner:
    kind, name = names.canonical[code]
    return Partner(name=name, code=code, kind=kind, subdivision=subdivision, agency=agency, evidence=cite(evidence))


def _organisations(title: Text, profile: Profile) -> list[_Found]:
    """Organisations by name; an agency stands for its country and is kept, with the bracket after it."""
    names = names_of(profile)
    organisations = {names.usual(entry): entry.code for entry in names.table.organisation}
    agencies = {entry.name: entry.stands_for for entry in names.table.agency}
    found = []
    for place, name in words_of(profile).organisations(title):
        bracket = _BRACKET.match(title.plain, place.stop)
        end = bracket.end() if bracket else place.stop
        words = title[place.start : end]
        if name in organisations:
            found.append(_Found(place.start, end, _partner(organisations[name], words, names)))
        else:
            found.append(_Found(place.start, end, _partner(agencies[name], words, names, agency=words.printed)))
    return found


def _acronyms(title: Text, plain: str, found: list[_Found], names: Names) -> list[_Found]:
    """Agencies by their letters (中日（JST）, NSFC-DFG), where their country is named and no agency of it yet."""
    agencies = {entry.code: entry.stands_for for entry in names.table.agency if entry.code}
    countries = {one.partner.code for one in found if one.partner.agency is None and one.partner.subdivision is None}
    return [
        _Found(*match.span(), _partner(agencies[match[0]], title[slice(*match.span())], names, agency=match[0]))
        for match in re.finditer(r"[A-Z][A-Za-z]{2,}", plain)
        if agencies.get(match[0]) in countries
    ]


def _short(title: Text, plain: str, names: Names, rules: HeadingWords) -> list[_Found]:
    """Short forms after 中: 中美, 中日韩, and 中X（Y） where X and Y together are a name, or Y a province of X."""
    head = re.match(r"[“\"\s]*中-?(?=[\u4e00-\u9fff])", plain)
    if not head:
        return []
    place = head.end()
    if (full := names.pattern.match(plain, place)) and len(full[0]) > 1:
        return []
    bracket = _BRACKET.match(plain, place + 1)
    if bracket and (one := _completed(title, plain[place], bracket, place, names)):
        return [one]
    found: list[_Found] = []
    shorts = names.shorts
    while place < len(plain):
        form = next((plain[place : place + n] for n in (3, 2, 1) if plain[place : place + n] in shorts), None)
        if form is None:
            break
        end = place + len(form)
        found.append(_Found(place, end, _partner(shorts[form], title[place:end], names)))
        place = end
    if found and (place == len(plain) or plain.startswith(rules.tails, place)):
        return found
    return _ambiguous(title, plain, head.end(), names, rules)


def _completed(title: Text, first: str, bracket: re.Match[str], place: int, names: Names) -> _Found | None:
    """新（西兰） is 新西兰; 加（魁北克省） is 加拿大 with its province."""
    inside = bracket[1].strip()
    known = names.full
    evidence = title[place : bracket.end()]
    if first + inside in known:
        return _Found(place, bracket.end(), _partner(known[first + inside][1], evidence, names))
    if inside in known and inside.startswith(first):
        return _Found(place, bracket.end(), _partner(known[inside][1], evidence, names))
    code = names.shorts.get(first)
    province = names.province(code, inside) if code else None
    if code and province:
        return _Found(place, bracket.end(), _partner(code, evidence, names, subdivision=province))
    return None


def _ambiguous(title: Text, plain: str, place: int, names: Names, rules: HeadingWords) -> list[_Found]:
    """A short form that several partners share: its words stay, and it has no code."""
    known = {entry.char for entry in names.table.ambiguous}
    if plain[place] not in known or not plain.startswith(rules.tails, place + 1):
        return []
    partner = Partner(name=plain[place], code=None, kind="country", evidence=cite(title[place : place + 1]))
    return [_Found(place, place + 1, partner)]


def _named(title: Text, plain: str, names: Names) -> list[_Found]:
    """Full names anywhere in the heading; a province goes with its country, an unknown agency too."""
    known, provinces = names.full, names.provinces
    several = {entry.name: entry.codes for entry in names.table.several}
    found = []
    with_agency = re.search("科技部|科学技术部", title.plain) is not None
    for match in names.pattern.finditer(plain):
        word, place = match[0], slice(*match.span())
        if plain[: match.start()].endswith("内") and word.startswith("蒙古"):
            continue
        for code in several.get(word, ()):
            found.append(_Found(place.start, place.stop, _partner(code, title[place], names)))
        if word in provinces:
            code = provinces[word].code.split("-")[0]
            partner = _partner(code, title[place], names, subdivision=provinces[word])
            found.append(_Found(place.start, place.stop, partner))
        if word in known:
            agency = re.compile(_AGENCY).match(plain, place.stop) if with_agency else None
            end = agency.end() if agency else place.stop
            named = title[place.start : end]
            partner = _partner(known[word][1], named, names, agency=named.printed if agency else None)
            found.append(_Found(place.start, end, partner))
    return found


def _unknown(title: Text, plain: str) -> Reading[tuple[Partner, ...]]:
    """No name is known: the words after 中国与, 中国和, … up to 合作 or 联合 stay as they are."""
    match = re.match(
        r"[“\"\0\s]*(?:中)?[和与及同-]*(?P<words>[^\0]*?)(?:政府间|联合|科技|国际|双边|合作|研究|项目|创新|$)", plain
    )
    words = (title.group(match, "words") if match and match["words"] else None) or title
    kind: PartnerKind = "organisation" if _LIKE_ORGANISATION.search(words.plain) else "country"
    partner = Partner(name=words.printed, code=None, kind=kind, evidence=cite(words))
    return Reading((partner,), (Trouble("partner-unknown", f"no partner is known by {words}", None, cite(words)),))
