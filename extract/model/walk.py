"""The records in a record, one by one."""

from collections.abc import Iterator, Sequence

from msgspec.structs import astuple

from extract.model.record import GuideFacts, Section
from extract.model.values import Evidence, Record

Owned = tuple[str | None, list[Record]]  # the records of a section with its number, or those of the guide itself


def walk(record: object, place: str = "") -> Iterator[tuple[str, Record]]:
    """A record and all records in it, each with its place (sections[0].funding.value)."""
    if isinstance(record, Record):
        yield place, record
        for name in record.__struct_fields__:
            yield from walk(getattr(record, name), f"{place}.{name}")
    elif isinstance(record, tuple):
        for number, item in enumerate(record):
            yield from walk(item, f"{place}[{number}]")


def records(record: object) -> Iterator[Record]:
    """A record and all records in it, in the same order, for those who ask for no places."""
    waiting = [record]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Record):
            yield one
            one = None if isinstance(one, Evidence) else astuple(one)  # most records are evidence, which holds none
        if isinstance(one, tuple):
            waiting += one[::-1]


def owned(facts: GuideFacts, sections: Sequence[Section]) -> list[Owned]:
    """All records of a guide with the number of their section."""
    return [(None, list(records(facts))), *((section.number, list(records(section))) for section in sections)]
