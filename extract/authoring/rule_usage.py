"""Count the guides in which each rule of a profile fires: one that never fires is a mistake, or not needed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from extract.errors import UnreadableGuide
from extract.language.lexicon import lexicon_of
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.stages import LabelledText, Line, Normalised, SplitGuide
from extract.model.values import Partner
from extract.normalise import normalise
from extract.profile.files import load_profile, profile_files
from extract.profile.schema import Profile
from extract.profile.toml_tables import NAMED_BY, expand_pieces, parse
from extract.pull import pull
from extract.repair import repair
from extract.split import split

_OTHER_KEYS = ("name", "about", "extends", "pieces")


class Rule(Struct, frozen=True):
    """One rule of a profile's file: its key, and its words or pattern (for names, a code)."""

    key: str
    words: str


class RuleUsage(Struct, frozen=True):
    """The number of guides in which each rule fires, the number of guides read, and why others were refused."""

    fires: Mapping[Rule, int]
    guides: int
    refused: tuple[str, ...]


class GuideReading(Struct, frozen=True):
    """The results of the stages for a guide."""

    lines: Sequence[Line]
    cut: SplitGuide
    values: Normalised

    def parts(self, field: str | None) -> list[LabelledText]:
        """List the parts of a field in all sections, and outside of them; None: those of no field."""
        parts = [*(part for piece in self.cut.pieces for part in piece.parts), *self.cut.common]
        return [part for part in parts if part.field == field]


class RuleContext(Struct, frozen=True):
    """A rule with the guide in which it may fire. `key` is the rule's key below its table."""

    key: str
    words: str
    reading: GuideReading
    profile: Profile


def count_usage(profile: str | Path, guides: Sequence[Path], *, limits: Limits = DEFAULT_LIMITS) -> RuleUsage:
    """Count the guides in which each rule of a profile's own file fires; unreadable guides are refused.

    Raises ProfileError if the profile is invalid.
    """
    rules = load_profile(profile)
    path, text = profile_files(profile)[0]
    fires = dict.fromkeys(_rules(expand_pieces(parse(text, path), rules.pieces, path)), 0)
    refused = []
    for guide in guides:
        try:
            reading = _read(guide, rules, limits)
        except UnreadableGuide as error:
            refused.append(str(error))
            continue
        for rule in fires:
            fires[rule] += _fires(rule, reading, rules)
    return RuleUsage(fires, len(guides) - len(refused), tuple(refused))


def merge_usage(parts: Sequence[RuleUsage]) -> RuleUsage:
    """Add up the usages of a profile in several guides."""
    fires: Counter[Rule] = Counter()
    for part in parts:
        fires.update(part.fires)
    return RuleUsage(fires, sum(part.guides for part in parts), tuple(why for part in parts for why in part.refused))


def _read(path: Path, rules: Profile, limits: Limits) -> GuideReading:
    repaired = repair(pull(path, limits=limits), rules)
    try:
        cut = split(repaired, rules)
    except UnreadableGuide as error:
        raise UnreadableGuide(f"{path}: {error}") from None
    return GuideReading(repaired.lines, cut, normalise(cut, rules))


def _rules(table: dict[str, Any], above: str = "") -> Iterator[Rule]:
    """Yield the rules of a file in its order: every string with its key; for a table in a list, its code or name."""
    for key, value in table.items():
        path = f"{above}{key}"
        if path in _OTHER_KEYS:
            continue
        if isinstance(value, dict):
            yield from _rules(value, f"{path}.")
        else:
            for entry in value if isinstance(value, list) else [value]:
                named = [entry[name] for name in NAMED_BY if name in entry] if isinstance(entry, dict) else [entry]
                yield Rule(path, str(named[0]))


# ── tables of a profile ───────────────────────────────────────────────────────────────────────────────


def _fires(rule: Rule, reading: GuideReading, profile: Profile) -> bool:
    """True if a rule fires in a guide."""
    table, _, key = rule.key.partition(".")
    return _TABLES.get(table, _is_in_a_line)(RuleContext(key, rule.words, reading, profile))


def _is_in_a_line(rule: RuleContext) -> bool:
    return any(rule.words in line.text.plain for line in rule.reading.lines)


def _is_programme(rule: RuleContext) -> bool:
    return rule.reading.values.guide.programme == rule.words


def _is_style(rule: RuleContext) -> bool:
    return rule.reading.cut.style == rule.words


def _is_label(rule: RuleContext) -> bool:
    cut = rule.reading.cut
    if rule.key == "unknown":
        return any(finding.code == "label-unknown" for finding in cut.findings)
    if rule.key == "topics_too":
        values = [section.fields.value for section in rule.reading.values.sections]
        return any(re.search(rule.words, topic.name) for value in values if value for topic in value.items)
    parts = rule.reading.parts(None if rule.key == "other" else rule.key)
    return any(part.label.plain.replace(" ", "") == rule.words for part in parts)


_OF_LINES = (
    "chapter", "contents", "before_title", "beside_title", "title_end", "title_remark", "notice_opening", "notice_end",
    "no_title", "enclosure",
)  # fmt: skip


def _matches_introduction(rule: RuleContext) -> bool:
    cut = rule.reading.cut
    if rule.key in _OF_LINES:
        return _matches_a_line(rule)
    return any(re.search(rule.words, text) for text in (cut.title.plain, cut.introduction.plain))


def _matches_a_line(rule: RuleContext) -> bool:
    return any(re.search(rule.words, line.text.plain) for line in rule.reading.lines)


def _is_in_a_heading(rule: RuleContext) -> bool:
    return any(rule.words in piece.title.plain for piece in rule.reading.cut.pieces)


def _names_a_partner(rule: RuleContext) -> bool:
    values = rule.reading.values
    partners: list[Partner] = [partner for section in values.sections for partner in section.partners]
    partners += values.guide.previous.partners if values.guide.previous else ()
    return any(
        rule.words in (partner.code, partner.name, partner.subdivision and partner.subdivision.code)
        for partner in partners
    )


def _is_in_an_agreement(rule: RuleContext) -> bool:
    return any(rule.words in part.text.plain for part in rule.reading.parts("agreement"))


def _matches_topics(rule: RuleContext) -> bool:
    pattern = re.escape(rule.words) if rule.key == "stop" else rule.words
    return any(re.search(pattern, part.text.plain) for part in rule.reading.parts("fields"))


def _matches_requirements(rule: RuleContext) -> bool:
    texts = [part.text for part in rule.reading.parts("requirements")]
    table, _, kind = rule.key.partition(".")
    if table == "duration":
        return any(re.search(rule.words, part.text.plain) for piece in rule.reading.cut.pieces for part in piece.parts)
    if table == "kinds":
        patterns = {name: words for name, words in rule.profile.requirements.kinds.items() if name == kind}
        fired = {pattern for text in texts for pattern in lexicon_of(rule.profile).fired(text)}
        return any((name, words.index(rule.words)) in fired for name, words in patterns.items())
    pattern = rule.words if table == "others_money" else re.escape(rule.words)
    return any(re.search(pattern, text.plain) for text in texts)


def _matches_conditions(rule: RuleContext) -> bool:
    """True if words of requirements match, or others from which conditions are read; rules go by their names."""
    table, _, name = rule.key.partition(".")
    by_name = {one.name: one.pattern.pattern for one in rule.profile.conditions.rules}
    pattern = by_name[rule.words] if table == "rules" else re.escape(name) if table == "groups" else rule.words
    parts = [*rule.reading.parts("requirements"), *rule.reading.parts(None)]
    if table == "procedures":
        return any(re.search(pattern, part.label.plain) for part in parts)
    return any(
        re.search(pattern, text.plain) for text in (*(part.text for part in parts), rule.reading.cut.introduction)
    )


_TABLES: dict[str, Callable[[RuleContext], bool]] = {
    "programmes": _is_programme,
    "headings": _is_style,
    "labels": _is_label,
    "introduction": _matches_introduction,
    "outside": _matches_a_line,
    "partners": _is_in_a_heading,
    "names": _names_a_partner,
    "agreement": _is_in_an_agreement,
    "topics": _matches_topics,
    "requirements": _matches_requirements,
    "conditions": _matches_conditions,
}
