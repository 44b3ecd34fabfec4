"""The codes of number formats, cut into sections and tokens: #,##0.00"万元"; [>=10000]0!.0,"万"; yyyy"年"m"月"d"日".

A token that is not known makes the whole code unknown: what it would show is not guessed.
"""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, cast

Kind = Literal[
    "literal", "digit", "point", "comma", "percent", "power", "date", "meridiem", "elapsed", "general", "text"
]

# The formats that a file names by number alone, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30).
_YEN = '"¥"#,##0{0};"¥"\\-#,##0{0}'
_ACCOUNT = '_ * {1}#,##0{0}_ ;_ * {1}\\-#,##0{0}_ ;_ * {1}"-"{2}_ ;_ @_ '
_YEAR_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_HALF, _HALF_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: _YEN.format(""), 6: _YEN.format(""), 7: _YEN.format(".00"), 8: _YEN.format(".00"),
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _DAY,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _HALF, 35: _HALF_SECONDS, 36: _YEAR_MONTH,
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: _ACCOUNT.format("", "", ""), 42: _ACCOUNT.format("", '"¥"', ""),
    43: _ACCOUNT.format(".00", "", "??"), 44: _ACCOUNT.format(".00", '"¥"', "??"),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: _HALF, 56: _HALF_SECONDS,
    57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | [\\!](?P<escaped>.) | (?P<space>_.) | \*(?P<fill>.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式) | (?P<meridiem>AM/PM|A/P|上午/下午) | (?P<power>E[+-])
    | (?P<date>y+|m+|d+|h+|s+(?:\.0{1,3})?|a{3,4}|e+)
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<end>;)
    | (?P<plain>[-$+/():^&'~{}<>=\ ]|[^\x00-\x7f])
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_BRACKET = re.compile(
    r"""
    (?P<colour>black|blue|cyan|green|magenta|red|white|yellow|(?:color|颜色)\ *\d{1,2}
        |[黑蓝绿红白黄青]色|蓝绿色|洋红色?)
    | (?P<compare><=|>=|<>|<|>|=)(?P<bound>-?\d+(?:\.\d+)?)
    | (?P<elapsed>h+|m+|s+)
    | \$(?P<sign>[^-]*)(?:-(?P<place>[0-9A-F]{1,4}|x-sysdate|x-systime))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_OF_THE_SYSTEM = {"f800": _DAY, "x-sysdate": _DAY, "f400": "h:mm:ss", "x-systime": "h:mm:ss"}
_OF_CHINA = ("", "804", "0804")  # elsewhere e counts the years of an emperor or a republic: 民国 108
_MOST = 255  # characters of a code in Excel


class Token(NamedTuple):
    """A token of a format: what it is, and its characters; a literal has those that it shows."""

    kind: Kind
    words: str


class Condition(NamedTuple):
    """The numbers for which a section is: [>=10000]."""

    compare: str
    bound: Decimal

    def holds(self, number: Decimal) -> bool:
        return _COMPARE[self.compare](number, self.bound)


class FormatSection(NamedTuple):
    """A section of a format, between semicolons."""

    tokens: Sequence[Token]
    condition: Condition | None = None

    def has(self, *kinds: Kind) -> bool:
        return any(token.kind in kinds for token in self.tokens)


class _UnknownCode(Exception):
    """A code has a token that is not understood."""


@lru_cache(maxsize=1 << 12)
def format_sections(code: str) -> tuple[FormatSection, ...] | None:
    """The sections of a code; None if it is not understood.

    >>> [len(section.tokens) for section in format_sections('0.0"万";-0') or ()]
    [4, 2]
    >>> format_sections("[DBNum1]General")
    """
    try:
        return tuple(_sections(code))
    except _UnknownCode:
        return None


def _sections(code: str) -> Iterator[FormatSection]:
    tokens, condition, place = list[Token](), None, ""
    for match in _matches(code):
        if match.lastgroup == "end":
            yield FormatSection(tuple(tokens), condition)
            tokens, condition = [], None
        elif match.lastgroup == "bracket":
            bracket = _bracket(match["bracket"])
            place = (bracket["place"] or place).lower()
            if place in _OF_THE_SYSTEM:
                yield from _sections(_OF_THE_SYSTEM[place])
                return
            condition = Condition(bracket["compare"], Decimal(bracket["bound"])) if bracket["compare"] else condition
            tokens += _shown_by(bracket)
        elif match["date"] in ("e", "E") and place not in _OF_CHINA:
            raise _UnknownCode
        else:
            tokens.append(_token(match))
    yield FormatSection(tuple(tokens), condition)


def _matches(code: str) -> Iterator[re.Match[str]]:
    """The tokens of a code."""
    start = 0
    while start < len(code):
        match = _TOKEN.match(code, start)
        if match is None or len(code) > _MOST:
            raise _UnknownCode
        start = match.end()
        yield match


def _token(match: re.Match[str]) -> Token:
    match match.lastgroup:
        case "quoted" | "escaped" | "plain":
            return Token("literal", match[match.lastgroup])
        case "space":
            return Token("literal", " ")
        case "fill":
            if match["fill"] != " ":  # how often it comes hangs on the width of the column
                raise _UnknownCode
            return Token("literal", "")
        case kind:
            return Token(cast(Kind, kind), match[0].lower())


def _bracket(words: str) -> re.Match[str]:
    bracket = _BRACKET.fullmatch(words)
    if bracket is None:
        raise _UnknownCode
    return bracket


def _shown_by(bracket: re.Match[str]) -> list[Token]:
    """What a bracket shows: hours that were counted, the sign of a currency ([$¥-804]); nothing for a colour."""
    if bracket["elapsed"]:
        return [Token("elapsed", bracket["elapsed"].lower())]
    return [Token("literal", bracket["sign"])] if bracket["sign"] else []
