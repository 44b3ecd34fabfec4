"""From words to paragraphs of a layout: layout space, labels and colons, what shares a line, which runs are bold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.drift.fields.section import Body, Part
from tests.drift.guide_style import Manner
from tests.drift.supply.layout_space import Spacing, spaced
from tests.drift.supply.numbering import Place
from tests.drift.supply.seeded_random import Dice
from tests.typeset.layout import Kind, Paragraph, Run

_JOINED = ("project_count", "funding", "duration")


@dataclass(frozen=True)
class Setting:
    """How this guide is typed."""

    dice: Dice
    manner: Manner
    spacing: Spacing
    bold_labels: bool

    def spaced(self, words: str) -> str:
        return spaced(words, self.dice, self.spacing)


def opening(setting: Setting, prose: Sequence[str]) -> list[Paragraph]:
    """The title block and the introduction."""
    head = [Paragraph(setting.dice.pick(("附件", "附件1")), "flush")] if setting.dice.chance(0.5) else []
    title = [_title_line(setting, line) for line in setting.manner.title]
    return [*head, *title, *(Paragraph(setting.spaced(words)) for words in prose)]


def closing(setting: Setting) -> list[Paragraph]:
    """What may stand after the last section: an appendix."""
    if not setting.dice.chance(0.15):
        return []
    return [Paragraph("附件2", "flush"), Paragraph("申报书格式见国家科技管理信息系统。")]


def section_lines(setting: Setting, place: Place, title: str, above: str | None, parts: Body) -> list[Paragraph]:
    """A section, with the heading of a group before it."""
    found: list[Paragraph] = []
    if above and place.group:
        found.append(_heading(setting, f"{place.group}{setting.manner.gap}", above))
    number = "" if setting.manner.numbering == "none" else f"{place.number}{setting.manner.gap}"
    found.append(_heading(setting, number, title))
    lines: list[list[str]] = []
    before: Part | None = None
    for part in parts.parts:
        lines = _added(setting, lines, part, before)
        before = part
    return found + [_labelled(setting, line) for paragraph in lines for line in [paragraph]]


def _added(setting: Setting, lines: list[list[str]], part: Part, before: Part | None) -> list[list[str]]:
    """The lines with one more part: on lines of its own, or after the part before it. A line is its label and its words."""
    label, chance = f"{part.label}{setting.manner.colon}", setting.manner.rules["chance"]
    first, *rest = [setting.spaced(words) for words in part.said.paragraphs]
    on = before is not None and before.field in _JOINED and part.field in _JOINED
    if on and lines[-1][1].endswith(("。", "）")) and setting.dice.chance(chance["joined"]):
        label_before, words = lines[-1]
        lines[-1] = [label_before, f"{words}{label}{first}"]
    elif setting.dice.chance(chance["next_line"]):
        lines += [[label, ""], ["", first]]
    else:
        lines.append([label, first])
    return lines + [["", words] for words in rest]


def _labelled(setting: Setting, line: list[str]) -> Paragraph:
    label, words = line
    if setting.bold_labels and label:
        return Paragraph(tuple(run for run in (Run(label, bold=True), Run(words)) if run.text))
    return Paragraph(label + words)


def _title_line(setting: Setting, line: str) -> Paragraph:
    """A line of the title block, at times with its year in bold."""
    words = setting.spaced(line)
    kind: Kind = "title"
    if setting.dice.chance(0.7):
        return Paragraph(words, kind)
    parts = re.split(r"(\d{4})", words)
    return Paragraph(tuple(Run(part, bold=part.isdigit()) for part in parts if part), kind)


def _heading(setting: Setting, number: str, title: str) -> Paragraph:
    """A bold heading, its number and title cut into runs as office suites cut them."""
    cuts = setting.dice.pick((r"(?<=\d)(?=\.)", r"(?<=\.)", r"(?=\.)|(?<=\.)", r"(?!)"))
    runs = [part for part in re.split(cuts, number) if part] if number else []
    pieces = re.split(r"([（）]|[A-Za-z]+)", title) if setting.dice.chance(0.4) else [title]
    return Paragraph(tuple(Run(part, bold=True) for part in [*runs, *pieces] if part), "heading")
