"""Match the sections of two guides, whatever their numbers and names."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from extract.compare.pairing import assign
from extract.compare.wording import fold_wording, likeness, lists_alike, title_core
from extract.model.comparison import Likeness
from extract.model.fields import FIELDS
from extract.model.record import Section
from extract.model.values import Partner, Points, Topic

# What each part weighs; a part that one of them does not have weighs nothing. Titles without partners say what a
# section is about, where those of cooperation with a country say little more than that it is cooperation.
_WITH_PARTNERS = {"partners": 50, "title": 24, "fields": 16, "agreement": 8, "other": 2}
_WITHOUT = {"title": 60, "fields": 20, "agreement": 8, "other": 12}
_MIN_PAIR_LIKENESS = 50  # of 100
_CLOSE_LIKENESS = 8  # of 100; so much less, and another pairing would do nearly as well

Place = tuple[int, int]


class Match(Struct, frozen=True):
    """A pair of sections by their places; `rivals` are the pairs of the pairing that would do nearly as well."""

    place: Place
    doubtful: bool
    rivals: tuple[Place, ...]


class Matching(Struct, frozen=True):
    """The pairs, how alike sections are that may be pairs, and the pairs that nearly were some."""

    matches: tuple[Match, ...]
    likeness: Mapping[Place, Likeness]
    lost: tuple[Place, ...]


def match_sections(before: Sequence[Section], after: Sequence[Section]) -> Matching:
    """The pairing that is best overall; a pair is doubtful where the best pairing without it is nearly as good."""
    likeness = {
        (row, column): found
        for row, one in enumerate(before)
        for column, other in enumerate(after)
        if (found := like(one, other)) and found.whole >= _MIN_PAIR_LIKENESS - _CLOSE_LIKENESS
    }
    matches = [match for group in _groups(likeness) for match in _best(group, likeness)]
    rows, columns = {match.place[0] for match in matches}, {match.place[1] for match in matches}
    nearly = [
        place
        for place, found in likeness.items()
        if place[0] not in rows and place[1] not in columns and found.whole < _MIN_PAIR_LIKENESS
    ]
    lost = {*nearly, *(place for match in matches for place in match.rivals)}
    return Matching(tuple(sorted(matches, key=lambda match: match.place)), likeness, tuple(sorted(lost)))


def _groups(likeness: Mapping[Place, Likeness]) -> list[list[Place]]:
    """The possible pairs, those together that share a section: each group can be settled on its own."""
    groups: list[list[Place]] = []
    for place in (place for place, found in likeness.items() if found.whole >= _MIN_PAIR_LIKENESS):
        touching = [group for group in groups if any(one[0] == place[0] or one[1] == place[1] for one in group)]
        groups = [group for group in groups if group not in touching]
        groups.append(sorted(sum(touching, [place])))
    return groups


def _best(group: Sequence[Place], likeness: Mapping[Place, Likeness]) -> list[Match]:
    worth = {place: likeness[place].whole - _MIN_PAIR_LIKENESS + 1 for place in group}
    chosen = _pairing(worth)
    total = sum(worth[place] for place in chosen)
    matches = []
    for place in chosen:
        other = _pairing({one: value for one, value in worth.items() if one != place})
        close = total - sum(worth[one] for one in other) <= _CLOSE_LIKENESS
        matches.append(Match(place, close, tuple(one for one in other if close and one not in chosen)))
    return matches


def _pairing(worth: Mapping[Place, int]) -> list[Place]:
    rows, columns = sorted({row for row, _ in worth}), sorted({column for _, column in worth})
    pairs = assign([[worth.get((row, column), 0) for column in columns] for row in rows])
    return [(rows[row], columns[column]) for row, column in pairs]


# ── likeness ──────────────────────────────────────────────────────────────────────────────────────────


def like(one: Section, other: Section) -> Likeness | None:
    """Return the likeness of two sections; None if they are with different partners."""
    keys = [{partner_key(partner) for partner in section.partners} for section in (one, other)]
    partners = 100 * len(keys[0] & keys[1]) // len(keys[0] | keys[1]) if all(keys) else None
    if partners == 0:
        return None
    titles = title_core(one.title, one.partners), title_core(other.title, other.partners)
    parts = {
        "partners": partners,
        "title": likeness(*titles) if all(titles) else None,
        "fields": lists_alike(_topics(one), _topics(other)),
        "agreement": lists_alike(_documents(one), _documents(other)),
        "other": lists_alike(_listed_words(one), _listed_words(other)),
    }
    weights = _WITHOUT if partners is None else _WITH_PARTNERS
    weighed = [(weight, value) for key, weight in weights.items() if (value := parts[key]) is not None]
    whole = sum(weight * value for weight, value in weighed) // sum(weight for weight, _ in weighed) if weighed else 0
    return Likeness(whole=whole, **parts)


def partner_key(partner: Partner) -> str:
    """Return a partner's key: the code of its province if there is one, else its own code or name."""
    return partner.subdivision.code if partner.subdivision else partner.code or fold_wording(partner.name)


def _topics(section: Section) -> list[str]:
    value = section.fields.value
    return [] if value is None else _names(value.items) or ([value.lead] if value.lead else [])


def _names(topics: Sequence[Topic]) -> list[str]:
    return [name for topic in topics for name in (topic.name, *_names(topic.items))]


def _listed_words(section: Section) -> list[str]:
    """The words under labels that a section lists points under (研究内容, 考核指标), and under those of no field."""
    lists = [getattr(section, name).text for name, spec in FIELDS.items() if spec.type is Points]
    return [*(text for text in lists if text), *(part.text for part in section.other)]


def _documents(section: Section) -> list[str]:
    return [document.title for document in section.agreement.value.documents] if section.agreement.value else []
