"""A guide that no profile knows whole → a draft of a profile for it: what nobody claimed, and what it is like."""

from collections.abc import Sequence
from pathlib import Path

from extract.authoring.headings import suggest_from_lines
from extract.authoring.suggestion import Draft, describe_place
from extract.authoring.suggestions import suggest
from extract.errors import NoSections, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.record import Guide
from extract.model.stages import Pulled, Repaired
from extract.pipeline import assemble
from extract.profile.files import families, load_profile
from extract.profile.schema import Profile
from extract.pull import pull
from extract.repair import repair

_MENDED = {  # the findings that suggestions answer; the others no profile can mend
    "label-unknown", "partner-unknown", "programme-unknown", "title-unknown", "text-unclaimed", "field-absent",
    "heading-unnumbered", "profile-unfit", "field-missing",
}  # fmt: skip


def draft_profile(
    path: Path, *, profile: str | None = None, limits: Limits = DEFAULT_LIMITS, password: str | None = None
) -> Draft:
    """Read a guide with the family that fits best, or the profile that is named, and say what that does not know.

    Raises UnreadableGuide where the file cannot be read, and ProfileError where the profile is wrong.
    """
    pulled = pull(path, limits=limits, password=password)
    tried = [(name, load_profile(name)) for name in ([profile] if profile else families())]
    repaired = repair(pulled)
    read = [(name, rules, made) for name, rules in tried if (made := _read(pulled, repaired, rules, path)) is not None]
    name, base = path.stem, profile or families()[0]
    name += "-more" if any(rules.name == name for _, rules in tried) else ""  # every file has a name of its own
    if not read:
        rules = dict(tried)[base]
        return Draft(name, pulled.file, base, tuple(suggest_from_lines(repaired.lines, rules)), ())
    base, rules, guide = min(read, key=lambda one: _misfit(one[2]))
    return Draft(name, pulled.file, base, tuple(suggest(guide, rules)), tuple(_beyond(guide)))


def _read(pulled: Pulled, repaired: Repaired, rules: Profile, path: Path) -> Guide | None:
    """What a profile makes of a guide; None where it finds no sections."""
    try:
        return assemble(pulled, repaired, rules)
    except NoSections:
        return None
    except UnreadableGuide as error:
        raise UnreadableGuide(f"{path}: {error}") from None


def _misfit(guide: Guide) -> tuple[int, int]:
    """How badly a profile fits: errors and warnings, then sections that it did not find."""
    severities = [finding.severity for finding in guide.findings]
    return 10 * severities.count("error") + severities.count("warning"), -len(guide.sections)


def _beyond(guide: Guide) -> Sequence[str]:
    """What is to be looked at and no profile mends: values that were not understood, readers that differ."""
    return [
        f"{one.section or 'the guide'}: {one.message} ({one.code}{describe_place(one.evidence)})"
        for one in guide.findings
        if one.severity != "info" and one.code not in _MENDED
    ]
