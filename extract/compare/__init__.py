"""One guide against another: which section is which, and what changed in it."""

from extract.compare.guide import cautions, guide_changes, side
from extract.compare.matching import Match, Matching, Place, match
from extract.compare.sections import changes, head, outcome
from extract.compare.totals import totals
from extract.comparison import Comparison, Pair, Rival
from extract.records import Guide


def compare(before: Guide, after: Guide) -> Comparison:
    """Compare two guides section by section, whatever their numbers and names.

    Pairs come in the order of `after`, then those of `before` that are gone. Nothing raises: what cannot be decided
    is marked doubtful, and `cautions` says what to be careful of.
    """
    matching = match(before.sections, after.sections)
    matches = {found.place[1]: found for found in matching.matches}
    kept = {found.place[0] for found in matching.matches}
    pairs = (
        *(
            _both(before, after, matches[place], matching)
            if place in matches
            else _one(before, after, None, place, matching)
            for place in range(len(after.sections))
        ),
        *(_one(before, after, place, None, matching) for place in range(len(before.sections)) if place not in kept),
    )
    sides = side(before), side(after)
    heads = [[head(section) for section in guide.sections] for guide in (before, after)]
    return Comparison(
        before=sides[0],
        after=sides[1],
        cautions=tuple(cautions(*sides, len(matches))),
        guide=guide_changes(before, after),
        totals=tuple(totals(*heads)),
        pairs=pairs,
    )


def _both(before: Guide, after: Guide, found: Match, matching: Matching) -> Pair:
    """A section that both guides have."""
    one, other = before.sections[found.place[0]], after.sections[found.place[1]]
    made = changes(one, other)
    return Pair(
        outcome=outcome(made),
        before=head(one),
        after=head(other),
        renumbered=one.number != other.number,
        renamed=any(change.what == "title" for change in made),
        likeness=matching.likeness[found.place],
        doubtful=found.doubtful,
        rivals=tuple(_rival(before, after, place, matching) for place in found.rivals),
        changes=made,
    )


def _one(before: Guide, after: Guide, row: int | None, column: int | None, matching: Matching) -> Pair:
    """A section that one guide has alone; doubtful where it nearly was a pair, or another pair was nearly its own."""
    near = [place for place in matching.nearly if row == place[0] or column == place[1]]
    lost = [place for found in matching.matches for place in found.rivals if row == place[0] or column == place[1]]
    rivals = sorted({*near, *lost})
    return Pair(
        outcome="gone" if column is None else "new",
        before=None if row is None else head(before.sections[row]),
        after=None if column is None else head(after.sections[column]),
        doubtful=bool(rivals),
        rivals=tuple(_rival(before, after, place, matching) for place in rivals),
    )


def _rival(before: Guide, after: Guide, place: Place, matching: Matching) -> Rival:
    row, column = place
    return Rival(
        before=before.sections[row].number, after=after.sections[column].number, likeness=matching.likeness[place]
    )
