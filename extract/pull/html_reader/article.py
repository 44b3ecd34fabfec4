"""Find the part of a page that is its article; all else on the page is navigation.

resiliparse tells the main text from menus, lists of links and footers by the page's markup. It keeps what it is not
sure of, so that no word of a guide is lost; trafilatura drops the first lines of pages whose lines end in <br>, brings
a dozen packages and starts ten times as slowly. What resiliparse keeps of a site's frame is a few words beside the
thousands of a guide, in other elements.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from lxml import html
from resiliparse.extract.html2text import extract_plain_text

from extract.pull.html_reader.attachments import has_attachment
from extract.pull.html_reader.paragraphs import Paragraph

_MOST = 0.8  # of the characters that are main text: the smallest element with so many is the article
_MIN_CHARACTERS = 200  # of main text; a page with less has no article
_MAX_LINKED = 0.3  # of a paragraph's characters: more are a list of links
_SPACES = re.compile(r"\s+")
# What only a guide has: the number of a section or of a part of it, a number of projects or money.
_OF_GUIDE = re.compile(
    r"\d{1,2}(?:\.\d{1,2})+ *[\u4e00-\u9fff“]|[（(]?[一二三四五六七八九十]{1,3}[）)、]"
    r"|.*\d *(?:个项目|万元|亿元|万美元)"
)
# What only a site says around an article.
_OF_FRAME = re.compile(
    r"当前位置|首页|发布(?:时间|日期)|来源：|浏览(?:次数|量|器|：)|点击(?:次数|数|率|量|：)|字[体号]：|分享到|【打印|打印本页|关闭"
    r"(?:窗口|本页)|[上下]一[篇条]：|责任编辑|版权|备\d|公网安备|ICP|[主承]办单位?：|标识码|扫一扫|技术支持：|网友评论|发表评论"
    r"|网站地图|联系我们|加入收藏|返回顶部|Copyright|All Rights"
)
_TITLE_PARTS = re.compile(r"[-_|—–－＿｜]+")
_TITLES = ("h1", "h2", "h3")
_TITLE_NAMES = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|biaoti)(?:$|[\s_-])", re.IGNORECASE)
_GUIDE_TITLE = re.compile("指南|通知|公告")


def find_article(text: str, root: html.HtmlElement, paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Return for each paragraph whether it belongs to the article; all do where no article is found."""
    article = _article(text, paragraphs)
    if article is None:
        return [True] * len(paragraphs)
    first, last = _bounds(article, paragraphs)
    kept = [first <= index <= last for index in range(len(paragraphs))]
    for title in _title_before(root, paragraphs, kept):
        kept[title] = True
    return kept


def _article(text: str, paragraphs: Sequence[Paragraph]) -> html.HtmlElement | None:
    """The element of the article: with most of the main text, and all headings and figures."""
    found = _bare(extract_plain_text(text, main_content=True, list_bullets=False, alt_texts=False))
    main = [paragraph for paragraph in paragraphs if _is_main(paragraph, found)]
    article = _smallest_with_most(main)
    for paragraph in main if article is not None else ():
        if _OF_GUIDE.match(paragraph.text.strip()):
            article = _common(article, paragraph.element)
    return article


def _bounds(article: html.HtmlElement, paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """The first and the last paragraph of an article.

    A site's words at its ends are none of it (分享到：微信), nor what follows them there; its title and its notes may
    stand right beside it.
    """
    within = set(article.iter())
    beside = set(_parent(_with_surroundings(article, within, paragraphs)).iter())
    own = [index for index, paragraph in enumerate(paragraphs) if paragraph.element in within]
    first, last = own[0], own[-1]
    while first < last and _is_around(paragraphs[first]):
        first += 1
    end = next((index for index in range(last, first, -1) if _is_surely_text(paragraphs[index])), first)
    last = next((index - 1 for index in range(end + 1, last + 1) if _is_around(paragraphs[index])), last)
    while first == own[0] and first and _leads_to_article(paragraphs[first - 1], beside):
        own[0] = first = first - 1
    while last == own[-1] and last + 1 < len(paragraphs) and _is_surely_text(paragraphs[last + 1]):
        own[-1] = last = last + 1
    return first, last


def _parent(element: html.HtmlElement) -> html.HtmlElement:
    parent = element.getparent()
    return element if parent is None else parent


def _is_around(paragraph: Paragraph) -> bool:
    """True for a site's words, and for menus; files to which an article links are its own."""
    return _is_of_frame(paragraph) or (_is_linked(paragraph) and not has_attachment(paragraph))


def _is_surely_text(paragraph: Paragraph) -> bool:
    """True for notes, headings, figures and whole sentences, and for what is enclosed."""
    words = paragraph.text.strip()
    if paragraph.note is not None or paragraph.lines[0][0].script == "raised" or has_attachment(paragraph):
        return True
    return not _is_around(paragraph) and (words.endswith(("。", "；")) or bool(_OF_GUIDE.match(words)))


def _leads_to_article(paragraph: Paragraph, beside: Container[html.HtmlElement]) -> bool:
    is_linked = any(piece.link is not None for piece in paragraph.pieces)
    return paragraph.element in beside and not is_linked and not _is_of_frame(paragraph)


def _with_surroundings(
    article: html.HtmlElement, within: Container[html.HtmlElement], paragraphs: Sequence[Paragraph]
) -> html.HtmlElement:
    """The highest element around the article that adds nothing of a site's frame to it, as one for its title."""
    added: dict[html.HtmlElement, list[Paragraph]] = defaultdict(list)
    around = set(article.iterancestors())
    for paragraph in paragraphs:
        if paragraph.element not in within:
            added[next(one for one in _upwards(paragraph.element) if one in around)].append(paragraph)
    for parent in article.iterancestors():
        if any(map(_is_around, added[parent])):
            break
        article = parent
    return article


def _is_of_frame(paragraph: Paragraph) -> bool:
    """True for what only a site says. The guide itself says such words in sentences."""
    words = paragraph.text.strip()
    return bool(_OF_FRAME.search(words)) and not words.endswith(("。", "；")) and not _OF_GUIDE.match(words)


def _is_main(paragraph: Paragraph, found: str) -> bool:
    words = _bare(paragraph.text)
    return bool(words) and words in found and not _is_linked(paragraph) and not _is_of_frame(paragraph)


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


def _is_linked(paragraph: Paragraph) -> bool:
    """True for an entry of a menu or of a list of news."""
    linked = sum(len(piece.words) for piece in paragraph.pieces if piece.link is not None)
    return linked > _MAX_LINKED * len(paragraph.text)


def _title_before(root: html.HtmlElement, paragraphs: Sequence[Paragraph], kept: Sequence[bool]) -> list[int]:
    """The indices of the title's lines, where it stands above the article and is not repeated in it."""
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
    return [index for place, index in enumerate(titles) if titles[-1] - index == len(titles) - 1 - place]


def _is_title(paragraph: Paragraph) -> bool:
    element = paragraph.element
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_GUIDE_TITLE.search(paragraph.text)) and bool(element.tag in _TITLES or _TITLE_NAMES.search(names))


def _bare(words: str) -> str:
    return _SPACES.sub("", words)
