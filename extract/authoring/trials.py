"""Try suggestions on the guide itself, and keep those by which its record gains values and loses nothing."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from msgspec.structs import replace

from extract.authoring.draft_toml import draft_toml
from extract.authoring.suggestion import Draft, Suggestion
from extract.errors import NoSections
from extract.model.fields import FIELDS
from extract.model.record import Guide
from extract.model.stages import Line, Pulled, Repaired
from extract.pipeline import assemble
from extract.profile.files import load_profile, profile_files
from extract.profile.schema import Profile
from extract.profile.toml_tables import FOLDER

_MAX_READINGS = 40  # of one guide with one profile
_EXPECTATIONS = ("partner-unknown", "field-missing")
_BRACKET = re.compile(r"\s|（[^（）]*）")


class GuideOnTrial:
    """A guide that can be read with any draft on top of a profile; no draft is read twice."""

    def __init__(self, pulled: Pulled, repaired: Repaired, base: str) -> None:
        # the other reader of a PDF confirms, and is not asked again for each draft
        self._pulled, self._repaired, self.base = replace(pulled, witness=None), repaired, base
        self.profile = load_profile(base)
        self._read: dict[tuple[str, ...], Guide | NoSections] = {}

    @property
    def lines(self) -> Sequence[Line]:
        """The lines of the guide."""
        return self._repaired.lines

    @property
    def is_worn_out(self) -> bool:
        """True if the guide was read so often that more would take too long."""
        return len(self._read) >= _MAX_READINGS

    def profile_with(self, suggestions: Sequence[Suggestion]) -> Profile:
        """Build the profile of a draft in which these suggestions are in force."""
        if not suggestions:
            return self.profile
        in_force = tuple(replace(one, in_force=True) for one in suggestions)
        text = draft_toml(Draft("a draft on trial", "", self.base, None, None, in_force, ())).decode()
        # in the package's folder, and trusted like its profiles: the patterns of a draft are escaped words
        return load_profile(((FOLDER / "trial.toml", text), *profile_files(self.base)))

    def read(self, suggestions: Sequence[Suggestion] = ()) -> Guide | NoSections:
        """Extract the guide with a draft; the refusal if it finds no sections."""
        key = tuple(sorted(f"{one.table}.{one.key} {one.entry}" for one in suggestions))
        if key not in self._read:
            try:
                self._read[key] = assemble(self._pulled, self._repaired, self.profile_with(suggestions))
            except NoSections as refusal:
                self._read[key] = refusal
        return self._read[key]


def values_of(guide: Guide | NoSections) -> set[tuple[str | None, str]]:
    """Return which values a record has: by section (None: the guide) and field."""
    if isinstance(guide, NoSections):
        return set()
    values = {(one.number, name) for one in guide.sections for name in FIELDS if getattr(one, name).value is not None}
    partners = {(one.number, "partners") for one in guide.sections if any(partner.code for partner in one.partners)}
    common = {(None, name) for name in FIELDS if guide.guide.common.field(name).value is not None}
    totals = {"project_count": guide.guide.declared.projects, "funding": guide.guide.declared.funding}
    return values | partners | common | {(None, name) for name, total in totals.items() if total is not None}


def fitness(guide: Guide | NoSections) -> float:
    """Return how well a record fits its guide: values less warnings; an error outweighs ten.

    A family that expects partners, or a field, is no worse for missing one than a family that knows of none; nor is
    one whose checks find a guide at odds with itself.
    """
    if isinstance(guide, NoSections):
        return float("-inf")
    severities = Counter(finding.severity for finding in guide.findings if finding.code not in _EXPECTATIONS)
    return len(values_of(guide)) - severities["warning"] - 10 * severities["error"]


def find_harm(before: Guide | NoSections, after: Guide | NoSections) -> str | None:
    """Return what is worse in the record after; None if nothing is."""
    if isinstance(after, NoSections):
        return "no section is found with it"
    contradicted = [
        {check.code for check in guide.checks if check.outcome == "contradicted"} if isinstance(guide, Guide) else set()
        for guide in (before, after)
    ]
    if worse := sorted(contradicted[1] - contradicted[0]):
        return f"it contradicts the check {worse[0]}"
    told = [
        Counter(f.code for f in guide.findings if f.severity != "info") if isinstance(guide, Guide) else Counter[str]()
        for guide in (before, after)
    ]
    if told[1]["label-repeated"] > told[0]["label-repeated"]:
        return "it names what a section has already"
    if isinstance(before, NoSections):
        return None
    numbers = {section.number for section in after.sections}
    if gone := [section.number for section in before.sections if section.number not in numbers]:
        return f"section {gone[0]} is lost with it"
    if lost := sorted(values_of(before) - values_of(after), key=str):
        return f"{lost[0][0] or 'the guide'} loses its {lost[0][1]} with it"
    for code in (finding.code for finding in after.findings if finding.severity == "error"):
        if told[1][code] > told[0][code]:
            return f"it gives the finding {code}"
    if after.account.unclaimed > before.account.unclaimed:
        return "words are left unclaimed with it"
    return None


def find_gain(suggestion: Suggestion, before: Guide | NoSections, after: Guide | NoSections) -> str:
    """Return what a record gains by a suggestion in force in the one after: 12 of 12 sections; empty if nothing.

    A label gains the sections where its words become a value, or go into one.
    """
    if isinstance(after, NoSections):
        return ""
    if suggestion.key == "programmes":
        is_new = isinstance(before, NoSections) or before.guide.programme is None
        return "the programme" if is_new and after.guide.programme == suggestion.words else ""
    if not _is_label_of_field(suggestion):
        count = len(after.sections) - (0 if isinstance(before, NoSections) else len(before.sections))
        return f"{count} section{'s' * (count > 1)}" if count > 0 else ""
    field = str(suggestion.key)
    other = _others(before, suggestion.words)
    claimed = {
        section.number: getattr(section, field).value is not None
        for section in after.sections
        if _is_label(getattr(section, field).label, suggestion.words)
        or (section.number in other and section.number not in _others(after, suggestion.words))
    }
    common = after.guide.common.field(field)
    is_whole = _is_label(common.label, suggestion.words) or None in other - _others(after, suggestion.words)
    if is_whole and (None, field) in values_of(after):
        return "the whole guide"
    gained = sum(claimed.values())
    return f"{gained} of {len(claimed)} section{'s' * (len(claimed) > 1)}" if gained else ""


def _is_label_of_field(suggestion: Suggestion) -> bool:
    return suggestion.key in FIELDS


def _others(guide: Guide | NoSections, words: str) -> set[str | None]:
    """The sections, None for the guide, that keep words under this label as no value."""
    if isinstance(guide, NoSections):
        return set()
    common = guide.guide.common.other
    owners = [(None, part) for part in (common if isinstance(common, tuple) else ())]
    parts = [*owners, *((section.number, part) for section in guide.sections for part in section.other)]
    return {number for number, part in parts if _is_label(part.label, words)}


def _is_label(label: str | None, words: str) -> bool:
    return label is not None and _BRACKET.sub("", label) == words


def keep_what_helps(guide: GuideOnTrial, suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions, each with its outcome: in force, or left out and why.

    All are tried together; where that harms, each half of them, until the one is found that does.
    """
    before = guide.read()
    tried = [one for one in suggestions if one.can_be_tried]
    reasons: dict[Suggestion, str] = {}
    kept = _keep(guide, _units(tried), [], reasons)
    after = guide.read(kept)
    gains = {one: find_gain(one, before, after) for one in kept}
    for one in (one for one in kept if not gains[one]):  # by itself: what it names may have been part of other words
        gains[one] = find_gain(one, guide.read([other for other in kept if other != one]), after)
    if helpful := [one for one in kept if gains[one]]:
        harm = find_harm(before, guide.read(helpful))
        kept = kept if harm or find_harm(after, guide.read(helpful)) else helpful
    else:
        kept = []
    return tuple(_with_outcome(one, one in kept, gains.get(one, ""), reasons) for one in suggestions)


def _with_outcome(one: Suggestion, is_kept: bool, gain: str, reasons: dict[Suggestion, str]) -> Suggestion:
    if not one.can_be_tried:
        return one
    if is_kept:
        return replace(one, in_force=True, outcome=gain or "needed by the others")
    return replace(one, outcome=reasons.get(one) or "the record gains nothing by it")


def _units(tried: Sequence[Suggestion]) -> list[list[Suggestion]]:
    """Group what has to be tried together: headings are found by the labels below them."""
    labels = [one for one in tried if _is_label_of_field(one)]
    headings = [one for one in tried if one not in labels]
    first = [[*headings, *labels[:1]]] if headings else []
    return first + [[one] for one in labels[len(first) :]]


def _keep(
    guide: GuideOnTrial, units: list[list[Suggestion]], kept: list[Suggestion], reasons: dict[Suggestion, str]
) -> list[Suggestion]:
    """Return the suggestions kept so far, and those of the units that do no harm beside them."""
    own = list(chain(*units))
    if not own:
        return kept
    if guide.is_worn_out:
        reasons.update(dict.fromkeys(own, "not tried, as the guide was read often enough"))
        return kept
    harm = find_harm(guide.read(kept), guide.read([*kept, *own]))
    if harm is None:
        return [*kept, *own]
    if len(units) == 1:
        reasons.update(dict.fromkeys(own, harm))
        return kept
    half = len(units) // 2
    return _keep(guide, units[half:], _keep(guide, units[:half], kept, reasons), reasons)
