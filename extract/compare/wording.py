"""Compare words: without their form, without punctuation, and by likeness."""

import re
import unicodedata
from collections.abc import Sequence

from extract.model.values import Partner

_FORMS = str.maketrans(
    dict.fromkeys("–—―−‐‑‒─━~～〜∼", "-") | dict.fromkeys('“”„‟«»「」『』"', '"') | dict.fromkeys("‘’'", "'")
)
_AT_THE_END = "。.；;，,、:"
_CHINA = re.compile(r"^(中国|内地|大陆|中)?(科学技术部|科技部)?")
_JOINING = re.compile(r"^[与和同及、-]+")
_YEAR = re.compile(r"\d{4}年度?")


def fold_wording(words: str) -> str:
    """Fold the form of words: width of characters, kinds of dashes and quotation marks, space, the full stop.

    >>> fold_wording("中 国（Ａ）—“项目”。")
    '中国(A)-"项目"'
    """
    plain = unicodedata.normalize("NFKC", words).translate(_FORMS)
    return "".join(char for char in plain if not char.isspace()).rstrip(_AT_THE_END)


def letters_and_digits(words: str) -> str:
    """Return the letters and digits of words alone."""
    return "".join(char for char in fold_wording(words) if char.isalnum())


def title_core(title: str, partners: Sequence[Partner]) -> str:
    """Return a section's title without its partners and its year.

    >>> title_core("中国与希腊政府间合作项目", [Partner(name="希腊", code="GR", kind="country")])
    '政府间合作项目'
    """
    left = fold_wording(title)
    for partner in partners:
        printed = "".join(one.quote for one in partner.evidence)
        names = (partner.agency or "", printed, partner.name, partner.subdivision.name if partner.subdivision else "")
        for name in names:
            left = left.replace(fold_wording(name), "", 1) if name else left
    left = _JOINING.sub("", _CHINA.sub("", left, count=1)) if partners else left
    return letters_and_digits(_YEAR.sub("", left))


def likeness(one: str, other: str) -> int:
    """Return the likeness of two wordings, 0 to 100: letters in common, in order; more if one holds all of the other.

    >>> likeness("清洁能源", "清洁能源与可再生能源"), likeness("新材料", "新能源")
    (75, 33)
    """
    from rapidfuzz import fuzz

    one, other = letters_and_digits(one), letters_and_digits(other)
    short, long = sorted((one, other), key=len)
    held = 75 if len(short) >= _MIN_TELLING_LENGTH and short in long else 0
    return max(int(fuzz.ratio(one, other)), held)


_MIN_TELLING_LENGTH = 4  # in characters; a shorter name stands in many others


def lists_alike(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Return the likeness of two lists, 0 to 100: of each entry with the most like one on the other side."""
    if not one or not other:
        return None
    best = [max(likeness(a, b) for b in other) for a in one] + [max(likeness(a, b) for a in one) for b in other]
    return sum(best) // len(best)
