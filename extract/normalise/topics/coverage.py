"""What the words of a field come to, word by word: names, or words around names; what is neither is left over."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from msgspec import Struct, field

from extract.model.findings import FindingDraft, finding
from extract.model.text import GLUE, Text


class TopicCoverage(Struct):
    """What a field says, gathered while it is read.

    `named`: names, their markers and notes. `understood`: words around names that are known. `remarks`: words that
    say something and name no topic, for the lead. `doubts`: words that could be read in another way. `counted`: how
    many topics the words say that there are. `free`: 领域不限, each time that it is said.
    """

    open_ended: bool = False
    free: list[Text] = field(default_factory=list)
    counted: Decimal | None = None
    named: list[Text] = field(default_factory=list)
    understood: list[Text] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)
    doubts: list[Text] = field(default_factory=list)

    @property
    def unrestricted(self) -> bool:
        """Whether the fields are not restricted, all of them or some."""
        return bool(self.free)

    def lead(self, whole: Text) -> Text | None:
        """The first remark, with those that follow it at once: a lead stands in one place."""
        remarks = sorted((remark for remark in self.remarks if remark), key=lambda remark: remark.origins[0])
        told = _origins(remarks)
        places = [place for place, origin in enumerate(whole.origins) if origin in told]
        if not places:
            return None
        gaps = (place for place in range(places[0], len(whole)) if _speaks(whole, place, told))
        stop = next(gaps, len(whole))
        return whole[places[0] : max(place for place in places if place < stop) + 1]

    def findings(self, whole: Text, lead: Text | None) -> list[FindingDraft]:
        """The doubts, and the words that ended nowhere."""
        told = _origins([*self.named, *self.understood, *([lead] if lead is not None else [])])
        marks = ((place, _speaks(whole, place, told)) for place in range(len(whole)))
        lost = [[place for place, _ in run] for spoken, run in groupby(marks, key=lambda mark: mark[1]) if spoken]
        left = [whole[run[0] : run[-1] + 1] for run in lost]
        findings = []
        if self.doubts:
            doubts = dict.fromkeys(self.doubts)
            findings.append(finding("topics-unclear", *doubts, variant="cut", words=_printed(doubts)))
        if left:
            findings.append(finding("topics-unclear", *left, variant="left", words=_printed(left)))
        return findings


def _origins(texts: Iterable[Text]) -> set[int]:
    return {origin for text in texts for origin in text.origins}


def _speaks(whole: Text, place: int, told: set[int]) -> bool:
    """Whether a character is part of a word, and of none of those that were told."""
    origin = whole.origins[place]
    return origin != GLUE and origin not in told and whole.chars[place].isalnum()


def _printed(texts: Iterable[Text]) -> list[str]:
    return list(dict.fromkeys(text.printed for text in texts))
