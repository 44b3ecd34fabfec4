"""Lines that browsers print around pages: the date and the title above, the address and the page below."""

import re

# A browser prints when it did above a page, and the address and 1/2 below it.
_PRINTED = re.compile(
    r"\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4}日?[， ]*(?:[上下]午)? *\d{1,2}：\d\d.*"
    r"|(?:https?|file)：//[!-~（），：；？！]+(?: *\d{1,4}/\d{1,4})?"
)


def is_printed(plain: str) -> bool:
    """True if a browser prints such words above or below a page.

    >>> is_printed("https：//service.example.cn/a_b/2345.html 1/2"), is_printed("https：//example.cn 注册")
    (True, False)
    """
    return _PRINTED.fullmatch(plain) is not None
