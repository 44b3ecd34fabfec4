"""Find organisations by their names, with spaCy's PhraseMatcher. No other module imports spaCy."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from extract.language.segmenter import Tokens


class Organisations:
    """Organisations and agencies by all their names, each a row of words."""

    def __init__(self, names: Iterable[tuple[str, Tokens]]) -> None:
        """`names` are told as the usual name, and the words of it or of another name."""
        _load()
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        vocabulary: Any = Vocab()
        self._matcher: Any = PhraseMatcher(vocabulary)
        self._first = set[str]()
        for usual, name in names:
            self._matcher.add(usual, [Doc(vocabulary, words=list(name.words))])
            self._first.add(name.words[0])

    def named(self, tokens: Tokens) -> list[tuple[slice, str]]:
        """Where organisations are named, longest first where they overlap, with their usual names."""
        if self._first.isdisjoint(tokens.words):  # as in most texts, which need not be handed to spaCy
            return []
        from spacy.tokens import Doc
        from spacy.util import filter_spans

        vocabulary = self._matcher.vocab
        with vocabulary.memory_zone():  # it keeps the words of no text
            spans = filter_spans(self._matcher(Doc(vocabulary, words=list(tokens.words)), as_spans=True))
            return [(tokens.slice(span.start, span.end), span.label_) for span in spans]


def _load() -> None:
    """Load spaCy with a stand-in for its command line, which is a third of what there is to load and is not called.

    Tried with spaCy 3.8.18; for the figures see segmenter.py. A test sees that nothing of the stand-in is left.
    """
    if "spacy" in sys.modules:
        return
    stand_in: Any = ModuleType("spacy.cli.info")
    stand_in.info = _info
    sys.modules |= {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": stand_in}
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]


def _info(*arguments: Any, **options: Any) -> Any:
    """spacy.info, should anybody call it in this process."""
    from spacy.cli.info import info

    return info(*arguments, **options)
