"""Report figures in the prose of a section that its fields lack: 对…给予不高于20%补助，最高300万元."""

import re
from collections.abc import Iterator

from extract.model.findings import FindingDraft, finding
from extract.model.record import Section
from extract.model.stages import SectionText

_SENTENCE_END = "[。；\n]"
_GIVES = r"(?:支持|资助|补助|补贴|奖励|奖补|拨付|给予|经费|资金)"
_FIGURES = {
    "funding": re.compile(rf"{_GIVES}.*?\d[\d.]*(?:[万亿千百]*元|%)|\d[\d.]*(?:[万亿千百]*元|%).{{0,12}}{_GIVES}"),
    "project_count": re.compile(
        r"(?:支持|资助|立项|遴选|不超过|限)[^，。；]{0,10}?\d+(?:[-~]\d+)?(?:个项目|项(?!目标|指标)|个(?=[，。；]|$))"
    ),
}


def figures_in_prose(piece: SectionText, section: Section) -> Iterator[FindingDraft]:
    """Yield a finding for each sentence under no label that states money or a count which the section does not have."""
    for part in piece.parts:
        if part.label or part.field is None:
            continue
        for sentence in part.text.split(_SENTENCE_END):
            for field, pattern in _FIGURES.items():
                if getattr(section, field).status in ("absent", "inherited") and pattern.search(sentence.plain):
                    words = sentence.strip()
                    yield finding("figure-misplaced", words, field=field, words=words.printed, name=field)
