"""Where words stand and what they are like, as a comment in a draft tells it."""

from collections.abc import Iterable, Sequence

from extract.model.values import Evidence

LIKE = 50  # of 100: words that are less alike than this are not like each other


def describe_place(evidence: Sequence[Evidence]) -> str:
    """`, page 4 at 201.64, 227.1`: points from the page's top left corner; in plain text the line of the file."""
    if not evidence:
        return ""
    first = evidence[0]
    at = f" at {first.bbox[0]:g}, {first.bbox[1]:g}" if first.bbox else f", line {first.line}"
    return f", page {first.page}{at}"


def nearest(words: str, known: Iterable[str], *, at_least: int = LIKE) -> tuple[str, int] | None:
    """The known words that are most like these, and how much (of 100); None where none are."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(words, list(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else (str(found[0]), round(found[1]))


def quoted(words: str) -> str:
    """Words as a TOML string."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'
