"""Findings, and the English message of each.

A message is a function of the code and the arguments (`args`), so that a catalogue in another language can show the
same findings.
"""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from extract.model.evidence import cite
from extract.model.finding_catalogue import FINDINGS, ITEMS, PHRASES
from extract.model.text import Text
from extract.model.values import Evidence

Part = str | int
Arg = Part | tuple[Part | dict[str, Part], ...]
Args = Mapping[str, Arg]


class FindingDraft(Struct, frozen=True):
    """A finding before it gets its severity and its section; created by `finding` only.

    `field` is the doubtful value, if it concerns one: a field of the section, or of the guide (year, declared.funding).
    """

    code: str
    args: Args
    message: str
    section: str | None
    evidence: tuple[Evidence, ...]
    field: str | None


def finding(
    code: str,
    *words: Text,
    section: str | None = None,
    field: str | None = None,
    evidence: Sequence[Evidence] = (),
    **args: Part | Sequence[Part | Mapping[str, Part]],
) -> FindingDraft:
    """Create a finding with the arguments of its message.

    It cites `words`, or has the `evidence` of an earlier value. Without a `section`, place_findings determines it.
    """
    plain = {name: _plain(arg) for name, arg in args.items()}
    return FindingDraft(code, plain, format_message(code, plain), section, (*cite(*words), *evidence), field)


def _plain(arg: Part | Sequence[Part | Mapping[str, Part]]) -> Arg:
    """An argument as plain data."""
    if isinstance(arg, str | int):
        return arg
    return tuple(dict(item) if isinstance(item, Mapping) else item for item in arg)


_PART = re.compile(r"\{(?P<name>\w+)(?::(?P<separator>[^}]*))?\}")


def format_message(code: str, args: Args) -> str:
    """Format the message of a finding in English.

    >>> format_message("heading-ambiguous", {"words": "1.11.1中德", "readings": ("1.1中德", "1.11.1中德")})
    '1.11.1中德 can be read as 1.1中德 or 1.11.1中德'
    >>> format_message("file-damaged", {"variant": "page", "pages": (2, 3), "fault": "commands-open"})
    'pages 2, 3: commands that do not end; words may be lost or wrong'
    >>> format_message("forms-unified", {"forms": ({"printed": "⽬", "read": "目", "count": 4},)})
    'forms that the font hands out, read as the usual characters: ⽬ as 目 (4)'
    """
    template = FINDINGS[code].template
    return _fill(template if isinstance(template, str) else template[str(args["variant"])], args)


def format_refusal(refusal: str, args: Args) -> str:
    """Format the reason for which a reader cannot read a PDF.

    >>> format_refusal("no-pages", {"file": "guide.pdf"})
    'guide.pdf: the PDF has no pages that can be read; download the guide again'
    """
    return _fill(PHRASES["refusal"][refusal], args)


def _fill(template: str, args: Args) -> str:
    """Fill a template: {words}, or {words: or } for a list with another separator than a comma."""
    return _PART.sub(lambda part: _format_arg(part["name"], args, part["separator"] or ", "), template)


def _format_arg(name: str, args: Args, separator: str) -> str:
    value = args[name]
    if isinstance(value, str | int):
        return _fill(PHRASES[name][str(value)], args) if name in PHRASES else str(value)
    if name == "pages":
        return format_pages(value)
    return separator.join(_fill(ITEMS[name], item) if isinstance(item, dict) else str(item) for item in value)


def format_pages(pages: Sequence[object]) -> str:
    """Format a list of pages for a message.

    >>> format_pages([3]), format_pages([3, 5])
    ('page 3', 'pages 3, 5')
    """
    return f"page{'s' * (len(pages) > 1)} {', '.join(map(str, pages))}"
