"""Find sentences that state what no label heads: 双方共同支持10个项目, 合作期限为3年."""

import re
from collections.abc import Iterable, Sequence

from extract.model.stages import LabelledText
from extract.model.text import Text
from extract.profile.schema import Profile

_SENTENCE_END, _POINT_END = "[。；\n]", "[；\n]"
_LAYOUT = "\u2028"


def find_statements(texts: Sequence[Text], held: Iterable[str | None], profile: Profile) -> list[LabelledText]:
    """Return the words that state a field which is not held, each as a part whose label is the words before them.

    Of several sentences on one field the first counts; its values are judged by the parser of the field.
    """
    known = set(held)
    found: list[LabelledText] = []
    for field in profile.statements.__struct_fields__:
        if field in known:
            continue
        patterns: Sequence[re.Pattern[str]] = getattr(profile.statements, field)
        end = _POINT_END if field == "fields" else _SENTENCE_END  # 领域为能源。包括：…
        sentences = (sentence for text in texts for sentence in text.without(_LAYOUT).split(end))
        part = next((part for sentence in sentences if (part := _statement(field, sentence, patterns))), None)
        if part:
            found.append(part)
    return found


def _statement(field: str, sentence: Text, patterns: Sequence[re.Pattern[str]]) -> LabelledText | None:
    for pattern in patterns:
        match = pattern.search(sentence.plain)
        if match:
            lead = sentence[match.start() : match.start("value")]
            return LabelledText(
                field=field,
                label=lead.strip("：，"),
                lead=lead,
                text=sentence[match.start("value") : match.end("value")],
                unit=None,
            )
    return None
