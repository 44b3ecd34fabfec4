"""Compare two guides: pair their sections, then list the changes."""

from collections.abc import Iterable

from extract.compare.corrected import marked, of_guide
from extract.compare.figures import totals
from extract.compare.guide import cautions, guide_changes, summarise_guide
from extract.compare.matching import IndexPair, Match, Matching, match_sections
from extract.compare.sections import pair_outcome, section_changes, summarise_section, whole_section_changes
from extract.model.comparison import Comparison, Pair, RivalPair
from extract.model.fields import corrections_of
from extract.model.record import Guide


def compare(before: Guide, after: Guide) -> Comparison:
    """Compare two guides section by section, whatever their numbers and names.

    Pairs come in the order of `after`, then the sections of `before` that are gone. Nothing raises: undecided pairs are
    doubtful, and `cautions` name reasons why the comparison may mislead.
    """
    matching = match_sections(before.sections, after.sections)
    matches = {match.pair[1]: match for match in matching.matches}
    matched = {match.pair[0] for match in matching.matches}
    present = [
        _both(before, after, matches[index], matching) if index in matches else _new(before, after, index, matching)
        for index in range(len(after.sections))
    ]
    gone = [_gone(before, after, index, matching) for index in range(len(before.sections)) if index not in matched]
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


def _both(before: Guide, after: Guide, match: Match, matching: Matching) -> Pair:
    """The pair of a section that both guides have."""
    one, other = before.sections[match.pair[0]], after.sections[match.pair[1]]
    changes = marked(section_changes(one, other), corrections_of(one), corrections_of(other))
    return Pair(
        outcome=pair_outcome(changes),
        before=summarise_section(one),
        after=summarise_section(other),
        renumbered=one.number != other.number,
        renamed=any(change.what == "title" for change in changes),
        likeness=matching.likeness[match.pair],
        doubtful=match.doubtful,
        rivals=_rivals(before, after, match.rivals, matching),
        changes=changes,
    )


def _new(before: Guide, after: Guide, column: int, matching: Matching) -> Pair:
    """A section of `after` alone; doubtful if it nearly was a pair, or if a pair nearly was another."""
    rivals = _rivals(before, after, (pair for pair in matching.lost if pair[1] == column), matching)
    section = after.sections[column]
    return Pair(
        outcome="new",
        before=None,
        after=summarise_section(section),
        doubtful=bool(rivals),
        rivals=rivals,
        changes=marked(whole_section_changes(section, "added"), {}, corrections_of(section)),
    )


def _gone(before: Guide, after: Guide, row: int, matching: Matching) -> Pair:
    """A section of `before` alone; doubtful like a new one."""
    rivals = _rivals(before, after, (pair for pair in matching.lost if pair[0] == row), matching)
    section = before.sections[row]
    return Pair(
        outcome="gone",
        before=summarise_section(section),
        after=None,
        doubtful=bool(rivals),
        rivals=rivals,
        changes=marked(whole_section_changes(section, "removed"), corrections_of(section), {}),
    )


def _rivals(before: Guide, after: Guide, pairs: Iterable[IndexPair], matching: Matching) -> tuple[RivalPair, ...]:
    return tuple(
        RivalPair(
            before=before.sections[row].number,
            after=after.sections[column].number,
            likeness=matching.likeness[row, column],
        )
        for row, column in pairs
    )
