"""Words that stand in the place of others and point elsewhere: 同上, 同1.1, 与中美项目相同, 详见附件, 待定."""

import re

from extract.model.text import Text

_NUMBER = r"第?\d{1,2}(?:\.\d{1,3})+(?![\d%倍万亿元年个])[节条项款]?"
_YEAR = r"(?:去年|往年|上一?年度?|\d{4} *年度?)"
_PLACE = rf"(?:{_NUMBER}|第?[一二三四五六七八九十]{{1,3}}[节条项款部分章]+|[上前]一?[节条项款个]?)"
_THING = "(?:项目|方向|专题|任务|领域|指南|部分|内容|要求|条件|规定|说明|所述|所列|之?相关|有关|的|申报|合作)*"
_WHAT = (
    "(?:具体|详细|其[他它]|相关|有关|申报|项目|合作|研究|支持|资助|优先|重点|领域|方向|内容|主题|要求|条件|说明|范围|信息|经费"
    "|数量|期限|协议|依据|额度|标准|事项|等|请|将|均|可|尚|皆|都|也|暂|已(?:经|另行)*(?:发布|公布)，?)*"
)
_FORMS = (
    rf"[（【]?同(?:{_PLACE}|{_YEAR}|[左右]|本指南)(?:[、和及与]{_PLACE})*{_THING}[）】]?",
    "同(?![一时等步意类行期])[^不须应得可限报请，。；]{1,10}?(?:项目|专题|任务)的?(?:要求|条件|内容|规定)?",
    rf"与(?:{_PLACE}|{_YEAR}|[\u4e00-\u9fff]{{1,12}}?(?:项目|方向|专题|任务|指南)){_THING}(?:均|皆|都|保持)?(?:相同|一致|同)",
    rf"(?:按照?|参照|依照?)(?:{_PLACE}|上述|前述|本?指南){_THING}(?:执行|办理|要求)?",
    "(?:详见|参见|参看|参考|请见)[^，。；]{1,60}",
    rf"见(?:{_PLACE}|上[文述表]?|下[文述表]?|前[文述]?|附[件表录]|表|总体|通用|指南|公告|通知|[^，。；]{{0,8}}网)[^，。；]{{0,16}}",
    f"如[上前]{_THING}",
    "以[^，。；]{1,20}(?:指南|公告|通知|网站?|要求|规定|附件|公布|发布)[^，。；]{0,6}为准",
    '[〃″〞"]+',
    "待[定商补]|未定|另行(?:通知|发布|公布|商定|协商)|暂缺|不详|从?略|N/?A|TBD",
)
_WHOLE = re.compile(rf"{_WHAT}(?:{'|'.join(_FORMS)})[。.；]?", re.IGNORECASE)
# 同上海市… and 同等 point nowhere.
_UPWARDS = "[上前](?=[，。；、）：外]|$|一[项条节]|所[述列]|要求)"
_WITHIN = re.compile(
    rf"(?:(?<![\u4e00-\u9fffA-Za-z0-9])|(?<=[除但容求]))同(?:{_NUMBER}|{_UPWARDS}){_THING}"
    rf"|(?:与|按照?|参照|依照?|除){_NUMBER}{_THING}"
)


def points_elsewhere(plain: str) -> bool:
    """Return True if words, in the forms of Text.plain, are no value and only point elsewhere.

    >>> points_elsewhere("同上。"), points_elsewhere("同1.1节要求。"), points_elsewhere("农业、能源。")
    (True, True, False)
    """
    return _WHOLE.fullmatch("".join(plain.split())) is not None


def reference_in(text: Text) -> Text | None:
    """Return the first words of a text that stand for those of another place of the guide: 同1.1，但须有企业参与."""
    match = _WITHIN.search(text.plain)
    return text[slice(*match.span())] if match else None
