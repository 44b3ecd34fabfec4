"""Changes in conditions: added, removed, or with another value or binding."""

from collections.abc import Hashable, Iterator, Sequence

from extract.compare.pairing import pair_up
from extract.compare.wording import fold_wording, letters_and_digits
from extract.model.comparison import Change, Kind, Statement
from extract.model.conditions import Condition

_MIN_WORDS_LIKENESS = 60  # of 100, for what a person has to judge
_SAME_OP_BONUS = 100  # of likeness: 不少于24个月 is never paired with 不超过24个月 where both have another


def condition_changes(before: Sequence[Condition], after: Sequence[Condition]) -> Iterator[Change]:
    """Yield the changes in conditions of one fact, party, object and track; other words alone are no change."""
    one, other = _by_subject(stated_conditions(before)), _by_subject(stated_conditions(after))
    for subject in dict.fromkeys((*other, *one)):
        for was, is_ in _pair(one.get(subject, []), other.get(subject, [])):
            if was is None or is_ is None or _tested(was) != _tested(is_):
                yield _change(was, is_)


def stated_conditions(conditions: Sequence[Condition]) -> list[Condition]:
    """Return the conditions that words of the guide state; the others follow from values that are compared."""
    return [one for one in conditions if one.basis != "derived"]


def condition_statement(condition: Condition) -> Statement:
    """Return a condition with its words."""
    return Statement(text=condition.text, condition=condition, evidence=condition.evidence)


def _by_subject(conditions: Sequence[Condition]) -> dict[Hashable, list[Condition]]:
    """Group conditions by what they ask of whom."""
    groups: dict[Hashable, list[Condition]] = {}
    for one in conditions:
        subject = one.fact, one.by, fold_wording(one.of or ""), fold_wording(one.track or "")
        groups.setdefault(subject, []).append(one)
    return groups


def _pair(before: Sequence[Condition], after: Sequence[Condition]) -> list[tuple[Condition | None, Condition | None]]:
    """Pair conditions of one subject: those of a person's judgement by their words, others by operator and value."""
    if any(one.fact == "manual" for one in (*before, *after)):
        return pair_up(before, after, lambda one: one.text, enough=_MIN_WORDS_LIKENESS)
    return pair_up(before, after, lambda one: str(_tested(one)), enough=0, nearer=_nearer)


def _nearer(one: Condition, other: Condition) -> int:
    return _SAME_OP_BONUS * (one.op == other.op)


def _tested(condition: Condition) -> tuple[object, ...]:
    """Return what makes a change of a condition: its words alone where a person judges them."""
    words = letters_and_digits(condition.text) if condition.fact == "manual" else ""
    case = fold_wording(condition.when or "")
    return condition.op, condition.value, condition.unit, condition.among, condition.binding, case, words


def _change(one: Condition | None, other: Condition | None) -> Change:
    kind: Kind = "changed" if one and other else "added" if other else "removed"
    before, after = (condition_statement(side) if side else None for side in (one, other))
    facts = [side.fact for side in (one, other) if side]
    return Change(what="condition", kind=kind, place=facts[0], before=before, after=after)
