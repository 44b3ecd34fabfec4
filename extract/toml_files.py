"""Read user-written TOML (profiles, corrections) with limits on size and nesting depth."""

import errno
import stat
import tomllib
from pathlib import Path
from typing import Any

_MAX_SIZE = 1 << 20  # bytes; the largest file of the package has 60,000
_MAX_DEPTH = 20  # tables within tables
_MAX_KEY_DOTS = 200  # outside quotes in a line: tomllib's time is quadratic in them


def read_limited(path: Path) -> bytes:
    """Read the bytes of a file. Raises OSError if it cannot be read, is a pipe, or exceeds 1 MiB."""
    if stat.S_ISFIFO(path.stat().st_mode):
        raise OSError(errno.EINVAL, "a pipe and no file")
    with path.open("rb") as file:
        data = file.read(_MAX_SIZE + 1)
    if len(data) > _MAX_SIZE:
        raise OSError(errno.EFBIG, f"larger than {_MAX_SIZE:,} bytes, which nobody writes by hand")
    return data


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML. Raises ValueError if it is invalid (TOMLDecodeError), too deep, or has a number too long for int().

    >>> parse_toml("[labels]\\nfunding = ['经费']")
    {'labels': {'funding': ['经费']}}
    """
    if any(_bare_dots(line) > _MAX_KEY_DOTS for line in text.split("\n") if line.count(".") > _MAX_KEY_DOTS):
        raise ValueError("nested too deep: a key of very many parts")
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # the limit of int() on digits
        raise ValueError("a number in it has more digits than any number that can be meant") from None
    if _is_too_deep(data):
        raise ValueError("nested too deep")
    return data


def _bare_dots(line: str) -> int:
    """Count the dots before the first quotation mark or comment of a line."""
    return min(line.split(mark)[0].count(".") for mark in "\"'#")


def _is_too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(_MAX_DEPTH):
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
        level = [item for item in level if isinstance(item, dict | list)]
        if not level:
            return False
    return True
