"""Limits on the resources that reading one guide may take."""

from typing import NoReturn

from msgspec import Struct, structs

from extract.errors import LimitPassed, UsageError


class Limits(Struct, frozen=True, kw_only=True):
    """Limits for reading one guide. Sizes are in MiB (1,048,576 bytes), time is wall-clock seconds.

    `memory` is on top of the worker process's own memory before it reads anything. `pixels` are millions, in a picture
    file. While OCR reads, `ocr_seconds` for each page take the place of `seconds`; `ocr_memory` is on top of `memory`.
    """

    seconds: int = 60
    memory: int = 1024
    size: int = 200
    pages: int = 2000
    glyphs: int = 2_000_000
    pixels: int = 80
    ocr_seconds: int = 60
    ocr_memory: int = 2048


MIB = 1 << 20  # bytes
DEFAULT_LIMITS = Limits()
_EXCESS = {
    "seconds": "takes more than {} seconds to read",
    "memory": "takes more than {} MiB of memory to read",
    "size": "is larger than {} MiB",
    "pages": "has more than {} pages",
    "glyphs": "has more than {} characters",
    "pixels": "has a picture of more than {} million pixels",
    "ocr_seconds": "takes OCR more than {} seconds to read a page",
    "ocr_memory": "takes OCR more than {} MiB of memory to read",
}


def raise_limit_passed(name: str, limits: Limits, guide: str = "") -> NoReturn:
    """Raise LimitPassed with the name of the limit, the option that raises it, and the guide, if known."""
    limit = getattr(limits, name)
    excess = _EXCESS[name].format(f"{limit:,}")
    prefix = f"{guide}: " if guide else ""
    raise LimitPassed(
        f"{prefix}{excess}, the limit {name}; if the guide is to be trusted, raise it: --limit {name}={2 * limit}"
    )


def within_limits(words: str, limits: Limits) -> Limits:
    """Change one of the limits by an option: pages=5000. Raises UsageError if it is invalid.

    >>> within_limits("pages=5000", DEFAULT_LIMITS).pages
    5000
    """
    name, _, number = words.partition("=")
    if name not in _EXCESS:
        raise UsageError(f"--limit {words}: there is no limit {name!r}; there are: {', '.join(_EXCESS)}")
    if not number.isascii() or not number.isdigit() or int(number) == 0:
        raise UsageError(f"--limit {words}: a limit is a whole number from 1, as in --limit {name}=100")
    return structs.replace(limits, **{name: int(number)})
