"""Draft a profile for a guide that no profile fully covers, from its unclaimed words and the known ones like them."""

from collections.abc import Sequence
from pathlib import Path

from extract.authoring.headings import suggest_from_lines
from extract.authoring.suggestion import Draft, describe_position
from extract.authoring.suggestions import suggest
from extract.errors import NoSections, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.record import Guide
from extract.model.stages import Pulled, Repaired
from extract.pipeline import assemble
from extract.profile.files import FAMILY, families, load_profile
from extract.profile.schema import Profile
from extract.pull import pull
from extract.repair import repair

_ANSWERED_BY_SUGGESTIONS = {  # codes of findings; no profile resolves the others
    "label-unknown", "partner-unknown", "programme-unknown", "title-unknown", "text-unclaimed", "field-absent",
    "heading-unnumbered", "profile-unfit", "field-missing",
}  # fmt: skip


def draft_profile(
    path: Path, *, profile: str | None = None, limits: Limits = DEFAULT_LIMITS, password: str | None = None
) -> Draft:
    """Extract a guide with the family that fits best, or with `profile`, and suggest what that lacks.

    Raises UnreadableGuide if the file cannot be read, and ProfileError if the profile is invalid.
    """
    pulled = pull(path, limits=limits, password=password)
    # A family of calls reads any chapters, and would fit everything: it has to be named.
    usual = [name for name in families() if load_profile(name).forms == ("headings",)]
    tried = [(name, load_profile(name)) for name in ([profile] if profile else usual)]
    repaired = repair(pulled)
    read = [
        (name, rules, guide) for name, rules in tried if (guide := _read(pulled, repaired, rules, path)) is not None
    ]
    name, base = path.stem, profile or FAMILY
    name += "-more" if any(rules.name == name for _, rules in tried) else ""  # names of profiles are unique
    if not read:
        rules = dict(tried)[base]
        return Draft(name, pulled.file, base, tuple(suggest_from_lines(repaired.lines, rules)), ())
    base, rules, guide = min(read, key=lambda candidate: _misfit(candidate[2]))
    return Draft(name, pulled.file, base, tuple(suggest(guide, rules)), tuple(_beyond(guide)))


def _read(pulled: Pulled, repaired: Repaired, rules: Profile, path: Path) -> Guide | None:
    """Extract a guide with a profile; None if it finds no sections."""
    try:
        return assemble(pulled, repaired, rules)
    except NoSections:
        return None
    except UnreadableGuide as error:
        raise UnreadableGuide(f"{path}: {error}") from None


def _misfit(guide: Guide) -> tuple[int, int]:
    """A sort key, lowest for the best fit: errors and warnings, then the negative number of sections."""
    severities = [finding.severity for finding in guide.findings]
    return 10 * severities.count("error") + severities.count("warning"), -len(guide.sections)


def _beyond(guide: Guide) -> Sequence[str]:
    """Format the findings that no profile resolves: unread values, readers that differ."""
    return [
        f"{finding.section or 'the guide'}: {finding.message} ({finding.code}{describe_position(finding.evidence)})"
        for finding in guide.findings
        if finding.severity != "info" and finding.code not in _ANSWERED_BY_SUGGESTIONS
    ]
