"""Classify words of a guide by the words of a profile: requirements, documents, organisations, keywords."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extract.language.organisation_matcher import Organisations
from extract.language.segmenter import Tokens, dictionary_spellings, segmenter_of
from extract.language.word_patterns import PatternFinder, Span, gap_widths, join_pieces, split_pieces
from extract.model.text import Text
from extract.model.values import DocumentKind, RequirementKind
from extract.profile.schema import Profile

_PREFIXES = frozenset("非不未无可自超多")
# Beginnings of a clause on the Chinese side after one on the partner: 奥方企业参与，企业须提供自筹经费.
_CHINESE_SIDE = ("中方", "我方", "企业", "申报", "申请", "参与方", "承担", "牵头")
_KEYWORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9+-]+")


@lru_cache(maxsize=8)  # some MB each
def lexicon_of(profile: Profile) -> Lexicon:
    """Return the lexicon of a profile, cached: it is slow to build."""
    return Lexicon(profile)


class Lexicon:
    """The words and patterns of a profile: kinds of requirements and documents, organisations, keywords."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._segmenter = segmenter_of(profile)
        self._kinds = {
            kind: [split_pieces(pattern) for pattern in patterns]
            for kind, patterns in profile.requirements.kinds.items()
        }
        self._documents = {kind: split_pieces("|".join(words))[0] for kind, words in profile.agreement.kinds.items()}
        pieces = (piece for patterns in self._kinds.values() for pattern in patterns for piece in pattern)
        self._finder = PatternFinder([*self._documents.values(), *pieces])
        self._denials = _denials(profile.requirements.negations)
        self._tokens = lru_cache(maxsize=1024)(self._cut)  # a guide needs those of each text many times
        names = dictionary_spellings(profile.names)
        self._organisations = Organisations(
            (usual, self._cut(name)) for usual, *more in names for name in (usual, *more)
        )

    def requirement_kinds(self, text: Text) -> tuple[RequirementKind, ...]:
        """Return the kinds of a requirement by the patterns that match, in the order of the profile.

        Preferences and denials are not required: a match in a clause with 优先支持 or 无需 does not count for another
        kind. Money of the partner's side (外方须有配套经费) or of a government (由政府按1:1配套) is not the applicant's
        cofunding.
        """
        tokens = self._tokens(text.plain)
        matches: dict[RequirementKind, list[Span]] = defaultdict(list)
        for (kind, _), spans in self._matches(tokens).items():
            matches[kind] += spans
        matches["partner_funding"] = [span for span in matches["partner_funding"] if not _changes_side(tokens, *span)]
        preferred = _clauses(tokens, matches["priority"])
        of_partner = preferred | _clauses(tokens, matches["partner_funding"])
        denials = [match.span(1) for match in self._denials.finditer(text.plain)]
        of_others = [match.span() for match in self._profile.requirements.others_money.finditer(text.plain)]

        def is_not_required(kind: RequirementKind, start: int, end: int) -> bool:
            clause = tokens.slice(tokens.clause(start).start, end)
            is_others = any(first <= tokens.starts[start] < last for first, last in of_others)
            return (
                start in (of_partner if kind == "cofunding" else preferred)
                or (kind == "cofunding" and is_others)
                or _contains(clause, denials)
            )

        return tuple(
            kind
            for kind in self._kinds
            if any(kind == "priority" or not is_not_required(kind, *span) for span in matches[kind])
        )

    def fired(self, text: Text) -> set[tuple[RequirementKind, int]]:
        """Return the word patterns that match in a text: the kind, and the index of the pattern in the kind's list."""
        return {pattern for pattern, spans in self._matches(self._tokens(text.plain)).items() if spans}

    def _matches(self, tokens: Tokens) -> dict[tuple[RequirementKind, int], list[Span]]:
        """The matches of each word pattern, by its kind and its index in the kind's list."""
        found, widths = self._finder.find(tokens.words), gap_widths(tokens.words)
        return {
            (kind, index): join_pieces(found, pattern, widths)
            for kind, patterns in self._kinds.items()
            for index, pattern in enumerate(patterns)
            if pattern[0] in found
        }

    def document_kind(self, title: Text) -> DocumentKind:
        """Return the kind of a document by the last word for a kind in its title."""
        found = self._finder.find(self._tokens(title.plain).words)
        last = {kind: found[word][-1] for kind, word in self._documents.items() if word in found}
        return max(last, key=last.__getitem__, default="other")

    def organisations(self, text: Text) -> list[tuple[slice, str]]:
        """Find organisations and agencies with their usual names; of overlapping names the longest."""
        return self._organisations.find(self._tokens(text.plain))

    def keywords(self, names: Iterable[Text]) -> tuple[str, ...]:
        """Return the content words of names, each once, in order; a name of one short word (水) as it is.

        Prefixes stay with their words: 非传染性, 可重构.
        """
        stop = set(self._profile.topics.stop)
        found: dict[str, None] = {}
        for name in names:
            words = _prefixed(self._tokens(name.plain).words)
            kept = [word for word in words if _KEYWORD.fullmatch(word) and word not in stop]
            found |= dict.fromkeys(kept or (words if len(words) == 1 else []))
        return tuple(found)

    def is_within_word(self, text: Text, offset: int) -> bool:
        """Return True if an offset is inside a word, so that no item can end there."""
        return self._tokens(text.plain).is_within_word(offset)

    def is_broken_word(self, before: str, after: str) -> bool:
        """Return True if a known word is broken between two texts (人|民币), which is not two words (生物|医药)."""
        tokens, offset = self._tokens(before + after), len(before)
        if not tokens.is_within_word(offset):
            return False
        index = bisect_left(tokens.starts, offset) - 1
        word, length = tokens.words[index], offset - tokens.starts[index]
        return not all(len(half) > 1 and len(self._tokens(half).words) == 1 for half in (word[:length], word[length:]))

    def _cut(self, plain: str) -> Tokens:
        """Tokenise as spaCy does: one space after a word is no token, further space is one."""
        words: list[str] = []
        starts: list[int] = []
        offset = end = 0  # of jieba's next word, and after the last token with its space
        for word in (*self._segmenter.cut(plain), ""):
            if not word.isspace():
                if offset > end:
                    words.append(plain[end:offset])
                    starts.append(end)
                words.append(word)
                starts.append(offset)
                end = offset + len(word) + plain.startswith(" ", offset + len(word))
            offset += len(word)
        return Tokens(tuple(words[:-1]), tuple(starts[:-1]))


def _clauses(tokens: Tokens, spans: Iterable[Span]) -> set[int]:
    """The indices of all words in clauses in which a span begins."""
    return {index for clause in {tokens.clause(start) for start, _ in spans} for index in clause}


def _changes_side(tokens: Tokens, start: int, end: int) -> bool:
    """True if a match begins in the partner's clause and ends in one that begins with the Chinese side."""
    last = tokens.clause(end - 1)
    return last.start > start and tokens.words[last.start].startswith(_CHINESE_SIDE)


def _denials(negations: Iterable[str]) -> re.Pattern[str]:
    """Compile an overlapping pattern of negations; of words that contain one another only the shortest."""
    shortest = [word for word in negations if not any(other in word for other in negations if other != word)]
    return re.compile(f"(?=({'|'.join(map(re.escape, shortest)) or '(?!)'}))")


def _contains(clause: slice, denials: Sequence[Span]) -> bool:
    """True if one of the denials, which are sorted and not nested, lies in a clause."""
    first = bisect_left(denials, (clause.start,))
    return first < len(denials) and denials[first][1] <= clause.stop


def _prefixed(tokens: Iterable[str]) -> list[str]:
    """Join prefixes to their words.

    >>> _prefixed(["非", "传染性", "疾病"])
    ['非传染性', '疾病']
    """
    words: list[str] = []
    for token in tokens:
        if words and words[-1] in _PREFIXES and len(token) > 1:
            words[-1] += token
        else:
            words.append(token)
    return words
