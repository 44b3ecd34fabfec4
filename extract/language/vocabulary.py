"""The words that a profile knows: what the segmenter keeps whole, and all names of organisations."""

from extract.language.segmenter import Segmenter
from extract.language.word_patterns import words
from extract.profile.partner_tables import PartnerNames
from extract.profile.schema import Profile


def segmenter_of(profile: Profile) -> Segmenter:
    """What cuts the texts of a profile's guides into words."""
    return Segmenter(sorted(_vocabulary(profile)), sorted(_sides(profile.names)))


def spellings(names: PartnerNames) -> list[tuple[str, ...]]:
    """Every organisation and agency: its usual name, then its other names."""
    organisations = [(entry.own, *entry.aliases) for entry in names.organisation]
    return organisations + [(entry.name, *entry.aliases) for entry in names.agency]


def _vocabulary(profile: Profile) -> set[str]:
    """The words that the segmenter keeps whole: the dictionary's, those of patterns, and names."""
    kinds_of = profile.requirements.kinds.values()
    patterned = {word for patterns in kinds_of for pattern in patterns for word in words(pattern)}
    kinds = {word for found in profile.agreement.kinds.values() for word in found}
    spelled = {name for spelling in spellings(profile.names) for name in spelling}
    return {*profile.dictionary, *patterned, *kinds, *spelled}


def _sides(names: PartnerNames) -> set[str]:
    """日方, 美方: jieba knows some of them and not 巴方. All are two words, so that patterns find them by 方."""
    return {f"{short}方" for entry in names.country for short in entry.short if len(short) == 1}
