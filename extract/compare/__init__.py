"""One guide against another: which section is which, and what changed in it."""

from collections.abc import Iterable

from extract.compare.corrected import marked, of_guide, of_section
from extract.compare.figures import totals
from extract.compare.guide import cautions, guide_changes, summarise_guide
from extract.compare.matching import Match, Matching, Place, match_sections
from extract.compare.sections import pair_outcome, section_changes, summarise_section, whole_section_changes
from extract.model.comparison import Comparison, Pair, RivalPair
from extract.model.record import Guide


def compare(before: Guide, after: Guide) -> Comparison:
    """Compare two guides section by section, whatever their numbers and names.

    Pairs come in the order of `after`, then those of `before` that are gone. Nothing raises: what cannot be decided
    is marked doubtful, and `cautions` says what to be careful of.
    """
    matching = match_sections(before.sections, after.sections)
    matches = {found.place[1]: found for found in matching.matches}
    kept = {found.place[0] for found in matching.matches}
    present = [
        _both(before, after, matches[place], matching) if place in matches else _new(before, after, place, matching)
        for place in range(len(after.sections))
    ]
    gone = [_gone(before, after, place, matching) for place in range(len(before.sections)) if place not in kept]
    sides = summarise_guide(before), summarise_guide(after)
    heads = [[summarise_section(section) for section in guide.sections] for guide in (before, after)]
    return Comparison(
        before=sides[0],
        after=sides[1],
        cautions=tuple(cautions(*sides, len(matches))),
        guide=marked(guide_changes(before, after), of_guide(before.guide), of_guide(after.guide)),
        totals=tuple(totals(*heads)),
        pairs=(*present, *gone),
    )


def _both(before: Guide, after: Guide, found: Match, matching: Matching) -> Pair:
    """A section that both guides have."""
    one, other = before.sections[found.place[0]], after.sections[found.place[1]]
    made = marked(section_changes(one, other), of_section(one, before.guide), of_section(other, after.guide))
    return Pair(
        outcome=pair_outcome(made),
        before=summarise_section(one),
        after=summarise_section(other),
        renumbered=one.number != other.number,
        renamed=any(change.what == "title" for change in made),
        likeness=matching.likeness[found.place],
        doubtful=found.doubtful,
        rivals=_rivals(before, after, found.rivals, matching),
        changes=made,
    )


def _new(before: Guide, after: Guide, column: int, matching: Matching) -> Pair:
    """A section that `after` has alone; doubtful where it nearly was a pair, or another's pair nearly its own."""
    rivals = _rivals(before, after, (place for place in matching.lost if place[1] == column), matching)
    section = after.sections[column]
    return Pair(
        outcome="new",
        before=None,
        after=summarise_section(section),
        doubtful=bool(rivals),
        rivals=rivals,
        changes=marked(whole_section_changes(section, "added"), {}, of_section(section, after.guide)),
    )


def _gone(before: Guide, after: Guide, row: int, matching: Matching) -> Pair:
    """A section that `before` has alone, doubtful like a new one."""
    rivals = _rivals(before, after, (place for place in matching.lost if place[0] == row), matching)
    section = before.sections[row]
    return Pair(
        outcome="gone",
        before=summarise_section(section),
        after=None,
        doubtful=bool(rivals),
        rivals=rivals,
        changes=marked(whole_section_changes(section, "removed"), of_section(section, before.guide), {}),
    )


def _rivals(before: Guide, after: Guide, places: Iterable[Place], matching: Matching) -> tuple[RivalPair, ...]:
    return tuple(
        RivalPair(
            before=before.sections[row].number,
            after=after.sections[column].number,
            likeness=matching.likeness[row, column],
        )
        for row, column in places
    )
