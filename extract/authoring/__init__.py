"""Draft a profile for a guide that no profile fully covers: suggest rules, try them on the guide, keep what helps."""

from collections.abc import Sequence
from pathlib import Path

from extract.authoring.suggestion import Draft, Suggestion, describe_position
from extract.authoring.suggestions import suggest_meanings, suggest_rules
from extract.authoring.trials import GuideOnTrial, doubts_of, fitness, keep_what_helps, values_of
from extract.errors import NoSections, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.record import Guide
from extract.pipeline import assemble
from extract.profile.files import FAMILY, families, load_profile
from extract.pull import pull
from extract.repair import repair

_ANSWERED_BY_SUGGESTIONS = {  # codes of findings; no profile resolves the others
    "label-unknown", "partner-unknown", "programme-unknown", "title-unknown", "text-unclaimed", "field-absent",
    "heading-unnumbered", "profile-unfit", "field-missing",
}  # fmt: skip


def draft_profile(
    path: Path, *, profile: str | None = None, limits: Limits = DEFAULT_LIMITS, password: str | None = None
) -> Draft:
    """Find the family that fits a guide best, or take `profile`, suggest what it lacks, and try that on the guide.

    Raises UnreadableGuide if the file cannot be read, and ProfileError if the profile is invalid.
    """
    pulled = pull(path, limits=limits, password=password)
    repaired = repair(pulled)
    candidates = [GuideOnTrial(pulled, repaired, name) for name in ([profile] if profile else _families())]
    try:
        is_read = _is_read_whole(candidates[0])
        best = candidates[0] if is_read else max(candidates, key=_promise)  # the first of equals
        suggestions = keep_what_helps(best, _suggest(best))
        plain = max(candidates, key=lambda one: fitness(one.read()))
        if fitness(plain.read()) > fitness(best.read(_kept(suggestions))):  # what was promised did harm
            best, suggestions = plain, keep_what_helps(plain, _suggest(plain))
        rules = best.profile_with(_kept(suggestions))
        guide = assemble(pulled, repaired, rules) if isinstance(best.read(_kept(suggestions)), Guide) else None
        refusal = candidates[0].read()
    except UnreadableGuide as error:
        raise UnreadableGuide(f"{path}: {error}") from None
    name = path.stem
    name += "-more" if name in {one.profile.name for one in candidates} else ""  # names are unique
    return Draft(
        name,
        pulled.file,
        best.base,
        str(refusal).partition("; ")[0] if isinstance(refusal, NoSections) else None,  # without the advice to use `new`
        _describe(guide) if guide else None,
        (*suggestions, *(suggest_meanings(guide, rules) if guide else ())),
        tuple(_beyond(guide)) if guide else (),
    )


def _families() -> list[str]:
    """The names of all families: first the default, which `run` takes, then those of guides, then those of calls."""
    return sorted(families(), key=lambda name: (name != FAMILY, load_profile(name).forms != ("headings",), name))


def _suggest(guide: GuideOnTrial) -> list[Suggestion]:
    read = guide.read()
    return list(suggest_rules(guide.lines, read if isinstance(read, Guide) else None, guide.profile))


def _is_read_whole(guide: GuideOnTrial) -> bool:
    """Return True if a guide is read without a warning, and no label or heading of it is unknown."""
    read = guide.read()
    if not isinstance(read, Guide) or any(one.can_be_tried for one in _suggest(guide)):
        return False
    return not doubts_of(read)


def _promise(guide: GuideOnTrial) -> tuple[float, int]:
    """Return how well a guide is read with a profile, or with all that is suggested on top."""
    before = guide.read()
    after = guide.read([one for one in _suggest(guide) if one.can_be_tried])
    return max(fitness(before), fitness(after))


def _kept(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    return [one for one in suggestions if one.in_force]


def _describe(guide: Guide) -> str:
    """Format how much a record holds: 4 sections, 20 values."""
    sections, values = len(guide.sections), len(values_of(guide))
    return f"{sections} section{'s' * (sections > 1)}, {values} value{'s' * (values > 1)}"


def _beyond(guide: Guide) -> Sequence[str]:
    """Format the findings that no profile resolves: unread values, readers that differ."""
    return [
        f"{finding.section or 'the guide'}: {finding.message} ({finding.code}{describe_position(finding.evidence)})"
        for finding in guide.findings
        if finding.severity != "info" and finding.code not in _ANSWERED_BY_SUGGESTIONS
    ]
