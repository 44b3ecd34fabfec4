"""合作协议 → Agreement: a document for each outermost 《…》, and remarks from the words between.

Words without 《》 that name an agreement are a remark: what the title of a document would be is not marked.
"""

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
# A short name in a bracket behind a document: no document, no remark.
_CALLED = re.compile("（(?:以下)?(?:简称|称)(?:为|：)?[《“][^《》“”（）]*[》”]）")
_EDGES = " \n\u2028，、；。："


def parse_agreement(text: Text, profile: Profile) -> Parsed[Agreement]:
    """Parse documents and remarks; refused where title marks are unbalanced, or where there is no agreement (yet)."""
    text = _unmarked(text).without(_CALLED)
    titles = _titles(text)
    if titles is None:
        return Parsed(None, (finding("agreement-unclosed", text, words=text.printed),), Unread("title-unclosed", text))
    lexicon = lexicon_of(profile)
    findings = () if titles else (finding("agreement-untitled", text, words=text.printed),)
    if not titles and (lexicon.document_kind(text) == "other" or profile.agreement.pending.search(text.plain)):
        return Parsed(None, findings, Unread("no-title", text))
    documents = []
    for span in titles:
        title = _clean(text[span.start + 1 : span.stop - 1])
        documents.append(Document(title=title.printed, kind=lexicon.document_kind(title), evidence=cite(text[span])))
    ends = [0, *(span.stop for span in titles)]
    starts = [*(span.start for span in titles), len(text)]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    remarks = tuple(remark.printed for piece in between for remark in _remarks(piece, profile))
    return Parsed(Agreement(documents=tuple(documents), remarks=remarks, evidence=cite(text)), findings)


def _unmarked(text: Text) -> Text:
    """Drop the markers of a list of documents."""
    marked = find_markers(text.plain)
    starts, ends = [marker.start for marker in marked], [marker.end for marker in marked]
    return join_texts([text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)], text)


def _titles(text: Text) -> list[slice] | None:
    """Return the spans of the outermost titles with their marks; None where marks are unbalanced."""
    titles, depth, start = [], 0, 0
    for offset, char in enumerate(text.plain):
        if char == "《":
            start = offset if not depth else start
            depth += 1
        elif char == "》":
            depth -= 1
            if depth < 0:
                return None
            if not depth:
                titles.append(slice(start, offset + 1))
    return titles if not depth else None


def _clean(title: Text) -> Text:
    """Return a title as one line."""
    return title.without("[\n\u2028]")


def _remarks(between: Text, profile: Profile) -> Iterator[Text]:
    """Yield the remarks in words beside a title: none for connectors (及其框架下, 等协议); a bracket on its own."""
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
    """Return patterns of connecting words after a title (其, but not 其他) and before it."""
    words = "|".join(map(re.escape, sorted(profile.agreement.connectors, key=len, reverse=True)))
    joining = [word for word in profile.agreement.connectors if word[0] in "、，和与及以"]
    before = "|".join(map(re.escape, sorted(joining, key=len, reverse=True)))
    return re.compile(f"(?:{words})(?![他它])"), re.compile(f"(?:{before})$")
