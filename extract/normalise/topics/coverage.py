"""Track which words of a topics field became names or known words around names; report the rest."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby

from msgspec import Struct

from extract.model.findings import FindingDraft, finding
from extract.model.text import GLUE, Text


class Coverage(Struct, frozen=True):
    """What became of the words of a field, or of a part of it; the parts add up with +.

    `names`: the names of topics. `understood`: all words that have a place in the value (names, their markers and
    notes) or are known words around names. `remarks`: words that name no topic, for the lead. `doubts`: words that
    could be read in another way. `unrestricted`: each 领域不限. `open_ended`: 等, 以及其他领域. `no_list`: a sentence
    lists no topics, so that the remarks before it lead to nothing.
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
        """The first remark with those that follow it at once; None without remarks. A lead is one stretch of text."""
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
        """One finding for the doubts, one for the words that are part of nothing."""
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
    """The coverage of a text from those of its parts, in order; in linear time, for a list may have thousands."""
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
    """Whether a character is a letter or a digit of the print that is not covered."""
    origin = field.origins[offset]
    return origin != GLUE and origin not in covered and field.chars[offset].isalnum()


def _printed(texts: Iterable[Text]) -> list[str]:
    return list(dict.fromkeys(text.printed for text in texts))
