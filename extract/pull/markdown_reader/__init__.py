"""Markdown as pandoc, MinerU, docling and markitdown write it: tokens of markdown-it → blocks."""

from extract.errors import UnreadableGuide
from extract.limits import Limits, raise_limit_passed
from extract.pull.block_builder import BlockBuilder
from extract.pull.markdown_reader.dialect import MAX_NESTING, markdown_parser
from extract.pull.markdown_reader.front_matter import split_front_matter
from extract.pull.markdown_reader.paragraphs import Paragraphs
from extract.pull.markdown_reader.recognition import is_markdown, without_embedded_files
from extract.pull.markdown_reader.token_writer import TokenWriter
from extract.pull.plain_text import decode_guide
from extract.pull.reading import FileReading


def read_markdown(data: bytes, name: str, limits: Limits) -> tuple[FileReading, str | None]:
    """Return the blocks of a file, and the encoding that was assumed, if any.

    Raises UnreadableGuide if the encoding cannot be determined, the text is mojibake or is nested too deeply.
    """
    text, taken = decode_guide(data, name)
    text = without_embedded_files(text)
    if len(text) > limits.glyphs:
        raise_limit_passed("glyphs", limits)
    front, body = split_front_matter(text)
    builder = BlockBuilder(limits)
    for line, words, is_text in front:
        builder.start(line=line)
        builder.write(words, excluded=None if is_text else "navigation")
    paragraphs = Paragraphs()
    deepest = TokenWriter(markdown_parser(), paragraphs, body).write()
    if deepest >= MAX_NESTING - 1:
        raise UnreadableGuide(f"{name}: lists or quotes are nested more than {MAX_NESTING // 2} deep; flatten them")
    paragraphs.write(builder)
    return builder.reading(), taken


__all__ = ["is_markdown", "read_markdown"]
