"""Format a draft as TOML: a valid profile, with every suggestion in a comment."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extract.authoring.suggestion import Draft, Suggestion
from extract.export.escaping import escape_control_characters

_INSTRUCTIONS = (
    "#: No rule below is in force yet. Read what is said above it (#:), look at the place in the guide; then take the",
    "#: first # and its space off what is right, change what is not, strike the rest. A label under `other` is kept in",
    "#: the record and fills no field: if it heads one, move it to that field's key.",
)
_TABLES = ("", "introduction", "labels", "requirements.kinds")


def draft_toml(draft: Draft) -> bytes:
    """Format a draft as UTF-8. Everything but the first three keys is commented out; removing `# ` activates a rule.

    The explanation of a rule precedes it after `#:`.
    """
    name = "".join(char if char.isprintable() and char not in '"\\' else "-" for char in draft.name)
    guide, family = escape_control_characters(draft.guide), escape_control_characters(draft.family)
    head = [
        f"#: A draft by guide-extract new for {guide}, on top of {family}.",
        *(_INSTRUCTIONS if draft.suggestions else ()),
        "",
        f'name = "{name}"',
        f'about = "{name}"',
        f"extends = {json.dumps(draft.family)}",
    ]
    lines = [*head, *_body(draft.suggestions), *_beyond(draft.beyond)]
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _body(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the lines of top-level keys, then of tables; several entries of a key are one list."""
    if not suggestions:
        yield from ("", "#: Nothing was left over: the profile knows every label, heading and requirement.")
    for table in _TABLES:
        listed: dict[str, list[Suggestion]] = defaultdict(list)
        for suggestion in suggestions:
            if suggestion.table == table and suggestion.key is not None:
                listed[suggestion.key].append(suggestion)
        keyless = [one for one in suggestions if one.table == table and one.key is None and table]
        if table and (listed or keyless):
            yield from ("", f"[{table}]")
        for suggestion in keyless:
            yield from (_explanation(suggestion.why), *_commented([suggestion.entry]))
        if listed and not table:
            yield ""
        for key, entries in listed.items():
            yield from _list(key, entries)
    for suggestion in suggestions:
        if suggestion.key is None and not suggestion.table:
            yield from ("", _explanation(suggestion.why), *_commented(suggestion.entry.split("\n")))


def _list(key: str, entries: Sequence[Suggestion]) -> Iterator[str]:
    if len(entries) == 1:
        yield from (_explanation(entries[0].why), f"# {key} = [{entries[0].entry}]")
        return
    yield f"# {key} = ["
    for suggestion in entries:
        yield from (_explanation(suggestion.why), f"#     {suggestion.entry},")
    yield "# ]"


def _explanation(why: str) -> str:
    return f"#: {escape_control_characters(why)}"


def _commented(lines: Iterable[str]) -> Iterator[str]:
    yield from (f"# {line}" for line in lines)


def _beyond(beyond: Sequence[str]) -> Iterator[str]:
    if beyond:
        yield from ("", "#: What no profile can mend: read it in the guide.")
        yield from (f"#: {escape_control_characters(line)}" for line in beyond)
