"""Names of Word's XML (WordprocessingML, ECMA-376 part 1), and what its elements say by their attributes."""

from collections.abc import Iterator

from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
PLACING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"  # of drawings on pages
EFFECTS = "{http://schemas.microsoft.com/office/word/2010/wordml}"  # of type, since Word 2010
VML = "{urn:schemas-microsoft-com:vml}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of Word's; None if the element or the attribute is not there."""
    return None if element is None else element.get(W + name)


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute that is a whole number; None if it is none."""
    words = value(element, name)
    try:
        return None if words is None else int(float(words))
    except (ValueError, OverflowError):
        return None


def is_on(element: Element | None) -> bool | None:
    """What a switch says: <w:strike/> is on, <w:strike w:val="0"/> off; None if it is not there."""
    return None if element is None else value(element) not in ("0", "false", "off", "none")


def is_on_by(element: Element, attribute: str) -> bool:
    """True if an attribute is a switch that is on."""
    return value(element, attribute) in ("1", "true", "on")


def path(element: Element | None, *names: str) -> Element | None:
    """The child of a child of an element, by Word's names; None where one is missing."""
    for name in names:
        element = None if element is None else element.find(W + name)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    return iter(()) if element is None else element.iterchildren(W + name)


def by_id(element: Element | None, name: str, key: str = "id") -> dict[str, Element]:
    """The children of a name by an attribute."""
    return {words: child for child in children(element, name) if (words := value(child, key)) is not None}
