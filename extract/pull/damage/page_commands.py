"""Check the commands of a content stream (page, form or glyph) against PDF's table of operators.

Readers silently skip an unknown command, or one with wrong operands. In a damaged file such commands are the traces of
lost text. Nothing is drawn here: the bytes are split into commands, and each is compared with the table.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from extract.pull.reading import Fault

_MAX_COMMAND_LENGTH = 20  # characters of a command in a message
_MAX_FAULTS = 100  # different faults reported for one stream
_MAX_NESTING = 16  # levels of parentheses in a string

_BLANK = rb"[\0\t\n\f\r ]"
_REGULAR = rb"[^\t\n\f\r ()<>\[\]{}/%]"  # NUL is space to PDF, but not to pdfminer, and no producer ends a word with it
_SPACE = rb"%s*+(?:%%[^\r\n]*+%s*+)*+" % (_BLANK, _BLANK)  # a comment is space
_NUMBER = rb"[+-]*+(?:\d++\.?+\d*+|\.\d++)(?!%s)" % _REGULAR  # several signs are sloppy, and readers take them
_NAME = rb"/%s*+" % _REGULAR
_STRING = rb"(?!)"
for _ in range(_MAX_NESTING):
    _STRING = rb"\((?:[^()\\]++|\\.|%s)*+\)" % _STRING
_ATOM = rb"(?:%s|%s|<[^<>]*+>|%s|(?:true|false|null)(?!%s))" % (_NUMBER, _STRING, _NAME, _REGULAR)
_OPERANDS = rb"(?:%s++|%%[^\r\n]*+|%s|<<|>>|[\[\]])*+" % (_BLANK, _ATOM)

# A picture among the commands goes from BI to EI. Its bytes may hold these letters by chance: what follows is no text.
_AFTER = rb"(?=\Z|%s(?:[\t\n\f\r -~]{15}|[\t\n\f\r -~]{0,14}\Z))" % _BLANK
_PICTURE = rb"BI(?!%s)%sID%s.*?(?=EI%s)" % (_REGULAR, _OPERANDS, _BLANK, _AFTER)

# Most commands of a page say where text is (Tm) or draw it (Tj, TJ). Those that are clearly right are skipped together,
# as part of the command after them, which is compared with the table.
_NUMERAL = _NUMBER + _SPACE
_PLAIN_TEXT = rb"(?:\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f]*+>)" + _SPACE
_RIGHT = rb"(?:(?:%s){6}Tm|%sTj|\[%s(?:%s|%s)*+\]%sTJ)(?!%s)" % (
    _NUMERAL, _PLAIN_TEXT, _SPACE, _PLAIN_TEXT, _NUMERAL, _SPACE, _REGULAR
)  # fmt: skip
_COMMAND = re.compile(rb"(?:%s%s)*+(%s)(?:%s)?(%s++|.?)" % (_SPACE, _RIGHT, _OPERANDS, _PICTURE, _REGULAR), re.DOTALL)

# The operands of each operator (PDF 32000-1, Annex A): n a number, / a name, s a string, t an array of strings and
# numbers, a an array of numbers, - none, of an operator that opens or closes; * whatever there is: colours in a space
# that the page defines, and marks, which producers write in many ways and on which no text depends.
_OPERATORS = {
    "": "b B b* B* f F f* n s S h W W* T* EMC EI",
    "-": "q Q BT ET BX EX",
    "n": "w J j M i g G Tc Tw Tz TL Tr Ts",
    "nn": "m l Td TD d0",
    "nnn": "rg RG",
    "nnnn": "re v y k K",
    "nnnnnn": "cm c Tm d1",
    "/": "gs ri cs CS sh Do",
    "/n": "Tf",
    "s": "Tj '",
    "nns": '"',
    "t": "TJ",
    "an": "d",
    "*": "sc scn SC SCN MP DP BMC BDC",
}
_TEXT = rb"(?:%s|<[0-9A-Fa-f\0\t\n\f\r ]*+>)" % _STRING
_KINDS = {
    "-": rb"()",
    "n": rb"[\d.+-]++",  # that these are numbers is known where operands are split from commands
    "/": rb"/(%s*+)" % _REGULAR,
    "s": _TEXT,
    "t": rb"\[%s(?:(?:%s|%s)%s)*+\]" % (_SPACE, _NUMBER, _TEXT, _SPACE),
    "a": rb"\[%s(?:%s%s)*+\]" % (_SPACE, _NUMBER, _SPACE),
    "*": rb"(?:%s%s)*+" % (_ATOM, _SPACE),
}


def _fitting(kinds: str) -> Callable[[bytes], re.Match[bytes] | None]:
    """Compile a matcher of operands of these kinds; its group is the name among them."""
    return re.compile(_SPACE + b"".join(_KINDS[kind] + _SPACE for kind in kinds), re.DOTALL).fullmatch


_FITTING = {name.encode(): _fitting(kinds) for kinds, names in _OPERATORS.items() for name in names.split()}
_COUNT = {name.encode(): len(kinds.strip("-")) for kinds, names in _OPERATORS.items() for name in names.split()}
_CLOSED_BY = {b"ET": b"BT", b"Q": b"q", b"EX": b"BX"}
_ANY = {name.encode() for name in _OPERATORS["*"].split()}
_PAIRS = {b"[": b"]", b"<<": b">>"}
_UNENDING = (b"(", b"BI")  # a string and a picture that do not end
_OPEN = Fault("commands-open")
_HEX = re.compile(rb"#([0-9A-Fa-f]{0,2})")
_pieces = re.compile(rb"(%s|<<|>>|[\[\]])|%%[^\r\n]*+" % _ATOM, re.DOTALL).findall


class Scan(NamedTuple):
    """The faults of commands, each once, and the names of the fonts that they set and of the objects that they draw."""

    faults: tuple[Fault, ...]
    fonts: frozenset[str]
    drawn: frozenset[str]


def scan(data: bytes) -> Scan:
    """Compare the commands of a stream with the table of operators.

    >>> scan(b"BT /F1 12 Tf (Hello) Tj ET /X Do")
    Scan(faults=(), fonts=frozenset({'F1'}), drawn=frozenset({'X'}))
    >>> scan(b"BT /F1 Tf (Hello) Tx ET").faults
    (Fault(code='operands-wrong', detail=None), Fault(code='command-unknown', detail="'Tx'"))
    """
    faults: dict[Fault, None] = {}
    names: dict[bytes, set[bytes]] = {b"Tf": set(), b"Do": set()}
    opened = dict.fromkeys(_CLOSED_BY.values(), 0)
    unsaved = False
    for command in _COMMAND.finditer(data):
        operands, operator = command.groups()
        fitting = _FITTING.get(operator)
        if fitting and (match := fitting(operands)):
            if not match.lastindex:
                continue
            if operator in names:
                names[operator].add(match[1])
            elif operator in _CLOSED_BY:
                opened[_CLOSED_BY[operator]] -= 1
                unsaved = unsaved or opened[b"q"] < 0
            elif operator in opened:
                opened[operator] += 1
                if operator == b"BT" and unsaved:  # sloppy producers restore once more after all text, without harm
                    faults[Fault("state-unsaved")] = None
        elif operator in _UNENDING:
            faults[_OPEN] = None
            break  # all that follows is within it
        elif fault := _fault(operands, operator, lax=opened[b"BX"] > 0):
            faults[fault] = None
            if len(faults) == _MAX_FAULTS:
                break
    if opened[b"BT"]:
        faults[_OPEN] = None
    return Scan(tuple(faults), *(frozenset(map(_name, names[operator])) for operator in (b"Tf", b"Do")))


def _fault(operands: bytes, operator: bytes, *, lax: bool) -> Fault | None:
    """Name the fault of a command that does not fit the table.

    Return None for an unknown operator within BX … EX (`lax`), and for space after the last operator.
    """
    if operator and operator not in _FITTING:
        return None if lax else Fault("command-unknown", repr(operator[:_MAX_COMMAND_LENGTH].decode("latin-1")))
    count = _count(operands)
    if count is None or (count and not operator):
        return _OPEN
    if not operator or operator in _ANY:
        return None
    if count != _COUNT[operator]:
        return Fault("operands-wrong")
    return Fault("operands-kind")


def _count(operands: bytes) -> int | None:
    """Count operands. Return None if an array or a dictionary among them does not end.

    >>> _count(b"/P << /MCID 0 /A [1 2] >> (x)"), _count(b"[1 2"), _count(b"[1 >>")
    (3, None, None)
    """
    count, waiting = 0, list[bytes]()
    for piece in _pieces(operands):
        if piece in _PAIRS:
            waiting.append(_PAIRS[piece])
        elif piece in _PAIRS.values() and (not waiting or waiting.pop() != piece):
            return None
        count += bool(piece) and not waiting
    return None if waiting else count


def _name(name: bytes) -> str:
    """Decode a name as pdfminer does for a page's resources.

    >>> _name(b"F#31"), _name("宋体".encode()), _name(b"F\\xff")
    ('F1', '宋体', "b'F\\\\xff'")
    """
    plain = _HEX.sub(lambda code: bytes([int(code[1], 16)]) if code[1] else b"", name)
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return str(plain)
