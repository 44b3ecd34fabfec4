"""Layers of a PDF (optional content) that are switched off when the file is opened (PDF 32000-1, 8.11)."""

from collections.abc import Mapping
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral


class Layers:
    """The layers of a document, for hiding its marked content."""

    def __init__(self, document: PDFDocument) -> None:
        properties = _dict(document.catalog.get("OCProperties"))
        default = _dict(properties.get("D"))
        off = _identities(default.get("OFF"))
        if _name(default.get("BaseState")) == "OFF":
            off |= _identities(properties.get("OCGs")) - _identities(default.get("ON"))
        self._off = off

    def __bool__(self) -> bool:
        """True if a layer is switched off."""
        return bool(self._off)

    def hides(self, content: Any) -> bool:
        """True if a group of optional content, or a membership of groups, is not shown."""
        if _identity(content) in self._off:
            return True
        membership = _dict(content)
        if _name(membership.get("Type")) != "OCMD":
            return False
        listed = resolve1(membership.get("OCGs"))
        groups = listed if isinstance(listed, list) else [membership.get("OCGs")]
        states = [_identity(group) not in self._off for group in groups]
        policies = {
            "AllOn": all(states),
            "AnyOff": not all(states),
            "AllOff": not any(states),
        }
        return bool(states) and not policies.get(_name(membership.get("P")), any(states))


def _dict(value: Any) -> Mapping[str, Any]:
    found = resolve1(value)
    return found if isinstance(found, dict) else {}


def _name(value: Any) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


def _identity(value: Any) -> int:
    """The object number of a reference; 0 for another value."""
    return int(value.objid) if isinstance(value, PDFObjRef) else 0


def _identities(value: Any) -> set[int]:
    found = resolve1(value)
    return {_identity(item) for item in found} - {0} if isinstance(found, list) else set()
