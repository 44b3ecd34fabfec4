"""Lay out a page with pdfminer, up to a limit of glyphs, and mark glyphs in layers that are switched off."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pdfminer import pdfinterp, psparser
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber.page import Page

from extract.limits import Limits, raise_limit_passed
from extract.pull.layers import Layers


class _Device(PDFPageAggregator):
    """A layout device that counts glyphs.

    A character with a text rise, or in a layer that is switched off, gets the attributes `rise` and `hidden`.
    pdfplumber's own device adds to each character the marked content in which it stands, of which nothing is read.
    """

    left = 0
    hidden = 0  # open marked contents and forms in layers that are switched off

    def render_image(self, *args: Any) -> None:
        if not self.hidden:
            super().render_image(*args)

    def render_char(self, *args: Any) -> float:
        self.left -= 1
        if self.left < 0:
            raise _TooMany
        advance: float = super().render_char(*args)
        rise = args[4]
        if rise or self.hidden:
            char: Any = self.cur_item._objs[-1]
            char.rise, char.hidden = rise, bool(self.hidden)
        return advance


class _Interpreter(PDFPageInterpreter):
    """An interpreter that counts, on its device, the marked contents and forms in layers that are switched off."""

    layers: Layers
    device: _Device

    def dup(self) -> "_Interpreter":
        other = _Interpreter(self.rsrcmgr, self.device)
        other.layers = self.layers
        return other

    def init_resources(self, resources: dict[object, object]) -> None:
        super().init_resources(resources)
        properties = resolve1(resources.get("Properties")) if resources else None
        self._properties = properties if isinstance(properties, dict) else {}
        self._marks: list[bool] = []

    def do_BMC(self, tag: Any) -> None:  # noqa: N802
        self._marks.append(False)
        super().do_BMC(tag)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        named = self._properties.get(props.name) if isinstance(props, PSLiteral) else props
        is_hidden = isinstance(tag, PSLiteral) and tag.name == "OC" and self.layers.hides(named)
        self._marks.append(is_hidden)
        self.device.hidden += is_hidden
        super().do_BDC(tag, props)

    def do_EMC(self) -> None:  # noqa: N802
        self.device.hidden -= self._marks.pop() if self._marks else False
        super().do_EMC()

    def do_Do(self, xobjid: Any) -> None:  # noqa: N802
        form = resolve1(self.xobjmap.get(xobjid.name)) if isinstance(xobjid, PSLiteral) else None
        is_hidden = isinstance(form, PDFStream) and self.layers.hides(form.get("OC"))
        self.device.hidden += is_hidden
        super().do_Do(xobjid)
        self.device.hidden -= is_hidden


class _TooMany(Exception):
    """A page has more glyphs than are left."""


@contextmanager
def _tokens_unlogged() -> Iterator[None]:
    """Spare pdfminer the calls that log each token of a page several times, unless somebody listens to them.

    Finding out each time that nobody does takes a twentieth of the time of reading a page.
    """
    quiet: list[Any] = [log for log in (psparser.log, pdfinterp.log) if not log.isEnabledFor(logging.DEBUG)]
    for log in quiet:
        log.debug = lambda *args: None
    try:
        yield
    finally:
        for log in quiet:
            vars(log).pop("debug", None)


def layout_page(page: Page, left: int, layers: Layers, limits: Limits) -> LTPage:
    """Lay out a page of at most `left` glyphs. Raises LimitPassed if it has more."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    device.left = left
    interpreter = PDFPageInterpreter(page.pdf.rsrcmgr, device)
    if layers:  # rare
        interpreter = _Interpreter(page.pdf.rsrcmgr, device)
        interpreter.layers = layers
    try:
        with _tokens_unlogged():
            interpreter.process_page(page.page_obj)
    except _TooMany:
        raise_limit_passed("glyphs", limits)
    return device.get_result()
