"""Who pays a figure: our side, the other side, or both: 中方…，日方不超过2亿日元; 双方总费用…; 直接费用….

Such words may stand before or behind 每个项目, so they are blanked before the scope of a figure is parsed.
"""

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from extract.model.text import Text
from extract.normalise.quantities.words import ABOUT, FILL, HIGH, LOW, PAYS, SIDE

# ours: 中方 · partner: 日方 · both: 双方总费用, the sum of both · each: 双方各, the same from either
Payer = Literal["ours", "partner", "both", "each"]

_EACH_PROJECT = "每个?项目|每项|单个项目|单项"
_OUR_SIDE = (
    "(?:中方|我方|我国|(?:内地|中国)(?:方面)?|(?:中国)?科技部|(?:国家)?自然科学基金委|我[部厅委局省市]|NSFC|MOST)"
)
# The words after which a side may be named, and those behind it; others begin a name (复方制剂研究).
_BEFORE = (
    r"(?:^|(?<=[ \n\u2028，。；、：（）.])|(?<=由)|(?<=其中)|(?<=包括)|(?<=含)"
    r"|(?<=每项目)|(?<=每个项目)|(?<=每项)|(?<=单个项目)|(?<=单项))"
)
_BEHIND = rf"(?=[ ：，]|\d|每|单[个项]|各|直接|申请项目|{HIGH}|{LOW}|{ABOUT}|{FILL}|$)"
# In another currency a Latin name or a foreign body is the other side: CNR…不超过1万欧元, 以色列创新署提供100万美元.
_BODY = (
    r"[A-Z][A-Za-z]{1,11}"
    r"|(?!中|我|国家|全国|[\u4e00-\u9fff]{1,3}[省市区县])[\u4e00-\u9fff]{2,14}?(?:部|署|局|院|会|机构)(?=提供|资助|支持|出资|投入)"
)
_DIRECT = re.compile("(?<!其中)(?<![含括和与及、])直接(?:费用|经费)(?![和与及、])")
_BEHIND_EACH = re.compile(rf"(?:{_EACH_PROJECT})$")


@cache
def _patterns() -> tuple[tuple[Payer, re.Pattern[str]], ...]:
    """The words for each side; the last pattern is that of figures in another currency."""
    from babel import Locale

    countries = "|".join(name for code, name in Locale("zh").territories.items() if code.isalpha() and code != "CN")
    partner = rf"(?:(?![校院所企厂园甲乙买卖资己该此一供需前后复配药处]方){SIDE}|(?:{countries})方面?)"  # 校方 applies
    name = r"(?:（(?:(?![每各单])[^（）\d]){1,14}）)?"  # 中方（科技部）
    sides = rf"(?:{_OUR_SIDE}[和与及、]{partner}|{partner}[和与及、]{_OUR_SIDE}|[\u4e00-\u9fff]{{0,2}}双方)"
    words: tuple[tuple[Payer, str], ...] = (
        ("each", rf"{sides}各自?{PAYS}"),
        ("both", rf"{sides}(?:拟|将)?(?:共同)?{PAYS}"),
        ("ours", rf"由?{_OUR_SIDE}{name}{PAYS}"),
        ("partner", rf"(?:另有|另由|另|由)?{partner}{name}{PAYS}"),
        ("partner", rf"由?(?!{_OUR_SIDE})(?:{_BODY}){name}{PAYS}"),
    )
    return tuple((payer, re.compile(_BEFORE + form + _BEHIND)) for payer, form in words)


class Qualifiers(Struct, frozen=True):
    """What the words before a figure say of who pays; `spans` are those words.

    `is_behind_each`: behind 每个项目, which is then said of all sides. `is_direct`: of direct costs alone.
    """

    spans: tuple[slice, ...] = ()
    payer: Payer | None = None
    is_behind_each: bool = False
    is_direct: bool = False

    @property
    def is_of_more(self) -> bool:
        """True for a figure that is not simply what our side pays: of both sides, or of direct costs alone."""
        return self.payer == "both" or self.is_direct

    def begin(self, offset: int) -> int:
        """Return an offset, or that of the first of these words, if it is before."""
        return min([offset, *(int(span.start) for span in self.spans)])


def find_qualifiers(text: Text, before: slice, *, is_foreign: bool) -> Qualifiers:
    """Find the last side and 直接费用 in the stretch before a figure; `is_foreign`: not in yuan."""
    stretch = text.plain[before]
    sides = [
        (match.end(), -match.start(), payer)
        for payer, pattern in (_patterns() if is_foreign else _patterns()[:-1])
        for match in pattern.finditer(stretch)
    ]
    direct = _DIRECT.search(stretch)
    spans = [slice(before.start + direct.start(), before.start + direct.end())] if direct else []
    if not sides:
        return Qualifiers(tuple(spans), is_direct=bool(direct))
    end, start, payer = max(sides, key=lambda side: side[:2])
    return Qualifiers(
        (*spans, slice(before.start - start, before.start + end)),
        payer,
        is_behind_each=_BEHIND_EACH.search(stretch[:-start] if start else "") is not None,
        is_direct=bool(direct),
    )
