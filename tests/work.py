"""What the process of a guide is given to do in tests of it: hang, die, fill memory, fail, speak."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from extract.errors import UsageError


def doubled(number: int, *, tell: Callable[[int], None] | None = None) -> int:
    """Twice a number; each half of it is told."""
    if tell is not None:
        tell(number)
        tell(number)
    return 2 * number


def hang(_: object) -> None:
    """Never ends, and does not listen."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def leave_a_mark_and_hang(folder: Path) -> None:
    """Hangs, and says which process it is."""
    (folder / "process").write_text(str(os.getpid()))
    hang(folder)


def die(number: int) -> None:
    """Dies of a signal, as a reader in C does."""
    os.kill(os.getpid(), number)


def leave(code: int) -> None:
    """Ends without a word."""
    os._exit(code)


def fill(megabytes: int) -> int:
    """Takes memory."""
    return len(bytearray(megabytes << 20))


def fail(_: object) -> None:
    """Fails in a way that is not ours."""
    raise ZeroDivisionError("not ours")


def refuse(words: str) -> None:
    """Fails in a way that is ours."""
    raise UsageError(words)


def shout(_: object) -> None:
    """Prints, as libraries in C do."""
    os.write(1, b"out")
    os.write(2, b"err")
