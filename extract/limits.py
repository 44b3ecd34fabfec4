"""How much a guide may take: what a file asks for beyond that is not read."""

from typing import NoReturn

from msgspec import Struct, structs

from extract.errors import LimitPassed, UsageError


class Limits(Struct, frozen=True, kw_only=True):
    """What reading one guide may take. Sizes are in MiB, of 1,048,576 bytes; time is what the clock on the wall says.

    `memory` is what the process that reads may take beyond what the program itself takes before it reads anything.
    """

    seconds: int = 60
    memory: int = 1024
    size: int = 200
    pages: int = 2000
    glyphs: int = 2_000_000


MIB = 1 << 20
DEFAULT_LIMITS = Limits()
_TOLD = {
    "seconds": "takes more than {} seconds to read",
    "memory": "takes more than {} MiB of memory to read",
    "size": "is larger than {} MiB",
    "pages": "has more than {} pages",
    "glyphs": "has more than {} characters",
}


def raise_limit_passed(name: str, limits: Limits, guide: str = "") -> NoReturn:
    """Raises LimitPassed with the limit's name and how to raise it; and the guide, where that is known."""
    limit = getattr(limits, name)
    told = _TOLD[name].format(f"{limit:,}")
    whose = f"{guide}: " if guide else ""
    raise LimitPassed(
        f"{whose}{told}, the limit {name}; if the guide is to be trusted, raise it: --limit {name}={2 * limit}"
    )


def within_limits(words: str, limits: Limits) -> Limits:
    """The limits with one of them changed, as it is written on a command line: pages=5000. Raises UsageError."""
    name, _, number = words.partition("=")
    if name not in _TOLD:
        raise UsageError(f"--limit {words}: there is no limit {name!r}; there are: {', '.join(_TOLD)}")
    if not number.isascii() or not number.isdigit() or int(number) == 0:
        raise UsageError(f"--limit {words}: a limit is a whole number from 1, as in --limit {name}=100")
    return structs.replace(limits, **{name: int(number)})
