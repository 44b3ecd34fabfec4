"""Storage of guides and files: local folders, or addresses that fsspec supports (s3://…, memory://…)."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from extract.corrections.files import corrections_path
from extract.errors import ExtractError, UnreadableGuide, UsageError
from extract.export.atomic_files import write_files
from extract.model.stages import part_stem
from extract.pull import SUFFIXES

_READ_ADVICE = "check the address and its permissions"
_WRITE_ADVICE = "choose another folder with -o"


def normalised_address(given: str) -> str:
    """Return an address in its usual form: /a/b for file:///a/b."""
    return given.removeprefix("file://")


def is_remote(address: str) -> bool:
    """Return True if an address is not a local path."""
    return "://" in address


def join(folder: str, name: str) -> str:
    """Return the address of a file in a folder; a name with a scheme is an address already."""
    if is_remote(name):
        return name
    return f"{folder.rstrip('/')}/{name}" if is_remote(folder) else str(Path(folder) / name)


def base_name(address: str) -> str:
    """Return a file's name."""
    return PurePosixPath(address).name if is_remote(address) else Path(address).name


def stem(address: str, part: int = 1) -> str:
    """Return the name of a guide's files without their suffixes: that of its own file, with the number of its part."""
    return part_stem(PurePosixPath(address).stem if is_remote(address) else Path(address).stem, part)


# ── guides ────────────────────────────────────────────────────────────────────────────────────────────


def is_folder(address: str) -> bool:
    """Return True if an address is a folder. Raises UsageError where the storage cannot be reached."""
    if not is_remote(address):
        return os.path.isdir(address)
    if address.lower().endswith(SUFFIXES):
        return False
    files, path = _files(address)
    with _errors_as(UsageError, address, _READ_ADVICE):
        return bool(files.isdir(path))


def guides_in(folder: str) -> list[str]:
    """Return the guides in a folder by name, hidden files excluded. Raises UsageError where there are none."""
    guides = [join(folder, name) for name in names_in(folder) if name.lower().endswith(SUFFIXES) and name[0] != "."]
    if not guides:
        raise UsageError(f"{folder}: no guides ({', '.join(SUFFIXES)}) in this folder")
    return guides


@contextmanager
def fetch(address: str, most: int, part: int = 1) -> Iterator[Path]:
    """A guide as a local file, its corrections beside it; of a file larger than `most` bytes, one byte more.

    Raises UnreadableGuide where a remote guide cannot be fetched.
    """
    if not is_remote(address):
        yield Path(address)
        return
    files, path = _files(address)
    with TemporaryDirectory(prefix="guide-extract-") as folder:
        guide = Path(folder) / PurePosixPath(path).name
        corrections = corrections_path(guide, part)
        amended = f"{_folder(path)}/{corrections.name}"
        with _errors_as(UnreadableGuide, address, _READ_ADVICE):
            _fetch(files, path, guide, most)
            if files.exists(amended):
                _fetch(files, amended, corrections, most)
        yield guide


def _fetch(files: Any, path: str, to: Path, most: int) -> None:
    with files.open(path, "rb") as file:
        to.write_bytes(file.read(most + 1))


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────


def read(address: str) -> bytes | None:
    """Return a file's content; None if there is no such file. Raises UsageError where it cannot be read."""
    with _errors_as(UsageError, address, _WRITE_ADVICE):
        try:
            if not is_remote(address):
                return Path(address).read_bytes()
            files, path = _files(address)
            content: bytes = files.cat_file(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
    return content


def exists(address: str) -> bool:
    """Return True if there is such a file. Raises UsageError where the storage cannot be reached."""
    if not is_remote(address):
        return os.path.isfile(address)
    files, path = _files(address)
    with _errors_as(UsageError, address, _WRITE_ADVICE):
        return bool(files.isfile(path))


def write(address: str, data: bytes) -> None:
    """Write a file whole. Raises UsageError where it cannot be written."""
    if not is_remote(address):
        write_files(Path(address), data)
        return
    files, path = _files(address)
    with _errors_as(UsageError, address, _WRITE_ADVICE):
        try:
            files.pipe_file(path, data)
        except FileNotFoundError:  # most storages need no folders
            files.makedirs(_folder(path), exist_ok=True)
            files.pipe_file(path, data)


def names_in(folder: str) -> list[str]:
    """Return the names of the files in a folder; none without the folder. Raises UsageError if it cannot be read."""
    with _errors_as(UsageError, folder, _READ_ADVICE):
        try:
            if not is_remote(folder):
                return sorted(entry.name for entry in Path(folder).iterdir() if entry.is_file())
            files, path = _files(folder)
            entries = files.ls(path, detail=True)
        except (FileNotFoundError, NotADirectoryError):
            return []
    return sorted(PurePosixPath(entry["name"]).name for entry in entries if entry["type"] == "file")


def remove(folder: str) -> None:
    """Remove a folder with its content, if there is one."""
    if not is_remote(folder):
        shutil.rmtree(folder, ignore_errors=True)  # another run may be writing there
        return
    files, path = _files(folder)
    with _errors_as(UsageError, folder, "take it away by hand"):
        if files.isdir(path):
            files.rm(path, recursive=True)


def _files(address: str) -> tuple[Any, str]:
    """Return fsspec's file system and the path for an address. Raises UsageError where none supports it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(f"{address}: needs what is not installed ({error}); install guide-extract[dask]") from None
    with _errors_as(UsageError, address, "is there a library for such addresses, as s3fs is for s3://?"):
        files, path = url_to_fs(address)
    files.invalidate_cache()  # others may have written since
    return files, path


def _folder(path: str) -> str:
    """Return the folder of a path, which may be a whole address: https://…"""
    return path.rpartition("/")[0]


@contextmanager
def _errors_as(kind: type[ExtractError], address: str, advice: str) -> Iterator[None]:
    """Raise any error of a storage as one of the program's."""
    try:
        yield
    except ExtractError:
        raise
    except Exception as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else str(error) or type(error).__name__
        raise kind(f"{address}: {getattr(error, 'strerror', None) or reason}; {advice}") from None
