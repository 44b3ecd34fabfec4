"""Comparison of words: folded, without punctuation, and by likeness."""

import re
import unicodedata
from collections.abc import Sequence

from extract.model.values import Partner

_FORMS = str.maketrans(
    dict.fromkeys("–—―−‐‑‒─━~～〜∼", "-") | dict.fromkeys('“”„‟«»「」『』"', '"') | dict.fromkeys("‘’'", "'")
)
_FINAL_MARKS = "。.；;，,、:"
_CHINA = re.compile(r"^(中国|内地|大陆|中)?(科学技术部|科技部)?")
_CONJUNCTION = re.compile(r"^[与和同及、-]+")
_YEAR = re.compile(r"\d{4}年度?")


def fold_wording(words: str) -> str:
    """Fold width, dashes and quotation marks; drop space and final marks.

    >>> fold_wording("中 国（Ａ）—“项目”。")
    '中国(A)-"项目"'
    """
    plain = unicodedata.normalize("NFKC", words).translate(_FORMS)
    return "".join(char for char in plain if not char.isspace()).rstrip(_FINAL_MARKS)


def letters_and_digits(words: str) -> str:
    """Return the letters and digits of folded words."""
    return "".join(char for char in fold_wording(words) if char.isalnum())


def title_core(title: str, partners: Sequence[Partner]) -> str:
    """Return a section's title without its partners and its year.

    >>> title_core("中国与希腊政府间合作项目", [Partner(name="希腊", code="GR", kind="country")])
    '政府间合作项目'
    """
    rest = fold_wording(title)
    for partner in partners:
        printed = "".join(piece.quote for piece in partner.evidence)
        names = (partner.agency or "", printed, partner.name, partner.subdivision.name if partner.subdivision else "")
        for name in names:
            rest = rest.replace(fold_wording(name), "", 1) if name else rest
    rest = _CONJUNCTION.sub("", _CHINA.sub("", rest, count=1)) if partners else rest
    return letters_and_digits(_YEAR.sub("", rest))


def likeness(one: str, other: str) -> int:
    """Return the likeness of two texts, 0 to 100: letters in common, in order; at least 75 if one contains the other.

    >>> likeness("清洁能源", "清洁能源与可再生能源"), likeness("新材料", "新能源")
    (75, 33)
    """
    from rapidfuzz import fuzz

    one, other = letters_and_digits(one), letters_and_digits(other)
    short, long = sorted((one, other), key=len)
    contained = 75 if len(short) >= _MIN_CONTAINED_LENGTH and short in long else 0
    return max(int(fuzz.ratio(one, other)), contained)


_MIN_CONTAINED_LENGTH = 4  # characters; shorter names are part of many others


def lists_alike(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Return the likeness of two lists, 0 to 100: the mean of each entry with its best match; None if one is empty."""
    if not one or not other:
        return None
    best = [max(likeness(a, b) for b in other) for a in one] + [max(likeness(a, b) for a in one) for b in other]
    return sum(best) // len(best)
