"""合作协议 → Agreement: one document for each outermost 《…》, and what the words around them add."""

import re
from collections.abc import Iterator
from functools import cache

from extract.language import brackets
from extract.language.lexicon import lexicon_of
from extract.language.list_markers import find_markers
from extract.model.evidence import cite
from extract.model.findings import finding
from extract.model.stages import Parsed, Unread
from extract.model.text import Text, join_texts
from extract.model.values import Agreement, Document
from extract.profile.schema import Profile

_BRACKETED = re.compile("（([^（）]*)）")
# What a document is called from here on, in a bracket behind it: it names no other one, and adds nothing.
_CALLED = re.compile("（(?:以下)?(?:简称|称)(?:为|：)?[《“][^《》“”（）]*[》”]）")
_EDGES = " \n\u2028，、；。："


def parse_agreement(text: Text, profile: Profile) -> Parsed[Agreement]:
    """The documents and remarks. Nothing is read where a title mark has no partner, or where no title is marked."""
    text = _unmarked(text).without(_CALLED)
    titles = _titles(text)
    if titles is None:
        return Parsed(None, (finding("agreement-unclosed", text, words=text.printed),), Unread("title-unclosed", text))
    if not titles:
        return Parsed(None, (finding("agreement-untitled", text, words=text.printed),), Unread("no-title", text))
    words = lexicon_of(profile)
    documents = []
    for place in titles:
        title = _clean(text[place.start + 1 : place.stop - 1])
        documents.append(Document(title=title.printed, kind=words.document_kind(title), evidence=cite(text[place])))
    ends = [0, *(place.stop for place in titles)]
    starts = [*(place.start for place in titles), len(text)]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    remarks = tuple(remark.printed for piece in between for remark in _remarks(piece, profile))
    return Parsed(Agreement(documents=tuple(documents), remarks=remarks, evidence=cite(text)))


def _unmarked(text: Text) -> Text:
    """A list of documents without its markers."""
    marked = find_markers(text.plain)
    starts, ends = [marker.start for marker in marked], [marker.end for marker in marked]
    return join_texts([text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)], text)


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


def _remarks(between: Text, profile: Profile) -> Iterator[Text]:
    """What words beside a title add: nothing where they only connect (及其框架下, 等协议), a bracket by itself."""
    leading, trailing = _connectors(profile)
    for piece in brackets.split(between.without("[\n\u2028]"), "；。"):
        rest = piece.strip(_EDGES)
        if inner := _BRACKETED.match(rest.plain):
            yield rest[inner.start(1) : inner.end(1)]
            rest = rest[inner.end() :].strip(_EDGES)
        if profile.agreement.closing.fullmatch(rest.plain):
            continue
        if match := leading.match(rest.plain):
            rest = rest[match.end() :].strip(_EDGES)
        if match := trailing.search(rest.plain):
            rest = rest[: match.start()].strip(_EDGES)
        if inner := _BRACKETED.fullmatch(rest.plain):
            rest = rest[inner.start(1) : inner.end(1)]
        rest = (rest[1:] if rest.plain.startswith("的") else rest).strip(_EDGES)
        if rest:
            yield rest


@cache
def _connectors(profile: Profile) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What connects a title with the words after it (其 is no part of 其他), and with the words before it."""
    words = "|".join(map(re.escape, sorted(profile.agreement.connectors, key=len, reverse=True)))
    joining = [word for word in profile.agreement.connectors if word[0] in "、，和与及以"]
    before = "|".join(map(re.escape, sorted(joining, key=len, reverse=True)))
    return re.compile(f"(?:{words})(?![他它])"), re.compile(f"(?:{before})$")
