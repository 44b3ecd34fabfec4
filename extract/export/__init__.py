"""Record → files that people and programs open. A file appears whole or not at all."""

import os
import tempfile
from pathlib import Path

from extract.errors import UsageError


def write(path: Path, data: bytes) -> None:
    """Write a file whole: to a temporary name beside it, then renamed.

    Raises UsageError where the folder cannot be written; what was there before stays.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror or error}); choose another folder with -o"
        ) from None
    finally:
        if temporary is not None and temporary.exists():
            temporary.unlink()


def _umask() -> int:
    """The process's mask for new files, which a temporary file does not heed."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
