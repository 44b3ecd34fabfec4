"""pdfminer's interpreter of a page's commands, made to tell what it passes over, and to stop at too many characters.

pdfminer skips a command that it does not know, or that has too few operands, and says nothing; so does PDFium. In a
damaged file these are the traces of what is lost.
"""

from typing import Any

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.psparser import PSLiteral
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

from extract.limits import Limits, raise_limit_passed

_SHOWN = 20  # characters of a command that a message shows


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


class _Interpreter(PDFPageInterpreter):
    """Executes the commands of a page and of the forms on it; `odd` is what is wrong with them, each once."""

    odd: dict[str, None]

    def dup(self) -> "_Interpreter":
        inner = _Interpreter(self.rsrcmgr, self.device)
        inner.odd = self.odd
        return inner

    def __getattr__(self, name: str) -> Any:
        """Asked for a method that is not there: a command that no reader knows."""
        if name.startswith("do_"):
            self.odd[f"a command that there is not: {name[3:][:_SHOWN]!r}"] = None
        raise AttributeError(name)

    def execute(self, streams: Any) -> None:
        self.texts = 0
        super().execute(streams)
        if self.texts or self.argstack:
            self.odd["commands that do not end"] = None

    def pop(self, n: int) -> list[Any]:
        """The operands of a command."""
        operands = super().pop(n)
        if len(operands) < n or self.argstack:
            self.odd["a command with too few or too many operands"] = None
            self.argstack.clear()
        return operands

    def do_BT(self) -> None:  # noqa: N802
        self.texts += 1
        super().do_BT()

    def do_ET(self) -> None:  # noqa: N802
        self.texts -= 1
        super().do_ET()

    def do_scn(self) -> None:
        self._colour(super().do_scn)

    def do_SCN(self) -> None:  # noqa: N802
        self._colour(super().do_SCN)

    def _colour(self, do: Any) -> None:
        """Colours in spaces that pdfminer does not know have operands that it does not expect."""
        odd = dict(self.odd)
        do()
        self.argstack.clear()
        self.odd.clear()
        self.odd.update(odd)

    def do_Tf(self, fontid: Any, fontsize: Any) -> None:  # noqa: N802
        if isinstance(fontid, PSLiteral) and fontid.name not in self.fontmap:
            self.odd[f"a font that the page does not have: {str(fontid.name)[:_SHOWN]!r}"] = None
        super().do_Tf(fontid, fontsize)


def layout_page(page: Page, left: int, limits: Limits) -> tuple[LTPage, list[str]]:
    """A page's layout, and what is wrong with its commands.

    `left` is how many glyphs the page may have. Raises LimitPassed where it has more.
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    device.left = left
    interpreter = _Interpreter(page.pdf.rsrcmgr, device)
    interpreter.odd = {}
    try:
        interpreter.process_page(page.page_obj)
    except _TooMany:
        raise_limit_passed("glyphs", limits)
    return device.get_result(), list(interpreter.odd)
