"""Where guides come from and files go: folders of this machine, or addresses that fsspec knows (s3://…, memory://…)."""

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
from extract.pull import SUFFIXES

_READ = "check the address and its permissions"
_WRITE = "choose another folder with -o"


def normalised_address(given: str) -> str:
    """An address as it is noted: file:///a/b is the path /a/b."""
    return given.removeprefix("file://")


def is_remote(address: str) -> bool:
    """Whether an address is none of a file here."""
    return "://" in address


def join(folder: str, name: str) -> str:
    """The address of a file in a folder; a name that is a whole address stays what it is."""
    if is_remote(name):
        return name
    return f"{folder.rstrip('/')}/{name}" if is_remote(folder) else str(Path(folder) / name)


def base_name(address: str) -> str:
    """A file's name."""
    return PurePosixPath(address).name if is_remote(address) else Path(address).name


def stem(address: str) -> str:
    """A file's name without its suffix."""
    return PurePosixPath(address).stem if is_remote(address) else Path(address).stem


# ── guides ────────────────────────────────────────────────────────────────────────────────────────────


def is_folder(address: str) -> bool:
    """Whether an address is of a folder, not of a guide. Raises UsageError where that cannot be told."""
    if not is_remote(address):
        return os.path.isdir(address)
    if address.lower().endswith(SUFFIXES):
        return False
    files, path = _files(address)
    with _clear(UsageError, address, _READ):
        return bool(files.isdir(path))


def guides_in(folder: str) -> list[str]:
    """The guides in a folder, by name; what is hidden is none. Raises UsageError where there are none."""
    found = [join(folder, one) for one in names_in(folder) if one.lower().endswith(SUFFIXES) and one[0] != "."]
    if not found:
        raise UsageError(f"{folder}: no guides ({', '.join(SUFFIXES)}) in this folder")
    return found


@contextmanager
def fetch(address: str, most: int) -> Iterator[Path]:
    """A guide as a file here, with the corrections that lie beside it; of larger files, one byte more than `most`.

    Raises UnreadableGuide where a guide elsewhere cannot be had.
    """
    if not is_remote(address):
        yield Path(address)
        return
    files, path = _files(address)
    with TemporaryDirectory(prefix="guide-extract-") as folder:
        guide = Path(folder) / PurePosixPath(path).name
        corrections = corrections_path(guide)
        amended = f"{_folder(path)}/{corrections.name}"
        with _clear(UnreadableGuide, address, _READ):
            _fetch(files, path, guide, most)
            if files.exists(amended):
                _fetch(files, amended, corrections, most)
        yield guide


def _fetch(files: Any, path: str, to: Path, most: int) -> None:
    with files.open(path, "rb") as file:
        to.write_bytes(file.read(most + 1))


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────


def read(address: str) -> bytes | None:
    """What a file holds; None where there is none. Raises UsageError where it cannot be read."""
    with _clear(UsageError, address, _WRITE):
        try:
            if not is_remote(address):
                return Path(address).read_bytes()
            files, path = _files(address)
            content: bytes = files.cat_file(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
    return content


def exists(address: str) -> bool:
    """Whether there is such a file. Raises UsageError where that cannot be told."""
    if not is_remote(address):
        return os.path.isfile(address)
    files, path = _files(address)
    with _clear(UsageError, address, _WRITE):
        return bool(files.isfile(path))


def write(address: str, data: bytes) -> None:
    """Write a file whole. Raises UsageError where that cannot be."""
    if not is_remote(address):
        write_files(Path(address), data)
        return
    files, path = _files(address)
    with _clear(UsageError, address, _WRITE):
        try:
            files.pipe_file(path, data)
        except FileNotFoundError:  # most have no folders that would have to be there first
            files.makedirs(_folder(path), exist_ok=True)
            files.pipe_file(path, data)


def names_in(folder: str) -> list[str]:
    """The names of the files in a folder; none where there is no such folder. Raises UsageError where it is closed."""
    with _clear(UsageError, folder, _READ):
        try:
            if not is_remote(folder):
                return sorted(one.name for one in Path(folder).iterdir() if one.is_file())
            files, path = _files(folder)
            found = files.ls(path, detail=True)
        except (FileNotFoundError, NotADirectoryError):
            return []
    return sorted(PurePosixPath(one["name"]).name for one in found if one["type"] == "file")


def remove(folder: str) -> None:
    """Take a folder away with all that is in it, where there is one."""
    if not is_remote(folder):
        shutil.rmtree(folder, ignore_errors=True)  # another run may be writing there
        return
    files, path = _files(folder)
    with _clear(UsageError, folder, "take it away by hand"):
        if files.isdir(path):
            files.rm(path, recursive=True)


def _files(address: str) -> tuple[Any, str]:
    """fsspec's file system for an address, and the path there. Raises UsageError where there is none."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(f"{address}: needs what is not installed ({error}); install guide-extract[dask]") from None
    with _clear(UsageError, address, "is there a library for such addresses, as s3fs is for s3://?"):
        files, path = url_to_fs(address)
    files.invalidate_cache()  # somebody else may have written since
    return files, path


def _folder(path: str) -> str:
    """The folder that a path is in, which may be an address as a whole: https://…"""
    return path.rpartition("/")[0]


@contextmanager
def _clear(kind: type[ExtractError], address: str, advice: str) -> Iterator[None]:
    """What a storage raises, which may be anything, as one of our own errors."""
    try:
        yield
    except ExtractError:
        raise
    except Exception as error:
        told = "no such file" if isinstance(error, FileNotFoundError) else str(error) or type(error).__name__
        raise kind(f"{address}: {getattr(error, 'strerror', None) or told}; {advice}") from None
