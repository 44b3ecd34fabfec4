"""What stands under the label of another field and nowhere else: 执行期3年 under 拟支持项目数."""

from collections.abc import Mapping

from extract.model.findings import FindingDraft, finding
from extract.model.record import Section
from extract.model.text import Text
from extract.normalise.quantities import count, money

_READ = {"project_count": count.count_elsewhere, "funding": money.money_elsewhere, "per_project": money.money_elsewhere}


def misplaced_figures(section: Section, words: Mapping[str, Text]) -> list[FindingDraft]:
    """One for each figure that stands under a label where it does not belong, and is not in its own field.

    `words`: what stands under the label of each field.
    """
    found = [
        (field, aside)
        for name, elsewhere in _READ.items()
        if name in words
        for field, aside in elsewhere(words[name])
        if not _told(section, field, aside)
    ]
    return [finding("figure-misplaced", aside, field=field, words=aside.printed, name=field) for field, aside in found]


def _told(section: Section, field: str, words: Text) -> bool:
    """Whether the field itself says something of the kind; what each project gets is another thing than the total."""
    if field == "funding" and section.funding.value is not None:
        return section.funding.value.per_project is not None or not words.plain.startswith(("每", "单"))
    return getattr(section, field).status not in ("absent", "inherited")
