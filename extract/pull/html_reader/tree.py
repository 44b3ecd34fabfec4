"""Parse a page into its tree of elements. Nothing that it refers to is fetched, and nothing in it runs."""

from lxml import etree, html

from extract.errors import UnreadableGuide

_TOO_DEEP = "excessive depth"


def parse(text: str, name: str) -> html.HtmlElement:
    """Return the root of a page.

    Raises UnreadableGuide where elements are nested deeper than the parser goes: it would drop what is below.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise UnreadableGuide(f"{name}: a web page without any text") from None
    if any(_TOO_DEEP in entry.message.lower() for entry in parser.error_log):
        raise UnreadableGuide(f"{name}: a web page with thousands of elements in one another; save it from a browser")
    return root
