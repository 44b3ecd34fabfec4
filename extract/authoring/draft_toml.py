"""Format a draft as TOML: a valid profile, with every suggestion that is not in force in a comment."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.authoring.suggestion import Draft, Suggestion
from extract.export.escaping import escape_control_characters

_IN_FORCE = (
    "#: The rules without # were tried on the guide: what its record gains by each is said above it (#:). Look at",
    "#: their places in the guide; put # before what is wrong.",
)
_TO_JUDGE = (
    "#: A rule after # is not in force. Read what is said above it, look at the place in the guide; then take the",
    "#: first # and its space off what is right, change what is not, strike the rest. A label under `other` is kept in",
    "#: the record and fills no field: if it heads one, move it to that field's key.",
)
_TABLES = ("", "introduction", "labels", "chapters", "requirements.kinds")


def draft_toml(draft: Draft) -> bytes:
    """Format a draft as UTF-8: rules in force as they are, others after `# `, each below its explanation (`#:`)."""
    name = "".join(char if char.isprintable() and char not in '"\\' else "-" for char in draft.name)
    guide, family = escape_control_characters(draft.guide), escape_control_characters(draft.family)
    head = [
        f"#: A draft by guide-extract new for {guide}, on top of {family}.",
        *_told(draft),
        *(_IN_FORCE if draft.kept else ()),
        *(_TO_JUDGE if len(draft.kept) < len(draft.suggestions) else ()),
        "",
        f'name = "{name}"',
        f'about = "{name}"',
        f"extends = {json.dumps(draft.family)}",
    ]
    lines = [*head, *_body(draft.suggestions), *_beyond(draft.beyond)]
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _told(draft: Draft) -> Iterator[str]:
    """Yield what is read with the draft, and why nothing is read without."""
    if draft.refusal:
        yield _explanation(f"Without it run refuses the guide: {draft.refusal}")
    if draft.result:
        yield _explanation(f"With it run reads {draft.result}.")
    elif draft.refusal:
        yield _explanation("With it run still refuses the guide: nothing below was enough to find its sections.")
    if draft.result and not draft.refusal and not draft.suggestions:
        yield _explanation("Nothing was left over: the profile knows every label, heading and requirement.")


def _body(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the lines of top-level keys, then of tables; several entries of a key are one list."""
    for table in _TABLES:
        listed: dict[str, list[Suggestion]] = defaultdict(list)
        for suggestion in suggestions:
            if suggestion.table == table and suggestion.key is not None:
                listed[suggestion.key].append(suggestion)
        keyless = [one for one in suggestions if one.table == table and one.key is None and table]
        if table and (listed or keyless):
            yield from ("", f"[{table}]")
        for suggestion in keyless:
            yield from _rule(suggestion)
        if listed and not table:
            yield ""
        for key, entries in listed.items():
            yield from _list(key, entries)
    for suggestion in suggestions:
        if suggestion.key is None and not suggestion.table:
            yield from ("", *_rule(suggestion))


def _list(key: str, entries: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the lines of a list; it is in force as soon as one of its entries is."""
    mark = "" if any(one.in_force for one in entries) else "# "
    if len(entries) == 1:
        yield from (_reason(entries[0]), f"{mark}{key} = [{entries[0].entry}]")
        return
    yield f"{mark}{key} = ["
    for suggestion in entries:
        yield from (_reason(suggestion), f"{'' if suggestion.in_force else '# '}    {suggestion.entry},")
    yield f"{mark}]"


def _rule(suggestion: Suggestion) -> Iterator[str]:
    """Yield the lines of a rule that is a table, or a key with one value."""
    yield _reason(suggestion)
    yield from (f"{'' if suggestion.in_force else '# '}{line}" for line in suggestion.entry.split("\n"))


def _reason(suggestion: Suggestion) -> str:
    """Format why a rule is suggested, and what came of it when it was tried."""
    tried = "in force" if suggestion.in_force else "left out"
    return _explanation(f"{suggestion.why}; {tried}: {suggestion.outcome}" if suggestion.outcome else suggestion.why)


def _explanation(why: str) -> str:
    return f"#: {escape_control_characters(why)}"


def _beyond(beyond: Sequence[str]) -> Iterator[str]:
    if beyond:
        yield from ("", "#: What no profile can mend: read it in the guide.")
        yield from (f"#: {escape_control_characters(line)}" for line in beyond)
