"""Write marks as they are printed: engines take a Chinese bracket or colon for a Latin one, and a dash for 一."""

import re

_CHINESE_FORMS = dict(zip("(),:;?!", "（），：；？！", strict=True))
_CHINESE = r"[\u3001-\u301f\u3400-\u9fff\uff01-\uff5e]"
_BESIDE_CHINESE = re.compile(rf"(?<={_CHINESE})[(),:;?!]+|[(),:;?!]+(?= ?{_CHINESE})")
_DASH = re.compile(r"(?<=[0-9])一(?=[0-9])")
_PAGE_NUMBER = re.compile(r"[-–—一]\s*[0-9]+\s*[-–—一]")


def as_printed(words: str) -> str:
    """Write marks beside Chinese characters in their Chinese form, and the dash between figures as a dash.

    >>> as_printed("(2006一2020年)"), as_printed("（工业4.0)"), as_printed("http://brics.rfbr.ru")
    ('（2006—2020年）', '（工业4.0）', 'http://brics.rfbr.ru')
    >>> as_printed("(2) 每个部门")
    '（2） 每个部门'
    """
    chars = list(_BESIDE_CHINESE.sub(lambda marks: _chinese(marks[0]), words))
    opened: list[int] = []
    for place, char in enumerate(chars):
        if char in "(（":
            opened.append(place)
        elif char in ")）" and opened:
            pair = opened.pop(), place
            if any(chars[one] in "（）" for one in pair):
                chars[pair[0]], chars[pair[1]] = "（", "）"
    written = "".join(chars)
    return (written.replace("一", "—") if is_page_number(written) else _DASH.sub("—", written)).strip()


def _chinese(marks: str) -> str:
    return "".join(_CHINESE_FORMS[mark] for mark in marks)


def is_page_number(words: str) -> bool:
    """True for a number between dashes.

    >>> is_page_number("-12一"), is_page_number("12")
    (True, False)
    """
    return _PAGE_NUMBER.fullmatch(words.strip()) is not None
