"""What the names of organisations look like, for those that no table has: 韩国产业通商资源部, 亚洲理工学院."""

import re

_HAN = r"[\u4e00-\u9fff·]"
LATIN = r"（[A-Za-z\u00c0-\u024f][^（）\u4e00-\u9fff]*）"
# 能源部门, 西部, 部署 and 布局 are no ministries and no offices.
_MINISTRY = "(?<![东西南北中内外全局上下本总腹头顶底])部(?![分门长署件队族级位落])"
_OFFICE = f"{_MINISTRY}|(?<!部)署|(?<![布格结])局(?![部限域面势])"
_BODY = "基金会|委员会|理事会|科学院|研究院|技术院|工程院|振兴院|研究所|振兴会|秘书处|协会|学会"
_WIDER = "组织|机构|中心|联盟|联合会|论坛|银行|学院|大学|网络|天文台|共同体|基金"
_SUFFIX = f"(?:{_BODY}|{_WIDER}|{_OFFICE}|计划|公约)"
# What both sides do together is a subject: 清洁能源联合研究中心, 政府间合作委员会.
_TOGETHER = re.compile("联合(?![国会])|政府间|双边|两国|混合|会晤|合作(?![部署])|转移|项目|开展|领域|旗舰|青年")

_ENDS = re.compile(f"{_SUFFIX}(?:{LATIN})?$")
_AGENCY = re.compile(
    rf"(?P<name>(?![、和与及同-])[\u4e00-\u9fff·、]{{0,16}}?(?:{_BODY}|{_OFFICE}|(?P<wider>{_WIDER})))"
    rf"(?:{_HAN}{{2,8}}分院)?(?:{LATIN})?"
)


def like_organisation(name: str) -> bool:
    """Whether a name ends as those of organisations do: 国际某某理事会（XYZ）."""
    return _ENDS.search(name) is not None or re.search(f"{LATIN}$", name) is not None


def organisation_end(plain: str, place: int, tails: str) -> int | None:
    """Where the name of an organisation ends that begins here; behind it stand words that may follow a name."""
    name = rf"{_HAN}{{2,24}}?(?:{_SUFFIX}(?:{LATIN})?|{LATIN})(?=$|[^\u4e00-\u9fff（]|{tails})"
    match = re.compile(name).match(plain, place)
    return match.end() if match and not _TOGETHER.search(match[0]) else None


def agency_end(plain: str, place: int, names: re.Pattern[str], *, wider: bool) -> int | None:
    """Where the name of an agency ends that goes on behind its country's: 韩国 产业通商资源部 (MOTIE).

    A centre or an institution is one only where the other side is an agency as well (`wider`), for a centre in a
    country is more often the subject.
    """
    match = _AGENCY.match(plain, place)
    if match is None or (match["wider"] and not wider):
        return None
    return None if _TOGETHER.search(match["name"]) or names.search(match["name"]) else match.end()
