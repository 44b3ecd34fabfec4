"""The only door to jieba and spaCy: one blank Chinese pipeline, its words and patterns from the profile.

A word pattern is words with a space between them: `a|b` is either, `…` is a gap of up to twelve words that
stays within the sentence. A word of two or more characters matches any token that contains it, so 征集 is
found in 公开征集; a single character matches only itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.profile import PartnerNames, Profile, load_partner_names
from extract.text import Text
from extract.values import DocumentKind, RequirementKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_GAP = {"TEXT": {"NOT_IN": ["。", "；"]}, "OP": "{0,12}"}
_KEYWORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9+-]+")


@cache
def words_of(profile: Profile) -> Words:
    """The pipeline of a profile; made once, for it takes a second."""
    return Words(profile, load_partner_names())


class Words:
    """What the words of a text say: kinds of requirements and documents, organisations, keywords."""

    def __init__(self, profile: Profile, names: PartnerNames) -> None:
        self._profile = profile
        self._nlp = _pipeline(profile, names)
        self._docs: dict[str, Doc] = {}

    def requirement_kinds(self, text: Text) -> tuple[RequirementKind, ...]:
        """The kinds of a requirement, in the profile's order; none where no pattern tells one.

        What is preferred is not asked for, and neither is what is denied: a clause with 优先支持 or 无需 tells no
        other kind.
        """
        doc = self._doc(text)
        spans = [span for span in doc.spans["ruler"] if span.label_ == "requirement"]
        preferred = [_clause(doc, span) for span in spans if span.id_ == "priority"]
        told = {
            span.id_
            for span in spans
            if span.id_ == "priority"
            or not (any(span.start in clause for clause in preferred) or self._denied(doc, span))
        }
        return tuple(kind for kind in self._profile.requirements.kinds if kind in told)

    def _denied(self, doc: Doc, span: Span) -> bool:
        clause = doc[_clause(doc, span).start : span.end].text
        return any(word in clause for word in self._profile.requirements.negations)

    def document_kind(self, title: Text) -> DocumentKind:
        """The kind of a document, told by the last kind-word of its title."""
        spans = [span for span in self._doc(title).spans["ruler"] if span.label_ == "document"]
        last = max(spans, key=lambda span: span.end, default=None)
        for kind in self._profile.agreement.kinds:
            if last is not None and last.id_ == kind:
                return kind
        return "other"

    def organisations(self, text: Text) -> list[tuple[slice, str]]:
        """Where organisations and agencies are named, longest first where they overlap, with their names."""
        from spacy.util import filter_spans

        spans = [span for span in self._doc(text).spans["ruler"] if span.label_ == "organisation"]
        return [(slice(span.start_char, span.end_char), span.id_) for span in filter_spans(spans)]

    def keywords(self, texts: Iterable[Text]) -> tuple[str, ...]:
        """The content words of the texts, each once, in order."""
        found = (token.text for text in texts for token in self._doc(text))
        stop = set(self._profile.topics.stop)
        return tuple(dict.fromkeys(word for word in found if _KEYWORD.fullmatch(word) and word not in stop))

    def within_word(self, text: Text, place: int) -> bool:
        """Whether a word runs over a place of the text, so that nothing can end there."""
        return any(token.idx < place < token.idx + len(token) for token in self._doc(text))

    def _doc(self, text: Text) -> Doc:
        if text.plain not in self._docs:
            self._docs[text.plain] = self._nlp(text.plain)
        return self._docs[text.plain]


def _pipeline(profile: Profile, names: PartnerNames) -> Language:
    """A blank Chinese pipeline over a segmenter of its own, with one ruler for all patterns."""
    import spacy

    nlp = spacy.blank("zh")
    patterns = [*_requirements(profile), *_documents(profile), *_organisations(names)]
    spelt = (name for spelling in _spellings(names) for name in spelling)
    tokenizer: Any = nlp.tokenizer  # made without jieba: spaCy would load jieba's own dictionary beside ours
    tokenizer.segmenter = "jieba"
    tokenizer.jieba_seg = _Segmenter(sorted({*profile.dictionary, *_words(patterns), *spelt}))
    ruler: Any = nlp.add_pipe("span_ruler")
    ruler.add_patterns([_compiled(label, kind, pattern) for label, kind, pattern in patterns])
    return nlp


def _requirements(profile: Profile) -> list[tuple[str, str, str]]:
    kinds = profile.requirements.kinds.items()
    return [("requirement", kind, pattern) for kind, patterns in kinds for pattern in patterns]


def _documents(profile: Profile) -> list[tuple[str, str, str]]:
    return [("document", kind, "|".join(words)) for kind, words in profile.agreement.kinds.items()]


def _organisations(names: PartnerNames) -> list[tuple[str, str, str]]:
    return [("organisation", spelling[0], f"={name}") for spelling in _spellings(names) for name in spelling]


def _spellings(names: PartnerNames) -> list[tuple[str, ...]]:
    """Every organisation and agency: its usual name, then its other names."""
    organisations = [(entry.name or entry.code, *entry.aliases) for entry in names.organisation]
    return organisations + [(entry.name, *entry.aliases) for entry in names.agency]


def _words(patterns: Iterable[tuple[str, str, str]]) -> list[str]:
    """The words of patterns that the segmenter should keep whole."""
    found = {word for _, _, pattern in patterns for part in pattern.split() for word in part.split("|")}
    return [word for word in found if len(word) > 1 and not word.startswith("=")]


def _compiled(label: str, kind: str, pattern: str) -> dict[str, Any]:
    """A word pattern as the ruler wants it; a pattern that begins with = is a phrase, to the letter."""
    if pattern.startswith("="):
        return {"label": label, "id": kind, "pattern": pattern[1:]}
    return {"label": label, "id": kind, "pattern": [_GAP if part == "…" else _token(part) for part in pattern.split()]}


def _token(part: str) -> dict[str, Any]:
    """One word of a pattern, or a choice of words."""
    choices = [re.escape(word) if len(word) > 1 else f"^{re.escape(word)}$" for word in part.split("|")]
    return {"TEXT": {"REGEX": "|".join(choices)}}


def _clause(doc: Doc, span: Span) -> range:
    """The numbers of the words of the clause that a span begins in."""
    start, end = span.start, span.start
    while start and doc[start - 1].text not in "，。；":
        start -= 1
    while end < len(doc) and doc[end].text not in "，。；":
        end += 1
    return range(start, end)


class _Segmenter:
    """jieba as spaCy's tokenizer calls it, without its guesses at unknown words: 由巴方 is no word."""

    def __init__(self, words: Iterable[str]) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()  # jieba's own module would share its dictionary between profiles
        for word in words:
            self._jieba.add_word(word)

    def cut(self, text: str, cut_all: bool = False) -> Iterator[str]:
        """The words of a text, in order."""
        words: Iterator[str] = self._jieba.cut(text, cut_all=cut_all, HMM=False)
        return words
