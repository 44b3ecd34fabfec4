"""其他要求 → Requirements: an item for each numbered point, else for each sentence, with kinds, and its conditions."""

from collections.abc import Iterator, Sequence

from extract.language.lexicon import lexicon_of
from extract.model.conditions import Basis, Condition, Fact
from extract.model.evidence import cite
from extract.model.stages import Parsed
from extract.model.text import Text
from extract.model.values import Requirement, RequirementKind, Requirements
from extract.normalise.conditions import read_conditions
from extract.normalise.duration_in_prose import find_durations
from extract.normalise.points import SPACE, MarkedPoint, split_points
from extract.profile.schema import Profile

# The kind of a requirement in which a fact is asked for.
_KIND_OF_FACT: dict[Fact, RequirementKind] = {
    "enterprises": "enterprise_participation",
    "cofunding": "cofunding",
    "cofunding_ratio": "cofunding",
    "deadline": "deadline",
    "project_months": "duration",
    "partner_countries": "multilateral_partners",
}


def parse_requirements(text: Text, tracks: Sequence[str], basis: Basis, profile: Profile) -> Parsed[Requirements]:
    """Parse the points or sentences of requirements; any text is a list of them, so none is refused.

    `tracks` are the names of parts of the section for which alone a requirement may hold.
    """
    lead, points = split_points(text)
    found = read_conditions(lead, tracks, basis, profile)
    items = []
    for point in points:
        conditions = read_conditions(point.words, tracks, basis, profile)
        items.append(_item(point, conditions, profile))
        found += conditions
    requirements = Requirements(lead=lead.printed or None, items=tuple(items), evidence=cite(text))
    return Parsed(requirements, conditions=tuple(found))


def _item(point: MarkedPoint, conditions: Sequence[Condition], profile: Profile) -> Requirement:
    """Return the record of a point or sentence."""
    text = point.words.without("\n").strip(SPACE).rstrip("；" + SPACE)
    kinds = {*lexicon_of(profile).requirement_kinds(text), *_kinds(conditions)}
    if find_durations(text, profile):
        kinds.add("duration")
    return Requirement(
        marker=point.marker.printed.strip() if point.marker is not None else None,
        text=text.printed,
        kinds=tuple(kind for kind in profile.requirements.kinds if kind in kinds) or ("other",),
        evidence=cite(*(piece for piece in (point.marker, text) if piece is not None)),
    )


def _kinds(conditions: Sequence[Condition]) -> Iterator[RequirementKind]:
    """Yield the kinds of requirement that conditions tell."""
    for condition in conditions:
        if condition.fact == "contact":
            yield "contact"
        elif condition.fact == "applications" and condition.by == "recommender":
            yield "department_quota"
        elif condition.fact in _KIND_OF_FACT and condition.binding in ("must", "should"):
            yield _KIND_OF_FACT[condition.fact]
