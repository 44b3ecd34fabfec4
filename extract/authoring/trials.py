"""Try suggestions on the guide itself, and keep those by which its record gains values and loses nothing."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from msgspec.structs import replace

from extract.authoring.draft_toml import draft_toml
from extract.authoring.field_kinds import names_partner
from extract.authoring.labels import topic_names
from extract.authoring.suggestion import Draft, Suggestion
from extract.errors import NoSections
from extract.model.fields import FIELDS
from extract.model.record import Guide, Section
from extract.model.stages import Line, Pulled, Repaired
from extract.model.values import Topics
from extract.normalise.sections import PER_PROJECT
from extract.pipeline import assemble
from extract.profile.files import load_profile, profile_files
from extract.profile.schema import Profile
from extract.profile.toml_tables import FOLDER

_MAX_READINGS = 40  # of one guide with one profile
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


def doubts_of(guide: Guide) -> Counter[str]:
    """Count a record's warnings and errors.

    A family that expects partners, or a field, is no worse for missing one than a family that knows of none, unless it
    finds no partner at all.
    """
    has_partners = any(partner.code for section in guide.sections for partner in section.partners)
    excused = {"field-missing", "partner-unknown"} if has_partners else {"field-missing"}
    return Counter(one.severity for one in guide.findings if one.severity != "info" and one.code not in excused)


def fitness(guide: Guide | NoSections) -> tuple[float, int]:
    """Return how well a record fits its guide: the values that it states, an error outweighing ten; then its warnings.

    What sections inherit counts once. Who reads less warns less, so warnings decide between equals alone.
    """
    if isinstance(guide, NoSections):
        return float("-inf"), 0
    doubts = doubts_of(guide)
    inherited = {
        (one.number, name) for one in guide.sections for name in FIELDS if getattr(one, name).status == "inherited"
    }
    return len(values_of(guide) - inherited) - 10 * doubts["error"], -doubts["warning"]


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
        idle = [section.number for section in after.sections if not any(_states(section, name) for name in FIELDS)]
        return f"section {idle[0]} has no value with it" if 2 * len(idle) > len(after.sections) else None
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

    A label gains the sections where its words become a value, or go into one; a label of no field those of which other
    values had its words.
    """
    if isinstance(after, NoSections):
        return ""
    if suggestion.key == "programmes":
        is_new = isinstance(before, NoSections) or before.guide.programme is None
        return "the programme" if is_new and after.guide.programme == suggestion.words else ""
    if suggestion.key == "other":
        return _find_kept_apart(suggestion.words, before, after)
    if not _is_label_of_field(suggestion):
        return _find_more_sections(0 if isinstance(before, NoSections) else len(before.sections), len(after.sections))
    field = "funding" if suggestion.key == PER_PROJECT else str(suggestion.key)
    other = _others(before, suggestion.words)
    claimed = {
        section.number: _states(section, field)
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


def _find_more_sections(before: int, after: int) -> str:
    in_place = f" in place of {before}" if before else ""
    return f"{after} section{'s' * (after > 1)}{in_place}" if after > before else ""


def _find_kept_apart(words: str, before: Guide | NoSections, after: Guide) -> str:
    """Return in how many sections a label of no field is kept out of values that had its words; most have to have it.

    Where those are topics, it is the name of one: 农业：粮食、畜牧.
    """
    if isinstance(before, NoSections):
        return ""
    if not names_partner(words) and any(words in topic_names(section) for section in before.sections):
        return ""
    sections = _others(after, words) - _others(before, words)
    has_most = 2 * len(sections) > len(after.sections)
    return f"kept apart in {len(sections)} of {len(after.sections)} sections" if has_most else ""


def _states(section: Section, field: str) -> bool:
    """Return True if a section states a value of its own that says something: a list of topics names any."""
    stated = getattr(section, field)
    if stated.status != "stated" or stated.value is None:
        return False
    return not isinstance(stated.value, Topics) or bool(stated.value.items) or stated.value.unrestricted


def _is_label_of_field(suggestion: Suggestion) -> bool:
    return suggestion.key in (*FIELDS, PER_PROJECT)


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

    A label that recurs, and whose field the record does not bear out, is kept as one of no field if that helps.
    """
    tried = sorted((one for one in suggestions if one.can_be_tried), key=lambda one: -one.places)
    reasons: dict[Suggestion, str] = {}
    kept = _keep_useful(guide, _keep_harmless(guide, tried, [], reasons))
    apart = {one: _of_no_field(one) for one in tried if one.recurs and one.key != "other" and one not in kept}
    kept = _keep_useful(guide, _keep_harmless(guide, list(apart.values()), kept, reasons))
    final = [apart[one] if apart.get(one) in kept else one for one in suggestions]
    return tuple(_with_outcome(one, guide, kept, reasons) for one in final)


def _of_no_field(label: Suggestion) -> Suggestion:
    why = f"{label.why}; the record does not bear that out"
    return replace(label, table="labels", key="other", why=why)


def _keep_harmless(
    guide: GuideOnTrial, tried: Sequence[Suggestion], kept: list[Suggestion], reasons: dict[Suggestion, str]
) -> list[Suggestion]:
    """Return the suggestions kept so far, and those that do no harm beside them.

    All are tried together; where that harms, each half of them, until the one is found that does. What is left out is
    tried once more beside all that is kept, for a label may harm only as long as the next is not known.
    """
    while left := [one for one in tried if one not in kept]:
        more = _keep(guide, _units(left), kept, reasons)
        if len(more) == len(kept):
            break
        kept = more
    return kept


def _keep_useful(guide: GuideOnTrial, kept: Sequence[Suggestion]) -> list[Suggestion]:
    """Return the suggestions without those by which nothing is gained, unless the others need them."""
    useful = list(kept)
    for one in [one for one in kept if not _find_gain_of(one, guide, kept)]:
        rest = [other for other in useful if other is not one]
        if find_harm(guide.read(useful), guide.read(rest)) is None:
            useful = rest
    return useful


def _find_gain_of(one: Suggestion, guide: GuideOnTrial, kept: Sequence[Suggestion]) -> str:
    """Return what a record gains by one of the rules that are kept: a label of a field, beside the record without any;
    else, and for other rules, beside the record without this one.
    """
    after = guide.read(kept)
    gain = find_gain(one, guide.read(), after) if _is_label_of_field(one) else ""
    return gain or find_gain(one, guide.read([other for other in kept if other is not one]), after)


def _with_outcome(
    one: Suggestion, guide: GuideOnTrial, kept: Sequence[Suggestion], reasons: dict[Suggestion, str]
) -> Suggestion:
    if not one.can_be_tried:
        return one
    if one in kept:
        return replace(one, in_force=True, outcome=_find_gain_of(one, guide, kept) or "needed by the others")
    return replace(one, outcome=reasons.get(one) or "the record gains nothing by it")


def _units(tried: Sequence[Suggestion]) -> list[list[Suggestion]]:
    """Group what has to be tried together: headings are found by the labels below them."""
    labels = [one for one in tried if _is_label_of_field(one) or one.key == "other"]
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
