"""Each alternative of each pattern that families share: an example in tests/cases/patterns.toml needs it.

The rules of conditions are proved by sentences, in tests/cases/requirements.toml and conditions.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from extract.profile.files import load_profile
from extract.profile.toml_tables import FOLDER, expand_pieces
from tests.support.case_tables import CASES

COMMON = tomllib.loads((FOLDER / "common.toml").read_text("utf-8"))
EXAMPLES: dict[str, list[str]] = tomllib.loads((CASES / "patterns.toml").read_text("utf-8"))
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|<?[=!]|[:>]))?")

# Alternatives that take nothing away where they are left out: others of the pattern match the same words.
SHADOWED = {
    "headings[0].pattern": [r"[\d%]", r"\.\d"],  # what has to follow a number excludes them as well
    "introduction.projects[0]": ["总数"],  # 支持总数: 总数 may follow, too
    "introduction.funding[1]": ["总概算", "总预算"],  # 总 may stand before 概算 and 预算
    "topics.subject": ["双方", "各方"],  # a letter and 方
    "topics.unrestricted[0]": ["作", "做", "设", "无限"],  # what ends in 限 or 要求 has them as well
    "topics.sentence": ["开展"],  # at the beginning: 开展 counts anywhere
}


def compiled(value: Any) -> Iterator[str]:
    """The patterns of a profile."""
    if isinstance(value, re.Pattern):
        yield value.pattern
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from compiled(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from compiled(item)


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The strings of TOML with their keys."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from strings(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from strings(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value


def expanded(pattern: str, pieces: dict[str, str]) -> str:
    """A pattern with its pieces, each made of those before it."""
    whole: dict[str, str] = {}
    for name, text in pieces.items():
        whole[name] = expand_pieces(text, whole, Path("common.toml"))
    return str(expand_pieces(pattern, whole, Path("common.toml")))


PIECES: dict[str, str] = COMMON["pieces"]
_COMPILED = set(compiled(load_profile()))
PATTERNS = {
    key: PIECES.get(text.strip("«»"), text)  # «others_money» is all of a pattern
    for key, text in strings({key: table for key, table in COMMON.items() if key != "pieces"})
    if expanded(text, PIECES) in _COMPILED and not key.startswith("conditions.")
}


def without_each(pattern: str) -> Iterator[tuple[str, str]]:
    """Each alternative of a pattern, at each depth, and the pattern without it: 甲(?:乙|丙) gives 乙, 甲(?:丙)."""
    open_groups: list[list[int]] = [[0]]  # where each alternative of the groups around begins
    offset = 0
    while offset <= len(pattern):
        char = pattern[offset : offset + 1]
        if char == "\\":
            offset += 1
        elif char == "[":
            offset = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*").match(pattern, offset).end()  # type: ignore[union-attr]
        elif char == "(":
            head = _GROUP.match(pattern, offset)
            assert head
            open_groups.append([head.end()])
            offset = head.end() - 1
        elif char == "|":
            open_groups[-1].append(offset + 1)
        elif char in (")", ""):
            starts = open_groups.pop()
            for start, end in zip(starts, [*(start - 1 for start in starts[1:]), offset], strict=True):
                if len(starts) > 1:
                    last = end == offset
                    rest = pattern[: start - last] + pattern[end + (not last) :]
                    yield pattern[start:end], rest
        offset += 1


def is_found(pattern: re.Pattern[str], example: str) -> bool:
    """Return if a pattern finds what is between ‹ and ›: the whole example, or first in it; nothing where none is there."""
    words = re.sub("[‹›]", "", example)
    if example.startswith("‹") and example.endswith("›"):
        return pattern.fullmatch(words) is not None
    found = pattern.search(words)
    return example == (words if found is None else f"{words[: found.start()]}‹{found[0]}›{words[found.end() :]}")


def is_needed(key: str, pattern: str, pieces: dict[str, str]) -> bool:
    """Return if a pattern that lacks something fails on an example."""
    rest = re.compile(expanded(pattern, pieces))
    return not all(is_found(rest, example) for example in EXAMPLES.get(key, ()))


def test_each_pattern_has_examples_and_no_others_do() -> None:
    assert EXAMPLES.keys() == {key for key, text in PATTERNS.items() if next(without_each(text), None)}


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_pattern_finds_what_its_examples_mark(key: str) -> None:
    pattern = re.compile(expanded(PATTERNS[key], PIECES))
    assert [example for example in EXAMPLES[key] if not is_found(pattern, example)] == []


@pytest.mark.parametrize("key", EXAMPLES)
def test_each_alternative_is_needed_by_an_example(key: str) -> None:
    unneeded = [words for words, rest in without_each(PATTERNS[key]) if not is_needed(key, rest, PIECES)]
    assert unneeded == SHADOWED.get(key, [])


USED = [
    name
    for name in PIECES
    if any(expanded(text, PIECES) != expanded(text, {**PIECES, name: "甲"}) for text in PATTERNS.values())
]


@pytest.mark.parametrize("name", USED)
def test_each_alternative_of_a_piece_is_needed_by_an_example(name: str) -> None:
    for words, rest in without_each(PIECES[name]):
        pieces = {**PIECES, name: rest}
        using = (key for key, text in PATTERNS.items() if expanded(text, PIECES) != expanded(text, pieces))
        assert any(is_needed(key, PATTERNS[key], pieces) for key in using), words


def test_alternatives_are_taken_out_one_by_one() -> None:
    assert list(without_each(r"甲(?:乙|丙[|)]\|)|丁")) == [
        ("乙", r"甲(?:丙[|)]\|)|丁"),
        (r"丙[|)]\|", "甲(?:乙)|丁"),
        (r"甲(?:乙|丙[|)]\|)", "丁"),
        ("丁", r"甲(?:乙|丙[|)]\|)"),
    ]
