"""What the words of a guide say, told by a profile's words. The package is the only door to jieba and spaCy."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from extract.language.organisation_matcher import Organisations
from extract.language.segmenter import Tokens, dictionary_spellings, segmenter_of
from extract.language.word_patterns import PatternFinder, Place, gap_widths, join_pieces, split_pieces
from extract.model.text import Text
from extract.model.values import DocumentKind, RequirementKind
from extract.profile.schema import Profile

_PREFIXES = frozenset("非不未无可自超多")
# With one of these, a clause after that of the partner speaks of our side: 奥方企业参与，企业须提供自筹经费.
_OURS = ("中方", "我方", "企业", "申报", "申请", "参与方", "承担", "牵头")
_KEYWORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9+-]+")


@lru_cache(maxsize=8)  # each takes some MB
def lexicon_of(profile: Profile) -> Lexicon:
    """The words of a profile; made once, for it takes a while."""
    return Lexicon(profile)


class Lexicon:
    """What the words of a text say: kinds of requirements and documents, organisations, keywords."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._segmenter = segmenter_of(profile)
        self._kinds = {kind: [split_pieces(one) for one in told] for kind, told in profile.requirements.kinds.items()}
        self._documents = {kind: split_pieces("|".join(told))[0] for kind, told in profile.agreement.kinds.items()}
        patterns = (pattern for told in self._kinds.values() for pattern in told)
        self._finder = PatternFinder([*self._documents.values(), *chain.from_iterable(patterns)])
        self._denials = _denials(profile.requirements.negations)
        self._tokens = lru_cache(maxsize=1024)(self._cut)  # those of one guide, which ask for each text many times
        names = dictionary_spellings(profile.names)
        self._organisations = Organisations(
            (usual, self._cut(name)) for usual, *more in names for name in (usual, *more)
        )

    def requirement_kinds(self, text: Text) -> tuple[RequirementKind, ...]:
        """The kinds of a requirement, in the profile's order; none where no pattern tells one.

        What is preferred is not asked for, and neither is what is denied: a clause with 优先支持 or 无需 tells no
        other kind. Money that the partner's side brings (外方须有配套经费) is none of the applicant's.
        """
        tokens = self._tokens(text.plain)
        told: dict[RequirementKind, list[Place]] = defaultdict(list)
        for (kind, _), places in self._matches(tokens).items():
            told[kind] += places
        told["partner_funding"] = [place for place in told["partner_funding"] if not _turns(tokens, *place)]
        preferred = _clauses(tokens, told["priority"])
        theirs = preferred | _clauses(tokens, told["partner_funding"])
        denials = [match.span(1) for match in self._denials.finditer(text.plain)]

        def silent(kind: RequirementKind, start: int, end: int) -> bool:
            clause = tokens.slice(tokens.clause(start).start, end)
            return start in (theirs if kind == "cofunding" else preferred) or _holds(clause, denials)

        return tuple(
            kind for kind in self._kinds if any(kind == "priority" or not silent(kind, *place) for place in told[kind])
        )

    def fired(self, text: Text) -> set[tuple[RequirementKind, int]]:
        """The word patterns that match in a text: the kind, and the pattern's place in the kind's list."""
        return {pattern for pattern, places in self._matches(self._tokens(text.plain)).items() if places}

    def _matches(self, tokens: Tokens) -> dict[tuple[RequirementKind, int], list[Place]]:
        """Where each word pattern stands, by its kind and its place in the kind's list."""
        found, reach = self._finder.places(tokens.words), gap_widths(tokens.words)
        return {
            (kind, number): join_pieces(found, pattern, reach)
            for kind, patterns in self._kinds.items()
            for number, pattern in enumerate(patterns)
            if pattern[0] in found
        }

    def document_kind(self, title: Text) -> DocumentKind:
        """The kind of a document, told by the last kind-word of its title."""
        found = self._finder.places(self._tokens(title.plain).words)
        last = {kind: found[word][-1] for kind, word in self._documents.items() if word in found}
        return max(last, key=last.__getitem__, default="other")

    def organisations(self, text: Text) -> list[tuple[slice, str]]:
        """Where organisations and agencies are named, longest first where they overlap, with their usual names."""
        return self._organisations.named(self._tokens(text.plain))

    def keywords(self, names: Iterable[Text]) -> tuple[str, ...]:
        """The content words of names, each once, in order; a name of one short word (水) is one as it is.

        A prefix that turns or makes a word (非传染性, 可重构) stays with it.
        """
        stop = set(self._profile.topics.stop)
        found: dict[str, None] = {}
        for name in names:
            words = _prefixed(self._tokens(name.plain).words)
            kept = [word for word in words if _KEYWORD.fullmatch(word) and word not in stop]
            found |= dict.fromkeys(kept or (words if len(words) == 1 else []))
        return tuple(found)

    def within_word(self, text: Text, place: int) -> bool:
        """Whether a word runs over a place of the text, so that nothing can end there."""
        return self._tokens(text.plain).within(place)

    def _cut(self, plain: str) -> Tokens:
        """The words of a text, as spaCy has them: space is no word, but for what is more than one after a word."""
        words: list[str] = []
        starts: list[int] = []
        place = behind = 0  # where the next word of jieba's starts, and where the text goes on behind the last of ours
        for word in (*self._segmenter.cut(plain), ""):
            if not word.isspace():
                if place > behind:
                    words.append(plain[behind:place])
                    starts.append(behind)
                words.append(word)
                starts.append(place)
                behind = place + len(word) + plain.startswith(" ", place + len(word))
            place += len(word)
        return Tokens(tuple(words[:-1]), tuple(starts[:-1]))


def _clauses(tokens: Tokens, places: Iterable[Place]) -> set[int]:
    """The numbers of the words of all clauses in which something begins."""
    return {number for clause in {tokens.clause(start) for start, _ in places} for number in clause}


def _turns(tokens: Tokens, start: int, end: int) -> bool:
    """Whether words begin with one side and end in a clause that begins with ours."""
    last = tokens.clause(end - 1)
    return last.start > start and tokens.words[last.start].startswith(_OURS)


def _denials(negations: Iterable[str]) -> re.Pattern[str]:
    """What denies, at every place; of words that hold one another, the shortest."""
    shortest = [word for word in negations if not any(one in word for one in negations if one != word)]
    return re.compile(f"(?=({'|'.join(map(re.escape, shortest)) or '(?!)'}))")


def _holds(place: slice, denials: Sequence[Place]) -> bool:
    """Whether one of the denials, of which none holds another, stands in a place of the text."""
    first = bisect_left(denials, (place.start,))
    return first < len(denials) and denials[first][1] <= place.stop


def _prefixed(tokens: Iterable[str]) -> list[str]:
    """The words with their prefixes: 非 and 传染性 are 非传染性."""
    words: list[str] = []
    for token in tokens:
        if words and words[-1] in _PREFIXES and len(token) > 1:
            words[-1] += token
        else:
            words.append(token)
    return words
