"""The only door to spaCy: one blank Chinese pipeline for a profile."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from extract.partner_names import PartnerNames
from extract.patterns import words
from extract.profile import Profile
from extract.words.segmenter import Segmenter

if TYPE_CHECKING:
    from spacy.language import Language


def segmenter_of(profile: Profile) -> Segmenter:
    """What cuts the texts of a profile's guides into words."""
    return Segmenter(sorted(_vocabulary(profile)), sorted(_sides(profile.names)))


def language_of(profile: Profile, segmenter: Segmenter) -> Language:
    """A blank Chinese pipeline over a segmenter, with a ruler for organisations."""
    nlp: Language = _spacy().blank("zh")
    tokenizer: Any = nlp.tokenizer  # made without jieba: spaCy would load jieba's own dictionary beside ours
    tokenizer.segmenter = "jieba"
    tokenizer.jieba_seg = segmenter
    ruler: Any = nlp.add_pipe("span_ruler")
    ruler.add_patterns(_organisations(profile.names))
    return nlp


def _vocabulary(profile: Profile) -> set[str]:
    """The words that the segmenter keeps whole: the dictionary's, those of patterns, and names."""
    kinds_of = profile.requirements.kinds.values()
    patterned = {word for patterns in kinds_of for pattern in patterns for word in words(pattern)}
    kinds = {word for found in profile.agreement.kinds.values() for word in found}
    spelled = {name for spelling in _spellings(profile.names) for name in spelling}
    return {*profile.dictionary, *patterned, *kinds, *spelled}


def _sides(names: PartnerNames) -> set[str]:
    """日方, 美方: jieba knows some of them and not 巴方. All are two words, so that patterns find them by 方."""
    return {f"{short}方" for entry in names.country for short in entry.short if len(short) == 1}


def _organisations(names: PartnerNames) -> list[dict[str, Any]]:
    spellings = [(spelling[0], name) for spelling in _spellings(names) for name in spelling]
    return [{"label": "organisation", "id": usual, "pattern": name} for usual, name in spellings]


def _spellings(names: PartnerNames) -> list[tuple[str, ...]]:
    """Every organisation and agency: its usual name, then its other names."""
    organisations = [(entry.own, *entry.aliases) for entry in names.organisation]
    return organisations + [(entry.name, *entry.aliases) for entry in names.agency]


def _spacy() -> Any:
    """spaCy without its command line, which comes with it, is a third of what there is to load, and is not called."""
    if "spacy" not in sys.modules:
        stand_in: Any = ModuleType("spacy.cli.info")
        stand_in.info = _info
        sys.modules |= {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": stand_in}
        try:
            import spacy
        finally:
            del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]
    import spacy

    return spacy


def _info(*arguments: Any, **options: Any) -> Any:
    """spacy.info, should anybody call it in this process."""
    from spacy.cli.info import info

    return info(*arguments, **options)
