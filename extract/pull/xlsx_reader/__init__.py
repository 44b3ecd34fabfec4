"""Read an Excel file (.xlsx, .xlsm): the cells of its sheets as they are shown, in tables and paragraphs.

openpyxl keeps an object for each cell, which takes memory, does not say how a number is shown, and refuses files that
other programs write.
"""

from extract.limits import Limits
from extract.pull.block_builder import BlockBuilder
from extract.pull.office.package import OfficePackage
from extract.pull.reading import FileReading
from extract.pull.xlsx_reader.workbook import WorkbookReader


def read_xlsx(data: bytes, name: str, limits: Limits) -> FileReading:
    """Read the blocks of an Excel file. Raises UnreadableGuide if it is damaged, LimitPassed if it is too large."""
    package = OfficePackage("Excel", data, name, limits)
    root = package.tree(package.main or "")
    if root is None:
        raise package.damaged(f"it lacks {package.main}")
    builder = BlockBuilder(limits)
    reader = WorkbookReader(package, root, builder)
    reader.read()
    return builder.reading(reader.findings)
