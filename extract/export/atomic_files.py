"""Write files atomically: each appears whole or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO

from extract.errors import UsageError


def write_files(path: Path, data: bytes) -> None:
    """Write a file whole.

    Raises UsageError where the folder cannot be written; an existing file stays then.
    """
    with open_atomically([path]) as (file,):
        file.write(data)


@contextmanager
def open_atomically(paths: Sequence[Path]) -> Iterator[list[IO[bytes]]]:
    """Open temporary files beside their targets, and rename them all at the end of the block.

    If the block fails, none appears. Raises UsageError, naming the first, where they cannot be written; existing files
    stay then.
    """
    try:
        with ExitStack() as opened:
            files = [opened.enter_context(_temporary(path)) for path in paths]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
                file.close()
            for file, path in zip(files, paths, strict=True):
                path.parent.mkdir(parents=True, exist_ok=True)
                os.replace(file.name, path)
    except BrokenPipeError:
        raise  # not from these files: the reader of stdout has closed the pipe
    except OSError as error:
        raise UsageError(
            f"{paths[0]}: cannot be written ({error.strerror or error}); choose another folder with -o"
        ) from None


@contextmanager
def _temporary(path: Path) -> Iterator[IO[bytes]]:
    """A file with the permissions of a new one, beside `path`; removed unless it is renamed.

    If the folder of `path` does not exist yet, it is beside that folder.
    """
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; choose another name with -o")
    folder = next((one for one in path.parents if one.exists()), path.parent)
    temporary = folder / f".{path.name[:40]}.{token_hex(4)}"
    with open(temporary, "xb") as file:
        try:
            yield file
        finally:
            temporary.unlink(missing_ok=True)  # before closing, which fails on a full disk
