"""What a run notes of each guide: as soon as its files are written, and at the end all together in run.json.

A run that is ended at any moment has a note for every guide that it finished; the next one takes up from there.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from extract import __version__
from extract.batch import storage
from extract.runs import Entry, Run

RUN = "run.json"
_NOTES = ".run"  # the folder for the notes of a run that has not ended
_MADE_BY = ("pdfplumber", "pdfminer.six", "pypdfium2", "jieba", "spacy")  # what a guide is read with beside ourselves


def note(output: str, stem: str, entry: Entry) -> None:
    """Note an entry, once the files of its guide are written."""
    storage.put(_note(output, stem), msgspec.json.encode(entry))


def noted(output: str) -> dict[str, Entry]:
    """The entries of earlier runs into a folder, by input: of run.json, and of a run that was ended after it."""
    entries = dict[str, Entry]()
    for address, kind in ((storage.beside(output, RUN), Run), *((one, Entry) for one in _notes(output))):
        try:
            found = msgspec.json.decode(storage.read(address) or b"", type=kind)
        except msgspec.MsgspecError:
            continue  # of another version, or not ours: the guide is read again
        entries |= {one.input: one for one in (found.guides if isinstance(found, Run) else (found,))}
    return entries


def close(output: str, entries: Iterable[Entry]) -> None:
    """Write run.json with these entries, beside those of other guides that it had; the notes are done with."""
    whole = noted(output) | {entry.input: entry for entry in entries}
    run = Run(program=__version__, guides=tuple(whole[one] for one in sorted(whole)))
    storage.put(storage.beside(output, RUN), msgspec.json.format(msgspec.json.encode(run)) + b"\n")
    storage.remove(storage.beside(output, _NOTES))


@cache
def program() -> str:
    """A hash of the program as it is: its own files, and the versions of what reads PDFs and cuts words."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for file in sorted(one for one in root.rglob("*") if one.is_file() and one.suffix != ".pyc"):
        digest.update(f"{file.relative_to(root)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    for name in _MADE_BY:
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _note(output: str, stem: str) -> str:
    return storage.beside(storage.beside(output, _NOTES), f"{stem}.json")


def _notes(output: str) -> Iterator[str]:
    folder = storage.beside(output, _NOTES)
    return (storage.beside(folder, name) for name in storage.names_in(folder) if name.endswith(".json"))
