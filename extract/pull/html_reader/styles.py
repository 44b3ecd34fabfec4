"""What style sheets within a page and attributes say of an element, as far as it changes what is text.

Sheets that a page links to are not fetched. Selectors are names, classes and ids, and those within one another; others,
and rules for print or for some screens, are left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import html

from extract.pull.html_reader.looks import USED

_USED = USED | {
    "display", "visibility", "text-decoration", "text-decoration-line", "vertical-align", "white-space",
    "list-style", "list-style-type",
}  # fmt: skip
_LONGEST = 200  # characters of a value: of a longer one the first words tell enough
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile("([{}])")
_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<names>(?:[.#][\w-]+)*)", re.IGNORECASE)

Weight = tuple[bool, bool, int, int, int, int]  # important, inline, ids, classes, tags, order


class _Compound(NamedTuple):
    """A simple selector: p.hint"""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]

    def matches(self, element: html.HtmlElement) -> bool:
        if self.tag and self.tag != element.tag:
            return False
        return self.ids <= {element.get("id")} and self.classes <= set((element.get("class") or "").split())


class _Rule(NamedTuple):
    """Declarations for the elements that match the last of the compounds, within elements that match the others."""

    compounds: tuple[_Compound, ...]
    declarations: Mapping[str, tuple[str, bool]]
    order: int

    @property
    def weight(self) -> tuple[int, int, int]:
        return (
            sum(len(one.ids) for one in self.compounds),
            sum(len(one.classes) for one in self.compounds),
            sum(bool(one.tag) for one in self.compounds),
        )

    def matches(self, element: html.HtmlElement) -> bool:
        if not self.compounds[-1].matches(element):
            return False
        waiting = list(self.compounds[:-1])
        ancestors = element.iterancestors()
        while waiting:
            ancestor = next(ancestors, None)
            if ancestor is None:
                return False
            if waiting[-1].matches(ancestor):
                waiting.pop()
        return True


class Styles:
    """The rules of a page, by what the last compound of their selectors asks for.

    They `are_whole` unless the page has more of them in other files.
    """

    def __init__(self, root: html.HtmlElement) -> None:
        linked = (one for one in root.iter("link") if "stylesheet" in (one.get("rel") or "").lower())
        imported = ("@import" in (one.text or "") for one in root.iter("style"))
        self.are_whole = next(linked, None) is None and not any(imported)
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        sheets = (element.text or "" for element in root.iter("style"))
        for order, (selector, body) in enumerate(rule for sheet in sheets for rule in _rules(sheet)):
            declarations = _declarations(body)
            for one in selector.split(",") if declarations else ():
                compounds = _compounds(one)
                if compounds:
                    self._rules[_key(compounds[-1])].append(_Rule(compounds, declarations, order))

    def of(self, element: html.HtmlElement) -> dict[str, str]:
        """The declarations that hold for an element, without those that it inherits."""
        found: dict[str, tuple[Weight, str]] = {}
        keys = [
            f"#{element.get('id')}",
            *(f".{name}" for name in set((element.get("class") or "").split())),
            element.tag,
            "",
        ]
        for key in keys if self._rules else ():
            for rule in self._rules.get(key, ()):
                if rule.matches(element):
                    _cascade(found, rule.declarations, (False, *rule.weight, rule.order))
        if inline := element.get("style"):
            _cascade(found, _declarations(inline), (True, 0, 0, 0, 0))
        return {name: value for name, (_, value) in found.items()}


def _cascade(
    found: dict[str, tuple[Weight, str]],
    declarations: Mapping[str, tuple[str, bool]],
    weight: tuple[bool, int, int, int, int],
) -> None:
    for name, (value, is_important) in declarations.items():
        heavy = (is_important, *weight)
        if name not in found or heavy >= found[name][0]:
            found[name] = heavy, value


def _key(compound: _Compound) -> str:
    if compound.ids:
        return f"#{min(compound.ids)}"
    return f".{min(compound.classes)}" if compound.classes else compound.tag


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and the bodies of the rules that hold everywhere."""
    opened: list[str] = []
    parts = _BRACE.split(_COMMENT.sub("", sheet.replace("<!--", "").replace("-->", "")))
    for words, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            opened.append(words.rpartition(";")[2].strip())
        elif opened:
            selector = opened.pop()
            if not opened and not selector.startswith("@"):
                yield selector, words


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """The compounds of a selector, without any where it asks for more than names, classes and ids."""
    compounds = []
    for word in selector.split():
        match = _COMPOUND.fullmatch(word)
        if not match:
            return ()
        names = re.findall(r"([.#])([\w-]+)", match["names"])
        tag = (match["tag"] or "").lower().replace("*", "")
        ids = frozenset(name for sign, name in names if sign == "#")
        compounds.append(_Compound(tag, ids, frozenset(name for sign, name in names if sign == ".")))
    return tuple(compounds)


def _declarations(body: str) -> dict[str, tuple[str, bool]]:
    """Declarations by name: the value, and whether it is important."""
    found = {}
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _USED:
            value, _, important = value.strip().lower().partition("!")
            found[name] = value.strip()[:_LONGEST], important.strip() == "important"
    return found
