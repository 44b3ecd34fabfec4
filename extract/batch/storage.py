"""Where guides come from and files go: folders of this machine, or addresses that fsspec knows (s3://…, memory://…)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from extract.correction_files import corrections_path
from extract.errors import UnreadableGuide, UsageError
from extract.export import write

GUIDES = (".pdf", ".txt")


def remote(address: str) -> bool:
    """Whether an address is none of a file here."""
    return "://" in address


def beside(folder: str, name: str) -> str:
    """The address of a file in a folder."""
    return f"{folder.rstrip('/')}/{name}" if remote(folder) else str(Path(folder) / name)


def stem(address: str) -> str:
    """A file's name without its suffix."""
    return PurePosixPath(address).stem if remote(address) else Path(address).stem


def guides_in(address: str) -> list[str]:
    """A guide, or those in a folder, by name. Raises UsageError where there are none."""
    if remote(address):
        files, path = _files(address)
        if not files.isdir(path):
            return [address]
        names = [PurePosixPath(one).name for one in files.ls(path, detail=False)]
    elif not Path(address).is_dir():
        return [address]
    else:
        names = [one.name for one in Path(address).iterdir()]
    found = [beside(address, name) for name in sorted(names) if name.lower().endswith(GUIDES)]
    if not found:
        raise UsageError(f"{address}: no guides ({', '.join(GUIDES)}) in this folder")
    return found


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """A guide as a file here, with the corrections that lie beside it. Raises UnreadableGuide where there is none."""
    if not remote(address):
        yield Path(address)
        return
    files, path = _files(address)
    with TemporaryDirectory(prefix="guide-extract-") as folder:
        guide = Path(folder) / PurePosixPath(path).name
        corrections = corrections_path(guide)
        try:
            guide.write_bytes(files.cat_file(path))
            at = str(PurePosixPath(path).with_name(corrections.name))
            if files.exists(at):
                corrections.write_bytes(files.cat_file(at))
        except (OSError, ValueError) as error:
            raise UnreadableGuide(f"{address}: {_why(error)}; check the address and its permissions") from None
        yield guide


def read(address: str) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        if not remote(address):
            return Path(address).read_bytes()
        files, path = _files(address)
        content: bytes = files.cat_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return content


def exists(address: str) -> bool:
    """Whether there is such a file."""
    if not remote(address):
        return Path(address).is_file()
    files, path = _files(address)
    return bool(files.isfile(path))


def put(address: str, data: bytes) -> None:
    """Write a file whole. Raises UsageError where that cannot be."""
    if not remote(address):
        write(Path(address), data)
        return
    files, path = _files(address)
    try:
        files.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        files.pipe_file(path, data)
    except (OSError, ValueError) as error:
        raise UsageError(f"{address}: cannot be written ({_why(error)}); choose another folder with -o") from None


def names_in(folder: str) -> list[str]:
    """The names of the files in a folder; none where there is no such folder."""
    if not remote(folder):
        return sorted(one.name for one in Path(folder).iterdir()) if Path(folder).is_dir() else []
    files, path = _files(folder)
    return sorted(PurePosixPath(one).name for one in files.ls(path, detail=False)) if files.isdir(path) else []


def remove(folder: str) -> None:
    """Take a folder away with all that is in it, where there is one."""
    if remote(folder):
        files, path = _files(folder)
        if files.isdir(path):
            files.rm(path, recursive=True)
    elif Path(folder).is_dir():
        import shutil

        shutil.rmtree(folder)


def _files(address: str) -> tuple[Any, str]:
    """fsspec's file system for an address, and the path there. Raises UsageError where there is none."""
    try:
        from fsspec.core import url_to_fs

        files, path = url_to_fs(address)
    except ImportError as error:
        raise UsageError(
            f"{address}: needs what is not installed ({error}); install guide-extract[dask], and for s3:// s3fs"
        ) from None
    except ValueError as error:
        raise UsageError(f"{address}: {error}") from None
    files.invalidate_cache()  # somebody else may have written since
    return files, path


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
