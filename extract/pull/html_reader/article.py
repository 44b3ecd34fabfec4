"""Find the part of a page that is its article; all else on the page is navigation.

resiliparse tells the main text from menus, lists of links and footers by the page's markup. It keeps what it is not
sure of, so that no word of a guide is lost; trafilatura drops the first lines of pages whose lines end in <br>, brings
a dozen packages and starts ten times as slowly. What resiliparse keeps of a site's frame is a few words beside the
thousands of a guide, in other elements.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import html
from resiliparse.extract.html2text import extract_plain_text

from extract.pull.html_reader.paragraphs import Paragraph

_MOST = 0.9  # of the characters that are main text: the smallest element with so many is the article
_MIN_CHARACTERS = 200  # of main text; a page with less has no article
_MIN_SENTENCE = 40  # characters: sentences of a site's frame (建议使用IE9以上浏览器。) are shorter
_MAX_LINKED = 0.3  # of a paragraph's characters: more are a list of links
_SPACES = re.compile(r"\s+")
# What only a guide has: the number of a section or of a part of it, a number of projects or money.
_OF_GUIDE = re.compile(
    r"\d{1,2}(?:\.\d{1,2})+ *[\u4e00-\u9fff“]|[（(]?[一二三四五六七八九十]{1,3}[）)、]"
    r"|.*\d *(?:个项目|万元|亿元|万美元)"
)
_TITLE_PARTS = re.compile(r"[-_|—–－＿｜]+")
_TITLES = ("h1", "h2", "h3")
_TITLE_NAMES = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|biaoti)(?:$|[\s_-])", re.IGNORECASE)
_GUIDE_TITLE = re.compile("指南|通知|公告")


def find_article(text: str, root: html.HtmlElement, paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Return for each paragraph whether it belongs to the article; all do where no article is found."""
    article = _article(text, root, paragraphs)
    if article is None:
        return [True] * len(paragraphs)
    within = set(article.iter())
    kept = [paragraph.element in within for paragraph in paragraphs]
    title = _title_before(root, paragraphs, kept)
    if title is not None:
        kept[title] = True
    return kept


def _article(text: str, root: html.HtmlElement, paragraphs: Sequence[Paragraph]) -> html.HtmlElement | None:
    """The element of the article: with most of the main text, and all that reads like text of a guide."""
    found = _bare(extract_plain_text(text, main_content=True, list_bullets=False, alt_texts=False))
    main = [paragraph for paragraph in paragraphs if _is_main(paragraph, found)]
    article = _smallest_with_most(main)
    for paragraph in main if article is not None else ():
        if _reads_like_guide(paragraph):
            article = _common(article, paragraph.element)
    return article


def _is_main(paragraph: Paragraph, found: str) -> bool:
    words = _bare(paragraph.text)
    return bool(words) and words in found


def _smallest_with_most(main: Sequence[Paragraph]) -> html.HtmlElement | None:
    """The smallest element that has most characters of these paragraphs; None if they are too few."""
    characters: Counter[html.HtmlElement] = Counter()
    for paragraph in main:
        characters[paragraph.element] += len(_bare(paragraph.text))
    least = _MOST * characters.total()
    if characters.total() < _MIN_CHARACTERS:
        return None
    sums: Counter[html.HtmlElement] = Counter()
    for element, number in characters.items():
        for ancestor in (element, *element.iterancestors()):
            sums[ancestor] += number
    return min((one for one in sums if sums[one] >= least), key=lambda one: (sums[one], -_depth(one)))


def _depth(element: html.HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _common(one: html.HtmlElement, other: html.HtmlElement) -> html.HtmlElement:
    """The lowest element that holds both."""
    ancestors = {other, *other.iterancestors()}
    return next(element for element in _upwards(one) if element in ancestors)


def _upwards(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    yield from element.iterancestors()


def _reads_like_guide(paragraph: Paragraph) -> bool:
    """True for a heading, a figure or a sentence that is no link."""
    words = paragraph.text.strip()
    linked = sum(len(piece.words) for piece in paragraph.pieces if piece.link is not None)
    if linked > _MAX_LINKED * len(words):
        return False
    is_sentence = len(words) >= _MIN_SENTENCE and words.endswith(("。", "；", "："))
    return is_sentence or bool(_OF_GUIDE.match(words))


def _title_before(root: html.HtmlElement, paragraphs: Sequence[Paragraph], kept: Sequence[bool]) -> int | None:
    """The index of the title, where it stands above the article and is not repeated in it."""
    first = kept.index(True)
    article = _bare("".join(paragraph.text for paragraph, is_kept in zip(paragraphs, kept, strict=True) if is_kept))
    of_page = _bare(root.findtext(".//title") or "")
    titles = [
        index
        for index in range(first)
        if (words := _bare(paragraphs[index].text))
        and words not in article
        and (words in (of_page, *_TITLE_PARTS.split(of_page)) or _is_title(paragraphs[index]))
    ]
    return titles[-1] if titles else None


def _is_title(paragraph: Paragraph) -> bool:
    element = paragraph.element
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_GUIDE_TITLE.search(paragraph.text)) and bool(element.tag in _TITLES or _TITLE_NAMES.search(names))


def _bare(words: str) -> str:
    return _SPACES.sub("", words)
