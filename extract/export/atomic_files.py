"""Record → files that people and programs open. A file appears whole or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO

from extract.errors import UsageError


def write_files(path: Path, data: bytes) -> None:
    """Write a file whole.

    Raises UsageError where the folder cannot be written; what was there before stays.
    """
    with open_atomically([path]) as (file,):
        file.write(data)


@contextmanager
def open_atomically(paths: Sequence[Path]) -> Iterator[list[IO[bytes]]]:
    """Files to write to while the block runs; at its end they take their names, all of them whole.

    Until then each has a temporary name beside its own. Where the block fails, none of them appears.
    Raises UsageError, which names the first, where they cannot be written; what was there before stays.
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
        raise  # no file is a pipe: it is whoever read our lines who has gone
    except OSError as error:
        raise UsageError(
            f"{paths[0]}: cannot be written ({error.strerror or error}); choose another folder with -o"
        ) from None


@contextmanager
def _temporary(path: Path) -> Iterator[IO[bytes]]:
    """A file with the permissions of any new one, beside where `path` will be; taken away where it is not renamed.

    Where the folder of `path` is yet to be made, it is beside that folder.
    """
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; choose another name with -o")
    folder = next((one for one in path.parents if one.exists()), path.parent)
    temporary = folder / f".{path.name[:40]}.{token_hex(4)}"
    with open(temporary, "xb") as file:
        try:
            yield file
        finally:
            temporary.unlink(missing_ok=True)  # first of all: a full disk may not let it be closed
