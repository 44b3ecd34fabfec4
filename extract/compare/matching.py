"""Match the sections of two guides, independent of their numbers."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from extract.compare.pairing import assign
from extract.compare.wording import fold_wording, likeness, lists_alike, title_core
from extract.model.comparison import Likeness
from extract.model.fields import FIELDS
from extract.model.record import Field, Section
from extract.model.values import Partner, Points, Topic

# Weights of the parts; one that either section lacks has none. Without partners the title names the subject, and so
# weighs more than titles such as 中德政府间合作项目.
_WEIGHTS_WITH_PARTNERS = {"partners": 50, "title": 24, "fields": 16, "agreement": 8, "other": 2}
_WEIGHTS_WITHOUT_PARTNERS = {"title": 60, "fields": 20, "agreement": 8, "other": 12}
_MIN_PAIR_LIKENESS = 50  # of 100
_MAX_RIVAL_DISTANCE = 8  # of 100; a pairing at most this much worse is a rival

V = TypeVar("V")
IndexPair = tuple[int, int]  # of the sections, before and after


class Match(Struct, frozen=True):
    """A pair of sections; `rivals`: pairs of another pairing that is nearly as good."""

    pair: IndexPair
    doubtful: bool
    rivals: tuple[IndexPair, ...]


class Matching(Struct, frozen=True):
    """The matches, the likeness of possible pairs, and the pairs that only nearly matched."""

    matches: tuple[Match, ...]
    likeness: Mapping[IndexPair, Likeness]
    lost: tuple[IndexPair, ...]


def match_sections(before: Sequence[Section], after: Sequence[Section]) -> Matching:
    """Return the best pairing; a pair is doubtful if the best pairing without it is nearly as good."""
    likeness = {
        (row, column): value
        for row, one in enumerate(before)
        for column, other in enumerate(after)
        if (value := like(one, other)) and value.whole >= _MIN_PAIR_LIKENESS - _MAX_RIVAL_DISTANCE
    }
    matches = [match for group in _groups(likeness) for match in _best(group, likeness)]
    rows, columns = {match.pair[0] for match in matches}, {match.pair[1] for match in matches}
    unlike = [
        pair
        for pair, value in likeness.items()
        if pair[0] not in rows and pair[1] not in columns and value.whole < _MIN_PAIR_LIKENESS
    ]
    lost = {*unlike, *(pair for match in matches for pair in match.rivals)}
    return Matching(tuple(sorted(matches, key=lambda match: match.pair)), likeness, tuple(sorted(lost)))


def _groups(likeness: Mapping[IndexPair, Likeness]) -> list[list[IndexPair]]:
    """Group possible pairs that share a section: each group can be solved on its own."""
    groups: list[list[IndexPair]] = []
    for pair in (pair for pair, value in likeness.items() if value.whole >= _MIN_PAIR_LIKENESS):
        touching = [group for group in groups if any(other[0] == pair[0] or other[1] == pair[1] for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append(sorted(sum(touching, [pair])))
    return groups


def _best(group: Sequence[IndexPair], likeness: Mapping[IndexPair, Likeness]) -> list[Match]:
    worth = {pair: likeness[pair].whole - _MIN_PAIR_LIKENESS + 1 for pair in group}
    chosen = _pairing(worth)
    total = sum(worth[pair] for pair in chosen)
    matches = []
    for pair in chosen:
        rival = _pairing({candidate: value for candidate, value in worth.items() if candidate != pair})
        close = total - sum(worth[candidate] for candidate in rival) <= _MAX_RIVAL_DISTANCE
        matches.append(Match(pair, close, tuple(candidate for candidate in rival if close and candidate not in chosen)))
    return matches


def _pairing(worth: Mapping[IndexPair, int]) -> list[IndexPair]:
    rows, columns = sorted({row for row, _ in worth}), sorted({column for _, column in worth})
    pairs = assign([[worth.get((row, column), 0) for column in columns] for row in rows])
    return [(rows[row], columns[column]) for row, column in pairs]


# ── likeness ──────────────────────────────────────────────────────────────────────────────────────────


def like(one: Section, other: Section) -> Likeness | None:
    """Return the likeness of two sections; None if their partners differ."""
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
    weights = _WEIGHTS_WITHOUT_PARTNERS if partners is None else _WEIGHTS_WITH_PARTNERS
    weighted = [(weight, value) for key, weight in weights.items() if (value := parts[key]) is not None]
    whole = (
        sum(weight * value for weight, value in weighted) // sum(weight for weight, _ in weighted) if weighted else 0
    )
    return Likeness(whole=whole, **parts)


def partner_key(partner: Partner) -> str:
    """Return a partner's key: the code of its province if there is one, else its own code or name."""
    return partner.subdivision.code if partner.subdivision else partner.code or fold_wording(partner.name)


def _topics(section: Section) -> list[str]:
    value = _own(section.fields)
    return [] if value is None else _names(value.items) or ([value.lead] if value.lead else [])


def _names(topics: Sequence[Topic]) -> list[str]:
    return [name for topic in topics for name in (topic.name, *_names(topic.items))]


def _listed_words(section: Section) -> list[str]:
    """Return the words of lists of points (研究内容, 考核指标) and of labels without a field."""
    lists = [getattr(section, name).text for name, spec in FIELDS.items() if spec.type is Points]
    return [*(text for text in lists if text), *(part.text for part in section.other)]


def _documents(section: Section) -> list[str]:
    value = _own(section.agreement)
    return [] if value is None else [document.title for document in value.documents]


def _own(field: Field[V]) -> V | None:
    """Return the value of a field; what sections inherit does not tell them apart."""
    return None if field.status == "inherited" else field.value
