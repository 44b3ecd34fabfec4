"""Read a web page, or one in a web archive, into blocks."""

from extract.errors import UnreadableGuide
from extract.limits import Limits
from extract.model.findings import finding
from extract.model.text import Cell
from extract.pull.block_builder import BlockBuilder
from extract.pull.html_reader.article import find_article
from extract.pull.html_reader.attachments import find_attachments
from extract.pull.html_reader.decoding import decode_page
from extract.pull.html_reader.mhtml import read_archive
from extract.pull.html_reader.notes.last import mark_last_paragraphs
from extract.pull.html_reader.paragraphs import Drawn, Line, Paragraph, walk_page
from extract.pull.html_reader.recognition import is_web_archive
from extract.pull.html_reader.table_roles import number_tables
from extract.pull.html_reader.tree import parse
from extract.pull.plain_text import Decoded
from extract.pull.reading import FileReading


def read_web_page(data: bytes, name: str, limits: Limits) -> FileReading:
    """Read a page: the article as text, what stands around it as navigation.

    Raises UnreadableGuide if it cannot be decoded or has no text, LimitPassed if it has too many characters.
    """
    decoded = decode_file(data, name)
    root = parse(decoded.text, name)
    paragraphs, grids = walk_page(root)
    if not paragraphs:
        raise UnreadableGuide(f"{name}: a web page without text; if scripts write it, save it from a browser")
    kept = find_article(decoded.text, root, paragraphs)
    mark_last_paragraphs(paragraphs, kept)
    cells = number_tables(paragraphs, grids, kept)
    builder = BlockBuilder(limits)
    for paragraph, is_kept, cell in zip(paragraphs, kept, cells, strict=True):
        _write(builder, paragraph, cell, is_text=is_kept)
    told = () if decoded.taken is None else (finding("encoding-taken", encoding=decoded.taken),)
    return builder.reading(told)._replace(attachments=tuple(find_attachments(paragraphs)))


def decode_file(data: bytes, name: str) -> Decoded:
    """The text of a page, or of the one in a web archive."""
    declared = None
    if is_web_archive(data):
        data, declared = read_archive(data, name)
    return decode_page(data, name, declared)


def _write(builder: BlockBuilder, paragraph: Paragraph, cell: Cell | None, *, is_text: bool) -> None:
    builder.start(cell, note=paragraph.note if is_text else None)
    for line in paragraph.lines:
        for index, piece in enumerate(line):
            excluded = piece.excluded if is_text else "navigation"  # sites hide much of their menus
            builder.write(piece.words, script=piece.script, excluded=excluded, is_doubtful=piece.is_doubtful)
            if piece.picture and is_text and not _is_icon(piece.picture, line[: index + 1], line[index + 1 :]):
                builder.picture(is_tall=piece.picture.is_tall)
        builder.break_line()


def _is_icon(picture: Drawn, before: Line, behind: Line) -> bool:
    """True for a picture before a link, and for one at the end of a line that is a link itself or stands behind one."""
    following = next((piece for piece in behind if not piece.words.isspace()), None)
    if following is not None:
        return following.link is not None
    last = next((piece for piece in reversed(before) if not piece.words.isspace()), None)
    return picture.link is not None or (last is not None and last.link is not None)
