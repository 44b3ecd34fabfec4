"""Check the words that were set aside: each stands on its page as cited, and none reads like text of the guide."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence

from extract.check.quote_lookup import replay
from extract.check.quotes import Mismatch, check_from
from extract.model.findings import FindingDraft, finding
from extract.model.record import Check, Excluded, ExcludedReason
from extract.model.stages import Pulled, Repaired
from extract.model.text import Text, enclosing_box, left_to_right
from extract.model.values import Evidence

Box = tuple[float, float, float, float]
_ROUNDING = 0.011  # points: boxes are rounded to 0.01
_KEEPING = ("unify forms", "write scripts as signs")  # repairs that take nothing out
# Reasons that take words for what belongs to the page; the others are reported with their words anyway.
_OF_PAGE: frozenset[ExcludedReason] = frozenset(
    {"page-number", "running-head", "line-number", "watermark", "navigation"}
)
_SENTENCE = re.compile("[\u4e00-\u9fff，、]{6,}[。；]")
_FIGURE = re.compile(r"\d *(?:个|项(?!目)|[万亿]*元|[万亿]美元)|(?<![\d/年.-])\d{1,2} *年(?! *\d)")


def excluded_in_ink(pulled: Pulled, repaired: Repaired, excluded: Sequence[Excluded]) -> Check | None:
    """Check that all words set aside are those of the glyphs in their boxes that repairs took out."""
    if not excluded:
        return None
    removed = _Removed(pulled, repaired)
    pieces = [(words.reason, piece) for words in excluded for piece in words.evidence]
    faults = [
        Mismatch(None, f"“{piece.quote}” on {piece.where}", (piece,))
        for reason, piece in pieces
        if not removed.prints(piece, has_box=reason != "nowhere")
    ]
    return check_from("excluded-in-ink", len(pieces), "quotes set aside", "are printed where they are cited", faults)


class _Removed:
    """The glyphs that repairs took out and that are no copies, by page, and without boxes by line or block."""

    def __init__(self, pulled: Pulled, repaired: Repaired) -> None:
        self._glyphs = pulled.glyphs
        self._texts = replay(pulled.glyphs, [one for one in repaired.repairs if one.name in _KEEPING])
        self._numbers: dict[tuple[int, int], list[int]] = defaultdict(list)
        for repair in repaired.repairs:
            for number in repair.became if repair.name not in (*_KEEPING, "fold overprints") else ():
                row = 0 if repaired.ink.drawn else repaired.ink.row(repaired.ink.lines[number])
                self._numbers[self._glyphs[number].page, row].append(number)

    def prints(self, piece: Evidence, *, has_box: bool) -> bool:
        """Return True if glyphs spell a quote, in the order of the stream or of the line, and fill its box."""
        numbers = self._numbers[piece.page or 0, piece.row]
        box = piece.bbox if has_box else None
        if box is not None:
            numbers = [number for number in numbers if self._is_within(number, box)]
        for order in (sorted(numbers), left_to_right(self._glyphs, numbers)):
            spelling = self._spelling(piece.quote, order)
            if spelling and (box is None or self._fills(spelling, box)):
                return True
        return False

    def _is_within(self, number: int, box: Box) -> bool:
        glyph, (left, top, right, bottom) = self._glyphs[number], box
        return (
            left - _ROUNDING <= glyph.x0
            and glyph.x1 <= right + _ROUNDING
            and top - _ROUNDING <= glyph.top
            and glyph.bottom <= bottom + _ROUNDING
        )

    def _fills(self, numbers: Sequence[int], box: Box) -> bool:
        edges = zip(enclosing_box([self._glyphs[number] for number in numbers]), box, strict=True)
        return all(abs(drawn - cited) <= _ROUNDING for drawn, cited in edges)

    def _spelling(self, quote: str, numbers: Sequence[int]) -> list[int]:
        """Return the first glyphs that spell a quote in this order, others between them; empty without any."""
        drawn = ((char, number) for number in numbers for char in self._texts[number])
        found = []
        for wanted in "".join(quote.split()):
            number = next(
                (number for char, number in drawn if char == wanted and self._is_digit_of(wanted, number)), None
            )
            if number is None:
                return []
            found.append(number)
        return found

    def _is_digit_of(self, char: str, number: int) -> bool:
        """Return True unless a digit is another than the one that is drawn: ⁴ may be a raised 4."""
        digit = unicodedata.normalize("NFKC", char)
        return not digit.isdigit() or digit in unicodedata.normalize("NFKC", self._glyphs[number].text)


def excluded_like_text(repaired: Repaired, labels: Collection[str]) -> list[FindingDraft]:
    """Report words that were set aside for the page's own and read like text: a sentence, a label, a figure.

    Words that come again on other pages, but for their numbers, are reported once.
    """
    found: dict[str, Text] = {}
    for piece in repaired.excluded:
        plain = piece.text.plain
        if piece.reason in _OF_PAGE and is_like_text(plain, labels):
            found.setdefault(re.sub(r"\d+", "#", plain), piece.text)
    return [finding("excluded-like-text", text, words=str(text)) for text in found.values()]


def is_like_text(plain: str, labels: Collection[str]) -> bool:
    """Return True if words hold a sentence, a label with its colon, or a figure with its unit.

    >>> [is_like_text(words, ["拟支持经费"]) for words in ("无。拟支持经费：另定", "3个项目", "鼓励企业参与合作研究。")]
    [True, True, True]
    >>> [is_like_text(words, ["拟支持经费"]) for words in ("第3页 共12页", "2019年度项目申报指南", "内部资料 注意保存")]
    [False, False, False]
    """
    if _SENTENCE.search(plain) or _FIGURE.search(plain):
        return True
    return any(plain[: colon.start()].rstrip(" 】").endswith(tuple(labels)) for colon in re.finditer("：", plain))
