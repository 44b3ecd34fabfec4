"""Numbers of headings that Word counts: lists, and the places of paragraphs in them."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?P<prefix>(?:\d+\.)*)(?P<decimal>\d+)(?P<behind>[.、]?)(?![\d年%])|(?P<open>（?)(?P<chinese>[一二三四五六七八九十]{1,3})(?P<close>[、）])"
)
_DIGITS = "一二三四五六七八九"
_DEEPEST = 9


class WordNumbers:
    """The lists of a document: one for each prefix (1.%1), or one for each sign behind with all levels (%1.%2)."""

    def __init__(self, *, with_levels: bool) -> None:
        self._with_levels = with_levels
        self._forms: dict[str, str] = {}
        self._lists: list[str] = []
        self._last: dict[str, int] = {}
        self._current: dict[str, int] = {}
        self._levels: dict[str, list[int]] = {}

    def count(self, heading: str) -> tuple[str, str]:
        """The place in a list (numPr) that counts up to the number of a heading, and the heading without its number."""
        match = _NUMBER.match(heading)
        if match is None:
            return "", heading
        rest = heading[match.end() :]
        if match["chinese"]:
            number = _parse_chinese(match["chinese"])
            return self._flat(f"{match['open']}%1{match['close']}", "chineseCountingThousand", number), rest
        place = self._level(match) if self._with_levels else ""
        form = f"{match['prefix']}%1{match['behind']}"
        return place or self._flat(form, "decimal", int(match["decimal"])), rest

    def _flat(self, text: str, form: str, number: int) -> str:
        """A place in the list of its prefix, which begins anew where the number is not the next."""
        if text not in self._forms:
            self._forms[text] = _level(0, text, form)
        if number != self._last.get(text, 0) + 1 or text not in self._current:
            self._current[text] = self._add(
                text, f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{number}"/></w:lvlOverride>'
            )
        self._last[text] = number
        return _place(self._current[text], 0)

    def _level(self, match: re.Match[str]) -> str:
        """A place in the list with levels, "" where that would count otherwise."""
        numbers = [int(part) for part in f"{match['prefix']}{match['decimal']}".split(".")]
        counts, depth = self._levels.get(match["behind"], []), len(numbers) - 1
        above = [*counts[:depth], *[1] * (depth - len(counts))]
        if numbers != [*above, (counts[depth] if depth < len(counts) else 0) + 1]:
            return ""
        key = f"levels{match['behind']}"
        if key not in self._forms:
            texts = [".".join(f"%{level}" for level in range(1, end + 1)) for end in range(1, _DEEPEST + 1)]
            self._forms[key] = "".join(_level(at, text + match["behind"], "decimal") for at, text in enumerate(texts))
            self._current[key] = self._add(key, "")
        self._levels[match["behind"]] = numbers
        return _place(self._current[key], depth)

    def _add(self, form: str, override: str) -> int:
        self._lists.append(f'<w:abstractNumId w:val="{list(self._forms).index(form)}"/>{override}')
        return len(self._lists)

    def definitions(self) -> str:
        """The part numbering.xml."""
        forms = "".join(
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            for at, levels in enumerate(self._forms.values())
        )
        return forms + "".join(f'<w:num w:numId="{at}">{one}</w:num>' for at, one in enumerate(self._lists, 1))


def _parse_chinese(words: str) -> int:
    tens, _, ones = words.rpartition("十")
    if "十" not in words:
        return _DIGITS.index(words) + 1
    return 10 * (_DIGITS.index(tens) + 1 if tens else 1) + (_DIGITS.index(ones) + 1 if ones else 0)


def _place(number: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def _level(depth: int, text: str, form: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )
