"""Bullets of nested lists without numbers, which alone tell which items belong to which."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from extract.pull.html_reader.list_numbers import NESTED_BULLETS, OF_GUIDE

_OPEN, _CLOSE = "bullet_list_open", "bullet_list_close"
_NUMBERED = "ordered_list_open", "ordered_list_close"


def mark_nested_items(tokens: Sequence[Token]) -> dict[int, str]:
    """The bullets of items in lists that hold others, by the identities of their tokens.

    A list of labels with their values has none, but those in it may.
    """
    bullets: dict[int, str] = {}
    waiting = [tokens]
    while waiting:
        for whole in _outermost_lists(waiting.pop()):
            if any(token.type == "inline" and OF_GUIDE.match(token.content) for token in whole):
                waiting.append(whole[1:-1])
            elif sum(token.type in (_OPEN, _NUMBERED[0]) for token in whole) > 1:
                for item, depth in _unnumbered_items(whole):
                    bullets[id(item)] = NESTED_BULLETS[min(depth, len(NESTED_BULLETS) - 1)] + " "
    return bullets


def _outermost_lists(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens of each list with bullets that stands in no other such list."""
    depth = start = 0
    for place, token in enumerate(tokens):
        if token.type == _OPEN:
            start = start if depth else place
            depth += 1
        elif token.type == _CLOSE:
            depth -= 1
            if not depth:
                yield tokens[start : place + 1]


def _unnumbered_items(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """The items of lists with bullets, and in how many such lists each stands within another."""
    lists: list[str] = []
    for token in tokens:
        if token.type in (_OPEN, _NUMBERED[0]):
            lists.append(token.type)
        elif token.type in (_CLOSE, _NUMBERED[1]):
            lists.pop()
        elif token.type == "list_item_open" and lists[-1] == _OPEN:
            yield token, lists.count(_OPEN) - 1
