"""The records in a record, one by one."""

from collections.abc import Iterator, Sequence

from extract.records import GuideFacts, Section
from extract.values import Record


def walk(record: object, place: str = "") -> Iterator[tuple[str, Record]]:
    """A record and all records in it, each with its place (sections[0].funding.value)."""
    if isinstance(record, Record):
        yield place, record
        for name in record.__struct_fields__:
            yield from walk(getattr(record, name), f"{place}.{name}")
    elif isinstance(record, tuple):
        for number, item in enumerate(record):
            yield from walk(item, f"{place}[{number}]")


def owned(facts: GuideFacts, sections: Sequence[Section]) -> Iterator[tuple[str | None, Record]]:
    """Every record of a guide with the number of its section."""
    for _, record in walk(facts):
        yield None, record
    for section in sections:
        for _, record in walk(section):
            yield section.number, record
