"""What a run notes of each guide: as soon as its files are written, and at the end all together in run.json.

A run that is ended at any moment has a note for every guide that it finished; the next one takes up from there.

What run.json holds: what came of each guide of a run.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from extract import __version__
from extract.run import storage

Outcome = Literal["read", "look", "refused", "unreadable"]
OUTCOMES: tuple[Outcome, ...] = ("read", "look", "refused", "unreadable")  # by their exit codes


class Entry(Struct, frozen=True, kw_only=True):
    """What came of one guide; `look` says that something in its record is wrong for sure.

    `sha256` is of the guide's file. `depends` is a hash of all else that the outcome depends on: profile, corrections,
    options and program. `settled` says that another try would come to the same. `findings` and `checks` are counted by
    code and by outcome, `seconds` are those of the clock on the wall. `files` are names in the folder of the run.
    """

    input: str
    outcome: Outcome
    seconds: float
    sections: int = 0
    checks: dict[str, int] = {}
    findings: dict[str, int] = {}
    files: tuple[str, ...] = ()
    error: str | None = None
    sha256: str | None = None
    depends: str = ""
    settled: bool = False

    @property
    def exit_code(self) -> int:
        return OUTCOMES.index(self.outcome)


class Run(Struct, frozen=True, kw_only=True):
    """The program's version, and an entry for each guide whose files are in the folder, by input."""

    program: str
    guides: tuple[Entry, ...]


RUN = "run.json"
_NOTES = ".run"  # the folder for the notes of a run that has not ended
MADE_BY = (  # what a guide is read and its files are made with, beside ourselves
    "babel",
    "cn2an",
    "jieba",
    "jinja2",
    "markupsafe",
    "msgspec",
    "pandas",
    "pdfminer.six",
    "pdfplumber",
    "pillow",
    "pyarrow",
    "pycountry",
    "pypdfium2",
    "rapidfuzz",
    "spacy",
    "xlsxwriter",
)


def write_note(output: str, stem: str, entry: Entry) -> None:
    """Note an entry, once the files of its guide are written."""
    storage.write(_note(output, stem), msgspec.json.encode(entry))


def read_entries(output: str) -> dict[str, Entry]:
    """The entries of earlier runs into a folder, by what their files are called: of run.json, and of a run that was
    ended after it. Raises UsageError where the folder cannot be read.
    """
    entries = dict[str, Entry]()
    for address, kind in ((storage.join(output, RUN), Run), *((one, Entry) for one in _notes(output))):
        try:
            found = msgspec.json.decode(storage.read(address) or b"", type=kind)
        except msgspec.MsgspecError:
            continue  # of another version, or not ours: the guide is read again
        entries |= _by_stem(found.guides if isinstance(found, Run) else (found,))
    return entries


def write_run_json(output: str, entries: Iterable[Entry]) -> None:
    """Write run.json with these entries, beside those of other guides that it had; the notes are done with."""
    whole = read_entries(output) | _by_stem(entries)
    run = Run(program=__version__, guides=tuple(sorted(whole.values(), key=lambda entry: entry.input)))
    storage.write(storage.join(output, RUN), msgspec.json.format(msgspec.json.encode(run)) + b"\n")
    storage.remove(storage.join(output, _NOTES))


def _by_stem(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by what their files are called: of two guides of one name, the later one has them."""
    return {storage.stem(entry.input): entry for entry in entries}


@cache
def program_hash() -> str:
    """A hash of the program as it is: its own files, and the versions of the libraries that outcomes depend on."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for file in sorted(one for one in root.rglob("*") if one.is_file() and one.suffix != ".pyc"):
        digest.update(f"{file.relative_to(root)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    for name in MADE_BY:
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _note(output: str, stem: str) -> str:
    return storage.join(storage.join(output, _NOTES), f"{stem}.json")


def _notes(output: str) -> Iterator[str]:
    folder = storage.join(output, _NOTES)
    return (storage.join(folder, name) for name in storage.names_in(folder) if name.endswith(".json"))
