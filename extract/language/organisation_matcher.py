"""Find organisations by their names, with spaCy's PhraseMatcher. No other module imports spaCy."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from extract.language.segmenter import Tokens


class Organisations:
    """A matcher of the names of organisations and agencies, as sequences of words."""

    def __init__(self, names: Iterable[tuple[str, Tokens]]) -> None:
        """`names`: the usual name of an organisation, with the tokens of that name or of an alias."""
        _load()
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        vocabulary: Any = Vocab()
        self._matcher: Any = PhraseMatcher(vocabulary)
        self._first_words = set[str]()
        for usual, name in names:
            self._matcher.add(usual, [Doc(vocabulary, words=list(name.words))])
            self._first_words.add(name.words[0])

    def find(self, tokens: Tokens) -> list[tuple[slice, str]]:
        """Find organisations: their spans in the text with their usual names; of overlapping names the longest."""
        if self._first_words.isdisjoint(tokens.words):  # as in most texts; saves the call of spaCy
            return []
        from spacy.tokens import Doc
        from spacy.util import filter_spans

        vocabulary = self._matcher.vocab
        with vocabulary.memory_zone():  # else the vocabulary would grow with every text
            spans = filter_spans(self._matcher(Doc(vocabulary, words=list(tokens.words)), as_spans=True))
            return [(tokens.slice(span.start, span.end), span.label_) for span in spans]


def _load() -> None:
    """Import spaCy with a stub for its command line, which is unused and a third of the import.

    Tried with spaCy 3.8.18; for the times see segmenter.py. A test checks that nothing of the stub is left.
    """
    if "spacy" in sys.modules:
        return
    stub: Any = ModuleType("spacy.cli.info")
    stub.info = _info
    sys.modules |= {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": stub}
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]


def _info(*arguments: Any, **options: Any) -> Any:
    """Forward a call of spacy.info to the real function."""
    from spacy.cli.info import info

    return info(*arguments, **options)
