"""Words of figures with those beside their labels, as in a sentence: 经费（每项）：100万元 → 每项100万元."""

import re
from collections.abc import Callable

from extract.model.findings import FindingDraft, finding
from extract.model.stages import LabelledText, Unread
from extract.model.text import APART, MAYBE, Text, join_texts
from extract.normalise.duration import durations_in
from extract.normalise.quantities.count import counts_in
from extract.normalise.quantities.money import names_foreign_currency, sums_in
from extract.normalise.quantities.words import ABOUT, FILL, HIGH, LIMITS, LOW

# The figures of each field that has figures, and the units that bare ones may have.
_FIGURES: dict[str, Callable[[Text], int]] = {
    "project_count": counts_in,
    "funding": sums_in,
    "per_project": sums_in,
    "duration": durations_in,
}
_UNITS = {"project_count": "[个项].*", "duration": "年|个月"}
_YUAN = "(?:[百千十]?[万亿])?元(?:人民币)?"
_BARE = re.compile(rf"(?:{HIGH}|{LOW}|{ABOUT}| )*[约\d.，~至-]+ *(?:{LIMITS})?")
_NEUTRAL = re.compile(rf"(?:{FILL}|[，、 ]){{1,6}}")  # 人民币, 总额: said of all figures, and of none in particular
_BEFORE_LABEL = re.compile(r"[^\d，。；：（）\n]{0,8}")  # 每个课题: whose figure it is
_CONTENTS = re.compile("不?含|不?包[括含]|其中")  # （含青年项目）: of what the figure is made, which stands behind it


def with_label_words(part: LabelledText) -> Text | Unread:
    """Return the words of a part with the unit and the words of its label; refused if several figures may have these.

    Words of fields without figures stay as they are: `unheld_label_words` tells what stands beside their label.
    """
    text = part.text.without(MAYBE) if part.field in _FIGURES else part.text
    if part.field not in _FIGURES or not text:
        return text
    text, others = _with_unit(text, part)
    words = _joined(others)
    if words is None:
        return text
    if _CONTENTS.match(words.plain):
        return join_texts([text.rstrip("。 \n"), text.glue("（"), words, text.glue("）")], text)
    if _FIGURES[part.field](text) > 1 and not _NEUTRAL.fullmatch(words.plain):
        return Unread("several-values", text.rstrip("。 \n"))
    return join_texts([words, words.glue(APART), text], text)


def without_label(text: Text, label: Text) -> Text | None:
    """Return words without the label that they repeat: 课题攻坚时长不超过2年 under 攻坚时长; None if they do not."""
    at = text.plain.find(label.plain) if label else -1
    if at < 0 or not _BEFORE_LABEL.fullmatch(text.plain, 0, at):
        return None
    return text[:at] + text[at + len(label) :]


def unheld_label_words(part: LabelledText, *, is_stated: bool) -> list[FindingDraft]:
    """Report the words beside a label of a field without figures, or with 无 behind it: 领域方向（优先）：农业."""
    if part.beside is None or (part.field in _FIGURES and is_stated):
        return []
    label, words = part.label.printed, part.beside.printed
    return [finding("label-qualified", part.label, label=label, words=words)]


def _with_unit(text: Text, part: LabelledText) -> tuple[Text, list[Text]]:
    """Return words with the unit of their label, and the words beside the label, one that is no unit of them as well.

    1. 拟支持经费（万元）：600
    2. 拟支持经费（万元/项）：600万元
    3. 拟支持经费（年）：600万元
    4. 拟支持项目数（每国）：2 (a count needs no unit of its own, but one behind 每国)
    """
    unit, others = part.unit, [part.beside] if part.beside else []
    figure = text.rstrip("。 \n")
    if unit is None:
        is_count = part.field == "project_count" and others and _BARE.fullmatch(figure.plain)
        return (figure + figure.glue("个") if is_count else text), others
    fits = re.fullmatch(_UNITS.get(part.field or "", r"(?![个项年]).*"), unit.plain) is not None
    if fits and _BARE.fullmatch(figure.plain):
        return figure + unit, others
    slash = unit.plain.find("/")
    own = unit[:slash] if slash >= 0 else unit
    if not fits or not _is_own(own.plain, text.plain):
        return text, [unit, *others]
    return (figure + unit[slash:], others) if slash >= 0 else (text, others)


def _is_own(unit: str, words: str) -> bool:
    """Return True if words with a unit of their own may have that of the label, too: 万元 beside 600万元."""
    return unit in words or (not names_foreign_currency(unit) and not names_foreign_currency(words))


def _joined(words: list[Text]) -> Text | None:
    pieces = [piece for one in words for piece in (one.glue(f"，{APART}"), one)][1:]
    return join_texts(pieces, pieces[0]) if pieces else None
