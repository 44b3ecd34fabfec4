"""The log of a run: a note per guide as soon as its files are written, joined into run.json at the end.

A run that is interrupted has a note for each finished guide, so the next run continues from there.
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
    """The outcome of one guide; `look`: a check is contradicted or a finding is an error.

    `sha256` is of the guide's file, `part` the number of the guide in it, `depends` a hash of all else that the outcome
    depends on: profile, corrections, options, program. `settled`: another try would give the same. `findings` are
    counted by code, `checks` by outcome; `seconds` are wall-clock time; `files` are names in the folder of the run.
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
    part: int = 1

    @property
    def exit_code(self) -> int:
        return OUTCOMES.index(self.outcome)


class Run(Struct, frozen=True, kw_only=True):
    """The content of run.json: the program's version, and an entry for each guide, by input."""

    program: str
    guides: tuple[Entry, ...]


RUN = "run.json"
_NOTES = ".run"  # folder of notes while a run is going on
MADE_BY = (  # libraries that outcomes depend on
    "babel",
    "cn2an",
    "jieba",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "markupsafe",
    "msgspec",
    "onnxruntime",
    "pandas",
    "pdfminer.six",
    "pdfplumber",
    "pillow",
    "pyarrow",
    "pycountry",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
    "resiliparse",
    "spacy",
    "xlsxwriter",
)


def write_note(output: str, stem: str, entry: Entry) -> None:
    """Write a guide's note, after its files."""
    storage.write(_note(output, stem), msgspec.json.encode(entry))


def read_entries(output: str) -> dict[str, Entry]:
    """Return the entries of earlier runs into a folder by stem: those of run.json and the notes of an interrupted run.

    Raises UsageError where the folder cannot be read.
    """
    entries = dict[str, Entry]()
    for address, kind in ((storage.join(output, RUN), Run), *((note, Entry) for note in _notes(output))):
        try:
            content = msgspec.json.decode(storage.read(address) or b"", type=kind)
        except msgspec.MsgspecError:
            continue  # of another version or program: the guide is read again
        entries |= _by_stem(content.guides if isinstance(content, Run) else (content,))
    return entries


def write_run_json(output: str, entries: Iterable[Entry]) -> None:
    """Merge entries into run.json and remove the notes."""
    merged = read_entries(output) | _by_stem(entries)
    run = Run(program=__version__, guides=tuple(sorted(merged.values(), key=lambda entry: entry.input)))
    storage.write(storage.join(output, RUN), msgspec.json.format(msgspec.json.encode(run)) + b"\n")
    storage.remove(storage.join(output, _NOTES))


def _by_stem(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Index entries by the stem of their files; of two with one stem, the later wins."""
    return {storage.stem(entry.input, entry.part): entry for entry in entries}


@cache
def program_hash() -> str:
    """Return a hash of the program: its files, and the versions of the libraries that outcomes depend on."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for file in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
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
