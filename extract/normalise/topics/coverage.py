"""Track which characters of a topics field became names or known framing words; report the rest."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby

from msgspec import Struct

from extract.model.findings import FindingDraft, finding
from extract.model.text import GLUE, Text


class Coverage(Struct, frozen=True):
    """The reading of the words of a field, or of a part of it; parts add up with +.

    `names`: names of topics. `understood`: words with a key in the value (names, markers, notes), and known words
    around names. `remarks`: words without a topic, for the lead. `doubts`: ambiguous words. `unrestricted`: 领域不限.
    `open_ended`: 等, 以及其他领域. `no_list`: a sentence lists no topics, so remarks before it are no lead.
    """

    names: tuple[Text, ...] = ()
    understood: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()
    unrestricted: tuple[Text, ...] = ()
    open_ended: bool = False
    no_list: bool = False

    def __add__(self, other: Coverage) -> Coverage:
        return add_up((self, other))

    def lead(self, field: Text) -> Text | None:
        """Return the first remark with those adjacent to it, as one stretch of text; None without remarks."""
        if self.no_list:
            return None
        covered = _origins(self.remarks)
        offsets = [offset for offset, origin in enumerate(field.origins) if origin in covered]
        if not offsets:
            return None
        gaps = (offset for offset in range(offsets[0], len(field)) if _is_left_over(field, offset, covered))
        stop = next(gaps, len(field))
        return field[offsets[0] : max(offset for offset in offsets if offset < stop) + 1]

    def findings(self, field: Text, lead: Text | None) -> list[FindingDraft]:
        """Return one finding for the doubts, one for the words left over."""
        covered = _origins([*self.understood, *([lead] if lead is not None else [])])
        runs = groupby(range(len(field)), key=lambda offset: _is_left_over(field, offset, covered))
        left_over = [list(offsets) for is_left_over, offsets in runs if is_left_over]
        words = [field[offsets[0] : offsets[-1] + 1] for offsets in left_over]
        findings = []
        if self.doubts:
            doubts = dict.fromkeys(self.doubts)
            findings.append(finding("topics-unclear", *doubts, variant="cut", words=_printed(doubts)))
        if words:
            findings.append(finding("topics-unclear", *words, variant="left", words=_printed(words)))
        return findings


def add_up(parts: Iterable[Coverage]) -> Coverage:
    """Add up the coverage of parts in order, in linear time: a list may have thousands."""
    parts = list(parts)
    return Coverage(
        names=_chained(part.names for part in parts),
        understood=_chained(part.understood for part in parts),
        remarks=_chained(part.remarks for part in parts),
        doubts=_chained(part.doubts for part in parts),
        unrestricted=_chained(part.unrestricted for part in parts),
        open_ended=any(part.open_ended for part in parts),
        no_list=any(part.no_list for part in parts),
    )


def _chained(texts: Iterable[tuple[Text, ...]]) -> tuple[Text, ...]:
    return tuple(chain.from_iterable(texts))


def _origins(texts: Iterable[Text]) -> set[int]:
    return {origin for text in texts for origin in text.origins}


def _is_left_over(field: Text, offset: int, covered: set[int]) -> bool:
    """Return True if a printed letter or digit is not covered."""
    origin = field.origins[offset]
    return origin != GLUE and origin not in covered and field.chars[offset].isalnum()


def _printed(texts: Iterable[Text]) -> list[str]:
    return list(dict.fromkeys(text.printed for text in texts))
