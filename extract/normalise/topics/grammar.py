"""Patterns around topics, from the profile and composed of those, compiled once per profile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from extract.language.lexicon import Lexicon, lexicon_of
from extract.model.text import Text
from extract.profile.schema import Profile, TopicWords

STOPS = " \n\u2028，、；。：."


@lru_cache(maxsize=8)  # as many as there are cached lexicons
def topic_grammar_of(profile: Profile) -> TopicGrammar:
    """The grammar of topics of a profile."""
    return TopicGrammar(profile.topics, lexicon_of(profile))


class TopicGrammar:
    """Compiled patterns and words; immutable."""

    def __init__(self, rules: TopicWords, lexicon: Lexicon) -> None:
        self.rules, self.lexicon = rules, lexicon
        activity, work = rules.activities.pattern, rules.bare_work.pattern
        tail = f"(?:的|内|中|上|之间|范围内)?(?:{activity})*$"
        self.open_ended_closing = re.compile(f"(?:{rules.open_ended.pattern}){tail}|等$")  # 等领域开展合作研究, 等
        self.counted_closing = re.compile(f"(?:{rules.counted.pattern}){tail}")  # 两个领域
        self.work_closing = re.compile(f"(?:{rules.works.pattern})(?:{activity})+$|(?P<bare>{work})$")  # 开展联合研究
        self.closing_alone = re.compile(f"(?:{rules.open_ended.pattern})$|等$")  # 等领域
        self.other_topics = re.compile(f"(?:以及|[及和与或])(?:{rules.others.pattern})$")  # 及双方商定的其他领域
        self.only_work = re.compile(f"(?:开展|进行|加强|推动|推进|促进|深化)(?:{activity}|人员|人才|互访|，)+")
        row = f"(?:{rules.adjectives.pattern})+"
        self.adjectives = re.compile(row)
        self.adjectives_at_end = re.compile(f"(?:^|[和与及]){row}$")  # 高效, 智慧农业和高效
        self.adjectives_of_noun = re.compile(f"{row}的.")  # 清洁的能源技术
        self.fillers_at_end = re.compile(rf"(?:{rules.fillers.pattern})*$")  # 支持双方共同

    def is_within_word(self, text: Text, *offsets: int) -> bool:
        """Return True if a word crosses one of these offsets, so that the text cannot be cut there."""
        return any(self.lexicon.is_within_word(text, offset) for offset in offsets)


def is_any_of(patterns: Iterable[re.Pattern[str]], text: Text) -> bool:
    """Return True if one of the patterns matches the whole text."""
    return any(pattern.fullmatch(text.plain) for pattern in patterns)
