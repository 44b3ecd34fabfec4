"""Reads the tables of cases, and makes texts and guides of plain strings."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from extract.model.stages import Pulled, SplitGuide
from extract.model.text import Glyph, GlyphTable, Text
from extract.profile.files import FAMILY, load_profile
from extract.repair import repair
from extract.split import split
from extract.split.line_joining import tidy_spaces

CASES = Path(__file__).parents[1] / "cases"
SECTIONS = [
    "1.1 中国和美国政府间合作项目",
    "合作协议：《中美科学技术合作协定》。",
    "拟支持项目数：7个项目。",
    "1.2 中国和德国政府间合作项目",
    "合作协议：《中德科学技术合作协定》。",
    "拟支持项目数：5个项目。",
]
"""Two sections, for cases of what stands above them."""

TITLE = "“政府间国际科技创新合作”重点专项2018年度项目申报指南"
PARTS = {
    "agreement": "合作协议：《中美科技合作协定》。",
    "fields": "领域方向：农业、能源。",
    "project_count": "拟支持项目数：3个项目。",
    "funding": "拟支持经费：600万元。",
    "duration": "执行期：3年。",
    "requirements": "其他要求：双方须同时申报。",
}
"""A line for each field of a section, as most guides have it."""


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of tests/cases/NAME.toml; one with `each` is as many rows, with each of these words in the place of {}."""
    table: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return [filled(row, word) for row in table for word in row.pop("each", [""])]


def filled(value: Any, word: str) -> Any:
    """Plain data with a word in the place of {} in all its texts."""
    if isinstance(value, dict):
        return {key: filled(item, word) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, word) for item in value]
    return value.replace("{}", word) if isinstance(value, str) else value


def text(chars: str) -> Text:
    """A text as the split stage hands it on: on paper nowhere, without layout space."""
    glyphs = [Glyph(char, 1) for char in chars]
    return tidy_spaces(Text(chars, range(len(chars)), GlyphTable(glyphs, [1] * len(glyphs), drawn=False)))


def plain_guide(lines: list[str], profile: str = FAMILY) -> SplitGuide:
    """A guide of plain text lines, cut up."""
    glyphs = [Glyph(char, 1) for line in lines for char in line]
    numbers = [number for number, line in enumerate(lines, 1) for _ in line]
    return split(repair(Pulled("guide.txt", "", 1, "text", glyphs, numbers)), load_profile(profile))


def bare(value: Any) -> Any:
    """A record as plain data without its evidence and keywords, and without the keys that hold a default."""
    if isinstance(value, dict):
        kept = {key: bare(item) for key, item in value.items() if key not in ("evidence", "keywords")}
        return {key: item for key, item in kept.items() if item not in (None, [], {}, False)}
    if isinstance(value, list | tuple):
        return [bare(item) for item in value]
    if isinstance(value, msgspec.Struct):
        return bare(msgspec.to_builtins(value))
    return value
