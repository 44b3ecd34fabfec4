"""Guides with labelled parts that stand outside of the sections and hold for all of them."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from extract.model.stages import LabelledText, SplitGuide
from extract.profile.schema import Profile
from tests.support.case_tables import text


def parts(lines: Mapping[str, str], profile: Profile) -> tuple[LabelledText, ...]:
    """Labelled parts of plain words, by their labels."""
    fields = profile.labels.fields_by_name
    return tuple(
        LabelledText(_field(fields[label]), label=text(label), lead=text(f"{label}："), text=text(words), unit=None)
        for label, words in lines.items()
    )


def with_labelled_introduction(cut: SplitGuide, profile: Profile) -> SplitGuide:
    """A split guide in which the labelled lines below the introduction are parts for all sections, and no prose."""
    labels = profile.labels.fields_by_name
    names = "|".join(sorted(labels, key=len, reverse=True))
    introduction = cut.introduction
    label = rf"(?:^|(?<=[\n\u2028]))(?P<label>{names})："
    found = list(re.finditer(rf"{label}(?P<words>.+?)(?=[\n\u2028](?:{names})：|$)", introduction.plain, re.DOTALL))
    if not found:
        return cut
    common = [
        LabelledText(
            _field(labels[match["label"]]),
            label=introduction[slice(*match.span("label"))],
            lead=introduction[match.start() : match.start("words")],
            text=introduction[slice(*match.span("words"))],
            unit=None,
        )
        for match in found
    ]
    return replace(cut, introduction=introduction[: found[0].start()], common=tuple(common))


def _field(name: str) -> str | None:
    return None if name == "other" else name
