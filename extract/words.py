"""The only door to jieba and spaCy: one blank Chinese pipeline, its words and patterns from the profile."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extract.partner_names import PartnerNames
from extract.patterns import Place, pieces, tied, words
from extract.profile import Profile
from extract.text import Text
from extract.values import DocumentKind, RequirementKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PREFIXES = frozenset("非不未无可自超多")
# With one of these, a clause after that of the partner speaks of our side: 奥方企业参与，企业须提供自筹经费.
_OURS = ("中方", "我方", "企业", "申报", "申请", "参与方", "承担", "牵头")
_KEYWORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9+-]+")


@lru_cache(maxsize=8)  # each takes some 70 MB
def words_of(profile: Profile) -> Words:
    """The pipeline of a profile; made once, for it takes a second."""
    return Words(profile)


class Words:
    """What the words of a text say: kinds of requirements and documents, organisations, keywords."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._nlp = _pipeline(profile, profile.names)
        self._docs: dict[str, Doc] = {}

    def requirement_kinds(self, text: Text) -> tuple[RequirementKind, ...]:
        """The kinds of a requirement, in the profile's order; none where no pattern tells one.

        What is preferred is not asked for, and neither is what is denied: a clause with 优先支持 or 无需 tells no
        other kind. Money that the partner's side brings (外方须有配套经费) is none of the applicant's.
        """
        doc = self._doc(text)
        told = self._places(doc)
        if "partner_funding" in told:
            told["partner_funding"] = [place for place in told["partner_funding"] if not _turns(doc, *place)]
        preferred = [_clause(doc, start) for start, _ in told.get("priority", ())]
        theirs = [_clause(doc, start) for start, _ in told.get("partner_funding", ())]
        silent = {kind: preferred for kind in told if kind != "priority"}
        silent["cofunding"] = preferred + theirs
        return tuple(
            kind
            for kind in self._profile.requirements.kinds
            if any(
                kind == "priority" or not (any(start in one for one in silent[kind]) or self._denied(doc, start, end))
                for start, end in told.get(kind, ())
            )
        )

    def fired(self, text: Text) -> set[tuple[RequirementKind, int]]:
        """The word patterns that match in a text: the kind, and the pattern's place in the kind's list."""
        return {pattern for pattern, places in self._matches(self._doc(text)).items() if places}

    def _places(self, doc: Doc) -> dict[RequirementKind, list[Place]]:
        """Where the word patterns of each kind stand."""
        kinds: dict[RequirementKind, list[Place]] = defaultdict(list)
        for (kind, _), places in self._matches(doc).items():
            kinds[kind] += places
        return kinds

    def _matches(self, doc: Doc) -> dict[tuple[RequirementKind, int], list[Place]]:
        """Where each word pattern stands, by its kind and its place in the kind's list."""
        found, tokens = self._pieces(doc), [token.text for token in doc]
        return {
            (kind, number): tied(found.get((kind, number), {}), len(pieces(pattern)), tokens)
            for kind, patterns in self._profile.requirements.kinds.items()
            for number, pattern in enumerate(patterns)
        }

    @staticmethod
    def _pieces(doc: Doc) -> dict[tuple[str, int], dict[int, list[Place]]]:
        """Where the pieces of every word pattern stand, by kind and the pattern's number, then the piece's."""
        found: dict[tuple[str, int], dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for span in doc.spans["ruler"]:
            if span.label_ == "requirement":
                kind, pattern, piece = span.id_.split("/")
                found[kind, int(pattern)][int(piece)].append((span.start, span.end))
        return found

    def _denied(self, doc: Doc, start: int, end: int) -> bool:
        clause = doc[_clause(doc, start).start : end].text
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

    def keywords(self, names: Iterable[Text]) -> tuple[str, ...]:
        """The content words of names, each once, in order; a name of one short word (水) is one as it is.

        A prefix that turns or makes a word (非传染性, 可重构) stays with it.
        """
        stop = set(self._profile.topics.stop)
        found: dict[str, None] = {}
        for name in names:
            words = _prefixed([token.text for token in self._doc(name)])
            kept = [word for word in words if _KEYWORD.fullmatch(word) and word not in stop]
            found |= dict.fromkeys(kept or (words if len(words) == 1 else []))
        return tuple(found)

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
    tokenizer: Any = nlp.tokenizer  # made without jieba: spaCy would load jieba's own dictionary beside ours
    tokenizer.segmenter = "jieba"
    tokenizer.jieba_seg = _Segmenter(sorted(_vocabulary(profile, names)), sorted(_sides(names)))
    ruler: Any = nlp.add_pipe("span_ruler")
    ruler.add_patterns([*_requirements(profile), *_documents(profile), *_organisations(names)])
    return nlp


def _vocabulary(profile: Profile, names: PartnerNames) -> set[str]:
    """The words that the segmenter keeps whole: the dictionary's, those of patterns, and names."""
    kinds_of = profile.requirements.kinds.values()
    patterned = {word for patterns in kinds_of for pattern in patterns for word in words(pattern)}
    kinds = {word for found in profile.agreement.kinds.values() for word in found}
    return {*profile.dictionary, *patterned, *kinds, *(name for spelling in _spellings(names) for name in spelling)}


def _sides(names: PartnerNames) -> set[str]:
    """日方, 美方: jieba knows some of them and not 巴方. All are two words, so that patterns find them by 方."""
    return {f"{short}方" for entry in names.country for short in entry.short if len(short) == 1}


def _requirements(profile: Profile) -> list[dict[str, Any]]:
    """The pieces of every pattern; the id tells kind, pattern and piece."""
    return [
        {"label": "requirement", "id": f"{kind}/{number}/{place}", "pattern": piece}
        for kind, patterns in profile.requirements.kinds.items()
        for number, pattern in enumerate(patterns)
        for place, piece in enumerate(pieces(pattern))
    ]


def _documents(profile: Profile) -> list[dict[str, Any]]:
    kinds = profile.agreement.kinds.items()
    return [{"label": "document", "id": kind, "pattern": pieces("|".join(found))[0]} for kind, found in kinds]


def _organisations(names: PartnerNames) -> list[dict[str, Any]]:
    spellings = [(spelling[0], name) for spelling in _spellings(names) for name in spelling]
    return [{"label": "organisation", "id": usual, "pattern": name} for usual, name in spellings]


def _spellings(names: PartnerNames) -> list[tuple[str, ...]]:
    """Every organisation and agency: its usual name, then its other names."""
    organisations = [(entry.own, *entry.aliases) for entry in names.organisation]
    return organisations + [(entry.name, *entry.aliases) for entry in names.agency]


def _clause(doc: Doc, place: int) -> range:
    """The numbers of the words of the clause in which a word stands."""
    start, end = place, place
    while start and doc[start - 1].text not in "，。；":
        start -= 1
    while end < len(doc) and doc[end].text not in "，。；":
        end += 1
    return range(start, end)


def _turns(doc: Doc, start: int, end: int) -> bool:
    """Whether words begin with one side and end in a clause that begins with ours."""
    last = _clause(doc, end - 1)
    return last.start > start and doc[last.start].text.startswith(_OURS)


def _prefixed(tokens: list[str]) -> list[str]:
    """The words with their prefixes: 非 and 传染性 are 非传染性."""
    words: list[str] = []
    for token in tokens:
        if words and words[-1] in _PREFIXES and len(token) > 1:
            words[-1] += token
        else:
            words.append(token)
    return words


class _Segmenter:
    """jieba as spaCy's tokenizer calls it, without its guesses at unknown words: 由巴方 is no word."""

    def __init__(self, words: Iterable[str], apart: Iterable[str]) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()  # jieba's own module would share its dictionary between profiles
        # Read from the package: jieba would trust a cache in the system's folder for temporary files, which anybody
        # may have put there.
        self._jieba.FREQ, self._jieba.total = self._jieba.gen_pfdict(self._jieba.get_dict_file())
        self._jieba.initialized = True
        for word in words:
            self._jieba.add_word(word)
        for word in apart:
            self._jieba.del_word(word)
        sides = "".join(sorted({word[0] for word in apart}))
        self._sides = re.compile(f"(?<=.)(?=[{sides}]方(?![向式法案面针程便]))")

    def cut(self, text: str, cut_all: bool = False) -> Iterator[str]:
        """The words of a text, in order. A side begins a word: 经|意方, 附|加方, whatever 经意 and 附加 may be."""
        for piece in self._sides.split(text):
            yield from self._jieba.cut(piece, cut_all=cut_all, HMM=False)
