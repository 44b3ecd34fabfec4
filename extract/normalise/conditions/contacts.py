"""Telephone numbers and mail addresses, which have the same form in every guide."""

import re

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ABROAD = r"(?:\+|00)\d{1,3}(?:[- ]?（?\d{1,4}）?)?(?:[- ]?\d{2,8}){1,3}|86-?\d{2,3}-\d{7,8}"
_PHONE = re.compile(
    rf"(?<![\d.-])(?:{_ABROAD}|(?:0\d{{2,3}}-|（0\d{{2,3}}）)\d{{7,8}}(?:-\d{{1,5}})?|1[3-9]\d{{9}}"
    r"|(?P<local>[2-9]\d{6,7}))(?![\d-])"
)
_PHONE_LABEL = re.compile(r"(?:电话|热线|Tel\.?)$", re.IGNORECASE)  # 58881341 is a telephone number only behind one


def find_contacts(plain: str) -> list[slice]:
    """Return where telephone numbers and mail addresses stand, in their order.

    A number without area code is one only behind a label or another number (010-58881354、58881341).
    """
    found = [slice(*match.span()) for match in _EMAIL.finditer(plain)]
    last = -1
    for match in _PHONE.finditer(plain):
        beside = last >= 0 and re.fullmatch("[、，/；或和 ]{1,2}", plain[last : match.start()])
        if match["local"] is None or beside or _has_phone_label(plain, match.start()):
            found.append(slice(*match.span()))
            last = match.end()
    return sorted(found, key=lambda span: span.start)


def _has_phone_label(plain: str, offset: int) -> bool:
    """Return True if a label for telephone numbers stands before an offset."""
    while offset and plain[offset - 1] in "：为 ":
        offset -= 1
    return _PHONE_LABEL.search(plain, max(offset - len("Tel."), 0), offset) is not None
