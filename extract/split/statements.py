"""Find sentences that state what no label heads: 双方共同支持10个项目, 合作期限为3年."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.model.stages import LabelledText
from extract.model.text import PARAGRAPH, Text, join_texts
from extract.profile.schema import Profile

_SENTENCE, _POINT = re.compile("[^。；\n]+"), re.compile("[^；\n]+")


def find_statements(texts: Sequence[Text], held: Iterable[str | None], profile: Profile) -> list[LabelledText]:
    """Return the words that state a field which is not held, each as a part whose label is the words before them.

    Several sentences on one field are one part, with what stands between them: whether they state one value is for the
    parser of the field to say.
    """
    known = set(held)
    found: list[LabelledText] = []
    for field in profile.statements.__struct_fields__:
        pattern = _POINT if field == "fields" else _SENTENCE  # 领域为能源。包括：…
        patterns: Sequence[re.Pattern[str]] = getattr(profile.statements, field)
        matches = [(text, list(_matches(text, pattern, patterns))) for text in texts] if field not in known else []
        spans = [(text, of_text) for text, of_text in matches if of_text]
        if spans:
            first, match = spans[0][0], spans[0][1][0]
            lead = first[match.start() : match.start("value")]
            words = [text[of_text[0].start("value") : of_text[-1].end("value")] for text, of_text in spans]
            pieces = [piece for text in words for piece in (text.glue(PARAGRAPH), text)][1:]
            found.append(LabelledText(field, lead.strip("：，"), lead, join_texts(pieces, first), None))
    return found


def _matches(text: Text, sentence: re.Pattern[str], patterns: Sequence[re.Pattern[str]]) -> Iterator[re.Match[str]]:
    """Yield the match of each sentence in which one of the patterns is found."""
    for part in sentence.finditer(text.plain):
        matches = (pattern.search(text.plain, part.start(), part.end()) for pattern in patterns)
        if match := next((one for one in matches if one), None):
            yield match
