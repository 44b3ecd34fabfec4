"""Words are looked up in jieba's dictionary as texts ask, and are those that jieba would have loaded whole."""

import sys
from functools import cache
from subprocess import run
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.lexicon import lexicon_of
from extract.language.segmenter import Tokens, _dictionary, _jieba, _load_jieba, segmenter_of
from extract.profile.files import load_profile


@pytest.mark.slow
def test_what_is_looked_up_is_what_jieba_loads() -> None:
    whole = _jieba().Tokenizer()
    table, total = whole.gen_pfdict(whole.get_dict_file())
    ours = _load_jieba()(*_dictionary())
    for word in table:
        ours.learn(word)
    assert (ours.FREQ, ours.total) == (table, total)


def test_a_word_that_was_added_stays_as_it_was_added() -> None:
    ours = _load_jieba()(*_dictionary())
    ours.add_word("合作协", 9)
    ours.del_word("合作")
    ours.learn("合作协议与合作社")
    assert (ours.FREQ["合作协"], ours.FREQ["合作"]) == (9, 0)


def test_nothing_is_left_of_what_keeps_jieba_and_spacy_lean() -> None:
    """Whoever calls us may use spaCy's command line, and setuptools."""
    script = """
from extract.profile.files import load_profile
from extract.language.lexicon import lexicon_of
lexicon_of(load_profile())
import sys
assert "pkg_resources" not in sys.modules and "spacy.cli" not in sys.modules
import spacy
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
"""
    assert run([sys.executable, "-W", "ignore", "-c", script], check=False).returncode == 0


@cache
def tokenizer() -> Any:
    """spaCy's tokenizer for Chinese, over our segmenter."""
    import spacy

    made: Any = spacy.blank("zh").tokenizer
    made.segmenter, made.jieba_seg = "jieba", segmenter_of(load_profile())
    return made


@given(st.text(alphabet="中外方联合申请项目支持的，。 \n\t\u3000aB1-", max_size=40))
def test_words_are_those_of_spacy(text: str) -> None:
    words = lexicon_of(load_profile())
    doc = tokenizer()(text)
    assert words._cut(text) == Tokens(tuple(token.text for token in doc), tuple(token.idx for token in doc))
