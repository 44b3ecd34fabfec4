"""Read a Word file (.docx): its package, numbers, runs and paragraphs, tables and notes, each in a file of its own."""

from extract.errors import UnreadableGuide
from extract.limits import Limits
from extract.pull.block_builder import BlockBuilder
from extract.pull.docx_reader.document import DocumentReader
from extract.pull.docx_reader.package import WordPackage
from extract.pull.reading import FileReading


def read_docx(data: bytes, name: str, limits: Limits) -> FileReading:
    """Read the blocks of a Word file. Raises UnreadableGuide if it is damaged, LimitPassed if it is too large."""
    package = WordPackage(data, name, limits)
    document = package.tree(package.main or "")
    if document is None:
        raise UnreadableGuide(f"{name}: damaged Word file (it lacks {package.main}); get the file again")
    builder = BlockBuilder(limits)
    reader = DocumentReader(package, builder)
    reader.read(document)
    return builder.reading(reader.findings)
