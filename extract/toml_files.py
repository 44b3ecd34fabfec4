"""Files that a person writes by hand, profiles and corrections: TOML, read up to a size and a depth, come who may."""

import errno
import stat
import tomllib
from pathlib import Path
from typing import Any

_MOST = 1 << 20  # bytes; the largest that is shipped has 60,000
_DEEPEST = 20  # tables within tables
_KEY = 200  # dots in a line outside of quotes: tomllib takes a time that grows with their square


def read_limited(path: Path) -> bytes:
    """What a file holds. Raises OSError where it cannot be read, is none (a pipe), or is too large."""
    if stat.S_ISFIFO(path.stat().st_mode):
        raise OSError(errno.EINVAL, "a pipe and no file")
    with path.open("rb") as file:
        data = file.read(_MOST + 1)
    if len(data) > _MOST:
        raise OSError(errno.EFBIG, f"larger than {_MOST:,} bytes, which nobody writes by hand")
    return data


def parse_toml(text: str) -> dict[str, Any]:
    """TOML as plain data. Raises ValueError where it is none (TOMLDecodeError), too deep, or a number has no end."""
    if any(_bare_dots(line) > _KEY for line in text.split("\n") if line.count(".") > _KEY):
        raise ValueError("nested too deep: a key of very many parts")
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # int() has a limit of its own
        raise ValueError("a number in it has more digits than any number that can be meant") from None
    if _deep(data):
        raise ValueError("nested too deep")
    return data


def _bare_dots(line: str) -> int:
    """The dots before the first quotation mark of a line."""
    return min(line.split(mark)[0].count(".") for mark in "\"'#")


def _deep(data: Any) -> bool:
    level = [data]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
        level = [one for one in level if isinstance(one, dict | list)]
        if not level:
            return False
    return True
