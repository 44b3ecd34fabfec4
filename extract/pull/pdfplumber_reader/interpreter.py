"""pdfminer's layout of a page, which stops at too many glyphs."""

from typing import Any

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

from extract.limits import Limits, raise_limit_passed


class _Device(PDFPageAggregatorWithMarkedContent):
    """What the glyphs of a page are laid out on; it counts them."""

    left = 0

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self.left -= 1
        if self.left < 0:
            raise _TooMany
        return float(super().render_char(*args, **kwargs))


class _TooMany(Exception):
    """A page has more glyphs than are left."""


def layout_page(page: Page, left: int, limits: Limits) -> LTPage:
    """A page's layout. `left` is how many glyphs the page may have. Raises LimitPassed where it has more."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    device.left = left
    try:
        PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    except _TooMany:
        raise_limit_passed("glyphs", limits)
    return device.get_result()
