"""合作协议 → Agreement: one document for each outermost 《…》, and what the words around them add."""

import re

from extract.cite import cite
from extract.handoff import Reading, Trouble
from extract.normalise.markers import markers
from extract.profile import Profile
from extract.text import Text
from extract.values import Agreement, Document
from extract.words import words_of

_BRACKETED = re.compile("（[^（）]*）")
_EDGES = " \n\u2028，、；。："


def read(text: Text, profile: Profile) -> Reading[Agreement]:
    """The documents and remarks. Nothing is read where a title mark has no partner, or where no title is marked."""
    text = _unmarked(text)
    titles = _titles(text)
    if titles is None:
        message = f"a title mark 《 or 》 has no partner in: {text.printed}"
        return Reading(None, (Trouble("agreement-unclosed", message, None, cite(text)),))
    if not titles:
        message = f"no document is named between 《》 in: {text.printed}"
        return Reading(None, (Trouble("agreement-untitled", message, None, cite(text)),))
    words = words_of(profile)
    documents = []
    for place in titles:
        title = _clean(text[place.start + 1 : place.stop - 1])
        documents.append(Document(title=title.printed, kind=words.document_kind(title), evidence=cite(text[place])))
    ends = [0, *(place.stop for place in titles)]
    starts = [*(place.start for place in titles), len(text)]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    remarks = tuple(remark.printed for piece in between if (remark := _remark(piece, profile)))
    return Reading(Agreement(documents=tuple(documents), remarks=remarks, evidence=cite(text)))


def _unmarked(text: Text) -> Text:
    """A list of documents without its markers."""
    for marker in reversed(markers(text.plain)):
        text = text[: marker.start] + text[marker.end :]
    return text


def _titles(text: Text) -> list[slice] | None:
    """The places of the outermost titles with their marks; None where marks do not pair."""
    found, depth, start = [], 0, 0
    for place, char in enumerate(text.plain):
        if char == "《":
            start = place if not depth else start
            depth += 1
        elif char == "》":
            depth -= 1
            if depth < 0:
                return None
            if not depth:
                found.append(slice(start, place + 1))
    return found if not depth else None


def _clean(title: Text) -> Text:
    """A title as one line: the marks of paragraphs and lines that it runs over are no part of it."""
    return title.without("[\n\u2028]")


def _remark(piece: Text, profile: Profile) -> Text | None:
    """What words beside a title add: nothing where they only connect (及其框架下), else what follows that."""
    connectors = sorted(profile.agreement.connectors, key=len, reverse=True)
    leading = re.compile(f"(?:{'|'.join(map(re.escape, connectors))})")
    bare = piece.without("[\n\u2028]").strip(_EDGES)
    if re.fullmatch(f"(?:{leading.pattern}|[ ，、；。：])*", bare.plain):
        return None
    match = leading.match(bare.plain)
    rest = (bare[match.end() :] if match else bare).strip(_EDGES)
    inner = _BRACKETED.fullmatch(rest.plain)
    rest = (rest[1:-1] if inner else rest[1:] if rest.plain.startswith("的") else rest).strip(_EDGES)
    return rest or None
