"""Footnotes that are linked with their marks, as Word and converters of Markdown write them."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from lxml import html

from extract.layout.notes import normalise_mark

_NAMED = re.compile(r"\d$")
_MARK = re.compile(r"[\[〔【(（]?\s*(?:注释?\s*)?(?:\d{1,3}|[①-⑳]|[*†‡※]{1,3}|[a-z]|[ivx]{1,5})\s*[\]〕】)）]?")


class LinkedNotes(NamedTuple):
    """What links say of notes: the mark of each note, with its number, by its element; which links are marks, and
    which only lead back to the text.
    """

    notes: Mapping[html.HtmlElement, tuple[int, str]]
    marks: frozenset[html.HtmlElement]
    back_links: frozenset[html.HtmlElement]


def find_linked_notes(root: html.HtmlElement) -> LinkedNotes:
    """Find the notes to which raised links lead, or links to which the notes link back."""
    links = [(link, _fragment(link)) for link in root.iter("a")]
    inner = [(link, fragment) for link, fragment in links if fragment]
    anchors = _anchors(root) if inner else {}
    places = {element: place for place, element in enumerate(root.iter())} if inner else {}
    notes: dict[html.HtmlElement, tuple[int, str]] = {}
    marks: set[html.HtmlElement] = set()
    back_links: set[html.HtmlElement] = set()
    for link, fragment in inner:
        mark, target = "".join(link.itertext()).strip(), anchors.get(fragment)
        if target is None or places[target] < places[link] or not _MARK.fullmatch(mark):
            continue
        note = _note_of(target)
        backs = [back for back in note.iter("a") if _leads_to(anchors.get(_fragment(back)), link)]
        if note in link.iterancestors() or not (backs or any(one.tag == "sup" for one in link.iterancestors())):
            continue
        marks.add(link)
        if note not in notes:
            own = next((back for back in backs if normalise_mark(_text(back)) == normalise_mark(mark)), None)
            begins = own is not None and _beginning(note).startswith(_text(own)[:1])
            notes[note] = len(notes) + 1, "" if begins else mark
            marks |= {own} if own is not None and begins else set()
        back_links |= {back for back in backs if back not in marks}
    return LinkedNotes(notes, frozenset(marks), frozenset(back_links))


def _fragment(link: html.HtmlElement) -> str:
    """The anchor on the page itself to which a link leads."""
    address = link.get("href") or ""
    return unquote(address[1:]) if address.startswith("#") else ""


def _anchors(root: html.HtmlElement) -> dict[str, html.HtmlElement]:
    anchors: dict[str, html.HtmlElement] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                anchors.setdefault(name, element)
    return anchors


def _note_of(target: html.HtmlElement) -> html.HtmlElement:
    """The element of a whole note: an item, a part that is named for it (ftn1), else the paragraph."""
    above = [target, *target.iterancestors()]
    wholes = (
        next((one for one in above if one.tag == "li"), None),
        next((one for one in above[:3] if one.tag == "div" and _NAMED.search(one.get("id") or "")), None),
        next((one for one in above if one.tag in ("p", "div", "dd", "dt", "td", "aside")), None),
    )
    return next((whole for whole in wholes if whole is not None), target)


def _leads_to(target: html.HtmlElement | None, link: html.HtmlElement) -> bool:
    """True if an anchor is at a link: the link itself, around it, in it, or right beside it."""
    if target is None:
        return False
    parent = link.getparent()
    return target in (link, parent, link.getprevious()) or target.getparent() is link


def _beginning(element: html.HtmlElement) -> str:
    return next((words.strip() for words in element.itertext() if words.strip()), "")


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext()).strip()
