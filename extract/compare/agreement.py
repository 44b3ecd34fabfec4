"""Agreements of two sections: documents and remarks added, removed or renamed."""

from collections.abc import Iterator

from extract.compare.figures import quoted, reworded, status_change, whole
from extract.compare.pairing import pair_up
from extract.compare.wording import fold_wording, letters_and_digits
from extract.model.comparison import Change, ChangedItem, Kind, Statement
from extract.model.record import Field
from extract.model.values import Agreement

MIN_TITLE_LIKENESS = 80  # of 100; titles of documents share many words


def agreement_changes(before: Field[Agreement], after: Field[Agreement]) -> Iterator[Change]:
    """Yield the changes in the documents and remarks of a section."""
    one, other = before.value, after.value
    if one is None or other is None:
        yield from status_change("agreement", before, after)
        return
    documents = [
        change
        for left, right in pair_up(
            one.documents, other.documents, lambda document: document.title, enough=MIN_TITLE_LIKENESS
        )
        for change in words(
            "document",
            quoted(left.evidence, left.title) if left else None,
            quoted(right.evidence, right.title) if right else None,
        )
    ]
    remarks = [
        change
        for was, is_ in pair_up(one.remarks, other.remarks, str)
        for change in words(
            "remark",
            None if was is None else quoted(before.evidence, was),
            None if is_ is None else quoted(after.evidence, is_),
        )
    ]
    yield from [*documents, *remarks] or reworded("agreement", whole(before), whole(after))


def words(
    what: ChangedItem, before: Statement | None, after: Statement | None, *, place: str | None = None
) -> Iterator[Change]:
    """Yield the change of a text: none if only its form differs, `worded` if only punctuation."""
    if before and after:
        if fold_wording(before.text) == fold_wording(after.text):
            return
        kind: Kind = "worded" if letters_and_digits(before.text) == letters_and_digits(after.text) else "changed"
    else:
        kind = "added" if after else "removed"
    yield Change(what=what, kind=kind, place=place, before=before, after=after)
