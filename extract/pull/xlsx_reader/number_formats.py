"""What Excel shows of a number in a cell, by the code of its format: 18000 in #,##0"万元" is 18,000万元.

None is a number in a format that is not understood; "" one that its format hides.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from extract.pull.xlsx_reader.dates import shown_date
from extract.pull.xlsx_reader.format_codes import FormatSection, Token, format_sections

_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)  # as many as Excel keeps of a number
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_GENERAL_WIDTH = 10  # digits of a number in no format; 11 before a point
_LEAST = Decimal("0.0001")  # a smaller one is written as 1.2E-05 where its digits are more than that


def shown_number(number: Decimal, code: str, *, from_1904: bool = False) -> str | None:
    """The words of a number in a format; `from_1904`: the days are counted from 1904.

    >>> shown_number(Decimal("18000"), '#,##0"万元"'), shown_number(Decimal("43525"), 'yyyy"年"m"月"d"日"')
    ('18,000万元', '2019年3月1日')
    """
    sections = format_sections(code)
    if sections is None:
        return None
    number = _DIGITS.plus(number)
    section = _section_for(number, sections)
    if section is None:
        return None
    if not section.tokens:
        return ""
    has_sign = number < 0 and (section is sections[0])
    words = _shown_in(section, abs(number), from_1904=from_1904, is_negative=number < 0)
    return f"-{words}" if words and has_sign and any(char in "123456789" for char in words) else words


def shown_text(code: str) -> tuple[str, str] | None:
    """What a format shows before and behind a text; None if it is not understood or shows another one.

    >>> shown_text('0;0;0;@"个"'), shown_text("0.00")
    (('', '个'), ('', ''))
    """
    sections = format_sections(code)
    if sections is None:
        return None
    section = next((one for one in sections if one.has("text")), sections[3] if len(sections) > 3 else None)
    if section is None:
        return "", ""
    kinds = [token.kind for token in section.tokens]
    if kinds.count("text") != 1 or {*kinds} - {"text", "literal"}:
        return None
    place = kinds.index("text")
    words = [token.words for token in section.tokens]
    return "".join(words[:place]), "".join(words[place + 1 :])


def hides_text(code: str) -> bool:
    """True for a format that shows nothing of a text: ;;;"""
    sections = format_sections(code)
    return sections is not None and len(sections) > 3 and not sections[3].tokens


def _section_for(number: Decimal, sections: Sequence[FormatSection]) -> FormatSection | None:
    """The section of a number: by its condition, or of those for what is above, below and equal to zero."""
    if sections[-1].has("text") and len(sections) > 1:
        sections = sections[:-1]
    sections = sections[:3]
    if any(section.condition for section in sections):
        *conditional, last = sections
        if number < 0 or last.condition or not all(section.condition for section in conditional):
            return None  # which sign is shown is told nowhere
        return next((one for one in conditional if one.condition and one.condition.holds(number)), last)
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def _shown_in(section: FormatSection, number: Decimal, *, from_1904: bool, is_negative: bool) -> str | None:
    """The words of a number without its sign in a section."""
    if section.has("date", "meridiem", "elapsed"):
        return None if is_negative else shown_date(number, section.tokens, from_1904=from_1904)
    if section.has("general"):
        general = _general(number)
        if general is None or section.has("digit", "point", "percent", "power", "text"):
            return None
        return "".join(general if token.kind == "general" else token.words for token in section.tokens)
    if section.has("text"):
        return _general(number) if [token.kind for token in section.tokens] == ["text"] else None
    return _in_digits(number, section.tokens)


def _general(number: Decimal) -> str | None:
    """A number in no format, as a column that is wide enough shows it; None for one that is very small.

    >>> _general(Decimal("1800.50")), _general(Decimal(1) / 3), _general(Decimal("1.2E7"))
    ('1800.5', '0.333333333', '12000000')
    """
    places = max(0, _GENERAL_WIDTH - max(1, number.adjusted() + 1))
    rounded = _EXACT.quantize(number, Decimal(1).scaleb(-places))
    if number < _LEAST and rounded != number:
        return None
    words = f"{rounded:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


# ── digits ────────────────────────────────────────────────────────────────────────────────────────────


def _in_digits(number: Decimal, tokens: Sequence[Token]) -> str | None:
    """A number in the digits of a section: 0.00, #,##0, 0!.0, (a comma behind the digits takes thousands)."""
    kinds = [token.kind for token in tokens]
    if "digit" not in kinds:
        return "".join(token.words for token in tokens) if {*kinds} <= {"literal"} else None
    if "power" in kinds or kinds.count("point") > 1 or _has_fraction(tokens):
        return None
    point = kinds.index("point") if "point" in kinds else len(kinds)
    wholes = [place for place, kind in enumerate(kinds[:point]) if kind == "digit"]
    parts = [place for place, kind in enumerate(kinds) if kind == "digit" and place > point]
    between = kinds[wholes[0] : wholes[-1]].count("comma") if wholes else 0
    thousands = sum(_commas_from(kinds[places[-1] + 1 :]) for places in (wholes, parts) if places)
    if between + thousands != kinds.count("comma"):
        return None
    scaled = number * 100 ** kinds.count("percent") / 1000**thousands
    whole, _, part = f"{_EXACT.quantize(scaled, Decimal(1).scaleb(-len(parts))):f}".partition(".")
    if whole != "0" and not wholes:
        return None
    digits = {
        **_whole_digits(whole.lstrip("0"), [tokens[place].words for place in wholes], wholes, is_grouped=between > 0),
        **_part_digits(part, [tokens[place].words for place in parts], parts),
    }
    return "".join(
        digits.get(place, "" if token.kind == "comma" else token.words) for place, token in enumerate(tokens)
    )


def _commas_from(kinds: Sequence[str]) -> int:
    """The number of commas with which a row of tokens begins."""
    return next((place for place, kind in enumerate(kinds) if kind != "comma"), len(kinds))


def _has_fraction(tokens: Sequence[Token]) -> bool:
    """True for # ?/?."""
    return any(token == Token("literal", "/") for token in tokens)


def _whole_digits(whole: str, forms: Sequence[str], places: Sequence[int], *, is_grouped: bool) -> dict[int, str]:
    """The digits before the point by the places of their tokens; the first token takes all that are left."""
    padded = whole.rjust(len(forms), "\0")
    cut = len(padded) - len(forms) + 1
    pieces = [padded[:cut], *padded[cut:]] if forms else []
    shown: dict[int, str] = {}
    left = len(padded)  # digits that are not written yet
    for piece, form, place in zip(pieces, forms, places, strict=True):
        words = ""
        for char in piece:
            left -= 1
            digit = {"0": "0", "?": " ", "#": ""}[form] if char == "\0" else char
            words += f"{digit}," if is_grouped and digit.isdecimal() and left and left % 3 == 0 else digit
        shown[place] = words
    return shown


def _part_digits(part: str, forms: Sequence[str], places: Sequence[int]) -> dict[int, str]:
    """The digits behind the point; zeros at the end are shown where the form says so."""
    shown = dict(zip(places, part, strict=True)) if forms else {}
    for form, place in zip(reversed(forms), reversed(places), strict=True):
        if shown[place] != "0" or form == "0":
            break
        shown[place] = " " if form == "?" else ""
    return shown
