"""Read a Word file (.docx): its numbers, runs and paragraphs, tables and notes, each in a file of its own."""

from extract.limits import Limits
from extract.pull.block_builder import BlockBuilder
from extract.pull.docx_reader.document import DocumentReader
from extract.pull.office.package import OfficePackage
from extract.pull.reading import FileReading


def read_docx(data: bytes, name: str, limits: Limits) -> FileReading:
    """Read the blocks of a Word file. Raises UnreadableGuide if it is damaged, LimitPassed if it is too large."""
    package = OfficePackage("Word", data, name, limits)
    document = package.tree(package.main or "")
    if document is None:
        raise package.damaged(f"it lacks {package.main}")
    builder = BlockBuilder(limits)
    reader = DocumentReader(package, builder)
    reader.read(document)
    return builder.reading(reader.findings)
